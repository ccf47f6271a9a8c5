//! What changes in operations.

use expect_test::expect;

use super::{Part, check};

#[test]
fn an_operation_that_is_gone() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(""),
        expect![[r#"
            documentation docs: the documentation of the module has changed
            breaking operation-gone: `get_thing` was removed
            major
        "#]],
    );
}

#[test]
fn an_operation_that_is_new() {
    check(
        Part::Paths(""),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            documentation docs: the documentation of the module has changed
            compatible operation-added: `get_thing(a: impl Into<String>) -> request::GetThing` was added
            minor
        "#]],
    );
}

#[test]
fn an_operation_with_another_name() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: fetchThing, responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            breaking operation-renamed: `get_thing` was renamed to `fetch_thing`
            documentation operation-id: the `operationId` of `fetch_thing` is `fetchThing`, no longer `getThing`
            major
        "#]],
    );
}

#[test]
fn an_operation_with_another_path() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /v2/things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            compatible request-line: `get_thing` sends `GET /v2/things`, no longer `GET /things`
            minor
        "#]],
    );
}

#[test]
fn an_operation_with_another_method() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    put: { operationId: getThing, responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            compatible request-line: `get_thing` sends `PUT /things`, no longer `GET /things`
            minor
        "#]],
    );
}

#[test]
fn an_operation_that_is_deprecated() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, deprecated: true, responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            compatible deprecated: `get_thing` is deprecated
            minor
        "#]],
    );
}

#[test]
fn an_operation_that_is_no_longer_deprecated() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, deprecated: true, responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            compatible not-deprecated: `get_thing` is no longer deprecated
            minor
        "#]],
    );
}

#[test]
fn an_operation_with_another_description() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, description: More words., responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            documentation docs: the documentation of `get_thing` has changed
            patch
        "#]],
    );
}

#[test]
fn an_operation_with_another_description_and_without_a_scope() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, description: Old., x-atlassian-connect-scope: READ, responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, description: New., responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            compatible scope-gone: `get_thing` no longer needs the scope `READ` (Connect)
            documentation docs: the documentation of `get_thing` has changed
            minor
        "#]],
    );
}

#[test]
fn an_operation_with_other_tags() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, tags: [a], responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, tags: [b], responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            documentation tags: the tags of `get_thing` are ["b"], no longer ["a"]
            patch
        "#]],
    );
}

#[test]
fn an_argument_that_is_gone() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: true, schema: { type: string } }, { name: b, in: query, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            breaking argument-gone: `get_thing` no longer takes `b: impl Into<String>`
            major
        "#]],
    );
}

/// The arguments of a function have no names for those who call it.
#[test]
fn a_variable_of_the_path_that_is_renamed() {
    check(
        Part::Paths("  /things/{id}/parts/{part}:
    get: { operationId: getPart, parameters: [{ name: id, in: path, required: true, schema: { type: string } }, { name: part, in: path, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things/{thingId}/parts/{part}:
    get: { operationId: getPart, parameters: [{ name: thingId, in: path, required: true, description: The ID., schema: { type: string } }, { name: part, in: path, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            compatible argument-renamed: the argument `id` of `get_part` is named `thing_id`
            documentation docs: the documentation of `thing_id` of `get_part` has changed
            compatible request-line: `get_part` sends `GET /things/{thingId}/parts/{part}`, no longer `GET /things/{id}/parts/{part}`
            minor
        "#]],
    );
    // With another type, code that calls it does not compile.
    check(
        Part::Paths("  /things/{id}:
    get: { operationId: getThing, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things/{number}:
    get: { operationId: getThing, parameters: [{ name: number, in: path, required: true, schema: { type: integer } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            breaking argument-gone: `get_thing` no longer takes `id: impl Into<String>`
            breaking argument-added: `get_thing` takes an additional argument: `number: i64`
            compatible request-line: `get_thing` sends `GET /things/{number}`, no longer `GET /things/{id}`
            major
        "#]],
    );
}

#[test]
fn an_argument_that_is_new() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: true, schema: { type: string } }, { name: b, in: query, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            breaking argument-added: `get_thing` takes an additional argument: `b: impl Into<String>`
            major
        "#]],
    );
}

#[test]
fn an_argument_of_another_type() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: true, schema: { type: integer } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            breaking argument-type: `get_thing` takes `a: i64`, no longer `a: impl Into<String>`
            major
        "#]],
    );
}

#[test]
fn arguments_in_another_order() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: true, schema: { type: string } }, { name: b, in: query, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: b, in: query, required: true, schema: { type: string } }, { name: a, in: query, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            breaking argument-order: `get_thing` takes its arguments in another order: `b`, `a`
            major
        "#]],
    );
}

#[test]
fn an_argument_that_became_optional() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: false, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            breaking argument-optional: `get_thing` no longer takes `a`, which is now set by a setter
            major
        "#]],
    );
}

#[test]
fn an_argument_that_became_required() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: false, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            breaking argument-required: `get_thing` takes `a: impl Into<String>`, which was set by a setter before
            major
        "#]],
    );
}

#[test]
fn an_argument_in_another_place() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: false, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: header, required: false, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            compatible argument-place: `a` of `get_thing` is sent as `header("a")`, no longer as `query("a")`
            minor
        "#]],
    );
}

