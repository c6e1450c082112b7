//! The records of the desk as views: what the entries of the loop change.
//!
//! Each record stands once in `v_desk`, whole, as its rules in `vigie-desk` read it, beside the few columns that lists
//! need. An entry loads the record, lets it take the entry up, and puts it back: the same code as in a rule's test.

use crate::codec::ms;
use crate::project::speakable;
use crate::withdrawn;
use rusqlite::{Connection, OptionalExtension, Result, params};
use uuid::Uuid;
use vigie_desk::facts::Fact;
use vigie_desk::judging::Standing;
use vigie_desk::messages::{Message, Text};
use vigie_desk::record::{
    Answer, Approval, Incident, Mandate, Plan, Question, Record, Release, Request, Response, Task, Warning,
};
use vigie_model::{
    Actor, Compartments, ContactChose, Delivery, Entry, Event, Function, NarrativeId, NarrativeRestricted,
    Object, ReleaseTried, Reply, ResponseId, SignalMasked, VerifierNamed,
};

/// Applies an entry of the loop; an entry of another kind changes nothing here.
pub(crate) fn apply(conn: &Connection, entry: &Entry) -> Result<()> {
    let (by, now) = (entry.actor.human(), entry.recorded_at);
    let code = |letter, kind| speakable(conn, letter, kind, ms(now));
    match entry.event.clone() {
        Event::FunctionRegistered(e) => function(conn, &e),
        Event::VerifierNamed(e) => verifier(conn, &e),
        Event::RequestOpened(e) => put(conn, entry, &Request::opened(e, code('R', "request")?, by, now)),
        Event::RequestAnswered(e) => change(conn, entry, e.request.uuid(), |request: &mut Request| {
            request.duty.closed = Some((String::new(), now));
            request.answer = Some(Answer {
                reply: e.reply,
                via: e.via,
                from: e.from,
                by,
                at: now,
                fact: e.fact,
                told: e.told,
            });
        }),
        Event::FactDrafted(e) => {
            let (id, request) = (e.id, e.request);
            put(conn, entry, &Fact::drafted(e, code('F', "fact")?, by, now))?;
            match request {
                Some(of) => withdrawn::inherit(conn, ("fact", id.uuid()), ("request", of.uuid())),
                None => Ok(()),
            }
        }
        Event::FactApproved(e) => change(conn, entry, e.fact.uuid(), |fact: &mut Fact| {
            if let Some(by) = by {
                fact.take_approved(&e, by, now);
            }
        }),
        Event::FactWithdrawn(e) => {
            change(conn, entry, e.fact.uuid(), |fact: &mut Fact| fact.take_withdrawn(&e, now))
        }
        Event::MandateLoaded(e) => {
            put(conn, entry, &Mandate { said: e, code: code('D', "mandate")?, at: now })
        }
        Event::QuestionAsked(e) => {
            let code = code('Q', "question")?;
            put(conn, entry, &Question { said: e, code, at: now, answer: None, approved: None })
        }
        Event::QuestionAnswered(e) => change(conn, entry, e.question.uuid(), |question: &mut Question| {
            question.answer = Some((e, by, now));
            question.approved = None;
        }),
        Event::QuestionApproved(e) => change(conn, entry, e.question.uuid(), |question: &mut Question| {
            question.approved = by.map(|by| (by, now));
        }),
        Event::PlanWritten(e) => again(conn, entry, e.id.uuid(), |before: Option<Plan>| {
            let (code, version) = match before {
                Some(plan) => (plan.code, plan.version + 1),
                None => (code('P', "plan")?, 1),
            };
            Ok(Plan { said: e, code, written: (now, by), version })
        }),
        Event::IncidentReported(e) => again(conn, entry, e.id.uuid(), |before: Option<Incident>| {
            let (code, version) = match before {
                Some(incident) => (incident.code, incident.version + 1),
                None => (code('I', "incident")?, 1),
            };
            Ok(Incident { said: e, code, written: (now, by), version })
        }),
        Event::TaskOpened(e) => {
            let about = e.about;
            put(conn, entry, &Task::opened(e, code('T', "task")?, by, now))?;
            match about {
                // The clock gave it: the response was not out in time.
                Some(Object::Response(id)) if by.is_none() => {
                    change(conn, entry, id.uuid(), |response: &mut Response| response.escalated = Some(now))
                }
                _ => Ok(()),
            }
        }
        Event::WarningRaised(e) => put(conn, entry, &Warning::raised(e, code('W', "warning")?, by, now)),
        Event::WorkAcknowledged(e) => on_duty(conn, entry, e.of, |duty| duty.take_acknowledged(&e, now)),
        Event::WorkEscalated(e) => on_duty(conn, entry, e.of, |duty| duty.take_escalated(&e, now)),
        Event::WorkClosed(e) => match e.of {
            Object::Response(id) => change(conn, entry, id.uuid(), |response: &mut Response| {
                response.closed = Some((e.outcome, now));
            }),
            of => on_duty(conn, entry, of, |duty| duty.take_closed(&e, now)),
        },
        Event::ApprovalGiven(e) => {
            let Some(by) = by else { return Ok(()) };
            put(conn, entry, &Approval { said: e, code: code('A', "approval")?, by, at: now, ended: None })
        }
        Event::ApprovalEnded(e) => {
            change(conn, entry, e.approval.uuid(), |approval: &mut Approval| approval.ended = Some(now))
        }
        Event::WatchHandedOver(e) => {
            let to = e.to;
            let body = serde_json::to_string(&e).unwrap_or_default();
            run(
                conn,
                "INSERT INTO v_watch(seq, at, by_user, to_user, body) VALUES (?,?,?,?,?)",
                params![entry.seq, ms(now), by.map(|by| *by.as_bytes()), to.map(|to| *to.as_bytes()), body],
            )
        }
        Event::NarrativeRestricted(e) => restricted(conn, entry, &e),
        Event::SignalMasked(e) => masked(conn, entry, &e),
        Event::SignalGraded(e) => run(
            conn,
            "UPDATE v_signal SET grade = ? WHERE id = ?",
            params![format!("{}{}", e.reliability, e.credibility), e.signal.as_bytes()],
        ),
        Event::ContactChose(e) => contact_chose(conn, &e),
        Event::GazetteerLoaded(e) => {
            if e.part == 0 {
                run(conn, "DELETE FROM v_reference WHERE kind = 'gazetteer' AND name = ?", [&e.name])?;
            }
            reference(conn, entry, "gazetteer", &e.name, e.part, &e.places)
        }
        Event::SitesLoaded(e) => reference(conn, entry, "sites", "", 0, &e.sites),
        Event::LexiconLoaded(e) => reference(conn, entry, "lexicon", &e.list.id, 0, &e.list),
        _ => message(conn, entry).and_then(|()| judging(conn, entry)),
    }
}

