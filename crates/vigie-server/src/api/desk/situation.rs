//! The reader's own picture, the hand-over, and the loop of one story.

use super::{EVERYTHING, by, list_of, no, opens, say, story_row};
use crate::api::acts::{decide, only};
use crate::api::narratives::nothing;
use crate::api::said::{At, Said};
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::Say;
use crate::view::desk::effect::Effect;
use crate::view::desk::judging::Standing;
use crate::view::desk::situation::{Counts, Item, KindCount, LoopClock, LoopView, Situation, Watch};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::clock::Clock;
use vigie_desk::messages::Message;
use vigie_desk::opening;
use vigie_desk::record::{Question, Record, Request, Response, Task, Warning};
use vigie_desk::rights::Permission;
use vigie_model::{
    Compartment, Compartments, Event, FunctionId, NarrativeId, Object, Reason, Timestamp, UserId,
    WatchHandedOver,
};
use vigie_store::{DeskChange, DeskQuery, NarrativeRow, Views};

const CHANGED_MAX: usize = 50;
const OPEN_MAX: u32 = 100;
/// Records looked through for what changed.
const LOOKED_MAX: u32 = 400;
const OF_STORY_MAX: u32 = 100;

/// What changed since the reader was last here, what waits for them, what is late.
#[utoipa::path(get, path = "/api/v1/situation", tag = "desk", responses((status = 200, body = Situation)))]
pub(crate) async fn one(State(app): State<App>, Known(asker): Known) -> Result<Json<Situation>, Refusal> {
    Ok(Json(app.read(move |views, now| picture(views, &asker, now)).await?))
}

/// The compartments of the desk that the reader's role and grants open together: who sees facts may not see requests,
/// and the other way round.
pub(in crate::api) fn desk_sight(asker: &Asker) -> Compartments {
    let mut bits = 0;
    for (permission, one) in [
        (Permission::SeeDesk, Compartment::Operations),
        (Permission::SeeCommunication, Compartment::Communications),
    ] {
        let set = Compartments::of(&[one]);
        if vigie_desk::rights::may_on(&asker.granted, permission, set) {
            bits |= set.bits();
        }
    }
    Compartments::from_bits(bits)
}

fn picture(views: &Views, asker: &Asker, now: Timestamp) -> Result<Situation, Refusal> {
    let (seq, say, see) = (views.size()?, say(views, asker, now), desk_sight(asker));
    let since = views.news_since(asker.user.id)?;
    let mut changed = items(views.desk_changed(since, see, LOOKED_MAX)?, &say)?;
    changed.reverse();
    changed.truncate(CHANGED_MAX);
    let functions = views.functions_of(asker.user.id)?;
    let mut mine = if functions.is_empty() {
        Vec::new()
    } else {
        items(views.desk_open(&functions, None, see, OPEN_MAX)?, &say)?
    };
    mine.extend(to_verify(&say, see)?);
    Ok(Situation {
        since,
        changed,
        mine,
        overdue: items(views.desk_open(&[], Some(now), see, OPEN_MAX)?, &say)?,
        counts: counts(views, asker, see, now)?,
        functions: functions.iter().map(ToString::to_string).collect(),
        watch: if asker.may(Permission::SeeDutyLog) { last_watch(&say)? } else { None },
        seq,
        as_of: now,
    })
}

fn items(rows: Vec<DeskChange>, say: &Say<'_>) -> Result<Vec<Item>, Refusal> {
    rows.into_iter().map(|row| Ok(Item::of(row, say)?)).collect()
}

/// Responses that wait for a verifier of a language that the reader answers for.
fn to_verify(say: &Say<'_>, see: Compartments) -> Result<Vec<Item>, Refusal> {
    let verifies = say.views.verifiers()?.into_iter().any(|row| row.user == say.reader);
    if !verifies {
        return Ok(Vec::new());
    }
    let query = DeskQuery {
        open: Some(true),
        state: Some("draft".to_owned()),
        limit: OPEN_MAX,
        ..DeskQuery::default()
    };
    let mut found = Vec::new();
    for response in say.views.records::<Response>(&query, see)?.items {
        for lang in unverified(say, &response)? {
            if !say.views.is_verifier(say.reader, &lang, say.now)? {
                continue;
            }
            found.push(Item {
                kind: "response".to_owned(),
                id: response.id.uuid(),
                code: response.code.clone(),
                about: response.title.clone(),
                state: "draft".to_owned(),
                open: true,
                due: Some(response.due),
                waits_for: None,
                verify: Some(lang),
                narrative: say.story(response.narrative())?,
                changed: say.views.record_changed(response.id.into())?.unwrap_or_default(),
            });
        }
    }
    Ok(found)
}

