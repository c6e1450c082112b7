//! Estimates what a sensor's mounting does to its plots: the constant error in range and azimuth (or east and north).
//!
//! A track that a better-known sensor just updated foretells what this sensor should see; the difference `ν`, of variance
//! `s²`, is the remaining bias plus noise. Per coordinate `k = P / (P + s²)`, `b ← b + k ν`, `P ← (1 − k) P + walk`
//! (Bar-Shalom, Willett and Tian, *Tracking and Data Fusion*, 2011, ch. 9: decoupled registration). Until it is known,
//! the bias' variance is part of the noise of every plot, so that a badly mounted sensor pulls no track away.

use crate::gauss::Gauss;
use crate::plane::V2;
use crate::sensor::{Geometry, Look, Seen, Sensor, turn};

/// Share of the first variance that each scan adds again: mountings shift.
const WALK: f64 = 1e-5;
/// Differences beyond this many standard deviations are another object's.
const ODD: f64 = 4.0;

/// What is known of one sensor's constant error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Registration {
    /// The error, in the units of [`Sensor::bias`].
    pub bias: V2,
    /// Its standard deviation.
    pub sigma: V2,
}

/// The running estimate for one sensor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mounting {
    bias: V2,
    variance: V2,
    walk: V2,
}

impl Mounting {
    pub fn new(sensor: &Sensor) -> Self {
        let variance = V2::new(sensor.bias_sigma.x.powi(2), sensor.bias_sigma.y.powi(2));
        Self { bias: sensor.bias, variance, walk: variance * WALK }
    }

    pub fn registration(&self) -> Registration {
        Registration { bias: self.bias, sigma: V2::new(self.variance.x.sqrt(), self.variance.y.sqrt()) }
    }

    /// The sensor as it is known now.
    pub fn apply(&self, sensor: &Sensor) -> Sensor {
        let known = self.registration();
        Sensor { bias: known.bias, bias_sigma: known.sigma, ..*sensor }
    }

    /// Whether there is anything to learn here that a track last seen by `other` could teach.
    pub fn learns_from(&self, other: &Self) -> bool {
        let total = |of: &Self| of.variance.x + of.variance.y;
        total(self) > 0.0 && total(other) < 0.25 * total(self)
    }

    /// A scan passed: the mounting may have shifted a little.
    pub fn walk(&mut self) {
        self.variance = self.variance + self.walk;
    }

    /// Compares a look with what the track foretold.
    pub fn learn(&mut self, sensor: &Sensor, look: Look, seen: &Seen, foretold: &Gauss) {
        match (sensor.geometry, *seen, look) {
            (Geometry::Plane { sigma_m }, Seen::Point { z, .. }, _) => {
                let (off, noise) = (z - foretold.x, sigma_m * sigma_m);
                nudge(&mut self.bias.x, &mut self.variance.x, off.x, foretold.a.a + noise);
                nudge(&mut self.bias.y, &mut self.variance.y, off.y, foretold.a.d + noise);
            }
            (
                Geometry::Polar { site, range_sigma_m, azimuth_sigma_deg },
                _,
                Look::Polar { range_m, azimuth_deg },
            ) => {
                let off = foretold.x - site;
                let range = off.norm().max(1.0);
                let (u, t) = (off * (1.0 / range), V2::new(off.y, -off.x) * (1.0 / range));
                let along = foretold.a.form(u) + range_sigma_m.powi(2);
                let across = foretold.a.form(t) / (range * range) + azimuth_sigma_deg.to_radians().powi(2);
                let turned = turn(azimuth_deg.to_radians() - self.bias.y, off.x.atan2(off.y));
                let farther = range_m - self.bias.x - range;
                nudge(&mut self.bias.x, &mut self.variance.x, farther, along);
                nudge(&mut self.bias.y, &mut self.variance.y, turned, across);
            }
            (Geometry::Bearing { site, azimuth_sigma_deg }, _, Look::Bearing { azimuth_deg }) => {
                let off = foretold.x - site;
                let range = off.norm().max(1.0);
                let t = V2::new(off.y, -off.x) * (1.0 / range);
                let across = foretold.a.form(t) / (range * range) + azimuth_sigma_deg.to_radians().powi(2);
                let turned = turn(azimuth_deg.to_radians() - self.bias.x, off.x.atan2(off.y));
                nudge(&mut self.bias.x, &mut self.variance.x, turned, across);
            }
            _ => {}
        }
    }
}

fn nudge(bias: &mut f64, variance: &mut f64, off: f64, noise: f64) {
    let total = *variance + noise;
    if *variance > 0.0 && off * off < ODD * ODD * total {
        let gain = *variance / total;
        *bias += gain * off;
        *variance *= 1.0 - gain;
    }
}
