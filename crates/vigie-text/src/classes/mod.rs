//! Suggests classes (hate speech, a call to violence, a threat …) for a text, from what people have confirmed.
//!
//! A suggestion rests on what separates the confirmed examples of its class from the others in the same language,
//! on the nearest of them, and on the mission's own lexicon; it says which examples and which words. A lexicon's word within quotation marks, or beside words that denounce it, counts for less: whoever
//! quotes hatred in order to answer it is no hater. It never decides; a person confirms or overrules, and the
//! overruling is an example too.
//!
//! How often it errs is reckoned for each language from the same examples, each group of copies judged by the
//! others. A language with too few examples is *not assessed*, never "safe": a text without a suggestion in an
//! assessed language means only that nothing near was ever confirmed.
//!
//! Deliberately absent: classes of persons, a verdict, a list of words of our own.

mod context;
mod examples;
mod learned;
mod lexicon;

pub use context::{Context, context};
pub use examples::{COVERED_LEAST, Example, Examples, Rate, Rates, Removed};
pub use lexicon::{Lexicon, Term};

use crate::fold::{Normal, normalise};
use vigie_model::{ErrorRate, Language, Model, Reason, Score};

/// Name of the model in every score.
pub const MODEL: &str = "classes";
/// Its version: another way of weighing is another version.
pub const VERSION: &str = "1";
/// A suggestion below this is not made.
pub const SUGGEST: f64 = 0.5;
/// What remains of a score where the text quotes or denounces.
const ANSWERED: f64 = 0.6;
/// What a word of the lexicon alone gives, in its plain sense.
const BY_LEXICON: f64 = 0.6;
/// Examples that are shown as reasons.
const SHOWN: usize = 3;

/// A class that may fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The mission's name for the class.
    pub class: String,
    /// How much of what is near bears it, with reasons and the error rate in this language.
    pub score: Score,
    /// The text quotes somebody.
    pub quotes: bool,
    /// The text denounces what it says.
    pub denounces: bool,
}

/// What can be said of one text.
#[derive(Debug, Clone, PartialEq)]
pub enum Assessment {
    /// The language is unknown, or too little was confirmed in it.
    NotAssessed(Reason),
    /// Classes that may fit, strongest first; none is no statement that the text is harmless.
    Assessed(Vec<Suggestion>),
}

/// What suggestions rest on.
#[derive(Debug, Default)]
pub struct Classes {
    /// Texts that people have judged.
    pub examples: Examples,
    /// The mission's lexicon.
    pub lexicon: Lexicon,
    rates: Rates,
}

impl Classes {
    /// Learns from the examples as they are now, and reckons how often that errs. After a change of the examples
    /// nothing new is suggested until then.
    pub fn learn(&mut self) {
        self.examples.learn();
        self.rates = self.examples.rates(SUGGEST);
    }

    /// Takes out everything that a source judged, and learns anew.
    pub fn remove_source(&mut self, source: &str) -> Removed {
        let removed = self.examples.remove_source(source);
        self.rates = self.examples.rates(SUGGEST);
        removed
    }

    /// How often suggestions err in each language and class, as last reckoned.
    pub fn rates(&self) -> &Rates {
        &self.rates
    }

    /// Suggests classes for `text` in `language`.
    pub fn suggest(&self, text: &str, language: &Language) -> Assessment {
        let primary = language.tag.split('-').next().unwrap_or_default();
        if primary == "und" || primary.is_empty() {
            return Assessment::NotAssessed(Reason::new("why-not-assessed-language"));
        }
        let covered = self.examples.covers(primary);
        if !covered && !self.lexicon.covers(primary) {
            let reason = Reason::new("why-not-assessed-examples").with("lang", primary);
            return Assessment::NotAssessed(reason);
        }
        let normal = normalise(text);
        let context = context(text, primary);
        let mut found: Vec<Suggestion> = self
            .examples
            .classes(primary)
            .into_iter()
            .chain(self.lexicon.classes(primary))
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .filter_map(|class| self.suggestion(class, &normal, primary, context))
            .collect();
        found.sort_by(|a, b| b.score.value().total_cmp(&a.score.value()).then_with(|| a.class.cmp(&b.class)));
        Assessment::Assessed(found)
    }

    fn suggestion(&self, class: &str, normal: &Normal, lang: &str, context: Context) -> Option<Suggestion> {
        let mut reasons = Vec::new();
        let near = self.examples.near(&normal.folded, lang);
        let mut value = self.examples.value(&normal.folded, lang, class, &near);
        for example in near.of_class(class).take(SHOWN) {
            reasons.push(
                Reason::new("why-near-example")
                    .with("example", &example.id)
                    .with("percent", (example.likeness * 100.0).round()),
            );
        }
        let words = self.examples.words(&normal.folded, lang, class, SHOWN);
        if !words.is_empty() {
            reasons.push(Reason::new("why-words").with("words", words.join(", ")));
        }
        for term in self.lexicon.found(&normal.folded, lang, class) {
            value = value.max(BY_LEXICON);
            reasons.push(
                Reason::new("why-lexicon")
                    .with("term", &term.words)
                    .with("owner", &term.owner)
                    .with("reviewed", &term.reviewed),
            );
        }
        for (seen, code) in [(context.quotes, "why-quotes"), (context.denounces, "why-denounces")] {
            if seen {
                value *= ANSWERED;
                reasons.push(Reason::new(code));
            }
        }
        if value < SUGGEST {
            return None;
        }
        let error = self
            .rates
            .get(lang, class)
            .map_or(ErrorRate::NotAssessed, |rate| ErrorRate::Measured(rate.wrong()));
        let model = Model { name: MODEL.to_owned(), version: VERSION.to_owned() };
        let score = Score::new(value.clamp(0.0, 1.0), reasons, model, error)?;
        Some(Suggestion {
            class: class.to_owned(),
            score,
            quotes: context.quotes,
            denounces: context.denounces,
        })
    }
}

#[cfg(test)]
mod tests;
