//! `vigie user`: accounts at the console.

use crate::cli::{User as Args, UserAdd, UserCommand};
use crate::config::Config;
use crate::say::{DONE, Failure, Say};
use serde_json::json;
use std::io::BufRead;
use vigie_model::{Actor, Affiliation, Compartment, Event, Grant, Level, Role, User, UserFault, UserId};
use vigie_store::{Draft, Store};

/// Runs the command.
pub fn run(args: &Args, config: &Config, say: &Say) -> Result<u8, Failure> {
    let store = config.open_at_console()?;
    match &args.command {
        UserCommand::Add(args) => add(&store, args, say),
        UserCommand::List => list(&store, say),
    }
}

fn word<T>(text: &str, what: &str, read: fn(&str) -> Option<T>) -> Result<T, Failure> {
    read(text).ok_or_else(|| Failure::told("word-unknown").with("what", what).with("word", text))
}

fn add(store: &Store, args: &UserAdd, say: &Say) -> Result<u8, Failure> {
    let role = word(&args.role, "role", Role::from_word)?;
    let affiliation = word(&args.affiliation, "affiliation", Affiliation::from_word)?;
    let level = word(&args.level, "level", Level::from_word)?;
    let id = UserId::new(store.now().as_millisecond(), store.new_id_bytes()?);
    let display = args.display.as_deref().unwrap_or(&args.name);
    let user = User::checked(id, &args.name, display, &args.speaks)
        .map_err(|fault| Failure::told(fault_id(fault)))?;
    if store.read(|views| views.user_by_name(&user.name))?.is_some() {
        return Err(Failure::told("user-exists").with("name", &user.name));
    }
    let mut drafts = vec![Draft::new(Actor::Console, Event::UserAdded(user.clone()))];
    for text in &args.compartments {
        let compartment = word(text, "compartment", Compartment::from_word)?;
        let grant = Grant { user: user.id, role, affiliation, compartment, level, until: None };
        drafts.push(Draft::new(Actor::Console, Event::UserGranted(grant)));
    }
    let password = args.password_stdin.then(read_password).transpose()?;
    if let Some(password) = &password {
        vigie_server::check_password(password, &user.name)
            .map_err(|_| Failure::told("user-weak-password"))?;
    }
    store.commit(drafts)?;
    let invite = match password {
        Some(password) => {
            vigie_server::set_password(store, Actor::Console, &user, &password).map_err(Failure::ours)?;
            None
        }
        None => Some(vigie_server::invite_token(store, user.id).map_err(Failure::ours)?),
    };
    let enter = store
        .site()
        .demo
        .then(|| vigie_server::enter_token(store, user.id))
        .transpose()
        .map_err(Failure::ours)?;
    say.answer(&json!({"id": user.id, "name": user.name, "invite": invite, "enter": enter}), || {
        let mut lines = vec![say.text("user-added", &[("name", user.name.as_str().into())])];
        if let Some(invite) = &invite {
            lines.push(say.text("user-invite", &[("code", invite.as_str().into())]));
        }
        lines
    })?;
    Ok(DONE)
}

const fn fault_id(fault: UserFault) -> &'static str {
    match fault {
        UserFault::Name => "user-bad-name",
        UserFault::Display => "user-bad-display",
        UserFault::Lang => "user-bad-lang",
    }
}

fn read_password() -> Result<String, Failure> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(Failure::ours)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn list(store: &Store, say: &Say) -> Result<u8, Failure> {
    let rows = store.read(|views| views.users())?;
    say.answer(&rows, || {
        if rows.is_empty() {
            return vec![say.text("user-none", &[])];
        }
        rows.iter()
            .map(|row| {
                let mut roles: Vec<String> =
                    row.grants.iter().map(|grant| say.text(&format!("role-{}", grant.role), &[])).collect();
                roles.sort();
                roles.dedup();
                format!("{:<20} {:<24} {}", row.user.name, row.user.display, roles.join(", "))
            })
            .collect()
    })?;
    Ok(DONE)
}
