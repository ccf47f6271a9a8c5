//! What generated functions send is what the documents say, in the eyes of a validator that nobody here wrote.
//!
//! For documents of several tags a program is made that calls every function with all of its parameters and prints the
//! requests; `wire/validate.py` checks them with openapi-core. `CONFLUENCE_CORPUS` names the documents and
//! `OPENAPI_PYTHON` a Python that has what `python/requirements.txt` lists; without them, the test says that it skips.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use confluence_codegen::{Input, Source, generate};
use syn::{FnArg, GenericArgument, Item, ItemFn, ItemMod, Pat, PathArguments, ReturnType, Type, TypeParamBound};

/// Documents of many tags, with and without base path, of Confluence and of Jira.
const DOCUMENTS: [&str; 12] = [
    "confluence/atlassian-confluence-audit-api-openapi.yml",
    "confluence/atlassian-confluence-content-api-openapi.yml",
    "confluence/atlassian-confluence-group-api-openapi.yml",
    "confluence/atlassian-confluence-inline-tasks-api-openapi.yml",
    "confluence/atlassian-confluence-longtask-api-openapi.yml",
    "confluence/atlassian-confluence-search-api-openapi.yml",
    "confluence/atlassian-confluence-space-api-openapi.yml",
    "confluence/atlassian-confluence-template-api-openapi.yml",
    "confluence/atlassian-confluence-user-api-openapi.yml",
    "jira/atlassian-rest-api-3-dashboard--openapi-original.yml",
    "jira/atlassian-rest-api-3-field--openapi-original.yml",
    "jira/atlassian-rest-api-3-project--openapi-original.yml",
];

/// A generated module, with what is needed to call its functions.
struct Module {
    name: String,
    functions: Vec<ItemFn>,
    /// The setters of each request.
    setters: BTreeMap<String, Vec<(String, Type)>>,
    /// The first variant of each enum.
    variants: BTreeMap<String, String>,
    aliases: BTreeMap<String, Type>,
}

fn items(module: &ItemMod) -> impl Iterator<Item = &Item> {
    module.content.iter().flat_map(|(_, items)| items)
}

impl Module {
    fn parse(name: &str, code: &str) -> Self {
        let file = syn::parse_file(code).expect("generated code");
        let Some(Item::Mod(root)) = file.items.first() else {
            panic!("a module")
        };
        let mut module = Self {
            name: name.to_owned(),
            functions: Vec::new(),
            setters: BTreeMap::new(),
            variants: BTreeMap::new(),
            aliases: BTreeMap::new(),
        };
        for item in items(root) {
            match item {
                Item::Fn(function) => module.functions.push(function.clone()),
                Item::Mod(inner) => items(inner).for_each(|item| module.learn(item)),
                _ => {}
            }
        }
        module
    }

    fn learn(&mut self, item: &Item) {
        match item {
            Item::Enum(item) => {
                // Unions are made from their default.
                let first = item.variants.first().filter(|variant| variant.fields.is_empty());
                let first = first.map(|variant| variant.ident.to_string());
                self.variants.extend(first.map(|first| (item.ident.to_string(), first)));
            }
            Item::Type(item) => {
                self.aliases.insert(item.ident.to_string(), (*item.ty).clone());
            }
            Item::Impl(item) if item.trait_.is_none() => {
                for method in &item.items {
                    let syn::ImplItem::Fn(method) = method else { continue };
                    if method.sig.receiver().is_some() && method.sig.inputs.len() == 2 {
                        let Some(FnArg::Typed(argument)) = method.sig.inputs.last() else {
                            continue;
                        };
                        let setter = (method.sig.ident.to_string(), (*argument.ty).clone());
                        self.setters.entry(last(&item.self_ty)).or_default().push(setter);
                    }
                }
            }
            _ => {}
        }
    }

