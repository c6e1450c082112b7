//! `vigie source`: the purpose register at the console.

use crate::cli::{Source, SourceAdd, SourceCommand};
use crate::config::Config;
use crate::say::{DONE, Failure, Say, TOLD};
use serde_json::json;
use vigie_model::{
    Actor, Compartment, Compartments, Connector, Event, SignalKind, SourceEntry, SourceFault, SourceId,
    SourceKeyIssued,
};
use vigie_store::{Draft, SourceRow, Store};

/// Runs the command.
pub fn run(args: &Source, config: &Config, say: &Say) -> Result<u8, Failure> {
    let store = config.open_at_console()?;
    match &args.command {
        SourceCommand::Add(args) => add(&store, args, say),
        SourceCommand::List => list(&store, say),
        SourceCommand::Test { id } => test(&store, id, say),
        SourceCommand::Key { id } => key(&store, id, say),
    }
}

/// The catalogue message of a register fault.
pub const fn fault_id(fault: SourceFault) -> &'static str {
    match fault {
        SourceFault::NoPurpose => "source-no-purpose",
        SourceFault::NoBasis => "source-no-basis",
        SourceFault::NoOwner => "source-no-owner",
        SourceFault::NoRetention => "source-no-retention",
        SourceFault::NoAddress => "source-no-address",
        SourceFault::BadAddress => "source-bad-address",
        SourceFault::BadZone => "source-bad-zone",
        SourceFault::NoCompartment => "source-no-compartment",
    }
}

fn word<T>(text: &str, what: &str, read: fn(&str) -> Option<T>) -> Result<T, Failure> {
    read(text).ok_or_else(|| Failure::told("word-unknown").with("what", what).with("word", text))
}

fn source_id(text: &str) -> Result<SourceId, Failure> {
    text.parse().map_err(|_| Failure::told("source-bad-name").with("name", text))
}

fn add(store: &Store, args: &SourceAdd, say: &Say) -> Result<u8, Failure> {
    let compartments = args
        .compartments
        .iter()
        .map(|text| word(text, "compartment", Compartment::from_word))
        .collect::<Result<Vec<_>, _>>()?;
    let entry = SourceEntry {
        id: source_id(&args.id)?,
        name: args.name.clone().unwrap_or_else(|| args.id.clone()),
        kind: word(&args.kind, "kind", SignalKind::from_word)?,
        connector: word(&args.connector, "connector", Connector::from_word)?,
        url: args.url.clone(),
        purpose: args.purpose.clone(),
        basis: args.basis.clone(),
        owner: args.owner.clone(),
        retention_days: args.retention_days,
        licence: args.licence.clone(),
        languages: args.languages.clone(),
        compartments: Compartments::of(&compartments),
        poll_s: args.poll_s,
        allow_private: args.allow_private.clone(),
        zone: args.zone.clone(),
    };
    entry.check().map_err(|fault| Failure::told(fault_id(fault)))?;
    let id = entry.id.clone();
    let known = store.read(|views| views.source(&id, store.now()))?.is_some();
    // A changed entry keeps its key: whoever posts to it is not shut out by a new wording.
    let intake = matches!(entry.connector, Connector::Intake | Connector::Sms) && !known;
    store.commit(vec![Draft::new(Actor::Console, Event::SourceRegistered(entry))])?;
    let key = if intake { Some(issue(store, &id)?) } else { None };
    say.answer(&json!({"source": id, "key": key}), || {
        let mut lines = vec![say.text("source-added", &[("name", id.as_str().into())])];
        if let Some(key) = &key {
            lines.push(say.text("source-key", &[("name", id.as_str().into()), ("key", key.as_str().into())]));
        }
        lines
    })?;
    Ok(DONE)
}

/// A fresh intake key: 256 random bits, of which the site keeps the hash only.
fn issue(store: &Store, id: &SourceId) -> Result<String, Failure> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(Failure::ours)?;
    let key = hex::encode(secret);
    store.set_intake_key(id, &vigie_evidence::sha256(key.as_bytes()))?;
    let issued = SourceKeyIssued { source: id.clone() };
    store.commit(vec![Draft::new(Actor::Console, Event::SourceKeyIssued(issued))])?;
    Ok(key)
}

fn row(store: &Store, id: &SourceId) -> Result<SourceRow, Failure> {
    let found = store.read(|views| views.source(id, store.now()))?;
    found.ok_or_else(|| Failure::told("source-unknown").with("name", id))
}

fn key(store: &Store, id: &str, say: &Say) -> Result<u8, Failure> {
    let id = source_id(id)?;
    row(store, &id)?;
    let key = issue(store, &id)?;
    say.answer(&json!({"source": id, "key": key}), || {
        vec![say.text("source-key", &[("name", id.as_str().into()), ("key", key.as_str().into())])]
    })?;
    Ok(DONE)
}

fn list(store: &Store, say: &Say) -> Result<u8, Failure> {
    let rows = store.read(|views| views.sources(store.now()))?;
    say.answer(&rows, || {
        if rows.is_empty() {
            return vec![say.text("source-none", &[])];
        }
        rows.iter().map(|row| line(row, say)).collect()
    })?;
    Ok(DONE)
}

fn line(row: &SourceRow, say: &Say) -> String {
    let id = row.entry.id.as_str();
    let last = row.meter.last_accepted_at.map_or_else(|| "—".to_owned(), vigie_model::dtg);
    say.text(
        "source-line",
        &[
            ("name", id.into()),
            ("connector", say.text(&format!("connector-{}", row.entry.connector), &[]).as_str().into()),
            ("accepted", row.meter.accepted.into()),
            ("repeated", row.meter.repeated.into()),
            ("refused", row.meter.refused.into()),
            ("last", last.as_str().into()),
            ("owner", row.entry.owner.as_str().into()),
            ("days", u64::from(row.entry.retention_days).into()),
        ],
    )
}

fn test(store: &Store, id: &str, say: &Say) -> Result<u8, Failure> {
    let row = row(store, &source_id(id)?)?;
    if row.entry.connector != Connector::Feed {
        return Err(Failure::told("source-not-a-feed").with("name", id));
    }
    let report = crate::feeds::try_once(&row.entry)?;
    say.answer(&report, || report.lines(say))?;
    Ok(if report.worked() { DONE } else { TOLD })
}
