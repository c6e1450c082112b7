//! What has just changed, told to every open screen.
//!
//! One task per process asks the views what changed, at once after a quiet moment and then four times a second,
//! however many screens are open; each screen keeps what its person may see. A screen gets at
//! most four messages in any second: what does not fit waits and is merged, one item per narrative, so a
//! queue never grows with the news. A screen that reads more slowly than the news comes is told
//! to fetch afresh and cut off; the others do not notice.

use crate::state::App;
use crate::view::admin::{HealthState, health_state};
use crate::view::note::NoteRow;
use crate::view::{clipped, words};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use tokio::sync::{Notify, broadcast, watch};
use tokio::time::{Duration, Instant};
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_model::{Compartments, Decision, SignalKind, Timestamp};
use vigie_store::{Absorbed, RoomLevel, StoreError, Views, Withdrawn};

/// Messages to one screen in any second.
const PER_SECOND_MAX: usize = 4;
const SECOND: Duration = Duration::from_secs(1);
/// Time between two looks at what changed. A little more than a quarter of a second: a screen that was held up once
/// catches up with the beat, where an equal one would leave it behind for good.
const TICK: Duration = Duration::from_millis(253);
/// The shortest time between two looks.
const TICK_MIN: Duration = Duration::from_millis(250);
/// A screen whose second is full waits for room this long after a look; if it takes longer, for the next look.
const PATIENCE: Duration = Duration::from_millis(60);
/// How long after its time a look is no longer expected.
const SLACK: Duration = Duration::from_millis(10);
/// Bytes of one item.
pub(crate) const ITEM_BYTES_MAX: usize = 400;
/// Narratives in one message, and waiting for one screen; more is a reset.
pub(crate) const ROWS_MAX: usize = 400;
/// Looks that a slow screen may lie behind before it is cut off.
const BEHIND_MAX: usize = 16;
/// Time between two looks at the health of sources.
const HEALTH: Duration = Duration::from_secs(5);
/// Time after a look that found nothing to tell.
const EMPTY: Duration = Duration::from_millis(10);

/// What changed about one narrative: enough to redraw its line, at most 400 bytes.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LiveRow {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// Signals in it.
    pub count: u64,
    /// When the site last heard of it.
    pub last: Timestamp,
    /// Signals recorded in the last hour.
    pub per_hour: u64,
    /// What people decided.
    #[schema(value_type = words::Decision)]
    pub state: Decision,
    /// Language of the earliest signal.
    pub lang: String,
    /// Kind of the earliest signal.
    #[schema(value_type = words::SignalKind)]
    pub kind: SignalKind,
    /// 0 to 1: where it stands in the queue.
    pub attention: f64,
    /// Who has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub assigned: Option<Uuid>,
    /// The start of its text, as much as fits; absent where it is restricted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub head: Option<String>,
}

/// Body of `event: rows`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LiveRows {
    /// Entries of the journal that the screen knows after this message.
    pub seq: u64,
    /// The narratives that changed.
    pub rows: Vec<LiveRow>,
    /// Narratives that went into others, and those that this person may read no longer: their lines leave the list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<LiveGone>,
}

/// A narrative that went into an older one, or out of this person's sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct LiveGone {
    /// The narrative that is no more.
    pub id: Uuid,
    /// Where its signals are now; absent where this person may read it no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub moved_to: Option<Uuid>,
}

/// Body of `event: note`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LiveNotes {
    /// Entries of the journal that the screen knows after this message.
    pub seq: u64,
    /// Lines of the duty log that are new, struck or corrected.
    pub notes: Vec<NoteRow>,
}

/// Body of `event: desk`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LiveDesk {
    /// Entries of the journal that the screen knows after this message.
    pub seq: u64,
    /// Records of the desk that are new or stand differently.
    pub changed: Vec<LiveRecord>,
    /// Records that this person may read no longer: they leave the screen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<LiveRecord>,
}

/// A record that changed: fetch it where it is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct LiveRecord {
    /// Its kind.
    pub kind: String,
    /// Identifier.
    pub id: Uuid,
}

/// Body of `event: link`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct LinkState {
    /// Whether the uplink works.
    pub up: bool,
    /// Since when; null where it never changed.
    pub since: Option<Timestamp>,
    /// How much room the site's disk has.
    pub room: Room,
}

