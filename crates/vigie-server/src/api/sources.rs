//! Sources: the purpose register, their health, their keys.

use super::acts::decide;
use super::said::{At, Said, language_tag, line};
use crate::gate::{Asker, Known};
use crate::options::FeedTested;
use crate::refusal::Refusal;
use crate::secrets::{fingerprint, token};
use crate::state::App;
use crate::view::admin::{SourceEntryView, SourceList, SourceRow};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use vigie_desk::rights::Permission;
use vigie_model::{
    Connector, Event, SourceEntry, SourceFault, SourceId, SourceKeyIssued, SourcePaused, SourceResumed,
};
use vigie_store::{Draft, Views};
use vigie_words::{Lang, fault, text};

/// Every source that the asker may see, with its health.
#[utoipa::path(get, path = "/api/v1/sources", tag = "sources", responses((status = 200, body = SourceList)))]
pub(crate) async fn list(State(app): State<App>, Known(asker): Known) -> Result<Json<SourceList>, Refusal> {
    let list = app
        .read(move |views, now| {
            let rows = views.sources(now)?.into_iter().filter(|row| sees(&asker, &row.entry));
            Ok(SourceList { items: rows.map(|row| SourceRow::of(row, now, asker.lang())).collect() })
        })
        .await?;
    Ok(Json(list))
}

/// The register is for those who answer for it, whatever the source brings; for others a source is as restricted
/// as its signals.
pub(super) fn sees(asker: &Asker, entry: &SourceEntry) -> bool {
    let answers = asker.may(Permission::ManageSources) || asker.may(Permission::SeeAccess);
    answers || entry.compartments.visible_to(asker.see())
}

/// Registers a source.
#[utoipa::path(post, path = "/api/v1/sources", tag = "sources", request_body = SourceEntryView,
    responses((status = 201, body = SourceRow)))]
pub(crate) async fn register(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<SourceEntryView>,
) -> Result<Response, Refusal> {
    let entry = checked(told)?;
    let row = app
        .blocking(move |app| {
            let id = entry.id.clone();
            let actor = asker.actor();
            decide(app, move |views| {
                if views.sources(vigie_model::Timestamp::MIN)?.iter().any(|row| row.entry.id == entry.id) {
                    return Err(Refusal::new(StatusCode::CONFLICT, "server-source-exists"));
                }
                Ok(vec![Draft::new(actor, Event::SourceRegistered(entry))])
            })?;
            app.look(|views| Ok(SourceRow::of(known(views, &id, app)?, app.now(), asker.lang())))
        })
        .await?;
    Ok((StatusCode::CREATED, Json(row)).into_response())
}

fn checked(told: SourceEntryView) -> Result<SourceEntry, Refusal> {
    let mut entry = SourceEntry::try_from(told).map_err(|_| Refusal::field("id"))?;
    entry.name = line(&entry.name, 120).ok_or_else(|| Refusal::field("name"))?;
    entry.check().map_err(|fault| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, missing(fault)))?;
    let known_zone = |zone: &String| jiff::tz::TimeZone::get(zone).is_ok();
    if !entry.zone.as_ref().is_none_or(known_zone) {
        return Err(Refusal::field("zone"));
    }
    if !entry.languages.iter().all(|tag| language_tag(tag).is_some()) {
        return Err(Refusal::field("languages"));
    }
    let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    if entry.connector == Connector::Feed && !entry.url.as_ref().is_some_and(web) {
        return Err(Refusal::field("url"));
    }
    if !entry.allow_private.iter().all(|allowed| is_host_port(allowed)) {
        return Err(Refusal::field("allow_private"));
    }
    Ok(entry)
}

fn is_host_port(text: &str) -> bool {
    text.rsplit_once(':').is_some_and(|(host, port)| {
        !host.is_empty()
            && !host.contains(char::is_whitespace)
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    })
}

const fn missing(fault: SourceFault) -> &'static str {
    match fault {
        SourceFault::NoPurpose => "server-source-no-purpose",
        SourceFault::NoBasis => "server-source-no-basis",
        SourceFault::NoOwner => "server-source-no-owner",
        SourceFault::NoRetention => "server-source-no-retention",
        SourceFault::NoAddress => "server-source-no-address",
        SourceFault::BadAddress => "source-bad-address",
        SourceFault::BadZone => "source-bad-zone",
        SourceFault::NoCompartment => "server-source-no-compartment",
    }
}

