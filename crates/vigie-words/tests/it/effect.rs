//! An effect reads as a person would say it, and never claims a cause.

use vigie_words::{CATALOGUES, Lang, text};

fn said(lang: Lang, id: &str, args: &[(&'static str, &'static str)]) -> String {
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, (*value).into())).collect();
    text(lang, id, &args)
}

#[test]
fn a_fall_is_said_in_fractions_and_otherwise_in_percent() {
    let fell = [("measured", "volume"), ("size", "half"), ("low", "third"), ("high", "two-thirds")];
    let english = said(Lang::En, "effect-fell", &fell);
    assert!(
        english.starts_with(
            "After the answer, the number of signals fell by about half (a third to two thirds)"
        ),
        "{english}"
    );
    let french = said(Lang::Fr, "effect-fell", &fell);
    assert!(
        french.starts_with(
            "Après la réponse, le nombre de signaux a baissé d’environ la moitié (d’un tiers à deux tiers)"
        ),
        "{french}"
    );
    let odd = [("measured", "sources"), ("size", "57"), ("low", "1"), ("high", "nearly-all")];
    assert!(said(Lang::En, "effect-fell", &odd).contains("sources fell by about 57 % (1 % to nearly all)"));
    assert!(
        said(Lang::Fr, "effect-fell", &odd)
            .contains("de sources a baissé d’environ 57\u{a0}% (de 1\u{a0}% à presque tout)")
    );
}

#[test]
fn no_effect_says_what_could_have_hidden() {
    let none = [("measured", "volume"), ("fall", "third"), ("rise", "half")];
    let english = said(Lang::En, "effect-none", &none);
    assert!(
        english.starts_with("No effect visible") && english.contains("a fall by a third to a rise by half"),
        "{english}"
    );
    let french = said(Lang::Fr, "effect-none", &none);
    assert!(
        french.starts_with("Aucun effet visible")
            && french.contains("une baisse d’un tiers jusqu’à une hausse de la moitié"),
        "{french}"
    );
}

#[test]
fn after_is_never_because() {
    let catalogue = CATALOGUES.iter().find(|catalogue| catalogue.name == "effect").expect("the catalogue");
    for word in ["because", "thanks to", "due to", "caused"] {
        assert!(!catalogue.en.contains(word), "{word}");
    }
    for word in ["à cause", "grâce à", "en raison", "parce qu"] {
        assert!(!catalogue.fr.contains(word), "{word}");
    }
}
