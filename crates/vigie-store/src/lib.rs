//! The only crate that opens the site's own folder: journal, payloads, views, blobs, search index.
//!
//! Nothing is acknowledged before it is on disk, and there is one way in: [`Store::commit`] and its kin. The
//! views are derived from the journal and can be dropped and made again ([`Store::rebuild`]); content stands
//! apart from the entries, each under its own key, so that it can be erased while the tree stays whole.

mod analyse;
mod backup;
mod clock;
mod codec;
mod contacts;
mod desk;
mod engine;
mod erase;
mod error;
mod export;
mod findings;
mod folder;
mod import_export;
mod index;
mod keystore;
mod mend;
mod meter;
mod origins;
mod partners;
mod project;
mod read;
mod rebuild;
mod restore;
mod room;
mod rows;
mod schema;
mod store;
mod suggestions;
mod upgrade;
mod views;
mod wipe;
mod withdrawn;
mod witness;
mod writer;

pub use backup::{BEFORE, BackedUp, KEYS_BAK, STORE_BAK, back_up};
pub use clock::{Clock, SimClock, SystemClock};
pub use contacts::Reach;
pub use engine::{Batch, ReadSignal};
pub use erase::{Erased, ErasureRow, KeepRow};
pub use error::{Refused, StoreError};
pub use export::ExportReport;
pub use findings::{FindingAnswer, FindingMarks, FindingRow, Gap, Gathered};
pub use folder::write_private;
pub use import_export::{ImportedReport, import_export, import_sealed};
pub use keystore::KeySource;
pub use mend::{Mended, mend};
pub use partners::{CheckListRow, ShareRow};
pub use rebuild::RebuildReport;
pub use restore::{Along, Succession, Unpacked, beside, settle, unpack};
pub use room::{RoomLevel, RoomState, free_bytes};
pub use rows::{
    Absorbed, ActRow, AttachmentRow, ComparedRow, EntryProof, Found, GenerationRow, HeadRow, JournalState,
    LinkRow, MonitoringQuery, NarrativeDetail, NarrativeRow, NoteRow, Page, Person, Share, SignalRow, Sort,
    SourceMeter, SourceRow, SourceShare, Spread, UserRow,
};
pub use schema::FORMAT;
pub use store::{InitOptions, MeterChange, Site, Store, ViewsGuard};
pub use suggestions::{AsideRow, CheckedRow, ExampleRow, SuggestedRow};
pub use views::{
    AccessKind, AccessRow, ActFacts, Busy, ContactRow, DeliveryRow, DeskChange, DeskCount, DeskQuery,
    Followed, FunctionRow, FunctionWait, NoticedRow, Passed, StoryCounts, VerifierRow, Views, WaitedOn,
    WarnedRow, WatchRow, Withdrawn,
};
pub use wipe::{Wiped, wipe};
pub use writer::{Draft, OnCommit, Outcome};
