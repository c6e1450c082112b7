//! The duty log: one line after the other, never overwritten.
//!
//! A wrong line is struck with a reason and stays readable; the right one is a new line that names the one
//! it corrects. A line is struck once and corrected once, so that the log reads as one thread.

use crate::Refusal;
use crate::refusal::WHOLE;
use vigie_model::{Fault, NoteId, NoteStruck, NoteWritten, Timestamp};

/// Characters of a line.
pub const NOTE_CHARS_MAX: usize = 2_000;
/// Characters of the reason for striking one.
pub const REASON_CHARS_MAX: usize = 500;

/// What the log knows about a line that somebody wants to strike or correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Identifier.
    pub id: NoteId,
    /// Whether it is struck.
    pub struck: bool,
    /// The line that corrects it.
    pub corrected_by: Option<NoteId>,
}

/// A new line, or why it is refused. `corrects` is the line that it replaces, already struck.
pub fn write(
    id: NoteId,
    text: &str,
    seen_at: Option<Timestamp>,
    corrects: Option<&Line>,
) -> Result<NoteWritten, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => return Err(Refusal::of(Fault::new(WHOLE, "note-empty"))),
        n if n > NOTE_CHARS_MAX => {
            return Err(Refusal::too_long(Fault::new(WHOLE, "note-too-long"), n, NOTE_CHARS_MAX));
        }
        _ => {}
    }
    let corrects = corrects.map(correctable).transpose()?;
    Ok(NoteWritten { id, text: text.to_owned(), seen_at, corrects })
}

fn correctable(line: &Line) -> Result<NoteId, Refusal> {
    match line {
        Line { struck: false, .. } => Err(Refusal::of(Fault::new(WHOLE, "note-correct-struck-first"))),
        Line { corrected_by: Some(_), .. } => Err(Refusal::of(Fault::new(WHOLE, "note-corrected-already"))),
        Line { id, .. } => Ok(*id),
    }
}

/// The striking of a line, or why it is refused.
pub fn strike(line: &Line, reason: &str) -> Result<NoteStruck, Refusal> {
    let reason = reason.trim();
    if line.struck {
        return Err(Refusal::of(Fault::new(WHOLE, "note-struck-already")));
    }
    match reason.chars().count() {
        0 => Err(Refusal::of(Fault::new(WHOLE, "note-strike-no-reason"))),
        n if n > REASON_CHARS_MAX => {
            Err(Refusal::too_long(Fault::new(WHOLE, "note-strike-reason-too-long"), n, REASON_CHARS_MAX))
        }
        _ => Ok(NoteStruck { note: line.id, reason: reason.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> NoteId {
        NoteId::new(1_795_000_000_000, [n; 10])
    }

    fn line(struck: bool, corrected_by: Option<NoteId>) -> Line {
        Line { id: id(1), struck, corrected_by }
    }

    fn code<T>(result: Result<T, Refusal>) -> String {
        result.err().map(|refusal| refusal.code().to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_line_says_something_and_not_a_novel() {
        let written = write(id(2), "  Patrouille rentrée de Bémori. \n", None, None).expect("a good line");
        assert_eq!(written.text, "Patrouille rentrée de Bémori.");
        assert_eq!(code(write(id(2), " \n\t ", None, None)), "note-empty");
        assert!(write(id(2), &"é".repeat(2_000), None, None).is_ok());
        assert_eq!(code(write(id(2), &"é".repeat(2_001), None, None)), "note-too-long");
    }

    #[test]
    fn a_line_is_struck_once_and_with_a_reason() {
        let struck = strike(&line(false, None), " wrong village ").expect("a reason is given");
        assert_eq!(struck.reason, "wrong village");
        assert_eq!(code(strike(&line(false, None), "  ")), "note-strike-no-reason");
        assert_eq!(code(strike(&line(false, None), &"x".repeat(501))), "note-strike-reason-too-long");
        assert_eq!(code(strike(&line(true, None), "again")), "note-struck-already");
    }

    #[test]
    fn a_correction_is_strike_then_add_and_happens_once() {
        let correct = |line: Line| write(id(2), "Two wounded, not three.", None, Some(&line));
        assert_eq!(correct(line(true, None)).expect("struck before").corrects, Some(id(1)));
        assert_eq!(code(correct(line(false, None))), "note-correct-struck-first");
        assert_eq!(code(correct(line(true, Some(id(3))))), "note-corrected-already");
    }
}
