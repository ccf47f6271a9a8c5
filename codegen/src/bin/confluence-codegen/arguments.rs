//! What the command line says.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::document::Additions;

const STATUSES: &str = "Exit status:
  0  everything is as it should be
  1  a document has errors, or something does not hold
  2  the command line is wrong, or a file cannot be read or written";

/// Generates typed Rust clients from OpenAPI documents, and says what they are
#[derive(Parser)]
#[command(name = "confluence-codegen", bin_name = "cargo codegen", version, after_help = STATUSES)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Print the module for a document
    Generate(Generate),
    /// Print what is found out about documents, and which examples contradict their schemas
    Check(Check),
    /// Say what a diagnostic means, with an example and the ways out
    Explain(Explain),
    /// List operations and types with their Rust names, and where each came from
    Inspect(Inspect),
    /// Say what a newer document changes in the Rust API, and whether that breaks
    Diff(Diff),
    /// Replace the document by a newer one, unless something does not hold with it
    Refresh(Refresh),
    /// Write the overlay that a document is best started with
    Suggest(Suggest),
    /// Print what completes the command line in a shell
    Completions(Completions),
}

#[derive(Args)]
#[command(after_help = "Warnings go to standard error.

Example:
  cargo codegen generate spec/space.yaml --overlay spec/space.overlay.yaml -o src/space.rs

Exit status:
  0  the module is generated
  1  the document, an overlay or a supplement has errors
  2  the command line is wrong, or a file cannot be read or written")]
