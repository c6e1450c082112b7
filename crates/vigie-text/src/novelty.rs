//! Tells what is new: words that many signals use today and hardly any used in the four weeks before. No word list.
//!
//! Each signal counts a folded word once. The base are the signals received from 28 days to one day ago; what arrived in
//! the last day is measured against it. Words that stand in the same signals are one topic. A base of too few days or
//! signals says nothing, and then nothing is said. Names of persons are words like others: what is listed stands under
//! the rights of the signals that it was found in.

use crate::fold::normalise;
use crate::hash::{Table, bytes};
use jiff::{SignedDuration, Timestamp};
use std::collections::VecDeque;
use vigie_model::SignalId;

/// What makes a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoveltySettings {
    /// Signals that use a word, in the last day, before it is looked at.
    pub signals_least: usize,
    /// Days of the base, the last one not counted.
    pub base_days: i64,
    /// Fewest days that the base must hold.
    pub base_days_least: usize,
    /// Fewest signals that the base must hold.
    pub base_signals_least: u64,
    /// How many times as often as on a day of the base a word must be used.
    pub times_least: u64,
    /// Topics told within one day.
    pub topics_max: usize,
}

impl Default for NoveltySettings {
    fn default() -> Self {
        Self {
            signals_least: 20,
            base_days: 28,
            base_days_least: 7,
            base_signals_least: 200,
            times_least: 20,
            topics_max: 20,
        }
    }
}

/// Words that are new together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The folded words, the most used first, at most five.
    pub words: Vec<String>,
    /// The signals that use the first of them, in order of arrival.
    pub signals: Vec<SignalId>,
    /// How often the base used it.
    pub before: u64,
    /// Signals of the base.
    pub base_signals: u64,
    /// Days of the base.
    pub base_days: usize,
}

struct Day {
    number: i64,
    signals: u64,
    words: Table<u64, u32>,
}

struct Recent {
    at: Timestamp,
    signal: SignalId,
    words: Vec<u64>,
}

#[derive(Default)]
struct Use {
    word: String,
    /// Arrivals that use it.
    arrivals: VecDeque<u64>,
}

/// The base and what arrived since.
pub struct Novelty {
    settings: NoveltySettings,
    days: VecDeque<Day>,
    recent: VecDeque<Recent>,
    /// Arrival number of the first in `recent`.
    floor: u64,
    used: Table<u64, Use>,
    /// Words already told, and when.
    told: Table<u64, Timestamp>,
    told_at: VecDeque<Timestamp>,
}

/// Words shorter than this are left out: they are seldom names of things, and in most languages grammar.
const LETTERS_LEAST: usize = 4;
/// Words of one signal that are looked at.
const WORDS_MAX: usize = 200;
const WORDS_SHOWN: usize = 5;
const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Novelty {
    /// Nothing heard yet.
    pub fn new(settings: NoveltySettings) -> Self {
        Self {
            settings,
            days: VecDeque::new(),
            recent: VecDeque::new(),
            floor: 0,
            used: Table::default(),
            told: Table::default(),
            told_at: VecDeque::new(),
        }
    }

    /// Takes one signal in, in order of arrival, without asking what is new: for refilling after a restart.
    pub fn remember(&mut self, signal: SignalId, text: &str, at: Timestamp) {
        self.age(at);
        let arrival = self.floor + self.recent.len() as u64;
        let mut words: Vec<u64> = Vec::new();
        for word in normalise(text).alike.split(' ').filter(|word| is_word(word)).take(WORDS_MAX) {
            let hash = bytes(word.as_bytes());
            if words.contains(&hash) {
                continue;
            }
            words.push(hash);
            let used =
                self.used.entry(hash).or_insert_with(|| Use { word: word.to_owned(), ..Use::default() });
            used.arrivals.push_back(arrival);
        }
        self.recent.push_back(Recent { at, signal, words });
    }

    /// Takes one signal in and gives the topics that it makes.
    pub fn hear(&mut self, signal: SignalId, text: &str, at: Timestamp) -> Option<Topic> {
        self.remember(signal, text, at);
        if !self.is_assessed() {
            return None;
        }
        while self.told_at.front().is_some_and(|told| at.duration_since(*told) > DAY) {
            self.told_at.pop_front();
        }
        if self.told_at.len() >= self.settings.topics_max {
            return None;
        }
        let words = &self.recent.back()?.words;
        let mut new: Vec<u64> = words.iter().copied().filter(|word| self.is_new(*word)).collect();
        new.sort_by_key(|word| (std::cmp::Reverse(self.uses(*word)), *word));
        let lead = *new.first()?;
        let topic = self.topic(lead, &new);
        // Words that come along with one already told are that topic.
        let known = new.iter().any(|word| self.told.contains_key(word));
        self.told.extend(new.iter().map(|word| (*word, at)));
        if known {
            return None;
        }
        self.told_at.push_back(at);
        Some(topic)
    }

    /// A topic that was told before a restart is not told again.
    pub fn recall(&mut self, words: &[String], at: Timestamp) {
        self.told.extend(words.iter().map(|word| (bytes(word.as_bytes()), at)));
        self.told_at.push_back(at);
    }

    /// Whether the base is large enough to say what is new.
    pub fn is_assessed(&self) -> bool {
        self.days.len() >= self.settings.base_days_least
            && self.base_signals() >= self.settings.base_signals_least
    }

    fn base_signals(&self) -> u64 {
        self.days.iter().map(|day| day.signals).sum()
    }

    fn before(&self, word: u64) -> u64 {
        self.days.iter().filter_map(|day| day.words.get(&word)).map(|n| u64::from(*n)).sum()
    }

    fn uses(&self, word: u64) -> usize {
        self.used.get(&word).map_or(0, |used| used.arrivals.len())
    }

    fn is_new(&self, word: u64) -> bool {
        let uses = self.uses(word);
        let days = self.days.len().max(1) as u64;
        uses >= self.settings.signals_least
            // As often as on a day of the base, and half a time more for words that it never used.
            && uses as u64 * days * 2 >= self.settings.times_least * (2 * self.before(word) + 1)
    }

    fn topic(&self, lead: u64, new: &[u64]) -> Topic {
        let arrivals = self.used.get(&lead).map(|used| &used.arrivals);
        let signals = arrivals.into_iter().flatten().filter_map(|n| {
            let at = usize::try_from(n.checked_sub(self.floor)?).ok()?;
            self.recent.get(at).map(|recent| recent.signal)
        });
        let words = new.iter().filter_map(|word| self.used.get(word)).take(WORDS_SHOWN);
        Topic {
            words: words.map(|used| used.word.clone()).collect(),
            signals: signals.collect(),
            before: self.before(lead),
            base_signals: self.base_signals(),
            base_days: self.days.len(),
        }
    }

    /// Moves what is older than a day into the base, and lets go of what is older than the base.
    fn age(&mut self, now: Timestamp) {
        while self.recent.front().is_some_and(|recent| now.duration_since(recent.at) > DAY) {
            let Some(recent) = self.recent.pop_front() else { break };
            for word in &recent.words {
                let Some(used) = self.used.get_mut(word) else { continue };
                used.arrivals.pop_front();
                if used.arrivals.is_empty() {
                    self.used.remove(word);
                }
            }
            self.floor += 1;
            self.settle(&recent);
        }
        let oldest = day(now) - self.settings.base_days;
        while self.days.front().is_some_and(|day| day.number < oldest) {
            self.days.pop_front();
        }
        let base_days = self.settings.base_days;
        self.told.retain(|_, told| now.duration_since(*told) < DAY * (base_days as i32));
    }

    fn settle(&mut self, recent: &Recent) {
        let number = day(recent.at);
        if self.days.back().is_none_or(|day| day.number < number) {
            self.days.push_back(Day { number, signals: 0, words: Table::default() });
        }
        let Some(day) = self.days.back_mut() else { return };
        day.signals += 1;
        for word in &recent.words {
            *day.words.entry(*word).or_default() += 1;
        }
    }
}

