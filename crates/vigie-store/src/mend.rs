//! Puts back from a backup what is damaged here: sealed contents and files whose bytes are not those recorded.
//!
//! No key is opened: the entry says which bytes they were. What has no key any more was erased, and stays so.

use crate::backup::STORE_BAK;
use crate::error::StoreError;
use crate::folder::{self, Folder};
use crate::restore::open_bak;
use crate::store::check_format;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use std::path::Path;
use vigie_evidence::leaf::{self, Content, Sealed};
use vigie_evidence::{Hash, sha256};

/// What was put back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Mended {
    /// Entries whose sealed content was put back.
    pub contents: Vec<u64>,
    /// Entries whose sealed file was put back.
    pub files: Vec<u64>,
    /// Entries that stay damaged: the backup does not hold theirs either.
    pub left: Vec<u64>,
}

/// Mends the site in `dir`, which nobody may have open, from the backup in the folder `from`.
pub fn mend(dir: &Path, from: &Path) -> Result<Mended, StoreError> {
    let folder = Folder::new(dir);
    check_format(&folder)?;
    let _held = folder::hold(&folder)?;
    let conn = Connection::open(folder.store_db())?;
    crate::schema::tune(&conn)?;
    let keys = Connection::open(folder.keys_db())?;
    let bak = open_bak(&from.join(STORE_BAK))?;
    let (mut mended, mut good) = (Mended::default(), Vec::new());
    let mut rows = conn.prepare(
        "SELECT e.seq, CAST(e.leaf AS BLOB), CAST(p.sealed AS BLOB) FROM entry e LEFT JOIN payload p ON p.seq = e.seq ORDER BY e.seq",
    )?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, stored): (u64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let Some(sealed) = leaf::decode(&stored).ok().and_then(sealed_of) else { continue };
        let kept = keys.prepare_cached("SELECT 1 FROM wrapped WHERE seq = ?")?.exists([seq])?;
        if !kept {
            continue;
        }
        let here: Option<Vec<u8>> = row.get(2)?;
        if here.is_none_or(|bytes| sha256(&bytes) != sealed.cipher) {
            match content(&bak, seq, &sealed.cipher)? {
                Some(bytes) => {
                    good.push((seq, bytes));
                    mended.contents.push(seq);
                }
                None => mended.left.push(seq),
            }
        }
        if let Some(cipher) = sealed.blob.filter(|cipher| !is_whole(&folder, cipher)) {
            if put_file(&bak, &folder, &cipher)? { &mut mended.files } else { &mut mended.left }.push(seq);
        }
    }
    conn.execute_batch("BEGIN IMMEDIATE")?;
    for (seq, bytes) in good {
        conn.prepare_cached("INSERT OR REPLACE INTO payload(seq, sealed) VALUES (?, ?)")?
            .execute(params![seq, bytes])?;
        let mut index = conn.prepare_cached(
            "INSERT INTO m_reindex(seq, marks) VALUES (?, 1) ON CONFLICT(seq) DO UPDATE SET marks = marks + 1",
        )?;
        index.execute([seq])?;
    }
    if !mended.contents.is_empty() {
        // Views that were made while it was damaged are made again at the next opening.
        conn.execute("DELETE FROM meta WHERE name = 'views'", [])?;
    }
    conn.execute_batch("COMMIT")?;
    Ok(mended)
}

fn sealed_of(leaf: leaf::Leaf<'_>) -> Option<Sealed> {
    match leaf.content {
        Content::Sealed(sealed) => Some(sealed),
        Content::Body(_) => None,
    }
}

fn content(bak: &Connection, seq: u64, cipher: &Hash) -> Result<Option<Vec<u8>>, StoreError> {
    let bytes: Option<Vec<u8>> = bak
        .query_row("SELECT CAST(sealed AS BLOB) FROM payload WHERE seq = ?", [seq], |row| row.get(0))
        .optional()?;
    Ok(bytes.filter(|bytes| sha256(bytes) == *cipher))
}

fn is_whole(folder: &Folder, cipher: &Hash) -> bool {
    std::fs::read(folder.blob(&hex::encode(cipher))).is_ok_and(|bytes| sha256(&bytes) == *cipher)
}

/// Writes the file from the backup, where the backup holds it whole.
fn put_file(bak: &Connection, folder: &Folder, cipher: &Hash) -> Result<bool, StoreError> {
    let name = hex::encode(cipher);
    let mut rows = bak.prepare_cached("SELECT bytes FROM blob WHERE cipher = ? ORDER BY part")?;
    let mut bytes = Vec::new();
    let mut rows = rows.query([&name])?;
    while let Some(row) = rows.next()? {
        bytes.extend_from_slice(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?);
    }
    if sha256(&bytes) != *cipher {
        return Ok(false);
    }
    let path = folder.blob(&name);
    path.parent().map_or(Ok(()), folder::make_private)?;
    let _ = std::fs::remove_file(&path);
    folder::write_private(&path, &bytes)?;
    Ok(true)
}
