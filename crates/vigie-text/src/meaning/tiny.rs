//! Makes a small model file of the real format, so that tests need nobody else's.

use super::file::{BLOCK, BLOCK_BYTES, HEAD};

/// Sizes of the tiny model.
pub const WIDTH: usize = 2 * HEAD;
const INNER: usize = 96;
const LAYERS: usize = 2;
const POSITIONS: usize = 12;
/// Its pieces with their scores; the first four and the last are signs of the model itself.
pub const PIECES: &[(&str, f32)] = &[
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("\u{2581}", -2.0),
    ("\u{2581}que", -3.0),
    ("ry", -3.0),
    (":", -1.0),
    ("\u{2581}the", -2.5),
    ("\u{2581}bridge", -5.0),
    ("\u{2581}b", -4.0),
    ("ridge", -6.0),
    ("s", -3.0),
    ("e", -3.5),
    ("t", -3.5),
    ("h", -3.5),
    ("é", -4.0),
    ("\u{2581}is", -2.8),
    ("\u{2581}closed", -5.0),
    ("<mask>", 0.0),
];

/// Numbers that look drawn at random and never change.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / 8_388_608.0 - 1.0
    }
}

/// A half float of `value`, for values from 2^-14 to 2.
fn half(value: f32) -> u16 {
    ((value.to_bits() - (112 << 23)) >> 13) as u16
}

fn pack(count: usize, dice: &mut Dice) -> Vec<u8> {
    let mut out = Vec::with_capacity(count / BLOCK * BLOCK_BYTES);
    for _ in 0..count / BLOCK {
        out.extend(half(0.01 + dice.roll().abs() * 0.01).to_le_bytes());
        out.extend((0..BLOCK / 2).map(|_| (dice.roll().abs() * 255.0) as u8));
    }
    out
}

fn plain(count: usize, mut value: impl FnMut() -> f32) -> Vec<u8> {
    (0..count).flat_map(|_| value().to_le_bytes()).collect()
}

/// Name, kind, numbers and bytes of each table.
fn tables() -> Vec<(String, u8, usize, Vec<u8>)> {
    let mut dice = Dice(7);
    let mut tables = Vec::new();
    let packed = |name: String, count: usize, dice: &mut Dice| (name, 1, count, pack(count, dice));
    tables.push(packed("emb.word".into(), PIECES.len() * WIDTH, &mut dice));
    for (name, count) in [("emb.pos", POSITIONS * WIDTH), ("emb.type", WIDTH)] {
        tables.push((name.into(), 0, count, plain(count, || dice.roll() * 0.02)));
    }
    let norm = |name: String, tables: &mut Vec<_>| {
        tables.push((format!("{name}.w"), 0, WIDTH, plain(WIDTH, || 1.0)));
        tables.push((format!("{name}.b"), 0, WIDTH, plain(WIDTH, || 0.0)));
    };
    norm("emb.ln".into(), &mut tables);
    for layer in 0..LAYERS {
        let shapes = [
            ("q", WIDTH, WIDTH),
            ("k", WIDTH, WIDTH),
            ("v", WIDTH, WIDTH),
            ("ao", WIDTH, WIDTH),
            ("fi", WIDTH, INNER),
            ("fo", INNER, WIDTH),
        ];
        for (part, inputs, outputs) in shapes {
            tables.push(packed(format!("l{layer}.{part}.w"), inputs * outputs, &mut dice));
            tables.push((format!("l{layer}.{part}.b"), 0, outputs, plain(outputs, || dice.roll() * 0.1)));
        }
        norm(format!("l{layer}.aln"), &mut tables);
        norm(format!("l{layer}.oln"), &mut tables);
    }
    tables
}

fn vocabulary(out: &mut Vec<u8>) {
    for number in [PIECES.len() as i32, 0, 2, 1, 3] {
        out.extend(number.to_le_bytes());
    }
    let blob: String = PIECES.iter().map(|(piece, _)| *piece).collect();
    out.extend((blob.len() as u64).to_le_bytes());
    let mut at = 0_u32;
    out.extend(at.to_le_bytes());
    for (piece, _) in PIECES {
        at += piece.len() as u32;
        out.extend(at.to_le_bytes());
    }
    for (_, score) in PIECES {
        out.extend(score.to_le_bytes());
    }
    out.extend(blob.as_bytes());
    // A line break is a space, a ligature two letters, a zero byte nothing.
    let rules: [(char, &str); 3] = [('\u{0}', ""), ('\n', " "), ('\u{fb06}', "st")];
    let mut body = Vec::new();
    for (from, to) in rules {
        body.extend(u32::from(from).to_le_bytes());
        body.push(to.chars().count() as u8);
        to.chars().for_each(|c| body.extend(u32::from(c).to_le_bytes()));
    }
    out.extend((rules.len() as u32).to_le_bytes());
    out.extend((body.len() as u32).to_le_bytes());
    out.extend(body);
}

/// The bytes of the tiny model's file.
pub fn file() -> Vec<u8> {
    let mut out = b"E5S1".to_vec();
    out.extend(1_u32.to_le_bytes());
    for size in [WIDTH, LAYERS, WIDTH / HEAD, INNER, PIECES.len(), POSITIONS, 1] {
        out.extend((size as i32).to_le_bytes());
    }
    out.extend(1e-12_f32.to_le_bytes());
    out.extend((BLOCK as i32).to_le_bytes());
    vocabulary(&mut out);
    let tables = tables();
    out.extend((tables.len() as u32).to_le_bytes());
    let directory: usize = tables.iter().map(|(name, ..)| 2 + name.len() + 1 + 4 + 8 + 8).sum();
    let mut at = out.len() + directory;
    for (name, kind, count, bytes) in &tables {
        out.extend((name.len() as u16).to_le_bytes());
        out.extend(name.as_bytes());
        out.push(*kind);
        out.extend((*count as u32).to_le_bytes());
        out.extend((at as u64).to_le_bytes());
        out.extend((bytes.len() as u64).to_le_bytes());
        at += bytes.len();
    }
    for (.., bytes) in tables {
        out.extend(bytes);
    }
    out
}
