//! Texts that people have judged, and which of them are near a new one.
//!
//! Near means sharing words, pairs of words and runs of four letters, weighed by how rare they are (cosine). Every
//! example names the source that judged it, so that all of a poisoned source can be taken out at once and the
//! effect be shown (F59). Searched exactly: an example that shares anything is weighed.
//!
//! How often suggestions err is reckoned by folds: a fifth of the groups judged by what the others teach.

use super::learned::Weights;
use crate::fold::normalise;
use crate::hash;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Neighbours that vote.
const NEIGHBOURS: usize = 9;
/// Below this likeness an example says nothing.
const LIKENESS_LEAST: f64 = 0.12;
/// Judged texts of a language, with a class and without one, from which it is covered.
pub const COVERED_LEAST: usize = 30;
/// Runs of one text that are looked at.
const RUNS_MAX: usize = 600;
/// Folds of a reckoning.
const FOLDS: u64 = 5;
/// Share of the neighbours in a score; the rest is what the weights say.
const BY_NEIGHBOURS: f64 = 0.25;

/// A text that a person has judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Identifier, as shown in reasons.
    pub id: String,
    /// The text.
    pub text: String,
    /// Language, BCP 47 primary tag.
    pub lang: String,
    /// The class confirmed; `None` where a person found that none fits.
    pub class: Option<String>,
    /// Who judged: a function or a partner, so that its judgments can be taken back.
    pub source: String,
    /// Copies and tellings of one story have one group; in measuring they never judge one another.
    pub group: String,
}

#[derive(Debug)]
struct Held {
    example: Example,
    features: Features,
}

/// What a text is compared by: hashes of words, pairs of words and runs of letters, ascending, with the square roots
/// of their counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    list: Vec<(u32, f32)>,
    length: f32,
}

impl Features {
    /// The features of a folded text.
    pub fn new(folded: &str) -> Self {
        let list = features(folded);
        let length = list.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
        Self { list, length }
    }
    /// The feature of one word.
    pub fn word(word: &str) -> u32 {
        feature(1, word.as_bytes())
    }
    /// Features and values.
    pub fn iter(&self) -> impl Iterator<Item = (u32, f32)> {
        self.list.iter().copied()
    }
    /// Euclidean length.
    pub fn length(&self) -> f32 {
        self.length
    }
}

/// Judged texts by language.
#[derive(Debug, Default)]
pub struct Examples {
    by_lang: BTreeMap<String, Shelf>,
}

#[derive(Debug, Default)]
struct Shelf {
    held: Vec<Held>,
    /// Examples by feature.
    lists: HashMap<u32, Vec<u32>>,
    /// What was learned of each class; empty where the examples changed since.
    weights: BTreeMap<String, Weights>,
}

/// An example near a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// Its identifier.
    pub id: String,
    /// Its class.
    pub class: Option<String>,
    /// Cosine, 0 to 1.
    pub likeness: f64,
}

/// The examples nearest to a text, nearest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Nearest(Vec<Near>);

impl Nearest {
    /// How much of the nearness bears `class`, 0 to 1; 0 where nothing is near.
    pub fn share(&self, class: &str) -> f64 {
        let weight = |near: &Near| near.likeness * near.likeness;
        let all: f64 = self.0.iter().map(weight).sum();
        let of: f64 = self.of_class(class).map(weight).sum();
        if all > 0.0 { of / all } else { 0.0 }
    }
    /// Those of one class.
    pub fn of_class<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a Near> {
        self.0.iter().filter(move |near| near.class.as_deref() == Some(class))
    }
}

/// What taking a source out changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Removed {
    /// Examples taken out, by language.
    pub examples: BTreeMap<String, usize>,
    /// Languages that are no longer assessed.
    pub uncovered: Vec<String>,
}

/// How suggestions of one class fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    /// Class confirmed and suggested.
    pub found: usize,
    /// Class confirmed, not suggested.
    pub missed: usize,
    /// Suggested, not confirmed.
    pub alarms: usize,
    /// Neither.
    pub quiet: usize,
}

impl Rate {
    fn and(self, other: Self) -> Self {
        Self {
            found: self.found + other.found,
            missed: self.missed + other.missed,
            alarms: self.alarms + other.alarms,
            quiet: self.quiet + other.quiet,
        }
    }
    /// Share of wrong answers.
    pub fn wrong(&self) -> f64 {
        let all = self.found + self.missed + self.alarms + self.quiet;
        if all == 0 { 1.0 } else { (self.missed + self.alarms) as f64 / all as f64 }
    }
}

/// Rates by language and class.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rates(BTreeMap<(String, String), Rate>);

impl Rates {
    /// The rate of a class in a language, where it was measured.
    pub fn get(&self, lang: &str, class: &str) -> Option<Rate> {
        self.0.get(&(lang.to_owned(), class.to_owned())).copied()
    }
}

