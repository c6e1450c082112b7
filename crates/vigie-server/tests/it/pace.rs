//! How long it takes from a gateway's post to an open screen, with the text engine between them.

use crate::ground::Ground;
use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use vigie_model::{Actor, Compartment, Connector, Event, Kind, Role};
use vigie_server::{Server, ServerOptions, TlsMode};
use vigie_store::{Draft, Store};
use vigie_text::{Item, Reader, Settings};

const SCREENS: usize = 20;
const PER_SECOND: u32 = 200;
const SECONDS: u32 = 10;
const GATEWAYS: u32 = 4;

/// Reads signals as they are committed, as the binary's engine thread does.
fn read_on(store: Store) {
    let (ring, rung) = channel();
    let ring = Mutex::new(ring);
    store.on_commit(Box::new(move |_| {
        let _ = ring.lock().map(|ring| ring.send(()));
    }));
    std::thread::spawn(move || {
        let mut reader = Reader::new(Settings::default());
        let mut next = 0;
        loop {
            let batch = store.entries_from(next, 512, &[Kind::SignalReceived]).expect("entries");
            if batch.next == next {
                match rung.recv_timeout(Duration::from_secs(3)) {
                    Ok(()) => while rung.try_recv().is_ok() {},
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
                }
                continue;
            }
            next = batch.next;
            let mut drafts = Vec::new();
            for (entry, on) in &batch.entries {
                let Event::SignalReceived(signal) = &entry.event else { continue };
                let item = Item {
                    signal: signal.id,
                    pool: on.bits(),
                    text: &signal.text,
                    pictures: &[],
                    lang_hint: None,
                    seen_at: None,
                    received_at: entry.recorded_at,
                };
                let actor =
                    Actor::Model { name: Reader::MODEL.to_owned(), version: Reader::VERSION.to_owned() };
                drafts.push(Draft::new(actor, Event::SignalRead(reader.read(&item))).caused_by(entry.seq));
            }
            if !drafts.is_empty() {
                store.commit_engine("text", Reader::VERSION, next, drafts).expect("recorded");
            }
        }
    });
}

/// A text of its own: no two of them share a run of three words.
fn text(n: u32) -> String {
    let words: Vec<String> = (0..12).map(|w| format!("mot{n}x{w}")).collect();
    format!("S{n} {}", words.join(" "))
}

type Seen = Arc<Mutex<Vec<HashMap<u32, Instant>>>>;

async fn watch(address: SocketAddr, cookie: String, screen: usize, seen: Seen) {
    let mut stream = TcpStream::connect(address).await.expect("connected");
    let head = format!("GET /api/v1/live HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut lines = BufReader::new(stream).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let now = Instant::now();
        let mut seen = seen.lock().expect("a list");
        for part in line.split("\"head\":\"S").skip(1) {
            let n = part.split(' ').next().and_then(|n| n.parse().ok()).expect("a number");
            seen[screen].entry(n).or_insert(now);
        }
    }
}

