//! The API for build scripts: together with its submodules, the only code that uses the file system and the environment.

mod changes;
mod files;

use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use self::files::overlays_beside;
use self::files::{Sources, Spec, module_name, read_dir, same_module, write};
use crate::load::Supplement;
use crate::stack::deep;
use crate::{Candidate, Error, Input, Level, LongTask, Source, generate_together, plan};

/// Generates modules from files, from within a build script.
///
/// Each document becomes a file in `OUT_DIR` that `confluence_rest::include_spec!` includes. The script runs again when one of the
/// files changes. Cargo prints a line for each kind of warning in a document, and repeats it in builds that do not run the script;
/// `cargo codegen check` shows all diagnostics, and [`level`](Self::level) sets which are reported. If a document has changed since
/// the previous build, whose copy is kept in `OUT_DIR`, a line names the command that shows the changes.
///
/// Include the modules side by side in one module: a type that is the same in several of them is defined by the first, and
/// the others refer to it.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), confluence_codegen::Error> {
///     confluence_codegen::Config::new().spec("spec/space.yaml").build()
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is generated before `build` is called"]
pub struct Config {
    specs: Vec<Spec>,
    dirs: Vec<PathBuf>,
    supplements: Vec<PathBuf>,
    /// The settings for every document; its own document is not used.
    settings: Input,
    out_dir: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            specs: Vec::new(),
            dirs: Vec::new(),
            supplements: Vec::new(),
            settings: Input::new("", Source::new("", "")),
            out_dir: None,
        }
    }
}

impl Config {
    /// Creates a configuration without documents.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a document.
    ///
    /// Its module is named after the file, in snake case. Files that it refers to (`$ref: schemas.yaml#/User`) are read
    /// from its folder and subfolders. See [`Input::file`].
    pub fn spec(mut self, path: impl Into<PathBuf>) -> Self {
        self.specs.push(Spec {
            path: path.into(),
            overlays: Vec::new(),
        });
        self
    }

