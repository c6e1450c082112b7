//! Radars, cameras and positions on Earth, alone and together.

use crate::world::{Dice, settings};
use vigie_track::{Coverage, Frame, Geometry, Look, Motion, Plot, PlotId, Scan, Sensor, Tracker, V2};

fn radar(site: V2) -> Sensor {
    Sensor {
        geometry: Geometry::Polar { site, range_sigma_m: 10.0, azimuth_sigma_deg: 0.3 },
        pd: 0.9,
        clutter: 1e-4,
        coverage: Some(Coverage { range_m: (50.0, 8_000.0), from_deg: 0.0, opening_deg: 360.0 }),
        bias: V2::default(),
        bias_sigma: V2::default(),
    }
}

fn polar(dice: &mut Dice, sensor: &Sensor, at: V2, bias: V2) -> Option<Look> {
    let Geometry::Polar { site, range_sigma_m, azimuth_sigma_deg } = sensor.geometry else { return None };
    let off = at - site;
    let azimuth = off.x.atan2(off.y).to_degrees() + bias.y.to_degrees() + azimuth_sigma_deg * dice.normal();
    let range_m = off.norm() + bias.x + range_sigma_m * dice.normal();
    (dice.unit() < sensor.pd).then_some(Look::Polar { range_m, azimuth_deg: azimuth.rem_euclid(360.0) })
}

fn as_plots(looks: impl IntoIterator<Item = Look>, first: u64) -> Vec<Plot> {
    looks.into_iter().enumerate().map(|(n, look)| Plot::new(PlotId(first + n as u64), look)).collect()
}

/// Five objects on steady courses.
fn objects(k: usize) -> Vec<V2> {
    let start = [(-900.0, 300.0), (700.0, 1_500.0), (200.0, -1_200.0), (-1_500.0, -800.0), (1_200.0, 100.0)];
    let velocity = [(8.0, 3.0), (-6.0, -9.0), (4.0, 11.0), (12.0, 1.0), (-9.0, 5.0)];
    let at = |(s, v): (&(f64, f64), &(f64, f64))| V2::new(s.0, s.1) + V2::new(v.0, v.1) * k as f64;
    start.iter().zip(&velocity).map(at).collect()
}

fn worst(tracker: &Tracker<1>, k: usize) -> f64 {
    let nearest = |at: V2| tracker.picture().map(|p| (p.at - at).norm()).fold(f64::INFINITY, f64::min);
    objects(k).into_iter().map(nearest).fold(0.0, f64::max)
}

#[test]
fn a_radar_gives_the_tracks_of_what_it_sees() {
    let sensor = radar(V2::new(-2_000.0, -2_000.0));
    let mut tracker = Tracker::new(settings(), Motion::constant_velocity(0.5), vec![sensor], None);
    let mut dice = Dice(21);
    for k in 0..40 {
        let looks: Vec<Look> =
            objects(k).into_iter().filter_map(|at| polar(&mut dice, &sensor, at, V2::default())).collect();
        tracker.step(&Scan { sensor: 0, at_s: k as f64, plots: &as_plots(looks, 0) }).expect("in order");
    }
    assert_eq!(tracker.picture().count(), 5);
    assert!(worst(&tracker, 39) < 40.0, "{}", worst(&tracker, 39));
}

#[test]
fn two_radars_make_one_track_of_each_object_and_the_mounting_of_the_second_is_learned() {
    let bias = V2::new(60.0, 1.2_f64.to_radians());
    let known = radar(V2::new(-2_000.0, -2_000.0));
    let mut doubtful = radar(V2::new(2_500.0, -1_500.0));
    doubtful.bias_sigma = V2::new(80.0, 1.5_f64.to_radians());
    let mut tracker = Tracker::new(settings(), Motion::constant_velocity(0.5), vec![known, doubtful], None);
    let mut dice = Dice(22);
    for k in 0..60 {
        for (sensor, of, error) in [(0_u16, &known, V2::default()), (1, &doubtful, bias)] {
            let looks: Vec<Look> =
                objects(k).into_iter().filter_map(|at| polar(&mut dice, of, at, error)).collect();
            tracker.step(&Scan { sensor, at_s: k as f64, plots: &as_plots(looks, 0) }).expect("in order");
        }
    }
    let learned = tracker.registration(1).expect("a sensor");
    assert!((learned.bias.x - bias.x).abs() < 10.0, "range {learned:?}");
    assert!((learned.bias.y - bias.y).abs().to_degrees() < 0.2, "azimuth {learned:?}");
    assert!(learned.sigma.x < 10.0);
    assert_eq!(tracker.registration(0).expect("a sensor").bias, V2::default());
    assert_eq!(tracker.picture().count(), 5, "one track an object");
    assert!(worst(&tracker, 59) < 40.0);
}

