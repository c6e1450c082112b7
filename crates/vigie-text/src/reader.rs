//! Reads signals one by one and puts each into a narrative.
//!
//! A narrative is a group of signals joined by a chain of links, each exact: copies of a text, addresses of one article,
//! one picture in any size and position. Whatever the order of arrival, the groups are the same. Only signals of one pool
//! are ever compared. What a person took apart is never joined again: a signal that is like both goes with its strongest
//! link.
//!
//! Memory holds the folded runs of each distinct text, not the texts: about 240 bytes and 24 bytes a word for a
//! text not seen before, 80 bytes for one more copy, 112 for an address, some 290 for a picture. It is a cache: [`Reader::refill`] rebuilds it from what the
//! journal holds, and goes by the narratives on record, never by a second opinion.

use crate::copies::{Copies, Copy};
use crate::fold::{Normal, Surface, normalise};
use crate::hash::Table;
use crate::language::language;
use crate::likeness::picture::Positions;
use crate::narratives::Narratives;
use crate::shelf::{Query, Shelf};
use crate::shorts::{self, ShortKey, Shorts};
use crate::things::{Carried, LinkKey, Met, Things};
use crate::{Settings, shingle};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, VecDeque};
use vigie_model::{ErrorRate, Likeness, Link, Model, NarrativeId, Reading, Reason, Score, SignalId, Trick};

/// A signal as the reader needs it.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// Its identifier.
    pub signal: SignalId,
    /// Only signals of one pool are ever compared: the bits of its compartments.
    pub pool: u32,
    /// The text as received.
    pub text: &'a str,
    /// The pictures that came with it, at most four are looked at.
    pub pictures: &'a [Positions],
    /// Language that the source claims, BCP 47.
    pub lang_hint: Option<&'a str>,
    /// When it happened or was posted, where known. Likeness does not depend on it.
    pub seen_at: Option<Timestamp>,
    /// When it was recorded: this decides when it is forgotten.
    pub received_at: Timestamp,
}

/// What the reader holds and how it fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Memory {
    /// Signals remembered.
    pub signals: usize,
    /// Distinct texts among them.
    pub texts: usize,
    /// Bytes that count against [`Settings::memory_bytes_max`].
    pub bytes: usize,
    /// Signals whose search ended early, since the reader was made: for those a link may have been missed.
    pub cut_short: u64,
    /// Index entries visited and elements compared, since the reader was made: what the searches cost.
    pub steps: u64,
}

/// A remembered signal.
struct Kept {
    signal: SignalId,
    received_at: Timestamp,
    /// Place of its text, or `NO_TEXT`.
    place: u32,
    /// The next arrival with the same text.
    next: Option<u64>,
    surface: Surface,
    /// The addresses that it carried.
    links: Box<[LinkKey]>,
}

/// A signal that is remembered for what it carried alone.
const NO_TEXT: u32 = u32::MAX;

/// A distinct folded text in one pool.
struct Variant {
    key: TextKey,
    /// Its remembered arrivals; `first > last` when none is left.
    first: u64,
    last: u64,
    narrative: u32,
    bytes: u32,
}

/// 128 bits of SHA-256 over pool and folded text: "same text" is not a matter of luck.
type TextKey = [u64; 2];

/// What one reading works with.
struct Folded {
    key: TextKey,
    set: Vec<u64>,
    surface: Surface,
    carried: Carried,
    /// Where it is too short to be a copy but carries something.
    short: Option<ShortKey>,
}

impl Folded {
    /// Whether nothing in the signal can be compared.
    fn is_empty(&self) -> bool {
        self.set.is_empty() && self.carried.is_empty()
    }
}

/// What a signal was found to be like.
#[derive(Default)]
struct Found {
    roots: Vec<u32>,
    /// Each with the root of its narrative, strongest first.
    texts: Vec<(u32, Link)>,
    things: Vec<(u64, u32, Met)>,
}

const SIGNAL_BYTES: usize = size_of::<Kept>();
/// Variant, shelf entry, two table entries, narrative slot and the allocator's share.
const TEXT_BYTES: usize = 240;
/// A 64-bit run and its index entry, in a table half full.
const RUN_BYTES: usize = 24;

