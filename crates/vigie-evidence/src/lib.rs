//! What makes the sealed record something a stranger can check: entries, their tree, signed states, seals.
//!
//! Pure: every byte of randomness, every time and every stored tile comes in as an argument. Hashing and
//! proofs follow RFC 6962 §2.1, files and notes follow the C2SP texts `tlog-tiles`, `tlog-checkpoint` and
//! `signed-note`, so that tools written elsewhere verify a journal of Vigie without Vigie.
//!
//! It does not prove that what an entry says is true, nor that a site recorded everything it should have.

pub mod age;
pub mod audit;
pub mod exported;
mod json;
pub mod keys;
pub mod leaf;
pub mod note;
pub mod proof;
pub mod seal;
pub mod tree;

pub use json::JsonFault;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> Hash {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}
