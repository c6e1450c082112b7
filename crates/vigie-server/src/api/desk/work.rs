//! Acknowledging and closing: requests, tasks, warnings; closing responses.

use super::{by, no, on};
use crate::api::acts::decide;
use crate::api::said::{At, Said};
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use vigie_desk::duty::{self, Duty};
use vigie_desk::opening;
use vigie_desk::record::{Request, Response, Task, Warning};
use vigie_desk::rights::Permission;
use vigie_model::{Event, FunctionId, Object};
use vigie_store::Views;

/// For which function somebody has it.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Acknowledge {
    /// One that I hold.
    #[schema(value_type = String)]
    function: FunctionId,
}

/// How it ended.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Close {
    /// In words.
    outcome: String,
}

/// The duty behind `of`, for somebody who may work on it.
fn duty_of(views: &Views, asker: &Asker, of: Object) -> Result<Duty, Refusal> {
    let needs = Permission::WriteDesk;
    match of {
        Object::Request(id) => on::<Request>(views, asker, needs, id.uuid()).map(|one| one.duty),
        Object::Task(id) => on::<Task>(views, asker, needs, id.uuid()).map(|one| one.duty),
        Object::Warning(id) => on::<Warning>(views, asker, needs, id.uuid()).map(|one| one.duty),
        _ => Err(Refusal::nothing()),
    }
}

/// Says that a function has it.
#[utoipa::path(post, path = "/api/v1/duties/{object}/acknowledge", tag = "desk", request_body = Acknowledge,
    params(("object" = String, Path, description = "`request:ID`, `task:ID` or `warning:ID`")),
    responses((status = 204, description = "Recorded")))]
pub(crate) async fn acknowledge(
    State(app): State<App>,
    Known(asker): Known,
    At(of): At<Object>,
    Said(told): Said<Acknowledge>,
) -> Result<StatusCode, Refusal> {
    app.blocking(move |app| {
        decide(app, move |views| {
            let duty = duty_of(views, &asker, of)?;
            if !views.functions_of(asker.user.id)?.contains(&told.function) {
                let refusal = Refusal::new(StatusCode::FORBIDDEN, "function-not-held");
                return Err(refusal.with("function", &told.function));
            }
            let again = duty.acknowledged.as_ref().is_some_and(|(known, _)| *known == told.function);
            if again && duty.is_open() {
                return Ok(Vec::new());
            }
            let said = duty::acknowledge(of, &duty, &told.function).map_err(no)?;
            Ok(vec![by(&asker, Event::WorkAcknowledged(said))])
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Closes it with an outcome.
#[utoipa::path(post, path = "/api/v1/duties/{object}/close", tag = "desk", request_body = Close,
    params(("object" = String, Path, description = "`request:ID`, `task:ID`, `warning:ID` or `response:ID`")),
    responses((status = 204, description = "Recorded")))]
pub(crate) async fn close(
    State(app): State<App>,
    Known(asker): Known,
    At(of): At<Object>,
    Said(told): Said<Close>,
) -> Result<StatusCode, Refusal> {
    app.blocking(move |app| {
        decide(app, move |views| {
            let outcome = told.outcome.trim();
            let (known, said) = if let Object::Response(id) = of {
                let one = on::<Response>(views, &asker, Permission::WriteCommunication, id.uuid())?;
                (one.closed.clone(), opening::close_response(&one, outcome))
            } else {
                let duty = duty_of(views, &asker, of)?;
                (duty.closed.clone(), duty::close(of, &duty, outcome))
            };
            // Sent again after a cut: done.
            if known.is_some_and(|(said, _)| said == outcome) {
                return Ok(Vec::new());
            }
            Ok(vec![by(&asker, Event::WorkClosed(said.map_err(no)?))])
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
