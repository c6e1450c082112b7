//! The store as its callers see it: what is acknowledged stays, what is refused leaves no trace.

mod backup;
mod damage;
mod erase;
mod exported;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use vigie_model::{
    Actor, Affiliation, AttachmentId, Compartment, Compartments, Component, Connector, Decision, Event,
    Grant, IdempotencyKey, Kind, Language, LanguageBasis, Level, NarrativeId, NarrativesTriaged, NoteId,
    NoteWritten, Reading, Role, Signal, SignalId, SignalKind, SourceEntry, SourceId, Timestamp, User, UserId,
};
use vigie_store::{
    Draft, Found, InitOptions, KeySource, MonitoringQuery, Outcome, Refused, SimClock, Sort, Store,
    StoreError,
};

struct Ground {
    _root: tempfile::TempDir,
    dir: PathBuf,
    key: KeySource,
    clock: Arc<SimClock>,
}

impl Ground {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(SimClock::new("2026-11-22T05:00:00Z".parse().expect("a time")));
        Self {
            dir: root.path().join("site"),
            key: KeySource::File(root.path().join("site.key")),
            clock,
            _root: root,
        }
    }
    fn init(&self) -> Store {
        let options = InitOptions {
            site: "birao".to_owned(),
            mission: "MINUT".to_owned(),
            zone: "Africa/Bangui".to_owned(),
            demo: false,
        };
        Store::init(&self.dir, &self.key, &options, self.clock.clone()).expect("a new site")
    }
    fn open(&self) -> Result<Store, StoreError> {
        Store::open(&self.dir, &self.key, self.clock.clone())
    }
    fn later(&self, seconds: i64) {
        let now = vigie_store::Clock::now(self.clock.as_ref());
        self.clock.set(now + jiff::SignedDuration::from_secs(seconds));
    }
}

fn source(id: &str, compartment: Compartment) -> Draft {
    let entry = SourceEntry {
        id: id.parse().expect("a source id"),
        name: format!("Source {id}"),
        kind: SignalKind::Post,
        connector: Connector::Intake,
        url: None,
        purpose: "protection of civilians".to_owned(),
        basis: "mandate, paragraph 32".to_owned(),
        owner: "information unit".to_owned(),
        retention_days: 365,
        licence: None,
        languages: vec!["fr".to_owned()],
        compartments: Compartments::of(&[compartment]),
        poll_s: None,
        allow_private: Vec::new(),
        zone: None,
    };
    Draft::new(Actor::Console, Event::SourceRegistered(entry))
}

fn signal(n: u64, source: &str, text: &str) -> Signal {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&n.to_be_bytes());
    Signal {
        id: SignalId::new(1_795_323_600_000, random),
        source: source.parse().expect("a source id"),
        kind: SignalKind::Post,
        key: IdempotencyKey(format!("post-{n}")),
        text: text.to_owned(),
        author: Some("page-du-marche".to_owned()),
        url: None,
        lang: Some("fr".to_owned()),
        channel: None,
        place: None,
        seen_at: None,
        reported_at: None,
        sheet: None,
        attachments: Vec::new(),
        raw_base64: None,
        source_ref: None,
    }
}

fn received(n: u64, from: &str, text: &str) -> Draft {
    let id: SourceId = from.parse().expect("a source id");
    Draft::new(Actor::Source(id), Event::SignalReceived(signal(n, from, text)))
}

fn read(of: SignalId, narrative: NarrativeId, founds: bool, absorbs: Vec<NarrativeId>) -> Draft {
    let reading = Reading {
        signal: of,
        narrative,
        founds,
        absorbs,
        language: Language {
            tag: "fr".to_owned(),
            script: "Latn".to_owned(),
            basis: LanguageBasis::Hint,
            confidence: None,
            second: None,
        },
        links: Vec::new(),
        tricks: Vec::new(),
    };
    Draft::new(Actor::Model { name: "text".to_owned(), version: "1".to_owned() }, Event::SignalRead(reading))
}

fn everyone() -> Compartments {
    Compartments::of(&[Compartment::Operations])
}

fn queue(store: &Store, granted: Compartments) -> MonitoringQuery {
    MonitoringQuery {
        state: None,
        text: None,
        lang: None,
        source: None,
        kind: None,
        since: None,
        assigned: None,
        label: None,
        sort: Sort::Attention,
        after: None,
        limit: 50,
        granted,
        now: store.now(),
    }
}

