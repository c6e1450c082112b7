//! Sealed files, chunk by chunk: a video of hours passes through a few hundred kilobytes of memory.
//!
//! ```text
//! "VGF" 0x01 ‖ prefix (19 bytes) ‖ chunk 0 ‖ chunk 1 ‖ …
//! ```
//!
//! Each chunk is 64 KiB of the file under XChaCha20-Poly1305 with its tag of 16 bytes; only the last is
//! shorter, and empty only when the file is. The nonce of a chunk is `prefix ‖ number (4 bytes, big-endian) ‖
//! 1 on the last chunk, else 0` (the STREAM construction, Hoang, Reyhanitabar, Rogaway, Vizár 2015), and
//! each tag also covers the header and the caller's `aad`. So a file that was cut, continued, or whose chunks
//! changed places does not open. Plaintext is given out only after its chunk's tag was right; the file as a
//! whole is good only once `finish` says so.

use super::{PayloadKey, SealError, commit_digest};
use crate::Hash;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

/// Plaintext bytes of a chunk.
pub const CHUNK_BYTES: usize = 64 << 10;
/// Random bytes that a new sealed file takes.
pub const PREFIX_BYTES: usize = 19;
const TAG_BYTES: usize = 16;
const MAGIC: [u8; 4] = *b"VGF\x01";
const HEADER_BYTES: usize = MAGIC.len() + PREFIX_BYTES;

/// What is known of a file once it is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileSeal {
    /// SHA-256 of the ciphertext: its name under `blobs/`, and `blob` in the leaf.
    pub cipher: Hash,
    /// SHA-256 of the file itself: what an expert of a court computes.
    pub plain: Hash,
    /// `sha256(salt ‖ plain)`.
    pub commit: Hash,
    /// Length of the file, in bytes.
    pub bytes: u64,
}

/// What both directions share.
struct Chunks {
    cipher: XChaCha20Poly1305,
    prefix: [u8; PREFIX_BYTES],
    aad: Vec<u8>,
    number: u32,
}

impl Chunks {
    fn new(key: &PayloadKey, prefix: [u8; PREFIX_BYTES], aad: &[u8]) -> Self {
        let aad = [&MAGIC, prefix.as_slice(), aad].concat();
        Self { cipher: XChaCha20Poly1305::new((&key.key).into()), prefix, aad, number: 0 }
    }

    fn nonce(&self, last: bool) -> XNonce {
        let mut nonce = [0; 24];
        nonce[..PREFIX_BYTES].copy_from_slice(&self.prefix);
        nonce[PREFIX_BYTES..23].copy_from_slice(&self.number.to_be_bytes());
        nonce[23] = u8::from(last);
        nonce.into()
    }

    fn step(&mut self, last: bool) -> Result<(), SealError> {
        match self.number.checked_add(1) {
            Some(next) => self.number = next,
            // The last of 2³² chunks (256 TiB) may still be the end of the file.
            None if last => {}
            None => return Err(SealError::TooLong),
        }
        Ok(())
    }

    fn seal(&mut self, buffer: &mut Vec<u8>, last: bool) -> Result<(), SealError> {
        let nonce = self.nonce(last);
        self.cipher.encrypt_in_place(&nonce, &self.aad, buffer).map_err(|_| SealError::TooLong)?;
        self.step(last)
    }

    fn open(&mut self, buffer: &mut Vec<u8>, last: bool) -> Result<(), SealError> {
        let nonce = self.nonce(last);
        self.cipher.decrypt_in_place(&nonce, &self.aad, buffer).map_err(|_| SealError::Refused)?;
        self.step(last)
    }
}

/// Seals a file that arrives piece by piece.
pub struct FileSealer {
    chunks: Chunks,
    salt: [u8; 32],
    /// Plaintext that is not sealed yet: the last chunk is known only when nothing follows.
    held: Vec<u8>,
    plain: Sha256,
    cipher: Sha256,
    bytes: u64,
    headed: bool,
}

impl FileSealer {
    /// Starts a file. `prefix` is random; `aad` binds the file to its place.
    pub fn new(key: &PayloadKey, aad: &[u8], prefix: [u8; PREFIX_BYTES]) -> Self {
        Self {
            chunks: Chunks::new(key, prefix, aad),
            salt: key.salt,
            held: Vec::with_capacity(CHUNK_BYTES + TAG_BYTES),
            plain: Sha256::new(),
            cipher: Sha256::new(),
            bytes: 0,
            headed: false,
        }
    }

    /// Takes the next piece, of any length, and appends what is sealed so far to `out`.
    pub fn update(&mut self, mut piece: &[u8], out: &mut Vec<u8>) -> Result<(), SealError> {
        self.plain.update(piece);
        self.bytes += piece.len() as u64;
        while !piece.is_empty() {
            if self.held.len() == CHUNK_BYTES {
                self.flush(false, out)?;
            }
            let (taken, rest) = piece.split_at(piece.len().min(CHUNK_BYTES - self.held.len()));
            self.held.extend_from_slice(taken);
            piece = rest;
        }
        Ok(())
    }

