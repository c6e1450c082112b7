//! Sites of the mission, with what was said that names or threatens them.

use super::duty::Warning;
use crate::view::signal::SignalRow;
use crate::view::words;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_model::{Channel, Reply, Timestamp};

/// A site in the list of sites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Site {
    /// Its id in the register.
    pub id: String,
    /// What the mission calls it.
    pub name: String,
    /// Warnings that it was named.
    pub named: u64,
    /// Warnings that it was threatened.
    pub threatened: u64,
    /// Warnings on which somebody still has to act.
    pub open: u64,
    /// When the last was raised.
    pub last_at: Option<Timestamp>,
}

/// Every site of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SiteList {
    /// Those with most to act on first.
    pub items: Vec<Site>,
}

/// A site with what was said about it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SiteCard {
    /// The line of the list.
    #[serde(flatten)]
    pub core: Site,
    /// The place it stands at; null where the gazetteer does not know it.
    pub place: Option<String>,
    /// What people call it.
    pub names: Vec<String>,
    /// Nicknames of the contingent that lives there.
    pub contingent: Vec<String>,
    /// Places within this distance, in km, are its neighbourhood.
    pub radius_km: f64,
    /// Further places of its neighbourhood, by name.
    pub neighbours: Vec<String>,
    /// What was said, newest first, at most 100.
    pub said: Vec<SiteSaid>,
}

/// One warning about a site, with the signal that led to it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SiteSaid {
    /// The warning: its words are the ones that matched.
    pub warning: Warning,
    /// The signal; null where a person warned, or where it is closed to the reader.
    pub signal: Option<SignalRow>,
    /// Signals that tell the same story; null where the story is closed to the reader.
    pub signals: Option<u64>,
}

/// Somebody who can be reached, by the code that screens show. Who it is stands in the vault alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Contact {
    /// Identifier: random, tells nothing.
    pub id: Uuid,
    /// Such as `CLA-07`.
    pub code: String,
    /// How they are reached.
    #[schema(value_type = words::Channel)]
    pub channel: Channel,
    /// What they want back.
    #[schema(value_type = words::Reply)]
    pub reply: Reply,
    /// The language in which they last wrote.
    pub lang: Option<String>,
}

/// Contacts, by code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ContactList {
    /// Those who want something back first.
    pub items: Vec<Contact>,
}
