//! One JSON object to its members, strictly: two readers must not see two truths.
//!
//! A key that stands twice, a number that no other reader would take the same way, and nesting beyond the
//! limit are refused. A lone surrogate (`\ud800`) is not: it costs one letter, never the row.

use crate::charset;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::fmt;

/// A member's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Text {
        text: String,
        /// Whether a part of it was not valid Unicode.
        guessed: bool,
    },
    /// A number, as written.
    Number(String),
    Other,
}

/// Why an object is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Not an object.
    NotAnObject,
    /// Not JSON; the column, from 1.
    Broken(usize),
    /// It ends before it is whole.
    Unfinished,
    /// This key stands twice.
    Twice(String),
    /// Nested too deeply.
    TooDeep,
}

/// The members of one object.
#[derive(Debug, Default)]
pub(crate) struct Object {
    pub members: Vec<(String, Value)>,
}

/// Reads one object; `wanted` says which members' values matter.
pub(crate) fn object(text: &str, depth_max: usize, wanted: &dyn Fn(&str) -> bool) -> Result<Object, Trouble> {
    if depth(text) > depth_max {
        return Err(Trouble::TooDeep);
    }
    if !text.trim_start().starts_with('{') {
        let whole = serde_json::from_str::<&RawValue>(text);
        return Err(whole.map_or_else(|error| trouble(&error), |_| Trouble::NotAnObject));
    }
    let found: Found<'_> = serde_json::from_str(text).map_err(|error| trouble(&error))?;
    if let Some(key) = found.twice {
        return Err(Trouble::Twice(key));
    }
    let members = found.members.into_iter().map(|(key, raw)| {
        let value = if wanted(&key) { value(raw.get()) } else { Value::Other };
        (key, value)
    });
    Ok(Object { members: members.collect() })
}

fn trouble(error: &serde_json::Error) -> Trouble {
    if error.is_eof() { Trouble::Unfinished } else { Trouble::Broken(error.column()) }
}

fn value(raw: &str) -> Value {
    match raw.bytes().next() {
        Some(b'"') => match serde_json::from_str::<Lossy>(raw) {
            Ok(Lossy { text, guessed }) => Value::Text { text, guessed },
            Err(_) => Value::Other,
        },
        Some(b'n') => Value::Null,
        Some(b'-' | b'0'..=b'9') => Value::Number(raw.to_owned()),
        _ => Value::Other,
    }
}

/// The deepest nesting in `text`, strings aside, in one pass: the parser behind is never asked to recurse.
pub(crate) fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// A JSON string that may hold lone surrogates.
pub(crate) struct Lossy {
    pub text: String,
    pub guessed: bool,
}

impl<'de> Deserialize<'de> for Lossy {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Seen;
        impl Visitor<'_> for Seen {
            type Value = Lossy;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Lossy, E> {
                let charset::Text { text, guessed } = charset::read(bytes);
                Ok(Lossy { text: text.into_owned(), guessed })
            }
        }
        // Asked for bytes, serde_json passes lone surrogates through instead of refusing the string.
        reader.deserialize_bytes(Seen)
    }
}

struct Found<'a> {
    members: Vec<(String, &'a RawValue)>,
    twice: Option<String>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Found<'a> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Found<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found<'de>, A::Error> {
                let mut found = Found { members: Vec::new(), twice: None };
                let mut seen = BTreeSet::new();
                while let Some(Lossy { text: key, .. }) = map.next_key()? {
                    if !seen.insert(key.clone()) && found.twice.is_none() {
                        found.twice = Some(key.clone());
                    }
                    found.members.push((key, map.next_value()?));
                }
                Ok(found)
            }
        }
        reader.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(String, Value)>, Trouble> {
        object(text, 8, &|_| true).map(|found| found.members)
    }

    #[test]
    fn f37_a_lone_surrogate_costs_one_letter() {
        let members = read(r#"{"text":"a\ud800b"}"#).expect("read");
        assert_eq!(members[0].1, Value::Text { text: "a\u{FFFD}b".to_owned(), guessed: true });
    }

    #[test]
    fn f43_a_key_that_stands_twice_is_refused() {
        assert_eq!(read(r#"{"id":1,"id":2}"#), Err(Trouble::Twice("id".to_owned())));
        assert_eq!(read(r#"{"id":1,"\u0069d":2}"#), Err(Trouble::Twice("id".to_owned())));
    }

    #[test]
    fn f31_nesting_is_counted_before_parsing() {
        let deep = format!("{{\"x\":{}{}}}", "[".repeat(2_000_000), "]".repeat(2_000_000));
        assert_eq!(read(&deep), Err(Trouble::TooDeep));
        assert_eq!(depth(r#"{"a":"[[[[\"[["}"#), 1);
    }

    #[test]
    fn what_is_not_an_object_is_named() {
        assert_eq!(read("[1]"), Err(Trouble::NotAnObject));
        assert_eq!(read("{\"a\":"), Err(Trouble::Unfinished));
        assert!(matches!(read("{nope}"), Err(Trouble::Broken(_))));
        assert!(matches!(read("{} x"), Err(Trouble::Broken(_))));
    }
}
