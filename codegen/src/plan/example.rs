//! The example of an operation: what a user of the crate would write to call it.

use super::argument::Argument;
use super::expression::{Expression, WIDTH};
use super::operation::Operation;
use super::output::Output;
use super::sample::{Known, Samples};
use super::{Docs, Ident, Options, Plan, paragraphs, plain};

/// Adds an example to the documentation of each operation.
pub(super) fn add(plans: &mut [Plan], options: &[&Options]) {
    let examples: Vec<Vec<Docs>> = {
        let known = plans.iter().flat_map(|plan| {
            let models = plan.models.iter();
            models.map(|model| ((&plan.module, &model.ident), model))
        });
        let known: Known = known.collect();
        let all = plans.iter().zip(options);
        all.map(|(plan, options)| {
            let module = Module::new(plan, options, &known);
            plan.operations
                .iter()
                .map(|operation| module.example(operation))
                .collect()
        })
        .collect()
    };
    for (plan, examples) in plans.iter_mut().zip(examples) {
        for (operation, example) in plan.operations.iter_mut().zip(examples) {
            operation.docs = paragraphs(&[std::mem::take(&mut operation.docs), example]);
        }
    }
}

/// What the examples of a module share.
struct Module<'p> {
    name: &'p Ident,
    samples: Samples<'p>,
    /// Whether the examples are compiled, which they are where the module around this one is known.
    compiled: bool,
    /// The path of the module around this one.
    parent: String,
    /// The path of the module.
    path: String,
    /// Whether the paths are imported.
    imported: bool,
}

impl<'p> Module<'p> {
    fn new(plan: &'p Plan, options: &Options, known: &'p Known<'p>) -> Self {
        let runtime = options.public_runtime();
        let parent = options.parent.as_deref().unwrap_or("crate");
        let name = plain(&plan.module);
        let full = format!("{parent}::{}", plan.module);
        // A module of the same name as one of the crates would hide it.
        let hides = [runtime.as_str(), parent, "std"]
            .iter()
            .any(|path| path.split("::").next() == Some(name.as_str()));
        let (path, models) = match hides {
            true => (full.clone(), format!("{full}::model")),
            false => (plan.module.to_string(), "model".to_owned()),
        };
        Self {
            name: &plan.module,
            samples: Samples {
                module: &plan.module,
                known,
                runtime,
                models,
            },
            compiled: options.parent.is_some(),
            parent: parent.to_owned(),
            path,
            imported: !hides,
        }
    }

    fn example(&self, operation: &Operation) -> Docs {
        let mut docs = vec!["# Example".to_owned(), String::new()];
        docs.push(if self.compiled { "```no_run" } else { "```text" }.to_owned());
        if self.compiled {
            let runtime = &self.samples.runtime;
            docs.push(format!(
                "# async fn example(client: &{runtime}::Client) -> Result<(), Box<dyn std::error::Error>> {{"
            ));
        }
        let usage = self.usage(operation);
        let statements = self.statements(operation, &usage.calls);
        let (parent, module) = (&self.parent, self.name);
        let import = match statements.iter().any(|line| line.contains("model::")) {
            true => format!("use {parent}::{module}::{{self, model}};"),
            false => format!("use {parent}::{module};"),
        };
        let imports: Docs = usage
            .import
            .into_iter()
            .chain(self.imported.then_some(import))
            .collect();
        if !imports.is_empty() {
            docs.extend(imports);
            docs.push(String::new());
        }
        docs.extend(statements);
        if self.compiled {
            docs.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
        }
        docs.push("```".to_owned());
        docs
    }

