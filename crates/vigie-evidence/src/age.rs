//! Seals a backup's keys to people who are not the site: files in the form of age, version 1, for X25519 keys.
//!
//! Anybody who holds the identity opens such a file with `age -d`, without Vigie. Only one sort of recipient is
//! written and read; files for other sorts are refused as not addressed to us. Random bytes are arguments. Source:
//! C2SP `age.md`. The crate of that name would bring 56 libraries more into the lock, for identities (SSH, plugins,
//! post-quantum hybrids, terminals) that a site has no use for; the primitives here are those of the seals.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use bech32::{Bech32, Hrp};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::io::Read;
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};
use zeroize::{Zeroize, Zeroizing};

/// What the name of a sealed file ends in.
pub const ENDING: &str = ".age";

const INTRO: &str = "age-encryption.org/v1\n";
const LABEL: &[u8] = b"age-encryption.org/v1/X25519";
const CHUNK_BYTES: usize = 64 << 10;
const TAG_BYTES: usize = 16;
const SEALED_BYTES: usize = CHUNK_BYTES + TAG_BYTES;
const NONCE_BYTES: usize = 16;
/// Longest header that is read: a few hundred recipients.
const HEADER_BYTES_MAX: usize = 64 << 10;

/// Why something is no key, or does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AgeError {
    /// Not `age1…`.
    #[error("this is not an age recipient (age1…)")]
    NotARecipient,
    /// No `AGE-SECRET-KEY-1…` in it.
    #[error("this holds no age identity (AGE-SECRET-KEY-1…)")]
    NotAnIdentity,
    /// Not an age file, or a damaged header.
    #[error("this is not an age file")]
    NotAge,
    /// None of its recipients is this identity.
    #[error("the file was not sealed to this identity")]
    OtherRecipient,
    /// Cut off, continued or changed.
    #[error("the file was changed or cut off")]
    Changed,
}

/// Somebody to whom files are sealed: the public half.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient([u8; 32]);

impl Recipient {
    /// Reads `age1…`.
    pub fn parse(text: &str) -> Result<Self, AgeError> {
        key_of(text.trim(), "age").map(Self).ok_or(AgeError::NotARecipient)
    }
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = Hrp::parse("age").ok().and_then(|hrp| bech32::encode::<Bech32>(hrp, &self.0).ok());
        f.write_str(&text.unwrap_or_default())
    }
}

/// The secret half. Wiped when dropped.
#[derive(Clone)]
pub struct Identity([u8; 32]);

impl Drop for Identity {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Identity {
    /// From 32 random bytes.
    pub const fn from_random(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads an identity file: comments begin with `#`, one line is `AGE-SECRET-KEY-1…`.
    pub fn parse(text: &str) -> Result<Self, AgeError> {
        let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
        line.and_then(|line| key_of(line, "age-secret-key-")).map(Self).ok_or(AgeError::NotAnIdentity)
    }

    /// The identity as text, `AGE-SECRET-KEY-1…`.
    pub fn to_text(&self) -> Zeroizing<String> {
        let hrp = Hrp::parse("AGE-SECRET-KEY-").ok();
        Zeroizing::new(
            hrp.and_then(|hrp| bech32::encode_upper::<Bech32>(hrp, &self.0).ok()).unwrap_or_default(),
        )
    }

    /// Its public half.
    pub fn recipient(&self) -> Recipient {
        Recipient(x25519(self.0, X25519_BASEPOINT_BYTES))
    }
}

fn key_of(text: &str, name: &str) -> Option<[u8; 32]> {
    let parsed = bech32::primitives::decode::CheckedHrpstring::new::<Bech32>(text).ok()?;
    if !parsed.hrp().as_str().eq_ignore_ascii_case(name) {
        return None;
    }
    parsed.byte_iter().collect::<Vec<u8>>().try_into().ok()
}

/// What a seal draws by chance.
pub struct Chance {
    /// Key of the file.
    pub file_key: [u8; 16],
    /// Secret of the one recipient's stanza.
    pub ephemeral: [u8; 32],
    /// Nonce of the payload.
    pub nonce: [u8; NONCE_BYTES],
}

fn hkdf(key: &[u8], salt: &[u8], info: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0; 32]);
    // 32 bytes are never too long for HKDF-SHA-256.
    let _ = Hkdf::<Sha256>::new(Some(salt), key).expand(info, out.as_mut_slice());
    out
}

