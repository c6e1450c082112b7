//! The models: what each covers, how often it errs by language, and whose judgements it learns from.
//!
//! The cards are those of the source tree, in English and in French; what stands beside them is this site's own.

use super::acts::{decide, only};
use super::said::{At, Said};
use super::suggestions::learned;
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::{Person, words};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;
use vigie_desk::suggestions;
use vigie_model::{Compartment, Compartments, Event, StoryClass, Timestamp, UserId};
use vigie_store::{Draft, ExampleRow};
use vigie_text::classes::{Classes, Rate};
use vigie_text::recall::{self, Change};

const EXAMPLES_MAX: u32 = 5_000;

/// A card as it stands in the source, in both languages.
macro_rules! card {
    ($name:literal, $version:expr) => {
        (
            $name,
            $version,
            include_str!(concat!("../../../../docs/models/", $name, ".md")),
            include_str!(concat!("../../../../docs/models/fr/", $name, ".md")),
        )
    };
}

/// The cards: name, version, text in English, text in French.
const CARDS: [(&str, &str, &str, &str); 4] = [
    card!("language", vigie_text::MODEL_VERSION),
    card!("meaning", vigie_text::meaning::VERSION),
    card!("coordination", "2"),
    card!("claims", "2"),
];

/// One model.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Card {
    /// Its name.
    name: String,
    /// Its version.
    version: String,
    /// Whether this site has it: one must be added by the mission.
    here: bool,
    /// Its card, Markdown, in English.
    text: String,
    /// The same in French.
    text_fr: String,
}

/// How often changed copies are found in a language.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecallRow {
    /// BCP 47.
    lang: String,
    /// What was found, in the order of the changes.
    changes: Vec<RecallCell>,
}

/// One kind of change in one language.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecallCell {
    /// What was changed.
    change: String,
    /// Share of the changed copies that are found.
    found: f64,
    /// Whether that is at most five points under English; otherwise it reads "not assessed".
    assessed: bool,
}

/// What classes were learned from in one language.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassRow {
    /// BCP 47.
    lang: String,
    /// Examples that bear a class which a text by itself can show.
    with: u64,
    /// Examples that bear none.
    without: u64,
    /// Whether there are enough.
    covered: bool,
    /// How often suggestions are wrong, by class, where that could be reckoned.
    wrong: Vec<ClassRate>,
}

/// How suggestions of one class fared, each fifth of the examples judged by the rest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassRate {
    /// The class.
    #[schema(value_type = words::StoryClass)]
    class: StoryClass,
    /// Confirmed and suggested.
    found: u64,
    /// Confirmed and not suggested.
    missed: u64,
    /// Suggested and not confirmed.
    alarms: u64,
    /// Neither.
    quiet: u64,
    /// Share of wrong answers.
    wrong: f64,
}

/// Somebody whose judgements are examples.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Judge {
    /// Who.
    user: Person,
    /// Examples that rest on them.
    examples: u64,
    /// Since when they are set aside; null where they count.
    aside_since: Option<Timestamp>,
    /// Who set them aside.
    aside_by: Option<Person>,
}

/// Every model of this site.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ModelsView {
    /// The cards.
    cards: Vec<Card>,
    /// How often changed copies are found, by language.
    recall: Vec<RecallRow>,
    /// What classes were learned from, by language.
    classes: Vec<ClassRow>,
    /// Examples that a language needs of each side before it is covered.
    covered_least: u64,
    /// Whose judgements are examples, or were.
    judges: Vec<Judge>,
}

/// The models with their cards.
#[utoipa::path(get, path = "/api/v1/models", tag = "admin", responses((status = 200, body = ModelsView)))]
pub(crate) async fn all(State(app): State<App>) -> Result<Json<ModelsView>, Refusal> {
    Ok(Json(app.blocking(shown).await?))
}

/// Counts over all that is open to anybody: no word of it is shown here.
fn shown(app: &App) -> Result<ModelsView, Refusal> {
    let all = Compartments::of(Compartment::ALL);
    let classes = learned(app, all)?;
    let (rows, judges) = app.look(|views| Ok((views.examples(all, EXAMPLES_MAX)?, judges(views, all)?)))?;
    let here = |name: &str| name != "meaning" || app.options.neighbours.is_some();
    let card = |(name, version, text, text_fr): &(&str, &str, &str, &str)| Card {
        name: (*name).to_owned(),
        version: (*version).to_owned(),
        here: here(name),
        text: (*text).to_owned(),
        text_fr: (*text_fr).to_owned(),
    };
    Ok(ModelsView {
        cards: CARDS.iter().map(card).collect(),
        recall: recall_rows(),
        classes: class_rows(&classes, &rows),
        covered_least: vigie_text::classes::COVERED_LEAST as u64,
        judges,
    })
}

fn recall_rows() -> Vec<RecallRow> {
    let row = |(lang, found): (&str, [f64; 6])| {
        let unsure = recall::not_assessed(lang);
        let cell = |(change, found): (Change, f64)| RecallCell {
            change: change.word().to_owned(),
            found,
            assessed: !unsure.contains(&change),
        };
        RecallRow { lang: lang.to_owned(), changes: Change::ALL.into_iter().zip(found).map(cell).collect() }
    };
    recall::measured().map(row).collect()
}

