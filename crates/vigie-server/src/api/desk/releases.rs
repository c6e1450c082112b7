//! What went out.

use super::correction::Tasks;
use super::{ListQuery, by, change, list, no};
use crate::api::said::{Asked, At, Said, line};
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::DeskPage;
use crate::view::desk::release::Release;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;
use vigie_desk::record;
use vigie_desk::rights::Permission;
use vigie_desk::sending::{self, Recipient};
use vigie_model::{Event, ReleaseId};

/// What went out, newest first, with what became of it.
#[utoipa::path(get, path = "/api/v1/releases", tag = "communication", params(ListQuery),
    responses((status = 200, body = DeskPage<Release>)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ListQuery>,
) -> Result<Json<DeskPage<Release>>, Refusal> {
    list::<record::Release>(app, asker, asked).await
}

/// Why something that went out is taken back.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Recall {
    /// In words; those who tell the people that have it already read it.
    reason: String,
}

/// Takes back what went out: whoever has not got it will not, the public page shows it no longer, and a task is given to
/// tell those who have it.
#[utoipa::path(post, path = "/api/v1/releases/{id}/recall", tag = "communication", request_body = Recall,
    params(("id" = Uuid, Path, description = "The release")), responses((status = 200, body = Release)))]
pub(crate) async fn recall(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<ReleaseId>,
    Said(told): Said<Recall>,
) -> Result<Json<Release>, Refusal> {
    let reason = line(&told.reason, 500).ok_or_else(|| Refusal::field("reason"))?;
    let tasks = app.blocking(Tasks::prepare).await?;
    change(app, asker, Permission::Issue, id.uuid(), move |views, asker, release: record::Release, now| {
        let rows = views.deliveries(id)?.into_iter();
        let rows: Vec<Recipient> = rows
            .map(|row| Recipient { contact: row.contact, state: row.state, attempt: row.attempt })
            .collect();
        let stopped = sending::recall(&release, &rows).map_err(no)?.into_iter();
        let mut drafts: Vec<_> = stopped.map(|tried| by(asker, Event::ReleaseTried(tried))).collect();
        drafts.extend(tasks.after_recall(views, asker, &release, &reason, now)?);
        Ok(drafts)
    })
    .await
}
