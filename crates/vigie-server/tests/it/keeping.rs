//! Two people erase, one keeps, and who runs the site sees that it happened and nothing of what.

use crate::ground::Ground;
use axum::http::StatusCode;
use serde_json::json;
use vigie_model::{Compartment, Connector, Role};

#[tokio::test]
async fn f53_two_people_erase_and_nobody_alone() {
    let mut ground = Ground::new(false);
    ground.source("open", Connector::Intake, Compartment::Operations);
    let (signal, narrative) = ground.story("open", "Zénaïde habite derrière la pharmacie du marché neuf");
    let operations = &[Compartment::Operations];
    let (_, officer) = ground.person("dpo", Role::DataProtectionOfficer, operations);
    let (evidence_id, evidence) = ground.person("pieces", Role::EvidenceOfficer, operations);
    let (_, analyst) = ground.person("analyste", Role::Analyst, operations);
    let (_, admin) = ground.person("admin", Role::Administrator, operations);
    let body = json!({ "objects": [format!("signal:{signal}")], "reason": "asked by the person", "basis": "principles, 8" });
    assert_eq!(ground.post("/api/v1/erasures", &analyst, body.clone()).await.status, StatusCode::FORBIDDEN);
    let asked = ground.post("/api/v1/erasures", &officer, body).await;
    assert_eq!(asked.status, StatusCode::CREATED, "{}", asked.body);
    let agree = format!("/api/v1/erasures/{}/agree", asked.json()["id"].as_str().expect("an id"));
    let alone = ground.post(&agree, &officer, json!({})).await;
    assert!(alone.status.is_client_error() && alone.body.contains("VG-KEEP-024"), "{}", alone.body);

    // A keep stands in the way, and says so.
    let keep = json!({ "object": format!("narrative:{narrative}"), "reason": "case 26/014", "owner": "evidence",
        "until": "2027-11-22T00:00:00Z" });
    let unknown = ground.post("/api/v1/keeps", &evidence, keep.clone()).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody answers for it: {}", unknown.body);
    let function = json!({ "id": "evidence", "name_en": "Evidence", "name_fr": "Pièces", "component": "civilian",
        "holders": [evidence_id.to_string()] });
    let made = ground.post("/api/v1/functions", &admin, function).await;
    assert!(made.status.is_success(), "{}", made.body);
    let kept = ground.post("/api/v1/keeps", &evidence, keep).await;
    assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.body);
    let held = ground.post(&agree, &evidence, json!({})).await;
    assert!(held.body.contains("VG-KEEP-025"), "{}", held.body);
    let lift = format!("/api/v1/keeps/{}/lift", kept.json()["id"].as_str().expect("an id"));
    let lifted = ground.post(&lift, &officer, json!({ "reason": "the case is closed" })).await;
    assert_eq!(lifted.status, StatusCode::NO_CONTENT, "{}", lifted.body);

    let done = ground.post(&agree, &evidence, json!({})).await;
    assert_eq!((done.status, done.json()["objects"].as_u64()), (StatusCode::OK, Some(1)), "{}", done.body);
    let gone = ground.get(&format!("/api/v1/signals/{signal}"), &analyst).await;
    assert!(!gone.body.contains("Zénaïde"), "{}", gone.body);
    let story = ground.get(&format!("/api/v1/narratives/{narrative}"), &analyst).await;
    assert!(story.status == StatusCode::OK && !story.body.contains("Zénaïde"), "{}", story.body);
    // Who runs the site sees that it happened, and not why.
    let seen = ground.get("/api/v1/keeping", &admin).await;
    assert_eq!(seen.json()["tombstones"][0]["objects"], json!(1), "{}", seen.body);
    assert!(!seen.body.contains("asked by the person"), "{}", seen.body);
}
