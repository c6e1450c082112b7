//! Approved statements: what messages are built from, and from nothing else.

use crate::{FactId, RequestId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// BCP 47.
    pub lang: String,
    /// The text.
    pub text: String,
}

/// Body of `fact.drafted`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactDrafted {
    /// Identifier.
    pub id: FactId,
    /// The same statement in its languages.
    pub statements: Vec<Statement>,
    /// The document or person that it rests on.
    pub source: String,
    /// The request whose reply it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestId>,
    /// From when it holds.
    pub valid_from: Timestamp,
    /// Until when it may be used.
    pub valid_until: Timestamp,
    /// The fact that it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<FactId>,
}

/// Body of `fact.approved`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactApproved {
    /// The fact.
    pub fact: FactId,
    /// Hash of the exact statements approved, hexadecimal.
    pub hash: String,
}

/// Body of `fact.withdrawn`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactWithdrawn {
    /// The fact.
    pub fact: FactId,
    /// Why.
    pub reason: String,
}
