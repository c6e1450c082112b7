//! A site that backs itself up: every so often, and when an administrator asks, into a folder of another disk.
//!
//! Each backup lies in a folder of its own, named after the site and the moment, so that one of a site that is already
//! damaged does not replace the last good one. A few are kept; of erased content the older ones still hold the keys, so
//! they are few. The folder that holds them is never made: where the disk is not mounted, nothing is written to the one
//! that happens to be there instead.

use crate::config::Config;
use crate::say::Failure;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use vigie_evidence::age::Recipient;
use vigie_model::{Actor, Fault, Timestamp, UserId};
use vigie_server::{OwnBackups, SelfBackup};
use vigie_store::{BackedUp, Clock, KEYS_BAK, STORE_BAK, Store, StoreError, SystemClock};

/// How often it is looked whether one is due.
const LOOK: Duration = Duration::from_secs(30);
/// How long the next try waits after one that failed.
const AGAIN: SignedDuration = SignedDuration::from_mins(15);
/// Lies beside a backup that holds damaged contents, and lists their entries.
const DAMAGED: &str = "DAMAGED";
/// The moment in the name of a backup's folder.
const MOMENT: &str = "%Y%m%dT%H%M%SZ";

/// Where a site backs itself up, how often, for whom.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The folder that holds the backups; it must be there.
    pub to: PathBuf,
    /// To whom the keys are sealed.
    pub recipient: Recipient,
    /// Hours from one backup to the next.
    pub every_hours: u32,
    /// How many are kept.
    pub keep: u32,
}

impl Plan {
    /// Makes a backup of the site `name` in a folder of its own, then lets the oldest go. `make` writes it.
    pub fn carry_out<E: From<StoreError>>(
        &self,
        name: &str,
        now: Timestamp,
        make: impl FnOnce(&Path) -> Result<BackedUp, E>,
    ) -> Result<(PathBuf, BackedUp), E> {
        if !self.to.is_dir() {
            return Err(StoreError::Backup("backup-no-folder").into());
        }
        let moment = now.to_zoned(TimeZone::UTC).strftime(MOMENT).to_string();
        let dir = self.to.join(format!("{}{moment}", prefix(name)));
        let made = make(&dir);
        if made.is_err() {
            // It is empty, or somebody else's and stays.
            let _ = std::fs::remove_dir(&dir);
        }
        let made = made?;
        if !made.damaged.is_empty() {
            let numbers: Vec<String> = made.damaged.iter().map(ToString::to_string).collect();
            if let Err(error) = std::fs::write(dir.join(DAMAGED), numbers.join("\n")) {
                tracing::warn!(dir = %dir.display(), %error, "a backup with damaged contents could not be marked");
            }
        }
        self.let_go(name, &dir, made.damaged.is_empty());
        Ok((dir, made))
    }

    /// Removes the backups beyond those that are kept, `newest` among them, and what was cut off. Of those with damaged
    /// contents only the newest stays, and none once there is a whole one again; the whole ones before them stay, since
    /// only they can hold what is damaged. Only folders and files that a backup makes are touched.
    fn let_go(&self, name: &str, newest: &Path, is_whole: bool) {
        let (mut whole, mut gone) = (Vec::new(), Vec::new());
        for dir in self.made(name).into_iter().filter(|dir| dir != newest) {
            let complete = [STORE_BAK, KEYS_BAK].iter().all(|file| dir.join(file).is_file());
            let keeps = complete && !dir.join(DAMAGED).exists();
            if keeps { &mut whole } else { &mut gone }.push(dir);
        }
        let beyond = (whole.len() + usize::from(is_whole)).saturating_sub(self.keep.max(1) as usize);
        gone.extend(whole.drain(..beyond));
        for dir in gone {
            for file in [STORE_BAK, KEYS_BAK, DAMAGED] {
                let _ = std::fs::remove_file(dir.join(file));
                let _ = std::fs::remove_file(dir.join(format!("{file}.part")));
            }
            if let Err(error) = std::fs::remove_dir(&dir) {
                tracing::warn!(dir = %dir.display(), %error, "an old backup could not be removed");
            }
        }
    }

