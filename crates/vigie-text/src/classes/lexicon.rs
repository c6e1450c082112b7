//! The mission's lexicon: words and phrases that matter here and now, each with its owner and the day it was last
//! looked at. It is data that a mission brings; none is built in.

use crate::fold::normalise;
use std::collections::BTreeSet;

/// A word or phrase of the lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The words, as people write them.
    pub words: String,
    /// The class that they point to.
    pub class: String,
    /// Language, BCP 47 primary tag.
    pub lang: String,
    /// The function that answers for the entry.
    pub owner: String,
    /// The day it was last reviewed, as a date.
    pub reviewed: String,
}

/// Terms, folded once.
#[derive(Debug, Default)]
pub struct Lexicon {
    terms: Vec<(String, Term)>,
}

impl Lexicon {
    /// A lexicon of these terms; one that folds to nothing is left out.
    pub fn new(terms: Vec<Term>) -> Self {
        let folded = |term: Term| {
            let words = normalise(&term.words).folded;
            (!words.is_empty()).then(|| (format!(" {words} "), term))
        };
        Self { terms: terms.into_iter().filter_map(folded).collect() }
    }

    /// Whether it has a term in this language.
    pub fn covers(&self, lang: &str) -> bool {
        self.terms.iter().any(|(_, term)| term.lang == lang)
    }

    /// The classes of a language.
    pub fn classes(&self, lang: &str) -> BTreeSet<&str> {
        self.of(lang).map(|(_, term)| term.class.as_str()).collect()
    }

    /// The terms of a class that stand in a folded text, as whole words.
    pub fn found(&self, folded: &str, lang: &str, class: &str) -> Vec<&Term> {
        let text = format!(" {folded} ");
        let here = |(words, term): &&(String, Term)| term.class == class && text.contains(words.as_str());
        self.of(lang).filter(here).map(|(_, term)| term).collect()
    }

    fn of(&self, lang: &str) -> impl Iterator<Item = &(String, Term)> {
        self.terms.iter().filter(move |(_, term)| term.lang == lang)
    }
}
