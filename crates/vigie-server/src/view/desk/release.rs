//! What went out, and under whom.

use super::{Say, Shown, shapes};
use crate::view::{Person, words};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::record;
use vigie_model::{Channel, Delivery, Form, Recipients, Standing, Statement, Timestamp};
use vigie_store::StoreError;

/// Something that went out, or is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Release {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// What goes out; null for the text of a standing approval.
    pub message: Option<Uuid>,
    /// Hash of the exact texts.
    pub hash: String,
    /// Languages and forms that go.
    #[schema(value_type = Vec<(String, words::Form)>)]
    pub texts: Vec<(String, Form)>,
    /// By what.
    #[schema(value_type = words::Channel)]
    pub channel: Channel,
    /// To whom.
    #[schema(value_type = shapes::Recipients)]
    pub recipients: Recipients,
    /// What for.
    pub purpose: String,
    /// Until when it is tried and shown.
    pub expires_at: Timestamp,
    /// Under which standing approval, where no person issues it.
    pub approval: Option<Uuid>,
    /// Who issued it.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
    /// What became of it.
    pub counts: CountsView,
    /// Whether it was taken back.
    pub recalled: bool,
    /// Until when it can be taken back before anybody has it; null where it goes at once.
    pub held_until: Option<Timestamp>,
    /// Where each recipient stands, by the code that screens show.
    pub deliveries: Vec<DeliveryView>,
    /// The exact texts as they went, for those who print, read out or speak them; empty on other channels.
    pub sheet: Vec<SheetText>,
}

/// One text of a sheet that somebody carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SheetText {
    /// BCP 47.
    pub lang: String,
    /// Its form.
    #[schema(value_type = words::Form)]
    pub form: Form,
    /// The text.
    pub text: String,
}

/// What became of the attempts of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct CountsView {
    /// Handed to the channel.
    pub sent: u32,
    /// The channel says that it arrived.
    pub delivered: u32,
    /// Attempts that failed and are tried again.
    pub failed: u32,
    /// Given up.
    pub given_up: u32,
    /// Not sent: STOP, discreet, or had it already.
    pub withheld: u32,
}

/// Where one recipient stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeliveryView {
    /// What screens show of the contact.
    pub code: String,
    /// What became of the last attempt.
    #[schema(value_type = words::Delivery)]
    pub state: Delivery,
    /// Attempts so far.
    pub attempt: u32,
    /// When.
    pub at: Timestamp,
    /// Why, in the reader's language.
    pub reason: Option<String>,
}

impl Shown for record::Release {
    type View = Release;
    fn shown(self, say: &Say<'_>) -> Result<Release, StoreError> {
        let mut deliveries = Vec::new();
        for row in say.views.deliveries(self.said.id)? {
            let code = say.views.contact(row.contact)?.map(|contact| contact.code).unwrap_or_default();
            deliveries.push(DeliveryView {
                code,
                state: row.state,
                attempt: row.attempt,
                at: row.at,
                reason: row.reason.map(|id| vigie_words::text(say.lang, &id, &[])),
            });
        }
        let counts = self.counts;
        let carried = matches!(self.said.channel, Channel::Print | Channel::Radio | Channel::Voice);
        let sheet = self.texts.iter().filter(|_| carried).map(|text| SheetText {
            lang: text.lang.clone(),
            form: text.form,
            text: text.text(),
        });
        let sheet = sheet.collect();
        let held_until = vigie_desk::sending::held_until(&self).filter(|until| say.now < *until);
        Ok(Release {
            recalled: self.recalled,
            sheet,
            held_until,
            id: self.said.id.uuid(),
            code: self.code,
            message: self.said.message.map(vigie_model::MessageId::uuid),
            hash: self.said.hash,
            texts: self.said.texts,
            channel: self.said.channel,
            recipients: self.said.recipients,
            purpose: self.said.purpose,
            expires_at: self.said.expires_at,
            approval: self.said.approval.map(vigie_model::ApprovalId::uuid),
            by: say.maybe(self.by)?,
            at: self.at,
            counts: CountsView {
                sent: counts.sent,
                delivered: counts.delivered,
                failed: counts.failed,
                given_up: counts.given_up,
                withheld: counts.withheld,
            },
            deliveries,
        })
    }
}

/// A standing approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Approval {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// For what.
    #[schema(value_type = words::ApprovalKind)]
    pub standing: Standing,
    /// The exact texts.
    #[schema(value_type = Vec<shapes::Statement>)]
    pub texts: Vec<Statement>,
    /// Until when.
    pub until: Timestamp,
    /// The named person who signed it.
    pub by: Person,
    /// When.
    pub at: Timestamp,
    /// When it was ended before its time.
    pub ended: Option<Timestamp>,
    /// Whether something may go out under it now.
    pub live: bool,
}

impl Shown for record::Approval {
    type View = Approval;
    fn shown(self, say: &Say<'_>) -> Result<Approval, StoreError> {
        Ok(Approval {
            live: self.is_live(say.now),
            id: self.said.id.uuid(),
            code: self.code,
            standing: self.said.standing,
            texts: self.said.texts,
            until: self.said.until,
            by: say.person(self.by)?,
            at: self.at,
            ended: self.ended,
        })
    }
}
