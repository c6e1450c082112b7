//! Something that happened: the six questions, with how sure time and place are.

use crate::{Component, IncidentId, Object, Place, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

crate::rights::words!(
    /// How exactly a time is known.
    TimePrecision {
        /// To the minute.
        Minute = "minute",
        /// To the hour.
        Hour = "hour",
        /// To the day.
        Day = "day",
        /// Roughly.
        Unsure = "unsure",
    }
);

/// Body of `incident.reported`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentReported {
    /// Identifier; the same one again is a new version.
    pub id: IncidentId,
    /// What happened.
    pub what: String,
    /// To whom, and by whom, as functions and groups.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// When.
    pub seen_at: Timestamp,
    /// How exactly.
    pub precision: TimePrecision,
    /// Where.
    pub place: Place,
    /// Why, as far as known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// How.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub how: String,
    /// Whose it is.
    pub component: Component,
    /// The line of the duty log or the signal it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Object>,
}

/// Body of `watch.handed_over`: the shift ends, with what stays open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchHandedOver {
    /// To whom, where named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<UserId>,
    /// What stays open.
    pub open: Vec<Object>,
    /// What the next one should know.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}
