//! Functions, who holds them, and who verifies a language.

use super::{by, no};
use crate::api::acts::decide;
use crate::api::said::Said;
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::{Person, words};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::opening;
use vigie_desk::rights::Permission;
use vigie_model::{Component, Event, Function, FunctionId, Timestamp, UserId, VerifierNamed};
use vigie_store::Views;
use vigie_words::Lang;

/// Functions and verifiers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FunctionList {
    /// Every function.
    functions: Vec<FunctionView>,
    /// Who answers for texts in which language.
    verifiers: Vec<VerifierView>,
}

/// A function of the mission.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FunctionView {
    /// Its short name.
    id: String,
    /// Its name in the reader's language.
    name: String,
    /// Its name in English, for whoever names functions.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    name_en: Option<String>,
    /// Its name in French, for whoever names functions.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    name_fr: Option<String>,
    /// The component it belongs to.
    #[schema(value_type = words::Component)]
    component: Component,
    /// Whether it is a liaison assistant's.
    liaison: bool,
    /// Who holds it now, for those who see who works here.
    holders: Vec<Person>,
    /// Whether the reader holds it.
    mine: bool,
}

/// A named verifier.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VerifierView {
    /// The language.
    lang: String,
    /// Who.
    user: Person,
    /// Until when.
    until: Option<Timestamp>,
}

/// Functions with their holders, and verifiers.
#[utoipa::path(get, path = "/api/v1/functions", tag = "desk", responses((status = 200, body = FunctionList)))]
pub(crate) async fn all(State(app): State<App>, Known(asker): Known) -> Result<Json<FunctionList>, Refusal> {
    Ok(Json(app.read(move |views, _| list(views, &asker)).await?))
}

fn list(views: &Views, asker: &Asker) -> Result<FunctionList, Refusal> {
    let people = asker.may(Permission::SeeUsers) || asker.may(Permission::SeeDesk);
    let names = asker.may(Permission::ManageFunctions);
    let mut functions = Vec::new();
    for row in views.functions()? {
        let mine = row.holders.contains(&asker.user.id);
        let holders = row.holders.into_iter().filter(|_| people).map(|id| views.person(id).map(Person::from));
        functions.push(FunctionView {
            id: row.id.to_string(),
            name: if asker.lang() == Lang::Fr { &row.name_fr } else { &row.name_en }.clone(),
            name_en: Some(row.name_en).filter(|_| names),
            name_fr: Some(row.name_fr).filter(|_| names),
            component: row.component,
            liaison: row.liaison,
            holders: holders.collect::<Result<_, _>>()?,
            mine,
        });
    }
    let mut verifiers = Vec::new();
    for row in views.verifiers()? {
        if people || row.user == asker.user.id {
            let user = views.person(row.user)?.into();
            verifiers.push(VerifierView { lang: row.lang, user, until: row.until });
        }
    }
    Ok(FunctionList { functions, verifiers })
}

/// A function, new or changed.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewFunction {
    /// Its short name: lower-case letters, digits, hyphens.
    #[schema(value_type = String)]
    id: FunctionId,
    /// Its name in English.
    name_en: String,
    /// Its name in French.
    name_fr: String,
    /// The component it belongs to.
    #[schema(value_type = words::Component)]
    component: Component,
    /// Whether it is a liaison assistant's: asked again, two days after an answer, what is told in their place.
    #[serde(default)]
    liaison: bool,
    /// Who holds it from now on.
    #[serde(default)]
    holders: Vec<Uuid>,
}

/// Names a function and who holds it.
#[utoipa::path(post, path = "/api/v1/functions", tag = "desk", request_body = NewFunction,
    responses((status = 204, description = "Recorded")))]
pub(crate) async fn name(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewFunction>,
) -> Result<StatusCode, Refusal> {
    app.blocking(move |app| {
        decide(app, move |views| {
            let said = opening::function(Function {
                id: told.id,
                name_en: told.name_en,
                name_fr: told.name_fr,
                component: told.component,
                liaison: told.liaison,
                holders: told.holders.into_iter().map(UserId::from_uuid).collect(),
            });
            let said = said.map_err(no)?;
            for holder in &said.holders {
                if views.user(*holder)?.is_none() {
                    return Err(Refusal::field("holders"));
                }
            }
            Ok(vec![by(&asker, Event::FunctionRegistered(said))])
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who answers for a language.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewVerifier {
    /// Who.
    user: Uuid,
    /// The language, BCP 47.
    lang: String,
    /// Until when; absent: until named otherwise.
    #[serde(default)]
    until: Option<Timestamp>,
}

/// Names somebody who answers for texts in a language; a time that has passed ends it.
#[utoipa::path(post, path = "/api/v1/verifiers", tag = "desk", request_body = NewVerifier,
    responses((status = 204, description = "Recorded")))]
pub(crate) async fn verifier(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewVerifier>,
) -> Result<StatusCode, Refusal> {
    app.blocking(move |app| {
        decide(app, move |views| {
            let user = UserId::from_uuid(told.user);
            if views.user(user)?.is_none() {
                return Err(Refusal::field("user"));
            }
            let said = VerifierNamed { user, lang: told.lang, until: told.until };
            Ok(vec![by(&asker, Event::VerifierNamed(opening::verifier(said).map_err(no)?))])
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
