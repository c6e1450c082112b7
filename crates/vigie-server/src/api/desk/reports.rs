//! Digest, shift report, and how long answers take. That a report was taken as a file is an entry, on disk before the
//! file leaves; looking at it on a screen is none.

use super::situation::{clock_of, desk_sight, waits_for};
use super::{say, story_row};
use crate::api::said::Asked;
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::admin::{HealthState, health_state};
use crate::view::clipped;
use crate::view::desk::Say;
use crate::view::desk::report::{ClockReport, FunctionMonth, MonthView, ReferenceView, Report};
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan as _};
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::IntoParams;
use vigie_desk::clock::{Clock, DOCUMENTED_CASE_DAYS, median, medians};
use vigie_desk::record::{self, Record};
use vigie_desk::report::{self, Gap, Line, Shift, Story, Waiting};
use vigie_model::{Object, Reason, Timestamp, dtg};
use vigie_store::{DeskQuery, Found, Views, WaitedOn};

/// Hours that a report reaches back at most.
const HOURS_MAX: u32 = 31 * 24;
const MONTHS_MAX: u32 = 24;
/// Stories looked at for a digest: those that it may name, and room for restricted ones.
const LOOKED_MAX: u32 = 20;
const HEAD_CHARS: usize = 120;
const WHAT_CHARS: usize = 120;
const PAGE: u32 = 200;
/// Lines of the duty log in one report.
const NOTES_MAX: usize = 500;
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Which report.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportQuery {
    /// Hours that it reaches back; 24 where absent. The shift report reaches back to the last hand-over where absent.
    hours: Option<u32>,
    /// `json` (default), `docx`, `csv` or `xlsx`.
    format: Option<String>,
}

/// How a report is handed over.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Json,
    Docx,
    Csv,
    Xlsx,
}

impl Shape {
    /// The ending of the file; `None` where it is shown and no file.
    const fn file(self) -> Option<&'static str> {
        match self {
            Self::Json => None,
            Self::Docx => Some("docx"),
            Self::Csv => Some("csv"),
            Self::Xlsx => Some("xlsx"),
        }
    }
}

impl ReportQuery {
    fn shape(&self) -> Result<Shape, Refusal> {
        match self.format.as_deref() {
            None | Some("" | "json") => Ok(Shape::Json),
            Some("docx") => Ok(Shape::Docx),
            Some("csv") => Ok(Shape::Csv),
            Some("xlsx") => Ok(Shape::Xlsx),
            Some(_) => Err(Refusal::field("format")),
        }
    }

    fn back(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.hours.unwrap_or(24).clamp(1, HOURS_MAX)))
    }
}

fn before(at: Timestamp, back: SignedDuration) -> Timestamp {
    at.checked_sub(back).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The digest of the morning meeting.
#[utoipa::path(get, path = "/api/v1/reports/digest", tag = "reports", params(ReportQuery),
    responses((status = 200, body = Report)))]
pub(crate) async fn digest(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ReportQuery>,
) -> Result<Response, Refusal> {
    let (shape, back, lang) = (asked.shape()?, asked.back(), asker.lang());
    let report = app
        .blocking(move |app| {
            let report = app.look(|views| {
                let now = app.now();
                let from = before(now, back);
                let say = say(views, &asker, now);
                let stories = stories(&say, &asker, from, back)?;
                Ok(Report::of(report::digest(from, now, stories, &gaps(&say, &asker)?), lang))
            })?;
            noted(app, &asker, report, "digest", shape)
        })
        .await?;
    Ok(answer(&report, "digest", shape, lang))
}

/// Notes that the report leaves as a file, where it does.
fn noted(app: &App, asker: &Asker, report: Report, name: &str, shape: Shape) -> Result<Report, Refusal> {
    if let Some(format) = shape.file() {
        let rows = report.sections.iter().map(|section| section.lines.len()).sum();
        crate::api::tables::taken(app, asker, format!("report:{name}"), format, rows)?;
    }
    Ok(report)
}

