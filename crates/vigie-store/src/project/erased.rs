//! What an erasure leaves in the views: places that are counted, and nothing that was said.
//!
//! An erased signal stays a row without content, so that narratives keep their codes and counts, and links their ends. A
//! rebuild puts the same row where the sealed content is gone, and tells the narratives anew where the erasure was
//! recorded, as it was done then: so rebuilt views are equal.

use super::{Projector, key_hash, reclass, run, speakable};
use crate::codec::{ms, narrative_id};
use rusqlite::{Connection, Result, params};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use vigie_evidence::leaf::Leaf;
use vigie_model::{
    Actor, Attachment, AttachmentId, Compartment, Compartments, ContentErased, Entry, ErasureId,
    ErasureRefused, Event, FactId, FactWithdrawn, KeepId, KeepPlaced, Kind, MessageId, MessageReturned,
    NarrativeId, NarrativeRestricted, Object, SignalId, SignalKind, SignalMasked, SourceId,
};

/// What stands in place of words that are covered.
const BAR: &str = "▮▮▮";
/// Days that a keep lasts at most: so long holds one of which nobody can read what it keeps.
const KEEP_DAYS: i64 = 3_660;

/// What is known of entries whose content cannot be read, from elsewhere than their own leaf.
#[derive(Debug, Default)]
pub struct Known {
    /// Every entry that a tombstone names.
    pub erased: BTreeSet<u64>,
    /// The signals among them, with their source.
    pub ghosts: BTreeMap<u64, SourceId>,
    /// What is kept, by the entries that say so.
    pub keeps: BTreeMap<u64, KeepPlaced>,
    /// The source of each signal whose entry does not name it.
    pub sources: BTreeMap<u64, SourceId>,
}

impl Known {
    /// Whether a tombstone names this entry.
    pub fn is_erased(&self, seq: u64) -> bool {
        self.erased.contains(&seq)
    }
}

/// What an erased signal is shown as.
const KIND: SignalKind = SignalKind::Document;

/// What stands in the key column of an erased signal: unique, and of nothing.
fn no_key(seq: u64) -> [u8; 16] {
    key_hash(&format!("erased {seq}"))
}

fn id_in(object: &str) -> Option<Uuid> {
    object.split_once(':').and_then(|(_, id)| Uuid::try_parse(id).ok())
}

impl Projector {
    /// Applies an entry whose content was erased. `source` is that of an erased signal.
    pub fn apply_erased(conn: &Connection, leaf: &Leaf<'_>, source: Option<&SourceId>) -> Result<()> {
        match (leaf.known_kind(), id_in(&leaf.object), source) {
            (Some(Kind::SignalReceived), Some(id), Some(source)) => ghost(conn, leaf, id, source, true),
            (Some(Kind::NoteWritten), Some(id), _) => {
                let actor: Option<Actor> = leaf.actor.parse().ok();
                let by = actor.and_then(|actor| actor.human()).map(|by| *by.as_bytes());
                run(
                    conn,
                    "INSERT INTO v_note(id, seq, recorded_at, by_user, text, changed) VALUES (?1,?2,?3,?4,'',?2)",
                    params![id.as_bytes(), leaf.seq, ms(leaf.at), by],
                )
            }
            // The next warning keeps the code that people know it by.
            (Some(Kind::WarningRaised), ..) => speakable(conn, 'W', "warning", ms(leaf.at)).map(drop),
            _ => Ok(()),
        }
    }
}

impl Projector {
    /// Applies an entry whose content is damaged: what its leaf says of it still holds. What made fewer people read
    /// something, or kept it, does so still, for nobody can see that it did less. A damaged signal keeps its place, so that
    /// its story does, and can be erased.
    pub fn apply_damaged(&self, conn: &Connection, leaf: &Leaf<'_>, known: &Known) -> Result<()> {
        run(conn, "INSERT INTO v_damaged(seq) VALUES (?)", [leaf.seq])?;
        let actor: Option<Actor> = leaf.actor.parse().ok();
        let source = match &actor {
            Some(Actor::Source(source)) => Some(source),
            _ => known.sources.get(&leaf.seq),
        };
        if let (Some(Kind::SignalReceived), Some(id), Some(source)) =
            (leaf.known_kind(), id_in(&leaf.object), source)
        {
            return ghost(conn, leaf, id, source, false);
        }
        if let (Some(event), Some(actor)) = (stand_in(leaf, known), actor) {
            let (seq, recorded_at, caused_by) = (leaf.seq, leaf.at, leaf.caused_by);
            self.apply(conn, &Entry { seq, recorded_at, actor, caused_by, purpose: None, event })?;
            if leaf.known_kind() == Some(Kind::KeepPlaced) && !known.keeps.contains_key(&seq) {
                run(conn, "UPDATE v_keep SET kind = 'unread' WHERE seq = ?", [seq])?;
            }
            return Ok(());
        }
        if let Some((letter, kind)) = counted(leaf) {
            // The next one keeps the code that people know it by.
            speakable(conn, letter, kind, ms(leaf.at))?;
        }
        Self::apply_erased(conn, leaf, None)
    }
}

