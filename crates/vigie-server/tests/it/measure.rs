//! Two days after an answer: what followed it is counted, said, and asked of liaison assistants.

use crate::first_loop::{People, id, ok, site_as};
use serde_json::{Value, json};
use vigie_model::{Event, IdempotencyKey, Language, LanguageBasis, Reading, Signal, SignalId, SignalKind};
use vigie_server::look_back;
use vigie_store::Clock as _;

const HOUR_S: i64 = 3_600;

impl People {
    /// `n` signals of the story in this hour, by three accounts.
    fn heard(&self, n: u32, count: &mut u64) {
        for i in 0..n {
            *count += 1;
            let mut random = [9; 10];
            random[..8].copy_from_slice(&count.to_be_bytes());
            let signal = SignalId::new(1_795_400_000_000, random);
            self.ground.commit(Event::SignalReceived(Signal {
                id: signal,
                source: "radio-birao".parse().expect("a source id"),
                kind: SignalKind::Post,
                key: IdempotencyKey(format!("again-{count}")),
                text: "Le convoi portait des armes pour les rebelles.".to_owned(),
                author: Some(format!("compte-{}", (u64::from(i) + *count) % 3)),
                url: None,
                lang: Some("fr".to_owned()),
                channel: None,
                place: None,
                seen_at: None,
                reported_at: None,
                sheet: None,
                attachments: Vec::new(),
                raw_base64: None,
                source_ref: None,
            }));
            self.ground.commit(Event::SignalRead(Reading {
                signal,
                narrative: self.story,
                founds: false,
                absorbs: Vec::new(),
                language: Language {
                    tag: "fr".to_owned(),
                    script: "Latn".to_owned(),
                    basis: LanguageBasis::Hint,
                    confidence: None,
                    second: None,
                },
                links: Vec::new(),
                tricks: Vec::new(),
            }));
        }
    }

    /// Hours pass; in each, the story is told a little more or less often than `n` times.
    fn told_for(&self, hours: u32, n: u32, count: &mut u64) {
        for hour in 0..hours {
            self.heard(n + hour % 3 - u32::from(n > 0), count);
            self.ground.later(HOUR_S);
        }
    }

    /// A fact, a response, its text, verified, cleared and out, at the time of the clock.
    async fn answer_now(&self) {
        let now = self.ground.clock.now();
        let at = |hours: i64| (now + jiff::SignedDuration::from_hours(hours)).to_string();
        self.fact(20, &at(72)).await;
        let body = json!({ "client_id": id(30), "title": "Carburant", "due": at(24), "chain": ["spokesperson"],
            "origin": { "from": "narrative", "narrative": self.story.to_string() } });
        ok(&self.ground.post("/api/v1/responses", &self.officer, body).await);
        let texts = json!([{ "lang": "fr", "form": "sms", "sentences": [{ "text": "Le convoi portait du carburant.", "facts": [id(20)] }] }]);
        ok(&self.draft(&self.officer, 30, 40, 0, texts).await);
        self.verify_all(40).await;
        ok(&self.clear(&self.chief, 40).await);
        let hash = self.message(&self.officer, 40).await["hash"].clone();
        let body = json!({ "client_id": id(50), "hash": hash, "texts": [["fr", "sms"]], "channel": "print",
            "recipients": { "to": "audience", "audience": "marché" }, "purpose": "répondre", "expires_at": at(24) });
        ok(&self.ground.post(&format!("/api/v1/messages/{}/release", id(40)), &self.officer, body).await);
    }

    async fn liaison(&self, function: &str) {
        let body = json!({ "id": function, "name_en": format!("Assistant {function}"),
            "name_fr": format!("Assistant {function}"), "component": "civilian", "liaison": true });
        ok(&self.ground.post("/api/v1/functions", &self.admin, body).await);
    }

    async fn effect(&self) -> Value {
        self.story_loop(&self.analyst).await["effects"][0].clone()
    }
}

