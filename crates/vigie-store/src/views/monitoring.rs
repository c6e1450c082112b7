//! The Monitoring queue.

use super::{Marker, PAGE_MAX, Views};
use crate::codec::{at, maybe_at, maybe_user_id, ms, narrative_id, tricks, word};
use crate::error::StoreError;
use crate::rows::{Absorbed, MonitoringQuery, NarrativeRow, Page, Person, Sort};
use rusqlite::{Row, ToSql, params, params_from_iter};
use std::fmt::Write as _;
use vigie_model::{Compartments, Decision, NarrativeId, SignalKind, SourceId, Timestamp};

/// Columns of a narrative row; `?1` is the start of the last hour.
const COLUMNS: &str = "n.id, n.code, n.head, n.lang, n.kind, n.count, n.first_seen_at, n.first_recorded_at,
    n.last_recorded_at, n.state, n.assigned, n.tricks, n.changed, n.media, n.place, n.compartments,
    (SELECT count(*) FROM v_signal s WHERE s.narrative = n.id AND s.recorded_at > ?1), n.rank,
    (SELECT display FROM v_user u WHERE u.id = n.assigned)";

/// One hour, in milliseconds.
const HOUR_MS: i64 = 3_600_000;

/// Narratives matched by words at most: beyond that a search needs more words.
const HITS_MAX: usize = 20_000;

struct Filter {
    sql: String,
    values: Vec<Box<dyn ToSql>>,
}

impl Filter {
    fn new(now: Timestamp, granted: Compartments) -> Self {
        // `?1` belongs to the columns; it is named here so that the count, which has no columns, binds alike.
        Self {
            sql: "?1 IS NOT NULL AND n.moved_to IS NULL AND (n.compartments & ~?2) = 0".to_owned(),
            values: vec![Box::new(ms(now) - HOUR_MS), Box::new(granted.bits())],
        }
    }

    fn and(&mut self, condition: &str, value: impl ToSql + 'static) {
        self.values.push(Box::new(value));
        let place = format!("?{}", self.values.len());
        self.sql.push_str(" AND ");
        self.sql.push_str(&condition.replace("{}", &place));
    }
}

