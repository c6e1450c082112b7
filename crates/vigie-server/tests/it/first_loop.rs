//! The first loop as people of different roles walk it: asked, answered, established, written, verified, cleared, out.

use crate::ground::{Answer, Ground, HOST, request};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use vigie_model::{Compartment, Connector, Level, NarrativeId, Role};

const BOTH: [Compartment; 2] = [Compartment::Operations, Compartment::Communications];
const LATER: &str = "2026-11-22T11:00:00Z";
const TOMORROW: &str = "2026-11-23T05:00:00Z";

pub fn id(n: u32) -> String {
    format!("01928374-0000-7000-8000-{n:012}")
}

/// The people of one site.
pub struct People {
    pub ground: Ground,
    pub analyst: String,
    pub sector: String,
    pub officer: String,
    pub second: String,
    pub chief: String,
    pub verifier: String,
    pub admin: String,
    pub visitor: String,
    pub story: NarrativeId,
}

pub fn ok(answer: &Answer) -> Value {
    assert!(answer.status.is_success(), "{}: {}", answer.status, answer.body);
    if answer.body.is_empty() { Value::Null } else { answer.json() }
}

fn refused(answer: &Answer) -> (StatusCode, String) {
    (answer.status, answer.json()["message"].as_str().unwrap_or_default().to_owned())
}

async fn site() -> People {
    site_as(false).await
}

/// The same; sessions of a demo store go by the real clock, so that days may pass in one.
pub async fn site_as(demo: bool) -> People {
    let mut ground = Ground::new(demo);
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    let (_, story) = ground.story("radio-birao", "Le convoi portait des armes pour les rebelles.");
    let analyst = ground.person("analyste", Role::Analyst, &BOTH).1;
    let (sector_id, sector) = ground.person_at("secteur", Role::Operations, &BOTH, Level::Decide);
    let officer = ground.person_at("comm", Role::CommunicationsOfficer, &BOTH, Level::Decide).1;
    let second = ground.person_at("comm2", Role::CommunicationsOfficer, &BOTH, Level::Decide).1;
    let (chief_id, chief) = ground.person_at("porte-parole", Role::Spokesperson, &BOTH, Level::Decide);
    let (verifier_id, verifier) = ground.person("sango", Role::Verifier, &BOTH);
    let admin = ground.person("admin", Role::Administrator, &[Compartment::Operations]).1;
    let visitor = ground.person("visiteur", Role::Visitor, &BOTH).1;
    for (function, name, holder) in
        [("sector-east", "Sector East", sector_id), ("spokesperson", "Spokesperson", chief_id)]
    {
        let body = json!({ "id": function, "name_en": name, "name_fr": format!("{name} (fr)"),
            "component": "civilian", "holders": [holder.to_string()] });
        ok(&ground.post("/api/v1/functions", &admin, body).await);
    }
    for lang in ["fr", "en", "sg"] {
        let body = json!({ "user": verifier_id.to_string(), "lang": lang });
        ok(&ground.post("/api/v1/verifiers", &admin, body).await);
    }
    People { ground, analyst, sector, officer, second, chief, verifier, admin, visitor, story }
}

fn asked(to: &str) -> Value {
    json!({ "to": to, "call_tree": [], "answer_within_min": 30, "due": LATER })
}

fn text(lang: &str, form: &str, sentence: &str, fact: &str) -> Value {
    json!({ "lang": lang, "form": form, "sentences": [{ "text": sentence, "facts": [fact] }] })
}

impl People {
    pub async fn request(&self, n: u32) -> Value {
        let body = json!({ "client_id": id(n), "narrative": self.story.to_string(),
            "question": "Que portait le convoi de mardi ?", "asked": asked("sector-east") });
        ok(&self.ground.post("/api/v1/requests", &self.analyst, body).await)
    }

    /// A fact that a second person approved; gives its id.
    pub async fn fact(&self, n: u32, until: &str) -> String {
        let body = json!({ "client_id": id(n), "source": "bordereau 117", "valid_until": until,
            "statements": [{ "lang": "fr", "text": "Le convoi portait du carburant." }] });
        let fact = ok(&self.ground.post("/api/v1/facts", &self.officer, body).await);
        let approve = json!({ "hash": fact["hash"] });
        ok(&self.ground.post(&format!("/api/v1/facts/{}/approve", id(n)), &self.chief, approve).await);
        id(n)
    }

    pub async fn response(&self, n: u32) -> Value {
        let body = json!({ "client_id": id(n), "title": "Carburant", "due": TOMORROW, "chain": ["spokesperson"],
            "origin": { "from": "narrative", "narrative": self.story.to_string() } });
        ok(&self.ground.post("/api/v1/responses", &self.officer, body).await)
    }

    pub async fn draft(&self, who: &str, response: u32, message: u32, base: u32, texts: Value) -> Answer {
        let body = json!({ "client_id": id(message), "base": base, "texts": texts });
        self.ground.post(&format!("/api/v1/responses/{}/messages", id(response)), who, body).await
    }

    pub async fn message(&self, who: &str, n: u32) -> Value {
        ok(&self.ground.get(&format!("/api/v1/messages/{}", id(n)), who).await)
    }

    pub async fn verify_all(&self, n: u32) {
        for lang in self.message(&self.verifier, n).await["langs"].as_array().expect("languages") {
            let body = json!({ "lang": lang["lang"], "hash": lang["hash"] });
            ok(&self.ground.post(&format!("/api/v1/messages/{}/verify", id(n)), &self.verifier, body).await);
        }
    }

    pub async fn clear(&self, who: &str, n: u32) -> Answer {
        let hash = self.message(who, n).await["hash"].clone();
        self.ground.post(&format!("/api/v1/messages/{}/clear", id(n)), who, json!({ "hash": hash })).await
    }

