//! What comes from partners and goes to them: published checks of claims, and narratives that a person shares.
//!
//! A list of checks is reference data with an owner, a version, a day, a source and a licence. What is shared leaves by
//! the hand of a named person, to a named recipient, for a purpose; the journal keeps the hash of what left.

use crate::NarrativeId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::rights::words!(
    /// In which form a narrative leaves.
    ShareForm {
        /// A STIX 2.1 bundle.
        Stix = "stix",
        /// An event of MISP.
        Misp = "misp",
    }
);

crate::rights::words!(
    /// Under which names the accounts of a shared narrative leave.
    ShareAccounts {
        /// Pseudonyms, others for each recipient.
        Pseudonymous = "pseudonymous",
        /// The names as they were published.
        Plain = "plain",
    }
);

crate::rights::words!(
    /// How far a document may be passed on: Traffic Light Protocol (FIRST).
    Tlp {
        /// To anybody.
        Clear = "clear",
        /// Within the community of the recipient.
        Green = "green",
        /// Within the recipient's organisation, to whoever needs it.
        Amber = "amber",
        /// To nobody but the recipient.
        Red = "red",
    }
);

/// A rating on the scale of whoever gave it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rating {
    /// The number given.
    pub value: f64,
    /// The end of the scale that means false.
    pub worst: f64,
    /// The end that means true.
    pub best: f64,
}

/// A claim that somebody else checked, as published, or a story that a partner tells of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublishedCheck {
    /// The same claim, checked at the same address, in the same list has the same one, whatever the version.
    pub id: Uuid,
    /// The claim.
    pub claim: String,
    /// The verdict, in the checker's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// The rating, where it was given with both ends of its scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// Who checked, or who tells of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checker: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day, as published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// BCP 47.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// What was found, or what speaks against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<String>,
}

/// A list of checks, without the checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckList {
    /// Short name; another version of the same name takes its place.
    pub name: String,
    /// Version.
    pub version: String,
    /// Day of this version, ISO 8601.
    pub date: String,
    /// Function that answers for it.
    pub owner: String,
    /// Where it was taken from.
    pub source: String,
    /// Under which licence it may be used.
    pub licence: String,
    /// SHA-256 of the file that it was read from, hexadecimal.
    pub sha256: String,
}

/// Body of `checks.loaded`: one part of a list; the first part replaces what stood under its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChecksLoaded {
    /// The list.
    pub list: CheckList,
    /// Which part, from 0.
    pub part: u32,
    /// Its checks.
    pub checks: Vec<PublishedCheck>,
}

/// Body of `checks.withdrawn`: nothing of the list is suggested any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecksWithdrawn {
    /// Name of the list.
    pub list: String,
    /// Why.
    pub reason: String,
}

/// Body of `narrative.shared`: what a person gave to a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeShared {
    /// The narrative.
    pub narrative: NarrativeId,
    /// To whom.
    pub recipient: String,
    /// What for.
    pub purpose: String,
    /// In which form.
    pub form: ShareForm,
    /// Under which names.
    pub accounts: ShareAccounts,
    /// Why the names as published; empty where they stayed here.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// How far it may be passed on.
    pub tlp: Tlp,
    /// Messages in it.
    pub messages: u64,
    /// Signals of the narrative that stayed here.
    pub left_out: u64,
    /// SHA-256 of the document that left, hexadecimal.
    pub sha256: String,
}
