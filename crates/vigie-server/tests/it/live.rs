//! What open screens are told, and what they are not.

use crate::ground::{Ground, request};
use axum::body::{Body, BodyDataStream};
use axum::http::StatusCode;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, timeout};
use vigie_model::{Compartment, Connector, Role};

/// One message of the stream.
#[derive(Debug, Clone)]
pub struct Told {
    pub event: String,
    id: Option<u64>,
    pub data: Value,
}

pub struct Screen {
    body: BodyDataStream,
    read: String,
}

impl Screen {
    pub async fn open(ground: &Ground, cookie: &str, query: &str) -> Self {
        let request = request("GET", &format!("/api/v1/live{query}"), cookie);
        let request = request.body(Body::empty()).expect("a request");
        let response = tower::ServiceExt::oneshot(ground.router.clone(), request).await.expect("infallible");
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(
            !response.headers().contains_key("content-encoding"),
            "a packed stream would wait for its packer"
        );
        Self { body: response.into_body().into_data_stream(), read: String::new() }
    }

    /// The next message; `None` where the stream has ended, or nothing came in `wait`.
    pub async fn next(&mut self, wait: Duration) -> Option<Told> {
        loop {
            if let Some((one, rest)) = self.read.split_once("\n\n") {
                let (one, rest) = (one.to_owned(), rest.to_owned());
                self.read = rest;
                if let Some(told) = read(&one) {
                    return Some(told);
                }
                continue;
            }
            let chunk = timeout(wait, self.body.next()).await.ok()??;
            self.read.push_str(&String::from_utf8_lossy(&chunk.expect("a chunk")));
        }
    }

    pub async fn until(&mut self, event: &str) -> Told {
        for _ in 0..20 {
            let told = self.next(Duration::from_secs(3)).await.expect("a message");
            if told.event == event {
                return told;
            }
        }
        panic!("no `{event}` came");
    }
}

fn read(text: &str) -> Option<Told> {
    let field = |name: &str| {
        let lines = text.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        lines.map(str::to_owned).next()
    };
    let event = field("event")?;
    let data = serde_json::from_str(&field("data")?).expect("data is JSON");
    Some(Told { event, id: field("id").and_then(|id| id.parse().ok()), data })
}

fn ground() -> Ground {
    let ground = Ground::new(false);
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    ground.source("closed", Connector::Hand, Compartment::Protection);
    ground
}

pub fn size(ground: &Ground) -> u64 {
    ground.store.read(vigie_store::Views::size).expect("views")
}

#[tokio::test]
async fn a_new_story_is_told_at_once_and_the_link_first() {
    let mut ground = ground();
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let mut screen = Screen::open(&ground, &cookie, &format!("?since={}", size(&ground))).await;
    assert_eq!(screen.next(Duration::from_secs(1)).await.expect("the link").event, "link");
    let (_, narrative) = ground.story("radio-birao", "Le pont de Bémori est coupé.");
    let told = screen.until("rows").await;
    let row = &told.data["rows"][0];
    assert_eq!((row["id"].as_str(), row["count"].as_u64()), (Some(narrative.to_string().as_str()), Some(1)));
    assert_eq!(row["head"], "Le pont de Bémori est coupé.");
    assert_eq!(told.id, Some(size(&ground)));
}

#[tokio::test]
async fn a_screen_that_was_away_goes_on_where_it_was() {
    let mut ground = ground();
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let known = size(&ground);
    let (_, first) = ground.story("radio-birao", "Le pont est coupé.");
    let mut screen = Screen::open(&ground, &cookie, &format!("?since={known}")).await;
    let told = screen.until("rows").await;
    assert_eq!(told.data["rows"][0]["id"], first.to_string());
    drop(screen);

    let (_, second) = ground.story("radio-birao", "Le marché a fermé.");
    let back =
        request("GET", "/api/v1/live?since=0", &cookie).header("last-event-id", told.id.expect("an id"));
    let response =
        tower::ServiceExt::oneshot(ground.router.clone(), back.body(Body::empty()).expect("a request"));
    let body = response.await.expect("infallible").into_body().into_data_stream();
    let mut screen = Screen { body, read: String::new() };
    let rows = screen.until("rows").await.data["rows"].as_array().expect("rows").clone();
    assert_eq!(rows.len(), 1, "nothing twice");
    assert_eq!(rows[0]["id"], second.to_string());

    let mut stranger = Screen::open(&ground, &cookie, "?since=999999").await;
    assert_eq!(
        stranger.next(Duration::from_secs(1)).await.expect("told").event,
        "reset",
        "it knows another journal"
    );
}

