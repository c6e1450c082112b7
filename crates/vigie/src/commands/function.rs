//! `vigie function`: the functions that answer and act, and who verifies which language.

use crate::cli::{Function as Args, FunctionAdd, FunctionCommand, VerifierAdd};
use crate::config::Config;
use crate::say::{DONE, Failure, Say};
use serde_json::json;
use vigie_model::{Actor, Component, Event, Function, UserId, VerifierNamed};
use vigie_store::{Draft, Store};

/// Runs the command.
pub fn run(args: &Args, config: &Config, say: &Say) -> Result<u8, Failure> {
    let store = config.open_at_console()?;
    match &args.command {
        FunctionCommand::Add(args) => add(&store, args, say),
        FunctionCommand::Verifier(args) => verifier(&store, args, say),
        FunctionCommand::List => list(&store, say),
    }
}

fn user(store: &Store, name: &str) -> Result<UserId, Failure> {
    let row = store.read(|views| views.user_by_name(&name.to_lowercase()))?;
    row.map(|row| row.user.id).ok_or_else(|| Failure::told("user-unknown").with("name", name))
}

fn add(store: &Store, args: &FunctionAdd, say: &Say) -> Result<u8, Failure> {
    let unknown =
        |what: &'static str, word: &str| Failure::told("word-unknown").with("what", what).with("word", word);
    let component = Component::from_word(&args.component);
    let function = Function {
        id: args.id.parse().map_err(|_| Failure::told("function-bad-name").with("name", &args.id))?,
        name_en: args.name_en.clone(),
        name_fr: args.name_fr.clone(),
        component: component.ok_or_else(|| unknown("component", &args.component))?,
        liaison: args.liaison,
        holders: args.holders.iter().map(|name| user(store, name)).collect::<Result<_, _>>()?,
    };
    store.commit(vec![Draft::new(Actor::Console, Event::FunctionRegistered(function))])?;
    say.answer(&json!({ "function": args.id }), || {
        vec![say.text("function-added", &[("name", args.id.as_str().into())])]
    })?;
    Ok(DONE)
}

fn verifier(store: &Store, args: &VerifierAdd, say: &Say) -> Result<u8, Failure> {
    let named = VerifierNamed { user: user(store, &args.user)?, lang: args.lang.to_lowercase(), until: None };
    store.commit(vec![Draft::new(Actor::Console, Event::VerifierNamed(named))])?;
    say.answer(&json!({ "user": args.user, "lang": args.lang }), || {
        let args = [("name", args.user.as_str().into()), ("lang", args.lang.as_str().into())];
        vec![say.text("verifier-added", &args)]
    })?;
    Ok(DONE)
}

fn list(store: &Store, say: &Say) -> Result<u8, Failure> {
    let rows = store.read(|views| views.functions())?;
    let names: Vec<_> = rows.iter().map(|row| (&row.id, &row.name_en, &row.name_fr)).collect();
    say.answer(&names, || {
        rows.iter().map(|row| format!("{:<24} {} · {}", row.id, row.name_en, row.name_fr)).collect()
    })?;
    Ok(DONE)
}
