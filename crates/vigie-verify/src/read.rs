//! Walks the tables of the record in order and feeds the audit; nothing is kept but the row at hand.

use crate::open::{VerifyError, file_error, lacks_a_table};
use crate::{Progress, Report};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, Rows};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use vigie_evidence::Hash;
use vigie_evidence::audit::{Auditor, Demands, Fault};
use vigie_evidence::tree::{SourceError, TileSource};

const PROGRESS_EVERY: u64 = 4_096;

const ENTRIES: &str = "SELECT e.seq, e.leaf, p.sealed FROM entry e LEFT JOIN payload p ON p.seq = e.seq \
                       ORDER BY e.seq";
const NOTES: &str = "SELECT size, note FROM checkpoint ORDER BY size";
const TILE: &str = "SELECT hashes FROM tile WHERE level = ?1 AND idx = ?2";
const STRAY: &str = "SELECT seq FROM payload WHERE seq < 0 OR seq >= ?1 ORDER BY seq LIMIT 1";
/// A tile that no entry could have filled: beyond the open one of level 0, or above it and not complete.
const STRAY_TILE: &str = "SELECT level, idx, hashes FROM tile WHERE level < 0 OR level > 7 OR idx < 0
    OR (level = 0 AND idx > ?1 / 256) OR (level > 0 AND idx >= (?1 >> (8 * (level + 1)))) ORDER BY level, idx LIMIT 1";

/// The stored tiles.
struct Tiles<'c>(&'c Connection);

impl TileSource for Tiles<'_> {
    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let mut tile = self.0.prepare_cached(TILE)?;
        let key = (level, i64::try_from(index)?);
        Ok(tile.query_row(key, |row| Ok(bytes(row, 0)?.to_vec())).optional()?)
    }
}

/// The bytes of a column, whatever it was turned into: a number has none.
fn bytes<'r>(row: &'r Row<'_>, column: usize) -> Result<&'r [u8], rusqlite::Error> {
    Ok(row.get_ref(column)?.as_bytes().unwrap_or_default())
}

/// How often a record is read again in which something was erased meanwhile.
const TRIES: u32 = 5;

pub fn audit(
    connection: &Connection,
    blobs: &Path,
    demands: &Demands,
    progress: Progress<'_>,
) -> Result<Report, VerifyError> {
    let mut tries = 0;
    loop {
        let report = looked(connection, blobs, demands, progress)?;
        tries += 1;
        // Files lie outside the picture of the database: one that is erased while a running site is read is gone before
        // its tombstone is seen. The next picture holds it.
        let lost = report.finding.as_ref().is_some_and(|finding| finding.fault == Fault::BlobLost);
        if !lost || tries == TRIES || !grew(connection, report.entries)? {
            return Ok(report);
        }
    }
}

/// Whether entries were recorded since `entries` were read.
fn grew(connection: &Connection, entries: u64) -> Result<bool, VerifyError> {
    let now: i64 =
        connection.query_row("SELECT coalesce(max(seq), -1) + 1 FROM entry", [], |row| row.get(0))?;
    Ok(u64::try_from(now).is_ok_and(|now| now > entries))
}

fn looked(
    connection: &Connection,
    blobs: &Path,
    demands: &Demands,
    progress: Progress<'_>,
) -> Result<Report, VerifyError> {
    // One picture of a running site: what is committed meanwhile is not seen.
    let _picture = connection.is_autocommit().then(|| connection.unchecked_transaction()).transpose()?;
    let mut walk = Walk { auditor: Auditor::new(demands.clone(), Tiles(connection)), blobs };
    match walk.all(connection, progress) {
        Err(VerifyError::Database(cause)) if is_damage(&cause) => walk.auditor.damaged(),
        other => other?,
    }
    let found = walk.auditor.finish().or_else(from_source)?;
    Ok(Report::new(found, demands.verifier.is_some()))
}

/// Whether the file itself is broken or lacks a table, as against a lock, a full disk or a lost connection.
fn is_damage(cause: &rusqlite::Error) -> bool {
    matches!(cause.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
        || lacks_a_table(cause)
}

fn from_source<T>(cause: SourceError) -> Result<T, VerifyError> {
    Err(match cause.downcast::<rusqlite::Error>() {
        Ok(cause) => VerifyError::Database(*cause),
        Err(other) => VerifyError::Database(rusqlite::Error::ToSqlConversionFailure(other)),
    })
}

struct Walk<'a> {
    auditor: Auditor<Tiles<'a>>,
    blobs: &'a Path,
}

