//! Reads a scenario: one invented day that is demonstration, test and exercise alike.
//!
//! Strict: an unknown key, an unknown source or a text that names no intended meaning although nobody has checked
//! its language is refused with the place where it stands. Times are offsets from the scenario's start.

use crate::wave::Wave;
use jiff::fmt::friendly::{Direction, Spacing, SpanPrinter};
use jiff::{SignedDuration, Timestamp, Zoned};
use serde::Deserialize;
use std::collections::BTreeSet;
use vigie_model::{
    Affiliation, Compartment, Compartments, Component, Connector, Decision, Level, Role, SignalKind,
    SourceEntry, SourceId,
};

/// Languages whose texts the writers of the scenarios answer for themselves.
const CHECKED: [&str; 2] = ["en", "fr"];

/// Why a file is not a scenario.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// The file cannot be read.
    #[error("the scenario cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// Not TOML, or not of this form.
    #[error("the scenario is not of the expected form: {0}")]
    Form(#[from] toml::de::Error),
    /// Parts that do not fit together.
    #[error("{place}: {what}")]
    Misfit {
        /// Which entry, such as `event at -26h20m`.
        place: String,
        /// What does not fit.
        what: String,
    },
}

/// An offset from the start, written `-26h20m`, `45s`, `1h5m`.
pub type Offset = SignedDuration;

/// An offset as scenarios write it.
pub fn written(offset: Offset) -> String {
    SpanPrinter::new().direction(Direction::Sign).spacing(Spacing::None).duration_to_string(&offset)
}

/// A whole scenario.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Name, start, seed, speed.
    #[serde(rename = "scenario")]
    pub head: Head,
    /// Sources, each with its line in the purpose register.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
    /// People.
    #[serde(rename = "user")]
    pub users: Vec<Person>,
    /// Functions that answer and act.
    #[serde(rename = "function", default)]
    pub functions: Vec<Post>,
    /// Who verifies which language.
    #[serde(rename = "verifier", default)]
    pub verifiers: Vec<VerifierOf>,
    /// What arrives.
    #[serde(rename = "event")]
    pub events: Vec<Event>,
    /// What arrives many times over; each becomes events when the file is read.
    #[serde(rename = "wave", default)]
    pub waves: Vec<Wave>,
    /// What people do.
    #[serde(rename = "act", default)]
    pub acts: Vec<Act>,
    /// What must be true.
    #[serde(rename = "expect", default)]
    pub expects: Vec<Expect>,
}

/// `[scenario]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Short name.
    pub name: String,
    /// When the day opens, with its zone.
    pub start: Zoned,
    /// Makes identifiers repeatable.
    pub seed: u64,
    /// Simulated seconds in one real second, from the start on.
    pub speed: u32,
    /// Loads the invented gazetteer, sites and lists of wordings that stand beside the scenarios.
    #[serde(default)]
    pub places: bool,
    /// A replay goes from one thing to the next without waiting from here on.
    #[serde(default)]
    pub hurry_from: Option<Offset>,
}

/// What carries the signals of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// The link to the outside; silent while it is cut.
    Uplink,
    /// The site's own means.
    Local,
}

/// `[[source]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Identifier.
    pub id: SourceId,
    /// Name shown to people.
    pub name: String,
    /// What its signals are.
    pub kind: SignalKind,
    /// What carries them.
    pub via: Via,
    /// How they reach the site; a text-message gateway has `sms` and an `url`.
    #[serde(default = "by_intake")]
    pub connector: Connector,
    /// Address of a gateway.
    #[serde(default)]
    pub url: Option<String>,
    /// Why the mission reads it.
    pub purpose: String,
    /// What entitles it to.
    pub basis: String,
    /// The function that answers for it.
    pub owner: String,
    /// Days after which its signals expire.
    pub retention_days: u32,
    /// Licence or terms.
    #[serde(default)]
    pub licence: Option<String>,
    /// Languages, BCP 47.
    pub languages: Vec<String>,
}

fn by_intake() -> Connector {
    Connector::Intake
}

impl Source {
    /// A gateway of a scenario is a program on this machine.
    fn private(&self) -> Vec<String> {
        let host = self.url.as_deref().and_then(|url| url.split('/').nth(2));
        host.into_iter().map(str::to_owned).collect()
    }

