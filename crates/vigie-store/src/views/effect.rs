//! What is counted around an answer that went out, and how long functions took.

use super::Views;
use crate::codec::{at, ms};
use crate::error::StoreError;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;
use vigie_desk::effect::WeekRhythm;
use vigie_desk::looking_back::{Around, BEFORE, LOOK_BACK, Other, Silent};
use vigie_desk::messages::Message;
use vigie_desk::record::{Request, Response};
use vigie_model::{FunctionId, NarrativeId, Object, ResponseId};

/// When a signal was said: as its source claims, but never after it was recorded here.
const SAID_AT: &str = "min(coalesce(seen_at, recorded_at), recorded_at)";
/// Weeks from which the site's own rhythm is learned, at most.
const RHYTHM_WEEKS: i64 = 8;
const HOUR_S: i64 = 3_600;

/// An answer that may be looked back at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// What came around it.
    pub around: Around,
    /// The entry with which it went out.
    pub out_seq: Option<u64>,
    /// Speakable code of its story.
    pub story: String,
}

/// What does a step: a function, never a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaitedOn {
    /// A function of the register.
    Function(FunctionId),
    /// Whoever verifies a language.
    VerifierOf(String),
    /// Whoever issues.
    Issuer,
}

/// How long a function took for one step of one story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionWait {
    /// Whom it waited for.
    pub on: WaitedOn,
    /// `verify`: a question about a story, until its reply; `language`: a text, until somebody answered for its language;
    /// `clear`: a text, until it was cleared; `issue`: a cleared text, until it went out.
    pub step: &'static str,
    /// When it was done.
    pub done_at: Timestamp,
    /// Seconds that it waited.
    pub waited_s: i64,
}

