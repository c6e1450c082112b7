//! The same question asked again: what liaison assistants report before an answer and 48 hours after it.
//!
//! Few people are asked, so every share carries its exact interval (Clopper and Pearson, *Biometrika* 26,
//! 1934) and the change between two rounds the one of Newcombe's method 10 (*Statistics in Medicine* 17,
//! 1998), built from Wilson's intervals. Shares of fewer than five answers are hidden, and with them
//! whatever would let them be worked out. The rounds are treated as two groups: where the same assistants
//! answer twice the true interval is rather narrower.

use super::quantile;
use serde::{Deserialize, Serialize};
use vigie_model::Reason;

/// Fewer answers than this are hidden.
pub const CELL_MIN: u32 = 5;
/// 97.5 % quantile of the standard normal.
const Z: f64 = 1.959_963_984_540_054;

/// One round of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Assistants who answered.
    pub asked: u32,
    /// Of these, who had heard the story around them.
    pub heard: u32,
    /// Of those, who say that it is believed.
    pub believed: u32,
}

/// Why a round is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more heard than were asked, or more believed than heard")]
pub struct Impossible;

/// A share as it may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Fewer than five: not shown.
    Hidden,
    /// Enough to show.
    Shown {
        /// Who said yes.
        yes: u32,
        /// Of how many.
        of: u32,
        /// Lower end of the 95 % interval of the share, 0 to 1.
        low: f64,
        /// Upper end.
        high: f64,
    },
}

/// A difference of two shares, after less before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// −1 to 1.
    pub difference: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// One question in both rounds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// Before the answer.
    pub before: Cell,
    /// After it.
    pub after: Cell,
    /// The change, where both may be shown.
    pub change: Option<Change>,
}

/// The small table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Recheck {
    /// Heard it, of all who were asked.
    pub heard: Answers,
    /// It is believed, of those who had heard it.
    pub believed: Answers,
}

/// Compares two rounds.
pub fn compare(before: Round, after: Round) -> Result<Recheck, Impossible> {
    for round in [before, after] {
        if round.heard > round.asked || round.believed > round.heard {
            return Err(Impossible);
        }
    }
    Ok(Recheck {
        heard: answers((before.heard, before.asked), (after.heard, after.asked)),
        believed: answers((before.believed, before.heard), (after.believed, after.heard)),
    })
}

fn answers(before: (u32, u32), after: (u32, u32)) -> Answers {
    let cells = (cell(before), cell(after));
    let hidden = cells.0 == Cell::Hidden || cells.1 == Cell::Hidden;
    Answers { before: cells.0, after: cells.1, change: (!hidden).then(|| change(before, after)) }
}

fn cell((yes, of): (u32, u32)) -> Cell {
    if yes < CELL_MIN {
        return Cell::Hidden;
    }
    let (low, high) = exact(yes, of);
    Cell::Shown { yes, of, low, high }
}

/// Clopper and Pearson's interval of a share; 0 to 1 where nobody was asked.
pub fn exact(yes: u32, of: u32) -> (f64, f64) {
    let (yes, no) = (f64::from(yes), f64::from(of.saturating_sub(yes)));
    let low = if yes > 0.0 { quantile::beta(0.025, yes, no + 1.0) } else { 0.0 };
    let high = if no > 0.0 { quantile::beta(0.975, yes + 1.0, no) } else { 1.0 };
    (low, high)
}

/// Wilson's interval (*Journal of the American Statistical Association* 22, 1927).
fn wilson(yes: f64, of: f64) -> (f64, f64) {
    let share = yes / of;
    let middle = share + Z * Z / (2.0 * of);
    let half = Z * (share * (1.0 - share) / of + Z * Z / (4.0 * of * of)).sqrt();
    let whole = 1.0 + Z * Z / of;
    (((middle - half) / whole).max(0.0), ((middle + half) / whole).min(1.0))
}

fn change(before: (u32, u32), after: (u32, u32)) -> Change {
    let share = |(yes, of): (u32, u32)| f64::from(yes) / f64::from(of);
    let (p, q) = (share(after), share(before));
    let (p_low, p_high) = wilson(f64::from(after.0), f64::from(after.1));
    let (q_low, q_high) = wilson(f64::from(before.0), f64::from(before.1));
    let difference = p - q;
    Change {
        difference,
        low: difference - (p - p_low).hypot(q_high - q),
        high: difference + (p_high - p).hypot(q - q_low),
    }
}

