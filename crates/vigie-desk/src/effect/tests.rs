//! What must hold for every series, and how often the interval is right on a few of those that are drawn.

use super::simulate::{Chain, Course, Invented, Seeded};
use super::{CannotSay, Effect, HourlySeries, Measured, WeekRhythm, in_words, measure};
use jiff::{Timestamp, tz::Offset};
use proptest::prelude::*;

fn series(before: Vec<u32>, after: Vec<u32>) -> HourlySeries {
    HourlySeries { measured: Measured::Volume, issued_at: Timestamp::UNIX_EPOCH, before, after }
}

fn drawn(invented: &Invented, seed: u64) -> HourlySeries {
    let (before, after) = invented.draw(&mut Seeded::new(seed));
    series(before, after)
}

/// Shares of `runs` that say something whose interval holds the truth, and that claim a change.
fn held(invented: &Invented, runs: u64) -> (f64, f64) {
    let effects: Vec<Effect> =
        (0..runs).filter_map(|seed| measure(&drawn(invented, 40_000 + seed), None).ok()).collect();
    let share = |f: &dyn Fn(&Effect) -> bool| {
        effects.iter().filter(|effect| f(effect)).count() as f64 / effects.len() as f64
    };
    let truth = 1.0 + invented.effect;
    assert!(effects.len() as f64 > 0.9 * runs as f64, "{} of {runs}", effects.len());
    (share(&|e| e.low <= truth && truth <= e.high), share(&|e| e.low > 1.0 || e.high < 1.0))
}

/// Three standard errors of 200 runs at 95 % are 4.6 points; intervals half as wide as they should be hold
/// the truth in 70 %, twice as wide in every run.
#[test]
fn the_interval_is_right_about_as_often_as_it_says() {
    let (held_, claimed) = held(&Invented { rho: 0.0, effect: -0.6, mean: 20.0, ..Invented::WEEK }, 200);
    assert!((0.90..=0.995).contains(&held_), "{held_}");
    assert!(claimed > 0.95, "a fall by 60 % is seen: {claimed}");
    let (held_, claimed) = held(&Invented { rho: 0.6, ..Invented::WEEK }, 200);
    assert!((0.90..=0.995).contains(&held_), "{held_}");
    assert!(claimed < 0.10, "no effect is called none: {claimed}");
}

#[test]
fn a_story_that_dies_by_itself_is_not_credited_to_the_answer() {
    let dying = Invented { course: Course::Fading(24.0), rho: 0.3, ..Invented::WEEK };
    let (held, claimed) = held(&dying, 200);
    assert!(held > 0.90 && claimed < 0.10, "{held} {claimed}");
    let effect = measure(&drawn(&dying, 5), None).expect("enough");
    assert!(effect.reasons.iter().any(|reason| reason.code == "effect-was-fading"));
    let raw = f64::from(effect.n_after as u32) / 2.0 / (f64::from(effect.n_before as u32) / 7.0);
    assert!(raw < 0.2, "a plain comparison of means would claim a fall by {:.0} %", 100.0 * (1.0 - raw));
}

#[test]
fn a_story_that_turns_or_grows_as_the_answer_goes_out_is_refused() {
    let burst = |peak_before_h| Course::Burst { doubling_h: 12.0, peak_before_h, half_life_h: 24.0 };
    for (peak_before_h, refusals) in
        [(-12.0, [CannotSay::Growing, CannotSay::Turning]), (36.0, [CannotSay::Turning, CannotSay::Growing])]
    {
        let story = Invented { course: burst(peak_before_h), mean: 10.0, ..Invented::WEEK };
        let said: Vec<_> = (0..50).map(|seed| measure(&drawn(&story, seed), None)).collect();
        let refused = said.iter().filter(|s| matches!(s, Err(why) if refusals.contains(why))).count();
        assert!(refused >= 48, "{peak_before_h}: {refused} of 50");
    }
}

#[test]
fn days_before_a_turn_are_left_out_and_that_is_said() {
    let course = Course::Burst { doubling_h: 12.0, peak_before_h: 108.0, half_life_h: 48.0 };
    let story = Invented { course, mean: 20.0, ..Invented::WEEK };
    let effect = measure(&drawn(&story, 2), None).expect("enough after the peak");
    assert!((3..=5).contains(&effect.days_before), "{}", effect.days_before);
    assert!(effect.reasons.iter().any(|reason| reason.code == "effect-shortened"));
}

#[test]
fn too_little_is_refused_with_its_reason() {
    let cases = [
        (vec![5; 71], vec![5; 48], "effect-before-short"),
        (vec![5; 168], vec![5; 23], "effect-after-short"),
        (vec![0; 168], vec![0; 48], "effect-few-before"),
        ([vec![1; 30], vec![0; 138]].concat(), vec![0; 48], "effect-few-expected"),
        ((0..168).map(|h| u32::from(h % 5 == 0)).collect(), vec![0; 24], "effect-few-expected"),
        (
            (0..168).map(|h: i32| (60 - (h - 120).abs() / 2) as u32).collect(),
            vec![40; 48],
            "effect-was-turning",
        ),
        (
            (0..168).map(|h: i32| (f64::from(h) / 40.0).exp() as u32).collect(),
            vec![40; 48],
            "effect-was-growing",
        ),
    ];
    for (before, after, code) in cases {
        let refusal = measure(&series(before, after), None).expect_err(code);
        assert_eq!(refusal.reason().code, code);
    }
}

