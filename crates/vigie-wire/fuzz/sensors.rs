// What must hold for any bytes from a sensor, one function a format.

use vigie_model::{At, Fault, Limits};
use vigie_wire::{cot, klv, mavlink, sapient};

const LIMITS: Limits = Limits::RECORDING;

/// A sound packet of ST 0601, but for its sum: a time, a version and the room for a checksum.
const PACKET: [u8; 32] = [
    0x06, 0x0E, 0x2B, 0x34, 0x02, 0x0B, 0x01, 0x01, 0x0E, 0x01, 0x03, 0x01, 0x01, 0x00, 0x00, 0x00, 0x11,
    0x02, 0x08, 0x00, 0x06, 0x50, 0x12, 0x34, 0x56, 0x78, 0x9A, 0x41, 0x01, 0x13, 0x01, 0x02,
];

fn packet() -> Vec<u8> {
    let pairs = PACKET.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let sum = pairs.fold(0_u16, u16::wrapping_add);
    [&PACKET[..], &sum.to_be_bytes()].concat()
}

fn inside(fault: &Fault, length: usize) {
    if let At::Byte(at) = fault.at {
        let long: u64 = fault.args.get("length").map_or(0, |text| text.parse().expect("a number"));
        assert!(at + long <= length as u64, "a fault stands in its input: {fault:?}");
    }
}

/// Packets stand one behind the other, and a good one after anything is read.
pub fn klv(data: &[u8]) {
    let input = klv::Input::open(data, &LIMITS);
    for stream in &input.streams {
        for found in stream.packets(&LIMITS) {
            match found {
                Ok(packet) => assert!(stream.place(&packet).end <= data.len() as u64),
                Err(fault) => inside(&stream.placed(fault), data.len()),
            }
        }
    }
    let good = packet();
    let whole = [data, &good[..]].concat();
    let (mut at, mut last) = (0, None);
    for found in klv::Packets::new(&whole, &LIMITS) {
        match found {
            Ok(packet) => {
                assert!(packet.bytes.start >= at && packet.bytes.end <= whole.len());
                at = packet.bytes.end;
                let _ = (packet.to_json(), packet.to_bytes());
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

/// Messages and faults cover the input without a gap, and a good message after anything is read.
pub fn mavlink(data: &[u8]) {
    let sum = mavlink_sum(&HEARTBEAT[9..27]);
    let mut good = HEARTBEAT[..27].to_vec();
    good.extend_from_slice(&sum.to_le_bytes());
    let whole = [data, &good[..], &good[..]].concat();
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
        let _ = (record.implausible(), serde_json::to_string(&record.message));
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

/// A good message after anything is read, in both forms; what is read is the same after writing it.
pub fn sapient(data: &[u8]) {
    let decoded = sapient::decode(data, &LIMITS);
    decoded.faults.iter().for_each(|fault| inside(fault, data.len()));
    for record in &decoded.records {
        let again = sapient::decode(record.to_json().to_string().as_bytes(), &LIMITS);
        if record.unknown_fields == 0 {
            assert_eq!(again.records.len(), 1, "{:?} {}", again.faults, record.to_json());
            assert_eq!(again.records[0].message, record.message);
        }
    }
    let lines = ["{}\n".as_bytes(), data, b"\n", STATUS.as_bytes()].concat();
    let decoded = sapient::decode(&lines, &LIMITS);
    let depth_open = decoded.records.last().is_none_or(|record| record.bytes.end != lines.len() as u64);
    assert!(
        !depth_open || decoded.faults.last().is_some_and(|fault| fault.code == "sapient-not-json"),
        "{:?}",
        decoded.faults
    );
    let good = sapient::decode(STATUS.as_bytes(), &LIMITS).records[0].to_frame();
    let frames = [data, &good[..]].concat();
    let decoded = sapient::decode(&frames, &LIMITS);
    let last = decoded.records.last().map(|record| record.bytes.end);
    let as_text = data
        .iter()
        .find(|byte| !byte.is_ascii_whitespace())
        .is_some_and(|byte| matches!(byte, b'{' | b'[' | 0xEF));
    assert!(
        as_text || last == Some(frames.len() as u64),
        "a good frame after anything is read: {:?}",
        decoded.faults
    );
}

const EVENT: &str = "<event version='2.0' uid='good' type='a-u-G' time='2026-11-22T15:30:00Z' start='2026-11-22T15:30:00Z' stale='2026-11-22T15:35:00Z' how='m-g'><point lat='6.5' lon='20.5' hae='400' ce='10' le='9999999.0'/></event>";

/// A good event after anything is read, unless a document type stands before it; what is read is the same after writing it.
pub fn cot(data: &[u8]) {
    let text = [data, EVENT.as_bytes()].concat();
    let decoded = cot::decode(&text, &LIMITS);
    decoded.faults.iter().for_each(|fault| inside(fault, text.len()));
    for record in &decoded.records {
        let again = cot::decode(record.event.to_xml().as_bytes(), &LIMITS);
        let same = again.records.first().map(|again| &again.event);
        assert_eq!(same, Some(&record.event), "{:?} {}", again.faults, record.event.to_xml());
    }
    let good = decoded.records.last().is_some_and(|record| record.event.uid == "good");
    assert!(good || decoded.faults.iter().any(|fault| fault.code == "cot-dtd"), "{:?}", decoded.faults);
}
