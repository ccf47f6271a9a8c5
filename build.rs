//! Generates the modules of every document in `spec/`, and of our own on finding a site in the cloud.

fn main() -> Result<(), confluence_codegen::Error> {
    confluence_codegen::Config::new()
        .spec_dir("spec")
        .spec("src/cloud.yaml")
        .runtime("crate")
        .build()
}
