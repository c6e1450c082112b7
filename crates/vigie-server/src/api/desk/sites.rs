//! The card of a site: what was said that names or threatens it, with the words that matched.

use super::{say, story_row};
use crate::api::said::At;
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::Shown as _;
use crate::view::desk::site::{Site, SiteCard, SiteList, SiteSaid};
use crate::view::signal::SignalRow;
use axum::Json;
use axum::extract::State;
use std::collections::BTreeMap;
use vigie_desk::record;
use vigie_desk::rights::{Permission, may_on};
use vigie_model::{Compartment, Compartments, Site as Registered, Timestamp, WarningKind};
use vigie_store::Views;

/// Warnings on one card.
const SAID_MAX: u32 = 100;

/// What the asker sees of warnings.
fn sight(asker: &Asker) -> Compartments {
    let set = Compartments::of(&[Compartment::Operations]);
    if may_on(&asker.granted, Permission::SeeDesk, set) { asker.see() } else { Compartments::from_bits(0) }
}

/// Names of the gazetteer's rows.
fn names(views: &Views) -> Result<BTreeMap<String, String>, Refusal> {
    Ok(views.gazetteer()?.into_iter().map(|place| (place.id, place.name)).collect())
}

/// The sites with how often each was named, those with most to act on first.
fn lines(views: &Views, asker: &Asker, sites: &[Registered]) -> Result<Vec<Site>, Refusal> {
    let warned = views.warned_sites(sight(asker))?;
    let mut lines: Vec<Site> = sites
        .iter()
        .map(|site| {
            let about = || warned.iter().filter(|row| row.site == site.id || row.site == site.name);
            let of = |kind| about().filter(|row| row.kind == kind).map(|row| row.count).sum();
            Site {
                id: site.id.clone(),
                name: site.name.clone(),
                named: of(WarningKind::SiteNamed),
                threatened: of(WarningKind::SiteThreatened),
                open: about().map(|row| row.open).sum(),
                last_at: about().map(|row| row.last_at).max(),
            }
        })
        .collect();
    lines.sort_by(|a, b| (b.open, b.last_at).cmp(&(a.open, a.last_at)).then_with(|| a.name.cmp(&b.name)));
    Ok(lines)
}

/// Every site of the register, with how often it was named.
#[utoipa::path(get, path = "/api/v1/sites", tag = "desk", responses((status = 200, body = SiteList)))]
pub(crate) async fn all(State(app): State<App>, Known(asker): Known) -> Result<Json<SiteList>, Refusal> {
    let items = app.read(move |views, _| lines(views, &asker, &views.sites()?)).await?;
    Ok(Json(SiteList { items }))
}

/// One site with what was said about it.
#[utoipa::path(get, path = "/api/v1/sites/{id}", tag = "desk",
    params(("id" = String, Path, description = "The site, by its id in the register")),
    responses((status = 200, body = SiteCard)))]
pub(crate) async fn one(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<String>,
) -> Result<Json<SiteCard>, Refusal> {
    Ok(Json(app.read(move |views, now| card(views, &asker, &id, now)).await?))
}

fn card(views: &Views, asker: &Asker, id: &str, now: Timestamp) -> Result<SiteCard, Refusal> {
    let site = views.sites()?.into_iter().find(|site| site.id == id).ok_or_else(Refusal::nothing)?;
    let core = lines(views, asker, std::slice::from_ref(&site))?.pop().ok_or_else(Refusal::nothing)?;
    let places = names(views)?;
    let mut warnings = views.warnings_about(&site.id, SAID_MAX, sight(asker))?;
    // A person who warns may have written its name.
    warnings.extend(views.warnings_about(&site.name, SAID_MAX, sight(asker))?);
    warnings.sort_by_key(|one| std::cmp::Reverse(one.duty.opened_at));
    let said = warnings.into_iter().map(|one| said(views, asker, one, now)).collect::<Result<_, _>>()?;
    let neighbours = site.neighbours.iter().map(|id| places.get(id).cloned().unwrap_or_else(|| id.clone()));
    Ok(SiteCard {
        core,
        neighbours: neighbours.collect(),
        place: places.get(&site.place).cloned(),
        names: site.names.into_iter().chain(site.common_names).collect(),
        contingent: site.contingent,
        radius_km: site.radius_km,
        said,
    })
}

fn said(views: &Views, asker: &Asker, warning: record::Warning, now: Timestamp) -> Result<SiteSaid, Refusal> {
    let signal = warning.said.signal.map(|id| views.signal(id, asker.see())).transpose()?.flatten();
    let story = warning.said.narrative.map(|id| story_row(views, asker, id, now)).transpose()?.flatten();
    Ok(SiteSaid {
        warning: warning.shown(&say(views, asker, now))?,
        signal: signal.map(SignalRow::listed),
        signals: story.map(|row| row.count),
    })
}