impl Walk<'_> {
    fn all(&mut self, connection: &Connection, progress: Progress<'_>) -> Result<(), VerifyError> {
        let total =
            connection.query_row("SELECT coalesce(max(seq), -1) + 1 FROM entry", [], |row| row.get(0));
        let total = u64::try_from(total.unwrap_or(0_i64)).unwrap_or(0);
        let (mut entries, mut notes) = (connection.prepare(ENTRIES)?, connection.prepare(NOTES)?);
        let (mut entries, mut notes) = (entries.query([])?, Notes::start(notes.query([])?)?);
        while !self.auditor.is_done()
            && let Some(row) = entries.next()?
        {
            self.entry(row)?;
            let size = self.auditor.size();
            notes.pass(size, &mut self.auditor)?;
            if size.is_multiple_of(PROGRESS_EVERY) {
                progress(size, total);
            }
        }
        notes.pass(u64::MAX, &mut self.auditor)?;
        self.strays(connection)?;
        progress(self.auditor.size(), total);
        Ok(())
    }

    fn entry(&mut self, row: &Row<'_>) -> Result<(), VerifyError> {
        let Ok(seq) = u64::try_from(row.get::<_, i64>(0)?) else {
            self.auditor.bad_number();
            return Ok(());
        };
        let payload = match row.get_ref(2)? {
            ValueRef::Null => None,
            sealed => Some(sealed.as_bytes().unwrap_or_default()),
        };
        let blob = self.auditor.feed(seq, bytes(row, 1)?, payload).or_else(from_source)?;
        if let Some(recorded) = blob {
            let found = hash_of_file(&self.blobs.join(place(&recorded)))?;
            self.auditor.blob(seq, &recorded, found);
        }
        Ok(())
    }

    /// A payload that no entry could have asked for. Those of existing entries were seen beside them.
    fn strays(&mut self, connection: &Connection) -> Result<(), VerifyError> {
        if self.auditor.is_done() {
            return Ok(());
        }
        let entries = self.auditor.size();
        let size = i64::try_from(entries).unwrap_or(i64::MAX);
        let stray: Option<i64> = connection.query_row(STRAY, [size], |row| row.get(0)).optional()?;
        if let Some(seq) = stray {
            self.auditor.stray_payload(u64::try_from(seq).unwrap_or(entries));
        }
        let tile = connection.query_row(STRAY_TILE, [size], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, bytes(row, 2)?.len() / 32))
        });
        if let Some((level, index, hashes)) = tile.optional()? {
            let level = u8::try_from(level).unwrap_or(u8::MAX);
            self.auditor.stray_tile(level, u64::try_from(index).unwrap_or(0), hashes as u64);
        }
        Ok(())
    }
}

/// The stored signed states, in step with the entries.
struct Notes<'s> {
    rows: Rows<'s>,
    next: Option<(i64, String)>,
}

impl<'s> Notes<'s> {
    fn start(rows: Rows<'s>) -> Result<Self, rusqlite::Error> {
        let mut notes = Self { rows, next: None };
        notes.advance()?;
        Ok(notes)
    }

    fn advance(&mut self) -> Result<(), rusqlite::Error> {
        let row = self.rows.next()?;
        self.next = row
            .map(|row| {
                Ok::<_, rusqlite::Error>((row.get(0)?, String::from_utf8_lossy(bytes(row, 1)?).into_owned()))
            })
            .transpose()?;
        Ok(())
    }

    /// Hands over the signed states up to `size`.
    fn pass<T: TileSource>(&mut self, size: u64, auditor: &mut Auditor<T>) -> Result<(), rusqlite::Error> {
        while !auditor.is_done()
            && let Some((at, note)) = self.next.as_ref()
        {
            match u64::try_from(*at) {
                Ok(at) if at > size => break,
                Ok(at) => auditor.signed_state(at, note),
                Err(_) => auditor.bad_number(),
            }
            self.advance()?;
        }
        Ok(())
    }
}

/// Where a sealed file stands under `blobs/`.
fn place(hash: &Hash) -> String {
    let name = hex::encode(hash);
    format!("{}/{name}", &name[..2])
}

fn hash_of_file(path: &Path) -> Result<Option<Hash>, VerifyError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(file_error(path, cause)),
    };
    let (mut hash, mut piece) = (Sha256::new(), vec![0; 64 << 10]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(Some(hash.finalize().into())),
            Ok(read) => hash.update(&piece[..read]),
            Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
            Err(cause) => return Err(file_error(path, cause)),
        }
    }
}
