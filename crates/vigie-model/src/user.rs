//! People who use this site.

use crate::{Component, UserId};
use serde::{Deserialize, Serialize};

/// An account. The secret that opens it is kept apart from the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Identifier.
    pub id: UserId,
    /// Sign-in name: lower-case, unique on the site.
    pub name: String,
    /// Name shown to colleagues.
    pub display: String,
    /// Preferred language, BCP 47 (`fr`, `en`).
    pub lang: String,
    /// Component, where the person belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<Component>,
}

/// Characters of a sign-in name.
const NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=64;
/// Longest name shown, in characters.
const DISPLAY_CHARS_MAX: usize = 80;

/// What is wrong with the names of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UserFault {
    /// 2 to 64 letters, digits, dots, hyphens, underscores or at signs.
    #[error("the sign-in name is not 2 to 64 letters, digits or . - _ @")]
    Name,
    /// One line of 1 to 80 characters.
    #[error("the name shown is not one line of at most 80 characters")]
    Display,
    /// Not a language tag.
    #[error("the language is not a BCP 47 tag")]
    Lang,
}

impl User {
    /// An account with checked names; the sign-in name is folded to lower case. Nothing that a terminal or a log
    /// would obey passes.
    pub fn checked(id: UserId, name: &str, display: &str, lang: &str) -> Result<Self, UserFault> {
        let name = name.trim().to_lowercase();
        let plain = name.chars().all(|c| c.is_alphanumeric() || ".-_@".contains(c));
        if !plain || !NAME_CHARS.contains(&name.chars().count()) {
            return Err(UserFault::Name);
        }
        let display = display.trim();
        let shown = (1..=DISPLAY_CHARS_MAX).contains(&display.chars().count());
        if !shown || display.chars().any(char::is_control) {
            return Err(UserFault::Display);
        }
        let tag = (2..=35).contains(&lang.len())
            && lang
                .split('-')
                .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !tag {
            return Err(UserFault::Lang);
        }
        Ok(Self { id, name, display: display.to_owned(), lang: lang.to_owned(), component: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f42_a_name_that_a_terminal_would_obey_is_refused() {
        let id = UserId::new(0, [0; 10]);
        assert_eq!(User::checked(id, "a\u{1b}[31mb", "B", "fr"), Err(UserFault::Name));
        assert_eq!(User::checked(id, "amina", "Amina\nroot", "fr"), Err(UserFault::Display));
        assert_eq!(User::checked(id, "amina", "Amina", "not a tag!"), Err(UserFault::Lang));
        assert_eq!(
            User::checked(id, " Amina ", "Amina B.", "fr").map(|user| user.name).as_deref(),
            Ok("amina")
        );
    }
}