/// Entries about messages and what goes out.
fn message(conn: &Connection, entry: &Entry) -> Result<()> {
    let (by, now) = (entry.actor.human(), entry.recorded_at);
    match entry.event.clone() {
        Event::ResponseOpened(e) => {
            let response = Response {
                id: e.id,
                code: speakable(conn, 'C', "response", ms(now))?,
                title: e.title,
                origin: e.origin,
                owner: e.owner,
                at: now,
                due: e.due,
                chain: e.chain,
                option: None,
                messages: Vec::new(),
                waits: None,
                cleared_at: None,
                out_at: None,
                measured: Vec::new(),
                closed: None,
                escalated: None,
            };
            put(conn, entry, &response)
        }
        Event::ResponseDecided(e) => change(conn, entry, e.response.uuid(), |response: &mut Response| {
            response.option = Some((e.option, e.reason, by, now));
        }),
        Event::ResponseMeasured(e) => change(conn, entry, e.response.uuid(), |response: &mut Response| {
            response.measured.push((e, now));
        }),
        Event::MessageDrafted(e) => {
            let Some(author) = by else { return Ok(()) };
            let Some(response) = record::<Response>(conn, e.response.uuid())? else { return Ok(()) };
            again(conn, entry, e.id.uuid(), |before: Option<Message>| {
                let mut message = match before {
                    Some(message) => message,
                    None => {
                        let code = speakable(conn, 'M', "message", ms(now))?;
                        Message::new(e.id, e.response, code, response.chain.clone(), author, now)
                    }
                };
                message.take_drafted(e.clone(), author, now);
                Ok(message)
            })?;
            withdrawn::inherit(conn, ("message", e.id.uuid()), ("response", e.response.uuid()))?;
            follow(conn, entry, e.id.uuid())
        }
        Event::MessageVerified(e) => change(conn, entry, e.message.uuid(), |message: &mut Message| {
            if let Some(by) = by {
                message.take_verified(&e, by, now);
            }
        })
        .and_then(|()| follow(conn, entry, e.message.uuid())),
        Event::MessageCleared(e) => change(conn, entry, e.message.uuid(), |message: &mut Message| {
            if let Some(by) = by {
                message.take_cleared(&e, by, now);
            }
        })
        .and_then(|()| follow(conn, entry, e.message.uuid())),
        Event::MessageReturned(e) => {
            change(conn, entry, e.message.uuid(), |message: &mut Message| message.take_returned(&e, now))?;
            follow(conn, entry, e.message.uuid())
        }
        Event::ReleaseMade(e) => {
            let (id, of) = (e.id, e.message);
            let code = speakable(conn, 'S', "release", ms(now))?;
            let message = of.map(|of| record::<Message>(conn, of.uuid())).transpose()?.flatten();
            let goes = |text: &&Text| {
                e.texts.iter().any(|(lang, form)| *lang == text.said.lang && *form == text.said.form)
            };
            let texts = message.iter().flat_map(|message| &message.texts).filter(goes);
            let texts = texts.map(|text| text.said.clone()).collect();
            let counts = vigie_desk::record::Counts::default();
            let recalled = false;
            put(conn, entry, &Release { said: e, code, by, at: now, texts, counts, recalled })?;
            let Some(of) = of else { return Ok(()) };
            change(conn, entry, of.uuid(), |message: &mut Message| message.take_released(id, now))?;
            follow(conn, entry, of.uuid())
        }
        Event::ReleaseTried(e) => tried(conn, entry, &e),
        _ => Ok(()),
    }
}

