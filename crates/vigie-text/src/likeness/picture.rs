//! Tells whether two images show the same picture, though one was resized, recompressed or turned.
//!
//! PDQ: a 256-bit hash of the picture's coarse structure, compared bit by bit (Davis and Rosen, "The TMK+PDQF
//! video-hashing algorithm and the PDQ image-hashing algorithm", 2019). Rust's `pdqhash` does the same and brings image
//! decoders of 2021 with it; here the caller decodes, within its own limits, and hands over pixels. A flat picture has a
//! low quality and is no ground for a match. A match says "same picture", never "true" or "false".

/// Why pixels have no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Not three bytes a pixel, or no pixel at all.
    #[error("the pixels do not fill the picture")]
    Shape,
    /// More pixels than may be read.
    #[error("more than {0} pixels")]
    TooLarge(u64),
}

/// The hash of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Picture {
    bits: [u64; 4],
    /// 0 (flat) to 100; below 50 the hash says nothing.
    pub quality: u8,
}

/// The hashes of one picture in its eight positions, see [`Picture::positions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Positions(pub [Picture; 8]);

impl Positions {
    /// The fewest bits by which any position of the one differs from the other as it is; the same both ways round.
    pub fn distance(&self, other: &Self) -> u32 {
        let (Some(this), Some(that)) = (self.0.first(), other.0.first()) else { return 256 };
        let ways = self.0.iter().map(|side| side.distance(that));
        ways.chain(other.0.iter().map(|side| side.distance(this))).min().unwrap_or(256)
    }

    /// Whether both show the same picture; never where one of them is too flat to tell.
    pub fn same(&self, other: &Self) -> bool {
        let tells = |of: &Self| of.0.first().is_some_and(|p| p.quality >= Picture::QUALITY_LEAST);
        tells(self) && tells(other) && self.distance(other) <= Picture::DISTANCE_MAX
    }

    /// All eight in 257 bytes, the quality first, to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        let quality = self.0.first().map_or(0, |picture| picture.quality);
        let bits = self.0.iter().flat_map(|picture| picture.bits).flat_map(u64::to_be_bytes);
        std::iter::once(quality).chain(bits).collect()
    }

    /// What [`Positions::to_bytes`] gave; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (quality, bits) = bytes.split_first()?;
        let mut words = bits.chunks_exact(8).map(|chunk| chunk.try_into().map(u64::from_be_bytes));
        let mut sides = [Picture { bits: [0; 4], quality: *quality }; 8];
        for word in sides.iter_mut().flat_map(|side| &mut side.bits) {
            *word = words.next()?.ok()?;
        }
        (words.next().is_none() && bits.len() == 256).then_some(Self(sides))
    }
}

const SIDE: usize = 64;
const BITS: usize = 16;

impl Picture {
    /// Bits that two hashes of one picture may differ by.
    pub const DISTANCE_MAX: u32 = 31;
    /// Least quality at which a hash is compared.
    pub const QUALITY_LEAST: u8 = 50;
    /// Pixels of the largest picture read: 50 million.
    pub const PIXELS_MAX: u64 = 50_000_000;

    /// The hash of `rgb` (three bytes a pixel, row by row).
    pub fn of(width: usize, height: usize, rgb: &[u8]) -> Result<Self, PictureError> {
        Ok(Spectrum::of(width, height, rgb)?.hash(|x, _, _| x))
    }

    /// The hashes of the picture in its eight positions: as it is, turned by 90°, 180°, 270°, and each mirrored.
    /// A photograph whose EXIF orientation one platform applied and another dropped matches in one of them.
    pub fn positions(width: usize, height: usize, rgb: &[u8]) -> Result<[Self; 8], PictureError> {
        let spectrum = Spectrum::of(width, height, rgb)?;
        // A mirrored picture has the odd waves of that direction reversed; a turned one has the directions exchanged.
        let odd = |n: usize| n.is_multiple_of(2);
        let flip = |x: f32, keep: bool| if keep { x } else { -x };
        let turned = spectrum.turned();
        Ok([
            spectrum.hash(|x, _, _| x),
            turned.hash(|x, _, j| flip(x, odd(j))),
            spectrum.hash(|x, i, j| flip(x, odd(i + j))),
            turned.hash(|x, i, _| flip(x, odd(i))),
            spectrum.hash(|x, i, _| flip(x, odd(i))),
            spectrum.hash(|x, _, j| flip(x, odd(j))),
            turned.hash(|x, _, _| x),
            turned.hash(|x, i, j| flip(x, odd(i + j))),
        ])
    }

