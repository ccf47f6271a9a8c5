//! Generating from files, as a build script does.

use std::fs;
use std::path::Path;

use confluence_codegen::{Config, Error};
use tempfile::TempDir;

const SPEC: &str = "openapi: 3.0.1\ninfo: { title: T, version: '1' }\npaths: {}\n";
const OVERLAY: &str = "overlay: 1.0.0\nactions:\n  - { target: $.info, update: { title: Changed } }\n";

/// A folder with files in it, and another to write to.
struct Package {
    spec: TempDir,
    out: TempDir,
}

impl Package {
    fn new(files: &[(&str, &str)]) -> Self {
        let package = Self {
            spec: TempDir::new().expect("a folder"),
            out: TempDir::new().expect("a folder"),
        };
        for (name, text) in files {
            package.write(name, text);
        }
        package
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.spec.path().join(name)
    }

    fn build(&self, config: Config) -> Result<(), Error> {
        config.out_dir(self.out.path()).build()
    }

    fn generated(&self, module: &str) -> String {
        fs::read_to_string(self.out.path().join(module)).expect(module)
    }
}

#[test]
fn a_folder_gives_a_module_for_each_document_with_its_overlay() {
    let package = Package::new(&[
        ("space-api.yaml", SPEC),
        ("space-api.overlay.yaml", OVERLAY),
        (
            "label.json",
            r#"{"openapi":"3.0.0","info":{"title":"L","version":"1"},"paths":{}}"#,
        ),
        ("notes.txt", "not a document"),
    ]);
    package
        .build(Config::new().spec_dir(package.spec.path()))
        .expect("modules");
    assert!(package.generated("space_api.rs").contains("pub mod space_api {"));
    assert!(package.generated("space_api.rs").contains(r#"TITLE: &str = "Changed""#));
    assert!(package.generated("label.rs").contains(r#"TITLE: &str = "L""#));
    assert_eq!(fs::read_dir(package.out.path()).expect("the folder").count(), 2);
}

#[test]
fn an_overlay_may_say_what_it_extends() {
    let title = |title: &str, extended: &str| {
        format!("overlay: 1.1.0\nextends: {extended}\nactions:\n  - {{ target: $.info.title, update: {title} }}\n")
    };
    let package = Package::new(&[
        ("space.yaml", SPEC),
        (
            "space.overlay.yaml",
            &title("First", "https://acme.example/openapi.yaml"),
        ),
        ("titles.overlay.yaml", &title("Second", "./space.yaml")),
        ("page.yaml", SPEC),
        ("zz.overlay.yaml", &title("Third", "page.yaml")),
    ]);
    package
        .build(Config::new().spec_dir(package.spec.path()))
        .expect("modules");
    assert!(package.generated("space.rs").contains(r#"TITLE: &str = "Second""#));
    assert!(package.generated("page.rs").contains(r#"TITLE: &str = "Third""#));

    package.write("zz.overlay.yaml", &title("Third", "pages.yaml"));
    let error = package
        .build(Config::new().spec_dir(package.spec.path()))
        .expect_err("an error");
    assert_eq!(
        error.to_string(),
        format!(
            "the overlay `{}` has no document `pages.yaml` beside it",
            package.path("zz.overlay.yaml").display()
        )
    );
}

#[test]
fn single_documents_are_named_with_their_overlays() {
    let package = Package::new(&[("a.yaml", SPEC), ("b.yaml", SPEC), ("changes.yaml", OVERLAY)]);
    let config = Config::new()
        .spec(package.path("a.yaml"))
        .spec(package.path("b.yaml"))
        .overlay(package.path("changes.yaml"))
        .runtime("crate::api");
    package.build(config).expect("modules");
    assert!(package.generated("a.rs").contains(r#"TITLE: &str = "T""#));
    assert!(package.generated("b.rs").contains(r#"TITLE: &str = "Changed""#));
    assert!(package.generated("b.rs").contains("use crate::api::rt;"));
}

#[test]
fn documents_of_a_folder_fill_in_for_each_other_after_the_named_supplements() {
    let lacking = "openapi: 3.0.1
info: { title: T, version: '1' }
paths: {}
components: { schemas: { A: { type: object, properties: { b: { $ref: '#/components/schemas/B' }, c: { $ref: '#/components/schemas/C' } } } } }
";
    let having = |ty: &str| format!("{SPEC}components: {{ schemas: {{ B: {{ type: {ty} }} }} }}\n");
    let further = format!("{SPEC}components: {{ schemas: {{ C: {{ type: boolean }} }} }}\n");
    let package = Package::new(&[
        ("lacking.yaml", lacking),
        ("n.yaml", &having("integer")),
        ("m.yaml", &having("string")),
    ]);
    let other = Package::new(&[("further.yaml", &further)]);
    let config = Config::new()
        .spec_dir(package.spec.path())
        .supplement(other.path("further.yaml"));
    package.build(config).expect("modules");
    let code = package.generated("lacking.rs");
    assert!(code.contains("pub type B = String;"), "m.yaml comes before n.yaml");
    assert!(code.contains("pub type C = bool;"));
    let header: Vec<&str> = code.lines().take_while(|line| line.starts_with("//")).collect();
    assert!(
        header.iter().any(|line| line.contains("m.yaml")) && !header.iter().any(|line| line.contains("n.yaml")),
        "{header:?}"
    );
}

#[test]
fn documents_of_a_folder_take_nothing_from_another_api() {
    let document = |server: &str, path: &str, rest: &str| {
        format!(
            "openapi: 3.0.1
info: {{ title: T, version: '1' }}
servers: [{{ url: '{server}' }}]
paths: {{ {path}: {{ get: {{ operationId: getIt, responses: {{ '204': {{ description: None. }} }} }} }} }}
components: {{ schemas: {{ {rest} }} }}
"
        )
    };
    let site = "https://your-domain.atlassian.net";
    let lacking = "Owner: { type: object, properties: { user: { $ref: '#/components/schemas/User' } } }";
    let package = Package::new(&[
        ("jira.yaml", &document(site, "/rest/api/3/issue", lacking)),
        (
            "confluence.yaml",
            &document(site, "/wiki/rest/api/user", "User: { type: string }"),
        ),
    ]);
    let config = || Config::new().spec_dir(package.spec.path());
    let user = || {
        let code = package.generated("jira.rs");
        let line = code.lines().find(|line| line.contains("pub type User ="));
        line.expect("the type").trim().to_owned()
    };
    package.build(config()).expect("modules");
    assert_eq!(user(), "pub type User = rt::Value;", "another path");
    package
        .build(config().supplement(package.path("confluence.yaml")))
        .expect("modules");
    assert_eq!(user(), "pub type User = String;", "named as a supplement");

    let defining = "User: { type: integer }";
    package.write(
        "other.yaml",
        &document("https://api.acme.example", "/rest/api/3/user", defining),
    );
    package.build(config()).expect("modules");
    assert_eq!(user(), "pub type User = rt::Value;", "another server");

    // The path of the server counts, and the scheme does not.
    let server = "//Your-Domain.atlassian.net/rest/agile";
    package.write("agile.yaml", &document(server, "/1.0/board", defining));
    package.build(config()).expect("modules");
    assert_eq!(user(), "pub type User = i64;", "the same API");
}

#[test]
fn a_document_that_only_holds_components_goes_with_every_other() {
    let lacking = "openapi: 3.0.1
info: { title: T, version: '1' }
servers: [{ url: https://api.acme.example/v1 }]
paths: { /a: { get: { responses: { '204': { description: None. } } } } }
components: { schemas: { Owner: { type: array, items: { $ref: '#/components/schemas/User' } } } }
";
    let holding = format!("{SPEC}components: {{ schemas: {{ User: {{ type: string }} }} }}\n");
    let package = Package::new(&[("lacking.yaml", lacking), ("common.yaml", &holding)]);
    package
        .build(Config::new().spec_dir(package.spec.path()))
        .expect("modules");
    assert!(package.generated("lacking.rs").contains("pub type User = String;"));
}

#[test]
fn a_part_of_a_document_is_generated() {
    let spec = "openapi: 3.0.1
info: { title: T, version: '1' }
paths:
  /a: { get: { operationId: getA, tags: [a], responses: { '204': { description: Fine. } } } }
  /b: { get: { operationId: getB, tags: [b], responses: { '204': { description: Fine. } } } }
";
    let package = Package::new(&[("spec.yaml", spec)]);
    package
        .build(Config::new().spec(package.path("spec.yaml")).tags(["b"]))
        .expect("a module");
    assert!(!package.generated("spec.rs").contains("get_a") && package.generated("spec.rs").contains("get_b"));
    let take = |one: &confluence_codegen::Candidate<'_>| one.path == "/a";
    package
        .build(Config::new().spec(package.path("spec.yaml")).operations(take))
        .expect("a module");
    assert!(package.generated("spec.rs").contains("get_a") && !package.generated("spec.rs").contains("get_b"));
}

#[test]
fn a_file_that_would_be_the_same_is_not_written_again() {
    let package = Package::new(&[("a.yaml", SPEC)]);
    let modified = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).expect("a time");
    let config = || Config::new().spec(package.path("a.yaml"));
    package.build(config()).expect("a module");
    let path = package.out.path().join("a.rs");
    let before = fs::File::options().write(true).open(&path).expect("the file");
    before.set_modified(std::time::UNIX_EPOCH).expect("a time");
    package.build(config()).expect("a module");
    assert_eq!(modified(&path), std::time::UNIX_EPOCH);
    fs::write(package.path("a.yaml"), SPEC.replace("title: T", "title: U")).expect("a file");
    package.build(config()).expect("a module");
    assert_ne!(modified(&path), std::time::UNIX_EPOCH);
}

#[test]
fn what_documents_have_in_common_is_defined_once() {
    let user = "components: { schemas: { User: { type: object, properties: { name: { type: string } } } } }\n";
    let spec = format!("{SPEC}{user}");
    let package = Package::new(&[("a.yaml", &spec), ("b.yaml", &spec)]);
    package
        .build(Config::new().spec(package.path("b.yaml")).spec(package.path("a.yaml")))
        .expect("modules");
    assert!(
        package.generated("b.rs").contains("pub struct User {"),
        "the first one named defines it"
    );
    assert!(
        package
            .generated("a.rs")
            .contains("pub use super::super::b::model::User;")
    );
}

#[test]
fn a_mistake_in_one_document_leaves_everything_as_it_was() {
    let package = Package::new(&[("a.yaml", SPEC), ("b.yaml", SPEC)]);
    let config = || Config::new().spec_dir(package.spec.path());
    package.build(config()).expect("modules");
    let before = package.generated("a.rs");
    fs::write(package.path("a.yaml"), SPEC.replace("title: T", "title: U")).expect("a file");
    fs::write(package.path("b.yaml"), "openapi: 3.0.1\n").expect("a file");
    let error = package.build(config()).expect_err("an error").to_string();
    assert!(
        error.starts_with("the document has errors\n\nerror[openapi]: this document has no `info`"),
        "{error}"
    );
    assert!(error.contains("b.yaml:1:1"), "{error}");
    assert_eq!(package.generated("a.rs"), before);
}

#[test]
fn what_is_set_up_wrongly_is_told() {
    let package = Package::new(&[("a.yaml", SPEC), ("A.yml", SPEC), ("lost.overlay.yaml", OVERLAY)]);
    let path = |name: &str| package.path(name).display().to_string();
    for (config, problem) in [
        (
            Config::new(),
            "there is no document to generate from: add one with `spec` or `spec_dir`".to_owned(),
        ),
        (
            Config::new().spec(package.path("a.yaml")).spec(package.path("A.yml")),
            format!(
                "the documents `{}` and `{}` are both called `a`: rename one of the files",
                path("a.yaml"),
                path("A.yml")
            ),
        ),
        (
            Config::new()
                .spec(package.path("a.yaml"))
                .spec(package.path("./a.yaml")),
            format!(
                "the document `{}` is added twice: `spec_dir` adds every document of a folder; remove a `spec`",
                path("a.yaml")
            ),
        ),
        (
            Config::new().overlay(package.path("a.yaml")),
            format!(
                "the overlay `{}` is set before any `spec`: add its document first",
                path("a.yaml")
            ),
        ),
        (
            Config::new().spec_dir(package.spec.path()),
            format!(
                "the overlay `{}` has no document `lost.yaml` beside it",
                path("lost.overlay.yaml")
            ),
        ),
        (
            Config::new().spec(package.path("gone.yaml")),
            format!(
                "cannot read `{}`: No such file or directory (os error 2)",
                path("gone.yaml")
            ),
        ),
    ] {
        assert_eq!(package.build(config).expect_err(&problem).to_string(), problem);
    }
}

#[test]
fn names_are_taken_as_they_are_where_that_is_asked_for() {
    let spec = "
openapi: 3.0.1
info: { title: Acme Pets, version: '1' }
paths:
  /pets: { get: { operationId: acmeGetpets, summary: Acme Get Pets, responses: { '204': { description: Done. } } } }
";
    let package = Package::new(&[("pets.yaml", spec)]);
    let config = || Config::new().spec(package.path("pets.yaml"));
    package.build(config()).expect("a module");
    assert!(package.generated("pets.rs").contains("pub fn get_pets("));
    package.build(config().split_names(false)).expect("a module");
    assert!(package.generated("pets.rs").contains("pub fn acme_getpets("));
}

#[test]
fn what_cannot_all_be_written_is_not_written_in_part() {
    let package = Package::new(&[("a.yaml", SPEC), ("b.yaml", SPEC)]);
    let build = || package.build(Config::new().spec_dir(package.spec.path()));
    build().expect("modules");
    let before = package.generated("a.rs");
    package.write("a.yaml", &SPEC.replace("title: T", "title: Changed"));
    let other = package.out.path().join("b.rs");
    fs::remove_file(&other).expect("a file");
    fs::create_dir(&other).expect("a folder");
    let said = build().expect_err("a folder is in the way").to_string();
    assert!(
        said.starts_with(&format!("cannot replace `{}`: ", other.display())),
        "{said}"
    );
    assert_eq!(package.generated("a.rs"), before);
    assert_eq!(fs::read_dir(package.out.path()).expect("the folder").count(), 2);
}
