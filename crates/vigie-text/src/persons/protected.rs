//! Names and numbers that must not be read elsewhere, found in any spelling that folds to them.

use super::contact;
use super::sound::{Sound, is_arabic, sound};
use crate::parts::{Cut, clitics, cut};
use crate::places::index::{Index, Rule};
use std::collections::BTreeSet;
use std::ops::Range;

/// Fewest letters of a part of a name that is hidden alone, and of a sound that is compared.
const ALONE_LETTERS_LEAST: usize = 3;
const FULL_LEAST: usize = 3;
/// Fewest letters of a sound from which one may be left out.
const ONE_OFF_LEAST: usize = 5;
const BONES_LEAST: usize = 3;

/// A person whose name is kept back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProtectedName {
    /// The name.
    pub name: String,
    /// Other spellings, nicknames, the name in another script.
    pub variants: Vec<String>,
}

/// Names and numbers made ready. It holds them in memory only; nothing prints them, `Debug` included.
#[derive(Default)]
pub struct Protected {
    names: Index,
    full: BTreeSet<String>,
    bones: BTreeSet<String>,
    has_arabic: bool,
    has_latin: bool,
    numbers: BTreeSet<String>,
}

impl std::fmt::Debug for Protected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Protected")
    }
}

impl Protected {
    /// Makes a list ready. Each name counts whole, and each of its parts of three letters and more alone.
    pub fn new(names: &[ProtectedName], numbers: &[String]) -> Self {
        let mut all: Vec<String> = Vec::new();
        let mut this = Self::default();
        for name in names.iter().flat_map(|name| std::iter::once(&name.name).chain(&name.variants)) {
            all.push(name.clone());
            let cut = cut(name);
            for part in &cut.parts {
                let word = cut.folded(part);
                if word.chars().count() >= ALONE_LETTERS_LEAST {
                    all.push(word.to_owned());
                    this.hear(word);
                }
            }
        }
        this.names = Index::of_names(all.iter().map(|name| (name.as_str(), 0)), Rule::Secret);
        this.numbers =
            numbers.iter().map(|number| digits(number)).filter(|digits| digits.len() >= 4).collect();
        this
    }

    fn hear(&mut self, word: &str) {
        let Sound { full, bones } = sound(word);
        self.has_arabic |= is_arabic(word);
        self.has_latin |= !is_arabic(word);
        if full.len() >= FULL_LEAST {
            self.full.extend(shortened(&full));
            self.full.insert(full);
        }
        if bones.len() >= BONES_LEAST {
            self.bones.insert(bones);
        }
    }

    /// Where a name or a number of the list stands, as ranges of parts.
    pub(crate) fn find(&self, cut: &Cut<'_>) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = self.names.hits(cut).into_iter().map(|hit| hit.parts).collect();
        out.extend((0..cut.parts.len()).filter(|n| self.is_heard(cut, *n)).map(|n| n..n + 1));
        let listed = |digits: &str| self.numbers.iter().any(|number| digits.contains(number.as_str()));
        out.extend(
            contact::numbers(cut).into_iter().filter(|(_, digits)| listed(digits)).map(|(parts, _)| parts),
        );
        out
    }

    /// Whether a word sounds like a part of a name written in the other script.
    fn is_heard(&self, cut: &Cut<'_>, n: usize) -> bool {
        let word = cut.word(n);
        let other = if is_arabic(word) { self.has_latin } else { self.has_arabic };
        if !other || word.is_empty() || cut.parts.get(n).is_some_and(|part| part.digits) {
            return false;
        }
        clitics(word).iter().filter_map(|skip| word.get(skip..)).any(|word| {
            let Sound { full, bones } = sound(word);
            let one_off = || shortened(&full).any(|short| self.full.contains(&short));
            self.bones.contains(&bones)
                || (full.len() >= FULL_LEAST && (self.full.contains(&full) || one_off()))
        })
    }
}

/// The sound with each letter left out once; of three letters at least, lest everything sound alike.
fn shortened(full: &str) -> impl Iterator<Item = String> {
    let left_out =
        |at: usize| full.chars().enumerate().filter(|(n, _)| *n != at).map(|(_, c)| c).collect::<String>();
    let count = if full.len() >= ONE_OFF_LEAST { full.len() } else { 0 };
    (0..count).map(left_out).collect::<Vec<_>>().into_iter()
}

fn digits(number: &str) -> String {
    number
        .chars()
        .filter_map(|c| crate::normalise(c.encode_utf8(&mut [0; 4])).folded.parse::<u8>().ok())
        .map(|d| d.to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Protected {
        let name = |name: &str| ProtectedName { name: name.to_owned(), variants: Vec::new() };
        Protected::new(&[name("Awa Kolimbé"), name("فريدة بشارين")], &["+999 77 00 11 22".to_owned()])
    }

    #[track_caller]
    fn check(text: &str, found: &[&str]) {
        let cut = cut(text);
        let mut parts = list().find(&cut);
        parts.sort_by_key(|parts| (parts.start, std::cmp::Reverse(parts.end)));
        // A part of a name is found once more within the whole name.
        parts.dedup_by(|next, before| next.end <= before.end);
        assert_eq!(parts.iter().map(|parts| cut.original(parts)).collect::<Vec<_>>(), found, "{text}");
    }

    #[test]
    fn a_listed_name_is_found_in_any_dress() {
        check("awa ko-lim-be et KOLIMBE", &["awa ko-lim-be", "KOLIMBE"]);
        check("Kolimbe Awa, kolimbbee, Kolimpé", &["Kolimbe", "Awa", "kolimbbee", "Kolimpé"]);
        check("اقتلوا أوا كوليمبي", &["أوا", "كوليمبي"]);
        check("Farida Bécharine", &["Farida", "Bécharine"]);
        check("وفريدة", &["وفريدة"]);
        check("au 00999 77.00.11.22", &["00999 77.00.11.22"]);
        check("rien de tout cela", &[]);
        assert_eq!(format!("{:?}", list()), "Protected");
    }
}
