//! People who use this site.

use crate::{Component, UserId};
use serde::{Deserialize, Serialize};

/// An account. The secret that opens it is kept apart from the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Identifier.
    pub id: UserId,
    /// Sign-in name: lower-case, unique on the site.
    pub name: String,
    /// Name shown to colleagues.
    pub display: String,
    /// Preferred language, BCP 47 (`fr`, `en`).
    pub lang: String,
    /// Component, where the person belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<Component>,
}
