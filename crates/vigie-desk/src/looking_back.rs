//! Looks back at an answer two days after it went out: what of it is counted, and when that says nothing.
//!
//! The reckoning itself is [`crate::effect`]. Here stands what is put before it: seven days before and two days after, the
//! other answers to the same story, and sources that carried it and have gone silent altogether. Where another answer went
//! out in the days that are compared, nothing is said of this one alone; one that is older begins the time before it.

use crate::effect::{self, BEFORE_DAYS_MIN, CannotSay, Effect, HourlySeries, Measured, WeekRhythm};
use jiff::{SignedDuration, Timestamp};
use vigie_model::{Model, NarrativeId, Reason, ResponseId, ResponseMeasured};

/// So long after it went out an answer is looked back at.
pub const LOOK_BACK: SignedDuration = SignedDuration::from_hours(48);
/// So far back the days before it are counted.
pub const BEFORE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Sources that carried less than this share of a story are not missed.
const SHARE_MISSED_PERCENT: u32 = 20;

/// Another answer to the same story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Its speakable code.
    pub code: String,
    /// When it went out.
    pub out_at: Timestamp,
}

/// Sources that carried the story before the answer and nothing at all after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Silent {
    /// How many.
    pub sources: u32,
    /// Percent of the signals before that came from them.
    pub share_percent: u32,
}

/// What is known of a story around one answer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// The answer.
    pub response: ResponseId,
    /// Its story.
    pub narrative: NarrativeId,
    /// When the answer went out.
    pub issued_at: Timestamp,
    /// The first signal of the story.
    pub first_at: Timestamp,
    /// Its signals, with a key for whoever said them.
    pub signals: Vec<(Timestamp, String)>,
    /// Other answers to it that went out.
    pub others: Vec<Other>,
    /// Sources that have gone silent since.
    pub silent: Silent,
}

impl Around {
    /// The answer whose days touch those of this one.
    fn concurrent(&self) -> Option<&Other> {
        let needed = SignedDuration::from_hours(24 * BEFORE_DAYS_MIN as i64);
        let touches = |other: &&Other| {
            let apart = other.out_at.duration_since(self.issued_at);
            -needed < apart && apart < LOOK_BACK
        };
        self.others
            .iter()
            .filter(touches)
            .min_by_key(|other| other.out_at.duration_since(self.issued_at).abs())
    }

    /// From when on hours are counted: the story's first, seven days before, or an older answer, whichever is latest.
    fn from(&self) -> Timestamp {
        let earliest = self.issued_at.saturating_sub(BEFORE).unwrap_or(Timestamp::MIN);
        let older = self.others.iter().map(|other| other.out_at).filter(|at| *at < self.issued_at);
        older.chain([earliest, self.first_at]).max().unwrap_or(earliest)
    }

    fn series(&self, measured: Measured) -> HourlySeries {
        let until = self.issued_at.saturating_add(LOOK_BACK).unwrap_or(Timestamp::MAX);
        match measured {
            Measured::Volume => {
                let times = self.signals.iter().map(|(at, _)| *at);
                HourlySeries::of_volume(times, self.from(), until, self.issued_at)
            }
            Measured::Sources => {
                let said = self.signals.iter().map(|(at, who)| (*at, who.as_str()));
                HourlySeries::of_sources(said, self.from(), until, self.issued_at)
            }
        }
    }

    /// What was seen: of signals, and of different sources.
    pub fn look_back(&self, rhythm: Option<&WeekRhythm>) -> [ResponseMeasured; 2] {
        [Measured::Volume, Measured::Sources].map(|measured| self.measured(measured, rhythm))
    }

    fn measured(&self, measured: Measured, rhythm: Option<&WeekRhythm>) -> ResponseMeasured {
        let series = self.series(measured);
        let found = match self.concurrent() {
            Some(other) => Err(self.beside(other)),
            None => effect::measure(&series, rhythm).map_err(|why: CannotSay| why.reason()),
        };
        let (ratio, words, mut reasons) = match found {
            Ok(effect) => (Some(rounded(&effect)), effect::in_words(&effect), effect.reasons),
            Err(why) => (None, why, Vec::new()),
        };
        if self.silent.share_percent >= SHARE_MISSED_PERCENT {
            let gone = Reason::new("effect-sources-silent").with("sources", self.silent.sources);
            reasons.push(gone.with("share", self.silent.share_percent));
        }
        ResponseMeasured {
            response: self.response,
            narrative: self.narrative,
            series: word(measured).to_owned(),
            ratio,
            words,
            model: Model { name: effect::MODEL.to_owned(), version: effect::VERSION.to_owned() },
            issued_at: Some(self.issued_at),
            before: series.before,
            after: series.after,
            reasons,
        }
    }

