//! One-click links of a demonstration.

use super::me::by_code;
use super::said::Caller;
use crate::refusal::Refusal;
use crate::secrets::fingerprint;
use crate::session;
use crate::state::App;
use crate::welcome::ENTER;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use vigie_model::{Actor, Event, UserId, UserSignedIn};
use vigie_store::Draft;

/// Signs in with a link; exists on demonstration stores only.
#[utoipa::path(get, path = "/enter/{token}", tag = "sign-in",
    params(("token" = String, Path, description = "The link's token")),
    responses((status = 303, description = "Signed in; the pages stand at `/`")))]
pub(crate) async fn enter(
    State(app): State<App>,
    Caller(address): Caller,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    super::me::brake(&app, &by_code(address), address)?;
    let now = app.session_now();
    let cookie = app.blocking(move |app| open(app, &token, now)).await?;
    app.brake().succeeded(&by_code(address), address);
    let home = (header::LOCATION, HeaderValue::from_static("/"));
    Ok((StatusCode::SEE_OTHER, [home, (header::SET_COOKIE, cookie)]).into_response())
}

fn open(app: &App, token: &str, now: vigie_model::Timestamp) -> Result<HeaderValue, Refusal> {
    let dead = || Refusal::new(StatusCode::NOT_FOUND, "server-link-dead");
    let opens = app.store.take_token(&fingerprint(token), now)?.ok_or_else(dead)?;
    let user: UserId = opens.strip_prefix(ENTER).and_then(|id| id.parse().ok()).ok_or_else(dead)?;
    app.look(|views| Ok(views.user(user)?))?.ok_or_else(dead)?;
    let cookie = session::open(&app.store, user, now, app.options.secure)?;
    app.store.commit(vec![Draft::new(Actor::Human(user), Event::UserSignedIn(UserSignedIn { user }))])?;
    Ok(cookie)
}
