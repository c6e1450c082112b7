//! Makes records of any category and edition from the tables alone, with what a reader must find in them.
//!
//! Nothing here comes from a recording: values are drawn, sources are invented.

use std::collections::HashMap;
use vigie_wire::asterix::{Content, Edition, Profile, Shape, ShapeId, Slot, tables};

/// xorshift64*: small, fast, the same everywhere.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn draw(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16) % below.max(1)
    }

    fn bits(&mut self, count: u32) -> u64 {
        let raw = self.draw(1 << 24) << 48 | self.draw(1 << 24) << 24 | self.draw(1 << 24);
        if count >= 64 { raw } else { raw & ((1 << count) - 1) }
    }
}

/// Bits one by one: slow, plain, and not the writer of the crate.
#[derive(Default)]
struct Bits(Vec<bool>);

impl Bits {
    fn put(&mut self, raw: u64, count: u32) {
        for i in (0..count).rev() {
            self.0.push(i < 64 && raw >> i & 1 == 1);
        }
    }

    fn octets(&self) -> Vec<u8> {
        assert_eq!(self.0.len() % 8, 0, "a record is whole octets");
        self.0.chunks(8).map(|bits| bits.iter().fold(0, |octet, bit| octet << 1 | u8::from(*bit))).collect()
    }
}

/// A record and the raw numbers that its leaves of at most 64 bits must have, spare bits among them.
pub struct Crafted {
    pub bytes: Vec<u8>,
    #[cfg_attr(not(test), expect(dead_code, reason = "samples are compared by another program"))]
    pub leaves: Vec<u64>,
}

pub struct Crafter<'d> {
    pub dice: &'d mut Dice,
    /// How likely an optional item is, in a hundred.
    pub share: u64,
    bits: Bits,
    leaves: Vec<u64>,
    path: Vec<&'static str>,
    values: HashMap<String, u64>,
    forced: HashMap<String, u64>,
}

/// One record of `edition` from the source `sac`/`sic` where the edition tells sources first.
pub fn record(edition: &'static Edition, dice: &mut Dice, share: u64, (sac, sic): (u8, u8)) -> Crafted {
    let at = dice.draw(edition.profiles.len() as u64) as usize;
    let profile = &edition.profiles[at];
    let mut forced =
        HashMap::from([("010/SAC".to_owned(), u64::from(sac)), ("010/SIC".to_owned(), u64::from(sic))]);
    if let Some(selector) = &edition.selector {
        let value =
            selector.cases.iter().find(|case| case.1 == at).expect("every profile is chosen by a value").0;
        forced.insert(selector.path.join("/"), value);
    }
    let must = edition.selector.as_ref().map(|selector| selector.path[0]);
    let mut crafter = Crafter {
        dice,
        share,
        bits: Bits::default(),
        leaves: Vec::new(),
        path: Vec::new(),
        values: HashMap::new(),
        forced,
    };
    crafter.profile(profile, must);
    Crafted { bytes: crafter.bits.octets(), leaves: crafter.leaves }
}

