//! The form on the public pages: what it takes, what it refuses, and what nobody learns from it.

use crate::ground::Ground;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use jiff::SignedDuration;
use tower::ServiceExt as _;
use vigie_model::{
    Actor, ApprovalGiven, ApprovalId, Channel, Compartment, Compartments, Connector, ContactId, Delivery,
    Event, FactId, Form, MessageDrafted, MessageId, MessageText, NarrativeId, NarrativeRestricted, Origin,
    Recipients, ReleaseId, ReleaseMade, ReleaseTried, ResponseId, ResponseOpened, Role, Sentence, SourceId,
    SourcePaused, Standing, Statement, UserId,
};
use vigie_server::public::{PublicOptions, router};
use vigie_store::{Draft, Views};

const ASKED: &str = "Est-ce vrai que les camions de Tilwani portent des armes ? Awa Dembo le dit.";

struct Page {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

struct Site {
    ground: Ground,
    public: Router,
}

impl Site {
    fn new() -> Self {
        let ground = Ground::new(false);
        ground.source("formulaire", Connector::Form, Compartment::Operations);
        Self::over(ground)
    }

    fn over(ground: Ground) -> Self {
        let options = PublicOptions { base: "https://info.example/".to_owned(), behind_proxy: true };
        let public = router(ground.store.clone(), options);
        Self { ground, public }
    }

    async fn ask(&self, request: Request<Body>) -> Page {
        let response = self.public.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 1 << 20).await.expect("a body");
        let body = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Page { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str) -> Page {
        self.ask(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    async fn post_from(&self, path: &str, address: &str, body: impl Into<Body>) -> Page {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("x-forwarded-for", address);
        self.ask(request.body(body.into()).expect("a request")).await
    }

    async fn post(&self, path: &str, body: impl Into<Body>) -> Page {
        self.post_from(path, "192.0.2.7", body).await
    }

    async fn write(&self, once: &str, text: &str) -> Page {
        self.post("/write/fr", format!("once={once}&text={}", encoded(text))).await
    }

    async fn answer(&self, reference: &str) -> Page {
        self.post("/write/fr/answer", format!("reference={reference}")).await
    }

    fn signals(&self) -> Vec<(String, Option<ContactId>)> {
        let size = self.ground.store.read(Views::size).expect("views");
        let entries = (0..size).map(|seq| self.ground.store.entry(seq).expect("an entry").event);
        let signal = |event| match event {
            Event::SignalReceived(signal) => Some((signal.text, signal.source_ref)),
            _ => None,
        };
        entries.filter_map(signal).collect()
    }
}

/// As a browser encodes a field.
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        write!(out, "%{byte:02X}").expect("a string");
        out
    })
}

fn reference(page: &Page) -> String {
    let (_, rest) = page.body.split_once("<p class=code>").expect("a reference");
    rest.split_once('<').expect("its end").0.to_owned()
}

#[tokio::test]
async fn there_is_no_form_unless_an_administrator_registered_one() {
    let site = Site::over(Ground::new(false));
    assert_eq!(site.get("/write").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.write("a", "Bonjour").await.status, StatusCode::NOT_FOUND);
    assert!(!site.get("/").await.body.contains("/write/"));
    site.ground.source("formulaire", Connector::Form, Compartment::Operations);
    assert_eq!(site.get("/write/fr").await.status, StatusCode::OK);
    assert!(site.get("/").await.body.contains("/write/fr"));
    for (method, path) in
        [("POST", "/"), ("PUT", "/write/fr"), ("DELETE", "/write/fr"), ("POST", "/feed.json")]
    {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).expect("a request");
        assert_eq!(site.ask(request).await.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
    }
}

#[tokio::test]
async fn a_page_sets_nothing_runs_nothing_and_fetches_nothing() {
    let site = Site::new();
    for (path, lang) in [("/write/fr", "fr"), ("/write/en", "en"), ("/write", "en")] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(&format!("<html lang=\"{lang}\">")), "{path}");
        assert!(page.body.len() <= 20_000, "{}", page.body.len());
        assert!(page.headers.get(header::SET_COOKIE).is_none());
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(page.headers[header::REFERRER_POLICY], "no-referrer");
        let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"));
        let small = page.body.to_lowercase();
        assert!(!small.contains("<script") && !small.contains("src=") && !small.contains("http"), "{path}");
        assert!(!small.contains("rumeur") && !small.contains("rumour"), "discreet");
    }
    let open = router(site.ground.store.clone(), PublicOptions::default());
    let plain = Site { public: open, ground: site.ground };
    assert!(plain.get("/write/fr").await.body.contains("Il peut aussi lire"), "said where it is so");
}

