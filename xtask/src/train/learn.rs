//! Learns the language model: straight lines by gradient descent, then whole numbers.
//!
//! Each step shows the learner a window of words of one class, as the reading engine would see it: folded, its
//! marked letters left out now and then (many people type without), now and then with a stranger's word in it. All
//! choices follow from the seed, and the sums are made in one thread in one order, so that the same packages and
//! the same seed give the same file.

use super::corpus::{Corpus, Texts};
use unicode_script::UnicodeScript;
use vigie_text::language_model::{
    Column, LATIN_COLUMNS, LanguageModel, OTHER_COLUMNS, Table, Writing, features, row,
};
use vigie_text::normalise;

const LATIN_ROWS: usize = 1 << 16;
const OTHER_ROWS: usize = 1 << 14;
/// Windows of each class in one round, and rounds.
const WINDOWS: usize = 5_000;
const ROUNDS: usize = 10;
/// First step; it shrinks evenly to a fiftieth.
const STEP: f32 = 1.5;
/// How strongly weights are drawn back to nothing, a step.
const DECAY: f32 = 2e-6;
/// Features hidden from the learner, in a hundred.
const HIDDEN: usize = 35;
/// Confidence is judged on windows never learned from: one segment in this many.
const HELD_OUT: usize = 20;

/// A small generator (SplitMix64): the same numbers in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let a = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let b = (a ^ a >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        b ^ b >> 31
    }
    /// 0 to `below` − 1.
    pub fn roll(&mut self, below: usize) -> usize {
        (self.next() % below.max(1) as u64) as usize
    }
    fn one_in(&mut self, n: usize) -> bool {
        self.roll(n) == 0
    }
}

/// A window as the learner sees it.
struct Example {
    column: usize,
    writing: Writing,
    rows: Vec<u32>,
}

/// Learns both tables.
pub fn language(corpus: &Corpus, seed: u64) -> LanguageModel {
    let latin = learn::<LATIN_COLUMNS>(corpus, seed, LATIN_ROWS, &[Writing::Latin]);
    let others = [Writing::Cyrillic, Writing::Arabic, Writing::Ethiopic, Writing::Han];
    let other = learn::<OTHER_COLUMNS>(corpus, seed ^ 0x5EED, OTHER_ROWS, &others);
    LanguageModel::new(latin, other)
}

/// Windows of a class in one round: Tigrinya has many times the text of Amharic, Pidgin is a rare guest among
/// English texts, strangers are many: none must be taken for the usual case.
fn windows(column: &Column) -> usize {
    match column.tag.as_str() {
        "" | "ti" => WINDOWS / 2,
        "pcm" => WINDOWS / 4,
        _ => WINDOWS,
    }
}

struct Class<'a> {
    column: usize,
    writing: Writing,
    texts: &'a Texts,
}

