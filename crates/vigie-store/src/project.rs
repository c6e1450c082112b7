//! The projector: what each entry changes in the views.
//!
//! It runs inside the transaction that records the entry, and again, on the same entries, in a rebuild. So
//! it reads nothing but the entry and the views themselves: no clock, no randomness, no meter.

mod apart;
mod erased;
mod reclass;

use crate::codec::{at, ms, narrative_id, trick_bits, tricks};
pub use erased::Known;

use crate::{desk, findings, partners, suggestions, withdrawn};
use rusqlite::{Connection, OptionalExtension, Result, params};
use sha2::{Digest, Sha256};
use vigie_desk::attention::{Around, NarrativeFacts, rank};
use vigie_model::{
    ActUndone, Attachment, Channel, Compartments, Decision, Entry, Event, Grant, KeepPlaced, LinkChanged,
    NarrativeId, NarrativesAssigned, NarrativesCompared, NarrativesLabelled, NarrativesTriaged, NoteStruck,
    NoteWritten, Object, Reading, Signal, SignalId, SourceEntry, SourceId, User,
};

/// What the projector knows besides the entry.
pub struct Projector {
    /// Secret that turns authors into pseudonyms; the same for the life of the site.
    pub alias_key: [u8; 32],
}

/// Milliseconds of an hour, by which signals of a story are summed.
pub(crate) const HOUR_MS: i64 = 3_600_000;

/// Characters of a text kept as the head of a narrative.
const HEAD_CHARS: usize = 280;

/// Signals of the last hour counted at most: the rule of attention is flat from here on.
const PACE_MAX: u32 = 64;

impl Projector {
    /// Applies one entry.
    pub fn apply(&self, conn: &Connection, entry: &Entry) -> Result<()> {
        match &entry.event {
            Event::SourceRegistered(source) => source_registered(conn, entry, source),
            Event::SourcePaused(e) => {
                findings::gap(conn, entry, e.source.as_str(), true)?;
                source_paused(conn, &e.source, true)
            }
            Event::SourceResumed(e) => {
                findings::gap(conn, entry, e.source.as_str(), false)?;
                source_paused(conn, &e.source, false)
            }
            Event::UserAdded(user) => user_added(conn, entry, user),
            Event::UserGranted(grant) => user_granted(conn, entry, grant),
            Event::UserRevoked(e) => {
                run(conn, "DELETE FROM v_grant WHERE user = ?", params![e.user.as_bytes()])
            }
            Event::SignalReceived(signal) => self.signal_received(conn, entry, signal),
            Event::SignalRead(reading) => signal_read(conn, entry, reading),
            Event::AttachmentKept(attachment) => attachment_kept(conn, entry, attachment),
            Event::NarrativesTriaged(e) => triaged(conn, entry, e),
            Event::NarrativesAssigned(e) => assigned(conn, entry, e),
            Event::NarrativesLabelled(e) => labelled(conn, entry, e),
            Event::NarrativesCompared(e) => compared(conn, entry, e),
            Event::NarrativesJoined(e) => apart::joined(conn, entry, e),
            Event::NarrativeParted(e) => apart::parted(conn, entry, e),
            Event::ActUndone(e) => undone(conn, entry, e),
            Event::NoteWritten(note) => note_written(conn, entry, note),
            Event::NoteStruck(e) => note_struck(conn, entry, e),
            Event::LinkChanged(e) => link_changed(conn, entry, *e),
            Event::AttachmentRead(e) => {
                if let Some(of) = entry.caused_by {
                    run(
                        conn,
                        "INSERT OR IGNORE INTO v_derived(of, seq) VALUES (?,?)",
                        params![of, entry.seq],
                    )?;
                }
                findings::picture(conn, entry, e)
            }
            Event::FindingMade(e) => {
                run(
                    conn,
                    "INSERT INTO v_made(finding, seq) VALUES (?,?)",
                    params![e.id.as_bytes(), entry.seq],
                )?;
                e.messages.iter().try_for_each(|message| derived(conn, entry, message.signal))?;
                findings::made(conn, entry, e)
            }
            Event::FindingAnswered(e) => findings::answered(conn, entry, e),
            Event::SuggestionAnswered(e) => {
                suggestions::answered(conn, entry, e, current(conn, e.narrative)?)
            }
            Event::JudgeSetAside(e) => suggestions::set_aside(conn, entry, e),
            Event::ChecksLoaded(e) => partners::loaded(conn, entry, e),
            Event::ChecksWithdrawn(e) => partners::withdrawn(conn, entry, e),
            Event::NarrativeShared(e) => {
                partners::shared(conn, entry, e)?;
                Ok(crate::views::access::note(conn, entry)?)
            }
            Event::ContactSealed(e) => {
                desk::contact_sealed(conn, entry, e, self.handle(e.channel, &e.address))
            }
            Event::UserSignedIn(e) => desk::signed_in(conn, entry, e.user),
            Event::ContentErased(e) => erased::content_erased(conn, entry, e),
            Event::ErasureAsked(e) => run(
                conn,
                "INSERT INTO v_erasure(id, seq, at, by_user, state, body) VALUES (?,?,?,?,'asked',?)",
                params![e.id.as_bytes(), entry.seq, ms(entry.recorded_at), person(entry), json_text(e)],
            ),
            Event::ErasureRefused(e) => erased::decided(conn, entry, e.erasure.as_bytes(), "refused"),
            Event::KeepPlaced(e) => keep_placed(conn, entry, e),
            Event::KeepLifted(e) => run(
                conn,
                "UPDATE v_keep SET lifted = ? WHERE id = ?",
                params![ms(entry.recorded_at), e.keep.as_bytes()],
            ),
            Event::SignalMasked(e) => {
                derived(conn, entry, e.signal)?;
                desk::apply(conn, entry)
            }
            Event::WarningRaised(e) => {
                if let (Some(signal), true) = (e.signal, entry.actor.human().is_none()) {
                    derived(conn, entry, signal)?;
                }
                desk::apply(conn, entry)
            }
            Event::BackupMade(made) => {
                run(conn, "INSERT INTO v_backup(seq, body) VALUES (?,?)", params![entry.seq, json_text(made)])
            }
            Event::ReadingNoticed(e) => run(
                conn,
                "INSERT INTO v_noticed(seq, at, person, rule, body) VALUES (?,?,?,?,?)",
                params![entry.seq, ms(entry.recorded_at), e.person.as_bytes(), e.rule.word(), json_text(e)],
            ),
            Event::ReadingExplained(e) => run(
                conn,
                "UPDATE v_noticed SET explained = ?2 WHERE seq = ?1 AND explained IS NULL",
                params![e.notice, entry.seq],
            ),
            Event::JournalOpened(_)
            | Event::SourceKeyIssued(_)
            | Event::CredentialSet(_)
            | Event::UserInvited(_)
            | Event::ImportFinished(_) => Ok(()),
            Event::AccessRead(_) | Event::AccessDenied(_) | Event::ExportMade(_) | Event::CopyTaken(_) => {
                Ok(crate::views::access::note(conn, entry)?)
            }
            // The loop's own entries: what people judge, ask, write, clear and send.
            _ => desk::apply(conn, entry),
        }
    }

