#![doc = include_str!("../README.md")]
#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
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
mod load;
mod long_task;
mod lower;
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
use std::path::Path;
use std::sync::Arc;

pub use config::{Config, overlays_beside};
pub use diagnostic::{Code, Diagnostic, Diagnostics, Level, Located, Related, Severity, UnknownCode};
pub use error::Error;
pub use long_task::LongTask;
pub use lower::Candidate;
pub use pointer::Pointer;
pub use source::{Location, Source};
pub use suggest::suggest;

/// The input of the generator, in memory. [`Config`] is for files.
#[derive(Clone, Debug)]
pub struct Input {
    spec: Arc<Source>,
    overlays: Vec<Arc<Source>>,
    supplements: Vec<Arc<load::Supplement>>,
    files: load::Files,
    selection: lower::Selection,
    levels: diagnostic::Levels,
    options: plan::Options,
}

impl Input {
    /// Creates an input from the name of the module to generate and a document.
    pub fn new(module: impl Into<String>, spec: Source) -> Self {
        Self {
            spec: Arc::new(spec),
            overlays: Vec::new(),
            supplements: Vec::new(),
            files: load::Files::default(),
            selection: lower::Selection::default(),
            levels: diagnostic::Levels::default(),
            options: plan::Options {
                module: module.into(),
                runtime: "::confluence_rest".to_owned(),
                parent: None,
                long_tasks: Vec::new(),
                split_names: true,
            },
        }
    }

    /// Adds an overlay. Overlays are applied in the order in which they are added.
    pub fn overlay(mut self, overlay: Source) -> Self {
        self.overlays.push(Arc::new(overlay));
        self
    }

    /// Adds a document whose components are used if the spec refers to one that it does not define. If several define a
    /// component differently, the first one is used, with a warning.
    pub fn supplement(mut self, document: Source) -> Self {
        self.supplements
            .push(Arc::new(load::Supplement::new(Arc::new(document))));
        self
    }

    /// Adds a file that the document refers to, as in `$ref: schemas.yaml#/User`, by its path from the folder of the document.
    ///
    /// The target of a reference becomes a component of the document, to which overlays of the document apply. It keeps its name from
    /// the file, prefixed with the name of the file if the document already has a component of this name.
    ///
    /// ```
    /// use confluence_codegen::{Input, Source, generate};
    ///
    /// let spec = "
    /// openapi: 3.0.1
    /// info: { title: Pets, version: '1' }
    /// paths: {}
    /// components: { schemas: { Pets: { type: array, items: { $ref: 'schemas.yaml#/Pet' } } } }
    /// ";
    /// let schemas = Source::new("schemas.yaml", "Pet: { type: object, properties: { name: { type: string } } }");
    /// let input = Input::new("pets", Source::new("pets.yaml", spec)).file("schemas.yaml", schemas);
    /// assert!(generate(&input)?.code.contains("pub struct Pet {"));
    /// # Ok::<(), confluence_codegen::Error>(())
    /// ```
    pub fn file(mut self, path: impl Into<String>, file: Source) -> Self {
        self.files.given.insert(path.into(), Arc::new(file));
        self
    }

    /// Sets the path of the document on disk. Files that it refers to are read from its folder and subfolders, and may refer to the
    /// document by its name. Files added with [`file`](Self::file) take precedence. By default, no files are read.
    pub fn path(mut self, spec: impl AsRef<Path>) -> Self {
        self.files = self.files.beside(spec.as_ref(), false);
        self
    }

    /// Generates only the operations that have one of these tags, and the models that they use.
    pub fn tags(mut self, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.selection.tags.extend(tags.into_iter().map(Into::into));
        self
    }

