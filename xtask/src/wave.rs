//! A story told again and again, hour after hour: many signals from a few lines of a scenario.
//!
//! How many come in an hour, who says them and in which words follows from the scenario's seed, so every replay brings the
//! same ones at the same times.

use crate::scenario::{Event, Offset};
use serde::Deserialize;
use vigie_model::SourceId;

/// `[[wave]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wave {
    /// Name by which acts and expectations speak of its first signal.
    #[serde(default)]
    pub id: Option<String>,
    /// Which story it belongs to; for tests, never sent.
    pub story: String,
    /// Its source.
    pub source: SourceId,
    /// Its language, BCP 47.
    pub lang: String,
    /// From when on.
    pub from: Offset,
    /// Until when.
    pub to: Offset,
    /// Signals an hour, on average.
    pub per_hour: f64,
    /// How many accounts say it.
    pub accounts: u32,
    /// Its wordings, told in turn by chance; the first signal has the first of them.
    pub texts: Vec<String>,
}

/// A small generator (xorshift64*): no library is needed for an invented crowd.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.next() * n as f64) as usize).min(n.saturating_sub(1))
    }
}

impl Wave {
    /// Its signals, in order: times between them are exponential, so that hours vary as a crowd's do.
    pub fn events(&self, seed: u64) -> Vec<Event> {
        let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut events: Vec<Event> = Vec::new();
        let mut at_s = self.from.as_secs_f64();
        while at_s < self.to.as_secs_f64() && !self.texts.is_empty() {
            let first = events.is_empty();
            let text = if first { 0 } else { chance.below(self.texts.len()) };
            let account = chance.below(self.accounts.max(1) as usize);
            events.push(Event {
                at: Offset::from_secs(at_s as i64),
                seen: None,
                id: self.id.clone().filter(|_| first),
                story: Some(self.story.clone()),
                source: self.source.clone(),
                lang: self.lang.clone(),
                author: format!("{}_{account:02}", self.story.replace('-', "_")),
                text: self.texts.get(text).cloned().unwrap_or_default(),
                url: None,
                place: None,
                unchecked: false,
                note: None,
            });
            at_s += -(1.0 - chance.next()).ln() * 3_600.0 / self.per_hour.max(0.001);
        }
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_brings_about_as_many_as_it_says_and_the_same_ones_each_time() {
        let wave = Wave {
            id: Some("first".to_owned()),
            story: "well".to_owned(),
            source: "palabre".parse().expect("a source"),
            lang: "fr".to_owned(),
            from: Offset::from_hours(-100),
            to: Offset::from_hours(0),
            per_hour: 3.0,
            accounts: 20,
            texts: vec!["Le puits.".to_owned(), "Encore : le puits.".to_owned()],
        };
        let events = wave.events(7);
        assert!((250..350).contains(&events.len()), "{}", events.len());
        assert!(events.is_sorted_by_key(|event| event.at));
        assert_eq!(events.iter().filter(|event| event.id.is_some()).count(), 1);
        let texts = |events: &[Event]| events.iter().map(|e| (e.at, e.author.clone())).collect::<Vec<_>>();
        assert_eq!(texts(&events), texts(&wave.events(7)));
    }
}