/// A site with two open sources, one protected one and a few narratives in different states.
fn lived_in(ground: &Ground) -> Store {
    let store = ground.init();
    store
        .commit(vec![
            source("radio-birao", Compartment::Operations),
            source("cla-birao", Compartment::Operations),
            source("protection-desk", Compartment::Protection),
        ])
        .expect("sources");
    for n in 0..12 {
        ground.later(60);
        let from = if n % 3 == 0 { "cla-birao" } else { "radio-birao" };
        store
            .commit(vec![received(n, from, &format!("le convoi numéro {n} passe au marché"))])
            .expect("a signal");
        let id = signal(n, from, "").id;
        let founder = signal(n % 4, from, "").id;
        store
            .commit_engine(
                "text",
                "1",
                n + 1,
                vec![read(id, NarrativeId::founded_by(founder), n < 4, Vec::new())],
            )
            .expect("a reading");
    }
    let file = AttachmentId::new(6, [6; 10]);
    store.keep_attachment(someone(), file, "famille-menacee.png", "image/png", b"a picture").expect("a file");
    let mut threat = signal(90, "protection-desk", "une menace contre une famille");
    threat.attachments.push(file);
    let desk: SourceId = "protection-desk".parse().expect("a source id");
    store.commit(vec![Draft::new(Actor::Source(desk), Event::SignalReceived(threat))]).expect("protected");
    let protected = signal(90, "protection-desk", "").id;
    store
        .commit(vec![read(protected, NarrativeId::founded_by(protected), true, Vec::new())])
        .expect("a protected reading");
    let third = NarrativeId::founded_by(signal(2, "radio-birao", "").id);
    let act = NarrativesTriaged { narratives: vec![third], decision: Decision::Relevant };
    store.commit(vec![Draft::new(someone(), Event::NarrativesTriaged(act))]).expect("an act");
    let note = NoteWritten {
        id: NoteId::new(1, [3; 10]),
        text: "relève prise".to_owned(),
        seen_at: None,
        corrects: None,
    };
    store.commit(vec![Draft::new(someone(), Event::NoteWritten(note))]).expect("a note");
    store
}

fn someone() -> Actor {
    Actor::Human(UserId::new(1, [1; 10]))
}

#[test]
fn what_was_acknowledged_is_there_after_a_restart() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let before = store.journal_state().expect("state");
    drop(store);
    let store = ground.open().expect("opens again");
    let after = store.journal_state().expect("state");
    assert_eq!(before.root, after.root);
    assert_eq!(before.checkpoint, after.checkpoint);
    let page = store.read(|views| views.monitoring(&queue(&store, everyone()))).expect("queue");
    assert_eq!(page.total, 4);
    assert_eq!(page.items.iter().map(|row| row.count).sum::<u64>(), 12);
    let entry = store.entry(4).expect("decrypts");
    assert!(matches!(entry.event, Event::SignalReceived(signal) if signal.text.contains("numéro 0")));
}

/// The folder as a power cut would leave it: the files as they lie there now, whatever the process still holds.
fn as_after_a_power_cut(ground: &Ground, n: u64) -> PathBuf {
    let cut = ground.dir.with_extension(format!("cut{n}"));
    std::fs::create_dir(&cut).expect("a folder");
    for (path, bytes) in files(&ground.dir) {
        std::fs::write(cut.join(path.file_name().expect("a name")), bytes).expect("copies");
    }
    copied(&ground.dir.join("blobs"), &cut.join("blobs"));
    cut
}

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for path in std::fs::read_dir(from).expect("lists").map(|entry| entry.expect("an entry").path()) {
        let there = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copied(&path, &there);
        } else {
            std::fs::copy(&path, there).expect("copies");
        }
    }
}

#[test]
fn f01_after_a_power_cut_what_was_acknowledged_is_there_and_verifies() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    for n in 100..106 {
        store.commit(vec![received(n, "radio-birao", "un incident accepté")]).expect("acknowledged");
        let cut = as_after_a_power_cut(&ground, n);
        let report = vigie_verify::verify(&cut, &vigie_verify::Demands::default()).expect("can be checked");
        assert!(report.ok, "{report}");
        let after = Store::open(&cut, &ground.key, ground.clock.clone()).expect("opens after the cut");
        let id = signal(n, "radio-birao", "").id;
        let row = after.read(|views| views.signal(id, everyone())).expect("asks").expect("there");
        assert_eq!(row.text.as_deref(), Some("un incident accepté"));
        assert!(after.rebuild(|_| {}).expect("rebuilds").equal());
    }
}

