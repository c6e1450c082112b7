//! What engines found: shown with its messages, answered by a person, gone where a message may not be seen.

use crate::ground::Ground;
use axum::http::StatusCode;
use serde_json::json;
use vigie_model::{
    Compartment, Compartments, Connector, ErrorRate, Event, FindingId, FindingKind, FindingMade,
    FoundMessage, Model, NarrativeId, NarrativeRestricted, Reason, Role, Score, SharedKind, SignalId,
};

fn finding(ground: &Ground, signals: &[SignalId]) -> FindingId {
    let id = FindingId::new(1_795_000_000_000, [9; 10]);
    let reasons = vec![Reason::new("why-together-burst").with("accounts", 2).with("seconds", 40)];
    let model = Model { name: "gathering".to_owned(), version: "1".to_owned() };
    let at = ground.store.now();
    let message = |(place, signal): (usize, &SignalId)| FoundMessage {
        signal: *signal,
        account: Some(place as u32),
        thing: Some(0),
        at,
    };
    ground.commit(Event::FindingMade(FindingMade {
        id,
        kind: FindingKind::Burst,
        accounts: vec!["open/0a1b2c3d".to_owned(), "open/4e5f6a7b".to_owned()],
        account_count: 2,
        things: vec![SharedKind::Link],
        words: Vec::new(),
        messages: signals.iter().enumerate().map(message).collect(),
        message_count: signals.len() as u32,
        window_s: 60.0,
        span_s: 40.0,
        pairs: 1,
        expected: None,
        p_value: None,
        discovery_rate: None,
        score: Score::new(0.0, reasons, model, ErrorRate::NotAssessed).expect("a score"),
    }));
    id
}

fn two_posts() -> (Ground, [SignalId; 2], NarrativeId) {
    let mut ground = Ground::new(false);
    ground.source("open", Connector::Intake, Compartment::Operations);
    let (one, narrative) = ground.story("open", "Regardez https://x.example/2026/11/caisses");
    let (other, _) = ground.story("open", "Honte : www.x.example/2026/11/caisses?utm_source=t");
    (ground, [one, other], narrative)
}

#[tokio::test]
async fn a_finding_shows_pseudonyms_messages_and_the_thing_and_never_a_name() {
    let (mut ground, signals, narrative) = two_posts();
    finding(&ground, &signals);
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let answer = ground.get(&format!("/api/v1/narratives/{narrative}/findings"), &cookie).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(!answer.body.contains("page-du-marche") && !answer.body.contains("open/0a1b"), "{}", answer.body);
    let item = answer.json()["items"][0].clone();
    assert_eq!(item["accounts"], json!(["0a1b2c3d", "4e5f6a7b"]));
    assert_eq!(item["things"], json!([{ "kind": "link", "name": "x.example/2026/11/caisses" }]));
    assert_eq!(item["messages"].as_array().map(Vec::len), Some(2));
    assert_eq!((item["error"].as_str(), item["expected"].is_null()), (Some("not_assessed"), true));
}

#[tokio::test]
async fn overruling_needs_a_reason_is_remembered_and_leaves_the_row() {
    let (mut ground, signals, narrative) = two_posts();
    let id = finding(&ground, &signals);
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (_, visitor) = ground.person("visiteur", Role::Visitor, &[Compartment::Operations]);
    let path = format!("/api/v1/findings/{id}/answer");
    let on_row = async |ground: &Ground| {
        let queue = ground.get("/api/v1/monitoring?state=all", &cookie).await;
        queue.body.contains("attention-together")
    };
    assert!(on_row(&ground).await);
    let refused = ground.send("POST", &path, &visitor, json!({ "agrees": true })).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let refused = ground.send("POST", &path, &cookie, json!({ "agrees": false, "reason": " " })).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "VG-DESK-018"));
    let said = json!({ "agrees": false, "reason": "Une dépêche reprise par tous" });
    let answer = ground.send("POST", &path, &cookie, said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(!on_row(&ground).await, "what was overruled is no reason any more");
    let agreed = ground.send("POST", &path, &cookie, json!({ "agrees": true })).await;
    let answers = agreed.json()["answers"].clone();
    assert_eq!(answers.as_array().map(Vec::len), Some(2), "{answers}");
    assert_eq!(answers[0]["reason"], "Une dépêche reprise par tous");
    assert!(on_row(&ground).await);
    let list = ground.get(&format!("/api/v1/narratives/{narrative}/findings"), &visitor).await;
    assert_eq!(list.json()["items"][0]["answers"][1]["agrees"], true);
}

#[tokio::test]
async fn f50_a_finding_with_a_restricted_message_is_not_there() {
    let (mut ground, signals, narrative) = two_posts();
    let id = finding(&ground, &signals);
    let (_, analyst) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    ground.commit(Event::NarrativeRestricted(NarrativeRestricted {
        narrative,
        to: Compartments::of(&[Compartment::Protection]),
        reason: "names of a family".to_owned(),
    }));
    let other = NarrativeId::founded_by(signals[1]);
    let list = ground.get(&format!("/api/v1/narratives/{other}/findings"), &analyst).await;
    assert_eq!(list.json()["items"], json!([]), "{}", list.body);
    let path = format!("/api/v1/findings/{id}/answer");
    let answer = ground.send("POST", &path, &analyst, json!({ "agrees": true })).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(ground.store.rebuild(|_| ()).expect("rebuilt").equal(), "with findings that came and went");
}