/// Reads signals and remembers enough to recognise their copies.
#[derive(Default)]
pub struct Reader {
    settings: Settings,
    shelf: Shelf,
    /// Parallel to the places of the shelf.
    variants: Vec<Variant>,
    by_text: Table<TextKey, u32>,
    things: Things,
    shorts: Shorts,
    narratives: Narratives,
    kept: VecDeque<Kept>,
    /// Arrival number of the first signal in `kept`; arrivals count from 1.
    floor: u64,
    bytes: usize,
    dropped: usize,
    cut_short: u64,
    steps: u64,
}

impl Reader {
    /// Name of the model in every score.
    pub const MODEL: &'static str = "text";
    /// Its version: another folding or another definition of likeness is another version.
    pub const VERSION: &'static str = "3";

    /// A reader that remembers nothing yet.
    pub fn new(settings: Settings) -> Self {
        Self { settings, floor: 1, ..Self::default() }
    }

    /// Name and version, as a score carries them.
    pub fn model() -> Model {
        Model { name: Self::MODEL.to_owned(), version: Self::VERSION.to_owned() }
    }

    /// Reads one signal and remembers it.
    pub fn read(&mut self, item: &Item<'_>) -> Reading {
        let text = clip(item.text, self.settings.text_bytes_max);
        let normal = normalise(text);
        let mut reading = Reading {
            signal: item.signal,
            narrative: NarrativeId::founded_by(item.signal),
            founds: true,
            absorbs: Vec::new(),
            language: language(&normal, item.lang_hint),
            links: Vec::new(),
            tricks: normal.tricks.clone(),
        };
        let folded = self.folded(item, text, &normal);
        if folded.is_empty() {
            return reading;
        }
        let mut found = Found::default();
        let place = self.by_text.get(&folded.key).copied().filter(|_| !folded.set.is_empty());
        match place {
            Some(place) => self.find_same(place, &folded, &mut found),
            None => self.find_near(item, &folded, &mut found),
        }
        self.find_carried(item.pool, &folded.carried, &mut found);
        let own = self.find_parted(&folded, &mut found);
        self.keep_apart_what_people_parted(&mut found, own);
        self.link(&mut found, &mut reading);
        let root = self.join(found.roots, &mut reading);
        self.take(item, folded, place, root);
        reading
    }

    /// Takes back into memory a signal that was read before and stands in `narrative` today.
    ///
    /// Refilling the signals of a window in their order of arrival gives the memory that reading them gave: the
    /// founder of a narrative arrived before all others that stand in it, those it absorbed included.
    pub fn refill(&mut self, item: &Item<'_>, narrative: NarrativeId) {
        let text = clip(item.text, self.settings.text_bytes_max);
        let folded = self.folded(item, text, &normalise(text));
        if folded.is_empty() {
            return;
        }
        let founds = narrative == NarrativeId::founded_by(item.signal);
        let founded = if founds { self.next_arrival() } else { 0 };
        let root = self.narratives.slot(narrative, founded);
        let place = self.by_text.get(&folded.key).copied().filter(|_| !folded.set.is_empty());
        self.take(item, folded, place, root);
    }

    /// Follows a person who joined two narratives: `other` is part of `kept` from now on.
    pub fn unite(&mut self, kept: NarrativeId, other: NarrativeId) {
        let (kept, other) = (self.narratives.slot(kept, 0), self.narratives.slot(other, 0));
        if kept != other {
            self.narratives.release(kept, other);
            self.narratives.absorb(kept, other);
        }
    }

    /// Follows a person who took `signals` out of `whole`: they and all with the same texts stand in `part` from now on.
    pub fn part(&mut self, whole: NarrativeId, part: NarrativeId, signals: &[SignalId]) {
        let chosen: BTreeSet<SignalId> = signals.iter().copied().collect();
        let moved: Vec<u64> = (self.floor..)
            .zip(&self.kept)
            .filter(|(_, kept)| chosen.contains(&kept.signal))
            .map(|(n, _)| n)
            .collect();
        let slot = self.narratives.anew(part, moved.first().copied().unwrap_or_default());
        for arrival in &moved {
            let place = self.kept(*arrival).place;
            if let Some(variant) = self.variants.get_mut(place as usize) {
                variant.narrative = slot;
            }
        }
        self.things.part(&moved, slot);
        self.shorts.part(&moved, slot);
        let rest = self.narratives.slot(whole, 0);
        self.narratives.keep_apart(rest, slot);
        // The lists of common runs are laid out by narrative.
        self.rebuild();
    }

    /// Never joins the two: a person took them apart.
    pub fn keep_apart(&mut self, one: NarrativeId, other: NarrativeId) {
        let (one, other) = (self.narratives.slot(one, 0), self.narratives.slot(other, 0));
        self.narratives.keep_apart(one, other);
    }

