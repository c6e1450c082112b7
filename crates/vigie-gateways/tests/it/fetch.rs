use crate::server::{SMALL, Server, loopback_fetcher};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use futures_util::stream;
use std::time::{Duration, Instant};
use vigie_gateways::fetch::{Content, FetchError, Fetched, Fetcher, RetryAfter, Validators};
use vigie_gateways::guard::{Allowed, Refusal};
use vigie_model::Limits;

async fn get_allowed(server: &Server, path: &str, limits: &Limits) -> Result<Fetched, FetchError> {
    Fetcher::new().get(&server.url(path), &server.allowed(), &Validators::default(), limits).await
}

async fn get_plain(url: &str) -> Result<Fetched, FetchError> {
    loopback_fetcher().get(url, &Allowed::default(), &Validators::default(), &SMALL).await
}

fn private(host: &str) -> Result<Fetched, FetchError> {
    Err(FetchError::Refused(Refusal::Private(host.to_owned())))
}

fn bytes(fetched: Fetched) -> Vec<u8> {
    match fetched.content {
        Content::Document { bytes, .. } => bytes,
        Content::Unchanged => panic!("a document was expected"),
    }
}

#[tokio::test]
async fn f34_addresses_of_this_machine_are_never_connected_to() {
    let server = Server::start(Router::new().fallback(|| async { "secret" })).await;
    let port = server.address.port();
    for host in ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "localhost", "localhost."] {
        let seen = get_plain(&format!("http://{host}:{port}/")).await;
        assert!(matches!(seen, Err(FetchError::Refused(Refusal::Private(_)))), "{host}: {seen:?}");
    }
    let seen = get_plain(&format!("http://feed.example:{port}/")).await;
    assert_eq!(seen, private("feed.example"), "a public-looking name that resolves to this machine");
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn f34_the_checked_address_is_the_connected_one() {
    let server = Server::start(Router::new().fallback(|| async { "camera" })).await;
    let allowed =
        Allowed::read(&[format!("camera.example:{}", server.address.port())]).expect("host and port");
    let url = format!("http://camera.example:{}/", server.address.port());
    let fetched =
        loopback_fetcher().get(&url, &allowed, &Validators::default(), &SMALL).await.expect("allowed");
    assert_eq!(fetched.address, Some(server.address));
    assert_eq!(bytes(fetched), b"camera");
}

#[tokio::test]
async fn f34_a_redirect_into_the_private_network_is_refused() {
    let inside = Server::start(Router::new().fallback(|| async { "secret" })).await;
    for target in [inside.url("/"), inside.url("/").replace("127.0.0.1", "other.example")] {
        let to = target.clone();
        let outside =
            Server::start(Router::new().route("/", get(move || async move { Redirect::temporary(&to) })))
                .await;
        let seen = loopback_fetcher()
            .get(&outside.url("/"), &outside.allowed(), &Validators::default(), &SMALL)
            .await;
        assert!(matches!(seen, Err(FetchError::Refused(Refusal::Private(_)))), "{target}: {seen:?}");
    }
    assert_eq!(inside.requests(), 0);
}

#[tokio::test]
async fn f35_an_endless_body_stops_at_the_byte_cap() {
    let endless =
        || async { Body::from_stream(stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b'x'; 4096]))) };
    let server = Server::start(Router::new().route("/", get(endless))).await;
    assert_eq!(get_allowed(&server, "/", &SMALL).await, Err(FetchError::TooLong { max: 64 << 10 }));
}

#[tokio::test]
async fn f35_a_small_body_that_unpacks_to_a_large_one_stops_at_the_byte_cap() {
    // A gzip member of some 1 KB that holds 1 MiB of zeros.
    let packed = include_bytes!("zeros.gz");
    let page = || async { ([(header::CONTENT_ENCODING, "gzip")], packed.as_slice()) };
    let server = Server::start(Router::new().route("/", get(page))).await;
    assert_eq!(get_allowed(&server, "/", &SMALL).await, Err(FetchError::TooLong { max: 64 << 10 }));
    let wide = Limits { bytes_max: 2 << 20, ..SMALL };
    assert_eq!(bytes(get_allowed(&server, "/", &wide).await.expect("fits")).len(), 1 << 20);
}