#[tokio::test]
async fn a_text_enters_as_a_signal_and_nothing_of_it_comes_back() {
    let site = Site::new();
    let page = site.write("0a", ASKED).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for told in ["camions", "armes", "Tilwani", "Awa", "Dembo"] {
        assert!(!page.body.contains(told), "{told}: {}", page.body);
    }
    let signals = site.signals();
    assert_eq!(signals.len(), 1);
    assert_eq!(signals[0].0, ASKED);
    let contact = signals[0].1.expect("somebody waits");
    let known = site.ground.store.read(|views| views.contact(contact)).expect("views").expect("a contact");
    assert!(known.code.starts_with("FORM-") && known.channel == Channel::Form);
    let given = reference(&page);
    let kept = site.ground.store.reach(&known).expect("unsealed").address;
    assert!(!kept.contains(&given.replace('-', "")) && kept.len() == 64, "even the vault keeps a hash alone");
    let quiet = site.post("/write/en", "text=I%20saw%20it&quiet=1").await;
    assert!(!quiet.body.contains("class=code"), "no answer wanted, no reference");
    assert_eq!(site.signals()[1], ("I saw it".to_owned(), None));
}

#[tokio::test]
async fn what_is_sent_twice_is_one_signal_with_one_reference() {
    let site = Site::new();
    let first = site.write("0a", ASKED).await;
    let again = site.write("0a", ASKED).await;
    assert_eq!(reference(&first), reference(&again));
    assert_eq!(site.signals().len(), 1);
    // Two people whose page came out of one memory: neither reads what the other is answered.
    let other = site.write("0a", "Une autre question").await;
    assert_ne!(reference(&first), reference(&other));
    assert_eq!(site.signals().len(), 2);
    assert_ne!(reference(&site.write("", ASKED).await), reference(&first), "a page without its number");
}

