//! Holds the house to its picture: arrows only down, engines strangers to each other and pure.

#![cfg(test)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Levels from the bottom up; a crate knows only levels below its own.
const LEVELS: &[&[&str]] = &[
    &["vigie-model"],
    &["vigie-words", "vigie-text", "vigie-desk", "vigie-evidence", "vigie-wire", "vigie-track"],
    &["vigie-store", "vigie-verify"],
    &["vigie-gateways"],
    &["vigie-server"],
    &["vigie", "xtask"],
];

/// Crates in which nothing reads a clock, draws a random number or touches a file or a socket.
const PURE: &[&str] = &[
    "vigie-model",
    "vigie-words",
    "vigie-text",
    "vigie-desk",
    "vigie-evidence",
    "vigie-wire",
    "vigie-track",
];

/// Libraries that no pure crate may name.
const IMPURE: &[&str] = &[
    "tokio",
    "rusqlite",
    "reqwest",
    "axum",
    "tantivy",
    "getrandom",
    "rand",
    "tempfile",
    "tracing-subscriber",
];

/// The small verifier stays small: these of our crates and no other.
const VERIFIER_KNOWS: &[&str] = &["vigie-evidence"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Dependencies of each crate by section, dev-dependencies left out.
fn manifests() -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    let mut dirs = vec![root().join("xtask")];
    dirs.extend(
        std::fs::read_dir(root().join("crates")).expect("crates").map(|e| e.expect("an entry").path()),
    );
    for dir in dirs {
        let text = std::fs::read_to_string(dir.join("Cargo.toml")).expect("a manifest");
        let manifest: toml::Table = text.parse().expect("TOML");
        let name = manifest["package"]["name"].as_str().expect("a name").to_owned();
        let mut knows = Vec::new();
        for section in ["dependencies", "build-dependencies"] {
            if let Some(table) = manifest.get(section).and_then(toml::Value::as_table) {
                knows.extend(table.keys().cloned());
            }
        }
        all.insert(name, knows);
    }
    all
}

fn level(name: &str) -> usize {
    LEVELS
        .iter()
        .position(|level| level.contains(&name))
        .unwrap_or_else(|| panic!("{name} stands on no level: put it into the picture"))
}

#[test]
fn arrows_only_point_down() {
    for (name, knows) in manifests() {
        for ours in knows.iter().filter(|known| known.starts_with("vigie")) {
            assert!(level(ours) < level(&name), "{name} must not know {ours}");
        }
    }
}

#[test]
fn every_level_is_lived_on() {
    let manifests = manifests();
    for name in LEVELS.iter().flat_map(|level| level.iter()) {
        assert!(manifests.contains_key(*name), "{name} stands in the picture but not in the folder");
    }
}

#[test]
fn pure_crates_name_nothing_impure() {
    let manifests = manifests();
    for name in PURE {
        for library in IMPURE {
            assert!(!manifests[*name].iter().any(|known| known == library), "{name} names {library}");
        }
    }
}

#[test]
fn pure_crates_are_linted_as_such() {
    let rules: Vec<String> = PURE
        .iter()
        .map(|name| {
            std::fs::read_to_string(root().join("crates").join(name).join("clippy.toml")).expect("rules")
        })
        .collect();
    assert!(rules.iter().all(|text| *text == rules[0] && text.contains("disallowed-methods")));
}

#[test]
fn the_verifier_knows_the_evidence_and_nothing_else_of_ours() {
    let manifests = manifests();
    let ours: Vec<&String> =
        manifests["vigie-verify"].iter().filter(|known| known.starts_with("vigie")).collect();
    assert_eq!(ours, VERIFIER_KNOWS);
}

#[test]
fn every_crate_obeys_the_shared_lints() {
    for dir in std::fs::read_dir(root().join("crates")).expect("crates") {
        let path = dir.expect("an entry").path().join("Cargo.toml");
        let text = std::fs::read_to_string(&path).expect("a manifest");
        assert!(text.contains("[lints]\nworkspace = true"), "{}", path.display());
    }
}

/// Every Rust source below `crates`, one after the other.
fn sources() -> String {
    let (mut text, mut folders) = (String::new(), vec![root().join("crates")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                text += &std::fs::read_to_string(path).expect("a source");
            }
        }
    }
    text
}

#[test]
fn every_fault_that_is_held_has_a_test_of_its_number_and_every_test_that_is_named_is_there() {
    let list = std::fs::read_to_string(root().join("docs/reliability.md")).expect("the list");
    let held =
        list.split("## Held").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("what is held");
    let sources = sources();
    let mut numbers = std::collections::BTreeSet::new();
    for line in held.lines().filter(|line| line.starts_with("| F") && !line.starts_with("| F |")) {
        let number = line[2..5].to_lowercase();
        assert!(sources.contains(&format!("fn {number}_")), "no test bears the number of {line}");
        numbers.insert(number);
        for name in line.split('`').skip(1).step_by(2) {
            let ours = name.len() > 4 && name.starts_with('f') && name.as_bytes()[3] == b'_';
            let whole = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            assert!(!ours || !whole || sources.contains(&format!("fn {name}(")), "{name} is not there");
        }
    }
    for asked in [
        "f02", "f03", "f04", "f06", "f08", "f11", "f32", "f33", "f40", "f45", "f46", "f49", "f51", "f52",
        "f53",
    ] {
        assert!(numbers.contains(asked), "{asked} is not held");
    }
}
