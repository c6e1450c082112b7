//! The ways in for people who have no password yet.
//!
//! No site has a default account, password or key. The first administrator comes in with a code that `init` prints
//! on the host's own screen; it works once and expires after 15 minutes. The one-click links of a demonstration
//! exist on demonstration stores only.

use crate::secrets::{PasswordFault, SecretError, check_password, fingerprint, hash_password, token};
use vigie_model::{Actor, CredentialSet, Event, Timestamp, User, UserId};
use vigie_store::{Draft, Store, StoreError};

/// Minutes for which the first administrator's code works.
pub const FIRST_ADMIN_MINUTES: i64 = 15;
/// Hours for which an invitation works.
const INVITE_HOURS: i64 = 72;
/// What a first administrator's code opens.
pub(crate) const FIRST_ADMIN: &str = "first-admin";
/// What an invitation opens, before the account's id.
pub(crate) const INVITE: &str = "invite:";
/// What a demonstration link opens, before the account's id.
pub(crate) const ENTER: &str = "enter:";

/// Why a way in was not opened.
#[derive(Debug, thiserror::Error)]
pub enum WelcomeError {
    /// The site already has accounts: an administrator adds the next one.
    #[error("this site already has an account")]
    AlreadyStaffed,
    /// One-click links exist on demonstration stores only.
    #[error("one-click links exist on demonstration stores only")]
    NotADemo,
    /// The password is refused.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// No secret could be made.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The store did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A code of 128 bits for the first administrator; the store keeps its hash only. Blocking.
pub fn first_admin_token(store: &Store) -> Result<String, WelcomeError> {
    if !store.views()?.users()?.is_empty() {
        return Err(WelcomeError::AlreadyStaffed);
    }
    put(store, FIRST_ADMIN, FIRST_ADMIN_MINUTES * 60, true)
}

/// A link's token that signs in as `user` with one click; works until the demonstration is thrown away. Blocking.
pub fn enter_token(store: &Store, user: UserId) -> Result<String, WelcomeError> {
    if !store.site().demo {
        return Err(WelcomeError::NotADemo);
    }
    put(store, &format!("{ENTER}{user}"), 10 * 365 * 86_400, false)
}

/// Sets an account's password after checking the house rule, and journals that it was set. Blocking.
pub fn set_password(store: &Store, actor: Actor, user: &User, password: &str) -> Result<(), WelcomeError> {
    check_password(password, &user.name)?;
    let phc = hash_password(password)?;
    store.set_password(user.id, &phc)?;
    store.commit(vec![Draft::new(actor, Event::CredentialSet(CredentialSet { user: user.id }))])?;
    Ok(())
}

/// A code with which `user` sets their first password; single use, works for 72 hours. Blocking.
pub fn invite_token(store: &Store, user: UserId) -> Result<String, WelcomeError> {
    put(store, &format!("{INVITE}{user}"), INVITE_HOURS * 3_600, true)
}

fn put(store: &Store, what: &str, lives_s: i64, single_use: bool) -> Result<String, WelcomeError> {
    let secret = token::<16>()?;
    let now = store.now();
    let expires = Timestamp::from_second(now.as_second().saturating_add(lives_s)).unwrap_or(Timestamp::MAX);
    store.put_token(&fingerprint(&secret), what, expires, single_use)?;
    Ok(secret)
}
