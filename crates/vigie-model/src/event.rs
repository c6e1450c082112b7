//! Everything that can happen, as one list.
//!
//! Each kind is marked *personal* or *impersonal*. An impersonal body stands in the leaf itself; a personal
//! one is sealed apart under its own key and the leaf only commits to it, so that erasing it later leaves the
//! tree whole. The list is append-only: a name, once released, keeps its meaning.

use crate::{
    Actor, ApprovalEnded, ApprovalGiven, AttachmentId, BackupMade, ChecksLoaded, ChecksWithdrawn,
    ContactChose, ContactSealed, ContentErased, ContestDecided, Decision, ErasureAsked, ErasureRefused,
    FactApproved, FactDrafted, FactWithdrawn, FindingAnswered, FindingMade, Function, GazetteerLoaded, Grant,
    IncidentReported, JudgeSetAside, JudgementContested, JudgementSeconded, KeepLifted, KeepPlaced,
    LexiconLoaded, MandateLoaded, MessageCleared, MessageDrafted, MessageReturned, MessageVerified,
    NarrativeId, NarrativeJudged, NarrativeRestricted, NarrativeShared, NoteId, PlanWritten,
    QuestionAnswered, QuestionApproved, QuestionAsked, Reading, ReadingExplained, ReadingNoticed,
    ReleaseMade, ReleaseTried, RequestAnswered, RequestOpened, ResponseDecided, ResponseMeasured,
    ResponseOpened, Signal, SignalGraded, SignalId, SignalMasked, SitesLoaded, SourceEntry, SourceId,
    SuggestionAnswered, TaskOpened, User, UserId, VerifierNamed, WarningRaised, WatchHandedOver,
    WorkAcknowledged, WorkClosed, WorkEscalated,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Whether the body of a kind may hold personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// May hold personal data: sealed apart, the leaf commits to it.
    Personal,
    /// Ids, counts and codes only: stands in the leaf.
    Impersonal,
}

/// Why a stored body cannot be read as an event.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// The kind is not in this version's list.
    #[error("this version of Vigie does not know the entry kind `{0}`")]
    UnknownKind(String),
    /// The body does not fit its kind.
    #[error("the body of a `{kind}` entry cannot be read: {cause}")]
    Body {
        /// The kind.
        kind: &'static str,
        /// What the reader said.
        cause: serde_json::Error,
    },
}

macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident($body:ty) = $word:literal $class:ident;)+) => {
        /// What happened, with its body.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Event { $($(#[$doc])* $variant($body)),+ }

        /// What happened, without its body: `noun.verb`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind { $($(#[$doc])* $variant),+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The name in the leaf.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
            /// The kind that `word` names.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
            /// Personal or impersonal.
            pub const fn class(self) -> Class {
                match self { $(Self::$variant => Class::$class),+ }
            }
        }

        impl Event {
            /// Its kind.
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$variant(_) => Kind::$variant),+ }
            }
            /// Its body as JSON bytes.
            pub fn body(&self) -> Result<Vec<u8>, serde_json::Error> {
                match self { $(Self::$variant(body) => serde_json::to_vec(body)),+ }
            }
            /// The event that `kind` and `body` hold.
            pub fn read(kind: Kind, body: &[u8]) -> Result<Self, EventError> {
                match kind {
                    $(Kind::$variant => serde_json::from_slice(body)
                        .map(Self::$variant)
                        .map_err(|cause| EventError::Body { kind: $word, cause }),)+
                }
            }
        }
    };
}