fn header_mac(file_key: &[u8], header: &str) -> Hmac<Sha256> {
    let key = hkdf(file_key, b"", b"header");
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key.as_slice())
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of every length"));
    mac.update(header.as_bytes());
    mac
}

fn wrap_key(shared: &[u8; 32], ephemeral: &[u8; 32], to: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    hkdf(shared, &[ephemeral.as_slice(), to].concat(), LABEL)
}

/// Nonce of chunk `number`: eleven bytes of counter, and whether it is the last.
fn chunk_nonce(number: u64, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&number.to_be_bytes());
    nonce[11] = u8::from(last);
    Nonce::from(nonce)
}

/// Seals a stream to one recipient.
pub struct Sealer {
    cipher: ChaCha20Poly1305,
    waiting: Vec<u8>,
    number: u64,
}

impl Sealer {
    /// Starts a file, whose head is written to `out`.
    pub fn new(to: &Recipient, chance: &Chance, out: &mut Vec<u8>) -> Self {
        let public = x25519(chance.ephemeral, X25519_BASEPOINT_BYTES);
        let shared = Zeroizing::new(x25519(chance.ephemeral, to.0));
        let key = wrap_key(&shared, &public, &to.0);
        let wrapped = cipher(&key).encrypt(&Nonce::from([0; 12]), chance.file_key.as_slice());
        // Sixteen bytes are never too long for the cipher.
        let wrapped = wrapped.unwrap_or_default();
        let head = format!("{INTRO}-> X25519 {}\n{}\n---", BASE64.encode(public), BASE64.encode(wrapped));
        let mac = header_mac(&chance.file_key, &head).finalize().into_bytes();
        out.extend_from_slice(format!("{head} {}\n", BASE64.encode(mac)).as_bytes());
        out.extend_from_slice(&chance.nonce);
        Self { cipher: payload_cipher(&chance.file_key, &chance.nonce), waiting: Vec::new(), number: 0 }
    }

    /// Seals `bytes`; what is complete goes to `out`.
    pub fn update(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        self.waiting.extend_from_slice(bytes);
        // The last chunk is marked, so a full one waits until it is known that more follows.
        while self.waiting.len() > CHUNK_BYTES {
            let rest = self.waiting.split_off(CHUNK_BYTES);
            let full = std::mem::replace(&mut self.waiting, rest);
            self.chunk(&full, false, out);
        }
    }

    /// Ends the file.
    pub fn finish(mut self, out: &mut Vec<u8>) {
        let last = std::mem::take(&mut self.waiting);
        self.chunk(&last, true, out);
    }

    fn chunk(&mut self, plain: &[u8], last: bool, out: &mut Vec<u8>) {
        let sealed = self.cipher.encrypt(&chunk_nonce(self.number, last), plain);
        // A chunk is never too long for the cipher.
        out.extend_from_slice(&sealed.unwrap_or_default());
        self.number += 1;
    }
}

/// The sealed file of `plain`, whole.
pub fn sealed(to: &Recipient, chance: &Chance, plain: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(plain.len() + 512);
    let mut sealer = Sealer::new(to, chance, &mut out);
    sealer.update(plain, &mut out);
    sealer.finish(&mut out);
    out
}

fn payload_cipher(file_key: &[u8], nonce: &[u8]) -> ChaCha20Poly1305 {
    cipher(&hkdf(file_key, nonce, b"payload"))
}

fn cipher(key: &[u8; 32]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(key.into())
}

/// Opens a stream.
pub struct Opener {
    identity: Identity,
    waiting: Vec<u8>,
    cipher: Option<ChaCha20Poly1305>,
    number: u64,
}

impl Opener {
    /// Opens with `identity`.
    pub const fn new(identity: Identity) -> Self {
        Self { identity, waiting: Vec::new(), cipher: None, number: 0 }
    }

