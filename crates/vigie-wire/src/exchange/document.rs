//! One JSON document within limits, and small questions to it.

use crate::json;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;
use vigie_model::{At, Fault, Limits, Timestamp, parse_zoned};

/// A document and what bounds its parts.
pub(super) struct Document<'a> {
    pub root: Value,
    limits: &'a Limits,
}

pub(super) fn whole(code: &str) -> Fault {
    Fault::new(At::Whole, code)
}

/// A field that must be there is not, or says nothing that can be used.
pub(super) fn no_words(field: &str, nth: usize) -> Fault {
    Fault::new(At::Row(nth as u64), "exchange-no-words").with("field", field)
}

impl<'a> Document<'a> {
    pub fn open(bytes: &[u8], limits: &'a Limits) -> Result<Self, Fault> {
        if bytes.len() as u64 > limits.bytes_max {
            return Err(whole("exchange-too-large").with("max", limits.bytes_max));
        }
        let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
        let text = text.map_err(|_| whole("exchange-not-json").with("line", 1))?;
        if json::depth(text) > limits.depth_max {
            return Err(whole("exchange-too-deep").with("max", limits.depth_max));
        }
        let Once(root) = serde_json::from_str(text)
            .map_err(|cause| whole("exchange-not-json").with("line", cause.line()))?;
        Ok(Self { root, limits })
    }

    /// How many objects are read.
    pub fn most(&self) -> usize {
        usize::try_from(self.limits.items_max).unwrap_or(usize::MAX)
    }

    pub fn too_many(&self) -> Fault {
        whole("exchange-too-many").with("max", self.limits.items_max)
    }

    /// The first objects of a list, and a fault where there are more than are read.
    pub fn objects<'v>(&self, list: &'v [Value], faults: &mut Vec<Fault>) -> &'v [Value] {
        if list.len() > self.most() {
            faults.push(self.too_many());
        }
        list.get(..self.most()).unwrap_or(list)
    }

    /// Words that must be there; `nth` is the object's number from 1.
    pub fn words(&self, object: &Value, key: &str, nth: usize) -> Result<String, Fault> {
        let text = text(object, key).filter(|text| !text.trim().is_empty());
        let text = text.ok_or_else(|| no_words(key, nth))?;
        if text.len() > self.limits.field_bytes_max {
            let fault = Fault::new(At::Row(nth as u64), "exchange-too-long").with("field", key);
            return Err(fault.with("max", self.limits.field_bytes_max));
        }
        Ok(text.to_owned())
    }

    /// Words that may be there; too many of them are none.
    pub fn some_words(&self, object: &Value, key: &str) -> Option<String> {
        self.words(object, key, 0).ok()
    }
}

pub(super) fn text<'v>(object: &'v Value, key: &str) -> Option<&'v str> {
    object.get(key)?.as_str()
}

pub(super) fn list<'v>(object: &'v Value, key: &str) -> &'v [Value] {
    object.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn time(object: &Value, key: &str) -> Option<Timestamp> {
    parse_zoned(text(object, key)?, None).ok()
}

/// A value in which no key stands twice: two readers must not see two truths.
struct Once(Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(Seen).map(Self)
    }
}

struct Seen;

impl<'de> Visitor<'de> for Seen {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Once(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((key, Once(value))) = members.next_entry::<String, _>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom("a key stands twice"));
            }
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
