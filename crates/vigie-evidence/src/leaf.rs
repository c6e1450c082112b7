//! One entry of the journal, as the bytes that are stored, hashed and signed.
//!
//! A leaf is one line of JSON of at most 16 KiB, without blanks, its keys in this order:
//!
//! ```text
//! {"v":1,"seq":7,"site":"nord","at":"2026-11-22T05:30:00.123Z","kind":"signal.received",
//!  "actor":"source:…","object":"signal:…","purpose":"…","caused_by":6,"body":{…}}
//! ```
//!
//! `purpose` and `caused_by` may be absent. Instead of `body`, a sealed entry ends in
//! `"commit":"<hex>","cipher":"<hex>"` and, where a file belongs to it, `"blob":"<hex>"`:
//! - `commit` is `sha256(salt ‖ sha256(plaintext))` of the payload: with the salt destroyed, nobody can guess
//!   the plaintext back; with the salt revealed, a court's expert checks it with `sha256sum`.
//! - `cipher` is the SHA-256 of the sealed payload as it is stored, so that a verifier without any key still
//!   notices a changed byte. It says nothing about the plaintext, since each payload has a key of its own.
//! - `blob` is the SHA-256 of the file's ciphertext, which is also its name under `blobs/`.
//!
//! The bytes are checked as they stand and never written anew: hash and signature cover exactly them. Reading
//! is strict, because two readers must never see different things in one signed text: unknown, repeated or
//! misplaced keys are refused, and so is every number that 64 bits or a double would not keep exactly. A kind
//! that this version does not know is no error here: the list of kinds only grows.
//!
//! This format is frozen: a change of it is a new `v`.

use crate::json::{At, JsonFault, RawString, Scanner};
use crate::{Hash, sha256};
use jiff::Timestamp;
use std::borrow::Cow;
use vigie_model::{Actor, Class, Kind};

/// Version that stands in `v`.
pub const LEAF_VERSION: u64 = 1;
/// Longest leaf, in bytes.
pub const LEAF_BYTES_MAX: usize = 16 << 10;
/// Deepest nesting within `body`.
pub const LEAF_DEPTH_MAX: usize = 16;

const KEYS: [&str; 13] = [
    "v",
    "seq",
    "site",
    "at",
    "kind",
    "actor",
    "object",
    "purpose",
    "caused_by",
    "body",
    "commit",
    "cipher",
    "blob",
];

