//! `vigie export`: the whole site as plain files, for an archive, another site or a stranger's check.

use crate::cli::Export;
use crate::config::Config;
use crate::say::{DONE, Failure, Say};

/// Runs the command.
pub fn run(args: &Export, config: &Config, say: &Say) -> Result<u8, Failure> {
    let store = config.open_at_console()?;
    let bar = say.bar(Some(store.read(|views| views.size())?), false);
    let report = store.export(&args.dir, args.open, |done| bar.set_position(done))?;
    bar.finish_and_clear();
    say.answer(&report, || {
        let dir = args.dir.display().to_string();
        let made = [
            ("dir", dir.as_str().into()),
            ("entries", report.entries.into()),
            ("root", report.root.as_str().into()),
        ];
        let mut lines = vec![say.text("export-made", &made)];
        if report.erased > 0 {
            lines.push(say.text("export-erased", &[("count", report.erased.into())]));
        }
        lines.push(say.text(if args.open { "export-open" } else { "export-sealed" }, &[]));
        lines.push(say.text("export-check", &[("dir", dir.as_str().into())]));
        lines
    })?;
    Ok(DONE)
}
