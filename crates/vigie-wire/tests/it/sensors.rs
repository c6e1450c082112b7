//! Damage to sensor bytes: what is refused, what is kept, and that nothing is made up.

use crate::made::{self, Rng};
use vigie_model::{At, Fault, Limits};
use vigie_wire::klv::{self, Checksum, Packet, Packets, Value};
use vigie_wire::{cot, mavlink, sapient};

const LIMITS: Limits = Limits::RECORDING;

fn klv(bytes: &[u8]) -> (Vec<Packet<'_>>, Vec<Fault>) {
    let (mut packets, mut faults) = (Vec::new(), Vec::new());
    Packets::new(bytes, &LIMITS).for_each(|found| match found {
        Ok(packet) => packets.push(packet),
        Err(fault) => faults.push(fault),
    });
    (packets, faults)
}

fn codes(faults: &[Fault]) -> Vec<&str> {
    faults.iter().map(|fault| fault.code.as_str()).collect()
}

fn offset(fault: &Fault) -> usize {
    match fault.at {
        At::Byte(at) => at as usize,
        other => panic!("{other:?} is no byte"),
    }
}

/// The records laid one behind the other, and where each begins.
fn laid(records: &[Vec<u8>]) -> (Vec<u8>, Vec<usize>) {
    let mut bytes = Vec::new();
    let starts = records.iter().map(|record| {
        bytes.extend_from_slice(record);
        bytes.len() - record.len()
    });
    let starts = starts.collect();
    (bytes, starts)
}

#[test]
fn f21_lengths_that_lie_are_refused_with_their_place() {
    let good = made::status(0);
    for length in [0_u32, 1, 2, 65_535, u32::MAX] {
        let bytes = [&good[..], &length.to_le_bytes(), &good[..], &good[..]].concat();
        let decoded = sapient::decode(&bytes, &LIMITS);
        assert_eq!(decoded.records.len(), 3, "{length}: {:?}", decoded.faults);
        assert!(
            !decoded.faults.is_empty() && offset(&decoded.faults[0]) >= good.len(),
            "{:?}",
            decoded.faults
        );
    }
    let good = made::position(0);
    for length in [0_u8, 1, 2, 255] {
        let mut bad = good.clone();
        bad[9] = length;
        let bytes = [&good[..], &bad, &good, &good].concat();
        let decoded = mavlink::decode(&bytes, &LIMITS);
        assert_eq!(decoded.records.len(), 3, "{length}: {:?}", decoded.faults);
        assert_eq!(offset(&decoded.faults[0]), good.len());
    }
}

#[test]
fn f22_what_is_not_known_is_kept_raw_and_its_neighbours_are_read() {
    let good = made::position(0);
    let unknown = made::frame(0x00AB_CDEF, 9, &[1, 2, 3], 0);
    let bytes = [&good[..], &unknown, &good].concat();
    let decoded = mavlink::decode(&bytes, &LIMITS);
    assert_eq!((decoded.records.len(), codes(&decoded.faults)), (2, vec!["mavlink-unknown-message"]));
    assert_eq!(decoded.faults[0].args["length"], unknown.len().to_string());
    // A HEARTBEAT from a kind of vehicle that the message set does not have.
    let enumeration = made::frame(0, 50, &[0, 0, 0, 0, 250, 3, 0x51, 4, 3], 0);
    let decoded = mavlink::decode(&[&good[..], &enumeration, &good].concat(), &LIMITS);
    assert_eq!((decoded.records.len(), codes(&decoded.faults)), (2, vec!["mavlink-enumeration"]));

    // A HEARTBEAT of a newer definition, with three bytes behind the fields that are known.
    let newer = made::frame(0, 50, &[0, 0, 0, 0, 2, 3, 0x51, 4, 3, 0, 7, 8], 0);
    let decoded = mavlink::decode(&[&good[..], &newer, &good].concat(), &LIMITS);
    assert_eq!((decoded.records.len(), decoded.faults), (3, vec![]));
    assert_eq!((decoded.records[1].beyond(), decoded.records[2].beyond()), (&[0, 7, 8][..], &[][..]));
    assert_eq!(decoded.records[1].to_frame(), newer[8..]);

    let bytes = made::packet(&[
        (2, &1_795_363_200_000_000_u64.to_be_bytes()),
        (120, &[1; 3]),
        (0x3F, &[7]),
        (111, b""),
    ]);
    let (packets, faults) = klv(&bytes);
    assert_eq!((packets.len(), faults), (1, vec![]));
    let bytes =
        made::packet_with(&[&[0x02, 0x01, 0x05], &[0x81, 0x40, 0x02, 0xAA, 0xBB], &[0x41, 0x01, 0x13]]);
    let (packets, faults) = klv(&bytes);
    assert_eq!((packets[0].checksum, faults), (Checksum::Verified, vec![]));
    let unknown = packets[0].set.get(192).expect("kept");
    assert_eq!((unknown.name, unknown.raw, &unknown.value), ("", &[0xAA, 0xBB][..], &Value::Raw));
    assert_eq!(packets[0].set.number(65), Some(19.0));
    let foreign =
        [&[6, 0x0E, 0x2B, 0x34, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 2, 0xCA, 0xFE], &bytes[..]].concat();
    let (packets, faults) = klv(&foreign);
    assert_eq!((packets.len(), packets[0].raw, faults), (2, &[0xCA, 0xFE][..], vec![]));
}

