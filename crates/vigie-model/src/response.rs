//! What the mission does about a story: plan, option, message, clearance, going out, effect.

use crate::{
    ApprovalId, ContactId, FactId, FunctionId, MessageId, NarrativeId, PlanId, QuestionId, ReleaseId,
    ResponseId, Statement, UserId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One line of a plan's calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedEvent {
    /// When.
    pub at: Timestamp,
    /// What happens.
    pub what: String,
    /// By which channel.
    pub channel: Channel,
}

/// Body of `plan.written`: the plan as it now stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanWritten {
    /// Identifier; the same one again is a new version.
    pub id: PlanId,
    /// Title.
    pub title: String,
    /// What it is meant to achieve.
    pub aim: String,
    /// For whom.
    pub audience: String,
    /// By which channels.
    pub channels: Vec<Channel>,
    /// Its calendar.
    pub calendar: Vec<PlannedEvent>,
}

/// What a response starts from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
pub enum Origin {
    /// A story.
    Narrative {
        /// Which.
        narrative: NarrativeId,
    },
    /// A question of the community.
    Question {
        /// Which.
        question: QuestionId,
    },
    /// A line of a plan.
    Plan {
        /// Which plan.
        plan: PlanId,
    },
    /// An event that is coming.
    Event {
        /// What.
        what: String,
    },
}

crate::rights::words!(
    /// What can be done.
    ResponseOption {
        /// Say nothing, and watch.
        Silence = "silence",
        /// Tell before the story spreads.
        Prebunk = "pre-bunk",
        /// Answer it.
        Rebut = "rebut",
        /// Speak on the radio.
        Radio = "radio",
        /// Ask a leader whom people trust.
        Leader = "leader",
        /// Show by a patrol.
        Patrol = "patrol",
    }
);

crate::rights::words!(
    /// By what it goes out.
    Channel {
        /// Text message.
        Sms = "sms",
        /// E-mail.
        Email = "email",
        /// The public feed.
        Feed = "feed",
        /// A file for whoever carries it.
        File = "file",
        /// Paper.
        Print = "print",
        /// Read on the radio.
        Radio = "radio",
        /// Spoken by patrols and leaders.
        Voice = "voice",
        /// Laid ready on the public pages for whoever wrote there.
        Form = "form",
    }
);

crate::rights::words!(
    /// What shape a text has.
    Form {
        /// Text message.
        Sms = "sms",
        /// Read aloud in at most 60 s.
        RadioScript = "radio-script",
        /// A post.
        Post = "post",
        /// Questions and answers.
        Qa = "qa",
        /// Lines to take for patrols, leaders and liaison assistants.
        Lines = "lines",
    }
);

/// Body of `response.opened`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseOpened {
    /// Identifier.
    pub id: ResponseId,
    /// In a few words.
    pub title: String,
    /// What it starts from.
    pub origin: Origin,
    /// Who answers for it.
    pub owner: UserId,
    /// When it must be out.
    pub due: Timestamp,
    /// Which functions clear it, in order.
    pub chain: Vec<FunctionId>,
}

/// Body of `response.decided`: the option taken, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseDecided {
    /// The response.
    pub response: ResponseId,
    /// What is done.
    pub option: ResponseOption,
    /// Why this and not another.
    pub reason: String,
}

/// One sentence and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// The facts behind it, at least one.
    pub facts: Vec<FactId>,
}

/// A text in one language and one form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageText {
    /// BCP 47.
    pub lang: String,
    /// Its form.
    pub form: Form,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
}

impl MessageText {
    /// The text as it goes out.
    pub fn text(&self) -> String {
        let sentences: Vec<&str> = self.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        sentences.join(if self.form == Form::Lines || self.form == Form::Qa { "\n" } else { " " })
    }
}

/// Body of `message.drafted`: all texts as they now stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageDrafted {
    /// Identifier; the same one again is a new revision.
    pub id: MessageId,
    /// The response it belongs to.
    pub response: ResponseId,
    /// This revision, from 1.
    pub revision: u32,
    /// Its texts.
    pub texts: Vec<MessageText>,
}

