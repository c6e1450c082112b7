//! Finds what looks like the name of a person, without a list of names.
//!
//! In scripts with capitals a name is a run of capitalised words that are no ordinary words. Where there are no
//! capitals, nothing marks a name; there every word of a grave sentence counts as one unless the lists know it as
//! ordinary. That hides too much, and it is meant to.

use crate::parts::{Cut, Gap};
use crate::places::index::is_led_to;
use crate::places::{Confidence, Mention};
use crate::threat::{Clauses, Said};
use std::collections::BTreeSet;
use std::ops::Range;
use vigie_model::Sense;

/// Small words within a name.
const PARTICLES: &[&str] = &[
    "de", "du", "d", "ben", "bin", "bint", "ould", "uld", "el", "al", "abu", "wa", "van", "von", "da", "dos",
];
/// An office stands at most this many parts before the name.
const OFFICE_PARTS: usize = 2;
/// A tie of family stands at most this many parts before the office.
const KIN_PARTS: usize = 3;
/// Words after a calling or a wording of harm that are taken for a name where capitals do not show it.
const AFTER_CUE: usize = 3;

/// What is known of the parts of a text.
pub struct Ground<'a> {
    cut: &'a Cut<'a>,
    clauses: &'a Clauses<'a>,
    said: &'a [Said],
    /// Ordinary words.
    ordinary: Vec<bool>,
    /// Words that a wording covers, names after it excepted.
    covered: Vec<bool>,
    /// Places that the wording itself calls a place.
    placed: Vec<bool>,
    /// Sentences that name or point to a person.
    pointed: Vec<bool>,
    has_case: bool,
}

/// A run of parts that looks like a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub parts: Range<usize>,
    /// An office stands before it and nothing makes it a private matter.
    pub office: bool,
}

impl<'a> Ground<'a> {
    pub fn new(cut: &'a Cut<'a>, clauses: &'a Clauses<'a>, said: &'a [Said], places: &[Mention]) -> Self {
        let none = vec![false; cut.parts.len()];
        let mut this = Self {
            cut,
            clauses,
            said,
            ordinary: none.clone(),
            covered: none.clone(),
            placed: none,
            pointed: Vec::new(),
            has_case: cut.has_case(),
        };
        for word in said {
            match word.sense {
                Sense::Ordinary => mark(&mut this.ordinary, &word.parts),
                _ => this.mark_ends(&word.parts),
            }
        }
        let sure = |place: &&Mention| {
            place.confidence != Confidence::NearSpelling && is_led_to(cut, place.parts.start)
        };
        places.iter().filter(sure).for_each(|place| mark(&mut this.placed, &place.parts));
        this.pointed =
            clauses.sentences().iter().map(|sentence| this.runs(sentence).next().is_some()).collect();
        for word in said.iter().filter(|word| matches!(word.sense, Sense::Role | Sense::Kin | Sense::Office))
        {
            mark(
                &mut this.pointed,
                &(clauses.sentence_of(word.parts.start)..clauses.sentence_of(word.parts.start) + 1),
            );
        }
        this
    }

    /// A wording covers its own words; what stands for its `…` may be a name and stays uncovered, save small words.
    fn mark_ends(&mut self, parts: &Range<usize>) {
        if parts.len() <= 2 {
            return mark(&mut self.covered, parts);
        }
        mark(&mut self.covered, &(parts.start..parts.start + 1));
        mark(&mut self.covered, &(parts.end - 1..parts.end));
    }

    fn is(list: &[bool], n: usize) -> bool {
        list.get(n).copied().unwrap_or(false)
    }

    /// Whether the n-th part may belong to a name.
    fn may_name(&self, n: usize) -> bool {
        let part = self.cut.parts.get(n);
        part.is_some_and(|part| !part.digits) && !Self::is(&self.ordinary, n) && !Self::is(&self.covered, n)
    }

    /// Whether capitals show names in this part of the text.
    fn shows_case(&self, n: usize) -> bool {
        self.has_case && self.cut.parts.get(n).is_some_and(|part| !part.caseless)
    }

    /// Whether a person is named or pointed to in a sentence, or by the word after the part before `after`.
    pub fn points_to_person(&self, sentence: usize, after: usize) -> bool {
        let inside = self.clauses.sentences().get(sentence).is_some_and(|sentence| sentence.contains(&after));
        let unknown = |n: usize| self.may_name(n) && !Self::is(&self.placed, n);
        // Where small letters show no name, two unknown words in a row may be one: "kill umar fadelo".
        let two = || unknown(after + 1) && matches!(self.cut.gap(after + 1), Gap::Space | Gap::Joint);
        let next = || inside && unknown(after) && (!self.shows_case(after) || two());
        let before = || sentence.checked_sub(1).is_some_and(|before| Self::is(&self.pointed, before));
        Self::is(&self.pointed, sentence) || before() || next()
    }

