//! What the tests share that make programs of generated modules: reads a module, and writes a call of each of its
//! functions with values that the document allows.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use proc_macro2::TokenStream;
use serde_json::Value;
use syn::{
    FnArg, GenericArgument, Item, ItemFn, ItemMod, Pat, PathArguments, PathSegment, ReturnType, Type, TypeParamBound,
};

pub mod schema;
mod tables;

use tables::{Enum, Operation, Setters};

use schema::Document;

/// How deep a body is filled; what is optional below stays out.
const DEPTH: usize = 4;

/// A generated module, with what is needed to call its functions.
pub struct Module {
    name: String,
    document: Document,
    functions: Vec<ItemFn>,
    requests: BTreeMap<String, Methods>,
    models: BTreeMap<String, Methods>,
    /// The first variant of each enum, and what is in it.
    variants: BTreeMap<String, (String, Option<Type>)>,
    aliases: BTreeMap<String, Type>,
}

/// What makes a value: the arguments of `new`, if there is one, and the setters.
#[derive(Default)]
struct Methods {
    new: Option<Vec<(String, Type)>>,
    setters: Vec<(String, Type)>,
}

/// An operation, and the expression of a request to it.
pub struct Call {
    /// The method in upper case.
    pub method: String,
    /// The path template from the root of the site.
    pub path: String,
    /// The call of the function.
    pub function: String,
    /// The calls of all setters, to be put behind it.
    pub setters: String,
}

/// What a value is to be: of this schema, where it is known, and otherwise this text or number.
#[derive(Clone, Copy)]
struct Wish<'a> {
    schema: Option<&'a Value>,
    text: &'a str,
    number: i64,
    depth: usize,
}

impl<'a> Wish<'a> {
    fn of(self, schema: Option<&'a Value>) -> Self {
        Self { schema, ..self }
    }
}

fn items(module: &ItemMod) -> impl Iterator<Item = &Item> {
    module.content.iter().flat_map(|(_, items)| items)
}