    /// Its line in the purpose register.
    pub fn entry(&self) -> SourceEntry {
        SourceEntry {
            id: self.id.clone(),
            name: self.name.clone(),
            kind: self.kind,
            connector: self.connector,
            url: self.url.clone(),
            purpose: self.purpose.clone(),
            basis: self.basis.clone(),
            owner: self.owner.clone(),
            retention_days: self.retention_days,
            licence: self.licence.clone(),
            languages: self.languages.clone(),
            compartments: Compartments::of(&[Compartment::Operations]),
            poll_s: None,
            allow_private: self.private(),
            zone: None,
        }
    }
}

/// `[[user]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Sign-in name.
    pub name: String,
    /// Name shown to colleagues.
    pub display: String,
    /// Role.
    pub role: Role,
    /// Whom the person belongs to.
    pub affiliation: Affiliation,
    /// Component, where there is one.
    #[serde(default)]
    pub component: Option<Component>,
    /// Language of the screens.
    pub lang: String,
    /// What the grant opens.
    #[serde(default = "everyday")]
    pub compartments: Vec<Compartment>,
    /// How far it goes.
    pub level: Level,
}

fn everyday() -> Vec<Compartment> {
    vec![Compartment::Operations]
}

/// `[[function]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// Short name.
    pub id: String,
    /// Name in English.
    pub name_en: String,
    /// Name in French.
    pub name_fr: String,
    /// Component.
    pub component: Component,
    /// Sign-in names of who holds it.
    pub holders: Vec<String>,
    /// Whether it is a liaison assistant's.
    #[serde(default)]
    pub liaison: bool,
}

/// `[[verifier]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifierOf {
    /// Sign-in name.
    pub user: String,
    /// Language, BCP 47.
    pub lang: String,
}

/// `[[event]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When it reaches the site.
    pub at: Offset,
    /// When it was seen, where that differs.
    #[serde(default)]
    pub seen: Option<Offset>,
    /// Name by which acts and expectations speak of it.
    #[serde(default)]
    pub id: Option<String>,
    /// Which story it belongs to; for tests, never sent.
    #[serde(default)]
    pub story: Option<String>,
    /// Its source.
    pub source: SourceId,
    /// Its language, BCP 47.
    pub lang: String,
    /// Who says it, as the source shows it.
    pub author: String,
    /// What it says.
    pub text: String,
    /// Where it was published.
    #[serde(default)]
    pub url: Option<String>,
    /// Where it speaks of.
    #[serde(default)]
    pub place: Option<String>,
    /// No speaker of its language has read the text.
    #[serde(default)]
    pub unchecked: bool,
    /// For the readers of the file: intended meaning, what was changed in a copy.
    #[serde(default)]
    pub note: Option<String>,
}

impl Event {
    /// When it was seen.
    pub fn seen_at(&self) -> Offset {
        self.seen.unwrap_or(self.at)
    }
}

/// `[[act]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "RawAct")]
pub struct Act {
    /// When.
    pub at: Offset,
    /// Who.
    pub user: String,
    /// What.
    pub deed: Deed,
}

