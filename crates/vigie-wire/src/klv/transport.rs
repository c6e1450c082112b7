//! Takes the metadata out of an MPEG transport stream and remembers where each byte stood in the file.
//!
//! A stream is metadata when its program says so: private data registered as `KLVA` (asynchronous), or metadata in PES
//! (synchronous), whose access units carry a header of five bytes each. Damage to the transport is a fault; packets beside
//! it are read. Source: ISO/IEC 13818-1, MISB ST 1402.2.

use super::{Packet, Packets};
use mpeg2ts_reader::demultiplex::{
    Demultiplex, FilterChangeset, FilterRequest, NullPacketFilter, PatPacketFilter, PmtPacketFilter,
};
use mpeg2ts_reader::descriptor::CoreDescriptors;
use mpeg2ts_reader::pes::{ElementaryStreamConsumer, PesContents, PesHeader, PesPacketFilter};
use mpeg2ts_reader::smptera::FormatIdentifier;
use mpeg2ts_reader::{StreamType, packet_filter_switch};
use std::borrow::Cow;
use std::ops::Range;
use vigie_model::{At, Fault, Limits};

const PACKET: usize = 188;
const SYNC: u8 = 0x47;
/// Header of a metadata access unit.
const CELL: usize = 5;
/// Streams of one file.
const STREAMS_MAX: usize = 64;

/// An input taken apart: bare packets are one stream, a transport stream may hold several.
#[derive(Debug)]
pub struct Input<'a> {
    /// What holds metadata.
    pub streams: Vec<Stream<'a>>,
    /// What was wrong with the transport.
    pub faults: Vec<Fault>,
}

/// One stream of packets.
#[derive(Debug)]
pub struct Stream<'a> {
    /// Number of the stream in its transport; nothing for bare packets.
    pub pid: Option<u16>,
    bytes: Cow<'a, [u8]>,
    /// Where parts of the stream stand in the file: offset in the stream, offset in the file.
    places: Vec<(usize, u64)>,
}

impl<'a> Input<'a> {
    /// Takes a file apart.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Self {
        if bytes.len() as u64 > limits.bytes_max {
            let fault = Fault::new(At::Whole, "klv-too-long").with("length", bytes.len());
            return Self { streams: Vec::new(), faults: vec![fault] };
        }
        if !is_transport(bytes) {
            let stream = Stream { pid: None, bytes: Cow::Borrowed(bytes), places: vec![(0, 0)] };
            return Self { streams: vec![stream], faults: Vec::new() };
        }
        demultiplex(bytes, limits)
    }
}

impl Stream<'_> {
    /// The packets and faults of the stream, places counted in the stream.
    pub fn packets(&self, limits: &Limits) -> Packets<'_> {
        Packets::new(&self.bytes, limits)
    }

    /// Where a packet stands in the file: from its first byte to its last.
    pub fn place(&self, packet: &Packet<'_>) -> Range<u64> {
        let last = packet.bytes.end.saturating_sub(1);
        self.in_file(packet.bytes.start)..self.in_file(last) + 1
    }

    /// A fault with its place in the file.
    #[must_use]
    pub fn placed(&self, mut fault: Fault) -> Fault {
        if let At::Byte(at) = fault.at {
            fault.at = At::Byte(self.in_file(usize::try_from(at).unwrap_or(usize::MAX)));
        }
        fault
    }

    fn in_file(&self, at: usize) -> u64 {
        in_file(&self.places, at)
    }
}

/// Whether packets of a transport stream stand here: sync bytes at the right distances.
fn is_transport(bytes: &[u8]) -> bool {
    let in_row = |from: usize| {
        let marks = (0..5).map_while(|n| bytes.get(from + n * PACKET));
        let (right, seen) =
            marks.fold((0, 0), |(right, seen), byte| (right + usize::from(*byte == SYNC), seen + 1));
        seen > 0 && right == seen && (seen == 5 || from == 0)
    };
    bytes.len() >= PACKET && (0..PACKET).any(in_row)
}

packet_filter_switch! {
    Filter<Context> {
        Pat: PatPacketFilter<Context>,
        Pmt: PmtPacketFilter<Context>,
        Metadata: PesPacketFilter<Context, Collector>,
        Null: NullPacketFilter<Context>,
    }
}

/// What is being taken out.
pub struct Context {
    changeset: FilterChangeset<Filter>,
    /// Where the packet at hand stands in the file.
    at: u64,
    gathered: Vec<Gathered>,
    faults: Vec<Fault>,
    left: usize,
}

/// One stream and the access unit that is being gathered for it.
struct Gathered {
    stream: Stream<'static>,
    /// Access units carry headers.
    cells: bool,
    unit: Vec<u8>,
    places: Vec<(usize, u64)>,
}

/// Tells the context which stream a part belongs to; a stream for which there was no room has none.
pub struct Collector(Option<usize>);

impl mpeg2ts_reader::demultiplex::DemuxContext for Context {
    type F = Filter;

    fn filter_changeset(&mut self) -> &mut FilterChangeset<Filter> {
        &mut self.changeset
    }

    fn construct(&mut self, request: FilterRequest<'_, '_>) -> Filter {
        match request {
            FilterRequest::ByPid(mpeg2ts_reader::psi::pat::PAT_PID) => {
                Filter::Pat(PatPacketFilter::default())
            }
            FilterRequest::Pmt { pid, program_number } => {
                Filter::Pmt(PmtPacketFilter::new(pid, program_number))
            }
            FilterRequest::ByStream { stream_type, stream_info, .. } => {
                let registered = stream_info.descriptors::<CoreDescriptors<'_>>().flatten().any(|said| {
                    matches!(said, CoreDescriptors::Registration(said) if said.is_format(FormatIdentifier::KLVA))
                });
                let cells = stream_type == StreamType::METADATA_IN_PES;
                let private = stream_type == StreamType::H222_0_PES_PRIVATE_DATA && registered;
                if cells || private {
                    let stream = self.stream(u16::from(stream_info.elementary_pid()), cells);
                    Filter::Metadata(PesPacketFilter::new(Collector(stream)))
                } else {
                    Filter::Null(NullPacketFilter::default())
                }
            }
            _ => Filter::Null(NullPacketFilter::default()),
        }
    }
}

