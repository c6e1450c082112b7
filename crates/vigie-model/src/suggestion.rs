//! Suggestions about one narrative: what a machine proposes, and what a person says to it.

use crate::{NarrativeId, UserId};
use serde::{Deserialize, Serialize};

crate::rights::words!(
    /// What is suggested.
    SuggestedKind {
        /// A fact that may answer it.
        Fact = "fact",
        /// A story that was judged before and may be the same claim.
        Story = "story",
        /// A class of speech that may fit.
        Class = "class",
        /// A check that somebody else published.
        Check = "check",
    }
);

/// Body of `suggestion.answered`: a person agrees or overrules; the latest answer counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestionAnswered {
    /// The narrative.
    pub narrative: NarrativeId,
    /// What was suggested.
    pub kind: SuggestedKind,
    /// Which: the identifier of the fact, the story or the check, or the word of the class.
    pub of: String,
    /// Whether the person agrees.
    pub agrees: bool,
    /// Why; needed to overrule.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Body of `judge.set_aside`: what a person judged teaches the machine nothing any more, or again.
///
/// The judgements themselves stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgeSetAside {
    /// Whose judgements.
    pub user: UserId,
    /// `false` takes them up again.
    pub aside: bool,
    /// Why.
    pub reason: String,
}
