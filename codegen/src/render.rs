//! Tokens to text, formatted, under a header that names what it was made of.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::Builder;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::{File, Item as SynItem, ItemMacro, MacroDelimiter, Token, token};

use crate::Error;
use crate::emit::{Emitter, Item, LINE, padded};
use crate::plan::Plan;
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
    let [root, models, requests, guide] = sections.map(|section| printed.by_ref().take(section.len()).collect());

    let mut text = Text::default();
    text.header(sources);
    text.open(&[], &format!("pub mod {}", plan.module));
    for line in &plan.docs {
        text.line(&format!("//!{}", padded(line)));
    }
    text.line("");
    text.line(&format!("use {runtime}::rt;"));
    text.section(root);
    let docs = ["/// What is sent and received.", MISSING_DOCS];
    text.module(&docs, "model", runtime, models);
    let docs = ["/// The requests, and the error responses that are documented for each."];
    text.module(&docs, "request", runtime, requests);
    if !guide.is_empty() {
        text.line("");
        let docs = ["/// The document's own guide: a module for each of its documents."];
        text.open(&docs, "pub mod guide");
        text.section(guide);
        text.close();
    }
    text.close();
    Ok(text.text)
}

/// What a document does not describe has no words.
const MISSING_DOCS: &str = "#[allow(missing_docs, reason = \"the document does not describe everything\")]";

/// An item as text, and what it needs of the module around it.
struct Printed {
    text: String,
    uses_runtime: bool,
    uses_models: bool,
}

/// The bytes of each thread's stack: as much as the main thread of a program has on most systems, since types nest.
const STACK: usize = 8 << 20;

/// Prints items on all cores.
fn print(plan: &Plan, items: &[Item<'_>]) -> Result<Vec<Printed>, Error> {
    let emitter = Emitter::new(plan);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        // Items differ in size, so each thread takes the next one.
        while let number = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(number)
        {
            done.push((number, print_item(*item, emitter.tokens(*item))));
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
            "a thread that prints the code has ended early; please report this",
        ));
    }
    all.into_iter().map(|(_, printed)| printed).collect()
}

fn print_item(item: Item<'_>, tokens: TokenStream) -> Result<Printed, Error> {
    let (uses_runtime, uses_models) = match item {
        Item::Model(_) => (mentions(&tokens, "rt"), false),
        Item::Tables | Item::Request(_) => (mentions(&tokens, "rt"), mentions(&tokens, "model")),
        // These stand where both names are known.
        Item::Consts | Item::Function(_) | Item::Guide(_) => (false, false),
    };
    let mut file: File = syn::parse2(tokens)
        .map_err(|_| Error::setup("the generated code is no Rust; please report this with the document"))?;
    let mut macros = Vec::new();
    take_macros(&mut file.items, &mut macros);
    let mut text = String::new();
    push_spaced(&mut text, &with_macros(&prettyplease::unparse(&file), &macros));
    Ok(Printed {
        text,
        uses_runtime,
        uses_models,
    })
}

/// Whether a path starts with a name.
fn mentions(tokens: &TokenStream, name: &str) -> bool {
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let found = match token {
            TokenTree::Group(group) => mentions(&group.stream(), name),
            TokenTree::Ident(ident) if ident == name => {
                matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
            }
            _ => false,
        };
        if found {
            return true;
        }
    }
    false
}

/// The text of a module, as far as it is written.
#[derive(Default)]
struct Text {
    text: String,
    depth: usize,
}

