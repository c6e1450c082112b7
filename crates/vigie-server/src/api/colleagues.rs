//! To whom a narrative can be given: whoever may act on it.

use super::acts::open_rows;
use super::said::Asked;
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::Person;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vigie_desk::rights::{Permission, may, may_on};
use vigie_desk::triage::BULK_MAX;
use vigie_model::{Granted, NarrativeId};

/// What they are to act on.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ColleaguesQuery {
    /// Narratives that all of them may act on, separated by commas, at most 200; without any, acting on anything counts.
    #[serde(default)]
    narratives: String,
}

/// Everyone who may act on what was asked about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Colleagues {
    /// By name.
    items: Vec<Person>,
}

/// Who may act on these narratives, and so can be given them.
#[utoipa::path(get, path = "/api/v1/colleagues", tag = "monitoring", params(ColleaguesQuery),
    responses((status = 200, body = Colleagues)))]
pub(crate) async fn list(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ColleaguesQuery>,
) -> Result<Json<Colleagues>, Refusal> {
    let chosen = chosen(&asked.narratives)?;
    let items = app
        .read(move |views, now| {
            let rows = open_rows(views, &asker.granted, &chosen, now)?;
            let acts = |granted: &Granted| {
                may(granted, Permission::Triage)
                    && rows.iter().all(|row| may_on(granted, Permission::Triage, row.compartments))
            };
            let mut items: Vec<Person> = Vec::new();
            for row in views.users()? {
                if acts(&views.granted(row.user.id, now)?) {
                    items.push(Person { id: row.user.id.uuid(), display: row.user.display });
                }
            }
            items.sort_by_cached_key(|person| person.display.to_lowercase());
            Ok(items)
        })
        .await?;
    Ok(Json(Colleagues { items }))
}

fn chosen(told: &str) -> Result<Vec<NarrativeId>, Refusal> {
    let ids = told.split(',').filter(|id| !id.is_empty()).take(BULK_MAX + 1);
    let ids =
        ids.map(|id| id.parse().map_err(|_| Refusal::field("narratives"))).collect::<Result<Vec<_>, _>>()?;
    if ids.len() > BULK_MAX { Err(Refusal::field("narratives")) } else { Ok(ids) }
}
