//! What holds for every request: whose page may send it, what a browser may do with the answer, and one
//! line in the log.
//!
//! A page of another site cannot act here: every changing request must come from our own origin, and on
//! plain HTTP the site answers only to names of this machine, so that a stranger's name pointed at it
//! (DNS rebinding) finds nobody. Source: OWASP ASVS 5.0.0 V3.

use crate::refusal::Refusal;
use crate::state::App;
use axum::body::HttpBody as _;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::time::{Duration, Instant};
use vigie_model::Limits;

/// Name of the header that carries a request's id.
pub(crate) static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const POLICY: &str = "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; frame-ancestors 'none'; \
                      base-uri 'none'; form-action 'self'; object-src 'none'";

/// Headers that every answer carries, unless it brings a stricter one of its own. No `Strict-Transport-Security`: plain
/// HTTP is never served beside TLS, and with it a browser would shut people out of a site whose certificate, far
/// from any authority, has run out.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let private = !is_asset(request.uri());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut keep = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    keep(header::CONTENT_SECURITY_POLICY, POLICY);
    keep(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    keep(header::X_FRAME_OPTIONS, "DENY");
    keep(header::REFERRER_POLICY, "no-referrer");
    keep(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    keep(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    keep(HeaderName::from_static("cross-origin-embedder-policy"), "require-corp");
    keep(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), usb=()");
    if private {
        keep(header::CACHE_CONTROL, "no-store");
    }
    response
}

fn is_asset(uri: &Uri) -> bool {
    !["/api/", "/intake/", "/enter/"].iter().any(|start| uri.path().starts_with(start))
}

/// Gives the request its id, and the log one line: route template, status, time. Never a path as sent (it may
/// hold a key), never a query (it may hold words searched for).
pub(crate) async fn log(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = uuid::Uuid::now_v7().simple().to_string();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("pages", MatchedPath::as_str).to_owned();
    let value = HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("none"));
    request.headers_mut().insert(&REQUEST_ID, value.clone());
    let span = tracing::info_span!("request", id = %id);
    let mut response = tracing::Instrument::instrument(next.run(request), span).await;
    let status = response.status().as_u16();
    let ms = started.elapsed().as_millis() as u64;
    if response.status().is_server_error() {
        tracing::warn!(id, %method, route, status, ms, "answered");
    } else {
        tracing::debug!(id, %method, route, status, ms, "answered");
    }
    response.headers_mut().insert(&REQUEST_ID, value);
    response
}

/// Bodies up to here are taken in as they come.
const SMALL_BYTES_MAX: u64 = 64 << 10;
/// When who was refused for want of memory may come again.
const BUSY_S: u32 = 2;

/// Lets large bodies in as far as there is memory for them; who comes too many is told to come again. Without this, as
/// many files on their way in as there are gateways and people would be held at the same time.
pub(crate) async fn bodies(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(kib) = weight(&request) else { return next.run(request).await };
    let Ok(_room) = app.bodies.clone().try_acquire_many_owned(kib) else {
        let busy = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "server-busy").retry_after(BUSY_S);
        return busy.into_response();
    };
    next.run(request).await
}

/// KiB that a request may need for its body; one of unknown length may be as long as the longest.
fn weight(request: &Request) -> Option<u32> {
    let told =
        request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    let known = told.or(request.body().size_hint().exact());
    let bytes = known.unwrap_or(Limits::ATTACHMENT.bytes_max).min(Limits::ATTACHMENT.bytes_max);
    (bytes > SMALL_BYTES_MAX).then(|| u32::try_from(bytes >> 10).unwrap_or(u32::MAX))
}

