//! The names of a gazetteer as hashes of folded letters, exact and with one letter left out.
//!
//! A name is looked up from each part at which it may begin, over as many parts as the longest name has letters: the
//! work a text costs does not grow with the gazetteer. One letter off is found by leaving out letters on both sides
//! (names of six letters and more), and checked letter by letter. What is found is then thinned: the longest first,
//! nothing twice, ordinary words only where a place is meant.

use super::context::{is_before_place, is_kind, is_ordinary};
use super::rack::Rack;
use crate::hash::mix;
use crate::parts::{Cut, Gap, clitics, cut};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use vigie_model::GazetteerPlace;

/// Longer names are cut out of the index, in letters.
const NAME_LETTERS_MAX: usize = 48;
/// Shorter names are found in their exact spelling only, in letters.
const NEAR_LETTERS_LEAST: usize = 6;
/// Names of at most this many letters count as ordinary words.
const SHORT_LETTERS: usize = 3;
/// Parts that one misspelt name may have.
const NEAR_PARTS_MAX: usize = 3;

/// Which place bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Position in the gazetteer.
    pub place: u32,
    /// It is a variant there.
    pub variant: bool,
}

#[derive(Debug)]
struct Key {
    letters: String,
    /// Bit n: a new word begins after n letters.
    bounds: u64,
    ordinary: bool,
    places: Range<u32>,
}

/// A name found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub key: u32,
    pub parts: Range<usize>,
    /// One letter is off.
    pub near: bool,
}

/// How strictly names are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rule {
    /// As places: ordinary words and near spellings only where a place is meant.
    #[default]
    Places,
    /// As they stand: every occurrence, no near spelling.
    Exact,
    /// As names to keep secret: every occurrence, near spellings however they are written.
    Secret,
}

/// The names of a gazetteer.
#[derive(Debug, Default)]
pub struct Index {
    rule: Rule,
    keys: Vec<Key>,
    named: Vec<Named>,
    exact: Rack,
    near: Rack,
    letters_max: usize,
    pub by_id: HashMap<String, usize>,
}

/// Letters written one after another across parts: hash, and where words began.
#[derive(Clone)]
struct Pen {
    hash: u64,
    letters: Vec<char>,
    bounds: u64,
}

impl Pen {
    fn new() -> Self {
        Self { hash: 0, letters: Vec::with_capacity(24), bounds: 0 }
    }

    fn part(&mut self, letters: &str, gap: Gap) {
        if gap == Gap::Space && self.letters.len() < 64 {
            self.bounds |= 1 << self.letters.len();
        }
        for c in letters.chars() {
            // Across a joint a doubled letter is single too: "bes-son".
            if self.letters.last() != Some(&c) || !c.is_alphabetic() {
                self.hash = mix(self.hash, u64::from(c));
                self.letters.push(c);
            }
        }
    }
}

fn hash_of(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |hash, c| mix(hash, u64::from(c)))
}

/// Every hash of `letters` with one left out.
fn shortened(letters: &[char]) -> impl Iterator<Item = u64> {
    let mut before = 0;
    letters.iter().enumerate().map(move |(n, left_out)| {
        let hash = letters.get(n + 1..).unwrap_or_default().iter().fold(before, |h, c| mix(h, u64::from(*c)));
        before = mix(before, u64::from(*left_out));
        hash
    })
}

#[derive(Default)]
struct Draft {
    bounds: u64,
    ordinary: bool,
    places: BTreeSet<Named>,
}

impl Index {
    pub fn new(places: &[GazetteerPlace], ordinary: &[String]) -> Self {
        let ordinary: BTreeSet<String> = ordinary.iter().map(|word| letters_of(word)).collect();
        let mut drafts: HashMap<String, Draft> = HashMap::new();
        for (n, place) in places.iter().enumerate() {
            add(&mut drafts, &place.name, n, false, Some(&ordinary));
            place.variants.iter().for_each(|name| add(&mut drafts, name, n, true, Some(&ordinary)));
        }
        let mut index = Self::packed(drafts, Rule::Places);
        index.by_id = places.iter().enumerate().rev().map(|(n, place)| (place.id.clone(), n)).collect();
        index
    }