#[test]
fn f52_a_changed_byte_of_a_real_folder_is_named_by_the_verifier() {
    let ground = Ground::new();
    drop(lived_in(&ground));
    let path = ground.dir.join("store.db");
    let stored: Vec<u8> = rusqlite::Connection::open(&path)
        .expect("opens")
        .query_row("SELECT leaf FROM entry WHERE seq = 7", [], |row| row.get(0))
        .expect("a leaf");
    let mut bytes = std::fs::read(&path).expect("reads");
    let at = bytes.windows(stored.len()).position(|window| window == stored).expect("lies in one piece");
    bytes[at + 40] ^= 1;
    std::fs::write(&path, bytes).expect("writes");
    let report =
        vigie_verify::verify(&ground.dir, &vigie_verify::Demands::default()).expect("can be checked");
    assert_eq!((report.ok, report.first_bad), (false, Some(7)), "{report}");
}

#[test]
fn rebuilt_views_equal_the_ones_that_grew() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let report = store.rebuild(|_| {}).expect("rebuilds");
    assert!(report.equal(), "{report:?}");
    assert_eq!(report.entries, store.journal_state().expect("state").entries);
    assert_eq!(store.views_hash().expect("hash"), report.after);
}

#[test]
fn an_absorbed_narrative_hands_over_everything_and_rebuilds_equal() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let (first, second) = (signal(0, "cla-birao", "").id, signal(1, "radio-birao", "").id);
    let (kept, absorbed) = (NarrativeId::founded_by(first), NarrativeId::founded_by(second));
    store.commit(vec![received(50, "radio-birao", "le convoi passe au marché")]).expect("a signal");
    let bridge = signal(50, "radio-birao", "").id;
    store.commit(vec![read(bridge, kept, false, vec![absorbed])]).expect("a merge");
    let moved = store.read(|views| views.narrative_row(absorbed, everyone(), store.now())).expect("asks");
    assert_eq!(moved, Found::Moved(kept));
    let Found::Here(row) =
        store.read(|views| views.narrative_row(kept, everyone(), store.now())).expect("asks")
    else {
        panic!("the kept narrative stands");
    };
    assert_eq!(row.count, 7);
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[test]
fn f15_the_same_message_is_one_record_and_a_count() {
    let ground = Ground::new();
    let store = ground.init();
    store.commit(vec![source("sms-line", Compartment::Operations)]).expect("a source");
    let size = |store: &Store| store.journal_state().expect("state").entries;
    store.commit(vec![received(1, "sms-line", "on entend des tirs")]).expect("first");
    let before = size(&store);
    for _ in 0..200 {
        let again = store.commit(vec![received(1, "sms-line", "on entend des tirs")]).expect("again");
        assert_eq!(again, vec![Outcome::Repeated { seq: 2 }]);
    }
    assert_eq!(size(&store), before);
    let row = store
        .read(|views| views.signal(signal(1, "sms-line", "").id, everyone()))
        .expect("asks")
        .expect("one signal");
    assert_eq!(row.repeats, 200);
}

#[test]
fn a_refused_act_leaves_no_trace() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let before = store.journal_state().expect("state");
    let refused = store.decide(|_| Err(Refused::new("act-too-late")));
    assert!(matches!(refused, Err(StoreError::Refused(r)) if r.code == "act-too-late"));
    assert_eq!(before, store.journal_state().expect("state"));
    // A batch whose second draft breaks a view is taken back whole, and the next act passes.
    let twice = vec![user("amina", 1), user("amina", 2)];
    assert!(store.commit(twice).is_err());
    assert_eq!(before, store.journal_state().expect("state"));
    store.commit(vec![user("amina", 1)]).expect("the writer goes on");
}

fn user(name: &str, n: u8) -> Draft {
    let user = User {
        id: UserId::new(2, [n; 10]),
        name: name.to_owned(),
        display: name.to_owned(),
        lang: "fr".to_owned(),
        component: Some(Component::Civilian),
    };
    Draft::new(Actor::Console, Event::UserAdded(user))
}

#[test]
fn f05_a_second_opening_is_refused_and_names_the_first() {
    let ground = Ground::new();
    let store = ground.init();
    let second = ground.open();
    assert!(
        matches!(&second, Err(StoreError::InUse { holder, .. }) if *holder == std::process::id().to_string()),
        "{:?}",
        second.err()
    );
    drop(store);
    ground.open().expect("free again");
}

