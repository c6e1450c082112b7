//! CoT events from XML.
//!
//! Each event is cut out by its opening tag before it is parsed, so that a broken one ends where the next begins and the
//! time spent is bounded by the length of the input.

use super::{Decoded, Element, Event, NOT_KNOWN, Node, Point, Record};
use jiff::Timestamp;
use quick_xml::escape::{resolve_xml_entity, unescape_with};
use quick_xml::events::{BytesRef, BytesStart, Event as Xml};
use quick_xml::reader::Reader;
use std::ops::Range;
use vigie_model::{At, Fault, Limits};

const OPENING: &[u8] = b"<event";
/// Attributes of one element.
const ATTRIBUTES_MAX: usize = 256;
/// Elements of one event.
const ELEMENTS_MAX: usize = 20_000;
/// An input with more faults than this is no recording of events; reading it on would only fill the memory.
const FAULTS_MAX: usize = 100_000;

/// What is wrong with an event: message, place within it, more to say.
type Trouble = (&'static str, usize, String);

pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Decoded {
    let mut out = Decoded::default();
    if bytes.len() as u64 > limits.bytes_max {
        out.faults.push(Fault::new(At::Whole, "cot-too-long").with("length", bytes.len()));
        return out;
    }
    let mut at = 0;
    loop {
        let start = next_opening(bytes, at);
        let typed = between(bytes, at..start, &mut out);
        if start >= bytes.len() {
            return out;
        }
        let many = (out.records.len() + out.faults.len()) as u64 >= limits.items_max;
        if many || out.faults.len() >= FAULTS_MAX {
            out.faults
                .push(Fault::new(At::Byte(start as u64), "cot-too-many").with("length", bytes.len() - start));
            return out;
        }
        let limit = next_opening(bytes, start + OPENING.len());
        at = event(bytes, start..limit, typed, limits, &mut out);
    }
}

/// Where the next event begins, or the end.
fn next_opening(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let opens = |at: &usize| {
        let after = rest.get(at + OPENING.len());
        after.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
    };
    let found = memchr(rest).find(opens);
    found.map_or(bytes.len(), |found| from + found)
}

fn memchr(rest: &[u8]) -> impl Iterator<Item = usize> {
    rest.windows(OPENING.len()).enumerate().filter(|(_, window)| *window == OPENING).map(|(at, _)| at)
}

/// Looks at what stands before an event; whether a document type does.
fn between(bytes: &[u8], range: Range<usize>, out: &mut Decoded) -> bool {
    let text = bytes.get(range.clone()).unwrap_or_default();
    let typed = text.windows(9).any(|window| window.eq_ignore_ascii_case(b"<!doctype"));
    let layout = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, 0 | 0xEF | 0xBB | 0xBF);
    let rest = text.trim_ascii_start();
    let plain = rest.starts_with(b"<?") || rest.starts_with(b"<!--") || rest.iter().all(layout);
    if !typed && !plain && !rest.starts_with(b"\xEF\xBB\xBF<?") {
        let fault = Fault::new(At::Byte(range.start as u64), "cot-foreign").with("length", range.len());
        out.faults.push(fault);
    }
    typed
}

/// Reads the event at the start of `range` and says where it ended.
fn event(bytes: &[u8], range: Range<usize>, typed: bool, limits: &Limits, out: &mut Decoded) -> usize {
    let part = bytes.get(range.clone()).unwrap_or_default();
    let refuse = |(code, at, what): Trouble, end: usize| {
        let length = end - range.start;
        let fault =
            Fault::new(At::Byte((range.start + at) as u64), code).with("length", length - at.min(length));
        if what.is_empty() { fault } else { fault.with("what", what) }
    };
    let found = if typed {
        Err(("cot-dtd", 0, String::new()))
    } else if part.len() > limits.field_bytes_max {
        Err(("cot-event-too-long", 0, String::new()))
    } else {
        parse(part, limits)
    };
    match found {
        Ok((event, length)) => {
            let end = range.start + length;
            out.records.push(Record { bytes: range.start as u64..end as u64, event });
            end
        }
        Err(trouble) => {
            // What follows a closed event is no part of its fault.
            let closing = b"</event>";
            let closed = part.windows(closing.len()).position(|window| window == closing);
            let end = closed.map_or(range.end, |at| range.start + at + closing.len());
            out.faults.push(refuse(trouble, end));
            end
        }
    }
}

