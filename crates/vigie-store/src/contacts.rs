//! The vault of contacts: who can be reached, sealed; resolved at the moment of sending and nowhere else.
//!
//! A number or a name stands in one place, the sealed payload of its `contact.sealed` entry. Views know a contact by a
//! random id, a code for screens and a keyed hash of the address, so that the same telephone is recognised again.

use crate::error::StoreError;
use crate::keystore::random;
use crate::project::Projector;
use crate::store::Store;
use crate::views::ContactRow;
use crate::writer::{Draft, Outcome};
use vigie_model::{Actor, Channel, ContactId, ContactSealed, Event};

/// What screens show of a contact that has no code of its own: four letters that mean nothing.
fn spoken(channel: Channel, id: ContactId) -> String {
    let how = match channel {
        Channel::Email => "MAIL",
        Channel::Form => "FORM",
        _ => "SMS",
    };
    format!("{how}-{}", &id.uuid().simple().to_string()[28..])
}

/// What the vault holds of a contact. It has no `Debug`: a log must not be able to show it.
pub struct Reach {
    /// Number or address.
    pub address: String,
    /// Name, where known.
    pub name: Option<String>,
}

impl Store {
    /// The contact with this address; a new one is sealed first. `code` is what screens show of a new one; without it they
    /// show four letters that mean nothing.
    pub fn contact_for(
        &self,
        actor: Actor,
        channel: Channel,
        address: &str,
        name: Option<&str>,
        code: Option<&str>,
    ) -> Result<ContactRow, StoreError> {
        let handle = Projector { alias_key: self.alias_key()? }.handle(channel, address);
        if let Some(known) = self.read(|views| views.contact_by_handle(channel, handle))? {
            return Ok(known);
        }
        let id = ContactId::new(self.now().as_millisecond(), random()?);
        let sealed = ContactSealed {
            id,
            channel,
            address: address.to_owned(),
            name: name.map(str::to_owned),
            code: code.map_or_else(|| spoken(channel, id), str::to_owned),
        };
        self.commit(vec![Draft::new(actor, Event::ContactSealed(sealed))])?;
        // Two first messages of one telephone at once: the first to be recorded is the contact.
        let known = self.read(|views| views.contact_by_handle(channel, handle))?;
        known.ok_or_else(|| StoreError::Stopped("a sealed contact did not enter its view".to_owned()))
    }

    /// The contact with this address, where there is one; nothing is recorded.
    pub fn contact_known(&self, channel: Channel, address: &str) -> Result<Option<ContactRow>, StoreError> {
        let handle = Projector { alias_key: self.alias_key()? }.handle(channel, address);
        self.read(|views| views.contact_by_handle(channel, handle))
    }

    /// Who a contact is. For the moment of sending only.
    pub fn reach(&self, contact: &ContactRow) -> Result<Reach, StoreError> {
        match self.entry(contact.seq)?.event {
            Event::ContactSealed(sealed) => Ok(Reach { address: sealed.address, name: sealed.name }),
            _ => Err(StoreError::Damaged { seq: contact.seq, cause: "not a contact".to_owned() }),
        }
    }

    /// Records one draft.
    pub fn record(&self, draft: Draft) -> Result<Outcome, StoreError> {
        self.commit(vec![draft])?.first().copied().ok_or(StoreError::TooLarge)
    }
}
