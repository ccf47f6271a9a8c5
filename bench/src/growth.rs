//! How the time and memory of generating grow with a document, for each thing that a document can have many of.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::generation::{self, Optimised};
use crate::measure::{self, median};
use crate::plot::{Curve, plot};
use crate::report::{Cell, Table};

/// How many there are of each thing.
const SIZES: [usize; 4] = [1_000, 2_000, 4_000, 8_000];

/// A thing that a document has many of: what is plotted, what stands under `paths`, and what under `components`.
struct Kind {
    title: &'static str,
    paths: fn(usize) -> String,
    schemas: fn(usize) -> String,
}

const KINDS: [Kind; 8] = [
    Kind {
        title: "operations",
        paths: |size| lines(size, |number| path(number, &format!("get{number}"))),
        schemas: none,
    },
    Kind {
        title: "equal operation ids",
        paths: |size| lines(size, |number| path(number, "get")),
        schemas: none,
    },
    Kind {
        title: "schemas",
        paths: none,
        schemas: |size| {
            lines(size, |number| {
                format!(
                    "Schema{number}: {{ required: [id], properties: {{ id: {{ type: string }}, size: {{ type: integer }} }} }}"
                )
            })
        },
    },
    Kind {
        title: "undefined references",
        paths: none,
        schemas: |size| {
            lines(size, |number| {
                format!(
                    "Schema{number}: {{ properties: {{ other: {{ $ref: '#/components/schemas/Missing{number}' }} }} }}"
                )
            })
        },
    },
    Kind {
        title: "values of an enum",
        paths: none,
        schemas: |size| {
            let values: Vec<String> = (0..size).map(|number| format!("value{number}")).collect();
            format!("    Enum: {{ type: string, enum: [{}] }}\n", values.join(", "))
        },
    },
    Kind {
        title: "length of an alias chain",
        paths: none,
        schemas: |size| chain(size, |next| format!("{{ {next} }}")),
    },
    Kind {
        title: "length of an `allOf` chain",
        paths: none,
        // A property of its own in each would be in all before it, and the module grow with the square of the length.
        schemas: |size| {
            chain(size, |next| {
                format!("{{ allOf: [{{ {next} }}, {{ required: [id] }}] }}")
            })
        },
    },
    Kind {
        title: "`allOf` diamonds",
        paths: none,
        schemas: |size| chain(size, |next| format!("{{ allOf: [{{ {next} }}, {{ {next} }}] }}")),
    },
];

fn none(_: usize) -> String {
    String::new()
}

fn lines(size: usize, line: impl Fn(usize) -> String) -> String {
    (0..size).map(|number| format!("    {}\n", line(number))).collect()
}

fn path(number: usize, id: &str) -> String {
    let parameters = "parameters: [{ name: id, in: path, required: true, schema: { type: string } }]";
    let responses =
        "responses: { '200': { description: Found., content: { application/json: { schema: { type: string } } } } }";
    format!("/p{number}/{{id}}: {{ get: {{ operationId: {id}, {parameters}, {responses} }} }}")
}

/// Schemas of which each refers to the next one.
fn chain(size: usize, schema: impl Fn(&str) -> String) -> String {
    let schemas = lines(size, |number| {
        let next = format!("$ref: '#/components/schemas/Schema{}'", number + 1);
        format!("Schema{number}: {}", schema(&next))
    });
    format!("{schemas}    Schema{size}: {{ properties: {{ id: {{ type: string }} }} }}\n")
}

impl Kind {
    fn document(&self, size: usize) -> String {
        let head = "openapi: 3.0.1\ninfo: { title: Growth, version: '1' }\npaths:\n  x-none: none\n";
        let (paths, schemas) = ((self.paths)(size), (self.schemas)(size));
        let paths = paths.replace("    /", "  /");
        format!("{head}{paths}components:\n  schemas:\n    None: {{ type: string }}\n{schemas}")
    }
}

/// The table, and the plot beside it, which is written to a file.
pub fn table(folder: &Path, runs: usize, picture: &Path) -> Result<String> {
    let command = generation::build(folder, Optimised::Yes)?;
    let mut columns = vec!["number of".to_owned()];
    columns.extend(SIZES.iter().map(usize::to_string));
    columns.push("from 4000 to 8000".to_owned());
    let name = picture.file_name().unwrap_or_default().to_string_lossy();
    let mut table = Table::new(
        "Growth",
        &format!(
            "CPU milliseconds of a process that generates a module, by the number of elements of one kind in its document. Twice as many should \
             take twice the time, and a little more where something is sorted. The `allOf` chain adds no properties: otherwise each would be \
             repeated in all schemas before it, and the module would grow quadratically.\n\n![The times of the table, on logarithmic axes]({name})"
        ),
        &columns,
        1,
    );
    let document = folder.join("growth.yaml");
    let mut curves = Vec::new();
    for kind in &KINDS {
        eprintln!("growth: {}", kind.title);
        let mut points = Vec::new();
        for size in SIZES {
            fs::write(&document, kind.document(size))
                .with_context(|| format!("{} cannot be written", document.display()))?;
            let mut found = Vec::new();
            for _ in 0..runs * 3 {
                let spent = measure::apart(&generation::ours(&command, &document, &folder.join("generated"))?)?;
                found.push(spent.context("a document of the benchmark is refused")?.cpu * 1e3);
            }
            points.push((size as f64, median(found).context("nothing was measured")?));
        }
        let cells: Vec<Cell> = points.iter().map(|(_, time)| Cell::Number(*time)).collect();
        let growth = match points.as_slice() {
            [.., (_, half), (_, whole)] => Some(whole / half),
            _ => None,
        };
        table.line(kind.title, &cells, growth);
        curves.push(Curve {
            title: kind.title.replace('`', ""),
            points,
        });
    }
    let svg = plot("number of them", "CPU milliseconds", &curves);
    fs::write(picture, svg).with_context(|| format!("{} cannot be written", picture.display()))?;
    Ok(table.finish())
}
