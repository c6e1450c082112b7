//! SAPIENT messages in protobuf: bytes to a tree, and back.
//!
//! Lengths are checked before anything is read or kept; nesting has a limit; a field of a wrong kind is named and its
//! neighbours are read. Source: the protobuf encoding (proto3), for the kinds of field that SAPIENT has.

use super::fault::Faults;
use super::schema::{Field, Kind, Message};
use super::stamp::Timestamp;
use super::tree::{Member, Node, Value};
use prost::Message as _;

/// Bytes from a place in the input on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slice<'a> {
    pub bytes: &'a [u8],
    pub at: u64,
}

/// One field as it stands: its number, what follows, and where.
struct Raw<'a> {
    number: u32,
    payload: Payload<'a>,
    at: u64,
    length: u64,
}

enum Payload<'a> {
    Varint(u64),
    Fixed64([u8; 8]),
    Fixed32([u8; 4]),
    Bytes(Slice<'a>),
}

impl<'a> Slice<'a> {
    fn take(&mut self, count: usize) -> Option<Self> {
        let (head, tail) = self.bytes.split_at_checked(count)?;
        let taken = Self { bytes: head, at: self.at };
        self.bytes = tail;
        self.at += count as u64;
        Some(taken)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..70).step_by(7) {
            let byte = *self.take(1)?.bytes.first()?;
            value |= u64::from(byte & 0x7F).checked_shl(shift).unwrap_or(0);
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.bytes.try_into().ok()
    }

    fn raw(&mut self) -> Option<Raw<'a>> {
        let at = self.at;
        let key = self.varint()?;
        let number = u32::try_from(key >> 3).ok().filter(|number| *number > 0)?;
        let payload = match key & 7 {
            0 => Payload::Varint(self.varint()?),
            1 => Payload::Fixed64(self.array()?),
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Payload::Bytes(self.take(length)?)
            }
            5 => Payload::Fixed32(self.array()?),
            _ => return None,
        };
        Some(Raw { number, payload, at, length: self.at - at })
    }
}

/// Reads one message; what is no protobuf from some byte on is one fault there.
pub(crate) fn read(kind: &'static Message, mut slice: Slice<'_>, faults: &mut Faults) -> Node {
    let length = slice.bytes.len() as u64;
    let mut node = Node { kind, at: slice.at, length, members: Vec::new(), unknown: 0 };
    while !slice.bytes.is_empty() {
        let before = (slice.at, slice.bytes.len() as u64);
        let Some(raw) = slice.raw() else {
            faults.add("sapient-broken", kind, "?", before);
            break;
        };
        match kind.numbered(raw.number) {
            None => node.unknown += 1,
            Some(field) => members(&mut node, field, &raw, faults),
        }
    }
    node
}

fn members(node: &mut Node, field: &'static Field, raw: &Raw<'_>, faults: &mut Faults) {
    let (at, length) = (raw.at, raw.length);
    if let (Payload::Bytes(packed), Kind::Enum(list)) = (&raw.payload, field.kind) {
        let mut packed = *packed;
        while let Some(value) = packed.varint() {
            node.members.push(Member { field, at, length, value: Value::Enum(list, value as i32) });
        }
        if !packed.bytes.is_empty() {
            faults.add("sapient-type", node.kind, field.json, (at, length));
        }
        return;
    }
    match value(field, raw, faults) {
        Some(value) => node.members.push(Member { field, at, length, value }),
        None => {
            let deep = matches!(field.kind, Kind::Message(_)) && faults.is_too_deep();
            faults.add(
                if deep { "sapient-too-deep" } else { "sapient-type" },
                node.kind,
                field.json,
                (at, length),
            );
        }
    }
}

fn value(field: &'static Field, raw: &Raw<'_>, faults: &mut Faults) -> Option<Value> {
    Some(match (&raw.payload, field.kind) {
        (Payload::Fixed64(bytes), Kind::Double) => Value::Double(f64::from_le_bytes(*bytes)),
        (Payload::Fixed32(bytes), Kind::Float) => Value::Float(f32::from_le_bytes(*bytes)),
        (Payload::Varint(value), Kind::Int32) => Value::Int(*value as i32),
        (Payload::Varint(value), Kind::Bool) => Value::Bool(*value != 0),
        (Payload::Varint(value), Kind::Enum(list)) => Value::Enum(list, *value as i32),
        (Payload::Bytes(slice), Kind::Text) => Value::Text(std::str::from_utf8(slice.bytes).ok()?.to_owned()),
        (Payload::Bytes(slice), Kind::Bytes) => Value::Bytes(slice.bytes.to_vec()),
        (Payload::Bytes(slice), Kind::Timestamp) => Value::Time(Timestamp::decode(slice.bytes).ok()?),
        (Payload::Bytes(slice), Kind::Message(kind)) => Value::Message(nested(kind, field, *slice, faults)?),
        _ => return None,
    })
}

fn nested(kind: &'static Message, field: &Field, slice: Slice<'_>, faults: &mut Faults) -> Option<Node> {
    if faults.is_too_deep() {
        return None;
    }
    faults.enter(field.json, None, kind);
    let node = read(kind, slice, faults);
    faults.leave();
    Some(node)
}

/// Writes a message in the order of the definitions; lists of choices packed, as proto3 does.
pub(crate) fn write(node: &Node) -> Vec<u8> {
    let mut out = Vec::new();
    for field in node.kind.fields {
        let values: Vec<&Value> = node.all(field.name).map(|member| &member.value).collect();
        if field.is(super::schema::LIST) && matches!(field.kind, Kind::Enum(_)) && !values.is_empty() {
            let mut packed = Vec::new();
            for value in &values {
                put_plain(value, &mut packed);
            }
            put_bytes(field.number, &packed, &mut out);
        } else {
            for value in &values {
                put(field.number, value, &mut out);
            }
        }
    }
    out
}

fn put_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn put_bytes(number: u32, bytes: &[u8], out: &mut Vec<u8>) {
    put_varint(u64::from(number) << 3 | 2, out);
    put_varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

/// A value without its key.
fn put_plain(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Double(value) => out.extend_from_slice(&value.to_le_bytes()),
        Value::Float(value) => out.extend_from_slice(&value.to_le_bytes()),
        Value::Int(value) | Value::Enum(_, value) => put_varint(i64::from(*value) as u64, out),
        Value::Bool(value) => out.push(u8::from(*value)),
        Value::Text(_) | Value::Bytes(_) | Value::Time(_) | Value::Message(_) => {}
    }
}

fn put(number: u32, value: &Value, out: &mut Vec<u8>) {
    let wire = match value {
        Value::Double(_) => 1,
        Value::Float(_) => 5,
        Value::Int(_) | Value::Enum(..) | Value::Bool(_) => 0,
        Value::Text(text) => return put_bytes(number, text.as_bytes(), out),
        Value::Bytes(bytes) => return put_bytes(number, bytes, out),
        Value::Time(time) => return put_bytes(number, &time.encode_to_vec(), out),
        Value::Message(node) => return put_bytes(number, &write(node), out),
    };
    put_varint(u64::from(number) << 3 | wire, out);
    put_plain(value, out);
}