/// The letter and the counter of the records that have one entry each.
fn counted(leaf: &Leaf<'_>) -> Option<(char, &'static str)> {
    Some(match leaf.known_kind()? {
        Kind::RequestOpened => ('R', "request"),
        Kind::FactDrafted => ('F', "fact"),
        Kind::MandateLoaded => ('D', "mandate"),
        Kind::QuestionAsked => ('Q', "question"),
        Kind::TaskOpened => ('T', "task"),
        Kind::ApprovalGiven => ('A', "approval"),
        Kind::ResponseOpened => ('C', "response"),
        Kind::ReleaseMade => ('S', "release"),
        _ => return None,
    })
}

/// What an entry that takes something back, closes or keeps is taken to say: the most that it can have said.
fn stand_in(leaf: &Leaf<'_>, known: &Known) -> Option<Event> {
    let id = id_in(&leaf.object)?;
    let guarded: Vec<Compartment> = Compartment::ALL.iter().copied().filter(|c| c.is_protected()).collect();
    let (to, reason) = (Compartments::of(&guarded), String::new());
    Some(match leaf.known_kind()? {
        Kind::SignalMasked => {
            let (signal, masked) = (SignalId::from_uuid(id), BAR.to_owned());
            Event::SignalMasked(SignalMasked { signal, masked, to, reasons: Vec::new() })
        }
        Kind::NarrativeRestricted => {
            let narrative = NarrativeId::from_uuid(id);
            Event::NarrativeRestricted(NarrativeRestricted { narrative, to, reason })
        }
        // The file itself may be whole, and goes with the signal that carries it.
        Kind::AttachmentKept => Event::AttachmentKept(Attachment {
            id: AttachmentId::from_uuid(id),
            name: String::new(),
            media_type: "application/octet-stream".to_owned(),
            bytes: 0,
            sha256: String::new(),
        }),
        Kind::FactWithdrawn => Event::FactWithdrawn(FactWithdrawn { fact: FactId::from_uuid(id), reason }),
        Kind::MessageReturned => {
            Event::MessageReturned(MessageReturned { message: MessageId::from_uuid(id), reason })
        }
        Kind::ErasureRefused => {
            Event::ErasureRefused(ErasureRefused { erasure: ErasureId::from_uuid(id), reason })
        }
        Kind::KeepPlaced => Event::KeepPlaced(match known.keeps.get(&leaf.seq) {
            Some(placed) => placed.clone(),
            None => KeepPlaced {
                id: KeepId::from_uuid(id),
                object: Object::Narrative(NarrativeId::from_uuid(Uuid::nil())),
                reason,
                owner: "unread".parse().ok()?,
                until: leaf.at.saturating_add(jiff::SignedDuration::from_hours(24 * KEEP_DAYS)).ok()?,
            },
        }),
        _ => return None,
    })
}

/// A signal's place without its content: of one that was erased, or is damaged and can still be.
fn ghost(conn: &Connection, leaf: &Leaf<'_>, id: Uuid, source: &SourceId, erased: bool) -> Result<()> {
    let compartments = super::source_compartments(conn, source)?;
    run(
        conn,
        "INSERT INTO v_signal(seq, id, kind, source, key, recorded_at, compartments, erased)
         VALUES (?,?,?,?,?,?,?,?)",
        params![
            leaf.seq,
            id.as_bytes(),
            KIND.word(),
            source.as_str(),
            no_key(leaf.seq),
            ms(leaf.at),
            compartments.bits(),
            erased
        ],
    )?;
    super::count_hour(conn, source, leaf.at)
}

/// Applies an erasure: live, what it names loses its content here; in a rebuild it has none already.
pub(super) fn content_erased(conn: &Connection, entry: &Entry, e: &ContentErased) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_erased(seq, at, body) VALUES (?,?,?)",
        params![entry.seq, ms(entry.recorded_at), super::json_text(e)],
    )?;
    if let Some(erasure) = &e.erasure {
        decided(conn, entry, erasure.as_bytes(), "done")?;
    }
    let mut narratives: Vec<NarrativeId> = Vec::new();
    for (seq, _) in e.ghosts() {
        empty_signal(conn, seq)?;
        let stands: Option<NarrativeId> = conn
            .prepare_cached("SELECT narrative FROM v_signal WHERE seq = ? AND narrative IS NOT NULL")?
            .query_map([seq], |row| narrative_id(row, 0))?
            .next()
            .transpose()?;
        narratives.extend(stands);
    }
    for (first, last) in &e.spans {
        empty_others(conn, entry.seq, *first, *last)?;
    }
    run(conn, "DELETE FROM v_finding_answer WHERE finding NOT IN (SELECT id FROM v_finding)", [])?;
    for story in &e.stories {
        run(
            conn,
            "UPDATE v_narrative SET changed = ? WHERE id = ?",
            params![entry.seq, super::current(conn, *story)?.as_bytes()],
        )?;
    }
    narratives.sort_unstable();
    narratives.dedup();
    narratives.into_iter().try_for_each(|narrative| retell(conn, entry, narrative))
}

