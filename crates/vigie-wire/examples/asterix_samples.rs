//! Records of every category and edition, made from the tables, as this program reads them: one line of JSON each.
//!
//! `cargo run -p vigie-wire --example asterix_samples -- [RECORDS_PER_EDITION]`; another decoder reads the octets and
//! compares (`xtask/peers/asterix_peers.py`). Octets within explicit items are left to the comparison of the whole.

#[path = "../tests/it/asterix/craft.rs"]
mod craft;

use craft::{Dice, block, record};
use std::fmt::Write as _;
use vigie_model::Limits;
use vigie_wire::asterix::{Item, Kind, Pin, decode, tables};

fn main() {
    let each: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(50);
    let mut dice = Dice::new(2026);
    for edition in tables().editions() {
        for round in 0..each {
            let crafted = record(edition, &mut dice, 10 + round % 80, (7, 9));
            let input = block(edition.category, &[&crafted.bytes]);
            let pin = Pin { category: edition.category, source: None, edition: edition.number };
            let read = decode(&input, &Limits::RECORDING, &[pin]);
            let record = read.records().next().expect("the record that was made");
            assert_eq!(record.values(), record.leaves().count());
            let mut items = Vec::new();
            for item in record.items().filter(|item| item.kind() != Kind::Random) {
                let mut leaves = Vec::new();
                collect(&item, &mut leaves);
                items.push((item.name(), leaves));
            }
            let hex = input.iter().fold(String::new(), |mut hex, octet| {
                let _ = write!(hex, "{octet:02x}");
                hex
            });
            let (category, number) = (edition.category, edition.number.to_string());
            println!(
                "{}",
                serde_json::json!({
                    "category": category, "edition": number, "profile": record.profile(), "hex": hex, "items": items
                })
            );
        }
    }
}

/// Raw numbers of an item's values, as texts: they may be longer than a double holds.
fn collect(item: &Item<'_>, leaves: &mut Vec<String>) {
    match item.kind() {
        Kind::Explicit => {}
        Kind::Leaf => leaves.push(item.raw().map_or_else(|| "long".to_owned(), |raw| raw.to_string())),
        _ => item.parts().for_each(|part| collect(&part, leaves)),
    }
}
