//! `vigie decode`: what a sensor's file says, record by record, and where it is damaged; no site is needed.

mod asterix;
mod cot;
mod klv;
mod mavlink;
mod output;
mod sapient;

use crate::cli::{Decode, Family};
use crate::say::{Failure, Say};

/// Runs the command.
pub fn run(args: &Decode, say: &Say) -> Result<u8, Failure> {
    match &args.family {
        Family::Asterix(args) => asterix::run(args, say),
        Family::Klv(args) => klv::run(args, say),
        Family::Mavlink(args) => mavlink::run(args, say),
        Family::Sapient(args) => sapient::run(args, say),
        Family::Cot(args) => cot::run(args, say),
    }
}
