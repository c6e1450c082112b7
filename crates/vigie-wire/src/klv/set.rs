//! One local set: tag after tag, each with its meaning, its bytes and what is wrong with it.

use super::ber::{self, Trouble};
use super::imapb::{self, Mapped};
use super::table::{self, Form, Kind};
use std::borrow::Cow;
use std::ops::Range;

/// Sets within sets.
const DEPTH_MAX: usize = 6;
/// Tags of one packet, those of the sets within included.
const ITEMS_MAX: usize = 20_000;

/// A local set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Set<'a> {
    /// In the order in which they stand.
    pub items: Vec<Item<'a>>,
}

/// One tag of a set.
#[derive(Debug, Clone, PartialEq)]
pub struct Item<'a> {
    /// Number in its set.
    pub tag: u32,
    /// Name in the standard; empty where the tag is not known.
    pub name: &'static str,
    /// Unit of a number; empty where it has none.
    pub unit: &'static str,
    /// Where the tag, its length and its value stand, from the start of the stream of packets.
    pub bytes: Range<usize>,
    /// The value as it stands.
    pub raw: &'a [u8],
    /// The value as it is meant.
    pub value: Value<'a>,
}

/// What a tag says.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// A whole number: count, version, code.
    Whole(u64),
    /// A signed whole number.
    Signed(i64),
    /// A measured number, in the item's unit.
    Number(f64),
    /// The sender says that it does not know, or that the value is out of its range.
    NotKnown,
    /// Microseconds since 1970.
    Micros(u64),
    /// Letters.
    Text(Cow<'a, str>),
    /// A set within.
    Set(Set<'a>),
    /// Sets in a row, each with its number.
    Series(Vec<(u32, Set<'a>)>),
    /// Not known, or not in the form that the standard gives: see `raw`.
    Raw,
}

/// Something wrong within a set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SetFault {
    pub code: &'static str,
    pub at: usize,
    pub length: usize,
    pub tag: u32,
}

impl<'a> Set<'a> {
    /// The first item with this tag.
    pub fn get(&self, tag: u32) -> Option<&Item<'a>> {
        self.items.iter().find(|item| item.tag == tag)
    }

    /// The number that this tag holds, in its unit.
    pub fn number(&self, tag: u32) -> Option<f64> {
        match self.get(tag)?.value {
            Value::Number(value) => Some(value),
            Value::Whole(value) => Some(value as f64),
            Value::Signed(value) => Some(value as f64),
            _ => None,
        }
    }
}

/// Reads sets and collects what is wrong with them.
pub(crate) struct SetReader<'f> {
    pub faults: &'f mut Vec<SetFault>,
    pub left: usize,
}

impl<'f> SetReader<'f> {
    pub(crate) const fn new(faults: &'f mut Vec<SetFault>) -> Self {
        Self { faults, left: ITEMS_MAX }
    }

    fn fault(&mut self, code: &'static str, bytes: Range<usize>, tag: u32) {
        self.faults.push(SetFault { code, at: bytes.start, length: bytes.end - bytes.start, tag });
    }

    /// Reads `bytes`, which stand at `base`; what was read before a broken length is kept.
    pub(crate) fn read<'a>(&mut self, kind: Kind, bytes: &'a [u8], base: usize, depth: usize) -> Set<'a> {
        let mut set = Set { items: Vec::with_capacity((bytes.len() / 5).min(48)) };
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if self.left == 0 {
                self.fault("klv-too-many", base + at..base + bytes.len(), 0);
                break;
            }
            self.left -= 1;
            let (tag, head, length) = match split(rest) {
                Ok(found) => found,
                Err((code, tag)) => {
                    self.fault(code, base + at..base + bytes.len(), tag);
                    break;
                }
            };
            let raw = rest.get(head..head + length).unwrap_or_default();
            let place = base + at..base + at + head + length;
            set.items.push(self.item(kind, tag, raw, place, depth));
            at += head + length;
        }
        set
    }

    fn item<'a>(
        &mut self,
        kind: Kind,
        tag: u32,
        raw: &'a [u8],
        bytes: Range<usize>,
        depth: usize,
    ) -> Item<'a> {
        let Some(known) = table::lookup(kind, tag) else {
            return Item { tag, name: "", unit: "", bytes, raw, value: Value::Raw };
        };
        let start = bytes.end - raw.len();
        let value = match known.form {
            // An empty value says that an earlier one holds no longer.
            _ if raw.is_empty() => Some(Value::NotKnown),
            Form::Set(_) | Form::Series(_) if depth >= DEPTH_MAX => None,
            Form::Set(inner) => Some(Value::Set(self.read(inner, raw, start, depth + 1))),
            Form::Series(inner) => Some(Value::Series(self.series(inner, raw, start, depth + 1))),
            form => plain(form, raw),
        };
        if value.is_none() {
            self.fault("klv-value", bytes.clone(), tag);
        }
        let value = value.unwrap_or(Value::Raw);
        Item { tag, name: known.name, unit: known.unit, bytes, raw, value }
    }

    fn series<'a>(&mut self, kind: Kind, bytes: &'a [u8], base: usize, depth: usize) -> Vec<(u32, Set<'a>)> {
        let mut sets = Vec::new();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let found = ber::length(rest).ok().filter(|(length, head)| head + length <= rest.len());
            let Some((length, head)) = found else {
                self.fault("klv-length", base + at..base + bytes.len(), 0);
                break;
            };
            let body = rest.get(head..head + length).unwrap_or_default();
            let Ok((number, used)) = ber::tag(body) else {
                self.fault("klv-tag", base + at..base + at + head + length, 0);
                break;
            };
            let inner = body.get(used..).unwrap_or_default();
            sets.push((number, self.read(kind, inner, base + at + head + used, depth)));
            at += head + length;
        }
        sets
    }
}

