//! Speed of the ASTERIX reader: `cargo run --release -p vigie-wire --example asterix_bench -- CAPTURE.pcap`.
//!
//! Repeats the packets of a capture to 16 MB and reads them for at least two CPU seconds each way, one thread.
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
        eprintln!("usage: asterix_bench CAPTURE.pcap");
        return ExitCode::from(2);
    };
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