impl Examples {
    /// Takes a judged text in.
    pub fn add(&mut self, example: Example) {
        let features = Features::new(&normalise(&example.text).folded);
        self.by_lang.entry(example.lang.clone()).or_default().put(Held { example, features });
    }

    /// Takes out everything that a source judged.
    pub fn remove_source(&mut self, source: &str) -> Removed {
        let mut removed = Removed::default();
        for (lang, shelf) in &mut self.by_lang {
            let covered = shelf.covers();
            let gone = shelf.remove_source(source);
            shelf.learn();
            if gone > 0 {
                removed.examples.insert(lang.clone(), gone);
            }
            if covered && !shelf.covers() {
                removed.uncovered.push(lang.clone());
            }
        }
        removed
    }

    /// Whether enough was judged in this language, for and against.
    pub fn covers(&self, lang: &str) -> bool {
        self.by_lang.get(lang).is_some_and(Shelf::covers)
    }

    /// The classes confirmed in a language.
    pub fn classes(&self, lang: &str) -> BTreeSet<&str> {
        let held = self.by_lang.get(lang).into_iter().flat_map(|shelf| &shelf.held);
        held.filter_map(|held| held.example.class.as_deref()).collect()
    }

    /// Learns what separates the classes. Examples added since the last time count from now on.
    pub fn learn(&mut self) {
        self.by_lang.values_mut().for_each(Shelf::learn);
    }

    /// The examples nearest to a folded text; none where the language is not covered.
    pub fn near(&self, folded: &str, lang: &str) -> Nearest {
        match self.by_lang.get(lang) {
            Some(shelf) if shelf.covers() => shelf.near(&Features::new(folded), &|_| true),
            _ => Nearest::default(),
        }
    }

    /// How strongly the examples speak for a class, 0 to 1; `near` are the nearest to the same text.
    pub fn value(&self, folded: &str, lang: &str, class: &str, near: &Nearest) -> f64 {
        let weights = self.by_lang.get(lang).and_then(|shelf| shelf.weights.get(class));
        weights.map_or(0.0, |weights| value(weights, &Features::new(folded), class, near))
    }

    /// The words of a folded text that speak most for a class, strongest first.
    pub fn words<'a>(&self, folded: &'a str, lang: &str, class: &str, most: usize) -> Vec<&'a str> {
        let Some(weights) = self.by_lang.get(lang).and_then(|shelf| shelf.weights.get(class)) else {
            return Vec::new();
        };
        let each: BTreeSet<&str> = folded.split_whitespace().collect();
        let mut words: Vec<(f32, &str)> =
            each.into_iter().map(|word| (weights.of_word(word), word)).collect();
        words.retain(|(weight, _)| *weight > 0.0);
        words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        words.into_iter().take(most).map(|(_, word)| word).collect()
    }

    /// How often suggestions would be wrong at `threshold`, each fifth of the groups judged by the others.
    pub fn rates(&self, threshold: f64) -> Rates {
        let mut rates = Rates::default();
        for (lang, shelf) in self.by_lang.iter().filter(|(_, shelf)| shelf.covers()) {
            for class in self.classes(lang) {
                let rate = (0..FOLDS)
                    .map(|fold| shelf.fold(fold, class, threshold))
                    .fold(Rate::default(), Rate::and);
                rates.0.insert((lang.clone(), class.to_owned()), rate);
            }
        }
        rates
    }
}

fn value(weights: &Weights, features: &Features, class: &str, near: &Nearest) -> f64 {
    let learned = weights.probability(features);
    if near.0.is_empty() {
        learned
    } else {
        (1.0 - BY_NEIGHBOURS) * learned + BY_NEIGHBOURS * near.share(class)
    }
}

impl Shelf {
    fn put(&mut self, held: Held) {
        let place = self.held.len() as u32;
        for (feature, _) in held.features.iter() {
            self.lists.entry(feature).or_default().push(place);
        }
        self.held.push(held);
    }

    fn remove_source(&mut self, source: &str) -> usize {
        let before = self.held.len();
        let all = std::mem::take(&mut self.held);
        self.lists.clear();
        for held in all.into_iter().filter(|held| held.example.source != source) {
            self.put(held);
        }
        before - self.held.len()
    }

    fn covers(&self) -> bool {
        let with = self.held.iter().filter(|held| held.example.class.is_some()).count();
        with >= COVERED_LEAST && self.held.len() - with >= COVERED_LEAST
    }

    fn learn(&mut self) {
        let classes: BTreeSet<String> =
            self.held.iter().filter_map(|held| held.example.class.clone()).collect();
        let learned = classes.into_iter().map(|class| {
            let weights = self.weights(&class, &|_| true);
            (class, weights)
        });
        self.weights = learned.collect();
    }