fn known(views: &Views, id: &SourceId, app: &App) -> Result<vigie_store::SourceRow, Refusal> {
    views.source(id, app.now())?.ok_or_else(Refusal::nothing)
}

/// Stops taking signals of a source; what it brought stays.
#[utoipa::path(post, path = "/api/v1/sources/{id}/pause", tag = "sources",
    params(("id" = String, Path, description = "The source")), responses((status = 204, description = "Paused")))]
pub(crate) async fn pause(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<SourceId>,
) -> Result<StatusCode, Refusal> {
    let event = Event::SourcePaused(SourcePaused { source: id.clone() });
    set_paused(&app, &asker, id, true, event).await
}

/// Takes signals of a paused source again.
#[utoipa::path(post, path = "/api/v1/sources/{id}/resume", tag = "sources",
    params(("id" = String, Path, description = "The source")), responses((status = 204, description = "Resumed")))]
pub(crate) async fn resume(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<SourceId>,
) -> Result<StatusCode, Refusal> {
    let event = Event::SourceResumed(SourceResumed { source: id.clone() });
    set_paused(&app, &asker, id, false, event).await
}

async fn set_paused(
    app: &App,
    asker: &Asker,
    id: SourceId,
    paused: bool,
    event: Event,
) -> Result<StatusCode, Refusal> {
    let draft = Draft::new(asker.actor(), event);
    app.blocking(move |app| {
        let row = app.look(|views| known(views, &id, app))?;
        if row.paused != paused {
            app.store.commit(vec![draft])?;
        }
        app.intake.forget(&id);
        Ok(())
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What one try at a feed brought; nothing of it was kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceTested {
    /// Whether it was reached and read.
    ok: bool,
    /// Signals found.
    found: u64,
    /// Items refused.
    refused: u64,
    /// What happened, in the reader's language.
    sentence: String,
}

/// Fetches a feed once without keeping anything.
#[utoipa::path(post, path = "/api/v1/sources/{id}/test", tag = "sources",
    params(("id" = String, Path, description = "The source")), responses((status = 200, body = SourceTested)))]
pub(crate) async fn test(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<SourceId>,
) -> Result<Json<SourceTested>, Refusal> {
    let tested = app
        .blocking(move |app| {
            let row = app.look(|views| known(views, &id, app))?;
            let Some(tester) =
                app.options.feed_tester.clone().filter(|_| row.entry.connector == Connector::Feed)
            else {
                return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "server-source-not-tested"));
            };
            Ok(SourceTested::of(tester(&row.entry), asker.lang()))
        })
        .await?;
    Ok(Json(tested))
}

impl SourceTested {
    fn of(tested: Result<FeedTested, vigie_model::Fault>, lang: Lang) -> Self {
        match tested {
            Ok(FeedTested { found, refused, fault: None }) => {
                let sentence = text(lang, "server-source-tested", &[("count", found.into())]);
                Self { ok: true, found, refused, sentence }
            }
            Ok(FeedTested { found, refused, fault: Some(first) }) => {
                Self { ok: found > 0, found, refused, sentence: fault(lang, &first) }
            }
            Err(why) => Self { ok: false, found: 0, refused: 0, sentence: fault(lang, &why) },
        }
    }
}

/// A new intake key, shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceKey {
    /// 256 bits, in the alphabet of addresses.
    key: String,
}

/// Makes a new intake key; the old one stops working at once.
#[utoipa::path(post, path = "/api/v1/sources/{id}/key", tag = "sources",
    params(("id" = String, Path, description = "The source")), responses((status = 200, body = SourceKey)))]
pub(crate) async fn issue_key(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<SourceId>,
) -> Result<Json<SourceKey>, Refusal> {
    let actor = asker.actor();
    let key = app
        .blocking(move |app| {
            let row = app.look(|views| known(views, &id, app))?;
            if row.entry.connector != Connector::Intake {
                return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "server-source-no-intake"));
            }
            let key = token::<32>().map_err(|e| Refusal::ours("token", e))?;
            app.store.set_intake_key(&id, &fingerprint(&key))?;
            app.intake.forget(&id);
            app.store
                .commit(vec![Draft::new(actor, Event::SourceKeyIssued(SourceKeyIssued { source: id }))])?;
            Ok(key)
        })
        .await?;
    Ok(Json(SourceKey { key }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_address_names_host_and_port() {
        assert!(is_host_port("10.0.0.7:8080") && is_host_port("[fd00::1]:443"));
        assert!(!is_host_port("10.0.0.7") && !is_host_port(":80") && !is_host_port("a b:80"));
    }
}
