//! First pass: parts of words in compatibility form, and what stands between them.

use super::invisible::{self, Invisible};
use crate::hash::mix;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// More marks on one letter than any orthography uses; the rest is dropped before normalising, which sorts them.
const MARKS_MAX: usize = 8;
/// Styled letters (mathematical bold and the like) from which a text counts as dressed up.
const STYLED_LEAST: usize = 3;

/// What stands before a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// One hyphen, apostrophe or the like, no space.
    Hyphen,
    /// One full stop, no space.
    Dot,
    /// One comma, no space.
    Comma,
    /// One space.
    Space,
    /// A line break or several spaces.
    Wide,
    /// Any other punctuation.
    Break,
}

/// What a character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A letter.
    Letter,
    /// A mark on the letter before it.
    Mark,
    /// A digit or another number.
    Number,
}

/// A character, looked up once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Itself.
    pub c: char,
    /// What it is.
    pub kind: Kind,
    /// Its script; that of marks and digits is not looked up.
    pub script: Script,
}

impl Glyph {
    /// Whether it is a letter.
    pub fn is_letter(self) -> bool {
        self.kind == Kind::Letter
    }
}

/// A run of letters, marks and digits.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Where its characters stand in [`Scan::glyphs`].
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// What stands before it.
    pub gap: Gap,
    /// Hash of the punctuation and emoji before it.
    pub marks: u64,
    /// Letters.
    pub letters: usize,
    /// Latin letters.
    pub latin: usize,
    /// Cyrillic letters.
    pub cyrillic: usize,
    /// The script of its other letters, or of its first letter.
    pub script: Script,
}

/// A text taken apart.
#[derive(Default)]
pub struct Scan {
    /// Characters of all parts, decomposed, in their own case.
    pub glyphs: Vec<Glyph>,
    /// The parts in order.
    pub parts: Vec<Part>,
    /// Hash of the punctuation after the last part.
    pub tail: u64,
    /// Invisible characters hide something.
    pub invisible: bool,
    /// Letters in fancy dress.
    pub styled: bool,
}

#[derive(Default, Clone, Copy)]
struct Between {
    spaces: usize,
    breaks: usize,
    hyphens: usize,
    dots: usize,
    commas: usize,
    wide: bool,
    /// A mark torn from its letter stood last: what parts it from the next letter does not count twice.
    torn: bool,
    marks: u64,
}

impl Between {
    fn gap(&self) -> Gap {
        let marks = self.breaks + self.hyphens + self.dots + self.commas;
        match (self.spaces, marks) {
            (0, 1) if self.hyphens == 1 => Gap::Hyphen,
            (0, 1) if self.dots == 1 => Gap::Dot,
            (0, 1) if self.commas == 1 => Gap::Comma,
            (_, 0) if self.wide || self.spaces > 1 => Gap::Wide,
            (_, 0) => Gap::Space,
            _ => Gap::Break,
        }
    }

    fn space(&mut self, c: char) {
        self.spaces += usize::from(!std::mem::take(&mut self.torn));
        self.wide |= matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
    }

    fn mark(&mut self, c: char) {
        if std::mem::take(&mut self.torn) {
            return;
        }
        match c {
            '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}' | '_' | '\''
            | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}' | '\u{b7}' | '\u{2022}' | '\u{2219}'
            | '*' | '~' | '|' | '^' | '+' | '=' | '\u{55a}' => self.hyphens += 1,
            '.' | '\u{2024}' => self.dots += 1,
            ',' | '\u{66b}' | '\u{66c}' => self.commas += 1,
            _ => self.breaks += 1,
        }
        self.marks = mix(self.marks, u64::from(c));
    }
}

struct Scanner {
    scan: Scan,
    between: Between,
    open: bool,
    unseen: Option<Invisible>,
    overridden: bool,
    last: Script,
    styled: usize,
}

/// Takes `text` apart; mentions and links are left out.
pub fn scan(text: &str) -> Scan {
    let mut scanner = Scanner {
        scan: Scan::default(),
        between: Between::default(),
        open: false,
        unseen: None,
        overridden: false,
        last: Script::Common,
        styled: 0,
    };
    let mut at = 0;
    let mut first = true;
    while at < text.len() {
        let rest = &text[at..];
        let piece = rest.split(char::is_whitespace).next().unwrap_or(rest);
        at += piece.len();
        let reposts = || piece.eq_ignore_ascii_case("rt") && text[at..].trim_start().starts_with('@');
        if !(first && reposts()) {
            scanner.piece(piece);
        }
        first &= piece.is_empty();
        if let Some(space) = text[at..].chars().next() {
            scanner.close();
            scanner.between.space(space);
            at += space.len_utf8();
        }
    }
    scanner.close();
    scanner.scan.tail = scanner.between.marks;
    scanner.scan.styled = scanner.styled >= STYLED_LEAST;
    scanner.scan
}

