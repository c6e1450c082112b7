//! Measures co-ordination, near-copies and claims on one thread; `cargo xtask bench text` runs it.
//!
//! - `shares FILE.csv WINDOW_S…`: edges of a table with `object_id, account_id, content_id, timestamp_share`.
//! - `invented`: the same for 219,000 invented shares of four kinds, and for 16,000 sharers of one object in a minute.
//! - `planted FILE.csv JACCARD WINDOW_S…`: near-copies and groups of accounts in a set with planted campaigns; planted
//!   posts and accounts stand beside it in `FILE.csv.truth`. With `--shuffle` the times are shuffled within accounts
//!   first: whatever is found then is chance. With `--bursts` organic bursts are added. With
//!   `--met` accounts are also flagged by their pairs alone, which takes a table of all pairs of accounts.
//! - `claims DIR`: retrieval and calibration on a folder in the form of CheckThat! 2020; `--tune` tries settings on train.
//! - `perturbed DIR`: how well changed texts are found again, language by language.
//! - `stream FILE.csv JACCARD`: what each new post of such a set costs while the posts of seven days are kept.
//! - `picture WIDTH HEIGHT FILE`: the eight hashes of a picture of three bytes a pixel, to hold beside another program's.

#![expect(
    clippy::disallowed_methods,
    reason = "a measuring program reads files and the clock; the engine does not"
)]

#[path = "likeness_bench/claims.rs"]
mod claims;
#[path = "likeness_bench/cpu.rs"]
mod cpu;
#[path = "likeness_bench/perturbed.rs"]
mod perturbed;
#[path = "likeness_bench/planted.rs"]
mod planted;
#[path = "likeness_bench/shares.rs"]
mod shares;

type Told = Box<dyn std::error::Error>;

/// The eight hashes of a raw picture.
fn picture(args: &[String]) -> Result<(), Told> {
    let [width, height, path] = args else {
        return Err("width, height, a file of three bytes a pixel".into());
    };
    let rgb = std::fs::read(path)?;
    for hash in vigie_text::likeness::picture::Picture::positions(width.parse()?, height.parse()?, &rgb)? {
        println!("{} {}", hash.hex(), hash.quality);
    }
    Ok(())
}

fn main() -> Result<(), Told> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest = args.get(1..).unwrap_or_default();
    match args.first().map(String::as_str) {
        Some("shares") => shares::run(rest),
        Some("invented") => shares::invented().and_then(|()| shares::crowd()),
        Some("picture") => picture(rest),
        Some("stream") => planted::stream(rest),
        Some("claims") => claims::run(rest),
        Some("perturbed") => perturbed::run(rest),
        Some("planted") => planted::run(rest),
        _ => Err("what? shares, invented, planted, claims, perturbed, stream, picture".into()),
    }
}
