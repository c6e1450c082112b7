//! What is turned into its opposite, denied or only reported.
//!
//! Asked of each wording that could be grave: a negation around it, a denial in its sentence or beside it, or
//! quotation marks around it after a word of reporting. Any of these lowers it; nothing here raises anything.

use super::lexicon::Said;
use crate::parts::{Cut, Gap};
use std::collections::BTreeSet;
use std::ops::Range;
use vigie_model::Sense;

/// Parts that may stand between a negation and what it turns, before and after.
const BEFORE_MAX: usize = 2;
const AFTER_MAX: usize = 3;

/// Why a wording does not count as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lowered {
    /// "do not attack"
    Negated,
    /// "it is not true that …"
    Denied,
    /// "he is said to have written « … »"
    Quoted,
}

/// Longest wording, in parts: how far back one that reaches here may begin.
const WORDING_MAX: usize = 64;

/// A text's sentences, and what in them lowers a wording; made once, so that asking costs little.
pub(crate) struct Clauses<'a> {
    cut: &'a Cut<'a>,
    sentences: Vec<Range<usize>>,
    /// Each with the list it comes from: "si" turns nothing in French, though it does in Swahili.
    negations: Vec<(Range<usize>, u16)>,
    denied: BTreeSet<(u16, usize)>,
    reported: BTreeSet<(u16, usize)>,
    quotes: Vec<Range<usize>>,
}

impl<'a> Clauses<'a> {
    pub fn new(cut: &'a Cut<'a>, all: &[Said]) -> Self {
        let sentences = cut.sentences();
        let of = |sense: Sense| all.iter().filter(move |said| said.sense == sense);
        let place = |said: &Said| (said.list, sentence_of(&sentences, said.parts.start));
        let within = |sense: Sense| of(sense).map(place).collect();
        let mut negations: Vec<_> = of(Sense::Negation).map(|said| (said.parts.clone(), said.list)).collect();
        negations.sort_by_key(|(parts, _)| parts.start);
        let (denied, reported) = (within(Sense::Denial), within(Sense::Report));
        Self { cut, sentences, negations, denied, reported, quotes: quotes(cut.text) }
    }

    /// The sentences, as ranges of parts.
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// The sentence in which a part stands, as a position.
    pub fn sentence_of(&self, part: usize) -> usize {
        sentence_of(&self.sentences, part)
    }

    /// What lowers a wording, if anything.
    pub fn lowered(&self, said: &Said) -> Option<Lowered> {
        let here = self.sentence_of(said.parts.start);
        let beside = (said.list, here.saturating_sub(1))..=(said.list, here + 1);
        if self.is_negated(said) {
            Some(Lowered::Negated)
        } else if self.denied.range(beside).next().is_some() {
            Some(Lowered::Denied)
        } else if self.reported.contains(&(said.list, here)) && self.is_quoted(&said.parts) {
            Some(Lowered::Quoted)
        } else {
            None
        }
    }

    fn is_negated(&self, said: &Said) -> bool {
        let parts = &said.parts;
        let from = self.negations.partition_point(|(no, _)| no.start + WORDING_MAX < parts.start);
        let near = self.negations.get(from..).unwrap_or_default();
        let mut near = near.iter().take_while(|(no, _)| no.start <= parts.end + AFTER_MAX);
        near.any(|(no, list)| *list == said.list && turns(self.cut, no, parts))
    }

    fn is_quoted(&self, parts: &Range<usize>) -> bool {
        let span = self.cut.span(parts);
        let from = self.quotes.partition_point(|quote| quote.end < span.end);
        self.quotes.get(from).is_some_and(|quote| quote.start <= span.start)
    }
}

fn sentence_of(sentences: &[Range<usize>], part: usize) -> usize {
    sentences.partition_point(|sentence| sentence.end <= part)
}

/// Whether a negation at `no` turns what stands at `what`. One inside it does not: "no mercy" is a call.
fn turns(cut: &Cut<'_>, no: &Range<usize>, what: &Range<usize>) -> bool {
    if what.start <= no.start && no.end <= what.end {
        return false;
    }
    if no.start < what.end && what.start < no.end {
        return true;
    }
    let unbroken =
        |from: usize, to: usize| (from..=to).all(|n| matches!(cut.gap(n), Gap::Space | Gap::Joint));
    if no.end <= what.start {
        what.start - no.end <= BEFORE_MAX && unbroken(no.end, what.start)
    } else {
        no.start - what.end <= AFTER_MAX && unbroken(what.end, no.start)
    }
}

/// What stands between quotation marks, in bytes; a mark that does not close quotes nothing.
fn quotes(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (Some((start, close)), _) if c == close => {
                out.push(start..at);
                open = None;
            }
            (None, '«') => open = Some((at, '»')),
            (None, '“') => open = Some((at, '”')),
            (None, '„') => open = Some((at, '“')),
            (None, '"') => open = Some((at, '"')),
            _ => {}
        }
    }
    out
}
