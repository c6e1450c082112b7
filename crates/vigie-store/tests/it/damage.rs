//! A damaged content or key is one record lost: everything else opens, is read, is erased and is kept as before.

use super::backup::{backed_up, identity, unpacked, walk};
use super::*;
use vigie_model::{
    Channel, ContentErased, Erasable, ErasureAsked, ErasureId, FactId, FactWithdrawn, KeepId, KeepPlaced,
    NarrativeRestricted, Object, SignalMasked,
};

fn person(n: u8) -> UserId {
    UserId::new(1, [n; 10])
}

/// Flips a bit of each of these sealed contents, as an old block of a disk does.
pub(super) fn damage_contents(ground: &Ground, seqs: &[u64]) {
    let db = rusqlite::Connection::open(ground.dir.join("store.db")).expect("opens");
    for seq in seqs {
        let mut sealed: Vec<u8> = db
            .query_row("SELECT sealed FROM payload WHERE seq = ?", [seq], |row| row.get(0))
            .expect("a sealed content");
        *sealed.last_mut().expect("bytes") ^= 4;
        db.execute("UPDATE payload SET sealed = ? WHERE seq = ?", (&sealed, seq)).expect("writes");
    }
}

fn damage_keys(ground: &Ground, seqs: &[u64]) {
    let db = rusqlite::Connection::open(ground.dir.join("keys.db")).expect("opens");
    for seq in seqs {
        let mut blob: Vec<u8> =
            db.query_row("SELECT blob FROM wrapped WHERE seq = ?", [seq], |row| row.get(0)).expect("a key");
        *blob.last_mut().expect("bytes") ^= 4;
        db.execute("UPDATE wrapped SET blob = ? WHERE seq = ?", (&blob, seq)).expect("writes");
    }
}

/// The next version has other views.
fn upgraded(ground: &Ground) {
    let db = rusqlite::Connection::open(ground.dir.join("store.db")).expect("opens");
    db.execute("UPDATE meta SET value = 'of before' WHERE name = 'views'", []).expect("writes");
}

/// The entry that received the signal `n`.
fn received_at(store: &Store, n: u64) -> u64 {
    let id = signal(n, "radio-birao", "").id;
    let all = store.entries_from(0, 1_000, &[Kind::SignalReceived]).expect("reads").entries;
    let of = |entry: &vigie_model::Entry| matches!(&entry.event, Event::SignalReceived(s) if s.id == id);
    all.into_iter().find(|(entry, _)| of(entry)).expect("received").0.seq
}

/// The site that a backup gives, whatever of it is damaged.
fn gone_on(ground: &Ground, backup: &Path) -> (Store, PathBuf, KeySource) {
    let to = ground.dir.with_file_name("new");
    let key = KeySource::File(to.with_extension("key"));
    unpacked(backup, &to, &key);
    let along = vigie_store::Along { reason: "drill", rule: &|_| Ok(Vec::new()), past: &[] };
    let (store, _) = Store::succeed(&to, &key, ground.clock.clone(), &along).expect("a new generation");
    (store, to, key)
}

fn recorded(store: &Store, event: Event) -> u64 {
    store.commit(vec![Draft::new(someone(), event)]).expect("recorded")[0].seq()
}

fn told(store: &Store, n: u64, granted: Compartments) -> Option<vigie_store::SignalRow> {
    store.read(|views| views.signal(signal(n, "radio-birao", "").id, granted)).expect("asks")
}

