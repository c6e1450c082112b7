//! The invented country of the scenarios: its gazetteer, its sites, its lists of wordings.

use serde::Deserialize;
use std::sync::LazyLock;
use vigie_model::{GazetteerPlace, Lexicon, PlaceKind, Precision, Site};
use vigie_text::places::Gazetteer;
use vigie_text::threat::{Lexicons, Sites};

const GAZETTEER: &str = include_str!("../../../../scenarios/gazetteer-ndolaka.csv");
const SITES: &str = include_str!("../../../../scenarios/sites-ndolaka.toml");
const LEXICONS: [&str; 7] = [
    include_str!("../../../../scenarios/lexicons/fr.toml"),
    include_str!("../../../../scenarios/lexicons/en.toml"),
    include_str!("../../../../scenarios/lexicons/ar.toml"),
    include_str!("../../../../scenarios/lexicons/sg.toml"),
    include_str!("../../../../scenarios/lexicons/ff.toml"),
    include_str!("../../../../scenarios/lexicons/ha.toml"),
    include_str!("../../../../scenarios/lexicons/sw.toml"),
];

fn list(cell: &str) -> Vec<String> {
    cell.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn precision(word: &str) -> Precision {
    match word {
        "site" => Precision::Site,
        "village" => Precision::Village,
        "district" => Precision::District,
        "region" => Precision::Region,
        "country" => Precision::Country,
        _ => Precision::Unknown,
    }
}

/// The rows as they stand; the demonstration's file has no quoted cells.
pub fn places() -> Vec<GazetteerPlace> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), 9, "{line}");
        GazetteerPlace {
            id: cells[0].to_owned(),
            name: cells[1].to_owned(),
            variants: list(cells[2]),
            kind: PlaceKind::from_word(cells[3]).expect("a kind"),
            lat_deg: cells[4].parse().expect("degrees"),
            lon_deg: cells[5].parse().expect("degrees"),
            precision: precision(cells[6]),
            admin: list(cells[7]),
            p_code: (!cells[8].is_empty()).then(|| cells[8].to_owned()),
        }
    };
    GAZETTEER.lines().skip(1).map(row).collect()
}

pub static GROUND: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::new(places(), &[]));
pub static WORDINGS: LazyLock<Lexicons> = LazyLock::new(lists);
pub static REGISTER: LazyLock<Sites> = LazyLock::new(|| sites(&GROUND));

pub fn gazetteer() -> &'static Gazetteer {
    &GROUND
}

pub fn lexicons() -> &'static Lexicons {
    &WORDINGS
}

#[derive(Deserialize)]
struct Register {
    site: Vec<Site>,
}

fn sites(gazetteer: &Gazetteer) -> Sites {
    let register: Register = toml::from_str(SITES).expect("the register");
    let sites = Sites::new(register.site, gazetteer);
    assert_eq!(sites.unknown(), [], "every place of the register stands in the gazetteer");
    sites
}

fn lists() -> Lexicons {
    let lists: Vec<Lexicon> = LEXICONS.iter().map(|text| toml::from_str(text).expect("a list")).collect();
    let lexicons = Lexicons::new(&lists);
    assert_eq!(lexicons.unusable(), [""; 0], "every pattern can match");
    lexicons
}

/// The demonstration's rows as the engines take them say what they should: points on Earth, names, unique ids.
#[test]
fn the_demonstration_gazetteer_is_sound() {
    let places = places();
    assert!(places.len() >= 110, "{}", places.len());
    let ids: std::collections::BTreeSet<&str> = places.iter().map(|place| place.id.as_str()).collect();
    assert_eq!(ids.len(), places.len());
    for place in &places {
        assert!(place.place().check().is_ok() && !place.name.is_empty(), "{}", place.id);
        assert!((-26.0..-19.0).contains(&place.lon_deg), "{} lies in the open Atlantic", place.id);
    }
    let bases = places.iter().filter(|place| place.kind == PlaceKind::Base).count();
    assert_eq!(bases, 5);
}
