//! The one door before every route: who asks, and whether the table lets them.
//!
//! The table stands in `vigie-desk`; a route without a row answers nobody. A handler behind the door
//! receives the [`Asker`] with their grants and filters what it reads by them.

use crate::refusal::Refusal;
use crate::session::{self, SessionKey};
use crate::state::App;
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use vigie_desk::rights::{self, Permission};
use vigie_desk::routes::{self, Door};
use vigie_model::{AccessDenied, Actor, Compartments, Event, Granted, User};
use vigie_store::Draft;
use vigie_words::Lang;

/// The language in which a request is answered, once known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Speaks(pub Lang);

/// A signed-in person with their live grants.
#[derive(Debug, Clone)]
pub(crate) struct Asker {
    /// The account.
    pub user: User,
    /// What the grants add up to at this moment.
    pub granted: Granted,
    /// The session, to close it.
    pub session: SessionKey,
    /// The route as the table writes it.
    pub route: &'static str,
    /// The language of the screen, where it names one.
    pub screen: Option<Lang>,
}

impl Asker {
    /// As an actor of the journal.
    pub const fn actor(&self) -> Actor {
        Actor::Human(self.user.id)
    }

    /// The compartments that this person may read.
    pub const fn see(&self) -> Compartments {
        self.granted.see
    }

    /// The language of the screen; of the account, where a file or a program asks.
    pub fn lang(&self) -> Lang {
        self.screen.or_else(|| Lang::from_tag(&self.user.lang)).unwrap_or_default()
    }

    /// Whether the table gives this person `permission`.
    pub fn may(&self, permission: Permission) -> bool {
        rights::may(&self.granted, permission)
    }
}

/// Who asks, where somebody is signed in. For routes open to everybody.
#[derive(Debug, Clone, Default)]
pub(crate) struct Visitor(pub Option<Arc<Asker>>);

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// Who asks, on routes that only signed-in people reach.
#[derive(Debug, Clone)]
pub(crate) struct Known(pub Arc<Asker>);

impl<S: Send + Sync> FromRequestParts<S> for Known {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let visitor = parts.extensions.get::<Visitor>().and_then(|visitor| visitor.0.clone());
        visitor.map(Self).ok_or_else(|| Refusal::new(StatusCode::UNAUTHORIZED, "server-not-signed-in"))
    }
}

/// Lets a request through, or says why not.
pub(crate) async fn gate(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Some(row) = row_of(&request) else { return no_row(&request).into_response() };
    if row.demo && !app.store.site().demo {
        return Refusal::nothing().into_response();
    }
    let session = SessionKey::of_request(request.headers());
    let asker = match asker_of(&app, session, row.path).await {
        Ok(asker) => asker.map(|asker| before_screen(asker, request.headers())),
        Err(refusal) => return refusal.into_response(),
    };
    let speaks = asker.as_ref().map(|asker| Speaks(asker.lang()));
    let opens = row.door == Door::SourceKey || row.door.opens_to(asker.as_ref().map(|a| &a.granted));
    let mut response = if opens {
        request.extensions_mut().insert(Visitor(asker));
        next.run(request).await
    } else {
        refused(&app, asker.as_deref()).into_response()
    };
    if let Some(speaks) = speaks {
        response.extensions_mut().insert(speaks);
    }
    response
}

/// Our screens name the one language that they are in; what a browser says by itself is a list of what it could read, and
/// then the account counts.
fn before_screen(asker: Arc<Asker>, headers: &HeaderMap) -> Arc<Asker> {
    let said = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let screen = Lang::ALL.into_iter().find(|lang| said == Some(lang.tag()));
    if screen.is_none() {
        return asker;
    }
    Arc::new(Asker { screen, ..Arc::unwrap_or_clone(asker) })
}

fn row_of(request: &Request) -> Option<&'static routes::Route> {
    let path = request.extensions().get::<MatchedPath>()?;
    let method = request.method().as_str();
    // HEAD is answered by the handler of GET.
    routes::find(if method == "HEAD" { "GET" } else { method }, path.as_str())
}

/// A known path by another method, or nothing at all.
fn no_row(request: &Request) -> Refusal {
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    if routes::ROUTES.iter().any(|row| row.path == path) {
        return Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "server-method");
    }
    Refusal::nothing()
}

async fn asker_of(
    app: &App,
    session: Option<SessionKey>,
    route: &'static str,
) -> Result<Option<Arc<Asker>>, Refusal> {
    let Some(key) = session else { return Ok(None) };
    app.blocking(move |app| asker_with(app, key, route)).await
}

/// The person behind a session, if it still lives. Blocking.
pub(crate) fn asker_with(
    app: &App,
    session: SessionKey,
    route: &'static str,
) -> Result<Option<Arc<Asker>>, Refusal> {
    let Some(id) = session::user_of(&app.store, &session, app.session_now())? else { return Ok(None) };
    let Some(row) = app.look(|views| Ok(views.user(id)?))? else { return Ok(None) };
    let granted = Granted::from_grants(&row.grants, app.now());
    Ok(Some(Arc::new(Asker { user: row.user, granted, session, route, screen: None })))
}

fn refused(app: &App, asker: Option<&Asker>) -> Refusal {
    let Some(asker) = asker else {
        return Refusal::new(StatusCode::UNAUTHORIZED, "server-not-signed-in");
    };
    note_denial(app, asker, None);
    Refusal::new(StatusCode::FORBIDDEN, "server-not-allowed")
}

/// Records that somebody was refused. It does not wait for the disk: how long the answer takes must not tell
/// a thing that is hidden from a thing that is not there.
pub(crate) fn note_denial(app: &App, asker: &Asker, object: Option<String>) {
    let denied = AccessDenied { route: asker.route.to_owned(), object };
    let draft = Draft::new(asker.actor(), Event::AccessDenied(denied));
    let store = app.store.clone();
    tokio::task::spawn_blocking(move || {
        if let Err(error) = store.commit(vec![draft]) {
            tracing::error!(error = %error, "denial not recorded");
        }
    });
}
