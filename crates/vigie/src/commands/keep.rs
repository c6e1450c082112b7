//! `vigie keep`: a future exhibit stays beyond its retention, until a day, for a reason that a function answers for.
//!
//! The twin of *Hold…* on a story's page: the same rights, the same rules, the same entries. Who may not see a thing does
//! not learn that it is there.

use super::erase::person;
use crate::cli::{Keep, KeepCommand, KeepLift, KeepPlace};
use crate::config::Config;
use crate::say::{DONE, Failure, Say};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use vigie_desk::rights::Permission;
use vigie_model::{KeepId, KeepPlaced, Object, Timestamp, UserId};
use vigie_store::{Found, KeepRow, Store};

/// Keeps in the list.
const ROWS: u32 = 200;

/// Runs the command.
pub fn run(args: &Keep, config: &Config, say: &Say) -> Result<u8, Failure> {
    let store = config.open_at_console()?;
    match &args.command {
        KeepCommand::Place(args) => place(&store, args, say),
        KeepCommand::List => list(&store, say),
        KeepCommand::Lift(args) => lift(&store, args, say),
    }
}

fn place(store: &Store, args: &KeepPlace, say: &Say) -> Result<u8, Failure> {
    let object: Object =
        args.object.parse().map_err(|_| Failure::told("keep-bad-object").with("object", &args.object))?;
    let unknown = || Failure::told("function-unknown").with("function", &args.owner);
    let owner = args.owner.parse().map_err(|_| unknown())?;
    if !store.read(|views| views.has_function(&owner))? {
        return Err(unknown());
    }
    let until = until(&args.until, &store.site().zone)
        .ok_or_else(|| Failure::told("keep-bad-time").with("time", &args.until))?;
    let by = person(store, &args.by, Permission::Keep, "keep-not-yours")?;
    if !sees(store, by, object)? {
        return Err(Failure::told("keep-nothing"));
    }
    let id = KeepId::new(store.now().as_millisecond(), store.new_id_bytes()?);
    store.place_keep(by, KeepPlaced { id, object, reason: args.reason.clone(), owner, until })?;
    let (id, until) = (id.to_string(), until.to_string());
    say.answer(&json!({ "keep": id, "until": until }), || {
        vec![say.text("keep-placed", &[("id", id.as_str().into()), ("until", until.as_str().into())])]
    })?;
    Ok(DONE)
}

/// A day ends when it ends where the mission is.
fn until(text: &str, zone: &str) -> Option<Timestamp> {
    let Ok(day) = text.parse::<Date>() else { return text.parse().ok() };
    // A time begins like a day; only what is no more than a day is one.
    if text.contains(['T', ' ']) {
        return text.parse().ok();
    }
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    day.tomorrow().ok()?.to_zoned(zone).ok().map(|end| end.timestamp())
}

fn sees(store: &Store, by: UserId, object: Object) -> Result<bool, Failure> {
    let now = store.now();
    Ok(store.read(|views| {
        let see = views.granted(by, now)?.see;
        Ok(match object {
            Object::Signal(id) => views.signal(id, see)?.is_some(),
            Object::Narrative(id) => views.narrative_row(id, see, now)? != Found::Nothing,
            _ => false,
        })
    })?)
}

fn lift(store: &Store, args: &KeepLift, say: &Say) -> Result<u8, Failure> {
    let id: KeepId = args.id.parse().map_err(|_| Failure::told("keep-over"))?;
    let by = person(store, &args.by, Permission::Erase, "erase-not-yours")?;
    store.lift_keep(by, id, args.reason.clone())?;
    say.answer(&json!({ "lifted": args.id }), || vec![say.text("keep-lifted", &[])])?;
    Ok(DONE)
}

fn list(store: &Store, say: &Say) -> Result<u8, Failure> {
    let (keeps, now) = (store.read(|views| views.keeps(ROWS))?, store.now());
    let rows: Vec<_> = keeps.iter().map(|row| told(row, now)).collect();
    say.answer(&rows, || rows.iter().map(ToString::to_string).collect())?;
    Ok(DONE)
}

fn told(row: &KeepRow, now: Timestamp) -> serde_json::Value {
    json!({
        "keep": row.placed.id.to_string(), "object": row.placed.object.to_string(), "at": row.at,
        "reason": row.placed.reason, "owner": row.placed.owner.as_str(), "until": row.placed.until,
        "lifted": row.lifted, "live": row.lifted.is_none() && row.placed.until > now,
    })
}

#[cfg(test)]
mod tests {
    use super::until;

    #[test]
    fn a_day_lasts_until_its_end_where_the_mission_is() {
        let at = |text, zone| until(text, zone).map(|time| time.to_string());
        assert_eq!(at("2027-11-22", "Africa/Bangui").as_deref(), Some("2027-11-22T23:00:00Z"));
        assert_eq!(at("2027-11-22T10:00:00+01:00", "UTC").as_deref(), Some("2027-11-22T09:00:00Z"));
        assert_eq!(at("2027-11-22T10:00:00", "UTC"), None, "a time without its zone is none");
        assert_eq!(at("tomorrow", "UTC"), None);
    }
}
