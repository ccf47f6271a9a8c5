//! `docs/diagnostics.md`: every code has a section, whose example gives it as the section shows.
//!
//! `UPDATE_EXPECT=1 cargo test -p confluence-codegen explained` writes anew what the sections show.

use std::fs;
use std::path::Path;

use confluence_codegen::{Code, Diagnostics, Input, LongTask, Source, generate};
use expect_test::expect_file;

/// The blocks of a section, each with the words behind its fence.
fn blocks(section: &str) -> Vec<(&str, &str)> {
    let fenced = section.split("\n```").skip(1).step_by(2);
    fenced.filter_map(|block| block.split_once('\n')).collect()
}

/// What is found out about the example of a section.
fn found(code: Code, section: &str) -> Diagnostics {
    let files = blocks(section).into_iter().filter_map(|(words, text)| {
        let (_, name) = words.split_once(' ')?;
        Some(Source::new(name, format!("{text}\n")))
    });
    let mut files = files.collect::<Vec<_>>().into_iter();
    let mut input = Input::new("example", files.next().expect("a document"));
    for file in files {
        input = match file.name.contains(".overlay.") {
            true => input.overlay(file),
            false => input.supplement(file),
        };
    }
    // What the build of the example says.
    input = match code {
        Code::LongTask => input.long_task(LongTask::flags("Export", "done", "successful")),
        Code::Selection => input.tags(["Task"]),
        Code::AllowedCount => input.allow("dangling-ref", 2),
        _ => input,
    };
    match (code, generate(&input)) {
        #[cfg(feature = "cli")]
        (Code::Example, _) => confluence_codegen::check(&input).expect("a document without errors"),
        (_, Ok(generated)) => generated.diagnostics,
        (_, Err(error)) => error.diagnostics().unwrap_or_else(|| panic!("{error}")).clone(),
    }
}

#[test]
fn every_code_has_a_section_whose_example_gives_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md");
    let text = fs::read_to_string(&path).expect("the text");
    let mut sections = text.split("\n## ");
    let mut expected = sections.next().expect("the head").to_owned();
    let sections: Vec<(&str, &str)> = sections.map(|one| one.split_once('\n').expect("a section")).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    let headings: Vec<&str> = sections.iter().map(|(heading, _)| *heading).collect();
    assert_eq!(
        headings, codes,
        "the sections are in the order of the table in `code.rs`"
    );
    for (heading, section) in sections {
        let code: Code = heading.parse().expect("a code");
        if cfg!(not(feature = "cli")) && code == Code::Example {
            expected.push_str(&format!("\n## {heading}\n{section}"));
            continue;
        }
        let diagnostics = found(code, section);
        let of_it = diagnostics.iter().filter(|one| one.code == code);
        let shown: Vec<String> = of_it.map(|one| diagnostics.render(one)).collect();
        assert!(!shown.is_empty(), "the example of {code} gives {diagnostics}");
        let (before, rest) = section.split_once("\n```text\n").unwrap_or_else(|| {
            panic!("the section {code} needs a `text` block, which may be empty, for what its example gives")
        });
        let (_, after) = rest.split_once("```\n").expect("the end of the block");
        let shown = shown.join("\n");
        expected.push_str(&format!("\n## {heading}\n{before}\n```text\n{shown}```\n{after}"));
    }
    expect_file![path].assert_eq(&expected);
}
