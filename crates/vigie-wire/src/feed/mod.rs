//! Reads a feed: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed.
//!
//! Items come out as drafts, as plain text; nothing that an item points to is fetched. A bad item is named by its
//! place in the feed and its neighbours are kept, also when the document breaks in its middle. A document type
//! definition is refused wherever it stands: no feed needs one, and entities are how a small file becomes a large one.
//! Sources: RSS 2.0 (RSS Advisory Board), RSS 1.0, RFC 4287, JSON Feed 1.1.

mod json;
mod source;
mod when;
mod xml;

use crate::columns::{language, time_fault};
use crate::{SignalDraft, html};
use jiff::tz::TimeZone;
use source::Source;
use vigie_model::{At, Fault, Limits};

/// What is known about a feed before it is read.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// The `charset` of the transport's `Content-Type`, where it named one.
    pub charset: Option<String>,
    /// The zone of times that carry none.
    pub zone: Option<TimeZone>,
}

impl Hints {
    /// Hints for a source that writes its times in `zone` (IANA name).
    pub fn in_zone(zone: Option<&str>) -> Result<Self, Fault> {
        let zone = zone.map(|name| crate::mapping::known_zone(name, At::Whole)).transpose()?;
        Ok(Self { charset: None, zone })
    }
}

/// What a feed holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feed {
    /// Its title, as plain text.
    pub title: Option<String>,
    /// Its items, in its own order.
    pub drafts: Vec<SignalDraft>,
    /// What was refused: [`At::Row`] is the n-th item, from 1.
    pub faults: Vec<Fault>,
}

/// Reads a feed. A fault here means that nothing could be read at all.
pub fn read(bytes: &[u8], hints: &Hints, limits: &Limits) -> Result<Feed, Fault> {
    if bytes.len() as u64 > limits.bytes_max {
        return Err(Fault::new(At::Whole, "feed-too-long").with("max", limits.bytes_max >> 20));
    }
    let source = Source::read(bytes, hints.charset.as_deref());
    let start = source.text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\0' | '\u{FEFF}'));
    let mut collected = Collected { feed: Feed::default(), items: 0, hints, limits, lang: None };
    match start.chars().next() {
        Some('<') => xml::read(&source, &mut collected)?,
        Some('{') => json::read(&source, &mut collected)?,
        None => return Err(Fault::new(At::Whole, "feed-empty")),
        Some(_) => return Err(Fault::new(At::Whole, "feed-not-a-feed").with("found", "text")),
    }
    Ok(collected.feed)
}

/// A text of an item and how it is to be read.
#[derive(Debug, Default, Clone, PartialEq)]
struct Content {
    text: String,
    markup: bool,
}

impl Content {
    fn plain(&self) -> String {
        if self.markup { html::plain(&self.text) } else { self.text.trim().to_owned() }
    }
}

/// An item as its format gave it.
#[derive(Debug, Default)]
struct Item {
    id: Option<String>,
    title: Option<Content>,
    content: Option<Content>,
    summary: Option<Content>,
    author: Option<String>,
    url: Option<String>,
    lang: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    /// A field went beyond its largest size.
    too_long: bool,
    raw_base64: Option<String>,
}

/// What has been read so far.
struct Collected<'a> {
    feed: Feed,
    items: u64,
    hints: &'a Hints,
    limits: &'a Limits,
    lang: Option<String>,
}

impl Collected<'_> {
    fn full(&self) -> bool {
        self.items >= self.limits.items_max
    }

    /// Says that items were left out, once.
    fn say_full(&mut self) {
        let fault = Fault::new(At::Whole, "feed-too-many-items").with("max", self.limits.items_max);
        self.feed.faults.push(fault);
    }

    fn title(&mut self, title: &Content) {
        if self.feed.title.is_none() {
            self.feed.title =
                Some(title.plain().chars().take(200).collect()).filter(|text: &String| !text.is_empty());
        }
    }

    fn lang(&mut self, lang: &str) {
        self.lang = self.lang.take().or_else(|| language(lang));
    }

    /// The next item, counted.
    fn next(&mut self) -> At {
        self.items += 1;
        At::Row(self.items)
    }

    /// The next item cannot be read at all.
    fn refuse(&mut self) {
        let at = self.next();
        self.feed.faults.push(Fault::new(at, "feed-item-broken"));
    }

    fn take(&mut self, item: Item) {
        let at = self.next();
        match self.draft(item, at) {
            Ok(draft) => self.feed.drafts.push(draft),
            Err(fault) => self.feed.faults.push(fault),
        }
    }

    fn draft(&self, item: Item, at: At) -> Result<SignalDraft, Fault> {
        if item.too_long {
            let max = self.limits.field_bytes_max / 1024;
            return Err(Fault::new(at, "row-field-too-long").with("column", "text").with("max", max));
        }
        let title = item.title.map(|title| title.plain()).unwrap_or_default();
        let body = [item.content, item.summary]
            .into_iter()
            .flatten()
            .map(|content| content.plain())
            .find(|text| !text.is_empty())
            .unwrap_or_default();
        let text = joined(&title, &body).ok_or_else(|| Fault::new(at, "row-without-text"))?;
        let time = item.published.or(item.updated).filter(|time| !time.trim().is_empty());
        let seen_at = time
            .map(|time| {
                let read = when::read(&time, self.hints.zone.as_ref());
                read.map_err(|fault| time_fault(fault, &time, at))
            })
            .transpose()?;
        Ok(SignalDraft {
            external_id: filled(item.id),
            author: filled(item.author),
            url: filled(item.url),
            lang: item.lang.as_deref().and_then(language).or_else(|| self.lang.clone()),
            channel: self.feed.title.clone(),
            seen_at,
            raw_base64: item.raw_base64,
            ..SignalDraft::new(text)
        })
    }
}

fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Title and body as one text; the title is not said twice.
fn joined(title: &str, body: &str) -> Option<String> {
    let start = title.trim_end_matches(['…', '.', ' ']);
    match (title.is_empty(), body.is_empty()) {
        (true, true) => None,
        (false, true) => Some(title.to_owned()),
        (true, false) => Some(body.to_owned()),
        (false, false) if body.starts_with(start) => Some(body.to_owned()),
        (false, false) => Some(format!("{title}\n\n{body}")),
    }
}
