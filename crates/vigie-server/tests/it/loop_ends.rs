//! The loop where it starts and ends besides: what a liaison assistant is asked, what is sent twice, other beginnings of a
//! response, what approvals and contacts allow.

use crate::first_loop::{People, id, ok, site_as};
use crate::ground::request;
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use vigie_model::{Compartment, Connector, Role};

const TOMORROW: &str = "2026-11-23T05:00:00Z";
const LATER: &str = "2026-11-22T11:00:00Z";

impl People {
    /// A liaison assistant who holds the function `name`, and sees no more than operations.
    async fn assistant(&mut self, name: &str) -> String {
        let (user, cookie) =
            self.ground.person(&format!("agent-{name}"), Role::LiaisonAssistant, &[Compartment::Operations]);
        let body = json!({ "id": name, "name_en": format!("Assistant {name}"), "name_fr": format!("Agent {name}"),
            "component": "civilian", "holders": [user.to_string()], "liaison": true });
        ok(&self.ground.post("/api/v1/functions", &self.admin, body).await);
        cookie
    }

    async fn ask_of(&self, n: u32, function: &str, question: &str) {
        let body = json!({ "client_id": id(n), "narrative": self.story.to_string(), "question": question,
            "asked": { "to": function, "call_tree": [], "answer_within_min": 30, "due": LATER } });
        ok(&self.ground.post("/api/v1/requests", &self.analyst, body).await);
    }

    async fn asked_of(&self, who: &str) -> Vec<Value> {
        ok(&self.ground.get("/api/v1/asked", who).await)["items"].as_array().expect("items").clone()
    }
}

