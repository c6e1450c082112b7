//! What is erased is in no file, what is kept stays, what has expired goes by itself; proofs of before still verify.

use super::*;
use vigie_model::{
    AttachmentRead, Channel, Erasable, ErasureAsked, ErasureId, ErrorRate, FindingId, FindingKind,
    FindingMade, FoundMessage, KeepId, KeepPlaced, Model, NarrativeParted, NarrativesJoined, Object, Reason,
    Score, SignalMasked,
};
use vigie_store::Erased;

const SECRET: &str = "Zénaïde Kpatindé habite derrière la pharmacie du marché neuf";

fn person(n: u8) -> UserId {
    UserId::new(1, [n; 10])
}

/// A site with one signal about somebody, its file, its covered form, a copy, a log line and a contact.
fn about_somebody(ground: &Ground) -> (Store, SignalId, AttachmentId) {
    let store = lived_in(ground);
    let file = AttachmentId::new(7, [7; 10]);
    store
        .keep_attachment(someone(), file, "zenaide.jpg", "image/jpeg", b"a photograph of her")
        .expect("a file");
    let mut told = signal(500, "radio-birao", SECRET);
    (told.attachments, told.author) = (vec![file], Some("voisin-de-zenaide".to_owned()));
    told.url = Some("https://example.org/zenaide".to_owned());
    let id = told.id;
    let radio: SourceId = "radio-birao".parse().expect("a source id");
    let seq =
        store.commit(vec![Draft::new(Actor::Source(radio), Event::SignalReceived(told))]).expect("recorded");
    let founds = NarrativeId::founded_by(id);
    store.commit(vec![read(id, founds, true, Vec::new()).caused_by(seq[0].seq())]).expect("read");
    let later = signal(501, "radio-birao", "").id;
    store
        .commit(vec![received(501, "radio-birao", "on parle d'une femme près de la pharmacie")])
        .expect("recorded");
    store.commit(vec![read(later, founds, false, Vec::new())]).expect("read");
    let masked = SignalMasked {
        signal: id,
        masked: "████ habite derrière la pharmacie du marché neuf".to_owned(),
        to: Compartments::of(&[Compartment::Protection]),
        reasons: vec!["mask-exposed".to_owned()],
    };
    store.commit(vec![Draft::new(someone(), Event::SignalMasked(masked))]).expect("covered");
    while store.index_more(1_000).expect("indexes") > 0 {}
    (store, id, file)
}

fn asked(objects: Vec<Erasable>) -> ErasureAsked {
    ErasureAsked {
        id: ErasureId::new(1, [4; 10]),
        objects,
        reason: "the person asked for it".to_owned(),
        basis: "data-protection principles, paragraph 8".to_owned(),
    }
}

pub(super) fn erase(store: &Store, objects: Vec<Erasable>) -> Result<Erased, StoreError> {
    let id = store.ask_erasure(person(1), asked(objects))?;
    store.agree_erasure(person(2), id)
}

/// Files of the site, sealed ones included, in which `needle` stands.
fn holding(dir: &Path, needle: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).expect("lists") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(holding(&path, needle));
        } else if std::fs::read(&path).expect("reads").windows(needle.len()).any(|window| window == needle) {
            found.push(path);
        }
    }
    found
}

#[test]
fn f53_what_was_erased_is_in_no_file_and_old_proofs_verify() {
    let ground = Ground::new();
    let (store, id, file) = about_somebody(&ground);
    let seen = |needle: &str| !holding(&ground.dir, needle.as_bytes()).is_empty();
    assert!(seen("Zénaïde") || seen("derrière la pharmacie"), "it is there before, in clear");
    let before = store.journal_state().expect("state");
    let sealed: Vec<Vec<u8>> = wrapped_keys(&ground);
    let done = erase(&store, vec![Erasable::Signal(id.uuid())]).expect("erased");
    assert_eq!((done.objects, done.entries, done.remnants.len()), (1, 3, 0), "{done:?}");
    for needle in
        [SECRET, "Zénaïde", "derrière la pharmacie", "voisin-de-zenaide", "zenaide.jpg", "a photograph"]
    {
        assert_eq!(holding(&ground.dir, needle.as_bytes()), Vec::<PathBuf>::new(), "{needle}");
    }
    let left = wrapped_keys(&ground);
    let gone: Vec<&Vec<u8>> = sealed.iter().filter(|key| !left.contains(key)).collect();
    assert_eq!(gone.len(), 3, "three keys destroyed");
    for key in gone {
        assert_eq!(
            holding(&ground.dir, key),
            Vec::<PathBuf>::new(),
            "a destroyed key is in no gap of a file"
        );
    }
    assert!(matches!(store.attachment(file), Ok(None)));
    let asked = MonitoringQuery { text: Some("habite".to_owned()), ..queue(&store, everyone()) };
    assert_eq!(
        store.read(|views| views.monitoring(&asked)).expect("asks").total,
        0,
        "the index finds nothing"
    );
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal(), "an erasure rebuilds equal");
    // A state that somebody kept from before still is a state of this journal.
    drop(store);
    let demands = vigie_verify::Demands { notes: vec![before.checkpoint], ..Default::default() };
    let report = vigie_verify::verify(&ground.dir, &demands).expect("can be checked");
    assert!(report.ok && report.payloads_erased == 3 && report.blobs_erased == 1, "{report}");
}