    /// Names in the whole text; `grave` are sentences that are grave, as positions.
    pub fn names(&self, grave: &BTreeSet<usize>, private: bool) -> Vec<Name> {
        let mut out = Vec::new();
        for (n, sentence) in self.clauses.sentences().iter().enumerate() {
            out.extend(self.runs(sentence));
            let beside = grave.range(n.saturating_sub(1)..=n + 1).next().is_some();
            if beside {
                out.extend(sentence.clone().filter(|n| self.is_unshown(*n)).map(|n| n..n + 1));
            }
        }
        for said in self.said {
            let harms =
                matches!(said.sense, Sense::CallsForHarm | Sense::AnnouncesHarm | Sense::SexualViolence);
            let named = said.sense == Sense::Role && !self.shows_case(said.parts.end);
            if (harms && grave.contains(&self.clauses.sentence_of(said.parts.start))) || named {
                out.extend(self.after(said.parts.end));
            }
        }
        out.sort_by_key(|parts| (parts.start, parts.end));
        out.dedup();
        out.into_iter().map(|parts| Name { office: !private && self.in_office(&parts), parts }).collect()
    }

    /// A word of a grave sentence in letters or in a text without capitals.
    fn is_unshown(&self, n: usize) -> bool {
        !self.shows_case(n) && self.may_name(n) && !Self::is(&self.placed, n)
    }

    /// Up to three words after a cue, as far as they may name.
    fn after(&self, from: usize) -> Option<Range<usize>> {
        let goes_on = |n: &usize| {
            let gap = self.cut.gap(*n);
            matches!(gap, Gap::Space | Gap::Joint) && self.may_name(*n)
        };
        let end = from + (from..from + AFTER_CUE).take_while(goes_on).count();
        (end > from).then_some(from..end)
    }

    /// Runs of capitalised words of a sentence.
    fn runs(&self, sentence: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let sentence = sentence.clone();
        let mut at = sentence.start;
        std::iter::from_fn(move || {
            while at < sentence.end {
                let from = at;
                at += 1;
                if self.begins(from) {
                    at = self.run_end(from, sentence.end);
                    return Some(from..at);
                }
            }
            None
        })
    }

    fn begins(&self, n: usize) -> bool {
        let Some(part) = self.cut.parts.get(n) else { return false };
        part.capital && self.has_case && self.may_name(n) && !Self::is(&self.placed, n) && !self.is_acronym(n)
    }

    /// Capitals alone, at most six, in a text that also writes small letters: MISOUV, ONU.
    fn is_acronym(&self, n: usize) -> bool {
        let word =
            self.cut.parts.get(n).and_then(|part| self.cut.text.get(part.span.clone())).unwrap_or_default();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let beside = |n: usize| self.cut.parts.get(n).is_some_and(|part| part.capital);
        (2..=6).contains(&letters)
            && word.chars().all(|c| !c.is_lowercase())
            && !(beside(n + 1) && matches!(self.cut.gap(n + 1), Gap::Space | Gap::Joint))
    }

    fn run_end(&self, from: usize, limit: usize) -> usize {
        let mut end = from + 1;
        while end < limit {
            let joined = matches!(self.cut.gap(end), Gap::Space | Gap::Joint);
            let capital = |n: usize| self.cut.parts.get(n).is_some_and(|part| part.capital && !part.digits);
            let small = PARTICLES.contains(&self.cut.word(end)) && end + 1 < limit && capital(end + 1);
            let rest_of_word = self.cut.gap(end) == Gap::Joint && !Self::is(&self.ordinary, end);
            if !joined || !(capital(end) || small || rest_of_word) {
                break;
            }
            end += 1;
        }
        end
    }

    /// An office before the name ("le préfet Kolo") or after it ("Kolo, préfet de …"), and no tie of family before.
    fn in_office(&self, parts: &Range<usize>) -> bool {
        let near = |office: &&Said| {
            let (start, end) = (office.parts.start, office.parts.end);
            let before = end <= parts.start && parts.start - end <= OFFICE_PARTS;
            let after = start >= parts.end && start - parts.end <= 1;
            office.sense == Sense::Office && (before || after) && self.same_sentence(start, parts.start)
        };
        let from = self.said.partition_point(|said| said.parts.start + OFFICE_PARTS + 8 < parts.start);
        let around = self.said.get(from..).unwrap_or_default();
        let mut around = around.iter().take_while(|said| said.parts.start <= parts.end + 1);
        around.find(near).is_some_and(|office| !self.after_kin(office.parts.start))
    }

    fn after_kin(&self, at: usize) -> bool {
        let reach = at.saturating_sub(KIN_PARTS)..=at;
        let from = self.said.partition_point(|said| said.parts.start + KIN_PARTS + 8 < at);
        let near = self.said.get(from..).unwrap_or_default().iter().take_while(|said| said.parts.start <= at);
        near.into_iter().any(|said| said.sense == Sense::Kin && reach.contains(&said.parts.end))
    }

    fn same_sentence(&self, a: usize, b: usize) -> bool {
        self.clauses.sentence_of(a) == self.clauses.sentence_of(b)
    }

    /// Whether a word of a name is looked for in the rest of the text.
    pub fn is_telling(&self, n: usize) -> bool {
        let word = self.cut.word(n);
        word.chars().count() >= 3 && !Self::is(&self.ordinary, n) && !PARTICLES.contains(&word)
    }
}

fn mark(list: &mut [bool], parts: &Range<usize>) {
    list.get_mut(parts.clone()).unwrap_or_default().fill(true);
}
