//! Finds where a text imitates a name of the mission: letters of another script, digits for letters, invisible
//! characters, letters spread apart, a direction turned round, a domain in Punycode.
//!
//! The name written plainly, in any case and with or without its accents, is no imitation; neither is an acronym
//! with dots. What is found is a place in the original text, beside which the true name can be shown. Sources:
//! UTS #39 (confusables), UAX #9 (overrides), RFC 3492 (Punycode).

use crate::fold::invisible::{self, Invisible};
use crate::fold::{letters, scan, twins};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// Names of fewer letters are everywhere by chance.
const NAME_LETTERS_LEAST: usize = 3;
/// Times its own length that an imitation may be spread over: what lies beyond nobody reads as the name.
const SPREAD_MOST: usize = 4;
/// The same letter so often in a row is a stretched word.
const STRETCHED: usize = 3;
/// Bytes of a domain label in Punycode (RFC 1035, 2.3.4).
const LABEL_BYTES_MAX: usize = 63;

/// What makes a text look like a name that it does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Imitation {
    /// Letters of another script.
    LookAlikes,
    /// Digits in place of letters.
    Digits,
    /// Characters that are not seen, within the name.
    Invisible,
    /// Letters parted by hyphens, dots or spaces.
    SplitWords,
    /// Letters repeated.
    Stretched,
    /// Letters in fancy dress.
    Dressing,
    /// A direction override: the name is stored backwards.
    Direction,
    /// A domain whose Punycode decodes to the imitation.
    Punycode,
}

/// An imitation of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookAlike<'a> {
    /// Bytes of the original text.
    pub span: Range<usize>,
    /// The name that it looks like, as it was given.
    pub name: &'a str,
    /// In what way, at least one; in the order of [`Imitation`].
    pub reasons: Vec<Imitation>,
}

/// Where `text` imitates one of `names`, in order; each place once, for the longest name that fits.
pub fn look_alikes<'a>(text: &str, names: &[&'a str]) -> Vec<LookAlike<'a>> {
    let wanted: Vec<Wanted<'a>> = names.iter().filter_map(|name| Wanted::new(name)).collect();
    let tokens = tokens(text);
    let mut found = in_tokens(&tokens, &wanted);
    found.extend(overridden(&tokens, &wanted));
    found.extend(in_punycode(text, &wanted));
    found.sort_by_key(|f| (f.span.start, std::cmp::Reverse(f.span.end)));
    found.dedup_by(|later, kept| later.span.start < kept.span.end);
    found
}

/// A name as it is looked for.
struct Wanted<'a> {
    name: &'a str,
    letters: Vec<char>,
    script: Script,
    /// After which letters the name itself has a gap.
    gaps: Vec<bool>,
}

impl<'a> Wanted<'a> {
    fn new(name: &'a str) -> Option<Self> {
        let (mut letters, mut gaps, mut script) = (Vec::new(), Vec::new(), Script::Common);
        for token in tokens(name) {
            match token.kind {
                Kind::Letter | Kind::Digit => {
                    script = if script == Script::Common { token.script } else { script };
                    letters.push(token.plain());
                    gaps.push(false);
                }
                Kind::Gap | Kind::Space | Kind::Other => {
                    gaps.last_mut().into_iter().for_each(|gap| *gap = true);
                }
                Kind::Mark | Kind::Unseen(_) => {}
            }
        }
        (letters.len() >= NAME_LETTERS_LEAST).then_some(Self { name, letters, script, gaps })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    /// Hyphen, dot, underscore and the like.
    Gap,
    Space,
    Mark,
    Unseen(Invisible),
    Other,
}

/// A character, decomposed and in lower case.
#[derive(Debug, Clone, Copy)]
struct Token {
    c: char,
    kind: Kind,
    script: Script,
    upper: bool,
    styled: bool,
    start: usize,
    end: usize,
}

impl Token {
    fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Letter | Kind::Digit)
    }
    fn plain(&self) -> char {
        letters::plain_letter(self.c, self.script).unwrap_or(self.c)
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let upper = c.is_uppercase();
        let styled = scan::is_styled(c) || matches!(c, '\u{ff01}'..='\u{ff5e}');
        if c.is_ascii() {
            out.push(token(c.to_ascii_lowercase(), upper, false, start, end));
            continue;
        }
        if let Some(unseen) = invisible::kind(c) {
            let kind = Kind::Unseen(unseen);
            out.push(Token { c, kind, script: Script::Common, upper, styled, start, end });
            continue;
        }
        for part in std::iter::once(c).nfkd() {
            let lower = part.to_lowercase().next().unwrap_or(part);
            out.push(token(lower, upper, styled, start, end));
        }
    }
    out
}