/// What a person does, by the word in `do` with its `args`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "do", content = "args", rename_all = "lowercase", deny_unknown_fields)]
pub enum Deed {
    /// Asks the API for anything else: `path` behind `/api/v1` and `body`, with blanks (see `player/fill.rs`).
    Post {
        /// Where.
        path: String,
        /// What.
        #[serde(default)]
        body: toml::Table,
        /// Name under which the answer is kept.
        #[serde(default, rename = "as")]
        name: Option<String>,
        /// The HTTP status with which the site must refuse it.
        #[serde(default)]
        refused: Option<u16>,
    },
    /// Reads from the API and keeps the answer.
    Read {
        /// Where.
        path: String,
        /// Name under which the answer is kept.
        #[serde(rename = "as")]
        name: String,
    },
    /// Opens a step of the guided minute.
    Step {
        /// Its name.
        step: String,
        /// The event whose narrative it shows.
        #[serde(default)]
        about: Option<String>,
    },
    /// Cuts the uplink or brings it back.
    Link {
        /// Whether it works from now on.
        up: bool,
    },
    /// Decides.
    Triage {
        /// Events whose narratives are meant.
        about: Vec<String>,
        /// The decision.
        decision: Decision,
    },
    /// Gives to a colleague.
    Assign {
        /// Events whose narratives are meant.
        about: Vec<String>,
        /// Sign-in name.
        to: String,
    },
    /// Labels.
    Label {
        /// Events whose narratives are meant.
        about: Vec<String>,
        /// The label.
        label: String,
    },
    /// Writes in the duty log.
    Note {
        /// The line.
        text: String,
        /// Name by which later acts speak of it.
        #[serde(default)]
        id: Option<String>,
        /// The struck line that it replaces.
        #[serde(default)]
        corrects: Option<String>,
    },
    /// Strikes a line of the duty log.
    Strike {
        /// The line.
        note: String,
        /// Why.
        reason: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAct {
    at: Offset,
    user: String,
    #[serde(rename = "do")]
    word: String,
    args: toml::Table,
}

impl TryFrom<RawAct> for Act {
    type Error = toml::de::Error;

    fn try_from(raw: RawAct) -> Result<Self, Self::Error> {
        let mut deed = toml::Table::new();
        deed.insert("do".to_owned(), raw.word.into());
        deed.insert("args".to_owned(), raw.args.into());
        Ok(Self { at: raw.at, user: raw.user, deed: deed.try_into()? })
    }
}

/// `[[expect]]`: exactly one of `equals`, `at_most`, `at_least`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// When.
    pub at: Offset,
    /// Who looks.
    pub user: String,
    /// The event whose narrative stands for `{about}` in the query.
    #[serde(default)]
    pub about: Option<String>,
    /// An address of the API with a JSON pointer behind `#` (a list counts as its length), or `acknowledged`,
    /// `held`, `lost`.
    pub query: String,
    /// Must be this.
    #[serde(default)]
    pub equals: Option<toml::Value>,
    /// Must be this or less.
    #[serde(default)]
    pub at_most: Option<f64>,
    /// Must be this or more.
    #[serde(default)]
    pub at_least: Option<f64>,
}

impl Scenario {
    /// Reads and checks a scenario.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let mut scenario: Self = toml::from_str(text)?;
        for (n, wave) in scenario.waves.iter().enumerate() {
            scenario.events.extend(wave.events(scenario.head.seed + n as u64));
        }
        scenario.check()?;
        Ok(scenario)
    }

    /// Reads and checks a scenario file.
    pub fn open(path: &std::path::Path) -> Result<Self, ScenarioError> {
        Self::parse(&std::fs::read_to_string(path)?)
    }

    /// The instant at an offset.
    pub fn instant(&self, offset: Offset) -> Timestamp {
        let start = self.head.start.timestamp();
        start.checked_add(offset).unwrap_or(start)
    }

    /// The instant of the first thing that happens. A site that plays this day shows no later time before.
    pub fn earliest(&self) -> Timestamp {
        self.instant(self.span().0)
    }

