//! A record as JSON: its place and edition, then its items by name, each with its place and its values.
//!
//! `{"offset": 82, "length": 48, "category": 48, "edition": "1.32", "edition_from": "inferred", "items":
//! {"040": {"at": [93, 4], "RHO": {"raw": 50607, "value": 197.68359375, "unit": "NM"}, …}}}`. Spare bits appear where
//! they are not zero, as `~` and their first bit, like the octets of later extensions; other octets without a layout
//! appear as `hex`.

use super::editions::How;
use super::record::{Item, Kind, Parts, Record, Value};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt::Write as _;

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let at = self.at();
        map.serialize_entry("offset", &at.start)?;
        map.serialize_entry("length", &at.len())?;
        map.serialize_entry("category", &self.category())?;
        map.serialize_entry("edition", &Shown(self.edition().number))?;
        map.serialize_entry("edition_from", self.choice().how.name())?;
        match self.choice().how {
            How::Nearest { asked } => map.serialize_entry("edition_asked", &Shown(asked))?,
            How::Inferred { alike } => map.serialize_entry("editions_alike", &alike)?,
            How::Given | How::Only => {}
        }
        if !self.profile().is_empty() {
            map.serialize_entry("profile", self.profile())?;
        }
        if !self.marks().is_clean() {
            map.serialize_entry("marks", &self.marks().names().collect::<Vec<_>>())?;
        }
        map.serialize_entry("items", &Named(self.items()))?;
        map.end()
    }
}

struct Shown<D: std::fmt::Display>(D);

impl<D: std::fmt::Display> Serialize for Shown<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// Items under their names.
struct Named<'a>(Parts<'a>);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for item in self.0.clone() {
            map.serialize_entry(item.name(), &Shape { item, placed: true })?;
        }
        map.end()
    }
}

/// One item or part; items carry their place.
struct Shape<'a> {
    item: Item<'a>,
    placed: bool,
}

impl Shape<'_> {
    fn place<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        if self.placed {
            let at = self.item.at();
            map.serialize_entry("at", &[at.start, at.len()])?;
        }
        Ok(())
    }

    fn leaf<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self.item.raw() {
            Some(_) if self.item.name().is_empty() && self.item.bits() > 8 => self.hex(map)?,
            Some(raw) => map.serialize_entry("raw", &raw)?,
            None => self.hex(map)?,
        }
        match self.item.value() {
            Value::Raw => {}
            Value::Number { value, unit } => {
                map.serialize_entry("value", &value)?;
                if !unit.is_empty() {
                    map.serialize_entry("unit", unit)?;
                }
            }
            Value::Meaning(meaning) => map.serialize_entry("meaning", meaning)?,
            Value::Text(text) => map.serialize_entry("text", &Shown(text))?,
        }
        let marks = self.item.marks();
        if !marks.is_clean() {
            map.serialize_entry("marks", &marks.names().collect::<Vec<_>>())?;
        }
        Ok(())
    }

    fn hex<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let mut text = String::new();
        for octet in self.item.octets() {
            let _ = write!(text, "{octet:02x}");
        }
        map.serialize_entry("hex", &text)
    }

    fn parts<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        for part in self.item.parts() {
            if part.kind() == Kind::Leaf && part.name().is_empty() {
                if (part.is_spare() || part.bits() <= 8) && !(part.is_spare() && part.raw() == Some(0)) {
                    map.serialize_entry(&format!("~{}", part.first_bit_of_record()), &part.raw())?;
                } else if !part.is_spare() {
                    Shape { item: part, placed: false }.hex(map)?;
                }
            } else if part.name().is_empty() {
                // The layout of an expansion stands for the item itself.
                Shape { item: part, placed: false }.parts(map)?;
            } else {
                map.serialize_entry(part.name(), &Shape { item: part, placed: false })?;
            }
        }
        Ok(())
    }
}

impl Serialize for Shape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let list = matches!(self.item.kind(), Kind::Repeat | Kind::Random);
        if list && !self.placed {
            return Listed(self.item).serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        self.place(&mut map)?;
        if let Some(number) = self.item.expansion() {
            map.serialize_entry("edition", &Shown(number))?;
        }
        match self.item.kind() {
            Kind::Leaf => self.leaf(&mut map)?,
            _ if list => map.serialize_entry("list", &Listed(self.item))?,
            _ => self.parts(&mut map)?,
        }
        map.end()
    }
}

/// What repeats.
struct Listed<'a>(Item<'a>);

impl Serialize for Listed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for item in self.0.parts() {
            if item.name().is_empty() {
                list.serialize_element(&Shape { item, placed: false })?;
            } else {
                list.serialize_element(&Single(item))?;
            }
        }
        list.end()
    }
}

/// One named item of a random field sequence.
struct Single<'a>(Item<'a>);

impl Serialize for Single<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0.name(), &Shape { item: self.0, placed: true })?;
        map.end()
    }
}
