//! The language model: a table of small whole numbers, one row a feature, one column a language.
//!
//! A text's features are added up, divided by the square root of their number, and the columns of its writing
//! compared (softmax). Latin has a table of its own; the other writings share one, each with its own columns. Beside
//! the named languages stand columns for "some other language", so that a text in none of them is not pressed into one.
//!
//! The file: `VGLM`, then two tables. All numbers little-endian. A table: columns in use u16, rows u32, scale f32;
//! for each column its writing u8, name length u8, name (empty: another language), bias f32; then the rows, each of
//! 24 (first table) or 8 (second table) signed bytes.

use super::grams::{self, LETTERS_MAX, Marked, Writing};

/// Columns of the Latin table.
pub const LATIN_COLUMNS: usize = 24;
/// Columns of the table of the other writings.
pub const OTHER_COLUMNS: usize = 8;
const MAGIC: &[u8; 4] = b"VGLM";
/// Most rows a file may have.
const ROWS_MAX: usize = 1 << 20;
/// Features that are added in 16 bits before they are carried over: 200 × 128 stays below 2^15.
const CARRY: usize = 200;
/// Words of a window in which a second language is looked for.
const WINDOW_WORDS: usize = 4;

/// Why a file is not a language model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It does not begin as one.
    #[error("not a language model")]
    Magic,
    /// It ends before it should.
    #[error("the model ends at byte {at}, where {needed} more are needed")]
    Truncated {
        /// Where the missing bytes should begin.
        at: usize,
        /// How many are missing at least.
        needed: usize,
    },
    /// A number is out of its range.
    #[error("byte {at} of the model holds a number out of range")]
    Range {
        /// Where.
        at: usize,
    },
}

/// A column: a language in a writing, or "another language" where the name is empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The writing it belongs to.
    pub writing: Writing,
    /// BCP 47 primary tag; empty for another language.
    pub tag: String,
    /// Added to its sum.
    pub bias: f32,
}

/// One table while it is read or written.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<const C: usize> {
    /// The columns in use.
    pub columns: Vec<Column>,
    /// What a whole number of the table is worth.
    pub scale: f32,
    /// One row a feature.
    pub rows: Vec<[i8; C]>,
}

/// The whole model.
#[derive(Debug, Clone, PartialEq)]
pub struct LanguageModel {
    pub(super) latin: Table<LATIN_COLUMNS>,
    pub(super) other: Table<OTHER_COLUMNS>,
}

struct Bytes<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], ModelError> {
        let left = self.bytes.len().saturating_sub(self.at);
        let slice = self
            .bytes
            .get(self.at..self.at.saturating_add(length))
            .ok_or(ModelError::Truncated { at: self.at, needed: length.saturating_sub(left) })?;
        self.at += length;
        Ok(slice)
    }
    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let at = self.at;
        self.take(N)?.try_into().map_err(|_| ModelError::Range { at })
    }
    fn f32(&mut self) -> Result<f32, ModelError> {
        let at = self.at;
        let value = f32::from_le_bytes(self.array()?);
        if value.is_finite() { Ok(value) } else { Err(ModelError::Range { at }) }
    }
}

impl<const C: usize> Table<C> {
    fn read(bytes: &mut Bytes<'_>) -> Result<Self, ModelError> {
        let at = bytes.at;
        let used = usize::from(u16::from_le_bytes(bytes.array()?));
        let rows = u32::from_le_bytes(bytes.array()?) as usize;
        if used > C || used == 0 || rows == 0 || rows > ROWS_MAX {
            return Err(ModelError::Range { at });
        }
        let scale = bytes.f32()?;
        let columns = (0..used).map(|_| Column::read(bytes)).collect::<Result<Vec<_>, _>>()?;
        let cells = bytes.take(rows * C)?;
        let (rows, _) = cells.as_chunks::<C>();
        Ok(Self { columns, scale, rows: rows.iter().map(|row| row.map(u8::cast_signed)).collect() })
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend((self.columns.len() as u16).to_le_bytes());
        out.extend((self.rows.len() as u32).to_le_bytes());
        out.extend(self.scale.to_le_bytes());
        for column in &self.columns {
            out.push(Writing::ALL.iter().position(|w| *w == column.writing).unwrap_or(0) as u8);
            out.push(column.tag.len() as u8);
            out.extend(column.tag.as_bytes());
            out.extend(column.bias.to_le_bytes());
        }
        out.extend(self.rows.iter().flatten().map(|cell| cell.cast_unsigned()));
    }
}

