//! Sources, people and the journal as administrators see them.

use super::words;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_gateways::feed::Memory;
use vigie_gateways::health::{Account, Counts, Health, State};
use vigie_model::{
    Affiliation, Compartment, Component, Connector, Level, Reason, Role, SignalKind, SourceEntry, Timestamp,
};
use vigie_store::SourceMeter;
use vigie_words::{Lang, fault, reason};

/// A source and its line in the purpose register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SourceEntryView {
    /// Identifier: 2 to 48 lower-case letters, digits and hyphens, starting with a letter.
    pub id: String,
    /// Name shown to people.
    pub name: String,
    /// What its signals are, unless a signal says otherwise.
    #[schema(value_type = words::SignalKind)]
    pub kind: SignalKind,
    /// How they arrive.
    #[schema(value_type = words::Connector)]
    pub connector: Connector,
    /// Address of a feed.
    #[serde(default)]
    pub url: Option<String>,
    /// Why the mission reads it.
    #[serde(default)]
    pub purpose: String,
    /// What entitles the mission to read it.
    #[serde(default)]
    pub basis: String,
    /// The function that answers for it.
    #[serde(default)]
    pub owner: String,
    /// Days after which its signals expire.
    #[serde(default)]
    pub retention_days: u32,
    /// Licence or terms of use.
    #[serde(default)]
    pub licence: Option<String>,
    /// Languages it is known to use, BCP 47.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Who may see its signals.
    #[serde(default = "everyday")]
    #[schema(value_type = Vec<words::Compartment>)]
    pub compartments: Vec<Compartment>,
    /// Seconds between two polls of a feed.
    #[serde(default)]
    pub poll_s: Option<u32>,
    /// Private addresses (`host:port`) that an administrator has allowed for this source.
    #[serde(default)]
    pub allow_private: Vec<String>,
    /// IANA zone in which the source writes times that carry none.
    #[serde(default)]
    pub zone: Option<String>,
}

fn everyday() -> Vec<Compartment> {
    vec![Compartment::Operations]
}

impl From<SourceEntry> for SourceEntryView {
    fn from(entry: SourceEntry) -> Self {
        Self {
            id: entry.id.into(),
            name: entry.name,
            kind: entry.kind,
            connector: entry.connector,
            url: entry.url,
            purpose: entry.purpose,
            basis: entry.basis,
            owner: entry.owner,
            retention_days: entry.retention_days,
            licence: entry.licence,
            languages: entry.languages,
            compartments: entry.compartments.into(),
            poll_s: entry.poll_s,
            allow_private: entry.allow_private,
            zone: entry.zone,
        }
    }
}

impl TryFrom<SourceEntryView> for SourceEntry {
    type Error = vigie_model::IdError;
    fn try_from(view: SourceEntryView) -> Result<Self, Self::Error> {
        Ok(Self {
            id: view.id.parse()?,
            name: view.name,
            kind: view.kind,
            connector: view.connector,
            url: view.url,
            purpose: view.purpose,
            basis: view.basis,
            owner: view.owner,
            retention_days: view.retention_days,
            licence: view.licence,
            languages: view.languages,
            compartments: view.compartments.into(),
            poll_s: view.poll_s,
            allow_private: view.allow_private,
            zone: view.zone,
        })
    }
}

/// A source with its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceRow {
    /// The register entry.
    #[serde(flatten)]
    pub entry: SourceEntryView,
    /// Paused by a person.
    pub paused: bool,
    /// What it has brought lately.
    pub health: SourceHealth,
}

/// Every source that the asker may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceList {
    /// By name.
    pub items: Vec<SourceRow>,
}

/// How a source is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthState {
    /// Signals arrive.
    Ok,
    /// Connected, but nothing was accepted lately.
    Silent,
    /// Connected, but what it sends is refused.
    Refusing,
    /// It cannot be reached.
    Failing,
    /// Paused by a person.
    Paused,
    /// Nothing has ever arrived.
    Never,
}

/// What a source has brought lately, with one sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceHealth {
    /// How it is doing.
    pub state: HealthState,
    /// Last signal accepted.
    pub last_accepted_at: Option<Timestamp>,
    /// Signals accepted in the last 24 h.
    pub accepted_24h: u64,
    /// Messages refused in the last 24 h.
    pub refused_24h: u64,
    /// Messages that came again.
    pub repeated: u64,
    /// Last refusal, in the reader's language.
    pub last_refusal: Option<String>,
    /// Last failure to connect, in one sentence of the connector.
    pub last_error: Option<String>,
    /// All this in one sentence.
    pub sentence: String,
}