    /// How many bits differ, 0 to 256; unrelated pictures differ by about 128.
    pub fn distance(&self, other: &Self) -> u32 {
        self.bits.iter().zip(&other.bits).map(|(x, y)| (x ^ y).count_ones()).sum()
    }

    /// Whether both show the same picture; never where one of them is too flat to tell.
    pub fn same(&self, other: &Self) -> bool {
        self.quality.min(other.quality) >= Self::QUALITY_LEAST && self.distance(other) <= Self::DISTANCE_MAX
    }

    /// The hash as 64 hexadecimal digits, as other tools write it.
    pub fn hex(&self) -> String {
        let [first, second, third, last] = self.bits;
        format!("{last:016x}{third:016x}{second:016x}{first:016x}")
    }
}

/// The sixteen slowest waves of the picture in each direction, without the constant one.
struct Spectrum {
    waves: [[f32; BITS]; BITS],
    quality: u8,
}

impl Spectrum {
    fn of(width: usize, height: usize, rgb: &[u8]) -> Result<Self, PictureError> {
        let pixels = width.saturating_mul(height);
        if pixels as u64 > Picture::PIXELS_MAX {
            return Err(PictureError::TooLarge(Picture::PIXELS_MAX));
        }
        if pixels == 0 || rgb.len() != pixels * 3 {
            return Err(PictureError::Shape);
        }
        let mut grey: Vec<f32> = rgb
            .chunks_exact(3)
            .map(|p| 0.299 * f32::from(p[0]) + 0.587 * f32::from(p[1]) + 0.114 * f32::from(p[2]))
            .collect();
        // Two passes of a box each way come near a Gaussian (Jarosz).
        let mut row = Vec::new();
        for _ in 0..2 {
            blur(&mut grey, width, 1, height, width, box_of(width), &mut row);
            blur(&mut grey, height, width, width, 1, box_of(height), &mut row);
        }
        let mut small = [[0.0_f32; SIDE]; SIDE];
        for (i, line) in small.iter_mut().enumerate() {
            let y = ((i as f64 + 0.5) * height as f64 / SIDE as f64) as usize;
            for (j, value) in line.iter_mut().enumerate() {
                let x = ((j as f64 + 0.5) * width as f64 / SIDE as f64) as usize;
                *value = grey[y * width + x];
            }
        }
        Ok(Self { waves: waves(&small), quality: quality(&small) })
    }

    fn turned(&self) -> Self {
        let mut waves = [[0.0; BITS]; BITS];
        for (i, row) in self.waves.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                waves[j][i] = *value;
            }
        }
        Self { waves, quality: self.quality }
    }

    /// One bit a wave: whether it is above the median.
    fn hash(&self, change: impl Fn(f32, usize, usize) -> f32) -> Picture {
        let mut values = [0.0_f32; BITS * BITS];
        for (i, row) in self.waves.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                // Waves count from 1, so that the first one is odd.
                values[i * BITS + j] = change(*value, i + 1, j + 1);
            }
        }
        let mut sorted = values;
        sorted.sort_unstable_by(f32::total_cmp);
        let median = sorted[sorted.len() / 2 - 1];
        let mut bits = [0_u64; 4];
        for (n, value) in values.iter().enumerate() {
            bits[n / 64] |= u64::from(*value > median) << (n % 64);
        }
        Picture { bits, quality: self.quality }
    }
}

fn box_of(length: usize) -> usize {
    length.div_ceil(2 * SIDE).max(1)
}