fn answer(report: &Report, name: &str, shape: Shape, lang: vigie_words::Lang) -> Response {
    let (kind, bytes) = match shape {
        Shape::Json => return Json(report).into_response(),
        Shape::Docx => (DOCX, report.docx(lang)),
        Shape::Csv => ("text/csv; charset=utf-8", report.csv(lang)),
        Shape::Xlsx => (XLSX, report.xlsx()),
    };
    let ending = shape.file().unwrap_or_default();
    let file = format!("attachment; filename=\"{name}-{}.{ending}\"", dtg(report.to));
    let head = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, file)];
    (head, bytes).into_response()
}

fn stories(
    say: &Say<'_>,
    asker: &Asker,
    from: Timestamp,
    back: SignedDuration,
) -> Result<Vec<Story>, Refusal> {
    let views = say.views;
    let mut stories = Vec::new();
    for busy in views.busiest(from, say.now, asker.see(), LOOKED_MAX)? {
        let Some(row) = story_row(views, asker, busy.narrative, say.now)? else { continue };
        let clock = clock_of(views, &row)?;
        let standing = views.judged(row.id, asker.see())?;
        let function = match waits_for(views, row.id)? {
            Some((function, _)) => Some(say.function(&function)?),
            None => None,
        };
        let mut cites = vec![busy.first_seq];
        if busy.last_seq != busy.first_seq {
            cites.push(busy.last_seq);
        }
        cites.extend(views.trace(Object::from(row.id))?);
        stories.push(Story {
            code: row.code,
            head: row.head.map(|head| clipped(&head, HEAD_CHARS).0),
            count: busy.count,
            before: views.signals_between(row.id, before(from, back), from, asker.see())?,
            truth: standing.truth(),
            harm: standing.harm(),
            hours: clock.known_h(clock.answered_at.unwrap_or(say.now)),
            answered_at: clock.answered_at,
            waits_for: function,
            cites,
        });
    }
    Ok(stories)
}

/// Sources that have fallen silent, as far as the reader hears of them.
fn gaps(say: &Say<'_>, asker: &Asker) -> Result<Vec<Gap>, Refusal> {
    let mut gaps = Vec::new();
    for row in say.views.sources(say.now)? {
        let silent = matches!(
            health_state(&row, say.now),
            HealthState::Silent | HealthState::Failing | HealthState::Never | HealthState::Refusing
        );
        if !silent || !row.entry.compartments.visible_to(asker.see()) {
            continue;
        }
        let cites = say.views.source_entries(&row.entry.id)?;
        gaps.push(Gap { source: row.entry.name, last_at: row.meter.last_accepted_at, cites });
    }
    Ok(gaps)
}

/// The report that goes with a hand-over.
#[utoipa::path(get, path = "/api/v1/reports/shift", tag = "reports", params(ReportQuery),
    responses((status = 200, body = Report)))]
pub(crate) async fn shift(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ReportQuery>,
) -> Result<Response, Refusal> {
    let (shape, lang) = (asked.shape()?, asker.lang());
    let report = app
        .blocking(move |app| {
            let report = app.look(|views| {
                let now = app.now();
                let watch = views.last_watch()?.filter(|_| asked.hours.is_none());
                let since = Since {
                    at: watch.as_ref().map_or_else(|| before(now, asked.back()), |row| row.at),
                    entry: watch.map(|row| row.seq),
                };
                let say = say(views, &asker, now);
                Ok(Report::of(report::shift(since.at, now, facts(&say, &asker, since)?), lang))
            })?;
            noted(app, &asker, report, "shift", shape)
        })
        .await?;
    Ok(answer(&report, "shift", shape, lang))
}

/// From when a report begins: after the entry of the last hand-over, else at a time.
#[derive(Clone, Copy)]
struct Since {
    at: Timestamp,
    entry: Option<u64>,
}

impl Since {
    /// Whether what entry `seq` recorded at `at` belongs to the report.
    fn holds(self, at: Timestamp, seq: u64) -> bool {
        self.entry.map_or(at >= self.at, |handed_over| seq > handed_over)
    }
}

