//! Sources, people, acts and the uplink.

use super::Views;
use crate::codec::{at, json, maybe_at, ms, narrative_id, user_id, word};
use crate::error::StoreError;
use crate::rows::{SourceMeter, SourceRow, UserRow};
use rusqlite::{OptionalExtension, Row, params};
use vigie_model::{
    Actor, Affiliation, Compartment, Component, Grant, Granted, Level, NarrativeId, Role, SourceEntry,
    SourceId, Timestamp, User, UserId,
};

/// What a rule asks about an act before it lets it be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActFacts {
    /// The entry.
    pub seq: u64,
    /// When.
    pub recorded_at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// On what.
    pub narratives: Vec<NarrativeId>,
    /// Whether it was already taken back.
    pub undone: bool,
    /// Whether no later act touches the same narratives.
    pub latest: bool,
}

const DAY_MS: i64 = 86_400_000;

const SOURCE: &str =
    "SELECT s.body, s.paused, m.last_contact_at, m.last_accepted_at, coalesce(m.accepted, 0),
    coalesce((SELECT sum(h.count) FROM v_source_hour h WHERE h.source = s.id AND h.hour > ?1 / 3600000), 0)
        + (SELECT count(*) FROM v_signal g INDEXED BY v_signal_recorded WHERE g.recorded_at > ?1
           AND g.recorded_at < (?1 / 3600000 + 1) * 3600000 AND g.source = s.id), coalesce(m.repeated, 0),
    coalesce(m.refused, 0), m.last_refusal, m.last_error, m.last_error_at, m.validators
    FROM v_source s LEFT JOIN m_source m ON m.source = s.id";

impl Views {
    /// Every source, by name.
    pub fn sources(&self, now: Timestamp) -> Result<Vec<SourceRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!("{SOURCE} ORDER BY s.name, s.id"))?
            .query_map([ms(now) - DAY_MS], source_row)?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// One source.
    pub fn source(&self, id: &SourceId, now: Timestamp) -> Result<Option<SourceRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!("{SOURCE} WHERE s.id = ?2"))?
            .query_row(params![ms(now) - DAY_MS, id.as_str()], source_row)
            .optional()?)
    }

    /// Every account, by name.
    pub fn users(&self) -> Result<Vec<UserRow>, StoreError> {
        let users: Vec<User> = self
            .conn
            .prepare_cached("SELECT id, name, display, lang, component FROM v_user ORDER BY name")?
            .query_map([], user)?
            .collect::<rusqlite::Result<_>>()?;
        users.into_iter().map(|user| Ok(UserRow { grants: self.grants(user.id)?, user })).collect()
    }

    /// One account.
    pub fn user(&self, id: UserId) -> Result<Option<UserRow>, StoreError> {
        let found = self
            .conn
            .prepare_cached("SELECT id, name, display, lang, component FROM v_user WHERE id = ?")?
            .query_row([id.as_bytes()], user)
            .optional()?;
        found.map(|user| Ok(UserRow { grants: self.grants(user.id)?, user })).transpose()
    }

    /// The account that signs in as `name`.
    pub fn user_by_name(&self, name: &str) -> Result<Option<UserRow>, StoreError> {
        let found = self
            .conn
            .prepare_cached("SELECT id, name, display, lang, component FROM v_user WHERE name = ?")?
            .query_row([name], user)
            .optional()?;
        found.map(|user| Ok(UserRow { grants: self.grants(user.id)?, user })).transpose()
    }

    /// What the live grants of an account add up to.
    pub fn granted(&self, user: UserId, now: Timestamp) -> Result<Granted, StoreError> {
        Ok(Granted::from_grants(&self.grants(user)?, now))
    }

    fn grants(&self, user: UserId) -> Result<Vec<Grant>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT role, affiliation, compartment, level, until FROM v_grant WHERE user = ? ORDER BY seq",
            )?
            .query_map([user.as_bytes()], |row| {
                Ok(Grant {
                    user,
                    role: word(row, 0, Role::from_word)?,
                    affiliation: word(row, 1, Affiliation::from_word)?,
                    compartment: word(row, 2, Compartment::from_word)?,
                    level: word(row, 3, Level::from_word)?,
                    until: maybe_at(row, 4)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// One act, for the rule that decides whether it may be taken back. Joining and parting are taken back by parting and
    /// joining: they are no acts of that kind.
    pub fn act(&self, seq: u64) -> Result<Option<ActFacts>, StoreError> {
        let found = self
            .conn
            .prepare_cached("SELECT recorded_at, actor, undone FROM v_act WHERE seq = ? AND what NOT IN ('joined', 'parted', 'shared')")?
            .query_row([seq], |row| {
                Ok((at(row.get(0)?), word(row, 1, |text| text.parse::<Actor>().ok())?, row.get(2)?))
            })
            .optional()?;
        let Some((recorded_at, actor, undone)) = found else { return Ok(None) };
        let narratives = self
            .conn
            .prepare_cached("SELECT narrative FROM v_act_narrative WHERE seq = ?")?
            .query_map([seq], |row| narrative_id(row, 0))?
            .collect::<rusqlite::Result<_>>()?;
        let later: bool = self
            .conn
            .prepare_cached(
                "SELECT 1 FROM v_act_narrative a JOIN v_act_narrative b ON b.narrative = a.narrative
                 JOIN v_act l ON l.seq = b.seq WHERE a.seq = ?1 AND b.seq > ?1 AND l.undone = 0",
            )?
            .exists([seq])?;
        Ok(Some(ActFacts { seq, recorded_at, actor, narratives, undone, latest: !later }))
    }

    /// Whether the uplink works, and since when that is so; `None` where it never changed.
    pub fn link(&self) -> Result<(bool, Option<Timestamp>), StoreError> {
        let row = self
            .conn
            .prepare_cached("SELECT up, since FROM v_uplink WHERE id = 0")?
            .query_row([], |row| Ok((row.get(0)?, at(row.get(1)?))))
            .optional()?;
        Ok(row.map_or((true, None), |(up, since)| (up, Some(since))))
    }
}

fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    let component: Option<String> = row.get(4)?;
    Ok(User {
        id: user_id(row, 0)?,
        name: row.get(1)?,
        display: row.get(2)?,
        lang: row.get(3)?,
        component: component.and_then(|word| Component::from_word(&word)),
    })
}

fn source_row(row: &Row<'_>) -> rusqlite::Result<SourceRow> {
    let entry: Option<SourceEntry> = json(row, 0)?;
    Ok(SourceRow {
        entry: entry.ok_or(rusqlite::Error::InvalidQuery)?,
        paused: row.get(1)?,
        meter: SourceMeter {
            last_contact_at: maybe_at(row, 2)?,
            last_accepted_at: maybe_at(row, 3)?,
            accepted: row.get(4)?,
            accepted_24h: row.get(5)?,
            repeated: row.get(6)?,
            refused: row.get(7)?,
            last_refusal: row.get(8)?,
            last_error: row.get(9)?,
            last_error_at: maybe_at(row, 10)?,
            validators: row.get(11)?,
        },
    })
}
