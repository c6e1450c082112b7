//! Streaming = batch, refilling = reading, forgetting = never having seen.

use crate::{Board, item, minute, signal};
use proptest::prelude::*;
use std::collections::BTreeSet;
use vigie_model::{Likeness, Reading, SignalId};
use vigie_text::{Reader, Settings};

#[derive(Debug, Clone)]
struct Told {
    n: usize,
    pool: u32,
    text: String,
}

/// Words without doubled letters: folding leaves them as they are, so that the reckoning below needs no folding.
const WORDS: [&str; 14] = [
    "pont", "route", "camp", "soldat", "convoi", "riz", "nuit", "radio", "puits", "village", "maire", "chef",
    "camion", "eau",
];

fn sentence() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..WORDS.len(), 2..16)
}

/// A few stories, each told many times with a word changed here and there, in one of two pools.
fn stories() -> impl Strategy<Value = Vec<Told>> {
    let change = prop::collection::vec((any::<prop::sample::Index>(), 0..WORDS.len()), 0..3);
    let telling = (any::<prop::sample::Index>(), change, 1..=2_u32);
    (prop::collection::vec(sentence(), 1..6), prop::collection::vec(telling, 1..90)).prop_map(
        |(stories, tellings)| {
            let tell = |(n, (which, changes, pool)): (usize, (prop::sample::Index, Vec<_>, u32))| {
                let mut words = stories[which.index(stories.len())].clone();
                for (place, word) in changes {
                    let place: prop::sample::Index = place;
                    let at = place.index(words.len());
                    words[at] = word;
                }
                let text = words.iter().map(|w| WORDS[*w]).collect::<Vec<_>>().join(" ");
                Told { n, pool, text }
            };
            tellings.into_iter().enumerate().map(tell).collect()
        },
    )
}

fn runs(text: &str) -> BTreeSet<Vec<&str>> {
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() < 4 { BTreeSet::new() } else { words.windows(3).map(<[&str]>::to_vec).collect() }
}

/// Shared and all runs of two tellings, `None` where they are never compared.
fn likeness(a: &Told, b: &Told) -> Option<(usize, usize)> {
    let (left, right) = (runs(&a.text), runs(&b.text));
    let union = left.union(&right).count();
    (a.pool == b.pool && !left.is_empty() && !right.is_empty())
        .then(|| (left.intersection(&right).count(), union))
}

fn linked(a: &Told, b: &Told) -> bool {
    likeness(a, b).is_some_and(|(shared, union)| shared * 10 >= union * 6)
}

/// Every pair compared: the connected components.
fn reckoned(told: &[Told]) -> Vec<Vec<SignalId>> {
    let mut group: Vec<usize> = (0..told.len()).collect();
    for a in 0..told.len() {
        for b in 0..a {
            if group[a] != group[b] && linked(&told[a], &told[b]) {
                let (from, to) = (group[a], group[b]);
                group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
            }
        }
    }
    let mut groups: Vec<Vec<SignalId>> = (0..told.len())
        .map(|g| {
            let mut members: Vec<_> =
                told.iter().zip(&group).filter(|(_, of)| **of == g).map(|(t, _)| signal(t.n)).collect();
            members.sort();
            members
        })
        .filter(|members| !members.is_empty())
        .collect();
    groups.sort();
    groups
}

fn read(reader: &mut Reader, told: &[Told]) -> Vec<Reading> {
    told.iter().map(|t| reader.read(&item(t.n, t.pool, &t.text))).collect()
}

