//! `vigie gazetteer`: places, the mission's sites, and the lists of wordings by which threats are noticed.

use crate::cli::{Gazetteer as Args, GazetteerCommand};
use crate::config::Config;
use crate::say::{DONE, Failure, Say, TOLD};
use serde_json::json;
use std::path::Path;
use vigie_model::{Actor, Event, GazetteerLoaded, LexiconLoaded, Limits, SitesLoaded};
use vigie_store::{Draft, Store};
use vigie_wire::gazetteer;

/// Places in one entry: each is sealed and read as a whole.
const PART: usize = 500;

/// Runs the command.
pub fn run(args: &Args, config: &Config, say: &Say) -> Result<u8, Failure> {
    let store = config.open_at_console()?;
    match &args.command {
        GazetteerCommand::Add { file, name } => add(&store, file, name, say),
        GazetteerCommand::Sites { file } => {
            let sites = gazetteer::read_sites(&text(file)?, &Limits::IMPORT)?;
            let count = sites.len() as u64;
            store.commit(vec![Draft::new(Actor::Console, Event::SitesLoaded(SitesLoaded { sites }))])?;
            told(say, "gazetteer-sites", count, 0)
        }
        GazetteerCommand::Lexicon { file } => {
            let list = gazetteer::read_lexicon(&text(file)?, &Limits::IMPORT)?;
            let count = list.entries.len() as u64;
            store.commit(vec![Draft::new(Actor::Console, Event::LexiconLoaded(LexiconLoaded { list }))])?;
            told(say, "gazetteer-lexicon", count, 0)
        }
    }
}

fn io(file: &Path) -> impl Fn(std::io::Error) -> Failure + '_ {
    move |cause| Failure::told("store-io").with("path", file.display()).with("cause", cause)
}

fn text(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(io(file))
}

fn add(store: &Store, file: &Path, name: &str, say: &Say) -> Result<u8, Failure> {
    let bytes = std::fs::read(file).map_err(io(file))?;
    let read = gazetteer::read(&bytes, &Limits::IMPORT)?;
    for fault in &read.faults {
        say.fault(fault);
    }
    let places: Vec<_> = read.rows.into_iter().map(|(_, place)| place).collect();
    let drafts = places.chunks(PART).zip(0..).map(|(places, part)| {
        let loaded = GazetteerLoaded { name: name.to_owned(), part, places: places.to_vec() };
        Draft::new(Actor::Console, Event::GazetteerLoaded(loaded))
    });
    store.commit(drafts.collect())?;
    told(say, "gazetteer-added", places.len() as u64, read.faults.len() as u64)
}

fn told(say: &Say, message: &str, count: u64, refused: u64) -> Result<u8, Failure> {
    say.answer(&json!({ "loaded": count, "refused": refused }), || {
        vec![say.text(message, &[("count", count.into()), ("refused", refused.into())])]
    })?;
    Ok(if refused > 0 { TOLD } else { DONE })
}
