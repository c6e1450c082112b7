//! Reads an `E5S1` file: sizes, vocabulary, normalisation and where each table of weights lies.
//!
//! All numbers are little-endian. `E5S1`, version u32; width, layers, heads, inner width, rows of words, positions and
//! kinds i32, epsilon f32, block i32; the vocabulary; the normalisation; the directory of tables. Nothing is read
//! beyond [`Limits`], every offset is checked before it is used, and a fault names the byte where it lies.

use std::collections::BTreeMap;
use std::ops::Range;

/// Weights of a block that share one scale.
pub(super) const BLOCK: usize = 32;
/// Bytes of such a block: a 16-bit scale, then 32 half bytes.
pub(super) const BLOCK_BYTES: usize = 18;
/// Width of an attention head.
pub(super) const HEAD: usize = 32;
const MAGIC: &[u8] = b"E5S1";
const FORMAT: u32 = 1;

/// What a model file may hold at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes_max: usize,
    /// Pieces of the vocabulary.
    pub pieces_max: usize,
    /// Bytes of one piece.
    pub piece_bytes_max: usize,
    /// Characters that the normalisation names, and characters that one of them may become.
    pub rules_max: usize,
    /// Layers.
    pub layers_max: usize,
    /// Width, and inner width, of a layer.
    pub width_max: usize,
    /// Tokens that are read together.
    pub positions_max: usize,
    /// Tables of the directory.
    pub tables_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes_max: 512 << 20,
            pieces_max: 1 << 20,
            piece_bytes_max: 256,
            rules_max: 1 << 16,
            layers_max: 48,
            width_max: 8192,
            positions_max: 8192,
            tables_max: 2048,
        }
    }
}

/// Why a file is not a model of meaning.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelFault {
    /// It does not begin as one.
    #[error("not a model of this kind")]
    Magic,
    /// It is of a version that this release does not read.
    #[error("version {found} of the format, at byte {at}, is not read here")]
    Version {
        /// Where it stands.
        at: usize,
        /// Which it is.
        found: u32,
    },
    /// It ends before it should.
    #[error("the file ends before the {needed} bytes that should stand at byte {at}")]
    Truncated {
        /// Where the bytes should begin.
        at: usize,
        /// How many there should be.
        needed: usize,
    },
    /// A number does not fit the others, or no text could be read with it.
    #[error("the number at byte {at} is out of range")]
    Range {
        /// Where.
        at: usize,
    },
    /// More than [`Limits`] allow.
    #[error("{found} at byte {at}, more than the {limit} allowed")]
    TooMuch {
        /// Where.
        at: usize,
        /// What the file says.
        found: usize,
        /// What is allowed.
        limit: usize,
    },
    /// A table of weights is missing, or of another size than the rest asks for.
    #[error("the table {name} is missing or of the wrong size (directory at byte {at})")]
    Table {
        /// Where the directory begins.
        at: usize,
        /// Its name.
        name: String,
    },
}

/// Sizes of the network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sizes {
    pub width: usize,
    pub layers: usize,
    pub heads: usize,
    pub inner: usize,
    pub words: usize,
    pub positions: usize,
    pub kinds: usize,
    pub epsilon: f32,
}

/// Pieces as they stand in the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Vocabulary {
    pub begin: u32,
    pub end: u32,
    pub unknown: u32,
    pub offsets: Vec<u32>,
    pub scores: Vec<f32>,
    pub bytes: Vec<u8>,
    /// Character, and what it becomes; by character.
    pub rules: Vec<(u32, Vec<char>)>,
}

/// Where a table lies.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    packed: bool,
    count: usize,
    span: Range<usize>,
}

