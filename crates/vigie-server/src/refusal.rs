//! What a person is told when something is refused or fails.
//!
//! A handler names a message of the catalogues and its arguments; the sentence is made in [`speak`], the
//! outermost layer that knows the reader's language: the account's, else the browser's. Internal detail goes to
//! the log under the request's id, never to the person.

use crate::gate::Speaks;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use vigie_model::{At, Fault};
use vigie_store::StoreError;
use vigie_words::{Arg, Lang};

/// What happened, what to do, and a code to quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Code to quote, such as `VG-AUTH-001`.
    pub code: String,
    /// What happened and what was kept, in the reader's language.
    pub message: String,
    /// What to do; empty where nothing can be done.
    pub hint: String,
}

/// An answer that says no, before it is put into words.
#[derive(Debug, Clone)]
pub struct Refusal {
    status: StatusCode,
    id: Cow<'static, str>,
    args: Vec<(Cow<'static, str>, String)>,
    retry_after_s: Option<u32>,
}

impl Refusal {
    /// Message `id` of the catalogues under `status`.
    pub fn new(status: StatusCode, id: impl Into<Cow<'static, str>>) -> Self {
        Self { status, id: id.into(), args: Vec::new(), retry_after_s: None }
    }

    /// The same with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name.into(), value.to_string()));
        self
    }

    /// The same, asking to come back after so many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self.with("seconds", seconds)
    }

    /// Nothing there, or nothing that the asker may see: the two are one answer.
    pub fn nothing() -> Self {
        Self::new(StatusCode::NOT_FOUND, "server-nothing-there")
    }

    /// The request cannot be understood.
    pub fn unreadable(why: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "server-unreadable").with("why", clip(&why.to_string()))
    }

    /// One field of the request is not what it should be.
    pub fn field(name: &'static str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "server-field").with("field", name)
    }

    /// Our fault: the detail is logged, the person gets a code.
    pub fn ours(what: &'static str, cause: impl std::fmt::Display) -> Self {
        tracing::error!(what, cause = %cause, "request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "server-our-fault")
    }

    fn of_map(status: StatusCode, id: String, args: BTreeMap<String, String>) -> Self {
        let args = args.into_iter().map(|(name, value)| (name.into(), value)).collect();
        Self { status, id: id.into(), args, retry_after_s: None }
    }

    /// What a rule of the desk refused, under `status`.
    pub fn of_rule(status: StatusCode, refusal: &vigie_desk::Refusal) -> Self {
        let fault = refusal.fault();
        Self::of_map(status, fault.code.clone(), fault.args.clone())
    }

    /// What a parser refused, under `status`.
    pub fn of_fault(status: StatusCode, fault: &Fault) -> Self {
        Self::of_map(status, fault.code.clone(), fault.args.clone())
    }

    /// The same as a fault of the whole request.
    pub fn fault(&self) -> Fault {
        let fault = Fault::new(At::Whole, &self.id);
        self.args.iter().fold(fault, |fault, (name, value)| fault.with(name, value))
    }

    /// Message id in the catalogues.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The sentence in `lang`.
    pub fn problem(&self, lang: Lang) -> Problem {
        let args: Vec<(&str, Arg<'_>)> =
            self.args.iter().map(|(name, value)| (name.as_ref(), value.into())).collect();
        let told = vigie_words::problem(lang, &self.id, &args);
        Problem { code: told.code, message: told.message, hint: told.hint }
    }
}

fn clip(text: &str) -> String {
    text.chars().take(160).collect()
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        if error.is_disk_full() {
            return Self::new(StatusCode::INSUFFICIENT_STORAGE, "server-disk-full");
        }
        match error {
            StoreError::Refused(refused) => Self::of_map(StatusCode::CONFLICT, refused.code, refused.args),
            StoreError::Copy => Self::new(StatusCode::CONFLICT, "store-copy"),
            StoreError::Stopped(cause) => {
                tracing::error!(cause, "store has stopped writing");
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "server-store-stopped")
            }
            StoreError::Busy => Self::new(StatusCode::SERVICE_UNAVAILABLE, "server-held").retry_after(5),
            StoreError::TooLarge => Self::new(StatusCode::PAYLOAD_TOO_LARGE, "server-too-large"),
            StoreError::BadCursor => Self::new(StatusCode::BAD_REQUEST, "server-bad-cursor"),
            StoreError::Erased(_) => Self::new(StatusCode::GONE, "server-erased"),
            other => Self::ours("store", other),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Puts refusals into words; errors that a layer answered without words get the words of their status.
pub(crate) async fn speak(request: Request, next: Next) -> Response {
    let accepts = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    let browser = accepts.map_or_else(Lang::default, Lang::from_accept_language);
    let response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let lang = response.extensions().get::<Speaks>().map_or(browser, |speaks| speaks.0);
    match response.extensions().get::<Refusal>() {
        Some(refusal) => refusal.clone().written(lang),
        None if is_json(&response) => response,
        None => Refusal::new(status, wordless(status)).written(lang),
    }
}

fn is_json(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|v| v.as_bytes().starts_with(b"application/json"))
}

fn wordless(status: StatusCode) -> &'static str {
    match status {
        StatusCode::METHOD_NOT_ALLOWED => "server-method",
        StatusCode::PAYLOAD_TOO_LARGE => "server-too-large",
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => "server-too-slow",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "server-media-type",
        StatusCode::NOT_FOUND => "server-nothing-there",
        status if status.is_client_error() => "server-unreadable-plain",
        _ => "server-our-fault",
    }
}

impl Refusal {
    fn written(self, lang: Lang) -> Response {
        let mut response = (self.status, axum::Json(self.problem(lang))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
