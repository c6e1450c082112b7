//! The queue.

use super::said::Asked;
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::narrative::{MonitoringPage, NarrativeRow};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use vigie_model::{Compartments, Decision, SignalKind, Timestamp, UserId};
use vigie_store::{MonitoringQuery, Sort};

const LIMIT: u32 = 50;
const LIMIT_MAX: u32 = 200;

/// What the queue is asked for; everything is optional.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct QueueQuery {
    /// `new`, `relevant`, `dismissed` or `all`.
    state: Option<String>,
    /// Words to find in texts.
    q: Option<String>,
    /// Language of any copy, BCP 47.
    lang: Option<String>,
    /// A source among its signals.
    source: Option<String>,
    /// Kind of any of its signals.
    kind: Option<String>,
    /// Last signal no older than so many minutes, hours or days (`30m`, `24h`, `7d`), or recorded at or after an RFC 3339 time.
    since: Option<String>,
    /// `me`, or an account's id.
    assigned: Option<String>,
    /// Carries this label.
    label: Option<String>,
    /// `attention` (default), `newest` or `count`.
    sort: Option<String>,
    /// Page marker of the answer before.
    cursor: Option<String>,
    /// Rows wanted, at most 200.
    limit: Option<u32>,
    /// Of the table alone: `xlsx` (default) or `csv`.
    pub(super) format: Option<String>,
}

/// One page of the queue.
#[utoipa::path(get, path = "/api/v1/monitoring", tag = "monitoring", params(QueueQuery),
    responses((status = 200, body = MonitoringPage)))]
pub(crate) async fn queue(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<QueueQuery>,
) -> Result<Json<MonitoringPage>, Refusal> {
    let query = asked.query(asker.see(), asker.user.id, app.now())?;
    let page = app
        .read(move |views, now| {
            // Before the page: what is recorded in between comes again over the live stream.
            let seq = views.size()?;
            let index_lag = if query.text.is_some() { views.index_lag()? } else { 0 };
            let page = views.monitoring(&query)?;
            Ok(MonitoringPage {
                items: page.items.into_iter().map(|row| NarrativeRow::of(row, now)).collect(),
                next: page.next,
                total: page.total,
                as_of: now,
                seq,
                index_lag,
            })
        })
        .await?;
    Ok(Json(page))
}

impl QueueQuery {
    pub(super) fn query(
        self,
        granted: Compartments,
        me: UserId,
        now: Timestamp,
    ) -> Result<MonitoringQuery, Refusal> {
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let state = match given(self.state).as_deref() {
            None | Some("all") => None,
            Some(word) => Some(Decision::from_word(word).ok_or_else(|| Refusal::field("state"))?),
        };
        let kind =
            given(self.kind).map(|word| SignalKind::from_word(&word).ok_or_else(|| Refusal::field("kind")));
        let source = given(self.source).map(|id| id.parse().map_err(|_| Refusal::field("source")));
        let assigned = match given(self.assigned).as_deref() {
            None => None,
            Some("me") => Some(me),
            Some(id) => Some(id.parse().map_err(|_| Refusal::field("assigned"))?),
        };
        let sort = match given(self.sort).as_deref() {
            None | Some("attention") => Sort::Attention,
            Some("newest") => Sort::Newest,
            Some("count") => Sort::Count,
            Some(_) => return Err(Refusal::field("sort")),
        };
        let since = given(self.since).map(|text| since(&text, now).ok_or_else(|| Refusal::field("since")));
        Ok(MonitoringQuery {
            state,
            text: given(self.q),
            lang: given(self.lang),
            source: source.transpose()?,
            kind: kind.transpose()?,
            since: since.transpose()?,
            assigned,
            label: given(self.label),
            sort,
            after: given(self.cursor),
            limit: self.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX),
            granted,
            now,
        })
    }
}

/// `24h` before `now`, or the RFC 3339 time itself.
fn since(text: &str, now: Timestamp) -> Option<Timestamp> {
    if let Ok(at) = text.parse() {
        return Some(at);
    }
    let unit_s = match text.chars().last()? {
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return None,
    };
    let number: i64 = text[..text.len() - 1].parse().ok().filter(|n| (1..=100_000).contains(n))?;
    Timestamp::from_second(now.as_second().checked_sub(number.checked_mul(unit_s)?)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_is_a_length_of_time_or_a_time() {
        let now: Timestamp = "2026-11-22T06:00:00Z".parse().expect("time");
        let back = |text: &str| since(text, now).map(|at| at.to_string());
        assert_eq!(back("24h").as_deref(), Some("2026-11-21T06:00:00Z"));
        assert_eq!(back("30m").as_deref(), Some("2026-11-22T05:30:00Z"));
        assert_eq!(back("2026-11-01T00:00:00Z").as_deref(), Some("2026-11-01T00:00:00Z"));
        for odd in ["", "h", "24", "-1h", "24w", "1é", "99999999999999999999d"] {
            assert_eq!(since(odd, now), None, "{odd}");
        }
    }

    #[test]
    fn an_unknown_word_is_refused_and_an_empty_one_is_no_filter() {
        let ask = |query: QueueQuery| {
            let me = UserId::new(0, [0; 10]);
            query.query(Compartments::default(), me, Timestamp::UNIX_EPOCH).map_err(|r| r.id().to_owned())
        };
        let odd = QueueQuery { state: Some("maybe".to_owned()), ..QueueQuery::default() };
        assert_eq!(ask(odd).err().as_deref(), Some("server-field"));
        let empty =
            QueueQuery { kind: Some(String::new()), q: Some(" ".to_owned()), ..QueueQuery::default() };
        let query = ask(empty).expect("no filter");
        assert!(query.kind.is_none() && query.text.is_none());
    }
}
