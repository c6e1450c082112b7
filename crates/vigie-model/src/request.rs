//! A question to the unit that knows, and its reply.

use crate::{Asked, FactId, FunctionId, NarrativeId, RequestId, ResponseId};
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
    /// The answer that went out two days before: whether its story is still told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recheck: Option<ResponseId>,
}

crate::rights::words!(
    /// What a liaison assistant hears of a story some time after it was answered.
    StillTold {
        /// As before.
        Yes = "yes",
        /// Less than before.
        Less = "less",
        /// Not any more.
        No = "no",
        /// They cannot say.
        Unknown = "unknown",
    }
);

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

/// Body of `request.answered`; its text becomes a draft fact, unless it says what is told in one place.
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<FactId>,
    /// Whether the story is still told in their place, where that was the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<StillTold>,
}
