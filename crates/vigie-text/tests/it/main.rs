//! What the reader promises, held against an independent reckoning.

mod arrival;
mod claims;
mod coordination;
mod disguise;
mod ground;
mod hostile;
mod language;
mod parted;
mod partition;
mod peers;
mod persons;
mod places;
mod similar;
mod threat;

use jiff::Timestamp;
use std::collections::BTreeMap;
use vigie_model::{NarrativeId, Reading, SignalId};
use vigie_text::{Item, Reader};

/// The n-th invented signal.
fn signal(n: usize) -> SignalId {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&(n as u64).to_be_bytes());
    SignalId::new(1_795_000_000_000 + n as i64, random)
}

/// Minutes after the start of the invented time.
fn minute(n: usize) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + 60 * n as i64).expect("a time")
}

fn item(n: usize, pool: u32, text: &str) -> Item<'_> {
    Item {
        signal: signal(n),
        pool,
        text,
        pictures: &[],
        lang_hint: None,
        seen_at: None,
        received_at: minute(n),
    }
}

/// Where each signal stands after some readings.
#[derive(Default)]
struct Board {
    narrative: BTreeMap<SignalId, NarrativeId>,
}

impl Board {
    fn apply(&mut self, reading: &Reading) {
        for narrative in self.narrative.values_mut() {
            if reading.absorbs.contains(narrative) {
                *narrative = reading.narrative;
            }
        }
        let before = self.narrative.insert(reading.signal, reading.narrative);
        assert!(before.is_none(), "a signal is read once");
    }

    /// The groups, each ascending, in order of their first signal.
    fn groups(&self) -> Vec<Vec<SignalId>> {
        let mut groups: BTreeMap<NarrativeId, Vec<SignalId>> = BTreeMap::new();
        for (signal, narrative) in &self.narrative {
            groups.entry(*narrative).or_default().push(*signal);
        }
        let mut groups: Vec<_> = groups.into_values().collect();
        groups.sort();
        groups
    }
}

/// Reads all texts in order and answers the size of the largest narrative and the number of narratives.
fn grouped(reader: &mut Reader, texts: &[String]) -> (usize, usize) {
    let mut board = Board::default();
    for (n, text) in texts.iter().enumerate() {
        board.apply(&reader.read(&item(n, 1, text)));
    }
    let groups = board.groups();
    (groups.iter().map(Vec::len).max().unwrap_or(0), groups.len())
}