impl Crafter<'_> {
    fn wants(&mut self) -> bool {
        self.dice.draw(100) < self.share
    }

    fn profile(&mut self, profile: &'static Profile, must: Option<&str>) {
        let tables = tables();
        let mut chosen: Vec<usize> = Vec::new();
        for (slot, what) in profile.slots.iter().enumerate() {
            let needed = slot == 0
                || matches!(what, Slot::Item(part) if Some(tables.part(*part).name) == must || tables.part(*part).name == "010");
            if *what != Slot::Empty && (needed || self.wants()) {
                chosen.push(slot);
            }
        }
        let spare_octets = self.dice.draw(10) / 9;
        self.fspec(&chosen, 7, spare_octets as usize);
        for slot in chosen {
            match &profile.slots[slot] {
                Slot::Item(part) => self.part(*part),
                Slot::Random => self.random(profile),
                Slot::Empty => unreachable!("not chosen"),
            }
        }
    }

    fn random(&mut self, profile: &'static Profile) {
        let items: Vec<usize> =
            (0..profile.slots.len()).filter(|at| matches!(profile.slots[*at], Slot::Item(_))).collect();
        let count = self.dice.draw(3);
        self.bits.put(count, 8);
        for _ in 0..count {
            let slot = items[self.dice.draw(items.len() as u64) as usize];
            self.bits.put(slot as u64 + 1, 8);
            if let Slot::Item(part) = profile.slots[slot] {
                self.part(part);
            }
        }
    }

    /// A field specification, at times longer than it need be.
    fn fspec(&mut self, chosen: &[usize], each: usize, spare_octets: usize) {
        let octets = chosen.last().map_or(1, |last| last / each + 1) + spare_octets;
        for octet in 0..octets {
            for bit in 0..each {
                self.bits.put(u64::from(chosen.contains(&(octet * each + bit))), 1);
            }
            if each == 7 {
                self.bits.put(u64::from(octet + 1 < octets), 1);
            }
        }
    }

    fn part(&mut self, part: u32) {
        let part = tables().part(part);
        self.path.push(part.name);
        self.shape(part.shape);
        self.path.pop();
    }

    fn shape(&mut self, shape: ShapeId) {
        let tables = tables();
        match tables.shape(shape) {
            Shape::Element { bits, content } => self.element(*bits, tables.content(*content)),
            Shape::Spare { bits } => {
                self.bits.put(0, *bits);
                self.leaves.push(0);
            }
            Shape::Group { parts, .. } => parts.clone().for_each(|part| self.part(part)),
            Shape::Extended { parts } => self.extended(parts.clone()),
            Shape::Repeat { count_octets: 0, part } => {
                let count = 1 + self.dice.draw(3);
                for i in 1..=count {
                    self.part(*part);
                    self.bits.put(u64::from(i < count), 1);
                }
            }
            Shape::Repeat { count_octets, part } => {
                let count = self.dice.draw(4);
                self.bits.put(count, u32::from(*count_octets) * 8);
                (0..count).for_each(|_| self.part(*part));
            }
            Shape::Compound { fixed_octets, parts } => {
                self.compound(usize::from(*fixed_octets), parts.clone());
            }
            Shape::Explicit { .. } => {
                let octets = self.dice.draw(5);
                self.bits.put(octets + 1, 8);
                let raw = self.dice.bits(octets as u32 * 8);
                if octets > 0 {
                    self.bits.put(raw, octets as u32 * 8);
                    self.leaves.push(raw);
                }
            }
            Shape::Case { paths, cases, otherwise } => {
                let told: Option<Vec<u64>> =
                    paths.iter().map(|path| self.values.get(&path.join("/")).copied()).collect();
                let case = told.and_then(|told| cases.iter().find(|case| case.0 == told));
                self.shape(case.map(|case| case.1).or(*otherwise).expect("the tables give a default"));
            }
            Shape::Fx | Shape::Nothing => unreachable!("no part of a record"),
        }
    }

    fn extended(&mut self, parts: std::ops::Range<u32>) {
        let tables = tables();
        let fx: Vec<u32> =
            parts.clone().filter(|part| *tables.shape(tables.part(*part).shape) == Shape::Fx).collect();
        let forced_first = self.forced.keys().any(|path| path.starts_with(self.path.join("/").as_str()));
        let stop = if forced_first { 0 } else { self.dice.draw(fx.len() as u64) as usize };
        let last = *fx.last().expect("extended items have extension bits");
        for part in parts {
            if fx.contains(&part) {
                let more = part != fx[stop] && part != last;
                self.bits.put(u64::from(more), 1);
                if !more {
                    return;
                }
            } else {
                self.part(part);
            }
        }
    }

    fn compound(&mut self, fixed: usize, parts: std::ops::Range<u32>) {
        let tables = tables();
        let known = |at: &usize| *tables.shape(tables.part(parts.start + *at as u32).shape) != Shape::Nothing;
        let chosen: Vec<usize> = (0..parts.len()).filter(known).filter(|_| self.wants()).collect();
        if fixed > 0 {
            self.fspec(&chosen, 8, 0);
        } else {
            self.fspec(&chosen, 7, 0);
        }
        for at in chosen {
            self.part(parts.start + at as u32);
        }
    }

    fn element(&mut self, bits: u32, content: &Content) {
        let path = self.path.join("/");
        if bits > 64 {
            for _ in 0..bits / 8 {
                let octet = self.dice.bits(8);
                self.bits.put(octet, 8);
            }
            return;
        }
        let raw = self.forced.get(&path).copied().unwrap_or_else(|| self.value(bits, content));
        self.values.insert(path, raw);
        self.bits.put(raw, bits);
        self.leaves.push(raw);
    }

    /// A number that the specification allows.
    fn value(&mut self, bits: u32, content: &Content) -> u64 {
        match content {
            Content::Table { rows, .. } if !rows.is_empty() => {
                let fitting: Vec<u64> =
                    rows.iter().map(|row| row.0).filter(|n| bits >= 64 || n >> bits == 0).collect();
                fitting[self.dice.draw(fitting.len() as u64) as usize]
            }
            Content::Number { signed, low, high, .. } => {
                let (least, most) = if *signed {
                    (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1)
                } else {
                    (0, (1_i128 << bits) - 1)
                };
                let (low, high) = (least.max(i128::from(*low)), most.min(i128::from(*high)));
                let raw = low + i128::from(self.dice.bits(60)) % (high - low + 1);
                let mask = if bits == 64 { u64::MAX } else { (1 << bits) - 1 };
                raw as u64 & mask
            }
            _ => self.dice.bits(bits),
        }
    }
}

/// A block around records.
pub fn block(category: u8, records: &[&[u8]]) -> Vec<u8> {
    let body = records.concat();
    let length = u16::try_from(body.len() + 3).expect("a block fits 16 bits");
    let mut block = vec![category];
    block.extend(length.to_be_bytes());
    block.extend(body);
    block
}