/// Entries about judgements.
fn judging(conn: &Connection, entry: &Entry) -> Result<()> {
    let (by, now) = (entry.actor.human(), entry.recorded_at);
    let of = |narrative, take: &mut dyn FnMut(&mut Standing)| judged(conn, entry, narrative, take);
    match entry.event.clone() {
        Event::NarrativeJudged(e) => {
            let Some(by) = by else { return Ok(()) };
            let narrative = e.narrative;
            let mut said = Some(e);
            of(narrative, &mut |standing| {
                if let Some(said) = said.take() {
                    standing.take_judged(said, by, now);
                }
            })
        }
        Event::JudgementSeconded(e) => {
            let Some(by) = by else { return Ok(()) };
            of(e.narrative, &mut |standing| standing.take_seconded(&e, by, now))
        }
        Event::JudgementContested(e) => {
            of(e.narrative, &mut |standing| standing.take_contested(e.clone(), now))
        }
        Event::ContestDecided(e) => of(e.narrative, &mut |standing| standing.take_decided(&e, now)),
        _ => Ok(()),
    }
}

pub(crate) fn run(conn: &Connection, sql: &str, values: impl rusqlite::Params) -> Result<()> {
    conn.prepare_cached(sql)?.execute(values).map(|_| ())
}

pub(crate) fn unreadable(cause: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(cause))
}

/// The record of this id, where there is one.
pub(crate) fn record<T: Record>(conn: &Connection, id: Uuid) -> Result<Option<T>> {
    let body: Option<String> = conn
        .prepare_cached("SELECT body FROM v_desk WHERE kind = ? AND id = ?")?
        .query_row(params![T::KIND, id.as_bytes()], |row| row.get(0))
        .optional()?;
    body.map(|body| serde_json::from_str(&body).map_err(unreadable)).transpose()
}

