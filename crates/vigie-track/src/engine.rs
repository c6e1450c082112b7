//! The tracker: one scan in, the picture out.
//!
//! Each possible object is a Bernoulli track: it exists with probability `r` and, if so, lies in a small mixture of
//! Gaussians, one for each recent history worth keeping. A scan of one sensor does:
//! 1. *Predict.* Components move by the motion models; `r ← r e^{−h Δt}` with the hazard `h` of objects ending.
//! 2. *Gate.* The grid gives each component the plots within `d² ≤ gate`.
//! 3. *Associate.* Track `i` explains plot `j` with weight `r p_D Σ w_c N(z_j; c)`, misses with `1 − r + r (1 − p_D)`; a plot that
//!    no track explains is clutter (`λ_c`) or a newcomer (`λ_n`). Marginals as in [`crate::associate`].
//! 4. *Update.* `r ← p_missed · r (1 − p_D) / (1 − r + r (1 − p_D)) + Σ_j p_ij`; each component splits over its plots;
//!    the light ones are dropped, the alike merged.
//! 5. *Found.* Each plot founds a track with `r = p_free λ_n / (λ_n + λ_c)`: measurement-driven birth.
//! 6. *Show.* With cutoff `c`, GOSPA (p = 2) charges `c²/2` for a false track, `c²/2` for a missed object and `e²` for the
//!    expected squared error of a right one: showing costs `r e² + (1 − r) c²/2`, hiding `r c²/2`, so a track is shown when
//!    `r > (c²/2) / (c² − e²)`, barely more than one half.
//!
//! This is the track-oriented Poisson multi-Bernoulli filter (Williams, *IEEE TAES* 51, 2015) with the mixtures of a
//! labelled multi-Bernoulli filter (Reuter and others, *IEEE TSP* 62, 2014).

use crate::associate::{Edge, Marginals, Pairings};
use crate::frame::Frame;
use crate::grid::Grid;
use crate::mixture::{Hypothesis, admit, correct, fit, level};
use crate::motion::{Component, Leap, Motion};
use crate::plane::{M2, V2};
use crate::rates::Rates;
use crate::register::{Mounting, Registration};
use crate::scan::{Outcome, Scan, ScanError};
use crate::sensor::{Seen, Sensor};
use crate::settings::Settings;
use crate::track::{Doubt, Freshness, Label, PlotId, Track, TrackPoint};

/// Stands for "rests on no one plot" and "no track".
const NONE: u32 = u32::MAX;
/// Pairings weaker than this are not worth carrying.
const RATIO_MIN: f64 = 1e-6;
/// A track is sure from this existence on.
const SURE: f64 = 0.9;
/// Times beyond this, in seconds, are no times (30,000 years).
const TIME_MAX_S: f64 = 1e12;
/// Chance of an exchange from which it is said.
const DOUBT_MIN: f64 = 0.1;
/// Seconds that a doubt is kept, unless a greater one comes.
const DOUBT_KEPT_S: f64 = 60.0;

/// The tracker with `M` motion models.
#[derive(Debug, Clone)]
pub struct Tracker<const M: usize> {
    settings: Settings,
    motion: Motion<M>,
    frame: Option<Frame>,
    sensors: Vec<Sensor>,
    mountings: Vec<Mounting>,
    now_s: Option<f64>,
    /// Time of each sensor's last scan.
    last_s: Vec<f64>,
    tracks: Vec<Track>,
    components: Vec<Component<M>>,
    plots: Vec<(PlotId, f32)>,
    rates: Rates,
    work: Work<M>,
}

/// Memory that one scan needs and the next takes over: in a steady state nothing is allocated.
#[derive(Debug)]
struct Work<const M: usize> {
    /// Each readable plot with its place in the scan.
    seen: Vec<(u32, Seen)>,
    /// Expected density of plots that no track made: clutter and newcomers.
    kappa: Vec<f64>,
    /// The newcomers' part of it.
    newcomers: Vec<f64>,
    grid: Grid,
    near: Vec<u32>,
    pairings: Pairings,
    /// For each edge, one likelihood per component of its track.
    fits: Vec<f64>,
    fit_starts: Vec<u32>,
    /// Chance of detection of each component.
    pd: Vec<f64>,
    marginals: Marginals,
    /// For each plot the two sure tracks that most likely made it.
    claims: Vec<[(u32, f64); 2]>,
    hypotheses: Vec<Hypothesis>,
    /// For each track of the new picture, the plot that most of its existence rests on.
    mains: Vec<u32>,
    /// For each plot, the likeliest track that rests on it.
    leaders: Vec<u32>,
    tracks: Vec<Track>,
    components: Vec<Component<M>>,
    plots: Vec<(PlotId, f32)>,
}

