//! Plays a scenario into a running site, over its public HTTP API and nothing else.
//!
//! History (what lies before the scenario's start) is delivered at once, the simulated clock moving through it.
//! From then on the day runs at the pace that the site's exercise shows: people pause it, change its speed, cut the
//! link or skip ahead in their browser. Sources and users exist already; their secrets come as [`Credentials`].

mod api;
mod expect;
mod fill;
mod schedule;

pub use api::{ApiError, Credentials};
pub use expect::{Checked, table};

use crate::scenario::{Act, Deed, Event, Expect, Offset, Scenario, written};
use api::Site;
use fill::Blank;
use reqwest::Method;
use schedule::{Due, Schedule, What, moved};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;
use vigie_model::{NarrativeId, NoteId, SignalId, Timestamp};

/// Real time between two looks at the exercise.
const TICK: Duration = Duration::from_millis(200);
/// How long an expectation may take to come true, and an act to find what it is about: engines run behind.
const PATIENCE: Duration = Duration::from_secs(6);

/// How to play.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Options {
    /// Simulated seconds in a real one, instead of the scenario's.
    pub speed: Option<f64>,
    /// Stop here instead of at the end.
    pub until: Option<Offset>,
    /// Nobody watches: where the scenario says so, time that nothing happens in is not waited for.
    pub hurry: bool,
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Messages that the site acknowledged.
    pub acknowledged: usize,
    /// Expectations, in the order in which they were looked at.
    pub checks: Vec<Checked>,
    /// Acts that the site refused, with what it said.
    pub refused: Vec<String>,
}

impl Outcome {
    /// Whether every expectation holds and every act was done.
    pub fn is_good(&self) -> bool {
        self.refused.is_empty() && self.checks.iter().all(|check| check.holds)
    }
}

/// Plays `scenario` into the site at `base_url`; `control` is the user who runs the exercise.
pub async fn play(
    base_url: &str,
    credentials: Credentials,
    control: &str,
    scenario: &Scenario,
    options: Options,
) -> Result<Outcome, ApiError> {
    let mut player = Player::new(Site::new(base_url, credentials)?, control, scenario);
    player.open(options.speed.unwrap_or(f64::from(scenario.head.speed))).await?;
    player.hurry_from = scenario.head.hurry_from.filter(|_| options.hurry);
    player.run(options.until.unwrap_or(scenario.span().1)).await?;
    Ok(player.outcome)
}

/// What the exercise shows of itself.
#[derive(Debug, Clone, PartialEq)]
struct Pace {
    speed: f64,
    paused: bool,
    link_up: bool,
    step: Option<String>,
}

impl Pace {
    fn of(exercise: &Value) -> Self {
        Self {
            speed: exercise["speed"].as_f64().unwrap_or(1.0),
            paused: exercise["paused"].as_bool().unwrap_or(false),
            link_up: exercise["link_up"].as_bool().unwrap_or(true),
            step: exercise["step"].as_str().map(str::to_owned),
        }
    }
}

struct Player<'a> {
    site: Site,
    control: &'a str,
    scenario: &'a Scenario,
    schedule: Schedule,
    at: Offset,
    /// The step that the guide stands at, as far as the player knows.
    step: Option<String>,
    /// Somebody closed the guide: it is not opened again.
    guide_closed: bool,
    /// From here on the clock goes from one thing to the next.
    hurry_from: Option<Offset>,
    signals: BTreeMap<usize, SignalId>,
    notes: BTreeMap<String, String>,
    /// Answers kept by acts, by name.
    kept: BTreeMap<String, Value>,
    outcome: Outcome,
}

impl<'a> Player<'a> {
    fn new(site: Site, control: &'a str, scenario: &'a Scenario) -> Self {
        Self {
            site,
            control,
            scenario,
            schedule: Schedule::new(scenario),
            at: Offset::ZERO,
            step: None,
            guide_closed: false,
            hurry_from: None,
            signals: BTreeMap::new(),
            notes: BTreeMap::new(),
            kept: BTreeMap::new(),
            outcome: Outcome::default(),
        }
    }

