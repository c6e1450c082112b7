//! Finds the nearest texts: an exact scan over vectors of eight-bit numbers, the mean of all taken away first.
//!
//! All vectors of this model point roughly the same way. What they share says nothing about a text, so that it is taken
//! away before two are compared: closeness 0 is then "as two texts of this site usually are", 1 is the same text.

use fearless_simd::{Level, dispatch};

/// A sentence of this site weighs as much for the mean as one of the prior's.
const PRIOR_WEIGHT: f32 = 64.0;
/// The mean is taken anew when this share of entries has come since.
const RENEW_SHARE: f32 = 0.1;
const PACKED_MAX: f32 = 127.0;

/// How near two texts stand, after what all share is taken away: −1 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Closeness(pub f32);

impl Closeness {
    /// From here on a text is worth showing beside another; see the model card for how often that is right.
    pub const SUGGESTED: Self = Self(0.30);
}

/// A vector of length about one, in eight bits a number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Packed {
    /// What a whole number is worth.
    pub step: f32,
    /// The numbers.
    pub values: Vec<i8>,
}

impl Packed {
    /// Rounds `vector`; an error of at most half a [`step`](Self::step) a number.
    pub fn new(vector: &[f32]) -> Self {
        let most = vector.iter().fold(0.0_f32, |most, x| most.max(x.abs())).max(f32::MIN_POSITIVE);
        let values = vector.iter().map(|x| (x / most * PACKED_MAX).round() as i8).collect();
        Self { step: most / PACKED_MAX, values }
    }

    fn numbers(&self) -> impl Iterator<Item = f32> {
        self.values.iter().map(|value| f32::from(*value) * self.step)
    }
}

/// One that stands near.
#[derive(Debug, Clone, PartialEq)]
pub struct Near<K> {
    /// Which.
    pub key: K,
    /// How near.
    pub closeness: Closeness,
}

#[derive(Debug, Clone)]
struct Row<K> {
    key: K,
    step: f32,
    /// Length once the mean is taken away.
    length: f32,
}

/// Vectors that can be asked for the nearest. `K` names a vector; each key once.
#[derive(Debug, Clone)]
pub struct Neighbours<K> {
    width: usize,
    rows: Vec<Row<K>>,
    values: Vec<i8>,
    sum: Vec<f32>,
    mean: Vec<f32>,
    /// Rows when the mean was taken.
    renewed_at: usize,
    level: Level,
}

impl<K: Clone + PartialEq> Neighbours<K> {
    /// An empty set. `prior` is the mean of some usual texts: what is taken away while the site has few of its own.
    pub fn new(prior: &[f32]) -> Self {
        Self {
            width: prior.len(),
            rows: Vec::new(),
            values: Vec::new(),
            sum: prior.iter().map(|x| x * PRIOR_WEIGHT).collect(),
            mean: prior.to_vec(),
            renewed_at: 0,
            level: Level::new(),
        }
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }
    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a vector; `false` where it is of another width and nothing was added. The caller adds a key once.
    pub fn add(&mut self, key: K, vector: &Packed) -> bool {
        if vector.values.len() != self.width || self.width == 0 {
            return false;
        }
        self.sum.iter_mut().zip(vector.numbers()).for_each(|(sum, x)| *sum += x);
        let length = length(&vector.values, vector.step, &self.mean);
        self.rows.push(Row { key, step: vector.step, length });
        self.values.extend(&vector.values);
        if self.rows.len() as f32 >= (self.renewed_at as f32 + 8.0) * (1.0 + RENEW_SHARE) {
            self.renew();
        }
        true
    }

    /// The vector of a key, where it is there.
    pub fn vector(&self, key: &K) -> Option<Packed> {
        let nth = self.rows.iter().position(|row| row.key == *key)?;
        let step = self.rows.get(nth)?.step;
        let values = self.values.get(nth * self.width..(nth + 1) * self.width)?.to_vec();
        Some(Packed { step, values })
    }

    /// Drops those whose key is not to be kept.
    pub fn retain(&mut self, keep: impl Fn(&K) -> bool) {
        let mut kept = Vec::with_capacity(self.values.len());
        for (row, values) in self.rows.iter().zip(self.values.chunks_exact(self.width.max(1))) {
            if keep(&row.key) {
                kept.extend(values);
            } else {
                let numbers = values.iter().map(|value| f32::from(*value) * row.step);
                self.sum.iter_mut().zip(numbers).for_each(|(sum, x)| *sum -= x);
            }
        }
        self.rows.retain(|row| keep(&row.key));
        self.values = kept;
        self.renew();
    }

    /// Takes the mean anew, and every row's length without it.
    pub fn renew(&mut self) {
        let count = self.rows.len() as f32 + PRIOR_WEIGHT;
        self.mean = self.sum.iter().map(|sum| sum / count).collect();
        for (row, values) in self.rows.iter_mut().zip(self.values.chunks_exact(self.width.max(1))) {
            row.length = length(values, row.step, &self.mean);
        }
        self.renewed_at = self.rows.len();
    }

