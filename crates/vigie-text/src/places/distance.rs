//! How far two points lie apart.

/// Mean radius of the Earth in km (IUGG).
const EARTH_KM: f64 = 6_371.008_8;

/// Kilometres between two points (latitude and longitude in degrees) on a sphere; the ellipsoid differs by at most
/// 0.5 %, far below the precision of a village.
pub fn km_between(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let lat = ((b.0 - a.0).to_radians() / 2.0).sin();
    let lon = ((b.1 - a.1).to_radians() / 2.0).sin();
    let chord = lat_a.cos() * lat_b.cos() * lon * lon + lat * lat;
    2.0 * EARTH_KM * chord.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_the_meridian_is_a_hundred_and_eleven_km() {
        assert!((km_between((0.0, 20.0), (1.0, 20.0)) - 111.195).abs() < 0.01);
        assert!((km_between((0.0, 179.5), (0.0, -179.5)) - 111.195).abs() < 0.01);
        assert!(km_between((4.0, 18.0), (4.0, 18.0)).abs() < 1e-9);
    }
}
