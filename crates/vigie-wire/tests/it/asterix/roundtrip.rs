//! Every category and edition: what was put in comes out, value by value, and the same bytes again.

use super::craft::{Dice, block, record};
use super::{LIMITS, again};
use vigie_wire::asterix::{Pin, decode, tables};

fn pin(edition: &vigie_wire::asterix::Edition) -> Pin {
    Pin { category: edition.category, source: None, edition: edition.number }
}

#[test]
fn every_edition_reads_what_was_put_in() {
    let mut dice = Dice::new(1);
    for edition in tables().editions() {
        for round in 0..40 {
            let crafted = record(edition, &mut dice, 10 + round * 2, (7, 9));
            let input = block(edition.category, &[&crafted.bytes]);
            let name = format!("{:03} {} round {round}", edition.category, edition.number);
            let read = decode(&input, &LIMITS, &[pin(edition)]);
            assert!(read.faults.is_empty(), "{name}: {:?} {input:02x?}", read.faults);
            let records: Vec<_> = read.records().collect();
            assert_eq!(records.len(), 1, "{name}");
            assert_eq!(records[0].at(), 3..input.len(), "{name}");
            // Octets of an expansion field were drawn, so a layout may fit them by chance: their bits are the same.
            if !records[0].items().any(|item| item.expansion().is_some()) {
                let leaves: Vec<u64> = records[0].leaves().filter_map(|leaf| leaf.raw()).collect();
                assert_eq!(leaves, crafted.leaves, "{name}");
            }
            assert_eq!(again(&input, &[pin(edition)]), input, "{name}");
        }
    }
}

#[test]
fn items_and_values_name_their_octets() {
    let input = block(48, &[&[0xD0, 25, 201, 0x35, 0x6D, 0x4D, 0xC5, 0xAF, 0xF1, 0xE0]]);
    let read = decode(&input, &LIMITS, &["048=1.30".parse().unwrap()]);
    let record = read.records().next().unwrap();
    assert_eq!(record.source(), Some((25, 201)));
    assert_eq!(record.edition().number.to_string(), "1.30");
    let range = record.find(&["040", "RHO"]).unwrap();
    assert_eq!(
        (range.at(), range.raw(), range.number()),
        (9..11, Some(0xC5AF), Some(f64::from(0xC5AF) / 256.0))
    );
    let place = record.find(&["140"]).unwrap();
    assert_eq!((place.at(), place.number()), (6..9, Some(27_354.601_562_5)));
    assert!(record.find(&["040", "NOT"]).is_none() && record.find(&["070"]).is_none());
    insta::assert_snapshot!(serde_json::to_string_pretty(&record).unwrap());
}

#[test]
fn an_expansion_field_is_laid_out_by_an_edition_that_fits() {
    // 062 with the reserved expansion field: velocity relative to the system's reference point.
    let record = [0x81, 0x01, 0x01, 0x01, 0x04, 25, 100, 6, 0x20, 0x00, 0x64, 0xFF, 0x9C];
    let input = block(62, &[&record]);
    let read = decode(&input, &LIMITS, &[]);
    let found = read.records().next().unwrap();
    let east = found.find(&["RE"]).unwrap();
    assert_eq!(east.expansion().unwrap().to_string(), "1.3");
    let velocity: Vec<_> = found.leaves().filter(|leaf| ["VX", "VY"].contains(&leaf.name())).collect();
    assert_eq!(velocity.iter().map(|v| v.number()).collect::<Vec<_>>(), [Some(25.0), Some(-25.0)]);
    assert_eq!(again(&input, &[]), input);
}

#[test]
fn an_edition_is_given_or_nearest_or_inferred_and_always_said() {
    let mut dice = Dice::new(5);
    let old = tables().of_category(21).find(|(_, edition)| edition.number.to_string() == "0.26").unwrap().1;
    let records: Vec<Vec<u8>> = (0..60).map(|_| record(old, &mut dice, 60, (1, 2)).bytes).collect();
    let input = records.iter().flat_map(|record| block(21, &[record])).collect::<Vec<u8>>();
    let how = |pins: &[&str]| {
        let pins: Vec<Pin> = pins.iter().map(|text| text.parse().unwrap()).collect();
        let read = decode(&input, &LIMITS, &pins);
        let first = read
            .records()
            .next()
            .map(|record| (record.edition().number.to_string(), record.choice().how.name()));
        (first, read.records().len())
    };
    assert_eq!(how(&[]), (Some(("0.26".to_owned(), "inferred")), 60));
    assert_eq!(how(&["021=0.26"]), (Some(("0.26".to_owned(), "given")), 60));
    assert_eq!(how(&["021=0.27"]), (Some(("0.26".to_owned(), "nearest")), 60));
    assert_eq!(how(&["021@1/2=0.26", "021=2.7"]), (Some(("0.26".to_owned(), "given")), 60));
    assert!(how(&["021=2.7"]).1 < 60, "the wrong edition does not read them all");
}

#[test]
fn plots_keep_the_octets_of_their_record() {
    let polar = block(48, &[&[0xD0, 25, 201, 0x35, 0x6D, 0x4D, 0x10, 0x00, 0x40, 0x00]]);
    let read = decode(&polar, &LIMITS, &[]);
    // The third slot of 048 is 020, so that 140 and 040 are slots 2 and 4: the source sends no descriptor.
    let plot = read.records().next().unwrap().plot().unwrap();
    assert_eq!((plot.at.clone(), plot.category, plot.source), (3..13, 48, Some((25, 201))));
    insta::assert_debug_snapshot!(plot);
    let service = block(34, &[&[0xC0, 25, 201, 1]]);
    assert!(decode(&service, &LIMITS, &[]).records().next().unwrap().plot().is_none());
}
