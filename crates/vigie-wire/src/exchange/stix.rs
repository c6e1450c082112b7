//! A story as a STIX 2.1 bundle of standard objects, and the reports of any bundle as stories.
//!
//! `report` is the story, a `note` is one message (its words, and its sender's name as `authors`), an `observed-data`
//! with a `user-account`, a `url` or, failing both, an `artifact` says when and where it was seen; a `note` whose
//! abstract is `disproof` says what speaks against the story, an `attack-pattern` names a DISARM technique by its number.
//! Two markings say how far it may go (TLP) and for whom it is (a statement); every object bears both.
//! `narrative`, as some platforms send it beside the standard, is read like `report`.
//! Sources: STIX 2.1 (OASIS) §4.13 note, §4.14 observed data, §4.16 report, §6.15 URL, §6.16 user account, §7.2 markings.

use super::document::{self, Document, list, text, time};
use super::{Post, Received, Sender, Story, Technique, derived};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;
use vigie_model::{Fault, Timestamp, Tlp};

const DISPROOF: &str = "disproof";
const MARKING: &str = "marking-definition";
/// When the four markings of TLP were made, as the standard has it.
const TLP_MADE: &str = "2017-01-20T00:00:00.000Z";

/// The id that the standard gives to a marking of TLP, and its word there.
const fn tlp(tlp: Tlp) -> (&'static str, &'static str) {
    match tlp {
        Tlp::Clear => ("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", "white"),
        Tlp::Green => ("marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", "green"),
        Tlp::Amber => ("marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", "amber"),
        Tlp::Red => ("marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "red"),
    }
}

fn id(kind: &str, uuid: Uuid) -> String {
    format!("{kind}--{uuid}")
}

/// Milliseconds, as the standard wants them where a time has any.
fn stamp(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// Gathers the objects of one bundle; what is named twice stands once.
struct Bundle<'a> {
    story: &'a Story,
    by: String,
    marks: Vec<String>,
    objects: BTreeMap<String, Value>,
}

impl Bundle<'_> {
    /// How far it may go and for whom it is: what is put in from here on bears both.
    fn mark(&mut self) {
        if let Some(level) = self.story.tlp {
            let (id, word) = tlp(level);
            let marking = json!({
                "type": MARKING, "spec_version": "2.1", "id": id, "created": TLP_MADE,
                "name": format!("TLP:{}", word.to_uppercase()), "definition_type": "tlp", "definition": { "tlp": word },
            });
            self.objects.insert(id.to_owned(), marking);
            self.marks.push(id.to_owned());
        }
        if let Some(terms) = &self.story.terms {
            let id = id(MARKING, derived("terms", self.story.id, terms));
            let marking = json!({
                "type": MARKING, "spec_version": "2.1", "id": id, "created": stamp(self.story.made_at),
                "created_by_ref": self.by, "definition_type": "statement", "definition": { "statement": terms },
            });
            self.objects.insert(id.clone(), marking);
            self.marks.push(id);
        }
    }

    fn domain(&mut self, kind: &str, uuid: Uuid, members: Value) -> String {
        let id = id(kind, uuid);
        let made = stamp(self.story.made_at);
        let mut object = json!({
            "type": kind, "spec_version": "2.1", "id": id, "created": made, "modified": made,
        });
        if kind != "identity" {
            object["created_by_ref"] = json!(self.by);
        }
        self.keep(id, object, members)
    }

    fn observable(&mut self, kind: &str, name: &str, members: Value) -> String {
        let id = id(kind, derived(kind, Uuid::nil(), name));
        let object = json!({ "type": kind, "spec_version": "2.1", "id": id });
        self.keep(id, object, members)
    }

    fn keep(&mut self, id: String, mut object: Value, members: Value) -> String {
        if let (Value::Object(object), Value::Object(members)) = (&mut object, members) {
            object.extend(members);
            if !self.marks.is_empty() {
                object.insert("object_marking_refs".to_owned(), json!(self.marks));
            }
        }
        self.objects.insert(id.clone(), object);
        id
    }

    /// Account, address, or the bytes themselves: what was seen.
    fn seen(&mut self, post: &Post) -> Vec<String> {
        let mut seen = Vec::new();
        if let Some(account) = &post.account {
            seen.push(self.observable("user-account", account, json!({ "display_name": account })));
        }
        if let Some(url) = &post.url {
            seen.push(self.observable("url", url, json!({ "value": url })));
        }
        if seen.is_empty() {
            let members = json!({ "mime_type": "text/plain", "payload_bin": STANDARD.encode(&post.text) });
            seen.push(self.observable("artifact", &post.text, members));
        }
        seen
    }

    fn post(&mut self, report: &str, post: &Post) -> Vec<String> {
        let mut about = vec![report.to_owned()];
        let mut all = Vec::new();
        if let Some(at) = post.said_at {
            let seen = self.seen(post);
            let members = json!({
                "first_observed": stamp(at), "last_observed": stamp(at), "number_observed": 1, "object_refs": seen,
            });
            let observed = self.domain("observed-data", derived("observed", post.id, ""), members);
            all.extend(seen);
            all.push(observed.clone());
            about.push(observed);
        } else if post.account.is_some() || post.url.is_some() {
            about.extend(self.seen(post));
            all.extend(about.iter().skip(1).cloned());
        }
        let mut members = json!({ "content": post.text, "object_refs": about });
        if let Some(account) = &post.account {
            members["authors"] = json!([account]);
        }
        if let Some(lang) = &post.lang {
            members["lang"] = json!(lang);
        }
        all.push(self.domain("note", post.id, members));
        all
    }

    fn technique(&mut self, technique: &Technique) -> String {
        let number = technique.number();
        let members = json!({
            "name": format!("DISARM {number}"),
            "external_references": [{ "source_name": "DISARM", "external_id": number }],
        });
        self.domain("attack-pattern", derived("technique", Uuid::nil(), number), members)
    }
}

