//! `vigie decode klv`.

use super::output::{self, Copy, Output};
use crate::cli::DecodeFile;
use crate::say::{Failure, Say};
use serde_json::{Map, json};
use vigie_model::Limits;
use vigie_wire::klv::{Checksum, Input, Kind, Packet, Stream};

/// Runs the command. What is encoded again are the packets, tag by tag; of a transport stream, the packets alone.
pub fn run(args: &DecodeFile, say: &Say) -> Result<u8, Failure> {
    let bytes = output::read(&args.file)?;
    let mut output = Output::open(args, say)?;
    let input = Input::open(&bytes, &Limits::RECORDING);
    input.faults.iter().try_for_each(|fault| output.fault(fault))?;
    let mut unverified = 0_u64;
    for stream in &input.streams {
        unverified += packets(stream, &bytes, &mut output)?;
    }
    let mut extra = Map::new();
    extra.insert("unverified".to_owned(), unverified.into());
    let pids: Vec<u16> = input.streams.iter().filter_map(|stream| stream.pid).collect();
    extra.insert("streams".to_owned(), json!(pids));
    output.finish(&extra, || match unverified {
        0 => Vec::new(),
        count => vec![say.text("klv-unverified", &[("count", count.into())])],
    })
}

/// Writes what one stream says; how many of its packets are unverified.
fn packets(stream: &Stream<'_>, bytes: &[u8], output: &mut Output<'_>) -> Result<u64, Failure> {
    let mut again = Copy::of(if stream.pid.is_none() { bytes } else { &[] });
    let mut unverified = 0;
    for found in stream.packets(&Limits::RECORDING) {
        let packet = match found {
            Ok(packet) => packet,
            Err(fault) => {
                output.fault(&stream.placed(fault))?;
                continue;
            }
        };
        unverified += u64::from(packet.checksum == Checksum::Unverified);
        output.record(kind(&packet), || {
            let mut line = packet.to_json();
            let range = stream.place(&packet);
            line["offset"] = range.start.into();
            line["length"] = (range.end - range.start).into();
            if packet.kind == Kind::Uas {
                line["missing_of_st0902"] = packet.missing_of_minimum().into();
            }
            line
        })?;
        if output.wants_bytes() && stream.pid.is_none() {
            again.put(output, packet.bytes.clone(), &packet.to_bytes())?;
        } else if output.wants_bytes() {
            output.bytes(&packet.to_bytes())?;
        }
    }
    again.finish(output)?;
    Ok(unverified)
}

const fn kind(packet: &Packet<'_>) -> &'static str {
    match packet.kind {
        Kind::Uas => "st0601",
        Kind::Vmti => "st0903",
        Kind::Security => "st0102",
        Kind::Target | Kind::Unknown => "unknown",
    }
}