    /// Takes the next bytes of the file; what opens goes to `out`.
    pub fn update(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), AgeError> {
        self.waiting.extend_from_slice(bytes);
        if self.cipher.is_none() && !self.head()? {
            return Ok(());
        }
        while self.waiting.len() > SEALED_BYTES {
            let rest = self.waiting.split_off(SEALED_BYTES);
            let full = std::mem::replace(&mut self.waiting, rest);
            self.chunk(&full, false, out)?;
        }
        Ok(())
    }

    /// Ends the file: a cut one is refused.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), AgeError> {
        let last = std::mem::take(&mut self.waiting);
        // Only an empty file ends in an empty chunk.
        if last.len() <= TAG_BYTES && self.number > 0 {
            return Err(AgeError::Changed);
        }
        self.chunk(&last, true, out)
    }

    fn chunk(&mut self, sealed: &[u8], last: bool, out: &mut Vec<u8>) -> Result<(), AgeError> {
        let cipher = self.cipher.as_ref().ok_or(AgeError::NotAge)?;
        let plain = cipher.decrypt(&chunk_nonce(self.number, last), sealed).map_err(|_| AgeError::Changed)?;
        let plain = Zeroizing::new(plain);
        out.extend_from_slice(&plain);
        self.number += 1;
        Ok(())
    }

    /// Reads the head once it is whole.
    fn head(&mut self) -> Result<bool, AgeError> {
        let known = self.waiting.len().min(INTRO.len());
        if self.waiting[..known] != INTRO.as_bytes()[..known] {
            return Err(AgeError::NotAge);
        }
        let end = self.waiting.windows(5).position(|five| five == b"\n--- ");
        let Some(end) = end else {
            return if self.waiting.len() > HEADER_BYTES_MAX { Err(AgeError::NotAge) } else { Ok(false) };
        };
        let tail = end + 5;
        let Some(line) = self.waiting[tail..].iter().position(|byte| *byte == b'\n') else {
            return Ok(false);
        };
        if self.waiting.len() < tail + line + 1 + NONCE_BYTES {
            return Ok(false);
        }
        let head = std::str::from_utf8(&self.waiting[..end + 4]).map_err(|_| AgeError::NotAge)?;
        let mac = BASE64.decode(&self.waiting[tail..tail + line]).map_err(|_| AgeError::NotAge)?;
        let file_key = self.file_key(head)?;
        header_mac(file_key.as_slice(), head).verify_slice(&mac).map_err(|_| AgeError::Changed)?;
        let body = tail + line + 1;
        let rest = self.waiting.split_off(body + NONCE_BYTES);
        self.cipher = Some(payload_cipher(file_key.as_slice(), &self.waiting[body..]));
        self.waiting = rest;
        Ok(true)
    }

    /// The key of the file, from the first stanza that this identity opens.
    fn file_key(&self, head: &str) -> Result<Zeroizing<Vec<u8>>, AgeError> {
        let mut lines = head.lines().skip(1).peekable();
        let own = self.identity.recipient();
        while let Some(line) = lines.next() {
            let Some(stanza) = line.strip_prefix("-> ") else { continue };
            let mut body = String::new();
            while let Some(more) = lines.next_if(|line| !line.starts_with("-> ") && !line.starts_with("---"))
            {
                body.push_str(more);
            }
            let ephemeral = stanza.strip_prefix("X25519 ").and_then(|text| BASE64.decode(text).ok());
            let Some(Ok(ephemeral)) = ephemeral.map(<[u8; 32]>::try_from) else { continue };
            let shared = Zeroizing::new(x25519(self.identity.0, ephemeral));
            let wrapped = BASE64.decode(&body).unwrap_or_default();
            // A low-order point gives a shared secret of zeroes: whoever sent it knows the key.
            if *shared == [0; 32] || wrapped.len() != 16 + TAG_BYTES {
                continue;
            }
            let key = wrap_key(&shared, &ephemeral, &own.0);
            if let Ok(file_key) = cipher(&key).decrypt(&Nonce::from([0; 12]), wrapped.as_slice()) {
                return Ok(Zeroizing::new(file_key));
            }
        }
        Err(AgeError::OtherRecipient)
    }
}

/// A sealed file that is opened piece by piece while it is read. What does not open is an error that holds an
/// [`AgeError`].
pub struct Unsealing<R> {
    from: R,
    opener: Option<Opener>,
    ready: Zeroizing<Vec<u8>>,
    at: usize,
}

