//! Tasks.

use super::{ListQuery, by, functions_exist, list, no, open, open_story};
use crate::api::said::{Asked, Said};
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::duty::Task;
use crate::view::desk::{DeskPage, shapes};
use crate::view::words;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::opening;
use vigie_desk::record;
use vigie_desk::rights::Permission;
use vigie_model::{Component, Event, Object, TaskId, TaskOpened};

/// Tasks, newest first.
#[utoipa::path(get, path = "/api/v1/tasks", tag = "desk", params(ListQuery),
    responses((status = 200, body = DeskPage<Task>)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ListQuery>,
) -> Result<Json<DeskPage<Task>>, Refusal> {
    list::<record::Task>(app, asker, asked).await
}

/// Something to do.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewTask {
    /// Made by the screen, and the task's id.
    client_id: Uuid,
    /// What is to be done.
    what: String,
    /// The component that does it.
    #[schema(value_type = words::Component)]
    component: Component,
    /// Of whom it is asked.
    #[schema(value_type = shapes::Asked)]
    asked: vigie_model::Asked,
    /// What it is about, as `kind:id`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    about: Option<Object>,
}

/// Gives a task to a function.
#[utoipa::path(post, path = "/api/v1/tasks", tag = "desk", request_body = NewTask,
    responses((status = 201, body = Task), (status = 200, description = "It was there already", body = Task)))]
pub(crate) async fn give(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewTask>,
) -> Result<Response, Refusal> {
    let me = asker.user.id;
    let mine = move |known: &record::Task| known.by == Some(me);
    open(app, asker, Permission::WriteDesk, told.client_id, mine, move |views, asker, now| {
        let about = match told.about {
            Some(Object::Narrative(id)) => {
                open_story(views, asker, Permission::WriteDesk, Some(id), now)?.map(Object::from)
            }
            about => about,
        };
        let id = TaskId::from_uuid(told.client_id);
        let said = TaskOpened { id, what: told.what, component: told.component, asked: told.asked, about };
        let said = opening::task(said, now).map_err(no)?;
        functions_exist(views, std::iter::once(&said.asked.to).chain(&said.asked.call_tree))?;
        Ok(vec![by(asker, Event::TaskOpened(said))])
    })
    .await
}