#[test]
fn an_argument_that_is_deprecated() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: false, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: false, schema: { type: string }, deprecated: true }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            compatible argument-deprecated: `a` of `get_thing` is deprecated
            minor
        "#]],
    );
}

#[test]
fn an_argument_with_another_description() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: false, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: false, schema: { type: string }, description: Words. }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            documentation docs: the documentation of `a` of `get_thing` has changed
            patch
        "#]],
    );
}

#[test]
fn a_setter_that_is_gone() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: false, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            breaking setter-gone: the setter `request::GetThing::a` was removed
            major
        "#]],
    );
}

#[test]
fn a_setter_that_is_new() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: false, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            compatible setter-added: the setter `request::GetThing::a(impl Into<String>)` was added
            minor
        "#]],
    );
}

#[test]
fn a_setter_of_another_type() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: false, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: false, schema: { type: boolean } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            breaking argument-type: `get_thing` takes `a: bool`, no longer `a: impl Into<String>`
            major
        "#]],
    );
}

#[test]
fn an_output_of_another_type() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { type: string } } } } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { type: array, items: { type: string } } } } } } }
"),
        expect![[r#"
            breaking output: `get_thing` returns `Vec<String>`, no longer `String`
            major
        "#]],
    );
}

#[test]
fn an_output_with_another_choice() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { type: string } } } }, '201': { description: Made. }, '202': { description: Taken., content: { application/json: { schema: { type: integer } } } } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { type: boolean } } } }, '202': { description: Taken., content: { application/json: { schema: { type: integer } } } }, '203': { description: So so. } } }
"),
        expect![[r#"
            breaking output-variant-gone: `request::GetThingOutput::Created` was removed
            compatible output-variant-added: `request::GetThingOutput::NonAuthoritativeInformation` was added
            breaking output-variant-body: `request::GetThingOutput::Ok` holds `bool`, no longer `String`
            compatible successes: `get_thing` succeeds with 200, 202, 203, no longer with 200, 201, 202
            major
        "#]],
    );
}

#[test]
fn another_media_type_and_another_status() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { image/png: {} } } } }
    put: { operationId: putThing, responses: { '200': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { image/gif: {} } } } }
    put: { operationId: putThing, responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            compatible accept: `get_thing` accepts `image/gif`, no longer `image/png`
            compatible successes: `put_thing` succeeds with 204, no longer with 200
            minor
        "#]],
    );
}

/// The enum loses `Clone` and `PartialEq` with the first download.
#[test]
fn an_output_with_a_download() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { type: string } } } }, '202': { description: Taken., content: { application/json: { schema: { type: integer } } } } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { type: string } } } }, '202': { description: Taken., content: { application/json: { schema: { type: integer } } } }, '203': { description: So so., content: { image/png: {} } } } }
"),
        expect![[r#"
            compatible setter-added: the setter `request::GetThing::accept(impl Into<String>)` was added
            breaking output-variant-added: `request::GetThingOutput::NonAuthoritativeInformation` was added, so its enum is no longer `Clone` and `PartialEq`
            compatible accept: `get_thing` accepts `any media type`, no longer `application/json`
            compatible successes: `get_thing` succeeds with 200, 202, 203, no longer with 200, 202
            major
        "#]],
    );
}

