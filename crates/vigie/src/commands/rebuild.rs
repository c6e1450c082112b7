//! `vigie rebuild`: derives the views again and compares.

use crate::config::Config;
use crate::say::{DONE, Failure, Say, UNVERIFIED};

/// Runs the command.
pub fn run(config: &Config, say: &Say) -> Result<u8, Failure> {
    let store = config.open_at_console()?;
    let bar = say.bar(Some(store.read(|views| views.size())?), false);
    let shown = bar.clone();
    let report = store.rebuild(move |done| shown.set_position(done))?;
    bar.finish_and_clear();
    say.answer(&serde_json::json!({"equal": report.equal(), "report": report}), || {
        let args = [("entries", report.entries.into()), ("hash", report.after.as_str().into())];
        let mut lines =
            vec![say.text(if report.equal() { "rebuild-equal" } else { "rebuild-differs" }, &args)];
        if let Some(first) = report.damaged.first() {
            let args = [("count", (report.damaged.len() as u64).into()), ("first", (*first).into())];
            lines.push(say.text("rebuild-damaged", &args));
        }
        lines
    })?;
    Ok(if report.equal() { DONE } else { UNVERIFIED })
}
