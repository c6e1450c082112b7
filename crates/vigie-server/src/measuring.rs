//! Looks back at each answer two days after it went out, and asks liaison assistants what is still told in their place.
//!
//! What is due follows from the views, so from the journal alone: after a restart it is due still, and what was recorded is
//! due no more. The figures, and the questions to every function of a liaison assistant, are one commit, caused by the
//! entry with which the answer went out. While the uplink is cut nothing is counted: what is held back would look like a
//! fall.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use vigie_desk::effect;
use vigie_model::{Actor, Asked, Event, FunctionId, RequestId, RequestOpened, ResponseId, dtg};
use vigie_store::{Draft, Followed, Store, StoreError, Views};
use vigie_words::{Lang, text};

/// Answers looked back at in one step.
const STEP: u32 = 8;
/// Liaison assistants asked about one answer.
const ASKED_MAX: usize = 100;
/// Hours within which they reply; within half of that they have it.
const REPLY_H: i64 = 24;
/// Who calls them by radio when nobody answers, the first that exists.
const CALLS: [&str; 3] = ["permanence", "duty-room", "joc"];

/// Looks back at what is due; `false` where nothing was.
pub fn look_back(store: &Store) -> Result<bool, StoreError> {
    let now = store.now();
    let due = store.read(|views| {
        let (up, _) = views.link()?;
        if up { views.to_look_back(now, STEP) } else { Ok(Vec::new()) }
    })?;
    for response in &due {
        one(store, *response, now)?;
    }
    Ok(!due.is_empty())
}

fn one(store: &Store, response: ResponseId, now: Timestamp) -> Result<(), StoreError> {
    let zone = TimeZone::get(&store.site().zone).unwrap_or(TimeZone::UTC);
    let ids = (0..ASKED_MAX)
        .map(|_| Ok(RequestId::new(now.as_millisecond(), store.new_id_bytes()?)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    store.decide(move |views| {
        // Another look may have come first: what is due is asked again where nobody else writes.
        let due = views.to_look_back(now, u32::MAX).is_ok_and(|due| due.contains(&response));
        let found = if due { views.followed(response) } else { Ok(None) };
        match found.and_then(|found| found.map(|found| drafts(views, &found, &ids, &zone, now)).transpose()) {
            Ok(drafts) => Ok(drafts.unwrap_or_default()),
            Err(error) => {
                tracing::error!(%error, %response, "not looked back at");
                Ok(Vec::new())
            }
        }
    })?;
    Ok(())
}

fn drafts(
    views: &Views,
    found: &Followed,
    ids: &[RequestId],
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Vec<Draft>, StoreError> {
    let issued_at = found.around.issued_at;
    let rhythm = views.week_rhythm(issued_at, zone.to_offset(issued_at))?;
    let mut events: Vec<Event> =
        found.around.look_back(rhythm.as_ref()).into_iter().map(Event::ResponseMeasured).collect();
    let calls = calls(views)?;
    let assistants = views.functions()?.into_iter().filter(|function| function.liaison);
    for (assistant, id) in assistants.zip(ids) {
        events.push(Event::RequestOpened(question(found, assistant.id, *id, calls.as_ref(), now)));
    }
    let actor = Actor::Model { name: effect::MODEL.to_owned(), version: effect::VERSION.to_owned() };
    let draft = |event| match found.out_seq {
        Some(seq) => Draft::new(actor.clone(), event).caused_by(seq),
        None => Draft::new(actor.clone(), event),
    };
    Ok(events.into_iter().map(draft).collect())
}

/// Whether the story is still told where the assistant is. It names the story by its code alone: what is asked over the
/// radio repeats no rumour. Every reader sees it in their own language; here it stands in both.
fn question(
    found: &Followed,
    to: FunctionId,
    id: RequestId,
    calls: Option<&FunctionId>,
    now: Timestamp,
) -> RequestOpened {
    let said = |lang: Lang| asked_again(lang, &found.story, found.around.issued_at);
    let due = now.saturating_add(SignedDuration::from_hours(REPLY_H)).unwrap_or(Timestamp::MAX);
    RequestOpened {
        id,
        narrative: Some(found.around.narrative),
        question: format!("{} / {}", said(Lang::Fr), said(Lang::En)),
        asked: Asked {
            call_tree: calls.filter(|calls| **calls != to).cloned().into_iter().collect(),
            to,
            answer_within_min: (REPLY_H * 30) as u32,
            due,
        },
        recheck: Some(found.around.response),
    }
}

/// The question in one language.
pub(crate) fn asked_again(lang: Lang, story: &str, issued_at: Timestamp) -> String {
    text(lang, "recheck-question", &[("story", story.into()), ("at", dtg(issued_at).into())])
}

fn calls(views: &Views) -> Result<Option<FunctionId>, StoreError> {
    for id in CALLS.iter().filter_map(|id| id.parse::<FunctionId>().ok()) {
        if views.has_function(&id)? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
