//! Mistakes in schemas that are rewritten to be read: they are told of the text, not of what it became.

use confluence_codegen::{Input, Source, generate};
use expect_test::{Expect, expect};

fn check(version: &str, schemas: &str, expected: Expect) {
    let spec = format!(
        "openapi: {version}\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    let told = match generate(&Input::new("test", Source::new("spec.yaml", spec))) {
        Ok(generated) => generated.diagnostics.to_string(),
        Err(error) => error.diagnostics().expect("an error of the document").to_string(),
    };
    expected.assert_eq(&told);
}

#[test]
fn a_reference_with_siblings() {
    let schemas = "    A:
      properties:
        a:
          description: A.
          nullable: true
          $ref: '#/components/schemas/B'
";
    check(
        "3.0.3",
        schemas,
        expect![[r#"
        warning[dangling-ref]: `#/components/schemas/B` is not defined in this document
          --> spec.yaml:11:17  #/components/schemas/A/properties/a/$ref
           |
        11 |           $ref: '#/components/schemas/B'
           |                 ^^^^^^^^^^^^^^^^^^^^^^^^
           = used as an opaque JSON value; define it in an overlay
    "#]],
    );
    check(
        "3.1.0",
        schemas,
        expect![[r#"
        warning[dangling-ref]: `#/components/schemas/B` is not defined in this document
          --> spec.yaml:11:17  #/components/schemas/A/properties/a/$ref
           |
        11 |           $ref: '#/components/schemas/B'
           |                 ^^^^^^^^^^^^^^^^^^^^^^^^
           = used as an opaque JSON value; define it in an overlay
    "#]],
    );
}

#[test]
fn a_reference_beside_parts() {
    check(
        "3.1.0",
        "    A:
      $ref: '#/components/schemas/B'
      allOf:
        - $ref: '#/components/schemas/C'
        - { description: D., $ref: '#/components/schemas/D' }
",
        expect![[r#"
            warning[dangling-ref]: `#/components/schemas/B` is not defined in this document
              --> spec.yaml:7:13  #/components/schemas/A/$ref
               |
             7 |       $ref: '#/components/schemas/B'
               |             ^^^^^^^^^^^^^^^^^^^^^^^^
               = used as an opaque JSON value; define it in an overlay

            warning[dangling-ref]: `#/components/schemas/C` is not defined in this document
              --> spec.yaml:9:11  #/components/schemas/A/allOf/0
               |
             9 |         - $ref: '#/components/schemas/C'
               |           ^^^^
               = used as an opaque JSON value; define it in an overlay

            warning[dangling-ref]: `#/components/schemas/D` is not defined in this document
              --> spec.yaml:10:36  #/components/schemas/A/allOf/1/$ref
               |
            10 |         - { description: D., $ref: '#/components/schemas/D' }
               |                                    ^^^^^^^^^^^^^^^^^^^^^^^^
               = used as an opaque JSON value; define it in an overlay
        "#]],
    );
}

#[test]
fn several_types() {
    check(
        "3.1.0",
        "    A:
      type: ['null', string, strng]
    B:
      type: [object, string]
      properties: { a: { type: [array, arry], items: { type: txt } } }
",
        expect![[r#"
            warning[opaque]: `strng` is not an OpenAPI type
              --> spec.yaml:7:30  #/components/schemas/A/type/2
               |
             7 |       type: ['null', string, strng]
               |                              ^^^^^
               = used as an opaque JSON value; did you mean `string`?

            warning[opaque]: `txt` is not an OpenAPI type
              --> spec.yaml:10:62  #/components/schemas/B/properties/a/items/type
               |
            10 |       properties: { a: { type: [array, arry], items: { type: txt } } }
               |                                                              ^^^
               = used as an opaque JSON value

            warning[opaque]: `arry` is not an OpenAPI type
              --> spec.yaml:10:40  #/components/schemas/B/properties/a/type/1
               |
            10 |       properties: { a: { type: [array, arry], items: { type: txt } } }
               |                                        ^^^^
               = used as an opaque JSON value; did you mean `array`?
        "#]],
    );
    check(
        "3.1.0",
        "    A:\n      type: [object, string]\n      properties: { a: 1 }\n",
        expect![[r#"
            error[openapi]: a schema must be an object; this is the number 1
              --> spec.yaml:8:24  #/components/schemas/A/properties/a
               |
             8 |       properties: { a: 1 }
               |                        ^
        "#]],
    );
}

#[test]
fn other_members() {
    check(
        "3.1.0",
        "    A:
      patternProperties: { ^a: { $ref: '#/components/schemas/C' } }
    B:
      unevaluatedProperties: { $ref: '#/components/schemas/D' }
",
        expect![[r#"
            warning[dangling-ref]: `#/components/schemas/C` is not defined in this document
              --> spec.yaml:7:32  #/components/schemas/A/patternProperties/^a
               |
             7 |       patternProperties: { ^a: { $ref: '#/components/schemas/C' } }
               |                                ^
               = used as an opaque JSON value; define it in an overlay

            warning[dangling-ref]: `#/components/schemas/D` is not defined in this document
              --> spec.yaml:9:30  #/components/schemas/B/unevaluatedProperties
               |
             9 |       unevaluatedProperties: { $ref: '#/components/schemas/D' }
               |                              ^
               = used as an opaque JSON value; define it in an overlay
        "#]],
    );
}
