//! Markdown made safe for rustdoc: no doctests, no HTML, no broken links, nothing that causes a warning.
//!
//! The text is parsed as rustdoc parses it, rewritten as a stream of events, and serialized again.

mod rewriter;

use std::borrow::Cow;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream,
};
use pulldown_cmark_to_cmark::cmark_with_options;

use self::rewriter::{WIDTH, is_absolute, is_bracket, is_rust, rewritten};
use crate::text::{one_line, visible};

/// A text as lines of documentation.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    if is_sentence(text) {
        return vec![text.to_owned()];
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    let text = with_line_breaks(&text);
    let text = text.trim();
    // An open code block is closed only where its last line ends.
    let safe = rewrite(&format!("{text}\n")).filter(|safe| is_safe(safe));
    // What cannot be made safe is shown verbatim.
    let safe = safe.unwrap_or_else(|| verbatim(text));
    // Not before, since the text may spell characters as entities.
    visible(&safe).lines().map(|line| line.trim_end().to_owned()).collect()
}

/// A text with its line breaks: published documents have `<br>` in place of each, in lists and code blocks, too.
fn with_line_breaks(text: &str) -> Cow<'_, str> {
    if text.trim().contains('\n') || !text.contains("<br") {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split("<br");
    let mut broken = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches([' ', '/']).strip_prefix('>');
        match rest.filter(|rest| !(broken.ends_with('`') && rest.starts_with('`'))) {
            Some(rest) => broken.extend(["\n", rest]),
            None => broken.extend(["<br", part]),
        }
    }
    Cow::Owned(broken)
}

/// Whether a text is a short line without markup, like most descriptions, so that there is nothing to make safe.
fn is_sentence(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.;:'\"()/?%-".contains(&byte);
    text.len() <= WIDTH
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(is_plain)
        && !["  ", "://"].iter().any(|markup| text.contains(markup))
}

/// A text as a code span of one line (CommonMark, section 6.1).
pub(crate) fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let is_padded = text.trim().is_empty() || text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if is_padded { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn dialect() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

fn parse<'a>(
    text: &'a str,
    bracket: &'a mut dyn FnMut(BrokenLink<'a>) -> Option<(CowStr<'a>, CowStr<'a>)>,
) -> Vec<Event<'a>> {
    let parser = Parser::new_with_broken_link_callback(text, dialect(), Some(bracket));
    TextMergeStream::new(parser).collect()
}

fn rewrite(text: &str) -> Option<String> {
    let mut bracket = |_: BrokenLink<'_>| Some((CowStr::Borrowed(""), CowStr::Borrowed("")));
    let events = rewritten(parse(text, &mut bracket));
    let options = pulldown_cmark_to_cmark::Options {
        code_block_token_count: 3,
        list_token: '-',
        increment_ordered_list_bullets: true,
        ..Default::default()
    };
    let mut safe = String::with_capacity(text.len() + 64);
    cmark_with_options(events.iter(), &mut safe, dialect(), options).ok()?;
    Some(safe)
}

/// Whether rustdoc finds nothing to run, to resolve or to warn about, and the text does not affect what follows it.
fn is_safe(text: &str) -> bool {
    const END: &str = "End.";
    let text = &format!("{text}\n\n{END}");
    let mut bracket = |_: BrokenLink<'_>| Some((CowStr::Borrowed(""), CowStr::Borrowed("")));
    let mut in_code = false;
    let mut links = 0;
    let events = parse(text, &mut bracket);
    let [
        ..,
        Event::Start(Tag::Paragraph),
        Event::Text(end),
        Event::End(TagEnd::Paragraph),
    ] = events.as_slice()
    else {
        return false;
    };
    **end == *END
        && events.iter().all(|event| {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Start(Tag::Link { .. }) => links += 1,
                Event::End(TagEnd::Link) => links -= 1,
                _ => {}
            }
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => false,
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => !info.is_empty() && !is_rust(info),
                Event::Start(Tag::Link {
                    link_type, dest_url, ..
                }) => *link_type == LinkType::Email || (!is_bracket(*link_type) && is_absolute(dest_url)),
                Event::Html(_) => false,
                Event::InlineHtml(html) => &**html == "<br>",
                Event::Text(text) => in_code || links > 0 || !(text.contains("https://") || text.contains("http://")),
                _ => true,
            }
        })
}

fn verbatim(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}
