//! Finds the wordings of dated lists in a text, whatever dress the words wear.
//!
//! A pattern matches folded words, also split ("at-ta-quez"), spelt letter by letter or behind an Arabic
//! conjunction. The lists are data with an owner and a version; nothing is weighed or learnt here.

use crate::hash::{Table, bytes, mix};
use crate::parts::{Cut, Gap, clitics, cut};
use std::collections::BTreeSet;
use std::ops::Range;
use vigie_model::{Context, Lexicon, Sense};

/// Parts that one disguised word may have been split into.
const SPLIT_MAX: usize = 24;
/// Words that `…` may stand for.
const BETWEEN_MAX: usize = 3;
/// A stem is looked up by its first letters.
const STEM_LETTERS: usize = 2;

/// A word of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Stem(String),
    Between,
}

#[derive(Debug)]
struct Entry {
    tokens: Vec<Token>,
    sense: Sense,
    context: Context,
    pattern: String,
    list: u16,
}

/// Where a list comes from, for quotation beside a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Short name of the list.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its language, BCP 47.
    pub lang: String,
    /// Whether a speaker has checked it.
    pub checked: bool,
}

/// Lists made ready for search.
#[derive(Debug, Default)]
pub struct Lexicons {
    entries: Vec<Entry>,
    words: Table<u64, Vec<u32>>,
    stems: Table<u64, Vec<u32>>,
    origins: Vec<Origin>,
    unusable: Vec<String>,
}

/// A wording found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub parts: Range<usize>,
    pub sense: Sense,
    pub context: Context,
    /// The list it comes from: what lowers a wording comes from the same.
    pub list: u16,
    entry: u32,
}

impl Lexicons {
    /// Makes `lists` ready. The same wording in two lists counts once for each sense.
    pub fn new(lists: &[Lexicon]) -> Self {
        let mut all = Self::default();
        for (n, list) in lists.iter().enumerate() {
            let (id, version) = (list.id.clone(), list.version.clone());
            all.origins.push(Origin { id, version, lang: list.lang.clone(), checked: list.checked });
            for entry in &list.entries {
                all.add(&entry.pattern, entry.sense, entry.context, n as u16);
            }
        }
        all
    }

    fn add(&mut self, pattern: &str, sense: Sense, context: Context, list: u16) {
        let tokens = tokens(pattern);
        let number = self.entries.len() as u32;
        match tokens.first() {
            Some(Token::Word(word)) => self.words.entry(hash(word)).or_default().push(number),
            Some(Token::Stem(stem)) => self.stems.entry(hash(head(stem))).or_default().push(number),
            Some(Token::Between) | None => return self.unusable.push(pattern.to_owned()),
        }
        self.entries.push(Entry { tokens, sense, context, pattern: pattern.to_owned(), list });
    }

    /// The lists behind every finding.
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// Patterns that can never match: empty, or beginning with `…`.
    pub fn unusable(&self) -> &[String] {
        &self.unusable
    }

    /// Whether a list covers the language, by its primary subtag.
    pub fn covers(&self, lang: &str) -> bool {
        self.origins.iter().any(|origin| primary(&origin.lang) == primary(lang))
    }

    /// Names and versions of the lists, for [`vigie_model::Model`].
    pub fn version(&self) -> String {
        let names: Vec<String> =
            self.origins.iter().map(|origin| format!("{}@{}", origin.id, origin.version)).collect();
        names.join(" ")
    }

    /// The pattern behind a finding.
    pub(crate) fn pattern(&self, said: &Said) -> &str {
        self.entries.get(said.entry as usize).map_or("", |entry| &entry.pattern)
    }

    /// Every wording found, in the text's order, by the lists that speak its language.
    ///
    /// "Rappel" begins like an English word, "bonne" is one in Fulfulde. So a list is heard where the text is said
    /// to be of its language, where more of the text's small words stand in it than in that language's list, and
    /// always in scripts of its own.
    pub(crate) fn find(&self, cut: &Cut<'_>, lang: Option<&str>) -> Vec<Said> {
        let mut all = self.all(cut);
        let heard = self.heard(&all, lang);
        all.retain(|said| {
            let own_script = cut.parts.get(said.parts.start).is_some_and(|part| part.caseless);
            own_script || heard.get(usize::from(said.list)).copied().unwrap_or(true)
        });
        all
    }

