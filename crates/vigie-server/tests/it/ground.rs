//! A site with its server, some people and some sources, and requests as a browser or a gateway sends them.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;
use tower::ServiceExt as _;
use vigie_model::{
    Actor, Affiliation, Compartment, Compartments, Connector, Event, Grant, IdempotencyKey, Language,
    LanguageBasis, Level, NarrativeId, Reading, Role, Signal, SignalId, SignalKind, SourceEntry, User,
    UserId,
};
use vigie_server::{Server, ServerOptions};
use vigie_store::{Draft, InitOptions, KeySource, SimClock, Store};

pub const PASSWORD: &str = "quatre lampes au port";
pub const HOST: &str = "localhost:8600";
pub const START: &str = "2026-11-22T05:00:00Z";

/// A site in a folder of its own.
pub struct Ground {
    _root: tempfile::TempDir,
    pub store: Store,
    pub clock: Arc<SimClock>,
    pub router: Router,
    people: u8,
    signals: u64,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
    pub fn cookie(&self) -> String {
        let line = self.headers.get(header::SET_COOKIE).expect("a cookie").to_str().expect("text");
        line.split(';').next().expect("a pair").to_owned()
    }
}

impl Ground {
    pub fn new(demo: bool) -> Self {
        Self::with(demo, ServerOptions::default())
    }

