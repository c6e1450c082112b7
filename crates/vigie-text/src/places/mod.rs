//! Finds the places that a text names, in the spellings people use, and says which one is meant or that it is not
//! said.
//!
//! A name is found however it is dressed: behind an elision ("d'Irdané"), an Arabic preposition or article, split
//! by hyphens, with look-alike letters, or one letter off where it is written as a name. A name that several places
//! bear comes back with all of them: the narrative's other places, the areas named beside it or the source's own
//! place may decide, else it is *ambiguous*. An ordinary word that is also a name counts only where the wording says
//! that a place is meant. Spans are bytes of the original text.
//!
//! Nothing is looked up outside; a place absent from the gazetteer is not found.

mod choose;
mod context;
mod distance;
pub(crate) mod index;
mod rack;

pub use choose::{Around, Candidate};
pub use distance::km_between;

use crate::parts::{Cut, cut};
use index::{Hit, Index};
use std::ops::Range;
use vigie_model::{GazetteerPlace, Model, Reason};

/// Version of the search; a change of folding or of a rule is another.
pub const VERSION: &str = "1";

/// How a name was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// The name itself.
    Name,
    /// One of its variants.
    Variant,
    /// One letter more, less, other or swapped.
    NearSpelling,
}

/// How far a mention can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// One place bears this name.
    Only,
    /// Several do, and what stands around decides.
    Chosen,
    /// One letter is off.
    NearSpelling,
    /// Several do, and nothing decides.
    Ambiguous,
}

/// A place named in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Bytes of the original text, whole words.
    pub span: Range<usize>,
    /// The words that matched, as written.
    pub words: String,
    /// How it was recognised.
    pub how: Match,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// Every place that may be meant, the likeliest first; never empty.
    pub candidates: Vec<Candidate>,
    /// Why it counts as a mention.
    pub reason: Reason,
    /// The parts of the cut text that it covers.
    pub(crate) parts: Range<usize>,
}

impl Mention {
    /// The place meant, as a position in [`Gazetteer::places`]; nothing where it is ambiguous.
    pub fn place(&self) -> Option<usize> {
        let first = self.candidates.first().map(|candidate| candidate.place);
        first.filter(|_| self.confidence != Confidence::Ambiguous)
    }
}

/// A gazetteer made ready for search.
#[derive(Debug)]
pub struct Gazetteer {
    places: Vec<GazetteerPlace>,
    index: Index,
}

impl Gazetteer {
    /// Makes `places` ready. `ordinary` lists words that are no name unless the wording says so, beside those this
    /// crate knows.
    pub fn new(places: Vec<GazetteerPlace>, ordinary: &[String]) -> Self {
        let index = Index::new(&places, ordinary);
        Self { places, index }
    }

    /// The rows, in the order given.
    pub fn places(&self) -> &[GazetteerPlace] {
        &self.places
    }

    /// The row of this position.
    pub fn place(&self, n: usize) -> Option<&GazetteerPlace> {
        self.places.get(n)
    }

    /// Position of the row with this identifier.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.index.by_id.get(id).copied()
    }

    /// Who speaks where a mention is quoted.
    pub fn model() -> Model {
        Model { name: "places".to_owned(), version: VERSION.to_owned() }
    }

    /// The places that `text` names, in its order, none overlapping another.
    pub fn find(&self, text: &str, around: &Around<'_>) -> Vec<Mention> {
        self.find_in(&cut(text), around)
    }

    pub(crate) fn find_in(&self, cut: &Cut<'_>, around: &Around<'_>) -> Vec<Mention> {
        let hits = self.index.hits(cut);
        let mut mentions: Vec<Mention> = hits.iter().map(|hit| self.mention(cut, hit)).collect();
        choose::choose(&self.places, &mut mentions, around);
        mentions
    }

    fn mention(&self, cut: &Cut<'_>, hit: &Hit) -> Mention {
        let candidates = self.index.places(hit.key).iter();
        let candidates: Vec<Candidate> =
            candidates.map(|n| Candidate { place: n.place as usize, why: None, km: None }).collect();
        let named = self.index.places(hit.key).iter().any(|n| !n.variant);
        let how = match (hit.near, named) {
            (true, _) => Match::NearSpelling,
            (false, true) => Match::Name,
            (false, false) => Match::Variant,
        };
        let words = cut.original(&hit.parts).to_owned();
        let known = || candidates.first().and_then(|c| self.places.get(c.place)).map_or("", |p| &p.name);
        let reason = match how {
            Match::Name => Reason::new("why-place-name").with("words", &words),
            Match::Variant => Reason::new("why-place-variant").with("words", &words).with("name", known()),
            Match::NearSpelling => Reason::new("why-place-near").with("words", &words).with("name", known()),
        };
        let span = cut.span(&hit.parts);
        let confidence = Confidence::Ambiguous;
        Mention { span, words, how, confidence, candidates, reason, parts: hit.parts.clone() }
    }
}