/// Languages of its messages for which nobody answers yet: each waits for its own verifier, none for another's.
fn unverified(say: &Say<'_>, response: &Response) -> Result<Vec<String>, Refusal> {
    let mut langs: Vec<String> = Vec::new();
    for id in &response.messages {
        let Some(message) = say.views.record::<Message>(id.uuid(), say.see())? else { continue };
        for lang in message.langs().into_iter().filter(|lang| !message.is_verified(lang)) {
            if langs.iter().all(|known| known != lang) {
                langs.push(lang.to_owned());
            }
        }
    }
    Ok(langs)
}

fn counts(views: &Views, asker: &Asker, see: Compartments, now: Timestamp) -> Result<Counts, Refusal> {
    let desk = views.desk_counts(see, now)?.into_iter();
    let desk = desk.map(|one| KindCount { kind: one.kind, open: one.open, overdue: one.overdue }).collect();
    let stories = if asker.may(Permission::SeeMonitoring) {
        views.story_counts(asker.see())?
    } else {
        vigie_store::StoryCounts::default()
    };
    Ok(Counts {
        desk,
        new: stories.new,
        relevant: stories.relevant,
        awaits_second: stories.awaits_second,
        contested: stories.contested,
        hostile: stories.hostile,
    })
}

fn last_watch(say: &Say<'_>) -> Result<Option<Watch>, Refusal> {
    let Some(row) = say.views.last_watch()? else { return Ok(None) };
    Ok(Some(Watch {
        seq: row.seq,
        at: row.at,
        by: say.maybe(row.by)?,
        to: say.maybe(row.to)?,
        remark: row.said.remark,
        open: row.said.open.into_iter().map(String::from).collect(),
    }))
}

/// To whom the watch goes, and what they should know.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct HandOver {
    /// To whom, where named.
    #[serde(default)]
    to: Option<Uuid>,
    /// What the next one should know.
    #[serde(default)]
    remark: String,
}

/// A hand-over that was recorded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandedOver {
    /// Its entry.
    seq: u64,
    /// What stays open, as `kind:id`.
    open: Vec<String>,
}

/// Hands the watch over, with everything that stays open.
#[utoipa::path(post, path = "/api/v1/watch", tag = "desk", request_body = HandOver,
    responses((status = 200, body = HandedOver)))]
pub(crate) async fn hand_over(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<HandOver>,
) -> Result<Json<HandedOver>, Refusal> {
    let done = app
        .blocking(move |app| {
            let outcomes = decide(app, move |views| {
                opens(&asker, Permission::WriteDesk, Compartments::of(&[Compartment::Operations]))?;
                let to = told.to.map(UserId::from_uuid);
                if let Some(to) = to
                    && views.user(to)?.is_none()
                {
                    return Err(Refusal::field("to"));
                }
                let open: Vec<Object> = views
                    .desk_open(&[], None, desk_sight(&asker), 200)?
                    .iter()
                    .map(|row| row.object)
                    .collect();
                let said = WatchHandedOver { to, open, remark: told.remark };
                Ok(vec![by(&asker, Event::WatchHandedOver(opening::watch(said).map_err(no)?))])
            })?;
            let row = app.look(|views| Ok(views.last_watch()?))?;
            let open = row.map(|row| row.said.open).unwrap_or_default();
            Ok(HandedOver { seq: only(&outcomes)?, open: open.into_iter().map(String::from).collect() })
        })
        .await?;
    Ok(Json(done))
}

/// The steps of one story, and everything that belongs to it.
#[utoipa::path(get, path = "/api/v1/narratives/{id}/loop", tag = "judging",
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 200, body = LoopView)))]
pub(crate) async fn of_story(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
) -> Result<Json<LoopView>, Refusal> {
    let reader = asker.clone();
    let view = app
        .read(move |views, now| match story_row(views, &reader, id, now)? {
            Some(row) => around(views, &reader, &row, now).map(Some),
            None => Ok(None),
        })
        .await?;
    match view {
        Some(view) => Ok(Json(view)),
        None => Err(nothing(&app, &asker, id).await),
    }
}