/// Runs a box of `size` over each of `lines` lines of `length` values that stand `step` apart.
fn blur(
    grey: &mut [f32],
    length: usize,
    step: usize,
    lines: usize,
    stride: usize,
    size: usize,
    row: &mut Vec<f32>,
) {
    // A box of even size reaches one further ahead than behind, as in the published program.
    let half = size / 2 + 1;
    for line in 0..lines {
        let start = line * stride;
        row.clear();
        row.extend((0..length).map(|n| grey[start + n * step]));
        let (mut sum, mut count) = (0.0_f32, 0.0_f32);
        for value in row.iter().take(half) {
            sum += value;
            count += 1.0;
        }
        for n in 0..length {
            grey[start + n * step] = sum / count.max(1.0);
            if let Some(value) = row.get(n + half) {
                sum += value;
                count += 1.0;
            }
            if n + half >= size {
                sum -= row[n + half - size];
                count -= 1.0;
            }
        }
    }
}

/// Waves 1 to 16 of a cosine transform in both directions.
fn waves(small: &[[f32; SIDE]; SIDE]) -> [[f32; BITS]; BITS] {
    let mut basis = [[0.0_f64; SIDE]; BITS];
    for (k, row) in basis.iter_mut().enumerate() {
        for (n, value) in row.iter_mut().enumerate() {
            let angle = std::f64::consts::PI / (2.0 * SIDE as f64) * (k + 1) as f64 * (2 * n + 1) as f64;
            *value = (2.0 / SIDE as f64).sqrt() * angle.cos();
        }
    }
    let mut out = [[0.0_f32; BITS]; BITS];
    for (i, down) in basis.iter().enumerate() {
        let mut line = [0.0_f64; SIDE];
        for (weight, row) in down.iter().zip(small) {
            for (sum, value) in line.iter_mut().zip(row) {
                *sum += weight * f64::from(*value);
            }
        }
        for (j, across) in basis.iter().enumerate() {
            out[i][j] = across.iter().zip(&line).map(|(w, v)| w * v).sum::<f64>() as f32;
        }
    }
    out
}

