//! Files that are no OpenAPI document: what they are is told, before anything else is made of them.

use std::fs;

use confluence_codegen::{Config, Input, Source, generate};
use expect_test::{Expect, expect};

fn check(spec: &str, expected: Expect) {
    let overlay = "overlay: 1.0.0\nactions:\n  - { target: $.info, update: { title: T } }\n";
    let input = Input::new("test", Source::new("spec.yaml", spec)).overlay(Source::new("spec.overlay.yaml", overlay));
    let error = generate(&input).expect_err("an error");
    let diagnostics = error.diagnostics().expect("an error of the document");
    expected.assert_eq(&diagnostics.to_string());
}

#[test]
fn empty_files() {
    check(
        "",
        expect![[r#"
        error[syntax]: the file is empty
          --> spec.yaml:1:1
           = save the document or the overlay here, as YAML or JSON
    "#]],
    );
    check(
        " \n\n",
        expect![[r#"
        error[syntax]: the file is empty
          --> spec.yaml:1:1
           |
         1 | 
           | ^
           = save the document or the overlay here, as YAML or JSON
    "#]],
    );
    check(
        "# Soon.\n",
        expect![[r#"
            error[version]: the file contains only comments, not an OpenAPI document
              --> spec.yaml:2:1
               = a document starts with `openapi: 3.0.3`
        "#]],
    );
}

#[test]
fn pages() {
    check(
        "\n<!DOCTYPE html>\n<html><title>Log in</title></html>\n",
        expect![[r#"
            error[syntax]: this is an HTML page
              --> spec.yaml:2:1
               |
             2 | <!DOCTYPE html>
               | ^
               = download the document itself; a server that requires a login may return such a page
        "#]],
    );
    check(
        "<?xml version=\"1.0\"?>\n<a/>\n",
        expect![[r#"
        error[syntax]: this is XML
          --> spec.yaml:1:1
           |
         1 | <?xml version="1.0"?>
           | ^
           = an OpenAPI document is YAML or JSON
    "#]],
    );
}

#[test]
fn other_kinds_of_documents() {
    check(
        "asyncapi: 3.0.0\ninfo: { title: T, version: '1' }\n",
        expect![[r#"
        error[version]: AsyncAPI 3.0.0 is not supported; OpenAPI 3.0, 3.1 and 3.2 are
          --> spec.yaml:1:11  #/asyncapi
           |
         1 | asyncapi: 3.0.0
           |           ^^^^^
           = it describes messages, for which no HTTP client can be generated; use an OpenAPI document
    "#]],
    );
    check(
        "swagger: '2.0'\ninfo: { title: T, version: '1' }\n",
        expect![[r#"
        error[version]: Swagger 2.0 is not supported; OpenAPI 3.0, 3.1 and 3.2 are
          --> spec.yaml:1:10  #/swagger
           |
         1 | swagger: '2.0'
           |          ^^^^^
           = convert it first, for example with `npx swagger2openapi`
    "#]],
    );
    check(
        "info: { title: T, version: '1' }\nswagger: 2.0\n",
        expect![[r#"
        error[version]: Swagger 2.0 is not supported; OpenAPI 3.0, 3.1 and 3.2 are
          --> spec.yaml:2:10  #/swagger
           |
         2 | swagger: 2.0
           |          ^^^
           = convert it first, for example with `npx swagger2openapi`
    "#]],
    );
    check(
        "overlay: 1.0.0\nactions: []\n",
        expect![[r#"
        error[version]: this is an OpenAPI Overlay, not an OpenAPI document
          --> spec.yaml:1:10  #/overlay
           |
         1 | overlay: 1.0.0
           |          ^^^^^
           = name the document that it belongs to, and add the overlay with `--overlay`, or with `Config::overlay` in a build script
    "#]],
    );
    check(
        "{ \"info\": { \"schema\": \"https://schema.getpostman.com\" }, \"item\": [] }",
        expect![[r#"
            error[version]: Postman collection is not supported; OpenAPI 3.0, 3.1 and 3.2 are
              --> spec.yaml:1:66  #/item
               |
             1 | { "info": { "schema": "https://schema.getpostman.com" }, "item": [] }
               |                                                                  ^
               = export the collection as OpenAPI first
        "#]],
    );
    check(
        "Not Found",
        expect![[r#"
        error[version]: this is a single value, not an OpenAPI document
          --> spec.yaml:1:1
           |
         1 | Not Found
           | ^^^^^^^^^
           = a document starts with `openapi: 3.0.3`
    "#]],
    );
    check(
        "[]",
        expect![[r#"
        error[version]: this is a list, not an OpenAPI document
          --> spec.yaml:1:1
           |
         1 | []
           | ^
           = a document starts with `openapi: 3.0.3`
    "#]],
    );
    check(
        "{}",
        expect![[r#"
        error[version]: this is not an OpenAPI document: `openapi: 3.0.x` is missing
          --> spec.yaml:1:1
           |
         1 | {}
           | ^
    "#]],
    );
}

#[test]
fn versions() {
    check(
        "openapi: 4.0.0\ninfo: {}\n",
        expect![[r#"
        error[version]: OpenAPI 4.0.0 is not supported; 3.0, 3.1 and 3.2 are
          --> spec.yaml:1:10  #/openapi
           |
         1 | openapi: 4.0.0
           |          ^^^^^
    "#]],
    );
    check(
        "info: {}\nopenapi: 3.0\n",
        expect![[r#"
        error[version]: the version is the number 3.0, not a string
          --> spec.yaml:2:10  #/openapi
           |
         2 | openapi: 3.0
           |          ^^^
           = write '3.0.3' in quotes
    "#]],
    );
    check(
        "openapi: 3.1\n",
        expect![[r#"
        error[version]: the version is the number 3.1, not a string
          --> spec.yaml:1:10  #/openapi
           |
         1 | openapi: 3.1
           |          ^^^
           = write '3.1.0' in quotes
    "#]],
    );
    check(
        "openapi: [3]\n",
        expect![[r#"
        error[version]: the version is not a string
          --> spec.yaml:1:10  #/openapi
           |
         1 | openapi: [3]
           |          ^
           = write `openapi: '3.0.3'`
    "#]],
    );
}

#[test]
fn bytes_that_are_no_text() {
    let utf_16: String = "openapi: 3.0.3".chars().flat_map(|c| [c, '\0']).collect();
    check(
        &utf_16,
        expect![[r#"
        error[syntax]: the file contains NUL bytes, so it is UTF-16 or not a text file
          --> spec.yaml:1:2
           |
         1 | o\u{0}p\u{0}e\u{0}n\u{0}a\u{0}p\u{0}i\u{0}:\u{0} \u{0}3\u{0}.\u{0}0\u{0}.\u{0}3\u{0}
           |  ^^^^^
           = save the document as UTF-8
    "#]],
    );
    let folder = tempfile::tempdir().expect("a folder");
    let said = |bytes: &[u8]| {
        let path = folder.path().join("spec.yaml");
        fs::write(&path, bytes).expect("a file");
        let error = Config::new()
            .spec(&path)
            .out_dir(folder.path())
            .build()
            .expect_err("an error");
        error.to_string().replace(&folder.path().display().to_string(), "..")
    };
    assert_eq!(
        said(b"\xff\xfeo\0p\0"),
        "cannot read `../spec.yaml`: it is text in UTF-16; save it as UTF-8, for example with `iconv -f UTF-16 -t UTF-8`"
    );
    assert_eq!(
        said(b"\xfe\xff\0o\0p"),
        "cannot read `../spec.yaml`: it is text in UTF-16; save it as UTF-8, for example with `iconv -f UTF-16 -t UTF-8`"
    );
    assert_eq!(
        said(b"\x1f\x8b\x08\0"),
        "cannot read `../spec.yaml`: it is compressed with gzip; decompress it"
    );
    assert_eq!(
        said(b"PK\x03\x04"),
        "cannot read `../spec.yaml`: it is a ZIP archive; extract it"
    );
    assert_eq!(
        said(b"openapi: 3.0.3\ninfo: { title: caf\xe9 }\n"),
        "cannot read `../spec.yaml`: it is not UTF-8 from line 2 on; save it as UTF-8, unless it is not a text file"
    );
}
