//! Holds the encoder to a slow one in double precision, written a second time, on a file made here.

use super::file::{BLOCK, BLOCK_BYTES, File, HEAD};
use super::pieces::Pieces;
use super::tiny::{self, PIECES, WIDTH};
use super::weights::{half, unpack};
use super::*;
use proptest::prelude::*;

fn model() -> Meaning {
    Meaning::read(tiny::file(), &Limits::default()).expect("the tiny model")
}

fn cut(text: &str) -> Vec<&'static str> {
    let file = File::read(tiny::file(), &Limits::default()).expect("a file");
    let pieces = Pieces::new(file.vocabulary).expect("a vocabulary");
    pieces.cut(text, 1000).into_iter().map(|piece| PIECES[piece as usize].0).collect()
}

/// The encoder as the papers write it: one text, plain loops, double precision.
struct Slow(File);

impl Slow {
    fn packed(&self, name: &str, count: usize) -> Vec<f64> {
        let span = self.0.packed(name, count).expect("a table");
        let mut out = vec![0.0; count];
        unpack(self.0.bytes(span), &mut out);
        out.into_iter().map(f64::from).collect()
    }
    fn plain(&self, name: &str, count: usize) -> Vec<f64> {
        self.0.numbers(name, count).expect("a table").into_iter().map(f64::from).collect()
    }
    fn linear(&self, rows: &[Vec<f64>], name: &str, outputs: usize) -> Vec<Vec<f64>> {
        let inputs = rows[0].len();
        let (weights, bias) =
            (self.packed(&format!("{name}.w"), inputs * outputs), self.plain(&format!("{name}.b"), outputs));
        let one = |row: &Vec<f64>, n: usize| {
            bias[n] + row.iter().zip(&weights[n * inputs..]).map(|(x, w)| x * w).sum::<f64>()
        };
        rows.iter().map(|row| (0..outputs).map(|n| one(row, n)).collect()).collect()
    }
    fn norm(&self, rows: &mut [Vec<f64>], name: &str) {
        let (weight, bias) =
            (self.plain(&format!("{name}.w"), WIDTH), self.plain(&format!("{name}.b"), WIDTH));
        for row in rows {
            let mean = row.iter().sum::<f64>() / WIDTH as f64;
            let spread = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / WIDTH as f64;
            for (at, x) in row.iter_mut().enumerate() {
                *x = (*x - mean) / (spread + f64::from(self.0.sizes.epsilon)).sqrt() * weight[at] + bias[at];
            }
        }
    }
    fn attend(looked: [&[Vec<f64>]; 3]) -> Vec<Vec<f64>> {
        let [questions, keys, values] = looked;
        let mut out = vec![vec![0.0; WIDTH]; questions.len()];
        for head in (0..WIDTH).step_by(HEAD) {
            for (question, out) in questions.iter().zip(&mut out) {
                let score = |key: &Vec<f64>| {
                    (head..head + HEAD).map(|at| question[at] * key[at]).sum::<f64>() / (HEAD as f64).sqrt()
                };
                let shares: Vec<f64> = keys.iter().map(|key| score(key).exp()).collect();
                let all: f64 = shares.iter().sum();
                for at in head..head + HEAD {
                    out[at] = shares.iter().zip(values).map(|(s, v)| s * v[at]).sum::<f64>() / all;
                }
            }
        }
        out
    }
    fn window(&self, tokens: &[u32]) -> Vec<f64> {
        let sizes = self.0.sizes;
        let words = self.packed("emb.word", sizes.words * WIDTH);
        let positions = self.plain("emb.pos", sizes.positions * WIDTH);
        let kind = self.plain("emb.type", WIDTH);
        let start = |(nth, token): (usize, &u32)| {
            (0..WIDTH)
                .map(|at| words[*token as usize * WIDTH + at] + positions[nth * WIDTH + at] + kind[at])
                .collect()
        };
        let mut rows: Vec<Vec<f64>> = tokens.iter().enumerate().map(start).collect();
        self.norm(&mut rows, "emb.ln");
        for nth in 0..sizes.layers {
            let name = |part: &str| format!("l{nth}.{part}");
            let [q, k, v] = ["q", "k", "v"].map(|part| self.linear(&rows, &name(part), WIDTH));
            let joined = self.linear(&Self::attend([&q, &k, &v]), &name("ao"), WIDTH);
            add(&mut rows, &joined);
            self.norm(&mut rows, &name("aln"));
            let mut wide = self.linear(&rows, &name("fi"), sizes.inner);
            wide.iter_mut().flatten().for_each(|x| *x = gelu(*x));
            let narrow = self.linear(&wide, &name("fo"), WIDTH);
            add(&mut rows, &narrow);
            self.norm(&mut rows, &name("oln"));
        }
        (0..WIDTH).map(|at| rows.iter().map(|row| row[at]).sum::<f64>() / rows.len() as f64).collect()
    }
    fn vector(&self, pieces: &[u32]) -> Vec<f64> {
        let mut sum = vec![0.0; WIDTH];
        for window in pieces.chunks(self.0.sizes.positions - 2) {
            let tokens = [&[0], window, &[2]].concat();
            let one = self.window(&tokens);
            sum.iter_mut().zip(one).for_each(|(sum, x)| *sum += x * window.len() as f64);
        }
        let length = sum.iter().map(|x| x * x).sum::<f64>().sqrt();
        sum.iter().map(|x| x / length).collect()
    }
}

