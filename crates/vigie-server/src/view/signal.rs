//! Signals and entries as screens show them.

use super::{clipped, words};
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_model::{Credibility, LanguageBasis, Likeness, Reliability, Sheet, SignalKind, Timestamp, Trick};

/// Characters of a text in a list; the whole stands on the signal's own page.
const TEXT_CHARS_MAX: usize = 4_000;

/// A signal as listed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SignalRow {
    /// Identifier.
    pub id: Uuid,
    /// Its entry in the journal.
    pub seq: u64,
    /// What it is.
    #[schema(value_type = words::SignalKind)]
    pub kind: SignalKind,
    /// Where it came from.
    pub source: SourceName,
    /// Pseudonym of the author: one author of one source keeps one pseudonym.
    pub author_alias: Option<String>,
    /// The text as received, at most 4,000 characters.
    pub text: String,
    /// Whether the text was cut.
    pub text_clipped: bool,
    /// Its language, BCP 47; `und` where unknown or not read yet.
    pub lang: String,
    /// Its script, ISO 15924.
    pub script: String,
    /// What the language rests on.
    #[schema(value_type = words::LanguageBasis)]
    pub basis: LanguageBasis,
    /// When it happened or was posted.
    pub seen_at: Option<Timestamp>,
    /// When somebody told the mission.
    pub reported_at: Option<Timestamp>,
    /// When the site recorded it.
    pub recorded_at: Timestamp,
    /// Place named.
    pub place: Option<String>,
    /// Where it was published, as text: nothing is fetched.
    pub url_text: Option<String>,
    /// What was done to its text.
    #[schema(value_type = Vec<words::Trick>)]
    pub tricks: Vec<Trick>,
    /// Its strongest link to an earlier signal.
    pub link: Option<StrongestLink>,
    /// Files.
    pub attachments: Vec<AttachmentRef>,
    /// Times the same message came again.
    pub repeats: u64,
    /// How a person graded source and information, each on its own scale; says nothing of truth or harm.
    pub grade: Option<GradeView>,
}

/// A grade of the source and one of the information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct GradeView {
    /// The source, A to F.
    #[schema(value_type = words::Reliability)]
    pub reliability: Reliability,
    /// The information, 1 to 6.
    #[schema(value_type = words::Credibility)]
    pub credibility: Credibility,
}

/// A source as named beside a signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceName {
    /// Identifier.
    pub id: String,
    /// Name shown to people.
    pub name: String,
}

/// Why a signal stands beside an earlier one.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StrongestLink {
    /// The earlier signal.
    pub to: Uuid,
    /// By which they are alike.
    #[schema(value_type = words::Likeness)]
    pub likeness: Likeness,
    /// How alike, 0 to 1.
    pub value: f64,
}

/// A link between two signals of a narrative.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SignalLink {
    /// The later signal.
    pub from: Uuid,
    /// The earlier signal.
    pub to: Uuid,
    /// Same or near.
    #[schema(value_type = words::Likeness)]
    pub likeness: Likeness,
    /// Shared three-word runs over all, 0 to 1.
    pub value: f64,
    /// What was changed.
    #[schema(value_type = Vec<words::Trick>)]
    pub tricks: Vec<Trick>,
}

/// A file received with a signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AttachmentRef {
    /// Identifier.
    pub id: Uuid,
    /// Name as given.
    pub name: String,
    /// Media type found in the bytes.
    pub media_type: String,
    /// Length.
    pub bytes: u64,
}

/// One page of signals.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SignalPage {
    /// The rows.
    pub items: Vec<SignalRow>,
    /// Where the next page starts; null at the end.
    pub next: Option<String>,
    /// Rows in the whole list.
    pub total: u64,
}

/// A radio or call sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct SheetView {
    /// Station and programme, or the line that was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<String>,
    /// Frequency or channel as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency: Option<String>,
    /// Who spoke, as a function.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Length in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_s: Option<u32>,
}

impl From<Sheet> for SheetView {
    fn from(sheet: Sheet) -> Self {
        let Sheet { station, frequency, speaker, duration_s } = sheet;
        Self { station, frequency, speaker, duration_s }
    }
}

impl From<SheetView> for Sheet {
    fn from(sheet: SheetView) -> Self {
        let SheetView { station, frequency, speaker, duration_s } = sheet;
        Self { station, frequency, speaker, duration_s }
    }
}

/// A signal with everything but its author.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SignalView {
    /// The row; here the text is whole.
    #[serde(flatten)]
    pub row: SignalRow,
    /// Narrative it stands in; null until it has been read.
    pub narrative: Option<Uuid>,
    /// Radio or call sheet.
    pub sheet: Option<SheetView>,
    /// Where it was published.
    pub url: Option<String>,
    /// The text as the text engine compares it.
    pub normal: String,
    /// Its entry with its proof.
    pub entry: EntryView,
}

/// Why signals stand together.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WhyView {
    /// The signal with the earliest known time.
    pub earliest: SignalRow,
    /// The earliest that the public could see.
    pub earliest_public: Option<SignalRow>,
    /// Whole hours between the two.
    pub lead_h: Option<i64>,
    /// The texts in use, most frequent first, at most 50.
    pub variants: Vec<Variant>,
    /// Links, at most 200.
    pub links: Vec<SignalLink>,
    /// Where changed copies may be missed, by language of the narrative.
    pub recall: Vec<RecallView>,
    /// Who says so.
    pub model: super::narrative::ModelView,
    /// How often it errs.
    pub error: super::narrative::ErrorView,
}

