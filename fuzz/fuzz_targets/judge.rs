//! What has to hold of whatever comes out of the generator.

use confluence_codegen::{Input, generate};

#[path = "../../codegen/tests/it/documentation.rs"]
mod documentation;

/// Generates a module, and panics where it is none, where its documentation holds code that it should not, or where an error does not
/// say what is wrong.
pub fn judge(input: &Input) {
    match generate(input) {
        Ok(generated) => {
            let _ = generated.diagnostics.to_string();
            assert!(syn::parse_file(&generated.code).is_ok(), "no Rust: {}", generated.code);
            documentation::check(&generated.code);
        }
        Err(error) => {
            let said = error.diagnostics().expect("an error of the document").to_string();
            assert!(said.contains("error["), "{said}");
        }
    }
}
