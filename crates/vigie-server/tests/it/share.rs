//! A narrative goes to a partner by the hand of a named person: what leaves, what stays, and who can tell afterwards.

use crate::ground::{Ground, START};
use axum::http::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use vigie_model::{
    Actor, Compartment, Compartments, Connector, ContactId, Event, IdempotencyKey, Limits, NarrativeId,
    NarrativeRestricted, Role, Signal, SignalId, SignalKind, Tlp,
};
use vigie_store::Draft;
use vigie_wire::exchange;

const RUMOUR: &str = "Les camions blancs de la base livrent des armes chaque nuit";

/// A signal as a platform gives it; the caller says what differs.
fn signal(n: u8, text: &str, author: &str) -> Signal {
    Signal {
        id: SignalId::new(1_795_323_600_000, [100 + n; 10]),
        source: "open".parse().expect("a source id"),
        kind: SignalKind::Post,
        key: IdempotencyKey(format!("shared-{n}")),
        text: text.to_owned(),
        author: Some(author.to_owned()),
        url: Some(format!("https://reseau.example/{author}/{n}")),
        lang: Some("fr".to_owned()),
        channel: None,
        place: None,
        seen_at: Some(START.parse().expect("a time")),
        reported_at: None,
        sheet: None,
        attachments: Vec::new(),
        raw_base64: None,
        source_ref: None,
    }
}

/// A story of two accounts, with a call, a message of somebody in the vault and a protected report beside them.
fn site() -> (Ground, NarrativeId) {
    let mut ground = Ground::new(false);
    ground.source("open", Connector::Intake, Compartment::Operations);
    ground.source("liaison", Connector::Intake, Compartment::Protection);
    let (_, story) = ground.story("open", RUMOUR);
    let told = |n, text: &str| signal(n, text, "awa_k");
    let seen = "Vu par awa_k et @moussa sur https://reseau.example/awa_k : appelez le +236 70 11 22 33";
    ground.add(signal(1, seen, "radio-du-coin"), story);
    ground.add(Signal { kind: SignalKind::Call, ..told(2, "Une mère appelle la mission") }, story);
    let vault = ContactId::new(1_795_323_600_000, [9; 10]);
    ground.add(Signal { source_ref: Some(vault), ..told(3, "Je vous écris en confiance") }, story);
    ground.add(told(4, RUMOUR), story);
    ground.copy("liaison", "Une famille nommée ici a peur", story);
    (ground, story)
}

fn wish(form: &str, recipient: &str) -> Value {
    json!({ "form": form, "recipient": recipient, "purpose": "répondre à la rumeur" })
}

