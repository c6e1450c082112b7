//! What a person says to a suggestion about a narrative, and whose judgements teach the machine.

use crate::Refusal;
use crate::refusal::WHOLE;
use crate::words;
use vigie_model::{Fault, JudgeSetAside, NarrativeId, SuggestedKind, SuggestionAnswered, UserId};

/// Characters of a reason.
pub const REASON_CHARS_MAX: usize = 1_000;

/// The answer as it is recorded, or why it is refused: overruling a machine needs a reason that others can read.
pub fn answer(
    narrative: NarrativeId,
    kind: SuggestedKind,
    of: &str,
    agrees: bool,
    reason: &str,
) -> Result<SuggestionAnswered, Refusal> {
    let reason = words::remark(reason, REASON_CHARS_MAX)?;
    if reason.is_empty() && !agrees {
        return Err(Refusal::of(Fault::new(WHOLE, "finding-no-reason")));
    }
    Ok(SuggestionAnswered { narrative, kind, of: of.to_owned(), agrees, reason })
}

/// Somebody's judgements teach nothing any more, or again; either needs a reason.
pub fn set_aside(user: UserId, aside: bool, reason: &str) -> Result<JudgeSetAside, Refusal> {
    let reason = words::text(reason, REASON_CHARS_MAX, "aside-no-reason")?;
    Ok(JudgeSetAside { user, aside, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overruling_needs_a_reason_and_agreeing_does_not() {
        let id = NarrativeId::new(1_795_000_000_000, [1; 10]);
        let say = |agrees, reason| answer(id, SuggestedKind::Class, "incitement", agrees, reason);
        assert!(say(true, " ").is_ok_and(|said| said.reason.is_empty()));
        assert!(say(false, " ").is_err_and(|refusal| refusal.code() == "finding-no-reason"));
        assert!(say(false, "Un chant de stade").is_ok());
    }

    #[test]
    fn setting_somebody_aside_needs_a_reason() {
        let user = UserId::new(1_795_000_000_000, [1; 10]);
        assert!(set_aside(user, true, "").is_err_and(|refusal| refusal.code() == "aside-no-reason"));
        assert!(set_aside(user, false, "Vérifié avec elle").is_ok_and(|said| !said.aside));
    }
}
