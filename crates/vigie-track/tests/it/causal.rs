//! What is shown at a scan rests on that scan and those before it.

use crate::world::SIDE;
use proptest::prelude::*;
use std::fmt::Write as _;
use vigie_track::scenario::{MotionKind, Options, RunError, run};

/// A scenario file with answers in it that the tracker must not look at.
fn file(targets: usize, seed: u64, scans: usize, answer: &str) -> String {
    let mut text = format!(
        "{{\"params\": {{\"targets\": {answer}, \"period\": 1.0, \"side\": {SIDE}, \"pd\": 0.9, \"sigma\": 15.0, \"q\": 0.5, \
         \"vmax\": 25.0, \"seed\": {answer}, \"clutter\": 8.0, \"density\": 5e-7}}}}\n"
    );
    for (t, plots) in crate::world::scans(targets, seed, scans) {
        let mut det = String::new();
        for (n, plot) in plots.iter().enumerate() {
            let vigie_track::Look::Plane(at) = plot.look else { continue };
            let comma = if n == 0 { "" } else { ", " };
            write!(det, "{comma}[{}, {}, {answer}]", at.x, at.y).expect("a string grows");
        }
        writeln!(text, "{{\"t\": {t}, \"truth\": [[{answer}, 1, 2, 3, 4]], \"det\": [{det}]}}")
            .expect("a string grows");
    }
    text
}

fn track(text: &str, options: &Options) -> String {
    let mut out = Vec::new();
    run(text.as_bytes(), options, &mut out).expect("a scenario");
    String::from_utf8(out).expect("text")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_output_of_a_cut_file_is_a_prefix(seed in 0_u64..1_000, cut in 0.05_f64..1.0, estimate: bool, imm: bool) {
        let text = file(6, seed, 25, "1");
        let motion = if imm { MotionKind::Imm } else { MotionKind::Cv };
        let options = Options { estimate, motion, ..Options::default() };
        let whole = track(&text, &options);
        let head = text.find('\n').expect("a first line") + 1;
        let kept = head + ((text.len() - head) as f64 * cut) as usize;
        let part = track(&text[..kept], &options);
        prop_assert!(whole.starts_with(&part), "cut at byte {kept}");
        // A cut right before a line end leaves a whole scan without one.
        let ended = text[head..kept].matches('\n').count();
        prop_assert!((ended..=ended + 1).contains(&part.lines().count()));
    }
}

#[test]
fn the_answers_in_the_file_change_nothing() {
    for estimate in [false, true] {
        let options = Options { estimate, ..Options::default() };
        let out = track(&file(6, 3, 40, "17"), &options);
        assert_eq!(out, track(&file(6, 3, 40, "-1"), &options));
        assert!(out.lines().last().expect("a line").matches('[').count() > 5, "tracks are shown");
    }
}

#[test]
fn a_bad_line_is_named_and_its_neighbours_are_tracked() {
    let mut text: Vec<String> = file(4, 1, 10, "1").lines().map(str::to_owned).collect();
    text[5] = "{\"t\": 4.0, \"det\": [[1.0]]}".to_owned();
    text[7] = "not JSON".to_owned();
    let mut out = Vec::new();
    let summary = run(text.join("\n").as_bytes(), &Options::default(), &mut out).expect("a scenario");
    assert_eq!(summary.scans, 8);
    let rows: Vec<_> = summary.faults.iter().map(|fault| fault.at).collect();
    assert_eq!(rows, [vigie_model::At::Row(6), vigie_model::At::Row(8)]);
}

#[test]
fn lines_without_end_scans_out_of_order_and_impossible_sheets_are_refused() {
    let sheet = file(1, 1, 0, "1");
    let long = format!("{{\"t\": 1, \"det\": [{}]}}", "[1, 2], ".repeat(200_000));
    let text = format!(
        "{sheet}{long}\n{{\"t\": 5, \"det\": []}}\n{{\"t\": 4, \"det\": []}}\n{{\"t\": 6, \"det\": [[1e308, 2e308]]}}\n"
    );
    let mut out = Vec::new();
    let summary = run(text.as_bytes(), &Options::default(), &mut out).expect("a scenario");
    let codes: Vec<_> = summary.faults.iter().map(|fault| fault.code.as_str()).collect();
    assert_eq!(codes, ["track-line-too-long", "track-scan-late", "track-not-a-scan"]);
    assert_eq!(out, b"{\"t\": 5, \"tracks\": []}\n");
    let error = run(sheet.replace("0.9", "1.9").as_bytes(), &Options::default(), Vec::new())
        .expect_err("no such sensor");
    assert!(matches!(error, RunError::BadDataSheet(bad) if bad.member == "pd"));
}

#[test]
fn without_a_data_sheet_a_run_says_so() {
    let error = run("{\"t\": 0}\n".as_bytes(), &Options::default(), Vec::new()).expect_err("no sheet");
    assert!(matches!(error, RunError::NoDataSheet(_)));
    assert!(run("".as_bytes(), &Options { estimate: true, ..Options::default() }, Vec::new()).is_ok());
}
