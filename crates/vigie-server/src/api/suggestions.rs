//! Suggestions about a story: what may answer it, and which class of speech may fit. A person agrees or overrules.
//!
//! Nothing here labels, counts or warns. A language that is not covered reads "not assessed", never "safe".

use super::acts::{decide, open_rows};
use super::desk::story_row;
use super::narratives::nothing;
use super::said::{At, Said};
use crate::gate::{Asker, Known};
use crate::known_checks::Near;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::narrative::{ErrorView, ModelView, ReasonView};
use crate::view::{Person, words};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::facts::{Fact, FactState};
use vigie_desk::rights::Permission;
use vigie_desk::suggestions;
use vigie_model::{
    Compartments, Context, Event, FactId, Language, LanguageBasis, NarrativeId, Sense, StoryClass,
    SuggestedKind, Timestamp, Truth,
};
use vigie_store::{DeskQuery, Draft, NarrativeRow, SuggestedRow, Views};
use vigie_text::claims::{Claims, Tier, Tuning};
use vigie_text::classes::{Assessment, Classes, Example, Lexicon, MODEL, Term, VERSION};

/// Wordings of a story that are asked for.
const WORDINGS_MAX: usize = 5;
/// Signals that the wordings are chosen from.
const SIGNALS_LOOKED_MAX: u32 = 500;
/// Facts and stories searched.
const FACTS_MAX: usize = 2_000;
const STORIES_MAX: u32 = 5_000;
/// Examples learned from.
const EXAMPLES_MAX: u32 = 5_000;
/// Suggestions of each list.
const SHOWN_MAX: usize = 5;
/// Version of the search for what may answer.
const ANSWERS_VERSION: &str = "2";

/// What a person said last.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SuggestionAnswer {
    /// Its entry.
    seq: u64,
    /// Whether they agree.
    agrees: bool,
    /// Who.
    by: Option<Person>,
    /// When.
    at: Timestamp,
}

/// Something that may answer the story.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MayAnswer {
    /// A fact, a story that was checked before, or a check that somebody else published.
    #[schema(value_type = words::SuggestedKind)]
    kind: SuggestedKind,
    /// Which.
    id: Uuid,
    /// Its speakable code; of a published check the name of its list.
    code: String,
    /// Its words.
    text: String,
    /// Their language.
    lang: String,
    /// Of a story: what people found.
    #[schema(value_type = Option<words::Truth>)]
    truth: Option<Truth>,
    /// Of a published check: who found what, when and where.
    check: Option<CheckView>,
    /// Share of its own words that the story repeats, 0 to 1; null where it stands near by meaning alone.
    share: Option<f64>,
    /// Whether the wording is so close that one look may do; only where the language was measured.
    close: bool,
    /// Why it stands here.
    reasons: Vec<ReasonView>,
    /// What a person said of it last.
    answer: Option<SuggestionAnswer>,
}

/// A check that somebody else published, on its own scale and in its own words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckView {
    /// Who published it.
    publisher: Option<String>,
    /// The day, as published.
    published: Option<String>,
    /// The verdict, in their words.
    verdict: Option<String>,
    /// The rating, where it came with both ends of its scale.
    rating: Option<RatingView>,
    /// What they found, or what speaks against it.
    finding: Option<String>,
    /// Where to read it.
    url: Option<String>,
    /// Version of the list it stands in.
    version: String,
    /// Licence of that list.
    licence: String,
}

/// A rating on the scale of whoever gave it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RatingView {
    /// The number given.
    value: f64,
    /// The end that means false.
    worst: f64,
    /// The end that means true.
    best: f64,
}

/// A class of speech that may fit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MayBe {
    /// The class.
    #[schema(value_type = words::StoryClass)]
    class: StoryClass,
    /// How strongly the confirmed examples speak for it, 0 to 1.
    value: f64,
    /// Why: nearest examples, words, lexicon, and whether it quotes or denounces.
    reasons: Vec<ReasonView>,
    /// How often such suggestions are wrong in this language.
    error: ErrorView,
    /// What a person said of it last.
    answer: Option<SuggestionAnswer>,
}

