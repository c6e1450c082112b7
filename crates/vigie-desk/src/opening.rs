//! Opening what the loop works with: a request, a task, a warning, an incident, a question, a mandate, a plan, a
//! response, a standing approval. Each is put in order once, and refused in one way.
//!
//! What is asked of functions goes by [`crate::duty`]; what is said in texts goes by [`crate::facts`] and
//! [`crate::messages`]. Here stands what the others leave open: that something is said at all, that times lie ahead,
//! that a chain names whoever clears.

use crate::Refusal;
use crate::record::{Approval, Question, Request, Response};
use crate::refusal::WHOLE;
use crate::{duty, facts, seal, words};
use jiff::Timestamp;
use vigie_model::{
    ApprovalEnded, ApprovalGiven, Fault, Function, IncidentReported, MandateLoaded, Origin, Paragraph,
    PlanWritten, QuestionAnswered, QuestionApproved, QuestionAsked, RequestAnswered, RequestOpened,
    ResponseDecided, ResponseOpened, ResponseOption, TaskOpened, UserId, VerifierNamed, WarningRaised,
    WatchHandedOver, WorkClosed,
};

/// Characters of a question, a task, what a warning says.
pub const SAID_CHARS_MAX: usize = 2_000;
/// Characters of a reply.
pub const REPLY_CHARS_MAX: usize = crate::facts::STATEMENT_CHARS_MAX;
/// Characters of a title.
pub const TITLE_CHARS_MAX: usize = 200;
/// Functions of one chain.
pub const CHAIN_MAX: usize = 6;
/// Paragraphs of one mandate.
pub const PARAGRAPHS_MAX: usize = 500;
/// Characters of one paragraph.
pub const PARAGRAPH_CHARS_MAX: usize = 8_000;
/// Lines of one calendar.
pub const CALENDAR_MAX: usize = 200;
/// Minutes that a clock may run ahead of ours before its times are refused.
const AHEAD_MIN: i64 = 10;

fn refused<T>(code: &str) -> Result<T, Refusal> {
    Err(Refusal::of(Fault::new(WHOLE, code)))
}

/// A function, put in order.
pub fn function(mut said: Function) -> Result<Function, Refusal> {
    said.name_en = words::text(&said.name_en, TITLE_CHARS_MAX, "function-no-name")?;
    said.name_fr = words::text(&said.name_fr, TITLE_CHARS_MAX, "function-no-name")?;
    said.holders.sort_unstable();
    said.holders.dedup();
    Ok(said)
}

/// A verifier, put in order.
pub fn verifier(mut said: VerifierNamed) -> Result<VerifierNamed, Refusal> {
    said.lang = words::lang(&said.lang)?;
    Ok(said)
}

/// A request for information, put in order.
pub fn request(mut said: RequestOpened, now: Timestamp) -> Result<RequestOpened, Refusal> {
    said.question = words::text(&said.question, SAID_CHARS_MAX, "request-no-question")?;
    said.asked = duty::ask(said.asked, now)?;
    Ok(said)
}

/// The reply to a request that nobody has answered yet.
pub fn answer(request: &Request, mut said: RequestAnswered) -> Result<RequestAnswered, Refusal> {
    if !request.duty.is_open() {
        return Err(Refusal::of(Fault::new(WHOLE, "request-answered-already").with("code", &request.code)));
    }
    if request.recheck.is_none() {
        said.told = None;
        said.reply = words::text(&said.reply, REPLY_CHARS_MAX, "request-no-reply")?;
        return Ok(said);
    }
    // What is told in one place is no fact of the mission's.
    said.fact = None;
    if said.told.is_none() {
        return refused("recheck-no-answer");
    }
    said.reply = words::remark(&said.reply, REPLY_CHARS_MAX)?;
    Ok(said)
}

/// A task, put in order.
pub fn task(mut said: TaskOpened, now: Timestamp) -> Result<TaskOpened, Refusal> {
    said.what = words::text(&said.what, SAID_CHARS_MAX, "task-no-text")?;
    said.asked = duty::ask(said.asked, now)?;
    Ok(said)
}