    /// What is done with the request of an operation, going by what a success carries.
    fn usage(&self, operation: &Operation) -> Usage {
        let is_get = operation.info.method.as_str() == "GET";
        match &operation.output {
            Output::Nothing => Usage::calls(&[&["client.send($).await?;"]]),
            Output::Text => Usage::calls(&[&["let text = client.send($).await?;", "println!(\"{}\", text.as_str());"]]),
            Output::Download => Usage::calls(&[&[
                "let file = client.send($).await?.into_body();",
                "file.save(\"download\").await?;",
            ]]),
            Output::Redirect => Usage::calls(&[&[
                "let redirect = client.send($).await?;",
                "let file = client.follow(&redirect).await?.into_body();",
                "file.save(\"download\").await?;",
            ]]),
            Output::Json(ty) => match self.samples.structure(ty) {
                Some(body) if is_get && body.long_task.is_some() => Usage::calls(&[
                    &[
                        "// One request.",
                        "let task = client.send($).await?;",
                        "println!(\"{task:#?}\");",
                    ],
                    &[
                        "// Polls until the task has ended.",
                        "let done = client.wait($).await?;",
                        "println!(\"{done:#?}\");",
                    ],
                ]),
                Some(body) if body.started_task.is_some() => self.started(),
                Some(body) if is_get && body.page.is_some() => Usage::calls(&[&[
                    "let mut items = client.pages($).items();",
                    "while let Some(item) = items.next().await {",
                    "    println!(\"{:#?}\", item?);",
                    "}",
                ]]),
                _ => Usage::response(),
            },
            Output::Choice(_) => Usage::response(),
        }
    }

    /// What follows a task that was started: with the bundled module, which may not be hidden by this one.
    fn started(&self) -> Usage {
        let runtime = &self.samples.runtime;
        let (import, path) = match self.name.as_str() {
            "longtask" => (format!("use {runtime}::StartedTask;"), format!("{runtime}::longtask")),
            _ => (
                format!("use {runtime}::{{StartedTask, longtask}};"),
                "longtask".to_owned(),
            ),
        };
        let wait = format!("let done = client.wait({path}::get_task(started.task_id()?)).await?;");
        let calls = Usage::calls(&[&[
            "let started = client.send($).await?;",
            &wait,
            "println!(\"{done:#?}\");",
        ]]);
        Usage {
            import: Some(import),
            ..calls
        }
    }

    /// The statements: those of the arguments that are larger, and those of each use of the request.
    fn statements(&self, operation: &Operation, calls: &[Vec<String>]) -> Docs {
        let mut docs = Docs::new();
        let mut given = |argument: &Argument| {
            let value = self.samples.argument(argument);
            if value.is_simple() {
                return value;
            }
            let name = match argument.ident.as_str() {
                "client" => "client_value",
                name => name,
            };
            docs.extend(value.lines(&format!("let {name} = "), ";"));
            Expression::plain(name)
        };
        let required = operation.required.iter().map(&mut given).collect();
        let function = format!("{}::{}", self.path, operation.function);
        let mut request = Expression::call(function, required);
        for argument in shown(operation) {
            request = request.method(argument.ident.as_str(), given(argument));
        }
        let request = match calls {
            // Longer requests, and those that are used twice, have a name.
            [one] if longest(one, &request.line()) <= WIDTH => request.line(),
            [_] => {
                docs.extend(request.lines("let request = ", ";"));
                "request".to_owned()
            }
            _ => request.line(),
        };
        for (number, call) in calls.iter().enumerate() {
            if number > 0 {
                docs.push(String::new());
            }
            docs.extend(call.iter().map(|line| line.replace('$', &request)));
        }
        docs
    }
}

/// Lines with `$` where the request belongs.
struct Usage {
    import: Option<String>,
    calls: Vec<Vec<String>>,
}

impl Usage {
    fn calls(calls: &[&[&str]]) -> Self {
        let owned = |lines: &&[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
        Self {
            import: None,
            calls: calls.iter().map(owned).collect(),
        }
    }

    fn response() -> Self {
        Self::calls(&[&["let response = client.send($).await?;", "println!(\"{response:#?}\");"]])
    }
}

/// The optional arguments that an example sets: the body, which few requests make sense without, or the first of its parts if none
/// is required.
fn shown(operation: &Operation) -> impl Iterator<Item = &Argument> {
    let current = operation.optional.iter().filter(|argument| !argument.deprecated);
    let first = current.filter(|argument| argument.place.is_of_body()).take(1);
    first.filter(|_| !operation.required.iter().any(|argument| argument.place.is_of_body()))
}

/// The length of the longest line of a use of a request.
fn longest(lines: &[String], request: &str) -> usize {
    let lengths = lines.iter().map(|line| line.replace('$', request).chars().count());
    lengths.max().unwrap_or_default()
}