/// What is suggested about a story.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suggestions {
    /// What may answer it: of this site first, then published checks, each nearest first. None is no statement that there is
    /// none.
    answers: Vec<MayAnswer>,
    /// How many facts, checked stories and published checks were looked through.
    looked_through: u64,
    /// How many of them are published checks.
    checks_looked_through: u64,
    /// Whether the published checks were searched by meaning too; otherwise by their words alone.
    checks_by_meaning: bool,
    /// Whether closeness was measured in the language of this story.
    answers_assessed: bool,
    /// Who says so.
    answers_model: ModelView,
    /// Why classes are not assessed; null where they are.
    classes_not_assessed: Option<ReasonView>,
    /// Classes that may fit, strongest first. None is no statement that it is harmless.
    classes: Vec<MayBe>,
    /// Who says so.
    classes_model: ModelView,
}

/// What may answer a story, and which class may fit.
#[utoipa::path(get, path = "/api/v1/narratives/{id}/suggestions", tag = "judging",
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 200, body = Suggestions)))]
pub(crate) async fn of_narrative(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
) -> Result<Json<Suggestions>, Refusal> {
    let reader = asker.clone();
    match app.blocking(move |app| found(app, &reader, id)).await? {
        Some(view) => Ok(Json(view)),
        None => Err(nothing(&app, &asker, id).await),
    }
}

fn found(app: &App, asker: &Asker, id: NarrativeId) -> Result<Option<Suggestions>, Refusal> {
    let asked = app.look(|views| {
        let Some(row) = story_row(views, asker, id, app.now())? else { return Ok(None) };
        let said = views.suggested(row.id)?;
        let wordings = wordings(views, row.id)?;
        let corpus = Corpus::read(views, asker, row.id, app.now())?;
        Ok(Some((row, said, wordings, corpus)))
    })?;
    let Some((row, said, wordings, corpus)) = asked else { return Ok(None) };
    let known = app.known_checks()?;
    let meant = app.options.checks.as_ref().and_then(|find| find(row.id));
    let own = corpus.entries.len() as u64;
    let mut answers = corpus.ask(&row.lang, &wordings, &said);
    let near = known.ask(&row.lang, &wordings, meant.as_deref(), SHOWN_MAX);
    answers.extend(near.into_iter().map(|one| MayAnswer::published(one, &said)));
    let classes = learned(app, asker.see())?;
    let (classes_not_assessed, classes) = may_be(&classes, &row, &wordings, &said);
    Ok(Some(Suggestions {
        looked_through: own + known.len() as u64,
        checks_looked_through: known.len() as u64,
        checks_by_meaning: meant.is_some(),
        answers_assessed: vigie_text::claims::Calibration::of(&row.lang).is_some(),
        answers,
        answers_model: ModelView { name: "claims".to_owned(), version: ANSWERS_VERSION.to_owned() },
        classes_not_assessed,
        classes,
        classes_model: ModelView { name: MODEL.to_owned(), version: VERSION.to_owned() },
    }))
}

/// The wordings that most signals carry; none of a restricted story, whose words are in no view.
fn wordings(views: &Views, id: NarrativeId) -> Result<Vec<String>, Refusal> {
    let mut counts: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for (_, text) in views.texts_of(id, SIGNALS_LOOKED_MAX)? {
        let Some(text) = text else { continue };
        counts.entry(vigie_text::normalise(&text).alike).or_insert((0, text)).0 += 1;
    }
    let mut most: Vec<(usize, String)> = counts.into_values().collect();
    most.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    Ok(most.into_iter().take(WORDINGS_MAX).map(|(_, text)| text).collect())
}

/// One thing that may answer.
struct Candidate {
    kind: SuggestedKind,
    id: Uuid,
    code: String,
    text: String,
    lang: String,
    truth: Option<Truth>,
}

/// What is known and was checked: live facts, and stories judged before.
struct Corpus {
    entries: Vec<Candidate>,
}