    fn beside(&self, other: &Other) -> Reason {
        let apart = other.out_at.duration_since(self.issued_at);
        Reason::new("effect-concurrent")
            .with("code", &other.code)
            .with("hours", apart.as_hours().abs())
            .with("side", if apart.is_negative() { "before" } else { "after" })
    }
}

const fn word(measured: Measured) -> &'static str {
    match measured {
        Measured::Volume => "volume",
        Measured::Sources => "sources",
    }
}

/// Three decimals: what is written down reads the same on every machine.
fn rounded(effect: &Effect) -> (f64, f64, f64) {
    let to = |value: f64| (1_000.0 * value).round() / 1_000.0;
    (to(effect.ratio), to(effect.low), to(effect.high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::SignalId;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + 3_600 * hour).expect("in range")
    }

    /// A story with `before` signals an hour for a week, then `after` an hour, by five people in turn.
    fn around(before: i64, after: i64) -> Around {
        let hour = |hour: i64| {
            let n = if hour < 0 { before } else { after };
            (0..n).map(move |i| (at(hour), format!("p{}", (hour + i).rem_euclid(5))))
        };
        Around {
            response: ResponseId::new(0, [1; 10]),
            narrative: NarrativeId::founded_by(SignalId::new(0, [1; 10])),
            issued_at: at(0),
            first_at: at(-200),
            signals: (-200..60).flat_map(hour).collect(),
            others: Vec::new(),
            silent: Silent::default(),
        }
    }

    fn other(hour: i64) -> Other {
        Other { code: "C-26-0009".to_owned(), out_at: at(hour) }
    }

    #[test]
    fn seven_days_before_and_two_after_are_counted() {
        // Without the rhythm of the week a halving (4 to 2) is not told from chance.
        let [halved, _] = around(4, 2).look_back(None);
        assert_eq!(halved.words.code, "effect-none");
        let [volume, sources] = around(8, 2).look_back(None);
        assert_eq!((volume.before.len(), volume.after.len()), (168, 48));
        assert_eq!((volume.series.as_str(), sources.series.as_str()), ("volume", "sources"));
        assert_eq!(volume.words.code, "effect-fell");
        let (ratio, low, high) = volume.ratio.expect("it can be said");
        assert!((ratio - 0.25).abs() < 0.01 && low < ratio && ratio < high && high < 1.0);
    }

    #[test]
    fn another_answer_in_the_same_days_leaves_nothing_to_say_of_this_one() {
        for (hour, side) in [(-60, "before"), (30, "after")] {
            let [volume, sources] = Around { others: vec![other(hour)], ..around(4, 2) }.look_back(None);
            assert_eq!((volume.ratio, sources.ratio), (None, None));
            assert_eq!(volume.words.code, "effect-concurrent");
            assert_eq!(
                (volume.words.args["side"].as_str(), volume.words.args["code"].as_str()),
                (side, "C-26-0009")
            );
            assert_eq!(volume.words.args["hours"], hour.abs().to_string());
            assert!(!volume.before.is_empty(), "what came is shown all the same");
        }
    }

    #[test]
    fn an_older_answer_begins_the_time_before_and_a_later_one_changes_nothing() {
        let [volume, _] = Around { others: vec![other(-100)], ..around(4, 2) }.look_back(None);
        assert_eq!((volume.before.len(), volume.ratio.is_some()), (100, true));
        let [volume, _] = Around { others: vec![other(48)], ..around(4, 2) }.look_back(None);
        assert_eq!((volume.before.len(), volume.ratio.is_some()), (168, true));
    }

    #[test]
    fn a_story_of_an_afternoon_is_not_assessed() {
        let young = Around { first_at: at(-3), ..around(4, 2) };
        let [volume, _] = young.look_back(None);
        assert_eq!((volume.ratio, volume.words.code.as_str()), (None, "effect-before-short"));
    }

    #[test]
    fn a_source_that_went_silent_is_named_beside_the_figure() {
        let named = |share_percent| {
            let silent = Silent { sources: 1, share_percent };
            let [volume, _] = Around { silent, ..around(4, 2) }.look_back(None);
            volume.reasons.iter().any(|reason| reason.code == "effect-sources-silent")
        };
        assert!(named(40) && !named(5));
    }

    #[test]
    fn two_days_of_counts_fit_into_an_entry() {
        let [volume, _] = around(9_999, 9_999).look_back(None);
        let body = vigie_model::Event::ResponseMeasured(volume).body().expect("JSON");
        assert!(body.len() < 4_096, "{}", body.len());
    }
}