impl<const M: usize> Default for Work<M> {
    fn default() -> Self {
        Self {
            seen: Vec::new(),
            kappa: Vec::new(),
            newcomers: Vec::new(),
            grid: Grid::default(),
            near: Vec::new(),
            pairings: Pairings::default(),
            fits: Vec::new(),
            fit_starts: Vec::new(),
            pd: Vec::new(),
            marginals: Marginals::default(),
            claims: Vec::new(),
            hypotheses: Vec::new(),
            mains: Vec::new(),
            leaders: Vec::new(),
            tracks: Vec::new(),
            components: Vec::new(),
            plots: Vec::new(),
        }
    }
}

impl<const M: usize> Clone for Work<M> {
    /// Nothing in it outlives a scan: a copy of the tracker starts with its own.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<const M: usize> Tracker<M> {
    /// A tracker for these sensors, with nothing in sight yet.
    pub fn new(settings: Settings, motion: Motion<M>, sensors: Vec<Sensor>, frame: Option<Frame>) -> Self {
        Self {
            settings,
            motion,
            frame,
            mountings: sensors.iter().map(Mounting::new).collect(),
            rates: Rates::new(&settings, sensors.len()),
            last_s: vec![f64::NEG_INFINITY; sensors.len()],
            sensors,
            now_s: None,
            tracks: Vec::new(),
            components: Vec::new(),
            plots: Vec::new(),
            work: Work::default(),
        }
    }

    /// Takes in one scan; scans come in the order of their times.
    pub fn step(&mut self, scan: &Scan) -> Result<Outcome, ScanError> {
        let dt_s = self.interval(scan)?;
        let sensor = self.mountings[usize::from(scan.sensor)].apply(&self.sensors[usize::from(scan.sensor)]);
        let outcome = self.look(scan, &sensor);
        self.predict(dt_s);
        self.gate(&sensor);
        self.work.marginals.solve(&self.work.pairings, self.work.seen.len());
        self.claim();
        self.register(scan, &sensor);
        self.update(scan);
        self.found(scan);
        self.unite();
        self.now_s = Some(scan.at_s);
        self.last_s[usize::from(scan.sensor)] = scan.at_s;
        std::mem::swap(&mut self.tracks, &mut self.work.tracks);
        std::mem::swap(&mut self.components, &mut self.work.components);
        std::mem::swap(&mut self.plots, &mut self.work.plots);
        self.rates.scan_done(usize::from(scan.sensor));
        Ok(outcome)
    }

