// What must hold for any bytes from a sensor, one function a format.

use std::sync::LazyLock;
use vigie_model::{At, Fault, Limits};
use vigie_wire::{cot, klv, mavlink, sapient};

const LIMITS: Limits = Limits::RECORDING;

/// For what is written from a record that was read: costs more than reading, and breaks less often.
pub fn now_and_then(data: &[u8]) -> bool {
    data.len().is_multiple_of(8)
}

/// A sound packet of ST 0601, but for its sum: a time, a version and the room for a checksum.
const PACKET: [u8; 32] = [
    0x06, 0x0E, 0x2B, 0x34, 0x02, 0x0B, 0x01, 0x01, 0x0E, 0x01, 0x03, 0x01, 0x01, 0x00, 0x00, 0x00, 0x11,
    0x02, 0x08, 0x00, 0x06, 0x50, 0x12, 0x34, 0x56, 0x78, 0x9A, 0x41, 0x01, 0x13, 0x01, 0x02,
];

static GOOD_PACKET: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let pairs = PACKET.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let sum = pairs.fold(0_u16, u16::wrapping_add);
    [&PACKET[..], &sum.to_be_bytes()].concat()
});

fn inside(fault: &Fault, length: usize) {
    if let At::Byte(at) = fault.at {
        let long: u64 = fault.args.get("length").map_or(0, |text| text.parse().expect("a number"));
        assert!(at + long <= length as u64, "a fault stands in its input: {fault:?}");
    }
}

/// Packets stand one behind the other, and a good one after anything is read.
pub fn klv(data: &[u8]) {
    let input = klv::Input::open(data, &LIMITS);
    // Bare packets are looked at below.
    for stream in input.streams.iter().filter(|stream| stream.pid.is_some()) {
        for found in stream.packets(&LIMITS) {
            match found {
                Ok(packet) => assert!(stream.place(&packet).end <= data.len() as u64),
                Err(fault) => inside(&stream.placed(fault), data.len()),
            }
        }
    }
    let whole = [data, &GOOD_PACKET].concat();
    let (mut at, mut last) = (0, None);
    for found in klv::Packets::new(&whole, &LIMITS) {
        match found {
            Ok(packet) => {
                assert!(packet.bytes.start >= at && packet.bytes.end <= whole.len());
                at = packet.bytes.end;
                if now_and_then(data) {
                    let _ = (packet.to_json(), packet.to_bytes());
                }
                last = Some(packet);
            }
            Err(fault) => inside(&fault, whole.len()),
        }
    }
    let last = last.expect("a packet");
    assert!(
        last.checksum == klv::Checksum::Verified && last.bytes.end == whole.len(),
        "a good packet after anything is read: {last:?}"
    );
}

/// A sound HEARTBEAT of version 2, with the time before it.
const HEARTBEAT: [u8; 29] = [
    0, 6, 0x50, 0x12, 0x34, 0x56, 0x78, 0x9A, 0xFD, 9, 0, 0, 7, 1, 1, 0, 0, 0, 0, 0, 0, 0, 2, 3, 0x51, 4, 3,
    0x3A, 0x4A,
];

static GOOD_MESSAGE: LazyLock<Vec<u8>> =
    LazyLock::new(|| [&HEARTBEAT[..27], &mavlink_sum(&HEARTBEAT[9..27]).to_le_bytes()].concat());

/// Messages and faults cover the input without a gap, and a good message after anything is read.
pub fn mavlink(data: &[u8]) {
    let whole = [data, &GOOD_MESSAGE, &GOOD_MESSAGE].concat();
    let decoded = mavlink::decode(&whole, &LIMITS);
    let mut places: Vec<(u64, u64)> =
        decoded.records.iter().map(|record| (record.bytes.start, record.bytes.end)).collect();
    for fault in &decoded.faults {
        let At::Byte(at) = fault.at else { panic!("a place") };
        let length: u64 = fault.args["length"].parse().expect("a number");
        places.push((at, at + length));
    }
    places.extend(decoded.unfinished.iter().map(|range| (range.start, range.end)));
    places.sort_unstable();
    let end = places.iter().fold(0, |at, (start, end)| {
        assert_eq!(*start, at, "nothing is passed over in silence");
        *end
    });
    assert_eq!(end, whole.len() as u64);
    for record in &decoded.records {
        let frame = record.to_frame();
        let end = record.bytes.end as usize - if record.signed { 13 } else { 0 };
        assert_eq!(whole[end - frame.len()..end], frame[..], "{record:?}");
        let _ = record.implausible();
        if now_and_then(data) {
            serde_json::to_string(&record.message).expect("a message is JSON");
        }
    }
    assert_eq!(
        decoded.records.last().map(|record| record.bytes.end),
        Some(whole.len() as u64),
        "a good message after anything: {:?} {:?} {:?}",
        decoded.form,
        decoded.faults,
        decoded.unfinished
    );
}

