//! References into other files.

use std::fs;
use std::process::Command;

use confluence_codegen::{Config, Input, Source, generate};
use expect_test::{Expect, expect};
use tempfile::TempDir;

const HEAD: &str = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\n";

/// A document with files beside it, in memory.
fn input(spec: &str, files: &[(&str, &str)]) -> Input {
    let input = Input::new("test", Source::new("spec/spec.yaml", HEAD.to_owned() + spec));
    files.iter().fold(input, |input, (path, text)| {
        input.file(*path, Source::new(format!("spec/{path}"), *text))
    })
}

/// The code that is generated, and what is told.
fn generated(spec: &str, files: &[(&str, &str)]) -> (String, String) {
    let generated = generate(&input(spec, files)).unwrap_or_else(|error| panic!("{error}"));
    (generated.code, generated.diagnostics.to_string())
}

/// What is told of a document, be it an error.
fn told(spec: &str, files: &[(&str, &str)], expected: Expect) {
    let told = match generate(&input(spec, files)) {
        Ok(generated) => generated.diagnostics.to_string(),
        Err(error) => error.to_string(),
    };
    expected.assert_eq(&told);
}

/// The lines of a text that contain one of several words.
fn lines(code: &str, words: &[&str]) -> String {
    let lines = code.lines().filter(|line| words.iter().any(|word| line.contains(word)));
    lines.map(|line| format!("{}\n", line.trim())).collect()
}

