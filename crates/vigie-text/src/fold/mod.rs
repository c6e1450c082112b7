//! Folds a text to the form in which copies are recognised, and says what was done to hide them.
//!
//! Folded the same in every copy: compatibility forms (NFKC), case, accents of Latin letters, Arabic vowel signs,
//! tatweel and alef forms, letters with hooks beside plain ones, look-alikes of another script, invisible
//! characters, hyphens and dots within a word, letters written one by one, repeated letters, emoji, punctuation,
//! mentions and links. Cyrillic, Greek, Arabic, Ethiopic words keep their own letters.
//!
//! A trick is reported only where a manipulation is seen: not for an ordinary hyphen, an acronym with dots, an
//! Arabic vowel sign, a Persian joiner or a soft hyphen. Every step is linear in the text. Sources: UAX #15 (NFKC,
//! stream-safe limit), UTS #39 (confusables).

pub(crate) mod invisible;
mod join;
pub(crate) mod letters;
pub(crate) mod scan;
pub(crate) mod twins;

use crate::language::{Marked, Writing};
use scan::{Glyph, Kind};
use unicode_script::Script;
use vigie_model::Trick;

/// A folded text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Normal {
    /// Words in folded letters, one space apart: for search, beside the original.
    pub folded: String,
    /// What was done to the text, in the order of [`Trick`].
    pub tricks: Vec<Trick>,
    /// As `folded`, with doubled letters single: two copies differ here only if their words differ.
    pub alike: String,
    /// Look of the text apart from its words.
    pub(crate) surface: Surface,
    /// Letters whose accents or hooks folding took away: they tell languages apart.
    pub(crate) marked: Vec<Marked>,
    /// Letters by script, most first.
    pub(crate) scripts: Vec<(Script, usize)>,
}

/// What distinguishes two texts of the same words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Surface {
    /// Where words were rejoined.
    joins: u32,
    /// Capitals, punctuation, emoji.
    dress: u32,
    /// Tricks seen, one bit each.
    tricks: u8,
}

const TRICKS: [Trick; 5] =
    [Trick::SplitWords, Trick::LookAlikes, Trick::Invisible, Trick::Stretched, Trick::Dressing];

fn bit(trick: Trick) -> u8 {
    1 << TRICKS.iter().position(|t| *t == trick).unwrap_or(0)
}

fn list(bits: u8) -> Vec<Trick> {
    TRICKS.into_iter().filter(|t| bits & bit(*t) != 0).collect()
}

impl Surface {
    /// What differs between two texts of the same words.
    pub fn changed_from(self, earlier: Self) -> Vec<Trick> {
        let mut bits = self.tricks ^ earlier.tricks;
        if self.joins != earlier.joins {
            bits |= bit(Trick::SplitWords);
        }
        if self.dress != earlier.dress {
            bits |= bit(Trick::Dressing);
        }
        list(bits)
    }

    /// What was done to one of two texts whose words differ as well.
    pub fn tricks_beside(self, earlier: Self) -> Vec<Trick> {
        list(self.tricks ^ earlier.tricks)
    }
}

/// Folds `text`; the original is not changed.
pub fn normalise(text: &str) -> Normal {
    let scan = scan::scan(text);
    let folded = join::join(&scan);
    let mut bits = folded.tricks;
    if scan.invisible {
        bits |= bit(Trick::Invisible);
    }
    if scan.styled {
        bits |= bit(Trick::Dressing);
    }
    Normal {
        alike: alike(&folded.words),
        folded: folded.words,
        tricks: list(bits),
        surface: Surface { joins: folded.joins, dress: folded.dress, tricks: bits },
        scripts: folded.scripts,
        marked: marked(&scan.glyphs),
    }
}

/// Most marked letters that are kept of one text.
const MARKED_MAX: usize = 320;

fn marked(glyphs: &[Glyph]) -> Vec<Marked> {
    let mut out = Vec::new();
    let mut before: Option<Glyph> = None;
    for glyph in glyphs {
        match (glyph.kind, glyph.script, before) {
            (Kind::Mark, _, Some(letter)) if letter.script == Script::Latin => {
                out.push(Marked::new(Writing::Latin, letter.c, glyph.c));
            }
            (Kind::Letter, Script::Latin, _) if !glyph.c.is_ascii() => {
                out.push(Marked::new(Writing::Latin, glyph.c, '\0'));
            }
            (Kind::Letter, Script::Arabic, _) if letters::is_arabic_variant(glyph.c) => {
                out.push(Marked::new(Writing::Arabic, glyph.c, '\0'));
            }
            _ => {}
        }
        before = Some(*glyph).filter(|g| g.is_letter());
        if out.len() == MARKED_MAX {
            break;
        }
    }
    out
}

/// Doubled letters made single: "alllah" and "allah" both come to "alah", whichever the copy stretched. Digits and
/// characters that stand for a word stay.
fn alike(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut last = ' ';
    for c in folded.chars() {
        if c != last || !c.is_alphabetic() || crate::shingle::quarters(c).is_some() {
            out.push(c);
        }
        last = c;
    }
    out
}

#[cfg(test)]
mod tests;
