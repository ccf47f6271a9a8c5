//! The command line: arguments and help texts.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::document::Additions;

const STATUSES: &str = "Exit status:
  0  success
  1  a document has errors, or a check failed
  2  the command line is invalid, or a file cannot be read or written";

/// Generates typed Rust clients from OpenAPI documents, and describes them
#[derive(Parser)]
#[command(name = "cargo-codegen", bin_name = "cargo codegen", version, after_help = STATUSES)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Print the module for a document
    Generate(Generate),
    /// Print the diagnostics of documents, including examples that contradict their schemas
    Check(Check),
    /// Explain a diagnostic, with an example and how to fix it
    Explain(Explain),
    /// List operations and types with their Rust names and their places in the document
    Inspect(Inspect),
    /// Show what a newer document changes in the Rust API, and whether it is a breaking change
    Diff(Diff),
    /// Replace the document with a newer one, unless that breaks the build
    Refresh(Refresh),
    /// Write an overlay to start with
    Suggest(Suggest),
    /// Print a script for shell completions
    Completions(Completions),
}

#[derive(Args)]
#[command(after_help = "Warnings are printed to standard error.

Example:
  cargo codegen generate spec/space.yaml --overlay spec/space.overlay.yaml -o src/space.rs

Exit status:
  0  the module was generated
  1  the document, an overlay or a supplement has errors
  2  the command line is invalid, or a file cannot be read or written")]
pub struct Generate {
    /// The document, in YAML or JSON; the module is named after the file
    pub spec: PathBuf,
    #[command(flatten)]
    pub additions: Additions,
    /// The path of the runtime crate in generated code
    #[arg(long, value_name = "PATH", default_value = "::confluence_rest")]
    pub runtime: String,
    /// Write the module to this file, atomically
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Args)]
#[command(after_help = "Example:
  cargo codegen check spec/longtask.yaml --overlay spec/longtask.overlay.yaml
  cargo codegen check spec/jira.yaml --deny undeclared-variable --allow dangling-ref=30

--allow, --warn and --deny take a code, as shown in brackets; `cargo codegen explain` lists all. Errors other than
overlay-no-match cannot be allowed or made warnings.

