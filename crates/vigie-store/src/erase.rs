//! Erasing for good: keys and salts destroyed, content and what was derived from it gone from every file of the site.
//!
//! The tombstone comes first, in one transaction with the removal from payloads and views; then the keys go, the logs of
//! both databases are emptied, the files and the index follow. A site that goes down in between finishes when it is
//! opened again: `keys.db` remembers how far it has come. The entries stay, the tree stays, old proofs verify.
//!
//! Not reached: backups made before (their keys are to be replaced), what was handed over, and the free blocks of the
//! disk, for which the disk has to be encrypted.

use crate::backup::blob_of;
use crate::codec::{at, attachment_id, json, maybe_at, maybe_user_id, ms, narrative_id};
use crate::error::{Refused, StoreError};
use crate::store::Store;
use crate::views::Views;
use crate::writer::Draft;
use aho_corasick::AhoCorasick;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;
use vigie_desk::keeping::{self, Asked};
use vigie_evidence::leaf;
use vigie_model::{
    Actor, AttachmentId, ContentErased, Erasable, ErasedWhy, ErasureAsked, ErasureId, ErasureRefused, Event,
    KeepId, KeepLifted, KeepPlaced, NarrativeId, Object, SourceId, Timestamp, UserId,
};

/// Days without a run after which retention waits for a word: a clock that is a year ahead would erase everything.
const TRUSTED_DAYS: i64 = 7;
/// Days that a file may wait for a signal that names it: a form that was closed, or a signal that was refused.
const UNNAMED_DAYS: i64 = 7;
/// Signals in one tombstone at most.
const BATCH: u32 = 120;
/// How often the logs are tried to be emptied while somebody reads.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(50);
/// Bytes of a piece of erased text that is looked for afterwards.
const PROBE_BYTES: usize = 24;
/// Pieces that are looked for after one run; of a larger one, the first.
const PROBES_MAX: usize = 20_000;
/// Bytes of a database that is written anew at most: it is built in memory, and nobody writes meanwhile.
const VACUUM_BYTES_MAX: u64 = 1 << 30;
const DAY_MS: i64 = 86_400_000;

/// What an erasure did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// The tombstones.
    pub tombstones: Vec<u64>,
    /// Signals, log lines, contacts, and files that were named or that no signal named.
    pub objects: u64,
    /// Entries whose content is gone, what was derived included.
    pub entries: u64,
    /// Signals that had expired and are kept.
    pub kept: u64,
    /// Files in which a piece of the erased text was found afterwards: none, or there is something to look into.
    pub remnants: Vec<String>,
    /// Somebody is reading an older state: keys and contents are gone, what the logs hold of them goes when that ends.
    /// Nothing was looked for yet.
    pub waiting: bool,
}

/// A request to erase, as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct ErasureRow {
    /// What was asked.
    pub asked: ErasureAsked,
    /// Its entry.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who asked.
    pub by: Option<UserId>,
    /// `asked`, `refused` or `done`.
    pub state: String,
    /// Who decided, and when.
    pub decided: Option<(Option<UserId>, Timestamp)>,
}

/// A keep, as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct KeepRow {
    /// What was said.
    pub placed: KeepPlaced,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Option<UserId>,
    /// When it was lifted.
    pub lifted: Option<Timestamp>,
}

/// What is about to be erased.
#[derive(Debug, Default)]
struct Chosen {
    /// Every entry.
    seqs: Vec<u64>,
    /// The signals among them.
    signals: BTreeMap<SourceId, Vec<u64>>,
    /// The files that those carry.
    files: BTreeSet<AttachmentId>,
    objects: u64,
    kept: u64,
    stories: Vec<NarrativeId>,
}

impl Chosen {
    fn event(
        mut self,
        why: ErasedWhy,
        erasure: Option<ErasureId>,
        before: Option<Timestamp>,
    ) -> ContentErased {
        self.seqs.sort_unstable();
        self.seqs.dedup();
        self.stories.sort_unstable();
        self.stories.dedup();
        self.stories.truncate(ContentErased::STORIES_MAX);
        let signals = self.signals.into_iter().map(|(source, mut seqs)| {
            seqs.sort_unstable();
            (source, ContentErased::runs(seqs))
        });
        ContentErased {
            why,
            erasure,
            before,
            spans: ContentErased::runs(self.seqs),
            signals: signals.collect(),
            objects: self.objects,
            kept: self.kept,
            stories: self.stories,
        }
    }
}

