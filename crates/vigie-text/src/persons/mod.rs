//! Says whether a signal threatens or exposes a person, and gives the text with that person behind a bar.
//!
//! No list of names is needed: what looks like a name is hidden wherever the text threatens, exposes or announces
//! sexual violence. A list of protected names and numbers is hidden in every text, in any spelling that folds to
//! them and in the other script. Telephone numbers and e-mail addresses are always hidden. Who holds a public office
//! and is named in it stays readable; a threat to them is said all the same.
//!
//! Hiding too much is preferred to hiding too little. What was measured, on invented texts, stands in
//! `docs/benchmarks-text.md`. Reasons quote the patterns of the lists, never the text: no name travels in them.

mod contact;
mod mask;
mod names;
mod protected;
mod sound;

pub use mask::BAR;
pub use protected::{Protected, ProtectedName};

use crate::parts::{Cut, cut};
use crate::places::{Around, Gazetteer};
use crate::threat::{Clauses, Lexicons, Lowered, Said};
use names::{Ground, Name};
use std::collections::BTreeSet;
use std::ops::Range;
use vigie_model::{Compartment, Context, ErrorRate, Model, Reason, Score, Sense};

/// Version of these rules; the lists have their own.
pub const VERSION: &str = "1";

/// Reasons shown for one reading.
const REASONS_MAX: usize = 8;
/// How often a masked text is looked at again before all of it is hidden.
const ROUNDS: usize = 3;
/// A wording of exposure that ends its sentence hides the next: "Here is where she lives: ⏎ …".
const LEFT_LEAST: usize = 2;

/// What a bar hides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A name or a number of the list given.
    Listed,
    /// What looks like a name.
    Name,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// An account.
    Account,
    /// Where somebody lives or can be found.
    Whereabouts,
}

/// A span to hide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    /// Bytes of the original text.
    pub span: Range<usize>,
    /// What it hides.
    pub what: What,
}

/// What a text says of persons.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonReading {
    /// Harm to a person is called for or announced.
    pub threatened: bool,
    /// A person's address, number, picture or way is given or asked for.
    pub exposed: bool,
    /// Sexual violence is threatened.
    pub sexual: bool,
    /// Such wordings stand there, but negated, denied or quoted.
    pub mentioned: bool,
    /// A holder of a public office is named in it.
    pub office: bool,
    /// A name or a number of the list given stands there.
    pub listed: bool,
    /// Whether a list covers the language: without one, nothing found means nothing.
    pub assessed: bool,
    /// What is hidden, in the text's order; spans may overlap.
    pub masks: Vec<Mask>,
    /// The text to show outside the compartment.
    pub masked: String,
    /// Place in the queue, 0 to 1: an order and no probability. Nothing where nothing was found.
    pub score: Option<Score>,
}

impl PersonReading {
    /// The compartments in which the original belongs: none, protection, or protection and CRSV.
    pub fn compartments(&self) -> Vec<Compartment> {
        let protection = self.threatened || self.exposed || self.sexual;
        let all = [(protection, Compartment::Protection), (self.sexual, Compartment::Crsv)];
        all.into_iter().filter(|(holds, _)| *holds).map(|(_, compartment)| compartment).collect()
    }
}

