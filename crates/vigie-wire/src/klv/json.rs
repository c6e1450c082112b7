//! KLV packets as JSON.

use super::{Checksum, Kind, Packet, Set, Value};
use serde_json::{Map, json};

pub(super) fn packet(packet: &Packet<'_>) -> serde_json::Value {
    let checksum = match packet.checksum {
        Checksum::Verified => "verified",
        Checksum::Unverified => "unverified",
        Checksum::Absent => "absent",
    };
    let mut out = Map::new();
    out.insert("kind".to_owned(), json!(name(packet.kind)));
    out.insert("checksum".to_owned(), json!(checksum));
    if packet.kind == Kind::Unknown {
        out.insert("key".to_owned(), json!(hex::encode(packet.key)));
        out.insert("raw".to_owned(), json!(hex::encode(packet.raw)));
    } else {
        out.insert("items".to_owned(), set(&packet.set));
    }
    serde_json::Value::Object(out)
}

pub(super) const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Uas => "st0601",
        Kind::Security => "st0102",
        Kind::Vmti => "st0903",
        Kind::Target => "target",
        Kind::Unknown => "unknown",
    }
}

fn set(set: &Set<'_>) -> serde_json::Value {
    let items = set.items.iter().map(|item| {
        let mut out = Map::new();
        out.insert("tag".to_owned(), json!(item.tag));
        if !item.name.is_empty() {
            out.insert("name".to_owned(), json!(item.name));
        }
        out.insert("value".to_owned(), value(&item.value, item.raw));
        if !item.unit.is_empty() {
            out.insert("unit".to_owned(), json!(item.unit));
        }
        if matches!(item.value, Value::Raw | Value::NotKnown) && !item.raw.is_empty() {
            out.insert("raw".to_owned(), json!(hex::encode(item.raw)));
        }
        serde_json::Value::Object(out)
    });
    items.collect()
}

fn value(value: &Value<'_>, raw: &[u8]) -> serde_json::Value {
    match value {
        Value::Whole(value) | Value::Micros(value) => json!(value),
        Value::Signed(value) => json!(value),
        Value::Number(value) => json!(value),
        Value::Text(text) => json!(text),
        Value::Set(inner) => set(inner),
        Value::Series(sets) => {
            sets.iter().map(|(number, inner)| json!({"id": number, "items": set(inner)})).collect()
        }
        Value::NotKnown => serde_json::Value::Null,
        Value::Raw if raw.is_empty() => serde_json::Value::Null,
        Value::Raw => json!(hex::encode(raw)),
    }
}