    /// The folders of backups of the site `name`, the oldest first.
    fn made(&self, name: &str) -> Vec<PathBuf> {
        let prefix = prefix(name);
        let of_ours = |path: &PathBuf| {
            let moment = path.file_name().and_then(|file| file.to_str()?.strip_prefix(&prefix));
            moment.is_some_and(|moment| jiff::civil::DateTime::strptime(MOMENT, moment).is_ok())
        };
        let Ok(dirs) = std::fs::read_dir(&self.to) else { return Vec::new() };
        let mut dirs: Vec<PathBuf> = dirs.flatten().map(|dir| dir.path()).filter(of_ours).collect();
        dirs.sort();
        dirs
    }

    /// Whether the backups lie on the disk that the site lies on: one that is lost takes both.
    pub fn is_on_disk_of(&self, site: &Path) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let disk = |path: &Path| std::fs::metadata(path).ok().map(|meta| meta.dev());
            disk(&self.to).is_some_and(|there| Some(there) == disk(site))
        }
        #[cfg(not(unix))]
        {
            let _ = site;
            false
        }
    }
}

fn prefix(name: &str) -> String {
    format!("vigie-{name}-")
}

#[derive(Default)]
struct State {
    stop: bool,
    asked: Option<UserId>,
    running: Option<(u64, u64)>,
    failed: Option<(Timestamp, Fault)>,
}

struct Shared {
    plan: Plan,
    site: PathBuf,
    state: Mutex<State>,
    bell: Condvar,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until somebody asks, or one is due: for whom then. `None` at the end.
    fn next(&self, store: &Store) -> Option<Actor> {
        loop {
            let mut state = self.state();
            if state.stop {
                return None;
            }
            if let Some(by) = state.asked.take() {
                state.running = Some((0, 0));
                return Some(Actor::Human(by));
            }
            let rested = state.failed.as_ref().is_none_or(|(at, _)| now().duration_since(*at) >= AGAIN);
            if rested && self.is_due(store) {
                state.running = Some((0, 0));
                return Some(Actor::Console);
            }
            drop(self.bell.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner));
        }
    }

    fn is_due(&self, store: &Store) -> bool {
        let last = store.read(|views| views.backups(1));
        let Ok(last) = last else { return false };
        let every = SignedDuration::from_hours(i64::from(self.plan.every_hours));
        let since = last.first().map(|last| now().duration_since(last.at));
        // One of a day to come was made when the clock was ahead.
        since.is_none_or(|since| since.is_negative() || since >= every)
    }

    fn work(&self, store: &Store) {
        while let Some(by) = self.next(store) {
            let done = self.plan.carry_out(&store.site().site, now(), |dir| {
                store.back_up(dir, &self.plan.recipient, by, now(), &|done, of| {
                    self.state().running = Some((done, of));
                })
            });
            let mut state = self.state();
            state.running = None;
            state.failed = match done {
                Ok((dir, BackedUp { made, damaged })) => {
                    tracing::info!(dir = %dir.display(), entries = made.entries, bytes = made.bytes, "backed up");
                    damaged.first().map(|first| {
                        let count = damaged.len();
                        tracing::error!(count, first, "the backup holds damaged contents");
                        let told = Failure::told("backup-contents-damaged");
                        (now(), told.with("count", count).with("first", first).fault().clone())
                    })
                }
                Err(error) => {
                    tracing::error!(%error, to = %self.plan.to.display(), "the site could not be backed up");
                    Some((now(), Failure::from(error).fault().clone()))
                }
            };
        }
    }
}

/// The clock of the host: the mission's may be simulated.
fn now() -> Timestamp {
    SystemClock.now()
}

impl SelfBackup for Shared {
    fn standing(&self) -> OwnBackups {
        let state = self.state();
        OwnBackups {
            to: self.plan.to.display().to_string(),
            every_hours: self.plan.every_hours,
            keep: self.plan.keep,
            same_disk: self.plan.is_on_disk_of(&self.site),
            running: state.running.map(|(done, of)| (done * 100).checked_div(of).unwrap_or(0)),
            failed: state.failed.clone(),
        }
    }

    fn ask(&self, by: UserId) {
        let mut state = self.state();
        if state.running.is_none() {
            state.asked = Some(by);
            self.bell.notify_all();
        }
    }
}

/// The thread that makes the backups, until it is dropped.
pub struct Backups {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Backups {
    /// Begins to back the site up; nothing where no folder was named.
    pub fn start(store: &Store, config: &Config) -> Result<Option<Self>, Failure> {
        let Some(plan) = config.backup_plan()? else { return Ok(None) };
        let site = store.dir().to_owned();
        let shared = Arc::new(Shared { plan, site, state: Mutex::default(), bell: Condvar::new() });
        let (working, store) = (shared.clone(), store.clone());
        let work = move || working.work(&store);
        let thread =
            std::thread::Builder::new().name("backups".to_owned()).spawn(work).map_err(Failure::ours)?;
        Ok(Some(Self { shared, thread: Some(thread) }))
    }

