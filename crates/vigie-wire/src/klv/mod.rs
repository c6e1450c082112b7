//! Reads what an aircraft's camera says beside its video: KLV metadata (MISB ST 0601, with ST 0102, ST 0903 and ST 0902).
//!
//! Packets are found by their universal keys, alone or within an MPEG transport stream. Every length is checked before
//! anything is taken or kept. A packet whose checksum does not hold is given as *unverified* together with a fault; fusion
//! leaves it out. What was read before a broken tag is kept; unknown tags and foreign keys are kept raw. Sources: SMPTE
//! ST 336, MISB ST 0601.17, ST 0102.12, ST 0902.8, ST 0903.5, ST 1201.5, ST 1402.2 (carriage in transport streams).

mod ber;
pub mod imapb;
mod json;
mod set;
mod table;
mod transport;

pub use set::{Item, Set, Value};
pub use table::Kind;
pub use transport::{Input, Stream};

use set::{SetFault, SetReader};
use std::ops::Range;
use vigie_model::{At, Fault, Limits};

/// Octets of a universal key.
const KEY: usize = 16;
/// Start of every universal key.
const KEY_START: [u8; 4] = [0x06, 0x0E, 0x2B, 0x34];
/// ST 0601.
const KEY_UAS: [u8; KEY] = [6, 0x0E, 0x2B, 0x34, 2, 0x0B, 1, 1, 0x0E, 1, 3, 1, 1, 0, 0, 0];
/// ST 0903 on its own.
const KEY_VMTI: [u8; KEY] = [6, 0x0E, 0x2B, 0x34, 2, 0x0B, 1, 1, 0x0E, 1, 3, 3, 6, 0, 0, 0];
/// ST 0102 on its own.
const KEY_SECURITY: [u8; KEY] = [6, 0x0E, 0x2B, 0x34, 2, 3, 1, 1, 0x0E, 1, 3, 3, 2, 0, 0, 0];

/// Whether what a packet says can be trusted to be what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checksum {
    /// It holds.
    Verified,
    /// It does not, or the packet breaks off before it.
    Unverified,
    /// The packet has none.
    Absent,
}

/// One packet.
#[derive(Debug, Clone, PartialEq)]
pub struct Packet<'a> {
    /// Where it stands in its stream, key included.
    pub bytes: Range<usize>,
    /// Which set it holds.
    pub kind: Kind,
    /// Its universal key.
    pub key: [u8; KEY],
    /// Whether it can be trusted.
    pub checksum: Checksum,
    /// What it says; empty where the key is not known.
    pub set: Set<'a>,
    /// The value as it stands.
    pub raw: &'a [u8],
}

impl Packet<'_> {
    /// Time of the packet, microseconds since 1970.
    pub fn time_us(&self) -> Option<u64> {
        match self.set.get(2)?.value {
            Value::Micros(time) => Some(time),
            _ => None,
        }
    }

    /// Tags that the minimum set (ST 0902) asks for and that do not stand in this packet.
    pub fn missing_of_minimum(&self) -> Vec<u32> {
        let there = |tags: &&[u32]| tags.iter().any(|tag| self.set.get(*tag).is_some());
        table::MINIMUM.iter().filter(|tags| !there(tags)).filter_map(|tags| tags.first().copied()).collect()
    }

    /// The packet written anew: key, length and every tag in its order, its checksum summed again.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(self.raw.len());
        for item in &self.set.items {
            put_tag(item.tag, &mut body);
            ber::put_length(item.raw.len(), &mut body);
            body.extend_from_slice(item.raw);
        }
        if self.set.items.is_empty() {
            body.extend_from_slice(self.raw);
        }
        let mut out = self.key.to_vec();
        ber::put_length(body.len(), &mut out);
        out.append(&mut body);
        if self.checksum == Checksum::Verified
            && let Some(covered) = out.len().checked_sub(2)
        {
            let sum = sum(out.get(..covered).unwrap_or_default());
            out.truncate(covered);
            out.extend_from_slice(&sum.to_be_bytes());
        }
        out
    }

    /// The packet as JSON: every tag with its name, value and unit.
    pub fn to_json(&self) -> serde_json::Value {
        json::packet(self)
    }
}

fn put_tag(tag: u32, out: &mut Vec<u8>) {
    let mut shift = (1..5).rev().find(|n| tag >> (7 * n) != 0).unwrap_or(0);
    while shift > 0 {
        out.push((tag >> (7 * shift)) as u8 | 0x80);
        shift -= 1;
    }
    out.push(tag as u8 & 0x7F);
}

/// Sum over 16-bit words, as ST 0601 and ST 0903 want it.
fn sum(bytes: &[u8]) -> u16 {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let words = pairs.iter().fold(0_u32, |sum, pair| sum.wrapping_add(u32::from(u16::from_be_bytes(*pair))));
    let last = odd.first().map_or(0, |byte| u32::from(*byte) << 8);
    words.wrapping_add(last) as u16
}

/// Gives the packets and the faults of one stream, one by one.
#[derive(Debug)]
pub struct Packets<'a> {
    bytes: &'a [u8],
    at: usize,
    left: u64,
    value_max: usize,
    waiting: Vec<Fault>,
}

impl<'a> Packets<'a> {
    /// Begins at the first byte of a stream of packets.
    pub fn new(bytes: &'a [u8], limits: &Limits) -> Self {
        let left = if bytes.len() as u64 > limits.bytes_max { 0 } else { limits.items_max };
        Self { bytes, at: 0, left, value_max: limits.field_bytes_max, waiting: Vec::new() }
    }

