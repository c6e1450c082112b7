//! Places found in every dress, chosen among homonyms, and never where only an ordinary word stands.

use crate::ground::{gazetteer, places};
use proptest::prelude::*;
use std::collections::BTreeSet;
use vigie_model::{GazetteerPlace, PlaceKind, Precision};
use vigie_text::places::{Around, Confidence, Gazetteer, Match, Mention};

/// What is found, as `words>id` with a mark for the confidence.
fn shown(gazetteer: &Gazetteer, mentions: &[Mention]) -> Vec<String> {
    let id = |n: usize| gazetteer.place(n).map_or("", |place| place.id.as_str()).to_owned();
    let one = |mention: &Mention| {
        let sign = match mention.confidence {
            Confidence::Only => ">",
            Confidence::Chosen => ">>",
            Confidence::NearSpelling => "~",
            Confidence::Ambiguous => "?",
        };
        let meant = mention
            .place()
            .map_or_else(|| mention.candidates.iter().map(|c| id(c.place)).collect::<Vec<_>>().join("|"), id);
        format!("{}{sign}{meant}", mention.words)
    };
    mentions.iter().map(one).collect()
}

#[track_caller]
fn check(text: &str, found: &[&str]) {
    let gazetteer = gazetteer();
    let mentions = gazetteer.find(text, &Around::default());
    for mention in &mentions {
        assert_eq!(text.get(mention.span.clone()), Some(mention.words.as_str()), "spans are of the original");
    }
    assert_eq!(shown(gazetteer, &mentions), found, "{text}");
}

#[test]
fn a_name_is_found_behind_elisions_and_prepositions() {
    check("Il arrive d'Irdané, va à Kassodé puis vers l'est.", &["Irdané>irdane", "Kassodé>kassode"]);
    check("centre de santé d’Irdané", &["centre de santé d’Irdané>irdane-sante"]);
    check("قافلة بكاسوديه وفي وادي تلواني", &["بكاسوديه>kassode", "تلواني>tilwani"]);
    check("Lêgë tî Bémori ayeke nzönî ape", &["Bémori>bemori"]);
    check("Watu wa Sabagneni na Massabe", &["Sabagneni>sabagne", "Massabe>massabe"]);
    check("Akuya ta ta ɓace a Bémori", &["Bémori>bemori"]);
    check("BRÛLEZ BEMORI", &["BEMORI>bemori"]);
}

#[test]
fn a_disguised_name_is_found() {
    check("les puits de Ndo-laka", &["puits de Ndo-laka>ndolaka-puits"]);
    check(
        "à Za\u{200b}mo\u{200b}ré et Z a m o r é",
        &["Za\u{200b}mo\u{200b}ré>zamore", "Z a m o r é>zamore"],
    );
    check("près de K\u{430}ssodé et Béééémori", &["K\u{430}ssodé>kassode", "Béééémori>bemori"]);
    check("à N'Dolaka #BemoriBrule", &["N'Dolaka>ndolaka", "Bemori>bemori"]);
}

#[test]
fn a_name_one_letter_off_is_found_and_said_so() {
    check("Je viens de Kasodai puis Massavé", &["Massavé~massabe"]);
    check("la route de Tilwanni et Gourtaé", &["Tilwanni>tilwani", "Gourtaé~gourate"]);
    check("le massage de la massade", &[]);
}

#[test]
fn the_longest_name_wins() {
    check("le grand marché de Kassodé", &["grand marché de Kassodé>kassode-marche"]);
    check("la base de Zamoré cache", &["base de Zamoré>base-zamore"]);
}

#[test]
fn an_ordinary_word_is_a_place_only_where_the_wording_says_so() {
    check("Nous voulons la paix et l'espoir, le moulin tourne.", &[]);
    check("Le Plateau de fruits", &[]);
    check("Le village de La Paix est calme", &["La Paix?la-paix-est|la-paix-centre"]);
    check("quartier du Moulin", &["quartier du Moulin>zamore-moulin"]);
    check("Je vais au Plateau", &["Plateau>zamore-plateau"]);
}

#[test]
fn homonyms_are_chosen_by_what_stands_around_or_left_open() {
    check("Réunion à Kolongo", &["Kolongo?kolongo-est|kolongo-ouest"]);
    check("Réunion à Kolongo, près de Massabé", &["Kolongo>>kolongo-est", "Massabé>massabe"]);
    check("Kolongo, Secteur Ouest", &["Kolongo>>kolongo-ouest", "Secteur Ouest>secteur-ouest"]);
    let gazetteer = gazetteer();
    let near = |around: &Around<'_>| shown(gazetteer, &gazetteer.find("Feu à Kolongo", around));
    let position = |id: &str| gazetteer.position(id).expect("a row");
    assert_eq!(near(&Around { narrative: &[position("ombre")], source: None }), ["Kolongo>>kolongo-ouest"]);
    assert_eq!(near(&Around { narrative: &[], source: Some(position("zamore")) }), ["Kolongo>>kolongo-est"]);
}

