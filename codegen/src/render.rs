//! Tokens to text, formatted, under a header that names what it was made of.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::Builder;

use syn::File;

use crate::Error;
use crate::emit::{Emitter, Item, LINE, Lines, Piece, padded};
use crate::plan::{Plan, words};
use crate::source::Source;
use crate::text::one_line;

/// Prints a module for a plan.
///
/// # Errors
/// The tokens of an item are no Rust, which is a mistake of the generator.
pub(crate) fn render<'a>(
    plan: &Plan,
    runtime: &str,
    sources: impl Iterator<Item = &'a Source>,
) -> Result<String, Error> {
    let functions = plan.operations.iter().map(Item::Function);
    let root: Vec<Item<'_>> = std::iter::once(Item::Consts).chain(functions).collect();
    let models: Vec<Item<'_>> = plan.models.iter().map(Item::Model).collect();
    let requests = plan.operations.iter().map(Item::Request);
    let requests: Vec<Item<'_>> = std::iter::once(Item::Tables).chain(requests).collect();
    let guide: Vec<Item<'_>> = plan.guide.iter().map(Item::Guide).collect();
    let sections = [root, models, requests, guide];
    let mut printed = print(plan, &sections.concat())?.into_iter();
    let [root, models, requests, guide]: [Vec<String>; 4] =
        sections.map(|section| printed.by_ref().take(section.len()).collect());

    let runtime = format!("use {runtime}::rt;");
    let all = [&root, &models, &requests, &guide];
    let size: usize = all.into_iter().flatten().map(String::len).sum();
    // With room for the indentation.
    let mut lines = Lines::with_capacity(size.saturating_add(size >> 2));
    header(&mut lines, sources);
    lines.nest(&format!("pub mod {} {{", plan.module), "}", |lines| {
        for line in &plan.docs {
            lines.line(&format!("//!{}", padded(line)));
        }
        lines.line("");
        lines.line(&runtime);
        section(lines, root);
        lines.line("");
        lines.docs(&[words::MODELS.to_owned()]);
        lines.line(MISSING_DOCS);
        let imports = plan.models_name_runtime().then(|| runtime.clone());
        module(lines, "model", imports.as_slice(), models);
        lines.line("");
        lines.docs(&[words::REQUESTS.to_owned()]);
        let models = plan.requests_name_models().then(|| "use super::model;".to_owned());
        let imports: Vec<String> = std::iter::once(runtime).chain(models).collect();
        module(lines, "request", &imports, requests);
        if !guide.is_empty() {
            lines.line("");
            lines.docs(&[words::GUIDE.to_owned()]);
            module(lines, "guide", &[], guide);
        }
    });
    Ok(lines.finish())
}

/// What a document does not describe has no words.
const MISSING_DOCS: &str = "#[allow(missing_docs, reason = \"the document does not describe everything\")]";

/// The bytes of each thread's stack: as much as the main thread of a program has on most systems, since types nest.
const STACK: usize = 8 << 20;

/// Prints items on all cores.
fn print(plan: &Plan, items: &[Item<'_>]) -> Result<Vec<String>, Error> {
    let emitter = Emitter::new(plan);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        // Items differ in size, so each thread takes the next one.
        while let number = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(number)
        {
            done.push((number, print_item(emitter.pieces(*item))));
        }
        done
    };
    let mut all = std::thread::scope(|scope| {
        // A thread that cannot be started is one less.
        let start = |_| Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
        let others: Vec<_> = (1..threads).filter_map(start).collect();
        let mut all = work();
        for other in others {
            all.extend(other.join().unwrap_or_default());
        }
        all
    });
    all.sort_by_key(|(number, _)| *number);
    if all.len() < items.len() {
        return Err(Error::setup(
            "a thread that prints the code ended unexpectedly; please report this",
        ));
    }
    all.into_iter().map(|(_, printed)| printed).collect()
}

fn print_item(pieces: Vec<Piece>) -> Result<String, Error> {
    let mut text = String::new();
    for piece in pieces {
        if !text.is_empty() {
            text.push('\n');
        }
        match piece {
            Piece::Table(table) => text.push_str(&table),
            Piece::Rust(tokens) => {
                let file: File = syn::parse2(tokens).map_err(|_| {
                    Error::setup("the generated code is not valid Rust; please report this with the document")
                })?;
                push_spaced(&mut text, &prettyplease::unparse(&file));
            }
        }
    }
    Ok(text)
}

/// Says what the module was made from.
fn header<'a>(lines: &mut Lines, sources: impl Iterator<Item = &'a Source>) {
    let version = env!("CARGO_PKG_VERSION");
    lines.line(&format!("// @generated by confluence-codegen {version} from:"));
    for source in sources {
        // The path depends on the machine, the file's name does not.
        let name = source.name.rsplit(['/', '\\']).next().unwrap_or(&source.name);
        let hash = hash(source.text.as_bytes());
        lines.line(&format!("//   {} (FNV-1a {hash:016x})", one_line(name)));
    }
    lines.line("// Changes here are lost: change the document or its overlay instead.");
    lines.line("");
}

/// Adds a module with what it imports.
fn module(lines: &mut Lines, name: &str, imports: &[String], items: Vec<String>) {
    if items.iter().all(String::is_empty) {
        lines.line(&format!("pub mod {name} {{}}"));
        return;
    }
    lines.nest(&format!("pub mod {name} {{"), "}", |lines| {
        imports.iter().for_each(|import| lines.line(import));
        section(lines, items);
    });
}

/// Adds items with a blank line before each, unless it is the first of all.
fn section(lines: &mut Lines, items: Vec<String>) {
    // Each is dropped when it is added.
    for item in items.into_iter().filter(|item| !item.is_empty()) {
        if !lines.starts() {
            lines.line("");
        }
        item.lines().for_each(|line| lines.line(line));
    }
}

/// FNV-1a, 64 bits: identifies the text that was read; not for security.
fn hash(bytes: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// Puts a blank line between items, as a person would; prettyplease sets none.
fn push_spaced(text: &mut String, code: &str) {
    let indentation = |line| str::split_at(line, line.len() - line.trim_start().len()).0;
    let indent = |line| indentation(line).len();
    let is_lead = |line: &str| ["///", "#["].iter().any(|lead| line.trim_start().starts_with(lead));
    let is_item = |line: &str| {
        let starts = ["pub ", "impl ", "fn ", "const "];
        starts.iter().any(|start| line.trim_start().starts_with(start))
    };
    let mut before = "";
    for line in code.lines() {
        let ends = before.ends_with(['}', ';']);
        let opens = before.trim_start().starts_with("//!") && !line.trim_start().starts_with("//!");
        if opens || ends && !is_lead(before) && (is_lead(line) || is_item(line)) && indent(before) >= indent(line) {
            text.push('\n');
        }
        // Lines of documentation came as one.
        let mut lines = line.split(LINE);
        text.push_str(lines.next().unwrap_or_default());
        text.push('\n');
        for more in lines {
            text.push_str(indentation(line));
            text.push_str("///");
            text.push_str(more);
            text.push('\n');
        }
        before = line;
    }
}
