//! Replies to people who wrote: never the rumour again, no name, no place.
//!
//! A text message lies on a telephone that others read. Before one is cleared, and again before it goes out, it is held
//! against what was asked and told, against the names that the vault knows, and against every place of the gazetteer.

use super::{EVERYTHING, no};
use crate::refusal::Refusal;
use crate::state::App;
use vigie_desk::echo::{Echo, Heard};
use vigie_desk::messages::Message;
use vigie_desk::record::{Question, Response};
use vigie_model::{ContactId, Form, NarrativeId, Origin, Statement};
use vigie_store::Views;
use vigie_text::persons::{self, Protected, ProtectedName};
use vigie_text::threat::Lexicons;

/// What a reply is held against that does not change with the story.
pub(super) struct Guard {
    named: Protected,
    mission: String,
}

impl Guard {
    /// Takes the names out of the vault, for as long as one act takes. Blocking.
    pub fn gather(app: &App) -> Result<Self, Refusal> {
        let mut names = Vec::new();
        for contact in app.look(|views| Ok(views.contacts()?))?.into_iter().filter(|contact| contact.named) {
            match app.store.reach(&contact) {
                Ok(reach) => {
                    names.extend(reach.name.map(|name| ProtectedName { name, variants: Vec::new() }));
                }
                Err(gone) if gone.is_content_gone() => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Self { named: Protected::new(&names, &[]), mission: app.store.site().mission.clone() })
    }

    /// Refuses a text that gives away what nobody but its reader should know.
    fn hold(&self, heard: &Heard, lang: &str, text: &str) -> Result<(), Refusal> {
        let nothing = Lexicons::new(&[]);
        let listed = || persons::read(text, Some(lang), &nothing, &self.named, None).listed;
        match heard.repeated_by(text).or_else(|| listed().then_some(Echo::Name)) {
            Some(echo) => Err(no(echo.refusal(lang))),
            None => Ok(()),
        }
    }

    /// Holds the text messages of `message` against the story or the question that it answers.
    pub fn hold_answer(&self, views: &Views, message: &Message) -> Result<(), Refusal> {
        let Some(heard) = self.asked(views, message)? else { return Ok(()) };
        self.hold_texts(&heard, message, |_| true)
    }

    /// Holds what goes to `contacts`, or to those who asked where there are none, against what they wrote.
    pub fn hold_reply(
        &self,
        views: &Views,
        message: &Message,
        contacts: &[ContactId],
        langs: &[(String, Form)],
    ) -> Result<(), Refusal> {
        let goes = |lang: &str| langs.iter().any(|(of, form)| of == lang && *form == Form::Sms);
        if let Some(heard) = self.asked(views, message)? {
            self.hold_texts(&heard, message, goes)?;
        }
        if contacts.is_empty() {
            return Ok(());
        }
        let heard = views.heard(None, contacts, &self.mission)?;
        self.hold_texts(&heard, message, goes)
    }

    /// Holds texts that go out by themselves: what somebody will have written is not known yet, names and places are.
    pub fn hold_standing(&self, views: &Views, texts: &[Statement]) -> Result<(), Refusal> {
        let heard = views.heard(None, &[], &self.mission)?;
        texts.iter().try_for_each(|text| self.hold(&heard, &text.lang, &text.text))
    }

    fn hold_texts(
        &self,
        heard: &Heard,
        message: &Message,
        goes: impl Fn(&str) -> bool,
    ) -> Result<(), Refusal> {
        let texts = message.texts.iter().map(|text| &text.said);
        let mut texts = texts.filter(|text| text.form == Form::Sms && goes(&text.lang));
        texts.try_for_each(|text| self.hold(heard, &text.lang, &text.text()))
    }

    /// What was said about the matter of a message; `None` where it answers nobody.
    fn asked(&self, views: &Views, message: &Message) -> Result<Option<Heard>, Refusal> {
        let Some(response) = views.record::<Response>(message.response.uuid(), EVERYTHING)? else {
            return Ok(None);
        };
        let about = |narrative: NarrativeId| views.heard(Some(narrative), &[], &self.mission);
        Ok(match response.origin {
            Origin::Narrative { narrative } => Some(about(views.current(narrative)?)?),
            Origin::Question { question } => {
                let question = views.record::<Question>(question.uuid(), EVERYTHING)?;
                let Some(question) = question else { return Ok(None) };
                let mut heard = match question.said.narrative {
                    Some(narrative) => about(views.current(narrative)?)?,
                    None => views.heard(None, &[], &self.mission)?,
                };
                heard.say(&question.said.text);
                heard.own(&self.mission);
                Some(heard)
            }
            Origin::Plan { .. } | Origin::Event { .. } => None,
        })
    }
}
