//! Persons hidden where a text threatens or exposes them; measured on invented texts, held against a floor.

use crate::ground::{gazetteer, lexicons};
use proptest::prelude::*;
use std::ops::Range;
use vigie_model::Compartment;
use vigie_text::normalise;
use vigie_text::persons::{self, BAR, PersonReading, Protected, ProtectedName};

const SETS: [(&str, &str); 5] = [
    ("fr", include_str!("../persons/fr.txt")),
    ("en", include_str!("../persons/en.txt")),
    ("ar", include_str!("../persons/ar.txt")),
    ("sg", include_str!("../persons/sg.txt")),
    ("sw", include_str!("../persons/sw.txt")),
];

/// A text of a set: what it is, whether its names are given as a list, the text, and what must be hidden.
struct Case {
    class: char,
    listed: bool,
    text: String,
    hidden: Vec<Range<usize>>,
}

fn case(line: &str) -> Case {
    let (head, marked) = line.split_once(' ').expect("a letter before the text");
    let (mut text, mut hidden, mut start) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '⟦' => start = text.len(),
            '⟧' => hidden.push(start..text.len()),
            _ => text.push(c),
        }
    }
    Case { class: head.chars().next().expect("a letter"), listed: head.ends_with("hide"), text, hidden }
}

fn list(names: &[&str]) -> Protected {
    let name = |name: &&str| ProtectedName { name: (*name).to_owned(), variants: Vec::new() };
    Protected::new(&names.iter().map(name).collect::<Vec<_>>(), &[])
}

fn words(text: &str, span: &Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let piece = &text[span.clone()];
    for word in piece.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)) {
        let at = span.start + (word.as_ptr() as usize - piece.as_ptr() as usize);
        out.push(at..at + word.len());
    }
    out
}

#[derive(Default, Debug)]
struct Tally {
    spans: usize,
    spans_hidden: usize,
    words_hidden: usize,
    words_rightly: usize,
    flags: usize,
    flags_right: usize,
    false_alarms: usize,
    harmless: usize,
}

fn touches(spans: &[Range<usize>], word: &Range<usize>) -> bool {
    spans.iter().any(|span| span.start < word.end && word.start < span.end)
}

fn measure(lang: &str, set: &str) -> (Tally, Vec<String>) {
    let (lexicons, gazetteer) = (lexicons(), gazetteer());
    let (mut tally, mut notes) = (Tally::default(), Vec::new());
    for case in set.lines().filter(|line| !line.starts_with('#')).map(case) {
        let names = if case.listed { list(&["Awa Kolimbé"]) } else { Protected::default() };
        let reading = persons::read(&case.text, Some(lang), lexicons, &names, Some(gazetteer));
        let masks: Vec<Range<usize>> = reading.masks.iter().map(|mask| mask.span.clone()).collect();
        tally.spans += case.hidden.len();
        for span in &case.hidden {
            let whole = words(&case.text, span).iter().all(|word| touches(&masks, word));
            tally.spans_hidden += usize::from(whole);
            if !whole {
                notes.push(format!("left: {} | {}", &case.text[span.clone()], reading.masked));
            }
        }
        let all = words(&case.text, &(0..case.text.len()));
        let hidden: Vec<_> = all.iter().filter(|word| touches(&masks, word)).collect();
        tally.words_hidden += hidden.len();
        tally.words_rightly += hidden.iter().filter(|word| touches(&case.hidden, word)).count();
        let right = is_right(&case, &reading);
        if case.class == 'N' {
            tally.harmless += 1;
            tally.false_alarms += usize::from(!right);
        } else {
            tally.flags += 1;
            tally.flags_right += usize::from(right);
        }
        if !right {
            notes.push(format!(
                "class {}: {} {:?}",
                case.class,
                case.text,
                reading.score.map(|s| s.reasons().to_vec())
            ));
        }
    }
    (tally, notes)
}

fn is_right(case: &Case, reading: &PersonReading) -> bool {
    let (threat, exposed) = (reading.threatened || reading.mentioned, reading.exposed);
    match case.class {
        'T' => threat,
        'O' => reading.threatened && reading.office,
        'E' => exposed,
        'S' => reading.sexual && reading.compartments().contains(&Compartment::Crsv),
        _ => !threat && !exposed && !reading.sexual,
    }
}

/// Prints what `docs/benchmarks-text.md` quotes; the floors are what was measured, so that a change that loses shows.
#[test]
fn what_must_be_hidden_is_hidden() {
    for (lang, set) in SETS {
        let (tally, notes) = measure(lang, set);
        println!("{lang}: {tally:?}\n  {}", notes.join("\n  "));
        assert_eq!(
            (tally.spans_hidden, tally.flags_right, tally.false_alarms),
            (tally.spans, tally.flags, 0),
            "{lang}"
        );
        assert!(tally.words_rightly * 10 >= tally.words_hidden * 7, "{lang}: too much is hidden");
    }
}

#[test]
fn threats_are_seen_exposure_is_seen_and_each_goes_to_its_compartment() {
    let read = |text: &str| persons::read(text, Some("fr"), lexicons(), &Protected::default(), None);
    let threat = read("Tuez Mireille Tandou, la journaliste.");
    assert!(threat.threatened && !threat.exposed && !threat.masked.contains("Tandou"), "{}", threat.masked);
    assert_eq!(threat.compartments(), [Compartment::Protection]);
    let sexual = read("Rokia Tandé sera violée.");
    assert_eq!(sexual.compartments(), [Compartment::Protection, Compartment::Crsv]);
    let office = read("Le préfet Anselme Kolo doit mourir.");
    assert!(
        office.threatened && office.office && office.masked.contains("Anselme Kolo"),
        "{}",
        office.masked
    );
    let home = read("Le préfet Anselme Kolo habite rue des Tisserands.");
    assert!(
        home.exposed && !home.masked.contains("Kolo") && !home.masked.contains("Tisserands"),
        "{}",
        home.masked
    );
    let nothing = read("Le pont de Bémori est réparé.");
    assert!(nothing.score.is_none() && nothing.assessed && nothing.masked.contains("Bémori"));
    let unknown = persons::read("Zamoré", Some("ln"), lexicons(), &Protected::default(), None);
    assert!(!unknown.assessed, "no list covers it: nothing found means nothing");
}