    fn signal_received(&self, conn: &Connection, entry: &Entry, signal: &Signal) -> Result<()> {
        let compartments = source_compartments(conn, &signal.source)?;
        let open = !compartments.any_protected();
        let alias = signal.author.as_deref().map(|author| self.alias(&signal.source, author));
        let attachments: Vec<String> = signal.attachments.iter().map(ToString::to_string).collect();
        run(
            conn,
            "INSERT INTO v_signal(seq, id, kind, source, key, text, author_alias, url, lang_hint, place, seen_at,
                 reported_at, recorded_at, sheet, attachments, compartments, source_ref)
             VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            params![
                entry.seq,
                signal.id.as_bytes(),
                signal.kind.word(),
                signal.source.as_str(),
                key_hash(&signal.key.0),
                open.then_some(&signal.text),
                alias,
                signal.url.as_ref().filter(|_| open),
                signal.lang,
                signal.place.as_ref().filter(|_| open).map(|place| &place.name),
                signal.seen_at.map(ms),
                signal.reported_at.map(ms),
                ms(entry.recorded_at),
                signal.sheet.as_ref().filter(|_| open).map(json_text),
                (!attachments.is_empty()).then(|| json_text(&attachments)),
                compartments.bits(),
                signal.source_ref.as_ref().map(vigie_model::ContactId::as_bytes),
            ],
        )?;
        for file in &signal.attachments {
            run(
                conn,
                "INSERT OR IGNORE INTO v_carried(attachment, signal) VALUES (?,?)",
                params![file.as_bytes(), entry.seq],
            )?;
        }
        count_hour(conn, &signal.source, entry.recorded_at)
    }

    /// What an address is known by in the views: the same one is recognised, and nobody reads it there.
    pub fn handle(&self, channel: Channel, address: &str) -> [u8; 16] {
        let mut hash = Sha256::new();
        hash.update(self.alias_key);
        hash.update(b"contact\0");
        hash.update(channel.word().as_bytes());
        hash.update([0]);
        hash.update(address.as_bytes());
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize()[..16]);
        short
    }

    /// What an erased message is recognised by when it comes in again: a keyed hash, which nobody guesses back.
    pub fn mark(&self, source: &SourceId, key: &str) -> [u8; 16] {
        let mut hash = Sha256::new();
        hash.update(self.alias_key);
        hash.update(b"erased\0");
        hash.update(source.as_str().as_bytes());
        hash.update([0]);
        hash.update(key.as_bytes());
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize()[..16]);
        short
    }

    /// What something is called in what goes to one recipient: a keyed hash over the recipient, however its name is spaced
    /// and cased, and over what is named.
    pub fn for_recipient(&self, recipient: &str, parts: &[&str]) -> uuid::Uuid {
        let recipient: Vec<String> = recipient.split_whitespace().map(str::to_lowercase).collect();
        let mut hash = Sha256::new();
        hash.update(self.alias_key);
        hash.update(b"recipient\0");
        hash.update(recipient.join(" ").as_bytes());
        for part in parts {
            hash.update([0]);
            hash.update(part.as_bytes());
        }
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize()[..16]);
        uuid::Builder::from_custom_bytes(short).into_uuid()
    }

    /// Eight hexadecimal digits that stand for an author of one source.
    fn alias(&self, source: &SourceId, author: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(self.alias_key);
        hash.update(source.as_str().as_bytes());
        hash.update([0]);
        hash.update(author.as_bytes());
        hex::encode(&hash.finalize()[..4])
    }
}