    /// Seals the end and says what the file was.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<FileSeal, SealError> {
        self.flush(true, out)?;
        let plain = self.plain.finalize().into();
        Ok(FileSeal {
            cipher: self.cipher.finalize().into(),
            plain,
            commit: commit_digest(&self.salt, &plain),
            bytes: self.bytes,
        })
    }

    fn flush(&mut self, last: bool, out: &mut Vec<u8>) -> Result<(), SealError> {
        let start = out.len();
        if !self.headed {
            out.extend_from_slice(&MAGIC);
            out.extend_from_slice(&self.chunks.prefix);
            self.headed = true;
        }
        self.chunks.seal(&mut self.held, last)?;
        out.extend_from_slice(&self.held);
        self.held.clear();
        self.cipher.update(&out[start..]);
        Ok(())
    }
}

/// Opens a sealed file that arrives piece by piece.
pub struct FileOpener {
    key: PayloadKey,
    aad: Vec<u8>,
    /// Known once the header is read.
    chunks: Option<Chunks>,
    held: Vec<u8>,
}

impl FileOpener {
    /// Starts to open a file sealed under `key` and `aad`.
    pub fn new(key: &PayloadKey, aad: &[u8]) -> Self {
        Self { key: key.clone(), aad: aad.to_vec(), chunks: None, held: Vec::new() }
    }

    /// Takes the next piece of ciphertext, of any length, and appends to `out` the plaintext of every chunk
    /// whose tag was right.
    pub fn update(&mut self, mut piece: &[u8], out: &mut Vec<u8>) -> Result<(), SealError> {
        while !piece.is_empty() {
            let full = if self.chunks.is_some() { CHUNK_BYTES + TAG_BYTES } else { HEADER_BYTES };
            if self.held.len() == full {
                self.chunk(false, out)?;
                continue;
            }
            let (taken, rest) = piece.split_at(piece.len().min(full - self.held.len()));
            self.held.extend_from_slice(taken);
            piece = rest;
            if self.chunks.is_none() && self.held.len() == HEADER_BYTES {
                self.header()?;
            }
        }
        Ok(())
    }

