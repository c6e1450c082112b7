//! What can be wrong with an entry, in a word for programs and a sentence for people.

use crate::leaf::LeafError;
use crate::note::NoteError;
use std::fmt;

/// What does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The row is not there, and later ones are.
    Missing,
    /// The row number is none that an entry can have.
    BadNumber,
    /// The record says that it is another entry.
    OutOfPlace {
        /// The entry that it says it is.
        says: u64,
    },
    /// The bytes are no record.
    Unreadable(LeafError),
    /// The record was written for another site.
    OtherSite,
    /// Entry 0 does not open a journal, or names no key that its signed states could be checked with.
    NotOpened,
    /// A new generation that does not continue what stands before it, or whose key was not handed over to.
    NotSucceeded,
    /// No generation of the journal names the key given to the verifier.
    OtherKey,
    /// The stored bytes do not give the hash that was signed.
    Changed,
    /// The same, and all that is known is that the change lies in this entry or a following one.
    ChangedWithin {
        /// The last entry in question.
        last: u64,
    },
    /// The entries are as signed, but a stored hash of the tree was changed.
    TileChanged {
        /// Level of the tile.
        level: u8,
        /// Its index.
        index: u64,
    },
    /// The sealed payload is not the one that was recorded.
    PayloadChanged,
    /// A payload stands beside an entry that has none, or beside no entry.
    PayloadUnexpected,
    /// The sealed payload is erased or missing, and nothing may be.
    PayloadMissing,
    /// The sealed payload is missing, and no entry says that it was erased.
    PayloadLost,
    /// The sealed file is not the one that was recorded.
    BlobChanged,
    /// The sealed file is erased or missing, and nothing may be.
    BlobMissing,
    /// The sealed file is missing, and no entry says that it was erased.
    BlobLost,
    /// A stored signed state does not hold.
    Note {
        /// The size under which it is stored.
        size: u64,
        /// Why.
        why: NoteError,
    },
    /// A signed state is stored under another size than its own.
    NoteMoved {
        /// The size under which it is stored.
        size: u64,
        /// The size that it was signed for.
        says: u64,
    },
    /// No signed state covers this entry and those after it.
    Unsigned,
    /// The journal ends before this entry, which existed.
    CutOff {
        /// How many entries there were at least.
        entries: u64,
    },
    /// A signed state that was held against the journal says something else.
    OtherHistory {
        /// Its size.
        size: u64,
    },
    /// A signed state that was held against the journal is not one of its own.
    ForeignNote(NoteError),
    /// The database cannot be read from here on.
    Damaged,
}

impl Fault {
    /// Whether it is about a sealed content or file: the entry and all that was signed hold without it.
    pub const fn is_of_content(&self) -> bool {
        matches!(
            self,
            Self::PayloadChanged
                | Self::PayloadUnexpected
                | Self::PayloadMissing
                | Self::PayloadLost
                | Self::BlobChanged
                | Self::BlobMissing
                | Self::BlobLost
        )
    }
}

/// An entry and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The entry.
    pub seq: u64,
    /// What does not hold.
    pub fault: Fault,
}

