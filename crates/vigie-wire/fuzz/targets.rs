// What must hold for any bytes, one function a parser. Used by the tests (each corpus file and some thousand
// mutations of it) and by the long run (`examples/fuzz.rs`).

#[path = "sensors.rs"]
mod sensors;

use std::io::Read;
use vigie_model::{Fault, Limits};
use vigie_wire::asterix::{self, Event, Place, Rewriter};
use vigie_wire::feed::{self, Hints};
use vigie_wire::table::{Row, Table};
use vigie_wire::{Mapping, exchange, gazetteer, intake, sniff};

/// A target: panics where what must hold does not.
pub type Target = fn(&[u8]);

/// The targets by name.
pub const TARGETS: [(&str, Target); 12] = [
    ("table_csv", table_csv),
    ("table_jsonl", table_jsonl),
    ("intake", posted),
    ("feed", fetched),
    ("sniff", sniffed),
    ("gazetteer", places),
    ("asterix", linked),
    ("klv", sensors::klv),
    ("mavlink", sensors::mavlink),
    ("sapient", sensors::sapient),
    ("cot", sensors::cot),
    ("exchange", exchanged),
];

const LIMITS: Limits = Limits { field_bytes_max: 512, ..Limits::IMPORT };

/// Gives what it holds a few bytes at a time.
struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let few = out.len().min(7);
        self.0.read(&mut out[..few])
    }
}

fn rows(input: impl Read) -> Result<Vec<Result<Row, Fault>>, Fault> {
    Table::open(input, &Mapping::default(), &LIMITS).map(Iterator::collect)
}

/// The same rows however the bytes arrive, and a good row after anything enters.
fn table(start: &[u8], data: &[u8], good: &[u8]) {
    let _ = rows(data);
    let file = [start, data, b"\n", good, b"\n"].concat();
    let whole = rows(&file[..]).expect("the start is sound");
    let slow = rows(Slow(&file)).expect("the start is sound");
    assert_eq!(whole, slow, "reading must not depend on how the bytes arrive");
    let last = whole.last().and_then(|row| row.as_ref().ok()).map(|row| row.draft.text.as_str());
    assert_eq!(last, Some("good"), "a good row after anything enters");
    assert!(whole.len() <= file.len());
    for row in whole.iter().flatten() {
        assert!(row.draft.text.len() <= 3 * LIMITS.field_bytes_max, "no field beyond its largest size");
    }
}

fn table_csv(data: &[u8]) {
    table(b"id,text,seen_at\n", data, b"1,good,");
}

fn table_jsonl(data: &[u8]) {
    table(b"{\"text\":\"first\"}\n", data, b"{\"text\":\"good\"}");
}

/// What a partner sent is the same after both ways out and in again, and no field is longer than it may be.
fn exchanged(data: &[u8]) {
    let Ok(received) = exchange::read(data, &LIMITS) else { return };
    let sender = exchange::Sender { id: uuid::Uuid::nil(), name: "site".to_owned() };
    for story in received.stories {
        assert!(story.posts.iter().all(|post| post.text.len() <= LIMITS.field_bytes_max));
        for document in [exchange::stix(&sender, &story), exchange::misp(&sender, &story)] {
            let again =
                exchange::read(document.to_string().as_bytes(), &Limits::INTAKE).expect("a document of ours");
            assert!(again.stories.len() == 1 && again.left_aside.is_empty(), "{again:?}");
        }
    }
}

/// A good line after anything enters, and each line gives one draft or one fault.
fn posted(data: &[u8]) {
    let _ = intake::read(data, &Mapping::default(), &Limits::INTAKE);
    let body = [b"{\"text\":\"first\"}\n", data, b"\n{\"text\":\"good\"}\n"].concat();
    let read = intake::read(&body, &Mapping::default(), &Limits::INTAKE);
    let blank = |line: &&[u8]| !line.iter().all(u8::is_ascii_whitespace);
    let lines = body.split(|byte| *byte == b'\n').filter(blank).count();
    assert_eq!(read.drafts.len() + read.faults.len(), lines, "a line is neither lost nor made up");
    assert_eq!(read.drafts.last().map(|(_, draft)| draft.text.as_str()), Some("good"));
}

/// A good item after anything enters, unless the document as a whole is refused.
fn fetched(data: &[u8]) {
    let _ = feed::read(data, &Hints::default(), &Limits::FEED);
    let start: &[u8] = b"<rss version=\"2.0\"><channel><title>T</title>";
    let end: &[u8] = b"<item><title>good</title></item></channel></rss>";
    let Ok(read) = feed::read(&[start, data, end].concat(), &Hints::default(), &Limits::FEED) else { return };
    let breaks = read.faults.iter().filter(|fault| fault.code == "feed-broken").count();
    if breaks <= 16 {
        let last = read.drafts.last().map(|draft| draft.text.as_str());
        assert_eq!(
            last,
            Some("good"),
            "a good item after anything enters: {:?} {:?}",
            read.faults,
            String::from_utf8_lossy(data)
        );
    }
}

/// A picture that may be shown has a size within the bound.
fn sniffed(data: &[u8]) {
    if let Ok(media) = sniff::inspect(data) {
        let pixels = media.size_px.map(|(width, height)| u64::from(width) * u64::from(height));
        assert!(pixels.is_none_or(|pixels| (1..=sniff::PIXELS_MAX).contains(&pixels)));
        assert_eq!(media.is_raster(), media.media_type.starts_with("image/"));
    }
}

