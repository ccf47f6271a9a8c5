//! What to do about common slips in the syntax of YAML.

use super::syntax::SyntaxError;

/// Finds the marks that git puts into a file with a conflict.
pub(super) fn conflict(text: &str) -> Option<SyntaxError> {
    let is_mark = |line: &str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    let line = text.lines().position(is_mark)?;
    Some(SyntaxError {
        message: "the file has conflict markers of git".to_owned(),
        place: Some((line + 1, 1)),
        help: Some("resolve the conflict, and remove the markers".to_owned()),
        first: None,
    })
}

/// Says what to do about a mistake at a line and column.
pub(super) fn help(text: &str, message: &str, (line, column): (usize, usize)) -> Option<String> {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let here: String = line.chars().skip(column.saturating_sub(1)).collect();
    let help = match message {
        _ if message.contains("mapping values are not allowed") => {
            "put a text that contains `: ` in quotes, or check the indentation"
        }
        _ if message.contains("cannot start any token") => match here.chars().next()? {
            '\t' => "YAML is indented with spaces, not tabs",
            '`' => "put a text that starts with a backtick in quotes",
            start => return Some(format!("put a text that starts with `{start}` in quotes")),
        },
        "unknown anchor" => {
            let name: String = here.chars().skip(1).take_while(|c| !c.is_whitespace()).collect();
            return Some(format!(
                "no value above is marked `&{name}`; put a text that starts with `*` in quotes"
            ));
        }
        "did not find expected key" | "could not find expected ':'" => {
            "check the indentation; a quote above may not be closed, or a `:` may be missing"
        }
        "found unexpected end of stream" => "a quote above may not be closed",
        _ => return None,
    };
    Some(help.to_owned())
}
