//! Checks the types of members, so that mistakes are reported at the member.

use serde_json::{Map, Value};

use super::members::Shape::{self, Choice, Count, Flag, List, Number, Object, ObjectOrFlag, Strings, Text, Texts};
use super::members::{Members, members};
use super::part::Part;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::{misspelled, nearest};
use crate::pointer::Pointer;

/// What is wrong with the members of a part itself.
pub(super) fn problems(value: &Value, part: Part, at: &Pointer) -> Vec<Diagnostic> {
    let wrong = |at: &Pointer, message: String| Diagnostic::new(Code::OpenApi, at, message);
    let (name, kinds) = members(part);
    let Value::Object(object) = value else {
        return vec![no_object(value, name, at)];
    };
    let mut found = Vec::new();
    let needed = kinds.iter().flat_map(|(_, needed, _)| *needed).copied();
    let needed = needed.chain(needed_by_type(value, part));
    for member in needed.filter(|member| object.get(*member).is_none()) {
        let diagnostic = wrong(at, format!("this {name} has no `{member}`"));
        let known = |other: &&String| {
            kinds
                .iter()
                .any(|(_, one, two)| one.contains(&other.as_str()) || two.contains(&other.as_str()))
        };
        let others = object.keys().filter(|other| !known(other));
        found.push(match nearest(member, others.map(String::as_str)) {
            Some(typo) => diagnostic.help(format!("found `{typo}`; did you mean `{member}`?")),
            None => match written(member) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            },
        });
    }
    for (shape, needed, others) in kinds {
        for member in needed.iter().chain(*others) {
            let is_needed = needed.contains(member);
            match object.get(*member) {
                None => {}
                Some(Value::Null) if !is_needed => {}
                Some(value) => found.extend(mistake(value, *shape, member, &at.join(member))),
            }
        }
    }
    if found.is_empty() {
        found.extend(nulls(object, part, kinds, at));
    }
    if part == Part::SecurityRequirement {
        found.extend(scopes(object, at));
    }
    if part == Part::Server {
        found.extend(variables(object, at));
    }
    if matches!(part, Part::Parameter | Part::Header) {
        let style = object.get("style").filter(|style| style.is_string());
        found.extend(style.and_then(|style| mistake(style, styles(value), "style", &at.join("style"))));
    }
    let has_schema = object.contains_key("schema") || object.contains_key("content");
    if matches!(part, Part::Parameter | Part::Header) && !has_schema {
        let told = wrong(at, format!("this {name} has neither a `schema` nor `content`"));
        found.push(told.help(without_schema(value)));
    }
    found
}

/// A part that is not an object.
fn no_object(value: &Value, name: &str, at: &Pointer) -> Diagnostic {
    let article = if name.starts_with(['e', 'i', 'o']) { "an" } else { "a" };
    let message = format!("{article} {name} must be an object; this is {}", kind(value));
    let told = Diagnostic::new(Code::OpenApi, at, message);
    match value {
        Value::Null => told.help("indent what belongs to it, or remove it"),
        _ => told,
    }
}

/// Members that may be null although they are no texts or numbers.
const NULLABLE: [&str; 10] = [
    "additionalProperties",
    "components",
    "contact",
    "discriminator",
    "explode",
    "externalDocs",
    "items",
    "license",
    "requestBody",
    "schema",
];

/// Members that are null and have to be a list, a flag or an object.
fn nulls(object: &Map<String, Value>, part: Part, kinds: Members, at: &Pointer) -> Vec<Diagnostic> {
    let kinds = kinds
        .iter()
        .filter(|(shape, ..)| matches!(shape, List | Strings | Flag | Object | Texts));
    let members = kinds.flat_map(|(shape, _, others)| others.iter().map(|member| (*shape, *member)));
    let may_be_null = |member: &str| match part {
        Part::Encoding => false,
        Part::Parameter | Part::Header if member == "schema" => false,
        _ => NULLABLE.contains(&member),
    };
    let members = members.filter(|(_, member)| !may_be_null(member));
    let found = members.filter_map(|(shape, member)| match object.get(member)? {
        Value::Null => mistake(&Value::Null, shape, member, &at.join(member)),
        _ => None,
    });
    found.collect()
}

