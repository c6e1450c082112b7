//! How the command line speaks: to people in their language, to programs in JSON.

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;
use vigie_model::Fault;
use vigie_store::StoreError;
use vigie_words::{Args, Lang, Problem};

/// Done.
pub const DONE: u8 = 0;
/// Told you why.
pub const TOLD: u8 = 1;
/// Verification failed.
pub const UNVERIFIED: u8 = 3;
/// Our fault.
pub const OURS: u8 = 70;

/// Why a command did not do what was asked: a message of the catalogues, and the exit code.
#[derive(Debug)]
pub struct Failure {
    fault: Fault,
    exit: u8,
}

impl Failure {
    /// Something that the person can do something about.
    pub fn told(id: &str) -> Self {
        Self { fault: Fault::new(vigie_model::At::Whole, id), exit: TOLD }
    }
    /// Something that is ours.
    pub fn ours(cause: impl std::fmt::Display) -> Self {
        Self::told("our-fault").with("cause", cause).exit(OURS)
    }
    /// What happened, to be told in whatever language it is asked for.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }
    /// The same with one more argument.
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        // Unlike data from outside, paths and causes are shown whole.
        self.fault.args.insert(name.to_owned(), value.to_string());
        self
    }
    /// Whether the person can do nothing about it: the disk or a fault of ours.
    pub fn is_ours(&self) -> bool {
        self.exit == OURS || self.fault.code == "store-disk-full"
    }
    /// The same with another exit code.
    pub const fn exit(mut self, code: u8) -> Self {
        self.exit = code;
        self
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self { fault, exit: TOLD }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotASite(dir) => Self::told("store-not-a-site").with("dir", dir.display()),
            StoreError::NotEmpty(dir) => Self::told("store-not-empty").with("dir", dir.display()),
            StoreError::InUse { dir, holder } => {
                Self::told("store-in-use").with("dir", dir.display()).with("holder", holder)
            }
            StoreError::Newer { found, known } => {
                Self::told("store-newer").with("found", found).with("known", known)
            }
            StoreError::Older { found, known } => {
                Self::told("store-older").with("found", found).with("known", known)
            }
            StoreError::Behind { known, own } => {
                Self::told("store-behind").with("known", known).with("own", own)
            }
            StoreError::Forked { size } => Self::told("store-forked").with("size", size),
            StoreError::Backup(code) => Self::told(code),
            StoreError::WrongKey => Self::told("store-wrong-key"),
            StoreError::KeyFile { path, cause } => {
                Self::told("store-key-file").with("path", path.display()).with("cause", cause)
            }
            StoreError::Copy => Self::told("store-copy"),
            StoreError::DiskFull => Self::told("store-disk-full"),
            StoreError::Damaged { seq, cause } => {
                Self::told("store-damaged").with("seq", seq).with("cause", cause).exit(UNVERIFIED)
            }
            StoreError::Refused(refused) => {
                let mut failure = Self::told(&refused.code);
                failure.fault.args.extend(refused.args);
                failure
            }
            StoreError::Io { path, cause } => {
                Self::told("store-io").with("path", path.display()).with("cause", cause)
            }
            other => Self::ours(other),
        }
    }
}

/// The voice of one run.
pub struct Say {
    lang: Lang,
    json: bool,
    quiet: bool,
}

impl Say {
    /// Takes the language from the flag, else from the environment.
    pub fn new(lang: Option<&str>, json: bool, quiet: bool) -> Self {
        let environment =
            || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok());
        let tag = lang.map(ToOwned::to_owned).or_else(environment).unwrap_or_default();
        let lang = if tag.to_ascii_lowercase().starts_with("fr") { Lang::Fr } else { Lang::En };
        Self { lang, json, quiet }
    }

    /// Language of the answers.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether answers are JSON.
    pub const fn json(&self) -> bool {
        self.json
    }

    /// A sentence of the catalogues.
    pub fn text(&self, id: &str, args: &Args<'_>) -> String {
        vigie_words::text(self.lang, id, args)
    }

    /// One answer: `value` for programs, `lines` for people.
    pub fn answer(&self, value: &impl Serialize, lines: impl FnOnce() -> Vec<String>) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        let written = if self.json {
            let text = serde_json::to_string(value).map_err(Failure::ours)?;
            writeln!(out, "{text}")
        } else {
            lines().iter().try_for_each(|line| writeln!(out, "{line}"))
        };
        match written {
            // Whoever reads our answer may stop reading.
            Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::ours(cause)),
            _ => Ok(()),
        }
    }

    /// Talk beside the answer.
    pub fn aside(&self, id: &str, args: &Args<'_>) {
        if !self.quiet {
            eprintln!("{}", self.text(id, args));
        }
    }

    /// One fault of an input, as a line.
    pub fn fault(&self, fault: &Fault) {
        eprintln!("{}", vigie_words::fault(self.lang, fault));
    }

    /// The problem that a fault tells.
    pub fn problem(&self, fault: &Fault) -> Problem {
        vigie_words::fault_problem(self.lang, fault)
    }

    /// Says why, and gives the exit code.
    pub fn failure(&self, failure: &Failure) -> ExitCode {
        if self.json {
            let problem = serde_json::to_string(&self.problem(&failure.fault)).unwrap_or_default();
            eprintln!("{problem}");
        } else {
            self.fault(&failure.fault);
        }
        ExitCode::from(failure.exit)
    }

    /// A bar on a terminal; nothing elsewhere.
    pub fn bar(&self, total: Option<u64>, bytes: bool) -> ProgressBar {
        if self.quiet || self.json || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        let template = if bytes {
            "{bar:40} {bytes}/{total_bytes} · {elapsed} · {eta}"
        } else {
            "{bar:40} {pos}/{len} · {elapsed} · {eta}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}

impl Failure {
    /// What happened and what to do, in one line.
    pub fn sentence(&self, say: &Say) -> String {
        vigie_words::fault(say.lang, &self.fault)
    }
}