events! {
    /// The first entry of a journal, or of a new generation of it.
    JournalOpened(JournalOpened) = "journal.opened" Impersonal;
    /// A source and its line in the purpose register, new or changed.
    SourceRegistered(SourceEntry) = "source.registered" Personal;
    /// A source was paused by a person.
    SourcePaused(SourcePaused) = "source.paused" Impersonal;
    /// A source was resumed by a person.
    SourceResumed(SourceResumed) = "source.resumed" Impersonal;
    /// A new intake key replaced the old one.
    SourceKeyIssued(SourceKeyIssued) = "source.key_issued" Impersonal;
    /// An account was made or its names changed.
    UserAdded(User) = "user.added" Personal;
    /// A right was given.
    UserGranted(Grant) = "user.granted" Impersonal;
    /// Every right of an account ended.
    UserRevoked(UserRevoked) = "user.revoked" Impersonal;
    /// A one-time code was given out for an account; the code itself is not here.
    UserInvited(UserInvited) = "user.invited" Impersonal;
    /// The secret of an account was set; the secret itself is not here.
    CredentialSet(CredentialSet) = "user.credential_set" Impersonal;
    /// Somebody signed in.
    UserSignedIn(UserSignedIn) = "user.signed_in" Impersonal;
    /// A signal arrived.
    SignalReceived(Signal) = "signal.received" Personal;
    /// An engine read a signal.
    SignalRead(Reading) = "signal.read" Impersonal;
    /// A file arrived with a signal.
    AttachmentKept(Attachment) = "attachment.kept" Personal;
    /// A person decided about narratives in the queue.
    NarrativesTriaged(NarrativesTriaged) = "narrative.triaged" Impersonal;
    /// A person gave narratives to somebody.
    NarrativesAssigned(NarrativesAssigned) = "narrative.assigned" Impersonal;
    /// A person put a label on narratives, or took it off.
    NarrativesLabelled(NarrativesLabelled) = "narrative.labelled" Personal;
    /// A person said whether two narratives tell the same story.
    NarrativesCompared(NarrativesCompared) = "narrative.compared" Personal;
    /// A person made one narrative of two.
    NarrativesJoined(NarrativesJoined) = "narrative.joined" Personal;
    /// A person took a part out of a narrative; machines never join the two again.
    NarrativeParted(NarrativeParted) = "narrative.parted" Personal;
    /// A person took back their own act.
    ActUndone(ActUndone) = "act.undone" Impersonal;
    /// A line of the duty log.
    NoteWritten(NoteWritten) = "note.written" Personal;
    /// A line of the duty log was struck; it stays readable.
    NoteStruck(NoteStruck) = "note.struck" Personal;
    /// A file import that brought something new came to its end.
    ImportFinished(ImportFinished) = "import.finished" Impersonal;
    /// The uplink was lost or came back.
    LinkChanged(LinkChanged) = "link.changed" Impersonal;
    /// Protected material was read.
    AccessRead(AccessRead) = "access.read" Impersonal;
    /// Somebody was refused.
    AccessDenied(AccessDenied) = "access.denied" Impersonal;
    /// The whole site was exported.
    ExportMade(ExportMade) = "export.made" Impersonal;
    /// Something was taken out of the site: a table of records, a copy of a file to pass on.
    CopyTaken(CopyTaken) = "copy.taken" Impersonal;
    /// Much reading of one person in a short time was noticed.
    ReadingNoticed(ReadingNoticed) = "reading.noticed" Impersonal;
    /// Whoever watches over personal data says what such reading was.
    ReadingExplained(ReadingExplained) = "reading.explained" Personal;
    /// A function and who holds it, new or changed.
    FunctionRegistered(Function) = "function.registered" Personal;
    /// A person answers for texts in a language.
    VerifierNamed(VerifierNamed) = "verifier.named" Impersonal;
    /// A person judged a narrative.
    NarrativeJudged(NarrativeJudged) = "narrative.judged" Personal;
    /// A second person agreed with a judgement.
    JudgementSeconded(JudgementSeconded) = "judgement.seconded" Impersonal;
    /// Somebody objected to a judgement.
    JudgementContested(JudgementContested) = "judgement.contested" Personal;
    /// An objection was decided.
    ContestDecided(ContestDecided) = "contest.decided" Personal;
    /// A narrative was moved into a restricted compartment.
    NarrativeRestricted(NarrativeRestricted) = "narrative.restricted" Personal;
    /// Names and numbers in a signal were covered.
    SignalMasked(SignalMasked) = "signal.masked" Personal;
    /// A signal was graded.
    SignalGraded(SignalGraded) = "signal.graded" Impersonal;
    /// A question went to the unit that knows.
    RequestOpened(RequestOpened) = "request.opened" Personal;
    /// The unit replied.
    RequestAnswered(RequestAnswered) = "request.answered" Personal;
    /// A fact was drafted.
    FactDrafted(FactDrafted) = "fact.drafted" Personal;
    /// A fact was approved.
    FactApproved(FactApproved) = "fact.approved" Impersonal;
    /// A fact was withdrawn.
    FactWithdrawn(FactWithdrawn) = "fact.withdrawn" Personal;
    /// A mandate was loaded.
    MandateLoaded(MandateLoaded) = "mandate.loaded" Personal;
    /// A question of the community was noted.
    QuestionAsked(QuestionAsked) = "question.asked" Personal;
    /// An answer to it was proposed.
    QuestionAnswered(QuestionAnswered) = "question.answered" Personal;
    /// A second person approved that answer.
    QuestionApproved(QuestionApproved) = "question.approved" Impersonal;
    /// A communications plan was written.
    PlanWritten(PlanWritten) = "plan.written" Personal;
    /// A response was opened.
    ResponseOpened(ResponseOpened) = "response.opened" Personal;
    /// An option was taken.
    ResponseDecided(ResponseDecided) = "response.decided" Personal;
    /// A message was drafted, or drafted again.
    MessageDrafted(MessageDrafted) = "message.drafted" Personal;
    /// A named verifier answers for one language of it.
    MessageVerified(MessageVerified) = "message.verified" Impersonal;
    /// A second person cleared the exact texts.
    MessageCleared(MessageCleared) = "message.cleared" Impersonal;
    /// A message was sent back to its author.
    MessageReturned(MessageReturned) = "message.returned" Personal;
    /// Something goes out.
    ReleaseMade(ReleaseMade) = "release.made" Personal;
    /// One attempt to bring it to somebody.
    ReleaseTried(ReleaseTried) = "release.tried" Impersonal;
    /// What was seen after a response.
    ResponseMeasured(ResponseMeasured) = "response.measured" Impersonal;
    /// A standing approval was given.
    ApprovalGiven(ApprovalGiven) = "approval.given" Personal;
    /// A standing approval ended.
    ApprovalEnded(ApprovalEnded) = "approval.ended" Impersonal;
    /// A task was given.
    TaskOpened(TaskOpened) = "task.opened" Personal;
    /// A warning was raised.
    WarningRaised(WarningRaised) = "warning.raised" Personal;
    /// Somebody has it: a request, a task, a warning.
    WorkAcknowledged(WorkAcknowledged) = "work.acknowledged" Impersonal;
    /// Nobody answered in time: it went to the next.
    WorkEscalated(WorkEscalated) = "work.escalated" Impersonal;
    /// It is done.
    WorkClosed(WorkClosed) = "work.closed" Personal;
    /// An incident was reported, or reported again.
    IncidentReported(IncidentReported) = "incident.reported" Personal;
    /// The watch was handed over.
    WatchHandedOver(WatchHandedOver) = "watch.handed_over" Personal;
    /// Somebody who can be reached was put into the vault.
    ContactSealed(ContactSealed) = "contact.sealed" Personal;
    /// They chose what they want back.
    ContactChose(ContactChose) = "contact.chose" Impersonal;
    /// A part of a gazetteer was loaded.
    GazetteerLoaded(GazetteerLoaded) = "gazetteer.loaded" Personal;
    /// The register of sites was loaded.
    SitesLoaded(SitesLoaded) = "sites.loaded" Personal;
    /// A list of wordings was loaded.
    LexiconLoaded(LexiconLoaded) = "lexicon.loaded" Personal;
    /// A backup was made.
    BackupMade(BackupMade) = "backup.made" Impersonal;
    /// Somebody asked that content be erased.
    ErasureAsked(ErasureAsked) = "erasure.asked" Personal;
    /// A second person did not agree.
    ErasureRefused(ErasureRefused) = "erasure.refused" Personal;
    /// Content was erased; its entries stay.
    ContentErased(ContentErased) = "content.erased" Impersonal;
    /// Something is kept beyond its retention.
    KeepPlaced(KeepPlaced) = "keep.placed" Personal;
    /// It is kept no longer.
    KeepLifted(KeepLifted) = "keep.lifted" Personal;
    /// An engine read the picture in a file.
    AttachmentRead(AttachmentRead) = "attachment.read" Personal;
    /// An engine found something in many signals together.
    FindingMade(FindingMade) = "finding.made" Personal;
    /// A person agreed with it or overruled it.
    FindingAnswered(FindingAnswered) = "finding.answered" Personal;
    /// A person agreed with a suggestion about a narrative, or overruled it.
    SuggestionAnswered(SuggestionAnswered) = "suggestion.answered" Personal;
    /// What a person judged teaches machines nothing any more, or again.
    JudgeSetAside(JudgeSetAside) = "judge.set_aside" Personal;
    /// A part of a list of published checks was loaded.
    ChecksLoaded(ChecksLoaded) = "checks.loaded" Personal;
    /// A list of published checks was withdrawn.
    ChecksWithdrawn(ChecksWithdrawn) = "checks.withdrawn" Personal;
    /// A person gave a narrative to a partner.
    NarrativeShared(NarrativeShared) = "narrative.shared" Personal;
}

