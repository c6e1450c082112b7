//! The name of any object of the mission's work, as `kind:id`.

use crate::{
    ApprovalId, FactId, IncidentId, MandateId, MessageId, NarrativeId, NoteId, PlanId, QuestionId, ReleaseId,
    RequestId, ResponseId, SignalId, TaskId, WarningId,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Why a text names no object.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no object: expected KIND:ID")]
pub struct ObjectError(String);

macro_rules! objects {
    ($($(#[$doc:meta])* $variant:ident($id:ty) = $word:literal),+ $(,)?) => {
        /// One object of the mission's work.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum Object { $($(#[$doc])* $variant($id)),+ }

        impl Object {
            /// The word of its kind.
            pub const fn kind(self) -> &'static str {
                match self { $(Self::$variant(_) => $word),+ }
            }
            /// The identifier inside.
            pub const fn uuid(self) -> Uuid {
                match self { $(Self::$variant(id) => id.uuid()),+ }
            }
            /// The object of `kind` with this identifier.
            pub fn new(kind: &str, id: Uuid) -> Option<Self> {
                match kind { $($word => Some(Self::$variant(<$id>::from_uuid(id))),)+ _ => None }
            }
        }

        $(impl From<$id> for Object {
            fn from(id: $id) -> Self {
                Self::$variant(id)
            }
        })+
    };
}

objects! {
    /// One thing seen or heard.
    Signal(SignalId) = "signal",
    /// Signals telling one story.
    Narrative(NarrativeId) = "narrative",
    /// A line of the duty log.
    Note(NoteId) = "note",
    /// A question to the unit that knows.
    Request(RequestId) = "request",
    /// An approved statement.
    Fact(FactId) = "fact",
    /// A mandate as loaded.
    Mandate(MandateId) = "mandate",
    /// A question that people ask.
    Question(QuestionId) = "question",
    /// A communications plan.
    Plan(PlanId) = "plan",
    /// What the mission does about it.
    Response(ResponseId) = "response",
    /// Content in its languages and forms.
    Message(MessageId) = "message",
    /// One going out of a message.
    Release(ReleaseId) = "release",
    /// A standing approval.
    Approval(ApprovalId) = "approval",
    /// Something to do.
    Task(TaskId) = "task",
    /// Something that somebody must know.
    Warning(WarningId) = "warning",
    /// Something that happened.
    Incident(IncidentId) = "incident",
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.uuid())
    }
}

impl FromStr for Object {
    type Err = ObjectError;
    fn from_str(text: &str) -> Result<Self, ObjectError> {
        let refused = || ObjectError(text.chars().take(80).collect());
        let (kind, id) = text.split_once(':').ok_or_else(refused)?;
        let id = Uuid::try_parse(id).map_err(|_| refused())?;
        Self::new(kind, id).ok_or_else(refused)
    }
}

impl TryFrom<String> for Object {
    type Error = ObjectError;
    fn try_from(text: String) -> Result<Self, ObjectError> {
        text.parse()
    }
}

impl From<Object> for String {
    fn from(object: Object) -> Self {
        object.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_named_by_kind_and_id() {
        let task = Object::from(TaskId::new(1_795_000_000_000, [3; 10]));
        assert_eq!(task.to_string().parse(), Ok(task));
        assert!("task:".parse::<Object>().is_err());
        assert!("weapon:0192f0c1-0000-7000-8000-000000000000".parse::<Object>().is_err());
    }
}
