//! Looks at many signals together: one thing that many accounts shared within moments, accounts that share together again
//! and again, words that were not used before. Follows the reading engine by cursor.
//!
//! What it finds is a suggestion, recorded with the messages behind it, for a person to agree with or to overrule. Signals
//! of protected sources are not looked at, nor those with covered words. Accounts are known by their pseudonyms.

mod numbers;

use numbers::Numbers;
use std::collections::{HashMap, HashSet};
use std::time::Instant;
use vigie_model::{
    Actor, Entry, ErrorRate, Event, FindingId, FindingKind, FindingMade, FoundMessage, Kind, Model, Reason,
    Score, SharedKind, SignalId, Timestamp,
};
use vigie_store::{Draft, Gathered, Store, StoreError};
use vigie_text::coordination::{Burst, BurstSettings, Group, GroupSettings, Share, Sharing, bursts, groups};
use vigie_text::likeness::link;
use vigie_text::novelty::{Novelty, NoveltySettings, Topic};

/// Name of the cursor and of the actor.
const GATHERING: &str = "gathering";
/// Version of these rules and of those of the text engine that they use.
const VERSION: &str = "2";
/// What is followed: what is erased leaves the memory too.
const FOLLOWED: [Kind; 2] = [Kind::SignalRead, Kind::ContentErased];
/// Entries looked at in one step.
const STEP: u32 = 512;
/// Days of signals that are looked at together.
const DAYS: i64 = 7;
/// Signals fetched at once when the memory is refilled.
const REFILL: u32 = 5_000;
/// Accounts and messages listed in a finding.
const LISTED_MAX: usize = 500;
/// Least likeness of two texts that count as one.
const SAME_TEXT: f64 = 0.8;
/// Addresses and hashtags of one text that are looked at.
const THINGS_MAX: usize = 8;
/// A search is followed by a rest of so many times its length: searching takes at most a twentieth of a core.
const REST: u32 = 19;
/// Seconds between two searches for accounts that share together again and again.
const GROUPS_PAUSE_S: i64 = 600;

/// A signal that is remembered.
struct Kept {
    seq: u64,
    id: SignalId,
    account: u32,
    at: Timestamp,
    recorded_at: Timestamp,
    things: Vec<u32>,
}

/// A finding that was told, so that it is not told again before it has grown.
#[derive(Clone, Copy)]
struct Told {
    id: FindingId,
    accounts: usize,
    last: Timestamp,
    /// Told when nothing more was to be expected.
    closed: bool,
}

/// The signals of the last days, and what they share.
pub struct Gathering {
    next: u64,
    kept: Vec<Kept>,
    numbers: Numbers,
    told: HashMap<(FindingKind, SignalId), Told>,
    novelty: HashMap<u32, Novelty>,
    grouped_at: Timestamp,
    news: usize,
    forgotten: Timestamp,
    /// Signals kept since the last search for bursts, with the entry that read each.
    touched: HashMap<SignalId, u64>,
    /// When the next search may begin.
    rests_until: Instant,
}

impl Gathering {
    /// Takes the cursor up and refills the memory.
    pub fn resume(store: &Store) -> Result<Self, StoreError> {
        Self::remembering(store, store.cursor(GATHERING)?)
    }

    fn remembering(store: &Store, next: u64) -> Result<Self, StoreError> {
        let mut engine = Self {
            next,
            kept: Vec::new(),
            numbers: Numbers::default(),
            told: HashMap::new(),
            novelty: HashMap::new(),
            grouped_at: Timestamp::UNIX_EPOCH,
            news: 0,
            forgotten: store.now(),
            touched: HashMap::new(),
            rests_until: Instant::now(),
        };
        engine.refill(store)?;
        Ok(engine)
    }

    /// Remembers anew what still stands before the next entry; what waits to be looked at goes on waiting.
    fn forget_erased(&mut self, store: &Store) -> Result<(), StoreError> {
        let fresh = Self::remembering(store, self.next)?;
        let before = std::mem::replace(self, fresh);
        (self.touched, self.news) = (before.touched, before.news);
        (self.rests_until, self.grouped_at) = (before.rests_until, before.grouped_at);
        Ok(())
    }

