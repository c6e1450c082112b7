//! Room on the disk: what is left of it, and a reserve that is given back when nothing is.
//!
//! While a site runs, a file of a size that its administrator sets holds a part of the disk. When the disk is full the
//! file goes: what comes from outside is refused from then on and waits with whoever sends it, while people can go on
//! reading, deciding, sending and erasing. When there is room again the reserve is made anew and intake goes on.

use crate::error::StoreError;
use crate::folder;
use fs4::fs_std::FileExt as _;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// How much room a site has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RoomLevel {
    /// Enough.
    #[default]
    Plenty,
    /// Less than the reserve beside it: soon nothing more can be taken in.
    Low,
    /// None: nothing is taken in, the reserve is given back.
    Full,
}

/// The disk under a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomState {
    /// How much room there is.
    pub level: RoomLevel,
    /// Bytes that can still be written; nothing where that cannot be told.
    pub free_bytes: Option<u64>,
    /// Bytes held in reserve now.
    pub reserve_bytes: u64,
}

/// Bytes that can still be written below `dir`.
pub fn free_bytes(dir: &Path) -> Option<u64> {
    fs4::available_space(dir).ok()
}

/// The least that counts as room.
const FLOOR_BYTES_MIN: u64 = 1 << 20;

/// Free bytes below which the disk counts as full: an eighth of the reserve.
const fn floor(reserve: u64) -> u64 {
    if reserve / 8 > FLOOR_BYTES_MIN { reserve / 8 } else { FLOOR_BYTES_MIN }
}

/// The reserve of a site that is being opened goes where not even opening it would find room.
pub(crate) fn make_way(dir: &Path) {
    if free_bytes(dir).is_some_and(|free| free < FLOOR_BYTES_MIN) {
        let _ = std::fs::remove_file(reserve_of(dir));
    }
}

fn reserve_of(dir: &Path) -> PathBuf {
    dir.join("RESERVE")
}

/// What a site knows of its disk. Shared by the writer and all who ask.
#[derive(Debug, Default)]
pub(crate) struct Room {
    dir: PathBuf,
    wanted: AtomicU64,
    full: AtomicBool,
    level: AtomicU8,
    /// One look at a time.
    looking: Mutex<()>,
}

impl Room {
    pub fn of(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), ..Self::default() }
    }

    /// Holds so many bytes in reserve from now on.
    pub fn keep(&self, bytes: u64) {
        self.wanted.store(bytes, Ordering::Release);
        if bytes == 0 {
            let _ = std::fs::remove_file(reserve_of(&self.dir));
        }
        self.look();
    }

    /// A write found the disk full.
    pub fn filled(&self) {
        let _one = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        self.give_back();
    }

    fn give_back(&self) {
        let reserve = self.held();
        let _ = std::fs::remove_file(reserve_of(&self.dir));
        self.level.store(RoomLevel::Full as u8, Ordering::Release);
        if !self.full.swap(true, Ordering::AcqRel) {
            tracing::error!(reserve_bytes = reserve, "disk full: reserve given back, intake refused");
        }
    }

    fn held(&self) -> u64 {
        std::fs::metadata(reserve_of(&self.dir)).map_or(0, |meta| meta.len())
    }

    /// Looks how things stand, makes the reserve where there is room for it, and gives it back where there is none.
    pub fn look(&self) -> RoomState {
        let _one = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = self.wanted.load(Ordering::Acquire);
        let free = free_bytes(&self.dir);
        let Some(free_now) = free else {
            return RoomState { level: self.level(), free_bytes: None, reserve_bytes: self.held() };
        };
        let roomy = free_now >= wanted.saturating_sub(self.held()) + 2 * floor(wanted);
        if self.full.load(Ordering::Acquire) {
            if roomy && self.make(wanted) {
                self.full.store(false, Ordering::Release);
                tracing::info!(free_bytes = free_now, "room on the disk again: intake goes on");
            }
        } else if free_now < floor(wanted) {
            self.give_back();
        } else if roomy {
            self.make(wanted);
        }
        let held = self.held();
        let free = free_bytes(&self.dir).unwrap_or(free_now);
        let level = match self.full.load(Ordering::Acquire) {
            true => RoomLevel::Full,
            false if free < wanted || held < wanted => RoomLevel::Low,
            false => RoomLevel::Plenty,
        };
        self.level.store(level as u8, Ordering::Release);
        RoomState { level, free_bytes: Some(free), reserve_bytes: held }
    }

    /// As the last look found it.
    pub fn level(&self) -> RoomLevel {
        match self.level.load(Ordering::Acquire) {
            0 => RoomLevel::Plenty,
            1 => RoomLevel::Low,
            _ => RoomLevel::Full,
        }
    }

    /// Whether anything can be taken in. Where nothing could, it is looked again: room counts from the moment it is there.
    pub fn admits(&self) -> Result<(), StoreError> {
        let full = self.full.load(Ordering::Acquire) && self.look().level == RoomLevel::Full;
        if full { Err(StoreError::DiskFull) } else { Ok(()) }
    }

    /// Holds `bytes` of the disk; nothing is left of an attempt that finds too little room.
    fn make(&self, bytes: u64) -> bool {
        if self.held() == bytes {
            return true;
        }
        let path = reserve_of(&self.dir);
        let made = File::create(&path).and_then(|file| {
            folder::owner_only(&file)?;
            // Some file systems know no preallocation: there the bytes are written.
            file.allocate(bytes).or_else(|_| filled_up(&file, bytes))
        });
        if made.is_err() {
            let _ = std::fs::remove_file(&path);
        }
        made.is_ok()
    }
}

fn filled_up(mut file: &File, bytes: u64) -> std::io::Result<()> {
    static BLOCK: [u8; 1 << 16] = [0; 1 << 16];
    let mut left = bytes;
    while left > 0 {
        let part = left.min(BLOCK.len() as u64);
        file.write_all(&BLOCK[..part as usize])?;
        left -= part;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reserve_is_held_given_back_once_and_made_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let room = Room::of(dir.path());
        room.keep(2 << 20);
        assert_eq!((room.held(), room.level(), room.admits().is_ok()), (2 << 20, RoomLevel::Plenty, true));
        room.filled();
        assert_eq!((room.held(), room.level()), (0, RoomLevel::Full));
        // This disk has room: the next who asks is let in, and the reserve is there again.
        assert!(room.admits().is_ok());
        assert_eq!((room.held(), room.level()), (2 << 20, RoomLevel::Plenty));
        room.keep(0);
        assert!(!reserve_of(dir.path()).exists());
    }

    #[test]
    fn what_was_half_written_is_as_large_as_it_was_meant_to_be_or_not_there() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("x");
        filled_up(&File::create(&path).expect("a file"), 100_000).expect("written");
        assert_eq!(std::fs::metadata(&path).expect("there").len(), 100_000);
    }
}
