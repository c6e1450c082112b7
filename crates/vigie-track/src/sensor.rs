//! What a sensor is: where it stands, how well it measures, what it misses and what it makes up.
//!
//! Every look becomes either a position on the plane with its noise or a line of bearing. A polar look
//! `(ρ, α clockwise from north)` becomes `site + ρ e^{σ²/2} (sin α, cos α)` with the covariance
//! `u uᵀ σρ² + t tᵀ (ρ² + σρ²) σα²` along (`u`) and across (`t`) the line of sight: the factor takes away the bias that bending a
//! Gaussian around an arc brings (Lerro and Bar-Shalom, *IEEE TAES* 29, 1993).

use crate::frame::Frame;
use crate::plane::{M2, V2};

/// How a sensor measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Geometry {
    /// Positions on the plane, with this noise (standard deviation per axis, metres).
    Plane {
        /// Standard deviation per axis, metres.
        sigma_m: f64,
    },
    /// Range and azimuth from a site.
    Polar {
        /// Where the sensor stands on the plane.
        site: V2,
        /// Standard deviation of the range, metres.
        range_sigma_m: f64,
        /// Standard deviation of the azimuth, degrees.
        azimuth_sigma_deg: f64,
    },
    /// Azimuth alone from a site (a camera, a direction finder).
    Bearing {
        /// Where the sensor stands on the plane.
        site: V2,
        /// Standard deviation of the azimuth, degrees.
        azimuth_sigma_deg: f64,
    },
}

/// Where a sensor can see at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// Nearest and farthest range from `site`, metres.
    pub range_m: (f64, f64),
    /// First azimuth, degrees clockwise from north.
    pub from_deg: f64,
    /// Opening clockwise from there, degrees; 360 sees all around.
    pub opening_deg: f64,
}

/// One sensor's data sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sensor {
    /// How it measures.
    pub geometry: Geometry,
    /// Chance of seeing an object that is there, 0 to 1 (exclusive).
    pub pd: f64,
    /// False plots a scan: per m² ([`Geometry::Plane`]), per metre and radian (`Polar`), per radian (`Bearing`).
    pub clutter: f64,
    /// Where it sees; `None` is everywhere.
    pub coverage: Option<Coverage>,
    /// Constant error to take away: east and north in metres (`Plane`), metres and radians (`Polar`), radians first (`Bearing`).
    pub bias: V2,
    /// How well that error is known (standard deviation, same units); 0 makes the sensor a reference, more lets the engine
    /// estimate it from tracks that a better-known sensor shares.
    pub bias_sigma: V2,
}

/// One look, as the sensor gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Look {
    /// A position on the plane, metres.
    Plane(V2),
    /// A position on Earth, degrees.
    Geodetic {
        /// Latitude, degrees.
        lat_deg: f64,
        /// Longitude, degrees.
        lon_deg: f64,
    },
    /// Range and azimuth.
    Polar {
        /// Range over ground, metres.
        range_m: f64,
        /// Clockwise from north, degrees.
        azimuth_deg: f64,
    },
    /// Azimuth alone.
    Bearing {
        /// Clockwise from north, degrees.
        azimuth_deg: f64,
    },
}

/// Why a look is refused before it reaches the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LookError {
    /// Not a number, infinite, a negative range, or degrees that no compass has.
    #[error("the plot is no place")]
    Impossible,
    /// Farther than any track could be.
    #[error("the plot lies too far away")]
    TooFar,
    /// A bearing from a radar, a range from a camera, latitude without a frame.
    #[error("the plot does not fit its sensor's geometry")]
    WrongKind,
}

/// A look made ready for the filter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Seen {
    /// A position with its noise, and how many false ones to expect per m² there.
    Point {
        /// Position, bias taken away.
        z: V2,
        /// Noise.
        noise: M2,
        /// False plots per m².
        clutter: f64,
    },
    /// A line of sight.
    Line {
        /// Where it starts.
        site: V2,
        /// Radians clockwise from north, bias taken away.
        azimuth: f64,
        /// Variance, rad².
        variance: f64,
        /// False plots per radian.
        clutter: f64,
    },
}

impl Sensor {
    /// A sensor that gives positions on the plane and sees everywhere.
    pub const fn plane(sigma_m: f64, pd: f64, clutter_per_m2: f64) -> Self {
        Self {
            geometry: Geometry::Plane { sigma_m },
            pd,
            clutter: clutter_per_m2,
            coverage: None,
            bias: V2::new(0.0, 0.0),
            bias_sigma: V2::new(0.0, 0.0),
        }
    }

    /// Where the sensor stands; the origin for one that gives positions.
    pub fn site(&self) -> V2 {
        match self.geometry {
            Geometry::Plane { .. } => V2::default(),
            Geometry::Polar { site, .. } | Geometry::Bearing { site, .. } => site,
        }
    }

