//! Which site a text means, and what its wording says of it.

use crate::ground::{REGISTER, gazetteer, lexicons};
use vigie_text::places::Around;
use vigie_text::threat::{self, Names, SiteReading, Standing};

fn read(text: &str, lang: &str, source: Option<&str>) -> Vec<(String, Names, Standing)> {
    let (gazetteer, sites) = (gazetteer(), &*REGISTER);
    let source = source.and_then(|id| gazetteer.position(id));
    let around = Around { narrative: &[], source };
    let readings = threat::read(text, Some(lang), gazetteer, sites, lexicons(), &around);
    let one = |reading: SiteReading| {
        assert!(!reading.score.reasons().is_empty() && !reading.score.model().version.is_empty());
        for matched in reading.named_by.iter().chain(&reading.said_by) {
            assert_eq!(text.get(matched.span.clone()), Some(matched.words.as_str()));
        }
        (sites.sites()[reading.site].id.clone(), reading.names, reading.standing)
    };
    readings.into_iter().map(one).collect()
}

#[track_caller]
fn check(text: &str, lang: &str, site: &str, names: Names, standing: Standing) {
    let all = read(text, lang, None);
    let found = all.iter().find(|(id, _, _)| id == site);
    assert_eq!(found, Some(&(site.to_owned(), names, standing)), "{text}\n{all:?}");
}

#[test]
fn a_signal_that_names_a_base_stands_on_its_card() {
    let rumour = "La base de Zamoré cache des fûts de poison dans le hangar bleu et les camions blancs vont les verser la nuit dans les puits de Ndolaka.";
    check(rumour, "fr", "zamore", Names::Site, Standing::Mentions);
    check("يقولون إن قاعدة زاموريه تخفي براميل سم", "ar", "zamore", Names::Site, Standing::Mentions);
    check("An ce sansanin Zamoré yana ɓoye gangunan guba", "ha", "zamore", Names::Site, Standing::Mentions);
    check("Camp Acacia est calme", "fr", "kassode", Names::Site, Standing::Mentions);
    check("Le Plateau ? On se retrouve au Plateau", "fr", "zamore", Names::Neighbourhood, Standing::Mentions);
    check("les Solvènes sont arrivés", "fr", "kassode", Names::Contingent, Standing::Mentions);
    assert_eq!(read("Le pont de Bémori est réparé", "fr", None), []);
}

#[test]
fn a_common_word_needs_something_beside_it() {
    check("À Zamoré, la base fait du bruit", "fr", "zamore", Names::Common, Standing::Complaint);
    let read = |source| read("Le groupe électrogène de la base chante", "fr", source);
    assert_eq!(read(None), [], "nothing says which base, and nothing grave is said");
    assert_eq!(read(Some("tilwani-corral")), [("tilwani".to_owned(), Names::Common, Standing::Mentions)]);
}

#[test]
fn a_threat_that_names_no_site_is_heard_by_all_that_it_may_mean() {
    let all = read("Brûlons la base ce soir", "fr", None);
    assert_eq!(all.len(), 5);
    assert!(
        all.iter().all(|(_, names, standing)| (*names, *standing) == (Names::Unsaid, Standing::CallsForHarm))
    );
}

#[test]
fn calls_announcements_and_exposure_are_told_apart() {
    let site = Names::Site;
    check("Brûlons la base de Zamoré !", "fr", "zamore", site, Standing::CallsForHarm);
    check("La base de Zamoré nous ment. Attaquez-la !", "fr", "zamore", site, Standing::CallsForHarm);
    check("Br-û-lez la b-a-s-e de Za-mo-ré", "fr", "zamore", site, Standing::CallsForHarm);
    check("Demain la base de Kassodé sera brûlée", "fr", "kassode", site, Standing::AnnouncesHarm);
    check(
        "À la base de Tilwani les gardes changent à 6 h, la clôture est coupée",
        "fr",
        "tilwani",
        site,
        Standing::Exposes,
    );
    check("Attack the Zamoré base tonight", "en", "zamore", site, Standing::CallsForHarm);
    check("سنحرق قاعدة كاسوديه", "ar", "kassode", site, Standing::AnnouncesHarm);
    check("Ë yeke gbï base tî Zamoré na bï", "sg", "zamore", site, Standing::AnnouncesHarm);
    check("Za mu kona sansanin Kassodé", "ha", "kassode", site, Standing::AnnouncesHarm);
}

