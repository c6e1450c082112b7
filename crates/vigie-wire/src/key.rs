//! Recognises a message that comes a second time.
//!
//! The key is the source's own identifier where there is one. Otherwise it is what the message says (time,
//! author, text, address) and how often the same file has said it before: two people who post the same
//! word in the same file stay two, and the same file imported twice adds nothing.

use crate::SignalDraft;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use vigie_model::IdempotencyKey;

/// Gives keys to the drafts of **one** file, body or poll, in their order.
///
/// Memory: 12 bytes of content per distinct message without identifier (a 64-bit digest and a count), so
/// some 32 bytes with the table's own room. Two messages whose short digests collide would share a count,
/// which still gives each a key of its own.
#[derive(Debug, Default)]
pub struct Keyer {
    seen: HashMap<u64, u32>,
}

impl Keyer {
    /// A keyer at the start of a file.
    pub fn new() -> Self {
        Self::default()
    }

    /// The key of the next draft.
    pub fn key(&mut self, draft: &SignalDraft) -> IdempotencyKey {
        match draft.external_id.as_deref() {
            Some(id) if !id.is_empty() => by_id(id),
            _ => self.by_content(draft),
        }
    }

    fn by_content(&mut self, draft: &SignalDraft) -> IdempotencyKey {
        let digest = content_digest(draft);
        let short = digest.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        let count = self.seen.entry(short).or_insert(0);
        *count = count.saturating_add(1);
        IdempotencyKey(format!("row:{}:{count}", hex::encode(digest)))
    }
}

/// The key of a message whose source names it `id`; hashed, so that its length is bounded and a list of keys
/// shows nobody's account.
pub fn by_id(id: &str) -> IdempotencyKey {
    IdempotencyKey(format!("id:{}", hex::encode(Sha256::digest(id.as_bytes()))))
}

/// SHA-256 of time, author, text and address. Each part is preceded by its length, an absent one by a length
/// that no part can have: no two different messages give the same bytes.
pub fn content_digest(draft: &SignalDraft) -> [u8; 32] {
    let seen_at = draft.seen_at.map(|at| at.as_millisecond().to_string());
    let parts = [seen_at.as_deref(), draft.author.as_deref(), Some(&draft.text), draft.url.as_deref()];
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.map_or(u64::MAX, |text| text.len() as u64).to_be_bytes());
        hash.update(part.unwrap_or_default().as_bytes());
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str, author: Option<&str>) -> SignalDraft {
        SignalDraft { author: author.map(str::to_owned), ..SignalDraft::new(text) }
    }

    #[test]
    fn the_source_s_own_identifier_decides_where_there_is_one() {
        let mut keyer = Keyer::new();
        let one = SignalDraft { external_id: Some("42".to_owned()), ..draft("first wording", None) };
        let two = SignalDraft { external_id: Some("42".to_owned()), ..draft("second wording", None) };
        assert_eq!(keyer.key(&one), keyer.key(&two));
    }

    #[test]
    fn f15_the_same_file_twice_gives_the_same_keys_and_each_row_its_own() {
        let rows = [draft("the road is closed", None), draft("the road is closed", None)];
        let keys = |rows: &[SignalDraft]| {
            let mut keyer = Keyer::new();
            rows.iter().map(|row| keyer.key(row)).collect::<Vec<_>>()
        };
        let first = keys(&rows);
        assert_ne!(first[0], first[1]);
        assert_eq!(first, keys(&rows));
    }

    #[test]
    fn parts_never_run_into_each_other() {
        assert_ne!(content_digest(&draft("ab", Some("c"))), content_digest(&draft("b", Some("ca"))));
        assert_ne!(content_digest(&draft("a", None)), content_digest(&draft("a", Some(""))));
    }
}
