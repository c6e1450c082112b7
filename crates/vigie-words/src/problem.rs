//! What went wrong, in words for the person who can do something about it.

use crate::catalogue::attribute;
use crate::{Arg, Lang, text};
use serde::Serialize;
use std::collections::BTreeMap;
use vigie_model::{At, Fault, Reason};

/// What happened, what to do, and a code to quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Code to quote, such as `VG-IMPORT-003`.
    pub code: String,
    /// What happened and what was kept.
    pub message: String,
    /// What to do; empty where nothing can be done.
    pub hint: String,
}

/// The code of a message without one: the catalogue's own fault, so it names the catalogue.
const NO_CODE: &str = "VG-WORDS-001";

/// The problem that message `id` tells, with its code and its hint.
pub fn problem(lang: Lang, id: &str, args: &crate::Args<'_>) -> Problem {
    Problem {
        code: attribute(lang, id, "code", args).unwrap_or_else(|| NO_CODE.to_owned()),
        message: text(lang, id, args),
        hint: attribute(lang, id, "hint", args).unwrap_or_default(),
    }
}

/// The problem that a fault tells; where it stands opens the message.
pub fn fault_problem(lang: Lang, fault: &Fault) -> Problem {
    let mut problem = problem(lang, &fault.code, &borrowed(&fault.args));
    let place: (&str, u64) = match fault.at {
        At::Whole => return problem,
        At::Row(row) => ("fault-at-row", row),
        At::Byte(offset) => ("fault-at-byte", offset),
    };
    let place_text = text(lang, place.0, &[("at", place.1.into())]);
    problem.message = format!("{place_text} {}", problem.message);
    problem
}

/// A fault as one line: where, what, what to do, and the code in brackets.
pub fn fault(lang: Lang, fault: &Fault) -> String {
    let Problem { code, message, hint } = fault_problem(lang, fault);
    if hint.is_empty() { format!("{message} ({code})") } else { format!("{message} {hint} ({code})") }
}

/// One reason of a score as a sentence.
pub fn reason(lang: Lang, reason: &Reason) -> String {
    text(lang, &reason.code, &borrowed(&reason.args))
}

fn borrowed(args: &BTreeMap<String, String>) -> Vec<(&str, Arg<'_>)> {
    args.iter().map(|(name, value)| (name.as_str(), Arg::from(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_where_what_and_what_to_do() {
        let too_many = Fault::new(At::Row(12_034), "acts-too-many").with("count", 250).with("max", 200);
        assert_eq!(
            fault(Lang::En, &too_many),
            "Row 12,034: 250 narratives are chosen; one act takes at most 200. Nothing was changed. \
             Choose fewer and try again. (VG-DESK-002)"
        );
        let said = fault(Lang::Fr, &too_many);
        assert!(said.starts_with("Ligne 12\u{202f}034\u{a0}: 250 récits"), "{said}");
        assert!(said.ends_with("(VG-DESK-002)"), "{said}");
    }

    #[test]
    fn the_clock_of_a_narrative_reads_as_a_sentence() {
        let clock = |answered: &str| {
            let told = Reason::new("clock-sentence").with("hours", 27).with("verified", "no");
            [Lang::En, Lang::Fr].map(|lang| reason(lang, &told.clone().with("answered", answered)))
        };
        assert_eq!(
            clock("no"),
            [
                "Known 27 h. Verified: no. Answered: no.",
                "Connu depuis 27\u{a0}h. Vérifié\u{a0}: non. Réponse\u{a0}: non.",
            ]
        );
        assert!(clock("221530ZNOV26")[1].ends_with("Réponse\u{a0}: oui, 221530ZNOV26."));
    }

    #[test]
    fn a_problem_travels_as_code_message_and_hint() {
        let told = problem(Lang::En, "act-undo-too-late", &[("seconds", 10.into())]);
        let json = serde_json::to_value(told).expect("plain texts");
        assert_eq!(json["code"], "VG-DESK-006");
        assert!(!json["hint"].as_str().expect("a text").is_empty());
    }
}
