//! A signal as it was read, before the site gives it an identifier.

use serde::{Deserialize, Serialize};
use vigie_model::{
    AttachmentId, IdempotencyKey, Place, Sheet, Signal, SignalId, SignalKind, SourceId, Timestamp,
};

/// What a parser read of one signal. Everything a [`Signal`] holds except its identifier and its key:
/// both belong to the site that keeps it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SignalDraft {
    /// The identifier that the source itself gives, as received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// What it is, where it differs from what its source usually sends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SignalKind>,
    /// The text as received.
    pub text: String,
    /// Account or function that said it, as received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Where it was published, as received: text, never fetched.
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
    /// When it happened or was posted; `None` is "time unknown".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Timestamp>,
    /// When somebody told the mission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_at: Option<Timestamp>,
    /// Radio or call sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Sheet>,
    /// Files that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentId>,
    /// Base64 of the row or line as received, where a part of it was not valid Unicode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_base64: Option<String>,
}

impl SignalDraft {
    /// A draft that holds `text` and nothing else.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The signal that this draft becomes; `usual` is the kind that `source` sends unless told otherwise.
    pub fn into_signal(
        self,
        id: SignalId,
        source: SourceId,
        usual: SignalKind,
        key: IdempotencyKey,
    ) -> Signal {
        Signal {
            id,
            source,
            kind: self.kind.unwrap_or(usual),
            key,
            text: self.text,
            author: self.author,
            url: self.url,
            lang: self.lang,
            channel: self.channel,
            place: self.place,
            seen_at: self.seen_at,
            reported_at: self.reported_at,
            sheet: self.sheet,
            attachments: self.attachments,
            raw_base64: self.raw_base64,
            source_ref: None,
        }
    }
}
