//! That somebody read, took or asked for much in a short time: noticed for whoever watches over personal data.
//!
//! A notice counts and says which rule it met. It accuses nobody and changes nobody's rights.

use crate::UserId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

crate::rights::words!(
    /// Which rule a person's readings met.
    ReadingRule {
        /// Many restricted records were opened.
        ManyRead = "many-read",
        /// Many tables and files were taken out.
        ManyTaken = "many-taken",
        /// Many records were asked for that are not theirs to see.
        ManyDenied = "many-denied",
        /// It was asked many times who read what.
        ManyAsked = "many-asked",
    }
);

/// Body of [`Event::ReadingNoticed`](crate::Event::ReadingNoticed).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingNoticed {
    /// Whose.
    pub person: UserId,
    /// Which rule was met.
    pub rule: ReadingRule,
    /// How many there were between `from` and `until`.
    pub count: u32,
    /// From how many on it is noticed.
    pub limit: u32,
    /// The first of them.
    pub from: Timestamp,
    /// The last of them.
    pub until: Timestamp,
}

/// Body of [`Event::ReadingExplained`](crate::Event::ReadingExplained).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingExplained {
    /// The entry of the notice.
    pub notice: u64,
    /// What it was, in the words of whoever looked into it.
    pub text: String,
}