/// One event and the bytes it takes. What stands behind it may be no text.
fn parse(bytes: &[u8], limits: &Limits) -> Result<(Event, usize), Trouble> {
    let utf8 = bytes.utf8_chunks().next();
    let text = utf8.map(|chunk| chunk.valid()).unwrap_or_default();
    parse_text(text, limits).map_err(|trouble| match trouble {
        // It broke off where the text does.
        (_, at, _) if text.len() < bytes.len() && at <= text.len() => {
            ("cot-not-utf8", text.len(), String::new())
        }
        trouble => trouble,
    })
}

fn parse_text(text: &str, limits: &Limits) -> Result<(Event, usize), Trouble> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut elements = 0;
    loop {
        let at = reader.buffer_position() as usize;
        let broken = |cause: String| ("cot-broken", at, cause);
        let mut done = None;
        match reader.read_event().map_err(|cause| broken(cause.to_string()))? {
            Xml::Start(tag) => {
                elements += 1;
                if open.len() >= limits.depth_max || elements > ELEMENTS_MAX {
                    return Err(("cot-too-deep", at, String::new()));
                }
                open.push(element(&tag, at)?);
            }
            Xml::Empty(tag) => done = close(element(&tag, at)?, &mut open),
            Xml::End(_) => done = open.pop().and_then(|element| close(element, &mut open)),
            Xml::Text(said) => text_into(&mut open, &said, at)?,
            Xml::CData(said) => text_into(&mut open, &said, at)?,
            Xml::GeneralRef(name) => text_into(&mut open, &reference(&name, at)?, at)?,
            Xml::DocType(_) => return Err(("cot-dtd", at, String::new())),
            Xml::Comment(_) | Xml::Decl(_) | Xml::PI(_) => {}
            Xml::Eof => return Err(("cot-unfinished", at, String::new())),
        }
        if let Some(whole) = done {
            return Ok((said(whole)?, reader.buffer_position() as usize));
        }
    }
}

/// Puts a finished element into the one around it; the outermost is the event. White space that only lays out the
/// document goes.
fn close(mut element: Element, open: &mut [Element]) -> Option<Element> {
    element.children.retain(|child| !matches!(child, Node::Text(text) if text.trim().is_empty()));
    match open.last_mut() {
        Some(parent) => {
            parent.children.push(Node::Element(element));
            None
        }
        None => Some(element),
    }
}

fn text_into(open: &mut [Element], said: &str, at: usize) -> Result<(), Trouble> {
    if !holds(said) {
        return Err(("cot-broken", at, "control".to_owned()));
    }
    if let Some(parent) = open.last_mut() {
        match parent.children.last_mut() {
            Some(Node::Text(text)) => text.push_str(said),
            _ => parent.children.push(Node::Text(said.to_owned())),
        }
    }
    Ok(())
}

/// Whether XML can hold these letters.
fn holds(text: &str) -> bool {
    text.chars().all(|letter| match letter {
        '\t' | '\n' | '\r' => true,
        _ => letter >= ' ' && !matches!(letter, '\u{FFFE}' | '\u{FFFF}'),
    })
}

fn reference(name: &BytesRef<'_>, at: usize) -> Result<String, Trouble> {
    let unknown = || ("cot-entity", at, name.chars().take(40).collect());
    if let Some(known) = resolve_xml_entity(name) {
        return Ok(known.to_owned());
    }
    let letter = name.resolve_char_ref().ok().flatten();
    letter.map(String::from).ok_or_else(unknown)
}