    /// Every track, the unlikely ones too, as they stand after the last scan.
    pub fn tracks(&self) -> impl Iterator<Item = TrackPoint<'_>> {
        self.tracks.iter().map(|track| self.point(track))
    }

    /// The tracks worth showing.
    pub fn picture(&self) -> impl Iterator<Item = TrackPoint<'_>> {
        // One that exists less likely than not is never worth it: its mixture need not be blended.
        let likely = self.tracks.iter().filter(|track| track.existence > 0.5);
        likely.map(|track| self.point(track)).filter(|point| point.confirmed)
    }

    /// Time of the last scan, seconds.
    pub fn now_s(&self) -> Option<f64> {
        self.now_s
    }

    /// What is known of a sensor's constant error.
    pub fn registration(&self, sensor: u16) -> Option<Registration> {
        self.mountings.get(usize::from(sensor)).map(Mounting::registration)
    }

    /// Clusters of the last scan that were too large for exact sums.
    pub fn loopy_clusters(&self) -> u32 {
        self.work.marginals.loopy
    }

    /// Goes on with another data sheet and other priors; tracks and what the scene taught are kept.
    pub fn retune(&mut self, settings: Settings, motion: Motion<M>, sensors: &[Sensor]) {
        self.settings = settings;
        self.motion = motion;
        for (own, new) in self.sensors.iter_mut().zip(sensors) {
            *own = *new;
        }
        self.rates.retune(&settings);
    }

    fn interval(&self, scan: &Scan) -> Result<f64, ScanError> {
        let Some(last_s) = self.last_s.get(usize::from(scan.sensor)) else {
            return Err(ScanError::NoSensor(scan.sensor));
        };
        if !(-TIME_MAX_S..=TIME_MAX_S).contains(&scan.at_s) {
            return Err(ScanError::NoTime);
        }
        let dt_s = self.now_s.map_or(0.0, |now| scan.at_s - now);
        if dt_s < 0.0 {
            Err(ScanError::Late { late_s: -dt_s })
        } else if scan.at_s <= *last_s {
            Err(ScanError::Repeated)
        } else {
            Ok(dt_s)
        }
    }

    fn point(&self, track: &Track) -> TrackPoint<'_> {
        let components = &self.components[track.components.clone()];
        let mut all = components[0].blend();
        let mut sum = components[0].weight;
        for component in &components[1..] {
            all.merge(sum, &component.blend(), component.weight);
            sum += component.weight;
        }
        let age_s = self.now_s.unwrap_or(track.seen_at_s) - track.seen_at_s;
        let freshness = match age_s {
            age if age > self.settings.lost_after_s => Freshness::Lost,
            age if age > 0.0 => Freshness::Coasting,
            _ => Freshness::Live,
        };
        let speed_sigma = all.c.trace().max(0.0).sqrt();
        TrackPoint {
            label: track.label,
            at: all.x,
            velocity: all.v,
            spread: all.a,
            existence: track.existence,
            age_s,
            freshness,
            confirmed: freshness != Freshness::Lost && self.worth_showing(track.existence, all.a),
            implausible: all.v.norm() > self.settings.speed_max_m_s + 3.0 * speed_sigma,
            class: track.class.best(),
            doubt: track.doubt,
            plots: &self.plots[track.plots.clone()],
        }
    }

    fn worth_showing(&self, existence: f64, spread: M2) -> bool {
        let square = self.settings.cutoff_m * self.settings.cutoff_m;
        existence * (square - spread.trace().min(0.5 * square)) > 0.5 * square
    }

    /// Reads the scan's plots and works out how many of them no track will explain.
    fn look(&mut self, scan: &Scan, sensor: &Sensor) -> Outcome {
        let mut outcome = Outcome {
            beyond: scan.plots.len().saturating_sub(self.settings.plots_max),
            ..Outcome::default()
        };
        let work = &mut self.work;
        work.seen.clear();
        for (place, plot) in scan.plots.iter().take(self.settings.plots_max).enumerate() {
            match sensor.see(plot.look, self.frame.as_ref()) {
                Ok(seen) => work.seen.push((place as u32, seen)),
                Err(error) => outcome.refused.push((place as u32, error)),
            }
        }
        let newcomers = self.rates.newcomers(usize::from(scan.sensor));
        let false_plots = sensor.clutter_in(self.settings.area_m2);
        let known: f64 = self.tracks.iter().map(|track| track.existence).sum::<f64>() * sensor.pd;
        let expected = false_plots + newcomers + known;
        // A first picture may hold any number of objects: only what goes far beyond chance and doubling is a flood.
        let most = 2.0 * expected + 8.0 * expected.sqrt() + 50.0;
        let mut thicker = 1.0;
        if scan.plots.len() as f64 > most {
            outcome.flood = Some(expected);
            thicker = (scan.plots.len() as f64 - known).max(1.0) / false_plots.max(1e-9);
        }
        work.kappa.clear();
        work.newcomers.clear();
        for (_, seen) in &work.seen {
            let new =
                seen.position().map_or(0.0, |at| newcomers / self.settings.area_m2 * self.rates.appeal(at));
            work.newcomers.push(new);
            work.kappa.push((seen.clutter() * thicker + new).max(1e-300));
        }
        outcome
    }

    fn predict(&mut self, dt_s: f64) {
        self.rates.start(dt_s);
        let leap: Leap<M> = self.motion.leap(dt_s);
        for component in &mut self.components {
            component.predict(&leap);
        }
        let now = self.now_s.unwrap_or(0.0);
        for track in &mut self.tracks {
            track.existence *= (-self.rates.hazard(now - track.born_s()) * dt_s).exp();
        }
    }

    /// Finds each track's candidate plots and weighs them.
    fn gate(&mut self, sensor: &Sensor) {
        let work = &mut self.work;
        let gate_d2 = self.settings.gate_d2;
        let noise = work.widest_noise();
        work.grid.fill(
            2.0 * (gate_d2 * 2.0 * noise.x.max(noise.y)).sqrt(),
            work.seen.iter().map(|(_, seen)| seen.position()),
        );
        let lines = work.seen.iter().any(|(_, seen)| seen.position().is_none());
        work.pairings.clear();
        work.fits.clear();
        work.fit_starts.clear();
        work.pd.clear();
        for track in &self.tracks {
            let components = &self.components[track.components.clone()];
            work.find_near(components, noise, gate_d2, lines);
            work.weigh_near(track, components, sensor, gate_d2);
        }
    }

    /// Notes for each plot which two sure tracks most likely made it.
    fn claim(&mut self) {
        let work = &mut self.work;
        work.claims.clear();
        work.claims.resize(work.seen.len(), [(NONE, 0.0); 2]);
        for (i, _) in self.tracks.iter().enumerate().filter(|(_, track)| track.sure_once) {
            for e in work.pairings.of(i) {
                let claim = (i as u32, work.marginals.paired[e]);
                let [first, second] = &mut work.claims[work.pairings.edges[e].plot as usize];
                if claim.1 > first.1 {
                    *second = std::mem::replace(first, claim);
                } else if claim.1 > second.1 {
                    *second = claim;
                }
            }
        }
    }

    /// Lets a badly known sensor learn its mounting from tracks that a better known one just saw.
    fn register(&mut self, scan: &Scan, sensor: &Sensor) {
        let own = usize::from(scan.sensor);
        let mut mounting = self.mountings[own];
        for (i, track) in self.tracks.iter().enumerate() {
            let other = &self.mountings[usize::from(track.last_sensor)];
            let [component] = &self.components[track.components.clone()] else { continue };
            if track.existence < SURE || !mounting.learns_from(other) {
                continue;
            }
            let sure = self.work.pairings.of(i).find(|e| self.work.marginals.paired[*e] > SURE);
            let Some(e) = sure else { continue };
            let (place, seen) = self.work.seen[self.work.pairings.edges[e].plot as usize];
            mounting.learn(sensor, scan.plots[place as usize].look, &seen, &component.blend());
        }
        mounting.walk();
        self.mountings[own] = mounting;
    }

    fn update(&mut self, scan: &Scan) {
        let work = &mut self.work;
        work.tracks.clear();
        work.components.clear();
        work.plots.clear();
        work.mains.clear();
        let mut first_pd = 0;
        for (i, track) in self.tracks.iter().enumerate() {
            let components = &self.components[track.components.clone()];
            let pds = first_pd..first_pd + components.len();
            first_pd = pds.end;
            let (existence, pd) = work.split(i, track, components, pds);
            let least =
                if track.sure_once { self.settings.existence_min } else { self.settings.tentative_min };
            let dropped = existence < least;
            self.rates.followed(
                track,
                existence,
                dropped,
                scan.at_s - track.born_s(),
                components[0].guess[0].x,
            );
            if dropped {
                continue;
            }
            let kept = work.reduce(components, existence, &self.settings);
            let mut next = Track {
                existence: existence.min(1.0 - 1e-9),
                components: kept,
                scans: track.scans + u32::from(pd > 0.1),
                sure_once: track.sure_once || existence > SURE,
                ..track.clone()
            };
            work.attribute(i, scan, &mut next, self.settings.main_share);
            if track.sure_once {
                next.doubt = work.doubt(i, &self.tracks, scan.at_s, track.doubt);
            }
            work.tracks.push(next);
        }
    }

    /// Lets each plot that no track explains found one.
    fn found(&mut self, scan: &Scan) {
        // Speeds spread evenly up to the greatest in any direction: a sixth of its square on each axis.
        let speed_var = self.settings.speed_max_m_s.powi(2) / 6.0;
        let work = &mut self.work;
        for (j, (place, seen)) in work.seen.iter().enumerate() {
            let Seen::Point { z, noise, .. } = *seen else { continue };
            let existence = work.marginals.free[j] * work.newcomers[j] / work.kappa[j];
            if existence < self.settings.tentative_min || work.tracks.len() >= self.settings.tracks_max {
                continue;
            }
            let plot = &scan.plots[*place as usize];
            let (first, first_plot) = (work.components.len(), work.plots.len());
            work.components.push(Component::born(&self.motion, z, noise, speed_var));
            work.plots.push((plot.id, 1.0));
            work.mains.push(j as u32);
            let mut track = Track {
                label: Label {
                    sensor: scan.sensor,
                    at_ms: (scan.at_s * 1000.0).round() as i64,
                    plot: *place,
                },
                existence,
                components: first..first + 1,
                plots: first_plot..first_plot + 1,
                seen_at_s: scan.at_s,
                last_sensor: scan.sensor,
                ..Track::default()
            };
            if let Some(hint) = plot.class {
                track.class.weigh(hint, 1.0);
            }
            work.tracks.push(track);
        }
    }

    /// Unites tracks that rest on the same plot: they tell different pasts of one object.
    ///
    /// The plot was made by one object at most, so their chances add up, and an object that each of them alone would leave
    /// below one half is shown. The likeliest lends its label. Tracks whose chances sum to more than one are several objects
    /// and stay apart (after Fontana, García-Fernández and Maskell, *Bernoulli merging*, FUSION 2020).
    fn unite(&mut self) {
        let work = &mut self.work;
        work.find_leaders();
        for i in 0..work.mains.len() {
            let Some(&leader) = work.leaders.get(work.mains[i] as usize) else { continue };
            let leader = leader as usize;
            let (own, others) = (work.tracks[leader].existence, work.tracks[i].existence);
            if leader == i || own + others > 1.0 {
                continue;
            }
            let first = work.components.len();
            for (track, share) in [(leader, own), (i, others)] {
                for at in work.tracks[track].components.clone() {
                    let mut component = work.components[at];
                    component.weight *= share / (own + others);
                    if component.weight > self.settings.share_min {
                        admit(&mut work.components, first, &component, &self.settings);
                    }
                }
            }
            level(&mut work.components[first..]);
            let scans = work.tracks[i].scans;
            work.tracks[i].existence = 0.0;
            let united = &mut work.tracks[leader];
            united.components = first..work.components.len();
            united.existence = (own + others).min(1.0 - 1e-9);
            united.scans = united.scans.max(scans);
        }
        work.tracks.retain(|track| track.existence > 0.0);
    }
}

