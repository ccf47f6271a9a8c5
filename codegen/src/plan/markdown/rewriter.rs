//! Rewrites the events of a text.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

/// The column after which a line is broken, if possible.
pub(super) const WIDTH: usize = 100;

/// Rewrites the events of a text so that rustdoc renders it as intended.
pub(super) fn rewritten<'a>(events: Vec<Event<'a>>) -> Vec<Event<'a>> {
    let mut rewriter = Rewriter::default();
    for event in events {
        rewriter.take(event);
    }
    rewriter.events
}

#[derive(Default)]
struct Rewriter<'a> {
    events: Vec<Event<'a>>,
    /// For each open link, how it is rewritten.
    links: Vec<Link>,
    in_code: bool,
    /// Where lines cannot be broken: in tables and headings.
    fixed: usize,
    column: usize,
    /// Whether the text has a line break here, which may become a space.
    is_broken: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Link {
    Stays,
    /// Only the text of the link is kept.
    Goes,
    /// It was never meant as a link.
    Brackets,
}

impl<'a> Rewriter<'a> {
    fn take(&mut self, event: Event<'a>) {
        let is_text = matches!(event, Event::Text(_)) && !self.links.contains(&Link::Stays);
        if self.is_broken && !is_text {
            self.is_broken = false;
            let width = match &event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => dest_url.len(),
                Event::Code(code) => code.chars().count(),
                _ => 0,
            };
            if self.column + width < WIDTH {
                self.column += 1;
                self.push(" ");
            } else {
                self.soft_break();
            }
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                self.in_code = true;
                let language = CodeBlockKind::Fenced(language(&kind).to_owned().into());
                self.events.push(Event::Start(Tag::CodeBlock(language)));
            }
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                self.events.push(event);
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => self.link(event),
            Event::End(TagEnd::Link | TagEnd::Image) => match self.links.pop() {
                Some(Link::Goes) => {}
                Some(Link::Brackets) => self.events.push(Event::Text("]".into())),
                _ => self.events.push(event),
            },
            Event::Start(Tag::HtmlBlock) => self.events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => self.events.push(Event::End(TagEnd::Paragraph)),
            Event::Html(html) => {
                self.html(html.trim_end());
                self.soft_break();
            }
            Event::InlineHtml(html) => self.html(&html),
            Event::Text(text) if self.in_code => self.events.push(Event::Text(text)),
            Event::Text(text) if self.links.contains(&Link::Stays) => {
                self.column += text.chars().count();
                self.events.push(Event::Text(text));
            }
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                self.column += code.chars().count() + 2;
                self.events.push(Event::Code(code));
            }
            Event::SoftBreak => self.is_broken = true,
            other => {
                match &other {
                    Event::Start(Tag::Table(_) | Tag::Heading { .. }) => self.fixed += 1,
                    Event::End(TagEnd::Table | TagEnd::Heading(_)) => self.fixed = self.fixed.saturating_sub(1),
                    Event::Start(Tag::Paragraph | Tag::Item) | Event::HardBreak => self.column = 0,
                    _ => {}
                }
                self.events.push(other);
            }
        }
    }

    /// Decides how a link or an image is rewritten.
    fn link(&mut self, event: Event<'a>) {
        let Event::Start(
            Tag::Link {
                link_type, dest_url, ..
            }
            | Tag::Image {
                link_type, dest_url, ..
            },
        ) = &event
        else {
            return;
        };
        let link = if is_bracket(*link_type) {
            Link::Brackets
        } else if *link_type == LinkType::Email || is_absolute(dest_url) {
            Link::Stays
        } else {
            Link::Goes
        };
        self.links.push(link);
        match link {
            Link::Stays => {
                self.column += dest_url.len() + 4;
                self.events.push(inline(event));
            }
            Link::Goes => {}
            Link::Brackets => self.events.push(Event::Text("[".into())),
        }
    }

    fn soft_break(&mut self) {
        self.column = 0;
        self.events.push(Event::SoftBreak);
    }

    /// Tags that only format are removed, line breaks are kept, and anything else was meant as text.
    fn html(&mut self, html: &str) {
        let formats = [
            "a", "b", "code", "div", "em", "i", "li", "ol", "p", "pre", "small", "span", "strong", "sub", "sup",
            "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
        ];
        let mut rest = html;
        while let Some((before, tag, after)) = tag(rest) {
            self.text(before);
            let name: String = tag
                .trim_start_matches('/')
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            match name.to_ascii_lowercase().as_str() {
                "br" => self.events.push(Event::InlineHtml("<br>".into())),
                name if formats.contains(&name) => {}
                _ => self.text(&format!("<{tag}>")),
            }
            rest = after;
        }
        self.text(rest);
    }

    /// Text outside links: URLs become links, long lines are broken.
    fn text(&mut self, mut text: &str) {
        while let Some(start) = ["https://", "http://"]
            .iter()
            .filter_map(|scheme| text.find(scheme))
            .min()
        {
            let (before, rest) = text.split_at(start);
            self.words(before);
            let length = rest
                .find(|c: char| c.is_whitespace() || "<>()[]\"'`|*".contains(c))
                .unwrap_or(rest.len());
            let (url, _) = rest.split_at(length);
            let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?']);
            let is_plain = url
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-._~:/?#@!$&+,;=%".contains(c));
            self.column += url.len() + 2;
            if is_plain && !url.ends_with("://") {
                let tag = Tag::Link {
                    link_type: LinkType::Autolink,
                    dest_url: url.to_owned().into(),
                    title: "".into(),
                    id: "".into(),
                };
                self.events.push(Event::Start(tag));
                self.events.push(Event::Text(url.to_owned().into()));
                self.events.push(Event::End(TagEnd::Link));
            } else {
                self.events.push(Event::Code(url.to_owned().into()));
            }
            (_, text) = rest.split_at(url.len());
        }
        self.words(text);
    }

    fn words(&mut self, text: &str) {
        let mut line = String::new();
        if std::mem::take(&mut self.is_broken) {
            self.column += 1;
            line.push(' ');
        }
        for word in text.split_inclusive(' ') {
            let plain = word.starts_with(char::is_alphabetic);
            if self.column + word.trim_end().chars().count() > WIDTH
                && self.fixed == 0
                && plain
                && self.breaks_after(&line)
            {
                self.push(line.trim_end());
                line.clear();
                self.soft_break();
            }
            self.column += word.chars().count();
            line.push_str(word);
        }
        self.push(&line);
    }

    /// Whether the line so far ends where a break changes nothing.
    fn breaks_after(&self, line: &str) -> bool {
        line.ends_with(' ') && (!line.trim().is_empty() || !matches!(self.events.last(), None | Some(Event::SoftBreak)))
    }

    fn push(&mut self, text: &str) {
        if !text.is_empty() {
            self.events.push(Event::Text(text.to_owned().into()));
        }
    }
}