#[tokio::test]
async fn a_liaison_assistant_answers_what_is_asked_of_them_and_reads_nothing_else() {
    let mut p = site_as(false).await;
    let birao = p.assistant("cla-birao").await;
    let sam = p.assistant("cla-sam").await;
    p.ask_of(10, "cla-birao", "Le marché est-il ouvert ?").await;
    let asked = p.asked_of(&birao).await;
    assert_eq!(asked.len(), 1);
    let mut told: Vec<&String> = asked[0].as_object().expect("an object").keys().collect();
    told.sort();
    assert_eq!(told, ["code", "due", "id", "overdue", "question", "recheck"], "not the story, nor who asks");
    assert_eq!(asked[0]["question"], "Le marché est-il ouvert ?");
    assert_eq!(p.asked_of(&sam).await, Vec::<Value>::new(), "what is asked of another is not there");

    let own = format!("/api/v1/asked/{}", id(10));
    let reply = json!({ "reply": "Oui, depuis mardi.", "lang": "fr" });
    let stranger = p.ground.post(&own, &sam, reply.clone()).await;
    let nothing = p.ground.post(&format!("/api/v1/asked/{}", id(999)), &sam, reply.clone()).await;
    assert_eq!(
        (stranger.status, &stranger.body),
        (StatusCode::NOT_FOUND, &nothing.body),
        "nor that it exists"
    );
    assert_eq!(p.ground.post(&own, &p.analyst, reply.clone()).await.status, StatusCode::FORBIDDEN);
    ok(&p.ground.post(&own, &birao, reply.clone()).await);
    ok(&p.ground.post(&own, &birao, reply).await);
    assert_eq!(p.ground.count("request.answered"), 1, "F19: sent twice, taken down once");
    assert_eq!(p.asked_of(&birao).await, Vec::<Value>::new());
    let facts = ok(&p.ground.get("/api/v1/facts?open=true", &p.officer).await);
    assert_eq!(facts["items"][0]["statements"][0]["text"], "Oui, depuis mardi.");
    let request = ok(&p.ground.get("/api/v1/requests", &p.analyst).await)["items"][0].clone();
    assert_eq!(
        (&request["answer"]["via"], &request["answer"]["from"]),
        (&json!("typed"), &json!("cla-birao"))
    );

    for closed in ["requests", "monitoring", "facts", "tasks", "warnings", "notes", "contacts"] {
        let door = p.ground.get(&format!("/api/v1/{closed}"), &birao).await;
        assert_eq!(door.status, StatusCode::FORBIDDEN, "{closed}");
    }
    // A question about a story that was closed meanwhile is not shown, nor taken.
    p.ask_of(11, "cla-birao", "Qui a parlé ?").await;
    let closing = json!({ "to": ["protection"], "reason": "nomme une personne" });
    let mine = [Compartment::Operations, Compartment::Communications, Compartment::Protection];
    let adviser = p.ground.person("conseil", Role::ProtectionAdviser, &mine).1;
    ok(&p.ground.post(&format!("/api/v1/narratives/{}/restrict", p.story), &adviser, closing).await);
    assert_eq!(p.asked_of(&birao).await, Vec::<Value>::new());
    let own = format!("/api/v1/asked/{}", id(11));
    let late = p.ground.post(&own, &birao, json!({ "reply": "Moi", "lang": "fr" })).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_liaison_assistant_says_themselves_whether_it_is_still_told() {
    let mut p = site_as(true).await;
    let birao = p.assistant("cla-birao").await;
    p.out().await;
    p.ground.later(48 * 3_600);
    assert!(vigie_server::look_back(&p.ground.store).expect("looked"));
    let asked = p.asked_of(&birao).await;
    assert_eq!((asked.len(), &asked[0]["recheck"]), (1, &json!(true)));
    let own = format!("/api/v1/asked/{}", asked[0]["id"].as_str().expect("an id"));
    let silent = p.ground.post(&own, &birao, json!({ "reply": "Je ne sais pas" })).await;
    assert_eq!(silent.code(), "VG-LOOP-082", "{}", silent.body);
    ok(&p.ground.post(&own, &birao, json!({ "told": "no" })).await);
    let loop_ = p.story_loop(&p.analyst).await;
    let effect = &loop_["responses"][0]["id"];
    assert_eq!(effect, &json!(id(30)));
    assert_eq!(p.ground.count("fact.drafted"), 1, "what is told in one place is no fact");
    let request = ok(&p.ground.get("/api/v1/requests", &p.analyst).await)["items"][0].clone();
    assert_eq!((&request["answer"]["told"], &request["answer"]["via"]), (&json!("no"), &json!("typed")));
}

#[tokio::test]
async fn f19_releases_tasks_and_incidents_sent_twice_after_a_timeout_are_one() {
    let p = site_as(false).await;
    p.out().await;
    let listed = ok(&p.ground.get("/api/v1/releases", &p.officer).await);
    assert_eq!(
        listed["items"][0]["sheet"],
        json!([{ "lang": "fr", "form": "sms", "text": "Le convoi portait du carburant." }]),
        "a sheet to print holds the words as they went"
    );
    let again = p.release(&p.officer, 40, 50).await;
    assert_eq!(again.status, StatusCode::OK, "known by the id that the screen gave it: {}", again.body);
    assert_eq!(p.ground.count("release.made"), 1);
    let other = p.release(&p.second, 40, 50).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "somebody else's id is no second try");
    let task = json!({ "client_id": id(60), "what": "Prévenir la base", "component": "military",
        "asked": { "to": "sector-east", "call_tree": [], "answer_within_min": 30, "due": LATER } });
    let incident = json!({ "client_id": id(61), "what": "Tirs", "seen_at": "2026-11-22T04:00:00Z",
        "precision": "hour", "place": { "name": "Kassodé", "precision": "village" }, "component": "police" });
    for (door, body, kind) in [("tasks", task, "task.opened"), ("incidents", incident, "incident.reported")] {
        let path = format!("/api/v1/{door}");
        let first = p.ground.post(&path, &p.analyst, body.clone()).await;
        let second = p.ground.post(&path, &p.analyst, body).await;
        assert_eq!((first.status, second.status), (StatusCode::CREATED, StatusCode::OK), "{door}");
        assert_eq!(first.json()["code"], second.json()["code"], "{door}");
        assert_eq!(p.ground.count(kind), 1, "{door}");
    }
}