    /// Opens the last chunk: only now is the file known to be whole.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), SealError> {
        if self.chunks.is_none() || self.held.len() < TAG_BYTES {
            return Err(SealError::Truncated);
        }
        // An empty chunk ends an empty file and no other: else one file would have two forms.
        let follows = self.chunks.as_ref().is_some_and(|chunks| chunks.number > 0);
        if follows && self.held.len() == TAG_BYTES {
            return Err(SealError::Refused);
        }
        self.chunk(true, out)
    }

    fn header(&mut self) -> Result<(), SealError> {
        let (magic, prefix) = self.held.split_at(MAGIC.len());
        if magic[..3] != MAGIC[..3] {
            return Err(SealError::Refused);
        }
        if magic[3] != MAGIC[3] {
            return Err(SealError::Version(magic[3]));
        }
        let prefix = prefix.try_into().map_err(|_| SealError::Truncated)?;
        self.chunks = Some(Chunks::new(&self.key, prefix, &self.aad));
        self.held.clear();
        Ok(())
    }

    fn chunk(&mut self, last: bool, out: &mut Vec<u8>) -> Result<(), SealError> {
        let chunks = self.chunks.as_mut().ok_or(SealError::Truncated)?;
        chunks.open(&mut self.held, last)?;
        out.extend_from_slice(&self.held);
        self.held.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> PayloadKey {
        PayloadKey { key: [1; 32], salt: [2; 32] }
    }

    fn text(bytes: usize) -> Vec<u8> {
        (0..bytes).map(|n| (n * 31 % 251) as u8).collect()
    }

    fn sealed(plain: &[u8], piece: usize) -> (Vec<u8>, FileSeal) {
        let mut out = Vec::new();
        let mut sealer = FileSealer::new(&key(), b"here", [3; PREFIX_BYTES]);
        plain.chunks(piece).for_each(|part| sealer.update(part, &mut out).expect("seals"));
        let seal = sealer.finish(&mut out).expect("ends");
        (out, seal)
    }

    fn opened(cipher: &[u8], piece: usize, aad: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut out = Vec::new();
        let mut opener = FileOpener::new(&key(), aad);
        cipher.chunks(piece).try_for_each(|part| opener.update(part, &mut out))?;
        opener.finish(&mut out).map(|()| out)
    }

    const CHUNK: usize = CHUNK_BYTES + TAG_BYTES;

    #[test]
    fn a_file_opens_to_what_it_was_at_every_length_around_a_chunk() {
        for bytes in
            [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 2 * CHUNK_BYTES + 9]
        {
            let plain = text(bytes);
            let (cipher, seal) = sealed(&plain, 10_007);
            assert_eq!(opened(&cipher, 4_099, b"here").expect("opens"), plain, "{bytes} bytes");
            assert_eq!(seal.cipher, crate::sha256(&cipher));
            assert_eq!(seal.plain, crate::sha256(&plain));
            assert_eq!(seal.commit, crate::seal::commit(&key().salt, &plain));
            assert_eq!(seal.bytes, bytes as u64);
            let chunks = bytes.div_ceil(CHUNK_BYTES).max(1);
            assert_eq!(cipher.len(), HEADER_BYTES + bytes + chunks * TAG_BYTES);
        }
    }

    #[test]
    fn the_form_of_a_sealed_file_is_frozen() {
        let cipher = hex::encode(sealed(&text(CHUNK_BYTES + 5), 1 << 20).1.cipher);
        assert_eq!(cipher, "96e1ae0afbb01c087dfae17ca0da100fae45a06f6d3a65295bbf992e006c6895");
    }

    #[test]
    fn a_cut_file_does_not_open_wherever_it_was_cut() {
        let (cipher, _) = sealed(&text(2 * CHUNK_BYTES + 5), 1 << 20);
        let edges = [0, 3, HEADER_BYTES, HEADER_BYTES + CHUNK, HEADER_BYTES + 2 * CHUNK];
        for cut in edges.iter().flat_map(|edge| [edge.saturating_sub(1), *edge, edge + 1]) {
            assert!(opened(&cipher[..cut], 1 << 20, b"here").is_err(), "cut at {cut}");
        }
        assert!(opened(&cipher[..cipher.len() - 1], 1 << 20, b"here").is_err());
    }

    #[test]
    fn chunks_that_changed_places_or_were_repeated_do_not_open() {
        let (cipher, _) = sealed(&text(3 * CHUNK_BYTES), 1 << 20);
        let (head, body) = cipher.split_at(HEADER_BYTES);
        let chunks: Vec<&[u8]> = body.chunks(CHUNK).collect();
        for order in [[1, 0, 2].as_slice(), &[0, 2, 1], &[0, 0, 1, 2], &[0, 2], &[0, 1, 2, 2], &[2]] {
            let moved: Vec<u8> = order.iter().flat_map(|n| chunks[*n].iter().copied()).collect();
            assert!(opened(&[head, &moved].concat(), 1 << 20, b"here").is_err(), "{order:?}");
        }
        assert!(opened(&[&cipher, b"x".as_slice()].concat(), 1 << 20, b"here").is_err());
        assert_eq!(opened(&cipher, 1 << 20, b"elsewhere"), Err(SealError::Refused));
        let mut later = cipher.clone();
        later[3] = 2;
        assert_eq!(opened(&later, 1 << 20, b"here"), Err(SealError::Version(2)));
    }

    #[test]
    fn the_pieces_in_which_a_file_arrives_do_not_matter() {
        let plain = text(CHUNK_BYTES + 100);
        let (whole, _) = sealed(&plain, usize::MAX);
        for piece in [1, 7, CHUNK_BYTES, CHUNK_BYTES + 1] {
            assert_eq!(sealed(&plain, piece).0, whole);
            assert_eq!(opened(&whole, piece, b"here").expect("opens"), plain);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_changed_byte_anywhere_is_noticed(at in any::<proptest::sample::Index>(), bit in 0u8..8) {
            let (mut cipher, _) = sealed(&text(CHUNK_BYTES + 3), 1 << 20);
            let at = at.index(cipher.len());
            cipher[at] ^= 1 << bit;
            prop_assert!(opened(&cipher, 1 << 20, b"here").is_err());
        }
    }

    #[test]
    fn after_the_last_number_only_an_end_may_come() {
        let mut chunks = Chunks::new(&key(), [0; PREFIX_BYTES], b"");
        chunks.number = u32::MAX - 1;
        assert_eq!(chunks.step(false), Ok(()));
        assert_eq!(chunks.step(false), Err(SealError::TooLong));
        assert_eq!(chunks.step(true), Ok(()));
    }

    #[test]
    fn an_end_without_a_whole_tag_is_cut_off() {
        let (cipher, _) = sealed(b"people gathering", 4);
        for bytes in 0..HEADER_BYTES + TAG_BYTES {
            assert_eq!(opened(&cipher[..bytes], 7, b"here"), Err(SealError::Truncated), "{bytes} bytes");
        }
    }

    #[test]
    fn one_file_has_one_form_and_no_empty_chunk_behind_others() {
        let mut chunks = Chunks::new(&key(), [3; PREFIX_BYTES], b"here");
        let (mut full, mut empty) = (text(CHUNK_BYTES), Vec::new());
        chunks.seal(&mut full, false).expect("seals");
        chunks.seal(&mut empty, true).expect("seals");
        let cipher = [&MAGIC, [3; PREFIX_BYTES].as_slice(), &full, &empty].concat();
        assert_eq!(opened(&cipher, 10_007, b"here"), Err(SealError::Refused));
    }
}
