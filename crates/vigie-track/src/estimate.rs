//! Learns the data sheet from the plots alone, while tracking: for a sensor whose sheet is lost or lies.
//!
//! For sensors that give positions on the plane. Only the past is used. Starting from a common ground radar ([`Learner::GUESS`]), after each scan:
//! - **Noise.** For three plots of one sure track at equal steps `T`, `d = z₂ − 2 z₁ + z₀` has the variance
//!   `6 σ² + (2/3) q T³` on each axis (nearly-constant velocity). Short steps give `σ`. The median of `|d|²` is used (for
//!   two axes `2 ln 2` times the variance): a few wrong plots do not move it.
//! - **Manoeuvre noise.** The same over steps eight times as long gives `q = (3/2) (var − 6 σ²) / T³`.
//! - **Detection.** A gap counts as misses only once the track is seen again, so that ends are not taken for misses.
//! - **Clutter.** Plots that no likely track explains, over the rectangle that holds the middle nine
//!   tenths of the plots along each axis, widened in proportion.
//! - **Speed.** The mean square of sure tracks' speeds; an even spread of speeds up to `v` has `v² / 3`.
//!
//! Each estimate is drawn towards the guess with the weight of ten observations, on the scale of logarithms where it has one.

use crate::engine::Tracker;
use crate::plane::V2;
use crate::scan::{Plot, Scan};
use crate::sensor::Look;
use crate::sheet::DataSheet;
use crate::track::Label;
use std::collections::{BTreeMap, VecDeque};

/// Long steps are this many scans.
const LONG: usize = 8;
/// Differences kept for a median.
const KEPT: usize = 1_024;
/// Weight of the first guess, in observations.
const GUESS_WEIGHT: f64 = 10.0;

/// What has been learned of one sensor.
#[derive(Debug, Clone)]
pub struct Learner {
    sheet: DataSheet,
    started: bool,
    last_s: Option<f64>,
    east: Spread,
    north: Spread,
    paths: BTreeMap<Label, Path>,
    short: Median,
    long: Median,
    hits: f64,
    misses: f64,
    false_plots: f64,
    scans: f64,
    speed2: f64,
    speeds: f64,
}

/// The plots of one sure track, by scan; `None` where it was missed.
#[derive(Debug, Clone, Default)]
struct Path {
    at: VecDeque<Option<V2>>,
    gap: u32,
    fresh: bool,
}

/// A median of the latest values.
#[derive(Debug, Clone, Default)]
struct Median {
    values: VecDeque<f64>,
    sorted: Vec<f64>,
}

/// How wide plots spread along one axis.
#[derive(Debug, Clone, Default)]
struct Spread(Median);

impl Spread {
    /// Width of the even spread whose middle nine tenths are these: a few far plots do not widen it.
    fn width(&mut self) -> Option<f64> {
        let low = self.0.quantile(0.05)?;
        let high = self.0.quantile(0.95)?;
        (high > low).then_some((high - low) / 0.9)
    }
}

impl Median {
    fn push(&mut self, value: f64) {
        if self.values.len() == KEPT {
            self.values.pop_front();
        }
        self.values.push_back(value);
    }

    fn get(&mut self) -> Option<f64> {
        self.quantile(0.5)
    }

    fn quantile(&mut self, share: f64) -> Option<f64> {
        self.sorted.clear();
        self.sorted.extend(&self.values);
        if self.sorted.is_empty() {
            return None;
        }
        let place = (self.sorted.len() as f64 * share) as usize;
        Some(*self.sorted.select_nth_unstable_by(place, f64::total_cmp).1)
    }
}

impl Default for Learner {
    fn default() -> Self {
        Self {
            sheet: Self::GUESS,
            started: false,
            last_s: None,
            east: Spread::default(),
            north: Spread::default(),
            paths: BTreeMap::new(),
            short: Median::default(),
            long: Median::default(),
            hits: 0.0,
            misses: 0.0,
            false_plots: 0.0,
            scans: 0.0,
            speed2: 0.0,
            speeds: 0.0,
        }
    }
}

impl Learner {
    /// What is assumed before anything is known: a common ground-surveillance radar.
    pub const GUESS: DataSheet = DataSheet {
        period: 1.0,
        side: 10_000.0,
        pd: 0.9,
        sigma: 20.0,
        q: 1.0,
        vmax: 30.0,
        clutter: 20.0,
        density: 2e-7,
    };

    /// The sheet as far as it is known.
    pub fn sheet(&self) -> DataSheet {
        self.sheet
    }

    /// Looks at a scan before it is tracked: the area and the period come from here. The first scan also gives a first idea
    /// of the clutter: most of what a sensor shows at first sight is false.
    pub fn before(&mut self, at_s: f64, plots: &[Plot]) -> DataSheet {
        for at in plots.iter().filter_map(position) {
            self.east.0.push(at.x);
            self.north.0.push(at.y);
        }
        if let Some(period) = self.last_s.map(|last| at_s - last).filter(|period| *period > 0.0) {
            self.sheet.period =
                if self.scans < 2.0 { period } else { 0.9 * self.sheet.period + 0.1 * period };
        }
        self.last_s = Some(at_s);
        if !self.started && !plots.is_empty() {
            self.started = true;
            self.false_plots = plots.len() as f64 * 0.8;
            self.scans = 1.0;
        }
        self.spread();
        self.sheet
    }

