//! A story as an event of MISP, and the events of any instance as stories.
//!
//! One object `narrative` is the story, one object `microblog` is a message, a tag `DISARM:T0019` names a technique.
//! Nothing is marked for detection (`to_ids`), and the event is not published. Deleted objects and attributes are not
//! read. Source: MISP core format (draft-dulaunoy-misp-core-format), object templates `narrative` 4 and `microblog` 20.

use super::document::{self, Document, list, text, time};
use super::{Post, Received, Sender, Story, Technique, day, derived};
use serde_json::{Value, json};
use uuid::Uuid;
use vigie_model::{Fault, Timestamp};

const NARRATIVE: (&str, &str, &str) = ("narrative", "83bea299-514a-4719-a84b-f6fd0997fac1", "4");
const MICROBLOG: (&str, &str, &str) = ("microblog", "8ec8c911-ddbe-4f5b-895b-fbff70c42a60", "20");

/// What stands beside the comment that says for whom an event is.
const TERMS: &str = "handling";

fn attribute(scope: Uuid, relation: &str, kind: &str, value: &str) -> Value {
    let category = match kind {
        "url" | "link" => "External analysis",
        _ => "Other",
    };
    json!({
        "uuid": derived("attribute", scope, relation), "object_relation": relation, "type": kind, "category": category,
        "value": value, "to_ids": false, "disable_correlation": kind == "text",
    })
}

fn object(template: (&str, &str, &str), uuid: Uuid, attributes: Vec<Value>) -> Value {
    let (name, template_uuid, version) = template;
    json!({
        "name": name, "meta-category": "misc", "template_uuid": template_uuid, "template_version": version,
        "uuid": uuid, "Attribute": attributes,
    })
}

fn microblog(post: &Post) -> Value {
    let mut attributes = vec![attribute(post.id, "post", "text", &post.text)];
    let mut with = |relation: &str, kind: &str, value: Option<&str>| {
        attributes.extend(value.map(|value| attribute(post.id, relation, kind, value)));
    };
    with("username", "text", post.account.as_deref());
    with("language", "text", post.lang.as_deref());
    with("url", "url", post.url.as_deref());
    with("creation-date", "datetime", post.said_at.map(|at| format!("{at:.3}")).as_deref());
    object(MICROBLOG, post.id, attributes)
}

pub(super) fn write(sender: &Sender, story: &Story) -> Value {
    let scope = derived("narrative", story.id, "");
    let mut about = vec![attribute(scope, "narrative-summary", "text", &story.summary)];
    about
        .extend(story.disproof.as_deref().map(|words| attribute(scope, "narrative-disproof", "text", words)));
    let objects: Vec<Value> =
        std::iter::once(object(NARRATIVE, scope, about)).chain(story.posts.iter().map(microblog)).collect();
    let techniques = story.techniques.iter().map(|it| format!("DISARM:{}", it.number()));
    let tags = techniques.chain(story.tlp.map(|level| format!("tlp:{}", level.word())));
    let tags: Vec<Value> = tags.map(|name| json!({ "name": name })).collect();
    let terms: Vec<Value> = story.terms.as_deref().map(|words| terms(story.id, words)).into_iter().collect();
    json!({ "Event": {
        "uuid": story.id, "info": story.name, "date": day(story.made_at), "timestamp": story.made_at.as_second().to_string(),
        "threat_level_id": "4", "analysis": "1", "distribution": "0", "published": false,
        "Orgc": { "uuid": sender.id, "name": sender.name }, "Tag": tags, "Object": objects, "Attribute": terms,
    } })
}

/// For whom and what for the event was given: a comment of the event itself, named as what it is.
fn terms(story: Uuid, words: &str) -> Value {
    json!({
        "uuid": derived("terms", story, words), "type": "comment", "category": "Other", "value": words,
        "comment": TERMS, "to_ids": false, "disable_correlation": true,
    })
}

pub(super) fn is(root: &Value) -> bool {
    !events(root).is_empty()
}

