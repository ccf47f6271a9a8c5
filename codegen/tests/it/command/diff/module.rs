//! What changes in the module itself.

use expect_test::expect;

use super::{Part, check};

#[test]
fn another_title() {
    check(
        Part::Info("title: T"),
        Part::Info("title: U"),
        expect![[r#"
        documentation constant-value: the constant `TITLE` is "U", no longer "T"
        documentation docs: the documentation of the module has changed
        patch
    "#]],
    );
}

#[test]
fn a_long_description() {
    check(
        Part::Info("title: T, description: Short."),
        Part::Info(
            "title: T, description: This is what a description looks like that goes on and on about what the document \
             is for and so fills more than a line of a terminal.",
        ),
        expect![[r#"
            documentation constant-value: the constant `DESCRIPTION` has changed
            documentation docs: the documentation of the module has changed
            patch
        "#]],
    );
}

#[test]
fn a_server() {
    check(
        Part::Info(
            "title: T }
servers: [{ url: 'https://a.example' }]
x: {",
        ),
        Part::Info("title: T"),
        expect![[r#"
            breaking constant-gone: the constant `SERVER` was removed
            major
        "#]],
    );
}

#[test]
fn a_guide_that_reads_differently() {
    check(
        Part::Info(
            "title: T }
x-atlassian-narrative: { documents: [{ title: About, anchor: about, body: Old. }] }
x: {",
        ),
        Part::Info(
            "title: T }
x-atlassian-narrative: { documents: [{ title: About, anchor: about, body: New. }] }
x: {",
        ),
        expect![[r#"
            documentation guide-text: the document `guide::about` has changed
            patch
        "#]],
    );
}

#[test]
fn a_guide_that_is_gone() {
    check(
        Part::Info(
            "title: T }
x-atlassian-narrative: { documents: [{ title: About, anchor: about, body: Old. }] }
x: {",
        ),
        Part::Info("title: T"),
        expect![[r#"
            documentation guide-gone: the document `guide::about` was removed
            documentation docs: the documentation of the module has changed
            patch
        "#]],
    );
}

#[test]
fn a_security_scheme_that_is_new() {
    check(
        Part::Schemas(""),
        Part::Schemas(
            "    {}
  securitySchemes:
    basic: { type: http, scheme: basic }
",
        ),
        expect![[r#"
            compatible security-scheme-added: the security scheme `basic: http basic` was added
            minor
        "#]],
    );
}

#[test]
fn nothing() {
    check(
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        Part::Paths("  /things:
    get: { operationId: getThing, parameters: [{ name: a, in: query, required: true, schema: { type: string } }], responses: { '204': { description: Fine. } } }
"),
        expect![[r#"
            none
        "#]],
    );
}
