//! The correction travels: whoever answers for what went out is told when what it rested on no longer holds.

use super::{EVERYTHING, by};
use crate::gate::Asker;
use crate::refusal::Refusal;
use crate::state::App;
use jiff::SignedDuration;
use vigie_desk::facts::Fact;
use vigie_desk::messages::Message;
use vigie_desk::record::{Release, Response};
use vigie_model::{
    Asked, Component, Event, FactId, FunctionId, NarrativeId, ReleaseId, TaskId, TaskOpened, Timestamp,
};
use vigie_store::{DeskQuery, Draft, Views};

/// The function that answers for what went out, where the call tree has one.
const FIRST: &str = "communication";
const PAGE: u32 = 200;
/// Minutes within which a function must say that it has the correction.
const ANSWER_MIN: u32 = 60;
/// Hours within which those who received it must be told.
const DUE_H: i64 = 4;

/// What the tasks need from outside the rule.
pub(super) struct Tasks {
    random: [u8; 10],
    /// Releases of texts that have been written anew since, with the facts that they rested on.
    before: Vec<(ReleaseId, Vec<FactId>)>,
}

impl Tasks {
    /// Draws an id for the tasks, and reads what earlier revisions rested on. Blocking.
    pub fn prepare(app: &App) -> Result<Self, Refusal> {
        let random = app.store.new_id_bytes()?;
        let mut before = Vec::new();
        for release in app.look(releases)? {
            let Some(message) = app.look(|views| message_of(views, &release))? else { continue };
            if message.hash() != release.said.hash {
                before.push((release.said.id, earlier(app, &message, &release)?));
            }
        }
        Ok(Self { random, before })
    }

    /// One task for each release that rests on a fact that is being withdrawn.
    pub fn after_withdrawal(
        &self,
        views: &Views,
        asker: &Asker,
        fact: &Fact,
        now: Timestamp,
    ) -> Result<Vec<Draft>, Refusal> {
        let mut drafts = Vec::new();
        for release in releases(views)? {
            let Some(message) = message_of(views, &release)? else { continue };
            if !self.rests_on(&release, &message, fact.said.id) {
                continue;
            }
            let what = vigie_words::text(
                asker.lang(),
                "task-correct-fact",
                &[("release", (&release.code).into()), ("fact", (&fact.code).into())],
            );
            drafts.extend(self.task(views, asker, &release, &message, what, drafts.len(), now)?);
        }
        Ok(drafts)
    }

    /// One task for each release of a response to a story whose judgement does not stand.
    pub fn after_contest(
        &self,
        views: &Views,
        asker: &Asker,
        narrative: NarrativeId,
        now: Timestamp,
    ) -> Result<Vec<Draft>, Refusal> {
        let mut drafts = Vec::new();
        for release in releases(views)? {
            let Some(message) = message_of(views, &release)? else { continue };
            let response: Option<Response> = views.record(message.response.uuid(), EVERYTHING)?;
            if response.and_then(|response| response.narrative()) != Some(narrative) {
                continue;
            }
            let args = [("release", (&release.code).into())];
            let what = vigie_words::text(asker.lang(), "task-correct-judgement", &args);
            drafts.extend(self.task(views, asker, &release, &message, what, drafts.len(), now)?);
        }
        Ok(drafts)
    }

    /// The task to tell those who have what was taken back.
    pub fn after_recall(
        &self,
        views: &Views,
        asker: &Asker,
        release: &Release,
        reason: &str,
        now: Timestamp,
    ) -> Result<Option<Draft>, Refusal> {
        let Some(message) = message_of(views, release)? else { return Ok(None) };
        let args = [("release", (&release.code).into()), ("reason", reason.into())];
        let what = vigie_words::text(asker.lang(), "task-recall", &args);
        self.task(views, asker, release, &message, what, 0, now)
    }

    fn rests_on(&self, release: &Release, message: &Message, fact: FactId) -> bool {
        if let Some((_, facts)) = self.before.iter().find(|(id, _)| *id == release.said.id) {
            return facts.contains(&fact);
        }
        cited(&message.texts.iter().map(|text| &text.said).collect::<Vec<_>>(), release).contains(&fact)
    }

    #[expect(clippy::too_many_arguments, reason = "one task is all of this, and only here")]
    fn task(
        &self,
        views: &Views,
        asker: &Asker,
        release: &Release,
        message: &Message,
        what: String,
        n: usize,
        now: Timestamp,
    ) -> Result<Option<Draft>, Refusal> {
        let functions = views.functions()?;
        let first = functions.iter().find(|row| row.id.as_str() == FIRST).map(|row| row.id.clone());
        let Some(to) = first.or_else(|| message.chain.first().cloned()) else { return Ok(None) };
        let component =
            functions.iter().find(|row| row.id == to).map_or(Component::Civilian, |r| r.component);
        let call_tree: Vec<FunctionId> = message.chain.iter().filter(|one| **one != to).cloned().collect();
        let due = now.saturating_add(SignedDuration::from_hours(DUE_H)).unwrap_or(Timestamp::MAX);
        let said = TaskOpened {
            id: self.id(n, now),
            what,
            component,
            asked: Asked { to, call_tree, answer_within_min: ANSWER_MIN, due },
            about: Some(release.said.id.into()),
        };
        Ok(Some(by(asker, Event::TaskOpened(said)).caused_by(views.size()?)))
    }

    fn id(&self, n: usize, now: Timestamp) -> TaskId {
        let mut random = self.random;
        let n = u16::try_from(n).unwrap_or(u16::MAX).to_be_bytes();
        random[8] ^= n[0];
        random[9] ^= n[1];
        TaskId::new(now.as_millisecond(), random)
    }
}

/// The facts behind the texts of a message that went with a release.
fn cited(texts: &[&vigie_model::MessageText], release: &Release) -> Vec<FactId> {
    let went = |text: &&&vigie_model::MessageText| {
        release.said.texts.iter().any(|(lang, form)| *lang == text.lang && *form == text.form)
    };
    texts.iter().filter(went).flat_map(|text| &text.sentences).flat_map(|s| s.facts.clone()).collect()
}

/// What a release rested on, from the draft whose hash it carries.
fn earlier(app: &App, message: &Message, release: &Release) -> Result<Vec<FactId>, Refusal> {
    for seq in app.look(|views| Ok(views.trace(message.id.into())?))? {
        let entry = match app.store.entry(seq) {
            Ok(entry) => entry,
            Err(gone) if gone.is_content_gone() => continue,
            Err(error) => return Err(error.into()),
        };
        if let Event::MessageDrafted(said) = entry.event
            && vigie_desk::seal::texts(&said.texts) == release.said.hash
        {
            return Ok(cited(&said.texts.iter().collect::<Vec<_>>(), release));
        }
    }
    Ok(Vec::new())
}

fn message_of(views: &Views, release: &Release) -> Result<Option<Message>, Refusal> {
    let Some(id) = release.said.message else { return Ok(None) };
    Ok(views.record(id.uuid(), EVERYTHING)?)
}

/// Every release of a message.
fn releases(views: &Views) -> Result<Vec<Release>, Refusal> {
    let mut all = Vec::new();
    let mut query = DeskQuery { limit: PAGE, ..DeskQuery::default() };
    loop {
        let page = views.records::<Release>(&query, EVERYTHING)?;
        all.extend(page.items.into_iter().filter(|release| release.said.message.is_some()));
        query.after = page.next;
        if query.after.is_none() {
            return Ok(all);
        }
    }
}
