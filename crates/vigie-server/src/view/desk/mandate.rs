//! The mandate, what is asked about it, and communications plans.

use super::fact::Signed;
use super::{Say, Shown, shapes};
use crate::view::{Person, words};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::record;
use vigie_model::{Channel, Cited, Paragraph, PlannedEvent, Statement, Timestamp, Verdict};
use vigie_store::StoreError;

/// A mandate by paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Mandate {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// Symbol, such as `S/RES/2552 (2020)`.
    pub symbol: String,
    /// Title.
    pub title: String,
    /// Language of the text.
    pub lang: String,
    /// Its paragraphs.
    #[schema(value_type = Vec<shapes::Paragraph>)]
    pub paragraphs: Vec<Paragraph>,
    /// When it was loaded.
    pub at: Timestamp,
}

impl Shown for record::Mandate {
    type View = Mandate;
    fn shown(self, _: &Say<'_>) -> Result<Mandate, StoreError> {
        Ok(Mandate {
            id: self.said.id.uuid(),
            code: self.code,
            symbol: self.said.symbol,
            title: self.said.title,
            lang: self.said.lang,
            paragraphs: self.said.paragraphs,
            at: self.at,
        })
    }
}

/// A paragraph that holds the words looked for, with the approved answers that cite it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MandateHit {
    /// The mandate.
    pub mandate: Uuid,
    /// Its symbol.
    pub symbol: String,
    /// Number of the paragraph.
    pub number: String,
    /// Its text.
    pub text: String,
    /// Approved answers that cite it.
    pub answers: Vec<ApprovedAnswer>,
}

/// An answer that may be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ApprovedAnswer {
    /// The question.
    pub question: Uuid,
    /// Its code.
    pub code: String,
    /// What was asked.
    pub text: String,
    /// Can, partly, cannot.
    #[schema(value_type = words::Verdict)]
    pub verdict: Verdict,
    /// The answer in its languages.
    #[schema(value_type = Vec<shapes::Statement>)]
    pub answers: Vec<Statement>,
}

/// Paragraphs found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MandateHits {
    /// In the order of the text, the newest mandate first.
    pub items: Vec<MandateHit>,
}

/// A question that people ask the mission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Question {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// The question.
    pub text: String,
    /// Its language.
    pub lang: String,
    /// The story in which it was asked.
    pub narrative: Option<Uuid>,
    /// When.
    pub at: Timestamp,
    /// The proposed answer.
    pub answer: Option<QuestionAnswer>,
    /// Who approved exactly that answer.
    pub approved: Option<Signed>,
    /// `unanswered`, `proposed` or `answered`.
    pub state: String,
}

/// A proposed answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuestionAnswer {
    /// Can, partly, cannot.
    #[schema(value_type = words::Verdict)]
    pub verdict: Verdict,
    /// Where it stands.
    #[schema(value_type = Vec<shapes::Cited>)]
    pub cites: Vec<Cited>,
    /// The answer in its languages.
    #[schema(value_type = Vec<shapes::Statement>)]
    pub answers: Vec<Statement>,
    /// Who proposed it.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
    /// Hash of the exact answers: what an approval binds to.
    pub hash: String,
}

impl Shown for record::Question {
    type View = Question;
    fn shown(self, say: &Say<'_>) -> Result<Question, StoreError> {
        let state = record::Record::index(&self).state;
        let answer = self.answer.map(|(said, by, at)| {
            Ok::<_, StoreError>(QuestionAnswer {
                hash: vigie_desk::seal::statements(&said.answers),
                verdict: said.verdict,
                cites: said.cites,
                answers: said.answers,
                by: say.maybe(by)?,
                at,
            })
        });
        let approved = self.approved.map(|(by, at)| Ok::<_, StoreError>(Signed { by: say.person(by)?, at }));
        Ok(Question {
            id: self.said.id.uuid(),
            code: self.code,
            text: self.said.text,
            lang: self.said.lang,
            narrative: say.story(self.said.narrative)?,
            at: self.at,
            answer: answer.transpose()?,
            approved: approved.transpose()?,
            state,
        })
    }
}

/// A communications plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Plan {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// Title.
    pub title: String,
    /// What it is meant to achieve.
    pub aim: String,
    /// For whom.
    pub audience: String,
    /// By which channels.
    #[schema(value_type = Vec<words::Channel>)]
    pub channels: Vec<Channel>,
    /// Its calendar, in order.
    #[schema(value_type = Vec<shapes::PlannedEvent>)]
    pub calendar: Vec<PlannedEvent>,
    /// When this version was written.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<Person>,
    /// How many versions there were.
    pub version: u32,
}

impl Shown for record::Plan {
    type View = Plan;
    fn shown(self, say: &Say<'_>) -> Result<Plan, StoreError> {
        let (at, by) = self.written;
        Ok(Plan {
            id: self.said.id.uuid(),
            code: self.code,
            title: self.said.title,
            aim: self.said.aim,
            audience: self.said.audience,
            channels: self.said.channels,
            calendar: self.said.calendar,
            at,
            by: say.maybe(by)?,
            version: self.version,
        })
    }
}
