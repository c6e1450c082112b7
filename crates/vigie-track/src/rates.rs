//! How often objects appear, and where, and how long they stay: learned from the scene itself, never from what is to come.
//!
//! All are Poisson rates with a Gamma prior, `(counts + prior counts) / (exposure + prior exposure)`, whose past fades.
//! - *Newcomers a scan*, for each sensor. A newcomer is counted [`CLEAR_AFTER`] scans after its founding plot, by then its
//!   existence is clear. The prior stays in for one scan's worth, so that a quiet hour never shuts the door.
//! - *Where they appear*: shares of square cells, drawn towards an even spread.
//! - *Hazard of ending*, overall and by age. A track once sure that is dropped is an end. The hazard at an age is drawn
//!   towards the overall one, that towards the prior: a scene whose objects stay long makes tracks patient.

use crate::plane::V2;
use crate::settings::Settings;
use crate::track::Track;
use std::collections::BTreeMap;

/// Scans after which a newcomer's existence is counted.
const CLEAR_AFTER: u32 = 3;
/// Share of the newcomers' count that the next scan keeps.
const KEEP: f64 = 0.85;
/// Weight of the newcomers' prior, in scans.
const PRIOR_SCANS: f64 = 1.0;
/// Weight of the hazard's prior, in seconds of all the tracks there are.
const PRIOR_HAZARD_S: f64 = 5.0;
/// Ages are told apart in steps of a tenth of a life, up to two lives.
const AGES: usize = 20;
/// Cells of the map of appearances along the side of the area.
const CELLS: f64 = 8.0;
/// Newcomers' worth of even spread that the map starts with.
const EVEN: f64 = 40.0;
/// Share of the map that each newcomer leaves of what was there.
const MAP_KEEP: f64 = 0.995;
/// Cells beyond which the map grows no more: plots may come from anywhere.
const CELLS_MAX: usize = 1024;

/// What has been learned so far.
#[derive(Debug, Clone)]
pub(crate) struct Rates {
    sensors: Vec<Newcomers>,
    map: Appearances,
    life_s: f64,
    ends: f64,
    lived_s: f64,
    overall: f64,
    /// Existence of all sure tracks after the last scan.
    sure: f64,
    dt_s: f64,
    /// Ends and seconds lived by age.
    ages: [(f64, f64); AGES],
}

#[derive(Debug, Clone, Copy)]
struct Newcomers {
    prior: f64,
    count: f64,
    scans: f64,
    seen: u32,
}

#[derive(Debug, Clone)]
struct Appearances {
    cell_m: f64,
    counts: BTreeMap<(i32, i32), f64>,
    total: f64,
}

impl Rates {
    pub fn new(settings: &Settings, sensors: usize) -> Self {
        let newcomers = Newcomers { prior: settings.newcomers, count: 0.0, scans: 0.0, seen: 0 };
        Self {
            sensors: vec![newcomers; sensors],
            map: Appearances { cell_m: settings.area_m2.sqrt() / CELLS, counts: BTreeMap::new(), total: 0.0 },
            life_s: settings.life_s,
            ends: 0.0,
            lived_s: 0.0,
            overall: 1.0 / settings.life_s,
            sure: 0.0,
            dt_s: 0.0,
            ages: [(0.0, 0.0); AGES],
        }
    }

    /// Takes over new priors, keeping what was learned.
    pub fn retune(&mut self, settings: &Settings) {
        self.sensors.iter_mut().for_each(|of| of.prior = settings.newcomers);
        self.life_s = settings.life_s;
        let cell_m = settings.area_m2.sqrt() / CELLS;
        if (cell_m / self.map.cell_m - 1.0).abs() > 0.5 {
            self.map = Appearances { cell_m, counts: BTreeMap::new(), total: 0.0 };
        }
    }

    /// Newcomers expected in one scan of this sensor.
    pub fn newcomers(&self, sensor: usize) -> f64 {
        let of = &self.sensors[sensor];
        (of.count + of.prior * PRIOR_SCANS) / (of.scans + PRIOR_SCANS)
    }

    /// How much likelier than on an even spread a newcomer is at `at`.
    pub fn appeal(&self, at: V2) -> f64 {
        self.map.appeal(at)
    }

    /// Chance a second that an object of this age ends.
    pub fn hazard(&self, age_s: f64) -> f64 {
        let (ends, lived_s) = self.ages[self.age(age_s)];
        (ends + self.life_s * self.overall) / (lived_s + self.life_s)
    }

