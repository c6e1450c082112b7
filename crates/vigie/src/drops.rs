//! Drop folders: a file that somebody puts there is taken into its source, and a report lies beside it.
//!
//! Each folder belongs to one source of the register (`[[drop]]` in `vigie.toml`). A file is taken when it has not
//! changed between two looks, so that half a copy is not read. Where all of it was recorded, it is removed and its report
//! stays in `done/`: what is kept in clear here would outlive what is erased there. Where something could not be taken, it
//! lies in `refused/` for people to mend, and no longer than the source keeps its signals. Links, folders and hidden files
//! are left alone.

use crate::commands::import;
use crate::say::{Failure, Say};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};
use vigie_model::SourceId;
use vigie_store::Store;
use vigie_wire::Mapping;

/// How often the folders are looked at.
const LOOK: Duration = Duration::from_secs(3);
/// How often what was put away is looked over.
const SWEEP: Duration = Duration::from_hours(1);
/// Days that a file stays of which something was left aside: to read its report, and to say what the other columns are.
const LEFT_DAYS: u32 = 7;
/// What a report adds to the name of its file.
const REPORT: &str = ".report.txt";
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
    /// Whether files that were wholly taken are kept.
    pub keep_files: bool,
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
        let mut swept: Option<Instant> = None;
        while !stopped.load(Ordering::Acquire) {
            let due = swept.is_none_or(|at| at.elapsed() >= SWEEP);
            for drop in &drops {
                look(&store, drop, &mut seen, &say);
                if due {
                    sweep(&store, drop, SystemTime::now());
                }
            }
            swept = if due { Some(Instant::now()) } else { swept };
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
                let gone = report.is_whole() && !drop.keep_files;
                let mut words = report.told(say);
                if gone {
                    words += &(say.text("drop-removed", &[]) + "\n");
                }
                let lies = put_away(&file, place, &words);
                // What cannot be removed now goes with the next sweep.
                if let Some(Err(error)) = lies.filter(|_| gone).map(std::fs::remove_file) {
                    tracing::error!(%source, %error, "a dropped file that was taken could not be removed");
                }
            }
            // A fault of ours or of the disk: the file stays where it is, and the next look tries again.
            Err(failure) if failure.is_ours() => tracing::error!(%source, "a dropped file waits"),
            Err(failure) => {
                tracing::warn!(%source, "a dropped file was refused");
                let _ = put_away(&file, "refused", &(failure.sentence(say) + "\n"));
            }
        }
        seen.remove(&file);
    }
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

/// Moves a file into `done` or `refused` and writes its report there; a name that is taken gets a number. Where it lies
/// then.
fn put_away(file: &Path, place: &str, report: &str) -> Option<PathBuf> {
    let (folder, name) = (file.parent()?, file.file_name()?.to_string_lossy());
    let named =
        |n: u32| folder.join(place).join(if n == 0 { name.to_string() } else { format!("{n}-{name}") });
    let free = |to: &PathBuf| !to.exists() && !beside(to).exists();
    let to = (0..10_000).map(named).find(free).unwrap_or_else(|| named(0));
    // The report first: a file that is put away has one.
    let done = std::fs::write(beside(&to), report).and_then(|()| std::fs::rename(file, &to));
    if let Err(error) = done {
        tracing::error!(%error, "a dropped file could not be put away");
        let _ = std::fs::remove_file(beside(&to));
        return None;
    }
    Some(to)
}

/// Where the report of a file stands.
fn beside(file: &Path) -> PathBuf {
    let mut beside = file.as_os_str().to_owned();
    beside.push(REPORT);
    PathBuf::from(beside)
}

/// Removes what has been put away for longer than the source keeps its signals, and what was left aside of files that
/// nobody wanted to keep. A clock that retention does not believe removes nothing here either.
fn sweep(store: &Store, drop: &Drop, now: SystemTime) {
    let known = store.read(|views| views.source(&drop.source, store.now()));
    let (Ok(Some(row)), Ok(None)) = (known, store.retention_waits()) else { return };
    let kept = row.entry.retention_days;
    let left = if drop.keep_files { kept } else { kept.min(LEFT_DAYS) };
    let mut gone = remove_older(&drop.folder.join("refused"), now, kept, kept);
    gone += remove_older(&drop.folder.join("done"), now, left, kept);
    if gone > 0 {
        tracing::info!(source = %drop.source, files = gone, "what was dropped long ago was removed");
    }
}