    pub async fn release(&self, who: &str, n: u32, release: u32) -> Answer {
        let hash = self.message(who, n).await["hash"].clone();
        let body = json!({ "client_id": id(release), "hash": hash, "texts": [["fr", "sms"]], "channel": "print",
            "recipients": { "to": "audience", "audience": "marché de Kassodé" },
            "purpose": "répondre à la rumeur", "expires_at": TOMORROW });
        self.ground.post(&format!("/api/v1/messages/{}/release", id(n)), who, body).await
    }

    /// A message about the story, as far as its release; gives the fact behind it.
    pub async fn out(&self) -> String {
        let fact = self.fact(20, "2026-11-25T05:00:00Z").await;
        self.response(30).await;
        let texts = json!([text("fr", "sms", "Le convoi portait du carburant.", &fact)]);
        ok(&self.draft(&self.officer, 30, 40, 0, texts).await);
        self.verify_all(40).await;
        ok(&self.clear(&self.chief, 40).await);
        ok(&self.release(&self.officer, 40, 50).await);
        fact
    }

    pub async fn story_loop(&self, who: &str) -> Value {
        ok(&self.ground.get(&format!("/api/v1/narratives/{}/loop", self.story), who).await)
    }
}

#[tokio::test]
async fn from_a_false_story_to_an_approved_answer_with_a_clock_on_every_step() {
    let p = site().await;
    let fresh = p.story_loop(&p.analyst).await;
    assert_eq!(fresh["clock"]["sentence"], "Known less than 1 h. Verified: no. Answered: no.");

    let judged =
        json!({ "client_id": id(1), "truth": "unverified", "class": "misinformation", "harm": "serious" });
    let standing =
        ok(&p.ground.post(&format!("/api/v1/narratives/{}/judgements", p.story), &p.analyst, judged).await);
    assert_eq!((&standing["class"], &standing["hostile"]), (&json!("misinformation"), &json!(true)));

    let asked = p.request(10).await;
    assert_eq!(
        (asked["state"].as_str(), asked["by"]["display"].as_str()),
        (Some("waiting"), Some("analyste N."))
    );
    assert_eq!(p.request(10).await["code"], asked["code"], "F19: sent again is the same request");
    let waiting = p.story_loop(&p.analyst).await;
    assert_eq!(waiting["clock"]["waits_for"], "Sector East");
    assert!(waiting["clock"]["sentence"].as_str().expect("words").ends_with("Waits for Sector East."));

    let mine = ok(&p.ground.get("/api/v1/requests?mine=true&open=true", &p.sector).await);
    assert_eq!((mine["total"].as_u64(), &mine["items"][0]["id"]), (Some(1), &json!(id(10))));
    assert_eq!(ok(&p.ground.get("/api/v1/requests?mine=true", &p.analyst).await)["total"], 0);
    let ack = json!({ "function": "sector-east" });
    let object = format!("/api/v1/duties/request:{}", id(10));
    let stranger = p.ground.post(&format!("{object}/acknowledge"), &p.analyst, ack.clone()).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN, "{}", stranger.body);
    ok(&p.ground.post(&format!("{object}/acknowledge"), &p.sector, ack).await);
    p.ground.later(3_600);
    let reply = json!({ "reply": "Le convoi portait du carburant.", "via": "radio", "from": "sector-east",
        "source": "bordereau 117", "lang": "fr", "valid_until": "2026-11-25T05:00:00Z" });
    let answer = format!("/api/v1/requests/{}/answer", id(10));
    let answered = ok(&p.ground.post(&answer, &p.sector, reply.clone()).await);
    let fact = answered["answer"]["fact"].as_str().expect("a draft fact").to_owned();
    assert_eq!(answered["state"], "closed");
    ok(&p.ground.post(&answer, &p.sector, reply).await);
    let facts = ok(&p.ground.get("/api/v1/facts?open=true", &p.officer).await);
    assert_eq!((facts["total"].as_u64(), &facts["items"][0]["request"]), (Some(1), &json!(id(10))));
    let leaves = p.ground.leaves();
    let at = leaves.iter().position(|(kind, _)| kind == "request.answered").expect("an entry");
    assert_eq!(leaves[at + 1].0, "fact.drafted", "in the same breath");

    // Whoever wrote the reply down does not approve it.
    let hash = facts["items"][0]["hash"].clone();
    let approve = format!("/api/v1/facts/{fact}/approve");
    let own = p.ground.post(&approve, &p.sector, json!({ "hash": hash })).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    let live = ok(&p.ground.post(&approve, &p.chief, json!({ "hash": hash })).await);
    assert_eq!(live["state"], "live");
    assert!(p.story_loop(&p.analyst).await["clock"]["t2"].is_string(), "T2: the unit that knows has spoken");

    p.response(30).await;
    let sentence = "Le convoi portait du carburant.";
    let texts = json!([
        text("fr", "sms", sentence, &fact),
        text("en", "sms", "The convoy carried fuel.", &fact),
        text("sg", "radio-script", "Convoi ayeke na essence.", &fact)
    ]);
    let drafted = ok(&p.draft(&p.officer, 30, 40, 0, texts.clone()).await);
    assert_eq!(drafted["waits"], json!({ "step": "verified", "lang": "fr" }));
    assert_eq!(drafted["texts"][0]["sms"]["coding"], "gsm-7");
    let again = p.draft(&p.officer, 30, 40, 0, texts).await;
    assert_eq!(
        (again.status, &again.json()["revision"]),
        (StatusCode::OK, &json!(1)),
        "sent again after a cut"
    );
    let situation = ok(&p.ground.get("/api/v1/situation", &p.verifier).await);
    assert_eq!(situation["mine"][0]["verify"], "fr", "the verifier sees what waits for them");

    let early = p.clear(&p.chief, 40).await;
    assert!(refused(&early).1.contains("Nobody answers yet for fr"), "{}", early.body);
    p.verify_all(40).await;
    assert_eq!(p.message(&p.chief, 40).await["may"]["clear"], true);
    let author = p.clear(&p.officer, 40).await;
    assert!(refused(&author).1.starts_with("You wrote part of this text"), "{}", author.body);
    let other = p.clear(&p.second, 40).await;
    assert!(refused(&other).1.contains("turn of “spokesperson”"), "{}", other.body);
    assert_eq!(p.release(&p.officer, 40, 50).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    p.ground.later(1_800);
    assert_eq!(p.story_loop(&p.analyst).await["clock"]["waits_for"], "Spokesperson");
    let cleared = ok(&p.clear(&p.chief, 40).await);
    assert_eq!(cleared["waits"]["step"], "out");
    p.ground.later(600);
    let out = p.release(&p.officer, 40, 50).await;
    assert_eq!(out.status, StatusCode::CREATED, "{}", out.body);
    assert_eq!(p.release(&p.officer, 40, 50).await.status, StatusCode::OK, "F19: once");
    assert_eq!(p.ground.count("release.made"), 1);

    let told = p.story_loop(&p.analyst).await;
    for step in ["t1", "t2", "t3", "t4"] {
        assert!(told["clock"][step].is_string(), "{step}: {}", told["clock"]);
    }
    assert!(told["clock"]["t2"].as_str() < told["clock"]["t3"].as_str());
    assert!(told["clock"]["t3"].as_str() < told["clock"]["t4"].as_str());
    assert!(told["clock"]["t5"].is_null() && told["clock"]["waits_for"].is_null());
    assert_eq!(told["responses"][0]["stage"], "out");
    let page = ok(&p.ground.get(&format!("/api/v1/narratives/{}", p.story), &p.analyst).await);
    assert_eq!(page["clock"]["answered_at"], told["clock"]["t4"]);
    let months = ok(&p.ground.get("/api/v1/clock?months=3", &p.analyst).await);
    let month = &months["months"][2];
    assert_eq!((month["month"].as_str(), month["stories"].as_u64()), (Some("2026-11"), Some(1)));
    assert!((1.6..1.7).contains(&month["answered_h"].as_f64().expect("hours")), "{month}");
    assert!(months["reference"]["sentence"].as_str().expect("words").contains("26 days"));
    assert!(p.ground.store.read(|views| views.unanswered_for()).expect("views").is_empty(), "R36");

    reports(&p).await;
    let store = p.ground.store.clone();
    let report = store.rebuild(|_| {}).expect("rebuilt");
    assert!(report.equal(), "the views say what the journal says");
}

