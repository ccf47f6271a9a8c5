//! An overlay to start with.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::load::PLACEHOLDER;
use crate::lower::{Api, COMPARED, Kind};
use crate::nearest::nearest;
use crate::plan::{Plan, plain};
use crate::{Error, Input, Pointer, stack};

/// Returns an overlay, as YAML, with a missing base path, security schemes and schemas that are used but not
/// declared, and the current names of functions as `x-rust-name`, so that they are stable when the document changes.
///
/// It is meant to be edited. It can be applied unchanged, after the overlays of the input, and changes no names. The
/// same input gives the same text.
///
/// ```
/// use confluence_codegen::{Input, Source, suggest};
///
/// let spec = "
/// openapi: 3.0.1
/// info: { title: Pets, version: '1' }
/// paths:
///   /pets:
///     get: { operationId: getPets, responses: { '204': { description: There are pets. } } }
/// ";
/// let overlay = suggest(&Input::new("pets", Source::new("pets.yaml", spec)))?;
/// assert!(overlay.contains("x-rust-name: get_pets"));
/// # Ok::<(), confluence_codegen::Error>(())
/// ```
///
/// # Errors
/// The document, an overlay or a supplement has errors; the error lists all of them.
pub fn suggest(input: &Input) -> Result<String, Error> {
    stack::deep(|| overlay(input))?
}

fn overlay(input: &Input) -> Result<String, Error> {
    let (apis, found) = crate::apis(std::slice::from_ref(input))?;
    let Some(api) = apis.first() else {
        return Err(Error::setup("there is nothing to suggest an overlay for"));
    };
    let mut actions = Actions::default();
    actions.base_path(api);
    actions.security_schemes(api);
    actions.schemas(api);
    let named = api.operations.iter().filter(|one| one.rust_name.is_some());
    let named: BTreeSet<Pointer> = named.map(|one| one.pointer.clone()).collect();
    let title = quoted(&format!("Additions to {}", api.title));
    for (plan, _) in crate::plan_all(apis, std::slice::from_ref(input), found)? {
        actions.names(&plan, |pointer| named.contains(pointer));
    }
    let head = format!("overlay: 1.0.0\ninfo:\n  title: {title}\n  version: 1.0.0\n");
    Ok(match actions.text.is_empty() {
        true => format!("{head}actions: []\n"),
        false => format!("{head}actions:\n{}", actions.text),
    })
}

/// The actions as text.
#[derive(Default)]
struct Actions {
    text: String,
}

impl Actions {
    /// Adds an action with its reason; `update` is YAML, indented from nothing.
    fn add(&mut self, target: &str, reason: &str, update: &str) {
        self.space();
        let target = scalar(target);
        let _ = writeln!(
            self.text,
            "  - target: {target}\n    description: >-\n      {reason}\n    update:"
        );
        for line in update.lines() {
            let _ = writeln!(self.text, "      {line}");
        }
    }

    /// A missing base path.
    fn base_path(&mut self, api: &Api) {
        let Some(base) = api.missing_base else { return };
        let reason = "Confluence Cloud serves this API below another path than the document states.\n      Compare it with \
                      the publisher's documentation.";
        match &api.server {
            Some(server) => {
                let url = quoted(&format!("{}{base}", server.trim_end_matches('/')));
                self.add("$.servers[0]", reason, &format!("url: {url}"));
            }
            None => self.add("$", reason, &format!("servers:\n  - url: {base}")),
        }
    }

    /// Security schemes that are used but not declared.
    fn security_schemes(&mut self, api: &Api) {
        let mut needed: Vec<(&str, BTreeSet<&str>)> = Vec::new();
        let all = api
            .operations
            .iter()
            .flat_map(|operation| operation.security.iter().flatten());
        for requirement in all {
            if api
                .security_schemes
                .iter()
                .any(|declared| declared.name == requirement.scheme)
            {
                continue;
            }
            let scopes = requirement.scopes.iter().map(String::as_str);
            match needed.iter_mut().find(|(name, _)| *name == requirement.scheme) {
                Some((_, known)) => known.extend(scopes),
                None => needed.push((&requirement.scheme, scopes.collect())),
            }
        }
        if needed.is_empty() {
            return;
        }
        let of_bitbucket = |text: &str| text.to_lowercase().contains("bitbucket");
        let is_bitbucket = of_bitbucket(&api.title) || api.server.as_deref().is_some_and(of_bitbucket);
        let mut update = "components:\n  securitySchemes:\n".to_owned();
        for (name, scopes) in needed {
            let _ = writeln!(update, "    {}:", scalar(name));
            for line in scheme(name, &scopes, is_bitbucket).lines() {
                let _ = writeln!(update, "      {line}");
            }
        }
        let reason = "These security schemes are used, but not declared.\n      Their types and URLs are guessed from their names.";
        self.add("$", reason, &update);
    }

