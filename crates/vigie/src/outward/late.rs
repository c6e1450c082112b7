//! What nobody did in time goes to somebody else: duties along their call tree, a response that is not out as a task.

use super::{ALL, ROUND, actor};
use jiff::SignedDuration;
use vigie_desk::record::Response;
use vigie_model::{Asked, Component, Event, FunctionId, Object, TaskId, TaskOpened, Timestamp};
use vigie_store::{Draft, FunctionRow, Store, StoreError, Views};
use vigie_words::Lang;

/// The function that answers for what goes out, where the mission has one; after it whoever keeps the watch.
const FIRST: [&str; 4] = ["communication", "permanence", "duty-room", "joc"];
/// Minutes within which a function must say that it sees to a response that is late.
const ANSWER_MIN: u32 = 60;
/// Hours within which it must be seen to.
const DUE_H: i64 = 4;

/// Requests, tasks and warnings that nobody answered go to the next on their call tree; a response that was not out in time
/// becomes a task, once.
pub(super) fn escalate_late(store: &Store) -> Result<(), StoreError> {
    let now = store.now();
    if store.read(|views| views.late(now, ROUND as u32))?.is_empty() {
        return Ok(());
    }
    let random = store.new_id_bytes()?;
    store.decide(move |views| {
        let late = views.late(now, ROUND as u32).unwrap_or_default();
        let step = |(n, of): (usize, Object)| match of {
            Object::Response(_) => overdue(views, of, id(random, n, now), now).ok().flatten(),
            of => {
                let duty = views.duty(of).ok().flatten()?;
                Some(Event::WorkEscalated(duty.escalation(of, now)?))
            }
        };
        let steps = late.into_iter().enumerate().filter_map(step);
        Ok(steps.map(|event| Draft::new(actor("clock"), event)).collect())
    })?;
    Ok(())
}

fn id(random: [u8; 10], n: usize, now: Timestamp) -> TaskId {
    let mut random = random;
    random[9] ^= u8::try_from(n).unwrap_or(u8::MAX);
    TaskId::new(now.as_millisecond(), random)
}

/// The task to see to a response that is late: asked of whoever answers for what goes out, then of the function that it
/// waits for. It says what waits for whom, and nothing of the matter.
fn overdue(views: &Views, of: Object, id: TaskId, now: Timestamp) -> Result<Option<Event>, StoreError> {
    let Some(response) = views.record::<Response>(of.uuid(), ALL)? else { return Ok(None) };
    let functions = views.functions()?;
    let known = |name: &str| functions.iter().find(|row| row.id.as_str() == name).map(|row| row.id.clone());
    let tree = FIRST.into_iter().filter_map(known).chain(response.waits_for().cloned());
    let mut tree = tree.fold(Vec::new(), |mut tree: Vec<FunctionId>, one| {
        if !tree.contains(&one) {
            tree.push(one);
        }
        tree
    });
    if tree.is_empty() {
        return Ok(None);
    }
    let to = tree.remove(0);
    let component =
        functions.iter().find(|row| row.id == to).map_or(Component::Civilian, |row| row.component);
    let due = now.saturating_add(SignedDuration::from_hours(DUE_H)).unwrap_or(Timestamp::MAX);
    let what = [Lang::Fr, Lang::En].map(|lang| said(lang, &response, &functions)).join(" / ");
    let asked = Asked { to, call_tree: tree, answer_within_min: ANSWER_MIN, due };
    Ok(Some(Event::TaskOpened(TaskOpened { id, what, component, asked, about: Some(of) })))
}

fn said(lang: Lang, response: &Response, functions: &[FunctionRow]) -> String {
    let row = response.waits_for().and_then(|id| functions.iter().find(|row| row.id == *id));
    let name = row.map_or("", |row| if lang == Lang::Fr { &row.name_fr } else { &row.name_en });
    let args = [("code", response.code.as_str().into()), ("function", name.into())];
    vigie_words::text(lang, "task-late-response", &args)
}