/// A file that was read: its parts are found, its weights still as they are.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub sizes: Sizes,
    pub vocabulary: Vocabulary,
    tables: BTreeMap<String, Entry>,
    tables_at: usize,
    bytes: Vec<u8>,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], ModelFault> {
        let slice = self
            .bytes
            .get(self.at..self.at.saturating_add(length))
            .ok_or(ModelFault::Truncated { at: self.at, needed: length })?;
        self.at += length;
        Ok(slice)
    }
    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelFault> {
        let at = self.at;
        self.take(N)?.try_into().map_err(|_| ModelFault::Range { at })
    }
    fn u32(&mut self) -> Result<u32, ModelFault> {
        self.array().map(u32::from_le_bytes)
    }
    fn f32(&mut self) -> Result<f32, ModelFault> {
        let at = self.at;
        let value = f32::from_le_bytes(self.array()?);
        if value.is_finite() { Ok(value) } else { Err(ModelFault::Range { at }) }
    }
    /// A number that counts something: one to `limit`.
    fn count(&mut self, limit: usize) -> Result<usize, ModelFault> {
        let at = self.at;
        let found = self.u32()? as usize;
        match found {
            0 => Err(ModelFault::Range { at }),
            _ if found > limit => Err(ModelFault::TooMuch { at, found, limit }),
            _ => Ok(found),
        }
    }
    /// A place in the file, or a length, as 64 bits.
    fn place(&mut self) -> Result<usize, ModelFault> {
        let at = self.at;
        usize::try_from(u64::from_le_bytes(self.array()?)).map_err(|_| ModelFault::Range { at })
    }
    /// A number below `end`.
    fn below(&mut self, end: usize) -> Result<u32, ModelFault> {
        let at = self.at;
        self.u32().and_then(
            |value| {
                if (value as usize) < end { Ok(value) } else { Err(ModelFault::Range { at }) }
            },
        )
    }
    fn u32s(&mut self, count: usize) -> Result<Vec<u32>, ModelFault> {
        let (chunks, _) = self.take(count * 4)?.as_chunks::<4>();
        Ok(chunks.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
    }

    fn sizes(&mut self, limits: &Limits) -> Result<Sizes, ModelFault> {
        let at = self.at;
        let sizes = Sizes {
            width: self.count(limits.width_max)?,
            layers: self.count(limits.layers_max)?,
            heads: self.count(limits.width_max)?,
            inner: self.count(limits.width_max)?,
            words: self.count(limits.pieces_max)?,
            positions: self.count(limits.positions_max)?,
            kinds: self.count(limits.tables_max)?,
            epsilon: self.f32()?,
        };
        let whole = sizes.width == sizes.heads * HEAD && sizes.inner.is_multiple_of(BLOCK);
        // A window holds a beginning, an end and at least one piece.
        let sound = whole && sizes.positions >= 3 && sizes.epsilon > 0.0;
        if !sound || self.u32()? as usize != BLOCK { Err(ModelFault::Range { at }) } else { Ok(sizes) }
    }

    fn vocabulary(&mut self, limits: &Limits, words: usize) -> Result<Vocabulary, ModelFault> {
        let count = self.count(limits.pieces_max.min(words))?;
        let [begin, end, _padding, unknown] =
            [self.below(words)?, self.below(words)?, self.below(words)?, self.below(words)?];
        let length = self.place()?;
        let at = self.at;
        let offsets = self.u32s(count + 1)?;
        check_offsets(&offsets, length, limits.piece_bytes_max, at)?;
        let at = self.at;
        let scores: Vec<f32> = self.u32s(count)?.into_iter().map(f32::from_bits).collect();
        if let Some(wrong) = scores.iter().position(|score| !score.is_finite()) {
            return Err(ModelFault::Range { at: at + wrong * 4 });
        }
        let bytes = self.take(length)?.to_vec();
        let rules = self.rules(limits)?;
        Ok(Vocabulary { begin, end, unknown, offsets, scores, bytes, rules })
    }

    fn rules(&mut self, limits: &Limits) -> Result<Vec<(u32, Vec<char>)>, ModelFault> {
        let (at, count) = (self.at, self.u32()? as usize);
        if count > limits.rules_max {
            return Err(ModelFault::TooMuch { at, found: count, limit: limits.rules_max });
        }
        let end = self.u32()? as usize + self.at;
        let mut rules: Vec<(u32, Vec<char>)> = Vec::new();
        for _ in 0..count {
            let at = self.at;
            let from = self.u32()?;
            let [length] = self.array()?;
            let to: Option<Vec<char>> =
                self.u32s(usize::from(length))?.into_iter().map(char::from_u32).collect();
            let to = to.ok_or(ModelFault::Range { at })?;
            if rules.last().is_some_and(|(before, _)| *before >= from) {
                return Err(ModelFault::Range { at });
            }
            rules.push((from, to));
        }
        if self.at == end { Ok(rules) } else { Err(ModelFault::Range { at: self.at }) }
    }

    fn tables(&mut self, limits: &Limits) -> Result<BTreeMap<String, Entry>, ModelFault> {
        let mut tables = BTreeMap::new();
        for _ in 0..self.count(limits.tables_max)? {
            let at = self.at;
            let length = u16::from_le_bytes(self.array()?);
            let name = String::from_utf8(self.take(usize::from(length))?.to_vec())
                .map_err(|_| ModelFault::Range { at })?;
            let [kind] = self.array()?;
            let count = self.u32()? as usize;
            let (begin, length) = (self.place()?, self.place()?);
            let entry = entry(kind, count, begin, length).ok_or(ModelFault::Range { at })?;
            if entry.span.end > self.bytes.len() {
                return Err(ModelFault::Truncated { at: begin, needed: length });
            }
            tables.insert(name, entry);
        }
        Ok(tables)
    }
}