    fn refill(&mut self, store: &Store) -> Result<(), StoreError> {
        let oldest = store.now() - jiff::SignedDuration::from_hours(24 * (vigie_text::WINDOW_DAYS + 1));
        let recent = store.now() - jiff::SignedDuration::from_hours(24 * DAYS);
        let mut from = 0;
        loop {
            let batch = store.gathered(from, self.next, oldest, REFILL)?;
            let Some(last) = batch.last() else { break };
            from = last.seq + 1;
            for one in &batch {
                self.hear(one, false);
                if one.recorded_at >= recent {
                    self.keep(one);
                }
            }
        }
        for (at, made) in store.findings_since(oldest)? {
            self.recall(at, &made);
        }
        Ok(())
    }

    fn recall(&mut self, at: Timestamp, made: &FindingMade) {
        if made.kind == FindingKind::Topic {
            self.novelty.values_mut().for_each(|novelty| novelty.recall(&made.words, at));
        }
        let last = made.messages.last().map_or(at, |message| message.at);
        let told = Told { id: made.id, accounts: made.account_count as usize, last, closed: true };
        for message in &made.messages {
            self.told.insert((made.kind, message.signal), told);
        }
    }

    /// Reads what is new; `false` where there was nothing.
    pub fn step(&mut self, store: &Store) -> Result<bool, StoreError> {
        let known = store.last_tombstone()?;
        let batch = store.entries_from(self.next, STEP, &FOLLOWED)?;
        if batch.entries.iter().any(|(entry, _)| matches!(entry.event, Event::ContentErased(_))) {
            self.forget_erased(store)?;
        }
        let moved = batch.next != self.next;
        let mut made: Vec<(u64, FindingMade)> = Vec::new();
        for (entry, _) in &batch.entries {
            self.read(store, entry, &mut made)?;
        }
        let waiting = self.touched.clone();
        self.search(store, &mut made);
        let drafts =
            made.into_iter().map(|(seq, made)| Draft::new(model(), Event::FindingMade(made)).caused_by(seq));
        let drafts: Vec<Draft> = drafts.collect();
        if !drafts.is_empty()
            && !store.commit_engine_knowing(known, GATHERING, VERSION, batch.next, drafts)?
        {
            // Something was erased meanwhile: what was found may speak of it.
            self.forget_erased(store)?;
            self.touched = waiting;
            return Ok(true);
        }
        self.next = batch.next;
        self.forget(store.now());
        Ok(moved)
    }

    /// Looks for bursts and groups, unless it rests: what was shared meanwhile is looked at after the rest.
    fn search(&mut self, store: &Store, made: &mut Vec<(u64, FindingMade)>) {
        let begun = Instant::now();
        if self.touched.is_empty() || begun < self.rests_until {
            return;
        }
        let news = std::mem::take(&mut self.touched);
        let mut touched: HashMap<u32, u64> = HashMap::new();
        for kept in &self.kept {
            let Some(seq) = news.get(&kept.id) else { continue };
            touched.extend(kept.things.iter().map(|thing| (*thing, *seq)));
        }
        self.find_bursts(store, &touched, made);
        self.find_groups(store, touched.values().max().copied(), made);
        self.rests_until = begun + begun.elapsed() * (REST + 1);
    }

    fn read(
        &mut self,
        store: &Store,
        entry: &Entry,
        made: &mut Vec<(u64, FindingMade)>,
    ) -> Result<(), StoreError> {
        let (Event::SignalRead(_), Some(seq)) = (&entry.event, entry.caused_by) else { return Ok(()) };
        let found = store.gathered(seq, seq + 1, Timestamp::UNIX_EPOCH, 1)?;
        let Some(one) = found.first() else { return Ok(()) };
        // A refill may have met it before its reading came up.
        if self.numbers.knows_text(one.id) {
            self.touched.insert(one.id, entry.seq);
            return Ok(());
        }
        if let Some(topic) = self.hear(one, true) {
            made.extend(told_topic(&topic, one).map(|made| (entry.seq, made)));
        }
        if !self.keep(one).is_empty() {
            self.touched.insert(one.id, entry.seq);
        }
        Ok(())
    }

    fn hear(&mut self, one: &Gathered, tell: bool) -> Option<Topic> {
        let pool = one.compartments.bits();
        let novelty = self.novelty.entry(pool).or_insert_with(|| Novelty::new(NoveltySettings::default()));
        if tell {
            return novelty.hear(one.id, &one.text, one.recorded_at);
        }
        novelty.remember(one.id, &one.text, one.recorded_at);
        None
    }

