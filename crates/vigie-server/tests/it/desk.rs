//! Deciding, writing the log, adding by hand, and being told no in words.

use crate::ground::{Ground, request};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::json;
use vigie_model::{Compartment, Connector, Role, User};

const ID: &str = "01928374-0000-7000-8000-000000000001";

#[tokio::test]
async fn an_act_changes_the_queue_and_is_undone_within_ten_seconds() {
    let mut ground = Ground::new(false);
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    let ids: Vec<String> = (0..3)
        .map(|n| ground.story("radio-birao", &format!("Histoire {n} du puits.")).1.to_string())
        .collect();
    let (me, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let (_, other) = ground.person("moussa", Role::DutyOfficer, &[Compartment::Operations]);
    let new = ground.get("/api/v1/monitoring?state=new&sort=newest", &cookie).await.json();
    assert_eq!(new["total"], 3);
    assert_eq!(new["items"][0]["sources"], json!(["radio-birao"]));
    assert_eq!(new["items"][0]["attention"]["error"], "exact");

    let dismiss = json!({ "do": "triage", "narratives": ids[..2], "decision": "dismissed" });
    let done = ground.post("/api/v1/acts", &cookie, dismiss).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let seq = done.json()["seq"].as_u64().expect("an entry");
    assert_eq!(ground.get("/api/v1/monitoring?state=new", &cookie).await.json()["total"], 1);
    let mine = ground.post(&format!("/api/v1/acts/{seq}/undo"), &other, json!({})).await;
    assert_eq!((mine.status, mine.code().as_str()), (StatusCode::CONFLICT, "VG-DESK-005"));
    ground.later(10);
    let undone = ground.post(&format!("/api/v1/acts/{seq}/undo"), &cookie, json!({})).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    assert_eq!(ground.get("/api/v1/monitoring?state=new", &cookie).await.json()["total"], 3);

    let assign = json!({ "do": "assign", "narratives": [ids[0]], "to": me.to_string() });
    let seq = ground.post("/api/v1/acts", &cookie, assign).await.json()["seq"].as_u64().expect("an entry");
    assert_eq!(ground.get("/api/v1/monitoring?assigned=me", &cookie).await.json()["total"], 1);
    ground.later(11);
    let late = ground.post(&format!("/api/v1/acts/{seq}/undo"), &cookie, json!({})).await;
    assert_eq!((late.status, late.code().as_str()), (StatusCode::CONFLICT, "VG-DESK-006"));

    let page = ground.get(&format!("/api/v1/narratives/{}", ids[0]), &cookie).await.json();
    assert_eq!(page["history"].as_array().expect("acts").len(), 2);
    assert_eq!(page["sources"][0]["name"], "Source radio-birao");
    assert_eq!(page["clock"]["verified_at"], json!(null));
    let too_many: Vec<&str> = vec![ID; 1];
    let nobody = json!({ "do": "assign", "narratives": too_many, "to": ID });
    assert_eq!(ground.post("/api/v1/acts", &cookie, nobody).await.code(), "VG-SERVER-002");
}

#[tokio::test]
async fn a_line_of_the_log_is_struck_and_corrected_never_changed() {
    let mut ground = Ground::new(false);
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let (_, other) = ground.person("moussa", Role::DutyOfficer, &[Compartment::Operations]);
    let line =
        json!({ "client_id": ID, "text": " Trois blessés à Bémori. ", "seen_at": "2026-11-22T04:30:00Z" });
    let written = ground.post("/api/v1/notes", &cookie, line.clone()).await;
    assert_eq!(written.status, StatusCode::CREATED, "{}", written.body);
    assert_eq!(written.json()["text"], "Trois blessés à Bémori.");
    assert_eq!(written.json()["dtg"], "220430ZNOV26");
    assert_eq!(ground.post("/api/v1/notes", &cookie, line.clone()).await.status, StatusCode::OK, "F19: once");
    assert_eq!(ground.post("/api/v1/notes", &other, line).await.code(), "VG-SERVER-010");
    let fix = json!({ "client_id": "01928374-0000-7000-8000-000000000002", "text": "Deux.", "corrects": ID });
    assert_eq!(ground.post("/api/v1/notes", &cookie, fix.clone()).await.code(), "VG-DESK-016");
    let strike = format!("/api/v1/notes/{ID}/strike");
    assert_eq!(ground.post(&strike, &cookie, json!({ "reason": " " })).await.code(), "VG-DESK-013");
    for _ in 0..2 {
        let struck = ground.post(&strike, &cookie, json!({ "reason": "deux, pas trois" })).await;
        assert_eq!(struck.status, StatusCode::NO_CONTENT, "sent again after a cut: done");
    }
    assert_eq!(ground.post(&strike, &other, json!({ "reason": "moi aussi" })).await.code(), "VG-DESK-015");
    assert_eq!(ground.post("/api/v1/notes", &cookie, fix).await.status, StatusCode::CREATED);
    let log = ground.get("/api/v1/notes", &other).await.json();
    assert_eq!(log["total"], 2);
    assert_eq!(log["items"][1]["struck"]["reason"], "deux, pas trois");
    assert_eq!(log["items"][1]["corrected_by"], log["items"][0]["id"]);
    assert_eq!(ground.get("/api/v1/notes?day=2026-11-22", &other).await.json()["total"], 2);
    assert_eq!(ground.get("/api/v1/notes?day=2026-11-21", &other).await.json()["total"], 0);
}

#[tokio::test]
async fn f19_a_signal_is_added_by_hand_once() {
    let mut ground = Ground::new(false);
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let (_, liaison) = ground.person("issa", Role::LiaisonAssistant, &[Compartment::Operations]);
    let said = json!({ "client_id": ID, "kind": "radio", "text": "On dit que le puits est empoisonné.",
        "place": "Bémori", "seen_at": "2026-11-21T02:00:00Z", "author": "voix à l'antenne",
        "sheet": { "station": "Radio Bémori", "frequency": "98.4", "duration_s": 40 }, "lang": "sg" });
    let none = ground.post("/api/v1/signals", &cookie, said.clone()).await;
    assert_eq!((none.status, none.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "VG-SERVER-033"));
    ground.source("saisie", Connector::Hand, Compartment::Operations);
    let added = ground.post("/api/v1/signals", &liaison, said.clone()).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let again = ground.post("/api/v1/signals", &liaison, said.clone()).await;
    assert_eq!((again.status, &again.json()["seq"]), (StatusCode::OK, &added.json()["seq"]));
    assert_eq!(ground.count("signal.received"), 1);

    let id = added.json()["id"].as_str().expect("an id").to_owned();
    let view = ground.get(&format!("/api/v1/signals/{id}"), &cookie).await;
    assert_eq!(view.json()["sheet"]["station"], "Radio Bémori");
    assert!(!view.body.contains("antenne"), "the author stays a pseudonym");
    assert!(view.json()["author_alias"].is_string());
    let closed = ground.get(&format!("/api/v1/signals/{id}"), &liaison).await;
    assert_eq!(closed.status, StatusCode::FORBIDDEN, "liaison assistants read nothing back");

    let mut when = said.clone();
    when["seen_at"] = json!(null);
    when["client_id"] = json!("01928374-0000-7000-8000-000000000003");
    assert_eq!(ground.post("/api/v1/signals", &cookie, when).await.code(), "VG-SERVER-032");
}

#[tokio::test]
async fn a_refusal_speaks_the_readers_language() {
    let mut ground = Ground::new(false);
    let (id, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let asked = |cookie: &str, accepts: &str| {
        request("GET", "/api/v1/monitoring?state=maybe", cookie)
            .header(header::ACCEPT_LANGUAGE, accepts)
            .body(Body::empty())
            .expect("a request")
    };
    let french = ground.ask(asked("", "fr-CF, en;q=0.5")).await;
    assert_eq!(french.json()["message"], "Vous n'êtes pas connecté, ou votre session a pris fin.");
    assert_eq!(french.headers[header::CONTENT_LANGUAGE], "fr");
    assert!(ground.ask(asked("", "ar")).await.body.contains("You are not signed in"));
    let hers = ground.ask(asked(&cookie, "fr-CF, fr;q=0.9")).await;
    assert!(
        hers.json()["message"].as_str().expect("text").contains("“state”"),
        "the account's, where a browser says what it could read: {}",
        hers.body
    );
    let screen = ground.ask(asked(&cookie, "fr")).await;
    assert!(
        screen.body.contains("Le champ «"),
        "the screen's, where it names the one it is in: {}",
        screen.body
    );
    let name = ground.store.read(|v| v.user(id)).expect("views").expect("amina").user;
    ground.commit(vigie_model::Event::UserAdded(User { lang: "fr".to_owned(), ..name }));
    let hers = ground.ask(asked(&cookie, "en-GB, en;q=0.9")).await;
    assert!(hers.json()["message"].as_str().expect("text").contains("«\u{a0}state\u{a0}»"), "{}", hers.body);
}

#[tokio::test]
async fn nothing_read_strictly_is_half_done() {
    let mut ground = Ground::new(false);
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let size = ground.store.read(vigie_store::Views::size).expect("views");
    for (path, body) in [
        ("/api/v1/notes", json!({ "text": "no id" })),
        ("/api/v1/notes", json!([])),
        ("/api/v1/acts", json!({ "do": "delete", "narratives": [ID] })),
        ("/api/v1/signals", json!({ "client_id": "x" })),
    ] {
        let answer = ground.post(path, &cookie, body).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::BAD_REQUEST, "VG-SERVER-003"),
            "{path}"
        );
    }
    let large = ground
        .post("/api/v1/notes", &cookie, json!({ "client_id": ID, "text": "x".repeat(600 << 10) }))
        .await;
    assert_eq!((large.status, large.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "VG-SERVER-005"));
    assert_eq!(ground.store.read(vigie_store::Views::size).expect("views"), size);
}

