//! Reads the pictures among the files of a signal, so that the same one is recognised in any size and position.
//!
//! A file is of a stranger: it is decoded within bounds of pixels and memory, by decoders in safe Rust, and what cannot be
//! decoded has no hash. Nothing of the picture is kept but the hash, sealed like the picture.

use image::{ImageReader, Limits};
use std::io::Cursor;
use vigie_model::{AttachmentId, AttachmentRead, Signal};
use vigie_store::{Store, StoreError};
use vigie_text::likeness::picture::{Picture, Positions};

/// Longest side in pixels.
const SIDE_MAX: u32 = 12_000;
/// Bytes that a decoder may take.
const BYTES_MAX: u64 = 256 << 20;
/// Files of one signal that are looked at.
const FILES_MAX: usize = 4;

/// The pictures of a signal: what they are recognised by, and the entries that say so.
pub fn read(store: &Store, signal: &Signal) -> Result<(Vec<Positions>, Vec<AttachmentRead>), StoreError> {
    let (mut pictures, mut read) = (Vec::new(), Vec::new());
    for id in signal.attachments.iter().take(FILES_MAX) {
        if let Some(positions) = one(store, *id)? {
            read.push(AttachmentRead { attachment: *id, picture: hex::encode(positions.to_bytes()) });
            pictures.push(positions);
        }
    }
    Ok((pictures, read))
}

fn one(store: &Store, id: AttachmentId) -> Result<Option<Positions>, StoreError> {
    let known = store.read(|views| views.attachment_row(id))?;
    if !known.is_some_and(|row| row.media_type.starts_with("image/")) {
        return Ok(None);
    }
    match store.attachment(id) {
        Ok(found) => Ok(found.and_then(|(_, bytes)| positions(&bytes))),
        // What was erased or cannot be opened has no picture; the signal is read all the same.
        Err(StoreError::Erased(_) | StoreError::Io { .. } | StoreError::Damaged { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What a picture is recognised by, in its eight positions.
pub fn positions(bytes: &[u8]) -> Option<Positions> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(BYTES_MAX);
    reader.limits(limits);
    let rgb = reader.decode().ok()?.to_rgb8();
    let (width, height) = (rgb.width() as usize, rgb.height() as usize);
    Picture::positions(width, height, rgb.as_raw()).ok().map(Positions)
}

/// What was recorded about pictures, to refill the reader with.
pub fn recorded(pictures: &[String]) -> Vec<Positions> {
    let bytes = pictures.iter().filter_map(|text| hex::decode(text).ok());
    bytes.filter_map(|bytes| Positions::from_bytes(&bytes)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

    fn scene(seed: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_fn(400, 300, |x, y| {
            let hill = u32::from(y > 160 + (x * (seed + 2) / 7) % 90) * 90;
            let wall = u32::from((x / 40 + y / (20 + seed)).is_multiple_of(2) && x > 240) * 80;
            let grey = u8::try_from(40 + hill + wall + x / 20).unwrap_or(255);
            Rgb([grey, grey / 2, 255 - grey])
        }))
    }

    fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).expect("an image");
        bytes.into_inner()
    }

    #[test]
    fn a_photograph_resized_recompressed_and_turned_is_recognised() {
        let whole = positions(&file(&scene(1), ImageFormat::Png)).expect("a picture");
        let small = scene(1).resize(200, 150, image::imageops::FilterType::Triangle);
        for other in [&small, &small.rotate90(), &small.rotate270().fliph()] {
            let other = positions(&file(other, ImageFormat::Jpeg)).expect("a picture");
            assert!(whole.same(&other), "{}", whole.distance(&other));
        }
        let another = positions(&file(&scene(5), ImageFormat::Jpeg)).expect("a picture");
        assert!(!whole.same(&another), "{}", whole.distance(&another));
        assert_eq!(recorded(&[hex::encode(whole.to_bytes()), "no".to_owned()]), [whole]);
    }

    #[test]
    fn what_is_no_picture_or_too_large_has_no_hash() {
        assert_eq!(positions(b"GIF89a"), None);
        assert_eq!(positions(&[]), None);
        let mut lying = file(&scene(1), ImageFormat::Png);
        // The width in the header of a PNG.
        lying[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        assert_eq!(positions(&lying), None);
    }
}