pub struct Generate {
    /// The document, YAML or JSON; its module is named after it
    pub spec: PathBuf,
    #[command(flatten)]
    pub additions: Additions,
    /// The path of the runtime in generated code
    #[arg(long, value_name = "PATH", default_value = "::confluence_rest")]
    pub runtime: String,
    /// Write the module to this file, as a whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Args)]
#[command(after_help = "Example:
  cargo codegen check spec/longtask.yaml --overlay spec/longtask.overlay.yaml
  cargo codegen check spec/jira.yaml --deny undeclared-variable --allow dangling-ref=30

--allow, --warn and --deny take the codes in brackets, which `cargo codegen explain` lists. Errors other than overlay-no-match
cannot be allowed or made warnings.

With --format json, one object: { \"version\": 1, \"diagnostics\": [...] }. Each diagnostic has
  document  the file that was checked
  code      what it is about, as a word: \"dangling-ref\"
  severity  \"error\", \"warning\" or \"note\"
  message   what is wrong
  pointer   where in the document, as a URI fragment with a JSON Pointer: \"#/info\"
  file      the file in which it stands: the document, an overlay or a supplement; or null
  line      the line there, from 1, or null
  column    the column there, from 1, in characters, or null
  end       { \"line\", \"column\" } after the last character, or null
  help      what was done about it, or what to do, or null
  related   other places that it has to do with: objects of label (what is there), pointer, file, line, column and end
The version changes when a member is removed or gets another meaning; members may be added.

Exit status:
  0  no document has errors; there may be warnings and notes
  1  a document, an overlay or a supplement has errors, something is denied, or a count is not as allowed
  2  the command line is wrong, or a file cannot be read")]
pub struct Check {
    /// The documents, YAML or JSON, each of which is checked by itself
    #[arg(required = true, value_name = "SPEC")]
    pub specs: Vec<PathBuf>,
    #[command(flatten)]
    pub additions: Additions,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args)]
#[command(after_help = "Example:
  cargo codegen explain dangling-ref

Exit status:
  0  it is explained
  2  there is no such diagnostic, or the command line is wrong otherwise")]
pub struct Explain {
    /// The word in brackets; without one, all are listed
    pub code: Option<String>,
}

#[derive(Args)]
#[command(after_help = "Example:
  cargo codegen inspect spec/longtask.yaml --overlay spec/longtask.overlay.yaml

With --format json, one object: { \"version\": 1, \"module\", \"operations\": [...], \"types\": [...] }. An operation has
  function, signature, request  its names in Rust
  id, method, path, tags        what the document calls it
  deprecated                    true or false
  arguments                     { name, type, required, place, deprecated }: what the function takes, or else setters
  output, choices               the type of a success, and its variants: { name, body }
  long_task, lists              whether it can be waited for, and what its pages list
  errors                        the documented ones: { name, status, body }
  scopes, connect_scope         groups of { scheme, state, scopes }, and the scope of Connect apps
  security                      alternatives of security schemes
  pointer                       where it stands in the document
A type has a name, a kind and a pointer, and by its kind
  struct                        fields { name, member, type, presence, setter, pointer }, long_task, started_task, lists,
                                next: the members in which the next page is looked for
  enum                          values { name, value }
  union                         discriminator, variants { name, type }
  alias                         target
The version changes when a member is removed or gets another meaning; members may be added.

Exit status:
  0  the module is listed
  1  the document, an overlay or a supplement has errors
  2  the command line is wrong, or a file cannot be read")]
pub struct Inspect {
    /// The document, YAML or JSON
    pub spec: PathBuf,
    #[command(flatten)]
    pub additions: Additions,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args)]
#[command(after_help = "Overlays, supplements and tags are those of both documents.

Example:
  cargo codegen diff spec/longtask.yaml new.yaml --overlay spec/longtask.overlay.yaml --format markdown

A change is
  breaking       code that compiled may no longer compile, or needs a token with more scopes
  compatible     code that compiled goes on to compile
  documentation  only what is read by people, or data about the document

With --format json, one object: { \"version\": 1, \"step\", \"changes\": [...] }. The step is \"major\", \"minor\", \"patch\" or
\"none\", for versions from 1.0. Each change has
  level    \"breaking\", \"compatible\" or \"documentation\"
  code     what kind of change it is, as words: \"field-gone\"
  subject  what it is about: a function, a type such as \"model::Space\", or \"module\"
  message  what is different
  pointer  where it stands in the new document, or in the old one if it is gone
The version changes when a member is removed or gets another meaning; members and codes may be added.

Exit status:
  0  the documents are compared, be there changes or not
  1  a document, an overlay or a supplement has errors
  2  the command line is wrong, or a file cannot be read")]
pub struct Diff {
    /// The document of today, YAML or JSON
    pub old: PathBuf,
    /// The newer document
    pub new: PathBuf,
    #[command(flatten)]
    pub additions: Additions,
    /// Read both as this file, so that the files that they refer to are those beside it
    #[arg(long, value_name = "PATH")]
    pub at: Option<PathBuf>,
    /// For people, for a changelog or for programs
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
}

#[derive(Args)]
#[command(
    after_help = "Shows what `diff` shows. The document is replaced once the newer one is known to have no errors and to go with its
overlays (without --overlay, those beside it: NAME.overlay.yaml, and what extends it); the old one is put back where `cargo check`
fails in the package around it, or is interrupted.

Example:
  cargo codegen refresh ~/Downloads/longtask.yaml
  cargo codegen refresh ~/Downloads/space.yaml --spec spec/space.yaml -- --package spaces

Exit status:
  0    the document is replaced
  1    it is the old one: the newer one or an overlay has errors, or `cargo check` fails
  2    the command line is wrong, or a file cannot be read or written
  130  interrupted: it is the old one"
)]
pub struct Refresh {
    /// The newer document, YAML or JSON
    pub new: PathBuf,
    /// The document to replace
    #[arg(long, value_name = "PATH", default_value = "spec/longtask.yaml")]
    pub spec: PathBuf,
    #[command(flatten)]
    pub additions: Additions,
    /// What `cargo check` is told
    #[arg(last = true, value_name = "ARGUMENT", default_values = ["--workspace", "--all-targets"])]
    pub cargo: Vec<OsString>,
}

#[derive(Args)]
#[command(
    after_help = "The overlay has the path that is missing before all others, security schemes and schemas that are referred to and not
declared, and the names of today's functions as `x-rust-name`. It applies as it is, after the overlays that are named.

Example:
  cargo codegen suggest spec/space.yaml -o spec/space.overlay.yaml

Exit status:
  0  the overlay is printed or written
  1  the document, an overlay or a supplement has errors
  2  the command line is wrong, a file cannot be read or written, or there is one of that name already"
)]
pub struct Suggest {
    /// The document, YAML or JSON
    pub spec: PathBuf,
    #[command(flatten)]
    pub additions: Additions,
    /// Write the overlay to this file, which must not be there yet
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Args)]
#[command(after_help = "It completes the command as it is installed: `confluence-codegen`.

Example:
  cargo codegen completions bash > ~/.local/share/bash-completion/completions/confluence-codegen

Exit status:
  0  the script is printed
  2  the command line is wrong")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// For people, for a changelog or for programs.
#[derive(Clone, Copy, ValueEnum)]
pub enum DiffFormat {
    Text,
    Markdown,
    Json,
}

/// For people or for programs.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Text,
    Json,
}
