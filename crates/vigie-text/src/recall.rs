//! How often a changed copy, or the claim behind a changed text, is still found, by language, as measured; where that is
//! too seldom, it says so.
//!
//! The figures are those of `docs/benchmarks-text.md` (*Changed texts*), taken on other people's texts by
//! `likeness_bench perturbed`. A language that finds more than five points fewer than English under one kind of change
//! is *not assessed* for that change; one that nobody has measured is not assessed at all.

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Copies of a text, as narratives are grouped.
    Copies,
    /// The known claim that a text repeats.
    Claims,
}

/// How a copy may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A word in ten misspelt.
    Spelling,
    /// A word in ten given an affix.
    Affixes,
    /// Emoji in between.
    Emoji,
    /// A word in twelve in another language.
    Switching,
    /// Words split by hyphens.
    Hyphens,
    /// Letters replaced by look-alikes.
    LookAlikes,
}

impl Change {
    /// All kinds, in the order of the figures.
    pub const ALL: [Self; 6] =
        [Self::Spelling, Self::Affixes, Self::Emoji, Self::Switching, Self::Hyphens, Self::LookAlikes];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Spelling => "spelling",
            Self::Affixes => "affixes",
            Self::Emoji => "emoji",
            Self::Switching => "switching",
            Self::Hyphens => "hyphens",
            Self::LookAlikes => "look-alikes",
        }
    }
}

/// Points of a hundred that a language may lie under English.
const POINTS_MAX: u16 = 50;
/// Thousandths of changed copies that are found, in the order of [`Change::ALL`].
type Found = [u16; 6];

const ENGLISH: Found = [757, 230, 1000, 292, 919, 985];
/// By primary language. Arabic has the lower figure of its Algerian and Moroccan texts.
const MEASURED: [(&str, Found); 14] = [
    ("am", [682, 199, 999, 257, 995, 1000]),
    ("ar", [602, 192, 999, 226, 986, 999]),
    ("en", ENGLISH),
    ("ha", [663, 222, 999, 280, 965, 1000]),
    ("ig", [741, 231, 1000, 281, 814, 999]),
    ("om", [738, 228, 1000, 315, 963, 999]),
    ("pcm", [842, 221, 999, 285, 1000, 1000]),
    ("pt", [728, 215, 999, 261, 991, 1000]),
    ("rw", [563, 215, 1000, 263, 911, 999]),
    ("sw", [627, 223, 1000, 281, 1000, 1000]),
    ("ti", [747, 210, 1000, 282, 990, 1000]),
    ("ts", [599, 218, 1000, 226, 957, 1000]),
    ("tw", [732, 169, 1000, 218, 1000, 1000]),
    ("yo", [819, 213, 1000, 277, 953, 999]),
];

const ENGLISH_CLAIMS: Found = [1000; 6];
/// The first answer is the text itself, changed.
const MEASURED_CLAIMS: [(&str, Found); 14] = [
    ("am", [1000; 6]),
    ("ar", [1000; 6]),
    ("en", ENGLISH_CLAIMS),
    ("ha", [999, 999, 999, 995, 999, 999]),
    ("ig", [995, 997, 996, 981, 996, 996]),
    ("om", [952, 953, 953, 949, 953, 953]),
    ("pcm", [1000, 1000, 1000, 999, 1000, 1000]),
    ("pt", [1000, 1000, 1000, 999, 1000, 1000]),
    ("rw", [999, 999, 999, 998, 999, 999]),
    ("sw", [999, 999, 999, 996, 999, 999]),
    ("ti", [1000; 6]),
    ("ts", [998, 998, 998, 997, 998, 998]),
    ("tw", [998, 998, 998, 997, 999, 999]),
    ("yo", [996, 996, 996, 995, 996, 996]),
];

impl Lane {
    fn of(self, lang: &str) -> Option<&'static Found> {
        let primary = lang.split('-').next().unwrap_or_default();
        let table = match self {
            Self::Copies => &MEASURED,
            Self::Claims => &MEASURED_CLAIMS,
        };
        table.iter().find(|(tag, _)| *tag == primary).map(|(_, found)| found)
    }

    const fn english(self) -> Found {
        match self {
            Self::Copies => ENGLISH,
            Self::Claims => ENGLISH_CLAIMS,
        }
    }

    /// The changes under which this language (BCP 47) is not assessed; all of them where nobody has measured it.
    pub fn not_assessed(self, lang: &str) -> Vec<Change> {
        let Some(found) = self.of(lang) else { return Change::ALL.to_vec() };
        let changes = Change::ALL.into_iter().zip(found).zip(self.english());
        changes
            .filter(|((_, here), english)| **here + POINTS_MAX < *english)
            .map(|((change, _), _)| change)
            .collect()
    }
}

/// Whether anybody has measured this language (BCP 47).
pub fn is_measured(lang: &str) -> bool {
    Lane::Copies.of(lang).is_some()
}

/// The changes under which copies in this language are not assessed; all of them where nobody has measured it.
pub fn not_assessed(lang: &str) -> Vec<Change> {
    Lane::Copies.not_assessed(lang)
}

/// Every language that was measured, with the shares of changed copies found in the order of [`Change::ALL`].
pub fn measured() -> impl Iterator<Item = (&'static str, [f64; 6])> {
    MEASURED.iter().map(|(lang, found)| (*lang, found.map(|thousandths| f64::from(thousandths) / 1_000.0)))
}

/// Share of changed copies found, where measured.
pub fn found(lang: &str, change: Change) -> Option<f64> {
    let place = Change::ALL.iter().position(|one| *one == change)?;
    Lane::Copies.of(lang)?.get(place).map(|thousandths| f64::from(*thousandths) / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_more_than_five_points_under_english_is_not_assessed() {
        assert_eq!(not_assessed("en-GB"), []);
        assert_eq!(not_assessed("rw"), [Change::Spelling]);
        assert_eq!(not_assessed("ig"), [Change::Hyphens]);
        assert_eq!(not_assessed("tw"), [Change::Affixes, Change::Switching]);
        assert_eq!(not_assessed("ar"), [Change::Spelling, Change::Switching]);
        assert_eq!(not_assessed("pt"), []);
        assert_eq!(found("sw", Change::Spelling), Some(0.627));
    }

    #[test]
    fn the_claim_behind_a_changed_text_is_missed_too_often_in_oromo_alone() {
        assert_eq!(Lane::Claims.not_assessed("om"), [Change::Switching]);
        for lang in ["am", "ar", "en", "ha", "ig", "pcm", "pt", "rw", "sw", "ti", "ts", "tw", "yo"] {
            assert_eq!(Lane::Claims.not_assessed(lang), [], "{lang}");
        }
        assert_eq!(Lane::Claims.not_assessed("fr").len(), 6);
    }

    #[test]
    fn a_language_that_nobody_measured_is_not_assessed_at_all() {
        for lang in ["fr", "sg", "und", ""] {
            assert!(!is_measured(lang) && not_assessed(lang).len() == 6, "{lang}");
        }
    }
}
