//! `explain`

use confluence_codegen::Code;

use super::Folder;

#[test]
fn a_code_is_explained_as_the_documentation_does() {
    let folder = Folder::new(&[]);
    let run = folder.run(&["explain", "dangling-ref"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(
        run.out
            .starts_with("## dangling-ref\n\nThe target of a reference is not defined"),
        "{}",
        run.out
    );
    let documented = include_str!("../../../docs/diagnostics.md");
    for code in Code::ALL {
        let run = folder.run(&["explain", code.word()]);
        assert!(documented.contains(&run.out), "{}", run.out);
        assert_eq!(run.out.matches("\n## ").count(), 0, "{code}: {}", run.out);
        assert!(run.out.contains("How to fix it:\n\n- "), "{}", run.out);
    }
}

#[test]
fn all_are_listed_with_a_line_each() {
    let run = Folder::new(&[]).run(&["explain"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), Code::ALL.len());
    for (line, code) in lines.iter().zip(Code::ALL) {
        let mut words = line.split_whitespace();
        assert_eq!(words.next(), Some(code.word()));
        assert_eq!(words.next(), Some(code.severity().word()));
        assert!(words.count() > 3 && line.ends_with('.'), "{line}");
    }
}

#[test]
fn a_code_that_is_not_known_is_told() {
    let run = Folder::new(&[]).run(&["explain", "dangling-refs"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    let expected =
        "unknown diagnostic `dangling-refs`; did you mean `dangling-ref`? (`cargo codegen explain` lists all)\n";
    assert_eq!(run.err, expected);
}
