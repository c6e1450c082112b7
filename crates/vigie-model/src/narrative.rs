//! Signals telling one story, and what an engine read in each.

use crate::{NarrativeId, Score, SignalId};
use serde::{Deserialize, Serialize};

crate::rights::words!(
    /// What a person decided about a narrative in the queue.
    Decision {
        /// Nobody has decided yet.
        New = "new",
        /// Worth following.
        Relevant = "relevant",
        /// Set aside.
        Dismissed = "dismissed",
    }
);

crate::rights::words!(
    /// What a language statement rests on.
    LanguageBasis {
        /// The script admits one language only.
        Script = "script",
        /// The source says so.
        Hint = "hint",
        /// A model says so.
        Model = "model",
        /// Nothing: the language is unknown.
        None = "none",
    }
);

/// The language of a text, or an honest `und`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Language {
    /// BCP 47 tag, `und` when unknown.
    pub tag: String,
    /// ISO 15924 script, `Zyyy` when there are no letters.
    pub script: String,
    /// What the tag rests on.
    pub basis: LanguageBasis,
    /// 0 to 1, only where a model with a measured error rate speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// A second language that takes whole stretches of the text (BCP 47).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<String>,
}

crate::rights::words!(
    /// How two signals are alike.
    Likeness {
        /// The same after normalising.
        Same = "same",
        /// Nearly the same: most three-word runs are shared.
        Near = "near",
        /// Both carry an address of the same article, post or video.
        Link = "link",
        /// Both carry the same picture, whatever its size and position.
        Picture = "picture",
    }
);

crate::rights::words!(
    /// What was done to a text to make it look different from its copies.
    Trick {
        /// Words split by hyphens, dots or spaces.
        SplitWords = "split-words",
        /// Letters replaced by look-alikes of another script.
        LookAlikes = "look-alikes",
        /// Invisible characters inserted.
        Invisible = "invisible",
        /// Letters repeated.
        Stretched = "stretched",
        /// Capitals, punctuation or emoji changed.
        Dressing = "dressing",
    }
);

/// Why a signal stands beside an earlier one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The earlier signal.
    pub to: SignalId,
    /// By which they are alike.
    pub likeness: Likeness,
    /// Texts: shared three-word runs over all three-word runs (Jaccard). Pictures: bits of the hash that agree over all.
    /// Addresses: 1. Exact, with its reasons; addresses themselves stand in the texts only.
    pub score: Score,
    /// What was changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tricks: Vec<Trick>,
}

/// What the text engine read in one signal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The signal read.
    pub signal: SignalId,
    /// The narrative it belongs to from now on.
    pub narrative: NarrativeId,
    /// Whether it founds that narrative.
    pub founds: bool,
    /// Narratives that this signal showed to be the same story: all their signals move here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absorbs: Vec<NarrativeId>,
    /// Its language.
    pub language: Language,
    /// The strongest links to earlier signals, at most eight.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// What was done to the text itself, whether or not it has copies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tricks: Vec<Trick>,
}
