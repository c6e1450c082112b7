//! Says how far a match may be trusted: *confirm*, *suggest*, or nothing.
//!
//! A score means something only beside answers known to be right. So each language has a calibration of its own, fitted
//! on such answers (logistic regression on three figures, Platt's method); where there is none, a match is at most a
//! suggestion and the language reads "not assessed". Confirming is for a person to do; this says where it takes one look.

use super::Match;

/// How far a match may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// Shown first: on the calibration's own texts at least 98 of 100 such matches were right.
    Confirm,
    /// Worth a look.
    Suggest,
    /// Listed, no more.
    None,
}

impl Tier {
    /// The word in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Suggest => "suggest",
            Self::None => "none",
        }
    }
}

/// What a tier rests on, for the best match of one question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// The match's share of its claim's own score, 0 to about 1.
    pub share: f64,
    /// How far the second match lags behind: 0 (level) to 1 (there is none).
    pub lead: f64,
    /// Natural logarithm of one plus the score.
    pub strength: f64,
}

impl Evidence {
    /// For the n-th of `found`, which stand best first.
    pub fn of(found: &[Match], n: usize) -> Option<Self> {
        let this = found.get(n)?;
        let best_other = if n == 0 { found.get(1) } else { found.first() };
        let other = best_other.map_or(0.0, |m| f64::from(m.score));
        let score = f64::from(this.score);
        Some(Self {
            share: f64::from(this.share),
            lead: 1.0 - other / score.max(1e-9),
            strength: score.ln_1p(),
        })
    }
}

/// What scores mean in one language.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// The language (BCP 47).
    pub lang: &'static str,
    /// Constant, then weights of share, lead and strength.
    pub weights: [f64; 4],
    /// Least probability at which a match is worth a look.
    pub suggest: f64,
    /// Least probability at which a match is confirmed.
    pub confirm: f64,
    /// Fewest words of a question that may be confirmed: short texts match by accident.
    pub words_least: usize,
}

/// The calibrated languages, each fitted on the source that `docs/benchmarks-text.md` names.
const CALIBRATED: [Calibration; 1] = [Calibration {
    lang: "en",
    weights: [-10.401, 3.651, 4.416, 2.278],
    suggest: 0.4,
    confirm: 0.97,
    words_least: 8,
}];
/// Where nothing is known: least share and lead of a suggestion.
const SHARE_LEAST: f64 = 0.3;

impl Calibration {
    /// That of a language, where it has been calibrated.
    pub fn of(lang: &str) -> Option<&'static Self> {
        let primary = lang.split('-').next().unwrap_or_default();
        CALIBRATED.iter().find(|one| one.lang == primary)
    }

    /// Probability that the match is right.
    pub fn probability(&self, evidence: &Evidence) -> f64 {
        let [constant, share, lead, strength] = self.weights;
        let sum = constant + share * evidence.share + lead * evidence.lead + strength * evidence.strength;
        1.0 / (1.0 + (-sum).exp())
    }

    fn tier(&self, evidence: &Evidence, words: usize) -> Tier {
        let probability = self.probability(evidence);
        if probability >= self.confirm && words >= self.words_least {
            Tier::Confirm
        } else if probability >= self.suggest {
            Tier::Suggest
        } else {
            Tier::None
        }
    }
}

impl Tier {
    /// The tier of the n-th of `found` for a question of `words` words in `lang`. Only the best can be confirmed.
    pub fn of(found: &[Match], n: usize, words: usize, lang: Option<&str>) -> Self {
        let Some(evidence) = Evidence::of(found, n) else { return Self::None };
        match lang.and_then(Calibration::of) {
            Some(calibration) if n == 0 => calibration.tier(&evidence, words),
            Some(calibration) => calibration.tier(&evidence, words).at_most_suggest(),
            None if evidence.share >= SHARE_LEAST => Self::Suggest,
            None => Self::None,
        }
    }

    const fn at_most_suggest(self) -> Self {
        match self {
            Self::Confirm => Self::Suggest,
            other => other,
        }
    }
}