/// The arguments of a function, as they are called in the document.
fn arguments<'a>(arguments: impl IntoIterator<Item = &'a FnArg>) -> Vec<(String, Type)> {
    let named = arguments.into_iter().filter_map(|argument| match argument {
        FnArg::Typed(argument) => match &*argument.pat {
            Pat::Ident(name) => Some((plain(&name.ident), (*argument.ty).clone())),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    });
    named.collect()
}

/// An identifier without the mark of a raw one.
fn plain(ident: &syn::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

impl Module {
    /// Reads the code that was generated from a document.
    pub fn parse(name: &str, code: &str, document: Document) -> Self {
        let file = syn::parse_file(code).expect("generated code");
        let Some(Item::Mod(root)) = file.items.first() else {
            panic!("a module")
        };
        let mut module = Self {
            name: name.to_owned(),
            document,
            functions: Vec::new(),
            requests: BTreeMap::new(),
            models: BTreeMap::new(),
            variants: BTreeMap::new(),
            aliases: BTreeMap::new(),
        };
        for item in items(root) {
            match item {
                Item::Fn(function) => module.functions.push(function.clone()),
                Item::Mod(inner) if inner.ident == "model" => items(inner).for_each(|item| module.learn(item)),
                Item::Mod(inner) if inner.ident == "request" => {
                    let tables = items(inner).filter_map(table);
                    module
                        .requests
                        .extend(tables.filter_map(|(name, tokens)| match name.as_str() {
                            "operation" => Some(syn::parse2::<Operation>(tokens).expect("an operation").into()),
                            _ => None,
                        }));
                }
                _ => {}
            }
        }
        module
    }

    fn learn(&mut self, item: &Item) {
        match item {
            Item::Macro(_) => {
                let (name, tokens) = table(item).expect("a table");
                match name.as_str() {
                    "open_enum" | "union" => {
                        let Enum { name, first } = syn::parse2(tokens).expect("an enum");
                        self.variants.insert(name, first);
                    }
                    "setters" => {
                        let Setters { name, methods } = syn::parse2(tokens).expect("setters");
                        self.models.insert(name, methods);
                    }
                    _ => {}
                }
            }
            Item::Struct(item) => {
                self.models.entry(item.ident.to_string()).or_default();
            }
            Item::Type(item) => {
                self.aliases.insert(item.ident.to_string(), (*item.ty).clone());
            }
            _ => {}
        }
    }

    /// A call of each function.
    pub fn calls(&self) -> Vec<Call> {
        self.functions.iter().map(|function| self.call(function)).collect()
    }

    fn call(&self, function: &ItemFn) -> Call {
        let ReturnType::Type(_, request) = &function.sig.output else {
            panic!("a request")
        };
        let (method, path) = endpoint(function);
        let operation = self.document.operation(&method, &path);
        let value = |name: &str, ty: &Type, text| {
            let wish = Wish {
                schema: operation.and_then(|operation| self.document.argument(operation, name)),
                text,
                number: 7,
                depth: 0,
            };
            self.value(ty, wish)
        };
        let required: Vec<String> = arguments(&function.sig.inputs)
            .iter()
            .map(|(name, ty)| value(name, ty, "a-b"))
            .collect();
        let called = format!("{}::{}({})", self.name, function.sig.ident, required.join(", "));
        let mut setters = String::new();
        let methods = self.requests.get(&last(request).ident.to_string());
        for (setter, ty) in methods.into_iter().flat_map(|methods| &methods.setters) {
            // Which media type is asked for is not for the document's parameters to say.
            if setter != "accept" {
                let given = value(setter.trim_start_matches("r#"), ty, "a b&c=ü");
                write!(setters, ".{setter}({given})").expect("text");
            }
        }
        Call {
            method,
            path,
            function: called,
            setters,
        }
    }

    /// An expression of a type.
    fn value(&self, ty: &Type, wish: Wish) -> String {
        let schema = wish.schema.map(|schema| self.document.resolved(schema));
        let wish = wish.of(schema);
        let items = schema.and_then(|schema| schema.get("items"));
        if let Type::ImplTrait(ty) = ty {
            let Some(TypeParamBound::Trait(bound)) = ty.bounds.first() else {
                panic!("a trait")
            };
            return match argument(bound.path.segments.last().expect("a segment"), 0) {
                // Two items that differ: some lists want that.
                GenericArgument::AssocType(item) => {
                    let value = |number| {
                        let text = format!("{}{number}", wish.text);
                        let wish = Wish {
                            text: &text,
                            number,
                            ..wish
                        };
                        self.value(&item.ty, wish.of(items))
                    };
                    let (one, other) = (value(7), value(8));
                    if one == other {
                        format!("[{one}]")
                    } else {
                        format!("[{one}, {other}]")
                    }
                }
                GenericArgument::Type(ty) => self.value(&ty, wish),
                _ => panic!("an argument"),
            };
        }
        let segment = last(ty);
        let of = |index, schema| match argument(&segment, index) {
            GenericArgument::Type(ty) => self.value(&ty, wish.of(schema)),
            _ => panic!("a type"),
        };
        let name = segment.ident.to_string();
        if is_model(ty) {
            if let Some(alias) = self.aliases.get(&name) {
                return self.value(alias, wish);
            }
            let path = format!("{}::model::{name}", self.name);
            if let Some((variant, payload)) = self.variants.get(&name) {
                // What the schema says is about all variants.
                let payload = payload.as_ref();
                let payload = payload.map(|ty| format!("({})", self.value(ty, wish.of(None))));
                return format!("{path}::{variant}{}", payload.unwrap_or_default());
            }
            if let Some(methods) = self.models.get(&name) {
                let depth = wish.depth + 1;
                return self.made(&path, methods, Wish { depth, ..wish });
            }
        }
        match name.as_str() {
            "String" => format!("{:?}.to_owned()", schema::text(schema, wish.text, wish.number)),
            "DateTime" => "\"2026-01-02T03:04:05Z\"".to_owned(),
            "Upload" => format!("confluence_rest::Upload::from({:?}).file_name(\"a.txt\")", wish.text),
            "Multipart" => "confluence_rest::Multipart::new().part(\"file\", \"text\")".to_owned(),
            "Value" => "serde_json::json!({})".to_owned(),
            "Vec" => format!("vec![{}]", of(0, items)),
            "Option" => format!("Some({})", of(0, schema)),
            "Box" => format!("Box::new({})", of(0, schema)),
            "BTreeMap" => {
                let others = schema.and_then(|schema| schema.get("additionalProperties"));
                format!("[({}, {})].into()", of(0, None), of(1, others))
            }
            "bool" => "true".to_owned(),
            "i32" | "i64" => format!("{:.0}", schema::number(schema, wish.number as f64)),
            "f32" | "f64" => format!("{:?}", schema::number(schema, 1.5)),
            name => panic!("{name} is no known type"),
        }
    }

    /// A struct with all of its members, unless it is too deep for those that are optional.
    fn made(&self, path: &str, methods: &Methods, wish: Wish) -> String {
        let value = |name: &str, ty: &Type| {
            let schema = wish.schema.and_then(|schema| schema::member(schema, name));
            self.value(ty, wish.of(schema))
        };
        let mut made = match &methods.new {
            Some(arguments) => {
                let arguments: Vec<String> = arguments.iter().map(|(name, ty)| value(name, ty)).collect();
                format!("{path}::new({})", arguments.join(", "))
            }
            None => format!("{path}::default()"),
        };
        if wish.depth < DEPTH || methods.new.is_none() {
            for (setter, ty) in &methods.setters {
                write!(made, ".{setter}({})", value(setter.trim_start_matches("r#"), ty)).expect("text");
            }
        }
        made
    }
}

/// The name of a macro of the runtime, and what it is given.
fn table(item: &Item) -> Option<(String, TokenStream)> {
    let Item::Macro(item) = item else { return None };
    let name = item.mac.path.segments.last()?.ident.to_string();
    Some((name, item.mac.tokens.clone()))
}

/// Method and path of the operation that a function calls: a line of its documentation.
fn endpoint(function: &ItemFn) -> (String, String) {
    let lines = function.attrs.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(line),
                ..
            }) => Some(line.value()),
            _ => None,
        },
        _ => None,
    });
    let mut found = lines.filter_map(|line| {
        let (method, path) = line.trim().strip_prefix('`')?.strip_suffix('`')?.split_once(" /")?;
        let is_method = method.chars().all(|c| c.is_ascii_uppercase());
        is_method.then(|| (method.to_owned(), format!("/{path}")))
    });
    // What the document itself has to say stands above.
    found.next_back().expect("the line that names method and path")
}

