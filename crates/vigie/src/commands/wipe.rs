//! `vigie wipe`: a team site that is about to fall into the wrong hands.

use crate::cli::Wipe;
use crate::config::Config;
use crate::say::{DONE, Failure, Say, TOLD};
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use vigie_store::{KeySource, Store};

/// Runs the command.
pub fn run(args: &Wipe, config: &Config, say: &Say) -> Result<u8, Failure> {
    let began = Instant::now();
    let known = Store::peek(&config.site).map(|(site, _)| site.site).ok();
    let folder = config.site.file_name().map(|name| name.to_string_lossy().into_owned());
    let is_site = config.site.join("keys.db").is_file() || config.site.join("store.db").is_file();
    if !is_site {
        return Err(Failure::told("store-not-a-site").with("dir", config.site.display()));
    }
    // A site whose database cannot be read any more is named by its folder.
    if known.or(folder).as_deref() != Some(args.confirm.as_str()) {
        return Err(Failure::told("wipe-unconfirmed").with("name", &args.confirm));
    }
    end_server(&config.site);
    let key = match config.key_source_without_asking() {
        KeySource::File(file) => Some(file),
        KeySource::Passphrase(_) => None,
    };
    let wiped = vigie_store::wipe(&config.site, key.as_deref());
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    say.answer(&serde_json::json!({ "wiped": wiped, "ms": ms }), || {
        let counts =
            [("files", wiped.files.into()), ("mib", wiped.bytes.div_ceil(1 << 20).into()), ("ms", ms.into())];
        let mut lines = vec![say.text("wipe-done", &counts)];
        match &key {
            _ if wiped.key => lines.push(say.text("wipe-key-gone", &[])),
            Some(file) if !file.exists() => {
                let file = [("file", file.display().to_string().into())];
                lines.push(say.text("wipe-key-elsewhere", &file));
            }
            // It is among what stayed.
            Some(_) => {}
            None => lines.push(say.text("wipe-no-key-file", &[])),
        }
        lines.extend(wiped.left.iter().map(|left| say.text("wipe-left", &[("what", left.as_str().into())])));
        lines.push(say.text("wipe-disk", &[]));
        lines
    })?;
    let whole = wiped.left.is_empty() && (wiped.key || key.is_none());
    Ok(if whole { DONE } else { TOLD })
}

/// Whoever serves the site holds its keys in memory: that process ends at once.
fn end_server(site: &Path) {
    let lock = site.join("LOCK");
    let held = std::fs::File::open(&lock)
        .is_ok_and(|file| matches!(file.try_lock_shared(), Err(std::fs::TryLockError::WouldBlock)));
    let holder = std::fs::read_to_string(&lock).unwrap_or_default();
    if let (true, Ok(process)) = (held, holder.trim().parse::<u32>()) {
        let _ = Command::new("kill").args(["-9", &process.to_string()]).status();
        // The system lets go of the folder once the process is gone.
        for _ in 0..40 {
            std::thread::sleep(std::time::Duration::from_millis(25));
            if std::fs::File::open(&lock).is_ok_and(|file| file.try_lock_shared().is_ok()) {
                break;
            }
        }
    }
}
