use crate::data;
use vigie_model::{Fault, Limits};
use vigie_wire::klv::{Checksum, Input, Packet, Packets, Value, imapb};

fn read(bytes: &[u8]) -> (Vec<Packet<'_>>, Vec<Fault>) {
    let (mut packets, mut faults) = (Vec::new(), Vec::new());
    for found in Packets::new(bytes, &Limits::RECORDING) {
        match found {
            Ok(packet) => packets.push(packet),
            Err(fault) => faults.push(fault),
        }
    }
    (packets, faults)
}

fn near(packet: &Packet<'_>, tag: u32, expected: f64, within: f64) {
    let found = packet.set.number(tag).expect("a number");
    assert!((found - expected).abs() <= within, "tag {tag}: {found}, not {expected}");
}

#[test]
fn conformance_klv_minimum_sets_are_read_and_written_again() {
    let Some(folder) = data::folder("klv") else { return };
    // The sum that stands in the first file is not the sum of its bytes: it says 0xAA43, they give 0x3E1E.
    let files = [
        ("DynamicConstantMISMMSPacketData.bin", Checksum::Unverified, vec![]),
        ("DynamicOnlyMISMMSPacketData.bin", Checksum::Verified, vec![3, 10, 11, 12, 48, 94]),
    ];
    for (name, checksum, missing) in files {
        let bytes = data::file(&folder.join(name));
        let (packets, faults) = read(&bytes);
        println!("{name}: {}", serde_json::to_string(&packets[0].to_json()).expect("JSON"));
        let codes: Vec<_> = faults.iter().map(|fault| fault.code.as_str()).collect();
        let expected = if checksum == Checksum::Verified { vec![] } else { vec!["klv-checksum"] };
        assert_eq!((packets.len(), packets[0].checksum, codes), (1, checksum, expected), "{name}");
        assert_eq!(packets[0].to_bytes(), bytes, "{name}");
        assert_eq!(packets[0].missing_of_minimum(), missing, "{name}");
        near(&packets[0], 13, 60.176_822_966_978_335, 1e-6);
        near(&packets[0], 14, 128.426_759_042_045_46, 1e-6);
        near(&packets[0], 15, 14_190.719_462_882_427, 0.1);
    }
}

#[test]
fn conformance_klv_moving_targets_are_read_and_written_again() {
    let Some(folder) = data::folder("klv") else { return };
    let bytes = data::file(&folder.join("0903.bin"));
    let (packets, faults) = read(&bytes);
    assert_eq!((packets.len(), faults), (5, vec![]));
    assert!(packets.iter().all(|packet| packet.checksum == Checksum::Verified));
    let again: Vec<u8> = packets.iter().flat_map(Packet::to_bytes).collect();
    assert_eq!(again, bytes);
    let Some(Value::Series(targets)) = packets[0].set.get(101).map(|item| &item.value) else {
        panic!("targets")
    };
    assert_eq!(targets.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(targets[0].1.number(1), Some(387_602.0));
}

#[test]
fn conformance_klv_mapped_numbers_agree_with_the_vectors() {
    let Some(folder) = data::folder("klv") else { return };
    let text = data::file(&folder.join("st1201tests.json"));
    let vectors: Vec<serde_json::Value> = serde_json::from_slice(&text).expect("JSON");
    let number = |value: &serde_json::Value| match value.as_str() {
        Some("Infinity") => f64::INFINITY,
        Some("-Infinity") => f64::NEG_INFINITY,
        Some(text) if text.starts_with('-') => -f64::NAN,
        Some(_) => f64::NAN,
        None => value.as_f64().expect("a number"),
    };
    let mut wrong = Vec::new();
    for vector in &vectors {
        let (range, octets) =
            (number(&vector["a"])..=number(&vector["b"]), vector["L"].as_u64().expect("octets") as usize);
        let digits = vector["forwardResultHex"].as_str().expect("hex").trim_start_matches("0x");
        let digits = format!("{digits:0>width$}", width = 2 * octets);
        let bytes = hex::decode(&digits).expect("hex");
        let encoded = imapb::encode(&range, octets, number(&vector["x"]));
        let expected = number(&vector["reverseResult"]);
        let right = match imapb::decode(&range, &bytes) {
            Some(imapb::Mapped::Number(found)) => (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
            Some(imapb::Mapped::Special(found)) => {
                found.total_cmp(&expected).is_eq() || (found.is_nan() && expected.is_nan())
            }
            _ => false,
        };
        if encoded.as_deref() != Some(&bytes[..]) || !right {
            wrong.push((vector.to_string(), encoded, imapb::decode(&range, &bytes)));
        }
    }
    println!("{} vectors, {} differ", vectors.len(), wrong.len());
    assert!(wrong.is_empty(), "{:#?}", &wrong[..wrong.len().min(6)]);
}

#[test]
fn bare_packets_need_no_transport() {
    let input = Input::open(b"no transport stream", &Limits::RECORDING);
    assert_eq!((input.streams.len(), input.streams[0].pid), (1, None));
}
