//! Generates the modules `content` and `space` from the documents in `spec/`.

fn main() -> Result<(), confluence_codegen::Error> {
    confluence_codegen::Config::new().spec_dir("spec").build()
}