/// What is known of how often changed copies are found in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecallView {
    /// The language, BCP 47.
    pub lang: String,
    /// Whether anybody has measured it.
    pub measured: bool,
    /// The changes under which copies are not assessed: `spelling`, `affixes`, `emoji`, `switching`, `hyphens`,
    /// `look-alikes`.
    pub not_assessed: Vec<String>,
}

impl RecallView {
    /// For one language; `None` where copies are found as in English.
    pub(crate) fn of(lang: &str) -> Option<Self> {
        let changes = vigie_text::recall::not_assessed(lang);
        (!changes.is_empty()).then(|| Self {
            lang: lang.to_owned(),
            measured: vigie_text::recall::is_measured(lang),
            not_assessed: changes.iter().map(|change| change.word().to_owned()).collect(),
        })
    }
}

/// One wording of a narrative.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Variant {
    /// The text as received.
    pub text: String,
    /// Those with the same number differ in writing alone (capitals, hyphens, look-alikes): they go together.
    pub wording: u32,
    /// Signals with exactly this text.
    pub count: u64,
    /// What was done to it.
    #[schema(value_type = Vec<words::Trick>)]
    pub tricks: Vec<Trick>,
    /// The weakest of its links by their words; 1 where there is none.
    pub likeness_min: f64,
    /// The address that its first signal shares with the one that it was joined to.
    pub named: Option<String>,
    /// The first signal with this text.
    pub first: SignalRow,
}

/// An entry with its proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EntryView {
    /// Position.
    pub seq: u64,
    /// The stored bytes, as text.
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
    /// What happened, as `noun.verb`.
    pub kind: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who did it.
    pub actor: String,
}

/// What an [`EntryView`] reads from the leaf itself.
#[derive(Deserialize)]
pub(crate) struct LeafHead {
    pub kind: String,
    pub at: Timestamp,
    pub actor: String,
    #[serde(default)]
    pub object: String,
    #[serde(default)]
    pub body: serde_json::Value,
}

impl LeafHead {
    pub fn of(proof: &vigie_store::EntryProof) -> Result<Self, Refusal> {
        serde_json::from_str(&proof.leaf).map_err(|e| Refusal::ours("leaf", e))
    }
}

impl EntryView {
    pub(crate) fn of(proof: vigie_store::EntryProof) -> Result<Self, Refusal> {
        let head = LeafHead::of(&proof)?;
        Ok(Self {
            seq: proof.seq,
            leaf: proof.leaf,
            leaf_hash: proof.leaf_hash,
            size: proof.size,
            root: proof.root,
            checkpoint: proof.checkpoint,
            proof: proof.proof,
            kind: head.kind,
            recorded_at: head.at,
            actor: head.actor,
        })
    }
}

impl SignalRow {
    /// The row with its text cut for a list.
    pub(crate) fn listed(row: vigie_store::SignalRow) -> Self {
        let (text, text_clipped) = clipped(row.text.as_deref().unwrap_or_default(), TEXT_CHARS_MAX);
        Self { text_clipped, ..Self::with_text(row, text) }
    }

    /// The row with its whole text.
    pub(crate) fn whole(mut row: vigie_store::SignalRow) -> Self {
        let text = row.text.take().unwrap_or_default();
        Self::with_text(row, text)
    }

    fn with_text(row: vigie_store::SignalRow, text: String) -> Self {
        let (lang, script, basis) = match row.language {
            Some(language) => (language.tag, language.script, language.basis),
            None => ("und".to_owned(), "Zyyy".to_owned(), LanguageBasis::None),
        };
        Self {
            id: row.id.uuid(),
            seq: row.seq,
            kind: row.kind,
            source: SourceName { id: row.source.into(), name: row.source_name },
            author_alias: row.author_alias,
            text,
            text_clipped: false,
            lang,
            script,
            basis,
            seen_at: row.seen_at,
            reported_at: row.reported_at,
            recorded_at: row.recorded_at,
            place: row.place,
            url_text: row.url,
            tricks: row.tricks,
            link: row.link.map(StrongestLink::from),
            attachments: row.attachments.into_iter().map(AttachmentRef::from).collect(),
            repeats: row.repeats,
            grade: row.grade.map(|(reliability, credibility)| GradeView { reliability, credibility }),
        }
    }
}

impl From<vigie_store::LinkRow> for StrongestLink {
    fn from(row: vigie_store::LinkRow) -> Self {
        Self { to: row.to.uuid(), likeness: row.likeness, value: row.value }
    }
}

impl From<vigie_store::LinkRow> for SignalLink {
    fn from(row: vigie_store::LinkRow) -> Self {
        Self {
            from: row.from.uuid(),
            to: row.to.uuid(),
            likeness: row.likeness,
            value: row.value,
            tricks: row.tricks,
        }
    }
}

impl From<vigie_store::AttachmentRow> for AttachmentRef {
    fn from(row: vigie_store::AttachmentRow) -> Self {
        Self { id: row.id.uuid(), name: row.name, media_type: row.media_type, bytes: row.bytes }
    }
}
