//! The paths of the store that are walked. What is done is told on standard output, one line a fact, after it is done.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use vigie_evidence::age::Identity;
use vigie_model::{
    Actor, AttachmentId, Compartment, Compartments, Connector, Erasable, ErasureAsked, ErasureId, Event,
    IdempotencyKey, Language, LanguageBasis, NarrativeId, Reading, Signal, SignalId, SignalKind, SourceEntry,
    SourceId, UserId,
};
use vigie_store::{Along, Clock, Draft, InitOptions, KeySource, SimClock, Store, StoreError, back_up};

/// Every path.
pub const ALL: &[&str] = &["intake", "erase", "backup", "restore", "upgrade", "generation"];

pub fn clock() -> Arc<dyn Clock> {
    Arc::new(SimClock::new("2026-11-22T05:00:00Z".parse().unwrap_or_default()))
}

pub fn site(root: &Path) -> PathBuf {
    root.join("site")
}

pub fn key(root: &Path) -> KeySource {
    KeySource::File(root.join("site.key"))
}

pub fn identity() -> Identity {
    Identity::from_random([9; 32])
}

pub const ALONG: Along<'_> = Along { reason: "a drill", rule: &|_| Ok(Vec::new()), past: &[] };

/// What is there before the path is walked.
pub fn prepare(name: &str, root: &Path) -> Result<(), String> {
    std::fs::create_dir_all(root).map_err(|cause| cause.to_string())?;
    if name == "intake" {
        return Ok(());
    }
    let made = base(root).and_then(|()| match name {
        "backup" | "restore" => backup(root),
        "upgrade" => earlier(root),
        _ => Ok(()),
    });
    made.map_err(|cause| cause.to_string())
}

/// A small site, closed.
fn base(root: &Path) -> Result<(), StoreError> {
    let store = init(root)?;
    for n in 0..6 {
        take_in(&store, n)?;
    }
    file(&store)?;
    while store.index_more(100)? > 0 {}
    Ok(())
}

fn init(root: &Path) -> Result<Store, StoreError> {
    let options = InitOptions {
        site: "birao".to_owned(),
        mission: "MINUT".to_owned(),
        zone: "UTC".to_owned(),
        demo: false,
    };
    let store = Store::init(&site(root), &key(root), &options, clock())?;
    store.commit(vec![Draft::new(Actor::Console, Event::SourceRegistered(source()))])?;
    Ok(store)
}

/// As the version before wrote it.
fn earlier(root: &Path) -> Result<(), StoreError> {
    let db = rusqlite::Connection::open(site(root).join("store.db"))?;
    db.execute_batch(
        "DROP TABLE generation; DROP TABLE m_backup; DELETE FROM meta WHERE name = 'views';
         UPDATE meta SET value = 1 WHERE name = 'format'",
    )?;
    Ok(())
}

fn backup(root: &Path) -> Result<(), StoreError> {
    let to = identity().recipient();
    back_up(&site(root), &key(root), &root.join("usb"), &to, clock().now(), &|_, _| {}).map(drop)
}

