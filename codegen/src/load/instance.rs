//! Whether a value is as a schema describes it: types, members, values and bounds.

use serde_json::{Map, Value};

use crate::pointer::Pointer;

/// What a value has that its schema does not allow.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    /// The steps to it from the value.
    pub at: Vec<String>,
    pub expected: String,
    pub found: String,
}

/// Returns how a value contradicts a schema of a document, in the order of its parts. An undefined reference matches any value.
pub(super) fn problems(document: &Value, schema: &Value, value: &Value) -> Vec<Problem> {
    let mut check = Check {
        document,
        at: Vec::new(),
        depth: 0,
        problems: Vec::new(),
    };
    check.value(value, schema);
    check.problems
}

struct Check<'d> {
    document: &'d Value,
    at: Vec<String>,
    /// The nesting depth of the current schema.
    depth: usize,
    problems: Vec<Problem>,
}

/// The maximum nesting depth of schemas, as references may be circular.
const DEEPEST: usize = 64;

impl<'d> Check<'d> {
    fn value(&mut self, value: &Value, schema: &'d Value) {
        let Value::Object(schema) = schema else { return };
        if self.depth >= DEEPEST || value.is_null() && takes_null(schema) {
            return;
        }
        self.depth += 1;
        let before = self.problems.len();
        let reference = schema.get("$ref").and_then(Value::as_str);
        let referred = reference.and_then(|text| self.document.pointer(&Pointer::of_reference(text)?.path()));
        if let Some(referred) = referred {
            self.value(value, referred);
        }
        self.kind(value, schema);
        // What else is expected is expected of that type.
        if self.problems.len() == before {
            self.constants(value, schema);
            self.bounds(value, schema);
            match value {
                Value::Object(members) => self.members(members, schema),
                Value::Array(items) => self.items(items, schema),
                _ => {}
            }
            self.combined(value, schema);
        }
        self.depth -= 1;
    }

