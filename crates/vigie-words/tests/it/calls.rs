//! No line of code names a message that the catalogues do not have.
//!
//! The convention: a message id is the first string literal within the brackets of one of [`CALLS`].

use std::path::{Path, PathBuf};
use vigie_words::known;

const CALLS: [&str; 7] = [
    "Fault::new(",
    "Reason::new(",
    "Failure::told(",
    "say.text(",
    "say.aside(",
    "words::text(",
    "words::problem(",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the workspace") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The text up to the bracket that closes the one before it.
fn within_brackets(after: &str) -> &str {
    let mut depth = 1;
    let mut quoted = false;
    for (i, c) in after.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &after[..i];
        }
    }
    after
}

fn first_literal(text: &str) -> Option<&str> {
    let (_, after) = text.split_once('"')?;
    after.split_once('"').map(|(literal, _)| literal)
}

fn is_message_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.contains('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn named_messages(source: &str) -> Vec<&str> {
    let calls = CALLS.into_iter().flat_map(|call| source.split(call).skip(1));
    calls.filter_map(|after| first_literal(within_brackets(after))).filter(|id| is_message_id(id)).collect()
}

#[test]
fn the_code_names_no_unknown_message() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    sources(&crates, &mut files);
    let mut seen = 0;
    let mut unknown = Vec::new();
    for file in files.iter().filter(|file| !file.ends_with("tests/it/calls.rs")) {
        let source = std::fs::read_to_string(file).expect("Rust source is UTF-8");
        for id in named_messages(&source) {
            seen += 1;
            if id != "no-such-message" && !known(id) {
                unknown.push(format!("{}: {id}", file.strip_prefix(&crates).unwrap_or(file).display()));
            }
        }
    }
    assert!(seen > 0, "no message was found in the code: has the convention changed?");
    assert!(unknown.is_empty(), "not in the catalogues:\n{}", unknown.join("\n"));
}

#[test]
fn a_call_is_found_across_lines_and_brackets() {
    let source = "Fault::new(\n  At::Row(line(3)),\n  \"import-no-such\")\nReason::new(code)\nvigie_words::text(lang, \"a-b\", &[(\"x\", 1)])";
    assert_eq!(named_messages(source), ["import-no-such", "a-b"]);
}
