//! Texts that people type, put in order once and refused in one way.

use crate::Refusal;
use crate::refusal::WHOLE;
use vigie_model::Fault;

/// The text without space around it: not empty (`empty` is then the message), at most `max` characters.
pub(crate) fn text(text: &str, max: usize, empty: &str) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Refusal::of(Fault::new(WHOLE, empty))),
        n if n > max => Err(Refusal::too_long(Fault::new(WHOLE, "text-too-long"), n, max)),
        _ => Ok(text.to_owned()),
    }
}

/// The same where nothing may be said: an empty text is fine.
pub(crate) fn remark(text: &str, max: usize) -> Result<String, Refusal> {
    if text.trim().is_empty() { Ok(String::new()) } else { self::text(text, max, "text-too-long") }
}

/// A language tag in its usual form, or why not.
pub(crate) fn lang(tag: &str) -> Result<String, Refusal> {
    let fits = (2..=35).contains(&tag.len())
        && tag
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if fits {
        Ok(tag.to_ascii_lowercase())
    } else {
        Err(Refusal::of(Fault::new(WHOLE, "text-lang").with("lang", tag)))
    }
}