/// Why bytes are not a leaf, or a draft cannot become one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    /// More than [`LEAF_BYTES_MAX`].
    #[error("the record is {0} bytes long, more than {LEAF_BYTES_MAX}")]
    TooLong(usize),
    /// Not UTF-8.
    #[error("the record is not UTF-8")]
    NotUtf8,
    /// Not strict JSON.
    #[error("the record is not strict JSON at byte {offset}: {fault}")]
    Json {
        /// Byte from the start of the leaf.
        offset: usize,
        /// What is wrong there.
        fault: JsonFault,
    },
    /// Written by a newer Vigie.
    #[error("the record has version {0}, this Vigie knows {LEAF_VERSION}")]
    Version(u64),
    /// A key that the format does not have.
    #[error("the record holds a key that the format does not have")]
    UnknownKey,
    /// A key of the format that is repeated or out of its order.
    #[error("the key `{0}` is repeated or out of order")]
    MisplacedKey(&'static str),
    /// A key that is required.
    #[error("the record lacks `{0}`")]
    Missing(&'static str),
    /// A value that does not fit its key.
    #[error("the value of `{0}` is not valid")]
    Value(&'static str),
    /// An entry caused by itself or by a later one.
    #[error("the entry says that {0} caused it, which is not earlier")]
    CausedByLater(u64),
    /// Personal data would stand in the open.
    #[error("a `{0}` entry may hold personal data and must be sealed")]
    PersonalInClear(&'static str),
}

impl From<At> for LeafError {
    fn from(at: At) -> Self {
        Self::Json { offset: at.offset, fault: at.fault }
    }
}

/// What ties a leaf to content that is kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// `sha256(salt ‖ sha256(plaintext))`, see [`crate::seal::commit`].
    pub commit: Hash,
    /// SHA-256 of the sealed payload as stored.
    pub cipher: Hash,
    /// SHA-256 of the ciphertext of a file that belongs to the entry.
    pub blob: Option<Hash>,
}

/// What an entry says: in the open, or kept apart under a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content<'a> {
    /// A JSON object, compact.
    Body(&'a [u8]),
    /// Kept apart.
    Sealed(Sealed),
}

/// An entry about to be written.
#[derive(Debug, Clone, Copy)]
pub struct LeafDraft<'a> {
    /// Position in the journal, from 0.
    pub seq: u64,
    /// Short name of the site.
    pub site: &'a str,
    /// When it is recorded; kept to the millisecond.
    pub at: Timestamp,
    /// What happened.
    pub kind: Kind,
    /// Who did it.
    pub actor: &'a Actor,
    /// What it is about, an id and nothing more.
    pub object: &'a str,
    /// Why the mission keeps it.
    pub purpose: Option<&'a str>,
    /// The earlier entry that led to it.
    pub caused_by: Option<u64>,
    /// What it says.
    pub content: Content<'a>,
}

/// An entry as read from its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf<'a> {
    /// Position in the journal, from 0.
    pub seq: u64,
    /// Short name of the site.
    pub site: Cow<'a, str>,
    /// When it was recorded, whole milliseconds.
    pub at: Timestamp,
    /// What happened, perhaps in a word that this version does not know.
    pub kind: Cow<'a, str>,
    /// Who did it, as [`Actor`] writes it.
    pub actor: Cow<'a, str>,
    /// What it is about.
    pub object: Cow<'a, str>,
    /// Why the mission keeps it.
    pub purpose: Option<Cow<'a, str>>,
    /// The earlier entry that led to it.
    pub caused_by: Option<u64>,
    /// What it says.
    pub content: Content<'a>,
}

impl Leaf<'_> {
    /// The kind, where this version knows it.
    pub fn known_kind(&self) -> Option<Kind> {
        Kind::from_word(&self.kind)
    }
}

/// The hash under which a leaf stands in the tree: `sha256(0x00 ‖ leaf)` (RFC 6962 §2.1).
pub fn hash(leaf: &[u8]) -> Hash {
    tlog_tiles::record_hash(leaf).0
}

/// Writes the leaf of `draft`. Whatever it gives, [`decode`] reads.
pub fn encode(draft: &LeafDraft<'_>) -> Result<Vec<u8>, LeafError> {
    let mut leaf = Vec::with_capacity(512);
    leaf.extend_from_slice(b"{\"v\":1,\"seq\":");
    leaf.extend_from_slice(draft.seq.to_string().as_bytes());
    put_text(&mut leaf, "site", draft.site);
    put_text(&mut leaf, "at", &stamp(draft.at));
    put_text(&mut leaf, "kind", draft.kind.word());
    put_text(&mut leaf, "actor", &draft.actor.to_string());
    put_text(&mut leaf, "object", draft.object);
    if let Some(purpose) = draft.purpose {
        put_text(&mut leaf, "purpose", purpose);
    }
    if let Some(cause) = draft.caused_by {
        put_raw(&mut leaf, "caused_by", cause.to_string().as_bytes());
    }
    match &draft.content {
        Content::Body(body) => put_raw(&mut leaf, "body", body),
        Content::Sealed(sealed) => put_sealed(&mut leaf, sealed),
    }
    leaf.push(b'}');
    // Read back what will be signed for ever: a fault found here costs a refusal, found later it costs a journal.
    decode(&leaf)?;
    Ok(leaf)
}

fn put_sealed(leaf: &mut Vec<u8>, sealed: &Sealed) {
    put_text(leaf, "commit", &hex::encode(sealed.commit));
    put_text(leaf, "cipher", &hex::encode(sealed.cipher));
    if let Some(blob) = sealed.blob {
        put_text(leaf, "blob", &hex::encode(blob));
    }
}