#[tokio::test]
async fn f50_nobody_hears_of_what_they_may_not_see() {
    let mut ground = ground();
    let (_, analyst) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (_, adviser) = ground.person(
        "conseiller",
        Role::ProtectionAdviser,
        &[Compartment::Operations, Compartment::Protection],
    );
    let (_, liaison) = ground.person("issa", Role::LiaisonAssistant, &[Compartment::Operations]);
    let since = format!("?since={}", size(&ground));
    let mut open = Screen::open(&ground, &analyst, &since).await;
    let mut all = Screen::open(&ground, &adviser, &since).await;
    let mut none = Screen::open(&ground, &liaison, &since).await;
    let (_, hidden) = ground.story("closed", "La famille Zarambo se cache à Kassodé.");
    let heard = all.until("rows").await;
    assert_eq!(heard.data["rows"][0]["id"], hidden.to_string());
    assert!(
        heard.data["rows"][0].get("head").is_none(),
        "content of restricted stories stays out of the stream"
    );
    ground.commit(vigie_model::Event::LinkChanged(vigie_model::LinkChanged { up: false }));
    loop {
        let told = open.next(Duration::from_secs(2)).await.expect("the link at least");
        assert!(!told.data.to_string().contains(&hidden.to_string()), "{told:?}");
        if told.event == "link" && told.data["up"] == false {
            break;
        }
        assert!(told.event == "link" || told.event == "health", "not even an empty message: {told:?}");
    }
    while let Some(told) = none.next(Duration::from_millis(700)).await {
        assert_eq!(told.event, "link", "no queue, no log, no sources for this role");
    }
}

#[tokio::test]
async fn a_story_that_went_into_another_leaves_the_list() {
    let mut ground = ground();
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let (_, older) = ground.story("radio-birao", "Le pont de Bémori est coupé.");
    let (_, younger) = ground.story("radio-birao", "Le po-nt de Bé-mori est co-upé.");
    let mut screen = Screen::open(&ground, &cookie, &format!("?since={}", size(&ground))).await;
    ground.linking("radio-birao", "Le pont de Bémori est coupé, dit-on.", older, younger);
    let told = screen.until("rows").await;
    assert_eq!(told.data["gone"], json!([{ "id": younger.to_string(), "moved_to": older.to_string() }]));
    let rows = told.data["rows"].as_array().expect("rows");
    assert_eq!((rows.len(), &rows[0]["id"], &rows[0]["count"]), (1, &json!(older.to_string()), &json!(3)));
    let page = ground.get(&format!("/api/v1/narratives/{younger}"), &cookie).await.json();
    assert_eq!(page, json!({ "moved_to": older.to_string() }));
    let why = ground.get(&format!("/api/v1/narratives/{younger}/why"), &cookie).await.json();
    assert_eq!(why["variants"].as_array().expect("wordings").len(), 3);
}

#[tokio::test]
async fn the_duty_log_is_told_as_it_is_written() {
    let mut ground = ground();
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let mut screen = Screen::open(&ground, &cookie, "").await;
    let note = json!({ "client_id": "01928374-0000-7000-8000-000000000001", "text": "Relève faite." });
    ground.post("/api/v1/notes", &cookie, note).await;
    let told = screen.until("note").await;
    assert_eq!(told.data["notes"][0]["text"], "Relève faite.");
    assert_eq!(told.data["notes"][0]["by"]["display"], "amina N.");
}

