//! RSS and Atom, read tag by tag.
//!
//! End tags are matched by name and a missing one is forgiven, since what matters is where an item begins and
//! ends. Where the document itself breaks, reading goes on at the next item.

use super::{Collected, Content, Item, Source};
use crate::html;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use vigie_model::{At, Fault};

/// Attributes of one element. Feeds have some ten.
const ATTRIBUTES_MAX: usize = 128;
/// How often a broken document is taken up again.
const RESTARTS_MAX: usize = 16;

pub(super) fn read(source: &Source<'_>, collected: &mut Collected<'_>) -> Result<(), Fault> {
    let mut walk = Walk {
        source,
        collected,
        open: Vec::new(),
        prefix: None,
        root: false,
        item: None,
        capture: None,
        full: false,
    };
    let mut from = 0;
    for _ in 0..=RESTARTS_MAX {
        match walk.run(from)? {
            Run::Done => return walk.finish(),
            Run::Broken(at) => {
                let fault = Fault::new(At::Byte(at as u64), "feed-broken");
                walk.collected.feed.faults.push(fault);
                walk.abandon();
                match walk.next_item(at.max(from + 1)) {
                    Some(next) => from = next,
                    None => return walk.finish(),
                }
            }
        }
    }
    walk.finish()
}

enum Run {
    Done,
    /// Broken at this byte of the text.
    Broken(usize),
}

/// What a field of an item is kept as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    FeedTitle,
    FeedLang,
    Title,
    Content,
    Summary,
    Id,
    Link,
    Author,
    Lang,
    Published,
    Updated,
}

/// A field being read.
struct Capture {
    field: Field,
    depth: usize,
    text: String,
    markup: bool,
    /// Elements within stand for themselves (Atom `xhtml`), so what is text within is escaped again.
    inline: bool,
}

struct OpenItem {
    item: Item,
    depth: usize,
    start: usize,
}

struct Walk<'s, 'c, 'h> {
    source: &'s Source<'s>,
    collected: &'c mut Collected<'h>,
    /// The names of the open elements, without the root's prefix.
    open: Vec<String>,
    prefix: Option<String>,
    root: bool,
    item: Option<OpenItem>,
    capture: Option<Capture>,
    /// One item more than there may be has begun.
    full: bool,
}

