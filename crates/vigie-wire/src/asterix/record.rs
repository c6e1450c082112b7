//! One record, as the tree of what stands in it.
//!
//! The tree is a flat list in the order of the bytes, each node with the number of the one behind it and all that it
//! holds: reading a record allocates nothing, and a record can be encoded again from its tree alone (octet strings
//! longer than 64 bits, which have no number, are taken from the bytes).

use super::bits;
use super::editions::Choice;
use super::tables::{Content, Edition, PartId, Shape, ShapeId, Tables, tables};
use std::ops::Range;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A value, spare bits among them.
    Leaf,
    /// Parts one behind the other.
    Group,
    /// Parts with extension bits.
    Extended,
    /// The same part several times; `aux` is the number of octets of the count, 0 for extension bits.
    Repeat,
    /// Announced parts; `aux` is the number of octets of the field specification.
    Compound,
    /// Octets behind a length.
    Explicit,
    /// A random field sequence.
    Random,
}

/// What about a value or a record is to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u8);

impl Marks {
    /// A number outside what the specification allows.
    pub const OUT_OF_RANGE: Self = Self(1);
    /// A value that its list does not name.
    pub const UNKNOWN_VALUE: Self = Self(2);
    /// Spare bits that are not zero.
    pub const SPARE_SET: Self = Self(4);
    /// Octets of an expansion field that no known edition lays out; kept raw.
    pub const KEPT_RAW: Self = Self(8);
    /// Octets behind the last extension that the edition knows; kept raw.
    pub const LATER_EXTENSION: Self = Self(16);

    /// Whether nothing is marked.
    pub const fn is_clean(self) -> bool {
        self.0 == 0
    }

    /// Whether `other` is among them.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether nothing speaks against the bytes being what they are read as: an expansion field may hold anything.
    pub(super) const fn is_sound(self) -> bool {
        self.0 & !Self::KEPT_RAW.0 == 0
    }

    pub(super) const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Their names.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let all = [
            (Self::OUT_OF_RANGE, "out_of_range"),
            (Self::UNKNOWN_VALUE, "unknown_value"),
            (Self::SPARE_SET, "spare_set"),
            (Self::KEPT_RAW, "kept_raw"),
            (Self::LATER_EXTENSION, "later_extension"),
        ];
        all.into_iter().filter(move |(mark, _)| self.has(*mark)).map(|(_, name)| name)
    }
}

/// One node of the tree.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    pub(super) part: PartId,
    pub(super) shape: ShapeId,
    /// First bit, from the first bit of the record.
    pub(super) at_bit: u32,
    pub(super) bits: u32,
    /// Index of the node behind this one and all that it holds.
    pub(super) next: u32,
    pub(super) kind: Kind,
    pub(super) aux: u8,
    /// Slot in a profile, a compound or a random field sequence, from 0.
    pub(super) slot: u8,
    pub(super) marks: Marks,
    /// Number of a leaf of at most 64 bits; number of the expansion, from 1, of an explicit item that has one.
    pub(super) raw: u64,
}

/// A record: where it stands and what it holds.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    pub(super) input: &'a [u8],
    pub(super) at: usize,
    pub(super) length: usize,
    pub(super) choice: Choice,
    pub(super) profile: u8,
    pub(super) fspec_octets: u8,
    pub(super) marks: Marks,
    pub(super) nodes: &'a [Node],
}

/// What a leaf says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Nothing but its bits.
    Raw,
    /// A number, in `unit` where it has one.
    Number {
        /// The number.
        value: f64,
        /// Its unit; empty for a plain number.
        unit: &'static str,
    },
    /// One of a list.
    Meaning(&'static str),
    /// Characters or octal digits.
    Text(Text<'a>),
}

/// How characters stand in bits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Text<'a> {
    input: &'a [u8],
    at_bit: usize,
    bits: u32,
    /// Bits of one character: 8 ASCII, 6 ICAO, 3 octal.
    step: u32,
}

impl std::fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for i in 0..self.bits / self.step {
            let raw = bits::read(self.input, self.at_bit + (i * self.step) as usize, self.step) as u8;
            let c = match (self.step, raw) {
                (3, digit) => char::from(b'0' + digit),
                (6, 1..=26) => char::from(b'A' + raw - 1),
                (6, 32) | (8, 0) => ' ',
                (6, 48..=57) | (8, 0x20..=0x7E) => char::from(raw),
                _ => char::REPLACEMENT_CHARACTER,
            };
            std::fmt::Write::write_char(f, c)?;
        }
        Ok(())
    }
}

impl<'a> Record<'a> {
    /// The category.
    pub fn category(&self) -> u8 {
        self.edition().category
    }

