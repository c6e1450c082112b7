//! The mission's words: ids, times, places, people, rights and events.
//!
//! Every other crate speaks in these types, so this one has no I/O, no async and reads no clock.
//! What happened is an [`Event`]; the journal keeps each as an entry with who, when and why.
//! One word per idea; the list stands in `docs/glossary.md`.

mod actor;
mod event;
mod fault;
mod gazetteer;
mod id;
mod lexicon;
mod limits;
mod narrative;
mod place;
mod rights;
mod score;
mod signal;
mod source;
mod time;
mod user;

pub use actor::{Actor, ActorError};
pub use event::{
    AccessDenied, AccessRead, ActUndone, Attachment, Class, CredentialSet, Entry, Event, EventError,
    ImportFinished, JournalOpened, Kind, LinkChanged, NarrativesAssigned, NarrativesLabelled,
    NarrativesTriaged, NoteStruck, NoteWritten, SourceKeyIssued, SourcePaused, SourceResumed, SuccessorOf,
    UserRevoked, UserSignedIn,
};
pub use fault::{At, Fault};
pub use gazetteer::{GazetteerPlace, PlaceKind, Site};
pub use id::{AttachmentId, IdError, NarrativeId, NoteId, SignalId, SourceId, UserId};
pub use lexicon::{Context, Lexicon, LexiconEntry, Sense};
pub use limits::Limits;
pub use narrative::{Decision, Language, LanguageBasis, Likeness, Link, Reading, Trick};
pub use place::{Place, PlaceError, Precision};
pub use rights::{Affiliation, Compartment, Compartments, Component, Grant, Granted, Level, Role};
pub use score::{ErrorRate, Model, Reason, Score};
pub use signal::{IdempotencyKey, Sheet, Signal, SignalKind};
pub use source::{Connector, SourceEntry, SourceFault};
pub use time::{TimeFault, dtg, dtg_local, millis, parse_zoned};
pub use user::{User, UserFault};

/// Re-exported so that every crate names one and the same time type.
pub use jiff::Timestamp;