/// How much room a disk has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Room {
    /// Enough.
    Plenty,
    /// Soon nothing can be taken in.
    Low,
    /// Nothing is taken in; people can still act.
    Full,
}

impl LinkState {
    /// How the site stands to what is around it.
    pub(crate) fn of(views: &Views, room: RoomLevel) -> Result<Self, StoreError> {
        let (up, since) = views.link()?;
        let room = match room {
            RoomLevel::Plenty => Room::Plenty,
            RoomLevel::Low => Room::Low,
            RoomLevel::Full => Room::Full,
        };
        Ok(Self { up, since, room })
    }
}

/// Body of `event: health`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LiveHealth {
    /// Sources whose state changed.
    pub sources: BTreeMap<String, HealthState>,
}

/// Body of `event: reset`: fetch the lists again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct LiveReset {
    /// Entries of the journal when this was said.
    pub seq: u64,
}

impl LiveRow {
    /// The item of `row`, its text cut so that the whole is at most [`ITEM_BYTES_MAX`] bytes of JSON.
    pub(crate) fn of(row: &vigie_store::NarrativeRow, now: Timestamp) -> Self {
        let mut item = Self {
            id: row.id.uuid(),
            code: clipped(&row.code, 24).0,
            count: row.count,
            last: row.last_recorded_at,
            per_hour: row.per_hour,
            state: row.state,
            lang: clipped(&row.lang, 16).0,
            kind: row.kind,
            attention: crate::view::narrative::Attention::of(row, now).value,
            assigned: row.assigned.as_ref().map(|person| person.id.uuid()),
            head: None,
        };
        let room = ITEM_BYTES_MAX.saturating_sub(json_bytes(&item) + r#","head":"""#.len());
        item.head = row.head.as_deref().map(|head| fitting(head, room));
        item
    }
}

fn json_bytes(value: &impl Serialize) -> usize {
    serde_json::to_string(value).map_or(usize::MAX, |text| text.len())
}

/// The start of `text` that takes at most `room` bytes in JSON.
fn fitting(text: &str, room: usize) -> String {
    const CUT: char = '…';
    let mut used = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        used += json_char_bytes(c);
        if used > room {
            return format!("{}{CUT}", text[..end].trim_end());
        }
        if used + CUT.len_utf8() <= room {
            end = at + c.len_utf8();
        }
    }
    text.to_owned()
}

fn json_char_bytes(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        c if (c as u32) < 0x20 => 6,
        c => c.len_utf8(),
    }
}

/// What one look at the views found.
#[derive(Debug, Default)]
pub(crate) struct Tick {
    pub seq: u64,
    pub rows: Vec<(Compartments, u64, LiveRow)>,
    pub gone: Vec<Absorbed>,
    pub notes: Vec<NoteRow>,
    pub desk: Vec<(Compartments, u64, LiveRecord)>,
    pub withdrawn: Vec<Withdrawn>,
    pub link: Option<LinkState>,
    pub health: Vec<(Compartments, String, HealthState)>,
    /// Too much changed to be told piece by piece.
    pub reset: bool,
}

impl Tick {
    fn is_empty(&self) -> bool {
        let lists =
            self.rows.is_empty() && self.gone.is_empty() && self.notes.is_empty() && self.health.is_empty();
        lists && self.desk.is_empty() && self.withdrawn.is_empty() && self.link.is_none() && !self.reset
    }

    /// Whether there is more of anything than is told piece by piece.
    pub(crate) fn is_too_much(&self, rows: usize) -> bool {
        [rows, self.gone.len(), self.desk.len(), self.withdrawn.len()].into_iter().any(|n| n > ROWS_MAX)
    }
}

/// Where screens listen.
pub(crate) struct Hub {
    ticks: broadcast::Sender<Arc<Tick>>,
    wake: Notify,
    /// Entries of the journal, as the store told after its last commit.
    size: AtomicU64,
    screens: AtomicUsize,
    /// Counts changes of rights: open screens ask again whether they may go on.
    rights: watch::Sender<u64>,
}

impl Hub {
    pub fn new() -> Self {
        Self {
            ticks: broadcast::Sender::new(BEHIND_MAX),
            wake: Notify::new(),
            size: AtomicU64::new(0),
            screens: AtomicUsize::new(0),
            rights: watch::Sender::new(0),
        }
    }

    /// The store has committed; the journal now has `size` entries.
    pub fn committed(&self, size: u64) {
        self.size.fetch_max(size, Ordering::AcqRel);
        self.wake.notify_one();
    }

