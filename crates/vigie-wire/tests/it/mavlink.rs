use crate::data;
use vigie_model::Limits;
use vigie_wire::mavlink::{self, Decoded};

fn decode(bytes: &[u8]) -> Decoded {
    mavlink::decode(bytes, &Limits::RECORDING)
}

#[test]
fn conformance_mavlink_a_real_flight_is_read_and_its_unknown_value_kept_raw() {
    let Some(folder) = data::folder("mavlink") else { return };
    let bytes = data::file(&folder.join("flight.tlog"));
    let decoded = decode(&bytes);
    assert_eq!(decoded.records.len(), 163_850);
    assert_eq!(decoded.faults.len(), 1, "{:?}", decoded.faults);
    assert_eq!(decoded.faults[0].code, "mavlink-enumeration");
    assert_eq!(decoded.unfinished, Some(5_865_441..5_865_472), "the recording breaks off in a frame");
    for record in &decoded.records {
        let range = record.bytes.start as usize + 8..record.bytes.end as usize;
        assert_eq!(record.to_frame(), bytes[range], "{record:?}");
    }
}

#[test]
fn conformance_mavlink_a_recording_of_version_2_is_read() {
    let Some(folder) = data::folder("mavlink") else { return };
    let bytes = data::file(&folder.join("log.tlog"));
    let decoded = decode(&bytes);
    println!("{} {:?}", decoded.records.len(), decoded.faults);
    assert_eq!(decoded.records.len() + decoded.faults.len(), 1_426);
    for record in decoded.records.iter().filter(|record| !record.signed) {
        let range = record.bytes.start as usize + 8..record.bytes.end as usize;
        assert_eq!(record.to_frame(), bytes[range], "{record:?}");
    }
}
