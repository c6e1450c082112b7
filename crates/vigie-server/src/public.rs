//! What the public reads: a listener of its own that knows nobody and keeps nothing of what it is asked.
//!
//! It shows texts of releases by the channel *feed* that have not expired, and nothing else of the site: no session, no
//! cookie, no count, no name. Formats are those of `vigie-wire`.

mod check;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use std::net::TcpListener;
use vigie_desk::messages::Message;
use vigie_desk::record::{Release, Response as Answer};
use vigie_model::{Channel as By, Compartment, Compartments, Form, Timestamp, Truth};
use vigie_store::{DeskQuery, Store, StoreError, Views};
use vigie_wire::publish::{self, Channel, Item, Review};
use vigie_words::Lang;

/// Releases looked through for the feed.
const RELEASES_MAX: u32 = 200;
/// Readable on any telephone, nothing fetched.
const HEAD_STYLE: &str = "<style>body{font:1.1rem/1.5 sans-serif;max-width:40rem;margin:1rem auto;padding:0 1rem}\
    article{border-top:1px solid #888;padding:1rem 0}p{white-space:pre-line}textarea{width:100%;font:inherit}</style>";
/// A page may be kept by whoever reads it for this long, in seconds.
const FRESH: &str = "public, max-age=60";

#[derive(Clone)]
struct Public {
    store: Store,
    base: String,
}

/// Serves the public pages on `listener` until `shutdown`. `base` is their address as the public knows it.
pub async fn serve(
    store: Store,
    listener: TcpListener,
    base: String,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let base = base.trim_end_matches('/').to_owned();
    axum::serve(listener, router(store, base)).with_graceful_shutdown(shutdown).await
}

pub(crate) fn router(store: Store, base: String) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/check", get(check::form).post(check::answer))
        .route("/feed.atom", get(atom))
        .route("/feed.json", get(json))
        .route("/items/{code}/{lang}", get(item))
        .route("/items/{code}/{lang}/claim-review.json", get(claim_review))
        .with_state(Public { store, base })
}

impl Public {
    fn channel(&self) -> Channel {
        let site = self.store.site();
        let title = if site.demo { format!("DEMO · {}", site.mission) } else { site.mission.clone() };
        Channel { base: self.base.clone(), title: title.clone(), author: title }
    }

    async fn items(&self) -> Result<Vec<Item>, StatusCode> {
        let store = self.store.clone();
        let read = tokio::task::spawn_blocking(move || {
            let now = store.now();
            store.read(|views| items(views, now))
        });
        match read.await {
            Ok(Ok(items)) => Ok(items),
            _ => Err(StatusCode::SERVICE_UNAVAILABLE),
        }
    }

    async fn one(&self, code: &str, lang: &str) -> Result<Item, StatusCode> {
        let items = self.items().await?;
        items.into_iter().find(|item| item.code == code && item.lang == lang).ok_or(StatusCode::NOT_FOUND)
    }
}

fn items(views: &Views, now: Timestamp) -> Result<Vec<Item>, StoreError> {
    let see = Compartments::of(&[Compartment::Communications]);
    let releases =
        views.records::<Release>(&DeskQuery { limit: RELEASES_MAX, ..DeskQuery::default() }, see)?;
    let mut items = Vec::new();
    for release in releases
        .items
        .into_iter()
        .filter(|r| r.said.channel == By::Feed && now <= r.said.expires_at && !r.recalled)
    {
        let Some(message) = release.said.message else { continue };
        let Some(message) = views.record::<Message>(message.uuid(), see)? else { continue };
        let answer = views.record::<Answer>(message.response.uuid(), see)?;
        let title = answer.as_ref().map_or_else(String::new, |answer| answer.title.clone());
        for text in release.texts.iter().filter(|text| text.form != Form::Lines) {
            items.push(Item {
                code: release.code.clone(),
                lang: text.lang.clone(),
                title: title.clone(),
                text: text.text(),
                issued_at: release.at,
                review: review(views, answer.as_ref(), &title, &text.lang)?,
            });
        }
    }
    Ok(items)
}