/// The record of a source's deliveries: what its gateway kept, else what its counters tell.
pub(crate) fn health_of(row: &vigie_store::SourceRow, now: Timestamp) -> Health {
    let kept = row.meter.validators.as_deref().and_then(|text| serde_json::from_str::<Memory>(text).ok());
    let mut health = kept.map_or_else(|| counted(&row.meter, now), |memory| memory.health);
    health.pause(now, row.paused);
    health
}

/// A file or a person delivers without a gateway that would keep a record.
fn counted(meter: &SourceMeter, now: Timestamp) -> Health {
    let mut health = Health::new(meter.last_accepted_at.unwrap_or(now));
    if let Some(at) = meter.last_accepted_at {
        let counts = Counts { accepted: meter.accepted_24h.max(1), ..Counts::default() };
        health.delivered(at, counts, None);
    }
    health
}

/// How a source is doing at `now`.
pub(crate) fn health_state(row: &vigie_store::SourceRow, now: Timestamp) -> HealthState {
    match health_of(row, now).state(now) {
        State::Never => HealthState::Never,
        State::Ok => HealthState::Ok,
        // A file is read once and a person writes when there is something: their silence is no fault.
        State::Silent
            if matches!(row.entry.connector, Connector::File | Connector::Hand | Connector::Form) =>
        {
            HealthState::Ok
        }
        State::Silent => HealthState::Silent,
        State::Refusing => HealthState::Refusing,
        State::Failing => HealthState::Failing,
        State::Paused => HealthState::Paused,
    }
}

impl SourceRow {
    /// The source as shown at `now` in `lang`.
    pub(crate) fn of(row: vigie_store::SourceRow, now: Timestamp, lang: Lang) -> Self {
        let state = health_state(&row, now);
        let health = health_of(&row, now);
        let sentence = match (state, row.entry.connector) {
            (HealthState::Ok, Connector::File | Connector::Hand | Connector::Form) => {
                ok_sentence(&row.meter, lang)
            }
            _ => sentence(&health.account(now), lang),
        };
        Self {
            paused: row.paused,
            health: SourceHealth {
                state,
                last_accepted_at: row.meter.last_accepted_at,
                accepted_24h: row.meter.accepted_24h,
                refused_24h: health.last_day(now).refused,
                repeated: row.meter.repeated,
                last_refusal: health.last_refusal().map(|why| fault(lang, why)),
                last_error: health.last_error().map(|why| fault(lang, why)),
                sentence,
            },
            entry: row.entry.into(),
        }
    }
}

fn sentence(account: &Account, lang: Lang) -> String {
    let told = reason(lang, &account.reason);
    match &account.because {
        Some(why) => format!("{told} {}", fault(lang, why)),
        None => told,
    }
}

fn ok_sentence(meter: &SourceMeter, lang: Lang) -> String {
    reason(lang, &Reason::new("health-ok").with("accepted", meter.accepted_24h))
}

/// One grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GrantView {
    /// In which role.
    #[schema(value_type = words::Role)]
    pub role: Role,
    /// Belonging to whom.
    #[schema(value_type = words::Affiliation)]
    pub affiliation: Affiliation,
    /// For which compartment.
    #[schema(value_type = words::Compartment)]
    pub compartment: Compartment,
    /// How far.
    #[schema(value_type = words::Level)]
    pub level: Level,
    /// Until when; null is until revoked.
    pub until: Option<Timestamp>,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UserRow {
    /// Identifier.
    pub id: Uuid,
    /// Sign-in name.
    pub name: String,
    /// Name shown to colleagues.
    pub display: String,
    /// Preferred language.
    pub lang: String,
    /// Component.
    #[schema(value_type = Option<words::Component>)]
    pub component: Option<Component>,
    /// Its grants; empty where the asker may not see access.
    pub grants: Vec<GrantView>,
}

/// Every account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UserList {
    /// By name.
    pub items: Vec<UserRow>,
}

impl UserRow {
    pub(crate) fn of(row: vigie_store::UserRow, with_grants: bool) -> Self {
        let grants = if with_grants { row.grants } else { Vec::new() };
        Self {
            id: row.user.id.uuid(),
            name: row.user.name,
            display: row.user.display,
            lang: row.user.lang,
            component: row.user.component,
            grants: grants.into_iter().map(GrantView::from).collect(),
        }
    }
}

impl From<vigie_model::Grant> for GrantView {
    fn from(grant: vigie_model::Grant) -> Self {
        let vigie_model::Grant { role, affiliation, compartment, level, until, .. } = grant;
        Self { role, affiliation, compartment, level, until }
    }
}

