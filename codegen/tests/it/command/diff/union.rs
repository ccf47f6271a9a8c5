//! What changes in unions.

use expect_test::expect;

use super::{Part, check};

#[test]
fn a_variant_with_another_description() {
    check(
        Part::Schemas(
            "    Thing: { oneOf: [{ type: string, description: Old. }, { type: boolean }] }
",
        ),
        Part::Schemas(
            "    Thing: { oneOf: [{ type: string, description: New. }, { type: boolean }] }
",
        ),
        expect![[r#"
            documentation docs: the documentation of `model::Thing::String` has changed
            patch
        "#]],
    );
}

#[test]
fn a_union_that_requests_no_longer_have() {
    let schema = "    Thing: { oneOf: [{ type: string }, { type: integer }] }
";
    check(
        Part::Both("  /things:
    post: { operationId: addThing, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, responses: { '204': { description: Fine. } } }
", schema),
        Part::Both("  /things:
    post: { operationId: addThing, responses: { '204': { description: Fine. } } }
", schema),
        expect![[r#"
            breaking setter-gone: the setter `request::AddThing::body` was removed
            breaking conversion-gone: `String` no longer converts into `model::Thing`
            breaking conversion-gone: `i64` no longer converts into `model::Thing`
            major
        "#]],
    );
}

#[test]
fn a_value_that_no_longer_means_a_variant() {
    check(
        Part::Schemas(
            "    Thing:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: kind, mapping: { a: '#/components/schemas/Cat' } }
    Cat: { type: object, properties: { kind: { type: string }, lives: { type: integer } } }
    Dog: { type: object, properties: { kind: { type: string }, tricks: { type: integer } } }
",
        ),
        Part::Schemas(
            "    Thing:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: kind, mapping: { b: '#/components/schemas/Cat' } }
    Cat: { type: object, properties: { kind: { type: string }, lives: { type: integer } } }
    Dog: { type: object, properties: { kind: { type: string }, tricks: { type: integer } } }
",
        ),
        expect![[r#"
            compatible discriminator-value: `a` no longer means `Cat` of `model::Thing`
            compatible discriminator-value: `b` means `Cat` of `model::Thing`
            minor
        "#]],
    );
}
