//! What is suggested about narratives: what people said to it, and what it rests on.

use crate::codec::{at, maybe_user_id, ms, narrative_id, user_id, word};
use crate::error::StoreError;
use crate::rows::Person;
use crate::views::Views;
use rusqlite::{Connection, Result, params};
use vigie_desk::judging::Standing;
use vigie_model::{
    Compartments, Entry, JudgeSetAside, NarrativeId, StoryClass, SuggestedKind, SuggestionAnswered,
    Timestamp, Truth, UserId,
};

/// A person agreed or overruled. The reason stays in the sealed record.
pub(crate) fn answered(
    conn: &Connection,
    entry: &Entry,
    e: &SuggestionAnswered,
    narrative: NarrativeId,
) -> Result<()> {
    let by = entry.actor.human();
    conn.prepare_cached(
        "INSERT OR REPLACE INTO v_suggested(narrative, kind, of, seq, at, by_user, agrees) VALUES (?,?,?,?,?,?,?)",
    )?
    .execute(params![
        narrative.as_bytes(),
        e.kind.word(),
        e.of,
        entry.seq,
        ms(entry.recorded_at),
        by.as_ref().map(UserId::as_bytes),
        e.agrees
    ])?;
    conn.prepare_cached("UPDATE v_narrative SET changed = ? WHERE id = ?")?
        .execute(params![entry.seq, narrative.as_bytes()])?;
    Ok(())
}

/// What somebody judged teaches nothing any more, or again.
pub(crate) fn set_aside(conn: &Connection, entry: &Entry, e: &JudgeSetAside) -> Result<()> {
    if e.aside {
        conn.prepare_cached("INSERT OR REPLACE INTO v_aside(user, seq, at, by_user) VALUES (?,?,?,?)")?
            .execute(params![
                e.user.as_bytes(),
                entry.seq,
                ms(entry.recorded_at),
                entry.actor.human().as_ref().map(UserId::as_bytes)
            ])?;
    } else {
        conn.prepare_cached("DELETE FROM v_aside WHERE user = ?")?.execute([e.user.as_bytes()])?;
    }
    Ok(())
}

/// Answers go along when one narrative goes into another; of two the later one counts.
pub(crate) fn absorb(conn: &Connection, kept: NarrativeId, absorbed: NarrativeId) -> Result<()> {
    for sql in [
        "INSERT INTO v_suggested(narrative, kind, of, seq, at, by_user, agrees)
         SELECT ?1, kind, of, seq, at, by_user, agrees FROM v_suggested WHERE narrative = ?2
         ON CONFLICT(narrative, kind, of) DO UPDATE SET seq = excluded.seq, at = excluded.at,
             by_user = excluded.by_user, agrees = excluded.agrees WHERE excluded.seq > v_suggested.seq",
        "DELETE FROM v_suggested WHERE narrative = ?2 AND ?1 <> ?2",
    ] {
        conn.prepare_cached(sql)?.execute(params![kept.as_bytes(), absorbed.as_bytes()])?;
    }
    Ok(())
}

/// What a person said last to one suggestion.
#[derive(Debug, Clone, PartialEq)]
pub struct SuggestedRow {
    /// Its entry.
    pub seq: u64,
    /// What was suggested.
    pub kind: SuggestedKind,
    /// Which.
    pub of: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Option<Person>,
    /// Whether they agree.
    pub agrees: bool,
}

/// A story about which people found out whether it is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedRow {
    /// Identifier.
    pub id: NarrativeId,
    /// Speakable code.
    pub code: String,
    /// Its opening words.
    pub head: String,
    /// Their language.
    pub lang: String,
    /// What was found.
    pub truth: Truth,
}

/// A judged story as an example of a class, or of none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleRow {
    /// Speakable code.
    pub code: String,
    /// Its opening words.
    pub head: String,
    /// Their language.
    pub lang: String,
    /// The class that counts.
    pub class: StoryClass,
    /// Who judged it.
    pub by: UserId,
}

/// Somebody whose judgements teach nothing any more.
#[derive(Debug, Clone, PartialEq)]
pub struct AsideRow {
    /// Whose.
    pub user: Person,
    /// Since which entry.
    pub seq: u64,
    /// Since when.
    pub at: Timestamp,
    /// Who said so.
    pub by: Option<Person>,
}

