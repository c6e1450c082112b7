//! What an engine found in many signals together, for a person to agree with or to overrule.
//!
//! A finding names signals, accounts by their pseudonyms, and numbers. It says what was shared and when; never who is
//! behind it, nor why.

use crate::{FindingId, Score, SignalId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

crate::rights::words!(
    /// What was found.
    FindingKind {
        /// One thing that many accounts shared within moments.
        Burst = "burst",
        /// Accounts that shared the same things together, again and again.
        Repeated = "repeated",
        /// Words that hardly anybody used before.
        Topic = "topic",
    }
);

crate::rights::words!(
    /// What several accounts shared.
    SharedKind {
        /// A text, in its copies.
        Text = "text",
        /// An address.
        Link = "link",
        /// A picture.
        Picture = "picture",
        /// A hashtag.
        Hashtag = "hashtag",
    }
);

/// One message behind a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundMessage {
    /// The signal.
    pub signal: SignalId,
    /// Its account: place in [`FindingMade::accounts`]; `None` where accounts are not what it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<u32>,
    /// What was shared: place in [`FindingMade::things`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thing: Option<u32>,
    /// When it was posted.
    pub at: Timestamp,
}

/// Body of [`Event::FindingMade`](crate::Event::FindingMade). The same identifier again is the same finding, grown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FindingMade {
    /// Identifier.
    pub id: FindingId,
    /// What was found.
    pub kind: FindingKind,
    /// Pseudonyms of the accounts, at most 500 are listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<String>,
    /// How many accounts there are, listed or not.
    #[serde(default)]
    pub account_count: u32,
    /// What they shared; the things themselves are read from the messages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<SharedKind>,
    /// New words, folded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// The messages, in order of time, at most 500 are listed.
    pub messages: Vec<FoundMessage>,
    /// How many there are, listed or not.
    pub message_count: u32,
    /// Seconds that count as "together".
    #[serde(default)]
    pub window_s: f64,
    /// Seconds between the first message and the last.
    #[serde(default)]
    pub span_s: f64,
    /// Pairs of messages of two accounts within the window.
    #[serde(default)]
    pub pairs: u64,
    /// Pairs that chance alone would give; `None`: not assessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<f64>,
    /// Chance of so many pairs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_value: Option<f64>,
    /// Share of such findings that chance alone would give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discovery_rate: Option<f64>,
    /// How sure, why, who says so, how often it errs.
    pub score: Score,
}

/// Body of [`Event::FindingAnswered`](crate::Event::FindingAnswered): a person agrees or overrules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingAnswered {
    /// The finding.
    pub finding: FindingId,
    /// Whether the person agrees.
    pub agrees: bool,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}