fn token(c: char, upper: bool, styled: bool, start: usize, end: usize) -> Token {
    let kind = if c.is_ascii_digit() {
        Kind::Digit
    } else if is_combining_mark(c) || c == '\u{640}' {
        Kind::Mark
    } else if c.is_alphabetic() {
        Kind::Letter
    } else if c.is_whitespace() {
        Kind::Space
    } else if matches!(c, '-' | '.' | '_' | '·' | '•' | '*' | '|' | '/' | '~' | '\u{2010}'..='\u{2015}') {
        Kind::Gap
    } else {
        Kind::Other
    };
    Token {
        c,
        kind,
        script: if kind == Kind::Letter { c.script() } else { Script::Common },
        upper,
        styled,
        start,
        end,
    }
}

fn in_tokens<'a>(tokens: &[Token], wanted: &[Wanted<'a>]) -> Vec<LookAlike<'a>> {
    let mut found = Vec::new();
    let mut in_word = false;
    for (n, token) in tokens.iter().enumerate() {
        if !in_word && may_begin(token) {
            let here = tokens.get(n..).unwrap_or_default();
            let matched = wanted.iter().filter_map(|name| matched(here, name)).max_by_key(|f| f.span.end);
            found.extend(matched.filter(|f| !f.reasons.is_empty()));
        }
        in_word = match token.kind {
            Kind::Letter | Kind::Digit => true,
            Kind::Mark | Kind::Unseen(_) => in_word,
            Kind::Gap | Kind::Space | Kind::Other => matches!(token.c, '@' | '$' | '!') && in_word,
        };
    }
    found
}

fn may_begin(token: &Token) -> bool {
    token.is_word() || matches!(token.c, '@' | '$')
}

/// Tries to read `name` from the beginning of `tokens`, to the end of a word.
fn matched<'a>(tokens: &[Token], name: &Wanted<'a>) -> Option<LookAlike<'a>> {
    let mut walk = Walk::default();
    let most = name.letters.len() * SPREAD_MOST + 8;
    let (mut at, mut end, start) = (0, 0, tokens.first()?.start);
    for token in tokens.iter().take(most) {
        match token.kind {
            Kind::Mark => continue,
            Kind::Unseen(kind) => {
                walk.unseen |= kind != Invisible::Harmless;
                continue;
            }
            Kind::Gap | Kind::Space if at < name.letters.len() => {
                walk.gap(token, name.gaps.get(at.wrapping_sub(1)).copied().unwrap_or(false));
                continue;
            }
            _ => {}
        }
        let next = name.letters.get(at).copied();
        // A letter repeated after a gap is no stretching, and would be walked again from there.
        let before = at.checked_sub(1).filter(|_| !walk.waiting).and_then(|n| name.letters.get(n)).copied();
        if let Some(likeness) = next.and_then(|wanted| likeness(token, wanted, name.script)) {
            walk.letter(token, likeness, true);
            at += 1;
        } else if let Some(likeness) = before.and_then(|wanted| likeness(token, wanted, name.script)) {
            // The letter before once more, as in "misssion".
            walk.letter(token, likeness, false);
        } else if at == name.letters.len() && !token.is_word() {
            break;
        } else {
            return None;
        }
        end = token.end;
    }
    let reasons = (at == name.letters.len()).then(|| walk.reasons(name))??;
    Some(LookAlike { span: start..end, name: name.name, reasons })
}

/// How a character stands for a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    Itself,
    Twin,
    Digit,
}

