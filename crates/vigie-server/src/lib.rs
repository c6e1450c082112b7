//! The site's front desk: the HTTP API, sessions, the live stream, and the pages themselves.
//!
//! A request passes one gate: the rights table of `vigie-desk` says who may use which route, and every
//! question to the store carries what the asker may see, so that nothing restricted is named, counted or
//! streamed to anybody else. What people decide is checked by the rules of `vigie-desk` on the writer's own
//! view of the journal. Sentences come from the catalogues, in the reader's language. Nothing here reaches
//! out: whatever needs the outside (trying a feed, running the verifier) comes in as a hook.

mod api;
mod assets;
mod brake;
mod deadline;
mod exercise;
mod gate;
mod guard;
mod intake_desk;
mod known_checks;
mod live;
mod measuring;
pub mod metrics;
mod noticing;
mod options;
mod protected;
pub mod public;
mod refusal;
mod secrets;
mod serve;
mod session;
mod sharing;
mod state;
mod tls;
mod view;
mod welcome;

pub use api::openapi;
pub use measuring::look_back;
pub use noticing::Noticing;
pub use options::{
    CheckFinder, Doctor, FeedTested, FeedTester, FindingState, JournalCheck, NeighbourFinder, OwnBackups,
    SelfBackup, ServerOptions, SiteFinding, Tampered, Tamperer, Ui, Verifier, VerifierRun,
};
pub use secrets::{
    PASSWORD_CHARS_MIN, PasswordFault, SecretError, check_password, hash_password, password_opens,
};
pub use serve::{ServeError, Server};
pub use tls::{CertificateFiles, TlsError, TlsMode};
pub use welcome::{
    FIRST_ADMIN_MINUTES, WelcomeError, enter_token, first_admin_token, invite_token, set_password,
};
