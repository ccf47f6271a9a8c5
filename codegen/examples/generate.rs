//! Generates a module outside of a build script: `cargo run --example generate -- spec.yaml folder`.

use std::process::ExitCode;

use confluence_codegen::Config;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(document), Some(folder)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: generate DOCUMENT FOLDER");
        return ExitCode::FAILURE;
    };
    match Config::new().spec(document).out_dir(folder).build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
