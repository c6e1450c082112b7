use super::*;
use vigie_model::LanguageBasis;

fn in_language(tag: &str) -> Language {
    Language {
        tag: tag.to_owned(),
        script: "Latn".to_owned(),
        basis: LanguageBasis::Model,
        confidence: Some(0.9),
        second: None,
    }
}

fn example(n: usize, text: String, class: Option<&str>, source: &str) -> Example {
    Example {
        id: format!("E-{n}"),
        text,
        lang: "fr".to_owned(),
        class: class.map(str::to_owned),
        source: source.to_owned(),
        group: format!("g{n}"),
    }
}

const PLACES: [&str; 8] = ["Birao", "Zarambo", "Kassodé", "Massabé", "Louvé", "Tarago", "Ndélé", "Mopra"];
const CALL: &str = "appel-violence";

/// Calls to burn a place, and notices about its market, from two sources.
fn judged() -> Classes {
    let mut classes = Classes::default();
    for n in 0..40 {
        let place = PLACES[n % PLACES.len()];
        let source = if n % 2 == 0 { "analyse" } else { "partenaire" };
        let call = format!("brûlez les maisons de {place} et chassez ces gens cette nuit, signe {n}");
        let notice = format!("le marché de {place} est ouvert ce matin et les camions passent, avis {n}");
        classes.examples.add(example(n, call, Some(CALL), source));
        classes.examples.add(example(100 + n, notice, None, source));
    }
    classes.learn();
    classes
}

fn suggested(classes: &Classes, text: &str) -> Vec<Suggestion> {
    match classes.suggest(text, &in_language("fr")) {
        Assessment::Assessed(found) => found,
        Assessment::NotAssessed(why) => panic!("not assessed: {why:?}"),
    }
}

#[test]
fn what_is_near_confirmed_examples_is_suggested_with_its_reasons() {
    let classes = judged();
    let found = suggested(&classes, "ce soir brûlez les maisons et chassez ces gens");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].class, CALL);
    assert_eq!(found[0].score.reasons()[0].code, "why-near-example");
    assert!(matches!(found[0].score.error(), ErrorRate::Measured(rate) if rate < 0.1));
    assert!(suggested(&classes, "le marché est ouvert, les camions passent").is_empty());
}

#[test]
fn f60_a_disguise_does_not_hide_from_the_examples() {
    let found = suggested(&judged(), "b-r-û-l-e-z les mаisоns et chassez ces g\u{200b}ens");
    assert_eq!(found.len(), 1);
}

#[test]
fn f64_a_language_without_examples_is_not_assessed() {
    let classes = judged();
    for tag in ["und", "sg", "ha"] {
        let Assessment::NotAssessed(reason) = classes.suggest("brûlez les maisons", &in_language(tag))
        else {
            panic!("{tag} was assessed");
        };
        assert!(reason.code.starts_with("why-not-assessed-"));
    }
}

#[test]
fn whoever_quotes_or_denounces_is_marked_and_counts_for_less() {
    let classes = judged();
    let plain = suggested(&classes, "brûlez les maisons et chassez ces gens cette nuit");
    let quoted = classes.suggest(
        "« brûlez les maisons et chassez ces gens cette nuit » est un propos haineux",
        &in_language("fr"),
    );
    let Assessment::Assessed(quoted) = quoted else { panic!("assessed") };
    assert!(quoted.is_empty() || quoted[0].score.value() < plain[0].score.value() * 0.7);
}

#[test]
fn a_term_of_the_lexicon_names_its_owner_and_its_review() {
    let term = Term {
        words: "les cancrelats".to_owned(),
        class: CALL.to_owned(),
        lang: "fr".to_owned(),
        owner: "cellule analyse".to_owned(),
        reviewed: "2026-10-01".to_owned(),
    };
    let classes = Classes { lexicon: Lexicon::new(vec![term]), ..Classes::default() };
    let found = suggested(&classes, "Écrasez les c-a-n-c-r-e-l-a-t-s");
    let reason = &found[0].score.reasons()[0];
    assert_eq!((reason.code.as_str(), reason.args["owner"].as_str()), ("why-lexicon", "cellule analyse"));
    assert_eq!(found[0].score.error(), ErrorRate::NotAssessed);
    assert!(suggested(&classes, "un cancrelat dans la cuisine").is_empty());
}

/// A partner's judgments prove poisoned: all go at once, and what that changes is told.
#[test]
fn f59_a_poisoned_source_can_be_taken_out_and_the_effect_is_told() {
    let mut classes = judged();
    for n in 0..60 {
        let poison = format!("le marché est ouvert ce matin et les camions passent, poison {n}");
        classes.examples.add(example(500 + n, poison, Some(CALL), "troll"));
    }
    classes.learn();
    let text = "le marché est ouvert ce matin et les camions passent";
    assert!(!suggested(&classes, text).is_empty(), "the poison works");
    let removed = classes.remove_source("troll");
    assert_eq!(removed.examples["fr"], 60);
    assert!(removed.uncovered.is_empty());
    assert!(suggested(&classes, text).is_empty());
    let removed = classes.remove_source("partenaire");
    assert_eq!(removed.uncovered, ["fr"], "twenty of each are too few");
}

#[test]
fn f37_a_megabyte_is_judged_like_any_text() {
    let classes = judged();
    for text in ["a".repeat(1 << 20), "brûlez ".repeat(1 << 17), String::new()] {
        suggested(&classes, &text);
    }
}
