//! Secrets of people and machines: drawn here, shown once, kept as hashes only.

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// Fewest characters of a password.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Most bytes of a password: more would only cost time.
const PASSWORD_BYTES_MAX: usize = 512;

/// Why no secret could be made.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The operating system gave no random bytes.
    #[error("the system gave no random bytes: {0}")]
    Random(String),
    /// The password could not be hashed.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
}

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Fewer than [`PASSWORD_CHARS_MIN`] characters.
    #[error("the password is shorter than {PASSWORD_CHARS_MIN} characters")]
    Short,
    /// Longer than this site hashes.
    #[error("the password is too long")]
    Long,
    /// It is the sign-in name, or little else.
    #[error("the password is the name")]
    Name,
    /// One character over and over.
    #[error("the password repeats one character")]
    OneCharacter,
}

impl PasswordFault {
    /// Message id in the catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Short => "server-password-short",
            Self::Long => "server-password-long",
            Self::Name | Self::OneCharacter => "server-password-easy",
        }
    }
}

/// The house rule for passwords: long, not the name, not one letter held down.
pub fn check_password(password: &str, name: &str) -> Result<(), PasswordFault> {
    let folded = password.to_lowercase();
    let name = name.trim().to_lowercase();
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(PasswordFault::Long);
    }
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return Err(PasswordFault::Short);
    }
    let rest = if name.is_empty() { folded.clone() } else { folded.replace(&name, "") };
    if rest.chars().count() < PASSWORD_CHARS_MIN / 2 {
        return Err(PasswordFault::Name);
    }
    let first = folded.chars().next();
    if folded.chars().all(|c| Some(c) == first) {
        return Err(PasswordFault::OneCharacter);
    }
    Ok(())
}

/// The argon2id hash of a password in PHC form (RFC 9106; m = 19 MiB, t = 2, p = 1). Takes some 30 ms.
pub fn hash_password(password: &str) -> Result<String, SecretError> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|h| h.to_string()).map_err(|e| SecretError::Hash(e.to_string()))
}

/// Whether `password` opens `phc`. Without a hash the same work is done for nothing: how long the answer takes
/// does not tell whether an account exists.
pub fn password_opens(password: &str, phc: Option<&str>) -> bool {
    static NOBODY: LazyLock<String> = LazyLock::new(|| hash_password("nobody-has-this").unwrap_or_default());
    let Ok(parsed) = PasswordHash::new(phc.unwrap_or(NOBODY.as_str())) else { return false };
    let bytes = password.as_bytes();
    let fits = bytes.len() <= PASSWORD_BYTES_MAX && Argon2::default().verify_password(bytes, &parsed).is_ok();
    fits && phc.is_some()
}

/// A new secret of `N` random bytes, in the alphabet of addresses.
pub fn token<const N: usize>() -> Result<String, SecretError> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|e| SecretError::Random(e.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What the store keeps of a secret. The secrets are random and long, so one plain SHA-256 is enough.
pub fn fingerprint(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_not_the_name() {
        assert_eq!(check_password("short", "amina"), Err(PasswordFault::Short));
        assert_eq!(check_password("AminaAmina123", "amina"), Err(PasswordFault::Name));
        assert_eq!(check_password("éééééééééééé", "amina"), Err(PasswordFault::OneCharacter));
        assert_eq!(check_password(&"longer ".repeat(100), "amina"), Err(PasswordFault::Long));
        assert_eq!(check_password("quatre lampes au port", "amina"), Ok(()));
        assert_eq!(check_password("quatre lampes au port", ""), Ok(()));
    }

    #[test]
    fn only_the_password_opens_its_hash() {
        let phc = hash_password("quatre lampes au port").expect("hashed");
        assert!(phc.starts_with("$argon2id$"));
        assert!(password_opens("quatre lampes au port", Some(&phc)));
        assert!(!password_opens("quatre lampes au porT", Some(&phc)));
        assert!(!password_opens("nobody-has-this", None));
        assert!(!password_opens("x", Some("not a hash")));
    }

    #[test]
    fn secrets_are_long_and_never_the_same() {
        let one = token::<32>().expect("random");
        assert_eq!(one.len(), 43);
        assert_ne!(one, token::<32>().expect("random"));
        assert_eq!(token::<16>().expect("random").len(), 22);
    }
}
