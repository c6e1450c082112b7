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
/// Faults a hundred blocks from which records are looked into for swallowed neighbours.
const DAMAGED_PER_CENT: u64 = 1;
/// Faults a hundred blocks from which a place counts only where nothing else could begin.
const DOUBTED_PER_CENT: u64 = 20;
/// Faults a hundred blocks from which nothing of a damaged block is given any more: too much might fit by chance.
const RUINED_PER_CENT: u64 = 30;
/// Before so many blocks a few faults say little.
const BLOCKS_TO_JUDGE: u64 = 4;
/// Sources above which a damaged field specification is no longer recognised by the source behind it alone.
const SOURCES_FOR_WEAK: usize = 16;
/// Octets of a field specification within which that source is looked for.
const FSPEC_OCTETS_USUAL: usize = 8;

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
        let whole = self.all_of(&body, choice).is_ok();
        let trusted = followed || source.is_some_and(|source| self.editions.knows(category, source));
        let ruined = self.damage_is_above(RUINED_PER_CENT);
        let sound = !ruined || self.heads.iter().all(|(head, _)| head.marks.is_sound());
        if whole && sound && trusted && self.one_source(category, source, choice) {
            self.tell(Event::Block { category, at: block.clone() });
            self.give(choice);
        } else if followed {
            self.tell(Event::Block { category, at: block.clone() });
            if ruined {
                let fault =
                    fault::at(&body, "asterix-ruined-block").with("category", format!("{category:03}"));
                self.tell(Event::Fault(fault));
                self.tell(Event::Kept(body));
            } else {
                self.carefully(body, category, choice);
            }
        } else {
            return None;
        }
        self.tell(Event::BlockEnd);
        Some(block.end)
    }

    /// Whether more than so many faults were told for each hundred blocks.
    fn damage_is_above(&self, per_cent: u64) -> bool {
        self.totals.faults * 100 > (self.totals.blocks + BLOCKS_TO_JUDGE) * per_cent
    }

    /// Reads every record of `body`, which they must fill exactly.
    fn all_of(&mut self, body: &Range<usize>, choice: Choice) -> Result<(), Broken> {
        self.nodes.clear();
        self.heads.clear();
        let mut at = body.start;
        while at < body.end {
            at = self.one(at, body.end, choice)?.end;
        }
        Ok(())
    }

    fn one(&mut self, at: usize, end: usize, choice: Choice) -> Result<Head, Broken> {
        let first = self.nodes.len();
        let head = structure::read(self.tables, self.input, at, end, choice, &mut self.nodes)?;
        self.heads.push((head, first..self.nodes.len()));
        Ok(head)
    }

    /// Whether every record read is of the block's source or of another that is known, and none hides a second one.
    fn one_source(&mut self, category: u8, first: Option<Source>, choice: Choice) -> bool {
        if !self.tables.begins_with_source(category) || !self.editions.has_sources(category) {
            return true;
        }
        // On a clean link a neighbour's source within a record is an accident, not a sign.
        let look_inside = self.damage_is_above(DAMAGED_PER_CENT);
        let heads = std::mem::take(&mut self.heads);
        let sound = heads.iter().all(|(head, _)| {
            let source = frames::source_at(self.input, head.at, head.end);
            source.is_some_and(|source| {
                (Some(source) == first || self.editions.knows(category, source))
                    && !(look_inside && self.hides_another(head, source, choice))
            })
        });
        self.heads = heads;
        sound
    }

    /// Whether a whole record of the same source begins within this one and ends where it ends: then the first one's
    /// field specification is damaged, and it has swallowed its neighbour.
    fn hides_another(&mut self, head: &Head, (sac, sic): Source, choice: Choice) -> bool {
        let first = head.at + usize::from(head.fspec_octets) + 2;
        let input = self.input;
        let inside = input.get(first..head.end).unwrap_or_default();
        let places = inside.windows(2).enumerate().filter(|(_, two)| **two == [sac, sic]);
        for (at, _) in places {
            for octets in 1..=FSPEC_OCTETS_USUAL {
                let start = (first + at).saturating_sub(octets);
                if start >= first
                    && frames::source_at(input, start, head.end) == Some((sac, sic))
                    && self.may_search(head.end - start)
                    && self.ends_at(start, head.end, choice)
                {
                    return true;
                }
            }
        }
        false
    }

    /// Whether a record that begins at `at` ends exactly at `end`; leaves what was read as it is.
    fn ends_at(&mut self, at: usize, end: usize, choice: Choice) -> bool {
        let before = self.nodes.len();
        let read = structure::read(self.tables, self.input, at, end, choice, &mut self.nodes);
        self.nodes.truncate(before);
        read.is_ok_and(|head| head.end == end)
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
            if self.search_left == 0 {
                let place = at..body.end;
                let fault =
                    fault::at(&place, "asterix-doubtful-record").with("category", format!("{category:03}"));
                self.tell(Event::Fault(fault));
                self.tell(Event::Kept(place));
                return;
            }
            let broken = match self.one(at, body.end, choice) {
                Ok(head) if self.is_sound(&head, &body, category, choice) => {
                    self.give(choice);
                    at = head.end;
                    continue;
                }
                Ok(head) => Broken { at: head.end, why: Why::Cut, item: "" },
                Err(broken) => broken,
            };
            let next = self.next_record(at, &body, category, choice);
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

    /// Whether a record of a damaged block may be given: nothing in it is odd, and what follows confirms its end.
    fn is_sound(&mut self, head: &Head, body: &Range<usize>, category: u8, choice: Choice) -> bool {
        if !head.marks.is_sound() {
            return false;
        }
        if !self.tables.begins_with_source(category) {
            return head.end == body.end;
        }
        let source = frames::source_at(self.input, head.at, head.end);
        source.is_some_and(|source| {
            self.editions.knows(category, source)
                && self.is_confirmed(head.end, body, category, choice)
                && !self.hides_another(head, source, choice)
        })
    }

    /// Whether a record of a damaged block may end at `end`: the block ends there too, or a known source stands where
    /// a field specification that begins there would put it, and no other beginning fits that source better.
    fn is_confirmed(&mut self, end: usize, body: &Range<usize>, category: u8, choice: Choice) -> bool {
        if end == body.end {
            return true;
        }
        let Some(source_at) = self.source_within(end, body.end, category) else { return false };
        let fitting = self.beginnings(source_at, body, category, choice);
        fitting.is_empty() || fitting == [end]
    }

    /// The place of the first known source behind `at`, as near as a field specification allows.
    fn source_within(&self, at: usize, end: usize, category: u8) -> Option<usize> {
        if let Some(source) = frames::source_at(self.input, at, end)
            && self.editions.knows(category, source)
        {
            let octets = self.input.get(at..end)?.iter().position(|octet| octet & 1 == 0)? + 1;
            return Some(at + octets);
        }
        if self.editions.sources() > SOURCES_FOR_WEAK {
            return None;
        }
        (at + 1..=at + FSPEC_OCTETS_USUAL).find(|at| self.is_source(*at, end, category))
    }

    fn is_source(&self, at: usize, end: usize, category: u8) -> bool {
        match self.input.get(at..end.min(at + 2)) {
            Some([sac, sic]) => self.editions.knows(category, (*sac, *sic)),
            _ => false,
        }
    }

    /// Where records may begin of which the source stands at `source_at`: those that read to their end. Where much is
    /// damaged, a beginning that does not read counts against one that does.
    fn beginnings(
        &mut self,
        source_at: usize,
        body: &Range<usize>,
        category: u8,
        choice: Choice,
    ) -> Vec<usize> {
        let first = source_at.saturating_sub(FSPEC_OCTETS_USUAL).max(body.start);
        let strict = self.damage_is_above(DOUBTED_PER_CENT);
        let mut fitting = Vec::new();
        for at in first..source_at {
            let fspec = self.input.get(at..source_at).unwrap_or_default();
            let ends_there = fspec.iter().rposition(|octet| octet & 1 == 0) == fspec.len().checked_sub(1)
                && fspec.iter().filter(|octet| **octet & 1 == 0).count() == 1;
            if !ends_there || fspec.first().is_none_or(|octet| octet & 0x80 == 0) {
                continue;
            }
            let before = self.nodes.len();
            let read = structure::read(self.tables, self.input, at, body.end, choice, &mut self.nodes);
            self.nodes.truncate(before);
            self.may_search(read.map_or_else(|broken| broken.at, |head| head.end).saturating_sub(at));
            let whole = |head: &Head| {
                head.marks.is_sound()
                    && (head.end == body.end || self.source_within(head.end, body.end, category).is_some())
            };
            if strict || read.as_ref().is_ok_and(whole) {
                fitting.push(at);
            }
        }
        fitting
    }

    /// The next place of a damaged block, behind the record that begins at `broken`, where one begins for certain.
    fn next_record(&mut self, broken: usize, body: &Range<usize>, category: u8, choice: Choice) -> usize {
        if !self.tables.begins_with_source(category) {
            return body.end;
        }
        // The broken record's own source begins no other.
        let own = self.source_within(broken, body.end, category).unwrap_or(broken);
        let mut source_at = own + 1;
        while source_at < body.end && self.may_search(1) {
            if self.is_source(source_at, body.end, category)
                && let [at] = *self.beginnings(source_at, body, category, choice)
                && at > own + 1
                && self.reads_soundly(at, body, category, choice)
            {
                return at;
            }
            source_at += 1;
        }
        body.end
    }

    fn reads_soundly(&mut self, at: usize, body: &Range<usize>, category: u8, choice: Choice) -> bool {
        let before = self.nodes.len();
        let read = structure::read(self.tables, self.input, at, body.end, choice, &mut self.nodes);
        self.nodes.truncate(before);
        read.is_ok_and(|head| self.is_sound(&head, body, category, choice))
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
        let read = self.all_of(&body, choice);
        self.may_search(read.map_or_else(|broken| broken.at, |()| behind).saturating_sub(at));
        read.is_ok() && self.one_source(category, source, choice)
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
