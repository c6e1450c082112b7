//! Accounts and their grants.

use super::acts::decide;
use super::me::new_user;
use super::said::{At, Said};
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::secrets::{check_password, hash_password};
use crate::state::App;
use crate::view::admin::{UserList, UserRow};
use crate::view::words;
use crate::welcome::invite_token;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::rights::Permission;
use vigie_model::{
    Affiliation, Compartment, Component, CredentialSet, Event, Grant, Level, Role, UserId, UserInvited,
    UserRevoked,
};
use vigie_store::Draft;

/// Every account; grants only for those who may see access.
#[utoipa::path(get, path = "/api/v1/users", tag = "users", responses((status = 200, body = UserList)))]
pub(crate) async fn list(State(app): State<App>, Known(asker): Known) -> Result<Json<UserList>, Refusal> {
    let with_grants = asker.may(Permission::SeeAccess);
    let rows = app.read(|views, _| Ok(views.users()?)).await?;
    Ok(Json(UserList { items: rows.into_iter().map(|row| UserRow::of(row, with_grants)).collect() }))
}

/// A new account.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewUser {
    /// Sign-in name: 2 to 64 letters, digits, dots and hyphens.
    name: String,
    /// Name shown to colleagues.
    display: String,
    /// Preferred language.
    lang: String,
    /// Component.
    #[serde(default)]
    #[schema(value_type = Option<words::Component>)]
    component: Option<Component>,
    /// Role.
    #[schema(value_type = words::Role)]
    role: Role,
    /// Belonging to whom.
    #[schema(value_type = words::Affiliation)]
    affiliation: Affiliation,
    /// Compartments opened; an administrator needs none.
    #[serde(default)]
    #[schema(value_type = Vec<words::Compartment>)]
    compartments: Vec<Compartment>,
    /// How far.
    #[schema(value_type = words::Level)]
    level: Level,
    /// First password. Without one the answer holds an invitation.
    #[serde(default)]
    password: Option<String>,
}

/// An account that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UserAdded {
    /// Identifier.
    id: Uuid,
    /// One-time code for the person, shown this once; works for 72 hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    invite: Option<String>,
}

/// Makes an account with its grants.
#[utoipa::path(post, path = "/api/v1/users", tag = "users", request_body = NewUser,
    responses((status = 201, body = UserAdded)))]
pub(crate) async fn add(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewUser>,
) -> Result<Response, Refusal> {
    let actor = asker.actor();
    let added = app
        .blocking(move |app| {
            let mut user = new_user(app, &told.name, &told.display, &told.lang)?;
            user.component = told.component;
            let id = user.id;
            let grants = told.rights().grants(id)?;
            let phc =
                told.password.as_deref().map(|password| first_hash(password, &user.name)).transpose()?;
            let mut events = vec![Event::UserAdded(user.clone())];
            events.extend(grants.into_iter().map(Event::UserGranted));
            if phc.is_some() {
                events.push(Event::CredentialSet(CredentialSet { user: id }));
            }
            decide(app, move |views| {
                if views.user_by_name(&user.name)?.is_some() {
                    return Err(Refusal::new(StatusCode::CONFLICT, "server-name-taken"));
                }
                Ok(events.into_iter().map(|event| Draft::new(actor.clone(), event)).collect())
            })?;
            let invite = match phc {
                Some(phc) => {
                    app.store.set_password(id, &phc)?;
                    None
                }
                None => Some(invite_token(&app.store, id).map_err(|e| Refusal::ours("invitation", e))?),
            };
            Ok(UserAdded { id: id.uuid(), invite })
        })
        .await?;
    Ok((StatusCode::CREATED, Json(added)).into_response())
}

fn first_hash(password: &str, name: &str) -> Result<String, Refusal> {
    check_password(password, name)
        .map_err(|fault| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, fault.code()))?;
    hash_password(password).map_err(|e| Refusal::ours("password", e))
}

impl NewUser {
    fn rights(&self) -> NewRights {
        let Self { role, affiliation, level, .. } = *self;
        NewRights { role, affiliation, compartments: self.compartments.clone(), level }
    }
}