async fn send(address: SocketAddr, key: String, gateway: u32, posted: Arc<Mutex<HashMap<u32, Instant>>>) {
    let mut stream = TcpStream::connect(address).await.expect("connected");
    let mut every = tokio::time::interval(Duration::from_millis(u64::from(1_000 * GATEWAYS / PER_SECOND)));
    let mut answer = vec![0; 4_096];
    for round in 0..(PER_SECOND * SECONDS / GATEWAYS) {
        every.tick().await;
        let n = round * GATEWAYS + gateway;
        let body = format!("{{\"id\":\"{n}\",\"text\":\"{}\"}}", text(n));
        let head = format!(
            "POST /intake/radio-birao HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        posted.lock().expect("a list").insert(n, Instant::now());
        stream.write_all(head.as_bytes()).await.expect("sent");
        let read = stream.read(&mut answer).await.expect("answered");
        assert!(answer[..read].starts_with(b"HTTP/1.1 202"), "{}", String::from_utf8_lossy(&answer[..read]));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes 15 s and means something in release only: cargo nextest run --release -p vigie-server --run-ignored all pace"]
async fn a_posted_signal_is_on_twenty_screens_within_300_ms() {
    let mut ground = Ground::new(false);
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    let key = ground.intake_key("radio-birao");
    let (_, cookie) = ground.person("amina", Role::DutyOfficer, &[Compartment::Operations]);
    read_on(ground.store.clone());
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let address = listener.local_addr().expect("bound");
    let server = Server::new(ground.store.clone(), ServerOptions::default());
    tokio::spawn(server.serve_on(listener, TlsMode::Loopback, std::future::pending()));
    let seen: Seen = Arc::new(Mutex::new(vec![HashMap::new(); SCREENS]));
    for screen in 0..SCREENS {
        tokio::spawn(watch(address, cookie.clone(), screen, seen.clone()));
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let posted = Arc::new(Mutex::new(HashMap::new()));
    let gateways: Vec<_> = (0..GATEWAYS)
        .map(|gateway| tokio::spawn(send(address, key.clone(), gateway, posted.clone())))
        .collect();
    for gateway in gateways {
        gateway.await.expect("every post is taken");
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let posted = posted.lock().expect("a list");
    let mut waits_ms = Vec::new();
    for screen in seen.lock().expect("a list").iter() {
        for (n, at) in posted.iter() {
            let seen_at = screen.get(n).unwrap_or_else(|| panic!("S{n} never came"));
            waits_ms.push(seen_at.duration_since(*at).as_millis());
        }
    }
    waits_ms.sort_unstable();
    let share = |percent: usize| waits_ms[(waits_ms.len() - 1) * percent / 100];
    println!(
        "{} sightings: median {} ms, p95 {} ms, p99 {} ms, most {} ms",
        waits_ms.len(),
        share(50),
        share(95),
        share(99),
        share(100)
    );
    assert!(share(99) < 300, "p99 is {} ms", share(99));
}

/// CPU milliseconds that this process has used, user and system together (Linux ticks of 10 ms).
fn cpu_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<i64> =
        stat.rsplit(") ").next().expect("fields").split(' ').filter_map(|field| field.parse().ok()).collect();
    // After the command and the one-letter state: utime and stime are the 11th and 12th numbers (proc(5)).
    u64::try_from((fields[10] + fields[11]) * 10).expect("a sum of times")
}

#[tokio::test]
#[ignore = "takes minutes: cargo test --release -p vigie-server -- --ignored views_of_the_loop --nocapture"]
async fn views_of_the_loop_answer_in_50_ms_of_cpu() {
    use vigie_model::{
        Asked, IdempotencyKey, Language, LanguageBasis, NarrativeId, Reading, RequestId, RequestOpened,
        Signal, SignalId, SignalKind,
    };
    const NARRATIVES: u64 = 2_000;
    const EACH: u64 = 50;
    const ROUNDS: u64 = 20;
    let mut ground = Ground::new(false);
    ground.source("radio-birao", Connector::Intake, Compartment::Operations);
    let both = [Compartment::Operations, Compartment::Communications];
    let (me, cookie) = ground.person("amina", Role::DutyOfficer, &both);
    ground.commit(Event::FunctionRegistered(vigie_model::Function {
        id: "sector-east".parse().expect("a function"),
        name_en: "Sector East".to_owned(),
        name_fr: "Secteur Est".to_owned(),
        component: vigie_model::Component::Military,
        liaison: false,
        holders: vec![me],
    }));
    let id = |n: u64| {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&n.to_be_bytes());
        random
    };
    let mut drafts = Vec::new();
    let flush = |drafts: &mut Vec<Draft>| {
        if drafts.len() >= 1_000 {
            ground.store.commit(std::mem::take(drafts)).expect("recorded");
        }
    };
    for n in 0..NARRATIVES * EACH {
        let (signal, story) = (SignalId::new(1_795_323_600_000, id(n)), n % NARRATIVES);
        let narrative = NarrativeId::founded_by(SignalId::new(1_795_323_600_000, id(story)));
        drafts.push(Draft::new(
            Actor::Console,
            Event::SignalReceived(Signal {
                id: signal,
                source: "radio-birao".parse().expect("a source id"),
                kind: SignalKind::Post,
                key: IdempotencyKey(format!("post-{n}")),
                text: text(u32::try_from(n).expect("small")),
                author: None,
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
            }),
        ));
        drafts.push(Draft::new(
            Actor::Console,
            Event::SignalRead(Reading {
                signal,
                narrative,
                founds: n < NARRATIVES,
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
            }),
        ));
        if n < NARRATIVES {
            drafts.push(Draft::new(
                Actor::Human(me),
                Event::RequestOpened(RequestOpened {
                    id: RequestId::new(1_795_323_600_000, id(n)),
                    narrative: Some(narrative),
                    question: "Que portait le convoi ?".to_owned(),
                    recheck: None,
                    asked: Asked {
                        to: "sector-east".parse().expect("a function"),
                        call_tree: Vec::new(),
                        answer_within_min: 30,
                        due: "2026-11-22T05:30:00Z".parse().expect("a time"),
                    },
                }),
            ));
        }
        flush(&mut drafts);
    }
    ground.store.commit(drafts).expect("recorded");
    ground.later(3_600);
    println!("filled: {} ms CPU", cpu_ms());
    let story = NarrativeId::founded_by(SignalId::new(1_795_323_600_000, id(0)));
    for path in [
        "/api/v1/situation".to_owned(),
        "/api/v1/requests?open=true&mine=true".to_owned(),
        format!("/api/v1/narratives/{story}/loop"),
        "/api/v1/reports/digest?hours=24".to_owned(),
        "/api/v1/reports/shift?hours=24".to_owned(),
    ] {
        assert_eq!(ground.get(&path, &cookie).await.status, 200, "{path}");
        let before = cpu_ms();
        for _ in 0..ROUNDS {
            ground.get(&path, &cookie).await;
        }
        println!("{path}: {} ms CPU", (cpu_ms() - before) as f64 / ROUNDS as f64);
    }
}