/// Reads one signal. `lang` is its language (BCP 47) where known; the gazetteer keeps places readable.
pub fn read(
    text: &str,
    lang: Option<&str>,
    lexicons: &Lexicons,
    protected: &Protected,
    gazetteer: Option<&Gazetteer>,
) -> PersonReading {
    let cut = cut(text);
    let said = lexicons.find(&cut, lang);
    let clauses = Clauses::new(&cut, &said);
    let places = gazetteer.map(|gazetteer| gazetteer.find_in(&cut, &Around::default())).unwrap_or_default();
    let ground = Ground::new(&cut, &clauses, &said, &places);
    let listed = protected.find(&cut);
    let grave = weigh(&cut, &clauses, &said, &ground, &listed);
    let mut masks = always(&cut, &listed);
    let names =
        if grave.is_empty() { Vec::new() } else { ground.names(&grave.sentences, grave.is_private()) };
    if !grave.is_empty() {
        masks.extend(where_grave(&cut, &clauses, &ground, &grave, &names));
    }
    masks.sort_by_key(|mask| (mask.span.start, mask.span.end, mask.what));
    masks.dedup();
    let spans: Vec<Range<usize>> = masks.iter().map(|mask| mask.span.clone()).collect();
    PersonReading {
        threatened: grave.threatened,
        exposed: grave.exposed,
        sexual: grave.sexual,
        mentioned: grave.mentioned,
        office: names.iter().any(|name| name.office),
        listed: !listed.is_empty(),
        assessed: lang.is_some_and(|lang| lexicons.covers(lang)),
        masked: hide(text, &spans, protected),
        masks,
        score: score(&grave, !listed.is_empty(), lexicons),
    }
}

/// What is grave in a text.
#[derive(Default)]
struct Grave {
    threatened: bool,
    exposed: bool,
    sexual: bool,
    mentioned: bool,
    /// Sentences with a grave wording, lowered or not: over-masking is the safe side.
    sentences: BTreeSet<usize>,
    /// Where somebody's whereabouts begin, as parts.
    exposures: Vec<usize>,
    reasons: Vec<Reason>,
    rank: f64,
    /// Lists and entries behind the reasons, for the patterns.
    said: Vec<Said>,
}

impl Grave {
    fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// Nobody is exposed or threatened with sexual violence in office.
    fn is_private(&self) -> bool {
        self.exposed || self.sexual || !self.exposures.is_empty()
    }
}

fn weigh(
    cut: &Cut<'_>,
    clauses: &Clauses<'_>,
    said: &[Said],
    ground: &Ground<'_>,
    listed: &[Range<usize>],
) -> Grave {
    let mut grave = Grave::default();
    let named: BTreeSet<usize> = listed.iter().map(|parts| clauses.sentence_of(parts.start)).collect();
    for word in said {
        let place = clauses.sentence_of(word.parts.start);
        let person = || named.contains(&place) || ground.points_to_person(place, word.parts.end);
        let harms = matches!(word.sense, Sense::CallsForHarm | Sense::AnnouncesHarm);
        let counts = match (word.sense, word.context) {
            (Sense::SexualViolence | Sense::ExposesPerson, _) => true,
            (_, Context::Somebody) => harms,
            (_, Context::Person) => harms && person(),
            // What is said of a site is said of whoever is named beside it only if the list knows the name.
            (_, Context::Alone | Context::Site) => harms && named.contains(&place),
        };
        if counts {
            add(&mut grave, cut, word, place, clauses.lowered(word));
        }
    }
    grave
}

fn add(grave: &mut Grave, cut: &Cut<'_>, word: &Said, place: usize, lowered: Option<Lowered>) {
    grave.sentences.insert(place);
    if word.sense == Sense::ExposesPerson {
        grave.exposures.push(word.parts.end.min(cut.parts.len()));
    }
    // "Do not give her address: …" still gives it.
    let (rank, reason) = match (word.sense, lowered) {
        (Sense::ExposesPerson, _) => (0.8, Reason::new("why-person-exposed")),
        (_, Some(_)) => (0.2, Reason::new("why-person-mentioned")),
        (Sense::SexualViolence, None) => (1.0, Reason::new("why-person-sexual")),
        (Sense::CallsForHarm, None) => (0.9, Reason::new("why-person-call")),
        _ => (0.85, Reason::new("why-person-threat")),
    };
    grave.exposed |= word.sense == Sense::ExposesPerson;
    grave.mentioned |= lowered.is_some();
    grave.sexual |= word.sense == Sense::SexualViolence && lowered.is_none();
    grave.threatened |= word.sense != Sense::ExposesPerson && lowered.is_none();
    grave.rank = grave.rank.max(rank);
    if grave.reasons.len() < REASONS_MAX {
        grave.reasons.push(reason);
        grave.said.push(word.clone());
    }
}

