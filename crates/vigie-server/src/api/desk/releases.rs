//! What went out.

use super::{ListQuery, list};
use crate::api::said::Asked;
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::DeskPage;
use crate::view::desk::release::Release;
use axum::Json;
use axum::extract::State;
use vigie_desk::record;

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