#[test]
fn f07_a_newer_folder_is_refused_without_a_write() {
    let ground = Ground::new();
    drop(ground.init());
    let path = ground.dir.join("store.db");
    let conn = rusqlite::Connection::open(&path).expect("opens");
    conn.execute("UPDATE meta SET value = 3 WHERE name = 'format'", []).expect("marks");
    drop(conn);
    let before = files(&ground.dir);
    assert!(matches!(ground.open(), Err(StoreError::Newer { found: 3, known: 2 })));
    assert_eq!(before, files(&ground.dir));
}

/// Name and content of every file; SQLite's scratch index of the write-ahead log holds no content.
fn files(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut list: Vec<_> = std::fs::read_dir(dir)
        .expect("lists")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file() && path.extension().is_none_or(|e| e != "db-shm"))
        .map(|path| (path.clone(), std::fs::read(&path).expect("reads")))
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect();
    list.sort();
    list
}

#[test]
fn the_wrong_key_opens_nothing() {
    let ground = Ground::new();
    drop(ground.init());
    let other = KeySource::Passphrase("not the key of this site".to_owned());
    assert!(matches!(Store::open(&ground.dir, &other, ground.clock.clone()), Err(StoreError::WrongKey)));
}

#[test]
fn a_passphrase_opens_what_it_closed() {
    let ground = Ground::new();
    let key = KeySource::Passphrase("quatre mots bien choisis".to_owned());
    let options = InitOptions {
        site: "obo".to_owned(),
        mission: "MINUT".to_owned(),
        zone: "Africa/Bangui".to_owned(),
        demo: true,
    };
    drop(Store::init(&ground.dir, &key, &options, ground.clock.clone()).expect("a new site"));
    let again = Store::open(&ground.dir, &key, ground.clock.clone()).expect("opens");
    assert!(again.site().demo);
}

#[test]
fn f50_protected_content_is_in_no_file_in_clear_and_in_no_answer() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    while store.index_more(1_000).expect("indexes") > 0 {}
    let page = store.read(|views| views.monitoring(&queue(&store, everyone()))).expect("queue");
    assert_eq!(page.total, 4);
    let mut words = queue(&store, everyone());
    words.text = Some("menace famille".to_owned());
    assert_eq!(store.read(|views| views.monitoring(&words)).expect("search").total, 0);
    let protected = signal(90, "protection-desk", "").id;
    assert_eq!(store.read(|views| views.signal(protected, everyone())).expect("asks"), None);
    let narrative = NarrativeId::founded_by(protected);
    let answer = store.read(|views| views.narrative_row(narrative, everyone(), store.now())).expect("asks");
    assert_eq!(answer, Found::Nothing);
    let cleared = everyone().with(Compartments::of(&[Compartment::Protection]));
    let row = store.read(|views| views.signal(protected, cleared)).expect("asks").expect("granted");
    assert_eq!(row.text, None, "protected text is decrypted on demand only");
    assert!(matches!(store.entry(row.seq).expect("decrypts").event,
        Event::SignalReceived(s) if s.text.contains("une menace")));
    drop(store);
    let mut stack = vec![ground.dir.clone()];
    while let Some(dir) = stack.pop() {
        for entry in std::fs::read_dir(dir).expect("lists") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                stack.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).expect("reads");
            for secret in ["une menace", "famille-menacee"] {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "protected text in {}", path.display());
            }
        }
    }
}

#[test]
fn words_of_an_open_signal_are_found_once_indexed() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    while store.index_more(5).expect("indexes") > 0 {}
    let mut words = queue(&store, everyone());
    words.text = Some("numero 7".to_owned());
    let page = store.read(|views| views.monitoring(&words)).expect("search");
    assert_eq!(page.items.len(), 1);
    assert_eq!(store.journal_state().expect("state").index_lag, 0);
}

#[test]
fn pages_follow_each_other_without_gap_or_double() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    for sort in [Sort::Attention, Sort::Newest, Sort::Count] {
        let mut seen = Vec::new();
        let mut query = MonitoringQuery { sort, limit: 1, ..queue(&store, everyone()) };
        loop {
            let page = store.read(|views| views.monitoring(&query)).expect("a page");
            seen.extend(page.items.iter().map(|row| row.id));
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        let distinct: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), distinct.len()), (4, 4), "{sort:?}");
    }
}