#[test]
fn what_is_negated_denied_or_quoted_is_a_mention() {
    let site = Names::Site;
    check("N'attaquez pas la base de Zamoré", "fr", "zamore", site, Standing::Mentions);
    check("Ne brûlons surtout pas la base de Zamoré", "fr", "zamore", site, Standing::Mentions);
    check("C'est faux : personne ne va attaquer la base de Zamoré", "fr", "zamore", site, Standing::Mentions);
    check("Selon un tract, « brûlez la base de Zamoré » circule", "fr", "zamore", site, Standing::Mentions);
    check("Do not attack the Zamoré base", "en", "zamore", site, Standing::Mentions);
    check("لا تهاجموا قاعدة زاموريه، إشاعة", "ar", "zamore", site, Standing::Mentions);
    check("Pas de pitié, brûlez la base de Zamoré", "fr", "zamore", site, Standing::CallsForHarm);
    check(
        "Si on brûlait la base de Zamoré ? Brûlons la base de Zamoré",
        "fr",
        "zamore",
        site,
        Standing::CallsForHarm,
    );
}

#[test]
fn a_gathering_is_information_and_a_complaint_is_no_threat() {
    let site = Names::Site;
    check(
        "Rassemblement pacifique demain à 10 h devant la base de Zamoré",
        "fr",
        "zamore",
        site,
        Standing::Gathering,
    );
    check("Peaceful march to the Zamoré base tomorrow", "en", "zamore", site, Standing::Gathering);
    let complaint =
        "Un convoi du poste de Kassodé a traversé le marché trop vite, deux étals ont été renversés";
    check(complaint, "fr", "kassode", site, Standing::Complaint);
    assert!(!Standing::Gathering.is_threat() && !Standing::Complaint.is_threat());
}

#[test]
fn a_language_without_a_list_is_not_assessed() {
    check("Zamoré base wa eto", "ln", "zamore", Names::Site, Standing::NotAssessed);
}

#[test]
fn the_day_of_the_lookout_holds_no_threat_to_a_site() {
    let scenario: toml::Table =
        toml::from_str(include_str!("../../../../scenarios/s00-lookout.toml")).expect("TOML");
    let (gazetteer, sites, lexicons) = (gazetteer(), &*REGISTER, lexicons());
    let (mut named, mut threats) = (0, Vec::new());
    for event in scenario["event"].as_array().expect("events") {
        let text = event["text"].as_str().expect("a text");
        let lang = event.get("lang").and_then(toml::Value::as_str);
        let readings = threat::read(text, lang, gazetteer, sites, lexicons, &Around::default());
        named += usize::from(readings.iter().any(|reading| reading.names == Names::Site));
        threats.extend(readings.iter().filter(|reading| reading.standing.is_threat()).map(|_| text));
    }
    assert_eq!(threats, [""; 0], "a rumour about wells is a rumour");
    assert!(named >= 37, "the rumour names the base in each of its copies: {named}");
}

#[test]
fn hostile_texts_end() {
    let (gazetteer, sites, lexicons) = (gazetteer(), &*REGISTER, lexicons());
    for text in [
        "brûlez pas ".repeat(1 << 13),
        "b-".repeat(1 << 16),
        "«\"".repeat(1 << 15),
        "la base ".repeat(1 << 13),
    ] {
        let _ = threat::read(&text, Some("fr"), gazetteer, sites, lexicons, &Around::default());
    }
}
