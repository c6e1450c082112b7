//! Co-ordination: every pair, in any order of arrival; chance as reckoned by shuffling; groups and what is none.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use vigie_text::coordination::{
    Chance, Edge, Group, GroupSettings, Network, Pair, Share, Sharing, communities, groups,
};

const MINUTE_MS: i64 = 60_000;

fn share(object: u32, account: u32, message: u32, at_s: i64) -> Share {
    Share { object, account, message, at_ms: at_s * 1_000 }
}

fn network(shares: &[Share], window_ms: i64, object_pairs_max: usize) -> Network {
    let bounds = Sharing::new(window_ms, object_pairs_max).expect("a window");
    Network::of(shares, &bounds).expect("few pairs")
}

fn edges(shares: &[Share]) -> Vec<Edge> {
    network(shares, MINUTE_MS, Sharing::OBJECT_PAIRS_MAX).edges
}

/// Every pair of distinct shares, compared one by one.
fn brute(shares: &[Share], window_ms: i64, object_pairs_max: usize) -> BTreeSet<Pair> {
    let distinct: Vec<Share> =
        shares.iter().enumerate().filter(|(n, s)| !shares[..*n].contains(s)).map(|(_, s)| *s).collect();
    let mut found = Vec::new();
    for (n, x) in distinct.iter().enumerate() {
        for y in &distinct[n + 1..] {
            let (a, b) = if x.account < y.account { (x, y) } else { (y, x) };
            let dt_ms = a.at_ms.abs_diff(b.at_ms);
            if a.object == b.object
                && a.account != b.account
                && a.message != b.message
                && dt_ms <= window_ms as u64
            {
                found.push(Pair {
                    a: a.account,
                    b: b.account,
                    object: a.object,
                    message_a: a.message,
                    message_b: b.message,
                    dt_ms: dt_ms as u32,
                });
            }
        }
    }
    let of = |object: u32| found.iter().filter(|pair| pair.object == object).count();
    found.iter().filter(|pair| of(pair.object) <= object_pairs_max).copied().collect()
}

