//! Functions that answer and act, and who verifies a language.
//!
//! A screen says which function a question waits for, never which person. Who holds a function changes with the
//! shift; the function and its place in the call tree do not.

use crate::{Component, FunctionId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A function of the mission, with who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// Its short name.
    pub id: FunctionId,
    /// Its name in English.
    pub name_en: String,
    /// Its name in French.
    pub name_fr: String,
    /// The component it belongs to.
    pub component: Component,
    /// Whether it is a liaison assistant's: asked again, two days after an answer, what is told in their place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub liaison: bool,
    /// The accounts that hold it now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holders: Vec<UserId>,
}

/// A person who answers for texts in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifierNamed {
    /// The person.
    pub user: UserId,
    /// The language, BCP 47.
    pub lang: String,
    /// Until when; `None` is until named otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}
