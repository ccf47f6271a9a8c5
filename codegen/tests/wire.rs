//! What generated functions send is what the documents say, in the eyes of a validator that nobody here wrote.
//!
//! For documents of several tags a program is made that calls every function with all of its parameters and a full body,
//! sends the requests over loopback and prints what arrives; `wire/validate.py` checks that with openapi-core.
//! `CONFLUENCE_CORPUS` names the documents and `OPENAPI_PYTHON` a Python that has what `python/requirements.txt` lists;
//! without them, the test says that it skips.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use confluence_codegen::{Input, Source, generate};
use syn::{
    FnArg, GenericArgument, Item, ItemFn, ItemMod, PathArguments, PathSegment, ReturnType, Type, TypeParamBound,
    Variant,
};

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

/// How deep a body is filled; what is optional below stays out.
const DEPTH: usize = 4;

/// A generated module, with what is needed to call its functions.
#[derive(Default)]
struct Module {
    name: String,
    functions: Vec<ItemFn>,
    requests: BTreeMap<String, Methods>,
    models: BTreeMap<String, Methods>,
    /// The first variant of each enum.
    variants: BTreeMap<String, Variant>,
    aliases: BTreeMap<String, Type>,
}

/// What makes a value: the arguments of `new`, if there is one, and the setters.
#[derive(Default)]
struct Methods {
    new: Option<Vec<Type>>,
    setters: Vec<(String, Type)>,
}

fn items(module: &ItemMod) -> impl Iterator<Item = &Item> {
    module.content.iter().flat_map(|(_, items)| items)
}

fn types(arguments: impl Iterator<Item = FnArg>) -> Vec<Type> {
    let types = arguments.filter_map(|argument| match argument {
        FnArg::Typed(argument) => Some(*argument.ty),
        FnArg::Receiver(_) => None,
    });
    types.collect()
}

impl Module {
    fn parse(name: &str, code: &str) -> Self {
        let file = syn::parse_file(code).expect("generated code");
        let Some(Item::Mod(root)) = file.items.first() else {
            panic!("a module")
        };
        let mut module = Self {
            name: name.to_owned(),
            ..Self::default()
        };
        for item in items(root) {
            match item {
                Item::Fn(function) => module.functions.push(function.clone()),
                Item::Mod(inner) if inner.ident == "model" => items(inner).for_each(|item| module.learn(item)),
                Item::Mod(inner) if inner.ident == "request" => {
                    items(inner).for_each(|item| methods(item, &mut module.requests));
                }
                _ => {}
            }
        }
        module
    }

    fn learn(&mut self, item: &Item) {
        match item {
            Item::Enum(item) => {
                let first = item.variants.first().expect("a variant");
                self.variants.insert(item.ident.to_string(), first.clone());
            }
            Item::Type(item) => {
                self.aliases.insert(item.ident.to_string(), (*item.ty).clone());
            }
            _ => methods(item, &mut self.models),
        }
    }

    /// An expression of a type: `text` where it is a string, else one with a number.
    fn value(&self, ty: &Type, text: &str, number: usize, depth: usize) -> String {
        let inner = |ty: &Type| self.value(ty, text, number, depth);
        if let Type::ImplTrait(ty) = ty {
            let Some(TypeParamBound::Trait(bound)) = ty.bounds.first() else {
                panic!("a trait")
            };
            return match argument(bound.path.segments.last().expect("a segment"), 0) {
                // Two items that differ: some lists want that.
                GenericArgument::AssocType(item) => {
                    let value = |number| self.value(&item.ty, &format!("{text}{number}"), number, depth);
                    let (one, other) = (value(7), value(8));
                    if one == other {
                        format!("[{one}]")
                    } else {
                        format!("[{one}, {other}]")
                    }
                }
                GenericArgument::Type(ty) => inner(&ty),
                _ => panic!("an argument"),
            };
        }
        let segment = last(ty);
        let of = |index| match argument(&segment, index) {
            GenericArgument::Type(ty) => inner(&ty),
            _ => panic!("a type"),
        };
        let name = segment.ident.to_string();
        if let Some(alias) = self.aliases.get(&name) {
            return inner(alias);
        }
        let path = format!("{}::model::{name}", self.name);
        if let Some(variant) = self.variants.get(&name) {
            let payload = variant
                .fields
                .iter()
                .next()
                .map(|field| format!("({})", inner(&field.ty)));
            return format!("{path}::{}{}", variant.ident, payload.unwrap_or_default());
        }
        if let Some(methods) = self.models.get(&name) {
            return self.made(&path, methods, text, number, depth + 1);
        }
        match name.as_str() {
            "String" => format!("{text:?}.to_owned()"),
            "DateTime" => "\"2026-01-02T03:04:05Z\"".to_owned(),
            "Upload" => format!("confluence_rest::Upload::from({text:?}).file_name(\"a.txt\")"),
            "Multipart" => "confluence_rest::Multipart::new().part(\"file\", \"text\")".to_owned(),
            "Value" => "serde_json::json!({})".to_owned(),
            "Vec" => format!("vec![{}]", of(0)),
            "Option" => format!("Some({})", of(0)),
            "Box" => format!("Box::new({})", of(0)),
            "BTreeMap" => format!("[({}, {})].into()", of(0), of(1)),
            "bool" => "true".to_owned(),
            "i32" | "i64" => number.to_string(),
            "f32" | "f64" => "1.5".to_owned(),
            name => panic!("{name} is no known type"),
        }
    }

