//! Drop folders: a file that somebody puts there is taken into its source, and a report lies beside it.
//!
//! Each folder belongs to one source of the register (`[[drop]]` in `vigie.toml`). A file is taken when it has not
//! changed between two looks, so that half a copy is not read; afterwards it lies in `done/` or, where nothing of it
//! could be taken, in `refused/`, with a report in words under its name. Links, folders and hidden files are left alone.

use crate::commands::import::{self, Report};
use crate::say::{Failure, Say};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};
use vigie_model::SourceId;
use vigie_store::Store;
use vigie_wire::Mapping;

/// How often the folders are looked at.
const LOOK: Duration = Duration::from_secs(3);
/// Files of one folder looked at in one round.
const FILES_MAX: usize = 1_000;

/// One folder and where its files go.
#[derive(Debug, Clone)]
pub struct Drop {
    /// The source.
    pub source: SourceId,
    /// The folder.
    pub folder: PathBuf,
    /// Which column is what.
    pub map: Mapping,
}

/// Looks at the folders until it is dropped.
pub struct Watch {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl std::ops::Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

/// Begins to look at the folders, which are made where they are not there. Nothing where there are none.
pub fn watch(store: Store, drops: Vec<Drop>, say: Say) -> Result<Option<Watch>, Failure> {
    if drops.is_empty() {
        return Ok(None);
    }
    for drop in &drops {
        for folder in [drop.folder.join("done"), drop.folder.join("refused")] {
            std::fs::create_dir_all(&folder).map_err(|cause| {
                Failure::told("store-io").with("path", folder.display()).with("cause", cause)
            })?;
        }
    }
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = stop.clone();
    let looking = move || {
        let mut seen = Seen::default();
        while !stopped.load(Ordering::Acquire) {
            for drop in &drops {
                look(&store, drop, &mut seen, &say);
            }
            std::thread::park_timeout(LOOK);
        }
    };
    let thread =
        std::thread::Builder::new().name("drops".to_owned()).spawn(looking).map_err(Failure::ours)?;
    Ok(Some(Watch { stop, thread: Some(thread) }))
}

/// Length and time of change of each file at the last look.
type Seen = HashMap<PathBuf, (u64, SystemTime)>;

fn look(store: &Store, drop: &Drop, seen: &mut Seen, say: &Say) {
    for file in still(&drop.folder, seen) {
        let source = &drop.source;
        match import::take(store, source, &drop.map, &file, say) {
            Ok(report) => {
                let place = if report.is_refused() { "refused" } else { "done" };
                tracing::info!(%source, place, "a dropped file was read");
                put_away(&file, place, &told(&report, say));
            }
            // A fault of ours or of the disk: the file stays where it is, and the next look tries again.
            Err(failure) if failure.is_ours() => tracing::error!(%source, "a dropped file waits"),
            Err(failure) => {
                tracing::warn!(%source, "a dropped file was refused");
                put_away(&file, "refused", &(failure.sentence(say) + "\n"));
            }
        }
        seen.remove(&file);
    }
}

fn told(report: &Report, say: &Say) -> String {
    report.told(say)
}

/// Files that have not changed since the last look.
fn still(folder: &Path, seen: &mut Seen) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut ready = Vec::new();
    for entry in entries.flatten().take(FILES_MAX) {
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        // A link is not followed: it could lead anywhere on this machine.
        if hidden || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let Ok(about) = entry.metadata() else { continue };
        let now = (about.len(), about.modified().unwrap_or(SystemTime::UNIX_EPOCH));
        if seen.insert(entry.path(), now) == Some(now) {
            ready.push(entry.path());
        }
    }
    ready.sort();
    ready
}

