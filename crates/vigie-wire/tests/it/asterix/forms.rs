//! The files that blocks come in: bare, with a recorder's frames, captured.

use super::craft::{Dice, block};
use super::{again, crafted, decoded, told};

fn blocks(count: usize, seed: u64) -> Vec<Vec<u8>> {
    let mut dice = Dice::new(seed);
    (0..count)
        .map(|_| block(48, &[&crafted(48, &mut dice, (7, 1)), &crafted(48, &mut dice, (7, 1))]))
        .collect()
}

/// Eight octets before (length, error, line, day, time of day in 1/100 s) and four behind.
fn final_frame(block: &[u8]) -> Vec<u8> {
    let mut frame = ((block.len() + 12) as u16).to_be_bytes().to_vec();
    frame.extend([0, 2, 5, 0x12, 0x34, 0x56]);
    frame.extend(block);
    frame.extend([0xA5; 4]);
    frame
}

fn clocked_frame(block: &[u8]) -> Vec<u8> {
    let mut frame = ((block.len() + 6) as u16).to_be_bytes().to_vec();
    frame.extend([0x02, 0xBB, 0x40, 0x35]);
    frame.extend(block);
    frame
}

fn captured(payloads: &[Vec<u8>]) -> Vec<u8> {
    let mut file = vec![0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0];
    for payload in payloads {
        let mut frame = vec![0; 12];
        frame.extend([8, 0, 0x45, 0]);
        frame.extend((28 + payload.len() as u16).to_be_bytes());
        frame.extend([0, 0, 0, 0, 9, 17, 0, 0, 10, 0, 0, 1, 239, 0, 0, 2, 0x21, 0x60, 0x21, 0x60]);
        frame.extend((8 + payload.len() as u16).to_be_bytes());
        frame.extend([0, 0]);
        frame.extend(payload);
        file.extend([0; 8]);
        file.extend((frame.len() as u32).to_le_bytes());
        file.extend((frame.len() as u32).to_le_bytes());
        file.extend(frame);
    }
    file
}

fn holds(file: &[u8], records: usize) {
    let read = decoded(file);
    assert_eq!(told(&read.faults), []);
    assert_eq!(read.records().len(), records);
    assert_eq!(again(file, &[]), file);
}

#[test]
fn bare_framed_and_captured_blocks_are_the_same_records() {
    let blocks = blocks(50, 3);
    holds(&blocks.concat(), 100);
    holds(&blocks.iter().flat_map(|block| final_frame(block)).collect::<Vec<_>>(), 100);
    holds(&blocks.iter().flat_map(|block| clocked_frame(block)).collect::<Vec<_>>(), 100);
    holds(&captured(&blocks), 100);
    let framed: Vec<_> = blocks.iter().map(|block| clocked_frame(block)).collect();
    holds(&captured(&framed), 100);
}

#[test]
fn other_traffic_in_a_capture_is_told_once_a_datagram() {
    let mut payloads = blocks(3, 4);
    payloads.insert(1, b"\x12\x34\x01\x00\x00\x01 a question of a name server".to_vec());
    let file = captured(&payloads);
    let read = decoded(&file);
    assert_eq!(read.records().len(), 6);
    let faults = told(&read.faults);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(&file[faults[0].0 as usize..][..2], b"\x12\x34");
    assert_eq!(again(&file, &[]), file);
}

#[test]
fn reading_goes_on_behind_garbage() {
    let blocks = blocks(20, 5);
    let garbage: Vec<u8> = (0..97).map(|i| (i * 37 + 77) as u8).collect();
    let mut file = blocks[..10].concat();
    let at = file.len() as u64;
    file.extend(&garbage);
    file.extend(blocks[10..].concat());
    let read = decoded(&file);
    assert_eq!(read.records().len(), 40);
    assert_eq!(told(&read.faults), [(at, 97, "asterix-foreign")]);
    assert_eq!(again(&file, &[]), file);

    let mut framed: Vec<u8> = blocks[..10].iter().flat_map(|block| final_frame(block)).collect();
    framed.extend(&garbage);
    framed.extend(blocks[10..].iter().flat_map(|block| final_frame(block)));
    let read = decoded(&framed);
    assert_eq!((read.records().len(), read.faults.len()), (40, 1));
    assert_eq!(again(&framed, &[]), framed);
}