pub(super) fn write(sender: &Sender, story: &Story) -> Value {
    let by = id("identity", sender.id);
    let mut bundle = Bundle { story, by, marks: Vec::new(), objects: BTreeMap::new() };
    let site = bundle.domain(
        "identity",
        sender.id,
        json!({ "name": sender.name, "identity_class": "organization" }),
    );
    bundle.mark();
    let report = id("report", story.id);
    let mut all = vec![site];
    for technique in &story.techniques {
        all.push(bundle.technique(technique));
    }
    for post in &story.posts {
        all.extend(bundle.post(&report, post));
    }
    if let Some(disproof) = &story.disproof {
        let members = json!({ "abstract": DISPROOF, "content": disproof, "object_refs": [report] });
        all.push(bundle.domain("note", derived(DISPROOF, story.id, ""), members));
    }
    all.sort();
    all.dedup();
    let members = json!({
        "name": story.name, "description": story.summary, "published": stamp(story.made_at), "object_refs": all,
    });
    bundle.domain("report", story.id, members);
    let scope = derived("bundle", story.id, &stamp(story.made_at));
    let objects: Vec<Value> = bundle.objects.into_values().collect();
    json!({ "type": "bundle", "id": id("bundle", scope), "objects": objects })
}

pub(super) fn is(root: &Value) -> bool {
    text(root, "type") == Some("bundle")
}

fn kind(object: &Value) -> &str {
    text(object, "type").unwrap_or_default()
}

fn uuid(object: &Value) -> Option<Uuid> {
    text(object, "id")?.split_once("--")?.1.parse().ok()
}

fn refs(object: &Value) -> impl Iterator<Item = &str> {
    list(object, "object_refs").iter().filter_map(Value::as_str)
}

type Index<'v> = BTreeMap<&'v str, &'v Value>;

pub(super) fn read(document: &Document<'_>) -> Received {
    let mut received = Received::default();
    let objects = document.objects(list(&document.root, "objects"), &mut received.faults);
    let index: Index<'_> = objects.iter().filter_map(|object| Some((text(object, "id")?, object))).collect();
    let mut at = BTreeMap::new();
    for (nth, object) in objects.iter().enumerate().filter(|(_, object)| is_story(object)) {
        match story(document, object, nth + 1, &index) {
            Ok(story) => {
                at.insert(text(object, "id").unwrap_or_default(), received.stories.len());
                received.stories.push(story);
            }
            Err(fault) => received.faults.push(fault),
        }
    }
    for (nth, object) in objects.iter().enumerate() {
        match kind(object) {
            "note" => match refs(object).find_map(|id| at.get(id)) {
                Some(story) => {
                    let note = note(document, object, nth + 1, &index);
                    let story = received.stories.get_mut(*story);
                    match (note, story) {
                        (Ok(Note::Disproof(words)), Some(story)) => story.disproof = Some(words),
                        (Ok(Note::Post(post)), Some(story)) => story.posts.push(post),
                        (Err(fault), _) => received.faults.push(fault),
                        (Ok(_), None) => {}
                    }
                }
                None => loose(document, object, nth + 1, &index, &mut received),
            },
            "report" | "narrative" | "identity" | "attack-pattern" | "observed-data" | "user-account"
            | "url" | "artifact" | MARKING => {}
            other => aside(&mut received, other),
        }
    }
    received
}