/// Counts a signal in its source's hour.
fn count_hour(conn: &Connection, source: &SourceId, recorded_at: vigie_model::Timestamp) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_source_hour(source, hour, count) VALUES (?,?,1)
         ON CONFLICT(source, hour) DO UPDATE SET count = count + 1",
        params![source.as_str(), ms(recorded_at) / HOUR_MS],
    )
}

/// Remembers that an entry was made from the words of signal `of`: it goes with them.
fn derived(conn: &Connection, entry: &Entry, of: SignalId) -> Result<()> {
    run(
        conn,
        "INSERT OR IGNORE INTO v_derived(of, seq) SELECT seq, ?2 FROM v_signal WHERE id = ?1 AND erased = 0",
        params![of.as_bytes(), entry.seq],
    )
}

/// What stands in the key column: sixteen bytes, so that no message id is readable there.
pub fn key_hash(key: &str) -> [u8; 16] {
    let digest = Sha256::digest(key.as_bytes());
    let mut short = [0; 16];
    short.copy_from_slice(&digest[..16]);
    short
}

fn person(entry: &Entry) -> Option<[u8; 16]> {
    entry.actor.human().map(|by| *by.as_bytes())
}

pub(crate) fn json_text<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn run(conn: &Connection, sql: &str, values: impl rusqlite::Params) -> Result<()> {
    conn.prepare_cached(sql)?.execute(values).map(|_| ())
}

/// What stands of a text at the head of its narrative.
pub(crate) fn head(text: &str) -> &str {
    clip(text, HEAD_CHARS)
}

fn clip(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(end, _)| &text[..end])
}

fn source_registered(conn: &Connection, entry: &Entry, source: &SourceEntry) -> Result<()> {
    let before = known_compartments(conn, &source.id)?;
    run(
        conn,
        "INSERT INTO v_source(id, seq, body, name, compartments, paused) VALUES (?1,?2,?3,?4,?5,0)
         ON CONFLICT(id) DO UPDATE SET seq = ?2, body = ?3, name = ?4, compartments = ?5",
        params![source.id.as_str(), entry.seq, json_text(source), source.name, source.compartments.bits()],
    )?;
    match before {
        Some(before) if before != source.compartments => reclass::source(conn, entry, source),
        _ => Ok(()),
    }
}

fn source_paused(conn: &Connection, source: &SourceId, paused: bool) -> Result<()> {
    run(conn, "UPDATE v_source SET paused = ? WHERE id = ?", params![paused, source.as_str()])
}

/// Compartments of a source; one that is unknown opens to nobody.
fn source_compartments(conn: &Connection, source: &SourceId) -> Result<Compartments> {
    known_compartments(conn, source).map(|known| known.unwrap_or(Compartments::from_bits(u32::MAX)))
}

fn known_compartments(conn: &Connection, source: &SourceId) -> Result<Option<Compartments>> {
    conn.prepare_cached("SELECT compartments FROM v_source WHERE id = ?")?
        .query_row([source.as_str()], |row| row.get(0).map(Compartments::from_bits))
        .optional()
}