/// An event in its place in the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Position, from 0.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// The entry that led to it.
    pub caused_by: Option<u64>,
    /// Why the mission keeps it.
    pub purpose: Option<String>,
    /// What happened.
    pub event: Event,
}

/// What a new generation continues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuccessorOf {
    /// The last signed state of the generation before.
    pub checkpoint: String,
    /// Why a new one was opened.
    pub reason: String,
}

/// Body of [`Event::JournalOpened`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalOpened {
    /// Version of the stored formats.
    pub format: u32,
    /// Short name of the site.
    pub site: String,
    /// Name of the mission.
    pub mission: String,
    /// Origin line of its checkpoints.
    pub origin: String,
    /// Verifier key of its checkpoints (C2SP signed-note form).
    pub verifier_key: String,
    /// Generation, from 0.
    pub generation: u32,
    /// Marks a demo store for ever.
    pub demo: bool,
    /// IANA zone of the mission.
    pub zone: String,
    /// The generation that this one continues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor_of: Option<SuccessorOf>,
}

/// Body of [`Event::SourcePaused`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePaused {
    /// The source.
    pub source: SourceId,
}

/// Body of [`Event::SourceResumed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceResumed {
    /// The source.
    pub source: SourceId,
}

/// Body of [`Event::SourceKeyIssued`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceKeyIssued {
    /// The source.
    pub source: SourceId,
}