/// The digest and the shift report after the walk.
async fn reports(p: &People) {
    ok(&p
        .ground
        .post("/api/v1/notes", &p.analyst, json!({ "client_id": id(60), "text": "Marché calme." }))
        .await);
    let digest = ok(&p.ground.get("/api/v1/reports/digest?hours=24", &p.analyst).await);
    let titles: Vec<&str> =
        digest["sections"].as_array().expect("sections").iter().filter_map(|s| s["title"].as_str()).collect();
    assert_eq!(titles, ["Top narratives", "Harm", "Answered", "Not answered", "Coverage gaps"]);
    assert!(
        digest["sections"][1]["lines"][0]["text"].as_str().expect("words").contains("people may be hurt")
    );
    assert_eq!(digest["sections"][2]["lines"].as_array().map(Vec::len), Some(1));
    for report in ["digest", "shift"] {
        let told = ok(&p.ground.get(&format!("/api/v1/reports/{report}?hours=24"), &p.analyst).await);
        for line in told["sections"]
            .as_array()
            .expect("sections")
            .iter()
            .flat_map(|s| s["lines"].as_array().expect("lines"))
        {
            assert!(!line["cites"].as_array().expect("entries").is_empty(), "{report}: {line}");
        }
        let file = p.ground.get(&format!("/api/v1/reports/{report}?format=docx"), &p.analyst).await;
        assert!(file.body.starts_with("PK") && file.body.contains("word/document.xml"));
    }
    let handed = ok(&p.ground.post("/api/v1/watch", &p.analyst, json!({ "remark": "Rien de plus." })).await);
    assert!(handed["seq"].is_u64());
    let shift = ok(&p.ground.get("/api/v1/reports/shift", &p.analyst).await);
    assert_eq!(shift["sections"][2]["lines"], json!([]), "the log starts anew with the hand-over");
    let situation = ok(&p.ground.get("/api/v1/situation", &p.analyst).await);
    assert_eq!((&situation["since"], &situation["changed"]), (&handed["seq"], &json!([])));
}

#[tokio::test]
async fn two_officers_edit_one_draft_and_the_second_gets_both() {
    let p = site().await;
    let fact = p.fact(20, TOMORROW).await;
    p.response(30).await;
    ok(&p.draft(&p.officer, 30, 40, 0, json!([text("fr", "sms", "Un.", &fact)])).await);
    ok(&p.draft(&p.second, 30, 40, 1, json!([text("fr", "sms", "Deux.", &fact)])).await);
    let late = p.draft(&p.officer, 30, 40, 1, json!([text("fr", "sms", "Trois.", &fact)])).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    assert_eq!(late.json()["theirs"]["texts"][0]["text"], "Deux.");
    assert_eq!(late.json()["theirs"]["revision"], 2);
    assert!(late.json()["code"].as_str().expect("a code").starts_with("VG-LOOP-"));
    let bare = p.draft(
        &p.officer,
        30,
        40,
        2,
        json!([{ "lang": "fr", "form": "sms",
        "sentences": [{ "text": "Sans fait.", "facts": [] }] }]),
    );
    assert_eq!(bare.await.status, StatusCode::UNPROCESSABLE_ENTITY, "no sentence without a fact");
}

