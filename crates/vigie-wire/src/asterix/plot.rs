//! What a tracker needs of a record: when, where, and what it calls itself.
//!
//! Radar plots (001, 048, 010, 015), multilateration (020), ADS-B (021), bearings (205) and system tracks (011, 062).
//! A place that cannot be is no place: the plot is marked and carries none, so that no such number reaches a filter.

use super::editions::Source;
use super::record::{Item, Marks, Record};
use std::ops::Range;

/// Metres of a nautical mile.
const NAUTICAL_MILE_M: f64 = 1_852.0;
/// Metres of a flight level.
const FLIGHT_LEVEL_M: f64 = 30.48;

/// One sensor report.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// The octets of the record that it was read from.
    pub at: Range<usize>,
    /// Category of that record.
    pub category: u8,
    /// SAC and SIC.
    pub source: Option<Source>,
    /// Seconds since midnight UTC.
    pub time_of_day_s: Option<f64>,
    /// Whether only the time within 512 s is told (category 001).
    pub time_is_truncated: bool,
    /// Where; nothing where none is told or what is told cannot be.
    pub place: Option<Place>,
    /// The sensor's own track number.
    pub track_number: Option<u32>,
    /// Mode 3/A code.
    pub mode_3a: Option<u16>,
    /// 24-bit address of the transponder.
    pub address: Option<u32>,
    /// Barometric height by flight level.
    pub height_m: Option<f64>,
    /// Whether a value lies outside what its specification or the earth allows.
    pub is_implausible: bool,
}

/// Where a plot is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// Slant range and bearing from the sensor, clockwise from north.
    Polar {
        /// Range.
        range_m: f64,
        /// Bearing, 0 to 360.
        bearing_deg: f64,
    },
    /// A plane around the sensor or the system's reference point.
    Local {
        /// East.
        east_m: f64,
        /// North.
        north_m: f64,
    },
    /// WGS84.
    Geodetic {
        /// North of the equator.
        lat_deg: f64,
        /// East of Greenwich.
        lon_deg: f64,
    },
    /// A direction alone, from the sensor, clockwise from north.
    Bearing {
        /// Bearing, 0 to 360.
        bearing_deg: f64,
    },
}

/// What an item tells of a plot.
#[derive(Clone, Copy)]
enum Role {
    Time,
    TruncatedTime,
    Polar,
    Local,
    Geodetic,
    Range,
    Bearing,
    Number,
    Mode3A,
    Address,
    Level,
}

use Role::{Address, Bearing, Geodetic, Level, Local, Mode3A, Number, Polar, Time, TruncatedTime};

const ROLES: &[(u8, &[(&str, Role)])] = &[
    (
        1,
        &[
            ("040", Polar),
            ("042", Local),
            ("141", TruncatedTime),
            ("161", Number),
            ("070", Mode3A),
            ("090", Level),
        ],
    ),
    (
        10,
        &[
            ("040", Polar),
            ("041", Geodetic),
            ("042", Local),
            ("140", Time),
            ("161", Number),
            ("060", Mode3A),
            ("090", Level),
            ("220", Address),
        ],
    ),
    (11, &[("041", Geodetic), ("042", Local), ("140", Time), ("161", Number), ("060", Mode3A)]),
    (15, &[("145", Time), ("161", Number), ("600", Geodetic), ("625", Role::Range), ("627", Bearing)]),
    (
        20,
        &[
            ("041", Geodetic),
            ("042", Local),
            ("140", Time),
            ("161", Number),
            ("070", Mode3A),
            ("090", Level),
            ("220", Address),
        ],
    ),
    (
        21,
        &[
            ("030", Time),
            ("071", Time),
            ("073", Time),
            ("130", Geodetic),
            ("131", Geodetic),
            ("161", Number),
            ("070", Mode3A),
            ("145", Level),
            ("080", Address),
        ],
    ),
    (
        48,
        &[
            ("040", Polar),
            ("042", Local),
            ("140", Time),
            ("161", Number),
            ("070", Mode3A),
            ("090", Level),
            ("220", Address),
        ],
    ),
    (
        62,
        &[
            ("105", Geodetic),
            ("100", Local),
            ("070", Time),
            ("040", Number),
            ("060", Mode3A),
            ("136", Level),
            ("380", Address),
        ],
    ),
    (205, &[("030", Time), ("050", Geodetic), ("060", Local), ("080", Bearing), ("160", Number)]),
];

