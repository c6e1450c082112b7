//! Stories that may be the same: proposed by a model where there is one, answered by people, joined by nobody here.

use crate::ground::{Answer, Ground};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use vigie_model::{Compartment, Connector, NarrativeId, Role};
use vigie_server::ServerOptions;

type Nearby = Arc<Mutex<Option<Vec<(NarrativeId, f32)>>>>;

/// A site with a model that says what it is told to say.
fn site() -> (Ground, Nearby, [NarrativeId; 3]) {
    let near: Nearby = Arc::default();
    let told = near.clone();
    let find = Arc::new(move |_| told.lock().expect("no panic").clone());
    let mut ground =
        Ground::with(false, ServerOptions { neighbours: Some(find), ..ServerOptions::default() });
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    ground.source("liaison", Connector::Intake, Compartment::Protection);
    let own = ground.story("radio-birao", "Le pont de Gossi est fermé.").1;
    let other = ground.story("radio-birao", "Daraja la Gossi limefungwa.").1;
    let hidden = ground.story("liaison", "A family near the bridge was threatened.").1;
    (ground, near, [own, other, hidden])
}

fn path(id: NarrativeId) -> String {
    format!("/api/v1/narratives/{id}/neighbours")
}

fn items(answer: &Answer) -> Vec<Value> {
    answer.json()["items"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn without_a_model_it_reads_not_assessed() {
    let mut ground = Ground::new(false);
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    let story = ground.story("radio-birao", "Le pont est fermé.").1;
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let answer = ground.get(&path(story), &cookie).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.json()["assessed"], false);
    assert_eq!(answer.json()["not_assessed"], "meaning-no-model");
    assert!(items(&answer).is_empty() && answer.json()["model"].is_null());
}

#[tokio::test]
async fn a_story_that_was_not_read_yet_is_not_one_without_neighbours() {
    let (mut ground, _, [own, ..]) = site();
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let answer = ground.get(&path(own), &cookie).await;
    assert_eq!(
        (answer.json()["assessed"].clone(), answer.json()["not_assessed"].clone()),
        (json!(false), json!("meaning-not-yet"))
    );
}

#[tokio::test]
async fn what_is_proposed_says_why_and_names_nothing_that_is_hidden() {
    let (mut ground, near, [own, other, hidden]) = site();
    *near.lock().expect("no panic") =
        Some(vec![(hidden, 0.9), (other, 0.524), (NarrativeId::new(1, [9; 10]), 0.4)]);
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let answer = ground.get(&path(own), &cookie).await;
    let found = items(&answer);
    assert_eq!(found.len(), 1, "{}", answer.body);
    assert_eq!((found[0]["id"].clone(), found[0]["rank"].clone()), (json!(other.to_string()), json!(1)));
    assert_eq!(found[0]["reasons"][0]["code"], "meaning-near");
    assert!((found[0]["closeness"].as_f64().expect("a number") - 0.52).abs() < 1e-6);
    assert_eq!(answer.json()["error"], "not_assessed");
    assert_eq!(answer.json()["model"]["name"], "e5-small");
    assert!(!answer.body.contains(&hidden.to_string()) && !answer.body.contains("threatened"));
}

#[tokio::test]
async fn what_is_hardly_near_is_not_proposed() {
    let (mut ground, near, [own, other, _]) = site();
    *near.lock().expect("no panic") = Some(vec![(other, 0.29)]);
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let answer = ground.get(&path(own), &cookie).await;
    assert_eq!((answer.json()["assessed"].clone(), items(&answer).len()), (json!(true), 0));
}

#[tokio::test]
async fn what_a_person_says_of_two_stories_is_kept_and_joins_nothing() {
    let (mut ground, near, [own, other, _]) = site();
    let (who, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let before = ground.count("narrative.compared");
    for same in [true, false] {
        let body = json!({ "other": other.to_string(), "same": same, "reason": "read both" });
        let answer = ground.post(&path(own), &cookie, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    assert_eq!(ground.count("narrative.compared"), before + 2);
    // Also where no model speaks, and from the other side; the last word counts.
    for (of, beside) in [(own, other), (other, own)] {
        let found = items(&ground.get(&path(of), &cookie).await);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["id"], json!(beside.to_string()));
        assert_eq!(found[0]["reasons"][0]["code"], "meaning-said");
        assert_eq!(
            (found[0]["answer"]["same"].clone(), found[0]["answer"]["by"]["id"].clone()),
            (json!(false), json!(who.to_string()))
        );
    }
    // Once, with its answer, where the model proposes it as well.
    *near.lock().expect("no panic") = Some(vec![(other, 0.6)]);
    let found = items(&ground.get(&path(own), &cookie).await);
    assert_eq!((found.len(), found[0]["answer"]["same"].clone()), (1, json!(false)));
    let story = ground.get(&format!("/api/v1/narratives/{own}"), &cookie).await;
    assert_eq!((story.json()["count"].clone(), story.json()["moved_to"].clone()), (json!(1), Value::Null));
    assert!(ground.store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[tokio::test]
async fn a_story_is_not_compared_with_itself_nor_with_what_the_person_may_not_see() {
    let (mut ground, _, [own, _, hidden]) = site();
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let said = |other: NarrativeId| json!({ "other": other.to_string(), "same": true });
    let itself = ground.post(&path(own), &cookie, said(own)).await;
    assert_eq!((itself.status, itself.code()), (StatusCode::UNPROCESSABLE_ENTITY, "VG-DESK-050".to_owned()));
    let unseen = ground.post(&path(own), &cookie, said(hidden)).await;
    let nowhere = ground.post(&path(own), &cookie, said(NarrativeId::new(1, [9; 10]))).await;
    assert_eq!((unseen.status, unseen.code()), (nowhere.status, nowhere.code()));
    assert_eq!(unseen.status, StatusCode::NOT_FOUND);
    assert_eq!(ground.count("narrative.compared"), 0);
}
