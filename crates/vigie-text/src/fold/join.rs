//! Second pass: parts become folded words; what was split is rejoined.
//!
//! Hyphens, apostrophes and single dots within a word fold away in the copy and in the original alike, so that
//! "mis-sion" meets "mission" and "Kaga-Bandoro" meets itself. Letters written one by one are rejoined.

use super::letters::{self, Into};
use super::scan::{Gap, Glyph, Kind, Part, Scan};
use super::{bit, twins};
use crate::hash::mix;
use crate::shingle::quarters;
use unicode_script::Script;
use vigie_model::Trick;

/// Letters one by one, parted by spaces, from which they are a word: "il y a à" has three.
const SPELT_LEAST: usize = 4;
/// The same where all are capitals: "O N U".
const SPELT_CAPITALS_LEAST: usize = 3;

/// The words of a text.
#[derive(Default)]
pub struct Joined {
    /// Folded words, one space apart.
    pub words: String,
    /// Hash of the places where words were rejoined.
    pub joins: u32,
    /// Hash of capitals, punctuation and emoji.
    pub dress: u32,
    /// Tricks seen, one bit each.
    pub tricks: u8,
    /// Letters by script after folding, most first.
    pub scripts: Vec<(Script, usize)>,
}

/// Letters one by one, parted by spaces, that are no list ("a b c d"), no acronym and no laughter.
const SPELT_TRICK_LEAST: usize = 5;

/// A word as parts `from..to` of the scan.
#[derive(Clone, Copy)]
struct Word {
    from: usize,
    to: usize,
}

/// Joins and folds the parts of a scan.
pub fn join(scan: &Scan) -> Joined {
    let home = home(scan);
    let words = spelt(scan, &hyphened(scan));
    let mut out = Joined::default();
    let (mut joins, mut dress) = (0, 0);
    for (n, word) in words.iter().enumerate() {
        let parts = &scan.parts[word.from..word.to];
        let before = out.words.len();
        if before > 0 {
            out.words.push(' ');
        }
        dress = mix(mix(dress, parts[0].marks), case(scan, parts));
        let start = out.words.len();
        for part in parts {
            if out.words.len() > start {
                joins = mix(mix(joins, n as u64), (out.words.len() - start) as u64);
            }
            fold_part(scan, part, home, &mut out);
        }
        // A word of tatweel alone folds to nothing.
        if out.words.len() == start {
            out.words.truncate(before);
        }
        if is_split(scan, parts) {
            out.tricks |= bit(Trick::SplitWords);
        }
    }
    out.joins = joins as u32;
    out.dress = mix(dress, scan.tail) as u32;
    out.scripts.sort_by_key(|(_, letters)| std::cmp::Reverse(*letters));
    out
}

/// What the text is written in.
#[derive(Clone, Copy)]
struct Home {
    into: Into,
    /// Four letters in five are Latin: a whole word of look-alikes is out of place.
    mostly_latin: bool,
}

/// Counts the letters of words that can only be of one script. A word of nothing but look-alikes has no vote.
fn home(scan: &Scan) -> Home {
    let (mut latin, mut cyrillic, mut letters) = (0, 0, 0);
    for part in &scan.parts {
        let vote = vote(glyphs(scan, part), part);
        latin += if vote == Some(Script::Latin) { part.letters } else { 0 };
        cyrillic += if vote == Some(Script::Cyrillic) { part.letters } else { 0 };
        letters += if vote.is_some() { part.letters } else { 0 };
    }
    let into = if cyrillic > latin { Into::Cyrillic } else { Into::Latin };
    Home { into, mostly_latin: latin * 5 >= letters * 4 && latin > 0 }
}

fn vote(glyphs: &[Glyph], part: &Part) -> Option<Script> {
    if part.latin == part.letters {
        return (part.letters > 0).then_some(Script::Latin);
    }
    let mut letters = glyphs.iter().filter(|g| g.is_letter());
    if part.latin == 0 {
        return letters.any(|g| !twins::is_exact(g.c)).then_some(part.script);
    }
    let (mut latin, mut other) = (false, false);
    for glyph in letters {
        let is_latin = glyph.script == Script::Latin;
        latin |= is_latin && twins::cyrillic(glyph.c).is_none();
        other |= !is_latin && !twins::is_exact(glyph.c) && !twins::stands_in(glyph.c);
    }
    match (latin, other) {
        (true, false) => Some(Script::Latin),
        (false, true) => Some(part.script),
        _ => None,
    }
}

fn glyphs<'a>(scan: &'a Scan, part: &Part) -> &'a [Glyph] {
    &scan.glyphs[part.start..part.end]
}

/// Groups parts that only hyphens, apostrophes or single dots keep apart.
fn hyphened(scan: &Scan) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(scan.parts.len());
    for (n, part) in scan.parts.iter().enumerate() {
        match words.last_mut() {
            Some(word) if is_joined(scan, &scan.parts[n - 1], part) => word.to = n + 1,
            _ => words.push(Word { from: n, to: n + 1 }),
        }
    }
    words
}

fn is_joined(scan: &Scan, before: &Part, part: &Part) -> bool {
    let (Some(last), Some(first)) = (glyphs(scan, before).last(), glyphs(scan, part).first()) else {
        return false;
    };
    let numbers = last.kind == Kind::Number && first.kind == Kind::Number;
    match part.gap {
        Gap::Hyphen => true,
        Gap::Comma => numbers,
        // "end.Next" is two sentences, "O.N.U." is one word.
        Gap::Dot => numbers || !first.c.is_uppercase() || (is_letter(scan, before) && is_letter(scan, part)),
        Gap::Space | Gap::Wide | Gap::Break => false,
    }
}

