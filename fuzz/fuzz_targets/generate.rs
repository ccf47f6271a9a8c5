//! Any bytes as a document: they give a module that can be read, or errors that say where.
#![no_main]

mod judge;

use confluence_codegen::{Input, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    judge::judge(&Input::new("fuzz", Source::new("spec.yaml", text)));
});
