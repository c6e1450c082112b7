//! What requests say, read strictly and refused in words.

use crate::refusal::Refusal;
use crate::state::App;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

/// A JSON body.
pub(super) struct Said<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Said<T> {
    type Rejection = Refusal;
    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let json = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
            kind.to_str()
                .is_ok_and(|kind| kind.split(';').next().is_some_and(|k| k.trim() == "application/json"))
        });
        if !json {
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "server-media-type"));
        }
        let bytes = bytes(request, state).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(Refusal::unreadable)
    }
}

/// The body as it is, within its route's limit.
pub(super) async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Refusal> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "server-too-large"),
        _ => Refusal::unreadable(rejection.body_text()),
    })
}

/// The query string.
pub(super) struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query.map(|query| Self(query.0)).map_err(|rejection| Refusal::unreadable(rejection.body_text()))
    }
}

/// An id in the path; what is not one names nothing.
pub(super) struct At<T>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for At<T> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, state).await;
        let text = path.map_err(|_| Refusal::nothing())?.0;
        text.parse().map(Self).map_err(|_| Refusal::nothing())
    }
}

/// The address of the caller: the other end of the connection, or who our own proxy says it is.
pub(super) struct Caller(pub IpAddr);

impl FromRequestParts<App> for Caller {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let named = forwarded.and_then(|v| v.to_str().ok()).and_then(|list| list.rsplit(',').next());
        let named =
            named.and_then(|address| address.trim().parse().ok()).filter(|_| app.options.behind_proxy);
        Ok(Self(named.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))))
    }
}

/// A text that people typed: no control characters, trimmed, 1 to `max` characters.
pub(super) fn line(text: &str, max: usize) -> Option<String> {
    let text = text.trim();
    let fits = (1..=max).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}

/// The same, where nothing typed is nothing said.
pub(super) fn maybe_line(
    text: Option<&str>,
    max: usize,
    field: &'static str,
) -> Result<Option<String>, Refusal> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => line(text, max).map(Some).ok_or_else(|| Refusal::field(field)),
    }
}

/// A BCP 47 tag as far as its letters go (RFC 5646 §2.1): 2 to 35 letters, digits and hyphens.
pub(super) fn language_tag(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = (2..=35).contains(&text.len())
        && text
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f42_a_name_holds_no_line_break_and_no_terminal_escape() {
        assert_eq!(line("  Amina Ndolo ", 80).as_deref(), Some("Amina Ndolo"));
        for bad in ["", "  ", "a\nb", "a\u{1b}[31m", "a\u{0}", &"x".repeat(81)] {
            assert_eq!(line(bad, 80), None, "{bad:?}");
        }
    }

    #[test]
    fn a_language_tag_is_letters_and_hyphens() {
        assert_eq!(language_tag("fr-CF").as_deref(), Some("fr-CF"));
        for bad in ["f", "fr_FR", "fr--CF", "français", "x-waytoolongpart1"] {
            assert_eq!(language_tag(bad), None, "{bad}");
        }
    }
}
