//! Reads what a link carried: blocks, records, and the way on after damage.
//!
//! One bad record never hides its neighbours, and nothing is invented from damage. A block that reads to its exact end
//! is given as it stands. Where one does not, a record is given only if the bytes behind it corroborate its end: they
//! are the end of the block, or begin a record of a source that the input is known to hold. What remains is kept raw
//! and told as a fault with its place.

use super::capture::{Piece, pieces};
use super::editions::{Choice, Editions, Pin, Source};
use super::fault;
use super::frames::{self, Framing};
use super::record::{Node, Record};
use super::structure::{self, Broken, Head, Why};
use super::tables::{Tables, tables};
use std::ops::Range;
use vigie_model::{Fault, Limits};

/// What reading comes upon, in the order of the bytes. `Between`, `Unknown` and everything from `Block` to `BlockEnd`
/// follow one another without a gap: together they are the input.
#[derive(Debug)]
pub enum Event<'e> {
    /// Bytes that belong to no block: headers of a capture, frames, damage.
    Between(Range<usize>),
    /// A block of a category that the tables do not hold, kept whole.
    Unknown {
        /// The category.
        category: u8,
        /// Where it stands.
        at: Range<usize>,
    },
    /// A block begins.
    Block {
        /// The category.
        category: u8,
        /// Where it stands.
        at: Range<usize>,
    },
    /// A record of that block.
    Record(&'e Record<'e>),
    /// Bytes of that block that are no record; a fault tells why.
    Kept(Range<usize>),
    /// The block ends.
    BlockEnd,
    /// Something is wrong.
    Fault(Fault),
}

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Records given.
    pub records: u64,
    /// Blocks of known categories.
    pub blocks: u64,
    /// Blocks kept whole because the tables do not hold their category.
    pub unknown_blocks: u64,
    /// Faults told.
    pub faults: u64,
}

/// Reads `input` within `limits` and tells `each` what it comes upon.
///
/// Beyond `bytes_max` or `items_max` (records) the rest is told as one fault and kept raw. Octets examined while looking for the way on after damage are
/// bounded by a multiple of the input, so that hostile input costs no more than a fixed time a megabyte.
pub fn read(input: &[u8], limits: &Limits, pins: &[Pin], each: &mut dyn FnMut(Event<'_>)) -> Totals {
    let mut reader = Reader::new(input, limits, pins, each);
    reader.survey();
    let mut end = 0;
    for piece in pieces(reader.input) {
        if reader.full {
            break;
        }
        match piece {
            Piece::Between(place) => {
                end = place.end;
                reader.tell(Event::Between(place));
            }
            Piece::Payload(place) => {
                end = place.end;
                reader.payload(&place);
            }
            Piece::Cut(place) => {
                end = place.end;
                reader.damage(place, "asterix-packet-cut");
            }
        }
    }
    if reader.full && end < reader.input.len() {
        reader.damage(end..reader.input.len(), "asterix-too-many");
    }
    if reader.input.len() < input.len() {
        reader.damage(reader.input.len()..input.len(), "asterix-too-long");
    }
    reader.totals
}

/// Octets examined in search of the way on, for each octet of the input.
const SEARCH_FACTOR: usize = 16;
/// Sources above which a damaged field specification is no longer recognised by the source behind it alone.
const SOURCES_FOR_WEAK: usize = 16;
/// Octets of a field specification within which that source is looked for.
const FSPEC_OCTETS_USUAL: usize = 6;

struct Reader<'r> {
    tables: &'static Tables,
    input: &'r [u8],
    items_max: u64,
    editions: Editions,
    nodes: Vec<Node>,
    heads: Vec<(Head, Range<usize>)>,
    search_left: usize,
    full: bool,
    totals: Totals,
    each: &'r mut dyn FnMut(Event<'_>),
}

