//! `vigie doctor`: looks for what is wrong and names the command that mends it.

use crate::config::Config;
use crate::say::{DONE, Failure, Say, TOLD};
use std::path::Path;
use vigie_model::Connector;
use vigie_server::{FindingState as State, SiteFinding as Finding};
use vigie_store::{KeySource, Store, StoreError};
use vigie_verify::Demands;

/// Free space below which intake is in danger.
const FREE_BYTES_MIN: u64 = 1 << 30;

/// Runs the command.
pub fn run(config: &Config, say: &Say) -> Result<u8, Failure> {
    let mut findings = Vec::new();
    match config.open_at_console() {
        Ok(store) => {
            inside(&store, config, say, &mut findings)?;
            journal(config, say, &mut findings);
        }
        Err(failure) => {
            let sentence = failure.sentence(say);
            findings.push(Finding { check: "open", state: State::Bad, sentence });
        }
    }
    outside(config, say, &mut findings);
    let bad = findings.iter().any(|finding| finding.state == State::Bad);
    say.answer(&findings, || {
        findings.iter().map(|finding| format!("{} {}", mark(finding.state), finding.sentence)).collect()
    })?;
    Ok(if bad { TOLD } else { DONE })
}

/// The same of a site that is served, but for the journal.
pub fn of_served(store: &Store, config: &Config, say: &Say) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    inside(store, config, say, &mut findings)?;
    outside(config, say, &mut findings);
    Ok(findings)
}

const fn mark(state: State) -> &'static str {
    match state {
        State::Good => "✓",
        State::Warn => "!",
        State::Bad => "✗",
    }
}

fn inside(store: &Store, config: &Config, say: &Say, findings: &mut Vec<Finding>) -> Result<(), Failure> {
    let site = store.site();
    let args = [("site", site.site.as_str().into()), ("mission", site.mission.as_str().into())];
    findings.push(Finding { check: "open", state: State::Good, sentence: say.text("doctor-open", &args) });
    let people = store.read(|views| views.users())?;
    let staffed = !people.is_empty();
    findings.push(Finding {
        check: "accounts",
        state: if staffed { State::Good } else { State::Warn },
        sentence: say.text(
            if staffed { "doctor-staffed" } else { "doctor-unstaffed" },
            &[("count", (people.len() as u64).into())],
        ),
    });
    let lag = store.journal_state()?.index_lag;
    findings.push(Finding {
        check: "index",
        state: if lag == 0 { State::Good } else { State::Warn },
        sentence: say.text("doctor-index", &[("lag", lag.into())]),
    });
    sources(store, say, findings)?;
    backups(store, config, say, findings)?;
    Ok(())
}

fn sources(store: &Store, say: &Say, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    for row in store.read(|views| views.sources(store.now()))? {
        let name = row.entry.id.as_str();
        let incomplete = row.entry.check().is_err();
        let silent = row.entry.connector == Connector::Feed && row.meter.accepted == 0 && !row.paused;
        let id = match (incomplete, silent) {
            (true, _) => "doctor-source-incomplete",
            (false, true) => "doctor-source-silent",
            (false, false) => continue,
        };
        let state = if incomplete { State::Bad } else { State::Warn };
        findings.push(Finding { check: "source", state, sentence: say.text(id, &[("name", name.into())]) });
    }
    Ok(())
}

/// Days after which a backup is old.
const BACKUP_DAYS: i64 = 8;

fn backups(store: &Store, config: &Config, say: &Say, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    if let Ok(Some(plan)) = config.backup_plan() {
        let to = [("to", plan.to.display().to_string().into())];
        let id = match (plan.to.is_dir(), plan.is_on_disk_of(store.dir())) {
            (false, _) => Some("doctor-backup-away"),
            (true, true) => Some("doctor-backup-same-disk"),
            (true, false) => None,
        };
        findings.extend(id.map(|id| Finding {
            check: "backup-folder",
            state: State::Warn,
            sentence: say.text(id, &to),
        }));
    }
    store.record_backups()?;
    let last = store.read(|views| views.backups(1))?.first().map(|backup| backup.at);
    // A backup is made on the host's clock, whatever the mission's says.
    let days =
        last.map(|at| vigie_store::Clock::now(&vigie_store::SystemClock).duration_since(at).as_hours() / 24);
    if let Some(waits) = store.retention_waits()? {
        let days = [("days", u64::try_from(waits).unwrap_or_default().into())];
        let sentence = say.text("doctor-retention-waits", &days);
        findings.push(Finding { check: "retention", state: State::Warn, sentence });
    }
    let (state, sentence) = match days {
        None => (State::Warn, say.text("doctor-no-backup", &[])),
        Some(..0) => (State::Warn, say.text("doctor-backup-ahead", &[])),
        Some(days) => {
            let old = days >= BACKUP_DAYS;
            let id = if old { "doctor-backup-old" } else { "doctor-backup" };
            let days = u64::try_from(days).unwrap_or_default();
            (if old { State::Warn } else { State::Good }, say.text(id, &[("days", days.into())]))
        }
    };
    findings.push(Finding { check: "backup", state, sentence });
    Ok(())
}

fn journal(config: &Config, say: &Say, findings: &mut Vec<Finding>) {
    let (state, sentence) = match vigie_verify::verify(&config.site, &Demands::default()) {
        Ok(report) if report.ok => {
            (State::Good, say.text("doctor-journal", &[("entries", report.entries.into())]))
        }
        Ok(report) => {
            let said = report.finding.map(|finding| super::verify::bad(&finding, say));
            (State::Bad, said.or(report.reason).unwrap_or_default())
        }
        Err(cause) => (State::Bad, cause.to_string()),
    };
    findings.push(Finding { check: "journal", state, sentence });
}

fn outside(config: &Config, say: &Say, findings: &mut Vec<Finding>) {
    if let KeySource::File(path) = config.key_source_without_asking() {
        let name = path.display().to_string();
        let within = path.starts_with(&config.site);
        let open = readable_by_others(&path);
        let (state, id) = match (within, open) {
            (true, _) => (State::Bad, "doctor-key-inside"),
            (false, true) => (State::Bad, "doctor-key-open"),
            (false, false) => (State::Good, "doctor-key"),
        };
        findings.push(Finding {
            check: "key",
            state,
            sentence: say.text(id, &[("file", name.as_str().into())]),
        });
    }
    let (state, id) = match crate::disk::is_encrypted(&config.site) {
        Some(true) => (State::Good, "doctor-encrypted"),
        Some(false) => (State::Warn, "doctor-unencrypted"),
        None => (State::Warn, "doctor-encryption-unknown"),
    };
    findings.push(Finding { check: "encryption", state, sentence: say.text(id, &[]) });
    if let Some(free) = vigie_store::free_bytes(&config.site) {
        findings.push(room(free, config.reserve_bytes, say));
    }
}

/// How much room there is on the disk.
fn room(free: u64, reserve: u64, say: &Say) -> Finding {
    let (state, id) = match free {
        free if free < reserve => (State::Bad, "doctor-disk-full"),
        free if free < FREE_BYTES_MIN => (State::Warn, "doctor-disk"),
        _ => (State::Good, "doctor-disk"),
    };
    let args = [("mib", (free >> 20).into()), ("reserve", (reserve >> 20).into())];
    Finding { check: "disk", state, sentence: say.text(id, &args) }
}

#[cfg(unix)]
fn readable_by_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> bool {
    false
}