With --format json, the output is one object: { \"version\": 1, \"diagnostics\": [...] }. Each diagnostic has
  document  the file that was checked
  code      the kind of diagnostic: \"dangling-ref\"
  severity  \"error\", \"warning\" or \"note\"
  message   what is wrong
  pointer   the place in the document, as a URI fragment with a JSON Pointer: \"#/info\"
  file      the file with that place: the document, an overlay or a supplement; or null
  line      the line, from 1, or null
  column    the column, from 1, in characters, or null
  end       { \"line\", \"column\" } after the last character, or null
  help      what the generator does about it, or how to fix it, or null
  related   related places: objects with label (a description), pointer, file, line, column and end
The version changes when a member is removed or its meaning changes; members may be added.

Exit status:
  0  no document has errors; there may be warnings and notes
  1  a document, an overlay or a supplement has errors, a denied diagnostic was found, or an allowed count differs
  2  the command line is invalid, or a file cannot be read")]
pub struct Check {
    /// The documents, in YAML or JSON; each is checked on its own
    #[arg(required = true, value_name = "SPEC")]
    pub specs: Vec<PathBuf>,
    #[command(flatten)]
    pub additions: Additions,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args)]
#[command(after_help = "Example:
  cargo codegen explain dangling-ref

Exit status:
  0  the diagnostic was explained
  2  the diagnostic is unknown, or the command line is invalid")]
pub struct Explain {
    /// The code, as shown in brackets; without it, all codes are listed
    pub code: Option<String>,
}

#[derive(Args)]
#[command(after_help = "Example:
  cargo codegen inspect spec/longtask.yaml --overlay spec/longtask.overlay.yaml

With --format json, the output is one object: { \"version\": 1, \"module\", \"operations\": [...], \"types\": [...] }. An operation has
  function, signature, request  the names in Rust
  id, method, path, tags        as in the document
  deprecated                    true or false
  arguments                     { name, type, required, place, deprecated }: arguments of the function (required) and setters
  output, choices               the type of a successful response, and its variants: { name, body }
  long_task, lists              whether it can be waited for, and the item type of its pages
  errors                        the documented errors: { name, status, body }
  scopes, connect_scope         groups of { scheme, state, scopes }, and the scope of Connect apps
  security                      alternatives of security schemes
  pointer                       the place in the document
A type has a name, a kind and a pointer, and, depending on the kind,
  struct                        fields { name, member, type, presence, setter, pointer }, long_task, started_task, lists,
                                next: the members that link to the next page
  enum                          values { name, value }
  union                         discriminator, variants { name, type }
  alias                         target
The version changes when a member is removed or its meaning changes; members may be added.

Exit status:
  0  the module was listed
  1  the document, an overlay or a supplement has errors
  2  the command line is invalid, or a file cannot be read")]
pub struct Inspect {
    /// The document, in YAML or JSON
    pub spec: PathBuf,
    #[command(flatten)]
    pub additions: Additions,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args)]
#[command(after_help = "Overlays, supplements and the other options apply to both documents.

Example:
  cargo codegen diff spec/longtask.yaml new.yaml --overlay spec/longtask.overlay.yaml --format markdown

A change is
  breaking       code that compiled may no longer compile, or needs a token with more scopes
  compatible     code that compiled still compiles
  documentation  only documentation, or data about the document, changes

With --format json, the output is one object: { \"version\": 1, \"step\", \"changes\": [...] }. The step is \"major\", \"minor\", \"patch\" or
\"none\", for versions from 1.0. Each change has
  level    \"breaking\", \"compatible\" or \"documentation\"
  code     the kind of change: \"field-gone\"
  subject  what changes: a function, a type such as \"model::Space\", or \"module\"
  message  a description of the change
  pointer  the place in the new document, or in the old one if it was removed
The version changes when a member is removed or its meaning changes; members and codes may be added.

Exit status:
  0  the documents were compared, with or without changes
  1  a document, an overlay or a supplement has errors
  2  the command line is invalid, or a file cannot be read")]
pub struct Diff {
    /// The current document, in YAML or JSON
    pub old: PathBuf,
    /// The newer document
    pub new: PathBuf,
    #[command(flatten)]
    pub additions: Additions,
    /// Resolve references to other files relative to this path, for both documents
    #[arg(long, value_name = "PATH")]
    pub at: Option<PathBuf>,
    /// The output format
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
}

#[derive(Args)]
#[command(
    after_help = "Shows the changes as `diff` does, and replaces the document if the newer one has no errors and its overlays still
apply (without --overlay, those in the same folder: NAME.overlay.yaml, and those that extend it). The old document is restored if
`cargo check` fails in the package that contains it, or is interrupted.

Example:
  cargo codegen refresh ~/Downloads/longtask.yaml
  cargo codegen refresh ~/Downloads/space.yaml --spec spec/space.yaml -- --package spaces

Exit status:
  0    the document was replaced
  1    the old document was kept: the newer one or an overlay has errors, or `cargo check` failed
  2    the command line is wrong, or a file cannot be read or written
  130  interrupted: the old document was kept"
)]
pub struct Refresh {
    /// The newer document, in YAML or JSON
    pub new: PathBuf,
    /// The document to replace
    #[arg(long, value_name = "PATH", default_value = "spec/longtask.yaml")]
    pub spec: PathBuf,
    #[command(flatten)]
    pub additions: Additions,
    /// Arguments of `cargo check`
    #[arg(last = true, value_name = "ARGUMENT", default_values = ["--workspace", "--all-targets"])]
    pub cargo: Vec<OsString>,
}

#[derive(Args)]
#[command(
    after_help = "The overlay contains a missing base path, security schemes and schemas that are used but not declared, and the
current names of functions as `x-rust-name`. It can be used unchanged, after the overlays that are passed with --overlay.

Example:
  cargo codegen suggest spec/space.yaml -o spec/space.overlay.yaml

Exit status:
  0  the overlay was printed or written
  1  the document, an overlay or a supplement has errors
  2  the command line is invalid, a file cannot be read or written, or the output file already exists"
)]
pub struct Suggest {
    /// The document, in YAML or JSON
    pub spec: PathBuf,
    #[command(flatten)]
    pub additions: Additions,
    /// Write the overlay to this file, which must not exist
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Args)]
#[command(
    after_help = "Cargo's own completion does not know subcommands, so the script completes `cargo-codegen`, which is the same command.

Example:
  cargo codegen completions bash > ~/.local/share/bash-completion/completions/cargo-codegen

Exit status:
  0  the script was printed
  2  the command line is invalid"
)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// The output format of `diff`.
#[derive(Clone, Copy, ValueEnum)]
pub enum DiffFormat {
    Text,
    Markdown,
    Json,
}

/// The output format.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Text,
    Json,
}
