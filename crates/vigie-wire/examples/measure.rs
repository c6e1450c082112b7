//! How many records a second: `cargo run --release -p vigie-wire --example measure -- klv|mavlink|sapient|cot FILE`.
//!
//! Reads the file once, decodes it in memory again and again for at least two seconds of CPU time, and prints the rate.
#![expect(clippy::disallowed_methods, reason = "a command: it reads its file and looks at the clock")]

use std::process::ExitCode;
use vigie_model::Limits;
use vigie_wire::{cot, klv, mavlink, sapient};

/// CPU seconds of this process so far.
fn cpu_s() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let after = text.rsplit(')').next().expect("the name is in brackets");
    let ticks = |n: usize| after.split_whitespace().nth(n).and_then(|t| t.parse::<f64>().ok()).expect("a number");
    // User and system time, in hundredths of a second.
    (ticks(11) + ticks(12)) / 100.0
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [family, file] = &args[..] else {
        eprintln!("usage: measure klv|mavlink|sapient|cot FILE");
        return ExitCode::from(2);
    };
    let once = std::fs::read(file).expect("the file named can be read");
    // Small files are laid one behind the other, so that starting and asking for the time weigh nothing.
    let bytes = once.repeat(1 + (4 << 20) / once.len().max(1));
    let limits = Limits::RECORDING;
    let count = || match family.as_str() {
        // Typed, one by one: what a live link does.
        "mavlink" => mavlink::Reader::new(&bytes, &limits).filter_map(|found| std::hint::black_box(found.ok())).count(),
        "sapient" => std::hint::black_box(sapient::decode(&bytes, &limits)).records.len(),
        "klv" => klv::Packets::new(&bytes, &limits).filter_map(|found| std::hint::black_box(found.ok())).count(),
        "cot" => std::hint::black_box(cot::decode(&bytes, &limits)).records.len(),
        _ => 0,
    };
    let (mut records, mut rounds, begun) = (0_usize, 0_usize, cpu_s());
    while cpu_s() - begun < 2.0 {
        records += count();
        rounds += 1;
    }
    let seconds = cpu_s() - begun;
    let (rate, mb_s) = (records as f64 / seconds, (rounds * bytes.len()) as f64 / seconds / 1e6);
    println!("{family}: {rate:.0} records/s, {mb_s:.1} MB/s ({} records, {rounds} rounds, {seconds:.2} CPU s)", records / rounds.max(1));
    ExitCode::SUCCESS
}