/// Whether a live keep covers signal `s`. One whose content is damaged may be of anything.
const KEPT: &str = "EXISTS (SELECT 1 FROM v_keep k WHERE k.lifted IS NULL AND k.until > ?1 AND (
    k.kind = 'unread' OR (k.kind = 'signal' AND k.object = s.id) OR (k.kind = 'narrative' AND
        EXISTS (SELECT 1 FROM v_kept h WHERE h.keep = k.id AND h.narrative = s.narrative))))";

impl Views {
    /// Whether a live keep covers this thing at `now`.
    pub fn is_kept(&self, one: Erasable, now: Timestamp) -> Result<bool, StoreError> {
        let which = match one {
            Erasable::Signal(_) => "s.id = ?2",
            // A contact is kept as long as something that they wrote is.
            Erasable::Contact(_) => "s.source_ref = ?2",
            Erasable::Attachment(_) => "s.seq IN (SELECT c.signal FROM v_carried c WHERE c.attachment = ?2)",
            Erasable::Note(_) => return Ok(false),
        };
        let sql = format!("SELECT 1 FROM v_signal s WHERE {which} AND {KEPT} LIMIT 1");
        Ok(self.conn.prepare_cached(&sql)?.exists(params![ms(now), one.uuid().as_bytes()])?)
    }

    fn choose(&self, one: Erasable, chosen: &mut Chosen) -> Result<(), StoreError> {
        let id = one.uuid();
        let sql = match one {
            Erasable::Signal(_) => "SELECT seq, source FROM v_signal WHERE id = ? AND erased = 0",
            Erasable::Note(_) => "SELECT seq, NULL FROM v_note WHERE id = ? AND text <> ''",
            Erasable::Contact(_) => "SELECT seq, NULL FROM v_contact WHERE id = ?",
            Erasable::Attachment(_) => "SELECT seq, NULL FROM v_attachment WHERE id = ?",
        };
        let found: Option<(u64, Option<String>)> = self
            .conn
            .prepare_cached(sql)?
            .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((seq, source)) = found else { return Ok(()) };
        chosen.objects += 1;
        chosen.seqs.push(seq);
        if let Some(source) = source.and_then(|source| source.parse().ok()) {
            self.choose_signal(seq, source, chosen)?;
        }
        if let Erasable::Attachment(id) = one {
            self.choose_file(AttachmentId::from_uuid(id), chosen)?;
        }
        Ok(())
    }

    /// What machines made of a signal's words goes with it, and its files, see [`Self::choose_files`].
    fn choose_signal(&self, seq: u64, source: SourceId, chosen: &mut Chosen) -> Result<(), StoreError> {
        chosen.signals.entry(source).or_default().push(seq);
        for sql in [
            "SELECT seq FROM v_derived WHERE of = ?",
            // A finding is told again as it grows: every telling goes.
            "SELECT all_of.seq FROM v_derived d JOIN v_made one ON one.seq = d.seq
                 JOIN v_made all_of ON all_of.finding = one.finding WHERE d.of = ?",
        ] {
            let mut rows = self.conn.prepare_cached(sql)?;
            let more = rows.query_map([seq], |row| row.get::<_, u64>(0))?;
            chosen.seqs.extend(more.collect::<rusqlite::Result<Vec<u64>>>()?);
        }
        let mut files = self.conn.prepare_cached("SELECT attachment FROM v_carried WHERE signal = ?")?;
        let files = files.query_map([seq], |row| attachment_id(row, 0))?;
        chosen.files.extend(files.collect::<rusqlite::Result<Vec<_>>>()?);
        let mut stories = self.conn.prepare_cached(
            "SELECT DISTINCT f.narrative FROM v_derived d JOIN v_made m ON m.seq = d.seq
             JOIN v_finding_narrative f ON f.finding = m.finding WHERE d.of = ?",
        )?;
        let stories = stories.query_map([seq], |row| narrative_id(row, 0))?;
        chosen.stories.extend(stories.collect::<rusqlite::Result<Vec<_>>>()?);
        Ok(())
    }

    /// A file goes with the last signal that carries it: one that stands, kept or not, keeps its own.
    fn choose_files(&self, chosen: &mut Chosen) -> Result<(), StoreError> {
        let going: BTreeSet<u64> = chosen.signals.values().flatten().copied().collect();
        for file in std::mem::take(&mut chosen.files) {
            let mut carriers =
                self.conn.prepare_cached("SELECT signal FROM v_carried WHERE attachment = ?")?;
            let carriers = carriers.query_map([file.as_bytes()], |row| row.get::<_, u64>(0))?;
            let carriers: Vec<u64> = carriers.collect::<rusqlite::Result<_>>()?;
            if carriers.iter().all(|carrier| going.contains(carrier)) {
                self.choose_file(file, chosen)?;
            }
        }
        Ok(())
    }