/// The wrapped keys in `keys.db`, each by its cipher bytes.
fn wrapped_keys(ground: &Ground) -> Vec<Vec<u8>> {
    let conn = rusqlite::Connection::open(ground.dir.join("keys.db")).expect("opens");
    let mut rows = conn.prepare("SELECT blob FROM wrapped ORDER BY seq").expect("asks");
    let rows = rows.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("reads");
    rows.map(|blob| blob.expect("a blob")[30..62].to_vec()).collect()
}

#[test]
fn the_story_keeps_its_code_and_its_count_and_the_message_does_not_come_back() {
    let ground = Ground::new();
    let (store, id, _) = about_somebody(&ground);
    let story = NarrativeId::founded_by(id);
    let row = |store: &Store| match store.read(|views| views.narrative_row(story, everyone(), store.now())) {
        Ok(Found::Here(row)) => row,
        other => panic!("{other:?}"),
    };
    let before = row(&store);
    erase(&store, vec![Erasable::Signal(id.uuid())]).expect("erased");
    let after = row(&store);
    assert_eq!((&after.code, after.count), (&before.code, before.count));
    assert!(!serde_json::to_string(&after).expect("JSON").contains("Zénaïde"));
    let size = store.journal_state().expect("state").entries;
    let again = store.commit(vec![received(500, "radio-birao", SECRET)]).expect("answers");
    assert!(matches!(again[..], [Outcome::Repeated { .. }]), "{again:?}");
    assert_eq!(store.journal_state().expect("state").entries, size);
}