fn board(readings: &[Reading]) -> Board {
    let mut board = Board::default();
    for reading in readings {
        board.apply(reading);
    }
    board
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_order_of_arrival_the_groups_are_those_of_comparing_every_pair(
        told in stories().prop_flat_map(|told| Just(told).prop_shuffle()),
    ) {
        let readings = read(&mut Reader::new(Settings::default()), &told);
        prop_assert_eq!(board(&readings).groups(), reckoned(&told));
    }

    #[test]
    fn every_link_is_exact_and_goes_to_an_earlier_signal(told in stories()) {
        let readings = read(&mut Reader::new(Settings::default()), &told);
        for (later, reading) in readings.iter().enumerate() {
            prop_assert!(reading.links.len() <= 8);
            for link in &reading.links {
                let earlier = told[..later].iter().find(|t| signal(t.n) == link.to);
                let earlier = earlier.expect("the link goes to an earlier signal");
                let (shared, union) = likeness(earlier, &told[later]).expect("comparable");
                prop_assert_eq!(link.score.value().to_bits(), (shared as f64 / union as f64).to_bits());
                prop_assert_eq!(link.likeness == Likeness::Same, earlier.text == told[later].text);
                prop_assert!(!link.score.reasons().is_empty());
            }
            let strongest = told[..later].iter().filter(|t| linked(t, &told[later]));
            let strongest = strongest.filter_map(|t| likeness(t, &told[later]));
            let strongest = strongest.map(|(s, u)| s as f64 / u as f64).fold(0.0, f64::max);
            let first = reading.links.first().map_or(0.0, |l| l.score.value());
            prop_assert_eq!(first.to_bits(), strongest.to_bits());
        }
    }

    #[test]
    fn the_oldest_narrative_absorbs_the_younger(told in stories()) {
        let readings = read(&mut Reader::new(Settings::default()), &told);
        let board = board(&readings);
        for group in board.groups() {
            // Signals are numbered in order of arrival, so the smallest is the first.
            prop_assert_eq!(board.narrative[&group[0]], vigie_model::NarrativeId::founded_by(group[0]));
        }
        for reading in &readings {
            prop_assert_eq!(reading.founds, reading.links.is_empty());
        }
    }

    #[test]
    fn refilling_gives_the_memory_that_reading_gave(told in stories(), cut in any::<prop::sample::Index>()) {
        let cut = cut.index(told.len());
        let (mut one, mut other) = (Reader::new(Settings::default()), Reader::new(Settings::default()));
        let readings = read(&mut one, &told[..cut]);
        let board = board(&readings);
        for t in &told[..cut] {
            other.refill(&item(t.n, t.pool, &t.text), board.narrative[&signal(t.n)]);
        }
        prop_assert_eq!(read(&mut one, &told[cut..]), read(&mut other, &told[cut..]));
    }

    /// A restart refills only what the window holds; nobody must see the difference.
    #[test]
    fn refilling_a_window_gives_the_memory_that_forgetting_left(
        told in stories(),
        cut in any::<prop::sample::Index>(),
        gone in any::<prop::sample::Index>(),
    ) {
        let cut = cut.index(told.len());
        let gone = gone.index(cut + 1);
        let settings = Settings { looks_max: 1_000, ..Settings::default() };
        let (mut one, mut other) = (Reader::new(settings), Reader::new(settings));
        let readings = read(&mut one, &told[..cut]);
        one.forget_before(minute(gone));
        let board = board(&readings);
        for t in told[..cut].iter().skip(gone) {
            other.refill(&item(t.n, t.pool, &t.text), board.narrative[&signal(t.n)]);
        }
        prop_assert_eq!(one.memory().bytes, other.memory().bytes);
        prop_assert_eq!(read(&mut one, &told[cut..]), read(&mut other, &told[cut..]));
    }

    #[test]
    fn a_full_memory_forgets_the_oldest_and_stays_within_its_budget(told in stories()) {
        let settings = Settings { memory_bytes_max: 3_000, ..Settings::default() };
        let mut reader = Reader::new(settings);
        for t in &told {
            reader.read(&item(t.n, t.pool, &t.text));
            prop_assert!(reader.memory().bytes <= 3_000 || reader.memory().signals <= 1);
        }
    }
}

#[test]
fn a_signal_that_links_two_narratives_makes_them_one() {
    let mut reader = Reader::new(Settings::default());
    let texts = [
        "le convoi de riz passe le pont cette nuit vers le camp nord",
        "le maire dit que le convoi de riz passe le pont cette nuit",
        "le maire dit que le convoi de riz passe le pont cette nuit vers le camp nord",
    ];
    let readings: Vec<Reading> =
        texts.iter().enumerate().map(|(n, text)| reader.read(&item(n, 1, text))).collect();
    assert!(readings[1].founds, "half the runs only");
    assert_eq!(readings[2].narrative, readings[0].narrative);
    assert_eq!(readings[2].absorbs, [readings[1].narrative]);
    let codes: Vec<_> = readings[2].links.iter().map(|l| l.score.reasons()[0].code.as_str()).collect();
    assert_eq!(codes, ["why-near-text", "why-near-text"]);
}

#[test]
fn short_texts_are_everywhere_and_never_link() {
    let mut reader = Reader::new(Settings::default());
    for (n, text) in ["Amen", "Amen", "Merci beaucoup !", "Merci beaucoup !", "", ""].iter().enumerate() {
        let reading = reader.read(&item(n, 1, text));
        assert!(reading.founds && reading.links.is_empty(), "{text}");
    }
    assert_eq!(reader.memory().signals, 0);
}

#[test]
fn pools_never_meet() {
    let mut reader = Reader::new(Settings::default());
    let text = "le convoi de riz passe le pont cette nuit";
    assert!(reader.read(&item(0, 1, text)).founds);
    assert!(reader.read(&item(1, 2, text)).founds);
    assert!(reader.read(&item(2, 3, text)).founds);
    assert!(!reader.read(&item(3, 2, text)).founds);
}

#[test]
fn a_forgotten_story_founds_a_narrative_of_its_own() {
    let mut reader = Reader::new(Settings::default());
    let text = "le convoi de riz passe le pont cette nuit";
    let near = "le convoi de riz passe le pont cette nuit encore";
    reader.read(&item(0, 1, text));
    reader.forget_before(minute(1));
    assert_eq!(reader.memory().bytes, 0);
    assert!(reader.read(&item(1, 1, near)).founds);
}

/// A clock that jumps back forgets nothing early and reorders nothing.
#[test]
fn f09_a_clock_that_jumps_back_forgets_nothing_early() {
    let mut reader = Reader::new(Settings::default());
    let text = "le convoi de riz passe le pont cette nuit";
    reader.read(&item(10, 1, text));
    reader.read(&vigie_text::Item {
        received_at: minute(2),
        ..item(11, 1, "une autre nouvelle de la radio locale")
    });
    reader.forget_before(minute(5));
    assert!(!reader.read(&item(12, 1, text)).founds);
}