/// Somebody decided what was asked.
pub(super) fn decided(conn: &Connection, entry: &Entry, erasure: &[u8; 16], state: &str) -> Result<()> {
    let by = entry.actor.human().map(|by| *by.as_bytes());
    run(
        conn,
        "UPDATE v_erasure SET state = ?2, decided_by = ?3, decided_at = ?4 WHERE id = ?1",
        params![erasure, state, by, ms(entry.recorded_at)],
    )
}

fn empty_signal(conn: &Connection, seq: u64) -> Result<()> {
    run(
        conn,
        "INSERT INTO m_reindex(seq, marks) VALUES (?, 1) ON CONFLICT(seq) DO UPDATE SET marks = marks + 1",
        [seq],
    )?;
    run(
        conn,
        "UPDATE v_signal SET kind = ?2, key = ?3, text = NULL, author_alias = NULL, url = NULL, lang_hint = NULL,
             place = NULL, seen_at = NULL, reported_at = NULL, sheet = NULL, attachments = NULL, source_ref = NULL,
             masked = 0, grade = NULL, erased = 1 WHERE seq = ?1",
        params![seq, KIND.word(), no_key(seq)],
    )?;
    run(conn, "DELETE FROM v_carried WHERE signal = ?", [seq])?;
    // What was derived goes with it; what is derived of nothing has nothing to point at.
    run(conn, "DELETE FROM v_derived WHERE of = ?", [seq])
}

/// Files, contacts, warnings and lines of the duty log among the erased entries.
fn empty_others(conn: &Connection, at: u64, first: u64, last: u64) -> Result<()> {
    let span = params![first, last];
    run(conn, "DELETE FROM v_damaged WHERE seq BETWEEN ? AND ?", span)?;
    run(conn, "DELETE FROM v_attachment WHERE seq BETWEEN ? AND ?", span)?;
    run(conn, "DELETE FROM v_contact WHERE seq BETWEEN ? AND ?", span)?;
    run(conn, "DELETE FROM v_picture WHERE seq BETWEEN ? AND ?", span)?;
    run(conn, "DELETE FROM v_derived WHERE seq BETWEEN ? AND ?", span)?;
    run(conn, "DELETE FROM v_made WHERE seq BETWEEN ? AND ?", span)?;
    let findings: Vec<[u8; 16]> = conn
        .prepare_cached("SELECT id FROM v_finding WHERE seq BETWEEN ? AND ?")?
        .query_map(span, |row| row.get(0))?
        .collect::<Result<_>>()?;
    findings.iter().try_for_each(|id| crate::findings::forget(conn, id))?;
    let warnings: Vec<[u8; 16]> = conn
        .prepare_cached(
            "SELECT DISTINCT t.id FROM v_trace t WHERE t.kind = 'warning' AND t.seq BETWEEN ? AND ?
             AND NOT EXISTS (SELECT 1 FROM v_trace o WHERE o.kind = 'warning' AND o.id = t.id AND o.seq < t.seq)",
        )?
        .query_map(span, |row| row.get(0))?
        .collect::<Result<_>>()?;
    for id in warnings {
        run(conn, "DELETE FROM v_desk WHERE kind = 'warning' AND id = ?", [id])?;
        run(conn, "DELETE FROM v_trace WHERE kind = 'warning' AND id = ?", [id])?;
    }
    let notes: Vec<([u8; 16], u64)> = conn
        .prepare_cached("SELECT id, seq FROM v_note WHERE seq BETWEEN ? AND ?")?
        .query_map(span, |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    for (id, seq) in notes {
        run(
            conn,
            "UPDATE v_note SET text = '', seen_at = NULL, corrects = NULL, changed = ?2 WHERE id = ?1",
            params![id, at],
        )?;
        // Which line it corrected is known no more, so all before it are looked at again by open screens.
        run(
            conn,
            "UPDATE v_note SET corrected_by = nullif(corrected_by, ?1), changed = ?3 WHERE seq < ?2",
            params![id, seq, at],
        )?;
    }
    Ok(())
}

/// A narrative is told anew by what still stands in it; what it absorbed keeps no words either.
fn retell(conn: &Connection, entry: &Entry, narrative: NarrativeId) -> Result<()> {
    run(
        conn,
        "UPDATE v_narrative SET head_seq = 0, head_at = first_recorded_at, head = NULL, lang = 'und', kind = ?2,
             first_seen_at = NULL, media = 0, place = NULL WHERE moved_to = ?1",
        params![narrative.as_bytes(), KIND.word()],
    )?;
    reclass::retell(conn, entry, narrative)
}
