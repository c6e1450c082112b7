//! What a SAPIENT message must satisfy above protobuf: fields that must be there, identifiers, lists of names, ranges.
//!
//! Source: BSI Flex 335 v2.0, as its definitions mark it (`is_mandatory`, `is_ulid`, `is_uuid`), and what its text
//! demands beside them: the tables here.

use super::fault::Faults;
use super::schema::{Field, LIST, MANDATORY, Message, ULID, UUID};
use super::tree::{Member, Node, Value};

/// Demands that the definitions do not mark: message, field, what.
const ALSO: [(&str, &str, u8); 4] = [
    ("DetectionReport.DerivedDetection", "timestamp", MANDATORY),
    ("Error", "error_message", MANDATORY),
    ("FollowObject", "follow_object_id", ULID),
    ("Registration", "dependent_nodes", UUID),
];

/// One-of groups of which a field must stand although the definitions do not mark them.
const ALSO_ONE_OF: [&str; 1] = ["predictedLocationOneof"];

/// Fields with a range: message (`*`: any), field, least, most.
const RANGES: [(&str, &str, f64, f64); 24] = [
    ("*", "confidence", 0.0, 1.0),
    ("*", "detection_confidence", 0.0, 1.0),
    ("Alert", "ranking", 0.0, 1.0),
    ("StatusReport.Power", "level", 0.0, 100.0),
    ("*", "x_error", 0.0, f64::MAX),
    ("*", "y_error", 0.0, f64::MAX),
    ("*", "z_error", 0.0, f64::MAX),
    ("*", "range", 0.0, f64::MAX),
    ("*", "range_error", 0.0, f64::MAX),
    ("*", "elevation_error", 0.0, f64::MAX),
    ("*", "azimuth_error", 0.0, f64::MAX),
    ("*", "horizontal_extent", 0.0, f64::MAX),
    ("*", "vertical_extent", 0.0, f64::MAX),
    ("*", "horizontal_extent_error", 0.0, f64::MAX),
    ("*", "vertical_extent_error", 0.0, f64::MAX),
    ("ENUVelocity", "east_rate_error", 0.0, f64::MAX),
    ("ENUVelocity", "north_rate_error", 0.0, f64::MAX),
    ("ENUVelocity", "up_rate_error", 0.0, f64::MAX),
    ("Registration.Duration", "value", 0.0, f64::MAX),
    ("DetectionReport.Signal", "centre_frequency", 0.0, f64::MAX),
    ("DetectionReport.Signal", "start_frequency", 0.0, f64::MAX),
    ("DetectionReport.Signal", "stop_frequency", 0.0, f64::MAX),
    ("DetectionReport.Signal", "pulse_duration", 0.0, f64::MAX),
    ("*", "level", 0.0, 1_000.0),
];

/// The version of the standard that these rules are of.
const VERSION: &str = "BSI Flex 335 v2.0";

/// Checks one message and all that it holds.
pub(crate) fn check(node: &Node, faults: &mut Faults) {
    for field in node.kind.fields {
        presence(node, field, faults);
    }
    one_ofs(node, faults);
    angles(node, faults);
    version(node, faults);
    for (index, member) in node.members.iter().enumerate() {
        said(node, member, faults);
        let Value::Message(inner) = &member.value else { continue };
        let nth = nth(node, index);
        faults.enter(member.field.json, nth, inner.kind);
        check(inner, faults);
        faults.leave();
    }
}

/// Which one of its list a member is, from 1; nothing where it stands alone.
fn nth(node: &Node, index: usize) -> Option<usize> {
    let field = node.members.get(index)?.field;
    let same =
        |members: &[Member]| members.iter().filter(|member| member.field.number == field.number).count();
    let many = field.is(LIST) && same(&node.members) > 1;
    many.then(|| same(node.members.get(..=index).unwrap_or_default()))
}

fn demands(message: &Message, field: &Field, mark: u8) -> bool {
    field.is(mark) || ALSO.contains(&(message.name, field.name, mark))
}

fn presence(node: &Node, field: &'static Field, faults: &mut Faults) {
    if !demands(node.kind, field, MANDATORY) {
        return;
    }
    let mut there = node.all(field.name).peekable();
    if there.peek().is_none() {
        faults.add("sapient-missing", node.kind, field.json, (node.at, node.length));
    } else if let Some(blank) = there.find(|member| member.value.is_blank()) {
        faults.add("sapient-missing", node.kind, field.json, (blank.at, blank.length));
    }
}

fn one_ofs(node: &Node, faults: &mut Faults) {
    for group in node.kind.one_ofs {
        let mut there = node.members.iter().filter(|member| group.fields.contains(&member.field.number));
        let (first, second) = (there.next(), there.next());
        let mandatory = group.mandatory || ALSO_ONE_OF.contains(&group.name);
        match (first, second) {
            (None, _) if mandatory => {
                faults.add("sapient-missing", node.kind, group.name, (node.at, node.length));
            }
            (Some(one), None) if mandatory && one.value.is_blank() => {
                faults.add("sapient-missing", node.kind, one.field.json, (one.at, one.length));
            }
            (Some(_), Some(other)) => {
                faults.add("sapient-one-of", node.kind, other.field.json, (other.at, other.length));
            }
            _ => {}
        }
    }
}

