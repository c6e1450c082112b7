//! Who saw this: two searches find every reading, and what leaves as a table is an entry.

use crate::ground::Ground;
use axum::http::StatusCode;
use serde_json::json;
use vigie_model::{Compartment, Connector, Role};
use vigie_server::Noticing;

#[tokio::test]
async fn who_saw_a_protected_story_is_found_by_the_story_and_by_the_person() {
    let mut ground = Ground::new(false);
    ground.source("closed", Connector::Hand, Compartment::Protection);
    let (_, adviser) = ground.person("adviser", Role::ProtectionAdviser, &[Compartment::Protection]);
    let (_, analyst) = ground.person("analyst", Role::Analyst, &[Compartment::Operations]);
    let (_, officer) = ground.person("officer", Role::DataProtectionOfficer, &[Compartment::Operations]);
    let (signal, narrative) = ground.story("closed", "une famille menacée près du marché");
    let read = ground.get(&format!("/api/v1/signals/{signal}"), &adviser).await;
    assert_eq!(read.status, StatusCode::OK);
    assert_eq!(
        ground.get(&format!("/api/v1/signals/{signal}"), &analyst).await.status,
        StatusCode::NOT_FOUND
    );
    // The first search: by the story, by whoever answers for data protection and may not read it.
    let found = ground.get(&format!("/api/v1/audit?about={narrative}"), &officer).await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.body);
    assert!(!found.body.contains("famille"), "ids, names and times, and no text");
    let items = found.json()["items"].as_array().expect("items").clone();
    let said: Vec<(&str, &str)> = items
        .iter()
        .map(|row| (row["what"].as_str().expect("a word"), row["display"].as_str().unwrap_or("-")))
        .collect();
    assert!(
        said.iter().any(|(what, _)| *what == "read") && said.iter().any(|(what, _)| *what == "denied"),
        "{said:?}"
    );
    // The second: what else that person read.
    let person = ground.get("/api/v1/audit?person=adviser", &officer).await;
    let objects: Vec<String> = person.json()["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|row| row["object"].to_string())
        .collect();
    assert!(objects.iter().any(|object| object.contains(&signal.to_string())), "{objects:?}");
    // Whoever asks leaves an entry too, and those who may not ask get nothing.
    let asked = ground.get("/api/v1/audit?person=officer", &officer).await;
    assert!(asked.body.contains("audit:narrative:"), "{}", asked.body);
    assert_eq!(ground.get("/api/v1/audit?person=adviser", &analyst).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ground.get("/api/v1/audit", &officer).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn f40_a_table_that_leaves_calculates_nothing_shows_nothing_hidden_and_is_an_entry() {
    let mut ground = Ground::new(false);
    ground.source("open", Connector::Intake, Compartment::Operations);
    ground.source("closed", Connector::Hand, Compartment::Protection);
    let (_, analyst) = ground.person("analyst", Role::Analyst, &[Compartment::Operations]);
    let (_, narrative) = ground.story("open", "=HYPERLINK(\"http://x\";\"le pont\")");
    let (_, hidden) = ground.story("closed", "une famille menacée près du marché");
    let before = ground.count("copy.taken");
    let csv = ground.get(&format!("/api/v1/narratives/{narrative}/table?format=csv"), &analyst).await;
    assert_eq!(csv.status, StatusCode::OK);
    assert!(csv.body.contains("\"'=HYPERLINK"), "{}", csv.body);
    let book = ground.get(&format!("/api/v1/narratives/{narrative}/table"), &analyst).await;
    assert!(book.body.starts_with("PK") && !book.body.contains("<f>"));
    let queue = ground.get("/api/v1/monitoring/table?format=csv", &analyst).await;
    assert!(queue.body.contains("le pont") && !queue.body.contains("famille"), "{}", queue.body);
    assert_eq!(ground.count("copy.taken"), before + 3);
    let closed = ground.get(&format!("/api/v1/narratives/{hidden}/table"), &analyst).await;
    assert_eq!(closed.status, StatusCode::NOT_FOUND);
    assert_eq!(
        ground.get("/api/v1/monitoring/table?format=pdf", &analyst).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_report_taken_as_a_file_is_an_entry_and_one_that_is_looked_at_is_none() {
    let mut ground = Ground::new(false);
    ground.source("open", Connector::Intake, Compartment::Operations);
    let (_, analyst) = ground.person("analyst", Role::Analyst, &[Compartment::Operations]);
    let (_, officer) = ground.person("officer", Role::DataProtectionOfficer, &[Compartment::Operations]);
    ground.story("open", "le pont de Bria est coupé");
    for report in ["digest", "shift"] {
        let before = ground.count("copy.taken");
        let path = format!("/api/v1/reports/{report}?hours=24");
        assert_eq!(ground.get(&path, &analyst).await.status, StatusCode::OK);
        assert_eq!(ground.count("copy.taken"), before, "looked at on a screen");
        for (n, format) in ["xlsx", "csv", "docx"].into_iter().enumerate() {
            let file = ground.get(&format!("{path}&format={format}"), &analyst).await;
            assert_eq!(file.status, StatusCode::OK, "{}", file.body);
            assert_eq!(ground.count("copy.taken"), before + n + 1, "{report} as {format}");
            let (_, leaf) = ground.leaves().into_iter().rfind(|(kind, _)| kind == "copy.taken").expect("one");
            assert_eq!(leaf["body"]["object"], format!("report:{report}"));
            assert_eq!(leaf["body"]["format"], format);
        }
        let refused = ground.get(&format!("{path}&format=pdf"), &analyst).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(ground.count("copy.taken"), before + 3);
    }
    let person = ground.get("/api/v1/audit?person=analyst", &officer).await;
    assert!(person.body.contains("report:digest") && person.body.contains("report:shift"), "{}", person.body);
}

#[tokio::test]
async fn f46_a_file_is_passed_on_without_its_place_and_that_is_an_entry() {
    let mut ground = Ground::new(false);
    let (_, analyst) = ground.person("analyst", Role::Analyst, &[Compartment::Operations]);
    let exif = b"\xff\xe1\x00\x19Exif\0\0GPS 4.39 N 18.5 E".as_slice();
    let photo = [b"\xff\xd8".as_slice(), exif, b"\xff\xda\x00\x02\x12\x34\xff\xd9"].concat();
    let id = "01928374-0000-7000-8000-0000000000a1";
    let kept = crate::ground::request("POST", "/api/v1/attachments", &analyst)
        .header("origin", format!("http://{}", crate::ground::HOST))
        .header("content-type", "application/octet-stream")
        .header("x-client-id", id)
        .header("x-name", "maison.jpg")
        .body(axum::body::Body::from(photo))
        .expect("a request");
    let kept = ground.ask(kept).await;
    assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.body);
    let original = ground.get(&format!("/api/v1/attachments/{id}"), &analyst).await;
    assert!(original.body.contains("GPS 4.39"));
    let before = ground.count("copy.taken");
    let copy = ground.get(&format!("/api/v1/attachments/{id}?form=pass-on"), &analyst).await;
    assert_eq!(copy.status, StatusCode::OK, "{}", copy.body);
    assert!(
        !copy.body.contains("GPS")
            && !copy.headers.iter().any(|(_, value)| value.to_str().is_ok_and(|v| v.contains("maison")))
    );
    assert_eq!(ground.count("copy.taken"), before + 1);
    let again = ground.get(&format!("/api/v1/attachments/{id}"), &analyst).await;
    assert!(again.body.contains("GPS 4.39"), "the original is kept as it came");
}

#[tokio::test]
async fn f51_much_reading_in_an_hour_is_told_to_who_watches_over_personal_data_and_punishes_nobody() {
    let mut ground = Ground::new(false);
    ground.source("closed", Connector::Hand, Compartment::Protection);
    let (reader, adviser) = ground.person("adviser", Role::ProtectionAdviser, &[Compartment::Protection]);
    let (_, colleague) = ground.person("colleague", Role::ProtectionAdviser, &[Compartment::Protection]);
    let (_, officer) = ground.person("officer", Role::DataProtectionOfficer, &[Compartment::Operations]);
    let signals: Vec<_> =
        (0..60).map(|n| ground.story("closed", &format!("la famille {n} est menacée")).0).collect();
    let mut noticing = Noticing::resume(&ground.store).expect("an engine");
    let mut look = |ground: &Ground| while noticing.step(&ground.store).expect("a step") {};

    // Whoever reads here knows the rules beforehand.
    let rules = ground.get("/api/v1/reading-rules", &adviser).await.json();
    assert!(
        rules
            .as_array()
            .expect("rules")
            .contains(&json!({ "rule": "many-read", "limit": 60, "minutes": 60 }))
    );
    assert_eq!(ground.get("/api/v1/reading-rules", "").await.status, StatusCode::UNAUTHORIZED);

    for signal in &signals[..59] {
        assert_eq!(ground.get(&format!("/api/v1/signals/{signal}"), &adviser).await.status, StatusCode::OK);
        assert_eq!(
            ground.get(&format!("/api/v1/signals/{}", signals[0]), &colleague).await.status,
            StatusCode::OK
        );
    }
    look(&ground);
    assert_eq!(ground.get("/api/v1/notices", &officer).await.json(), json!([]), "59 is an ordinary hour");
    assert_eq!(
        ground.get(&format!("/api/v1/signals/{}", signals[59]), &adviser).await.status,
        StatusCode::OK
    );
    look(&ground);
    let found = ground.get("/api/v1/notices", &officer).await.json();
    let found = found.as_array().expect("a list");
    assert_eq!(found.len(), 1, "the colleague opened one record again and again, which is one: {found:?}");
    assert_eq!(
        (&found[0]["person"]["id"], &found[0]["rule"], &found[0]["count"], &found[0]["limit"]),
        (&json!(reader.to_string()), &json!("many-read"), &json!(60), &json!(60))
    );
    assert_eq!(ground.count("reading.noticed"), 1, "and it is an entry");

    // It goes on as before: nobody is locked out, and the same is not told twice.
    assert_eq!(ground.get(&format!("/api/v1/signals/{}", signals[3]), &adviser).await.status, StatusCode::OK);
    look(&ground);
    assert_eq!(ground.count("reading.noticed"), 1);
    assert_eq!(ground.get("/api/v1/notices", &adviser).await.status, StatusCode::FORBIDDEN);

    // Looking at notices is itself an entry, and what it was stands in the journal, once.
    assert!(
        ground.get("/api/v1/audit?person=officer", &officer).await.body.contains(&format!("user:{reader}"))
    );
    let explain = format!("/api/v1/notices/{}/explain", found[0]["seq"]);
    let mute = ground.post(&explain, &officer, json!({ "text": " " })).await;
    assert_eq!((mute.status, mute.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "VG-DESK-074"));
    let said = json!({ "text": "Relecture de fin de mois, demandée par la cheffe." });
    assert_eq!(ground.post(&explain, &officer, said.clone()).await.status, StatusCode::OK);
    assert_eq!(ground.post(&explain, &officer, said).await.code(), "VG-DESK-073");
    let told = ground.get("/api/v1/notices", &officer).await.json();
    assert_eq!(told[0]["explained"]["text"], "Relecture de fin de mois, demandée par la cheffe.");
    assert!(ground.store.rebuild(|_| {}).expect("rebuilds").equal());
}

#[tokio::test]
async fn f51_refusals_and_tables_count_too_and_nobody_answers_for_themselves() {
    let mut ground = Ground::new(false);
    ground.source("open", Connector::Intake, Compartment::Operations);
    ground.source("closed", Connector::Hand, Compartment::Protection);
    let (_, hidden) = ground.story("closed", "une famille menacée");
    ground.story("open", "le pont est fermé");
    let (_, analyst) = ground.person("analyst", Role::Analyst, &[Compartment::Operations]);
    let (officer_id, officer) =
        ground.person("officer", Role::DataProtectionOfficer, &[Compartment::Operations]);
    for _ in 0..10 {
        assert_eq!(
            ground.get(&format!("/api/v1/narratives/{hidden}"), &analyst).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(ground.get("/api/v1/monitoring/table?format=csv", &analyst).await.status, StatusCode::OK);
    }
    for _ in 0..20 {
        assert_eq!(ground.get("/api/v1/audit?person=analyst", &officer).await.status, StatusCode::OK);
    }
    let mut noticing = Noticing::resume(&ground.store).expect("an engine");
    while noticing.step(&ground.store).expect("a step") {}
    let found = ground.get("/api/v1/notices", &officer).await.json();
    let mut rules: Vec<&str> =
        found.as_array().expect("a list").iter().filter_map(|one| one["rule"].as_str()).collect();
    rules.sort_unstable();
    assert_eq!(rules, ["many-asked", "many-denied", "many-taken"]);
    let own =
        found.as_array().expect("a list").iter().find(|one| one["person"]["id"] == officer_id.to_string());
    let own = own.expect("the officer's own");
    assert_eq!(own["mine_to_answer"], false);
    let said = json!({ "text": "Rien." });
    let answer = ground.post(&format!("/api/v1/notices/{}/explain", own["seq"]), &officer, said).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "VG-DESK-072"));
}
