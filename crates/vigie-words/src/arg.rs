//! What fills a message, made safe to stand in a sentence.

use fluent_bundle::FluentValue;
use std::borrow::Cow;

/// Arguments of a message by name.
pub type Args<'a> = [(&'a str, Arg<'a>)];

/// One argument of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg<'a> {
    /// A text: a name, a cell, a time already written out.
    Text(Cow<'a, str>),
    /// A number; it chooses the plural and is written with the separators of the language.
    Number(i64),
}

/// From here on a number in figures is written in groups of three; smaller ones, years among them, are not.
pub(crate) const GROUPED_FROM: i64 = 10_000;

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

impl<'a> Arg<'a> {
    pub(crate) fn value(&self) -> FluentValue<'a> {
        match self {
            Self::Number(n) => FluentValue::from(*n),
            Self::Text(text) => match plural_number(text) {
                Some(n) => FluentValue::from(n),
                None => FluentValue::from(safe(text)),
            },
        }
    }
}

/// The number that a text spells, where the text would be written the same way again: arguments of faults
/// are texts, and "1 row" must still differ from "2 rows". Longer ones take the same plural anyway.
fn plural_number(text: &str) -> Option<i64> {
    let n: i64 = text.parse().ok()?;
    ((0..GROUPED_FROM).contains(&n) && n.to_string() == text).then_some(n)
}

/// Isolation marks around every argument would travel into logs, terminals and copied text, so they stand
/// only where the argument really holds right-to-left script and could turn the sentence around. Control
/// and bidirectional control characters do not pass at all: a file name must not move the cursor of a terminal.
fn safe(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !is_bidi_control(*c)).map(visible).collect();
    if clean.chars().any(is_right_to_left) {
        format!("{FIRST_STRONG_ISOLATE}{clean}{POP_ISOLATE}")
    } else {
        clean
    }
}

fn visible(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Blocks whose letters run right to left (Unicode 16, `DerivedBidiClass.txt`: the default R and AL ranges).
const fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

macro_rules! numbers {
    ($($whole:ty),+) => { $(impl From<$whole> for Arg<'_> {
        fn from(n: $whole) -> Self {
            Self::Number(i64::try_from(n).unwrap_or(i64::MAX))
        }
    })+ };
}
numbers!(i64, u64, i32, u32, usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_right_to_left_text_is_isolated() {
        assert_eq!(safe("marché de Kassodé"), "marché de Kassodé");
        assert_eq!(safe("سوق"), "\u{2068}سوق\u{2069}");
        assert_eq!(safe("𞤐𞤣𞤭𞤴𞤢𞤥"), "\u{2068}𞤐𞤣𞤭𞤴𞤢𞤥\u{2069}");
    }

    #[test]
    fn a_file_name_cannot_turn_the_sentence_or_move_the_cursor() {
        assert_eq!(safe("a\u{202e}vsc.exe"), "avsc.exe");
        assert_eq!(safe("\u{1b}[2J\u{2069}x"), "\u{fffd}[2Jx");
        assert_eq!(safe("two\nlines"), "two lines");
    }

    #[test]
    fn a_cell_is_quoted_as_it_was_written() {
        for cell in ["007", "1795361459", "-3", "1.50", "+4"] {
            assert_eq!(plural_number(cell), None, "{cell}");
        }
        assert_eq!(plural_number("1"), Some(1));
    }
}