/// Refuses a host name that is not ours, and changing requests that do not come from our own pages.
pub(crate) async fn origin(State(app): State<App>, request: Request, next: Next) -> Response {
    match check(&app, &request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

fn check(app: &App, request: &Request) -> Result<(), Refusal> {
    let misdirected = || Refusal::new(StatusCode::MISDIRECTED_REQUEST, "server-wrong-host");
    let authority = authority(request).ok_or_else(misdirected)?;
    if !is_ours(app, host_of(&authority)) {
        return Err(misdirected());
    }
    // The intake takes no cookie: whoever has the key may post from anywhere.
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || request.uri().path().starts_with("/intake/") {
        return Ok(());
    }
    let scheme = if app.options.secure { "https" } else { "http" };
    if !is_own_page(request.headers(), scheme, &authority) {
        return Err(Refusal::new(StatusCode::FORBIDDEN, "server-foreign-origin"));
    }
    check_media_type(request)
}

/// HTTP/2 carries the authority in the request line, HTTP/1.1 in `Host`.
fn authority(request: &Request) -> Option<String> {
    let in_line = request.uri().authority().map(|a| a.as_str().to_lowercase());
    let in_header = request.headers().get(header::HOST).and_then(|v| v.to_str().ok()).map(str::to_lowercase);
    in_line.or(in_header)
}

fn host_of(authority: &str) -> &str {
    match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((inside, _)) => inside,
        None => authority.split(':').next().unwrap_or(authority),
    }
}

fn is_ours(app: &App, host: &str) -> bool {
    let listed = app.options.hosts.iter().any(|ours| ours.eq_ignore_ascii_case(host));
    let this_machine = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    listed || this_machine || (app.options.secure && app.options.hosts.is_empty())
}

fn is_own_page(headers: &HeaderMap, scheme: &str, authority: &str) -> bool {
    let Some(origin) = headers.get(header::ORIGIN).and_then(|v| v.to_str().ok()) else { return false };
    origin.to_lowercase() == format!("{scheme}://{authority}")
}

/// A form of another page can send none of these types without asking first.
fn check_media_type(request: &Request) -> Result<(), Refusal> {
    let headers = request.headers();
    let empty = !headers.contains_key(header::TRANSFER_ENCODING)
        && headers.get(header::CONTENT_LENGTH).is_none_or(|length| length.as_bytes() == b"0");
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let bare = media_type.split(';').next().unwrap_or_default().trim();
    let known = ["application/json", "application/octet-stream", "text/csv"]
        .iter()
        .any(|t| bare.eq_ignore_ascii_case(t));
    if known || (empty && media_type.is_empty()) {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "server-media-type"))
}

/// Refuses a request that takes longer than its route may, the reading of its body included.
pub(crate) async fn in_time(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let limit = Duration::from_secs(seconds_for(route));
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::new(StatusCode::REQUEST_TIMEOUT, "server-too-slow").into_response(),
    }
}

/// Seconds that a route may take. The live stream answers at once and streams on.
fn seconds_for(route: &str) -> u64 {
    match route {
        // 25 MiB over the link of a team site.
        "/api/v1/attachments" => 900,
        "/api/v1/journal/verify" | "/api/v1/exercise/tamper" => 600,
        "/api/v1/sources/{id}/test" => 60,
        _ => 30,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_read_from_any_authority() {
        for (authority, host) in
            [("localhost:8600", "localhost"), ("[::1]:8600", "::1"), ("10.0.0.4", "10.0.0.4")]
        {
            assert_eq!(host_of(authority), host);
        }
    }

    #[test]
    fn f56_only_our_own_origin_is_our_own() {
        let page = |origin: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ORIGIN, HeaderValue::from_str(origin).expect("header"));
            is_own_page(&headers, "http", "localhost:8600")
        };
        assert!(page("http://localhost:8600"));
        for foreign in
            ["http://localhost:8601", "https://localhost:8600", "null", "http://localhost:8600.example.org"]
        {
            assert!(!page(foreign), "{foreign}");
        }
        assert!(!is_own_page(&HeaderMap::new(), "http", "localhost:8600"), "no origin is not ours");
    }
}
