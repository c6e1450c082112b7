//! Bytes to text when the sender's character set is not what it should be.
//!
//! UTF-8 is taken as it is. Anything else is a guess: it is shown as well as it can be, and the caller keeps
//! the bytes as received beside it, so that a better reading stays possible.

use std::borrow::Cow;
use std::io::{self, Read};

/// A text and whether it had to be guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text<'a> {
    pub text: Cow<'a, str>,
    pub guessed: bool,
}

/// Reads one field.
pub(crate) fn read(bytes: &[u8]) -> Text<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Text { text: Cow::Borrowed(text), guessed: false },
        Err(_) => Text { text: Cow::Owned(guess(bytes)), guessed: true },
    }
}

/// Reads a line in which the quote mark separates parts that may each have their own character set.
pub(crate) fn read_quoted(line: &[u8]) -> Text<'_> {
    if let Ok(text) = std::str::from_utf8(line) {
        return Text { text: Cow::Borrowed(text), guessed: false };
    }
    let parts: Vec<Cow<'_, str>> = line.split(|byte| *byte == b'"').map(|part| read(part).text).collect();
    Text { text: Cow::Owned(parts.join("\"")), guessed: true }
}

fn guess(bytes: &[u8]) -> String {
    if let Some(mended) = without_surrogates(bytes) {
        return mended;
    }
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    // A clipped or once damaged UTF-8 text has more sound letters than broken ones; Windows-1252 has few sound.
    if sound >= broken && sound > 0 {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// Text whose only fault is that surrogates were encoded as if they were letters (as `\ud800` in JSON is):
/// pairs are joined, lone ones become U+FFFD. `None` where something else is wrong.
fn without_surrogates(bytes: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        match std::str::from_utf8(rest) {
            Ok(sound) => {
                text.push_str(sound);
                return Some(text);
            }
            Err(error) => {
                let (sound, broken) = rest.split_at(error.valid_up_to());
                text.push_str(std::str::from_utf8(sound).ok()?);
                let first = surrogate(broken)?;
                let pair = surrogate(broken.get(3..)?).and_then(|second| join(first, second));
                text.push(pair.unwrap_or(char::REPLACEMENT_CHARACTER));
                rest = broken.get(if pair.is_some() { 6 } else { 3 }..)?;
            }
        }
    }
}

fn surrogate(bytes: &[u8]) -> Option<u16> {
    match bytes {
        [0xED, high @ 0xA0..=0xBF, low @ 0x80..=0xBF, ..] => {
            Some(0xD000 | (u16::from(high & 0x3F) << 6) | u16::from(low & 0x3F))
        }
        _ => None,
    }
}

fn join(first: u16, second: u16) -> Option<char> {
    char::decode_utf16([first, second]).next()?.ok()
}

/// How the two bytes of a UTF-16 unit are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Little,
    Big,
}

impl Order {
    /// The order that a byte order mark at the start of `head` names.
    pub(crate) fn of_mark(head: &[u8]) -> Option<Self> {
        match head {
            [0xFF, 0xFE, ..] => Some(Self::Little),
            [0xFE, 0xFF, ..] => Some(Self::Big),
            _ => None,
        }
    }

    fn unit(self, pair: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(pair),
            Self::Big => u16::from_be_bytes(pair),
        }
    }

    fn bytes(self, unit: u16) -> [u8; 2] {
        match self {
            Self::Little => unit.to_le_bytes(),
            Self::Big => unit.to_be_bytes(),
        }
    }
}

