//! Positions and heights that cannot be.

use super::MavMessage;

const LAT_MAX_E7: i32 = 900_000_000;
const LON_MAX_E7: i32 = 1_800_000_000;
/// Deepest shore and highest balloon, in millimetres.
const ALT_MM: std::ops::RangeInclusive<i32> = -500_000..=60_000_000;

/// Names the fields of a message that no drone can have.
pub(crate) fn implausible(message: &MavMessage) -> Vec<&'static str> {
    match message {
        MavMessage::GLOBAL_POSITION_INT(said) => place(said.lat, said.lon, said.alt),
        MavMessage::GPS_RAW_INT(said) => place(said.lat, said.lon, said.alt),
        MavMessage::GPS2_RAW(said) => place(said.lat, said.lon, said.alt),
        MavMessage::ADSB_VEHICLE(said) => place(said.lat, said.lon, said.altitude),
        MavMessage::HOME_POSITION(said) => place(said.latitude, said.longitude, said.altitude),
        MavMessage::OPEN_DRONE_ID_LOCATION(said) => place(said.latitude, said.longitude, 0),
        MavMessage::ATTITUDE(said) => {
            numbers(&[("roll", said.roll), ("pitch", said.pitch), ("yaw", said.yaw)])
        }
        MavMessage::VFR_HUD(said) => {
            numbers(&[("airspeed", said.airspeed), ("groundspeed", said.groundspeed), ("alt", said.alt)])
        }
        _ => Vec::new(),
    }
}

fn place(lat: i32, lon: i32, alt_mm: i32) -> Vec<&'static str> {
    let outside = [
        ("lat", !(-LAT_MAX_E7..=LAT_MAX_E7).contains(&lat)),
        ("lon", !(-LON_MAX_E7..=LON_MAX_E7).contains(&lon)),
        ("alt", !ALT_MM.contains(&alt_mm)),
    ];
    outside.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect()
}

fn numbers(fields: &[(&'static str, f32)]) -> Vec<&'static str> {
    fields.iter().filter(|(_, value)| !value.is_finite()).map(|(name, _)| *name).collect()
}
