//! Reads an outline off a plan.

use super::{Argument, DocumentedError, Field, Kind, Operation, Outline, Scopes, Struct, Type, Value};
use crate::emit::{self, Scope};
use crate::lower::{Requirement, Scheme, SecurityScheme};
use crate::plan::{self, ChoiceBody, Docs, Ident, Model, Output, Plan, Presence, Shape, Table};

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
        guide: plan
            .guide
            .iter()
            .map(|one| (one.module.to_string(), text(&one.docs)))
            .collect(),
    }
}

fn text(docs: &Docs) -> String {
    docs.join("\n")
}

fn scheme(SecurityScheme { name, scheme }: &SecurityScheme) -> String {
    match scheme {
        Scheme::Http { scheme } => format!("{name}: http {scheme}"),
        Scheme::ApiKey { location, key } => format!("{name}: apiKey {key} in {location}"),
        Scheme::OAuth2 { .. } => format!("{name}: oauth2"),
        Scheme::OpenIdConnect { .. } => format!("{name}: openIdConnect"),
        Scheme::MutualTls => format!("{name}: mutualTLS"),
    }
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

/// The members that lead to the next page.
fn next(next: &plan::Next) -> Vec<String> {
    match next {
        plan::Next::Link(pointer) => vec![pointer.trim_start_matches('/').replace('/', ".")],
        plan::Next::Token(member) => vec![(*member).to_owned()],
        plan::Next::Count { start, limit } => vec![(*start).to_owned(), (*limit).to_owned()],
    }
}

struct Reader<'p> {
    plan: &'p Plan,
    /// Outside of all modules of types, where no name of the document takes one of the standard library.
    scope: Scope,
}

impl Reader<'_> {
    fn ty(&self, ty: &plan::Type) -> String {
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
            id: info.id.clone(),
            method: info.method.to_string(),
            path: info.path.clone(),
            tags: info.tags.clone(),
            deprecated: operation.deprecated,
            required: arguments(&operation.required),
            optional: arguments(&operation.optional),
            output: self.output(&operation.output),
            choices: self.choices(&operation.output),
            accept: operation.accept.clone(),
            successes: rows(&info.responses, &self.plan.tables.responses)
                .iter()
                .map(|one| one.status.clone())
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

    fn errors(&self, error: &plan::Error) -> Vec<DocumentedError> {
        let variants = error.variants.iter().map(|variant| DocumentedError {
            name: format!("{}::{}", error.ident, variant.ident),
            status: variant.status.clone(),
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

    fn model(&self, model: &Model) -> Type {
        let kind = match &model.shape {
            Shape::Struct(structure) => Kind::Struct(self.read(model, structure)),
            Shape::Enum { variants } => Kind::Enum(
                variants
                    .iter()
                    .map(|variant| Value {
                        name: variant.ident.to_string(),
                        value: variant.value.clone(),
                        meaning: variant.meaning.clone(),
                    })
                    .collect(),
            ),
            Shape::Union {
                discriminator,
                variants,
            } => Kind::Union {
                discriminator: discriminator.clone(),
                variants: variants
                    .iter()
                    .map(|one| (one.ident.to_string(), self.ty(&one.ty)))
                    .collect(),
                values: variants
                    .iter()
                    .flat_map(|one| one.values.iter().map(|value| (value.clone(), one.ident.to_string())))
                    .collect(),
            },
            Shape::Alias(ty) => Kind::Alias(self.ty(ty)),
            Shape::Shared(module) => Kind::Alias(format!("super::{module}::model::{}", model.ident)),
        };
        Type {
            name: model.ident.to_string(),
            docs: text(&model.docs),
            kind,
            pointer: model.pointer.clone(),
        }
    }

    fn read(&self, model: &Model, structure: &plan::Struct) -> Struct {
        let mut fields: Vec<Field> = structure
            .fields
            .iter()
            .map(|field| self.field(field, structure))
            .collect();
        fields.extend(structure.others.iter().map(|others| Field {
            name: others.ident.to_string(),
            member: String::new(),
            ty: self.ty(&others.ty),
            docs: String::new(),
            presence: emit::presence(Presence::Optional),
            setter: structure.requested.then(|| others.setter.to_string()),
            pointer: model.pointer.join("additionalProperties"),
        }));
        let names = |task: &plan::LongTask| {
            let (first, second) = match &task.end {
                plan::TaskEnd::Flags {
                    finished, successful, ..
                } => (finished, Some(successful)),
                plan::TaskEnd::Status { field, .. } => (field, None),
            };
            let all = [Some(first), second, task.percentage.as_ref()];
            all.into_iter().flatten().map(Ident::to_string).collect()
        };
        Struct {
            fields,
            new: (structure.requested && structure.has_new).then(|| self.constructor(structure)),
            long_task: structure.long_task.as_ref().map(names),
            is_started_task: structure.started_task.is_some(),
            page: structure
                .page
                .as_ref()
                .map(|one| (one.items.to_string(), self.ty(&one.item))),
            next: structure.page.iter().flat_map(|one| &one.next).flat_map(next).collect(),
            key: structure
                .key
                .as_ref()
                .map(|one| (one.method.to_string(), format!("model::{}", one.ty))),
        }
    }

    /// What the constructor takes.
    fn constructor(&self, structure: &plan::Struct) -> Vec<Argument> {
        let required = structure.fields.iter().filter(|field| field.is_required());
        let arguments = required.map(|field| Argument {
            name: field.ident.to_string(),
            ty: self.scope.handed(field.argument(), field.given),
            place: String::new(),
            docs: String::new(),
            deprecated: false,
        });
        arguments.collect()
    }

    fn field(&self, field: &plan::Field, structure: &plan::Struct) -> Field {
        let is_in_new = structure.has_new && field.is_required();
        let setter = field.setter.as_ref().filter(|_| structure.requested && !is_in_new);
        Field {
            name: field.ident.to_string(),
            member: field.name.clone(),
            ty: self.scope.member_text(&field.ty, field.presence),
            docs: text(&field.docs),
            presence: emit::presence(field.presence),
            setter: setter.map(Ident::to_string),
            pointer: field.pointer.clone(),
        }
    }
}
