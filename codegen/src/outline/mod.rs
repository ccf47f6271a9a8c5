//! The API of a module, as data: for programs that list or compare what is generated.
//!
//! An outline is derived from the same plan as the code. Types are written as seen from within the module:
//! `model::LongTaskStatus`, `Option<String>`, and `rt::` for those of the runtime.

mod model;
mod read;

use crate::{Diagnostics, Error, Input, Pointer};

/// The API of a module, with the diagnostics.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Outlined {
    /// The API of the module.
    pub outline: Outline,
    /// The diagnostics of the document.
    pub diagnostics: Diagnostics,
}

/// Returns the API of the module of an input, without generating its code.
///
/// ```
/// use confluence_codegen::outline::outline;
/// use confluence_codegen::{Input, Source};
///
/// let spec = "
/// openapi: 3.0.1
/// info: { title: Pets, version: '1' }
/// paths:
///   /pets/{id}:
///     get:
///       operationId: getPet
///       parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
///       responses: { '204': { description: There is such a pet. } }
/// ";
/// let outlined = outline(&Input::new("pets", Source::new("pets.yaml", spec)))?;
/// let signature = outlined.outline.operations[0].signature();
/// assert_eq!(signature, "get_pet(id: impl Into<String>) -> request::GetPet");
/// # Ok::<(), confluence_codegen::Error>(())
/// ```
///
/// # Errors
/// The document, an overlay or a supplement has errors; the error lists all of them.
pub fn outline(input: &Input) -> Result<Outlined, Error> {
    let (plan, diagnostics) = crate::plan_one(input)?;
    Ok(Outlined {
        outline: read::outline(&plan),
        diagnostics,
    })
}

/// The API of a module, in the order of the document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Outline {
    /// The name of the module.
    pub module: String,
    /// Its documentation.
    pub docs: String,
    /// The string constants, such as `TITLE`, with their values.
    pub constants: Vec<(String, String)>,
    /// The declared security schemes: their names, each with what it is, such as `http basic`.
    pub security_schemes: Vec<(String, String)>,
    /// The operations.
    pub operations: Vec<Operation>,
    /// The types of the module `model`.
    pub types: Vec<Type>,
    /// The documents of the guide.
    pub guide: Vec<Document>,
}

/// A document of the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// The name of its module.
    pub module: String,
    /// The documentation of that module.
    pub docs: String,
    /// The title.
    pub title: String,
    /// The name of the document in links.
    pub anchor: String,
    /// The text, in Markdown.
    pub body: String,
}

/// An operation: a function and the request that it returns.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Operation {
    /// The name of the function.
    pub function: String,
    /// The name of the request's type, in the module `request`.
    pub request: String,
    /// The documentation of the function.
    pub docs: String,
    /// The summary in the document.
    pub summary: String,
    /// The description in the document.
    pub description: String,
    /// The URL of further documentation.
    pub external_docs: Option<String>,
    /// The `operationId`, or the name of the function if there is none.
    pub id: String,
    /// The method, such as `GET`.
    pub method: String,
    /// The path template from the root of the site.
    pub path: String,
    /// The query that is sent with each request.
    pub query: Option<String>,
    /// The headers that are sent with each request.
    pub headers: Vec<(String, String)>,
    /// The tags.
    pub tags: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The arguments of the function, in order.
    pub required: Vec<Argument>,
    /// The setters of the request.
    pub optional: Vec<Argument>,
    /// The type of a successful response.
    pub output: String,
    /// The variants of that type if successful responses differ, each with the type of its body.
    pub choices: Vec<(String, Option<String>)>,
    /// The media type that is accepted, if there is only one.
    pub accept: Option<String>,
    /// The documented successes.
    pub successes: Vec<DocumentedSuccess>,
    /// Whether it can be waited for: the response is the status of a long-running task.
    pub is_long_task: bool,
    /// The type of the items, if the response is a page of a list.
    pub lists: Option<String>,
    /// The documented errors.
    pub errors: Vec<DocumentedError>,
    /// The groups of scopes.
    pub scopes: Vec<Scopes>,
    /// The scope of Connect apps.
    pub connect_scope: Option<String>,
    /// Whether apps may use it although an app access rule blocks them, if the document says so.
    pub app_access_rule_exempt: Option<bool>,
    /// The security requirements: alternatives, each a list of schemes with their scopes.
    pub security: Vec<Vec<String>>,
    /// The place in the document.
    pub pointer: Pointer,
}

