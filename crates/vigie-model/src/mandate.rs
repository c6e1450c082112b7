//! The mandate by paragraph, and what is asked about it.

use crate::{MandateId, NarrativeId, QuestionId, Statement};
use serde::{Deserialize, Serialize};

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its number as printed, such as `36 (a) (ii)`.
    pub number: String,
    /// Its text.
    pub text: String,
}

/// Body of `mandate.loaded`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MandateLoaded {
    /// Identifier.
    pub id: MandateId,
    /// Symbol, such as `S/RES/2552 (2020)`.
    pub symbol: String,
    /// Title.
    pub title: String,
    /// Language of the text, BCP 47.
    pub lang: String,
    /// Its paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
}

/// Body of `question.asked`: something that people want to know of the mission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionAsked {
    /// Identifier.
    pub id: QuestionId,
    /// The question.
    pub text: String,
    /// Its language, BCP 47.
    pub lang: String,
    /// The story in which it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<NarrativeId>,
}

crate::rights::words!(
    /// What the mandate says to it.
    Verdict {
        /// The mission can and does.
        Can = "can",
        /// The mission can in part.
        Partly = "partly",
        /// The mission cannot: it is not in the mandate.
        Cannot = "cannot",
    }
);

/// A paragraph of a mandate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// The mandate.
    pub mandate: MandateId,
    /// The number of the paragraph.
    pub number: String,
}

/// Body of `question.answered`: a proposed answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionAnswered {
    /// The question.
    pub question: QuestionId,
    /// Can, partly, cannot.
    pub verdict: Verdict,
    /// Where it stands.
    pub cites: Vec<Cited>,
    /// The answer in its languages.
    pub answers: Vec<Statement>,
}

/// Body of `question.approved`: a second person approves the exact answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionApproved {
    /// The question.
    pub question: QuestionId,
    /// Hash of the exact answers, hexadecimal.
    pub hash: String,
}
