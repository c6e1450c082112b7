//! Messages, with what the reader may do to them at this instant.

use super::{Say, Shown, shapes};
use crate::view::{Person, words};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::messages::{self, Text, Waits};
use vigie_desk::rights::{Permission, may_on};
use vigie_desk::{facts, sms};
use vigie_model::{Compartment, Compartments, FactId, Form, Sentence, Timestamp};
use vigie_store::StoreError;

/// Content in its languages and forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Message {
    /// Identifier.
    pub id: Uuid,
    /// Its response.
    pub response: Uuid,
    /// Speakable code.
    pub code: String,
    /// Functions that clear it, in order.
    pub chain: Vec<String>,
    /// Its revision, from 1.
    pub revision: u32,
    /// Who made this revision, and when.
    pub drafted: super::fact::Signed,
    /// Its texts.
    pub texts: Vec<TextView>,
    /// The facts behind its sentences, as they stand now.
    pub facts: Vec<FactBehind>,
    /// Its languages, with the hash that a verification binds to.
    pub langs: Vec<LangView>,
    /// Languages for which somebody answers.
    pub verified: Vec<VerifiedView>,
    /// Clearances that stand.
    pub cleared: Vec<ClearedView>,
    /// Why and when it was last sent back.
    pub returned: Option<super::duty::Closed>,
    /// What went out of it.
    pub releases: Vec<Uuid>,
    /// When the first of them went.
    pub out_at: Option<Timestamp>,
    /// Until when its unchanged texts go at once, where it is cleared in advance; may have passed.
    pub ready_until: Option<Timestamp>,
    /// What it waits for.
    #[schema(value_type = shapes::Waits)]
    pub waits: Waits,
    /// Hash of all its texts: what a clearance binds to.
    pub hash: String,
    /// What the reader may do to it now.
    pub may: MayView,
}

/// One text as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TextView {
    /// BCP 47.
    pub lang: String,
    /// Its form.
    #[schema(value_type = words::Form)]
    pub form: Form,
    /// Its sentences with the facts behind each.
    #[schema(value_type = Vec<shapes::Sentence>)]
    pub sentences: Vec<Sentence>,
    /// As it goes out.
    pub text: String,
    /// Its hash.
    pub hash: String,
    /// Who wrote these exact words.
    pub author: Person,
    /// When.
    pub at: Timestamp,
    /// What it costs as a text message.
    pub sms: Option<SmsView>,
    /// Seconds that it takes to read aloud.
    pub reading_s: u32,
}

/// What a text message costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SmsView {
    /// `gsm-7` or `ucs-2`.
    pub coding: String,
    /// Units used.
    pub units: usize,
    /// Parts sent.
    pub parts: usize,
    /// Units left in the last part.
    pub left: usize,
    /// The letters that make it UCS-2.
    pub beyond: Vec<String>,
}

/// A fact behind a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FactBehind {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// `draft`, `early`, `live`, `expired` or `withdrawn`.
    pub state: String,
    /// Until when it may be used.
    pub valid_until: Timestamp,
}

/// A language of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LangView {
    /// BCP 47.
    pub lang: String,
    /// Hash of its exact texts.
    pub hash: String,
    /// Whether somebody answers for them.
    pub verified: bool,
}

/// A verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VerifiedView {
    /// The language.
    pub lang: String,
    /// Hash of its exact texts.
    pub hash: String,
    /// By whom.
    pub by: Person,
    /// When.
    pub at: Timestamp,
}

/// A clearance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClearedView {
    /// For which function.
    pub function: String,
    /// Hash of the exact texts.
    pub hash: String,
    /// By whom.
    pub by: Person,
    /// When.
    pub at: Timestamp,
    /// In advance, until then.
    pub until: Option<Timestamp>,
}

/// What the reader may do now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MayView {
    /// Languages that the reader may verify.
    pub verify: Vec<String>,
    /// Whether the reader may clear it.
    pub clear: bool,
    /// Whether the reader may issue it.
    pub issue: bool,
    /// Whether the reader may write it anew.
    pub write: bool,
}