impl Record<'_> {
    /// The plot that this record reports; nothing for records that report none.
    pub fn plot(&self) -> Option<Plot> {
        let category = self.category();
        let roles = ROLES.iter().find(|(of, _)| *of == category)?.1;
        let mut plot = Plot {
            at: self.at(),
            category,
            source: self.source(),
            time_of_day_s: None,
            time_is_truncated: false,
            place: None,
            track_number: None,
            mode_3a: None,
            address: None,
            height_m: None,
            is_implausible: self.marks().has(Marks::OUT_OF_RANGE),
        };
        let mut told = Told::default();
        for item in self.items() {
            let name = item.name();
            if let Some((_, role)) = roles.iter().find(|(of, _)| *of == name) {
                told.take(&mut plot, *role, &item);
            }
        }
        plot.place = told.place(&mut plot.is_implausible);
        (plot.place.is_some() || plot.is_implausible).then_some(plot)
    }
}

/// The places that one record tells: it may tell several.
#[derive(Default)]
struct Told {
    polar: Option<(f64, f64)>,
    local: Option<(f64, f64)>,
    geodetic: Option<(f64, f64)>,
    range_m: Option<f64>,
    bearing_deg: Option<f64>,
}

/// A number in metres, degrees or as it stands.
fn metric(item: &Item<'_>) -> Option<f64> {
    match item.value() {
        super::Value::Number { value, unit: "NM" } => Some(value * NAUTICAL_MILE_M),
        super::Value::Number { value, unit: "FL" } => Some(value * FLIGHT_LEVEL_M),
        super::Value::Number { value, .. } => Some(value),
        _ => None,
    }
}

/// The first two numbers of an item, a compound's first part looked into.
fn pair(item: &Item<'_>) -> Option<(f64, f64)> {
    let mut parts = item.parts();
    let first = parts.next()?;
    match metric(&first) {
        Some(value) => Some((value, metric(&parts.next()?)?)),
        None if matches!(first.name(), "P84" | "HP") => pair(&first),
        None => None,
    }
}

/// The item itself or the last of its parts that is no spare.
fn leaf<'a>(item: &Item<'a>) -> Item<'a> {
    item.parts().filter(|part| !part.name().is_empty()).last().unwrap_or(*item)
}

impl Told {
    fn take(&mut self, plot: &mut Plot, role: Role, item: &Item<'_>) {
        match role {
            Role::Time => plot.time_of_day_s = item.number(),
            Role::TruncatedTime => {
                (plot.time_of_day_s, plot.time_is_truncated) = (item.number(), true);
            }
            Role::Polar => self.polar = pair(item),
            Role::Local => self.local = pair(item),
            Role::Geodetic => self.geodetic = pair(item),
            Role::Range => self.range_m = item.parts().next().as_ref().and_then(metric),
            Role::Bearing => self.bearing_deg = item.number().or_else(|| metric(&item.parts().next()?)),
            Role::Number => plot.track_number = leaf(item).raw().map(|raw| raw as u32),
            Role::Mode3A => plot.mode_3a = leaf(item).raw().map(|raw| raw as u16),
            Role::Address => {
                // In 062 the address is the first part of a compound, where it is told at all.
                let part = item.parts().next().filter(|part| part.name() == "ADR");
                plot.address = part.as_ref().unwrap_or(item).raw().map(|raw| raw as u32);
            }
            Role::Level => plot.height_m = metric(&leaf(item)),
        }
    }

    /// The most direct place: what was measured before what was computed from it.
    fn place(&self, is_implausible: &mut bool) -> Option<Place> {
        let polar = self.polar.or(self.range_m.zip(self.bearing_deg));
        let place = polar
            .map(|(range_m, bearing_deg)| Place::Polar { range_m, bearing_deg })
            .or(self.geodetic.map(|(lat_deg, lon_deg)| Place::Geodetic { lat_deg, lon_deg }))
            .or(self.local.map(|(east_m, north_m)| Place::Local { east_m, north_m }))
            .or(self.bearing_deg.map(|bearing_deg| Place::Bearing { bearing_deg }))?;
        if place.can_be() {
            return Some(place);
        }
        *is_implausible = true;
        None
    }
}

/// No sensor that this program knows reaches farther.
const REACH_M_MAX: f64 = 10_000_000.0;

impl Place {
    fn can_be(self) -> bool {
        let turn = 0.0..=360.0;
        match self {
            Self::Polar { range_m, bearing_deg } => {
                (0.0..=REACH_M_MAX).contains(&range_m) && turn.contains(&bearing_deg)
            }
            Self::Local { east_m, north_m } => east_m.abs() <= REACH_M_MAX && north_m.abs() <= REACH_M_MAX,
            Self::Geodetic { lat_deg, lon_deg } => {
                (-90.0..=90.0).contains(&lat_deg) && (-180.0..=180.0).contains(&lon_deg)
            }
            Self::Bearing { bearing_deg } => turn.contains(&bearing_deg),
        }
    }
}
