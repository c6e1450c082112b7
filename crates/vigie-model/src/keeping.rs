//! Keeping and letting go: backups, erasures, what is kept longer than its source's retention.

use crate::{ErasureId, FunctionId, KeepId, NarrativeId, Object, SourceId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Body of `backup.made`. Ids, counts and a public key: nothing of anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupMade {
    /// When it was complete.
    pub at: Timestamp,
    /// Entries in it.
    pub entries: u64,
    /// Sealed files in it.
    pub files: u64,
    /// Bytes of both files of the backup.
    pub bytes: u64,
    /// To whom the keys are sealed, as `age1…`.
    pub recipient: String,
}

crate::rights::words!(
    /// Why content was erased.
    ErasedWhy {
        /// Somebody asked, and a second person agreed.
        Asked = "asked",
        /// The retention of its source ran out.
        Retention = "retention",
    }
);

/// One thing whose content can be erased, as `kind:id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Erasable {
    /// A signal, with its files and what machines derived from its words.
    Signal(Uuid),
    /// A line of the duty log.
    Note(Uuid),
    /// A contact of the vault: number and name.
    Contact(Uuid),
    /// A file, on whichever signals it stands or on none.
    Attachment(Uuid),
}

impl Erasable {
    /// The word of its kind.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Signal(_) => "signal",
            Self::Note(_) => "note",
            Self::Contact(_) => "contact",
            Self::Attachment(_) => "attachment",
        }
    }
    /// The identifier inside.
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Signal(id) | Self::Note(id) | Self::Contact(id) | Self::Attachment(id) => id,
        }
    }
}

impl fmt::Display for Erasable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.uuid())
    }
}

/// The text names nothing that can be erased.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names nothing that can be erased: expected signal:ID, note:ID, contact:ID or attachment:ID")]
pub struct ErasableError(pub String);

impl FromStr for Erasable {
    type Err = ErasableError;
    fn from_str(text: &str) -> Result<Self, ErasableError> {
        let refused = || ErasableError(text.chars().take(80).collect());
        let (kind, id) = text.split_once(':').ok_or_else(refused)?;
        let id = Uuid::try_parse(id).map_err(|_| refused())?;
        match kind {
            "signal" => Ok(Self::Signal(id)),
            "note" => Ok(Self::Note(id)),
            "contact" => Ok(Self::Contact(id)),
            "attachment" => Ok(Self::Attachment(id)),
            _ => Err(refused()),
        }
    }
}

impl TryFrom<String> for Erasable {
    type Error = ErasableError;
    fn try_from(text: String) -> Result<Self, ErasableError> {
        text.parse()
    }
}

impl From<Erasable> for String {
    fn from(one: Erasable) -> Self {
        one.to_string()
    }
}

/// Body of `erasure.asked`: a second person must agree with exactly this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureAsked {
    /// Identifier.
    pub id: ErasureId,
    /// What, at most 200.
    pub objects: Vec<Erasable>,
    /// Why, in the asker's words.
    pub reason: String,
    /// What entitles to it, such as a request of the person concerned.
    pub basis: String,
}

/// Body of `erasure.refused`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureRefused {
    /// Which.
    pub erasure: ErasureId,
    /// Why.
    pub reason: String,
}

/// Body of `content.erased`: the tombstone. Keys, salts and sealed content of these entries are gone; the entries stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentErased {
    /// Why.
    pub why: ErasedWhy,
    /// What was asked and agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erasure: Option<ErasureId>,
    /// What was recorded before this had expired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Timestamp>,
    /// First and last entry of each run of erased entries, in order.
    pub spans: Vec<(u64, u64)>,
    /// Those among them that were signals, by source: their places stay in the counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<(SourceId, Vec<(u64, u64)>)>,
    /// Stories that lose a finding by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stories: Vec<NarrativeId>,
    /// Signals, log lines, contacts and files that were named, or that no signal named, among them.
    pub objects: u64,
    /// Signals that had expired too and are kept.
    #[serde(default)]
    pub kept: u64,
}

impl ContentErased {
    /// Most runs that one entry names, both lists together: it has to fit a leaf.
    pub const SPANS_MAX: usize = 300;

    /// Most stories that one entry names.
    pub const STORIES_MAX: usize = 60;

    /// The signals, with the source of each.
    pub fn ghosts(&self) -> impl Iterator<Item = (u64, &SourceId)> {
        self.signals.iter().flat_map(|(source, spans)| in_runs(spans).map(move |seq| (seq, source)))
    }
    /// The entries.
    pub fn entries(&self) -> impl Iterator<Item = u64> {
        in_runs(&self.spans)
    }
    /// Runs of `seqs`, which are in order and distinct.
    pub fn runs(seqs: impl IntoIterator<Item = u64>) -> Vec<(u64, u64)> {
        let mut runs: Vec<(u64, u64)> = Vec::new();
        for seq in seqs {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == seq => *last = seq,
                _ => runs.push((seq, seq)),
            }
        }
        runs
    }
}

fn in_runs(runs: &[(u64, u64)]) -> impl Iterator<Item = u64> {
    runs.iter().flat_map(|(first, last)| *first..=*last)
}

/// Body of `keep.placed`: a future exhibit. It is neither erased nor does it expire until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepPlaced {
    /// Identifier.
    pub id: KeepId,
    /// A signal, or a narrative with all its signals.
    pub object: Object,
    /// Why, such as the case it will be shown in.
    pub reason: String,
    /// The function that answers for it.
    pub owner: FunctionId,
    /// Until when.
    pub until: Timestamp,
}

/// Body of `keep.lifted`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepLifted {
    /// Which.
    pub keep: KeepId,
    /// Why.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_in_a_row_are_one_run() {
        let runs = ContentErased::runs([1, 2, 3, 7, 9, 10]);
        assert_eq!(runs, [(1, 3), (7, 7), (9, 10)]);
    }

    #[test]
    fn what_can_be_erased_is_named_by_kind_and_id() {
        for kind in ["signal", "note", "contact", "attachment"] {
            let text = format!("{kind}:0192f0c1-0000-7000-8000-000000000000");
            assert_eq!(text.parse::<Erasable>().map(|one| one.to_string()), Ok(text));
        }
        assert!("case:0192f0c1-0000-7000-8000-000000000000".parse::<Erasable>().is_err());
    }
}