#[test]
fn an_engine_goes_on_from_its_cursor() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    assert_eq!(store.cursor("text").expect("cursor"), 12);
    let batch = store.entries_from(0, 1_000, &[Kind::SignalReceived]).expect("reads");
    assert_eq!(batch.entries.len(), 13);
    assert_eq!(batch.next, store.journal_state().expect("state").entries);
    assert!(batch.entries.last().expect("one").1.any_protected());
}

#[test]
fn a_file_comes_back_bit_by_bit_and_lies_sealed() {
    let ground = Ground::new();
    let store = ground.init();
    let photo: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    let id = AttachmentId::new(5, [5; 10]);
    let (kept, outcome) =
        store.keep_attachment(someone(), id, "photo.jpg", "image/jpeg", &photo).expect("keeps");
    assert_eq!(kept.bytes, photo.len() as u64);
    let (row, bytes) = store.attachment(id).expect("asks").expect("there");
    assert_eq!((row.seq, bytes == photo), (outcome.seq(), true));
    let again = store.keep_attachment(someone(), id, "photo.jpg", "image/jpeg", &photo).expect("again");
    assert_eq!(again.1, Outcome::Repeated { seq: outcome.seq() });
    assert_eq!(store.attachment(id).expect("asks").expect("there").1, photo);
}

#[test]
fn a_file_that_was_refused_leaves_its_number_to_the_next_entry() {
    let ground = Ground::new();
    let store = ground.init();
    store.commit(vec![source("sms-line", Compartment::Operations)]).expect("a source");
    let id = AttachmentId::new(5, [5; 10]);
    store.keep_attachment(someone(), id, "a.png", "image/png", b"one").expect("keeps");
    for n in 0..3 {
        // Known already: its key was drawn for nothing, and the number it would have had goes to the next message.
        store.keep_attachment(someone(), id, "a.png", "image/png", b"two").expect("known");
        store.commit(vec![received(n, "sms-line", "un message parmi d'autres")]).expect("a signal");
    }
    drop(store);
    let store = ground.open().expect("opens again");
    for seq in 0..store.journal_state().expect("state").entries {
        store.entry(seq).expect("every entry opens");
    }
    assert_eq!(store.attachment(id).expect("asks").expect("there").1, b"one");
}

#[test]
fn every_entry_proves_itself_against_the_signed_state() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let state = store.journal_state().expect("state");
    let key = store.site().verifier_key.clone();
    for seq in 0..state.entries {
        let proof = store.read(|views| views.entry(seq)).expect("asks").expect("there");
        let signed = vigie_evidence::note::Checkpoint::open(&proof.checkpoint, &key).expect("signed");
        let hashes: Vec<Vec<u8>> = proof.proof.iter().map(|hash| hex::decode(hash).expect("hex")).collect();
        let leaf = hex::decode(&proof.leaf_hash).expect("hex");
        vigie_evidence::proof::verify_inclusion(&leaf, seq, signed.size, &hashes, &signed.root)
            .expect("proves");
    }
}

#[test]
fn tokens_are_taken_once_and_expire() {
    let ground = Ground::new();
    let store = ground.init();
    let soon = store.now() + jiff::SignedDuration::from_mins(15);
    store.put_token(&[1; 32], "first-admin", soon, true).expect("puts");
    store.put_token(&[2; 32], "first-admin", soon, true).expect("puts");
    assert_eq!(store.take_token(&[1; 32], store.now()).expect("takes").as_deref(), Some("first-admin"));
    assert_eq!(store.take_token(&[1; 32], store.now()).expect("asks"), None);
    ground.later(16 * 60);
    assert_eq!(store.take_token(&[2; 32], store.now()).expect("asks"), None);
}

#[test]
fn sessions_end_with_the_account_they_belong_to() {
    let ground = Ground::new();
    let store = ground.init();
    let id = UserId::new(2, [9; 10]);
    let until: Timestamp = store.now() + jiff::SignedDuration::from_hours(1);
    store.open_session(&[7; 32], id, until, store.now()).expect("opens");
    assert_eq!(store.session(&[7; 32]).expect("asks"), Some((id, until)));
    store.close_sessions_of(id).expect("closes");
    assert_eq!(store.session(&[7; 32]).expect("asks"), None);
}

