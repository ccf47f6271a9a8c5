/* Takes the place of the C library's getaddrinfo: a name server that knows no name, or takes a long time to say so. */
#include <netdb.h>
#include <stdlib.h>
#include <unistd.h>

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    (void)node, (void)service, (void)hints, (void)result;
    if (getenv("SLOW_RESOLVER") != NULL) {
        unsigned left = 20;
        write(STDERR_FILENO, "look-up begins\n", 15);
        while ((left = sleep(left)) > 0) {
        }
        write(STDERR_FILENO, "look-up ends\n", 13);
    }
    return EAI_NONAME;
}