impl Views {
    /// Answers that went out two days before `now` or earlier and were not looked back at yet.
    pub fn to_look_back(&self, now: Timestamp, limit: u32) -> Result<Vec<ResponseId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id FROM v_desk WHERE look IS NOT NULL AND look <= ? AND kind = 'response' AND open = 0
                 ORDER BY look LIMIT ?",
            )?
            .query_map(params![ms(now), limit], |row| row.get::<_, [u8; 16]>(0))?
            .map(|id| id.map(|id| ResponseId::from_uuid(Uuid::from_bytes(id))))
            .collect::<rusqlite::Result<_>>()?)
    }

    /// What came around an answer; `None` where there is nothing to look back at.
    pub fn followed(&self, id: ResponseId) -> Result<Option<Followed>, StoreError> {
        let Some(response) = crate::desk::record::<Response>(&self.conn, id.uuid())? else { return Ok(None) };
        let (Some(issued_at), Some(narrative)) = (response.out_at, response.narrative()) else {
            return Ok(None);
        };
        let narrative = self.current(narrative)?;
        let until = issued_at.saturating_add(LOOK_BACK).unwrap_or(Timestamp::MAX);
        let from = issued_at.saturating_sub(BEFORE).unwrap_or(Timestamp::MIN);
        let around = Around {
            response: id,
            narrative,
            issued_at,
            first_at: self.first_said(narrative)?.unwrap_or(issued_at),
            signals: self.said(narrative, from, until)?,
            others: self.others(narrative, id)?,
            silent: self.gone_silent(narrative, from, issued_at, until)?,
        };
        let (out_seq, story) = (self.out_seq(&response)?, self.story_code(narrative)?);
        Ok(Some(Followed { around, out_seq, story }))
    }

    fn first_said(&self, narrative: NarrativeId) -> Result<Option<Timestamp>, StoreError> {
        let first: Option<i64> = self
            .conn
            .prepare_cached(&format!("SELECT min({SAID_AT}) FROM v_signal WHERE narrative = ?"))?
            .query_row([narrative.as_bytes()], |row| row.get(0))?;
        Ok(first.map(at))
    }

    /// Signals of a story with a key for whoever said them: an account, a telephone, else the source as a whole.
    fn said(
        &self,
        narrative: NarrativeId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(Timestamp, String)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!(
                "SELECT {SAID_AT} AS said, source || ' ' || coalesce(author_alias, hex(source_ref), '') FROM v_signal
                 WHERE narrative = ?1 AND said >= ?2 AND said < ?3 ORDER BY said, seq"
            ))?
            .query_map(params![narrative.as_bytes(), ms(from), ms(until)], |row| {
                Ok((at(row.get(0)?), row.get(1)?))
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Other answers to a story that went out.
    fn others(&self, narrative: NarrativeId, but: ResponseId) -> Result<Vec<Other>, StoreError> {
        let rows: Vec<(String, Option<String>)> = self
            .conn
            .prepare_cached(
                "SELECT code, body ->> '$.out_at' FROM v_desk WHERE narrative = ? AND kind = 'response' AND id <> ?
                 ORDER BY code",
            )?
            .query_map(params![narrative.as_bytes(), but.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let out =
            |(code, out_at): (String, Option<String>)| Some(Other { code, out_at: out_at?.parse().ok()? });
        Ok(rows.into_iter().filter_map(out).collect())
    }

    /// Sources that carried a story before `issued_at` and brought nothing at all, of any story, until `until`.
    fn gone_silent(
        &self,
        narrative: NarrativeId,
        from: Timestamp,
        issued_at: Timestamp,
        until: Timestamp,
    ) -> Result<Silent, StoreError> {
        let (sources, gone, all): (u32, u32, u32) = self
            .conn
            .prepare_cached(&format!(
                "WITH carried AS (SELECT source, count(*) AS n FROM v_signal WHERE narrative = ?1 AND {SAID_AT} >= ?2
                     AND {SAID_AT} < ?3 GROUP BY source),
                 heard AS (SELECT DISTINCT source FROM v_signal WHERE recorded_at >= ?3 AND recorded_at < ?4)
                 SELECT coalesce(sum(source NOT IN heard), 0), coalesce(sum(iif(source NOT IN heard, n, 0)), 0),
                     coalesce(sum(n), 0) FROM carried"
            ))?
            .query_row(params![narrative.as_bytes(), ms(from), ms(issued_at), ms(until)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let share_percent = u32::try_from(100 * u64::from(gone) / u64::from(all.max(1))).unwrap_or(100);
        Ok(Silent { sources, share_percent })
    }

    /// The entry with which an answer first went out.
    fn out_seq(&self, response: &Response) -> Result<Option<u64>, StoreError> {
        let mut first: Option<u64> = None;
        for id in &response.messages {
            let Some(message) = crate::desk::record::<Message>(&self.conn, id.uuid())? else { continue };
            for release in &message.releases {
                let made = self.trace(Object::from(*release))?.first().copied();
                first = first.into_iter().chain(made).min();
            }
        }
        Ok(first)
    }

    /// When an answer first went out.
    pub fn out_at(&self, id: ResponseId) -> Result<Option<Timestamp>, StoreError> {
        Ok(crate::desk::record::<Response>(&self.conn, id.uuid())?.and_then(|response| response.out_at))
    }

    /// Speakable code of what a story is today; empty where it is not known.
    pub fn story_code(&self, narrative: NarrativeId) -> Result<String, StoreError> {
        let code: Option<String> = self
            .conn
            .prepare_cached("SELECT code FROM v_narrative WHERE id = ?")?
            .query_row([self.current(narrative)?.as_bytes()], |row| row.get(0))
            .optional()?;
        Ok(code.unwrap_or_default())
    }

    /// How weekdays and hours of this site differ, from what came in the weeks before `until`; `None` where it has not
    /// watched for long enough. Days are those of a clock `offset` from UTC.
    pub fn week_rhythm(&self, until: Timestamp, offset: Offset) -> Result<Option<WeekRhythm>, StoreError> {
        let from = until.saturating_sub(SignedDuration::from_hours(RHYTHM_WEEKS * 168));
        let from = from.unwrap_or(Timestamp::UNIX_EPOCH);
        let rows: Vec<(i64, u32)> = self
            .conn
            .prepare_cached(&format!(
                "SELECT {SAID_AT} / 3600000 AS hour, count(*) FROM v_signal WHERE recorded_at >= ?1 AND {SAID_AT} >= ?1
                 AND {SAID_AT} < ?2 GROUP BY hour ORDER BY hour"
            ))?
            .query_map(params![ms(from), ms(until)], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let Some((first, _)) = rows.first().copied() else { return Ok(None) };
        let hours = usize::try_from(until.as_second() / HOUR_S - first).unwrap_or(0);
        let mut counts = vec![0; hours];
        for (hour, count) in rows {
            if let Some(place) = usize::try_from(hour - first).ok().and_then(|place| counts.get_mut(place)) {
                *place = count;
            }
        }
        let begins = Timestamp::from_second(first * HOUR_S).unwrap_or(from);
        Ok(WeekRhythm::learned(&counts, begins, offset))
    }

    /// How long each function took for what was done since `since`: replies to questions, languages, clearances, issues.
    pub fn function_waits(&self, since: Timestamp) -> Result<Vec<FunctionWait>, StoreError> {
        let mut waits = Vec::new();
        for request in self.desk_since::<Request>("closed", since)? {
            if let (None, Some(answer)) = (request.recheck, request.answer) {
                let waited_s = answer.at.as_second() - request.duty.opened_at.as_second();
                waits.push(FunctionWait {
                    on: WaitedOn::Function(answer.from),
                    step: "verify",
                    done_at: answer.at,
                    waited_s,
                });
            }
        }
        for message in
            self.desk_since::<Message>("out", since)?.into_iter().chain(self.desk_since("open", since)?)
        {
            waits.extend(verifications(&message));
            waits.extend(issue(&message));
            waits.extend(clearances(message));
        }
        waits.retain(|wait| wait.done_at >= since && wait.waited_s >= 0);
        Ok(waits)
    }

    /// Records of one kind in one state that were opened at most two months before `since`.
    fn desk_since<T: vigie_desk::record::Record>(
        &self,
        state: &str,
        since: Timestamp,
    ) -> Result<Vec<T>, StoreError> {
        let from = since.saturating_sub(SignedDuration::from_hours(62 * 24)).unwrap_or(Timestamp::UNIX_EPOCH);
        let bodies: Vec<String> = self
            .conn
            .prepare_cached(
                "SELECT body FROM v_desk WHERE kind = ? AND state = ? AND opened >= ? ORDER BY opened",
            )?
            .query_map(params![T::KIND, state, ms(from)], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let read = |body: &String| {
            serde_json::from_str(body)
                .map_err(|cause| StoreError::Damaged { seq: 0, cause: cause.to_string() })
        };
        bodies.iter().map(read).collect()
    }
}

/// Each clearance waited from the one before it; the first from when the last language was verified, else from when
/// the text was written.
fn clearances(message: Message) -> Vec<FunctionWait> {
    let written = message.drafted.1;
    let mut from = message.verified.iter().map(|one| one.at).max().unwrap_or(written);
    let mut waits = Vec::with_capacity(message.cleared.len());
    for one in message.cleared {
        let waited_s = one.at.as_second() - from.as_second();
        let on = WaitedOn::Function(one.function);
        waits.push(FunctionWait { on, step: "clear", done_at: one.at, waited_s });
        from = one.at;
    }
    waits
}

/// Each language waited from when the last of its texts was written.
fn verifications(message: &Message) -> Vec<FunctionWait> {
    let wait = |one: &vigie_desk::messages::Verified| {
        let written =
            message.texts.iter().filter(|text| text.said.lang == one.lang).map(|text| text.at).max()?;
        let waited_s = one.at.as_second() - written.as_second();
        let on = WaitedOn::VerifierOf(one.lang.clone());
        Some(FunctionWait { on, step: "language", done_at: one.at, waited_s })
    };
    message.verified.iter().filter_map(wait).collect()
}

/// What was cleared for one going out waited for whoever issues it; what was cleared in advance lay ready on purpose.
fn issue(message: &Message) -> Option<FunctionWait> {
    let (cleared, out) = (message.cleared_at()?, message.out_at?);
    if message.cleared.iter().any(|one| one.until.is_some()) {
        return None;
    }
    let waited_s = out.as_second() - cleared.as_second();
    Some(FunctionWait { on: WaitedOn::Issuer, step: "issue", done_at: out, waited_s })
}
