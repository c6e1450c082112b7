//! Cuts a text into parts of words that remember where they stand, so that what is found in folded letters can be
//! shown, quoted and masked in the original.
//!
//! A part is a run of letters, or of digits, with the marks and invisible characters on them. What stands between
//! two parts is kept as a [`Gap`]: a name may be written across a [`Gap::Joint`] ("Za-mo-ré", "d'Irdané") anywhere,
//! across a [`Gap::Space`] only where it has a space itself. Letters are those of [`crate::normalise`] with doubled
//! letters single, folded once for the whole text. Linear in the text.

use crate::normalise;
use crate::shingle::quarters;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// Letters one by one, parted by spaces, from which they may be one word.
const SPELT_LEAST: usize = 3;

/// What stands before a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// No space: a hyphen, an apostrophe, a sign, or nothing at all.
    Joint,
    /// Spaces and nothing else.
    Space,
    /// Punctuation within a sentence.
    Break,
    /// The end of a sentence or a line.
    Stop,
}

/// A run of letters or of digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its bytes in the original.
    pub span: Range<usize>,
    /// Its folded letters in [`Cut::letters`].
    pub folded: Range<usize>,
    /// What stands before it.
    pub gap: Gap,
    /// It begins with a capital.
    pub capital: bool,
    /// Its letters know no capitals.
    pub caseless: bool,
    /// It is made of digits.
    pub digits: bool,
}

/// A text taken apart.
#[derive(Debug, Default)]
pub(crate) struct Cut<'a> {
    /// The original.
    pub text: &'a str,
    /// Folded letters of all parts.
    pub letters: String,
    /// The parts in order.
    pub parts: Vec<Part>,
}

impl Cut<'_> {
    /// The folded letters of a part.
    pub fn folded(&self, part: &Part) -> &str {
        self.letters.get(part.folded.clone()).unwrap_or_default()
    }

    /// The folded letters of the n-th part, nothing where there is none.
    pub fn word(&self, n: usize) -> &str {
        self.parts.get(n).map_or("", |part| self.folded(part))
    }

    /// What stands before the n-th part.
    pub fn gap(&self, n: usize) -> Gap {
        self.parts.get(n).map_or(Gap::Stop, |part| part.gap)
    }

    /// Whether the n-th part is the first of its sentence.
    pub fn opens_sentence(&self, n: usize) -> bool {
        n == 0 || self.gap(n) == Gap::Stop
    }

    /// The parts `from..to` as bytes of the original.
    pub fn span(&self, parts: &Range<usize>) -> Range<usize> {
        let start = self.parts.get(parts.start).map_or(0, |part| part.span.start);
        let end =
            parts.end.checked_sub(1).and_then(|last| self.parts.get(last)).map_or(start, |p| p.span.end);
        start..end.max(start)
    }

    /// The original words of the parts `from..to`.
    pub fn original(&self, parts: &Range<usize>) -> &str {
        self.text.get(self.span(parts)).unwrap_or_default()
    }

    /// The sentences, as ranges of parts.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        for n in 0..self.parts.len() {
            match out.last_mut() {
                Some(open) if !self.opens_sentence(n) => open.end = n + 1,
                _ => out.push(n..n + 1),
            }
        }
        out
    }

    /// Whether the text writes capitals where they belong: some letters are capitals and some are not.
    pub fn has_case(&self) -> bool {
        let cased = || self.parts.iter().filter(|part| !part.caseless && !part.digits);
        cased().any(|part| part.capital) && cased().any(|part| !part.capital)
    }
}

/// Takes `text` apart.
pub(crate) fn cut(text: &str) -> Cut<'_> {
    let mut cut = Cut { text, letters: String::with_capacity(text.len()), parts: raw(text) };
    spelt(text, &mut cut.parts);
    fold(&mut cut);
    cut
}

/// What a character is for a part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lower,
    Capital,
    Caseless,
    /// A letter of a script that writes no spaces: a part of its own.
    Alone,
    Digit,
    /// A mark or an invisible character: stays with the part it follows.
    On,
    Other,
}

