//! The checks that others published, ready to be searched by words and by meaning.
//!
//! Two lanes: wording (BM25) and, where the site has the model, meaning. Their ranks are fused, never their scores; what only
//! the meaning lane finds is never "very close", since a model of meaning cannot tell a rumour from its denial.

use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;
use vigie_model::{CheckList, PublishedCheck};
use vigie_text::claims::{Claims, Tier, Tuning, fuse};
use vigie_text::meaning::Closeness;

/// Every check that is not withdrawn, with its list.
pub(crate) struct KnownChecks {
    claims: Claims,
    checks: Vec<(usize, PublishedCheck)>,
    lists: Vec<CheckList>,
    at: HashMap<Uuid, u32>,
}

/// One that may answer.
pub(crate) struct Near<'k> {
    pub list: &'k CheckList,
    pub check: &'k PublishedCheck,
    /// Share of the claim's words that the story repeats; `None` where only meaning found it.
    pub share: Option<f64>,
    /// Whether the wording is so close that one look may do.
    pub close: bool,
    /// Place in the meaning lane, from 1.
    pub rank: Option<u32>,
}

impl KnownChecks {
    /// Makes the lists ready.
    pub fn new(lists: Vec<(CheckList, Vec<PublishedCheck>)>) -> Self {
        let mut known = Self {
            claims: Claims::new(Tuning::default()),
            checks: Vec::new(),
            lists: Vec::new(),
            at: HashMap::new(),
        };
        for (list, checks) in lists {
            let nth = known.lists.len();
            known.lists.push(list);
            for check in checks {
                let claim = known.claims.add(&[&check.claim], check.lang.as_deref());
                known.at.insert(check.id, claim);
                known.checks.push((nth, check));
            }
        }
        known.claims.build();
        known
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.checks.len()
    }

    /// Those near a story, nearest first; `meant` is what the meaning lane found, where there is one.
    pub fn ask(
        &self,
        lang: &str,
        wordings: &[String],
        meant: Option<&[(Uuid, f32)]>,
        most: usize,
    ) -> Vec<Near<'_>> {
        let worded = self.by_words(lang, wordings, most);
        let by_words: Vec<u32> = worded.iter().map(|(claim, ..)| *claim).collect();
        let by_meaning: Vec<u32> = meant
            .unwrap_or_default()
            .iter()
            .filter(|(_, closeness)| *closeness >= Closeness::SUGGESTED.0)
            .filter_map(|(id, _)| self.at.get(id).copied())
            .take(most)
            .collect();
        let near = |claim: u32, rank: Option<&u32>| {
            let (list, check) = self.checks.get(claim as usize)?;
            let found = worded.iter().find(|(one, ..)| *one == claim);
            Some(Near {
                list: self.lists.get(*list)?,
                check,
                share: found.map(|(_, share, _)| *share),
                close: found.is_some_and(|(.., close)| *close),
                rank: rank.copied().filter(|rank| *rank > 0),
            })
        };
        let joint = fuse(&[&by_words, &by_meaning]).into_iter();
        joint.filter_map(|one| near(one.claim, one.ranks.get(1))).take(most).collect()
    }

    /// Claims whose wording is near one of the story's, nearest first: share of words, and whether very close.
    fn by_words(&self, lang: &str, wordings: &[String], most: usize) -> Vec<(u32, f64, bool)> {
        let mut best: BTreeMap<u32, (f64, bool)> = BTreeMap::new();
        for text in wordings {
            let matches = self.claims.ask(text, Some(lang), most);
            let words = text.split_whitespace().count();
            for (n, one) in matches.iter().enumerate() {
                let tier = Tier::of(&matches, n, words, Some(lang));
                if tier == Tier::None {
                    continue;
                }
                let known = best.entry(one.claim).or_default();
                known.0 = known.0.max(f64::from(one.share).clamp(0.0, 1.0));
                known.1 |= tier == Tier::Confirm;
            }
        }
        let mut best: Vec<(u32, f64, bool)> =
            best.into_iter().map(|(claim, (share, close))| (claim, share, close)).collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        best
    }
}
