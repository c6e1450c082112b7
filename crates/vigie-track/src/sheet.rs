//! A data sheet: what a sensor's maker says of it, and the scene it watches.

use crate::engine::Tracker;
use crate::motion::Motion;
use crate::sensor::Sensor;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// Turn rate of the turning models, radians a second: a right angle in 16 s.
const TURN_RAD_S: f64 = 0.1;
/// Lives are first taken to last this many scans.
const LIFE_SCANS: f64 = 100.0;
/// Newcomers are first taken to be this share of the false plots.
const NEWCOMERS: f64 = 0.05;

/// What is known of a sensor that gives positions on a plane. Other members of a file's sheet are not read.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct DataSheet {
    /// Seconds between scans.
    pub period: f64,
    /// Side of the square it watches, metres.
    pub side: f64,
    /// Chance of seeing an object.
    pub pd: f64,
    /// Standard deviation of a position per axis, metres.
    pub sigma: f64,
    /// Density of the objects' acceleration noise, m²/s³.
    pub q: f64,
    /// Greatest speed, metres a second.
    pub vmax: f64,
    /// False plots a scan.
    pub clutter: f64,
    /// False plots a scan and m².
    pub density: f64,
}

/// A data sheet that no sensor can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{member}` of the data sheet is out of range")]
pub struct SheetError {
    /// The member at fault.
    pub member: &'static str,
}

impl DataSheet {
    /// Refuses what would make the filter divide by nothing.
    pub fn check(&self) -> Result<(), SheetError> {
        let more_than_nothing = 1e-12..=1e12;
        let members = [
            ("period", more_than_nothing.contains(&self.period)),
            ("side", more_than_nothing.contains(&self.side)),
            ("pd", self.pd > 0.0 && self.pd < 1.0),
            ("sigma", more_than_nothing.contains(&self.sigma)),
            ("q", (0.0..=1e12).contains(&self.q)),
            ("vmax", more_than_nothing.contains(&self.vmax)),
            ("clutter", (0.0..=1e9).contains(&self.clutter)),
            ("density", (0.0..=1e9).contains(&self.density)),
        ];
        members.into_iter().find(|member| !member.1).map_or(Ok(()), |(member, _)| Err(SheetError { member }))
    }

    /// The engine's settings for this sheet.
    pub fn settings(&self) -> Settings {
        Settings {
            speed_max_m_s: self.vmax,
            area_m2: self.side * self.side,
            newcomers: (NEWCOMERS * self.clutter).max(0.01),
            life_s: LIFE_SCANS * self.period,
            ..Settings::default()
        }
    }

    /// The sensor of this sheet.
    pub fn sensor(&self) -> Sensor {
        Sensor::plane(self.sigma, self.pd, self.density)
    }

    /// Nearly-constant velocity.
    pub fn motion(&self) -> Motion<1> {
        Motion::constant_velocity(self.q)
    }

    /// Nearly-constant velocity and turns to either side.
    pub fn motion_with_turns(&self) -> Motion<3> {
        Motion::with_turns(self.q, TURN_RAD_S)
    }

    /// A tracker for this sheet with one motion model.
    pub fn tracker(&self) -> Tracker<1> {
        Tracker::new(self.settings(), self.motion(), vec![self.sensor()], None)
    }

    /// A tracker for this sheet with straight and turning models.
    pub fn tracker_with_turns(&self) -> Tracker<3> {
        Tracker::new(self.settings(), self.motion_with_turns(), vec![self.sensor()], None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Learner;

    #[test]
    fn a_sheet_that_no_sensor_has_is_refused_by_its_member() {
        let sound = Learner::GUESS;
        assert_eq!(sound.check(), Ok(()));
        let bad = [
            (DataSheet { pd: 1.0, ..sound }, "pd"),
            (DataSheet { sigma: 0.0, ..sound }, "sigma"),
            (DataSheet { q: f64::NAN, ..sound }, "q"),
            (DataSheet { density: -1.0, ..sound }, "density"),
        ];
        for (sheet, member) in bad {
            assert_eq!(sheet.check(), Err(SheetError { member }));
        }
    }
}
