//! Sessions: a random token in a cookie, its hash in the store.
//!
//! A session ends after 12 hours without use and after 7 days whatever happens. The token carries the second
//! at which it was issued; the hash covers it, so nobody can make a session younger. A session found to have
//! ended is deleted: a clock set back does not revive it.

use crate::refusal::Refusal;
use crate::secrets::{fingerprint, token};
use axum::http::{HeaderMap, HeaderValue, header};
use vigie_model::{Timestamp, UserId};
use vigie_store::Store;

/// Seconds without use.
const IDLE_S: i64 = 12 * 3_600;
/// Seconds in all.
const ABSOLUTE_S: i64 = 7 * 86_400;
/// A used session is prolonged in steps, so that reading does not write at each request.
const STEP_S: i64 = 600;
/// Name of the cookie.
const COOKIE: &str = "vigie";

/// What finds a session again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SessionKey {
    /// SHA-256 of the token.
    pub hash: [u8; 32],
    issued: Timestamp,
}

impl SessionKey {
    /// The session that the cookies of a request name; a malformed one names none.
    pub fn of_request(headers: &HeaderMap) -> Option<Self> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
        let mut pairs =
            cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let (_, value) = pairs.find(|(name, _)| *name == COOKIE)?;
        Self::of_token(value)
    }

    fn of_token(value: &str) -> Option<Self> {
        let (issued, secret) = value.split_once('.')?;
        let second = i64::from_str_radix(issued, 16).ok()?;
        let fits =
            secret.len() == 43 && secret.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        let issued = Timestamp::from_second(second).ok()?;
        fits.then(|| Self { hash: fingerprint(value), issued })
    }

    fn expires(&self, now: Timestamp) -> Timestamp {
        later(now, IDLE_S).min(later(self.issued, ABSOLUTE_S))
    }
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_second(at.as_second().saturating_add(seconds)).unwrap_or(Timestamp::MAX)
}

/// Opens a session and gives the `Set-Cookie` line that carries it. Blocking.
pub(crate) fn open(
    store: &Store,
    user: UserId,
    now: Timestamp,
    secure: bool,
) -> Result<HeaderValue, Refusal> {
    let secret = token::<32>().map_err(|e| Refusal::ours("token", e))?;
    let value = format!("{:x}.{secret}", now.as_second());
    let key = SessionKey { hash: fingerprint(&value), issued: now };
    store.open_session(&key.hash, user, key.expires(now), now)?;
    cookie(&value, ABSOLUTE_S, secure)
}

/// The line that takes the cookie away.
pub(crate) fn closing_cookie(secure: bool) -> Result<HeaderValue, Refusal> {
    cookie("", 0, secure)
}

fn cookie(value: &str, max_age_s: i64, secure: bool) -> Result<HeaderValue, Refusal> {
    let secure = if secure { "; Secure" } else { "" };
    let line = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age_s}{secure}");
    HeaderValue::from_str(&line).map_err(|e| Refusal::ours("cookie", e))
}

/// Whose session this is, while it lives; prolongs it by use. Blocking.
pub(crate) fn user_of(store: &Store, key: &SessionKey, now: Timestamp) -> Result<Option<UserId>, Refusal> {
    let Some((user, expires)) = store.session(&key.hash)? else { return Ok(None) };
    if now >= expires || now >= later(key.issued, ABSOLUTE_S) {
        store.close_session(&key.hash)?;
        return Ok(None);
    }
    let prolonged = key.expires(now);
    if prolonged.as_second() - expires.as_second() > STEP_S {
        store.open_session(&key.hash, user, prolonged, now)?;
    }
    Ok(Some(user))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).expect("header"));
        headers
    }

    #[test]
    fn only_a_well_formed_cookie_names_a_session() {
        let secret = token::<32>().expect("random");
        let good = request(&format!("theme=dark; vigie=6a1f0000.{secret}"));
        let key = SessionKey::of_request(&good).expect("a session");
        assert_eq!(key.issued.as_second(), 0x6a1f_0000);
        for odd in ["vigie=", "vigie=6a1f0000.short", "vigie=zz.zz", "other=1", &format!("vigie={secret}")] {
            assert_eq!(SessionKey::of_request(&request(odd)), None, "{odd}");
        }
    }

    #[test]
    fn a_session_ends_after_twelve_idle_hours_and_seven_days() {
        let issued = Timestamp::from_second(1_790_000_000).expect("time");
        let key = SessionKey { hash: [0; 32], issued };
        assert_eq!(key.expires(issued), later(issued, IDLE_S));
        assert_eq!(key.expires(later(issued, 6 * 86_400)), later(issued, 6 * 86_400 + IDLE_S));
        assert_eq!(key.expires(later(issued, 7 * 86_400 - 60)), later(issued, ABSOLUTE_S));
    }
}