    /// Which lists are heard.
    fn heard(&self, all: &[Said], lang: Option<&str>) -> Vec<bool> {
        let mut small = vec![0_usize; self.origins.len()];
        for said in all.iter().filter(|said| said.sense == Sense::Ordinary) {
            if let Some(count) = small.get_mut(usize::from(said.list)) {
                *count += 1;
            }
        }
        let own = |origin: &Origin| lang.is_some_and(|lang| primary(&origin.lang) == primary(lang));
        let most = small.iter().copied().max().unwrap_or(0);
        let declared =
            self.origins.iter().zip(&small).filter(|(origin, _)| own(origin)).map(|(_, n)| *n).max();
        let rest = |count: usize| match declared {
            Some(declared) => count >= 2 && count > declared,
            None => count == most,
        };
        self.origins.iter().zip(&small).map(|(origin, count)| own(origin) || rest(*count)).collect()
    }

    fn all(&self, cut: &Cut<'_>) -> Vec<Said> {
        let mut out = Vec::new();
        let mut seen = BTreeSet::new();
        for from in 0..cut.parts.len() {
            seen.clear();
            units(cut, from, |unit, next| {
                for skip in clitics(unit).iter() {
                    let word = unit.get(skip..).unwrap_or_default();
                    self.starting(word, |number| {
                        seen.insert((number, next));
                    });
                }
            });
            for (number, next) in &seen {
                out.extend(self.rest(cut, from, *number, *next));
            }
        }
        // Of a stem in a split word the longest reading stands: "attaquons", not "attaqu".
        out.sort_by_key(|said: &Said| (said.parts.start, said.entry, std::cmp::Reverse(said.parts.end)));
        out.dedup_by_key(|said| (said.parts.start, said.entry));
        self.without_inner(out)
    }

    /// Without calls and announcements of harm that are part of a longer one of the same list: "we will burn" is no
    /// "burn!".
    fn without_inner(&self, mut all: Vec<Said>) -> Vec<Said> {
        all.sort_by_key(|said| (said.parts.start, std::cmp::Reverse(said.parts.end), said.entry));
        let mut outer: Vec<Option<Range<usize>>> = vec![None; self.origins.len()];
        all.retain(|said| {
            let harms = matches!(said.sense, Sense::CallsForHarm | Sense::AnnouncesHarm);
            let Some(outer) = outer.get_mut(usize::from(said.list)).filter(|_| harms) else { return true };
            let longer = |outer: &Range<usize>| said.parts.end <= outer.end && said.parts != *outer;
            if outer.as_ref().is_some_and(longer) {
                return false;
            }
            *outer = Some(said.parts.clone());
            true
        });
        all
    }

    /// Entries whose first word is `word`.
    fn starting(&self, word: &str, mut take: impl FnMut(u32)) {
        self.words.get(&hash(word)).into_iter().flatten().for_each(|number| take(*number));
        let begins = |number: &&u32| {
            let first = self.entries.get(**number as usize).and_then(|entry| entry.tokens.first());
            matches!(first, Some(Token::Stem(stem)) if word.starts_with(stem.as_str()))
        };
        self.stems
            .get(&hash(head(word)))
            .into_iter()
            .flatten()
            .filter(begins)
            .for_each(|number| take(*number));
    }

    fn rest(&self, cut: &Cut<'_>, from: usize, number: u32, next: usize) -> Option<Said> {
        let entry = self.entries.get(number as usize)?;
        let to = follow(cut, entry.tokens.get(1..)?, next)?;
        Some(Said {
            parts: from..to,
            sense: entry.sense,
            context: entry.context,
            list: entry.list,
            entry: number,
        })
    }
}