#[tokio::test]
async fn who_is_shut_out_is_cut_off_at_once() {
    let mut ground = ground();
    let (id, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let (_, admin) = ground.person("chef", Role::Administrator, &[Compartment::Operations]);
    let mut screen = Screen::open(&ground, &cookie, "").await;
    assert_eq!(screen.until("link").await.data["up"], true);
    let revoked = ground.post(&format!("/api/v1/users/{id}/revoke"), &admin, json!({})).await;
    assert_eq!(revoked.status, StatusCode::NO_CONTENT);
    let ended = timeout(Duration::from_secs(2), async {
        while screen.next(Duration::from_secs(2)).await.is_some() {}
    });
    ended.await.expect("the stream ends");
    assert_eq!(ground.get("/api/v1/live", &cookie).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn f17_a_slow_screen_is_told_and_cut_off_and_others_do_not_notice() {
    let mut ground = ground();
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let (_, admin) = ground.person("chef", Role::Administrator, &[Compartment::Operations]);
    let mut slow = Screen::open(&ground, &cookie, "").await;
    let mut quick = Screen::open(&ground, &cookie, "").await;
    let mut heard = 0;
    for n in 0..20 {
        ground.story("radio-birao", &format!("Histoire {n} du puits."));
        heard += quick.until("rows").await.data["rows"].as_array().expect("rows").len();
    }
    assert!(heard >= 20, "the quick one heard of every story: {heard}");
    let mut last = None;
    while let Some(told) = slow.next(Duration::from_secs(1)).await {
        last = Some(told);
    }
    assert_eq!(last.expect("told").event, "reset", "and then the end");
    let process = ground.get("/api/v1/journal", &admin).await.json()["process"].clone();
    assert_eq!(
        (process["cut_off"].as_u64(), process["screens"].as_u64()),
        (Some(1), Some(1)),
        "the slow one left"
    );
}

#[tokio::test]
async fn a_flood_is_at_most_four_messages_a_second_and_each_item_400_bytes() {
    let mut ground = ground();
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let mut screen = Screen::open(&ground, &cookie, "").await;
    screen.until("link").await;
    let store = ground.store.clone();
    let flood = tokio::task::spawn_blocking(move || {
        for n in 0..200 {
            let text = format!(
                "قالت الناس إن القافلة رقم {n} مرت من السوق صباح اليوم ولم تتوقف عند الحاجز القديم أبدا"
            );
            ground.story("radio-birao", &text.repeat(3));
            std::thread::sleep(Duration::from_millis(10));
        }
        ground
    });
    let since = Instant::now();
    let mut messages = 0;
    let mut told_of = std::collections::BTreeSet::new();
    while let Some(told) = screen.next(Duration::from_millis(900)).await {
        messages += 1;
        for row in told.data["rows"].as_array().into_iter().flatten() {
            assert!(row.to_string().len() <= 400, "{} bytes", row.to_string().len());
            assert!(row["head"].as_str().expect("a head").ends_with('…'));
            told_of.insert(row["id"].to_string());
        }
    }
    let ground = flood.await.expect("the flood ends");
    assert_eq!(told_of.len(), 200, "every story");
    // Four a second, and one at once after a quiet moment.
    let allowed = since.elapsed().as_secs_f64() * 4.0 + 1.0;
    assert!(f64::from(messages) <= allowed, "{messages} messages, {allowed} allowed");
    drop((ground, store));
}

/// Who has no part in communications hears of requests and not of facts; who reads texts and not the desk, the other way
/// round.
#[tokio::test]
async fn records_of_the_desk_are_told_to_those_who_may_see_them() {
    use vigie_model::{Asked, Event, FactDrafted, FactId, RequestId, RequestOpened, Statement};
    let mut ground = ground();
    let operations = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]).1;
    let communications = ground.person("sango", Role::Verifier, &[Compartment::Communications]).1;
    let mut desk = Screen::open(&ground, &operations, "").await;
    let mut texts = Screen::open(&ground, &communications, "").await;
    desk.until("link").await;
    texts.until("link").await;
    let until = "2026-11-25T05:00:00Z".parse().expect("a time");
    let (request, fact) =
        (RequestId::new(1_795_000_000_000, [1; 10]), FactId::new(1_795_000_000_000, [2; 10]));
    let asked = Asked {
        to: "sector-east".parse().expect("a function"),
        call_tree: Vec::new(),
        answer_within_min: 30,
        due: until,
    };
    ground.commit(Event::RequestOpened(RequestOpened {
        id: request,
        narrative: None,
        recheck: None,
        question: "Que portait le convoi ?".to_owned(),
        asked,
    }));
    ground.commit(Event::FactDrafted(FactDrafted {
        id: fact,
        statements: vec![Statement { lang: "fr".to_owned(), text: "Du carburant.".to_owned() }],
        source: "bordereau".to_owned(),
        request: None,
        valid_from: until,
        valid_until: until,
        replaces: None,
    }));
    let told = desk.until("desk").await;
    assert_eq!(told.data["changed"], json!([{ "kind": "request", "id": request.to_string() }]));
    let told = texts.until("desk").await;
    assert_eq!(told.data["changed"], json!([{ "kind": "fact", "id": fact.to_string() }]));
    // Other messages may come by; of the desk nothing more, not even that there is more.
    while let Some(told) = desk.next(Duration::from_millis(600)).await {
        assert_ne!(told.event, "desk", "{}", told.data);
    }
}

#[tokio::test]
async fn f50_what_one_may_read_no_longer_leaves_the_screen_and_others_hear_nothing_of_it() {
    let mut ground = ground();
    let conduct = [Compartment::Operations, Compartment::Conduct];
    let (_, analyst) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (_, adviser) = ground.person("conduite", Role::ProtectionAdviser, &conduct);
    let (_, elsewhere) = ground.person("ailleurs", Role::Analyst, &[Compartment::Protection]);
    let (_, story) = ground.story("radio-birao", "Un soldat de la base a pris de l'argent.");
    let since = format!("?since={}", size(&ground));
    let mut before = Screen::open(&ground, &analyst, &since).await;
    let mut inside = Screen::open(&ground, &adviser, &since).await;
    let mut never = Screen::open(&ground, &elsewhere, &since).await;
    let restrict = json!({ "to": ["conduct"], "reason": "plainte" });
    let done = ground.post(&format!("/api/v1/narratives/{story}/restrict"), &analyst, restrict).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.body);
    let told = before.until("rows").await;
    assert_eq!((&told.data["rows"], &told.data["gone"]), (&json!([]), &json!([{ "id": story.to_string() }])));
    let kept = inside.until("rows").await;
    assert_eq!(kept.data["rows"][0]["id"], story.to_string());
    assert!(kept.data.get("gone").is_none() && kept.data["rows"][0].get("head").is_none(), "{}", kept.data);
    while let Some(told) = never.next(Duration::from_millis(700)).await {
        assert_ne!(told.event, "rows", "who never could read it hears nothing: {told:?}");
    }
    // A screen that was away meanwhile is told when it comes back.
    let mut back = Screen::open(&ground, &analyst, &since).await;
    assert_eq!(back.until("rows").await.data["gone"], json!([{ "id": story.to_string() }]));
}
