//! `vigie decode asterix`: the records of a radar's link, the editions they were read by, and where it is damaged.

use super::output::{self, Output};
use crate::cli::DecodeAsterix;
use crate::say::{Failure, Say};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use vigie_model::{Fault, Limits};
use vigie_wire::asterix::{self, Event, How, Pin, Record, Rewriter, Source};

/// Exit code of a flag that makes no sense, as the command line's own.
const WRONG_USAGE: u8 = 2;

/// Runs the command.
pub fn run(args: &DecodeAsterix, say: &Say) -> Result<u8, Failure> {
    let pin = |text: &String| text.parse().map_err(|fault: Fault| Failure::from(fault).exit(WRONG_USAGE));
    let pins: Vec<Pin> = args.edition.iter().map(pin).collect::<Result<_, _>>()?;
    let bytes = output::read(&args.file.file)?;
    let mut run = Run {
        say,
        output: Output::open(&args.file, say)?,
        rewriter: Rewriter::default(),
        sources: BTreeMap::new(),
        unknown: BTreeMap::new(),
        marked: 0,
        failure: None,
    };
    asterix::read(&bytes, &Limits::RECORDING, &pins, &mut |event| run.take(&bytes, &event));
    run.finish()
}

/// Category, SAC and SIC.
type Key = (u8, Option<Source>);

struct Run<'s> {
    say: &'s Say,
    output: Output<'s>,
    rewriter: Rewriter,
    sources: BTreeMap<Key, Used>,
    unknown: BTreeMap<u8, u64>,
    marked: u64,
    /// Nothing more is written after a failure.
    failure: Option<Failure>,
}

/// The edition used for one source.
struct Used {
    records: u64,
    edition: String,
    how: How,
}

impl Run<'_> {
    fn take(&mut self, input: &[u8], event: &Event<'_>) {
        if self.failure.is_none() {
            self.failure = self.write(input, event).err();
        }
    }

    fn write(&mut self, input: &[u8], event: &Event<'_>) -> Result<(), Failure> {
        match event {
            Event::Record(record) => self.record(record)?,
            Event::Fault(fault) => self.output.fault(fault)?,
            Event::Unknown { category, .. } => *self.unknown.entry(*category).or_default() += 1,
            _ => {}
        }
        if !self.output.wants_bytes() {
            return Ok(());
        }
        self.rewriter.take(input, event);
        if matches!(event, Event::BlockEnd | Event::Between(_) | Event::Unknown { .. }) {
            self.output.bytes(&self.rewriter.drain())?;
        }
        Ok(())
    }

    fn record(&mut self, record: &Record<'_>) -> Result<(), Failure> {
        let used = self.sources.entry((record.category(), record.source())).or_insert_with(|| Used {
            records: 0,
            edition: record.edition().number.to_string(),
            how: record.choice().how,
        });
        used.records += 1;
        self.marked += u64::from(!record.marks().is_clean());
        let kind = Kind::of(record.category());
        self.output.record(kind.as_str(), || record)
    }

    fn finish(self) -> Result<u8, Failure> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let mut extra = Map::new();
        extra.insert("sources".to_owned(), self.sources.iter().map(source).collect());
        let unknown = |(category, blocks): (&u8, &u64)| json!({"category": category, "blocks": blocks});
        extra.insert("unknown".to_owned(), self.unknown.iter().map(unknown).collect());
        extra.insert("marked".to_owned(), self.marked.into());
        let Self { say, output, sources, unknown, marked, .. } = self;
        output.finish(&extra, || {
            let mut lines: Vec<String> = sources.iter().map(|(key, used)| line(say, *key, used)).collect();
            lines.extend(unknown.iter().map(|(category, blocks)| {
                let category = format!("{category:03}");
                let args = [("category", category.as_str().into()), ("blocks", (*blocks).into())];
                say.text("asterix-unknown-category", &args)
            }));
            if marked > 0 {
                lines.push(say.text("asterix-marked", &[("count", marked.into())]));
            }
            lines
        })
    }
}

/// The three digits of a category, without an allocation a record.
struct Kind([u8; 3]);

impl Kind {
    const fn of(category: u8) -> Self {
        Self([b'0' + category / 100, b'0' + category / 10 % 10, b'0' + category % 10])
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("?")
    }
}

fn source((key, used): (&Key, &Used)) -> Value {
    let mut value = json!({
        "category": key.0, "sac": key.1.map(|source| source.0), "sic": key.1.map(|source| source.1),
        "records": used.records, "edition": used.edition, "edition_from": used.how.name(),
    });
    match used.how {
        How::Nearest { asked } => value["edition_asked"] = asked.to_string().into(),
        How::Inferred { alike } => value["editions_alike"] = alike.into(),
        How::Given | How::Only => {}
    }
    value
}

fn line(say: &Say, (category, source): Key, used: &Used) -> String {
    let category = format!("{category:03}");
    let from = source.map_or_else(|| "?".to_owned(), |(sac, sic)| format!("{sac}/{sic}"));
    let mut args = vec![
        ("category", category.as_str().into()),
        ("source", from.as_str().into()),
        ("edition", used.edition.as_str().into()),
        ("count", used.records.into()),
    ];
    let asked;
    let id = match used.how {
        How::Given => return say.text("asterix-edition-given", &args),
        How::Only => return say.text("asterix-edition-only", &args),
        How::Nearest { asked: edition } => {
            asked = edition.to_string();
            args.push(("asked", asked.as_str().into()));
            "asterix-edition-nearest"
        }
        How::Inferred { alike } => {
            args.push(("alike", u64::from(alike).into()));
            "asterix-edition-inferred"
        }
    };
    say.text(id, &args)
}
