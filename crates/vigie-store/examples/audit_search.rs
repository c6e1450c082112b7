//! Measures "who saw this?": `cargo run --release -p vigie-store --example audit_search -- 1000000`.
//!
//! A site in a temporary folder records that many readings by forty people of fifty thousand signals, one an entry; then
//! the two searches are made, by the thing and by the person, and their time told.

use std::sync::Arc;
use std::time::Instant;
use vigie_model::{AccessRead, Actor, Event, UserId};
use vigie_store::{Draft, InitOptions, KeySource, Store, StoreError, SystemClock};

fn main() -> Result<(), StoreError> {
    let wanted: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let root = tempfile::tempdir().expect("a folder");
    let options = InitOptions { site: "s".into(), mission: "m".into(), zone: "UTC".into(), demo: false };
    let key = KeySource::File(root.path().join("key"));
    let store = Store::init(&root.path().join("site"), &key, &options, Arc::new(SystemClock))?;
    let person = |n: u64| Actor::Human(UserId::new(1, [(n % 40) as u8; 10]));
    let object = |n: u64| format!("signal:{:032x}", n * 7_919 % 50_000);
    let mut done = 0;
    while done < wanted {
        let until = (done + 2_000).min(wanted);
        let one = |n| Draft::new(person(n), Event::AccessRead(AccessRead { objects: vec![object(n)] }));
        store.commit((done..until).map(one).collect())?;
        done = until;
    }
    let since = Instant::now();
    let readers = store.read(|views| views.readers(&object(12_345), None, 100))?;
    let by_thing = since.elapsed();
    let since = Instant::now();
    let readings = store.read(|views| views.readings(&person(7), None, 100))?;
    let by_person = since.elapsed();
    assert!(!readers.is_empty() && readings.len() == 100, "the searches find what was recorded");
    println!(
        "{wanted} readings: by the thing {:.1} ms ({} rows), by the person {:.1} ms ({} rows)",
        by_thing.as_secs_f64() * 1e3,
        readers.len(),
        by_person.as_secs_f64() * 1e3,
        readings.len()
    );
    Ok(())
}