#[tokio::test]
async fn f35_one_byte_a_second_stops_at_the_deadline() {
    let drip = || async {
        Body::from_stream(stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Some((Ok::<_, std::io::Error>("x"), ()))
        }))
    };
    let server = Server::start(Router::new().route("/", get(drip))).await;
    let short = Limits { time_ms_max: 300, ..SMALL };
    let begun = Instant::now();
    assert_eq!(get_allowed(&server, "/", &short).await, Err(FetchError::TooSlow { max_ms: 300 }));
    assert!(begun.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn f35_a_server_that_never_answers_stops_at_the_deadline() {
    let server = Server::start(Router::new().route("/", get(std::future::pending::<&str>))).await;
    let short = Limits { time_ms_max: 200, ..SMALL };
    assert_eq!(get_allowed(&server, "/", &short).await, Err(FetchError::TooSlow { max_ms: 200 }));
}

#[tokio::test]
async fn f36_a_redirect_loop_ends_after_five() {
    let server = Server::start(Router::new().route("/", get(|| async { Redirect::permanent("/") }))).await;
    assert_eq!(get_allowed(&server, "/", &SMALL).await, Err(FetchError::Refused(Refusal::Redirects)));
    assert_eq!(server.requests(), 6);
}

#[tokio::test]
async fn f36_other_schemes_are_refused_at_once_and_in_redirects() {
    let scheme = |scheme: &str| Err(FetchError::Refused(Refusal::Scheme(scheme.to_owned())));
    assert_eq!(get_plain("file:///etc/passwd").await, scheme("file"));
    let pages = Router::new().route("/", get(|| async { [(header::LOCATION, "file:///etc/passwd")] }));
    let server = Server::start(pages).await;
    assert!(
        get_allowed(&server, "/", &SMALL).await.is_ok(),
        "an address without a redirect status is no redirect"
    );
    let away = || async { (StatusCode::FOUND, [(header::LOCATION, "file:///etc/passwd")]) };
    let server = Server::start(Router::new().route("/", get(away))).await;
    assert_eq!(get_allowed(&server, "/", &SMALL).await, scheme("file"));
}

#[tokio::test]
async fn redirects_within_the_rules_are_followed() {
    let pages = Router::new().route("/old", get(|| async { Redirect::permanent("new?x=1") })).route(
        "/new",
        get(|| async { ([(header::CONTENT_TYPE, "text/xml; Charset=\"windows-1252\"")], "here") }),
    );
    let server = Server::start(pages).await;
    let fetched = get_allowed(&server, "/old", &SMALL).await.expect("followed");
    assert_eq!((fetched.url.as_str(), fetched.status), (server.url("/new?x=1").as_str(), 200));
    let charset = Some("windows-1252".to_owned());
    assert_eq!(fetched.content, Content::Document { bytes: b"here".to_vec(), charset });
}

#[tokio::test]
async fn validators_are_sent_back_to_the_address_that_gave_them() {
    let page = |headers: HeaderMap| async move {
        let known = headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag == "\"v1\"");
        let dated = headers.get(header::IF_MODIFIED_SINCE).is_some();
        let given = [(header::ETAG, "\"v1\""), (header::LAST_MODIFIED, "Sun, 22 Nov 2026 15:30:00 GMT")];
        if known && dated { StatusCode::NOT_MODIFIED.into_response() } else { (given, "new").into_response() }
    };
    let server = Server::start(Router::new().route("/a", get(page)).route("/b", get(page))).await;
    let first = get_allowed(&server, "/a", &SMALL).await.expect("fetched");
    let again = |path: &'static str| {
        let (url, allowed, validators) = (server.url(path), server.allowed(), first.validators.clone());
        async move { Fetcher::new().get(&url, &allowed, &validators, &SMALL).await.expect("fetched") }
    };
    let second = again("/a").await;
    assert_eq!(
        (second.status, second.content, second.validators),
        (304, Content::Unchanged, first.validators.clone())
    );
    assert_eq!(again("/b").await.status, 200, "another address learns nothing");
}

#[tokio::test]
async fn a_refusing_server_says_when_to_come_back() {
    let busy = || async { (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "120")], "busy") };
    let dated = || async {
        (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "Sun, 22 Nov 2026 15:30:00 GMT")])
    };
    let server = Server::start(Router::new().route("/busy", get(busy)).route("/dated", get(dated))).await;
    let status = |status, retry_after| Err(FetchError::Status { status, retry_after });
    assert_eq!(get_allowed(&server, "/busy", &SMALL).await, status(503, Some(RetryAfter::Seconds(120))));
    let at = "2026-11-22T15:30:00Z".parse().expect("a time");
    assert_eq!(get_allowed(&server, "/dated", &SMALL).await, status(429, Some(RetryAfter::At(at))));
    assert_eq!(get_allowed(&server, "/none", &SMALL).await, status(404, None));
}

#[tokio::test]
async fn nobody_answering_is_told_from_a_broken_answer() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    drop(listener);
    let allowed = Allowed::read(&[address.to_string()]).expect("host and port");
    let seen =
        Fetcher::new().get(&format!("http://{address}/"), &allowed, &Validators::default(), &SMALL).await;
    assert_eq!(seen, Err(FetchError::NoConnection("127.0.0.1".into())));
    let broken = || async {
        let parts = [Ok("start"), Err(std::io::Error::other("cut"))];
        Body::from_stream(stream::iter(parts))
    };
    let server = Server::start(Router::new().route("/", get(broken))).await;
    assert_eq!(get_allowed(&server, "/", &SMALL).await, Err(FetchError::Broken));
}
