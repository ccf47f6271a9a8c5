//! Links between the Markdown files of the repository lead somewhere: to a file, and to a heading in it.

use std::fs;
use std::path::{Path, PathBuf};

/// The Markdown files of a folder and of those below it.
fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, name) = (entry.path(), entry.file_name());
        let is_ours = name != "target" && !name.to_string_lossy().starts_with('.');
        if entry.file_type().expect("a type").is_dir() && is_ours {
            documents(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

/// A Markdown text without its code blocks.
fn prose(text: &str) -> String {
    let parts = text.split("\n```").enumerate();
    parts
        .filter(|(number, _)| number % 2 == 0)
        .map(|(_, part)| part)
        .collect()
}

/// The anchors of the headings, as GitHub makes them.
fn anchors(text: &str) -> Vec<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| {
        let text = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        text.chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
            .collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut files = Vec::new();
    documents(root, &mut files);
    assert!(files.contains(&root.join("README.md")));
    let (mut broken, mut links) = (Vec::new(), 0);
    for file in files {
        let text = prose(&fs::read_to_string(&file).expect("a document"));
        let targets = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', ' ', '\n']).next());
        for target in targets.filter(|target| !target.contains("://") && !target.contains('`')) {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let to = match path {
                "" => file.clone(),
                path => file.with_file_name("").join(path),
            };
            let has_anchor =
                || anchors(&prose(&fs::read_to_string(&to).expect("a document"))).contains(&anchor.to_owned());
            links += 1;
            if !to.exists() || !anchor.is_empty() && !has_anchor() {
                broken.push(format!("{}: {target}", file.display()));
            }
        }
    }
    assert!(links > 20, "only {links} links were found");
    assert!(broken.is_empty(), "{broken:#?}");
}
