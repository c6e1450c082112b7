//! What people judge about a narrative: truth, class and harm, each apart from the other two.
//!
//! The classes are the United Nations' own, and beside them *legitimate criticism*, *satire* and *unknown*: critics
//! are not enemies. Source: S/PRST/2022/5; the Rabat Plan of Action (A/HRC/22/17/Add.4), ¶ 29, for incitement.

use crate::{ContestId, JudgementId, NarrativeId, SignalId};
use serde::{Deserialize, Serialize};

crate::rights::words!(
    /// Whether it is so.
    Truth {
        /// Nobody has checked.
        Unverified = "unverified",
        /// At least two independent sources agree.
        Corroborated = "corroborated",
        /// Shown to be false.
        False = "false",
        /// Shown to be true.
        True = "true",
        /// True in part.
        Mixed = "mixed",
        /// Checked, and it cannot be told.
        Undecidable = "undecidable",
    }
);

crate::rights::words!(
    /// What kind of speech it is.
    StoryClass {
        /// Not classed.
        Unknown = "unknown",
        /// Wrong, spread in good faith.
        Misinformation = "misinformation",
        /// Wrong, spread to deceive and to do harm.
        Disinformation = "disinformation",
        /// True, spread to do harm.
        Malinformation = "malinformation",
        /// Attacks people for who they are.
        HateSpeech = "hate-speech",
        /// Calls for discrimination, hostility or violence; needs the six-part form.
        Incitement = "incitement",
        /// Fair criticism of the mission; never counted as hostile.
        LegitimateCriticism = "legitimate-criticism",
        /// Satire; never counted as hostile.
        Satire = "satire",
    }
);

crate::rights::words!(
    /// What it may do to people.
    Harm {
        /// Not assessed.
        NotAssessed = "not-assessed",
        /// None seen.
        None = "none",
        /// Unease, refusal, loss of trust.
        Some = "some",
        /// People may be hurt.
        Serious = "serious",
        /// Lives are at risk now.
        Grave = "grave",
    }
);

crate::rights::words!(
    /// How reliable a source has been (A-F).
    Reliability {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Cannot be judged.
        F = "F",
    }
);

crate::rights::words!(
    /// How credible one piece of information is (1-6).
    Credibility {
        /// Confirmed.
        One = "1",
        /// Probably true.
        Two = "2",
        /// Possibly true.
        Three = "3",
        /// Doubtful.
        Four = "4",
        /// Improbable.
        Five = "5",
        /// Cannot be judged.
        Six = "6",
    }
);

impl StoryClass {
    /// Whether it needs reasons and has no shortcut key.
    pub const fn is_grave(self) -> bool {
        matches!(self, Self::Disinformation | Self::HateSpeech | Self::Incitement)
    }
    /// Whether a second person must agree before it counts.
    pub const fn needs_two(self) -> bool {
        matches!(self, Self::Disinformation | Self::Incitement)
    }
    /// Whether it counts as hostile. Criticism and satire never do, nor does what nobody has classed.
    pub const fn is_hostile(self) -> bool {
        matches!(
            self,
            Self::Misinformation
                | Self::Disinformation
                | Self::Malinformation
                | Self::HateSpeech
                | Self::Incitement
        )
    }
}

/// The six-part threshold test for incitement, each part in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rabat {
    /// Social and political context at the time.
    pub context: String,
    /// Standing and influence of who speaks.
    pub speaker: String,
    /// Intent: negligence is not enough.
    pub intent: String,
    /// Content and form of the speech.
    pub content: String,
    /// Reach: how public, how large, how often.
    pub extent: String,
    /// Likelihood of harm, and how soon.
    pub likelihood: String,
}

/// Body of `narrative.judged`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeJudged {
    /// Identifier.
    pub id: JudgementId,
    /// The narrative.
    pub narrative: NarrativeId,
    /// Whether it is so.
    pub truth: Truth,
    /// What kind of speech it is.
    pub class: StoryClass,
    /// What it may do.
    pub harm: Harm,
    /// Why; never empty for a grave class or a settled truth.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reasons: String,
    /// The six parts, for incitement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rabat: Option<Rabat>,
}

/// Body of `judgement.seconded`: a second person agrees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgementSeconded {
    /// The judgement.
    pub judgement: JudgementId,
    /// The narrative it is about.
    pub narrative: NarrativeId,
}

/// Body of `judgement.contested`: whoever is labelled, or speaks for them, objects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgementContested {
    /// Identifier.
    pub id: ContestId,
    /// The narrative.
    pub narrative: NarrativeId,
    /// Who objects, as they wish to be called.
    pub who: String,
    /// What they say.
    pub grounds: String,
}

/// Body of `contest.decided`: by somebody who neither judged nor seconded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestDecided {
    /// The objection.
    pub contest: ContestId,
    /// The narrative.
    pub narrative: NarrativeId,
    /// Whether the objection is right: the class goes back to unknown.
    pub upheld: bool,
    /// Why.
    pub reasons: String,
}

/// Body of `signal.graded`: source and information, each on its own scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalGraded {
    /// The signal.
    pub signal: SignalId,
    /// The source.
    pub reliability: Reliability,
    /// The information.
    pub credibility: Credibility,
}