#[test]
fn f53_erasing_is_refused_to_one_person_alone_and_where_somebody_keeps_it() {
    let ground = Ground::new();
    let (store, id, _) = about_somebody(&ground);
    let code = |error: StoreError| match error {
        StoreError::Refused(refused) => refused.code,
        other => panic!("{other}"),
    };
    let erasure = store.ask_erasure(person(1), asked(vec![Erasable::Signal(id.uuid())])).expect("asked");
    assert_eq!(code(store.agree_erasure(person(1), erasure).expect_err("alone")), "erase-second-person");
    let keep = KeepPlaced {
        id: KeepId::new(1, [5; 10]),
        object: Object::from(NarrativeId::founded_by(id)),
        reason: "exhibit of case 26/014".to_owned(),
        owner: "evidence".parse().expect("a function"),
        until: store.now() + jiff::SignedDuration::from_hours(48),
    };
    store.place_keep(person(3), keep.clone()).expect("kept");
    assert_eq!(code(store.agree_erasure(person(2), erasure).expect_err("kept")), "erase-kept");
    let again = Object::from(NarrativeId::founded_by(SignalId::new(1, [99; 10])));
    let nothing = store.place_keep(person(3), KeepPlaced { object: again, ..keep });
    assert_eq!(code(nothing.expect_err("nothing there")), "keep-nothing");
    store.lift_keep(person(3), KeepId::new(1, [5; 10]), "the case is closed".to_owned()).expect("lifted");
    assert_eq!(store.agree_erasure(person(2), erasure).expect("erased").objects, 1);
    assert_eq!(code(store.agree_erasure(person(3), erasure).expect_err("once")), "erase-decided");
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[test]
fn retention_runs_by_itself_passes_over_what_is_kept_and_says_what_it_did() {
    let ground = Ground::new();
    let (store, id, _) = about_somebody(&ground);
    assert_eq!(store.expire().expect("looks"), Erased::default(), "nothing is old enough");
    ground.later(364 * 86_400);
    let keep = KeepPlaced {
        id: KeepId::new(1, [5; 10]),
        object: Object::from(id),
        reason: "exhibit".to_owned(),
        owner: "evidence".parse().expect("a function"),
        until: store.now() + jiff::SignedDuration::from_hours(24 * 10),
    };
    store.place_keep(person(3), keep).expect("kept");
    store.commit(vec![received(600, "radio-birao", "tout récent, presque un an après")]).expect("recorded");
    ground.later(2 * 86_400);
    let done = store.expire().expect("expires");
    assert_eq!((done.objects, done.kept, done.remnants.len()), (14, 1, 0), "{done:?}");
    assert_eq!(store.expire().expect("again"), Erased::default(), "the kept one is not counted twice");
    let tombs = store.read(|views| views.tombstones(10)).expect("asks");
    assert_eq!(tombs.iter().map(|(_, _, e)| e.objects).sum::<u64>(), 14);
    assert!(holding(&ground.dir, "le convoi numéro".as_bytes()).is_empty());
    assert!(holding(&ground.dir, "une menace contre".as_bytes()).is_empty());
    let recent =
        store.read(|views| views.signal(signal(600, "radio-birao", "").id, everyone())).expect("asks");
    assert!(recent.is_some_and(|row| row.text.is_some()));
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
    ground.later(9 * 86_400);
    assert_eq!(store.expire().expect("the keep is over").objects, 1);
    assert!(holding(&ground.dir, b"pharmacie").is_empty());
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[test]
fn whoever_remembers_the_words_of_an_old_story_hears_that_it_has_none() {
    let ground = Ground::new();
    let (store, id, _) = about_somebody(&ground);
    let story = NarrativeId::founded_by(id);
    ground.later(40 * 86_400);
    let since = store.now() - jiff::SignedDuration::from_hours(24 * 28);
    let heads = |after| store.read(|views| views.heads((after, None), since, 100)).expect("asks");
    assert!(heads(0).iter().all(|row| row.id != story), "too old to be read anew");
    let end = store.journal_state().expect("state").entries - 1;
    erase(&store, vec![Erasable::Signal(id.uuid())]).expect("erased");
    let told: Vec<_> = heads(end).into_iter().filter(|row| row.id == story).collect();
    assert!(matches!(told.as_slice(), [row] if row.head.is_none()), "{told:?}");
}

#[test]
fn a_copy_that_somebody_else_told_is_no_remnant() {
    let ground = Ground::new();
    let (store, id, _) = about_somebody(&ground);
    let copy = signal(800, "radio-birao", "").id;
    store.commit(vec![received(800, "radio-birao", SECRET)]).expect("recorded");
    let done = erase(&store, vec![Erasable::Signal(id.uuid())]).expect("erased");
    assert_eq!(
        done.remnants,
        Vec::<String>::new(),
        "its words stand where they were told again, and nowhere else"
    );
    let kept = store.read(|views| views.signal(copy, everyone())).expect("asks").expect("stands");
    assert_eq!(kept.text.as_deref(), Some(SECRET));
    let again = ErasureAsked { id: ErasureId::new(1, [6; 10]), ..asked(vec![Erasable::Signal(copy.uuid())]) };
    let again = store.ask_erasure(person(1), again).expect("asked");
    assert!(store.agree_erasure(person(2), again).expect("erased").remnants.is_empty());
    assert_eq!(holding(&ground.dir, SECRET.as_bytes()), Vec::<PathBuf>::new());
}

#[test]
fn a_log_line_and_a_contact_are_erased_too() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let contact = store
        .contact_for(Actor::Console, Channel::Sms, "+23600112233", Some("Zénaïde"), None)
        .expect("sealed");
    let note = NoteId::new(1, [3; 10]);
    let objects = vec![Erasable::Note(note.uuid()), Erasable::Contact(contact.id.uuid())];
    let done = erase(&store, objects).expect("erased");
    assert_eq!((done.objects, done.remnants.len()), (2, 0));
    assert!(holding(&ground.dir, "relève prise".as_bytes()).is_empty());
    assert!(store.reach(&contact).is_err());
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
    let fresh =
        store.contact_for(Actor::Console, Channel::Sms, "+23600112233", None, None).expect("sealed anew");
    assert_ne!(fresh.id, contact.id);
}

#[test]
fn contacts_go_with_the_retention_of_the_source_that_brought_them() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let radio: SourceId = "radio-birao".parse().expect("a source id");
    let by = |number: &str| {
        store.contact_for(Actor::Source(radio.clone()), Channel::Sms, number, None, None).expect("sealed")
    };
    let (wrote, kept, silent) = (by("+23600000001"), by("+23600000002"), by("+23600000003"));
    let named = store.contact_for(someone(), Channel::Sms, "+23600000004", Some("CLA"), Some("CLA-07"));
    let named = named.expect("sealed");
    for (n, contact, text) in
        [(700, &wrote, "on entend des tirs au puits"), (701, &kept, "la relève est passée au bac")]
    {
        let told = Signal { source_ref: Some(contact.id), ..signal(n, "radio-birao", text) };
        store
            .commit(vec![Draft::new(Actor::Source(radio.clone()), Event::SignalReceived(told))])
            .expect("recorded");
    }
    ground.later(364 * 86_400);
    store
        .place_keep(
            person(3),
            KeepPlaced {
                id: KeepId::new(1, [5; 10]),
                object: Object::from(signal(701, "radio-birao", "").id),
                reason: "exhibit".to_owned(),
                owner: "evidence".parse().expect("a function"),
                until: store.now() + jiff::SignedDuration::from_hours(24 * 10),
            },
        )
        .expect("kept");
    // Somebody who wrote yesterday is still somebody whom the mission answers.
    let fresh = by("+23600000005");
    let told = Signal { source_ref: Some(fresh.id), ..signal(702, "radio-birao", "le bac est à quai") };
    store
        .commit(vec![Draft::new(Actor::Source(radio.clone()), Event::SignalReceived(told))])
        .expect("recorded");
    assert_eq!(store.expire().expect("looks"), Erased::default(), "nothing is old enough");
    ground.later(2 * 86_400);
    let keys = wrapped_keys(&ground);
    let done = store.expire().expect("expires");
    assert!(done.remnants.is_empty(), "{done:?}");
    let left = |store: &Store| -> Vec<_> {
        store.read(|views| views.contacts()).expect("asks").into_iter().map(|contact| contact.id).collect()
    };
    assert!([kept.id, named.id, fresh.id].iter().all(|id| left(&store).contains(id)));
    assert!([wrote.id, silent.id].iter().all(|id| !left(&store).contains(id)));
    for gone in [&wrote, &silent] {
        assert!(matches!(store.reach(gone), Err(StoreError::Erased(_))), "number and name are gone");
    }
    let tombs = store.read(|views| views.tombstones(10)).expect("asks");
    let tomb = tombs.iter().find(|(_, _, e)| e.entries().any(|seq| seq == silent.seq)).expect("a tombstone");
    assert_eq!((tomb.2.why, tomb.2.objects), (vigie_model::ErasedWhy::Retention, 2));
    for key in keys.iter().filter(|key| !wrapped_keys(&ground).contains(key)) {
        assert_eq!(
            holding(&ground.dir, key),
            Vec::<PathBuf>::new(),
            "a destroyed key is in no gap of a file"
        );
    }
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
    ground.later(9 * 86_400);
    store.expire().expect("the keep is over");
    assert!(!left(&store).contains(&kept.id) && left(&store).contains(&named.id));
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
    drop(store);
    let report =
        vigie_verify::verify(&ground.dir, &vigie_verify::Demands::default()).expect("can be checked");
    assert!(report.ok, "{report}");
}

