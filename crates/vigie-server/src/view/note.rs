//! Lines of the duty log.

use super::Person;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_model::Timestamp;

/// A line of the duty log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoteRow {
    /// Identifier.
    pub id: Uuid,
    /// Its entry.
    pub seq: u64,
    /// The Zulu date-time group under which it stands: when it happened, else when it was written.
    pub dtg: String,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// When it happened, where the writer says so.
    pub seen_at: Option<Timestamp>,
    /// Who wrote it.
    pub by: Option<Person>,
    /// The line.
    pub text: String,
    /// Who struck it, when and why.
    pub struck: Option<Struck>,
    /// The line it replaces.
    pub corrects: Option<Uuid>,
    /// The line that replaces it.
    pub corrected_by: Option<Uuid>,
}

/// A striking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Struck {
    /// Who.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// One page of the duty log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NotePage {
    /// The lines.
    pub items: Vec<NoteRow>,
    /// Where the next page starts; null at the end.
    pub next: Option<String>,
    /// Lines in all.
    pub total: u64,
}

impl From<vigie_store::NoteRow> for NoteRow {
    fn from(row: vigie_store::NoteRow) -> Self {
        Self {
            id: row.id.uuid(),
            seq: row.seq,
            dtg: vigie_model::dtg(row.seen_at.unwrap_or(row.recorded_at)),
            recorded_at: row.recorded_at,
            seen_at: row.seen_at,
            by: row.by.map(Person::from),
            text: row.text,
            struck: row.struck.map(|(by, at, reason)| Struck { by: by.map(Person::from), at, reason }),
            corrects: row.corrects.map(vigie_model::NoteId::uuid),
            corrected_by: row.corrected_by.map(vigie_model::NoteId::uuid),
        }
    }
}