    fn age(&self, age_s: f64) -> usize {
        ((age_s * 10.0 / self.life_s).max(0.0) as usize).min(AGES - 1)
    }

    /// Starts a step of `dt_s` seconds: the past fades, over a seventh of a life.
    pub fn start(&mut self, dt_s: f64) {
        let weight = PRIOR_HAZARD_S * self.life_s / 100.0 * self.sure;
        if weight > 0.0 {
            self.overall = (self.ends + weight / self.life_s) / (self.lived_s + weight);
        }
        let keep = (-dt_s * 7.0 / self.life_s).exp();
        self.ends *= keep;
        self.lived_s = self.lived_s * keep + self.sure * dt_s;
        self.sure = 0.0;
        self.dt_s = dt_s;
    }

    /// Counts what became of a track in this step.
    pub fn followed(&mut self, track: &Track, existence: f64, dropped: bool, age_s: f64, at: V2) {
        if track.scans + 1 == CLEAR_AFTER {
            self.sensors[usize::from(track.label.sensor)].count += existence;
            self.map.count(at, existence);
        }
        if track.sure_once {
            let age = self.age(age_s);
            if dropped {
                self.ends += 1.0;
                self.ages[age].0 += 1.0;
            } else {
                self.sure += existence;
                self.ages[age].1 += existence * self.dt_s;
            }
        }
    }

    /// Ends a scan of this sensor: its newcomers fade.
    pub fn scan_done(&mut self, sensor: usize) {
        let of = &mut self.sensors[sensor];
        of.seen = of.seen.saturating_add(1);
        // The first scans have no newcomers to show yet.
        if of.seen > CLEAR_AFTER {
            of.count *= KEEP;
            of.scans = of.scans * KEEP + 1.0;
        }
    }
}

impl Appearances {
    fn cell(&self, at: V2) -> (i32, i32) {
        ((at.x / self.cell_m).floor() as i32, (at.y / self.cell_m).floor() as i32)
    }

    fn count(&mut self, at: V2, existence: f64) {
        let cell = self.cell(at);
        if self.counts.len() >= CELLS_MAX && !self.counts.contains_key(&cell) {
            return;
        }
        let keep = MAP_KEEP.powf(existence);
        self.counts.values_mut().for_each(|count| *count *= keep);
        *self.counts.entry(cell).or_default() += existence;
        self.total = self.total * keep + existence;
    }

    fn appeal(&self, at: V2) -> f64 {
        let count = self.counts.get(&self.cell(at)).copied().unwrap_or(0.0);
        (count * CELLS * CELLS + EVEN) / (self.total + EVEN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::Label;

    fn track(scans: u32, sure_once: bool) -> Track {
        Track { label: Label { sensor: 0, at_ms: 0, plot: 0 }, scans, sure_once, ..Track::default() }
    }

    #[test]
    fn a_scene_that_keeps_its_objects_makes_tracks_patient() {
        let mut rates = Rates::new(&Settings::default(), 1);
        let before = rates.hazard(10.0);
        for second in 0..60 {
            rates.start(1.0);
            for _ in 0..20 {
                rates.followed(&track(9, true), 1.0, false, f64::from(second), V2::default());
            }
        }
        assert!(rates.hazard(10.0) < 0.3 * before, "{} {before}", rates.hazard(10.0));
        for _ in 0..20 {
            rates.followed(&track(9, true), 0.0, true, 60.0, V2::default());
        }
        rates.start(1.0);
        assert!(rates.hazard(60.0) > before && rates.hazard(10.0) < rates.hazard(60.0));
    }

    #[test]
    fn newcomers_are_expected_where_they_came_before_and_never_ruled_out() {
        let mut rates = Rates::new(&Settings { newcomers: 2.0, ..Settings::default() }, 1);
        let gate = V2::new(4_000.0, 100.0);
        for _ in 0..50 {
            rates.start(1.0);
            rates.followed(&track(CLEAR_AFTER - 1, false), 1.0, false, 3.0, gate);
            rates.scan_done(0);
        }
        assert!(rates.appeal(gate) > 10.0 * rates.appeal(V2::new(-3_000.0, 0.0)));
        assert!((0.8..1.6).contains(&rates.newcomers(0)), "{}", rates.newcomers(0));
        for _ in 0..200 {
            rates.scan_done(0);
        }
        assert!(rates.newcomers(0) > 0.1, "a quiet hour must not shut the door: {}", rates.newcomers(0));
    }
}
