//! Messages: drafted from facts, verified, cleared by a second person, issued.

use super::facts::Why;
use super::replies::Guard;
use super::{EVERYTHING, ListQuery, by, change, fact_base, list, no, on, open, say, seen, shown};
use crate::api::acts::decide;
use crate::api::said::{Asked, At, Said};
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::message::{EditedMeanwhile, Message};
use crate::view::desk::release::Release;
use crate::view::desk::{DeskPage, Shown as _, shapes};
use crate::view::words;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::messages::{self, Outward, Wanted};
use vigie_desk::record;
use vigie_desk::rights::Permission;
use vigie_model::{
    Channel, Event, Form, MessageId, MessageText, Recipients, ReleaseId, ResponseId, Timestamp,
};
use vigie_store::Views;

/// Messages, newest first; `state=ready`: those whose unchanged texts go at once, because they are cleared in advance.
#[utoipa::path(get, path = "/api/v1/messages", tag = "communication", params(ListQuery),
    responses((status = 200, body = DeskPage<Message>)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ListQuery>,
) -> Result<Json<DeskPage<Message>>, Refusal> {
    list::<messages::Message>(app, asker, asked).await
}

/// One message, with what the reader may do to it.
#[utoipa::path(get, path = "/api/v1/messages/{id}", tag = "communication",
    params(("id" = Uuid, Path, description = "The message")), responses((status = 200, body = Message)))]
pub(crate) async fn one(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<MessageId>,
) -> Result<Json<Message>, Refusal> {
    let view = app
        .blocking(move |app| {
            app.look(|views| {
                let one: messages::Message = seen(app, views, &asker, id.uuid())?;
                Ok(one.shown(&say(views, &asker, app.now()))?)
            })
        })
        .await?;
    Ok(Json(view))
}

/// All texts as somebody wants them to be.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewDraft {
    /// Made by the screen, and the message's id; the same one again is a new revision.
    client_id: Uuid,
    /// The revision that the person started from; 0 for a new message.
    base: u32,
    /// All texts.
    #[schema(value_type = Vec<shapes::MessageText>)]
    texts: Vec<MessageText>,
}

/// Drafts a message, or drafts it again. Who started from an older revision is told, and gets both versions.
#[utoipa::path(post, path = "/api/v1/responses/{id}/messages", tag = "communication", request_body = NewDraft,
    params(("id" = Uuid, Path, description = "The response")),
    responses((status = 201, body = Message), (status = 200, description = "It said the same already", body = Message),
        (status = 409, description = "Somebody else edited it meanwhile", body = EditedMeanwhile)))]
pub(crate) async fn draft(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<ResponseId>,
    Said(told): Said<NewDraft>,
) -> Result<Response, Refusal> {
    app.blocking(move |app| {
        let (message, now, maker) = (told.client_id, app.now(), asker.clone());
        app.look(|views| seen::<record::Response>(app, views, &asker, id.uuid()).map(drop))?;
        let decided = decide(app, move |views| {
            let response: record::Response = on(views, &maker, Permission::WriteCommunication, id.uuid())?;
            let said = revise(views, &maker, &response, told, now)?;
            Ok(said.map(|said| by(&maker, Event::MessageDrafted(said))).into_iter().collect())
        });
        let view = || shown::<messages::Message>(app, &asker, message);
        match decided {
            Err(refusal) if refusal.id() == "message-edited-meanwhile" => {
                let told = refusal.problem(asker.lang());
                let theirs = view()?;
                let body =
                    EditedMeanwhile { code: told.code, message: told.message, hint: told.hint, theirs };
                Ok((StatusCode::CONFLICT, Json(body)).into_response())
            }
            Err(refusal) => Err(refusal),
            Ok(outcomes) => {
                let status = if outcomes.is_empty() { StatusCode::OK } else { StatusCode::CREATED };
                Ok((status, Json(view()?)).into_response())
            }
        }
    })
    .await
}

/// The new revision; `None` where it stands already.
fn revise(
    views: &Views,
    asker: &Asker,
    response: &record::Response,
    told: NewDraft,
    now: Timestamp,
) -> Result<Option<vigie_model::MessageDrafted>, Refusal> {
    if response.closed.is_some() {
        let refusal = Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "response-closed");
        return Err(refusal.with("code", &response.code));
    }
    let id = MessageId::from_uuid(told.client_id);
    let known = views.record::<messages::Message>(told.client_id, EVERYTHING)?;
    if known.as_ref().is_some_and(|known| known.response != response.id) {
        return Err(Refusal::new(StatusCode::CONFLICT, "server-id-taken"));
    }
    // Sent again after a cut: the revision that followed is the person's own, with these texts.
    let again = known.as_ref().is_some_and(|known| {
        known.revision == told.base + 1
            && known.drafted.0 == asker.user.id
            && known.hash() == vigie_desk::seal::texts(&told.texts)
    });
    if again {
        return Ok(None);
    }
    let fresh = || {
        let chain = response.chain.clone();
        messages::Message::new(id, response.id, String::new(), chain, asker.user.id, now)
    };
    let message = known.unwrap_or_else(fresh);
    let wanted = Wanted { base: told.base, texts: told.texts };
    messages::draft(&message, wanted, &fact_base(views)).map(Some).map_err(no)
}

/// The language that somebody answers for.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Verify {
    /// BCP 47.
    lang: String,
    /// Hash of its exact texts as the person read them.
    hash: String,
}

/// Answers for one language.
#[utoipa::path(post, path = "/api/v1/messages/{id}/verify", tag = "communication", request_body = Verify,
    params(("id" = Uuid, Path, description = "The message")), responses((status = 200, body = Message)))]
