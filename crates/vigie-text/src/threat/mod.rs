//! Says which sites a signal names or means, with the words that matched, and what its wording says of them.
//!
//! A site is named by its own name, by a place of its neighbourhood, by what people call its contingent, or by a
//! common word ("la base") where something beside it says which. The wording comes from dated lists ([`Lexicons`]):
//! a call for harm, an announcement of harm, exposure, people gathering, a complaint. Words describe: an announced
//! gathering is information, a complaint is no threat, and a negation, a denial or a quotation lowers what it
//! touches to a mention. Where no list covers the language the answer is *not assessed*, never "nothing".
//!
//! Nothing is said of intent, truth or authorship.

mod clauses;
mod lexicon;
mod sites;

pub(crate) use clauses::Clauses;
pub use clauses::Lowered;
pub(crate) use lexicon::Said;
pub use lexicon::{Lexicons, Origin};
pub use sites::Sites;

use crate::parts::{Cut, cut};
use crate::places::{Around, Confidence, Gazetteer, Mention};
use sites::Called;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use vigie_model::{Context, ErrorRate, Model, Reason, Score, Sense};

/// Version of these rules; the lists have their own.
pub const VERSION: &str = "1";

/// Reasons shown for one finding.
const REASONS_MAX: usize = 8;

/// How a text means a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Names {
    /// The site itself, by its name.
    Site,
    /// Its contingent, by a nickname.
    Contingent,
    /// A common word, and something beside it that says which site.
    Common,
    /// A place of its neighbourhood.
    Neighbourhood,
    /// A common word alone: it may be this site or another.
    Unsaid,
}

/// What the wording says of a site, the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// No list covers the language: nobody has looked.
    NotAssessed,
    /// The site is named.
    Mentions,
    /// A complaint.
    Complaint,
    /// People gathering.
    Gathering,
    /// When, where or how it is open to harm.
    Exposes,
    /// Harm is announced.
    AnnouncesHarm,
    /// Others are called to harm it.
    CallsForHarm,
}

impl Standing {
    /// Whether security should be told.
    pub fn is_threat(self) -> bool {
        self >= Self::Exposes
    }
}

/// Words of the original that matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Bytes of the original text.
    pub span: Range<usize>,
    /// The words as written.
    pub words: String,
}

/// A site that a text means.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteReading {
    /// Position in [`Sites::sites`].
    pub site: usize,
    /// How the text means it: the plainest way found.
    pub names: Names,
    /// What the wording says.
    pub standing: Standing,
    /// The words that name it.
    pub named_by: Vec<Matched>,
    /// The wordings that count.
    pub said_by: Vec<Matched>,
    /// Wordings that would count but are negated, denied or quoted.
    pub lowered: Vec<(Matched, Lowered)>,
    /// Place in the security queue, 0 to 1: an order and no probability; with its reasons, lists and versions.
    pub score: Score,
}

/// Reads one signal. `lang` is its language (BCP 47) where known.
pub fn read(
    text: &str,
    lang: Option<&str>,
    gazetteer: &Gazetteer,
    sites: &Sites,
    lexicons: &Lexicons,
    around: &Around<'_>,
) -> Vec<SiteReading> {
    let cut = cut(text);
    let mentions = gazetteer.find_in(&cut, around);
    let mut named = name(&cut, &mentions, sites, around);
    let said = lexicons.find(&cut, lang);
    let clauses = Clauses::new(&cut, &said);
    let covered = lang.is_some_and(|lang| lexicons.covers(lang));
    let unsaid = named.remove_unsaid();
    let mut out: Vec<SiteReading> = named
        .sites
        .iter()
        .filter_map(|(site, found)| judge(&cut, &clauses, &said, lexicons, sites, *site, found, covered))
        .collect();
    if out.is_empty() {
        // "Burn the base", and nothing says which: lost it must not be, so every such site hears of it.
        let read = |(site, found): (&usize, &Found)| {
            judge(&cut, &clauses, &said, lexicons, sites, *site, found, covered)
        };
        out = unsaid.iter().filter_map(read).filter(|reading| reading.standing.is_threat()).collect();
    }
    out.sort_by(|a, b| b.standing.cmp(&a.standing).then(a.names.cmp(&b.names)).then(a.site.cmp(&b.site)));
    out
}

/// How one site is named.
#[derive(Default, Clone)]
struct Found {
    by: Vec<(Names, Range<usize>, Reason)>,
}

#[derive(Default)]
struct Named {
    sites: BTreeMap<usize, Found>,
}

impl Named {
    fn add(&mut self, site: usize, names: Names, parts: Range<usize>, reason: Reason) {
        self.sites.entry(site).or_default().by.push((names, parts, reason));
    }