    /// Delivers the history, then hands the pace over to whoever sits in front of the screen.
    async fn open(&mut self, speed: f64) -> Result<(), ApiError> {
        self.check_clock().await?;
        let name = &self.scenario.head.name;
        self.put_exercise(json!({ "scenario": name, "speed": speed, "paused": false, "link_up": true }))
            .await?;
        while let Some(due) = self.schedule.next(Offset::from_nanos(-1)) {
            self.perform(due).await?;
        }
        self.put_exercise(json!({ "steps": self.steps() })).await
    }

    async fn check_clock(&mut self) -> Result<(), ApiError> {
        let exercise = self.site.read(self.control, "/exercise").await?;
        let shows: Option<Timestamp> = exercise["sim_now"].as_str().and_then(|now| now.parse().ok());
        let begins = self.scenario.earliest();
        match shows {
            Some(shows) if shows > begins => Err(ApiError::ClockAhead { shows, begins }),
            _ => Ok(()),
        }
    }

    async fn run(&mut self, end: Offset) -> Result<(), ApiError> {
        let mut last = Instant::now();
        loop {
            let exercise = self.site.read(self.control, "/exercise").await?;
            let pace = Pace::of(&exercise);
            let now = Instant::now();
            self.at =
                moved(self.at, now - last, pace.speed, pace.paused).max(self.skipped_to(&pace)).min(end);
            last = now;
            if self.hurry_from.is_some_and(|from| self.at >= from) {
                self.at = self.at.max(self.schedule.upcoming().unwrap_or(end)).min(end);
            }
            self.schedule.see_link(pace.link_up);
            while let Some(due) = self.schedule.next(self.at) {
                self.perform(due).await?;
            }
            self.set_clock(self.at).await?;
            if self.at >= end || self.schedule.is_over() {
                return Ok(());
            }
            tokio::time::sleep(TICK).await;
        }
    }

    /// Where somebody who skipped ahead in the guide wants to be.
    fn skipped_to(&mut self, pace: &Pace) -> Offset {
        if pace.step.is_none() && self.step.is_some() {
            self.guide_closed = true;
        }
        let wanted = pace.step.as_deref().and_then(|step| self.step_at(step));
        let known = self.step.as_deref().and_then(|step| self.step_at(step));
        wanted.filter(|wanted| known.is_some_and(|known| *wanted > known)).unwrap_or(Offset::MIN)
    }

    fn step_at(&self, name: &str) -> Option<Offset> {
        let opens = |act: &&Act| matches!(&act.deed, Deed::Step { step, .. } if step == name);
        self.scenario.acts.iter().find(opens).map(|act| act.at)
    }

    async fn perform(&mut self, due: Due) -> Result<(), ApiError> {
        let scenario = self.scenario;
        match due.what {
            What::Deliver(event) => {
                self.set_clock(due.at).await?;
                self.deliver(event, &scenario.events[event]).await
            }
            What::Act(act) => {
                self.set_clock(due.at).await?;
                self.act(act, &scenario.acts[act]).await
            }
            What::Check(expect) => {
                self.set_clock(due.at).await?;
                self.check(&scenario.expects[expect]).await;
                Ok(())
            }
        }
    }

    async fn set_clock(&mut self, at: Offset) -> Result<(), ApiError> {
        let body = json!({ "now": self.scenario.instant(at).to_string() });
        self.site.ask(self.control, Method::POST, "/exercise/clock", Some(&body)).await.map(drop)
    }

    async fn put_exercise(&mut self, body: Value) -> Result<(), ApiError> {
        self.site.ask(self.control, Method::PUT, "/exercise", Some(&body)).await.map(drop)
    }