impl Column {
    fn read(bytes: &mut Bytes<'_>) -> Result<Self, ModelError> {
        let at = bytes.at;
        let [writing, length] = bytes.array()?;
        let writing = *Writing::ALL.get(usize::from(writing)).ok_or(ModelError::Range { at })?;
        let tag = bytes.take(usize::from(length))?.to_ascii_lowercase();
        let tag = String::from_utf8(tag).map_err(|_| ModelError::Range { at })?;
        Ok(Self { writing, tag, bias: bytes.f32()? })
    }
}

/// The sums of one table.
struct Sums<const C: usize> {
    near: [i16; C],
    far: [i32; C],
    waiting: usize,
    features: usize,
}

impl<const C: usize> Sums<C> {
    const fn new() -> Self {
        Self { near: [0; C], far: [0; C], waiting: 0, features: 0 }
    }

    #[inline]
    fn add(&mut self, row: &[i8; C]) {
        for (sum, cell) in self.near.iter_mut().zip(row) {
            *sum = sum.wrapping_add(i16::from(*cell));
        }
        self.features += 1;
        self.waiting += 1;
        if self.waiting == CARRY {
            self.carry();
        }
    }

    fn carry(&mut self) {
        for (far, near) in self.far.iter_mut().zip(&mut self.near) {
            *far += i32::from(std::mem::take(near));
        }
        self.waiting = 0;
    }

    /// Adds `other`, which is carried over already.
    fn join(&mut self, other: &Self) {
        for (sum, more) in self.far.iter_mut().zip(&other.far) {
            *sum += more;
        }
        self.features += other.features;
    }
}

/// One language and how likely it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess<'a> {
    /// BCP 47 primary tag; empty: another language than those of the model.
    pub tag: &'a str,
    /// 0 to 1, calibrated; among the languages of one writing.
    pub probability: f64,
}

/// What the model says of one text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Opinion<'a> {
    /// The likeliest languages of the asked writing, likeliest first; "another language" is one entry.
    pub guesses: Vec<Guess<'a>>,
    /// A second language of the same writing that takes whole stretches of the text.
    pub second: Option<&'a str>,
    /// Features that spoke.
    pub features: usize,
}

impl<'a> Opinion<'a> {
    /// The likeliest of the languages that the model knows.
    pub fn named(&self) -> Option<Guess<'a>> {
        self.guesses.iter().find(|guess| !guess.tag.is_empty()).copied()
    }
    /// How likely it is another language.
    pub fn other(&self) -> f64 {
        self.guesses.iter().find(|guess| guess.tag.is_empty()).map_or(0.0, |guess| guess.probability)
    }
}

impl LanguageModel {
    /// Reads a model file.
    pub fn read(file: &[u8]) -> Result<Self, ModelError> {
        let mut bytes = Bytes { bytes: file, at: 0 };
        if bytes.take(4).ok() != Some(MAGIC) {
            return Err(ModelError::Magic);
        }
        Ok(Self { latin: Table::read(&mut bytes)?, other: Table::read(&mut bytes)? })
    }

    /// A model of two trained tables.
    pub fn new(latin: Table<LATIN_COLUMNS>, other: Table<OTHER_COLUMNS>) -> Self {
        Self { latin, other }
    }

    /// The bytes of its file.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        self.latin.write(&mut out);
        self.other.write(&mut out);
        out
    }

    /// The languages it tells apart.
    pub fn languages(&self) -> impl Iterator<Item = (Writing, &str)> {
        let columns = self.latin.columns.iter().chain(&self.other.columns);
        columns.filter(|c| !c.tag.is_empty()).map(|c| (c.writing, c.tag.as_str()))
    }

    /// What language the words of one writing are in. `favour` names a language that is expected, and by how much
    /// its odds are raised.
    pub fn opinion(
        &self,
        folded: &str,
        marked: &[Marked],
        writing: Writing,
        favour: Option<(&str, f64)>,
    ) -> Opinion<'_> {
        match writing {
            Writing::Latin => self.latin.opinion(folded, marked, writing, favour),
            _ => self.other.opinion(folded, marked, writing, favour),
        }
    }
}

