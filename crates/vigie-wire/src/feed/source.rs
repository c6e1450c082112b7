//! The bytes of a feed as text, with a way back to the bytes.

use crate::charset::{self, FromUtf16, Order};
use base64::Engine as _;
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;
use std::io::Read as _;
use std::ops::Range;

/// How far a declaration of the character set is looked for, in bytes.
const DECLARATION_BYTES: usize = 256;

/// A feed as text.
pub(super) struct Source<'a> {
    pub text: String,
    /// The bytes as received; of UTF-16, its UTF-8 form.
    raw: Cow<'a, [u8]>,
    utf16: Option<Order>,
    /// Pieces in order; empty where the text was sound throughout.
    pieces: Vec<Piece>,
}

struct Piece {
    at_text: usize,
    at_raw: usize,
    guessed: bool,
}

impl<'a> Source<'a> {
    /// Reads `raw` in the character set that its mark, its own declaration or else `charset` (from the transport)
    /// names.
    pub(super) fn read(raw: &'a [u8], charset: Option<&str>) -> Self {
        if let Some(order) = Order::of_mark(raw) {
            let mut bytes = Vec::new();
            // Reading from memory cannot fail.
            let _ = FromUtf16::new(raw.get(2..).unwrap_or_default(), order).read_to_end(&mut bytes);
            let (text, pieces) = pieces(&bytes, UTF_8);
            return Self { text, raw: Cow::Owned(bytes), utf16: Some(order), pieces };
        }
        let marked = raw.starts_with(b"\xEF\xBB\xBF");
        let transport =
            || Encoding::for_label(charset?.as_bytes()).filter(|found| found.is_ascii_compatible());
        let named = if marked { None } else { declared(raw).or_else(transport) };
        let (text, pieces) = pieces(raw, named.unwrap_or(UTF_8));
        Self { text, raw: Cow::Borrowed(raw), utf16: None, pieces }
    }

    /// Base64 of the bytes behind `span` of the text, where any of them had to be guessed.
    pub(super) fn as_received(&self, span: Range<usize>) -> Option<String> {
        let first = self.pieces.partition_point(|piece| piece.at_text <= span.start).saturating_sub(1);
        let last = self.pieces.partition_point(|piece| piece.at_text < span.end);
        let within = self.pieces.get(first..last)?;
        if !within.iter().any(|piece| piece.guessed) {
            return None;
        }
        let start = within.first()?.at_raw;
        let end = self.pieces.get(last).map_or(self.raw.len(), |piece| piece.at_raw);
        let bytes = self.raw.get(start..end)?;
        let base64 = &base64::engine::general_purpose::STANDARD;
        Some(match self.utf16 {
            Some(order) => base64.encode(charset::to_utf16(bytes, order)),
            None => base64.encode(bytes),
        })
    }
}

/// Decodes piece by piece; a piece ends at each `>`, which no ASCII-based character set uses for anything else.
fn pieces(raw: &[u8], encoding: &'static Encoding) -> (String, Vec<Piece>) {
    if let (true, Ok(text)) = (encoding == UTF_8, std::str::from_utf8(raw)) {
        return (text.to_owned(), Vec::new());
    }
    let mut text = String::with_capacity(raw.len());
    let mut found = Vec::new();
    let mut at_raw = 0;
    for piece in raw.split_inclusive(|byte| *byte == b'>') {
        let at_text = text.len();
        let guessed = if encoding == UTF_8 {
            let read = charset::read(piece);
            text.push_str(&read.text);
            read.guessed
        } else {
            let (decoded, broken) = encoding.decode_without_bom_handling(piece);
            text.push_str(&decoded);
            broken
        };
        found.push(Piece { at_text, at_raw, guessed });
        at_raw += piece.len();
    }
    (text, found)
}

/// The character set that the document's first line declares.
fn declared(raw: &[u8]) -> Option<&'static Encoding> {
    let head = raw.get(..raw.len().min(DECLARATION_BYTES))?;
    let head: String = head.iter().map(|byte| char::from(*byte)).collect();
    let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let label = value.get(1..)?.split(quote).next()?;
    // A document that says UTF-16 in plain bytes is wrong about itself.
    Encoding::for_label(label.as_bytes()).filter(|found| found.is_ascii_compatible())
}
