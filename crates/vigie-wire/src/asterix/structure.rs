//! Finds the items of one record. Lengths are checked before anything is read, and nothing is guessed: a record that
//! does not fit its edition is refused with the bit where that showed.

use super::bits;
use super::editions::Choice;
use super::record::{Kind, Marks, Node};
use super::tables::{Content, ContentId, Edition, PartId, Profile, Selector, Shape, ShapeId, Slot, Tables};
use std::ops::Range;

/// Octets of the longest field specification that is read.
const FSPEC_OCTETS_MAX: usize = 16;
/// Octets behind the last known extension of an item that are still taken for a later extension.
const EXTENSIONS_MAX: usize = 8;
/// How deep parts may stand in parts; the tables stay far below.
const DEPTH_MAX: usize = 16;

/// Why a record cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// An item runs past the end.
    Cut,
    /// More extension bits than any edition has.
    FspecTooLong,
    /// An item is announced that the edition does not define.
    Undefined,
    /// No item at all.
    Empty,
    /// An extension without end.
    Endless,
    /// A length of an explicit item that cannot be.
    Length,
    /// Parts that end within an octet.
    Unaligned,
}

/// Where and why reading a record ended early.
#[derive(Debug, Clone, Copy)]
pub(super) struct Broken {
    /// Octet of the input.
    pub at: usize,
    pub why: Why,
    /// Name of the item being read.
    pub item: &'static str,
}

/// What is known of a record beside its nodes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    pub at: usize,
    pub end: usize,
    pub profile: u8,
    pub fspec_octets: u8,
    pub marks: Marks,
}

/// Reads the record that begins at `at` and ends at `end` at the latest; its nodes come behind those in `nodes`.
pub(super) fn read(
    tables: &'static Tables,
    input: &[u8],
    at: usize,
    end: usize,
    choice: Choice,
    nodes: &mut Vec<Node>,
) -> Result<Head, Broken> {
    let edition = choice.edition();
    let base = nodes.len();
    let mut profile = 0;
    // The profile shows only in an item: at most one change for each profile there is.
    for _ in 0..=edition.profiles.len() {
        nodes.truncate(base);
        let (start, end) = (at * 8, end * 8);
        let marks = Marks::default();
        let mut reader = Reader { tables, input, start, bit: start, end, edition, base, nodes, marks };
        match reader.record(profile) {
            Ok(Told::Whole { fspec_octets }) => {
                let (bit, marks) = (reader.bit, reader.marks);
                return Ok(Head { at, end: bit / 8, profile: profile as u8, fspec_octets, marks });
            }
            Ok(Told::OtherProfile(other)) => profile = other,
            Err((why, item)) => {
                let at = reader.bit / 8;
                nodes.truncate(base);
                return Err(Broken { at, why, item });
            }
        }
    }
    nodes.truncate(base);
    Err(Broken { at, why: Why::Undefined, item: "" })
}

enum Told {
    Whole { fspec_octets: u8 },
    OtherProfile(usize),
}

type Done = Result<(), Why>;

/// What is read next, and where it belongs.
#[derive(Clone, Copy)]
struct Place {
    part: PartId,
    shape: ShapeId,
    slot: u8,
    depth: usize,
}

struct Reader<'r> {
    tables: &'static Tables,
    input: &'r [u8],
    /// First bit of the record.
    start: usize,
    bit: usize,
    end: usize,
    edition: &'static Edition,
    /// Number of nodes before the first of this record.
    base: usize,
    nodes: &'r mut Vec<Node>,
    marks: Marks,
}

