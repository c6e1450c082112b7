//! Notices much reading in a short time, for whoever watches over personal data.
//!
//! It follows what the journal says of readings, refusals and copies, by its cursor; what it notices is an entry, with the
//! number that led to it and the rule. It stops nobody: what it was is for a person to find out.

use std::collections::BTreeSet;
use vigie_desk::readings::{self, Access};
use vigie_model::{Actor, Event, Kind, ReadingNoticed, ReadingRule, Timestamp, UserId};
use vigie_store::{AccessKind, AccessRow, Draft, Store, StoreError, Views};

/// Name of the engine in the journal.
const ENGINE: &str = "readings";
const VERSION: &str = "1";
/// Entries looked through in one step.
const STEP: u32 = 2_000;
/// Accesses of one person that are counted at most.
const COUNTED_MAX: u32 = 20_000;
const FOLLOWED: [Kind; 5] =
    [Kind::AccessRead, Kind::AccessDenied, Kind::CopyTaken, Kind::ExportMade, Kind::NarrativeShared];

/// The engine with its place in the journal.
#[derive(Debug)]
pub struct Noticing {
    next: u64,
}

impl Noticing {
    /// Takes the cursor up.
    pub fn resume(store: &Store) -> Result<Self, StoreError> {
        Ok(Self { next: store.cursor(ENGINE)? })
    }

    /// Looks through what is new; `false` where there was nothing.
    pub fn step(&mut self, store: &Store) -> Result<bool, StoreError> {
        let batch = store.entries_from(self.next, STEP, &FOLLOWED)?;
        if batch.next == self.next {
            return Ok(false);
        }
        let mut people: BTreeSet<UserId> = BTreeSet::new();
        let mut drafts = Vec::new();
        for (entry, _) in batch.entries.iter().rev() {
            let Some(person) = entry.actor.human() else { continue };
            // The latest entry of each counts all that came before it.
            if people.insert(person) {
                drafts.extend(drafts_of(store, person, entry.recorded_at, entry.seq)?);
            }
        }
        if !batch.entries.is_empty() {
            store.commit_engine(ENGINE, VERSION, batch.next, drafts)?;
        }
        self.next = batch.next;
        Ok(true)
    }
}

fn drafts_of(store: &Store, person: UserId, now: Timestamp, seq: u64) -> Result<Vec<Draft>, StoreError> {
    let found = store.read(|views| noticed(views, person, now))?;
    let model = Actor::Model { name: ENGINE.to_owned(), version: VERSION.to_owned() };
    let draft = |one| Draft::new(model.clone(), Event::ReadingNoticed(one)).caused_by(seq);
    Ok(found.into_iter().map(draft).collect())
}

fn noticed(views: &Views, person: UserId, now: Timestamp) -> Result<Vec<ReadingNoticed>, StoreError> {
    let since = |hours| now - jiff::SignedDuration::from_hours(hours);
    let rows = views.readings_since(&Actor::Human(person), since(readings::WINDOW_MIN / 60), COUNTED_MAX)?;
    let accesses: Vec<Access<'_>> = rows.iter().map(access).collect();
    let lately = views.noticed_of(person, since(readings::QUIET_H))?;
    Ok(readings::noticed(person, &accesses, &lately, now))
}

fn access(row: &AccessRow) -> Access<'_> {
    let rule = match row.kind {
        AccessKind::Denied => ReadingRule::ManyDenied,
        AccessKind::Exported | AccessKind::Shared => ReadingRule::ManyTaken,
        AccessKind::Read if row.object.starts_with("audit:") => ReadingRule::ManyAsked,
        AccessKind::Read => ReadingRule::ManyRead,
    };
    Access { at: row.recorded_at, rule, object: &row.object, seq: row.seq }
}
