//! A small invented world for the tests: a generator of its own, so that no test rests on a library's random numbers.

use vigie_track::{Look, Motion, Plot, PlotId, Scan, Sensor, Settings, Tracker, V2};

/// SplitMix64 (Steele, Lea, Flood 2014): enough for tests, the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub fn normal(&mut self) -> f64 {
        let (u, v) = (self.unit().max(1e-12), self.unit());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }
}

pub const SIDE: f64 = 4_000.0;
pub const SIGMA: f64 = 15.0;
pub const CLUTTER: f64 = 8.0;

/// Where `targets` objects of steady course are at second `k`.
pub fn truth(targets: usize, seed: u64, k: usize) -> Vec<V2> {
    let mut dice = Dice(seed);
    let at = |dice: &mut Dice| V2::new(dice.between(-1_500.0, 1_500.0), dice.between(-1_500.0, 1_500.0));
    (0..targets)
        .map(|_| {
            let start = at(&mut dice);
            let velocity = V2::new(dice.between(-15.0, 15.0), dice.between(-15.0, 15.0));
            start + velocity * k as f64
        })
        .collect()
}

/// What a sensor of [`SIGMA`], chance of detection 0.9 and [`CLUTTER`] false plots sees of it.
pub fn scans(targets: usize, seed: u64, count: usize) -> Vec<(f64, Vec<Plot>)> {
    let mut dice = Dice(seed ^ 0xABCD);
    (0..count)
        .map(|k| {
            let mut looks: Vec<V2> = truth(targets, seed, k)
                .into_iter()
                .filter_map(|at| {
                    let noise = V2::new(SIGMA * dice.normal(), SIGMA * dice.normal());
                    (dice.unit() < 0.9).then_some(at + noise)
                })
                .collect();
            for _ in 0..(2.0 * CLUTTER * dice.unit()).round() as usize {
                looks.push(V2::new(dice.between(-0.5, 0.5) * SIDE, dice.between(-0.5, 0.5) * SIDE));
            }
            (k as f64, plots(k, &looks))
        })
        .collect()
}

pub fn plots(scan: usize, looks: &[V2]) -> Vec<Plot> {
    let id = |n: usize| PlotId((scan * 100_000 + n) as u64);
    looks.iter().enumerate().map(|(n, at)| Plot::new(id(n), Look::Plane(*at))).collect()
}

pub fn settings() -> Settings {
    Settings { speed_max_m_s: 25.0, area_m2: SIDE * SIDE, newcomers: 0.4, ..Settings::default() }
}

pub fn sensor() -> Sensor {
    Sensor::plane(SIGMA, 0.9, CLUTTER / (SIDE * SIDE))
}

pub fn tracker() -> Tracker<1> {
    Tracker::new(settings(), Motion::constant_velocity(0.5), vec![sensor()], None)
}

pub fn feed<const M: usize>(tracker: &mut Tracker<M>, scans: &[(f64, Vec<Plot>)]) {
    for (at_s, plots) in scans {
        tracker.step(&Scan { sensor: 0, at_s: *at_s, plots }).expect("scans come in order");
    }
}

/// Label, position and existence of every track, for comparing two runs.
pub fn picture<const M: usize>(tracker: &Tracker<M>) -> Vec<(String, V2, f64)> {
    tracker.tracks().map(|point| (point.label.to_string(), point.at, point.existence)).collect()
}
