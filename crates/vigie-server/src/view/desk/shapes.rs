//! Shapes of the model's own bodies, as `openapi.json` names them. The values themselves are the model's.
#![expect(dead_code, reason = "read by the description of the API alone")]

use crate::view::words;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_model::Timestamp;

/// Whom something is asked of, and by when.
#[derive(ToSchema)]
pub(crate) struct Asked {
    /// The function asked first.
    to: String,
    /// Whom to turn to next, in order.
    #[schema(required = false)]
    call_tree: Vec<String>,
    /// Minutes within which each of them must acknowledge.
    answer_within_min: u32,
    /// When it must be done.
    due: Timestamp,
}

/// A text in one language.
#[derive(ToSchema)]
pub(crate) struct Statement {
    /// BCP 47.
    lang: String,
    /// The text.
    text: String,
}

/// One paragraph of a mandate.
#[derive(ToSchema)]
pub(crate) struct Paragraph {
    /// Its number as printed, such as `36 (a) (ii)`.
    number: String,
    /// Its text.
    text: String,
}

/// A paragraph of a mandate, cited.
#[derive(ToSchema)]
pub(crate) struct Cited {
    /// The mandate.
    mandate: Uuid,
    /// The number of the paragraph.
    number: String,
}

/// One line of a plan's calendar.
#[derive(ToSchema)]
pub(crate) struct PlannedEvent {
    /// When.
    at: Timestamp,
    /// What happens.
    what: String,
    /// By which channel.
    channel: words::Channel,
}

/// What a response starts from.
#[derive(ToSchema, serde::Serialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
pub(crate) enum Origin {
    /// A story.
    Narrative {
        /// Which.
        narrative: Uuid,
    },
    /// A question of the community.
    Question {
        /// Which.
        question: Uuid,
    },
    /// A line of a plan.
    Plan {
        /// Which plan.
        plan: Uuid,
    },
    /// An event that is coming.
    Event {
        /// What.
        what: String,
    },
}

/// One sentence and the facts behind it, at least one.
#[derive(ToSchema)]
pub(crate) struct Sentence {
    /// The sentence.
    text: String,
    /// The facts behind it.
    facts: Vec<Uuid>,
}

/// A text in one language and one form.
#[derive(ToSchema)]
pub(crate) struct MessageText {
    /// BCP 47.
    lang: String,
    /// Its form.
    form: words::Form,
    /// Its sentences, in order.
    sentences: Vec<Sentence>,
}

/// To whom something goes; numbers and addresses never stand here.
#[derive(ToSchema, serde::Serialize)]
#[serde(tag = "to", rename_all = "kebab-case")]
pub(crate) enum Recipients {
    /// Those who asked about the story and want an answer.
    Askers,
    /// Named contacts.
    Contacts {
        /// Which.
        contacts: Vec<Uuid>,
    },
    /// Whoever reads or hears the channel, described in words.
    Audience {
        /// For whom.
        audience: String,
    },
}

/// What a message waits for.
#[derive(ToSchema, serde::Serialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub(crate) enum Waits {
    /// A verifier for a language.
    Verified {
        /// Which.
        lang: String,
    },
    /// A function of the chain.
    Cleared {
        /// Which.
        function: String,
    },
    /// Somebody who issues it.
    Out,
    /// Nothing: it is out.
    Nothing,
}

/// The six-part threshold test for incitement, each part in words.
#[derive(ToSchema)]
pub(crate) struct Rabat {
    /// Social and political context at the time.
    context: String,
    /// Standing and influence of who speaks.
    speaker: String,
    /// Intent: negligence is not enough.
    intent: String,
    /// Content and form of the speech.
    content: String,
    /// Reach: how public, how large, how often.
    extent: String,
    /// Likelihood of harm, and how soon.
    likelihood: String,
}

/// A place as somebody named it, with a point where one is known.
#[derive(ToSchema)]
pub(crate) struct Place {
    /// The name as given.
    name: String,
    /// Latitude in degrees, WGS84.
    lat_deg: Option<f64>,
    /// Longitude in degrees, WGS84.
    lon_deg: Option<f64>,
    /// `exact`, `site`, `village`, `district`, `region`, `country` or `unknown`.
    precision: String,
}