fn facts(say: &Say<'_>, asker: &Asker, since: Since) -> Result<Shift, Refusal> {
    let see = desk_sight(asker);
    let mut open = Vec::new();
    waiting::<record::Request>(say, see, &mut open, |one| (one.question.clone(), &one.duty))?;
    waiting::<record::Task>(say, see, &mut open, |one| (one.what.clone(), &one.duty))?;
    waiting::<record::Warning>(say, see, &mut open, |one| {
        // Its words are the story's: whoever cannot see the story reads that there is a warning.
        let closed = one.said.narrative.is_some_and(|id| !matches!(say.story(Some(id)), Ok(Some(_))));
        (if closed { String::new() } else { one.said.words.clone() }, &one.duty)
    })?;
    open.sort_by_key(|one| one.due);
    Ok(Shift {
        open,
        notes: notes(say.views, since)?,
        issued: issued(say, see, since)?,
        incidents: incidents(say, see, since)?,
    })
}

fn waiting<T: Record>(
    say: &Say<'_>,
    see: vigie_model::Compartments,
    into: &mut Vec<Waiting>,
    of: impl Fn(&T) -> (String, &vigie_desk::duty::Duty),
) -> Result<(), Refusal> {
    let query = DeskQuery { open: Some(true), limit: PAGE, ..DeskQuery::default() };
    for one in say.views.records::<T>(&query, see)?.items {
        let (what, duty) = of(&one);
        into.push(Waiting {
            code: one.code().to_owned(),
            what: clipped(&what, WHAT_CHARS).0,
            function: say.function(&duty.waits_for)?,
            due: duty.asked.due,
            cites: say.views.trace(one.object())?,
        });
    }
    Ok(())
}

fn notes(views: &Views, since: Since) -> Result<Vec<(Timestamp, String, bool, u64)>, Refusal> {
    let mut lines = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = views.notes(after.as_deref(), PAGE)?;
        let past = page.items.iter().any(|row| !since.holds(row.recorded_at, row.seq));
        let news = page.items.into_iter().filter(|row| since.holds(row.recorded_at, row.seq));
        lines.extend(
            news.map(|row| (row.seen_at.unwrap_or(row.recorded_at), row.text, row.struck.is_some(), row.seq)),
        );
        after = page.next;
        if past || after.is_none() || lines.len() >= NOTES_MAX {
            break;
        }
    }
    lines.truncate(NOTES_MAX);
    lines.reverse();
    Ok(lines)
}

fn issued(say: &Say<'_>, see: vigie_model::Compartments, since: Since) -> Result<Vec<Line>, Refusal> {
    let query = DeskQuery { limit: PAGE, ..DeskQuery::default() };
    let mut lines = Vec::new();
    for one in say.views.records::<record::Release>(&query, see)?.items {
        let cites = say.views.trace(one.object())?;
        if !since.holds(one.at, cites.first().copied().unwrap_or_default()) {
            continue;
        }
        let said = Reason::new("report-issued")
            .with("code", &one.code)
            .with("at", dtg(one.at))
            .with("channel", format!("channel-{}", one.said.channel))
            .with("purpose", &one.said.purpose);
        lines.push(Line { said, cites });
    }
    lines.reverse();
    Ok(lines)
}

fn incidents(say: &Say<'_>, see: vigie_model::Compartments, since: Since) -> Result<Vec<Line>, Refusal> {
    let query = DeskQuery { limit: PAGE, ..DeskQuery::default() };
    let mut lines = Vec::new();
    for one in say.views.records::<record::Incident>(&query, see)?.items {
        let cites = say.views.trace(one.object())?;
        if !since.holds(one.written.0, cites.last().copied().unwrap_or_default()) {
            continue;
        }
        let said = Reason::new("report-incident")
            .with("code", &one.code)
            .with("at", dtg(one.said.seen_at))
            .with("place", &one.said.place.name)
            .with("what", clipped(&one.said.what, WHAT_CHARS).0);
        lines.push(Line { said, cites });
    }
    lines.reverse();
    Ok(lines)
}