fn kind(c: char) -> Kind {
    if c.is_ascii_lowercase() {
        Kind::Lower
    } else if c.is_ascii_uppercase() {
        Kind::Capital
    } else if c.is_ascii() {
        if c.is_ascii_digit() { Kind::Digit } else { Kind::Other }
    } else if is_unseen(c) || is_combining_mark(c) || c == '\u{640}' {
        Kind::On
    } else if c.is_alphabetic() {
        letter(c)
    } else if c.is_numeric() {
        Kind::Digit
    } else {
        Kind::Other
    }
}

fn letter(c: char) -> Kind {
    if quarters(c).is_some() {
        Kind::Alone
    } else if c.is_uppercase() {
        Kind::Capital
    } else if c.is_lowercase() {
        Kind::Lower
    } else {
        Kind::Caseless
    }
}

/// Characters that are not seen and that folding drops; beside [`crate::normalise`], which a test holds it to.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// What has been met since the last part.
#[derive(Clone, Copy, Default)]
struct Between {
    space: bool,
    other: bool,
    /// A mark that ends a sentence stood last.
    ending: bool,
    stop: bool,
    dot: bool,
}

impl Between {
    fn meet(&mut self, c: char) {
        let ends = matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '。' | '！' | '？' | '।' | '።');
        let line = matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
        if c.is_whitespace() {
            self.stop |= line || self.ending;
            self.space = true;
        } else {
            self.other = true;
            self.dot |= c == '.';
        }
        // A quotation mark or a bracket after the full stop still belongs to the sentence that ends.
        self.ending = ends || (self.ending && !c.is_alphanumeric());
    }

    fn gap(self, capital: bool) -> Gap {
        match (self.space, self.other) {
            _ if self.stop => Gap::Stop,
            (false, true) if self.dot && capital => Gap::Stop,
            (false, _) => Gap::Joint,
            (true, false) => Gap::Space,
            (true, true) => Gap::Break,
        }
    }
}

/// The parts without their folded letters.
fn raw(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::with_capacity(text.len() / 5 + 1);
    let mut between = Between::default();
    let (mut last, mut long) = (Kind::Other, false);
    for (at, c) in text.char_indices() {
        let now = kind(c);
        let end = at + c.len_utf8();
        match now {
            Kind::Other => between.meet(c),
            Kind::On if last == Kind::Other => continue,
            Kind::On => {
                if let Some(part) = parts.last_mut() {
                    part.span.end = end;
                }
                continue;
            }
            _ if continues(last, now) => {
                long = true;
                if let Some(part) = parts.last_mut() {
                    part.span.end = end;
                }
            }
            _ => {
                let capital = now == Kind::Capital;
                // "O.N.U." is one word: a dot after a letter alone ends nothing.
                let gap = between.gap(capital && long);
                parts.push(Part {
                    span: at..end,
                    folded: 0..0,
                    gap,
                    capital,
                    caseless: matches!(now, Kind::Caseless | Kind::Alone),
                    digits: now == Kind::Digit,
                });
                (between, long) = (Between::default(), false);
            }
        }
        last = now;
    }
    if let Some(first) = parts.first_mut() {
        first.gap = Gap::Stop;
    }
    parts
}

/// Whether a character goes on with the part of the one before: "BrûlezZamoré" has two parts, "ZAMORÉ" one.
fn continues(last: Kind, now: Kind) -> bool {
    match now {
        Kind::Lower | Kind::Caseless => matches!(last, Kind::Lower | Kind::Capital | Kind::Caseless),
        Kind::Capital => last == Kind::Capital,
        Kind::Digit => last == Kind::Digit,
        Kind::Alone | Kind::On | Kind::Other => false,
    }
}

