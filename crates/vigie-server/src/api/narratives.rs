//! One narrative: its clock, its signals, and why they stand together.

use super::desk::situation::clock_of;
use super::said::{Asked, At};
use crate::gate::{Asker, Known, note_denial};
use crate::protected;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::finding::common;
use crate::view::narrative::{ErrorView, ModelView, NarrativeAnswer, NarrativeDetail, NarrativeMoved};
use crate::view::signal::{RecallView, SignalLink, SignalPage, SignalRow, Variant, WhyView};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::IntoParams;
use vigie_model::{Compartment, Compartments, Likeness, NarrativeId, SharedKind, SignalId, Timestamp};
use vigie_store::{Found, Views};

const LIMIT: u32 = 50;
const LINKS_MAX: u32 = 200;
const VARIANTS_MAX: usize = 50;
/// Signals whose wording is compared for the variants; a larger narrative shows those of its first thousand.
const COMPARED_MAX: usize = 1_000;
const PAGE: u32 = 200;

/// A narrative, or where it went.
#[utoipa::path(get, path = "/api/v1/narratives/{id}", tag = "monitoring",
    params(("id" = uuid::Uuid, Path, description = "The narrative")),
    responses((status = 200, body = NarrativeAnswer)))]
pub(crate) async fn one(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
) -> Result<Json<NarrativeAnswer>, Refusal> {
    let see = asker.see();
    let found = app
        .read(move |views, now| {
            Ok(match views.narrative(id, see, now)? {
                Found::Here(detail) => {
                    let clock = clock_of(views, &detail.row)?;
                    Found::Here(Box::new(NarrativeDetail::of(detail, clock, now)))
                }
                Found::Moved(kept) => Found::Moved(kept),
                Found::Nothing => Found::Nothing,
            })
        })
        .await?;
    match found {
        Found::Here(detail) => Ok(Json(NarrativeAnswer::Here(detail))),
        Found::Moved(kept) => Ok(Json(NarrativeAnswer::Moved(NarrativeMoved { moved_to: kept.uuid() }))),
        Found::Nothing => Err(nothing(&app, &asker, id).await),
    }
}

/// "Nothing there", and an entry where there is something that the asker may not see.
pub(super) async fn nothing(app: &App, asker: &Asker, id: NarrativeId) -> Refusal {
    let everything = Compartments::of(Compartment::ALL);
    let hidden =
        app.read(move |views, now| Ok(views.narrative_row(id, everything, now)? != Found::Nothing)).await;
    if matches!(hidden, Ok(true)) {
        note_denial(app, asker, Some(format!("narrative:{id}")));
    }
    Refusal::nothing()
}

/// Which page of a narrative's signals.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SignalsQuery {
    /// Page marker of the answer before.
    cursor: Option<String>,
    /// Rows wanted, at most 200.
    limit: Option<u32>,
    /// `first` (default) or `last`: which end comes first.
    order: Option<String>,
}

/// The signals of a narrative.
#[utoipa::path(get, path = "/api/v1/narratives/{id}/signals", tag = "monitoring",
    params(("id" = uuid::Uuid, Path, description = "The narrative"), SignalsQuery),
    responses((status = 200, body = SignalPage)))]
pub(crate) async fn signals(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
    Asked(asked): Asked<SignalsQuery>,
) -> Result<Json<SignalPage>, Refusal> {
    let last_first = match asked.order.as_deref() {
        None | Some("" | "first") => false,
        Some("last") => true,
        Some(_) => return Err(Refusal::field("order")),
    };
    let reader = asker.clone();
    let page = app
        .blocking(move |app| {
            let limit = asked.limit.unwrap_or(LIMIT);
            let after = asked.cursor.as_deref().filter(|cursor| !cursor.is_empty());
            let found = app.look(|views| {
                let Some(id) = standing(views, id, reader.see(), app.now())? else { return Ok(None) };
                Ok(Some(views.signals(id, reader.see(), last_first, after, limit)?))
            })?;
            let Some(mut page) = found else { return Ok(None) };
            protected::open(app, &reader, &mut page.items)?;
            Ok(Some(page))
        })
        .await?;
    let Some(page) = page else { return Err(nothing(&app, &asker, id).await) };
    let items = page.items.into_iter().map(SignalRow::listed).collect();
    Ok(Json(SignalPage { items, next: page.next, total: page.total }))
}

/// The narrative that `id` names today, where the asker may see it.
pub(super) fn standing(
    views: &Views,
    id: NarrativeId,
    see: Compartments,
    now: Timestamp,
) -> Result<Option<NarrativeId>, Refusal> {
    Ok(match views.narrative_row(id, see, now)? {
        Found::Here(row) => Some(row.id),
        Found::Moved(kept) => Some(kept),
        Found::Nothing => None,
    })
}

/// Why the signals of a narrative stand together.
#[utoipa::path(get, path = "/api/v1/narratives/{id}/why", tag = "monitoring",
    params(("id" = uuid::Uuid, Path, description = "The narrative")),
    responses((status = 200, body = WhyView)))]