#[test]
fn an_erasure_that_was_cut_off_is_finished_at_the_next_opening() {
    let ground = Ground::new();
    let (store, id, _) = about_somebody(&ground);
    // A picture of the folder in which the tombstone stands and the keys still do: the power went in between.
    let keys = std::fs::read(ground.dir.join("keys.db")).expect("reads");
    let log = std::fs::read(ground.dir.join("keys.db-wal")).expect("reads");
    erase(&store, vec![Erasable::Signal(id.uuid())]).expect("erased");
    drop(store);
    std::fs::write(ground.dir.join("keys.db"), keys).expect("puts back");
    std::fs::write(ground.dir.join("keys.db-wal"), log).expect("puts back");
    let count = wrapped_keys(&ground).len();
    let store = ground.open().expect("opens, and finishes");
    assert_eq!(wrapped_keys(&ground).len(), count - 3);
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[test]
fn an_erasure_beside_a_long_reader_stops_nobody_and_ends_when_the_reader_does() {
    let ground = Ground::new();
    let (store, id, _) = about_somebody(&ground);
    let reader = rusqlite::Connection::open(ground.dir.join("store.db")).expect("opens");
    reader.execute_batch("BEGIN; SELECT count(*) FROM entry;").expect("a check, or an export");
    let count: i64 = reader.query_row("SELECT count(*) FROM entry", [], |row| row.get(0)).expect("reads");
    let erasing = {
        let store = store.clone();
        std::thread::spawn(move || erase(&store, vec![Erasable::Signal(id.uuid())]))
    };
    let mut n = 800;
    while !erasing.is_finished() {
        let began = std::time::Instant::now();
        store.commit(vec![received(n, "radio-birao", "un incident accepté")]).expect("goes on");
        assert!(began.elapsed().as_secs() < 8, "nobody waits for the reader");
        n += 1;
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let done = erasing.join().expect("ended").expect("erased");
    assert!(done.waiting && done.objects == 1, "{done:?}");
    assert!(count > 0 && matches!(store.finish_erasures(), Err(StoreError::Busy)));
    drop(reader);
    store.finish_erasures().expect("ends");
    assert_eq!(holding(&ground.dir, SECRET.as_bytes()), Vec::<PathBuf>::new());
    store.commit(vec![received(n, "radio-birao", "encore un")]).expect("still writes");
}

#[test]
fn retention_that_has_not_run_for_long_waits_for_somebody_who_looked_at_the_clock() {
    let ground = Ground::new();
    let (store, ..) = about_somebody(&ground);
    assert_eq!(store.retention_waits().expect("looks"), None);
    store.expire().expect("runs");
    ground.later(6 * 86_400);
    assert_eq!(store.retention_waits().expect("looks"), None);
    ground.later(366 * 86_400);
    assert_eq!(store.retention_waits().expect("looks"), Some(372));
    // What is recorded under the wrong clock proves nothing.
    store.commit(vec![received(900, "radio-birao", "sous une horloge en avance")]).expect("goes on");
    drop(store);
    let store = ground.open().expect("opens");
    assert_eq!(store.retention_waits().expect("looks"), Some(372));
    assert!(store.expire().expect("somebody says so").objects > 0);
    assert_eq!(store.retention_waits().expect("looks"), None);
}

#[test]
fn f49_what_cannot_be_destroyed_ends_no_wipe_and_is_named() {
    let ground = Ground::new();
    drop(about_somebody(&ground));
    // A file that nobody can write over or remove.
    let wiped = vigie_store::wipe(&ground.dir, Some(Path::new("/proc/version")));
    assert!(!wiped.key && wiped.left.len() == 2 && wiped.left[0].contains("/proc/version"), "{wiped:?}");
    assert!(!ground.dir.exists(), "everything else is gone");
}

#[test]
fn f49_a_wiped_site_is_gone_key_first() {
    let ground = Ground::new();
    let (store, ..) = about_somebody(&ground);
    drop(store);
    let KeySource::File(key) = &ground.key else { panic!("a key file") };
    let wiped = vigie_store::wipe(&ground.dir, Some(key));
    assert!(wiped.key && wiped.files > 4 && !key.exists() && !ground.dir.exists(), "{wiped:?}");
}

#[test]
fn f49_a_seized_folder_without_its_key_names_no_source() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let (number, name) = ("+23670112233", "Célestine Ndoutingaï");
    let contact = store.contact_for(Actor::Console, Channel::Sms, number, Some(name), None).expect("sealed");
    let mut told = signal(700, "radio-birao", "des hommes en armes sont passés au puits");
    (told.source_ref, told.author) = (Some(contact.id), Some("celestine.n".to_owned()));
    let radio: SourceId = "radio-birao".parse().expect("a source id");
    store.commit(vec![Draft::new(Actor::Source(radio), Event::SignalReceived(told))]).expect("recorded");
    while store.index_more(1_000).expect("indexes") > 0 {}
    store.set_intake_key(&"radio-birao".parse().expect("a source id"), &[7; 32]).expect("a key");
    // A running site and one at rest look the same to whoever takes the disk.
    for _ in 0..2 {
        for needle in [number, &number[1..], name, "Célestine", "celestine.n"] {
            assert_eq!(holding(&ground.dir, needle.as_bytes()), Vec::<PathBuf>::new(), "{needle}");
        }
    }
    drop(store);
    for needle in [number, name, "celestine.n"] {
        assert_eq!(holding(&ground.dir, needle.as_bytes()), Vec::<PathBuf>::new(), "{needle}");
    }
    let other = KeySource::File(ground.dir.with_file_name("another.key"));
    assert!(Store::open(&ground.dir, &other, ground.clock.clone()).is_err());
    // Guessing does not help: what stands in the views for a number is keyed.
    let plain = <sha2::Sha256 as sha2::Digest>::digest(number.as_bytes());
    assert!(holding(&ground.dir, &plain[..16]).is_empty());
}

#[test]
fn what_an_engine_found_in_erased_words_goes_with_them() {
    let ground = Ground::new();
    let (store, id, _) = about_somebody(&ground);
    let others: Vec<SignalId> = (1..4).map(|n| signal(n, "radio-birao", "").id).collect();
    let made = |signals: &[SignalId], word: &str| {
        let model = Model { name: "topics".to_owned(), version: "1".to_owned() };
        let messages = signals.iter().map(|signal| FoundMessage {
            signal: *signal,
            account: None,
            thing: None,
            at: Timestamp::UNIX_EPOCH,
        });
        let finding = FindingMade {
            id: FindingId::new(1, [8; 10]),
            kind: FindingKind::Topic,
            accounts: Vec::new(),
            account_count: 0,
            things: Vec::new(),
            words: vec![word.to_owned()],
            messages: messages.collect(),
            message_count: signals.len() as u32,
            window_s: 0.0,
            span_s: 0.0,
            pairs: 0,
            expected: None,
            p_value: None,
            discovery_rate: None,
            score: Score::new(0.5, vec![Reason::new("why-same-text")], model, ErrorRate::NotAssessed)
                .expect("a score"),
        };
        let by = Actor::Model { name: "gathering".to_owned(), version: "1".to_owned() };
        store.commit(vec![Draft::new(by, Event::FindingMade(finding))]).expect("recorded");
    };
    // It grew: the first telling did not name her yet.
    made(&others, "motdavantelle");
    made(&[&others[..], &[id]].concat(), "motquilanomme");
    let seen = |needle: &str| !holding(&ground.dir, needle.as_bytes()).is_empty();
    assert!(seen("motquilanomme"));
    let done = erase(&store, vec![Erasable::Signal(id.uuid())]).expect("erased");
    assert_eq!((done.objects, done.entries), (1, 5), "both tellings went");
    assert!(!seen("motquilanomme") && !seen("motdavantelle"));
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

fn hold(store: &Store, n: u8, object: Object, days: i64) -> KeepId {
    let keep = KeepPlaced {
        id: KeepId::new(1, [n; 10]),
        object,
        reason: "exhibit of case 26/014".to_owned(),
        owner: "evidence".parse().expect("a function"),
        until: store.now() + jiff::SignedDuration::from_hours(24 * days),
    };
    store.place_keep(person(3), keep).expect("held")
}

fn stands(store: &Store, id: SignalId) -> bool {
    let all = Compartments::of(&[Compartment::Operations, Compartment::Protection]);
    let seq = store.read(|views| views.signal(id, all)).expect("asks").map(|row| row.seq);
    seq.is_some_and(|seq| store.entry(seq).is_ok())
}

/// The stories of `lived_in`: each of the first four signals founded one, and every fourth signal went into it.
fn story(n: u64) -> NarrativeId {
    NarrativeId::founded_by(signal(n, "radio-birao", "").id)
}

fn numbered(n: u64) -> SignalId {
    signal(n, "radio-birao", "").id
}

#[test]
fn f53_a_hold_on_a_story_follows_what_a_person_takes_out_of_it() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let keep = hold(&store, 5, Object::from(story(1)), 800);
    let part = NarrativeParted {
        narrative: story(1),
        part: story(5),
        signals: vec![numbered(5), numbered(9)],
        reason: "another bridge".to_owned(),
    };
    store.commit(vec![Draft::new(someone(), Event::NarrativeParted(part))]).expect("parted");
    let refused = erase(&store, vec![Erasable::Signal(numbered(9).uuid())]).expect_err("held");
    assert!(matches!(refused, StoreError::Refused(refused) if refused.code == "erase-kept"));
    ground.later(400 * 86_400);
    let done = store.expire().expect("expires");
    assert_eq!(done.remnants, Vec::<String>::new());
    for n in 0..12 {
        assert_eq!(stands(&store, numbered(n)), n % 4 == 1, "signal {n}");
    }
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
    assert!(stands(&store, numbered(9)), "held after a rebuild as before");
    store.lift_keep(person(3), keep, "the case is closed".to_owned()).expect("lifted");
    assert_eq!(store.expire().expect("one act lifts it wherever it went").objects, 3);
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[test]
fn f53_a_hold_on_a_story_follows_its_signals_into_another_compartment() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    // Signals 2 and 10 came by the radio, 6 by a liaison assistant.
    hold(&store, 5, Object::from(story(2)), 800);
    store.commit(vec![source("radio-birao", Compartment::Protection)]).expect("the register changes");
    let left = store.read(|views| views.signal(numbered(2), everyone())).expect("asks");
    assert!(left.is_none(), "the radio's signals left the story of the others");
    ground.later(400 * 86_400);
    store.expire().expect("expires");
    for n in 0..12 {
        assert_eq!(stands(&store, numbered(n)), n % 4 == 2, "signal {n}");
    }
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[test]
fn f53_a_hold_goes_along_when_two_stories_become_one_and_one_becomes_two_again() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    hold(&store, 5, Object::from(story(3)), 800);
    let joined =
        NarrativesJoined { narrative: story(0), other: story(3), reason: "the same convoy".to_owned() };
    store.commit(vec![Draft::new(someone(), Event::NarrativesJoined(joined))]).expect("joined");
    // Under its old name it is held as well: that is where it stands now.
    hold(&store, 6, Object::from(story(3)), 10);
    let part = NarrativeParted {
        narrative: story(0),
        part: story(7),
        signals: vec![numbered(7), numbered(11)],
        reason: "two convoys after all".to_owned(),
    };
    store.commit(vec![Draft::new(someone(), Event::NarrativeParted(part))]).expect("parted");
    ground.later(400 * 86_400);
    store.expire().expect("expires");
    for n in [3, 7, 11] {
        assert!(stands(&store, numbered(n)), "signal {n}");
    }
    assert!(!stands(&store, numbered(1)) && !stands(&store, numbered(2)));
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[test]
fn f53_a_file_that_another_signal_carries_too_goes_with_the_last_one() {
    let ground = Ground::new();
    let (store, id, file) = about_somebody(&ground);
    let mut second = signal(510, "cla-birao", "elle est venue au puits avec la même photo");
    second.attachments = vec![file];
    let cla: SourceId = "cla-birao".parse().expect("a source id");
    store.commit(vec![Draft::new(Actor::Source(cla), Event::SignalReceived(second))]).expect("recorded");
    let picture = |store: &Store| store.attachment(file).expect("asks").map(|(_, bytes)| bytes);
    let looked = AttachmentRead { attachment: file, picture: "00".repeat(20) };
    let of = store.read(|views| views.signal(id, everyone())).expect("asks").expect("stands").seq;
    let by = Actor::Model { name: "text".to_owned(), version: "1".to_owned() };
    store.commit(vec![Draft::new(by, Event::AttachmentRead(looked)).caused_by(of)]).expect("read");
    hold(&store, 5, Object::from(numbered(510)), 800);
    let done = erase(&store, vec![Erasable::Signal(id.uuid())]).expect("erased");
    assert_eq!((done.objects, done.entries, done.remnants.len()), (1, 3, 0), "{done:?}");
    assert_eq!(picture(&store).as_deref(), Some(&b"a photograph of her"[..]), "the held one has its file");
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
    ground.later(400 * 86_400);
    store.expire().expect("expires");
    assert!(picture(&store).is_some() && stands(&store, numbered(510)), "held, with its file");
    ground.later(500 * 86_400);
    assert_eq!(store.expire().expect("the hold is over").objects, 1);
    assert!(picture(&store).is_none(), "the last one took it along");
    assert!(holding(&ground.dir, b"zenaide.jpg").is_empty());
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
    drop(store);
    let report = vigie_verify::verify(&ground.dir, &vigie_verify::Demands::default()).expect("checked");
    assert!(report.ok && report.blobs_erased == 2, "{report}");
}

#[test]
fn two_signals_erased_together_take_the_file_that_both_carry() {
    let ground = Ground::new();
    let (store, id, file) = about_somebody(&ground);
    let mut second = signal(510, "cla-birao", "la même photo");
    second.attachments = vec![file];
    let cla: SourceId = "cla-birao".parse().expect("a source id");
    store.commit(vec![Draft::new(Actor::Source(cla), Event::SignalReceived(second))]).expect("recorded");
    let both = vec![Erasable::Signal(id.uuid()), Erasable::Signal(numbered(510).uuid())];
    let done = erase(&store, both).expect("erased");
    assert_eq!((done.objects, done.entries), (2, 4), "{done:?}");
    assert!(store.attachment(file).expect("asks").is_none());
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[test]
fn f53_a_file_that_no_signal_names_is_erased_when_asked_and_goes_by_itself_after_a_week() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let put = |n: u8, name: &str| {
        let id = AttachmentId::new(8, [n; 10]);
        let (_, kept) = store
            .keep_attachment(someone(), id, name, "image/jpeg", format!("the picture {name}").as_bytes())
            .expect("a file");
        (id, kept.seq())
    };
    let there = |id: AttachmentId| store.attachment(id).expect("asks").is_some();
    let (witness, seq) = put(1, "temoin.jpg");
    let done = erase(&store, vec![Erasable::Attachment(witness.uuid())]).expect("erased");
    assert_eq!((done.objects, done.entries, done.remnants.len()), (1, 1, 0), "{done:?}");
    assert!(!there(witness) && matches!(store.entry(seq), Err(StoreError::Erased(_))));
    let (closed, seq) = put(2, "formulaire-ferme.jpg");
    let sealed = wrapped_keys(&ground);
    ground.later(7 * 86_400 - 60);
    let (fresh, _) = put(3, "en-cours.jpg");
    assert_eq!(store.expire().expect("looks"), Erased::default(), "the form may still be open");
    ground.later(120);
    let done = store.expire().expect("expires");
    assert_eq!((done.objects, done.entries, done.remnants.len()), (1, 1, 0), "{done:?}");
    assert!(!there(closed) && there(fresh) && matches!(store.entry(seq), Err(StoreError::Erased(_))));
    for key in sealed.iter().filter(|key| !wrapped_keys(&ground).contains(key)) {
        assert_eq!(holding(&ground.dir, key), Vec::<PathBuf>::new(), "its key is in no file");
    }
    let (_, _, tomb) = store.read(|views| views.tombstones(1)).expect("asks").remove(0);
    assert_eq!((tomb.why, tomb.objects), (vigie_model::ErasedWhy::Retention, 1));
    assert!(tomb.before.is_some_and(|before| before < store.now()));
    // Those that signals carry are as old, and stay.
    assert!(there(AttachmentId::new(6, [6; 10])));
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
    drop(store);
    let report = vigie_verify::verify(&ground.dir, &vigie_verify::Demands::default()).expect("checked");
    assert!(report.ok && report.blobs_erased == 2, "{report}");
}

#[test]
fn f53_a_file_is_erased_alone_unless_a_held_signal_carries_it() {
    let ground = Ground::new();
    let (store, id, file) = about_somebody(&ground);
    let keep = hold(&store, 5, Object::from(id), 10);
    let refused = erase(&store, vec![Erasable::Attachment(file.uuid())]).expect_err("held");
    assert!(matches!(refused, StoreError::Refused(refused) if refused.code == "erase-kept"));
    store.lift_keep(person(3), keep, "the case is closed".to_owned()).expect("lifted");
    let again =
        ErasureAsked { id: ErasureId::new(1, [6; 10]), ..asked(vec![Erasable::Attachment(file.uuid())]) };
    let again = store.ask_erasure(person(1), again).expect("asked");
    let done = store.agree_erasure(person(2), again).expect("erased");
    assert_eq!((done.objects, done.entries), (1, 1), "{done:?}");
    let row = store.read(|views| views.signal(id, everyone())).expect("asks").expect("stands");
    assert!(row.text.is_some() && row.attachments.is_empty(), "the signal stands without it");
    assert!(holding(&ground.dir, b"zenaide.jpg").is_empty());
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}
