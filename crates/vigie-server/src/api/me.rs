//! Who is asking, and how they come in and go.

use super::said::{Caller, Said};
use crate::gate::{Known, Visitor};
use crate::live::LinkState;
use crate::refusal::Refusal;
use crate::secrets::{check_password, fingerprint, hash_password, password_opens};
use crate::session;
use crate::state::App;
use crate::view::words;
use crate::welcome::{FIRST_ADMIN, INVITE};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::rights::held;
use vigie_model::{
    Actor, Affiliation, Compartment, CredentialSet, Event, Grant, Granted, Level, Role, Timestamp, User,
    UserFault, UserId, UserSignedIn,
};
use vigie_store::Draft;

/// Who asks, what they may do, and where they are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    /// The account; null when nobody is signed in.
    user: Option<MeUser>,
    /// Roles held.
    #[schema(value_type = Vec<words::Role>)]
    roles: Vec<Role>,
    /// Permissions held, such as `triage` or `source.manage`.
    may: Vec<&'static str>,
    /// The site.
    site: MeSite,
    /// The mission's clock; simulated in an exercise.
    now: Timestamp,
    /// The uplink, and the room on the disk.
    link: LinkState,
}

/// The account that asks.
#[derive(Debug, Serialize, ToSchema)]
struct MeUser {
    /// Identifier.
    id: Uuid,
    /// Sign-in name.
    name: String,
    /// Name shown to colleagues.
    display: String,
    /// Preferred language.
    lang: String,
}

/// The site that answers.
#[derive(Debug, Serialize, ToSchema)]
struct MeSite {
    /// Short name.
    name: String,
    /// Name of the mission.
    mission: String,
    /// IANA zone of the mission's own clock.
    zone: String,
    /// Marks a demonstration store for ever.
    demo: bool,
    /// Version of the program.
    version: &'static str,
}

/// Who asks.
#[utoipa::path(get, path = "/api/v1/me", tag = "sign-in", responses((status = 200, body = Me)))]
pub(crate) async fn me(State(app): State<App>, Visitor(asker): Visitor) -> Result<Json<Me>, Refusal> {
    let room = app.store.room();
    let link = app.read(move |views, _| Ok(LinkState::of(views, room)?)).await?;
    let site = app.store.site();
    let user = asker.as_ref().map(|asker| MeUser {
        id: asker.user.id.uuid(),
        name: asker.user.name.clone(),
        display: asker.user.display.clone(),
        lang: asker.user.lang.clone(),
    });
    let granted = asker.map(|asker| asker.granted.clone()).unwrap_or_default();
    Ok(Json(Me {
        user,
        may: held(&granted).into_iter().map(vigie_desk::rights::Permission::word).collect(),
        roles: granted.roles,
        site: MeSite {
            name: site.site.clone(),
            mission: site.mission.clone(),
            zone: site.zone.clone(),
            demo: site.demo,
            version: env!("CARGO_PKG_VERSION"),
        },
        now: app.now(),
        link,
    }))
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SignIn {
    /// Sign-in name, in any case.
    name: String,
    /// Password.
    password: String,
}

/// Signs in with name and password.
#[utoipa::path(post, path = "/api/v1/signin", tag = "sign-in", request_body = SignIn,
    responses((status = 204, description = "Signed in; the session is in the cookie")))]
pub(crate) async fn sign_in(
    State(app): State<App>,
    Caller(address): Caller,
    Said(told): Said<SignIn>,
) -> Result<Response, Refusal> {
    let name = told.name.trim().to_lowercase();
    brake(&app, &name, address)?;
    let Ok(_turn) = app.password_checks.acquire().await else {
        return Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "server-closing"));
    };
    let wanted = name.clone();
    let user = app.blocking(move |app| opened_by(app, &wanted, &told.password)).await?;
    let Some(user) = user else {
        // Debug form: a line break or an escape in the name stays visible and harmless in the log.
        let account: String = name.chars().take(64).collect();
        tracing::warn!(account = ?account, address = %address, "sign-in refused");
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, "server-sign-in-wrong"));
    };
    app.brake().succeeded(&name, address);
    welcome(&app, user).await
}

/// Who tries a code has no account yet: only the address is slowed, so that nobody can keep the first administrator
/// out by guessing from elsewhere.
pub(super) fn by_code(address: IpAddr) -> String {
    format!("code from {address}")
}

/// Counts one try to come in, or refuses it for some seconds.
pub(super) fn brake(app: &App, account: &str, address: IpAddr) -> Result<(), Refusal> {
    let now = app.session_now();
    app.brake().enter(now, account, address).map_err(|wait| {
        tracing::warn!(address = %address, wait_s = wait.seconds, "sign-in slowed down");
        Refusal::new(StatusCode::TOO_MANY_REQUESTS, "server-sign-in-slowed").retry_after(wait.seconds)
    })
}

