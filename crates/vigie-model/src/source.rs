//! The purpose register: no source starts without a purpose, a legal basis, an owner and a retention.

use crate::{Compartment, Compartments, SignalKind, SourceId};
use serde::{Deserialize, Serialize};

crate::rights::words!(
    /// How signals of a source reach the site.
    Connector {
        /// Read from a file by `vigie import`.
        File = "file",
        /// Polled RSS, Atom or JSON Feed.
        Feed = "feed",
        /// Posted to `/intake/{source}`.
        Intake = "intake",
        /// Typed or dropped by a person.
        Hand = "hand",
        /// A text-message gateway, in and out.
        Sms = "sms",
        /// A mail server, out.
        Mail = "mail",
        /// The form of the public pages, in, with its answers.
        Form = "form",
    }
);

/// A source and its line in the purpose register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// Identifier.
    pub id: SourceId,
    /// Name shown to people.
    pub name: String,
    /// What its signals are, unless a signal says otherwise.
    pub kind: SignalKind,
    /// How they arrive.
    pub connector: Connector,
    /// Address of a feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Why the mission reads it.
    pub purpose: String,
    /// What entitles the mission to read it.
    pub basis: String,
    /// The function that answers for it (a post, not a person).
    pub owner: String,
    /// Days after which its signals expire.
    pub retention_days: u32,
    /// Licence or terms of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Languages it is known to use, BCP 47.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Who may see its signals.
    #[serde(default = "everyday")]
    pub compartments: Compartments,
    /// Seconds between two polls of a feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poll_s: Option<u32>,
    /// Private addresses (`host:port`) that an administrator has allowed for this source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow_private: Vec<String>,
    /// IANA zone in which the source writes times that carry none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

fn everyday() -> Compartments {
    Compartments::of(&[Compartment::Operations])
}

/// What is missing from a register entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SourceFault {
    /// No purpose.
    #[error("the register entry names no purpose")]
    NoPurpose,
    /// No legal basis.
    #[error("the register entry names no legal basis")]
    NoBasis,
    /// No owner.
    #[error("the register entry names no owner")]
    NoOwner,
    /// Retention of zero days.
    #[error("the register entry names no retention")]
    NoRetention,
    /// A feed or a gateway without address.
    #[error("a feed or a gateway needs an address")]
    NoAddress,
    /// A feed or text-message gateway whose address is not HTTP, a mail server whose address is not SMTP.
    #[error(
        "a feed or a text-message gateway is reached over http or https, a mail server over smtp or smtps"
    )]
    BadAddress,
    /// A zone that does not exist.
    #[error("the zone is not an IANA time zone")]
    BadZone,
    /// A record that nobody's grant could ever open or close.
    #[error("the register entry names no compartment")]
    NoCompartment,
}

impl SourceEntry {
    /// The start-up check: a connector starts only when this is `Ok`.
    pub fn check(&self) -> Result<(), SourceFault> {
        let blank = |text: &str| text.trim().is_empty();
        if blank(&self.purpose) {
            return Err(SourceFault::NoPurpose);
        }
        if blank(&self.basis) {
            return Err(SourceFault::NoBasis);
        }
        if blank(&self.owner) {
            return Err(SourceFault::NoOwner);
        }
        if self.retention_days == 0 {
            return Err(SourceFault::NoRetention);
        }
        let needs_address = matches!(self.connector, Connector::Feed | Connector::Sms | Connector::Mail);
        if needs_address && self.url.as_deref().is_none_or(blank) {
            return Err(SourceFault::NoAddress);
        }
        let known = |url: &String| match self.connector {
            Connector::Mail => url.starts_with("smtp://") || url.starts_with("smtps://"),
            _ => url.starts_with("http://") || url.starts_with("https://"),
        };
        if self.url.as_ref().is_some_and(|url| !known(url)) {
            return Err(SourceFault::BadAddress);
        }
        if self.zone.as_ref().is_some_and(|zone| jiff::tz::TimeZone::get(zone).is_err()) {
            return Err(SourceFault::BadZone);
        }
        if self.compartments.bits() == 0 {
            return Err(SourceFault::NoCompartment);
        }
        Ok(())
    }
}
