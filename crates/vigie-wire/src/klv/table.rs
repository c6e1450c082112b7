//! What the tags of the local sets mean: names, units, and how each value is written.
//!
//! Sources: MISB ST 0601.17 (unmanned aircraft data), ST 0102.12 (security), ST 0903.5 (moving targets in the frame).

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Form {
    /// Whole number of the length it has.
    Whole,
    /// Signed whole number of the length it has.
    Signed,
    /// Whole number times a factor.
    Times(u32),
    /// Steps of equal size from the least to the most value; the octets it takes.
    Steps(u8, f64, f64),
    /// Signed steps of equal size to plus or minus this; the lowest value says "not known".
    Mirrored(u8, f64),
    /// ST 1201.
    Mapped(f64, f64),
    /// Microseconds since 1970.
    Micros,
    /// Letters.
    Text,
    /// Letters of two octets each.
    Wide,
    /// The sum over the packet.
    Checksum,
    /// A set within.
    Set(Kind),
    /// Sets one behind the other, each with its length and a number first.
    Series(Kind),
    /// Kept as it is.
    Raw,
}

/// A kind of local set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// ST 0601: an unmanned aircraft, its sensor and what that looks at.
    Uas,
    /// ST 0102: how the rest may be used.
    Security,
    /// ST 0903: what moves in the frame.
    Vmti,
    /// ST 0903: one thing that moves.
    Target,
    /// Not one of these: kept raw.
    Unknown,
}

/// One tag.
#[derive(Debug)]
pub(crate) struct Tag {
    pub number: u32,
    pub name: &'static str,
    pub unit: &'static str,
    pub form: Form,
}

const fn tag(number: u32, name: &'static str, unit: &'static str, form: Form) -> Tag {
    Tag { number, name, unit, form }
}

use Form::{Checksum, Mapped, Micros, Mirrored, Raw, Series, Set, Signed, Steps, Text, Times, Whole, Wide};

const HEIGHT: Form = Steps(2, -900.0, 19_000.0);
const HEIGHT_WIDE: Form = Mapped(-900.0, 40_000.0);
const LAT: Form = Mirrored(4, 90.0);
const LON: Form = Mirrored(4, 180.0);
const CORNER: Form = Mirrored(2, 0.075);
const TURN: Form = Steps(2, 0.0, 360.0);
const OFFSET: Form = Mapped(-19.2, 19.2);

