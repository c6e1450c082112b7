//! What came from partners and went to them: lists of published checks, and narratives that people shared.
//!
//! A list that was withdrawn keeps its line, without its checks: the version of the whole rises with every change.

use crate::codec::{at, maybe_user_id, ms, narrative_id};
use crate::error::StoreError;
use crate::project::{Projector, act_on, current, json_text};
use crate::rows::Person;
use crate::store::Store;
use crate::views::Views;
use rusqlite::{Connection, Result, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vigie_model::{
    CheckList, ChecksLoaded, ChecksWithdrawn, Compartments, Entry, NarrativeId, NarrativeShared,
    PublishedCheck, SourceId, Timestamp, UserId,
};

/// Since when nothing of a list is suggested any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Gone {
    at: Timestamp,
    by: Option<UserId>,
}

/// One part of a list as its view holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Part {
    list: CheckList,
    at: Timestamp,
    by: Option<UserId>,
    checks: Vec<PublishedCheck>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gone: Option<Gone>,
}

/// A list of published checks as it now stands.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckListRow {
    /// The list.
    pub list: CheckList,
    /// The entry that last changed it.
    pub seq: u64,
    /// When it was loaded.
    pub loaded_at: Timestamp,
    /// Who loaded it; nobody by name from a console.
    pub loaded_by: Option<Person>,
    /// Its checks; none of one that was withdrawn.
    pub count: u64,
    /// Since when it is withdrawn, and by whom.
    pub withdrawn: Option<(Timestamp, Option<Person>)>,
}

/// A narrative that went to a partner.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareRow {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who gave it.
    pub by: Option<Person>,
    /// The narrative as it is called today; `None` where the asker may not see it.
    pub narrative: Option<(NarrativeId, String)>,
    /// What was given, and for what.
    pub said: NarrativeShared,
}

/// A part of a list takes its place; the first part sweeps what stood there.
pub(crate) fn loaded(conn: &Connection, entry: &Entry, e: &ChecksLoaded) -> Result<()> {
    if e.part == 0 {
        sweep(conn, &e.list.name)?;
    }
    let by = entry.actor.human();
    let part = Part { list: e.list.clone(), at: entry.recorded_at, by, checks: e.checks.clone(), gone: None };
    put(conn, entry, e.part, &part)
}

/// The checks of a list go; its line stays and says since when.
pub(crate) fn withdrawn(conn: &Connection, entry: &Entry, e: &ChecksWithdrawn) -> Result<()> {
    let body: Option<String> = conn
        .prepare_cached("SELECT body FROM v_reference WHERE kind = 'checks' AND name = ? AND part = 0")?
        .query_map([&e.list], |row| row.get(0))?
        .next()
        .transpose()?;
    let Some(mut part) = body.and_then(|body| serde_json::from_str::<Part>(&body).ok()) else {
        return Ok(());
    };
    part.checks.clear();
    part.gone = Some(Gone { at: entry.recorded_at, by: entry.actor.human() });
    sweep(conn, &e.list)?;
    put(conn, entry, 0, &part)
}

fn sweep(conn: &Connection, list: &str) -> Result<()> {
    conn.prepare_cached("DELETE FROM v_reference WHERE kind = 'checks' AND name = ?")?.execute([list])?;
    Ok(())
}

fn put(conn: &Connection, entry: &Entry, part: u32, body: &Part) -> Result<()> {
    conn.prepare_cached(
        "INSERT OR REPLACE INTO v_reference(kind, name, part, seq, body) VALUES ('checks',?,?,?,?)",
    )?
    .execute(params![body.list.name, part, entry.seq, json_text(body)])?;
    Ok(())
}

/// Something left: a line in the narrative's history, one in the register, one for whoever asks who saw it.
pub(crate) fn shared(conn: &Connection, entry: &Entry, e: &NarrativeShared) -> Result<()> {
    crate::project::act(conn, entry, "shared", &e.recipient)?;
    act_on(conn, entry, current(conn, e.narrative)?.as_bytes(), None)?;
    conn.prepare_cached("INSERT INTO v_share(seq, narrative, at, by_user, body) VALUES (?,?,?,?,?)")?
        .execute(params![
            entry.seq,
            e.narrative.as_bytes(),
            ms(entry.recorded_at),
            entry.actor.human().as_ref().map(UserId::as_bytes),
            json_text(e)
        ])?;
    Ok(())
}

impl Views {
    /// Every list of published checks, by name.
    pub fn check_lists(&self) -> std::result::Result<Vec<CheckListRow>, StoreError> {
        let mut rows: Vec<CheckListRow> = Vec::new();
        for (seq, part) in self.check_parts()? {
            match rows.last_mut().filter(|row| row.list.name == part.list.name) {
                Some(row) => row.count += part.checks.len() as u64,
                None => rows.push(CheckListRow {
                    seq,
                    loaded_at: part.at,
                    loaded_by: part.by.map(|id| self.person(id)).transpose()?,
                    count: part.checks.len() as u64,
                    withdrawn: match part.gone {
                        Some(gone) => Some((gone.at, gone.by.map(|id| self.person(id)).transpose()?)),
                        None => None,
                    },
                    list: part.list,
                }),
            }
        }
        Ok(rows)
    }