impl<const M: usize> Work<M> {
    /// The greatest variance of any plot along each axis.
    fn widest_noise(&self) -> V2 {
        self.seen.iter().fold(V2::default(), |most, (_, seen)| match seen {
            Seen::Point { noise, .. } => V2::new(most.x.max(noise.a), most.y.max(noise.d)),
            Seen::Line { .. } => most,
        })
    }

    /// Fills `near` with the plots that may lie in the gate of any component.
    fn find_near(&mut self, components: &[Component<M>], noise: V2, gate_d2: f64, lines: bool) {
        self.near.clear();
        let near = &mut self.near;
        for guess in components.iter().flat_map(|component| &component.guess) {
            let reach =
                V2::new((gate_d2 * (guess.a.a + noise.x)).sqrt(), (gate_d2 * (guess.a.d + noise.y)).sqrt());
            self.grid.near(guess.x, reach, |plot| near.push(plot));
        }
        if lines {
            near.extend(
                (0..self.seen.len() as u32).filter(|j| self.seen[*j as usize].1.position().is_none()),
            );
        }
        near.sort_unstable();
        near.dedup();
    }

    /// Turns the near plots into edges: `l = r p_D Σ w_c N(z; c) / ((1 − r p_D) κ)`.
    fn weigh_near(&mut self, track: &Track, components: &[Component<M>], sensor: &Sensor, gate_d2: f64) {
        let first = self.pd.len();
        self.pd.extend(components.iter().map(|component| sensor.pd_at(component.guess[0].x)));
        let pds = &self.pd[first..];
        let pd: f64 = components.iter().zip(pds).map(|(component, pd)| component.weight * pd).sum();
        let nothing = 1.0 - track.existence * pd;
        for &plot in &self.near {
            let start = self.fits.len();
            let mut weight = 0.0;
            for (component, pd) in components.iter().zip(pds) {
                let fit = fit(component, &self.seen[plot as usize].1, gate_d2);
                self.fits.push(fit);
                weight += component.weight * pd * fit;
            }
            let ratio = track.existence * weight / (nothing * self.kappa[plot as usize]);
            if ratio > RATIO_MIN && ratio.is_finite() {
                self.pairings.edges.push(Edge { plot, ratio });
                self.fit_starts.push(start as u32);
            } else {
                self.fits.truncate(start);
            }
        }
        self.pairings.end_track();
    }