    async fn deliver(&mut self, index: usize, event: &Event) -> Result<(), ApiError> {
        let key = format!("{}-{index:04}", self.scenario.head.name);
        let message = message(self.scenario, &key, event);
        let answer = self.site.deliver(&event.source, &key, &message).await?;
        // A word that stops replies is taken and is no signal.
        if answer.get("id").is_none() && answer.get("accepted").is_some() {
            return Ok(());
        }
        let id = answer["id"].as_str().and_then(|id| id.parse().ok());
        let lacks =
            || ApiError::Odd { what: format!("POST /intake/{}", event.source), lacks: "the signal's id" };
        self.signals.insert(index, id.ok_or_else(lacks)?);
        self.outcome.acknowledged = self.signals.len();
        Ok(())
    }

    async fn act(&mut self, index: usize, act: &Act) -> Result<(), ApiError> {
        let done = match &act.deed {
            Deed::Step { step, .. } => self.open_step(step).await,
            Deed::Link { up } => self.put_exercise(json!({ "link_up": up })).await,
            Deed::Triage { about, decision } => {
                self.decide(&act.user, about, json!({ "do": "triage", "decision": decision })).await
            }
            Deed::Assign { about, to } => match self.user_id(to).await {
                Ok(to) => self.decide(&act.user, about, json!({ "do": "assign", "to": to })).await,
                Err(error) => Err(error),
            },
            Deed::Label { about, label } => {
                self.decide(&act.user, about, json!({ "do": "label", "label": label })).await
            }
            Deed::Note { text, id, corrects } => {
                self.write(index, &act.user, text, id.as_deref(), corrects.as_deref()).await
            }
            Deed::Strike { note, reason } => self.strike(&act.user, note, reason).await,
            Deed::Read { path, name } => self.keep(&act.user, path, name).await,
            Deed::Post { path, body, name, refused } => {
                let client = self.client_id(index);
                let done = self.post(&act.user, path, body, client, name.as_deref()).await;
                as_expected(done, *refused)
            }
        };
        if let Err(refused @ (ApiError::Refused { .. } | ApiError::Odd { .. })) = done {
            self.outcome.refused.push(format!("act at {} by {}: {refused}", written(act.at), act.user));
            return Ok(());
        }
        done
    }

    /// Posts what an act says, its blanks filled. The engines run behind: what is not there yet is waited for.
    async fn post(
        &mut self,
        user: &str,
        path: &str,
        body: &toml::Table,
        client: String,
        name: Option<&str>,
    ) -> Result<(), ApiError> {
        let mut whole = json!({ "path": path, "body": body });
        whole = self.filled(user, &whole).await?;
        let odd = || ApiError::Odd { what: path.to_owned(), lacks: "a path" };
        let path = whole["path"].as_str().ok_or_else(odd)?.to_owned();
        let body = &mut whole["body"];
        if body.get("client_id").is_some_and(Value::is_boolean) {
            body["client_id"] = json!(client);
        }
        let answer = self.site.ask(user, Method::POST, &path, Some(body)).await?;
        if let Some(name) = name {
            self.kept.insert(name.to_owned(), answer);
        }
        Ok(())
    }

    async fn keep(&mut self, user: &str, path: &str, name: &str) -> Result<(), ApiError> {
        let filled = self.filled(user, &json!(path)).await?;
        let answer = self.site.read(user, filled.as_str().unwrap_or(path)).await?;
        self.kept.insert(name.to_owned(), answer);
        Ok(())
    }

    async fn filled(&mut self, user: &str, value: &Value) -> Result<Value, ApiError> {
        let mut values = Vec::new();
        for blank in fill::blanks(value) {
            values.push(self.value_of(user, &blank).await?);
        }
        Ok(fill::fill(value, &mut values.into_iter()))
    }