fn user_added(conn: &Connection, entry: &Entry, user: &User) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_user(id, seq, name, display, lang, component) VALUES (?1,?2,?3,?4,?5,?6)
         ON CONFLICT(id) DO UPDATE SET seq = ?2, name = ?3, display = ?4, lang = ?5, component = ?6",
        params![
            user.id.as_bytes(),
            entry.seq,
            user.name,
            user.display,
            user.lang,
            user.component.map(vigie_model::Component::word)
        ],
    )
}

fn user_granted(conn: &Connection, entry: &Entry, grant: &Grant) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_grant(seq, user, role, affiliation, compartment, level, until) VALUES (?,?,?,?,?,?,?)",
        params![
            entry.seq,
            grant.user.as_bytes(),
            grant.role.word(),
            grant.affiliation.word(),
            grant.compartment.word(),
            grant.level.word(),
            grant.until.map(ms)
        ],
    )
}

/// The part of a signal that its narrative shows.
struct Told {
    seq: u64,
    kind: String,
    source: String,
    text: Option<String>,
    place: Option<String>,
    seen_at: Option<i64>,
    earliest_at: i64,
    recorded_at: i64,
    media: bool,
    compartments: u32,
    read: bool,
}

fn told(conn: &Connection, id: SignalId) -> Result<Option<Told>> {
    conn.prepare_cached(
        "SELECT seq, kind, source, text, place, seen_at, coalesce(seen_at, reported_at, recorded_at), recorded_at,
             attachments IS NOT NULL, compartments, narrative IS NOT NULL FROM v_signal WHERE id = ?",
    )?
    .query_row([id.as_bytes()], |row| {
        Ok(Told {
            seq: row.get(0)?,
            kind: row.get(1)?,
            source: row.get(2)?,
            text: row.get(3)?,
            place: row.get(4)?,
            seen_at: row.get(5)?,
            earliest_at: row.get(6)?,
            recorded_at: row.get(7)?,
            media: row.get(8)?,
            compartments: row.get(9)?,
            read: row.get(10)?,
        })
    })
    .optional()
}

/// A hold on a narrative is a hold on its signals: it goes wherever they go, into another narrative or a part of it.
fn keep_placed(conn: &Connection, entry: &Entry, e: &KeepPlaced) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_keep(id, seq, at, by_user, kind, object, until, body) VALUES (?,?,?,?,?,?,?,?)",
        params![
            e.id.as_bytes(),
            entry.seq,
            ms(entry.recorded_at),
            person(entry),
            e.object.kind(),
            e.object.uuid().as_bytes(),
            ms(e.until),
            json_text(e)
        ],
    )?;
    let Object::Narrative(narrative) = e.object else { return Ok(()) };
    run(
        conn,
        "INSERT OR IGNORE INTO v_kept(keep, narrative) VALUES (?,?)",
        params![e.id.as_bytes(), current(conn, narrative)?.as_bytes()],
    )
}

fn signal_read(conn: &Connection, entry: &Entry, reading: &Reading) -> Result<()> {
    // A signal whose content was erased has left the views; its reading has nothing to change.
    let Some(signal) = told(conn, reading.signal)? else { return Ok(()) };
    // It is counted once, whatever was put back from an older moment.
    if signal.read {
        return Ok(());
    }
    let narrative = current(conn, reading.narrative)?;
    run(
        conn,
        "UPDATE v_signal SET narrative = ?, lang = ?, script = ?, basis = ?, tricks = ? WHERE seq = ?",
        params![
            narrative.as_bytes(),
            reading.language.tag,
            reading.language.script,
            reading.language.basis.word(),
            trick_bits(&reading.tricks),
            signal.seq
        ],
    )?;
    for (rank, link) in reading.links.iter().enumerate() {
        run(
            conn,
            "INSERT INTO v_link(from_seq, rank, to_id, likeness, value, tricks) VALUES (?,?,?,?,?,?)",
            params![
                signal.seq,
                rank,
                link.to.as_bytes(),
                link.likeness.word(),
                link.score.value(),
                trick_bits(&link.tricks)
            ],
        )?;
    }
    join(conn, entry, narrative, reading, &signal)?;
    for absorbed in &reading.absorbs {
        let absorbed = current(conn, *absorbed)?;
        // The engine may have read on before it heard what a person joined or parted: the person's word stands.
        if absorbed != narrative && !apart::are(conn, narrative, absorbed)? {
            absorb(conn, entry, narrative, absorbed)?;
        }
    }
    // A story that was restricted takes what comes after along.
    desk::close_signals(conn, narrative)?;
    rerank(conn, narrative)
}