/// How much there is to see: the sum of the steps between neighbours, in hundredths of their range.
fn quality(small: &[[f32; SIDE]; SIDE]) -> u8 {
    let step = |x: f32, y: f32| ((x - y) * 100.0 / 255.0) as i32;
    let mut sum = 0;
    for i in 0..SIDE {
        for j in 0..SIDE {
            let here = small[i][j];
            sum += small.get(i + 1).map_or(0, |row| step(here, row[j]).abs());
            sum += small[i].get(j + 1).map_or(0, |right| step(here, *right).abs());
        }
    }
    (sum / 90).min(100) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An invented scene: hills, a sun, a wall of bricks.
    fn scene(width: usize, height: usize, seed: f64) -> Vec<u8> {
        let mut rgb = Vec::with_capacity(width * height * 3);
        for y in 0..height {
            for x in 0..width {
                let (u, v) = (x as f64 / width as f64, y as f64 / height as f64);
                let hill = f64::from(v > 0.55 + 0.2 * (5.0 * u + seed).sin() * (2.0 * u + 1.3 * seed).cos());
                let sun = f64::from((u - 0.2 - 0.1 * seed).powi(2) + (v - 0.25).powi(2) < 0.02);
                let wall =
                    f64::from(((9.0 * u + seed).floor() + (13.0 * v).floor()) as i64 % 2 == 0 && u > 0.6);
                let value = 40.0 + 90.0 * hill + 110.0 * sun + 60.0 * wall + 30.0 * u;
                let value = value.clamp(0.0, 255.0);
                rgb.extend([value as u8, (value * 0.9) as u8, (value * 0.8) as u8]);
            }
        }
        rgb
    }

    fn turned_left(width: usize, height: usize, rgb: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(rgb.len());
        for x in (0..width).rev() {
            for y in 0..height {
                out.extend_from_slice(&rgb[(y * width + x) * 3..][..3]);
            }
        }
        out
    }

    fn mirrored(width: usize, rgb: &[u8]) -> Vec<u8> {
        rgb.chunks_exact(width * 3).flat_map(|row| row.chunks_exact(3).rev().flatten().copied()).collect()
    }

    fn picture(width: usize, height: usize, rgb: &[u8]) -> Picture {
        Picture::of(width, height, rgb).expect("a picture")
    }

    #[test]
    fn the_same_scene_resized_and_darkened_is_the_same_and_another_is_not() {
        let large = picture(640, 480, &scene(640, 480, 0.4));
        let small = picture(320, 240, &scene(320, 240, 0.4));
        let dark: Vec<u8> = scene(640, 480, 0.4).iter().map(|v| (f32::from(*v) * 0.8) as u8).collect();
        assert!(large.same(&small), "{}", large.distance(&small));
        assert!(large.same(&picture(640, 480, &dark)));
        let other = picture(640, 480, &scene(640, 480, 2.9));
        assert!(!large.same(&other) && large.distance(&other) > 60, "{}", large.distance(&other));
    }

    #[test]
    fn a_turned_or_mirrored_picture_is_found_among_the_eight_positions() {
        let (width, height) = (400, 300);
        let upright = scene(width, height, 1.1);
        let positions = Picture::positions(width, height, &upright).expect("a picture");
        let found = |hash: Picture| positions.iter().position(|p| p.distance(&hash) <= 16);
        let left = turned_left(width, height, &upright);
        let twice = turned_left(height, width, &left);
        let right = turned_left(width, height, &twice);
        let all = [
            found(picture(width, height, &upright)),
            found(picture(height, width, &left)),
            found(picture(width, height, &twice)),
            found(picture(height, width, &right)),
            found(picture(width, height, &mirrored(width, &upright))),
            found(picture(width, height, &mirrored(width, &twice))),
            found(picture(height, width, &mirrored(height, &left))),
            found(picture(height, width, &mirrored(height, &right))),
        ];
        let mut places: Vec<usize> = all.into_iter().map(|at| at.expect("found")).collect();
        places.sort_unstable();
        assert_eq!(places, [0, 1, 2, 3, 4, 5, 6, 7], "{all:?}");
    }

    #[test]
    fn a_turned_picture_is_the_same_both_ways_round_and_is_kept_in_bytes() {
        let positions = |w, h, rgb: &[u8]| Positions(Picture::positions(w, h, rgb).expect("a picture"));
        let upright = scene(400, 300, 1.1);
        let here = positions(400, 300, &upright);
        let turned = positions(300, 400, &turned_left(400, 300, &upright));
        let other = positions(400, 300, &scene(400, 300, 2.9));
        assert!(here.same(&turned) && !here.same(&other));
        assert_eq!(here.distance(&turned), turned.distance(&here));
        assert_eq!(Positions::from_bytes(&here.to_bytes()), Some(here));
        assert_eq!(Positions::from_bytes(&here.to_bytes()[1..]), None);
        assert_eq!(Positions::from_bytes(&[]), None);
        let flat = positions(100, 100, &vec![128; 30_000]);
        assert!(!flat.same(&flat));
    }

    #[test]
    fn a_flat_picture_matches_nothing_and_a_lying_header_is_refused() {
        let flat = picture(100, 100, &vec![128; 30_000]);
        assert!(flat.quality < Picture::QUALITY_LEAST && !flat.same(&flat));
        assert_eq!(Picture::of(50_000, 50_000, &[]), Err(PictureError::TooLarge(Picture::PIXELS_MAX)));
        assert_eq!(Picture::of(usize::MAX, 2, &[]), Err(PictureError::TooLarge(Picture::PIXELS_MAX)));
        assert_eq!(Picture::of(2, 2, &[0; 11]), Err(PictureError::Shape));
        assert_eq!(Picture::of(0, 0, &[]), Err(PictureError::Shape));
        assert_eq!(picture(1, 1, &[9, 9, 9]).hex().len(), 64);
    }
}