/// Body of `message.verified`: a named verifier answers for one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageVerified {
    /// The message.
    pub message: MessageId,
    /// The language.
    pub lang: String,
    /// Hash of the exact texts in that language, hexadecimal.
    pub hash: String,
}

/// Body of `message.cleared`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageCleared {
    /// The message.
    pub message: MessageId,
    /// For which function of the chain.
    pub function: FunctionId,
    /// Hash of the exact texts, hexadecimal.
    pub hash: String,
    /// Cleared in advance until then; `None` is for this going out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// Body of `message.returned`: not cleared, with what to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageReturned {
    /// The message.
    pub message: MessageId,
    /// What to change.
    pub reason: String,
}

/// To whom something goes; numbers and addresses never stand here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "kebab-case")]
pub enum Recipients {
    /// Those who asked about the story and want an answer.
    Askers,
    /// Named contacts.
    Contacts {
        /// Which.
        contacts: Vec<ContactId>,
    },
    /// Whoever reads or hears the channel, described in words.
    Audience {
        /// For whom.
        audience: String,
    },
}

/// Body of `release.made`: something goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseMade {
    /// Identifier.
    pub id: ReleaseId,
    /// What goes out; `None` for the text of a standing approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    /// Hash of the exact texts, hexadecimal.
    pub hash: String,
    /// Languages and forms that go.
    pub texts: Vec<(String, Form)>,
    /// By what.
    pub channel: Channel,
    /// To whom.
    pub recipients: Recipients,
    /// What for.
    pub purpose: String,
    /// Until when it is tried and shown.
    pub expires_at: Timestamp,
    /// Under which standing approval, where no person issues it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<ApprovalId>,
}

crate::rights::words!(
    /// What became of one attempt.
    Delivery {
        /// Waits for its first attempt.
        Queued = "queued",
        /// An attempt is under way, or was when the site went down.
        Trying = "trying",
        /// Handed to the channel.
        Sent = "sent",
        /// The channel says that it arrived.
        Delivered = "delivered",
        /// It failed and is tried again.
        Failed = "failed",
        /// Given up: tried too often, or too late.
        GivenUp = "given-up",
        /// Not sent: they said STOP, chose silence, or had it already.
        Withheld = "withheld",
    }
);

/// Body of `release.tried`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseTried {
    /// The release.
    pub release: ReleaseId,
    /// To whom, where the channel has single recipients.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
    /// Which attempt, from 1.
    pub attempt: u32,
    /// What became of it.
    pub delivery: Delivery,
    /// Why, as a message id of the catalogues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Body of `response.measured`: what was seen after it went out. "After", never "because".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResponseMeasured {
    /// The response.
    pub response: ResponseId,
    /// The story measured.
    pub narrative: NarrativeId,
    /// Which series: `volume` or `sources`.
    pub series: String,
    /// After over expected, with its interval; `None` where nothing can be said.
    pub ratio: Option<(f64, f64, f64)>,
    /// In words: message id of the catalogues.
    pub words: crate::Reason,
    /// Which method, with its version.
    pub model: crate::Model,
    /// When the answer went out: the hours below are counted from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Timestamp>,
    /// What came in each hour before, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<u32>,
    /// What came in each hour after, the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<u32>,
    /// What it rests on and what it leaves out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<crate::Reason>,
}

crate::rights::words!(
    /// What a standing approval is for.
    Standing {
        /// Receipts of the rumour line.
        Receipt = "receipt",
        /// Items of the public feed.
        Feed = "feed",
        /// Protective alarms.
        Alarm = "alarm",
    }
);

/// Body of `approval.given`: a named person lets one exact text, and nothing else, go out by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalGiven {
    /// Identifier.
    pub id: ApprovalId,
    /// For what.
    pub standing: Standing,
    /// The exact texts.
    pub texts: Vec<Statement>,
    /// Until when.
    pub until: Timestamp,
}

/// Body of `approval.ended`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalEnded {
    /// The approval.
    pub approval: ApprovalId,
}
