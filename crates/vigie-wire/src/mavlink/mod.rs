//! Reads what drones say on their control link (MAVLink 1 and 2): recordings of a ground station, or the bare stream.
//!
//! A frame counts only when its checksum holds; bytes between frames are passed over and named. A frame whose checksum
//! holds and whose content is not in the message set (an unknown message, an unknown value of an enumeration, more bytes
//! than MAVLink 1 knows) is kept raw as a fault, and its neighbours are read. In MAVLink 2 a newer sender may put fields
//! behind the known ones: they are kept as bytes. Signatures are kept and said to be there; without the link's key they prove
//! nothing. Source: the MAVLink guide (serialisation, message signing) and the `ardupilotmega` message set, by the crate
//! `mavlink`. Recordings (`.tlog`) have eight bytes before each frame: microseconds since 1970, most significant first.

mod frame;
mod plausible;

pub use ::mavlink::dialects::ardupilotmega::MavMessage;

use ::mavlink::error::ParserError;
use ::mavlink::{MavlinkVersion, Message as _};
use frame::{Frame, Trouble};
use std::fmt::Display;
use std::ops::Range;
use vigie_model::{At, Fault, Limits};

/// Bytes before each frame of a recording.
const STAMP: usize = 8;

/// Places looked at before the length of the input counts.
const DOUBTS_MIN: usize = 64 << 10;

/// How frames stand in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Each after the time at which it was received.
    Recording,
    /// One after the other.
    Stream,
}

/// One message and where it came from.
#[derive(Debug, Clone)]
pub struct Record {
    /// The bytes of the input, time of reception included.
    pub bytes: Range<u64>,
    /// When the recorder received it, microseconds since 1970; nothing in a bare stream.
    pub received_us: Option<u64>,
    /// Protocol version of the frame.
    pub version: u8,
    /// Who sent it: system.
    pub system: u8,
    /// Who sent it: component of that system.
    pub component: u8,
    /// The sender's running number.
    pub sequence: u8,
    /// Whether a signature stands behind the frame (never checked here).
    pub signed: bool,
    /// What it says.
    pub message: MavMessage,
    /// Length of the payload as sent: trailing zeros may be left out.
    payload_length: u8,
    /// End of the payload from the first byte on that the typed message does not give back: fields of a newer definition.
    beyond: Vec<u8>,
    flags: [u8; 2],
}

impl Record {
    /// What cannot be: fields with a position or a height that no drone has.
    pub fn implausible(&self) -> Vec<&'static str> {
        plausible::implausible(&self.message)
    }

    /// Name of the message, such as `HEARTBEAT`.
    pub fn kind(&self) -> &'static str {
        self.message.message_name()
    }

    /// Bytes behind the fields that this message set knows, as a newer sender may put them there (MAVLink 2).
    pub fn beyond(&self) -> &[u8] {
        &self.beyond
    }

    /// The frame without time and signature, from the typed message.
    pub fn to_frame(&self) -> Vec<u8> {
        frame::write(self)
    }
}

/// What an input held.
#[derive(Debug)]
pub struct Decoded {
    /// How the frames stood.
    pub form: Form,
    /// Messages, in their order.
    pub records: Vec<Record>,
    /// What was kept raw or passed over, in its order.
    pub faults: Vec<Fault>,
    /// The frame that the recording breaks off in.
    pub unfinished: Option<Range<u64>>,
}

/// Reads a whole input.
pub fn decode(bytes: &[u8], limits: &Limits) -> Decoded {
    let mut reader = Reader::new(bytes, limits);
    let (mut records, mut faults) = (Vec::new(), Vec::new());
    for found in &mut reader {
        match found {
            Ok(record) => records.push(record),
            Err(fault) => faults.push(fault),
        }
    }
    Decoded { form: reader.form, records, faults, unfinished: reader.unfinished }
}

/// Gives the messages and the faults of an input one by one.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    left: u64,
    form: Form,
    /// No sound frame stands right before `at`.
    lost: bool,
    /// Places that `covers_others` may still look at: input made to be doubted everywhere costs no more than this.
    doubts_left: usize,
    unfinished: Option<Range<u64>>,
}

impl<'a> Reader<'a> {
    /// Begins at the first byte; how the frames stand is seen from the first sound one.
    pub fn new(bytes: &'a [u8], limits: &Limits) -> Self {
        let too_long = bytes.len() as u64 > limits.bytes_max;
        let left = if too_long { 0 } else { limits.items_max };
        let doubts_left = DOUBTS_MIN + bytes.len().saturating_mul(2);
        Self { bytes, at: 0, left, form: form(bytes), lost: true, doubts_left, unfinished: None }
    }

    /// How the frames stand.
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The frame that the input breaks off in, known at its end.
    pub fn unfinished(&self) -> Option<Range<u64>> {
        self.unfinished.clone()
    }

    const fn lead(&self) -> usize {
        match self.form {
            Form::Recording => STAMP,
            Form::Stream => 0,
        }
    }

    fn fault(&mut self, code: &str, next: usize) -> Fault {
        let fault = Fault::new(At::Byte(self.at as u64), code).with("length", next - self.at);
        self.at = next;
        self.lost = true;
        fault
    }

