//! Messages: drafted from facts, verified in every language, cleared by a second person, then out.
//!
//! Everything binds to hashes of the exact text. A verifier answers for one language and is not its author; whoever
//! clears is not an author of any text that they clear; a new revision voids what no longer fits it. [`release`] is the
//! only way out, and it looks at all of it again, because facts expire between clearance and going out.

use crate::Refusal;
use crate::facts::{FactBase, FactState};
use crate::refusal::WHOLE;
use crate::{seal, words};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vigie_model::{
    Channel, Fault, Form, FunctionId, MessageCleared, MessageDrafted, MessageId, MessageReturned,
    MessageText, MessageVerified, Recipients, ReleaseId, ReleaseMade, ResponseId, Sentence, UserId,
};

/// Texts of one message.
pub const TEXTS_MAX: usize = 40;
/// Sentences of one text.
pub const SENTENCES_MAX: usize = 60;
/// Characters of one sentence.
pub const SENTENCE_CHARS_MAX: usize = 1_000;
/// A radio script is read within this.
pub const RADIO_S_MAX: u32 = 60;
/// Words a newsreader reads a minute, at an unhurried pace.
const WORDS_A_MINUTE: u32 = 150;

/// One text as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The text.
    pub said: MessageText,
    /// Its hash.
    pub hash: String,
    /// Who wrote these exact words.
    pub author: UserId,
    /// When.
    pub at: Timestamp,
}

/// A language for which somebody answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// The language.
    pub lang: String,
    /// Hash of its exact texts.
    pub hash: String,
    /// By whom.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// A clearance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cleared {
    /// For which function.
    pub function: FunctionId,
    /// Hash of the exact texts.
    pub hash: String,
    /// By whom.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// In advance, until then.
    pub until: Option<Timestamp>,
}

/// A message as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Identifier.
    pub id: MessageId,
    /// Its response.
    pub response: ResponseId,
    /// Speakable code.
    pub code: String,
    /// Functions that clear it, in order.
    pub chain: Vec<FunctionId>,
    /// Its revision, from 1.
    pub revision: u32,
    /// Who made it, and when.
    pub drafted: (UserId, Timestamp),
    /// Its texts.
    pub texts: Vec<Text>,
    /// Languages that stand verified.
    pub verified: Vec<Verified>,
    /// Clearances that stand.
    pub cleared: Vec<Cleared>,
    /// Why and when it was last sent back.
    pub returned: Option<(String, Timestamp)>,
    /// What went out of it.
    pub releases: Vec<ReleaseId>,
    /// When the first of them went.
    pub out_at: Option<Timestamp>,
}

/// What a message waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Waits {
    /// A verifier for a language.
    Verified {
        /// Which.
        lang: String,
    },
    /// A function of the chain.
    Cleared {
        /// Which.
        function: FunctionId,
    },
    /// Somebody who issues it.
    Out,
    /// Nothing: it is out.
    Nothing,
}

impl Message {
    /// A message before its first draft.
    pub fn new(
        id: MessageId,
        response: ResponseId,
        code: String,
        chain: Vec<FunctionId>,
        by: UserId,
        at: Timestamp,
    ) -> Self {
        Self {
            id,
            response,
            code,
            chain,
            revision: 0,
            drafted: (by, at),
            texts: Vec::new(),
            verified: Vec::new(),
            cleared: Vec::new(),
            returned: None,
            releases: Vec::new(),
            out_at: None,
        }
    }

    /// Hash of all its texts.
    pub fn hash(&self) -> String {
        seal::texts(self.texts.iter().map(|text| &text.said))
    }

    /// Hash of the texts in one language.
    pub fn hash_of(&self, lang: &str) -> String {
        seal::texts(self.texts.iter().filter(|text| text.said.lang == lang).map(|text| &text.said))
    }

    /// Its languages, each once, in their order.
    pub fn langs(&self) -> Vec<&str> {
        let mut langs: Vec<&str> = Vec::new();
        for text in &self.texts {
            if !langs.contains(&text.said.lang.as_str()) {
                langs.push(&text.said.lang);
            }
        }
        langs
    }

