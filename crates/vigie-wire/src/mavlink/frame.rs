//! One MAVLink frame: where it ends, who sent it, and whether its checksum holds.

use super::{MavMessage, Record};
use ::mavlink::consts::v2::IFLAG_SIGNED;
use ::mavlink::{MavlinkVersion, Message as _, calculate_crc};

const MAGIC_1: u8 = 0xFE;
const MAGIC_2: u8 = 0xFD;
const HEAD_1: usize = 6;
const HEAD_2: usize = 10;
const CHECKSUM: usize = 2;
const SIGNATURE: usize = 13;
/// Large enough for any message: the crate writes whole ones.
const PAYLOAD_MAX: usize = 512;
/// COMPONENT_INFORMATION: the one known message whose checksum seed is the zero that stands for unknown ones.
const EXTRA_IS_ZERO: u32 = 395;

/// A frame whose checksum holds.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    pub version: MavlinkVersion,
    pub start: usize,
    pub end: usize,
    pub id: u32,
    pub payload: &'a [u8],
    pub system: u8,
    pub component: u8,
    pub sequence: u8,
    pub signed: bool,
    pub flags: [u8; 2],
}

/// Why no frame stands here.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trouble {
    /// No frame begins here.
    Foreign,
    /// It begins, and the input ends.
    Cut,
    /// The checksum does not hold.
    Checksum { end: usize },
    /// A message outside the set: its checksum cannot be checked.
    Unknown { end: usize, id: u32 },
    /// More bytes than a MAVLink 1 message of this kind has.
    Longer { end: usize, id: u32, by: usize },
}

/// Reads the frame that begins at `start`.
pub(crate) fn read(bytes: &[u8], start: usize) -> Result<Frame<'_>, Trouble> {
    let rest = bytes.get(start..).unwrap_or_default();
    match rest {
        [MAGIC_1, length, sequence, system, component, id, ..] => {
            let frame = Frame {
                version: MavlinkVersion::V1,
                start,
                end: 0,
                id: u32::from(*id),
                payload: &[],
                system: *system,
                component: *component,
                sequence: *sequence,
                signed: false,
                flags: [0, 0],
            };
            finish(rest, HEAD_1, usize::from(*length), frame)
        }
        [MAGIC_2, length, needs, may, sequence, system, component, a, b, c, ..] => {
            let frame = Frame {
                version: MavlinkVersion::V2,
                start,
                end: 0,
                id: u32::from_le_bytes([*a, *b, *c, 0]),
                payload: &[],
                system: *system,
                component: *component,
                sequence: *sequence,
                signed: needs & IFLAG_SIGNED != 0,
                flags: [*needs, *may],
            };
            finish(rest, HEAD_2, usize::from(*length), frame)
        }
        [MAGIC_1 | MAGIC_2, ..] | [] => Err(Trouble::Cut),
        _ => Err(Trouble::Foreign),
    }
}

fn finish<'a>(
    rest: &'a [u8],
    head: usize,
    length: usize,
    mut frame: Frame<'a>,
) -> Result<Frame<'a>, Trouble> {
    // A flag that this reader does not know may change what follows.
    if frame.flags[0] & !IFLAG_SIGNED != 0 {
        return Err(Trouble::Foreign);
    }
    let checked = head + length;
    let size = checked + CHECKSUM + if frame.signed { SIGNATURE } else { 0 };
    let (Some(covered), Some(sum)) = (rest.get(1..checked), rest.get(checked..checked + CHECKSUM)) else {
        return Err(Trouble::Cut);
    };
    if rest.len() < size {
        return Err(Trouble::Cut);
    }
    frame.end = frame.start + size;
    let extra = MavMessage::extra_crc(frame.id);
    if extra == 0 && frame.id != EXTRA_IS_ZERO {
        return Err(Trouble::Unknown { end: frame.end, id: frame.id });
    }
    if sum != calculate_crc(covered, extra).to_le_bytes() {
        return Err(Trouble::Checksum { end: frame.end });
    }
    frame.payload = rest.get(head..checked).unwrap_or_default();
    Ok(frame)
}

/// The end of a payload that the typed message does not give back.
pub(crate) fn beyond<'a>(frame: &Frame<'a>, message: &MavMessage) -> &'a [u8] {
    let sent = frame.payload.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let known = message.ser(frame.version, &mut [0; PAYLOAD_MAX]);
    if sent > known { frame.payload.get(known..).unwrap_or_default() } else { &[] }
}

/// Writes a frame from its typed message, trailing zeros as they were sent.
pub(crate) fn write(record: &Record) -> Vec<u8> {
    let version = if record.version == 1 { MavlinkVersion::V1 } else { MavlinkVersion::V2 };
    let mut payload = [0_u8; PAYLOAD_MAX];
    record.message.ser(version, &mut payload);
    let length = record.payload_length;
    let known = usize::from(length) - record.beyond.len();
    let id = record.message.message_id().to_le_bytes();
    let mut out = match version {
        MavlinkVersion::V1 => vec![MAGIC_1, length, record.sequence, record.system, record.component, id[0]],
        MavlinkVersion::V2 => {
            let [needs, may] = record.flags;
            let head = [MAGIC_2, length, needs, may, record.sequence, record.system, record.component];
            [&head[..], &id[..3]].concat()
        }
    };
    out.extend_from_slice(payload.get(..known).unwrap_or_default());
    out.extend_from_slice(&record.beyond);
    let sum =
        calculate_crc(out.get(1..).unwrap_or_default(), MavMessage::extra_crc(record.message.message_id()));
    out.extend_from_slice(&sum.to_le_bytes());
    out
}