    fn begins(&self, start: usize) -> bool {
        start.checked_add(self.lead()).is_some_and(|at| frame::read(self.bytes, at).is_ok())
    }

    /// Whether a frame ends here: the input does, or another begins.
    fn joins(&self, end: usize) -> bool {
        end == self.bytes.len() || self.begins(end)
    }

    /// Whether sound frames stand in line before `end`: a wrong length reaches over them, and among many bytes that are
    /// no frames one in 65,536 has the right checksum by chance.
    fn covers_others(&mut self, end: usize) -> bool {
        let places = end.saturating_sub(self.at);
        if places > self.doubts_left {
            return false;
        }
        self.doubts_left -= places;
        (self.at + 1..end).any(|start| {
            let found = start.checked_add(self.lead()).and_then(|at| frame::read(self.bytes, at).ok());
            found.is_some_and(|inner| self.joins(inner.end))
        })
    }

    fn settle(&mut self, frame: &Frame<'_>) -> Option<Result<Record, Fault>> {
        let (start, end) = (self.at, frame.end);
        match MavMessage::parse(frame.version, frame.id, frame.payload) {
            Ok(message) => {
                let beyond = frame::beyond(frame, &message);
                if !beyond.is_empty() && matches!(frame.version, MavlinkVersion::V1) {
                    let trouble = Trouble::Longer { end, id: frame.id, by: beyond.len() };
                    return self.damaged(trouble).map(Err);
                }
                self.at = end;
                self.lost = false;
                Some(Ok(self.record(frame, start, message, beyond)))
            }
            Err(ParserError::InvalidEnum { enum_type, value }) => Some(Err(self
                .fault("mavlink-enumeration", end)
                .with("list", enum_type)
                .with("value", value)
                .with("message", frame.id))),
            Err(cause) => Some(Err(self.unreadable(frame.id, cause, end))),
        }
    }

    fn unreadable(&mut self, id: u32, cause: impl Display, next: usize) -> Fault {
        self.fault("mavlink-unreadable", next).with("message", id).with("cause", cause.to_string())
    }

    fn record(&self, frame: &Frame<'_>, start: usize, message: MavMessage, beyond: &[u8]) -> Record {
        let stamp = self.bytes.get(start..frame.start).and_then(|stamp| stamp.try_into().ok());
        Record {
            bytes: start as u64..frame.end as u64,
            received_us: stamp.map(u64::from_be_bytes),
            version: if matches!(frame.version, MavlinkVersion::V1) { 1 } else { 2 },
            system: frame.system,
            component: frame.component,
            sequence: frame.sequence,
            signed: frame.signed,
            message,
            payload_length: frame.payload.len() as u8,
            beyond: beyond.to_vec(),
            flags: frame.flags,
        }
    }

    /// What to do where no sound frame stands.
    fn damaged(&mut self, trouble: Trouble) -> Option<Fault> {
        let mut fits = |end: usize| self.joins(end) && !self.covers_others(end);
        match trouble {
            Trouble::Unknown { end, id } if fits(end) => {
                Some(self.fault("mavlink-unknown-message", end).with("message", id))
            }
            Trouble::Longer { end, id, by } if fits(end) => {
                Some(self.unreadable(id, format_args!("{by} bytes more"), end))
            }
            Trouble::Checksum { end } if fits(end) => Some(self.fault("mavlink-checksum", end)),
            _ => {
                let next = (self.at + 1..self.bytes.len()).find(|start| self.begins(*start));
                let at_end = next.is_none() && matches!(trouble, Trouble::Cut);
                if at_end {
                    self.unfinished = Some(self.at as u64..self.bytes.len() as u64);
                    self.at = self.bytes.len();
                    return None;
                }
                Some(self.fault("mavlink-foreign", next.unwrap_or(self.bytes.len())))
            }
        }
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Record, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.bytes.len() {
            return None;
        }
        if self.left == 0 {
            let fault = self.fault("mavlink-too-much", self.bytes.len());
            return Some(Err(fault));
        }
        self.left -= 1;
        match frame::read(self.bytes, self.at + self.lead()) {
            Ok(frame) if self.lost && self.covers_others(frame.end) => {
                self.damaged(Trouble::Foreign).map(Err)
            }
            Ok(frame) => self.settle(&frame),
            Err(trouble) => self.damaged(trouble).map(Err),
        }
    }
}

/// Looks at the first sound frame: what stands behind it tells whether times stand between.
fn form(bytes: &[u8]) -> Form {
    const LOOK: usize = 64 << 10;
    let first = (0..bytes.len().min(LOOK)).find_map(|at| frame::read(bytes, at).ok());
    let Some(first) = first else { return Form::Stream };
    let sound = |at: usize| frame::read(bytes, at).is_ok();
    let alone = first.end >= bytes.len();
    if sound(first.end) || (alone && first.start == 0) {
        Form::Stream
    } else if sound(first.end + STAMP) || first.start == STAMP {
        Form::Recording
    } else {
        Form::Stream
    }
}
