//! `vigie import`: reads a table of signals, a workbook, an archive of tables or a partner's document into a source.
//!
//! Of a STIX bundle or an event of MISP the messages enter; what else stands in it is counted and left. Good rows enter, bad rows are named by their line; the same file again adds nothing. The drop folder of a running
//! site goes the same way.

use crate::cli::{Import, ImportForm};
use crate::config::Config;
use crate::cost::Cost;
use crate::engines::{ReadingEngine, index_all};
use crate::say::{DONE, Failure, Say, TOLD};
use indicatif::ProgressBar;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use vigie_gateways::feed::Memory;
use vigie_gateways::health::Counts;
use vigie_model::{
    Actor, Event, Fault, IdempotencyKey, ImportFinished, Limits, SignalId, SignalKind, SourceEntry, SourceId,
    Timestamp,
};
use vigie_store::{Draft, MeterChange, Outcome, Store};
use vigie_wire::archive::{self, ArchiveLimits};
use vigie_wire::exchange::{self, Post};
use vigie_wire::key::Keyer;
use vigie_wire::table::Table;
use vigie_wire::{Mapping, SignalDraft};

/// Signals of one commit.
const BATCH: usize = 512;
/// Faults shown one by one; the rest is counted.
const FAULTS_SHOWN: usize = 20;
/// Bytes looked at to tell a partner's document from a table.
const HEAD: u64 = 4_096;

/// What came of a file.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    source: String,
    dry_run: bool,
    rows: u64,
    new: u64,
    repeated: u64,
    refused: u64,
    unused_columns: Vec<String>,
    /// Stories that a partner's document told of, and its objects of other kinds.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    left_aside: BTreeMap<String, u64>,
    faults: Vec<Told>,
    /// A workbook holds more than the sheet that was read: others, pictures, comments.
    #[serde(skip)]
    workbook: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Cost>,
}

#[derive(Debug, Serialize)]
struct Told {
    #[serde(flatten)]
    fault: Fault,
    code_to_quote: String,
    sentence: String,
}

/// Runs the command.
pub fn run(args: &Import, config: &Config, say: &Say) -> Result<u8, Failure> {
    let id: SourceId =
        args.source.parse().map_err(|_| Failure::told("source-bad-name").with("name", &args.source))?;
    let map = mapping(args)?;
    let reported_at = args
        .reported_at
        .as_deref()
        .map(|text| {
            vigie_model::parse_zoned(text, None)
                .map_err(|_| Failure::told("time-without-zone").with("time", text))
        })
        .transpose()?;
    let (input, length) = input(args)?;
    let store = config.open_at_console()?;
    let source = known_source(&store, &id)?;
    let map = map.or_zone(source.zone.as_deref())?;
    let bar = say.bar(length, true);
    let mut import = Running::new(&store, source, say);
    (import.reported_at, import.dry_run, import.follow) = (reported_at, args.dry_run, true);
    import.form = args.form;
    import.report.dry_run = args.dry_run;
    import.file(Box::new(bar.wrap_read(input)), &map)?;
    bar.finish_and_clear();
    let mut report = import.finish()?;
    report.cost = Cost::so_far();
    say.answer(&report, || lines(&report, say))?;
    Ok(if report.refused > 0 { TOLD } else { DONE })
}

/// Takes a file into a site that is open and whose engines run.
pub fn take(
    store: &Store,
    source: &SourceId,
    map: &Mapping,
    file: &Path,
    say: &Say,
) -> Result<Report, Failure> {
    let source = known_source(store, source)?;
    let map = map.clone().or_zone(source.zone.as_deref())?;
    let opened = File::open(file).map_err(|cause| super::table::unreadable(file, &cause))?;
    let mut import = Running::new(store, source, say);
    import.file(Box::new(BufReader::with_capacity(1 << 16, opened)), &map)?;
    import.finish()
}

impl Report {
    /// Whether something of it was refused.
    pub fn is_refused(&self) -> bool {
        self.refused > 0
    }

    /// Whether all that stood in it is recorded: no row refused, no column and no object left aside.
    pub fn is_whole(&self) -> bool {
        let beside = self.workbook || !self.unused_columns.is_empty() || !self.left_aside.is_empty();
        self.rows > 0 && !self.is_refused() && !beside
    }