fn put_raw(leaf: &mut Vec<u8>, key: &str, value: &[u8]) {
    leaf.extend_from_slice(b",\"");
    leaf.extend_from_slice(key.as_bytes());
    leaf.extend_from_slice(b"\":");
    leaf.extend_from_slice(value);
}

fn put_text(leaf: &mut Vec<u8>, key: &str, value: &str) {
    put_raw(leaf, key, serde_json::Value::from(value).to_string().as_bytes());
}

fn stamp(at: Timestamp) -> String {
    format!("{:.3}", vigie_model::millis(at))
}

/// Reads a leaf, strictly.
pub fn decode(leaf: &[u8]) -> Result<Leaf<'_>, LeafError> {
    if leaf.len() > LEAF_BYTES_MAX {
        return Err(LeafError::TooLong(leaf.len()));
    }
    let text = std::str::from_utf8(leaf).map_err(|_| LeafError::NotUtf8)?;
    Fields::open(text)?.read()
}

/// The keys of one leaf, taken in their order.
struct Fields<'a> {
    scanner: Scanner<'a>,
    /// The key that stands next and has not been taken.
    next: Option<&'a str>,
    /// How many of [`KEYS`] have been passed.
    passed: usize,
}

impl<'a> Fields<'a> {
    fn open(text: &'a str) -> Result<Self, LeafError> {
        let mut scanner = Scanner::new(text, LEAF_DEPTH_MAX);
        scanner.expect(b'{')?;
        let next = Some(scanner.key()?);
        Ok(Self { scanner, next, passed: 0 })
    }

    fn read(mut self) -> Result<Leaf<'a>, LeafError> {
        let version = self.whole("v")?.ok_or(LeafError::Missing("v"))?;
        if version != LEAF_VERSION {
            return Err(LeafError::Version(version));
        }
        let leaf = Leaf {
            seq: self.whole("seq")?.ok_or(LeafError::Missing("seq"))?,
            site: self.required("site")?,
            at: self.instant()?,
            kind: self.required("kind")?,
            actor: self.required("actor")?,
            object: self.required("object")?,
            purpose: self.text("purpose")?,
            caused_by: self.whole("caused_by")?,
            content: self.content()?,
        };
        self.close()?;
        judge(leaf)
    }

    /// Whether `key` stands next. A key that can no longer come, or that nobody knows, is refused here.
    fn take(&mut self, key: &'static str) -> Result<bool, LeafError> {
        let Some(found) = self.next else { return Ok(false) };
        let place = KEYS.iter().position(|known| *known == key).unwrap_or(KEYS.len());
        let Some(found_place) = KEYS.iter().position(|known| *known == found) else {
            return Err(LeafError::UnknownKey);
        };
        if found_place < self.passed {
            return Err(LeafError::MisplacedKey(KEYS[found_place]));
        }
        if found_place != place {
            return Ok(false);
        }
        self.passed = place + 1;
        Ok(true)
    }

    /// Goes on to the key after the value just read.
    fn advance(&mut self) -> Result<(), LeafError> {
        self.next = if self.scanner.peek() == Some(b',') {
            self.scanner.expect(b',')?;
            Some(self.scanner.key()?)
        } else {
            None
        };
        Ok(())
    }

    fn whole(&mut self, key: &'static str) -> Result<Option<u64>, LeafError> {
        if !self.take(key)? {
            return Ok(None);
        }
        let number = self.scanner.whole()?;
        self.advance()?;
        Ok(Some(number))
    }

    fn text(&mut self, key: &'static str) -> Result<Option<Cow<'a, str>>, LeafError> {
        if !self.take(key)? {
            return Ok(None);
        }
        let text = plain(self.scanner.string()?).ok_or(LeafError::Value(key))?;
        self.advance()?;
        Ok(Some(text))
    }

    fn required(&mut self, key: &'static str) -> Result<Cow<'a, str>, LeafError> {
        match self.text(key)? {
            Some(text) if text.is_empty() => Err(LeafError::Value(key)),
            Some(text) => Ok(text),
            None => Err(LeafError::Missing(key)),
        }
    }

    fn instant(&mut self) -> Result<Timestamp, LeafError> {
        let text = self.required("at")?;
        // One way to write an instant only: `2026-11-22T05:30:00.123Z`.
        let at = text.parse().map_err(|_| LeafError::Value("at"))?;
        if stamp(at) == text { Ok(at) } else { Err(LeafError::Value("at")) }
    }

    fn hash(&mut self, key: &'static str) -> Result<Option<Hash>, LeafError> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        let mut hash = [0; 32];
        let lower = !text.bytes().any(|b| b.is_ascii_uppercase());
        if lower && hex::decode_to_slice(text.as_bytes(), &mut hash).is_ok() {
            Ok(Some(hash))
        } else {
            Err(LeafError::Value(key))
        }
    }

    fn content(&mut self) -> Result<Content<'a>, LeafError> {
        if self.take("body")? {
            if self.scanner.peek() != Some(b'{') {
                return Err(LeafError::Value("body"));
            }
            let body = self.scanner.value()?;
            self.advance()?;
            return Ok(Content::Body(body.as_bytes()));
        }
        Ok(Content::Sealed(Sealed {
            commit: self.hash("commit")?.ok_or(LeafError::Missing("body"))?,
            cipher: self.hash("cipher")?.ok_or(LeafError::Missing("cipher"))?,
            blob: self.hash("blob")?,
        }))
    }

    fn close(&mut self) -> Result<(), LeafError> {
        if let Some(found) = self.next {
            let known = KEYS.iter().find(|known| **known == found);
            return Err(known.map_or(LeafError::UnknownKey, |key| LeafError::MisplacedKey(key)));
        }
        self.scanner.expect(b'}')?;
        Ok(self.scanner.end()?)
    }
}