fn join(
    conn: &Connection,
    entry: &Entry,
    narrative: NarrativeId,
    reading: &Reading,
    signal: &Told,
) -> Result<()> {
    let id = narrative.as_bytes();
    let found = trick_bits(&reading.tricks);
    let head = signal.text.as_deref().map(head);
    let known: Option<i64> = conn
        .prepare_cached("SELECT head_at FROM v_narrative WHERE id = ?")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    match known {
        None => {
            let code = speakable(conn, 'N', "narrative", signal.recorded_at)?;
            run(
                conn,
                "INSERT INTO v_narrative(id, code, head_seq, head_at, head, lang, kind, count, first_seen_at,
                     first_recorded_at, last_recorded_at, state, tricks, changed, media, place, compartments, rank)
                 VALUES (?1,?2,?3,?4,?5,?6,?7,1,?8,?9,?9,'new',?10,?11,?12,?13,?14,0)",
                params![
                    id,
                    code,
                    signal.seq,
                    signal.earliest_at,
                    head,
                    reading.language.tag,
                    signal.kind,
                    signal.seen_at,
                    signal.recorded_at,
                    found,
                    entry.seq,
                    signal.media,
                    signal.place,
                    signal.compartments
                ],
            )?;
        }
        Some(head_at) => {
            run(
                conn,
                "UPDATE v_narrative SET count = count + 1, changed = ?2, tricks = tricks | ?3, media = media | ?4,
                     place = coalesce(place, ?5), last_recorded_at = max(last_recorded_at, ?6),
                     first_seen_at = CASE WHEN first_seen_at IS NULL OR ?7 < first_seen_at THEN coalesce(?7, first_seen_at)
                         ELSE first_seen_at END
                 WHERE id = ?1",
                params![id, entry.seq, found, signal.media, signal.place, signal.recorded_at, signal.seen_at],
            )?;
            if signal.earliest_at < head_at {
                run(
                    conn,
                    "UPDATE v_narrative SET head_seq = ?, head_at = ?, head = ?, lang = ?, kind = ? WHERE id = ?",
                    params![signal.seq, signal.earliest_at, head, reading.language.tag, signal.kind, id],
                )?;
            }
        }
    }
    run(
        conn,
        "INSERT INTO v_narrative_source(narrative, source, count, first_recorded_at) VALUES (?,?,1,?)
         ON CONFLICT(narrative, source) DO UPDATE SET count = count + 1",
        params![id, signal.source, signal.recorded_at],
    )?;
    run(
        conn,
        "INSERT INTO v_hour(narrative, hour, count, first_seq, last_seq) VALUES (?2,?1,1,?3,?3)
         ON CONFLICT(narrative, hour) DO UPDATE SET count = count + 1, first_seq = min(first_seq, ?3),
             last_seq = max(last_seq, ?3)",
        params![signal.recorded_at / HOUR_MS, id, signal.seq],
    )?;
    run(
        conn,
        "INSERT INTO v_narrative_lang(narrative, lang, count) VALUES (?,?,1)
         ON CONFLICT(narrative, lang) DO UPDATE SET count = count + 1",
        params![id, reading.language.tag],
    )
}

/// Speakable code: letter `-` year `-` running number, in the order of the journal.
pub(crate) fn speakable(conn: &Connection, letter: char, kind: &str, recorded_at: i64) -> Result<String> {
    let year = at(recorded_at).to_zoned(jiff::tz::TimeZone::UTC).year().rem_euclid(100);
    let name = format!("{kind}-{year:02}");
    let n: u64 = conn
        .prepare_cached(
            "INSERT INTO v_counter(name, n) VALUES (?, 1) ON CONFLICT(name) DO UPDATE SET n = n + 1 RETURNING n",
        )?
        .query_row([&name], |row| row.get(0))?;
    Ok(format!("{letter}-{year:02}-{n:04}"))
}

