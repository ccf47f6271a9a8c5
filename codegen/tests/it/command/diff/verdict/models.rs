//! Changes of models, each with code that uses what is changed.

use super::kind::Effect::{Breaks, Holds};
use super::kind::{Kind, get, kind, object, sends, thing, things};

const READ: &str = "pub fn read(thing: api::model::Thing) -> Option<String> { thing.a }";
const MATCH: &str = "pub fn read(thing: api::model::Thing) -> u8 { match thing { api::model::Thing::Small => 1, api::model::Thing::Large => 2, _ => 3 } }";
const NEW: &str = "pub fn make() { let _ = api::get_thing(api::model::Thing::new(\"a\")); }";

pub fn models() -> Vec<Kind> {
    vec![
        kind(
            "type_added",
            thing(&object("a: { type: string }")),
            things(
                "    Thing: { type: object, properties: { a: { type: string } } }\n    Other: { type: object, properties: { a: { type: string } } }\n",
            ),
            READ,
            Holds,
        ),
        kind(
            "type_gone",
            thing(&object("a: { type: string }")),
            get(""),
            READ,
            Breaks,
        ),
        kind(
            "type_renamed",
            thing(&object("a: { type: string }, b: { type: string }")),
            things("    Item: { type: object, properties: { a: { type: string }, b: { type: string } } }\n"),
            READ,
            Breaks,
        ),
        kind(
            "kind",
            thing(&object("a: { type: string }")),
            thing("{ type: string }"),
            READ,
            Breaks,
        ),
        kind(
            "field_added",
            thing(&object("a: { type: string }")),
            thing(&object("a: { type: string }, b: { type: string }")),
            READ,
            Holds,
        ),
        kind(
            "field_gone",
            thing(&object("a: { type: string }")),
            thing(&object("b: { type: string }")),
            READ,
            Breaks,
        ),
        kind(
            "field_type",
            thing(&object("a: { type: string }")),
            thing(&object("a: { type: number }")),
            READ,
            Breaks,
        ),
        kind(
            "field_required",
            thing(&object("a: { type: string }")),
            thing("{ type: object, required: [a], properties: { a: { type: string } } }"),
            READ,
            Breaks,
        ),
        kind(
            "field_optional",
            thing("{ type: object, required: [a], properties: { a: { type: string } } }"),
            thing(&object("a: { type: string }")),
            "pub fn read(thing: api::model::Thing) -> String { thing.a }",
            Breaks,
        ),
        kind(
            "field_presence",
            thing("{ type: object, required: [a], properties: { a: { type: string, nullable: true } } }"),
            thing(&object("a: { type: string }")),
            READ,
            Holds,
        ),
        kind(
            "field_member",
            thing(&object("a_b: { type: string }")),
            thing(&object("aB: { type: string }")),
            "pub fn read(thing: api::model::Thing) -> Option<String> { thing.a_b }",
            Holds,
        ),
        kind(
            "field_docs",
            thing(&object("a: { type: string }")),
            thing(&object("a: { type: string, description: Words. }")),
            READ,
            Holds,
        ),
        // How they are made.
        kind(
            "constructor",
            sends("{ type: object, required: [a], properties: { a: { type: string } } }"),
            sends("{ type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }"),
            NEW,
            Breaks,
        ),
        kind(
            "field_sent_too",
            sends("{ type: object, required: [a], properties: { a: { type: string } } }"),
            sends("{ type: object, required: [a], properties: { a: { type: string }, b: { type: string } } }"),
            NEW,
            Holds,
        ),
        kind(
            "field_setter_gone",
            sends(&object("a: { type: string }, b: { type: string }")),
            sends(&object("a: { type: string, readOnly: true }, b: { type: string }")),
            "pub fn make() { let _ = api::model::Thing::default().a(\"a\"); }",
            Breaks,
        ),
        // Other types.
        kind(
            "value_added",
            thing("{ type: string, enum: [small, large] }"),
            thing("{ type: string, enum: [small, large, huge] }"),
            MATCH,
            Holds,
        ),
        kind(
            "value_gone",
            thing("{ type: string, enum: [small, large] }"),
            thing("{ type: string, enum: [small] }"),
            MATCH,
            Breaks,
        ),
        kind(
            "value_text",
            thing("{ type: string, enum: [small, large] }"),
            thing("{ type: string, enum: [SMALL, large] }"),
            MATCH,
            Holds,
        ),
        kind(
            "variant_added",
            thing("{ oneOf: [{ type: string }, { type: boolean }] }"),
            thing("{ oneOf: [{ type: string }, { type: boolean }, { type: integer }] }"),
            "pub fn read(thing: api::model::Thing) -> bool { matches!(thing, api::model::Thing::Boolean(true)) }",
            Holds,
        ),
        kind(
            "variant_gone",
            thing("{ oneOf: [{ type: string }, { type: boolean }, { type: integer }] }"),
            thing("{ oneOf: [{ type: string }, { type: integer }] }"),
            "pub fn read(thing: api::model::Thing) -> bool { matches!(thing, api::model::Thing::Boolean(true)) }",
            Breaks,
        ),
        kind(
            "alias",
            thing("{ type: string }"),
            thing("{ type: integer }"),
            "pub fn read(thing: api::model::Thing) -> String { thing }",
            Breaks,
        ),
    ]
}
