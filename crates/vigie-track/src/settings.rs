//! What the engine is told of the scene, and what it may spend.

/// Settings of one tracker; the defaults suit ground surveillance with a scan a second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// No object is faster, metres a second.
    pub speed_max_m_s: f64,
    /// Area that is watched, m²; newcomers are spread over it until the scene teaches better.
    pub area_m2: f64,
    /// Error beyond which a shown track is no use, metres: the cutoff of the GOSPA metric that showing is judged by.
    pub cutoff_m: f64,
    /// Squared Mahalanobis distance beyond which a plot is no candidate (16: one true plot in 3,000 is lost).
    pub gate_d2: f64,
    /// Components a track keeps.
    pub components_max: usize,
    /// Components lighter than this share of their track are dropped.
    pub share_min: f64,
    /// Components nearer than this squared distance, in position and in velocity, are merged.
    pub merge_d2: f64,
    /// Tracks that were sure once are dropped below this existence.
    pub existence_min: f64,
    /// Tracks never yet sure are dropped below this.
    pub tentative_min: f64,
    /// Share of a track's existence that must rest on one plot for it to unite with others that rest on it.
    pub main_share: f64,
    /// Seconds an object lives on average, before the scene teaches better.
    pub life_s: f64,
    /// Newcomers a scan, before the scene teaches better.
    pub newcomers: f64,
    /// Seconds without a plot after which a track is lost and no longer shown.
    pub lost_after_s: f64,
    /// Plots of one scan beyond which the rest is refused.
    pub plots_max: usize,
    /// Tracks beyond which no newcomer is founded.
    pub tracks_max: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            speed_max_m_s: 50.0,
            area_m2: 1e8,
            cutoff_m: 100.0,
            gate_d2: 16.0,
            components_max: 10,
            share_min: 0.003,
            merge_d2: 0.2,
            existence_min: 0.003,
            tentative_min: 0.002,
            main_share: 0.7,
            life_s: 100.0,
            newcomers: 0.5,
            lost_after_s: 30.0,
            plots_max: 10_000,
            tracks_max: 20_000,
        }
    }
}