impl Finding {
    /// A word for programs, also the message id in the catalogues (`verify-…`).
    pub const fn code(&self) -> &'static str {
        match self.fault {
            Fault::Missing => "verify-missing",
            Fault::BadNumber => "verify-bad-number",
            Fault::OutOfPlace { .. } => "verify-out-of-place",
            Fault::Unreadable(_) => "verify-unreadable",
            Fault::OtherSite => "verify-other-site",
            Fault::NotOpened => "verify-not-opened",
            Fault::NotSucceeded => "verify-not-succeeded",
            Fault::OtherKey => "verify-other-key",
            Fault::Changed => "verify-changed",
            Fault::ChangedWithin { .. } => "verify-changed-within",
            Fault::TileChanged { .. } => "verify-tile-changed",
            Fault::PayloadChanged => "verify-payload-changed",
            Fault::PayloadUnexpected => "verify-payload-unexpected",
            Fault::PayloadMissing => "verify-payload-missing",
            Fault::PayloadLost => "verify-payload-lost",
            Fault::BlobChanged => "verify-blob-changed",
            Fault::BlobMissing => "verify-blob-missing",
            Fault::BlobLost => "verify-blob-lost",
            Fault::Note { .. } => "verify-note",
            Fault::NoteMoved { .. } => "verify-note-moved",
            Fault::Unsigned => "verify-unsigned",
            Fault::CutOff { .. } => "verify-cut-off",
            Fault::OtherHistory { .. } => "verify-other-history",
            Fault::ForeignNote(_) => "verify-foreign-note",
            Fault::Damaged => "verify-damaged",
        }
    }

    /// The second number that the sentence of [`Finding::code`] needs, where it needs one: the last entry in
    /// question, a size, or a tile's index.
    pub const fn number(&self) -> Option<u64> {
        match self.fault {
            Fault::OutOfPlace { says } => Some(says),
            Fault::ChangedWithin { last } => Some(last),
            Fault::TileChanged { index, .. } => Some(index),
            Fault::Note { size, .. } | Fault::NoteMoved { size, .. } | Fault::OtherHistory { size } => {
                Some(size)
            }
            Fault::CutOff { entries } => Some(entries),
            _ => None,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seq = self.seq;
        if let Fault::ChangedWithin { last } = self.fault {
            return write!(
                f,
                "entries {seq} to {last}: the stored bytes of one of them do not give the tree hash that was signed"
            );
        }
        write!(f, "entry {seq}: ")?;
        match &self.fault {
            Fault::Missing => f.write_str("it is missing, and later entries are there"),
            Fault::BadNumber => f.write_str("a row stands under a number that no entry can have"),
            Fault::OutOfPlace { says } => write!(f, "the record stored here says that it is entry {says}"),
            Fault::Unreadable(why) => write!(f, "the stored bytes are no valid record: {why}"),
            Fault::OtherSite => f.write_str("the record was written for another site"),
            Fault::NotOpened => f.write_str("the journal does not open with its name and its key"),
            Fault::NotSucceeded => f.write_str(
                "a new generation opens here that does not continue the entries before it, or without the key before",
            ),
            Fault::OtherKey => f.write_str("the journal names another key than the one given"),
            Fault::Changed => f.write_str("the stored bytes do not give the tree hash that was signed"),
            Fault::ChangedWithin { .. } => Ok(()),
            Fault::TileChanged { level, index } => write!(
                f,
                "its bytes are as signed, but its stored tree hash was changed (level {level}, tile {index})"
            ),
            Fault::PayloadChanged => f.write_str("its sealed content is not the one that was recorded"),
            Fault::PayloadUnexpected => f.write_str("sealed content is stored that no record accounts for"),
            Fault::PayloadMissing => f.write_str("its sealed content is erased or missing"),
            Fault::PayloadLost => {
                f.write_str("its sealed content is missing, and no entry says that it was erased")
            }
            Fault::BlobChanged => f.write_str("its sealed file is not the one that was recorded"),
            Fault::BlobMissing => f.write_str("its sealed file is erased or missing"),
            Fault::BlobLost => f.write_str("its sealed file is missing, and no entry says that it was erased"),
            Fault::Note { size, why } => {
                write!(f, "the signed state stored for {size} entries does not hold: {why}")
            }
            Fault::NoteMoved { size, says } => {
                write!(f, "the signed state stored for {size} entries was signed for {says}")
            }
            Fault::Unsigned => f.write_str("no signed state covers it and what follows"),
            Fault::CutOff { entries } => {
                write!(f, "the journal ends before it, but held at least {entries} entries")
            }
            Fault::OtherHistory { size } => {
                write!(f, "the signed state given for {size} entries tells another history")
            }
            Fault::ForeignNote(why) => write!(f, "the signed state given is not one of this journal: {why}"),
            Fault::Damaged => f.write_str("the database file is damaged and cannot be read from here on"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One finding of each sort.
    fn one_of_each() -> Vec<Finding> {
        let faults = [
            Fault::Missing,
            Fault::BadNumber,
            Fault::OutOfPlace { says: 2 },
            Fault::Unreadable(LeafError::NotUtf8),
            Fault::OtherSite,
            Fault::NotOpened,
            Fault::NotSucceeded,
            Fault::OtherKey,
            Fault::Changed,
            Fault::ChangedWithin { last: 9 },
            Fault::TileChanged { level: 0, index: 1 },
            Fault::PayloadChanged,
            Fault::PayloadUnexpected,
            Fault::PayloadMissing,
            Fault::PayloadLost,
            Fault::BlobChanged,
            Fault::BlobMissing,
            Fault::BlobLost,
            Fault::Note { size: 8, why: NoteError::BadSignature },
            Fault::NoteMoved { size: 8, says: 9 },
            Fault::Unsigned,
            Fault::CutOff { entries: 9 },
            Fault::OtherHistory { size: 8 },
            Fault::ForeignNote(NoteError::NotSigned),
            Fault::Damaged,
        ];
        faults.into_iter().map(|fault| Finding { seq: 7, fault }).collect()
    }

    #[test]
    fn every_finding_has_a_sentence_in_each_language_with_the_numbers_it_needs() {
        let catalogues = [
            include_str!("../../../../locales/en/verify.ftl"),
            include_str!("../../../../locales/fr/verify.ftl"),
        ];
        for catalogue in catalogues {
            let mut messages = 0;
            for finding in one_of_each() {
                let start = format!("{} = ", finding.code());
                let line = catalogue.lines().find(|line| line.starts_with(&start)).expect(&start);
                assert!(finding.number().is_some() || !line.contains("$number"), "{line}");
                messages += 1;
            }
            assert_eq!(catalogue.lines().filter(|line| line.starts_with("verify-")).count(), messages);
        }
    }

    #[test]
    fn every_sentence_names_the_entry() {
        for finding in one_of_each() {
            let text = finding.to_string();
            assert!(text.starts_with("entry 7: ") || text.starts_with("entries 7 to 9: "), "{text}");
        }
    }
}