#[tokio::test]
async fn a_fact_that_expires_after_clearance_stops_the_issue() {
    let p = site().await;
    let fact = p.fact(20, "2026-11-22T06:00:00Z").await;
    p.response(30).await;
    ok(&p.draft(&p.officer, 30, 40, 0, json!([text("fr", "sms", "Le convoi.", &fact)])).await);
    p.verify_all(40).await;
    ok(&p.clear(&p.chief, 40).await);
    p.ground.later(2 * 3_600);
    let stopped = p.release(&p.officer, 40, 50).await;
    assert_eq!(stopped.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stopped.json()["message"].as_str().expect("words").contains("has expired"), "{}", stopped.body);
    assert_eq!(p.ground.count("release.made"), 0);
    assert_eq!(p.message(&p.officer, 40).await["facts"][0]["state"], "expired");
}

#[tokio::test]
async fn who_wrote_a_language_does_not_answer_for_it() {
    let mut p = site().await;
    let fact = p.fact(20, TOMORROW).await;
    let (both, cookie) = p.ground.person_at("ecrit-et-lit", Role::CommunicationsOfficer, &BOTH, Level::Write);
    ok(&p
        .ground
        .post("/api/v1/verifiers", &p.admin, json!({ "user": both.to_string(), "lang": "sg" }))
        .await);
    p.response(30).await;
    let drafted = ok(&p.draft(&cookie, 30, 40, 0, json!([text("sg", "sms", "Kutukutu.", &fact)])).await);
    assert_eq!(drafted["may"]["verify"], json!([]));
    let body = json!({ "lang": "sg", "hash": drafted["langs"][0]["hash"] });
    let own = p.ground.post(&format!("/api/v1/messages/{}/verify", id(40)), &cookie, body).await;
    assert!(refused(&own).1.contains("somebody else answers for it"), "{}", own.body);
    assert_eq!(p.message(&p.verifier, 40).await["may"]["verify"], json!(["sg"]));
}

#[tokio::test]
async fn f50_who_has_no_part_in_communications_finds_nothing_of_it() {
    let mut p = site().await;
    p.out().await;
    let outsider = p.ground.person("hors", Role::Analyst, &[Compartment::Operations]).1;
    for list in ["facts", "responses", "releases", "questions", "plans", "mandates", "approvals"] {
        let page = ok(&p.ground.get(&format!("/api/v1/{list}"), &outsider).await);
        assert_eq!((page["total"].as_u64(), &page["items"]), (Some(0), &json!([])), "{list}");
    }
    let nowhere = p.ground.get(&format!("/api/v1/messages/{}", id(999)), &outsider).await;
    for door in [format!("messages/{}", id(40)), format!("responses/{}", id(30))] {
        let answer = p.ground.get(&format!("/api/v1/{door}"), &outsider).await;
        assert_eq!((answer.status, &answer.body), (StatusCode::NOT_FOUND, &nowhere.body), "{door}");
    }
    let told = p.story_loop(&outsider).await;
    assert_eq!((&told["responses"], &told["questions"]), (&json!([]), &json!([])));
    let situation = ok(&p.ground.get("/api/v1/situation", &outsider).await);
    let kinds: Vec<&str> =
        situation["changed"].as_array().expect("items").iter().filter_map(|i| i["kind"].as_str()).collect();
    assert!(!kinds.iter().any(|kind| ["fact", "response", "message", "release"].contains(kind)), "{kinds:?}");
    let shift = ok(&p.ground.get("/api/v1/reports/shift?hours=24", &outsider).await);
    assert_eq!(shift["sections"][3]["lines"], json!([]), "nothing of what was issued");

    let clear = format!("/api/v1/messages/{}/clear", id(40));
    let hash = p.message(&p.analyst, 40).await["hash"].clone();
    for (who, cookie) in [("analyst", &p.analyst), ("visitor", &p.visitor)] {
        let answer = p.ground.post(&clear, cookie, json!({ "hash": hash })).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{who}: {}", answer.body);
    }
    let writer = json!({ "client_id": id(70), "question": "?", "asked": asked("sector-east") });
    assert_eq!(p.ground.post("/api/v1/requests", &p.visitor, writer).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ok(&p.ground.get("/api/v1/facts", &p.visitor).await)["total"], 1, "a visitor looks");
}

#[tokio::test]
async fn the_correction_travels_when_a_fact_is_withdrawn_or_an_objection_is_right() {
    let p = site().await;
    let fact = p.out().await;
    let withdraw = json!({ "reason": "le bordereau était faux" });
    let gone = ok(&p.ground.post(&format!("/api/v1/facts/{fact}/withdraw"), &p.chief, withdraw).await);
    assert_eq!(gone["state"], "withdrawn");
    let tasks = ok(&p.ground.get("/api/v1/tasks", &p.officer).await);
    assert_eq!(tasks["total"], 1);
    assert!(tasks["items"][0]["what"].as_str().expect("words").contains("S-26-0001"), "{tasks}");
    assert_eq!(
        tasks["items"][0]["duty"]["waits_for"], "spokesperson",
        "no `communication` on this call tree"
    );
    let leaves = p.ground.leaves();
    let at = leaves.iter().position(|(kind, _)| kind == "fact.withdrawn").expect("an entry");
    assert_eq!((leaves[at + 1].0.as_str(), &leaves[at + 1].1["caused_by"]), ("task.opened", &json!(at)));

    let story = format!("/api/v1/narratives/{}", p.story);
    let judged = json!({ "client_id": id(1), "truth": "false", "class": "disinformation", "harm": "some",
        "reasons": "la photo date de 2014" });
    let standing = ok(&p.ground.post(&format!("{story}/judgements"), &p.analyst, judged).await);
    assert_eq!((&standing["class"], &standing["awaits_second"]), (&json!("unknown"), &json!(id(1))));
    let own = p.ground.post(&format!("{story}/second"), &p.analyst, json!({ "judgement": id(1) })).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    let agreed =
        ok(&p.ground.post(&format!("{story}/second"), &p.sector, json!({ "judgement": id(1) })).await);
    assert_eq!((&agreed["class"], &agreed["hostile"]), (&json!("disinformation"), &json!(true)));
    let objection = json!({ "client_id": id(2), "who": "un habitant", "grounds": "c’était bien mardi" });
    ok(&p.ground.post(&format!("{story}/contests"), &p.officer, objection).await);
    let decide = json!({ "contest": id(2), "upheld": true, "reasons": "il a raison" });
    let party = p.ground.post(&format!("{story}/contests/decide"), &p.sector, decide.clone()).await;
    assert!(refused(&party).1.contains("does not decide"), "{}", party.body);
    let right = ok(&p.ground.post(&format!("{story}/contests/decide"), &p.chief, decide).await);
    assert_eq!((&right["class"], &right["hostile"]), (&json!("unknown"), &json!(false)));
    assert_eq!(ok(&p.ground.get("/api/v1/tasks", &p.officer).await)["total"], 2);
}

