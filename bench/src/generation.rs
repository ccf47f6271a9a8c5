//! What generating costs, as a whole process: in time, unoptimised as in a build script, and in memory.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::measure::{self, Spent, median};
use crate::report::{self, Cell, Table};
use crate::tools;

/// How often each process is run for each of the runs of a compiler.
const ROUNDS: usize = 5;

/// Whether the compiler optimises.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Optimised {
    Yes,
    No,
}

/// Builds the program that does what a build script does, the example `generate` of confluence-codegen.
pub fn build(folder: &Path, optimised: Optimised) -> Result<PathBuf> {
    let target = folder.join("generate");
    let mut cargo = Command::new("cargo");
    cargo.args([
        "build",
        "--quiet",
        "--locked",
        "--package",
        "confluence-codegen",
        "--example",
        "generate",
    ]);
    cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("--manifest-path")
        .arg("../Cargo.toml");
    cargo.arg("--target-dir").arg(&target);
    let profile = match optimised {
        Optimised::Yes => "release",
        Optimised::No => "debug",
    };
    if optimised == Optimised::Yes {
        cargo.arg("--release");
    }
    ensure!(measure::succeeds(&mut cargo)?, "the generator does not compile");
    Ok(target.join(profile).join("examples/generate"))
}

/// The command that generates a module into a folder, which is empty before.
pub fn ours(command: &Path, document: &Path, folder: &Path) -> Result<Vec<OsString>> {
    empty(folder)?;
    Ok(vec![command.into(), document.into(), folder.into()])
}

fn ploidy(command: &Path, document: &Path, folder: &Path) -> Result<Vec<OsString>> {
    empty(folder)?;
    let mut line: Vec<OsString> = vec![command.into(), "generate".into(), "rust".into(), document.into()];
    line.extend(["--output".into(), folder.into(), "--name".into(), "generated".into()]);
    Ok(line)
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

/// The tables for some documents, each with its title.
pub fn tables(folder: &Path, documents: &[(String, PathBuf)], runs: usize) -> Result<String> {
    let release = build(folder, Optimised::Yes)?;
    let debug = build(folder, Optimised::No)?;
    let other = tools::from_crates_io(&folder.join("tools"), "ploidy", tools::PLOIDY)?;
    let ploidy_title = format!("ploidy {}", tools::PLOIDY);
    let columns = |between: &[&str]| -> Vec<String> {
        let between = between.iter().map(|title| (*title).to_owned());
        std::iter::once("document".to_owned())
            .chain(between)
            .chain(["ratio".to_owned()])
            .collect()
    };
    let both = columns(&["confluence-codegen", &ploidy_title]);
    let mut cpu = Table::new(
        "Generating",
        "CPU seconds of a whole process that reads a document and writes the code.",
        &both,
        3,
    );
    let mut wall = Table::new("Generating, elapsed time", "Elapsed seconds of the same process.", &both, 3);
    let mut script = Table::new(
        "Generating in a build script",
        "CPU seconds of a whole process with confluence-codegen unoptimised, which is how Cargo compiles build scripts, and optimised.",
        &columns(&["unoptimised", "optimised"]),
        3,
    );
    let mut memory = Table::new(
        "Memory",
        "MB of the document, and of the memory of the process that generates at its peak, its program included. The ratio is that of \
         confluence-codegen to the document.",
        &columns(&["document", "confluence-codegen", &ploidy_title]),
        2,
    );
    for (title, document) in documents {
        eprintln!("generating: {title}");
        let generated = folder.join("generated");
        let mut found: [Vec<Spent>; 3] = Default::default();
        for _ in 0..runs * ROUNDS {
            found[0].extend(measure::apart(&ours(&release, document, &generated)?)?);
            found[1].extend(measure::apart(&ours(&debug, document, &generated)?)?);
            if let Some(other) = &other {
                found[2].extend(measure::apart(&ploidy(other, document, &generated)?)?);
            }
        }
        let middle = |number: usize, part: fn(&Spent) -> f64| {
            let all = found[number].iter().map(part).collect();
            median(all).map_or(Cell::Words("refuses"), Cell::Number)
        };
        for (table, part) in [
            (&mut cpu, (|one| one.cpu) as fn(&Spent) -> f64),
            (&mut wall, |one| one.wall),
        ] {
            let cells = [middle(0, part), middle(2, part)];
            table.line(title, &cells, report::ratio(&cells));
        }
        let cells = [middle(1, |one| one.cpu), middle(0, |one| one.cpu)];
        script.line(title, &cells, report::ratio(&cells));
        let size = Cell::Number(fs::metadata(document)?.len() as f64 / 1e6);
        let peak = |number| middle(number, |one| one.peak / 1e6);
        memory.line(
            title,
            &[size.clone(), peak(0), peak(2)],
            report::ratio(&[peak(0), size]),
        );
    }
    Ok([cpu, wall, script, memory].map(|table| table.finish() + "\n").concat())
}