    /// The `count` nearest to `vector`, nearest first; those that came first win where two stand equally near.
    pub fn nearest(&self, vector: &Packed, count: usize) -> Vec<Near<K>> {
        let centred: Vec<f32> = vector.numbers().zip(&self.mean).map(|(x, mean)| x - mean).collect();
        let own = centred.iter().map(|x| x * x).sum::<f32>().sqrt();
        let along: f32 = centred.iter().zip(&self.mean).map(|(x, mean)| x * mean).sum();
        let asked = Packed::new(&centred);
        if centred.len() != self.width || own <= 0.0 {
            return Vec::new();
        }
        let mut found: Vec<(usize, f32)> = Vec::with_capacity(self.rows.len());
        dispatch!(self.level, _simd => scan(&asked.values, &self.values, |nth, product| {
            if let Some(row) = self.rows.get(nth) {
                let both = product as f32 * (row.step * asked.step) - along;
                found.push((nth, both / (own * row.length).max(f32::MIN_POSITIVE)));
            }
        }));
        let nearer = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if found.len() > count && count > 0 {
            found.select_nth_unstable_by(count - 1, nearer);
        }
        found.truncate(count);
        found.sort_by(nearer);
        let near = |(nth, value): (usize, f32)| {
            let key = self.rows.get(nth)?.key.clone();
            Some(Near { key, closeness: Closeness(value.clamp(-1.0, 1.0)) })
        };
        found.into_iter().filter_map(near).collect()
    }
}

/// Length of a row once the mean is taken away.
fn length(values: &[i8], step: f32, mean: &[f32]) -> f32 {
    let away = values.iter().zip(mean).map(|(value, mean)| f32::from(*value) * step - mean);
    away.map(|x| x * x).sum::<f32>().sqrt()
}

/// The product of `asked` with every row.
#[inline(always)]
fn scan(asked: &[i8], rows: &[i8], mut found: impl FnMut(usize, i32)) {
    for (nth, row) in rows.chunks_exact(asked.len()).enumerate() {
        let product = asked.iter().zip(row).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        found(nth, product);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unit(mut vector: Vec<f32>) -> Vec<f32> {
        super::super::encode::unit(&mut vector);
        vector
    }

    /// What the scan should say, in plain floating point.
    fn plain(all: &[Vec<f32>], prior: &[f32], asked: &[f32], nth: usize) -> f32 {
        let count = all.len() as f32 + PRIOR_WEIGHT;
        let mean: Vec<f32> = (0..prior.len())
            .map(|at| (all.iter().map(|v| v[at]).sum::<f32>() + prior[at] * PRIOR_WEIGHT) / count)
            .collect();
        let away = |v: &[f32]| unit(v.iter().zip(&mean).map(|(x, m)| x - m).collect());
        away(asked).iter().zip(away(&all[nth])).map(|(a, b)| a * b).sum()
    }

    proptest! {
        #[test]
        fn the_scan_says_what_plain_arithmetic_says(
            all in prop::collection::vec(prop::collection::vec(-1.0_f32..1.0, 32), 1..40),
        ) {
            let prior = vec![0.05; 32];
            let all: Vec<Vec<f32>> = all.into_iter().map(|mut v| { v[0] += 4.0; unit(v) }).collect();
            let mut set = Neighbours::new(&prior);
            for (key, vector) in all.iter().enumerate() {
                prop_assert!(set.add(key, &Packed::new(vector)));
            }
            set.renew();
            let near = set.nearest(&Packed::new(&all[0]), all.len());
            prop_assert_eq!(near.len(), all.len());
            prop_assert!(near.is_sorted_by(|a, b| a.closeness >= b.closeness));
            for one in &near {
                let exact = plain(&all, &prior, &all[0], one.key);
                prop_assert!((one.closeness.0 - exact).abs() < 0.03, "{} {}", one.closeness.0, exact);
            }
        }
    }

    #[test]
    fn the_same_text_is_nearest_and_one_that_went_is_not_found() {
        let vectors: Vec<Vec<f32>> = (0..9_u16)
            .map(|a| {
                unit((0..32_u16).map(|b| f32::from((a * a * 37 + b * 11 + a * b) % 23) - 11.0).collect())
            })
            .collect();
        let mut set = Neighbours::new(&[0.0; 32]);
        for (key, vector) in vectors.iter().enumerate() {
            set.add(key, &Packed::new(vector));
        }
        let first = |set: &Neighbours<usize>| set.nearest(&Packed::new(&vectors[4]), 1).pop().expect("one");
        assert_eq!(first(&set).key, 4);
        assert!(first(&set).closeness.0 > 0.99);
        assert_eq!(set.vector(&4), Some(Packed::new(&vectors[4])));
        set.retain(|key| *key != 4);
        assert_ne!(first(&set).key, 4);
        assert_eq!(set.len(), 8);
    }

    #[test]
    fn another_width_is_refused() {
        let mut set = Neighbours::new(&[0.0; 32]);
        assert!(!set.add(1, &Packed::new(&[1.0; 16])));
        assert!(set.nearest(&Packed::new(&[1.0; 16]), 3).is_empty());
        assert!(set.nearest(&Packed::default(), 3).is_empty());
    }
}
