//! Characters that do not show, in texts and in names.

use confluence_codegen::{Input, Source, generate};
use expect_test::{Expect, expect};

const HEAD: &str = "openapi: 3.0.3\npaths: {}\n";

fn check(lines: &str, expected: Expect) {
    let input = Input::new("test", Source::new("spec.yaml", format!("{HEAD}{lines}")));
    expected.assert_eq(&generate(&input).expect("a module").diagnostics.to_string());
}

#[test]
fn in_names() {
    check(
        "info: { title: T, version: '1' }
components:
  schemas:
    A:
      pro\u{200b}perties: {}
    \u{a0}B: {}
    C: { required: ['na\u{2060}me'], properties: { na\u{ad}me: { $ref: '#/components/schemas/\u{a0}D' } } }
",
        expect![[r#"
            warning[hidden-character]: there is a hidden character, \u{200b}
              --> spec.yaml:7:7  #/components/schemas/A/pro\u{200b}perties
               |
             7 |       pro\u{200b}perties: {}
               |       ^^^^^^^^^^^^^^^^^^
               = escaped where it would be shown

            warning[hidden-character]: there is a hidden character, \u{a0}
              --> spec.yaml:8:5  #/components/schemas/\u{a0}B
               |
             8 |     \u{a0}B: {}
               |     ^^^^^^^
               = escaped where it would be shown

            warning[hidden-character]: there is a hidden character, \u{2060}
              --> spec.yaml:9:21  #/components/schemas/C/required/0
               |
             9 |     C: { required: ['na\u{2060}me'], properties: { na\u{ad}me: { $ref: '#/components/schemas/\u{a0}D' } } }
               |                     ^^^^^^^^^^^^^^
               = escaped where it would be shown

            warning[hidden-character]: there is a hidden character, \u{ad}
              --> spec.yaml:9:45  #/components/schemas/C/properties/na\u{ad}me
               |
             9 |     C: { required: ['na\u{2060}me'], properties: { na\u{ad}me: { $ref: '#/components/schemas/\u{a0}D' } } }
               |                                                    ^^^^^^^^^^
               = escaped where it would be shown

            warning[unknown-key]: `pro\u{200b}perties` is unknown here and has no effect
              --> spec.yaml:7:7  #/components/schemas/A/pro\u{200b}perties
               |
             7 |       pro\u{200b}perties: {}
               |       ^^^^^^^^^^^^^^^^^^
               = did you mean `properties`?

            warning[dangling-ref]: `#/components/schemas/\u{a0}D` is not defined in this document
              --> spec.yaml:9:52  #/components/schemas/C/properties/na\u{ad}me
               |
             9 |     C: { required: ['na\u{2060}me'], properties: { na\u{ad}me: { $ref: '#/components/schemas/\u{a0}D' } } }
               |                                                                ^
               = used as an opaque JSON value; define it in an overlay

            note[ignored]: `na\u{2060}me` is required, but not among the properties
              --> spec.yaml:9:21  #/components/schemas/C/required/0
               |
             9 |     C: { required: ['na\u{2060}me'], properties: { na\u{ad}me: { $ref: '#/components/schemas/\u{a0}D' } } }
               |                     ^^^^^^^^^^^^^^
               = did you mean `na\u{ad}me`?
        "#]],
    );
}

#[test]
fn in_prose() {
    for hidden in [
        "\u{200b}", "\u{200c}", "\u{200d}", "\u{2060}", "\u{feff}", "\u{ad}", "\u{2066}",
    ] {
        let spec = format!("{HEAD}info: {{ title: T, version: '1', description: 'Send{hidden}it.' }}\n");
        let generated = generate(&Input::new("test", Source::new("spec.yaml", spec))).expect("a module");
        let spelled: String = hidden.chars().flat_map(char::escape_unicode).collect();
        let told = generated.diagnostics.to_string();
        assert!(told.starts_with(&format!(
            "warning[hidden-character]: there is a hidden character, {spelled}\n"
        )));
        assert!(
            generated.code.contains(&format!("Send{spelled}it.")),
            "{}",
            generated.code
        );
        assert!(!told.contains(hidden) && !generated.code.contains(hidden));
    }
}

/// What joins or separates characters of other scripts, and what emoji consist of, is a part of the text.
#[test]
fn a_part_of_the_text() {
    let texts = [
        "می\u{200c}خواهم",
        "👩\u{200d}💻 and ❤\u{fe0f}\u{200d}🔥 and 1\u{fe0f}\u{20e3}",
        "ภาษา\u{200b}ไทย",
        "Remarque\u{a0}: 10\u{202f}000",
        "שלום\u{200e} (API)",
    ];
    for text in texts {
        let spec = format!("{HEAD}info: {{ title: T, version: '1', description: '{text}' }}\n");
        let generated = generate(&Input::new("test", Source::new("spec.yaml", spec))).expect("a module");
        assert_eq!(generated.diagnostics.to_string(), "");
        assert!(generated.code.contains(text), "{}", generated.code);
    }
}