/// The narrative that `id` stands for today.
fn current(conn: &Connection, id: NarrativeId) -> Result<NarrativeId> {
    crate::project::current(conn, id)
}

fn put<T: Record>(conn: &Connection, entry: &Entry, one: &T) -> Result<()> {
    let index = one.index();
    let id = one.object().uuid();
    let narrative = index.narrative.map(|id| current(conn, id)).transpose()?;
    let body = serde_json::to_string(one).map_err(unreadable)?;
    run(
        conn,
        "INSERT INTO v_desk(kind, id, seq, code, state, open, waits_for, due, look, narrative, opened, changed,
             compartments, body)
         VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?3,?12,?13)
         ON CONFLICT(kind, id) DO UPDATE SET code = ?4, state = ?5, open = ?6, waits_for = ?7, due = ?8, look = ?9,
             narrative = ?10, changed = ?3, body = ?13",
        params![
            T::KIND,
            id.as_bytes(),
            entry.seq,
            one.code(),
            index.state,
            index.open,
            index.waits_for.as_ref().map(|function| function.as_str()),
            index.due.map(ms),
            index.look.map(ms),
            narrative.map(|id| *id.as_bytes()),
            ms(entry.recorded_at),
            Compartments::of(&[T::COMPARTMENT]).bits(),
            body,
        ],
    )?;
    trace(conn, entry, T::KIND, id)?;
    match narrative {
        Some(narrative) => {
            // What is written about a restricted story is for those who may read the story.
            withdrawn::follow(conn, T::KIND, id, narrative)?;
            touch(conn, entry, narrative)
        }
        None => Ok(()),
    }
}

fn trace(conn: &Connection, entry: &Entry, kind: &str, id: Uuid) -> Result<()> {
    run(
        conn,
        "INSERT OR IGNORE INTO v_trace(kind, id, seq) VALUES (?,?,?)",
        params![kind, id.as_bytes(), entry.seq],
    )
}

fn touch(conn: &Connection, entry: &Entry, narrative: NarrativeId) -> Result<()> {
    run(conn, "UPDATE v_narrative SET changed = ? WHERE id = ?", params![entry.seq, narrative.as_bytes()])
}

pub(crate) fn change<T: Record>(
    conn: &Connection,
    entry: &Entry,
    id: Uuid,
    take: impl FnOnce(&mut T),
) -> Result<()> {
    // A record whose content was erased has left the views; what came after it has nothing to change.
    let Some(mut one) = record::<T>(conn, id)? else { return Ok(()) };
    take(&mut one);
    put(conn, entry, &one)
}

fn again<T: Record>(
    conn: &Connection,
    entry: &Entry,
    id: Uuid,
    make: impl FnOnce(Option<T>) -> Result<T>,
) -> Result<()> {
    let one = make(record::<T>(conn, id)?)?;
    put(conn, entry, &one)
}

fn on_duty(
    conn: &Connection,
    entry: &Entry,
    of: Object,
    take: impl FnOnce(&mut vigie_desk::duty::Duty),
) -> Result<()> {
    match of {
        Object::Request(id) => change(conn, entry, id.uuid(), |one: &mut Request| take(&mut one.duty)),
        Object::Task(id) => change(conn, entry, id.uuid(), |one: &mut Task| take(&mut one.duty)),
        Object::Warning(id) => change(conn, entry, id.uuid(), |one: &mut Warning| take(&mut one.duty)),
        _ => Ok(()),
    }
}

/// The response learns where its message stands.
fn follow(conn: &Connection, entry: &Entry, message: Uuid) -> Result<()> {
    let Some(message) = record::<Message>(conn, message)? else { return Ok(()) };
    let of: ResponseId = message.response;
    change(conn, entry, of.uuid(), |response: &mut Response| {
        response.take_message(&message, entry.recorded_at);
    })
}

fn reference(
    conn: &Connection,
    entry: &Entry,
    kind: &str,
    name: &str,
    part: u32,
    body: &impl serde::Serialize,
) -> Result<()> {
    let body = serde_json::to_string(body).map_err(unreadable)?;
    run(
        conn,
        "INSERT OR REPLACE INTO v_reference(kind, name, part, seq, body) VALUES (?,?,?,?,?)",
        params![kind, name, part, entry.seq, body],
    )
}