/// The row of the directory, if its numbers agree with each other.
fn entry(kind: u8, count: usize, begin: usize, length: usize) -> Option<Entry> {
    let (packed, needed) = match kind {
        0 => (false, count.checked_mul(4)?),
        1 if count.is_multiple_of(BLOCK) => (true, (count / BLOCK).checked_mul(BLOCK_BYTES)?),
        _ => return None,
    };
    let span = begin..begin.checked_add(length)?;
    (needed == length).then_some(Entry { packed, count, span })
}

fn check_offsets(offsets: &[u32], length: usize, most: usize, at: usize) -> Result<(), ModelFault> {
    for (nth, pair) in offsets.windows(2).enumerate() {
        let [from, to] = [pair[0] as usize, pair[1] as usize];
        if to < from || to > length || to - from > most {
            return Err(ModelFault::Range { at: at + (nth + 1) * 4 });
        }
    }
    Ok(())
}

impl File {
    /// Finds the parts of a file.
    pub fn read(bytes: Vec<u8>, limits: &Limits) -> Result<Self, ModelFault> {
        if bytes.len() > limits.file_bytes_max {
            return Err(ModelFault::TooMuch { at: 0, found: bytes.len(), limit: limits.file_bytes_max });
        }
        let mut reader = Reader { bytes: &bytes, at: 0 };
        if reader.take(MAGIC.len()).ok() != Some(MAGIC) {
            return Err(ModelFault::Magic);
        }
        let found = reader.u32()?;
        if found != FORMAT {
            return Err(ModelFault::Version { at: MAGIC.len(), found });
        }
        let sizes = reader.sizes(limits)?;
        let vocabulary = reader.vocabulary(limits, sizes.words)?;
        let tables_at = reader.at;
        let tables = reader.tables(limits)?;
        Ok(Self { sizes, vocabulary, tables, tables_at, bytes })
    }

    fn missing(&self, name: &str) -> ModelFault {
        ModelFault::Table { at: self.tables_at, name: name.to_owned() }
    }

    fn table(&self, name: &str, packed: bool, count: usize) -> Result<Range<usize>, ModelFault> {
        self.tables
            .get(name)
            .filter(|entry| entry.packed == packed && entry.count == count)
            .map(|entry| entry.span.clone())
            .ok_or_else(|| self.missing(name))
    }

    /// A table of `count` plain numbers.
    pub fn numbers(&self, name: &str, count: usize) -> Result<Vec<f32>, ModelFault> {
        let span = self.table(name, false, count)?;
        let at = span.start;
        let (chunks, _) = self.bytes.get(span).unwrap_or_default().as_chunks::<4>();
        let numbers: Vec<f32> = chunks.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        match numbers.iter().position(|number| !number.is_finite()) {
            Some(wrong) => Err(ModelFault::Range { at: at + wrong * 4 }),
            None => Ok(numbers),
        }
    }

    /// Where a table of `count` packed weights lies. Every scale in it is a finite number.
    pub fn packed(&self, name: &str, count: usize) -> Result<Range<usize>, ModelFault> {
        let span = self.table(name, true, count)?;
        let at = span.start;
        let (blocks, _) = self.bytes.get(span.clone()).unwrap_or_default().as_chunks::<BLOCK_BYTES>();
        match blocks.iter().position(|block| u16::from_le_bytes([block[0], block[1]]) & 0x7c00 == 0x7c00) {
            Some(wrong) => Err(ModelFault::Range { at: at + wrong * BLOCK_BYTES }),
            None => Ok(span),
        }
    }

    /// The bytes of `span`.
    pub fn bytes(&self, span: Range<usize>) -> &[u8] {
        self.bytes.get(span).unwrap_or_default()
    }

    /// Only the bytes of `span`, the rest is given back.
    pub fn keep(mut self, span: Range<usize>) -> Vec<u8> {
        self.bytes.truncate(span.end);
        self.bytes.drain(..span.start.min(self.bytes.len()));
        self.bytes.shrink_to_fit();
        self.bytes
    }
}
