//! Damage is told with its place; nothing good is lost and nothing is made up.

use super::craft::{Dice, block};
use super::{again, crafted, decoded, newest, told};
use std::collections::HashMap;
use vigie_model::Limits;
use vigie_wire::asterix::{Pin, Place, decode};

const GOOD: [u8; 10] = [0xD0, 25, 201, 0x35, 0x6D, 0x4D, 0x10, 0x00, 0x40, 0x00];

fn around(middle: &[u8]) -> Vec<u8> {
    let good = block(48, &[&GOOD]);
    [&good, &good, middle, &good, &good].concat()
}

#[test]
fn f21_lengths_that_cannot_be_are_located_and_passed_over() {
    for (length, code) in [
        (0_u16, "asterix-block-too-short"),
        (1, "asterix-block-too-short"),
        (2, "asterix-block-too-short"),
        (3, "asterix-block-too-short"),
        (65_535, "asterix-block-past-end"),
        (40, "asterix-block-past-end"),
    ] {
        let mut bad = block(48, &[&GOOD]);
        bad[1..3].copy_from_slice(&length.to_be_bytes());
        let input = around(&bad);
        let read = decoded(&input);
        assert_eq!(told(&read.faults), [(26, 13, code)], "length {length}");
        assert_eq!(read.records().len(), 4, "length {length}");
        assert_eq!(again(&input, &[]), input);
    }
    let cut = around(&[])[..50].to_vec();
    let read = decoded(&cut);
    assert_eq!((read.records().len(), told(&read.faults)), (3, vec![(39, 11, "asterix-block-past-end")]));
}

#[test]
fn f21_a_field_specification_without_an_end_is_bounded() {
    let endless = block(48, &[&[0xFF; 60]]);
    let input = around(&endless);
    let read = decoded(&input);
    assert_eq!(told(&read.faults), [(29, 60, "asterix-fspec-too-long")]);
    assert_eq!(read.records().len(), 4);
    // The six octets that end another program's process.
    let six = [0xF0, 0x00, 0x04, 0x80, 0x01, 0x01];
    let read = decoded(&six);
    assert_eq!((read.records().len(), read.faults.len()), (0, 1));
    // An extended item whose extension bits never end; a repetition of 255 in a short block.
    for record in [&[0x20_u8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF][..], &[0x01, 0x01, 0x20, 0xFF, 1, 2, 3]] {
        let input = around(&block(48, &[record]));
        let read = decoded(&input);
        assert_eq!((read.records().len(), read.faults.len()), (4, 1), "{:?}", read.faults);
        assert_eq!(again(&input, &[]), input);
    }
}

#[test]
fn f22_an_unknown_category_is_kept_raw_and_its_neighbours_are_read() {
    let input = around(&block(77, &[b"whatever"]));
    let read = decoded(&input);
    assert_eq!((read.records().len(), read.totals.unknown_blocks, read.faults.len()), (4, 1, 0));
    assert_eq!(again(&input, &[]), input);
}

#[test]
fn f22_an_unknown_edition_is_the_nearest_and_marked() {
    let input = around(&[]);
    let read = decode(&input, &Limits::RECORDING, &["048=9.9".parse().unwrap()]);
    let record = read.records().next().unwrap();
    let line = serde_json::to_value(record).unwrap();
    assert_eq!(
        (&line["edition"], &line["edition_from"], &line["edition_asked"]),
        (&"1.32".into(), &"nearest".into(), &"9.9".into())
    );
}

#[test]
fn f22_reserved_fields_are_kept_and_marked() {
    // A later extension of 020; spare bits of 161 that are set; an expansion field that no edition lays out.
    let later = [0xA0, 25, 201, 0x41, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x02];
    let spare = [0x90, 25, 201, 0x00, 0x00, 0x00, 0x00];
    let tracked = [0x81, 0x10, 25, 201, 0xF1, 0x23];
    let expansion = [0x81, 0x01, 0x01, 0x02, 25, 201, 3, 0xFF, 0xFF];
    for (record, mark) in [
        (&later[..], Some("later_extension")),
        (&spare, None),
        (&tracked, Some("spare_set")),
        (&expansion, Some("kept_raw")),
    ] {
        let input = around(&block(48, &[record]));
        let read = decoded(&input);
        assert_eq!(told(&read.faults), []);
        let marks: Vec<&str> = read.records().nth(2).unwrap().marks().names().collect();
        assert_eq!(marks, Vec::from_iter(mark), "{record:02x?}");
        assert_eq!(again(&input, &[]), input);
    }
}

#[test]
fn f23_a_place_that_cannot_be_reaches_no_filter() {
    // 021 ed. 2.1, item 130: latitude and longitude in 180/2^23 degrees, three octets each.
    let at = |lat: i32, lon: i32| {
        let mut record = vec![0x84, 25, 201];
        record.extend(&lat.to_be_bytes()[1..]);
        record.extend(&lon.to_be_bytes()[1..]);
        let input = block(21, &[&record]);
        let read = decode(&input, &Limits::RECORDING, &["021=2.1".parse().unwrap()]);
        let plot = read.records().next().unwrap().plot().unwrap();
        (plot.place, plot.is_implausible)
    };
    let quarter = 1 << 22;
    let (pole, antimeridian) = (at(quarter, 0), at(0, -2 * quarter));
    assert_eq!(pole, (Some(Place::Geodetic { lat_deg: 90.0, lon_deg: 0.0 }), false));
    assert_eq!(antimeridian, (Some(Place::Geodetic { lat_deg: 0.0, lon_deg: -180.0 }), false));
    assert_eq!(at(quarter + 1, 0), (None, true), "beyond the pole");
    assert_eq!(at(-2 * quarter, 0), (None, true));
}