/// The account that name and password open. Without an account the same work is done for nothing.
fn opened_by(app: &App, name: &str, password: &str) -> Result<Option<UserId>, Refusal> {
    let row = app.look(|views| Ok(views.user_by_name(name)?))?;
    let phc = match &row {
        Some(row) => app.store.password(row.user.id)?,
        None => None,
    };
    let opens = password_opens(password, phc.as_deref());
    let live = |row: &vigie_store::UserRow| !Granted::from_grants(&row.grants, app.now()).roles.is_empty();
    Ok(row.filter(|row| opens && live(row)).map(|row| row.user.id))
}

async fn welcome(app: &App, user: UserId) -> Result<Response, Refusal> {
    let now = app.session_now();
    let cookie = app
        .blocking(move |app| {
            let signed_in = Event::UserSignedIn(UserSignedIn { user });
            app.store.commit(vec![Draft::new(Actor::Human(user), signed_in)])?;
            session::open(&app.store, user, now, app.options.secure)
        })
        .await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// A one-time code, and what it is for.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SignInByToken {
    /// The code of the first administrator or of an invitation.
    token: String,
    /// Sign-in name; the first administrator chooses it, an invitation has it already.
    #[serde(default)]
    name: String,
    /// Name shown to colleagues.
    #[serde(default)]
    display: String,
    /// The new password.
    password: String,
    /// Preferred language.
    #[serde(default)]
    lang: String,
}

/// Signs in with a one-time code and sets the account's password: the first administrator, or somebody invited.
#[utoipa::path(post, path = "/api/v1/signin/token", tag = "sign-in", request_body = SignInByToken,
    responses((status = 204, description = "Signed in; the session is in the cookie")))]
pub(crate) async fn sign_in_by_token(
    State(app): State<App>,
    Caller(address): Caller,
    Said(told): Said<SignInByToken>,
) -> Result<Response, Refusal> {
    brake(&app, &by_code(address), address)?;
    // Before the code is used up: a password that is too short must not cost the only code there is.
    check_password(&told.password, &told.name)
        .map_err(|fault| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, fault.code()))?;
    let user = app.blocking(move |app| admit(app, &told)).await?;
    app.brake().succeeded(&by_code(address), address);
    welcome(&app, user).await
}

fn admit(app: &App, told: &SignInByToken) -> Result<UserId, Refusal> {
    let dead = || Refusal::new(StatusCode::UNAUTHORIZED, "server-code-dead");
    let first = || new_user(app, &told.name, &told.display, &told.lang);
    let phc = hash_password(&told.password).map_err(|e| Refusal::ours("password", e))?;
    let staffed = app.look(|views| Ok(!views.users()?.is_empty()))?;
    // On a new site the only code there is makes an account: its names are checked before it is used up.
    let prepared = if staffed { None } else { Some(first()?) };
    let opens = app.store.take_token(&fingerprint(told.token.trim()), app.session_now())?.ok_or_else(dead)?;
    let user = match (opens.as_str(), prepared) {
        (FIRST_ADMIN, Some(user)) => first_administrator(app, user)?,
        (FIRST_ADMIN, None) => return Err(Refusal::new(StatusCode::CONFLICT, "server-already-staffed")),
        (other, _) => other.strip_prefix(INVITE).and_then(|id| id.parse().ok()).ok_or_else(dead)?,
    };
    app.store.set_password(user, &phc)?;
    let set = Event::CredentialSet(CredentialSet { user });
    app.store.commit(vec![Draft::new(Actor::Human(user), set)])?;
    Ok(user)
}

fn first_administrator(app: &App, user: User) -> Result<UserId, Refusal> {
    let id = user.id;
    let grant = Grant {
        user: id,
        role: Role::Administrator,
        affiliation: Affiliation::Civilian,
        compartment: Compartment::Operations,
        level: Level::Write,
        until: None,
    };
    super::acts::decide(app, move |views| {
        if !views.users()?.is_empty() {
            return Err(Refusal::new(StatusCode::CONFLICT, "server-already-staffed"));
        }
        let drafts = [Event::UserAdded(user), Event::UserGranted(grant)];
        Ok(drafts.into_iter().map(|event| Draft::new(Actor::Console, event)).collect())
    })?;
    Ok(id)
}

/// An account with names that are fit for screens, addresses and logs.
pub(super) fn new_user(app: &App, name: &str, display: &str, lang: &str) -> Result<User, Refusal> {
    let id = UserId::new(app.now().as_millisecond(), app.store.new_id_bytes()?);
    User::checked(id, name, display, lang).map_err(|fault| {
        Refusal::field(match fault {
            UserFault::Name => "name",
            UserFault::Display => "display",
            UserFault::Lang => "lang",
        })
    })
}

/// Signs out.
#[utoipa::path(post, path = "/api/v1/signout", tag = "sign-in",
    responses((status = 204, description = "Signed out")))]
pub(crate) async fn sign_out(State(app): State<App>, Known(asker): Known) -> Result<Response, Refusal> {
    let hash = asker.session.hash;
    app.blocking(move |app| Ok(app.store.close_session(&hash)?)).await?;
    app.hub.rights_changed();
    let cookie: HeaderValue = session::closing_cookie(app.options.secure)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}