/// What one field says, by itself.
fn said(node: &Node, member: &Member, faults: &mut Faults) {
    let (field, place) = (member.field, (member.at, member.length));
    match &member.value {
        Value::Text(text) => {
            if demands(node.kind, field, ULID) && !text.trim().is_empty() && !is_ulid(text) {
                faults.add_with("sapient-not-ulid", node.kind, field.json, place, &[("value", text)]);
            }
            if demands(node.kind, field, UUID) && !text.trim().is_empty() && !is_uuid(text) {
                faults.add_with("sapient-not-uuid", node.kind, field.json, place, &[("value", text)]);
            }
        }
        Value::Enum(list, value) if list.name(*value).is_none() => {
            faults.add_with(
                "sapient-enumeration",
                node.kind,
                field.json,
                place,
                &[("value", &value.to_string())],
            );
        }
        Value::Time(time) if time.time().is_none() => {
            let value = format!("{}.{:09}", time.seconds, time.nanos);
            faults.add_with("sapient-time", node.kind, field.json, place, &[("value", &value)]);
        }
        value => range(node, member, value.number(), faults),
    }
}

fn range(node: &Node, member: &Member, value: Option<f64>, faults: &mut Faults) {
    let Some(value) = value else { return };
    let rule = RANGES.iter().find(|(message, field, ..)| {
        *field == member.field.name && (*message == "*" || *message == node.kind.name)
    });
    let (least, most) = rule.map_or((f64::MIN, f64::MAX), |(_, _, least, most)| (*least, *most));
    outside(node, member, value, (least, most), faults);
}

fn outside(node: &Node, member: &Member, value: f64, (least, most): (f64, f64), faults: &mut Faults) {
    // A value that is no number is in no range.
    if !(least..=most).contains(&value) {
        let bound = |bound: f64| if bound.abs() >= f64::MAX { "∞".to_owned() } else { bound.to_string() };
        let (least, most, value) = (bound(least), bound(most), value.to_string());
        let more = [("value", value.as_str()), ("least", &least), ("most", &most)];
        faults.add_with("sapient-range", node.kind, member.field.json, (member.at, member.length), &more);
    }
}

/// Angles, whose range depends on the unit that stands beside them.
fn angles(node: &Node, faults: &mut Faults) {
    let system = match node.get("coordinate_system").map(|member| &member.value) {
        Some(Value::Enum(list, value)) => list.name(*value).unwrap_or_default(),
        _ => return,
    };
    let turn = if system.contains("_RAD") { std::f64::consts::TAU } else { 360.0 };
    let fields = match node.kind.name {
        "Location" if system.contains("LAT_LNG") => [("x", turn / 2.0), ("y", turn / 4.0)],
        "RangeBearing" | "RangeBearingCone" => [("azimuth", turn), ("elevation", turn / 2.0)],
        _ => return,
    };
    for (name, most) in fields {
        if let Some((member, value)) =
            node.get(name).and_then(|member| Some((member, member.value.number()?)))
        {
            outside(node, member, value, (-most, most), faults);
        }
    }
}

fn version(node: &Node, faults: &mut Faults) {
    if let ("Registration", Some(member)) = (node.kind.name, node.get("icd_version"))
        && let Value::Text(text) = &member.value
        && !text.is_empty()
        && text != VERSION
    {
        let more = [("value", text.as_str()), ("known", VERSION)];
        faults.add_with("sapient-version", node.kind, member.field.json, (member.at, member.length), &more);
    }
}

/// 26 letters of Crockford's base 32, the first of them at most 7.
fn is_ulid(text: &str) -> bool {
    let letter = |byte: u8| {
        byte.is_ascii_alphanumeric() && !matches!(byte.to_ascii_uppercase(), b'I' | b'L' | b'O' | b'U')
    };
    text.len() == 26 && text.bytes().all(letter) && text.bytes().next().is_some_and(|first| first <= b'7')
}

/// 32 hexadecimal digits, with or without the four hyphens.
fn is_uuid(text: &str) -> bool {
    let hyphens: Vec<usize> =
        text.bytes().enumerate().filter(|(_, byte)| *byte == b'-').map(|(at, _)| at).collect();
    let digits = text.bytes().filter(|byte| *byte != b'-').all(|byte| byte.is_ascii_hexdigit());
    let length = text.len() - hyphens.len();
    digits && length == 32 && (hyphens.is_empty() || hyphens == [8, 13, 18, 23])
}

#[cfg(test)]
mod tests {
    use super::{is_ulid, is_uuid};

    #[test]
    fn identifiers_are_told_apart() {
        assert!(is_ulid("01H4R63D7NVN8444Z5M77WEBY7"));
        assert!(!is_ulid("81H4R63D7NVN8444Z5M77WEBY7"), "more than 128 bits");
        assert!(!is_ulid("01H4R63D7NVN8444Z5M77WEBYU"), "no U in that alphabet");
        assert!(is_uuid("2d1f7dd2-2b2c-4f12-9e0c-6b1b8a6a1234"));
        assert!(!is_uuid("2d1f7dd2-2b2c-4f12-9e0c6-b1b8a6a1234"));
        assert!(!is_uuid("AAA") && !is_ulid("AAA"));
    }
}