/// ST 0601; the position is the tag's number less one.
static UAS: [Tag; 143] = [
    tag(1, "checksum", "", Checksum),
    tag(2, "precision_time_stamp", "µs", Micros),
    tag(3, "mission_id", "", Text),
    tag(4, "platform_tail_number", "", Text),
    tag(5, "platform_heading_angle", "deg", TURN),
    tag(6, "platform_pitch_angle", "deg", Mirrored(2, 20.0)),
    tag(7, "platform_roll_angle", "deg", Mirrored(2, 50.0)),
    tag(8, "platform_true_airspeed", "m/s", Whole),
    tag(9, "platform_indicated_airspeed", "m/s", Whole),
    tag(10, "platform_designation", "", Text),
    tag(11, "image_source_sensor", "", Text),
    tag(12, "image_coordinate_system", "", Text),
    tag(13, "sensor_latitude", "deg", LAT),
    tag(14, "sensor_longitude", "deg", LON),
    tag(15, "sensor_true_altitude", "m", HEIGHT),
    tag(16, "sensor_horizontal_field_of_view", "deg", Steps(2, 0.0, 180.0)),
    tag(17, "sensor_vertical_field_of_view", "deg", Steps(2, 0.0, 180.0)),
    tag(18, "sensor_relative_azimuth_angle", "deg", Steps(4, 0.0, 360.0)),
    tag(19, "sensor_relative_elevation_angle", "deg", LON),
    tag(20, "sensor_relative_roll_angle", "deg", Steps(4, 0.0, 360.0)),
    tag(21, "slant_range", "m", Steps(4, 0.0, 5_000_000.0)),
    tag(22, "target_width", "m", Steps(2, 0.0, 10_000.0)),
    tag(23, "frame_center_latitude", "deg", LAT),
    tag(24, "frame_center_longitude", "deg", LON),
    tag(25, "frame_center_elevation", "m", HEIGHT),
    tag(26, "offset_corner_latitude_1", "deg", CORNER),
    tag(27, "offset_corner_longitude_1", "deg", CORNER),
    tag(28, "offset_corner_latitude_2", "deg", CORNER),
    tag(29, "offset_corner_longitude_2", "deg", CORNER),
    tag(30, "offset_corner_latitude_3", "deg", CORNER),
    tag(31, "offset_corner_longitude_3", "deg", CORNER),
    tag(32, "offset_corner_latitude_4", "deg", CORNER),
    tag(33, "offset_corner_longitude_4", "deg", CORNER),
    tag(34, "icing_detected", "", Whole),
    tag(35, "wind_direction", "deg", TURN),
    tag(36, "wind_speed", "m/s", Steps(1, 0.0, 100.0)),
    tag(37, "static_pressure", "mbar", Steps(2, 0.0, 5_000.0)),
    tag(38, "density_altitude", "m", HEIGHT),
    tag(39, "outside_air_temperature", "°C", Signed),
    tag(40, "target_location_latitude", "deg", LAT),
    tag(41, "target_location_longitude", "deg", LON),
    tag(42, "target_location_elevation", "m", HEIGHT),
    tag(43, "target_track_gate_width", "px", Times(2)),
    tag(44, "target_track_gate_height", "px", Times(2)),
    tag(45, "target_error_estimate_ce90", "m", Steps(2, 0.0, 4_095.0)),
    tag(46, "target_error_estimate_le90", "m", Steps(2, 0.0, 4_095.0)),
    tag(47, "generic_flag_data", "", Whole),
    tag(48, "security_local_set", "", Set(Kind::Security)),
    tag(49, "differential_pressure", "mbar", Steps(2, 0.0, 5_000.0)),
    tag(50, "platform_angle_of_attack", "deg", Mirrored(2, 20.0)),
    tag(51, "platform_vertical_speed", "m/s", Mirrored(2, 180.0)),
    tag(52, "platform_sideslip_angle", "deg", Mirrored(2, 20.0)),
    tag(53, "airfield_barometric_pressure", "mbar", Steps(2, 0.0, 5_000.0)),
    tag(54, "airfield_elevation", "m", HEIGHT),
    tag(55, "relative_humidity", "%", Steps(1, 0.0, 100.0)),
    tag(56, "platform_ground_speed", "m/s", Whole),
    tag(57, "ground_range", "m", Steps(4, 0.0, 5_000_000.0)),
    tag(58, "platform_fuel_remaining", "kg", Steps(2, 0.0, 10_000.0)),
    tag(59, "platform_call_sign", "", Text),
    tag(60, "weapon_load", "", Whole),
    tag(61, "weapon_fired", "", Whole),
    tag(62, "laser_prf_code", "", Whole),
    tag(63, "sensor_field_of_view_name", "", Whole),
    tag(64, "platform_magnetic_heading", "deg", TURN),
    tag(65, "uas_datalink_ls_version", "", Whole),
    tag(66, "deprecated_66", "", Raw),
    tag(67, "alternate_platform_latitude", "deg", LAT),
    tag(68, "alternate_platform_longitude", "deg", LON),
    tag(69, "alternate_platform_altitude", "m", HEIGHT),
    tag(70, "alternate_platform_name", "", Text),
    tag(71, "alternate_platform_heading", "deg", TURN),
    tag(72, "event_start_time", "µs", Micros),
    tag(73, "rvt_local_set", "", Raw),
    tag(74, "vmti_local_set", "", Set(Kind::Vmti)),
    tag(75, "sensor_ellipsoid_height", "m", HEIGHT),
    tag(76, "alternate_platform_ellipsoid_height", "m", HEIGHT),
    tag(77, "operational_mode", "", Whole),
    tag(78, "frame_center_height_above_ellipsoid", "m", HEIGHT),
    tag(79, "sensor_north_velocity", "m/s", Mirrored(2, 327.0)),
    tag(80, "sensor_east_velocity", "m/s", Mirrored(2, 327.0)),
    tag(81, "image_horizon_pixel_pack", "", Raw),
    tag(82, "corner_latitude_1", "deg", LAT),
    tag(83, "corner_longitude_1", "deg", LON),
    tag(84, "corner_latitude_2", "deg", LAT),
    tag(85, "corner_longitude_2", "deg", LON),
    tag(86, "corner_latitude_3", "deg", LAT),
    tag(87, "corner_longitude_3", "deg", LON),
    tag(88, "corner_latitude_4", "deg", LAT),
    tag(89, "corner_longitude_4", "deg", LON),
    tag(90, "platform_pitch_angle_full", "deg", LAT),
    tag(91, "platform_roll_angle_full", "deg", LAT),
    tag(92, "platform_angle_of_attack_full", "deg", LAT),
    tag(93, "platform_sideslip_angle_full", "deg", LON),
    tag(94, "miis_core_identifier", "", Raw),
    tag(95, "sar_motion_imagery_local_set", "", Raw),
    tag(96, "target_width_extended", "m", Mapped(0.0, 1_500_000.0)),
    tag(97, "range_image_local_set", "", Raw),
    tag(98, "geo_registration_local_set", "", Raw),
    tag(99, "composite_imaging_local_set", "", Raw),
    tag(100, "segment_local_set", "", Raw),
    tag(101, "amend_local_set", "", Raw),
    tag(102, "sdcc_flp", "", Raw),
    tag(103, "density_altitude_extended", "m", HEIGHT_WIDE),
    tag(104, "sensor_ellipsoid_height_extended", "m", HEIGHT_WIDE),
    tag(105, "alternate_platform_ellipsoid_height_extended", "m", HEIGHT_WIDE),
    tag(106, "stream_designator", "", Text),
    tag(107, "operational_base", "", Text),
    tag(108, "broadcast_source", "", Text),
    tag(109, "range_to_recovery_location", "km", Mapped(0.0, 21_000.0)),
    tag(110, "time_airborne", "s", Whole),
    tag(111, "propulsion_unit_speed", "rpm", Whole),
    tag(112, "platform_course_angle", "deg", Mapped(0.0, 360.0)),
    tag(113, "altitude_above_ground_level", "m", HEIGHT_WIDE),
    tag(114, "radar_altimeter", "m", HEIGHT_WIDE),
    tag(115, "control_command", "", Raw),
    tag(116, "control_command_verification_list", "", Raw),
    tag(117, "sensor_azimuth_rate", "deg/s", Mapped(-1_000.0, 1_000.0)),
    tag(118, "sensor_elevation_rate", "deg/s", Mapped(-1_000.0, 1_000.0)),
    tag(119, "sensor_roll_rate", "deg/s", Mapped(-1_000.0, 1_000.0)),
    tag(120, "on_board_storage_percent_full", "%", Mapped(0.0, 100.0)),
    tag(121, "active_wavelength_list", "", Raw),
    tag(122, "country_codes", "", Raw),
    tag(123, "number_of_navsats_in_view", "", Whole),
    tag(124, "positioning_method_source", "", Whole),
    tag(125, "platform_status", "", Whole),
    tag(126, "sensor_control_mode", "", Whole),
    tag(127, "sensor_frame_rate_pack", "", Raw),
    tag(128, "wavelengths_list", "", Raw),
    tag(129, "target_id", "", Text),
    tag(130, "airbase_locations", "", Raw),
    tag(131, "take_off_time", "µs", Micros),
    tag(132, "transmission_frequency", "MHz", Mapped(1.0, 99_999.0)),
    tag(133, "on_board_storage_capacity", "GB", Whole),
    tag(134, "zoom_percentage", "%", Mapped(0.0, 100.0)),
    tag(135, "communications_method", "", Text),
    tag(136, "leap_seconds", "s", Signed),
    tag(137, "correction_offset", "µs", Signed),
    tag(138, "payload_list", "", Raw),
    tag(139, "active_payloads", "", Raw),
    tag(140, "weapons_stores", "", Raw),
    tag(141, "waypoint_list", "", Raw),
    tag(142, "view_domain", "", Raw),
    tag(143, "metadata_substream_id", "", Raw),
];