/// Tag, octets of tag and length, length of the value.
fn split(rest: &[u8]) -> Result<(u32, usize, usize), (&'static str, u32)> {
    let (tag, used) = ber::tag(rest).map_err(|_| ("klv-tag", 0))?;
    let after = rest.get(used..).unwrap_or_default();
    let (length, octets) = ber::length(after).map_err(|trouble| match trouble {
        Trouble::Indefinite => ("klv-indefinite", tag),
        Trouble::Cut | Trouble::Huge => ("klv-length", tag),
    })?;
    let head = used + octets;
    if length > rest.len() - head {
        return Err(("klv-length", tag));
    }
    Ok((tag, head, length))
}

fn whole(raw: &[u8]) -> Option<u64> {
    (1..=8).contains(&raw.len()).then(|| raw.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

fn signed(raw: &[u8]) -> Option<i64> {
    let value = whole(raw)?;
    let unused = 64 - 8 * raw.len() as u32;
    Some(((value << unused) as i64) >> unused)
}

fn plain(form: Form, raw: &[u8]) -> Option<Value<'_>> {
    Some(match form {
        Form::Whole | Form::Checksum => Value::Whole(whole(raw)?),
        Form::Signed => Value::Signed(signed(raw)?),
        Form::Times(factor) => Value::Whole(whole(raw)?.checked_mul(u64::from(factor))?),
        Form::Micros => Value::Micros(whole(raw)?),
        Form::Steps(octets, least, most) => {
            let value = whole(raw).filter(|_| raw.len() == usize::from(octets))?;
            Value::Number(least + value as f64 * (most - least) / highest(octets))
        }
        Form::Mirrored(octets, most) => {
            let value = signed(raw).filter(|_| raw.len() == usize::from(octets))?;
            let highest = (highest(octets) - 1.0) / 2.0;
            let lowest = (value as f64) < -highest;
            if lowest { Value::NotKnown } else { Value::Number(value as f64 * most / highest) }
        }
        Form::Mapped(least, most) => match imapb::decode(&(least..=most), raw)? {
            Mapped::Number(value) => Value::Number(value),
            Mapped::Special(_) | Mapped::Reserved(_) | Mapped::Outside => Value::NotKnown,
        },
        Form::Text => Value::Text(String::from_utf8_lossy(raw)),
        Form::Wide => Value::Text(Cow::Owned(wide(raw)?)),
        Form::Raw | Form::Set(_) | Form::Series(_) => Value::Raw,
    })
}

/// The highest whole number of so many octets.
const fn highest(octets: u8) -> f64 {
    match octets {
        1 => 255.0,
        2 => 65_535.0,
        _ => 4_294_967_295.0,
    }
}

/// Two octets a letter; some senders write one.
fn wide(raw: &[u8]) -> Option<String> {
    let (pairs, odd) = raw.as_chunks::<2>();
    if !odd.is_empty() || raw.first().is_some_and(|first| first.is_ascii_alphanumeric()) {
        return std::str::from_utf8(raw).ok().map(ToOwned::to_owned);
    }
    let letters = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
    Some(char::decode_utf16(letters).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}