/// One event, a list of them, or the answer of a search.
fn events(root: &Value) -> Vec<&Value> {
    let items = root.as_array().map_or_else(|| list(root, "response"), Vec::as_slice);
    let nested = items.iter().chain(std::iter::once(root)).filter_map(|item| item.get("Event"));
    nested.filter(|event| event.is_object()).collect()
}

pub(super) fn read(document: &Document<'_>) -> Received {
    let mut received = Received::default();
    let mut nth = 0;
    for event in events(&document.root) {
        match begin(document, event, nth + 1) {
            Ok(story) => fill(document, event, story, &mut nth, &mut received),
            Err(fault) => received.faults.push(fault),
        }
    }
    received
}

fn begin(document: &Document<'_>, event: &Value, nth: usize) -> Result<Story, Fault> {
    let seconds = text(event, "timestamp").and_then(|text| text.parse().ok());
    let made_at = seconds
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .or_else(|| midnight(text(event, "date")?))
        .ok_or_else(|| document::no_words("date", nth))?;
    let tags = || list(event, "Tag").iter().filter_map(|tag| text(tag, "name"));
    let mut remarks = list(event, "Attribute").iter();
    let terms = remarks
        .find(|it| text(it, "comment") == Some(TERMS) && it.get("deleted") != Some(&Value::Bool(true)));
    Ok(Story {
        id: text(event, "uuid")
            .and_then(|id| id.parse().ok())
            .ok_or_else(|| document::no_words("uuid", nth))?,
        name: document.words(event, "info", nth)?,
        summary: String::new(),
        disproof: None,
        techniques: tags().filter_map(Technique::within).collect(),
        made_at,
        teller: event.get("Orgc").and_then(|org| document.some_words(org, "name")),
        tlp: tags().find_map(super::level),
        terms: terms.and_then(|it| document.some_words(it, "value")),
        posts: Vec::new(),
    })
}

fn midnight(day: &str) -> Option<Timestamp> {
    let day: jiff::civil::Date = day.parse().ok()?;
    Some(day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
}

/// The objects of an event; `nth` counts them over the whole document.
fn fill(document: &Document<'_>, event: &Value, mut story: Story, nth: &mut usize, received: &mut Received) {
    for object in document.objects(list(event, "Object"), &mut received.faults) {
        *nth += 1;
        if object.get("deleted") == Some(&Value::Bool(true)) {
            continue;
        }
        let attributes = Attributes { document, object };
        match text(object, "name") {
            Some("narrative") => {
                story.summary = attributes.some("narrative-summary").unwrap_or_default();
                story.disproof = attributes.some("narrative-disproof");
            }
            Some("microblog") => match attributes.post(*nth) {
                Ok(post) => story.posts.push(post),
                Err(fault) => received.faults.push(fault),
            },
            other => {
                let kind = other.unwrap_or("object").chars().take(60).collect();
                *received.left_aside.entry(kind).or_default() += 1;
            }
        }
    }
    received.stories.push(story);
}

struct Attributes<'a, 'v> {
    document: &'a Document<'a>,
    object: &'v Value,
}

impl<'v> Attributes<'_, 'v> {
    fn find(&self, relation: &str) -> Option<&'v Value> {
        list(self.object, "Attribute").iter().find(|attribute| {
            text(attribute, "object_relation") == Some(relation)
                && attribute.get("deleted") != Some(&Value::Bool(true))
        })
    }

    fn some(&self, relation: &str) -> Option<String> {
        self.document.some_words(self.find(relation)?, "value")
    }

    fn post(&self, nth: usize) -> Result<Post, Fault> {
        let post = self.find("post").ok_or_else(|| document::no_words("post", nth))?;
        let id = text(self.object, "uuid").and_then(|id| id.parse().ok());
        Ok(Post {
            id: id.ok_or_else(|| document::no_words("uuid", nth))?,
            text: self.document.words(post, "value", nth)?,
            lang: self.some("language"),
            said_at: self.find("creation-date").and_then(|attribute| time(attribute, "value")),
            account: self.some("username").or_else(|| self.some("display-name")),
            url: self.some("url").or_else(|| self.some("link")),
        })
    }
}