    /// An expression of a type: `text` where it is a string, else one with a number.
    fn value(&self, ty: &Type, text: &str, number: usize) -> String {
        if let Type::ImplTrait(ty) = ty {
            let Some(TypeParamBound::Trait(bound)) = ty.bounds.first() else {
                panic!("a trait")
            };
            let segment = bound.path.segments.last().expect("a segment");
            let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
                panic!("arguments")
            };
            return match arguments.args.first() {
                // Two items that differ: some lists want that.
                Some(GenericArgument::AssocType(item)) => {
                    let value = |number| self.value(&item.ty, &format!("{text}{number}"), number);
                    let (one, other) = (value(7), value(8));
                    if one == other {
                        format!("[{one}]")
                    } else {
                        format!("[{one}, {other}]")
                    }
                }
                Some(GenericArgument::Type(ty)) => self.value(ty, text, number),
                _ => panic!("an argument"),
            };
        }
        let name = last(ty);
        if let Some(alias) = self.aliases.get(&name) {
            return self.value(alias, text, number);
        }
        if let Some(variant) = self.variants.get(&name) {
            return format!("{}::model::{name}::{variant}", self.name);
        }
        match name.as_str() {
            "String" => format!("{text:?}.to_owned()"),
            "DateTime" => "\"2026-01-02T03:04:05Z\"".to_owned(),
            "Bytes" => "Vec::<u8>::new()".to_owned(),
            "bool" => "true".to_owned(),
            "i32" | "i64" => number.to_string(),
            "f32" | "f64" => "1.5".to_owned(),
            _ => "Default::default()".to_owned(),
        }
    }

    /// The code that prints each request.
    fn calls(&self, document: &str) -> String {
        let mut calls = String::new();
        for function in &self.functions {
            let ReturnType::Type(_, request) = &function.sig.output else {
                panic!("a request")
            };
            let arguments = function.sig.inputs.iter().map(|argument| match argument {
                FnArg::Typed(argument) if matches!(*argument.pat, Pat::Ident(_)) => self.value(&argument.ty, "a-b", 7),
                _ => panic!("an argument"),
            });
            let arguments: Vec<String> = arguments.collect();
            let name = &function.sig.ident;
            let mut call = format!("{}::{name}({})", self.name, arguments.join(", "));
            for (setter, ty) in self.setters.get(&last(request)).into_iter().flatten() {
                write!(call, ".{setter}({})", self.value(ty, "a b&c=ü", 7)).expect("text");
            }
            writeln!(calls, "    print({document:?}, {call});").expect("text");
        }
        calls
    }
}

/// The last name of a path.
fn last(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string())
            .unwrap_or_default(),
        _ => String::new(),
    }
}

const PRINT: &str = r#"
fn print(document: &str, operation: impl confluence_rest::Operation) {
    let request = operation.encode().expect("a request");
    let headers = request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().expect("text")));
    let json = serde_json::json!({
        "document": document,
        "operation": request.operation().id,
        "method": request.method().as_str(),
        "path": request.path(),
        "query": request.query(),
        "headers": headers.collect::<std::collections::BTreeMap<_, _>>(),
    });
    println!("{json}");
}
"#;

#[test]
fn requests_are_what_the_documents_say() {
    let (Some(corpus), Some(python)) = (
        std::env::var_os("CONFLUENCE_CORPUS"),
        std::env::var_os("OPENAPI_PYTHON"),
    ) else {
        println!("skipped: CONFLUENCE_CORPUS and OPENAPI_PYTHON do not name documents and a Python with openapi-core");
        return;
    };
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let runtime = package.parent().expect("the workspace");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let (mut modules, mut calls) = (String::new(), String::new());
    for (number, document) in DOCUMENTS.iter().enumerate() {
        let path = Path::new(&corpus).join(document);
        let name = format!("document{number}");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{document}: {error}"));
        let generated = generate(&Input::new(&name, Source::new(*document, text))).expect("a module");
        fs::write(folder.join("src").join(format!("{name}.rs")), &generated.code).expect("a file");
        writeln!(modules, "include!(\"{name}.rs\");").expect("text");
        calls.push_str(&Module::parse(&name, &generated.code).calls(&path.to_string_lossy()));
    }
    let main = format!("#![allow(dead_code, deprecated)]\n{modules}\nfn main() {{\n{calls}}}\n{PRINT}");
    fs::write(folder.join("src/main.rs"), main).expect("a file");
    let manifest = format!(
        "[package]\nname = \"wire\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\nconfluence-rest = {{ path = {runtime:?} }}\nserde_json = \"1\"\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a file");
    fs::copy(runtime.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&folder)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"),
        )
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo");
    assert!(output.status.success(), "the program that makes the requests");
    let mut validator = Command::new(python)
        .arg(package.join("tests/wire/validate.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python");
    // The validator prints little, so both sides of the pipe have room.
    let mut requests = validator.stdin.take().expect("a pipe");
    requests.write_all(&output.stdout).expect("requests");
    drop(requests);
    let verdict = validator.wait_with_output().expect("a verdict");
    println!("{}", String::from_utf8_lossy(&verdict.stdout));
    assert!(verdict.status.success(), "{}", String::from_utf8_lossy(&verdict.stdout));
}
