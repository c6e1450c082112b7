//! What can go wrong with the site's own folder.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;

/// Why the store did not do what was asked. Nothing is ever half done: an error means nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder holds no site.
    #[error("{0} holds no Vigie site")]
    NotASite(PathBuf),
    /// The folder already holds a site or other files.
    #[error("{0} is not empty")]
    NotEmpty(PathBuf),
    /// Another process has the folder open.
    #[error("{dir} is already open in process {holder}")]
    InUse {
        /// The folder.
        dir: PathBuf,
        /// Process id of the holder, as it wrote it.
        holder: String,
    },
    /// The folder was written by a newer version.
    #[error("the folder has format {found}, this version reads up to {known}")]
    Newer {
        /// Format found.
        found: u32,
        /// Newest format known.
        known: u32,
    },
    /// The folder was written by an earlier version and has not been opened by this one yet.
    #[error("the folder has format {found}, this version writes {known}: open it once")]
    Older {
        /// Format found.
        found: u32,
        /// Format written today.
        known: u32,
    },
    /// Others have seen more of this journal than is here.
    #[error("others have seen {known} entries of this journal, {own} are here")]
    Behind {
        /// Entries that somebody has seen signed.
        known: u64,
        /// Entries here.
        own: u64,
    },
    /// Others have seen another history of this journal.
    #[error("others have seen another history of the first {size} entries")]
    Forked {
        /// Entries.
        size: u64,
    },
    /// The files of a backup cannot be used; a message id of the catalogues says why.
    #[error("the backup cannot be used: {0}")]
    Backup(&'static str),
    /// The site key does not open this site.
    #[error("the site key does not open this site")]
    WrongKey,
    /// The key file cannot be read.
    #[error("the key file {path} cannot be read: {cause}")]
    KeyFile {
        /// Its path.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The rules refused the act; nothing was written.
    #[error("refused: {0}")]
    Refused(Refused),
    /// The disk is full; reading goes on.
    #[error("the disk is full")]
    DiskFull,
    /// A write to disk failed: the store stops writing until it is opened again.
    #[error("the disk refused a write; the store has stopped writing: {0}")]
    Stopped(String),
    /// The site is a copy made from an export; nothing is recorded in it.
    #[error("this is a copy made from an export: it is read and checked, and takes no entries")]
    Copy,
    /// An entry is larger than a leaf may be.
    #[error("the entry is too large")]
    TooLarge,
    /// The stored bytes are not what this version understands.
    #[error("entry {seq} cannot be read: {cause}")]
    Damaged {
        /// Which entry.
        seq: u64,
        /// Why.
        cause: String,
    },
    /// The content was erased; the entry stays.
    #[error("the content of entry {0} was erased")]
    Erased(u64),
    /// A view query was given a cursor that it did not issue.
    #[error("the page marker is not one of ours")]
    BadCursor,
    /// Somebody else held the database for too long.
    #[error("somebody else holds the database for too long; it can be tried again")]
    Busy,
    /// SQLite.
    #[error("the database answered: {0}")]
    Sql(#[from] rusqlite::Error),
    /// Search index.
    #[error("the search index answered: {0}")]
    Index(String),
    /// Files.
    #[error("{path}: {cause}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
}

impl StoreError {
    /// Whether it says that the content of one entry is not to be had: erased, or damaged. Whoever reads many goes on
    /// with the others; what is damaged is written to the log.
    pub fn is_content_gone(&self) -> bool {
        if let Self::Damaged { seq, cause } = self {
            tracing::error!(entry = seq, cause, "a damaged content was passed over");
        }
        matches!(self, Self::Erased(_) | Self::Damaged { .. })
    }

    /// Whether the disk had no room for it, whoever said so.
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::DiskFull => true,
            Self::Io { cause, .. } => {
                matches!(cause.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
            }
            Self::Sql(rusqlite::Error::SqliteFailure(cause, _)) => {
                // The wal-index is no part of the record: that it could not grow says only that there is no room.
                cause.code == rusqlite::ErrorCode::DiskFull
                    || cause.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE
            }
            _ => false,
        }
    }
}

/// Why a rule refused an act, as a catalogue message id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Message id in the catalogues.
    pub code: String,
    /// What fills the message.
    pub args: BTreeMap<String, String>,
}

impl Refused {
    /// A refusal with this message id.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), args: BTreeMap::new() }
    }
}

impl From<vigie_desk::Refusal> for Refused {
    fn from(refusal: vigie_desk::Refusal) -> Self {
        let fault = refusal.fault();
        Self { code: fault.code.clone(), args: fault.args.clone() }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)
    }
}
