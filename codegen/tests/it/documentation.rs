//! What documentation of generated code may hold: no code but the examples of the module itself, and no HTML.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// Panics where the documentation in a module that was generated without a parent holds what rustdoc compiles or shows as HTML.
pub fn check(code: &str) {
    let tokens = code.parse().expect("tokens");
    let mut texts = Vec::new();
    collect(tokens, &mut texts);
    texts.iter().for_each(|text| check_text(text));
}

/// Collects the documentation of each item.
fn collect(tokens: TokenStream, texts: &mut Vec<String>) {
    let mut text = String::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_mark = |token: &TokenTree, mark| matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark);
        if is_mark(&token, '#') {
            tokens.next_if(|token| is_mark(token, '!'));
            continue;
        }
        let TokenTree::Group(group) = token else {
            finish(&mut text, texts);
            continue;
        };
        match line(&group.stream()).filter(|_| group.delimiter() == Delimiter::Bracket) {
            Some(line) => {
                text.push_str(line.strip_prefix(' ').unwrap_or(&line));
                text.push('\n');
            }
            None => {
                finish(&mut text, texts);
                collect(group.stream(), texts);
            }
        }
    }
    finish(&mut text, texts);
}

fn finish(text: &mut String, texts: &mut Vec<String>) {
    if !text.is_empty() {
        texts.push(std::mem::take(text));
    }
}

/// The line of a `doc = "line"`.
fn line(attribute: &TokenStream) -> Option<String> {
    let mut tokens = attribute.clone().into_iter();
    match (tokens.next()?, tokens.next()?, tokens.next()?) {
        (TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(text)) if name == "doc" => {
            let text: syn::LitStr = syn::parse_str(&text.to_string()).ok()?;
            Some(text.value())
        }
        _ => None,
    }
}

fn check_text(text: &str) {
    let dialect =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(text, dialect) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => panic!("an indented block: {text:?}"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                assert!(!is_compiled(&info), "`{info}` is compiled: {text:?}");
            }
            Event::Html(html) => panic!("HTML, `{html}`: {text:?}"),
            Event::InlineHtml(html) => assert_eq!(&*html, "<br>", "{text:?}"),
            _ => {}
        }
    }
}

/// Whether rustdoc may take a code block for Rust: it does unless it sees a word that it does not know.
fn is_compiled(info: &str) -> bool {
    let mut words = info.split([',', ' ', '\t']).filter(|word| !word.is_empty());
    let is_known = |word: &str| {
        [
            "rust",
            "custom",
            "should_panic",
            "no_run",
            "compile_fail",
            "test_harness",
        ]
        .contains(&word)
            || ["ignore", "standalone", "edition", "E0", "{", "."]
                .iter()
                .any(|start| word.starts_with(start))
    };
    words.all(is_known)
}