#[test]
fn f23_places_that_cannot_be_are_refused_or_marked() {
    let event = |lat: &str, lon: &str| {
        made::event(0)
            .replace("lat=\"6.5\"", &format!("lat=\"{lat}\""))
            .replace("lon=\"20.5\"", &format!("lon=\"{lon}\""))
    };
    for (lat, lon) in [("90.1", "0"), ("NaN", "0"), ("0", "-180.5"), ("inf", "0"), ("1e400", "0")] {
        let decoded = cot::decode(event(lat, lon).as_bytes(), &LIMITS);
        assert!(decoded.records.is_empty() && decoded.faults.len() == 1, "{lat} {lon}");
    }
    for (lat, lon) in [("90", "0"), ("-90", "180"), ("0", "-180")] {
        assert_eq!(cot::decode(event(lat, lon).as_bytes(), &LIMITS).records.len(), 1, "{lat} {lon}");
    }
    let decoded = mavlink::decode(&made::position_at(910_000_000, 0), &LIMITS);
    assert_eq!(decoded.records[0].implausible(), ["lat"]);
    assert!(mavlink::decode(&made::position(0), &LIMITS).records[0].implausible().is_empty());
    for (x, y) in [(200.0, 0.0), (0.0, 91.0), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
        let decoded = sapient::decode(&made::detection(x, y), &LIMITS);
        assert!(decoded.records.is_empty() && !decoded.faults.is_empty(), "{x} {y}");
        assert!(codes(&decoded.faults).iter().all(|code| *code == "sapient-range"), "{x} {y}");
        assert!(decoded.faults[0].args["path"].starts_with("SapientMessage.detectionReport.location."));
    }
    assert_eq!(sapient::decode(&made::detection(180.0, -90.0), &LIMITS).records.len(), 1);
    // The lowest value of an angle says that it is not known.
    let bytes = made::packet(&[(13, &i32::MIN.to_be_bytes()), (14, &i32::MAX.to_be_bytes())]);
    let (packets, _) = klv(&bytes);
    assert_eq!(packets[0].set.get(13).map(|item| &item.value), Some(&Value::NotKnown));
    assert_eq!(packets[0].set.number(14), Some(180.0));
}

#[test]
fn f24_open_and_huge_lengths_are_refused_and_what_stands_before_them_is_kept() {
    for broken in
        [&[0x0A, 0x80][..], &[0x0A, 0x88, 0x80, 0, 0, 0, 0, 0, 0, 0], &[0x0A, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]]
    {
        let bytes = made::packet_with(&[&[0x41, 0x01, 0x13], broken, &[1, 2, 3]]);
        let bytes = [&bytes[..], &made::packet(&[(65, &[19])])].concat();
        let (packets, faults) = klv(&bytes);
        assert_eq!(packets.len(), 2, "{faults:?}");
        assert_eq!((packets[0].checksum, packets[0].set.number(65)), (Checksum::Verified, Some(19.0)));
        assert_eq!((faults.len(), offset(&faults[0])), (1, 20), "the tag behind the version");
    }
    let mut outer = made::packet(&[(65, &[19])])[..16].to_vec();
    outer.extend_from_slice(&[0x88, 0x80, 0, 0, 0, 0, 0, 0, 0]);
    let bytes = [&outer[..], &made::packet(&[(65, &[19])])].concat();
    let (packets, faults) = klv(&bytes);
    assert_eq!((packets.len(), codes(&faults), offset(&faults[0])), (1, vec!["klv-length"], 0));
}