#[test]
fn silence_after_an_answer_is_an_effect_and_not_a_lack_of_signals() {
    let (before, _) = Invented::WEEK.draw(&mut Seeded::new(1));
    let effect = measure(&series(before, vec![0; 48]), None).expect("enough was expected");
    assert!(effect.ratio.abs() < f64::EPSILON && effect.low.abs() < f64::EPSILON);
    assert!(effect.high > 0.0 && effect.high < 0.2, "{}", effect.high);
    assert_eq!(in_words(&effect).args["size"], "nearly-all");
}

#[test]
fn the_week_is_corrected_where_the_site_knows_it() {
    // Fridays and Saturdays (days 4 and 5) are quiet everywhere; the answer goes out on a Friday at midnight.
    let quiet = |hour: i64| if matches!((hour / 24).rem_euclid(7), 4 | 5) { 3 } else { 10 };
    let monday: Timestamp = "2026-10-05T00:00:00Z".parse().expect("a time");
    let base: Vec<u32> = (0..4 * 168).map(|hour| 7 * quiet(hour)).collect();
    let rhythm = WeekRhythm::learned(&base, monday, Offset::UTC).expect("four weeks");
    let issued_h = 3 * 168 + 4 * 24;
    let noisy = |hour: i64| quiet(hour) + (hour * 7 % 3) as u32 - 1;
    let mut story = series(
        (issued_h - 168..issued_h).map(noisy).collect(),
        (issued_h..issued_h + 48).map(noisy).collect(),
    );
    story.issued_at = Timestamp::from_second(monday.as_second() + issued_h * 3_600).expect("a time");
    let known = measure(&story, Some(&rhythm)).expect("enough");
    assert!(known.low <= 1.1 && known.high >= 0.9 && (known.ratio - 1.0).abs() < 0.15, "{known:?}");
    assert!(known.reasons.iter().any(|reason| reason.code == "effect-week-known"));
    let unknown = measure(&story, None);
    assert!(unknown.is_err() || unknown.is_ok_and(|effect| (effect.ratio - 1.0).abs() > 0.3));
}

#[test]
fn an_effect_is_said_in_fractions_where_they_fit() {
    let said = |ratio, low, high| {
        let (before, after) = Invented::WEEK.draw(&mut Seeded::new(1));
        let effect = measure(&series(before, after), None).expect("enough");
        let reason = in_words(&Effect { ratio, low, high, ..effect });
        let arg = |name: &str| reason.args.get(name).cloned().unwrap_or_default();
        (reason.code.clone(), [arg("size"), arg("low"), arg("high"), arg("fall"), arg("rise")].join(" "))
    };
    assert_eq!(said(0.5, 0.34, 0.66), ("effect-fell".to_owned(), "half third two-thirds  ".to_owned()));
    assert_eq!(said(0.43, 0.01, 0.996), ("effect-fell".to_owned(), "57 1 nearly-all  ".to_owned()));
    assert_eq!(said(1.5, 1.2, 20.0), ("effect-rose".to_owned(), "half fifth tenfold  ".to_owned()));
    assert_eq!(said(0.9, 0.6, 1.33), ("effect-none".to_owned(), "   two-fifths third".to_owned()));
}

fn hours(days: usize) -> impl Strategy<Value = Vec<u32>> {
    let count = prop_oneof![8 => 0u32..12, 2 => Just(0), 1 => 0u32..500, 1 => any::<u32>()];
    prop::collection::vec(count, days * 24)
}

fn sound(effect: &Effect) -> bool {
    let numbers = [effect.ratio, effect.low, effect.high, effect.expected_after];
    numbers.iter().all(|number| number.is_finite())
        && 0.0 <= effect.low
        && effect.low <= effect.ratio
        && effect.ratio < effect.high
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_came_the_numbers_are_numbers_and_the_interval_holds_its_point(
        before in (3usize..15).prop_flat_map(hours), after in (1usize..8).prop_flat_map(hours),
    ) {
        if let Ok(effect) = measure(&series(before, after), None) {
            prop_assert!(sound(&effect), "{effect:?}");
        }
    }

    #[test]
    fn as_many_times_more_after_is_as_many_times_the_ratio(
        seed in any::<u64>(), times in 2u32..20, chain in prop_oneof![Just(Chain::Counts), Just(Chain::Echo)],
    ) {
        let once = drawn(&Invented { chain, rho: 0.3, ..Invented::WEEK }, seed);
        let after = once.after.iter().map(|count| count * times).collect();
        let more = HourlySeries { after, ..once.clone() };
        if let (Ok(one), Ok(many)) = (measure(&once, None), measure(&more, None)) {
            prop_assert!((many.ratio / one.ratio / f64::from(times) - 1.0).abs() < 1e-9);
            prop_assert!(sound(&one) && sound(&many));
        }
    }

    #[test]
    fn a_series_ten_times_as_loud_has_nearly_the_same_ratio(seed in any::<u64>()) {
        let quiet = drawn(&Invented { mean: 20.0, rho: 0.3, ..Invented::WEEK }, seed);
        let times = |hours: &[u32]| hours.iter().map(|count| count * 10).collect();
        let loud = series(times(&quiet.before), times(&quiet.after));
        if let (Ok(one), Ok(ten)) = (measure(&quiet, None), measure(&loud, None)) {
            prop_assume!(one.days_before == ten.days_before);
            prop_assert!((ten.ratio / one.ratio).ln().abs() < 0.25, "{} {}", one.ratio, ten.ratio);
        }
    }
}
