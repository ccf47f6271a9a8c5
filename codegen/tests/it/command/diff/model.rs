//! What changes in the types of the module `model`.

use expect_test::expect;

use super::{Part, check};

#[test]
fn a_type_that_is_gone() {
    check(
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string } } }
",
        ),
        Part::Schemas(""),
        expect![[r#"
            breaking type-gone: the struct `model::Thing` was removed
            major
        "#]],
    );
}

#[test]
fn a_type_that_is_new() {
    check(
        Part::Schemas(""),
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string } } }
",
        ),
        expect![[r#"
            compatible type-added: the struct `model::Thing` was added
            minor
        "#]],
    );
}

#[test]
fn a_type_of_another_kind() {
    check(
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string } } }
",
        ),
        Part::Schemas(
            "    Thing: { type: string, enum: [a] }
",
        ),
        expect![[r#"
            breaking kind: `model::Thing` is of the kind enum, no longer struct
            major
        "#]],
    );
}

#[test]
fn a_type_with_another_description() {
    check(
        Part::Schemas(
            "    Thing: { type: object, description: Old., properties: { a: { type: string } } }
",
        ),
        Part::Schemas(
            "    Thing: { type: object, description: New., properties: { a: { type: string } } }
",
        ),
        expect![[r#"
            documentation docs: the documentation of `model::Thing` has changed
            patch
        "#]],
    );
}

#[test]
fn a_field_that_is_gone() {
    check(
        Part::Schemas("    Thing: { type: object, required: [elapsedTime], properties: { a: { type: string }, elapsedTime: { type: integer } } }
"),
        Part::Schemas("    Thing: { type: object, properties: { a: { type: string } } }
"),
        expect![[r#"
            breaking field-gone: the field `elapsed_time: i64` of `model::Thing` was removed
            major
        "#]],
    );
}

#[test]
fn a_field_that_is_new() {
    check(
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string } } }
",
        ),
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string }, b: { type: string } } }
",
        ),
        expect![[r#"
            compatible field-added: the field `b: Option<String>` of `model::Thing` was added
            minor
        "#]],
    );
}

#[test]
fn a_field_of_another_type() {
    check(
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string } } }
",
        ),
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: integer } } }
",
        ),
        expect![[r#"
            breaking field-type: the field `a` of `model::Thing` is `Option<i64>`, no longer `Option<String>`
            major
        "#]],
    );
}

#[test]
fn a_field_that_became_optional() {
    check(
        Part::Schemas(
            "    Thing: { type: object, required: [a], properties: { a: { type: string } } }
",
        ),
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string } } }
",
        ),
        expect![[r#"
            breaking field-optional: the field `a` of `model::Thing` may be absent: it is `Option<String>`, no longer `String`
            major
        "#]],
    );
}

#[test]
fn a_field_that_became_required() {
    check(
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string } } }
",
        ),
        Part::Schemas(
            "    Thing: { type: object, required: [a], properties: { a: { type: string } } }
",
        ),
        expect![[r#"
            breaking field-required: the field `a` of `model::Thing` is always present: it is `String`, no longer `Option<String>`
            major
        "#]],
    );
}

#[test]
fn a_field_that_may_be_null_instead_of_absent() {
    check(
        Part::Schemas(
            "    Thing: { type: object, required: [a], properties: { a: { type: string, nullable: true } } }
",
        ),
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string } } }
",
        ),
        expect![[r#"
            compatible field-presence: the field `a` of `model::Thing` is optional, no longer required or null
            minor
        "#]],
    );
}

#[test]
fn a_field_with_another_description() {
    check(
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string } } }
",
        ),
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string, description: Words. } } }
",
        ),
        expect![[r#"
            documentation docs: the documentation of the field `a` of `model::Thing` has changed
            patch
        "#]],
    );
}

#[test]
fn a_field_read_from_another_member() {
    check(
        Part::Schemas(
            "    Thing: { type: object, properties: { aB: { type: string } } }
",
        ),
        Part::Schemas(
            "    Thing: { type: object, properties: { a_b: { type: string } } }
",
        ),
        expect![[r#"
            compatible field-member: the field `a_b` of `model::Thing` is read from `a_b`, no longer from `aB`
            minor
        "#]],
    );
}

#[test]
fn members_that_the_document_does_not_name() {
    check(
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string } } }
",
        ),
        Part::Schemas(
            "    Thing: { type: object, properties: { a: { type: string } }, additionalProperties: true }
",
        ),
        expect![[r#"
            compatible field-added: the field `additional_properties: rt::BTreeMap<String, rt::Value>` of `model::Thing` was added
            minor
        "#]],
    );
}