#[test]
fn f04_damaged_contents_and_keys_stop_neither_reading_nor_the_opening_of_the_next_version() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let contact =
        |number| store.contact_for(Actor::Console, Channel::Sms, number, None, None).expect("sealed");
    let (lost, whole) = (contact("+00070000001"), contact("+00070000002"));
    // The first of its story, one whose key is damaged, a protected one, and whatever a picture was kept as.
    let (founder, keyless, guarded) =
        (received_at(&store, 0), received_at(&store, 5), received_at(&store, 90));
    let all = store.entries_from(0, 1_000, &[Kind::SignalReceived]).expect("reads").entries.len();
    let state = store.read(|views| views.monitoring(&queue(&store, everyone()))).expect("queue");
    let codes: Vec<_> = state.items.iter().map(|row| (row.code.clone(), row.count)).collect();
    drop(store);
    damage_contents(&ground, &[founder, guarded]);
    damage_keys(&ground, &[keyless, lost.seq]);

    let store = ground.open().expect("opens");
    let batch = store.entries_from(0, 1_000, &[Kind::SignalReceived]).expect("reads on");
    assert_eq!(batch.entries.len(), all - 3, "the others are read");
    assert_eq!(batch.next, store.journal_state().expect("state").entries);
    let mut refilled = 0;
    let since = "2026-11-01T00:00:00Z".parse().expect("a time");
    store.each_read_signal(since, batch.next, |_| refilled += 1).expect("remembers");
    assert_eq!(refilled, 12, "the protected one alone cannot be unsealed; open ones stand in the views");
    assert!(matches!(store.reach(&lost), Err(StoreError::Damaged { .. })));
    assert_eq!(store.reach(&whole).expect("whole").address, "+00070000002");
    drop(store);

    upgraded(&ground);
    let store = ground.open().expect("the next version opens it");
    let report = store.rebuild(|_| {}).expect("rebuilds");
    assert_eq!(report.damaged, [founder, keyless, guarded, lost.seq]);
    assert!(report.equal(), "and the same way each time: {report:?}");
    let state = store.read(|views| views.monitoring(&queue(&store, everyone()))).expect("queue");
    let after: Vec<_> = state.items.iter().map(|row| (row.code.clone(), row.count)).collect();
    assert_eq!(after, codes, "no story loses its place, its code or its count");
    assert_eq!(told(&store, 0, everyone()).expect("its place").text, None);
    assert!(told(&store, 4, everyone()).expect("there").text.is_some());
    store.commit(vec![received(300, "radio-birao", "on continue")]).expect("goes on");
}

#[test]
fn f04_what_closed_covered_kept_or_withdrew_something_does_so_still_when_it_is_damaged() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let (covered, closed, kept) = (signal(4, "radio-birao", "").id, signal(1, "radio-birao", "").id, 7);
    let protection = Compartments::of(&[Compartment::Protection]);
    let mask = recorded(
        &store,
        Event::SignalMasked(SignalMasked {
            signal: covered,
            masked: "le convoi ████".to_owned(),
            to: protection,
            reasons: vec!["mask-exposed".to_owned()],
        }),
    );
    let story = NarrativeId::founded_by(closed);
    let restriction = NarrativeRestricted { narrative: story, to: protection, reason: "a source".to_owned() };
    let restriction = recorded(&store, Event::NarrativeRestricted(restriction));
    let withdrawn = FactWithdrawn { fact: FactId::new(1, [1; 10]), reason: "no more".to_owned() };
    let withdrawn = recorded(&store, Event::FactWithdrawn(withdrawn));
    let keep = |n: u8, of: u64| KeepPlaced {
        id: KeepId::new(1, [n; 10]),
        object: Object::from(signal(of, "radio-birao", "").id),
        reason: "exhibit".to_owned(),
        owner: "evidence".parse().expect("a function"),
        until: store.now() + jiff::SignedDuration::from_hours(24 * 3_000),
    };
    store.place_keep(person(3), keep(5, kept)).expect("kept");
    let placed = store.journal_state().expect("state").entries - 1;
    let backup = backed_up(&ground, "backup");
    drop(store);
    damage_contents(&ground, &[mask, restriction, withdrawn, placed]);
    upgraded(&ground);
    let store = ground.open().expect("opens");
    assert_eq!(told(&store, 4, everyone()).expect("its place").text.as_deref(), Some("▮▮▮"));
    assert!(told(&store, 1, everyone()).is_none(), "a story that few may read is not opened to all");
    ground.later(366 * 86_400);
    store.expire().expect("expires");
    let left = |store: &Store, n| told(store, n, everyone()).is_some_and(|row| row.text.is_some());
    assert!(left(&store, kept) && !left(&store, 10), "what is kept stays, the rest has expired");
    drop(store);

    // A restored site has no views to ask: a keep of which nobody can read what it keeps may keep anything.
    let bak = rusqlite::Connection::open(backup.join("store.bak")).expect("opens");
    bak.execute("UPDATE payload SET sealed = zeroblob(80) WHERE seq = ?", [placed]).expect("writes");
    drop(bak);
    let (store, ..) = gone_on(&ground, &backup);
    store.expire().expect("looks");
    assert!(left(&store, kept) && left(&store, 10));
    store.lift_keep(person(3), KeepId::new(1, [5; 10]), "looked at".to_owned()).expect("lifted");
    store.expire().expect("expires");
    assert!(!left(&store, 10), "once somebody has looked, retention goes on");
}