    pub fn with(demo: bool, mut options: ServerOptions) -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let dir: PathBuf = root.path().join("site");
        let key = KeySource::File(root.path().join("site.key"));
        let clock = Arc::new(SimClock::new(START.parse().expect("a time")));
        let init = InitOptions {
            site: "birao".to_owned(),
            mission: "MINUT".to_owned(),
            zone: "Africa/Bangui".to_owned(),
            demo,
        };
        let store = Store::init(&dir, &key, &init, clock.clone()).expect("a new site");
        if demo {
            // Sessions of a demo store go by the real clock: days may pass in one.
            options.sim_clock.get_or_insert_with(|| clock.clone());
        }
        let router = Server::new(store.clone(), options).router();
        Self { _root: root, store, clock, router, people: 0, signals: 0 }
    }

    pub fn later(&self, seconds: i64) {
        let now = vigie_store::Clock::now(self.clock.as_ref());
        self.clock.set(now + jiff::SignedDuration::from_secs(seconds));
    }

    pub fn commit(&self, event: Event) {
        self.store.commit(vec![Draft::new(Actor::Console, event)]).expect("recorded");
    }

    /// An account with one role, and a session of it.
    pub fn person(&mut self, name: &str, role: Role, compartments: &[Compartment]) -> (UserId, String) {
        let id = self.account(name, role, compartments);
        (id, self.session(id))
    }

    /// The same, as far as `level`.
    pub fn person_at(
        &mut self,
        name: &str,
        role: Role,
        compartments: &[Compartment],
        level: Level,
    ) -> (UserId, String) {
        let id = self.account_at(name, role, compartments, level);
        (id, self.session(id))
    }

    pub fn account(&mut self, name: &str, role: Role, compartments: &[Compartment]) -> UserId {
        self.account_at(name, role, compartments, Level::Write)
    }

    fn account_at(&mut self, name: &str, role: Role, compartments: &[Compartment], level: Level) -> UserId {
        self.people += 1;
        let id = UserId::new(1_795_000_000_000, [self.people; 10]);
        let user = User {
            id,
            name: name.to_owned(),
            display: format!("{name} N."),
            lang: "en".to_owned(),
            component: None,
        };
        self.commit(Event::UserAdded(user));
        for compartment in compartments {
            self.commit(Event::UserGranted(Grant {
                user: id,
                role,
                affiliation: Affiliation::Civilian,
                compartment: *compartment,
                level,
                until: None,
            }));
        }
        id
    }

    /// A session without the cost of a password.
    pub fn session(&self, user: UserId) -> String {
        use sha2::{Digest, Sha256};
        let now = if self.store.site().demo { jiff::Timestamp::now() } else { self.store.now() };
        let secret: String = user.to_string().replace('-', "").chars().cycle().take(43).collect();
        let token = format!("{:x}.{secret}", now.as_second());
        let expires = now + jiff::SignedDuration::from_hours(12);
        self.store.open_session(&Sha256::digest(&token).into(), user, expires, now).expect("a session");
        format!("vigie={token}")
    }

    pub fn source(&self, id: &str, connector: Connector, compartment: Compartment) {
        self.commit(Event::SourceRegistered(SourceEntry {
            id: id.parse().expect("a source id"),
            name: format!("Source {id}"),
            kind: SignalKind::Post,
            connector,
            url: (connector == Connector::Sms).then(|| "https://gate.example/send".to_owned()),
            purpose: "protection of civilians".to_owned(),
            basis: "mandate, paragraph 32".to_owned(),
            owner: "information unit".to_owned(),
            retention_days: 365,
            licence: None,
            languages: vec!["fr".to_owned()],
            compartments: Compartments::of(&[compartment]),
            poll_s: None,
            allow_private: Vec::new(),
            zone: None,
        }));
    }

    /// A key that opens the intake of `source`.
    pub fn intake_key(&self, source: &str) -> String {
        use sha2::{Digest, Sha256};
        let key = format!("key-of-{source}");
        let id = source.parse().expect("a source id");
        self.store.set_intake_key(&id, &Sha256::digest(&key).into()).expect("kept");
        key
    }

    /// A signal that founds a narrative of its own, read at once.
    pub fn story(&mut self, source: &str, text: &str) -> (SignalId, NarrativeId) {
        let id = self.signal(source, text);
        let narrative = NarrativeId::founded_by(id);
        self.reading(id, narrative, true, Vec::new());
        (id, narrative)
    }

    /// A signal made elsewhere, as one more of a story.
    pub fn add(&self, signal: Signal, narrative: NarrativeId) {
        let id = signal.id;
        self.commit(Event::SignalReceived(signal));
        self.reading(id, narrative, false, Vec::new());
    }

    /// A signal that is already recorded founds its own story.
    pub fn read_alone(&self, id: SignalId, narrative: NarrativeId) {
        self.reading(id, narrative, true, Vec::new());
    }

    /// One more signal of a story.
    pub fn copy(&mut self, source: &str, text: &str, narrative: NarrativeId) -> SignalId {
        let id = self.signal(source, text);
        self.reading(id, narrative, false, Vec::new());
        id
    }

    /// A signal that shows two stories to be one.
    pub fn linking(&mut self, source: &str, text: &str, older: NarrativeId, younger: NarrativeId) {
        let id = self.signal(source, text);
        self.reading(id, older, false, vec![younger]);
    }

    fn signal(&mut self, source: &str, text: &str) -> SignalId {
        self.signals += 1;
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.signals.to_be_bytes());
        let id = SignalId::new(1_795_323_600_000, random);
        let signal = Signal {
            id,
            source: source.parse().expect("a source id"),
            kind: SignalKind::Post,
            key: IdempotencyKey(format!("post-{}", self.signals)),
            text: text.to_owned(),
            author: Some("page-du-marche".to_owned()),
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
        };
        self.commit(Event::SignalReceived(signal));
        id
    }

    fn reading(&self, signal: SignalId, narrative: NarrativeId, founds: bool, absorbs: Vec<NarrativeId>) {
        self.commit(Event::SignalRead(Reading {
            signal,
            narrative,
            founds,
            absorbs,
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

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 32 << 20).await.expect("a body");
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask(request("GET", path, cookie).body(Body::empty()).expect("a request")).await
    }

    pub async fn send(&self, method: &str, path: &str, cookie: &str, body: Value) -> Answer {
        let request = request(method, path, cookie)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header(header::CONTENT_TYPE, "application/json");
        self.ask(request.body(Body::from(body.to_string())).expect("a request")).await
    }

    pub async fn post(&self, path: &str, cookie: &str, body: Value) -> Answer {
        self.send("POST", path, cookie, body).await
    }

    pub async fn intake(&self, source: &str, key: &str, body: impl Into<Body>) -> Answer {
        let request = request("POST", &format!("/intake/{source}"), "")
            .header(header::AUTHORIZATION, format!("Bearer {key}"))
            .header(header::CONTENT_TYPE, "application/json");
        self.ask(request.body(body.into()).expect("a request")).await
    }

    /// Every entry's kind, and its body where it stands in the leaf.
    pub fn leaves(&self) -> Vec<(String, Value)> {
        let size = self.store.read(vigie_store::Views::size).expect("views");
        (0..size)
            .map(|seq| {
                let proof = self.store.read(|views| views.entry(seq)).expect("views").expect("an entry");
                let leaf: Value = serde_json::from_str(&proof.leaf).expect("a leaf is JSON");
                (leaf["kind"].as_str().expect("a kind").to_owned(), leaf)
            })
            .collect()
    }

    pub fn count(&self, kind: &str) -> usize {
        self.leaves().iter().filter(|(found, _)| found == kind).count()
    }
}

/// A request as our own pages send it, without body and origin.
pub fn request(method: &str, path: &str, cookie: &str) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path).header(header::HOST, HOST);
    if cookie.is_empty() { request } else { request.header(header::COOKIE, cookie) }
}
