//! The one-time reference with which somebody who wrote comes back for the answer.
//!
//! Whoever holds it reads the answer and nothing else. The site keeps only a hash of it, as the address of a contact in
//! the vault, so that it can be recognised and never told. The last letter is a check: a slip of the pen is told from a
//! reference that has no answer, and a reference that nobody was given looks like one without an answer.

use sha2::{Digest as _, Sha256};

/// Crockford's alphabet: no letter that is taken for a digit when it is copied by hand.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters that carry the secret, five bits each: 75 bits.
const SECRET_LETTERS: usize = 15;
/// Letters between two hyphens.
const GROUP: usize = 4;

/// A reference as it was given; it has no `Debug`, so that no log can show it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Reference(String);

impl Reference {
    /// The reference of one message: the same form sent twice has the same one, and so does nobody else's.
    pub fn of(once: &str, text: &str) -> Self {
        let secret = hashed(&["reference", once, text]);
        let letters = secret.iter().take(SECRET_LETTERS).map(|byte| letter(*byte)).collect::<String>();
        let check = check(&letters);
        Self(letters + &check.to_string())
    }

    /// The reference that somebody typed, in capitals or not, with hyphens or without; `None` where it has a slip.
    pub fn read(typed: &str) -> Option<Self> {
        let mut letters: String = typed.chars().filter(|c| c.is_alphanumeric()).map(meant).collect();
        if letters.len() != SECRET_LETTERS + 1 || !letters.bytes().all(|byte| LETTERS.contains(&byte)) {
            return None;
        }
        let last = letters.pop()?;
        (check(&letters) == last).then(|| Self(format!("{letters}{last}")))
    }

    /// As it is shown, once.
    pub fn shown(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// What the vault keeps instead of it.
    pub fn sealed(&self) -> String {
        hex::encode(hashed(&["contact", &self.0]))
    }
}

/// Recognises a form that was sent twice; it does not lead to the reference.
pub(super) fn key(once: &str, text: &str) -> String {
    let hash = hashed(&["key", once, text]);
    format!("form:{}", hex::encode(hash.get(..16).unwrap_or(&hash)))
}

fn hashed(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().into()
}

fn letter(byte: u8) -> char {
    LETTERS.get(usize::from(byte & 31)).map_or('0', |letter| char::from(*letter))
}

fn check(letters: &str) -> char {
    hashed(&["check", letters]).first().map_or('0', |byte| letter(*byte))
}

/// Letters that are read for one another.
fn meant(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_as_people_write_it_and_a_slip_is_told() {
        let given = Reference::of("0a", "Est-ce vrai ?");
        let shown = given.shown();
        assert_eq!(shown.len(), 19, "{shown}");
        assert!(Reference::read(&shown).is_some_and(|read| read == given));
        let loose =
            format!("  {} ", shown.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l"));
        assert!(Reference::read(&loose).is_some_and(|read| read == given));
        let mut missed = 0;
        for at in 0..shown.len() {
            let mut slip = shown.clone().into_bytes();
            if slip[at] != b'-' {
                slip[at] = if slip[at] == b'7' { b'8' } else { b'7' };
                missed += usize::from(Reference::read(std::str::from_utf8(&slip).expect("text")).is_some());
            }
        }
        assert!(missed <= 3, "a check of five bits sees 31 slips of 32: {missed} of 16 passed");
        for odd in ["", "ABCD", "ABCD-EFGH-JKMN-PQRU", "ééééééééé", "0000-0000-0000-0000-0"] {
            assert!(Reference::read(odd).is_none(), "{odd}");
        }
    }

    #[test]
    fn two_people_with_one_page_have_two_references_and_one_who_sends_twice_has_one() {
        let one = Reference::of("0a", "Est-ce vrai ?");
        assert!(one == Reference::of("0a", "Est-ce vrai ?"));
        assert!(one != Reference::of("0a", "Est-ce faux ?") && one != Reference::of("0b", "Est-ce vrai ?"));
        assert_ne!(key("0a", "x"), key("0b", "x"));
        assert!(!one.sealed().contains(&one.0) && one.sealed().len() == 64);
    }
}