/// The journal as an administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JournalView {
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
    /// The full-text index.
    pub index: Progress,
    /// Engines and how far each has read.
    pub engines: Vec<EngineView>,
    /// Room taken.
    pub disk: DiskView,
    /// What went wrong since the process started.
    pub process: ProcessView,
    /// Generations of the journal, the first one first.
    pub generations: Vec<GenerationView>,
}

/// A generation of the journal: a restored site goes on in a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GenerationView {
    /// From 0.
    pub number: u32,
    /// Its first entry.
    pub seq: u64,
    /// When it was opened.
    pub at: Timestamp,
    /// Why, where it is not the first.
    pub reason: Option<String>,
}

/// How far something has read the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Progress {
    /// The next entry it reads.
    pub seq: u64,
    /// Entries it has yet to read.
    pub lag: u64,
}

/// An engine and how far it has read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EngineView {
    /// Short name.
    pub name: String,
    /// Version.
    pub version: String,
    /// The next entry it reads.
    pub seq: u64,
    /// Entries it has yet to read.
    pub lag: u64,
}

/// Room taken on disk.
#[expect(clippy::struct_field_names, reason = "the unit ends each name, as everywhere")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct DiskView {
    /// Bytes of `store.db`.
    pub store_bytes: u64,
    /// Bytes of `keys.db`.
    pub keys_bytes: u64,
    /// Bytes of files.
    pub blobs_bytes: u64,
    /// Bytes that can still be written; null where that cannot be told.
    pub free_bytes: Option<u64>,
    /// Bytes held in reserve for people to act.
    pub reserve_bytes: u64,
}

/// Counts of this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProcessView {
    /// Requests that failed by a fault of ours and took no other with them.
    pub panics: u64,
    /// Screens cut off because they read too slowly.
    pub cut_off: u64,
    /// Screens open now.
    pub screens: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::{At, Compartments, Fault, SourceId};

    fn source(connector: Connector, meter: SourceMeter, paused: bool) -> vigie_store::SourceRow {
        let id: SourceId = "radio-birao".parse().expect("a source id");
        let entry = SourceEntry {
            id,
            name: "Radio Birao".to_owned(),
            kind: SignalKind::Radio,
            connector,
            url: None,
            purpose: "hear what is said".to_owned(),
            basis: "mandate".to_owned(),
            owner: "JOC".to_owned(),
            retention_days: 90,
            licence: None,
            languages: vec![],
            compartments: Compartments::of(&[Compartment::Operations]),
            poll_s: None,
            allow_private: vec![],
            zone: None,
        };
        vigie_store::SourceRow { entry, paused, meter }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second).expect("in range")
    }

    fn kept(health: Health) -> SourceMeter {
        let memory = Memory { health, ..Memory::new(at(0)) };
        let text = serde_json::to_string(&memory).expect("json");
        SourceMeter { validators: Some(text), last_contact_at: Some(at(10)), ..SourceMeter::default() }
    }

    #[test]
    fn f13_connected_but_nothing_accepted_is_a_fault_with_its_last_refusal() {
        let mut health = Health::new(at(0));
        let why = Fault::new(At::Whole, "server-too-large");
        health.delivered(at(10), Counts { refused: 4, ..Counts::default() }, Some(&why));
        let row = SourceRow::of(source(Connector::Intake, kept(health), false), at(400), Lang::En);
        assert_eq!((row.health.state, row.health.refused_24h), (HealthState::Refusing, 4));
        assert!(row.health.sentence.contains("0 accepted") && row.health.sentence.contains("VG-SERVER-005"));
    }

    #[test]
    fn a_pause_goes_before_everything() {
        let mut health = Health::new(at(0));
        health.failed(at(5), Fault::new(At::Whole, "server-too-slow"));
        assert_eq!(
            health_state(&source(Connector::Feed, kept(health.clone()), false), at(9)),
            HealthState::Failing
        );
        assert_eq!(health_state(&source(Connector::Feed, kept(health), true), at(9)), HealthState::Paused);
    }

    #[test]
    fn a_file_that_was_read_long_ago_is_no_fault() {
        let meter = SourceMeter { last_accepted_at: Some(at(0)), accepted: 9, ..SourceMeter::default() };
        assert_eq!(
            health_state(&source(Connector::File, meter.clone(), false), at(900_000)),
            HealthState::Ok
        );
        assert_eq!(health_state(&source(Connector::Intake, meter, false), at(900_000)), HealthState::Silent);
        assert_eq!(
            health_state(&source(Connector::Hand, SourceMeter::default(), false), at(9)),
            HealthState::Never
        );
    }
}