/// Blocks of one to three records each, and where each record stands.
fn recording(records: usize, dice: &mut Dice) -> (Vec<u8>, Vec<std::ops::Range<usize>>) {
    let sources = [(7, 1), (7, 2), (25, 201)];
    let (mut file, mut places) = (Vec::new(), Vec::new());
    while places.len() < records {
        let category = [48, 48, 48, 62, 1, 21, 34][dice.draw(7) as usize];
        let source = sources[dice.draw(3) as usize];
        let count = (1 + dice.draw(3)).min((records - places.len()) as u64);
        let of: Vec<Vec<u8>> = (0..count).map(|_| crafted(category, dice, source)).collect();
        let mut at = file.len() + 3;
        for record in &of {
            places.push(at..at + record.len());
            at += record.len();
        }
        file.extend(block(category, &of.iter().map(Vec::as_slice).collect::<Vec<_>>()));
    }
    (file, places)
}

#[test]
fn one_bad_record_among_a_thousand_leaves_999_and_is_located() {
    for seed in 1..=12 {
        let mut dice = Dice::new(seed);
        let (mut file, places) = recording(1_000, &mut dice);
        let whole = decoded(&file);
        assert_eq!((whole.records().len(), told(&whole.faults)), (1_000, vec![]), "seed {seed}");
        let bad = &places[dice.draw(1_000) as usize];
        // Announces items that are not there.
        file[bad.start] = 0xFF;
        file[bad.start + 1] |= 0x7F;
        let read = decoded(&file);
        let kept: Vec<_> = read.records().map(|record| record.at()).collect();
        let expected: Vec<_> = places.iter().filter(|place| *place != bad).cloned().collect();
        assert_eq!(kept.len(), 999, "seed {seed}: {:?} for {bad:?}", told(&read.faults));
        assert_eq!(kept, expected, "seed {seed}");
        let faults = told(&read.faults);
        assert_eq!(faults.len(), 1, "seed {seed}: {faults:?}");
        assert_eq!(faults[0].0 as usize..faults[0].0 as usize + faults[0].1, *bad, "seed {seed}");
        assert_eq!(again(&file, &[]), file, "seed {seed}");
    }
}

/// What of a damaged recording is given, beside what was recorded.
#[derive(Debug, Default)]
struct Outcome {
    recorded: usize,
    untouched: usize,
    untouched_given: usize,
    invented: Vec<std::ops::Range<usize>>,
}

/// Changes each octet with a chance of `share` in a thousand, or one octet of so many records.
fn damaged(seed: u64, octets: bool, share: u64) -> Outcome {
    let mut dice = Dice::new(seed);
    let (clean, places) = recording(1_000, &mut dice);
    let mut file = clean.clone();
    let change = |octet: &mut u8, dice: &mut Dice| *octet ^= 1 + dice.draw(255) as u8;
    if octets {
        (0..file.len()).for_each(|at| {
            if dice.draw(1_000) < share {
                change(&mut file[at], &mut dice);
            }
        });
    } else {
        for place in &places {
            if dice.draw(1_000) < share {
                let at = place.start + dice.draw(place.len() as u64) as usize;
                change(&mut file[at], &mut dice);
            }
        }
    }
    let pins: Vec<Pin> = [1, 21, 34, 48, 62]
        .map(|category| Pin { category, source: None, edition: newest(category).number })
        .to_vec();
    let known: HashMap<usize, usize> = places.iter().map(|place| (place.start, place.end)).collect();
    let read = decode(&file, &Limits::RECORDING, &pins);
    let mut outcome = Outcome { recorded: places.len(), ..Outcome::default() };
    let given: Vec<_> = read.records().map(|record| record.at()).collect();
    outcome.invented =
        given.iter().filter(|place| known.get(&place.start) != Some(&place.end)).cloned().collect();
    for place in places.iter().filter(|place| clean[(*place).clone()] == file[(*place).clone()]) {
        outcome.untouched += 1;
        outcome.untouched_given += usize::from(given.contains(place));
    }
    assert_eq!(again(&file, &pins), file);
    outcome
}

fn sum(octets: bool, share: u64) -> Outcome {
    (1..=10).map(|seed| damaged(seed, octets, share)).fold(Outcome::default(), |mut sum, one| {
        sum.recorded += one.recorded;
        sum.untouched += one.untouched;
        sum.untouched_given += one.untouched_given;
        sum.invented.extend(one.invented);
        sum
    })
}

#[test]
fn five_records_in_a_hundred_damaged_invent_none() {
    let outcome = sum(false, 50);
    println!("{outcome:?}");
    assert_eq!(outcome.invented, []);
    assert!(outcome.untouched_given * 1_000 >= outcome.untouched * 995, "{outcome:?}");
}

#[test]
fn five_octets_in_a_hundred_damaged_invent_none() {
    let outcome = sum(true, 50);
    println!("{outcome:?}");
    assert_eq!(outcome.invented, []);
}
