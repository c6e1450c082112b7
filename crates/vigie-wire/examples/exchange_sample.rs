//! Prints one invented story as STIX (`stix`) or MISP (`misp`), for readers that others wrote.
#![expect(clippy::unwrap_used, reason = "a sample for checks")]

use uuid::Uuid;
use vigie_model::Timestamp;
use vigie_wire::exchange::{self, Post, Sender, Story, Technique};

fn main() {
    let at = Timestamp::from_second(1_795_000_000).unwrap();
    let post = |n: u128, said_at, account: Option<&str>, url: Option<&str>| Post {
        id: Uuid::from_u128((n << 64) | (4 << 76) | (1 << 63)),
        text: format!("Les camions portaient des armes, vu {n} fois \u{1F69A}"),
        lang: Some("fr".to_owned()),
        said_at,
        account: account.map(str::to_owned),
        url: url.map(str::to_owned),
    };
    let story = Story {
        id: Uuid::from_u128((7 << 80) | (4 << 76) | (1 << 63)),
        name: "Camions et armes".to_owned(),
        summary: "On dit que le convoi portait des armes.".to_owned(),
        disproof: Some("Il portait du carburant.".to_owned()),
        techniques: ["T0019", "T0085.001"].into_iter().filter_map(Technique::new).collect(),
        made_at: at,
        teller: None,
        tlp: Some(vigie_model::Tlp::Green),
        terms: Some("Pour la cellule de Birao : répondre à la rumeur.".to_owned()),
        posts: vec![
            post(11, Some(at), Some("compte-4"), Some("https://a.example/1")),
            post(12, Some(at), None, None),
            post(13, None, Some("compte-4"), None),
            post(14, None, None, None),
        ],
    };
    let sender = Sender { id: Uuid::from_u128((1 << 80) | (4 << 76) | (1 << 63)), name: "MISOUV".to_owned() };
    let document = match std::env::args().nth(1).as_deref() {
        Some("misp") => exchange::misp(&sender, &story),
        _ => exchange::stix(&sender, &story),
    };
    println!("{document}");
}