async fn shared(ground: &Ground, story: NarrativeId, cookie: &str, wish: Value) -> Value {
    let answer = ground.post(&format!("/api/v1/narratives/{story}/share"), cookie, wish).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

fn read(answer: &Value) -> exchange::Story {
    let document = answer["document"].as_str().expect("a document");
    let received = exchange::read(document.as_bytes(), &Limits::EXCHANGE).expect("a document of ours");
    assert_eq!(received.faults, []);
    let [story] = <[exchange::Story; 1]>::try_from(received.stories).expect("one story");
    story
}

fn accounts(story: &exchange::Story) -> BTreeSet<String> {
    story.posts.iter().filter_map(|post| post.account.clone()).collect()
}

#[tokio::test]
async fn what_was_published_leaves_under_pseudonyms_and_what_was_confided_stays() {
    let (mut ground, id) = site();
    let (_, cookie) = ground.person("garde", Role::DutyOfficer, &[Compartment::Operations]);
    for form in ["stix", "misp"] {
        let answer = shared(&ground, id, &cookie, wish(form, "Cellule de Birao")).await;
        let document = answer["document"].as_str().expect("a document");
        for kept in
            ["awa_k", "moussa", "reseau.example", "70 11 22", "mère", "confiance", "famille", "page-du"]
        {
            assert!(!document.contains(kept), "{kept} left in {form}");
        }
        assert_eq!((answer["messages"].clone(), answer["left_out"].clone()), (json!(3), json!(2)), "{form}");
        assert_eq!(answer["sha256"], json!(hex::encode(Sha256::digest(document.as_bytes()))));
        let story = read(&answer);
        assert_eq!((story.posts.len(), story.summary.as_str()), (3, RUMOUR));
        assert_eq!(story.tlp, Some(Tlp::Green));
        assert_eq!(story.terms.as_deref(), Some("Cellule de Birao: répondre à la rumeur"));
        assert_eq!(accounts(&story).len(), 3);
        keep(form, document);
    }
}

/// Leaves the document for the readers that others wrote (`cargo xtask conformance`), where a folder is named for it.
fn keep(form: &str, document: &str) {
    if let Some(folder) = std::env::var_os("VIGIE_EXCHANGE_OUT") {
        let file = std::path::Path::new(&folder).join(format!("{form}.json"));
        std::fs::write(file, document).expect("written");
    }
}

#[tokio::test]
async fn one_recipient_knows_an_account_again_and_two_have_no_name_in_common() {
    let (mut ground, id) = site();
    let (_, cookie) = ground.person("garde", Role::DutyOfficer, &[Compartment::Operations]);
    let first = shared(&ground, id, &cookie, wish("stix", "Cellule de Birao")).await;
    let again = shared(&ground, id, &cookie, wish("misp", " cellule  de BIRAO ")).await;
    let other = shared(&ground, id, &cookie, wish("stix", "Bureau de la presse")).await;
    let (first, again, other) = (read(&first), read(&again), read(&other));
    assert_eq!(accounts(&first), accounts(&again));
    assert_eq!(accounts(&first).intersection(&accounts(&other)).count(), 0);
    let ids = |story: &exchange::Story| story.posts.iter().map(|post| post.id).collect::<BTreeSet<_>>();
    assert_eq!(ids(&first), ids(&again));
    assert_eq!(ids(&first).intersection(&ids(&other)).count(), 0);
}

#[tokio::test]
async fn plain_names_need_a_reason_and_are_for_the_recipient_alone() {
    let (mut ground, id) = site();
    let (_, cookie) = ground.person("garde", Role::DutyOfficer, &[Compartment::Operations]);
    let path = format!("/api/v1/narratives/{id}/share");
    let plain = |reason: &str| {
        let mut wish = wish("stix", "Plateforme");
        wish["accounts"] = json!("plain");
        wish["reason"] = json!(reason);
        wish
    };
    let mute = ground.post(&path, &cookie, plain(" ")).await;
    assert_eq!((mute.status, mute.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "VG-DESK-061"));
    for (lacking, code) in [("recipient", "VG-DESK-059"), ("purpose", "VG-DESK-060")] {
        let mut wish = wish("stix", "Plateforme");
        wish[lacking] = json!("  ");
        assert_eq!(ground.post(&path, &cookie, wish).await.code(), code);
    }
    assert_eq!(ground.count("narrative.shared"), 0);
    let story = read(&shared(&ground, id, &cookie, plain("Elle demande les comptes")).await);
    assert!(accounts(&story).contains("awa_k"), "{:?}", accounts(&story));
    assert!(story.posts.iter().any(|post| post.url.is_some()));
    assert_eq!(story.tlp, Some(Tlp::Amber));
    // Also with names, numbers of people stay covered.
    assert!(story.posts.iter().all(|post| !post.text.contains("70 11 22")));
}

#[tokio::test]
async fn what_is_restricted_never_leaves_and_only_who_may_gives() {
    let (mut ground, id) = site();
    let all = [Compartment::Operations, Compartment::Protection];
    let (_, cookie) = ground.person("garde", Role::DutyOfficer, &all);
    let (_, analyst) = ground.person("analyste", Role::Analyst, &all);
    let path = format!("/api/v1/narratives/{id}/share");
    assert_eq!(ground.post(&path, &analyst, wish("stix", "X")).await.status, StatusCode::FORBIDDEN);
    // Who may read protected signals gives none of them either.
    let answer = shared(&ground, id, &cookie, wish("stix", "X")).await;
    assert!(!answer["document"].as_str().expect("a document").contains("famille"));
    assert_eq!(answer["left_out"], json!(3));
    let to = Compartments::of(&[Compartment::Protection]);
    ground.commit(Event::NarrativeRestricted(NarrativeRestricted {
        narrative: id,
        to,
        reason: "Une famille est nommée".to_owned(),
    }));
    let refused = ground.post(&path, &cookie, wish("stix", "X")).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "VG-DESK-063"));
    let (_, other) = ground.person("autre", Role::DutyOfficer, &[Compartment::Operations]);
    assert_eq!(ground.post(&path, &other, wish("stix", "X")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ground.count("narrative.shared"), 1);
    // The line of what left stays for whoever watches over purposes, without the story that they may not see.
    let (_, officer) = ground.person("dpo", Role::DataProtectionOfficer, &[Compartment::Operations]);
    let lines = ground.get("/api/v1/shares", &officer).await.json();
    assert_eq!(
        (lines["items"][0]["recipient"].clone(), lines["items"][0]["code"].clone()),
        (json!("X"), Value::Null)
    );
}

