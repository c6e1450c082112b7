//! Contacts: who can be reached, by a code. Who it is goes into the vault and comes out nowhere.

use crate::api::said::{Said, line};
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::site::{Contact, ContactList};
use crate::view::words;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;
use vigie_gateways::mail;
use vigie_model::{Channel, Reply};
use vigie_store::{ContactRow, StoreError, Views};

/// Characters of a name or of a code.
const NAME_CHARS_MAX: usize = 120;
const CODE_CHARS_MAX: usize = 24;

/// Contacts by code, for whoever issues.
#[utoipa::path(get, path = "/api/v1/contacts", tag = "communication", responses((status = 200, body = ContactList)))]
pub(crate) async fn all(State(app): State<App>, Known(_asker): Known) -> Result<Json<ContactList>, Refusal> {
    let items = app
        .read(|views, _| {
            let rows = views.contacts()?.into_iter();
            let mut items = rows.map(|row| shown(views, row)).collect::<Result<Vec<_>, _>>()?;
            items.sort_by(|a, b| {
                (a.reply != Reply::Answer, &a.code).cmp(&(b.reply != Reply::Answer, &b.code))
            });
            Ok(items)
        })
        .await?;
    Ok(Json(ContactList { items }))
}

fn shown(views: &Views, row: ContactRow) -> Result<Contact, StoreError> {
    let lang = views.lang_of(row.id)?;
    Ok(Contact { id: row.id.uuid(), code: row.code, channel: row.channel, reply: row.reply, lang })
}

/// Somebody who can be reached. Address and name go into the vault; no answer holds them.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewContact {
    /// Text message or e-mail.
    #[schema(value_type = words::Channel)]
    channel: Channel,
    /// Number or address.
    address: String,
    /// Name, where the mission knows it.
    #[serde(default)]
    name: Option<String>,
    /// What screens show, such as `CLA-07`; not the name.
    code: String,
}

/// Seals a contact; the same address again is the same contact, under the code that it has.
#[utoipa::path(post, path = "/api/v1/contacts", tag = "communication", request_body = NewContact,
    responses((status = 200, body = Contact)))]
pub(crate) async fn add(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewContact>,
) -> Result<Json<Contact>, Refusal> {
    let address = address(told.channel, &told.address).ok_or_else(|| Refusal::field("address"))?;
    let code = line(&told.code, CODE_CHARS_MAX).ok_or_else(|| Refusal::field("code"))?;
    let name = told.name.filter(|name| !name.trim().is_empty());
    let name = name.map(|name| line(&name, NAME_CHARS_MAX).ok_or_else(|| Refusal::field("name")));
    let name = name.transpose()?;
    let row = app
        .blocking(move |app| {
            Ok(app.store.contact_for(asker.actor(), told.channel, &address, name.as_deref(), Some(&code))?)
        })
        .await?;
    let contact = app.read(move |views, _| Ok(shown(views, row)?)).await?;
    Ok(Json(contact))
}

/// The address in the one form in which it is known again.
fn address(channel: Channel, given: &str) -> Option<String> {
    let given = given.trim();
    match channel {
        Channel::Email => mail::is_address(given).then(|| given.to_lowercase()),
        Channel::Sms => {
            let number = crate::api::sms::plain(given);
            let digits = number.chars().filter(char::is_ascii_digit).count();
            ((3..=20).contains(&digits) && !given.chars().any(char::is_control)).then_some(number)
        }
        _ => None,
    }
}
