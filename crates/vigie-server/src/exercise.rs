//! The state of a demonstration or an exercise: what is played, how fast, and where its guide stands.
//!
//! It lives with the process and not in the journal: the player reads it and moves the simulated clock. What
//! the exercise does to the mission's picture (a cut link, signals) enters the journal as it would in earnest.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The fastest pace: one minute a day.
pub(crate) const SPEED_MAX: f64 = 1_440.0;

/// One captioned step of the guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExerciseStep {
    /// Short name; its caption stands in the catalogues.
    pub id: String,
    /// Narrative that it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// Signal that it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<String>,
}

/// What is played.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Exercise {
    pub scenario: String,
    pub speed: f64,
    pub paused: bool,
    pub step: Option<String>,
    pub steps: Vec<ExerciseStep>,
}

impl Default for Exercise {
    fn default() -> Self {
        Self { scenario: String::new(), speed: 1.0, paused: false, step: None, steps: Vec::new() }
    }
}

impl Exercise {
    /// Goes to the step after the present one; past the last the guide is over.
    pub fn skip(&mut self) {
        let at = self.step.as_ref().and_then(|id| self.steps.iter().position(|s| s.id == *id));
        let next = at.map_or(0, |at| at + 1);
        self.step = self.steps.get(next).map(|step| step.id.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skipping_walks_the_guide_to_its_end() {
        let step = |id: &str| ExerciseStep { id: id.to_owned(), narrative: None, signal: None };
        let mut exercise = Exercise { steps: vec![step("grows"), step("why")], ..Exercise::default() };
        let mut seen = Vec::new();
        for _ in 0..3 {
            exercise.skip();
            seen.push(exercise.step.clone());
        }
        assert_eq!(seen, [Some("grows".to_owned()), Some("why".to_owned()), None]);
    }
}
