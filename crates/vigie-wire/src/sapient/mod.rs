//! Reads what sensor nodes say in SAPIENT (BSI Flex 335 v2.0): registrations, states, detections, alerts, tasks.
//!
//! Bytes in, sound messages *and* faults out. Protobuf alone lets most broken messages pass, so that everything the
//! standard demands above it is checked here: mandatory fields, ULIDs and UUIDs, lists of names, ranges, the units that
//! a node declared when it registered. Each fault names the path of its field and the bytes. A task for an effector or
//! a weapon is refused always: this is a lookout.
//!
//! Two forms are read: frames as they stand on a TCP link (length as four bytes, least significant first, then
//! protobuf), and protobuf's JSON, one object after another. Messages that are refused do not become records; a
//! length that lies is one fault, and reading goes on at the next frame.

mod binary;
mod check;
mod fault;
mod frames;
mod json;
mod nodes;
mod schema;
mod stamp;
mod tree;

#[expect(missing_docs, clippy::pedantic, clippy::all, reason = "made by a tool from the definitions")]
#[rustfmt::skip]
#[path = "generated/messages.rs"]
pub mod messages;

#[rustfmt::skip]
#[path = "generated/rules.rs"]
mod rules;

pub use messages::SapientMessage;
pub use stamp::Timestamp;

use fault::Faults;
use nodes::Nodes;
use prost::Message as _;
use serde_json::value::RawValue;
use std::ops::Range;
use tree::Node;
use vigie_model::{At, Fault, Limits};

/// One sound message.
#[derive(Debug, Clone)]
pub struct Record {
    /// The bytes of the input that it came from: a frame with its length, or an object.
    pub bytes: Range<u64>,
    /// What it says.
    pub message: SapientMessage,
    /// Fields of a later version, passed over.
    pub unknown_fields: u32,
    tree: Node,
}

impl Record {
    /// Which kind of message it is: `detectionReport`, `statusReport`, ….
    pub fn kind(&self) -> &'static str {
        let content = |number| (4..=12).contains(&number);
        let member = self.tree.members.iter().find(|member| content(member.field.number));
        member.map_or("?", |member| member.field.json)
    }

    /// The message in protobuf's JSON.
    pub fn to_json(&self) -> serde_json::Value {
        json::write(&self.tree)
    }

    /// The message as a frame of a TCP link.
    pub fn to_frame(&self) -> Vec<u8> {
        frame(&self.message)
    }
}

/// A message as a frame of a TCP link: its length as four bytes, least significant first, then protobuf.
pub fn frame(message: &SapientMessage) -> Vec<u8> {
    let body = message.encode_to_vec();
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
    [length.to_le_bytes().to_vec(), body].concat()
}

/// What an input held.
#[derive(Debug, Default)]
pub struct Decoded {
    /// Sound messages, in their order.
    pub records: Vec<Record>,
    /// What was refused, in its order.
    pub faults: Vec<Fault>,
}

/// Reads a whole input: frames or JSON, told apart by their first bytes.
pub fn decode(bytes: &[u8], limits: &Limits) -> Decoded {
    let search_left = bytes.len().saturating_mul(SEARCH_FACTOR);
    let mut reader = Reader { limits, nodes: Nodes::default(), search_left, out: Decoded::default() };
    if bytes.len() as u64 > limits.bytes_max {
        reader.out.faults.push(Fault::new(At::Whole, "sapient-too-long").with("length", bytes.len()));
    } else if frames::is_json(bytes) {
        reader.objects(bytes);
    } else {
        reader.frames(bytes);
    }
    reader.out
}

/// An input with more faults than this is no recording of SAPIENT; reading it on would only fill the memory.
const FAULTS_MAX: usize = 100_000;

/// Bytes examined in objects that turn out to be none, for each byte of the input: an object that is left open on every
/// line would otherwise be read to the end from every line.
const SEARCH_FACTOR: usize = 16;