pub(crate) async fn why(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
) -> Result<Json<WhyView>, Refusal> {
    let reader = asker.clone();
    let view = app.blocking(move |app| explain(app, &reader, id)).await?;
    match view {
        Some(view) => Ok(Json(view)),
        None => Err(nothing(&app, &asker, id).await),
    }
}

fn explain(app: &App, asker: &Asker, id: NarrativeId) -> Result<Option<WhyView>, Refusal> {
    let see = asker.see();
    let found = app.look(|views| {
        let Some(id) = standing(views, id, see, app.now())? else { return Ok(None) };
        let (earliest, public) = views.earliest(id, see)?;
        let Some(earliest) = earliest else { return Ok(None) };
        Ok(Some((earliest, public, compared(views, id, see)?, views.links(id, LINKS_MAX)?)))
    })?;
    let Some((earliest, public, mut rows, links)) = found else { return Ok(None) };
    // One entry for everything that this page shows, the two earliest included.
    let compared = rows.len();
    rows.push(earliest);
    rows.extend(public);
    protected::open(app, asker, &mut rows)?;
    let mut named = rows.split_off(compared).into_iter();
    let Some(earliest) = named.next() else { return Ok(None) };
    let public = named.next();
    let lead_h = public.as_ref().map(|public| (second(public) - second(&earliest)) / 3_600);
    Ok(Some(WhyView {
        earliest: SignalRow::listed(earliest),
        earliest_public: public.map(SignalRow::listed),
        lead_h,
        recall: recall(&rows),
        variants: variants(rows),
        links: links.into_iter().map(SignalLink::from).collect(),
        model: ModelView {
            name: vigie_text::Reader::MODEL.to_owned(),
            version: vigie_text::Reader::VERSION.to_owned(),
        },
        error: ErrorView::Exact,
    }))
}

/// Where copies may be missed, by the languages of these signals.
fn recall(rows: &[vigie_store::SignalRow]) -> Vec<RecallView> {
    let mut langs: Vec<&str> =
        rows.iter().filter_map(|row| row.language.as_ref()).map(|language| language.tag.as_str()).collect();
    langs.sort_unstable();
    langs.dedup();
    langs.into_iter().filter_map(RecallView::of).collect()
}

/// When somebody of ours could first have known of a signal, in seconds.
fn second(row: &vigie_store::SignalRow) -> i64 {
    row.seen_at.or(row.reported_at).unwrap_or(row.recorded_at).as_second()
}

fn compared(
    views: &Views,
    id: NarrativeId,
    see: Compartments,
) -> Result<Vec<vigie_store::SignalRow>, Refusal> {
    let mut rows = Vec::new();
    let mut after: Option<String> = None;
    while rows.len() < COMPARED_MAX {
        let page = views.signals(id, see, false, after.as_deref(), PAGE)?;
        rows.extend(page.items);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(rows)
}

/// The wordings in use, most frequent first.
fn variants(rows: Vec<vigie_store::SignalRow>) -> Vec<Variant> {
    let texts: HashMap<SignalId, String> =
        rows.iter().map(|row| (row.id, row.text.clone().unwrap_or_default())).collect();
    let mut at: HashMap<String, usize> = HashMap::new();
    let mut wordings: HashMap<String, u32> = HashMap::new();
    let mut variants: Vec<Variant> = Vec::new();
    for row in rows {
        let text = row.text.clone().unwrap_or_default();
        let by_words =
            |link: &&vigie_store::LinkRow| matches!(link.likeness, Likeness::Same | Likeness::Near);
        let likeness = row.link.as_ref().filter(by_words).map_or(1.0, |link| link.value);
        let named = row.link.as_ref().filter(|link| link.likeness == Likeness::Link).and_then(|link| {
            let other = texts.get(&link.to).map(String::as_str)?;
            common(SharedKind::Link, &[&text, other])
        });
        if let Some(known) = at.get(&text).and_then(|at| variants.get_mut(*at)) {
            known.count += 1;
            known.likeness_min = known.likeness_min.min(likeness);
            continue;
        }
        let next = wordings.len() as u32;
        let alike = vigie_text::normalise(&text).alike;
        // What has no words to compare is a wording by itself.
        let alike = if alike.is_empty() { text.clone() } else { alike };
        let wording = *wordings.entry(alike).or_insert(next);
        at.insert(text, variants.len());
        let tricks = row.tricks.clone();
        let first = SignalRow::listed(row);
        variants.push(Variant {
            text: first.text.clone(),
            wording,
            count: 1,
            tricks,
            likeness_min: likeness,
            named,
            first,
        });
    }
    // Stable: among equals the first one heard stays first.
    variants.sort_by_key(|variant| std::cmp::Reverse(variant.count));
    variants.truncate(VARIANTS_MAX);
    variants
}
