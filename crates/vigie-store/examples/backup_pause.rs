//! Measures what a backup does to those who write meanwhile: the longest wait for an acknowledgement.
//!
//! `cargo run --release -p vigie-store --example backup_pause -- --mb 1000 --rate 200`

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use vigie_evidence::age::Identity;
use vigie_model::{
    Actor, AttachmentId, Compartment, Compartments, Connector, Event, IdempotencyKey, Signal, SignalId,
    SignalKind, SourceEntry, UserId,
};
use vigie_store::{Clock, Draft, InitOptions, KeySource, Store, StoreError, SystemClock, back_up};

fn main() -> Result<(), StoreError> {
    let args: Vec<String> = std::env::args().collect();
    let value = |name: &str, default: u64| {
        let at = args.iter().position(|arg| arg == name);
        at.and_then(|at| args.get(at + 1)?.parse().ok()).unwrap_or(default)
    };
    let (mb, rate) = (value("--mb", 100), value("--rate", 200));
    let root = std::env::temp_dir().join(format!("vigie-backup-{}", std::process::id()));
    let done = measure(&root, mb, rate);
    let _ = std::fs::remove_dir_all(&root);
    done
}

/// Longest and 99th of a hundred waits, in milliseconds.
fn told(name: &str, mut waits: Vec<Duration>) {
    waits.sort_unstable();
    let ms = |wait: Option<&Duration>| wait.map_or(0.0, |wait| wait.as_secs_f64() * 1_000.0);
    let p99 = ms(waits.get(waits.len().saturating_sub(1) * 99 / 100));
    println!("{name}: {} signals, p99 {p99:.1} ms, longest {:.1} ms", waits.len(), ms(waits.last()));
}

fn measure(root: &Path, mb: u64, rate: u64) -> Result<(), StoreError> {
    let (dir, key) = (root.join("site"), KeySource::File(root.join("site.key")));
    std::fs::create_dir_all(root).map_err(|cause| StoreError::Io { path: root.to_owned(), cause })?;
    let options = InitOptions {
        site: "bench".to_owned(),
        mission: "BENCH".to_owned(),
        zone: "UTC".to_owned(),
        demo: false,
    };
    let store = Store::init(&dir, &key, &options, Arc::new(SystemClock))?;
    store.commit(vec![Draft::new(Actor::Console, Event::SourceRegistered(source()))])?;
    fill(&store, mb)?;
    let bytes = store.journal_state()?.disk;
    println!("site: store {} MiB, keys {} MiB, files {} MiB", bytes.0 >> 20, bytes.1 >> 20, bytes.2 >> 20);
    told(
        "before",
        during(&store, rate, 1 << 40, || {
            std::thread::sleep(Duration::from_secs(5));
            Ok(())
        })?,
    );
    let to = Identity::from_random([9; 32]).recipient();
    let since = Instant::now();
    let waits = during(&store, rate, 1 << 41, || {
        let made = back_up(&dir, &key, &root.join("usb"), &to, SystemClock.now(), &|_, _| {})?;
        println!(
            "backup: {} entries, {} files, {} MiB in {:.1} s",
            made.made.entries,
            made.made.files,
            made.made.bytes >> 20,
            since.elapsed().as_secs_f64()
        );
        Ok(())
    })?;
    told("while backing up", waits);
    Ok(())
}

/// Half of it in signals, half in sealed files.
fn fill(store: &Store, mb: u64) -> Result<(), StoreError> {
    let text = "le convoi de vivres est passé devant le marché neuf de la ville ".repeat(15);
    let signals = mb * 512;
    for first in (0..signals).step_by(1_024) {
        let batch = (first..signals.min(first + 1_024)).map(|n| received(n, &text)).collect();
        store.commit(batch)?;
    }
    let file = vec![7; 4 << 20];
    for n in 0..mb / 8 {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&n.to_be_bytes());
        let by = Actor::Human(UserId::new(1, [1; 10]));
        store.keep_attachment(
            by,
            AttachmentId::new(1, random),
            "a.bin",
            "application/octet-stream",
            &file,
        )?;
    }
    Ok(())
}

/// Sends `rate` signals a second until `work` is done; how long each waited for its acknowledgement.
fn during(
    store: &Store,
    rate: u64,
    first: u64,
    work: impl FnOnce() -> Result<(), StoreError>,
) -> Result<Vec<Duration>, StoreError> {
    let stop = Arc::new(AtomicBool::new(false));
    let (sender, stopped) = (store.clone(), stop.clone());
    let sending = std::thread::spawn(move || {
        let began = Instant::now();
        let mut waits = Vec::new();
        while !stopped.load(Ordering::Acquire) {
            let due = began + Duration::from_secs_f64(waits.len() as f64 / rate.max(1) as f64);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let asked = Instant::now();
            // A wait that began late counts from when it was due: nobody's wait is left out.
            sender.commit(vec![received(first + waits.len() as u64, "un message de la ligne")])?;
            waits.push(asked.min(due).elapsed());
        }
        Ok::<_, StoreError>(waits)
    });
    let done = work();
    stop.store(true, Ordering::Release);
    let waits = sending.join().map_err(|_| StoreError::Stopped("the sender panicked".to_owned()))?;
    done?;
    waits
}

fn received(n: u64, text: &str) -> Draft {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&n.to_be_bytes());
    let signal = Signal {
        id: SignalId::new(1_795_323_600_000, random),
        source: source().id,
        kind: SignalKind::Post,
        key: IdempotencyKey(format!("post-{n}")),
        text: text.to_owned(),
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
    };
    Draft::new(Actor::Source(source().id), Event::SignalReceived(signal))
}

fn source() -> SourceEntry {
    SourceEntry {
        id: "bench".parse().unwrap_or_else(|_| unreachable!("a source id")),
        name: "Bench".to_owned(),
        kind: SignalKind::Post,
        connector: Connector::Intake,
        url: None,
        purpose: "measuring".to_owned(),
        basis: "bench".to_owned(),
        owner: "bench".to_owned(),
        retention_days: 365,
        licence: None,
        languages: Vec::new(),
        compartments: Compartments::of(&[Compartment::Operations]),
        poll_s: None,
        allow_private: Vec::new(),
        zone: None,
    }
}
