//! The generators, and how each is run on documents.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use confluence_codegen::{Input, Source, generate_together};

use crate::measure;
use crate::program::{Calls, function_calls, method_calls, our_calls, program};
use crate::project::{Package, Project, Workspace, read, rust_files};
use crate::tools;

/// Documents whose modules belong together.
#[derive(Debug)]
pub struct Documents {
    pub title: &'static str,
    /// What packages are named after.
    pub name: &'static str,
    pub paths: Vec<PathBuf>,
}

/// A generator, with its command where it is one.
#[derive(Debug)]
pub enum Generator {
    Ours,
    Ploidy(Option<PathBuf>),
    OpenapiToRust(Option<PathBuf>),
    OpenapiGenerator(Option<PathBuf>),
}

impl Generator {
    /// All of them, ours first.
    pub fn all(tools: &Path) -> Result<[Self; 4]> {
        Ok([
            Self::Ours,
            Self::Ploidy(tools::from_crates_io(tools, "ploidy", tools::PLOIDY)?),
            Self::OpenapiToRust(tools::from_crates_io(tools, "openapi-to-rust", tools::OPENAPI_TO_RUST)?),
            Self::OpenapiGenerator(tools::from_pypi(
                tools,
                "openapi-generator-cli",
                tools::OPENAPI_GENERATOR,
            )?),
        ])
    }

    /// The name and version.
    pub fn title(&self) -> String {
        match self {
            Self::Ours => "confluence-codegen".to_owned(),
            Self::Ploidy(_) => format!("ploidy {}", tools::PLOIDY),
            Self::OpenapiToRust(_) => format!("openapi-to-rust {}", tools::OPENAPI_TO_RUST),
            Self::OpenapiGenerator(_) => format!("OpenAPI Generator {}", tools::OPENAPI_GENERATOR),
        }
    }

    /// Whether the generator is there.
    pub fn is_installed(&self) -> bool {
        !matches!(
            self,
            Self::Ploidy(None) | Self::OpenapiToRust(None) | Self::OpenapiGenerator(None)
        )
    }

    /// Generates packages. Nothing if the generator refuses a document.
    pub fn generate(&self, documents: &Documents, workspace: &Workspace) -> Result<Option<Project>> {
        match self {
            Self::Ours => ours(documents, workspace),
            Self::OpenapiToRust(Some(command)) => openapi_to_rust(command, documents, workspace),
            Self::Ploidy(Some(command)) => each(documents, workspace, "ploidy", |document, package| {
                ploidy(command, document, package)
            }),
            Self::OpenapiGenerator(Some(command)) => {
                each(documents, workspace, "openapi-generator", |document, package| {
                    openapi_generator(command, document, package)
                })
            }
            _ => Ok(None),
        }
    }
}

/// One package with a module for each document.
fn ours(documents: &Documents, workspace: &Workspace) -> Result<Option<Project>> {
    let package = workspace.package(&format!("ours-{}", documents.name));
    let mut inputs = Vec::new();
    for (number, path) in documents.paths.iter().enumerate() {
        let source = Source::new(path.display().to_string(), read(path)?);
        inputs.push(Input::new(format!("api{number}"), source));
    }
    let modules = match generate_together(&inputs) {
        Ok(modules) => modules,
        Err(error) => {
            eprintln!("    {error}");
            return Ok(None);
        }
    };
    let (mut library, mut calls, mut bytes) = (String::new(), Vec::new(), 0);
    for (number, module) in modules.iter().enumerate() {
        package.source(&format!("api{number}.rs"), &module.code)?;
        library.push_str(&format!("include!(\"api{number}.rs\");\n"));
        bytes += module.code.len() as u64;
        calls.push(Calls {
            imports: format!(
                "    use {}::api{number}::*;\n    use confluence_rest::rt;",
                package.library()
            ),
            client: "confluence_rest::Client".to_owned(),
            calls: our_calls(&module.code)?,
        });
    }
    package.source("lib.rs", &library)?;
    package.source("main.rs", &program(&calls))?;
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("the runtime is not beside this package")?;
    package.manifest(&format!("confluence-rest = {{ path = {runtime:?} }}\n"))?;
    Ok(Some(Project {
        packages: vec![package],
        bytes,
    }))
}