fn aside(received: &mut Received, kind: &str) {
    *received.left_aside.entry(kind.chars().take(60).collect()).or_default() += 1;
}

/// A note about no story: a message where it says that it was seen, a remark otherwise.
fn loose(document: &Document<'_>, object: &Value, nth: usize, index: &Index<'_>, received: &mut Received) {
    let seen = refs(object).filter_map(|id| index.get(id)).any(|object| kind(object) == "observed-data");
    if !seen {
        return aside(received, "note");
    }
    match note(document, object, nth, index) {
        Ok(Note::Post(post)) => received.loose.push(post),
        Ok(Note::Disproof(_)) => aside(received, "note"),
        Err(fault) => received.faults.push(fault),
    }
}

fn is_story(object: &Value) -> bool {
    matches!(kind(object), "report" | "narrative")
}

fn story(document: &Document<'_>, report: &Value, nth: usize, index: &Index<'_>) -> Result<Story, Fault> {
    let name = document.words(report, "name", nth)?;
    let techniques = refs(report).filter_map(|id| technique(index.get(id)?)).collect();
    Ok(Story {
        id: uuid(report).ok_or_else(|| document::no_words("id", nth))?,
        summary: document.some_words(report, "description").unwrap_or_default(),
        name,
        disproof: None,
        techniques,
        made_at: time(report, "published")
            .or_else(|| time(report, "modified"))
            .ok_or_else(|| document::no_words("published", nth))?,
        teller: text(report, "created_by_ref").and_then(|id| document.some_words(index.get(id)?, "name")),
        tlp: marks(report).find_map(|id| level(id, index)),
        terms: marks(report)
            .find_map(|id| document.some_words(index.get(id)?.get("definition")?, "statement")),
        posts: Vec::new(),
    })
}

fn marks(object: &Value) -> impl Iterator<Item = &str> {
    list(object, "object_marking_refs").iter().filter_map(Value::as_str)
}

/// The level that a marking says: by its lasting id, or by its name as version 2 of TLP writes it.
fn level(marking: &str, index: &Index<'_>) -> Option<Tlp> {
    let known = Tlp::ALL.iter().copied().find(|level| tlp(*level).0 == marking);
    known.or_else(|| super::level(text(index.get(marking)?, "name")?))
}

fn technique(object: &Value) -> Option<Technique> {
    let mut named =
        list(object, "external_references").iter().filter_map(|reference| text(reference, "external_id"));
    (kind(object) == "attack-pattern").then(|| named.find_map(Technique::new)).flatten()
}

enum Note {
    Disproof(String),
    Post(Post),
}

fn note(document: &Document<'_>, object: &Value, nth: usize, index: &Index<'_>) -> Result<Note, Fault> {
    let words = document.words(object, "content", nth)?;
    if text(object, "abstract") == Some(DISPROOF) {
        return Ok(Note::Disproof(words));
    }
    let about: Vec<&Value> = refs(object).filter_map(|id| index.get(id).copied()).collect();
    let observed = about.iter().find(|object| kind(object) == "observed-data");
    let seen = observed.into_iter().flat_map(|object| refs(object)).filter_map(|id| index.get(id).copied());
    let seen: Vec<&Value> = seen.chain(about.iter().copied()).collect();
    let member = |wanted: &str, keys: &[&str]| {
        let object = seen.iter().find(|object| kind(object) == wanted)?;
        keys.iter().find_map(|key| document.some_words(object, key))
    };
    let authors = list(object, "authors").first().and_then(Value::as_str).map(str::to_owned);
    Ok(Note::Post(Post {
        id: uuid(object).ok_or_else(|| document::no_words("id", nth))?,
        text: words,
        lang: document.some_words(object, "lang"),
        said_at: observed.and_then(|object| time(object, "first_observed")),
        account: member("user-account", &["display_name", "account_login", "user_id"]).or(authors),
        url: member("url", &["value"]),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_never_replace_what_an_object_must_have() {
        let story = super::super::tests::story();
        let mut bundle =
            Bundle { story: &story, by: String::new(), marks: Vec::new(), objects: BTreeMap::new() };
        let id = bundle.observable("url", "https://a.example", json!({ "value": "https://a.example" }));
        let object = bundle.objects[&id].as_object().expect("an object");
        assert_eq!(object["type"], "url");
        assert_eq!(object["id"], json!(id));
    }
}
