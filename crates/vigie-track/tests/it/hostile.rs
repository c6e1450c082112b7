//! Impossible plots, floods and teleporting targets.

use crate::world::{CLUTTER, Dice, SIDE, feed, plots, scans, tracker, truth};
use vigie_track::LookError::{self, Impossible, TooFar, WrongKind};
use vigie_track::{Look, Plot, PlotId, Scan, V2};

fn nearest(tracker: &vigie_track::Tracker<1>, at: V2) -> f64 {
    tracker.picture().map(|point| (point.at - at).norm()).fold(f64::INFINITY, f64::min)
}

#[test]
fn f23_what_is_no_place_never_reaches_the_filter() {
    let mut tracker = tracker();
    let scans = scans(5, 11, 20);
    feed(&mut tracker, &scans[..19]);
    let mut last = scans[19].1.clone();
    let sound = last.len();
    let bad = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e9];
    for (n, value) in bad.into_iter().enumerate() {
        last.push(Plot::new(PlotId(n as u64), Look::Plane(V2::new(value, 0.0))));
    }
    last.push(Plot::new(PlotId(9), Look::Bearing { azimuth_deg: 3.0 }));
    let outcome = tracker.step(&Scan { sensor: 0, at_s: 19.0, plots: &last }).expect("a scan");
    let why: Vec<LookError> = outcome.refused.iter().map(|refused| refused.1).collect();
    assert_eq!(why, [Impossible, Impossible, Impossible, TooFar, TooFar, WrongKind]);
    assert_eq!(outcome.refused[0].0 as usize, sound);
    for point in tracker.tracks() {
        assert!(point.at.is_finite() && point.velocity.is_finite() && (0.0..=1.0).contains(&point.existence));
        assert!(point.spread.det() > 0.0);
    }
}

#[test]
fn f26_a_flood_of_plots_is_said_and_real_tracks_survive() {
    let mut tracker = tracker();
    let scans = scans(5, 12, 30);
    feed(&mut tracker, &scans[..20]);
    let before = tracker.picture().count();
    let mut dice = Dice(99);
    for (k, (at_s, real)) in scans.iter().enumerate().skip(20).take(5) {
        let mut looks: Vec<V2> = (0..12_000)
            .map(|_| V2::new(dice.between(-0.5, 0.5) * SIDE, dice.between(-0.5, 0.5) * SIDE))
            .collect();
        looks.splice(
            0..0,
            real.iter().filter_map(|plot| if let Look::Plane(at) = plot.look { Some(at) } else { None }),
        );
        let outcome =
            tracker.step(&Scan { sensor: 0, at_s: *at_s, plots: &plots(k, &looks) }).expect("a scan");
        assert!(outcome.flood.is_some_and(|expected| expected < 4.0 * CLUTTER));
        assert_eq!(outcome.beyond, looks.len() - 10_000);
        assert!(tracker.tracks().count() < 200, "newcomers are held back: {}", tracker.tracks().count());
    }
    feed(&mut tracker, &scans[25..]);
    let kept = truth(5, 12, 29).into_iter().filter(|at| nearest(&tracker, *at) < 60.0).count();
    assert!(kept == 5 && tracker.picture().count() <= before + 2, "{kept} of 5 kept");
}

#[test]
fn f26_a_teleporting_target_becomes_no_track() {
    let mut tracker = tracker();
    let mut dice = Dice(5);
    for k in 0..60 {
        let jump = V2::new(dice.between(-0.5, 0.5) * SIDE, dice.between(-0.5, 0.5) * SIDE);
        let plots = plots(k, &[jump]);
        tracker.step(&Scan { sensor: 0, at_s: k as f64, plots: &plots }).expect("a scan");
        assert_eq!(tracker.picture().count(), 0, "scan {k}");
    }
}

#[test]
fn f26_what_is_too_fast_for_the_scene_is_marked() {
    let mut settings = crate::world::settings();
    settings.speed_max_m_s = 25.0;
    let mut tracker = tracker();
    for k in 0..30 {
        let plots = plots(k, &[V2::new(-1_900.0 + 4.0 * (k * k) as f64 / 2.0, 0.0)]);
        tracker.step(&Scan { sensor: 0, at_s: k as f64, plots: &plots }).expect("a scan");
        for point in tracker.picture() {
            assert!(!point.implausible || point.velocity.norm() > settings.speed_max_m_s);
            assert!(point.velocity.norm() < 3.0 * settings.speed_max_m_s || point.implausible, "scan {k}");
        }
    }
}

#[test]
fn plots_at_one_and_the_same_place_are_borne() {
    let mut tracker = tracker();
    for k in 0..10 {
        let same = vec![V2::new(1.0, 1.0); 3_000];
        tracker.step(&Scan { sensor: 0, at_s: k as f64, plots: &plots(k, &same) }).expect("a scan");
    }
    assert!(tracker.tracks().all(|point| point.at.is_finite()));
}
