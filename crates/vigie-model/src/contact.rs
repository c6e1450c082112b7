//! Somebody who wrote, or who can be reached. Who it is stands in the vault alone.

use crate::{Channel, ContactId};
use serde::{Deserialize, Serialize};

crate::rights::words!(
    /// What a person wants back.
    Reply {
        /// Receipts and answers.
        Answer = "answer",
        /// Nothing at all: a message on their telephone could endanger them.
        Discreet = "discreet",
        /// They said STOP.
        Stop = "stop",
    }
);

/// Body of `contact.sealed`; it never enters a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactSealed {
    /// Identifier: random, tells nothing.
    pub id: ContactId,
    /// How they are reached.
    pub channel: Channel,
    /// Number or address.
    pub address: String,
    /// Name, where the mission knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What screens show, such as `CLA-07`.
    pub code: String,
}

/// Body of `contact.chose`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactChose {
    /// Who.
    pub contact: ContactId,
    /// What they want back.
    pub reply: Reply,
}
