//! Who reaches what: the router against the table, every route for every role, and nothing leaking sideways.

use crate::ground::{Answer, Ground, HOST, request};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use vigie_desk::routes::{Door, Method, ROUTES};
use vigie_model::{Compartment, Compartments, Connector, Level, Role};

const ID: &str = "01928374-0000-7000-8000-000000000001";

#[test]
fn the_router_and_the_table_name_the_same_routes() {
    let document = serde_json::to_value(vigie_server::openapi()).expect("json");
    let mut served = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in ["get", "post", "put", "delete", "patch"] {
            if item.get(method).is_some() {
                served.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    let tabled: BTreeSet<String> = ROUTES.iter().map(|r| format!("{} {}", r.method.word(), r.path)).collect();
    assert_eq!(served, tabled, "left: routes with a handler; right: routes with a row");
}

fn body_of(path: &str) -> Value {
    match path {
        "/api/v1/acts" => json!({ "do": "triage", "narratives": [ID], "decision": "relevant" }),
        "/api/v1/signals" => json!({ "client_id": ID, "kind": "post", "text": "x", "seen_unknown": true }),
        "/api/v1/notes" => json!({ "client_id": ID, "text": "a line" }),
        "/api/v1/notes/{id}/strike" => json!({ "reason": "a reason" }),
        "/api/v1/exercise/clock" => json!({ "now": "2026-11-22T05:00:01Z" }),
        _ => json!({}),
    }
}

async fn knock(ground: &Ground, method: Method, path: &str, cookie: &str) -> Answer {
    let filled =
        path.replace("{id}", ID).replace("{seq}", "0").replace("{token}", "t").replace("{source}", "s-1");
    let filled = filled.replace("{key}", "k").replace("{object}", &format!("task:{ID}"));
    let mut knock = request(method.word(), &filled, cookie).header(header::ORIGIN, format!("http://{HOST}"));
    let body = if method == Method::Get {
        Body::empty()
    } else {
        knock = knock.header(header::CONTENT_TYPE, "application/json");
        Body::from(body_of(path).to_string())
    };
    if path == "/api/v1/live" {
        // It opens a stream without end: the status is all there is to see.
        let response =
            tower::ServiceExt::oneshot(ground.router.clone(), knock.body(body).expect("a request"));
        let (parts, _) = response.await.expect("infallible").into_parts();
        return Answer { status: parts.status, headers: parts.headers, body: String::new() };
    }
    ground.ask(knock.body(body).expect("a request")).await
}

/// What somebody with no session, and somebody in each role who may see and write everywhere, is answered on every
/// route. 401 and 403 are the gate; what comes behind it depends on the made-up ids.
#[tokio::test]
async fn every_route_for_every_role() {
    let mut ground = Ground::new(true);
    let mut people = vec![("nobody".to_owned(), String::new())];
    for role in Role::ALL {
        let (_, cookie) = ground.person_at(role.word(), *role, Compartment::ALL, Level::Decide);
        people.push((role.word().to_owned(), cookie));
    }
    let mut table = String::new();
    for route in ROUTES {
        let mut line = format!("{:<4} {:<36}", route.method.word(), route.path);
        for (name, cookie) in &people {
            // Signing out would end the person's walk; links are braked by address and asked for once.
            if matches!(route.path, "/api/v1/signout" | "/enter/{token}") && name != "nobody" {
                continue;
            }
            let status = knock(&ground, route.method, route.path, cookie).await.status;
            let open = match (route.door, name.as_str()) {
                (Door::Open | Door::SourceKey, _) => true,
                (_, "nobody") => status != StatusCode::UNAUTHORIZED,
                (Door::SignedIn | Door::May(_), _) => status != StatusCode::FORBIDDEN,
            };
            let role = Role::from_word(name);
            let granted = role.map(|role| {
                let all = Compartments::of(Compartment::ALL);
                let see = if role == Role::Administrator { Compartments::default() } else { all };
                vigie_model::Granted { roles: vec![role], see, write: see, decide: see }
            });
            let tabled = route.door == Door::SourceKey || route.door.opens_to(granted.as_ref());
            assert_eq!(open, tabled, "{} {} for {name}: {status}", route.method.word(), route.path);
            write!(line, " {}", status.as_u16()).expect("a string");
        }
        writeln!(table, "{line}").expect("a string");
    }
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn a_route_outside_the_table_answers_nobody() {
    let mut ground = Ground::new(false);
    let (_, cookie) = ground.person("chef", Role::Administrator, Compartment::ALL);
    for path in ["/api/v1/nothing", "/api/v2/me", "/api/", "/intake/", "/api/v1/users/x/y"] {
        let answer = ground.get(path, &cookie).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::NOT_FOUND, "VG-SERVER-001"),
            "{path}"
        );
    }
    let wrong = ground.send("PUT", "/api/v1/me", &cookie, json!({})).await;
    assert_eq!((wrong.status, wrong.code().as_str()), (StatusCode::METHOD_NOT_ALLOWED, "VG-SERVER-007"));
}

/// One open story and one of the protection adviser's, alike to a word but one.
fn two_stories() -> (Ground, [String; 2], [String; 4]) {
    let mut ground = Ground::new(false);
    ground.source("open", Connector::Intake, Compartment::Operations);
    ground.source("closed", Connector::Hand, Compartment::Protection);
    ground.story("open", "Le marché de Kassodé a fermé tôt.");
    let (signal, narrative) = ground.story("closed", "La famille Zarambo se cache à Kassodé.");
    let (_, analyst) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let both = [Compartment::Operations, Compartment::Protection];
    let (_, adviser) = ground.person("conseiller", Role::ProtectionAdviser, &both);
    let seq = ground.store.read(|v| Ok(v.signal(signal, Compartments::of(&both))?.expect("a row").seq));
    let seq = seq.expect("views").to_string();
    ground.store.index_more(100).expect("indexed");
    let hidden = [narrative.to_string(), signal.to_string(), seq, "closed".to_owned()];
    (ground, [analyst, adviser], hidden)
}

#[tokio::test]
async fn f50_a_restricted_story_leaks_nowhere_not_even_that_it_exists() {
    let (ground, [analyst, _], [narrative, signal, seq, source]) = two_stories();
    let lists = [
        "/api/v1/monitoring".to_owned(),
        "/api/v1/monitoring?q=Zarambo".to_owned(),
        "/api/v1/monitoring?q=Kassod%C3%A9".to_owned(),
        format!("/api/v1/monitoring?source={source}"),
        "/api/v1/monitoring?sort=newest&limit=1".to_owned(),
        "/api/v1/sources".to_owned(),
    ];
    for path in &lists {
        let answer = ground.get(path, &analyst).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        for word in ["Zarambo", "closed", narrative.as_str(), signal.as_str()] {
            assert!(!answer.body.contains(word), "{path} tells {word}: {}", answer.body);
        }
    }
    assert_eq!(ground.get(&lists[0], &analyst).await.json()["total"], 1);
    assert_eq!(ground.get(&lists[2], &analyst).await.json()["total"], 1, "the open story is found");
    assert_eq!(ground.get(&lists[3], &analyst).await.json()["total"], 0);

    let nowhere = ground.get(&format!("/api/v1/narratives/{ID}"), &analyst).await;
    let doors = [
        format!("/api/v1/narratives/{narrative}"),
        format!("/api/v1/narratives/{narrative}/signals"),
        format!("/api/v1/narratives/{narrative}/why"),
        format!("/api/v1/signals/{signal}"),
        format!("/api/v1/entries/{seq}"),
    ];
    for path in &doors {
        let answer = ground.get(path, &analyst).await;
        assert_eq!((answer.status, &answer.body), (StatusCode::NOT_FOUND, &nowhere.body), "{path}");
    }
    let act = json!({ "do": "label", "narratives": [narrative], "label": "x" });
    let gone = ground.post("/api/v1/acts", &analyst, act).await;
    let invented = json!({ "do": "label", "narratives": [ID], "label": "x" });
    assert_eq!(gone.body, ground.post("/api/v1/acts", &analyst, invented).await.body);
    let into =
        json!({ "client_id": ID, "kind": "post", "text": "x", "seen_unknown": true, "source": source });
    let hand = ground.post("/api/v1/signals", &analyst, into).await;
    let nobody =
        json!({ "client_id": ID, "kind": "post", "text": "x", "seen_unknown": true, "source": "nobody" });
    assert_eq!(hand.body, ground.post("/api/v1/signals", &analyst, nobody).await.body);

    // Denials are entries; they are written beside the answer, not before it.
    for _ in 0..100 {
        if ground.count("access.denied") >= doors.len() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let leaves = ground.leaves();
    let denied: Vec<_> = leaves.iter().filter(|(kind, _)| kind == "access.denied").collect();
    assert_eq!(denied.len(), doors.len());
    assert!(denied.iter().all(|(_, leaf)| leaf["actor"].as_str().expect("an actor").starts_with("human:")));
}

#[tokio::test]
async fn whoever_may_read_it_reads_it_and_that_is_recorded_first() {
    let (ground, [_, adviser], [narrative, signal, seq, _]) = two_stories();
    let queue = ground.get("/api/v1/monitoring", &adviser).await.json();
    assert_eq!(queue["total"], 2);
    let row = queue["items"].as_array().expect("rows").iter().find(|r| r["id"] == narrative.as_str());
    let row = row.expect("the restricted story");
    assert!(
        row["head"].is_null() && row["restricted"] == true,
        "the list shows that it is there, not what it says"
    );
    assert_eq!(ground.count("access.read"), 0);

    let page = ground.get(&format!("/api/v1/narratives/{narrative}/signals"), &adviser).await;
    assert_eq!(page.json()["items"][0]["text"], "La famille Zarambo se cache à Kassodé.");
    assert!(!page.body.contains("page-du-marche"), "never the author");
    let leaves = ground.leaves();
    let (_, read) = leaves.iter().find(|(kind, _)| kind == "access.read").expect("an entry");
    assert_eq!(read["body"]["objects"], json!([format!("signal:{signal}")]));
    let view = ground.get(&format!("/api/v1/signals/{signal}"), &adviser).await.json();
    assert_eq!(view["entry"]["seq"].to_string(), seq);
    assert!(view["normal"].as_str().expect("folded").contains("zarambo"));
    assert_eq!(ground.count("access.read"), 2);
    assert_eq!(ground.get(&format!("/api/v1/entries/{seq}"), &adviser).await.status, StatusCode::OK);
    let leaf = ground.get(&format!("/api/v1/entries/{seq}"), &adviser).await.body;
    assert!(!leaf.contains("Zarambo"), "the leaf only commits to it");
}

#[tokio::test]
async fn f50_a_file_follows_the_signal_that_carries_it() {
    let (mut ground, [analyst, adviser], _) = two_stories();
    let upload = |cookie: &str, id: &str| {
        request("POST", "/api/v1/attachments", cookie)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header("x-name", "capture%20d%27%C3%A9cran.png")
            .header("x-client-id", id)
            .body(Body::from("\u{89}PNG not really"))
            .expect("a request")
    };
    let kept = ground.ask(upload(&adviser, ID)).await;
    assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.body);
    assert_eq!(kept.json()["media_type"], "application/octet-stream", "what the bytes say, not the name");
    assert_eq!(ground.ask(upload(&adviser, ID)).await.status, StatusCode::OK, "the same again");
    let path = format!("/api/v1/attachments/{ID}");
    assert_eq!(ground.get(&path, &adviser).await.status, StatusCode::OK, "whoever brought it");
    assert_eq!(ground.get(&path, &analyst).await.status, StatusCode::NOT_FOUND);

    let signal = json!({ "client_id": ID, "kind": "document", "text": "", "seen_unknown": true,
        "source": "closed", "attachments": [ID] });
    let added = ground.post("/api/v1/signals", &adviser, signal.clone()).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let again = ground.post("/api/v1/signals", &adviser, signal).await;
    assert_eq!((again.status, &again.json()["id"]), (StatusCode::OK, &added.json()["id"]));
    let file = ground.get(&path, &adviser).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.headers[header::CONTENT_DISPOSITION].to_str().expect("text").starts_with("attachment"));
    assert_eq!(ground.get(&path, &analyst).await.status, StatusCode::NOT_FOUND);

    ground.source("main", Connector::Hand, Compartment::Operations);
    let stolen = json!({ "client_id": "01928374-0000-7000-8000-000000000002", "kind": "document", "text": "x",
        "seen_unknown": true, "source": "main", "attachments": [ID] });
    let refused = ground.post("/api/v1/signals", &analyst, stolen).await;
    assert_eq!(refused.code(), "VG-SERVER-002", "cannot be pulled into the open by naming it");
    let _ = ground.account("x", Role::Visitor, &[]);
}

#[tokio::test]
async fn f50_a_restricted_narrative_takes_no_label_that_the_queue_would_show() {
    let mut ground = Ground::new(false);
    ground.source("closed", Connector::Intake, Compartment::Protection);
    let (_, adviser) = ground.person("lea", Role::ProtectionAdviser, &[Compartment::Protection]);
    let (_, narrative) = ground.story("closed", "Une famille de Kassodé a reçu des menaces cette nuit.");
    let act = json!({ "do": "label", "narratives": [narrative.to_string()], "label": "famille de Kassodé" });
    let answer = ground.post("/api/v1/acts", &adviser, act).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.code());
    let act = json!({ "do": "triage", "narratives": [narrative.to_string()], "decision": "relevant" });
    assert_eq!(ground.post("/api/v1/acts", &adviser, act).await.status, StatusCode::OK);
}