    /// The report as lines of text: the counts, then each refused row.
    pub fn told(&self, say: &Say) -> String {
        let faults = self.faults.iter().map(|told| format!("{} ({})", told.sentence, told.code_to_quote));
        let all: Vec<String> = lines(self, say).into_iter().chain(faults).collect();
        all.join("\n") + "\n"
    }
}

fn mapping(args: &Import) -> Result<Mapping, Failure> {
    let Some(path) = &args.map else { return Ok(Mapping::default()) };
    let text = std::fs::read_to_string(path).map_err(|cause| {
        Failure::told("file-unreadable").with("path", path.display()).with("cause", cause)
    })?;
    Ok(Mapping::parse(&text)?)
}

type Input<'r> = Box<dyn Read + Send + 'r>;

fn input(args: &Import) -> Result<(Input<'static>, Option<u64>), Failure> {
    if args.file.as_os_str() == "-" {
        return Ok((Box::new(std::io::stdin()), None));
    }
    let unreadable =
        |cause| Failure::told("file-unreadable").with("path", args.file.display()).with("cause", cause);
    let file = File::open(&args.file).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    Ok((Box::new(BufReader::with_capacity(1 << 16, file)), Some(length)))
}

fn known_source(store: &Store, id: &SourceId) -> Result<SourceEntry, Failure> {
    let row = store.read(|views| views.source(id, store.now()))?;
    let row = row.ok_or_else(|| Failure::told("source-unknown").with("name", id))?;
    if row.paused {
        return Err(Failure::told("source-is-paused").with("name", id));
    }
    row.entry.check().map_err(|cause| Failure::told(crate::commands::source::fault_id(cause)))?;
    Ok(row.entry)
}

struct Running<'s> {
    store: &'s Store,
    say: &'s Say,
    source: SourceEntry,
    /// Whether the reading engine is run beside it; a site that serves has its own.
    follow: bool,
    /// What the file is; nothing where its content tells.
    form: Option<ImportForm>,
    reported_at: Option<Timestamp>,
    dry_run: bool,
    report: Report,
    waiting: Vec<(IdempotencyKey, SignalDraft)>,
    last_refusal: Option<Fault>,
    /// Keys met in a dry run, which writes none of them down.
    met: HashSet<String>,
}

impl<'s> Running<'s> {
    fn new(store: &'s Store, source: SourceEntry, say: &'s Say) -> Self {
        let report = Report { source: source.id.to_string(), ..Report::default() };
        Self {
            store,
            say,
            source,
            follow: false,
            form: None,
            reported_at: None,
            dry_run: false,
            report,
            waiting: Vec::new(),
            last_refusal: None,
            met: HashSet::new(),
        }
    }

    /// Reads a table, a workbook, the tables of an archive, or the messages of a partner's document.
    fn file(&mut self, mut input: Input<'_>, map: &Mapping) -> Result<(), Failure> {
        let unreadable = |cause| Failure::told("table-unreadable").with("reason", cause);
        let mut head = Vec::new();
        input.by_ref().take(HEAD).read_to_end(&mut head).map_err(unreadable)?;
        let partners = match self.form {
            Some(form) => form != ImportForm::Table,
            None => may_be_partners(&head),
        };
        if partners {
            let rest = (Limits::EXCHANGE.bytes_max + 1).saturating_sub(head.len() as u64);
            input.by_ref().take(rest).read_to_end(&mut head).map_err(unreadable)?;
            if self.form.is_some() || exchange::kind(&head, &Limits::EXCHANGE).is_some() {
                return self.document(&head);
            }
        }
        if !archive::is_archive(&head) {
            return self.table(Box::new(Cursor::new(head).chain(input)), map);
        }
        let most = ArchiveLimits::TABLES.packed_bytes_max as u64;
        input.take(most).read_to_end(&mut head).map_err(unreadable)?;
        let (members, faults) = archive::open(&head, &ArchiveLimits::TABLES)?;
        if members.iter().any(|member| member.name == "[Content_Types].xml") {
            self.report.workbook = true;
            return self.table(Box::new(Cursor::new(head)), map);
        }
        for fault in faults {
            self.refuse(fault);
        }
        for member in members {
            if !self.say.json() {
                self.say.aside("import-member", &[("name", member.name.as_str().into())]);
            }
            // One table that cannot be read hides none of the others.
            match Table::open(Cursor::new(member.bytes), map, &Limits::IMPORT) {
                Ok(table) => self.read(table)?,
                Err(fault) => self.refuse(fault),
            }
        }
        Ok(())
    }

