//! Published checks of claims: schema.org `ClaimReview`, alone, in a list, in a graph or in a data feed.

use super::Received;
use super::document::{Document, list, text};
use serde_json::Value;
use uuid::Uuid;
use vigie_model::{Fault, Rating};

/// A claim that somebody checked, as published.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The claim.
    pub claim: String,
    /// The verdict, in the checker's words.
    pub verdict: Option<String>,
    /// 1 (false) to 5 (true), where the checker gave a number on a scale; other scales are brought to this one.
    pub rating: Option<u8>,
    /// The same number on the checker's own scale.
    pub scale: Option<Rating>,
    /// Who checked.
    pub checker: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The day, as published.
    pub published: Option<String>,
    /// BCP 47.
    pub lang: Option<String>,
    /// The text of the check.
    pub body: Option<String>,
}

impl Check {
    /// A lasting id within the list `list`: what is claimed, and where the check was published.
    pub fn id(&self, list: &str) -> Uuid {
        let named = [list, self.url.as_deref().unwrap_or_default(), &self.claim].join("\0");
        super::derived("check", Uuid::nil(), &named)
    }
}

/// The checks of a document; `None` where it is none of ours to read.
pub(super) fn read(document: &Document<'_>) -> Option<Received> {
    let mut found = Vec::new();
    collect(&document.root, &mut found);
    if found.is_empty() {
        return None;
    }
    let mut received = Received::default();
    let too_many = found.len() > document.most();
    for (nth, review) in found.into_iter().enumerate().take(document.most()) {
        match check(document, review, nth + 1) {
            Ok(check) => received.checks.push(check),
            Err(fault) => received.faults.push(fault),
        }
    }
    if too_many {
        received.faults.push(document.too_many());
    }
    Some(received)
}

/// Reviews wherever the usual wrappings put them.
fn collect<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    if let Value::Array(items) = value {
        for item in items {
            collect(item, found);
        }
    } else if is_review(value) {
        found.push(value);
    } else {
        for key in ["@graph", "dataFeedElement", "item", "claimReview"] {
            if let Some(inner) = value.get(key) {
                collect(inner, found);
            }
        }
    }
}

fn is_review(value: &Value) -> bool {
    let named = |kind: &str| matches!(kind.rsplit(['/', ':']).next(), Some("ClaimReview"));
    text(value, "@type").is_some_and(named)
        || list(value, "@type").iter().filter_map(Value::as_str).any(named)
}

fn check(document: &Document<'_>, review: &Value, nth: usize) -> Result<Check, Fault> {
    let verdict = review.get("reviewRating");
    let scale = verdict.and_then(scale);
    Ok(Check {
        claim: document.words(review, "claimReviewed", nth)?,
        verdict: verdict.and_then(|rating| document.some_words(rating, "alternateName")),
        rating: scale.map(of_five),
        scale,
        checker: review.get("author").and_then(|author| document.some_words(author, "name")),
        url: document.some_words(review, "url"),
        published: document.some_words(review, "datePublished"),
        lang: document.some_words(review, "inLanguage"),
        body: document.some_words(review, "reviewBody"),
    })
}

/// A number on a scale that says where it begins and ends; without both ends it means nothing.
fn scale(rating: &Value) -> Option<Rating> {
    let number = |key: &str| match rating.get(key)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    };
    let (worst, best, value) = (number("worstRating")?, number("bestRating")?, number("ratingValue")?);
    (best > worst && (worst..=best).contains(&value)).then_some(Rating { value, worst, best })
}

/// The same brought to 1 to 5.
fn of_five(rating: Rating) -> u8 {
    1 + (4.0 * (rating.value - rating.worst) / (rating.best - rating.worst)).round() as u8
}
