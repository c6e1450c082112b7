//! A site's second life: backed up while it is written to, restored elsewhere, mended, put back from an old copy.

use super::*;
use std::sync::atomic::{AtomicBool, Ordering};
use vigie_evidence::age::Identity;
use vigie_store::{Along, back_up, mend, unpack};

pub(super) fn identity() -> Identity {
    Identity::from_random([9; 32])
}

fn now() -> Timestamp {
    "2026-11-22T06:00:00Z".parse().expect("a time")
}

pub(super) fn backed_up(ground: &Ground, name: &str) -> PathBuf {
    let to = ground.dir.with_file_name(name);
    back_up(&ground.dir, &ground.key, &to, &identity().recipient(), now(), &|_, _| {}).expect("a backup");
    to
}

const ALONG: Along<'_> = Along { reason: "the disk was lost", rule: &|_| Ok(Vec::new()), past: &[] };

/// Unpacks a backup, whatever it holds.
pub(super) fn unpacked(from: &Path, to: &Path, key: &KeySource) {
    unpack(from, to, identity(), key, &|_, _| {}).expect("unpacks");
}

/// Restores a backup into a folder of this name, under a new key.
pub(super) fn restored(ground: &Ground, from: &Path, name: &str) -> (Store, PathBuf, KeySource) {
    let to = ground.dir.with_file_name(name);
    let key = KeySource::File(to.with_extension("key"));
    unpack(from, &to, identity(), &key, &|_, _| {}).expect("unpacks");
    assert_verifies(&to);
    let (store, succession) =
        Store::succeed(&to, &key, ground.clock.clone(), &ALONG).expect("a new generation");
    assert_eq!(succession.generation, 1);
    (store, to, key)
}

fn assert_verifies(dir: &Path) -> vigie_verify::Report {
    let report = vigie_verify::verify(dir, &vigie_verify::Demands::default()).expect("can be checked");
    assert!(report.ok, "{report}");
    report
}

#[test]
fn f08_a_backup_restored_elsewhere_verifies_keeps_its_ids_and_goes_on_in_a_new_generation() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let before = store.journal_state().expect("state");
    let to = backed_up(&ground, "backup");
    drop(store);
    let first_key = Store::peek(&ground.dir).expect("a site").0.verifier_key;
    let (store, dir, key) = restored(&ground, &to, "elsewhere");
    let after = store.journal_state().expect("state");
    assert_eq!((after.entries, after.generations.len()), (before.entries + 1, 2));
    assert_eq!(after.generations[1].reason.as_deref(), Some("the disk was lost"));
    assert!(after.origin.ends_with("/1") && after.verifier_key != first_key);
    // Content of before opens, what is new is sealed under the new name, both rebuild.
    assert!(
        matches!(store.entry(4).expect("opens").event, Event::SignalReceived(s) if s.text.contains("numéro 0"))
    );
    store.commit(vec![received(200, "radio-birao", "après la restauration")]).expect("goes on");
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
    let file = AttachmentId::new(6, [6; 10]);
    let (_, bytes) = store.attachment(file).expect("opens").expect("is there");
    assert_eq!(bytes, b"a picture");
    drop(store);
    // Whoever knows either key can check it.
    let last_key = assert_verifies(&dir).verifier_key.expect("a key");
    for key in [&first_key, &last_key] {
        let verifier = Some(vigie_verify::SiteVerifier::parse(key).expect("a key"));
        let demands = vigie_verify::Demands { verifier, ..Default::default() };
        let report = vigie_verify::verify(&dir, &demands).expect("can be checked");
        assert!(report.ok, "{report}");
    }
    let again = Store::open(&dir, &key, ground.clock.clone()).expect("opens again");
    assert!(matches!(again.entry(4).expect("opens").event, Event::SignalReceived(_)));
    assert!(
        Store::open(&dir, &ground.key, ground.clock.clone()).is_err(),
        "the lost site's key opens nothing here"
    );
}

#[test]
fn f08_a_generation_opened_without_the_key_before_is_named() {
    let ground = Ground::new();
    drop(lived_in(&ground));
    // Somebody who has the folder, but not the key it signs with, opens a generation of their own.
    let keys = rusqlite::Connection::open(ground.dir.join("keys.db")).expect("opens");
    let store = ground.open().expect("opens");
    let end = store.journal_state().expect("state").entries;
    drop(store);
    let (store, _) =
        Store::succeed(&ground.dir, &ground.key, ground.clock.clone(), &ALONG).expect("succeeds");
    drop(store);
    drop(keys);
    let db = rusqlite::Connection::open(ground.dir.join("store.db")).expect("opens");
    let note: String = db
        .query_row("SELECT note FROM checkpoint WHERE size = ?", [end + 1], |row| row.get(0))
        .expect("signed");
    let lines: Vec<&str> = note.lines().collect();
    assert_eq!(lines.len(), 6, "both keys signed: {note}");
    let alone = format!("{}\n", lines[..5].join("\n"));
    db.execute("UPDATE checkpoint SET note = ? WHERE size = ?", rusqlite::params![alone, end + 1])
        .expect("written");
    drop(db);
    let report =
        vigie_verify::verify(&ground.dir, &vigie_verify::Demands::default()).expect("can be checked");
    assert_eq!(report.finding.expect("named").code(), "verify-not-succeeded");
}

