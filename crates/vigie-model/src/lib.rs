//! The mission's words: ids, times, places, people, rights and events.
//!
//! Every other crate speaks in these types, so this one has no I/O, no async and reads no clock.
//! What happened is an [`Event`]; the journal keeps each as an entry with who, when and why.
//! One word per idea; the list stands in `docs/glossary.md`.

mod actor;
mod contact;
mod event;
mod fact;
mod fault;
mod finding;
mod function;
mod gazetteer;
mod id;
mod incident;
mod judgement;
mod keeping;
mod lexicon;
mod limits;
mod mandate;
mod narrative;
mod object;
mod partner;
mod place;
mod reading;
mod reference;
mod request;
mod response;
mod rights;
mod score;
mod signal;
mod source;
mod suggestion;
mod time;
mod user;
mod warning;
mod work;

pub use actor::{Actor, ActorError};
pub use contact::{ContactChose, ContactSealed, Reply};
pub use event::{
    AccessDenied, AccessRead, ActUndone, Attachment, AttachmentRead, Class, CopyTaken, CredentialSet, Entry,
    Event, EventError, ExportMade, ImportFinished, JournalOpened, Kind, LinkChanged, NarrativeParted,
    NarrativesAssigned, NarrativesCompared, NarrativesJoined, NarrativesLabelled, NarrativesTriaged,
    NoteStruck, NoteWritten, SourceKeyIssued, SourcePaused, SourceResumed, SuccessorOf, UserInvited,
    UserRevoked, UserSignedIn,
};
pub use fact::{FactApproved, FactDrafted, FactWithdrawn, Statement};
pub use fault::{At, Fault};
pub use finding::{FindingAnswered, FindingKind, FindingMade, FoundMessage, SharedKind};
pub use function::{Function, VerifierNamed};
pub use gazetteer::{GazetteerPlace, PlaceKind, Site};
pub use id::{
    ApprovalId, AttachmentId, ContactId, ContestId, ErasureId, FactId, FindingId, FunctionId, IdError,
    IncidentId, JudgementId, KeepId, MandateId, MessageId, NarrativeId, NoteId, PlanId, QuestionId,
    ReleaseId, RequestId, ResponseId, SignalId, SourceId, TaskId, UserId, WarningId,
};
pub use incident::{IncidentReported, TimePrecision, WatchHandedOver};
pub use judgement::{
    ContestDecided, Credibility, Harm, JudgementContested, JudgementSeconded, NarrativeJudged, Rabat,
    Reliability, SignalGraded, StoryClass, Truth,
};
pub use keeping::{
    BackupMade, ContentErased, Erasable, ErasableError, ErasedWhy, ErasureAsked, ErasureRefused, KeepLifted,
    KeepPlaced,
};
pub use lexicon::{Context, Lexicon, LexiconEntry, Sense};
pub use limits::Limits;
pub use mandate::{
    Cited, MandateLoaded, Paragraph, QuestionAnswered, QuestionApproved, QuestionAsked, Verdict,
};
pub use narrative::{Decision, Language, LanguageBasis, Likeness, Link, Reading, Trick};
pub use object::{Object, ObjectError};
pub use partner::{
    CheckList, ChecksLoaded, ChecksWithdrawn, NarrativeShared, PublishedCheck, Rating, ShareAccounts,
    ShareForm, Tlp,
};
pub use place::{Place, PlaceError, Precision};
pub use reading::{ReadingExplained, ReadingNoticed, ReadingRule};
pub use reference::{GazetteerLoaded, LexiconLoaded, SitesLoaded};
pub use request::{RequestAnswered, RequestOpened, StillTold, Via};
pub use response::{
    ApprovalEnded, ApprovalGiven, Channel, Delivery, Form, MessageCleared, MessageDrafted, MessageReturned,
    MessageText, MessageVerified, Origin, PlanWritten, PlannedEvent, Recipients, ReleaseMade, ReleaseTried,
    ResponseDecided, ResponseMeasured, ResponseOpened, ResponseOption, Sentence, Standing,
};
pub use rights::{Affiliation, Compartment, Compartments, Component, Grant, Granted, Level, Role};
pub use score::{ErrorRate, Model, Reason, Score};
pub use signal::{IdempotencyKey, Sheet, Signal, SignalKind};
pub use source::{Connector, SourceEntry, SourceFault};
pub use suggestion::{JudgeSetAside, SuggestedKind, SuggestionAnswered};
pub use time::{TimeFault, dtg, millis, parse_zoned};
pub use user::{User, UserFault};
pub use warning::{NarrativeRestricted, SignalMasked, WarningKind, WarningRaised};
pub use work::{Asked, Late, TaskOpened, WorkAcknowledged, WorkClosed, WorkEscalated};

/// Re-exported so that every crate names one and the same time type.
pub use jiff::Timestamp;