#[test]
fn f04_a_damaged_key_keeps_nothing_else_from_expiring_and_can_be_erased_itself() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let (oldest, content) = (received_at(&store, 0), received_at(&store, 2));
    drop(store);
    damage_keys(&ground, &[oldest]);
    damage_contents(&ground, &[content]);
    let store = ground.open().expect("opens");
    ground.later(366 * 86_400);
    let done = store.expire().expect("expires");
    assert_eq!((done.objects, done.remnants.len()), (13, 0), "every signal, the damaged ones too");
    assert!(matches!(store.entry(oldest), Err(StoreError::Erased(_))));
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[test]
fn f04_the_files_of_a_damaged_signal_are_not_taken_for_files_that_nobody_named() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let (carrier, file) = (received_at(&store, 90), AttachmentId::new(6, [6; 10]));
    let kept = store.entries_from(0, 1_000, &[Kind::AttachmentKept]).expect("reads").entries[0].0.seq;
    let whole = backed_up(&ground, "whole");
    drop(store);
    damage_contents(&ground, &[carrier]);
    upgraded(&ground);
    let store = ground.open().expect("opens");
    ground.later(30 * 86_400);
    assert_eq!(store.expire().expect("looks").objects, 0);
    assert_eq!(store.attachment(file).expect("opens").expect("there").1, b"a picture");
    drop(store);
    vigie_store::mend(&ground.dir, &whole).expect("mends");
    // What is said of the file is damaged, the file is whole: it is shown, and goes with its signal.
    damage_contents(&ground, &[kept]);
    upgraded(&ground);
    let store = ground.open().expect("opens");
    assert_eq!(store.attachment(file).expect("opens").expect("there").1, b"a picture");
    ground.later(366 * 86_400);
    store.expire().expect("expires");
    assert!(matches!(store.attachment(file), Ok(None)));
    assert!(matches!(store.entry(kept), Err(StoreError::Erased(_))));
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[test]
fn f04_a_file_that_cannot_be_removed_keeps_no_key_of_a_later_erasure() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let erase = |store: &Store, n: u8, of: SignalId| {
        let asked = ErasureAsked {
            id: ErasureId::new(1, [n; 10]),
            objects: vec![Erasable::Signal(of.uuid())],
            reason: "the person asked for it".to_owned(),
            basis: "data-protection principles, paragraph 8".to_owned(),
        };
        let id = store.ask_erasure(person(1), asked)?;
        store.agree_erasure(person(2), id)
    };
    // A folder stands where the sealed file of the first was: it cannot be unlinked.
    let blob = walk(&ground.dir.join("blobs"));
    std::fs::remove_file(&blob).expect("removed");
    std::fs::create_dir(&blob).expect("a folder in its place");
    let has_key = |seq: u64| {
        let db = rusqlite::Connection::open(ground.dir.join("keys.db")).expect("opens");
        db.query_row("SELECT count(*) FROM wrapped WHERE seq = ?", [seq], |row| row.get::<_, u64>(0))
            .expect("asks")
            == 1
    };
    let (first, second) = (received_at(&store, 90), received_at(&store, 4));
    let told = erase(&store, 1, signal(90, "protection-desk", "").id);
    assert!(matches!(told, Err(StoreError::Io { .. })), "it is told: {told:?}");
    let told = erase(&store, 2, signal(4, "radio-birao", "").id);
    assert!(matches!(told, Err(StoreError::Io { .. })), "as long as it is so: {told:?}");
    assert!(!has_key(first) && !has_key(second), "the keys of both are destroyed");
    std::fs::remove_dir(&blob).expect("looked after");
    store.finish_erasures().expect("finished");
    let tombs: Vec<ContentErased> =
        store.read(|views| views.tombstones(10)).expect("asks").into_iter().map(|one| one.2).collect();
    assert_eq!(tombs.len(), 2);
}

