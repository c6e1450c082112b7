//! Finds the known claims, checked or answered before, that a text may repeat.
//!
//! Lexical retrieval: BM25 over words and over runs of four characters, each language cut in its own way. What a model
//! of meaning finds comes in as a second list; the *ranks* of the lists are fused, never their scores, since those do
//! not mean the same. A match is a suggestion. *Confirm* is said only where the language has been calibrated on
//! answers known to be right, and even then a person decides: a denial matches the rumour it denies.
//!
//! Method, sources and figures: `docs/design/043-claims.md`.

mod analyse;
mod fuse;
mod index;
mod tier;

pub use analyse::spoken;
pub use fuse::{Fused, fuse};
pub use index::{Claims, Match, Tuning};
pub use tier::{Calibration, Evidence, Tier};
