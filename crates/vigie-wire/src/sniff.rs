//! What a file is, by its first bytes, never by its name.
//!
//! Only a short list is known, and nothing that can carry a script is on it: HTML, SVG, XML and office files stay
//! `application/octet-stream`, to be downloaded and never shown. A picture is believed only with a header that
//! states its size, and refused where that size is a trap for whoever decodes it. Sources: PNG (W3C), JPEG
//! (ITU-T T.81 Annex B), GIF89a, RFC 9649 (WebP), ISO/IEC 14496-12, RFC 3533, RFC 8794, RFC 2361.

use vigie_model::{At, Fault};

/// Largest picture, in pixels: 50 megapixels.
pub const PIXELS_MAX: u64 = 50_000_000;

/// The media type of what is not on the list.
pub const UNKNOWN: &str = "application/octet-stream";

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Media {
    /// Its media type; [`UNKNOWN`] when not on the list.
    pub media_type: &'static str,
    /// Width and height of a picture, in pixels.
    pub size_px: Option<(u32, u32)>,
}

impl Media {
    /// Whether it may be shown in place: a picture of checked size.
    pub const fn is_raster(self) -> bool {
        self.size_px.is_some()
    }

    /// Whether it may be played in place.
    pub fn is_audio(self) -> bool {
        self.media_type.starts_with("audio/")
    }
}

/// What `bytes` are. A fault where a picture states an impossible size; what merely looks broken is kept as
/// [`UNKNOWN`], to be downloaded by whoever wants to look into it.
pub fn inspect(bytes: &[u8]) -> Result<Media, Fault> {
    let Some(media_type) = media_type(bytes) else {
        return Ok(Media { media_type: UNKNOWN, size_px: None });
    };
    if !media_type.starts_with("image/") {
        return Ok(Media { media_type, size_px: None });
    }
    match size_px(bytes) {
        Some((width, height)) if u64::from(width) * u64::from(height) > PIXELS_MAX => {
            let max = PIXELS_MAX / 1_000_000;
            let fault = Fault::new(At::Whole, "file-too-many-pixels");
            Err(fault.with("width", width).with("height", height).with("max", max))
        }
        Some((width, height)) if width > 0 && height > 0 => {
            Ok(Media { media_type, size_px: Some((width, height)) })
        }
        _ => Ok(Media { media_type: UNKNOWN, size_px: None }),
    }
}

/// The media type that the first bytes show, where it is on the list.
pub fn media_type(head: &[u8]) -> Option<&'static str> {
    match head {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some("audio/wav"),
        [b'O', b'g', b'g', b'S', ..] => ogg(head),
        [b'I', b'D', b'3', 2..=4, ..] => Some("audio/mpeg"),
        [0xFF, second, third, ..] if mpeg_frame(*second, *third) => Some("audio/mpeg"),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => mp4(brand.get(..4)?),
        [0x1A, 0x45, 0xDF, 0xA3, rest @ ..] => {
            contains(rest.get(..64).unwrap_or(rest), b"webm").then_some("video/webm")
        }
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        _ => None,
    }
}

/// Only sound is believed: the codec's name stands in the first page.
fn ogg(head: &[u8]) -> Option<&'static str> {
    let page = head.get(..80).unwrap_or(head);
    let codecs: [&[u8]; 4] = [b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7FFLAC"];
    codecs.iter().any(|codec| contains(page, codec)).then_some("audio/ogg")
}

/// A layer III frame header with a bit rate and a sampling rate that exist.
fn mpeg_frame(second: u8, third: u8) -> bool {
    second & 0xE6 == 0xE2 && second & 0x18 != 0x08 && third & 0xF0 != 0xF0 && third & 0x0C != 0x0C
}

fn mp4(brand: &[u8]) -> Option<&'static str> {
    match brand {
        b"M4A " | b"M4B " => Some("audio/mp4"),
        b"isom" | b"iso2" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1" | b"M4V " | b"dash"
        | b"MSNV" | b"3gp4" | b"3gp5" => Some("video/mp4"),
        _ => None,
    }
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// Width and height that a picture's header states, in pixels.
fn size_px(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes {
        [0x89, ..] => {
            let header = bytes.get(12..24).filter(|header| header.starts_with(b"IHDR"))?;
            Some((big(header.get(4..8)?), big(header.get(8..12)?)))
        }
        [0xFF, ..] => jpeg(bytes),
        [b'G', ..] => Some((little(bytes.get(6..8)?), little(bytes.get(8..10)?))),
        _ => webp(bytes.get(12..)?),
    }
}

