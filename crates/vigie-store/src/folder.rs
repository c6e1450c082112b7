//! The site's own folder: where things lie, and that one process holds it at a time.

use crate::error::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Where things lie in a site's folder.
#[derive(Debug, Clone)]
pub struct Folder {
    dir: PathBuf,
}

impl Folder {
    /// The folder at `dir`.
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }
    /// The folder itself.
    pub fn dir(&self) -> &Path {
        &self.dir
    }
    /// The record and its views.
    pub fn store_db(&self) -> PathBuf {
        self.dir.join("store.db")
    }
    /// Keys, salts and secrets.
    pub fn keys_db(&self) -> PathBuf {
        self.dir.join("keys.db")
    }
    /// The search index.
    pub fn index(&self) -> PathBuf {
        self.dir.join("index")
    }
    /// A sealed file, by the hash of its ciphertext.
    pub fn blob(&self, cipher_sha256: &str) -> PathBuf {
        self.dir.join("blobs").join(&cipher_sha256[..2.min(cipher_sha256.len())]).join(cipher_sha256)
    }
    /// All sealed files.
    pub fn blobs(&self) -> PathBuf {
        self.dir.join("blobs")
    }
    /// Signed states that others have seen.
    pub fn witness(&self) -> PathBuf {
        self.dir.join("witness")
    }
    fn lock(&self) -> PathBuf {
        self.dir.join("LOCK")
    }
}

/// Held while this process has the folder; the operating system releases it however the process ends.
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "the open file is the lock")] File);

/// Takes the folder, or names the process that has it.
pub fn hold(folder: &Folder) -> Result<Held, StoreError> {
    let path = folder.lock();
    let io = |cause| StoreError::Io { path: path.clone(), cause };
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(io)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            file.read_to_string(&mut holder).map_err(io)?;
            return Err(StoreError::InUse { dir: folder.dir().to_owned(), holder: holder.trim().to_owned() });
        }
        Err(TryLockError::Error(cause)) => return Err(io(cause)),
    }
    file.set_len(0).map_err(io)?;
    file.rewind().map_err(io)?;
    write!(file, "{}", std::process::id()).map_err(io)?;
    Ok(Held(file))
}

/// Refuses a folder that holds something.
pub fn must_be_empty(dir: &Path) -> Result<(), StoreError> {
    let holds = |dir: &Path| std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if dir.is_file() || holds(dir) { Err(StoreError::NotEmpty(dir.to_owned())) } else { Ok(()) }
}

/// Lets `work` fill a folder beside `dir` and moves it there when it is done; otherwise nothing is left.
pub fn beside_then_moved<T>(
    dir: &Path,
    work: impl FnOnce(&Path) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut name = dir.as_os_str().to_owned();
    name.push(".partial");
    let partial = PathBuf::from(name);
    let io = |cause| StoreError::Io { path: dir.to_owned(), cause };
    if partial.exists() {
        // Of a run that was interrupted.
        std::fs::remove_dir_all(&partial).map_err(io)?;
    }
    make_private(&partial)?;
    let done = work(&partial).and_then(|done| {
        if dir.exists() {
            std::fs::remove_dir(dir).map_err(io)?;
        }
        std::fs::rename(&partial, dir).map_err(io)?;
        let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(parent).and_then(|parent| parent.sync_all()).map_err(io)?;
        Ok(done)
    });
    if done.is_err() {
        let _ = std::fs::remove_dir_all(&partial);
    }
    done
}

/// Makes a folder that only its owner may enter.
pub fn make_private(dir: &Path) -> Result<(), StoreError> {
    let io = |cause| StoreError::Io { path: dir.to_owned(), cause };
    std::fs::create_dir_all(dir).map_err(io)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700)).map_err(io)?;
    }
    Ok(())
}

/// Lets only its owner read a file.
pub fn owner_only(file: &File) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Writes a file that did not exist, readable by its owner only, and waits until it is on disk.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let io = |cause| StoreError::Io { path: path.to_owned(), cause };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(io)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a file would only take room from who makes some.
        let _ = std::fs::remove_file(path);
    }
    written.map_err(io)?;
    if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        File::open(parent).and_then(|dir| dir.sync_all()).map_err(io)?;
    }
    Ok(())
}

/// Bytes in all files below `dir`.
pub fn bytes_below(dir: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(dir) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => bytes_below(&entry.path()),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        })
        .sum()
}
