//! The data sheet learned from the plots alone.

use crate::world::{CLUTTER, SIDE, SIGMA, scans};
use vigie_track::Scan;
use vigie_track::estimate::Learner;
use vigie_track::scenario::DataSheet;

fn learn(scans: &[(f64, Vec<vigie_track::Plot>)]) -> DataSheet {
    let mut learner = Learner::default();
    let mut tracker = Learner::GUESS.tracker();
    for (at_s, plots) in scans {
        let sheet = learner.before(*at_s, plots);
        assert_eq!(sheet.check(), Ok(()), "at {at_s} s");
        tracker.retune(sheet.settings(), sheet.motion(), &[sheet.sensor()]);
        let scan = Scan { sensor: 0, at_s: *at_s, plots };
        tracker.step(&scan).expect("in order");
        learner.after(&scan, &tracker);
    }
    learner.sheet()
}

#[test]
fn the_sheet_is_found_again() {
    let sheet = learn(&scans(20, 5, 80));
    assert!((sheet.sigma / SIGMA - 1.0).abs() < 0.1, "{sheet:?}");
    assert!((sheet.pd - 0.9).abs() < 0.03, "{sheet:?}");
    assert!((sheet.clutter / CLUTTER - 1.0).abs() < 0.35, "{sheet:?}");
    assert!((sheet.side / SIDE - 1.0).abs() < 0.25, "{sheet:?}");
    assert!(sheet.q < 0.5, "steady courses: {sheet:?}");
}

#[test]
fn nothing_or_one_place_for_ever_teaches_no_nonsense() {
    learn(&(0..30).map(|k| (f64::from(k), Vec::new())).collect::<Vec<_>>());
    let same = |k: usize| (k as f64, crate::world::plots(k, &[vigie_track::V2::new(3.0, 4.0); 3]));
    learn(&(0..60).map(same).collect::<Vec<_>>());
}