fn element(tag: &BytesStart<'_>, at: usize) -> Result<Element, Trouble> {
    let broken = |cause: String| ("cot-broken", at, cause);
    let mut element =
        Element { name: named(tag.name().0).ok_or_else(|| broken("name".to_owned()))?, ..Element::default() };
    let mut attributes = tag.attributes();
    for found in attributes.with_checks(false) {
        let found = found.map_err(|cause| broken(cause.to_string()))?;
        let name = named(found.key.0).ok_or_else(|| broken("name".to_owned()))?;
        if element.attributes.len() >= ATTRIBUTES_MAX {
            return Err(("cot-too-many-attributes", at, String::new()));
        }
        if element.attribute(&name).is_some() {
            return Err(("cot-twice", at, name));
        }
        let value =
            unescape_with(&found.value, resolve_xml_entity).map_err(|_| ("cot-entity", at, name.clone()))?;
        if !holds(&value) {
            return Err(broken("control".to_owned()));
        }
        element.attributes.push((name, value.into_owned()));
    }
    Ok(element)
}

/// A name as XML has them, near enough: the parser itself lets nearly anything pass.
fn named(name: &str) -> Option<String> {
    let first = |letter: char| letter.is_alphabetic() || matches!(letter, '_' | ':');
    let later = |letter: char| first(letter) || letter.is_numeric() || matches!(letter, '-' | '.');
    let sound = name.starts_with(first) && name.chars().all(later);
    sound.then(|| name.to_owned())
}

/// Any number of digits may stand behind the second; nine are kept.
fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let digits =
        text.split_once('.').map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
    match text.split_once('.') {
        Some((whole, rest)) if digits > 9 => {
            format!("{whole}.{}{}", rest.get(..9)?, rest.get(digits..)?).parse().ok()
        }
        _ => text.parse().ok(),
    }
}

/// The event that an element says.
fn said(element: Element) -> Result<Event, Trouble> {
    let mut point = None;
    let mut detail = None;
    for child in element.children {
        match child {
            Node::Element(child) if child.name == "point" && point.is_none() => point = Some(place(&child)?),
            Node::Element(child) if child.name == "detail" && detail.is_none() => detail = Some(child),
            Node::Element(child) => return Err(("cot-unknown-element", 0, child.name)),
            Node::Text(text) => return Err(("cot-unknown-element", 0, text.chars().take(40).collect())),
        }
    }
    let mut more = element.attributes;
    let mut take = |name: &'static str| {
        let at = more.iter().position(|(known, _)| known == name);
        at.map(|at| more.remove(at).1).ok_or(("cot-missing", 0, format!("event.{name}")))
    };
    let time = |name: &'static str, text: String| {
        instant(&text).ok_or_else(|| ("cot-time", 0, format!("event.{name}: {text}")))
    };
    let event = Event {
        version: take("version")?,
        uid: take("uid")?,
        kind: take("type")?,
        how: take("how")?,
        time: time("time", take("time")?)?,
        start: time("start", take("start")?)?,
        stale: time("stale", take("stale")?)?,
        point: point.ok_or(("cot-missing", 0, "event.point".to_owned()))?,
        detail,
        more,
    };
    if event.uid.trim().is_empty() || event.kind.trim().is_empty() {
        return Err(("cot-missing", 0, "event.uid".to_owned()));
    }
    if event.stale < event.start {
        return Err(("cot-stale-before-start", 0, event.stale.to_string()));
    }
    Ok(event)
}

fn place(element: &Element) -> Result<Point, Trouble> {
    let number = |name: &str| {
        let text = element.attribute(name).ok_or(("cot-missing", 0, format!("event.point.{name}")))?;
        let value = text.trim().parse::<f64>().ok().filter(|value| value.is_finite());
        value.ok_or(("cot-number", 0, format!("event.point.{name}: {text}")))
    };
    let known = |value: f64| (value < NOT_KNOWN).then_some(value);
    let within = |name: &str, value: f64, most: f64| {
        let inside = (-most..=most).contains(&value);
        if inside { Ok(value) } else { Err(("cot-range", 0, format!("event.point.{name}: {value}"))) }
    };
    let error = |name: &str, value: f64| {
        if value < 0.0 {
            Err(("cot-range", 0, format!("event.point.{name}: {value}")))
        } else {
            Ok(known(value))
        }
    };
    Ok(Point {
        lat_deg: within("lat", number("lat")?, 90.0)?,
        lon_deg: within("lon", number("lon")?, 180.0)?,
        hae_m: known(number("hae")?),
        ce_m: error("ce", number("ce")?)?,
        le_m: error("le", number("le")?)?,
    })
}
