//! What the views answer: rows for screens and the command line.

use serde::Serialize;
use vigie_model::{
    AttachmentId, Compartments, Credibility, Decision, Grant, Language, Likeness, NarrativeId, NoteId,
    Reliability, Sheet, SignalId, SignalKind, SourceEntry, SourceId, Timestamp, Trick, User, UserId,
};

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page starts, `None` at the end.
    pub next: Option<String>,
    /// Rows in the whole list.
    pub total: u64,
}

/// A person as shown beside what they did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Identifier.
    pub id: UserId,
    /// Name shown to colleagues.
    pub display: String,
}

/// How the queue is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By the rule of attention: what there is most to look at, and newest, first.
    #[default]
    Attention,
    /// Latest signal first.
    Newest,
    /// Most signals first.
    Count,
}

/// What the Monitoring queue is asked for.
#[derive(Debug, Clone)]
pub struct MonitoringQuery {
    /// Only narratives in this state.
    pub state: Option<Decision>,
    /// Full-text words.
    pub text: Option<String>,
    /// Language tag of the earliest signal or of any copy.
    pub lang: Option<String>,
    /// A source among its signals.
    pub source: Option<SourceId>,
    /// Kind of any of its signals.
    pub kind: Option<SignalKind>,
    /// Last signal recorded at or after.
    pub since: Option<Timestamp>,
    /// Assigned to.
    pub assigned: Option<UserId>,
    /// Carries this label.
    pub label: Option<String>,
    /// Order.
    pub sort: Sort,
    /// Page marker of the answer before.
    pub after: Option<String>,
    /// Rows wanted, at most 200.
    pub limit: u32,
    /// What the asker may see.
    pub granted: Compartments,
    /// Now, for velocities.
    pub now: Timestamp,
}

/// One line of the Monitoring queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NarrativeRow {
    /// Identifier.
    pub id: NarrativeId,
    /// Speakable code, such as `N-26-0413`.
    pub code: String,
    /// Text of the earliest signal, at most 280 characters; `None` where it is protected or erased.
    pub head: Option<String>,
    /// Language of the earliest signal.
    pub lang: String,
    /// Kind of the earliest signal.
    pub kind: SignalKind,
    /// Signals in it.
    pub count: u64,
    /// Sources, at most five.
    pub sources: Vec<SourceId>,
    /// Sources in all.
    pub source_count: u64,
    /// Languages.
    pub langs: Vec<String>,
    /// Earliest known `seen_at`.
    pub first_seen_at: Option<Timestamp>,
    /// When the site first heard of it.
    pub first_recorded_at: Timestamp,
    /// When the site last heard of it.
    pub last_recorded_at: Timestamp,
    /// Signals recorded in the last hour.
    pub per_hour: u64,
    /// Signals of all narratives recorded in the last hour, as far as the asker sees them.
    pub heard_per_hour: u64,
    /// Sources and links that are silent now.
    pub silent: u64,
    /// What engines found in it.
    pub marks: crate::findings::FindingMarks,
    /// What people decided.
    pub state: Decision,
    /// Who has it.
    pub assigned: Option<Person>,
    /// Labels put on by people.
    pub labels: Vec<String>,
    /// What was done to texts to hide copies.
    pub tricks: Vec<Trick>,
    /// The entry that last changed this row.
    pub changed: u64,
    /// Whether any signal carries a file.
    pub media: bool,
    /// Place named by the earliest signal that names one.
    pub place: Option<String>,
    /// Who may see it.
    pub compartments: Compartments,
}

/// A narrative that went into an older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Absorbed {
    /// The narrative that is no more.
    pub id: NarrativeId,
    /// Where its signals are now.
    pub into: NarrativeId,
    /// The entry that moved them.
    pub changed: u64,
    /// Who might see it.
    pub compartments: Compartments,
}

