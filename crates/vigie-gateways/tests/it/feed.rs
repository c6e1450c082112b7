use crate::server::{SMALL, Server};
use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use vigie_gateways::feed::{Memory, Poller, Sink, SourceTest, test_source};
use vigie_gateways::fetch::Fetcher;
use vigie_gateways::health::{Counts, State};
use vigie_model::{At, Fault, SourceEntry, SourceId, Timestamp};
use vigie_wire::SignalDraft;
use vigie_words::{Lang, fault, reason};

const FEED: &str = "<rss version=\"2.0\"><channel><title>Radio Test</title>\
    <item><guid>1</guid><title>The well at Obo is open</title></item>\
    <item><guid>2</guid><title>Second</title><pubDate>soon</pubDate></item>\
    <item><guid>3</guid><title>Third</title></item></channel></rss>";

/// A store in memory that knows an item again by its identifier.
#[derive(Default)]
struct Store {
    known: Mutex<BTreeSet<String>>,
    remembered: Mutex<Option<Memory>>,
    full: AtomicBool,
}

impl Sink for Store {
    async fn accept(&self, _: &SourceId, drafts: Vec<SignalDraft>) -> Result<Counts, Fault> {
        if self.full.load(Ordering::SeqCst) {
            return Err(Fault::new(At::Whole, "no-such-message"));
        }
        let mut known = self.known.lock().expect("not poisoned");
        let mut counts = Counts::default();
        for draft in drafts {
            if known.insert(draft.external_id.expect("the feed names its items")) {
                counts.accepted += 1;
            } else {
                counts.repeated += 1;
            }
        }
        Ok(counts)
    }

    async fn remember(&self, _: &SourceId, memory: &Memory) {
        *self.remembered.lock().expect("not poisoned") = Some(memory.clone());
    }
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + minute * 60).expect("in range")
}

fn poller(entry: SourceEntry) -> Poller {
    Poller::new(Fetcher::new(), entry, Memory::new(at(0)), SMALL, at(0))
}

async fn step(poller: &mut Poller, store: &Store, minute: i64) -> State {
    poller.step(store, &|| at(minute), 0.0).await;
    poller.health().state(at(minute))
}

#[tokio::test]
async fn a_feed_is_read_once_and_then_only_asked_whether_it_changed() {
    let page = |headers: HeaderMap| async move {
        let known = headers.contains_key(header::IF_NONE_MATCH);
        if known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(header::ETAG, "\"1\"")], FEED).into_response()
        }
    };
    let server = Server::start(Router::new().route("/feed", get(page))).await;
    let (store, mut poller) = (Store::default(), poller(server.entry("/feed")));
    assert_eq!(step(&mut poller, &store, 0).await, State::Ok);
    assert_eq!(poller.health().last_day(at(0)), Counts { accepted: 2, repeated: 0, refused: 1 });
    assert_eq!(poller.next_at(), at(5), "the default pace");
    assert_eq!(step(&mut poller, &store, 5).await, State::Ok);
    assert_eq!(poller.health().last_day(at(5)).accepted, 2);
    let remembered = store.remembered.lock().expect("not poisoned").clone().expect("remembered");
    assert_eq!(remembered.validators.etag.as_deref(), Some("\"1\""));
    let mut restarted = Poller::new(Fetcher::new(), server.entry("/feed"), remembered, SMALL, at(6));
    assert_eq!(step(&mut restarted, &store, 6).await, State::Ok);
    assert_eq!(restarted.health().repeated(), 0, "a restart asks with what it remembered");
}

#[tokio::test]
async fn a_feed_without_validators_repeats_and_nothing_enters_twice() {
    let server = Server::start(Router::new().route("/feed", get(|| async { FEED }))).await;
    let (store, mut poller) = (Store::default(), poller(server.entry("/feed")));
    step(&mut poller, &store, 0).await;
    step(&mut poller, &store, 5).await;
    assert_eq!(poller.health().last_day(at(5)), Counts { accepted: 2, repeated: 2, refused: 2 });
}

#[tokio::test]
async fn f13_connected_and_nothing_accepted_is_shown_as_a_fault() {
    let page = || async { FEED.replace("<title>", "<pubDate>22 Nov 2026 16:30:00</pubDate><title>") };
    let server = Server::start(Router::new().route("/feed", get(page))).await;
    let (store, mut poller) = (Store::default(), poller(server.entry("/feed")));
    step(&mut poller, &store, 0).await;
    assert_eq!(step(&mut poller, &store, 5).await, State::Refusing);
    let account = poller.health().account(at(5));
    let because = account.because.expect("the last refusal");
    let said = format!("{} {}", reason(Lang::En, &account.reason), fault(Lang::En, &because));
    assert!(
        said.starts_with(
            "Connected, 0 accepted in 5 min. Last refusal: Row 3: The time “22 Nov 2026 16:30:00” has no zone"
        ),
        "{said}"
    );
    let mut zoned = server.entry("/feed");
    zoned.zone = Some("Africa/Bangui".into());
    zoned.poll_s = Some(60);
    let mut poller = Poller::new(Fetcher::new(), zoned, Memory::new(at(6)), SMALL, at(6));
    assert_eq!(step(&mut poller, &store, 6).await, State::Ok, "the hint given cures it");
}