static SECURITY: [Tag; 18] = [
    tag(1, "security_classification", "", Whole),
    tag(2, "classifying_country_coding_method", "", Whole),
    tag(3, "classifying_country", "", Text),
    tag(4, "sci_shi_information", "", Text),
    tag(5, "caveats", "", Text),
    tag(6, "releasing_instructions", "", Text),
    tag(7, "classified_by", "", Text),
    tag(8, "derived_from", "", Text),
    tag(9, "classification_reason", "", Text),
    tag(10, "declassification_date", "", Text),
    tag(11, "marking_system", "", Text),
    tag(12, "object_country_coding_method", "", Whole),
    tag(13, "object_country_codes", "", Wide),
    tag(14, "classification_comments", "", Text),
    tag(19, "stream_id", "", Whole),
    tag(22, "version", "", Whole),
    tag(23, "classifying_country_coding_method_date", "", Text),
    tag(24, "object_country_coding_method_date", "", Text),
];

static VMTI: [Tag; 16] = [
    tag(1, "checksum", "", Checksum),
    tag(2, "precision_time_stamp", "µs", Micros),
    tag(3, "system_name", "", Text),
    tag(4, "vmti_ls_version", "", Whole),
    tag(5, "targets_detected", "", Whole),
    tag(6, "targets_reported", "", Whole),
    tag(7, "frame_number", "", Whole),
    tag(8, "frame_width", "px", Whole),
    tag(9, "frame_height", "px", Whole),
    tag(10, "source_sensor", "", Text),
    tag(11, "sensor_horizontal_field_of_view", "deg", Mapped(0.0, 180.0)),
    tag(12, "sensor_vertical_field_of_view", "deg", Mapped(0.0, 180.0)),
    tag(13, "miis_id", "", Raw),
    tag(101, "targets", "", Series(Kind::Target)),
    tag(102, "algorithms", "", Raw),
    tag(103, "ontologies", "", Raw),
];

