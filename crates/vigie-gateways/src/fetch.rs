//! Fetches one document from the outside, within bounds.
//!
//! Bytes and time are counted over the whole fetch, redirects included: a body that never ends and one that comes
//! a byte a second both stop. Each redirect is checked as the first address was. Nothing of the environment is taken
//! over (no proxy), no cookie is kept, no page is told where the reader came from. Source: RFC 9110, RFC 9111.

use crate::guard::{self, Allowed, Guarded, Lookup, REDIRECTS_MAX, Refusal, SystemLookup};
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Client, Response, StatusCode};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::sync::{Arc, Once};
use std::time::Duration;
use url::Url;
use vigie_model::{At, Fault, Limits, Timestamp};

/// Says what asks, not who: the reader's mission is nobody's business.
const AGENT: &str = "Mozilla/5.0 (compatible; feed reader)";
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
                      application/json;q=0.8, */*;q=0.1";
/// A validator longer than this is not kept.
const VALIDATOR_BYTES_MAX: usize = 1024;

/// What a server gave to ask "has it changed?" with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Validators {
    /// The address that gave them; they are sent to no other.
    pub url: String,
    /// `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified`, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// When a server wants to be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// After this many seconds.
    Seconds(u64),
    /// At this time.
    At(Timestamp),
}

/// Why a document could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address is not connected to.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The name resolves to nothing.
    #[error("the name `{0}` is not known")]
    UnknownName(String),
    /// Nobody answers there.
    #[error("no connection to `{0}`")]
    NoConnection(String),
    /// The certificate is not accepted.
    #[error("the certificate of `{0}` is not accepted")]
    Certificate(String),
    /// This machine knows no certificate authority.
    #[error("this machine knows no certificate authority")]
    NoAuthorities,
    /// The server answered, and not with the document.
    #[error("the server answers {status}")]
    Status {
        /// HTTP status.
        status: u16,
        /// When it wants to be asked again.
        retry_after: Option<RetryAfter>,
    },
    /// The document is larger than it may be.
    #[error("more than {max} bytes")]
    TooLong {
        /// The bound, in bytes.
        max: u64,
    },
    /// The whole fetch took longer than it may.
    #[error("not whole after {max_ms} ms")]
    TooSlow {
        /// The bound, in milliseconds.
        max_ms: u64,
    },
    /// The connection broke midway.
    #[error("the connection broke")]
    Broken,
}

impl FetchError {
    /// The fault that tells a person.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Refused(refusal) => refusal.fault(),
            Self::UnknownName(host) => Fault::new(At::Whole, "fetch-unknown-name").with("host", host),
            Self::NoConnection(host) => Fault::new(At::Whole, "fetch-no-connection").with("host", host),
            Self::Certificate(host) => Fault::new(At::Whole, "fetch-certificate").with("host", host),
            Self::NoAuthorities => Fault::new(At::Whole, "fetch-no-authorities"),
            Self::Status { status, .. } => Fault::new(At::Whole, "fetch-status").with("status", status),
            Self::TooLong { max } => Fault::new(At::Whole, "fetch-too-long").with("max", (max >> 20).max(1)),
            Self::TooSlow { max_ms } => {
                Fault::new(At::Whole, "fetch-too-slow").with("max", max_ms.div_ceil(1000))
            }
            Self::Broken => Fault::new(At::Whole, "fetch-broken"),
        }
    }

    /// When the server wants to be asked again, where it said so.
    pub const fn retry_after(&self) -> Option<RetryAfter> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The document has not changed since the validators were given.
    Unchanged,
    /// The document.
    Document {
        /// Its bytes.
        bytes: Vec<u8>,
        /// The character set that the transport names.
        charset: Option<String>,
    },
}

/// A fetch that reached its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The address that answered, redirects followed.
    pub url: String,
    /// The network address that was connected to.
    pub address: Option<SocketAddr>,
    /// HTTP status.
    pub status: u16,
    /// What came.
    pub content: Content,
    /// What to ask with next time.
    pub validators: Validators,
}

/// What a server answered to something posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// HTTP status.
    pub status: u16,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Fetches documents through the guard.
#[derive(Clone)]
pub struct Fetcher {
    lookup: Arc<dyn Lookup>,
}

impl Default for Fetcher {
    fn default() -> Self {
        Self::new()
    }
}

impl Fetcher {
    /// A fetcher that asks the system's resolver.
    pub fn new() -> Self {
        Self::with_lookup(Arc::new(SystemLookup))
    }

    /// A fetcher that asks `lookup`.
    pub fn with_lookup(lookup: Arc<dyn Lookup>) -> Self {
        install_crypto();
        Self { lookup }
    }

    /// Fetches `url`. `limits` bound the bytes (after decompression) and the time of the whole.
    pub async fn get(
        &self,
        url: &str,
        allowed: &Allowed,
        validators: &Validators,
        limits: &Limits,
    ) -> Result<Fetched, FetchError> {
        let whole = self.follow(url, allowed, validators, limits.bytes_max);
        let max_ms = limits.time_ms_max;
        tokio::time::timeout(Duration::from_millis(max_ms), whole)
            .await
            .unwrap_or(Err(FetchError::TooSlow { max_ms }))
    }

    async fn follow(
        &self,
        url: &str,
        allowed: &Allowed,
        validators: &Validators,
        bytes_max: u64,
    ) -> Result<Fetched, FetchError> {
        let mut url = Url::parse(url).map_err(|_| Refusal::NotAnAddress)?;
        guard::check(&url, allowed)?;
        for _ in 0..=REDIRECTS_MAX {
            let request = self.client(&url, allowed)?.get(url.clone()).headers(headers(&url, validators));
            let response = request.send().await.map_err(|error| unreached(&error, &url))?;
            let Some(location) = location(&response) else {
                return fetched(url, response, validators, bytes_max).await;
            };
            url = guard::redirect(&url, &location, allowed)?;
        }
        Err(Refusal::Redirects.into())
    }

    /// A client of its own for each request: which private address is allowed hangs on this very host and port, and no
    /// connection made under one rule serves another.
    fn client(&self, url: &Url, allowed: &Allowed) -> Result<Client, FetchError> {
        let mut builder = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .user_agent(AGENT)
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(Guarded::new(self.lookup.clone(), url, allowed)));
        if url.scheme() == "http" {
            // No certificate is asked for: a machine without authorities can still read a plain feed.
            builder = builder.tls_certs_only([]);
        }
        builder.build().map_err(|_| FetchError::NoAuthorities)
    }

    /// Posts `body` as JSON to an address that a register entry names. No redirect is followed: what is posted may be
    /// for nobody else. `limits` bound the answer and the time of the whole.
    pub async fn post_json<B: Serialize + Sync>(
        &self,
        url: &str,
        allowed: &Allowed,
        bearer: Option<&str>,
        body: &B,
        limits: &Limits,
    ) -> Result<Posted, FetchError> {
        let max_ms = limits.time_ms_max;
        let whole = self.post(url, allowed, bearer, body, limits.bytes_max);
        tokio::time::timeout(Duration::from_millis(max_ms), whole)
            .await
            .unwrap_or(Err(FetchError::TooSlow { max_ms }))
    }

    async fn post<B: Serialize + Sync>(
        &self,
        url: &str,
        allowed: &Allowed,
        bearer: Option<&str>,
        body: &B,
        bytes_max: u64,
    ) -> Result<Posted, FetchError> {
        let url = Url::parse(url).map_err(|_| Refusal::NotAnAddress)?;
        guard::check(&url, allowed)?;
        let mut request = self.client(&url, allowed)?.post(url.clone()).json(body);
        if let Some(key) = bearer {
            request = request.bearer_auth(key);
        }
        let response = request.send().await.map_err(|error| unreached(&error, &url))?;
        let status = response.status().as_u16();
        Ok(Posted { status, bytes: self::body(response, bytes_max).await? })
    }
}

/// The ring provider, once for the process; a binary that has installed its own keeps it.
fn install_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

fn headers(url: &Url, validators: &Validators) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static(ACCEPT));
    if validators.url == url.as_str() {
        let mut put = |name, value: &Option<String>| {
            if let Some(value) = value.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
                headers.insert(name, value);
            }
        };
        put(header::IF_NONE_MATCH, &validators.etag);
        put(header::IF_MODIFIED_SINCE, &validators.last_modified);
    }
    headers
}

/// Where the server sends the reader, when it does.
fn location(response: &Response) -> Option<String> {
    let moved = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(header::LOCATION)?;
    moved.then(|| String::from_utf8_lossy(location.as_bytes()).into_owned())
}

async fn fetched(
    url: Url,
    response: Response,
    before: &Validators,
    bytes_max: u64,
) -> Result<Fetched, FetchError> {
    let status = response.status();
    let address = response.remote_addr();
    let validators = given(&url, response.headers());
    if status == StatusCode::NOT_MODIFIED {
        let content = Content::Unchanged;
        return Ok(Fetched { url: url.into(), address, status: 304, content, validators: before.clone() });
    }
    if !status.is_success() {
        let retry_after = retry_after(response.headers());
        return Err(FetchError::Status { status: status.as_u16(), retry_after });
    }
    let charset = charset(response.headers());
    let bytes = body(response, bytes_max).await?;
    let content = Content::Document { bytes, charset };
    Ok(Fetched { url: url.into(), address, status: status.as_u16(), content, validators })
}

async fn body(mut response: Response, max: u64) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| FetchError::Broken)? {
        if (bytes.len() + chunk.len()) as u64 > max {
            return Err(FetchError::TooLong { max });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (value.len() <= VALIDATOR_BYTES_MAX).then(|| value.to_owned())
}

fn given(url: &Url, headers: &HeaderMap) -> Validators {
    Validators {
        url: url.as_str().to_owned(),
        etag: text(headers, header::ETAG),
        last_modified: text(headers, header::LAST_MODIFIED),
    }
}

fn charset(headers: &HeaderMap) -> Option<String> {
    let kind = text(headers, header::CONTENT_TYPE)?;
    let named = kind.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    });
    named.filter(|name| !name.is_empty())
}

fn retry_after(headers: &HeaderMap) -> Option<RetryAfter> {
    let value = text(headers, header::RETRY_AFTER)?;
    if let Ok(seconds) = value.trim().parse() {
        return Some(RetryAfter::Seconds(seconds));
    }
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value.trim()).ok().map(RetryAfter::At)
}

/// What lies behind a request that got no answer.
fn unreached(error: &reqwest::Error, url: &Url) -> FetchError {
    let host = url.host_str().unwrap_or_default().to_owned();
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    let mut said = String::new();
    while let Some(one) = cause {
        if let Some(refusal) = one.downcast_ref::<Refusal>() {
            return FetchError::Refused(refusal.clone());
        }
        if let Some(tls) = one.downcast_ref::<rustls::Error>() {
            return if matches!(tls, rustls::Error::InvalidCertificate(_)) {
                FetchError::Certificate(host)
            } else {
                FetchError::Broken
            };
        }
        said = one.to_string();
        cause = source_of(one);
    }
    match () {
        () if said.contains("failed to lookup") || said.contains("dns error") => {
            FetchError::UnknownName(host)
        }
        () if error.is_connect() => FetchError::NoConnection(host),
        () => FetchError::Broken,
    }
}

/// `std::io::Error` hides what it wraps from `source()`.
fn source_of<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> Option<&'a (dyn std::error::Error + 'static)> {
    if let Some(inner) = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        return Some(inner);
    }
    error.source()
}
