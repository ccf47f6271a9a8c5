//! What changes in responses.

use expect_test::expect;

use super::{Part, check};

#[test]
fn responses_with_other_descriptions() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. }, '404': { description: None. }, default: { description: Wrong. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Good. }, '404': { description: Gone. }, default: { description: Bad. } } }
",
        ),
        expect![[r#"
            documentation docs: the documentation of the error `request::GetThingError::NotFound` has changed
            documentation docs: the documentation of the error `request::GetThingError::Default` has changed
            documentation docs: the documentation of the response 204 of `get_thing` has changed
            patch
        "#]],
    );
}

#[test]
fn variants_of_an_output_with_other_descriptions() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '201': { description: Fine. }, '202': { description: Later., content: { text/plain: {} } } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '201': { description: Fine. }, '202': { description: Soon., content: { text/plain: {} } } } }
",
        ),
        expect![[r#"
            documentation docs: the documentation of the response 202 of `get_thing` has changed
            patch
        "#]],
    );
}

#[test]
fn headers() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine., headers: { A: { description: Old., schema: { type: string } }, B: { schema: { type: string } } } }, '404': { description: None., headers: { A: { description: Old., schema: { type: string } } } } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine., headers: { A: { description: New., schema: { type: string } }, C: { schema: { type: string } } } }, '404': { description: None., headers: { A: { description: New., schema: { type: string } } } } } }
",
        ),
        expect![[r#"
            documentation docs: the documentation of the header `A` of the error `request::GetThingError::NotFound` has changed
            documentation header-gone: the header `B` of the response 204 of `get_thing` was removed
            documentation header-added: the header `C` of the response 204 of `get_thing` was added
            documentation docs: the documentation of the header `A` of the response 204 of `get_thing` has changed
            patch
        "#]],
    );
}

/// The header is no argument, as it has one value.
#[test]
fn a_header_that_is_always_sent() {
    check(
        Part::Paths(
            "  /things:
    post: { operationId: addThing, responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    post: { operationId: addThing, parameters: [{ name: X-Atlassian-Token, in: header, schema: { type: string } }], responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            compatible sent-header-added: `add_thing` sends the header `X-Atlassian-Token: no-check`
            minor
        "#]],
    );
}