#[tokio::test]
async fn what_left_stands_in_the_record_in_the_story_and_before_whoever_asks_who_saw_it() {
    let (mut ground, id) = site();
    let (who, cookie) = ground.person("garde", Role::DutyOfficer, &[Compartment::Operations]);
    let answer = shared(&ground, id, &cookie, wish("misp", "Cellule de Birao")).await;
    let seq = answer["seq"].as_u64().expect("an entry");
    let entry = ground.store.entry(seq).expect("an entry");
    assert_eq!(entry.actor, Actor::Human(who));
    let Event::NarrativeShared(said) = entry.event else { panic!("another entry") };
    assert_eq!((said.recipient.as_str(), said.messages), ("Cellule de Birao", 3));
    assert_eq!(json!(said.sha256), answer["sha256"]);
    let story = ground.get(&format!("/api/v1/narratives/{id}"), &cookie).await.json();
    let line = story["history"].as_array().expect("a list").last().expect("a line").clone();
    assert_eq!(
        (line["what"].clone(), line["args"]["detail"].clone()),
        (json!("shared"), json!("Cellule de Birao"))
    );
    // Nobody takes back what has left.
    assert!(
        ground.post(&format!("/api/v1/acts/{seq}/undo"), &cookie, json!({})).await.status.is_client_error()
    );
    let (_, officer) = ground.person("dpo", Role::DataProtectionOfficer, &[Compartment::Operations]);
    let audit = ground.get(&format!("/api/v1/audit?about=narrative:{id}"), &officer).await.json();
    let gave = audit["items"].as_array().expect("a list").iter().find(|row| row["what"] == "shared");
    assert_eq!(gave.expect("a line")["seq"], json!(seq));
    let lines = ground.get("/api/v1/shares", &cookie).await.json();
    let line = &lines["items"][0];
    assert_eq!((line["seq"].clone(), line["purpose"].clone()), (json!(seq), json!("répondre à la rumeur")));
    assert_eq!((line["narrative"].clone(), line["tlp"].clone()), (json!(id.to_string()), json!("green")));
    assert!(ground.store.rebuild(|_| {}).expect("rebuilds").equal());
    assert_eq!(ground.get("/api/v1/shares", &cookie).await.json(), lines);
}

#[tokio::test]
async fn a_story_that_nobody_published_has_nothing_to_give() {
    let (mut ground, _) = site();
    let (_, cookie) = ground.person("garde", Role::DutyOfficer, &[Compartment::Operations]);
    let call = Signal { kind: SignalKind::Call, ..signal(7, "Une femme appelle au secours", "0") };
    let id = NarrativeId::founded_by(call.id);
    ground
        .store
        .commit(vec![Draft::new(Actor::Console, Event::SignalReceived(call.clone()))])
        .expect("recorded");
    ground.read_alone(call.id, id);
    let answer = ground.post(&format!("/api/v1/narratives/{id}/share"), &cookie, wish("stix", "X")).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "VG-DESK-064"));
    assert_eq!(ground.count("narrative.shared"), 0);
}