impl Corpus {
    fn read(views: &Views, asker: &Asker, id: NarrativeId, now: Timestamp) -> Result<Self, Refusal> {
        let mut entries = Vec::new();
        if asker.may(Permission::SeeCommunication) {
            facts(views, asker.see(), now, &mut entries)?;
        }
        for row in views.checked_before(id, asker.see(), STORIES_MAX)? {
            entries.push(Candidate {
                kind: SuggestedKind::Story,
                id: row.id.uuid(),
                code: row.code,
                text: row.head,
                lang: row.lang,
                truth: Some(row.truth),
            });
        }
        Ok(Self { entries })
    }

    /// Those whose wording is near one of the story's, nearest first, each once.
    fn ask(self, lang: &str, wordings: &[String], said: &[SuggestedRow]) -> Vec<MayAnswer> {
        let mut claims = Claims::new(Tuning::default());
        for entry in &self.entries {
            claims.add(&[&entry.text], Some(&entry.lang));
        }
        claims.build();
        let mut best: BTreeMap<Uuid, (f64, bool, &Candidate)> = BTreeMap::new();
        for text in wordings {
            let matches = claims.ask(text, Some(lang), SHOWN_MAX);
            let words = text.split_whitespace().count();
            for (n, one) in matches.iter().enumerate() {
                let tier = Tier::of(&matches, n, words, Some(lang));
                let Some(entry) = self.entries.get(one.claim as usize).filter(|_| tier != Tier::None) else {
                    continue;
                };
                let share = f64::from(one.share).clamp(0.0, 1.0);
                let known = best.entry(entry.id).or_insert((0.0, false, entry));
                if share >= known.0 {
                    *known = (share, known.1 || tier == Tier::Confirm, entry);
                }
            }
        }
        let mut best: Vec<(f64, bool, &Candidate)> = best.into_values().collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.code.cmp(&b.2.code)));
        best.into_iter()
            .take(SHOWN_MAX)
            .map(|(share, close, entry)| entry.shown(share, close, said))
            .collect()
    }
}

fn facts(
    views: &Views,
    see: Compartments,
    now: Timestamp,
    entries: &mut Vec<Candidate>,
) -> Result<(), Refusal> {
    let mut query = DeskQuery { limit: 200, ..DeskQuery::default() };
    let mut looked = 0;
    loop {
        let page = views.records::<Fact>(&query, see)?;
        looked += page.items.len();
        for fact in page.items.into_iter().filter(|fact| fact.state(now) == FactState::Live) {
            for statement in fact.said.statements {
                entries.push(Candidate {
                    kind: SuggestedKind::Fact,
                    id: fact.said.id.uuid(),
                    code: fact.code.clone(),
                    text: statement.text,
                    lang: statement.lang,
                    truth: None,
                });
            }
        }
        query.after = page.next;
        if query.after.is_none() || looked >= FACTS_MAX {
            return Ok(());
        }
    }
}

impl Candidate {
    fn shown(&self, share: f64, close: bool, said: &[SuggestedRow]) -> MayAnswer {
        let percent = (share * 100.0).round().to_string();
        let code = if self.kind == SuggestedKind::Fact { "why-answer-fact" } else { "why-answer-story" };
        MayAnswer {
            kind: self.kind,
            id: self.id,
            code: self.code.clone(),
            text: self.text.clone(),
            lang: self.lang.clone(),
            truth: self.truth,
            check: None,
            share: Some(rounded(share)),
            close,
            reasons: vec![ReasonView {
                code: code.to_owned(),
                args: BTreeMap::from([("percent".to_owned(), percent)]),
            }],
            answer: answer_to(said, self.kind, &self.id.to_string()),
        }
    }
}

/// Two digits are more than a share of words says.
fn rounded(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}

