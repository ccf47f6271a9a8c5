//! A place in a document (RFC 6901).

use std::fmt;

/// A JSON Pointer, kept as its unescaped steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pointer(Vec<String>);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Parses a pointer such as `/components/schemas/Message`, with or without the `#` of a URI fragment.
    ///
    /// Returns `None` if it does not start with a slash, as for references to other documents.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('#').unwrap_or(text);
        if text.is_empty() {
            return Some(Self::root());
        }
        let steps = text.strip_prefix('/')?.split('/');
        Some(Self(
            steps.map(|step| step.replace("~1", "/").replace("~0", "~")).collect(),
        ))
    }

    /// The place that a reference leads to: its fragment is percent-encoded (RFC 6901, section 6).
    pub(crate) fn of_reference(reference: &str) -> Option<Self> {
        Self::parse(&decoded(reference.strip_prefix('#')?))
    }

    /// The place one step further down.
    pub fn join(&self, step: impl fmt::Display) -> Self {
        let mut steps = self.0.clone();
        steps.push(step.to_string());
        Self(steps)
    }

    /// The parent of the place; `None` for the root.
    pub(crate) fn parent(&self) -> Option<Self> {
        let (_, above) = self.0.split_last()?;
        Some(Self(above.to_vec()))
    }

    /// The steps from the root.
    pub fn steps(&self) -> &[String] {
        &self.0
    }

    /// The pointer in the form that serde_json expects: without the `#` of a URI fragment.
    pub(crate) fn path(&self) -> String {
        let mut text = self.to_string();
        text.remove(0);
        text
    }

    /// The place as a JSONPath (RFC 9535, section 2.3), as the target of an overlay.
    pub(crate) fn json_path(&self) -> String {
        let is_word = |step: &str| {
            step.starts_with(|c: char| c.is_ascii_alphabetic()) && step.chars().all(|c| c.is_ascii_alphanumeric())
        };
        let mut path = "$".to_owned();
        for step in &self.0 {
            if is_word(step) {
                path.extend([".", step]);
                continue;
            }
            path.push_str("['");
            for c in step.chars() {
                match c {
                    '\'' | '\\' => path.extend(['\\', c]),
                    c if c.is_control() => path.push_str(&format!("\\u{:04x}", u32::from(c))),
                    c => path.push(c),
                }
            }
            path.push_str("']");
        }
        path
    }

    /// The place `rest` steps below this one.
    pub(crate) fn extend(&self, rest: &[String]) -> Self {
        Self(self.0.iter().chain(rest).cloned().collect())
    }

    /// The place where this one was before an item of a list was removed.
    pub(crate) fn before_removal(mut self, item: &Self) -> Self {
        if let Some((removed, list)) = item.0.split_last()
            && self.0.starts_with(list)
            && let Some(step) = self.0.get_mut(list.len())
            && let (Ok(index), Ok(removed)) = (step.parse::<usize>(), removed.parse::<usize>())
            && index >= removed
        {
            *step = (index + 1).to_string();
        }
        self
    }

    /// The place of an ancestor that is a number of steps below the root, and the steps from there.
    pub(crate) fn split_at(&self, length: usize) -> Option<(Self, Vec<String>)> {
        let (above, rest) = self.0.split_at_checked(length)?;
        Some((Self(above.to_vec()), rest.to_vec()))
    }

    /// The steps from `ancestor` down to this place; `None` if this place is not below it.
    pub(crate) fn below(&self, ancestor: &Self) -> Option<&[String]> {
        self.0.strip_prefix(ancestor.0.as_slice())
    }
}

/// A place during a walk down a document, which is only converted to a pointer if needed.
pub(crate) enum Step<'s> {
    Root,
    /// A place from which a walk starts.
    At(&'s Pointer),
    /// The place one step below another.
    Below(&'s Step<'s>, &'s dyn fmt::Display),
}

impl<'s> Step<'s> {
    /// The place one step further down.
    pub(crate) fn join(&'s self, step: &'s dyn fmt::Display) -> Self {
        Step::Below(self, step)
    }

    /// The number of steps from the root.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Step::Root => 0,
            Step::At(pointer) => pointer.0.len(),
            Step::Below(outer, _) => outer.depth() + 1,
        }
    }

    pub(crate) fn pointer(&self) -> Pointer {
        match self {
            Step::Root => Pointer::root(),
            Step::At(pointer) => (*pointer).clone(),
            Step::Below(outer, step) => outer.pointer().join(step),
        }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#")?;
        for step in &self.0 {
            write!(f, "/{}", step.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

/// A part of a URL without its percent-encoding (RFC 3986, section 2.1). Invalid encodings are kept.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits
            .filter(|_| *first == b'%')
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = after.get(2..).filter(|_| byte.is_some()).unwrap_or(after);
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