/// All that `absorbed` holds moves to `kept`; the old address keeps pointing there.
fn absorb(conn: &Connection, entry: &Entry, kept_id: NarrativeId, absorbed_id: NarrativeId) -> Result<()> {
    let (kept, absorbed) = (kept_id.as_bytes(), absorbed_id.as_bytes());
    for sql in [
        "UPDATE v_signal SET narrative = ?1 WHERE narrative = ?2",
        "INSERT INTO v_narrative_source(narrative, source, count, first_recorded_at)
         SELECT ?1, source, count, first_recorded_at FROM v_narrative_source WHERE narrative = ?2
         ON CONFLICT(narrative, source) DO UPDATE SET count = count + excluded.count,
             first_recorded_at = min(first_recorded_at, excluded.first_recorded_at)",
        "INSERT INTO v_narrative_lang(narrative, lang, count)
         SELECT ?1, lang, count FROM v_narrative_lang WHERE narrative = ?2
         ON CONFLICT(narrative, lang) DO UPDATE SET count = count + excluded.count",
        "INSERT INTO v_hour(narrative, hour, count, first_seq, last_seq)
         SELECT ?1, hour, count, first_seq, last_seq FROM v_hour WHERE narrative = ?2
         ON CONFLICT(narrative, hour) DO UPDATE SET count = count + excluded.count,
             first_seq = min(first_seq, excluded.first_seq), last_seq = max(last_seq, excluded.last_seq)",
        "INSERT OR IGNORE INTO v_label(narrative, label) SELECT ?1, label FROM v_label WHERE narrative = ?2",
        "INSERT OR IGNORE INTO v_act_narrative(narrative, seq, before)
         SELECT ?1, seq, before FROM v_act_narrative WHERE narrative = ?2",
        "INSERT OR IGNORE INTO v_finding_narrative(narrative, finding)
         SELECT ?1, finding FROM v_finding_narrative WHERE narrative = ?2",
        "INSERT OR IGNORE INTO v_kept(keep, narrative) SELECT keep, ?1 FROM v_kept WHERE narrative = ?2",
        "UPDATE v_narrative SET moved_to = ?1 WHERE moved_to = ?2",
    ] {
        run(conn, sql, params![kept, absorbed])?;
    }
    let before = withdrawn::compartments(conn, kept_id)?;
    run(
        conn,
        "UPDATE v_narrative AS k SET count = k.count + a.count, changed = ?3, tricks = k.tricks | a.tricks,
             media = k.media | a.media, place = coalesce(k.place, a.place),
             first_seen_at = min(coalesce(k.first_seen_at, a.first_seen_at), coalesce(a.first_seen_at, k.first_seen_at)),
             first_recorded_at = min(k.first_recorded_at, a.first_recorded_at),
             last_recorded_at = max(k.last_recorded_at, a.last_recorded_at),
             state = CASE WHEN k.state = 'relevant' OR a.state = 'relevant' THEN 'relevant'
                          WHEN k.state = 'dismissed' AND a.state = 'dismissed' THEN 'dismissed' ELSE 'new' END,
             assigned = coalesce(k.assigned, a.assigned), compartments = k.compartments | a.restricted,
             restricted = k.restricted | a.restricted,
             head_seq = iif(a.head_at < k.head_at, a.head_seq, k.head_seq),
             head = iif(a.head_at < k.head_at, a.head, k.head),
             lang = iif(a.head_at < k.head_at, a.lang, k.lang),
             kind = iif(a.head_at < k.head_at, a.kind, k.kind),
             head_at = min(a.head_at, k.head_at)
         FROM v_narrative AS a WHERE k.id = ?1 AND a.id = ?2",
        params![kept, absorbed, entry.seq],
    )?;
    for sql in [
        "DELETE FROM v_narrative_source WHERE narrative = ?1",
        "DELETE FROM v_narrative_lang WHERE narrative = ?1",
        "DELETE FROM v_hour WHERE narrative = ?1",
        "DELETE FROM v_label WHERE narrative = ?1",
        "DELETE FROM v_act_narrative WHERE narrative = ?1",
        "DELETE FROM v_finding_narrative WHERE narrative = ?1",
        "DELETE FROM v_kept WHERE narrative = ?1",
    ] {
        run(conn, sql, params![absorbed])?;
    }
    apart::absorb(conn, kept_id, absorbed_id)?;
    suggestions::absorb(conn, kept_id, absorbed_id)?;
    desk::absorb(conn, entry, kept_id, absorbed_id)?;
    withdrawn::narrative(conn, entry, kept_id, before)?;
    withdrawn::records(conn, entry, kept_id)?;
    run(
        conn,
        "UPDATE v_narrative SET moved_to = ?1, changed = ?3 WHERE id = ?2",
        params![kept, absorbed, entry.seq],
    )
}

