//! What the categories and editions of ASTERIX look like: which items, how many bits, which steps and units.
//!
//! The facts stand in `tables.txt`, made by `cargo xtask asterix-tables` from the machine-readable specifications of
//! zoranbosnjak/asterix-specs (BSD-3-Clause, see `tables.LICENSE.txt`). Equal definitions stand there once.

use std::ops::Range;
use std::sync::LazyLock;

static TEXT: &str = include_str!("tables.txt");

/// The tables that come with the program.
pub fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| super::load::load(TEXT).unwrap_or_default());
    &TABLES
}

/// Number of a [`Part`].
pub type PartId = u32;
/// Number of a [`Shape`].
pub type ShapeId = u32;
/// Number of a [`Content`].
pub type ContentId = u32;

/// Number of an edition, such as 1.32.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionNumber {
    /// Before the point.
    pub major: u16,
    /// After the point; 1.9 comes before 1.10.
    pub minor: u16,
}

impl std::str::FromStr for EditionNumber {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (major, minor) = text.split_once('.').ok_or(())?;
        Ok(Self { major: major.parse().map_err(|_| ())?, minor: minor.parse().map_err(|_| ())? })
    }
}

impl std::fmt::Display for EditionNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// One edition of one category.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The category.
    pub category: u8,
    /// Its number.
    pub number: EditionNumber,
    /// Date of issue (ISO 8601).
    pub date: &'static str,
    /// What the category carries.
    pub title: &'static str,
    /// Its items.
    pub items: Range<PartId>,
    /// Its user application profiles; more than one where `selector` chooses.
    pub profiles: Vec<Profile>,
    /// Which profile a record follows.
    pub selector: Option<Selector>,
}

/// The order in which a record's items stand: one slot for each bit of the FSPEC.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name; empty where there is but one.
    pub name: &'static str,
    /// Field reference number 1 first.
    pub slots: Vec<Slot>,
}

/// What a bit of an FSPEC announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// An item.
    Item(PartId),
    /// Nothing is defined here.
    Empty,
    /// Random field sequencing: a count, then that many numbered items.
    Random,
}

/// The value that chooses a profile.
#[derive(Debug, Clone)]
pub struct Selector {
    /// Where it stands: item, then parts.
    pub path: Vec<&'static str>,
    /// Value and index of the profile.
    pub cases: Vec<(u64, usize)>,
}

/// The layout of a reserved expansion field.
#[derive(Debug, Clone)]
pub struct Expansion {
    /// The category that it expands.
    pub category: u8,
    /// Its edition; counted apart from the category's own.
    pub number: EditionNumber,
    /// Its shape, a compound.
    pub shape: ShapeId,
}

/// A named place of an item, or an item itself.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Its name: `010`, `SAC`; empty for repetitions and spare bits.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
    /// How it is laid out.
    pub shape: ShapeId,
}

/// How bits are laid out.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// One value.
    Element {
        /// Length.
        bits: u32,
        /// Meaning.
        content: ContentId,
    },
    /// Bits without a meaning; kept as they are.
    Spare {
        /// Length.
        bits: u32,
    },
    /// An extension bit of an extended item.
    Fx,
    /// A slot of a compound that is not defined.
    Nothing,
    /// Parts one behind the other.
    Group {
        /// The parts.
        parts: Range<PartId>,
        /// Length of all where every part has a fixed one, else 0.
        bits: u32,
    },
    /// Parts up to an extension bit that is zero.
    Extended {
        /// The parts, extension bits among them.
        parts: Range<PartId>,
    },
    /// The same part several times.
    Repeat {
        /// Octets of the count; 0 where extension bits tell the end.
        count_octets: u8,
        /// The part.
        part: PartId,
    },
    /// Parts announced by a field specification of their own.
    Compound {
        /// Octets of the field specification where it has no extension bits, else 0.
        fixed_octets: u8,
        /// The parts.
        parts: Range<PartId>,
    },
    /// A length octet and that many octets less one.
    Explicit {
        /// Whether a layout may be found among the expansions.
        expansion: bool,
    },
    /// One of several shapes, by values that stand elsewhere in the record.
    Case {
        /// Where those stand: paths of names from the item down.
        paths: Vec<Vec<&'static str>>,
        /// Values and shape.
        cases: Vec<(Vec<u64>, ShapeId)>,
        /// The shape for all other values.
        otherwise: Option<ShapeId>,
    },
}