#[test]
fn a_camera_sharpens_a_track_but_founds_none() {
    let camera = Sensor {
        geometry: Geometry::Bearing { site: V2::new(0.0, -3_000.0), azimuth_sigma_deg: 0.05 },
        clutter: 0.1,
        ..radar(V2::default())
    };
    let at = V2::new(300.0, 500.0);
    let bearing = || {
        let off = at - V2::new(0.0, -3_000.0);
        vec![Plot::new(PlotId(1), Look::Bearing { azimuth_deg: off.x.atan2(off.y).to_degrees() })]
    };
    let mut alone = Tracker::new(settings(), Motion::constant_velocity(0.5), vec![camera], None);
    for k in 0..10 {
        alone.step(&Scan { sensor: 0, at_s: f64::from(k), plots: &bearing() }).expect("in order");
    }
    assert_eq!(alone.tracks().count(), 0);
    let sensors = vec![Sensor::plane(30.0, 0.9, 1e-7), Sensor { coverage: None, ..camera }];
    let mut both = Tracker::new(settings(), Motion::constant_velocity(0.1), sensors, None);
    let mut dice = Dice(3);
    for k in 0..20 {
        let z = at + V2::new(30.0 * dice.normal(), 30.0 * dice.normal());
        both.step(&Scan { sensor: 0, at_s: f64::from(k), plots: &as_plots([Look::Plane(z)], 0) })
            .expect("in order");
        both.step(&Scan { sensor: 1, at_s: f64::from(k), plots: &bearing() }).expect("in order");
    }
    let point = both.picture().next().expect("a track");
    assert!(
        point.spread.a < 0.3 * point.spread.d,
        "across the line of sight it is sharp: {:?}",
        point.spread
    );
    assert!((point.at.x - at.x).abs() < 8.0, "{:?}", point.at);
}

#[test]
fn outside_its_sector_a_radar_misses_nothing() {
    let mut sensor = Sensor::plane(15.0, 0.9, 1e-7);
    sensor.coverage = Some(Coverage { range_m: (0.0, 1_000.0), from_deg: 0.0, opening_deg: 360.0 });
    let mut tracker = Tracker::new(settings(), Motion::constant_velocity(0.5), vec![sensor], None);
    for k in 0..120 {
        let at = V2::new(15.0 * f64::from(k), 0.0);
        let seen = (at.norm() < 1_000.0).then_some(Look::Plane(at));
        tracker.step(&Scan { sensor: 0, at_s: f64::from(k), plots: &as_plots(seen, 0) }).expect("in order");
    }
    let kept = tracker.tracks().find(|point| point.existence > 0.5).expect("not seen is not gone");
    assert!(!kept.confirmed, "but after so long it is lost, and not shown as if live");
    assert!(kept.age_s > 30.0);
}

#[test]
fn degrees_on_earth_are_tracked_on_the_plane() {
    let frame = Frame::new(16.27, -0.04).expect("a place on Earth");
    let sensor = Sensor::plane(15.0, 0.9, 1e-7);
    let mut tracker = Tracker::new(settings(), Motion::constant_velocity(0.5), vec![sensor], Some(frame));
    for k in 0..10 {
        let (lat_deg, lon_deg) =
            frame.to_geodetic(V2::new(1_000.0 + 10.0 * f64::from(k), -500.0)).expect("near");
        let looks = [Look::Geodetic { lat_deg, lon_deg }, Look::Geodetic { lat_deg: 91.0, lon_deg }];
        let outcome = tracker
            .step(&Scan { sensor: 0, at_s: f64::from(k), plots: &as_plots(looks, 0) })
            .expect("in order");
        assert_eq!(outcome.refused.len(), 1);
    }
    let point = tracker.picture().next().expect("a track");
    assert!((point.at - V2::new(1_090.0, -500.0)).norm() < 5.0 && (point.velocity.x - 10.0).abs() < 1.0);
}