/// Medians of what each function took, month by month.
fn by_function(
    say: &Say<'_>,
    since: Timestamp,
    month_of: &dyn Fn(Timestamp) -> String,
) -> Result<Vec<FunctionMonth>, Refusal> {
    let mut hours: BTreeMap<(String, WaitedOn, &'static str), Vec<f64>> = BTreeMap::new();
    for wait in say.views.function_waits(since)? {
        let of = hours.entry((month_of(wait.done_at), wait.on, wait.step)).or_default();
        of.push(wait.waited_s as f64 / 3_600.0);
    }
    let mut months = Vec::new();
    for ((month, on, step), hours) in hours {
        let count = hours.len();
        let Some(median_h) = median(hours) else { continue };
        let (function, name) = named(say, &on)?;
        months.push(FunctionMonth { month, function, name, step: step.to_owned(), count, median_h });
    }
    months.sort_by(|a, b| b.month.cmp(&a.month).then(b.median_h.total_cmp(&a.median_h)));
    Ok(months)
}

/// The short name of what does a step, and its name in the reader's language.
fn named(say: &Say<'_>, on: &WaitedOn) -> Result<(String, String), Refusal> {
    let text = |id: &str| vigie_words::text(say.lang, id, &[]);
    Ok(match on {
        WaitedOn::Function(function) => (function.to_string(), say.function(function)?),
        WaitedOn::VerifierOf(lang) => {
            let known = format!("language-{lang}");
            let name = if vigie_words::known(&known) { text(&known) } else { lang.clone() };
            let name = vigie_words::text(say.lang, "clock-verifier", &[("lang", name.as_str().into())]);
            (format!("verifier-{}", lang.to_lowercase()), name)
        }
        WaitedOn::Issuer => ("issuer".to_owned(), text("clock-issuer")),
    })
}

/// How far back.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ClockQuery {
    /// Months, this one included; 6 where absent, 24 at most.
    months: Option<u32>,
}

/// How long answers took, month by month, beside one documented case.
#[utoipa::path(get, path = "/api/v1/clock", tag = "reports", params(ClockQuery),
    responses((status = 200, body = ClockReport)))]
pub(crate) async fn clock(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ClockQuery>,
) -> Result<Json<ClockReport>, Refusal> {
    let zone = TimeZone::get(&app.store.site().zone).unwrap_or(TimeZone::UTC);
    let months = asked.months.unwrap_or(6).clamp(1, MONTHS_MAX);
    Ok(Json(app.read(move |views, now| monthly(views, &asker, months, &zone, now)).await?))
}

fn monthly(
    views: &Views,
    asker: &Asker,
    months: u32,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<ClockReport, Refusal> {
    let month_of = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m").to_string();
    let first = now.to_zoned(zone.clone()).date().first_of_month();
    let mut by_month: BTreeMap<String, Vec<Clock>> = (0..months)
        .filter_map(|back| first.checked_sub(i64::from(back).months()).ok())
        .map(|day| (day.strftime("%Y-%m").to_string(), Vec::new()))
        .collect();
    let since = first.checked_sub(i64::from(months - 1).months()).ok();
    let since = since.and_then(|day| day.to_zoned(zone.clone()).ok()).map_or(now, |zoned| zoned.timestamp());
    // A response opened in the month before may have gone out in the first month shown.
    for id in views.answered_since(before(since, SignedDuration::from_hours(62 * 24)))? {
        let Found::Here(row) = views.narrative_row(id, asker.see(), now)? else { continue };
        let clock = clock_of(views, &row)?;
        let month = clock.answered_at.map(month_of).and_then(|month| by_month.get_mut(&month));
        if let Some(month) = month {
            month.push(clock);
        }
    }
    let months = by_month.into_iter().map(|(month, clocks)| {
        let told = medians(&clocks);
        MonthView {
            month,
            stories: told.stories,
            found_h: told.found_h,
            verified_h: told.verified_h,
            cleared_h: told.cleared_h,
            answered_h: told.answered_h,
            measured_h: told.measured_h,
        }
    });
    let (reply_days, rebuttal_days) = DOCUMENTED_CASE_DAYS;
    let case = Reason::new("clock-reference").with("reply", reply_days).with("rebuttal", rebuttal_days);
    let sentence = vigie_words::reason(asker.lang(), &case);
    Ok(ClockReport {
        months: months.collect(),
        functions: by_function(&say(views, asker, now), since, &month_of)?,
        reference: ReferenceView { reply_days, rebuttal_days, sentence },
    })
}