    /// Whether somebody answers for the texts in `lang` as they now stand.
    pub fn is_verified(&self, lang: &str) -> bool {
        let hash = self.hash_of(lang);
        self.verified.iter().any(|one| one.lang == lang && one.hash == hash)
    }

    /// The first function of the chain that has not cleared these exact texts at `now`.
    pub fn uncleared(&self, now: Timestamp) -> Option<&FunctionId> {
        let hash = self.hash();
        let live = |one: &&Cleared| one.hash == hash && one.until.is_none_or(|until| now <= until);
        self.chain
            .iter()
            .find(|function| !self.cleared.iter().filter(live).any(|one| one.function == **function))
    }

    /// What it waits for.
    pub fn waits(&self, now: Timestamp) -> Waits {
        if let Some(lang) = self.langs().into_iter().find(|lang| !self.is_verified(lang)) {
            return Waits::Verified { lang: lang.to_owned() };
        }
        match self.uncleared(now) {
            Some(function) => Waits::Cleared { function: function.clone() },
            None if self.out_at.is_some() => Waits::Nothing,
            None => Waits::Out,
        }
    }

    /// When the last function cleared it, if all have.
    pub fn cleared_at(&self) -> Option<Timestamp> {
        let hash = self.hash();
        let at = |function: &FunctionId| {
            let of = self.cleared.iter().filter(|one| one.function == *function && one.hash == hash);
            of.map(|one| one.at).max()
        };
        self.chain.iter().map(at).collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// Until when its unchanged texts go at once, where the whole chain cleared them and one of it in advance.
    pub fn ready_until(&self) -> Option<Timestamp> {
        let hash = self.hash();
        let of = |function: &FunctionId| {
            self.cleared.iter().find(|one| one.function == *function && one.hash == hash).map(|one| one.until)
        };
        let untils = self.chain.iter().map(of).collect::<Option<Vec<_>>>()?;
        untils.into_iter().flatten().min()
    }

    /// Takes up a draft. A text that has not changed keeps its author; a verification or a clearance of other words goes.
    pub fn take_drafted(&mut self, said: MessageDrafted, by: UserId, at: Timestamp) {
        let before = std::mem::take(&mut self.texts);
        self.texts = said
            .texts
            .into_iter()
            .map(|said| {
                let hash = seal::text(&said);
                match before.iter().find(|text| text.hash == hash) {
                    Some(same) => same.clone(),
                    None => Text { said, hash, author: by, at },
                }
            })
            .collect();
        self.revision = said.revision;
        self.drafted = (by, at);
        self.returned = None;
        let hash = self.hash();
        self.cleared.retain(|one| one.hash == hash);
        let stand: Vec<(String, String)> =
            self.langs().into_iter().map(|lang| (lang.to_owned(), self.hash_of(lang))).collect();
        self.verified.retain(|one| stand.contains(&(one.lang.clone(), one.hash.clone())));
    }

    /// Takes up a verification.
    pub fn take_verified(&mut self, said: &MessageVerified, by: UserId, at: Timestamp) {
        self.verified.retain(|one| one.lang != said.lang);
        self.verified.push(Verified { lang: said.lang.clone(), hash: said.hash.clone(), by, at });
    }

    /// Takes up a clearance.
    pub fn take_cleared(&mut self, said: &MessageCleared, by: UserId, at: Timestamp) {
        let (function, hash, until) = (said.function.clone(), said.hash.clone(), said.until);
        self.cleared.retain(|one| one.function != function);
        self.cleared.push(Cleared { function, hash, by, at, until });
    }

    /// Takes up that it was sent back: whatever was cleared is void.
    pub fn take_returned(&mut self, said: &MessageReturned, at: Timestamp) {
        self.cleared.clear();
        self.returned = Some((said.reason.clone(), at));
    }

    /// Takes up that it went out.
    pub fn take_released(&mut self, release: ReleaseId, at: Timestamp) {
        self.releases.push(release);
        self.out_at = self.out_at.or(Some(at));
    }
}

/// What somebody wants the texts to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The revision that they started from; 0 where there was none.
    pub base: u32,
    /// All texts.
    pub texts: Vec<MessageText>,
}

