//! Generates the modules of every document in `spec/`.

fn main() -> Result<(), confluence_codegen::Error> {
    confluence_codegen::Config::new()
        .spec_dir("spec")
        .runtime("crate")
        .build()
}