#[test]
fn every_row_of_the_gazetteer_is_found_by_its_name_and_its_variants() {
    let gazetteer = gazetteer();
    for (n, place) in places().iter().enumerate() {
        for name in std::iter::once(&place.name).chain(&place.variants) {
            let text = format!("Il est arrivé près de {name} hier.");
            let found = gazetteer.find(&text, &Around::default());
            let has = |mention: &Mention| mention.candidates.iter().any(|candidate| candidate.place == n);
            assert!(found.iter().any(has), "{name}: {found:?}");
        }
    }
}

#[test]
fn a_reason_always_names_the_words() {
    let gazetteer = gazetteer();
    for mention in gazetteer.find("Kasode, Massavé, Zamoré", &Around::default()) {
        assert!(mention.reason.args.contains_key("words"), "{mention:?}");
        assert!(mention.how != Match::NearSpelling || mention.reason.args.contains_key("name"));
    }
}

/// Some invented gazetteer of few letters, so that names meet.
fn rows() -> impl Strategy<Value = Vec<GazetteerPlace>> {
    let name = "[A-D][a-d]{2,7}( [A-D][a-d]{2,5})?";
    prop::collection::vec((name, -1.0..1.0_f64, -1.0..1.0_f64), 1..12).prop_map(|rows| {
        let row = |(n, (name, lat_deg, lon_deg)): (usize, (String, f64, f64))| GazetteerPlace {
            id: format!("p{n}"),
            name,
            variants: Vec::new(),
            kind: PlaceKind::Village,
            lat_deg,
            lon_deg,
            precision: Precision::Village,
            admin: Vec::new(),
            p_code: None,
        };
        rows.into_iter().enumerate().map(row).collect()
    })
}

proptest! {
    #[test]
    fn spans_stand_on_words_of_the_original_and_never_overlap(rows in rows(), text in "([A-Da-d]{1,8}[ ,'\u{200b}-]|é|ب|🔥){0,30}") {
        let gazetteer = Gazetteer::new(rows, &[]);
        let mut last = 0;
        for mention in gazetteer.find(&text, &Around::default()) {
            prop_assert_eq!(text.get(mention.span.clone()), Some(mention.words.as_str()));
            prop_assert!(mention.span.start >= last && !mention.candidates.is_empty());
            last = mention.span.end;
        }
    }

    #[test]
    fn the_order_of_rows_and_of_the_narrative_does_not_matter(rows in rows(), text in "([A-D][a-d]{2,7} ){1,8}", turn in 0..12_usize) {
        let ids = |rows: Vec<GazetteerPlace>, turn: usize| {
            let gazetteer = Gazetteer::new(rows, &[]);
            let mut narrative: Vec<usize> = ["p0", "p1"].iter().filter_map(|id| gazetteer.position(id)).collect();
            let by = turn % narrative.len().max(1);
            narrative.rotate_left(by);
            let around = Around { narrative: &narrative, source: None };
            let found = gazetteer.find(&text, &around);
            found.iter().map(|mention| {
                let meant = mention.place().and_then(|n| gazetteer.place(n)).map(|place| place.id.clone());
                let all: BTreeSet<String> = mention.candidates.iter().filter_map(|c| gazetteer.place(c.place)).map(|p| p.id.clone()).collect();
                (mention.span.clone(), mention.confidence, meant, all)
            }).collect::<Vec<_>>()
        };
        let mut turned = rows.clone();
        let by = turn % turned.len();
        turned.rotate_left(by);
        prop_assert_eq!(ids(rows, 0), ids(turned, turn));
    }

    #[test]
    fn a_name_one_letter_off_is_found(name in "[A-Z][a-z]{6,9}", at in 1..6_usize, to in "[a-z]") {
        let mut spelt: Vec<char> = name.chars().collect();
        spelt[at] = to.chars().next().expect("a letter");
        let spelt: String = spelt.into_iter().collect();
        let row = GazetteerPlace {
            id: "p".into(), name: name.clone(), variants: vec![], kind: PlaceKind::Village, lat_deg: 0.0, lon_deg: 0.0,
            precision: Precision::Village, admin: vec![], p_code: None,
        };
        let gazetteer = Gazetteer::new(vec![row], &[]);
        let text = format!("on va à {spelt} demain");
        let found = gazetteer.find(&text, &Around::default());
        // Doubled letters are single: a change may make two letters one and leave fewer than the rule asks for.
        let single = |word: &str| { let mut l: Vec<char> = word.to_lowercase().chars().collect(); l.dedup(); l.len() };
        prop_assume!(single(&name) >= 6 && single(&name).abs_diff(single(&spelt)) <= 1 && single(&spelt) >= 6);
        prop_assert!(!found.is_empty(), "{text}");
    }
}

#[test]
fn hostile_texts_cost_no_more_than_their_length() {
    let gazetteer = gazetteer();
    let texts = [
        "a".repeat(1 << 20),
        "a-".repeat(1 << 19),
        "Zamoré".repeat(1 << 17),
        "z a ".repeat(1 << 18),
        "و".repeat(1 << 19),
        "\u{200b}".repeat(1 << 18),
        "Za\u{301}\u{301}\u{301}".repeat(1 << 16),
    ];
    for text in texts {
        let found = gazetteer.find(&text, &Around::default());
        assert!(found.iter().all(|mention| text.get(mention.span.clone()).is_some()));
    }
}
