//! Narratives as the queue and their own page show them.

use super::{Person, words};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::attention::{Around, NarrativeFacts, attention};
use vigie_desk::clock::Clock;
use vigie_model::{Decision, ErrorRate, Reason, SignalKind, Timestamp, Trick};

/// One line of the Monitoring queue.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NarrativeRow {
    /// What the narrative's own page shows too.
    #[serde(flatten)]
    pub core: NarrativeCore,
    /// Sources, at most five, the busiest first.
    pub sources: Vec<String>,
}

/// What is known of a narrative at a glance.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NarrativeCore {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code, such as `N-26-0413`.
    pub code: String,
    /// Text of the earliest signal, at most 280 characters; null where it is restricted or erased.
    pub head: Option<String>,
    /// Language of the earliest signal, BCP 47.
    pub lang: String,
    /// Kind of the earliest signal.
    #[schema(value_type = words::SignalKind)]
    pub kind: SignalKind,
    /// Signals in it.
    pub count: u64,
    /// Sources in all.
    pub source_count: u64,
    /// Languages.
    pub langs: Vec<String>,
    /// Earliest known time at which it was seen.
    pub first_seen_at: Option<Timestamp>,
    /// When the site first heard of it.
    pub first_recorded_at: Timestamp,
    /// When the site last heard of it.
    pub last_recorded_at: Timestamp,
    /// Signals recorded in the last hour.
    pub per_hour: u64,
    /// What people decided.
    #[schema(value_type = words::Decision)]
    pub state: Decision,
    /// Who has it.
    pub assigned: Option<Person>,
    /// Labels put on by people.
    pub labels: Vec<String>,
    /// What was done to texts to hide copies.
    #[schema(value_type = Vec<words::Trick>)]
    pub tricks: Vec<Trick>,
    /// Why it stands where it stands.
    pub attention: Attention,
    /// The entry that last changed this row.
    pub changed: u64,
    /// Whether any signal carries a file.
    pub media: bool,
    /// Place named by the earliest signal that names one.
    pub place: Option<String>,
    /// Whether its content is restricted: opening it is recorded.
    pub restricted: bool,
}

/// A count of what there is to look at, with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Attention {
    /// 0 to 1.
    pub value: f64,
    /// Why, as messages of the catalogues.
    pub reasons: Vec<ReasonView>,
    /// Which rule speaks.
    pub model: ModelView,
    /// How often it errs.
    pub error: ErrorView,
}

/// One reason, as a message of the catalogues with its arguments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReasonView {
    /// Message id.
    pub code: String,
    /// What fills it.
    pub args: BTreeMap<String, String>,
}

/// Which model spoke, and in which version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ModelView {
    /// Short name.
    pub name: String,
    /// Version.
    pub version: String,
}

/// How often a score is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorView {
    /// Nobody has measured it: shown as "not assessed", never as "safe".
    NotAssessed,
    /// Exact by construction.
    Exact,
    /// Share of wrong answers on the named evaluation, 0 to 1.
    Measured(f64),
}

impl From<&Reason> for ReasonView {
    fn from(reason: &Reason) -> Self {
        Self { code: reason.code.clone(), args: reason.args.clone() }
    }
}

impl From<ErrorRate> for ErrorView {
    fn from(rate: ErrorRate) -> Self {
        match rate {
            ErrorRate::NotAssessed => Self::NotAssessed,
            ErrorRate::Exact => Self::Exact,
            ErrorRate::Measured(share) => Self::Measured(share),
        }
    }
}

impl NarrativeRow {
    /// The row as shown at `now`.
    pub(crate) fn of(mut row: vigie_store::NarrativeRow, now: Timestamp) -> Self {
        let sources = std::mem::take(&mut row.sources).into_iter().map(String::from).collect();
        Self { core: NarrativeCore::of(row, now), sources }
    }
}

