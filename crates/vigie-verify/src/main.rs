//! `vigie-verify DIR`: checks the sealed record of a site, offline and without any key of the site.

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;
use vigie_verify::{Demands, Identity, Language, SiteVerifier, told, verify_sealed};

/// Checks the sealed record of a Vigie site, or a copy of its folder. Writes nothing into it.
///
/// Exit codes: 0 everything holds, 1 nothing could be checked (it says why), 2 wrong usage, 3 the record does
/// not hold (it names the first entry).
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The folder of the site, a copy of it, or an export.
    dir: PathBuf,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
    /// The key that must have signed (`origin+id+base64`); otherwise the journal's own word is taken.
    #[arg(long, value_name = "KEY", value_parser = SiteVerifier::parse)]
    vkey: Option<SiteVerifier>,
    /// A signed state from elsewhere (a witness, a printout) that the journal must contain.
    #[arg(long = "checkpoint", value_name = "FILE")]
    checkpoints: Vec<PathBuf>,
    /// The file with the age identity that opens an export sealed to a recipient.
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// Language of the answer: en or fr.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// Count erased contents as faults too.
    #[arg(long)]
    complete: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let notes = arguments.checkpoints.iter().map(|path| {
        std::fs::read_to_string(path).map_err(|cause| format!("{} cannot be read: {cause}", path.display()))
    });
    let notes = match notes.collect::<Result<_, _>>() {
        Ok(notes) => notes,
        Err(why) => return refuse(&why),
    };
    let demands =
        Demands { verifier: arguments.vkey, notes, complete: arguments.complete, ..Demands::default() };
    let identity = match arguments.identity.as_deref().map(identity).transpose() {
        Ok(identity) => identity,
        Err(why) => return refuse(&why),
    };
    match verify_sealed(&arguments.dir, &demands, identity.as_ref(), &mut |_, _| {}) {
        Ok(report) => {
            let json = arguments.json.then(|| serde_json::to_string(&report).ok()).flatten();
            say(&json.unwrap_or_else(|| told(&report, language(arguments.lang.as_deref()))));
            ExitCode::from(report.exit_code())
        }
        Err(why) => refuse(&why.to_string()),
    }
}

fn identity(path: &std::path::Path) -> Result<Identity, String> {
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|cause| format!("{} cannot be read: {cause}", path.display()))?;
    Identity::parse(&text).map_err(|cause| format!("{}: {cause}", path.display()))
}

/// The language asked for, else that of Vigie's other commands, else the system's.
fn language(asked: Option<&str>) -> Language {
    let system =
        || ["VIGIE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok());
    Language::of(&asked.map(ToOwned::to_owned).or_else(system).unwrap_or_default())
}

/// A reader that closed the pipe early is no fault of the record.
fn say(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("vigie-verify: {why}");
    ExitCode::from(1)
}