impl MayAnswer {
    fn published(near: Near<'_>, said: &[SuggestedRow]) -> Self {
        let check = near.check;
        let reason = |code: &str, name: &str, value: String| ReasonView {
            code: code.to_owned(),
            args: BTreeMap::from([(name.to_owned(), value)]),
        };
        let words = near
            .share
            .map(|share| reason("why-answer-check", "percent", (share * 100.0).round().to_string()));
        let meaning = near.rank.map(|rank| reason("why-answer-meaning", "rank", rank.to_string()));
        Self {
            kind: SuggestedKind::Check,
            id: check.id,
            code: near.list.name.clone(),
            text: check.claim.clone(),
            lang: check.lang.clone().unwrap_or_else(|| "und".to_owned()),
            truth: None,
            check: Some(CheckView {
                publisher: check.checker.clone(),
                published: check.published.clone(),
                verdict: check.verdict.clone(),
                rating: check.rating.map(|it| RatingView { value: it.value, worst: it.worst, best: it.best }),
                finding: check.finding.clone(),
                url: check.url.clone(),
                version: near.list.version.clone(),
                licence: near.list.licence.clone(),
            }),
            share: near.share.map(rounded),
            close: near.close,
            reasons: words.into_iter().chain(meaning).collect(),
            answer: answer_to(said, SuggestedKind::Check, &check.id.to_string()),
        }
    }
}

fn answer_to(said: &[SuggestedRow], kind: SuggestedKind, of: &str) -> Option<SuggestionAnswer> {
    let row = said.iter().find(|row| row.kind == kind && row.of == of)?;
    Some(SuggestionAnswer {
        seq: row.seq,
        agrees: row.agrees,
        by: row.by.clone().map(Person::from),
        at: row.at,
    })
}

/// The classes that a text by itself can show. Whether a story is untrue or spread to deceive is in no wording.
const SHOWN_BY_WORDS: [StoryClass; 2] = [StoryClass::HateSpeech, StoryClass::Incitement];

/// What people confirmed, learned once for what the asker may see, and again when something changed.
pub(super) fn learned(app: &App, see: Compartments) -> Result<Arc<Classes>, Refusal> {
    let changed = app.look(|views| Ok(views.examples_changed()?))?;
    if let Some(known) = app.learned().get(see.bits(), changed) {
        return Ok(known);
    }
    let (examples, lexicons) =
        app.look(|views| Ok((views.examples(see, EXAMPLES_MAX)?, views.lexicons()?)))?;
    let mut classes = Classes::default();
    classes.lexicon = Lexicon::new(terms(lexicons));
    for row in examples {
        let class = SHOWN_BY_WORDS.contains(&row.class).then(|| row.class.word().to_owned());
        classes.examples.add(Example {
            group: row.code.clone(),
            id: row.code,
            text: row.head,
            lang: primary(&row.lang).to_owned(),
            class,
            source: row.by.to_string(),
        });
    }
    classes.learn();
    let classes = Arc::new(classes);
    app.learned().put(see.bits(), changed, classes.clone());
    Ok(classes)
}

fn primary(lang: &str) -> &str {
    lang.split('-').next().unwrap_or_default()
}

/// Whole wordings of the mission's lists that call for harm; patterns are for the engine that watches sites.
fn terms(lexicons: Vec<vigie_model::Lexicon>) -> Vec<Term> {
    let mut terms = Vec::new();
    for list in lexicons {
        let calls = |entry: &&vigie_model::LexiconEntry| {
            entry.sense == Sense::CallsForHarm
                && entry.context == Context::Somebody
                && !entry.pattern.contains(['*', '…'])
        };
        for entry in list.entries.iter().filter(calls) {
            terms.push(Term {
                words: entry.pattern.clone(),
                class: StoryClass::Incitement.word().to_owned(),
                lang: primary(&list.lang).to_owned(),
                owner: list.owner.clone(),
                reviewed: list.date.clone(),
            });
        }
    }
    terms
}

