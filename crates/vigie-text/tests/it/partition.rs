//! Streaming = batch, refilling = reading, forgetting = never having seen.

use crate::{Board, item, minute, signal};
use proptest::prelude::*;
use std::collections::BTreeSet;
use vigie_model::{Likeness, Reading, SignalId};
use vigie_text::likeness::picture::Positions;
use vigie_text::{Item, Reader, Settings};

#[derive(Debug, Clone)]
struct Told {
    n: usize,
    pool: u32,
    text: String,
    /// The article that it points at.
    link: Option<u8>,
    picture: Option<Positions>,
}

impl Told {
    /// The text with its address, in one of several ways of writing it.
    fn whole(&self) -> String {
        let way = ["https://www.x.example", "http://X.example", "x.example"][self.n % 3];
        let link = self.link.map(|link| format!(" {way}/2026/{link}?utm_source={}", self.n));
        format!("{}{}", self.text, link.unwrap_or_default())
    }
}

/// One of three pictures with up to some twenty bits changed, so that pairs lie on both sides of the border.
fn picture() -> impl Strategy<Value = Option<Positions>> {
    let changes = prop::collection::vec(0..256_usize, 0..24);
    prop::option::weighted(0.3, (0..3_u8, changes)).prop_map(|chosen| {
        chosen.map(|(which, changes)| {
            let mut bytes: Vec<u8> =
                (0..=255_u8).map(|n| n.wrapping_mul(37 + 2 * which) ^ (which * 91)).collect();
            for bit in changes {
                bytes[bit / 8] ^= 1 << (bit % 8);
            }
            bytes.insert(0, 100);
            Positions::from_bytes(&bytes).expect("positions")
        })
    })
}

fn told_item<'a>(t: &'a Told, text: &'a str) -> Item<'a> {
    Item { pictures: t.picture.as_slice(), ..item(t.n, t.pool, text) }
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
    let link = prop::option::weighted(0.2, 0..6_u8);
    let telling = (any::<prop::sample::Index>(), change, 1..=2_u32, link, picture());
    (prop::collection::vec(sentence(), 1..6), prop::collection::vec(telling, 1..90)).prop_map(
        |(stories, tellings)| {
            type Telling =
                (prop::sample::Index, Vec<(prop::sample::Index, usize)>, u32, Option<u8>, Option<Positions>);
            let tell = |(n, (which, changes, pool, link, picture)): (usize, Telling)| {
                let mut words = stories[which.index(stories.len())].clone();
                for (place, word) in changes {
                    let at = place.index(words.len());
                    words[at] = word;
                }
                let text = words.iter().map(|w| WORDS[*w]).collect::<Vec<_>>().join(" ");
                Told { n, pool, text, link, picture }
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
    let pictured = a.picture.is_some_and(|one| b.picture.is_some_and(|other| one.same(&other)));
    let pointed = a.link.is_some() && a.link == b.link;
    worded(a, b) || (a.pool == b.pool && (pictured || pointed))
}

fn worded(a: &Told, b: &Told) -> bool {
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
    told.iter().map(|t| reader.read(&told_item(t, &t.whole()))).collect()
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
                prop_assert!(!link.score.reasons().is_empty() && linked(earlier, &told[later]));
                if matches!(link.likeness, Likeness::Link | Likeness::Picture) {
                    continue;
                }
                let (shared, union) = likeness(earlier, &told[later]).expect("comparable");
                prop_assert_eq!(link.score.value().to_bits(), (shared as f64 / union as f64).to_bits());
                prop_assert_eq!(link.likeness == Likeness::Same, earlier.text == told[later].text);
            }
            let strongest = told[..later].iter().filter(|t| worded(t, &told[later]));
            let strongest = strongest.filter_map(|t| likeness(t, &told[later]));
            let strongest = strongest.map(|(s, u)| s as f64 / u as f64).fold(0.0, f64::max);
            let by_words = |l: &&vigie_model::Link| matches!(l.likeness, Likeness::Same | Likeness::Near);
            let first = reading.links.iter().find(by_words).map_or(0.0, |l| l.score.value());
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
            other.refill(&told_item(t, &t.whole()), board.narrative[&signal(t.n)]);
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
            other.refill(&told_item(t, &t.whole()), board.narrative[&signal(t.n)]);
        }
        prop_assert_eq!(one.memory().bytes, other.memory().bytes);
        prop_assert_eq!(read(&mut one, &told[cut..]), read(&mut other, &told[cut..]));
    }

    #[test]
    fn a_full_memory_forgets_the_oldest_and_stays_within_its_budget(told in stories()) {
        let settings = Settings { memory_bytes_max: 3_000, ..Settings::default() };
        let mut reader = Reader::new(settings);
        for t in &told {
            reader.read(&told_item(t, &t.whole()));
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
fn one_address_joins_two_wordings_and_a_channel_or_a_digest_does_not() {
    let mut reader = Reader::new(Settings::default());
    let mut found = |n: usize, text: &str| {
        let reading = reader.read(&item(n, 1, text));
        (reading.founds, reading.links.first().map(|link| link.likeness))
    };
    assert_eq!(found(0, "Regardez https://journal.example/2026/11/mine"), (true, None));
    let again = found(1, "Honte à eux : journal.example/2026/11/mine/?utm_source=t");
    assert_eq!(again, (false, Some(Likeness::Link)));
    assert_eq!(found(2, "Suivez-nous https://t.example/canal"), (true, None));
    assert_eq!(found(3, "Abonnez-vous https://t.example/canal"), (true, None));
    let digest = "À lire : https://journal.example/2026/11/mine https://journal.example/2026/11/pont \
                  https://journal.example/2026/11/puits";
    assert_eq!(found(4, digest), (true, None));
}

#[test]
fn one_picture_joins_and_the_earliest_is_named() {
    let bytes = |flip: u8| {
        let mut bytes: Vec<u8> = (0..=255_u8).map(|n| n.wrapping_mul(37)).collect();
        bytes[3] ^= flip;
        bytes.insert(0, 90);
        Positions::from_bytes(&bytes).expect("positions")
    };
    let mut reader = Reader::new(Settings::default());
    let (one, other) = ([bytes(0)], [bytes(7)]);
    reader.read(&Item { pictures: &one, ..item(0, 1, "") });
    reader.read(&Item { pictures: &one, ..item(1, 1, "Amen") });
    let reading =
        reader.read(&Item { pictures: &other, ..item(2, 1, "une autre nouvelle de la radio locale") });
    assert_eq!(reading.narrative, vigie_model::NarrativeId::founded_by(signal(0)));
    assert_eq!(reading.links[0].to, signal(0));
    assert_eq!(reading.links[0].score.reasons()[0].code, "why-same-picture");
    assert_eq!(reading.links[0].score.reasons()[0].args["bits"], "3");
    let flat = Positions::from_bytes(&[&[20], &[0; 256][..]].concat()).expect("positions");
    let flat = [flat];
    assert!(reader.read(&Item { pictures: &flat, ..item(3, 1, "") }).founds);
    assert!(reader.read(&Item { pictures: &flat, ..item(4, 1, "") }).founds, "a flat picture tells nothing");
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