fn likeness(token: &Token, wanted: char, script: Script) -> Option<Likeness> {
    if token.c == wanted || (!token.c.is_ascii() && token.kind == Kind::Letter && token.plain() == wanted) {
        return Some(Likeness::Itself);
    }
    if token.kind == Kind::Letter && token.script != script {
        let twin = match script {
            Script::Latin => twins::latin(token.c),
            Script::Cyrillic => {
                twins::cyrillic(token.c).or_else(|| twins::cyrillic(token.c.to_ascii_uppercase()))
            }
            _ => None,
        };
        return twin.filter(|twin| *twin == wanted).map(|_| Likeness::Twin);
    }
    let stands_for: &[char] = match token.c {
        '0' => &['o', 'о'],
        '1' => &['i', 'l'],
        '3' => &['e', 'з'],
        '4' | '@' => &['a', 'а'],
        '5' | '$' => &['s'],
        '6' => &['b', 'g'],
        '7' => &['t'],
        '8' => &['b', 'в'],
        '!' => &['i'],
        _ => &[],
    };
    stands_for.contains(&wanted).then_some(Likeness::Digit)
}

/// What was met on the way through a name.
#[derive(Default)]
struct Walk {
    unseen: bool,
    twin: bool,
    digit: bool,
    styled: bool,
    /// Letters repeated beyond the name's own, in the longest run.
    extra: usize,
    longest: usize,
    gaps: usize,
    spaces: usize,
    dots: usize,
    lower: bool,
    waiting: bool,
    parted: usize,
}

impl Walk {
    fn gap(&mut self, token: &Token, own: bool) {
        if own || self.waiting {
            return;
        }
        self.waiting = true;
        self.gaps += 1;
        self.spaces += usize::from(token.kind == Kind::Space);
        self.dots += usize::from(token.c == '.');
    }

    fn letter(&mut self, token: &Token, likeness: Likeness, new: bool) {
        self.parted += usize::from(std::mem::take(&mut self.waiting));
        self.twin |= likeness == Likeness::Twin;
        self.digit |= likeness == Likeness::Digit;
        self.styled |= token.styled;
        self.lower |= token.kind == Kind::Letter && !token.upper;
        self.extra = if new { 0 } else { self.extra + 1 };
        self.longest = self.longest.max(self.extra);
    }

    /// `None` where it is another word after all: parted by spaces elsewhere than after each letter, or with a
    /// letter too many that is no stretching.
    fn reasons(&self, name: &Wanted<'_>) -> Option<Vec<Imitation>> {
        let letters = name.letters.len();
        let everywhere = self.parted + 1 >= letters;
        if (self.spaces > 0 && !everywhere) || (1..STRETCHED - 1).contains(&self.longest) {
            return None;
        }
        // O.N.U. is how an acronym is written.
        let acronym = everywhere && self.dots == self.gaps && !self.lower;
        let seen = [
            (self.twin, Imitation::LookAlikes),
            (self.digit, Imitation::Digits),
            (self.unseen, Imitation::Invisible),
            (self.parted > 0 && !acronym, Imitation::SplitWords),
            (self.longest > 0, Imitation::Stretched),
            (self.styled, Imitation::Dressing),
        ];
        Some(seen.into_iter().filter(|(seen, _)| *seen).map(|(_, what)| what).collect())
    }
}

/// Names stored backwards after a right-to-left override.
fn overridden<'a>(tokens: &[Token], wanted: &[Wanted<'a>]) -> Vec<LookAlike<'a>> {
    let mut found = Vec::new();
    for (n, _) in tokens.iter().enumerate().filter(|(_, t)| t.c == '\u{202e}') {
        let rest = tokens.get(n + 1..).unwrap_or_default();
        let end =
            rest.iter().position(|t| matches!(t.c, '\u{202c}' | '\u{202e}' | '\n')).unwrap_or(rest.len());
        let most = end.min(OVERRIDE_MOST);
        let turned: Vec<Token> = rest.iter().take(most).rev().copied().collect();
        for (m, token) in turned.iter().enumerate() {
            let begins = token.is_word() && (m == 0 || turned.get(m - 1).is_none_or(|t| !t.is_word()));
            let here = turned.get(m..).unwrap_or_default();
            let name = wanted.iter().find(|name| begins && reads_plainly(here, name));
            let Some(name) = name else { continue };
            let last = here.iter().filter(|t| t.is_word()).nth(name.letters.len() - 1);
            let Some(last) = last else { continue };
            let reasons = vec![Imitation::Direction];
            found.push(LookAlike { span: last.start..token.end, name: name.name, reasons });
        }
    }
    found
}

/// Characters after an override that are turned round.
const OVERRIDE_MOST: usize = 256;