#[test]
fn a_revoked_account_keeps_no_right() {
    let ground = Ground::new();
    let store = ground.init();
    let id = UserId::new(2, [4; 10]);
    let grant = Grant {
        user: id,
        role: Role::Analyst,
        affiliation: Affiliation::Civilian,
        compartment: Compartment::Operations,
        level: Level::Write,
        until: None,
    };
    store
        .commit(vec![user("analyst", 4), Draft::new(Actor::Console, Event::UserGranted(grant))])
        .expect("grants");
    let granted = store.read(|views| views.granted(id, store.now())).expect("asks");
    assert!(granted.write.holds(Compartment::Operations));
    let revoked = vigie_model::UserRevoked { user: id };
    store.commit(vec![Draft::new(Actor::Console, Event::UserRevoked(revoked))]).expect("revokes");
    assert_eq!(
        store.read(|views| views.granted(id, store.now())).expect("asks").see,
        Compartments::default()
    );
}

#[test]
fn f03_after_a_failed_write_nothing_more_is_acknowledged() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    // The record loses a table under the writer's feet: the next commit cannot be written whole.
    let conn = rusqlite::Connection::open(ground.dir.join("store.db")).expect("opens");
    conn.execute_batch("ALTER TABLE checkpoint RENAME TO gone").expect("breaks");
    let refused = store.commit(vec![received(77, "radio-birao", "un message")]);
    assert!(matches!(refused, Err(StoreError::Stopped(_))), "{refused:?}");
    conn.execute_batch("ALTER TABLE gone RENAME TO checkpoint").expect("mends");
    assert!(matches!(
        store.commit(vec![received(78, "radio-birao", "un autre")]),
        Err(StoreError::Stopped(_))
    ));
    drop(store);
    let store = ground.open().expect("opens again");
    store.commit(vec![received(79, "radio-birao", "après la remise en ordre")]).expect("goes on");
}

/// The bytes of `secret` are in no file of the folder.
fn assert_nowhere(dir: &Path, secret: &str) {
    for (path, bytes) in files(dir) {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "`{secret}` in {}", path.display());
    }
}

#[test]
fn a_source_that_is_tightened_takes_its_older_signals_with_it() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    while store.index_more(1_000).expect("indexes") > 0 {}
    // Of the four narratives, each has four or fewer signals of `cla-birao` among those of `radio-birao`.
    store.commit(vec![source("cla-birao", Compartment::Protection)]).expect("tightened");
    while store.index_more(1_000).expect("indexes") > 0 {}
    let own = signal(3, "cla-birao", "").id;
    let other = signal(7, "radio-birao", "").id;
    let (apart, whole) = (NarrativeId::founded_by(own), NarrativeId::founded_by(own));
    assert_eq!(store.read(|views| views.signal(own, everyone())).expect("asks"), None);
    let page = store.read(|views| views.monitoring(&queue(&store, everyone()))).expect("queue");
    assert_eq!(page.items.iter().map(|row| row.count).sum::<u64>(), 8, "only the other source is counted");
    assert!(page.items.iter().all(|row| row.sources == ["radio-birao".parse().expect("an id")]));
    assert!(page.items.iter().all(|row| row.id != whole), "its founder was of the source that is closed now");
    let row = store.read(|views| views.signal(other, everyone())).expect("asks").expect("still open");
    assert_eq!(row.narrative, Some(NarrativeId::founded_by(other)), "founded by the first that stays");
    let cleared = Compartments::of(&[Compartment::Protection]);
    let found = store.read(|views| views.narrative_row(apart, cleared, store.now())).expect("asks");
    assert!(matches!(found, Found::Here(row) if row.head.is_none() && row.count == 1));
    let mut words = queue(&store, everyone().with(cleared));
    words.text = Some("convoi".to_owned());
    assert_eq!(store.read(|views| views.monitoring(&words)).expect("search").items.len(), 4, "in no index");
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
    drop(store);
    let store = ground.open().expect("opens");
    drop(store);
    assert_nowhere(&ground.dir, "convoi numéro 3 ");
    assert_nowhere(&ground.dir.join("index"), "numero 3");
}

#[test]
fn a_source_that_is_opened_again_leaves_what_was_protected_protected() {
    let ground = Ground::new();
    let store = lived_in(&ground);
    store.commit(vec![source("protection-desk", Compartment::Operations)]).expect("opened");
    let old = signal(90, "protection-desk", "").id;
    assert_eq!(store.read(|views| views.signal(old, everyone())).expect("asks"), None);
    store.commit(vec![received(91, "protection-desk", "le marché est calme")]).expect("a new one");
    let new = signal(91, "protection-desk", "").id;
    assert!(store.read(|views| views.signal(new, everyone())).expect("asks").is_some());
    assert!(store.rebuild(|_| {}).expect("rebuilds").equal());
}