static TARGET: [Tag; 29] = [
    tag(1, "centroid", "px", Whole),
    tag(2, "bounding_box_top_left", "px", Whole),
    tag(3, "bounding_box_bottom_right", "px", Whole),
    tag(4, "priority", "", Whole),
    tag(5, "confidence", "%", Whole),
    tag(6, "history", "", Whole),
    tag(7, "percentage_of_target_pixels", "%", Whole),
    tag(8, "colour", "", Raw),
    tag(9, "intensity", "", Whole),
    tag(10, "location_offset_latitude", "deg", OFFSET),
    tag(11, "location_offset_longitude", "deg", OFFSET),
    tag(12, "height_above_ellipsoid", "m", Mapped(-900.0, 19_000.0)),
    tag(13, "box_top_left_latitude_offset", "deg", OFFSET),
    tag(14, "box_top_left_longitude_offset", "deg", OFFSET),
    tag(15, "box_bottom_right_latitude_offset", "deg", OFFSET),
    tag(16, "box_bottom_right_longitude_offset", "deg", OFFSET),
    tag(17, "location", "", Raw),
    tag(18, "boundary", "", Raw),
    tag(19, "centroid_row", "px", Whole),
    tag(20, "centroid_column", "px", Whole),
    tag(21, "fpa_index", "", Raw),
    tag(22, "algorithm_id", "", Whole),
    tag(101, "mask", "", Raw),
    tag(102, "object", "", Raw),
    tag(103, "feature", "", Raw),
    tag(104, "tracker", "", Raw),
    tag(105, "chip", "", Raw),
    tag(106, "chips", "", Raw),
    tag(107, "objects", "", Raw),
];

/// Tags of ST 0601 that the minimum set ST 0902 asks for; each row names its equals.
pub(crate) const MINIMUM: [&[u32]; 25] = [
    &[2],
    &[3],
    &[5],
    &[6, 90],
    &[7, 91],
    &[10],
    &[11],
    &[12],
    &[13],
    &[14],
    &[15, 75, 104],
    &[16],
    &[17],
    &[18],
    &[19],
    &[20],
    &[21],
    &[22, 96],
    &[23],
    &[24],
    &[25, 78],
    &[48],
    &[65],
    &[94],
    &[1],
];

/// What tag `number` of a set of that `kind` means.
pub(crate) fn lookup(kind: Kind, number: u32) -> Option<&'static Tag> {
    let table: &[Tag] = match kind {
        Kind::Uas => return UAS.get((number as usize).checked_sub(1)?),
        Kind::Security => &SECURITY,
        Kind::Vmti => &VMTI,
        Kind::Target => &TARGET,
        Kind::Unknown => &[],
    };
    table.iter().find(|tag| tag.number == number)
}

#[cfg(test)]
mod tests {
    use super::{Kind, UAS, lookup};

    #[test]
    fn every_tag_stands_at_its_number() {
        for (index, tag) in UAS.iter().enumerate() {
            assert_eq!(tag.number as usize, index + 1);
        }
        assert_eq!(lookup(Kind::Uas, 0).map(|tag| tag.number), None);
        assert_eq!(lookup(Kind::Uas, 144).map(|tag| tag.number), None);
    }
}