impl Scanner {
    fn piece(&mut self, piece: &str) {
        let piece = &piece[..link_start(piece)];
        let mut at = 0;
        while let Some(found) = piece[at..].find('@') {
            let sign = at + found;
            self.plain(&piece[at..sign]);
            self.close();
            at = sign + 1;
            if !piece[..sign].ends_with(char::is_alphanumeric) {
                let after = piece[at..].trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
                at = piece.len() - after.len();
            }
        }
        self.plain(&piece[at..]);
    }

    fn plain(&mut self, text: &str) {
        if text.is_ascii() {
            text.bytes().for_each(|b| self.each(char::from(b)));
            return;
        }
        let mut marks = 0;
        let bounded = text.chars().filter(|c| {
            marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
            self.styled += usize::from(is_styled(*c));
            marks <= MARKS_MAX
        });
        // Collected, since the counting closure borrows what `each` needs.
        let chars: Vec<char> = bounded.nfkd().collect();
        for c in chars {
            self.each(c);
        }
    }

    fn each(&mut self, c: char) {
        if c.is_ascii_alphabetic() {
            return self.glyph(Glyph { c, kind: Kind::Letter, script: Script::Latin });
        }
        if c.is_ascii() {
            let number = Glyph { c, kind: Kind::Number, script: Script::Common };
            return if c.is_ascii_digit() { self.glyph(number) } else { self.other(c) };
        }
        if let Some(kind) = invisible::kind(c) {
            self.overridden |= kind == Invisible::Override;
            self.unseen = self.unseen.filter(|k| *k == Invisible::Override).or(Some(kind));
        } else if is_combining_mark(c) {
            if self.open {
                self.push(Glyph { c, kind: Kind::Mark, script: Script::Inherited });
            } else {
                self.between.torn = true;
            }
        } else if c.is_alphabetic() {
            self.glyph(Glyph { c, kind: Kind::Letter, script: c.script() });
        } else if c.is_numeric() {
            self.glyph(Glyph { c, kind: Kind::Number, script: Script::Common });
        } else {
            self.other(c);
        }
    }

    fn other(&mut self, c: char) {
        self.close();
        if c.is_whitespace() { self.between.space(c) } else { self.between.mark(c) }
    }

    fn glyph(&mut self, glyph: Glyph) {
        let script = glyph.script;
        if let Some(unseen) = self.unseen.take() {
            let within = self.open && self.last != Script::Common && script != Script::Common;
            self.scan.invisible |= within && unseen.hides(self.last, script);
        }
        self.scan.invisible |= std::mem::take(&mut self.overridden);
        if !self.open {
            let at = self.scan.glyphs.len();
            let gap = self.between.gap();
            let marks = std::mem::take(&mut self.between).marks;
            let part = Part { start: at, end: at, gap, marks, letters: 0, latin: 0, cyrillic: 0, script };
            self.scan.parts.push(part);
            self.open = true;
        }
        self.last = script;
        if let Some(part) = self.scan.parts.last_mut()
            && glyph.is_letter()
        {
            part.letters += 1;
            part.latin += usize::from(script == Script::Latin);
            part.cyrillic += usize::from(script == Script::Cyrillic);
            if !matches!(script, Script::Latin | Script::Common) || part.script == Script::Common {
                part.script = script;
            }
        }
        self.push(glyph);
    }

    fn push(&mut self, glyph: Glyph) {
        self.scan.glyphs.push(glyph);
        let end = self.scan.glyphs.len();
        if let Some(part) = self.scan.parts.last_mut() {
            part.end = end;
        }
    }

    fn close(&mut self) {
        self.open = false;
        self.unseen = None;
    }
}

/// Where a link begins in a piece without spaces; its length where there is none.
fn link_start(piece: &str) -> usize {
    if let Some(at) = piece.find("://") {
        return piece[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
    }
    let bare = piece.trim_start_matches(|c: char| c.is_ascii_punctuation());
    if bare.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www.")) || is_address(bare) {
        return piece.len() - bare.len();
    }
    piece.len()
}

/// Whether a piece is a host with a path: `example.org/a`.
fn is_address(piece: &str) -> bool {
    let Some((host, _)) = piece.split_once('/') else { return false };
    let Some((name, top)) = host.rsplit_once('.') else { return false };
    let host_byte = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    !name.is_empty()
        && name.bytes().all(host_byte)
        && top.len() >= 2
        && top.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Mathematical, circled and squared letters: Latin letters that no search finds.
pub fn is_styled(c: char) -> bool {
    matches!(c, '\u{1d400}'..='\u{1d7ff}' | '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}
