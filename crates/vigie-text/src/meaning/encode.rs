//! Gives a text its vector: windows of its pieces through the layers, the mean over all tokens, length one.

use super::attention::Room;
use super::file::{BLOCK, BLOCK_BYTES, File, Limits, ModelFault, Sizes};
use super::pieces::Pieces;
use super::product::{self, Activations};
use super::smooth;
use super::weights::{self, Layer, Norm};
use fearless_simd::{Level, Simd, dispatch};
use std::ops::Range;

/// Windows of one text that are read; what follows is left out.
const WINDOWS_MAX: usize = 8;
/// Letters of one text that are cut: more than eight windows of the longest usual pieces.
const LETTERS_MAX: usize = 1 << 15;
/// Tokens that go through the layers together, unless one window alone has more.
const BATCH: usize = 256;

/// What a text is to the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Prefix {
    /// Looked for, or compared with its like.
    #[default]
    Query,
    /// Found by a query.
    Passage,
}

impl Prefix {
    const fn words(self) -> &'static str {
        match self {
            Self::Query => "query: ",
            Self::Passage => "passage: ",
        }
    }
}

/// The model of meaning, ready to read texts.
#[derive(Debug, Clone)]
pub struct Meaning {
    sizes: Sizes,
    pieces: Pieces,
    /// Vectors of the pieces, still packed: a text needs few of them.
    words: Vec<u8>,
    /// Vectors of the positions, that of the only kind of text added.
    positions: Vec<f32>,
    first_norm: Norm,
    layers: Vec<Layer>,
    level: Level,
}

/// A stretch of one text that is read at once.
struct Window {
    text: usize,
    tokens: Vec<u32>,
}

/// Room for one batch.
#[derive(Default)]
struct Work {
    rows: Vec<f32>,
    looked: Vec<f32>,
    gathered: Vec<f32>,
    joined: Vec<f32>,
    wide: Vec<f32>,
    activations: Activations,
    room: Room,
}

impl Meaning {
    /// Reads a model file.
    pub fn read(file: Vec<u8>, limits: &Limits) -> Result<Self, ModelFault> {
        let mut file = File::read(file, limits)?;
        let sizes = file.sizes;
        let words = file.packed("emb.word", sizes.words * sizes.width)?;
        let mut positions = file.numbers("emb.pos", sizes.positions * sizes.width)?;
        let kinds = file.numbers("emb.type", sizes.kinds * sizes.width)?;
        for row in positions.chunks_exact_mut(sizes.width) {
            row.iter_mut().zip(&kinds).for_each(|(x, kind)| *x += kind);
        }
        let layers =
            (0..sizes.layers).map(|nth| Layer::read(&file, nth, &sizes)).collect::<Result<_, _>>()?;
        let first_norm = Norm::read(&file, "emb.ln", sizes.width)?;
        let pieces = Pieces::new(std::mem::take(&mut file.vocabulary))?;
        let words = file.keep(words);
        Ok(Self { sizes, pieces, words, positions, first_norm, layers, level: Level::new() })
    }

    /// Numbers of a vector.
    pub const fn width(&self) -> usize {
        self.sizes.width
    }

    /// Tokens that the model reads of a text, those that open and close its windows not counted.
    pub fn tokens(&self, text: &str) -> usize {
        self.pieces.cut(text, LETTERS_MAX).len()
    }

    /// The vector of each text, of length one. An empty text has one too; it means nothing.
    pub fn vectors(&self, texts: &[&str], prefix: Prefix) -> Vec<Vec<f32>> {
        let windows: Vec<Window> =
            texts.iter().enumerate().flat_map(|(nth, text)| self.windows(nth, text, prefix)).collect();
        let mut vectors = vec![vec![0.0; self.sizes.width]; texts.len()];
        let mut work = Work::default();
        let mut left = windows.as_slice();
        while !left.is_empty() {
            let (batch, rest) = left.split_at(batch(left));
            dispatch!(self.level, simd => self.read_batch(simd, batch, &mut work, &mut vectors));
            left = rest;
        }
        for vector in &mut vectors {
            unit(vector);
        }
        vectors
    }

    /// The vector of one text.
    pub fn vector(&self, text: &str, prefix: Prefix) -> Vec<f32> {
        self.vectors(&[text], prefix).pop().unwrap_or_default()
    }

    /// The mean of the vectors of [`super::USUAL`] sentences: where [`super::Neighbours`] begin.
    pub fn prior(&self) -> Vec<f32> {
        let vectors = self.vectors(&super::USUAL, Prefix::Query);
        let count = vectors.len().max(1) as f32;
        (0..self.width())
            .map(|at| vectors.iter().filter_map(|vector| vector.get(at)).sum::<f32>() / count)
            .collect()
    }