#[test]
fn f25_a_wrong_checksum_makes_a_packet_unverified_and_a_message_no_message() {
    let mut bytes = made::packet(&[(65, &[19]), (56, &[12])]);
    bytes[19] ^= 1;
    let (packets, faults) = klv(&bytes);
    assert_eq!((packets[0].checksum, codes(&faults)), (Checksum::Unverified, vec!["klv-checksum"]));
    let mut bytes = made::position(0);
    bytes[20] ^= 1;
    let decoded = mavlink::decode(&bytes, &LIMITS);
    assert!(decoded.records.is_empty());
    assert_eq!(codes(&decoded.faults), ["mavlink-foreign"]);
}

#[test]
fn f30_a_document_type_is_refused_and_no_entity_is_looked_up() {
    let laughs = "<!DOCTYPE event [<!ENTITY a \"ha\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>";
    let text = format!("{laughs}{}{}", made::event(1), made::event(2));
    let decoded = cot::decode(text.as_bytes(), &LIMITS);
    assert_eq!(codes(&decoded.faults), ["cot-dtd"]);
    assert_eq!(decoded.records[0].event.uid, "u-2");
    let decoded = cot::decode(made::event(1).replace("dry", "&b;").as_bytes(), &LIMITS);
    assert_eq!((decoded.records.len(), codes(&decoded.faults)), (0, vec!["cot-entity"]));
}

#[test]
fn f31_depth_attributes_and_lengths_have_largest_values() {
    let deep = made::event(1).replace("dry", &"<a>".repeat(100));
    let wide = (0..400).fold(String::new(), |all, n| all + &format!(" a{n}=''"));
    let wide = made::event(1).replace("<remarks", &format!("<remarks{wide}"));
    let twice = made::event(1).replace("<remarks", "<remarks a='1' a='2'");
    for (text, code) in [(deep, "cot-too-deep"), (wide, "cot-too-many-attributes"), (twice, "cot-twice")] {
        let decoded = cot::decode(format!("{text}{}", made::event(2)).as_bytes(), &LIMITS);
        assert_eq!((decoded.records.len(), decoded.faults[0].code.as_str()), (1, code));
    }
    let nested = format!("{}1{}", "{\"subClass\":[".repeat(40), "]}".repeat(40));
    let text = format!("{{\"detectionReport\":{{\"classification\":[{nested}]}}}}");
    let decoded = sapient::decode(text.as_bytes(), &LIMITS);
    assert!(
        decoded.faults.iter().any(|fault| fault.code == "sapient-too-deep"),
        "{:?}",
        codes(&decoded.faults)
    );
}

