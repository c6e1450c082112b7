//! What a role sees first: what changed, what waits for it, what is late; and the loop of one story.

use super::{Say, Shown as _, duty, effect, judging, mandate, response};
use crate::view::clipped;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::record;
use vigie_model::{Object, Timestamp};
use vigie_store::{DeskChange, StoreError};

/// Characters of what an item is about.
const ABOUT_CHARS_MAX: usize = 140;

/// The reader's own picture.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Situation {
    /// Entry from which on things are news: the sign-in before this one, or the last hand-over.
    pub since: u64,
    /// What changed since, newest first, at most 50.
    pub changed: Vec<Item>,
    /// What waits for a function that the reader holds, or for a language that they verify.
    pub mine: Vec<Item>,
    /// What is late, the latest first.
    pub overdue: Vec<Item>,
    /// How much there is.
    pub counts: Counts,
    /// Functions that the reader holds.
    pub functions: Vec<String>,
    /// The last hand-over.
    pub watch: Option<Watch>,
    /// Entries of the journal that this answer knows.
    pub seq: u64,
    /// The mission's clock.
    pub as_of: Timestamp,
}

/// One record in a few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Item {
    /// Its kind: `request`, `task`, `warning`, `fact`, `response`, `message`, …
    pub kind: String,
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// What it is about, in its first words; empty where that is closed to the reader.
    pub about: String,
    /// Where it stands.
    pub state: String,
    /// Whether somebody still has to act.
    pub open: bool,
    /// When it must be done.
    pub due: Option<Timestamp>,
    /// The function it waits for.
    pub waits_for: Option<String>,
    /// The language in which it waits for a verifier.
    pub verify: Option<String>,
    /// The story it belongs to.
    pub narrative: Option<Uuid>,
    /// The entry that last changed it.
    pub changed: u64,
}

impl Item {
    pub(crate) fn of(row: DeskChange, say: &Say<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            about: about(row.object, say)?,
            kind: row.object.kind().to_owned(),
            id: row.object.uuid(),
            code: row.code,
            state: row.state,
            open: row.open,
            due: row.due,
            waits_for: row.waits_for,
            verify: None,
            narrative: say.story(row.narrative)?,
            changed: row.changed,
        })
    }
}

/// The first words of a record.
fn about(of: Object, say: &Say<'_>) -> Result<String, StoreError> {
    let (id, see) = (of.uuid(), say.see());
    let words = match of {
        Object::Request(_) => say.views.record::<record::Request>(id, see)?.map(|one| one.question),
        Object::Task(_) => say.views.record::<record::Task>(id, see)?.map(|one| one.what),
        Object::Warning(_) => {
            say.views.record::<record::Warning>(id, see)?.map(|one| one.shown(say)).transpose()?.map(|one| {
                [one.site.unwrap_or_default(), one.words]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" · ")
            })
        }
        Object::Incident(_) => say.views.record::<record::Incident>(id, see)?.map(|one| one.said.what),
        Object::Fact(_) => {
            let fact = say.views.record::<vigie_desk::facts::Fact>(id, see)?;
            fact.and_then(|one| one.said.statements.into_iter().next()).map(|one| one.text)
        }
        Object::Question(_) => say.views.record::<record::Question>(id, see)?.map(|one| one.said.text),
        Object::Plan(_) => say.views.record::<record::Plan>(id, see)?.map(|one| one.said.title),
        Object::Response(_) => say.views.record::<record::Response>(id, see)?.map(|one| one.title),
        Object::Release(_) => say.views.record::<record::Release>(id, see)?.map(|one| one.said.purpose),
        Object::Mandate(_) => say.views.record::<record::Mandate>(id, see)?.map(|one| one.said.symbol),
        _ => None,
    };
    Ok(clipped(words.as_deref().unwrap_or_default(), ABOUT_CHARS_MAX).0)
}

/// How much there is, as far as the reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counts {
    /// Records on which somebody still has to act, by kind.
    pub desk: Vec<KindCount>,
    /// Narratives that nobody has decided about.
    pub new: u64,
    /// Narratives kept.
    pub relevant: u64,
    /// Judgements that wait for a second person.
    pub awaits_second: u64,
    /// Narratives with an open objection.
    pub contested: u64,
    /// Narratives that count as hostile; criticism and satire never do.
    pub hostile: u64,
}

/// How much of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KindCount {
    /// The kind.
    pub kind: String,
    /// Open.
    pub open: u64,
    /// Of those, late.
    pub overdue: u64,
}

/// A hand-over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Watch {
    /// Its entry.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<crate::view::Person>,
    /// To whom.
    pub to: Option<crate::view::Person>,
    /// What the next one should know.
    pub remark: String,
    /// What stayed open, as `kind:id`.
    pub open: Vec<String>,
}

/// The steps of a story, and what belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LoopView {
    /// What people judged.
    pub standing: judging::Standing,
    /// Its clock.
    pub clock: LoopClock,
    /// Requests about it, newest first.
    pub requests: Vec<duty::Request>,
    /// Responses to it.
    pub responses: Vec<response::Response>,
    /// What followed the answers to it that are out, the latest first.
    pub effects: Vec<effect::Effect>,
    /// Warnings about it.
    pub warnings: Vec<duty::Warning>,
    /// Tasks about it.
    pub tasks: Vec<duty::Task>,
    /// Questions asked in it.
    pub questions: Vec<mandate::Question>,
}

/// T0 to T5, from entries alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LoopClock {
    /// First seen, where a signal says so.
    pub t0: Option<Timestamp>,
    /// Found.
    pub t1: Timestamp,
    /// Verified.
    pub t2: Option<Timestamp>,
    /// Cleared.
    pub t3: Option<Timestamp>,
    /// Out.
    pub t4: Option<Timestamp>,
    /// Measured.
    pub t5: Option<Timestamp>,
    /// The function it waits for, by its name in the reader's language.
    pub waits_for: Option<String>,
    /// The same function's short name.
    pub function: Option<String>,
    /// Since when it waits for that one.
    pub since: Option<Timestamp>,
    /// The clock in words.
    pub sentence: String,
}
