//! Lets each token of a text look at all others of the same text (scaled dot-product attention, Vaswani et al., 2017).

use super::file::HEAD;
use super::smooth;
use std::ops::Range;

/// Tokens are looked at in groups of this many.
const GROUP: usize = 16;

/// Room that one text needs while it is looked at.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// Keys of one head, one row an entry of the head: token after token.
    keys: Vec<f32>,
    scores: Vec<f32>,
}

impl Room {
    /// For the tokens in `span`: reads questions, keys and values side by side in `looked`, writes what each token
    /// gathered to `out`. `width` is that of the model.
    #[inline(always)]
    pub fn gather(&mut self, looked: &[f32], span: Range<usize>, width: usize, out: &mut [f32]) {
        let Some(rows) = looked.get(span.start * 3 * width..span.end * 3 * width) else { return };
        let Some(out) = out.get_mut(span.start * width..span.end * width) else { return };
        let tokens = span.len();
        for head in (0..width).step_by(HEAD) {
            self.turn(rows, tokens, width, head);
            for (row, out) in rows.chunks_exact(3 * width).zip(out.chunks_exact_mut(width)) {
                let (Some(question), Some(out)) =
                    (row.get(head..head + HEAD), out.get_mut(head..head + HEAD))
                else {
                    continue;
                };
                self.score(question, tokens);
                let values =
                    rows.chunks_exact(3 * width).filter_map(|row| row.get(2 * width + head..)?.first_chunk());
                let mut sum = [0.0; HEAD];
                for (share, value) in self.scores.iter().zip(values) {
                    add(&mut sum, *share, value);
                }
                out.copy_from_slice(&sum);
            }
        }
    }

    /// Lays the keys of a head so that one entry of all tokens lies together.
    #[inline(always)]
    fn turn(&mut self, rows: &[f32], tokens: usize, width: usize, head: usize) {
        let padded = tokens.next_multiple_of(GROUP);
        self.keys.clear();
        self.keys.resize(padded * HEAD, 0.0);
        for (token, row) in rows.chunks_exact(3 * width).enumerate() {
            let key = row.get(width + head..width + head + HEAD).unwrap_or_default();
            for (keys, entry) in self.keys.chunks_exact_mut(padded).zip(key) {
                if let Some(place) = keys.get_mut(token) {
                    *place = *entry;
                }
            }
        }
    }

    #[inline(always)]
    fn score(&mut self, question: &[f32], tokens: usize) {
        let padded = tokens.next_multiple_of(GROUP);
        self.scores.clear();
        self.scores.resize(padded, 0.0);
        let scale = 1.0 / (HEAD as f32).sqrt();
        for (entry, keys) in question.iter().zip(self.keys.chunks_exact(padded)) {
            let entry = entry * scale;
            for (score, key) in self.scores.iter_mut().zip(keys) {
                *score += entry * key;
            }
        }
        self.scores.truncate(tokens);
        smooth::shares(&mut self.scores);
    }
}

#[inline(always)]
fn add(sum: &mut [f32; HEAD], share: f32, value: &[f32; HEAD]) {
    for (sum, value) in sum.iter_mut().zip(value) {
        *sum += share * value;
    }
}
