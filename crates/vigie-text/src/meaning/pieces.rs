//! Cuts a text into the pieces that the model knows: the likeliest cut under a unigram model (Kudo, 2018).
//!
//! Characters go through the file's normalisation, runs of spaces become one mark (`▁`), then the best path over all
//! pieces is found. A character that begins no piece is "unknown". Signs of the model itself (`<s>`, `</s>`, …, of
//! score 0) are never found in a text: what somebody writes cannot end it.

use super::file::{ModelFault, Vocabulary};

/// What stands for a space.
const SPACE: &str = "\u{2581}";
/// How much worse than the worst piece an unknown character is.
const UNKNOWN_COST: f32 = 10.0;

/// The vocabulary, sorted for finding.
#[derive(Debug, Clone)]
pub(super) struct Pieces {
    vocabulary: Vocabulary,
    /// Pieces by their bytes.
    order: Vec<u32>,
    /// Where pieces with a given first byte lie in `order`.
    first: Vec<(u32, u32)>,
    bytes_max: usize,
    unknown_score: f32,
}

/// The best way to a place in the text: its score, its last piece, where that began.
#[derive(Debug, Clone, Copy)]
struct Way {
    score: f32,
    piece: u32,
    from: u32,
}

impl Pieces {
    /// Sorts a vocabulary. Every piece must be text.
    pub fn new(vocabulary: Vocabulary) -> Result<Self, ModelFault> {
        if vocabulary.rules.iter().any(|(from, _)| char::from_u32(*from).is_none()) {
            return Err(ModelFault::Range { at: 0 });
        }
        let mut order: Vec<u32> = (0..vocabulary.scores.len() as u32)
            .filter(|piece| vocabulary.scores.get(*piece as usize).is_some_and(|score| *score != 0.0))
            .filter(|piece| !bytes(&vocabulary, *piece).is_empty())
            .collect();
        order.sort_unstable_by(|a, b| bytes(&vocabulary, *a).cmp(bytes(&vocabulary, *b)));
        let worst = vocabulary.scores.iter().copied().fold(0.0_f32, f32::min);
        let bytes_max = order.iter().map(|piece| bytes(&vocabulary, *piece).len()).max().unwrap_or(0);
        let begins = |byte: u8| {
            let begin = order.partition_point(|p| bytes(&vocabulary, *p).first() < Some(&byte));
            let end = order.partition_point(|p| bytes(&vocabulary, *p).first() <= Some(&byte));
            (begin as u32, end as u32)
        };
        let first = (0..=u8::MAX).map(begins).collect();
        Ok(Self { order, first, bytes_max, unknown_score: worst - UNKNOWN_COST, vocabulary })
    }

    /// Token that opens a window.
    pub const fn begin(&self) -> u32 {
        self.vocabulary.begin
    }
    /// Token that closes a window.
    pub const fn end(&self) -> u32 {
        self.vocabulary.end
    }

    /// The pieces of a text; of a very long one those of the first `letters_max` characters.
    pub fn cut(&self, text: &str, letters_max: usize) -> Vec<u32> {
        let (text, places) = self.fold(text, letters_max);
        self.best(text.as_bytes(), &places)
    }

    /// The text as the vocabulary spells it, and where its characters begin and the last one ends.
    fn fold(&self, text: &str, letters_max: usize) -> (String, Vec<u32>) {
        let mut out = String::with_capacity(text.len() + 3);
        out.push_str(SPACE);
        for letter in text.chars().take(letters_max) {
            let rules = &self.vocabulary.rules;
            match rules.binary_search_by_key(&u32::from(letter), |(from, _)| *from) {
                Ok(rule) => {
                    rules.get(rule).into_iter().flat_map(|(_, to)| to).for_each(|c| put(&mut out, *c));
                }
                Err(_) => put(&mut out, letter),
            }
        }
        if out.len() > SPACE.len() && out.ends_with(SPACE) {
            out.truncate(out.len() - SPACE.len());
        }
        let mut places: Vec<u32> = out.char_indices().map(|(at, _)| at as u32).collect();
        places.push(out.len() as u32);
        (out, places)
    }

    fn best(&self, text: &[u8], places: &[u32]) -> Vec<u32> {
        let unreached = Way { score: f32::NEG_INFINITY, piece: self.vocabulary.unknown, from: 0 };
        let mut ways = vec![unreached; places.len()];
        if let Some(start) = ways.first_mut() {
            start.score = 0.0;
        }
        for from in 0..places.len().saturating_sub(1) {
            let so_far = ways.get(from).map_or(f32::NEG_INFINITY, |way| way.score);
            self.extend(text, places, from, so_far, &mut ways);
        }
        back(&ways)
    }

    /// Tries every piece that begins at character `from`.
    fn extend(&self, text: &[u8], places: &[u32], from: usize, so_far: f32, ways: &mut [Way]) {
        let begin = places.get(from).copied().unwrap_or(0);
        let rest = text.get(begin as usize..).unwrap_or_default();
        let mut better = |to: usize, piece: u32, score: f32| {
            if let Some(way) = ways.get_mut(to)
                && so_far + score > way.score
            {
                *way = Way { score: so_far + score, piece, from: from as u32 };
            }
        };
        better(from + 1, self.vocabulary.unknown, self.unknown_score);
        let mut to = from + 1;
        self.each_prefix(rest, |length, piece| {
            let end = begin + length as u32;
            while places.get(to).is_some_and(|place| *place < end) {
                to += 1;
            }
            let score = self.vocabulary.scores.get(piece as usize).copied().unwrap_or(self.unknown_score);
            if places.get(to) == Some(&end) {
                better(to, piece, score);
            }
        });
    }

    /// Every piece that `text` begins with, shortest first.
    fn each_prefix(&self, text: &[u8], mut found: impl FnMut(usize, u32)) {
        let Some(first) = text.first() else { return };
        let Some(&(begin, end)) = self.first.get(usize::from(*first)) else { return };
        let mut left = self.order.get(begin as usize..end as usize).unwrap_or_default();
        for depth in 1..=text.len().min(self.bytes_max) {
            let Some(&piece) = left.first() else { return };
            if bytes(&self.vocabulary, piece).len() == depth {
                found(depth, piece);
            }
            let next = text.get(depth);
            let at = |piece: &u32| bytes(&self.vocabulary, *piece).get(depth);
            let from = left.partition_point(|piece| at(piece) < next);
            left = left.get(from..).unwrap_or_default();
            left = left.get(..left.partition_point(|piece| at(piece) <= next)).unwrap_or_default();
        }
    }
}

/// Appends a character; a space becomes the mark, several become one.
fn put(out: &mut String, letter: char) {
    if letter != ' ' {
        out.push(letter);
    } else if !out.ends_with(SPACE) {
        out.push_str(SPACE);
    }
}

fn bytes(vocabulary: &Vocabulary, piece: u32) -> &[u8] {
    let at = |nth: usize| vocabulary.offsets.get(nth).map_or(0, |offset| *offset as usize);
    vocabulary.bytes.get(at(piece as usize)..at(piece as usize + 1)).unwrap_or_default()
}

/// The pieces of the best way, first piece first.
fn back(ways: &[Way]) -> Vec<u32> {
    let mut pieces = Vec::new();
    let mut at = ways.len().saturating_sub(1);
    while let Some(way) = ways.get(at).filter(|_| at > 0) {
        pieces.push(way.piece);
        at = way.from as usize;
    }
    pieces.reverse();
    pieces
}