    fn add_all(&mut self, sites: &BTreeSet<usize>, names: Names, parts: &Range<usize>, reason: &Reason) {
        for site in sites {
            self.add(*site, names, parts.clone(), reason.clone());
        }
    }

    /// Takes out the sites that nothing but a common word alone means.
    fn remove_unsaid(&mut self) -> BTreeMap<usize, Found> {
        let only = |found: &Found| found.by.iter().all(|(names, _, _)| *names == Names::Unsaid);
        let (unsaid, said) = std::mem::take(&mut self.sites).into_iter().partition(|(_, found)| only(found));
        self.sites = said;
        unsaid
    }
}

fn name(cut: &Cut<'_>, mentions: &[Mention], sites: &Sites, around: &Around<'_>) -> Named {
    let mut named = Named::default();
    for mention in mentions {
        by_place(mention, sites, &mut named);
    }
    let placed: BTreeSet<usize> = named.sites.keys().copied().collect();
    for (parts, called, bearers) in sites.called(cut) {
        let words = cut.original(&parts);
        match called {
            Called::Name | Called::Contingent => {
                let (names, code) = if called == Called::Name {
                    (Names::Site, Reason::new("why-site-name"))
                } else {
                    (Names::Contingent, Reason::new("why-site-contingent"))
                };
                let reason = code.with("words", words);
                named.add_all(&bearers, names, &parts, &reason);
            }
            Called::Common => by_common(&mut named, &placed, sites, around, &bearers, &parts, words),
        }
    }
    named
}

/// Sites that a place means: its own, or those in whose neighbourhood each place that may be meant lies.
fn by_place(mention: &Mention, sites: &Sites, named: &mut Named) {
    let meant: Vec<usize> = match mention.place() {
        Some(place) => vec![place],
        None => mention.candidates.iter().map(|candidate| candidate.place).collect(),
    };
    for site in 0..sites.sites().len() {
        let Some(around) = sites.around(site) else { continue };
        let words = &mention.words;
        if meant.iter().any(|place| around.own == Some(*place)) {
            let reason = Reason::new("why-site-name").with("words", words);
            named.add(site, Names::Site, mention.parts.clone(), reason);
        } else if let Some(km) = meant.iter().find_map(|place| around.near.get(place)) {
            let mut reason = Reason::new("why-site-near").with("words", words).with("km", km.round());
            if mention.confidence == Confidence::Ambiguous {
                reason = Reason::new("why-site-near-ambiguous").with("words", words).with("km", km.round());
            }
            named.add(site, Names::Neighbourhood, mention.parts.clone(), reason);
        }
    }
}

/// Which of the sites that bear a common name is meant: one named beside it, the source's, the narrative's, or it is
/// not said.
fn by_common(
    named: &mut Named,
    placed: &BTreeSet<usize>,
    sites: &Sites,
    around: &Around<'_>,
    bearers: &BTreeSet<usize>,
    parts: &Range<usize>,
    words: &str,
) {
    let here = |site: &usize, place: usize| {
        sites.around(*site).is_some_and(|a| a.own == Some(place) || a.near.contains_key(&place))
    };
    let among = |test: &dyn Fn(&usize) -> bool| bearers.iter().copied().filter(|site| test(site)).collect();
    let steps: [(Reason, BTreeSet<usize>); 3] = [
        (Reason::new("why-site-common-text"), among(&|site| placed.contains(site))),
        (
            Reason::new("why-site-common-source"),
            among(&|site| around.source.is_some_and(|place| here(site, place))),
        ),
        (
            Reason::new("why-site-common-narrative"),
            among(&|site| around.narrative.iter().any(|place| here(site, *place))),
        ),
    ];
    for (reason, meant) in steps {
        if !meant.is_empty() {
            let reason = reason.with("words", words);
            named.add_all(&meant, Names::Common, parts, &reason);
            return;
        }
    }
    let reason = Reason::new("why-site-unsaid").with("words", words);
    named.add_all(bearers, Names::Unsaid, parts, &reason);
}

fn standing(sense: Sense) -> Option<Standing> {
    Some(match sense {
        Sense::CallsForHarm => Standing::CallsForHarm,
        Sense::AnnouncesHarm => Standing::AnnouncesHarm,
        Sense::ExposesSite => Standing::Exposes,
        Sense::Gathering => Standing::Gathering,
        Sense::Complaint => Standing::Complaint,
        _ => return None,
    })
}

