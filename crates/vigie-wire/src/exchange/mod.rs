//! What partners exchange about a story: STIX 2.1 bundles, MISP events, and published checks of claims.
//!
//! One [`Story`] is what all of them can say: a name, what it tells, what speaks against it, techniques of the DISARM
//! list (by number, never by author), and messages. Who wrote a message goes out under the name that the caller gives,
//! a pseudonym unless a person decided otherwise; who made a claim is never read from a check, since it may be a private
//! person. Sources: STIX 2.1 (OASIS), the MISP core format with its objects `narrative` and `microblog`, schema.org
//! `ClaimReview`. Countermeasures of DISARM have numbers of their own (`C…`) and are not taken: some of them are censorship.

mod checks;
mod document;
mod misp;
mod stix;

pub use checks::Check;
use document::Document;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use vigie_model::{Fault, Limits, Timestamp, Tlp};

/// A story as it is told to partners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Its lasting id.
    pub id: Uuid,
    /// A line that names it.
    pub name: String,
    /// What it tells, in the sender's words.
    pub summary: String,
    /// What speaks against it.
    pub disproof: Option<String>,
    /// Techniques of the DISARM list.
    pub techniques: BTreeSet<Technique>,
    /// When this was put together.
    pub made_at: Timestamp,
    /// Who tells it, as read. A document of ours names its [`Sender`].
    pub teller: Option<String>,
    /// How far it may be passed on.
    pub tlp: Option<Tlp>,
    /// For whom and what for it was given: a sentence that travels with it.
    pub terms: Option<String>,
    /// Its messages.
    pub posts: Vec<Post>,
}

impl Story {
    /// The story as something to hold other stories against.
    pub fn check(&self) -> Check {
        let told = if self.summary.trim().is_empty() { &self.name } else { &self.summary };
        Check {
            claim: told.clone(),
            verdict: None,
            rating: None,
            scale: None,
            checker: self.teller.clone(),
            url: None,
            published: Some(day(self.made_at)),
            lang: None,
            body: self.disproof.clone(),
        }
    }
}

/// One message of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its lasting id.
    pub id: Uuid,
    /// Its words.
    pub text: String,
    /// BCP 47.
    pub lang: Option<String>,
    /// When it was said; nothing where that is not known.
    pub said_at: Option<Timestamp>,
    /// Who said it, under the name that the sender chose to give.
    pub account: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}

/// A technique by its number in the DISARM list (red framework), such as `T0019` or `T0085.001`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Technique(String);

impl Technique {
    /// The number, where it is one.
    pub fn new(number: &str) -> Option<Self> {
        let digits =
            |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
        let body = number.strip_prefix('T').filter(|body| body.starts_with('0'))?;
        let sound = match body.split_once('.') {
            Some((head, tail)) => digits(head, 4) && digits(tail, 3),
            None => digits(body, 4),
        };
        sound.then(|| Self(number.to_owned()))
    }

    /// The first number that stands in a text.
    fn within(text: &str) -> Option<Self> {
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.')
            .find_map(|word| Self::new(word.trim_end_matches('.')))
    }

    /// The number.
    pub fn number(&self) -> &str {
        &self.0
    }
}

/// Who sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// Lasting id of the site.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// What a partner's document held.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Received {
    /// Stories with their messages.
    pub stories: Vec<Story>,
    /// Messages that were seen and belong to no story.
    pub loose: Vec<Post>,
    /// Checks of claims.
    pub checks: Vec<Check>,
    /// How many objects of each other kind were left aside.
    pub left_aside: BTreeMap<String, u64>,
    /// What could not be read, by the number of its object from 1.
    pub faults: Vec<Fault>,
}

/// Which of the three a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A STIX 2.1 bundle.
    Stix,
    /// One or more events of MISP.
    Misp,
    /// Published checks.
    Checks,
}

/// Which of the three these bytes are; `None` where they are none, or cannot be read at all.
pub fn kind(bytes: &[u8], limits: &Limits) -> Option<Kind> {
    let document = Document::open(bytes, limits).ok()?;
    if stix::is(&document.root) {
        Some(Kind::Stix)
    } else if misp::is(&document.root) {
        Some(Kind::Misp)
    } else {
        checks::read(&document).map(|_| Kind::Checks)
    }
}

/// Reads a document, whichever of the three it is. An `Err` means that nothing could be read.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Received, Fault> {
    let document = Document::open(bytes, limits)?;
    if stix::is(&document.root) {
        Ok(stix::read(&document))
    } else if misp::is(&document.root) {
        Ok(misp::read(&document))
    } else if let Some(found) = checks::read(&document) {
        Ok(found)
    } else {
        Err(document::whole("exchange-unknown"))
    }
}

/// The story as a STIX 2.1 bundle.
pub fn stix(sender: &Sender, story: &Story) -> serde_json::Value {
    stix::write(sender, story)
}

/// The story as an event of MISP: not published, shared with the receiving organisation alone.
pub fn misp(sender: &Sender, story: &Story) -> serde_json::Value {
    misp::write(sender, story)
}