    /// Somebody's rights changed.
    pub fn rights_changed(&self) {
        self.rights.send_modify(|n| *n = n.wrapping_add(1));
    }

    pub fn screens(&self) -> u64 {
        self.screens.load(Ordering::Relaxed) as u64
    }

    /// Opens a screen: it hears everything committed from now on.
    pub fn listen(self: &Arc<Self>) -> Listening {
        // Counted before anything is read, so that the next look is taken for this screen too.
        self.screens.fetch_add(1, Ordering::AcqRel);
        let ticks = self.ticks.subscribe();
        Listening { hub: Arc::clone(self), ticks, rights: self.rights.subscribe() }
    }
}

/// An open screen; closing it is dropping it.
pub(crate) struct Listening {
    hub: Arc<Hub>,
    pub ticks: broadcast::Receiver<Arc<Tick>>,
    pub rights: watch::Receiver<u64>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.hub.screens.fetch_sub(1, Ordering::AcqRel);
    }
}

/// What the last look knew.
#[derive(Default)]
struct Known {
    next: u64,
    link: Option<LinkState>,
    health: BTreeMap<String, HealthState>,
}

/// Looks and tells until the server closes.
pub(crate) async fn broadcast(app: App) {
    // What is so at the start is no news: screens are told of the link when they open.
    let (mut known, _) = tell(&app, Known { next: u64::MAX, ..Known::default() }, true).await;
    let mut due = Instant::now();
    let mut health_due = Instant::now() + HEALTH;
    loop {
        tokio::select! {
            () = app.hub.wake.notified() => {}
            () = tokio::time::sleep_until(health_due) => {}
            () = app.closed() => return,
        }
        tokio::time::sleep_until(due).await;
        let now = Instant::now();
        if app.hub.screens() == 0 {
            known.next = app.hub.size.load(Ordering::Acquire);
            health_due = now + HEALTH;
            due = now;
            continue;
        }
        let with_health = now >= health_due;
        if with_health {
            health_due = now + HEALTH;
        }
        let told;
        (known, told) = tell(&app, known, with_health).await;
        // An entry that changes no screen must not cost the next one a beat: a signal is told once it has been read.
        due = if told { beat(due, now) } else { now + EMPTY };
    }
}

/// When the next look is due: on the beat while looks follow each other, anew after a quiet moment.
fn beat(due: Instant, now: Instant) -> Instant {
    (due + TICK).max(now + TICK_MIN)
}

/// Looks and tells the screens; whether there was anything to tell.
async fn tell(app: &App, known: Known, with_health: bool) -> (Known, bool) {
    let next = known.next;
    match app.blocking(move |app| Ok(look(app, known, with_health))).await {
        Ok((known, Ok(tick))) => {
            let told = !tick.is_empty();
            if told {
                // Nobody listening is no fault.
                let _ = app.hub.ticks.send(Arc::new(tick));
            }
            (known, told)
        }
        Ok((known, Err(refusal))) => {
            tracing::warn!(id = refusal.id(), "live look failed");
            (known, true)
        }
        Err(_) => (Known { next, ..Known::default() }, true),
    }
}

fn look(app: &App, mut known: Known, with_health: bool) -> (Known, Result<Tick, crate::refusal::Refusal>) {
    let found = app.look(|views| {
        let now = app.now();
        // Read before the rows: what is committed in between is told twice rather than never.
        let seq = views.size()?;
        let mut tick = Tick { seq, ..Tick::default() };
        if known.next == u64::MAX {
            known.link = Some(LinkState::of(views, app.store.room())?);
        } else if seq > known.next {
            let everything = Compartments::from_bits(u32::MAX);
            let rows = views.changed_narratives(known.next, everything, now, ROWS_MAX as u32 + 1)?;
            tick.gone = views.absorbed_narratives(known.next, everything, ROWS_MAX as u32 + 1)?;
            tick.desk = desk_since(views, known.next)?;
            tick.withdrawn = views.withdrawn(known.next, ROWS_MAX as u32 + 1)?;
            tick.reset = tick.is_too_much(rows.len());
            if !tick.reset {
                let item =
                    |row: &vigie_store::NarrativeRow| (row.compartments, row.changed, LiveRow::of(row, now));
                tick.rows = rows.iter().map(item).collect();
                tick.notes = views.notes_since(known.next)?.into_iter().map(NoteRow::from).collect();
            }
        }
        if with_health || seq > known.next {
            tick.link = Some(LinkState::of(views, app.store.room())?);
        }
        if with_health {
            let state = |row: &vigie_store::SourceRow| {
                (row.entry.compartments, row.entry.id.to_string(), health_state(row, now))
            };
            tick.health = views.sources(now)?.iter().map(state).collect();
        }
        Ok(tick)
    });
    let found = found.map(|mut tick| {
        tick.link = tick.link.filter(|link| known.link != Some(*link));
        known.link = tick.link.or(known.link);
        tick.health.retain(|(_, id, state)| known.health.insert(id.clone(), *state) != Some(*state));
        known.next = tick.seq;
        tick
    });
    (known, found)
}