fn add(rows: &mut [Vec<f64>], more: &[Vec<f64>]) {
    rows.iter_mut().flatten().zip(more.iter().flatten()).for_each(|(x, more)| *x += more);
}

/// `x · Φ(x)`, Φ by adding up its own derivative (Simpson's rule).
fn gelu(x: f64) -> f64 {
    const STEPS: usize = 400;
    let density = |t: f64| (-t * t / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let step = x / STEPS as f64;
    let weigh = |nth: usize| match nth {
        0 | STEPS => 1.0,
        _ if nth % 2 == 1 => 4.0,
        _ => 2.0,
    };
    let area: f64 = (0..=STEPS).map(|nth| weigh(nth) * density(nth as f64 * step)).sum::<f64>() * step / 3.0;
    x * (0.5 + area)
}

#[test]
fn vectors_are_those_of_the_slow_encoder() {
    let slow = Slow(File::read(tiny::file(), &Limits::default()).expect("a file"));
    let pieces = Pieces::new(slow.0.vocabulary.clone()).expect("a vocabulary");
    // The last two are longer than a window of ten pieces.
    for text in
        ["the bridge", "", "the bridge is closed", "é é é", &"the bridges ".repeat(9), &"closed ".repeat(40)]
    {
        let ours = model().vector(text, Prefix::Query);
        let theirs = slow.vector(&pieces.cut(&format!("query: {text}"), 1000));
        let cosine: f64 = ours.iter().zip(&theirs).map(|(a, b)| f64::from(*a) * b).sum();
        let furthest = ours.iter().zip(&theirs).map(|(a, b)| (f64::from(*a) - b).abs()).fold(0.0, f64::max);
        assert!(cosine > 0.999_99 && furthest < 2e-3, "{text}: {cosine} {furthest}");
    }
}

#[test]
fn a_text_has_the_same_vector_alone_and_among_others() {
    let texts: Vec<String> = (0..60).map(|n| "the bridge is closed ".repeat(n % 7)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let together = model().vectors(&texts, Prefix::Query);
    for (text, vector) in texts.iter().zip(together) {
        assert_eq!(model().vector(text, Prefix::Query), vector);
        let length: f32 = vector.iter().map(|x| x * x).sum();
        assert!((length - 1.0).abs() < 1e-5);
    }
}

#[test]
fn texts_are_cut_into_the_likeliest_pieces() {
    assert_eq!(cut("query: the bridge"), ["▁que", "ry", ":", "▁the", "▁bridge"]);
    assert_eq!(cut("bridges"), ["▁bridge", "s"]);
    assert_eq!(cut(" the\n\n the  "), ["▁the", "▁the"]);
    assert_eq!(cut("\u{0}the"), ["▁the"]);
    // A ligature becomes its letters; what nobody knows is "unknown", one a character.
    assert_eq!(cut("\u{fb06}e"), ["▁", "s", "t", "e"]);
    assert_eq!(cut("é犬犬"), ["▁", "é", "<unk>", "<unk>"]);
}

#[test]
fn what_somebody_writes_never_becomes_a_sign_of_the_model() {
    for sign in ["<s>", "</s>", "<pad>", "<mask>"] {
        assert!(!cut(&format!("the {sign} bridge")).contains(&sign), "{sign}");
    }
}

#[test]
fn f37_a_megabyte_without_a_space_is_read_in_part() {
    let text = "é".repeat(1 << 19);
    // One more than letters: the mark that every text begins with.
    assert!(model().tokens(&text) <= (1 << 15) + 1);
    assert_eq!(model().vector(&text, Prefix::Query).len(), WIDTH);
}

#[test]
fn half_floats_are_exact() {
    // Values from the standard's own tables: 1, −2, the largest, the smallest normal and subnormal ones.
    for (bits, value) in [
        (0x3c00, 1.0),
        (0xc000, -2.0),
        (0x7bff, 65504.0),
        (0x0400, 6.103_515_6e-5),
        (0x0001, 5.960_464_5e-8),
        (0, 0.0),
    ] {
        assert_eq!(half(bits).to_bits(), f32::to_bits(value), "{bits:#x}");
    }
}

#[test]
fn a_file_that_ends_early_is_named_with_its_byte() {
    let file = tiny::file();
    for end in (0..file.len()).step_by(97) {
        let fault = Meaning::read(file[..end].to_vec(), &Limits::default()).expect_err("too short");
        match fault {
            ModelFault::Truncated { at, needed } => assert!(at + needed > end, "{at} {needed} {end}"),
            ModelFault::Magic => assert!(end < 4),
            other => panic!("{end}: {other}"),
        }
    }
}

#[test]
fn what_is_too_much_or_of_another_kind_is_refused() {
    let refused = |file: Vec<u8>, limits: Limits| Meaning::read(file, &limits).expect_err("refused");
    let limits = Limits::default();
    assert_eq!(refused(b"E5S2 and so on".to_vec(), limits), ModelFault::Magic);
    let mut newer = tiny::file();
    newer[4] = 2;
    assert_eq!(refused(newer, limits), ModelFault::Version { at: 4, found: 2 });
    let found = tiny::file().len();
    let small = Limits { file_bytes_max: 1000, ..limits };
    assert_eq!(refused(tiny::file(), small), ModelFault::TooMuch { at: 0, found, limit: 1000 });
    let few = Limits { layers_max: 1, ..limits };
    assert_eq!(refused(tiny::file(), few), ModelFault::TooMuch { at: 12, found: 2, limit: 1 });
}

#[test]
fn a_weight_that_is_no_number_is_named_with_its_byte() {
    let file = File::read(tiny::file(), &Limits::default()).expect("a file");
    let span = file.packed("l1.fo.w", 96 * WIDTH).expect("a table");
    let at = span.start + 5 * BLOCK_BYTES;
    let mut bytes = tiny::file();
    bytes[at + 1] |= 0x7c;
    let fault = Meaning::read(bytes, &Limits::default()).expect_err("no number");
    assert_eq!(fault, ModelFault::Range { at });
    assert_eq!(BLOCK, 32);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn no_changed_file_and_no_text_makes_it_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        early in any::<bool>(),
        text in "\\PC{0,40}",
    ) {
        let mut file = tiny::file();
        // Half of the time in the header and the directory, where numbers decide about sizes.
        let end = if early { 1600 } else { file.len() };
        for (at, value) in changes {
            file[at.index(end)] = value;
        }
        let limits = Limits { pieces_max: 4096, width_max: 512, positions_max: 512, ..Limits::default() };
        if let Ok(model) = Meaning::read(file, &limits) {
            prop_assert_eq!(model.vector(&text, Prefix::Query).len(), model.width());
        }
    }
}
