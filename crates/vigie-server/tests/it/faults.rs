//! What goes wrong stays small: one request, one line of the log, one page that says so.

use crate::ground::{Ground, request};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::json;
use sha2::Digest as _;
use std::io::Write;
use std::sync::{Arc, Mutex};
use vigie_model::{Compartment, Connector, Role};
use vigie_server::{ServerOptions, Ui};

#[tokio::test]
async fn f10_a_panic_fails_one_request_and_is_counted() {
    let options =
        ServerOptions { verifier: Some(Arc::new(|| panic!("a fault of ours"))), ..ServerOptions::default() };
    let mut ground = Ground::with(false, options);
    let (_, cookie) = ground.person("chef", Role::Administrator, &[Compartment::Operations]);
    for _ in 0..3 {
        let answer = ground.post("/api/v1/journal/verify", &cookie, json!({})).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::INTERNAL_SERVER_ERROR, "VG-SERVER-021")
        );
        assert!(!answer.body.contains("a fault of ours"), "the detail goes to the log");
        assert!(answer.headers.contains_key("x-request-id"));
    }
    let state = ground.get("/api/v1/journal", &cookie).await;
    assert_eq!(state.json()["process"]["panics"], 3);
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    let key = ground.intake_key("radio-birao");
    assert_eq!(ground.intake("radio-birao", &key, r#"{"text":"x"}"#).await.status, StatusCode::ACCEPTED);
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("a log").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn f42_what_people_type_cannot_forge_the_log() {
    let log = Log::default();
    let lines = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_ansi(false);
    let subscriber = subscriber.with_writer(move || lines.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let mut ground = Ground::new(false);
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    let key = ground.intake_key("radio-birao");
    let name = "amina\n2026-11-22T05:00:00Z ERROR forged \u{1b}[2J";
    ground.post("/api/v1/signin", "", json!({ "name": name, "password": "x" })).await;
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let note = json!({ "client_id": "01928374-0000-7000-8000-000000000001", "text": "Zarambo est parti." });
    ground.post("/api/v1/notes", &cookie, note).await;
    ground.get("/api/v1/monitoring?q=Zarambo", &cookie).await;
    let by_path = request("POST", &format!("/intake/radio-birao/k/{key}"), "");
    ground.ask(by_path.body(Body::from(r#"{"text":"Zarambo"}"#)).expect("a request")).await;
    drop(guard);
    let text = String::from_utf8(log.0.lock().expect("a log").clone()).expect("UTF-8");
    assert!(text.contains("sign-in refused") && text.contains(r"amina\n2026"), "{text}");
    assert!(!text.contains('\u{1b}') && !text.lines().any(|line| line.contains("ERROR")), "{text}");
    assert!(text.contains("/intake/{source}/k/{key}"), "the template of the route: {text}");
    assert!(!text.contains(&key), "never a key: {text}");
    assert!(!text.contains("Zarambo"), "never what people wrote or looked for: {text}");
}

#[tokio::test]
async fn the_pages_are_served_with_their_hashes_and_the_shell_for_every_address() {
    let ui = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(ui.path().join("assets")).expect("made");
    std::fs::write(ui.path().join("index.html"), "<!doctype html>shell").expect("written");
    std::fs::write(ui.path().join("assets/index-B1x9kQab.js"), "let plain = 1;").expect("written");
    std::fs::write(ui.path().join("assets/index-B1x9kQab.js.br"), b"packed").expect("written");
    let options = ServerOptions { ui: Ui::Folder(ui.path().to_owned()), ..ServerOptions::default() };
    let ground = Ground::with(false, options);
    for path in ["/", "/narratives/01928374-0000-7000-8000-000000000001", "/monitoring?state=new"] {
        let page = ground.get(path, "").await;
        assert_eq!((page.status, page.body.as_str()), (StatusCode::OK, "<!doctype html>shell"), "{path}");
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-cache");
    }
    let script = ground.get("/assets/index-B1x9kQab.js", "").await;
    assert_eq!(script.body, "let plain = 1;");
    assert_eq!(script.headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(script.headers[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
    let packed = request("GET", "/assets/index-B1x9kQab.js", "").header(header::ACCEPT_ENCODING, "gzip, br");
    let packed = ground.ask(packed.body(Body::empty()).expect("a request")).await;
    assert_eq!(
        (packed.body.as_str(), &packed.headers[header::CONTENT_ENCODING]),
        ("packed", &"br".parse().expect("br"))
    );
    let known = request("GET", "/", "")
        .header(header::IF_NONE_MATCH, &ground.get("/", "").await.headers[header::ETAG]);
    let known = ground.ask(known.body(Body::empty()).expect("a request")).await;
    assert_eq!((known.status, known.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(ground.get("/assets/gone.js", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn answers_are_packed_for_a_thin_link() {
    let mut ground = Ground::new(false);
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    for n in 0..50_u8 {
        // Letters without a pattern: nothing in them to pack that a real text would not have.
        let letters = (0..5_u8).flat_map(|w| sha2::Sha256::digest([n, w]).to_vec()).collect::<Vec<u8>>();
        let words: Vec<String> = letters.chunks(3).map(hex::encode).collect();
        ground.story("radio-birao", &words.join(" "));
    }
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let asked = request("GET", "/api/v1/monitoring", &cookie).header(header::ACCEPT_ENCODING, "br");
    let packed = ground.router.clone();
    let packed = tower::ServiceExt::oneshot(packed, asked.body(Body::empty()).expect("a request"));
    let (head, body) = packed.await.expect("infallible").into_parts();
    assert_eq!(head.headers[header::CONTENT_ENCODING], "br");
    let bytes = axum::body::to_bytes(body, 1 << 20).await.expect("a body").len();
    let plain = ground.get("/api/v1/monitoring", &cookie).await.body.len();
    println!("50 narratives: {plain} bytes, {bytes} packed");
    assert!(bytes < 14_000 && bytes * 4 < plain, "{bytes} of {plain}");
}

#[tokio::test]
async fn without_built_screens_the_first_page_says_how_to_build_them() {
    let ui = tempfile::tempdir().expect("a folder");
    let options = ServerOptions { ui: Ui::Folder(ui.path().to_owned()), ..ServerOptions::default() };
    let page = Ground::with(false, options).get("/", "").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("cargo xtask demo") && page.body.contains("Le serveur fonctionne"));
}

#[test]
fn the_committed_description_is_the_one_the_routes_give() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");
    let mut given = serde_json::to_string_pretty(&vigie_server::openapi()).expect("json");
    given.push('\n');
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &given).expect("openapi.json is written");
    }
    let committed = std::fs::read_to_string(path).expect("openapi.json stands at the root");
    assert!(
        committed == given,
        "openapi.json has drifted: run `BLESS=1 cargo test -p vigie-server`, or `cargo xtask bless`"
    );
}

#[test]
fn every_message_that_the_server_names_is_in_the_catalogues() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    let mut named = std::collections::BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the crate") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(path).expect("Rust source is UTF-8");
            let texts = source.split('"').skip(1).step_by(2).filter(|text| text.starts_with("server-"));
            named.extend(texts.map(str::to_owned));
        }
    }
    assert!(named.len() > 40, "has the convention changed? {named:?}");
    let unknown: Vec<_> = named.iter().filter(|id| !vigie_words::known(id)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// A file whose sender stops in the middle.
fn half_sent(cookie: &str, n: usize) -> axum::http::Request<Body> {
    let first = axum::body::Bytes::from_static(&[7; 1024]);
    let stalled = futures_util::StreamExt::chain(
        futures_util::stream::iter([Ok::<_, std::io::Error>(first)]),
        futures_util::stream::pending(),
    );
    request("POST", "/api/v1/attachments", cookie)
        .header(header::ORIGIN, format!("http://{}", crate::ground::HOST))
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .header(header::CONTENT_LENGTH, 25_u32 << 20)
        .header("x-client-id", format!("01928374-0000-7000-8000-0000000000{n:02}"))
        .header("x-name", "carte.pdf")
        .body(Body::from_stream(stalled))
        .expect("a request")
}

#[tokio::test]
async fn f11_more_files_than_memory_are_told_to_come_again_and_small_ones_pass() {
    let mut ground = Ground::new(false);
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    let key = ground.intake_key("radio-birao");
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    let ground = Arc::new(ground);
    let held: Vec<_> = (0..3)
        .map(|n| {
            let (ground, asked) = (ground.clone(), half_sent(&cookie, n));
            tokio::spawn(async move { ground.ask(asked).await })
        })
        .collect();
    // Three fit and wait for their rest; the fourth is told so at once.
    let patience = std::time::Duration::from_secs(2);
    tokio::time::sleep(patience).await;
    assert!(!held.iter().any(tokio::task::JoinHandle::is_finished), "an answer came to half a file");
    let refused = tokio::time::timeout(patience * 10, ground.ask(half_sent(&cookie, 50))).await;
    let refused = refused.expect("an answer");
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "VG-SERVER-061"));
    assert_eq!(refused.headers[header::RETRY_AFTER], "2");
    let small = ground.intake("radio-birao", &key, r#"{"text":"Le pont est fermé."}"#).await;
    assert_eq!(small.status, StatusCode::ACCEPTED, "{}", small.body);
    for one in held {
        one.abort();
        let _ = one.await;
    }
    // What was held is free again as soon as its sender is gone.
    let again = tokio::time::timeout(std::time::Duration::from_secs(2), ground.ask(half_sent(&cookie, 51)));
    assert!(again.await.is_err(), "it is being taken in");
}