/// The review of a claim, where people settled whether it is so.
fn review(
    views: &Views,
    answer: Option<&Answer>,
    claim: &str,
    lang: &str,
) -> Result<Option<Review>, StoreError> {
    let Some(narrative) = answer.and_then(Answer::narrative) else { return Ok(None) };
    let open = Compartments::of(&[Compartment::Operations, Compartment::Communications]);
    let rating = match views.judged(narrative, open)?.truth() {
        Truth::False => 1,
        Truth::Mixed => 3,
        Truth::Corroborated => 4,
        Truth::True => 5,
        Truth::Unverified | Truth::Undecidable => return Ok(None),
    };
    let truth = views.judged(narrative, open)?.truth();
    let speaks = Lang::from_tag(lang).unwrap_or_default();
    let rating_name = vigie_words::text(speaks, &format!("truth-{truth}"), &[]);
    Ok(Some(Review { claim: claim.to_owned(), rating, rating_name }))
}

fn sent(kind: &'static str, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(FRESH));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        HeaderName::from_static("content-security-policy"),
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"),
    );
    response
}

async fn atom(State(public): State<Public>) -> Result<Response, StatusCode> {
    let items = public.items().await?;
    Ok(sent("application/atom+xml; charset=utf-8", publish::atom(&public.channel(), &items)))
}

async fn json(State(public): State<Public>) -> Result<Response, StatusCode> {
    let items = public.items().await?;
    let feed = publish::json_feed(&public.channel(), &items).to_string();
    Ok(sent("application/feed+json; charset=utf-8", feed))
}

async fn claim_review(
    State(public): State<Public>,
    Path((code, lang)): Path<(String, String)>,
) -> Result<Response, StatusCode> {
    let item = public.one(&code, &lang).await?;
    let review = publish::claim_review(&public.channel(), &item).ok_or(StatusCode::NOT_FOUND)?;
    Ok(sent("application/ld+json; charset=utf-8", review.to_string()))
}

async fn item(
    State(public): State<Public>,
    Path((code, lang)): Path<(String, String)>,
) -> Result<Response, StatusCode> {
    let item = public.one(&code, &lang).await?;
    Ok(sent("text/html; charset=utf-8", Html(html(&public.channel(), &item.lang, &[&item]))))
}

async fn page(State(public): State<Public>) -> Result<Response, StatusCode> {
    let items = public.items().await?;
    let all: Vec<&Item> = items.iter().collect();
    Ok(sent("text/html; charset=utf-8", Html(html(&public.channel(), "fr", &all))))
}

/// One plain page: readable on any telephone, printable, nothing fetched.
fn html(channel: &Channel, lang: &str, items: &[&Item]) -> String {
    let mut out = format!(
        "<!doctype html><html lang=\"{0}\"><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>{1}</title>{HEAD_STYLE}<h1>{1}</h1><p><a href=\"{2}/check\">{3}</a></p>",
        escaped(lang),
        escaped(&channel.title),
        escaped(&channel.base),
        escaped(&vigie_words::text(Lang::from_tag(lang).unwrap_or_default(), "public-check-link", &[])),
    );
    for item in items {
        article(&mut out, item);
    }
    out
}

fn article(out: &mut String, item: &Item) {
    use std::fmt::Write as _;
    let _ = write!(
        out,
        "<article lang=\"{}\" dir=auto><h2>{}</h2><p>{}</p><time datetime=\"{}\">{}</time></article>",
        escaped(&item.lang),
        escaped(&item.title),
        escaped(&item.text),
        item.issued_at,
        vigie_model::dtg(item.issued_at)
    );
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f41_a_text_cannot_become_markup() {
        let channel = Channel { base: String::new(), title: "M".to_owned(), author: "M".to_owned() };
        let item = Item {
            code: "S-26-0001".to_owned(),
            lang: "fr\"><script>".to_owned(),
            title: "<b>".to_owned(),
            text: "<img src=x onerror=alert(1)>".to_owned(),
            issued_at: Timestamp::UNIX_EPOCH,
            review: None,
        };
        let page = html(&channel, "fr", &[&item]);
        assert!(!page.contains("<script>") && !page.contains("<img") && !page.contains("<b>"));
    }
}