#[test]
fn one_bad_record_among_a_thousand_costs_itself_and_is_located() {
    const BAD: usize = 517;
    let damage = |records: &mut Vec<Vec<u8>>, at: usize| records[BAD][at] ^= 0x55;

    let mut packets: Vec<Vec<u8>> =
        (0..1000).map(|n| made::packet(&[(3, format!("mission {n}").as_bytes()), (65, &[19])])).collect();
    damage(&mut packets, 20);
    let (bytes, starts) = laid(&packets);
    let (found, faults) = klv(&bytes);
    let verified = found.iter().filter(|packet| packet.checksum == Checksum::Verified).count();
    assert_eq!((verified, faults.len(), offset(&faults[0])), (999, 1, starts[BAD]));

    let mut messages: Vec<Vec<u8>> = (0..1000).map(made::position).collect();
    damage(&mut messages, 25);
    let (bytes, starts) = laid(&messages);
    let decoded = mavlink::decode(&bytes, &LIMITS);
    assert_eq!(
        (decoded.records.len(), decoded.faults.len(), offset(&decoded.faults[0])),
        (999, 1, starts[BAD])
    );
    assert_eq!(codes(&decoded.faults), ["mavlink-checksum"]);

    // Its length, its height, its first field: SAPIENT has no checksum, so that a changed letter may stay a letter.
    for at in [0, 1, 4] {
        let mut frames: Vec<Vec<u8>> = (0..1000).map(made::status).collect();
        damage(&mut frames, at);
        let (bytes, starts) = laid(&frames);
        let decoded = sapient::decode(&bytes, &LIMITS);
        assert_eq!(decoded.records.len(), 999, "byte {at}: {:?}", decoded.faults);
        let place = offset(&decoded.faults[0]);
        assert!((starts[BAD]..starts[BAD + 1]).contains(&place), "byte {at}: {place}");
    }

    for (from, to) in
        [("</event>", ""), ("uid=", "uid="), ("time=", "t="), ("<point", "<pint"), ("\"6.5\"", "\"6.5")]
    {
        let events: Vec<String> = (0..1000).map(made::event).collect();
        let mut events: Vec<Vec<u8>> = events.into_iter().map(String::into_bytes).collect();
        let sound = made::event(BAD);
        events[BAD] = sound.replacen(from, to, 1).into_bytes();
        let (bytes, starts) = laid(&events);
        let decoded = cot::decode(&bytes, &LIMITS);
        if from == to {
            assert_eq!(decoded.records.len(), 1000);
            continue;
        }
        assert_eq!((decoded.records.len(), decoded.faults.len()), (999, 1), "{from}: {:?}", decoded.faults);
        let place = offset(&decoded.faults[0]);
        assert!((starts[BAD]..=starts[BAD + 1]).contains(&place), "{from}: {place}");
    }
}

#[test]
fn five_percent_of_bytes_damaged_make_up_no_record() {
    let mut rng = Rng(20_261_122);
    let packets: Vec<Vec<u8>> =
        (0..4000).map(|n| made::packet(&[(3, format!("mission {n}").as_bytes()), (65, &[19])])).collect();
    let (sound, starts) = laid(&packets);
    let bytes = rng.damaged(&sound, 20);
    let (found, _) = klv(&bytes);
    let verified = found.iter().filter(|packet| packet.checksum == Checksum::Verified);
    let count = verified
        .inspect(|packet| assert_eq!(sound[packet.bytes.clone()], bytes[packet.bytes.clone()]))
        .count();
    assert_eq!(count, intact(&sound, &bytes, &starts), "every packet without damage, and no other");

    let messages: Vec<Vec<u8>> = (0..4000).map(made::position).collect();
    let (sound, starts) = laid(&messages);
    let bytes = rng.damaged(&sound, 20);
    let decoded = mavlink::decode(&bytes, &LIMITS);
    for record in &decoded.records {
        // The time before the frame is the recorder's, and no checksum covers it.
        let frame = record.bytes.start as usize + 8..record.bytes.end as usize;
        assert_eq!(sound[frame.clone()], bytes[frame]);
    }
    assert!(decoded.records.len() >= intact(&sound, &bytes, &starts));
}

/// SAPIENT and CoT have no checksum, so that a changed letter may stay a letter: what is given stands where a record was made,
/// from its first byte to its last, and each record without damage is given, but for those that a SAPIENT frame with a
/// damaged length claims as its own, and the one behind a CoT event whose end is damaged.
#[test]
fn five_percent_damaged_give_records_only_where_records_were_made() {
    type Read = fn(&[u8]) -> Vec<std::ops::Range<u64>>;
    let frames: Read =
        |bytes| sapient::decode(bytes, &LIMITS).records.into_iter().map(|record| record.bytes).collect();
    let events: Read =
        |bytes| cot::decode(bytes, &LIMITS).records.into_iter().map(|record| record.bytes).collect();
    let event = |n| made::event(n).into_bytes();
    for (name, read, record) in
        [("sapient", frames, &made::status as &dyn Fn(usize) -> Vec<u8>), ("cot", events, &event)]
    {
        let (sound, starts) = laid(&(0..1000).map(record).collect::<Vec<_>>());
        for seed in 1..=20 {
            for bytes in [Rng(seed).damaged(&sound, 20), one_byte_in_records(seed, &sound, &starts)] {
                held_to_places(name, seed, &sound, &bytes, &starts, &read(&bytes));
            }
        }
    }
}

