//! What a track says of itself: its label, where it is, how sure, and on which plots it rests.

use crate::class::{Belief, Class};
use crate::plane::{M2, V2};
use std::fmt;

/// One plot's identifier, given by whoever feeds the engine: it leads back to the record and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlotId(pub u64);

/// A track's name says its birth: the sensor, the time and the place of the founding plot in its scan.
///
/// It is fixed at birth and follows the track to its end: a replay of the same plots gives the same names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Label {
    /// Index of the sensor that saw it first.
    pub sensor: u16,
    /// When, in milliseconds on the engine's clock.
    pub at_ms: i64,
    /// Place of the founding plot in its scan.
    pub plot: u32,
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.sensor, self.at_ms, self.plot)
    }
}

/// How fresh a track is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// A plot of the last scan supports it.
    Live,
    /// Carried on by its motion alone, for a while.
    Coasting,
    /// No plot for longer than the limit: not where it is drawn.
    Lost,
}

/// A track as it stands after the last scan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrackPoint<'a> {
    /// Its name.
    pub label: Label,
    /// Position, metres on the plane.
    pub at: V2,
    /// Velocity, metres a second.
    pub velocity: V2,
    /// Covariance of the position, m².
    pub spread: M2,
    /// Chance that the object exists, 0 to 1.
    pub existence: f64,
    /// Seconds since the last plot that supports it.
    pub age_s: f64,
    /// How fresh it is.
    pub freshness: Freshness,
    /// Whether showing it is worth more than hiding it (see [`crate::Settings::cutoff_m`]).
    pub confirmed: bool,
    /// Faster than the scene's objects can be: shown with this mark, never trusted alone.
    pub implausible: bool,
    /// What it is taken for and with which chance; `None` before any hint.
    pub class: Option<(Class, f32)>,
    /// The last time its plots could have been another sure track's: the two may have changed places since.
    pub doubt: Option<Doubt>,
    /// The plots of the last scan behind this point, and the share of each; empty while coasting.
    pub plots: &'a [(PlotId, f32)],
}

/// Two tracks came so near that their plots could have been exchanged: said, never silent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Doubt {
    /// The other track.
    pub with: Label,
    /// When, seconds on the engine's clock.
    pub at_s: f64,
    /// Chance, 0 to 1, that the plot taken then was the other's.
    pub chance: f32,
}

/// What the engine keeps of a track, besides its components.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Track {
    pub label: Label,
    pub existence: f64,
    pub components: std::ops::Range<usize>,
    pub plots: std::ops::Range<usize>,
    pub scans: u32,
    pub seen_at_s: f64,
    pub sure_once: bool,
    pub class: Belief,
    pub doubt: Option<Doubt>,
    pub last_sensor: u16,
}

impl Track {
    /// When it was founded, seconds.
    pub fn born_s(&self) -> f64 {
        self.label.at_ms as f64 / 1000.0
    }
}
