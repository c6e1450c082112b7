//! What separates confirmed examples of a class from the others of their language: a weight for each word, pair of
//! words and run of letters (logistic regression), learned anew whenever the examples change.
//!
//! Both sides weigh alike however many examples each has. Every step follows from the order of the examples, so
//! that the same examples give the same weights.

use super::examples::Features;
use std::collections::HashMap;

/// Times that each example is shown.
const ROUNDS: usize = 14;
/// First step; it shrinks evenly to a tenth.
const STEP: f32 = 4.0;
/// How strongly weights are drawn back to nothing.
const DECAY: f32 = 2e-5;

/// The weights of one class in one language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weights {
    by_feature: HashMap<u32, f32>,
    bias: f32,
}

impl Weights {
    /// Learns from texts that bear the class and texts that do not.
    pub fn learn(texts: &[(&Features, bool)]) -> Self {
        let mut weights = Self::default();
        let bearing = texts.iter().filter(|(_, bears)| *bears).count() as f32;
        let all = texts.len() as f32;
        if bearing < 1.0 || bearing >= all {
            return weights;
        }
        let importance = |bears: bool| all / 2.0 / if bears { bearing } else { all - bearing };
        let steps = (ROUNDS * texts.len()) as f32;
        let mut done = 0.0;
        for round in 0..ROUNDS {
            for n in 0..texts.len() {
                // A stride that shares no factor with the count visits each once, in another order each round.
                let Some((features, bears)) = texts.get(visited(n, round, texts.len())) else { continue };
                done += 1.0;
                let step = STEP * (1.0 - 0.9 * done / steps) * importance(*bears);
                weights.step(features, *bears, step);
            }
        }
        weights
    }

    fn step(&mut self, features: &Features, bears: bool, step: f32) {
        let slope = self.probability(features) as f32 - if bears { 1.0 } else { 0.0 };
        let unit = step / features.length().max(f32::EPSILON);
        self.bias -= 0.05 * step * slope;
        for (feature, value) in features.iter() {
            let weight = self.by_feature.entry(feature).or_default();
            *weight -= unit * value * slope + DECAY * step * *weight;
        }
    }

    /// How likely a text bears the class, 0 to 1.
    pub fn probability(&self, features: &Features) -> f64 {
        let weight = |feature: u32| self.by_feature.get(&feature).copied().unwrap_or(0.0);
        let sum: f32 = features.iter().map(|(feature, value)| weight(feature) * value).sum();
        let value = self.bias + sum / features.length().max(f32::EPSILON);
        1.0 / (1.0 + f64::from(-value).exp())
    }

    /// The weight of one word.
    pub fn of_word(&self, word: &str) -> f32 {
        self.by_feature.get(&Features::word(word)).copied().unwrap_or(0.0)
    }
}

/// The n-th of `all` in a round.
fn visited(n: usize, round: usize, all: usize) -> usize {
    const PRIMES: [usize; 4] = [7_919, 104_729, 15_485_863, 32_452_843];
    let stride = PRIMES.into_iter().find(|prime| !all.is_multiple_of(*prime)).unwrap_or(1);
    (n * stride + round * 31) % all
}