#[test]
fn an_enum_value_that_is_gone_and_one_that_is_new() {
    check(
        Part::Schemas(
            "    Thing: { type: string, enum: [small, large] }
",
        ),
        Part::Schemas(
            "    Thing: { type: string, enum: [small, huge] }
",
        ),
        expect![[r#"
            breaking value-gone: the value `model::Thing::Large` ("large") was removed
            compatible value-added: the value `model::Thing::Huge` ("huge") was added
            major
        "#]],
    );
}

#[test]
fn an_enum_value_with_another_text() {
    check(
        Part::Schemas(
            "    Thing: { type: string, enum: [small] }
",
        ),
        Part::Schemas(
            "    Thing: { type: string, enum: [SMALL] }
",
        ),
        expect![[r#"
            compatible value-text: `model::Thing::Small` is "SMALL", no longer "small"
            minor
        "#]],
    );
}

#[test]
fn another_alias() {
    check(
        Part::Schemas(
            "    Thing: { type: string }
",
        ),
        Part::Schemas(
            "    Thing: { type: integer }
",
        ),
        expect![[r#"
            breaking alias: `model::Thing` is `i64`, no longer `String`
            major
        "#]],
    );
}

#[test]
fn union_variants() {
    check(
        Part::Schemas(
            "    Thing: { oneOf: [{ type: string }, { type: boolean }, { type: array, items: { type: string } }] }
",
        ),
        Part::Schemas(
            "    Thing: { oneOf: [{ type: string }, { type: integer }, { type: array, items: { type: integer } }] }
",
        ),
        expect![[r#"
            breaking variant-gone: the variant `model::Thing::Boolean(bool)` was removed
            compatible variant-added: the variant `model::Thing::Integer(i64)` was added
            breaking variant-type: the variant `model::Thing::Array` holds `Vec<i64>`, no longer `Vec<String>`
            major
        "#]],
    );
}

#[test]
fn a_constructor_that_takes_more() {
    check(
        Part::Both("  /things:
    post: { operationId: getThing, requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, responses: { '204': { description: Fine. } } }
", "    Thing: { type: object, required: [a], properties: { a: { type: string } } }
"),
        Part::Both("  /things:
    post: { operationId: getThing, requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, responses: { '204': { description: Fine. } } }
", "    Thing: { type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }
"),
        expect![[r#"
            documentation docs: the documentation of `get_thing` has changed
            compatible field-added: the field `b: String` of `model::Thing` was added
            breaking constructor: `model::Thing::new(a: impl Into<String>, b: impl Into<String>)` replaces `model::Thing::new(a: impl Into<String>)`
            major
        "#]],
    );
}

#[test]
fn a_setter_of_a_model_that_is_gone() {
    check(
        Part::Both("  /things:
    post: { operationId: getThing, requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, responses: { '204': { description: Fine. } } }
", "    Thing: { type: object, properties: { a: { type: string } } }
"),
        Part::Both("  /things:
    post: { operationId: getThing, requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, responses: { '204': { description: Fine. } } }
", "    Thing: { type: object, properties: { a: { type: string, readOnly: true }, b: { type: string } } }
"),
        expect![[r#"
            documentation docs: the documentation of `get_thing` has changed
            compatible field-added: the field `b: Option<String>` of `model::Thing` was added
            documentation docs: the documentation of the field `a` of `model::Thing` has changed
            breaking field-setter-gone: the setter `model::Thing::a` was removed
            major
        "#]],
    );
}

#[test]
fn a_model_that_requests_no_longer_have() {
    check(
        Part::Both("  /things:
    post: { operationId: getThing, requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, responses: { '204': { description: Fine. } } }
", "    Thing: { type: object, properties: { a: { type: string } } }
"),
        Part::Both("  /things:
    post: { operationId: getThing, responses: { '204': { description: Fine. } } }
", "    Thing: { type: object, properties: { a: { type: string } } }
"),
        expect![[r#"
            breaking argument-gone: `get_thing` no longer takes `body: model::Thing`
            breaking making-gone: `model::Thing` is no longer used in requests: `new` and the setters were removed
            major
        "#]],
    );
}

#[test]
fn a_model_that_requests_have() {
    check(
        Part::Both("  /things:
    post: { operationId: getThing, responses: { '204': { description: Fine. } } }
", "    Thing: { type: object, properties: { a: { type: string } } }
"),
        Part::Both("  /things:
    post: { operationId: getThing, requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, responses: { '204': { description: Fine. } } }
", "    Thing: { type: object, properties: { a: { type: string } } }
"),
        expect![[r#"
            breaking argument-added: `get_thing` takes an additional argument: `body: model::Thing`
            compatible making-added: `model::Thing` is now used in requests: `new` and setters were added
            major
        "#]],
    );
}

#[test]
fn a_task_that_was_started() {
    check(
        Part::Both("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
", "    Thing: { type: object, required: [id, links], properties: { id: { type: string }, links: { $ref: '#/components/schemas/Links' } } }
    Links: { type: object, properties: { status: { type: string } } }
"),
        Part::Both("  /things:
    get: { operationId: getThing, responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
", "    Thing: { type: object, required: [id, links], properties: { id: { type: string }, links: { $ref: '#/components/schemas/Links' } } }
    Links: { type: object, properties: { other: { type: string } } }
"),
        expect![[r#"
            documentation docs: the documentation of `get_thing` has changed
            breaking started-task-gone: `model::Thing` no longer contains the ID of the started task
            breaking field-gone: the field `status: Option<String>` of `model::Links` was removed
            compatible field-added: the field `other: Option<String>` of `model::Links` was added
            major
        "#]],
    );
}

/// What refers to a type that has another name is not told to be different.
#[test]
fn types_that_are_called_otherwise() {
    check(
        Part::Both("  /things:
    get: { operationId: getThings, responses: { '200': { description: Fine., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } } } }
", "    Thing: { type: object, properties: { id: { type: string }, size: { $ref: '#/components/schemas/Size' }, part: { $ref: '#/components/schemas/Thing' } } }
    Size: { type: string, enum: [small, large] }
    Either: { oneOf: [{ $ref: '#/components/schemas/Thing' }, { type: string }] }
"),
        Part::Both("  /things:
    get: { operationId: getThings, responses: { '200': { description: Fine., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Item' } } } } } } }
", "    Item: { type: object, properties: { id: { type: string }, size: { $ref: '#/components/schemas/Extent' }, part: { $ref: '#/components/schemas/Item' } } }
    Extent: { type: string, enum: [small, large] }
    Either: { oneOf: [{ $ref: '#/components/schemas/Item' }, { type: string }] }
"),
        expect![[r#"
            breaking type-renamed: the type `model::Thing` was renamed to `model::Item`
            breaking type-renamed: the type `model::Size` was renamed to `model::Extent`
            breaking variant-gone: the variant `model::Either::Thing(Box<model::Item>)` was removed
            compatible variant-added: the variant `model::Either::Item(Box<model::Item>)` was added
            major
        "#]],
    );
}

/// Two types could be the one that was renamed, so neither is said to be.
#[test]
fn types_that_may_be_called_otherwise() {
    check(
        Part::Schemas(
            "    Thing: { type: object, properties: { id: { type: string }, name: { type: string } } }
    Flag: { type: object, properties: { on: { type: boolean } } }
",
        ),
        Part::Schemas(
            "    Item: { type: object, properties: { id: { type: string }, name: { type: string } } }
    Part: { type: object, properties: { id: { type: string }, name: { type: string } } }
    Switch: { type: object, properties: { on: { type: boolean } } }
",
        ),
        expect![[r#"
            breaking type-gone: the struct `model::Thing` was removed
            breaking type-gone: the struct `model::Flag` was removed
            compatible type-added: the struct `model::Item` was added
            compatible type-added: the struct `model::Part` was added
            compatible type-added: the struct `model::Switch` was added
            major
        "#]],
    );
}

#[test]
fn where_the_next_page_is() {
    let page = |members: &'static str| Part::Schemas(members);
    check(
        page(
            "    Things: { type: object, properties: { results: { type: array, items: { type: string } }, next: { type: string } } }\n",
        ),
        page(
            "    Things: { type: object, properties: { results: { type: array, items: { type: string } }, next: { type: string }, nextPageToken: { type: string } } }\n",
        ),
        expect![[r#"
            compatible field-added: the field `next_page_token: Option<String>` of `model::Things` was added
            compatible next-changed: the next page of `model::Things` is found by `next`, `nextPageToken`, no longer by `next`
            minor
        "#]],
    );
    check(
        page(
            "    Things: { type: object, properties: { results: { type: array, items: { type: string } }, next: { type: string }, isLast: { type: boolean } } }\n",
        ),
        page(
            "    Things: { type: object, properties: { results: { type: array, items: { type: string } }, isLast: { type: boolean } } }\n",
        ),
        expect![[r#"
            breaking field-gone: the field `next: Option<String>` of `model::Things` was removed
            breaking page-gone: `model::Things` is no longer a page of a list: without `next`, no member leads to the next page
            major
        "#]],
    );
    check(
        page(
            "    Things: { type: object, properties: { results: { type: array, items: { type: string } }, isLast: { type: boolean } } }\n",
        ),
        page(
            "    Things: { type: object, properties: { results: { type: array, items: { type: string } }, isLast: { type: boolean }, start: { type: integer }, limit: { type: integer } } }\n",
        ),
        expect![[r#"
            compatible field-added: the field `start: Option<i64>` of `model::Things` was added
            compatible field-added: the field `limit: Option<i64>` of `model::Things` was added
            compatible page-added: `model::Things` is a page of a list
            minor
        "#]],
    );
}

#[test]
fn a_union_whose_values_are_swapped() {
    check(
        Part::Schemas(
            "    Thing:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: kind, mapping: { a: '#/components/schemas/Cat', b: '#/components/schemas/Dog' } }
    Cat: { type: object, properties: { kind: { type: string }, lives: { type: integer } } }
    Dog: { type: object, properties: { kind: { type: string }, tricks: { type: integer } } }
",
        ),
        Part::Schemas(
            "    Thing:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: kind, mapping: { a: '#/components/schemas/Dog', b: '#/components/schemas/Cat' } }
    Cat: { type: object, properties: { kind: { type: string }, lives: { type: integer } } }
    Dog: { type: object, properties: { kind: { type: string }, tricks: { type: integer } } }
",
        ),
        expect![[r#"
            compatible discriminator-value: `b` means `Cat` of `model::Thing`, no longer `Dog`
            compatible discriminator-value: `a` means `Dog` of `model::Thing`, no longer `Cat`
            minor
        "#]],
    );
}