    /// A file, and what it is recognised by.
    fn choose_file(&self, file: AttachmentId, chosen: &mut Chosen) -> Result<(), StoreError> {
        for sql in
            ["SELECT seq FROM v_attachment WHERE id = ?", "SELECT seq FROM v_picture WHERE attachment = ?"]
        {
            let mut rows = self.conn.prepare_cached(sql)?;
            let more = rows.query_map([file.as_bytes()], |row| row.get::<_, u64>(0))?;
            chosen.seqs.extend(more.collect::<rusqlite::Result<Vec<u64>>>()?);
        }
        Ok(())
    }

    /// Signals of `source` recorded before `before`, one tombstone's worth, without those that somebody keeps; where none
    /// is left, the contacts that it brought before then and of whom nothing stands any more.
    fn expired(&self, source: &SourceId, before: Timestamp, now: Timestamp) -> Result<Chosen, StoreError> {
        let of = "s.source = ?2 AND s.recorded_at < ?3 AND s.erased = 0";
        let mut chosen = Chosen::default();
        let values = params![ms(now), source.as_str(), ms(before)];
        let sql =
            format!("SELECT s.seq FROM v_signal s WHERE {of} AND NOT {KEPT} ORDER BY s.seq LIMIT {BATCH}");
        let mut rows = self.conn.prepare_cached(&sql)?;
        let seqs: Vec<u64> = rows.query_map(values, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for seq in seqs {
            chosen.objects += 1;
            chosen.seqs.push(seq);
            self.choose_signal(seq, source.clone(), &mut chosen)?;
            if (chosen.seqs.len() + chosen.files.len()) * 2 > ContentErased::SPANS_MAX {
                break;
            }
        }
        self.choose_files(&mut chosen)?;
        if chosen.objects > 0 {
            let kept = format!("SELECT count(*) FROM v_signal s WHERE {of} AND {KEPT}");
            chosen.kept = self.conn.prepare_cached(&kept)?.query_row(values, |row| row.get(0))?;
        } else {
            chosen.seqs = self.contacts_expired(source, before)?;
            chosen.objects = chosen.seqs.len() as u64;
        }
        Ok(chosen)
    }

    /// Entries of the contacts that `source` brought before `before` and by whom no signal stands, kept ones included.
    fn contacts_expired(&self, source: &SourceId, before: Timestamp) -> Result<Vec<u64>, StoreError> {
        let mut rows = self.conn.prepare_cached(
            "SELECT c.seq FROM v_contact c WHERE c.source = ? AND c.sealed_at < ?
                 AND NOT EXISTS (SELECT 1 FROM v_signal s WHERE s.source_ref = c.id) ORDER BY c.seq LIMIT ?",
        )?;
        let rows = rows.query_map(params![source.as_str(), ms(before), BATCH], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Files kept before `before` that no signal names: nobody shows them, and no source's retention reaches them. Where a
    /// content is damaged, nobody can say which files it named.
    fn unnamed(&self, before: Timestamp) -> Result<Chosen, StoreError> {
        let mut rows = self.conn.prepare_cached(
            "SELECT a.id FROM v_attachment a WHERE a.recorded_at < ?
                 AND NOT EXISTS (SELECT 1 FROM v_carried c WHERE c.attachment = a.id)
                 AND NOT EXISTS (SELECT 1 FROM v_damaged) ORDER BY a.seq LIMIT ?",
        )?;
        let files = rows.query_map(params![ms(before), BATCH], |row| attachment_id(row, 0))?;
        let mut chosen = Chosen::default();
        for file in files.collect::<rusqlite::Result<Vec<_>>>()? {
            chosen.objects += 1;
            self.choose_file(file, &mut chosen)?;
        }
        Ok(chosen)
    }

    /// One request to erase.
    pub fn erasure(&self, id: ErasureId) -> Result<Option<ErasureRow>, StoreError> {
        let sql = format!("{ERASURE} WHERE id = ?");
        Ok(self.conn.prepare_cached(&sql)?.query_row([id.as_bytes()], erasure_row).optional()?.flatten())
    }

    /// Requests to erase, the latest first; those that nobody has decided before all others.
    pub fn erasures(&self, limit: u32) -> Result<Vec<ErasureRow>, StoreError> {
        let sql = format!("{ERASURE} ORDER BY state <> 'asked', seq DESC LIMIT ?");
        let mut rows = self.conn.prepare_cached(&sql)?;
        let rows: Vec<_> = rows.query_map([limit], erasure_row)?.collect::<rusqlite::Result<_>>()?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// Tombstones, the latest first: entry, time, what.
    pub fn tombstones(&self, limit: u32) -> Result<Vec<(u64, Timestamp, ContentErased)>, StoreError> {
        let mut rows =
            self.conn.prepare_cached("SELECT seq, at, body FROM v_erased ORDER BY seq DESC LIMIT ?")?;
        let rows: Vec<(u64, Timestamp, Option<ContentErased>)> = rows
            .query_map([limit], |row| Ok((row.get(0)?, at(row.get(1)?), json(row, 2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(rows.into_iter().filter_map(|(seq, at, body)| Some((seq, at, body?))).collect())
    }

    /// When the last entry was recorded.
    fn last_recorded_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let leaf: Option<Vec<u8>> = self
            .conn
            .prepare_cached("SELECT CAST(leaf AS BLOB) FROM entry ORDER BY seq DESC LIMIT 1")?
            .query_row([], |row| row.get(0))
            .optional()?;
        Ok(leaf.and_then(|leaf| leaf::decode(&leaf).ok().map(|leaf| leaf.at)))
    }

    /// Signals, log lines, contacts and files erased after `when`.
    pub fn erased_since(&self, when: Timestamp) -> Result<u64, StoreError> {
        let mut sum = self.conn.prepare_cached(
            "SELECT coalesce(sum(json_extract(body, '$.objects')), 0) FROM v_erased WHERE at > ?",
        )?;
        Ok(sum.query_row([ms(when)], |row| row.get(0))?)
    }

    /// The latest tombstone; 0 where nothing was erased.
    pub fn last_tombstone(&self) -> Result<u64, StoreError> {
        let mut last = self.conn.prepare_cached("SELECT coalesce(max(seq), 0) FROM v_erased")?;
        Ok(last.query_row([], |row| row.get(0))?)
    }

    /// Keeps, the live ones first.
    pub fn keeps(&self, limit: u32) -> Result<Vec<KeepRow>, StoreError> {
        let sql = format!("{KEEP} ORDER BY lifted IS NOT NULL, until DESC LIMIT ?");
        let mut rows = self.conn.prepare_cached(&sql)?;
        let rows: Vec<_> = rows.query_map([limit], keep_row)?.collect::<rusqlite::Result<_>>()?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// One keep.
    pub fn keep(&self, id: KeepId) -> Result<Option<KeepRow>, StoreError> {
        let sql = format!("{KEEP} WHERE id = ?");
        Ok(self.conn.prepare_cached(&sql)?.query_row([id.as_bytes()], keep_row).optional()?.flatten())
    }

    /// Whether an object that can be kept is there.
    pub fn is_there(&self, object: Object) -> Result<bool, StoreError> {
        let sql = match object {
            Object::Signal(_) => "SELECT 1 FROM v_signal WHERE id = ? AND erased = 0",
            Object::Narrative(_) => "SELECT 1 FROM v_narrative WHERE id = ?",
            _ => return Ok(false),
        };
        Ok(self.conn.prepare_cached(sql)?.exists([object.uuid().as_bytes()])?)
    }
}

const ERASURE: &str = "SELECT body, seq, at, by_user, state, decided_by, decided_at FROM v_erasure";
const KEEP: &str = "SELECT body, at, by_user, lifted FROM v_keep";

fn erasure_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<ErasureRow>> {
    let decided_by = maybe_user_id(row, 5)?;
    let (seq, when, by) = (row.get(1)?, at(row.get(2)?), maybe_user_id(row, 3)?);
    let (state, decided) = (row.get(4)?, maybe_at(row, 6)?.map(|when| (decided_by, when)));
    Ok(json(row, 0)?.map(|asked| ErasureRow { asked, seq, at: when, by, state, decided }))
}

fn keep_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<KeepRow>> {
    let (when, by, lifted) = (at(row.get(1)?), maybe_user_id(row, 2)?, maybe_at(row, 3)?);
    Ok(json(row, 0)?.map(|placed| KeepRow { placed, at: when, by, lifted }))
}

fn refused(refusal: vigie_desk::Refusal) -> Refused {
    Refused::from(refusal)
}

fn unread(error: StoreError) -> Refused {
    tracing::error!(%error, "an erasure could not be looked at");
    Refused::new("our-fault")
}

/// How a request stands, and what it would erase now.
fn standing(
    views: &Views,
    id: ErasureId,
    now: Timestamp,
) -> Result<(Asked, Chosen, Option<u64>), StoreError> {
    let Some(row) = views.erasure(id)? else {
        let asked = Asked { by: None, open: false, kept: 0, found: 0 };
        return Ok((asked, Chosen::default(), None));
    };
    let (mut chosen, mut kept) = (Chosen::default(), 0);
    for one in &row.asked.objects {
        kept += u64::from(views.is_kept(*one, now)?);
        views.choose(*one, &mut chosen)?;
    }
    views.choose_files(&mut chosen)?;
    let asked = Asked { by: row.by, open: row.state == "asked", kept, found: chosen.objects };
    Ok((asked, chosen, Some(row.seq)))
}

impl Store {
    /// Records what somebody asks to be erased.
    pub fn ask_erasure(&self, by: UserId, asked: ErasureAsked) -> Result<ErasureId, StoreError> {
        let id = asked.id;
        keeping::ask(&asked).map_err(|refusal| StoreError::Refused(refused(refusal)))?;
        self.commit(vec![Draft::new(Actor::Human(by), Event::ErasureAsked(asked))])?;
        Ok(id)
    }

    /// A second person agrees: what was asked is erased.
    pub fn agree_erasure(&self, by: UserId, id: ErasureId) -> Result<Erased, StoreError> {
        let now = self.now();
        let (_, chosen, _) = self.read(|views| standing(views, id, now))?;
        let probes = self.prepare(&chosen)?;
        let outcome = self.decide(move |views| {
            let (asked, chosen, cause) = standing(views, id, now).map_err(unread)?;
            keeping::agree(asked, by).map_err(refused)?;
            let event = Event::ContentErased(chosen.event(ErasedWhy::Asked, Some(id), None));
            let draft = Draft::new(Actor::Human(by), event);
            Ok(vec![cause.map_or_else(|| draft.clone(), |seq| draft.clone().caused_by(seq))])
        })?;
        self.ended(outcome.iter().map(|one| one.seq()), &probes)
    }

    /// A second person does not agree.
    pub fn refuse_erasure(&self, by: UserId, id: ErasureId, reason: String) -> Result<(), StoreError> {
        let now = self.now();
        self.decide(move |views| {
            let (asked, ..) = standing(views, id, now).map_err(unread)?;
            keeping::refuse(asked, &reason).map_err(refused)?;
            Ok(vec![Draft::new(
                Actor::Human(by),
                Event::ErasureRefused(ErasureRefused { erasure: id, reason }),
            )])
        })
        .map(drop)
    }

    /// Keeps a signal or a narrative beyond its retention.
    pub fn place_keep(&self, by: UserId, placed: KeepPlaced) -> Result<KeepId, StoreError> {
        let (id, now) = (placed.id, self.now());
        self.decide(move |views| {
            let there = views.is_there(placed.object).map_err(unread)?;
            keeping::keep(&placed, there, now).map_err(refused)?;
            Ok(vec![Draft::new(Actor::Human(by), Event::KeepPlaced(placed))])
        })?;
        Ok(id)
    }

    /// Keeps it no longer.
    pub fn lift_keep(&self, by: UserId, id: KeepId, reason: String) -> Result<(), StoreError> {
        self.decide(move |views| {
            let live = views.keep(id).map_err(unread)?.is_some_and(|keep| keep.lifted.is_none());
            keeping::lift(live, &reason).map_err(refused)?;
            Ok(vec![Draft::new(Actor::Human(by), Event::KeepLifted(KeepLifted { keep: id, reason }))])
        })
        .map(drop)
    }

    /// Days since retention last ran, where they are too many to be believed: the clock may be wrong. Somebody who
    /// looked at it calls [`Store::expire`]. A demo's clock jumps by intent.
    pub fn retention_waits(&self) -> Result<Option<i64>, StoreError> {
        if self.site().demo {
            return Ok(None);
        }
        let ran = self.secrets()?.retention_at()?;
        let last = match ran {
            Some(ran) => Some(ran),
            None => self.read(Views::last_recorded_at)?,
        };
        let days = last.map_or(0, |last| self.now().duration_since(last).as_hours() / 24);
        Ok((days >= TRUSTED_DAYS).then_some(days))
    }

    /// Erases what has outlived the retention of its source; an entry a batch says what.
    pub fn expire(&self) -> Result<Erased, StoreError> {
        let now = self.now();
        self.secrets()?.note_retention_at(now)?;
        let sources = self.read(|views| views.sources(now))?;
        let (mut tombstones, mut probes) = (Vec::new(), Vec::new());
        let ago = |days: i64| at(ms(now) - days * DAY_MS);
        for row in sources {
            let (id, before) = (row.entry.id, ago(i64::from(row.entry.retention_days)));
            let choose = move |views: &Views| views.expired(&id, before, now);
            tombstones.extend(self.expire_all(before, choose, &mut probes)?);
        }
        let before = ago(UNNAMED_DAYS);
        let choose = move |views: &Views| views.unnamed(before);
        tombstones.extend(self.expire_all(before, choose, &mut probes)?);
        if tombstones.is_empty() {
            return Ok(Erased::default());
        }
        self.ended(tombstones.into_iter(), &probes)
    }

    /// Erases what `choose` finds, one tombstone at a time, until it finds nothing more.
    fn expire_all(
        &self,
        before: Timestamp,
        choose: impl Fn(&Views) -> Result<Chosen, StoreError> + Clone + Send + 'static,
        probes: &mut Vec<Vec<u8>>,
    ) -> Result<Vec<u64>, StoreError> {
        let mut tombstones = Vec::new();
        loop {
            let chosen = self.read(&choose)?;
            if chosen.objects == 0 {
                return Ok(tombstones);
            }
            probes.extend(self.prepare(&chosen)?);
            probes.truncate(PROBES_MAX);
            let choose = choose.clone();
            let outcome = self.decide(move |views| {
                let event = choose(views).map_err(unread)?.event(ErasedWhy::Retention, None, Some(before));
                let clock = Actor::Model { name: "retention".to_owned(), version: "1".to_owned() };
                let some = event.objects > 0;
                Ok(some.then(|| Draft::new(clock, Event::ContentErased(event))).into_iter().collect())
            })?;
            tombstones.extend(outcome.iter().map(|one| one.seq()));
        }
    }

    /// Marks erased messages so that they do not come in again, and takes pieces of their text to look for afterwards.
    fn prepare(&self, chosen: &Chosen) -> Result<Vec<Vec<u8>>, StoreError> {
        let projector = crate::project::Projector { alias_key: self.alias_key()? };
        let mut probes = Vec::new();
        for seq in &chosen.seqs {
            let event = match self.entry(*seq) {
                Ok(entry) => entry.event,
                // What cannot be opened can be erased all the same.
                Err(gone) if gone.is_content_gone() => continue,
                Err(error) => return Err(error),
            };
            match &event {
                Event::SignalReceived(signal) => {
                    self.secrets()?.put_erased(&projector.mark(&signal.source, &signal.key.0), *seq)?;
                    probes_of(&signal.text, &mut probes);
                }
                Event::NoteWritten(note) => probes_of(&note.text, &mut probes),
                Event::SignalMasked(masked) => probes_of(&masked.masked, &mut probes),
                Event::ContactSealed(contact) => probes_of(&contact.address, &mut probes),
                _ => {}
            }
        }
        // A key that stays readable in a gap of its file would be no key destroyed.
        for seq in &chosen.seqs {
            probes.extend(self.secrets()?.wrapped(*seq)?.and_then(|blob| Some(blob.get(30..62)?.to_vec())));
        }
        Ok(probes)
    }

    /// Carries the erasures out and looks for pieces of what was erased.
    fn ended(&self, tombstones: impl Iterator<Item = u64>, probes: &[Vec<u8>]) -> Result<Erased, StoreError> {
        let waiting = match self.finish_erasures() {
            Err(StoreError::Busy) => true,
            other => other.map(|()| false)?,
        };
        let mut done = self.told(tombstones)?;
        done.waiting = waiting;
        if !waiting {
            done.remnants = self.scour(probes)?;
        }
        Ok(done)
    }

    fn told(&self, tombstones: impl Iterator<Item = u64>) -> Result<Erased, StoreError> {
        let mut done = Erased::default();
        for seq in tombstones {
            if let Event::ContentErased(event) = self.entry(seq)?.event {
                done.tombstones.push(seq);
                done.objects += event.objects;
                done.entries += event.entries().count() as u64;
                done.kept = done.kept.max(event.kept);
            }
        }
        Ok(done)
    }

    /// Carries out to the end what tombstones say: keys, files, index, logs. Does nothing where nothing is open. The keys
    /// go first, of every tombstone: with them goes what keys sealed, whatever becomes of a file. What cannot be done now
    /// keeps nothing else from being done; it is told, and tried again the next time.
    pub fn finish_erasures(&self) -> Result<(), StoreError> {
        let through = self.secrets()?.erased_through()?;
        let open: Vec<(u64, ContentErased)> = self.read(|views| {
            let mut rows =
                views.conn.prepare_cached("SELECT seq, body FROM v_erased WHERE seq > ? ORDER BY seq")?;
            let rows: Vec<(u64, Option<ContentErased>)> = rows
                .query_map([through], |row| Ok((row.get(0)?, json(row, 1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(rows.into_iter().filter_map(|(seq, body)| Some((seq, body?))).collect())
        })?;
        let Some((last, _)) = open.last() else { return Ok(()) };
        let last = *last;
        for (_, event) in &open {
            self.secrets()?.destroy(&event.spans)?;
        }
        let removed: Vec<_> = open.iter().map(|(_, event)| self.remove_files(event)).collect();
        // Once: what was erased leaves the index first, and what goes on coming in is not waited for.
        self.index_more(5_000)?;
        empty_log(&self.dir().join("keys.db"))?;
        empty_log(&self.dir().join("store.db"))?;
        removed.into_iter().collect::<Result<(), _>>()?;
        self.secrets()?.note_erased_through(last)
    }

    fn remove_files(&self, event: &ContentErased) -> Result<(), StoreError> {
        let blobs: Vec<String> = self.read(|views| {
            let mut blobs = Vec::new();
            for seq in event.entries() {
                let mut stored =
                    views.conn.prepare_cached("SELECT CAST(leaf AS BLOB) FROM entry WHERE seq = ?")?;
                let stored: Option<Vec<u8>> = stored.query_row([seq], |row| row.get(0)).optional()?;
                match stored.map(|stored| blob_of(seq, &stored)).transpose() {
                    Ok(blob) => blobs.extend(blob.flatten()),
                    // Which file it had is not known any more; its key is gone.
                    Err(gone) if gone.is_content_gone() => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(blobs)
        })?;
        let mut left = Ok(());
        for cipher in blobs {
            let path = self.folder().blob(&cipher);
            match std::fs::remove_file(&path) {
                Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                    left = Err(StoreError::Io { path, cause });
                }
                _ => {}
            }
        }
        left
    }

    /// Looks for pieces of what was erased in every file of the site; a database that still holds one in a gap is
    /// written anew. What is found after that is named.
    fn scour(&self, probes: &[Vec<u8>]) -> Result<Vec<String>, StoreError> {
        if search(self.dir(), probes)?.is_empty() {
            return Ok(Vec::new());
        }
        let probes = &self.told_by_nobody_else(probes)?;
        let found = search(self.dir(), probes)?;
        let named = |path: &Path, name: &str| {
            path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name))
        };
        if found.is_empty() {
            return Ok(Vec::new());
        }
        // What somebody wrote elsewhere in the same words stays where it stands, however often the file is written anew.
        let gaps = self.standing_nowhere(probes)?;
        let in_gaps = if gaps.len() == probes.len() { found } else { search(self.dir(), &gaps)? };
        let short = |path: PathBuf| std::fs::metadata(path).is_ok_and(|meta| meta.len() <= VACUUM_BYTES_MAX);
        if in_gaps.iter().any(|path| named(path, "store.db")) && short(self.folder().store_db()) {
            self.exclusive(|writer| Ok(writer.views.conn.execute_batch("VACUUM")?))?;
            empty_log(&self.dir().join("store.db"))?;
        }
        if in_gaps.iter().any(|path| named(path, "keys.db")) && short(self.folder().keys_db()) {
            self.secrets()?.conn.execute_batch("VACUUM")?;
            empty_log(&self.dir().join("keys.db"))?;
        }
        let left = search(self.dir(), probes)?;
        let shown = |path: PathBuf| {
            path.strip_prefix(self.dir()).map_or_else(|_| path.clone(), Path::to_owned).display().to_string()
        };
        Ok(left.into_iter().map(shown).collect())
    }
}

impl Store {
    /// Those pieces that stand in no signal and no line of the log: what a copy by somebody else says is no remnant.
    fn told_by_nobody_else(&self, probes: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, StoreError> {
        self.without_those_in(probes, |_| {
            let texts = ["SELECT text FROM v_signal WHERE text IS NOT NULL", "SELECT text FROM v_note"];
            Ok(texts.map(ToOwned::to_owned).to_vec())
        })
    }

    /// Those pieces that stand in no cell of any view.
    fn standing_nowhere(&self, probes: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, StoreError> {
        self.without_those_in(probes, |conn| {
            let tables = crate::schema::view_tables(conn)?;
            Ok(tables.iter().map(|table| format!("SELECT * FROM \"{table}\"")).collect())
        })
    }

    /// Those pieces that stand in no cell of what these questions give.
    fn without_those_in(
        &self,
        probes: &[Vec<u8>],
        questions: impl Fn(&Connection) -> Result<Vec<String>, StoreError>,
    ) -> Result<Vec<Vec<u8>>, StoreError> {
        let needles = AhoCorasick::new(probes).map_err(|cause| StoreError::Stopped(cause.to_string()))?;
        let mut stands = vec![false; probes.len()];
        self.read(|views| {
            for sql in questions(&views.conn)? {
                let mut rows = views.conn.prepare(&sql)?;
                let columns = rows.column_count();
                let mut rows = rows.query([])?;
                while let Some(row) = rows.next()? {
                    for column in 0..columns {
                        let cell = row.get_ref(column)?.as_bytes().unwrap_or_default();
                        for found in needles.find_overlapping_iter(cell) {
                            stands[found.pattern().as_usize()] = true;
                        }
                    }
                }
            }
            Ok(())
        })?;
        let alone = probes.iter().zip(stands).filter(|(_, stands)| !stands);
        Ok(alone.map(|(probe, _)| probe.clone()).collect())
    }
}

/// Up to three pieces of a text: its start, its middle, its end. Short words stand in other texts as well.
fn probes_of(text: &str, probes: &mut Vec<Vec<u8>>) {
    let bytes = text.as_bytes();
    if bytes.len() < PROBE_BYTES {
        if bytes.len() >= PROBE_BYTES / 2 {
            probes.push(bytes.to_vec());
        }
        return;
    }
    let last = bytes.len() - PROBE_BYTES;
    for start in [0, last / 2, last] {
        probes.push(bytes[start..start + PROBE_BYTES].to_vec());
    }
}

/// Moves the log of a database into it and cuts it to nothing: older pages in it are gone.
fn empty_log(path: &Path) -> Result<(), StoreError> {
    let conn = Connection::open(path)?;
    crate::schema::tune(&conn)?;
    // The log is cut under the lock of those who write: waiting for a reader in there would hold them up as long.
    conn.busy_timeout(Duration::ZERO)?;
    for _ in 0..TRIES {
        let cut = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
        match cut.map_err(|cause| crate::writer::classify(cause.into())) {
            Ok(false) => return Ok(()),
            Ok(true) | Err(StoreError::Busy) => std::thread::sleep(PAUSE),
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Busy)
}

/// Files below `dir` in which one of `probes` stands. Sealed files are passed over: each is under a key of its own.
fn search(dir: &Path, probes: &[Vec<u8>]) -> Result<Vec<PathBuf>, StoreError> {
    if probes.is_empty() {
        return Ok(Vec::new());
    }
    let needles = AhoCorasick::new(probes).map_err(|cause| StoreError::Stopped(cause.to_string()))?;
    let (mut found, mut folders) = (Vec::new(), vec![dir.to_owned()]);
    while let Some(folder) = folders.pop() {
        let io = |cause| StoreError::Io { path: folder.clone(), cause };
        for entry in std::fs::read_dir(&folder).map_err(io)? {
            let path = entry.map_err(io)?.path();
            if path.is_dir() {
                if path.file_name().is_none_or(|name| name != "blobs" && name != "models") {
                    folders.push(path);
                }
            } else if holds(&path, &needles) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a file piece by piece, each beginning with the end of the one before.
fn holds(path: &Path, needles: &AhoCorasick) -> bool {
    const PIECE: usize = 1 << 20;
    const OVERLAP: usize = 64;
    // A file that went away meanwhile holds nothing.
    let Ok(mut file) = std::fs::File::open(path) else { return false };
    let mut window = vec![0; OVERLAP + PIECE];
    let mut kept = 0;
    loop {
        let Ok(read) = file.read(&mut window[kept..]) else { return false };
        if read == 0 {
            return false;
        }
        let end = kept + read;
        if needles.is_match(&window[..end]) {
            return true;
        }
        let tail = end.saturating_sub(OVERLAP);
        window.copy_within(tail..end, 0);
        kept = end - tail;
    }
}