    /// The source of an event.
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == *id)
    }

    /// Offsets of the first and the last thing that happens.
    pub fn span(&self) -> (Offset, Offset) {
        let events = self.events.iter().map(|event| event.at);
        let acts = self.acts.iter().map(|act| act.at);
        let expects = self.expects.iter().map(|expect| expect.at);
        events
            .chain(acts)
            .chain(expects)
            .fold((Offset::ZERO, Offset::ZERO), |(a, z), at| (a.min(at), z.max(at)))
    }

    fn check(&self) -> Result<(), ScenarioError> {
        self.sources.iter().try_for_each(check_source)?;
        self.users.iter().try_for_each(check_person)?;
        let mut names = BTreeSet::new();
        for event in &self.events {
            self.check_event(event, &mut names)?;
        }
        self.events
            .iter()
            .filter_map(|event| event.story.as_deref())
            .try_for_each(|story| self.check_story(story))?;
        let mut notes = BTreeSet::new();
        for act in &self.acts {
            let place = format!("act at {}", written(act.at));
            self.check_user(&place, &act.user)?;
            self.check_deed(&place, &act.deed, &names, &mut notes)?;
        }
        self.expects.iter().try_for_each(|expect| self.check_expect(expect, &names))
    }

    fn check_event<'a>(&self, event: &'a Event, names: &mut BTreeSet<&'a str>) -> Result<(), ScenarioError> {
        let place = format!("event at {}", written(event.at));
        let source = self.source(&event.source).ok_or_else(|| misfit(&place, "names an unknown source"))?;
        demand(source.languages.contains(&event.lang), &place, "its source does not use this language")?;
        demand(!event.text.trim().is_empty(), &place, "says nothing")?;
        demand(event.seen_at() <= event.at, &place, "was seen after it arrived")?;
        let checked = CHECKED.contains(&event.lang.as_str());
        demand(
            checked || event.unchecked,
            &place,
            "must say `unchecked = true`: nobody here speaks its language",
        )?;
        demand(
            !event.unchecked || event.note.is_some(),
            &place,
            "an unchecked text needs a note with its meaning",
        )?;
        let fresh = event.id.as_deref().is_none_or(|id| names.insert(id));
        demand(fresh, &place, "its id stands twice")
    }

    /// One signal is no story: a name that stands once is a slip of the pen.
    fn check_story(&self, story: &str) -> Result<(), ScenarioError> {
        let told = self.events.iter().filter(|event| event.story.as_deref() == Some(story)).count();
        demand(told > 1, &format!("story {story}"), "stands on one event only")
    }

    fn check_user(&self, place: &str, name: &str) -> Result<(), ScenarioError> {
        demand(self.users.iter().any(|user| user.name == name), place, "names an unknown user")
    }

    fn check_deed<'a>(
        &self,
        place: &str,
        deed: &'a Deed,
        names: &BTreeSet<&str>,
        notes: &mut BTreeSet<&'a str>,
    ) -> Result<(), ScenarioError> {
        let known = |about: &str| demand(names.contains(about), place, "speaks of an unknown event");
        match deed {
            Deed::Step { about, .. } => about.iter().try_for_each(|about| known(about)),
            Deed::Link { .. } | Deed::Post { .. } | Deed::Read { .. } => Ok(()),
            Deed::Triage { about, .. } | Deed::Label { about, .. } => about.iter().try_for_each(|a| known(a)),
            Deed::Assign { about, to } => {
                about.iter().try_for_each(|about| known(about))?;
                self.check_user(place, to)
            }
            Deed::Note { id, corrects, .. } => {
                let earlier = corrects.as_deref().is_none_or(|note| notes.contains(note));
                demand(earlier, place, "corrects an unknown note")?;
                demand(id.as_deref().is_none_or(|id| notes.insert(id)), place, "its id stands twice")
            }
            Deed::Strike { note, .. } => {
                demand(notes.contains(note.as_str()), place, "strikes an unknown note")
            }
        }
    }

    fn check_expect(&self, expect: &Expect, names: &BTreeSet<&str>) -> Result<(), ScenarioError> {
        let place = format!("expectation at {} ({})", written(expect.at), expect.query);
        self.check_user(&place, &expect.user)?;
        let known = expect.about.as_deref().is_none_or(|about| names.contains(about));
        demand(known, &place, "speaks of an unknown event")?;
        let bounds = [expect.equals.is_some(), expect.at_most.is_some(), expect.at_least.is_some()];
        let one = bounds.into_iter().filter(|given| *given).count() == 1;
        demand(one, &place, "needs exactly one of equals, at_most, at_least")?;
        demand(
            expect.query.contains("{about}") == expect.about.is_some(),
            &place,
            "`about` and `{about}` go together",
        )
    }
}

fn check_source(source: &Source) -> Result<(), ScenarioError> {
    source.entry().check().map_err(|fault| misfit(&format!("source {}", source.id), &fault.to_string()))
}

/// Who belongs to a component belongs to it in the rights table as well.
fn check_person(person: &Person) -> Result<(), ScenarioError> {
    let fits = person.component.is_none_or(|component| component.word() == person.affiliation.word());
    demand(fits, &format!("user {}", person.name), "belongs to one component and is affiliated to another")
}

fn demand(holds: bool, place: &str, what: &str) -> Result<(), ScenarioError> {
    if holds { Ok(()) } else { Err(misfit(place, what)) }
}

