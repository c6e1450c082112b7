//! SAPIENT messages in JSON, as protobuf maps them: text to a tree, and back.
//!
//! Strict: a name that the definitions do not know, a name that stands twice and a value of a wrong kind are each named
//! with their place; the fields beside them are read. Both spellings of a name are known (`nodeId`, `node_id`).

use super::fault::Faults;
use super::schema::{Field, Kind, LIST, Message};
use super::stamp::Timestamp;
use super::tree::{Member, Node, Value};
use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, json};
use std::fmt;

/// The text that is being read, and where it begins in the input.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'a> {
    pub text: &'a str,
    pub at: u64,
}

impl Text<'_> {
    /// Where a part of the text stands in the input.
    fn place(&self, part: &RawValue) -> (u64, u64) {
        let from = part.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        (self.at + from as u64, part.get().len() as u64)
    }
}

/// The members of one object in their order, doubles kept.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Reading;
        impl<'de> Visitor<'de> for Reading {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry::<String, &'de RawValue>()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        input.deserialize_map(Reading)
    }
}

/// Reads one object.
pub(crate) fn read(
    kind: &'static Message,
    raw: &RawValue,
    text: Text<'_>,
    faults: &mut Faults,
) -> Option<Node> {
    let (at, length) = text.place(raw);
    let found: Members<'_> = serde_json::from_str(raw.get()).ok()?;
    let mut node = Node { kind, at, length, members: Vec::new(), unknown: 0 };
    let mut seen: Vec<&'static str> = Vec::new();
    for (name, value) in found.0 {
        let place = text.place(value);
        let Some(field) = kind.named(&name) else {
            let name: String = name.chars().take(64).collect();
            faults.add("sapient-unknown-field", kind, &name, place);
            continue;
        };
        if seen.contains(&field.name) {
            faults.add("sapient-twice", kind, field.json, place);
            continue;
        }
        seen.push(field.name);
        member(&mut node, field, value, text, faults);
    }
    Some(node)
}

fn member(node: &mut Node, field: &'static Field, raw: &RawValue, text: Text<'_>, faults: &mut Faults) {
    if raw.get() == "null" {
        return;
    }
    if !field.is(LIST) {
        return push(node, field, raw, (None, text), faults);
    }
    match serde_json::from_str::<Vec<&RawValue>>(raw.get()) {
        Ok(items) => {
            let many = items.len() > 1;
            for (index, item) in items.into_iter().enumerate() {
                push(node, field, item, (many.then_some(index + 1), text), faults);
            }
        }
        Err(_) => faults.add("sapient-type", node.kind, field.json, text.place(raw)),
    }
}

fn push(
    node: &mut Node,
    field: &'static Field,
    raw: &RawValue,
    (nth, text): (Option<usize>, Text<'_>),
    faults: &mut Faults,
) {
    let (at, length) = text.place(raw);
    let value = match field.kind {
        Kind::Message(_) if faults.is_too_deep() => None,
        Kind::Message(kind) => {
            faults.enter(field.json, nth, kind);
            let inner = read(kind, raw, text, faults);
            faults.leave();
            inner.map(Value::Message)
        }
        _ => scalar(field.kind, raw.get()),
    };
    match value {
        Some(value) => node.members.push(Member { field, at, length, value }),
        None => {
            let code = match field.kind {
                Kind::Enum(_) => "sapient-enumeration",
                Kind::Timestamp => "sapient-time",
                Kind::Message(_) if faults.is_too_deep() => "sapient-too-deep",
                _ => "sapient-type",
            };
            faults.add_with(code, node.kind, field.json, (at, length), &[("value", raw.get())]);
        }
    }
}

fn scalar(kind: Kind, raw: &str) -> Option<Value> {
    let text = || serde_json::from_str::<String>(raw).ok();
    // Protobuf's JSON lets numbers stand between quotes.
    let bare = || if raw.starts_with('"') { text() } else { Some(raw.to_owned()) };
    Some(match kind {
        Kind::Double => Value::Double(number(&bare()?)?),
        Kind::Float => {
            let value = number(&bare()?)?;
            let narrow = value as f32;
            (narrow.is_finite() || !value.is_finite()).then_some(Value::Float(narrow))?
        }
        Kind::Int32 => {
            let value = number(&bare()?)?;
            let whole = value.fract() == 0.0 && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&value);
            whole.then_some(Value::Int(value as i32))?
        }
        Kind::Bool => Value::Bool(serde_json::from_str(raw).ok()?),
        Kind::Text => Value::Text(text()?),
        Kind::Bytes => Value::Bytes(bytes(&text()?)?),
        Kind::Timestamp => Value::Time(Timestamp::parse(&text()?)?),
        Kind::Enum(list) if raw.starts_with('"') => Value::Enum(list, list.value(&text()?)?),
        Kind::Enum(list) => Value::Enum(list, raw.parse().ok()?),
        Kind::Message(_) => return None,
    })
}

/// Finite numbers, and the three words that protobuf has for the others; the checks refuse those.
fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ if plain => text.parse().ok().filter(|value: &f64| value.is_finite()),
        _ => None,
    }
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let loose = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let alphabet =
        if text.contains(['-', '_']) { &base64::alphabet::URL_SAFE } else { &base64::alphabet::STANDARD };
    GeneralPurpose::new(alphabet, loose).decode(text).ok()
}

/// Writes a message in the order of the definitions.
pub(crate) fn write(node: &Node) -> serde_json::Value {
    let mut out = Map::new();
    for field in node.kind.fields {
        let mut values: Vec<serde_json::Value> =
            node.all(field.name).map(|member| plain(&member.value)).collect();
        if field.is(LIST) && !values.is_empty() {
            out.insert(field.json.to_owned(), values.into());
        } else if let Some(value) = values.pop() {
            out.insert(field.json.to_owned(), value);
        }
    }
    serde_json::Value::Object(out)
}

fn plain(value: &Value) -> serde_json::Value {
    match value {
        Value::Double(value) => json!(value),
        Value::Float(value) => short(*value),
        Value::Int(value) => json!(value),
        Value::Bool(value) => json!(value),
        Value::Text(text) => json!(text),
        Value::Bytes(bytes) => json!(STANDARD.encode(bytes)),
        Value::Time(time) => json!(time.time().map(|time| time.to_string())),
        Value::Enum(list, value) => list.name(*value).map_or_else(|| json!(value), |name| json!(name)),
        Value::Message(node) => write(node),
    }
}

/// The shortest number that reads back as the same single-precision one.
fn short(value: f32) -> serde_json::Value {
    let shortest = value.to_string().parse::<f64>().ok();
    json!(shortest.filter(|value| value.is_finite()))
}
