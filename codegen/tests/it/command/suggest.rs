//! `suggest`

use std::path::Path;

use expect_test::expect;
use serde_json::Value;

use super::{Folder, SPEC};
use crate::documents::below;

const LACKING: &str = "openapi: 3.0.1
info: { title: Confluence Things, version: '1' }
servers: [{ url: 'https://your-domain.atlassian.net/' }]
paths:
  /things/{id}:
    get:
      operationId: getThing
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      security: [{ basicAuth: [] }, { oAuth: ['read:thing', 'read:other'] }, { token: [] }]
      responses:
        '200': { description: The thing., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
  \"/it's/{id}\":
    delete:
      operationId: getThing
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: Gone. } }
    put:
      x-rust-name: put_thing
      operationId: putIt
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: There. } }
";

#[test]
fn what_a_document_leaves_open_is_suggested() {
    let folder = Folder::new(&[("spec.yaml", LACKING)]);
    let run = folder.run(&["suggest", "spec.yaml"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    expect![[r#"
        overlay: 1.0.0
        info:
          title: "Additions to Confluence Things"
          version: 1.0.0
        actions:
          - target: $.servers[0]
            description: >-
              Confluence Cloud serves this API below another path than the document states.
              Compare it with the publisher's documentation.
            update:
              url: "https://your-domain.atlassian.net/wiki/api/v2"

          - target: $
            description: >-
              These security schemes are used, but not declared.
              Their types and URLs are guessed from their names.
            update:
              components:
                securitySchemes:
                  basicAuth:
                    type: http
                    scheme: basic
                  oAuth:
                    type: oauth2
                    flows:
                      authorizationCode:
                        authorizationUrl: https://auth.atlassian.com/authorize
                        tokenUrl: https://auth.atlassian.com/oauth/token
                        scopes:
                          "read:other": ""
                          "read:thing": ""
                  token:
                    type: http
                    scheme: bearer

          - target: $
            description: >-
              The document refers to these schemas, but does not define them.
              These placeholders accept any JSON value, unless a supplement has the schema; describe what servers send.
            update:
              components:
                schemas:
                  Thing:
                    description: Any JSON value.
                    x-rust-placeholder: true

          # Names of functions, so that they stay the same when the document changes.
          - target: "$.paths['/things/{id}'].get"
            update: { x-rust-name: get_thing }
          - target: "$.paths['/it\\'s/{id}'].delete"
            update: { x-rust-name: get_thing2 }
    "#]]
    .assert_eq(&run.out);
    folder.write("overlay.yaml", &run.out);
    let check = folder.run(&["check", "spec.yaml", "--overlay", "overlay.yaml", "--format", "json"]);
    assert_eq!(check.status, 0, "{}", check.out);
    let check: Value = serde_json::from_str(&check.out).expect("JSON");
    let codes: Vec<&str> = check["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["code"].as_str())
        .collect();
    assert_eq!(codes, ["duplicate-operation-id"], "what was lacking is there");
    let again = folder.run(&["suggest", "spec.yaml", "--overlay", "overlay.yaml"]);
    assert!(
        again.out.ends_with("actions: []\n"),
        "nothing more is wanted: {}",
        again.out
    );
}

/// What was missing may come with a further document.
#[test]
fn a_supplement_replaces_placeholders() {
    let folder = Folder::new(&[("spec.yaml", LACKING)]);
    folder.write("overlay.yaml", &folder.run(&["suggest", "spec.yaml"]).out);
    folder.write(
        "more.yaml",
        "openapi: 3.0.3\ninfo: { title: More, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    Thing: { type: object, \
         properties: { id: { type: string } } }\n",
    );
    let generate = ["generate", "spec.yaml", "--overlay", "overlay.yaml"];
    let alone = folder.run(&generate);
    assert!(alone.out.contains("pub type Thing = rt::Value;"), "{}", alone.out);
    let both = folder.run(&[&generate[..], &["--supplement", "more.yaml"]].concat());
    assert!(both.out.contains("pub struct Thing {"), "{}", both.out);
}

#[test]
fn the_base_path_is_put_before_all_others() {
    let folder = Folder::new(&[("spec.yaml", LACKING)]);
    folder.run(&["suggest", "spec.yaml", "-o", "overlay.yaml"]);
    let run = folder.run(&["inspect", "spec.yaml", "--overlay", "overlay.yaml"]);
    assert!(run.out.contains("GET /wiki/api/v2/things/{id}\n"), "{}", run.out);
    let bare = LACKING.replace("servers: [{ url: 'https://your-domain.atlassian.net/' }]\n", "");
    for (paths, base) in [
        ("/rest/api/things", Some("/wiki")),
        ("/wiki/things", None),
        ("/things", Some("/wiki/api/v2")),
    ] {
        folder.write(
            "spec.yaml",
            &bare
                .replace("/things", paths)
                .replace("/it's", &format!("{paths}/more")),
        );
        let run = folder.run(&["suggest", "spec.yaml"]);
        assert_eq!(run.status, 0, "{}", run.err);
        let expected = base.map(|base| format!("      servers:\n        - url: {base}\n"));
        match expected {
            Some(expected) => assert!(run.out.contains(&expected), "{}", run.out),
            None => assert!(!run.out.contains("servers:"), "{}", run.out),
        }
    }
    for other in [
        LACKING.replace("Confluence", "Other"),
        LACKING.replace("your-domain.atlassian.net", "confluence.acme.com"),
    ] {
        folder.write("spec.yaml", &other);
        assert!(
            !folder.run(&["suggest", "spec.yaml"]).out.contains("servers[0]"),
            "of others, nothing is known"
        );
    }
}

/// Until an overlay says it, there is a warning.
#[test]
fn a_missing_base_path_is_reported() {
    let folder = Folder::new(&[("spec.yaml", LACKING)]);
    let told = |folder: &Folder, arguments: &[&str]| -> Vec<String> {
        let run = folder.run(&[&["check", "spec.yaml"], arguments].concat());
        let told = run.out.split("\n\n").filter(|one| one.contains("[base-path]"));
        told.map(|one| format!("{}\n", one.trim_end())).collect()
    };
    expect![[r#"
        warning[base-path]: Confluence Cloud serves this API below `/wiki/api/v2`, which neither the server nor the paths contain
          --> spec.yaml:3:18  #/servers/0/url
           |
         3 | servers: [{ url: 'https://your-domain.atlassian.net/' }]
           |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = requests go to `/things/{id}` instead of `/wiki/api/v2/things/{id}`; set the URL to `https://your-domain.atlassian.net/wiki/api/v2` in an overlay, as `cargo codegen suggest` does
    "#]]
    .assert_eq(&told(&folder, &[]).concat());
    folder.run(&["suggest", "spec.yaml", "-o", "overlay.yaml"]);
    assert!(told(&folder, &["--overlay", "overlay.yaml"]).is_empty());
    let bare = LACKING.replace("servers: [{ url: 'https://your-domain.atlassian.net/' }]\n", "");
    folder.write("spec.yaml", &bare.replace("/things", "/rest/things"));
    expect![[r#"
        warning[base-path]: Confluence Cloud serves this API below `/wiki`, which neither the server nor the paths contain
          --> spec.yaml:4:3  #/paths
           |
         4 |   /rest/things/{id}:
           |   ^^^^^^^^^^^^^^^^^
           = requests go to `/rest/things/{id}` instead of `/wiki/rest/things/{id}`; add `servers: [{ url: /wiki }]` in an overlay, as `cargo codegen suggest` does
    "#]]
    .assert_eq(&told(&folder, &[]).concat());
    folder.write(
        "spec.yaml",
        &LACKING.replace("your-domain.atlassian.net", "confluence.acme.com"),
    );
    assert!(told(&folder, &[]).is_empty(), "of other hosts, nothing is known");
}

#[test]
fn names_stay_when_the_words_change() {
    let folder = Folder::new(&[
        ("spec.yaml", SPEC),
        ("new.yaml", &SPEC.replace("getThing", "retrieveOneThing")),
    ]);
    let run = folder.run(&["suggest", "spec.yaml", "-o", "overlay.yaml"]);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let run = folder.run(&["inspect", "new.yaml", "--overlay", "overlay.yaml"]);
    assert!(
        run.out
            .contains("get_thing(id: impl Into<String>) -> request::GetThing"),
        "{}",
        run.out
    );
}

#[test]
fn no_overlay_is_written_over() {
    let folder = Folder::new(&[("spec.yaml", SPEC), ("overlay.yaml", "by hand")]);
    let run = folder.run(&["suggest", "spec.yaml", "-o", "overlay.yaml"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("`overlay.yaml` already exists"), "{}", run.err);
    assert_eq!(folder.read("overlay.yaml"), "by hand");
}

/// Every golden case and every published document: the overlay applies, is the same each time, and changes no name.
#[test]
fn it_applies_and_changes_no_name() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let published = std::env::var_os("CONFLUENCE_CORPUS").map(|folder| below(Path::new(&folder)));
    let published = published.into_iter().flatten();
    let cases = std::fs::read_dir(golden).expect("the folder");
    let cases = cases.map(|entry| entry.expect("an entry").path().join("spec.yaml"));
    let cases = cases.filter(|path| path.exists()).chain(published);
    for path in cases {
        let spec = path.to_str().expect("a path");
        let folder = Folder::new(&[]);
        let suggested = folder.run(&["suggest", spec]);
        assert_eq!((suggested.status, suggested.err.as_str()), (0, ""), "{spec}");
        folder.write("overlay.yaml", &suggested.out);
        assert_eq!(folder.run(&["suggest", spec]).out, suggested.out, "{spec}");
        let inspect = |arguments: &[&str]| -> Vec<(String, String)> {
            let run = folder.run(&[&["inspect", spec, "--format", "json"], arguments].concat());
            assert_eq!((run.status, run.err.as_str()), (0, ""), "{spec}");
            let all: Value = serde_json::from_str(&run.out).expect("JSON");
            let operations = all["operations"].as_array().expect("a list").iter();
            let types = all["types"].as_array().expect("a list").iter();
            let operations = operations.map(|one| (one["pointer"].to_string(), one["signature"].to_string()));
            operations
                .chain(types.map(|one| (one["name"].to_string(), one["kind"].to_string())))
                .collect()
        };
        assert_eq!(inspect(&["--overlay", "overlay.yaml"]), inspect(&[]), "{spec}");
    }
}