impl NarrativeCore {
    fn of(row: vigie_store::NarrativeRow, now: Timestamp) -> Self {
        Self {
            attention: Attention::of(&row, now),
            id: row.id.uuid(),
            code: row.code,
            head: row.head,
            lang: row.lang,
            kind: row.kind,
            count: row.count,
            source_count: row.source_count,
            langs: row.langs,
            first_seen_at: row.first_seen_at,
            first_recorded_at: row.first_recorded_at,
            last_recorded_at: row.last_recorded_at,
            per_hour: row.per_hour,
            state: row.state,
            assigned: row.assigned.map(Person::from),
            labels: row.labels,
            tricks: row.tricks,
            changed: row.changed,
            media: row.media,
            place: row.place,
            restricted: row.compartments.any_protected(),
        }
    }
}

impl Attention {
    pub(crate) fn of(row: &vigie_store::NarrativeRow, now: Timestamp) -> Self {
        let facts = NarrativeFacts {
            count: row.count,
            per_hour: row.per_hour,
            sources: row.source_count,
            tricks: row.tricks.clone(),
            last_recorded_at: row.last_recorded_at,
            around: Around {
                heard_per_hour: row.heard_per_hour,
                here_per_hour: row.per_hour,
                silent: row.silent,
                together: row.marks.together,
                topic: row.marks.topic,
            },
        };
        let score = attention(&facts, now);
        let (value, reasons) = score.map_or((0.0, Vec::new()), |s| (s.value(), s.reasons().to_vec()));
        Self {
            // Four digits are what a screen can show, and half the bytes.
            value: (value * 10_000.0).round() / 10_000.0,
            reasons: reasons.iter().map(ReasonView::from).collect(),
            model: ModelView {
                name: vigie_desk::attention::MODEL.to_owned(),
                version: vigie_desk::attention::VERSION.to_owned(),
            },
            error: ErrorView::Exact,
        }
    }
}

/// One page of the Monitoring queue.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MonitoringPage {
    /// The rows.
    pub items: Vec<NarrativeRow>,
    /// Where the next page starts; null at the end.
    pub next: Option<String>,
    /// Rows in the whole list.
    pub total: u64,
    /// The mission's clock when this was read.
    pub as_of: Timestamp,
    /// Entries of the journal that this answer knows: give it to `/live?since=`.
    pub seq: u64,
    /// Entries that the full-text index has yet to take in.
    pub index_lag: u64,
}

/// A narrative with its clock, hours, sources and history.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NarrativeDetail {
    /// The row of the queue.
    #[serde(flatten)]
    pub core: NarrativeCore,
    /// How long the mission has known, and what it did.
    pub clock: NarrativeClock,
    /// Signals per hour in which there were any, oldest first.
    pub days: Vec<HourCount>,
    /// Times within these hours in which something could not be heard.
    pub gaps: Vec<GapView>,
    /// Sources with their share.
    pub sources: Vec<SourceShare>,
    /// How it spreads over languages, kinds of signal and places.
    pub spread: SpreadView,
    /// What people did to it, oldest first.
    pub history: Vec<ActView>,
}

/// How a narrative spreads: each list by when it was first heard of there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SpreadView {
    /// By language, BCP 47.
    pub langs: Vec<SpreadShare>,
    /// By kind of signal.
    pub kinds: Vec<SpreadShare>,
    /// By place named, at most 50.
    pub places: Vec<SpreadShare>,
}

/// One language, kind or place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SpreadShare {
    /// Its tag, word or name.
    pub name: String,
    /// Signals.
    pub count: u64,
    /// When the first was seen, or else recorded.
    pub first_at: Timestamp,
}

impl From<vigie_store::Spread> for SpreadView {
    fn from(spread: vigie_store::Spread) -> Self {
        let list = |shares: Vec<vigie_store::Share>| {
            let one = |share: vigie_store::Share| SpreadShare {
                name: share.name,
                count: share.count,
                first_at: share.first_at,
            };
            shares.into_iter().map(one).collect()
        };
        Self { langs: list(spread.langs), kinds: list(spread.kinds), places: list(spread.places) }
    }
}