#[tokio::test]
async fn a_response_starts_from_a_community_question_and_from_a_planned_event() {
    let p = site_as(false).await;
    let asked =
        json!({ "client_id": id(81), "text": "Le puits de Kassodé est-il empoisonné ?", "lang": "fr" });
    ok(&p.ground.post("/api/v1/questions", &p.officer, asked).await);
    let fact = p.fact(20, "2026-11-25T05:00:00Z").await;
    let starts = |n: u32, origin: Value| json!({ "client_id": id(n), "title": "Puits", "due": TOMORROW, "chain": ["spokesperson"], "origin": origin });
    let question = starts(30, json!({ "from": "question", "question": id(81) }));
    let made = ok(&p.ground.post("/api/v1/responses", &p.officer, question).await);
    assert_eq!((&made["origin"]["from"], &made["stage"]), (&json!("question"), &json!("need")));
    let texts = |said: &str| json!([{ "lang": "fr", "form": "sms", "sentences": [{ "text": said, "facts": [fact] }] }]);
    ok(&p.draft(&p.officer, 30, 40, 0, texts("Le puits de Kassodé n'est pas empoisonné.")).await);
    p.verify_all(40).await;
    let echo = p.clear(&p.chief, 40).await;
    assert_eq!(echo.status, StatusCode::UNPROCESSABLE_ENTITY, "the question is held against its answer");
    assert!(!echo.body.contains("Kassod"), "{}", echo.body);
    ok(&p.draft(&p.officer, 30, 40, 1, texts("L'eau a été analysée : elle est bonne.")).await);
    p.verify_all(40).await;
    ok(&p.clear(&p.chief, 40).await);
    ok(&p.release(&p.officer, 40, 50).await);

    let event = starts(31, json!({ "from": "event", "what": "Visite de l'équipe de forage" }));
    assert_eq!(ok(&p.ground.post("/api/v1/responses", &p.officer, event).await)["origin"]["from"], "event");
    ok(&p.draft(&p.officer, 31, 41, 0, texts("L'équipe de forage vient jeudi.")).await);
    p.verify_all(41).await;
    ok(&p.clear(&p.chief, 41).await);
    ok(&p.release(&p.officer, 41, 51).await);
    let board = ok(&p.ground.get("/api/v1/responses", &p.visitor).await);
    let stages: Vec<&str> =
        board["items"].as_array().expect("items").iter().filter_map(|one| one["stage"].as_str()).collect();
    assert_eq!(stages, ["out", "out"]);
    let nowhere = starts(32, json!({ "from": "question", "question": id(999) }));
    assert!(p.ground.post("/api/v1/responses", &p.officer, nowhere).await.status.is_client_error());
    assert!(p.ground.store.read(|views| views.unanswered_for()).expect("views").is_empty());
}

