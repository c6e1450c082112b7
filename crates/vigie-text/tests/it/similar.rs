//! The batch tool: every pair, exactly, within the window.

use crate::minute;
use jiff::SignedDuration;
use proptest::prelude::*;
use std::collections::BTreeSet;
use vigie_text::{Folding, Pair, Post, Threshold, Window, families, similar};

fn pairs(posts: &[Post<'_>], least: Threshold, window: Window, folding: Folding) -> Vec<Pair> {
    let mut out = Vec::new();
    similar(posts, least, window, folding, |pair| out.push(pair));
    out
}

fn runs(text: &str) -> BTreeSet<Vec<&str>> {
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() < 4 { BTreeSet::new() } else { words.windows(3).map(<[&str]>::to_vec).collect() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_pairs_are_those_of_comparing_all(
        texts in prop::collection::vec((prop::collection::vec("[ab]", 2..9), 0..90_usize), 0..60),
        least in 0.3..1.0_f64,
        window in 0..60_usize,
    ) {
        let least = Threshold::new(least).expect("a threshold");
        let texts: Vec<(String, usize)> = texts.into_iter().map(|(words, at)| (words.join(" "), at)).collect();
        let posts: Vec<Post<'_>> = texts.iter().map(|(text, at)| Post { text, at: minute(*at) }).collect();
        let apart = SignedDuration::from_mins(window as i64);
        let found = pairs(&posts, least, Window::Within(apart), Folding::Plain);
        let mut expected = BTreeSet::new();
        for a in 0..posts.len() {
            for b in 0..posts.len() {
                let ((left, t), (right, u)) = (&texts[a], &texts[b]);
                let (x, y) = (runs(left), runs(right));
                let union = x.union(&y).count();
                let like = union > 0 && x.intersection(&y).count() as f64 >= least.value() * union as f64;
                let (later, inside) = ((*t, a) < (*u, b), t.abs_diff(*u) <= window);
                if like && later && inside && !x.is_empty() && !y.is_empty() {
                    expected.insert((a, b));
                }
            }
        }
        prop_assert_eq!(found.iter().map(|p| (p.a, p.b)).collect::<BTreeSet<_>>(), expected);
        prop_assert_eq!(found.len(), found.iter().map(|p| (p.a, p.b)).collect::<BTreeSet<_>>().len());
    }
}

#[test]
fn mentions_links_and_capitals_do_not_count_but_the_words_do() {
    let at = minute(0);
    let posts = [
        Post { text: "Le pont de Zarambo est fermé ce matin", at },
        Post {
            text: "@veilleur le PONT de zarambo est fermé ce matin https://exemple.example/1",
            at: minute(60),
        },
        Post { text: "le pont de zarambo est ferme ce matin", at: minute(61) },
    ];
    let hour = Window::Within(SignedDuration::from_hours(1));
    let plain = pairs(&posts, Threshold::SIMILAR, hour, Folding::Plain);
    assert_eq!(plain, [Pair { a: 0, b: 1, jaccard: 1.0, dt_s: 3_600.0 }]);
    let full = pairs(&posts, Threshold::SIMILAR, hour, Folding::Full);
    assert_eq!(full.iter().map(|p| (p.a, p.b)).collect::<Vec<_>>(), [(0, 1), (1, 2)]);
    assert_eq!(pairs(&posts, Threshold::SIMILAR, Window::Any, Folding::Full).len(), 3);
}

#[test]
fn a_post_of_mentions_only_pairs_with_none() {
    let posts = [Post { text: "@a @b @c @d @e", at: minute(0) }; 3];
    assert!(pairs(&posts, Threshold::SIMILAR, Window::Any, Folding::Plain).is_empty());
    assert!(pairs(&posts, Threshold::SIMILAR, Window::Any, Folding::Full).is_empty());
}

/// What the tools before this one stumbled over.
#[test]
fn normal_forms_links_short_texts_and_chinese_are_no_traps() {
    let at = minute(0);
    let family = |texts: &[&str], folding| families(texts.iter().copied(), Threshold::SIMILAR, folding);
    let nfc = "la fête du marché a été annulée hier";
    let nfd = "la fe\u{302}te du marche\u{301} a e\u{301}te\u{301} annule\u{301}e hier";
    assert_eq!(family(&[nfc, nfd], Folding::Full), [Some(0), Some(0)]);
    let (one, other) = (format!("{nfc} https://t.example/a"), format!("{nfc} https://t.example/b"));
    assert_eq!(family(&[&one, &other], Folding::Plain), [Some(0), Some(0)]);
    for short in ["Amen", "Merci", "Allah ya taimaka", "😂😂😂", "", "@a @b @c @d @e", "阿门"] {
        assert_eq!(family(&[short, short], Folding::Plain), [None, None], "{short}");
        let posts = [Post { text: short, at }; 2];
        assert!(pairs(&posts, Threshold::SIMILAR, Window::Any, Folding::Full).is_empty(), "{short}");
    }
    let chinese = ["维和部队今天早上在河边修好了大桥", "维和部队今天早上在河边修好了大桥啊"];
    assert_eq!(family(&chinese, Folding::Plain), [Some(0), Some(0)]);
}

/// F57: a flood of near-copies is one family, and what stands beside it is not swallowed.
#[test]
fn f57_a_flood_of_near_copies_is_one_family_and_true_reports_stay_in_view() {
    let words =
        "the mission brought rifles to the bandits of the river near the big market last night they say";
    let flood: Vec<String> = (0..5_000).map(|n| format!("{words} x{n}")).collect();
    let report = "the clinic of the river village needs clean water and two nurses before friday morning";
    let texts = flood.iter().map(String::as_str).chain([report]);
    let found = families(texts, Threshold::SIMILAR, Folding::Plain);
    assert!(found[..5_000].iter().all(|family| *family == Some(0)));
    assert_eq!(found[5_000], Some(1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Families are what the pairs join, whatever the order of the texts.
    #[test]
    fn families_are_what_the_pairs_join(
        texts in prop::collection::vec(prop::collection::vec("[ab]", 2..9), 0..40),
    ) {
        let texts: Vec<String> = texts.into_iter().map(|words| words.join(" ")).collect();
        let least = Threshold::new(0.6).expect("a threshold");
        let posts: Vec<Post<'_>> = texts.iter().map(|text| Post { text, at: minute(0) }).collect();
        let mut joined: Vec<usize> = (0..texts.len()).collect();
        for pair in pairs(&posts, least, Window::Any, Folding::Plain) {
            let (keep, gone) = (joined[pair.a].min(joined[pair.b]), joined[pair.a].max(joined[pair.b]));
            joined.iter_mut().filter(|one| **one == gone).for_each(|one| *one = keep);
        }
        let found = families(texts.iter().map(String::as_str), least, Folding::Plain);
        for a in 0..texts.len() {
            prop_assert_eq!(found[a].is_some(), !runs(&texts[a]).is_empty());
            for b in 0..texts.len() {
                if found[a].is_some() && found[b].is_some() {
                    prop_assert_eq!(found[a] == found[b], joined[a] == joined[b]);
                }
            }
        }
    }
}
