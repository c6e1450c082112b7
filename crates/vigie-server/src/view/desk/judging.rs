//! What people have judged about a narrative.

use super::{Say, fact::Signed, shapes};
use crate::view::{Person, words};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::judging;
use vigie_model::{Harm, Rabat, StoryClass, Timestamp, Truth};
use vigie_store::StoreError;

/// What counts now, and everything that led to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Standing {
    /// Whether it is so, as far as anybody has said.
    #[schema(value_type = words::Truth)]
    pub truth: Truth,
    /// The class that counts.
    #[schema(value_type = words::StoryClass)]
    pub class: StoryClass,
    /// What it may do, as far as anybody has said.
    #[schema(value_type = words::Harm)]
    pub harm: Harm,
    /// Whether it counts as hostile.
    pub hostile: bool,
    /// A judgement that waits for a second person.
    pub awaits_second: Option<Uuid>,
    /// Every judgement, oldest first.
    pub judgements: Vec<Judgement>,
    /// Every objection, oldest first.
    pub contests: Vec<Contest>,
}

/// One judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Judgement {
    /// Identifier.
    pub id: Uuid,
    /// Whether it is so.
    #[schema(value_type = words::Truth)]
    pub truth: Truth,
    /// The class judged; one that needs two people counts when the second agrees.
    #[schema(value_type = words::StoryClass)]
    pub class: StoryClass,
    /// What it may do.
    #[schema(value_type = words::Harm)]
    pub harm: Harm,
    /// Why.
    pub reasons: String,
    /// The six parts, for incitement.
    #[schema(value_type = Option<shapes::Rabat>)]
    pub rabat: Option<Rabat>,
    /// Who judged.
    pub by: Person,
    /// When.
    pub at: Timestamp,
    /// Who agreed.
    pub seconded: Option<Signed>,
}

/// One objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Contest {
    /// Identifier.
    pub id: Uuid,
    /// Who objects, as they wish to be called.
    pub who: String,
    /// What they say.
    pub grounds: String,
    /// When.
    pub at: Timestamp,
    /// What was decided.
    pub decided: Option<ContestDecision>,
}

/// The decision on an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ContestDecision {
    /// Whether it was right.
    pub upheld: bool,
    /// Why.
    pub reasons: String,
    /// When.
    pub at: Timestamp,
}

impl Standing {
    pub(crate) fn of(standing: judging::Standing, say: &Say<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            truth: standing.truth(),
            class: standing.class(),
            harm: standing.harm(),
            hostile: standing.is_hostile(),
            awaits_second: standing.awaits_second().map(|one| one.said.id.uuid()),
            judgements: standing
                .judgements
                .into_iter()
                .map(|one| judgement(one, say))
                .collect::<Result<_, _>>()?,
            contests: standing.contests.into_iter().map(Contest::from).collect(),
        })
    }
}

fn judgement(one: judging::Judgement, say: &Say<'_>) -> Result<Judgement, StoreError> {
    let seconded = one.seconded.map(|(by, at)| Ok::<_, StoreError>(Signed { by: say.person(by)?, at }));
    Ok(Judgement {
        id: one.said.id.uuid(),
        truth: one.said.truth,
        class: one.said.class,
        harm: one.said.harm,
        reasons: one.said.reasons,
        rabat: one.said.rabat,
        by: say.person(one.by)?,
        at: one.at,
        seconded: seconded.transpose()?,
    })
}

impl From<judging::Contest> for Contest {
    fn from(one: judging::Contest) -> Self {
        Self {
            id: one.said.id.uuid(),
            who: one.said.who,
            grounds: one.said.grounds,
            at: one.at,
            decided: one.decided.map(|(upheld, reasons, at)| ContestDecision { upheld, reasons, at }),
        }
    }
}
