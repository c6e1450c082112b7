//! Text messages in: who wrote goes into the vault before anything else, and one word is enough to stop.
//!
//! A gateway posts messages to its intake like any other, with the number as `author`, and receipts as
//! `{"receipt": ID, "status": "delivered" | "failed"}`. The number is sealed and taken off the message; the signal carries
//! a random reference. `STOP` ends every message to that telephone, `DISCRET` or `DISCREET` every reply.

use crate::refusal::Refusal;
use crate::state::App;
use serde::Deserialize;
use uuid::Uuid;
use vigie_model::{
    Actor, Channel, ContactChose, ContactId, Delivery, Event, ReleaseId, ReleaseTried, Reply, SourceId,
};
use vigie_store::{ContactRow, Draft};
use vigie_wire::SignalDraft;

/// The contact behind a message; its number leaves the draft, and with it the bytes in which it came.
pub(super) fn sender(
    app: &App,
    source: &SourceId,
    draft: &mut SignalDraft,
) -> Result<Option<ContactRow>, Refusal> {
    draft.raw_base64 = None;
    let Some(author) = draft.author.take() else { return Ok(None) };
    let number = plain(&author);
    if number.is_empty() {
        return Ok(None);
    }
    Ok(Some(app.store.contact_for(Actor::Source(source.clone()), Channel::Sms, &number, None, None)?))
}

/// A number as it is dialled: digits, and a plus in front.
pub(super) fn plain(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let plus = number.trim_start().starts_with('+') || number.trim_start().starts_with("00");
    let digits = if plus { digits.trim_start_matches("00").to_owned() } else { digits };
    if digits.is_empty() {
        number.trim().to_owned()
    } else {
        format!("{}{digits}", if plus { "+" } else { "" })
    }
}

/// What a message of one word asks for, where it is such a word.
pub(super) fn choice(text: &str) -> Option<Reply> {
    let word: String = text.trim().trim_end_matches(['.', '!']).to_uppercase();
    match word.as_str() {
        "STOP" | "ARRET" | "ARRÊT" => Some(Reply::Stop),
        "DISCRET" | "DISCREET" => Some(Reply::Discreet),
        "START" | "REPRENDRE" => Some(Reply::Answer),
        _ => None,
    }
}

/// The entry of a choice.
pub(super) fn chose(source: &SourceId, contact: &ContactRow, reply: Reply) -> Draft {
    let chose = ContactChose { contact: contact.id, reply };
    Draft::new(Actor::Source(source.clone()), Event::ContactChose(chose))
}

#[derive(Deserialize)]
struct Told {
    receipt: String,
    status: String,
}

/// A receipt, where the body is one.
pub(super) fn receipt(body: &[u8]) -> Option<(ReleaseId, ContactId, Delivery)> {
    let told: Told = serde_json::from_slice(body).ok()?;
    let (release, contact) = (told.receipt.get(..36)?, told.receipt.get(37..)?);
    let delivery = match told.status.as_str() {
        "delivered" => Delivery::Delivered,
        _ => Delivery::GivenUp,
    };
    let id = |text: &str| Uuid::try_parse(text).ok();
    Some((ReleaseId::from_uuid(id(release)?), ContactId::from_uuid(id(contact)?), delivery))
}

/// Records a receipt; one for nothing that is under way changes nothing, and neither does a second one.
pub(super) fn take_receipt(
    app: &App,
    source: &SourceId,
    (release, contact, delivery): (ReleaseId, ContactId, Delivery),
) -> Result<(), Refusal> {
    let actor = Actor::Source(source.clone());
    app.store.decide(move |views| {
        let rows = views.deliveries(release).unwrap_or_default();
        let open = |state| matches!(state, Delivery::Sent | Delivery::Trying | Delivery::Failed);
        let Some(row) = rows.into_iter().find(|row| row.contact == contact && open(row.state)) else {
            return Ok(Vec::new());
        };
        let reason = (delivery == Delivery::GivenUp).then(|| "release-gateway-failed".to_owned());
        let tried = ReleaseTried { release, contact: Some(contact), attempt: row.attempt, delivery, reason };
        Ok(vec![Draft::new(actor, Event::ReleaseTried(tried))])
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_is_one_telephone_however_its_number_is_written() {
        assert_eq!(plain("+236 70 12 34 56"), "+23670123456");
        assert_eq!(plain("0023670123456"), "+23670123456");
        assert_eq!(plain("70-12-34-56"), "70123456");
        assert_eq!(plain("INFO"), "INFO");
    }

    #[test]
    fn one_word_stops_and_a_sentence_with_that_word_does_not() {
        assert_eq!(choice(" stop. "), Some(Reply::Stop));
        assert_eq!(choice("Arrêt"), Some(Reply::Stop));
        assert_eq!(choice("Discret"), Some(Reply::Discreet));
        assert_eq!(choice("stop lies about the well"), None);
    }

    #[test]
    fn a_receipt_names_release_and_contact() {
        let (release, contact) = (ReleaseId::new(1, [1; 10]), ContactId::new(2, [2; 10]));
        let body = format!(r#"{{"receipt": "{release}-{contact}", "status": "delivered"}}"#);
        assert_eq!(receipt(body.as_bytes()), Some((release, contact, Delivery::Delivered)));
        assert_eq!(receipt(br#"{"text": "bonjour"}"#), None);
        assert_eq!(receipt(br#"{"receipt": "x", "status": "delivered"}"#), None);
    }
}