impl<R> Unsealing<R> {
    /// Opens what `from` gives with `identity`.
    pub fn new(from: R, identity: Identity) -> Self {
        Self { from, opener: Some(Opener::new(identity)), ready: Zeroizing::new(Vec::new()), at: 0 }
    }
}

impl<R: Read> Read for Unsealing<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.ready.len() {
            let Some(opener) = self.opener.as_mut() else { return Ok(0) };
            self.ready.clear();
            self.at = 0;
            let mut piece = vec![0; CHUNK_BYTES];
            let read = self.from.read(&mut piece)?;
            if read > 0 {
                opener.update(&piece[..read], &mut self.ready).map_err(std::io::Error::other)?;
            } else if let Some(opener) = self.opener.take() {
                opener.finish(&mut self.ready).map_err(std::io::Error::other)?;
            }
        }
        let length = into.len().min(self.ready.len() - self.at);
        into[..length].copy_from_slice(&self.ready[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANCE: Chance = Chance { file_key: [1; 16], ephemeral: [2; 32], nonce: [3; 16] };

    fn sealed(to: &Recipient, plain: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut sealer = Sealer::new(to, &CHANCE, &mut out);
        for piece in plain.chunks(10_007) {
            sealer.update(piece, &mut out);
        }
        sealer.finish(&mut out);
        out
    }

    fn opened(identity: Identity, sealed: &[u8]) -> Result<Vec<u8>, AgeError> {
        let mut opener = Opener::new(identity);
        let mut out = Vec::new();
        for piece in sealed.chunks(7_001) {
            opener.update(piece, &mut out)?;
        }
        opener.finish(&mut out)?;
        Ok(out)
    }

    fn identity() -> Identity {
        Identity::from_random([9; 32])
    }

    #[test]
    fn what_was_sealed_opens_whatever_its_length() {
        for length in [0, 1, 100, 65_535, 65_536, 65_537, 131_072, 200_000] {
            let plain: Vec<u8> = (0..length).map(|n: usize| n as u8).collect();
            let file = sealed(&identity().recipient(), &plain);
            assert_eq!(opened(identity(), &file).expect("opens"), plain, "{length}");
            assert_eq!(super::sealed(&identity().recipient(), &CHANCE, &plain), file);
            let mut read = Vec::new();
            Unsealing::new(file.as_slice(), identity()).read_to_end(&mut read).expect("reads");
            assert_eq!(read, plain, "{length}");
        }
    }

    #[test]
    fn every_changed_byte_and_every_cut_is_refused() {
        let file = sealed(&identity().recipient(), &[7; 300]);
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert!(opened(identity(), &changed).is_err(), "byte {at}");
            assert!(opened(identity(), &file[..at]).is_err(), "cut at {at}");
        }
        let more = [file.as_slice(), b"x"].concat();
        assert!(opened(identity(), &more).is_err());
        let long = sealed(&identity().recipient(), &vec![7; 65_536]);
        assert!(opened(identity(), &long[..long.len() - 1]).is_err());
    }

    #[test]
    fn nobody_else_opens_it() {
        let file = sealed(&identity().recipient(), b"keys");
        assert_eq!(opened(Identity::from_random([8; 32]), &file), Err(AgeError::OtherRecipient));
        assert_eq!(opened(identity(), b"no age file at all, only words"), Err(AgeError::NotAge));
    }

    #[test]
    fn keys_read_back_and_nothing_else_reads() {
        let text = identity().to_text();
        assert!(text.starts_with("AGE-SECRET-KEY-1"));
        let file = format!("# made today\n{}\n", text.as_str());
        let recipient = Identity::parse(&file).expect("reads").recipient();
        assert_eq!(Recipient::parse(&recipient.to_string()), Ok(identity().recipient()));
        for bad in
            ["", "age1", "AGE-SECRET-KEY-1", &recipient.to_string().to_uppercase()[..60], text.as_str()]
        {
            assert!(Recipient::parse(bad).is_err(), "{bad}");
        }
        assert!(Identity::parse(&recipient.to_string()).is_err());
    }
}
