//! Finds what a link carried within a file: network captures (pcap, pcapng) give their datagrams, anything else itself.
//!
//! Only places are given, never copies: the bytes between the payloads (headers, other traffic) stay where they are,
//! so that a file can be written again byte for byte.

use std::ops::Range;

/// What stands at a place of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Headers and traffic that is not for us.
    Between(Range<usize>),
    /// What a datagram or segment carried, or the whole file.
    Payload(Range<usize>),
    /// A packet whose stated length cannot be; nothing behind it can be found.
    Cut(Range<usize>),
}

/// The pieces of a file in order; together they are the whole file.
pub(super) struct Pieces<'a> {
    bytes: &'a [u8],
    at: usize,
    form: Form,
    /// Pieces found already, last first.
    waiting: Vec<Piece>,
    /// Link types of the interfaces of a pcapng file.
    links: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Bare,
    Pcap { big: bool, link: u32 },
    Pcapng { big: bool },
}

fn word(bytes: &[u8], at: usize, big: bool) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
}

fn half(bytes: &[u8], at: usize, big: bool) -> Option<u32> {
    let two: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(u32::from(if big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) }))
}

fn form(bytes: &[u8]) -> Form {
    match word(bytes, 0, true) {
        Some(0xA1B2_C3D4 | 0xA1B2_3C4D) => Form::Pcap { big: true, link: word(bytes, 20, true).unwrap_or(1) },
        Some(0xD4C3_B2A1 | 0x4D3C_B2A1) => {
            Form::Pcap { big: false, link: word(bytes, 20, false).unwrap_or(1) }
        }
        Some(0x0A0D_0D0A) => Form::Pcapng { big: word(bytes, 8, true) == Some(0x1A2B_3C4D) },
        _ => Form::Bare,
    }
}

/// Cuts a file into pieces.
pub(super) fn pieces(bytes: &[u8]) -> Pieces<'_> {
    let form = form(bytes);
    let header = if matches!(form, Form::Pcap { .. }) { 24.min(bytes.len()) } else { 0 };
    let waiting = Vec::from_iter((header > 0).then_some(Piece::Between(0..header)));
    Pieces { bytes, at: header, form, waiting, links: Vec::new() }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if let Some(piece) = self.waiting.pop() {
            return Some(piece);
        }
        if self.at >= self.bytes.len() {
            return None;
        }
        let (at, end) = (self.at, self.bytes.len());
        let packet = match self.form {
            Form::Bare => {
                self.at = end;
                return Some(Piece::Payload(at..end));
            }
            Form::Pcap { big, link } => self.pcap_packet(big, link),
            Form::Pcapng { big } => self.pcapng_block(big),
        };
        let Some((behind, payload)) = packet.filter(|(behind, _)| *behind > at && *behind <= end) else {
            self.at = end;
            return Some(Piece::Cut(at..end));
        };
        self.at = behind;
        Some(self.around(at, behind, payload))
    }
}

impl Pieces<'_> {
    /// Headers, payload, trailer: the first is given, the others wait.
    fn around(&mut self, at: usize, behind: usize, payload: Option<Range<usize>>) -> Piece {
        let payload = payload.filter(|p| p.start >= at && p.start < p.end && p.end <= behind);
        let Some(payload) = payload else { return Piece::Between(at..behind) };
        if payload.end < behind {
            self.waiting.push(Piece::Between(payload.end..behind));
        }
        let before = Piece::Between(at..payload.start);
        self.waiting.push(Piece::Payload(payload));
        before
    }

    /// Where the packet ends and what it carries for us.
    fn pcap_packet(&self, big: bool, link: u32) -> Option<(usize, Option<Range<usize>>)> {
        let length = word(self.bytes, self.at + 8, big)? as usize;
        let first = self.at + 16;
        let behind = first.checked_add(length)?;
        let frame = self.bytes.get(first..behind)?;
        Some((behind, datagram(frame, link).map(|inner| first + inner.start..first + inner.end)))
    }

    fn pcapng_block(&mut self, mut big: bool) -> Option<(usize, Option<Range<usize>>)> {
        let at = self.at;
        if word(self.bytes, at, true)? == 0x0A0D_0D0A {
            // A section begins: it has its own order of octets and its own interfaces.
            big = word(self.bytes, at + 8, true)? == 0x1A2B_3C4D;
            self.form = Form::Pcapng { big };
            self.links.clear();
        }
        let kind = word(self.bytes, at, big)?;
        let length = word(self.bytes, at + 4, big)? as usize;
        let behind = at.checked_add(length)?;
        if length < 12 || behind > self.bytes.len() {
            return None;
        }
        let (link, first, captured) = match kind {
            1 => {
                self.links.push(half(self.bytes, at + 8, big)?);
                return Some((behind, None));
            }
            // Enhanced packet; the obsolete packet block has a shorter interface number.
            6 => (
                self.links.get(word(self.bytes, at + 8, big)? as usize),
                at + 28,
                word(self.bytes, at + 20, big)?,
            ),
            2 => (
                self.links.get(half(self.bytes, at + 8, big)? as usize),
                at + 28,
                word(self.bytes, at + 20, big)?,
            ),
            // Simple packet: as long as the block allows.
            3 => (self.links.first(), at + 12, word(self.bytes, at + 8, big)?.min(length as u32 - 12)),
            _ => return Some((behind, None)),
        };
        let end = first.checked_add(captured as usize).filter(|end| *end <= behind)?;
        let frame = self.bytes.get(first..end)?;
        let inner = link.and_then(|link| datagram(frame, *link));
        Some((behind, inner.map(|inner| first + inner.start..first + inner.end)))
    }
}