#[tokio::test]
async fn a_failing_feed_is_asked_less_often_and_recovers() {
    let down = std::sync::Arc::new(AtomicBool::new(true));
    let switch = down.clone();
    let page = move || {
        let down = switch.load(Ordering::SeqCst);
        async move {
            if down {
                (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "7200")], "").into_response()
            } else {
                FEED.into_response()
            }
        }
    };
    let server = Server::start(Router::new().route("/feed", get(page))).await;
    let (store, mut poller) = (Store::default(), poller(server.entry("/feed")));
    assert_eq!(step(&mut poller, &store, 0).await, State::Failing);
    assert_eq!(poller.next_at(), at(120), "the server's wish is longer than the back-off");
    assert_eq!(poller.health().last_error().map(|fault| fault.code.as_str()), Some("fetch-status"));
    down.store(false, Ordering::SeqCst);
    assert_eq!(step(&mut poller, &store, 120).await, State::Ok);
    assert_eq!(poller.next_at(), at(125));
}

#[tokio::test]
async fn a_store_that_cannot_keep_anything_gets_it_again_later() {
    let page = || async { ([(header::ETAG, "\"1\"")], FEED) };
    let server = Server::start(Router::new().route("/feed", get(page))).await;
    let (store, mut poller) = (Store::default(), poller(server.entry("/feed")));
    store.full.store(true, Ordering::SeqCst);
    assert_eq!(step(&mut poller, &store, 0).await, State::Failing);
    let memory = store.remembered.lock().expect("not poisoned").clone().expect("remembered");
    assert_eq!(memory.validators.etag, None, "nothing is taken as read before it is on disk");
    store.full.store(false, Ordering::SeqCst);
    assert_eq!(step(&mut poller, &store, 10).await, State::Ok);
    assert_eq!(store.known.lock().expect("not poisoned").len(), 2);
}

#[tokio::test]
async fn a_poller_runs_until_it_is_dropped() {
    let server = Server::start(Router::new().route("/feed", get(|| async { FEED }))).await;
    let mut entry = server.entry("/feed");
    entry.poll_s = Some(5);
    let second = AtomicI64::new(0);
    // Each look at the clock finds a minute gone, so that no poll has to be waited for.
    let clock = || at(second.fetch_add(1, Ordering::SeqCst));
    let store = Store::default();
    let poller = Poller::new(Fetcher::new(), entry, Memory::new(at(0)), SMALL, at(0));
    let running = poller.run(&store, clock, || 0.5);
    let three_polls = async {
        while server.requests() < 3 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = running => unreachable!("a poller never ends by itself"),
        () = three_polls => {}
    }
    assert_eq!(store.known.lock().expect("not poisoned").len(), 2);
}

fn told(test: &SourceTest, lang: Lang) -> String {
    test.lines().iter().map(|line| reason(lang, line)).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_source_is_tried_in_words() {
    let server = Server::start(Router::new().route("/feed", get(|| async { FEED }))).await;
    let test = test_source(&Fetcher::new(), &server.entry("/feed"), &SMALL).await;
    assert!(test.passed());
    let expected = format!(
        "Asked: {}\nAnswer 200 from {}\nTitle: Radio Test\nFirst item: The well at Obo is open\nRead: 2. Refused: 1. Nothing was kept.",
        server.url("/feed"),
        server.address
    );
    assert_eq!(told(&test, Lang::En), expected);
    assert_eq!(test.faults[0].code, "row-not-a-time");
}

#[tokio::test]
async fn a_source_that_cannot_be_read_says_why() {
    let pages = Router::new()
        .route("/page", get(|| async { "<html>Sign in</html>" }))
        .route("/dtd", get(|| async { "<!DOCTYPE rss><rss/>" }))
        .route("/empty", get(|| async { "<rss><channel><title>Quiet</title></channel></rss>" }));
    let server = Server::start(pages).await;
    for (path, status, code) in [
        ("/page", Some(200), Some("feed-not-a-feed")),
        ("/dtd", Some(200), Some("feed-dtd")),
        ("/gone", Some(404), Some("fetch-status")),
        ("/empty", Some(200), None),
    ] {
        let test = test_source(&Fetcher::new(), &server.entry(path), &SMALL).await;
        let seen = test.faults.first().map(|fault| fault.code.as_str());
        assert_eq!((test.passed(), test.status, seen), (false, status, code), "{path}");
    }
    let mut private = server.entry("/page");
    private.allow_private.clear();
    let test = test_source(&Fetcher::new(), &private, &SMALL).await;
    assert_eq!(test.faults[0].code, "fetch-private");
    let mut incomplete = server.entry("/page");
    incomplete.purpose.clear();
    let test = test_source(&Fetcher::new(), &incomplete, &SMALL).await;
    assert_eq!(test.faults[0].code, "source-incomplete", "no source is asked without its register entry");
}
