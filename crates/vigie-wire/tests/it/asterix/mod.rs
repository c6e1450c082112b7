//! ASTERIX: what is crafted is read, and what is damaged is told.

mod craft;
mod damage;
mod data;
mod forms;
mod roundtrip;

use craft::{Dice, record};
use vigie_model::{At, Fault, Limits};
use vigie_wire::asterix::{Decoded, Edition, Event, Pin, Rewriter, decode, read, tables};

const LIMITS: Limits = Limits::RECORDING;

/// The newest edition of a category.
fn newest(category: u8) -> &'static Edition {
    tables().of_category(category).next_back().expect("a category of the tables").1
}

/// One whole record of the newest edition.
fn crafted(category: u8, dice: &mut Dice, source: (u8, u8)) -> Vec<u8> {
    record(newest(category), dice, 40, source).bytes
}

fn decoded(input: &[u8]) -> Decoded<'_> {
    decode(input, &LIMITS, &[])
}

/// Offset, length and code of each fault.
fn told(faults: &[Fault]) -> Vec<(u64, usize, &str)> {
    let place = |fault: &Fault| match fault.at {
        At::Byte(at) => at,
        at => panic!("a fault without an offset: {at:?}"),
    };
    let length = |fault: &Fault| fault.args["length"].parse().expect("a length");
    faults.iter().map(|fault| (place(fault), length(fault), fault.code.as_str())).collect()
}

/// Reads and writes again.
fn again(input: &[u8], pins: &[Pin]) -> Vec<u8> {
    let mut rewriter = Rewriter::default();
    read(input, &LIMITS, pins, &mut |event: Event<'_>| rewriter.take(input, &event));
    rewriter.drain()
}
