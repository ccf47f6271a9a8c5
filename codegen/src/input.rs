//! The input of the generator: a document with what belongs to it, and the settings.

use std::path::Path;
use std::sync::Arc;

use crate::{Candidate, Level, LongTask, Source, diagnostic, load, lower, plan};

/// The input of the generator, in memory.
///
/// [`Config`](crate::Config) is for files.
#[derive(Clone, Debug)]
pub struct Input {
    pub(crate) spec: Arc<Source>,
    pub(crate) overlays: Vec<Arc<Source>>,
    pub(crate) supplements: Vec<Arc<load::Supplement>>,
    pub(crate) files: load::Files,
    pub(crate) selection: lower::Selection,
    pub(crate) levels: diagnostic::Levels,
    pub(crate) options: plan::Options,
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

    /// Adds an overlay.
    ///
    /// Overlays are applied in the order in which they are added.
    pub fn overlay(mut self, overlay: Source) -> Self {
        self.overlays.push(Arc::new(overlay));
        self
    }

    /// Adds a document whose components are used if the spec refers to one that it does not define.
    ///
    /// If several define a component differently, the first one is used, with a warning.
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

    /// Sets the path of the document on disk.
    ///
    /// Files that it refers to are read from its folder and subfolders, and may refer to the document by its name.
    /// Files added with [`file`](Self::file) take precedence. By default, no files are read.
    pub fn path(mut self, spec: impl AsRef<Path>) -> Self {
        self.files = self.files.beside(spec.as_ref(), false);
        self
    }

    /// Generates only the operations that have one of these tags, and the models that they use.
    ///
    /// Further calls add tags.
    pub fn tags(mut self, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.selection.tags.extend(tags.into_iter().map(Into::into));
        self
    }

    /// Generates only the operations for which a function returns `true`, and the models that they use.
    ///
    /// If there are also [`tags`](Self::tags), an operation needs one of them, too. A later function replaces an
    /// earlier one.
    pub fn operations(mut self, take: impl Fn(&Candidate<'_>) -> bool + Send + Sync + 'static) -> Self {
        self.selection.take = Some(lower::Take(Arc::new(take)));
        self
    }

    /// Declares that a schema is the status of a long-running task.
    ///
    /// This is needed for those that are not recognized by their shape.
    pub fn long_task(mut self, task: LongTask) -> Self {
        self.options.long_tasks.push(task);
        self
    }

    /// Sets the level of a diagnostic, by its code, such as `dangling-ref`.
    ///
    /// The last setting for a code applies.
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

    /// Allows exactly `count` diagnostics of a code.
    ///
    /// If there are more or fewer, that is an error, and all of them are shown.
    ///
    /// Documents that are [generated together](crate::generate_together) are counted together: their counts are added up.
    pub fn allow(mut self, code: impl Into<String>, count: usize) -> Self {
        self.levels.count(code.into(), count);
        self
    }

    /// Sets whether the words of an `operationId` are separated if a publisher's tool has joined them.
    ///
    /// The default is `true`. It applies to documents whose title, operationIds and summaries all begin with the same
    /// word before overlays, such as `Atlassian` in `atlassianGettask` and "Atlassian Get Long Running Task". That word
    /// is removed from function names and summaries, and the rest is separated into words that occur in the summary,
    /// the description, the path, the tags or the parameters of the operation: the function is `get_task`. Letters that
    /// match none of them stay together. The words of a name do not depend on other operations, but an added operation
    /// without the mark leaves all IDs unchanged. `x-rust-name` takes precedence, and `OperationInfo::id` is always the
    /// `operationId`.
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
    pub(crate) fn texts<'a>(&'a self, supplements: &'a [&'a load::Supplement]) -> load::Texts<'a> {
        load::Texts {
            spec: &self.spec,
            overlays: &self.overlays,
            supplements,
            files: &self.files,
            tags: &self.selection.tags,
            split_names: self.options.split_names,
        }
    }

    /// Sets the path of the runtime in generated code.
    ///
    /// The default is `::confluence_rest`.
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
