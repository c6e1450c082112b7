//! `vigie erase`: one person asks, a second one agrees, and what was erased is looked for in every file.

use crate::cli::{Erase, EraseAsk, EraseCommand, EraseDecide};
use crate::config::Config;
use crate::say::{DONE, Failure, Say, TOLD};
use serde_json::json;
use vigie_desk::rights::{Permission, may};
use vigie_model::{Erasable, ErasureAsked, ErasureId, UserId};
use vigie_store::{Erased, Store};

/// Runs the command.
pub fn run(args: &Erase, config: &Config, say: &Say) -> Result<u8, Failure> {
    let store = config.open_at_console()?;
    match &args.command {
        EraseCommand::Ask(args) => ask(&store, args, say),
        EraseCommand::Agree(args) => agree(&store, args, say),
        EraseCommand::List => list(&store, say),
        EraseCommand::Expired => told(&store.expire()?, say),
    }
}

/// Who says so, by their password: two names typed by one person are one person. `refused` is what who may not is told.
pub(super) fn person(
    store: &Store,
    name: &str,
    permission: Permission,
    refused: &'static str,
) -> Result<UserId, Failure> {
    let unknown = || Failure::told("user-unknown").with("name", name);
    let row = store.read(|views| views.user_by_name(&name.to_lowercase()))?.ok_or_else(unknown)?;
    let password = match std::env::var("VIGIE_PASSWORD") {
        Ok(given) => given,
        Err(_) => rpassword::prompt_password(format!("{name}: "))
            .map_err(|cause| Failure::told("passphrase-unread").with("cause", cause))?,
    };
    let known = store.password(row.user.id)?;
    if !vigie_server::password_opens(&password, known.as_deref()) {
        return Err(Failure::told("erase-wrong-password").with("name", name));
    }
    let granted = store.read(|views| views.granted(row.user.id, store.now()))?;
    if !may(&granted, permission) {
        return Err(Failure::told(refused).with("name", name));
    }
    Ok(row.user.id)
}

fn ask(store: &Store, args: &EraseAsk, say: &Say) -> Result<u8, Failure> {
    let objects = args.objects.iter().map(|one| {
        one.parse::<Erasable>().map_err(|_| Failure::told("erase-bad-object").with("object", one))
    });
    let objects = objects.collect::<Result<Vec<_>, _>>()?;
    let by = person(store, &args.by, Permission::Erase, "erase-not-yours")?;
    let id = ErasureId::new(store.now().as_millisecond(), store.new_id_bytes()?);
    let asked = ErasureAsked { id, objects, reason: args.reason.clone(), basis: args.basis.clone() };
    store.ask_erasure(by, asked)?;
    let id = id.to_string();
    say.answer(&json!({ "erasure": id }), || vec![say.text("erase-asked", &[("id", id.as_str().into())])])?;
    Ok(DONE)
}

fn agree(store: &Store, args: &EraseDecide, say: &Say) -> Result<u8, Failure> {
    let id: ErasureId = args.id.parse().map_err(|_| Failure::told("erase-decided"))?;
    let by = person(store, &args.by, Permission::Erase, "erase-not-yours")?;
    told(&store.agree_erasure(by, id)?, say)
}

fn told(done: &Erased, say: &Say) -> Result<u8, Failure> {
    say.answer(done, || {
        let counts =
            [("objects", done.objects.into()), ("entries", done.entries.into()), ("kept", done.kept.into())];
        let mut lines = vec![say.text("erase-done", &counts)];
        if done.waiting {
            lines.push(say.text("erase-waiting", &[]));
        } else if done.remnants.is_empty() {
            lines.push(say.text("erase-searched", &[]));
        }
        lines.extend(
            done.remnants.iter().map(|file| say.text("erase-remnant", &[("file", file.as_str().into())])),
        );
        lines.push(say.text("erase-backups", &[]));
        lines
    })?;
    Ok(if done.remnants.is_empty() { DONE } else { TOLD })
}

fn list(store: &Store, say: &Say) -> Result<u8, Failure> {
    let (asked, gone) = store.read(|views| Ok((views.erasures(200)?, views.tombstones(200)?)))?;
    let rows: Vec<_> = asked
        .iter()
        .map(|row| json!({ "erasure": row.asked.id.to_string(), "at": row.at, "state": row.state,
            "objects": row.asked.objects.len(), "entry": row.seq }))
        .chain(gone.iter().map(|(seq, at, e)| {
            json!({ "tombstone": seq, "at": at, "why": e.why, "objects": e.objects, "kept": e.kept })
        }))
        .collect();
    say.answer(&rows, || rows.iter().map(ToString::to_string).collect())?;
    Ok(DONE)
}
