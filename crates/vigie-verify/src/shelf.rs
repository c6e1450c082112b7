//! The files of an export: in the clear, or each sealed to a recipient and opened only while it is read.
//!
//! A sealed export has the same files under the same names with `.age` behind them. Nothing of them is written anywhere.

use crate::open::VerifyError;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use vigie_evidence::age::{self, AgeError, Identity, Unsealing};
use vigie_evidence::exported::{CHECKPOINT, ENTRIES};

/// A small file, such as a tile or a signed state, is never longer than this, in bytes.
const SMALL_BYTES_MAX: u64 = 8 << 20;

fn behind(path: &str) -> String {
    format!("{path}{}", age::ENDING)
}

/// Whether the export in `dir` is sealed to a recipient.
pub fn is_sealed(dir: &Path) -> bool {
    dir.join(behind(ENTRIES)).is_file() && dir.join(behind(CHECKPOINT)).is_file()
}

/// The files of one export, by the names that they have in the clear.
#[derive(Clone)]
pub struct Shelf {
    dir: PathBuf,
    identity: Option<Identity>,
}

impl Shelf {
    /// The export in `dir`; a sealed one is refused without the identity that opens it.
    pub fn new(dir: &Path, identity: Option<&Identity>) -> Result<Self, VerifyError> {
        if !is_sealed(dir) {
            return Ok(Self { dir: dir.to_owned(), identity: None });
        }
        let identity = identity.ok_or_else(|| VerifyError::Sealed(dir.to_owned()))?;
        let shelf = Self { dir: dir.to_owned(), identity: Some(identity.clone()) };
        match shelf.small(CHECKPOINT) {
            Err(cause) if refusal(&cause) == Some(AgeError::OtherRecipient) => {
                Err(VerifyError::OtherIdentity(dir.to_owned()))
            }
            _ => Ok(shelf),
        }
    }

    /// Where the file lies.
    pub fn place(&self, path: &str) -> PathBuf {
        self.dir.join(if self.identity.is_some() { behind(path) } else { path.to_owned() })
    }

    /// The name under which a file of the folder lies there.
    pub fn name(&self, place: &Path) -> String {
        place.strip_prefix(&self.dir).unwrap_or(place).display().to_string()
    }

    /// Whether it is there.
    pub fn has(&self, path: &str) -> bool {
        self.place(path).exists()
    }

    /// The file, opened; `None` where there is none.
    pub fn open(&self, path: &str) -> io::Result<Option<Box<dyn Read>>> {
        let file = match File::open(self.place(path)) {
            Ok(file) => file,
            Err(cause) if is_absent(&cause) => return Ok(None),
            Err(cause) => return Err(cause),
        };
        Ok(Some(match &self.identity {
            Some(identity) => Box::new(Unsealing::new(file, identity.clone())),
            None => Box::new(file),
        }))
    }

    /// A small file, whole.
    pub fn small(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(file) = self.open(path)? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(SMALL_BYTES_MAX).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// What lies in a folder, `""` for the uppermost: names, and whether each is a folder. `None` stands for what is
    /// neither, and in a sealed export for a file that is not sealed, with its name as it lies there.
    pub fn list(&self, below: &str) -> io::Result<Vec<(String, Option<bool>)>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(self.dir.join(below))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry.file_type()?;
            let plain = if self.identity.is_some() { name.strip_suffix(age::ENDING) } else { Some(&*name) };
            found.push(match plain {
                _ if kind.is_dir() => (name, Some(true)),
                Some(plain) if kind.is_file() => (plain.to_owned(), Some(false)),
                _ => (name, None),
            });
        }
        Ok(found)
    }
}

pub fn is_absent(cause: &io::Error) -> bool {
    matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Why a sealed file does not open, where that is the cause.
pub fn refusal(cause: &io::Error) -> Option<AgeError> {
    cause.get_ref().and_then(|inner| inner.downcast_ref::<AgeError>()).copied()
}
