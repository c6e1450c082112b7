//! `vigie init`: makes a new site.

use crate::cli::Init;
use crate::config::Config;
use crate::say::{DONE, Failure, Say};
use serde_json::json;
use std::io::IsTerminal;
use std::sync::Arc;
use vigie_server::{FIRST_ADMIN_MINUTES, first_admin_token};
use vigie_store::{Clock, InitOptions, KeySource, SimClock, Store, SystemClock};

/// Runs the command.
pub fn run(args: &Init, config: &Config, say: &Say) -> Result<u8, Failure> {
    if jiff::tz::TimeZone::get(&args.zone).is_err() {
        return Err(Failure::told("init-unknown-zone").with("zone", &args.zone));
    }
    let clock: Arc<dyn Clock> = match &args.start {
        None => Arc::new(SystemClock),
        Some(text) => {
            let start = vigie_model::parse_zoned(text, None)
                .map_err(|_| Failure::told("time-without-zone").with("time", text))?;
            Arc::new(SimClock::new(start))
        }
    };
    let key = config.key_of(&args.dir)?;
    let options = InitOptions {
        site: args.name.clone(),
        mission: args.mission.clone(),
        zone: args.zone.clone(),
        demo: args.demo,
    };
    let store = Store::init(&args.dir, &key, &options, clock)?;
    let code = first_admin_token(&store).map_err(Failure::ours)?;
    let site = store.site().clone();
    let key_file = match &key {
        KeySource::File(path) => Some(path.display().to_string()),
        KeySource::Passphrase(_) => None,
    };
    let answer = json!({
        "site": args.dir, "origin": site.origin, "verifier_key": site.verifier_key, "key_file": key_file,
        "first_admin_code": code, "code_expires_min": FIRST_ADMIN_MINUTES,
    });
    say.answer(&answer, || {
        let dir = args.dir.display().to_string();
        let mut lines = vec![say.text("init-made", &[("dir", dir.as_str().into())])];
        if let Some(file) = &key_file {
            lines.push(say.text("init-key-file", &[("file", file.as_str().into())]));
        }
        lines.push(say.text("init-verifier-key", &[("key", site.verifier_key.as_str().into())]));
        let minutes = FIRST_ADMIN_MINUTES;
        lines.push(
            say.text("init-first-admin", &[("code", code.as_str().into()), ("minutes", minutes.into())]),
        );
        lines.push(say.text("init-next", &[("dir", dir.as_str().into())]));
        lines
    })?;
    if !std::io::stdout().is_terminal() && !say.json() {
        say.aside("init-code-in-output", &[]);
    }
    Ok(DONE)
}
