//! Reads the information space: folds a text, names its language or says `und`, finds its copies and puts each
//! signal into one narrative.
//!
//! Pure: texts and times come in as arguments, [`Reading`](vigie_model::Reading)s go out. The original is never
//! changed; what is compared is a folded form ([`normalise`]). Candidates come from an inverted index that cannot
//! miss ([`Settings`] says what bounds it) and every link rests on an exact re-check, so that reading a stream and
//! reading a finished file give the same groups, whatever the order of arrival.
//!
//! Deliberately absent: any statement on truth, intent or authorship.

pub mod claims;
pub mod classes;
pub mod coordination;
mod copies;
mod fold;
mod hash;
mod language;
pub mod likeness;
mod look_alikes;
pub mod meaning;
mod narratives;
pub mod novelty;
mod parts;
pub mod persons;
pub mod places;
mod reader;
pub mod recall;
mod settings;
mod shelf;
mod shingle;
mod shorts;
mod similar;
mod things;
pub mod threat;

pub use fold::{Normal, normalise};
pub use language::{MODEL_VERSION, language, language_by};
pub use look_alikes::{Imitation, LookAlike, look_alikes};
pub use reader::{Item, Memory, Reader};
pub use settings::{Settings, Threshold, ThresholdError, WINDOW_DAYS};
pub use similar::{Folding, Pair, Post, Window, families, similar};

/// What training and measuring the language model work with.
pub mod language_model {
    pub use crate::language::{
        Column, LATIN_COLUMNS, LanguageModel, ModelError, OTHER_COLUMNS, Opinion, Table, Writing, features,
        row,
    };
}