/// The draft, or why it is refused. `known` says whether a fact exists, whatever its state: one may write while the
/// approval is under way.
pub fn draft(message: &Message, wanted: Wanted, known: &dyn FactBase) -> Result<MessageDrafted, Refusal> {
    if wanted.base != message.revision {
        return Err(refused("message-edited-meanwhile").map_with("revision", message.revision));
    }
    if wanted.texts.is_empty() || wanted.texts.len() > TEXTS_MAX {
        return Err(refused("message-no-text").0);
    }
    let mut texts: Vec<MessageText> = Vec::with_capacity(wanted.texts.len());
    for one in wanted.texts {
        let sound = text(one, known)?;
        if texts.iter().any(|other| other.lang == sound.lang && other.form == sound.form) {
            return Err(refused("message-text-twice").map_with("lang", &sound.lang));
        }
        texts.push(sound);
    }
    Ok(MessageDrafted { id: message.id, response: message.response, revision: message.revision + 1, texts })
}

/// A refusal on its way.
struct Refused(Refusal);

impl Refused {
    fn map_with(self, name: &str, value: impl std::fmt::Display) -> Refusal {
        Refusal::of(self.0.fault().clone().with(name, value))
    }
}

fn refused(code: &str) -> Refused {
    Refused(Refusal::of(Fault::new(WHOLE, code)))
}

fn text(one: MessageText, known: &dyn FactBase) -> Result<MessageText, Refusal> {
    let lang = words::lang(&one.lang)?;
    if one.sentences.is_empty() || one.sentences.len() > SENTENCES_MAX {
        return Err(refused("message-no-text").0);
    }
    let sentences = one.sentences.into_iter().map(|sentence| {
        let text = words::text(&sentence.text, SENTENCE_CHARS_MAX, "message-no-text")?;
        let unknown = sentence.facts.iter().any(|fact| known.fact(*fact).is_none());
        if sentence.facts.is_empty() || unknown {
            return Err(refused("message-sentence-without-fact").map_with("sentence", &text));
        }
        Ok(Sentence { text, facts: sentence.facts })
    });
    Ok(MessageText { lang, form: one.form, sentences: sentences.collect::<Result<_, _>>()? })
}

/// Seconds that it takes to read a text aloud.
pub fn reading_s(text: &str) -> u32 {
    let words = u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX);
    words.saturating_mul(60).div_ceil(WORDS_A_MINUTE)
}

/// The verification of one language by a named verifier who is not its author, or why it is refused.
pub fn verify(
    message: &Message,
    lang: &str,
    hash: &str,
    by: UserId,
    is_verifier: bool,
) -> Result<MessageVerified, Refusal> {
    let with_lang = |code| refused(code).map_with("lang", lang);
    let mut of_lang = message.texts.iter().filter(|text| text.said.lang == lang).peekable();
    if of_lang.peek().is_none() {
        return Err(with_lang("message-no-such-language"));
    }
    if !is_verifier {
        return Err(with_lang("message-not-verifier"));
    }
    if of_lang.any(|text| text.author == by) {
        return Err(with_lang("message-verify-own"));
    }
    if message.hash_of(lang) != hash {
        return Err(refused("text-changed-meanwhile").0);
    }
    Ok(MessageVerified { message: message.id, lang: lang.to_owned(), hash: hash.to_owned() })
}

/// The clearance for the next function of the chain by a person who wrote none of the texts, or why it is refused.
pub fn clear(
    message: &Message,
    hash: &str,
    until: Option<Timestamp>,
    by: UserId,
    holds: impl Fn(&FunctionId) -> bool,
    facts: &dyn FactBase,
    now: Timestamp,
) -> Result<MessageCleared, Refusal> {
    if message.texts.is_empty() || message.chain.is_empty() {
        return Err(refused("message-no-text").0);
    }
    if message.texts.iter().any(|text| text.author == by) {
        return Err(refused("message-clear-own").0);
    }
    if message.hash() != hash {
        return Err(refused("text-changed-meanwhile").0);
    }
    all_verified(message, &message.langs())?;
    all_sound(message.texts.iter(), facts, now)?;
    if until.is_some_and(|until| until <= now) {
        return Err(refused("message-clear-until-past").0);
    }
    let Some(function) = message.uncleared(now) else { return Err(refused("message-cleared-already").0) };
    if !holds(function) {
        return Err(refused("message-clear-function").map_with("function", function));
    }
    Ok(MessageCleared { message: message.id, function: function.clone(), hash: hash.to_owned(), until })
}

