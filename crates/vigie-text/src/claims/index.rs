//! The claims and the lists under which they are found.
//!
//! BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) over two fields: words and runs of four
//! characters. What a term adds to a claim's score is reckoned when the list is built, so that a question walks the lists
//! of its terms and adds. A term that stands in every other claim says nothing and is left out.

use super::analyse::{Terms, terms};
use crate::hash::Table;

/// How the two fields are weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tuning {
    /// How soon repeats of a term stop counting.
    pub k1: f32,
    /// How much long claims are held back, 0 to 1: words.
    pub b_words: f32,
    /// The same for runs of four characters.
    pub b_grams: f32,
    /// Weight of the runs of four characters against that of the words.
    pub grams: f32,
}

impl Default for Tuning {
    /// Tuned on the training half of CheckThat! 2020, see `docs/benchmarks-text.md`.
    fn default() -> Self {
        Self { k1: 1.6, b_words: 0.75, b_grams: 0.3, grams: 0.4 }
    }
}

/// A claim found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// Position of the claim in the order of adding.
    pub claim: u32,
    /// Its score: comparable within one question only.
    pub score: f32,
    /// The score over that which the claim would have for its own text: 1 for the claim itself.
    pub share: f32,
}

#[derive(Debug, Default, Clone)]
struct Field {
    lists: Table<u64, Vec<(u32, f32)>>,
    lengths: Vec<u32>,
}

/// Claims that can be asked for.
#[derive(Debug, Default, Clone)]
pub struct Claims {
    tuning: Tuning,
    words: Field,
    grams: Field,
    /// Score of each claim for its own text.
    own: Vec<f32>,
    built: bool,
}

impl Claims {
    /// No claims yet.
    pub fn new(tuning: Tuning) -> Self {
        Self { tuning, ..Self::default() }
    }

    /// How many claims there are.
    pub fn len(&self) -> usize {
        self.words.lengths.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a claim with its title and other parts; its position is the answer.
    pub fn add(&mut self, parts: &[&str], lang: Option<&str>) -> u32 {
        let claim = self.len() as u32;
        let found = terms(&parts.join(" "), lang);
        self.words.add(claim, &found.words);
        self.grams.add(claim, &found.grams);
        self.built = false;
        claim
    }

    /// Reckons what each term adds; to be called once all claims are in.
    pub fn build(&mut self) {
        if self.built {
            return;
        }
        self.own = vec![0.0; self.len()];
        self.words.build(self.tuning.k1, self.tuning.b_words, 1.0, &mut self.own);
        self.grams.build(self.tuning.k1, self.tuning.b_grams, self.tuning.grams, &mut self.own);
        self.built = true;
    }

    /// The `top` claims that share most with `text`, best first; equal scores in the order of adding.
    pub fn ask(&self, text: &str, lang: Option<&str>, top: usize) -> Vec<Match> {
        self.ask_terms(&terms(text, lang), top)
    }

    fn ask_terms(&self, question: &Terms, top: usize) -> Vec<Match> {
        let mut scores = vec![0.0_f32; self.len()];
        self.words.ask(&question.words, &mut scores);
        self.grams.ask(&question.grams, &mut scores);
        let mut found: Vec<u32> = (0..scores.len() as u32).filter(|n| scores[*n as usize] > 0.0).collect();
        let better = |x: &u32, y: &u32| scores[*y as usize].total_cmp(&scores[*x as usize]).then(x.cmp(y));
        if top > 0 && found.len() > top {
            found.select_nth_unstable_by(top - 1, better);
        }
        found.truncate(top);
        found.sort_unstable_by(better);
        let one = |claim: u32| {
            let score = scores[claim as usize];
            let share = score / self.own[claim as usize].max(f32::MIN_POSITIVE);
            Match { claim, score, share }
        };
        found.into_iter().map(one).collect()
    }
}

impl Field {
    fn add(&mut self, claim: u32, terms: &[u64]) {
        self.lengths.push(terms.len() as u32);
        let mut sorted = terms.to_vec();
        sorted.sort_unstable();
        for run in sorted.chunk_by(|x, y| x == y) {
            self.lists.entry(run[0]).or_default().push((claim, run.len() as f32));
        }
    }

    /// Turns counts into what they add. Counts are kept no longer: a field is built once.
    fn build(&mut self, k1: f32, b: f32, weight: f32, own: &mut [f32]) {
        let claims = self.lengths.len() as f32;
        let mean = self.lengths.iter().sum::<u32>() as f32 / claims.max(1.0);
        for list in self.lists.values_mut() {
            let there = list.len() as f32;
            let rarity = (1.0 + (claims - there + 0.5) / (there + 0.5)).ln();
            for (claim, count) in list.iter_mut() {
                let length = self.lengths[*claim as usize] as f32 / mean.max(1.0);
                *count = weight * rarity * *count * (k1 + 1.0) / (*count + k1 * (1.0 - b + b * length));
                own[*claim as usize] += *count;
            }
        }
        self.lists.retain(|_, list| claims < 200.0 || (list.len() as f32) < claims * 0.5);
    }

    fn ask(&self, terms: &[u64], scores: &mut [f32]) {
        let mut terms = terms.to_vec();
        terms.sort_unstable();
        terms.dedup();
        for list in terms.iter().filter_map(|term| self.lists.get(term)) {
            for (claim, adds) in list {
                scores[*claim as usize] += adds;
            }
        }
    }
}
