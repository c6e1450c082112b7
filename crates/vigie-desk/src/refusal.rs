//! A refusal that a person can do something about.

use std::fmt;
use vigie_model::{At, Fault};

/// Where a refusal stands: it is about the act as a whole.
pub(crate) const WHOLE: At = At::Whole;

/// Why an act is refused: a message of the catalogues with what fills it. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(Fault);

impl Refusal {
    pub(crate) fn of(fault: Fault) -> Self {
        Self(fault)
    }

    pub(crate) fn too_long(fault: Fault, count: usize, max: usize) -> Self {
        Self(fault.with("count", count).with("max", max))
    }

    /// Message id in the catalogues.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The refusal as a fault of the whole input, ready to be put into words.
    pub const fn fault(&self) -> &Fault {
        &self.0
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused: {}", self.0.code)
    }
}

impl std::error::Error for Refusal {}
