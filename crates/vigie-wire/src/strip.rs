//! Makes a copy of a picture that may be passed on: without where, when and with what it was taken.
//!
//! Cameras write the place into the file, and with it a source's home. What is kept is what a viewer needs to show the
//! picture; everything that describes it goes: EXIF, XMP, IPTC, comments, texts, times, thumbnails, and whatever follows
//! the picture's end. The picture itself is not decoded, so it is the same to the pixel. What is not understood is
//! refused: half a cleaning would be a promise broken. Sources: ITU-T T.81 (JPEG), PNG (W3C, third edition), GIF89a, RFC
//! 9649 (WebP).

/// Why there is no copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StripError {
    /// Not a picture of a form that is known here.
    Unknown,
    /// Of that form, and broken.
    Broken,
}

/// The picture without what describes it.
pub fn strip(bytes: &[u8]) -> Result<Vec<u8>, StripError> {
    let copy = match bytes {
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => png(bytes),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => gif(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes),
        _ => return Err(StripError::Unknown),
    };
    copy.ok_or(StripError::Broken)
}

/// Segments until the end of the picture; of the applications' own, JFIF (0) and Adobe's colour transform (14) stay.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..2)?.to_vec();
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // A byte of filling.
            0xFF => at += 1,
            0xD9 => {
                out.extend_from_slice(&[0xFF, 0xD9]);
                return Some(out);
            }
            0x01 | 0xD0..=0xD7 => {
                out.extend_from_slice(bytes.get(at..at + 2)?);
                at += 2;
            }
            _ => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
                let segment = bytes.get(at..at + 2 + length).filter(|_| length >= 2)?;
                let described = matches!(marker, 0xE1..=0xED | 0xEF | 0xFE);
                // JFIF may hold a small picture of its own after its fourteen bytes.
                if marker == 0xE0 {
                    put_jfif(&mut out, segment);
                } else if !described {
                    out.extend_from_slice(segment);
                }
                at += 2 + length;
                if marker == 0xDA {
                    let end = scan_end(bytes, at)?;
                    out.extend_from_slice(bytes.get(at..end)?);
                    at = end;
                }
            }
        }
    }
}

fn put_jfif(out: &mut Vec<u8>, segment: &[u8]) {
    let Some(head) = segment.get(4..16).filter(|head| head.starts_with(b"JFIF\0")) else { return };
    out.extend_from_slice(&[0xFF, 0xE0, 0, 16]);
    out.extend_from_slice(head);
    out.extend_from_slice(&[0, 0]);
}

/// Where the coded data of a scan ends: at the next marker that is neither a restart nor a stuffed byte.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Some(at),
        }
    }
}

/// Chunks that a viewer needs; every other one goes.
const PNG_KEPT: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs",
    b"acTL", b"fcTL", b"fdAT", b"cICP",
];

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let end = at.checked_add(length)?.checked_add(12)?;
        let chunk = bytes.get(at..end)?;
        let kind = chunk.get(4..8)?;
        if PNG_KEPT.iter().any(|kept| *kept == kind) {
            out.extend_from_slice(chunk);
        } else if kind.first()?.is_ascii_uppercase() {
            // A chunk without which the picture is another, and that is not known here.
            return None;
        }
        at = end;
        if kind == b"IEND" {
            return Some(out);
        }
    }
}

fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + table(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let from = at;
        match *bytes.get(at)? {
            0x3B => {
                out.push(0x3B);
                return Some(out);
            }
            0x2C => {
                at += 10 + table(*bytes.get(at + 9)?) + 1;
                at = sub_blocks_end(bytes, at)?;
                out.extend_from_slice(bytes.get(from..at)?);
            }
            0x21 => {
                let kind = *bytes.get(at + 1)?;
                at = sub_blocks_end(bytes, at + 2)?;
                let block = bytes.get(from..at)?;
                // How frames follow each other, and that they do so for ever; comments, plain text and XMP go.
                if kind == 0xF9 || (kind == 0xFF && block.get(3..14) == Some(b"NETSCAPE2.0")) {
                    out.extend_from_slice(block);
                }
            }
            _ => return None,
        }
    }
}

fn sub_blocks_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

