//! Which edition of a category a source speaks: given, the nearest to the one given, or inferred and said so.
//!
//! The bytes of a record do not name their edition, and wrong editions often read without complaint: so every record
//! carries how its edition was chosen.

use super::record::Node;
use super::structure;
use super::tables::{Edition, EditionNumber, Tables, tables};
use std::collections::HashMap;
use std::ops::Range;
use vigie_model::{At, Fault};

/// SAC and SIC.
pub type Source = (u8, u8);

/// An edition that a person set, for a category or for one source of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    /// The category.
    pub category: u8,
    /// The source, or all of them.
    pub source: Option<Source>,
    /// The edition.
    pub edition: EditionNumber,
}

impl std::str::FromStr for Pin {
    type Err = Fault;

    /// `048=1.31` or, for the source SAC 25 SIC 201, `048@25/201=1.31`.
    fn from_str(text: &str) -> Result<Self, Fault> {
        let refused = || Fault::new(At::Whole, "asterix-bad-pin").with("given", text);
        let (of, edition) = text.split_once('=').ok_or_else(refused)?;
        let (category, source) = of.split_once('@').map_or((of, None), |(of, source)| (of, Some(source)));
        let source = source.map(|source| {
            let (sac, sic) = source.split_once('/')?;
            Some((sac.parse().ok()?, sic.parse().ok()?))
        });
        let pin = Self {
            category: category.parse().map_err(|_| refused())?,
            source: source.map(|source| source.ok_or_else(refused)).transpose()?,
            edition: edition.parse().map_err(|()| refused())?,
        };
        if tables().knows(pin.category) {
            Ok(pin)
        } else {
            Err(Fault::new(At::Whole, "asterix-pin-unknown").with("category", format!("{:03}", pin.category)))
        }
    }
}

/// How an edition was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// A person gave it.
    Given,
    /// A person gave one that the tables do not hold; this is the nearest.
    Nearest {
        /// The one given.
        asked: EditionNumber,
    },
    /// The tables hold no other.
    Only,
    /// It reads the source's first blocks best.
    Inferred {
        /// As many others read them equally well; the newest was taken.
        alike: u8,
    },
}

impl How {
    /// A word for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Nearest { .. } => "nearest",
            Self::Only => "only",
            Self::Inferred { .. } => "inferred",
        }
    }
}

/// An edition and how it was chosen.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    edition: &'static Edition,
    /// How.
    pub how: How,
}

impl Choice {
    /// The edition.
    pub const fn edition(&self) -> &'static Edition {
        self.edition
    }
}

/// Blocks of one source that are looked at to infer its edition.
const SAMPLE_BLOCKS: usize = 32;
/// Octets of all samples together.
const SAMPLE_OCTETS: usize = 256 << 10;
/// Sources that are told apart.
const SOURCES_MAX: usize = 4_096;

/// What a first look at the input found of one source.
#[derive(Debug, Default)]
struct Seen {
    blocks: u64,
    samples: Vec<Range<usize>>,
}

/// The sources of an input and the choices made for them.
#[derive(Debug, Default)]
pub(super) struct Editions {
    pins: Vec<Pin>,
    seen: HashMap<(u8, Option<Source>), Seen>,
    most: HashMap<u8, u64>,
    sampled: usize,
    chosen: HashMap<(u8, Option<Source>), Choice>,
}

impl Editions {
    pub fn new(pins: &[Pin]) -> Self {
        Self { pins: pins.to_vec(), ..Self::default() }
    }

    /// A block seen on the first walk: its body and source.
    pub fn see(&mut self, category: u8, source: Option<Source>, body: Range<usize>) {
        if self.seen.len() >= SOURCES_MAX && !self.seen.contains_key(&(category, source)) {
            return;
        }
        let seen = self.seen.entry((category, source)).or_default();
        seen.blocks += 1;
        if source.is_some() {
            let most = self.most.entry(category).or_default();
            *most = seen.blocks.max(*most);
        }
        if seen.samples.len() < SAMPLE_BLOCKS && self.sampled + body.len() <= SAMPLE_OCTETS {
            self.sampled += body.len();
            seen.samples.push(body);
        }
    }

    /// Whether a source was seen often enough not to be an accident: beside the most frequent one of its category.
    pub fn knows(&self, category: u8, source: Source) -> bool {
        let seen = self.seen.get(&(category, Some(source))).map_or(0, |seen| seen.blocks);
        let most = self.most.get(&category).copied().unwrap_or(0);
        seen > 0 && seen * 20 >= most && (seen > 1 || most < 4)
    }

    /// Whether any source of the category was seen.
    pub fn has_sources(&self, category: u8) -> bool {
        self.most.contains_key(&category)
    }

