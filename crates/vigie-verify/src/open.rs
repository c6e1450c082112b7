//! Opens the database of a folder without changing a byte in it.
//!
//! Three cases. A site is running there (it holds the lock): its database is read like by any other reader of
//! a running site. Nobody is there and the write-ahead log is empty: the file is opened as immutable. Nobody is
//! there and the log is not empty (a killed site, or a copy of a running one): SQLite would have to write in
//! order to read it, so the database and its log are copied to a private place and read there.

use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tempfile::TempDir;

pub const BLOBS: &str = "blobs";
const STORE: &str = "store.db";
const LOG: &str = "store.db-wal";
const LOCK: &str = "LOCK";
/// Newest version of the stored formats that this verifier reads; it reads those before as well.
const FORMAT: i64 = 2;

/// Why nothing could be checked.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Not a folder.
    #[error("{0} is not a folder")]
    NotAFolder(PathBuf),
    /// No database in it.
    #[error("{0} holds no store.db: it is not the folder of a Vigie site")]
    NoStore(PathBuf),
    /// A database, but of something else.
    #[error("the store.db in this folder was not made by Vigie")]
    NotVigie,
    /// Written by a newer Vigie.
    #[error("the store has format {0}, this verifier reads format {FORMAT}: use a newer vigie-verify")]
    NewerFormat(i64),
    /// An export that is sealed to a recipient, and no identity was given.
    #[error("{0} is sealed to a recipient: name the file with the identity that opens it (--identity)")]
    Sealed(PathBuf),
    /// The identity given is not the recipient's.
    #[error("{0} was sealed to somebody else: this identity does not open it")]
    OtherIdentity(PathBuf),
    /// Somebody wrote while it was read.
    #[error(
        "the folder was written to while it was being checked: stop the site or check a copy, then try again"
    )]
    Touched,
    /// The database cannot be read.
    #[error("the database cannot be read: {0}")]
    Database(#[from] rusqlite::Error),
    /// A file cannot be read.
    #[error("{path} cannot be read: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

pub(crate) fn file_error(path: &Path, cause: io::Error) -> VerifyError {
    VerifyError::File { path: path.to_owned(), cause }
}

/// Length and time of change of the database and of its log, where they are.
type Traces = [Option<(u64, SystemTime)>; 2];

/// An opened folder.
pub struct Folder {
    connection: Connection,
    dir: PathBuf,
    /// What the files looked like, unless a running site may change them.
    before: Option<Traces>,
    /// Kept until the connection is closed.
    _private: Option<TempDir>,
}

impl Folder {
    pub fn open(dir: &Path) -> Result<Self, VerifyError> {
        if !dir.is_dir() {
            return Err(VerifyError::NotAFolder(dir.to_owned()));
        }
        if !dir.join(STORE).is_file() {
            return Err(VerifyError::NoStore(dir.to_owned()));
        }
        let folder = if site_is_running(dir) { Self::beside_a_site(dir) } else { Self::at_rest(dir) }?;
        check_format(&folder.connection)?;
        Ok(folder)
    }

    fn beside_a_site(dir: &Path) -> Result<Self, VerifyError> {
        let connection = read_only(&dir.join(STORE), "mode=ro")?;
        Ok(Self { connection, dir: dir.to_owned(), before: None, _private: None })
    }

    fn at_rest(dir: &Path) -> Result<Self, VerifyError> {
        let before = traces(dir);
        let log_is_empty = before[1].is_none_or(|(bytes, _)| bytes == 0);
        let (connection, private) = if log_is_empty {
            (read_only(&dir.join(STORE), "immutable=1")?, None)
        } else {
            let private = private_copy(dir)?;
            (Connection::open(private.path().join(STORE))?, Some(private))
        };
        let folder = Self { connection, dir: dir.to_owned(), before: Some(before), _private: private };
        // Nothing is copied and opened in one instant: a site that started meanwhile would give a torn picture.
        folder.check_untouched()?;
        Ok(folder)
    }

    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    pub fn check_untouched(&self) -> Result<(), VerifyError> {
        match self.before {
            Some(before) if before != traces(&self.dir) => Err(VerifyError::Touched),
            _ => Ok(()),
        }
    }
}

fn site_is_running(dir: &Path) -> bool {
    File::open(dir.join(LOCK))
        .is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

fn traces(dir: &Path) -> Traces {
    [STORE, LOG].map(|name| {
        let about = fs::metadata(dir.join(name)).ok()?;
        Some((about.len(), about.modified().ok()?))
    })
}

fn private_copy(dir: &Path) -> Result<TempDir, VerifyError> {
    let private = tempfile::tempdir().map_err(|cause| file_error(&std::env::temp_dir(), cause))?;
    for name in [STORE, LOG] {
        let from = dir.join(name);
        fs::copy(&from, private.path().join(name)).map_err(|cause| file_error(&from, cause))?;
    }
    Ok(private)
}

fn read_only(path: &Path, how: &str) -> Result<Connection, rusqlite::Error> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(format!("file:{}?{how}", escaped(path)), flags)
}

/// The path as it stands in a `file:` address.
fn escaped(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte);
    let put = |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    absolute.as_os_str().as_encoded_bytes().iter().copied().map(put).collect()
}

/// Refuses what Vigie did not write, or what a newer Vigie wrote.
pub fn check_format(connection: &Connection) -> Result<(), VerifyError> {
    let value = |name: &str| {
        connection.query_row("SELECT value FROM meta WHERE name = ?1", [name], |row| {
            Ok(match row.get_ref(0)? {
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                other => String::from_utf8_lossy(other.as_bytes().unwrap_or_default()).into_owned(),
            })
        })
    };
    match value("app") {
        Ok(app) if app == "vigie" => {}
        Ok(_) => return Err(VerifyError::NotVigie),
        Err(cause) if is_foreign(&cause) => return Err(VerifyError::NotVigie),
        Err(cause) => return Err(cause.into()),
    }
    match value("format").ok().and_then(|format| format.parse().ok()) {
        Some(1..=FORMAT) => Ok(()),
        Some(format) if format > FORMAT => Err(VerifyError::NewerFormat(format)),
        _ => Err(VerifyError::NotVigie),
    }
}

/// No database at all, or one without our tables.
fn is_foreign(cause: &rusqlite::Error) -> bool {
    matches!(cause, rusqlite::Error::QueryReturnedNoRows)
        || cause.sqlite_error_code() == Some(ErrorCode::NotADatabase)
        || lacks_a_table(cause)
}

/// SQLite has no code of its own for a table or column that is not there.
pub fn lacks_a_table(cause: &rusqlite::Error) -> bool {
    matches!(cause, rusqlite::Error::SqliteFailure(_, Some(said)) if said.starts_with("no such"))
}
