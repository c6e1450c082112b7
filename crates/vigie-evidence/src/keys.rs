//! The site key, and what it wraps: the keys of payloads and the site's signing key.
//!
//! `keys.db` holds wrapped keys only; the site key itself lives elsewhere, in a file that `init` wrote with
//! mode 0600, in a credential of the service manager, or in somebody's head as a passphrase (argon2id).
//! All random bytes are arguments; every secret is wiped when it is dropped.

use crate::seal::{NONCE_BYTES, PayloadKey, SealError, open_with, seal_with};
use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::{Zeroize, Zeroizing};

const FILE_WORD: &str = "vigie-site-key-1";

/// Why a site key cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The text is not a site key file.
    #[error("this is not a site key file of Vigie")]
    NotAKeyFile,
    /// The cost is outside of what argon2id takes.
    #[error("the passphrase cost is not valid")]
    Cost,
    /// A wrapped key that does not open.
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// The key that wraps all others of one site.
#[derive(Clone)]
pub struct SiteKey([u8; 32]);

impl Drop for SiteKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// What turning a passphrase into a key costs. Kept beside the salt, so that a later Vigie can raise it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassphraseCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl PassphraseCost {
    /// 64 MiB, three passes, one lane: a third of a second on a small machine (RFC 9106 §4, second choice,
    /// with one lane).
    pub const DEFAULT: Self = Self { memory_kib: 64 << 10, passes: 3, lanes: 1 };
}

impl SiteKey {
    /// From 32 random bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What the key file holds: one line of text.
    pub fn to_file_text(&self) -> Zeroizing<String> {
        let hex = Zeroizing::new(hex::encode(self.0));
        Zeroizing::new(format!("{FILE_WORD}:{}\n", hex.as_str()))
    }

    /// Reads the text of a key file.
    pub fn from_file_text(text: &str) -> Result<Self, KeyError> {
        let hex = text.trim().strip_prefix(FILE_WORD).and_then(|rest| rest.strip_prefix(':'));
        let mut key = Self([0; 32]);
        hex::decode_to_slice(hex.ok_or(KeyError::NotAKeyFile)?, &mut key.0)
            .map_err(|_| KeyError::NotAKeyFile)?;
        Ok(key)
    }
}

/// The site key that a passphrase and its random `salt` give (argon2id, version 1.3).
pub fn from_passphrase(
    passphrase: &[u8],
    salt: &[u8; 16],
    cost: PassphraseCost,
) -> Result<SiteKey, KeyError> {
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(|_| KeyError::Cost)?;
    let mut key = SiteKey([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase, salt, &mut key.0)
        .map_err(|_| KeyError::Cost)?;
    Ok(key)
}

/// Wraps a secret under the site key. `name` says what it is for: under another name it does not open.
pub fn wrap(
    site: &SiteKey,
    name: &str,
    secret: &[u8],
    nonce: [u8; NONCE_BYTES],
) -> Result<Vec<u8>, SealError> {
    seal_with(&site.0, &label(name), secret, nonce)
}

/// Opens what [`wrap`] made under the same key and name.
pub fn unwrap(site: &SiteKey, name: &str, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    open_with(&site.0, &label(name), wrapped).map(Zeroizing::new)
}

/// Wraps the key and salt of the payload of entry `seq`.
pub fn wrap_payload_key(
    site: &SiteKey,
    seq: u64,
    key: &PayloadKey,
    nonce: [u8; NONCE_BYTES],
) -> Result<Vec<u8>, SealError> {
    let mut both = Zeroizing::new([0; 64]);
    both[..32].copy_from_slice(&key.key);
    both[32..].copy_from_slice(&key.salt);
    wrap(site, &payload_name(seq), both.as_slice(), nonce)
}

/// Opens what [`wrap_payload_key`] made for the same entry.
pub fn unwrap_payload_key(site: &SiteKey, seq: u64, wrapped: &[u8]) -> Result<PayloadKey, SealError> {
    let both = unwrap(site, &payload_name(seq), wrapped)?;
    let both: &[u8; 64] = both.as_slice().try_into().map_err(|_| SealError::Truncated)?;
    Ok(PayloadKey::from_random(both))
}

fn payload_name(seq: u64) -> String {
    format!("payload/{seq}")
}

fn label(name: &str) -> Vec<u8> {
    format!("vigie key\n{name}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: [u8; 32] = [4; 32];

    #[test]
    fn a_payload_key_opens_only_for_its_own_entry_and_site() {
        let site = SiteKey::from_bytes(SITE);
        let key = PayloadKey { key: [1; 32], salt: [2; 32] };
        let wrapped = wrap_payload_key(&site, 7, &key, [9; 24]).expect("wraps");
        let opened = unwrap_payload_key(&site, 7, &wrapped).expect("opens");
        assert_eq!((opened.key, opened.salt), (key.key, key.salt));
        assert!(unwrap_payload_key(&site, 8, &wrapped).is_err());
        assert!(unwrap_payload_key(&SiteKey::from_bytes([5; 32]), 7, &wrapped).is_err());
        let short = wrap(&site, "payload/7", b"short", [9; 24]).expect("wraps");
        assert!(unwrap_payload_key(&site, 7, &short).is_err());
    }

    #[test]
    fn a_key_file_reads_back_and_nothing_else_reads() {
        let site = SiteKey::from_bytes(SITE);
        let text = site.to_file_text();
        assert_eq!(SiteKey::from_file_text(&text).expect("reads").0, SITE);
        for bad in ["", "vigie-site-key-1:", "vigie-site-key-2:00", &text[..text.len() - 3]] {
            assert!(SiteKey::from_file_text(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_passphrase_gives_one_key_for_each_salt() {
        let cheap = PassphraseCost { memory_kib: 64, passes: 1, lanes: 1 };
        let key = |phrase: &str, salt: u8| {
            from_passphrase(phrase.as_bytes(), &[salt; 16], cheap).expect("derives").0
        };
        assert_eq!(key("a long phrase", 1), key("a long phrase", 1));
        assert_ne!(key("a long phrase", 1), key("a long phrase", 2));
        assert_ne!(key("a long phrase", 1), key("another phrase", 1));
        let none = PassphraseCost { memory_kib: 0, passes: 0, lanes: 0 };
        assert!(from_passphrase(b"x", &[0; 16], none).is_err());
    }

    #[test]
    fn a_passphrase_costs_64_mib_and_three_passes() {
        let PassphraseCost { memory_kib, passes, lanes } = PassphraseCost::DEFAULT;
        assert_eq!((memory_kib, passes, lanes), (65_536, 3, 1));
    }
}
