//! A machine's opinion, never without its reasons.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which model spoke, and in which version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    /// Short name.
    pub name: String,
    /// Version.
    pub version: String,
}

/// One reason, as a catalogue message with its arguments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Message id in the catalogues.
    pub code: String,
    /// What fills it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl Reason {
    /// A reason without arguments.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), args: BTreeMap::new() }
    }
    /// The same reason with one more argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}

/// How often the model is wrong where this score was made.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorRate {
    /// Nobody has measured it: shown as "not assessed", never as "safe".
    NotAssessed,
    /// The measure is exact by construction (a count, an exact re-check).
    Exact,
    /// Share of wrong answers on the named evaluation, 0 to 1.
    Measured(f64),
}

/// A number from a machine. It cannot be built without reasons, a model and an error rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    value: f64,
    reasons: Vec<Reason>,
    model: Model,
    error: ErrorRate,
}

impl Score {
    /// `None` where `reasons` is empty or `value` is not within 0 to 1.
    pub fn new(value: f64, reasons: Vec<Reason>, model: Model, error: ErrorRate) -> Option<Self> {
        let sound = !reasons.is_empty() && (0.0..=1.0).contains(&value);
        sound.then_some(Self { value, reasons, model, error })
    }
    /// The number, 0 to 1.
    pub const fn value(&self) -> f64 {
        self.value
    }
    /// Why.
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }
    /// Who says so.
    pub const fn model(&self) -> &Model {
        &self.model
    }
    /// How often it errs.
    pub const fn error(&self) -> ErrorRate {
        self.error
    }
}