/// What a value means.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing is said.
    Raw,
    /// A list of values.
    Table {
        /// Value and meaning, by value.
        rows: Vec<(u64, &'static str)>,
        /// The values below 64 as a set.
        low: u64,
    },
    /// Eight bits a character.
    Ascii,
    /// Six bits a character (ICAO annex 10 IV, 3.1.2.9).
    Icao,
    /// Three bits a digit.
    Octal,
    /// A Mode S register.
    Bds,
    /// A number, with its step and unit where it is a quantity.
    Number {
        /// Two's complement.
        signed: bool,
        /// One step of the raw number is `top / bottom` units.
        top: f64,
        /// See `top`.
        bottom: f64,
        /// The unit; empty for a plain number.
        unit: &'static str,
        /// Smallest raw number that the specification allows.
        low: i64,
        /// Greatest one.
        high: i64,
        /// Whether it has steps; else it is a plain whole number.
        quantity: bool,
    },
    /// One of several meanings, by a value that stands elsewhere in the record.
    Case {
        /// Where that stands: names from the item down.
        path: Vec<&'static str>,
        /// Value and content.
        cases: Vec<(u64, ContentId)>,
        /// The content for all other values.
        otherwise: ContentId,
    },
}

/// Everything that `tables.txt` says.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    pub(super) contents: Vec<Content>,
    pub(super) shapes: Vec<Shape>,
    pub(super) parts: Vec<Part>,
    pub(super) editions: Vec<Edition>,
    pub(super) expansions: Vec<Expansion>,
    /// By category: which of `editions`, oldest first.
    pub(super) by_category: Vec<Vec<usize>>,
    /// By category: whether every edition begins with the two octets of its source.
    pub(super) source_first: Vec<bool>,
    /// The part of bits whose meaning no edition here knows.
    pub(super) reserved: PartId,
    /// The part of octets kept without a layout.
    pub(super) octets: PartId,
    /// The part of a random field sequence.
    pub(super) random: PartId,
}

const NO_PART: Part = Part { name: "", title: "", shape: ShapeId::MAX };

impl Tables {
    /// Every edition of every category, by category and number.
    pub fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// Every layout of a reserved expansion field.
    pub fn expansions(&self) -> &[Expansion] {
        &self.expansions
    }

    /// The editions of one category, oldest first.
    pub fn of_category(&self, category: u8) -> impl DoubleEndedIterator<Item = (usize, &Edition)> {
        let known = self.by_category.get(usize::from(category)).map_or(&[][..], Vec::as_slice);
        known.iter().filter_map(|at| self.editions.get(*at).map(|edition| (*at, edition)))
    }

    /// Whether the tables hold an edition of this category.
    pub fn knows(&self, category: u8) -> bool {
        self.by_category.get(usize::from(category)).is_some_and(|editions| !editions.is_empty())
    }

    /// Whether records of this category begin with the two octets that name their source.
    pub fn begins_with_source(&self, category: u8) -> bool {
        self.source_first.get(usize::from(category)).copied().unwrap_or(false)
    }

    /// A part; one without name or shape where there is none of this number.
    #[inline]
    pub fn part(&self, id: PartId) -> &Part {
        self.parts.get(id as usize).unwrap_or(&NO_PART)
    }

    /// Several parts.
    #[inline]
    pub fn parts(&self, ids: &Range<PartId>) -> &[Part] {
        self.parts.get(ids.start as usize..ids.end as usize).unwrap_or_default()
    }

    /// A shape; nothing where there is none of this number.
    #[inline]
    pub fn shape(&self, id: ShapeId) -> &Shape {
        self.shapes.get(id as usize).unwrap_or(&Shape::Nothing)
    }

    /// A content; raw where there is none of this number.
    #[inline]
    pub fn content(&self, id: ContentId) -> &Content {
        self.contents.get(id as usize).unwrap_or(&Content::Raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_hold_every_category_and_edition() {
        let tables = tables();
        assert_eq!(tables.editions().len(), 68);
        assert_eq!(tables.expansions().len(), 7);
        let categories: std::collections::BTreeSet<u8> =
            tables.editions().iter().map(|e| e.category).collect();
        assert_eq!(categories.len(), 27);
        let newest = tables.of_category(48).next_back().unwrap().1;
        assert_eq!(newest.number.to_string(), "1.32");
        assert_eq!(newest.profiles.len(), 1);
        assert!(tables.begins_with_source(48));
        assert!(!tables.knows(77));
    }

    #[test]
    fn nothing_in_the_tables_points_nowhere() {
        let tables = tables();
        for part in &tables.parts {
            assert!((part.shape as usize) < tables.shapes.len(), "{part:?}");
        }
        for shape in &tables.shapes {
            if let Shape::Element { content, bits } = shape {
                assert!((*content as usize) < tables.contents.len() && *bits > 0, "{shape:?}");
            }
        }
        for edition in tables.editions() {
            assert!(edition.profiles.iter().all(|profile| profile.slots.len() > 3), "{edition:?}");
        }
    }
}
