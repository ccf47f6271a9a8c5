//! Lists of keys that exist only in prose: "Status keys:" and below it "- `ERROR_RELINK` - Error when ...".

/// The keys of a property, as listed in the description of its schema.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KeyList {
    /// The heading's subject in the singular, such as `Status key`.
    pub title: String,
    /// The property with one of the keys.
    pub property: String,
    /// Each key with what it means.
    pub keys: Vec<(String, String)>,
}

/// Finds a key list in a description: a line that ends in a colon, then at least two items of a key and its meaning.
///
/// The first word of the heading names the property. Also returns the rest of the description.
pub(super) fn find(description: &str) -> Option<(KeyList, String)> {
    let lines: Vec<&str> = description.lines().map(str::trim).collect();
    for (start, line) in lines.iter().enumerate() {
        let Some(subject) = line.trim_matches('*').trim().strip_suffix(':') else {
            continue;
        };
        let mut keys = Vec::new();
        let mut end = start + 1;
        for (index, line) in lines.iter().enumerate().skip(start + 1) {
            match item(line) {
                Some(key) => {
                    keys.push(key);
                    end = index + 1;
                }
                None if line.is_empty() => {}
                None => break,
            }
        }
        let Some(property) = subject.split_whitespace().next().map(str::to_lowercase) else {
            continue;
        };
        if keys.len() >= 2 {
            let list = KeyList {
                title: subject.strip_suffix('s').unwrap_or(subject).to_owned(),
                property,
                keys,
            };
            let rest: Vec<&str> = lines
                .iter()
                .take(start)
                .chain(lines.iter().skip(end))
                .copied()
                .collect();
            return Some((list, rest.join("\n").trim().to_owned()));
        }
    }
    None
}

/// A line such as "- `KEY` - What it means".
fn item(line: &str) -> Option<(String, String)> {
    let rest = line.strip_prefix("- `").or_else(|| line.strip_prefix("* `"))?;
    let (key, meaning) = rest.split_once('`')?;
    let meaning = meaning.trim_start().trim_start_matches(['-', '–', ':']).trim();
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    is_key.then(|| (key.to_owned(), meaning.to_owned()))
}