fn mavlink_sum(bytes: &[u8]) -> u16 {
    // HEARTBEAT's own seed is the last byte.
    bytes.iter().chain(&[50]).fold(0xFFFF_u16, |sum, byte| {
        let mut low = u16::from(*byte) ^ (sum & 0xFF);
        low ^= (low << 4) & 0xFF;
        (sum >> 8) ^ (low << 8) ^ (low << 3) ^ (low >> 4)
    })
}

const STATUS: &str = r#"{"timestamp":"2026-11-22T15:30:00Z","nodeId":"2d1f7dd2-2b2c-4f12-9e0c-6b1b8a6a1234","statusReport":{"reportId":"01KAPXXXXXXXXXXXXXXXXXXXX0","system":"SYSTEM_OK","info":"INFO_NEW","mode":"day"}}"#;

static GOOD_FRAME: LazyLock<Vec<u8>> =
    LazyLock::new(|| sapient::decode(STATUS.as_bytes(), &LIMITS).records[0].to_frame());

/// A good message after anything is read, in the form that the input has; what is read is the same after writing it.
pub fn sapient(data: &[u8]) {
    let first = data.iter().find(|byte| !byte.is_ascii_whitespace());
    if first.is_some_and(|byte| matches!(byte, b'{' | b'[' | 0xEF)) || now_and_then(data) {
        sapient_lines(data);
    } else {
        sapient_frames(data);
    }
}

fn sapient_lines(data: &[u8]) {
    let lines = ["{}\n".as_bytes(), data, b"\n", STATUS.as_bytes()].concat();
    let decoded = sapient::decode(&lines, &LIMITS);
    sapient_holds(&decoded, lines.len());
    let open = decoded.records.last().is_none_or(|record| record.bytes.end != lines.len() as u64);
    assert!(
        !open || decoded.faults.last().is_some_and(|fault| fault.code == "sapient-not-json"),
        "{:?}",
        decoded.faults
    );
}

fn sapient_frames(data: &[u8]) {
    let frames = [data, &GOOD_FRAME].concat();
    let decoded = sapient::decode(&frames, &LIMITS);
    sapient_holds(&decoded, frames.len());
    assert_eq!(
        decoded.records.last().map(|record| record.bytes.end),
        Some(frames.len() as u64),
        "a good frame after anything is read: {:?}",
        decoded.faults
    );
}

fn sapient_holds(decoded: &sapient::Decoded, length: usize) {
    decoded.faults.iter().for_each(|fault| inside(fault, length));
    let known = decoded.records.iter().filter(|record| record.unknown_fields == 0);
    // The last one is ours.
    for record in known.take(decoded.records.len().saturating_sub(1)) {
        let again = sapient::decode(record.to_json().to_string().as_bytes(), &LIMITS);
        assert_eq!(again.records.len(), 1, "{:?} {}", again.faults, record.to_json());
        assert_eq!(again.records[0].message, record.message);
    }
}

const EVENT: &str = "<event version='2.0' uid='good' type='a-u-G' time='2026-11-22T15:30:00Z' start='2026-11-22T15:30:00Z' stale='2026-11-22T15:35:00Z' how='m-g'><point lat='6.5' lon='20.5' hae='400' ce='10' le='9999999.0'/></event>";

/// A good event after anything is read, unless a document type stands before it; what is read is the same after writing it.
pub fn cot(data: &[u8]) {
    let text = [data, EVENT.as_bytes()].concat();
    let decoded = cot::decode(&text, &LIMITS);
    decoded.faults.iter().for_each(|fault| inside(fault, text.len()));
    let given = decoded.records.iter().filter(|record| now_and_then(data) || record.event.uid != "good");
    for record in given {
        let again = cot::decode(record.event.to_xml().as_bytes(), &LIMITS);
        let same = again.records.first().map(|again| &again.event);
        assert_eq!(same, Some(&record.event), "{:?} {}", again.faults, record.event.to_xml());
    }
    let good = decoded.records.last().is_some_and(|record| record.event.uid == "good");
    assert!(good || decoded.faults.iter().any(|fault| fault.code == "cot-dtd"), "{:?}", decoded.faults);
}
