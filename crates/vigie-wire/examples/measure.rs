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
    let ticks =
        |n: usize| after.split_whitespace().nth(n).and_then(|t| t.parse::<f64>().ok()).expect("a number");
    // User and system time, in hundredths of a second.
    (ticks(11) + ticks(12)) / 100.0
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|arg| arg == "hostile") {
        return hostile();
    }
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
        "mavlink" => {
            mavlink::Reader::new(&bytes, &limits).filter_map(|found| std::hint::black_box(found.ok())).count()
        }
        "sapient" => std::hint::black_box(sapient::decode(&bytes, &limits)).records.len(),
        "klv" => {
            klv::Packets::new(&bytes, &limits).filter_map(|found| std::hint::black_box(found.ok())).count()
        }
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
    println!(
        "{family}: {rate:.0} records/s, {mb_s:.1} MB/s ({} records, {rounds} rounds, {seconds:.2} CPU s)",
        records / rounds.max(1)
    );
    ExitCode::SUCCESS
}

/// One megabyte each of what parsers stumble over, through every format: the slowest, and the memory at its highest.
fn hostile() -> ExitCode {
    const MB: usize = 1 << 20;
    let key = [6, 0x0E, 0x2B, 0x34, 2, 0x0B, 1, 1, 0x0E, 1, 3, 1, 1, 0, 0, 0];
    let long = [&key[..], &[0x82, 0xFF, 0xFF]].concat();
    let units: [&[u8]; 19] = [
        &[0xFD],
        &[0xFD, 255, 0, 0, 0, 1, 1, 0, 0, 0],
        &[0xFE, 255, 0, 1, 1, 0],
        &key,
        &long,
        &[6, 0x0E, 0x2B, 0x34],
        &[0x47],
        b"<event",
        b"<event><!--",
        b"<event a=\"",
        b"<event><![CDATA[",
        b"<a>",
        b"{\"a\":",
        b"{}\n",
        b"{}",
        b"{\"a\":\n",
        b"{\"a\":[\n",
        &[1, 0, 0, 0, 0x0A],
        &[0x20, 0, 0, 0, 0x0A, 0, 0x12],
    ];
    let limits = Limits::RECORDING;
    let mut worst = (0.0, String::new());
    for unit in units {
        let input = [b"<event>", &unit.repeat(MB / unit.len())[..]].concat();
        for (name, bytes) in [("prefixed", &input[..]), ("bare", &input[7..])] {
            let begun = cpu_s();
            drop(mavlink::decode(bytes, &limits));
            drop(cot::decode(bytes, &limits));
            drop(sapient::decode(bytes, &limits));
            klv::Input::open(bytes, &limits)
                .streams
                .iter()
                .for_each(|stream| stream.packets(&limits).for_each(drop));
            let took = cpu_s() - begun;
            if took > worst.0 {
                worst = (took, format!("{name} {:?}", String::from_utf8_lossy(unit)));
            }
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    println!("slowest megabyte, all four formats together: {:.2} CPU s ({}); {peak}", worst.0, worst.1);
    ExitCode::SUCCESS
}