impl<'r> Reader<'r> {
    fn new(input: &'r [u8], limits: &Limits, pins: &[Pin], each: &'r mut dyn FnMut(Event<'_>)) -> Self {
        let bytes_max = usize::try_from(limits.bytes_max).unwrap_or(usize::MAX).min(input.len());
        Self {
            tables: tables(),
            input: input.get(..bytes_max).unwrap_or_default(),
            items_max: limits.items_max,
            editions: Editions::new(pins),
            nodes: Vec::new(),
            heads: Vec::new(),
            search_left: bytes_max.saturating_mul(SEARCH_FACTOR),
            full: false,
            totals: Totals::default(),
            each,
        }
    }

    fn tell(&mut self, event: Event<'_>) {
        match &event {
            Event::Record(_) => self.totals.records += 1,
            Event::Block { .. } => self.totals.blocks += 1,
            Event::Unknown { .. } => self.totals.unknown_blocks += 1,
            Event::Fault(_) => self.totals.faults += 1,
            Event::Between(_) | Event::Kept(_) | Event::BlockEnd => {}
        }
        (self.each)(event);
    }

    fn damage(&mut self, place: Range<usize>, code: &str) {
        self.tell(Event::Fault(fault::at(&place, code)));
        self.tell(Event::Between(place));
    }

    /// A first walk over the headers alone: which sources there are, with samples to infer editions from.
    fn survey(&mut self) {
        for piece in pieces(self.input) {
            let Piece::Payload(payload) = piece else { continue };
            let framing = frames::framing(self.tables, self.input, &payload);
            let mut at = payload.start;
            while at < payload.end {
                at = self.survey_at(at, payload.end, framing);
            }
        }
    }

    fn survey_at(&mut self, at: usize, end: usize, framing: Framing) -> usize {
        if framing != Framing::Plain
            && let Some((blocks, behind)) = frames::frame(self.tables, self.input, at, end, framing)
        {
            let mut inner = blocks.start;
            while inner < blocks.end {
                inner = self.survey_at(inner, blocks.end, Framing::Plain);
            }
            return behind;
        }
        if !frames::plausible(self.tables, self.input, at, end) {
            return at + 1;
        }
        let Some((category, behind)) = frames::header(self.input, at, end) else { return at + 1 };
        let source = self.source(category, at + 3, behind);
        self.editions.see(category, source, at + 3..behind);
        behind
    }

    fn source(&self, category: u8, at: usize, end: usize) -> Option<Source> {
        self.tables.begins_with_source(category).then(|| frames::source_at(self.input, at, end)).flatten()
    }

    fn payload(&mut self, payload: &Range<usize>) {
        let framing = frames::framing(self.tables, self.input, payload);
        let mut at = payload.start;
        while at < payload.end {
            if self.full {
                self.tell(Event::Between(at..payload.end));
                return;
            }
            at = self.step(at, payload.end, framing);
        }
    }

    /// Reads the frame or block at `at`, or passes over damage; gives where to go on.
    fn step(&mut self, at: usize, end: usize, framing: Framing) -> usize {
        if framing != Framing::Plain
            && let Some((blocks, behind)) = frames::frame(self.tables, self.input, at, end, framing)
        {
            self.tell(Event::Between(at..blocks.start));
            let mut inner = blocks.start;
            while inner < blocks.end {
                inner = self.step(inner, blocks.end, Framing::Plain);
            }
            if behind > blocks.end {
                self.tell(Event::Between(blocks.end..behind));
            }
            return behind;
        }
        let Some((category, behind)) = frames::header(self.input, at, end) else {
            return self.pass_over(at, end, framing);
        };
        let followed = frames::leads_on(self.tables, self.input, behind, end);
        if !self.tables.knows(category) {
            if !followed {
                return self.pass_over(at, end, framing);
            }
            self.tell(Event::Unknown { category, at: at..behind });
            return behind;
        }
        self.block(at..behind, category, followed).unwrap_or_else(|| self.pass_over(at, end, framing))
    }

    /// Gives the records of a block; nothing where the block itself is in doubt.
    fn block(&mut self, block: Range<usize>, category: u8, followed: bool) -> Option<usize> {
        let body = block.start + 3..block.end;
        let source = self.source(category, body.start, body.end);
        let choice = self.editions.choose(self.input, category, source)?;
        let whole = self.all_of(&body, choice);
        let trusted = followed || source.is_some_and(|source| self.editions.knows(category, source));
        if whole && trusted && self.one_source(category, source) {
            self.tell(Event::Block { category, at: block.clone() });
            self.give(choice);
        } else if followed {
            self.tell(Event::Block { category, at: block.clone() });
            self.carefully(body, category, choice);
        } else {
            return None;
        }
        self.tell(Event::BlockEnd);
        Some(block.end)
    }

    /// Reads every record of `body`; whether they fill it exactly.
    fn all_of(&mut self, body: &Range<usize>, choice: Choice) -> bool {
        self.nodes.clear();
        self.heads.clear();
        let mut at = body.start;
        while at < body.end {
            let Ok(head) = self.one(at, body.end, choice) else { return false };
            at = head.end;
        }
        true
    }

    fn one(&mut self, at: usize, end: usize, choice: Choice) -> Result<Head, Broken> {
        let first = self.nodes.len();
        let head = structure::read(self.tables, self.input, at, end, choice, &mut self.nodes)?;
        self.heads.push((head, first..self.nodes.len()));
        Ok(head)
    }

    /// Whether every record read is of the block's source, or of another that is known.
    fn one_source(&self, category: u8, first: Option<Source>) -> bool {
        if !self.tables.begins_with_source(category) {
            return true;
        }
        self.heads.iter().all(|(head, _)| {
            let source = frames::source_at(self.input, head.at, head.end);
            source == first || source.is_some_and(|source| self.editions.knows(category, source))
        })
    }

    /// Gives the records read last.
    fn give(&mut self, choice: Choice) {
        let heads = std::mem::take(&mut self.heads);
        let nodes = std::mem::take(&mut self.nodes);
        for (head, range) in &heads {
            let record = Record {
                input: self.input,
                at: head.at,
                length: head.end - head.at,
                choice,
                profile: head.profile,
                fspec_octets: head.fspec_octets,
                marks: head.marks,
                nodes: nodes.get(range.clone()).unwrap_or_default(),
            };
            self.tell(Event::Record(&record));
        }
        self.full |= self.totals.records >= self.items_max;
        // Both are used again, so that reading on allocates nothing.
        self.heads = heads;
        self.nodes = nodes;
    }

    /// The records of a damaged block of which the end is corroborated.
    fn carefully(&mut self, body: Range<usize>, category: u8, choice: Choice) {
        let mut at = body.start;
        while at < body.end {
            self.nodes.clear();
            self.heads.clear();
            let broken = match self.one(at, body.end, choice) {
                Ok(head) if self.is_sound(&head, &body, category) => {
                    self.give(choice);
                    at = head.end;
                    continue;
                }
                Ok(head) => Broken { at: head.end, why: Why::Cut, item: "" },
                Err(broken) => broken,
            };
            let next = self.next_record(at + 1, &body, category, choice);
            let place = at..next;
            let fault = match broken.item {
                "" => fault::at(&place, "asterix-doubtful-record").with("category", format!("{category:03}")),
                _ => fault::record(&place, category, broken),
            };
            self.tell(Event::Fault(fault));
            self.tell(Event::Kept(place));
            at = next;
        }
    }

    fn is_sound(&self, head: &Head, body: &Range<usize>, category: u8) -> bool {
        head.marks.is_clean() && (head.end == body.end || self.begins_record(head.end, body.end, category))
    }

    /// Whether a record of a known source seems to begin at `at`, its field specification damaged or not.
    fn begins_record(&self, at: usize, end: usize, category: u8) -> bool {
        if self.begins_whole_record(at, end, category) {
            return true;
        }
        if !self.tables.begins_with_source(category) || self.editions.sources() > SOURCES_FOR_WEAK {
            return false;
        }
        let behind = self.input.get(at + 1..end.min(at + 2 + FSPEC_OCTETS_USUAL)).unwrap_or_default();
        behind.windows(2).any(|two| matches!(two, [sac, sic] if self.editions.knows(category, (*sac, *sic))))
    }

    fn begins_whole_record(&self, at: usize, end: usize, category: u8) -> bool {
        self.source(category, at, end).is_some_and(|source| self.editions.knows(category, source))
    }

    /// The next place of a damaged block where a record begins that reads well and is corroborated.
    fn next_record(&mut self, from: usize, body: &Range<usize>, category: u8, choice: Choice) -> usize {
        let mut at = from;
        while at < body.end && self.may_search(1) {
            if self.begins_whole_record(at, body.end, category) {
                self.nodes.clear();
                self.heads.clear();
                let read = self.one(at, body.end, choice);
                let examined = read.map_or_else(|broken| broken.at, |head| head.end).saturating_sub(at);
                if read.is_ok_and(|head| self.is_sound(&head, body, category)) {
                    return at;
                }
                self.may_search(examined);
            }
            at += 1;
        }
        body.end
    }

    fn may_search(&mut self, octets: usize) -> bool {
        self.search_left = self.search_left.saturating_sub(octets);
        self.search_left > 0
    }

    /// Passes over damage up to the next frame, or the next block that reads to its end.
    fn pass_over(&mut self, at: usize, end: usize, framing: Framing) -> usize {
        let code = match (self.input.get(at), self.input.get(at + 1..at + 3)) {
            (Some(category), Some([high, low])) if self.tables.knows(*category) => {
                let length = usize::from(*high) << 8 | usize::from(*low);
                if length < frames::BLOCK_OCTETS_MIN {
                    "asterix-block-too-short"
                } else if at + length > end {
                    "asterix-block-past-end"
                } else {
                    "asterix-doubtful-block"
                }
            }
            _ => "asterix-foreign",
        };
        let mut next = at + 1;
        while next < end && self.may_search(1) && !self.resumes_at(next, end, framing) {
            next += 1;
        }
        let next = if self.search_left == 0 { end } else { next };
        self.damage(at..next, code);
        next
    }

    fn resumes_at(&mut self, at: usize, end: usize, framing: Framing) -> bool {
        if framing != Framing::Plain && frames::frame(self.tables, self.input, at, end, framing).is_some() {
            return true;
        }
        let Some((category, behind)) = frames::header(self.input, at, end) else { return false };
        if !self.tables.knows(category) {
            return false;
        }
        let body = at + 3..behind;
        let source = self.source(category, body.start, body.end);
        let expected = match source {
            Some(source) => self.editions.knows(category, source),
            None => {
                !self.tables.begins_with_source(category)
                    && frames::leads_on(self.tables, self.input, behind, end)
            }
        };
        if !expected {
            return false;
        }
        let Some(choice) = self.editions.choose(self.input, category, source) else { return false };
        let whole = self.all_of(&body, choice);
        let examined = self.heads.last().map_or(0, |(head, _)| head.end.saturating_sub(at));
        self.may_search(examined);
        whole && self.one_source(category, source)
    }
}

/// Records and faults of an input that fits into memory.
#[derive(Debug)]
pub struct Decoded<'a> {
    input: &'a [u8],
    nodes: Vec<Node>,
    records: Vec<(Head, Choice, Range<usize>)>,
    /// What is wrong, in the order of the bytes.
    pub faults: Vec<Fault>,
    /// What was read.
    pub totals: Totals,
}

