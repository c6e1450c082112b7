//! CoT events to XML and to JSON.

use super::{Element, Event, Freshness, NOT_KNOWN, Node};
use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event as Xml};
use quick_xml::name::QName;
use serde_json::{Map, json};
use std::borrow::Cow;
use std::io;

pub(super) fn event(event: &Event) -> String {
    let mut writer = Writer::new(Vec::new());
    // Writing into memory does not fail.
    let _ = put(&element(event), &mut writer);
    String::from_utf8(writer.into_inner()).unwrap_or_default()
}

/// The event as the element that it is written as.
fn element(event: &Event) -> Element {
    let said = [
        ("version", event.version.clone()),
        ("uid", event.uid.clone()),
        ("type", event.kind.clone()),
        ("how", event.how.clone()),
        ("time", event.time.to_string()),
        ("start", event.start.to_string()),
        ("stale", event.stale.to_string()),
    ];
    let attributes = said.map(|(name, value)| (name.to_owned(), value)).into_iter().chain(event.more.clone());
    let number = |value: Option<f64>| format!("{:?}", value.unwrap_or(NOT_KNOWN));
    let point = event.point;
    let place = [
        ("lat", format!("{:?}", point.lat_deg)),
        ("lon", format!("{:?}", point.lon_deg)),
        ("hae", number(point.hae_m)),
        ("ce", number(point.ce_m)),
        ("le", number(point.le_m)),
    ];
    let place = place.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let point = Element { name: "point".to_owned(), attributes: place, children: Vec::new() };
    let children = std::iter::once(point).chain(event.detail.clone()).map(Node::Element).collect();
    Element { name: "event".to_owned(), attributes: attributes.collect(), children }
}

fn put(element: &Element, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let mut tag = BytesStart::new(element.name.as_str());
    for (name, value) in &element.attributes {
        tag.push_attribute(Attribute { key: QName(name), value: Cow::Owned(attribute(value)) });
    }
    if element.children.is_empty() {
        return writer.write_event(Xml::Empty(tag));
    }
    writer.write_event(Xml::Start(tag))?;
    for child in &element.children {
        match child {
            Node::Element(child) => put(child, writer)?,
            Node::Text(text) => writer.write_event(Xml::Text(BytesText::from_escaped(letters(text))))?,
        }
    }
    writer.write_event(Xml::End(BytesEnd::new(element.name.as_str())))
}

/// Line ends and tabs would come back as spaces.
fn attribute(value: &str) -> String {
    letters(value).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// A carriage return would come back as a line end; what XML cannot hold becomes the sign for that.
fn letters(text: &str) -> String {
    let held = |letter: char| match letter {
        '\t' | '\n' | '\r' => letter,
        _ if letter < ' ' || matches!(letter, '\u{FFFE}' | '\u{FFFF}') => char::REPLACEMENT_CHARACTER,
        _ => letter,
    };
    let text: String = text.chars().map(held).collect();
    escape(&text).replace('\r', "&#13;")
}

pub(super) fn json(event: &Event, now: Option<Timestamp>) -> serde_json::Value {
    let mut out = Map::new();
    let mut put = |name: &str, value: serde_json::Value| drop(out.insert(name.to_owned(), value));
    put("uid", json!(event.uid));
    put("type", json!(event.kind));
    put("how", json!(event.how));
    put("time", json!(event.time.to_string()));
    put("start", json!(event.start.to_string()));
    put("stale", json!(event.stale.to_string()));
    put("lat_deg", json!(event.point.lat_deg));
    put("lon_deg", json!(event.point.lon_deg));
    put("hae_m", json!(event.point.hae_m));
    put("ce_m", json!(event.point.ce_m));
    put("le_m", json!(event.point.le_m));
    if let Some(callsign) = event.callsign() {
        put("callsign", json!(callsign));
    }
    for (name, value) in &event.more {
        put(name, json!(value));
    }
    if let Some(now) = now {
        put("freshness", freshness(event.freshness(now)));
    }
    if let Some(detail) = &event.detail {
        put("detail", inner(detail));
    }
    serde_json::Value::Object(out)
}

fn freshness(is: Freshness) -> serde_json::Value {
    match is {
        Freshness::Early { in_s } => json!({"state": "early", "in_s": in_s}),
        Freshness::Live { age_s } => json!({"state": "live", "age_s": age_s}),
        Freshness::Stale { age_s, since_s } => json!({"state": "stale", "age_s": age_s, "since_s": since_s}),
    }
}

fn inner(element: &Element) -> serde_json::Value {
    let mut out = Map::new();
    out.insert("name".to_owned(), json!(element.name));
    if !element.attributes.is_empty() {
        let attributes: Map<_, _> =
            element.attributes.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        out.insert("attributes".to_owned(), serde_json::Value::Object(attributes));
    }
    if !element.children.is_empty() {
        let children = element.children.iter().map(|child| match child {
            Node::Element(child) => inner(child),
            Node::Text(text) => json!(text),
        });
        out.insert("children".to_owned(), children.collect());
    }
    serde_json::Value::Object(out)
}
