//! Who can be reached stands in the vault and nowhere else: not in a file, an answer, a stream or a log.

use crate::ground::Ground;
use crate::live::{Screen, size};
use axum::http::StatusCode;
use serde_json::json;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use vigie_model::{Compartment, Connector, Level, Role};

const BOTH: [Compartment; 2] = [Compartment::Operations, Compartment::Communications];
/// Invented, and in no other word of the site.
const HIDDEN: [&str; 4] = ["Zénaïde", "Kparo", "z.kparo", "70998877"];

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("a log").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}

/// Whether something hidden stands in these bytes, as it was typed or in small letters.
fn shows(bytes: &[u8]) -> Option<&'static str> {
    let small = String::from_utf8_lossy(bytes).to_lowercase();
    HIDDEN.into_iter().find(|hidden| {
        let hidden_small = hidden.to_lowercase();
        small.contains(&hidden_small) || bytes.windows(hidden.len()).any(|part| part == hidden.as_bytes())
    })
}

#[tokio::test]
async fn names_and_addresses_of_contacts_stand_in_no_file_no_answer_no_stream_and_no_log() {
    let log = Log::default();
    let lines = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    let subscriber = subscriber.with_writer(move || lines.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let mut ground = Ground::new(false);
    ground.source("ligne-verte", Connector::Sms, Compartment::Operations);
    let key = ground.intake_key("ligne-verte");
    let officer = ground.person_at("comm", Role::CommunicationsOfficer, &BOTH, Level::Decide).1;
    let watcher = ground.person_at("dpo", Role::DataProtectionOfficer, &BOTH, Level::See).1;
    let analyst = ground.person("analyste", Role::Analyst, &BOTH).1;
    let mut screen = Screen::open(&ground, &officer, &format!("?since={}", size(&ground))).await;

    for (channel, address, code) in
        [("email", "Z.Kparo@example.org", "CLA-07"), ("sms", "+000 70 99 88 77", "CLA-08")]
    {
        let sealed = json!({ "channel": channel, "address": address, "name": "Zénaïde Kparo", "code": code });
        let answer = ground.post("/api/v1/contacts", &officer, sealed).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(shows(answer.body.as_bytes()), None, "{}", answer.body);
        assert_eq!(answer.json()["code"], code);
    }
    let again =
        json!({ "channel": "email", "address": "z.kparo@EXAMPLE.org", "name": "Z. Kparo", "code": "AUTRE" });
    let same = ground.post("/api/v1/contacts", &officer, again).await;
    assert_eq!(same.json()["code"], "CLA-07", "one address is one contact: {}", same.body);
    for bad in ["a@b\r\nBcc: c@d.example", "Z. Kparo <z.kparo@example.org>", "z.kparo"] {
        let sealed = json!({ "channel": "email", "address": bad, "name": "Zénaïde Kparo", "code": "CLA-09" });
        let refused = ground.post("/api/v1/contacts", &officer, sealed).await;
        assert!(refused.status.is_client_error(), "F41: {}", refused.body);
        assert_eq!(shows(refused.body.as_bytes()), None, "not even in a refusal: {}", refused.body);
    }
    let denied = ground.get("/api/v1/contacts", &analyst).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    // The same telephone writes: it is known again, and its number leaves the message.
    let wrote =
        json!({ "id": "sms-1", "author": "+000 70 99 88 77", "text": "Est-ce vrai, pour le puits ?" });
    assert_eq!(ground.intake("ligne-verte", &key, wrote.to_string()).await.status, StatusCode::ACCEPTED);
    ground.store.index_more(100).expect("indexed");

    let known = ground.get("/api/v1/contacts", &officer).await;
    assert_eq!(known.json()["items"].as_array().map(Vec::len), Some(2), "{}", known.body);
    let doors = [
        "contacts",
        "monitoring",
        "monitoring?q=Kparo",
        "releases",
        "facts",
        "responses",
        "situation",
        "sources",
        "users",
        "functions",
        "journal",
        "reports/digest",
        "reports/shift",
        "reports/digest?format=csv",
        "reports/shift?format=docx",
    ];
    for door in doors {
        for cookie in [&officer, &watcher] {
            let answer = ground.get(&format!("/api/v1/{door}"), cookie).await;
            assert_eq!(shows(answer.body.as_bytes()), None, "{door}: {}", answer.body);
        }
    }
    for seq in 0..size(&ground) {
        let entry = ground.get(&format!("/api/v1/entries/{seq}"), &watcher).await;
        assert_eq!(shows(entry.body.as_bytes()), None, "entry {seq}: {}", entry.body);
    }
    while let Some(told) = screen.next(Duration::from_millis(700)).await {
        assert_eq!(shows(told.data.to_string().as_bytes()), None, "{told:?}");
    }
    drop(guard);
    assert_eq!(shows(&log.0.lock().expect("a log")), None, "never in a log");
    let all = files(ground.store.dir());
    assert!(
        all.iter().any(|file| file.ends_with("store.db")) && all.iter().any(|file| file.ends_with("keys.db"))
    );
    for file in all {
        let bytes = std::fs::read(&file).expect("readable");
        assert_eq!(shows(&bytes), None, "{}", file.display());
    }
    // The vault knows: it can be sent to, and to nobody else is it told.
    let contacts = ground.store.read(vigie_store::Views::contacts).expect("views");
    let reached: Vec<_> =
        contacts.iter().map(|one| ground.store.reach(one).expect("unsealed").address).collect();
    assert!(
        reached.contains(&"z.kparo@example.org".to_owned()) && reached.contains(&"+070998877".to_owned()),
        "{reached:?}"
    );
}