/// A narrative with its history.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NarrativeDetail {
    /// The row of the queue.
    pub row: NarrativeRow,
    /// Signals per hour of `recorded_at`, oldest first, empty hours left out.
    pub hours: Vec<(Timestamp, u64)>,
    /// Signals of all narratives in the same hours, as far as the asker sees them.
    pub heard: Vec<(Timestamp, u64)>,
    /// Times within these hours in which something could not be heard.
    pub gaps: Vec<crate::findings::Gap>,
    /// Sources with their share.
    pub sources: Vec<SourceShare>,
    /// Languages, kinds of signal and places, as far as the asker sees the signals.
    pub spread: Spread,
    /// What people did to it, oldest first.
    pub history: Vec<ActRow>,
}

/// How a narrative spreads: each list by when it was first heard of there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Spread {
    /// By language.
    pub langs: Vec<Share>,
    /// By kind of signal.
    pub kinds: Vec<Share>,
    /// By place named, at most 50.
    pub places: Vec<Share>,
}

/// One language, kind or place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Its tag, word or name.
    pub name: String,
    /// Signals.
    pub count: u64,
    /// When the first was seen, or else recorded.
    pub first_at: Timestamp,
}

/// Where a narrative was asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<T> {
    /// Here it is.
    Here(T),
    /// It was absorbed by this one.
    Moved(NarrativeId),
    /// Nothing that the asker may see.
    Nothing,
}

/// One source's part in a narrative.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceShare {
    /// The source.
    pub id: SourceId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SignalKind,
    /// Signals from it.
    pub count: u64,
    /// Its first signal, as recorded.
    pub first_recorded_at: Timestamp,
}

/// One act of a person on a narrative.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActRow {
    /// The entry.
    pub seq: u64,
    /// When.
    pub recorded_at: Timestamp,
    /// Who.
    pub by: Option<Person>,
    /// `triaged`, `assigned`, `labelled`, `unlabelled`, `alike`, `unlike`, `joined`, `parted`, `shared`.
    pub what: String,
    /// Decision, name, label or recipient.
    pub detail: String,
    /// Whether it was taken back.
    pub undone: bool,
}

/// What was said of a narrative and another one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedRow {
    /// The entry.
    pub seq: u64,
    /// The other one.
    pub other: NarrativeId,
    /// Whether they tell the same story.
    pub same: bool,
    /// Who said so.
    pub by: Option<Person>,
    /// When.
    pub recorded_at: Timestamp,
}

/// A narrative's opening words, as a model reads them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadRow {
    /// Which narrative.
    pub id: NarrativeId,
    /// The entry that last changed it.
    pub changed: u64,
    /// Its words; none where it was absorbed, is restricted or was erased.
    pub head: Option<String>,
}

/// A signal as listed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignalRow {
    /// Identifier.
    pub id: SignalId,
    /// Its entry.
    pub seq: u64,
    /// Narrative it stands in; `None` until it has been read.
    pub narrative: Option<NarrativeId>,
    /// What it is.
    pub kind: SignalKind,
    /// Where it came from.
    pub source: SourceId,
    /// Name of that source.
    pub source_name: String,
    /// Pseudonym of the author: the same author of one source has the same one.
    pub author_alias: Option<String>,
    /// The text as received; `None` where it is protected or erased.
    pub text: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Its language, once read.
    pub language: Option<Language>,
    /// When it happened or was posted.
    pub seen_at: Option<Timestamp>,
    /// When somebody told the mission.
    pub reported_at: Option<Timestamp>,
    /// When the site recorded it.
    pub recorded_at: Timestamp,
    /// Place named.
    pub place: Option<String>,
    /// What was done to its text.
    pub tricks: Vec<Trick>,
    /// Its strongest link to an earlier signal.
    pub link: Option<LinkRow>,
    /// Files.
    pub attachments: Vec<AttachmentRow>,
    /// Radio or call sheet.
    pub sheet: Option<Sheet>,
    /// Times the same message came again.
    pub repeats: u64,
    /// Who may see it.
    pub compartments: Compartments,
    /// How a person graded source and information, where one did.
    pub grade: Option<(Reliability, Credibility)>,
}