    /// Schemas that are used but not defined.
    fn schemas(&mut self, api: &Api) {
        let (undefined, defined): (Vec<_>, Vec<_>) = api
            .schemas
            .iter()
            .partition(|(_, schema)| schema.kind == Kind::Undefined);
        let mut update = String::new();
        for (name, _) in &undefined {
            // If there are many, a file is missing, and they are not typos.
            let meant = defined.iter().map(|(name, _)| name.as_str());
            let meant = nearest(name, meant.filter(|_| undefined.len() <= COMPARED));
            let meant = meant.map(|meant| format!(" # did you mean {}?", scalar(meant)));
            let _ = writeln!(
                update,
                "    {}:{}\n      description: Any JSON value.\n      {PLACEHOLDER}: true",
                scalar(name),
                meant.unwrap_or_default()
            );
        }
        if !update.is_empty() {
            let reason = "The document refers to these schemas, but does not define them.\n      These placeholders \
                          accept any JSON value, unless a supplement has the schema; describe what servers send.";
            self.add("$", reason, &format!("components:\n  schemas:\n{update}"));
        }
    }

    /// The names of functions that have no `x-rust-name` yet.
    fn names(&mut self, plan: &Plan, is_named: impl Fn(&Pointer) -> bool) {
        let operations = plan.operations.iter();
        let mut operations = operations.filter(|one| !is_named(&one.info.pointer)).peekable();
        if operations.peek().is_some() {
            self.space();
            self.text
                .push_str("  # Names of functions, so that they stay the same when the document changes.\n");
        }
        for operation in operations {
            let target = quoted(&operation.info.pointer.json_path());
            let name = scalar(&plain(&operation.function));
            let _ = writeln!(self.text, "  - target: {target}\n    update: {{ x-rust-name: {name} }}");
        }
    }

    /// Adds an empty line before the next action.
    fn space(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
}

/// The definition of a security scheme, guessed from its name.
fn scheme(name: &str, scopes: &BTreeSet<&str>, is_bitbucket: bool) -> String {
    let name = name.to_lowercase();
    if name.contains("basic") {
        return "type: http\nscheme: basic\n".to_owned();
    }
    if name.replace(['_', '-'], "").contains("apikey") {
        return "type: apiKey\nin: header\nname: Authorization\n".to_owned();
    }
    if !name.contains("oauth") && scopes.is_empty() {
        return "type: http\nscheme: bearer\n".to_owned();
    }
    let [authorization, token] = match is_bitbucket {
        true => [
            "https://bitbucket.org/site/oauth2/authorize",
            "https://bitbucket.org/site/oauth2/access_token",
        ],
        false => [
            "https://auth.atlassian.com/authorize",
            "https://auth.atlassian.com/oauth/token",
        ],
    };
    let mut text = format!(
        "type: oauth2\nflows:\n  authorizationCode:\n    authorizationUrl: {authorization}\n    tokenUrl: {token}\n"
    );
    if scopes.is_empty() {
        text.push_str("    scopes: {}\n");
    } else {
        text.push_str("    scopes:\n");
        for scope in scopes {
            let _ = writeln!(text, "      {}: \"\"", quoted(scope));
        }
    }
    text
}

/// A quoted YAML scalar.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A YAML scalar, quoted only if needed.
fn scalar(text: &str) -> String {
    const MEANING: [&str; 9] = ["false", "n", "no", "null", "off", "on", "true", "y", "yes"];
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '$';
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '$');
    let is_word = text.starts_with(is_first) && text.chars().all(is_part);
    match is_word && !MEANING.contains(&text.to_lowercase().as_str()) {
        true => text.to_owned(),
        false => quoted(text),
    }
}