impl Views {
    /// What people said to the suggestions about a narrative.
    pub fn suggested(&self, id: NarrativeId) -> std::result::Result<Vec<SuggestedRow>, StoreError> {
        let mut rows: Vec<SuggestedRow> = self
            .conn
            .prepare_cached(
                "SELECT seq, kind, of, at, by_user, agrees FROM v_suggested WHERE narrative = ? ORDER BY seq",
            )?
            .query_map([id.as_bytes()], |row| {
                Ok(SuggestedRow {
                    seq: row.get(0)?,
                    kind: word(row, 1, SuggestedKind::from_word)?,
                    of: row.get(2)?,
                    at: at(row.get(3)?),
                    by: maybe_user_id(row, 4)?.map(|id| Person { id, display: String::new() }),
                    agrees: row.get(5)?,
                })
            })?
            .collect::<Result<_>>()?;
        for by in rows.iter_mut().filter_map(|row| row.by.as_mut()) {
            by.display = self.display(by.id)?;
        }
        Ok(rows)
    }

    /// Stories other than `id` of which people found out whether they are so, the latest first.
    pub fn checked_before(
        &self,
        id: NarrativeId,
        granted: Compartments,
        limit: u32,
    ) -> std::result::Result<Vec<CheckedRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT n.id, n.code, n.head, n.lang, j.truth FROM v_judged j JOIN v_narrative n ON n.id = j.narrative
                 WHERE j.truth IN ('false', 'true', 'mixed') AND n.moved_to IS NULL AND n.head IS NOT NULL
                     AND n.restricted = 0 AND n.id <> ?1 AND (n.compartments & ~?2) = 0
                 ORDER BY j.changed DESC LIMIT ?3",
            )?
            .query_map(params![id.as_bytes(), granted.bits(), limit], |row| {
                Ok(CheckedRow {
                    id: narrative_id(row, 0)?,
                    code: row.get(1)?,
                    head: row.get(2)?,
                    lang: row.get(3)?,
                    truth: word(row, 4, Truth::from_word)?,
                })
            })?
            .collect::<Result<_>>()?)
    }

    /// Stories whose class stands, judged by people whose judgements are not set aside, the latest first.
    pub fn examples(
        &self,
        granted: Compartments,
        limit: u32,
    ) -> std::result::Result<Vec<ExampleRow>, StoreError> {
        let aside = self.aside()?;
        let mut rows = self.every_example(granted, limit)?;
        rows.retain(|row| !aside.iter().any(|one| one.user.id == row.by));
        Ok(rows)
    }

    /// The same, whoever judged.
    pub fn every_example(
        &self,
        granted: Compartments,
        limit: u32,
    ) -> std::result::Result<Vec<ExampleRow>, StoreError> {
        let rows: Vec<(String, String, String, String)> = self
            .conn
            .prepare_cached(
                "SELECT n.code, n.head, n.lang, j.body FROM v_judged j JOIN v_narrative n ON n.id = j.narrative
                 WHERE j.class <> 'unknown' AND j.awaits = 0 AND j.contested = 0 AND n.moved_to IS NULL
                     AND n.head IS NOT NULL AND n.restricted = 0 AND (n.compartments & ~?1) = 0
                 ORDER BY j.changed DESC LIMIT ?2",
            )?
            .query_map(params![granted.bits(), limit], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?
            .collect::<Result<_>>()?;
        let example = |(code, head, lang, body): (String, String, String, String)| {
            let standing: Standing = serde_json::from_str(&body).ok()?;
            let by = standing.latest()?.by;
            Some(ExampleRow { code, head, lang, class: standing.class(), by })
        };
        Ok(rows.into_iter().filter_map(example).collect())
    }

    /// The last entry that changed what classes are learned from.
    pub fn examples_changed(&self) -> std::result::Result<u64, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT max((SELECT coalesce(max(changed), 0) FROM v_judged), (SELECT coalesce(max(seq), 0) FROM v_aside),
                     (SELECT coalesce(max(seq), 0) FROM v_erased),
                     (SELECT coalesce(max(seq), 0) FROM v_reference WHERE kind = 'lexicon'))
                     + (SELECT count(*) FROM v_aside)",
            )?
            .query_row([], |row| row.get(0))?)
    }

    /// Whose judgements teach nothing any more.
    pub fn aside(&self) -> std::result::Result<Vec<AsideRow>, StoreError> {
        let mut rows: Vec<AsideRow> = self
            .conn
            .prepare_cached("SELECT user, seq, at, by_user FROM v_aside ORDER BY seq")?
            .query_map([], |row| {
                Ok(AsideRow {
                    user: Person { id: user_id(row, 0)?, display: String::new() },
                    seq: row.get(1)?,
                    at: at(row.get(2)?),
                    by: maybe_user_id(row, 3)?.map(|id| Person { id, display: String::new() }),
                })
            })?
            .collect::<Result<_>>()?;
        for row in &mut rows {
            row.user.display = self.display(row.user.id)?;
            if let Some(by) = row.by.as_mut() {
                by.display = self.display(by.id)?;
            }
        }
        Ok(rows)
    }
}