fn some_shares() -> impl Strategy<Value = Vec<Share>> {
    let one = (0..6_u32, 0..9_u32, 0..40_u32, 0..300_i64);
    prop::collection::vec(one, 0..90).prop_map(|drawn| {
        // A message has one author and one time, whatever it shares.
        let mut known = BTreeMap::new();
        let told = drawn.into_iter().map(|(object, account, message, at_s)| {
            let (account, at_s) = *known.entry(message).or_insert((account, at_s));
            share(object, account, message, at_s)
        });
        told.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_order_of_arrival_the_edges_are_those_of_the_finished_file(
        (sorted, arriving) in some_shares().prop_flat_map(|mut shares| {
            shares.sort_by_key(|s| (s.object, s.at_ms));
            (Just(shares.clone()), Just(shares).prop_shuffle())
        }),
        window_ms in 0..90_000_i64,
        object_pairs_max in prop_oneof![Just(Sharing::OBJECT_PAIRS_MAX), 1..30_usize],
    ) {
        let batch = network(&sorted, window_ms, object_pairs_max);
        let mut sharing = Sharing::new(window_ms, object_pairs_max).expect("a window");
        let mut pairs = Vec::new();
        for share in &arriving {
            sharing.share(share, &mut pairs);
        }
        prop_assert_eq!(&Network::gather(pairs, &sharing), &batch);
        let found: BTreeSet<Pair> = batch.pairs.iter().copied().collect();
        prop_assert_eq!(found.len(), batch.pairs.len());
        prop_assert_eq!(found, brute(&sorted, window_ms, object_pairs_max));
    }
}

#[test]
fn the_border_of_the_window_belongs_to_it_and_an_account_never_meets_itself() {
    let found = edges(&[
        share(0, 1, 1, 0),
        share(0, 2, 2, 60),
        share(0, 2, 3, 61),
        share(0, 1, 4, 600),
        share(0, 1, 5, 601),
    ]);
    assert_eq!(
        found.len(),
        1,
        "60 s counts, 61 s does not, and account 1 alone at 600 s makes nothing: {found:?}"
    );
    assert_eq!((found[0].a, found[0].b, found[0].weight_pairs), (1, 2, 1));
    assert!((found[0].dt_mean_s() - 60.0).abs() < 1e-9);
}

#[test]
fn the_same_message_imported_twice_is_one() {
    let once = [share(0, 1, 1, 0), share(0, 2, 2, 9)];
    let twice = [once[0], once[1], once[0], once[1]];
    assert_eq!(edges(&once), edges(&twice));
}

#[test]
fn both_published_weights_and_the_symmetry_of_a_hyperactive_account() {
    // Account 2 repeats itself: four pairs, one message of account 1, four of account 2.
    let found = edges(&[
        share(0, 1, 1, 0),
        share(0, 2, 2, 1),
        share(0, 2, 3, 2),
        share(0, 2, 4, 3),
        share(0, 2, 5, 4),
    ]);
    let edge = &found[0];
    assert_eq!((edge.weight_pairs, edge.messages_a, edge.messages_b, edge.objects), (4, 1, 4, 1));
    assert!((edge.symmetry() - 0.25).abs() < 1e-9);
}

#[test]
fn sixteen_thousand_sharers_of_one_object_are_a_crowd_and_hide_nothing_else() {
    let crowd = (0..16_000).map(|n| share(7, n, n, i64::from(n % 60)));
    let two = [share(8, 3, 20_000, 0), share(8, 4, 20_001, 5)];
    let shares: Vec<Share> = crowd.chain(two).collect();
    let network = network(&shares, MINUTE_MS, Sharing::OBJECT_PAIRS_MAX);
    assert_eq!(network.edges.len(), 1, "only the other object makes an edge");
    let crowds = &network.crowds;
    assert_eq!(crowds.len(), 1);
    assert_eq!((crowds[0].object, crowds[0].accounts, crowds[0].densest), (7, 16_000, 16_000));
}

#[test]
fn clocks_ten_minutes_apart_show_as_ten_minutes_on_the_edge_and_invent_none() {
    // Accounts 0-4 on one platform, 5-9 on another whose clock is ten minutes late.
    let skewed = |n: u32| share(0, n, n, i64::from(n % 5) + if n < 5 { 0 } else { 600 });
    let shares: Vec<Share> = (0..10).map(skewed).collect();
    let close = edges(&shares);
    assert!(
        close.iter().all(|edge| (edge.a < 5) == (edge.b < 5)),
        "a minute joins each platform with itself"
    );
    assert_eq!(close.len(), 20);
    let wide = network(&shares, 11 * MINUTE_MS, Sharing::OBJECT_PAIRS_MAX);
    let across: Vec<&Edge> = wide.edges.iter().filter(|edge| edge.a < 5 && edge.b >= 5).collect();
    assert_eq!(across.len(), 25);
    assert!(across.iter().all(|edge| (edge.dt_mean_s() - 600.0).abs() < 5.0), "the edge shows the skew");
}

#[test]
fn what_is_forgotten_makes_no_more_pairs() {
    let mut sharing = Sharing::new(MINUTE_MS, 10).expect("a window");
    let mut pairs = Vec::new();
    sharing.share(&share(0, 1, 1, 0), &mut pairs);
    sharing.forget(1_000);
    sharing.share(&share(0, 2, 2, 10), &mut pairs);
    assert!(pairs.is_empty());
    assert!(Sharing::new(-1, 10).is_err() && Sharing::new(Sharing::WINDOW_MS_MAX + 1, 10).is_err());
}

struct Draw(u64);

impl Draw {
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// The value expected is that of shuffling, reckoned here by doing so 20,000 times.
#[test]
fn expected_by_chance_is_what_shuffling_gives() {
    let mut shares = vec![
        share(0, 1, 1, 0),
        share(1, 1, 2, 1_000),
        share(2, 1, 3, 1_030),
        share(9, 1, 4, 5_000),
        share(0, 2, 5, 10),
        share(1, 2, 6, 1_020),
        share(2, 2, 7, 4_000),
    ];
    let network = network(&shares, MINUTE_MS, Sharing::OBJECT_PAIRS_MAX);
    let found = Chance::of(&shares, MINUTE_MS).by_clocks(&network);
    let mut draw = Draw(3);
    let rounds = 20_000;
    let (mut sum, mut as_many) = (0, 0);
    for _ in 0..rounds {
        for account in [1, 2] {
            let own: Vec<usize> = (0..shares.len()).filter(|n| shares[*n].account == account).collect();
            for last in (1..own.len()).rev() {
                let other = draw.below(last as u64 + 1) as usize;
                let (x, y) = (shares[own[last]].at_ms, shares[own[other]].at_ms);
                shares[own[last]].at_ms = y;
                shares[own[other]].at_ms = x;
            }
        }
        let pairs: u32 = edges(&shares).iter().map(|edge| edge.weight_pairs).sum();
        sum += pairs;
        as_many += u32::from(pairs >= 2);
    }
    let mean = f64::from(sum) / f64::from(rounds);
    assert!((found[0].expected - mean).abs() < 0.02, "{} reckoned, {mean} shuffled", found[0].expected);
    let p = f64::from(as_many) / f64::from(rounds);
    assert!((found[0].p_value - p).abs() < 0.05, "{} reckoned, {p} shuffled", found[0].p_value);
}

/// Twelve accounts share five links together within a minute and other things at other times; 200 accounts share three
/// hits, each when they like within an hour, and much else.
fn a_day(together: bool) -> Vec<Share> {
    let mut draw = Draw(5);
    let mut shares = Vec::new();
    let mut message = 0;
    let mut put = |object: u32, account: u32, at_s: u64| {
        message += 1;
        shares.push(share(object, account, message, at_s as i64));
    };
    for account in 0..12 {
        for link in 0..5 {
            let at_s =
                if together { 9_000 * (u64::from(link) + 1) + draw.below(50) } else { draw.below(86_400) };
            put(link, account, at_s);
        }
        for _ in 0..6 {
            put(1_000 + draw.below(3_000) as u32, account, draw.below(86_400));
        }
    }
    for account in 100..300 {
        for hit in 10..13 {
            put(hit, account, 20_000 * u64::from(hit - 9) + draw.below(3_600));
        }
        for _ in 0..8 {
            put(1_000 + draw.below(3_000) as u32, account, draw.below(86_400));
        }
    }
    shares
}

fn found(shares: &[Share], window_ms: i64) -> Vec<Group> {
    let bounds = Sharing::new(window_ms, Sharing::OBJECT_PAIRS_MAX).expect("a window");
    groups(shares, &bounds, &GroupSettings::default()).expect("few pairs")
}

#[test]
fn accounts_that_share_together_are_a_group_and_a_hit_that_many_share_makes_none() {
    for window_ms in [MINUTE_MS, 10 * MINUTE_MS] {
        let found = found(&a_day(true), window_ms);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].accounts, (0..12).collect::<Vec<u32>>());
        assert_eq!(found[0].objects, [0, 1, 2, 3, 4]);
        assert!(found[0].pairs as f64 > 10.0 * found[0].expected);
        assert!(found[0].p_value < 1e-6 && found[0].discovery_rate < 0.2);
    }
}

#[test]
fn the_same_accounts_and_links_at_times_of_their_own_are_none() {
    assert!(found(&a_day(false), 10 * MINUTE_MS).is_empty());
}

#[test]
fn an_account_that_took_part_once_joins_and_a_hit_adds_nobody() {
    let mut shares = a_day(true);
    shares.push(share(2, 50, 90_000, 27_010));
    shares.extend((0..3).map(|account| share(11, account, 90_001 + account, 40_000 + i64::from(account))));
    let found = found(&shares, MINUTE_MS);
    assert_eq!(found[0].joined, [50]);
}

#[test]
fn no_accounts_no_groups() {
    assert!(found(&[], MINUTE_MS).is_empty());
    assert!(communities(0, &[], 0.1).is_empty());
}