impl Text {
    /// Says what the module was made from.
    fn header<'a>(&mut self, sources: impl Iterator<Item = &'a Source>) {
        let version = env!("CARGO_PKG_VERSION");
        self.line(&format!("// @generated by confluence-codegen {version} from:"));
        for source in sources {
            // The path depends on the machine, the file's name does not.
            let name = source.name.rsplit(['/', '\\']).next().unwrap_or(&source.name);
            let hash = hash(source.text.as_bytes());
            self.line(&format!("//   {} (FNV-1a {hash:016x})", one_line(name)));
        }
        self.line("// Changes here are lost: change the document or its overlay instead.");
        self.line("");
    }

    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.text.extend(std::iter::repeat_n("    ", self.depth));
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    fn open(&mut self, docs: &[&str], head: &str) {
        docs.iter().for_each(|line| self.line(line));
        self.line(&format!("{head} {{"));
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.line("}");
    }

    /// A module with what its items need.
    fn module(&mut self, docs: &[&str], name: &str, runtime: &str, items: Vec<Printed>) {
        self.line("");
        if items.iter().all(|item| item.text.is_empty()) {
            docs.iter().for_each(|line| self.line(line));
            self.line(&format!("pub mod {name} {{}}"));
            return;
        }
        self.open(docs, &format!("pub mod {name}"));
        if items.iter().any(|item| item.uses_runtime) {
            self.line(&format!("use {runtime}::rt;"));
        }
        if name != "model" && items.iter().any(|item| item.uses_models) {
            self.line("use super::model;");
        }
        self.section(items);
        self.close();
    }

    /// Items with a blank line before each, unless it is the first of all.
    fn section(&mut self, items: Vec<Printed>) {
        for item in items {
            if !self.text.ends_with("{\n") && !item.text.is_empty() {
                self.line("");
            }
            item.text.lines().for_each(|line| self.line(line));
        }
    }
}

/// FNV-1a of 64 bits: tells which text was read; it does not protect anything.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Puts a number in the place of what each macro is given, because prettyplease wraps that like prose, and returns it as a
/// person would write it.
fn take_macros(items: &mut [SynItem], macros: &mut Vec<Vec<String>>) {
    for item in items {
        match item {
            SynItem::Mod(module) => {
                let items = module.content.iter_mut().flat_map(|(_, items)| items);
                items.for_each(|item| take_macros(std::slice::from_mut(item), macros));
            }
            SynItem::Macro(item) => {
                let number = proc_macro2::Literal::usize_unsuffixed(macros.len());
                macros.push(body(item));
                item.mac.tokens = TokenTree::from(number).into();
                item.mac.delimiter = MacroDelimiter::Paren(token::Paren::default());
                item.semi_token = Some(<Token![;]>::default());
            }
            _ => {}
        }
    }
}

/// What a macro is given: an enum, or a name and a table.
fn body(item: &ItemMacro) -> Vec<String> {
    let tokens = &item.mac.tokens;
    let mut lines = vec![" {".to_owned()];
    match syn::parse2::<File>(tokens.clone()) {
        Ok(file) => {
            let text = prettyplease::unparse(&file);
            lines.extend(text.lines().map(|line| format!("    {line}")));
            lines.push("}".to_owned());
        }
        Err(_) => {
            let mut lead = String::new();
            for token in tokens.clone() {
                match token {
                    TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                        lines = vec![format!("({lead} {{")];
                        lines.extend(table(group.stream()));
                    }
                    token => lead.push_str(&token.to_string()),
                }
            }
            lines.push("});".to_owned());
        }
    }
    lines
}

/// A table, one entry a line.
fn table(tokens: TokenStream) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => {
                lines.push(format!("    {line},"));
                line.clear();
            }
            TokenTree::Punct(punct) => line.push(punct.as_char()),
            token => {
                if !line.is_empty() && !line.ends_with('.') {
                    line.push(' ');
                }
                line.push_str(&token.to_string());
            }
        }
    }
    if !line.is_empty() {
        lines.push(format!("    {line}"));
    }
    lines
}

/// Puts what the macros are given back.
fn with_macros(code: &str, macros: &[Vec<String>]) -> String {
    let mut text = String::with_capacity(code.len() * 2);
    let mut macros = macros.iter();
    for line in code.lines() {
        let name = line.split_once("!(").map(|(before, _)| before);
        match name.filter(|name| name.trim_start().starts_with("rt::")) {
            Some(name) => {
                let indent = &line[..line.len() - line.trim_start().len()];
                text.push_str(name);
                text.push('!');
                for (number, line) in macros.next().into_iter().flatten().enumerate() {
                    if number > 0 {
                        text.push_str(indent);
                    }
                    text.push_str(line);
                    text.push('\n');
                }
            }
            None => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text
}

/// Puts a blank line between items, as a person would; prettyplease sets none.
fn push_spaced(text: &mut String, code: &str) {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_lead = |line: &str| ["///", "#["].iter().any(|lead| line.trim_start().starts_with(lead));
    let is_item = |line: &str| {
        let starts = ["pub ", "impl ", "fn ", "const ", "rt::"];
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
            text.push_str(&line[..indent(line)]);
            text.push_str("///");
            text.push_str(more);
            text.push('\n');
        }
        before = line;
    }
}
