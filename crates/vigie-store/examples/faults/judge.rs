//! What must hold of a folder that was found: it opens, it verifies, it rebuilds equal, and every fact told is there.

use crate::work;
use std::path::Path;
use std::time::{Duration, Instant};
use vigie_evidence::sha256;
use vigie_model::Event;
use vigie_store::{KeySource, Store, StoreError};
use vigie_verify::Demands;

/// Longest that an opening may take.
const OPENING_MAX: Duration = Duration::from_secs(10);

/// Whether everything holds; how long opening took.
pub fn holds(name: &str, root: &Path, told: &[String]) -> Result<Duration, String> {
    let said = |line: &str| told.iter().any(|one| one == line);
    match name {
        "restore" => {
            site(&work::site(root), &work::key(root), &[0, 1, 2, 3, 4, 5], &[], told)?;
            let new = root.join("new");
            if said("restored") || new.join("keys.db").exists() {
                return site(&new, &KeySource::File(root.join("new.key")), &[0, 1, 2, 3, 4, 5], &[], told);
            }
            Ok(Duration::ZERO)
        }
        "backup" => {
            let opened = site(&work::site(root), &work::key(root), &[0, 1, 2, 3, 4, 5], &[], told)?;
            // Whatever moment it is: the two files there restore a site.
            let new = root.join("drill");
            let fresh = KeySource::File(root.join("drill.key"));
            vigie_store::unpack(&root.join("usb"), &new, work::identity(), &fresh, &|_, _| {})
                .map_err(|cause| format!("the backup does not restore: {cause}"))?;
            verified(&new)?;
            Ok(opened)
        }
        "intake" if !said("made") => match Store::open(&work::site(root), &work::key(root), work::clock()) {
            // Nothing was told: a folder that is no site yet says so.
            Ok(_) | Err(_) => Ok(Duration::ZERO),
        },
        "intake" => site(&work::site(root), &work::key(root), &[], &[], told),
        "erase" => {
            let gone: &[u64] = if said("erased") { &[2, 3] } else { &[] };
            let there: &[u64] = &[0, 1, 4, 5];
            site(&work::site(root), &work::key(root), there, gone, told)
        }
        _ => site(&work::site(root), &work::key(root), &[0, 1, 2, 3, 4, 5], &[], told),
    }
}

fn verified(dir: &Path) -> Result<(), String> {
    let report = vigie_verify::verify(dir, &Demands::default()).map_err(|cause| cause.to_string())?;
    if report.ok { Ok(()) } else { Err(format!("it does not verify: {report}")) }
}

fn site(
    dir: &Path,
    key: &KeySource,
    there: &[u64],
    gone: &[u64],
    told: &[String],
) -> Result<Duration, String> {
    verified(dir)?;
    let since = Instant::now();
    let store = Store::open(dir, key, work::clock()).map_err(|cause| format!("it does not open: {cause}"))?;
    let opening = since.elapsed();
    if opening > OPENING_MAX {
        return Err(format!("opening took {opening:?}"));
    }
    // Entries of the base: the opening, the source, then signal and reading in turn.
    for n in there {
        says(&store, 2 + 2 * n, *n)?;
    }
    for n in gone {
        match store.entry(2 + 2 * n) {
            Err(StoreError::Erased(_)) => {}
            _ => return Err(format!("signal {n} was erased and is there")),
        }
        if holds_text(dir, &work::text(*n)) {
            return Err(format!("the text of erased signal {n} stands in a file"));
        }
    }
    for line in told.iter().filter_map(|line| line.strip_prefix("signal ")) {
        let mut numbers = line.split(' ').filter_map(|number| number.parse::<u64>().ok());
        if let (Some(n), Some(seq)) = (numbers.next(), numbers.next()) {
            says(&store, seq, n)?;
        }
    }
    let rebuilt = store.rebuild(|_| {}).map_err(|cause| format!("it does not rebuild: {cause}"))?;
    if !rebuilt.equal() {
        return Err("the views are not those of the journal".to_owned());
    }
    Ok(opening)
}