fn function(conn: &Connection, e: &Function) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_function(id, name_en, name_fr, component, liaison) VALUES (?1,?2,?3,?4,?5)
         ON CONFLICT(id) DO UPDATE SET name_en = ?2, name_fr = ?3, component = ?4, liaison = ?5",
        params![e.id.as_str(), e.name_en, e.name_fr, e.component.word(), e.liaison],
    )?;
    run(conn, "DELETE FROM v_holder WHERE function = ?", [e.id.as_str()])?;
    e.holders.iter().try_for_each(|user| {
        run(
            conn,
            "INSERT OR IGNORE INTO v_holder(function, user) VALUES (?,?)",
            params![e.id.as_str(), user.as_bytes()],
        )
    })
}

fn verifier(conn: &Connection, e: &VerifierNamed) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_verifier(lang, user, until) VALUES (?1,?2,?3) ON CONFLICT(lang, user) DO UPDATE SET until = ?3",
        params![e.lang, e.user.as_bytes(), e.until.map(ms)],
    )
}

/// Remembers the latest sign-in of a person and the one before it: what came in between is news to them.
pub(crate) fn signed_in(conn: &Connection, entry: &Entry, user: vigie_model::UserId) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_sign_in(user, last) VALUES (?1, ?2)
         ON CONFLICT(user) DO UPDATE SET before = v_sign_in.last, last = ?2",
        params![user.as_bytes(), entry.seq],
    )
}

fn contact_chose(conn: &Connection, e: &ContactChose) -> Result<()> {
    run(conn, "UPDATE v_contact SET reply = ? WHERE id = ?", params![e.reply.word(), e.contact.as_bytes()])
}

/// What a contact is known by in the views: a keyed hash of the address, and nothing else of it.
pub(crate) fn contact_sealed(
    conn: &Connection,
    entry: &Entry,
    e: &vigie_model::ContactSealed,
    handle: [u8; 16],
) -> Result<()> {
    // Whom a source brought goes with the retention of that source; whom a person put in, by a person's word.
    let source = match &entry.actor {
        Actor::Source(source) => Some(source.as_str()),
        _ => None,
    };
    run(
        conn,
        "INSERT OR IGNORE INTO v_contact(id, seq, code, channel, handle, reply, named, source, sealed_at)
         VALUES (?,?,?,?,?,?,?,?,?)",
        params![
            e.id.as_bytes(),
            entry.seq,
            e.code,
            e.channel.word(),
            handle,
            Reply::Answer.word(),
            e.name.is_some(),
            source,
            ms(entry.recorded_at)
        ],
    )
}

fn tried(conn: &Connection, entry: &Entry, e: &ReleaseTried) -> Result<()> {
    let Some(mut release) = record::<Release>(conn, e.release.uuid())? else { return Ok(()) };
    if let Some(contact) = e.contact {
        run(
            conn,
            "INSERT INTO v_delivery(release, contact, text, attempt, state, at, reason) VALUES (?1,?2,?3,?4,?5,?6,?7)
             ON CONFLICT(release, contact) DO UPDATE SET attempt = ?4, state = ?5, at = ?6, reason = ?7",
            params![
                e.release.as_bytes(),
                contact.as_bytes(),
                release.said.hash,
                e.attempt,
                e.delivery.word(),
                ms(entry.recorded_at),
                e.reason
            ],
        )?;
        release.counts = counted(conn, e)?;
    } else if e.reason.as_deref() == Some(vigie_desk::sending::RECALLED) {
        release.recalled = true;
    } else {
        match e.delivery {
            Delivery::Queued | Delivery::Trying => {}
            Delivery::Sent => release.counts.sent += 1,
            Delivery::Delivered => release.counts.delivered += 1,
            Delivery::Failed => release.counts.failed += 1,
            Delivery::GivenUp => release.counts.given_up += 1,
            Delivery::Withheld => release.counts.withheld += 1,
        }
    }
    put(conn, entry, &release)
}

