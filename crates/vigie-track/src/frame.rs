//! Between latitude and longitude (WGS84) and the local plane on which tracks move.
//!
//! Forward: geodetic to Earth-centred Cartesian in closed form, then the rotation to east, north, up at the origin.
//! Back: the rotation undone, then Bowring's iteration (*Survey Review* 23, 1976). Source of both: NGA.STND.0036, *World
//! Geodetic System 1984*, §4. Plots are taken at height 0; one at height `h` and distance `d` would lie about `h d / R`
//! farther out. A dozen lines of a standard: the geodesy crates at hand solve geodesics, or bring a matrix library along.

use crate::plane::V2;

/// Semi-major axis of WGS84, metres.
const A: f64 = 6_378_137.0;
/// Flattening of WGS84.
const F: f64 = 1.0 / 298.257_223_563;
/// First eccentricity squared.
const E2: f64 = F * (2.0 - F);

/// Why a point has no place on the plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// A latitude beyond ±90°, a longitude beyond ±180°, or not a number.
    #[error("the point lies outside the Earth's degrees")]
    OutOfRange,
    /// Farther from the origin than [`Frame::REACH_M`].
    #[error("the point lies too far from the origin of the plane")]
    TooFar,
}

/// A local plane: east and north in metres from an origin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    lat_deg: f64,
    lon_deg: f64,
    centre: [f64; 3],
    east: [f64; 3],
    north: [f64; 3],
    up: [f64; 3],
}

impl Frame {
    /// Points farther than this from the origin are refused: the plane would lie.
    pub const REACH_M: f64 = 500_000.0;

    /// The plane that touches the Earth at this point.
    pub fn new(lat_deg: f64, lon_deg: f64) -> Result<Self, FrameError> {
        check(lat_deg, lon_deg)?;
        let (sin_lat, cos_lat) = lat_deg.to_radians().sin_cos();
        let (sin_lon, cos_lon) = lon_deg.to_radians().sin_cos();
        Ok(Self {
            lat_deg,
            lon_deg,
            centre: to_earth(lat_deg, lon_deg),
            east: [-sin_lon, cos_lon, 0.0],
            north: [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat],
            up: [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat],
        })
    }

    /// The origin's latitude and longitude, degrees.
    pub fn origin(&self) -> (f64, f64) {
        (self.lat_deg, self.lon_deg)
    }

    /// East and north of a point on the ellipsoid, metres.
    pub fn to_plane(&self, lat_deg: f64, lon_deg: f64) -> Result<V2, FrameError> {
        check(lat_deg, lon_deg)?;
        let p = to_earth(lat_deg, lon_deg);
        let d = [p[0] - self.centre[0], p[1] - self.centre[1], p[2] - self.centre[2]];
        let at = V2::new(dot(self.east, d), dot(self.north, d));
        if dot(self.up, d) < -A || at.norm() > Self::REACH_M { Err(FrameError::TooFar) } else { Ok(at) }
    }

    /// Latitude and longitude (degrees) of the point of the ellipsoid above or below a point of the plane.
    pub fn to_geodetic(&self, at: V2) -> Result<(f64, f64), FrameError> {
        if !at.is_finite() || at.norm() > Self::REACH_M {
            return Err(FrameError::TooFar);
        }
        // How far the ellipsoid falls below the plane there is found by two corrections: it converges as (d/R)².
        let mut up = -at.dot(at) / (2.0 * A);
        let mut place = (self.lat_deg, self.lon_deg);
        for _ in 0..6 {
            let p: [f64; 3] = std::array::from_fn(|k| {
                self.centre[k] + self.east[k] * at.x + self.north[k] * at.y + self.up[k] * up
            });
            let (lat_deg, lon_deg, height) = from_earth(p);
            place = (lat_deg, lon_deg);
            up -= height / (1.0 + up / A);
        }
        Ok(place)
    }
}

fn check(lat_deg: f64, lon_deg: f64) -> Result<(), FrameError> {
    let sound = (-90.0..=90.0).contains(&lat_deg) && (-180.0..=180.0).contains(&lon_deg);
    if sound { Ok(()) } else { Err(FrameError::OutOfRange) }
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// Earth-centred Cartesian coordinates of a point at height 0.
fn to_earth(lat_deg: f64, lon_deg: f64) -> [f64; 3] {
    let (sin_lat, cos_lat) = lat_deg.to_radians().sin_cos();
    let (sin_lon, cos_lon) = lon_deg.to_radians().sin_cos();
    let n = A / (1.0 - E2 * sin_lat * sin_lat).sqrt();
    [n * cos_lat * cos_lon, n * cos_lat * sin_lon, n * (1.0 - E2) * sin_lat]
}

/// Latitude, longitude (degrees) and height (metres) of a point, by Bowring's formula.
fn from_earth(p: [f64; 3]) -> (f64, f64, f64) {
    let b = A * (1.0 - F);
    let across = p[0].hypot(p[1]);
    let mut reduced = (p[2] / across * (A / b)).atan();
    let mut lat = 0.0_f64;
    for _ in 0..3 {
        let second = E2 * A * A / (b * b);
        lat = (p[2] + second * b * reduced.sin().powi(3)).atan2(across - E2 * A * reduced.cos().powi(3));
        reduced = ((1.0 - F) * lat.tan()).atan();
    }
    let n = A / (1.0 - E2 * lat.sin().powi(2)).sqrt();
    let height = across * lat.cos() + p[2] * lat.sin() - A * A / n;
    (lat.to_degrees(), p[1].atan2(p[0]).to_degrees(), height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_comes_back_to_where_it_was() {
        for (lat, lon) in [(0.0, 0.0), (16.27, -0.04), (-33.9, 151.2), (78.2, 15.6), (12.0, 179.9)] {
            let frame = Frame::new(lat, lon).expect("a place on Earth");
            for at in [V2::new(0.0, 0.0), V2::new(12_000.0, -34_000.0), V2::new(-150_000.0, 90_000.0)] {
                let (lat, lon) = frame.to_geodetic(at).expect("near enough");
                let back = frame.to_plane(lat, lon).expect("near enough");
                assert!((back - at).norm() < 1e-3, "{at:?} came back as {back:?}");
            }
        }
    }

    /// One degree of latitude at the equator is 110,574 m, one of longitude 111,320 m (NGA.STND.0036).
    #[test]
    fn a_small_step_has_the_length_that_the_tables_give() {
        let frame = Frame::new(0.0, 0.0).expect("a place on Earth");
        let north = frame.to_plane(0.01, 0.0).expect("near").y;
        let east = frame.to_plane(0.0, 0.01).expect("near").x;
        assert!((north - 1_105.743).abs() < 0.01 && (east - 1_113.195).abs() < 0.01, "{north} {east}");
    }

    #[test]
    fn what_is_no_place_is_refused() {
        let frame = Frame::new(10.0, 10.0).expect("a place on Earth");
        for (lat, lon) in [(90.1, 0.0), (0.0, 181.0), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(frame.to_plane(lat, lon), Err(FrameError::OutOfRange));
        }
        assert_eq!(frame.to_plane(-10.0, -170.0), Err(FrameError::TooFar));
    }
}
