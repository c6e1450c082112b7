//! Who can be reached, by code: numbers and names stay in the vault.

use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::site::{Contact, ContactList};
use axum::Json;
use axum::extract::State;
use vigie_model::Reply;

/// Contacts by code, for whoever issues.
#[utoipa::path(get, path = "/api/v1/contacts", tag = "communication", responses((status = 200, body = ContactList)))]
pub(crate) async fn all(State(app): State<App>, Known(_asker): Known) -> Result<Json<ContactList>, Refusal> {
    let items = app
        .read(|views, _| {
            let mut items = Vec::new();
            for row in views.contacts()? {
                let lang = views.lang_of(row.id)?;
                items.push(Contact {
                    id: row.id.uuid(),
                    code: row.code,
                    channel: row.channel,
                    reply: row.reply,
                    lang,
                });
            }
            items.sort_by(|a, b| {
                (a.reply != Reply::Answer, &a.code).cmp(&(b.reply != Reply::Answer, &b.code))
            });
            Ok(items)
        })
        .await?;
    Ok(Json(ContactList { items }))
}