    async fn value_of(&mut self, user: &str, blank: &Blank) -> Result<Value, ApiError> {
        let lacks = |lacks| ApiError::Odd { what: format!("{blank:?}"), lacks };
        Ok(match blank {
            Blank::Narrative(event) => json!(self.narrative(user, event).await?),
            Blank::Signal(event) => json!(self.signal(event).ok_or_else(|| lacks("a delivery"))?.to_string()),
            Blank::User(name) => json!(self.user_id(name).await?),
            Blank::At(offset) => {
                let offset: Offset = offset.parse().map_err(|_| lacks("an offset"))?;
                json!(self.scenario.instant(offset).to_string())
            }
            Blank::Kept(name, pointer) => {
                let kept = self.kept.get(name).and_then(|kept| kept.pointer(pointer));
                kept.cloned().ok_or_else(|| lacks("an earlier answer"))?
            }
        })
    }

    async fn open_step(&mut self, step: &str) -> Result<(), ApiError> {
        if self.guide_closed {
            return Ok(());
        }
        self.step = Some(step.to_owned());
        self.put_exercise(json!({ "step": step })).await
    }

    /// The steps with the narrative and the signal that each shows.
    fn steps(&self) -> Vec<Value> {
        let step = |act: &Act| match &act.deed {
            Deed::Step { step, about } => {
                let signal = about.as_deref().and_then(|about| self.signal(about));
                let narrative = signal.map(|signal| NarrativeId::founded_by(signal).to_string());
                Some(json!({ "id": step, "narrative": narrative, "signal": signal.map(|id| id.to_string()) }))
            }
            _ => None,
        };
        self.scenario.acts.iter().filter_map(step).collect()
    }

    async fn decide(&mut self, user: &str, about: &[String], mut body: Value) -> Result<(), ApiError> {
        let mut narratives = Vec::new();
        for about in about {
            narratives.push(self.narrative(user, about).await?);
        }
        body["narratives"] = json!(narratives);
        self.site.ask(user, Method::POST, "/acts", Some(&body)).await.map(drop)
    }

    async fn write(
        &mut self,
        index: usize,
        user: &str,
        text: &str,
        name: Option<&str>,
        corrects: Option<&str>,
    ) -> Result<(), ApiError> {
        let mut body = json!({ "client_id": self.client_id(index), "text": text });
        if let Some(corrected) = corrects.and_then(|note| self.notes.get(note)) {
            body["corrects"] = json!(corrected);
        }
        let answer = self.site.ask(user, Method::POST, "/notes", Some(&body)).await?;
        if let Some(name) = name {
            let lacks = || ApiError::Odd { what: "POST /notes".to_owned(), lacks: "the note's id" };
            let id = answer["id"].as_str().ok_or_else(lacks)?;
            self.notes.insert(name.to_owned(), id.to_owned());
        }
        Ok(())
    }

    async fn strike(&mut self, user: &str, note: &str, reason: &str) -> Result<(), ApiError> {
        let lacks =
            || ApiError::Odd { what: "POST /notes/…/strike".to_owned(), lacks: "the note to strike" };
        let path = format!("/notes/{}/strike", self.notes.get(note).ok_or_else(lacks)?);
        self.site.ask(user, Method::POST, &path, Some(&json!({ "reason": reason }))).await.map(drop)
    }

