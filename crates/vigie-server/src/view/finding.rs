//! Findings of the engines as the page of a narrative shows them.

use super::narrative::{ErrorView, ModelView, ReasonView};
use super::{Person, clipped, words};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_model::{FindingKind, Score, SharedKind, Timestamp};

/// Characters of a message shown beside its place.
const TEXT_CHARS_MAX: usize = 280;

/// What engines found about a narrative.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FindingList {
    /// The latest first.
    pub items: Vec<FindingView>,
}

/// One finding, with the messages behind it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FindingView {
    /// Identifier.
    pub id: Uuid,
    /// The entry that last changed it.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// What was found.
    #[schema(value_type = words::FindingKind)]
    pub kind: FindingKind,
    /// Pseudonyms of the accounts, at most 500.
    pub accounts: Vec<String>,
    /// How many there are.
    pub account_count: u32,
    /// What they shared.
    pub things: Vec<FoundThing>,
    /// New words, as far as they stand in what the reader may see.
    pub words: Vec<String>,
    /// The messages, in order of time, at most 500.
    pub messages: Vec<FoundMessageView>,
    /// How many there are.
    pub message_count: u32,
    /// Seconds that count as together.
    pub window_s: f64,
    /// Seconds between the first message and the last.
    pub span_s: f64,
    /// Pairs of messages of two accounts within the window.
    pub pairs: u64,
    /// Pairs that chance alone would give; null: not assessed.
    pub expected: Option<f64>,
    /// Chance of so many pairs.
    pub p_value: Option<f64>,
    /// Share of such findings that chance alone would give.
    pub discovery_rate: Option<f64>,
    /// Why.
    pub reasons: Vec<ReasonView>,
    /// Who says so.
    pub model: ModelView,
    /// How often it errs.
    pub error: ErrorView,
    /// What people said to it, oldest first; the last one counts.
    pub answers: Vec<FindingAnswerView>,
}

/// One thing that was shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundThing {
    /// What it is.
    #[schema(value_type = words::SharedKind)]
    pub kind: SharedKind,
    /// The address or the hashtag itself, where its messages may be read.
    pub name: Option<String>,
}

/// One message behind a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundMessageView {
    /// The signal.
    pub signal: Uuid,
    /// Place of its account in `accounts`.
    pub account: Option<u32>,
    /// Place of what it shared in `things`.
    pub thing: Option<u32>,
    /// When it was posted.
    pub at: Timestamp,
    /// Its text, at most 280 characters.
    pub text: String,
    /// Its language.
    pub lang: String,
    /// Where it came from.
    pub source: String,
}

/// What one person said to a finding.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FindingAnswerView {
    /// Its entry.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Option<Person>,
    /// Whether they agree.
    pub agrees: bool,
    /// Why.
    pub reason: String,
}

impl FindingView {
    /// The finding with its messages as the reader may see them.
    pub(crate) fn of(row: vigie_store::FindingRow, signals: &[vigie_store::SignalRow]) -> Self {
        let made = row.made;
        let score: &Score = &made.score;
        let messages: Vec<FoundMessageView> = made
            .messages
            .iter()
            .filter_map(|message| {
                let signal = signals.iter().find(|signal| signal.id == message.signal)?;
                Some(FoundMessageView {
                    signal: message.signal.uuid(),
                    account: message.account,
                    thing: message.thing,
                    at: message.at,
                    text: clipped(signal.text.as_deref().unwrap_or_default(), TEXT_CHARS_MAX).0,
                    lang: signal.language.as_ref().map_or_else(|| "und".to_owned(), |l| l.tag.clone()),
                    source: signal.source_name.clone(),
                })
            })
            .collect();
        let said = |word: &String| {
            signals.iter().any(|signal| {
                let text = signal.text.as_deref().unwrap_or_default();
                vigie_text::normalise(text).alike.split(' ').any(|one| one == word)
            })
        };
        let things = made.things.iter().enumerate().map(|(at, kind)| {
            let texts = messages.iter().filter(|message| message.thing == Some(at as u32));
            let texts: Vec<&str> = texts.map(|message| message.text.as_str()).take(3).collect();
            FoundThing { kind: *kind, name: common(*kind, &texts) }
        });
        Self {
            id: made.id.uuid(),
            seq: row.seq,
            at: row.at,
            kind: made.kind,
            things: things.collect(),
            account_count: made.account_count,
            words: made.words.iter().filter(|word| said(word)).cloned().collect(),
            message_count: made.message_count,
            window_s: made.window_s,
            span_s: made.span_s,
            pairs: made.pairs,
            expected: made.expected,
            p_value: made.p_value,
            discovery_rate: made.discovery_rate,
            reasons: score.reasons().iter().map(ReasonView::from).collect(),
            model: ModelView { name: score.model().name.clone(), version: score.model().version.clone() },
            error: score.error().into(),
            answers: row.answers.into_iter().map(FindingAnswerView::from).collect(),
            // The part that names the source is for the machine: an alias is one account of one source.
            accounts: made
                .accounts
                .iter()
                .map(|name| name.rsplit('/').next().unwrap_or(name).to_owned())
                .collect(),
            messages,
        }
    }
}

/// The address or hashtag that all these texts have.
pub(crate) fn common(kind: SharedKind, texts: &[&str]) -> Option<String> {
    let (first, others) = texts.split_first()?;
    match kind {
        SharedKind::Link => {
            let links = |text: &str| vigie_text::likeness::link::in_text(text, 8);
            let others: Vec<_> = others.iter().map(|text| links(text)).collect();
            let shared = links(first).into_iter().find(|link| others.iter().all(|list| list.contains(link)));
            shared.map(|link| link.canonical)
        }
        SharedKind::Hashtag => {
            let tags = |text: &str| -> Vec<String> {
                text.split_whitespace().filter(|word| word.starts_with('#')).map(str::to_lowercase).collect()
            };
            let others: Vec<_> = others.iter().map(|text| tags(text)).collect();
            tags(first).into_iter().find(|tag| others.iter().all(|list| list.contains(tag)))
        }
        SharedKind::Text | SharedKind::Picture => None,
    }
}

impl From<vigie_store::FindingAnswer> for FindingAnswerView {
    fn from(row: vigie_store::FindingAnswer) -> Self {
        Self {
            seq: row.seq,
            at: row.at,
            by: row.by.map(Person::from),
            agrees: row.agrees,
            reason: row.reason,
        }
    }
}