    /// Remembers a signal; the answer are the things that it shares. One without account or time shares nothing.
    fn keep(&mut self, one: &Gathered) -> Vec<u32> {
        let mut things = Vec::new();
        let pool = one.compartments.bits();
        let same = one.copies.iter().filter(|(_, value)| *value >= SAME_TEXT).map(|(to, _)| *to);
        let family = self.numbers.text(one.id, same);
        if vigie_text::normalise(&one.text).alike.split(' ').count() >= 4 {
            things.push(family);
        }
        if !one.pictures.is_empty() || self.numbers.knows_picture(one.id) {
            things.push(self.numbers.picture(one.id, &one.pictures));
        }
        for link in link::in_text(&one.text, THINGS_MAX).into_iter().filter(link::Link::leads_to_one_thing) {
            things.push(self.numbers.named(pool, SharedKind::Link, link.canonical));
        }
        for tag in hashtags(&one.text) {
            things.push(self.numbers.named(pool, SharedKind::Hashtag, tag));
        }
        let (Some(account), Some(at)) = (&one.account, one.seen_at) else { return Vec::new() };
        let account = self.numbers.account(account);
        things.sort_unstable();
        things.dedup();
        self.kept.push(Kept {
            seq: one.seq,
            id: one.id,
            account,
            at,
            recorded_at: one.recorded_at,
            things: things.clone(),
        });
        self.news += 1;
        things
    }

    /// Everything shared; messages are numbered by their place in the memory.
    fn shares(&self) -> Vec<Share> {
        let mut shares = Vec::new();
        for (message, kept) in (0_u32..).zip(&self.kept) {
            for thing in &kept.things {
                let at_ms = kept.at.as_millisecond();
                shares.push(Share {
                    object: self.numbers.root(*thing),
                    account: kept.account,
                    message,
                    at_ms,
                });
            }
        }
        shares
    }

    fn find_bursts(
        &mut self,
        store: &Store,
        touched: &HashMap<u32, u64>,
        made: &mut Vec<(u64, FindingMade)>,
    ) {
        let mut causes: HashMap<u32, u64> = HashMap::new();
        for (thing, seq) in touched {
            causes.insert(self.numbers.root(*thing), *seq);
        }
        let settings = BurstSettings::default();
        let shares = self.shares();
        let mut accounts: HashMap<u32, HashSet<u32>> = HashMap::new();
        for share in shares.iter().filter(|share| causes.contains_key(&share.object)) {
            accounts.entry(share.object).or_default().insert(share.account);
        }
        if accounts.values().all(|of| of.len() < settings.accounts_least) {
            return;
        }
        for burst in bursts(&shares, &settings) {
            let Some(cause) = causes.get(&burst.object) else { continue };
            // A hashtag by itself is what a day is called by; it counts only where accounts use it together again and again.
            if self.numbers.kind(burst.object) == SharedKind::Hashtag {
                continue;
            }
            made.extend(self.told_burst(store.now(), &burst).map(|made| (*cause, made)));
        }
    }

    fn told_burst(&mut self, now: Timestamp, burst: &Burst) -> Option<FindingMade> {
        let window_ms = BurstSettings::default().window_ms;
        let messages = self.messages(burst.shares.iter().map(|share| (share.message, share.object)));
        let id = self.known(now, FindingKind::Burst, &messages, burst.shares.len(), window_ms)?;
        let kind = self.numbers.kind(burst.object);
        let seconds = (burst.span_ms + 999).div_euclid(1_000);
        let mut reasons = vec![
            Reason::new("why-together-burst").with("accounts", burst.shares.len()).with("seconds", seconds),
        ];
        let chance = burst.chance;
        reasons.extend(chance_reasons(burst.pairs, chance.map(|c| (c.expected, c.discovery_rate))));
        let error = chance.map_or(ErrorRate::NotAssessed, |c| ErrorRate::Measured(c.discovery_rate));
        let value = chance.map_or(0.0, |c| 1.0 - c.discovery_rate.clamp(0.0, 1.0));
        Some(FindingMade {
            things: vec![kind],
            window_s: window_ms as f64 / 1e3,
            span_s: burst.span_ms as f64 / 1e3,
            pairs: burst.pairs,
            expected: chance.map(|c| c.expected),
            p_value: chance.map(|c| c.p_value),
            discovery_rate: chance.map(|c| c.discovery_rate),
            ..self.finding(id, FindingKind::Burst, messages, score(value, reasons, error)?)
        })
    }

