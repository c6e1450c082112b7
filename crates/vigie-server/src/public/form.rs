//! The form with which the public writes to the mission, and reads the answer.
//!
//! It stands on the public listener only where an administrator registered a source for it. There is no session, no cookie
//! and no script; neither the address of whoever writes nor the time of their coming back is kept. A text enters as a signal,
//! like a text message does, and whoever wrote is a contact of the vault whose address is the hash of a reference that is
//! shown once. Receipts and answers are releases: they pass the same rules, and stand here once they are recorded.

use super::Public;
use super::pages::{self, Page, Seen};
use super::reference::{self, Reference};
use axum::Form;
use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};
use vigie_desk::messages::Message;
use vigie_desk::record::{Approval, Release};
use vigie_desk::sending;
use vigie_model::{
    Actor, Channel, Compartment, Compartments, Connector, ContactId, Event, Form as Shape, IdempotencyKey,
    Signal, SignalId, SourceEntry, Standing, Timestamp,
};
use vigie_store::{DeskQuery, Draft, SourceRow, Store, StoreError, Views};
use vigie_wire::SignalDraft;
use vigie_words::Lang;

/// Bytes of a body: a text of the longest kind in any script, as a browser encodes it.
const BODY_MAX: usize = 32 << 10;
/// Characters of a text.
pub(super) const TEXT_CHARS_MAX: usize = 2_000;
/// How often, and how many times, it is looked whether the receipt is recorded.
const LOOK: Duration = Duration::from_millis(150);
const LOOKS: u32 = 20;

/// The routes of the form.
pub(super) fn routes() -> Router<Public> {
    Router::new()
        .route("/write", get(blank))
        .route("/write/{lang}", get(blank_in))
        .route("/write/{lang}", post(take))
        .route("/write/{lang}/answer", post(answer))
        .layer(DefaultBodyLimit::max(BODY_MAX))
}

/// Who is at the other end, for as long as the request takes.
pub(super) struct Caller(pub(super) IpAddr);

impl FromRequestParts<Public> for Caller {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, public: &Public) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let named = forwarded.and_then(|v| v.to_str().ok()).and_then(|list| list.rsplit(',').next());
        let named = named.and_then(|address| address.trim().parse().ok()).filter(|_| public.behind_proxy);
        Ok(Self(named.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))))
    }
}

/// What the form sends.
#[derive(Deserialize)]
struct Wrote {
    /// Drawn with the page: the same one with the same text is the same message.
    #[serde(default)]
    once: String,
    #[serde(default)]
    text: String,
    /// There, where no answer is wanted.
    quiet: Option<String>,
}

/// What the second form sends.
#[derive(Deserialize)]
struct Asks {
    #[serde(default)]
    reference: String,
}

async fn blank(State(public): State<Public>, headers: HeaderMap) -> Result<Response, StatusCode> {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    show_blank(&public, wanted.map_or_else(Lang::default, Lang::from_accept_language)).await
}

async fn blank_in(State(public): State<Public>, Path(lang): Path<String>) -> Result<Response, StatusCode> {
    show_blank(&public, spoken(&lang)?).await
}

async fn show_blank(public: &Public, lang: Lang) -> Result<Response, StatusCode> {
    if door(public).await?.paused {
        return Ok(pages::sent(StatusCode::OK, &public.page(lang), &Seen::Paused));
    }
    let once = crate::secrets::token::<16>().map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok(pages::sent(StatusCode::OK, &public.page(lang), &Seen::Blank { once }))
}

fn spoken(lang: &str) -> Result<Lang, StatusCode> {
    Lang::ALL.into_iter().find(|one| one.tag() == lang).ok_or(StatusCode::NOT_FOUND)
}

/// The source that an administrator registered for the form; without one there is no such page.
async fn door(public: &Public) -> Result<SourceRow, StatusCode> {
    let found = blocking(public, |store| {
        let now = store.now();
        store.read(|views| source(views, now))
    });
    found.await?.ok_or(StatusCode::NOT_FOUND)
}

/// Whether there is a form, be it that texts are taken or that answers alone are given.
pub(super) async fn is_there(public: &Public) -> Result<bool, StatusCode> {
    match door(public).await {
        Ok(_) => Ok(true),
        Err(StatusCode::NOT_FOUND) => Ok(false),
        Err(status) => Err(status),
    }
}

/// The first source of its kind that is complete; one that is not paused before one that is.
fn source(views: &Views, now: Timestamp) -> Result<Option<SourceRow>, StoreError> {
    let form = |row: &SourceRow| row.entry.connector == Connector::Form && row.entry.check().is_ok();
    Ok(views.sources(now)?.into_iter().filter(form).min_by_key(|row| row.paused))
}

