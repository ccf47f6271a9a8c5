//! What the guides in `docs/` show, run.

use std::fs;
use std::path::{Path, PathBuf};

use confluence_codegen::{Input, Source, generate, suggest};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn guide(name: &str) -> String {
    fs::read_to_string(repository().join("docs").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A fenced block: its words behind the fence, and its text.
struct Block {
    words: Vec<String>,
    text: String,
}

/// The sections of a guide with their blocks.
fn sections(text: &str) -> Vec<(String, Vec<Block>)> {
    let mut sections: Vec<(String, Vec<Block>)> = vec![(String::new(), Vec::new())];
    let mut open: Option<Block> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(words)) => {
                let words = words.split_whitespace().map(str::to_owned).collect();
                let text = String::new();
                open = Some(Block { words, text });
            }
            (Some(_), Some(_)) => {
                let (_, blocks) = sections.last_mut().expect("a section");
                blocks.extend(open.take());
            }
            (Some(block), None) => block.text.push_str(&format!("{line}\n")),
            (None, None) => {
                if let Some(title) = line.strip_prefix("## ") {
                    sections.push((title.to_owned(), Vec::new()));
                }
            }
        }
    }
    sections
}

#[test]
fn wrong_documents_are_fixed_as_the_guide_says() {
    let mut shown = 0;
    for (title, blocks) in sections(&guide("wrong-documents.md")) {
        let mut documents = blocks
            .iter()
            .filter(|block| block.words.len() > 1 && block.words[1].ends_with(".yaml"));
        let Some(spec) = documents.next() else { continue };
        let source = |block: &Block| Source::new(&block.words[1], &block.text);
        let alone = Input::new("space", source(spec));
        let mut fixed = alone.clone();
        for block in documents {
            fixed = match block.words.get(2).map(String::as_str) {
                Some("supplement") => fixed.supplement(source(block)),
                None if block.words[1].ends_with(".overlay.yaml") => fixed.overlay(source(block)),
                _ => panic!("{title}: {:?}", block.words),
            };
        }
        let run = |input: &Input| match generate(input) {
            Ok(generated) => (generated.code, generated.diagnostics.to_string()),
            Err(error) => (String::new(), error.to_string()),
        };
        let ((_, mut reported), (code, then)) = (run(&alone), run(&fixed));
        reported.push_str(&then);
        for block in &blocks {
            let words: Vec<&str> = block.words.iter().map(String::as_str).collect();
            let has = |text: &str, line: &str| text.contains(line.trim());
            match words.as_slice() {
                ["rust", "generated"] => block
                    .text
                    .lines()
                    .for_each(|line| assert!(has(&code, line), "{title}: {line}\n{reported}{code}")),
                ["rust", "not", "generated"] => block
                    .text
                    .lines()
                    .for_each(|line| assert!(!has(&code, line), "{title}: {line}")),
                ["text", "reported"] => block
                    .text
                    .lines()
                    .for_each(|line| assert!(has(&reported, line), "{title}: {line}\n{reported}")),
                ["yaml", "suggested"] => assert_eq!(suggest(&alone).expect("an overlay"), block.text, "{title}"),
                ["yaml", ..] => continue,
                _ => panic!("{title}: a block with {words:?}"),
            }
            shown += 1;
        }
        // What is fixed has no diagnostics left, unless the section is about what is reported.
        if !code.is_empty() && !blocks.iter().any(|block| block.words == ["yaml", "suggested"]) {
            let warnings: Vec<&str> = then.lines().filter(|line| line.starts_with("warning")).collect();
            assert!(warnings.is_empty(), "{title}: {warnings:?}");
        }
    }
    assert!(shown >= 10, "{shown} blocks are looked at");
}

/// Each row names a case whose document has the feature.
#[test]
fn supported_features_are_shown_by_cases() {
    let mut rows = 0;
    for line in guide("openapi-features.md").lines() {
        let Some(row) = line.strip_prefix("| `") else { continue };
        let (feature, rest) = row.split_once('`').expect("a feature");
        let (_, link) = rest.rsplit_once("](").expect("a link");
        let (link, _) = link.split_once(')').expect("the end of the link");
        let path = repository().join("docs").join(link);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{feature}: {link}: {error}"));
        assert!(text.contains(feature), "{feature} is not in {link}");
        let folder = path.parent().expect("a folder");
        assert!(folder.join("expected.rs").exists(), "{link} is no case");
        rows += 1;
    }
    assert!(rows > 50, "{rows} rows");
}

/// Each case shows something that the table names, so that a feature with a case of its own is not left out.
#[test]
fn readme_links_the_guides() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("the README");
    for entry in fs::read_dir(repository().join("docs")).expect("the guides") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        if name.ends_with(".md") {
            assert!(readme.contains(&format!("(docs/{name})")), "{name} is not linked");
        }
    }
}