fn class_rows(classes: &Classes, rows: &[ExampleRow]) -> Vec<ClassRow> {
    let mut by_lang: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for row in rows {
        let lang = row.lang.split('-').next().unwrap_or_default();
        let counts = by_lang.entry(lang).or_default();
        match row.class {
            StoryClass::HateSpeech | StoryClass::Incitement => counts.0 += 1,
            _ => counts.1 += 1,
        }
    }
    let rate = |class: StoryClass, rate: Rate| ClassRate {
        class,
        found: rate.found as u64,
        missed: rate.missed as u64,
        alarms: rate.alarms as u64,
        quiet: rate.quiet as u64,
        wrong: rate.wrong(),
    };
    let row = |(lang, (with, without)): (&str, (u64, u64))| ClassRow {
        lang: lang.to_owned(),
        with,
        without,
        covered: classes.examples.covers(lang),
        wrong: [StoryClass::HateSpeech, StoryClass::Incitement]
            .into_iter()
            .filter_map(|class| Some(rate(class, classes.rates().get(lang, class.word())?)))
            .collect(),
    };
    by_lang.into_iter().map(row).collect()
}

fn judges(views: &vigie_store::Views, see: Compartments) -> Result<Vec<Judge>, Refusal> {
    let mut counts: BTreeMap<UserId, u64> = BTreeMap::new();
    for row in views.every_example(see, EXAMPLES_MAX)? {
        *counts.entry(row.by).or_default() += 1;
    }
    let aside = views.aside()?;
    let known: BTreeSet<UserId> = counts.keys().copied().chain(aside.iter().map(|one| one.user.id)).collect();
    let judge = |id: UserId| {
        let set = aside.iter().find(|one| one.user.id == id);
        Ok(Judge {
            user: Person::from(views.person(id)?),
            examples: counts.get(&id).copied().unwrap_or_default(),
            aside_since: set.map(|one| one.at),
            aside_by: set.and_then(|one| one.by.clone()).map(Person::from),
        })
    };
    known.into_iter().map(judge).collect()
}

/// Whose judgements teach.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct JudgeSaid {
    /// `true`: they teach nothing any more.
    aside: bool,
    /// Why.
    reason: String,
}

/// What that changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JudgeEffect {
    /// The entry.
    seq: u64,
    /// Examples by language, before and after.
    examples: Vec<LangEffect>,
}

/// The effect in one language.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LangEffect {
    /// BCP 47.
    lang: String,
    /// Examples before.
    before: u64,
    /// Examples now.
    after: u64,
    /// Whether it was covered before.
    covered_before: bool,
    /// Whether it is now.
    covered_after: bool,
}

/// Sets the judgements of one person aside, or takes them up again, and says what that changes. The judgements stand.
#[utoipa::path(post, path = "/api/v1/models/judges/{user}", tag = "admin", request_body = JudgeSaid,
    params(("user" = uuid::Uuid, Path, description = "Whose judgements")),
    responses((status = 200, body = JudgeEffect)))]
pub(crate) async fn judge(
    State(app): State<App>,
    Known(asker): Known,
    At(user): At<UserId>,
    Said(said): Said<JudgeSaid>,
) -> Result<Json<JudgeEffect>, Refusal> {
    let event = suggestions::set_aside(user, said.aside, &said.reason)
        .map_err(|refusal| Refusal::of_rule(StatusCode::UNPROCESSABLE_ENTITY, &refusal))?;
    let effect = app
        .blocking(move |app| {
            let before = shown(app)?.classes;
            let actor = asker.actor();
            let outcomes = decide(app, move |views| {
                views.user(user)?.ok_or_else(Refusal::nothing)?;
                Ok(vec![Draft::new(actor, Event::JudgeSetAside(event))])
            })?;
            let after = shown(app)?.classes;
            Ok(JudgeEffect { seq: only(&outcomes)?, examples: effect(&before, &after) })
        })
        .await?;
    Ok(Json(effect))
}

fn effect(before: &[ClassRow], after: &[ClassRow]) -> Vec<LangEffect> {
    let langs: BTreeSet<&str> = before.iter().chain(after).map(|row| row.lang.as_str()).collect();
    let of = |rows: &[ClassRow], lang: &str| {
        let row = rows.iter().find(|row| row.lang == lang);
        row.map_or((0, false), |row| (row.with + row.without, row.covered))
    };
    let one = |lang: &str| {
        let ((was, covered_before), (is, covered_after)) = (of(before, lang), of(after, lang));
        LangEffect { lang: lang.to_owned(), before: was, after: is, covered_before, covered_after }
    };
    langs.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::CARDS;
    use std::collections::BTreeMap;

    fn numbers(text: &str) -> BTreeMap<&str, usize> {
        let mut found = BTreeMap::new();
        for run in text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()) {
            *found.entry(run).or_default() += 1;
        }
        found
    }

    /// A figure that is measured again in one language only would be a lie in the other.
    #[test]
    fn both_languages_of_a_card_bear_the_same_figures() {
        for (name, _, english, french) in CARDS {
            assert_eq!(numbers(english), numbers(french), "{name}");
            let rows = |text: &str| text.lines().filter(|line| line.starts_with('|')).count();
            let parts = |text: &str| text.lines().filter(|line| line.starts_with("## ")).count();
            assert_eq!((rows(english), parts(english)), (rows(french), parts(french)), "{name}");
        }
    }
}
