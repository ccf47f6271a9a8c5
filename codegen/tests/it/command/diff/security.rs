//! What changes in scopes, policies and security schemes.

use expect_test::expect;

use super::{Part, check};

#[test]
fn scopes_of_another_scheme() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, x-atlassian-oauth2-scopes: [{ scheme: a, state: Current, scopes: [read] }], responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, x-atlassian-oauth2-scopes: [{ scheme: b, state: Current, scopes: [read] }], responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            compatible scopes: the scopes of `get_thing` are `read` (b, Current), no longer `read` (a, Current)
            minor
        "#]],
    );
}

#[test]
fn alternatives_that_are_needed_together() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, security: [{ a: [read] }, { a: [write] }], responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, security: [{ a: [read, write] }], responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            breaking scopes: the scopes of `get_thing` are `read`, `write` (a, Current), no longer `read` (a, Current) or `write` (a, Current)
            compatible security: the security of `get_thing` is a (read, write), no longer a (read) or a (write)
            major
        "#]],
    );
}

#[test]
fn another_data_security_policy() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, x-atlassian-data-security-policy: [{ app-access-rule-exempt: true }], responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, x-atlassian-data-security-policy: [{ app-access-rule-exempt: false }], responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            documentation data-security-policy: `get_thing` is not exempt from app access rules
            patch
        "#]],
    );
}

#[test]
fn security_schemes_with_other_urls() {
    check(
        Part::Schemas(
            "    {}
  securitySchemes:
    id: { type: openIdConnect, openIdConnectUrl: https://a.example/id }
    oauth: { type: oauth2, flows: { authorizationCode: { authorizationUrl: https://a.example/consent, tokenUrl: https://a.example/token, scopes: {} } } }
",
        ),
        Part::Schemas(
            "    {}
  securitySchemes:
    id: { type: openIdConnect, openIdConnectUrl: https://b.example/id }
    oauth: { type: oauth2, flows: { authorizationCode: { authorizationUrl: https://a.example/consent, tokenUrl: https://b.example/token, scopes: {} } } }
",
        ),
        expect![[r#"
            compatible security-scheme: the security scheme `id` is `openIdConnect https://b.example/id`, no longer `openIdConnect https://a.example/id`
            compatible security-scheme: the security scheme `oauth` is `oauth2 https://a.example/consent https://b.example/token`, no longer `oauth2 https://a.example/consent https://a.example/token`
            minor
        "#]],
    );
}