/// Gives the narrative its place in the queue, by the rule that also explains it.
fn rerank(conn: &Connection, narrative: NarrativeId) -> Result<()> {
    let id = narrative.as_bytes();
    let facts = conn
        .prepare_cached(
            "SELECT count, last_recorded_at, tricks,
                 (SELECT count(*) FROM v_narrative_source s WHERE s.narrative = n.id),
                 (SELECT count(*) FROM (SELECT 1 FROM v_signal g WHERE g.narrative = n.id
                     AND g.recorded_at > n.last_recorded_at - 3600000 LIMIT ?2))
             FROM v_narrative n WHERE id = ?1",
        )?
        .query_row(params![id, PACE_MAX], |row| {
            Ok(NarrativeFacts {
                count: row.get(0)?,
                last_recorded_at: at(row.get(1)?),
                tricks: tricks(row.get(2)?),
                sources: row.get(3)?,
                per_hour: row.get(4)?,
                around: Around::default(),
            })
        })
        .optional()?;
    let Some(facts) = facts else { return Ok(()) };
    run(conn, "UPDATE v_narrative SET rank = ? WHERE id = ?", params![rank(&facts), id])
}

/// The name stays in the sealed record: whether the signal that will carry the file is protected is not known yet.
fn attachment_kept(conn: &Connection, entry: &Entry, file: &Attachment) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_attachment(id, seq, media_type, bytes, sha256, recorded_at) VALUES (?,?,?,?,?,?)",
        params![
            file.id.as_bytes(),
            entry.seq,
            file.media_type,
            file.bytes,
            file.sha256,
            ms(entry.recorded_at)
        ],
    )
}

/// Records an act and, per narrative, what stood there before, so that it can be taken back.
pub(crate) fn act(conn: &Connection, entry: &Entry, what: &str, detail: &str) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_act(seq, recorded_at, actor, what, detail, undone) VALUES (?,?,?,?,?,0)",
        params![entry.seq, ms(entry.recorded_at), entry.actor.to_string(), what, detail],
    )
}

pub(crate) fn act_on(
    conn: &Connection,
    entry: &Entry,
    narrative: &[u8; 16],
    before: Option<String>,
) -> Result<()> {
    run(
        conn,
        "INSERT OR IGNORE INTO v_act_narrative(narrative, seq, before) VALUES (?,?,?)",
        params![narrative, entry.seq, before],
    )?;
    touch(conn, entry, narrative)
}

fn touch(conn: &Connection, entry: &Entry, narrative: &[u8; 16]) -> Result<()> {
    run(conn, "UPDATE v_narrative SET changed = ? WHERE id = ?", params![entry.seq, narrative])
}

/// The narrative that `id` stands for today.
pub(crate) fn current(conn: &Connection, id: NarrativeId) -> Result<NarrativeId> {
    let moved = conn
        .prepare_cached("SELECT moved_to FROM v_narrative WHERE id = ? AND moved_to IS NOT NULL")?
        .query_row([id.as_bytes()], |row| narrative_id(row, 0))
        .optional()?;
    Ok(moved.unwrap_or(id))
}

fn triaged(conn: &Connection, entry: &Entry, e: &NarrativesTriaged) -> Result<()> {
    act(conn, entry, "triaged", e.decision.word())?;
    for narrative in &e.narratives {
        let id = current(conn, *narrative)?;
        let before: Option<String> = conn
            .prepare_cached("SELECT state FROM v_narrative WHERE id = ?")?
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?;
        run(
            conn,
            "UPDATE v_narrative SET state = ? WHERE id = ?",
            params![e.decision.word(), id.as_bytes()],
        )?;
        act_on(conn, entry, id.as_bytes(), before)?;
    }
    Ok(())
}

fn assigned(conn: &Connection, entry: &Entry, e: &NarrativesAssigned) -> Result<()> {
    act(conn, entry, "assigned", &e.to.map(|to| to.to_string()).unwrap_or_default())?;
    for narrative in &e.narratives {
        let id = current(conn, *narrative)?;
        let before: Option<[u8; 16]> = conn
            .prepare_cached("SELECT assigned FROM v_narrative WHERE id = ?")?
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?
            .flatten();
        run(
            conn,
            "UPDATE v_narrative SET assigned = ? WHERE id = ?",
            params![e.to.as_ref().map(vigie_model::UserId::as_bytes), id.as_bytes()],
        )?;
        act_on(conn, entry, id.as_bytes(), before.map(hex::encode))?;
    }
    Ok(())
}

fn labelled(conn: &Connection, entry: &Entry, e: &NarrativesLabelled) -> Result<()> {
    act(conn, entry, if e.removed { "unlabelled" } else { "labelled" }, &e.label)?;
    for narrative in &e.narratives {
        let id = current(conn, *narrative)?;
        let had = has_label(conn, id, &e.label)?;
        set_label(conn, id, &e.label, !e.removed)?;
        act_on(conn, entry, id.as_bytes(), Some(had.to_string()))?;
    }
    Ok(())
}

