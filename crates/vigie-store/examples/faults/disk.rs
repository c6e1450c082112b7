//! A folder as its disk holds it: what was synced is there, what was not may be.

use crate::trace::Op;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file: what a process reads, what was last synced, and the writes in between.
#[derive(Debug, Clone, Default)]
struct File {
    live: Vec<u8>,
    synced: Vec<u8>,
    since: Vec<(u64, Vec<u8>)>,
}

/// All files.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    files: BTreeMap<PathBuf, File>,
    folders: Vec<PathBuf>,
}

/// What of a state is put on the disk.
#[derive(Debug, Clone, Copy)]
pub enum Kept {
    /// Everything: the process was killed.
    Live,
    /// Everything, and half of this write: the process was killed within it.
    Torn,
    /// Only what was synced: the power went.
    Synced,
    /// What was synced, and by chance some of the rest, some of it in part.
    Some(u64),
}

/// `SplitMix64`.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

fn put(into: &mut Vec<u8>, at: u64, data: &[u8]) {
    let (at, end) = (at as usize, at as usize + data.len());
    if into.len() < end {
        into.resize(end, 0);
    }
    into[at..end].copy_from_slice(data);
}

impl Disk {
    /// What lies below `dir` now, all of it synced.
    pub fn of(dir: &Path) -> Self {
        let mut disk = Self::default();
        let mut folders = vec![dir.to_owned()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            disk.folders.push(folder);
            for path in entries.flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(bytes) = std::fs::read(&path) {
                    disk.files.insert(path, File { live: bytes.clone(), synced: bytes, since: Vec::new() });
                }
            }
        }
        disk
    }

    pub fn apply(&mut self, op: &Op) {
        match op {
            Op::Make(path) => drop(self.files.entry(path.clone()).or_default()),
            Op::MakeDir(path) => self.folders.push(path.clone()),
            Op::Write(path, at, data) => {
                let file = self.files.entry(path.clone()).or_default();
                put(&mut file.live, *at, data);
                file.since.push((*at, data.clone()));
            }
            // Sizes and names are the file system's own journal's: they come in order.
            Op::Cut(path, length) => {
                let file = self.files.entry(path.clone()).or_default();
                let length = *length as usize;
                file.live.resize(length, 0);
                file.synced.truncate(length);
                file.since.retain(|(at, data)| *at as usize + data.len() <= length);
            }
            Op::Sync(path) => {
                if let Some(file) = self.files.get_mut(path) {
                    file.synced.clone_from(&file.live);
                    file.since.clear();
                }
            }
            Op::Rename(from, to) => self.rename(from, to),
            Op::Remove(path) => drop(self.files.remove(path)),
            Op::RemoveDir(path) => self.folders.retain(|folder| folder != path),
            Op::Told(_) => {}
        }
    }

    fn rename(&mut self, from: &Path, to: &Path) {
        if let Some(file) = self.files.remove(from) {
            self.files.insert(to.to_owned(), file);
            return;
        }
        let moved = |path: &Path| {
            path.strip_prefix(from)
                .map(|rest| if rest.as_os_str().is_empty() { to.to_owned() } else { to.join(rest) })
        };
        let files = std::mem::take(&mut self.files);
        self.files = files.into_iter().map(|(path, file)| (moved(&path).unwrap_or(path), file)).collect();
        for folder in &mut self.folders {
            if let Ok(path) = moved(folder) {
                *folder = path;
            }
        }
    }

    /// Writes the folder `root` as it would be found, to `to`. `next` is the write that was under way.
    pub fn write(&self, root: &Path, to: &Path, kept: Kept, next: Option<&Op>) -> std::io::Result<()> {
        let mut folders: Vec<&PathBuf> = self.folders.iter().collect();
        folders.sort();
        for folder in folders {
            if let Ok(rest) = folder.strip_prefix(root) {
                std::fs::create_dir_all(to.join(rest))?;
            }
        }
        let mut chance = Chance(if let Kept::Some(seed) = kept { seed } else { 0 });
        for (path, file) in &self.files {
            let Ok(rest) = path.strip_prefix(root) else { continue };
            let mut bytes = match kept {
                Kept::Live | Kept::Torn => file.live.clone(),
                Kept::Synced => file.synced.clone(),
                Kept::Some(_) => some(file, &mut chance),
            };
            if let (Kept::Torn, Some(Op::Write(at_path, at, data))) = (kept, next)
                && at_path == path
            {
                put(&mut bytes, *at, &data[..data.len() / 2]);
            }
            let place = to.join(rest);
            place.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            std::fs::write(place, bytes)?;
        }
        Ok(())
    }
}

/// Some of the writes since the last sync, in any combination; of some only whole sectors at their start.
fn some(file: &File, chance: &mut Chance) -> Vec<u8> {
    let mut bytes = file.synced.clone();
    for (at, data) in &file.since {
        match chance.next() % 3 {
            0 => {}
            1 => put(&mut bytes, *at, data),
            _ => {
                let sectors = (data.len() / 512) as u64;
                let whole = if sectors == 0 { 0 } else { (chance.next() % sectors) as usize * 512 };
                put(&mut bytes, *at, &data[..whole]);
            }
        }
    }
    bytes
}
