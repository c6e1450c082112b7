//! Agreement with recordings that others made. `VIGIE_DATA` names their folder; without it the tests say
//! "skipped: no data". Run with `--nocapture` to see the counts.

#![expect(clippy::disallowed_methods, reason = "tests read files; the crate does not")]

use super::{again, decoded, told};
use std::path::{Path, PathBuf};
use vigie_wire::asterix::Place;

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("VIGIE_DATA").map(|root| Path::new(&root).join("asterix"));
    let folder = folder.filter(|path| path.exists());
    if folder.is_none() {
        println!("skipped: no data");
    }
    folder
}

fn recordings(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(recordings(&path));
        } else if path
            .extension()
            .is_some_and(|ending| ["bin", "pcap", "pcapng"].iter().any(|e| ending == *e))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn every_recording_is_read_without_a_fault_and_encodes_again() {
    let Some(folder) = data() else { return };
    let mut records = 0;
    for path in recordings(&folder) {
        let input = std::fs::read(&path).expect("a file");
        let read = decoded(&input);
        println!("{}: {} records", path.display(), read.records().len());
        assert_eq!(told(&read.faults), [], "{}", path.display());
        assert!(again(&input, &[]) == input, "{} encodes to other bytes", path.display());
        records += read.records().len();
    }
    assert!(records >= 187, "{records} records");
}

#[test]
fn the_records_of_the_capture_are_those_that_its_packets_hold() {
    let Some(folder) = data() else { return };
    let input = std::fs::read(folder.join("cat_034_048.pcap")).expect("a file");
    let read = decoded(&input);
    let of = |category| read.records().filter(|record| record.category() == category).count();
    assert_eq!((of(34), of(48)), (34, 128));
    let places =
        |name: &str| read.records().filter(|r| r.category() == 48 && r.find(&[name]).is_some()).count();
    let plots: Vec<_> = read.records().filter_map(|record| record.plot()).collect();
    assert!(
        plots.iter().all(|plot| plot.category == 48 && plot.place.is_some() && plot.time_of_day_s.is_some())
    );
    assert_eq!(
        plots.iter().filter(|plot| matches!(plot.place, Some(Place::Polar { .. }))).count(),
        places("040")
    );
}