/// Stands with both: whoever looks at either finds what was said. What was said last counts.
fn compared(conn: &Connection, entry: &Entry, e: &NarrativesCompared) -> Result<()> {
    act(conn, entry, if e.same { "alike" } else { "unlike" }, "")?;
    for narrative in [e.narrative, e.other] {
        act_on(conn, entry, current(conn, narrative)?.as_bytes(), None)?;
    }
    Ok(())
}

fn has_label(conn: &Connection, id: NarrativeId, label: &str) -> Result<bool> {
    conn.prepare_cached("SELECT 1 FROM v_label WHERE narrative = ? AND label = ?")?
        .exists(params![id.as_bytes(), label])
}

fn set_label(conn: &Connection, id: NarrativeId, label: &str, on: bool) -> Result<()> {
    let sql = if on {
        "INSERT OR IGNORE INTO v_label(narrative, label) VALUES (?,?)"
    } else {
        "DELETE FROM v_label WHERE narrative = ? AND label = ?"
    };
    run(conn, sql, params![id.as_bytes(), label])
}

fn undone(conn: &Connection, entry: &Entry, e: &ActUndone) -> Result<()> {
    let act: Option<(String, String)> = conn
        .prepare_cached("SELECT what, detail FROM v_act WHERE seq = ? AND undone = 0")?
        .query_row([e.undoes], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((what, detail)) = act else { return Ok(()) };
    let befores: Vec<(NarrativeId, Option<String>)> = conn
        .prepare_cached("SELECT narrative, before FROM v_act_narrative WHERE seq = ?")?
        .query_map([e.undoes], |row| Ok((narrative_id(row, 0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    for (id, before) in befores {
        restore(conn, id, &what, &detail, before)?;
        touch(conn, entry, id.as_bytes())?;
    }
    run(conn, "UPDATE v_act SET undone = 1 WHERE seq = ?", [e.undoes])
}

fn restore(
    conn: &Connection,
    id: NarrativeId,
    what: &str,
    detail: &str,
    before: Option<String>,
) -> Result<()> {
    match what {
        "triaged" => {
            let state = before.unwrap_or_else(|| Decision::New.word().to_owned());
            run(conn, "UPDATE v_narrative SET state = ? WHERE id = ?", params![state, id.as_bytes()])
        }
        "assigned" => {
            let user = before.and_then(|text| hex::decode(text).ok());
            run(conn, "UPDATE v_narrative SET assigned = ? WHERE id = ?", params![user, id.as_bytes()])
        }
        // What was said of two narratives changed nothing else.
        "alike" | "unlike" => Ok(()),
        _ => set_label(conn, id, detail, before.as_deref() == Some("true")),
    }
}

fn note_written(conn: &Connection, entry: &Entry, note: &NoteWritten) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_note(id, seq, recorded_at, seen_at, by_user, text, corrects, changed) VALUES (?,?,?,?,?,?,?,?)",
        params![
            note.id.as_bytes(),
            entry.seq,
            ms(entry.recorded_at),
            note.seen_at.map(ms),
            entry.actor.human().as_ref().map(vigie_model::UserId::as_bytes),
            note.text,
            note.corrects.as_ref().map(vigie_model::NoteId::as_bytes),
            entry.seq
        ],
    )?;
    let Some(corrected) = &note.corrects else { return Ok(()) };
    run(
        conn,
        "UPDATE v_note SET corrected_by = ?, changed = ? WHERE id = ?",
        params![note.id.as_bytes(), entry.seq, corrected.as_bytes()],
    )
}

fn note_struck(conn: &Connection, entry: &Entry, e: &NoteStruck) -> Result<()> {
    run(
        conn,
        "UPDATE v_note SET struck_by = ?, struck_at = ?, struck_reason = ?, changed = ? WHERE id = ?",
        params![
            entry.actor.human().as_ref().map(vigie_model::UserId::as_bytes),
            ms(entry.recorded_at),
            e.reason,
            entry.seq,
            e.note.as_bytes()
        ],
    )
}

fn link_changed(conn: &Connection, entry: &Entry, e: LinkChanged) -> Result<()> {
    findings::gap(conn, entry, "", !e.up)?;
    run(
        conn,
        "INSERT INTO v_uplink(id, up, since) VALUES (0, ?1, ?2) ON CONFLICT(id) DO UPDATE SET up = ?1, since = ?2",
        params![e.up, ms(entry.recorded_at)],
    )
}
