//! Making the views again from the journal, and proving that they are equal.

use crate::error::StoreError;
use crate::origins::Origins;
use crate::project::{Known, Projector};
use crate::read::Reading;
use crate::schema;
use crate::store::Store;
use crate::writer::Writer;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use vigie_evidence::leaf::{self, Content, Leaf};
use vigie_model::{Entry, Event, Kind};

/// What a rebuild did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RebuildReport {
    /// Entries replayed.
    pub entries: u64,
    /// Entries whose content was erased.
    pub erased: u64,
    /// Entries whose content is damaged, or gone although nobody erased it. Views hold of them what the leaf says.
    pub damaged: Vec<u64>,
    /// SHA-256 over all view tables before, hexadecimal.
    pub before: String,
    /// The same after.
    pub after: String,
}

impl RebuildReport {
    /// Whether the views were equal to what the journal says.
    pub fn equal(&self) -> bool {
        self.before == self.after
    }
}

impl Store {
    /// Drops the views and derives them again, in one transaction: whoever reads meanwhile reads the old ones.
    /// `progress` is called with the entries replayed so far.
    pub fn rebuild(&self, progress: impl Fn(u64) + Send + 'static) -> Result<RebuildReport, StoreError> {
        let report = Arc::new(Mutex::new(None));
        let slot = report.clone();
        let origins = self.origins().clone();
        self.exclusive(move |writer| {
            writer.views.conn.execute_batch("BEGIN IMMEDIATE")?;
            let done = replay(writer, &origins, &progress);
            writer.views.conn.execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
            if let Ok(mut slot) = slot.lock() {
                *slot = Some(done?);
            }
            Ok(())
        })?;
        let done = report.lock().ok().and_then(|mut report| report.take());
        done.ok_or_else(|| StoreError::Stopped("the rebuild gave no report".to_owned()))
    }

    /// SHA-256 over all view tables, hexadecimal.
    pub fn views_hash(&self) -> Result<String, StoreError> {
        self.read(|views| hash_views(&views.conn))
    }
}

fn replay(
    writer: &mut Writer,
    origins: &Origins,
    progress: &dyn Fn(u64),
) -> Result<RebuildReport, StoreError> {
    let conn = &writer.views.conn;
    let before = hash_views(conn)?;
    let known = Known::gather(conn)?;
    for table in schema::view_tables(conn)? {
        conn.execute_batch(&format!("DROP TABLE \"{table}\""))?;
    }
    conn.execute_batch(schema::VIEWS)?;
    schema::note_views(conn)?;
    let (mut entries, mut erased, mut damaged) = (0, 0, Vec::new());
    let mut rows = conn.prepare("SELECT seq, CAST(leaf AS BLOB) FROM entry ORDER BY seq")?;
    let mut rows = rows.query([])?;
    let reading = Reading { conn, keys: &writer.keys, origins };
    while let Some(row) = rows.next()? {
        let seq: u64 = row.get(0)?;
        let stored = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        let leaf =
            leaf::decode(stored).map_err(|cause| StoreError::Damaged { seq, cause: cause.to_string() })?;
        match reading.open(&leaf) {
            Ok(entry) if damaged.is_empty() => writer.projector.apply(conn, &entry)?,
            Ok(entry) => apply_beside_damage(conn, &writer.projector, &entry, &mut damaged)?,
            Err(StoreError::Erased(_)) if known.is_erased(seq) => {
                Projector::apply_erased(conn, &leaf, known.ghosts.get(&seq))?;
                erased += 1;
            }
            Err(gone) if is_sealed(&leaf) && gone.is_content_gone() => {
                tracing::error!(entry = seq, kind = %leaf.kind, "views are made without this content");
                writer.projector.apply_damaged(conn, &leaf, &known)?;
                damaged.push(seq);
            }
            Err(error) => return Err(error),
        }
        entries += 1;
        if entries % 1_024 == 0 {
            progress(entries);
        }
    }
    progress(entries);
    Ok(RebuildReport { entries, erased, damaged, before, after: hash_views(conn)? })
}

/// Whether what an entry says is sealed apart: then it can be damaged while the entry itself holds.
fn is_sealed(leaf: &Leaf<'_>) -> bool {
    leaf.known_kind().is_some() && matches!(leaf.content, Content::Sealed(_))
}