/// What is wrong with the scopes of the schemes that a security requirement names.
fn scopes(schemes: &Map<String, Value>, at: &Pointer) -> impl Iterator<Item = Diagnostic> {
    schemes.iter().filter_map(|(scheme, scopes)| {
        let told = mistake(scopes, Strings, scheme, &at.join(scheme))?;
        Some(match scopes {
            Value::String(scope) => told.help(format!("write `{scheme}: [{scope:?}]`")),
            Value::Null => told.help(format!("write `{scheme}: []` if there are no scopes")),
            _ => told,
        })
    })
}

/// What is wrong with the variables of a server.
fn variables(server: &Map<String, Value>, at: &Pointer) -> Vec<Diagnostic> {
    let variables = server.get("variables").and_then(Value::as_object);
    let mut found = Vec::new();
    for (name, variable) in variables.into_iter().flatten() {
        let at = at.join("variables").join(name);
        match variable.get("default") {
            Some(value) => found.extend(mistake(value, Text, "default", &at.join("default"))),
            None => found.push(Diagnostic::new(
                Code::OpenApi,
                &at,
                format!("the server variable `{name}` has no `default`"),
            )),
        }
        for (member, shape) in [("enum", Strings), ("description", Text)] {
            let value = variable.get(member).filter(|value| !value.is_null());
            found.extend(value.and_then(|value| mistake(value, shape, member, &at.join(member))));
        }
    }
    found
}

/// The styles that a parameter or header may have in its location (OpenAPI 3.0, section 4.7.12.3).
fn styles(parameter: &Value) -> Shape {
    Choice(match parameter["in"].as_str() {
        Some("path") => &["matrix", "label", "simple"],
        Some("query") => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        Some("cookie") => &["form"],
        // A header of a response has no location.
        _ => &["simple"],
    })
}

/// The members that a security scheme of some type needs.
fn needed_by_type(value: &Value, part: Part) -> impl Iterator<Item = &'static str> {
    let needed: &[&str] = match (part, value["type"].as_str()) {
        (Part::SecurityScheme, Some("apiKey")) => &["name", "in"],
        (Part::SecurityScheme, Some("http")) => &["scheme"],
        (Part::SecurityScheme, Some("oauth2")) => &["flows"],
        (Part::SecurityScheme, Some("openIdConnect")) => &["openIdConnectUrl"],
        _ => &[],
    };
    needed.iter().copied()
}

/// What to do about a parameter or header without a schema: Swagger 2.0 has the members of the schema beside the name.
fn without_schema(parameter: &Value) -> String {
    if let Some((typo, meant)) = misspelled(parameter, &["schema", "content"]) {
        return format!("found `{typo}`; did you mean `{meant}`?");
    }
    let of_schema = ["type", "format", "items", "enum", "default"];
    match of_schema.into_iter().find(|member| parameter.get(member).is_some()) {
        Some(found) => format!("found `{found}`; write it below `schema`"),
        None => "write what it may be, such as `schema: { type: string }`".to_owned(),
    }
}

