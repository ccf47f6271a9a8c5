#![doc = include_str!("../README.md")]
#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::integer_division,
    clippy::modulo_arithmetic,
    clippy::panic,
    clippy::string_slice,
    clippy::todo,
    clippy::unimplemented,
    clippy::unreachable,
    clippy::unwrap_used
)]

mod command_line;
mod config;
mod diagnostic;
mod emit;
mod error;
mod input;
mod load;
mod long_task;
mod lower;
mod media_type;
mod nearest;
pub mod outline;
mod plan;
mod pointer;
mod render;
mod source;
mod stack;
mod suggest;
mod text;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use config::{Config, overlays_beside};
pub use diagnostic::{Code, Diagnostic, Diagnostics, Level, Located, Related, Severity, UnknownCode};
pub use error::Error;
pub use input::Input;
pub use long_task::LongTask;
pub use lower::Candidate;
pub use pointer::Pointer;
pub use source::{Location, Source};
pub use suggest::suggest;

/// A generated module.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Generated {
    /// The Rust code: one `pub mod`.
    pub code: String,
    /// The diagnostics.
    pub diagnostics: Diagnostics,
}

/// Generates a module.
///
/// The same input gives the same bytes.
///
/// ```
/// use confluence_codegen::{Input, Source, generate};
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
/// let generated = generate(&Input::new("pets", Source::new("pets.yaml", spec)))?;
/// assert!(generated.code.contains("pub fn get_pet("));
/// # Ok::<(), confluence_codegen::Error>(())
/// ```
///
/// # Errors
/// The document or an overlay has errors, or a diagnostic is denied; the error lists all of them.
pub fn generate(input: &Input) -> Result<Generated, Error> {
    let mut modules = generate_together(std::slice::from_ref(input))?;
    modules
        .pop()
        .ok_or_else(|| Error::setup("there is no document to generate from"))
}

/// Generates modules that are included side by side.
///
/// A type that several of them have is defined by the first one and re-exported by the others.
///
/// # Errors
/// A document, an overlay or a supplement has errors, a diagnostic is denied, or a configured long-running task does not
/// match its schema; the error lists all of them.
pub fn generate_together(inputs: &[Input]) -> Result<Vec<Generated>, Error> {
    stack::deep(|| {
        let modules = plans(inputs)?.into_iter().zip(inputs);
        let modules = modules.map(|((plan, diagnostics), input)| {
            let code = render::render(&plan, &input.options.runtime, diagnostics.sources.used())?;
            Ok(Generated { code, diagnostics })
        });
        modules.collect()
    })?
}

/// Returns the diagnostics of a document: those of [`generate`], and those of examples that contradict their schemas.
///
/// The examples of schemas, parameters, headers, and JSON requests and responses are checked.
///
/// # Errors
/// The document, an overlay or a supplement has errors; the error lists all that were found.
#[cfg(feature = "cli")]
pub fn check(input: &Input) -> Result<Diagnostics, Error> {
    let (_, mut diagnostics) = plan_one(input)?;
    let supplements: Vec<&load::Supplement> = input.supplements.iter().map(Arc::as_ref).collect();
    let examples = stack::deep(|| load::check_examples(input.texts(&supplements)))?;
    examples.into_iter().for_each(|one| diagnostics.push_original(one));
    Ok(diagnostics)
}

/// Plans the module of a single input.
fn plan_one(input: &Input) -> Result<(plan::Plan, Diagnostics), Error> {
    let mut plans = stack::deep(|| plans(std::slice::from_ref(input)))??;
    plans
        .pop()
        .ok_or_else(|| Error::setup("there is no document to generate from"))
}

/// Plans modules that are included side by side, each with the diagnostics of its document.
fn plans(inputs: &[Input]) -> Result<Vec<(plan::Plan, Diagnostics)>, Error> {
    let (apis, found) = apis(inputs)?;
    plan_all(apis, inputs, found)
}

/// Loads the documents of inputs.
fn apis(inputs: &[Input]) -> Result<(Vec<lower::Api>, Vec<Diagnostics>), Error> {
    let levels = inputs.iter().map(|input| input.levels.known().map(Diagnostics::new));
    let mut found: Vec<Diagnostics> = levels.collect::<Result<_, _>>().map_err(Error::setup)?;
    let documents = inputs.iter().zip(&mut found).map(|(input, diagnostics)| {
        let supplements: Vec<&load::Supplement> = input.supplements.iter().map(Arc::as_ref).collect();
        let document = load::load(input.texts(&supplements), diagnostics)?;
        Some(lower::lower(&document, &input.selection, diagnostics))
    });
    let apis: Vec<Option<lower::Api>> = documents.collect();
    // Denied diagnostics do not stop here, so that later ones are reported together with them.
    if found.iter().any(Diagnostics::has_fatal) {
        return Err(in_documents(found));
    }
    let apis: Vec<lower::Api> = apis.into_iter().flatten().collect();
    check_selection(&apis, inputs, &mut found);
    Ok((apis, found))
}

/// Warns of tags that operations are selected by, and that none has, and of selections without any operation.
fn check_selection(apis: &[lower::Api], inputs: &[Input], found: &mut [Diagnostics]) {
    let at = Pointer::root().join("paths");
    let mut known: BTreeSet<&str> = apis.iter().flat_map(|api| &api.tags).map(String::as_str).collect();
    let is_all_empty = apis.iter().all(|api| api.operations.is_empty());
    for (input, diagnostics) in inputs.iter().zip(found) {
        if is_all_empty && input.selection.take.is_some() {
            let diagnostic = Diagnostic::new(Code::Selection, &at, "no operation is selected");
            diagnostics.push(diagnostic.help("methods are in upper case, and paths begin at the root of the site"));
        }
        for tag in &input.selection.tags {
            let meant = nearest::nearest(tag, known.iter().copied());
            if known.insert(tag) {
                let diagnostic = Diagnostic::new(Code::Selection, &at, format!("no operation has the tag `{tag}`"));
                diagnostics.push(match meant {
                    Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                    None => diagnostic.help("fix the tag in the build script or the command line"),
                });
            }
        }
    }
}

/// Plans the modules of loaded documents.
fn plan_all(
    apis: Vec<lower::Api>,
    inputs: &[Input],
    mut found: Vec<Diagnostics>,
) -> Result<Vec<(plan::Plan, Diagnostics)>, Error> {
    let options: Vec<&plan::Options> = inputs.iter().map(|input| &input.options).collect();
    plan::check(&apis, &options)?;
    let plans = plan::plan(apis, &options, &mut found);
    diagnostic::check_counts(&mut found);
    if found.iter().any(Diagnostics::has_errors) {
        return Err(in_documents(found));
    }
    Ok(plans.into_iter().zip(found).collect())
}

/// Returns the error for diagnostics that include an error.
fn in_documents(mut found: Vec<Diagnostics>) -> Error {
    found.retain(Diagnostics::has_errors);
    Error::in_documents(found)
}
