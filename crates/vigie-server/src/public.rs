//! What the public reads, and where it may write: a listener of its own that knows nobody, and keeps nothing of what it is
//! asked but what the form takes.
//!
//! It shows texts of releases by the channel *feed* that have not expired, and nothing else of the site: no session, no
//! cookie, no count, no name. Every word of it is one that a second person cleared: the title of an item is the first
//! sentence of its text, and a claim is reviewed in the words of a cleared question. Formats are those of `vigie-wire`.
//! It answers GET alone, but for the check of a text (`check`) and, where an administrator registered a source for it, the
//! form (`form`).

mod check;
mod flood;
mod form;
mod pages;
mod reference;

use crate::guard;
use crate::serve;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use flood::{Flood, READING, WRITING};
use std::net::TcpListener;
use std::sync::Arc;
use vigie_desk::messages::Message;
use vigie_desk::record::{Release, Response as Answer};
use vigie_model::{Channel as By, Compartment, Compartments, Form, MessageText, Timestamp, Truth};
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
    behind_proxy: bool,
    writing: Arc<Flood>,
    reading: Arc<Flood>,
}

/// How the public comes to its pages.
#[derive(Debug, Clone, Default)]
pub struct PublicOptions {
    /// Their address as the public knows it.
    pub base: String,
    /// The last hop is a proxy of ours: its `X-Forwarded-For` names the caller.
    pub behind_proxy: bool,
}

/// Serves the public pages on `listener` until `shutdown`.
pub async fn serve(
    store: Store,
    listener: TcpListener,
    options: PublicOptions,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let handle = Handle::new();
    let stops = handle.clone();
    tokio::spawn(async move {
        shutdown.await;
        stops.graceful_shutdown(Some(serve::GRACE));
    });
    serve::listen_with(listener, NoDelayAcceptor::new(), handle, router(store, options)).await
}

/// The routes of the public pages. Nothing of a request is logged: neither who nor what.
pub fn router(store: Store, options: PublicOptions) -> Router {
    let base = options.base.trim_end_matches('/').to_owned();
    let public = Public {
        store,
        base,
        behind_proxy: options.behind_proxy,
        writing: Arc::new(Flood::new(WRITING)),
        reading: Arc::new(Flood::new(READING)),
    };
    Router::new()
        .route("/", get(page))
        .route("/check", get(check::form).post(check::answer).layer(DefaultBodyLimit::max(check::BODY_MAX)))
        .route("/feed.atom", get(atom))
        .route("/feed.json", get(json))
        .route("/items/{code}/{lang}", get(item))
        .route("/items/{code}/{lang}/claim-review.json", get(claim_review))
        .merge(form::routes())
        .layer(from_fn(guard::in_time))
        .with_state(public)
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
        for text in release.texts.iter().filter(|text| text.form != Form::Lines) {
            items.push(Item {
                code: release.code.clone(),
                lang: text.lang.clone(),
                title: first_sentence(text).to_owned(),
                text: text.text(),
                issued_at: release.at,
                review: review(views, answer.as_ref(), &release, &text.lang)?,
            });
        }
    }
    Ok(items)
}

/// What stands for a title: it was verified and cleared with the rest of its text.
fn first_sentence(text: &MessageText) -> &str {
    text.sentences.first().map_or("", |sentence| sentence.text.as_str())
}

/// The review of a claim, where people settled whether it is so. What is reviewed is told in the words of the question with
/// which a questions-and-answers sheet of the same release begins: nobody cleared any other words for it.
fn review(
    views: &Views,
    answer: Option<&Answer>,
    release: &Release,
    lang: &str,
) -> Result<Option<Review>, StoreError> {
    let sheet = release.texts.iter().find(|text| text.lang == lang && text.form == Form::Qa);
    let Some(claim) = sheet.map(first_sentence) else { return Ok(None) };
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
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
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
    Ok(sent("text/html; charset=utf-8", Html(html(&public.channel(), &item.lang, &[&item], false))))
}

async fn page(State(public): State<Public>) -> Result<Response, StatusCode> {
    let items = public.items().await?;
    let all: Vec<&Item> = items.iter().collect();
    let writes = form::is_there(&public).await?;
    Ok(sent("text/html; charset=utf-8", Html(html(&public.channel(), "fr", &all, writes))))
}

/// One plain page: readable on any telephone, printable, nothing fetched.
fn html(channel: &Channel, lang: &str, items: &[&Item], writes: bool) -> String {
    use std::fmt::Write as _;
    let mut out = format!(
        "<!doctype html><html lang=\"{0}\"><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>{1}</title>{HEAD_STYLE}<h1>{1}</h1><p><a href=\"{2}/check\">{3}</a></p>",
        escaped(lang),
        escaped(&channel.title),
        escaped(&channel.base),
        escaped(&vigie_words::text(Lang::from_tag(lang).unwrap_or_default(), "public-check-link", &[])),
    );
    if writes {
        for lang in Lang::ALL {
            let tag = lang.tag();
            let name = escaped(&vigie_words::text(lang, "write-to-us", &[]));
            let _ = write!(out, "<p><a lang=\"{tag}\" href=\"/write/{tag}\">{name}</a></p>");
        }
    }
    for item in items {
        article(&mut out, item);
    }
    out
}

fn article(out: &mut String, item: &Item) {
    use std::fmt::Write as _;
    let _ = write!(
        out,
        "<article lang=\"{}\" dir=auto><p>{}</p><time datetime=\"{}\">{}</time></article>",
        escaped(&item.lang),
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
        let page = html(&channel, "fr", &[&item], true);
        assert!(!page.contains("<script>") && !page.contains("<img") && !page.contains("<b>"));
    }
}