/// Records of the desk that changed at or after entry `since`, each with who may hear of it.
pub(crate) fn desk_since(
    views: &vigie_store::Views,
    since: u64,
) -> Result<Vec<(Compartments, u64, LiveRecord)>, crate::refusal::Refusal> {
    let everything = Compartments::from_bits(u32::MAX);
    let rows = views.desk_changed(since, everything, ROWS_MAX as u32 + 1)?.into_iter();
    let told = rows.map(|row| {
        let record = LiveRecord { kind: row.object.kind().to_owned(), id: row.object.uuid() };
        (row.compartments, row.changed, record)
    });
    Ok(told.collect())
}

/// What one person may hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ears {
    pub see: Compartments,
    pub rows: bool,
    pub notes: bool,
    /// Of which compartments of the desk: requests and the like are one, facts and messages another.
    pub desk: Compartments,
    pub health: bool,
    /// Answers for the register, so hears of every source, whatever it brings.
    pub every_source: bool,
}

/// One message to a screen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Message {
    pub event: &'static str,
    pub id: Option<u64>,
    pub data: String,
}

/// What waits for one screen, merged, with a bound.
#[derive(Debug)]
pub(crate) struct Waiting {
    ears: Ears,
    /// What the screen knew when it opened: older looks tell it nothing new.
    known: u64,
    seq: u64,
    rows: BTreeMap<Uuid, LiveRow>,
    gone: BTreeMap<Uuid, Option<Uuid>>,
    notes: BTreeMap<Uuid, NoteRow>,
    desk: BTreeSet<LiveRecord>,
    desk_gone: BTreeSet<LiveRecord>,
    link: Option<LinkState>,
    health: BTreeMap<String, HealthState>,
    reset: bool,
    /// The latest messages, oldest first, at most [`PER_SECOND_MAX`].
    sent: VecDeque<Instant>,
    looked: Option<Instant>,
}

impl Waiting {
    pub fn new(ears: Ears, known: u64) -> Self {
        Self {
            ears,
            known,
            seq: known,
            rows: BTreeMap::new(),
            gone: BTreeMap::new(),
            notes: BTreeMap::new(),
            desk: BTreeSet::new(),
            desk_gone: BTreeSet::new(),
            link: None,
            health: BTreeMap::new(),
            reset: false,
            sent: VecDeque::new(),
            looked: None,
        }
    }

    /// Takes in what a look found.
    pub fn take(&mut self, tick: &Tick, now: Instant) {
        self.looked = Some(now);
        self.seq = self.seq.max(tick.seq);
        if self.ears.rows {
            self.reset |= tick.reset;
            let news = tick
                .rows
                .iter()
                .filter(|(on, changed, _)| *changed >= self.known && on.visible_to(self.ears.see));
            self.rows.extend(news.map(|(_, _, row)| (row.id, row.clone())));
            let gone = tick
                .gone
                .iter()
                .filter(|one| one.changed >= self.known && one.compartments.visible_to(self.ears.see));
            for one in gone {
                self.rows.remove(&one.id.uuid());
                self.gone.insert(one.id.uuid(), Some(one.into.uuid()));
            }
        }
        if self.ears.notes {
            self.notes.extend(tick.notes.iter().map(|note| (note.id, note.clone())));
        }
        let heard = tick
            .desk
            .iter()
            .filter(|(on, changed, _)| *changed >= self.known && on.visible_to(self.ears.desk));
        self.desk.extend(heard.map(|(_, _, record)| record.clone()));
        if self.ears.desk.bits() != 0 {
            self.reset |= tick.reset;
        }
        let known = self.known;
        tick.withdrawn.iter().filter(|one| one.seq >= known).for_each(|one| self.withdraw(one));
        if self.ears.health {
            let mine =
                tick.health.iter().filter(|(on, ..)| self.ears.every_source || on.visible_to(self.ears.see));
            self.health.extend(mine.map(|(_, id, state)| (id.clone(), *state)));
        }
        self.link = tick.link.or(self.link);
        let most = self.rows.len().max(self.gone.len()).max(self.notes.len()).max(self.desk.len());
        let most = most.max(self.desk_gone.len());
        if most > ROWS_MAX {
            self.ask_for_reset();
        }
    }