/// A warning by a person, put in order. A person gives no score: that is a machine's way to speak.
pub fn warning(mut said: WarningRaised, now: Timestamp) -> Result<WarningRaised, Refusal> {
    said.words = words::text(&said.words, SAID_CHARS_MAX, "warning-no-words")?;
    said.asked = duty::ask(said.asked, now)?;
    said.score = None;
    Ok(said)
}

/// An incident, put in order.
pub fn incident(mut said: IncidentReported, now: Timestamp) -> Result<IncidentReported, Refusal> {
    said.what = words::text(&said.what, SAID_CHARS_MAX, "incident-no-what")?;
    said.place.name = words::text(&said.place.name, TITLE_CHARS_MAX, "incident-no-place")?;
    for part in [&mut said.who, &mut said.why, &mut said.how] {
        *part = words::remark(part, SAID_CHARS_MAX)?;
    }
    if said.place.check().is_err() {
        return refused("incident-place-degrees");
    }
    if said.seen_at.as_second() > now.as_second() + AHEAD_MIN * 60 {
        return refused("incident-not-yet");
    }
    Ok(said)
}

/// A plan, put in order.
pub fn plan(mut said: PlanWritten) -> Result<PlanWritten, Refusal> {
    said.title = words::text(&said.title, TITLE_CHARS_MAX, "plan-no-title")?;
    said.aim = words::text(&said.aim, SAID_CHARS_MAX, "plan-no-aim")?;
    said.audience = words::text(&said.audience, SAID_CHARS_MAX, "plan-no-audience")?;
    said.channels.sort_unstable();
    said.channels.dedup();
    if said.calendar.len() > CALENDAR_MAX {
        return Err(Refusal::too_long(
            Fault::new(WHOLE, "plan-calendar-too-long"),
            said.calendar.len(),
            CALENDAR_MAX,
        ));
    }
    for line in &mut said.calendar {
        line.what = words::text(&line.what, SAID_CHARS_MAX, "plan-no-title")?;
    }
    said.calendar.sort_by_key(|line| line.at);
    Ok(said)
}

/// A mandate, put in order: every paragraph once.
pub fn mandate(mut said: MandateLoaded) -> Result<MandateLoaded, Refusal> {
    said.symbol = words::text(&said.symbol, TITLE_CHARS_MAX, "mandate-no-symbol")?;
    said.title = words::text(&said.title, TITLE_CHARS_MAX, "mandate-no-symbol")?;
    said.lang = words::lang(&said.lang)?;
    if said.paragraphs.is_empty() || said.paragraphs.len() > PARAGRAPHS_MAX {
        return refused("mandate-no-paragraph");
    }
    let mut sound: Vec<Paragraph> = Vec::with_capacity(said.paragraphs.len());
    for one in said.paragraphs {
        let number = words::text(&one.number, 40, "mandate-no-paragraph")?;
        if sound.iter().any(|other| other.number == number) {
            return Err(Refusal::of(Fault::new(WHOLE, "mandate-paragraph-twice").with("number", &number)));
        }
        sound.push(Paragraph {
            text: words::text(&one.text, PARAGRAPH_CHARS_MAX, "mandate-no-paragraph")?,
            number,
        });
    }
    said.paragraphs = sound;
    Ok(said)
}

/// A question of the community, put in order.
pub fn question(mut said: QuestionAsked) -> Result<QuestionAsked, Refusal> {
    said.text = words::text(&said.text, SAID_CHARS_MAX, "question-no-text")?;
    said.lang = words::lang(&said.lang)?;
    Ok(said)
}