/// What an account may from now on.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewRights {
    /// Role.
    #[schema(value_type = words::Role)]
    role: Role,
    /// Belonging to whom.
    #[schema(value_type = words::Affiliation)]
    affiliation: Affiliation,
    /// Compartments opened; an administrator needs none.
    #[serde(default)]
    #[schema(value_type = Vec<words::Compartment>)]
    compartments: Vec<Compartment>,
    /// How far.
    #[schema(value_type = words::Level)]
    level: Level,
}

impl NewRights {
    fn grants(&self, user: UserId) -> Result<Vec<Grant>, Refusal> {
        let mut compartments = self.compartments.clone();
        compartments.sort_unstable();
        compartments.dedup();
        if compartments.is_empty() {
            if self.role != Role::Administrator {
                return Err(Refusal::field("compartments"));
            }
            // A grant names a compartment; an administrator's opens none.
            compartments.push(Compartment::Operations);
        }
        let grant = |compartment| Grant {
            user,
            role: self.role,
            affiliation: self.affiliation,
            compartment,
            level: self.level,
            until: None,
        };
        Ok(compartments.into_iter().map(grant).collect())
    }
}

/// Gives an account other rights in place of all that it has. Nobody changes their own.
#[utoipa::path(post, path = "/api/v1/users/{id}/rights", tag = "users", request_body = NewRights,
    params(("id" = Uuid, Path, description = "The account")), responses((status = 204, description = "Changed")))]
pub(crate) async fn rights(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<UserId>,
    Said(told): Said<NewRights>,
) -> Result<StatusCode, Refusal> {
    if id == asker.user.id {
        return Err(Refusal::new(StatusCode::CONFLICT, "server-revoke-self"));
    }
    let mut events = vec![Event::UserRevoked(UserRevoked { user: id })];
    events.extend(told.grants(id)?.into_iter().map(Event::UserGranted));
    app.blocking(move |app| {
        decide(app, move |views| {
            views.user(id)?.ok_or_else(Refusal::nothing)?;
            Ok(events.into_iter().map(|event| Draft::new(asker.actor(), event)).collect())
        })
    })
    .await?;
    app.hub.rights_changed();
    Ok(StatusCode::NO_CONTENT)
}

/// A one-time code for somebody who has forgotten their password; the old one works until the code is used.
#[utoipa::path(post, path = "/api/v1/users/{id}/invite", tag = "users",
    params(("id" = Uuid, Path, description = "The account")), responses((status = 200, body = UserAdded)))]
pub(crate) async fn invite(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<UserId>,
) -> Result<Json<UserAdded>, Refusal> {
    let invite = app.blocking(move |app| {
        // The entry first: nobody holds a code for somebody else's account of which the record knows nothing.
        decide(app, move |views| {
            views.user(id)?.ok_or_else(Refusal::nothing)?;
            Ok(vec![Draft::new(asker.actor(), Event::UserInvited(UserInvited { user: id }))])
        })?;
        invite_token(&app.store, id).map_err(|e| Refusal::ours("invitation", e))
    });
    Ok(Json(UserAdded { id: id.uuid(), invite: Some(invite.await?) }))
}

/// Ends every right and every session of an account; what it did stays.
#[utoipa::path(post, path = "/api/v1/users/{id}/revoke", tag = "users",
    params(("id" = Uuid, Path, description = "The account")), responses((status = 204, description = "Revoked")))]
pub(crate) async fn revoke(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<UserId>,
) -> Result<StatusCode, Refusal> {
    if id == asker.user.id {
        return Err(Refusal::new(StatusCode::CONFLICT, "server-revoke-self"));
    }
    let draft = Draft::new(asker.actor(), Event::UserRevoked(UserRevoked { user: id }));
    app.blocking(move |app| {
        app.look(|views| Ok(views.user(id)?))?.ok_or_else(Refusal::nothing)?;
        app.store.commit(vec![draft])?;
        app.store.close_sessions_of(id)?;
        Ok(())
    })
    .await?;
    app.hub.rights_changed();
    Ok(StatusCode::NO_CONTENT)
}