/// The first frame header among the segments. A segment length is at least 2, so the walk ends.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.get(2..)?;
    loop {
        let [0xFF, marker, after @ ..] = rest else { return None };
        match marker {
            0xFF => rest = rest.get(1..)?,
            0x01 | 0xD0..=0xD7 => rest = after,
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return Some((big(after.get(5..7)?), big(after.get(3..5)?)));
            }
            0xD8..=0xDA => return None,
            _ => {
                let length = big(after.get(..2)?) as usize;
                rest = after.get(length.max(2)..)?;
            }
        }
    }
}

fn webp(chunk: &[u8]) -> Option<(u32, u32)> {
    match chunk.get(..4)? {
        b"VP8X" => Some((little(chunk.get(12..15)?) + 1, little(chunk.get(15..18)?) + 1)),
        b"VP8L" if chunk.get(8) == Some(&0x2F) => {
            let bits = little(chunk.get(9..13)?);
            Some(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
        }
        b"VP8 " if chunk.get(11..14) == Some(&[0x9D, 0x01, 0x2A]) => {
            Some((little(chunk.get(14..16)?) & 0x3FFF, little(chunk.get(16..18)?) & 0x3FFF))
        }
        _ => None,
    }
}

/// Up to four bytes, most significant first.
fn big(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| (sum << 8) | u32::from(*byte))
}

/// Up to four bytes, least significant first.
fn little(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes
    }

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut bytes =
            b"\xFF\xD8\xFF\xE0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xC2\x00\x11\x08".to_vec();
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes
    }

    fn gif(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = b"GIF89a".to_vec();
        bytes.extend(width.to_le_bytes());
        bytes.extend(height.to_le_bytes());
        bytes
    }

    fn webp(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
        bytes.extend_from_slice(&(width - 1).to_le_bytes()[..3]);
        bytes.extend_from_slice(&(height - 1).to_le_bytes()[..3]);
        bytes
    }

    #[test]
    fn pictures_are_known_with_their_size() {
        let cases = [
            ("image/png", png(640, 480)),
            ("image/jpeg", jpeg(640, 480)),
            ("image/gif", gif(640, 480)),
            ("image/webp", webp(640, 480)),
        ];
        for (media_type, bytes) in cases {
            let media = inspect(&bytes).expect("accepted");
            assert_eq!(media, Media { media_type, size_px: Some((640, 480)) });
        }
    }

    #[test]
    fn f29_a_header_that_claims_too_many_pixels_is_refused() {
        for bytes in [png(50_000, 50_000), jpeg(50_000, 50_000), gif(50_000, 50_000), webp(50_000, 50_000)] {
            assert_eq!(inspect(&bytes).expect_err("refused").code, "file-too-many-pixels");
        }
        assert!(inspect(&png(u32::MAX, u32::MAX)).is_err());
        assert!(inspect(&png(10_000, 5_000)).is_ok(), "50 megapixels are allowed");
    }

    #[test]
    fn f45_nothing_that_can_carry_a_script_is_a_picture() {
        let scripts: [&[u8]; 7] = [
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"<html>",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
            b"<?xml version='1.0'?><svg/>",
            b"\xEF\xBB\xBF<svg/>",
            b"#!/bin/sh",
            b"PK\x03\x04",
        ];
        for bytes in scripts {
            let media = inspect(bytes).expect("kept");
            assert_eq!(media.media_type, UNKNOWN);
            assert!(!media.is_raster());
        }
        let cut = inspect(b"\xFF\xD8\xFF<script>").expect("kept");
        assert_eq!(cut.media_type, UNKNOWN, "a picture without a size is not believed");
    }

    #[test]
    fn sound_film_and_documents_are_known() {
        let cases: [(&str, &[u8]); 9] = [
            ("audio/wav", b"RIFF\0\0\0\0WAVEfmt "),
            ("audio/ogg", b"OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead"),
            ("audio/mpeg", b"ID3\x04\0"),
            ("audio/mpeg", b"\xFF\xFB\x90\x64"),
            ("audio/mp4", b"\0\0\0\x20ftypM4A \0\0\0\0"),
            ("video/mp4", b"\0\0\0\x20ftypisom\0\0\0\0"),
            ("video/webm", b"\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\x82\x84webm"),
            ("application/pdf", b"%PDF-1.7"),
            (UNKNOWN, b"\0\0\0\x20ftypavif\0\0\0\0"),
        ];
        for (media_type, bytes) in cases {
            assert_eq!(inspect(bytes).expect("kept").media_type, media_type);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(start in 0_usize..8, bytes: Vec<u8>) {
            let starts: [&[u8]; 8] =
                [b"", b"\xFF\xD8", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF....WEBPVP8 ", b"OggS", b"\0\0\0\0ftyp", b"RIFF....WEBPVP8L"];
            let mut whole = starts[start].to_vec();
            whole.extend(bytes);
            let _ = inspect(&whole);
        }
    }
}