impl<const C: usize> Table<C> {
    fn opinion(
        &self,
        folded: &str,
        marked: &[Marked],
        writing: Writing,
        favour: Option<(&str, f64)>,
    ) -> Opinion<'_> {
        let mut whole = Sums::<C>::new();
        for mark in marked.iter().filter(|m| m.writing == writing).take(LETTERS_MAX) {
            self.add(&mut whole, mark.hash);
        }
        whole.carry();
        let windows = self.windows(folded, writing, &mut whole);
        if whole.features == 0 {
            return Opinion::default();
        }
        let guesses = self.guesses(&whole, writing, favour);
        let named = guesses.iter().find(|guess| !guess.tag.is_empty());
        let second = named.and_then(|first| self.second(&windows, writing, first.tag));
        Opinion { guesses, second, features: whole.features }
    }

    #[inline]
    fn add(&self, sums: &mut Sums<C>, hash: u32) {
        if let Some(row) = self.rows.get(grams::row(hash, self.rows.len())) {
            sums.add(row);
        }
    }

    /// The sums of each four words, which are added to `whole`.
    fn windows(&self, folded: &str, writing: Writing, whole: &mut Sums<C>) -> Vec<(usize, Sums<C>)> {
        let mut windows = Vec::new();
        let (mut window, mut words, mut letters) = (Sums::new(), 0, 0);
        for (_, word) in grams::words(folded).filter(|(of, _)| *of == writing) {
            letters += grams::of_word(word, writing, |hash| self.add(&mut window, hash));
            words += 1;
            if words == WINDOW_WORDS || letters >= LETTERS_MAX {
                window.carry();
                whole.join(&window);
                windows.push((words, std::mem::replace(&mut window, Sums::new())));
                words = 0;
            }
            if letters >= LETTERS_MAX {
                break;
            }
        }
        window.carry();
        whole.join(&window);
        if words > 1 {
            windows.push((words, window));
        }
        windows
    }

    /// Value of each column of `writing`.
    fn values(&self, sums: &Sums<C>, writing: Writing) -> impl Iterator<Item = (&Column, f32)> {
        let unit = self.scale / (sums.features.max(1) as f32).sqrt();
        let columns = self.columns.iter().zip(sums.far);
        columns
            .filter(move |(c, _)| c.writing == writing)
            .map(move |(c, sum)| (c, c.bias + sum as f32 * unit))
    }

    fn guesses(&self, sums: &Sums<C>, writing: Writing, favour: Option<(&str, f64)>) -> Vec<Guess<'_>> {
        let bonus = |tag: &str| favour.filter(|(of, _)| *of == tag).map_or(0.0, |(_, odds)| odds.ln());
        let values: Vec<(&str, f64)> = self
            .values(sums, writing)
            .map(|(c, value)| (c.tag.as_str(), f64::from(value) + bonus(&c.tag)))
            .collect();
        let most = values.iter().map(|(_, v)| *v).fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = values.iter().map(|(_, v)| (v - most).exp()).sum();
        let mut guesses: Vec<Guess<'_>> = Vec::with_capacity(values.len());
        for (tag, value) in values {
            let probability = (value - most).exp() / total;
            match guesses.iter_mut().find(|g| tag.is_empty() && g.tag.is_empty()) {
                Some(other) => other.probability += probability,
                None => guesses.push(Guess { tag, probability }),
            }
        }
        guesses.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        guesses
    }

    /// The language, other than the first, that wins most windows clearly; two windows, or one in three.
    fn second(&self, windows: &[(usize, Sums<C>)], writing: Writing, first: &str) -> Option<&str> {
        if windows.len() < 2 {
            return None;
        }
        let mut won: Vec<(&str, usize)> = Vec::new();
        for (words, sums) in windows {
            let (mut best, mut of_first): (Option<(&Column, f32)>, f32) = (None, f32::NEG_INFINITY);
            for (column, value) in self.values(sums, writing) {
                if column.tag == first {
                    of_first = of_first.max(value);
                } else if best.is_none_or(|(_, most)| value > most) {
                    best = Some((column, value));
                }
            }
            let Some((column, value)) = best else { continue };
            if column.tag.is_empty() || value - of_first < SECOND_MARGIN {
                continue;
            }
            match won.iter_mut().find(|(tag, _)| *tag == column.tag) {
                Some((_, sum)) => *sum += words,
                None => won.push((&column.tag, *words)),
            }
        }
        let all: usize = windows.iter().map(|(words, _)| words).sum();
        let (tag, words) = won.into_iter().max_by_key(|(_, words)| *words)?;
        (words * 5 >= all).then_some(tag)
    }
}

/// How much a window must prefer the second language, in natural logarithms of odds: about fifty to one.
const SECOND_MARGIN: f32 = 4.0;
