//! What a check found, as people and as programs read it.

use serde::Serialize;
use std::fmt;
use vigie_evidence::audit::{self, Contents, Finding};

/// A file of an export that is not as it must be. The entries hold all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// It is listed or needed, and not there.
    Missing(String),
    /// It is not the one that the manifest lists.
    Changed(String),
    /// It is not what the entries give.
    NotDerived(String),
    /// It is there, and nothing accounts for it.
    Unlisted(String),
    /// The manifest holds a line that is none.
    Manifest,
    /// It is sealed to a recipient, and was changed or cut off since.
    NotOpened(String),
}

impl FileFault {
    /// A word for programs, also the message id in the catalogues.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "exported-missing",
            Self::Changed(_) => "exported-changed",
            Self::NotDerived(_) => "exported-not-derived",
            Self::Unlisted(_) => "exported-unlisted",
            Self::Manifest => "exported-manifest",
            Self::NotOpened(_) => "exported-not-opened",
        }
    }

    /// The file.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing(path)
            | Self::Changed(path)
            | Self::NotDerived(path)
            | Self::Unlisted(path)
            | Self::NotOpened(path) => path,
            Self::Manifest => vigie_evidence::exported::MANIFEST,
        }
    }
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        match self {
            Self::Missing(_) => write!(f, "every entry holds, but the file {path} is missing"),
            Self::Changed(_) => {
                write!(f, "every entry holds, but the file {path} is not the one that the manifest lists")
            }
            Self::NotDerived(_) => write!(f, "every entry holds, but the file {path} is not what they give"),
            Self::Unlisted(_) => write!(f, "every entry holds, but nothing accounts for the file {path}"),
            Self::NotOpened(_) => {
                write!(f, "the sealed file {path} was changed or cut off: nothing more was read")
            }
            Self::Manifest => write!(
                f,
                "every entry holds, but {path} holds a line that is not a hash and a plain path, or names a file twice"
            ),
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether everything holds.
    pub ok: bool,
    /// Entries read.
    pub entries: u64,
    /// Root hash over them, hexadecimal.
    pub root: String,
    /// Origin of the journal.
    pub origin: Option<String>,
    /// The key with which signed states were checked.
    pub verifier_key: Option<String>,
    /// Whether that key was given by the caller; otherwise the journal's own word was taken for it.
    pub key_given: bool,
    /// When the last entry was recorded (RFC 3339).
    pub last_at: Option<String>,
    /// Signed states that hold.
    pub checkpoints: u64,
    /// Entries that the last of them covers.
    pub signed: u64,
    /// Stored tiles that hold.
    pub tiles: u64,
    /// Tiles that are not stored; they can be derived again.
    pub tiles_missing: u64,
    /// Sealed contents that are as recorded.
    pub payloads: u64,
    /// Sealed contents that are not there. Where everything holds, entries say that they were erased.
    pub payloads_erased: u64,
    /// Sealed files that are as recorded.
    pub blobs: u64,
    /// Sealed files that are not there. Where everything holds, entries say that they were erased.
    pub blobs_erased: u64,
    /// Entries of kinds that this version does not know; they are checked like all others.
    pub unknown_kinds: u64,
    /// Number of the first entry that does not hold.
    pub first_bad: Option<u64>,
    /// A word for what is wrong with it, also a message id of the catalogues.
    pub code: Option<&'static str>,
    /// The same in a sentence.
    pub reason: Option<String>,
    /// The file of an export that is not as it must be, where all entries hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The same for callers.
    #[serde(skip)]
    pub finding: Option<Finding>,
    /// The same for callers.
    #[serde(skip)]
    pub file_fault: Option<FileFault>,
    /// Sealed contents that are not as recorded, where the caller asked for them apart.
    #[serde(skip)]
    pub contents: Contents,
}

impl Report {
    pub(crate) fn new(found: audit::Report, key_given: bool) -> Self {
        let finding = found.first_bad;
        Self {
            ok: finding.is_none(),
            entries: found.entries,
            root: hex::encode(found.root),
            origin: found.verifier.as_ref().map(|key| key.origin().to_owned()),
            verifier_key: found.verifier.as_ref().map(vigie_evidence::note::SiteVerifier::verifier_key),
            key_given,
            last_at: found.last_at.map(|at| at.to_string()),
            checkpoints: found.checkpoints,
            signed: found.signed,
            tiles: found.tiles,
            tiles_missing: found.tiles_missing,
            payloads: found.payloads,
            payloads_erased: found.payloads_erased,
            blobs: found.blobs,
            blobs_erased: found.blobs_erased,
            unknown_kinds: found.unknown_kinds,
            first_bad: finding.as_ref().map(|finding| finding.seq),
            code: finding.as_ref().map(Finding::code),
            reason: finding.as_ref().map(ToString::to_string),
            file: None,
            finding,
            file_fault: None,
            contents: found.contents,
        }
    }

    /// The same with what is wrong with a file of the export.
    pub(crate) fn with_file(mut self, fault: Option<FileFault>) -> Self {
        if let Some(fault) = &fault {
            self.ok = false;
            self.code = Some(fault.code());
            self.reason = Some(fault.to_string());
            self.file = Some(fault.path().to_owned());
        }
        self.file_fault = fault;
        self
    }

    /// The report where a sealed file does not open: what was read before it says nothing.
    pub(crate) fn unopened(mut self, path: String) -> Self {
        (self.first_bad, self.finding) = (None, None);
        self.with_file(Some(FileFault::NotOpened(path)))
    }

    /// The exit code of a command that checks: 0, or 3.
    pub const fn exit_code(&self) -> u8 {
        if self.ok { 0 } else { 3 }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(reason) = &self.reason {
            return write!(f, "{reason}");
        }
        writeln!(
            f,
            "all {} entries of {} hold",
            self.entries,
            self.origin.as_deref().unwrap_or("this journal")
        )?;
        writeln!(f, "last entry: {}", self.last_at.as_deref().unwrap_or("none"))?;
        writeln!(f, "root hash: {}", self.root)?;
        writeln!(f, "signed states: {}, the last covers every entry", self.checkpoints)?;
        writeln!(f, "sealed contents: {} as recorded, {} erased", self.payloads, self.payloads_erased)?;
        writeln!(f, "sealed files: {} as recorded, {} erased", self.blobs, self.blobs_erased)?;
        if self.unknown_kinds > 0 {
            writeln!(f, "entries of a later version's kinds: {}", self.unknown_kinds)?;
        }
        let key = self.verifier_key.as_deref().unwrap_or_default();
        let whose = if self.key_given {
            "as given"
        } else {
            "as the journal itself says; compare it with one you know"
        };
        write!(f, "key: {key} ({whose})")
    }
}