/// How many contacts of a release stand where.
fn counted(conn: &Connection, e: &ReleaseTried) -> Result<vigie_desk::record::Counts> {
    let mut counts = vigie_desk::record::Counts::default();
    let mut rows =
        conn.prepare_cached("SELECT state, count(*) FROM v_delivery WHERE release = ? GROUP BY state")?;
    let mut rows = rows.query([e.release.as_bytes()])?;
    while let Some(row) = rows.next()? {
        let n: u32 = row.get(1)?;
        match Delivery::from_word(&row.get::<_, String>(0)?) {
            Some(Delivery::Queued | Delivery::Trying) => counts.waiting += n,
            Some(Delivery::Sent) => counts.sent = n,
            Some(Delivery::Delivered) => counts.delivered = n,
            Some(Delivery::Failed) => counts.failed = n,
            Some(Delivery::GivenUp) => counts.given_up = n,
            Some(Delivery::Withheld) => counts.withheld = n,
            None => {}
        }
    }
    Ok(counts)
}

/// What people have judged about a narrative.
pub(crate) fn standing(conn: &Connection, narrative: NarrativeId) -> Result<Standing> {
    let body: Option<String> = conn
        .prepare_cached("SELECT body FROM v_judged WHERE narrative = ?")?
        .query_row([narrative.as_bytes()], |row| row.get(0))
        .optional()?;
    body.map_or_else(|| Ok(Standing::default()), |body| serde_json::from_str(&body).map_err(unreadable))
}

fn judged(
    conn: &Connection,
    entry: &Entry,
    narrative: NarrativeId,
    take: &mut dyn FnMut(&mut Standing),
) -> Result<()> {
    let narrative = current(conn, narrative)?;
    let mut standing = standing(conn, narrative)?;
    take(&mut standing);
    if is_protected(conn, narrative)? {
        without_words(&mut standing);
    }
    put_standing(conn, entry, narrative, &standing)
}

fn put_standing(conn: &Connection, entry: &Entry, narrative: NarrativeId, standing: &Standing) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_judged(narrative, class, truth, harm, hostile, awaits, contested, verified_at, changed, body)
         VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)
         ON CONFLICT(narrative) DO UPDATE SET class = ?2, truth = ?3, harm = ?4, hostile = ?5, awaits = ?6,
             contested = ?7, verified_at = ?8, changed = ?9, body = ?10",
        params![
            narrative.as_bytes(),
            standing.class().word(),
            standing.truth().word(),
            standing.harm().word(),
            standing.is_hostile(),
            standing.awaits_second().is_some(),
            standing.contests.iter().any(|one| one.decided.is_none()),
            standing.verified_at().map(ms),
            entry.seq,
            serde_json::to_string(standing).map_err(unreadable)?,
        ],
    )?;
    trace(conn, entry, "narrative", narrative.uuid())?;
    touch(conn, entry, narrative)
}

/// What people wrote about a protected story stays in the sealed record.
fn without_words(standing: &mut Standing) {
    for one in &mut standing.judgements {
        one.said.reasons.clear();
        one.said.rabat = None;
    }
    for one in &mut standing.contests {
        one.said.who.clear();
        one.said.grounds.clear();
        if let Some((_, reasons, _)) = &mut one.decided {
            reasons.clear();
        }
    }
}

