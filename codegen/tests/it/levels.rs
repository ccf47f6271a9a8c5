//! What is done about each kind of diagnostic: levels, and counts that have to be true.

use confluence_codegen::{Code, Config, Error, Input, Level, Severity, Source, generate, generate_together};
use expect_test::expect;

/// A document in which two references are undefined, and with a note.
const SPEC: &str = "openapi: 3.0.1
info: { title: T, version: '1' }
servers: [{ url: //example.net }]
paths: {}
components:
  schemas:
    One: { type: array, items: { $ref: '#/components/schemas/User' } }
    Two: { type: array, items: { $ref: '#/components/schemas/User' } }
";

fn input() -> Input {
    Input::new("test", Source::new("spec.yaml", SPEC))
}

/// What is told of a module that is generated.
fn told(input: &Input) -> Vec<(Code, Severity)> {
    let generated = generate(input).expect("a module");
    let told = generated.diagnostics.iter().map(|one| (one.code, one.severity));
    told.collect()
}

/// The error in one text, and what of it is told as an error.
fn denied(result: Result<impl Sized, Error>) -> (String, Vec<Code>) {
    let error = result.map(drop).expect_err("an error");
    let diagnostics = error.documents().iter().flat_map(|one| one.iter());
    let errors = diagnostics.filter(|one| one.severity == Severity::Error);
    (error.to_string(), errors.map(|one| one.code).collect())
}

#[test]
fn a_level_says_what_is_done() {
    use Code::{DanglingRef, Server};
    use Severity::{Note, Warning};
    assert_eq!(
        told(&input()),
        [(DanglingRef, Warning), (DanglingRef, Warning), (Server, Note)]
    );
    assert_eq!(told(&input().level("dangling-ref", Level::Allow)), [(Server, Note)]);
    let all = input().level("server", Level::Warn).level("dangling-ref", Level::Allow);
    assert_eq!(told(&all), [(Server, Warning)]);
    let last = all.level("server", Level::Allow);
    assert_eq!(told(&last), [], "what is set last counts");
}

#[test]
fn what_is_denied_is_told_together() {
    let input = input().level("dangling-ref", Level::Deny).level("server", Level::Deny);
    let (text, codes) = denied(generate(&input));
    assert_eq!(codes, [Code::DanglingRef, Code::DanglingRef, Code::Server]);
    assert!(
        text.starts_with("the document has errors\n\nerror[dangling-ref]: "),
        "{text}"
    );
    assert!(text.contains("\n\nerror[server]: "), "{text}");
}

#[test]
fn warnings_are_folded_where_there_are_errors() {
    let (text, _) = denied(generate(&input().level("server", Level::Deny)));
    expect![[r#"
        the document has errors

        error[server]: the server `//example.net` has no scheme
          --> spec.yaml:3:18  #/servers/0/url
           |
         3 | servers: [{ url: //example.net }]
           |                  ^^^^^^^^^^^^^
           = used in documentation only: the base URL is set when the client is built

        warning: 2 references are undefined in spec.yaml: `User` (2); `cargo codegen check spec.yaml` shows each
    "#]]
    .assert_eq(&text);
}

#[test]
fn the_command_that_is_named_has_the_settings() {
    let input = input().tags(["a"]).split_names(false).level("server", Level::Deny);
    let (text, _) = denied(generate(&input));
    assert!(
        text.contains("`cargo codegen check spec.yaml --tag a --split-names false` shows each\n"),
        "{text}"
    );
}

#[test]
fn a_count_has_to_be_true() {
    assert_eq!(
        told(&input().allow("dangling-ref", 2)),
        [(Code::Server, Severity::Note)]
    );
    let (text, codes) = denied(generate(&input().allow("dangling-ref", 1)));
    assert_eq!(codes, [Code::AllowedCount, Code::DanglingRef, Code::DanglingRef]);
    assert!(
        text.contains("`dangling-ref` was found 2 times, but is allowed 1 time\n"),
        "{text}"
    );
    assert!(text.contains("fix the new ones, or allow 2\n"), "{text}");
    let (text, codes) = denied(generate(&input().allow("dangling-ref", 3)));
    assert_eq!(codes, [Code::AllowedCount, Code::DanglingRef, Code::DanglingRef]);
    assert!(text.contains("found 2 times, but is allowed 3 times\n"), "{text}");
    let (text, codes) = denied(generate(&input().allow("opaque", 1)));
    assert_eq!(codes, [Code::AllowedCount]);
    assert!(text.contains("found 0 times, but is allowed 1 time\n"), "{text}");
}

#[test]
fn documents_are_counted_together() {
    let other = || Input::new("other", Source::new("other.yaml", SPEC));
    let inputs = [input().allow("dangling-ref", 3), other().allow("dangling-ref", 1)];
    generate_together(&inputs).expect("modules");
    let inputs = [input().allow("dangling-ref", 2), other()];
    let modules = generate_together(&inputs).expect("modules");
    assert_eq!(
        modules[1].diagnostics.iter().count(),
        3,
        "of the other one nothing is said"
    );
}

#[test]
fn a_build_counts_its_documents_together() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["one.yaml", "two.yaml"].map(|name| folder.path().join(name));
    for path in &paths {
        std::fs::write(path, SPEC).expect("a file");
    }
    let build = |count| {
        let config = paths.iter().fold(Config::new(), |config, path| config.spec(path));
        config.allow("dangling-ref", count).out_dir(folder.path()).build()
    };
    build(4).expect("modules");
    assert!(denied(build(2)).0.contains("found 4 times, but is allowed 2 times"));
}

#[test]
fn an_action_that_matches_nothing_can_be_let_pass() {
    let overlay = "overlay: 1.1.0
actions:
  - { target: $.nothing, update: {} }
  - { target: $.info, update: { title: Changed } }
";
    let input = input().overlay(Source::new("overlay.yaml", overlay));
    assert_eq!(denied(generate(&input)).1, [Code::OverlayNoMatch]);
    let allowed = input.clone().level("overlay-no-match", Level::Allow);
    let generated = generate(&allowed).expect("a module");
    assert!(
        generated.code.contains(r#"TITLE: &str = "Changed""#),
        "the other action applies"
    );
    let warned = told(&input.level("overlay-no-match", Level::Warn));
    assert_eq!(warned[0], (Code::OverlayNoMatch, Severity::Warning));
}

/// A document that is wrong is told as it is, whatever is allowed in it.
#[test]
fn other_errors_stay_errors() {
    let refused = |code: &str, level| generate(&input().level(code, level)).expect_err("an error").to_string();
    for code in ["syntax", "version", "openapi", "overlay", "long-task", "allowed-count"] {
        for level in [Level::Allow, Level::Warn] {
            assert_eq!(
                refused(code, level),
                format!("`{code}` cannot be allowed or made a warning, because it prevents generation")
            );
        }
        generate(&input().level(code, Level::Deny)).expect("a module");
    }
    assert!(generate(&input().allow("openapi", 1)).is_err());
}

#[test]
fn a_code_that_is_not_known_is_told() {
    let refused = |code: &str| {
        generate(&input().level(code, Level::Deny))
            .expect_err("an error")
            .to_string()
    };
    assert_eq!(
        refused("dangling-refs"),
        "unknown diagnostic `dangling-refs`; did you mean `dangling-ref`? (`cargo codegen explain` lists all)"
    );
    assert_eq!(
        refused("elephant"),
        "unknown diagnostic `elephant` (`cargo codegen explain` lists all)"
    );
}
