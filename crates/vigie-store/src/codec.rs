//! How model values stand in columns.

use rusqlite::Row;
use uuid::Uuid;
use vigie_model::{AttachmentId, FindingId, NarrativeId, NoteId, SignalId, Timestamp, Trick, UserId};

/// Milliseconds since 1970.
pub fn ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// The time in a column of milliseconds; a value outside the calendar reads as 1970.
pub fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The tricks as bits.
pub fn trick_bits(tricks: &[Trick]) -> i64 {
    tricks.iter().fold(0, |bits, trick| bits | (1 << (*trick as i64)))
}

/// The tricks held by `bits`, in order.
pub fn tricks(bits: i64) -> Vec<Trick> {
    Trick::ALL.iter().copied().filter(|trick| bits & (1 << (*trick as i64)) != 0).collect()
}

macro_rules! id_codec {
    ($get:ident, $id:ident) => {
        pub fn $get(row: &Row<'_>, column: usize) -> rusqlite::Result<$id> {
            row.get::<_, [u8; 16]>(column).map(|bytes| $id::from_uuid(Uuid::from_bytes(bytes)))
        }
    };
    ($get:ident, $maybe:ident, $id:ident) => {
        id_codec!($get, $id);
        pub fn $maybe(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<$id>> {
            row.get::<_, Option<[u8; 16]>>(column)
                .map(|bytes| bytes.map(|bytes| $id::from_uuid(Uuid::from_bytes(bytes))))
        }
    };
}
id_codec!(signal_id, SignalId);
id_codec!(narrative_id, maybe_narrative_id, NarrativeId);
id_codec!(user_id, maybe_user_id, UserId);
id_codec!(note_id, maybe_note_id, NoteId);
id_codec!(attachment_id, AttachmentId);
id_codec!(finding_id, FindingId);

/// A word of a model enumeration in a text column.
pub fn word<T>(row: &Row<'_>, column: usize, read: fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    read(&text).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Text,
            format!("unknown word `{text}`").into(),
        )
    })
}

/// A JSON column.
pub fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| serde_json::from_str(&text)).transpose().map_err(|cause| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(cause))
    })
}

/// An optional time column.
pub fn maybe_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(at))
}
