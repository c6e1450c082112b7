//! Two stories made one and one made two, by people; what machines say afterwards changes nothing of it.

use crate::ground::Ground;
use axum::http::StatusCode;
use serde_json::{Value, json};
use vigie_model::{Compartment, Connector, NarrativeId, Role, SignalId};

fn site() -> Ground {
    let ground = Ground::new(false);
    ground.source("open", Connector::Intake, Compartment::Operations);
    ground.source("liaison", Connector::Intake, Compartment::Protection);
    ground
}

fn at(id: NarrativeId, what: &str) -> String {
    format!("/api/v1/narratives/{id}{what}")
}

async fn count(ground: &Ground, id: NarrativeId, cookie: &str) -> Value {
    ground.get(&at(id, ""), cookie).await.json()["count"].clone()
}

/// One story in three wordings, one of them told twice.
fn told(ground: &mut Ground) -> (NarrativeId, [SignalId; 4]) {
    let (first, narrative) = ground.story("open", "Des soldats ont livré des caisses au camp.");
    let told = ["Le puits est fermé.", "LE PUITS est fermé !", "Le marché est fermé."];
    let others = told.map(|text| ground.copy("open", text, narrative));
    (narrative, [first, others[0], others[1], others[2]])
}

#[tokio::test]
async fn a_wording_taken_out_is_a_story_of_its_own_and_stays_one() {
    let mut ground = site();
    let (narrative, signals) = told(&mut ground);
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let wish = json!({ "signals": [signals[1].to_string()], "reason": "Il s'agit du puits." });
    let answer = ground.post(&at(narrative, "/part"), &cookie, wish).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let part = NarrativeId::founded_by(signals[1]);
    assert_eq!(answer.json()["narrative"], part.to_string());
    assert_eq!(
        (count(&ground, narrative, &cookie).await, count(&ground, part, &cookie).await),
        (json!(2), json!(2))
    );
    let story = ground.get(&at(part, ""), &cookie).await.json();
    assert_eq!(
        (story["head"].clone(), story["history"][0]["what"].clone()),
        (json!("Le puits est fermé."), json!("parted"))
    );
    let spread = &story["spread"];
    assert_eq!(
        (spread["langs"][0]["name"].clone(), spread["langs"][0]["count"].clone()),
        (json!("fr"), json!(2))
    );
    assert_eq!(
        (spread["kinds"][0]["count"].clone(), spread["langs"].as_array().map(Vec::len)),
        (json!(2), Some(1))
    );
    // An engine that had not heard of it yet says that they are one.
    ground.linking("open", "Des soldats, des caisses, le puits.", narrative, part);
    assert_eq!(
        (count(&ground, narrative, &cookie).await, count(&ground, part, &cookie).await),
        (json!(3), json!(2))
    );
    assert!(ground.store.rebuild(|_| {}).expect("rebuilds").equal());
    assert_eq!(count(&ground, part, &cookie).await, json!(2));
    // Only a person joins them again.
    let wish = json!({ "other": part.to_string(), "reason": "C'était bien la même." });
    let answer = ground.post(&at(narrative, "/join"), &cookie, wish).await;
    assert_eq!(
        (answer.status, answer.json()["narrative"].clone()),
        (StatusCode::OK, json!(narrative.to_string()))
    );
    assert_eq!(count(&ground, narrative, &cookie).await, json!(5));
    assert_eq!(ground.get(&at(part, ""), &cookie).await.json()["moved_to"], narrative.to_string());
    assert!(ground.store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[tokio::test]
async fn the_older_keeps_its_name_and_what_is_read_later_goes_there() {
    let mut ground = site();
    let (_, older) = ground.story("open", "Le pont est fermé.");
    let (_, younger) = ground.story("open", "Daraja limefungwa.");
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let code =
        ground.get(&at(older, ""), &cookie).await.json()["code"].as_str().expect("a code").to_lowercase();
    let answer = ground
        .post(&at(younger, "/join"), &cookie, json!({ "other": code, "reason": "Le même pont." }))
        .await;
    assert_eq!(
        (answer.status, answer.json()["narrative"].clone()),
        (StatusCode::OK, json!(older.to_string()))
    );
    // The engine may still put a copy where it stood before.
    ground.copy("open", "Daraja limefungwa leo.", younger);
    assert_eq!(count(&ground, older, &cookie).await, json!(3));
    assert!(ground.store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[tokio::test]
async fn joining_and_parting_need_a_reason_and_leave_compartments_alone() {
    let mut ground = site();
    let (narrative, signals) = told(&mut ground);
    let (_, hidden) = ground.story("liaison", "A family near the bridge was threatened.");
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (_, both) =
        ground.person("protection", Role::Analyst, &[Compartment::Operations, Compartment::Protection]);
    let cases = [
        ("/part", json!({ "signals": [signals[1].to_string()], "reason": " " }), &cookie, "VG-DESK-056"),
        ("/part", json!({ "signals": [], "reason": "x" }), &cookie, "VG-DESK-053"),
        (
            "/part",
            json!({ "signals": signals.map(|s| s.to_string()), "reason": "x" }),
            &cookie,
            "VG-DESK-054",
        ),
        ("/join", json!({ "other": narrative.to_string(), "reason": "x" }), &cookie, "VG-DESK-050"),
        ("/join", json!({ "other": hidden.to_string(), "reason": "x" }), &both, "VG-DESK-051"),
    ];
    for (what, wish, cookie, code) in cases {
        let answer = ground.post(&at(narrative, what), cookie, wish).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, code),
            "{what}"
        );
    }
    let unseen = json!({ "other": hidden.to_string(), "reason": "x" });
    assert_eq!(ground.post(&at(narrative, "/join"), &cookie, unseen).await.status, StatusCode::NOT_FOUND);
    let closed = json!({ "signals": [signals[0].to_string()], "reason": "x" });
    let answer = ground.post(&at(hidden, "/part"), &both, closed).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "VG-DESK-057"));
    assert_eq!((ground.count("narrative.parted"), ground.count("narrative.joined")), (0, 0));
}