#[tokio::test]
async fn f50_a_restricted_story_vanishes_for_others_and_takes_nothing_but_judgements() {
    let mut p = site().await;
    p.request(10).await;
    let conduct = [Compartment::Operations, Compartment::Communications, Compartment::Conduct];
    let inside = p.ground.person_at("conduite", Role::ProtectionAdviser, &conduct, Level::Decide).1;
    p.ground.store.index_more(100).expect("indexed");
    let story = format!("/api/v1/narratives/{}", p.story);
    let restrict = json!({ "to": ["conduct"], "reason": "plainte pour inconduite" });
    ok(&p.ground.post(&format!("{story}/restrict"), &p.analyst, restrict).await);
    p.ground.store.index_more(100).expect("indexed");
    for cookie in [&p.analyst, &p.officer, &p.visitor] {
        let queue = ok(&p.ground.get("/api/v1/monitoring", cookie).await);
        assert_eq!(queue["total"], 0);
        assert_eq!(ok(&p.ground.get("/api/v1/monitoring?q=convoi", cookie).await)["total"], 0);
        assert_eq!(p.ground.get(&format!("{story}/loop"), cookie).await.status, StatusCode::NOT_FOUND);
        let situation = ok(&p.ground.get("/api/v1/situation", cookie).await);
        assert_eq!((&situation["counts"]["new"], &situation["changed"]), (&json!(0), &json!([])));
        let by_story = format!("/api/v1/requests?narrative={}", p.story);
        assert_eq!(ok(&p.ground.get(&by_story, cookie).await)["total"], 0);
    }
    let digest = p.ground.get("/api/v1/reports/digest", &p.analyst).await;
    assert!(!digest.body.contains("convoi") && digest.json()["sections"][0]["lines"] == json!([]));
    let judged = json!({ "client_id": id(1), "truth": "unverified", "class": "unknown", "harm": "serious" });
    let blind = p.ground.post(&format!("{story}/judgements"), &p.analyst, judged.clone()).await;
    assert_eq!(blind.status, StatusCode::NOT_FOUND);
    ok(&p.ground.post(&format!("{story}/judgements"), &inside, judged).await);
    let ask = json!({ "client_id": id(11), "narrative": p.story.to_string(), "question": "Qui ?",
        "asked": asked("sector-east") });
    let told = p.ground.post("/api/v1/requests", &inside, ask.clone()).await;
    assert!(refused(&told).1.contains("restricted"), "{}", told.body);
    let hidden = p.ground.post("/api/v1/requests", &p.analyst, ask.clone()).await;
    let mut invented = ask;
    invented["narrative"] = json!(id(999));
    let nowhere = p.ground.post("/api/v1/requests", &p.analyst, invented).await;
    assert_eq!((hidden.status, &hidden.body), (nowhere.status, &nowhere.body), "as if it were not there");
    let report = p.ground.store.rebuild(|_| {}).expect("rebuilt");
    assert!(report.equal());
}