impl Operation {
    /// The signature of the function, without `pub fn`.
    pub fn signature(&self) -> String {
        let arguments = self.required.iter().map(Argument::to_string);
        let arguments: Vec<String> = arguments.collect();
        format!(
            "{}({}) -> request::{}",
            self.function,
            arguments.join(", "),
            self.request
        )
    }
}

/// An argument of a function, or a setter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Argument {
    /// The name of the argument, or of the setter.
    pub name: String,
    /// The type of the argument.
    pub ty: String,
    /// Where it is sent, as in the generated code: `query("limit")`.
    pub place: String,
    /// The documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

impl std::fmt::Display for Argument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.name, self.ty)
    }
}

/// A documented success of an operation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DocumentedSuccess {
    /// The status, as written in the document.
    pub status: String,
    /// The description in the document.
    pub description: String,
    /// The headers, with their descriptions.
    pub headers: Vec<(String, String)>,
}

/// A documented error of an operation: a variant of its enum.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DocumentedError {
    /// The path of the variant, such as `GetTaskError::NotFound`.
    pub name: String,
    /// The documentation of the variant.
    pub docs: String,
    /// The status, as written in the document.
    pub status: String,
    /// The headers, with their descriptions.
    pub headers: Vec<(String, String)>,
    /// The type of the body.
    pub body: Option<String>,
}

/// Scopes of one state, all of which are required.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scopes {
    /// The security scheme that they belong to.
    pub scheme: String,
    /// The state, such as `Current` or `Beta`.
    pub state: String,
    /// The scopes.
    pub scopes: Vec<String>,
}

/// A type of the module `model`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Type {
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: String,
    /// The kind of type.
    pub kind: Kind,
    /// The place of the schema in the document.
    pub pointer: Pointer,
}

/// The kind of a type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// A struct.
    Struct(Struct),
    /// An open enum of strings.
    Enum(Vec<Value>),
    /// An enum whose variants contain values of different types.
    Union {
        /// The member that determines the variant.
        discriminator: Option<String>,
        /// The variants.
        variants: Vec<Variant>,
        /// The values of that member, each with the variant that it means.
        values: Vec<(String, String)>,
    },
    /// Another name for a type.
    Alias(String),
}

impl Kind {
    /// The kind as a word: `struct`, `enum`, `union` or `alias`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Struct(_) => "struct",
            Self::Enum(_) => "enum",
            Self::Union { .. } => "union",
            Self::Alias(_) => "alias",
        }
    }
}

/// A struct.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Struct {
    /// The fields.
    pub fields: Vec<Field>,
    /// The arguments of `new`, if there is one.
    pub new: Option<Vec<Argument>>,
    /// The fields that are used if it is the status of a long-running task.
    pub long_task: Option<Vec<String>>,
    /// Whether it contains the ID of a started long-running task.
    pub is_started_task: bool,
    /// The field with the items, and the type of an item, if it is a page of a list.
    pub page: Option<(String, String)>,
    /// The members that link to the next page, in order of preference, if it is a page of a list.
    pub next: Vec<String>,
    /// The method that parses a string as one of the documented keys, and the type that it returns.
    pub key: Option<(String, String)>,
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Field {
    /// The name.
    pub name: String,
    /// The name of the member in JSON; empty for the field with the additional members.
    pub member: String,
    /// The type.
    pub ty: String,
    /// The documentation.
    pub docs: String,
    /// Whether the member may be absent or null, as in the generated code: `required`, `optional_or_null`.
    pub presence: &'static str,
    /// The name of the setter, if there is one.
    pub setter: Option<String>,
    /// The place of the property in the document.
    pub pointer: Pointer,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Variant {
    /// The name.
    pub name: String,
    /// The type of its value.
    pub ty: String,
    /// The documentation.
    pub docs: String,
    /// The type that converts into it, if there is one.
    pub from: Option<String>,
}

/// One of the values of an open enum.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Value {
    /// The name of the variant.
    pub name: String,
    /// The string in JSON.
    pub value: String,
    /// The description in the document.
    pub meaning: String,
}