fn misfit(place: &str, what: &str) -> ScenarioError {
    ScenarioError::Misfit { place: place.to_owned(), what: what.to_owned() }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::path::PathBuf;

    pub(crate) fn lookout() -> Scenario {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../scenarios/s00-lookout.toml");
        Scenario::open(&path).expect("the committed scenario is sound")
    }

    fn story<'a>(scenario: &'a Scenario, name: &str) -> Vec<&'a Event> {
        scenario.events.iter().filter(|event| event.story.as_deref() == Some(name)).collect()
    }

    fn kind(scenario: &Scenario, event: &Event) -> SignalKind {
        scenario.source(&event.source).expect("checked").kind
    }

    #[test]
    fn the_rumour_has_37_copies_and_is_heard_27_hours_before_it_is_posted() {
        let scenario = lookout();
        let rumour = story(&scenario, "rumour");
        assert_eq!(rumour.len(), 37);
        assert_eq!(kind(&scenario, rumour[0]), SignalKind::Liaison);
        let public = rumour.iter().find(|event| kind(&scenario, event) == SignalKind::Post).expect("posted");
        assert_eq!(public.id.as_deref(), Some("first-post"));
        assert_eq!(public.seen_at() - rumour[0].seen_at(), Offset::from_hours(27));
        assert!(
            rumour.iter().skip(1).all(|event| event.at < Offset::from_mins(25)),
            "all within the guided part"
        );
    }

    #[test]
    fn the_complaint_comes_from_many_and_bears_no_trick() {
        let scenario = lookout();
        let complaint = story(&scenario, "complaint");
        assert_eq!(complaint.len(), 11);
        let kinds: BTreeSet<_> = complaint.iter().map(|event| kind(&scenario, event)).collect();
        assert_eq!(kinds, BTreeSet::from([SignalKind::Post, SignalKind::Sms, SignalKind::Liaison]));
        let plain = |c: char| c.is_ascii() || ('à'..='ü').contains(&c) || "ÀÉ".contains(c);
        assert!(
            complaint.iter().all(|event| event.text.chars().all(plain)),
            "no look-alikes, nothing invisible"
        );
    }

    #[test]
    fn a_day_looks_like_a_day() {
        let scenario = lookout();
        assert!((250..=400).contains(&scenario.events.len()), "{} events", scenario.events.len());
        let languages: BTreeSet<_> = scenario.events.iter().map(|event| event.lang.as_str()).collect();
        assert_eq!(languages, BTreeSet::from(["ar", "ff", "fr", "ha", "sg"]));
        let sorted = scenario.events.is_sorted_by_key(|event| event.at);
        assert!(sorted, "events stand in the order in which they arrive");
    }

    #[test]
    fn local_messages_keep_coming_while_the_uplink_is_cut() {
        let scenario = lookout();
        let cut = |event: &&Event| (Offset::from_mins(41)..Offset::from_mins(49)).contains(&event.at);
        let during: Vec<_> = scenario.events.iter().filter(cut).collect();
        let via = |event: &Event| scenario.source(&event.source).expect("checked").via;
        assert!(during.iter().filter(|event| via(event) == Via::Local).count() >= 8);
        assert!(during.iter().filter(|event| via(event) == Via::Uplink).count() >= 4);
    }

    #[test]
    fn the_guided_hour_takes_a_minute() {
        let scenario = lookout();
        let last = scenario.acts.iter().rfind(|act| matches!(act.deed, Deed::Step { .. })).expect("steps");
        assert!(last.at.as_secs() / i64::from(scenario.head.speed) <= 55);
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_place() {
        let text = |event: &str| {
            format!(
                "[scenario]\nname='x'\nstart='2026-11-24T09:00:00+01:00[Etc/GMT-1]'\nseed=1\nspeed=60\n\
                 [[source]]\nid='radio'\nname='R'\nkind='radio'\nvia='local'\npurpose='p'\nbasis='b'\nowner='o'\n\
                 retention_days=9\nlanguages=['fr','ha']\n\
                 [[user]]\nname='u'\ndisplay='U'\nrole='analyst'\naffiliation='civilian'\nlang='fr'\nlevel='see'\n\
                 [[event]]\nat='5m'\nauthor='a'\ntext='Pluie.'\n{event}"
            )
        };
        let said = |event: &str| Scenario::parse(&text(event)).expect_err("refused").to_string();
        assert!(Scenario::parse(&text("source='radio'\nlang='fr'")).is_ok());
        assert!(said("source='tv'\nlang='fr'").contains("event at 5m: names an unknown source"));
        assert!(said("source='radio'\nlang='ha'").contains("nobody here speaks its language"));
        assert!(said("source='radio'\nlang='fr'\nseen='6m'").contains("seen after it arrived"));
        assert!(said("source='radio'\nlang='fr'\nstory='rumuor'").contains("one event only"));
        assert!(said("source='radio'\nlang='fr'\nmood='angry'").contains("mood"));
    }
}
