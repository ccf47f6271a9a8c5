//! What a kind of change is, and the documents that differ in it.

/// A change of a document.
pub struct Kind {
    /// A word for it, as the name of a module.
    pub name: &'static str,
    pub old: String,
    pub new: String,
    /// Items of a user's crate, in which `api` is the generated module.
    pub uses: &'static str,
    pub effect: Effect,
}

/// What a change means to code that compiles against the old module.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// It no longer compiles.
    Breaks,
    /// It compiles and no longer does what it did, for this reason.
    BreaksWhenItRuns(&'static str),
    /// It goes on to compile and to work.
    Holds,
}

/// A document: the lines of its paths and of its schemas.
pub fn document(paths: &str, schemas: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n{paths}components:\n  schemas:\n{schemas}")
}

pub fn operation(method: &str, members: &str, schemas: &str) -> String {
    let paths = format!("  /things:\n    {method}: {{ operationId: getThing, {members} }}\n");
    document(&paths, if schemas.is_empty() { "    {}\n" } else { schemas })
}

/// An operation with other members than those that all have.
pub fn get(members: &str) -> String {
    operation(
        "get",
        &format!("{members} responses: {{ '204': {{ description: Done. }} }}"),
        "",
    )
}

/// An operation that takes parameters.
pub fn takes(parameters: &str) -> String {
    get(&format!("parameters: [{parameters}],"))
}

/// An operation that answers with what a schema describes.
pub fn answers(schema: &str) -> String {
    let content = format!("content: {{ application/json: {{ schema: {schema} }} }}");
    operation(
        "get",
        &format!("responses: {{ '200': {{ description: Fine., {content} }} }}"),
        "",
    )
}

/// An operation with a documented error.
pub fn fails(error: &str) -> String {
    operation(
        "get",
        &format!("responses: {{ '204': {{ description: Done. }}, '404': {{ {error} }} }}"),
        "",
    )
}

/// An operation that answers with a schema of this kind.
pub fn thing(schema: &str) -> String {
    things(&format!("    Thing: {schema}\n"))
}

/// An operation that answers with the first of these schemas.
pub fn things(schemas: &str) -> String {
    let name = schemas.trim_start().split(':').next().expect("a name");
    let members = format!(
        "responses: {{ '200': {{ description: Fine., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }} }} }}"
    );
    operation("get", &members, schemas)
}

/// An operation that is sent a schema of this kind.
pub fn sends(schema: &str) -> String {
    let members = "requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, responses: { '204': { description: Done. } }";
    operation("post", members, &format!("    Thing: {schema}\n"))
}

pub const TASK: &str = "{ type: object, required: [finished, successful, percentageComplete], properties: { finished: { type: boolean }, successful: { type: boolean }, percentageComplete: { type: integer }, name: { type: string } } }";

/// A schema of an object.
pub fn object(properties: &str) -> String {
    format!("{{ type: object, properties: {{ {properties} }} }}")
}

/// A change, from its parts.
pub fn kind(name: &'static str, old: String, new: String, uses: &'static str, effect: Effect) -> Kind {
    Kind {
        name,
        old,
        new,
        uses,
        effect,
    }
}
