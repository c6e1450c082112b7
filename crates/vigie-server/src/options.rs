//! What the binary hands to the server: where the screens are, and the hooks to parts that the server does
//! not know.

use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_model::{Fault, NarrativeId, SourceEntry, Timestamp, UserId};
use vigie_store::SimClock;
use vigie_words::Lang;

/// Where the screens come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Ui {
    /// Built into the binary.
    #[default]
    Embedded,
    /// Read from a folder at each request, for those who build screens.
    Folder(PathBuf),
}

/// What the verifier says about a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JournalCheck {
    /// Whether every entry and every signed state holds.
    pub ok: bool,
    /// Entries read.
    pub entries: u64,
    /// The first entry that does not hold.
    pub first_bad: Option<u64>,
    /// Why, in one sentence of the verifier.
    pub reason: Option<String>,
}

/// What became of a copy in which one byte was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Tampered {
    /// The entry that was changed.
    pub entry: u64,
    /// The byte within it.
    pub offset: u64,
    /// What the verifier answered.
    pub verifier: VerifierRun,
}

/// One run of the verifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VerifierRun {
    /// Its exit code.
    pub exit: i32,
    /// What it printed.
    pub said: String,
}

/// What one try at a feed brought; nothing of it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedTested {
    /// Signals found.
    pub found: u64,
    /// Items refused.
    pub refused: u64,
    /// What was wrong first, where something was.
    pub fault: Option<Fault>,
}

/// Verifies this site's journal. Blocking; an error is our fault and goes to the log.
pub type Verifier = Arc<dyn Fn() -> Result<JournalCheck, String> + Send + Sync>;
/// Copies the site's folder, changes one byte of the copy and verifies it. Blocking.
pub type Tamperer = Arc<dyn Fn() -> Result<Tampered, String> + Send + Sync>;
/// Fetches a feed once without keeping anything. Blocking.
pub type FeedTester = Arc<dyn Fn(&SourceEntry) -> Result<FeedTested, Fault> + Send + Sync>;

/// The narratives whose words stand nearest to those of one, nearest first, with their closeness (−1 to 1); `None` while the
/// model has not read that one.
pub type NeighbourFinder = Arc<dyn Fn(NarrativeId) -> Option<Vec<(NarrativeId, f32)>> + Send + Sync>;

/// The published checks whose claims stand nearest to the words of a narrative, nearest first, with their closeness (−1 to
/// 1); `None` while the model has not read that one.
pub type CheckFinder = Arc<dyn Fn(NarrativeId) -> Option<Vec<(Uuid, f32)>> + Send + Sync>;

/// How the backups stand that the site makes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnBackups {
    /// The folder that holds them.
    pub to: String,
    /// Hours from one to the next.
    pub every_hours: u32,
    /// How many are kept.
    pub keep: u32,
    /// They lie on the disk that the site lies on, and are lost with it.
    pub same_disk: bool,
    /// One is being made: entries copied, in percent.
    pub running: Option<u64>,
    /// When the last one failed, and why.
    pub failed: Option<(Timestamp, Fault)>,
}

/// A site that backs itself up.
pub trait SelfBackup: Send + Sync {
    /// How it stands.
    fn standing(&self) -> OwnBackups;
    /// Asks for one now, in somebody's name; while one is being made, that one will do.
    fn ask(&self, by: UserId);
}

/// How one thing about a site stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// As it should be.
    Good,
    /// To be looked at.
    Warn,
    /// Wrong.
    Bad,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SiteFinding {
    /// A word for programs.
    pub check: &'static str,
    /// How it stands.
    pub state: FindingState,
    /// What was found and what to do, in the reader's language.
    pub sentence: String,
}

/// Looks for what is wrong with the site, in this language. Blocking; an error is our fault and goes to the log.
pub type Doctor = Arc<dyn Fn(Lang) -> Result<Vec<SiteFinding>, String> + Send + Sync>;

/// What the server is told at start.
#[derive(Clone, Default)]
pub struct ServerOptions {
    /// Where the screens come from.
    pub ui: Ui,
    /// People reach the site over TLS, by this process or a proxy: cookies are `Secure`.
    pub secure: bool,
    /// The last hop is a proxy of ours: its `X-Forwarded-For` names the caller.
    pub behind_proxy: bool,
    /// Host names under which the site may be addressed. Empty: on plain HTTP only names of this machine (a
    /// stranger's page cannot point its own name here), with TLS any.
    pub hosts: Vec<String>,
    /// The simulated clock of a demo store, for the exercise to set.
    pub sim_clock: Option<Arc<SimClock>>,
    /// Behind `POST /journal/verify`.
    pub verifier: Option<Verifier>,
    /// Behind `POST /exercise/tamper`.
    pub tamperer: Option<Tamperer>,
    /// Behind `POST /sources/{id}/test`.
    pub feed_tester: Option<FeedTester>,
    /// Behind `GET /doctor`.
    pub doctor: Option<Doctor>,
    /// Behind `POST /backups`; none where the site does not back itself up.
    pub backups: Option<Arc<dyn SelfBackup>>,
    /// Behind `GET /narratives/{id}/neighbours`; none where no model of meaning was added.
    pub neighbours: Option<NeighbourFinder>,
    /// The meaning lane of "what may answer"; none where no model of meaning was added.
    pub checks: Option<CheckFinder>,
}