    /// Forgets the signals received before `limit`: what arrives later founds narratives of its own.
    ///
    /// Goes by order of arrival and stops at the first signal received at `limit` or later, so that a clock that
    /// jumped back forgets nothing early.
    pub fn forget_before(&mut self, limit: Timestamp) {
        while self.kept.front().is_some_and(|kept| kept.received_at < limit) {
            self.forget_first();
        }
        self.rebuild_when_worth_it();
    }

    /// What the reader holds.
    pub fn memory(&self) -> Memory {
        Memory {
            signals: self.kept.len(),
            texts: self.by_text.len(),
            bytes: self.bytes,
            cut_short: self.cut_short,
            steps: self.steps,
        }
    }

    fn folded(&self, item: &Item<'_>, text: &str, normal: &Normal) -> Folded {
        let set = shingle::runs(&normal.alike, self.settings.runs_max).set;
        let carried = Carried::of(item.pool, text, item.pictures);
        let short =
            (set.is_empty() && !carried.is_empty()).then(|| shorts::key(item.pool, &normal.alike, &carried));
        Folded { key: text_key(item.pool, &normal.alike), set, surface: normal.surface, carried, short }
    }

    fn next_arrival(&self) -> u64 {
        self.floor + self.kept.len() as u64
    }

    fn kept(&self, arrival: u64) -> &Kept {
        &self.kept[(arrival - self.floor) as usize]
    }

    fn find_same(&self, place: u32, folded: &Folded, found: &mut Found) {
        let variant = &self.variants[place as usize];
        let first = self.kept(variant.first);
        let root = self.narratives.root(variant.narrative);
        found.roots.push(root);
        let copy = Copy { place, shared: folded.set.len(), union: folded.set.len() };
        let changed = folded.surface.changed_from(first.surface);
        found.texts.extend(link(first.signal, Likeness::Same, copy, changed).map(|link| (root, link)));
    }

    fn find_near(&mut self, item: &Item<'_>, folded: &Folded, found: &mut Found) {
        if folded.set.is_empty() {
            return;
        }
        let query = Query {
            set: &folded.set,
            pool: item.pool,
            least: self.settings.join,
            steps_max: self.settings.steps_max,
        };
        let mut copies = Copies::new(&self.narratives, self.settings.looks_max);
        let effort = self.shelf.search(&query, &mut copies);
        self.cut_short += u64::from(effort.cut_short);
        self.steps += effort.steps as u64;
        found.roots = copies.roots();
        let copies = std::mem::take(&mut copies.found);
        found.texts = self.strongest(copies, folded.surface);
    }

    fn find_carried(&self, pool: u32, carried: &Carried, found: &mut Found) {
        self.things.meet(pool, carried, |arrival, narrative, met| {
            let root = self.narratives.root(narrative);
            found.roots.push(root);
            found.things.push((arrival, root, met));
        });
        let rank = |met: &Met| match met {
            Met::Picture(bits) => (0, *bits),
            Met::Link => (1, 0),
        };
        found.things.sort_unstable_by_key(|(arrival, _, met)| (rank(met), *arrival));
    }

    /// The narrative of the same short post, where people took apart those that carried the same.
    fn find_parted(&self, folded: &Folded, found: &mut Found) -> Option<u32> {
        if self.narratives.apart().is_empty() {
            return None;
        }
        let (last, narrative) = self.shorts.get(folded.short.as_ref()?)?;
        let root = self.narratives.root(narrative);
        if !found.roots.contains(&root) && !folded.carried.links.is_empty() {
            // The address counts as that of the narrative it was taken out of.
            found.roots.push(root);
            found.things.push((last, root, Met::Link));
        }
        found.roots.contains(&root).then_some(root)
    }

    /// Of narratives that a person keeps apart, the signal goes with the one in which the same short post stands
    /// (`own`), else with the one of its strongest link.
    fn keep_apart_what_people_parted(&self, found: &mut Found, own: Option<u32>) {
        if self.narratives.apart().is_empty() {
            return;
        }
        let mut roots: Vec<u32> = Vec::new();
        found.roots.sort_unstable_by_key(|root| self.narratives.age(*root, self.floor));
        let by_strength = found.texts.iter().map(|(root, _)| *root);
        let by_strength = by_strength.chain(found.things.iter().map(|(_, root, _)| *root));
        for root in own.into_iter().chain(by_strength).chain(found.roots.iter().copied()) {
            if !roots.contains(&root) && !roots.iter().any(|one| self.narratives.are_apart(*one, root)) {
                roots.push(root);
            }
        }
        found.texts.retain(|(root, _)| roots.contains(root));
        found.things.retain(|(_, root, _)| roots.contains(root));
        found.roots = roots;
    }