    fn weights(&self, class: &str, known: &dyn Fn(&Held) -> bool) -> Weights {
        let texts: Vec<(&Features, bool)> = self
            .held
            .iter()
            .filter(|held| known(held))
            .map(|held| (&held.features, held.example.class.as_deref() == Some(class)))
            .collect();
        Weights::learn(&texts)
    }

    /// The examples of one fold, judged by the others.
    fn fold(&self, fold: u64, class: &str, threshold: f64) -> Rate {
        let inside = |held: &Held| hash::bytes(held.example.group.as_bytes()) % FOLDS == fold;
        let known = |held: &Held| !inside(held);
        let weights = self.weights(class, &known);
        let mut rate = Rate::default();
        for held in self.held.iter().filter(|held| inside(held)) {
            let near = self.near(&held.features, &known);
            let suggested = value(&weights, &held.features, class, &near) >= threshold;
            match (held.example.class.as_deref() == Some(class), suggested) {
                (true, true) => rate.found += 1,
                (true, false) => rate.missed += 1,
                (false, true) => rate.alarms += 1,
                (false, false) => rate.quiet += 1,
            }
        }
        rate
    }

    /// Weight of a feature: rare ones count for more.
    fn rarity(&self, feature: u32) -> f64 {
        let holders = self.lists.get(&feature).map_or(0, Vec::len);
        ((self.held.len() + 1) as f64 / (holders + 1) as f64).ln() + 0.1
    }

    fn near(&self, features: &Features, known: &dyn Fn(&Held) -> bool) -> Nearest {
        let mut sums: HashMap<u32, f64> = HashMap::new();
        let mut own = 0.0;
        for (feature, count) in features.iter() {
            let weight = f64::from(count) * self.rarity(feature);
            own += weight * weight;
            for place in self.lists.get(&feature).into_iter().flatten() {
                let theirs = self.held.get(*place as usize).and_then(|held| held.count(feature));
                *sums.entry(*place).or_default() += weight * theirs.unwrap_or(0.0) * self.rarity(feature);
            }
        }
        let near = |(place, sum): (u32, f64)| {
            let held = self.held.get(place as usize)?;
            let kept = known(held);
            let likeness = sum / (own.sqrt() * self.length(held)).max(f64::EPSILON);
            (kept && likeness >= LIKENESS_LEAST).then_some((likeness, place))
        };
        let mut found: Vec<(f64, u32)> = sums.into_iter().filter_map(near).collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(NEIGHBOURS);
        let named = |(likeness, place): (f64, u32)| {
            let example = &self.held.get(place as usize)?.example;
            Some(Near { id: example.id.clone(), class: example.class.clone(), likeness: likeness.min(1.0) })
        };
        Nearest(found.into_iter().filter_map(named).collect())
    }

    fn length(&self, held: &Held) -> f64 {
        let square = |(feature, count): (u32, f32)| (f64::from(count) * self.rarity(feature)).powi(2);
        held.features.iter().map(square).sum::<f64>().sqrt()
    }
}

impl Held {
    fn count(&self, feature: u32) -> Option<f64> {
        let at = self.features.list.binary_search_by_key(&feature, |(of, _)| *of).ok()?;
        self.features.list.get(at).map(|(_, count)| f64::from(*count))
    }
}

fn feature(kind: u64, bytes: &[u8]) -> u32 {
    hash::mix(kind, hash::bytes(bytes)) as u32
}

/// Words, pairs of words and runs of four letters of a folded text, with the square roots of their counts.
fn features(folded: &str) -> Vec<(u32, f32)> {
    let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
    let mut add = |kind: u64, bytes: &[u8], weight: f32| {
        *counts.entry(feature(kind, bytes)).or_default() += weight;
    };
    let mut before = "";
    let mut runs = 0;
    for word in folded.split_whitespace() {
        add(1, word.as_bytes(), 1.0);
        if !before.is_empty() {
            add(2, format!("{before} {word}").as_bytes(), 1.0);
        }
        before = word;
        let ends: Vec<usize> =
            word.char_indices().map(|(at, _)| at).chain(std::iter::once(word.len())).collect();
        // In a script whose characters are words, pairs of characters.
        let length = if word.chars().any(|c| crate::shingle::quarters(c).is_some()) { 2 } else { 4 };
        for window in ends.windows(length + 1) {
            if let (Some(from), Some(to)) = (window.first(), window.last())
                && let Some(run) = word.get(*from..*to)
            {
                add(3, run.as_bytes(), 0.5);
            }
            runs += 1;
        }
        if runs > RUNS_MAX {
            break;
        }
    }
    counts.into_iter().map(|(feature, count)| (feature, count.sqrt())).collect()
}