/// Spaces between letters written one by one become joints.
fn spelt(text: &str, parts: &mut [Part]) {
    let mut from = 0;
    while from < parts.len() {
        let run = parts.get_mut(from..).unwrap_or_default();
        let joined = |(n, part): &(usize, &Part)| {
            (*n == 0 || matches!(part.gap, Gap::Space | Gap::Joint)) && is_letter(text, part)
        };
        let length = run.iter().enumerate().take_while(|(n, part)| joined(&(*n, part))).count();
        if length >= SPELT_LEAST {
            run.iter_mut().take(length).skip(1).for_each(|part| part.gap = Gap::Joint);
        }
        from += length.max(1);
    }
}

fn is_letter(text: &str, part: &Part) -> bool {
    let piece = text.get(part.span.clone()).unwrap_or_default();
    !part.digits && piece.chars().filter(|c| c.is_alphabetic()).take(2).count() == 1
}

/// Folds all parts in one go, each on a line of its own: look-alikes are then judged by the script of the text. Where
/// no script is there whose letters pass for Latin ones, plain ASCII parts need no more than small letters.
fn fold(cut: &mut Cut<'_>) {
    let all = cut.text.chars().any(may_pass_for_latin);
    let text = cut.text;
    let piece = |part: &Part| text.get(part.span.clone()).unwrap_or_default();
    let folds = |part: &Part| all || !piece(part).is_ascii();
    let mut lines = String::new();
    for part in cut.parts.iter().filter(|part| folds(part)) {
        lines.push_str(piece(part));
        lines.push('\n');
    }
    let alike = if lines.is_empty() { String::new() } else { normalise(&lines).alike };
    let whole = alike.split(' ').count() == cut.parts.iter().filter(|part| folds(part)).count();
    let mut words = alike.split(' ');
    for part in &mut cut.parts {
        let start = cut.letters.len();
        let word = if folds(part) { words.next().filter(|_| whole) } else { None };
        match word {
            Some(word) => cut.letters.push_str(word),
            None if !folds(part) => push_ascii(piece(part), &mut cut.letters),
            // A part that is more or less than one word ("½", a lone tatweel) is folded by itself.
            None => cut.letters.extend(normalise(piece(part)).alike.chars().filter(|c| *c != ' ')),
        }
        part.folded = start..cut.letters.len();
    }
}

/// Small letters, doubled ones single.
fn push_ascii(word: &str, out: &mut String) {
    let mut last = ' ';
    for c in word.chars().map(|c| c.to_ascii_lowercase()) {
        if c != last || !c.is_ascii_alphabetic() {
            out.push(c);
        }
        last = c;
    }
}

/// Greek, Coptic, Cyrillic, Armenian, Cherokee, Lisu, and letters in fancy dress.
fn may_pass_for_latin(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}' | '\u{1c80}'..='\u{1c8f}' | '\u{1d00}'..='\u{1dbf}'
        | '\u{1f00}'..='\u{1fff}' | '\u{2100}'..='\u{214f}' | '\u{2460}'..='\u{24ff}' | '\u{2c80}'..='\u{2cff}'
        | '\u{a4d0}'..='\u{a4ff}' | '\u{a640}'..='\u{a69f}' | '\u{ab30}'..='\u{abbf}' | '\u{ff00}'..='\u{ffef}'
        | '\u{10000}'..)
}

/// The lengths in bytes of what may stand before a name within its word: Arabic conjunctions, prepositions and the
/// article ("وبالزامورية"). Always with 0, the word as it is.
pub(crate) fn clitics(word: &str) -> Clitics {
    let mut out = Clitics { lengths: [0; 4], count: 1 };
    let arabic = |c: &char| !c.is_ascii() && c.script() == Script::Arabic;
    let Some(first) = word.chars().next().filter(arabic) else { return out };
    let article = |at: usize| word.get(at..).is_some_and(|rest| rest.starts_with("ال"));
    let mut at = 0;
    if matches!(first, 'و' | 'ف') {
        at = out.push(word, first.len_utf8());
    }
    let next = word.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
    if matches!(next, 'ب' | 'ل' | 'ك') {
        at = out.push(word, at + next.len_utf8());
        if next == 'ل' && word.get(at..).is_some_and(|rest| rest.starts_with('ل')) {
            // "لل…": the article has lost its alef.
            at = out.push(word, at + 2);
        }
    }
    if article(at) {
        out.push(word, at + 4);
    }
    out
}

