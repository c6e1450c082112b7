//! Late scans within the lag give the picture that punctual ones would have given.

use crate::world::{Dice, feed, picture, scans, tracker};
use proptest::prelude::*;
use vigie_track::{Replay, Scan, ScanError};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn late_is_as_good_as_punctual(seed in 0_u64..1_000, lag in 1_usize..8) {
        let scans = scans(5, seed, 30);
        let mut punctual = tracker();
        feed(&mut punctual, &scans);
        // Each scan arrives up to `lag` seconds after its time.
        let mut dice = Dice(seed);
        let mut order: Vec<(f64, usize)> = (0..scans.len()).map(|k| (k as f64 + dice.unit() * lag as f64, k)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut late = Replay::new(tracker(), lag as f64 + 1.0);
        for (_, k) in order {
            let (at_s, plots) = &scans[k];
            let taken = late.step(&Scan { sensor: 0, at_s: *at_s, plots });
            prop_assert!(taken.is_ok());
        }
        prop_assert_eq!(picture(late.tracker()), picture(&punctual));
    }
}

#[test]
fn f16_too_late_or_repeated_scans_are_refused_and_change_nothing() {
    let scans = scans(5, 7, 20);
    let mut replay = Replay::new(tracker(), 5.0);
    for (at_s, plots) in scans.iter().filter(|scan| (scan.0 - 3.0).abs() > 0.5) {
        replay.step(&Scan { sensor: 0, at_s: *at_s, plots }).expect("in order");
    }
    let before = picture(replay.tracker());
    let late = replay.step(&Scan { sensor: 0, at_s: 3.0, plots: &scans[3].1 });
    assert_eq!(late, Err(ScanError::Late { late_s: 16.0 }));
    for k in [15, 19] {
        let again = replay.step(&Scan { sensor: 0, at_s: f64::from(k), plots: &scans[5].1 });
        assert_eq!(again, Err(ScanError::Repeated), "scan {k}");
    }
    for at_s in [f64::NAN, f64::INFINITY] {
        assert_eq!(replay.step(&Scan { sensor: 0, at_s, plots: &[] }), Err(ScanError::NoTime));
    }
    assert_eq!(replay.step(&Scan { sensor: 4, at_s: 18.5, plots: &[] }), Err(ScanError::NoSensor(4)));
    assert_eq!(picture(replay.tracker()), before);
}

#[test]
fn a_tracker_alone_refuses_what_is_not_later() {
    let scans = scans(3, 2, 10);
    let mut tracker = tracker();
    feed(&mut tracker, &scans);
    let before = picture(&tracker);
    let again = |at_s: f64| Scan { sensor: 0, at_s, plots: &scans[9].1 };
    assert_eq!(tracker.step(&again(9.0)), Err(ScanError::Repeated));
    assert_eq!(tracker.step(&again(7.5)), Err(ScanError::Late { late_s: 1.5 }));
    assert_eq!(picture(&tracker), before);
}
