//! Makes a site unreadable in seconds, whatever its size: keys first, then everything else.
//!
//! Content is sealed, so it is gone with the key that wraps its keys: a file of one line. That goes first, then `keys.db`,
//! both written over before they are removed; databases, index and files follow. What a drive keeps of blocks that were
//! written over is out of reach from here: that is what disk encryption is for.

use crate::error::StoreError;
use crate::keystore::random;
use serde::Serialize;
use std::fs::{File, OpenOptions};
use std::io::{Seek, Write};
use std::path::Path;

/// What was removed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Wiped {
    /// Whether a key file was destroyed; a passphrase stands in no file.
    pub key: bool,
    /// Files removed, the keys included.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Removes the site in `dir` and its key file. Nobody may be writing there any more.
pub fn wipe(dir: &Path, key_file: Option<&Path>) -> Result<Wiped, StoreError> {
    let mut wiped = Wiped::default();
    if let Some(file) = key_file.filter(|file| file.is_file()) {
        overwrite(file)?;
        remove(file, &mut wiped)?;
        wiped.key = true;
    }
    for name in ["keys.db", "keys.db-wal", "keys.db-shm"] {
        let path = dir.join(name);
        if path.is_file() {
            overwrite(&path)?;
            remove(&path, &mut wiped)?;
        }
    }
    remove_below(dir, &mut wiped)?;
    std::fs::remove_dir(dir).map_err(|cause| StoreError::Io { path: dir.to_owned(), cause })?;
    Ok(wiped)
}

/// Writes chance over a file and waits until it is on disk.
fn overwrite(path: &Path) -> Result<(), StoreError> {
    let io = |cause| StoreError::Io { path: path.to_owned(), cause };
    let mut file = OpenOptions::new().write(true).open(path).map_err(io)?;
    let length = file.metadata().map_err(io)?.len();
    file.rewind().map_err(io)?;
    let mut left = length;
    while left > 0 {
        let chance: [u8; 4_096] = random()?;
        let piece = left.min(chance.len() as u64);
        file.write_all(&chance[..piece as usize]).map_err(io)?;
        left -= piece;
    }
    file.sync_all().map_err(io)
}

fn remove(path: &Path, wiped: &mut Wiped) -> Result<(), StoreError> {
    let io = |cause| StoreError::Io { path: path.to_owned(), cause };
    wiped.bytes += std::fs::metadata(path).map_or(0, |meta| meta.len());
    std::fs::remove_file(path).map_err(io)?;
    wiped.files += 1;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.map_or(Ok(()), |parent| File::open(parent).and_then(|dir| dir.sync_all())).map_err(io)
}

fn remove_below(dir: &Path, wiped: &mut Wiped) -> Result<(), StoreError> {
    let io = |cause| StoreError::Io { path: dir.to_owned(), cause };
    for entry in std::fs::read_dir(dir).map_err(io)? {
        let entry = entry.map_err(io)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(io)?);
        if kind.is_dir() {
            remove_below(&path, wiped)?;
            std::fs::remove_dir(&path).map_err(io)?;
        } else {
            wiped.bytes += entry.metadata().map_or(0, |meta| meta.len());
            std::fs::remove_file(&path).map_err(io)?;
            wiped.files += 1;
        }
    }
    Ok(())
}
