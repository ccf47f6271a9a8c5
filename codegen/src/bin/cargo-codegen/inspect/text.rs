//! A module as tables, for people.

use confluence_codegen::outline::{Kind, Operation, Outline, Scopes, Struct, Type};

use crate::screen::plain;

/// The rows of a table: a label and a text.
type Rows = Vec<(String, String)>;

pub fn text(outline: &Outline) -> String {
    let mut text = format!("mod {}\n", outline.module);
    for operation in &outline.operations {
        let head = format!("{} {}", operation.method, operation.path);
        block(&mut text, &head, rows_of_operation(operation));
    }
    for ty in &outline.types {
        block(&mut text, &head(ty), rows_of_type(ty));
    }
    text
}

/// Adds a table under a line.
fn block(text: &mut String, head: &str, rows: Rows) {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    text.push_str(&format!("\n{}\n", plain(&public(head))));
    for (name, value) in rows {
        let line = format!("  {name:width$}  {}", plain(&public(&value)));
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// Types as programs name them: those of the runtime are also at the root of its crate.
fn public(text: &str) -> String {
    text.replace("rt::BTreeMap", "BTreeMap")
        .replace("rt::", "confluence_rest::")
}

fn rows_of_operation(operation: &Operation) -> Rows {
    let mut rows = vec![("fn".to_owned(), operation.signature())];
    let mut row = |name: &str, value: String| rows.push((name.to_owned(), value));
    for argument in &operation.optional {
        row("sets", argument.to_string());
    }
    let more = match (&operation.lists, operation.is_long_task) {
        (Some(item), _) => format!(", a page of {item}"),
        (None, true) => ", a long-running task".to_owned(),
        (None, false) => String::new(),
    };
    row("returns", format!("{}{more}", operation.output));
    for (variant, body) in &operation.choices {
        row("", format!("request::{variant}{}", in_parentheses(body.as_deref())));
    }
    for error in &operation.errors {
        let body = in_parentheses(error.body.as_deref());
        row("error", format!("{} request::{}{body}", error.status, error.name));
    }
    for Scopes { state, scopes, .. } in &operation.scopes {
        let scopes = if scopes.is_empty() {
            "none".to_owned()
        } else {
            scopes.join(", ")
        };
        row("scopes", format!("{state}: {scopes}"));
    }
    if let Some(scope) = &operation.connect_scope {
        row("scopes", format!("Connect: {scope}"));
    }
    if operation.deprecated {
        row("deprecated", String::new());
    }
    row("from", operation.pointer.to_string());
    rows
}

fn in_parentheses(ty: Option<&str>) -> String {
    ty.map(|ty| format!("({ty})")).unwrap_or_default()
}

/// The heading of a type.
fn head(Type { name, kind, .. }: &Type) -> String {
    match kind {
        Kind::Struct(one) => format!("struct model::{name}{}", meaning(one)),
        Kind::Alias(target) => format!("type model::{name} = {target}"),
        _ => format!("enum model::{name}"),
    }
}

/// The role of a struct in the runtime.
fn meaning(one: &Struct) -> String {
    if one.long_task.is_some() {
        ", a long-running task".to_owned()
    } else if one.is_started_task {
        ", a task that was started".to_owned()
    } else if let Some((_, item)) = &one.page {
        format!(", a page of {item}")
    } else {
        String::new()
    }
}

fn rows_of_type(ty: &Type) -> Rows {
    let mut rows: Rows = match &ty.kind {
        Kind::Struct(one) => {
            let fields = one.fields.iter();
            fields.map(|field| (field.name.clone(), field.ty.clone())).collect()
        }
        Kind::Enum(values) => {
            let values = values.iter();
            values
                .map(|one| (one.name.clone(), format!("{:?}", one.value)))
                .collect()
        }
        Kind::Union { variants, .. } => {
            let variants = variants.iter();
            variants.map(|one| (one.name.clone(), one.ty.clone())).collect()
        }
        _ => Rows::new(),
    };
    rows.push(("from".to_owned(), ty.pointer.to_string()));
    rows
}