/// A proposed answer. It stands on the mandate, so it cites at least one paragraph that exists.
pub fn propose(
    mut said: QuestionAnswered,
    exists: impl Fn(&vigie_model::Cited) -> bool,
) -> Result<QuestionAnswered, Refusal> {
    said.answers = facts::statements(said.answers)?;
    if said.cites.is_empty() {
        return refused("question-no-cite");
    }
    match said.cites.iter().find(|cited| !exists(cited)) {
        Some(unknown) => {
            let fault = Fault::new(WHOLE, "question-cite-unknown").with("number", &unknown.number);
            Err(Refusal::of(fault))
        }
        None => Ok(said),
    }
}

/// The approval of exactly the proposed answer by somebody other than who proposed it.
pub fn approve_answer(question: &Question, hash: &str, by: UserId) -> Result<QuestionApproved, Refusal> {
    let Some((answer, author, _)) = &question.answer else { return refused("question-no-answer") };
    if question.approved.is_some() {
        return refused("question-approved-already");
    }
    if *author == Some(by) {
        return refused("question-approve-own");
    }
    if seal::statements(&answer.answers) != hash {
        return refused("text-changed-meanwhile");
    }
    Ok(QuestionApproved { question: question.said.id, hash: hash.to_owned() })
}

/// A response, put in order: somebody clears it, and there is time left.
pub fn response(mut said: ResponseOpened, now: Timestamp) -> Result<ResponseOpened, Refusal> {
    said.title = words::text(&said.title, TITLE_CHARS_MAX, "response-no-title")?;
    if let Origin::Event { what } = &mut said.origin {
        *what = words::text(what, SAID_CHARS_MAX, "response-no-title")?;
    }
    if said.due <= now {
        return refused("response-due-past");
    }
    let mut chain = Vec::new();
    for function in said.chain {
        if !chain.contains(&function) {
            chain.push(function);
        }
    }
    if chain.is_empty() || chain.len() > CHAIN_MAX {
        return refused("response-no-chain");
    }
    said.chain = chain;
    Ok(said)
}

/// The option taken, with its reason.
pub fn option(response: &Response, option: ResponseOption, reason: &str) -> Result<ResponseDecided, Refusal> {
    if response.closed.is_some() {
        return Err(Refusal::of(Fault::new(WHOLE, "response-closed").with("code", &response.code)));
    }
    let reason = words::text(reason, SAID_CHARS_MAX, "response-no-reason")?;
    Ok(ResponseDecided { response: response.id, option, reason })
}

/// The end of a response that does not go out, or is done.
pub fn close_response(response: &Response, outcome: &str) -> Result<WorkClosed, Refusal> {
    if response.closed.is_some() {
        return Err(Refusal::of(Fault::new(WHOLE, "response-closed").with("code", &response.code)));
    }
    let outcome = words::text(outcome, duty::OUTCOME_CHARS_MAX, "work-no-outcome")?;
    Ok(WorkClosed { of: response.id.into(), outcome })
}

/// A standing approval, put in order.
pub fn approval(mut said: ApprovalGiven, now: Timestamp) -> Result<ApprovalGiven, Refusal> {
    said.texts = facts::statements(said.texts)?;
    if said.until <= now {
        return refused("approval-until-past");
    }
    Ok(said)
}

/// The end of a standing approval before its time.
pub fn end_approval(approval: &Approval) -> Result<ApprovalEnded, Refusal> {
    if approval.ended.is_some() {
        return Err(Refusal::of(Fault::new(WHOLE, "approval-ended-already").with("code", &approval.code)));
    }
    Ok(ApprovalEnded { approval: approval.said.id })
}

