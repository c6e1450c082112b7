//! Much reading in a short time: the rules, for everybody; what was noticed, for whoever watches over personal data.

use super::acts::{decide, only};
use super::said::{At, Said};
use crate::gate::{Asker, Known};
use crate::protected;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::{Person, words};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vigie_desk::readings;
use vigie_model::{Event, ReadingRule, Timestamp};
use vigie_store::{Draft, NoticedRow, Views};

/// Notices shown.
const ROWS: u32 = 100;

/// One rule: from how many on, within which time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadingRuleView {
    /// What is counted.
    #[schema(value_type = words::ReadingRule)]
    rule: ReadingRule,
    /// From how many on it is noticed.
    limit: u32,
    /// Minutes that are counted together.
    minutes: i64,
}

/// The rules by which much reading is noticed: whoever reads here knows them beforehand.
#[utoipa::path(get, path = "/api/v1/reading-rules", tag = "journal", responses((status = 200, body = Vec<ReadingRuleView>)))]
pub(crate) async fn rules() -> Json<Vec<ReadingRuleView>> {
    let one = |rule: &ReadingRule| ReadingRuleView {
        rule: *rule,
        limit: readings::limit(*rule),
        minutes: readings::WINDOW_MIN,
    };
    Json(ReadingRule::ALL.iter().map(one).collect())
}

/// Much reading that was noticed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeView {
    /// Its entry.
    seq: u64,
    /// When it was noticed.
    at: Timestamp,
    /// Whose reading.
    person: Person,
    /// Which rule was met.
    #[schema(value_type = words::ReadingRule)]
    rule: ReadingRule,
    /// How many there were.
    count: u32,
    /// From how many on it is noticed.
    limit: u32,
    /// The first of them.
    from: Timestamp,
    /// The last of them.
    until: Timestamp,
    /// What it was, where somebody looked into it.
    explained: Option<ExplainedView>,
    /// Whether the reader may answer it: nobody answers for themselves.
    mine_to_answer: bool,
}

/// What such reading was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplainedView {
    /// The entry.
    seq: u64,
    /// Who looked into it.
    by: Option<Person>,
    /// When.
    at: Timestamp,
    /// In their words; empty where it was erased.
    text: String,
}

/// What was noticed; what nobody has looked into comes first. That it was looked at is an entry.
#[utoipa::path(get, path = "/api/v1/notices", tag = "journal", responses((status = 200, body = Vec<NoticeView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    Known(asker): Known,
) -> Result<Json<Vec<NoticeView>>, Refusal> {
    let told = app.blocking(move |app| {
        let rows = app.look(|views| Ok(views.noticed(ROWS)?))?;
        let objects: Vec<String> = rows.iter().map(|row| format!("user:{}", row.noticed.person)).collect();
        protected::record(app, &asker, objects)?;
        rows.iter().map(|row| shown(app, &asker, row)).collect()
    });
    told.await.map(Json)
}

fn shown(app: &App, asker: &Asker, row: &NoticedRow) -> Result<NoticeView, Refusal> {
    let noticed = row.noticed;
    let explained = row.explained.map(|seq| explained(app, seq)).transpose()?;
    Ok(NoticeView {
        seq: row.seq,
        at: row.at,
        person: app.look(|views| Ok(views.person(noticed.person)?))?.into(),
        rule: noticed.rule,
        count: noticed.count,
        limit: noticed.limit,
        from: noticed.from,
        until: noticed.until,
        mine_to_answer: explained.is_none() && noticed.person != asker.user.id,
        explained,
    })
}

fn explained(app: &App, seq: u64) -> Result<ExplainedView, Refusal> {
    let entry = app.store.entry(seq)?;
    let by = entry.actor.human().map(|id| app.look(|views| Ok(views.person(id)?))).transpose()?;
    let text = match entry.event {
        Event::ReadingExplained(said) => said.text,
        _ => String::new(),
    };
    Ok(ExplainedView { seq, by: by.map(Person::from), at: entry.recorded_at, text })
}

/// What it was.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewExplanation {
    /// In a sentence.
    text: String,
}

/// The entry of what was said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Explained {
    /// It.
    seq: u64,
}

/// Says what noticed reading was. Nobody answers for themselves.
#[utoipa::path(post, path = "/api/v1/notices/{seq}/explain", tag = "journal", request_body = NewExplanation,
    params(("seq" = u64, Path, description = "The entry of the notice")), responses((status = 200, body = Explained)))]
pub(crate) async fn explain(
    State(app): State<App>,
    Known(asker): Known,
    At(seq): At<u64>,
    Said(told): Said<NewExplanation>,
) -> Result<Json<Explained>, Refusal> {
    let done = app.blocking(move |app| {
        let rule = move |views: &Views| {
            let row = views.noticed_as(seq)?.ok_or_else(Refusal::nothing)?;
            let said = readings::explain(
                seq,
                row.noticed.person,
                asker.user.id,
                row.explained.is_some(),
                &told.text,
            );
            let said =
                said.map_err(|refusal| Refusal::of_rule(StatusCode::UNPROCESSABLE_ENTITY, &refusal))?;
            Ok(vec![Draft::new(asker.actor(), Event::ReadingExplained(said)).caused_by(seq)])
        };
        only(&decide(app, rule)?)
    });
    Ok(Json(Explained { seq: done.await? }))
}
