//! Several stories made one in one act, by a person: what became of each is said of each.

use super::acts::{decide, open_row};
use super::narratives::nothing;
use super::parting::{half, members, unprocessable};
use super::said::Said;
use crate::gate::{Asker, Known};
use crate::refusal::{Problem, Refusal};
use crate::state::App;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, mpsc};
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::parting::{self, Member};
use vigie_model::{Compartment, Compartments, Event, NarrativeId, SignalId, Timestamp};
use vigie_store::{Draft, Found, Views};

/// Which stories are one.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewJoinAll {
    /// Two to 200.
    narratives: Vec<Uuid>,
    /// Why.
    reason: String,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JoinedAll {
    /// What they are now: the oldest of them.
    narrative: Uuid,
    /// Its speakable code.
    code: String,
    /// Each of the others, in the order asked.
    others: Vec<JoinedOne>,
}

/// What became of one of them: an entry, or why it stays where it is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JoinedOne {
    /// The narrative.
    id: Uuid,
    /// Where it was joined: the entry.
    seq: Option<u64>,
    /// Where it was joined: one signal of each of its wordings, to take it apart again (`part`). Empty where it has too
    /// many of them to be taken back at once.
    signals: Vec<Uuid>,
    /// Where it was not: why.
    refused: Option<Problem>,
}

/// Wordings that an answer names at most, of all narratives together: what is larger is parted on its own page.
const WORDINGS_MAX: usize = 2_000;

type Outcomes = Vec<(NarrativeId, Result<Option<u64>, Refusal>)>;

/// Makes one story of several. Each that goes into the oldest is an entry of its own; one that may not stays as it is.
#[utoipa::path(post, path = "/api/v1/narratives/join", tag = "monitoring", request_body = NewJoinAll,
    responses((status = 200, body = JoinedAll)))]
pub(crate) async fn join_all(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewJoinAll>,
) -> Result<Json<JoinedAll>, Refusal> {
    let wanted: Vec<NarrativeId> = told.narratives.into_iter().map(NarrativeId::from_uuid).collect();
    parting::few(wanted.len()).map_err(|refusal| unprocessable(&refusal))?;
    let (maker, reason) = (asker.clone(), told.reason);
    let (kept, code, outcomes, mut wordings) = app
        .blocking(move |app| {
            let now = app.now();
            let wordings = app.store.read(|views| Ok(wordings(views, &maker, &wanted, now)))?;
            let (kept, outcomes) = recorded(app, maker, wanted, reason, now)?;
            let code = app.store.read(|views| code(views, kept, now))?;
            Ok((kept, code, outcomes, wordings))
        })
        .await?;
    let mut others = Vec::with_capacity(outcomes.len());
    for (id, outcome) in outcomes {
        let signals = outcome.is_ok().then(|| wordings.remove(&id)).flatten().unwrap_or_default();
        let (seq, refused) = match outcome {
            Ok(seq) => (seq, None),
            Err(refusal) if refusal.id() == "server-narrative-gone" => {
                (None, Some(nothing(&app, &asker, id).await))
            }
            Err(refusal) => (None, Some(refusal)),
        };
        let refused = refused.map(|refusal| refusal.problem(asker.lang()));
        others.push(JoinedOne { id: id.uuid(), seq, signals, refused });
    }
    Ok(Json(JoinedAll { narrative: kept.uuid(), code, others }))
}

/// Lets the rule decide on the latest state; what may not be joined is said of each.
fn recorded(
    app: &App,
    maker: Arc<Asker>,
    wanted: Vec<NarrativeId>,
    reason: String,
    now: Timestamp,
) -> Result<(NarrativeId, Outcomes), Refusal> {
    let (tell, told) = mpsc::channel();
    let done = decide(app, move |views| {
        let mut outcomes: Outcomes = Vec::new();
        let mut halves = Vec::new();
        let mut seen = HashSet::new();
        for id in wanted {
            match open_row(views, &maker.granted, id, now).and_then(|row| half(views, &row)) {
                Ok(half) if seen.insert(half.id) => halves.push(half),
                Ok(_) => {}
                Err(refusal) => outcomes.push((id, Err(refusal))),
            }
        }
        // Where nothing is left to be joined, the first reason is the answer to the whole.
        if halves.is_empty()
            && let Some((_, Err(refusal))) = outcomes.pop()
        {
            return Err(refusal);
        }
        let all = parting::join_all(&halves, &reason).map_err(|refusal| unprocessable(&refusal))?;
        let mut drafts = Vec::new();
        for (id, outcome) in all.others {
            let said = outcome.map_err(|refusal| unprocessable(&refusal));
            outcomes.push((
                id,
                said.map(|said| {
                    drafts.push(Draft::new(maker.actor(), Event::NarrativesJoined(said)));
                    None
                }),
            ));
        }
        let _ = tell.send((all.narrative, outcomes));
        Ok(drafts)
    })?;
    let (kept, mut outcomes) = told.try_recv().map_err(|_| Refusal::ours("rule", "said no narrative"))?;
    let joined = outcomes.iter_mut().filter_map(|(_, outcome)| outcome.as_mut().ok());
    for (seq, entry) in joined.zip(&done) {
        *seq = Some(entry.seq());
    }
    Ok((kept, outcomes))
}

/// One signal of each wording of those narratives that have few enough to be taken out again.
fn wordings(
    views: &Views,
    maker: &Asker,
    wanted: &[NarrativeId],
    now: Timestamp,
) -> BTreeMap<NarrativeId, Vec<Uuid>> {
    let mut left = WORDINGS_MAX;
    let mut found = BTreeMap::new();
    for id in wanted {
        let Ok(row) = open_row(views, &maker.granted, *id, now) else { continue };
        if row.count as usize > left {
            continue;
        }
        let Ok(members) = members(views, row.id) else { continue };
        left = left.saturating_sub(members.len());
        found.insert(row.id, one_of_each(members));
    }
    found
}

fn one_of_each(members: Vec<Member>) -> Vec<Uuid> {
    let mut known = HashSet::new();
    let fresh = members.into_iter().filter_map(|member| {
        let Member { id, wording } = member;
        (wording.is_empty() || known.insert(wording)).then_some(id)
    });
    fresh.map(SignalId::uuid).collect()
}

fn code(views: &Views, id: NarrativeId, now: Timestamp) -> Result<String, vigie_store::StoreError> {
    let everything = Compartments::of(Compartment::ALL);
    Ok(match views.narrative_row(id, everything, now)? {
        Found::Here(row) => row.code,
        _ => String::new(),
    })
}