    /// Every published check that is not withdrawn, with its list.
    pub fn checks(&self) -> std::result::Result<Vec<(CheckList, Vec<PublishedCheck>)>, StoreError> {
        let parts = self.check_parts()?.into_iter().map(|(_, part)| (part.list, part.checks));
        Ok(parts.filter(|(_, checks)| !checks.is_empty()).collect())
    }

    fn check_parts(&self) -> std::result::Result<Vec<(u64, Part)>, StoreError> {
        let bodies: Vec<(u64, String)> = self
            .conn
            .prepare_cached("SELECT seq, body FROM v_reference WHERE kind = 'checks' ORDER BY name, part")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_>>()?;
        let read = |(seq, body): (u64, String)| {
            let part = serde_json::from_str(&body)
                .map_err(|cause| StoreError::Damaged { seq, cause: cause.to_string() })?;
            Ok((seq, part))
        };
        bodies.into_iter().map(read).collect()
    }

    /// The entry that last changed the published checks: another value, and they must be read again.
    pub fn checks_version(&self) -> std::result::Result<u64, StoreError> {
        let version = "SELECT coalesce(max(seq), 0) FROM v_reference WHERE kind = 'checks'";
        Ok(self.conn.prepare_cached(version)?.query_row([], |row| row.get(0))?)
    }

    /// Whether a published check of this id stands in a list that is not withdrawn.
    pub fn has_check(&self, id: Uuid) -> std::result::Result<bool, StoreError> {
        let sql = "SELECT 1 FROM v_reference, json_each(body, '$.checks') AS one
             WHERE v_reference.kind = 'checks' AND one.value ->> 'id' = ?";
        Ok(self.conn.prepare_cached(sql)?.exists([id.to_string()])?)
    }

    /// What people gave to partners, the latest first; `before` is the entry that the page before ended with.
    pub fn given(
        &self,
        granted: Compartments,
        before: Option<u64>,
        limit: u32,
    ) -> std::result::Result<Vec<ShareRow>, StoreError> {
        let before = i64::try_from(before.unwrap_or(u64::MAX)).unwrap_or(i64::MAX);
        let mut rows: Vec<ShareRow> = self
            .conn
            .prepare_cached(
                "SELECT s.seq, s.at, s.by_user, s.body, n.id, n.code FROM v_share s
                 LEFT JOIN v_narrative o ON o.id = s.narrative
                 LEFT JOIN v_narrative n ON n.id = coalesce(o.moved_to, o.id) AND (n.compartments & ~?1) = 0
                 WHERE s.seq < ?2 ORDER BY s.seq DESC LIMIT ?3",
            )?
            .query_map(params![granted.bits(), before, limit], |row| {
                let body: String = row.get(3)?;
                let code: Option<String> = row.get(5)?;
                Ok(ShareRow {
                    seq: row.get(0)?,
                    at: at(row.get(1)?),
                    by: maybe_user_id(row, 2)?.map(|id| Person { id, display: String::new() }),
                    narrative: code.map(|code| narrative_id(row, 4).map(|id| (id, code))).transpose()?,
                    said: serde_json::from_str(&body).map_err(|cause| {
                        rusqlite::Error::FromSqlConversionFailure(
                            3,
                            rusqlite::types::Type::Text,
                            Box::new(cause),
                        )
                    })?,
                })
            })?
            .collect::<Result<_>>()?;
        for by in rows.iter_mut().filter_map(|row| row.by.as_mut()) {
            by.display = self.display(by.id)?;
        }
        Ok(rows)
    }
}

impl Store {
    /// What an account of `source`, known here as `alias`, is called in what goes to `recipient`: the same each time,
    /// another for another recipient, and nothing that leads back without the site's own key.
    pub fn account_for(
        &self,
        recipient: &str,
        source: &SourceId,
        alias: &str,
    ) -> std::result::Result<String, StoreError> {
        let name = self.for_recipient(recipient, &["account", source.as_str(), alias])?;
        Ok(format!("account-{}", &name.simple().to_string()[..12]))
    }

    /// What a message is called in what goes to `recipient`, so that two recipients hold no id in common.
    pub fn message_for(&self, recipient: &str, id: &str) -> std::result::Result<Uuid, StoreError> {
        self.for_recipient(recipient, &["message", id])
    }

    fn for_recipient(&self, recipient: &str, parts: &[&str]) -> std::result::Result<Uuid, StoreError> {
        Ok(Projector { alias_key: self.alias_key()? }.for_recipient(recipient, parts))
    }
}