#[test]
fn reasons_quote_the_lists_and_never_the_text() {
    let reading = persons::read(
        "Il faut Awa Kolimbé faire taire.",
        Some("fr"),
        lexicons(),
        &list(&["Awa Kolimbé"]),
        None,
    );
    let said = format!("{:?}", reading.score);
    assert!(reading.score.is_some() && !said.contains("Kolimb") && !said.contains("Awa"), "{said}");
}

/// A name in disguise, as people disguise them.
fn disguise(name: &str, how: u8) -> String {
    let letters: Vec<String> = name.chars().map(String::from).collect();
    match how % 9 {
        0 => name.to_uppercase(),
        1 => letters.join("-"),
        2 => letters.join("\u{200b}"),
        3 => name.replace('a', "\u{430}").replace('o', "\u{43e}").replace('e', "\u{435}"),
        4 => letters.join(" "),
        5 => name.chars().flat_map(|c| std::iter::repeat_n(c, 3)).collect(),
        6 => letters.join("."),
        7 => name.replace(' ', "  \n"),
        _ => format!("@{}", name.replace(' ', "_")),
    }
}

proptest! {
    #[test]
    fn a_protected_name_is_never_left_in_any_folding(
        first in "[A-Z][aeiou][bdklmnrst][aeiou][a-z]{0,3}",
        last in "[A-Z][aeiou][bdklmnrst][aeiou][bdklmnrst][a-z]{0,4}",
        how: u8,
        before in "[a-z ,.!éà]{0,20}",
        after in "[a-z ,.!éà]{0,20}",
    ) {
        let name = format!("{first} {last}");
        let text = format!("{before} {} {after}", disguise(&name, how));
        let reading = persons::read(&text, Some("fr"), lexicons(), &list(&[&name]), None);
        let single = |text: &str| { let mut l: Vec<char> = text.chars().collect(); l.dedup(); l.into_iter().collect::<String>() };
        let hidden = single(&normalise(&last).folded);
        let folded = normalise(&reading.masked).folded;
        // A word that came into being by chance around the name is not the name: compare word by word.
        prop_assert!(folded.split(' ').all(|word| single(word) != hidden), "{text:?} -> {:?}", reading.masked);
        prop_assert!(!single(&folded.replace(' ', "")).contains(&single(&normalise(&name).folded.replace(' ', ""))));
        for mask in &reading.masks {
            prop_assert!(text.get(mask.span.clone()).is_some());
        }
    }

    #[test]
    fn a_number_is_never_left(digits in "[1-9][0-9]{7,11}", group in 1..4_usize, sign in "[ .-]", before in "[a-z ]{0,10}") {
        let chunks: Vec<String> = digits.as_bytes().chunks(group).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
        let text = format!("{before} {} merci", chunks.join(&sign));
        let protected = Protected::new(&[], std::slice::from_ref(&digits));
        let reading = persons::read(&text, Some("fr"), lexicons(), &protected, None);
        let left: String = normalise(&reading.masked).folded.chars().filter(char::is_ascii_digit).collect();
        prop_assert!(!left.contains(&digits), "{text} -> {}", reading.masked);
        prop_assert!(reading.masked.contains(BAR));
    }

    #[test]
    fn the_length_of_a_name_does_not_show(first in "[A-Z][a-z]{2,12}", other in "[A-Z][a-z]{2,12}") {
        let hide = |name: &str| persons::read(&format!("salut {name} !"), None, lexicons(), &list(&[name]), None).masked;
        prop_assert_eq!(hide(&first), hide(&other));
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        let reading = persons::read(&text, Some("fr"), lexicons(), &list(&["Awa Kolimbé"]), None);
        for mask in &reading.masks {
            prop_assert!(text.get(mask.span.clone()).is_some());
        }
    }
}

#[test]
fn the_day_of_the_lookout_threatens_nobody() {
    let scenario: toml::Table =
        toml::from_str(include_str!("../../../../scenarios/s00-lookout.toml")).expect("TOML");
    let (lexicons, gazetteer) = (lexicons(), gazetteer());
    let mut alarms = Vec::new();
    for event in scenario["event"].as_array().expect("events") {
        let text = event["text"].as_str().expect("a text");
        let lang = event.get("lang").and_then(toml::Value::as_str);
        let reading = persons::read(text, lang, lexicons, &Protected::default(), Some(gazetteer));
        if reading.threatened || reading.exposed || reading.sexual {
            alarms.push(format!("{text} {:?}", reading.score.map(|score| score.reasons().to_vec())));
        }
    }
    assert_eq!(alarms, [""; 0]);
}

#[test]
fn hostile_texts_end() {
    let (lexicons, protected) = (lexicons(), list(&["Awa Kolimbé"]));
    for text in [
        "x".repeat(1 << 20),
        "tuez A ".repeat(1 << 12),
        "@".repeat(1 << 16),
        "1 ".repeat(1 << 15),
        "a@b.cc ".repeat(1 << 13),
    ] {
        let _ = persons::read(&text, Some("fr"), lexicons, &protected, None);
    }
}
