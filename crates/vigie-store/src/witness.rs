//! `witness/`: signed states of this journal that others have seen.
//!
//! Whoever holds one can tell when a site went back in time: a folder put back from an older copy would write a second
//! history under the same name. Such a folder is refused until a new generation is opened on purpose.

use crate::error::StoreError;
use crate::folder::Folder;
use crate::origins;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use vigie_evidence::note::{NOTE_BYTES_MAX, SiteVerifier};

/// Refuses a folder whose journal is behind, or beside, a signed state in `witness/`.
pub fn check(folder: &Folder) -> Result<(), StoreError> {
    let notes = notes(folder);
    if notes.is_empty() {
        return Ok(());
    }
    let conn = Connection::open_with_flags(folder.store_db(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let size: u64 = conn.query_row("SELECT coalesce(max(seq) + 1, 0) FROM entry", [], |row| row.get(0))?;
    let keys = origins::keys(&conn)?;
    notes.iter().try_for_each(|note| {
        let known = keys.iter().find_map(|(key, _, end)| Some((key.open(note).ok()?, key, end)));
        let Some((state, key, end)) = known else { return Ok(()) };
        match end {
            // What an earlier generation had signed beyond its end was said to be lost when the next one was opened.
            Some(end) if state.size > *end => Ok(()),
            None if state.size > size => Err(StoreError::Behind { known: state.size, own: size }),
            _ => is_ours(&conn, key, &state),
        }
    })
}

/// Where the same size was signed here too, the same root must have been.
fn is_ours(
    conn: &Connection,
    key: &SiteVerifier,
    state: &vigie_evidence::note::Checkpoint,
) -> Result<(), StoreError> {
    let own: Option<String> = conn
        .query_row("SELECT CAST(note AS TEXT) FROM checkpoint WHERE size = ?", [state.size], |row| row.get(0))
        .optional()?;
    match own.and_then(|note| key.open(&note).ok()) {
        Some(own) if own.root != state.root => Err(StoreError::Forked { size: state.size }),
        _ => Ok(()),
    }
}

fn notes(folder: &Folder) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(folder.witness()) else { return Vec::new() };
    let short = |path: &std::path::PathBuf| {
        std::fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() <= NOTE_BYTES_MAX as u64)
    };
    let paths = files.flatten().map(|file| file.path()).filter(short);
    paths.filter_map(|path| std::fs::read_to_string(path).ok()).collect()
}
