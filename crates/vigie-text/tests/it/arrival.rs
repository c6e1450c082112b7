//! Batch is streaming: whatever the order in which posts arrive, what is found in them is the same.
//!
//! Narratives: `partition.rs`; edges of co-ordination: `coordination.rs`.

use crate::{minute, signal};
use jiff::SignedDuration;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use vigie_text::coordination::{BurstSettings, GroupSettings, Share, Sharing, bursts, groups};
use vigie_text::novelty::{Novelty, NoveltySettings};
use vigie_text::{Folding, Post, Threshold, Window, similar};

fn shuffled<T: Clone + std::fmt::Debug + 'static>(
    of: impl Strategy<Value = Vec<T>>,
) -> impl Strategy<Value = (Vec<T>, Vec<usize>)> {
    of.prop_flat_map(|list| {
        let places: Vec<usize> = (0..list.len()).collect();
        (Just(list), Just(places).prop_shuffle())
    })
}

fn some_shares() -> impl Strategy<Value = Vec<Share>> {
    let one = (0..5_u32, 0..9_u32, 0..40_u32, 0..400_i64);
    prop::collection::vec(one, 0..120).prop_map(|drawn| {
        let mut known = BTreeMap::new();
        let told = drawn.into_iter().map(|(object, account, message, at_s)| {
            let (account, at_s) = *known.entry(message).or_insert((account, at_s));
            Share { object, account, message, at_ms: at_s * 1_000 }
        });
        told.collect()
    })
}

/// Low bars, so that there is something to compare.
const BURSTS: BurstSettings = BurstSettings {
    window_ms: 30_000,
    accounts_least: 2,
    unassessed_least: 2,
    messages_least: 2,
    p_max: 1.0,
    rate_max: 1.0,
    shuffles: 9,
    decoys: 3,
};

fn low_bars() -> GroupSettings {
    GroupSettings {
        accounts_least: 2,
        occasions_least: 1,
        discovery_rate_max: 1.0,
        group_rate_max: 1.0,
        excess_least: 0.0,
        shuffles: 9,
        decoys: 3,
        ..GroupSettings::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn bursts_and_groups_are_the_same_whatever_came_first((shares, order) in shuffled(some_shares())) {
        let arriving: Vec<Share> = order.iter().map(|at| shares[*at]).collect();
        prop_assert_eq!(bursts(&arriving, &BURSTS), bursts(&shares, &BURSTS));
        let bounds = Sharing::new(30_000, Sharing::OBJECT_PAIRS_MAX).expect("a window");
        let found = |shares: &[Share]| groups(shares, &bounds, &low_bars()).expect("few pairs");
        prop_assert_eq!(found(&arriving), found(&shares));
    }

    #[test]
    fn pairs_of_copies_are_the_same_whatever_came_first(
        (texts, order) in shuffled(prop::collection::vec((prop::collection::vec("[ab]", 2..9), 0..90_usize), 0..50)),
    ) {
        let texts: Vec<(String, usize)> = texts.into_iter().map(|(words, at)| (words.join(" "), at)).collect();
        let found = |order: &[usize]| {
            let post = |at: &usize| Post { text: &texts[*at].0, at: minute(texts[*at].1) };
            let posts: Vec<Post<'_>> = order.iter().map(post).collect();
            let mut out = BTreeSet::new();
            let hour = Window::Within(SignedDuration::from_hours(1));
            similar(&posts, Threshold::new(0.5).expect("a threshold"), hour, Folding::Full, |pair| {
                let (a, b) = (order[pair.a], order[pair.b]);
                out.insert((a.min(b), a.max(b), pair.jaccard.to_bits(), pair.dt_s.to_bits()));
            });
            out
        };
        let as_written: Vec<usize> = (0..texts.len()).collect();
        prop_assert_eq!(found(&order), found(&as_written));
    }

    /// What is new is measured against what came before, so that days do not change places; within the day they may.
    #[test]
    fn what_is_new_does_not_hang_on_which_signal_of_the_day_came_first(
        (today, order) in shuffled(prop::collection::vec(prop::collection::vec("xx(aa|bb|cc|dd)", 1..4), 1..60)),
    ) {
        let settings = NoveltySettings {
            signals_least: 5, base_days_least: 2, base_signals_least: 20, times_least: 2, ..NoveltySettings::default()
        };
        let found = |order: &[usize], told: bool| {
            let mut novelty = Novelty::new(settings);
            for n in 0..60 {
                novelty.remember(signal(n), "marché pluie xxaa", minute(n * 70));
            }
            let begin = 60 * 70 + 1_500;
            for (n, at) in order.iter().enumerate() {
                let (id, text) = (signal(1_000 + at), today[*at].join(" "));
                if told {
                    novelty.hear(id, &text, minute(begin + n));
                } else {
                    novelty.remember(id, &text, minute(begin + n));
                }
            }
            novelty
        };
        let probe = |mut novelty: Novelty| {
            let topic = novelty.hear(signal(9_000), "xxaa xxbb xxcc xxdd", minute(60 * 70 + 1_600));
            topic.map(|topic| {
                let signals: BTreeSet<_> = topic.signals.into_iter().collect();
                (topic.words, signals, topic.before, topic.base_signals, topic.base_days)
            })
        };
        let as_written: Vec<usize> = (0..today.len()).collect();
        prop_assert_eq!(probe(found(&order, false)), probe(found(&as_written, false)));
        // Taking a memory up again after a restart is hearing it.
        let (heard, remembered) = (found(&order, true), found(&order, false));
        prop_assert_eq!(heard.is_assessed(), remembered.is_assessed());
    }
}

/// An account that passes its own post on meets nobody, however often.
#[test]
fn an_account_that_reposts_its_own_post_makes_no_edge() {
    let own = |n: u32| Share { object: 0, account: 1, message: n, at_ms: i64::from(n) * 1_000 };
    let shares: Vec<Share> = (0..50).map(own).collect();
    let bounds = Sharing::new(60_000, Sharing::OBJECT_PAIRS_MAX).expect("a window");
    let network = vigie_text::coordination::Network::of(&shares, &bounds).expect("few pairs");
    assert!(network.edges.is_empty() && network.crowds.is_empty());
    assert!(groups(&shares, &bounds, &low_bars()).expect("few pairs").is_empty());
}