    /// An index of names that are no gazetteer's, each with a number of the caller's.
    pub fn of_names<'a>(names: impl Iterator<Item = (&'a str, usize)>, rule: Rule) -> Self {
        let mut drafts = HashMap::new();
        names.for_each(|(name, number)| add(&mut drafts, name, number, false, None));
        Self::packed(drafts, rule)
    }

    fn packed(drafts: HashMap<String, Draft>, rule: Rule) -> Self {
        // The order of a hash map is not the same twice; that of the keys must be.
        let mut drafts: Vec<(String, Draft)> = drafts.into_iter().collect();
        drafts.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut index = Self { rule, ..Self::default() };
        let (mut exact, mut near) = (Vec::new(), Vec::new());
        for (letters, draft) in drafts {
            index.key(letters, draft, &mut exact, &mut near);
        }
        index.exact = Rack::new(exact);
        index.near = Rack::new(near);
        index
    }

    fn key(
        &mut self,
        letters: String,
        draft: Draft,
        exact: &mut Vec<(u64, u32)>,
        near: &mut Vec<(u64, u32)>,
    ) {
        let number = self.keys.len() as u32;
        let chars: Vec<char> = letters.chars().collect();
        let hash = hash_of(chars.iter().copied());
        exact.push((hash, number));
        if chars.len() >= NEAR_LETTERS_LEAST && !draft.ordinary && self.rule != Rule::Exact {
            near.push((hash, number));
            near.extend(shortened(&chars).map(|hash| (hash, number)));
        }
        self.letters_max = self.letters_max.max(chars.len());
        let start = self.named.len() as u32;
        self.named.extend(draft.places);
        let places = start..self.named.len() as u32;
        self.keys.push(Key { letters, bounds: draft.bounds, ordinary: draft.ordinary, places });
    }

    /// Who bears the name of this number.
    pub fn places(&self, key: u32) -> &[Named] {
        let places = self.keys.get(key as usize).map_or(0..0, |key| key.places.clone());
        self.named.get(places.start as usize..places.end as usize).unwrap_or_default()
    }

    /// The names in a text, in its order, none overlapping another.
    pub fn hits(&self, cut: &Cut<'_>) -> Vec<Hit> {
        let has_case = cut.has_case();
        let mut found = Vec::new();
        for n in 0..cut.parts.len() {
            let Some(part) = cut.parts.get(n) else { continue };
            for skip in clitics(cut.folded(part)).iter() {
                self.begin_at(cut, n, skip, has_case, &mut found);
            }
        }
        thin(found)
    }

    fn begin_at(
        &self,
        cut: &Cut<'_>,
        from: usize,
        skip: usize,
        has_case: bool,
        found: &mut Vec<(Hit, usize)>,
    ) {
        let mut pen = Pen::new();
        let mut any = false;
        // Doubled letters are single, so letters alone would not end the walk over "a-a-a-…".
        for to in from..cut.parts.len().min(from + NAME_LETTERS_MAX) {
            let gap = cut.gap(to);
            if to > from && !matches!(gap, Gap::Space | Gap::Joint) {
                break;
            }
            let word = cut.word(to);
            let letters = if to == from { word.get(skip..).unwrap_or_default() } else { word };
            pen.part(letters, if to == from { Gap::Stop } else { gap });
            if pen.letters.len() > self.letters_max + 2 {
                break;
            }
            let parts = from..to + 1;
            if self.exact_at(cut, &pen, &parts, has_case, found) {
                any = true;
            } else if !any && self.may_be_near(cut, &parts, has_case) {
                self.near_at(cut, &pen, &parts, has_case, found);
            }
            if to == from {
                self.swahili_at(cut, &pen, &parts, has_case, found);
            }
        }
    }

    fn may_be_near(&self, cut: &Cut<'_>, parts: &Range<usize>, has_case: bool) -> bool {
        match self.rule {
            Rule::Places => parts.len() <= NEAR_PARTS_MAX && is_written_as_name(cut, parts, has_case),
            Rule::Exact => false,
            // Letters written one by one count as the one word they make, not as every run of them.
            Rule::Secret => {
                let whole = cut.gap(parts.start) != Gap::Joint && cut.gap(parts.end) != Gap::Joint;
                parts.len() <= NEAR_PARTS_MAX || whole
            }
        }
    }

    fn exact_at(
        &self,
        cut: &Cut<'_>,
        pen: &Pen,
        parts: &Range<usize>,
        has_case: bool,
        found: &mut Vec<(Hit, usize)>,
    ) -> bool {
        let before = found.len();
        for number in self.exact.get(pen.hash) {
            let Some(key) = self.keys.get(number as usize) else { continue };
            let spaced = pen.bounds & !key.bounds == 0;
            let same = || key.letters.chars().eq(pen.letters.iter().copied());
            if spaced && same() && (!key.ordinary || is_meant(cut, parts, has_case)) {
                found.push((Hit { key: number, parts: parts.clone(), near: false }, pen.letters.len()));
            }
        }
        found.len() > before
    }

    fn near_at(
        &self,
        cut: &Cut<'_>,
        pen: &Pen,
        parts: &Range<usize>,
        has_case: bool,
        found: &mut Vec<(Hit, usize)>,
    ) {
        let letters = pen.letters.as_slice();
        if !(NEAR_LETTERS_LEAST - 1..=NAME_LETTERS_MAX + 1).contains(&letters.len()) {
            return;
        }
        let hashes = std::iter::once(pen.hash).chain(shortened(letters));
        let mut numbers: Vec<u32> = hashes.flat_map(|hash| self.near.get(hash)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let Some(key) = self.keys.get(number as usize) else { continue };
            let known: Vec<char> = key.letters.chars().collect();
            let same_words =
                pen.bounds.count_ones() == 0 || pen.bounds.count_ones() == key.bounds.count_ones();
            let meant = || self.rule == Rule::Secret || has_case || is_led_to(cut, parts.start);
            if same_words && is_one_off(letters, &known) && meant() {
                found.push((Hit { key: number, parts: parts.clone(), near: true }, letters.len()));
            }
        }
    }

    /// The Swahili locative ending: "Zamoreni" is "at Zamoré".
    fn swahili_at(
        &self,
        cut: &Cut<'_>,
        pen: &Pen,
        parts: &Range<usize>,
        has_case: bool,
        found: &mut Vec<(Hit, usize)>,
    ) {
        let letters = pen.letters.as_slice();
        if letters.len() > NEAR_LETTERS_LEAST
            && let Some(stem) = letters.strip_suffix(&['n', 'i'])
        {
            let hash = hash_of(stem.iter().copied());
            let pen = Pen { hash, letters: stem.to_vec(), bounds: pen.bounds };
            self.exact_at(cut, &pen, parts, has_case, found);
        }
    }
}