const WEBP_KEPT: [&[u8; 4]; 6] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"];

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let claimed = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let all = bytes.get(..claimed.checked_add(8)?)?;
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut at = 12;
    while at < all.len() {
        let length = u32::from_le_bytes(all.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        let end = at.checked_add(8)?.checked_add(length)?.checked_add(length & 1)?;
        let chunk = all.get(at..end)?;
        let kind = chunk.get(..4)?;
        if WEBP_KEPT.iter().any(|kept| *kept == kind) {
            let start = out.len();
            out.extend_from_slice(chunk);
            if kind == b"VP8X" {
                // Its flags say which chunks follow: no colour profile, no EXIF, no XMP now.
                *out.get_mut(start + 8)? &= !(0x20 | 0x08 | 0x04);
            }
        }
        at = end;
    }
    let length = u32::try_from(out.len() - 8).ok()?.to_le_bytes();
    out.get_mut(4..8)?.copy_from_slice(&length);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOME: &[u8] = b"GPS 4.3947 N 18.5582 E";

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = (body.len() as u16 + 2).to_be_bytes();
        [&[0xFF, marker][..], &length, body].concat()
    }

    fn chunk(kind: &[u8], body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32).to_be_bytes()[..], kind, body, &[0; 4]].concat()
    }

    fn riff(kind: &[u8], body: &[u8]) -> Vec<u8> {
        let pad = if body.len() % 2 == 1 { vec![0] } else { Vec::new() };
        [kind, &(body.len() as u32).to_le_bytes()[..], body, &pad].concat()
    }

    fn holds(bytes: &[u8], what: &[u8]) -> bool {
        bytes.windows(what.len()).any(|window| window == what)
    }

    fn pictures() -> Vec<Vec<u8>> {
        let exif = [b"Exif\0\0".as_slice(), HOME].concat();
        let scan = [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56];
        let jpeg = [
            vec![0xFF, 0xD8],
            segment(0xE0, &[b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01".as_slice(), HOME].concat()),
            segment(0xE1, &exif),
            segment(0xED, HOME),
            segment(0xFE, HOME),
            segment(0xDB, &[7; 65]),
            segment(0xDA, &[1, 1, 0, 0, 63, 0]),
            scan.to_vec(),
            vec![0xFF, 0xD9],
            HOME.to_vec(),
        ];
        let png = [
            b"\x89PNG\r\n\x1a\n".to_vec(),
            chunk(b"IHDR", &[0; 13]),
            chunk(b"eXIf", HOME),
            chunk(b"tEXt", HOME),
            chunk(b"tIME", &[0; 7]),
            chunk(b"IDAT", &[9; 20]),
            chunk(b"IEND", &[]),
            HOME.to_vec(),
        ];
        let gif = [
            b"GIF89a\x01\0\x01\0\0\0\0".to_vec(),
            [b"\x21\xFE".as_slice(), &[HOME.len() as u8], HOME, &[0]].concat(),
            b"\x21\xF9\x04\0\0\0\0\0".to_vec(),
            b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0".to_vec(),
            vec![0x3B],
            HOME.to_vec(),
        ];
        let body =
            [riff(b"VP8X", &[0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0]), riff(b"VP8 ", &[5; 9]), riff(b"EXIF", HOME)]
                .concat();
        let webp = [b"RIFF".as_slice(), &(body.len() as u32 + 4).to_le_bytes(), b"WEBP", &body].concat();
        vec![jpeg.concat(), png.concat(), gif.concat(), webp]
    }

    #[test]
    fn f46_a_copy_to_pass_on_says_nothing_of_where_it_was_taken_and_shows_the_same() {
        for picture in pictures() {
            assert!(holds(&picture, HOME));
            let copy = strip(&picture).expect("a copy");
            assert!(!holds(&copy, b"GPS"), "{copy:?}");
            assert_eq!(strip(&copy).expect("a copy of the copy"), copy);
        }
        let all = pictures();
        assert!(holds(
            &strip(&all[0]).expect("a copy"),
            &[0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9]
        ));
        assert!(holds(&strip(&all[1]).expect("a copy"), &[9; 20]));
        assert!(holds(&strip(&all[3]).expect("a copy"), &[5; 9]));
    }

    #[test]
    fn f46_what_is_not_understood_is_not_passed_on() {
        assert_eq!(strip(b"%PDF-1.7"), Err(StripError::Unknown));
        assert_eq!(strip(b""), Err(StripError::Unknown));
        for picture in pictures() {
            let cut = &picture[..picture.len() - HOME.len() - 3];
            assert!(strip(cut).is_err() || !holds(&strip(cut).expect("a copy"), b"GPS"));
        }
        let strange = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"XXXX", HOME), chunk(b"IEND", &[])].concat();
        assert_eq!(strip(&strange), Err(StripError::Broken));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_and_none_leaves_what_describes(at in 0_usize..400, change in any::<u8>(), which in 0_usize..4) {
            let mut picture = pictures().swap_remove(which);
            let at = at % picture.len();
            picture[at] = change;
            let _ = strip(&picture);
            let _ = strip(&picture[..at]);
        }
    }
}
