//! Reads and writes what phones and command systems tell each other: Cursor on Target (CoT) events in XML.
//!
//! How old a point is belongs to the point: every event carries the time it was made and the time at which it goes stale,
//! and [`Event::freshness`] tells for a given now whether it is live or stale, and its age. Document types are refused,
//! entities other than XML's own five are never looked up, nesting and attributes have limits. Whatever stands in an
//! event's detail is kept, known or not. Source: MITRE's base event schema 2.0; the detail is free.

mod read;
mod write;

use jiff::Timestamp;
use std::ops::Range;
use vigie_model::{Fault, Limits};

/// What senders write for "not known" in heights and errors.
const NOT_KNOWN: f64 = 9_999_999.0;

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Version of the schema.
    pub version: String,
    /// The thing that the event is about; a later event with the same one replaces it.
    pub uid: String,
    /// What it is: hyphenated letters, such as `a-f-G-U-C`.
    pub kind: String,
    /// How it came to be known: `m-g` by a machine's satellite fix, `h-e` estimated by a person, ….
    pub how: String,
    /// When the event was made.
    pub time: Timestamp,
    /// From when it holds.
    pub start: Timestamp,
    /// From when it must no longer be taken for live.
    pub stale: Timestamp,
    /// Where.
    pub point: Point,
    /// Everything else that it says.
    pub detail: Option<Element>,
    /// Other attributes of the event, in their order (`access`, `qos`, `opex`, …).
    pub more: Vec<(String, String)>,
}

/// A place with its errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees, WGS84.
    pub lat_deg: f64,
    /// Degrees, WGS84.
    pub lon_deg: f64,
    /// Height above the ellipsoid, metres.
    pub hae_m: Option<f64>,
    /// Radius of the circle of error, metres.
    pub ce_m: Option<f64>,
    /// Error of the height, metres.
    pub le_m: Option<f64>,
}

/// An element of the detail.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes, in their order.
    pub attributes: Vec<(String, String)>,
    /// What stands in it, in its order.
    pub children: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, trimmed of the white space that only lays out the document.
    Text(String),
}

/// How far an event can still be taken for what is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// It holds from a time that has not come.
    Early {
        /// Seconds until it holds.
        in_s: i64,
    },
    /// It holds.
    Live {
        /// Seconds since it was made; negative where the sender's clock is ahead.
        age_s: i64,
    },
    /// It held once.
    Stale {
        /// Seconds since it was made.
        age_s: i64,
        /// Seconds since it went stale.
        since_s: i64,
    },
}

impl Event {
    /// Whether the event is live at `now`, and how old it is.
    pub fn freshness(&self, now: Timestamp) -> Freshness {
        let since = |then: Timestamp| now.as_second() - then.as_second();
        let age_s = since(self.time);
        if now >= self.stale {
            Freshness::Stale { age_s, since_s: since(self.stale) }
        } else if now < self.start {
            Freshness::Early { in_s: -since(self.start) }
        } else {
            Freshness::Live { age_s }
        }
    }

    /// The event in XML, one line.
    pub fn to_xml(&self) -> String {
        write::event(self)
    }

    /// The first element of the detail with that name.
    pub fn detail(&self, name: &str) -> Option<&Element> {
        self.detail.as_ref()?.child(name)
    }

    /// What people call it on the radio, if it says so.
    pub fn callsign(&self) -> Option<&str> {
        self.detail("contact")?.attribute("callsign")
    }

    /// The event as JSON, with its freshness at `now` if there is one.
    pub fn to_json(&self, now: Option<Timestamp>) -> serde_json::Value {
        write::json(self, now)
    }
}

impl Element {
    /// The first child with that name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find_map(|child| match child {
            Node::Element(element) if element.name == name => Some(element),
            _ => None,
        })
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// One event and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The bytes of the input.
    pub bytes: Range<u64>,
    /// What it says.
    pub event: Event,
}

/// What an input held.
#[derive(Debug, Default)]
pub struct Decoded {
    /// Sound events, in their order.
    pub records: Vec<Record>,
    /// What was refused, in its order.
    pub faults: Vec<Fault>,
}

/// Reads a file or a stream of events, with or without XML declarations between them.
pub fn decode(bytes: &[u8], limits: &Limits) -> Decoded {
    read::decode(bytes, limits)
}
