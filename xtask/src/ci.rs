//! What continuous integration runs, in the order in which failures are cheapest.

use crate::tools::{self, Told, cargo, output};
use crate::{crash, demo, faults, import, package, test};
use std::time::Instant;

/// Licences that may enter the binary; a choice (`OR`) is fine when one side is here.
const LICENCES: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "CC0-1.0",
    "0BSD",
    "Unlicense",
    "BSL-1.0",
    "bzip2-1.0.6",
    "Apache-2.0 WITH LLVM-exception",
    "CDLA-Permissive-2.0",
    "MIT-0",
];

/// Libraries that must never be in the lock: code in C or assembly fetched or built on the side, unsound or unfit.
const BANNED: &[&str] = &["openssl-sys", "aws-lc-sys", "rs_merkle", "openidconnect", "sqlx", "lancedb"];

/// Runs everything.
pub fn run() -> Result<(), Told> {
    step("format", || tools::run(&mut cargo(&["fmt", "--all", "--check"])))?;
    step("libraries", libraries)?;
    // The screens come first: the binary embeds them.
    step("screens", test::build_ui)?;
    step("lints", || {
        tools::run(&mut cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ]))
    })?;
    step("tests", || test::run(&test::Args::default()))?;
    step("scenarios of the loop", crate::replay::all)?;
    step("mutated input", || tools::run(test::some("vigie-wire", "it", "fuzz").env("VIGIE_FUZZ_S", "10")))?;
    step("20,000 rows, a bad one among them", || {
        import::run(&import::Args { rows: 20_000, profile: "debug".to_owned() })
    })?;
    step("the Debian package, of the unoptimised build", || {
        if !tools::has("dpkg-deb") {
            eprintln!("skipped: no dpkg-deb here");
            return Ok(());
        }
        package::run(&package::Args { profile: "debug".to_owned() })
    })?;
    step("20 kills", || crash::run(&crash::Args { runs: 20, release: false, seed: None }))?;
    step("every tenth point at which the store can stop", || {
        if !faults::possible() {
            eprintln!("skipped: strace may not follow programs here");
            return Ok(());
        }
        faults::run(&faults::Args { seeds: 1, every: 10, flips: 500, only: None, release: false })
    })?;
    step("30 s of load", || demo::load(30))?;
    Ok(())
}

fn step(name: &str, work: impl FnOnce() -> Result<(), Told>) -> Result<(), Told> {
    let since = Instant::now();
    work().map_err(|cause| format!("{name}: {cause}"))?;
    eprintln!("✓ {name} ({} s)", since.elapsed().as_secs());
    Ok(())
}

/// Every library has a permissive licence, none is banned.
fn libraries() -> Result<(), Told> {
    let text = output(&mut cargo(&["metadata", "--format-version", "1", "--locked"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&text).map_err(|cause| cause.to_string())?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata names no packages")?;
    let mut wrong = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or_default();
        if BANNED.contains(&name) {
            wrong.push(format!("{name} is banned"));
        }
        if !permitted(licence) {
            wrong.push(format!("{name}: licence `{licence}`"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// One choice of the expression must consist of permitted licences only.
fn permitted(expression: &str) -> bool {
    let flat = expression.replace(['(', ')'], " ").replace('/', " OR ");
    flat.split(" OR ").any(|choice| choice.split(" AND ").all(|licence| LICENCES.contains(&licence.trim())))
}

#[cfg(test)]
mod tests {
    use super::permitted;

    #[test]
    fn a_choice_is_permitted_when_one_side_is() {
        assert!(permitted("MIT OR Apache-2.0"));
        assert!(permitted("GPL-2.0 OR MIT"));
        assert!(permitted("MIT/Apache-2.0"));
        assert!(!permitted("GPL-3.0-only"));
        assert!(!permitted("MIT AND GPL-2.0"));
        assert!(!permitted(""));
    }
}