    /// Writes the strongest links into the reading: those of texts first, the earliest of each thing behind them.
    fn link(&self, found: &mut Found, reading: &mut Reading) {
        found.things.truncate(self.settings.links_max / 2);
        found.texts.truncate(self.settings.links_max - found.things.len());
        reading.links.extend(found.texts.drain(..).map(|(_, link)| link));
        let of_things =
            found.things.iter().filter_map(|(arrival, _, met)| carried(self.kept(*arrival).signal, *met));
        reading.links.extend(of_things);
    }

    /// Remembers the signal under the narrative of `root`.
    fn take(&mut self, item: &Item<'_>, mut folded: Folded, known: Option<u32>, root: u32) {
        let arrival = self.next_arrival();
        self.bytes += self.things.keep(item.pool, &folded.carried, arrival, root);
        if let Some(key) = folded.short {
            self.bytes += self.shorts.keep(key, arrival, root);
        }
        let links = std::mem::take(&mut folded.carried.links);
        let surface = folded.surface;
        let place = match known {
            Some(place) => place,
            None if folded.set.is_empty() => NO_TEXT,
            None => self.add(item.pool, folded, root),
        };
        self.keep(item, place, surface, links);
        self.keep_within_budget();
    }

    /// The strongest links, each to the earliest remembered signal with that text.
    fn strongest(&self, mut found: Vec<Copy>, surface: Surface) -> Vec<(u32, Link)> {
        let first = |copy: &Copy| self.variants[copy.place as usize].first;
        found.sort_unstable_by(|a, b| {
            (b.shared * a.union).cmp(&(a.shared * b.union)).then_with(|| first(a).cmp(&first(b)))
        });
        found.truncate(self.settings.links_max);
        let near = |copy: Copy| {
            let to = self.kept(first(&copy));
            let root = self.narratives.root(self.variants[copy.place as usize].narrative);
            let link = link(to.signal, Likeness::Near, copy, surface.tricks_beside(to.surface))?;
            Some((root, link))
        };
        found.into_iter().filter_map(near).collect()
    }

    /// Puts the signal into the oldest narrative linked, which absorbs the others.
    fn join(&mut self, mut roots: Vec<u32>, reading: &mut Reading) -> u32 {
        roots.sort_unstable_by_key(|root| self.narratives.age(*root, self.floor));
        roots.dedup();
        let mut roots = roots.into_iter();
        let Some(oldest) = roots.next() else {
            return self.narratives.slot(reading.narrative, self.next_arrival());
        };
        reading.founds = false;
        reading.narrative = self.narratives.id(oldest);
        for younger in roots {
            reading.absorbs.push(self.narratives.id(younger));
            self.narratives.absorb(oldest, younger);
        }
        oldest
    }

    fn add(&mut self, pool: u32, folded: Folded, root: u32) -> u32 {
        let bytes = TEXT_BYTES + RUN_BYTES * folded.set.len();
        let place = self.shelf.put(folded.set.into_boxed_slice(), pool, root);
        let arrival = self.next_arrival();
        // No arrival yet: `keep` adds the first.
        let variant =
            Variant { key: folded.key, first: arrival, last: 0, narrative: root, bytes: bytes as u32 };
        self.variants.push(variant);
        self.by_text.insert(folded.key, place);
        self.bytes += bytes;
        place
    }

    fn keep(&mut self, item: &Item<'_>, place: u32, surface: Surface, links: Box<[LinkKey]>) {
        let arrival = self.next_arrival();
        if let Some(variant) = self.variants.get_mut(place as usize) {
            let last = std::mem::replace(&mut variant.last, arrival);
            if last >= self.floor {
                self.kept[(last - self.floor) as usize].next = Some(arrival);
            }
        }
        self.kept.push_back(Kept {
            signal: item.signal,
            received_at: item.received_at,
            place,
            next: None,
            surface,
            links,
        });
        self.bytes += SIGNAL_BYTES;
    }

    fn keep_within_budget(&mut self) {
        while self.bytes > self.settings.memory_bytes_max && self.kept.len() > 1 {
            self.forget_first();
        }
        self.rebuild_when_worth_it();
    }