#[tokio::test]
async fn an_approval_that_was_ended_lets_nothing_out_and_only_those_who_clear_end_it() {
    let p = site_as(false).await;
    let approval = json!({ "client_id": id(94), "standing": "receipt", "until": TOMORROW,
        "texts": [{ "lang": "fr", "text": "Message reçu." }] });
    ok(&p.ground.post("/api/v1/approvals", &p.chief, approval).await);
    let end = format!("/api/v1/approvals/{}/end", id(94));
    for cookie in [&p.analyst, &p.visitor] {
        assert_eq!(p.ground.post(&end, cookie, json!({})).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(ok(&p.ground.post(&end, &p.second, json!({})).await)["live"], false);
    let again = p.ground.post(&end, &p.chief, json!({})).await;
    assert_eq!(again.code(), "VG-LOOP-081", "ended twice is ended once: {}", again.body);
    assert_eq!(p.ground.count("approval.ended"), 1);
    let listed = ok(&p.ground.get("/api/v1/approvals", &p.visitor).await);
    assert_eq!(listed["items"][0]["live"], false);
    assert!(p.ground.store.rebuild(|_| {}).expect("rebuilt").equal());
}

#[tokio::test]
async fn contacts_are_chosen_by_code_and_whoever_said_stop_stands_last() {
    let p = site_as(false).await;
    p.ground.source("ligne-verte", Connector::Sms, Compartment::Operations);
    let key = p.ground.intake_key("ligne-verte");
    for (address, code) in [("+000 70 00 00 01", "CLA-02"), ("+000 70 00 00 02", "CLA-01")] {
        let sealed = json!({ "channel": "sms", "address": address, "code": code });
        ok(&p.ground.post("/api/v1/contacts", &p.officer, sealed).await);
    }
    let stop = json!({ "id": "sms-1", "author": "+000 70 00 00 02", "text": "STOP" });
    ok(&p.ground.intake("ligne-verte", &key, stop.to_string()).await);
    let listed = ok(&p.ground.get("/api/v1/contacts", &p.officer).await);
    let rows: Vec<(&str, &str)> = listed["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|one| (one["code"].as_str().expect("a code"), one["reply"].as_str().expect("a word")))
        .collect();
    assert_eq!(rows, [("CLA-02", "answer"), ("CLA-01", "stop")]);
    assert!(!listed.to_string().contains("7000"), "a code and never a number");
    let fact = p.fact(20, "2026-11-25T05:00:00Z").await;
    p.response(30).await;
    let texts =
        json!([{ "lang": "fr", "form": "sms", "sentences": [{ "text": "De l'essence.", "facts": [fact] }] }]);
    ok(&p.draft(&p.officer, 30, 40, 0, texts).await);
    p.verify_all(40).await;
    ok(&p.clear(&p.chief, 40).await);
    let hash = p.message(&p.officer, 40).await["hash"].clone();
    let to = |contacts: Value| {
        json!({ "client_id": id(50), "hash": hash, "texts": [["fr", "sms"]], "channel": "sms", "purpose": "répondre",
            "recipients": { "to": "contacts", "contacts": contacts }, "expires_at": TOMORROW })
    };
    let path = format!("/api/v1/messages/{}/release", id(40));
    let unknown = p.ground.post(&path, &p.officer, to(json!([id(998)]))).await;
    assert!(unknown.status.is_client_error(), "{}", unknown.body);
    let nobody = p.ground.post(&path, &p.officer, to(json!([]))).await;
    assert!(nobody.status.is_client_error(), "{}", nobody.body);
    ok(&p.ground.post(&path, &p.officer, to(json!([listed["items"][0]["id"]]))).await);
    assert_eq!(p.ground.count("release.made"), 1);
}

#[tokio::test]
async fn names_of_functions_come_in_the_language_of_the_screen_and_every_wait_belongs_to_a_function() {
    let p = site_as(false).await;
    p.request(10).await;
    let reply = json!({ "reply": "Du carburant.", "via": "radio", "from": "sector-east", "source": "bordereau",
        "lang": "fr", "valid_until": "2026-11-25T05:00:00Z" });
    ok(&p.ground.post(&format!("/api/v1/requests/{}/answer", id(10)), &p.sector, reply).await);
    p.out().await;
    let ask = async |path: &str, lang: &str| {
        let asked = request("GET", path, &p.analyst).header(header::ACCEPT_LANGUAGE, lang);
        ok(&p.ground.ask(asked.body(Body::empty()).expect("a request")).await)
    };
    let functions = ask("/api/v1/functions", "fr").await;
    let names = functions["functions"].to_string();
    assert!(names.contains("Sector East (fr)"), "the account is English, the screen French: {names}");
    let browser = ask("/api/v1/functions", "fr-FR,fr;q=0.9").await["functions"].to_string();
    assert!(!browser.contains("(fr)"), "what a browser sends by itself is no choice of a screen: {browser}");
    let clock = ask("/api/v1/clock?months=1", "fr").await;
    let mut rows: Vec<(&str, &str)> = clock["functions"]
        .as_array()
        .expect("functions")
        .iter()
        .map(|one| (one["step"].as_str().expect("a step"), one["name"].as_str().expect("a name")))
        .collect();
    rows.sort_unstable();
    assert_eq!(
        rows,
        [
            ("clear", "Spokesperson (fr)"),
            ("issue", "Émission"),
            ("language", "Vérification\u{a0}: Français"),
            ("verify", "Sector East (fr)")
        ]
    );
}