pub(crate) async fn verify(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<MessageId>,
    Said(told): Said<Verify>,
) -> Result<Json<Message>, Refusal> {
    let needs = Permission::VerifyText;
    change(app, asker, needs, id.uuid(), move |views, asker, message: messages::Message, now| {
        let me = asker.user.id;
        let standing = message.verified.iter().find(|one| one.lang == told.lang);
        if standing.is_some_and(|one| one.by == me && one.hash == told.hash) {
            return Ok(Vec::new());
        }
        let named = views.is_verifier(me, &told.lang, now)?;
        let said = messages::verify(&message, &told.lang, &told.hash, me, named).map_err(no)?;
        Ok(vec![by(asker, Event::MessageVerified(said))])
    })
    .await
}

/// A clearance of the exact texts.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Clear {
    /// Hash of all texts as the person read them.
    hash: String,
    /// Cleared in advance until then; absent: for this going out.
    #[serde(default)]
    until: Option<Timestamp>,
}

/// Clears the exact texts for the function of the chain whose turn it is.
#[utoipa::path(post, path = "/api/v1/messages/{id}/clear", tag = "communication", request_body = Clear,
    params(("id" = Uuid, Path, description = "The message")), responses((status = 200, body = Message)))]
pub(crate) async fn clear(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<MessageId>,
    Said(told): Said<Clear>,
) -> Result<Json<Message>, Refusal> {
    let guard = app.blocking(Guard::gather).await?;
    change(app, asker, Permission::Clear, id.uuid(), move |views, asker, message: messages::Message, now| {
        let me = asker.user.id;
        let mine = |one: &messages::Cleared| one.by == me && one.hash == told.hash && one.until == told.until;
        // Sent again after a cut; whoever holds two functions of the chain clears once for each.
        let held = views.functions_of(me)?;
        let next = message.uncleared(now);
        if message.cleared.iter().any(mine) && next.is_none_or(|next| !held.contains(next)) {
            return Ok(Vec::new());
        }
        let holds = |function: &_| held.contains(function);
        let said = messages::clear(&message, &told.hash, told.until, me, holds, &fact_base(views), now);
        let said = said.map_err(no)?;
        guard.hold_answer(views, &message)?;
        Ok(vec![by(asker, Event::MessageCleared(said))])
    })
    .await
}

/// Sends it back to its author.
#[utoipa::path(post, path = "/api/v1/messages/{id}/return", tag = "communication", request_body = Why,
    params(("id" = Uuid, Path, description = "The message")), responses((status = 200, body = Message)))]
pub(crate) async fn send_back(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<MessageId>,
    Said(told): Said<Why>,
) -> Result<Json<Message>, Refusal> {
    change(app, asker, Permission::Clear, id.uuid(), move |_, asker, message: messages::Message, _| {
        if message.returned.as_ref().is_some_and(|(reason, _)| reason == told.reason.trim()) {
            return Ok(Vec::new());
        }
        let said = messages::send_back(&message, &told.reason).map_err(no)?;
        Ok(vec![by(asker, Event::MessageReturned(said))])
    })
    .await
}

/// What goes out, by what, to whom.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewRelease {
    /// Made by the screen, and the release's id.
    client_id: Uuid,
    /// Hash of all texts as the person read them.
    hash: String,
    /// Languages and forms that go.
    #[schema(value_type = Vec<(String, words::Form)>)]
    texts: Vec<(String, Form)>,
    /// By what.
    #[schema(value_type = words::Channel)]
    channel: Channel,
    /// To whom.
    #[schema(value_type = shapes::Recipients)]
    recipients: Recipients,
    /// What for.
    purpose: String,
    /// Until when it is tried and shown.
    expires_at: Timestamp,
}

/// Issues what is cleared, under the issuing person's id. Everything is looked at again at this instant.
#[utoipa::path(post, path = "/api/v1/messages/{id}/release", tag = "communication", request_body = NewRelease,
    params(("id" = Uuid, Path, description = "The message")),
    responses((status = 201, body = Release), (status = 200, description = "It was there already", body = Release)))]
pub(crate) async fn release(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<MessageId>,
    Said(told): Said<NewRelease>,
) -> Result<Response, Refusal> {
    let me = asker.user.id;
    let mine = move |known: &record::Release| known.by == Some(me) && known.said.message == Some(id);
    let guard = app.blocking(Guard::gather).await?;
    open(app, asker, Permission::Issue, told.client_id, mine, move |views, asker, now| {
        let message: messages::Message = on(views, asker, Permission::Issue, id.uuid())?;
        contacts_exist(views, &told.recipients)?;
        let wanted = Outward {
            id: ReleaseId::from_uuid(told.client_id),
            hash: told.hash,
            texts: told.texts,
            channel: told.channel,
            recipients: told.recipients,
            purpose: told.purpose,
            expires_at: vigie_model::millis(told.expires_at),
        };
        let said = messages::release(&message, wanted, &fact_base(views), now).map_err(no)?;
        // A text message to somebody in particular is a reply; what goes to an audience may say where it speaks.
        match &said.recipients {
            _ if !matches!(said.channel, Channel::Sms | Channel::Form) => {}
            Recipients::Contacts { contacts } => guard.hold_reply(views, &message, contacts, &said.texts)?,
            Recipients::Askers => guard.hold_reply(views, &message, &[], &said.texts)?,
            Recipients::Audience { .. } => {}
        }
        Ok(vec![by(asker, Event::ReleaseMade(said))])
    })
    .await
}

fn contacts_exist(views: &Views, recipients: &Recipients) -> Result<(), Refusal> {
    let Recipients::Contacts { contacts } = recipients else { return Ok(()) };
    for contact in contacts {
        if views.contact(*contact)?.is_none() {
            return Err(Refusal::field("recipients"));
        }
    }
    Ok(())
}
