//! Words that a lexicon names: what a wording says, in which language, who answers for the list and since when.
//!
//! A lexicon is data with an owner, a version and a date. It describes wordings; it never judges who wrote them.

use serde::{Deserialize, Serialize};

crate::rights::words!(
    /// What a wording says.
    Sense {
        /// Asks others to do harm.
        CallsForHarm = "calls-for-harm",
        /// Announces harm.
        AnnouncesHarm = "announces-harm",
        /// Tells where, when or how a site is open to harm.
        ExposesSite = "exposes-site",
        /// Tells where a person lives or how to reach them.
        ExposesPerson = "exposes-person",
        /// Threatens sexual violence.
        SexualViolence = "sexual-violence",
        /// Announces that people will gather.
        Gathering = "gathering",
        /// Complains about something that was done.
        Complaint = "complaint",
        /// Turns what follows into its opposite ("ne … pas").
        Negation = "negation",
        /// Says that something is not true or calls against it.
        Denial = "denial",
        /// Reports what somebody else says.
        Report = "report",
        /// An office of public life, before a name.
        Office = "office",
        /// A calling, a title or a wording after which a person is named.
        Role = "role",
        /// A tie of family: who is named after it is a private person.
        Kin = "kin",
        /// A word that is no name, however it is written.
        Ordinary = "ordinary",
    }
);

crate::rights::words!(
    /// Where a wording counts.
    Context {
        /// Everywhere.
        Alone = "alone",
        /// In a sentence that names a site or its neighbourhood.
        Site = "site",
        /// In a sentence that names or points to a person; it then is said of the person.
        Person = "person",
        /// Everywhere, and said of a person by itself ("kill her").
        Somebody = "somebody",
    }
);

/// A wording and its sense.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconEntry {
    /// Words, one space apart. `attaqu*` stands for every word that begins so, `…` for up to three words.
    pub pattern: String,
    /// What it says.
    pub sense: Sense,
    /// Where it counts.
    #[serde(default = "alone")]
    pub context: Context,
}

fn alone() -> Context {
    Context::Alone
}

/// A list of wordings in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexicon {
    /// Short name.
    pub id: String,
    /// Version, quoted in every finding.
    pub version: String,
    /// Function that answers for it.
    pub owner: String,
    /// Day of this version, ISO 8601.
    pub date: String,
    /// Language, BCP 47.
    pub lang: String,
    /// Whether a speaker of the language has checked it.
    #[serde(default)]
    pub checked: bool,
    /// What should be known about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The wordings.
    pub entries: Vec<LexiconEntry>,
}
