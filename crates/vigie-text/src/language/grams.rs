//! What the language model looks at: runs of one to four letters within folded words, and marked letters.
//!
//! Folding takes disguises away, so that a text in look-alike letters keeps its language; it also takes away the
//! accents and hooks that tell Bambara from Hausa. Those come back as features of their own, so that a text typed
//! without them is still read. Words without a letter say nothing.

use crate::Normal;
use unicode_script::{Script, UnicodeScript};

/// Letters of a text that are looked at; the rest of a long text changes nothing.
pub const LETTERS_MAX: usize = 320;
/// Letters of one word that are looked at.
const WORD_MAX: usize = 48;

/// Scripts that the model tells languages apart in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Writing {
    /// Latin letters.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Arabic letters.
    Arabic,
    /// Ethiopic syllables.
    Ethiopic,
    /// Chinese characters.
    Han,
}

impl Writing {
    /// All of them, in the order of the model's file.
    pub const ALL: [Self; 5] = [Self::Latin, Self::Cyrillic, Self::Arabic, Self::Ethiopic, Self::Han];

    /// The writing of a script; `None` where no language of the model uses it.
    pub fn of(script: Script) -> Option<Self> {
        Some(match script {
            Script::Latin => Self::Latin,
            Script::Cyrillic => Self::Cyrillic,
            Script::Arabic => Self::Arabic,
            Script::Ethiopic => Self::Ethiopic,
            Script::Han | Script::Hiragana | Script::Katakana => Self::Han,
            _ => return None,
        })
    }

    fn of_char(c: char) -> Option<Self> {
        if c.is_ascii() {
            return c.is_ascii_alphabetic().then_some(Self::Latin);
        }
        if c.is_alphabetic() { Self::of(c.script()) } else { None }
    }
}

/// A folded word with the writing of its first letter; words without one are passed over.
pub fn words(folded: &str) -> impl Iterator<Item = (Writing, &str)> {
    folded.split(' ').filter_map(|word| Some((word.chars().find_map(Writing::of_char)?, word)))
}

const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
const FAR: u64 = 0xD6E8_FEB8_6659_FD93;

/// Hands the hash of each run of one to four letters of `word`, its two ends included, to `each`; where a character
/// is a syllable or a word, of one or two. Answers how many letters it looked at.
#[inline]
pub fn of_word(word: &str, writing: Writing, mut each: impl FnMut(u32)) -> usize {
    let long = !matches!(writing, Writing::Ethiopic | Writing::Han);
    let mut letters = 0;
    // The letters before this one, 0 where the word had not begun.
    let (mut a, mut b, mut c) = (0_u64, 0_u64, u64::from(b' '));
    for letter in word.chars().chain(std::iter::once(' ')).take(WORD_MAX) {
        let d = u64::from(u32::from(letter));
        if letter != ' ' {
            letters += 1;
            each(spread(d));
        }
        let two = d | c << 21;
        each(spread(two));
        if long && b != 0 {
            let three = two | b << 42;
            each(spread(three));
            if a != 0 {
                each(spread(three ^ a.wrapping_mul(FAR)));
            }
        }
        (a, b, c) = (b, c, d);
    }
    letters
}

/// The high half of a product: every bit of the run reaches it.
fn spread(run: u64) -> u32 {
    let mixed = (run ^ run >> 29).wrapping_mul(SPREAD);
    ((mixed ^ mixed >> 32).wrapping_mul(FAR) >> 32) as u32
}

/// The row of a table of `rows` rows that a hash falls into.
pub fn row(hash: u32, rows: usize) -> usize {
    ((u64::from(hash) * rows as u64) >> 32) as usize
}

/// A letter whose look folding took away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    pub writing: Writing,
    pub hash: u32,
}

impl Marked {
    /// A letter with the mark on it, or `'\0'` where the letter itself is special (`ɗ`, `ŋ`, a Persian kaf).
    pub fn new(writing: Writing, letter: char, mark: char) -> Self {
        let lower = letter.to_lowercase().next().unwrap_or(letter);
        let run = u64::from(u32::from(lower)) | u64::from(u32::from(mark)) << 21 | 1 << 63;
        Self { writing, hash: spread(run) }
    }
}

/// All features of a text, without the bound on its length: what training works with.
pub fn all(normal: &Normal, with_marks: bool) -> Vec<(Writing, u32)> {
    let mut out = Vec::new();
    for (writing, word) in words(&normal.folded) {
        of_word(word, writing, |hash| out.push((writing, hash)));
    }
    if with_marks {
        out.extend(normal.marked.iter().map(|m| (m.writing, m.hash)));
    }
    out
}