#[test]
fn a_backup_of_a_site_that_is_written_to_is_whole() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let stop = Arc::new(AtomicBool::new(false));
    let (writer, stopped) = (store.clone(), stop.clone());
    let writing = std::thread::spawn(move || {
        let mut n = 1_000;
        while !stopped.load(Ordering::Acquire) {
            writer.commit(vec![received(n, "radio-birao", "le marché est ouvert")]).expect("goes on");
            n += 1;
        }
        n
    });
    let places: Vec<PathBuf> = (0..4).map(|n| backed_up(&ground, &format!("backup{n}"))).collect();
    stop.store(true, Ordering::Release);
    let last = writing.join().expect("wrote");
    assert!(last > 1_010, "only {last}");
    for (n, place) in places.iter().enumerate() {
        let (restored, dir, _) = restored(&ground, place, &format!("of{n}"));
        assert!(restored.rebuild(|_| {}).expect("rebuilds").equal());
        drop(restored);
        assert_verifies(&dir);
    }
    assert_eq!(store.record_backups().expect("recorded"), 4);
    assert_eq!(store.record_backups().expect("once"), 0);
    assert_eq!(store.read(|views| views.backups(10)).expect("asks").len(), 4);
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[test]
fn what_is_erased_while_a_backup_is_made_comes_with_the_entry_that_says_so() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let many = (1_000..3_100).map(|n| received(n, "radio-birao", "le marché est ouvert"));
    store.commit(many.collect()).expect("goes on");
    let told = signal(4_000, "radio-birao", "elle habite derrière le marché");
    let (id, radio) = (told.id, "radio-birao".parse().expect("a source id"));
    let told = Draft::new(Actor::Source(radio), Event::SignalReceived(told));
    store.commit(vec![told]).expect("goes on");
    let to = ground.dir.with_file_name("backup");
    let later = signal(4_001, "radio-birao", "").id;
    let erased = AtomicBool::new(false);
    let made = back_up(&ground.dir, &ground.key, &to, &identity().recipient(), now(), &|done, of| {
        // Some entries are copied, that of the message is not yet.
        if done < of && !erased.swap(true, Ordering::AcqRel) {
            store.commit(vec![received(4_001, "radio-birao", "arrivé entre-temps")]).expect("goes on");
            let reading = read(later, NarrativeId::founded_by(later), true, Vec::new());
            store.commit_engine("text", "1", 2_500, vec![reading]).expect("read meanwhile");
            super::erase::erase(&store, vec![vigie_model::Erasable::Signal(id.uuid())]).expect("erased");
        }
    });
    assert!(erased.load(Ordering::Acquire));
    assert_eq!(made.expect("a backup").made.entries, store.journal_state().expect("state").entries);
    let (restored, dir, _) = restored(&ground, &to, "elsewhere");
    // The engine goes on where its entries end; what it read is not counted again, whoever says it again.
    assert_eq!(restored.cursor("text").expect("asks"), 2_500);
    let story = |store: &Store| {
        let id = NarrativeId::founded_by(later);
        let row = store.read(|views| views.narrative_row(id, everyone(), store.now())).expect("asks");
        let Found::Here(row) = row else { panic!("{row:?}") };
        row.count
    };
    let again = read(later, NarrativeId::founded_by(later), true, Vec::new());
    restored.commit_engine("text", "1", 2_501, vec![again]).expect("is taken");
    assert_eq!(story(&restored), 1);
    assert!(restored.rebuild(|_| {}).expect("rebuilds").equal());
    drop(restored);
    assert_eq!(assert_verifies(&dir).payloads_erased, 1);
}

#[test]
fn f49_a_stolen_backup_shows_nothing_without_the_identity() {
    let ground = Ground::new();
    drop(lived_in(&ground));
    let to = backed_up(&ground, "backup");
    for (path, bytes) in files(&to) {
        for word in ["convoi", "page-du-marche", "menace", "famille-menacee", "relève prise", "radio-birao-x"]
        {
            let seen = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!seen, "{word} stands in {}", path.display());
        }
    }
    let nowhere = ground.dir.with_file_name("nowhere");
    let stranger = unpack(&to, &nowhere, Identity::from_random([8; 32]), &ground.key, &|_, _| {});
    assert!(matches!(stranger, Err(StoreError::Backup("backup-other-identity"))), "{stranger:?}");
}

