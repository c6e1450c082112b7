//! Checks the folder of a site, a copy of it or an export, offline: does every entry still stand as it was signed?
//!
//! It reads the entries in order, hashes their bytes anew, and holds them against the stored tree, every signed
//! state and the sealed contents (see [`vigie_evidence::audit`]). It needs no key and writes nothing into the
//! folder: what is not in use is opened as immutable, a copy that was taken while a site was running is read
//! from a private copy of its database.
//!
//! An error ([`VerifyError`]) means that nothing could be checked; a journal that does not hold is a
//! [`Report`] with `first_bad`.

mod exported;
mod open;
mod read;
mod report;
mod shelf;
mod words;

pub use exported::is_export;
pub use open::VerifyError;
pub use report::{FileFault, Report};
pub use shelf::is_sealed;
pub use vigie_evidence::age::Identity;
pub use vigie_evidence::audit::{Contents, Demands, Fault, Finding};
pub use vigie_evidence::note::{NoteError, SiteVerifier};
pub use words::{Language, told};

use rusqlite::Connection;
use std::path::Path;

/// Called now and then with the entries read so far and the entries there are.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64);

/// Checks the site's folder or the export `dir`.
pub fn verify(dir: &Path, demands: &Demands) -> Result<Report, VerifyError> {
    verify_with(dir, demands, &mut |_, _| {})
}

/// The same, telling how far it is.
pub fn verify_with(dir: &Path, demands: &Demands, progress: Progress<'_>) -> Result<Report, VerifyError> {
    verify_sealed(dir, demands, None, progress)
}

/// The same; an export that is sealed to a recipient is opened with `identity` while it is read.
pub fn verify_sealed(
    dir: &Path,
    demands: &Demands,
    identity: Option<&Identity>,
    progress: Progress<'_>,
) -> Result<Report, VerifyError> {
    if exported::is_export(dir) {
        return exported::audit(&shelf::Shelf::new(dir, identity)?, demands, progress);
    }
    let folder = open::Folder::open(dir)?;
    let report = read::audit(folder.connection(), &dir.join(open::BLOBS), demands, progress)?;
    folder.check_untouched()?;
    Ok(report)
}

/// Checks a store that the caller has open, at the state that its connection sees; `blobs` is the folder of
/// the sealed files. For a site that checks itself while it runs.
pub fn verify_open(
    connection: &Connection,
    blobs: &Path,
    demands: &Demands,
    progress: Progress<'_>,
) -> Result<Report, VerifyError> {
    open::check_format(connection)?;
    read::audit(connection, blobs, demands, progress)
}
