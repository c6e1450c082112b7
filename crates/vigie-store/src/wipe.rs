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
    /// What could not be written over or removed, and why.
    pub left: Vec<String>,
}

/// Removes the site in `dir` and its key file. Nobody may be writing there any more. What cannot be removed ends
/// nothing: the rest goes, and what stayed is named.
pub fn wipe(dir: &Path, key_file: Option<&Path>) -> Wiped {
    let mut wiped = Wiped::default();
    if let Some(file) = key_file.filter(|file| file.is_file()) {
        wiped.key = destroy(file, &mut wiped);
    }
    for name in ["keys.db", "keys.db-wal", "keys.db-shm"] {
        let path = dir.join(name);
        if path.is_file() {
            destroy(&path, &mut wiped);
        }
    }
    remove_below(dir, &mut wiped);
    wiped
}

/// Writes over a file and removes it; one that cannot be written over is removed all the same. Whether it was either.
fn destroy(path: &Path, wiped: &mut Wiped) -> bool {
    let over = overwrite(path);
    let gone = remove(path, wiped);
    let done = over.is_ok() || gone.is_ok();
    let faults = [over.err(), gone.err()];
    wiped.left.extend(faults.into_iter().flatten().map(|error| error.to_string()));
    done
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

fn remove_below(dir: &Path, wiped: &mut Wiped) {
    let io = |path: &Path, cause| StoreError::Io { path: path.to_owned(), cause }.to_string();
    match std::fs::read_dir(dir) {
        Ok(entries) => {
            for path in entries.flatten().map(|entry| entry.path()) {
                if path.is_dir() && !path.is_symlink() {
                    remove_below(&path, wiped);
                    continue;
                }
                let bytes = std::fs::symlink_metadata(&path).map_or(0, |meta| meta.len());
                match std::fs::remove_file(&path) {
                    Ok(()) => (wiped.files, wiped.bytes) = (wiped.files + 1, wiped.bytes + bytes),
                    Err(cause) => wiped.left.push(io(&path, cause)),
                }
            }
        }
        Err(cause) => wiped.left.push(io(dir, cause)),
    }
    if let Err(cause) = std::fs::remove_dir(dir) {
        wiped.left.push(io(dir, cause));
    }
}
