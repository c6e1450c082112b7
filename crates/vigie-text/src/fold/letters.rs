//! Folds the letters of one part of a word.

use super::scan::{Glyph, Kind};
use super::twins;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::Script;

/// Marks on one letter that are kept where marks are letters (Indic, Thai, Burmese).
const MARKS_KEPT: usize = 4;
/// Marks on one Latin letter from which they are ornament, not spelling.
const MARKS_ORNAMENT: usize = 3;

/// The script whose letters the others pass for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Into {
    /// No look-alikes: each letter stays what it is.
    Itself,
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
}

/// What was seen while folding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// A letter three times or more in a row, in a word with other letters.
    pub stretched: bool,
    /// Piled-up marks.
    pub ornament: bool,
}

/// Adds the folded letters of `glyphs` to `out`.
pub fn fold(glyphs: &[Glyph], into: Into, out: &mut String) -> Seen {
    // XVIII is not XVII.
    let keeps_runs = glyphs.iter().all(|g| is_roman(g.c));
    let mut pen =
        Pen { word: String::with_capacity(glyphs.len()), last: '\0', run: 0, ascii: true, keeps_runs };
    let mut seen = Seen::default();
    let (mut marks, mut drops) = (0, true);
    for &glyph in glyphs {
        if glyph.kind == Kind::Mark {
            marks += 1;
            seen.ornament |= drops && marks >= MARKS_ORNAMENT && !is_arabic_mark(glyph.c);
            if !drops && marks <= MARKS_KEPT {
                pen.raw(glyph.c);
            }
            continue;
        }
        (marks, drops) = (0, drops_marks(glyph, into));
        letter(glyph, into, &mut pen);
    }
    seen.stretched = is_stretched(glyphs);
    if pen.ascii {
        out.push_str(&pen.word);
    } else {
        out.extend(pen.word.nfc());
    }
    seen
}

struct Pen {
    word: String,
    last: char,
    run: usize,
    ascii: bool,
    keeps_runs: bool,
}

impl Pen {
    fn raw(&mut self, c: char) {
        self.ascii &= c.is_ascii();
        self.word.push(c);
    }

    /// Writes a letter; of three or more of a kind only two.
    fn letter(&mut self, c: char) {
        self.run = if c == self.last { self.run + 1 } else { 1 };
        self.last = c;
        if self.run <= 2 || self.keeps_runs || !c.is_alphabetic() {
            self.raw(c);
        }
    }
}

fn letter(Glyph { c, script, .. }: Glyph, into: Into, pen: &mut Pen) {
    if c.is_ascii() && into != Into::Cyrillic {
        return pen.letter(c.to_ascii_lowercase());
    }
    let twin = match into {
        Into::Latin if script != Script::Latin => twins::latin(c),
        Into::Cyrillic if script == Script::Latin => twins::cyrillic(c),
        _ => None,
    };
    if let Some(twin) = twin {
        return pen.letter(twin);
    }
    for lower in c.to_lowercase().filter(|lower| *lower == c || !is_combining_mark(*lower)) {
        match plain(lower, script) {
            Plain::One(c) => pen.letter(c),
            Plain::Two(a, b) => {
                pen.letter(a);
                pen.letter(b);
            }
            Plain::Nothing => {}
        }
    }
}

/// The one plain letter that a lower-case `c` folds to; `None` where it folds to none or to two.
pub fn plain_letter(c: char, script: Script) -> Option<char> {
    match plain(c, script) {
        Plain::One(c) => Some(c),
        Plain::Two(..) | Plain::Nothing => None,
    }
}

fn drops_marks(glyph: Glyph, into: Into) -> bool {
    into == Into::Latin
        || matches!(glyph.script, Script::Latin | Script::Arabic | Script::Hebrew | Script::Common)
}

fn is_arabic_mark(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{591}'..='\u{5c7}')
}

/// Arabic letters that are written one way in Arabic and another in Persian or Urdu, and fold to one.
pub fn is_arabic_variant(c: char) -> bool {
    matches!(c, '\u{629}' | '\u{649}' | '\u{6a9}' | '\u{6be}' | '\u{6c1}' | '\u{6cc}' | '\u{6d5}' | '\u{671}')
}

enum Plain {
    One(char),
    Two(char, char),
    Nothing,
}

/// The letter that people type for `c` on a plain keyboard; lower case in, lower case out.
fn plain(c: char, script: Script) -> Plain {
    Plain::One(match c {
        'æ' => return Plain::Two('a', 'e'),
        'œ' => return Plain::Two('o', 'e'),
        'ß' => return Plain::Two('s', 's'),
        'þ' => return Plain::Two('t', 'h'),
        '\u{640}' => return Plain::Nothing,
        'ɓ' | 'ƀ' => 'b',
        'ɗ' | 'ɖ' | 'đ' | 'ð' => 'd',
        'ɛ' | 'ǝ' | 'ə' => 'e',
        'ɣ' | 'ɠ' => 'g',
        'ħ' => 'h',
        'ɨ' | 'ı' => 'i',
        'ƙ' => 'k',
        'ł' | 'ƚ' => 'l',
        'ŋ' | 'ɲ' => 'n',
        'ɔ' | 'ↄ' | 'ø' => 'o',
        'ŧ' => 't',
        'ʉ' => 'u',
        'ʋ' => 'v',
        'ƴ' => 'y',
        'ƶ' => 'z',
        'ς' => 'σ',
        // Arabic: alef forms (those with a mark have lost it), alef maqsura, Persian and Urdu yeh and kaf, ta marbuta.
        '\u{671}' | '\u{672}' | '\u{673}' | '\u{675}' => '\u{627}',
        '\u{649}' | '\u{6cc}' => '\u{64a}',
        '\u{6a9}' => '\u{643}',
        '\u{629}' | '\u{6c1}' | '\u{6be}' | '\u{6d5}' => '\u{647}',
        '\u{660}'..='\u{669}' => digit(c, '\u{660}'),
        '\u{6f0}'..='\u{6f9}' => digit(c, '\u{6f0}'),
        _ if script != Script::Latin => c,
        _ => twins::by_prototype(c).unwrap_or(c),
    })
}

fn digit(c: char, zero: char) -> char {
    char::from(b'0' + (u32::from(c) - u32::from(zero)) as u8)
}

/// A letter three times in a row beside other letters: not `www`, not laughter of one letter, not a Roman number,
/// not the three of `créée`, of which two bear an accent, not the syllables of an Ethiopic word.
fn is_stretched(glyphs: &[Glyph]) -> bool {
    let (mut run, mut longest, mut others) = (0, 0, false);
    let mut last: &[Glyph] = &[];
    for unit in units(glyphs) {
        let again = unit.len() == last.len() && unit.iter().zip(last).all(|(a, b)| same_letter(a.c, b.c));
        run = if again { run + 1 } else { 1 };
        others |= !last.is_empty() && !again;
        last = unit;
        let c = unit[0].c;
        let spelt = unit[0].is_letter() && unit[0].script != Script::Ethiopic;
        if run >= 3 && spelt && crate::shingle::quarters(c).is_none() && c != '\u{640}' {
            longest = longest.max(run);
        }
    }
    longest >= 3 && others && !glyphs.iter().all(|g| is_roman(g.c))
}

fn same_letter(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase())
}

/// Letters with their marks.
fn units(glyphs: &[Glyph]) -> impl Iterator<Item = &[Glyph]> {
    glyphs.chunk_by(|_, next| next.kind == Kind::Mark)
}

fn is_roman(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x' | 'l' | 'c' | 'd' | 'm')
}
