//! The shapes that travel: rows of the store as the screens read them.
//!
//! These are the boundary types of `openapi.json`. The raw author of a signal never stands in one of them: screens
//! know accounts by their pseudonym.

pub(crate) mod admin;
pub(crate) mod desk;
pub(crate) mod finding;
pub(crate) mod narrative;
pub(crate) mod note;
pub(crate) mod signal;
pub(crate) mod table;
pub(crate) mod words;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A person as shown beside what they did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Person {
    /// Identifier.
    pub id: Uuid,
    /// Name shown to colleagues.
    pub display: String,
}

impl From<vigie_store::Person> for Person {
    fn from(row: vigie_store::Person) -> Self {
        Self { id: row.id.uuid(), display: row.display }
    }
}

/// The first `max` characters; the second tells whether something was cut.
pub(crate) fn clipped(text: &str, max: usize) -> (String, bool) {
    match text.char_indices().nth(max) {
        Some((cut, _)) => (text[..cut].to_owned(), true),
        None => (text.to_owned(), false),
    }
}