    /// Takes the messages of a partner's document in; what else it holds is counted.
    fn document(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let received = exchange::read(bytes, &Limits::EXCHANGE)?;
        let wanted = self.form.map(|form| form == ImportForm::Stix);
        match exchange::kind(bytes, &Limits::EXCHANGE) {
            Some(exchange::Kind::Checks) => return Err(Failure::told("import-checks")),
            Some(kind) if wanted.is_some_and(|stix| stix != (kind == exchange::Kind::Stix)) => {
                return Err(Failure::told("import-other-form"));
            }
            _ => {}
        }
        self.report.left_aside.extend(received.left_aside);
        if !received.stories.is_empty() {
            self.report.left_aside.insert("story".to_owned(), received.stories.len() as u64);
        }
        let posts = received.stories.into_iter().flat_map(|story| story.posts).chain(received.loose);
        let posts: Vec<Post> = posts.collect();
        self.beside(|import| import.messages(posts, received.faults))
    }

    fn messages(&mut self, posts: Vec<Post>, faults: Vec<Fault>) -> Result<(), Failure> {
        let mut keyer = Keyer::new();
        self.report.rows += (posts.len() + faults.len()) as u64;
        for fault in faults {
            self.refuse(fault);
        }
        for post in posts {
            let draft = SignalDraft {
                external_id: Some(post.id.to_string()),
                author: post.account,
                url: post.url,
                lang: post.lang,
                seen_at: post.said_at,
                ..SignalDraft::new(post.text)
            };
            self.waiting.push((keyer.key(&draft), draft));
            if self.waiting.len() >= BATCH {
                self.flush()?;
            }
        }
        self.flush()
    }

    fn table(&mut self, input: Input<'_>, map: &Mapping) -> Result<(), Failure> {
        let since = Instant::now();
        let elapsed_ms = move || u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
        let table = Table::open(input, map, &Limits::IMPORT)?.timed(elapsed_ms);
        self.read(table)
    }

    /// Reads every row.
    fn read<R: Read>(&mut self, mut table: Table<R>) -> Result<(), Failure> {
        self.beside(|import| import.rows(&mut table))?;
        self.report.unused_columns.extend(table.unused().map(ToOwned::to_owned));
        Ok(())
    }

    /// Does the work while the reading engine follows on the other core.
    fn beside(&mut self, work: impl FnOnce(&mut Self) -> Result<(), Failure>) -> Result<(), Failure> {
        let done = AtomicBool::new(false);
        let store = self.store;
        let follow = self.follow && !self.dry_run;
        std::thread::scope(|scope| {
            let reader = follow.then(|| scope.spawn(|| follow_up(store, &done)));
            let read = work(self);
            done.store(true, Ordering::Release);
            let followed = reader.map(|thread| thread.join());
            read?;
            match followed {
                Some(Ok(Err(error))) => Err(Failure::from(error)),
                Some(Err(_)) => Err(Failure::ours("the reading engine ended early")),
                _ => Ok(()),
            }
        })
    }

    fn rows<R: Read>(&mut self, table: &mut Table<R>) -> Result<(), Failure> {
        let mut keyer = Keyer::new();
        for row in table {
            self.report.rows += 1;
            match row {
                Ok(row) => {
                    let key = keyer.key(&row.draft);
                    self.waiting.push((key, row.draft));
                    if self.waiting.len() >= BATCH {
                        self.flush()?;
                    }
                }
                Err(fault) => self.refuse(fault),
            }
        }
        self.flush()
    }

    fn refuse(&mut self, fault: Fault) {
        let say = self.say;
        self.report.refused += 1;
        self.last_refusal = Some(fault.clone());
        if self.report.faults.len() < FAULTS_SHOWN {
            if !say.json() {
                say.fault(&fault);
            }
            let problem = say.problem(&fault);
            self.report.faults.push(Told { fault, code_to_quote: problem.code, sentence: problem.message });
        }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let batch = std::mem::take(&mut self.waiting);
        if batch.is_empty() {
            return Ok(());
        }
        if self.dry_run {
            let fresh: Vec<&str> = batch
                .iter()
                .map(|(key, _)| key.0.as_str())
                .filter(|key| self.met.insert((*key).to_owned()))
                .collect();
            let known = self.store.read(|views| views.known_keys(&self.source.id, &fresh))?;
            let new = fresh.len() as u64 - known;
            self.report.new += new;
            self.report.repeated += batch.len() as u64 - new;
            return Ok(());
        }
        let drafts =
            batch.into_iter().map(|(key, draft)| self.draft(key, draft)).collect::<Result<Vec<_>, _>>()?;
        for outcome in self.store.commit(drafts)? {
            match outcome {
                Outcome::Recorded { .. } => self.report.new += 1,
                Outcome::Repeated { .. } => self.report.repeated += 1,
            }
        }
        Ok(())
    }