impl Walk<'_, '_, '_> {
    fn run(&mut self, from: usize) -> Result<Run, Fault> {
        let text = self.source.text.get(from..).unwrap_or_default();
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        loop {
            let start = from + reader.buffer_position() as usize;
            let Ok(event) = reader.read_event() else {
                return Ok(Run::Broken(from + reader.error_position() as usize));
            };
            match event {
                Event::Eof => return Ok(Run::Done),
                // A tag that holds another was never closed: what it swallowed may be the next item.
                Event::Start(tag) | Event::Empty(tag) if tag.contains('<') => return Ok(Run::Broken(start)),
                Event::End(tag) if tag.contains('<') => return Ok(Run::Broken(start)),
                Event::DocType(_) => return Err(Fault::new(At::Byte(start as u64), "feed-dtd")),
                Event::Start(tag) => self.start(&tag, start)?,
                Event::Empty(tag) => {
                    self.start(&tag, start)?;
                    let name = tag.name().0.to_owned();
                    self.end(&name, from + reader.buffer_position() as usize);
                }
                Event::End(tag) => self.end(tag.name().0, from + reader.buffer_position() as usize),
                Event::Text(text) => self.text(&text),
                Event::CData(text) => self.text(&text),
                Event::GeneralRef(name) => self.text(&reference(&name)),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
            if self.full {
                self.collected.say_full();
                return Ok(Run::Done);
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: usize) -> Result<(), Fault> {
        let place = At::Byte(at as u64);
        let limits = self.collected.limits;
        if self.open.len() >= limits.depth_max {
            return Err(Fault::new(place, "feed-too-deep").with("max", limits.depth_max));
        }
        if tag.attributes().with_checks(false).take(ATTRIBUTES_MAX + 1).count() > ATTRIBUTES_MAX {
            return Err(Fault::new(place, "feed-too-many-attributes").with("max", ATTRIBUTES_MAX));
        }
        if !self.root {
            self.begin(tag.name().0)?;
        }
        let name = self.plain_name(tag.name().0);
        let begins_item = matches!(name.as_str(), "item" | "entry");
        if begins_item {
            // An item within an item: the one before was never closed.
            self.abandon();
        }
        self.open.push(name.clone());
        if let Some(capture) = self.capture.as_mut() {
            if capture.markup {
                // Only the name matters to whoever turns this into plain text.
                let tag = format!("<{}>", local(&name));
                push(capture, &tag, limits.field_bytes_max, self.item.as_mut());
            }
            return Ok(());
        }
        if begins_item {
            self.start_item(tag, at);
        } else {
            self.start_field(&name, tag);
        }
        Ok(())
    }

    /// The root must be that of a feed.
    fn begin(&mut self, name: &str) -> Result<(), Fault> {
        let (prefix, root) = name.split_once(':').map_or((None, name), |(prefix, root)| (Some(prefix), root));
        if !matches!(root, "rss" | "feed" | "RDF" | "entry" | "channel") {
            return Err(Fault::new(At::Whole, "feed-not-a-feed").with("found", name));
        }
        self.root = true;
        self.prefix = prefix.filter(|_| root != "RDF").map(|prefix| format!("{prefix}:"));
        Ok(())
    }

    fn plain_name(&self, name: &str) -> String {
        let prefix = self.prefix.as_deref().unwrap_or_default();
        name.strip_prefix(prefix).unwrap_or(name).chars().take(64).collect()
    }

    fn start_item(&mut self, tag: &BytesStart<'_>, at: usize) {
        if self.collected.full() {
            self.full = true;
            return;
        }
        let item = Item { lang: attribute(tag, "xml:lang"), ..Item::default() };
        self.item = Some(OpenItem { item, depth: self.open.len(), start: at });
    }

    fn start_field(&mut self, name: &str, tag: &BytesStart<'_>) {
        let depth = self.open.len();
        let field = match &self.item {
            None => self.feed_field(name, tag),
            Some(open) if depth == open.depth + 1 => item_field(name),
            Some(open) if depth == open.depth + 2 && name == "name" => self.author_field(),
            Some(_) => None,
        };
        if let (Some(open), "link") = (self.item.as_mut(), name) {
            atom_link(&mut open.item, tag);
        }
        let Some(field) = field else { return };
        let kind = attribute(tag, "type").unwrap_or_default();
        let inline = kind.contains("xhtml");
        let atom = self.open.first().is_some_and(|root| matches!(root.as_str(), "feed" | "entry"));
        let prose = matches!(field, Field::FeedTitle | Field::Title | Field::Content | Field::Summary);
        let markup = prose && (!atom || inline || kind.contains("html"));
        self.capture = Some(Capture { field, depth, text: String::new(), markup, inline });
    }

    fn feed_field(&mut self, name: &str, tag: &BytesStart<'_>) -> Option<Field> {
        if let (1, Some(lang)) = (self.open.len(), attribute(tag, "xml:lang")) {
            self.collected.lang(&lang);
        }
        let parent = self.open.len().checked_sub(2).and_then(|at| self.open.get(at))?;
        match (parent.as_str(), name) {
            ("channel" | "feed", "title") => Some(Field::FeedTitle),
            ("channel", "language" | "dc:language") => Some(Field::FeedLang),
            _ => None,
        }
    }

    fn author_field(&self) -> Option<Field> {
        let parent = self.open.len().checked_sub(2).and_then(|at| self.open.get(at))?;
        (parent == "author").then_some(Field::Author)
    }

    fn text(&mut self, text: &str) {
        let limit = self.collected.limits.field_bytes_max;
        let Some(capture) = self.capture.as_mut() else { return };
        if capture.inline {
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
            push(capture, &escaped, limit, self.item.as_mut());
        } else {
            push(capture, text, limit, self.item.as_mut());
        }
    }

    fn end(&mut self, name: &str, at: usize) {
        let name = self.plain_name(name);
        let Some(level) = self.open.iter().rposition(|open| *open == name) else { return };
        self.open.truncate(level);
        let limit = self.collected.limits.field_bytes_max;
        match self.capture.take() {
            Some(capture) if level < capture.depth => self.keep(capture),
            Some(mut capture) => {
                if capture.markup {
                    let tag = format!("</{}>", local(&name));
                    push(&mut capture, &tag, limit, self.item.as_mut());
                }
                self.capture = Some(capture);
            }
            None => {}
        }
        if self.item.as_ref().is_some_and(|open| level < open.depth) {
            self.end_item(at);
        }
    }

    fn end_item(&mut self, at: usize) {
        if let Some(OpenItem { mut item, start, .. }) = self.item.take() {
            item.raw_base64 = self.source.as_received(start..at);
            self.collected.take(item);
        }
    }

    fn keep(&mut self, capture: Capture) {
        let Capture { field, text, markup, .. } = capture;
        if text.trim().is_empty() {
            return;
        }
        let content = Content { text, markup };
        let Some(OpenItem { item, .. }) = self.item.as_mut() else {
            match field {
                Field::FeedTitle => self.collected.title(&content),
                Field::FeedLang => self.collected.lang(&content.text),
                _ => {}
            }
            return;
        };
        match field {
            Field::Title => keep_first(&mut item.title, content),
            Field::Content => keep_first(&mut item.content, content),
            Field::Summary => keep_first(&mut item.summary, content),
            Field::Id => keep_first(&mut item.id, content.text),
            Field::Link => keep_first(&mut item.url, content.text),
            Field::Author => keep_first(&mut item.author, content.text),
            Field::Lang => keep_first(&mut item.lang, content.text),
            Field::Published => keep_first(&mut item.published, content.text),
            Field::Updated => keep_first(&mut item.updated, content.text),
            Field::FeedTitle | Field::FeedLang => {}
        }
    }

    /// Gives up the item that is open.
    fn abandon(&mut self) {
        self.capture = None;
        if let Some(open) = self.item.take() {
            self.open.truncate(open.depth.saturating_sub(1));
            self.collected.refuse();
        }
    }

    /// Where the next item begins, at or after `at`.
    fn next_item(&self, at: usize) -> Option<usize> {
        let text = &self.source.text;
        let at = (at..=text.len()).find(|at| text.is_char_boundary(*at))?;
        let prefix = self.prefix.as_deref().unwrap_or_default();
        let rest = text.get(at..)?;
        ["item", "entry"]
            .iter()
            .filter_map(|name| {
                let tag = format!("<{prefix}{name}");
                rest.match_indices(&tag).map(|(found, _)| found).find(|found| {
                    let after = rest.get(found + tag.len()..).and_then(|after| after.chars().next());
                    after.is_some_and(|c| c.is_whitespace() || matches!(c, '>' | '/'))
                })
            })
            .min()
            .map(|found| at + found)
    }

    fn finish(mut self) -> Result<(), Fault> {
        self.abandon();
        if self.root { Ok(()) } else { Err(Fault::new(At::Whole, "feed-not-a-feed").with("found", "XML")) }
    }
}

fn keep_first<T>(slot: &mut Option<T>, value: T) {
    if slot.is_none() {
        *slot = Some(value);
    }
}

fn item_field(name: &str) -> Option<Field> {
    Some(match name {
        "title" => Field::Title,
        "content:encoded" | "content" => Field::Content,
        "description" | "summary" => Field::Summary,
        "guid" | "id" => Field::Id,
        "link" => Field::Link,
        "author" | "dc:creator" | "itunes:author" => Field::Author,
        "dc:language" => Field::Lang,
        "pubDate" | "published" | "dc:date" | "issued" | "created" => Field::Published,
        "updated" | "modified" | "date" => Field::Updated,
        _ => return None,
    })
}

/// Atom puts the address into an attribute; `alternate` is the item itself.
fn atom_link(item: &mut Item, tag: &BytesStart<'_>) {
    let itself = attribute(tag, "rel").is_none_or(|rel| rel == "alternate");
    if let (true, Some(href)) = (itself, attribute(tag, "href")) {
        keep_first(&mut item.url, href);
    }
}

fn push(capture: &mut Capture, text: &str, limit: usize, item: Option<&mut OpenItem>) {
    if capture.text.len() + text.len() <= limit {
        capture.text.push_str(text);
    } else if let Some(open) = item {
        open.item.too_long = true;
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.0 == name)?;
    Some(unescaped(&found.value))
}

fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned)
}

/// What a reference stands for. One that XML does not know is kept as written: the document may mean HTML's.
fn reference(name: &str) -> String {
    if let Some(known) = resolve_xml_entity(name) {
        return known.to_owned();
    }
    let number = name.starts_with('#').then(|| html::resolve(name)).flatten();
    number.unwrap_or_else(|| format!("&{name};"))
}