    fn skip(&mut self, code: &str, next: usize) -> Fault {
        let fault = Fault::new(At::Byte(self.at as u64), code).with("length", next - self.at);
        self.at = next;
        fault
    }

    /// Where the next key stands that this reader knows, from `from` on.
    fn next_known(&self, from: usize) -> usize {
        let known = |at: &usize| self.bytes.get(*at..at + KEY).is_some_and(|key| kind(key) != Kind::Unknown);
        find_start(self.bytes, from).find(known).unwrap_or(self.bytes.len())
    }

    fn known_within(&self, range: Range<usize>) -> Option<usize> {
        let known = |at: &usize| self.bytes.get(*at..at + KEY).is_some_and(|key| kind(key) != Kind::Unknown);
        let within = self.bytes.get(..range.end.saturating_add(KEY_START.len() - 1).min(self.bytes.len()))?;
        find_start(within, range.start).find(known)
    }

    fn packet(&mut self) -> Result<Packet<'a>, Fault> {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let Some(key) = rest.get(..KEY).filter(|key| key.starts_with(&KEY_START)) else {
            let next = find_start(self.bytes, start + 1).next().unwrap_or(self.bytes.len());
            return Err(self.skip("klv-foreign", next));
        };
        let (length, octets) = match ber::length(rest.get(KEY..).unwrap_or_default()) {
            Ok(found) => found,
            Err(trouble) => {
                let code = if trouble == ber::Trouble::Indefinite { "klv-indefinite" } else { "klv-length" };
                let next = self.next_known(start + 1);
                return Err(self.skip(code, next));
            }
        };
        let head = KEY + octets;
        if length > self.value_max || length > rest.len() - head {
            return self.overlong(key, head);
        }
        // A damaged length may reach into the next packet, which is worth more than this one. Looked for before anything is
        // read, so that each byte is read once however many lengths lie.
        let next = self.known_within(start + 1..start + head + length);
        if let Some(next) = next {
            return Err(self.skip("klv-length", next));
        }
        let packet = self.read(key, head, length);
        if packet.checksum == Checksum::Unverified {
            let fault = Fault::new(At::Byte(start as u64), "klv-checksum").with("length", head + length);
            self.waiting.push(fault);
        }
        self.at = start + head + length;
        Ok(packet)
    }

    /// A length beyond the end: what can be read of the last packet is read, unverified; a neighbour is never swallowed.
    fn overlong(&mut self, key: &'a [u8], head: usize) -> Result<Packet<'a>, Fault> {
        let start = self.at;
        let next = self.next_known(start + 1);
        if next < self.bytes.len() || self.bytes.len() - start > self.value_max || kind(key) == Kind::Unknown
        {
            return Err(self.skip("klv-length", next));
        }
        let mut packet = self.read(key, head, self.bytes.len() - start - head);
        packet.checksum = Checksum::Unverified;
        let fault = self.skip("klv-cut", self.bytes.len());
        if packet.set.items.is_empty() {
            return Err(fault);
        }
        self.waiting.push(fault);
        Ok(packet)
    }

    fn read(&mut self, key: &'a [u8], head: usize, length: usize) -> Packet<'a> {
        let start = self.at;
        let end = start + head + length;
        let (kind, raw) = (kind(key), self.bytes.get(start + head..end).unwrap_or_default());
        let mut faults = Vec::new();
        let set = match kind {
            Kind::Unknown => Set::default(),
            kind => SetReader::new(&mut faults).read(kind, raw, start + head, 0),
        };
        let checksum = self.checksum(kind, start..end, &set);
        if checksum != Checksum::Unverified {
            self.waiting.extend(faults.iter().map(told));
        }
        Packet { bytes: start..end, kind, key: key.try_into().unwrap_or_default(), checksum, set, raw }
    }

    /// The checksum is the packet's last tag, so that it is found although a tag before it is broken.
    fn checksum(&self, kind: Kind, packet: Range<usize>, set: &Set<'_>) -> Checksum {
        let bytes = self.bytes.get(packet).unwrap_or_default();
        match bytes {
            _ if matches!(kind, Kind::Unknown | Kind::Security) => Checksum::Absent,
            [covered @ .., high, low] if covered.ends_with(&[1, 2]) => {
                if sum(covered) == u16::from_be_bytes([*high, *low]) {
                    Checksum::Verified
                } else {
                    Checksum::Unverified
                }
            }
            // ST 0601 demands one; ST 0903 leaves it to the set around it.
            _ if kind == Kind::Vmti && set.get(1).is_none() => Checksum::Absent,
            _ => Checksum::Unverified,
        }
    }
}

fn told(fault: &SetFault) -> Fault {
    Fault::new(At::Byte(fault.at as u64), fault.code).with("length", fault.length).with("tag", fault.tag)
}

fn kind(key: &[u8]) -> Kind {
    match key {
        _ if *key == KEY_UAS => Kind::Uas,
        _ if *key == KEY_VMTI => Kind::Vmti,
        _ if *key == KEY_SECURITY => Kind::Security,
        _ => Kind::Unknown,
    }
}

/// Places from `from` on where a universal key begins.
fn find_start(bytes: &[u8], from: usize) -> impl Iterator<Item = usize> {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.windows(KEY_START.len())
        .enumerate()
        .filter(|(_, four)| *four == KEY_START)
        .map(move |(at, _)| from + at)
}

impl<'a> Iterator for Packets<'a> {
    type Item = Result<Packet<'a>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(fault) = self.waiting.pop() {
            return Some(Err(fault));
        }
        if self.at >= self.bytes.len() {
            return None;
        }
        if self.left == 0 {
            return Some(Err(self.skip("klv-too-many", self.bytes.len())));
        }
        self.left -= 1;
        Some(self.packet())
    }
}
