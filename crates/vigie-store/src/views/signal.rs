//! One signal.

use super::Views;
use crate::codec::{at, attachment_id, json, maybe_at, maybe_narrative_id, signal_id, tricks, word};
use crate::error::StoreError;
use crate::rows::{AttachmentRow, LinkRow, SignalRow};
use rusqlite::{OptionalExtension, Row, params};
use vigie_model::{
    AttachmentId, Compartments, Credibility, Language, LanguageBasis, Likeness, Reliability, SignalId,
    SignalKind, SourceId,
};

const COLUMNS: &str = "s.id, s.seq, s.narrative, s.kind, s.source, coalesce(o.name, s.source), s.author_alias, s.text,
    s.url, s.lang, s.script, s.basis, s.seen_at, s.reported_at, s.recorded_at, s.place, s.tricks, s.attachments,
    s.sheet, coalesce(r.count, 0), s.compartments, s.grade
    FROM v_signal s LEFT JOIN v_source o ON o.id = s.source LEFT JOIN m_repeat r ON r.signal_seq = s.seq";

impl Views {
    /// One signal, where the asker may see it.
    pub fn signal(&self, id: SignalId, granted: Compartments) -> Result<Option<SignalRow>, StoreError> {
        let row = self
            .conn
            .prepare_cached(&format!("SELECT {COLUMNS} WHERE s.id = ?1 AND (s.compartments & ~?2) = 0"))?
            .query_row(params![id.as_bytes(), granted.bits()], signal_row)
            .optional()?;
        row.map(|(row, files)| self.complete(row, files)).transpose()
    }

    /// The identifier of the signal received as entry `seq`, also where its content was erased.
    pub fn signal_id_at(&self, seq: u64) -> Result<Option<SignalId>, StoreError> {
        let mut id = self.conn.prepare_cached("SELECT id FROM v_signal WHERE seq = ?")?;
        Ok(id.query_row([seq], |row| signal_id(row, 0)).optional()?)
    }

    /// The signal received as entry `seq`; the caller has checked the right to see it.
    pub(super) fn signal_at(&self, seq: i64) -> Result<SignalRow, StoreError> {
        let (row, files) = self
            .conn
            .prepare_cached(&format!("SELECT {COLUMNS} WHERE s.seq = ?"))?
            .query_row([seq], signal_row)?;
        self.complete(row, files)
    }

    fn complete(&self, mut row: SignalRow, files: Vec<String>) -> Result<SignalRow, StoreError> {
        row.link = self.strongest_link(&row)?;
        for file in files {
            if let Some(file) = file.parse().ok().map(|id| self.attachment_row(id)).transpose()?.flatten() {
                row.attachments.push(file);
            }
        }
        Ok(row)
    }

    fn strongest_link(&self, signal: &SignalRow) -> Result<Option<LinkRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT to_id, likeness, value, tricks FROM v_link WHERE from_seq = ? ORDER BY rank LIMIT 1",
            )?
            .query_row([signal.seq], |row| {
                Ok(LinkRow {
                    from: signal.id,
                    to: signal_id(row, 0)?,
                    likeness: word(row, 1, Likeness::from_word)?,
                    value: row.get(2)?,
                    tricks: tricks(row.get(3)?),
                })
            })
            .optional()?)
    }

    /// What is known of a file, whoever asks: rights are those of the signal that carries it.
    pub fn attachment_row(&self, id: AttachmentId) -> Result<Option<AttachmentRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT id, seq, media_type, bytes, sha256 FROM v_attachment WHERE id = ?")?
            .query_row([id.as_bytes()], |row| {
                Ok(AttachmentRow {
                    id: attachment_id(row, 0)?,
                    seq: row.get(1)?,
                    name: String::new(),
                    media_type: row.get(2)?,
                    bytes: row.get(3)?,
                    sha256: row.get(4)?,
                })
            })
            .optional()?)
    }

    /// Compartments of the signals that carry a file; `None` where no signal carries it yet.
    pub fn attachment_compartments(&self, id: AttachmentId) -> Result<Option<Compartments>, StoreError> {
        let bits: Option<u32> = self
            .conn
            .prepare_cached(
                "SELECT s.compartments FROM v_carried c JOIN v_signal s ON s.seq = c.signal
                 WHERE c.attachment = ? ORDER BY c.signal LIMIT 1",
            )?
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?;
        Ok(bits.map(Compartments::from_bits))
    }
}

/// `B2` as its two scales.
fn grade(both: &str) -> Option<(Reliability, Credibility)> {
    let (source, information) = both.split_at_checked(1)?;
    Some((Reliability::from_word(source)?, Credibility::from_word(information)?))
}

fn signal_row(row: &Row<'_>) -> rusqlite::Result<(SignalRow, Vec<String>)> {
    let tag: Option<String> = row.get(9)?;
    let language = match tag {
        Some(tag) => Some(Language {
            tag,
            script: row.get(10)?,
            basis: word(row, 11, LanguageBasis::from_word)?,
            confidence: None,
            second: None,
        }),
        None => None,
    };
    let signal = SignalRow {
        id: signal_id(row, 0)?,
        seq: row.get(1)?,
        narrative: maybe_narrative_id(row, 2)?,
        kind: word(row, 3, SignalKind::from_word)?,
        source: word(row, 4, |text| text.parse::<SourceId>().ok())?,
        source_name: row.get(5)?,
        author_alias: row.get(6)?,
        text: row.get(7)?,
        url: row.get(8)?,
        language,
        seen_at: maybe_at(row, 12)?,
        reported_at: maybe_at(row, 13)?,
        recorded_at: at(row.get(14)?),
        place: row.get(15)?,
        tricks: tricks(row.get(16)?),
        link: None,
        attachments: Vec::new(),
        sheet: json(row, 18)?,
        repeats: row.get(19)?,
        compartments: Compartments::from_bits(row.get(20)?),
        grade: row.get::<_, Option<String>>(21)?.as_deref().and_then(grade),
    };
    Ok((signal, json(row, 17)?.unwrap_or_default()))
}

impl Views {
    /// How many of `keys` the site already holds for `source`.
    pub fn known_keys(&self, source: &SourceId, keys: &[&str]) -> Result<u64, StoreError> {
        let mut known = 0;
        let mut find = self.conn.prepare_cached("SELECT 1 FROM v_signal WHERE source = ? AND key = ?")?;
        for key in keys {
            known += u64::from(find.exists(params![source.as_str(), crate::project::key_hash(key)])?);
        }
        Ok(known)
    }
}
