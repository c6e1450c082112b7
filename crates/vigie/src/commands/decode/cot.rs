//! `vigie decode cot`.

use super::output::{self, Output};
use crate::cli::DecodeCot;
use crate::say::{Failure, Say};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use vigie_model::{Limits, dtg};
use vigie_wire::cot::{self, Freshness};

/// Runs the command. What is encoded again is what was sound, one event a line.
pub fn run(args: &DecodeCot, say: &Say) -> Result<u8, Failure> {
    let now = args.now.unwrap_or_else(Timestamp::now);
    let bytes = output::read(&args.file.file)?;
    let mut output = Output::open(&args.file, say)?;
    let decoded = cot::decode(&bytes, &Limits::RECORDING);
    let (mut live, mut stale, mut early) = (0_u64, 0_u64, 0_u64);
    for record in &decoded.records {
        match record.event.freshness(now) {
            Freshness::Live { .. } => live += 1,
            Freshness::Stale { .. } => stale += 1,
            Freshness::Early { .. } => early += 1,
        }
        output.record(&record.event.kind, || {
            let range = &record.bytes;
            let event = record.event.to_json(Some(now));
            json!({"offset": range.start, "length": range.end - range.start, "event": event})
        })?;
        if output.wants_bytes() {
            output.bytes(format!("{}\n", record.event.to_xml()).as_bytes())?;
        }
    }
    decoded.faults.iter().try_for_each(|fault| output.fault(fault))?;
    let mut extra = Map::new();
    extra.insert("now".to_owned(), Value::from(now.to_string()));
    extra.insert("live".to_owned(), live.into());
    extra.insert("stale".to_owned(), stale.into());
    extra.insert("early".to_owned(), early.into());
    let (at, counts) = (dtg(now), [("live", live), ("stale", stale), ("early", early)]);
    output.finish(&extra, || {
        let mut said = vec![("now", at.as_str().into())];
        said.extend(counts.map(|(name, count)| (name, count.into())));
        vec![say.text("cot-freshness", &said)]
    })
}
