//! Something that somebody must know.

use crate::{Asked, Compartments, NarrativeId, Score, SignalId, WarningId};
use serde::{Deserialize, Serialize};

crate::rights::words!(
    /// What a warning is about.
    WarningKind {
        /// A story names a site of the mission, or what lies around it.
        SiteNamed = "site-named",
        /// A story threatens a site of the mission.
        SiteThreatened = "site-threatened",
        /// Somebody is threatened or exposed; who stands in the protected record alone.
        PersonThreatened = "person-threatened",
        /// A person of the mission warns.
        Judged = "judged",
    }
);

/// Body of `warning.raised`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WarningRaised {
    /// Identifier.
    pub id: WarningId,
    /// About what.
    pub kind: WarningKind,
    /// The signal that led to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<SignalId>,
    /// The story it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<NarrativeId>,
    /// The site, by its id in the gazetteer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The words that matched, or what the person says.
    pub words: String,
    /// Of whom it is asked.
    pub asked: Asked,
    /// Why a machine says so; `None` where a person does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
}

/// Body of `narrative.restricted`: who may read a story becomes fewer. Never the other way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeRestricted {
    /// The story, with every signal of it that is here or still comes.
    pub narrative: NarrativeId,
    /// What it moves into.
    pub to: Compartments,
    /// Why.
    pub reason: String,
}

/// Body of `signal.masked`: whoever lacks the compartments reads the signal with these parts covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalMasked {
    /// The signal.
    pub signal: SignalId,
    /// Its text as everybody else reads it.
    pub masked: String,
    /// The compartments in which the original is read.
    pub to: Compartments,
    /// Why, as message ids of the catalogues.
    pub reasons: Vec<String>,
}
