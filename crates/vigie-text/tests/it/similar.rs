//! The batch tool: every pair, exactly, within the window.

use crate::minute;
use jiff::SignedDuration;
use proptest::prelude::*;
use std::collections::BTreeSet;
use vigie_text::{Folding, Pair, Post, Threshold, Window, similar};

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