/// What a captured frame carries above UDP or TCP, or in IEEE 802.2 frames without IP, as radars send it too.
fn datagram(frame: &[u8], link: u32) -> Option<Range<usize>> {
    let (kind, at) = match link {
        1 => ethernet(frame)?,
        101 | 12 | 14 | 228 | 229 => (0x0800, 0),
        0 | 108 => (0x0800, 4),
        113 => (half(frame, 14, true)?, 16),
        276 => (half(frame, 0, true)?, 20),
        _ => return None,
    };
    match kind {
        0x0800 | 0x86DD => internet(frame, at),
        // A length: logical link control of three octets comes first.
        length if length <= 1_500 => {
            let end = at + length as usize;
            (end <= frame.len() && length > 3).then_some(at + 3..end)
        }
        _ => None,
    }
}

/// Type and place of what an Ethernet frame holds, behind any VLAN tags.
fn ethernet(frame: &[u8]) -> Option<(u32, usize)> {
    let mut at = 12;
    for _ in 0..3 {
        let kind = half(frame, at, true)?;
        if !matches!(kind, 0x8100 | 0x88A8 | 0x9100) {
            return Some((kind, at + 2));
        }
        at += 4;
    }
    None
}

fn internet(frame: &[u8], at: usize) -> Option<Range<usize>> {
    match frame.get(at)? >> 4 {
        4 => {
            let header = usize::from(frame.get(at)? & 15) * 4;
            let end = at + half(frame, at + 2, true)? as usize;
            // The first fragment has the ports; later ones cannot be joined here and are passed over.
            let later_fragment = half(frame, at + 6, true)? & 0x1FFF != 0;
            let protocol = *frame.get(at + 9)?;
            if later_fragment || header < 20 { None } else { transport(frame, protocol, at + header, end) }
        }
        6 => {
            let end = at + 40 + half(frame, at + 4, true)? as usize;
            transport(frame, *frame.get(at + 6)?, at + 40, end)
        }
        _ => None,
    }
}

fn transport(frame: &[u8], protocol: u8, at: usize, end: usize) -> Option<Range<usize>> {
    let end = end.min(frame.len());
    let header = match protocol {
        17 => 8,
        6 => usize::from(*frame.get(at + 12)? >> 4) * 4,
        _ => return None,
    };
    let first = at + header;
    (first < end).then_some(first..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn udp(payload: &[u8]) -> Vec<u8> {
        let mut frame = vec![0; 12];
        frame.extend([0x81, 0, 0, 7, 8, 0, 0x45, 0]);
        frame.extend((28 + payload.len() as u16).to_be_bytes());
        frame.extend([0, 0, 0, 0, 9, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0, 1, 0, 2]);
        frame.extend((8 + payload.len() as u16).to_be_bytes());
        frame.extend([0, 0]);
        frame.extend(payload);
        // Padding of a short frame is no payload.
        frame.extend([0; 6]);
        frame
    }

    fn payloads(file: &[u8]) -> Vec<&[u8]> {
        let mut at = 0;
        let mut found = Vec::new();
        for piece in pieces(file) {
            let (Piece::Between(place) | Piece::Payload(place) | Piece::Cut(place)) = piece.clone();
            assert_eq!(place.start, at, "the pieces are the whole file");
            at = place.end;
            if matches!(piece, Piece::Payload(_)) {
                found.push(&file[place]);
            }
        }
        assert_eq!(at, file.len());
        found
    }

    fn pcap() -> Vec<u8> {
        let mut file =
            vec![0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0];
        for payload in [&b"one"[..], b"two"] {
            let frame = udp(payload);
            file.extend([0; 8]);
            file.extend((frame.len() as u32).to_le_bytes());
            file.extend((frame.len() as u32).to_le_bytes());
            file.extend(frame);
        }
        file
    }

    fn block(kind: u32, body: &[u8]) -> Vec<u8> {
        let padded = body.len().next_multiple_of(4);
        let length = (12 + padded as u32).to_be_bytes();
        let mut block = kind.to_be_bytes().to_vec();
        block.extend(length);
        block.extend(body);
        block.resize(8 + padded, 0);
        block.extend(length);
        block
    }

    #[test]
    fn datagrams_are_found_behind_tags_and_without_padding() {
        assert_eq!(payloads(&pcap()), [b"one", b"two"]);
    }

    #[test]
    fn a_section_of_the_other_order_is_read() {
        let frame = udp(b"three");
        let mut file =
            block(0x0A0D_0D0A, &[0x1A, 0x2B, 0x3C, 0x4D, 0, 1, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]);
        file.extend(block(1, &[0, 1, 0, 0, 0, 0, 0, 0]));
        let mut body = vec![0; 12];
        body.extend((frame.len() as u32).to_be_bytes());
        body.extend((frame.len() as u32).to_be_bytes());
        body.extend(&frame);
        file.extend(block(6, &body));
        assert_eq!(payloads(&file), [b"three"]);
    }

    #[test]
    fn a_cut_capture_gives_what_came_before() {
        let whole = pcap();
        for length in 0..whole.len() {
            assert!(payloads(&whole[..length]).len() <= 2);
        }
        assert_eq!(payloads(&whole[..whole.len() - 1]), [b"one"]);
        assert_eq!(payloads(b"bare"), [b"bare"]);
    }
}
