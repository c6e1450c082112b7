//! Signed states of the journal: C2SP checkpoints in C2SP signed notes.
//!
//! ```text
//! vigie.local/misouv/nord/0
//! 1234
//! 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
//!
//! — vigie.local/misouv/nord/0 …
//! ```
//!
//! Signatures are Ed25519, verified strictly (canonical encodings, no key of small order). Lines signed by
//! keys that the reader does not know are ignored, as the text of C2SP asks, so that witnesses and other
//! algorithms can add theirs.

use crate::Hash;
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use signed_note::{Note, NoteError as SignedNoteError, Verifier, VerifierList};

const ED25519: u8 = 1;
/// Longest note that is read, in bytes: a checkpoint with a hundred countersignatures is shorter.
pub const NOTE_BYTES_MAX: usize = 32 << 10;

/// Why a note, a key or an origin is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// An origin is a name without blanks and without `+`.
    #[error("the origin is empty or holds a blank or a plus sign")]
    Origin,
    /// Not a verifier key for Ed25519.
    #[error("the verifier key is not a valid Ed25519 key in signed-note form")]
    VerifierKey,
    /// Not a signed note, or not a checkpoint inside.
    #[error("the text is not a signed checkpoint")]
    Malformed,
    /// Another log's checkpoint.
    #[error("the signed state belongs to another journal")]
    OtherOrigin,
    /// No line by the key that was asked for.
    #[error("the signed state is not signed by the expected key")]
    NotSigned,
    /// A line by that key, and it does not verify.
    #[error("the signature does not fit the signed state")]
    BadSignature,
}

/// Signs the states of one journal. The secret is wiped when it is dropped.
pub struct SiteSigner {
    origin: String,
    key: SigningKey,
}

impl SiteSigner {
    /// The signer of `origin` (`vigie.local/<mission>/<site>/<generation>`) from 32 secret random bytes.
    pub fn from_seed(origin: impl Into<String>, seed: [u8; 32]) -> Result<Self, NoteError> {
        let origin = origin.into();
        if !signed_note::is_key_name_valid(&origin) {
            return Err(NoteError::Origin);
        }
        Ok(Self { origin, key: SigningKey::from_bytes(&seed) })
    }

    /// First line of every checkpoint, and name of the key.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The public key in signed-note form: `origin+<id>+<base64>`.
    pub fn verifier_key(&self) -> String {
        self.verifier().verifier_key()
    }

    /// What checks these signatures.
    pub fn verifier(&self) -> SiteVerifier {
        let key = self.key.verifying_key();
        let id = signed_note::key_id(&self.origin, &typed_key(&key));
        SiteVerifier { origin: self.origin.clone(), id, key }
    }

    /// The signed state that says: the first `size` entries have this `root`.
    pub fn sign_checkpoint(&self, size: u64, root: &Hash) -> String {
        let text = format!("{}\n{size}\n{}\n", self.origin, BASE64.encode(root));
        let id = signed_note::key_id(&self.origin, &typed_key(&self.key.verifying_key()));
        let mut line = id.to_be_bytes().to_vec();
        line.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n— {} {}\n", self.origin, BASE64.encode(line))
    }

    /// The same note with a line of this key added: whoever held the journal before hands it over.
    pub fn countersign(&self, note: &str) -> String {
        let text = note.split_once("\n\n").map_or(note, |(text, _)| text);
        let signed = format!("{text}\n");
        let id = signed_note::key_id(&self.origin, &typed_key(&self.key.verifying_key()));
        let mut line = id.to_be_bytes().to_vec();
        line.extend_from_slice(&self.key.sign(signed.as_bytes()).to_bytes());
        format!("{note}— {} {}\n", self.origin, BASE64.encode(line))
    }
}

fn typed_key(key: &VerifyingKey) -> [u8; 33] {
    let mut typed = [ED25519; 33];
    typed[1..].copy_from_slice(key.as_bytes());
    typed
}

/// Checks the states of one journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteVerifier {
    origin: String,
    id: u32,
    key: VerifyingKey,
}

