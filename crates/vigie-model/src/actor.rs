//! Who did it: a person, a model with its version, a source, or the console of the host.

use crate::{SourceId, UserId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Who stands behind an entry of the journal. Outward acts carry a [`Actor::Human`], nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Actor {
    /// A signed-in person.
    Human(UserId),
    /// A model or an engine, with the version that acted.
    Model {
        /// Short name, such as `text`.
        name: String,
        /// Version, such as `1`.
        version: String,
    },
    /// A registered source: a feed, a gateway, a sensor.
    Source(SourceId),
    /// Somebody with a shell on the site's host (`vigie init`, `vigie user add`).
    Console,
}

/// Why a text does not name an actor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no actor: expected human:ID, model:NAME@VERSION, source:ID or console")]
pub struct ActorError(String);

impl Actor {
    /// The person, where there is one.
    pub const fn human(&self) -> Option<UserId> {
        match self {
            Self::Human(id) => Some(*id),
            _ => None,
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Human(id) => write!(f, "human:{id}"),
            Self::Model { name, version } => write!(f, "model:{name}@{version}"),
            Self::Source(id) => write!(f, "source:{id}"),
            Self::Console => f.write_str("console"),
        }
    }
}

impl FromStr for Actor {
    type Err = ActorError;
    fn from_str(text: &str) -> Result<Self, ActorError> {
        let refused = || ActorError(text.chars().take(80).collect());
        match text.split_once(':') {
            None if text == "console" => Ok(Self::Console),
            Some(("human", id)) => id.parse().map(Self::Human).map_err(|_| refused()),
            Some(("source", id)) => id.parse().map(Self::Source).map_err(|_| refused()),
            Some(("model", rest)) => match rest.split_once('@') {
                Some((name, version)) if !name.is_empty() && !version.is_empty() => {
                    Ok(Self::Model { name: name.to_owned(), version: version.to_owned() })
                }
                _ => Err(refused()),
            },
            _ => Err(refused()),
        }
    }
}

impl TryFrom<String> for Actor {
    type Error = ActorError;
    fn try_from(text: String) -> Result<Self, ActorError> {
        text.parse()
    }
}

impl From<Actor> for String {
    fn from(actor: Actor) -> Self {
        actor.to_string()
    }
}