fn around(views: &Views, asker: &Asker, row: &NarrativeRow, now: Timestamp) -> Result<LoopView, Refusal> {
    let (say, see) = (say(views, asker, now), desk_sight(asker));
    let standing = Standing::of(views.judged(row.id, asker.see())?, &say)?;
    Ok(LoopView {
        standing,
        clock: clock(&say, row)?,
        requests: list_of::<Request>(&say, row.id, see)?,
        responses: list_of::<Response>(&say, row.id, see)?,
        effects: effects(&say, row.id, see)?,
        warnings: list_of::<Warning>(&say, row.id, see)?,
        tasks: list_of::<Task>(&say, row.id, see)?,
        questions: list_of::<Question>(&say, row.id, see)?,
    })
}

/// What followed each answer to a story that the reader sees.
fn effects(say: &Say<'_>, narrative: NarrativeId, see: Compartments) -> Result<Vec<Effect>, Refusal> {
    let query = DeskQuery { narrative: Some(narrative), limit: OF_STORY_MAX, ..DeskQuery::default() };
    let mut effects = Vec::new();
    for response in say.views.records::<Response>(&query, see)?.items {
        effects.extend(Effect::of(&response, say)?);
    }
    effects.sort_by_key(|effect| std::cmp::Reverse(effect.issued_at));
    Ok(effects)
}

/// The clock of a story with its steps, from entries alone.
pub(in crate::api) fn clock_of(views: &Views, row: &NarrativeRow) -> Result<Clock, Refusal> {
    let passed = views.passed(row.id)?;
    let mut clock = Clock::started(row.first_seen_at, row.first_recorded_at);
    clock.verified_at = passed.verified_at;
    clock.cleared_at = passed.cleared_at;
    clock.answered_at = passed.out_at;
    clock.measured_at = passed.measured_at;
    Ok(clock)
}

fn clock(say: &Say<'_>, row: &NarrativeRow) -> Result<LoopClock, Refusal> {
    let clock = clock_of(say.views, row)?;
    let waits = waits_for(say.views, row.id)?;
    let mut sentence = vigie_words::reason(say.lang, &clock.sentence(say.now));
    let name = waits.as_ref().map(|(function, _)| say.function(function)).transpose()?;
    if let Some(name) = &name {
        let waits = Reason::new("clock-waits").with("function", name);
        sentence = format!("{sentence} {}", vigie_words::reason(say.lang, &waits));
    }
    Ok(LoopClock {
        t0: clock.first_seen_at,
        t1: clock.found_at,
        t2: clock.verified_at,
        t3: clock.cleared_at,
        t4: clock.answered_at,
        t5: clock.measured_at,
        waits_for: name,
        function: waits.as_ref().map(|(function, _)| function.to_string()),
        since: waits.and_then(|(_, since)| since),
        sentence,
    })
}

/// The function that a story waits for: of its open requests the one that has waited longest, else whoever clears its
/// response. Said to everybody who reads the story: a function, never a person, and nothing of what is being written.
pub(in crate::api) fn waits_for(
    views: &Views,
    narrative: NarrativeId,
) -> Result<Option<(FunctionId, Option<Timestamp>)>, Refusal> {
    let query = DeskQuery {
        narrative: Some(narrative),
        open: Some(true),
        limit: OF_STORY_MAX,
        ..DeskQuery::default()
    };
    let requests = views.records::<Request>(&query, EVERYTHING)?.items;
    // What is asked after the answer holds nothing up.
    let before = requests.into_iter().filter(|request| request.recheck.is_none());
    if let Some(oldest) = before.min_by_key(|request| request.duty.since) {
        return Ok(Some((oldest.duty.waits_for, Some(oldest.duty.since))));
    }
    let responses = views.records::<Response>(&query, EVERYTHING)?.items;
    // Newest first: the oldest stands last.
    let mut waiting = responses.into_iter().rev().filter_map(|response| response.index().waits_for);
    Ok(waiting.next().map(|function| (function, None)))
}
