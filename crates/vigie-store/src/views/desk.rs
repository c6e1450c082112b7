//! The records of the desk: what waits for whom, what was written, cleared and sent.

use super::{PAGE_MAX, Views, number};
use crate::codec::{at, maybe_user_id, ms, narrative_id, user_id, word};
use crate::desk;
use crate::error::StoreError;
use crate::rows::Page;
use rusqlite::{OptionalExtension, params};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use uuid::Uuid;
use vigie_desk::duty::Duty;
use vigie_desk::echo::Heard;
use vigie_desk::judging::Standing;
use vigie_desk::record::{Record, Release, Request, Response, Task, Warning};
use vigie_model::{
    Channel, Compartments, Component, ContactId, Delivery, FunctionId, GazetteerPlace, Lexicon, NarrativeId,
    Object, ReleaseId, Reply, Site, Timestamp, UserId, WarningKind,
};

/// Which records of one kind.
#[derive(Debug, Clone, Default)]
pub struct DeskQuery {
    /// Only those on which somebody still has to act, or only the others.
    pub open: Option<bool>,
    /// Only those in this state.
    pub state: Option<String>,
    /// Only those of this story.
    pub narrative: Option<NarrativeId>,
    /// Only those that wait for one of these functions.
    pub waits_for: Vec<FunctionId>,
    /// Only those that were due before.
    pub due_before: Option<Timestamp>,
    /// Only those that changed after this entry.
    pub changed_after: Option<u64>,
    /// Page marker.
    pub after: Option<String>,
    /// Rows wanted, at most 200.
    pub limit: u32,
}

/// A function with its holders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionRow {
    /// Short name.
    pub id: FunctionId,
    /// Name in English.
    pub name_en: String,
    /// Name in French.
    pub name_fr: String,
    /// Component.
    pub component: Component,
    /// Whether it is a liaison assistant's.
    pub liaison: bool,
    /// Who holds it.
    pub holders: Vec<UserId>,
}

/// A named verifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierRow {
    /// Language.
    pub lang: String,
    /// Who.
    pub user: UserId,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// A contact as everything but the vault knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRow {
    /// Identifier.
    pub id: ContactId,
    /// The entry that holds who it is.
    pub seq: u64,
    /// What screens show.
    pub code: String,
    /// How they are reached.
    pub channel: Channel,
    /// What they want back.
    pub reply: Reply,
    /// Whether the vault holds a name besides the address.
    pub named: bool,
}

/// Where one recipient of a release stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRow {
    /// The release.
    pub release: ReleaseId,
    /// To whom.
    pub contact: ContactId,
    /// Attempts so far.
    pub attempt: u32,
    /// What became of the last.
    pub state: Delivery,
    /// When.
    pub at: Timestamp,
    /// Why, as a message id of the catalogues.
    pub reason: Option<String>,
}

/// When a story passed the steps of the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Passed {
    /// T2.
    pub verified_at: Option<Timestamp>,
    /// T3.
    pub cleared_at: Option<Timestamp>,
    /// T4.
    pub out_at: Option<Timestamp>,
    /// T5.
    pub measured_at: Option<Timestamp>,
}

/// Warnings of one kind about one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarnedRow {
    /// The site as the warnings name it.
    pub site: String,
    /// Which kind.
    pub kind: WarningKind,
    /// How many.
    pub count: u64,
    /// On how many somebody still has to act.
    pub open: u64,
    /// When the last was raised.
    pub last_at: Timestamp,
}

/// A hand-over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchRow {
    /// Its entry.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<UserId>,
    /// To whom.
    pub to: Option<UserId>,
    /// What was handed over.
    pub said: vigie_model::WatchHandedOver,
}

fn unreadable(cause: serde_json::Error) -> StoreError {
    StoreError::Damaged { seq: 0, cause: cause.to_string() }
}

impl Views {
    /// One record, where the asker may see it.
    pub fn record<T: Record>(&self, id: Uuid, granted: Compartments) -> Result<Option<T>, StoreError> {
        let body: Option<String> = self
            .conn
            .prepare_cached(
                "SELECT body FROM v_desk WHERE kind = ?1 AND id = ?2 AND (compartments & ~?3) = 0",
            )?
            .query_row(params![T::KIND, id.as_bytes(), granted.bits()], |row| row.get(0))
            .optional()?;
        body.map(|body| serde_json::from_str(&body).map_err(unreadable)).transpose()
    }

