//! The fact base: a statement with its source, its approver and its time.
//!
//! A fact is *live* when a second person approved exactly these words and its time has come and not passed. Only live
//! facts may stand behind what goes out.

use crate::Refusal;
use crate::refusal::WHOLE;
use crate::{seal, words};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vigie_model::{FactApproved, FactDrafted, FactId, FactWithdrawn, Fault, Statement, UserId};

/// Characters of one statement.
pub const STATEMENT_CHARS_MAX: usize = 1_000;
/// Languages of one fact.
pub const LANGUAGES_MAX: usize = 20;

/// A fact as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What was drafted.
    pub said: FactDrafted,
    /// Speakable code.
    pub code: String,
    /// By whom; `None` where a reply was taken over.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
    /// Who approved these words, and when.
    pub approved: Option<(UserId, Timestamp)>,
    /// Why and when it was withdrawn.
    pub withdrawn: Option<(String, Timestamp)>,
}

/// Where a fact stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactState {
    /// Nobody has approved it.
    Draft,
    /// Approved, and its time has not come.
    Early,
    /// May stand behind what goes out.
    Live,
    /// Its time has passed.
    Expired,
    /// Withdrawn.
    Withdrawn,
}

impl FactState {
    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Early => "early",
            Self::Live => "live",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Fact {
    /// A fact as it starts.
    pub const fn drafted(said: FactDrafted, code: String, by: Option<UserId>, at: Timestamp) -> Self {
        Self { said, code, by, at, approved: None, withdrawn: None }
    }

    /// Where it stands at `now`. The last instant of its time counts.
    pub fn state(&self, now: Timestamp) -> FactState {
        if self.withdrawn.is_some() {
            FactState::Withdrawn
        } else if self.approved.is_none() {
            FactState::Draft
        } else if now < self.said.valid_from {
            FactState::Early
        } else if now > self.said.valid_until {
            FactState::Expired
        } else {
            FactState::Live
        }
    }

    /// Hash of the exact statements.
    pub fn hash(&self) -> String {
        seal::statements(&self.said.statements)
    }

    /// Takes up an approval; one of other words changes nothing.
    pub fn take_approved(&mut self, said: &FactApproved, by: UserId, at: Timestamp) {
        if said.hash == self.hash() {
            self.approved = Some((by, at));
        }
    }

    /// Takes up a withdrawal.
    pub fn take_withdrawn(&mut self, said: &FactWithdrawn, at: Timestamp) {
        self.withdrawn = Some((said.reason.clone(), at));
    }
}

/// The draft put in order, or why it is refused.
pub fn draft(mut said: FactDrafted) -> Result<FactDrafted, Refusal> {
    said.statements = statements(said.statements)?;
    said.source = words::text(&said.source, 500, "fact-no-source")?;
    if said.valid_until <= said.valid_from {
        return Err(Refusal::of(Fault::new(WHOLE, "fact-validity")));
    }
    Ok(said)
}

/// Statements in their languages, each language once.
pub fn statements(all: Vec<Statement>) -> Result<Vec<Statement>, Refusal> {
    let refused = |code, lang: &str| Err(Refusal::of(Fault::new(WHOLE, code).with("lang", lang)));
    if all.is_empty() || all.len() > LANGUAGES_MAX {
        return refused("fact-no-statement", "");
    }
    let mut sound: Vec<Statement> = Vec::with_capacity(all.len());
    for one in all {
        let lang = words::lang(&one.lang)?;
        if sound.iter().any(|other| other.lang == lang) {
            return refused("fact-language-twice", &lang);
        }
        sound.push(Statement {
            text: words::text(&one.text, STATEMENT_CHARS_MAX, "fact-no-statement")?,
            lang,
        });
    }
    Ok(sound)
}

/// The approval of exactly the words behind `hash` by somebody other than the author, or why it is refused.
pub fn approve(fact: &Fact, hash: &str, by: UserId, now: Timestamp) -> Result<FactApproved, Refusal> {
    let refused = |code| Err(Refusal::of(Fault::new(WHOLE, code).with("code", &fact.code)));
    if fact.by == Some(by) {
        return refused("fact-approve-own");
    }
    if fact.withdrawn.is_some() {
        return refused("fact-withdrawn-already");
    }
    if fact.approved.is_some() {
        return refused("fact-approved-already");
    }
    if fact.hash() != hash {
        return refused("text-changed-meanwhile");
    }
    if now > fact.said.valid_until {
        return refused("fact-expired");
    }
    Ok(FactApproved { fact: fact.said.id, hash: hash.to_owned() })
}

/// The withdrawal with its reason, or why it is refused.
pub fn withdraw(fact: &Fact, reason: &str) -> Result<FactWithdrawn, Refusal> {
    if fact.withdrawn.is_some() {
        return Err(Refusal::of(Fault::new(WHOLE, "fact-withdrawn-already").with("code", &fact.code)));
    }
    Ok(FactWithdrawn { fact: fact.said.id, reason: words::text(reason, 500, "fact-no-reason")? })
}

/// What the fact base answers about one fact.
pub trait FactBase {
    /// The fact as it stands, where there is one.
    fn fact(&self, id: FactId) -> Option<Fact>;
}

impl<F: Fn(FactId) -> Option<Fact>> FactBase for F {
    fn fact(&self, id: FactId) -> Option<Fact> {
        self(id)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + 3_600 * hour).expect("in range")
    }
    pub(crate) fn person(n: u8) -> UserId {
        UserId::new(1_795_000_000_000, [n; 10])
    }
    pub(crate) fn fact(n: u8, by: UserId) -> Fact {
        let said = FactDrafted {
            id: FactId::new(1_795_000_000_000, [n; 10]),
            statements: vec![Statement {
                lang: "fr".to_owned(),
                text: "Le convoi portait du carburant.".to_owned(),
            }],
            source: "bordereau 117".to_owned(),
            request: None,
            valid_from: at(0),
            valid_until: at(48),
            replaces: None,
        };
        Fact::drafted(draft(said).expect("sound"), format!("F-26-{n:04}"), Some(by), at(0))
    }
    fn code<T>(result: Result<T, Refusal>) -> String {
        result.err().map(|refusal| refusal.code().to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_fact_is_live_between_its_approval_and_its_last_instant() {
        let mut one = fact(1, person(1));
        assert_eq!(one.state(at(1)), FactState::Draft);
        let approved = approve(&one, &one.hash(), person(2), at(1)).expect("a second person");
        one.take_approved(&approved, person(2), at(1));
        assert_eq!(one.state(at(48)), FactState::Live);
        assert_eq!(one.state(at(49)), FactState::Expired);
        one.take_withdrawn(&withdraw(&one, "the figure was wrong").expect("a reason"), at(2));
        assert_eq!(one.state(at(3)), FactState::Withdrawn);
    }

    #[test]
    fn nobody_approves_their_own_fact_nor_words_that_have_changed() {
        let one = fact(1, person(1));
        assert_eq!(code(approve(&one, &one.hash(), person(1), at(1))), "fact-approve-own");
        assert_eq!(code(approve(&one, "00", person(2), at(1))), "text-changed-meanwhile");
        assert_eq!(code(approve(&one, &one.hash(), person(2), at(49))), "fact-expired");
    }
}
