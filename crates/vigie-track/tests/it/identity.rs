//! Names: which track keeps which, and that no exchange is silent (F28).

use crate::world::{Dice, SIGMA, feed, plots, scans, tracker};
use std::collections::BTreeMap;
use vigie_track::{Class, ClassHint, Freshness, Label, Scan, Tracker, V2};

fn noisy(dice: &mut Dice, at: V2) -> V2 {
    at + V2::new(SIGMA * dice.normal(), SIGMA * dice.normal())
}

fn label_at(tracker: &Tracker<1>, at: V2) -> Option<Label> {
    let near =
        tracker.picture().map(|point| ((point.at - at).norm(), point.label)).filter(|near| near.0 < 80.0);
    near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|near| near.1)
}

#[test]
fn f28_a_track_survives_a_thirty_second_gap_of_its_sensor() {
    let mut tracker = tracker();
    let course = |k: usize| V2::new(-500.0 + 10.0 * k as f64, 200.0);
    let mut dice = Dice(1);
    let mut label = None;
    for k in (0..20).chain(50..70) {
        let plots = plots(k, &[noisy(&mut dice, course(k))]);
        tracker.step(&Scan { sensor: 0, at_s: k as f64, plots: &plots }).expect("in order");
        if k == 19 {
            label = label_at(&tracker, course(k));
            assert!(label.is_some());
        }
    }
    assert_eq!(label_at(&tracker, course(69)), label);
}

#[test]
fn a_track_without_plots_coasts_then_leaves_the_picture() {
    let mut tracker = tracker();
    let scans = scans(1, 4, 20);
    feed(&mut tracker, &scans);
    assert_eq!(tracker.picture().count(), 1);
    tracker.step(&Scan { sensor: 0, at_s: 20.0, plots: &[] }).expect("in order");
    let coasting: Vec<_> = tracker.picture().map(|point| (point.freshness, point.plots.len())).collect();
    assert_eq!(coasting, [(Freshness::Coasting, 0)]);
    for k in 21..40 {
        tracker.step(&Scan { sensor: 0, at_s: f64::from(k), plots: &[] }).expect("in order");
    }
    assert_eq!(tracker.picture().count(), 0);
}

#[test]
fn f28_a_convoy_that_splits_keeps_one_name_and_gives_others_new_ones() {
    let mut tracker = tracker();
    let mut dice = Dice(8);
    let lead = |k: usize| V2::new(-600.0 + 12.0 * k as f64, 0.0);
    let branch = |k: usize| V2::new(-600.0 + 12.0 * k.min(30) as f64, 10.0 * k.saturating_sub(30) as f64);
    let mut label = None;
    for k in 0..70 {
        let mut looks = vec![noisy(&mut dice, lead(k))];
        if k >= 30 {
            looks.push(noisy(&mut dice, branch(k)));
        }
        tracker.step(&Scan { sensor: 0, at_s: k as f64, plots: &plots(k, &looks) }).expect("in order");
        if k == 25 {
            label = label_at(&tracker, lead(k));
        }
    }
    let ends = [label_at(&tracker, lead(69)), label_at(&tracker, branch(69))];
    assert!(ends[0].is_some() && ends[1].is_some() && ends[0] != ends[1]);
    assert_eq!(ends.iter().filter(|end| **end == label).count(), 1);
}

/// Two objects meet at a narrow angle many times over; whenever the names end up exchanged, a doubt says so.
#[test]
fn f28_no_exchange_of_names_is_silent() {
    let mut exchanged = 0;
    for seed in 0..60 {
        let mut tracker = tracker();
        let mut dice = Dice(seed);
        let path = |who: f64, k: usize| V2::new(-400.0 + 10.0 * k as f64, who * (100.0 - 2.5 * k as f64));
        let mut first = BTreeMap::new();
        for k in 0..80 {
            let looks = [1.0, -1.0].map(|who| noisy(&mut dice, path(who, k)));
            tracker.step(&Scan { sensor: 0, at_s: k as f64, plots: &plots(k, &looks) }).expect("in order");
            if k == 12 {
                first = [1_i8, -1].map(|who| (who, label_at(&tracker, path(f64::from(who), k)))).into();
            }
        }
        let last = [1_i8, -1].map(|who| label_at(&tracker, path(f64::from(who), 79)));
        let swapped = last[0].is_some() && last[0] != first[&1];
        let said = tracker.picture().any(|point| point.doubt.is_some_and(|doubt| doubt.chance > 0.1));
        exchanged += u32::from(swapped);
        assert!(!swapped || said, "seed {seed}: exchanged and silent");
    }
    assert!(exchanged > 0, "the test must see exchanges to mean anything");
}

#[test]
fn objects_that_pass_well_apart_raise_no_doubt() {
    let mut tracker = tracker();
    let mut dice = Dice(2);
    for k in 0..60 {
        let looks =
            [1.0, -1.0].map(|who| noisy(&mut dice, V2::new(-400.0 + 10.0 * k as f64 * who, who * 100.0)));
        tracker.step(&Scan { sensor: 0, at_s: k as f64, plots: &plots(k, &looks) }).expect("in order");
    }
    assert_eq!(tracker.picture().filter(|point| point.doubt.is_none()).count(), 2);
}

#[test]
fn every_point_names_its_plots_and_its_class() {
    let mut tracker = tracker();
    let mut dice = Dice(3);
    for k in 0..12 {
        let mut plots = plots(k, &[noisy(&mut dice, V2::new(5.0 * k as f64, 0.0))]);
        plots[0].class = Some(ClassHint { class: Class::Vehicle, confidence: 0.7 });
        tracker.step(&Scan { sensor: 0, at_s: k as f64, plots: &plots }).expect("in order");
        if let Some(point) = tracker.picture().next() {
            assert_eq!(point.plots.iter().map(|plot| plot.0).collect::<Vec<_>>(), [plots[0].id]);
        }
    }
    let point = tracker.picture().next().expect("a track");
    let (class, chance) = point.class.expect("a class");
    assert!(class == Class::Vehicle && chance > 0.95);
    assert_eq!(point.label.to_string(), "0-0-0");
}
