//! `vigie claims add`, `withdraw`, `list`: checks that others published, as dated, owned reference data of the site.
//!
//! Good checks enter, bad ones are named by their number. The same file again under the same version adds nothing; another
//! file under that version is refused, so that a version names one content for ever.

use crate::cli::{ClaimsAdd, ClaimsCommand};
use crate::config::Config;
use crate::say::{DONE, Failure, Say, TOLD};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use vigie_model::{Actor, CheckList, ChecksLoaded, Event, FunctionId, Limits, PublishedCheck};
use vigie_store::{CheckListRow, Draft, Store};
use vigie_wire::exchange::{self, Check, Received};

/// Checks in one entry: each is sealed and read as a whole.
const PART: usize = 200;
/// Characters kept of a claim and of what was found.
const TEXT_CHARS_MAX: usize = 2_000;
/// Characters kept of a name, a verdict, an address.
const LINE_CHARS_MAX: usize = 500;
/// Faults shown one by one; the rest is counted.
const FAULTS_SHOWN: usize = 20;

/// Runs the command; matching texts needs no site and is another module's.
pub fn run(command: &ClaimsCommand, config: &Config, say: &Say) -> Result<u8, Failure> {
    match command {
        ClaimsCommand::Match(args) => super::claims::run(args, say),
        ClaimsCommand::Add(args) => add(&config.open_at_console()?, args, say),
        ClaimsCommand::Withdraw { name, reason } => withdraw(&config.open_at_console()?, name, reason, say),
        ClaimsCommand::List => list(&config.open_at_console()?, say),
    }
}

fn add(store: &Store, args: &ClaimsAdd, say: &Say) -> Result<u8, Failure> {
    let bytes = whole(&args.file)?;
    let head = head(store, args, &bytes)?;
    let received = exchange::read(&bytes, &Limits::EXCHANGE)?;
    for fault in received.faults.iter().take(FAULTS_SHOWN) {
        say.fault(fault);
    }
    let refused = received.faults.len() as u64;
    let checks = kept(received, &head.name);
    if checks.is_empty() {
        return Err(Failure::told("checks-none").with("refused", refused));
    }
    let count = checks.len() as u64;
    let before = stands(store, &head.name)?;
    let same = before.as_ref().filter(|row| row.list.version == head.version);
    match same {
        Some(row) if row.list.sha256 != head.sha256 => {
            return Err(Failure::told("checks-same-version").with("version", &head.version));
        }
        Some(_) => {}
        None => load(store, &head, checks)?,
    }
    told(&head, count, refused, same.is_some(), say)
}

fn told(head: &CheckList, count: u64, refused: u64, known: bool, say: &Say) -> Result<u8, Failure> {
    let answer = json!({ "list": head, "loaded": if known { 0 } else { count }, "refused": refused });
    say.answer(&answer, || {
        let id = if known { "checks-known" } else { "checks-added" };
        let args = [
            ("name", head.name.as_str().into()),
            ("version", head.version.as_str().into()),
            ("count", count.into()),
            ("refused", refused.into()),
        ];
        vec![say.text(id, &args)]
    })?;
    Ok(if refused > 0 { TOLD } else { DONE })
}