impl Reader<'_> {
    fn record(&mut self, profile: usize) -> Result<Told, (Why, &'static str)> {
        let Some(profile_now) = self.edition.profiles.get(profile) else { return Err((Why::Undefined, "")) };
        let (fspec, octets) = self.fspec().map_err(|why| (why, "FSPEC"))?;
        let mut selector = self.edition.selector.as_ref();
        for (i, octet) in fspec.iter().take(octets).enumerate() {
            let mut announced = octet & 0xFE;
            while announced != 0 {
                let bit = announced.leading_zeros();
                announced &= !(0x80 >> bit);
                let slot = i * 7 + bit as usize;
                self.slot(profile_now, slot).map_err(|why| (why, self.name(profile_now, slot)))?;
                if let Some(other) = selector.and_then(|selector| self.chosen(selector)) {
                    if other != profile {
                        return Ok(Told::OtherProfile(other));
                    }
                    selector = None;
                }
            }
        }
        if self.nodes.len() == self.base {
            return Err((Why::Empty, "FSPEC"));
        }
        if !self.bit.is_multiple_of(8) {
            return Err((Why::Unaligned, ""));
        }
        Ok(Told::Whole { fspec_octets: octets as u8 })
    }

    fn name(&self, profile: &Profile, slot: usize) -> &'static str {
        match profile.slots.get(slot) {
            Some(Slot::Item(part)) => self.tables.part(*part).name,
            Some(Slot::Random) => "RFS",
            _ => "",
        }
    }

    fn fspec(&mut self) -> Result<([u8; FSPEC_OCTETS_MAX], usize), Why> {
        let mut octets = [0; FSPEC_OCTETS_MAX];
        for (i, octet) in octets.iter_mut().enumerate() {
            *octet = self.take(8)? as u8;
            if *octet & 1 == 0 {
                return Ok((octets, i + 1));
            }
        }
        Err(Why::FspecTooLong)
    }

    fn slot(&mut self, profile: &'static Profile, slot: usize) -> Done {
        match profile.slots.get(slot) {
            Some(Slot::Item(part)) => self.part(*part, slot as u8, 0),
            Some(Slot::Random) => self.random(profile, slot as u8),
            Some(Slot::Empty) | None => Err(Why::Undefined),
        }
    }

    /// A count, then so many field reference numbers, each with its item.
    fn random(&mut self, profile: &'static Profile, slot: u8) -> Done {
        let node = self.open(self.tables.random, ShapeId::MAX, Kind::Random, slot);
        let count = self.take(8)?;
        for _ in 0..count {
            let number = self.take(8)? as usize;
            match number.checked_sub(1).and_then(|slot| profile.slots.get(slot)) {
                Some(Slot::Item(part)) => self.part(*part, (number - 1) as u8, 1)?,
                _ => return Err(Why::Undefined),
            }
        }
        self.close(node);
        Ok(())
    }

    /// The profile that the values read so far choose.
    fn chosen(&self, selector: &Selector) -> Option<usize> {
        let value = self.lookup(&selector.path)?;
        selector.cases.iter().find(|case| case.0 == value).map(|case| case.1)
    }

    /// The number of the leaf at `path` among what was read so far; open nodes reach to the end.
    fn lookup(&self, path: &[&'static str]) -> Option<u64> {
        let nodes = self.nodes.get(self.base..)?;
        let (mut from, mut to) = (0, nodes.len());
        let mut found: Option<&Node> = None;
        for name in path {
            let mut at = from;
            found = None;
            while at < to {
                let node = nodes.get(at)?;
                let next = if node.next == 0 { nodes.len() } else { node.next as usize };
                if self.tables.part(node.part).name == *name {
                    (from, to, found) = (at + 1, next, Some(node));
                    break;
                }
                at = next.max(at + 1);
            }
            found?;
        }
        found.filter(|node| node.kind == Kind::Leaf).map(|node| node.raw)
    }

    fn take(&mut self, count: u32) -> Result<u64, Why> {
        if self.bit + count as usize > self.end {
            return Err(Why::Cut);
        }
        let raw = bits::read(self.input, self.bit, count);
        self.bit += count as usize;
        Ok(raw)
    }

    fn node(&self, part: PartId, shape: ShapeId, kind: Kind, slot: u8) -> Node {
        Node {
            part,
            shape,
            at_bit: (self.bit - self.start) as u32,
            bits: 0,
            next: 0,
            kind,
            aux: 0,
            slot,
            marks: Marks::default(),
            raw: 0,
        }
    }

    fn open(&mut self, part: PartId, shape: ShapeId, kind: Kind, slot: u8) -> usize {
        self.nodes.push(self.node(part, shape, kind, slot));
        self.nodes.len() - 1
    }

    fn close(&mut self, at: usize) {
        let (bit, next) = ((self.bit - self.start) as u32, (self.nodes.len() - self.base) as u32);
        if let Some(node) = self.nodes.get_mut(at) {
            node.bits = bit - node.at_bit;
            node.next = next;
        }
    }

    fn set_aux(&mut self, at: usize, aux: u8) {
        if let Some(node) = self.nodes.get_mut(at) {
            node.aux = aux;
        }
    }

    #[inline]
    fn part(&mut self, part: PartId, slot: u8, depth: usize) -> Done {
        let shape = self.tables.part(part).shape;
        self.shape(Place { part, shape, slot, depth })
    }

    fn shape(&mut self, place: Place) -> Done {
        if place.depth > DEPTH_MAX {
            return Err(Why::Endless);
        }
        match self.tables.shape(place.shape) {
            Shape::Element { bits, content } => self.leaf(place, *bits, Some(*content)),
            Shape::Spare { bits } => self.leaf(place, *bits, None),
            Shape::Group { parts, .. } => self.group(place, parts),
            Shape::Extended { parts } => self.extended(place, parts),
            Shape::Repeat { count_octets: 0, part } => self.repeat_by_bit(place, *part),
            Shape::Repeat { count_octets, part } => self.repeat(place, *count_octets, *part),
            Shape::Compound { fixed_octets, parts } => self.compound(place, *fixed_octets, parts),
            Shape::Explicit { expansion } => self.explicit(place, *expansion),
            Shape::Case { paths, cases, otherwise } => {
                let told: Option<Vec<u64>> = paths.iter().map(|path| self.lookup(path)).collect();
                let case = told.and_then(|told| cases.iter().find(|case| case.0 == told));
                let shape = case.map(|case| case.1).or(*otherwise).ok_or(Why::Undefined)?;
                self.shape(Place { shape, depth: place.depth + 1, ..place })
            }
            Shape::Fx | Shape::Nothing => Err(Why::Undefined),
        }
    }

    #[inline]
    fn leaf(&mut self, place: Place, count: u32, content: Option<ContentId>) -> Done {
        if self.bit + count as usize > self.end {
            return Err(Why::Cut);
        }
        let raw = if count <= 64 { bits::read(self.input, self.bit, count) } else { 0 };
        let marks = match content {
            Some(content) => self.looked_at(content, raw, count),
            None if raw != 0 => Marks::SPARE_SET,
            None => Marks::default(),
        };
        self.marks.add(marks);
        self.nodes.push(Node {
            part: place.part,
            shape: place.shape,
            at_bit: (self.bit - self.start) as u32,
            bits: count,
            next: (self.nodes.len() - self.base) as u32 + 1,
            kind: Kind::Leaf,
            aux: 0,
            slot: place.slot,
            marks,
            raw,
        });
        self.bit += count as usize;
        Ok(())
    }

    #[inline]
    fn looked_at(&self, content: ContentId, raw: u64, count: u32) -> Marks {
        match self.tables.content(content) {
            Content::Number { signed, low, high, .. } if *low != i64::MIN || *high != i64::MAX => {
                let number = if *signed { bits::signed(raw, count) } else { raw as i64 };
                if number < *low || number > *high { Marks::OUT_OF_RANGE } else { Marks::default() }
            }
            Content::Table { rows, low } => {
                let known = if raw < 64 { low >> raw & 1 == 1 } else { rows.iter().any(|row| row.0 == raw) };
                if known { Marks::default() } else { Marks::UNKNOWN_VALUE }
            }
            _ => Marks::default(),
        }
    }

    fn group(&mut self, place: Place, parts: &Range<PartId>) -> Done {
        let node = self.open(place.part, place.shape, Kind::Group, place.slot);
        for id in parts.clone() {
            self.part(id, 0, place.depth + 1)?;
        }
        self.close(node);
        Ok(())
    }

    fn extended(&mut self, place: Place, parts: &Range<PartId>) -> Done {
        let node = self.open(place.part, place.shape, Kind::Extended, place.slot);
        let tables = self.tables;
        let mut more = true;
        for (id, inner) in parts.clone().zip(tables.parts(parts)) {
            if *tables.shape(inner.shape) == Shape::Fx {
                more = self.take(1)? == 1;
                if !more {
                    break;
                }
            } else {
                self.part(id, 0, place.depth + 1)?;
                more = false;
            }
        }
        if more {
            self.later_extensions(node)?;
        }
        self.close(node);
        Ok(())
    }

    /// Octets that a later edition may have added: kept, and marked as not understood.
    fn later_extensions(&mut self, node: usize) -> Done {
        for _ in 0..EXTENSIONS_MAX {
            self.part(self.tables.reserved, 0, DEPTH_MAX)?;
            self.marks.add(Marks::LATER_EXTENSION);
            if let Some(node) = self.nodes.get_mut(node) {
                node.marks.add(Marks::LATER_EXTENSION);
            }
            if self.take(1)? == 0 {
                return Ok(());
            }
        }
        Err(Why::Endless)
    }

    fn repeat_by_bit(&mut self, place: Place, each: PartId) -> Done {
        let node = self.open(place.part, place.shape, Kind::Repeat, place.slot);
        loop {
            self.part(each, 0, place.depth + 1)?;
            if self.take(1)? == 0 {
                break;
            }
        }
        self.close(node);
        Ok(())
    }

    fn repeat(&mut self, place: Place, count_octets: u8, each: PartId) -> Done {
        let node = self.open(place.part, place.shape, Kind::Repeat, place.slot);
        self.set_aux(node, count_octets);
        let count = self.take(u32::from(count_octets) * 8)?;
        for _ in 0..count {
            let before = self.bit;
            self.part(each, 0, place.depth + 1)?;
            if self.bit == before {
                return Err(Why::Endless);
            }
        }
        self.close(node);
        Ok(())
    }

    fn compound(&mut self, place: Place, fixed: u8, parts: &Range<PartId>) -> Done {
        let node = self.open(place.part, place.shape, Kind::Compound, place.slot);
        let (fspec, octets, each) = if fixed == 0 {
            let (fspec, octets) = self.fspec()?;
            (fspec, octets, 7)
        } else {
            let mut fspec = [0; FSPEC_OCTETS_MAX];
            for octet in fspec.iter_mut().take(usize::from(fixed)) {
                *octet = self.take(8)? as u8;
            }
            (fspec, usize::from(fixed), 8)
        };
        self.set_aux(node, octets as u8);
        for (i, octet) in fspec.iter().take(octets).enumerate() {
            let mut announced = if fixed == 0 { octet & 0xFE } else { *octet };
            while announced != 0 {
                let bit = announced.leading_zeros();
                announced &= !(0x80 >> bit);
                let inner = (i * each) as u32 + bit;
                if inner >= parts.end - parts.start {
                    return Err(Why::Undefined);
                }
                self.part(parts.start + inner, inner as u8, place.depth + 1)?;
            }
        }
        self.close(node);
        Ok(())
    }

    fn explicit(&mut self, place: Place, expansion: bool) -> Done {
        let node = self.open(place.part, place.shape, Kind::Explicit, place.slot);
        if !self.bit.is_multiple_of(8) {
            return Err(Why::Unaligned);
        }
        let length = self.take(8)? as usize;
        if length == 0 {
            return Err(Why::Length);
        }
        let end = self.bit + (length - 1) * 8;
        if end > self.end {
            return Err(Why::Cut);
        }
        if !(expansion && self.expand(node, end, place.depth)) && length > 1 {
            self.keep(node, end, expansion);
        }
        self.close(node);
        Ok(())
    }

    /// Lays an expansion out by the newest edition that fits it exactly.
    fn expand(&mut self, node: usize, end: usize, depth: usize) -> bool {
        let tables = self.tables;
        let (bit, marks, outer) = (self.bit, self.marks, self.end);
        for (i, expansion) in tables.expansions().iter().enumerate().rev() {
            if expansion.category != self.edition.category {
                continue;
            }
            self.end = end;
            let (part, shape) = (tables.octets, expansion.shape);
            let read = self.shape(Place { part, shape, slot: 0, depth: depth + 1 });
            self.end = outer;
            if read.is_ok() && self.bit == end {
                if let Some(node) = self.nodes.get_mut(node) {
                    node.raw = i as u64 + 1;
                }
                return true;
            }
            self.nodes.truncate(node + 1);
            (self.bit, self.marks) = (bit, marks);
        }
        false
    }

    fn keep(&mut self, node: usize, end: usize, expansion: bool) {
        let known = expansion && self.tables.expansions().iter().any(|e| e.category == self.edition.category);
        let mut octets = self.node(self.tables.octets, ShapeId::MAX, Kind::Leaf, 0);
        octets.bits = (end - self.bit) as u32;
        octets.next = (self.nodes.len() - self.base) as u32 + 1;
        if octets.bits <= 64 {
            octets.raw = bits::read(self.input, self.bit, octets.bits);
        }
        if known {
            octets.marks.add(Marks::KEPT_RAW);
            self.marks.add(Marks::KEPT_RAW);
            if let Some(node) = self.nodes.get_mut(node) {
                node.marks.add(Marks::KEPT_RAW);
            }
        }
        self.nodes.push(octets);
        self.bit = end;
    }
}