struct Reader<'l> {
    limits: &'l Limits,
    nodes: Nodes,
    search_left: usize,
    out: Decoded,
}

impl Reader<'_> {
    fn is_full(&mut self, at: usize) -> bool {
        let count = self.out.records.len() + self.out.faults.len();
        let full = count as u64 >= self.limits.items_max || self.out.faults.len() >= FAULTS_MAX;
        if full {
            self.out.faults.push(Fault::new(At::Byte(at as u64), "sapient-too-many"));
        }
        full
    }

    fn frames(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while at < bytes.len() && !self.is_full(at) {
            let taken = frames::next(bytes, at, self.limits);
            if let Some(fault) = taken.fault {
                self.out.faults.push(fault);
            }
            if let Some(body) = taken.body {
                let slice = binary::Slice {
                    bytes: bytes.get(body.clone()).unwrap_or_default(),
                    at: body.start as u64,
                };
                let mut faults = Faults::new(self.limits);
                let tree = binary::read(&rules::SAPIENT_MESSAGE, slice, &mut faults);
                let message = SapientMessage::decode(slice.bytes).ok();
                self.settle(tree, message, at as u64..body.end as u64, faults);
            }
            at = taken.next.max(at + 1);
        }
    }

    fn objects(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(start) = frames::next_object(bytes, at) {
            if self.is_full(start) {
                return;
            }
            at = self.object(bytes, start);
        }
    }

    /// Reads the object that begins at `start` and says where to go on.
    fn object(&mut self, bytes: &[u8], start: usize) -> usize {
        let rest = bytes.get(start..).unwrap_or_default();
        let mut stream = serde_json::Deserializer::from_slice(rest).into_iter::<&RawValue>();
        let found = match stream.next() {
            Some(Ok(raw)) => Ok(raw),
            Some(Err(cause)) => Err(cause),
            None => return bytes.len(),
        };
        let end = start + stream.byte_offset();
        match found {
            Ok(raw) if raw.get().starts_with('{') && raw.get().len() <= self.limits.field_bytes_max => {
                let text = json::Text { text: raw.get(), at: (end - raw.get().len()) as u64 };
                let mut faults = Faults::new(self.limits);
                if let Some(tree) = json::read(&rules::SAPIENT_MESSAGE, raw, text, &mut faults) {
                    let message = SapientMessage::decode(binary::write(&tree).as_slice()).ok();
                    self.settle(tree, message, text.at..end as u64, faults);
                }
                end
            }
            Ok(_) => {
                let length = end - start;
                self.out
                    .faults
                    .push(Fault::new(At::Byte(start as u64), "sapient-not-json").with("length", length));
                end
            }
            Err(cause) => {
                let examined = frames::offset(rest, cause.line(), cause.column());
                self.search_left = self.search_left.saturating_sub(examined);
                let next = match self.search_left {
                    0 => bytes.len(),
                    _ => frames::next_line_object(bytes, frames::line_end(bytes, start)),
                };
                let fault =
                    Fault::new(At::Byte(start as u64), "sapient-not-json").with("length", next - start);
                self.out.faults.push(fault.with("cause", cause));
                next
            }
        }
    }

    /// Checks a message and makes a record of it or of its faults.
    fn settle(&mut self, tree: Node, message: Option<SapientMessage>, bytes: Range<u64>, mut faults: Faults) {
        check::check(&tree, &mut faults);
        self.nodes.check(&tree, &mut faults);
        let mut found = faults.into_found();
        if message.is_none() && found.is_empty() {
            let length = bytes.end - bytes.start;
            found.push(
                Fault::new(At::Byte(bytes.start), "sapient-broken")
                    .with("length", length)
                    .with("path", "SapientMessage"),
            );
        }
        match message {
            Some(message) if found.is_empty() => {
                self.nodes.learn(&tree);
                let unknown_fields = tree.unknown;
                self.out.records.push(Record { bytes, message, unknown_fields, tree });
            }
            _ => self.out.faults.append(&mut found),
        }
    }
}
