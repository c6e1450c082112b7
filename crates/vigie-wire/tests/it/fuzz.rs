//! Each fuzz target holds for its corpus and for some thousand mutations of it.

#[path = "../../fuzz/targets.rs"]
mod targets;

use std::path::Path;
use targets::{Mutator, TARGETS};

#[expect(clippy::disallowed_methods, reason = "the corpus stands in files")]
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let files = std::fs::read_dir(folder).expect("the corpus");
    let mut files: Vec<_> = files.map(|file| file.expect("readable").path()).collect();
    files.sort();
    files.into_iter().map(|file| std::fs::read(file).expect("readable")).collect()
}

fn hold(name: &str) {
    let (_, target) = TARGETS.into_iter().find(|(known, _)| *known == name).expect("a target");
    let corpus = corpus(name);
    assert!(corpus.len() >= 3, "the corpus of {name} is there");
    for input in &corpus {
        target(input);
    }
    let (mut mutator, mut input) = (Mutator::new(7), Vec::new());
    for _ in 0..3_000 {
        mutator.next(&corpus, &mut input);
        target(&input);
    }
    go_on(target, &corpus, &mut mutator);
}

/// For as many seconds more as `VIGIE_FUZZ_S` says.
#[expect(clippy::disallowed_methods, reason = "the time to spend comes from outside")]
fn go_on(target: fn(&[u8]), corpus: &[Vec<u8>], mutator: &mut Mutator) {
    let seconds: u64 = std::env::var("VIGIE_FUZZ_S").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let end = std::time::Instant::now() + std::time::Duration::from_secs(seconds);
    let mut input = Vec::new();
    while std::time::Instant::now() < end {
        mutator.next(corpus, &mut input);
        target(&input);
    }
}

#[test]
fn the_csv_reader_holds() {
    hold("table_csv");
}

#[test]
fn the_json_lines_reader_holds() {
    hold("table_jsonl");
}

#[test]
fn the_intake_reader_holds() {
    hold("intake");
}

#[test]
fn the_feed_reader_holds() {
    hold("feed");
}

#[test]
fn the_file_sniffer_holds() {
    hold("sniff");
}

#[test]
fn the_gazetteer_reader_holds() {
    hold("gazetteer");
}

#[test]
fn the_asterix_reader_holds() {
    hold("asterix");
}

#[test]
fn the_klv_reader_holds() {
    hold("klv");
}

#[test]
fn the_mavlink_reader_holds() {
    hold("mavlink");
}

#[test]
fn the_sapient_reader_holds() {
    hold("sapient");
}

#[test]
fn the_cot_reader_holds() {
    hold("cot");
}

#[test]
fn the_reader_of_partners_documents_holds() {
    hold("exchange");
}