fn letters_of(name: &str) -> String {
    let cut = cut(name);
    let mut pen = Pen::new();
    (0..cut.parts.len()).for_each(|n| pen.part(cut.word(n), Gap::Joint));
    pen.letters.into_iter().collect()
}

fn add(
    drafts: &mut HashMap<String, Draft>,
    name: &str,
    place: usize,
    variant: bool,
    ordinary: Option<&BTreeSet<String>>,
) {
    let cut = cut(name);
    let first = cut.word(0);
    let article = first.strip_prefix("ال").filter(|rest| rest.chars().count() > SHORT_LETTERS);
    for start in [Some(first), article].into_iter().flatten() {
        let mut pen = Pen::new();
        pen.part(start, Gap::Stop);
        for n in 1..cut.parts.len() {
            // A name's hyphen may be written as a space and the other way round.
            pen.part(cut.word(n), Gap::Space);
        }
        if pen.letters.is_empty() || pen.letters.len() > NAME_LETTERS_MAX {
            continue;
        }
        let letters: String = pen.letters.iter().collect();
        let known = |ordinary: &BTreeSet<String>| {
            let short = pen.letters.len() <= SHORT_LETTERS;
            short || ordinary.contains(&letters) || (0..cut.parts.len()).all(|n| is_ordinary(cut.word(n)))
        };
        let common = ordinary.is_some_and(known);
        let draft = drafts.entry(letters).or_default();
        draft.bounds |= pen.bounds;
        draft.ordinary |= common;
        // The same name as name and as variant of one place is its name.
        let place = place as u32;
        if !variant || !draft.places.contains(&Named { place, variant: false }) {
            draft.places.remove(&Named { place, variant: true });
            draft.places.insert(Named { place, variant });
        }
    }
}