impl Views {
    /// One page of the queue.
    pub fn monitoring(&self, query: &MonitoringQuery) -> Result<Page<NarrativeRow>, StoreError> {
        let mut filter = self.filter(query)?;
        let count = format!("SELECT count(*) FROM v_narrative n WHERE {}", filter.sql);
        let total: u64 = self
            .conn
            .prepare_cached(&count)?
            .query_row(params_from_iter(&filter.values), |row| row.get(0))?;
        let order = order_column(query.sort);
        if let Some(after) = &query.after {
            let marker = Marker::read(after)?;
            filter.and(&format!("({order}, n.id) < ({{}}, "), marker.order);
            filter.values.push(Box::new(marker.id));
            let place = filter.values.len();
            write!(filter.sql, "?{place})").map_err(|_| StoreError::BadCursor)?;
        }
        let limit = query.limit.clamp(1, PAGE_MAX);
        let sql = format!(
            "SELECT {COLUMNS} FROM v_narrative n WHERE {} ORDER BY {order} DESC, n.id DESC LIMIT {}",
            filter.sql,
            limit + 1
        );
        let mut rows: Vec<(NarrativeRow, f64)> = self
            .conn
            .prepare_cached(&sql)?
            .query_map(params_from_iter(&filter.values), narrative_row)?
            .collect::<rusqlite::Result<_>>()?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|(row, rank)| Marker::write(order_value(query.sort, row, *rank), row.id.as_bytes()));
        let mut items: Vec<NarrativeRow> = rows.into_iter().map(|(row, _)| row).collect();
        let around = self.around(query.granted, query.now)?;
        for row in &mut items {
            self.fill(row, query.granted, around)?;
        }
        Ok(Page { items, next, total })
    }

    /// Narratives that changed at or after entry `since_seq`, in the order of their change.
    pub fn changed_narratives(
        &self,
        since_seq: u64,
        granted: Compartments,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<NarrativeRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM v_narrative n WHERE n.changed >= ?3 AND n.moved_to IS NULL
                 AND (n.compartments & ~?2) = 0 ORDER BY n.changed LIMIT ?4"
        );
        let mut rows: Vec<NarrativeRow> = self
            .conn
            .prepare_cached(&sql)?
            .query_map(params![ms(now) - HOUR_MS, granted.bits(), since_seq, limit], narrative_row)?
            .map(|row| row.map(|(row, _)| row))
            .collect::<rusqlite::Result<_>>()?;
        let around = self.around(granted, now)?;
        for row in &mut rows {
            self.fill(row, granted, around)?;
        }
        Ok(rows)
    }

    /// Narratives absorbed at or after entry `since_seq`, in that order.
    pub fn absorbed_narratives(
        &self,
        since_seq: u64,
        granted: Compartments,
        limit: u32,
    ) -> Result<Vec<Absorbed>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, moved_to, changed, compartments FROM v_narrative WHERE changed >= ?1
                     AND moved_to IS NOT NULL AND (compartments & ~?2) = 0 ORDER BY changed LIMIT ?3",
            )?
            .query_map(params![since_seq, granted.bits(), limit], |row| {
                Ok(Absorbed {
                    id: narrative_id(row, 0)?,
                    into: narrative_id(row, 1)?,
                    changed: row.get(2)?,
                    compartments: Compartments::from_bits(row.get(3)?),
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    pub(super) fn row_of(
        &self,
        id: NarrativeId,
        granted: Compartments,
        now: Timestamp,
    ) -> Result<Option<NarrativeRow>, StoreError> {
        use rusqlite::OptionalExtension;
        let sql =
            format!("SELECT {COLUMNS} FROM v_narrative n WHERE n.id = ?3 AND (n.compartments & ~?2) = 0");
        let row = self
            .conn
            .prepare_cached(&sql)?
            .query_row(params![ms(now) - HOUR_MS, granted.bits(), id.as_bytes()], narrative_row)
            .optional()?;
        let Some((mut row, _)) = row else { return Ok(None) };
        self.fill(&mut row, granted, self.around(granted, now)?)?;
        Ok(Some(row))
    }

    fn filter(&self, query: &MonitoringQuery) -> Result<Filter, StoreError> {
        let mut filter = Filter::new(query.now, query.granted);
        if let Some(state) = query.state {
            filter.and("n.state = {}", state.word());
        }
        if let Some(lang) = query.lang.clone() {
            filter.and(
                "EXISTS (SELECT 1 FROM v_narrative_lang l WHERE l.narrative = n.id AND l.lang = {})",
                lang,
            );
        }
        if let Some(source) = &query.source {
            filter.and(
                "EXISTS (SELECT 1 FROM v_narrative_source s WHERE s.narrative = n.id AND s.source = {})",
                source.as_str().to_owned(),
            );
        }
        if let Some(kind) = query.kind {
            filter.and(
                "EXISTS (SELECT 1 FROM v_signal s WHERE s.narrative = n.id AND s.kind = {})",
                kind.word(),
            );
        }
        if let Some(since) = query.since {
            filter.and("n.last_recorded_at >= {}", ms(since));
        }
        if let Some(user) = query.assigned {
            filter.and("n.assigned = {}", *user.as_bytes());
        }
        if let Some(label) = query.label.clone() {
            filter.and("EXISTS (SELECT 1 FROM v_label l WHERE l.narrative = n.id AND l.label = {})", label);
        }
        if let Some(text) = query.text.as_deref().filter(|text| !text.trim().is_empty()) {
            let hits = self.search.find(text, HITS_MAX)?;
            let list = serde_json::to_string(&hits).unwrap_or_else(|_| "[]".to_owned());
            filter.and(
                "n.id IN (SELECT s.narrative FROM v_signal s WHERE s.seq IN (SELECT value FROM json_each({})))",
                list,
            );
        }
        Ok(filter)
    }

    /// What every row is to be read beside: signals heard in the last hour, and what is silent.
    fn around(&self, granted: Compartments, now: Timestamp) -> Result<(u64, u64), StoreError> {
        let hour_ago = at(ms(now) - HOUR_MS);
        Ok((self.heard_since(hour_ago, granted)?, self.open_gaps()?))
    }

    /// The lists that a row carries beside its columns.
    fn fill(
        &self,
        row: &mut NarrativeRow,
        granted: Compartments,
        (heard, silent): (u64, u64),
    ) -> Result<(), StoreError> {
        (row.heard_per_hour, row.silent) = (heard, silent);
        row.marks = self.marks(row.id, granted)?;
        let id = row.id.as_bytes();
        row.sources = self
            .conn
            .prepare_cached(
                "SELECT source FROM v_narrative_source WHERE narrative = ? ORDER BY count DESC, source LIMIT 5",
            )?
            .query_map([id], |row| word(row, 0, |text| text.parse::<SourceId>().ok()))?
            .collect::<rusqlite::Result<_>>()?;
        row.source_count = self
            .conn
            .prepare_cached("SELECT count(*) FROM v_narrative_source WHERE narrative = ?")?
            .query_row([id], |row| row.get(0))?;
        row.langs = self.texts(
            "SELECT lang FROM v_narrative_lang WHERE narrative = ? ORDER BY count DESC, lang LIMIT 12",
            id,
        )?;
        row.labels = self.texts("SELECT label FROM v_label WHERE narrative = ? ORDER BY label", id)?;
        Ok(())
    }

    fn texts(&self, sql: &str, id: &[u8; 16]) -> Result<Vec<String>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(sql)?
            .query_map([id], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?)
    }
}

const fn order_column(sort: Sort) -> &'static str {
    match sort {
        Sort::Attention => "n.rank",
        Sort::Newest => "n.last_recorded_at",
        Sort::Count => "n.count",
    }
}

fn order_value(sort: Sort, row: &NarrativeRow, rank: f64) -> f64 {
    match sort {
        Sort::Attention => rank,
        Sort::Newest => ms(row.last_recorded_at) as f64,
        Sort::Count => row.count as f64,
    }
}

fn narrative_row(row: &Row<'_>) -> rusqlite::Result<(NarrativeRow, f64)> {
    let assigned = maybe_user_id(row, 10)?;
    let display: Option<String> = row.get(18)?;
    let narrative = NarrativeRow {
        id: narrative_id(row, 0)?,
        code: row.get(1)?,
        head: row.get(2)?,
        lang: row.get(3)?,
        kind: word(row, 4, SignalKind::from_word)?,
        count: row.get(5)?,
        sources: Vec::new(),
        source_count: 0,
        langs: Vec::new(),
        first_seen_at: maybe_at(row, 6)?,
        first_recorded_at: at(row.get(7)?),
        last_recorded_at: at(row.get(8)?),
        per_hour: row.get(16)?,
        heard_per_hour: 0,
        silent: 0,
        marks: crate::findings::FindingMarks::default(),
        state: word(row, 9, Decision::from_word)?,
        assigned: assigned.map(|id| Person { id, display: display.unwrap_or_default() }),
        labels: Vec::new(),
        tricks: tricks(row.get(11)?),
        changed: row.get(12)?,
        media: row.get(13)?,
        place: row.get(14)?,
        compartments: Compartments::from_bits(row.get(15)?),
    };
    Ok((narrative, row.get(17)?))
}