#[tokio::test]
async fn a_flood_is_held_back_and_others_still_come_through() {
    let site = Site::new();
    let mut taken = 0;
    for n in 0..60 {
        let page = site.write(&format!("{n}"), &format!("Message {n}")).await;
        match page.status {
            StatusCode::OK => taken += 1,
            StatusCode::TOO_MANY_REQUESTS => assert!(page.headers.contains_key(header::RETRY_AFTER)),
            other => panic!("{other}"),
        }
    }
    assert!((30..=35).contains(&taken), "{taken}");
    let other = site.post_from("/write/fr", "192.0.2.8", "text=Bonjour").await;
    assert_eq!(other.status, StatusCode::OK);
    assert_eq!(site.signals().len(), taken + 1);
    for file in files(site.ground.store.dir()) {
        let bytes = std::fs::read(&file).expect("readable");
        assert!(!bytes.windows(8).any(|part| part == b"192.0.2."), "no address is kept: {}", file.display());
    }
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn what_is_too_large_or_no_form_of_ours_is_refused_and_nothing_is_kept() {
    let site = Site::new();
    let megabyte = format!("text={}", "a".repeat(1 << 20));
    assert_eq!(site.post("/write/fr", megabyte).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = site.write("0a", &"é".repeat(2_001)).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(site.write("0a", " \u{0}\r\n").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let json = Request::post("/write/fr").header(header::CONTENT_TYPE, "application/json");
    let json = site.ask(json.body(Body::from(r#"{"text":"a"}"#)).expect("a request")).await;
    assert_eq!(json.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let foreign = Request::post("/write/fr")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site");
    let foreign = site.ask(foreign.body(Body::from("text=a")).expect("a request")).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get("/write/de").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.signals(), []);
    assert_eq!(
        site.write("0a", &"ع".repeat(2_000)).await.status,
        StatusCode::OK,
        "2,000 letters of any script"
    );
    let odd = site.write("0b", "Bonjour\u{0}\u{1b}[2J\r\nà tous \u{202e}").await;
    assert_eq!(odd.status, StatusCode::OK);
    assert_eq!(site.signals()[1].0, "Bonjour[2J\nà tous \u{202e}");
}

/// A message about `story`, laid ready for whoever asked about it.
fn answered(site: &Site, story: NarrativeId, contact: ContactId, by: UserId) -> ReleaseId {
    let store = &site.ground.store;
    let (response, message) = (ResponseId::new(1, [2; 10]), MessageId::new(1, [3; 10]));
    let release = ReleaseId::new(1, [4; 10]);
    let say = |event| store.commit(vec![Draft::new(Actor::Human(by), event)]).expect("recorded");
    let origin = Origin::Narrative { narrative: story };
    let due = store.now() + SignedDuration::from_hours(4);
    let title = "Camions de Tilwani".to_owned();
    say(Event::ResponseOpened(ResponseOpened {
        id: response,
        title,
        origin,
        owner: by,
        due,
        chain: Vec::new(),
    }));
    let text = |lang: &str, text: &str| MessageText {
        lang: lang.to_owned(),
        form: Form::Sms,
        sentences: vec![Sentence { text: text.to_owned(), facts: vec![FactId::new(1, [5; 10])] }],
    };
    let texts = vec![text("en", "Only fuel."), text("fr", "Du carburant & rien d’autre.")];
    say(Event::MessageDrafted(MessageDrafted { id: message, response, revision: 1, texts }));
    say(Event::ReleaseMade(ReleaseMade {
        id: release,
        message: Some(message),
        hash: "00".repeat(32),
        texts: vec![("en".to_owned(), Form::Sms), ("fr".to_owned(), Form::Sms)],
        channel: Channel::Form,
        recipients: Recipients::Askers,
        purpose: "answer".to_owned(),
        expires_at: store.now() + SignedDuration::from_hours(48),
        approval: None,
    }));
    lay(site, release, contact);
    release
}

fn lay(site: &Site, release: ReleaseId, contact: ContactId) {
    site.ground.commit(Event::ReleaseTried(ReleaseTried {
        release,
        contact: Some(contact),
        attempt: 1,
        delivery: Delivery::Sent,
        reason: None,
    }));
}

#[tokio::test]
async fn the_answer_is_read_by_its_reference_alone_and_only_while_it_may_be() {
    let mut site = Site::new();
    let officer = site.ground.account("comm", Role::CommunicationsOfficer, &[Compartment::Communications]);
    let (_, story) = site.ground.story("formulaire", "Des camions");
    let given = reference(&site.write("0a", ASKED).await);
    let stranger = reference(&site.write("0b", "Autre chose").await);
    let contact = site.signals()[1].1.expect("a contact");
    let nothing = site.answer(&given).await.body;
    assert!(nothing.contains("Il n’y a pas encore de réponse"), "{nothing}");
    let release = answered(&site, story, contact, officer);
    let answer = site.answer(&given.to_lowercase().replace('-', "+")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("Du carburant &amp; rien d’autre."), "{}", answer.body);
    assert!(!answer.body.contains("Tilwani"), "not even the title of the response");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(site.answer(&stranger).await.body, nothing, "nobody else reads it");
    let unknown = reference(&Site::new().write("zz", "Ailleurs").await);
    assert_eq!(site.answer(&unknown).await.body, nothing, "one that was never given looks the same");
    let source: SourceId = "formulaire".parse().expect("a source");
    site.ground.commit(Event::SourcePaused(SourcePaused { source }));
    let page = site.get("/write/fr").await;
    assert!(page.body.contains("action=\"/write/fr/answer\"") && !page.body.contains("<textarea"));
    let signals = site.signals();
    assert_eq!(
        site.write("0c", "Encore").await.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "paused takes nothing"
    );
    assert_eq!(site.signals(), signals);
    assert!(site.answer(&given).await.body.contains("Du carburant"), "and still answers");
    let slip = site.answer("ABCD-EFGH").await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    site.ground.commit(Event::ReleaseTried(ReleaseTried {
        release,
        contact: None,
        attempt: 1,
        delivery: Delivery::GivenUp,
        reason: Some("release-recalled".to_owned()),
    }));
    assert_eq!(site.answer(&given).await.body, nothing, "taken back is gone");
}

#[tokio::test]
async fn f50_a_restricted_story_shows_nothing_to_whoever_asked_about_it() {
    let mut site = Site::new();
    let both = [Compartment::Operations, Compartment::Communications, Compartment::Protection];
    let officer = site.ground.account("comm", Role::CommunicationsOfficer, &both);
    let (_, story) = site.ground.story("formulaire", "Des camions");
    let given = reference(&site.write("0a", ASKED).await);
    let contact = site.signals()[1].1.expect("a contact");
    let nothing = site.answer(&given).await.body;
    let restricted = NarrativeRestricted {
        narrative: story,
        to: Compartments::of(&[Compartment::Protection]),
        reason: "names somebody".to_owned(),
    };
    site.ground
        .store
        .commit(vec![Draft::new(Actor::Human(officer), Event::NarrativeRestricted(restricted))])
        .expect("recorded");
    answered(&site, story, contact, officer);
    assert_eq!(site.answer(&given).await.body, nothing, "neither an answer nor that there is one");
    let closed = Ground::new(false);
    closed.source("ferme", Connector::Form, Compartment::Protection);
    let closed = Site::over(closed);
    let page = closed.write("0a", ASKED).await;
    assert_eq!(page.status, StatusCode::OK, "what comes in may be protected from the first");
    closed.ground.store.index_more(100).expect("indexed");
    let stored = std::fs::read(closed.ground.store.dir().join("store.db")).expect("readable");
    assert!(!stored.windows(6).any(|part| part == b"Dembo " || part == b"Tilwan"), "in no view");
}

#[tokio::test]
async fn without_its_receipt_a_message_is_here_all_the_same() {
    let site = Site::new();
    let approval = ApprovalGiven {
        id: ApprovalId::new(1, [6; 10]),
        standing: Standing::Receipt,
        texts: vec![Statement { lang: "fr".to_owned(), text: "Message reçu, merci.".to_owned() }],
        until: site.ground.store.now() + SignedDuration::from_hours(24),
    };
    let named = UserId::new(1, [9; 10]);
    site.ground
        .store
        .commit(vec![Draft::new(Actor::Human(named), Event::ApprovalGiven(approval))])
        .expect("recorded");
    // Nothing sends here: words that were not recorded as gone out are not shown.
    let page = site.write("0a", ASKED).await;
    assert!(!page.body.contains("Message reçu"), "{}", page.body);
    assert_eq!(reference(&page).len(), 19);
    let released = site.ground.store.read(Views::unanswered_for).expect("views");
    assert_eq!(released, Vec::<String>::new());
}