    /// How they stand, and who asks for one.
    pub fn desk(&self) -> Arc<dyn SelfBackup> {
        self.shared.clone()
    }
}

impl Drop for Backups {
    fn drop(&mut self) {
        let running = {
            let mut state = self.shared.state();
            state.stop = true;
            state.running.is_some()
        };
        self.shared.bell.notify_all();
        // One that is under way is cut off with the process; what it left is removed by the next.
        if let Some(thread) = self.thread.take().filter(|_| !running) {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::BackupMade;

    fn plan(to: &Path) -> Plan {
        let recipient = vigie_evidence::age::Identity::from_random([3; 32]).recipient();
        Plan { to: to.to_owned(), recipient, every_hours: 24, keep: 2 }
    }

    fn made(plan: &Plan, at: &str) -> Option<PathBuf> {
        made_with(plan, at, Vec::new())
    }

    fn made_with(plan: &Plan, at: &str, damaged: Vec<u64>) -> Option<PathBuf> {
        let at: Timestamp = at.parse().expect("a time");
        let made = plan.carry_out("birao", at, |dir| {
            std::fs::create_dir(dir).expect("made");
            for file in [STORE_BAK, KEYS_BAK] {
                std::fs::write(dir.join(file), b"x").expect("written");
            }
            let made = BackupMade { at, entries: 1, files: 0, bytes: 2, recipient: String::new() };
            Ok::<_, StoreError>(BackedUp { made, damaged })
        });
        made.ok().map(|(dir, _)| dir)
    }

    #[test]
    fn the_one_just_made_stays_whatever_the_clock_said_before() {
        let root = tempfile::tempdir().expect("a folder");
        let plan = plan(root.path());
        for at in ["2027-11-22T06:00:00Z", "2027-11-23T06:00:00Z", "2027-11-24T06:00:00Z"] {
            made(&plan, at).expect("made");
        }
        assert_eq!(plan.made("birao").len(), 2);
        // The clock was a year ahead and is right again.
        let newest = made(&plan, "2026-11-25T06:00:00Z").expect("made");
        assert!(newest.is_dir() && plan.made("birao").len() == 2, "{:?}", plan.made("birao"));
    }

    #[test]
    fn f08_one_with_damaged_contents_lets_no_whole_one_go_and_fills_no_disk() {
        let root = tempfile::tempdir().expect("a folder");
        let plan = plan(root.path());
        let whole = made(&plan, "2026-11-20T06:00:00Z").expect("made");
        for day in 21..25 {
            made_with(&plan, &format!("2026-11-{day}T06:00:00Z"), vec![7]).expect("made");
        }
        assert!(whole.is_dir() && plan.made("birao").len() == 2, "{:?}", plan.made("birao"));
        let mended = made(&plan, "2026-11-26T06:00:00Z").expect("mended");
        assert_eq!(plan.made("birao"), [whole, mended], "those with damaged contents are of no more use");
    }

    #[test]
    fn what_was_cut_off_goes_and_what_is_not_ours_stays() {
        let root = tempfile::tempdir().expect("a folder");
        let plan = plan(root.path());
        let half = root.path().join("vigie-birao-20261120T060000Z");
        std::fs::create_dir(&half).expect("made");
        std::fs::write(half.join("store.bak.part"), b"half").expect("written");
        let with_notes = root.path().join("vigie-birao-20261119T060000Z");
        std::fs::create_dir(&with_notes).expect("made");
        std::fs::write(with_notes.join("notes.txt"), b"mine").expect("written");
        for name in ["vigie-bria-20200101T000000Z", "vigie-birao-copy"] {
            std::fs::create_dir(root.path().join(name)).expect("made");
        }
        made(&plan, "2026-11-25T06:00:00Z").expect("made");
        assert!(!half.exists() && with_notes.join("notes.txt").exists());
        assert!(root.path().join("vigie-bria-20200101T000000Z").exists());
        assert!(root.path().join("vigie-birao-copy").exists());
        assert!(made(&Plan { to: root.path().join("away"), ..plan }, "2026-11-26T06:00:00Z").is_none());
    }
}
