//! What gateways meet.

use crate::ground::{Ground, request};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::json;
use vigie_model::{Compartment, Connector, Role};

fn ground() -> (Ground, String) {
    let ground = Ground::new(false);
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    let key = ground.intake_key("radio-birao");
    (ground, key)
}

#[tokio::test]
async fn one_object_is_answered_with_its_entry_once_it_is_on_disk() {
    let (ground, key) = ground();
    let post =
        json!({ "id": "17", "text": "Le pont est coupé.", "seen_at": "2026-11-22T04:00:00Z" }).to_string();
    let answer = ground.intake("radio-birao", &key, post.clone()).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    let seq = answer.json()["seq"].as_u64().expect("an entry");
    let (kind, leaf) = ground.leaves()[seq as usize].clone();
    assert_eq!((kind.as_str(), &leaf["actor"]), ("signal.received", &json!("source:radio-birao")));

    let by_path = request("POST", &format!("/intake/radio-birao/k/{key}"), "");
    let by_path = by_path.header(header::CONTENT_TYPE, "application/json").body(Body::from(post));
    let again = ground.ask(by_path.expect("a request")).await.json();
    assert_eq!(
        (again["seq"].as_u64(), &again["repeated"], &again["id"]),
        (Some(seq), &json!(true), &answer.json()["id"])
    );
}

#[tokio::test]
async fn good_lines_enter_and_bad_ones_are_named() {
    let (ground, key) = ground();
    let body = "{\"id\":\"1\",\"text\":\"un\"}\n{\"id\":\"2\",\"text\":\n{\"id\":\"3\",\"text\":\"trois\",\"seen_at\":\"2026-11-22 04:00\"}\n{\"id\":\"4\",\"text\":\"quatre\",\"mood\":\"x\"}\n";
    let answer = ground.intake("radio-birao", &key, body).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    let said = answer.json();
    assert_eq!(
        (&said["accepted"], &said["repeated"], &said["refused_count"]),
        (&json!(2), &json!(0), &json!(2))
    );
    let lines: Vec<_> =
        said["refused"].as_array().expect("named").iter().map(|r| r["line"].as_u64()).collect();
    assert_eq!(lines, [Some(2), Some(3)]);
    assert!(said["refused"][1]["code"].as_str().expect("a code").starts_with("VG-"));
    assert_eq!(said["unused"], json!(["mood"]));
    let again = ground.intake("radio-birao", &key, body).await.json();
    assert_eq!((&again["accepted"], &again["repeated"]), (&json!(0), &json!(2)));
}

#[tokio::test]
async fn f15_the_same_message_many_times_is_one_record_and_a_count() {
    let (mut ground, key) = ground();
    let line = "{\"id\":\"7\",\"text\":\"Le pont est coupé.\"}\n";
    let body = line.repeat(2_000);
    for _ in 0..5 {
        let said = ground.intake("radio-birao", &key, body.clone()).await;
        assert_eq!(said.status, StatusCode::ACCEPTED, "{}", said.body);
    }
    assert_eq!(ground.count("signal.received"), 1);
    let (_, cookie) = ground.person("chef", Role::Administrator, &[Compartment::Operations]);
    let sources = ground.get("/api/v1/sources", &cookie).await.json();
    assert_eq!(sources["items"][0]["health"]["repeated"], 9_999);
}

#[tokio::test]
async fn who_has_no_key_learns_nothing() {
    let (mut ground, key) = ground();
    ground.source("protegee", Connector::Intake, Compartment::Protection);
    let body = r#"{"text":"x"}"#;
    let wrong = ground.intake("radio-birao", "wrong", body).await;
    assert_eq!((wrong.status, wrong.code().as_str()), (StatusCode::UNAUTHORIZED, "VG-REGISTER-012"));
    for source in ["nobody-here", "protegee", "UPPER"] {
        assert_eq!(ground.intake(source, &key, body).await.body, wrong.body, "{source}");
    }
    let bare = request("POST", "/intake/radio-birao", "").body(Body::from(body)).expect("a request");
    assert_eq!(ground.ask(bare).await.body, wrong.body);
    assert_eq!(ground.count("signal.received"), 0);
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    assert!(!ground.get("/api/v1/sources", &cookie).await.body.contains("protegee"));
}

#[tokio::test]
async fn a_new_key_replaces_the_old_one_and_a_pause_holds_at_once() {
    let (mut ground, key) = ground();
    let (_, admin) = ground.person("chef", Role::Administrator, &[Compartment::Operations]);
    let body = |n: u32| format!("{{\"id\":\"{n}\",\"text\":\"x\"}}");
    assert_eq!(ground.intake("radio-birao", &key, body(1)).await.status, StatusCode::ACCEPTED);
    let issued = ground.post("/api/v1/sources/radio-birao/key", &admin, json!({})).await.json();
    let fresh = issued["key"].as_str().expect("shown once").to_owned();
    assert_eq!(fresh.len(), 43, "256 bits");
    assert_eq!(ground.intake("radio-birao", &key, body(2)).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(ground.intake("radio-birao", &fresh, body(2)).await.status, StatusCode::ACCEPTED);
    let pause = ground.post("/api/v1/sources/radio-birao/pause", &admin, json!({})).await;
    assert_eq!(pause.status, StatusCode::NO_CONTENT, "{}", pause.body);
    let paused = ground.intake("radio-birao", &fresh, body(3)).await;
    assert_eq!((paused.status, paused.code().as_str()), (StatusCode::CONFLICT, "VG-REGISTER-010"));
    ground.post("/api/v1/sources/radio-birao/resume", &admin, json!({})).await;
    assert_eq!(ground.intake("radio-birao", &fresh, body(3)).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn sizes_and_rates_have_a_bound_and_say_when_to_come_back() {
    let (ground, key) = ground();
    let large = ground.intake("radio-birao", &key, "x".repeat(5 << 20)).await;
    assert_eq!((large.status, large.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "VG-SERVER-005"));
    // All at once: one after another, a busy machine may be slower than the bound.
    let at_once = (0..2_000).map(|n| ground.intake("radio-birao", &key, format!("rubbish {n}")));
    let answers = futures_util::future::join_all(at_once).await;
    let (slowed, refused): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.iter().all(|answer| answer.status == StatusCode::UNPROCESSABLE_ENTITY));
    let slowed = slowed.first().expect("a bound");
    assert_eq!(slowed.code(), "VG-REGISTER-013");
    assert!(slowed.headers.contains_key(header::RETRY_AFTER));
}

#[tokio::test]
async fn f13_a_source_that_only_sends_rubbish_is_a_fault_that_shows() {
    let (mut ground, key) = ground();
    for _ in 0..4 {
        let answer = ground.intake("radio-birao", &key, "not json at all").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    }
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let mut health = json!(null);
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        health = ground.get("/api/v1/sources", &cookie).await.json()["items"][0]["health"].clone();
        if health["state"] == "refusing" {
            break;
        }
    }
    assert_eq!(health["state"], "refusing");
    assert_eq!(health["refused_24h"], 4);
    assert!(health["sentence"].as_str().expect("a sentence").contains("0 accepted"), "{health}");
}
