//! What somebody must do by when, and what happens when nobody does.
//!
//! Requests, tasks and warnings share one way: asked of a function, acknowledged, escalated along the call tree when
//! nobody answers, closed with an outcome. One way, so that none of them can be forgotten in its own manner.

use crate::{Component, FunctionId, Object, TaskId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Whom something is asked of, and by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The function asked first.
    pub to: FunctionId,
    /// Whom to turn to next, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub call_tree: Vec<FunctionId>,
    /// Minutes within which each of them must acknowledge.
    pub answer_within_min: u32,
    /// When it must be done.
    pub due: Timestamp,
}

/// Body of `task.opened`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskOpened {
    /// Identifier.
    pub id: TaskId,
    /// What is to be done.
    pub what: String,
    /// The component that does it.
    pub component: Component,
    /// Of whom it is asked.
    pub asked: Asked,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Object>,
}

/// Body of `work.acknowledged`: somebody holding the function has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkAcknowledged {
    /// What.
    pub of: Object,
    /// For which function.
    pub function: FunctionId,
}

crate::rights::words!(
    /// Why something went to the next on the call tree.
    Late {
        /// Nobody acknowledged in time.
        Unanswered = "unanswered",
        /// It was acknowledged and not done in time.
        Overdue = "overdue",
    }
);

/// Body of `work.escalated`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkEscalated {
    /// What.
    pub of: Object,
    /// How often so far, from 1.
    pub step: u32,
    /// To whom it goes now.
    pub to: FunctionId,
    /// Why.
    pub late: Late,
}

/// Body of `work.closed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkClosed {
    /// What.
    pub of: Object,
    /// How it ended, in words.
    pub outcome: String,
}