impl Cell {
    /// The share as one sentence of the catalogues.
    pub fn in_words(&self) -> Reason {
        match self {
            Self::Hidden => Reason::new("effect-panel-hidden").with("min", CELL_MIN),
            Self::Shown { yes, of, low, high } => Reason::new("effect-panel-share")
                .with("yes", yes)
                .with("of", of)
                .with("low", percent(*low))
                .with("high", percent(*high)),
        }
    }
}

impl Answers {
    /// The change as one sentence of the catalogues.
    pub fn in_words(&self) -> Reason {
        match self.change {
            None => Reason::new("effect-panel-unknown").with("min", CELL_MIN),
            Some(change) if change.high < 0.0 => Reason::new("effect-panel-fell")
                .with("size", percent(-change.difference))
                .with("low", percent(-change.high))
                .with("high", percent(-change.low)),
            Some(change) if change.low > 0.0 => Reason::new("effect-panel-rose")
                .with("size", percent(change.difference))
                .with("low", percent(change.low))
                .with("high", percent(change.high)),
            Some(_) => Reason::new("effect-panel-none"),
        }
    }
}

fn percent(share: f64) -> u32 {
    (100.0 * share).round().max(0.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn round(asked: u32, heard: u32, believed: u32) -> Round {
        Round { asked, heard, believed }
    }

    #[test]
    fn the_intervals_are_those_of_the_papers() {
        // Newcombe 1998, table II, example (a): 56/70 and 48/80; method 10 gives 0.0524 to 0.3339.
        let change = change((48, 80), (56, 70));
        assert!((change.low - 0.0524).abs() < 1e-4 && (change.high - 0.3339).abs() < 1e-4, "{change:?}");
        // Clopper and Pearson, 10 of 20: 0.2720 to 0.7280.
        let (low, high) = exact(10, 20);
        assert!((low - 0.2720).abs() < 1e-4 && (high - 0.7280).abs() < 1e-4);
        assert_eq!(exact(0, 0), (0.0, 1.0));
    }

    #[test]
    fn a_story_that_is_heard_as_often_and_believed_less() {
        let recheck = compare(round(40, 36, 30), round(40, 34, 9)).expect("possible");
        assert_eq!(recheck.heard.in_words().code, "effect-panel-none");
        let believed = recheck.believed.in_words();
        assert_eq!((believed.code.as_str(), believed.args["size"].as_str()), ("effect-panel-fell", "57"));
    }

    #[test]
    fn four_answers_are_hidden_and_cannot_be_worked_out() {
        let recheck = compare(round(12, 9, 4), round(12, 8, 6)).expect("possible");
        assert_eq!(recheck.believed.before, Cell::Hidden);
        assert_eq!(recheck.believed.change, None);
        let shown = serde_json::to_string(&recheck.believed).expect("JSON");
        assert!(!shown.contains(":4"), "{shown}");
    }

    #[test]
    fn more_yes_than_people_is_refused() {
        assert_eq!(compare(round(5, 6, 0), round(5, 5, 5)), Err(Impossible));
        assert_eq!(compare(round(5, 5, 0), round(5, 3, 4)), Err(Impossible));
    }

    proptest! {
        #[test]
        fn every_interval_holds_its_share(of in 1u32..500, part in 0.0f64..=1.0, of2 in 1u32..500, part2 in 0.0f64..=1.0) {
            let (yes, yes2) = ((f64::from(of) * part) as u32, (f64::from(of2) * part2) as u32);
            let (low, high) = exact(yes, of);
            let share = f64::from(yes) / f64::from(of);
            prop_assert!(0.0 <= low && low <= share + 1e-9 && share <= high + 1e-9 && high <= 1.0);
            let change = change((yes, of), (yes2, of2));
            prop_assert!(-1.0 - 1e-9 <= change.low && change.low <= change.difference + 1e-12);
            prop_assert!(change.difference <= change.high + 1e-12 && change.high <= 1.0 + 1e-9);
        }
    }
}