async fn blocking<T: Send + 'static>(
    public: &Public,
    work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StatusCode> {
    let store = public.store.clone();
    match tokio::task::spawn_blocking(move || work(&store)).await {
        Ok(Ok(done)) => Ok(done),
        _ => Err(StatusCode::SERVICE_UNAVAILABLE),
    }
}

/// A page of somebody else may not send in a reader's name; browsers say where a form stood.
fn is_foreign(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    site.is_some_and(|site| !matches!(site, "same-origin" | "none"))
}

/// Why a body was not read.
fn refusal(rejection: &FormRejection) -> (StatusCode, Seen) {
    let status = rejection.status();
    let seen = if status == StatusCode::PAYLOAD_TOO_LARGE { Seen::TooLong } else { Seen::Refused };
    (status, seen)
}

async fn take(
    State(public): State<Public>,
    Path(lang): Path<String>,
    Caller(address): Caller,
    headers: HeaderMap,
    body: Result<Form<Wrote>, FormRejection>,
) -> Result<Response, StatusCode> {
    let lang = spoken(&lang)?;
    let page = public.page(lang);
    let door = door(&public).await?;
    if door.paused {
        return Ok(pages::sent(StatusCode::SERVICE_UNAVAILABLE, &page, &Seen::Paused));
    }
    if is_foreign(&headers) {
        return Ok(pages::sent(StatusCode::FORBIDDEN, &page, &Seen::Refused));
    }
    if let Err(seconds) = public.writing.enter(address, Instant::now()) {
        return Ok(pages::slowed(&page, seconds));
    }
    let (wrote, text) = match read(body) {
        Ok(read) => read,
        Err((status, seen)) => return Ok(pages::sent(status, &page, &seen)),
    };
    let once = if wrote.once.is_empty() {
        crate::secrets::token::<16>().map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?
    } else {
        wrote.once
    };
    let reference = wrote.quiet.is_none().then(|| Reference::of(&once, &text));
    let (key, kept) = (reference::key(&once, &text), reference.clone());
    let contact =
        blocking(&public, move |store| record(store, &door.entry, lang, text, key, kept.as_ref())).await?;
    let receipt = match contact {
        Some(contact) => receipt(&public, contact).await?,
        None => None,
    };
    let reference = reference.map(|reference| reference.shown());
    Ok(pages::sent(StatusCode::OK, &page, &Seen::Taken { reference, receipt }))
}

/// What was sent and its text, or why nothing is kept.
fn read(body: Result<Form<Wrote>, FormRejection>) -> Result<(Wrote, String), (StatusCode, Seen)> {
    let Form(wrote) = body.map_err(|rejection| refusal(&rejection))?;
    let text = clean(&wrote.text);
    match text.chars().count() {
        0 => Err((StatusCode::UNPROCESSABLE_ENTITY, Seen::Empty)),
        1..=TEXT_CHARS_MAX => Ok((wrote, text)),
        _ => Err((StatusCode::PAYLOAD_TOO_LARGE, Seen::TooLong)),
    }
}

/// A text without the control characters that no person types.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect::<String>().trim().to_owned()
}

/// The signal, and before it the contact that waits for an answer, if any does. Sent again it is the same one.
fn record(
    store: &Store,
    source: &SourceEntry,
    lang: Lang,
    text: String,
    key: String,
    reference: Option<&Reference>,
) -> Result<Option<ContactId>, StoreError> {
    let actor = || Actor::Source(source.id.clone());
    let contact = match reference {
        Some(one) => Some(store.contact_for(actor(), Channel::Form, &one.sealed(), None, None)?.id),
        None => None,
    };
    let id = SignalId::new(store.now().as_millisecond(), store.new_id_bytes()?);
    // The page is in a language that its writer reads; what they wrote in is for the reading engine to say.
    let draft = SignalDraft { channel: Some(lang.tag().to_owned()), ..SignalDraft::new(text) };
    let signal = draft.into_signal(id, source.id.clone(), source.kind, IdempotencyKey(key));
    let signal = Signal { source_ref: contact, ..signal };
    store.commit(vec![Draft::new(actor(), Event::SignalReceived(signal)).for_purpose(&source.purpose)])?;
    Ok(contact)
}