#[test]
fn an_error_that_is_gone() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. }, '404': { description: None. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            breaking error-gone: the error `request::GetThingError::NotFound` (404) was removed
            major
        "#]],
    );
}

#[test]
fn an_error_that_is_new() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. }, '404': { description: None. } } }
",
        ),
        expect![[r#"
            compatible error-added: the error `request::GetThingError::NotFound` (404) was added
            minor
        "#]],
    );
}

#[test]
fn an_error_with_another_body() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. }, '404': { description: None., content: { application/json: { schema: { type: string } } } } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. }, '404': { description: None., content: { application/json: { schema: { type: integer } } } } } }
"),
        expect![[r#"
            breaking error-body: the error `request::GetThingError::NotFound` holds `i64`, no longer `String`
            major
        "#]],
    );
}

#[test]
fn other_scopes() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, x-atlassian-oauth2-scopes: [{ scheme: o, state: Current, scopes: ['read:a'] }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, x-atlassian-oauth2-scopes: [{ scheme: o, state: Current, scopes: ['read:b'] }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            compatible scope-gone: `get_thing` no longer needs the scope `read:a` (Current)
            breaking scope-added: `get_thing` needs the scope `read:b` (Current)
            major
        "#]],
    );
}

#[test]
fn another_connect_scope() {
    check(
        Part::Paths(
            "  /things:
    get: { operationId: getThing, x-atlassian-connect-scope: READ, responses: { '204': { description: Fine. } } }
",
        ),
        Part::Paths(
            "  /things:
    get: { operationId: getThing, x-atlassian-connect-scope: WRITE, responses: { '204': { description: Fine. } } }
",
        ),
        expect![[r#"
            compatible scope-gone: `get_thing` no longer needs the scope `READ` (Connect)
            breaking scope-added: `get_thing` needs the scope `WRITE` (Connect)
            major
        "#]],
    );
}

#[test]
fn other_security() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, security: [{ basic: [] }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, security: [{ basic: [] }, { oauth: [read] }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            breaking scope-added: `get_thing` needs the scope `read` (Current)
            compatible security: the security of `get_thing` is basic or oauth (read), no longer basic
            major
        "#]],
    );
}

#[test]
fn a_task_that_can_no_longer_be_waited_for() {
    check(
        Part::Both("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
", "    Thing: { type: object, required: [finished, successful, percentageComplete], properties: { finished: { type: boolean }, successful: { type: boolean }, percentageComplete: { type: integer } } }
"),
        Part::Both("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
", "    Thing: { type: object, required: [successful, percentageComplete], properties: { successful: { type: boolean }, percentageComplete: { type: integer } } }
"),
        expect![[r#"
            breaking wait-gone: `get_thing` can no longer be waited for: `finished` was removed
            breaking field-gone: the field `finished: bool` of `model::Thing` was removed
            breaking long-task-gone: `model::Thing` is no longer the status of a long-running task: `finished` was removed
            major
        "#]],
    );
}

#[test]
fn a_task_that_can_be_waited_for() {
    check(
        Part::Both("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
", "    Thing: { type: object, required: [finished], properties: { finished: { type: boolean }, successful: { type: boolean }, percentageComplete: { type: integer } } }
"),
        Part::Both("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
", "    Thing: { type: object, required: [finished, successful, percentageComplete], properties: { finished: { type: boolean }, successful: { type: boolean }, percentageComplete: { type: integer } } }
"),
        expect![[r#"
            compatible wait-added: `get_thing` can be waited for
            breaking field-required: the field `successful` of `model::Thing` is always present: it is `bool`, no longer `Option<bool>`
            breaking field-required: the field `percentage_complete` of `model::Thing` is always present: it is `i64`, no longer `Option<i64>`
            compatible long-task-added: `model::Thing` is the status of a long-running task
            major
        "#]],
    );
}

#[test]
fn what_is_no_longer_paginated() {
    check(
        Part::Both("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
", "    Thing: { type: object, properties: { results: { type: array, items: { type: string } }, next: { type: string } } }
"),
        Part::Both("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
", "    Thing: { type: object, properties: { items: { type: array, items: { type: string } }, next: { type: string } } }
"),
        expect![[r#"
            breaking pages-gone: `get_thing` is no longer paginated: `results` was removed
            breaking field-gone: the field `results: Option<Vec<String>>` of `model::Thing` was removed
            compatible field-added: the field `items: Option<Vec<String>>` of `model::Thing` was added
            breaking page-gone: `model::Thing` is no longer a page of a list: `results` was removed
            major
        "#]],
    );
}

#[test]
fn pages_of_other_items() {
    check(
        Part::Both("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
", "    Thing: { type: object, properties: { results: { type: array, items: { type: string } }, next: { type: string } } }
"),
        Part::Both("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
", "    Thing: { type: object, properties: { results: { type: array, items: { type: integer } }, next: { type: string } } }
"),
        expect![[r#"
            breaking pages-item: the pages of `get_thing` have items of `i64`, no longer `String`
            breaking field-type: the field `results` of `model::Thing` is `Option<Vec<i64>>`, no longer `Option<Vec<String>>`
            major
        "#]],
    );
}

#[test]
fn what_is_paginated_now() {
    check(
        Part::Both(
            "  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
",
            "    Thing: { type: object, properties: { results: { type: array, items: { type: string } } } }
",
        ),
        Part::Both(
            "  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
",
            "    Thing: { type: object, properties: { results: { type: array, items: { type: string } }, nextPage: { type: string } } }
",
        ),
        expect![[r#"
            compatible pages-added: `get_thing` is paginated, with items of `String`
            compatible field-added: the field `next_page: Option<String>` of `model::Thing` was added
            compatible page-added: `model::Thing` is a page of a list
            minor
        "#]],
    );
}

/// What is named after the operation has the new name, too, and is not told again.
#[test]
fn an_operation_that_is_called_otherwise() {
    let paths = "  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } }, '202': { description: Taken. }, '404': { description: None. } } }
";
    check(
        Part::Paths(paths),
        Part::Paths(Box::leak(paths.replace("getThing", "fetchThing").into_boxed_str())),
        expect![[r#"
            breaking operation-renamed: `get_thing` was renamed to `fetch_thing`
            documentation operation-id: the `operationId` of `fetch_thing` is `fetchThing`, no longer `getThing`
            breaking type-renamed: the type `model::GetThingResponse` was renamed to `model::FetchThingResponse`
            major
        "#]],
    );
}

/// Types in the same place are the same, even if others have the same parts.
#[test]
fn operations_with_types_of_the_same_parts() {
    let operation = |id: &str| {
        format!(
            "{{ operationId: {id}, parameters: [{{ name: status, in: query, schema: {{ type: string, enum: [on, off] }} }}], \
             responses: {{ '204': {{ description: Fine. }} }} }}"
        )
    };
    let paths = |first: &str, second: &str| {
        let text = format!(
            "  /a: {{ get: {} }}\n  /b: {{ get: {} }}\n",
            operation(first),
            operation(second)
        );
        Part::Paths(Box::leak(text.into_boxed_str()))
    };
    check(
        paths("getA", "getB"),
        paths("fetchA", "fetchB"),
        expect![[r#"
        breaking operation-renamed: `get_a` was renamed to `fetch_a`
        documentation operation-id: the `operationId` of `fetch_a` is `fetchA`, no longer `getA`
        breaking operation-renamed: `get_b` was renamed to `fetch_b`
        documentation operation-id: the `operationId` of `fetch_b` is `fetchB`, no longer `getB`
        breaking type-renamed: the type `model::GetAStatus` was renamed to `model::FetchAStatus`
        breaking type-renamed: the type `model::GetBStatus` was renamed to `model::FetchBStatus`
        major
    "#]],
    );
}
