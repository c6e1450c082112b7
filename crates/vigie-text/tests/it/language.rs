//! The language of the scenario's texts, of disguised texts, and of texts made to mislead.

use proptest::prelude::*;
use vigie_model::LanguageBasis;
use vigie_text::{language, look_alikes, normalise};

const SCENARIO: &str = include_str!("../../../../scenarios/s00-lookout.toml");

/// Language and text of each event of the scenario, in order.
fn told() -> Vec<(&'static str, &'static str)> {
    let value =
        |line: &'static str, key: &str| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"');
    let mut lang = "";
    let mut out = Vec::new();
    for line in SCENARIO.lines() {
        lang = value(line, "lang").unwrap_or(lang);
        out.extend(value(line, "text").map(|text| (lang, text)));
    }
    out
}

#[test]
fn the_texts_of_the_scenario_are_named_rightly_or_not_at_all() {
    let told = told();
    let langs: Vec<&str> =
        ["fr", "sg", "ha", "ff", "ar"].into_iter().filter(|l| told.iter().any(|(of, _)| of == l)).collect();
    assert_eq!(langs.len(), 5, "the scenario speaks five languages");
    let mut right = 0;
    for (lang, text) in &told {
        let found = language(&normalise(text), None);
        assert!(found.tag == *lang || found.tag == "und", "{} for {lang}: {text}", found.tag);
        right += usize::from(found.tag == *lang);
        let hinted = language(&normalise(text), Some(lang));
        assert_eq!(hinted.tag, *lang, "{text}");
    }
    assert!(right * 100 >= told.len() * 97, "{right} of {}", told.len());
}

/// What the source claims raises the odds and does not decide.
#[test]
fn a_source_that_claims_another_language_does_not_turn_the_scenario_round() {
    let told = told();
    let turned = |(lang, text): &&(&str, &str)| {
        let found = language(&normalise(text), Some(if *lang == "fr" { "en" } else { "fr" }));
        found.tag != *lang && found.basis == LanguageBasis::Model
    };
    let turned: Vec<_> = told.iter().filter(turned).collect();
    assert!(turned.len() * 50 <= told.len(), "{turned:?}");
}

/// Each letter that has a look-alike replaced, each word of four letters parted, each vowel stretched.
#[test]
fn f60_disguised_texts_keep_their_language() {
    let twin = |c: char| match c {
        'a' => 'а',
        'e' => 'е',
        'o' => 'о',
        'i' => 'і',
        'c' => 'с',
        'p' => 'р',
        other => other,
    };
    let long: Vec<_> = told().into_iter().filter(|(l, t)| *l == "fr" && t.chars().count() > 40).collect();
    let disguises: [fn(&str) -> String; 4] = [
        |t| t.replace(' ', " 🔥 "),
        |t| {
            t.split(' ')
                .map(|w| w.replace("on", "o-n").replace("ou", "o\u{200b}u"))
                .collect::<Vec<_>>()
                .join(" ")
        },
        |t| t.replace('é', "ééééé").replace('a', "aaaa"),
        |t| t.to_uppercase(),
    ];
    for (lang, text) in long {
        for disguise in disguises {
            let text = disguise(text);
            let found = language(&normalise(&text), None);
            assert!(found.tag == lang || found.tag == "und", "{}: {text}", found.tag);
        }
        let text: String = text.chars().map(twin).collect();
        assert_eq!(language(&normalise(&text), None).tag, lang, "{text}");
    }
}

#[test]
fn f37_a_megabyte_without_a_space_has_a_language_or_none() {
    for text in ["a".repeat(1 << 20), "桥".repeat(1 << 18), "é".repeat(1 << 19), "ع".repeat(1 << 19)] {
        let found = language(&normalise(&text), None);
        assert!(found.confidence.is_none_or(|c| (0.0..=1.0).contains(&c)));
    }
}

/// Posts of mentions and links hold no words; one word that stands everywhere names no language by itself.
#[test]
fn mentions_alone_and_single_words_have_no_language() {
    for text in ["@a @b @c", "https://exemple.example/a", "", "12:30 🔥", "Amen", "Merci", "ok", "lol"] {
        let found = language(&normalise(text), None);
        assert_eq!((found.tag.as_str(), found.confidence), ("und", None), "{text}");
    }
}

#[test]
fn the_normal_form_does_not_change_language_or_words() {
    use unicode_normalization::UnicodeNormalization;
    for (_, text) in told() {
        let (composed, apart): (String, String) = (text.nfc().collect(), text.nfd().collect());
        assert_eq!(normalise(&composed), normalise(&apart), "{text}");
        assert_eq!(language(&normalise(&composed), None), language(&normalise(&apart), None));
    }
}

proptest! {
    #[test]
    fn no_text_breaks_the_naming(text in "\\PC{0,120}|.{0,120}|[a-zа-я\u{200b}-\u{200f}ا-ي \\-.]{0,200}") {
        let found = language(&normalise(&text), None);
        prop_assert!(found.confidence.is_none_or(|c| (0.0..=1.0).contains(&c)));
        prop_assert_eq!(found.tag == "und", found.basis == LanguageBasis::None);
        prop_assert!(found.second.is_none_or(|second| second != found.tag));
    }

    #[test]
    fn folding_what_is_folded_changes_nothing(
        text in "([a-zéèàçñA-Z]{2,9}[ ,!]{1,2}){0,9}|([а-яА-Я]{2,9} ){0,9}|([ا-يً-ْ]{2,9} ){0,9}",
    ) {
        let once = normalise(&text).folded;
        prop_assert_eq!(&normalise(&once).folded, &once);
    }

    #[test]
    fn no_text_breaks_the_search_for_look_alikes(text in ".{0,200}|[MINUTминт0-9\u{200b}\u{202e}.xn-]{0,200}") {
        for found in look_alikes(&text, &["MINUT", "Mission Tarago", "بعثة"]) {
            prop_assert!(text.get(found.span.clone()).is_some_and(|place| !place.is_empty()));
            prop_assert!(!found.reasons.is_empty());
        }
    }
}
