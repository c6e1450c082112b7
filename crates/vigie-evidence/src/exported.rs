//! How a journal lies in a folder of plain files, so that it can be kept, moved and checked without Vigie.
//!
//! ```text
//! entries.jsonl             every leaf, one a line, the very bytes that were hashed and signed
//! payloads/000.jsonl        sealed contents of entries 0 to 255, one a line ([`ContentLine`]); then 001, …, x001/000
//! payloads/files/ab/abcd…   sealed files, each under the SHA-256 of its bytes
//! tile/…                    hashes and entry bundles (C2SP `tlog-tiles`)
//! checkpoint                the last signed state (C2SP `tlog-checkpoint` in a `signed-note`)
//! checkpoints/1234          of a journal in several generations: the signed states at and after each hand-over, each
//!                           under the number of entries that it covers
//! manifest-sha256.txt       the hash of every other file, as `sha256sum -c` reads it
//! ```

use crate::seal::PayloadKey;
use crate::tree::{TILE_WIDTH, tile_path};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Every leaf, one a line.
pub const ENTRIES: &str = "entries.jsonl";
/// The last signed state.
pub const CHECKPOINT: &str = "checkpoint";
/// Below it stand the signed states at and after each hand-over from one generation to the next.
pub const CHECKPOINTS: &str = "checkpoints";
/// The hashes of all other files.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// Below it stand the sealed contents.
pub const PAYLOADS: &str = "payloads";
/// Longest line of a payload file, in bytes: a sealed content, its text beside it, and what binds them.
pub const LINE_BYTES_MAX: usize = 64 << 20;

/// Where the signed state over `size` entries stands, where it is not the last.
pub fn state_path(size: u64) -> String {
    format!("{CHECKPOINTS}/{size}")
}

/// How many entries the state in the file of this name covers; a number in any other writing is none.
pub fn state_size(name: &str) -> Option<u64> {
    name.parse().ok().filter(|size: &u64| size.to_string() == name)
}

/// Where the contents of the entries `256 × index …` stand.
pub fn payload_path(index: u64) -> String {
    let place = tile_path(None, index, TILE_WIDTH);
    format!("{PAYLOADS}/{}.jsonl", place.trim_start_matches("tile/entries/"))
}

/// Where the sealed file of this hash (hexadecimal) stands.
pub fn file_path(cipher_sha256: &str) -> String {
    format!("{PAYLOADS}/files/{}/{cipher_sha256}", cipher_sha256.get(..2).unwrap_or_default())
}

/// One sealed content.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'a> {
    seq: u64,
    #[serde(borrow)]
    sealed: std::borrow::Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    salt: Option<String>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    body: Option<&'a RawValue>,
}

/// One sealed content, with what opens it where the export was made in the open.
pub struct ContentLine {
    /// The entry.
    pub seq: u64,
    /// The sealed bytes, as stored.
    pub sealed: Vec<u8>,
    /// What opens them.
    pub key: Option<PayloadKey>,
    /// The content in the clear, the very bytes that the entry commits to.
    pub body: Option<Vec<u8>>,
}

impl ContentLine {
    /// The line, without its end; `None` where the content in the clear is no JSON text.
    pub fn write(&self) -> Option<String> {
        let body = match &self.body {
            Some(body) => Some(serde_json::from_slice::<&RawValue>(body).ok()?),
            None => None,
        };
        serde_json::to_string(&Written {
            seq: self.seq,
            sealed: BASE64.encode(&self.sealed).into(),
            key: self.key.as_ref().map(|key| hex::encode(key.key)),
            salt: self.key.as_ref().map(|key| hex::encode(key.salt)),
            body,
        })
        .ok()
    }

    /// The content that `line` holds; `None` where it is none.
    pub fn read(line: &[u8]) -> Option<Self> {
        let written: Written<'_> = serde_json::from_slice(line).ok()?;
        let key = match (&written.key, &written.salt) {
            (Some(key), Some(salt)) => Some(PayloadKey { key: hash(key)?, salt: hash(salt)? }),
            (None, None) => None,
            _ => return None,
        };
        Some(Self {
            seq: written.seq,
            sealed: BASE64.decode(written.sealed.as_ref()).ok()?,
            key,
            body: written.body.map(|body| body.get().as_bytes().to_vec()),
        })
    }
}

fn hash(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}

/// A line of the manifest: hash and path, as `sha256sum` writes them.
pub fn manifest_line(sha256: &[u8; 32], path: &str) -> String {
    format!("{}  {path}\n", hex::encode(sha256))
}

/// Hash and path of a line of the manifest. A path that leads out of the folder, or that two systems would read
/// differently, is none.
pub fn read_manifest_line(line: &str) -> Option<([u8; 32], &str)> {
    let (digest, path) = line.split_once("  ")?;
    let plain = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    path.split('/').all(plain).then_some(())?;
    Some((hash(digest)?, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_reads_back_as_it_was_written() {
        let key = PayloadKey { key: [1; 32], salt: [2; 32] };
        let body = br#"{"text":"n\u00e9","n":1.50}"#.to_vec();
        let open = ContentLine { seq: 7, sealed: vec![1, 2, 3], key: Some(key), body: Some(body.clone()) };
        let line = open.write().expect("writes");
        let back = ContentLine::read(line.as_bytes()).expect("reads");
        assert_eq!((back.seq, back.sealed, back.body), (7, vec![1, 2, 3], Some(body)));
        assert_eq!(back.key.as_ref().map(|key| (key.key, key.salt)), Some(([1; 32], [2; 32])));
        let sealed = ContentLine { seq: 0, sealed: vec![9], key: None, body: None };
        assert_eq!(sealed.write().expect("writes"), r#"{"seq":0,"sealed":"CQ=="}"#);
        let back = ContentLine::read(br#"{"seq":0,"sealed":"CQ=="}"#).expect("reads");
        assert_eq!((back.sealed, back.key.is_none(), back.body), (vec![9], true, None));
        for wrong in
            ["", "{}", r#"{"seq":0,"sealed":"CQ==","key":"00"}"#, r#"{"seq":0,"sealed":"CQ==","x":1}"#]
        {
            assert!(ContentLine::read(wrong.as_bytes()).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_manifest_names_nothing_outside_its_folder() {
        let line = manifest_line(&[0xab; 32], "tile/0/000.p/5");
        assert_eq!(read_manifest_line(line.trim_end()), Some(([0xab; 32], "tile/0/000.p/5")));
        for path in ["../x", "/etc/passwd", "a//b", "a/./b", "a\\b", "a/..", "", "a b"] {
            let line = manifest_line(&[0; 32], path);
            assert_eq!(read_manifest_line(line.trim_end()), None, "{path}");
        }
        assert_eq!((state_path(12), state_size("12")), ("checkpoints/12".to_owned(), Some(12)));
        assert!(["", "012", "+12", "12 ", "x"].iter().all(|name| state_size(name).is_none()));
        assert_eq!(payload_path(0), "payloads/000.jsonl");
        assert_eq!(payload_path(1_234), "payloads/x001/234.jsonl");
        assert_eq!(file_path("ab12"), "payloads/files/ab/ab12");
        assert_eq!(LINE_BYTES_MAX, 67_108_864);
    }
}