    /// Chance of seeing an object at `at`.
    pub fn pd_at(&self, at: V2) -> f64 {
        let Some(coverage) = self.coverage else { return self.pd };
        let off = at - self.site();
        let range = off.norm();
        let turned = (off.x.atan2(off.y).to_degrees() - coverage.from_deg).rem_euclid(360.0);
        let inside =
            (coverage.range_m.0..=coverage.range_m.1).contains(&range) && turned <= coverage.opening_deg;
        if inside { self.pd } else { 0.0 }
    }

    /// Makes a look ready: refuses what is no place, takes the bias away, works out the noise there.
    pub fn see(&self, look: Look, frame: Option<&Frame>) -> Result<Seen, LookError> {
        match (self.geometry, look) {
            (Geometry::Plane { sigma_m }, Look::Plane(z)) => self.point(z, sigma_m),
            (Geometry::Plane { sigma_m }, Look::Geodetic { lat_deg, lon_deg }) => {
                let frame = frame.ok_or(LookError::WrongKind)?;
                let z = frame.to_plane(lat_deg, lon_deg).map_err(|_| LookError::Impossible)?;
                self.point(z, sigma_m)
            }
            (
                Geometry::Polar { site, range_sigma_m, azimuth_sigma_deg },
                Look::Polar { range_m, azimuth_deg },
            ) => {
                compass(azimuth_deg)?;
                if !range_m.is_finite() || range_m < 0.0 {
                    return Err(LookError::Impossible);
                }
                let spread = azimuth_sigma_deg.to_radians();
                let (range, azimuth) = (range_m - self.bias.x, azimuth_deg.to_radians() - self.bias.y);
                let u = V2::new(azimuth.sin(), azimuth.cos());
                let t = V2::new(u.y, -u.x);
                let along = range_sigma_m.powi(2) + self.bias_sigma.x.powi(2);
                let across = spread * spread + self.bias_sigma.y.powi(2);
                let noise = u.outer(u) * along + t.outer(t) * ((range * range + along) * across);
                let z = site + u * (range * (0.5 * spread * spread).exp());
                far(z)?;
                // A strip one metre deep and one radian wide covers `range` square metres.
                Ok(Seen::Point { z, noise, clutter: self.clutter / range.max(1.0) })
            }
            (Geometry::Bearing { site, azimuth_sigma_deg }, Look::Bearing { azimuth_deg }) => {
                compass(azimuth_deg)?;
                let variance = azimuth_sigma_deg.to_radians().powi(2) + self.bias_sigma.x.powi(2);
                let azimuth = azimuth_deg.to_radians() - self.bias.x;
                Ok(Seen::Line { site, azimuth, variance, clutter: self.clutter })
            }
            _ => Err(LookError::WrongKind),
        }
    }

    /// False plots to expect in one scan over an area of `area_m2`.
    pub fn clutter_in(&self, area_m2: f64) -> f64 {
        let (span_m, opening) = match self.coverage {
            Some(seen) => (seen.range_m.1 - seen.range_m.0, seen.opening_deg.min(360.0).to_radians()),
            None => ((area_m2 / std::f64::consts::PI).sqrt(), std::f64::consts::TAU),
        };
        self.clutter
            * match self.geometry {
                Geometry::Plane { .. } => area_m2,
                Geometry::Polar { .. } => span_m * opening,
                Geometry::Bearing { .. } => opening,
            }
    }

    fn point(&self, z: V2, sigma_m: f64) -> Result<Seen, LookError> {
        let own = sigma_m * sigma_m;
        let noise = M2::new(own + self.bias_sigma.x.powi(2), 0.0, 0.0, own + self.bias_sigma.y.powi(2));
        let z = z - self.bias;
        far(z)?;
        Ok(Seen::Point { z, noise, clutter: self.clutter })
    }
}

/// No plot is believed farther than this from the origin of the plane, metres.
pub const FAR_M: f64 = 2_000_000.0;

fn far(z: V2) -> Result<(), LookError> {
    match z.is_finite() {
        false => Err(LookError::Impossible),
        true if z.norm() > FAR_M => Err(LookError::TooFar),
        true => Ok(()),
    }
}

fn compass(azimuth_deg: f64) -> Result<(), LookError> {
    if (-360.0..=360.0).contains(&azimuth_deg) { Ok(()) } else { Err(LookError::Impossible) }
}

impl Seen {
    /// The position, where there is one.
    pub fn position(&self) -> Option<V2> {
        match self {
            Self::Point { z, .. } => Some(*z),
            Self::Line { .. } => None,
        }
    }

    /// False plots to expect around it, per unit of what the sensor measures.
    pub fn clutter(&self) -> f64 {
        match self {
            Self::Point { clutter, .. } | Self::Line { clutter, .. } => *clutter,
        }
    }
}

/// The smallest angle from `b` to `a`, radians, −π to π.
pub fn turn(a: f64, b: f64) -> f64 {
    let t = (a - b).rem_euclid(std::f64::consts::TAU);
    if t > std::f64::consts::PI { t - std::f64::consts::TAU } else { t }
}