impl SiteVerifier {
    /// The verifier that `vkey` (`origin+<id>+<base64>`) describes.
    pub fn parse(vkey: &str) -> Result<Self, NoteError> {
        let mut parts = vkey.trim_end_matches(['\r', '\n']).splitn(3, '+');
        let (Some(origin), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::VerifierKey);
        };
        let typed: [u8; 33] =
            BASE64.decode(key).ok().and_then(|k| k.try_into().ok()).ok_or(NoteError::VerifierKey)?;
        let expected = signed_note::key_id(origin, &typed);
        if typed[0] != ED25519 || format!("{expected:08x}") != id || !signed_note::is_key_name_valid(origin) {
            return Err(NoteError::VerifierKey);
        }
        let key = typed[1..].try_into().ok().and_then(|raw| VerifyingKey::from_bytes(raw).ok());
        let key = key.filter(|key| !key.is_weak()).ok_or(NoteError::VerifierKey)?;
        Ok(Self { origin: origin.to_owned(), id: expected, key })
    }

    /// Name of the key, which is the origin of its checkpoints.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The key as text, `origin+<id>+<base64>`.
    pub fn verifier_key(&self) -> String {
        format!("{}+{:08x}+{}", self.origin, self.id, BASE64.encode(typed_key(&self.key)))
    }

    /// The checkpoint in `note`, where this key signed it for its own origin.
    pub fn open(&self, note: &str) -> Result<Checkpoint, NoteError> {
        let checkpoint = self.vouched(note)?;
        if checkpoint.origin == self.origin { Ok(checkpoint) } else { Err(NoteError::OtherOrigin) }
    }

    /// The checkpoint in `note`, where this key signed it, whatever journal it is of: with [`SiteSigner::countersign`]
    /// one generation hands over to the next.
    pub fn vouched(&self, note: &str) -> Result<Checkpoint, NoteError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(NoteError::Malformed);
        }
        let note = Note::from_bytes(note.as_bytes()).map_err(|_| NoteError::Malformed)?;
        let known = VerifierList::new(vec![Box::new(self.clone())]);
        note.verify(&known).map_err(|cause| match cause {
            SignedNoteError::InvalidSignature { .. } => NoteError::BadSignature,
            SignedNoteError::UnverifiedNote => NoteError::NotSigned,
            _ => NoteError::Malformed,
        })?;
        Checkpoint::parse(note.text())
    }
}

impl Verifier for SiteVerifier {
    fn name(&self) -> &str {
        &self.origin
    }
    fn key_id(&self) -> u32 {
        self.id
    }
    fn verify(&self, msg: &[u8], sig: &[u8]) -> bool {
        Signature::from_slice(sig).is_ok_and(|sig| self.key.verify_strict(msg, &sig).is_ok())
    }
}

/// A signed state, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which journal.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// Their root hash.
    pub root: Hash,
}

impl Checkpoint {
    /// Opens a note that the holder of `vkey` signed for the origin of that name.
    pub fn open(note: &str, vkey: &str) -> Result<Self, NoteError> {
        SiteVerifier::parse(vkey)?.open(note)
    }

