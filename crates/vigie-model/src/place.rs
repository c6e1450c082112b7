//! Places: WGS84 inside, and always how precisely they are known.

use serde::{Deserialize, Serialize};

/// How precisely a place is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Within some 10 m.
    Exact,
    /// Within some 100 m: a building, a base, a junction.
    Site,
    /// Within some km: a village or a town quarter.
    Village,
    /// A second-level administrative area.
    District,
    /// A first-level administrative area.
    Region,
    /// A country.
    Country,
    /// Not known.
    Unknown,
}

/// A place as somebody named it, with a point where one is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The name as given.
    pub name: String,
    /// Latitude in degrees, WGS84, -90 to 90.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat_deg: Option<f64>,
    /// Longitude in degrees, WGS84, -180 to 180.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon_deg: Option<f64>,
    /// How precisely it is known.
    pub precision: Precision,
}

/// Why a place is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// A latitude beyond the poles, a longitude beyond ±180°, or not a number.
    #[error("the point lies outside the Earth's degrees")]
    OutOfRange,
    /// Half a point.
    #[error("a point needs both latitude and longitude")]
    Half,
}

impl Place {
    /// A place known by name only.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), lat_deg: None, lon_deg: None, precision: Precision::Unknown }
    }

    /// Refuses impossible points.
    pub fn check(&self) -> Result<(), PlaceError> {
        match (self.lat_deg, self.lon_deg) {
            (None, None) => Ok(()),
            (Some(lat), Some(lon)) => {
                let sound = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
                if sound { Ok(()) } else { Err(PlaceError::OutOfRange) }
            }
            _ => Err(PlaceError::Half),
        }
    }
}