fn whole(file: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable =
        |cause| Failure::told("file-unreadable").with("path", file.display()).with("cause", cause);
    let mut bytes = Vec::new();
    let input = std::fs::File::open(file).map_err(unreadable)?;
    // One byte more than may be read: the reader then says that it is too much.
    input.take(Limits::EXCHANGE.bytes_max + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn head(store: &Store, args: &ClaimsAdd, bytes: &[u8]) -> Result<CheckList, Failure> {
    if args.name.parse::<FunctionId>().is_err() {
        return Err(Failure::told("checks-bad-name").with("name", &args.name));
    }
    for (what, text) in [("owner", &args.owner), ("origin", &args.origin), ("licence", &args.licence)] {
        if text.trim().is_empty() {
            return Err(Failure::told("checks-no-head").with("what", what));
        }
    }
    let date = day(store, args.date.as_deref())?;
    let sha256 = hex::encode(Sha256::digest(bytes));
    let usual = || format!("{date}-{}", &sha256[..8]);
    let version = args.edition.clone().filter(|name| !name.trim().is_empty()).unwrap_or_else(usual);
    let line = |text: &str| clipped(text.trim(), LINE_CHARS_MAX);
    Ok(CheckList {
        name: args.name.clone(),
        version: line(&version),
        date,
        owner: line(&args.owner),
        source: line(&args.origin),
        licence: line(&args.licence),
        sha256,
    })
}

/// The day given, or today where the mission is.
fn day(store: &Store, given: Option<&str>) -> Result<String, Failure> {
    let Some(text) = given else {
        let zone = jiff::tz::TimeZone::get(&store.site().zone).unwrap_or(jiff::tz::TimeZone::UTC);
        return Ok(store.now().to_zoned(zone).date().to_string());
    };
    let day: Result<jiff::civil::Date, _> = text.parse();
    day.map(|day| day.to_string()).map_err(|_| Failure::told("checks-bad-day").with("day", text))
}

/// What is kept of a document: its checks and its stories, each claim at each address once.
fn kept(received: Received, list: &str) -> Vec<PublishedCheck> {
    let stories: Vec<Check> = received.stories.iter().map(exchange::Story::check).collect();
    let mut met = BTreeSet::new();
    let checks = received.checks.into_iter().chain(stories).map(|check| published(check, list));
    checks.filter(|check| met.insert(check.id)).collect()
}

fn published(check: Check, list: &str) -> PublishedCheck {
    let line = |text: Option<String>| text.map(|text| clipped(text.trim(), LINE_CHARS_MAX));
    PublishedCheck {
        id: check.id(list),
        claim: clipped(&check.claim, TEXT_CHARS_MAX),
        verdict: line(check.verdict),
        rating: check.scale,
        checker: line(check.checker),
        // Another kind of address would be a script or a file on somebody's screen.
        url: check.url.filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        published: line(check.published),
        lang: check.lang.filter(|tag| tag.len() <= 35),
        finding: check.body.map(|text| clipped(&text, TEXT_CHARS_MAX)),
    }
}

fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

fn load(store: &Store, list: &CheckList, checks: Vec<PublishedCheck>) -> Result<(), Failure> {
    let parts = checks.chunks(PART).zip(0..).map(|(checks, part)| {
        let loaded = ChecksLoaded { list: list.clone(), part, checks: checks.to_vec() };
        Draft::new(Actor::Console, Event::ChecksLoaded(loaded))
    });
    store.commit(parts.collect())?;
    Ok(())
}

/// The list of this name, where it is not withdrawn.
fn stands(store: &Store, name: &str) -> Result<Option<CheckListRow>, Failure> {
    let rows = store.read(|views| views.check_lists())?;
    Ok(rows.into_iter().find(|row| row.list.name == name && row.withdrawn.is_none()))
}

fn withdraw(store: &Store, name: &str, reason: &str, say: &Say) -> Result<u8, Failure> {
    let event = vigie_desk::sharing::withdraw(name, reason).map_err(|refusal| refusal.fault().clone())?;
    if stands(store, name)?.is_none() {
        return Err(Failure::told("checks-unknown").with("name", name));
    }
    store.commit(vec![Draft::new(Actor::Console, Event::ChecksWithdrawn(event))])?;
    say.answer(&json!({ "withdrawn": name }), || {
        vec![say.text("checks-withdrawn", &[("name", name.into())])]
    })?;
    Ok(DONE)
}

fn list(store: &Store, say: &Say) -> Result<u8, Failure> {
    let rows = store.read(|views| views.check_lists())?;
    let all: Vec<_> = rows
        .iter()
        .map(|row| {
            let withdrawn = row.withdrawn.as_ref().map(|(at, _)| *at);
            json!({ "list": row.list, "checks": row.count, "withdrawn_at": withdrawn })
        })
        .collect();
    say.answer(&all, || {
        let line = |row: &CheckListRow| {
            let head = &row.list;
            let args = [
                ("name", head.name.as_str().into()),
                ("version", head.version.as_str().into()),
                ("owner", head.owner.as_str().into()),
                ("source", head.source.as_str().into()),
                ("licence", head.licence.as_str().into()),
                ("count", row.count.into()),
            ];
            say.text(if row.withdrawn.is_some() { "checks-line-withdrawn" } else { "checks-line" }, &args)
        };
        if rows.is_empty() { vec![say.text("checks-no-lists", &[])] } else { rows.iter().map(line).collect() }
    })?;
    Ok(DONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_claim_at_one_address_stands_once_and_no_address_runs_a_script() {
        let check = |url: &str| Check {
            claim: "Le convoi portait des armes".to_owned(),
            verdict: None,
            rating: None,
            scale: None,
            checker: None,
            url: Some(url.to_owned()),
            published: None,
            lang: None,
            body: None,
        };
        let checks = vec![check("https://a.example/1"), check("https://a.example/1"), check("javascript:x")];
        let kept = kept(Received { checks, ..Received::default() }, "liste");
        assert_eq!(kept.len(), 2);
        assert_eq!(kept[1].url, None);
    }

    #[test]
    fn what_is_too_long_says_that_it_goes_on() {
        assert_eq!(clipped("abc", 3), "abc");
        assert_eq!(clipped("abcd", 3), "ab…");
    }
}