/// A hand-over, put in order.
pub fn watch(mut said: WatchHandedOver) -> Result<WatchHandedOver, Refusal> {
    said.remark = words::remark(&said.remark, SAID_CHARS_MAX)?;
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::{
        ApprovalId, Cited, Component, FunctionId, IncidentId, MandateId, NarrativeId, Place, QuestionId,
        ResponseId, SignalId, Standing, Statement, TimePrecision, Verdict,
    };

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + 3_600 * hour).expect("in range")
    }
    fn code<T>(result: Result<T, Refusal>) -> String {
        result.err().map(|refusal| refusal.code().to_owned()).unwrap_or_default()
    }
    fn statement(text: &str) -> Statement {
        Statement { lang: "fr".to_owned(), text: text.to_owned() }
    }
    fn opened(chain: &[&str]) -> ResponseOpened {
        ResponseOpened {
            id: ResponseId::new(0, [1; 10]),
            title: " Carburant ".to_owned(),
            origin: Origin::Narrative { narrative: NarrativeId::founded_by(SignalId::new(0, [1; 10])) },
            owner: UserId::new(0, [1; 10]),
            due: at(4),
            chain: chain.iter().map(|name| name.parse::<FunctionId>().expect("a function")).collect(),
        }
    }

    #[test]
    fn a_response_names_who_clears_it_each_once_and_lies_ahead() {
        let sound =
            response(opened(&["spokesperson", "chief-of-staff", "spokesperson"]), at(0)).expect("sound");
        assert_eq!((sound.chain.len(), sound.title.as_str()), (2, "Carburant"));
        assert_eq!(code(response(opened(&[]), at(0))), "response-no-chain");
        assert_eq!(code(response(opened(&["spokesperson"]), at(4))), "response-due-past");
    }

    #[test]
    fn an_answer_about_the_mandate_cites_it_and_a_second_person_approves_it() {
        let id = QuestionId::new(0, [1; 10]);
        let cited = Cited { mandate: MandateId::new(0, [1; 10]), number: "36 (a)".to_owned() };
        let said = QuestionAnswered {
            question: id,
            verdict: Verdict::Partly,
            cites: vec![cited],
            answers: vec![statement("En partie.")],
        };
        assert_eq!(code(propose(said.clone(), |_| false)), "question-cite-unknown");
        let bare = QuestionAnswered { cites: Vec::new(), ..said.clone() };
        assert_eq!(code(propose(bare, |_| true)), "question-no-cite");
        let said = propose(said, |_| true).expect("sound");
        let author = UserId::new(0, [1; 10]);
        let hash = seal::statements(&said.answers);
        let asked =
            QuestionAsked { id, text: "Pourquoi ?".to_owned(), lang: "fr".to_owned(), narrative: None };
        let answer = Some((said, Some(author), at(0)));
        let question =
            Question { said: asked, code: "Q-26-0001".to_owned(), at: at(0), answer, approved: None };
        assert_eq!(code(approve_answer(&question, &hash, author)), "question-approve-own");
        assert_eq!(code(approve_answer(&question, "00", UserId::new(0, [2; 10]))), "text-changed-meanwhile");
        assert!(approve_answer(&question, &hash, UserId::new(0, [2; 10])).is_ok());
    }

    #[test]
    fn an_incident_has_a_place_and_has_happened() {
        let said = |name: &str, hour| IncidentReported {
            id: IncidentId::new(0, [1; 10]),
            what: "Tirs en l’air".to_owned(),
            who: String::new(),
            seen_at: at(hour),
            precision: TimePrecision::Hour,
            place: Place::named(name),
            why: String::new(),
            how: String::new(),
            component: Component::Police,
            from: None,
        };
        assert!(incident(said("Kassodé", 0), at(0)).is_ok());
        assert_eq!(code(incident(said(" ", 0), at(0))), "incident-no-place");
        assert_eq!(code(incident(said("Kassodé", 1), at(0))), "incident-not-yet");
        let mut north = said("Kassodé", 0);
        north.place.lat_deg = Some(95.0);
        north.place.lon_deg = Some(20.0);
        assert_eq!(code(incident(north, at(0))), "incident-place-degrees");
    }

    #[test]
    fn a_standing_approval_ends_some_day() {
        let said = |until| ApprovalGiven {
            id: ApprovalId::new(0, [1; 10]),
            standing: Standing::Receipt,
            texts: vec![statement("Message reçu.")],
            until,
        };
        assert!(approval(said(at(24)), at(0)).is_ok());
        assert_eq!(code(approval(said(at(0)), at(0))), "approval-until-past");
    }
}
