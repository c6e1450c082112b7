//! One JSON object to the texts of a signal: the same rules in a JSON-lines file and at the intake.

use crate::charset;
use crate::columns::Found;
use crate::json::{self, Trouble, Value};
use crate::mapping::{Column, Mapping, Place};
use vigie_model::{At, Fault, Limits};

/// What one object says.
pub(crate) struct Read {
    pub found: Found,
    /// Whether a part of it was not valid Unicode.
    pub guessed: bool,
    /// Members that no signal takes from.
    pub unused: Vec<String>,
}

/// Reads the object that `bytes` holds.
pub(crate) fn read(bytes: &[u8], at: At, map: &Mapping, limits: &Limits) -> Result<Read, Fault> {
    let line = charset::read_quoted(bytes);
    let wanted = |name: &str| column(name, map).is_some();
    let object =
        json::object(&line.text, limits.depth_max, &wanted).map_err(|trouble| fault(trouble, at, limits))?;
    let mut read = Read { found: Found::default(), guessed: line.guessed, unused: Vec::new() };
    for (name, value) in object.members {
        match column(&name, map) {
            Some(column) => {
                let Some((text, guessed)) = text(column, value, at)? else { continue };
                if text.len() > limits.field_bytes_max {
                    return Err(field_too_long(at, column, limits));
                }
                read.guessed |= guessed;
                read.found.put(column, text);
            }
            None => read.unused.push(name.chars().take(80).collect()),
        }
    }
    Ok(read)
}

fn column(name: &str, map: &Mapping) -> Option<Column> {
    match &map.columns {
        None => Column::ALL.into_iter().find(|column| column.name() == name),
        Some(columns) => columns
            .iter()
            .find(|(_, place)| matches!(place, Place::Named(wanted) if wanted == name))
            .map(|(column, _)| *column),
    }
}

fn text(column: Column, value: Value, at: At) -> Result<Option<(String, bool)>, Fault> {
    match (column, value) {
        (_, Value::Null) => Ok(None),
        (_, Value::Text { text, guessed }) => Ok(Some((text, guessed))),
        (Column::Id | Column::SeenAt, Value::Number(digits)) if whole_number(&digits) => {
            Ok(Some((digits, false)))
        }
        (Column::Id | Column::SeenAt, Value::Number(digits)) => {
            Err(Fault::new(at, "json-number").with("column", column.name()).with("number", digits))
        }
        _ => Err(Fault::new(at, "json-not-text").with("column", column.name())),
    }
}

/// A number that every reader takes the same way: whole and within 64 bits.
fn whole_number(digits: &str) -> bool {
    digits.parse::<u64>().is_ok() || digits.parse::<i64>().is_ok()
}

fn fault(trouble: Trouble, at: At, limits: &Limits) -> Fault {
    match trouble {
        Trouble::NotAnObject => Fault::new(at, "json-not-an-object"),
        Trouble::Broken(column) => Fault::new(at, "json-broken").with("column", column),
        Trouble::Unfinished => Fault::new(at, "json-unfinished"),
        Trouble::Twice(key) => Fault::new(at, "json-key-twice").with("key", key),
        Trouble::TooDeep => Fault::new(at, "json-too-deep").with("max", limits.depth_max),
    }
}

pub(crate) fn field_too_long(at: At, column: Column, limits: &Limits) -> Fault {
    Fault::new(at, "row-field-too-long")
        .with("column", column.name())
        .with("max", limits.field_bytes_max / 1024)
}