    fn kind(&mut self, value: &Value, schema: &Map<String, Value>) {
        let types: Vec<&str> = match schema.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => return,
        };
        if !types.iter().any(|name| is_of(value, name)) {
            let names = types.iter().map(|name| with_article(name));
            self.problem(value, names.collect::<Vec<_>>().join(" or "));
        }
    }

    fn constants(&mut self, value: &Value, schema: &Map<String, Value>) {
        let allowed: Vec<&Value> = match (schema.get("const"), schema.get("enum")) {
            (Some(constant), _) => vec![constant],
            (None, Some(Value::Array(values))) => values.iter().collect(),
            _ => return,
        };
        if !allowed.contains(&value) {
            let mut names: Vec<String> = allowed.iter().take(SHOWN).map(|one| one.to_string()).collect();
            if allowed.len() > SHOWN {
                names.push("...".to_owned());
            }
            self.problem(value, names.join(" or "));
        }
    }

    fn bounds(&mut self, value: &Value, schema: &Map<String, Value>) {
        let size = match value {
            Value::String(text) => Some((text.chars().count(), "minLength", "maxLength", "characters")),
            Value::Array(items) => Some((items.len(), "minItems", "maxItems", "items")),
            _ => None,
        };
        if let Some((size, minimum, maximum, unit)) = size {
            let bound = |name| schema.get(name).and_then(Value::as_u64);
            if let Some(least) = bound(minimum).filter(|least| (size as u64) < *least) {
                self.problem(value, format!("{least} {unit} or more"));
            }
            if let Some(most) = bound(maximum).filter(|most| size as u64 > *most) {
                self.problem(value, format!("{most} {unit} or less"));
            }
        }
        let Some(number) = value.as_f64() else { return };
        let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
        // A flag in 3.0, a number in 3.1.
        let is_flagged = |name| schema.get(name) == Some(&Value::Bool(true));
        let (minimum, above) = (bound("minimum"), bound("exclusiveMinimum"));
        let (maximum, below) = (bound("maximum"), bound("exclusiveMaximum"));
        let above = above.or(minimum.filter(|_| is_flagged("exclusiveMinimum")));
        let below = below.or(maximum.filter(|_| is_flagged("exclusiveMaximum")));
        for (bound, is_kept, words) in [
            (minimum, minimum.is_none_or(|bound| number >= bound), "or more"),
            (above, above.is_none_or(|bound| number > bound), "(exclusive) or more"),
            (maximum, maximum.is_none_or(|bound| number <= bound), "or less"),
            (below, below.is_none_or(|bound| number < bound), "(exclusive) or less"),
        ] {
            if let Some(bound) = bound.filter(|_| !is_kept) {
                self.problem(value, format!("{bound} {words}"));
            }
        }
    }

    fn members(&mut self, members: &Map<String, Value>, schema: &'d Map<String, Value>) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let property = |name: &str| properties.and_then(|properties| properties.get(name));
        let required = schema.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            // It goes in one direction alone (OpenAPI 3.0, section 4.7.24.2), and which one an example is of is not known.
            let is_one_way = property(name).is_some_and(|one| one["readOnly"] == true || one["writeOnly"] == true);
            if !members.contains_key(name) && !is_one_way {
                let expected = "one".to_owned();
                let found = format!("no member `{name}`");
                let at = self.at.clone();
                self.problems.push(Problem { at, expected, found });
            }
        }
        let others = schema.get("additionalProperties");
        let has_patterns = schema.contains_key("patternProperties");
        for (name, member) in members {
            match property(name).or(others) {
                Some(Value::Bool(false)) if !has_patterns => {
                    self.at.push(name.clone());
                    self.problem(member, "no such member");
                    self.at.pop();
                }
                Some(schema) => {
                    self.at.push(name.clone());
                    self.value(member, schema);
                    self.at.pop();
                }
                None => {}
            }
        }
    }

    fn items(&mut self, items: &[Value], schema: &'d Map<String, Value>) {
        let Some(schema) = schema.get("items") else { return };
        for (index, item) in items.iter().enumerate() {
            self.at.push(index.to_string());
            self.value(item, schema);
            self.at.pop();
        }
    }

    /// Checks the combined schemas. `oneOf` is treated as `anyOf`, as any value matches an undefined reference.
    fn combined(&mut self, value: &Value, schema: &'d Map<String, Value>) {
        let list = |name: &str| {
            schema
                .get(name)
                .and_then(Value::as_array)
                .filter(|list| !list.is_empty())
        };
        for part in list("allOf").into_iter().flatten() {
            self.value(value, part);
        }
        for name in ["oneOf", "anyOf"] {
            let Some(alternatives) = list(name) else { continue };
            let start = self.problems.len();
            let mut nearest: Option<Vec<Problem>> = None;
            for alternative in alternatives {
                self.value(value, alternative);
                let problems = self.problems.split_off(start);
                if problems.is_empty() {
                    nearest = None;
                    break;
                }
                let depth = |problems: &[Problem]| problems.iter().map(|one| one.at.len()).max();
                if nearest.as_ref().is_none_or(|known| depth(&problems) > depth(known)) {
                    nearest = Some(problems);
                }
            }
            self.problems.extend(nearest.into_iter().flatten());
        }
    }

    fn problem(&mut self, value: &Value, expected: impl Into<String>) {
        self.problems.push(Problem {
            at: self.at.clone(),
            expected: expected.into(),
            found: shown(value),
        });
    }
}

/// Whether a schema takes null: by a flag in 3.0, as one of its types in 3.1, or as one of its values.
fn takes_null(schema: &Map<String, Value>) -> bool {
    let has = |name, wanted: &Value| matches!(schema.get(name), Some(Value::Array(list)) if list.contains(wanted));
    schema.get("nullable") == Some(&Value::Bool(true)) || has("type", &"null".into()) || has("enum", &Value::Null)
}

/// Whether a value is of a type. Of a type that is not known, every value is.
fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => true,
    }
}

fn with_article(name: &str) -> String {
    match name {
        "null" => name.to_owned(),
        name if name.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {name}"),
        name => format!("a {name}"),
    }
}

/// How many of the values of an enumeration are shown.
const SHOWN: usize = 6;

/// The characters of a value that are shown.
const LONGEST: usize = 60;

fn shown(value: &Value) -> String {
    match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        value => {
            let text = value.to_string();
            match text.char_indices().nth(LONGEST) {
                Some((end, _)) => format!("{}...", text.split_at(end).0),
                None => text,
            }
        }
    }
}