/// Where a pattern ends whose next words are `tokens`, the text going on at part `at`.
fn follow(cut: &Cut<'_>, tokens: &[Token], at: usize) -> Option<usize> {
    let Some((token, rest)) = tokens.split_first() else { return Some(at) };
    if at >= cut.parts.len() || cut.gap(at) == Gap::Stop {
        return None;
    }
    if *token == Token::Between {
        return (0..=BETWEEN_MAX).find_map(|words| follow(cut, rest, at + words));
    }
    let mut end = None;
    units(cut, at, |unit, next| {
        let fits = match token {
            Token::Word(word) => unit == word,
            Token::Stem(stem) => unit.starts_with(stem.as_str()),
            Token::Between => false,
        };
        if fits && end.is_none() {
            end = follow(cut, rest, next);
        }
    });
    end
}

/// The words that may begin at a part: the part itself, and the part with those joined to it.
fn units(cut: &Cut<'_>, from: usize, mut each: impl FnMut(&str, usize)) {
    each(cut.word(from), from + 1);
    if cut.gap(from + 1) != Gap::Joint {
        return;
    }
    let mut joined = cut.word(from).to_owned();
    for to in from + 1..cut.parts.len().min(from + SPLIT_MAX) {
        if cut.gap(to) != Gap::Joint {
            break;
        }
        let last = joined.chars().next_back();
        joined.extend(
            cut.word(to)
                .chars()
                .scan(last, |last, c| {
                    let again = *last == Some(c) && c.is_alphabetic();
                    *last = Some(c);
                    Some(if again { None } else { Some(c) })
                })
                .flatten(),
        );
        each(&joined, to + 1);
    }
}

fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

fn hash(word: &str) -> u64 {
    mix(bytes(word.as_bytes()), 1)
}

fn head(word: &str) -> &str {
    word.char_indices().nth(STEM_LETTERS).map_or(word, |(at, _)| word.get(..at).unwrap_or(word))
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut out = Vec::new();
    for piece in pattern.split_whitespace() {
        if piece == "…" || piece == "..." {
            out.push(Token::Between);
            continue;
        }
        let words = cut(piece);
        let stem = piece.ends_with('*');
        let last = words.parts.len().wrapping_sub(1);
        for (n, part) in words.parts.iter().enumerate() {
            let letters = words.folded(part).to_owned();
            let long = letters.chars().count() >= STEM_LETTERS;
            out.push(if stem && long && n == last { Token::Stem(letters) } else { Token::Word(letters) });
        }
    }
    while out.last() == Some(&Token::Between) {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::LexiconEntry;

    fn lexicons(patterns: &[&str]) -> Lexicons {
        let entry = |pattern: &&str| LexiconEntry {
            pattern: (*pattern).to_owned(),
            sense: Sense::CallsForHarm,
            context: Context::Alone,
        };
        let text = |text: &str| text.to_owned();
        Lexicons::new(&[Lexicon {
            id: text("invented"),
            version: text("1"),
            owner: text("nobody"),
            date: text("2026-11-20"),
            lang: text("fr-CF"),
            checked: false,
            note: None,
            entries: patterns.iter().map(entry).collect(),
        }])
    }

    #[track_caller]
    fn check(patterns: &[&str], text: &str, found: &[&str]) {
        let cut = cut(text);
        let lexicons = lexicons(patterns);
        let said = lexicons.find(&cut, None);
        assert_eq!(said.iter().map(|said| cut.original(&said.parts)).collect::<Vec<_>>(), found, "{text}");
    }

    #[test]
    fn wordings_are_found_in_any_dress() {
        check(
            &["attaqu*"],
            "On va ATTAQUER, j'attaque, at-ta-quez, a t t a q u o n s !",
            &["ATTAQUER", "attaque", "at-ta-quez", "a t t a q u o n s"],
        );
        check(&["brûlez la base"], "Brulez la base. Brûlez\nla base", &["Brulez la base"]);
        check(&["ne … pas"], "Ne la brûlez pas, ne dites rien. Pas moi", &["Ne la brûlez pas"]);
        check(&["اقتلوا"], "واقتلوا من هناك", &["واقتلوا"]);
        check(&["c'est faux"], "C’est FAUX", &["C’est FAUX"]);
    }

    #[test]
    fn a_pattern_that_cannot_match_is_named() {
        assert_eq!(lexicons(&["", "… pas", "bon"]).unusable(), ["", "… pas"]);
        assert!(lexicons(&[]).covers("FR") && !lexicons(&[]).covers("sg"));
    }
}
