//! One thing seen or heard.

use crate::{AttachmentId, ContactId, Place, SignalId, SourceId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

crate::rights::words!(
    /// What a signal is; a screen never says "signal" without it.
    SignalKind {
        /// A public post or article.
        Post = "post",
        /// A text message.
        Sms = "sms",
        /// A phone call.
        Call = "call",
        /// A liaison assistant's report of what people say.
        Liaison = "liaison",
        /// Something heard on the radio.
        Radio = "radio",
        /// A document, a leaflet, a screenshot.
        Document = "document",
    }
);

/// What makes a second delivery of the same message recognisable within one source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IdempotencyKey(pub String);

/// The form that a radio monitor or a call taker fills in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Station and programme, or the line that was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<String>,
    /// Frequency or channel as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency: Option<String>,
    /// Who spoke, as a function.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Length in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_s: Option<u32>,
}

/// A signal as it was received: the original is never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// Identifier.
    pub id: SignalId,
    /// Where it came from.
    pub source: SourceId,
    /// What it is.
    pub kind: SignalKind,
    /// Recognises the same message when it comes again.
    pub key: IdempotencyKey,
    /// The text as received.
    pub text: String,
    /// Account or function that said it, as received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Who said it, where the vault knows: random, tells nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_ref: Option<ContactId>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Language that the source claims, BCP 47.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Channel within the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Place it speaks of or was heard at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// When it happened or was posted; may be unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Timestamp>,
    /// When somebody told the mission; may be unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_at: Option<Timestamp>,
    /// Radio or call sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Sheet>,
    /// Files that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentId>,
    /// Base64 of the bytes as received, where they were not valid UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_base64: Option<String>,
}