/// The classes that have text in one of these writings, and their columns.
fn classes<'a>(corpus: &'a Corpus, writings: &[Writing]) -> (Vec<Class<'a>>, Vec<Column>) {
    let (mut classes, mut columns): (Vec<Class<'a>>, Vec<Column>) = (Vec::new(), Vec::new());
    for &writing in writings {
        for (name, texts) in &corpus.classes {
            let sample = texts.tico.iter().chain(&texts.udhr);
            let of_writing = sample.filter(|text| main_writing(text) == Some(writing)).count();
            let share = of_writing * 10 > texts.tico.len() + texts.udhr.len();
            let named = !name.starts_with('+');
            if (named && !share) || of_writing < 20 {
                continue;
            }
            // Outside Latin the strangers of one writing share a column.
            let tag = if named { name.clone() } else { String::new() };
            let shared = columns.iter().position(|c| {
                writing != Writing::Latin && c.writing == writing && c.tag.is_empty() && tag.is_empty()
            });
            let column = shared.unwrap_or(columns.len());
            if shared.is_none() {
                columns.push(Column { writing, tag, bias: 0.0 });
            }
            classes.push(Class { column, writing, texts });
        }
    }
    (classes, columns)
}

fn main_writing(text: &str) -> Option<Writing> {
    let found = features(&normalise(text), false);
    Writing::ALL
        .into_iter()
        .max_by_key(|w| found.iter().filter(|(of, _)| of == w).count())
        .filter(|_| !found.is_empty())
}

fn learn<const C: usize>(corpus: &Corpus, seed: u64, rows: usize, writings: &[Writing]) -> Table<C> {
    let (classes, mut columns) = classes(corpus, writings);
    assert!(columns.len() <= C, "more classes than columns: {}", columns.len());
    let mut weights = vec![[0_f32; C]; rows];
    let mut bias = [0_f32; C];
    let mut dice = Dice(seed);
    let strangers: Vec<&Texts> = corpus.classes.values().collect();
    let steps = (ROUNDS * WINDOWS * classes.len()) as f32;
    let mut done = 0_f32;
    for round in 0..ROUNDS {
        let mut order: Vec<usize> = (0..classes.len())
            .flat_map(|c| std::iter::repeat_n(c, windows(&columns[classes[c].column])))
            .collect();
        for at in (1..order.len()).rev() {
            order.swap(at, dice.roll(at + 1));
        }
        let mut of_round = 0_f64;
        for c in order {
            done += 1.0;
            let Some(example) = example(&classes[c], &strangers, &mut dice, rows, false) else { continue };
            let step = STEP * (1.0 - 0.98 * done / steps);
            of_round += f64::from(descend(&mut weights, &mut bias, &columns, &example, step));
        }
        eprintln!("round {} of {ROUNDS}: loss {:.4}", round + 1, of_round / (WINDOWS * classes.len()) as f64);
    }
    let heat = heat(&classes, &columns, &weights, &bias, &strangers, &mut dice);
    eprintln!("temperature {heat:.2}");
    for (column, bias) in columns.iter_mut().zip(bias) {
        column.bias = bias / heat;
    }
    quantise(columns, &weights, heat)
}

/// A window of words of a class; `held_out` windows come from segments that are never learned from.
fn example(
    class: &Class<'_>,
    strangers: &[&Texts],
    dice: &mut Dice,
    rows: usize,
    held_out: bool,
) -> Option<Example> {
    let text = window(class.texts, class.writing, dice, held_out)?;
    let text = if dice.one_in(4) { with_stranger(&text, strangers, dice) } else { text };
    let marks = !dice.one_in(3);
    let found = features(&normalise(&text), marks);
    let rows = found.into_iter().filter(|(w, _)| *w == class.writing).map(|(_, hash)| row(hash, rows) as u32);
    // A third of the features is hidden: a model that leans on few words fails where the subject changes.
    let rows: Vec<u32> =
        if held_out { rows.collect() } else { rows.filter(|_| dice.roll(100) >= HIDDEN).collect() };
    (rows.len() > 8).then_some(Example { column: class.column, writing: class.writing, rows })
}

fn window(texts: &Texts, writing: Writing, dice: &mut Dice, held_out: bool) -> Option<String> {
    let list = source(texts, writing, dice);
    // Few tries: a class may hold texts of several writings.
    for _ in 0..40 {
        let at = dice.roll(list.len());
        let kept = at.is_multiple_of(HELD_OUT);
        if kept != held_out && list.len() > 10 * HELD_OUT {
            continue;
        }
        let text = cut(&list[at], writing, dice);
        if main_writing_is(&text, writing) {
            return Some(text);
        }
    }
    None
}

/// A source of the class: half TICO-19 where there is any, else the declaration; our own phrases now and then.
fn source<'a>(texts: &'a Texts, writing: Writing, dice: &mut Dice) -> &'a [String] {
    if !texts.seed.is_empty() && dice.one_in(if writing == Writing::Ethiopic { 2 } else { 4 }) {
        return &texts.seed;
    }
    // Amharic has no TICO-19 here: beside a Tigrinya that has, every word of today would speak for Tigrinya.
    let even = writing == Writing::Ethiopic;
    if texts.udhr.is_empty() || (!texts.tico.is_empty() && !even && !dice.one_in(3)) {
        &texts.tico
    } else {
        &texts.udhr
    }
}

fn main_writing_is(text: &str, writing: Writing) -> bool {
    let of = |c: char| c.is_alphabetic().then(|| Writing::of(c.script())).flatten();
    let (mut same, mut other) = (0, 0);
    for found in text.chars().filter_map(of) {
        if found == writing { same += 1 } else { other += 1 }
    }
    same > other && same > 2
}