fn day(at: Timestamp) -> i64 {
    at.as_second().div_euclid(86_400)
}

fn is_word(word: &str) -> bool {
    let script_without_spaces = word.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}'));
    let long = word.chars().take(LETTERS_LEAST).count() >= LETTERS_LEAST;
    (long || script_without_spaces) && word.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + minutes * 60).expect("a time")
    }

    fn id(n: u64) -> SignalId {
        let mut random = [0; 10];
        random[2..].copy_from_slice(&n.to_be_bytes());
        SignalId::new(1_795_000_000_000, random)
    }

    /// Twenty days of ten signals each on the same few subjects.
    fn base() -> Novelty {
        let mut novelty = Novelty::new(NoveltySettings::default());
        for n in 0..200 {
            let text = format!("le marché de Kassodé ouvre, prix du riz et du sorgho, jour {n}");
            novelty.remember(id(n), &text, at(n as i64 * 144));
        }
        novelty
    }

    const NOW: i64 = 22 * 1_440;

    #[test]
    fn a_subject_never_heard_is_told_at_its_twentieth_signal_once() {
        let mut novelty = base();
        let mut told = Vec::new();
        for n in 0..40 {
            let text = format!("On parle de choléra au marché, témoin {n}");
            told.extend(novelty.hear(id(1_000 + n), &text, at(NOW + n as i64 * 3)).map(|topic| (n, topic)));
        }
        assert_eq!(told.len(), 1, "{told:?}");
        let (n, topic) = &told[0];
        assert_eq!((*n, topic.signals.len(), topic.before, topic.base_signals), (19, 20, 0, 200));
        assert!(topic.words.contains(&"cholera".to_owned()) && !topic.words.contains(&"marche".to_owned()));
    }

    #[test]
    fn what_is_spoken_of_every_day_is_not_new_and_a_small_base_says_nothing() {
        let mut novelty = base();
        for n in 0..60 {
            let topic = novelty.hear(id(2_000 + n), "marché riz sorgho Kassodé", at(NOW + n as i64));
            assert_eq!(topic, None);
        }
        let mut small = Novelty::new(NoveltySettings::default());
        for n in 0..60 {
            assert_eq!(small.hear(id(n), "tremblement", at(n as i64)), None);
        }
        assert!(!small.is_assessed());
    }

    #[test]
    fn no_more_than_twenty_topics_a_day() {
        let mut novelty = base();
        let mut told = 0;
        for n in 0..40 * 25 {
            let text = format!("nouvelle{}", ["a", "b"].map(|end| format!("{end}{}", n / 25)).join(""));
            told += u32::from(novelty.hear(id(3_000 + n), &text, at(NOW + n as i64 / 4)).is_some());
        }
        assert_eq!(told, 20);
    }

    #[test]
    fn what_was_told_before_a_restart_is_not_told_again() {
        let mut novelty = base();
        novelty.recall(&["cholera".to_owned()], at(NOW));
        for n in 0..40 {
            assert_eq!(novelty.hear(id(4_000 + n), "choléra", at(NOW + n as i64)), None);
        }
    }
}
