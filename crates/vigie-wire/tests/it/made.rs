//! Sensor bytes made here: invented nodes, drones and places.

use vigie_wire::sapient;

const NODE: &str = "2d1f7dd2-2b2c-4f12-9e0c-6b1b8a6a1234";
const ULID: &str = "01KAPXXXXXXXXXXXXXXXXXXXX0";
const KEY: [u8; 16] = [6, 0x0E, 0x2B, 0x34, 2, 0x0B, 1, 1, 0x0E, 1, 3, 1, 1, 0, 0, 0];

/// xorshift64*: the same everywhere.
pub struct Rng(pub u64);

impl Rng {
    /// A number below `below`.
    pub fn draw(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % below
    }

    /// The bytes with one in `every` changed.
    pub fn damaged(&mut self, bytes: &[u8], every: u64) -> Vec<u8> {
        let change =
            |byte: &u8| if self.draw(every) == 0 { byte ^ (1 + self.draw(255) as u8) } else { *byte };
        bytes.iter().map(change).collect()
    }
}

/// A packet of ST 0601 with these tags and a checksum.
pub fn packet(items: &[(u8, &[u8])]) -> Vec<u8> {
    let items: Vec<Vec<u8>> =
        items.iter().map(|(tag, value)| [&[*tag, value.len() as u8][..], value].concat()).collect();
    packet_with(&items.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// The same with the bytes of each tag as they are given.
pub fn packet_with(items: &[&[u8]]) -> Vec<u8> {
    let body = items.concat();
    let mut bytes = KEY.to_vec();
    let length = u8::try_from(body.len() + 4).expect("a short packet");
    if length > 127 {
        bytes.push(0x81);
    }
    bytes.push(length);
    bytes.extend_from_slice(&body);
    bytes.extend_from_slice(&[1, 2]);
    let words =
        bytes.chunks(2).map(|pair| u16::from(pair[0]) << 8 | pair.get(1).map_or(0, |low| u16::from(*low)));
    let sum = words.fold(0_u16, u16::wrapping_add);
    bytes.extend_from_slice(&sum.to_be_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> [u8; 4] {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte) << 24, |sum, _| {
            if sum >> 31 == 1 { sum << 1 ^ 0x04C1_1DB7 } else { sum << 1 }
        })
    };
    bytes.iter().fold(u32::MAX, step).to_be_bytes()
}

fn section(table: u8, body: &[u8]) -> Vec<u8> {
    let length = (body.len() + 9) as u16 | 0xB000;
    let head = [&[table], &length.to_be_bytes()[..], &[0, 1, 0xC1, 0, 0], body].concat();
    let mut out = [&[0], &head[..], &crc32(&head)].concat();
    out.resize(184, 0xFF);
    out
}

fn transport_packet(pid: u16, start: bool, payload: &[u8], count: usize) -> Vec<u8> {
    let pid = pid | if start { 0x4000 } else { 0 };
    let count = (count % 16) as u8;
    let mut out = [&[0x47], &pid.to_be_bytes()[..]].concat();
    match 184 - payload.len() {
        0 => out.push(0x10 | count),
        room => {
            out.extend_from_slice(&[0x30 | count, room as u8 - 1]);
            let stuffing = std::iter::once(0).chain(std::iter::repeat(0xFF)).take(room - 1);
            out.extend(stuffing);
        }
    }
    out.extend_from_slice(payload);
    out
}

/// A transport stream with one stream of metadata, and the packets in it; with access-unit headers or without.
pub fn transport(units: usize, cells: bool) -> (Vec<u8>, Vec<Vec<u8>>) {
    let stream: &[u8] = if cells {
        &[0x15, 0xE1, 0x01, 0xF0, 0x00]
    } else {
        &[0x06, 0xE1, 0x01, 0xF0, 0x06, 0x05, 0x04, b'K', b'L', b'V', b'A']
    };
    let mut out = transport_packet(0, true, &section(0, &[0, 1, 0xE1, 0]), 0);
    out.extend(transport_packet(0x100, true, &section(2, &[&[0xE1, 1, 0xF0, 0], stream].concat()), 0));
    let long = [b'x'; 100];
    let packets: Vec<Vec<u8>> = (0..units)
        .map(|n| packet(&[(3, format!("mission {n}").as_bytes()), (59, &long), (107, &long[..90])]))
        .collect();
    let mut count = 0;
    for (n, packet) in packets.iter().enumerate() {
        let cell = [&[0xFC, n as u8, 0xDF][..], &(packet.len() as u16).to_be_bytes()].concat();
        let unit = if cells { [cell, packet.clone()].concat() } else { packet.clone() };
        let body = [&[0x84, 0x80, 5, 0x21, 0, 1, 0, 1], &unit[..]].concat();
        let id = if cells { 0xFC } else { 0xBD };
        let pes = [&[0, 0, 1, id], &(body.len() as u16).to_be_bytes()[..], &body].concat();
        for (part, bytes) in pes.chunks(184).enumerate() {
            out.extend(transport_packet(0x101, part == 0, bytes, count));
            count += 1;
        }
    }
    (out, packets)
}

/// A frame of MAVLink 2 after its time.
pub fn frame(id: u32, seed: u8, payload: &[u8], sequence: usize) -> Vec<u8> {
    let head = [payload.len() as u8, 0, 0, sequence as u8, 1, 1];
    let body = [&head[..], &id.to_le_bytes()[..3], payload].concat();
    let sum = body.iter().chain(&[seed]).fold(0xFFFF_u16, |sum, byte| {
        let mut low = u16::from(*byte) ^ (sum & 0xFF);
        low ^= (low << 4) & 0xFF;
        (sum >> 8) ^ (low << 8) ^ (low << 3) ^ (low >> 4)
    });
    let time = 1_795_363_200_000_000 + sequence as u64;
    [&time.to_be_bytes()[..], &[0xFD], &body, &sum.to_le_bytes()].concat()
}

/// GLOBAL_POSITION_INT.
pub fn position_at(lat_e7: i32, n: usize) -> Vec<u8> {
    let words = [n as i32, lat_e7, 205_000_000, 400_000, 50_000].map(i32::to_le_bytes).concat();
    frame(33, 104, &[&words[..], &[10, 0, 5, 0, 0, 0, 0x28, 0x23]].concat(), n)
}

/// GLOBAL_POSITION_INT at a sound place.
pub fn position(n: usize) -> Vec<u8> {
    position_at(65_000_000, n)
}

fn framed(json: &str) -> Vec<u8> {
    let decoded = sapient::decode(json.as_bytes(), &vigie_model::Limits::RECORDING);
    assert!(decoded.faults.is_empty(), "{:?}", decoded.faults);
    decoded.records[0].to_frame()
}

fn said(content: &str) -> String {
    format!("{{\"timestamp\":\"2026-11-22T15:30:00Z\",\"nodeId\":\"{NODE}\",{content}}}")
}

/// A status report as a frame.
pub fn status(n: usize) -> Vec<u8> {
    framed(&said(&format!(
        "\"statusReport\":{{\"reportId\":\"{ULID}\",\"system\":\"SYSTEM_OK\",\"info\":\"INFO_NEW\",\"mode\":\"day {n}\"}}"
    )))
}

/// A detection as a frame, at any place.
pub fn detection(x: f64, y: f64) -> Vec<u8> {
    let json = detection_json("LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M");
    let decoded = sapient::decode(json.as_bytes(), &vigie_model::Limits::RECORDING);
    let mut message = decoded.records[0].message.clone();
    let Some(sapient::messages::sapient_message::Content::DetectionReport(report)) = &mut message.content
    else {
        panic!("a detection")
    };
    let Some(sapient::messages::detection_report::LocationOneof::Location(place)) =
        &mut report.location_oneof
    else {
        panic!("a place")
    };
    (place.x, place.y) = (Some(x), Some(y));
    sapient::frame(&message)
}

/// A detection in JSON, its place in that system.
pub fn detection_json(system: &str) -> String {
    said(&format!(
        "\"detectionReport\":{{\"reportId\":\"{ULID}\",\"objectId\":\"{ULID}\",\"location\":{{\"x\":2.5,\"y\":1.25,\
         \"coordinateSystem\":\"{system}\",\"datum\":\"LOCATION_DATUM_WGS84_E\"}}}}"
    ))
}

/// A task for the node.
pub fn task(request: &str) -> String {
    said(&format!(
        "\"destinationId\":\"{NODE}\",\"task\":{{\"taskId\":\"{ULID}\",\"control\":\"CONTROL_START\",\"command\":{{\"request\":\"{request}\"}}}}"
    ))
}

/// A registration of a node of that type, which declares degrees.
pub fn registration(kind: &str) -> String {
    let place = "\"locationUnits\":\"LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M\",\"locationDatum\":\"LOCATION_DATUM_WGS84_E\"";
    let second = "{\"units\":\"TIME_UNITS_SECONDS\",\"value\":1}";
    said(&format!(
        "\"registration\":{{\"nodeDefinition\":[{{\"nodeType\":\"{kind}\"}}],\"icdVersion\":\"BSI Flex 335 v2.0\",\
         \"capabilities\":[{{\"category\":\"a\",\"type\":\"b\"}}],\"statusDefinition\":{{\"statusInterval\":{second}}},\
         \"modeDefinition\":[{{\"modeName\":\"day\",\"modeType\":\"MODE_TYPE_PERMANENT\",\"settleTime\":{second},\
         \"detectionDefinition\":[{{\"locationType\":{{{place}}}}}],\
         \"task\":{{\"regionDefinition\":{{\"regionType\":[\"REGION_TYPE_IGNORE\"],\"regionArea\":[{{{place}}}]}}}}}}],\
         \"configData\":[{{\"manufacturer\":\"a\",\"model\":\"b\"}}]}}"
    ))
}

/// A CoT event.
pub fn event(n: usize) -> String {
    format!(
        "<event version=\"2.0\" uid=\"u-{n}\" type=\"a-f-G-U-C\" how=\"m-g\" time=\"2026-11-22T15:30:00Z\" \
         start=\"2026-11-22T15:30:00Z\" stale=\"2026-11-22T15:35:00Z\"><point lat=\"6.5\" lon=\"20.5\" hae=\"400.0\" ce=\"10.0\" \
         le=\"9999999.0\"/><detail><contact callsign=\"Wagtail\"/><remarks>dry road</remarks></detail></event>"
    )
}