    fn parse(text: &[u8]) -> Result<Self, NoteError> {
        let parsed = tlog_tiles::Checkpoint::from_bytes(text).map_err(|_| NoteError::Malformed)?;
        Ok(Self { origin: parsed.origin().to_owned(), size: parsed.size(), root: parsed.hash().0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "vigie.local/misouv/nord/0";

    fn signer() -> SiteSigner {
        SiteSigner::from_seed(ORIGIN, [7; 32]).expect("a valid origin")
    }

    #[test]
    fn the_text_of_a_signed_state_is_frozen() {
        let note = "vigie.local/misouv/nord/0\n1234\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n\n\
                    — vigie.local/misouv/nord/0 +m8W5fwIowXf9lKxtlT22siyHFqPlN/99Z6eG10tMI01rxgGJ1Kr+H2puqZlIvkOwzN\
                    54O5aWYrALa1aZu6LJLL5HwA=\n";
        assert_eq!(signer().sign_checkpoint(1234, &[9; 32]), note);
    }

    #[test]
    fn a_signed_state_opens_with_the_key_of_its_journal() {
        let note = signer().sign_checkpoint(1234, &[9; 32]);
        let opened = Checkpoint::open(&note, &signer().verifier_key()).expect("opens");
        assert_eq!(opened, Checkpoint { origin: ORIGIN.to_owned(), size: 1234, root: [9; 32] });
    }

    #[test]
    fn every_changed_byte_of_a_signed_state_is_refused() {
        let note = signer().sign_checkpoint(1234, &[9; 32]);
        let verifier = SiteVerifier::parse(&signer().verifier_key()).expect("parses");
        for at in 0..note.len() {
            for bit in 0..8 {
                let mut bytes = note.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let Ok(text) = String::from_utf8(bytes) else { continue };
                assert!(verifier.open(&text).is_err(), "bit {bit} of byte {at}");
            }
        }
    }

    #[test]
    fn lines_of_unknown_signers_are_ignored_and_do_not_count() {
        let note = signer().sign_checkpoint(3, &[1; 32]);
        let witness = SiteSigner::from_seed("witness.local/hq", [8; 32]).expect("valid");
        let foreign = witness.sign_checkpoint(3, &[1; 32]);
        let line = foreign.lines().last().expect("a signature line");
        let both = format!("{note}{line}\n");
        assert!(Checkpoint::open(&both, &signer().verifier_key()).is_ok());
        let only_foreign =
            format!("{}\n{line}\n", note.split_once("\n\n").expect("a blank line").0.to_owned() + "\n");
        assert_eq!(Checkpoint::open(&only_foreign, &signer().verifier_key()), Err(NoteError::NotSigned));
        // The witness did sign something, but as its own log: its name never vouches for another origin.
        assert_eq!(Checkpoint::open(&both, &witness.verifier_key()), Err(NoteError::BadSignature));
    }

    #[test]
    fn a_note_is_read_up_to_its_longest_and_no_further() {
        let note = signer().sign_checkpoint(3, &[1; 32]);
        let long = |bytes: usize| {
            let name = "w".repeat(bytes - note.len() - "\u{2014} ".len() - " AAAAAAAA\n".len());
            format!("{note}\u{2014} {name} AAAAAAAA\n")
        };
        let longest = long(NOTE_BYTES_MAX);
        assert_eq!(longest.len(), NOTE_BYTES_MAX);
        assert!(Checkpoint::open(&longest, &signer().verifier_key()).is_ok());
        for more in [1, 2] {
            let too_long = long(NOTE_BYTES_MAX + more);
            assert_eq!(Checkpoint::open(&too_long, &signer().verifier_key()), Err(NoteError::Malformed));
        }
    }

    #[test]
    fn one_generation_hands_over_to_the_next() {
        let next = SiteSigner::from_seed("vigie.local/misouv/nord/1", [8; 32]).expect("valid");
        let note = signer().countersign(&next.sign_checkpoint(4, &[2; 32]));
        let opened = next.verifier().open(&note).expect("the next one signed it");
        assert_eq!(signer().verifier().vouched(&note), Ok(opened));
        assert_eq!(signer().verifier().open(&note), Err(NoteError::OtherOrigin));
        assert!(signer().verifier().vouched(&next.sign_checkpoint(4, &[2; 32])).is_err());
    }

    #[test]
    fn a_key_with_another_name_number_or_length_is_refused() {
        let good = signer().verifier_key();
        assert!(SiteVerifier::parse(&good).is_ok());
        let small_order = {
            let typed = [[1].as_slice(), &[0; 32]].concat();
            let id = signed_note::key_id(ORIGIN, &typed);
            format!("{ORIGIN}+{id:08x}+{}", BASE64.encode(typed))
        };
        for bad in [
            String::new(),
            good.replace("nord", "nort"),
            good.replace('+', " "),
            good[..good.len() - 4].to_owned(),
            good.to_uppercase(),
            small_order,
        ] {
            assert_eq!(SiteVerifier::parse(&bad), Err(NoteError::VerifierKey), "{bad}");
        }
        assert!(SiteSigner::from_seed("two words", [0; 32]).is_err());
        assert!(SiteSigner::from_seed("a+b", [0; 32]).is_err());
    }
}