    /// The edition it was read by.
    pub fn edition(&self) -> &'static Edition {
        self.choice.edition()
    }

    /// Where that edition was taken from.
    pub fn choice(&self) -> Choice {
        self.choice
    }

    /// The name of its profile; empty where the edition has but one.
    pub fn profile(&self) -> &'static str {
        self.edition().profiles.get(usize::from(self.profile)).map_or("", |profile| profile.name)
    }

    /// Where it stands in the input.
    pub fn at(&self) -> Range<usize> {
        self.at..self.at + self.length
    }

    /// Its bytes.
    pub fn bytes(&self) -> &'a [u8] {
        self.input.get(self.at()).unwrap_or_default()
    }

    /// Octets of its field specification.
    pub fn fspec_octets(&self) -> u8 {
        self.fspec_octets
    }

    /// What is to be looked at.
    pub fn marks(&self) -> Marks {
        self.marks
    }

    /// Its source, SAC and SIC, where it begins with one.
    pub fn source(&self) -> Option<(u8, u8)> {
        if !tables().begins_with_source(self.category()) {
            return None;
        }
        match self.nodes {
            [item, sac, sic, ..] if item.slot == 0 && item.bits == 16 => Some((sac.raw as u8, sic.raw as u8)),
            _ => None,
        }
    }

    /// Its items, in the order in which they stand.
    pub fn items(&self) -> Parts<'a> {
        Parts { record: *self, at: 0, end: self.nodes.len() as u32 }
    }

    /// The item or part of that name, from the item down: `["040", "RHO"]`.
    pub fn find(&self, path: &[&str]) -> Option<Item<'a>> {
        let (first, rest) = path.split_first()?;
        let mut found = self.items().find(|item| item.name() == *first)?;
        for name in rest {
            found = found.parts().find(|part| part.name() == *name)?;
        }
        Some(found)
    }

    /// Number of values, spare bits among them.
    pub fn values(&self) -> usize {
        self.nodes.iter().filter(|node| node.kind == Kind::Leaf).count()
    }

    /// Every value in the order of the bytes.
    pub fn leaves(&self) -> impl Iterator<Item = Item<'a>> + use<'a> {
        let record = *self;
        self.nodes.iter().filter(|node| node.kind == Kind::Leaf).map(move |node| Item { record, node, at: 0 })
    }
}

/// The items of a record or the parts of an item.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    record: Record<'a>,
    at: u32,
    end: u32,
}

impl<'a> Iterator for Parts<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Item<'a>> {
        if self.at >= self.end {
            return None;
        }
        let (record, at) = (self.record, self.at);
        let node = record.nodes.get(at as usize)?;
        self.at = node.next.max(at + 1);
        Some(Item { record, node, at })
    }
}

/// An item of a record, or a part of one.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    record: Record<'a>,
    node: &'a Node,
    at: u32,
}

impl<'a> Item<'a> {
    /// Its name; empty for repetitions, spare bits and octets without a layout.
    pub fn name(&self) -> &'static str {
        tables().part(self.node.part).name
    }

    /// What it is.
    pub fn title(&self) -> &'static str {
        tables().part(self.node.part).title
    }

    /// What kind of node it is.
    pub fn kind(&self) -> Kind {
        self.node.kind
    }

    /// Whether these are bits without a meaning.
    pub fn is_spare(&self) -> bool {
        matches!(tables().shape(self.node.shape), Shape::Spare { .. })
    }

    /// Its parts, in order.
    pub fn parts(&self) -> Parts<'a> {
        let end = if self.node.kind == Kind::Leaf { self.at } else { self.node.next };
        Parts { record: self.record, at: self.at + 1, end }
    }

    /// The number of a leaf of at most 64 bits.
    pub fn raw(&self) -> Option<u64> {
        (self.node.kind == Kind::Leaf && self.node.bits <= 64).then_some(self.node.raw)
    }

    /// Length in bits.
    pub fn bits(&self) -> u32 {
        self.node.bits
    }

    /// What of it is to be looked at.
    pub fn marks(&self) -> Marks {
        self.node.marks
    }

    /// The octets of the input that it touches.
    pub fn at(&self) -> Range<usize> {
        let first = self.first_bit();
        first / 8..(first + self.node.bits as usize).div_ceil(8)
    }

    /// Its first bit, from the first bit of the record.
    pub fn first_bit_of_record(&self) -> u32 {
        self.node.at_bit
    }

    fn first_bit(&self) -> usize {
        self.record.at * 8 + self.node.at_bit as usize
    }

    /// The octets that it touches.
    pub fn octets(&self) -> &'a [u8] {
        self.record.input.get(self.at()).unwrap_or_default()
    }

    /// The edition of the layout by which an expansion field was read.
    pub fn expansion(&self) -> Option<super::tables::EditionNumber> {
        if self.node.kind != Kind::Explicit {
            return None;
        }
        let index = (self.node.raw as usize).checked_sub(1)?;
        tables().expansions().get(index).map(|expansion| expansion.number)
    }

    /// What a leaf says.
    pub fn value(&self) -> Value<'a> {
        let tables = tables();
        match tables.shape(self.node.shape) {
            Shape::Element { content, .. } => self.by_content(tables, tables.content(*content)),
            _ => Value::Raw,
        }
    }

    /// The number of a leaf in the unit of its specification.
    pub fn number(&self) -> Option<f64> {
        match self.value() {
            Value::Number { value, .. } => Some(value),
            _ => None,
        }
    }

    fn by_content(&self, tables: &'static Tables, content: &'static Content) -> Value<'a> {
        let text = |step| {
            Value::Text(Text {
                input: self.record.input,
                at_bit: self.first_bit(),
                bits: self.node.bits,
                step,
            })
        };
        match content {
            Content::Raw | Content::Bds => Value::Raw,
            Content::Ascii => text(8),
            Content::Icao => text(6),
            Content::Octal => text(3),
            Content::Table { rows, .. } => rows
                .binary_search_by_key(&self.node.raw, |row| row.0)
                .map_or(Value::Raw, |at| rows.get(at).map_or(Value::Raw, |row| Value::Meaning(row.1))),
            Content::Number { signed, top, bottom, unit, .. } => {
                let raw = if *signed {
                    bits::signed(self.node.raw, self.node.bits) as f64
                } else {
                    self.node.raw as f64
                };
                Value::Number { value: raw * top / bottom, unit }
            }
            Content::Case { path, cases, otherwise } => {
                let told = self.record.find(path).and_then(|item| item.raw());
                let case = cases.iter().find(|case| Some(case.0) == told);
                match tables.content(case.map_or(*otherwise, |case| case.1)) {
                    // Never a case within a case: the tables have none, and a loop must not hang on them.
                    Content::Case { .. } => Value::Raw,
                    content => self.by_content(tables, content),
                }
            }
        }
    }
}