    /// Splits track `i` into hypotheses; gives its existence after the scan and its chance of having been seen.
    fn split(
        &mut self,
        i: usize,
        track: &Track,
        components: &[Component<M>],
        pds: std::ops::Range<usize>,
    ) -> (f64, f64) {
        let pd = &self.pd[pds];
        let unseen: f64 =
            components.iter().zip(pd).map(|(component, pd)| component.weight * (1.0 - pd)).sum();
        let missed = self.marginals.missed[i] * track.existence / (1.0 - track.existence * (1.0 - unseen));
        let mut existence = missed * unseen;
        self.hypotheses.clear();
        for (parent, (component, pd)) in components.iter().zip(pd).enumerate() {
            let weight = missed * component.weight * (1.0 - pd);
            self.hypotheses.push(Hypothesis { weight, parent, plot: None });
        }
        for e in self.pairings.of(i) {
            let fits = &self.fits[self.fit_starts[e] as usize..][..components.len()];
            let weigh = |((component, pd), fit): ((&Component<M>, &f64), &f64)| component.weight * pd * fit;
            let each = components.iter().zip(pd).zip(fits);
            let share = self.marginals.paired[e] / each.clone().map(weigh).sum::<f64>();
            existence += self.marginals.paired[e];
            let plot = Some(self.pairings.edges[e].plot);
            for (parent, of) in each.enumerate() {
                self.hypotheses.push(Hypothesis { weight: share * weigh(of), parent, plot });
            }
        }
        (existence, 1.0 - unseen)
    }