    /// Learns from what the tracker made of the scan.
    pub fn after<const M: usize>(&mut self, scan: &Scan, tracker: &Tracker<M>) {
        let by_id: BTreeMap<_, _> =
            scan.plots.iter().filter_map(|plot| Some((plot.id, position(plot)?))).collect();
        let mut explained = 0.0;
        for point in tracker.tracks() {
            if point.existence > 0.5 {
                explained += point.plots.iter().map(|plot| f64::from(plot.1)).sum::<f64>().min(1.0);
            }
            // A miss makes a track less sure: one that is being followed stays so until it is gone.
            if point.existence < 0.95 && !self.paths.contains_key(&point.label) {
                continue;
            }
            let best = point.plots.iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|plot| plot.1 > 0.5);
            let clear = best.filter(|plot| plot.1 > 0.9).and_then(|plot| by_id.get(&plot.0)).copied();
            self.follow(point.label, best.is_some(), clear);
            if clear.is_some() && point.doubt.is_none() && self.speeds < 1e6 {
                self.speed2 += point.velocity.dot(point.velocity) - 2.0 * self.sheet.sigma.powi(2) / 25.0;
                self.speeds += 1.0;
            }
        }
        self.paths.retain(|_, path| std::mem::take(&mut path.fresh));
        self.false_plots = 0.95 * self.false_plots + (scan.plots.len() as f64 - explained).max(0.0);
        self.scans = 0.95 * self.scans + 1.0;
        self.conclude();
    }

    fn follow(&mut self, label: Label, seen: bool, clear: Option<V2>) {
        let path = self.paths.entry(label).or_default();
        path.fresh = true;
        if path.at.len() > 2 * LONG {
            path.at.pop_front();
        }
        path.at.push_back(clear);
        if seen {
            self.hits += 1.0;
            self.misses += f64::from(std::mem::take(&mut path.gap));
        } else {
            path.gap += 1;
        }
        let n = path.at.len();
        let bend = |step: usize| {
            let back = |k: usize| n.checked_sub(1 + k * step).and_then(|at| path.at[at]);
            Some(back(0)? - back(1)? * 2.0 + back(2)?)
        };
        if let Some(d) = bend(1) {
            self.short.push(d.dot(d));
        }
        if let Some(d) = bend(LONG) {
            self.long.push(d.dot(d));
        }
    }

    fn conclude(&mut self) {
        let guess = Self::GUESS;
        let variance = |median: &mut Median| median.get().map(|m| m / (2.0 * std::f64::consts::LN_2));
        let period3 = self.sheet.period.powi(3);
        if let Some(short) = variance(&mut self.short) {
            let own = ((short - 2.0 / 3.0 * self.sheet.q * period3) / 6.0).max(0.01 * short / 6.0);
            let n = self.short.values.len() as f64;
            self.sheet.sigma = draw(own, n, guess.sigma.powi(2)).sqrt();
            if let Some(long) = variance(&mut self.long) {
                let n = self.long.values.len() as f64 / 4.0;
                let q = (1.5 * (long - 6.0 * own) / (period3 * (LONG as f64).powi(3))).clamp(0.01, 100.0);
                self.sheet.q = draw(q, n, guess.q);
            }
        }
        let seen = self.hits + guess.pd * GUESS_WEIGHT;
        self.sheet.pd = (seen / (self.hits + self.misses + GUESS_WEIGHT)).clamp(0.3, 0.995);
        if self.speeds > 0.0 {
            let square = (3.0 * self.speed2 / self.speeds).max(1e-4 * guess.vmax.powi(2));
            self.sheet.vmax = draw(square, self.speeds / 10.0, guess.vmax.powi(2)).sqrt();
        }
        self.spread();
    }

    fn spread(&mut self) {
        if let (Some(width), Some(height)) = (self.east.width(), self.north.width()) {
            self.sheet.side = (width * height).sqrt().max(1.0);
        }
        if self.scans > 0.0 {
            self.sheet.clutter = (self.false_plots / self.scans).max(0.1);
        }
        self.sheet.density = self.sheet.clutter / self.sheet.side.powi(2);
    }
}

/// Draws an estimate from `n` observations towards the guess. On the scale of logarithms: a guess that is ten times too
/// large must not outweigh a thousand observations.
fn draw(estimate: f64, n: f64, guess: f64) -> f64 {
    ((estimate.ln() * n + guess.ln() * GUESS_WEIGHT) / (n + GUESS_WEIGHT)).exp()
}

fn position(plot: &Plot) -> Option<V2> {
    match plot.look {
        Look::Plane(at) if at.is_finite() && at.norm() < crate::sensor::FAR_M => Some(at),
        _ => None,
    }
}