/// Applies an entry where some before it could not be read. One that does not find what it rests on is damaged with it;
/// the others go on.
fn apply_beside_damage(
    conn: &Connection,
    projector: &Projector,
    entry: &Entry,
    damaged: &mut Vec<u64>,
) -> Result<(), StoreError> {
    conn.execute_batch("SAVEPOINT beside")?;
    match projector.apply(conn, entry) {
        Err(error) if misses_something(&error) => {
            tracing::error!(entry = entry.seq, %error, "an entry that rests on a damaged one was passed over");
            conn.execute_batch("ROLLBACK TO beside")?;
            conn.execute("INSERT INTO v_damaged(seq) VALUES (?)", [entry.seq])?;
            damaged.push(entry.seq);
        }
        done => done?,
    }
    conn.execute_batch("RELEASE beside")?;
    Ok(())
}

/// Whether the views lack what an entry needs; any other fault, such as a full disk, is not for one entry.
fn misses_something(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::QueryReturnedNoRows)
        || error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
}

impl Known {
    /// Reads the tombstones, and from the views as they stand what a damaged entry cannot say any more.
    fn gather(conn: &Connection) -> Result<Self, StoreError> {
        let mut known = Self::default();
        let mut rows = conn.prepare(
            "SELECT CAST(leaf AS BLOB) FROM entry WHERE instr(leaf, CAST('\"kind\":\"content.erased\"' AS BLOB)) > 0 ORDER BY seq",
        )?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let stored = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            let Ok(leaf) = leaf::decode(stored) else { continue };
            if let (Some(Kind::ContentErased), Content::Body(body)) = (leaf.known_kind(), &leaf.content)
                && let Ok(Event::ContentErased(e)) = Event::read(Kind::ContentErased, body)
            {
                known.ghosts.extend(e.ghosts().map(|(seq, source)| (seq, source.clone())));
                known.erased.extend(e.entries());
            }
        }
        // Views of an earlier version, or none yet, may not answer: then it is not known.
        known.keeps = column(conn, "SELECT seq, body FROM v_keep").unwrap_or_default();
        known.sources = column(
            conn,
            "SELECT s.seq, '\"' || s.source || '\"' FROM v_signal s JOIN entry e ON e.seq = s.seq
             WHERE instr(e.leaf, CAST('\"actor\":\"source:' AS BLOB)) = 0",
        )
        .unwrap_or_default();
        Ok(known)
    }
}

/// What a view holds of each entry, as JSON; what cannot be read is left out.
fn column<T: DeserializeOwned>(conn: &Connection, sql: &str) -> rusqlite::Result<BTreeMap<u64, T>> {
    let mut rows = conn.prepare(sql)?;
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    let read = rows.map(|row| row.map(|(seq, text)| Some((seq, serde_json::from_str(&text).ok()?))));
    read.filter_map(rusqlite::Result::transpose).collect()
}

/// One hash over every row of every view, in key order.
fn hash_views(conn: &Connection) -> Result<String, StoreError> {
    let mut hash = Sha256::new();
    for table in schema::view_tables(conn)? {
        hash.update(table.as_bytes());
        let columns: Vec<String> = conn
            .prepare(&format!("SELECT name FROM pragma_table_info('{table}') ORDER BY pk = 0, pk, cid"))?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let list = columns.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
        let mut rows = conn.prepare(&format!("SELECT {list} FROM \"{table}\" ORDER BY {list}"))?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns.len() {
                hash_value(&mut hash, row.get_ref(column)?);
            }
        }
    }
    Ok(hex::encode(hash.finalize()))
}

fn hash_value(hash: &mut Sha256, value: ValueRef<'_>) {
    let (tag, bytes): (u8, Vec<u8>) = match value {
        ValueRef::Null => (0, Vec::new()),
        ValueRef::Integer(n) => (1, n.to_le_bytes().to_vec()),
        ValueRef::Real(x) => (2, x.to_bits().to_le_bytes().to_vec()),
        ValueRef::Text(text) => (3, text.to_vec()),
        ValueRef::Blob(blob) => (4, blob.to_vec()),
    };
    hash.update([tag]);
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}
