//! Claims: found again in other words of one language, never confirmed where nothing is known of the language.

use vigie_text::claims::{Calibration, Claims, Evidence, Tier, Tuning};

const KNOWN: [(&str, &str); 8] = [
    ("en", "The mission delivered rifles to the bandits of the river at night"),
    ("en", "The vaccine given at the market makes children sick"),
    ("en", "The bridge of Zarambo was blown up by the army on Monday"),
    ("fr", "La mission a livré des fusils aux bandits du fleuve pendant la nuit"),
    ("fr", "Le vaccin distribué au marché rend les enfants malades"),
    ("ar", "سلمت البعثة بنادق لقطاع الطرق على النهر ليلا"),
    ("zh", "维和部队夜间向河边的强盗运送步枪"),
    ("sw", "Kikosi kilipeleka bunduki kwa majambazi wa mto usiku"),
];

fn known() -> Claims {
    let mut claims = Claims::new(Tuning::default());
    for (lang, text) in KNOWN {
        claims.add(&[text], Some(lang));
    }
    claims.build();
    claims
}

fn best(text: &str, lang: &str) -> Option<u32> {
    known().ask(text, Some(lang), 3).first().map(|found| found.claim)
}

#[test]
fn a_claim_is_found_in_other_words_of_its_language() {
    assert_eq!(best("so the MISSION is delivering rifles to river bandits??", "en"), Some(0));
    assert_eq!(best("#BridgeOfZarambo blowing up, army did it", "en"), Some(2));
    assert_eq!(best("des fusils livrés par la mission aux bandits", "fr"), Some(3));
    assert_eq!(best("البعثة تسلم البنادق لقطاع الطرق", "ar"), Some(5));
    assert_eq!(best("夜里给强盗运送步枪的是维和部队", "zh"), Some(6));
    assert_eq!(best("bunduki zilipelekwa kwa majambazi usiku", "sw"), Some(7));
}

#[test]
fn look_alikes_and_split_words_are_seen_through() {
    assert_eq!(best("the missi\u{43e}n del-iv-ered ri\u{200b}fles to the b\u{430}ndits", "en"), Some(0));
}

#[test]
fn nothing_in_common_finds_nothing() {
    assert_eq!(best("qwx zzv", "en"), None);
    assert_eq!(best("", "en"), None);
    assert!(Claims::new(Tuning::default()).ask("anything", None, 5).is_empty());
}

#[test]
fn a_claim_has_the_whole_of_its_own_score() {
    let claims = known();
    let found = claims.ask(KNOWN[1].1, Some("en"), 8);
    assert_eq!(found[0].claim, 1);
    assert!((found[0].share - 1.0).abs() < 1e-3, "{found:?}");
    assert!(found.windows(2).all(|two| two[0].score >= two[1].score));
}

/// F64: a language that is not covered is never sure.
#[test]
fn f64_a_language_without_a_calibration_is_at_most_suggested() {
    let claims = known();
    for (lang, text) in KNOWN.into_iter().filter(|(lang, _)| *lang != "en") {
        assert!(Calibration::of(lang).is_none());
        let found = claims.ask(text, Some(lang), 3);
        assert_eq!(Tier::of(&found, 0, 20, Some(lang)), Tier::Suggest, "{lang}");
        assert_ne!(Tier::of(&found, 0, 20, None), Tier::Confirm);
    }
}

#[test]
fn a_probability_rises_with_what_it_rests_on_and_short_texts_are_never_confirmed() {
    let english = Calibration::of("en-GB").expect("calibrated");
    let weak = Evidence { share: 0.2, lead: 0.05, strength: 3.0 };
    let strong = Evidence { share: 0.9, lead: 0.6, strength: 4.5 };
    assert!(english.probability(&weak) < 0.2 && english.probability(&strong) > 0.97);
    let mut claims = Claims::new(Tuning::default());
    for n in 0..300 {
        claims.add(&[&format!("filler{n} sentence{n} number{n} of noise{n}")], Some("en"));
    }
    let text = "governor Zarambo sold seventeen hospitals beneath Birao yesterday";
    let wanted = claims.add(&[text], Some("en"));
    claims.build();
    let found = claims.ask(text, Some("en"), 3);
    assert_eq!(found[0].claim, wanted);
    assert_eq!(Tier::of(&found, 0, 8, Some("en")), Tier::Confirm, "{:?}", Evidence::of(&found, 0));
    assert_eq!(Tier::of(&found, 0, 7, Some("en")), Tier::Suggest, "short texts match by accident");
    assert_ne!(Tier::of(&found, 1, 8, Some("en")), Tier::Confirm, "only the best is confirmed");
}
