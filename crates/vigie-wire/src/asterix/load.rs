//! Reads `tables.txt`. Every name stays a slice of the text.

use super::tables::{
    Content, ContentId, Edition, Expansion, Part, PartId, Profile, Selector, Shape, ShapeId, Slot, Tables,
};
use std::collections::HashMap;
use std::ops::Range;

/// The tables, or nothing where a line is not understood (a test reads the committed ones).
pub(super) fn load(text: &'static str) -> Option<Tables> {
    let mut lines = text.lines();
    if lines.next()? != "vigie-asterix-tables\t1" {
        return None;
    }
    let mut loading = Loading::new(text);
    for line in lines {
        let (mark, rest) = line.split_once('\t')?;
        let fields: Vec<&'static str> = rest.split('\t').collect();
        loading.line(mark, rest, &fields)?;
    }
    Some(loading.finish())
}

struct Loading {
    tables: Tables,
    /// Shapes read so far; those that no line numbers (spare bits and the like) come behind all numbered ones.
    numbered: usize,
    unnumbered: HashMap<u32, ShapeId>,
    /// Items of the edition being read.
    items: HashMap<&'static str, PartId>,
}

/// Keys of shapes without a number: lengths of spare bits are the others.
const FX: u32 = u32::MAX;
const NOTHING: u32 = u32::MAX - 1;

impl Loading {
    fn new(text: &str) -> Self {
        let count = text.lines().filter(|line| line.starts_with("S\t")).count();
        let tables = Tables { shapes: vec![Shape::Nothing; count], ..Tables::default() };
        Self { tables, numbered: 0, unnumbered: HashMap::new(), items: HashMap::new() }
    }