/// A generic argument of a type.
fn argument(segment: &PathSegment, index: usize) -> GenericArgument {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        panic!("arguments")
    };
    arguments.args.get(index).expect("an argument").clone()
}

/// The last part of a path.
fn last(ty: &Type) -> PathSegment {
    match ty {
        Type::Path(path) => path.path.segments.last().expect("a segment").clone(),
        _ => panic!("a path"),
    }
}

/// Whether a path may lead to a model, going by its beginning.
fn is_model(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.leading_colon.is_none() && path.path.segments.first().is_some_and(|first| first.ident != "rt")
}

/// The folder of a program that does not exist yet.
pub struct Program(PathBuf);

impl Program {
    /// Makes an empty folder for a program that uses the runtime.
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("src")).expect("a folder");
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let runtime = package.parent().expect("the workspace");
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\nconfluence-rest = {{ path = {runtime:?} }}\nserde = \"1\"\nserde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("a file");
        fs::copy(runtime.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
        let program = Self(folder);
        program.file("loopback.rs", include_str!("loopback.rs"));
        program
    }

    /// Writes a source file.
    pub fn file(&self, name: &str, text: &str) {
        fs::write(self.0.join("src").join(name), text).expect("a file");
    }

    /// Compiles and runs it.
    pub fn run(&self) -> Output {
        self.cargo(&["run", "--quiet"])
    }

    /// Has cargo do something with it.
    pub fn cargo(&self, arguments: &[&str]) -> Output {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .arg("--offline")
            .current_dir(&self.0)
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"),
            )
            .stderr(Stdio::inherit())
            .output()
            .expect("cargo");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "cargo {arguments:?} fails: {said}");
        output
    }
}