    /// Adds an OpenAPI Overlay to the document of the last [`spec`](Self::spec); without one, [`build`](Self::build)
    /// returns an error.
    ///
    /// Overlays of a document are applied in the order in which they are added. Documents of a
    /// [`spec_dir`](Self::spec_dir) have theirs beside them.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        match self.specs.last_mut() {
            Some(spec) => spec.overlays.push(path),
            None => self.specs.push(Spec {
                path: PathBuf::new(),
                overlays: vec![path],
            }),
        }
        self
    }

    /// Adds every document in a folder, but not in its subfolders: all files that end in `.yaml`, `.yml` or `.json`.
    ///
    /// `name.overlay.yaml` is an overlay of `name.yaml`, or of the file in the same folder that it `extends`. Several
    /// overlays of a document are applied in the order of their names. A file that another one refers to, and that has
    /// no member `openapi`, is a part of that document: it has no module.
    ///
    /// Documents of the folder that belong to the same API provide missing components for each other: those that have the same server,
    /// and paths that start with the same segment, such as `/wiki`. A document without servers and paths goes with all others.
    /// Components of other APIs are only used if they are added with [`supplement`](Self::supplement), with a warning.
    pub fn spec_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.dirs.push(path.into());
        self
    }

    /// Adds a document that provides missing components for all documents, and has no module of its own.
    ///
    /// There is a warning, `other-api`, if it describes another API than a document that takes components from it, since those
    /// of the same name often differ: use a `Config` for each product.
    ///
    /// If several define a component differently, the first definition is used, with a warning. Supplements take
    /// precedence over the documents of a [`spec_dir`](Self::spec_dir), which provide components for each other in the
    /// order of their names.
    pub fn supplement(mut self, path: impl Into<PathBuf>) -> Self {
        self.supplements.push(path.into());
        self
    }

    /// Generates only the operations that have one of these tags.
    ///
    /// See [`Input::tags`].
    pub fn tags(self, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.each(|input| input.tags(tags))
    }

    /// Generates only the operations for which a function returns `true`.
    ///
    /// See [`Input::operations`].
    ///
    /// ```no_run
    /// # fn main() -> Result<(), confluence_codegen::Error> {
    /// confluence_codegen::Config::new()
    ///     .spec("spec/content.yaml")
    ///     .operations(|operation| operation.method == "GET")
    ///     .build()
    /// # }
    /// ```
    pub fn operations(self, take: impl Fn(&Candidate<'_>) -> bool + Send + Sync + 'static) -> Self {
        self.each(|input| input.operations(take))
    }

    /// Declares that a schema of one of the documents is the status of a long-running task.
    ///
    /// See [`Input::long_task`].
    pub fn long_task(self, task: LongTask) -> Self {
        self.each(|input| input.long_task(task))
    }

    /// Sets the level of a diagnostic, by its code, for all documents.
    ///
    /// See [`Input::level`].
    ///
    /// ```no_run
    /// use confluence_codegen::{Config, Level};
    ///
    /// # fn main() -> Result<(), confluence_codegen::Error> {
    /// Config::new()
    ///     .spec("spec/space.yaml")
    ///     .level("dangling-ref", Level::Deny)
    ///     .level("undocumented-body", Level::Allow)
    ///     .build()
    /// # }
    /// ```
    pub fn level(self, code: impl Into<String>, level: Level) -> Self {
        self.each(|input| input.level(code, level))
    }

    /// Allows exactly `count` diagnostics of a code, in all documents together.
    ///
    /// See [`Input::allow`].
    ///
    /// ```no_run
    /// # fn main() -> Result<(), confluence_codegen::Error> {
    /// // One more or one less is an error, which shows all of them.
    /// confluence_codegen::Config::new().spec("spec/jira.yaml").allow("dangling-ref", 30).build()
    /// # }
    /// ```
    pub fn allow(self, code: impl Into<String>, count: usize) -> Self {
        self.each(|input| input.allow(code, count))
    }

    /// Sets whether the words of an `operationId` are separated if a publisher's tool has joined them.
    ///
    /// The default is `true`. See [`Input::split_names`].
    pub fn split_names(self, split: bool) -> Self {
        self.each(|input| input.split_names(split))
    }

    /// Sets the path of the runtime in generated code.
    ///
    /// See [`Input::runtime`].
    pub fn runtime(self, path: impl Into<String>) -> Self {
        self.each(|input| input.runtime(path))
    }

    /// Sets the path of the module that includes the generated ones.
    ///
    /// See [`Input::parent`]. The default is the root of the package's library.
    pub fn parent(self, path: impl Into<String>) -> Self {
        self.each(|input| input.parent(path))
    }

    /// Changes the settings of every document.
    fn each(mut self, set: impl FnOnce(Input) -> Input) -> Self {
        self.settings = set(self.settings);
        self
    }

    /// Sets the folder to write to.
    ///
    /// The default is `OUT_DIR`.
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// Generates the modules.
    ///
    /// # Errors
    /// There is no document, or a setting is wrong; a file cannot be read or written; two documents have the same module name; a
    /// document has errors, or a diagnostic is denied. Previously generated modules are kept.
    pub fn build(self) -> Result<(), Error> {
        let Some(out_dir) = self
            .out_dir
            .clone()
            .or_else(|| env::var_os("OUT_DIR").map(PathBuf::from))
        else {
            return Err(Error::setup(
                "OUT_DIR is not set: call this from a build script, or set `out_dir`",
            ));
        };
        let (inputs, paths) = self.inputs(&out_dir)?;
        let modules = generate_together(&inputs)?;
        for line in modules.iter().flat_map(|module| module.diagnostics.folded()) {
            warn(&line);
        }
        let files = paths.iter().map(PathBuf::as_path).zip(&modules);
        write(files.map(|(path, module)| (path, module.code.as_str())))?;
        // Outside of a build script, there is nowhere to keep documents.
        let Some(folder) = env::var_os("OUT_DIR").map(|folder| PathBuf::from(folder).join("documents")) else {
            return Ok(());
        };
        let is_trial = env::var_os(changes::TRIAL).is_some();
        for (input, module) in inputs.iter().zip(&modules) {
            if let Some(line) = changes::keep(&folder, &input.options.module, &module.diagnostics.sources, is_trial)? {
                warn(&line);
            }
        }
        Ok(())
    }

    /// The inputs, each with the path of its module.
    fn inputs(&self, out_dir: &Path) -> Result<(Vec<Input>, Vec<PathBuf>), Error> {
        let mut specs = self.specs.clone();
        let mut sources = Sources::default();
        // The documents of each folder, as supplements of each other.
        let mut siblings: Vec<(PathBuf, PathBuf, Arc<Supplement>)> = Vec::new();
        for dir in &self.dirs {
            println!("cargo::rerun-if-changed={}", dir.display());
            for spec in deep(|| read_dir(dir))?? {
                let overlays = spec.overlays.iter().map(|path| sources.read(path));
                let overlays = overlays.collect::<Result<_, _>>()?;
                let supplement = Arc::new(Supplement::sibling(sources.read(&spec.path)?, overlays));
                siblings.push((dir.clone(), spec.path.clone(), supplement));
                specs.push(spec);
            }
        }
        let supplements = self
            .supplements
            .iter()
            .map(|path| Ok(Arc::new(Supplement::new(sources.read(path)?))));
        let supplements = supplements.collect::<Result<Vec<_>, Error>>()?;
        if specs.is_empty() {
            return Err(Error::setup(
                "there is no document to generate from: add one with `spec` or `spec_dir`",
            ));
        }
        let (mut inputs, mut paths) = (Vec::new(), Vec::new());
        for spec in &specs {
            let mut input = self.input(spec, &mut sources)?;
            if !inputs.is_empty() {
                input.levels = input.levels.without_counts();
            }
            let dir = siblings
                .iter()
                .find(|(_, path, _)| *path == spec.path)
                .map(|(dir, _, _)| dir);
            let others = siblings
                .iter()
                .filter(|(own, path, _)| Some(own) == dir && *path != spec.path);
            let others = others.map(|(_, _, supplement)| supplement);
            input.supplements = supplements.iter().chain(others).cloned().collect();
            let path = out_dir.join(format!("{}.rs", input.options.module));
            let before = paths.iter().zip(&specs).find(|(taken, _)| **taken == path);
            if let Some((_, before)) = before {
                return Err(same_module(&input.options.module, &before.path, &spec.path));
            }
            paths.push(path);
            inputs.push(input);
        }
        Ok((inputs, paths))
    }

    /// Reads the files of one document.
    fn input(&self, spec: &Spec, sources: &mut Sources) -> Result<Input, Error> {
        if let (true, [overlay, ..]) = (spec.path.as_os_str().is_empty(), spec.overlays.as_slice()) {
            let overlay = overlay.display();
            return Err(Error::setup(format!(
                "the overlay `{overlay}` is set before any `spec`: add its document first"
            )));
        }
        let mut input = self.settings.clone();
        input.spec = sources.read(&spec.path)?;
        input.options.module = module_name(&spec.path);
        input.files = input.files.beside(&spec.path, true);
        for overlay in &spec.overlays {
            input.overlays.push(sources.read(overlay)?);
        }
        if input.options.parent.is_none() {
            let name = env::var("CARGO_PKG_NAME").ok().map(|name| name.replace('-', "_"));
            input.options.parent = name.filter(|name| plan::is_path(name));
        }
        Ok(input)
    }
}

/// Prints a line of a build. The paths of its command are relative to the package, in which build scripts run; if `OUT_DIR` is not below
/// it, as in a workspace or a dependency, Cargo was probably started elsewhere.
fn warn(line: &str) {
    let here = env::current_dir().ok().filter(|here| {
        let out_dir = env::var_os("OUT_DIR").map(PathBuf::from);
        line.contains("`cargo codegen ") && out_dir.is_some_and(|out_dir| !out_dir.starts_with(here))
    });
    match here {
        Some(here) => println!("cargo::warning={line}; run it in {}", here.display()),
        None => println!("cargo::warning={line}"),
    }
}