fn says(store: &Store, seq: u64, n: u64) -> Result<(), String> {
    match store.entry(seq).map(|entry| entry.event) {
        Ok(Event::SignalReceived(signal)) if signal.text == work::text(n) => Ok(()),
        Ok(other) => Err(format!("entry {seq} is {}", other.kind().word())),
        Err(cause) => Err(format!("signal {n} is lost: {cause}")),
    }
}

fn holds_text(dir: &Path, needle: &str) -> bool {
    let Ok(entries) = std::fs::read_dir(dir) else { return false };
    entries.flatten().map(|entry| entry.path()).any(|path| {
        if path.is_dir() {
            return holds_text(&path, needle);
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
    })
}

/// Every row of the record, as one hash; `None` where it cannot be read.
fn record(dir: &Path) -> Option<[u8; 32]> {
    let conn = rusqlite::Connection::open_with_flags(
        format!("file:{}?immutable=1", dir.join("store.db").display()),
        rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_URI,
    )
    .ok()?;
    let mut all = Vec::new();
    for sql in [
        "SELECT seq, CAST(leaf AS BLOB) FROM entry ORDER BY seq",
        "SELECT seq, CAST(sealed AS BLOB) FROM payload ORDER BY seq",
        "SELECT size, CAST(note AS BLOB) FROM checkpoint ORDER BY size",
    ] {
        let mut rows = conn.prepare(sql).ok()?;
        let mut rows = rows.query([]).ok()?;
        while let Some(row) = rows.next().ok()? {
            all.extend_from_slice(&row.get::<_, i64>(0).ok()?.to_le_bytes());
            all.extend_from_slice(&row.get::<_, Vec<u8>>(1).ok()?);
        }
    }
    Some(sha256(&all))
}

/// Every row of the views, as one hash.
fn views(dir: &Path) -> Option<[u8; 32]> {
    let conn = rusqlite::Connection::open_with_flags(
        format!("file:{}?immutable=1", dir.join("store.db").display()),
        rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_URI,
    )
    .ok()?;
    let mut all = Vec::new();
    for table in ["v_signal", "v_narrative", "v_source", "v_narrative_source", "v_hour"] {
        let mut rows = conn.prepare(&format!("SELECT * FROM {table}")).ok()?;
        let columns = rows.column_count();
        let mut rows = rows.query([]).ok()?;
        while let Some(row) = rows.next().ok()? {
            for column in 0..columns {
                all.extend_from_slice(format!("{:?}", row.get_ref(column).ok()?).as_bytes());
            }
        }
    }
    Some(sha256(&all))
}

/// Flips single bits of a store at rest and counts what became of each.
pub fn flips(count: u64, bad: &mut Vec<String>) -> Result<String, String> {
    let place = tempfile::tempdir_in(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" });
    let place = place.map_err(|cause| cause.to_string())?;
    work::prepare("flips", place.path())?;
    let dir = work::site(place.path());
    let path = dir.join("store.db");
    let mut bytes = std::fs::read(&path).map_err(|cause| cause.to_string())?;
    let (whole, seen) = (record(&dir), views(&dir));
    if whole.is_none() || seen.is_none() {
        return Err("the store at rest cannot be read".to_owned());
    }
    let mut chance = crate::chance(1);
    let (mut verified, mut derived, mut harmless) = (0, 0, 0);
    for _ in 0..count {
        let at = (chance.next() % (bytes.len() as u64 * 8)) as usize;
        bytes[at / 8] ^= 1 << (at % 8);
        std::fs::write(&path, &bytes).map_err(|cause| cause.to_string())?;
        let found = vigie_verify::verify(&dir, &Demands::default());
        let sound = found.as_ref().is_ok_and(|report| report.ok);
        if !sound {
            verified += 1;
        } else if record(&dir) != whole {
            bad.push(format!("bit {at} changes the record and the verifier does not see it"));
        } else if views(&dir) == seen {
            harmless += 1;
        } else {
            derived += 1;
        }
        bytes[at / 8] ^= 1 << (at % 8);
    }
    std::fs::write(&path, &bytes).map_err(|cause| cause.to_string())?;
    Ok(format!(
        "{count} bits flipped in a store of {} bytes: {verified} found by the verifier, {derived} in the views (found by \
         `vigie rebuild`), {harmless} without effect, {} missed",
        bytes.len(),
        bad.iter().filter(|one| one.starts_with("bit ")).count()
    ))
}