/// Moves a file into `done` or `refused` and writes its report there; a name that is taken gets a number.
fn put_away(file: &Path, place: &str, report: &str) {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else { return };
    let name = name.to_string_lossy();
    let named =
        |n: u32| folder.join(place).join(if n == 0 { name.to_string() } else { format!("{n}-{name}") });
    let to = (0..10_000).map(named).find(|to| !to.exists()).unwrap_or_else(|| named(0));
    let mut beside = to.as_os_str().to_owned();
    beside.push(".report.txt");
    // The report first: a file that is put away has one.
    let done = std::fs::write(&beside, report).and_then(|()| std::fs::rename(file, &to));
    if let Err(error) = done {
        tracing::error!(%error, "a dropped file could not be put away");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::{Actor, Compartment, Compartments, Connector, Event, SignalKind, SourceEntry};
    use vigie_store::{Draft, InitOptions, KeySource, SystemClock};

    fn site(root: &Path) -> Store {
        let options =
            InitOptions { site: "birao".into(), mission: "MINUT".into(), zone: "UTC".into(), demo: false };
        let key = KeySource::File(root.join("site.key"));
        let store = Store::init(&root.join("site"), &key, &options, Arc::new(SystemClock)).expect("a site");
        let entry = SourceEntry {
            id: "radio".parse().expect("an id"),
            name: "Radio".into(),
            kind: SignalKind::Post,
            connector: Connector::File,
            url: None,
            purpose: "protection of civilians".into(),
            basis: "mandate, paragraph 32".into(),
            owner: "information unit".into(),
            retention_days: 365,
            licence: None,
            languages: Vec::new(),
            compartments: Compartments::of(&[Compartment::Operations]),
            poll_s: None,
            allow_private: Vec::new(),
            zone: None,
        };
        store.commit(vec![Draft::new(Actor::Console, Event::SourceRegistered(entry))]).expect("a source");
        store
    }

    #[test]
    fn a_dropped_file_is_taken_when_it_is_still_and_put_away_with_its_report() {
        let root = tempfile::tempdir().expect("a folder");
        let store = site(root.path());
        let folder = root.path().join("drop");
        std::fs::create_dir_all(folder.join("done")).expect("done");
        std::fs::create_dir_all(folder.join("refused")).expect("refused");
        let drop =
            Drop { source: "radio".parse().expect("an id"), folder: folder.clone(), map: Mapping::default() };
        let say = Say::new(Some("fr"), false, true);
        let mut seen = Seen::default();
        let before = store.read(|views| views.size()).expect("a size");
        std::fs::write(folder.join("posts.csv"), "text,lang\r\nLe pont est coupé,fr\r\n,fr\r\n")
            .expect("a file");
        std::fs::write(folder.join("photo.jpg"), b"\xff\xd8\xff\xe0 not a table").expect("a file");
        std::fs::write(folder.join(".half.csv"), "text\r\nhalf\r\n").expect("a file");
        look(&store, &drop, &mut seen, &say);
        assert!(folder.join("posts.csv").exists(), "a file may still be written to at the first look");
        look(&store, &drop, &mut seen, &say);
        assert!(!folder.join("posts.csv").exists() && folder.join("done/posts.csv").exists());
        let report = std::fs::read_to_string(folder.join("done/posts.csv.report.txt")).expect("a report");
        assert!(report.contains("VG-") && report.contains("Ligne 3"), "{report}");
        assert!(
            folder.join("refused/photo.jpg").exists() && folder.join("refused/photo.jpg.report.txt").exists()
        );
        assert!(folder.join(".half.csv").exists());
        // One signal and the entry that says how the run went.
        assert_eq!(store.read(|views| views.size()).expect("a size"), before + 2);
        // The same file again is known, adds nothing and gets a name of its own.
        std::fs::copy(folder.join("done/posts.csv"), folder.join("posts.csv")).expect("again");
        look(&store, &drop, &mut seen, &say);
        look(&store, &drop, &mut seen, &say);
        assert!(folder.join("done/1-posts.csv").exists());
        assert_eq!(store.read(|views| views.size()).expect("a size"), before + 2);
    }

    #[cfg(unix)]
    #[test]
    fn f33_a_link_in_a_drop_folder_is_not_followed() {
        let root = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink("/etc/passwd", root.path().join("link.csv")).expect("a link");
        let mut seen = Seen::default();
        assert!(still(root.path(), &mut seen).is_empty() && still(root.path(), &mut seen).is_empty());
    }
}
