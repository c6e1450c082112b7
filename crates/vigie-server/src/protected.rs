//! Restricted content: decrypted on demand, and every reading is an entry of the journal.
//!
//! Views and index hold no restricted text. Who may see it and opens it gets it decrypted from the journal;
//! the entry that says so is on disk before the first word is sent.

use crate::gate::Asker;
use crate::refusal::Refusal;
use crate::state::App;
use vigie_model::{AccessRead, Event};
use vigie_store::{Draft, SignalRow};

/// Objects named in one entry; a leaf has a bound.
const OBJECTS_MAX: usize = 200;

/// Fills in the names of files and the text of restricted signals, and records that `asker` read the latter. Blocking.
pub(crate) fn open(app: &App, asker: &Asker, rows: &mut [SignalRow]) -> Result<(), Refusal> {
    for file in rows.iter_mut().flat_map(|row| &mut row.attachments) {
        file.name = app.store.attachment_name(file.seq)?;
    }
    let mut read = Vec::new();
    for row in rows.iter_mut().filter(|row| row.compartments.any_protected()) {
        match app.store.entry(row.seq) {
            Ok(entry) => {
                if let Event::SignalReceived(signal) = entry.event {
                    row.text = Some(signal.text);
                    row.url = row.url.take().or(signal.url);
                    row.sheet = row.sheet.take().or(signal.sheet);
                }
                read.push(format!("signal:{}", row.id));
            }
            Err(gone) if gone.is_content_gone() => row.text = None,
            Err(error) => return Err(error.into()),
        }
    }
    record(app, asker, read)
}

/// Records that `asker` read these objects, as `kind:id`. Blocking.
pub(crate) fn record(app: &App, asker: &Asker, objects: Vec<String>) -> Result<(), Refusal> {
    let entry = |objects: &[String]| {
        Draft::new(asker.actor(), Event::AccessRead(AccessRead { objects: objects.to_vec() }))
    };
    let drafts: Vec<Draft> = objects.chunks(OBJECTS_MAX).map(entry).collect();
    if !drafts.is_empty() {
        app.store.commit(drafts)?;
    }
    Ok(())
}