    /// Says that the screen must fetch afresh; what waited is in what it will fetch.
    pub fn ask_for_reset(&mut self) {
        self.reset = true;
        self.rows.clear();
        self.gone.clear();
        self.notes.clear();
        self.desk.clear();
        self.desk_gone.clear();
    }

    /// What this person could read and now cannot leaves the screen; who never could hears nothing of it.
    fn withdraw(&mut self, one: &Withdrawn) {
        let lost = |sight: Compartments| one.before.visible_to(sight) && !one.after.visible_to(sight);
        if one.kind == "narrative" {
            if self.ears.rows && lost(self.ears.see) {
                self.rows.remove(&one.id);
                self.gone.insert(one.id, None);
            }
        } else if lost(self.ears.desk) {
            let record = LiveRecord { kind: one.kind.clone(), id: one.id };
            self.desk.remove(&record);
            self.desk_gone.insert(record);
        }
    }

    /// The screen has been told everything up to `seq`: looks that began before it tell nothing new.
    pub fn knows(&mut self, seq: u64) {
        self.known = self.known.max(seq);
    }

    /// The message that asks for everything afresh, whatever waits.
    pub fn reset_now(&mut self) -> Message {
        self.ask_for_reset();
        let seq = self.seq;
        let data = serde_json::to_string(&LiveReset { seq }).unwrap_or_default();
        Message { event: "reset", id: Some(seq), data }
    }

    /// When the next message may go; `None` where nothing waits.
    pub fn due(&self, now: Instant) -> Option<Instant> {
        let nothing =
            self.rows.is_empty() && self.gone.is_empty() && self.notes.is_empty() && self.health.is_empty();
        let desk = self.desk.is_empty() && self.desk_gone.is_empty();
        if nothing && desk && self.link.is_none() && !self.reset {
            return None;
        }
        let full = self.sent.len() == PER_SECOND_MAX;
        let room = self.sent.front().filter(|_| full).map_or(now, |first| *first + SECOND);
        if room <= now {
            return Some(now);
        }
        // Off the beat, everything after would be off the beat too and wait a quarter of a second for nothing.
        let looked = self.looked.unwrap_or(now);
        if room <= looked + PATIENCE { Some(room) } else { Some(room.max(looked + TICK + SLACK)) }
    }

    /// The next message: what matters most first.
    pub fn next(&mut self, now: Instant) -> Option<Message> {
        let message = self.pick()?;
        self.sent.push_back(now);
        if self.sent.len() > PER_SECOND_MAX {
            self.sent.pop_front();
        }
        Some(message)
    }

    fn pick(&mut self) -> Option<Message> {
        let seq = self.seq;
        if std::mem::take(&mut self.reset) {
            return message("reset", Some(seq), &LiveReset { seq });
        }
        if let Some(link) = self.link.take() {
            return message("link", None, &link);
        }
        if !self.notes.is_empty() {
            let notes = std::mem::take(&mut self.notes).into_values().collect();
            // Only rows carry the id to resume from: a note may overtake rows that still wait.
            return message("note", None, &LiveNotes { seq, notes });
        }
        if !self.desk.is_empty() || !self.desk_gone.is_empty() {
            let changed = std::mem::take(&mut self.desk).into_iter().collect();
            let gone = std::mem::take(&mut self.desk_gone).into_iter().collect();
            return message("desk", None, &LiveDesk { seq, changed, gone });
        }
        if !self.rows.is_empty() || !self.gone.is_empty() {
            let rows = std::mem::take(&mut self.rows).into_values().collect();
            let gone = std::mem::take(&mut self.gone).into_iter();
            let gone = gone.map(|(id, moved_to)| LiveGone { id, moved_to }).collect();
            return message("rows", Some(seq), &LiveRows { seq, rows, gone });
        }
        let sources = std::mem::take(&mut self.health);
        if sources.is_empty() { None } else { message("health", None, &LiveHealth { sources }) }
    }
}