/// One letter of an alphabet, with its marks.
fn is_letter(scan: &Scan, part: &Part) -> bool {
    let glyphs = glyphs(scan, part);
    let alone = glyphs[0].is_letter() && glyphs[1..].iter().all(|g| g.kind == Kind::Mark);
    alone && quarters(glyphs[0].c).is_none()
}

fn is_capital(scan: &Scan, part: &Part) -> bool {
    glyphs(scan, part)[0].c.is_uppercase()
}

/// Rejoins letters written one by one: a run of one-letter words, evenly parted.
fn spelt(scan: &Scan, words: &[Word]) -> Vec<Word> {
    let mut out = Vec::with_capacity(words.len());
    let mut n = 0;
    while n < words.len() {
        let length = spelt_length(scan, &words[n..]);
        out.push(Word { from: words[n].from, to: words[n + length - 1].to });
        n += length;
    }
    out
}

fn spelt_length(scan: &Scan, words: &[Word]) -> usize {
    let single = |w: &Word| w.to - w.from == 1 && is_letter(scan, &scan.parts[w.from]);
    if !single(&words[0]) || words.len() < 2 {
        return 1;
    }
    let gap = scan.parts[words[1].from].gap;
    if gap == Gap::Wide {
        return 1;
    }
    let even = |w: &&Word| single(w) && scan.parts[w.from].gap == gap;
    let length = 1 + words[1..].iter().take_while(even).count();
    let capitals = words[..length].iter().all(|w| is_capital(scan, &scan.parts[w.from]));
    let least = if capitals { SPELT_CAPITALS_LEAST } else { SPELT_LEAST };
    if length >= least { length } else { 1 }
}

/// Whether a word was split on purpose: letter by letter, and not an acronym.
fn is_split(scan: &Scan, parts: &[Part]) -> bool {
    let letters = parts.iter().filter(|p| is_letter(scan, p)).count();
    if letters * 3 < parts.len() * 2 {
        return false;
    }
    let first = |p: &Part| glyphs(scan, p)[0].c;
    let gaps = |gap: Gap| parts[1..].iter().all(|p| p.gap == gap);
    if gaps(Gap::Hyphen) {
        letters >= 3
    } else if gaps(Gap::Dot) {
        // Scripts without capitals write acronyms too.
        letters >= 4 && parts.iter().any(|p| first(p).is_lowercase())
    } else {
        letters >= SPELT_TRICK_LEAST && parts.iter().any(|p| first(p) != first(&parts[0]))
    }
}

/// How a word is written: small, with an initial, in capitals, mixed.
fn case(scan: &Scan, parts: &[Part]) -> u64 {
    let (mut upper, mut lower, mut initial) = (false, false, None);
    for Glyph { c, .. } in parts.iter().flat_map(|p| glyphs(scan, p)).filter(|g| g.is_letter()) {
        if initial.is_none() {
            initial = Some(c.is_uppercase());
        } else {
            upper |= c.is_uppercase();
            lower |= c.is_lowercase();
        }
    }
    u64::from(initial == Some(true)) | u64::from(upper) << 1 | u64::from(lower) << 2
}

fn fold_part(scan: &Scan, part: &Part, home: Home, out: &mut Joined) {
    let glyphs = glyphs(scan, part);
    let into = into(glyphs, part, home);
    if is_disguised(glyphs, part, into) {
        out.tricks |= bit(Trick::LookAlikes);
    }
    let seen = letters::fold(glyphs, into, &mut out.words);
    if seen.stretched {
        out.tricks |= bit(Trick::Stretched);
    }
    if seen.ornament {
        out.tricks |= bit(Trick::Dressing);
    }
    count(part, into, &mut out.scripts);
}

/// Whether look-alikes were folded that no spelling explains; a letter alone may be a symbol.
fn is_disguised(glyphs: &[Glyph], part: &Part, into: Into) -> bool {
    let foreign = |g: &Glyph| match into {
        Into::Itself => false,
        Into::Latin => g.is_letter() && g.script != Script::Latin && !twins::stands_in(g.c),
        Into::Cyrillic => g.is_letter() && g.script == Script::Latin,
    };
    part.letters > 1 && glyphs.iter().any(foreign)
}

/// Which script the letters of a part pass for.
fn into(glyphs: &[Glyph], part: &Part, home: Home) -> Into {
    if part.latin == part.letters || part.letters == 0 {
        return Into::Itself;
    }
    let all = |want: Script, twin: fn(char) -> Option<char>| {
        glyphs.iter().filter(|g| g.is_letter() && g.script != want).all(|g| twin(g.c).is_some())
    };
    if part.latin == 0 {
        let exact = || glyphs.iter().filter(|g| g.is_letter()).all(|g| twins::is_exact(g.c));
        return if home.mostly_latin && exact() { Into::Latin } else { Into::Itself };
    }
    let latin = || all(Script::Latin, twins::latin);
    let cyrillic = || part.latin + part.cyrillic == part.letters && all(Script::Cyrillic, twins::cyrillic);
    match home.into {
        Into::Cyrillic if cyrillic() => Into::Cyrillic,
        _ if latin() => Into::Latin,
        _ if cyrillic() => Into::Cyrillic,
        _ => Into::Itself,
    }
}

fn count(part: &Part, into: Into, scripts: &mut Vec<(Script, usize)>) {
    let mut add = |script: Script, letters: usize| match scripts.iter_mut().find(|(s, _)| *s == script) {
        _ if letters == 0 => {}
        Some((_, sum)) => *sum += letters,
        None => scripts.push((script, letters)),
    };
    match into {
        Into::Latin => add(Script::Latin, part.letters),
        Into::Cyrillic => add(Script::Cyrillic, part.letters),
        Into::Itself => {
            add(Script::Latin, part.latin);
            add(part.script, part.letters - part.latin);
        }
    }
}
