//! Generates the module `space` from `spec/space.yaml`.

fn main() -> Result<(), confluence_codegen::Error> {
    confluence_codegen::Config::new().spec("spec/space.yaml").build()
}
