//! Operational counters: what a source brought and why it was refused. No decision rests on them and no
//! rebuild touches them.

use crate::codec::ms;
use crate::error::StoreError;
use crate::store::MeterChange;
use rusqlite::{Connection, params};
use vigie_model::SourceId;

/// Adds `change` to the counters of `source`.
pub fn apply(conn: &Connection, source: &SourceId, change: &MeterChange) -> Result<(), StoreError> {
    let (error_at, error) =
        change.error.as_ref().map_or((None, None), |(at, text)| (Some(ms(*at)), Some(text)));
    conn.prepare_cached(
        "INSERT INTO m_source(source, last_contact_at, refused, last_refusal, last_error, last_error_at, validators)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT(source) DO UPDATE SET last_contact_at = coalesce(?2, last_contact_at), refused = refused + ?3,
             last_refusal = coalesce(?4, last_refusal), last_error = coalesce(?5, last_error),
             last_error_at = coalesce(?6, last_error_at), validators = coalesce(?7, validators)",
    )?
    .execute(params![
        source.as_str(),
        change.contact.map(ms),
        change.refused,
        change.last_refusal,
        error,
        error_at,
        change.validators
    ])?;
    Ok(())
}
