//! Normalises texts, names their languages and prints what that cost: CPU time of one thread.
//!
//! `cargo run --release -p vigie-text --example name_languages -- FILE…` reads files of one text a line (the first
//! line is a header; of a line with tabs the longest field is the text), in full and cut to six words.

#![expect(
    clippy::disallowed_methods,
    reason = "a measuring program reads files and its own account; the engine does not"
)]

use std::io::{BufRead, BufReader};
use vigie_text::{language, normalise};

fn main() -> std::io::Result<()> {
    let mut texts = Vec::new();
    for path in std::env::args().skip(1) {
        for line in BufReader::new(std::fs::File::open(path)?).lines().skip(1) {
            texts.push(line?.split('\t').max_by_key(|field| field.len()).unwrap_or_default().to_owned());
        }
    }
    let six = |text: &String| text.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    let short: Vec<String> = texts.iter().map(six).collect();
    // The model is unpacked once.
    language(&normalise("le pont est ouvert"), None);
    for _ in 0..3 {
        time("whole", &texts);
        time("six words", &short);
    }
    Ok(())
}

fn time(what: &str, texts: &[String]) {
    let letters: usize = texts.iter().map(|text| text.chars().count()).sum();
    let start = spent_ns();
    let normals: Vec<_> = texts.iter().map(|text| normalise(text)).collect();
    let folded = spent_ns() - start;
    let unknown = normals.iter().filter(|normal| language(normal, None).tag == "und").count();
    let all = spent_ns() - start;
    let each = |ns: u64| ns as f64 / 1e3 / texts.len().max(1) as f64;
    println!(
        "{what}: {} texts of {} characters, normalise {:.2} µs, language {:.2} µs, both {:.2} µs a text; {unknown} und",
        texts.len(),
        letters / texts.len().max(1),
        each(folded),
        each(all - folded),
        each(all)
    );
}

/// CPU time of this thread, as the kernel counts it.
fn spent_ns() -> u64 {
    let account = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    account.split_whitespace().next().and_then(|ns| ns.parse().ok()).unwrap_or(0)
}
