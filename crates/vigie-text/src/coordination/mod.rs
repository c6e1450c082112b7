//! Finds accounts that share the same things within a short time, with the messages that show it.
//!
//! A *thing* (object) is a link, a hashtag, a repost, an image, a text: whatever an account can share. Two shares of
//! one object by two accounts within the window are a [`Pair`]; all pairs of two accounts are an [`Edge`]; accounts
//! that do so again and again, more often than chance explains, are a [`Group`]. Every number can be followed down to
//! its messages. What is never said: who is behind it, or why.
//!
//! One pass over all kinds of objects. [`Sharing`] takes shares one at a time in any order and gives the pairs that
//! each makes; a finished file goes the same way, so that both give the same edges. An absent object is no object:
//! the caller hands over none. Method and sources: `docs/design/042-coordination.md`.

mod bursts;
mod chance;
mod edges;
mod groups;
mod leiden;
mod lineup;
mod lists;
mod sharing;
mod tail;
mod ties;

pub use bursts::{Burst, BurstChance, BurstSettings, bursts};
pub use chance::{ByClocks, Chance};
pub use edges::{Edge, Network};
pub use groups::{Group, GroupSettings, groups};
pub use leiden::communities;
pub use sharing::{Crowd, Pair, Sharing, SharingError};

/// What is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The message that was passed on.
    Repost,
    /// The message that was answered.
    Reply,
    /// An address, in its canonical form.
    Link,
    /// A hashtag.
    Hashtag,
    /// The host of an address.
    Domain,
    /// An image, by its perceptual hash.
    Image,
    /// A text, by its family of near-copies.
    Text,
}

impl Kind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 7] =
        [Self::Repost, Self::Reply, Self::Link, Self::Hashtag, Self::Domain, Self::Image, Self::Text];

    /// The word for it in files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Repost => "repost",
            Self::Reply => "reply",
            Self::Link => "link",
            Self::Hashtag => "hashtag",
            Self::Domain => "domain",
            Self::Image => "image",
            Self::Text => "text",
        }
    }

    /// The kind of this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One account shared one object in one message.
///
/// Numbers stand for names that the caller keeps. Where accounts are numbered in the order of their names, the `a` of
/// an edge is the account whose name comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    /// What was shared.
    pub object: u32,
    /// By whom.
    pub account: u32,
    /// In which message.
    pub message: u32,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}