/// Walks the path and tells what is done.
pub fn run(name: &str, root: &Path) -> ExitCode {
    match walk(name, root) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn walk(name: &str, root: &Path) -> Result<(), StoreError> {
    match name {
        "intake" => {
            let store = init(root)?;
            tell("made");
            for n in 0..8 {
                tell_signal(n, take_in(&store, n)?);
            }
            file(&store)?;
            tell("file");
            while store.index_more(100)? > 0 {}
            drop(store);
            let store = Store::open(&site(root), &key(root), clock())?;
            for n in 8..14 {
                tell_signal(n, take_in(&store, n)?);
            }
        }
        "erase" => {
            let store = Store::open(&site(root), &key(root), clock())?;
            let asked = ErasureAsked {
                id: ErasureId::new(1, [4; 10]),
                objects: vec![Erasable::Signal(signal(2).id.uuid()), Erasable::Signal(signal(3).id.uuid())],
                reason: "asked for".to_owned(),
                basis: "a request".to_owned(),
            };
            let id = store.ask_erasure(UserId::new(1, [1; 10]), asked)?;
            tell("asked");
            store.agree_erasure(UserId::new(1, [2; 10]), id)?;
            tell("erased");
            tell_signal(20, take_in(&store, 20)?);
        }
        "backup" => {
            let store = Store::open(&site(root), &key(root), clock())?;
            tell_signal(20, take_in(&store, 20)?);
            backup(root)?;
            tell("backed up");
        }
        "restore" => {
            let new = root.join("new");
            let ready = vigie_store::beside(&new)?;
            let fresh = KeySource::File(root.join("new.key"));
            vigie_store::unpack(&root.join("usb"), &ready, identity(), &fresh, &|_, _| {})?;
            let (store, _) = Store::succeed(&ready, &fresh, clock(), &ALONG)?;
            drop(store);
            vigie_store::settle(&ready, &new)?;
            tell("restored");
        }
        "upgrade" => {
            let store = Store::open(&site(root), &key(root), clock())?;
            tell("upgraded");
            tell_signal(20, take_in(&store, 20)?);
        }
        "generation" => {
            let (store, _) = Store::succeed(&site(root), &key(root), clock(), &ALONG)?;
            tell("succeeded");
            tell_signal(20, take_in(&store, 20)?);
        }
        _ => {}
    }
    Ok(())
}

fn tell(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(format!("{line}\n").as_bytes());
    let _ = out.flush();
}

fn tell_signal(n: u64, seq: u64) {
    tell(&format!("signal {n} {seq}"));
}

fn source() -> SourceEntry {
    SourceEntry {
        id: "radio".parse().unwrap_or_else(|_| unreachable!("a source id")),
        name: "Radio".to_owned(),
        kind: SignalKind::Post,
        connector: Connector::Intake,
        url: None,
        purpose: "protection of civilians".to_owned(),
        basis: "mandate".to_owned(),
        owner: "information unit".to_owned(),
        retention_days: 365,
        licence: None,
        languages: Vec::new(),
        compartments: Compartments::of(&[Compartment::Operations]),
        poll_s: None,
        allow_private: Vec::new(),
        zone: None,
    }
}

/// What signal `n` says.
pub fn text(n: u64) -> String {
    format!("le convoi numéro {n} passe devant le marché neuf de la ville")
}

fn signal(n: u64) -> Signal {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&n.to_be_bytes());
    Signal {
        id: SignalId::new(1_795_323_600_000, random),
        source: source().id,
        kind: SignalKind::Post,
        key: IdempotencyKey(format!("post-{n}")),
        text: text(n),
        author: None,
        url: None,
        lang: None,
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

/// Takes a signal in and reads it, as the engine does.
fn take_in(store: &Store, n: u64) -> Result<u64, StoreError> {
    let told = signal(n);
    let id = told.id;
    let from: SourceId = source().id;
    let recorded = store.commit(vec![Draft::new(Actor::Source(from), Event::SignalReceived(told))])?;
    let seq = recorded.first().map_or(0, |one| one.seq());
    let reading = Reading {
        signal: id,
        narrative: NarrativeId::founded_by(id),
        founds: true,
        absorbs: Vec::new(),
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
    let model = Actor::Model { name: "text".to_owned(), version: "1".to_owned() };
    store.commit_engine(
        "text",
        "1",
        seq + 1,
        vec![Draft::new(model, Event::SignalRead(reading)).caused_by(seq)],
    )?;
    Ok(seq)
}

fn file(store: &Store) -> Result<(), StoreError> {
    let by = Actor::Human(UserId::new(1, [1; 10]));
    store.keep_attachment(by, AttachmentId::new(6, [6; 10]), "a.png", "image/png", &[7; 5_000]).map(drop)
}