/// Why two signals stand together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkRow {
    /// The later signal.
    pub from: SignalId,
    /// The earlier signal.
    pub to: SignalId,
    /// Same or near.
    pub likeness: Likeness,
    /// Exact Jaccard, 0 to 1.
    pub value: f64,
    /// What was changed.
    pub tricks: Vec<Trick>,
}

/// A file received with a signal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AttachmentRow {
    /// Identifier.
    pub id: AttachmentId,
    /// Its entry.
    pub seq: u64,
    /// Name as given; no view holds it, [`crate::Store::attachment_name`] unseals it.
    pub name: String,
    /// Media type found in the bytes.
    pub media_type: String,
    /// Length.
    pub bytes: u64,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

/// An entry with its proof.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryProof {
    /// Position.
    pub seq: u64,
    /// The stored bytes.
    pub leaf: String,
    /// RFC 6962 leaf hash, hexadecimal.
    pub leaf_hash: String,
    /// Size of the tree proved against.
    pub size: u64,
    /// Its root, hexadecimal.
    pub root: String,
    /// The signed checkpoint of that size.
    pub checkpoint: String,
    /// Inclusion proof, hexadecimal, leaf to root.
    pub proof: Vec<String>,
}

/// A line of the duty log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NoteRow {
    /// Identifier.
    pub id: NoteId,
    /// Its entry.
    pub seq: u64,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// When it happened, where the writer says so.
    pub seen_at: Option<Timestamp>,
    /// Who wrote it.
    pub by: Option<Person>,
    /// The line.
    pub text: String,
    /// Who struck it, when and why.
    pub struck: Option<(Option<Person>, Timestamp, String)>,
    /// The line it replaces.
    pub corrects: Option<NoteId>,
    /// The line that replaces it.
    pub corrected_by: Option<NoteId>,
}

/// A source with its counters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceRow {
    /// The register entry.
    pub entry: SourceEntry,
    /// Paused by a person.
    pub paused: bool,
    /// Counters.
    pub meter: SourceMeter,
}

/// What a source has brought lately. Operational counters: not part of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SourceMeter {
    /// Last contact that worked, with or without new signals.
    pub last_contact_at: Option<Timestamp>,
    /// Last signal accepted.
    pub last_accepted_at: Option<Timestamp>,
    /// Signals accepted since the source was registered.
    pub accepted: u64,
    /// Signals accepted in the last 24 h.
    pub accepted_24h: u64,
    /// Messages that came again.
    pub repeated: u64,
    /// Messages refused.
    pub refused: u64,
    /// Last refusal, as a catalogue message id.
    pub last_refusal: Option<String>,
    /// Last failure to connect, in one sentence of the connector.
    pub last_error: Option<String>,
    /// When that was.
    pub last_error_at: Option<Timestamp>,
    /// What a feed said to save the next download (ETag, Last-Modified), opaque here.
    pub validators: Option<String>,
}

/// An account with its grants.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UserRow {
    /// The account.
    pub user: User,
    /// Its grants, revoked ones left out.
    pub grants: Vec<Grant>,
}

/// The journal as an administrator sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JournalState {
    /// Entries.
    pub entries: u64,
    /// Root, hexadecimal.
    pub root: String,
    /// Latest signed checkpoint.
    pub checkpoint: String,
    /// Origin line.
    pub origin: String,
    /// Verifier key.
    pub verifier_key: String,
    /// When the last entry was recorded.
    pub last_at: Option<Timestamp>,
    /// Engines and how far each has read: name, version, next seq.
    pub engines: Vec<(String, String, u64)>,
    /// Signals that the search index has not taken in yet.
    pub index_lag: u64,
    /// Bytes of `store.db`, `keys.db` and the blobs.
    pub disk: (u64, u64, u64),
    /// Generations, the first one first.
    pub generations: Vec<GenerationRow>,
}

/// One generation of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GenerationRow {
    /// From 0.
    pub number: u32,
    /// Its first entry.
    pub seq: u64,
    /// When it was opened.
    pub at: Timestamp,
    /// Why, where it is not the first.
    pub reason: Option<String>,
    /// What its signed states are checked with.
    pub verifier_key: String,
}