    fn draft(&self, key: IdempotencyKey, mut draft: SignalDraft) -> Result<Draft, Failure> {
        let id = SignalId::new(self.store.now().as_millisecond(), self.store.new_id_bytes()?);
        draft.reported_at = draft.reported_at.or(self.reported_at);
        let usual: SignalKind = self.source.kind;
        let signal = draft.into_signal(id, self.source.id.clone(), usual, key);
        Ok(Draft::new(Actor::Source(self.source.id.clone()), Event::SignalReceived(signal))
            .for_purpose(self.source.purpose.clone()))
    }

    /// Counts what came and what was refused in the source's record of deliveries.
    fn meter(&self) -> Result<(), Failure> {
        let now = self.store.now();
        let row = self.store.read(|views| views.source(&self.source.id, now))?;
        let kept = row.and_then(|row| row.meter.validators);
        let known = kept.and_then(|text| serde_json::from_str::<Memory>(&text).ok());
        let mut memory = known.unwrap_or_else(|| Memory::new(now));
        let Report { new: accepted, repeated, refused, .. } = self.report;
        memory.health.delivered(now, Counts { accepted, repeated, refused }, self.last_refusal.as_ref());
        let change = MeterChange {
            contact: Some(now),
            refused,
            last_refusal: self.last_refusal.as_ref().map(|fault| fault.code.clone()),
            error: None,
            validators: serde_json::to_string(&memory).ok(),
        };
        Ok(self.store.meter(&self.source.id, change)?)
    }

    /// Journals the run where it brought something, and brings the search index up to it.
    fn finish(self) -> Result<Report, Failure> {
        let Report { rows, new, repeated, refused, .. } = self.report;
        if !self.dry_run {
            self.meter()?;
        }
        if !self.dry_run && new > 0 {
            let source = self.source.id.clone();
            let finished = ImportFinished { source, rows, new, repeated, refused };
            self.store.commit(vec![Draft::new(Actor::Console, Event::ImportFinished(finished))])?;
            if self.follow {
                index_all(self.store, &ProgressBar::hidden())?;
            }
        }
        Ok(self.report)
    }
}

/// Whether a file begins like a partner's document: then it is read as a whole to see. A table of JSON lines begins alike.
fn may_be_partners(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let body = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    let names = ["\"bundle\"", "\"Event\"", "\"response\"", "ClaimReview"];
    body.starts_with(['{', '[']) && names.iter().any(|name| body.contains(name))
}

fn follow_up(store: &Store, done: &AtomicBool) -> Result<(), vigie_store::StoreError> {
    // Taken up at the first new signal: a file that brings none needs no memory of the others.
    let mut reading = None;
    loop {
        let last = done.load(Ordering::Acquire);
        if reading.is_none() && ReadingEngine::is_wanted(store)? {
            reading = Some(ReadingEngine::resume(store)?);
        }
        let more = reading.as_mut().map(|engine| engine.step(store)).transpose()?;
        if more != Some(true) {
            if last {
                return Ok(());
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
}

fn lines(report: &Report, say: &Say) -> Vec<String> {
    let args = [
        ("rows", report.rows.into()),
        ("new", report.new.into()),
        ("repeated", report.repeated.into()),
        ("refused", report.refused.into()),
    ];
    let mut lines = vec![say.text(if report.dry_run { "import-would" } else { "import-done" }, &args)];
    if report.refused > report.faults.len() as u64 {
        let more = report.refused - report.faults.len() as u64;
        lines.push(say.text("import-more-faults", &[("count", more.into())]));
    }
    if !report.left_aside.is_empty() {
        let left: Vec<String> =
            report.left_aside.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        lines.push(say.text("import-left-aside", &[("kinds", left.join(", ").as_str().into())]));
    }
    if !report.unused_columns.is_empty() {
        let columns = report.unused_columns.join(", ");
        lines.push(say.text("import-unused", &[("columns", columns.as_str().into())]));
    }
    lines
}