#[test]
fn f04_what_was_mended_stands_in_the_views_and_in_the_index_again() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let lost = received_at(&store, 4);
    drop(store);
    let whole = backed_up(&ground, "whole");
    damage_contents(&ground, &[lost]);
    upgraded(&ground);
    let store = ground.open().expect("opens");
    assert_eq!(told(&store, 4, everyone()).expect("its place").text, None);
    let later = backed_up(&ground, "later");
    drop(store);
    let (store, dir, key) = gone_on(&ground, &later);
    while store.index_more(1_000).expect("indexes") > 0 {}
    drop(store);
    let mended = vigie_store::mend(&dir, &whole).expect("mends");
    assert_eq!((mended.contents, mended.left.len()), (vec![lost], 0));
    let store = Store::open(&dir, &key, ground.clock.clone()).expect("opens");
    assert!(told(&store, 4, everyone()).expect("there").text.is_some());
    while store.index_more(1_000).expect("indexes") > 0 {}
    let asked = MonitoringQuery { text: Some("\"numéro 4\"".to_owned()), ..queue(&store, everyone()) };
    assert_eq!(store.read(|views| views.monitoring(&asked)).expect("asks").total, 1);
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

/// Backs up as the command does: what is damaged is named.
fn backed_up_naming(ground: &Ground, name: &str) -> Vec<u64> {
    let to = ground.dir.with_file_name(name);
    let (recipient, now) = (identity().recipient(), vigie_store::Clock::now(ground.clock.as_ref()));
    let made = vigie_store::back_up(&ground.dir, &ground.key, &to, &recipient, now, &|_, _| {});
    made.expect("a backup").damaged
}

#[test]
fn f08_a_backup_names_what_is_damaged_and_the_last_whole_one_stays_beside_it() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let (changed, lost, erased) =
        (received_at(&store, 0), received_at(&store, 4), signal(5, "radio-birao", ""));
    let carrier = store.entries_from(0, 1_000, &[Kind::AttachmentKept]).expect("reads").entries[0].0.seq;
    super::erase::erase(&store, vec![Erasable::Signal(erased.id.uuid())]).expect("erased");
    assert_eq!(backed_up_naming(&ground, "usb"), [] as [u64; 0], "what was erased is not missed");
    drop(store);
    damage_contents(&ground, &[changed]);
    let db = rusqlite::Connection::open(ground.dir.join("store.db")).expect("opens");
    db.execute("DELETE FROM payload WHERE seq = ?", [lost]).expect("writes");
    drop(db);
    let blob = walk(&ground.dir.join("blobs"));
    let file = std::fs::read(&blob).expect("reads");
    std::fs::write(&blob, b"another file").expect("writes");
    for _ in 0..2 {
        assert_eq!(backed_up_naming(&ground, "usb"), [changed, lost, carrier]);
    }
    std::fs::remove_file(&blob).expect("removed");
    assert_eq!(backed_up_naming(&ground, "usb"), [changed, lost, carrier], "nor is a lost file erased");
    std::fs::create_dir(&blob).expect("something that cannot be read");
    assert_eq!(backed_up_naming(&ground, "usb"), [changed, lost, carrier], "nor does one end the backup");
    std::fs::remove_dir(&blob).expect("removed");
    let usb = ground.dir.with_file_name("usb");
    let mended = vigie_store::mend(&ground.dir, &usb.join(vigie_store::BEFORE)).expect("mends");
    assert_eq!((mended.contents, mended.files, mended.left), (vec![changed, lost], vec![carrier], vec![]));
    assert_eq!(std::fs::read(&blob).expect("reads"), file);
    assert_eq!(backed_up_naming(&ground, "usb"), [] as [u64; 0]);
    assert!(!usb.join(vigie_store::BEFORE).exists(), "old keys do not lie about");
}

