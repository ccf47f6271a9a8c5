//! Expressions of examples, and how they are broken into lines.

/// No line of an example is longer where it can be helped.
pub(super) const WIDTH: usize = 96;

/// An expression, with as much structure as is needed to break it.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    Plain(String),
    /// A list, after the text before its bracket.
    List(&'static str, Vec<Expression>),
    Call(String, Vec<Expression>),
    /// A method with its argument.
    Method(Box<Expression>, String, Box<Expression>),
}

impl Expression {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    pub(super) fn call(function: impl Into<String>, arguments: Vec<Expression>) -> Self {
        Self::Call(function.into(), arguments)
    }

    pub(super) fn list(items: Vec<Expression>) -> Self {
        Self::List("", items)
    }

    /// The call of a method on this.
    pub(super) fn method(self, name: &str, argument: Expression) -> Self {
        Self::Method(Box::new(self), name.to_owned(), Box::new(argument))
    }

    /// Whether it is a word, or a list of words.
    pub(super) fn is_simple(&self) -> bool {
        match self {
            Self::Plain(_) => true,
            Self::List(_, items) => items.iter().all(Self::is_simple),
            Self::Call(..) | Self::Method(..) => false,
        }
    }

    /// The expression on one line.
    pub(super) fn line(&self) -> String {
        let all = |parts: &[Self]| parts.iter().map(Self::line).collect::<Vec<_>>().join(", ");
        match self {
            Self::Plain(text) => text.clone(),
            Self::List(before, items) => format!("{before}[{}]", all(items)),
            Self::Call(function, arguments) => format!("{function}({})", all(arguments)),
            Self::Method(receiver, name, argument) => format!("{}.{name}({})", receiver.line(), argument.line()),
        }
    }

    /// A receiver and method calls, each on its own line.
    fn chain(&self, before: &str, after: &str) -> Vec<String> {
        let Self::Method(receiver, name, argument) = self else {
            return self.lines(before, after);
        };
        let mut lines = receiver.chain(before, "");
        let call = argument.lines(&format!(".{name}("), &format!("){after}"));
        lines.extend(call.iter().map(|line| format!("    {line}")));
        lines
    }

    /// The expression between two texts, broken where it would be too long.
    pub(super) fn lines(&self, before: &str, after: &str) -> Vec<String> {
        let line = format!("{before}{}{after}", self.line());
        if line.chars().count() <= WIDTH {
            return vec![line];
        }
        match self {
            Self::Plain(_) => vec![line],
            Self::List(list, items) => nested(&format!("{before}{list}["), items, &format!("]{after}")),
            Self::Call(_, arguments) if arguments.is_empty() => vec![line],
            Self::Call(function, arguments) => nested(&format!("{before}{function}("), arguments, &format!("){after}")),
            Self::Method(..) => self.chain(before, after),
        }
    }
}

/// Expressions below each other.
fn nested(first: &str, inner: &[Expression], last: &str) -> Vec<String> {
    let indent = first.len() - first.trim_start().len();
    let inner = inner.iter().flat_map(|one| one.lines("", ","));
    let inner = inner.map(|line| format!("{}{line}", " ".repeat(indent + 4)));
    std::iter::once(first.to_owned())
        .chain(inner)
        .chain([format!("{}{last}", " ".repeat(indent))])
        .collect()
}