    /// A struct with all of its members, unless it is too deep for those that are optional.
    fn made(&self, path: &str, methods: &Methods, text: &str, number: usize, depth: usize) -> String {
        let value = |ty| self.value(ty, text, number, depth);
        let mut made = match &methods.new {
            Some(arguments) => format!(
                "{path}::new({})",
                arguments.iter().map(value).collect::<Vec<_>>().join(", ")
            ),
            None => format!("{path}::default()"),
        };
        if depth < DEPTH || methods.new.is_none() {
            for (setter, ty) in &methods.setters {
                write!(made, ".{setter}({})", value(ty)).expect("text");
            }
        }
        made
    }

    /// The code that sends each request.
    fn calls(&self, document: &str) -> String {
        let mut calls = String::new();
        for function in &self.functions {
            let ReturnType::Type(_, request) = &function.sig.output else {
                panic!("a request")
            };
            let arguments = types(function.sig.inputs.iter().cloned());
            let arguments: Vec<String> = arguments.iter().map(|ty| self.value(ty, "a-b", 7, 0)).collect();
            let name = &function.sig.ident;
            let mut call = format!("{}::{name}({})", self.name, arguments.join(", "));
            let methods = self.requests.get(&last(request).ident.to_string());
            for (setter, ty) in methods.into_iter().flat_map(|methods| &methods.setters) {
                // Which media type is asked for is not for the document's parameters to say.
                if setter != "accept" {
                    write!(call, ".{setter}({})", self.value(ty, "a b&c=ü", 7, 0)).expect("text");
                }
            }
            writeln!(calls, "    send({document:?}, {call}).await;").expect("text");
        }
        calls
    }
}

/// Takes down the constructor and the setters of a type.
fn methods(item: &Item, known: &mut BTreeMap<String, Methods>) {
    let Item::Impl(item) = item else { return };
    // A model is known by its shape, even where it has no methods.
    let is_model = item
        .trait_
        .as_ref()
        .is_some_and(|(path, _)| path.segments.last().is_some_and(|last| last.ident == "Model"));
    if item.trait_.is_some() && !is_model {
        return;
    }
    let methods = known.entry(last(&item.self_ty).ident.to_string()).or_default();
    for method in &item.items {
        let syn::ImplItem::Fn(method) = method else { continue };
        let name = method.sig.ident.to_string();
        let arguments = types(method.sig.inputs.iter().cloned());
        match (method.sig.receiver().is_some(), arguments.as_slice()) {
            (true, [ty]) => methods.setters.push((name, ty.clone())),
            (false, _) if name == "new" => methods.new = Some(arguments),
            _ => {}
        }
    }
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

const SEND: &str = r##"
async fn send(document: &str, operation: impl confluence_rest::Operation) {
    let request = operation.encode().expect("a request");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let arrival = std::thread::spawn(move || arrival(listener));
    let client = confluence_rest::Client::builder(url).build().expect("a client");
    client.exchange(&request).await.expect("an answer");
    let (head, body) = arrival.join().expect("a request");
    let mut lines = head.lines();
    let first = lines.next().expect("a line");
    let target = first.split(' ').nth(1).expect("a target");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = lines.filter_map(|line| line.split_once(": "));
    let json = serde_json::json!({
        "document": document,
        "operation": request.operation().id,
        "method": request.method().as_str(),
        "path": path,
        "query": query,
        "headers": headers.collect::<std::collections::BTreeMap<_, _>>(),
        "body": body,
    });
    println!("{json}");
}

/// A request as it came over the wire: its head and its body.
fn arrival(listener: std::net::TcpListener) -> (String, String) {
    use std::io::{BufRead, BufReader, Read, Write};
    let (socket, _) = listener.accept().expect("a client");
    let mut socket = BufReader::new(socket);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(socket.read_line(&mut head).expect("a line"), 0, "the end came early");
    }
    let length = head.lines().filter_map(|line| line.split_once(": ")).find(|(name, _)| *name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().expect("a length"))];
    socket.read_exact(&mut body).expect("the body");
    socket.get_mut().write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").expect("an answer");
    (head, String::from_utf8(body).expect("text"))
}
"##;

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
    let main = format!(
        "#![allow(dead_code, deprecated)]\n{modules}\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {{\n{calls}}}\n{SEND}"
    );
    fs::write(folder.join("src/main.rs"), main).expect("a file");
    let manifest = format!(
        "[package]\nname = \"wire\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\nconfluence-rest = {{ path = {runtime:?} }}\nserde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
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