    /// Turns the hypotheses into components of the new picture, the heavy ones first.
    fn reduce(
        &mut self,
        components: &[Component<M>],
        existence: f64,
        settings: &Settings,
    ) -> std::ops::Range<usize> {
        let first = self.components.len();
        self.hypotheses.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight));
        let least = settings.share_min * existence;
        for (rank, hypothesis) in self.hypotheses.iter().enumerate() {
            if rank > 0 && hypothesis.weight < least {
                break;
            }
            let seen = hypothesis.plot.map(|plot| &self.seen[plot as usize].1);
            let next = correct(&components[hypothesis.parent], seen, hypothesis.weight);
            admit(&mut self.components, first, &next, settings);
        }
        level(&mut self.components[first..]);
        first..self.components.len()
    }

    /// Notes which plots of this scan stand behind the track, and what they say of its class.
    fn attribute(&mut self, i: usize, scan: &Scan, next: &mut Track, main_share: f64) {
        let first = self.plots.len();
        let mut strongest = (NONE, 0.0);
        for e in self.pairings.of(i) {
            let (plot, paired) = (self.pairings.edges[e].plot, self.marginals.paired[e]);
            if paired > strongest.1 {
                strongest = (plot, paired);
            }
            let share = (paired / next.existence) as f32;
            if share > 0.01 {
                let plot = &scan.plots[self.seen[plot as usize].0 as usize];
                self.plots.push((plot.id, share.min(1.0)));
                if let Some(hint) = plot.class {
                    next.class.weigh(hint, share.min(1.0));
                }
            }
        }
        self.mains.push(if strongest.1 > main_share * next.existence { strongest.0 } else { NONE });
        next.plots = first..self.plots.len();
        if self.marginals.missed[i] < 0.5 {
            next.seen_at_s = scan.at_s;
            next.last_sensor = scan.sensor;
        }
    }

    /// Whether another sure track may have had this one's plot.
    fn doubt(&self, i: usize, tracks: &[Track], at_s: f64, before: Option<Doubt>) -> Option<Doubt> {
        let mut doubt = before.filter(|doubt| at_s - doubt.at_s < DOUBT_KEPT_S);
        for e in self.pairings.of(i) {
            let claims = &self.claims[self.pairings.edges[e].plot as usize];
            let Some(&(other, chance)) = claims.iter().find(|claim| claim.0 != i as u32 && claim.0 != NONE)
            else {
                continue;
            };
            let chance = chance.min(self.marginals.paired[e]);
            if chance > DOUBT_MIN && doubt.is_none_or(|doubt| chance as f32 > doubt.chance) {
                doubt = Some(Doubt { with: tracks[other as usize].label, at_s, chance: chance as f32 });
            }
        }
        doubt
    }

    fn find_leaders(&mut self) {
        self.leaders.clear();
        self.leaders.resize(self.seen.len(), NONE);
        for (i, &plot) in self.mains.iter().enumerate().filter(|(_, plot)| **plot != NONE) {
            let rank = |of: usize| (self.tracks[of].sure_once, self.tracks[of].existence);
            let leader = &mut self.leaders[plot as usize];
            if *leader == NONE || rank(*leader as usize) < rank(i) {
                *leader = i as u32;
            }
        }
    }
}