/// Every place read lies on Earth and has a name and an identifier of its own; a good row before anything stays.
fn places(data: &[u8]) {
    let sound = |file: &[u8]| {
        let Ok(read) = gazetteer::read(file, &LIMITS) else { return None };
        let mut ids = std::collections::BTreeSet::new();
        for (line, place) in &read.rows {
            assert!(*line >= 1 && !place.name.is_empty() && place.place().check().is_ok());
            assert!(ids.insert(place.id.clone()), "an identifier stands once");
        }
        Some(read)
    };
    sound(data);
    let file = [b"id,name,lat,lon\nfirst,Good,2.5,-20.5\n", data].concat();
    let read = sound(&file).expect("the start is sound");
    let swapped = read.faults.iter().any(|fault| fault.code == "gazetteer-swapped");
    assert!(
        swapped || read.rows.iter().any(|(_, place)| place.id == "first"),
        "a good row before anything stays"
    );
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = gazetteer::read_lexicon(text, &LIMITS);
        let _ = gazetteer::read_sites(text, &LIMITS);
    }
}

/// Nothing is lost or moved: what is told covers the input in order, and written again it is the input.
fn linked(data: &[u8]) {
    let (mut rewriter, mut at, mut block_end) = (Rewriter::default(), 0, 0);
    let mut records = 0;
    let totals = asterix::read(data, &Limits::RECORDING, &[], &mut |event| {
        match &event {
            Event::Between(place) | Event::Unknown { at: place, .. } | Event::Kept(place) => {
                assert_eq!(place.start, at, "without a gap");
                at = place.end;
            }
            Event::Block { at: place, .. } => {
                assert_eq!(place.start, at, "without a gap");
                (at, block_end) = (place.start + 3, place.end);
            }
            Event::Record(record) => {
                assert_eq!(record.at().start, at, "without a gap");
                at = record.at().end;
                records += 1;
                record_holds(record, sensors::now_and_then(data));
            }
            Event::BlockEnd => assert_eq!(at, block_end, "to the end of the block"),
            Event::Fault(_) => {}
        }
        rewriter.take(data, &event);
    });
    assert_eq!((at, totals.records), (data.len(), records));
    assert!(rewriter.drain() == data, "written again it is the input");
}

fn record_holds(record: &asterix::Record<'_>, in_json: bool) {
    if in_json {
        let line = serde_json::to_string(record).expect("a record is JSON");
        assert!(line.len() < 4_000 * record.at().len());
    }
    assert!(
        record.leaves().all(|leaf| leaf.at().start >= record.at().start && leaf.at().end <= record.at().end)
    );
    if let Some(Place::Geodetic { lat_deg, lon_deg }) = record.plot().and_then(|plot| plot.place) {
        assert!(lat_deg.abs() <= 90.0 && lon_deg.abs() <= 180.0, "a place on earth");
    }
}

/// A reproducible stream of mutations of `corpus`.
pub struct Mutator {
    state: u64,
    words: &'static [&'static [u8]],
}

/// Pieces that parsers stumble over.
const WORDS: [&[u8]; 44] = [
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xED\xA0\x80",
    b"\xC3",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"\\ud800",
    b"\\u0000",
    b"1e400",
    b"99999999999999999999999999999",
    b"null",
    b"\"text\":\"x\"",
    b"\"id\":",
    b"\"seen_at\":\"2026-11-22 10:00\"",
    b"<",
    b">",
    b"</",
    b"/>",
    b"<item>",
    b"</item>",
    b"<title>",
    b"</title>",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"<?",
    b"<!DOCTYPE x>",
    b"&#x110000;",
    b"&amp;",
    b"<content type=\"xhtml\">",
    b"<pubDate>Sun, 22 Nov 2026 10:00:00</pubDate>",
];

impl Mutator {
    /// The stream that belongs to `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1, words: &WORDS }
    }

    /// xorshift64*: small, fast, the same everywhere.
    fn draw(&mut self, below: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        (self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % below.max(1)
    }

    /// The next input, into `bytes`: one of `corpus`, rather a short one, changed in one to eight places.
    ///
    /// One in sixteen may grow to 16 KiB. What breaks a reader is hardly ever long, and short inputs are ten times as many.
    pub fn next(&mut self, corpus: &[Vec<u8>], bytes: &mut Vec<u8>) {
        let (one, other) = (&corpus[self.draw(corpus.len())], &corpus[self.draw(corpus.len())]);
        let most = if self.draw(16) == 0 { 16 << 10 } else { 1 << 10 };
        bytes.clear();
        bytes.extend_from_slice(if one.len() <= other.len() || most > 1 << 10 { one } else { other });
        for _ in 0..=self.draw(8) {
            self.change(bytes, corpus);
            bytes.truncate(most);
        }
    }

    fn change(&mut self, bytes: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let at = self.draw(bytes.len() + 1);
        let to = at + self.draw(bytes.len() - at + 1);
        match self.draw(6) {
            0 => drop(bytes.splice(at..at, self.words[self.draw(self.words.len())].iter().copied())),
            1 => drop(bytes.drain(at..to)),
            2 if at < bytes.len() => bytes[at] ^= 1 << self.draw(8),
            3 => {
                bytes.extend_from_within(at..to);
                bytes[to..].rotate_right(to - at);
            }
            4 => {
                let other = &corpus[self.draw(corpus.len())];
                let from = self.draw(other.len() + 1);
                drop(bytes.splice(at..to, other[from..].iter().copied()));
            }
            _ => bytes.insert(at, self.draw(256) as u8),
        }
    }
}
