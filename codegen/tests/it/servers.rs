//! What is told of the URLs of servers.

use confluence_codegen::{Input, Source, generate};
use expect_test::expect;

/// What is told of a document with a server.
fn told(server: &str) -> String {
    let text = format!(
        "openapi: 3.0.3
info: {{ title: T, version: '1' }}
servers: [{{ {server} }}]
paths: {{}}
"
    );
    let generated = generate(&Input::new("test", Source::new("spec.yaml", text))).expect("a module");
    generated.diagnostics.to_string()
}

#[test]
fn a_host_without_a_scheme() {
    expect![[r#"
        note[server]: the server `your-domain.atlassian.net/wiki` has no scheme
          --> spec.yaml:3:18  #/servers/0/url
           |
         3 | servers: [{ url: your-domain.atlassian.net/wiki }]
           |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = `your-domain.atlassian.net` becomes a part of the path of requests; write `https://your-domain.atlassian.net/wiki`
    "#]].assert_eq(&told("url: your-domain.atlassian.net/wiki"));
    expect![[r#"
        note[server]: the server `localhost:8090` has no scheme
          --> spec.yaml:3:18  #/servers/0/url
           |
         3 | servers: [{ url: 'localhost:8090' }]
           |                  ^^^^^^^^^^^^^^^^
           = `localhost:8090` becomes a part of the path of requests; write `http://localhost:8090`
    "#]]
    .assert_eq(&told("url: 'localhost:8090'"));
    expect![[r#"
        note[server]: the server `{site}.atlassian.net:443/wiki` has no scheme
          --> spec.yaml:3:18  #/servers/0/url
           |
         3 | servers: [{ url: '{site}.atlassian.net:443/wiki', variables: { site: { default: acme } } }]
           |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = `acme.atlassian.net:443` becomes a part of the path of requests; write `https://{site}.atlassian.net:443/wiki`
    "#]].assert_eq(&told(
        "url: '{site}.atlassian.net:443/wiki', variables: { site: { default: acme } }",
    ));
}

#[test]
fn a_url_that_is_relative_on_purpose() {
    for url in [
        "/wiki",
        "/v1.beta/x",
        "wiki/rest",
        "v1.0/x",
        "./api",
        "../api",
        "localhost",
        "https://a.example",
        "''",
    ] {
        assert_eq!(told(&format!("url: {url}")), "", "{url}");
    }
}

#[test]
fn a_host_without_a_scheme_in_the_server_of_an_operation() {
    let text = "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    servers: [{ url: a.example/v1 }]
    get: { responses: { '204': { description: Done. } } }
    put: { servers: [{ url: b.example }], responses: { '204': { description: Done. } } }
";
    let generated = generate(&Input::new("test", Source::new("spec.yaml", text))).expect("a module");
    expect![[r#"
        note[server]: the server `a.example/v1` has no scheme
          --> spec.yaml:5:22  #/paths/~1a/servers/0/url
           |
         5 |     servers: [{ url: a.example/v1 }]
           |                      ^^^^^^^^^^^^
           = `a.example` becomes a part of the path of requests; write `https://a.example/v1`

        note[server]: the server `b.example` has no scheme
          --> spec.yaml:7:29  #/paths/~1a/put/servers/0/url
           |
         7 |     put: { servers: [{ url: b.example }], responses: { '204': { description: Done. } } }
           |                             ^^^^^^^^^
           = `b.example` becomes a part of the path of requests; write `https://b.example`
    "#]]
    .assert_eq(&generated.diagnostics.to_string());
}
