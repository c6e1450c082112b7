//! Identifiers: random to a stranger, ordered in time, one type per kind of thing.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a valid {what} identifier")]
pub struct IdError {
    /// What kind of identifier was expected.
    pub what: &'static str,
    /// The text that was given, clipped to 80 characters.
    pub text: String,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Builds a UUIDv7 from milliseconds since 1970 and ten random bytes: neither clock nor
            /// randomness is read here.
            pub fn new(unix_ms: i64, random: [u8; 10]) -> Self {
                let ms = u64::try_from(unix_ms).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid())
            }
            /// The identifier held by `uuid`.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
            /// The UUID inside.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
            /// The sixteen bytes inside.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::try_parse(text).map(Self).map_err(|_| IdError {
                    what: $what,
                    text: text.chars().take(80).collect(),
                })
            }
        }
    };
}

id!(
    /// One thing seen or heard.
    SignalId, "signal"
);
id!(
    /// Signals telling one story.
    NarrativeId, "narrative"
);
id!(
    /// A person who uses this site.
    UserId, "user"
);
id!(
    /// One line of the duty log.
    NoteId, "note"
);
id!(
    /// A file received with a signal.
    AttachmentId, "attachment"
);
id!(
    /// A question to the unit that knows.
    RequestId, "request"
);
id!(
    /// An approved statement, or one on its way to be.
    FactId, "fact"
);
id!(
    /// A mandate as loaded.
    MandateId, "mandate"
);
id!(
    /// A question that people ask the mission.
    QuestionId, "question"
);
id!(
    /// A communications plan.
    PlanId, "plan"
);
id!(
    /// What the mission does about a story, a question or an event.
    ResponseId, "response"
);
id!(
    /// Content in its languages and forms.
    MessageId, "message"
);
id!(
    /// One going out of a message.
    ReleaseId, "release"
);
id!(
    /// A standing approval: what may go out by itself, signed by a named person.
    ApprovalId, "approval"
);
id!(
    /// Something to do.
    TaskId, "task"
);
id!(
    /// Something that somebody must know.
    WarningId, "warning"
);
id!(
    /// Something that happened.
    IncidentId, "incident"
);
id!(
    /// One judgement about a narrative.
    JudgementId, "judgement"
);
id!(
    /// An objection to a judgement.
    ContestId, "contest"
);
id!(
    /// Somebody who can be reached; who it is stands in the vault alone.
    ContactId, "contact"
);
id!(
    /// What an engine found in many signals together.
    FindingId, "finding"
);

impl NarrativeId {
    /// The narrative that `signal` founds. Derived, never drawn: streaming, batch and a replay
    /// for a court give the same narrative the same name.
    pub fn founded_by(signal: SignalId) -> Self {
        let mut bytes = *signal.as_bytes();
        // The last byte is random in a UUIDv7; turning its bits keeps version and variant.
        bytes[15] = !bytes[15];
        Self(Uuid::from_bytes(bytes))
    }
}

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        ///
        /// Lower-case ASCII letters, digits and hyphens, 2 to 48 long, starting with a letter: it stands in
        /// addresses and on the command line.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                if is_slug(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(IdError { what: $what, text: text.chars().take(80).collect() })
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

fn is_slug(text: &str) -> bool {
    (2..=48).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

slug!(
    /// Where signals come from: a short name chosen by people, such as `radio-birao`.
    SourceId, "source"
);
slug!(
    /// A function that answers and acts, such as `u3-operations`: what the screens name where they would
    /// otherwise name a person.
    FunctionId, "function"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrative_is_named_after_the_signal_that_founds_it() {
        let signal = SignalId::new(1_780_000_000_000, [7; 10]);
        let narrative = NarrativeId::founded_by(signal);
        assert_eq!(narrative, NarrativeId::founded_by(signal));
        assert_ne!(narrative.uuid(), signal.uuid());
        assert_eq!(narrative.uuid().get_version_num(), 7);
    }

    #[test]
    fn source_names_are_safe_in_an_address() {
        assert!("radio-birao".parse::<SourceId>().is_ok());
        for bad in ["", "x", "Radio", "../etc", "a b", "9lives", "é-feed"] {
            assert!(bad.parse::<SourceId>().is_err(), "{bad}");
        }
    }
}
