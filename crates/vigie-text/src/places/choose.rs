//! Says which of several places of one name is meant, or that it is not said.

use super::distance::km_between;
use super::{Confidence, Match, Mention};
use std::collections::BTreeSet;
use vigie_model::{GazetteerPlace, Reason};

/// The nearest of several counts as meant only if it lies this many times nearer than the next.
const NEARER: f64 = 3.0;
/// Farther than this from everything else, in km, nothing is chosen.
const FAR_KM: f64 = 150.0;

/// What is known around a text when its places are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around<'a> {
    /// Places that other signals of the same narrative name, as positions in the gazetteer.
    pub narrative: &'a [usize],
    /// Where the source stands or the signal was heard, as a position in the gazetteer.
    pub source: Option<usize>,
}

/// A place that may be meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Position in the gazetteer.
    pub place: usize,
    /// What speaks for it, where something does.
    pub why: Option<Reason>,
    /// Kilometres to what speaks for it.
    pub km: Option<f64>,
}

/// Orders the candidates of each mention and settles its confidence. The result does not depend on the order in
/// which the mentions or the narrative's places stand.
pub fn choose(places: &[GazetteerPlace], mentions: &mut [Mention], around: &Around<'_>) {
    let settled: BTreeSet<usize> = mentions
        .iter()
        .filter(|m| m.candidates.len() == 1 && m.how != Match::NearSpelling)
        .map(first)
        .collect();
    let areas: BTreeSet<&str> =
        settled.iter().filter_map(|n| places.get(*n)).map(|place| place.name.as_str()).collect();
    for mention in mentions {
        if mention.candidates.len() > 1 {
            let anchors = [
                ("why-place-near-text", settled.iter().copied().collect::<Vec<_>>()),
                ("why-place-near-narrative", around.narrative.to_vec()),
                ("why-place-near-source", around.source.into_iter().collect()),
            ];
            let chosen = by_area(places, mention, &areas)
                || anchors.iter().any(|(code, anchors)| by_distance(places, mention, code, anchors));
            mention.confidence = if chosen { Confidence::Chosen } else { Confidence::Ambiguous };
        } else {
            mention.confidence = Confidence::Only;
        }
        if mention.how == Match::NearSpelling && mention.confidence != Confidence::Ambiguous {
            mention.confidence = Confidence::NearSpelling;
        }
    }
}

fn first(mention: &Mention) -> usize {
    mention.candidates.first().map_or(usize::MAX, |candidate| candidate.place)
}

/// One candidate alone lies in an area that the text names.
fn by_area(places: &[GazetteerPlace], mention: &mut Mention, areas: &BTreeSet<&str>) -> bool {
    let area = |n: usize| {
        let admin = places.get(n).map_or(&[][..], |place| &place.admin);
        admin.iter().rev().find(|area| areas.contains(area.as_str()))
    };
    let inside: Vec<usize> =
        mention.candidates.iter().map(|c| c.place).filter(|n| area(*n).is_some()).collect();
    let [meant] = inside.as_slice() else { return false };
    let Some(name) = area(*meant) else { return false };
    let reason = Reason::new("why-place-in-area").with("area", name);
    put_first(mention, *meant, reason, None);
    true
}

/// One candidate lies much nearer to an anchor than every other.
fn by_distance(places: &[GazetteerPlace], mention: &mut Mention, code: &str, anchors: &[usize]) -> bool {
    let point = |n: usize| places.get(n).map(|place| (place.lat_deg, place.lon_deg));
    let mut near: Vec<(f64, usize, usize)> = Vec::new();
    for candidate in &mention.candidates {
        let Some(here) = point(candidate.place) else { continue };
        let reach = anchors.iter().filter_map(|n| Some((km_between(here, point(*n)?), *n)));
        near.extend(
            reach.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(km, anchor)| (km, candidate.place, anchor)),
        );
    }
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (Some(best), Some(next)) = (near.first(), near.get(1)) else { return false };
    if best.0 > FAR_KM || best.0 * NEARER > next.0 {
        return false;
    }
    let anchor = places.get(best.2).map_or("", |place| &place.name);
    // The sentence behind each code stands in the catalogues; a test holds the three to them.
    let reason = Reason::new(code).with("anchor", anchor).with("km", best.0.round());
    put_first(mention, best.1, reason, Some(best.0));
    true
}

fn put_first(mention: &mut Mention, meant: usize, reason: Reason, km: Option<f64>) {
    mention.candidates.sort_by_key(|candidate| (candidate.place != meant, candidate.place));
    if let Some(candidate) = mention.candidates.first_mut() {
        candidate.why = Some(reason);
        candidate.km = km;
    }
}