#[tokio::test]
async fn two_days_after_the_answer_the_page_says_what_followed_once() {
    let p = site_as(true).await;
    p.liaison("cla-birao").await;
    p.liaison("cla-sam").await;
    let mut count = 0;
    p.told_for(100, 4, &mut count);
    let out_at = p.ground.clock.now().to_string();
    p.answer_now().await;
    p.told_for(47, 1, &mut count);
    assert!(!look_back(&p.ground.store).expect("looked"), "not before two days have passed");
    let waiting = p.effect().await;
    assert_eq!(
        (waiting["issued_at"].as_str(), waiting["found"].as_array().map(Vec::len)),
        (Some(out_at.as_str()), Some(0))
    );
    assert!(waiting["due_at"].is_string());
    assert_eq!(p.story_loop(&p.analyst).await["clock"]["t5"], Value::Null);

    p.told_for(2, 1, &mut count);
    let looked_at = p.ground.clock.now().to_string();
    assert!(look_back(&p.ground.store).expect("looked"));
    let entries = p.ground.count("response.measured");
    assert!(!look_back(&p.ground.store).expect("looked"), "what was measured is due no more");
    assert_eq!((entries, p.ground.count("response.measured")), (2, 2), "of signals and of sources, once");

    let effect = p.effect().await;
    let found = &effect["found"][0];
    assert_eq!(
        (found["series"].as_str(), found["verdict"].as_str()),
        (Some("volume"), Some("fell")),
        "{found}"
    );
    let sentence = found["sentence"].as_str().expect("a sentence");
    assert!(sentence.starts_with("After the answer, the number of signals fell by "), "{sentence}");
    assert!(!sentence.contains("because"));
    let bars = effect["bars"].as_array().expect("half days");
    let hours = |after: bool| -> u64 {
        bars.iter().filter(|bar| bar["after"] == after).map(|bar| bar["hours"].as_u64().expect("hours")).sum()
    };
    assert_eq!((hours(false), hours(true)), (100, 48), "the story began 100 hours before its answer");
    assert_eq!(p.story_loop(&p.analyst).await["clock"]["t5"], json!(looked_at), "T5 is that entry's time");
    let response = ok(&p.ground.get(&format!("/api/v1/responses/{}", id(30)), &p.officer).await);
    assert_eq!(
        (response["stage"].as_str(), &response["effect"]["found"]),
        (Some("measured"), &effect["found"])
    );

    let leaf =
        p.ground.leaves().into_iter().find(|(kind, _)| kind == "response.measured").expect("an entry").1;
    assert_eq!(leaf["actor"], json!("model:effect@1"), "{leaf}");
    let cause = leaf["caused_by"].as_u64().expect("a cause");
    assert_eq!(p.ground.leaves()[usize::try_from(cause).expect("small")].0, "release.made");
    assert!(p.ground.store.rebuild(|_| {}).expect("rebuilt").equal(), "views derived again are the same");
}

#[tokio::test]
async fn liaison_assistants_are_asked_whether_it_is_still_told_and_their_replies_stand_beside() {
    let p = site_as(true).await;
    p.liaison("cla-birao").await;
    p.liaison("cla-sam").await;
    p.answer_now().await;
    p.ground.later(48 * HOUR_S);
    assert!(look_back(&p.ground.store).expect("looked"));
    let effect = p.effect().await;
    assert_eq!(effect["found"][0]["verdict"], "not-assessable", "the story is as young as its answer");
    assert_eq!(effect["asked_sentence"], "2 liaison assistants asked: 2 yet to reply.");

    let request = effect["asked"][0]["request"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/requests/{request}/answer");
    let silent = json!({ "reply": "", "via": "radio", "from": "cla-birao" });
    assert_eq!(p.ground.post(&path, &p.analyst, silent).await.code(), "VG-LOOP-082");
    let said = json!({ "told": "less", "reply": "", "via": "radio", "from": "cla-birao" });
    ok(&p.ground.post(&path, &p.analyst, said).await);
    let effect = p.effect().await;
    assert_eq!(effect["asked_sentence"], "2 liaison assistants asked: 1 less, 1 yet to reply.");
    assert_eq!(
        (effect["asked"][0]["told"].as_str(), effect["asked"][0]["via"].as_str()),
        (Some("less"), Some("radio"))
    );
    assert_eq!(p.ground.count("fact.drafted"), 1, "what is told in one place is no fact");
    let asked = ok(&p.ground.get("/api/v1/requests", &p.analyst).await);
    let question = asked["items"][0]["question"].as_str().expect("a question");
    assert!(question.starts_with("Is story N-26-0001 still told where you are?"), "{question}");
    assert!(
        p.story_loop(&p.analyst).await["clock"]["waits_for"].is_null(),
        "what is asked afterwards holds nothing up"
    );
}

#[tokio::test]
async fn medians_are_said_by_month_and_by_function_beside_one_documented_case() {
    let p = site_as(true).await;
    let request = p.request(10).await;
    p.ground.later(3 * HOUR_S);
    let body = json!({ "reply": "Du carburant.", "via": "radio", "from": "sector-east", "source": "bordereau", "lang": "fr",
        "valid_until": "2026-11-28T05:00:00Z" });
    ok(&p
        .ground
        .post(
            &format!("/api/v1/requests/{}/answer", request["id"].as_str().expect("an id")),
            &p.analyst,
            body,
        )
        .await);
    p.answer_now().await;
    p.ground.later(48 * HOUR_S);
    assert!(look_back(&p.ground.store).expect("looked"));
    let clock = ok(&p.ground.get("/api/v1/clock?months=1", &p.analyst).await);
    let month = &clock["months"][0];
    assert_eq!((month["answered_h"].as_f64(), month["measured_h"].as_f64()), (Some(3.0), Some(51.0)));
    let verify: Vec<&Value> = clock["functions"]
        .as_array()
        .expect("functions")
        .iter()
        .filter(|one| one["step"] == "verify")
        .collect();
    assert_eq!(verify.len(), 1);
    assert_eq!(
        (verify[0]["name"].as_str(), verify[0]["median_h"].as_f64()),
        (Some("Sector East"), Some(3.0))
    );
    assert_eq!(
        (clock["reference"]["reply_days"].as_u64(), clock["reference"]["rebuttal_days"].as_u64()),
        (Some(26), Some(55))
    );
}