    fn find_groups(&mut self, store: &Store, cause: Option<u64>, made: &mut Vec<(u64, FindingMade)>) {
        let Some(cause) = cause else { return };
        let now = store.now();
        let waited = now.duration_since(self.grouped_at).as_secs();
        if self.news < 20 || (waited < GROUPS_PAUSE_S && self.news < 500) {
            return;
        }
        (self.news, self.grouped_at) = (0, now);
        let shares = self.shares();
        let Ok(bounds) = Sharing::new(BurstSettings::default().window_ms, Sharing::OBJECT_PAIRS_MAX) else {
            return;
        };
        match groups(&shares, &bounds, &GroupSettings::default()) {
            Ok(found) => {
                for group in &found {
                    made.extend(self.told_group(now, group, &shares).map(|made| (cause, made)));
                }
            }
            Err(error) => tracing::warn!(%error, "accounts that share together were not looked for"),
        }
    }

    fn told_group(&mut self, now: Timestamp, group: &Group, shares: &[Share]) -> Option<FindingMade> {
        let members: HashSet<u32> = group.accounts.iter().chain(&group.joined).copied().collect();
        let things: HashSet<u32> = group.objects.iter().copied().collect();
        let theirs = shares.iter().filter(|s| members.contains(&s.account) && things.contains(&s.object));
        let messages = self.messages(theirs.map(|share| (share.message, share.object)));
        let id = self.known(now, FindingKind::Repeated, &messages, members.len(), group.window_ms)?;
        let seconds = group.window_ms / 1_000;
        let mut reasons = vec![
            Reason::new("why-together-repeated")
                .with("accounts", members.len())
                .with("things", group.objects.len())
                .with("seconds", seconds),
        ];
        reasons.extend(chance_reasons(group.pairs, Some((group.expected, group.discovery_rate))));
        let error = ErrorRate::Measured(group.discovery_rate);
        let value = 1.0 - group.discovery_rate.clamp(0.0, 1.0);
        let span = |list: &[Found]| match (list.first(), list.last()) {
            (Some(first), Some(last)) => last.at.duration_since(first.at).as_secs_f64(),
            _ => 0.0,
        };
        let mut kinds: Vec<u32> = messages.iter().map(|message| message.thing).collect();
        kinds.sort_unstable();
        kinds.dedup();
        Some(FindingMade {
            things: kinds.into_iter().map(|thing| self.numbers.kind(thing)).collect(),
            window_s: group.window_ms as f64 / 1e3,
            span_s: span(&messages),
            pairs: group.pairs,
            expected: Some(group.expected),
            p_value: Some(group.p_value),
            discovery_rate: Some(group.discovery_rate),
            ..self.finding(id, FindingKind::Repeated, messages, score(value, reasons, error)?)
        })
    }

    fn messages(&self, of: impl Iterator<Item = (u32, u32)>) -> Vec<Found> {
        let found = of.filter_map(|(message, thing)| {
            let kept = self.kept.get(message as usize)?;
            Some(Found { signal: kept.id, seq: kept.seq, account: kept.account, thing, at: kept.at })
        });
        let mut found: Vec<Found> = found.collect();
        found.sort_unstable_by_key(|one| (one.at, one.seq, one.thing));
        found
    }

    /// The identifier to tell it under, if there is something new to tell: the first time, once it has grown by half,
    /// and when nothing more is to be expected.
    fn known(
        &mut self,
        now: Timestamp,
        kind: FindingKind,
        messages: &[Found],
        accounts: usize,
        window_ms: i64,
    ) -> Option<FindingId> {
        let last = messages.last()?.at;
        let closed = now.duration_since(last).as_millis() > i128::from(window_ms) * 2;
        let before = messages.iter().find_map(|message| self.told.get(&(kind, message.signal)).copied());
        if let Some(told) = before {
            let grown = accounts * 2 >= told.accounts * 3;
            let finished = accounts > told.accounts && (closed || told.closed) && last > told.last;
            if !grown && !finished {
                return None;
            }
        }
        let first = messages.first()?;
        let id = before.map_or_else(|| named_after(kind, first.signal), |told| told.id);
        let told = Told { id, accounts, last, closed };
        for message in messages {
            self.told.insert((kind, message.signal), told);
        }
        Some(id)
    }