/// The receipt, as soon as it is recorded as gone out under its standing approval; nothing where there is no such approval.
async fn receipt(public: &Public, contact: ContactId) -> Result<Option<String>, StatusCode> {
    if !blocking(public, |store| {
        let now = store.now();
        store.read(|views| has_receipts(views, now))
    })
    .await?
    {
        return Ok(None);
    }
    for _ in 0..LOOKS {
        let brought = blocking(public, move |store| {
            let now = store.now();
            store.read(|views| brought(views, contact, now, ""))
        });
        if let Some(text) = brought.await?.into_iter().find(|one| !one.answers) {
            return Ok(Some(text.text));
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(None)
}

fn has_receipts(views: &Views, now: Timestamp) -> Result<bool, StoreError> {
    let all = DeskQuery { limit: 200, ..DeskQuery::default() };
    let approvals = views.records::<Approval>(&all, see())?.items;
    Ok(approvals.iter().any(|one| one.said.standing == Standing::Receipt && one.is_live(now)))
}

/// What the public pages may know of: what was restricted meanwhile is not there for them.
fn see() -> Compartments {
    Compartments::of(&[Compartment::Communications])
}

/// One text that was laid ready for somebody.
struct Brought {
    text: String,
    lang: String,
    /// An answer that people gave, not a receipt.
    answers: bool,
}

/// What is laid ready for `contact` now: recorded, not taken back, not expired, past the wait of what goes to many.
fn brought(
    views: &Views,
    contact: ContactId,
    now: Timestamp,
    page: &str,
) -> Result<Vec<Brought>, StoreError> {
    let wrote_in = views.lang_of(contact)?;
    let mut all = Vec::new();
    for id in views.brought_to(contact)? {
        let Some(release) = views.record::<Release>(id.uuid(), see())? else { continue };
        let held = sending::held_until(&release).is_some_and(|until| now < until);
        if release.recalled || held || now > release.said.expires_at {
            continue;
        }
        let texts = texts(views, &release)?;
        let best = |lang: &str| texts.iter().position(|(of, _)| of == lang);
        let place = wrote_in.as_deref().and_then(best).or_else(|| best(page)).unwrap_or(0);
        if let Some((lang, text)) = texts.into_iter().nth(place) {
            all.push(Brought { text, lang, answers: release.said.message.is_some() });
        }
    }
    Ok(all)
}

/// The texts of a release that were held against what was asked: those in the form of a text message.
fn texts(views: &Views, release: &Release) -> Result<Vec<(String, String)>, StoreError> {
    if let Some(message) = release.said.message {
        if views.record::<Message>(message.uuid(), see())?.is_none() {
            return Ok(Vec::new());
        }
        let short = release.texts.iter().filter(|text| text.form == Shape::Sms);
        return Ok(short.map(|text| (text.lang.clone(), text.text())).collect());
    }
    let Some(approval) = release.said.approval else { return Ok(Vec::new()) };
    let approval = views.record::<Approval>(approval.uuid(), see())?;
    let goes = |lang: &str| release.said.texts.iter().any(|(of, _)| of == lang);
    let texts = approval.map(|one| one.said.texts).unwrap_or_default();
    Ok(texts.into_iter().filter(|text| goes(&text.lang)).map(|text| (text.lang, text.text)).collect())
}

async fn answer(
    State(public): State<Public>,
    Path(lang): Path<String>,
    Caller(address): Caller,
    headers: HeaderMap,
    body: Result<Form<Asks>, FormRejection>,
) -> Result<Response, StatusCode> {
    let lang = spoken(&lang)?;
    let page = public.page(lang);
    door(&public).await?;
    if is_foreign(&headers) {
        return Ok(pages::sent(StatusCode::FORBIDDEN, &page, &Seen::Refused));
    }
    if let Err(seconds) = public.reading.enter(address, Instant::now()) {
        return Ok(pages::slowed(&page, seconds));
    }
    let asks = match body {
        Ok(Form(asks)) => asks,
        Err(rejection) => {
            let (status, seen) = refusal(&rejection);
            return Ok(pages::sent(status, &page, &seen));
        }
    };
    let Some(reference) = Reference::read(&asks.reference) else {
        return Ok(pages::sent(StatusCode::UNPROCESSABLE_ENTITY, &page, &Seen::Slip));
    };
    let found = blocking(&public, move |store| {
        let now = store.now();
        match store.contact_known(Channel::Form, &reference.sealed())? {
            Some(contact) => store.read(|views| brought(views, contact.id, now, lang.tag())),
            None => Ok(Vec::new()),
        }
    });
    let answers = found.await?.into_iter().filter(|one| one.answers);
    let answers = answers.map(|one| (one.lang, one.text)).collect();
    Ok(pages::sent(StatusCode::OK, &page, &Seen::Answers(answers)))
}

impl Public {
    /// What every page of the form says.
    fn page(&self, lang: Lang) -> Page {
        Page { title: self.channel().title, lang, secure: self.base.starts_with("https://") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_what_people_type_and_loses_what_they_do_not() {
        assert_eq!(clean("  Bonjour\r\nà tous\u{0}\u{7}\u{1b}[31m\u{85}\t! \r"), "Bonjour\nà tous[31m\t!");
        assert_eq!(clean("\u{0}\u{1} \n"), "");
        assert_eq!(clean("السلام عليكم"), "السلام عليكم");
    }
}