/// Body of [`Event::UserRevoked`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRevoked {
    /// The account.
    pub user: UserId,
}

/// Body of [`Event::UserInvited`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserInvited {
    /// The account.
    pub user: UserId,
}

/// Body of [`Event::CredentialSet`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialSet {
    /// The account.
    pub user: UserId,
}

/// Body of [`Event::UserSignedIn`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserSignedIn {
    /// The account.
    pub user: UserId,
}

/// Body of [`Event::AttachmentKept`]: a file received with a signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Identifier.
    pub id: AttachmentId,
    /// File name as given, never used as a path.
    pub name: String,
    /// Media type found in the bytes, `application/octet-stream` when unknown.
    pub media_type: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of the file, hexadecimal: what an expert of a court computes.
    pub sha256: String,
}

/// Body of [`Event::AttachmentRead`]: what a picture is recognised by. A hash can be guessed back to a known picture, so
/// that it is sealed like the picture itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentRead {
    /// The file.
    pub attachment: AttachmentId,
    /// Its hashes in eight positions (PDQ), hexadecimal, the quality first.
    pub picture: String,
}

/// Body of [`Event::NarrativesTriaged`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativesTriaged {
    /// The narratives, at most 200.
    pub narratives: Vec<NarrativeId>,
    /// What was decided.
    pub decision: Decision,
}

/// Body of [`Event::NarrativesAssigned`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativesAssigned {
    /// The narratives, at most 200.
    pub narratives: Vec<NarrativeId>,
    /// To whom; `None` takes the assignment off.
    pub to: Option<UserId>,
}

/// Body of [`Event::NarrativesLabelled`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativesLabelled {
    /// The narratives, at most 200.
    pub narratives: Vec<NarrativeId>,
    /// The label, at most 60 characters.
    pub label: String,
    /// Whether it comes off.
    #[serde(default)]
    pub removed: bool,
}

/// Body of [`Event::NarrativesCompared`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativesCompared {
    /// The narrative that was looked at.
    pub narrative: NarrativeId,
    /// The one that stood beside it.
    pub other: NarrativeId,
    /// Whether they tell the same story.
    pub same: bool,
    /// Why, in the person's words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Body of [`Event::NarrativesJoined`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativesJoined {
    /// The older one, which keeps its name.
    pub narrative: NarrativeId,
    /// The one that goes into it.
    pub other: NarrativeId,
    /// Why, in the person's words.
    pub reason: String,
}

/// Body of [`Event::NarrativeParted`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeParted {
    /// The narrative that was parted; what arrived first keeps its name.
    pub narrative: NarrativeId,
    /// The new one, named after the first of its signals.
    pub part: NarrativeId,
    /// Its signals, every copy of their wordings among them.
    pub signals: Vec<SignalId>,
    /// Why, in the person's words.
    pub reason: String,
}

/// Body of [`Event::ActUndone`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActUndone {
    /// The entry that is taken back.
    pub undoes: u64,
}

