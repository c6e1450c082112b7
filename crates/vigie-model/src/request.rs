//! A question to the unit that knows, and its reply.

use crate::{Asked, FactId, FunctionId, NarrativeId, RequestId};
use serde::{Deserialize, Serialize};

/// Body of `request.opened`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestOpened {
    /// Identifier.
    pub id: RequestId,
    /// The story it is about, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<NarrativeId>,
    /// The question.
    pub question: String,
    /// Of whom it is asked.
    pub asked: Asked,
}

crate::rights::words!(
    /// How a reply came.
    Via {
        /// Typed by the unit itself.
        Typed = "typed",
        /// By text message.
        Sms = "sms",
        /// Dictated by radio and typed by the duty officer.
        Radio = "radio",
        /// Dictated by telephone and typed by the duty officer.
        Phone = "phone",
    }
);

/// Body of `request.answered`; its text becomes a draft fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestAnswered {
    /// The request.
    pub request: RequestId,
    /// The reply as given.
    pub reply: String,
    /// How it came.
    pub via: Via,
    /// Which function replied.
    pub from: FunctionId,
    /// The draft fact made of it.
    pub fact: FactId,
}
