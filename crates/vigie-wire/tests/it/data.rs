//! Where vectors stand that others wrote; tests without them say so.

use std::path::PathBuf;

/// The folder `name` of the test data, or nothing when there is none.
#[expect(clippy::disallowed_methods, reason = "the place of the data comes from outside")]
pub fn folder(name: &str) -> Option<PathBuf> {
    let data = std::env::var("VIGIE_DATA").ok().map(|data| PathBuf::from(data).join(name));
    let found = data.filter(|data| data.is_dir());
    if found.is_none() {
        eprintln!("skipped: no data");
    }
    found
}

/// Every file of a folder with its name, in order.
#[expect(clippy::disallowed_methods, reason = "the vectors stand in files")]
pub fn files(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    files.iter().map(|path| (name(path), std::fs::read(path).expect("readable"))).collect()
}

/// One file.
#[expect(clippy::disallowed_methods, reason = "the vectors stand in files")]
pub fn file(path: &std::path::Path) -> Vec<u8> {
    std::fs::read(path).expect("readable")
}