fn plain(text: RawString<'_>) -> Option<Cow<'_, str>> {
    if text.escaped {
        serde_json::from_str(&format!("\"{}\"", text.raw)).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(text.raw))
    }
}

/// What holds between the fields.
fn judge(leaf: Leaf<'_>) -> Result<Leaf<'_>, LeafError> {
    if let Some(cause) = leaf.caused_by.filter(|cause| *cause >= leaf.seq) {
        return Err(LeafError::CausedByLater(cause));
    }
    match (leaf.known_kind(), &leaf.content) {
        (Some(kind), Content::Body(_)) if kind.class() == Class::Personal => {
            Err(LeafError::PersonalInClear(kind.word()))
        }
        _ => Ok(leaf),
    }
}

/// What a leaf says of a sealed payload: `cipher` of [`Sealed`].
pub fn cipher(sealed_payload: &[u8]) -> Hash {
    sha256(sealed_payload)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn draft<'a>(actor: &'a Actor, content: Content<'a>) -> LeafDraft<'a> {
        LeafDraft {
            seq: 7,
            site: "nord",
            at: "2026-11-22T05:30:00.123456Z".parse().expect("an instant"),
            kind: Kind::LinkChanged,
            actor,
            object: "link",
            purpose: Some("early \"warning\""),
            caused_by: Some(6),
            content,
        }
    }

    const LINK: &str = r#"{"v":1,"seq":7,"site":"nord","at":"2026-11-22T05:30:00.123Z","kind":"link.changed","actor":"console","object":"link","purpose":"early \"warning\"","caused_by":6,"body":{"up":false}}"#;

    #[test]
    fn the_bytes_of_a_leaf_are_frozen() {
        let leaf = encode(&draft(&Actor::Console, Content::Body(br#"{"up":false}"#))).expect("encodes");
        assert_eq!(String::from_utf8(leaf.clone()).expect("text"), LINK);
        assert_eq!(
            hex::encode(hash(&leaf)),
            "31b8e39ffe0e08d204617ceaf7e48881c930f8302e5a5f2faa9609458b06339c"
        );
        let sealed = Sealed { commit: [1; 32], cipher: [2; 32], blob: Some([3; 32]) };
        let mut committed = draft(&Actor::Console, Content::Sealed(sealed));
        (committed.kind, committed.purpose, committed.caused_by) = (Kind::AttachmentKept, None, None);
        let leaf = encode(&committed).expect("encodes");
        let (ones, twos, threes) = ("01".repeat(32), "02".repeat(32), "03".repeat(32));
        let expected = format!(
            r#"{{"v":1,"seq":7,"site":"nord","at":"2026-11-22T05:30:00.123Z","kind":"attachment.kept","actor":"console","object":"link","commit":"{ones}","cipher":"{twos}","blob":"{threes}"}}"#
        );
        assert_eq!(String::from_utf8(leaf).expect("text"), expected);
    }

    #[test]
    fn a_leaf_says_what_was_written() {
        let leaf = decode(LINK.as_bytes()).expect("reads");
        assert_eq!((leaf.seq, leaf.site.as_ref(), leaf.caused_by), (7, "nord", Some(6)));
        assert_eq!(leaf.at.to_string(), "2026-11-22T05:30:00.123Z");
        assert_eq!(leaf.known_kind(), Some(Kind::LinkChanged));
        assert_eq!(leaf.purpose.as_deref(), Some("early \"warning\""));
        assert_eq!(leaf.content, Content::Body(br#"{"up":false}"#));
    }

    fn refusal(from: &str, to: &str) -> LeafError {
        assert!(LINK.contains(from), "the test must change something: {from}");
        decode(LINK.replacen(from, to, 1).as_bytes()).expect_err(to)
    }

    #[test]
    fn f43_duplicate_keys_and_numbers_that_nobody_can_keep_are_refused() {
        let json =
            |fault| move |error: LeafError| matches!(error, LeafError::Json { fault: f, .. } if f == fault);
        let (twice, number) = (json(JsonFault::DuplicateKey), json(JsonFault::BadNumber));
        assert!(twice(refusal(r#"{"up":false}"#, r#"{"up":false,"up":true}"#)));
        assert!(twice(refusal(r#"{"up":false}"#, r#"{"a":[{"up":false,"b":0,"up":true}]}"#)));
        assert_eq!(
            refusal(r#","caused_by":6"#, r#","caused_by":6,"caused_by":6"#),
            LeafError::MisplacedKey("caused_by")
        );
        assert_eq!(refusal(r#""seq":7"#, r#""seq":7,"seq":8"#), LeafError::MisplacedKey("seq"));
        for huge in ["1e400", "-1e400", "18446744073709551616", "12345678901234567890123456789"] {
            assert!(number(refusal("false", huge)), "{huge} in the body");
            assert!(number(refusal(":7,", &format!(":{huge},"))), "{huge} as seq");
            assert!(number(refusal(":6,", &format!(":{huge},"))), "{huge} as cause");
        }
        assert!(number(refusal("false", "0.12345678901234567890123456789")));
        // The writer is held to the same: a body that a reader would refuse never becomes a leaf.
        let body = Content::Body(br#"{"up":1e400}"#);
        assert!(number(encode(&draft(&Actor::Console, body)).expect_err("refused")));
    }

    #[test]
    fn everything_else_that_is_not_the_format_is_refused() {
        assert_eq!(refusal(r#""v":1"#, r#""v":2"#), LeafError::Version(2));
        assert_eq!(refusal(r#""v":1,"#, ""), LeafError::Missing("v"));
        assert_eq!(refusal(r#","site":"nord""#, ""), LeafError::Missing("site"));
        assert_eq!(refusal("nord", ""), LeafError::Value("site"));
        assert_eq!(refusal(r#""object""#, r#""subject""#), LeafError::UnknownKey);
        assert_eq!(refusal("}}", r#"},"extra":1}"#), LeafError::UnknownKey);
        assert_eq!(refusal("}}", r#"},"site":"nord"}"#), LeafError::MisplacedKey("site"));
        assert_eq!(refusal(r#","body":{"up":false}"#, ""), LeafError::Missing("body"));
        assert_eq!(refusal(r#"{"up":false}"#, "[]"), LeafError::Value("body"));
        assert_eq!(refusal(r#""caused_by":6"#, r#""caused_by":7"#), LeafError::CausedByLater(7));
        for instant in
            ["2026-11-22T05:30:00Z", "2026-11-22 05:30:00.123Z", "2026-11-22T06:30:00.123+01:00", "now"]
        {
            assert_eq!(refusal("2026-11-22T05:30:00.123Z", instant), LeafError::Value("at"), "{instant}");
        }
        let commit = format!(r#""commit":"{}""#, "0a".repeat(32));
        assert_eq!(refusal(r#""body":{"up":false}"#, &commit), LeafError::Missing("cipher"));
        let upper = format!(r#""commit":"{}""#, "0A".repeat(32));
        assert_eq!(refusal(r#""body":{"up":false}"#, &upper), LeafError::Value("commit"));
        for bytes in [b"\xff".as_slice(), b"", b"{", b"[]", b"{}"] {
            assert!(decode(bytes).is_err());
        }
        let long = format!(r#"{{"up":"{}"}}"#, "x".repeat(LEAF_BYTES_MAX));
        assert!(matches!(refusal(r#"{"up":false}"#, &long), LeafError::TooLong(_)));
    }

    #[test]
    fn personal_data_never_stands_in_the_open() {
        for kind in Kind::ALL.iter().filter(|kind| kind.class() == Class::Personal) {
            let mut open = draft(&Actor::Console, Content::Body(b"{}"));
            open.kind = *kind;
            assert_eq!(encode(&open), Err(LeafError::PersonalInClear(kind.word())));
        }
    }

    #[test]
    fn a_kind_from_a_later_version_is_read_and_not_known() {
        let later = LINK.replace("link.changed", "drone.sighted");
        assert_eq!(decode(later.as_bytes()).expect("reads").known_kind(), None);
    }

    proptest! {
        #[test]
        fn what_is_encoded_decodes_to_the_same(
            seq in 1u64.., cause in any::<proptest::sample::Index>(), site in "\\PC{1,20}", object in ".{1,40}",
            purpose in proptest::option::of(".{0,40}"), ms in 0i64..4_000_000_000_000,
        ) {
            let caused_by = Some(cause.index(seq.min(1 << 20) as usize) as u64);
            let at = Timestamp::from_millisecond(ms).expect("in range");
            let written = LeafDraft {
                seq, site: &site, at, object: &object, purpose: purpose.as_deref(), caused_by,
                ..draft(&Actor::Console, Content::Body(b"{}"))
            };
            let bytes = encode(&written).expect("encodes");
            let leaf = decode(&bytes).expect("decodes");
            prop_assert_eq!((leaf.seq, leaf.at, leaf.caused_by), (seq, at, caused_by));
            prop_assert_eq!((leaf.site, leaf.object), (Cow::from(site.as_str()), Cow::from(object.as_str())));
            prop_assert_eq!(leaf.purpose.as_deref(), purpose.as_deref());
        }

        #[test]
        fn one_byte_less_or_other_never_panics(at in 0usize..LINK.len(), byte in any::<u8>()) {
            let mut bytes = LINK.as_bytes().to_vec();
            bytes[at] = byte;
            let _ = decode(&bytes);
            prop_assert!(decode(&LINK.as_bytes()[..at]).is_err());
        }
    }

    #[test]
    fn a_leaf_of_the_longest_form_is_looked_at_and_one_byte_more_is_not() {
        let of = |bytes: usize| format!("{{\"{}", "x".repeat(bytes - 2)).into_bytes();
        assert!(!matches!(decode(&of(LEAF_BYTES_MAX)), Err(LeafError::TooLong(_))));
        assert_eq!(decode(&of(LEAF_BYTES_MAX + 1)).err(), Some(LeafError::TooLong(LEAF_BYTES_MAX + 1)));
    }

    #[test]
    fn a_leaf_names_its_payload_by_the_hash_of_the_sealed_bytes() {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex::encode(cipher(b"abc")), known);
    }
}