/// Sending it back with what to change, or why that is refused.
pub fn send_back(message: &Message, reason: &str) -> Result<MessageReturned, Refusal> {
    Ok(MessageReturned {
        message: message.id,
        reason: words::text(reason, 1_000, "message-return-no-reason")?,
    })
}

fn all_verified(message: &Message, langs: &[&str]) -> Result<(), Refusal> {
    match langs.iter().find(|lang| !message.is_verified(lang)) {
        Some(lang) => Err(refused("message-unverified").map_with("lang", lang)),
        None => Ok(()),
    }
}

/// Every sentence rests on live facts, and a radio script can be read in its minute.
fn all_sound<'a>(
    texts: impl Iterator<Item = &'a Text>,
    facts: &dyn FactBase,
    now: Timestamp,
) -> Result<(), Refusal> {
    for text in texts {
        let seconds = reading_s(&text.said.text());
        if text.said.form == Form::RadioScript && seconds > RADIO_S_MAX {
            let refusal = refused("message-script-too-long").map_with("seconds", seconds);
            return Err(refusal);
        }
        for id in text.said.sentences.iter().flat_map(|sentence| &sentence.facts) {
            let fact = facts.fact(*id);
            let state = fact.as_ref().map_or(FactState::Withdrawn, |fact| fact.state(now));
            if state != FactState::Live {
                let code = fact.map_or_else(|| id.to_string(), |fact| fact.code);
                let refusal = Fault::new(WHOLE, "message-fact-not-live").with("code", code);
                return Err(Refusal::of(refusal.with("state", state.word())));
            }
        }
    }
    Ok(())
}

/// What somebody wants to go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outward {
    /// Identifier of the release.
    pub id: ReleaseId,
    /// Hash of all texts of the message as the person read them.
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
}

/// The one way out: everything is looked at again at this instant.
pub fn release(
    message: &Message,
    wanted: Outward,
    facts: &dyn FactBase,
    now: Timestamp,
) -> Result<ReleaseMade, Refusal> {
    if message.hash() != wanted.hash {
        return Err(refused("text-changed-meanwhile").0);
    }
    if let Some(function) = message.uncleared(now) {
        return Err(refused("message-not-cleared").map_with("function", function));
    }
    if message.chain.is_empty() || message.texts.is_empty() || wanted.texts.is_empty() {
        return Err(refused("message-no-text").0);
    }
    let mut chosen: Vec<&Text> = Vec::with_capacity(wanted.texts.len());
    for (lang, form) in &wanted.texts {
        let found = message.texts.iter().find(|text| text.said.lang == *lang && text.said.form == *form);
        chosen.push(found.ok_or_else(|| refused("message-no-such-language").map_with("lang", lang))?);
    }
    let langs: Vec<&str> = chosen.iter().map(|text| text.said.lang.as_str()).collect();
    all_verified(message, &langs)?;
    all_sound(chosen.into_iter(), facts, now)?;
    if wanted.expires_at <= now {
        return Err(refused("release-expiry-past").0);
    }
    if let Recipients::Audience { audience } = &wanted.recipients {
        words::text(audience, 200, "release-no-recipients")?;
    }
    if matches!(&wanted.recipients, Recipients::Contacts { contacts } if contacts.is_empty()) {
        return Err(refused("release-no-recipients").0);
    }
    Ok(ReleaseMade {
        id: wanted.id,
        message: Some(message.id),
        hash: wanted.hash,
        texts: wanted.texts,
        channel: wanted.channel,
        recipients: wanted.recipients,
        purpose: words::text(&wanted.purpose, 300, "release-no-purpose")?,
        expires_at: wanted.expires_at,
        approval: None,
    })
}

#[cfg(test)]
mod tests;
