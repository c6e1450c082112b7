//! Seals: every payload and every file is encrypted under a key of its own, and the leaf commits to it.
//!
//! Erasing is destroying that key with its salt: the tree stays whole, the content is gone. The cipher is
//! XChaCha20-Poly1305; nonces are random bytes from the caller. A sealed payload is
//! `0x01 ‖ nonce (24 bytes) ‖ ciphertext ‖ tag (16 bytes)`; the first byte is the version of this form.

pub mod file;

use crate::{Hash, sha256};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

/// Bytes of a nonce.
pub const NONCE_BYTES: usize = 24;
const VERSION: u8 = 1;
const TAG_BYTES: usize = 16;

/// Why something cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Sealed by a newer Vigie.
    #[error("sealed in version {0}, which this Vigie does not know")]
    Version(u8),
    /// Too short to be sealed, or cut off.
    #[error("the sealed bytes are cut off")]
    Truncated,
    /// The key is not the right one, or a byte was changed.
    #[error("the seal does not open: wrong key or changed bytes")]
    Refused,
    /// Longer than the form can hold.
    #[error("too long to be sealed")]
    TooLong,
}

/// The key of one payload, and the salt of its commitment. Wiped when dropped.
#[derive(Clone)]
pub struct PayloadKey {
    /// 32 random bytes.
    pub key: [u8; 32],
    /// 32 random bytes.
    pub salt: [u8; 32],
}

impl Drop for PayloadKey {
    fn drop(&mut self) {
        self.key.zeroize();
        self.salt.zeroize();
    }
}

impl PayloadKey {
    /// From 64 random bytes.
    pub fn from_random(random: &[u8; 64]) -> Self {
        let mut fresh = Self { key: [0; 32], salt: [0; 32] };
        fresh.key.copy_from_slice(&random[..32]);
        fresh.salt.copy_from_slice(&random[32..]);
        fresh
    }
}

/// What binds a seal to its place, so that a payload moved to another entry does not open.
pub fn place(origin: &str, seq: u64) -> Vec<u8> {
    format!("vigie payload\n{origin}\n{seq}\n").into_bytes()
}

/// Seals `plaintext`. `aad` binds it to its place ([`place`]); `nonce` is random and never used twice.
pub fn seal(
    key: &PayloadKey,
    aad: &[u8],
    plaintext: &[u8],
    nonce: [u8; NONCE_BYTES],
) -> Result<Vec<u8>, SealError> {
    seal_with(&key.key, aad, plaintext, nonce)
}

/// Opens what [`seal`] made under the same key and place.
pub fn open(key: &PayloadKey, aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    open_with(&key.key, aad, sealed)
}

/// What a leaf says of a payload: `sha256(salt ‖ sha256(plaintext))`.
pub fn commit(salt: &[u8; 32], plaintext: &[u8]) -> Hash {
    commit_digest(salt, &sha256(plaintext))
}

/// The same from the SHA-256 of the plaintext.
pub fn commit_digest(salt: &[u8; 32], plaintext_sha256: &Hash) -> Hash {
    Sha256::new().chain_update(salt).chain_update(plaintext_sha256).finalize().into()
}

pub(crate) fn seal_with(
    key: &[u8; 32],
    aad: &[u8],
    plaintext: &[u8],
    nonce: [u8; NONCE_BYTES],
) -> Result<Vec<u8>, SealError> {
    let cipher = XChaCha20Poly1305::new(key.into());
    let text = cipher.encrypt(&XNonce::from(nonce), Payload { msg: plaintext, aad });
    let text = text.map_err(|_| SealError::TooLong)?;
    Ok([&[VERSION], nonce.as_slice(), &text].concat())
}

pub(crate) fn open_with(key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let Some((version, rest)) = sealed.split_first() else { return Err(SealError::Truncated) };
    if *version != VERSION {
        return Err(SealError::Version(*version));
    }
    let Some((nonce, text)) = rest.split_first_chunk::<NONCE_BYTES>() else {
        return Err(SealError::Truncated);
    };
    if text.len() < TAG_BYTES {
        return Err(SealError::Truncated);
    }
    let cipher = XChaCha20Poly1305::new(key.into());
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg: text, aad }).map_err(|_| SealError::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(n: u8) -> PayloadKey {
        PayloadKey { key: [n; 32], salt: [n ^ 0xff; 32] }
    }

    #[test]
    fn a_seal_opens_only_whole_with_its_key_and_at_its_place() {
        let here = place("vigie.local/misouv/nord/0", 7);
        let sealed = seal(&key(1), &here, b"people gathering", [3; 24]).expect("seals");
        assert_eq!(open(&key(1), &here, &sealed).expect("opens"), b"people gathering");
        assert_eq!(open(&key(2), &here, &sealed), Err(SealError::Refused));
        assert_eq!(open(&key(1), &place("vigie.local/misouv/nord/0", 8), &sealed), Err(SealError::Refused));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(&key(1), &here, &changed).is_err(), "byte {at}");
            assert!(open(&key(1), &here, &sealed[..at]).is_err(), "cut at {at}");
        }
        assert_eq!(open(&key(1), &here, &[9, 0]), Err(SealError::Version(9)));
    }

    #[test]
    fn nothing_can_be_sealed_and_a_byte_less_is_cut_off() {
        let here = place("vigie.local/misouv/nord/0", 7);
        let sealed = seal(&key(1), &here, b"", [3; 24]).expect("seals");
        assert_eq!(open(&key(1), &here, &sealed).expect("opens"), b"");
        for cut in 0..sealed.len() {
            assert_eq!(open(&key(1), &here, &sealed[..cut]), Err(SealError::Truncated), "cut at {cut}");
        }
    }

    #[test]
    fn a_commitment_is_what_an_expert_computes_by_hand() {
        let by_hand = crate::sha256(&[[5; 32].as_slice(), &crate::sha256(b"text")].concat());
        assert_eq!(commit(&[5; 32], b"text"), by_hand);
        assert_ne!(commit(&[6; 32], b"text"), by_hand);
    }

    proptest! {
        #[test]
        fn anything_sealed_opens_again(text in proptest::collection::vec(any::<u8>(), 0..2000), nonce: [u8; 24]) {
            let sealed = seal(&key(1), b"here", &text, nonce).expect("seals");
            prop_assert_eq!(sealed.len(), text.len() + 41);
            prop_assert_eq!(open(&key(1), b"here", &sealed).expect("opens"), text);
        }
    }
}
