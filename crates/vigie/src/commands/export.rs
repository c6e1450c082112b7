//! `vigie export`: the whole site as plain files, for an archive, another site or a stranger's check.

use crate::cli::Export;
use crate::config::Config;
use crate::say::{DONE, Failure, Say};
use vigie_evidence::age::Recipient;

/// Runs the command.
pub fn run(args: &Export, config: &Config, say: &Say) -> Result<u8, Failure> {
    let recipient = args.to.as_deref().map(|text| {
        Recipient::parse(text).map_err(|_| Failure::told("backup-bad-recipient").with("recipient", text))
    });
    let recipient = recipient.transpose()?;
    let store = config.open_at_console()?;
    let bar = say.bar(Some(store.read(|views| views.size())?), false);
    let report = store.export_to(&args.dir, args.open, recipient.as_ref(), |done| bar.set_position(done))?;
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
        let check = if let Some(to) = &report.sealed_to {
            lines.push(say.text("export-to", &[("recipient", to.as_str().into())]));
            "export-check-sealed"
        } else {
            lines.push(say.text(if args.open { "export-open" } else { "export-sealed" }, &[]));
            "export-check"
        };
        lines.push(say.text(check, &[("dir", dir.as_str().into())]));
        lines
    })?;
    Ok(DONE)
}
