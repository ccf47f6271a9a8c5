//! What the events of a YAML parser show in addition to values: duplicate keys, further documents, depth.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::mend::{Lines, Mended};

/// How deep the parts of a text may be nested, which both parsers check.
pub(super) const DEEPEST: usize = 128;

/// A line and a column, counted from 1.
type Place = (usize, usize);

/// A duplicate key.
pub(super) struct Repeated {
    pub key: String,
    pub place: Place,
    pub first: Place,
    /// Whether one of them is in quotes.
    pub is_quoted_otherwise: bool,
    /// The first key of the mapping.
    pub mapping: Option<Place>,
    /// The number of different keys before it.
    pub different: usize,
}

/// The events of a text, as far as it can be read.
struct Events<'t> {
    mended: Mended<'t>,
    lines: Lines,
}

impl<'t> Events<'t> {
    fn of(text: &'t str) -> Self {
        let mut mended = Mended::new(text);
        // What is refused is a syntax error of its own.
        let _ = mended.read();
        Self {
            mended,
            lines: Lines::of(text),
        }
    }

    fn iter(&self) -> impl Iterator<Item = (Event<'_>, Place)> {
        Parser::new_from_str(&self.mended.text)
            .map_while(Result::ok)
            .map(|(event, span)| (event, self.lines.place(span.start.index())))
    }
}

/// A mapping or a list around an event.
struct Around {
    /// The keys, in a mapping.
    keys: Option<Keys>,
    /// Whether a value comes next.
    is_value_next: bool,
}

/// The keys of a mapping, and whether each is without quotes.
type Keys = BTreeMap<String, (Place, bool)>;

/// Visits the keys of mappings in the order of the text, each with those before it.
fn each_key(text: &str, mut visit: impl FnMut(&mut Keys, &Event<'_>, Place)) {
    let mut around: Vec<Around> = Vec::new();
    for (event, place) in Events::of(text).iter() {
        if matches!(event, Event::MappingEnd | Event::SequenceEnd) {
            around.pop();
            continue;
        }
        if let Some(Around {
            keys: Some(keys),
            is_value_next,
        }) = around.last_mut()
            && !matches!(event, Event::Nothing)
        {
            if !*is_value_next {
                visit(keys, &event, place);
            }
            *is_value_next = !*is_value_next;
        }
        let keys = match event {
            Event::MappingStart(..) => Some(BTreeMap::new()),
            Event::SequenceStart(..) => None,
            _ => continue,
        };
        around.push(Around {
            keys,
            is_value_next: false,
        });
    }
}

/// The keys of mappings that are there already, in the order of the text.
pub(super) fn repeated(text: &str) -> Vec<Repeated> {
    let mut found = Vec::new();
    each_key(&without_surrogates(text), |keys, event, place| {
        let Event::Scalar(key, style, ..) = event else { return };
        let is_plain = *style == ScalarStyle::Plain;
        match keys.get(key.as_ref()) {
            Some((first, first_is_plain)) => found.push(Repeated {
                key: key.to_string(),
                place,
                first: *first,
                is_quoted_otherwise: is_plain != *first_is_plain,
                mapping: keys.values().map(|(place, _)| *place).min(),
                different: keys.len(),
            }),
            None => {
                keys.insert(key.to_string(), (place, is_plain));
            }
        }
    });
    found
}

/// Where a key is a list or a mapping.
pub(super) fn key_with_parts(text: &str) -> Option<Place> {
    let mut found = None;
    each_key(text, |_, event, place| {
        if matches!(event, Event::MappingStart(..) | Event::SequenceStart(..)) {
            found.get_or_insert(place);
        }
    });
    found
}

/// Replaces lone surrogates, which JSON allows and YAML does not, without changing the locations of anything else.
pub(super) fn without_surrogates(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| Some(from + rest.find("\\u")?)) {
        let digits = text.as_bytes().get(found + 2..found + 6).unwrap_or_default();
        from = found + 2;
        if let [b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', _, _] = digits
            && digits.is_ascii()
        {
            text.to_mut().replace_range(from..from + 4, "0020");
        }
    }
    text
}

/// Where a second document starts.
pub(super) fn second_document(text: &str) -> Option<Place> {
    let events = Events::of(text);
    let mut starts = events
        .iter()
        .filter(|(event, _)| matches!(event, Event::DocumentStart(..)));
    starts.nth(1).map(|(_, place)| place)
}

/// Where a text is nested too deep. The parser of values takes quadratic time for these.
pub(super) fn too_deep(text: &str) -> Option<Place> {
    let mut depth = 0_usize;
    let mut deepest = 0;
    // An upper bound, as some of the brackets are in strings and comments.
    for byte in text.as_bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        deepest = deepest.max(depth);
    }
    if deepest <= DEEPEST {
        return None;
    }
    let mut depth = 0_usize;
    let mut events = Parser::new_from_str(text).map_while(Result::ok);
    events.find_map(|(event, span)| {
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => depth -= 1,
            _ => {}
        }
        (depth > DEEPEST).then(|| (span.start.line(), span.start.col() + 1))
    })
}