/// One package with a module for each document.
fn openapi_to_rust(command: &Path, documents: &Documents, workspace: &Workspace) -> Result<Option<Project>> {
    let package = workspace.package(&format!("openapi-to-rust-{}", documents.name));
    let (mut library, mut calls, mut bytes) = (String::new(), Vec::new(), 0);
    let mut dependencies: Vec<String> = Vec::new();
    for (number, path) in documents.paths.iter().enumerate() {
        let module = format!("api{number}");
        let folder = package.folder.join("src").join(&module);
        let mut generate = Command::new(command);
        generate.arg("generate").arg(path);
        generate.arg("--output-dir").arg(&folder);
        generate.args(["--module-name", &module]);
        if !measure::succeeds(&mut generate)? {
            workspace.remove(&package)?;
            return Ok(None);
        }
        let name = |line: &str| line.split(' ').next().map(str::to_owned);
        for line in read(&folder.join("REQUIRED_DEPS.toml"))?.lines() {
            if !line.contains(" = ") {
                continue;
            }
            // Modules ask for the same dependencies with more or fewer features; the longest line has all of them.
            match dependencies.iter_mut().find(|known| name(known) == name(line)) {
                Some(known) if known.len() < line.len() => *known = line.to_owned(),
                Some(_) => {}
                None => dependencies.push(line.to_owned()),
            }
        }
        bytes += size(&folder)?;
        library.push_str(&format!("pub mod {module};\n"));
        calls.push(Calls {
            imports: String::new(),
            client: format!("{}::{module}::HttpClient", package.library()),
            calls: method_calls(&read(&folder.join("client.rs"))?, "HttpClient")?,
        });
    }
    package.source("lib.rs", &library)?;
    package.source("main.rs", &program(&calls))?;
    package.manifest(&dependencies.join("\n"))?;
    Ok(Some(Project {
        packages: vec![package],
        bytes,
    }))
}

/// A package for each document, for generators whose code has to be at the root of a crate.
fn each(
    documents: &Documents,
    workspace: &Workspace,
    generator: &str,
    generate: impl Fn(&Path, &Package) -> Result<Option<u64>>,
) -> Result<Option<Project>> {
    let (mut packages, mut bytes) = (Vec::new(), 0);
    for (number, path) in documents.paths.iter().enumerate() {
        let package = workspace.package(&format!("{generator}-{}-{number}", documents.name));
        let size = generate(path, &package)?;
        packages.push(package);
        match size {
            Some(size) => bytes += size,
            None => {
                for package in &packages {
                    workspace.remove(package)?;
                }
                return Ok(None);
            }
        }
    }
    Ok(Some(Project { packages, bytes }))
}

fn ploidy(command: &Path, document: &Path, package: &Package) -> Result<Option<u64>> {
    let mut generate = Command::new(command);
    generate.args(["generate", "rust"]).arg(document);
    generate.arg("--output").arg(&package.folder);
    generate.args(["--name", &package.name]);
    if !measure::succeeds(&mut generate)? {
        return Ok(None);
    }
    let source = package.folder.join("src");
    let bytes = size(&source)?;
    let mut calls = Vec::new();
    for path in rust_files(&source.join("client"))? {
        calls.extend(method_calls(&read(&path)?, "Client")?);
    }
    let library = package.library();
    // The program is a crate of its own.
    let outside = calls
        .iter()
        .map(|call| call.replace("crate ::", &format!("{library} ::")));
    write_program(package, format!("{library}::Client"), outside.collect())?;
    Ok(Some(bytes))
}

fn openapi_generator(command: &Path, document: &Path, package: &Package) -> Result<Option<u64>> {
    let mut generate = Command::new(command);
    generate.args(["generate", "--generator-name", "rust", "--skip-validate-spec"]);
    generate.arg("--input-spec").arg(document);
    generate.arg("--output").arg(&package.folder);
    // Its default, native-tls, needs a C library's headers.
    generate.arg(format!(
        "--additional-properties=packageName={},reqwestDefaultFeatures=rustls",
        package.name
    ));
    // Its command succeeds even if it failed.
    if !measure::succeeds(&mut generate)? || !package.folder.join("src/lib.rs").exists() {
        return Ok(None);
    }
    let source = package.folder.join("src");
    let bytes = size(&source)?;
    let library = package.library();
    let mut calls = Vec::new();
    for path in rust_files(&source.join("apis"))? {
        let module = path.file_stem().unwrap_or_default().to_string_lossy();
        let path_of_module = format!("{library}::apis::{module}::");
        calls.extend(function_calls(&read(&path)?, &path_of_module)?);
    }
    write_program(package, format!("{library}::apis::configuration::Configuration"), calls)?;
    Ok(Some(bytes))
}

fn write_program(package: &Package, client: String, calls: Vec<String>) -> Result<()> {
    let calls = Calls {
        imports: String::new(),
        client,
        calls,
    };
    package.source("main.rs", &program(&[calls]))
}

/// How many bytes of Rust a folder has.
fn size(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for path in rust_files(folder)? {
        bytes += fs::metadata(&path)?.len();
    }
    Ok(bytes)
}