#[tokio::test]
async fn a_french_spreadsheet_of_facts_is_taken_row_by_row() {
    let p = site().await;
    let file = "\u{feff}Énoncé;Langue;Source;Valable jusqu’au\r\n\
        Le pont est réparé à 1,5 km.;fr;génie;22/12/2026\r\n\
        =2+3;fr;registre;22/12/2026\r\n\
        Sans source;fr;;22/12/2026\r\n\
        Trop tard;fr;registre;demain\r\n";
    let send = |cookie: &str| {
        request("POST", "/api/v1/facts/import", cookie)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header(header::CONTENT_TYPE, "text/csv")
            .body(Body::from(file))
            .expect("a request")
    };
    let told = ok(&p.ground.ask(send(&p.officer)).await);
    assert_eq!((told["accepted"].as_u64(), told["known"].as_u64()), (Some(2), Some(0)), "{told}");
    let rows: Vec<u64> =
        told["refused"].as_array().expect("rows").iter().filter_map(|row| row["row"].as_u64()).collect();
    assert_eq!(rows, [4, 5]);
    let again = ok(&p.ground.ask(send(&p.officer)).await);
    assert_eq!((again["accepted"].as_u64(), again["known"].as_u64()), (Some(0), Some(2)), "F15: once");
    let found = ok(&p.ground.get("/api/v1/facts?q=pont", &p.officer).await);
    assert_eq!(found["items"][0]["statements"][0]["text"], "Le pont est réparé à 1,5 km.");
    assert_eq!(found["items"][0]["valid_until"], "2026-12-22T22:59:59.999Z");
    let formula = ok(&p.ground.get("/api/v1/facts?q=2%2B3", &p.officer).await);
    assert_eq!(formula["items"][0]["statements"][0]["text"], "=2+3", "a formula is text");
    assert_eq!(p.ground.ask(send(&p.analyst)).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_mandate_is_found_by_its_words_and_answers_stand_on_it() {
    let p = site().await;
    let load = json!({ "client_id": id(80), "symbol": "S/RES/9999 (2026)", "title": "Mandat inventé", "lang": "fr",
        "paragraphs": [{ "number": "36 (a)", "text": "Protéger les civils menacés." },
            { "number": "36 (b)", "text": "Appuyer les élections." }] });
    ok(&p.ground.post("/api/v1/mandates", &p.officer, load).await);
    let asked = json!({ "client_id": id(81), "text": "Pourquoi la mission n’arrête-t-elle personne ?", "lang": "fr" });
    ok(&p.ground.post("/api/v1/questions", &p.officer, asked).await);
    assert_eq!(ok(&p.ground.get("/api/v1/questions?state=unanswered", &p.officer).await)["total"], 1);
    let answer = json!({ "verdict": "partly", "cites": [{ "mandate": id(80), "number": "36 (a)" }],
        "answers": [{ "lang": "fr", "text": "Elle protège ; arrêter revient à l’État." }] });
    let proposed =
        ok(&p.ground.post(&format!("/api/v1/questions/{}/answer", id(81)), &p.officer, answer).await);
    let approve = json!({ "hash": proposed["answer"]["hash"] });
    let path = format!("/api/v1/questions/{}/approve", id(81));
    assert_eq!(
        p.ground.post(&path, &p.officer, approve.clone()).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    ok(&p.ground.post(&path, &p.chief, approve).await);
    let hits = ok(&p.ground.get("/api/v1/mandates/search?q=civils", &p.visitor).await);
    assert_eq!(hits["items"][0]["number"], "36 (a)");
    assert_eq!(hits["items"][0]["answers"][0]["verdict"], "partly");
    let by_answer = ok(&p.ground.get("/api/v1/mandates/search?q=arr%C3%AAter", &p.visitor).await);
    assert_eq!(by_answer["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn incidents_plans_tasks_and_approvals_are_kept_with_their_versions() {
    let p = site().await;
    let mut incident = json!({ "client_id": id(90), "what": "Tirs en l’air", "seen_at": "2026-11-22T04:00:00Z",
        "precision": "hour", "place": { "name": "Kassodé", "precision": "village" }, "component": "police" });
    assert_eq!(
        p.ground.post("/api/v1/incidents", &p.analyst, incident.clone()).await.status,
        StatusCode::CREATED
    );
    assert_eq!(p.ground.post("/api/v1/incidents", &p.analyst, incident.clone()).await.status, StatusCode::OK);
    incident["who"] = json!("inconnus");
    assert_eq!(ok(&p.ground.post("/api/v1/incidents", &p.sector, incident).await)["version"], 2);
    let plan = json!({ "client_id": id(91), "title": "Élections", "aim": "Dire où voter", "audience": "électeurs",
        "channels": ["radio"], "calendar": [{ "at": TOMORROW, "what": "spot", "channel": "radio" }] });
    ok(&p.ground.post("/api/v1/plans", &p.officer, plan).await);
    let from_plan = json!({ "client_id": id(92), "title": "Spot", "due": TOMORROW, "chain": ["spokesperson"],
        "origin": { "from": "plan", "plan": id(91) } });
    assert_eq!(ok(&p.ground.post("/api/v1/responses", &p.officer, from_plan).await)["stage"], "need");
    let option = json!({ "option": "radio", "reason": "peu de téléphones" });
    let taken = ok(&p.ground.post(&format!("/api/v1/responses/{}/option", id(92)), &p.officer, option).await);
    assert_eq!(taken["option"]["option"], "radio");
    let task = json!({ "client_id": id(93), "what": "Porter les affiches", "component": "military",
        "asked": asked("sector-east"), "about": format!("response:{}", id(92)) });
    ok(&p.ground.post("/api/v1/tasks", &p.officer, task).await);
    let close = json!({ "outcome": "fait" });
    ok(&p.ground.post(&format!("/api/v1/duties/task:{}/close", id(93)), &p.sector, close).await);
    let approval = json!({ "client_id": id(94), "standing": "receipt", "until": TOMORROW,
        "texts": [{ "lang": "fr", "text": "Message reçu." }] });
    assert_eq!(ok(&p.ground.post("/api/v1/approvals", &p.chief, approval).await)["live"], true);
    let ended = ok(&p.ground.post(&format!("/api/v1/approvals/{}/end", id(94)), &p.chief, json!({})).await);
    assert_eq!(ended["live"], false);
    let unknown =
        json!({ "client_id": id(95), "what": "x", "component": "civilian", "asked": asked("nobody") });
    let told = p.ground.post("/api/v1/tasks", &p.officer, unknown).await;
    assert!(refused(&told).1.contains("no function “nobody”"), "{}", told.body);
    let warning = json!({ "client_id": id(96), "kind": "judged", "words": "Foule à la base", "asked": asked("sector-east") });
    ok(&p.ground.post("/api/v1/warnings", &p.analyst, warning).await);
    p.ground.later(7 * 3_600);
    let situation = ok(&p.ground.get("/api/v1/situation", &p.sector).await);
    assert_eq!(situation["overdue"][0]["kind"], "warning");
    assert_eq!(situation["mine"][0]["id"], json!(id(96)));
    assert!(p.ground.store.rebuild(|_| {}).expect("rebuilt").equal());
}

#[tokio::test]
async fn f54_one_account_counts_once_and_only_for_the_words_that_it_read() {
    let p = site().await;
    let fact = p.fact(20, "2026-11-25T05:00:00Z").await;
    let body = json!({ "client_id": id(30), "title": "Carburant", "due": TOMORROW,
        "chain": ["spokesperson", "sector-east"], "origin": { "from": "event", "what": "convoi" } });
    ok(&p.ground.post("/api/v1/responses", &p.officer, body).await);
    ok(&p.draft(&p.officer, 30, 40, 0, json!([text("fr", "post", "Du carburant.", &fact)])).await);
    p.verify_all(40).await;
    let read = p.message(&p.chief, 40).await["hash"].clone();
    ok(&p.clear(&p.chief, 40).await);
    ok(&p.clear(&p.chief, 40).await);
    assert_eq!(p.ground.count("message.cleared"), 1, "clicked twice, counted once");
    let waits = &p.message(&p.chief, 40).await["waits"];
    assert_eq!(waits, &json!({ "step": "cleared", "function": "sector-east" }));
    assert_eq!(p.release(&p.officer, 40, 50).await.status, StatusCode::UNPROCESSABLE_ENTITY, "one of two");

    // The words change under the second person's eyes.
    ok(&p.draft(&p.officer, 30, 40, 1, json!([text("fr", "post", "Du carburant, hier.", &fact)])).await);
    let clear = format!("/api/v1/messages/{}/clear", id(40));
    let late = p.ground.post(&clear, &p.sector, json!({ "hash": read })).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.body);
    p.verify_all(40).await;
    let waits = &p.message(&p.chief, 40).await["waits"];
    assert_eq!(waits["function"], "spokesperson", "the clearance of other words is void");
    ok(&p.clear(&p.chief, 40).await);
    ok(&p.clear(&p.sector, 40).await);
    assert_eq!(p.ground.count("message.cleared"), 3);
    assert_eq!(p.message(&p.chief, 40).await["waits"]["step"], "out");
}

#[tokio::test]
async fn a_reply_by_text_message_never_repeats_the_rumour_a_name_or_a_place() {
    let p = site().await;
    p.ground.commit(vigie_model::Event::GazetteerLoaded(vigie_model::GazetteerLoaded {
        name: "essai".to_owned(),
        part: 0,
        places: vec![
            serde_json::from_value(json!({ "id": "k", "name": "Kassodé", "kind": "village", "lat_deg": 5.0,
                "lon_deg": 20.0, "precision": "village" }))
            .expect("a place"),
        ],
    }));
    let sealed = json!({ "channel": "email", "address": "Z.Kparo@example.org", "name": "Zénaïde Kparo", "code": "CLA-07" });
    let contact = ok(&p.ground.post("/api/v1/contacts", &p.officer, sealed).await);
    assert_eq!(contact["code"], "CLA-07");
    let fact = p.fact(20, "2026-11-25T05:00:00Z").await;
    p.response(30).await;
    let told = [
        ("Le convoi ne portait pas d'armes.", "says again what was asked"),
        ("Du carburant, vu par Zénaïde Kparo.", "names somebody"),
        ("Du carburant, de Kassodé.", "names a place"),
    ];
    for (n, (sentence, why)) in (0..).zip(told) {
        ok(&p.draft(&p.officer, 30, 40, n, json!([text("fr", "sms", sentence, &fact)])).await);
        p.verify_all(40).await;
        let stopped = p.clear(&p.chief, 40).await;
        assert_eq!(stopped.status, StatusCode::UNPROCESSABLE_ENTITY, "{sentence}");
        assert!(refused(&stopped).1.contains(why), "{}", stopped.body);
        for value in ["armes", "Kparo", "Kassod"] {
            assert!(!stopped.body.contains(value), "the class and never the value: {}", stopped.body);
        }
    }
    let posts = json!([
        text("fr", "sms", "Du carburant pour la centrale.", &fact),
        text("fr", "post", "À Kassodé, le convoi ne portait pas d'armes.", &fact)
    ]);
    ok(&p.draft(&p.officer, 30, 40, 3, posts).await);
    p.verify_all(40).await;
    ok(&p.clear(&p.chief, 40).await);

    for (text, why) in [
        ("Merci, Zénaïde Kparo vérifie.", "names somebody"),
        ("Le bureau de Kassodé vérifie.", "names a place"),
    ] {
        let approval = json!({ "client_id": id(94), "standing": "receipt", "until": TOMORROW,
            "texts": [{ "lang": "fr", "text": text }] });
        let stopped = p.ground.post("/api/v1/approvals", &p.chief, approval).await;
        assert!(refused(&stopped).1.contains(why), "{}", stopped.body);
    }
    assert_eq!(p.ground.count("approval.given"), 0);
}

#[tokio::test]
async fn f50_facts_and_drafts_about_a_story_go_where_the_story_goes() {
    let mut p = site().await;
    let conduct = [Compartment::Operations, Compartment::Communications, Compartment::Conduct];
    let inside = p.ground.person_at("conduite", Role::ProtectionAdviser, &conduct, Level::Decide).1;
    p.request(10).await;
    let reply = json!({ "reply": "Le sergent était au marché.", "via": "radio", "from": "sector-east",
        "source": "bordereau 118", "lang": "fr", "valid_until": "2026-11-25T05:00:00Z" });
    let answered = ok(&p.ground.post(&format!("/api/v1/requests/{}/answer", id(10)), &p.sector, reply).await);
    let fact = answered["answer"]["fact"].as_str().expect("a fact").to_owned();
    let other = p.fact(20, "2026-11-25T05:00:00Z").await;
    // A response about something else, whose draft rests on that fact too.
    let body = json!({ "client_id": id(31), "title": "Autre", "due": TOMORROW, "chain": ["spokesperson"],
        "origin": { "from": "event", "what": "visite" } });
    ok(&p.ground.post("/api/v1/responses", &p.officer, body).await);
    ok(&p.draft(&p.officer, 31, 41, 0, json!([text("fr", "post", "Le sergent y était.", &fact)])).await);
    ok(&p.draft(&p.officer, 31, 42, 0, json!([text("fr", "post", "Du carburant.", &other)])).await);
    let since = format!("?since={}", crate::live::size(&p.ground));
    let mut screen = crate::live::Screen::open(&p.ground, &p.officer, &since).await;
    let restrict = json!({ "to": ["conduct"], "reason": "plainte pour inconduite" });
    ok(&p.ground.post(&format!("/api/v1/narratives/{}/restrict", p.story), &p.analyst, restrict).await);

    let told = screen.until("desk").await;
    let gone: Vec<(String, String)> = told.data["gone"]
        .as_array()
        .expect("what left")
        .iter()
        .map(|one| {
            (one["kind"].as_str().expect("a kind").to_owned(), one["id"].as_str().expect("an id").to_owned())
        })
        .collect();
    for (kind, id) in [("fact", fact.clone()), ("message", id(41)), ("request", id(10))] {
        assert!(gone.contains(&(kind.to_owned(), id)), "{kind}: {gone:?}");
    }
    assert!(!gone.contains(&("message".to_owned(), id(42))), "{gone:?}");
    for cookie in [&p.officer, &p.sector, &p.chief, &p.verifier, &inside] {
        let facts = p.ground.get("/api/v1/facts", cookie).await;
        assert!(!facts.body.contains("sergent"), "{}", facts.body);
        let response = p.ground.get(&format!("/api/v1/responses/{}", id(31)), cookie).await;
        assert!(!response.body.contains("sergent"), "{}", response.body);
        let draft = p.ground.get(&format!("/api/v1/messages/{}", id(41)), cookie).await;
        assert_eq!(draft.status, StatusCode::NOT_FOUND);
    }
    let left = ok(&p.ground.get(&format!("/api/v1/responses/{}", id(31)), &p.officer).await);
    assert_eq!(left["messages"].as_array().map(Vec::len), Some(1), "the other draft goes on: {left}");
    let found = p.ground.get("/api/v1/facts?q=sergent", &p.officer).await;
    assert_eq!(found.json()["total"], 0);
    assert!(p.ground.store.rebuild(|_| {}).expect("rebuilt").equal());
}

#[tokio::test]
async fn f55_what_went_to_many_by_mistake_waits_is_taken_back_and_told() {
    let p = site().await;
    let fact = p.fact(20, "2026-11-25T05:00:00Z").await;
    p.response(30).await;
    ok(&p
        .draft(&p.officer, 30, 40, 0, json!([text("fr", "sms", "Du carburant pour la centrale.", &fact)]))
        .await);
    p.verify_all(40).await;
    ok(&p.clear(&p.chief, 40).await);
    let mut contacts = Vec::new();
    for n in 0..25 {
        let sealed = json!({ "channel": "sms", "address": format!("+000 71 00 00 {n:02}"), "code": format!("T-{n:02}") });
        contacts.push(ok(&p.ground.post("/api/v1/contacts", &p.officer, sealed).await)["id"].clone());
    }
    let hash = p.message(&p.officer, 40).await["hash"].clone();
    let body = json!({ "client_id": id(50), "hash": hash, "texts": [["fr", "sms"]], "channel": "sms",
        "recipients": { "to": "contacts", "contacts": contacts }, "purpose": "alerte", "expires_at": TOMORROW });
    ok(&p.ground.post(&format!("/api/v1/messages/{}/release", id(40)), &p.officer, body).await);
    // What the planning engine does: everybody is queued, and the first was sent.
    let release = vigie_model::ReleaseId::from_uuid(id(50).parse().expect("an id"));
    let tried = |n: usize, delivery| {
        let contact = contacts[n].as_str().expect("an id").parse().expect("an id");
        vigie_model::Event::ReleaseTried(vigie_model::ReleaseTried {
            release,
            contact: Some(vigie_model::ContactId::from_uuid(contact)),
            attempt: 0,
            delivery,
            reason: None,
        })
    };
    for n in 0..25 {
        p.ground.commit(tried(n, vigie_model::Delivery::Queued));
    }
    let shown = ok(&p.ground.get("/api/v1/releases", &p.officer).await)["items"][0].clone();
    let held = shown["held_until"].as_str().unwrap_or_default();
    assert!(held.starts_with("2026-11-22T05:02:0"), "time to take it back: {shown}");
    p.ground.commit(tried(0, vigie_model::Delivery::Sent));

    let recall = format!("/api/v1/releases/{}/recall", id(50));
    let reason = json!({ "reason": "ce n'était qu'un exercice" });
    let stranger = p.ground.post(&recall, &p.analyst, reason.clone()).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    let recalled = ok(&p.ground.post(&recall, &p.chief, reason.clone()).await);
    assert_eq!(
        (&recalled["recalled"], &recalled["counts"]["given_up"], &recalled["counts"]["sent"]),
        (&json!(true), &json!(24), &json!(1)),
        "{recalled}"
    );
    let again = p.ground.post(&recall, &p.chief, reason).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
    let tasks = ok(&p.ground.get("/api/v1/tasks", &p.officer).await);
    let what = tasks["items"][0]["what"].as_str().expect("words");
    assert!(what.contains("S-26-0001") && what.contains("exercice"), "those who have it are told: {what}");
    let due = p.ground.store.read(|views| views.to_send(vigie_model::Channel::Sms, 100, |_, _| true));
    assert_eq!(due.expect("views").len(), 0, "nobody is sent it any more");
    assert!(p.ground.store.rebuild(|_| {}).expect("rebuilt").equal());
}

#[tokio::test]
async fn f40_a_report_for_a_spreadsheet_calculates_nothing_and_says_so() {
    let p = site().await;
    for (n, text) in [(60, "=cmd|' /C calc'!A0"), (61, "@SUM(A1)"), (62, "Marché calme.")] {
        let note = json!({ "client_id": id(n), "text": text });
        ok(&p.ground.post("/api/v1/notes", &p.analyst, note).await);
    }
    let open = json!({ "client_id": id(10), "question": "+33 ou -1 ?", "asked": asked("sector-east") });
    ok(&p.ground.post("/api/v1/requests", &p.analyst, open).await);
    let file = p.ground.get("/api/v1/reports/shift?format=csv", &p.analyst).await;
    assert_eq!(file.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert!(file.headers[header::CONTENT_DISPOSITION].to_str().expect("text").ends_with(".csv\""));
    assert!(file.body.contains("Marché calme."), "{}", file.body);
    for line in file.body.trim_start_matches('\u{feff}').lines() {
        for cell in line.split("\",\"") {
            let cell = cell.trim_matches('"');
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{cell:?}");
        }
    }
    let same = ok(&p.ground.get("/api/v1/reports/shift", &p.analyst).await);
    assert!(same.to_string().contains("=cmd|"), "what is stored stays as it was written");
}