#[test]
fn a_reference_in_quotes_that_belong_to_the_text() {
    let components = |reference: &str| {
        format!(
            "paths: {{}}\ncomponents:\n  schemas:\n    A: {{ type: array, items: {{ $ref: {reference} }} }}\n    B: {{ type: string }}\n"
        )
    };
    told(
        &components("‘#/components/schemas/B’"),
        &[],
        expect![[r##"
            warning[dangling-ref]: `‘#/components/schemas/B’` is in quotes that belong to the text
              --> spec/spec.yaml:6:30  #/components/schemas/A/items
               |
             6 |     A: { type: array, items: { $ref: ‘#/components/schemas/B’ } }
               |                              ^
               = used as an opaque JSON value; write `"#/components/schemas/B"`
        "##]],
    );
    told(
        &components("“b.yaml#/B”"),
        &[],
        expect![[r#"
            warning[dangling-ref]: `“b.yaml#/B”` is in quotes that belong to the text
              --> spec/spec.yaml:6:30  #/components/schemas/A/items
               |
             6 |     A: { type: array, items: { $ref: “b.yaml#/B” } }
               |                              ^
               = used as an opaque JSON value; write `"b.yaml#/B"`
        "#]],
    );
    told(
        &components("\"'#/components/schemas/B'\""),
        &[],
        expect![[r##"
            warning[dangling-ref]: `'#/components/schemas/B'` is in quotes that belong to the text
              --> spec/spec.yaml:6:30  #/components/schemas/A/items
               |
             6 |     A: { type: array, items: { $ref: "'#/components/schemas/B'" } }
               |                              ^
               = used as an opaque JSON value; write `"#/components/schemas/B"`
        "##]],
    );
}

#[test]
fn every_kind_of_component_can_stand_in_a_file() {
    let spec = "paths:
  /users/{id}:
    parameters: [{ $ref: 'parts/common.yaml#/parameters/Id' }]
    put:
      operationId: putUser
      requestBody: { $ref: './parts/common.yaml#/bodies/User' }
      responses:
        '200': { $ref: 'parts/responses.json#/User' }
        '404': { $ref: 'parts/responses.json#/Gone' }
  /groups: { $ref: 'parts/groups.yaml' }
";
    let common = "parameters:
  Id: { name: id, in: path, required: true, schema: { type: integer } }
bodies:
  User: { required: true, content: { application/json: { schema: { $ref: 'User.yaml' } } } }
";
    let responses = r##"{
  "User": { "description": "The user.", "content": { "application/json": { "schema": { "$ref": "User.yaml" } } } },
  "Gone": { "description": "None.", "content": { "application/json": { "schema": { "$ref": "#/Problem" } } } },
  "Problem": { "type": "object", "properties": { "reason": { "type": "string" } } }
}"##;
    let groups = "get:
  operationId: getGroups
  responses:
    '200': { description: Groups., content: { application/json: { schema: { type: array, items: { $ref: '../spec.yaml#/components/schemas/Group' } } } } }
";
    let spec = format!(
        "{spec}components: {{ schemas: {{ Group: {{ type: object, properties: {{ users: {{ type: array, items: {{ $ref: parts/User.yaml }} }} }} }} }} }}\n"
    );
    let user = "type: object\nproperties: { name: { type: string }, manager: { $ref: 'User.yaml' } }\n";
    let files = [
        ("parts/common.yaml", common),
        ("parts/responses.json", responses),
        ("parts/groups.yaml", groups),
        ("parts/User.yaml", user),
    ];
    let (code, told) = generated(&spec, &files);
    assert_eq!(told, "");
    for file in ["spec", "common", "responses", "groups", "User"] {
        assert!(code.contains(&format!("//   {file}.")), "{file} is named in the header");
    }
    expect![[r#"
        pub fn put_user(id: i64, body: model::User) -> request::PutUser {
        pub fn get_groups() -> request::GetGroups {
        pub struct Group {
        pub users: Option<Vec<User>>,
        pub struct User {
        pub manager: Option<Box<User>>,
        optional boxed manager: User,
        pub struct Problem {
        pub struct PutUser(
        NotFound(Box<model::Problem>) = "404",
        pub struct GetGroups() {}
    "#]]
    .assert_eq(&lines(
        &code,
        &["pub fn ", "pub struct ", "manager:", "users:", "NotFound("],
    ));
}

#[test]
fn a_component_that_is_a_file_keeps_its_name() {
    let spec = "paths: {}
components:
  schemas:
    Person: { $ref: 'schemas/User.yaml' }
    Team: { type: object, properties: { lead: { $ref: 'schemas/User.yaml' }, all: { $ref: 'schemas/Users.yaml' } } }
";
    let files = [
        (
            "schemas/User.yaml",
            "{ type: object, properties: { name: { type: string } } }",
        ),
        ("schemas/Users.yaml", "{ type: array, items: { $ref: User.yaml } }"),
    ];
    let (code, told) = generated(spec, &files);
    assert_eq!(told, "");
    expect![[r#"
        pub struct Person {
        pub struct Team {
        pub lead: Option<Person>,
        pub all: Option<Users>,
        pub type Users = Vec<Person>;
    "#]]
    .assert_eq(&lines(&code, &["pub struct ", "pub type ", "pub lead", "pub all"]));
}

#[test]
fn a_name_that_is_taken_gets_that_of_the_file_before_it() {
    let spec = "paths: {}
components:
  schemas:
    User: { type: object, properties: { a: { $ref: 'more.yaml#/User' }, b: { $ref: 'old/more.yaml#/User' }, c: { $ref: 'more.yaml#/deep/User' } } }
";
    let user = |member: &str| format!("User: {{ type: object, properties: {{ {member}: {{ type: string }} }} }}\n");
    let more = user("x") + "deep: { User: { type: object, properties: { z: { type: string } } } }\n";
    let (code, told) = generated(spec, &[("more.yaml", &more), ("old/more.yaml", &user("y"))]);
    assert_eq!(told, "");
    expect![[r#"
        pub struct User {
        pub a: Option<MoreUser>,
        pub b: Option<OldMoreUser>,
        pub c: Option<MoreUser2>,
        pub struct MoreUser {
        pub struct OldMoreUser {
        pub struct MoreUser2 {
    "#]]
    .assert_eq(&lines(&code, &["pub struct ", "pub a:", "pub b:", "pub c:"]));
}

#[test]
fn values_of_a_discriminator_are_references_too() {
    let spec = "paths: {}
components:
  schemas:
    Pet:
      oneOf: [{ $ref: 'pets.yaml#/Cat' }, { $ref: 'pets.yaml#/Dog' }]
      discriminator: { propertyName: kind, mapping: { miaow: 'pets.yaml#/Cat', wuff: 'pets.yaml#/Dog' } }
";
    let pet = |name: &str| {
        format!("{name}: {{ type: object, required: [kind], properties: {{ kind: {{ type: string }} }} }}\n")
    };
    let (code, told) = generated(spec, &[("pets.yaml", &(pet("Cat") + &pet("Dog")))]);
    assert_eq!(told, "");
    expect![[r#"
        Cat(Box<Cat>) = "miaow" | "Cat",
        Dog(Box<Dog>) = "wuff" | "Dog",
    "#]]
    .assert_eq(&lines(&code, &["miaow", "wuff"]));
}

/// An overlay finds what is brought in, and may refer to files, too.
#[test]
fn overlays_see_the_whole_document() {
    let spec = "paths: { /users: { $ref: 'parts.yaml#/users' } }\n";
    let parts = "users:
  get:
    operationId: getUsers
    responses:
      '200': { description: Users., content: { application/json: { schema: { type: array, items: { $ref: '#/User' } } } } }
User: { type: object, properties: { name: { type: string } } }
Group: { type: object, properties: { owner: { $ref: '#/User' } } }
";
    let overlay = "overlay: 1.0.0
info: { title: O, version: '1' }
actions:
  - target: $.paths['/users'].get
    update: { x-rust-name: users }
  - target: $.components.schemas.User.properties
    update: { group: { $ref: 'parts.yaml#/Group' } }
";
    let input = input(spec, &[("parts.yaml", parts)]).overlay(Source::new("overlay.yaml", overlay));
    let generated = generate(&input).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(generated.diagnostics.to_string(), "");
    expect![[r#"
        pub fn users() -> request::Users {
        pub struct User {
        pub group: Option<Box<Group>>,
        pub struct Group {
        pub owner: Option<Box<User>>,
        pub struct Users() {}
    "#]]
    .assert_eq(&lines(
        &generated.code,
        &["pub fn ", "pub struct ", "pub group", "pub owner"],
    ));
}

#[test]
fn mistakes_are_told_where_they_stand() {
    let spec = "paths: {}
components:
  schemas:
    User: { $ref: 'schemas.yaml#/User' }
";
    let schemas = "User:
  type: object
  properties:
    name: { type: strng }
    group: { $ref: '#/Gruop' }
    site: { $ref: 'sites.yaml' }
Group: { type: object }
";
    told(
        spec,
        &[("schemas.yaml", schemas)],
        expect![[r#"
            warning[opaque]: `strng` is not an OpenAPI type
              --> spec/schemas.yaml:4:19  #/components/schemas/User/properties/name/type
               |
             4 |     name: { type: strng }
               |                   ^^^^^
               = used as an opaque JSON value; did you mean `string`?

            warning[dangling-ref]: `schemas.yaml#/Gruop` is not defined in that file
              --> spec/schemas.yaml:5:12  #/components/schemas/User/properties/group
               |
             5 |     group: { $ref: '#/Gruop' }
               |            ^
               = used as an opaque JSON value; did you mean `schemas.yaml#/Group`?

            warning[dangling-ref]: `sites.yaml` refers to a file that was not passed
              --> spec/schemas.yaml:6:11  #/components/schemas/User/properties/site
               |
             6 |     site: { $ref: 'sites.yaml' }
               |           ^
               = used as an opaque JSON value; pass it with `Input::file`, or set the path of the document with `Input::path`
        "#]],
    );
    told(
        spec,
        &[("schemas.yaml", "User:\n  type: [object\n")],
        expect![[r#"
            the document has errors

            error[syntax]: the bracket `[` is not closed
              --> spec/schemas.yaml:2:9
               |
             2 |   type: [object
               |         ^
               = add `]` where the list ends
        "#]],
    );
    told(
        spec,
        &[("schemas.yaml", "<html>\n")],
        expect![[r#"
        the document has errors

        error[syntax]: this is an HTML page
          --> spec/schemas.yaml:1:1
           |
         1 | <html>
           | ^
           = download the document itself; a server that requires a login may return such a page
    "#]],
    );
    told(
        spec,
        &[("schemas.yaml", "User: { type: object, properties: [] }\n")],
        expect![[r#"
        the document has errors

        error[openapi]: `properties` is a list; an object is expected
          --> spec/schemas.yaml:1:35  #/components/schemas/User/properties
           |
         1 | User: { type: object, properties: [] }
           |                                   ^
    "#]],
    );
}

#[test]
fn references_that_are_not_followed() {
    let spec = "paths:
  /a: { $ref: 'gone.yaml' }
  /b:
    get:
      operationId: getB
      parameters: [{ $ref: 'https://acme.example/limit.yaml#/limit' }]
      responses: { '200': { $ref: '#/components/responses/Away' } }
components:
  responses:
    Away: { $ref: '/etc/responses.yaml#/Away' }
  schemas:
    User:
      type: object
      properties:
        a: { $ref: '../elsewhere.yaml#/User' }
        b: { $ref: 'parts/../../elsewhere.yaml#/User' }
        c: { $ref: '%2e%2e/elsewhere.yaml' }
        d: { $ref: 'schemas.yaml#User' }
        e: { $ref: 'schemas.yaml#/Usr' }
        f: { $ref: 'schemas.yaml#/x/y' }
";
    told(
        spec,
        &[("schemas.yaml", "User: { type: string }\n")],
        expect![[r#"
            warning[dangling-ref]: `../elsewhere.yaml#/User` refers to a file outside the folder of the document
              --> spec/spec.yaml:17:12  #/components/schemas/User/properties/a
               |
            17 |         a: { $ref: '../elsewhere.yaml#/User' }
               |            ^
               = used as an opaque JSON value; only files in that folder and its subfolders are read: copy the file there

            warning[dangling-ref]: `parts/../../elsewhere.yaml#/User` refers to a file outside the folder of the document
              --> spec/spec.yaml:18:12  #/components/schemas/User/properties/b
               |
            18 |         b: { $ref: 'parts/../../elsewhere.yaml#/User' }
               |            ^
               = used as an opaque JSON value; only files in that folder and its subfolders are read: copy the file there

            warning[dangling-ref]: `%2e%2e/elsewhere.yaml` refers to a file outside the folder of the document
              --> spec/spec.yaml:19:12  #/components/schemas/User/properties/c
               |
            19 |         c: { $ref: '%2e%2e/elsewhere.yaml' }
               |            ^
               = used as an opaque JSON value; only files in that folder and its subfolders are read: copy the file there

            warning[dangling-ref]: `schemas.yaml#User` does not end in a JSON Pointer
              --> spec/spec.yaml:20:12  #/components/schemas/User/properties/d
               |
            20 |         d: { $ref: 'schemas.yaml#User' }
               |            ^
               = used as an opaque JSON value; write `schemas.yaml#/User` for the member of this name

            warning[dangling-ref]: `schemas.yaml#/Usr` is not defined in that file
              --> spec/spec.yaml:21:12  #/components/schemas/User/properties/e
               |
            21 |         e: { $ref: 'schemas.yaml#/Usr' }
               |            ^
               = used as an opaque JSON value; did you mean `schemas.yaml#/User`?

            warning[dangling-ref]: `schemas.yaml#/x/y` is not defined in that file
              --> spec/spec.yaml:22:12  #/components/schemas/User/properties/f
               |
            22 |         f: { $ref: 'schemas.yaml#/x/y' }
               |            ^
               = used as an opaque JSON value; define `#/x/y` there

            warning[dangling-ref]: `gone.yaml` refers to a file that was not passed
              --> spec/spec.yaml:4:7  #/paths/~1a
               |
             4 |   /a: { $ref: 'gone.yaml' }
               |       ^
               = its operations are not generated; pass it with `Input::file`, or set the path of the document with `Input::path`

            warning[dangling-ref]: `https://acme.example/limit.yaml#/limit` is a URL, and URLs are not downloaded
              --> spec/spec.yaml:8:20  #/paths/~1b/get/parameters/0
               |
             8 |       parameters: [{ $ref: 'https://acme.example/limit.yaml#/limit' }]
               |                    ^
               = the parameter is left out; save the file in the folder of the document, and refer to it there

            warning[dangling-ref]: `#/components/responses/Away` is a reference, and `/etc/responses.yaml#/Away` refers to a file outside the folder of the document
              --> spec/spec.yaml:9:27  #/paths/~1b/get/responses/200
               |
             9 |       responses: { '200': { $ref: '#/components/responses/Away' } }
               |                           ^
               = any content is accepted; only files in that folder and its subfolders are read: copy the file there
        "#]],
    );
}

#[test]
fn references_that_lead_in_a_circle() {
    let spec = "paths:
  /a: { $ref: 'a.yaml' }
  /b:
    get:
      operationId: getB
      parameters: [{ $ref: 'c.yaml#/limit' }]
      responses: { '204': { description: Done. } }
components: { schemas: { User: { $ref: 'c.yaml#/one' } } }
";
    let files = [
        ("a.yaml", "{ $ref: b.yaml }"),
        ("b.yaml", "{ $ref: a.yaml }"),
        (
            "c.yaml",
            "{ limit: { $ref: '#/limit2' }, limit2: { $ref: 'c.yaml#/limit' }, one: { $ref: '#/two' }, two: { $ref: '#/one' } }",
        ),
    ];
    told(
        spec,
        &files,
        expect![[r#"
            warning[dangling-ref]: `a.yaml` is a circular reference
              --> spec/spec.yaml:4:7  #/paths/~1a
               |
             4 |   /a: { $ref: 'a.yaml' }
               |       ^
               = its operations are not generated; define the path item in one of them

            warning[dangling-ref]: `#/components/parameters/limit` is a circular reference: limit -> limit2 -> limit
              --> spec/spec.yaml:8:20  #/paths/~1b/get/parameters/0
               |
             8 |       parameters: [{ $ref: 'c.yaml#/limit' }]
               |                    ^
               = define one of them in an overlay

            warning[opaque]: `User` is defined by itself
              --> spec/c.yaml:1:72  #/components/schemas/User
               |
             1 | { limit: { $ref: '#/limit2' }, limit2: { $ref: 'c.yaml#/limit' }, one: { $ref: '#/two' }, two: { $ref: '#/one' } }
               |                                                                        ^
               = used as an opaque JSON value
        "#]],
    );
}

/// What a build script does, with files on disk.
mod on_disk {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> TempDir {
        let folder = TempDir::new().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        folder
    }

    fn build(folder: &TempDir) -> String {
        let out = TempDir::new().expect("a folder");
        let config = Config::new().spec_dir(folder.path().join("spec")).out_dir(out.path());
        config.build().unwrap_or_else(|error| panic!("{error}"));
        fs::read_to_string(out.path().join("space.rs")).expect("a module")
    }

    const SPACE: &str = "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components: { schemas: { Space: { $ref: 'schemas.yaml#/Space' }, Page: { $ref: 'parts/page.yaml' } } }
";

    #[test]
    fn files_are_read_from_the_folder_of_the_document() {
        let folder = folder(&[
            ("spec/space.yaml", SPACE),
            (
                "spec/schemas.yaml",
                "Space: { type: object, properties: { key: { type: string } } }\n",
            ),
            (
                "spec/parts/page.yaml",
                "{ type: object, properties: { space: { $ref: '../schemas.yaml#/Space' } } }\n",
            ),
        ]);
        let code = build(&folder);
        expect![[r#"
            pub struct Space {
            pub key: Option<String>,
            pub struct Page {
            pub space: Option<Space>,
        "#]]
        .assert_eq(&lines(&code, &["pub struct ", "pub key", "pub space"]));
    }

    /// What makes a document is a member, not a word.
    #[test]
    fn a_part_may_mention_openapi() {
        let yaml = "# See https://spec.openapis.org/.\nSpace: { description: 'In \"openapi\": 3.', type: object }\n";
        let json =
            r#"{"description": "openapi: 3.0.3", "type": "object", "properties": {"openapi": {"type": "string"}}}"#;
        let folder = folder(&[
            ("spec/space.yaml", &SPACE.replace("parts/page.yaml", "page.json")),
            ("spec/schemas.yaml", yaml),
            ("spec/page.json", json),
        ]);
        let code = build(&folder);
        assert!(code.contains("pub openapi: Option<String>"), "{code}");
    }

    /// A document has a module of its own, also if others refer to it.
    #[test]
    fn a_document_that_others_refer_to_is_no_part() {
        let folder = folder(&[
            (
                "spec/space.yaml",
                &SPACE.replace("parts/page.yaml", "page.json#/components/schemas/Page"),
            ),
            ("spec/schemas.yaml", "Space: { type: string }\n"),
            (
                "spec/page.json",
                r#"{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"Page":{"type":"string"}}}}"#,
            ),
        ]);
        let out = TempDir::new().expect("a folder");
        let build = || {
            Config::new()
                .spec_dir(folder.path().join("spec"))
                .out_dir(out.path())
                .build()
        };
        build().expect("modules");
        assert!(out.path().join("page.rs").exists() && !out.path().join("schemas.rs").exists());
        fs::write(folder.path().join("spec/schemas.yaml"), "Space: [\n").expect("a file");
        let told = build().expect_err("a syntax error").to_string();
        assert_eq!(told.matches("error[").count(), 1, "{told}");
        assert!(told.contains("schemas.yaml:1:8"), "{told}");
    }

    /// The first test prints what Cargo is told.
    #[test]
    fn cargo_is_told_of_each_file() {
        let test = "files::on_disk::files_are_read_from_the_folder_of_the_document";
        let output = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", test, "--nocapture"])
            .output()
            .expect("the test");
        let told = String::from_utf8(output.stdout).expect("text");
        let watched = told
            .lines()
            .filter_map(|line| line.strip_prefix("cargo::rerun-if-changed="));
        let watched: Vec<&str> = watched
            .filter_map(|path| path.rsplit_once("spec/"))
            .map(|(_, path)| path)
            .collect();
        for file in ["space.yaml", "schemas.yaml", "parts/page.yaml", "parts/../schemas.yaml"] {
            assert_eq!(watched.contains(&file), !file.contains(".."), "{file}: {watched:?}");
        }
    }

    /// What is not there is watched by its folder: Cargo takes a file that is not there for one that has changed.
    #[test]
    fn a_file_that_is_not_there_is_a_warning() {
        let folder = folder(&[
            ("spec/space.yaml", SPACE),
            ("spec/parts/page.yaml", "{ type: string }\n"),
        ]);
        assert!(build(&folder).contains("pub type Page = String;"));
        let path = folder.path().join("spec");
        let input = Input::new("space", Source::new("space.yaml", SPACE)).path(path.join("space.yaml"));
        let told = generate(&input).expect("a module").diagnostics.to_string();
        let told = told.replace(&path.display().to_string(), "spec");
        expect![[r#"
            warning[dangling-ref]: `schemas.yaml#/Space` refers to a file that does not exist: `spec/schemas.yaml`
            = used as an opaque JSON value; add the file, or fix the reference
        "#]]
        .assert_eq(&lines(&told, &["warning", " = "]));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_out_of_the_folder() {
        let folder = folder(&[
            ("spec/space.yaml", SPACE),
            (
                "elsewhere.yaml",
                "Space: { type: object, properties: { key: { type: string } } }\n",
            ),
            ("elsewhere/page.yaml", "{ type: string }\n"),
        ]);
        for (link, file) in [
            ("spec/schemas.yaml", "../elsewhere.yaml"),
            ("spec/parts", "../elsewhere"),
        ] {
            std::os::unix::fs::symlink(file, folder.path().join(link)).expect("a link");
        }
        let input = Input::new("space", Source::new("space.yaml", SPACE)).path(folder.path().join("spec/space.yaml"));
        let told = generate(&input).expect("a module").diagnostics.to_string();
        expect![[r#"
            warning[dangling-ref]: `schemas.yaml#/Space` refers to a file outside the folder of the document
            = used as an opaque JSON value; only files in that folder and its subfolders are read: copy the file there
            warning[dangling-ref]: `parts/page.yaml` refers to a file outside the folder of the document
            = used as an opaque JSON value; only files in that folder and its subfolders are read: copy the file there
        "#]]
        .assert_eq(&lines(&told, &["warning", " = "]));
    }
}