    fn forget_first(&mut self) {
        let Some(kept) = self.kept.pop_front() else { return };
        self.bytes -= SIGNAL_BYTES + self.things.forget(self.floor, &kept.links);
        self.bytes -= self.shorts.forget(self.floor);
        self.floor += 1;
        let Some(variant) = self.variants.get_mut(kept.place as usize) else { return };
        if let Some(next) = kept.next {
            variant.first = next;
            return;
        }
        variant.first = u64::MAX;
        self.bytes -= variant.bytes as usize;
        self.by_text.remove(&variant.key);
        self.shelf.drop_text(kept.place);
        self.dropped += 1;
    }

    /// Index entries of dropped texts are cleared all at once, when a quarter of the texts is gone: cheaper than
    /// one by one, and what remains is laid out as if the forgotten had never arrived.
    fn rebuild_when_worth_it(&mut self) {
        if self.dropped * 4 > self.variants.len() {
            self.rebuild();
        }
    }

    fn rebuild(&mut self) {
        let texts = self.shelf.take();
        let narratives = std::mem::take(&mut self.narratives);
        let mut left: Vec<_> = std::mem::take(&mut self.variants).into_iter().zip(texts).collect();
        left.retain(|(variant, _)| variant.first != u64::MAX);
        left.sort_unstable_by_key(|(variant, _)| variant.first);
        self.dropped = 0;
        let floor = self.floor;
        let settle = |anew: &mut Narratives, old: u32| {
            let root = narratives.root(old);
            let founded = narratives.founded(root);
            anew.slot(narratives.id(root), if founded < floor { 0 } else { founded })
        };
        let anew = &mut self.narratives;
        self.things.resettle(|old| settle(anew, old));
        self.shorts.resettle(|old| settle(anew, old));
        for (one, other) in narratives.apart() {
            let (one, other) = (settle(anew, *one), settle(anew, *other));
            anew.keep_apart(one, other);
        }
        for (mut variant, (set, pool, _)) in left {
            variant.narrative = settle(&mut self.narratives, variant.narrative);
            let place = self.shelf.put(set, pool, variant.narrative);
            self.by_text.insert(variant.key, place);
            self.replace(&variant, place);
            self.variants.push(variant);
        }
    }

    fn replace(&mut self, variant: &Variant, place: u32) {
        let mut at = Some(variant.first);
        while let Some(arrival) = at {
            let kept = &mut self.kept[(arrival - self.floor) as usize];
            kept.place = place;
            at = kept.next;
        }
    }
}

fn text_key(pool: u32, alike: &str) -> TextKey {
    let digest = Sha256::new().chain_update(pool.to_le_bytes()).chain_update(alike.as_bytes()).finalize();
    let half = |at: usize| digest[at..at + 8].iter().fold(0, |n, b| n << 8 | u64::from(*b));
    [half(0), half(8)]
}

fn link(to: SignalId, likeness: Likeness, copy: Copy, tricks: Vec<Trick>) -> Option<Link> {
    let reason = if likeness == Likeness::Same {
        Reason::new("why-same-text")
    } else {
        Reason::new("why-near-text")
            .with("percent", copy.shared * 100 / copy.union)
            .with("shared", copy.shared)
            .with("total", copy.union)
    };
    let value = copy.shared as f64 / copy.union as f64;
    let score = Score::new(value, vec![reason], Reader::model(), ErrorRate::Exact)?;
    Some(Link { to, likeness, score, tricks })
}

/// A link by an address or a picture. The address itself is no part of the reason: readings stand in the open.
fn carried(to: SignalId, met: Met) -> Option<Link> {
    let (likeness, value, reason) = match met {
        Met::Link => (Likeness::Link, 1.0, Reason::new("why-same-link")),
        Met::Picture(bits) => {
            let value = 1.0 - f64::from(bits) / 256.0;
            (Likeness::Picture, value, Reason::new("why-same-picture").with("bits", bits))
        }
    };
    let score = Score::new(value, vec![reason], Reader::model(), ErrorRate::Exact)?;
    Some(Link { to, likeness, score, tricks: Vec::new() })
}

/// The beginning of `text`, at most `bytes_max` bytes, cut between characters.
fn clip(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_can_be_handed_to_another_thread() {
        fn sendable<T: Send>(_: &T) {}
        sendable(&Reader::new(Settings::default()));
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(clip("été", 1), "");
        assert_eq!(clip("été", 4), "ét");
        assert_eq!(clip("été", 99), "été");
    }
}
