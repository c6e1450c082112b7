//! Reads what a gateway posts to the intake: one JSON object, or one a line.
//!
//! The members bear the names of the columns of a table: `id, text, seen_at, author, url, lang, place, channel`.
//! A bad line is named and its neighbours are kept.

use crate::columns::Found;
use crate::mapping::Mapping;
use crate::{SignalDraft, object};
use base64::Engine as _;
use vigie_model::{At, Fault, Limits};

/// What a body holds.
#[derive(Debug, Default, PartialEq)]
pub struct Body {
    /// The drafts, each with its line (from 1).
    pub drafts: Vec<(u64, SignalDraft)>,
    /// What was refused, by line.
    pub faults: Vec<Fault>,
    /// Members that no signal takes from, by name, sorted, up to 50.
    pub unused: Vec<String>,
}

/// Reads `body`. `map` is [`Mapping::default`] with the source's zone, where the source has one.
pub fn read(body: &[u8], map: &Mapping, limits: &Limits) -> Body {
    let mut read = Body::default();
    if body.len() as u64 > limits.bytes_max {
        let max = limits.bytes_max / 1024;
        read.faults.push(Fault::new(At::Whole, "intake-too-long").with("max", max));
        return read;
    }
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let lines = lines(body).filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace));
    if one_object(body, lines.clone(), map, limits) {
        let line = lines.clone().next().map_or(1, |(line, _)| line);
        read.take(line, body, map, limits);
        return read.finished();
    }
    for (n, (line, bytes)) in lines.enumerate() {
        if n as u64 == limits.items_max {
            let fault = Fault::new(At::Row(line), "intake-too-many").with("max", limits.items_max);
            read.faults.push(fault);
            break;
        }
        read.take(line, bytes, map, limits);
    }
    if read.drafts.is_empty() && read.faults.is_empty() {
        read.faults.push(Fault::new(At::Whole, "intake-empty"));
    }
    read.finished()
}

impl Body {
    fn take(&mut self, line: u64, bytes: &[u8], map: &Mapping, limits: &Limits) {
        match draft(line, bytes, map, limits) {
            Ok((draft, unused)) => {
                self.drafts.push((line, draft));
                if self.unused.len() < 1_000 {
                    self.unused.extend(unused.into_iter().take(50));
                }
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    fn finished(mut self) -> Self {
        self.unused.sort_unstable();
        self.unused.dedup();
        self.unused.truncate(50);
        self
    }
}

fn draft(
    line: u64,
    bytes: &[u8],
    map: &Mapping,
    limits: &Limits,
) -> Result<(SignalDraft, Vec<String>), Fault> {
    let at = At::Row(line);
    let object::Read { found, guessed, unused } = object::read(bytes, at, map, limits)?;
    let found: Found = found;
    let mut draft = found.draft(map, at)?;
    if guessed {
        draft.raw_base64 = Some(base64::engine::general_purpose::STANDARD.encode(bytes));
    }
    Ok((draft, unused))
}

fn lines(body: &[u8]) -> impl Iterator<Item = (u64, &[u8])> + Clone {
    body.split(|byte| *byte == b'\n').enumerate().map(|(n, line)| (n as u64 + 1, line))
}

/// Whether the body is one object written over several lines: its first line is the start of an object.
fn one_object<'a>(
    body: &[u8],
    mut lines: impl Iterator<Item = (u64, &'a [u8])>,
    map: &Mapping,
    limits: &Limits,
) -> bool {
    let Some((line, first)) = lines.next() else { return false };
    let starts = |bytes: &[u8]| bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let unfinished = |bytes: &[u8]| matches!(object::read(bytes, At::Row(line), map, limits), Err(fault) if fault.code == "json-unfinished");
    starts(first)
        && first.len() < body.len()
        && lines.next().is_some_and(|(_, second)| !starts(second))
        && unfinished(first)
}
