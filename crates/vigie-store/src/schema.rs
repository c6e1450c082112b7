//! The tables of `store.db` and `keys.db`.
//!
//! Three families in `store.db`: the **record** (`entry`, `payload`, `tile`, `checkpoint`), which is never
//! rewritten; the **views** (`v_…`), derived from the record and rebuilt at will; the **meters** (`m_…`),
//! operational counters that no decision rests on.

use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

/// Version of the stored formats; an older binary refuses a newer folder without writing.
/// Format 2 knows generations of a journal; a folder of format 1 is brought up when it is opened for writing.
pub const FORMAT: u32 = 2;

/// The record. `entry` refuses change and removal by trigger; `payload` may lose rows by erasure.
pub const RECORD: &str = "
CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE entry(seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL);
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries never change'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries never go'); END;
CREATE TABLE payload(seq INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
CREATE TABLE tile(level INTEGER NOT NULL, idx INTEGER NOT NULL, hashes BLOB NOT NULL,
    PRIMARY KEY(level, idx)) WITHOUT ROWID;
CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, note TEXT NOT NULL);
CREATE TABLE cursor(engine TEXT PRIMARY KEY, version TEXT NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE generation(number INTEGER PRIMARY KEY, seq INTEGER NOT NULL, origin TEXT NOT NULL);
";

/// What format 2 adds to format 1, in the transaction that writes the new number.
pub const FROM_1: &str = "
CREATE TABLE generation(number INTEGER PRIMARY KEY, seq INTEGER NOT NULL, origin TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS m_reindex(seq INTEGER PRIMARY KEY, marks INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS m_backup(id INTEGER PRIMARY KEY, body TEXT NOT NULL);
";

/// Operational counters.
pub const METERS: &str = "
CREATE TABLE m_repeat(signal_seq INTEGER PRIMARY KEY, count INTEGER NOT NULL);
CREATE TABLE m_source(source TEXT PRIMARY KEY, last_contact_at INTEGER, last_accepted_at INTEGER,
    accepted INTEGER NOT NULL DEFAULT 0, repeated INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0,
    last_refusal TEXT, last_error TEXT, last_error_at INTEGER, validators TEXT) WITHOUT ROWID;
CREATE TABLE m_reindex(seq INTEGER PRIMARY KEY, marks INTEGER NOT NULL);
CREATE TABLE m_backup(id INTEGER PRIMARY KEY, body TEXT NOT NULL);
";

/// The views. Dropped and made again by a rebuild.
pub const VIEWS: &str = "
-- A response that is not out has a day on which it is late.
CREATE TABLE v_source(id TEXT PRIMARY KEY, seq INTEGER NOT NULL, body TEXT NOT NULL, name TEXT NOT NULL,
    compartments INTEGER NOT NULL, paused INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE v_user(id BLOB PRIMARY KEY, seq INTEGER NOT NULL, name TEXT NOT NULL UNIQUE, display TEXT NOT NULL,
    lang TEXT NOT NULL, component TEXT) WITHOUT ROWID;
CREATE TABLE v_grant(seq INTEGER PRIMARY KEY, user BLOB NOT NULL, role TEXT NOT NULL, affiliation TEXT NOT NULL,
    compartment TEXT NOT NULL, level TEXT NOT NULL, until INTEGER);
CREATE INDEX v_grant_user ON v_grant(user);
CREATE TABLE v_signal(seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, narrative BLOB, kind TEXT NOT NULL,
    source TEXT NOT NULL, key BLOB NOT NULL, text TEXT, author_alias TEXT, url TEXT, lang_hint TEXT, place TEXT,
    seen_at INTEGER, reported_at INTEGER, recorded_at INTEGER NOT NULL, sheet TEXT, attachments TEXT,
    compartments INTEGER NOT NULL, lang TEXT, script TEXT, basis TEXT, tricks INTEGER NOT NULL DEFAULT 0,
    source_ref BLOB, masked INTEGER NOT NULL DEFAULT 0, grade TEXT, erased INTEGER NOT NULL DEFAULT 0);
CREATE INDEX v_signal_expiry ON v_signal(source, recorded_at) WHERE erased = 0;
CREATE TABLE v_derived(of INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(of, seq)) WITHOUT ROWID;
CREATE INDEX v_derived_seq ON v_derived(seq);
CREATE TABLE v_made(finding BLOB NOT NULL, seq INTEGER NOT NULL UNIQUE, PRIMARY KEY(finding, seq)) WITHOUT ROWID;
CREATE TABLE v_erasure(id BLOB PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, by_user BLOB, state TEXT NOT NULL,
    decided_by BLOB, decided_at INTEGER, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE v_erased(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE v_keep(id BLOB PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, by_user BLOB, kind TEXT NOT NULL,
    object BLOB NOT NULL, until INTEGER NOT NULL, lifted INTEGER, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE v_damaged(seq INTEGER PRIMARY KEY);
CREATE TABLE v_kept(keep BLOB NOT NULL, narrative BLOB NOT NULL, PRIMARY KEY(keep, narrative)) WITHOUT ROWID;
CREATE INDEX v_kept_narrative ON v_kept(narrative);
CREATE UNIQUE INDEX v_signal_key ON v_signal(source, key);
CREATE INDEX v_signal_recorded ON v_signal(recorded_at);
CREATE INDEX v_signal_narrative ON v_signal(narrative, recorded_at);
CREATE TABLE v_link(from_seq INTEGER NOT NULL, rank INTEGER NOT NULL, to_id BLOB NOT NULL, likeness TEXT NOT NULL,
    value REAL NOT NULL, tricks INTEGER NOT NULL, PRIMARY KEY(from_seq, rank)) WITHOUT ROWID;
CREATE TABLE v_narrative(id BLOB PRIMARY KEY, code TEXT NOT NULL, moved_to BLOB, head_seq INTEGER NOT NULL,
    head_at INTEGER NOT NULL, head TEXT, lang TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL,
    first_seen_at INTEGER, first_recorded_at INTEGER NOT NULL, last_recorded_at INTEGER NOT NULL,
    state TEXT NOT NULL, assigned BLOB, tricks INTEGER NOT NULL, changed INTEGER NOT NULL, media INTEGER NOT NULL,
    place TEXT, compartments INTEGER NOT NULL, rank REAL NOT NULL, restricted INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE INDEX v_narrative_rank ON v_narrative(rank, id) WHERE moved_to IS NULL;
CREATE INDEX v_narrative_last ON v_narrative(last_recorded_at, id) WHERE moved_to IS NULL;
CREATE INDEX v_narrative_count ON v_narrative(count, id) WHERE moved_to IS NULL;
CREATE INDEX v_narrative_changed ON v_narrative(changed);
CREATE TABLE v_apart(one BLOB NOT NULL, other BLOB NOT NULL, PRIMARY KEY(one, other)) WITHOUT ROWID;
CREATE TABLE v_narrative_source(narrative BLOB NOT NULL, source TEXT NOT NULL, count INTEGER NOT NULL,
    first_recorded_at INTEGER NOT NULL, PRIMARY KEY(narrative, source)) WITHOUT ROWID;
CREATE TABLE v_narrative_lang(narrative BLOB NOT NULL, lang TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY(narrative, lang)) WITHOUT ROWID;
CREATE TABLE v_hour(narrative BLOB NOT NULL, hour INTEGER NOT NULL, count INTEGER NOT NULL, first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL, PRIMARY KEY(narrative, hour)) WITHOUT ROWID;
CREATE TABLE v_source_hour(source TEXT NOT NULL, hour INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY(source, hour)) WITHOUT ROWID;
CREATE TABLE v_label(narrative BLOB NOT NULL, label TEXT NOT NULL, PRIMARY KEY(narrative, label)) WITHOUT ROWID;
CREATE TABLE v_act(seq INTEGER PRIMARY KEY, recorded_at INTEGER NOT NULL, actor TEXT NOT NULL, what TEXT NOT NULL,
    detail TEXT NOT NULL, undone INTEGER NOT NULL);
CREATE TABLE v_act_narrative(narrative BLOB NOT NULL, seq INTEGER NOT NULL, before TEXT,
    PRIMARY KEY(narrative, seq)) WITHOUT ROWID;
CREATE INDEX v_act_narrative_seq ON v_act_narrative(seq);
CREATE TABLE v_note(id BLOB PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, recorded_at INTEGER NOT NULL,
    seen_at INTEGER, by_user BLOB, text TEXT NOT NULL, struck_by BLOB, struck_at INTEGER, struck_reason TEXT,
    corrects BLOB, corrected_by BLOB, changed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE v_attachment(id BLOB PRIMARY KEY, seq INTEGER NOT NULL, media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, recorded_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX v_attachment_seq ON v_attachment(seq);
CREATE TABLE v_carried(attachment BLOB NOT NULL, signal INTEGER NOT NULL, PRIMARY KEY(attachment, signal)) WITHOUT ROWID;
CREATE INDEX v_carried_signal ON v_carried(signal);
CREATE TABLE v_picture(attachment BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(attachment, seq)) WITHOUT ROWID;
CREATE INDEX v_picture_seq ON v_picture(seq);
CREATE TABLE v_finding(id BLOB PRIMARY KEY, kind TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL,
    accounts INTEGER NOT NULL, overruled INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX v_finding_at ON v_finding(at);
CREATE TABLE v_finding_narrative(narrative BLOB NOT NULL, finding BLOB NOT NULL, PRIMARY KEY(narrative, finding))
    WITHOUT ROWID;
CREATE TABLE v_finding_signal(finding BLOB NOT NULL, signal BLOB NOT NULL, PRIMARY KEY(finding, signal)) WITHOUT ROWID;
CREATE INDEX v_finding_signal_of ON v_finding_signal(signal);
CREATE TABLE v_finding_answer(seq INTEGER PRIMARY KEY, finding BLOB NOT NULL, at INTEGER NOT NULL, by_user BLOB,
    agrees INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE INDEX v_finding_answer_of ON v_finding_answer(finding);
CREATE TABLE v_suggested(narrative BLOB NOT NULL, kind TEXT NOT NULL, of TEXT NOT NULL, seq INTEGER NOT NULL,
    at INTEGER NOT NULL, by_user BLOB, agrees INTEGER NOT NULL, PRIMARY KEY(narrative, kind, of)) WITHOUT ROWID;
CREATE TABLE v_share(seq INTEGER PRIMARY KEY, narrative BLOB NOT NULL, at INTEGER NOT NULL, by_user BLOB, body TEXT NOT NULL);
CREATE TABLE v_aside(user BLOB PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, by_user BLOB) WITHOUT ROWID;
CREATE TABLE v_gap(what TEXT NOT NULL, from_at INTEGER NOT NULL, until_at INTEGER, PRIMARY KEY(what, from_at)) WITHOUT ROWID;
CREATE TABLE v_function(id TEXT PRIMARY KEY, name_en TEXT NOT NULL, name_fr TEXT NOT NULL, component TEXT NOT NULL,
    liaison INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE v_holder(function TEXT NOT NULL, user BLOB NOT NULL, PRIMARY KEY(function, user)) WITHOUT ROWID;
CREATE TABLE v_verifier(lang TEXT NOT NULL, user BLOB NOT NULL, until INTEGER, PRIMARY KEY(lang, user)) WITHOUT ROWID;
CREATE TABLE v_desk(kind TEXT NOT NULL, id BLOB NOT NULL, seq INTEGER NOT NULL, code TEXT NOT NULL, state TEXT NOT NULL,
    open INTEGER NOT NULL, waits_for TEXT, due INTEGER, look INTEGER, narrative BLOB, opened INTEGER NOT NULL,
    changed INTEGER NOT NULL, compartments INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID;
CREATE INDEX v_desk_list ON v_desk(kind, open, opened);
CREATE INDEX v_desk_look ON v_desk(look) WHERE look IS NOT NULL;
CREATE INDEX v_desk_narrative ON v_desk(narrative, kind) WHERE narrative IS NOT NULL;
CREATE INDEX v_desk_changed ON v_desk(changed);
CREATE TABLE v_trace(kind TEXT NOT NULL, id BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(kind, id, seq)) WITHOUT ROWID;
CREATE TABLE v_judged(narrative BLOB PRIMARY KEY, class TEXT NOT NULL, truth TEXT NOT NULL, harm TEXT NOT NULL,
    hostile INTEGER NOT NULL, awaits INTEGER NOT NULL, contested INTEGER NOT NULL, verified_at INTEGER,
    changed INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE v_contact(id BLOB PRIMARY KEY, seq INTEGER NOT NULL, code TEXT NOT NULL, channel TEXT NOT NULL,
    handle BLOB NOT NULL, reply TEXT NOT NULL, named INTEGER NOT NULL, source TEXT, sealed_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE UNIQUE INDEX v_contact_handle ON v_contact(channel, handle);
CREATE INDEX v_contact_seq ON v_contact(seq);
CREATE INDEX v_contact_expiry ON v_contact(source, sealed_at) WHERE source IS NOT NULL;
CREATE TABLE v_delivery(release BLOB NOT NULL, contact BLOB NOT NULL, text TEXT NOT NULL, attempt INTEGER NOT NULL,
    state TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT, PRIMARY KEY(release, contact)) WITHOUT ROWID;
CREATE INDEX v_delivery_contact ON v_delivery(contact, text);
CREATE INDEX v_delivery_open ON v_delivery(at) WHERE state IN ('queued', 'trying', 'failed');
CREATE INDEX v_desk_site ON v_desk(body ->> '$.said.site', seq) WHERE kind = 'warning';
CREATE INDEX v_signal_asker ON v_signal(narrative, source_ref) WHERE source_ref IS NOT NULL;
CREATE INDEX v_signal_wrote ON v_signal(source_ref, seq) WHERE source_ref IS NOT NULL;
CREATE TABLE v_withdrawn(seq INTEGER NOT NULL, kind TEXT NOT NULL, id BLOB NOT NULL, before INTEGER NOT NULL,
    after INTEGER NOT NULL, PRIMARY KEY(seq, kind, id)) WITHOUT ROWID;
CREATE TABLE v_watch(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, by_user BLOB, to_user BLOB, body TEXT NOT NULL);
CREATE TABLE v_sign_in(user BLOB PRIMARY KEY, last INTEGER NOT NULL, before INTEGER) WITHOUT ROWID;
CREATE TABLE v_reference(kind TEXT NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL, seq INTEGER NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY(kind, name, part)) WITHOUT ROWID;
CREATE TABLE v_access(object TEXT NOT NULL, seq INTEGER NOT NULL, actor TEXT NOT NULL, at INTEGER NOT NULL,
    kind TEXT NOT NULL, PRIMARY KEY(object, seq)) WITHOUT ROWID;
CREATE INDEX v_access_actor ON v_access(actor, seq);
CREATE TABLE v_noticed(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, person BLOB NOT NULL, rule TEXT NOT NULL,
    body TEXT NOT NULL, explained INTEGER);
CREATE INDEX v_noticed_person ON v_noticed(person, at);
CREATE TABLE v_uplink(id INTEGER PRIMARY KEY, up INTEGER NOT NULL, since INTEGER NOT NULL);
CREATE TABLE v_backup(seq INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE v_counter(name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
";

/// `keys.db`: whatever must be able to vanish, and whatever must never enter the journal.
pub const KEYS: &str = "
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wrapped(seq INTEGER PRIMARY KEY, blob BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS secret(name TEXT PRIMARY KEY, blob BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS credential(user BLOB PRIMARY KEY, phc TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session(token BLOB PRIMARY KEY, user BLOB NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token(token BLOB PRIMARY KEY, what TEXT NOT NULL, expires INTEGER NOT NULL,
    single_use INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS intake_key(source TEXT PRIMARY KEY, hash BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erased_key(mark BLOB PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
";

/// Settings of every connection: write-ahead log, and each commit on disk before it is acknowledged.
pub fn tune(conn: &Connection) -> rusqlite::Result<()> {
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", "OFF")?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "cache_size", -8_000)?;
    conn.pragma_update(None, "secure_delete", "ON")?;
    // A commit of ours touches some fifteen pages; moving them from the log into the file every thousand pages would
    // add two waits for the disk to every seventieth commit.
    conn.pragma_update(None, "wal_autocheckpoint", 8_000)?;
    conn.busy_timeout(std::time::Duration::from_secs(10))?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Names the shape of the views: another text is another version.
pub fn views_version() -> String {
    hex::encode(&Sha256::digest(VIEWS.as_bytes())[..8])
}

/// The version of the views in this database.
pub fn known_views(conn: &Connection) -> rusqlite::Result<Option<String>> {
    conn.query_row("SELECT value FROM meta WHERE name = 'views'", [], |row| row.get(0)).optional()
}

/// Notes that the views are of this version.
pub fn note_views(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT INTO meta(name, value) VALUES ('views', ?1) ON CONFLICT(name) DO UPDATE SET value = ?1",
        [views_version()],
    )
    .map(|_| ())
}

/// Names of the view tables in this database, in order.
pub fn view_tables(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut names = conn.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'v\\_%' ESCAPE '\\' ORDER BY name",
    )?;
    names.query_map([], |row| row.get(0))?.collect()
}