fn message(event: &'static str, id: Option<u64>, body: &impl Serialize) -> Option<Message> {
    serde_json::to_string(body).ok().map(|data| Message { event, id, data })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::{Compartment, NarrativeId, SignalId, Trick, UserId};
    use vigie_store::Person;

    fn row(n: u8, head: &str) -> vigie_store::NarrativeRow {
        let at: Timestamp = "2026-11-22T05:30:00.123Z".parse().expect("time");
        let user = UserId::new(1_790_000_000_000, [9; 10]);
        vigie_store::NarrativeRow {
            id: NarrativeId::founded_by(SignalId::new(1_790_000_000_000, [n; 10])),
            code: "N-26-123456".to_owned(),
            head: Some(head.to_owned()),
            lang: "fr".to_owned(),
            kind: SignalKind::Liaison,
            count: 1_234_567,
            sources: vec![],
            source_count: 12,
            langs: vec!["fr".to_owned()],
            first_seen_at: Some(at),
            first_recorded_at: at,
            last_recorded_at: at,
            per_hour: 12_345,
            state: Decision::Dismissed,
            assigned: Some(Person { id: user, display: "Capt. A. Ndolo".to_owned() }),
            labels: vec!["puits".to_owned()],
            tricks: vec![Trick::SplitWords],
            changed: 1_234_567,
            media: true,
            place: Some("Bémori".to_owned()),
            compartments: Compartments::of(&[Compartment::Operations]),
            heard_per_hour: 1_234_567,
            silent: 12,
            marks: vigie_store::FindingMarks { together: 1_234, topic: true },
        }
    }

    fn everything() -> Ears {
        Ears {
            see: Compartments::of(Compartment::ALL),
            rows: true,
            notes: true,
            desk: Compartments::of(Compartment::ALL),
            health: true,
            every_source: false,
        }
    }

    fn tick(rows: impl IntoIterator<Item = vigie_store::NarrativeRow>) -> Tick {
        let now = "2026-11-22T06:00:00Z".parse().expect("time");
        let rows = rows.into_iter().map(|r| (r.compartments, r.changed, LiveRow::of(&r, now))).collect();
        Tick { seq: 2_000_000, rows, ..Tick::default() }
    }

    #[test]
    fn an_item_is_at_most_400_bytes_in_any_script() {
        let heads = [
            "Le convoi de Kassodé aurait été vu près du marché. ".repeat(6),
            "قالت الناس إن القافلة مرت من السوق ".repeat(8),
            "𞤐𞤣𞤭𞤴𞤢𞤥 ".repeat(40),
            "\"\\\u{1}\n".repeat(70),
            String::new(),
        ];
        for head in heads {
            let head: String = head.chars().take(280).collect();
            let item = serde_json::to_string(&tick([row(1, &head)]).rows[0].2).expect("json");
            assert!(item.len() <= ITEM_BYTES_MAX, "{} bytes: {item}", item.len());
            let kept = item.contains("\"head\":\"");
            assert!(kept, "{item}");
        }
    }

    #[test]
    fn a_short_head_is_whole_and_a_long_one_says_that_it_goes_on() {
        assert_eq!(fitting("marché", 7), "marché");
        assert_eq!(fitting("marché", 6), "mar…");
        assert_eq!(fitting("\"\"", 4), "\"\"");
        assert_eq!(fitting("", 0), "");
    }

    #[test]
    fn one_narrative_is_one_item_however_often_it_changed() {
        let mut waiting = Waiting::new(everything(), 0);
        for _ in 0..50 {
            waiting.take(&tick([row(1, "a"), row(2, "b")]), Instant::now());
        }
        let message = waiting.next(Instant::now()).expect("rows");
        assert_eq!((message.event, message.data.matches("\"id\"").count()), ("rows", 2));
        assert_eq!(waiting.due(Instant::now()), None);
    }

    #[test]
    fn a_screen_gets_at_most_four_messages_in_any_second() {
        let mut waiting = Waiting::new(everything(), 0);
        let start = Instant::now();
        let mut sent = Vec::new();
        for ms in 0..5_000 {
            let now = start + Duration::from_millis(ms);
            waiting.take(&tick([row((ms % 200) as u8, "a")]), now);
            if waiting.due(now).is_some_and(|due| due <= now) {
                waiting.next(now).expect("something waits");
                sent.push(ms);
            }
        }
        for window in sent.windows(PER_SECOND_MAX + 1) {
            assert!(window[PER_SECOND_MAX] - window[0] >= 1_000, "{window:?}");
        }
        assert!(sent.len() >= 19, "and it does get them: {}", sent.len());
    }

    /// Plays looks at `busy` for ten seconds, each with one more narrative, and other messages at `others`; gives the
    /// milliseconds that each look's rows waited.
    fn waits_ms(late_ms: impl Fn(u64) -> u64, others: &[u64]) -> Vec<u64> {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let ms = |at: Instant| (at - start).as_millis() as u64;
        let mut waiting = Waiting::new(everything(), 0);
        let (mut due, mut looks, mut unsent, mut waits) = (start, 0, Vec::new(), Vec::new());
        for now_ms in 0..10_000 {
            let now = at(now_ms);
            if others.contains(&now_ms) {
                waiting.link = Some(LinkState { up: true, since: None, room: Room::Plenty });
            }
            if ms(due) + late_ms(looks) <= now_ms {
                waiting.take(&tick([row(1, "a")]), now);
                unsent.push(now_ms);
                due = beat(due, now);
                looks += 1;
            }
            // A timer wakes a millisecond late.
            if waiting.due(now).is_some_and(|at| at < now || at == now && unsent.last() == Some(&now_ms)) {
                let message = waiting.next(now).expect("something waits");
                if message.event == "rows" {
                    waits.extend(unsent.drain(..).map(|looked_ms| now_ms - looked_ms));
                }
            }
        }
        assert!(looks >= 38, "the beat is kept: {looks}");
        waits
    }

    #[test]
    fn news_is_told_on_the_beat() {
        let waits = waits_ms(|_| 1, &[]);
        assert!(waits.iter().all(|wait| *wait <= 2), "{waits:?}");
    }

    #[test]
    fn another_message_costs_one_beat_and_no_more() {
        let waits = waits_ms(|_| 1, &[3, 2_100, 5_000]);
        let slow = waits.iter().filter(|wait| **wait > 2).count();
        assert!(slow <= 3 && waits.iter().all(|wait| *wait <= 270), "{waits:?}");
    }

    #[test]
    fn a_busy_moment_passes() {
        let waits = waits_ms(|look| if look == 10 { 120 } else { look % 3 }, &[]);
        let slow = waits.iter().filter(|wait| **wait > 15).count();
        assert!(slow <= 3, "{waits:?}");
    }

    #[test]
    fn f17_what_waits_for_a_slow_screen_has_a_bound() {
        let mut waiting = Waiting::new(everything(), 0);
        for n in 0..40_000_u32 {
            let mut other = row(0, "a");
            other.id = NarrativeId::founded_by(SignalId::new(i64::from(n), [1; 10]));
            waiting.take(&tick([other]), Instant::now());
            assert!(waiting.rows.len() <= ROWS_MAX);
        }
        assert_eq!(waiting.next(Instant::now()).expect("told").event, "reset");
    }

    #[test]
    fn f50_a_restricted_narrative_is_not_heard_of() {
        let ears = Ears { see: Compartments::of(&[Compartment::Operations]), ..everything() };
        let mut waiting = Waiting::new(ears, 0);
        let mut restricted = row(1, "a");
        restricted.compartments = Compartments::of(&[Compartment::Operations, Compartment::Crsv]);
        waiting.take(&tick([restricted]), Instant::now());
        assert_eq!(waiting.due(Instant::now()), None, "no message, not even an empty one");
    }

    #[test]
    fn a_role_without_the_queue_hears_no_rows() {
        let mut waiting =
            Waiting::new(Ears { rows: false, desk: Compartments::default(), ..everything() }, 0);
        waiting.take(&Tick { reset: true, ..tick([row(1, "a")]) }, Instant::now());
        assert_eq!(waiting.due(Instant::now()), None);
    }

    #[test]
    fn what_a_screen_already_knows_is_not_told_again() {
        let mut waiting = Waiting::new(everything(), 1_234_568);
        waiting.take(&tick([row(1, "a")]), Instant::now());
        assert_eq!(waiting.due(Instant::now()), None);
    }
}
