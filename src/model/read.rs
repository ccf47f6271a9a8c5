//! Reads values from any of serde's formats, in one pass.
//!
//! What is generated sees a [`Reader`] and no format, so that it is compiled once.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::model::json::{AnyJson, Enumeration, List, Members, Purpose, Reader, Source};
use crate::model::notes::Notes;
use crate::model::outcome::{Found, Outcome};
use crate::model::place::Place;
use crate::model::take::{Any, Choice, NUMBER, Name, Take};

/// A value of one of serde's formats.
pub(crate) enum OneValue<D, E> {
    Unread(D),
    Read,
    /// Why the text cannot be read.
    Failed(E),
}

impl<'de, D: Deserializer<'de>> OneValue<D, D::Error> {
    pub(crate) fn new(deserializer: D) -> Self {
        Self::Unread(deserializer)
    }

    /// Why the text cannot be read.
    pub(crate) fn into_error(self) -> Option<D::Error> {
        match self {
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }

    /// What follows can be read if this one could.
    fn finish(self, place: &Place<'_>, notes: &mut Notes) -> Result<(), D::Error> {
        match self {
            Self::Read => Ok(()),
            Self::Unread(deserializer) => IgnoredAny::deserialize(deserializer).map(|_| ()),
            Self::Failed(error) => {
                notes.broke(place);
                Err(error)
            }
        }
    }

    fn visit(&mut self, visitor: impl Visitor<'de, Value = Outcome>) -> Outcome {
        self.with(|deserializer| deserializer.deserialize_any(visitor))
    }

    fn with(&mut self, read: impl FnOnce(D) -> Result<Outcome, D::Error>) -> Outcome {
        match std::mem::replace(self, Self::Read) {
            Self::Unread(deserializer) => match read(deserializer) {
                Ok(outcome) => outcome,
                Err(error) => {
                    *self = Self::Failed(error);
                    Outcome::Broken
                }
            },
            // A value that was read is not there any more.
            read => {
                *self = read;
                Outcome::Broken
            }
        }
    }
}

impl<'de, D: Deserializer<'de>> Reader for OneValue<D, D::Error> {
    fn boolean(&mut self, into: &mut bool) -> Outcome {
        self.visit(Any(into))
    }

    fn integer(&mut self, into: &mut i64) -> Outcome {
        self.visit(Any(into))
    }

    fn unsigned(&mut self, into: &mut u64) -> Outcome {
        self.visit(Any(into))
    }

    fn number(&mut self, into: &mut f64) -> Outcome {
        self.visit(Any(into))
    }

    fn string(&mut self, into: &mut String) -> Outcome {
        self.visit(Any(into))
    }

    fn enumeration(&mut self, into: &mut dyn Enumeration, is_known: &mut bool) -> Outcome {
        self.visit(Any(Choice { into, is_known }))
    }

    fn any(&mut self, into: &mut Value) -> Outcome {
        self.with(|deserializer| {
            *into = Value::deserialize(deserializer)?;
            Ok(Outcome::Done)
        })
    }

    fn skip(&mut self) -> Outcome {
        self.with(|deserializer| IgnoredAny::deserialize(deserializer).map(|_| Outcome::Done))
    }

    fn skim(&mut self) -> Outcome {
        self.with(|deserializer| match Option::<IgnoredAny>::deserialize(deserializer)? {
            Some(_) => Ok(Outcome::Done),
            None => Ok(Outcome::Null),
        })
    }

    fn list(&mut self, into: &mut dyn List, place: &Place<'_>, notes: &mut Notes) -> Outcome {
        self.visit(Any(Items { into, place, notes }))
    }

    fn object(&mut self, into: &mut dyn AnyJson, place: &Place<'_>, notes: &mut Notes) -> Outcome {
        self.visit(Any(Object { into, place, notes }))
    }
}

struct Items<'i> {
    into: &'i mut dyn List,
    place: &'i Place<'i>,
    notes: &'i mut Notes,
}

impl Take for Items<'_> {
    fn items<'de, A: SeqAccess<'de>>(self, mut items: A) -> Result<Outcome, A::Error> {
        let mut index = 0;
        loop {
            let item = Item {
                into: &mut *self.into,
                place: &self.place.item(index),
                notes: &mut *self.notes,
            };
            if items.next_element_seed(item)?.is_none() {
                return Ok(Outcome::Done);
            }
            index += 1;
        }
    }
}

struct Item<'i> {
    into: &'i mut dyn List,
    place: &'i Place<'i>,
    notes: &'i mut Notes,
}

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut reader = OneValue::new(deserializer);
        self.into.read_item(&mut Source {
            reader: &mut reader,
            place: self.place,
            notes: self.notes,
        });
        reader.finish(self.place, self.notes)
    }
}

struct Object<'o> {
    into: &'o mut dyn AnyJson,
    place: &'o Place<'o>,
    notes: &'o mut Notes,
}

impl Take for Object<'_> {
    fn members<'de, A: MapAccess<'de>>(self, mut members: A) -> Result<Outcome, A::Error> {
        let mut seen = self.notes.watches().then(Vec::new);
        while let Some(name) = members.next_key_seed(Name)? {
            if name == NUMBER {
                members.next_value::<IgnoredAny>()?;
                return Ok(Outcome::Mismatched(Found::Number));
            }
            let before = self.notes.missing_so_far();
            members.next_value_seed(Member {
                into: &mut *self.into,
                name: &name,
                place: &self.place.member(&name),
                notes: &mut *self.notes,
            })?;
            if let Some(seen) = &mut seen {
                seen.push((name, self.notes.missing_since(before)));
            }
        }
        if let Some(mut seen) = seen {
            // Missing members are reported in the order of the document.
            let mut described = Vec::new();
            self.into.any_members(&mut Members(Purpose::Describe(&mut described)));
            for (name, is_required) in described {
                match seen.iter_mut().rfind(|(known, _)| known == name) {
                    Some((_, below)) => self.notes.missing_again(below),
                    None if is_required => self.notes.missing(&self.place.member(name)),
                    None => {}
                }
            }
            seen.iter_mut().for_each(|(_, below)| self.notes.missing_again(below));
        }
        Ok(Outcome::Done)
    }
}

struct Member<'m> {
    into: &'m mut dyn AnyJson,
    name: &'m str,
    place: &'m Place<'m>,
    notes: &'m mut Notes,
}

impl<'de> DeserializeSeed<'de> for Member<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut reader = OneValue::new(deserializer);
        let mut source = Source {
            reader: &mut reader,
            place: self.place,
            notes: self.notes,
        };
        self.into.read_any_member(self.name, &mut source);
        reader.finish(self.place, self.notes)
    }
}