#[test]
fn a_cut_or_changed_backup_restores_nothing() {
    let ground = Ground::new();
    drop(lived_in(&ground));
    let to = backed_up(&ground, "backup");
    let (keys, store) = (to.join("keys.bak.age"), to.join("store.bak"));
    let whole = std::fs::read(&keys).expect("reads");
    let refused = |n: usize| {
        let place = ground.dir.with_file_name(format!("refused{n}"));
        unpack(&to, &place, identity(), &KeySource::File(place.with_extension("key")), &|_, _| {})
            .expect_err("refused")
    };
    std::fs::write(&keys, &whole[..whole.len() - 1]).expect("writes");
    assert!(matches!(refused(0), StoreError::Backup("backup-damaged")));
    std::fs::write(&keys, &whole).expect("writes");
    let db = rusqlite::Connection::open(&store).expect("opens");
    db.execute("UPDATE meta SET value = 'vigie.local/other/site/0' WHERE name = 'origin'", [])
        .expect("writes");
    assert!(matches!(refused(1), StoreError::Backup("backup-not-a-pair")));
    db.execute("UPDATE meta SET value = 'another' WHERE name = 'app'", []).expect("writes");
    assert!(matches!(refused(2), StoreError::Backup("backup-not-one")));
}

#[test]
fn f04_one_flipped_bit_damages_one_record_and_a_backup_mends_it() {
    let ground = Ground::new();
    drop(lived_in(&ground));
    let to = backed_up(&ground, "backup");
    let path = ground.dir.join("store.db");
    let db = rusqlite::Connection::open(&path).expect("opens");
    let sealed: Vec<u8> =
        db.query_row("SELECT sealed FROM payload WHERE seq = 4", [], |row| row.get(0)).expect("sealed");
    drop(db);
    let mut bytes = std::fs::read(&path).expect("reads");
    let at = bytes.windows(sealed.len()).position(|window| window == sealed).expect("lies in one piece");
    bytes[at + 60] ^= 4;
    std::fs::write(&path, bytes).expect("writes");
    let blob = walk(&ground.dir.join("blobs"));
    std::fs::write(&blob, b"another file").expect("writes");
    let store = ground.open().expect("opens all the same");
    assert!(matches!(store.entry(4), Err(StoreError::Damaged { seq: 4, .. })));
    assert!(matches!(store.entry(6).expect("the others are whole").event, Event::SignalReceived(_)));
    store.commit(vec![received(300, "radio-birao", "on continue")]).expect("goes on");
    drop(store);
    let mended = mend(&ground.dir, &to).expect("mends");
    assert_eq!((mended.contents, mended.files.len(), mended.left.len()), (vec![4], 1, 0));
    assert_verifies(&ground.dir);
    let store = ground.open().expect("opens");
    assert!(matches!(store.entry(4).expect("whole again").event, Event::SignalReceived(_)));
}

/// The one file below a folder.
pub(super) fn walk(dir: &Path) -> PathBuf {
    let next = std::fs::read_dir(dir).expect("reads").next().expect("something").expect("reads").path();
    if next.is_dir() { walk(&next) } else { next }
}

#[test]
fn a_folder_put_back_from_an_older_copy_is_refused_until_a_new_generation_is_opened() {
    let ground = Ground::new();
    drop(lived_in(&ground));
    let old = files(&ground.dir);
    let store = ground.open().expect("opens");
    store.commit(vec![received(400, "radio-birao", "vu par un témoin")]).expect("recorded");
    let seen = store.journal_state().expect("state").checkpoint;
    drop(store);
    for (path, _) in files(&ground.dir) {
        std::fs::remove_file(path).expect("removes");
    }
    for (path, bytes) in old {
        std::fs::write(path, bytes).expect("puts back");
    }
    std::fs::create_dir(ground.dir.join("witness")).expect("a folder");
    std::fs::write(ground.dir.join("witness/hq.note"), seen).expect("a witness");
    let refused = ground.open();
    assert!(matches!(refused, Err(StoreError::Behind { known, own }) if known == own + 1));
    let (store, _) =
        Store::succeed(&ground.dir, &ground.key, ground.clock.clone(), &ALONG).expect("succeeds");
    store.commit(vec![received(401, "radio-birao", "on continue")]).expect("goes on");
    drop(store);
    assert_verifies(&ground.dir);
    ground.open().expect("opens: the witness speaks of another generation now");
}

#[test]
fn f06_a_folder_of_the_earlier_format_is_brought_up_or_left_as_it_was() {
    let ground = Ground::new();
    drop(lived_in(&ground));
    let earlier = |conn: &rusqlite::Connection| {
        conn.execute_batch(
            "DROP TABLE generation; DROP TABLE m_backup; UPDATE meta SET value = 1 WHERE name = 'format'",
        )
    };
    let db = rusqlite::Connection::open(ground.dir.join("store.db")).expect("opens");
    earlier(&db).expect("made as it was");
    // Something in the way of the upgrade: it is taken back whole, and the earlier version still opens the folder.
    db.execute_batch("CREATE TABLE generation(other)").expect("in the way");
    drop(db);
    assert!(ground.open().is_err());
    let db = rusqlite::Connection::open(ground.dir.join("store.db")).expect("opens");
    let format: u32 =
        db.query_row("SELECT value FROM meta WHERE name = 'format'", [], |row| row.get(0)).expect("reads");
    assert_eq!(format, 1);
    assert_verifies(&ground.dir);
    db.execute_batch("DROP TABLE generation").expect("out of the way");
    drop(db);
    let store = ground.open().expect("brought up");
    assert_eq!(store.journal_state().expect("state").generations.len(), 1);
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}