#[test]
fn f08_a_backup_with_damaged_contents_and_keys_is_a_site_of_all_the_others() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let (changed, keyless) = (received_at(&store, 0), received_at(&store, 5));
    drop(store);
    damage_contents(&ground, &[changed]);
    damage_keys(&ground, &[keyless]);
    assert_eq!(backed_up_naming(&ground, "usb"), [changed, keyless]);
    let (store, dir, _) = gone_on(&ground, &ground.dir.with_file_name("usb"));
    for seq in [changed, keyless] {
        assert!(matches!(store.entry(seq), Err(StoreError::Damaged { .. })), "{seq}");
    }
    assert!(told(&store, 4, everyone()).expect("there").text.is_some());
    let state = store.read(|views| views.monitoring(&queue(&store, everyone()))).expect("queue");
    assert_eq!(state.items.iter().map(|row| row.count).sum::<u64>(), 12, "every signal has its place");
    store.commit(vec![received(300, "radio-birao", "on continue")]).expect("goes on");
    drop(store);
    let apart = vigie_verify::Demands { contents_apart: true, ..Default::default() };
    let report = vigie_verify::verify(&dir, &apart).expect("can be checked");
    let named: Vec<u64> = report.contents.first.iter().map(|finding| finding.seq).collect();
    assert_eq!((report.ok, named), (true, vec![changed]), "{report}");
    let report = vigie_verify::verify(&dir, &vigie_verify::Demands::default()).expect("can be checked");
    assert_eq!(report.first_bad, Some(changed), "the verifier names it as before");
}

/// A single bit says in SQLite whether a column is text or bytes. The bytes are the same, so nothing is damaged.
#[test]
fn f04_a_column_that_turned_into_text_or_bytes_reads_as_before() {
    let ground = Ground::new();
    drop(lived_in(&ground));
    let db = rusqlite::Connection::open(ground.dir.join("store.db")).expect("opens");
    db.execute_batch(
        "DROP TRIGGER entry_no_update; UPDATE entry SET leaf = CAST(leaf AS TEXT);
         UPDATE payload SET sealed = CAST(sealed AS TEXT); UPDATE tile SET hashes = CAST(hashes AS TEXT);",
    )
    .expect("writes");
    drop(db);
    let keys = rusqlite::Connection::open(ground.dir.join("keys.db")).expect("opens");
    keys.execute_batch("UPDATE wrapped SET blob = CAST(blob AS TEXT)").expect("writes");
    drop(keys);
    upgraded(&ground);
    let store = ground.open().expect("opens, and makes its views again");
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
    let seq = received_at(&store, 0);
    assert!(
        matches!(store.entry(seq).expect("opens").event, Event::SignalReceived(s) if s.text.contains("numéro 0"))
    );
    let to = backed_up(&ground, "backup");
    drop(store);
    let report = vigie_verify::verify(&ground.dir, &vigie_verify::Demands::default()).expect("checks");
    assert!(report.ok && report.payloads_erased == 0, "{report}");
    let mended = vigie_store::mend(&ground.dir, &to).expect("looks");
    assert!(mended.contents.is_empty() && mended.left.is_empty(), "{mended:?}");
    drop(gone_on(&ground, &to));
}