    /// Generates only the operations for which a function returns `true`, and the models that they use.
    pub fn operations(mut self, take: impl Fn(&Candidate<'_>) -> bool + Send + Sync + 'static) -> Self {
        self.selection.take = Some(lower::Take(Arc::new(take)));
        self
    }

    /// Adds a long-running task that is not recognized by its schema.
    pub fn long_task(mut self, task: LongTask) -> Self {
        self.options.long_tasks.push(task);
        self
    }

    /// Sets the level of a diagnostic, by its code, such as `dangling-ref`. The last setting for a code applies.
    ///
    /// Each code that is a warning or a note can be set to each level, and so can `overlay-no-match`. The other errors stop the
    /// generation and can only be denied. `cargo codegen explain` lists the codes.
    ///
    /// ```
    /// use confluence_codegen::{Code, Input, Level, Source, generate};
    ///
    /// let spec = "
    /// openapi: 3.0.1
    /// info: { title: Pets, version: '1' }
    /// paths: {}
    /// components: { schemas: { Pets: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
    /// ";
    /// let input = Input::new("pets", Source::new("pets.yaml", spec));
    /// let generated = generate(&input)?;
    /// assert_eq!(generated.diagnostics.iter().next().map(|one| one.code), Some(Code::DanglingRef));
    /// assert!(generate(&input.clone().level("dangling-ref", Level::Deny)).is_err());
    /// assert_eq!(generate(&input.level("dangling-ref", Level::Allow))?.diagnostics.iter().count(), 0);
    /// # Ok::<(), confluence_codegen::Error>(())
    /// ```
    pub fn level(mut self, code: impl Into<String>, level: Level) -> Self {
        self.levels.set(code.into(), level);
        self
    }

    /// Allows exactly `count` diagnostics of a code. If there are more or fewer, that is an error, and all of them are shown.
    ///
    /// Documents that are [generated together](generate_together) are counted together: their counts are added up.
    pub fn allow(mut self, code: impl Into<String>, count: usize) -> Self {
        self.levels.count(code.into(), count);
        self
    }

    /// Sets whether the words of an `operationId` are separated if a publisher's tool has joined them. The default is
    /// `true`.
    ///
    /// It applies to documents whose title, operationIds and summaries all begin with the same word, such as
    /// `Atlassian` in `atlassianGettask` and "Atlassian Get Long Running Task". That word is removed from function
    /// names and summaries, and the rest is separated into words that occur in the summary, the description, the path,
    /// the tags or the parameters of the operation: the function is `get_task`. Letters that match none of them stay
    /// together. A name does not depend on other operations; `x-rust-name` takes precedence; and `OperationInfo::id` is
    /// always the `operationId`.
    ///
    /// ```
    /// use confluence_codegen::{Input, Source, generate};
    ///
    /// let spec = "
    /// openapi: 3.0.1
    /// info: { title: Acme Pets, version: '1' }
    /// paths:
    ///   /pet-owners:
    ///     get:
    ///       operationId: acmeGetpetowners
    ///       summary: Acme Get Pet Owners
    ///       responses: { '204': { description: There are some. } }
    /// ";
    /// let input = Input::new("pets", Source::new("pets.yaml", spec));
    /// assert!(generate(&input)?.code.contains("pub fn get_pet_owners("));
    /// assert!(generate(&input.split_names(false))?.code.contains("pub fn acme_getpetowners("));
    /// # Ok::<(), confluence_codegen::Error>(())
    /// ```
    pub fn split_names(mut self, split: bool) -> Self {
        self.options.split_names = split;
        self
    }

    /// The texts of the document. Supplements are passed in, as they are shared between inputs.
    fn texts<'a>(&'a self, supplements: &'a [&'a load::Supplement]) -> load::Texts<'a> {
        load::Texts {
            spec: &self.spec,
            overlays: &self.overlays,
            supplements,
            files: &self.files,
            tags: &self.selection.tags,
        }
    }

    /// Sets the path of the runtime in generated code. The default is `::confluence_rest`.
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.options.runtime = path.into();
        self
    }

    /// Sets the path of the module around the generated one, as users of the crate write it (`my_crate::api`), so that the
    /// examples in the documentation are compiled.
    pub fn parent(mut self, path: impl Into<String>) -> Self {
        self.options.parent = Some(path.into());
        self
    }
}

/// A generated module.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Generated {
    /// The Rust code: one `pub mod`.
    pub code: String,
    /// The diagnostics.
    pub diagnostics: Diagnostics,
}

/// Generates a module. The same input gives the same bytes.
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

/// Generates modules that are included side by side. A type that several of them have is defined by the first one and
/// re-exported by the others.
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

/// Returns the diagnostics of a document: those of [`generate`], and those of examples that contradict their schemas. The examples of
/// schemas, parameters, headers, and JSON requests and responses are checked.
///
/// # Errors
/// The document, an overlay or a supplement has errors; the error lists all that were found.
#[cfg(feature = "cli")]
pub fn check(input: &Input) -> Result<Diagnostics, Error> {
    let (_, mut diagnostics) = plan_one(input)?;
    let supplements: Vec<&load::Supplement> = input.supplements.iter().map(Arc::as_ref).collect();
    let examples = stack::deep(|| load::check_examples(input.texts(&supplements)))?;
    examples.into_iter().for_each(|one| diagnostics.push(one));
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
