//! Reports of tasks.
#![expect(clippy::indexing_slicing, reason = "what a JSON value does not have is null")]

use std::collections::{HashMap, HashSet};
use std::fmt::{self, Write};

use serde_json::Value;

use crate::response::raw::RawResponse;
use crate::text::{OneLine, single_line};

/// What a task reports about itself: messages, errors and warnings.
///
/// It is read from the body as received, since documents and servers disagree on the format of messages. A message
/// whose text is itself a JSON object, as those of copied and deleted page trees are, is decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The messages. The last one is the most recent.
    pub messages: Vec<TaskMessage>,
    /// The errors, without those that are warnings.
    ///
    /// Many tasks report a failure in [`messages`](Self::messages) only.
    pub errors: Vec<TaskMessage>,
    /// The warnings, which a successful task may have, too: the entries of `errors` whose type is `WARN`, or whose key
    /// begins with `WARN_`.
    pub warnings: Vec<TaskMessage>,
}

/// A message of a task.
///
/// `Display` is one line: the text, or the documented meaning of the key, with the arguments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TaskMessage {
    /// The key, such as `ERROR_COPY_PAGE`.
    pub key: Option<String>,
    /// The text for people, in the language of the account.
    pub translation: Option<String>,
    /// The arguments, such as the title of a page.
    pub args: Vec<Value>,
    /// The documented meaning of the key.
    pub description: Option<&'static str>,
}

pub(crate) type Describe = fn(&str) -> Option<&'static str>;

impl Report {
    /// Returns what the task is doing, if it reports that.
    pub fn current(&self) -> Option<&TaskMessage> {
        self.messages.last()
    }

    /// Reads the body of a status.
    pub(crate) fn of(response: &RawResponse, describe: Describe) -> Self {
        let mut report = Self::default();
        if let Ok(body) = serde_json::from_slice(response.body()) {
            report.read(&body, describe);
        }
        merge(&mut report.errors);
        merge(&mut report.warnings);
        // A message that is repeated is the current one again.
        report.messages.reverse();
        merge(&mut report.messages);
        report.messages.reverse();
        report
    }

    fn read(&mut self, body: &Value, describe: Describe) {
        self.status(&body["status"], describe);
        for message in body["messages"].as_array().into_iter().flatten() {
            let nested = message["translation"].as_str().and_then(object);
            match nested {
                Some(nested) => self.read(&nested, describe),
                None => self.messages.extend(TaskMessage::read(message, describe)),
            }
        }
        // Jira has one message, and conversions one error.
        self.messages.extend(TaskMessage::of_text(&body["message"]));
        self.errors.extend(TaskMessage::of_text(&body["error"]));
        for error in body["errors"].as_array().into_iter().flatten() {
            let Some(message) = TaskMessage::read(error, describe) else {
                continue;
            };
            let is_warning =
                error["type"] == "WARN" || message.key.as_ref().is_some_and(|key| key.starts_with("WARN_"));
            let list = if is_warning {
                &mut self.warnings
            } else {
                &mut self.errors
            };
            list.push(message);
        }
    }

    /// A status is a key, an object with one, or an object in a text.
    fn status(&mut self, status: &Value, describe: Describe) {
        let message = match status {
            Value::String(text) => match object(text) {
                Some(nested) => return self.read(&nested, describe),
                None => TaskMessage::of_key(text, describe),
            },
            other => TaskMessage::read(other, describe),
        };
        self.messages.extend(message);
    }
}

/// Servers report the same message in several places, and in some of them only its key. The first of equal messages is kept.
fn merge(list: &mut Vec<TaskMessage>) {
    let is_bare = |message: &TaskMessage| message.translation.is_none() && message.args.is_empty();
    let mut fuller: HashMap<Option<String>, TaskMessage> = HashMap::new();
    for message in list.iter().filter(|message| !is_bare(message)) {
        fuller.entry(message.key.clone()).or_insert_with(|| message.clone());
    }
    for message in list.iter_mut().filter(|message| is_bare(message)) {
        if let Some(fuller) = fuller.get(&message.key) {
            message.clone_from(fuller);
        }
    }
    let mut seen = HashSet::new();
    list.retain(|message| seen.insert(message.clone()));
}

/// A text that is a JSON object.
fn object(text: &str) -> Option<Value> {
    let text = text.trim_start();
    let value: Value = serde_json::from_str(text.strip_prefix('{').map(|_| text)?).ok()?;
    (value["status"].is_object() || value["errors"].is_array()).then_some(value)
}

impl TaskMessage {
    fn of_key(key: &str, describe: Describe) -> Option<Self> {
        let key = single_line(key)?;
        Some(Self {
            description: describe(&key),
            key: Some(key),
            translation: None,
            args: Vec::new(),
        })
    }

    fn of_text(text: &Value) -> Option<Self> {
        let text = text.as_str().filter(|text| !text.is_empty())?;
        Some(Self {
            key: None,
            translation: Some(text.to_owned()),
            args: Vec::new(),
            description: None,
        })
    }

    fn read(message: &Value, describe: Describe) -> Option<Self> {
        let key = message["key"].as_str().and_then(single_line);
        let translation = message["translation"].as_str().filter(|text| !text.is_empty());
        if key.is_none() && translation.is_none() {
            return None;
        }
        Some(Self {
            // Keys come as translations, too.
            description: key.as_deref().or(translation).and_then(describe),
            key,
            translation: translation.map(str::to_owned),
            args: message["args"].as_array().cloned().unwrap_or_default(),
        })
    }
}

impl fmt::Display for TaskMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut OneLine::new(f);
        let key = self.key.as_deref();
        let text = self.translation.as_deref().and_then(single_line);
        let is_key = text.is_none() || self.description.is_some();
        let lead = match (self.description, &text) {
            (Some(description), _) => description.trim_end_matches('.'),
            (None, Some(text)) => text,
            (None, None) => key.unwrap_or_default(),
        };
        f.write_str(lead)?;
        let mut separator = ": ";
        for argument in self.args.iter().filter(|_| is_key) {
            let shown = match argument {
                Value::String(text) => single_line(text),
                Value::Object(_) if argument["title"].is_string() => argument["title"].as_str().and_then(single_line),
                other => single_line(&other.to_string()),
            };
            write!(f, "{separator}{}", shown.unwrap_or_default())?;
            separator = ", ";
        }
        let known = key.or(text.as_deref()).filter(|known| *known != lead);
        known.map_or(Ok(()), |known| write!(f, " ({known})"))
    }
}