    fn line(&mut self, mark: &str, rest: &'static str, fields: &[&'static str]) -> Option<()> {
        match mark {
            "C" => self.tables.contents.push(content(fields)?),
            "S" => {
                let shape = self.shape(fields)?;
                *self.tables.shapes.get_mut(self.numbered)? = shape;
                self.numbered += 1;
            }
            "E" => self.edition(fields)?,
            "R" => self.tables.expansions.push(expansion(fields)?),
            "I" => self.item(rest)?,
            "U" => self.profile(fields)?,
            "K" => self.selector(fields)?,
            _ => return None,
        }
        Some(())
    }

    fn shape(&mut self, fields: &[&'static str]) -> Option<Shape> {
        let (kind, rest) = fields.split_first()?;
        Some(match *kind {
            "e" => Shape::Element { bits: rest.first()?.parse().ok()?, content: rest.get(1)?.parse().ok()? },
            "g" => {
                let parts = self.parts(rest, FX)?;
                let bits = self.tables.parts(&parts).iter().map(|part| self.fixed_bits(part.shape));
                Shape::Group { bits: bits.sum::<Option<u32>>().unwrap_or(0), parts }
            }
            "x" => Shape::Extended { parts: self.parts(rest, FX)? },
            "c" => {
                let (octets, slots) = rest.split_first()?;
                let fixed_octets = if *octets == "fx" { 0 } else { octets.parse().ok()? };
                Shape::Compound { fixed_octets, parts: self.parts(slots, NOTHING)? }
            }
            "r" => {
                let count = *rest.first()?;
                let count_octets = if count == "fx" { 0 } else { count.parse().ok()? };
                let part = self.add(Part { name: "", title: "", shape: rest.get(1)?.parse().ok()? });
                Shape::Repeat { count_octets, part }
            }
            "b" => Shape::Explicit { expansion: rest.first() == Some(&"re") },
            "k" => shape_by_case(rest)?,
            _ => return None,
        })
    }

    fn fixed_bits(&self, shape: ShapeId) -> Option<u32> {
        match self.tables.shape(shape) {
            Shape::Element { bits, .. } | Shape::Spare { bits } => Some(*bits),
            Shape::Group { bits, .. } if *bits > 0 => Some(*bits),
            _ => None,
        }
    }

    fn add(&mut self, part: Part) -> PartId {
        self.tables.parts.push(part);
        self.tables.parts.len() as PartId - 1
    }

    fn unnumbered(&mut self, key: u32, shape: Shape) -> ShapeId {
        if let Some(id) = self.unnumbered.get(&key) {
            return *id;
        }
        self.tables.shapes.push(shape);
        let id = self.tables.shapes.len() as ShapeId - 1;
        self.unnumbered.insert(key, id);
        id
    }

    /// `-` is an extension bit in an extended item and an empty slot in a compound: `dash` says which.
    fn parts(&mut self, fields: &[&'static str], dash: u32) -> Option<Range<PartId>> {
        let mut parts = Vec::new();
        for field in fields {
            parts.push(match (*field, field.strip_prefix('~')) {
                ("-", _) => {
                    let shape = if dash == FX { Shape::Fx } else { Shape::Nothing };
                    Part { name: "", title: "", shape: self.unnumbered(dash, shape) }
                }
                (_, Some(bits)) => {
                    let bits = bits.parse().ok()?;
                    Part { name: "", title: "", shape: self.unnumbered(bits, Shape::Spare { bits }) }
                }
                (text, None) => named(text)?,
            });
        }
        let first = self.tables.parts.len() as PartId;
        self.tables.parts.extend(parts);
        Some(first..self.tables.parts.len() as PartId)
    }

    fn edition(&mut self, fields: &[&'static str]) -> Option<()> {
        let [category, number, date, title] = fields else { return None };
        let first = self.tables.parts.len() as PartId;
        self.items.clear();
        self.tables.editions.push(Edition {
            category: category.parse().ok()?,
            number: number.parse().ok()?,
            date,
            title,
            items: first..first,
            profiles: Vec::new(),
            selector: None,
        });
        Some(())
    }

    fn item(&mut self, text: &'static str) -> Option<()> {
        let part = named(text)?;
        let id = self.add(part);
        self.items.insert(part.name, id);
        self.tables.editions.last_mut()?.items.end = id + 1;
        Some(())
    }

    fn profile(&mut self, fields: &[&'static str]) -> Option<()> {
        let (name, slots) = fields.split_first()?;
        let slot = |slot: &&'static str| match *slot {
            "-" => Some(Slot::Empty),
            "rfs" => Some(Slot::Random),
            item => self.items.get(item).map(|id| Slot::Item(*id)),
        };
        let slots = slots.iter().map(slot).collect::<Option<_>>()?;
        self.tables.editions.last_mut()?.profiles.push(Profile { name, slots });
        Some(())
    }

    fn selector(&mut self, fields: &[&'static str]) -> Option<()> {
        let (path, labels) = fields.split_first()?;
        let edition = self.tables.editions.last_mut()?;
        let mut cases = Vec::new();
        for label in labels {
            let (value, name) = label.split_once('=')?;
            let profile = edition.profiles.iter().position(|profile| profile.name == name)?;
            cases.push((value.parse().ok()?, profile));
        }
        edition.selector = Some(Selector { path: path.split('/').collect(), cases });
        Some(())
    }

    fn finish(mut self) -> Tables {
        let content = self.tables.contents.len() as ContentId;
        self.tables.contents.push(Content::Raw);
        self.tables.shapes.push(Shape::Element { bits: 7, content });
        let reserved = self.tables.shapes.len() as ShapeId - 1;
        self.tables.reserved = self.add(Part { name: "", title: "", shape: reserved });
        let octets = self.unnumbered(NOTHING, Shape::Nothing);
        self.tables.octets = self.add(Part { name: "", title: "", shape: octets });
        self.tables.random = self.add(Part { name: "RFS", title: "Random Field Sequencing", shape: octets });
        let mut tables = self.tables;
        tables.editions.sort_by_key(|edition| (edition.category, edition.number));
        tables.by_category = vec![Vec::new(); 256];
        for (at, edition) in tables.editions.iter().enumerate() {
            if let Some(known) = tables.by_category.get_mut(usize::from(edition.category)) {
                known.push(at);
            }
        }
        tables.source_first = (0..=255).map(|category| begins_with_source(&tables, category)).collect();
        tables
    }
}

/// In every edition and profile the first slot is two octets, SAC and SIC.
fn begins_with_source(tables: &Tables, category: u8) -> bool {
    let first = |profile: &Profile| match profile.slots.first() {
        Some(Slot::Item(id)) => match tables.shape(tables.part(*id).shape) {
            Shape::Group { bits: 16, parts } => {
                tables.parts(parts).iter().map(|part| part.name).eq(["SAC", "SIC"])
            }
            _ => false,
        },
        _ => false,
    };
    tables.knows(category)
        && tables.of_category(category).all(|(_, edition)| edition.profiles.iter().all(first))
}

fn content(fields: &[&'static str]) -> Option<Content> {
    let (kind, rest) = fields.split_first()?;
    Some(match *kind {
        "raw" => Content::Raw,
        "ascii" => Content::Ascii,
        "icao" => Content::Icao,
        "octal" => Content::Octal,
        "bds" => Content::Bds,
        "t" => table(rest)?,
        "n" | "q" => number(rest, *kind == "q")?,
        "k" => content_by_case(rest)?,
        _ => return None,
    })
}

fn table(rows: &[&'static str]) -> Option<Content> {
    let row = |row: &&'static str| row.split_once('=').and_then(|(n, text)| Some((n.parse().ok()?, text)));
    let mut rows: Vec<(u64, &'static str)> = rows.iter().map(row).collect::<Option<_>>()?;
    rows.sort_unstable_by_key(|row| row.0);
    let low = rows.iter().filter(|row| row.0 < 64).fold(0, |set, row| set | 1 << row.0);
    Some(Content::Table { rows, low })
}

fn number(fields: &[&'static str], quantity: bool) -> Option<Content> {
    let [sign, step, unit, low, high] = fields else { return None };
    let (top, bottom) = step.split_once('/')?;
    let bound = |text: &str, none: i64| if text.is_empty() { Some(none) } else { text.parse().ok() };
    Some(Content::Number {
        signed: *sign == "s",
        top: top.parse().ok()?,
        bottom: bottom.parse().ok()?,
        unit,
        low: bound(low, i64::MIN)?,
        high: bound(high, i64::MAX)?,
        quantity,
    })
}

fn content_by_case(fields: &[&'static str]) -> Option<Content> {
    let (path, labels) = fields.split_first()?;
    let mut cases = Vec::new();
    let mut otherwise = 0;
    for (value, content) in labels.iter().filter_map(|label| label.split_once('=')) {
        let content = content.parse().ok()?;
        match value.parse() {
            Ok(value) => cases.push((value, content)),
            Err(_) => otherwise = content,
        }
    }
    Some(Content::Case { path: path.split('/').collect(), cases, otherwise })
}

fn shape_by_case(fields: &[&'static str]) -> Option<Shape> {
    let (paths, labels) = fields.split_first()?;
    let mut cases = Vec::new();
    let mut otherwise = None;
    for (values, shape) in labels.iter().filter_map(|label| label.split_once('=')) {
        let shape: ShapeId = shape.parse().ok()?;
        match values.split(',').map(str::parse).collect::<Result<Vec<u64>, _>>() {
            Ok(values) => cases.push((values, shape)),
            Err(_) => otherwise = Some(shape),
        }
    }
    let paths = paths.split(',').map(|path| path.split('/').collect()).collect();
    Some(Shape::Case { paths, cases, otherwise })
}

fn expansion(fields: &[&'static str]) -> Option<Expansion> {
    let category = fields.first()?.parse().ok()?;
    Some(Expansion { category, number: fields.get(1)?.parse().ok()?, shape: fields.get(3)?.parse().ok()? })
}

/// `NAME=shape=title`
fn named(text: &'static str) -> Option<Part> {
    let mut fields = text.splitn(3, '=');
    let (name, shape) = (fields.next()?, fields.next()?);
    Some(Part { name, shape: shape.parse().ok()?, title: fields.next()? })
}