fn reads_plainly(tokens: &[Token], name: &Wanted<'_>) -> bool {
    let mut words = tokens.iter().filter(|t| t.kind != Kind::Mark);
    let all = name.letters.iter().all(|wanted| words.next().is_some_and(|t| t.plain() == *wanted));
    all && words.next().is_none_or(|t| !t.is_word())
}

/// Domain labels in Punycode that decode to an imitation.
fn in_punycode<'a>(text: &str, wanted: &[Wanted<'a>]) -> Vec<LookAlike<'a>> {
    let mut found = Vec::new();
    let lower = text.to_ascii_lowercase();
    for (start, _) in lower.match_indices("xn--") {
        let Some(rest) = lower.get(start + 4..) else { continue };
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        let label = rest.get(..length).filter(|label| label.len() + 4 <= LABEL_BYTES_MAX);
        let Some(decoded) = label.and_then(idna::punycode::decode_to_string) else { continue };
        for mut imitation in in_tokens(&tokens(&decoded), wanted) {
            imitation.reasons.push(Imitation::Punycode);
            imitation.span = start..start + 4 + length;
            found.push(imitation);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use Imitation::{Digits, Direction, Dressing, Invisible, LookAlikes, Punycode, SplitWords, Stretched};

    const NAMES: [&str; 4] = ["MINUT", "Mission Tarago", "minut.example", "ONU"];

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, &[Imitation])]) {
        let found = look_alikes(text, &NAMES);
        let told: Vec<(&str, &str, &[Imitation])> =
            found.iter().map(|f| (&text[f.span.clone()], f.name, f.reasons.as_slice())).collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn f39_the_name_in_borrowed_letters_is_found() {
        check("la МINUТ arme", &[("МINUТ", "MINUT", &[LookAlikes])]);
        check("La Missіоn Tаrago ment", &[("Missіоn Tаrago", "Mission Tarago", &[LookAlikes])]);
        check("voir mіnut.example/a", &[("mіnut.example", "minut.example", &[LookAlikes])]);
        check("la M1NUT", &[("M1NUT", "MINUT", &[Digits])]);
        check("MІ\u{200b}NUT", &[("MІ\u{200b}NUT", "MINUT", &[LookAlikes, Invisible])]);
        check(
            "la M-I-N-U-T et la mi.nut",
            &[("M-I-N-U-T", "MINUT", &[SplitWords]), ("mi.nut", "MINUT", &[SplitWords])],
        );
        check("M I N U T", &[("M I N U T", "MINUT", &[SplitWords])]);
        check("MINUUUT", &[("MINUUUT", "MINUT", &[Stretched])]);
        check("𝗠𝗜𝗡𝗨𝗧", &[("𝗠𝗜𝗡𝗨𝗧", "MINUT", &[Dressing])]);
    }

    #[test]
    fn f39_a_name_turned_round_and_a_punycode_domain_are_found() {
        check("lire \u{202e}TUNIM\u{202c} ici", &[("TUNIM", "MINUT", &[Direction])]);
        let label = idna::punycode::encode_str("mіnut").expect("a label");
        let text = format!("https://xn--{label}.example/x");
        let host = format!("xn--{label}");
        check(&text, &[(host.as_str(), "MINUT", &[LookAlikes, Punycode])]);
    }

    #[test]
    fn the_name_itself_is_no_imitation() {
        for text in [
            "la MINUT arme",
            "minut, Minut, MiNuT !",
            "Mission Tarago et mission-tarago",
            "mission  tarago",
            "O.N.U. et ONU, O. N. U.",
            "www.minut.example",
            "minutes et minutie, la minuterie",
            "on u mi nut",
            "la Mission de Tarago",
            "Миссия в Тараго",
            "",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn names_of_two_letters_are_not_looked_for() {
        assert!(look_alikes("la 0N, l'ΟΝ", &["ON", ""]).is_empty());
    }

    #[test]
    fn f37_a_megabyte_of_almost_the_name_costs_little() {
        for text in
            ["mi-".repeat(1 << 18), "m".repeat(1 << 20), "m-".repeat(1 << 19), "\u{202e}m".repeat(1 << 12)]
        {
            assert!(look_alikes(&text, &NAMES).is_empty());
        }
    }
}
