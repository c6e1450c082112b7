//! Speaks the public HTTP API, as a browser or a gateway would.

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, ORIGIN, RETRY_AFTER, SET_COOKIE};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;
use vigie_model::{SourceId, Timestamp};

/// Attempts to reach a site that does not answer or asks for patience.
const ATTEMPTS: u32 = 6;
/// Longest wait between two of them.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// Why the site did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The site cannot be reached.
    #[error("{what}: the site does not answer: {cause}")]
    Silent {
        /// Method and path.
        what: String,
        /// What the network said.
        cause: reqwest::Error,
    },
    /// The site refused.
    #[error("{what}: the site answered {status}: {said}")]
    Refused {
        /// Method and path.
        what: String,
        /// HTTP status.
        status: StatusCode,
        /// Its body, clipped.
        said: String,
    },
    /// The answer lacks something.
    #[error("{what}: the answer lacks {lacks}")]
    Odd {
        /// Method and path.
        what: String,
        /// What is missing.
        lacks: &'static str,
    },
    /// The simulated clock only moves on, and it already stands behind the first message.
    #[error(
        "the site's clock already shows {shows}, the scenario begins at {begins}: start on a fresh demo store"
    )]
    ClockAhead {
        /// What the site's clock shows.
        shows: Timestamp,
        /// When the scenario begins.
        begins: Timestamp,
    },
    /// No password or key was given for this name.
    #[error("no secret is known for {0}")]
    NoSecret(String),
}

impl ApiError {
    /// Whether the site does not know the thing (yet).
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Refused { status: StatusCode::NOT_FOUND, .. })
    }
}

/// What opens the doors: passwords by sign-in name, intake keys by source.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// By sign-in name.
    pub passwords: BTreeMap<String, String>,
    /// By source.
    #[serde(default)]
    pub keys: BTreeMap<SourceId, String>,
}

/// A site, and the sessions opened there.
#[derive(Debug)]
pub struct Site {
    base: String,
    http: reqwest::Client,
    credentials: Credentials,
    cookies: BTreeMap<String, String>,
}

impl Site {
    /// The site at `base_url`, such as `http://127.0.0.1:8443`.
    pub fn new(base_url: &str, credentials: Credentials) -> Result<Self, ApiError> {
        // Fails only where a provider is installed already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let base = base_url.trim_end_matches('/').to_owned();
        let built = reqwest::Client::builder().timeout(Duration::from_secs(30)).build();
        let http = built.map_err(|cause| ApiError::Silent { what: base.clone(), cause })?;
        Ok(Self { base, http, credentials, cookies: BTreeMap::new() })
    }

    /// Asks as `user`; `path` starts behind `/api/v1`. The answer is `null` where the body is empty.
    pub async fn ask(
        &mut self,
        user: &str,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, ApiError> {
        let cookie = self.session(user).await?;
        let url = format!("{}/api/v1{path}", self.base);
        let mut request =
            self.http.request(method.clone(), url).header(COOKIE, cookie).header(ORIGIN, &self.base);
        if let Some(body) = body {
            request = request.json(body);
        } else if method != Method::GET {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let what = format!("{method} {path}");
        json(&what, send(&what, request).await?).await
    }

    /// Reads as `user`.
    pub async fn read(&mut self, user: &str, path: &str) -> Result<Value, ApiError> {
        self.ask(user, Method::GET, path, None).await
    }

    /// Delivers one message to the intake of a source; the same key delivers it once, however often it is sent.
    pub async fn deliver(&self, source: &SourceId, key: &str, message: &Value) -> Result<Value, ApiError> {
        let secret =
            self.credentials.keys.get(source).ok_or_else(|| ApiError::NoSecret(source.to_string()))?;
        let request = self
            .http
            .post(format!("{}/intake/{source}", self.base))
            .header(AUTHORIZATION, format!("Bearer {secret}"))
            .header("Idempotency-Key", key)
            .json(message);
        let what = format!("POST /intake/{source}");
        json(&what, send(&what, request).await?).await
    }

    async fn session(&mut self, user: &str) -> Result<String, ApiError> {
        if let Some(cookie) = self.cookies.get(user) {
            return Ok(cookie.clone());
        }
        let password =
            self.credentials.passwords.get(user).ok_or_else(|| ApiError::NoSecret(user.to_owned()))?;
        let body = serde_json::json!({ "name": user, "password": password });
        let url = format!("{}/api/v1/signin", self.base);
        let answer = send("POST /signin", self.http.post(url).header(ORIGIN, &self.base).json(&body)).await?;
        let cookie =
            cookie(&answer).ok_or(ApiError::Odd { what: "POST /signin".to_owned(), lacks: "a cookie" })?;
        self.cookies.insert(user.to_owned(), cookie.clone());
        Ok(cookie)
    }
}

fn cookie(answer: &Response) -> Option<String> {
    let header = answer.headers().get(SET_COOKIE)?.to_str().ok()?;
    header.split(';').next().map(str::to_owned)
}

/// Sends, and sends again where the site is not there yet, is busy or asks for patience.
async fn send(what: &str, request: RequestBuilder) -> Result<Response, ApiError> {
    let mut attempt = 1;
    loop {
        let again = request.try_clone().filter(|_| attempt < ATTEMPTS);
        let copy = again.is_some();
        let result = match again {
            Some(clone) => clone.send().await,
            None => break,
        };
        match result {
            Ok(answer) if !is_busy(answer.status()) => return sound(what, answer).await,
            Ok(answer) => tokio::time::sleep(patience(&answer, attempt)).await,
            Err(cause) if copy && cause.is_connect() => tokio::time::sleep(backoff(attempt)).await,
            Err(cause) => return Err(ApiError::Silent { what: what.to_owned(), cause }),
        }
        attempt += 1;
    }
    let last = request.send().await.map_err(|cause| ApiError::Silent { what: what.to_owned(), cause })?;
    sound(what, last).await
}

fn is_busy(status: StatusCode) -> bool {
    matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
}

fn backoff(attempt: u32) -> Duration {
    Duration::from_millis(100 << attempt.min(6)).min(WAIT_MAX)
}

fn patience(answer: &Response, attempt: u32) -> Duration {
    let asked = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    asked.map_or_else(|| backoff(attempt), |seconds| Duration::from_secs(seconds).min(WAIT_MAX))
}

async fn sound(what: &str, answer: Response) -> Result<Response, ApiError> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let said = answer.text().await.unwrap_or_default().chars().take(300).collect();
    Err(ApiError::Refused { what: what.to_owned(), status, said })
}

async fn json(what: &str, answer: Response) -> Result<Value, ApiError> {
    let silent = |cause| ApiError::Silent { what: what.to_owned(), cause };
    let bytes = answer.bytes().await.map_err(silent)?;
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&bytes).map_err(|_| ApiError::Odd { what: what.to_owned(), lacks: "JSON" })
}