/// Splits at the first tag, which is without its brackets.
fn tag(html: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = html.split_once('<')?;
    let (tag, after) = rest.split_once('>')?;
    Some((before, tag, after))
}

/// An inline link, as its definition may be in removed text.
fn inline(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            ..
        }) => Event::Start(Tag::Link {
            link_type: match link_type {
                LinkType::Autolink | LinkType::Email => link_type,
                _ => LinkType::Inline,
            },
            dest_url,
            title,
            id: "".into(),
        }),
        Event::Start(Tag::Image { dest_url, title, .. }) => Event::Start(Tag::Image {
            link_type: LinkType::Inline,
            dest_url,
            title,
            id: "".into(),
        }),
        other => other,
    }
}

/// The language of a code block, so that none is taken for a Rust example.
fn language<'k>(kind: &'k CodeBlockKind<'_>) -> &'k str {
    let CodeBlockKind::Fenced(info) = kind else {
        return "text";
    };
    let word = info.split([' ', ',']).find(|word| !word.is_empty()).unwrap_or_default();
    let is_name = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "+-_".contains(c));
    if is_name && !is_rust(word) { word } else { "text" }
}

/// Brackets without a link definition, which rustdoc interprets as links to items.
pub(super) fn is_bracket(link_type: LinkType) -> bool {
    matches!(
        link_type,
        LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::ReferenceUnknown
    )
}

pub(super) fn is_absolute(url: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
}

/// Words after a fence that rustdoc reads as Rust.
pub(super) fn is_rust(word: &str) -> bool {
    let words = [
        "rust",
        "ignore",
        "no_run",
        "should_panic",
        "compile_fail",
        "test_harness",
        "standalone_crate",
        "custom",
    ];
    let word = word.to_ascii_lowercase().replace('-', "_");
    words.contains(&word.as_str()) || word.starts_with("edition") || word.starts_with("ignore_")
}