/// The clock of a narrative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NarrativeClock {
    /// T0: first seen, where a signal says so.
    pub first_seen_at: Option<Timestamp>,
    /// T1: first recorded here.
    pub found_at: Timestamp,
    /// T2: verified.
    pub verified_at: Option<Timestamp>,
    /// T3: cleared.
    pub cleared_at: Option<Timestamp>,
    /// T4: out.
    pub answered_at: Option<Timestamp>,
    /// T5: measured.
    pub measured_at: Option<Timestamp>,
    /// Since when somebody of ours could have known.
    pub known_since: Timestamp,
    /// Whole hours since then.
    pub known_h: i64,
}

/// Signals recorded in one hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct HourCount {
    /// The hour's start.
    pub hour: Timestamp,
    /// Signals in it.
    pub count: u64,
    /// Signals of all narratives in the same hour.
    pub heard: u64,
}

/// A time in which something could not be heard: what is counted then is no sign of silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GapView {
    /// The source; null: everything behind the link to the outside.
    pub source: Option<String>,
    /// Since when.
    pub from: Timestamp,
    /// Until when; null: still.
    pub until: Option<Timestamp>,
}

/// One source's part in a narrative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceShare {
    /// The source.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    #[schema(value_type = words::SignalKind)]
    pub kind: SignalKind,
    /// Signals from it.
    pub count: u64,
    /// Its first signal, as recorded.
    pub first_at: Timestamp,
}

/// One act of a person on a narrative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActView {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Option<Person>,
    /// `triaged`, `assigned`, `labelled`, `unlabelled`, `alike`, `unlike`, `joined`, `parted`, `shared`.
    pub what: String,
    /// `detail`: decision, name, label or recipient. `undone`: `true` where it was taken back.
    pub args: BTreeMap<String, String>,
}

/// A narrative that was found to be part of an older one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NarrativeMoved {
    /// Where its signals are now.
    pub moved_to: Uuid,
}

/// A narrative, or where it went.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum NarrativeAnswer {
    /// Here it is.
    Here(Box<NarrativeDetail>),
    /// It was absorbed.
    Moved(NarrativeMoved),
}

impl NarrativeDetail {
    /// The page as shown at `now`.
    pub(crate) fn of(detail: vigie_store::NarrativeDetail, clock: Clock, now: Timestamp) -> Self {
        Self {
            clock: NarrativeClock {
                first_seen_at: clock.first_seen_at,
                found_at: clock.found_at,
                verified_at: clock.verified_at,
                cleared_at: clock.cleared_at,
                answered_at: clock.answered_at,
                measured_at: clock.measured_at,
                known_since: clock.known_since(),
                known_h: clock.known_h(now),
            },
            core: NarrativeCore::of(detail.row, now),
            days: hours(&detail.hours, &detail.heard),
            gaps: detail.gaps.into_iter().map(GapView::from).collect(),
            sources: detail.sources.into_iter().map(SourceShare::from).collect(),
            spread: SpreadView::from(detail.spread),
            history: detail.history.into_iter().map(ActView::from).collect(),
        }
    }
}

fn hours(here: &[(Timestamp, u64)], all: &[(Timestamp, u64)]) -> Vec<HourCount> {
    let heard = |hour: Timestamp| {
        let place = all.binary_search_by_key(&hour, |(at, _)| *at);
        place.ok().and_then(|place| all.get(place)).map(|(_, count)| *count)
    };
    here.iter()
        .map(|(hour, count)| HourCount { hour: *hour, count: *count, heard: heard(*hour).unwrap_or(*count) })
        .collect()
}

impl From<vigie_store::Gap> for GapView {
    fn from(gap: vigie_store::Gap) -> Self {
        Self { source: gap.source, from: gap.from, until: gap.until }
    }
}

impl From<vigie_store::SourceShare> for SourceShare {
    fn from(row: vigie_store::SourceShare) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            kind: row.kind,
            count: row.count,
            first_at: row.first_recorded_at,
        }
    }
}

impl From<vigie_store::ActRow> for ActView {
    fn from(row: vigie_store::ActRow) -> Self {
        let mut args = BTreeMap::from([("detail".to_owned(), row.detail)]);
        if row.undone {
            args.insert("undone".to_owned(), "true".to_owned());
        }
        Self { seq: row.seq, at: row.recorded_at, by: row.by.map(Person::from), what: row.what, args }
    }
}