/// What is hidden in every text.
fn always(cut: &Cut<'_>, listed: &[Range<usize>]) -> Vec<Mask> {
    let mask = |span, what| Mask { span, what };
    let mut masks: Vec<Mask> = listed.iter().map(|parts| mask(cut.span(parts), What::Listed)).collect();
    masks.extend(contact::phones(cut).iter().map(|parts| mask(cut.span(parts), What::Phone)));
    masks.extend(contact::emails(cut.text).into_iter().map(|span| mask(span, What::Email)));
    masks
}

/// What is hidden in a text that threatens or exposes somebody.
fn where_grave(
    cut: &Cut<'_>,
    clauses: &Clauses<'_>,
    ground: &Ground<'_>,
    grave: &Grave,
    names: &[Name],
) -> Vec<Mask> {
    let mask = |parts: &Range<usize>, what| Mask { span: cut.span(parts), what };
    let private: Vec<&Name> = names.iter().filter(|name| !name.office).collect();
    let mut masks: Vec<Mask> = private.iter().map(|name| mask(&name.parts, What::Name)).collect();
    let telling: BTreeSet<&str> = private
        .iter()
        .flat_map(|name| name.parts.clone())
        .filter(|n| ground.is_telling(*n))
        .map(|n| cut.word(n))
        .collect();
    let again = (0..cut.parts.len()).filter(|n| telling.contains(cut.word(*n)));
    masks.extend(again.map(|n| mask(&(n..n + 1), What::Name)));
    for from in &grave.exposures {
        let here = clauses.sentence_of(from.saturating_sub(1));
        let ends = |n: usize| clauses.sentences().get(n).map(|sentence| sentence.end);
        let Some(mut end) = ends(here) else { continue };
        if end < from + LEFT_LEAST {
            end = ends(here + 1).unwrap_or(end);
        }
        if *from < end {
            masks.push(mask(&(*from..end), What::Whereabouts));
        }
    }
    masks.extend(accounts(cut.text).into_iter().map(|span| Mask { span, what: What::Account }));
    masks
}

/// `@name`, where it is no e-mail address.
fn accounts(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices('@') {
        let after = text.get(at + 1..).unwrap_or_default();
        let length =
            after.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(after.len());
        if length > 0 {
            out.push(at..at + 1 + length);
        }
    }
    out
}

/// The masked text. It is read again as anybody would who folds it: whatever is still found is hidden too, and after
/// three rounds all of it.
fn hide(text: &str, spans: &[Range<usize>], protected: &Protected) -> String {
    let mut masked = mask::cover(text, spans);
    for _ in 0..ROUNDS {
        let left = left(&masked, protected);
        if left.is_empty() {
            // A folding joins what the eye keeps apart; the folded text must say nothing either.
            let folded = crate::normalise(&masked).folded;
            if protected.find(&cut(&folded)).is_empty() {
                return masked;
            }
            break;
        }
        masked = mask::cover(&masked, &left);
    }
    BAR.to_owned()
}

fn left(masked: &str, protected: &Protected) -> Vec<Range<usize>> {
    let cut = cut(masked);
    let listed = protected.find(&cut);
    let parts = listed.into_iter().chain(contact::phones(&cut));
    parts.map(|parts| cut.span(&parts)).chain(contact::emails(masked)).collect()
}

fn score(grave: &Grave, listed: bool, lexicons: &Lexicons) -> Option<Score> {
    let patterns = grave.said.iter().map(|word| lexicons.pattern(word));
    let mut reasons: Vec<Reason> = grave
        .reasons
        .iter()
        .cloned()
        .zip(patterns)
        .map(|(reason, pattern)| reason.with("pattern", pattern))
        .collect();
    if listed {
        reasons.push(Reason::new("why-person-listed"));
    }
    let model = Model { name: "persons".to_owned(), version: format!("{VERSION} {}", lexicons.version()) };
    let rank = if listed { grave.rank.max(0.3) } else { grave.rank };
    // Measured on invented texts only: on a mission's signals nobody has.
    Score::new(rank, reasons, model, ErrorRate::NotAssessed)
}
