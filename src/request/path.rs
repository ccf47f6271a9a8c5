//! Path templates.

/// Fills the variables of a path template in, segment by segment.
///
/// A segment that comes out as `.` or `..` is refused: URL parsers resolve both, encoded or not, and the request would
/// go to another operation (RFC 3986, section 5.2.4).
pub(super) fn expand(template: &str, variables: &[(&'static str, String)]) -> Result<String, String> {
    let mut path = String::with_capacity(template.len() + 16);
    for segment in template.split('/').skip(1) {
        path.push('/');
        let start = path.len();
        let mut rest = segment;
        let mut last = None;
        while let Some((before, name, after)) = variable(rest) {
            let value = variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value);
            match value {
                None => return Err(format!("the path parameter `{name}` has no value")),
                Some(value) if value.is_empty() => return Err(format!("the path parameter `{name}` is empty")),
                Some(value) => path.extend([before, value]),
            }
            last = Some(name);
            rest = after;
        }
        path.push_str(rest);
        let whole = path.get(start..).unwrap_or_default();
        if let (Some(name), "." | "..") = (last, whole) {
            return Err(format!(
                "the path parameter `{name}` is `{whole}`, which would change the path"
            ));
        }
    }
    Ok(path)
}

/// Splits at the first `{name}`.
fn variable(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