/// Where a name may begin within its word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clitics {
    lengths: [usize; 4],
    count: usize,
}

impl Clitics {
    fn push(&mut self, word: &str, length: usize) -> usize {
        let left = word.len().saturating_sub(length);
        if left >= 4
            && let Some(slot) = self.lengths.get_mut(self.count)
        {
            *slot = length;
            self.count += 1;
        }
        length
    }

    pub fn iter(self) -> impl Iterator<Item = usize> {
        self.lengths.into_iter().take(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        let cut = cut(text);
        let mut out = String::new();
        for part in &cut.parts {
            out.push_str(match part.gap {
                Gap::Joint => "-",
                Gap::Space => " ",
                Gap::Break => ", ",
                Gap::Stop => "| ",
            });
            out.push_str(cut.folded(part));
        }
        out
    }

    #[test]
    fn parts_know_what_stands_between_them() {
        assert_eq!(shown("La base d'Irdané, à Za-mo-ré. Demain !"), "| la base d-irdane, a za-mo-re| demain");
        assert_eq!(shown("Za\u{200b}mooooré\nO.N.U."), "| zamore| o-n-u");
        assert_eq!(shown("BrûlezZamoré2026 #fin.Le"), "| brulez-zamore-2026, fin| le");
        assert_eq!(shown("la Z a m o r é"), "| la z-a-m-o-r-e");
        assert_eq!(shown("桥½ x"), "| 桥-1-2 x".replace("-1-2", "-12"));
        assert_eq!(shown(""), "");
    }

    #[test]
    fn arabic_names_are_found_behind_their_clitics() {
        let starts = |word: &str| {
            clitics(word).iter().filter_map(|at| word.get(at..)).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(starts("بزاموريه"), ["بزاموريه", "زاموريه"]);
        assert_eq!(starts("والقاعده"), ["والقاعده", "القاعده", "قاعده"]);
        assert_eq!(starts("zamore"), ["zamore"]);
    }

    #[test]
    fn what_folding_drops_within_a_word_does_not_part_it_for_us() {
        // Signs, marks and invisible characters stand in these ranges; the rest are letters.
        let signs = ('\0'..'\u{3100}').chain('\u{fe00}'..='\u{ffff}').chain('\u{e0000}'..='\u{e01ff}');
        for c in signs.filter(|c| !c.is_alphanumeric() && !c.is_whitespace()) {
            let text = format!("Irdane zamo{c}re Kassode");
            if normalise(&text).folded == "irdane zamore kassode" {
                let cut = cut(&text);
                let joints = cut.parts.iter().skip(2).take_while(|part| part.gap == Gap::Joint).count();
                let letters: String = (1..2 + joints).map(|n| cut.word(n)).collect();
                assert_eq!(letters, "zamore", "{c:?} U+{:04X}", u32::from(c));
            }
        }
    }

    proptest! {
        #[test]
        fn spans_stand_on_characters_and_in_order(text in "\\PC{0,60}") {
            let cut = cut(&text);
            let mut last = 0;
            for part in &cut.parts {
                prop_assert!(text.get(part.span.clone()).is_some_and(|piece| !piece.is_empty()));
                prop_assert!(part.span.start >= last);
                last = part.span.end;
            }
        }

        #[test]
        fn folding_at_once_is_folding_each_latin_word(words in prop::collection::vec("[A-Z]?[a-zéèï]{1,9}|[A-Z]{2,6}", 1..8)) {
            let text = words.join(" , ");
            let cut = cut(&text);
            for (part, word) in cut.parts.iter().zip(&words) {
                let alone = normalise(word).alike;
                prop_assert_eq!(cut.folded(part), alone.as_str());
            }
        }
    }
}
