//! Generates the module `wiki` from `spec/wiki.yaml`.

fn main() -> Result<(), confluence_codegen::Error> {
    confluence_codegen::Config::new().spec("spec/wiki.yaml").build()
}