/// Reads all of `input`: the good records and the faults.
pub fn decode<'a>(input: &'a [u8], limits: &Limits, pins: &[Pin]) -> Decoded<'a> {
    let (mut nodes, mut records, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    let totals = read(input, limits, pins, &mut |event| match event {
        Event::Record(record) => {
            let first = nodes.len();
            nodes.extend_from_slice(record.nodes);
            let head = Head {
                at: record.at,
                end: record.at + record.length,
                profile: record.profile,
                fspec_octets: record.fspec_octets,
                marks: record.marks,
            };
            records.push((head, record.choice, first..nodes.len()));
        }
        Event::Fault(fault) => faults.push(fault),
        _ => {}
    });
    Decoded { input, nodes, records, faults, totals }
}

impl Decoded<'_> {
    /// The records, in the order of the bytes.
    pub fn records(&self) -> impl ExactSizeIterator<Item = Record<'_>> {
        self.records.iter().map(|(head, choice, range)| Record {
            input: self.input,
            at: head.at,
            length: head.end - head.at,
            choice: *choice,
            profile: head.profile,
            fspec_octets: head.fspec_octets,
            marks: head.marks,
            nodes: self.nodes.get(range.clone()).unwrap_or_default(),
        })
    }
}

/// Writes an input again from what was read of it: records from their values, everything else as it stood.
#[derive(Debug, Default)]
pub struct Rewriter {
    bytes: Vec<u8>,
    block: usize,
}

impl Rewriter {
    /// Takes the next event of reading `input`.
    pub fn take(&mut self, input: &[u8], event: &Event<'_>) {
        let raw = |place: &Range<usize>| input.get(place.clone()).unwrap_or_default();
        match event {
            Event::Between(place) | Event::Kept(place) | Event::Unknown { at: place, .. } => {
                self.bytes.extend_from_slice(raw(place));
            }
            Event::Block { category, .. } => {
                self.block = self.bytes.len();
                self.bytes.extend_from_slice(&[*category, 0, 0]);
            }
            Event::Record(record) => record.encode(&mut self.bytes),
            Event::BlockEnd => {
                let length = (self.bytes.len() - self.block) as u16;
                if let Some(octets) = self.bytes.get_mut(self.block + 1..self.block + 3) {
                    octets.copy_from_slice(&length.to_be_bytes());
                }
            }
            Event::Fault(_) => {}
        }
    }

    /// The bytes so far that no later event changes; they are handed over once.
    pub fn drain(&mut self) -> Vec<u8> {
        self.block = 0;
        std::mem::take(&mut self.bytes)
    }
}