/// Reads UTF-16 as UTF-8. A lone surrogate passes through in its three-byte form: it is refused later, where
/// the row that holds it can be named and its bytes kept.
pub(crate) struct FromUtf16<R> {
    input: R,
    order: Order,
    odd: Option<u8>,
    high: Option<u16>,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> FromUtf16<R> {
    pub(crate) fn new(input: R, order: Order) -> Self {
        Self { input, order, odd: None, high: None, ready: Vec::new(), given: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut block = [0_u8; 8192];
        let got = self.input.read(&mut block)?;
        self.ready.clear();
        self.given = 0;
        if got == 0 {
            self.ended = true;
            self.flush_high();
            return Ok(());
        }
        for byte in block.iter().take(got) {
            match self.odd.take() {
                None => self.odd = Some(*byte),
                Some(first) => self.push(self.order.unit([first, *byte])),
            }
        }
        Ok(())
    }

    fn push(&mut self, unit: u16) {
        if let Some(high) = self.high {
            if let Some(pair) = join(high, unit) {
                self.high = None;
                self.push_char(pair);
                return;
            }
            self.flush_high();
        }
        match unit {
            0xD800..=0xDBFF => self.high = Some(unit),
            0xDC00..=0xDFFF => self.push_lone(unit),
            _ => self.push_char(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)),
        }
    }

    fn push_char(&mut self, letter: char) {
        self.ready.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn flush_high(&mut self) {
        if let Some(unit) = self.high.take() {
            self.push_lone(unit);
        }
    }

    fn push_lone(&mut self, unit: u16) {
        let low = |shift: u16| 0x80 | ((unit >> shift) & 0x3F) as u8;
        self.ready.extend_from_slice(&[0xED, low(6), low(0)]);
    }
}

impl<R: Read> Read for FromUtf16<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            self.refill()?;
        }
        let left = self.ready.get(self.given..).unwrap_or_default();
        let count = left.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..count), left.get(..count)) {
            to.copy_from_slice(from);
        }
        self.given += count;
        Ok(count)
    }
}

/// The UTF-16 bytes that [`FromUtf16`] turned into `row`.
pub(crate) fn to_utf16(row: &[u8], order: Order) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(row.len() * 2);
    let mut push = |unit: u16| bytes.extend_from_slice(&order.bytes(unit));
    let mut rest = row;
    while !rest.is_empty() {
        let sound_len = std::str::from_utf8(rest).map_or_else(|error| error.valid_up_to(), str::len);
        let (sound, broken) = rest.split_at(sound_len);
        std::str::from_utf8(sound).unwrap_or_default().encode_utf16().for_each(&mut push);
        rest = match surrogate(broken) {
            Some(unit) => {
                push(unit);
                broken.get(3..).unwrap_or_default()
            }
            None => broken.get(1..).unwrap_or_default(),
        };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn through(units: &[u16], order: Order) -> Vec<u8> {
        let bytes: Vec<u8> = units.iter().flat_map(|unit| order.bytes(*unit)).collect();
        let mut out = Vec::new();
        FromUtf16::new(&bytes[..], order).read_to_end(&mut out).expect("reads from memory");
        out
    }

    #[test]
    fn f37_windows_1252_is_read_and_marked_as_a_guess() {
        assert_eq!(read(b"d\xe9ment \x80"), Text { text: "dément €".into(), guessed: true });
    }

    #[test]
    fn f37_a_clipped_utf8_text_stays_utf8() {
        let clipped = &"été à Bria".as_bytes()[..8];
        assert_eq!(read(&clipped[..3]).text, "ét", "clean cut");
        assert_eq!(read(&clipped[..7]).text, "été \u{FFFD}");
    }

    #[test]
    fn f37_surrogates_are_joined_or_replaced() {
        assert_eq!(read(b"a\xED\xA0\xBD\xED\xB8\x80b").text, "a😀b");
        assert_eq!(read(b"a\xED\xA0\x80b").text, "a\u{FFFD}b");
    }

    proptest! {
        #[test]
        fn utf16_survives_the_way_there_and_back(units: Vec<u16>, big: bool) {
            let order = if big { Order::Big } else { Order::Little };
            let bytes: Vec<u8> = units.iter().flat_map(|unit| order.bytes(*unit)).collect();
            prop_assert_eq!(to_utf16(&through(&units, order), order), bytes);
        }

        #[test]
        fn any_bytes_read_as_some_text(bytes: Vec<u8>) {
            let seen = read(&bytes);
            prop_assert_eq!(seen.guessed, std::str::from_utf8(&bytes).is_err());
        }
    }
}