/// What is wrong with a member.
fn mistake(value: &Value, shape: Shape, member: &str, at: &Pointer) -> Option<Diagnostic> {
    let expected = match shape {
        Text if value.is_string() => return None,
        Flag if value.is_boolean() => return None,
        Number if value.is_number() => return None,
        Count if value.is_u64() => return None,
        List | Strings if value.is_array() => {
            let index = value.as_array()?.iter().position(|item| !item.is_string());
            let index = index.filter(|_| matches!(shape, Strings))?;
            let message = format!("`{member}` must be a list of strings; this is {}", kind(&value[index]));
            return Some(Diagnostic::new(Code::OpenApi, &at.join(index), message));
        }
        Object if value.is_object() => return None,
        Texts if value.is_object() => {
            let (name, value) = value.as_object()?.iter().find(|(_, value)| !value.is_string())?;
            return mistake(value, Text, name, &at.join(name));
        }
        ObjectOrFlag if value.is_object() || value.is_boolean() => return None,
        Choice(choices) => {
            let Value::String(text) = value else {
                return mistake(value, Text, member, at);
            };
            if choices.contains(&text.as_str()) {
                return None;
            }
            let one_of = if choices.len() > 1 { "one of " } else { "" };
            let choices_text = choices.join("`, `");
            let message = format!("`{member}` is `{text}`; {one_of}`{choices_text}` is expected");
            let diagnostic = Diagnostic::new(Code::OpenApi, at, message);
            return Some(
                match (of_swagger(member, text), nearest(text, choices.iter().copied())) {
                    (Some(help), _) => diagnostic.help(help),
                    (None, Some(meant)) => diagnostic.help(format!("did you mean `{meant}`?")),
                    (None, None) => diagnostic,
                },
            );
        }
        Text => "a string",
        Flag => "`true` or `false`",
        Number => "a number",
        Count => "a non-negative integer",
        List => "a list",
        Strings => "a list of strings",
        Object => "an object",
        Texts => "an object with strings",
        ObjectOrFlag => "a schema, `true` or `false`",
    };
    let message = format!("`{member}` is {}; {expected} is expected", kind(value));
    let diagnostic = Diagnostic::new(Code::OpenApi, at, message);
    Some(match way_out(value, shape, member, at) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    })
}

/// What to write instead of a value of the wrong type.
fn way_out(value: &Value, shape: Shape, member: &str, at: &Pointer) -> Option<String> {
    match (shape, value) {
        (Text, Value::Number(_) | Value::Bool(_)) => Some("put it in quotes".to_owned()),
        (Text, Value::Null) => Some("write a value; in YAML, a text that starts with `#` must be in quotes".to_owned()),
        (Flag, Value::String(text)) if matches!(text.as_str(), "true" | "false") => {
            Some(format!("write `{member}: {text}` without quotes"))
        }
        (Strings, Value::Bool(_)) if member == "required" => Some(required(at)),
        (Strings, Value::String(text)) if !text.contains(char::is_whitespace) => {
            Some(format!("write `{member}: [{text}]`"))
        }
        (List | Strings, Value::Object(_) | Value::String(_)) => Some("start each item with `- `".to_owned()),
        _ => written(member).map(str::to_owned),
    }
}

/// What OpenAPI 3 has instead of a choice of Swagger 2.0.
fn of_swagger(member: &str, text: &str) -> Option<&'static str> {
    match (member, text) {
        ("in", "body") => Some("write a `requestBody` beside `parameters`, with the schema in its `content`"),
        ("in", "formData") => Some(
            "write a `requestBody` beside `parameters`, with a property for each field in the schema of its `content`",
        ),
        ("type", "basic") => Some("write `type: http` and `scheme: basic`"),
        _ => None,
    }
}

/// Where it stands that a value is required: not in its schema.
fn required(at: &Pointer) -> String {
    match at.steps() {
        [.., properties, name, _] if properties == "properties" => {
            format!("list `{name}` in `required` of the object that has it")
        }
        [.., parameters, _, schema, _] if parameters == "parameters" && schema == "schema" => {
            "write it beside `schema`, not in it".to_owned()
        }
        _ => "in a schema, `required` lists the names of properties".to_owned(),
    }
}

/// How a member is written that has to be there.
fn written(member: &str) -> Option<&'static str> {
    match member {
        "info" => Some("write `info: { title: The name of the API, version: '1' }`"),
        "paths" => Some("write `paths: {}` if there are none"),
        "scopes" => Some("write `scopes: {}` if there are none"),
        _ => None,
    }
}

/// What a value is.
pub(super) fn kind(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() <= 40 => format!("the string {text:?}"),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
