//! `vigie verify`: the same check as the separate small verifier, on a site or on a copy.

use crate::cli::Verify;
use crate::config::Config;
use crate::say::{Failure, Say};
use std::path::Path;
use vigie_verify::{Demands, FileFault, Finding, Identity, SiteVerifier, VerifyError};

/// Runs the command.
pub fn run(args: &Verify, config: &Config, say: &Say) -> Result<u8, Failure> {
    let dir = args.dir.clone().unwrap_or_else(|| config.site.clone());
    let verifier = args
        .vkey
        .as_deref()
        .map(|key| SiteVerifier::parse(key).map_err(|_| Failure::told("verify-bad-key")))
        .transpose()?;
    let demands = Demands { verifier, complete: args.complete, ..Demands::default() };
    let identity = args.identity.as_deref().map(identity).transpose()?;
    let bar = say.bar(None, false);
    let report = vigie_verify::verify_sealed(&dir, &demands, identity.as_ref(), &mut |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .map_err(|cause| cannot(cause, &dir))?;
    bar.finish_and_clear();
    say.answer(&report, || match (&report.finding, &report.file_fault) {
        (Some(finding), _) => vec![bad(finding, say)],
        (None, Some(fault)) => vec![bad_file(fault, say)],
        (None, None) => {
            let good = [("entries", report.entries.into()), ("root", report.root.as_str().into())];
            let erased = report.payloads_erased + report.blobs_erased;
            vec![say.text("verify-good", &good), say.text("verify-erased-count", &[("count", erased.into())])]
        }
    })?;
    Ok(report.exit_code())
}

/// The age key in a file.
pub fn identity(file: &Path) -> Result<Identity, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| Failure::told("store-io").with("path", file.display()).with("cause", cause))?;
    Identity::parse(&text).map_err(|_| Failure::told("backup-bad-identity"))
}

/// Why nothing could be checked.
pub fn cannot(cause: VerifyError, dir: &Path) -> Failure {
    match cause {
        VerifyError::Sealed(_) => Failure::told("export-needs-identity").with("dir", dir.display()),
        VerifyError::OtherIdentity(_) => Failure::told("export-other-identity").with("dir", dir.display()),
        cause => Failure::told("verify-cannot").with("dir", dir.display()).with("cause", cause),
    }
}

/// The first entry that does not hold, in a sentence.
pub fn bad(finding: &Finding, say: &Say) -> String {
    let number = finding.number().unwrap_or_default();
    say.text(finding.code(), &[("entry", finding.seq.into()), ("number", number.into())])
}

/// The file of an export that is not as it must be, in a sentence.
pub fn bad_file(fault: &FileFault, say: &Say) -> String {
    say.text(fault.code(), &[("path", fault.path().into())])
}
