//! `vigie decode`: a sound file gives 0, a faulty one 1 and the place of each fault, wrong usage 2.

use crate::{corpus, file, vigie};
use serde_json::json;

/// A block of category 048: SAC/SIC, time, place.
const PLOT: [u8; 13] = [0x30, 0, 13, 0xD0, 25, 201, 0x35, 0x6D, 0x4D, 0x10, 0, 0x40, 0];

#[test]
fn an_asterix_file_is_summed_up_with_the_edition_it_was_read_by() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(&folder, "link.ast", PLOT.repeat(3));
    let told = vigie(&["decode", "asterix", &path, "--summary"]);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    assert_eq!(
        told.out,
        "048: 3\n048 from 25/201: edition 1.32, inferred (5 others read it as well), 3 records\n3 records, 0 faults.\n"
    );
    let told = vigie(&["--json", "decode", "asterix", &path, "--edition", "048@25/201=1.31"]);
    let source = json!({"category": 48, "sac": 25, "sic": 201, "records": 3, "edition": "1.31", "edition_from": "given"});
    assert_eq!((told.code, &told.json()["sources"]), (0, &json!([source])));
}

#[test]
fn records_come_line_by_line_with_their_bytes_and_go_back_to_the_same_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, again) = (file(&folder, "link.ast", PLOT.repeat(2)), file(&folder, "again.ast", ""));
    let told = vigie(&["decode", "asterix", &path, "--jsonl", "--reencode", &again]);
    let lines: Vec<serde_json::Value> =
        told.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((told.code, lines.len()), (0, 2));
    assert_eq!((&lines[1]["offset"], &lines[1]["length"]), (&json!(16), &json!(10)));
    assert_eq!(lines[1]["items"]["040"]["RHO"], json!({"raw": 4096, "value": 16.0, "unit": "NM"}));
    assert_eq!(std::fs::read(&again).expect("written"), PLOT.repeat(2));
}

#[test]
fn a_fault_is_told_as_offset_length_and_reason_and_its_neighbours_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bad = PLOT;
    bad[2] = 1;
    let bytes = [&PLOT[..], &bad, &PLOT].concat();
    let (path, again) = (file(&folder, "link.ast", &bytes), file(&folder, "again.ast", ""));
    let told = vigie(&["decode", "asterix", &path, "--reencode", &again]);
    assert_eq!(told.code, 1);
    assert!(told.err.starts_with("13, 13, ") && told.err.lines().count() == 1, "{told:?}");
    assert!(told.out.ends_with("2 records, 1 fault.\n"), "{told:?}");
    assert_eq!(std::fs::read(&again).expect("written"), bytes, "damage too is passed on as it stood");
}

#[test]
fn each_family_counts_its_records_by_kind() {
    for (family, name, kinds) in [
        ("klv", "klv/two", json!({"st0601": 1, "st0903": 1})),
        ("mavlink", "mavlink/recording", json!({"ATTITUDE": 1, "GLOBAL_POSITION_INT": 1, "HEARTBEAT": 2})),
        ("sapient", "sapient/lines", json!({"detectionReport": 1, "error": 1, "statusReport": 1, "task": 1})),
        ("cot", "cot/three", json!({"a-f-G-U-C": 3})),
    ] {
        let told = vigie(&["--json", "decode", family, &corpus(name)]);
        let answer = told.json();
        assert_eq!((told.code, told.err.as_str()), (0, ""), "{family}");
        assert_eq!((&answer["kinds"], &answer["faults"]), (&kinds, &json!(0)), "{family}");
        let lines = vigie(&["decode", family, &corpus(name), "--jsonl"]).out;
        assert_eq!(lines.lines().count() as u64, answer["records"].as_u64().expect("a count"), "{family}");
    }
}

#[test]
fn each_family_ends_with_1_and_the_place_of_every_fault() {
    for (family, name, faults, records) in [
        ("klv", "klv/wrong", &[(0, 60, "VG-KLV-005")][..], 1),
        ("mavlink", "mavlink/odd", &[(0, 29, "VG-MAVLINK-001"), (29, 52, "VG-MAVLINK-005")], 0),
        ("cot", "cot/bad", &[(30, 316, "VG-COT-001"), (645, 8, "VG-COT-005"), (969, 10, "VG-COT-005")], 1),
    ] {
        let told = vigie(&["--json", "decode", family, &corpus(name)]);
        let expected: Vec<_> =
            faults.iter().map(|(at, long, code)| (*at, *long, (*code).to_owned())).collect();
        assert_eq!((told.code, told.faults()), (1, expected), "{family}");
        assert_eq!(told.json()["records"], json!(records), "{family}");
    }
}

#[test]
fn a_vendor_is_told_the_exact_field_that_is_wrong() {
    let told = vigie(&["decode", "sapient", &corpus("sapient/bad")]);
    assert_eq!(told.code, 1);
    let line =
        told.err.lines().find(|line| line.starts_with("117, 3, ")).expect("the fault of the identifier");
    assert!(line.contains("SapientMessage.statusReport.reportId") && line.contains("ULID"), "{line}");
}

#[test]
fn the_age_of_events_is_told_at_the_time_asked_for() {
    let path = corpus("cot/three");
    for (now, live, stale) in [("2026-11-22T15:31:00Z", 3, 0), ("2026-11-23T00:00:00Z", 0, 3)] {
        let answer = vigie(&["--json", "decode", "cot", &path, "--now", now]).json();
        assert_eq!((&answer["live"], &answer["stale"]), (&json!(live), &json!(stale)), "{now}");
    }
}

#[test]
fn what_cannot_be_read_or_makes_no_sense_is_told_apart() {
    let told = vigie(&["decode", "klv", "no-such-file"]);
    assert!(told.code == 1 && told.out.is_empty() && told.err.contains("VG-CLI-004"), "{told:?}");
    let path = corpus("klv/two");
    assert_eq!(vigie(&["decode", "klv", &path, "--jsonl", "--summary"]).code, 2);
    assert_eq!(vigie(&["decode", "radar", &path]).code, 2);
    let told = vigie(&["decode", "asterix", &path, "--edition", "forty-eight"]);
    assert!(told.code == 2 && told.err.contains("VG-ASTERIX-020"), "{told:?}");
}
