//! JSON Feed 1.0 and 1.1.

use super::{Collected, Content, Item, Source};
use crate::json::{Lossy, depth};
use serde::Deserialize;
use serde_json::value::RawValue;
use vigie_model::{At, Fault};

#[derive(Deserialize)]
struct Document<'a> {
    version: Option<Lossy>,
    title: Option<Lossy>,
    language: Option<Lossy>,
    #[serde(borrow)]
    items: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    url: Option<Lossy>,
    external_url: Option<Lossy>,
    title: Option<Lossy>,
    content_text: Option<Lossy>,
    content_html: Option<Lossy>,
    summary: Option<Lossy>,
    date_published: Option<Lossy>,
    date_modified: Option<Lossy>,
    author: Option<Author>,
    authors: Option<Vec<Author>>,
    language: Option<Lossy>,
}

#[derive(Deserialize)]
struct Author {
    name: Option<Lossy>,
}

pub(super) fn read(source: &Source<'_>, collected: &mut Collected<'_>) -> Result<(), Fault> {
    let text = source.text.trim_start_matches(['\0', '\u{FEFF}']);
    if depth(text) > collected.limits.depth_max {
        return Err(Fault::new(At::Whole, "feed-too-deep").with("max", collected.limits.depth_max));
    }
    let document: Document<'_> = serde_json::from_str(text).map_err(|error| {
        Fault::new(At::Row(error.line() as u64), "json-broken").with("column", error.column())
    })?;
    let known = document.version.is_some_and(|version| version.text.contains("jsonfeed.org/version/1"));
    let (true, Some(items)) = (known, document.items) else {
        return Err(Fault::new(At::Whole, "feed-not-a-feed").with("found", "JSON"));
    };
    if let Some(title) = document.title {
        collected.title(&Content { text: title.text, markup: false });
    }
    if let Some(lang) = document.language {
        collected.lang(&lang.text);
    }
    for raw in items {
        if collected.full() {
            collected.say_full();
            break;
        }
        match serde_json::from_str::<Entry<'_>>(raw.get()) {
            Ok(entry) => {
                let item = item(entry, collected.limits.field_bytes_max);
                collected
                    .take(Item { raw_base64: source.as_received(span(&source.text, raw.get())), ..item });
            }
            Err(_) => collected.refuse(),
        }
    }
    Ok(())
}

/// Where `part` stands in `text`, from which it is borrowed.
fn span(text: &str, part: &str) -> std::ops::Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start + part.len()
}

fn item(entry: Entry<'_>, field_bytes_max: usize) -> Item {
    let text = |lossy: Option<Lossy>| lossy.map(|lossy| lossy.text);
    let plain = |lossy: Option<Lossy>| lossy.map(|lossy| Content { text: lossy.text, markup: false });
    let html = entry.content_html.map(|lossy| Content { text: lossy.text, markup: true });
    let author = entry.author.into_iter().chain(entry.authors.into_iter().flatten()).find_map(|one| one.name);
    let content = plain(entry.content_text).or(html);
    let summary = plain(entry.summary);
    let too_long = [&content, &summary].into_iter().flatten().any(|found| found.text.len() > field_bytes_max);
    Item {
        // JSON Feed 1.1: a number is taken as the text that it is written as.
        id: entry
            .id
            .map(|id| serde_json::from_str::<Lossy>(id.get()).map_or(id.get().to_owned(), |id| id.text)),
        title: plain(entry.title),
        content,
        summary,
        author: text(author),
        url: text(entry.url.or(entry.external_url)),
        lang: text(entry.language),
        published: text(entry.date_published),
        updated: text(entry.date_modified),
        too_long,
        raw_base64: None,
    }
}