/// Two to fourteen words, six more often than not; of Chinese as many characters twice over.
fn cut(text: &str, writing: Writing, dice: &mut Dice) -> String {
    let words = if dice.one_in(3) { 2 + dice.roll(13) } else { 4 + dice.roll(4) };
    if writing == Writing::Han {
        let chars: Vec<char> = text.chars().collect();
        let start = dice.roll(chars.len().saturating_sub(words * 2) + 1);
        return chars.iter().skip(start).take(words * 2).collect();
    }
    let all: Vec<&str> = text.split_whitespace().collect();
    let start = dice.roll(all.len().saturating_sub(words) + 1);
    let end = (start + words).min(all.len());
    all[start..end].join(" ")
}

fn with_stranger(text: &str, strangers: &[&Texts], dice: &mut Dice) -> String {
    let texts = strangers[dice.roll(strangers.len())];
    let list = if texts.udhr.is_empty() { &texts.tico } else { &texts.udhr };
    let words: Vec<&str> = list[dice.roll(list.len())].split_whitespace().collect();
    if words.is_empty() {
        return text.to_owned();
    }
    let word = words[dice.roll(words.len())];
    format!("{text} {word}")
}

/// Chances of the columns of one writing; the others stay at 0.
fn chances<const C: usize>(
    columns: &[Column],
    weights: &[[f32; C]],
    bias: &[f32; C],
    example: &Example,
    heat: f32,
) -> [f32; C] {
    let unit = 1.0 / (example.rows.len() as f32).sqrt();
    let mut sums = [0_f32; C];
    for row in &example.rows {
        for (sum, weight) in sums.iter_mut().zip(&weights[*row as usize]) {
            *sum += weight;
        }
    }
    let mut out = [0_f32; C];
    let mut most = f32::NEG_INFINITY;
    for (n, _) in columns.iter().enumerate().filter(|(_, c)| c.writing == example.writing) {
        out[n] = (bias[n] + sums[n] * unit) / heat;
        most = most.max(out[n]);
    }
    let mut total = 0.0;
    for (n, _) in columns.iter().enumerate().filter(|(_, c)| c.writing == example.writing) {
        out[n] = (out[n] - most).exp();
        total += out[n];
    }
    out.map(|chance| chance / total)
}

/// One step towards the right answer; its loss before the step.
fn descend<const C: usize>(
    weights: &mut [[f32; C]],
    bias: &mut [f32; C],
    columns: &[Column],
    example: &Example,
    step: f32,
) -> f32 {
    let mut chances = chances(columns, weights, bias, example, 1.0);
    let loss = -chances[example.column].max(1e-9).ln();
    chances[example.column] -= 1.0;
    let unit = step / (example.rows.len() as f32).sqrt();
    for (b, slope) in bias.iter_mut().zip(&chances) {
        *b -= 0.02 * step * slope;
    }
    for row in &example.rows {
        for (weight, slope) in weights[*row as usize].iter_mut().zip(&chances) {
            *weight -= unit * slope + DECAY * step * *weight;
        }
    }
    loss
}

/// The temperature that makes chances honest on windows never learned from.
fn heat<const C: usize>(
    classes: &[Class<'_>],
    columns: &[Column],
    weights: &[[f32; C]],
    bias: &[f32; C],
    strangers: &[&Texts],
    dice: &mut Dice,
) -> f32 {
    let mut examples = Vec::new();
    for class in classes.iter().filter(|c| c.texts.tico.len() > 10 * HELD_OUT) {
        examples.extend((0..300).filter_map(|_| example(class, strangers, dice, weights.len(), true)));
    }
    let loss = |heat: f32| -> f64 {
        let of = |e: &Example| f64::from(-chances(columns, weights, bias, e, heat)[e.column].max(1e-9).ln());
        examples.iter().map(of).sum()
    };
    let tried = (4..40).map(|n| n as f32 / 10.0);
    tried.min_by(|a, b| loss(*a).total_cmp(&loss(*b))).unwrap_or(1.0)
}

fn quantise<const C: usize>(columns: Vec<Column>, weights: &[[f32; C]], heat: f32) -> Table<C> {
    let mut sizes: Vec<f32> = weights.iter().flatten().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    // The largest few are clipped: a whole number is worth more to all the others.
    let most = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 20_000)).copied().unwrap_or(1.0);
    let scale = most / 127.0;
    let cell = |w: &f32| (w / scale).round().clamp(-127.0, 127.0) as i8;
    let rows = weights.iter().map(|row| row.each_ref().map(cell)).collect();
    Table { columns, scale: scale / heat, rows }
}