    /// Repeatable, so that a player that is started again writes nothing twice.
    fn client_id(&self, index: usize) -> String {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.scenario.head.seed.to_be_bytes());
        random[8..].copy_from_slice(&(index as u16).to_be_bytes());
        NoteId::new(self.scenario.head.start.timestamp().as_millisecond(), random).to_string()
    }

    async fn user_id(&mut self, name: &str) -> Result<String, ApiError> {
        let answer = self.site.read(self.control, "/users").await?;
        let items = answer["items"].as_array().into_iter().flatten();
        let found = items.into_iter().find(|user| user["name"] == name).and_then(|user| user["id"].as_str());
        let lacks = || ApiError::Odd { what: "GET /users".to_owned(), lacks: "a user of the scenario" };
        found.map(str::to_owned).ok_or_else(lacks)
    }

    fn signal(&self, about: &str) -> Option<SignalId> {
        let index = self.scenario.events.iter().position(|event| event.id.as_deref() == Some(about))?;
        self.signals.get(&index).copied()
    }

    /// The narrative that the event `about` stands in today.
    async fn narrative(&mut self, user: &str, about: &str) -> Result<String, ApiError> {
        let lacks = |lacks| ApiError::Odd { what: about.to_owned(), lacks };
        let signal = self.signal(about).ok_or_else(|| lacks("a delivery so far"))?;
        let path = format!("/signals/{signal}");
        let deadline = Instant::now() + PATIENCE;
        loop {
            let read = self
                .site
                .read(user, &path)
                .await
                .map(|answer| answer["narrative"].as_str().map(str::to_owned));
            match read {
                Ok(Some(narrative)) => return Ok(narrative),
                Err(error) if !error.is_unknown() || Instant::now() > deadline => return Err(error),
                Ok(None) if Instant::now() > deadline => return Err(lacks("a reading so far")),
                _ => tokio::time::sleep(TICK).await,
            }
        }
    }

    /// Looks until it holds or patience ends.
    async fn check(&mut self, expect: &Expect) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = self.find(expect).await.map_err(|error| error.to_string());
            let checked = Checked::new(expect, found);
            if checked.holds || Instant::now() > deadline {
                self.outcome.checks.push(checked);
                return;
            }
            tokio::time::sleep(TICK).await;
        }
    }

    async fn find(&mut self, expect: &Expect) -> Result<Value, ApiError> {
        match expect.query.as_str() {
            "acknowledged" => return Ok(json!(self.signals.len())),
            "held" => return Ok(json!(self.schedule.held())),
            "lost" => return self.lost(&expect.user).await.map(|lost| json!(lost)),
            _ => {}
        }
        let mut query = expect.query.clone();
        if let Some(about) = &expect.about {
            query = query.replace("{about}", &self.narrative(&expect.user, about).await?);
        }
        let query = self.filled(&expect.user, &json!(query)).await?.as_str().unwrap_or_default().to_owned();
        let (path, pointer) = query.split_once('#').unwrap_or((&query, ""));
        let answer = self.site.read(&expect.user, path).await?;
        let lacks = || ApiError::Odd { what: query.clone(), lacks: "what the pointer names" };
        expect::pick(&answer, pointer).ok_or_else(lacks)
    }

    /// Signals that the site acknowledged and cannot show any more.
    async fn lost(&mut self, user: &str) -> Result<usize, ApiError> {
        let mut lost = 0;
        for id in self.signals.values().copied().collect::<Vec<_>>() {
            match self.site.read(user, &format!("/signals/{id}")).await {
                Ok(_) => {}
                Err(error) if error.is_unknown() => lost += 1,
                Err(error) => return Err(error),
            }
        }
        Ok(lost)
    }
}

/// An act that the site must refuse is good when it does, with that status.
fn as_expected(done: Result<(), ApiError>, refused: Option<u16>) -> Result<(), ApiError> {
    let Some(wanted) = refused else { return done };
    match done {
        Err(ApiError::Refused { status, .. }) if status.as_u16() == wanted => Ok(()),
        Err(other) => Err(other),
        Ok(()) => Err(ApiError::Odd { what: "an act that must be refused".to_owned(), lacks: "a refusal" }),
    }
}

/// A message as its source would send it; names as in a mapping file.
fn message(scenario: &Scenario, key: &str, event: &Event) -> Value {
    let mut message = json!({
        "id": key,
        "text": event.text,
        "seen_at": scenario.instant(event.seen_at()).to_string(),
        "author": event.author,
        "lang": event.lang,
    });
    for (name, value) in [("url", &event.url), ("place", &event.place)] {
        if let Some(value) = value {
            message[name] = json!(value);
        }
    }
    message
}