/// Removes files that were put away more than `files` days ago, and reports older than `reports` days. How many went.
fn remove_older(folder: &Path, now: SystemTime, files: u32, reports: u32) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let mut gone = 0;
    for entry in entries.flatten() {
        let path = entry.path();
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        // A copy may bear the time at which the original was written: its report is as old as its stay here.
        let changed =
            std::fs::metadata(beside(&path)).or_else(|_| entry.metadata()).and_then(|m| m.modified());
        let age = changed.ok().and_then(|at| now.duration_since(at).ok()).unwrap_or_default();
        let is_report = path.as_os_str().as_encoded_bytes().ends_with(REPORT.as_bytes());
        if age < Duration::from_hours(24 * u64::from(if is_report { reports } else { files })) {
            continue;
        }
        match std::fs::remove_file(&path) {
            Ok(()) => gone += 1,
            Err(error) => tracing::error!(%error, "a dropped file that is old could not be removed"),
        }
    }
    gone
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

    fn dropping(root: &Path, keep_files: bool) -> Drop {
        let folder = root.join("drop");
        std::fs::create_dir_all(folder.join("done")).expect("done");
        std::fs::create_dir_all(folder.join("refused")).expect("refused");
        Drop { source: "radio".parse().expect("an id"), folder, map: Mapping::default(), keep_files }
    }

    /// Puts a file there and looks until it is taken.
    fn hand(store: &Store, drop: &Drop, name: &str, text: &str) {
        let (say, mut seen) = (Say::new(Some("fr"), false, true), Seen::default());
        std::fs::write(drop.folder.join(name), text).expect("a file");
        look(store, drop, &mut seen, &say);
        look(store, drop, &mut seen, &say);
        assert!(!drop.folder.join(name).exists(), "{name} was taken");
    }

    /// Names in `done` and `refused`, in order.
    fn lying(drop: &Drop) -> Vec<String> {
        let mut names = Vec::new();
        for place in ["done", "refused"] {
            for entry in std::fs::read_dir(drop.folder.join(place)).expect("lists").flatten() {
                names.push(format!("{place}/{}", entry.file_name().to_string_lossy()));
            }
        }
        names.sort();
        names
    }

    #[test]
    fn f53_a_dropped_file_that_was_wholly_taken_leaves_only_its_report() {
        let root = tempfile::tempdir().expect("a folder");
        let (store, drop) = (site(root.path()), dropping(root.path(), false));
        let row = "text,lang\r\nZénaïde habite derrière la pharmacie,fr\r\n";
        hand(&store, &drop, "radio.csv", row);
        assert_eq!(lying(&drop), ["done/radio.csv.report.txt"]);
        let report =
            std::fs::read_to_string(drop.folder.join("done/radio.csv.report.txt")).expect("a report");
        assert!(report.contains("supprimé ici") && !report.contains("Zénaïde"), "{report}");
        // Again: all of it is known, and the report of before is not written over.
        hand(&store, &drop, "radio.csv", row);
        assert_eq!(lying(&drop), ["done/1-radio.csv.report.txt", "done/radio.csv.report.txt"]);
        // Where a column was of no use, somebody may still want it.
        hand(&store, &drop, "more.csv", "text,lang,puits\r\nLe bac est à quai,fr,trois\r\n");
        assert!(lying(&drop).contains(&"done/more.csv".to_owned()), "{:?}", lying(&drop));
        let keeping = Drop { keep_files: true, ..drop };
        hand(&store, &keeping, "kept.csv", "text,lang\r\nLa relève est passée,fr\r\n");
        assert!(lying(&keeping).contains(&"done/kept.csv".to_owned()), "{:?}", lying(&keeping));
    }

    #[test]
    fn f53_what_was_put_away_goes_no_later_than_the_signals_of_its_source() {
        let root = tempfile::tempdir().expect("a folder");
        let (store, drop) = (site(root.path()), dropping(root.path(), false));
        hand(&store, &drop, "refused.csv", "text,lang\r\nLe pont est coupé,fr\r\n,fr\r\n");
        hand(&store, &drop, "left.csv", "text,lang,puits\r\nLe bac est à quai,fr,trois\r\n");
        // An older copy was put away today like the others.
        let old = SystemTime::now() - Duration::from_hours(24 * 1_000);
        let file = std::fs::File::options().write(true).open(drop.folder.join("refused/refused.csv"));
        file.expect("opens").set_modified(old).expect("an old file");
        let days = |n: u64| SystemTime::now() + Duration::from_hours(24 * n) + Duration::from_mins(1);
        let all = lying(&drop);
        assert_eq!(all.len(), 4, "{all:?}");
        sweep(&store, &drop, days(6));
        assert_eq!(lying(&drop), all);
        let keeping = Drop { keep_files: true, ..drop.clone() };
        sweep(&store, &keeping, days(364));
        assert_eq!(lying(&drop), all, "kept for as long as the signals are");
        sweep(&store, &drop, days(7));
        assert_eq!(
            lying(&drop),
            ["done/left.csv.report.txt", "refused/refused.csv", "refused/refused.csv.report.txt"]
        );
        sweep(&store, &drop, days(365));
        sweep(&store, &drop, days(366));
        assert_eq!(lying(&drop), Vec::<String>::new());
    }

    #[test]
    fn a_dropped_file_is_taken_when_it_is_still_and_put_away_with_its_report() {
        let root = tempfile::tempdir().expect("a folder");
        let (store, drop) = (site(root.path()), dropping(root.path(), false));
        let folder = drop.folder.clone();
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
        assert!(!folder.join("posts.csv").exists() && folder.join("refused/posts.csv").exists());
        let report = std::fs::read_to_string(folder.join("refused/posts.csv.report.txt")).expect("a report");
        assert!(report.contains("VG-") && report.contains("Ligne 3"), "{report}");
        assert!(
            folder.join("refused/photo.jpg").exists() && folder.join("refused/photo.jpg.report.txt").exists()
        );
        assert!(folder.join(".half.csv").exists());
        // One signal and the entry that says how the run went.
        assert_eq!(store.read(|views| views.size()).expect("a size"), before + 2);
        // The same file again is known, adds nothing and gets a name of its own.
        std::fs::copy(folder.join("refused/posts.csv"), folder.join("posts.csv")).expect("again");
        look(&store, &drop, &mut seen, &say);
        look(&store, &drop, &mut seen, &say);
        assert!(folder.join("refused/1-posts.csv").exists());
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