/// Body of [`Event::NoteWritten`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteWritten {
    /// Identifier.
    pub id: NoteId,
    /// The line.
    pub text: String,
    /// When it happened, where the writer says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Timestamp>,
    /// The line that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<NoteId>,
}

/// Body of [`Event::NoteStruck`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteStruck {
    /// The line.
    pub note: NoteId,
    /// Why.
    pub reason: String,
}

/// Body of [`Event::ImportFinished`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFinished {
    /// Into which source.
    pub source: SourceId,
    /// Rows read.
    pub rows: u64,
    /// Signals that were new.
    pub new: u64,
    /// Rows already known.
    pub repeated: u64,
    /// Rows refused.
    pub refused: u64,
}

/// Body of [`Event::LinkChanged`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkChanged {
    /// Whether the uplink works.
    pub up: bool,
}

/// Body of [`Event::AccessRead`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRead {
    /// Objects read in one request, as `kind:id`.
    pub objects: Vec<String>,
}

/// Body of [`Event::ExportMade`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportMade {
    /// Entries before this one; they and this one are in it.
    pub entries: u64,
    /// Whether keys and texts went out with the sealed contents.
    pub open: bool,
}

/// Body of [`Event::CopyTaken`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyTaken {
    /// What it is of: an object as `kind:id`, or `queue`.
    pub object: String,
    /// `csv`, `xlsx`, or `pass-on` for a picture without what a camera wrote into it.
    pub format: String,
    /// Rows in it.
    pub rows: u64,
}

/// Body of [`Event::AccessDenied`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessDenied {
    /// The route, as a template without ids.
    pub route: String,
    /// The object asked for, as `kind:id`, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
}