#[tokio::test]
async fn several_become_one_each_an_entry_and_each_can_be_taken_out_again() {
    let mut ground = site();
    let (_, oldest) = ground.story("open", "Le pont est fermé.");
    let (well, second) = ground.story("open", "Daraja limefungwa.");
    ground.copy("open", "DARAJA limefungwa !", second);
    let (_, third) = ground.story("open", "The bridge is closed.");
    let (_, hidden) = ground.story("liaison", "A family near the bridge was threatened.");
    let (_, cookie) = ground.person("analyste", Role::Analyst, &[Compartment::Operations]);
    let (_, both) =
        ground.person("protection", Role::Analyst, &[Compartment::Operations, Compartment::Protection]);
    let all = "/api/v1/narratives/join";
    let wish = |ids: &[NarrativeId], reason: &str| {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        json!({ "narratives": ids, "reason": reason })
    };
    let refused = [
        (wish(&[oldest, oldest], "x"), &cookie, "VG-DESK-070"),
        (wish(&[oldest, second], " "), &cookie, "VG-DESK-052"),
        (wish(&[oldest; 201], "x"), &cookie, "VG-DESK-071"),
    ];
    for (wish, cookie, code) in refused {
        let answer = ground.post(all, cookie, wish).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, code));
    }
    assert_eq!(ground.count("narrative.joined"), 0);

    let answer = ground.post(all, &both, wish(&[third, hidden, second, oldest], "Le même pont.")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let done = answer.json();
    assert_eq!(done["narrative"], oldest.to_string());
    let others = done["others"].as_array().expect("a list").clone();
    let found =
        |id: NarrativeId| others.iter().find(|one| one["id"] == id.to_string()).expect("named").clone();
    assert_eq!(found(hidden)["refused"]["code"], "VG-DESK-051");
    assert!(found(hidden)["seq"].is_null());
    let seqs = [found(second)["seq"].as_u64(), found(third)["seq"].as_u64()];
    assert!(seqs[0].is_some() && seqs[1].is_some() && seqs[0] != seqs[1], "{seqs:?}");
    assert_eq!(ground.count("narrative.joined"), 2);
    assert_eq!(found(second)["signals"], json!([well.to_string()]));
    assert_eq!(count(&ground, oldest, &cookie).await, json!(4));
    assert_eq!(count(&ground, hidden, &both).await, json!(1));

    // Who may not read one hears nothing of it, and the attempt is an entry.
    let (_, fourth) = ground.story("open", "Bridge shut.");
    let denied = ground.count("access.denied");
    let done = ground.post(all, &cookie, wish(&[hidden, fourth, oldest], "x")).await.json();
    let told = done["others"].as_array().expect("a list").clone();
    assert_eq!(
        (told[0]["id"].clone(), told[0]["refused"]["code"].clone()),
        (json!(hidden.to_string()), json!("VG-SERVER-001"))
    );
    assert_eq!(told.len(), 2);
    // The entry is written beside the answer.
    for _ in 0..100 {
        if ground.count("access.denied") > denied {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(ground.count("access.denied"), denied + 1);

    // Taking one back is parting it: it is there again under the name that people know.
    let back = json!({ "signals": found(second)["signals"], "reason": "Un autre pont." });
    let answer = ground.post(&at(oldest, "/part"), &cookie, back).await;
    assert_eq!(
        (answer.status, answer.json()["narrative"].clone()),
        (StatusCode::OK, json!(second.to_string()))
    );
    assert_eq!(count(&ground, second, &cookie).await, json!(2));
    assert!(ground.store.rebuild(|_| {}).expect("rebuilds").equal());
}
