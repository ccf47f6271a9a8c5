//! What a document says about the values of its parameters and bodies, as far as it is easily satisfied.

use heck::ToSnakeCase;
use serde_json::Value;

/// A document in OpenAPI, not interpreted.
pub struct Document(Value);

impl Document {
    /// Reads YAML or JSON.
    pub fn parse(text: &str) -> Self {
        Self(serde_yaml::from_str(text).expect("a document"))
    }

    /// The path of the first server, which stands before all paths.
    pub fn base(&self) -> &str {
        let url = self.0["servers"][0]["url"].as_str().unwrap_or_default();
        let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
        let path = rest.find('/').map_or("", |start| &rest[start..]);
        path.trim_end_matches('/')
    }

    /// The method in upper case and the path from the root of the site, of each operation.
    pub fn operations(&self) -> Vec<(String, String)> {
        let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
        let mut operations = Vec::new();
        for (path, item) in self.0["paths"].as_object().into_iter().flatten() {
            let here = methods.iter().filter(|method| item.get(method).is_some());
            operations.extend(here.map(|method| (method.to_uppercase(), format!("{}{path}", self.base()))));
        }
        operations
    }

    /// An operation by its method in upper case and its path from the root of the site.
    pub fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let path = path.strip_prefix(self.base())?;
        let item = self.0["paths"].get(path)?;
        let own = item.get(method.to_lowercase())?;
        Some(Operation { item, own })
    }

    /// The schema of an argument: a parameter, the body, or a part of it.
    pub fn argument<'a>(&'a self, operation: Operation<'a>, name: &str) -> Option<&'a Value> {
        let parameters = [operation.own, operation.item]
            .into_iter()
            .flat_map(|holder| holder["parameters"].as_array());
        let mut parameters = parameters.flatten().map(|parameter| self.resolved(parameter));
        if let Some(parameter) = parameters.find(|parameter| is_called(&parameter["name"], name)) {
            return parameter.get("schema");
        }
        let body = self.resolved(operation.own.get("requestBody")?);
        let content = body["content"].as_object()?;
        let schema = content.values().next()?.get("schema")?;
        match name {
            "body" => Some(schema),
            part => member(self.resolved(schema), part),
        }
    }

    /// What a schema refers to, in the end.
    pub fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        // Some refer to themselves.
        for _ in 0..8 {
            let reference = schema["$ref"]
                .as_str()
                .and_then(|reference| reference.strip_prefix('#'));
            let next = match (reference, schema["allOf"].as_array().map(Vec::as_slice)) {
                (Some(pointer), _) => self.0.pointer(pointer),
                (None, Some([only])) => Some(only),
                _ => None,
            };
            match next {
                Some(next) => schema = next,
                None => break,
            }
        }
        schema
    }
}

/// An operation, and the path that it is of.
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    item: &'a Value,
    own: &'a Value,
}

/// The schema of a member, by the name that it has in Rust.
pub fn member<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    let mut members = schema["properties"].as_object()?.iter();
    let found = members.find(|(key, _)| key.to_snake_case() == name.trim_end_matches('_'));
    found.map(|(_, schema)| schema)
}

fn is_called(value: &Value, name: &str) -> bool {
    value.as_str().map(|value| value.to_snake_case()).as_deref() == Some(name.trim_end_matches('_'))
}

/// A text that a schema allows; this one, if the schema does not say.
pub fn text(schema: Option<&Value>, text: &str, number: i64) -> String {
    let Some(schema) = schema else { return text.to_owned() };
    if let Some(first) = schema["enum"][0].as_str() {
        return first.to_owned();
    }
    match schema["format"].as_str().unwrap_or_default() {
        "uuid" => return format!("00000000-0000-4000-8000-{number:012}"),
        "date" => return format!("2026-01-{number:02}"),
        "date-time" => return format!("2026-01-{number:02}T03:04:05Z"),
        "uri" | "url" => return format!("https://example.com/{number}"),
        "email" => return format!("a{number}@example.com"),
        "ipv4" => return format!("192.0.2.{number}"),
        "byte" => return format!("YTd{}", ["h", "i"][(number % 2) as usize]),
        _ => {}
    }
    if let Some(text) = schema["pattern"].as_str().and_then(class) {
        return text;
    }
    let length = |name: &str| Some(schema[name].as_u64()? as usize);
    let mut text: String = text.chars().take(length("maxLength").unwrap_or(usize::MAX)).collect();
    while text.chars().count() < length("minLength").unwrap_or(0) {
        text.push('a');
    }
    text
}

/// A text of the simplest kind of patterns: characters of one class, such as `^[0-9a-f]{40}$`.
fn class(pattern: &str) -> Option<String> {
    let (class, quantifier) = pattern.strip_prefix("^[")?.strip_suffix('$')?.split_once(']')?;
    let first = class.chars().next().filter(char::is_ascii_alphanumeric)?;
    let least = match quantifier {
        "" | "+" | "*" => 1,
        _ => {
            let range = quantifier.strip_prefix('{')?.strip_suffix('}')?;
            range.split(',').next()?.parse().ok()?
        }
    };
    Some(first.to_string().repeat(least))
}

/// The number that a schema allows and that is next to this one.
pub fn number(schema: Option<&Value>, number: f64) -> f64 {
    let Some(schema) = schema else { return number };
    // In 3.0, a flag beside the bound; in 3.1, a bound of its own.
    let bound = |name: &str, exclusive: &str, step: f64| match &schema[exclusive] {
        Value::Number(bound) => bound.as_f64().map(|bound| bound + step),
        Value::Bool(true) => schema[name].as_f64().map(|bound| bound + step),
        _ => schema[name].as_f64(),
    };
    let least = bound("minimum", "exclusiveMinimum", 1.0).unwrap_or(f64::MIN);
    let most = bound("maximum", "exclusiveMaximum", -1.0).unwrap_or(f64::MAX);
    number.max(least).min(most)
}