    fn finding(&self, id: FindingId, kind: FindingKind, messages: Vec<Found>, score: Score) -> FindingMade {
        let mut accounts: Vec<u32> = Vec::new();
        let mut things: Vec<u32> = messages.iter().map(|message| message.thing).collect();
        things.sort_unstable();
        things.dedup();
        for message in &messages {
            if !accounts.contains(&message.account) {
                accounts.push(message.account);
            }
        }
        let place = |list: &[u32], of: u32| list.iter().position(|one| *one == of).map(|at| at as u32);
        let listed = messages.iter().take(LISTED_MAX).map(|message| FoundMessage {
            signal: message.signal,
            account: place(&accounts, message.account),
            thing: place(&things, message.thing),
            at: message.at,
        });
        let name = |account: &u32| self.numbers.name(*account).to_owned();
        FindingMade {
            id,
            kind,
            account_count: accounts.len() as u32,
            message_count: messages.len() as u32,
            messages: listed.collect(),
            accounts: accounts.iter().take(LISTED_MAX).map(name).collect(),
            things: Vec::new(),
            words: Vec::new(),
            window_s: 0.0,
            span_s: 0.0,
            pairs: 0,
            expected: None,
            p_value: None,
            discovery_rate: None,
            score,
        }
    }

    /// Once an hour: what is older than the days that are looked at together goes.
    fn forget(&mut self, now: Timestamp) {
        if now.duration_since(self.forgotten).as_hours() < 1 {
            return;
        }
        self.forgotten = now;
        let oldest = now - jiff::SignedDuration::from_hours(24 * DAYS);
        self.kept.retain(|kept| kept.recorded_at >= oldest);
        let known: HashSet<SignalId> = self.kept.iter().map(|kept| kept.id).collect();
        let kept = self.kept.iter_mut().map(|kept| (&mut kept.account, &mut kept.things));
        self.numbers.number_anew(kept, &known);
        self.told.retain(|(_, id), _| known.contains(id));
    }
}

/// One message of a finding, by our numbers.
struct Found {
    signal: SignalId,
    seq: u64,
    account: u32,
    thing: u32,
    at: Timestamp,
}

fn model() -> Actor {
    Actor::Model { name: GATHERING.to_owned(), version: VERSION.to_owned() }
}

fn score(value: f64, reasons: Vec<Reason>, error: ErrorRate) -> Option<Score> {
    Score::new(value, reasons, Model { name: GATHERING.to_owned(), version: VERSION.to_owned() }, error)
}

/// What chance alone would give, or that it is not assessed; and always that nobody is accused.
fn chance_reasons(pairs: u64, chance: Option<(f64, f64)>) -> Vec<Reason> {
    let mut reasons = match chance {
        Some((expected, rate)) => vec![
            Reason::new("why-together-chance")
                .with("expected", format!("{expected:.2}"))
                .with("pairs", pairs),
            Reason::new("why-together-rate").with("share", (rate * 100.0).ceil()),
        ],
        None => vec![Reason::new("why-together-unassessed")],
    };
    reasons.push(Reason::new("why-together-author"));
    reasons
}

fn told_topic(topic: &Topic, one: &Gathered) -> Option<FindingMade> {
    let reason = Reason::new("why-topic")
        .with("words", topic.words.join(", "))
        .with("signals", topic.signals.len())
        .with("before", topic.before)
        .with("base", topic.base_signals)
        .with("days", topic.base_days);
    let messages = topic.signals.iter().take(LISTED_MAX);
    let messages = messages.map(|signal| FoundMessage {
        signal: *signal,
        account: None,
        thing: None,
        at: one.recorded_at,
    });
    Some(FindingMade {
        id: named_after(FindingKind::Topic, *topic.signals.first()?),
        kind: FindingKind::Topic,
        accounts: Vec::new(),
        account_count: 0,
        things: Vec::new(),
        words: topic.words.clone(),
        messages: messages.collect(),
        message_count: topic.signals.len() as u32,
        window_s: 86_400.0,
        span_s: 0.0,
        pairs: 0,
        expected: None,
        p_value: None,
        discovery_rate: None,
        score: score(1.0, vec![reason], ErrorRate::Exact)?,
    })
}

/// A finding is named after the first signal behind it: a replay gives the same name.
fn named_after(kind: FindingKind, signal: SignalId) -> FindingId {
    let mut bytes = *signal.as_bytes();
    let mark = match kind {
        FindingKind::Burst => 0x55,
        FindingKind::Repeated => 0xaa,
        FindingKind::Topic => 0x33,
    };
    if let Some(last) = bytes.last_mut() {
        *last ^= mark;
    }
    FindingId::from_uuid(uuid::Uuid::from_bytes(bytes))
}

fn hashtags(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace()).filter_map(|word| word.strip_prefix('#'));
    let plain =
        |word: &str| word.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    words
        .map(|word| plain(word).to_lowercase())
        .filter(|tag| tag.chars().count() >= 3)
        .take(THINGS_MAX)
        .collect()
}
