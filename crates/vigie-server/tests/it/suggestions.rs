//! What is suggested about a story rests on what people found before, says so, and decides nothing.

use crate::ground::Ground;
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;
use vigie_model::{
    Actor, CheckList, ChecksLoaded, Compartment, Connector, Event, Harm, JudgementId, NarrativeId,
    NarrativeJudged, PublishedCheck, Rating, Role, SignalId, StoryClass, Truth, UserId,
};
use vigie_server::{CheckFinder, ServerOptions};
use vigie_store::Draft;

fn site() -> Ground {
    let ground = Ground::new(false);
    ground.source("open", Connector::Intake, Compartment::Operations);
    ground.source("liaison", Connector::Intake, Compartment::Protection);
    ground
}

fn judged(ground: &Ground, by: UserId, narrative: NarrativeId, truth: Truth, class: StoryClass) {
    let said = NarrativeJudged {
        id: JudgementId::from_uuid(narrative.uuid()),
        narrative,
        truth,
        class,
        harm: Harm::Some,
        reasons: "Lu et comparé".to_owned(),
        rabat: None,
    };
    let draft = Draft::new(Actor::Human(by), Event::NarrativeJudged(said));
    ground.store.commit(vec![draft]).expect("recorded");
}

async fn about(ground: &Ground, narrative: NarrativeId, cookie: &str) -> Value {
    let answer = ground.get(&format!("/api/v1/narratives/{narrative}/suggestions"), cookie).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

const RUMOUR: &str = "Les camions blancs de la base livrent des armes aux creuseurs chaque nuit";

#[tokio::test]
async fn a_story_checked_before_is_proposed_with_what_was_found_and_an_answer_is_remembered() {
    let mut ground = site();
    let (who, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (_, checked) = ground.story("open", RUMOUR);
    let (_, hidden) =
        ground.story("liaison", "Les camions blancs livrent des armes, dit une famille menacée");
    let (_, other) = ground.story("open", "Le match de football est remporté par Massabé");
    for narrative in [checked, hidden, other] {
        judged(&ground, who, narrative, Truth::False, StoryClass::Misinformation);
    }
    let (_, new) =
        ground.story("open", "On dit encore que les camions blancs livrent des armes la nuit aux creuseurs");
    let view = about(&ground, new, &cookie).await;
    let found = view["answers"].as_array().expect("a list");
    assert_eq!((found.len(), found[0]["id"].clone()), (1, json!(checked.to_string())), "{view}");
    assert_eq!((found[0]["kind"].clone(), found[0]["truth"].clone()), (json!("story"), json!("false")));
    assert_eq!(
        (found[0]["reasons"][0]["code"].clone(), found[0]["close"].clone()),
        (json!("why-answer-story"), json!(false))
    );
    assert_eq!((view["answers_assessed"].clone(), view["looked_through"].clone()), (json!(false), json!(2)));
    let path = format!("/api/v1/narratives/{new}/suggestions");
    let say = |agrees, reason| json!({ "kind": "story", "of": checked.to_string(), "agrees": agrees, "reason": reason });
    let mute = ground.post(&path, &cookie, say(false, " ")).await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nowhere = json!({ "kind": "story", "of": hidden.to_string(), "agrees": true });
    assert!(ground.post(&path, &cookie, nowhere).await.status.is_client_error());
    for (agrees, reason) in [(true, ""), (false, "Un démenti, non la rumeur")] {
        assert_eq!(ground.post(&path, &cookie, say(agrees, reason)).await.status, StatusCode::OK);
    }
    let said = about(&ground, new, &cookie).await["answers"][0]["answer"].clone();
    assert_eq!((said["agrees"].clone(), said["by"]["id"].clone()), (json!(false), json!(who.to_string())));
    assert!(ground.store.rebuild(|_| {}).expect("rebuilds").equal());
    assert_eq!(about(&ground, new, &cookie).await["answers"][0]["answer"]["agrees"], json!(false));
}

/// Sixty judged stories of one person, half of them hateful; the signals of those.
fn taught(ground: &mut Ground, by: UserId) -> Vec<SignalId> {
    let mut hateful = Vec::new();
    for n in 0..30 {
        let (signal, hate) = ground
            .story("open", &format!("Brûlez les maisons de ces gens et chassez-les cette nuit, signe {n}"));
        judged(ground, by, hate, Truth::Unverified, StoryClass::HateSpeech);
        hateful.push(signal);
        let (_, notice) =
            ground.story("open", &format!("Le marché est ouvert ce matin et les camions passent, avis {n}"));
        judged(ground, by, notice, Truth::Unverified, StoryClass::LegitimateCriticism);
    }
    hateful
}

#[tokio::test]
async fn f53_what_was_erased_teaches_nothing_any_more() {
    let mut ground = site();
    let (who, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (other, _) = ground.person("dpo", Role::DataProtectionOfficer, &[Compartment::Operations]);
    let hateful = taught(&mut ground, who);
    let (_, story) = ground.story("open", "Ce soir brûlez les maisons et chassez ces gens");
    let view = about(&ground, story, &cookie).await;
    assert_eq!(view["classes"][0]["class"], json!("hate-speech"), "{view}");
    let asked = vigie_model::ErasureAsked {
        id: vigie_model::ErasureId::new(1, [4; 10]),
        objects: hateful.iter().map(|signal| vigie_model::Erasable::Signal(signal.uuid())).collect(),
        reason: "asked for".to_owned(),
        basis: "principles, 8".to_owned(),
    };
    let id = ground.store.ask_erasure(who, asked).expect("asked");
    assert_eq!(ground.store.agree_erasure(other, id).expect("erased").objects, 30);
    // No restart, no new judgement: the next question is answered by what still stands.
    let view = about(&ground, story, &cookie).await;
    assert_eq!(view["classes"], json!([]), "{view}");
    assert!(!view["classes_not_assessed"].is_null(), "{view}");
}

/// A judge's examples prove poisoned: they are set aside by name, the effect is shown, and it can be taken back.
#[tokio::test]
async fn f59_poisoned_judgements_are_signed_revocable_and_their_effect_is_shown() {
    let mut ground = site();
    let (troll, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (_, admin) = ground.person("admin", Role::Administrator, &[Compartment::Operations]);
    taught(&mut ground, troll);
    let (_, story) = ground.story("open", "Ce soir brûlez les maisons et chassez ces gens");
    let view = about(&ground, story, &cookie).await;
    assert_eq!(view["classes"][0]["class"], json!("hate-speech"), "{view}");
    let reason = view["classes"][0]["reasons"][0]["code"].as_str().unwrap_or_default();
    assert!(["why-near-example", "why-words"].contains(&reason), "{view}");
    assert!(view["classes"][0]["error"]["measured"].is_number(), "{view}");
    // It labels nothing by itself.
    let standing = ground.get(&format!("/api/v1/narratives/{story}/loop"), &cookie).await.json();
    assert_eq!(standing["standing"]["class"], json!("unknown"));
    let models = ground.get("/api/v1/models", &admin).await.json();
    assert_eq!(
        (models["judges"][0]["user"]["id"].clone(), models["judges"][0]["examples"].clone()),
        (json!(troll.to_string()), json!(60))
    );
    assert_eq!(
        (models["classes"][0]["lang"].clone(), models["classes"][0]["covered"].clone()),
        (json!("fr"), json!(true))
    );
    let path = format!("/api/v1/models/judges/{troll}");
    let mute = ground.post(&path, &admin, json!({ "aside": true, "reason": "" })).await;
    assert_eq!((mute.status, mute.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "VG-DESK-058"));
    let not_theirs = ground.post(&path, &cookie, json!({ "aside": true, "reason": "x" })).await;
    assert_eq!(not_theirs.status, StatusCode::FORBIDDEN);
    let answer =
        ground.post(&path, &admin, json!({ "aside": true, "reason": "Compte repris par un tiers" })).await;
    let effect = answer.json()["examples"][0].clone();
    assert_eq!(
        (
            effect["before"].clone(),
            effect["after"].clone(),
            effect["covered_before"].clone(),
            effect["covered_after"].clone()
        ),
        (json!(60), json!(0), json!(true), json!(false)),
        "{effect}"
    );
    let view = about(&ground, story, &cookie).await;
    assert_eq!(view["classes_not_assessed"]["code"], json!("why-not-assessed-examples"), "{view}");
    assert!(ground.store.rebuild(|_| {}).expect("rebuilds").equal());
    ground.post(&path, &admin, json!({ "aside": false, "reason": "Vérifié avec elle" })).await;
    assert_eq!(about(&ground, story, &cookie).await["classes"][0]["class"], json!("hate-speech"));
}

#[tokio::test]
async fn f64_without_enough_examples_a_class_is_not_assessed_and_never_safe() {
    let mut ground = site();
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (_, story) = ground.story("open", RUMOUR);
    let view = about(&ground, story, &cookie).await;
    assert_eq!(view["classes_not_assessed"]["code"], json!("why-not-assessed-examples"));
    assert!(view["answers"].as_array().is_some_and(Vec::is_empty));
}

/// Twenty accounts say at once that something true is false: that is one source, a finding at most, and no verdict.
#[tokio::test]
async fn f58_many_reports_at_once_decide_nothing() {
    let mut ground = site();
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (_, story) = ground.story("open", "Signalez ce message : le communiqué de la mission est faux");
    for _ in 0..19 {
        ground.copy("open", "Signalez ce message : le communiqué de la mission est faux", story);
    }
    let row = ground.get(&format!("/api/v1/narratives/{story}"), &cookie).await.json();
    assert_eq!(
        (row["count"].clone(), row["source_count"].clone()),
        (json!(20), json!(1)),
        "accounts of one source are one source"
    );
    let path = format!("/api/v1/narratives/{story}/judgements");
    let standing =
        ground.get(&format!("/api/v1/narratives/{story}/loop"), &cookie).await.json()["standing"].clone();
    assert_eq!(
        (standing["truth"].clone(), standing["class"].clone()),
        (json!("unverified"), json!("unknown"))
    );
    let wish = |reasons| json!({ "client_id": story.to_string(), "truth": "false", "class": "unknown", "harm": "none", "reasons": reasons });
    let mute = ground.post(&path, &cookie, wish("")).await;
    assert_eq!(
        mute.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a person who settles a truth says why: {}",
        mute.body
    );
    let said = ground
        .post(&path, &cookie, wish("Le communiqué est bien le nôtre ; deux témoins indépendants."))
        .await;
    assert_eq!(said.status, StatusCode::OK, "{}", said.body);
    let after = ground.get(&format!("/api/v1/narratives/{story}/loop"), &cookie).await;
    assert!(after.body.contains("deux témoins indépendants"), "the reasons are shown: {}", after.body);
}

/// However often a picture comes back, its earliest copy is shown first, and no machine says that it is true.
#[tokio::test]
async fn f62_a_recycled_picture_shows_its_earliest_copy_and_is_verified_by_nobody() {
    let mut ground = site();
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (first, story) = ground.story("open", "Exercice de l’an dernier au pays voisin");
    ground.later(3_600);
    ground.copy("open", "Ils ont bombardé Bémori ce matin, voyez la photo", story);
    let why = ground.get(&format!("/api/v1/narratives/{story}/why"), &cookie).await.json();
    assert_eq!(why["earliest"]["id"], json!(first.to_string()));
    let standing =
        ground.get(&format!("/api/v1/narratives/{story}/loop"), &cookie).await.json()["standing"].clone();
    assert_eq!((standing["truth"].clone(), ground.count("narrative.judged")), (json!("unverified"), 0));
}

#[tokio::test]
async fn f39_an_imitation_of_the_missions_name_is_told_beside_the_text() {
    let mut ground = site();
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (signal, story) = ground.story("open", "Communiqué de la MІNUТ : tout le monde doit partir");
    let view = ground.get(&format!("/api/v1/signals/{signal}"), &cookie).await.json();
    assert_eq!(view["imitates"], json!([{ "words": "MІNUТ", "name": "MINUT" }]));
    assert_eq!(view["text"], json!("Communiqué de la MІNUТ : tout le monde doit partir"));
    let why = ground.get(&format!("/api/v1/narratives/{story}/why"), &cookie).await.json();
    assert_eq!(why["variants"][0]["imitates"][0]["name"], json!("MINUT"));
    let (plain, _) = ground.story("open", "Communiqué de la MINUT : la route est ouverte");
    let view = ground.get(&format!("/api/v1/signals/{plain}"), &cookie).await.json();
    assert_eq!(view["imitates"], json!([]));
}

fn published(name: &str, version: &str, claims: &[(u128, &str)]) -> Event {
    let check = |(n, claim): &(u128, &str)| PublishedCheck {
        id: Uuid::from_u128(*n),
        claim: (*claim).to_owned(),
        verdict: Some("Faux".to_owned()),
        rating: Some(Rating { value: 1.0, worst: 1.0, best: 5.0 }),
        checker: Some("Vérif du fleuve".to_owned()),
        url: Some("https://verif.example/1".to_owned()),
        published: Some("2026-11-02".to_owned()),
        lang: Some("fr".to_owned()),
        finding: Some("Le convoi portait du carburant.".to_owned()),
    };
    let text = |text: &str| text.to_owned();
    let list = CheckList {
        name: text(name),
        version: text(version),
        date: text("2026-11-22"),
        owner: text("information"),
        source: text("https://verif.example"),
        licence: text("CC BY 4.0"),
        sha256: text("00"),
    };
    Event::ChecksLoaded(ChecksLoaded { list, part: 0, checks: claims.iter().map(check).collect() })
}

#[tokio::test]
async fn a_published_check_is_proposed_on_its_own_scale_until_its_list_is_replaced_or_withdrawn() {
    let mut ground = site();
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (_, admin) = ground.person("admin", Role::Administrator, &[Compartment::Operations]);
    let (_, story) = ground.story("open", RUMOUR);
    let near = "Les camions blancs de la base livrent des armes aux creuseurs";
    ground.commit(published("verif", "1", &[(7, near), (8, "Le vaccin rend stérile, dit une vidéo")]));
    let view = about(&ground, story, &cookie).await;
    let found = &view["answers"][0];
    assert_eq!((found["kind"].clone(), found["code"].clone()), (json!("check"), json!("verif")), "{view}");
    let check = &found["check"];
    assert_eq!(
        (check["publisher"].clone(), check["verdict"].clone()),
        (json!("Vérif du fleuve"), json!("Faux"))
    );
    assert_eq!(check["rating"], json!({ "value": 1.0, "worst": 1.0, "best": 5.0 }));
    assert_eq!((check["published"].clone(), check["version"].clone()), (json!("2026-11-02"), json!("1")));
    assert_eq!(found["reasons"][0]["code"], json!("why-answer-check"));
    assert_eq!(
        (view["checks_looked_through"].clone(), view["checks_by_meaning"].clone()),
        (json!(2), json!(false))
    );
    // What people say of it is remembered, over a new version too.
    let path = format!("/api/v1/narratives/{story}/suggestions");
    let said = json!({ "kind": "check", "of": found["id"], "agrees": false, "reason": "Un autre convoi" });
    assert_eq!(ground.post(&path, &cookie, said).await.status, StatusCode::OK);
    ground.commit(published("verif", "2", &[(7, near)]));
    let view = about(&ground, story, &cookie).await;
    assert_eq!(view["answers"][0]["answer"]["agrees"], json!(false), "{view}");
    assert_eq!(
        (view["answers"][0]["check"]["version"].clone(), view["checks_looked_through"].clone()),
        (json!("2"), json!(1))
    );
    let gone = json!({ "kind": "check", "of": Uuid::from_u128(8).to_string(), "agrees": true });
    assert!(ground.post(&path, &cookie, gone).await.status.is_client_error());
    let lists = ground.get("/api/v1/checks", &admin).await.json();
    assert_eq!(
        (lists["items"][0]["count"].clone(), lists["items"][0]["licence"].clone()),
        (json!(1), json!("CC BY 4.0"))
    );
    let withdraw = "/api/v1/checks/verif/withdraw";
    let reason = json!({ "reason": "Licence retirée" });
    assert_eq!(ground.post(withdraw, &cookie, reason.clone()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ground.post(withdraw, &admin, json!({ "reason": " " })).await.code(), "VG-DESK-065");
    let lists = ground.post(withdraw, &admin, reason.clone()).await.json();
    assert_eq!(
        (lists["items"][0]["count"].clone(), lists["items"][0]["withdrawn_by"].is_object()),
        (json!(0), true)
    );
    assert_eq!(ground.post(withdraw, &admin, reason).await.status, StatusCode::NOT_FOUND);
    let view = about(&ground, story, &cookie).await;
    assert!(view["answers"].as_array().is_some_and(Vec::is_empty), "{view}");
    assert!(ground.store.rebuild(|_| {}).expect("rebuilds").equal());
}

/// The lane of meaning brings what shares no word, and what both lanes have stands first; alone it is never "very close".
#[tokio::test]
async fn published_checks_are_searched_by_words_and_by_meaning_and_their_ranks_are_fused() {
    let (worded, meant, far) = (Uuid::from_u128(7), Uuid::from_u128(8), Uuid::from_u128(9));
    let find: CheckFinder =
        Arc::new(move |_| Some(vec![(meant, 0.9), (worded, 0.8), (far, 0.1), (Uuid::nil(), 1.0)]));
    let mut ground = Ground::with(false, ServerOptions { checks: Some(find), ..ServerOptions::default() });
    ground.source("open", Connector::Intake, Compartment::Operations);
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (_, story) = ground.story("open", RUMOUR);
    ground.commit(published(
        "verif",
        "1",
        &[
            (7, "Les camions blancs de la base livrent des armes aux creuseurs"),
            (8, "White lorries bring weapons to the miners"),
            (9, "Le match est remporté par Massabé"),
        ],
    ));
    let view = about(&ground, story, &cookie).await;
    let ids: Vec<&str> =
        view["answers"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(ids, [worded.to_string(), meant.to_string()], "{view}");
    assert_eq!(view["checks_by_meaning"], json!(true));
    let second = &view["answers"][1];
    assert_eq!((second["share"].clone(), second["close"].clone()), (Value::Null, json!(false)));
    assert_eq!(second["reasons"], json!([{ "code": "why-answer-meaning", "args": { "rank": "1" } }]));
    assert_eq!(view["answers"][0]["reasons"][1]["args"]["rank"], json!("2"));
}
