//! What the public reads: Atom, JSON Feed and `ClaimReview`, out of the same items.
//!
//! Sources: RFC 4287 (Atom), JSON Feed 1.1, schema.org `ClaimReview`. A claim is reviewed; who made it is never named: it
//! may be a private person who believed it.

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::{Value, json};
use std::io;

/// The feed as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Address of the public listener, without a slash at the end.
    pub base: String,
    /// Its title.
    pub title: String,
    /// Who publishes.
    pub author: String,
}

/// One text that is public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Speakable code of its release, and its language: its address and lasting id.
    pub code: String,
    /// BCP 47.
    pub lang: String,
    /// Title.
    pub title: String,
    /// The text.
    pub text: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// The claim it answers, where it is a review of one.
    pub review: Option<Review>,
}

/// What was found about a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The claim, in the mission's words.
    pub claim: String,
    /// 1 (false) to 5 (true).
    pub rating: u8,
    /// The rating in words, in the language of the item.
    pub rating_name: String,
}

impl Item {
    fn path(&self) -> String {
        format!("/items/{}/{}", self.code, self.lang)
    }
}

/// The feed as Atom.
pub fn atom(channel: &Channel, items: &[Item]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    // Writing to memory does not fail.
    let _ = write_atom(&mut writer, channel, items);
    writer.into_inner()
}

type Out = Writer<Vec<u8>>;

fn write_atom(out: &mut Out, channel: &Channel, items: &[Item]) -> io::Result<()> {
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let feed = BytesStart::new("feed").with_attributes([("xmlns", "http://www.w3.org/2005/Atom")]);
    out.write_event(Event::Start(feed))?;
    leaf(out, "title", &channel.title)?;
    leaf(out, "id", &format!("{}/feed.atom", channel.base))?;
    link(out, "self", &format!("{}/feed.atom", channel.base))?;
    let updated = items.iter().map(|item| item.issued_at).max().unwrap_or(Timestamp::UNIX_EPOCH);
    leaf(out, "updated", &updated.to_string())?;
    author(out, &channel.author)?;
    for item in items {
        let entry = BytesStart::new("entry").with_attributes([("xml:lang", item.lang.as_str())]);
        out.write_event(Event::Start(entry))?;
        leaf(out, "title", &item.title)?;
        leaf(out, "id", &format!("{}{}", channel.base, item.path()))?;
        link(out, "alternate", &format!("{}{}", channel.base, item.path()))?;
        leaf(out, "updated", &item.issued_at.to_string())?;
        leaf(out, "content", &item.text)?;
        out.write_event(Event::End(BytesEnd::new("entry")))?;
    }
    out.write_event(Event::End(BytesEnd::new("feed")))
}

fn leaf(out: &mut Out, name: &str, text: &str) -> io::Result<()> {
    out.write_event(Event::Start(BytesStart::new(name)))?;
    out.write_event(Event::Text(BytesText::new(&plain(text))))?;
    out.write_event(Event::End(BytesEnd::new(name)))
}

fn link(out: &mut Out, rel: &str, href: &str) -> io::Result<()> {
    out.write_event(Event::Empty(BytesStart::new("link").with_attributes([("rel", rel), ("href", href)])))
}

fn author(out: &mut Out, name: &str) -> io::Result<()> {
    out.write_event(Event::Start(BytesStart::new("author")))?;
    leaf(out, "name", name)?;
    out.write_event(Event::End(BytesEnd::new("author")))
}

/// XML 1.0 admits no control characters but tab, line feed and carriage return.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect()
}

/// The feed as JSON Feed 1.1.
pub fn json_feed(channel: &Channel, items: &[Item]) -> Value {
    let items: Vec<Value> = items
        .iter()
        .map(|item| {
            json!({
                "id": format!("{}{}", channel.base, item.path()),
                "url": format!("{}{}", channel.base, item.path()),
                "title": item.title,
                "content_text": item.text,
                "language": item.lang,
                "date_published": item.issued_at,
            })
        })
        .collect();
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "feed_url": format!("{}/feed.json", channel.base),
        "authors": [{ "name": channel.author }],
        "items": items,
    })
}

/// The review as schema.org `ClaimReview`; `None` where the item reviews no claim.
pub fn claim_review(channel: &Channel, item: &Item) -> Option<Value> {
    let review = item.review.as_ref()?;
    Some(json!({
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": format!("{}{}", channel.base, item.path()),
        "datePublished": item.issued_at,
        "inLanguage": item.lang,
        "claimReviewed": review.claim,
        "reviewBody": item.text,
        "author": { "@type": "Organization", "name": channel.author },
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": review.rating,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": review.rating_name,
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::Limits;

    fn channel() -> Channel {
        Channel {
            base: "https://public.example".to_owned(),
            title: "MISOUV".to_owned(),
            author: "MISOUV".to_owned(),
        }
    }

    fn item() -> Item {
        Item {
            code: "S-26-0001".to_owned(),
            lang: "fr".to_owned(),
            title: "Convoi du 11 janvier".to_owned(),
            text: "Le convoi portait <du carburant> & rien d'autre.\u{1}".to_owned(),
            issued_at: Timestamp::from_second(1_795_000_000).expect("in range"),
            review: Some(Review {
                claim: "Des armes contre de l'or".to_owned(),
                rating: 1,
                rating_name: "Faux".to_owned(),
            }),
        }
    }

    #[test]
    fn our_own_reader_reads_our_own_atom_and_json_feed() {
        for bytes in [atom(&channel(), &[item()]), json_feed(&channel(), &[item()]).to_string().into_bytes()]
        {
            let feed =
                crate::feed::read(&bytes, &crate::feed::Hints::default(), &Limits::FEED).expect("a feed");
            assert_eq!(feed.faults, []);
            let texts: Vec<&str> = feed.drafts.iter().map(|draft| draft.text.as_str()).collect();
            assert_eq!(texts.len(), 1);
            assert!(texts[0].contains("Le convoi portait <du carburant> & rien d'autre."), "{texts:?}");
        }
    }

    #[test]
    fn a_review_names_the_claim_and_nobody_who_made_it() {
        let review = claim_review(&channel(), &item()).expect("it reviews a claim");
        assert_eq!(review["reviewRating"]["ratingValue"], 1);
        assert!(review.get("itemReviewed").is_none());
        assert_eq!(claim_review(&channel(), &Item { review: None, ..item() }), None);
    }
}
