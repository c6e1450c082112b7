//! `vigie track`: the scenario of the tutorial, a faulty line, a sheet that is missing or impossible.

use crate::{file, vigie};
use serde_json::json;

const SCENARIO: &str = "\
{\"params\": {\"period\": 1, \"side\": 2000, \"pd\": 0.9, \"sigma\": 15, \"q\": 0.5, \"vmax\": 25, \"clutter\": 1, \"density\": 2.5e-7}}
{\"t\": 0, \"det\": [[0, 0], [700, -300]]}
{\"t\": 1, \"det\": [[14, 3]]}
{\"t\": 2, \"det\": [[21, -6], [-450, 820]]}
{\"t\": 3, \"det\": []}
{\"t\": 4, \"det\": [[46, 2]]}
";

const SHEET: &str =
    "period = 1\nside = 2000\npd = 0.9\nsigma = 15\nq = 0.5\nvmax = 25\nclutter = 1\ndensity = 2.5e-7\n";

/// The labels shown at each scan.
fn shown(path: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).expect("written");
    let labels = |line: &str| {
        let picture: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let tracks = picture["tracks"].as_array().expect("tracks").iter();
        tracks.map(|track| track[0].as_str().expect("a label").to_owned()).collect()
    };
    text.lines().map(labels).collect()
}

#[test]
fn the_tutorials_walker_appears_with_its_second_plot_and_coasts_through_a_miss() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, out) = (file(&folder, "scenario.jsonl", SCENARIO), file(&folder, "tracks.jsonl", ""));
    let told = vigie(&["track", &path, "--out", &out]);
    assert_eq!((told.code, told.out.as_str(), told.err.as_str()), (0, "5 scans tracked, 0 faults.\n", ""));
    let walker = || vec!["0-0-0".to_owned()];
    assert_eq!(shown(&out), [vec![], walker(), walker(), walker(), walker()]);
}

#[test]
fn with_estimate_the_sheet_is_not_looked_at_and_what_was_learned_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = file(&folder, "tracks.jsonl", "");
    let wrong = SCENARIO.replace("\"pd\": 0.9", "\"pd\": 7");
    let mut answers = Vec::new();
    for (name, text) in [("right.jsonl", SCENARIO), ("wrong.jsonl", &wrong)] {
        let told = vigie(&["--json", "track", &file(&folder, name, text), "--out", &out, "--estimate"]);
        assert_eq!(told.code, 0, "{told:?}");
        answers.push((told.json(), shown(&out)));
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].0["learned"]["pd"].as_f64().is_some_and(|pd| (0.5..1.0).contains(&pd)));
}

#[test]
fn a_faulty_line_is_named_and_the_others_are_tracked() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = SCENARIO.replace("\"det\": [[14, 3]]", "\"det\": [[14]]");
    let (path, out) = (file(&folder, "scenario.jsonl", text), file(&folder, "tracks.jsonl", ""));
    let told = vigie(&["track", &path, "--out", &out]);
    assert_eq!((told.code, told.out.as_str()), (1, "4 scans tracked, 1 fault.\n"));
    assert!(told.err.starts_with("Row 3: ") && told.err.contains("VG-TRACK-001"), "{told:?}");
    assert_eq!(shown(&out).len(), 4);
    let told = vigie(&["--json", "track", &path, "--out", &out]);
    assert_eq!((told.code, &told.json()["faults"]), (1, &json!(1)));
}

#[test]
fn a_sheet_of_its_own_takes_the_place_of_line_1_and_an_impossible_one_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = file(&folder, "tracks.jsonl", "");
    let path = file(&folder, "scenario.jsonl", SCENARIO.replace("\"pd\": 0.9", "\"pd\": 7"));
    let told = vigie(&["track", &path, "--out", &out]);
    assert!(told.code == 1 && told.err.contains("pd"), "{told:?}");
    let sheet = file(&folder, "sensor.toml", SHEET);
    assert_eq!(vigie(&["track", &path, "--out", &out, "--sensor", &sheet]).code, 0);
    assert_eq!(shown(&out)[4], ["0-0-0"]);
    let sheet = file(&folder, "sensor.toml", "period = 1\n");
    let told = vigie(&["track", &path, "--out", &out, "--sensor", &sheet]);
    assert!(told.code == 1 && told.err.contains("side"), "{told:?}");
}

#[test]
fn without_a_file_or_with_a_word_it_does_not_know_it_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = file(&folder, "tracks.jsonl", "");
    assert_eq!(vigie(&["track", "no-such-file", "--out", &out]).code, 1);
    assert_eq!(vigie(&["track", &out, "--out", &out, "--motion", "crab"]).code, 2);
    assert_eq!(vigie(&["track", &out]).code, 2);
}