#[tokio::test]
async fn a_narrative_is_given_to_whoever_may_act_on_it_and_to_nobody_else() {
    let mut ground = Ground::new(false);
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    ground.source("protection", Connector::Intake, Compartment::Protection);
    let open = ground.story("radio-birao", "Le puits est à sec.").1.to_string();
    let closed = ground.story("protection", "Une famille demande de l'aide.").1.to_string();
    let both = [Compartment::Operations, Compartment::Protection];
    let (_, cookie) = ground.person("amina", Role::ProtectionAdviser, &both);
    let (moussa, _) = ground.person("moussa", Role::DutyOfficer, &[Compartment::Operations]);
    ground.person("visiteur", Role::Visitor, &both);
    let names = |answer: serde_json::Value| -> Vec<String> {
        let items = answer["items"].as_array().expect("people").clone();
        items.iter().map(|person| person["display"].as_str().expect("a name").to_lowercase()).collect()
    };
    let ask = |ids: &str| format!("/api/v1/colleagues?narratives={ids}");
    let all = names(ground.get(&ask(&open), &cookie).await.json());
    assert_eq!(all.len(), 2, "{all:?}");
    let few = names(ground.get(&ask(&format!("{open},{closed}")), &cookie).await.json());
    assert_eq!(few.len(), 1, "{few:?}");
    assert!(few[0].contains("amina"));
    let give = |id: &str| json!({ "do": "assign", "narratives": [id], "to": moussa.to_string() });
    let refused = ground.post("/api/v1/acts", &cookie, give(&closed)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert_eq!(ground.post("/api/v1/acts", &cookie, give(&open)).await.status, StatusCode::OK);
    assert_eq!(ground.get(&ask("nonsense"), &cookie).await.code(), "VG-SERVER-002");
}