/// One byte changed in one record of twenty.
fn one_byte_in_records(seed: u64, sound: &[u8], starts: &[usize]) -> Vec<u8> {
    let (mut rng, mut bytes) = (Rng(seed ^ 0xBEEF), sound.to_vec());
    for pair in starts.windows(2) {
        if rng.draw(20) == 0 {
            let at = pair[0] + rng.draw((pair[1] - pair[0]) as u64) as usize;
            bytes[at] ^= 1 + rng.draw(255) as u8;
        }
    }
    bytes
}

fn held_to_places(
    name: &str,
    seed: u64,
    sound: &[u8],
    bytes: &[u8],
    starts: &[usize],
    given: &[std::ops::Range<u64>],
) {
    let ends = starts.iter().skip(1).copied().chain([sound.len()]);
    let made: Vec<_> = starts.iter().copied().zip(ends).collect();
    for range in given {
        let place = (range.start as usize, range.end as usize);
        assert!(made.binary_search(&place).is_ok(), "{name} {seed}: no record was made at {range:?}");
    }
    let mut claimed = 0;
    for (start, end) in made {
        if sound[start..end] == bytes[start..end] {
            let is_given = given.iter().any(|range| range.start as usize == start);
            assert!(
                is_given || start < claimed,
                "{name} {seed}: {start}..{end} has no damage and is not given"
            );
        } else {
            let length = u32::from_le_bytes(bytes[start..start + 4].try_into().expect("four bytes"));
            let claims = if name == "sapient" { start + 4 + length as usize } else { end + 1 };
            claimed = claimed.max(claims);
        }
    }
}

fn intact(sound: &[u8], bytes: &[u8], starts: &[usize]) -> usize {
    let ends = starts.iter().skip(1).copied().chain([sound.len()]);
    starts.iter().zip(ends).filter(|(start, end)| sound[**start..*end] == bytes[**start..*end]).count()
}

#[test]
fn hostile_megabytes_end() {
    // Small, for tests run unoptimised; `measure hostile` takes a whole megabyte each and tells the time.
    const MB: usize = 1 << 16;
    let fill = |unit: &[u8]| unit.repeat(MB / unit.len());
    let key = &made::packet(&[])[..16];
    let inputs = [
        fill(&[0xFD]),
        fill(&[0xFD, 255, 0, 0, 0, 1, 1, 0, 0, 0]),
        fill(&[0xFE, 255, 0, 1, 1, 0]),
        fill(key),
        fill(&[key, &[0x82, 0xFF, 0xFF]].concat()),
        fill(&[0x06, 0x0E, 0x2B, 0x34]),
        fill(&[0x47]),
        fill(b"<event"),
        fill(b"<event><!--"),
        fill(b"<event a=\""),
        fill(b"<event><![CDATA["),
        [b"<event>".to_vec(), fill(b"<a>")].concat(),
        fill(b"{"),
        fill(b"{\"a\":"),
        fill(b"{}\n"),
        fill(b"{}"),
        fill(b"{\"a\":\n"),
        [fill(b"{\"a\":[\n"), b"}".to_vec()].concat(),
        fill(&[1, 0, 0, 0, 0x0A]),
        fill(&[0x20, 0, 0, 0, 0x0A, 0, 0x12]),
    ];
    for input in &inputs {
        let _ = mavlink::decode(input, &LIMITS);
        let _ = cot::decode(input, &LIMITS);
        let _ = sapient::decode(input, &LIMITS);
        for stream in &klv::Input::open(input, &LIMITS).streams {
            stream.packets(&LIMITS).for_each(drop);
        }
    }
}