impl Shown for messages::Message {
    type View = Message;
    fn shown(self, say: &Say<'_>) -> Result<Message, StoreError> {
        let may = may(&self, say)?;
        let facts = behind(&self, say)?;
        let (hash, waits, ready_until) = (self.hash(), self.waits(say.now), self.ready_until());
        let langs = self.langs().into_iter().map(|lang| LangView {
            lang: lang.to_owned(),
            hash: self.hash_of(lang),
            verified: self.is_verified(lang),
        });
        let langs = langs.collect();
        let verified = self.verified.into_iter().map(|one| {
            Ok(VerifiedView { by: say.person(one.by)?, lang: one.lang, hash: one.hash, at: one.at })
        });
        let cleared = self.cleared.into_iter().map(|one| {
            Ok(ClearedView {
                by: say.person(one.by)?,
                function: one.function.to_string(),
                hash: one.hash,
                at: one.at,
                until: one.until,
            })
        });
        Ok(Message {
            id: self.id.uuid(),
            response: self.response.uuid(),
            code: self.code,
            chain: self.chain.iter().map(ToString::to_string).collect(),
            revision: self.revision,
            drafted: super::fact::Signed { by: say.person(self.drafted.0)?, at: self.drafted.1 },
            texts: self.texts.into_iter().map(|one| text(one, say)).collect::<Result<_, _>>()?,
            facts,
            langs,
            verified: verified.collect::<Result<_, StoreError>>()?,
            cleared: cleared.collect::<Result<_, StoreError>>()?,
            returned: self.returned.map(|(outcome, at)| super::duty::Closed { outcome, at }),
            releases: self.releases.into_iter().map(vigie_model::ReleaseId::uuid).collect(),
            out_at: self.out_at,
            ready_until,
            waits,
            hash,
            may,
        })
    }
}

fn text(one: Text, say: &Say<'_>) -> Result<TextView, StoreError> {
    let whole = one.said.text();
    let cost = (one.said.form == Form::Sms).then(|| sms::count(&whole));
    Ok(TextView {
        reading_s: messages::reading_s(&whole),
        sms: cost.map(|cost| SmsView {
            coding: if cost.coding == sms::Coding::Gsm7 { "gsm-7" } else { "ucs-2" }.to_owned(),
            units: cost.units,
            parts: cost.parts,
            left: cost.left,
            beyond: cost.beyond.into_iter().map(String::from).collect(),
        }),
        text: whole,
        lang: one.said.lang,
        form: one.said.form,
        sentences: one.said.sentences,
        hash: one.hash,
        author: say.person(one.author)?,
        at: one.at,
    })
}

fn behind(message: &messages::Message, say: &Say<'_>) -> Result<Vec<FactBehind>, StoreError> {
    let mut ids: Vec<FactId> = Vec::new();
    for id in message.texts.iter().flat_map(|text| &text.said.sentences).flat_map(|s| &s.facts) {
        if !ids.contains(id) {
            ids.push(*id);
        }
    }
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(fact) = say.views.record::<facts::Fact>(id.uuid(), say.see())? else { continue };
        found.push(FactBehind {
            id: id.uuid(),
            state: fact.state(say.now).word().to_owned(),
            valid_until: fact.said.valid_until,
            code: fact.code,
        });
    }
    Ok(found)
}

/// Asked of the same rules that will decide.
fn may(message: &messages::Message, say: &Say<'_>) -> Result<MayView, StoreError> {
    let right =
        |permission| may_on(say.granted, permission, Compartments::of(&[Compartment::Communications]));
    let mut verify = Vec::new();
    for lang in message.langs() {
        let named = right(Permission::VerifyText) && say.views.is_verifier(say.reader, lang, say.now)?;
        let open = !message.is_verified(lang);
        if open && messages::verify(message, lang, &message.hash_of(lang), say.reader, named).is_ok() {
            verify.push(lang.to_owned());
        }
    }
    let held = say.views.functions_of(say.reader)?;
    let base = |id: FactId| say.views.record::<facts::Fact>(id.uuid(), say.see()).ok().flatten();
    let hash = message.hash();
    let clear = right(Permission::Clear)
        && messages::clear(message, &hash, None, say.reader, |one| held.contains(one), &base, say.now)
            .is_ok();
    let issue = right(Permission::Issue) && message.uncleared(say.now).is_none() && !message.chain.is_empty();
    Ok(MayView { verify, clear, issue, write: right(Permission::WriteCommunication) })
}

/// Two people edited one draft: why the second is refused, with what stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EditedMeanwhile {
    /// Code to quote.
    pub code: String,
    /// What happened and what was kept, in the reader's language.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// The message as somebody else left it.
    pub theirs: Message,
}