/// A lasting id out of what it names: the first bits of a SHA-256, marked as version 8 (RFC 9562 §5.8).
fn derived(kind: &str, scope: Uuid, name: &str) -> Uuid {
    use sha2::{Digest, Sha256};
    let digest =
        Sha256::new().chain_update(kind).chain_update(scope.as_bytes()).chain_update(name).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(digest.get(..16).unwrap_or(&[0; 16]));
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The level that a word such as `TLP:AMBER+STRICT` or `tlp:green` names.
fn level(word: &str) -> Option<Tlp> {
    let (protocol, level) = word.split_once(':')?;
    if !protocol.eq_ignore_ascii_case("tlp") {
        return None;
    }
    match level.to_ascii_lowercase().as_str() {
        "clear" | "white" => Some(Tlp::Clear),
        "green" => Some(Tlp::Green),
        "amber" | "amber+strict" => Some(Tlp::Amber),
        "red" => Some(Tlp::Red),
        _ => None,
    }
}

fn day(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use vigie_model::{At, Rating};

    pub(super) fn story() -> Story {
        let at = Timestamp::from_second(1_795_000_000).expect("in range");
        let post = |n: u128, said_at, account: Option<&str>, url: Option<&str>| Post {
            id: Uuid::from_u128(n),
            text: format!("Les camions portaient des armes {n}\u{1F69A}\n\"vu\""),
            lang: Some("fr".to_owned()),
            said_at,
            account: account.map(str::to_owned),
            url: url.map(str::to_owned),
        };
        Story {
            id: Uuid::from_u128(7),
            name: "Camions et armes".to_owned(),
            summary: "On dit que le convoi portait des armes.".to_owned(),
            disproof: Some("Il portait du carburant.".to_owned()),
            techniques: [
                Technique::new("T0019").expect("a number"),
                Technique::new("T0085.001").expect("a number"),
            ]
            .into(),
            made_at: at,
            teller: Some("MISOUV".to_owned()),
            tlp: Some(Tlp::Amber),
            terms: Some("Pour la cellule de Birao: répondre à la rumeur.".to_owned()),
            posts: vec![
                post(11, Some(at), Some("compte-4"), Some("https://a.example/1")),
                post(12, Some(at), None, None),
                post(13, None, Some("compte-4"), None),
                post(14, None, None, None),
            ],
        }
    }

    fn sender() -> Sender {
        Sender { id: Uuid::from_u128(1), name: "MISOUV".to_owned() }
    }

    fn again(document: &Value) -> Received {
        read(document.to_string().as_bytes(), &Limits::INTAKE).expect("a document of ours")
    }

    #[test]
    fn a_story_is_the_same_after_both_ways() {
        for document in [stix(&sender(), &story()), misp(&sender(), &story())] {
            let received = again(&document);
            assert_eq!(received.faults, []);
            assert!(received.left_aside.is_empty(), "{:?}", received.left_aside);
            let [mut read] = <[Story; 1]>::try_from(received.stories).expect("one story");
            read.posts.sort_by_key(|post| post.id);
            assert_eq!(read, story());
        }
    }

    #[test]
    fn each_object_of_a_bundle_stands_once_and_each_reference_leads_to_one() {
        let bundle = stix(&sender(), &story());
        let objects = bundle["objects"].as_array().expect("objects");
        let ids: Vec<&str> = objects.iter().map(|object| object["id"].as_str().expect("an id")).collect();
        let refs = objects.iter().flat_map(|object| {
            let many = object["object_refs"].as_array().into_iter().flatten();
            many.chain(object.get("created_by_ref")).map(|id| id.as_str().expect("an id").to_owned())
        });
        for id in refs {
            assert_eq!(ids.iter().filter(|other| **other == id).count(), 1, "{id}");
        }
    }

    #[test]
    fn a_message_that_was_seen_counts_also_where_no_story_names_it() {
        let mut bundle = stix(&sender(), &story());
        let objects = bundle["objects"].as_array_mut().expect("objects");
        objects.retain(|object| object["type"] != "report");
        let received = again(&bundle);
        assert_eq!((received.stories.len(), received.loose.len()), (0, 2));
        // What nobody saw, and what speaks against a story that is not there, is a remark and no message.
        assert_eq!(received.left_aside, BTreeMap::from([("note".to_owned(), 3)]));
    }

    #[test]
    fn a_story_is_something_to_hold_others_against() {
        let check = story().check();
        assert_eq!(check.claim, "On dit que le convoi portait des armes.");
        assert_eq!(check.body.as_deref(), Some("Il portait du carburant."));
        assert_eq!((check.checker.as_deref(), check.scale), (Some("MISOUV"), None));
        let told = Story { summary: " ".to_owned(), ..story() };
        assert_eq!(told.check().claim, told.name);
    }

    #[test]
    fn the_same_check_keeps_its_id_within_its_list() {
        let check = story().check();
        let again = Check { verdict: Some("Faux".to_owned()), ..check.clone() };
        assert_eq!(check.id("unesco"), again.id("unesco"));
        assert_ne!(check.id("unesco"), check.id("autre"));
    }

    #[test]
    fn one_bad_object_hides_no_other() {
        let mut document = misp(&sender(), &story());
        document["Event"]["Object"][1]["Attribute"][0]["value"] = json!(" ");
        let received = again(&document);
        assert_eq!(received.stories[0].posts.len(), 3);
        assert_eq!(received.faults.len(), 1);
        assert_eq!(
            (received.faults[0].at, received.faults[0].code.as_str()),
            (At::Row(2), "exchange-no-words")
        );
    }

    #[test]
    fn what_was_deleted_is_not_read() {
        let mut document = misp(&sender(), &story());
        document["Event"]["Object"][1]["deleted"] = json!(true);
        document["Event"]["Object"][2]["Attribute"][1]["deleted"] = json!(true);
        assert_eq!(again(&document).stories[0].posts.len(), 3);
    }

    #[test]
    fn other_objects_are_counted_and_left_aside() {
        let mut bundle = stix(&sender(), &story());
        let other = json!({ "type": "malware", "id": "malware--1" });
        bundle["objects"].as_array_mut().expect("objects").extend([other.clone(), other]);
        assert_eq!(again(&bundle).left_aside, BTreeMap::from([("malware".to_owned(), 2)]));
    }

    #[test]
    fn numbers_of_countermeasures_and_of_other_lists_are_no_techniques() {
        for number in ["C00008", "T1566", "T019", "T0019.1", "t0019", "T00191", ""] {
            assert_eq!(Technique::new(number), None, "{number}");
        }
        let tag = "misp-galaxy:disarm-techniques=\"T0019.002 - x\"";
        assert_eq!(Technique::within(tag), Technique::new("T0019.002"));
    }

    #[test]
    fn checks_are_read_wherever_they_are_wrapped_and_never_who_made_the_claim() {
        let review = json!({
            "@type": "ClaimReview", "claimReviewed": "Le convoi portait des armes", "url": "https://check.example/1",
            "author": { "name": "Vérif" }, "datePublished": "2026-01-12", "inLanguage": "fr",
            "itemReviewed": { "author": { "name": "Une personne privée" } },
            "reviewRating": { "ratingValue": "1", "bestRating": 5, "worstRating": 1, "alternateName": "Faux" },
        });
        let graph = json!({ "@graph": [{ "@type": "WebPage" }, review] });
        let data_feed = json!({ "dataFeedElement": [{ "item": [review] }] });
        for document in [review.clone(), json!([review]), graph, data_feed] {
            let received = again(&document);
            assert_eq!(received.checks.len(), 1);
            let check = &received.checks[0];
            assert_eq!((check.rating, check.verdict.as_deref()), (Some(1), Some("Faux")));
            assert_eq!(check.scale, Some(Rating { value: 1.0, worst: 1.0, best: 5.0 }));
            assert!(!format!("{received:?}").contains("privée"));
        }
    }

    #[test]
    fn our_own_reviews_are_read() {
        let channel = crate::publish::Channel {
            base: "https://public.example".to_owned(),
            title: "MISOUV".to_owned(),
            author: "MISOUV".to_owned(),
        };
        let item = crate::publish::Item {
            code: "S-26-0001".to_owned(),
            lang: "fr".to_owned(),
            title: "Convoi".to_owned(),
            text: "Il portait du carburant.".to_owned(),
            issued_at: Timestamp::from_second(1_795_000_000).expect("in range"),
            review: Some(crate::publish::Review {
                claim: "Des armes contre de l'or".to_owned(),
                rating: 1,
                rating_name: "Faux".to_owned(),
            }),
        };
        let review = crate::publish::claim_review(&channel, &item).expect("a review");
        let received = again(&review);
        assert_eq!(received.checks[0].claim, "Des armes contre de l'or");
        assert_eq!(received.checks[0].rating, Some(1));
    }

    #[test]
    fn a_scale_without_both_ends_says_nothing() {
        let review =
            |rating: Value| json!({ "@type": "ClaimReview", "claimReviewed": "x y", "reviewRating": rating });
        for (rating, expected) in [
            (json!({ "ratingValue": 2 }), None),
            (json!({ "ratingValue": 7, "bestRating": 5, "worstRating": 1 }), None),
            (json!({ "ratingValue": 1, "bestRating": 1, "worstRating": 1 }), None),
            (json!({ "ratingValue": 10, "bestRating": 10, "worstRating": 0 }), Some(5)),
        ] {
            assert_eq!(again(&review(rating)).checks[0].rating, expected);
        }
    }

    #[test]
    fn what_is_none_of_them_is_refused_with_its_reason() {
        let refused = |bytes: &[u8]| read(bytes, &Limits::INTAKE).expect_err("refused").code;
        assert_eq!(refused(b"{}"), "exchange-unknown");
        assert_eq!(refused(b"[1, 2"), "exchange-not-json");
        assert_eq!(refused(b"{\"type\":\"bundle\",\"type\":\"bundle\"}"), "exchange-not-json");
        assert_eq!(refused(&[b'['; 4_000]), "exchange-too-deep");
        assert_eq!(refused(&vec![b' '; (4 << 20) + 1]), "exchange-too-large");
    }
}