impl Event {
    /// What the event is about, as `kind:id`; stands in the leaf in clear, so it is an id and nothing more.
    pub fn object(&self) -> String {
        match self {
            Self::JournalOpened(_) => "journal".to_owned(),
            Self::SourceRegistered(e) => format!("source:{}", e.id),
            Self::SourcePaused(e) => format!("source:{}", e.source),
            Self::SourceResumed(e) => format!("source:{}", e.source),
            Self::SourceKeyIssued(e) => format!("source:{}", e.source),
            Self::UserAdded(e) => format!("user:{}", e.id),
            Self::UserGranted(e) => format!("user:{}", e.user),
            Self::UserRevoked(e) => format!("user:{}", e.user),
            Self::UserInvited(e) => format!("user:{}", e.user),
            Self::CredentialSet(e) => format!("user:{}", e.user),
            Self::UserSignedIn(e) => format!("user:{}", e.user),
            Self::SignalReceived(e) => format!("signal:{}", e.id),
            Self::SignalRead(e) => format!("signal:{}", e.signal),
            Self::AttachmentKept(e) => format!("attachment:{}", e.id),
            Self::NarrativesTriaged(e) => narratives(&e.narratives),
            Self::NarrativesAssigned(e) => narratives(&e.narratives),
            Self::NarrativesCompared(e) => narratives(&[e.narrative, e.other]),
            Self::NarrativesJoined(e) => narratives(&[e.narrative, e.other]),
            Self::NarrativeParted(e) => narratives(&[e.narrative, e.part]),
            Self::NarrativesLabelled(e) => narratives(&e.narratives),
            Self::ActUndone(e) => format!("entry:{}", e.undoes),
            Self::NoteWritten(e) => format!("note:{}", e.id),
            Self::NoteStruck(e) => format!("note:{}", e.note),
            Self::ImportFinished(e) => format!("source:{}", e.source),
            Self::LinkChanged(_) => "link".to_owned(),
            Self::AccessRead(_) => "access".to_owned(),
            Self::AccessDenied(e) => e.object.clone().unwrap_or_else(|| "access".to_owned()),
            Self::ExportMade(_) => "export".to_owned(),
            Self::CopyTaken(e) => e.object.clone(),
            Self::FunctionRegistered(e) => format!("function:{}", e.id),
            Self::VerifierNamed(e) => format!("user:{}", e.user),
            Self::NarrativeJudged(e) => format!("narrative:{}", e.narrative),
            Self::JudgementSeconded(e) => format!("narrative:{}", e.narrative),
            Self::JudgementContested(e) => format!("narrative:{}", e.narrative),
            Self::ContestDecided(e) => format!("narrative:{}", e.narrative),
            Self::NarrativeRestricted(e) => format!("narrative:{}", e.narrative),
            Self::SignalMasked(e) => format!("signal:{}", e.signal),
            Self::SignalGraded(e) => format!("signal:{}", e.signal),
            Self::RequestOpened(e) => format!("request:{}", e.id),
            Self::RequestAnswered(e) => format!("request:{}", e.request),
            Self::FactDrafted(e) => format!("fact:{}", e.id),
            Self::FactApproved(e) => format!("fact:{}", e.fact),
            Self::FactWithdrawn(e) => format!("fact:{}", e.fact),
            Self::MandateLoaded(e) => format!("mandate:{}", e.id),
            Self::QuestionAsked(e) => format!("question:{}", e.id),
            Self::QuestionAnswered(e) => format!("question:{}", e.question),
            Self::QuestionApproved(e) => format!("question:{}", e.question),
            Self::PlanWritten(e) => format!("plan:{}", e.id),
            Self::ResponseOpened(e) => format!("response:{}", e.id),
            Self::ResponseDecided(e) => format!("response:{}", e.response),
            Self::MessageDrafted(e) => format!("message:{}", e.id),
            Self::MessageVerified(e) => format!("message:{}", e.message),
            Self::MessageCleared(e) => format!("message:{}", e.message),
            Self::MessageReturned(e) => format!("message:{}", e.message),
            Self::ReleaseMade(e) => format!("release:{}", e.id),
            Self::ReleaseTried(e) => format!("release:{}", e.release),
            Self::ResponseMeasured(e) => format!("response:{}", e.response),
            Self::ApprovalGiven(e) => format!("approval:{}", e.id),
            Self::ApprovalEnded(e) => format!("approval:{}", e.approval),
            Self::TaskOpened(e) => format!("task:{}", e.id),
            Self::WarningRaised(e) => format!("warning:{}", e.id),
            Self::WorkAcknowledged(e) => e.of.to_string(),
            Self::WorkEscalated(e) => e.of.to_string(),
            Self::WorkClosed(e) => e.of.to_string(),
            Self::IncidentReported(e) => format!("incident:{}", e.id),
            Self::WatchHandedOver(_) => "watch".to_owned(),
            Self::ContactSealed(e) => format!("contact:{}", e.id),
            Self::ContactChose(e) => format!("contact:{}", e.contact),
            Self::GazetteerLoaded(_) => "gazetteer".to_owned(),
            Self::SitesLoaded(_) => "sites".to_owned(),
            Self::LexiconLoaded(_) => "lexicon".to_owned(),
            Self::BackupMade(_) => "backup".to_owned(),
            Self::ErasureAsked(e) => format!("erasure:{}", e.id),
            Self::ErasureRefused(e) => format!("erasure:{}", e.erasure),
            Self::ContentErased(e) => match (&e.erasure, e.signals.first()) {
                (Some(erasure), _) => format!("erasure:{erasure}"),
                (None, Some((source, _))) => format!("source:{source}"),
                (None, None) => "content".to_owned(),
            },
            Self::KeepPlaced(e) => format!("keep:{}", e.id),
            Self::KeepLifted(e) => format!("keep:{}", e.keep),
            Self::AttachmentRead(e) => format!("attachment:{}", e.attachment),
            Self::FindingMade(e) => format!("finding:{}", e.id),
            Self::FindingAnswered(e) => format!("finding:{}", e.finding),
            Self::SuggestionAnswered(e) => format!("narrative:{}", e.narrative),
            Self::JudgeSetAside(e) => format!("user:{}", e.user),
            Self::ReadingNoticed(e) => format!("user:{}", e.person),
            Self::ReadingExplained(e) => format!("entry:{}", e.notice),
            Self::ChecksLoaded(_) | Self::ChecksWithdrawn(_) => "checks".to_owned(),
            Self::NarrativeShared(e) => format!("narrative:{}", e.narrative),
        }
    }
}

fn narratives(ids: &[NarrativeId]) -> String {
    match ids {
        [one] => format!("narrative:{one}"),
        _ => "narratives".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_noun_verb_and_read_back() {
        for kind in Kind::ALL {
            let word = kind.word();
            assert_eq!(word.split('.').count(), 2, "{word}");
            assert_eq!(Kind::from_word(word), Some(*kind));
        }
        assert_eq!(Kind::from_word("signal.invented"), None);
    }

    #[test]
    fn an_event_survives_its_bytes() {
        let event = Event::LinkChanged(LinkChanged { up: false });
        let body = event.body().expect("serialises");
        assert_eq!(Event::read(event.kind(), &body).expect("reads"), event);
        assert!(Event::read(Kind::SignalReceived, b"{}").is_err());
    }
}