#[test]
fn a_node_is_held_to_its_units_and_an_effector_gets_no_task() {
    let registration = made::registration("NODE_TYPE_RADAR");
    let detection = made::detection_json("LOCATION_COORDINATE_SYSTEM_LAT_LNG_RAD_M");
    let text = format!(
        "{registration}\n{detection}\n{}",
        made::detection_json("LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M")
    );
    let decoded = sapient::decode(text.as_bytes(), &LIMITS);
    assert_eq!(
        (decoded.records.len(), codes(&decoded.faults)),
        (2, vec!["sapient-units"]),
        "{:?}",
        decoded.faults
    );
    assert_eq!(decoded.faults[0].args["path"], "SapientMessage.detectionReport.location.coordinateSystem");
    let text = format!("{}\n{}", made::registration("NODE_TYPE_JAMMER"), made::task("Status"));
    let decoded = sapient::decode(text.as_bytes(), &LIMITS);
    assert_eq!((decoded.records.len(), codes(&decoded.faults)), (1, vec!["sapient-effector"]));
    for request in ["Fire", "start jamming", "Engage target"] {
        let decoded = sapient::decode(made::task(request).as_bytes(), &LIMITS);
        assert_eq!(
            (decoded.records.len(), codes(&decoded.faults)),
            (0, vec!["sapient-effector"]),
            "{request}"
        );
        assert_eq!(decoded.faults[0].args["path"], "SapientMessage.task.command.request");
    }
    assert_eq!(sapient::decode(made::task("Status").as_bytes(), &LIMITS).records.len(), 1);
}

#[test]
fn every_fault_of_a_message_is_named_at_its_byte() {
    let text =
        made::task("Status").replace("CONTROL_START", "CONTROL_DANCE").replace("\"taskId\"", "\"task\"");
    let decoded = sapient::decode(text.as_bytes(), &LIMITS);
    let told: Vec<_> =
        decoded.faults.iter().map(|fault| (fault.code.as_str(), fault.args["path"].as_str())).collect();
    let expected = [
        ("sapient-unknown-field", "SapientMessage.task.task"),
        ("sapient-enumeration", "SapientMessage.task.control"),
        ("sapient-missing", "SapientMessage.task.taskId"),
        ("sapient-missing", "SapientMessage.task.control"),
    ];
    assert_eq!(told, expected);
    assert_eq!(offset(&decoded.faults[1]), text.find("\"CONTROL_DANCE").expect("there"));
}

#[test]
fn an_event_tells_how_old_it_is() {
    let decoded = cot::decode(made::event(1).as_bytes(), &LIMITS);
    let event = &decoded.records[0].event;
    let at = |text: &str| event.freshness(text.parse().expect("a time"));
    assert_eq!(at("2026-11-22T15:31:00Z"), cot::Freshness::Live { age_s: 60 });
    assert_eq!(at("2026-11-22T15:29:50Z"), cot::Freshness::Early { in_s: 10 });
    assert_eq!(at("2026-11-22T15:36:00Z"), cot::Freshness::Stale { age_s: 360, since_s: 60 });
}

#[test]
fn packets_are_taken_out_of_a_transport_stream_with_their_places() {
    for cells in [false, true] {
        let (bytes, packets) = made::transport(3, cells);
        let input = klv::Input::open(&bytes, &LIMITS);
        assert_eq!((input.streams.len(), input.streams[0].pid, &input.faults), (1, Some(0x101), &vec![]));
        let found: Vec<_> = input.streams[0].packets(&LIMITS).map(|found| found.expect("sound")).collect();
        assert_eq!(found.iter().map(Packet::to_bytes).collect::<Vec<_>>(), packets, "cells: {cells}");
        for packet in &found {
            let place = input.streams[0].place(packet);
            let start = place.start as usize;
            assert_eq!(bytes[start..start + 4], [0x06, 0x0E, 0x2B, 0x34], "a key stands at its place");
            assert_eq!(bytes[place.end as usize - 1], *packet.to_bytes().last().expect("bytes"));
        }
        // A packet of the transport is lost: its unit goes, the others stay, and the place is named.
        let gap = [&bytes[..3 * 188], &bytes[4 * 188..]].concat();
        let input = klv::Input::open(&gap, &LIMITS);
        let left = input.streams[0]
            .packets(&LIMITS)
            .filter_map(Result::ok)
            .filter(|packet| packet.checksum == Checksum::Verified);
        assert_eq!((left.count(), codes(&input.faults)), (2, vec!["klv-transport-gap"]));
    }
}
