//! Measures what generating costs, and what generated code costs: to compile, in source, and when it runs; beside what other generators
//! make of the same documents, and beside what one writes by hand. All in one run, the candidates in turn.

mod codec;
mod generation;
mod generator;
mod growth;
mod measure;
mod plot;
mod program;
mod project;
mod report;
mod tools;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};

use generator::{Documents, Generator};
use measure::median;
use project::{Build, Project, Workspace};
use report::{Cell, Table};

confluence_rest::include_spec!("wiki");

/// Measures generated code, and writes what comes out to docs/performance.md.
#[derive(Debug, Parser)]
struct Arguments {
    /// The folder of the published documents, with `confluence` and `jira` in it.
    #[arg(long, env = "CONFLUENCE_CORPUS")]
    documents: Option<PathBuf>,
    /// How often each is measured; the middle counts.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// What to measure. The default is all of it, and only all of it is written down.
    #[arg(long, value_delimiter = ',')]
    only: Vec<Measure>,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Measure {
    /// `cargo check` of the generated modules.
    Check,
    /// A debug build of a program that uses every operation.
    Debug,
    /// How much source is written.
    Source,
    /// Generating, as a process: time and memory.
    Generate,
    /// How the time of generating grows.
    Growth,
    /// Decoding and encoding.
    Codec,
}

fn main() -> Result<()> {
    let mut line = std::env::args_os().skip(1);
    if line.next().is_some_and(|first| first == measure::APART) {
        return measure::run_apart(&line.collect::<Vec<_>>());
    }
    let arguments = Arguments::parse();
    let wants = |measure| arguments.only.is_empty() || arguments.only.contains(&measure);
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = own.join("target/compared");
    let corpus = || {
        let documents = arguments.documents.as_deref();
        documents.context("name the folder of the documents with --documents or CONFLUENCE_CORPUS")
    };
    let mut text = head()?;
    if wants(Measure::Generate) {
        let measured = generation::tables(&folder, &largest(corpus()?)?, arguments.runs)?;
        println!("{measured}");
        text.push_str(&measured);
    }
    if wants(Measure::Growth) {
        // A part of the measurements is not written down, its picture neither.
        let picture = if arguments.only.is_empty() {
            own.join("../docs")
        } else {
            folder.clone()
        };
        let measured = growth::table(&folder, arguments.runs, &picture.join("growth.svg"))?;
        println!("{measured}");
        text.push_str(&measured);
        text.push('\n');
    }
    if [Measure::Check, Measure::Debug, Measure::Source].into_iter().any(wants) {
        let measured = compile(own, &documents_of(corpus()?)?, arguments.runs, wants)?;
        // Should the rest fail, this is not lost.
        println!("{measured}");
        text.push_str(&measured);
    }
    if wants(Measure::Codec) {
        let measured = codec::tables(arguments.runs)?;
        println!("{measured}");
        text.push_str(&measured);
    }
    if arguments.only.is_empty() {
        let path = own.join("../docs/performance.md");
        fs::create_dir_all(own.join("../docs"))?;
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

/// How many of the largest documents of Jira's tags are taken together.
const JIRA: usize = 8;

const V1: &str = "confluence/confluence-v1-all.yml";
const V2: &str = "confluence/confluence-v2-official.json";

fn documents_of(folder: &Path) -> Result<Vec<Documents>> {
    let of = |title, name, paths| Documents { title, name, paths };
    let jira = jira(folder)?.into_iter().take(JIRA).collect();
    Ok(vec![
        of("Confluence v1", "v1", vec![folder.join(V1)]),
        of("Confluence v2", "v2", vec![folder.join(V2)]),
        of("Jira, the eight largest tags", "jira", jira),
    ])
}

/// The largest documents, one by one.
fn largest(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let confluence = [("Confluence v1", V1), ("Confluence v2", V2)];
    let mut documents: Vec<_> = confluence
        .map(|(title, path)| (title.to_owned(), folder.join(path)))
        .into();
    let jira = jira(folder)?.into_iter().next();
    documents.extend(jira.map(|path| ("Jira, the largest tag".to_owned(), path)));
    Ok(documents)
}

/// The documents of Jira's tags, the largest first.
fn jira(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut jira = Vec::new();
    for entry in fs::read_dir(folder.join("jira")).context("there are no documents of Jira")? {
        let entry = entry?;
        jira.push((entry.metadata()?.len(), entry.path()));
    }
    jira.sort();
    Ok(jira.into_iter().rev().map(|(_, path)| path).collect())
}

/// Machine, versions and date.
fn head() -> Result<String> {
    let said = |program: &str, argument: &str| -> Result<String> {
        let output = Command::new(program).arg(argument).output();
        let output = output.with_context(|| format!("{program} cannot be started"))?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let cores = std::thread::available_parallelism()?;
    let now = humantime::format_rfc3339_seconds(std::time::SystemTime::now()).to_string();
    let date = now.split('T').next().unwrap_or_default();
    Ok(format!(
        "# Performance\n\nMeasured on {date} with {} on {cores} cores, in one run of \
         `cargo run --release --manifest-path bench/Cargo.toml`. The candidates run alternately; the median of their measurements \
         is shown. A ratio is our number over the smallest of the others.\n\n",
        said("rustc", "--version")?
    ))
}

/// Measures what takes a compiler.
fn compile(own: &Path, documents: &[Documents], runs: usize, wants: impl Fn(Measure) -> bool) -> Result<String> {
    let folder = own.join("target/compared");
    let workspace = Workspace::new(folder.join("workspace"), &own.join("../Cargo.lock"))?;
    let generators = Generator::all(&folder.join("tools"))?;
    let titles = || generators.iter().map(Generator::title);
    let columns: Vec<String> = ["document".to_owned()]
        .into_iter()
        .chain(titles())
        .chain(["ratio".to_owned()])
        .collect();
    let mut check = Table::new(
        "Checking",
        "CPU seconds of `cargo check` of what is generated, without what it depends on.",
        &columns,
        1,
    );
    let mut debug = Table::new(
        "Building",
        "CPU seconds of a debug build of what is generated and of a program that calls every operation with all of its parameters, \
         without what it depends on.",
        &columns,
        1,
    );
    let mut source = Table::new("Source", "MB of Rust that are generated.", &columns, 2);
    for documents in documents {
        let mut projects: Vec<Option<Project>> = Vec::new();
        for generator in &generators {
            eprintln!("{}: {}", documents.title, generator.title());
            projects.push(if generator.is_installed() {
                generator.generate(documents, &workspace)?
            } else {
                None
            });
        }
        let bytes: Vec<Cell> = projects
            .iter()
            .map(|project| match project {
                Some(project) => Cell::Number(project.bytes as f64 / 1e6),
                None => Cell::Words("refuses"),
            })
            .collect();
        source.line(documents.title, &bytes, report::ratio(&bytes));
        for (measure, build, table) in [
            (Measure::Check, Build::Check, &mut check),
            (Measure::Debug, Build::Debug, &mut debug),
        ] {
            if wants(measure) {
                let cells = seconds(&workspace, &mut projects, build, runs)?;
                table.line(documents.title, &cells, report::ratio(&cells));
            }
        }
        for package in projects.iter().flatten().flat_map(|project| &project.packages) {
            workspace.remove(package)?;
        }
    }
    let mut text = String::new();
    for (measure, table) in [
        (Measure::Check, check),
        (Measure::Debug, debug),
        (Measure::Source, source),
    ] {
        if wants(measure) {
            text.push_str(&table.finish());
            text.push('\n');
        }
    }
    Ok(text)
}

/// The middle of the CPU seconds that each project takes. What does not compile once is not tried again.
fn seconds(workspace: &Workspace, projects: &mut [Option<Project>], build: Build, runs: usize) -> Result<Vec<Cell>> {
    let mut found = vec![Vec::new(); projects.len()];
    let mut fails = vec![false; projects.len()];
    // The first run compiles what they depend on.
    for run in 0..=runs {
        for (number, project) in projects.iter().enumerate() {
            let Some(project) = project.as_ref().filter(|_| !fails[number]) else {
                continue;
            };
            match workspace.compile(project, build)? {
                Some(seconds) if run > 0 => found[number].push(seconds),
                Some(_) => {}
                None => fails[number] = true,
            }
        }
    }
    let cells = found.into_iter().zip(projects).zip(fails);
    let cells = cells.map(|((found, project), fails)| match (project, fails) {
        (None, _) => Cell::Words("refuses"),
        (_, true) => Cell::Words("does not compile"),
        _ => median(found).map_or(Cell::Words(""), Cell::Number),
    });
    Ok(cells.collect())
}
