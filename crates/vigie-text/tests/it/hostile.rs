//! Input made to hide, to crash or to stall.

use crate::{grouped, item};
use proptest::prelude::*;
use vigie_model::Trick;
use vigie_text::{Memory, Reader, Settings, normalise};

#[test]
fn f37_a_megabyte_without_a_space_is_one_word() {
    for text in ["a".repeat(1 << 20), "аb".repeat(1 << 19), "a-".repeat(1 << 19), "é".repeat(1 << 19)] {
        let reading = Reader::new(Settings::default()).read(&item(0, 1, &text));
        assert!(reading.founds && reading.links.is_empty());
        assert!(!normalise(&text).folded.contains(' '));
    }
}

#[test]
fn f37_nothing_but_gaps_is_no_word() {
    for text in [" ".repeat(1 << 20), "@".repeat(1 << 20), "://".repeat(1 << 18), "\0".repeat(1 << 20)] {
        assert_eq!(normalise(&text).folded, "");
    }
}

#[test]
fn f38_stacked_marks_are_ornament_and_cost_nothing() {
    let text = format!("la mis{}sion arme", "\u{300}\u{323}".repeat(1 << 18));
    let normal = normalise(&text);
    assert_eq!(normal.folded, "la mission arme");
    assert_eq!(normal.tricks, [Trick::Dressing]);
    let indic = format!("पुल{}", "\u{93f}\u{941}".repeat(1 << 18));
    assert!(normalise(&indic).folded.chars().count() < 10);
}

#[test]
fn f38_markup_is_plain_text() {
    let normal = normalise("<script>alert('x')</script> <svg onload=x> javascript:alert(1)");
    assert_eq!(normal.folded, "script alert x script svg onloadx javascript alert 1");
}

/// What reading `texts` cost, and the groups it gave.
fn flood(texts: &[String]) -> (Memory, usize, usize) {
    let mut reader = Reader::new(Settings::default());
    let (largest, narratives) = grouped(&mut reader, texts);
    (reader.memory(), largest, narratives)
}

/// Twice the texts must cost about twice the steps.
fn grows_linearly(make: impl Fn(usize) -> String) -> (Memory, usize, usize) {
    let half: Vec<String> = (0..1_500).map(&make).collect();
    let whole: Vec<String> = (0..3_000).map(&make).collect();
    let (before, _, _) = flood(&half);
    let after = flood(&whole);
    assert!(after.0.steps <= before.steps * 5 / 2 + 1_000, "{} then {}", before.steps, after.0.steps);
    after
}

#[test]
fn f57_a_flood_of_near_copies_is_one_narrative_at_a_linear_cost() {
    let copy = |n: usize| {
        let words =
            "la mission a livré cette nuit des caisses de fusils aux bandits du fleuve près du grand marché";
        let mut words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        let at = n % words.len();
        words[at] = format!("x{n}");
        words.join(" ")
    };
    let (memory, largest, narratives) = grows_linearly(copy);
    assert_eq!((largest, narratives), (3_000, 1));
    assert_eq!(memory.cut_short, 0);
}

/// The same flood, while unrelated posts carry each of its runs: the lists of those runs hold many narratives.
#[test]
fn f57_a_flood_among_posts_that_share_its_runs_stays_linear() {
    let copy = |n: usize| {
        if n.is_multiple_of(3) {
            return format!(
                "u{n} v{n} w{n} la mission a livré x{n} y{n} z{n} cette nuit des caisses s{n} t{n} q{n}"
            );
        }
        format!("la mission a livré cette nuit des caisses de fusils aux bandits du fleuve k{n}")
    };
    let (memory, largest, narratives) = grows_linearly(copy);
    assert_eq!((largest, narratives), (2_000, 1_001));
    assert_eq!(memory.cut_short, 0);
}

#[test]
fn exact_copies_cost_no_search() {
    let (memory, largest, _) = flood(&vec!["la mission a livré des caisses cette nuit".to_owned(); 5_000]);
    assert_eq!((largest, memory.texts, memory.steps), (5_000, 1, 0));
}

/// One opening in all texts, as a radio station writes it: its runs stand in every list and are never walked.
#[test]
fn a_run_that_stands_in_every_text_is_not_walked() {
    let text = |n: usize| format!("ici radio zarambo les nouvelles a{n} b{n} c{n} d{n} e{n} f{n}");
    let (memory, largest, narratives) = grows_linearly(text);
    assert_eq!((largest, narratives), (1, 3_000));
    assert!(memory.steps < 3_000 * 20, "{}", memory.steps);
}

/// Texts built to lie just under the threshold of one another: the size bound passes over them.
#[test]
fn texts_just_under_the_threshold_are_passed_over() {
    let common = "ici radio zarambo les nouvelles du soir avec le point sur les routes et la meteo du fleuve";
    let text = |n: usize| format!("{common} a{n} b{n} c{n} d{n} e{n} f{n}");
    let (memory, largest, narratives) = grows_linearly(text);
    assert_eq!((largest, narratives, memory.cut_short), (1, 3_000, 0));
}

/// The worst that is known: near the threshold at many sizes. The steps of each signal are bounded, and said.
#[test]
fn a_search_that_finds_no_end_is_cut_short_and_counted() {
    let common = "ici radio zarambo les nouvelles du soir avec le point sur les routes et la meteo du fleuve";
    let text = |n: usize| {
        let own: Vec<String> = (0..5 + n % 8).map(|w| format!("w{n}x{w}")).collect();
        format!("{common} {}", own.join(" "))
    };
    let texts: Vec<String> = (0..2_000).map(text).collect();
    let settings = Settings { steps_max: 500, ..Settings::default() };
    let mut reader = Reader::new(settings);
    grouped(&mut reader, &texts);
    let memory = reader.memory();
    assert!(memory.cut_short > 0);
    assert!(memory.steps <= 2_000 * (500 + 100), "{}", memory.steps);
}

proptest! {
    #[test]
    fn no_text_breaks_the_folding(text in "\\PC{0,200}|.{0,200}|[a-zа-яΑ-ω\u{200b}-\u{200f}\u{300}-\u{305}@:/.\\- ]{0,120}") {
        let normal = normalise(&text);
        prop_assert!(!normal.folded.starts_with(' ') && !normal.folded.ends_with(' '));
        prop_assert!(!normal.folded.contains("  "));
        prop_assert!(normal.folded.len() <= text.len() * 18 + 18, "compatibility forms grow a text, within a bound");
    }

    #[test]
    fn capitals_and_spaces_make_no_difference(words in prop::collection::vec("[a-z]{2,9}", 1..12)) {
        let small = words.join(" ");
        let large = words.join("\n  ").to_uppercase();
        prop_assert_eq!(normalise(&small).folded, normalise(&large).folded);
    }
}
