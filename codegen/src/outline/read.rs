//! Reads an outline off a plan: the module and its operations.

use super::{Argument, Document, DocumentedError, DocumentedSuccess, Operation, Outline, Scopes};
use crate::emit::{self, Scope};
use crate::lower::{Requirement, Scheme, SecurityScheme};
use crate::plan::{self, ChoiceBody, Docs, Output, Plan, Shape, Table};

pub(super) fn outline(plan: &Plan) -> Outline {
    let constants = plan.consts.iter();
    let reader = Reader {
        plan,
        scope: Scope::root(),
    };
    Outline {
        module: plan.module.to_string(),
        docs: text(&plan.docs),
        constants: constants.map(|one| (one.name.to_string(), one.value.clone())).collect(),
        security_schemes: plan.security_schemes.iter().map(scheme).collect(),
        operations: plan.operations.iter().map(|one| reader.operation(one)).collect(),
        types: plan.models.iter().map(|model| reader.model(model)).collect(),
        guide: plan.guide.iter().map(document).collect(),
    }
}

pub(super) fn text(docs: &Docs) -> String {
    docs.join("\n")
}

fn document(document: &plan::Guide) -> Document {
    Document {
        module: document.module.to_string(),
        docs: text(&document.docs),
        title: document.title.clone(),
        anchor: document.anchor.clone(),
        body: document.body.clone(),
    }
}

fn scheme(SecurityScheme { name, scheme }: &SecurityScheme) -> (String, String) {
    let what = match scheme {
        Scheme::Http { scheme } => format!("http {scheme}"),
        Scheme::ApiKey { location, key } => format!("apiKey {key} in {location}"),
        Scheme::OAuth2 {
            authorization_url,
            token_url,
        } => {
            let urls = [authorization_url, token_url].into_iter().filter(|url| !url.is_empty());
            urls.fold("oauth2".to_owned(), |what, url| format!("{what} {url}"))
        }
        Scheme::OpenIdConnect { url } => format!("openIdConnect {url}"),
        Scheme::MutualTls => "mutualTLS".to_owned(),
    };
    (name.clone(), what)
}

fn requirement(Requirement { scheme, scopes }: &Requirement) -> String {
    match scopes.as_slice() {
        [] => scheme.clone(),
        scopes => format!("{scheme} ({})", scopes.join(", ")),
    }
}

/// The rows of a table, be it one that operations share.
fn rows<'t, T>(table: &'t Table<T>, shared: &'t [Vec<T>]) -> &'t [T] {
    match table {
        Table::Own(rows) => rows,
        Table::Shared(number) => shared.get(*number).map_or(&[], Vec::as_slice),
    }
}

pub(super) struct Reader<'p> {
    plan: &'p Plan,
    /// Outside of all modules of types, where no name of the document takes one of the standard library.
    pub(super) scope: Scope,
}

impl Reader<'_> {
    pub(super) fn ty(&self, ty: &plan::Type) -> String {
        self.scope.ty(ty).to_string()
    }

    fn operation(&self, operation: &plan::Operation) -> Operation {
        let info = &operation.info;
        let carried = match &operation.output {
            Output::Json(ty) => self.structure(ty),
            _ => None,
        };
        let arguments = |arguments: &[plan::Argument]| arguments.iter().map(|one| self.argument(one)).collect();
        let security = rows(&info.security, &self.plan.tables.security);
        let scopes = rows(&info.scopes, &self.plan.tables.scopes);
        Operation {
            function: operation.function.to_string(),
            request: operation.request.to_string(),
            docs: text(&operation.docs),
            summary: info.summary.clone(),
            description: operation.description.clone(),
            external_docs: operation.external_docs.clone(),
            id: info.id.clone(),
            method: info.method.to_string(),
            path: info.path.clone(),
            query: operation.query.clone(),
            headers: operation
                .headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            tags: info.tags.clone(),
            deprecated: operation.deprecated,
            required: arguments(&operation.required),
            optional: arguments(&operation.optional),
            output: self.output(&operation.output),
            choices: self.choices(&operation.output),
            accept: operation.accept.clone(),
            successes: rows(&info.responses, &self.plan.tables.responses)
                .iter()
                .map(|one| self.success(one))
                .collect(),
            is_long_task: carried.is_some_and(|one| one.long_task.is_some()),
            lists: carried.and_then(|one| Some(self.ty(&one.page.as_ref()?.item))),
            errors: self.errors(&operation.error),
            scopes: scopes
                .iter()
                .map(|group| Scopes {
                    scheme: group.scheme.clone(),
                    state: group.state.clone(),
                    scopes: group.scopes.clone(),
                })
                .collect(),
            connect_scope: info.connect_scope.clone(),
            app_access_rule_exempt: info.app_access_rule_exempt,
            security: security
                .iter()
                .map(|together| together.iter().map(requirement).collect())
                .collect(),
            pointer: info.pointer.clone(),
        }
    }

    fn argument(&self, argument: &plan::Argument) -> Argument {
        Argument {
            name: argument.ident.to_string(),
            ty: self.scope.handed(&argument.ty, argument.given),
            place: emit::place(argument),
            docs: text(&argument.docs),
            deprecated: argument.deprecated,
        }
    }

    fn output(&self, output: &Output) -> String {
        match output {
            Output::Nothing => "()".to_owned(),
            Output::Json(ty) => self.ty(ty),
            Output::Text => "String".to_owned(),
            Output::Download => "rt::Download".to_owned(),
            Output::Redirect => "rt::Redirect".to_owned(),
            Output::Choice(choice) => format!("request::{}", choice.ident),
        }
    }

    fn choices(&self, output: &Output) -> Vec<(String, Option<String>)> {
        let Output::Choice(choice) = output else {
            return Vec::new();
        };
        let body = |body: &ChoiceBody| match body {
            ChoiceBody::Json(ty) => self.ty(ty),
            ChoiceBody::Text => "String".to_owned(),
            ChoiceBody::Download => "rt::Download".to_owned(),
        };
        let variants = choice.variants.iter();
        let variants = variants.map(|one| (format!("{}::{}", choice.ident, one.ident), one.body.as_ref().map(body)));
        variants.collect()
    }

    fn success(&self, response: &plan::ResponseInfo) -> DocumentedSuccess {
        DocumentedSuccess {
            status: response.status.clone(),
            description: response.description.clone(),
            headers: rows(&response.headers, &self.plan.tables.headers).to_vec(),
        }
    }

    fn errors(&self, error: &plan::Error) -> Vec<DocumentedError> {
        let variants = error.variants.iter().map(|variant| DocumentedError {
            name: format!("{}::{}", error.ident, variant.ident),
            docs: text(&variant.docs),
            status: variant.status.clone(),
            headers: rows(&variant.headers, &self.plan.tables.headers).to_vec(),
            body: variant.body.as_ref().map(|ty| self.ty(ty)),
        });
        variants.collect()
    }

    /// The struct of a type, also through an alias.
    fn structure(&self, ty: &plan::Type) -> Option<&plan::Struct> {
        let mut next = ty;
        // No chain of aliases is longer than there are models.
        for _ in 0..=self.plan.models.len() {
            let plan::Type::Model(ident) = next else { return None };
            let model = self.plan.models.iter().find(|model| model.ident == *ident)?;
            match &model.shape {
                Shape::Struct(structure) => return Some(structure),
                Shape::Alias(target) => next = target,
                _ => return None,
            }
        }
        None
    }
}
