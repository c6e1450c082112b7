//! What goes into the tracker, and what it says of it.

use crate::class::ClassHint;
use crate::sensor::{Look, LookError};
use crate::track::PlotId;

/// One plot: what was seen, and its identifier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plot {
    /// Leads back to the record and its bytes.
    pub id: PlotId,
    /// What the sensor gave.
    pub look: Look,
    /// What the sensor takes it for.
    pub class: Option<ClassHint>,
}

impl Plot {
    /// A plot without a class.
    pub const fn new(id: PlotId, look: Look) -> Self {
        Self { id, look, class: None }
    }
}

/// Everything one sensor saw in one sweep.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scan<'a> {
    /// Index of the sensor.
    pub sensor: u16,
    /// When, seconds on any clock that only goes forward.
    pub at_s: f64,
    /// The plots.
    pub plots: &'a [Plot],
}

/// Why a whole scan is refused; nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum ScanError {
    /// No sensor has this index.
    #[error("no sensor {0}")]
    NoSensor(u16),
    /// The time is not a number, or lies beyond any clock.
    #[error("the time of the scan is no time")]
    NoTime,
    /// Earlier than what is held: [`crate::Replay`] takes late scans up to its lag.
    #[error("the scan is {late_s} s late")]
    Late {
        /// By how much, seconds.
        late_s: f64,
    },
    /// The same sensor already gave a scan of this time.
    #[error("the scan was taken in before")]
    Repeated,
}

/// What became of a scan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// Plots refused, by their place in the scan, and why.
    pub refused: Vec<(u32, LookError)>,
    /// Plots beyond the bound, not read at all.
    pub beyond: usize,
    /// Far more plots came than the data sheet allows: how many were expected. Known tracks live on, newcomers are held back.
    pub flood: Option<f64>,
}