    /// Sources told apart so far.
    pub fn sources(&self) -> usize {
        self.seen.len()
    }

    /// The edition for records of a source; none where the tables do not know the category.
    pub fn choose(&mut self, input: &[u8], category: u8, source: Option<Source>) -> Option<Choice> {
        if let Some(choice) = self.chosen.get(&(category, source)) {
            return Some(*choice);
        }
        let choice = self.pinned(category, source).or_else(|| self.inferred(input, category, source))?;
        if self.chosen.len() < SOURCES_MAX {
            self.chosen.insert((category, source), choice);
        }
        Some(choice)
    }

    fn pinned(&self, category: u8, source: Option<Source>) -> Option<Choice> {
        let of = |pin: &&Pin| pin.category == category;
        let mine = self.pins.iter().filter(of).find(|pin| pin.source.is_some() && pin.source == source);
        let pin = mine.or_else(|| self.pins.iter().filter(of).find(|pin| pin.source.is_none()))?;
        nearest(tables(), category, pin.edition)
    }

    fn inferred(&self, input: &[u8], category: u8, source: Option<Source>) -> Option<Choice> {
        let samples = self.seen.get(&(category, source)).map_or(&[][..], |seen| seen.samples.as_slice());
        let mut best: Option<((usize, usize), &'static Edition, u8)> = None;
        let mut editions = 0;
        for (_, edition) in tables().of_category(category).rev() {
            editions += 1;
            let merit = merit(input, samples, edition);
            best = match best {
                Some((most, kept, alike)) if merit == most => Some((most, kept, alike + 1)),
                Some((most, ..)) if merit < most => best,
                _ => Some((merit, edition, 0)),
            };
        }
        let (_, edition, alike) = best?;
        let how = if editions == 1 { How::Only } else { How::Inferred { alike } };
        Some(Choice { edition, how })
    }
}

/// Of the same major number the one with the nearest minor; else the last one before; else the first there is.
fn nearest(tables: &'static Tables, category: u8, asked: EditionNumber) -> Option<Choice> {
    let known = || tables.of_category(category).map(|(_, edition)| edition);
    let like = known().rev().filter(|edition| edition.number.major == asked.major);
    let edition = like
        .min_by_key(|edition| edition.number.minor.abs_diff(asked.minor))
        .or_else(|| known().rev().find(|edition| edition.number < asked))
        .or_else(|| known().next())?;
    let how = if edition.number == asked { How::Given } else { How::Nearest { asked } };
    Some(Choice { edition, how })
}

/// How well an edition reads the samples: records in blocks read to their end first, then those with nothing odd.
fn merit(input: &[u8], samples: &[Range<usize>], edition: &'static Edition) -> (usize, usize) {
    let choice = Choice { edition, how: How::Only };
    let mut nodes: Vec<Node> = Vec::new();
    let (mut whole, mut clean) = (0, 0);
    for body in samples {
        let mut at = body.start;
        let mut odd = 0;
        while at < body.end {
            nodes.clear();
            match structure::read(tables(), input, at, body.end, choice, &mut nodes) {
                Ok(head) => {
                    odd += usize::from(!head.marks.is_clean());
                    at = head.end;
                }
                Err(_) => break,
            }
        }
        if at == body.end {
            whole += 1;
            clean += usize::from(odd == 0);
        }
    }
    (whole, clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_a_category_or_one_source_of_it() {
        let number = EditionNumber { major: 1, minor: 31 };
        assert_eq!("048=1.31".parse(), Ok(Pin { category: 48, source: None, edition: number }));
        assert_eq!(
            "48@25/201=1.31".parse(),
            Ok(Pin { category: 48, source: Some((25, 201)), edition: number })
        );
        for wrong in ["048", "048=x", "048@25=1.31", "300=1.0", "048@25/x=1.1", "=", "077=1.0"] {
            assert!(wrong.parse::<Pin>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_edition_that_is_not_there_gives_the_nearest_and_says_so() {
        let asked = EditionNumber { major: 1, minor: 21 };
        let choice = nearest(tables(), 48, asked).unwrap();
        assert_eq!(choice.edition().number.to_string(), "1.27");
        assert_eq!(choice.how, How::Nearest { asked });
        let later = nearest(tables(), 48, EditionNumber { major: 9, minor: 9 }).unwrap();
        assert_eq!(later.edition().number.to_string(), "1.32");
        let given = nearest(tables(), 48, EditionNumber { major: 1, minor: 30 }).unwrap();
        assert_eq!((given.edition().number.minor, given.how), (30, How::Given));
    }
}