fn is_protected(conn: &Connection, narrative: NarrativeId) -> Result<bool> {
    let bits: Option<u32> = conn
        .prepare_cached("SELECT compartments FROM v_narrative WHERE id = ?")?
        .query_row([narrative.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(bits.is_some_and(|bits| Compartments::from_bits(bits).any_protected()))
}

/// Two narratives turn out to be one: its records and what was judged move along.
pub(crate) fn absorb(
    conn: &Connection,
    entry: &Entry,
    kept: NarrativeId,
    absorbed: NarrativeId,
) -> Result<()> {
    run(
        conn,
        "UPDATE v_desk SET narrative = ?1, changed = ?3 WHERE narrative = ?2",
        params![kept.as_bytes(), absorbed.as_bytes(), entry.seq],
    )?;
    let more = standing(conn, absorbed)?;
    if more == Standing::default() {
        return Ok(());
    }
    let mut together = standing(conn, kept)?;
    together.judgements.extend(more.judgements);
    together.judgements.sort_by_key(|one| one.at);
    together.contests.extend(more.contests);
    together.contests.sort_by_key(|one| one.at);
    run(conn, "DELETE FROM v_judged WHERE narrative = ?", [absorbed.as_bytes()])?;
    put_standing(conn, entry, kept, &together)
}

/// Fewer people may read a story: every signal of it that is here moves with it, and so do the records about it.
fn restricted(conn: &Connection, entry: &Entry, e: &NarrativeRestricted) -> Result<()> {
    let narrative = current(conn, e.narrative)?;
    let before = withdrawn::compartments(conn, narrative)?;
    run(
        conn,
        "UPDATE v_narrative SET compartments = compartments | ?2, restricted = restricted | ?2, changed = ?3 WHERE id = ?1",
        params![narrative.as_bytes(), e.to.bits(), entry.seq],
    )?;
    trace(conn, entry, "narrative", narrative.uuid())?;
    withdrawn::narrative(conn, entry, narrative, before)?;
    close_signals(conn, narrative)?;
    if e.to.any_protected() {
        let mut standing = standing(conn, narrative)?;
        if standing != Standing::default() {
            without_words(&mut standing);
            put_standing(conn, entry, narrative, &standing)?;
        }
    }
    withdrawn::records(conn, entry, narrative)
}

/// Every signal of a restricted narrative carries its restriction; where that is protected, the content stays in the
/// sealed record alone.
pub(crate) fn close_signals(conn: &Connection, narrative: NarrativeId) -> Result<()> {
    let id = narrative.as_bytes();
    let bits: Option<u32> = conn
        .prepare_cached("SELECT restricted FROM v_narrative WHERE id = ? AND restricted <> 0")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let Some(bits) = bits else { return Ok(()) };
    run(
        conn,
        "INSERT INTO m_reindex(seq, marks) SELECT seq, 1 FROM v_signal WHERE narrative = ?1 AND text IS NOT NULL
         ON CONFLICT(seq) DO UPDATE SET marks = marks + 1",
        [id],
    )?;
    run(
        conn,
        "UPDATE v_signal SET compartments = compartments | ?2 WHERE narrative = ?1 AND compartments | ?2 <> compartments",
        params![id, bits],
    )?;
    if !Compartments::from_bits(bits).any_protected() {
        return Ok(());
    }
    for sql in [
        "UPDATE v_signal SET text = NULL, url = NULL, place = NULL, sheet = NULL WHERE narrative = ?1",
        "UPDATE v_narrative SET head = NULL, place = NULL WHERE id = ?1",
        "DELETE FROM v_label WHERE narrative = ?1",
    ] {
        run(conn, sql, [id])?;
    }
    crate::findings::close(conn, id)
}

/// Whoever lacks the compartments reads the text with names and numbers covered.
fn masked(conn: &Connection, entry: &Entry, e: &SignalMasked) -> Result<()> {
    run(
        conn,
        "INSERT INTO m_reindex(seq, marks) SELECT seq, 1 FROM v_signal WHERE id = ?
         ON CONFLICT(seq) DO UPDATE SET marks = marks + 1",
        [e.signal.as_bytes()],
    )?;
    run(
        conn,
        "UPDATE v_signal SET masked = masked | ?2, url = NULL, text = CASE WHEN text IS NULL THEN NULL ELSE ?3 END
         WHERE id = ?1",
        params![e.signal.as_bytes(), e.to.bits(), e.masked],
    )?;
    run(
        conn,
        "UPDATE v_narrative SET changed = ?2, head = CASE WHEN head IS NULL THEN NULL ELSE ?3 END
         WHERE head_seq = (SELECT seq FROM v_signal WHERE id = ?1)",
        params![e.signal.as_bytes(), entry.seq, crate::project::head(&e.masked)],
    )
}
