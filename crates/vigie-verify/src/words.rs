//! What a check found, in the language of whoever asked for it.
//!
//! English is the language of [`Report`] itself. French comes from the catalogue that the screens use too; it is read
//! here with as little as its sentences need, since this program is to stay small.

use crate::report::Report;

/// The catalogue's sentences in French.
const FRENCH: &str = include_str!("../../../locales/fr/verify.ftl");

/// A language in which a check can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

impl Language {
    /// The language of a tag such as `fr` or `fr_FR.UTF-8`; English where it is another.
    pub fn of(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("fr") { Self::French } else { Self::English }
    }
}

/// The report in sentences.
pub fn told(report: &Report, language: Language) -> String {
    match language {
        Language::English => report.to_string(),
        Language::French => french(report).unwrap_or_else(|| report.to_string()),
    }
}

fn french(report: &Report) -> Option<String> {
    if let Some(finding) = &report.finding {
        let number = finding.number().unwrap_or_default().to_string();
        return filled(finding.code(), &[("entry", &finding.seq.to_string()), ("number", &number)]);
    }
    if let Some(fault) = &report.file_fault {
        return filled(fault.code(), &[("path", fault.path())]);
    }
    let origin = report.origin.as_deref().unwrap_or("ce journal");
    let last_at = report.last_at.as_deref().unwrap_or("aucune");
    let count = |n: u64| n.to_string();
    let mut lines = vec![
        filled("checked-entries", &[("entries", &count(report.entries)), ("origin", origin)])?,
        filled("checked-last", &[("time", last_at)])?,
        filled("checked-root", &[("root", &report.root)])?,
        filled("checked-states", &[("count", &count(report.checkpoints))])?,
        filled(
            "checked-contents",
            &[("whole", &count(report.payloads)), ("gone", &count(report.payloads_erased))],
        )?,
        filled("checked-files", &[("whole", &count(report.blobs)), ("gone", &count(report.blobs_erased))])?,
    ];
    if report.unknown_kinds > 0 {
        lines.push(filled("checked-later-kinds", &[("count", &count(report.unknown_kinds))])?);
    }
    let key = report.verifier_key.as_deref().unwrap_or_default();
    lines.push(filled(
        if report.key_given { "checked-key-given" } else { "checked-key-own" },
        &[("key", key)],
    )?);
    Some(lines.join("\n"))
}

/// The sentence `id` with its arguments put in.
fn filled(id: &str, arguments: &[(&str, &str)]) -> Option<String> {
    let said = FRENCH.lines().find_map(|line| line.strip_prefix(id)?.strip_prefix(" = "))?;
    let put = |said: String, (name, value): &(&str, &str)| said.replace(&format!("{{ ${name} }}"), value);
    Some(arguments.iter().fold(said.to_owned(), put))
}