/// Whether every word is written as a name: with a capital, in letters without capitals, or in a text that has none.
fn is_written_as_name(cut: &Cut<'_>, parts: &Range<usize>, has_case: bool) -> bool {
    let parts = cut.parts.get(parts.clone()).unwrap_or_default();
    parts
        .iter()
        .all(|part| !part.digits && (!has_case || part.capital || part.caseless || part.gap == Gap::Joint))
}

/// Whether a word before says that a place follows.
pub fn is_led_to(cut: &Cut<'_>, from: usize) -> bool {
    let Some(before) = from.checked_sub(1) else { return false };
    !matches!(cut.gap(from), Gap::Stop | Gap::Break)
        && (is_before_place(cut.word(before)) || is_kind(cut.word(before)))
}

/// Whether an ordinary word stands for a place here.
fn is_meant(cut: &Cut<'_>, parts: &Range<usize>, has_case: bool) -> bool {
    let from = parts.start;
    let capital = cut.parts.get(parts.clone()).unwrap_or_default().iter().any(|part| part.capital);
    let kind_before = |n: usize| from.checked_sub(n).is_some_and(|at| is_kind(cut.word(at)));
    if !is_led_to(cut, from) {
        return false;
    }
    // "village de Paix": a kind of place, at most one small word between.
    kind_before(1) || kind_before(2) || (has_case && capital)
}

/// Whether two words differ by one letter: more, less, other, or two neighbours swapped.
pub fn is_one_off(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let head = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (rest, other) = (short.get(head..).unwrap_or_default(), long.get(head..).unwrap_or_default());
    if short.len() < long.len() {
        return other.get(1..) == Some(rest);
    }
    let crossed =
        || rest.first() == other.get(1) && rest.get(1) == other.first() && rest.get(2..) == other.get(2..);
    rest.is_empty() || rest.get(1..) == other.get(1..) || (rest.len() > 1 && crossed())
}

/// The longest first, exact before misspelt; what overlaps one that was taken is left out.
fn thin(mut found: Vec<(Hit, usize)>) -> Vec<Hit> {
    found.sort_by(|(a, letters_a), (b, letters_b)| {
        (a.near, letters_b, a.parts.start, a.parts.end, a.key).cmp(&(
            b.near,
            letters_a,
            b.parts.start,
            b.parts.end,
            b.key,
        ))
    });
    let mut taken: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    let mut out: Vec<Hit> = Vec::new();
    for (hit, _) in found {
        let before = taken.range(..hit.parts.end).next_back();
        if before.is_none_or(|(_, end)| *end <= hit.parts.start) {
            taken.insert(hit.parts.start, hit.parts.end);
            out.push(hit);
        }
    }
    out.sort_by_key(|hit| hit.parts.start);
    out
}