fn may_be(
    classes: &Classes,
    row: &NarrativeRow,
    wordings: &[String],
    said: &[SuggestedRow],
) -> (Option<ReasonView>, Vec<MayBe>) {
    let language = Language {
        tag: row.lang.clone(),
        script: "Zyyy".to_owned(),
        basis: LanguageBasis::Model,
        confidence: None,
        second: None,
    };
    let mut found: BTreeMap<&'static str, MayBe> = BTreeMap::new();
    for text in wordings {
        match classes.suggest(text, &language) {
            Assessment::NotAssessed(reason) => return (Some(ReasonView::from(&reason)), Vec::new()),
            Assessment::Assessed(suggestions) => {
                for one in suggestions {
                    let Some(class) = StoryClass::from_word(&one.class) else { continue };
                    let stronger =
                        found.get(class.word()).is_none_or(|known| known.value < one.score.value());
                    if stronger {
                        found.insert(class.word(), shown(class, &one.score, said));
                    }
                }
            }
        }
    }
    if wordings.is_empty() {
        let reason = vigie_model::Reason::new("why-not-assessed-restricted");
        return (Some(ReasonView::from(&reason)), Vec::new());
    }
    let mut found: Vec<MayBe> = found.into_values().collect();
    found.sort_by(|a, b| b.value.total_cmp(&a.value));
    (None, found)
}

fn shown(class: StoryClass, score: &vigie_model::Score, said: &[SuggestedRow]) -> MayBe {
    MayBe {
        class,
        value: (score.value() * 100.0).round() / 100.0,
        reasons: score.reasons().iter().map(ReasonView::from).collect(),
        error: score.error().into(),
        answer: answer_to(said, SuggestedKind::Class, class.word()),
    }
}

/// What a person says to a suggestion.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SuggestionSaid {
    /// What was suggested.
    #[schema(value_type = words::SuggestedKind)]
    kind: SuggestedKind,
    /// Which: the identifier of the fact, the story or the check, or the word of the class.
    of: String,
    /// Whether they agree.
    agrees: bool,
    /// Why; needed to overrule.
    #[serde(default)]
    reason: String,
}

/// Agrees with a suggestion or overrules it. Nothing else changes: judging and answering are acts of their own.
#[utoipa::path(post, path = "/api/v1/narratives/{id}/suggestions", tag = "judging", request_body = SuggestionSaid,
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 200, body = Suggestions)))]
pub(crate) async fn answer(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
    Said(said): Said<SuggestionSaid>,
) -> Result<Json<Suggestions>, Refusal> {
    let maker = asker.clone();
    let outcome = app
        .blocking(move |app| {
            let (now, actor, granted) = (app.now(), maker.actor(), maker.granted.clone());
            let see = maker.see();
            decide(app, move |views| {
                let rows = open_rows(views, &granted, &[id], now)?;
                let [row] = rows.as_slice() else { return Err(Refusal::nothing()) };
                if !is_there(views, &said, see, now)? {
                    return Err(Refusal::field("of"));
                }
                let event = suggestions::answer(row.id, said.kind, &said.of, said.agrees, &said.reason);
                let event =
                    event.map_err(|refusal| Refusal::of_rule(StatusCode::UNPROCESSABLE_ENTITY, &refusal))?;
                Ok(vec![Draft::new(actor, Event::SuggestionAnswered(event))])
            })?;
            found(app, &maker, id)
        })
        .await;
    match outcome {
        Err(refusal) if refusal.id() == "server-narrative-gone" => Err(nothing(&app, &asker, id).await),
        done => done?.map(Json).ok_or_else(Refusal::nothing),
    }
}

/// Whether what is spoken of is there for this person.
fn is_there(
    views: &Views,
    said: &SuggestionSaid,
    see: Compartments,
    now: Timestamp,
) -> Result<bool, Refusal> {
    let id = || Uuid::parse_str(&said.of).ok();
    Ok(match said.kind {
        SuggestedKind::Class => {
            StoryClass::from_word(&said.of).is_some_and(|class| SHOWN_BY_WORDS.contains(&class))
        }
        SuggestedKind::Check => match id() {
            Some(id) => views.has_check(id)?,
            None => false,
        },
        SuggestedKind::Story => match id() {
            Some(id) => {
                matches!(
                    views.narrative_row(NarrativeId::from_uuid(id), see, now)?,
                    vigie_store::Found::Here(_)
                )
            }
            None => false,
        },
        SuggestedKind::Fact => match id() {
            Some(id) => views.record::<Fact>(FactId::from_uuid(id).uuid(), see)?.is_some(),
            None => false,
        },
    })
}
