//! Who may let content go, and who may keep it: two people for an erasure, a reason and an end for a keep.
//!
//! What one person asks, another one agrees with: exactly that, since it cannot be changed once it is asked. What is
//! kept is refused, whoever agrees. Retention needs nobody: the register was approved when the source began.

use crate::Refusal;
use crate::refusal::WHOLE;
use jiff::{SignedDuration, Timestamp};
use vigie_model::{ErasureAsked, Fault, KeepPlaced, UserId};

/// Objects in one request at most.
pub const OBJECTS_MAX: usize = 200;
/// Longest text of a reason or a basis, in characters.
const WORDS_MAX: usize = 2_000;
/// A keep ends within ten years: whoever needs it longer places it anew.
const KEEP_DAYS_MAX: i64 = 3_660;

fn no(code: &str) -> Refusal {
    Refusal::of(Fault::new(WHOLE, code))
}

fn said(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= WORDS_MAX
}

/// Whether an erasure may be asked in these words.
pub fn ask(asked: &ErasureAsked) -> Result<(), Refusal> {
    if asked.objects.is_empty() || asked.objects.len() > OBJECTS_MAX {
        return Err(no("erase-objects"));
    }
    if !said(&asked.reason) || !said(&asked.basis) {
        return Err(no("erase-words"));
    }
    Ok(())
}

/// How a request stands when somebody decides it.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Who asked.
    pub by: Option<UserId>,
    /// Whether nobody has decided it.
    pub open: bool,
    /// Objects of it that somebody keeps.
    pub kept: u64,
    /// Objects of it that are there.
    pub found: u64,
}

/// Whether `by` may agree.
pub fn agree(asked: Asked, by: UserId) -> Result<(), Refusal> {
    if !asked.open {
        return Err(no("erase-decided"));
    }
    if asked.by.is_none_or(|asker| asker == by) {
        return Err(no("erase-second-person"));
    }
    if asked.kept > 0 {
        return Err(Refusal::of(Fault::new(WHOLE, "erase-kept").with("count", asked.kept)));
    }
    if asked.found == 0 {
        return Err(no("erase-nothing"));
    }
    Ok(())
}

/// Whether a request may be refused in these words.
pub fn refuse(asked: Asked, reason: &str) -> Result<(), Refusal> {
    if !asked.open {
        return Err(no("erase-decided"));
    }
    if said(reason) { Ok(()) } else { Err(no("erase-words")) }
}

/// Whether something may be kept in these words until then.
pub fn keep(placed: &KeepPlaced, there: bool, now: Timestamp) -> Result<(), Refusal> {
    if !there {
        return Err(no("keep-nothing"));
    }
    if !said(&placed.reason) {
        return Err(no("keep-words"));
    }
    let last = now.saturating_add(SignedDuration::from_hours(24 * KEEP_DAYS_MAX)).unwrap_or(Timestamp::MAX);
    if placed.until <= now || placed.until > last {
        return Err(no("keep-until"));
    }
    Ok(())
}

/// Whether a keep may be lifted in these words.
pub fn lift(live: bool, reason: &str) -> Result<(), Refusal> {
    if !live {
        return Err(no("keep-over"));
    }
    if said(reason) { Ok(()) } else { Err(no("keep-words")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(n: u8) -> UserId {
        UserId::new(1, [n; 10])
    }

    #[test]
    fn f53_one_person_alone_erases_nothing_and_nothing_that_is_kept() {
        let asked = Asked { by: Some(person(1)), open: true, kept: 0, found: 2 };
        let code = |asked, by| agree(asked, person(by)).expect_err("refused").fault().code.clone();
        assert!(agree(asked, person(2)).is_ok());
        assert_eq!(code(asked, 1), "erase-second-person");
        assert_eq!(code(Asked { kept: 1, ..asked }, 2), "erase-kept");
        assert_eq!(code(Asked { open: false, ..asked }, 2), "erase-decided");
        assert_eq!(code(Asked { found: 0, ..asked }, 2), "erase-nothing");
    }
}
