//! Speed of the ASTERIX reader: `cargo run --release -p vigie-wire --example asterix_bench -- CAPTURE.pcap`.
//!
//! Repeats the packets of a capture to 16 MB and reads them for at least two CPU seconds each way, one thread.
//! `--hostile` reads one megabyte each of inputs made to cost much instead, and gives time and memory.
#![expect(clippy::disallowed_methods, reason = "a command: it reads its file and the CPU clock")]

use std::hint::black_box;
use std::process::ExitCode;
use vigie_model::Limits;
use vigie_wire::asterix::{Event, Rewriter, Value, read};

/// The repeated capture grows to this.
const OCTETS: usize = 16 << 20;
/// Header of a pcap file.
const HEADER: usize = 24;
/// Each way is measured for so long.
const CPU_S_MIN: f64 = 2.0;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: asterix_bench CAPTURE.pcap | --hostile");
        return ExitCode::from(2);
    };
    if path == "--hostile" {
        hostile();
        return ExitCode::SUCCESS;
    }
    let capture = std::fs::read(&path).expect("the capture can be read");
    let (header, packets) = capture.split_at(HEADER.min(capture.len()));
    let mut input = header.to_vec();
    while input.len() < OCTETS {
        input.extend_from_slice(packets);
    }
    println!("{path} repeated to {} MB", input.len() >> 20);
    measure("items and raw values", &input, |event| match event {
        Event::Record(record) => record.items().count() as f64,
        _ => 0.0,
    });
    measure("every value scaled", &input, |event| match event {
        Event::Record(record) => record.leaves().map(|leaf| number(&leaf.value())).sum(),
        _ => 0.0,
    });
    measure("plots", &input, |event| match event {
        Event::Record(record) => record.plot().map_or(0.0, |plot| plot.time_of_day_s.unwrap_or(0.0)),
        _ => 0.0,
    });
    let mut rewriter = Rewriter::default();
    measure("encoded again", &input, |event| {
        rewriter.take(&input, &event);
        if matches!(event, Event::BlockEnd) { rewriter.drain().len() as f64 } else { 0.0 }
    });
    ExitCode::SUCCESS
}

fn number(value: &Value<'_>) -> f64 {
    match value {
        Value::Number { value, .. } => *value,
        Value::Meaning(text) => text.len() as f64,
        Value::Raw | Value::Text(_) => 0.0,
    }
}

fn measure(what: &str, input: &[u8], mut each: impl FnMut(Event<'_>) -> f64) {
    let (mut records, mut runs, mut sum) = (0, 0, 0.0);
    let begun = cpu_s();
    while cpu_s() - begun < CPU_S_MIN {
        let totals = read(input, &Limits::RECORDING, &[], &mut |event| sum += each(event));
        assert_eq!(totals.faults, 0, "the capture is whole");
        records += totals.records;
        runs += 1;
    }
    let spent_s = cpu_s() - begun;
    let octets = input.len() * runs;
    black_box(sum);
    println!(
        "{what}: {:.2} M records/s, {:.0} MB/s ({records} records in {spent_s:.2} CPU s)",
        records as f64 / spent_s / 1e6,
        octets as f64 / spent_s / 1e6
    );
}

/// CPU seconds of this process so far.
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").expect("Linux");
    let ns: f64 = stat.split_whitespace().next().and_then(|text| text.parse().ok()).expect("a number");
    ns / 1e9
}

/// One megabyte of a pattern.
fn megabyte(pattern: &[u8]) -> Vec<u8> {
    pattern.iter().copied().cycle().take(1_000_000).collect()
}

fn hostile() {
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    let noise: Vec<u8> = (0..1_000_000).map(|_| random()).collect();
    let categories: Vec<u8> = (0..1_000_000).map(|i| if i % 3 == 0 { 48 } else { random() & 3 }).collect();
    // Blocks that are whole but for their last octet, and name a source everywhere.
    let mut near = vec![48, 0xFF, 0xFF];
    near.extend([0x80, 7, 1].repeat(21_843));
    near.extend([0xFF, 0xFF, 0xFF]);
    let nests: Vec<u8> = [0x3E, 0xFF, 0xF0].into_iter().chain(std::iter::repeat_n(0xFF, 65_517)).collect();
    let longest: Vec<u8> =
        [48, 0xFF, 0xFE].into_iter().chain([0x80, 7, 1].repeat(21_841)).chain([0x80, 7]).collect();
    // Each source begins a record whose repeated item runs to the end of the block, and then past it.
    let mut within = vec![1, 0xFF, 0xFF];
    within.extend([0x81, 0x03, 0x41, 0x80, 7, 1].repeat(10_922));
    for (name, input) in [
        ("noise", noise),
        ("headers among noise", categories),
        ("zeros", megabyte(&[0])),
        ("ones", megabyte(&[0xFF])),
        ("headers", megabyte(&[48])),
        ("smallest blocks", megabyte(&[48, 0, 5, 0x40, 1])),
        ("blocks past the end", megabyte(&[48, 0xFF, 0xFF, 0x80, 7, 1])),
        ("sources everywhere, broken at the end", megabyte(&near)),
        ("long blocks, one octet short", megabyte(&longest)),
        ("extensions without end", megabyte(&nests)),
        ("records within records", megabyte(&within)),
        ("empty records", megabyte(&[48, 0, 6, 0, 0, 0])),
    ] {
        let begun = cpu_s();
        let totals = read(&input, &Limits::RECORDING, &[], &mut |event| drop(black_box(event)));
        let read_s = cpu_s() - begun;
        let begun = cpu_s();
        let kept = vigie_wire::asterix::decode(&input, &Limits::RECORDING, &[]).records().len();
        let kept_s = cpu_s() - begun;
        println!(
            "{name}: {read_s:.3} CPU s, {} records, {} faults; kept in memory {kept_s:.3} CPU s ({kept}), at most {} MB so far",
            totals.records,
            totals.faults,
            peak_mb()
        );
    }
}

/// Most memory that this process had so far.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    peak.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).expect("a number") >> 10
}
