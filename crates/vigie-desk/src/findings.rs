//! What a person says to a finding of an engine: agreed, or overruled with a reason. Both are remembered.

use crate::Refusal;
use crate::refusal::WHOLE;
use vigie_model::{Fault, FindingAnswered, FindingId};

/// Characters of a reason.
pub const REASON_CHARS_MAX: usize = 1_000;

/// The answer as it is recorded, or why it is refused: overruling a machine needs a reason that others can read.
pub fn answer(finding: FindingId, agrees: bool, reason: &str) -> Result<FindingAnswered, Refusal> {
    let reason = reason.trim();
    match reason.chars().count() {
        0 if !agrees => Err(Refusal::of(Fault::new(WHOLE, "finding-no-reason"))),
        n if n > REASON_CHARS_MAX => {
            Err(Refusal::too_long(Fault::new(WHOLE, "finding-reason-too-long"), n, REASON_CHARS_MAX))
        }
        _ => Ok(FindingAnswered { finding, agrees, reason: reason.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overruling_needs_a_reason_and_agreeing_does_not() {
        let id = FindingId::new(1_795_000_000_000, [1; 10]);
        assert!(answer(id, true, " ").is_ok_and(|said| said.agrees && said.reason.is_empty()));
        assert!(answer(id, false, " ").is_err_and(|refusal| refusal.code() == "finding-no-reason"));
        assert!(answer(id, false, "Une dépêche reprise par tous").is_ok());
        let long = "a".repeat(REASON_CHARS_MAX + 1);
        assert!(answer(id, false, &long).is_err_and(|refusal| refusal.code() == "finding-reason-too-long"));
    }
}
