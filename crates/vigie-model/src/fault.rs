//! One thing wrong in what somebody sent, and where.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where in the input a fault stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// The n-th row or line, counted from 1 as an editor shows it.
    Row(u64),
    /// A byte offset from the start of the input.
    Byte(u64),
    /// The input as a whole.
    Whole,
}

/// A refusal that hides nothing good beside it: decoding yields the good records *and* these.
///
/// `code` names a message of the Fluent catalogues (`import-time-without-zone`), `args` fills it: the
/// sentence that a person reads is made at the edge, in that person's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Where it stands.
    pub at: At,
    /// Message id in the catalogues.
    pub code: String,
    /// What fills the message.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl Fault {
    /// A fault without arguments.
    pub fn new(at: At, code: &str) -> Self {
        Self { at, code: code.to_owned(), args: BTreeMap::new() }
    }

    /// The same fault with one more argument; values are clipped to 120 characters.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        let clipped: String = value.to_string().chars().take(120).collect();
        self.args.insert(name.to_owned(), clipped);
        self
    }
}