impl Context {
    /// The stream with that number, if there is room for it.
    fn stream(&mut self, pid: u16, cells: bool) -> Option<usize> {
        let known = self.gathered.iter().position(|gathered| gathered.stream.pid == Some(pid));
        if known.is_none() && self.gathered.len() < STREAMS_MAX {
            let stream = Stream { pid: Some(pid), bytes: Cow::Owned(Vec::new()), places: Vec::new() };
            self.gathered.push(Gathered { stream, cells, unit: Vec::new(), places: Vec::new() });
            return Some(self.gathered.len() - 1);
        }
        known
    }

    fn gather(&mut self, stream: Option<usize>, bytes: &[u8]) {
        let Some(gathered) = stream.and_then(|stream| self.gathered.get_mut(stream)) else { return };
        if let Some(left) = self.left.checked_sub(bytes.len()) {
            self.left = left;
            // A payload ends where its packet ends.
            let at = self.at + (PACKET.saturating_sub(bytes.len())) as u64;
            gathered.places.push((gathered.unit.len(), at));
            gathered.unit.extend_from_slice(bytes);
        }
    }

    fn finish(&mut self, stream: Option<usize>) {
        if let Some(gathered) = stream.and_then(|stream| self.gathered.get_mut(stream)) {
            gathered.finish();
        }
    }
}

impl Gathered {
    /// Hands over a part of the unit, piece by piece, so that each keeps its place.
    fn hand_over(&mut self, range: Range<usize>) {
        let mut from = range.start;
        while from < range.end {
            let next = self.places.partition_point(|(start, _)| *start <= from);
            let to = self.places.get(next).map_or(range.end, |(start, _)| (*start).min(range.end));
            self.stream.places.push((self.stream.bytes.len(), in_file(&self.places, from)));
            self.stream.bytes.to_mut().extend_from_slice(self.unit.get(from..to).unwrap_or_default());
            from = to;
        }
    }

    fn finish(&mut self) {
        if self.cells {
            let mut at = 0;
            while let Some([_, _, _, high, low]) = self.unit.get(at..at + CELL) {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                let end = (at + CELL + length).min(self.unit.len());
                self.hand_over(at + CELL..end);
                at = end;
            }
        } else {
            self.hand_over(0..self.unit.len());
        }
        self.drop_unit();
    }

    fn drop_unit(&mut self) {
        self.unit.clear();
        self.places.clear();
    }
}

impl ElementaryStreamConsumer<Context> for Collector {
    fn start_stream(&mut self, _: &mut Context) {}

    fn begin_packet(&mut self, context: &mut Context, header: PesHeader<'_>) {
        context.finish(self.0);
        match header.contents() {
            PesContents::Parsed(Some(parsed)) => context.gather(self.0, parsed.payload()),
            PesContents::Payload(bytes) => context.gather(self.0, bytes),
            PesContents::Parsed(None) => {}
        }
    }

    fn continue_packet(&mut self, context: &mut Context, data: &[u8]) {
        context.gather(self.0, data);
    }

    fn end_packet(&mut self, context: &mut Context) {
        context.finish(self.0);
    }

    fn continuity_error(&mut self, context: &mut Context) {
        context.faults.push(Fault::new(At::Byte(context.at), "klv-transport-gap").with("length", PACKET));
        if let Some(gathered) = self.0.and_then(|stream| context.gathered.get_mut(stream)) {
            gathered.drop_unit();
        }
    }
}

/// Where a byte stands in the file, by the parts whose places are known.
fn in_file(places: &[(usize, u64)], at: usize) -> u64 {
    let index = places.partition_point(|(start, _)| *start <= at).saturating_sub(1);
    places.get(index).map_or(0, |(start, file)| file + (at - start) as u64)
}

fn demultiplex(bytes: &[u8], limits: &Limits) -> Input<'static> {
    let left = usize::try_from(limits.bytes_max).unwrap_or(usize::MAX).min(bytes.len());
    let changeset = FilterChangeset::default();
    let mut context = Context { changeset, at: 0, gathered: Vec::new(), faults: Vec::new(), left };
    let mut demultiplex = Demultiplex::new(&mut context);
    let mut at = 0;
    while at < bytes.len() {
        let whole = bytes.get(at..at + PACKET).filter(|packet| packet.first() == Some(&SYNC));
        if let Some(packet) = whole {
            context.at = at as u64;
            demultiplex.push(&mut context, packet);
            at += PACKET;
            continue;
        }
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let next = rest.iter().position(|byte| *byte == SYNC).map_or(bytes.len(), |found| at + 1 + found);
        // What is shorter than a packet holds none.
        let next = if bytes.len() - next < PACKET { bytes.len() } else { next };
        context
            .faults
            .push(Fault::new(At::Byte(at as u64), "klv-transport-foreign").with("length", next - at));
        at = next;
    }
    // The last unit of a stream ends where the file does.
    context.gathered.iter_mut().for_each(Gathered::finish);
    Input {
        streams: context.gathered.into_iter().map(|gathered| gathered.stream).collect(),
        faults: context.faults,
    }
}