    fn windows(&self, text: usize, words: &str, prefix: Prefix) -> Vec<Window> {
        let cut = self.pieces.cut(&format!("{}{words}", prefix.words()), LETTERS_MAX);
        let whole = |pieces: &[u32]| {
            let mut tokens = Vec::with_capacity(pieces.len() + 2);
            tokens.push(self.pieces.begin());
            tokens.extend(pieces);
            tokens.push(self.pieces.end());
            Window { text, tokens }
        };
        cut.chunks(self.sizes.positions - 2).take(WINDOWS_MAX).map(whole).collect()
    }

    #[inline(always)]
    fn read_batch<S: Simd>(&self, simd: S, batch: &[Window], work: &mut Work, vectors: &mut [Vec<f32>]) {
        let spans = self.embed(batch, &mut work.rows);
        smooth::normalise(&mut work.rows, &self.first_norm, self.sizes.epsilon);
        for layer in &self.layers {
            self.layer(simd, layer, &spans, work);
        }
        for (window, span) in batch.iter().zip(spans) {
            let Some(vector) = vectors.get_mut(window.text) else { continue };
            // A window counts by its pieces: the mean is over the whole text.
            let weight = (window.tokens.len() - 2) as f32 / span.len() as f32;
            let width = self.sizes.width;
            let rows = work.rows.get(span.start * width..span.end * width).unwrap_or_default();
            for row in rows.chunks_exact(width) {
                vector.iter_mut().zip(row).for_each(|(sum, x)| *sum += x * weight);
            }
        }
    }

    /// Lays down word and position of each token; says where each window lies.
    fn embed(&self, batch: &[Window], rows: &mut Vec<f32>) -> Vec<Range<usize>> {
        let width = self.sizes.width;
        let row_bytes = width / BLOCK * BLOCK_BYTES;
        rows.clear();
        let mut spans = Vec::with_capacity(batch.len());
        for window in batch {
            let begin = rows.len() / width;
            for (token, position) in window.tokens.iter().zip(self.positions.chunks_exact(width)) {
                let at = rows.len();
                rows.resize(at + width, 0.0);
                let row = rows.get_mut(at..).unwrap_or_default();
                let from = *token as usize * row_bytes;
                weights::unpack(self.words.get(from..from + row_bytes).unwrap_or_default(), row);
                row.iter_mut().zip(position).for_each(|(x, position)| *x += position);
            }
            spans.push(begin..rows.len() / width);
        }
        spans
    }

    #[inline(always)]
    fn layer<S: Simd>(&self, simd: S, layer: &Layer, spans: &[Range<usize>], work: &mut Work) {
        let (width, inner) = (self.sizes.width, self.sizes.inner);
        let count = work.rows.len() / width;
        work.activations.take(&work.rows, width);
        product::multiply(simd, &work.activations, &layer.look, &mut work.looked);
        work.gathered.resize(count * width, 0.0);
        for span in spans {
            work.room.gather(&work.looked, span.clone(), width, &mut work.gathered);
        }
        work.activations.take(&work.gathered, width);
        product::multiply(simd, &work.activations, &layer.join, &mut work.joined);
        add(&mut work.rows, &work.joined);
        smooth::normalise(&mut work.rows, &layer.join_norm, self.sizes.epsilon);
        work.activations.take(&work.rows, width);
        product::multiply(simd, &work.activations, &layer.widen, &mut work.wide);
        work.wide.truncate(count * inner);
        work.wide.iter_mut().for_each(|x| *x = smooth::gelu(*x));
        work.activations.take(&work.wide, inner);
        product::multiply(simd, &work.activations, &layer.narrow, &mut work.joined);
        add(&mut work.rows, &work.joined);
        smooth::normalise(&mut work.rows, &layer.narrow_norm, self.sizes.epsilon);
    }
}

/// How many windows go together.
fn batch(windows: &[Window]) -> usize {
    let mut tokens = 0;
    let fits = windows.iter().take_while(|window| {
        tokens += window.tokens.len();
        tokens <= BATCH
    });
    fits.count().max(1).min(windows.len())
}

#[inline(always)]
fn add(rows: &mut [f32], more: &[f32]) {
    rows.iter_mut().zip(more).for_each(|(x, more)| *x += more);
}

/// Brings a vector to length one.
pub(super) fn unit(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        for x in vector {
            *x /= length;
        }
    }
}
