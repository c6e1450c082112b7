//! The fact base.

use super::duty::Closed;
use super::{Say, Shown, shapes};
use crate::view::Person;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::facts;
use vigie_model::{Compartment, Statement, Timestamp};
use vigie_store::StoreError;

/// A statement with its source, its approver and its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fact {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// The same statement in its languages.
    #[schema(value_type = Vec<shapes::Statement>)]
    pub statements: Vec<Statement>,
    /// The document or person that it rests on.
    pub source: String,
    /// The request whose reply it is.
    pub request: Option<Uuid>,
    /// From when it holds.
    pub valid_from: Timestamp,
    /// Until when it may be used.
    pub valid_until: Timestamp,
    /// The fact that it takes the place of.
    pub replaces: Option<Uuid>,
    /// Who drafted it.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
    /// Who approved these words, and when.
    pub approved: Option<Signed>,
    /// Why and when it was withdrawn.
    pub withdrawn: Option<Closed>,
    /// `draft`, `early`, `live`, `expired` or `withdrawn`.
    pub state: String,
    /// Hash of the exact statements: what an approval binds to.
    pub hash: String,
    /// Whether the reader may approve it.
    pub may_approve: bool,
}

/// Somebody's word, and when it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Signed {
    /// Who.
    pub by: Person,
    /// When.
    pub at: Timestamp,
}

impl Shown for facts::Fact {
    type View = Fact;
    fn shown(self, say: &Say<'_>) -> Result<Fact, StoreError> {
        let hash = self.hash();
        let right = vigie_desk::rights::may_on(
            say.granted,
            vigie_desk::rights::Permission::Clear,
            vigie_model::Compartments::of(&[Compartment::Communications]),
        );
        let may_approve = right && facts::approve(&self, &hash, say.reader, say.now).is_ok();
        let approved = self.approved.map(|(by, at)| Ok::<_, StoreError>(Signed { by: say.person(by)?, at }));
        Ok(Fact {
            state: self.state(say.now).word().to_owned(),
            hash,
            may_approve,
            id: self.said.id.uuid(),
            code: self.code,
            statements: self.said.statements,
            source: self.said.source,
            request: self.said.request.map(vigie_model::RequestId::uuid),
            valid_from: self.said.valid_from,
            valid_until: self.said.valid_until,
            replaces: self.said.replaces.map(vigie_model::FactId::uuid),
            by: say.maybe(self.by)?,
            at: self.at,
            approved: approved.transpose()?,
            withdrawn: self.withdrawn.map(|(outcome, at)| Closed { outcome, at }),
        })
    }
}
