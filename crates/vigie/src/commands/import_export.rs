//! `vigie import-export`: a copy of a site from its export, with the same hashes.
//!
//! The export is checked whole before anything is made, and what was made is checked whole afterwards.

use crate::cli::ImportExport;
use crate::config::Config;
use crate::say::{DONE, Failure, Say, UNVERIFIED};
use std::path::Path;
use vigie_store::{KeySource, import_sealed};
use vigie_verify::{Demands, Identity, Report, SiteVerifier};

/// Runs the command.
pub fn run(args: &ImportExport, config: &Config, say: &Say) -> Result<u8, Failure> {
    let verifier = args
        .vkey
        .as_deref()
        .map(|key| SiteVerifier::parse(key).map_err(|_| Failure::told("verify-bad-key")))
        .transpose()?;
    if !vigie_verify::is_export(&args.dir) {
        return Err(Failure::told("import-export-none").with("dir", args.dir.display()));
    }
    let demands = Demands { verifier, ..Demands::default() };
    let identity = args.identity.as_deref().map(super::verify::identity).transpose()?;
    let identity = identity.filter(|_| vigie_verify::is_sealed(&args.dir));
    let before = checked(&args.dir, &demands, identity.as_ref())?;
    if let Some(why) = refused(&before, say) {
        say.answer(&before, || vec![why, say.text("import-export-refused", &[])])?;
        return Ok(UNVERIFIED);
    }
    let key = config.key_of(&config.site)?;
    let bar = say.bar(Some(before.entries), false);
    let report =
        import_sealed(&args.dir, identity.as_ref(), &config.site, &key, |done| bar.set_position(done))?;
    bar.finish_and_clear();
    let after = checked(&config.site, &demands, None)?;
    if (after.ok, &after.root) != (true, &before.root) {
        return Err(Failure::ours("the copy does not have the hashes of the export"));
    }
    say.answer(&report, || {
        let dir = config.site.display().to_string();
        let made = [
            ("dir", dir.as_str().into()),
            ("entries", report.entries.into()),
            ("root", report.root.as_str().into()),
        ];
        let mut lines = vec![say.text("import-export-made", &made)];
        if report.readable < report.payloads {
            let shut = report.payloads - report.readable;
            lines.push(say.text("import-export-shut", &[("count", shut.into())]));
        }
        if let KeySource::File(path) = &key {
            let path = path.display().to_string();
            lines.push(say.text("init-key-file", &[("file", path.as_str().into())]));
        }
        lines.push(say.text("import-export-copy", &[]));
        lines
    })?;
    Ok(DONE)
}

fn checked(dir: &Path, demands: &Demands, identity: Option<&Identity>) -> Result<Report, Failure> {
    vigie_verify::verify_sealed(dir, demands, identity, &mut |_, _| {})
        .map_err(|cause| super::verify::cannot(cause, dir))
}

fn refused(report: &Report, say: &Say) -> Option<String> {
    match (&report.finding, &report.file_fault) {
        (Some(finding), _) => Some(super::verify::bad(finding, say)),
        (None, Some(fault)) => Some(super::verify::bad_file(fault, say)),
        (None, None) => None,
    }
}
