//! What it costs to find places in texts, on one thread: `read_places ROWS TEXTS`, both invented.
//!
//! Prints CPU time to make a gazetteer of ROWS invented rows ready (two variants each) and to read TEXTS invented
//! texts of some 25 words, a fifth of which name a place, half of those misspelt or disguised.

use std::time::Instant;
use vigie_model::{GazetteerPlace, PlaceKind, Precision};
use vigie_text::places::{Around, Gazetteer};

/// xorshift64*: the same texts on every machine.
struct Dice(u64);

impl Dice {
    fn draw(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % below.max(1)
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(self.draw(list.len())).copied().unwrap_or("")
    }

    fn name(&mut self) -> String {
        const HEADS: [&str; 24] = [
            "ba", "bo", "da", "do", "ga", "gba", "ka", "ko", "la", "lou", "ma", "mbo", "na", "ndé", "ngou",
            "ouan", "pa", "sa", "ti", "wa", "ya", "za", "zé", "kri",
        ];
        let mut name: String = (0..2 + self.draw(3)).map(|_| self.pick(&HEADS)).collect();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        name
    }
}

const WORDS: [&str; 40] = [
    "le",
    "marché",
    "de",
    "la",
    "route",
    "est",
    "fermée",
    "depuis",
    "hier",
    "et",
    "les",
    "gens",
    "demandent",
    "pourquoi",
    "prix",
    "du",
    "sac",
    "mil",
    "a",
    "baissé",
    "pont",
    "école",
    "enfants",
    "vaccination",
    "demain",
    "matin",
    "à",
    "camion",
    "convoi",
    "passé",
    "vite",
    "Merci",
    "Radio",
    "On",
    "attend",
    "pluie",
    "nuit",
    "village",
    "nous",
    "avons",
];

#[expect(clippy::disallowed_methods, reason = "measures time from outside the engine")]
fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|arg| arg.parse::<usize>().ok());
    let (rows, texts) = (numbers.next().unwrap_or(50_000), numbers.next().unwrap_or(20_000));
    let mut dice = Dice(2_611);
    let row = |(n, dice): (usize, &mut Dice)| {
        let name = dice.name();
        let variants =
            vec![format!("{} {}", dice.name(), dice.name()), name.replace('é', "e").replace("ou", "u")];
        GazetteerPlace {
            id: n.to_string(),
            name,
            variants,
            kind: PlaceKind::Village,
            lat_deg: dice.draw(1_000) as f64 / 100.0,
            lon_deg: -20.0 - dice.draw(1_000) as f64 / 100.0,
            precision: Precision::Village,
            admin: Vec::new(),
            p_code: None,
        }
    };
    let places: Vec<GazetteerPlace> = (0..rows).map(|n| row((n, &mut dice))).collect();
    let names: Vec<String> = places.iter().map(|place| place.name.clone()).collect();
    let texts: Vec<String> = (0..texts).map(|_| text(&mut dice, &names)).collect();

    let start = cpu_s();
    let gazetteer = Gazetteer::new(places, &[]);
    let built = cpu_s() - start;
    let start = cpu_s();
    let mut took: Vec<u128> = Vec::with_capacity(texts.len());
    let mut found = 0;
    for text in &texts {
        let one = Instant::now();
        found += gazetteer.find(text, &Around::default()).len();
        took.push(one.elapsed().as_nanos());
    }
    let read = cpu_s() - start;
    took.sort_unstable();
    let at = |share: usize| took.get(took.len() * share / 1_000).copied().unwrap_or(0) as f64 / 1e3;
    let bytes: usize = texts.iter().map(String::len).sum();
    println!(
        "{rows} rows ready in {:.2} s CPU; {} texts of {} bytes: {:.1} µs CPU each; by the clock p50 {:.1}, p99 {:.1} µs; {found} mentions",
        built,
        texts.len(),
        bytes / texts.len().max(1),
        read * 1e6 / texts.len().max(1) as f64,
        at(500),
        at(990),
    );
}

/// CPU seconds of this thread so far: the machine is shared, and the clock counts what others do on it.
#[expect(clippy::disallowed_methods, reason = "measures from outside the engine")]
fn cpu_s() -> f64 {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    line.split_whitespace().next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

fn text(dice: &mut Dice, names: &[String]) -> String {
    let mut words: Vec<String> = (0..15 + dice.draw(20)).map(|_| dice.pick(&WORDS).to_owned()).collect();
    if dice.draw(5) == 0
        && let Some(name) = names.get(dice.draw(names.len()))
    {
        let name = match dice.draw(4) {
            0 => name.replacen('a', "e", 1),
            1 => name.replacen('o', "-o", 1),
            _ => name.clone(),
        };
        words.push(format!("à {name}"));
    }
    words.join(" ")
}