#[expect(
    clippy::too_many_arguments,
    reason = "one reading of one site; a struct would be built for this call alone"
)]
fn judge(
    cut: &Cut<'_>,
    clauses: &Clauses<'_>,
    said: &[Said],
    lexicons: &Lexicons,
    sites: &Sites,
    site: usize,
    found: &Found,
    covered: bool,
) -> Option<SiteReading> {
    let names = found.by.iter().map(|(names, _, _)| *names).min()?;
    let naming: BTreeSet<usize> =
        found.by.iter().map(|(_, parts, _)| clauses.sentence_of(parts.start)).collect();
    let matched =
        |parts: &Range<usize>| Matched { span: cut.span(parts), words: cut.original(parts).to_owned() };
    let mut best = if covered { Standing::Mentions } else { Standing::NotAssessed };
    let (mut said_by, mut lowered, mut reasons) = (Vec::new(), Vec::new(), Vec::new());
    for (word, stands) in said.iter().filter_map(|word| Some((word, standing(word.sense)?))) {
        let here = clauses.sentence_of(word.parts.start);
        // "La base de Zamoré nous ment. Brûlons-la": the sentence after the one that names it still speaks of it.
        let of_site =
            naming.contains(&here) || here.checked_sub(1).is_some_and(|before| naming.contains(&before));
        let counts = match word.context {
            Context::Alone => true,
            Context::Site => of_site,
            Context::Person | Context::Somebody => false,
        };
        if !counts {
            continue;
        }
        match clauses.lowered(word).filter(|_| stands.is_threat()) {
            Some(why) => {
                best = best.max(Standing::Mentions);
                reasons.push(lowered_reason(why, cut.original(&word.parts)));
                lowered.push((matched(&word.parts), why));
            }
            None => {
                best = best.max(stands);
                reasons.push(said_reason(stands, cut.original(&word.parts), lexicons.pattern(word)));
                said_by.push(matched(&word.parts));
            }
        }
    }
    let mut all: Vec<Reason> = found.by.iter().map(|(_, _, reason)| reason.clone()).collect();
    all.sort_by(|a, b| a.code.cmp(&b.code).then(a.args.cmp(&b.args)));
    all.dedup();
    all.truncate(REASONS_MAX / 2);
    reasons.truncate(REASONS_MAX / 2);
    all.extend(reasons);
    if best == Standing::NotAssessed {
        all.push(Reason::new("why-not-assessed"));
    }
    let name = sites.sites().get(site).map_or("", |site| &site.name);
    let all = all.into_iter().map(|reason| reason.with("site", name)).collect();
    let model = Model { name: "threat".to_owned(), version: format!("{VERSION} {}", lexicons.version()) };
    // No speaker has checked the lists against a sample of a mission's signals: nobody knows how often they err.
    let score = Score::new(rank(best, names), all, model, ErrorRate::NotAssessed)?;
    let mut named_by: Vec<Matched> = found.by.iter().map(|(_, parts, _)| matched(parts)).collect();
    named_by.sort_by_key(|matched| (matched.span.start, matched.span.end));
    named_by.dedup();
    Some(SiteReading { site, names, standing: best, named_by, said_by, lowered, score })
}

fn said_reason(standing: Standing, words: &str, pattern: &str) -> Reason {
    // What stands for a pattern's `…` may be a name.
    let words = if pattern.contains('…') { pattern } else { words };
    let reason = match standing {
        Standing::CallsForHarm => Reason::new("why-calls-for-harm"),
        Standing::AnnouncesHarm => Reason::new("why-announces-harm"),
        Standing::Exposes => Reason::new("why-exposes-site"),
        Standing::Gathering => Reason::new("why-people-gathering"),
        _ => Reason::new("why-complaint"),
    };
    reason.with("words", words).with("pattern", pattern)
}

fn lowered_reason(why: Lowered, words: &str) -> Reason {
    let reason = match why {
        Lowered::Negated => Reason::new("why-lowered-negated"),
        Lowered::Denied => Reason::new("why-lowered-denied"),
        Lowered::Quoted => Reason::new("why-lowered-quoted"),
    };
    reason.with("words", words)
}

/// Order in the queue: what is said first, then how plainly the site is meant.
fn rank(standing: Standing, names: Names) -> f64 {
    let said = match standing {
        Standing::CallsForHarm => 0.9,
        Standing::AnnouncesHarm => 0.8,
        Standing::Exposes => 0.6,
        Standing::Gathering => 0.3,
        Standing::NotAssessed => 0.25,
        Standing::Complaint => 0.2,
        Standing::Mentions => 0.1,
    };
    let plain = match names {
        Names::Site => 0.1,
        Names::Contingent => 0.08,
        Names::Common => 0.06,
        Names::Neighbourhood => 0.03,
        Names::Unsaid => 0.0,
    };
    said + plain
}