    /// The entry that last changed a record.
    pub fn record_changed(&self, object: Object) -> Result<Option<u64>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT changed FROM v_desk WHERE kind = ? AND id = ?")?
            .query_row(params![object.kind(), object.uuid().as_bytes()], |row| row.get(0))
            .optional()?)
    }

    /// Records of one kind, newest first.
    pub fn records<T: Record>(
        &self,
        asked: &DeskQuery,
        granted: Compartments,
    ) -> Result<Page<T>, StoreError> {
        let limit = asked.limit.clamp(1, PAGE_MAX);
        let functions: Vec<&str> = asked.waits_for.iter().map(FunctionId::as_str).collect();
        let functions = serde_json::to_string(&functions).map_err(unreadable)?;
        let filter = "kind = ?1 AND (compartments & ~?2) = 0 AND (?3 IS NULL OR open = ?3) AND (?4 IS NULL OR state = ?4)
             AND (?5 IS NULL OR narrative = ?5) AND (?6 = '[]' OR waits_for IN (SELECT value FROM json_each(?6)))
             AND (?7 IS NULL OR due < ?7) AND (?8 IS NULL OR changed > ?8)";
        let bound = params![
            T::KIND,
            granted.bits(),
            asked.open,
            asked.state,
            asked.narrative.map(|id| *id.as_bytes()),
            functions,
            asked.due_before.map(ms),
            asked.changed_after,
        ];
        let total: u64 = self
            .conn
            .prepare_cached(&format!("SELECT count(*) FROM v_desk WHERE {filter}"))?
            .query_row(bound, |row| row.get(0))?;
        let start = number(asked.after.as_deref())?.unwrap_or(i64::MAX);
        let rows: Vec<(i64, String)> = self
            .conn
            .prepare_cached(&format!(
                "SELECT seq, body FROM v_desk WHERE {filter} AND seq < {start} ORDER BY seq DESC LIMIT {}",
                limit + 1
            ))?
            .query_map(bound, |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let more = rows.len() > limit as usize;
        let shown = &rows[..rows.len().min(limit as usize)];
        let items = shown.iter().map(|(_, body)| serde_json::from_str(body).map_err(unreadable));
        Ok(Page {
            items: items.collect::<Result<_, _>>()?,
            next: shown.last().filter(|_| more).map(|(seq, _)| seq.to_string()),
            total,
        })
    }

    /// Entries behind a record, in the order of the journal.
    pub fn trace(&self, object: Object) -> Result<Vec<u64>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT seq FROM v_trace WHERE kind = ? AND id = ? ORDER BY seq")?
            .query_map(params![object.kind(), object.uuid().as_bytes()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// What people judged about a narrative that the asker may see.
    pub fn judged(&self, narrative: NarrativeId, granted: Compartments) -> Result<Standing, StoreError> {
        let open = self.standing(narrative, granted)?.is_some();
        Ok(if open { desk::standing(&self.conn, narrative)? } else { Standing::default() })
    }

    /// Duties whose next step along the call tree may be due, and responses that were not out in time.
    pub fn late(&self, now: Timestamp, limit: u32) -> Result<Vec<Object>, StoreError> {
        let rows: Vec<(String, [u8; 16])> = self
            .conn
            .prepare_cached(
                "SELECT kind, id FROM v_desk WHERE look IS NOT NULL AND look < ?
                     AND (kind IN ('request', 'task', 'warning') OR kind = 'response' AND open = 1)
                 ORDER BY look LIMIT ?",
            )?
            .query_map(params![ms(now), limit], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(rows.into_iter().filter_map(|(kind, id)| Object::new(&kind, Uuid::from_bytes(id))).collect())
    }

    /// What a record waits for, where it is one that waits.
    pub fn duty(&self, of: Object) -> Result<Option<Duty>, StoreError> {
        let id = of.uuid();
        Ok(match of {
            Object::Request(_) => desk::record::<Request>(&self.conn, id)?.map(|one| one.duty),
            Object::Task(_) => desk::record::<Task>(&self.conn, id)?.map(|one| one.duty),
            Object::Warning(_) => desk::record::<Warning>(&self.conn, id)?.map(|one| one.duty),
            _ => None,
        })
    }

    /// Every function.
    pub fn functions(&self) -> Result<Vec<FunctionRow>, StoreError> {
        let mut rows: Vec<FunctionRow> = self
            .conn
            .prepare_cached("SELECT id, name_en, name_fr, component, liaison FROM v_function ORDER BY id")?
            .query_map([], |row| {
                Ok(FunctionRow {
                    id: word(row, 0, |text| text.parse().ok())?,
                    name_en: row.get(1)?,
                    name_fr: row.get(2)?,
                    component: word(row, 3, Component::from_word)?,
                    liaison: row.get(4)?,
                    holders: Vec::new(),
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        for row in &mut rows {
            row.holders = self
                .conn
                .prepare_cached("SELECT user FROM v_holder WHERE function = ? ORDER BY user")?
                .query_map([row.id.as_str()], |row| user_id(row, 0))?
                .collect::<rusqlite::Result<_>>()?;
        }
        Ok(rows)
    }

    /// The entry that last changed reference data; another value means that it must be read again.
    pub fn reference_version(&self) -> Result<u64, StoreError> {
        let version = "SELECT coalesce(max(seq), 0) FROM v_reference";
        Ok(self.conn.prepare_cached(version)?.query_row([], |row| row.get(0))?)
    }

    /// Every place of every gazetteer.
    pub fn gazetteer(&self) -> Result<Vec<GazetteerPlace>, StoreError> {
        let parts: Vec<Vec<GazetteerPlace>> = self.reference("gazetteer")?;
        Ok(parts.into_iter().flatten().collect())
    }

    /// The register of sites.
    pub fn sites(&self) -> Result<Vec<Site>, StoreError> {
        let parts: Vec<Vec<Site>> = self.reference("sites")?;
        Ok(parts.into_iter().flatten().collect())
    }

    /// Every list of wordings.
    pub fn lexicons(&self) -> Result<Vec<Lexicon>, StoreError> {
        self.reference("lexicon")
    }

    fn reference<T: serde::de::DeserializeOwned>(&self, kind: &str) -> Result<Vec<T>, StoreError> {
        let bodies: Vec<String> = self
            .conn
            .prepare_cached("SELECT body FROM v_reference WHERE kind = ? ORDER BY name, part")?
            .query_map([kind], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        bodies.iter().map(|body| serde_json::from_str(body).map_err(unreadable)).collect()
    }

    /// Whether the signal at this entry is in no protected compartment.
    pub fn is_open(&self, seq: u64) -> Result<bool, StoreError> {
        let bits: Option<u32> = self
            .conn
            .prepare_cached("SELECT compartments FROM v_signal WHERE seq = ?")?
            .query_row([seq], |row| row.get(0))
            .optional()?;
        Ok(bits.is_some_and(|bits| !Compartments::from_bits(bits).any_protected()))
    }

    /// The narrative that `id` stands for today.
    pub fn current(&self, id: NarrativeId) -> Result<NarrativeId, StoreError> {
        Ok(crate::project::current(&self.conn, id)?)
    }

    /// Whether a warning of this kind stands about a site in a story.
    pub fn is_warned(
        &self,
        narrative: NarrativeId,
        kind: WarningKind,
        site: &str,
    ) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT 1 FROM v_desk WHERE kind = 'warning' AND narrative = ?1 AND body ->> '$.said.kind' = ?2
                     AND coalesce(body ->> '$.said.site', '') = ?3",
            )?
            .exists(params![narrative.as_bytes(), kind.word(), site])?)
    }

    /// Warnings about a site, newest first, at most `limit`.
    pub fn warnings_about(
        &self,
        site: &str,
        limit: u32,
        granted: Compartments,
    ) -> Result<Vec<Warning>, StoreError> {
        let bodies: Vec<String> = self
            .conn
            .prepare_cached(
                "SELECT body FROM v_desk WHERE kind = 'warning' AND body ->> '$.said.site' = ?1
                     AND (compartments & ~?2) = 0 ORDER BY seq DESC LIMIT ?3",
            )?
            .query_map(params![site, granted.bits(), limit], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        bodies.iter().map(|body| serde_json::from_str(body).map_err(unreadable)).collect()
    }

    /// How many warnings there are about each site, by kind, with those on which somebody still has to act.
    pub fn warned_sites(&self, granted: Compartments) -> Result<Vec<WarnedRow>, StoreError> {
        let mut rows = self.conn.prepare_cached(
            "SELECT body ->> '$.said.site', body ->> '$.said.kind', count(*), sum(open), max(opened)
             FROM v_desk WHERE kind = 'warning' AND body ->> '$.said.site' IS NOT NULL AND (compartments & ~?1) = 0
             GROUP BY 1, 2",
        )?;
        let rows = rows.query_map([granted.bits()], |row| {
            Ok(WarnedRow {
                site: row.get(0)?,
                kind: word(row, 1, WarningKind::from_word)?,
                count: row.get(2)?,
                open: row.get(3)?,
                last_at: at(row.get(4)?),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether a function exists.
    pub fn has_function(&self, function: &FunctionId) -> Result<bool, StoreError> {
        Ok(self.conn.prepare_cached("SELECT 1 FROM v_function WHERE id = ?")?.exists([function.as_str()])?)
    }

    /// The functions that a person holds.
    pub fn functions_of(&self, user: UserId) -> Result<Vec<FunctionId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT function FROM v_holder WHERE user = ? ORDER BY function")?
            .query_map([user.as_bytes()], |row| word(row, 0, |text| text.parse().ok()))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Everybody who verifies a language.
    pub fn verifiers(&self) -> Result<Vec<VerifierRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT lang, user, until FROM v_verifier ORDER BY lang, user")?
            .query_map([], |row| {
                let until: Option<i64> = row.get(2)?;
                Ok(VerifierRow { lang: row.get(0)?, user: user_id(row, 1)?, until: until.map(at) })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Whether a person verifies a language now.
    pub fn is_verifier(&self, user: UserId, lang: &str, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT 1 FROM v_verifier WHERE lang = ? AND user = ? AND (until IS NULL OR until >= ?)",
            )?
            .exists(params![lang, user.as_bytes(), ms(now)])?)
    }

    /// When a story passed the steps of the loop, from entries alone.
    pub fn passed(&self, narrative: NarrativeId) -> Result<Passed, StoreError> {
        let judged: Option<i64> = self
            .conn
            .prepare_cached("SELECT verified_at FROM v_judged WHERE narrative = ?")?
            .query_row([narrative.as_bytes()], |row| row.get(0))
            .optional()?
            .flatten();
        let approved: Option<String> = self
            .conn
            .prepare_cached(
                "SELECT min(f.body ->> '$.approved[1]') FROM v_desk r JOIN v_desk f ON f.kind = 'fact'
                     AND f.id = unhex(replace(r.body ->> '$.answer.fact', '-', ''))
                 WHERE r.narrative = ? AND r.kind = 'request'",
            )?
            .query_row([narrative.as_bytes()], |row| row.get(0))?;
        let approved: Option<Timestamp> = approved.and_then(|text| text.parse().ok());
        let mut passed =
            Passed { verified_at: judged.map(at).into_iter().chain(approved).min(), ..Passed::default() };
        let bodies: Vec<String> = self
            .conn
            .prepare_cached("SELECT body FROM v_desk WHERE narrative = ? AND kind = 'response'")?
            .query_map([narrative.as_bytes()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let earlier = |one: Option<Timestamp>, other: Option<Timestamp>| one.into_iter().chain(other).min();
        for body in bodies {
            let response: Response = serde_json::from_str(&body).map_err(unreadable)?;
            passed.cleared_at = earlier(passed.cleared_at, response.cleared_at);
            passed.out_at = earlier(passed.out_at, response.out_at);
            passed.measured_at = earlier(passed.measured_at, response.measured.first().map(|(_, at)| *at));
        }
        Ok(passed)
    }

    /// Stories that a response went out for since `since`, for the medians of a month.
    pub fn answered_since(&self, since: Timestamp) -> Result<Vec<NarrativeId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT DISTINCT narrative FROM v_desk WHERE kind = 'response' AND narrative IS NOT NULL
                 AND state IN ('out', 'measured') AND opened >= ?",
            )?
            .query_map([ms(since)], |row| narrative_id(row, 0))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Who wrote to the rumour line about a story.
    pub fn askers(&self, narrative: NarrativeId) -> Result<Vec<ContactId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT DISTINCT source_ref FROM v_signal WHERE narrative = ? AND source_ref IS NOT NULL
                 ORDER BY source_ref",
            )?
            .query_map([narrative.as_bytes()], |row| row.get::<_, [u8; 16]>(0))?
            .map(|bytes| bytes.map(|bytes| ContactId::from_uuid(Uuid::from_bytes(bytes))))
            .collect::<rusqlite::Result<_>>()?)
    }

    /// A contact, without who it is.
    pub fn contact(&self, id: ContactId) -> Result<Option<ContactRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT id, seq, code, channel, reply, named FROM v_contact WHERE id = ?")?
            .query_row([id.as_bytes()], contact_row)
            .optional()?)
    }

    pub(crate) fn contact_by_handle(
        &self,
        channel: Channel,
        handle: [u8; 16],
    ) -> Result<Option<ContactRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, seq, code, channel, reply, named FROM v_contact WHERE channel = ? AND handle = ?",
            )?
            .query_row(params![channel.word(), handle], contact_row)
            .optional()?)
    }

    /// Whether a contact was sent a receipt since `since`.
    pub fn had_receipt(&self, contact: ContactId, since: Timestamp) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT 1 FROM v_desk WHERE kind = 'release' AND opened > ?2 AND body ->> '$.said.message' IS NULL
                     AND body ->> '$.said.recipients.contacts[0]' = ?1",
            )?
            .exists(params![contact.to_string(), ms(since)])?)
    }

    /// The language in which a contact last wrote.
    pub fn lang_of(&self, contact: ContactId) -> Result<Option<String>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT coalesce(nullif(lang, 'und'), lang_hint) FROM v_signal WHERE source_ref = ?
                 ORDER BY seq DESC LIMIT 1",
            )?
            .query_row([contact.as_bytes()], |row| row.get(0))
            .optional()?
            .flatten())
    }

    /// Every contact, by code.
    pub fn contacts(&self) -> Result<Vec<ContactRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT id, seq, code, channel, reply, named FROM v_contact ORDER BY code")?
            .query_map([], contact_row)?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Contacts sealed at or after entry `since`.
    pub fn contacts_since(&self, since: u64) -> Result<Vec<ContactRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, seq, code, channel, reply, named FROM v_contact WHERE seq >= ? ORDER BY seq",
            )?
            .query_map([since], contact_row)?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Where every recipient of a release stands.
    pub fn deliveries(&self, release: ReleaseId) -> Result<Vec<DeliveryRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT release, contact, attempt, state, at, reason FROM v_delivery WHERE release = ?
                 ORDER BY contact",
            )?
            .query_map([release.as_bytes()], delivery_row)?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Recipients on one channel that are not at their end and of whom `due` says that it is time, oldest attempt first.
    pub fn to_send(
        &self,
        channel: Channel,
        limit: usize,
        due: impl Fn(&DeliveryRow, &Release) -> bool,
    ) -> Result<Vec<(DeliveryRow, Release)>, StoreError> {
        let rows: Vec<DeliveryRow> = self
            .conn
            .prepare_cached(
                "SELECT release, contact, attempt, state, at, reason FROM v_delivery
                 WHERE state IN ('queued', 'trying', 'failed') ORDER BY at, contact",
            )?
            .query_map([], delivery_row)?
            .collect::<rusqlite::Result<_>>()?;
        let mut releases: HashMap<ReleaseId, Option<Release>> = HashMap::new();
        let mut found = Vec::new();
        for row in rows {
            let release = match releases.entry(row.release) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(desk::record::<Release>(&self.conn, row.release.uuid())?),
            };
            let fits = |release: &&Release| release.said.channel == channel && due(&row, release);
            if let Some(release) = release.as_ref().filter(fits) {
                found.push((row, release.clone()));
                if found.len() == limit {
                    break;
                }
            }
        }
        Ok(found)
    }

    /// What replies are held against: what was said in a story and what some contacts wrote, and every place that the
    /// mission knows. `own` is the mission's own name.
    pub fn heard(
        &self,
        narrative: Option<NarrativeId>,
        contacts: &[ContactId],
        own: &str,
    ) -> Result<Heard, StoreError> {
        let mut heard = Heard::default();
        if let Some(narrative) = narrative {
            self.hear(
                "SELECT text FROM v_signal WHERE narrative = ? AND text IS NOT NULL
                 ORDER BY source_ref IS NULL, seq DESC LIMIT 2000",
                narrative.as_bytes(),
                &mut heard,
            )?;
        }
        for contact in contacts {
            self.hear(
                "SELECT text FROM v_signal WHERE source_ref = ? AND text IS NOT NULL ORDER BY seq DESC LIMIT 50",
                contact.as_bytes(),
                &mut heard,
            )?;
        }
        for place in self.gazetteer()? {
            heard.place(&place.name);
            place.variants.iter().for_each(|name| heard.place(name));
        }
        for site in self.sites()? {
            heard.place(&site.name);
            site.names.iter().for_each(|name| heard.place(name));
        }
        heard.own(own);
        Ok(heard)
    }

    fn hear(&self, sql: &str, id: &[u8; 16], heard: &mut Heard) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query([id])?;
        while let Some(row) = rows.next()? {
            heard.say(&row.get::<_, String>(0)?);
        }
        Ok(())
    }

    /// Whether a contact has had these exact texts, or is being sent them by another release.
    pub fn had(&self, contact: ContactId, text: &str, by_other_than: ReleaseId) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT 1 FROM v_delivery WHERE contact = ?1 AND text = ?2 AND release <> ?3
                 AND state IN ('queued', 'trying', 'sent', 'delivered', 'failed')",
            )?
            .exists(params![contact.as_bytes(), text, by_other_than.as_bytes()])?)
    }

    /// What was brought to a contact, the oldest first: releases that were handed over or laid ready.
    pub fn brought_to(&self, contact: ContactId) -> Result<Vec<ReleaseId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT release FROM v_delivery WHERE contact = ? AND state IN ('sent', 'delivered') ORDER BY at",
            )?
            .query_map([contact.as_bytes()], |row| row.get::<_, [u8; 16]>(0))?
            .map(|bytes| bytes.map(|bytes| ReleaseId::from_uuid(Uuid::from_bytes(bytes))))
            .collect::<rusqlite::Result<_>>()?)
    }

    /// R36: what went out with neither a person nor a standing approval that was live then. Must be none.
    pub fn unanswered_for(&self) -> Result<Vec<String>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT r.code FROM v_desk r LEFT JOIN v_desk a ON a.kind = 'approval'
                     AND a.id = unhex(replace(r.body ->> '$.said.approval', '-', ''))
                 WHERE r.kind = 'release' AND r.body ->> '$.by' IS NULL AND (a.id IS NULL
                     OR unixepoch(a.body ->> '$.said.until', 'subsec') < unixepoch(r.body ->> '$.at', 'subsec')
                     OR coalesce(unixepoch(a.body ->> '$.ended', 'subsec') < unixepoch(r.body ->> '$.at', 'subsec'), 0))",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// The last hand-over.
    pub fn last_watch(&self) -> Result<Option<WatchRow>, StoreError> {
        let row = self
            .conn
            .prepare_cached("SELECT seq, at, by_user, to_user, body FROM v_watch ORDER BY seq DESC LIMIT 1")?
            .query_row([], |row| {
                let body: String = row.get(4)?;
                Ok(WatchRow {
                    seq: row.get(0)?,
                    at: at(row.get(1)?),
                    by: maybe_user_id(row, 2)?,
                    to: maybe_user_id(row, 3)?,
                    said: serde_json::from_str(&body).map_err(desk::unreadable)?,
                })
            })
            .optional()?;
        Ok(row)
    }
}

fn contact_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<ContactRow> {
    Ok(ContactRow {
        id: ContactId::from_uuid(Uuid::from_bytes(row.get(0)?)),
        seq: row.get(1)?,
        code: row.get(2)?,
        channel: word(row, 3, Channel::from_word)?,
        reply: word(row, 4, Reply::from_word)?,
        named: row.get(5)?,
    })
}

fn delivery_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<DeliveryRow> {
    Ok(DeliveryRow {
        release: ReleaseId::from_uuid(Uuid::from_bytes(row.get(0)?)),
        contact: ContactId::from_uuid(Uuid::from_bytes(row.get(1)?)),
        attempt: row.get(2)?,
        state: word(row, 3, Delivery::from_word)?,
        at: at(row.get(4)?),
        reason: row.get(5)?,
    })
}
