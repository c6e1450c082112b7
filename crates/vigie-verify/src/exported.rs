//! Checks an export, a journal in plain files, from end to end: entries, tree, signed state, contents, every file.
//!
//! The entries come first, because a finding there names what was changed. Only where they hold, the files that can be
//! derived from them (tiles and entry bundles) and the manifest are held against them: then a file is named. Nothing
//! may be in the folder that the manifest does not list.

use crate::open::{VerifyError, file_error};
use crate::report::{FileFault, Report};
use crate::shelf::{self, Shelf};
use crate::{Demands, Progress};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::Path;
use vigie_evidence::audit::{self, Auditor};
use vigie_evidence::exported::{
    CHECKPOINT, CHECKPOINTS, ContentLine, ENTRIES, LINE_BYTES_MAX, MANIFEST, file_path, payload_path,
    read_manifest_line, state_path, state_size,
};
use vigie_evidence::leaf::{self, Content, LEAF_BYTES_MAX};
use vigie_evidence::tree::{SourceError, TILE_WIDTH, TileSource, Tree, entry_bundle, tile_path};
use vigie_evidence::{Hash, seal};

const PROGRESS_EVERY: u64 = 4_096;

/// Whether `dir` holds an export rather than a site.
pub fn is_export(dir: &Path) -> bool {
    let plain = dir.join(ENTRIES).is_file() && dir.join(CHECKPOINT).is_file();
    (plain || shelf::is_sealed(dir)) && !dir.join("store.db").exists()
}

/// The tiles as files.
struct Tiles(Shelf);

impl TileSource for Tiles {
    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let whole = tile_path(Some(level), index, TILE_WIDTH);
        if let Some(bytes) = self.small(&whole)? {
            return Ok(Some(bytes));
        }
        // The open tile of a level is kept under the number of its hashes.
        let Ok(open) = self.0.list(&format!("{whole}.p")) else { return Ok(None) };
        let Some((name, Some(false))) = open.first() else { return Ok(None) };
        self.small(&format!("{whole}.p/{name}"))
    }
}

impl Tiles {
    fn small(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        self.0.small(path).map_err(|cause| file_error(&self.0.place(path), cause).into())
    }
}

/// No tiles.
struct Nothing;

impl TileSource for Nothing {
    fn tile(&self, _level: u8, _index: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(None)
    }
}

/// Checks the export on `shelf`.
pub fn audit(shelf: &Shelf, demands: &Demands, progress: Progress<'_>) -> Result<Report, VerifyError> {
    match checked(shelf, demands, progress) {
        Err(VerifyError::File { path, cause }) if shelf::refusal(&cause).is_some() => {
            let empty = Auditor::new(Demands::default(), Nothing).finish();
            let empty = empty.map_err(|cause| damaged(&path, cause))?;
            Ok(Report::new(empty, demands.verifier.is_some()).unopened(shelf.name(&path)))
        }
        other => other,
    }
}

fn checked(shelf: &Shelf, demands: &Demands, progress: Progress<'_>) -> Result<Report, VerifyError> {
    let mut walk = Walk::start(shelf, demands)?;
    walk.entries(progress)?;
    walk.derived.end()?;
    let found = walk.auditor.finish().map_err(|cause| source_error(shelf, cause))?;
    let report = Report::new(found, demands.verifier.is_some());
    if report.finding.is_some() {
        return Ok(report);
    }
    let fault = match walk.derived.fault {
        Some(fault) => Some(fault),
        None => files(shelf, &walk.derived.files)?,
    };
    Ok(report.with_file(fault))
}

fn damaged(dir: &Path, cause: SourceError) -> VerifyError {
    file_error(dir, std::io::Error::other(cause))
}

/// Why a tile could not be read.
fn source_error(shelf: &Shelf, cause: SourceError) -> VerifyError {
    match cause.downcast::<VerifyError>() {
        Ok(cause) => *cause,
        Err(cause) => damaged(&shelf.place("tile"), cause),
    }
}

struct Walk<'a> {
    shelf: &'a Shelf,
    auditor: Auditor<Tiles>,
    note: String,
    note_size: Option<u64>,
    /// Signed states of hand-overs that have not come up yet, the earliest first.
    states: VecDeque<(u64, String)>,
    /// Under which the generation seals that is being read.
    origin: String,
    contents: BTreeMap<u64, ContentLine>,
    derived: Derived,
}

impl<'a> Walk<'a> {
    fn start(shelf: &'a Shelf, demands: &Demands) -> Result<Self, VerifyError> {
        let note = shelf.small(CHECKPOINT).map_err(|cause| file_error(&shelf.place(CHECKPOINT), cause))?;
        let note = note.unwrap_or_default();
        let note = String::from_utf8_lossy(&note).into_owned();
        let note_size = note.lines().nth(1).and_then(|line| line.parse().ok());
        let states = states(shelf)?;
        let mut derived = Derived::new(shelf);
        derived.files.extend(states.iter().map(|(size, _)| state_path(*size)));
        Ok(Self {
            states,
            shelf,
            auditor: Auditor::new(demands.clone(), Tiles(shelf.clone())),
            note,
            note_size,
            origin: String::new(),
            contents: BTreeMap::new(),
            derived,
        })
    }

    fn entries(&mut self, progress: Progress<'_>) -> Result<(), VerifyError> {
        let path = self.shelf.place(ENTRIES);
        let file = self.shelf.open(ENTRIES).map_err(|cause| file_error(&path, cause))?;
        let file = file.ok_or_else(|| file_error(&path, ErrorKind::NotFound.into()))?;
        let mut lines = BufReader::with_capacity(1 << 20, file);
        let total = self.note_size.unwrap_or(0);
        let mut line = Vec::new();
        while !self.auditor.is_done()
            && next_line(&mut lines, &mut line, LEAF_BYTES_MAX).map_err(|cause| file_error(&path, cause))?
        {
            self.entry(&line)?;
            let size = self.auditor.size();
            self.pass(size);
            if self.note_size == Some(size) {
                self.auditor.signed_state(size, &self.note);
            }
            if size.is_multiple_of(PROGRESS_EVERY) {
                progress(size, total);
            }
        }
        self.pass(u64::MAX);
        if self.note_size.is_none_or(|size| size == 0 || size > self.auditor.size()) {
            let size = self.note_size.unwrap_or_else(|| self.auditor.size());
            self.auditor.signed_state(size, &self.note);
        }
        if !self.auditor.is_done() {
            self.stray();
        }
        progress(self.auditor.size(), total);
        Ok(())
    }

    /// Hands over the signed states of hand-overs up to `size`.
    fn pass(&mut self, size: u64) {
        while let Some((at, note)) = self.states.pop_front_if(|(at, _)| *at <= size) {
            self.auditor.signed_state(at, &note);
        }
    }

    fn entry(&mut self, leaf: &[u8]) -> Result<(), VerifyError> {
        let seq = self.auditor.size();
        let within = seq % TILE_WIDTH as u64;
        if within == 0 {
            self.load(seq / TILE_WIDTH as u64)?;
        }
        let content = self.contents.remove(&seq);
        let sealed = content.as_ref().map(|content| content.sealed.as_slice());
        let blob = self.auditor.feed(seq, leaf, sealed).map_err(|cause| source_error(self.shelf, cause))?;
        if let Some(recorded) = blob {
            let found = hash_of(self.shelf, &file_path(&hex::encode(recorded)))?;
            self.auditor.blob(seq, &recorded, found);
        }
        if let Some(opened) = leaf::decode(leaf).ok().as_ref().and_then(audit::opening) {
            self.origin = opened.origin;
        }
        if content.is_some_and(|content| !agrees(leaf, &content, &self.origin)) {
            self.auditor.other_content(seq);
        }
        self.derived.push(leaf)
    }

    /// Reads the contents of the next 256 entries.
    fn load(&mut self, index: u64) -> Result<(), VerifyError> {
        self.strays_of_last();
        let path = self.shelf.place(&payload_path(index));
        let file = self.shelf.open(&payload_path(index)).map_err(|cause| file_error(&path, cause))?;
        let Some(file) = file else { return Ok(()) };
        let first = index * TILE_WIDTH as u64;
        let mut lines = BufReader::new(file);
        let mut line = Vec::new();
        while next_line(&mut lines, &mut line, LINE_BYTES_MAX).map_err(|cause| file_error(&path, cause))? {
            let content = ContentLine::read(&line);
            let home = first..first + TILE_WIDTH as u64;
            match content {
                Some(content) if home.contains(&content.seq) && !self.contents.contains_key(&content.seq) => {
                    self.contents.insert(content.seq, content);
                }
                Some(content) => self.auditor.stray_payload(content.seq.min(first)),
                None => self.auditor.other_content(first),
            }
        }
        Ok(())
    }

    fn strays_of_last(&mut self) {
        if let Some(seq) = std::mem::take(&mut self.contents).into_keys().next() {
            self.auditor.stray_payload(seq);
        }
    }

    /// Contents that no entry accounts for.
    fn stray(&mut self) {
        self.strays_of_last();
        let index = self.auditor.size().div_ceil(TILE_WIDTH as u64);
        if self.shelf.has(&payload_path(index)) {
            self.auditor.stray_payload(self.auditor.size());
        }
    }
}

/// The signed states of hand-overs, the earliest first. A file of another name is no state: the manifest's check names it.
fn states(shelf: &Shelf) -> Result<VecDeque<(u64, String)>, VerifyError> {
    let below = shelf.place(CHECKPOINTS);
    let files = match shelf.list(CHECKPOINTS) {
        Ok(files) => files,
        Err(cause) if shelf::is_absent(&cause) => return Ok(VecDeque::new()),
        Err(cause) => return Err(file_error(&below, cause)),
    };
    let mut states = BTreeMap::new();
    for (name, kind) in files {
        let Some(size) = state_size(&name).filter(|_| kind == Some(false)) else { continue };
        let path = state_path(size);
        let note = shelf.small(&path).map_err(|cause| file_error(&shelf.place(&path), cause))?;
        states.insert(size, String::from_utf8_lossy(&note.unwrap_or_default()).into_owned());
    }
    Ok(states.into_iter().collect())
}

/// Whether what stands beside a sealed content opens it, and to what the entry commits to.
fn agrees(stored: &[u8], content: &ContentLine, origin: &str) -> bool {
    let Some(key) = &content.key else { return content.body.is_none() };
    let Ok(Content::Sealed(sealed)) = leaf::decode(stored).map(|leaf| leaf.content) else { return false };
    let Ok(plain) = seal::open(key, &seal::place(origin, content.seq), &content.sealed) else { return false };
    sealed.commit == seal::commit(&key.salt, &plain)
        && content.body.as_ref().is_none_or(|body| *body == plain)
}

/// The next line into `line`, without its end; `false` after the last. A line that is longer than it may be is cut,
/// which gives it another hash.
fn next_line(lines: &mut impl BufRead, line: &mut Vec<u8>, max: usize) -> std::io::Result<bool> {
    line.clear();
    lines.by_ref().take(max as u64 + 2).read_until(b'\n', line)?;
    if line.is_empty() {
        return Ok(false);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else {
        // Either cut off or too long: both give bytes that nobody signed.
        line.push(b'\n');
    }
    Ok(true)
}

/// Holds the files that can be derived from the entries against them.
struct Derived {
    shelf: Shelf,
    tree: Tree,
    bundle: Vec<Vec<u8>>,
    files: BTreeSet<String>,
    fault: Option<FileFault>,
}

impl Derived {
    fn new(shelf: &Shelf) -> Self {
        let (shelf, tree) = (shelf.clone(), Tree::new());
        Self { shelf, tree, bundle: Vec::new(), files: BTreeSet::new(), fault: None }
    }

    fn push(&mut self, leaf: &[u8]) -> Result<(), VerifyError> {
        for tile in self.tree.push(leaf::hash(leaf)) {
            self.expect(tile_path(Some(tile.level), tile.index, TILE_WIDTH), &tile.hashes)?;
        }
        self.bundle.push(leaf.to_vec());
        if self.bundle.len() == TILE_WIDTH {
            self.end_bundle()?;
        }
        Ok(())
    }

    /// After the last entry: what is not complete.
    fn end(&mut self) -> Result<(), VerifyError> {
        self.end_bundle()?;
        for (level, index, hashes) in self.tree.partial_tiles() {
            self.expect(tile_path(Some(level), index, hashes.len() / 32), &hashes)?;
        }
        Ok(())
    }

    fn end_bundle(&mut self) -> Result<(), VerifyError> {
        let leaves = std::mem::take(&mut self.bundle);
        if leaves.is_empty() {
            return Ok(());
        }
        let index = (self.tree.size() - 1) / TILE_WIDTH as u64;
        match entry_bundle(leaves.iter().map(Vec::as_slice)) {
            Ok(bundle) => self.expect(tile_path(None, index, leaves.len()), &bundle),
            // Longer than an entry may be: the audit of the entries says so.
            Err(_) => Ok(()),
        }
    }

    fn expect(&mut self, path: String, bytes: &[u8]) -> Result<(), VerifyError> {
        let found = self.shelf.small(&path).map_err(|cause| file_error(&self.shelf.place(&path), cause))?;
        if self.fault.is_none() && found.as_deref() != Some(bytes) {
            self.fault = Some(match found {
                Some(_) => FileFault::NotDerived(path.clone()),
                None => FileFault::Missing(path.clone()),
            });
        }
        self.files.insert(path);
        Ok(())
    }
}

/// Holds the manifest against what lies in the folder.
fn files(shelf: &Shelf, derived: &BTreeSet<String>) -> Result<Option<FileFault>, VerifyError> {
    let path = shelf.place(MANIFEST);
    let mut text = String::new();
    match shelf.open(MANIFEST).map_err(|cause| file_error(&path, cause))? {
        None => return Ok(Some(FileFault::Missing(MANIFEST.to_owned()))),
        Some(mut file) => file.read_to_string(&mut text).map_err(|cause| file_error(&path, cause))?,
    };
    let mut listed = BTreeMap::new();
    for line in text.lines() {
        let Some((hash, path)) = read_manifest_line(line) else { return Ok(Some(FileFault::Manifest)) };
        if listed.insert(path, hash).is_some() {
            return Ok(Some(FileFault::Manifest));
        }
    }
    let mut there = BTreeSet::new();
    if let Some(odd) = walk(shelf, "", &mut there)? {
        return Ok(Some(FileFault::Unlisted(odd)));
    }
    for (path, hash) in &listed {
        match hash_of(shelf, path)? {
            Some(found) if found == *hash => {}
            Some(_) => return Ok(Some(FileFault::Changed((*path).to_owned()))),
            None => return Ok(Some(FileFault::Missing((*path).to_owned()))),
        }
    }
    let unlisted = there.into_iter().find(|path| !listed.contains_key(path.as_str()));
    let derivable = |path: &str| path.starts_with("tile/") || path.starts_with("checkpoints/");
    let strange = |path: &&&str| derivable(path) && !derived.contains(**path);
    let strange = listed.keys().find(strange).map(|path| (*path).to_owned());
    Ok(unlisted.or(strange).map(FileFault::Unlisted))
}

/// Paths of all files below a folder but the manifest; the first that is neither file nor folder ends it.
fn walk(shelf: &Shelf, below: &str, files: &mut BTreeSet<String>) -> Result<Option<String>, VerifyError> {
    for (name, kind) in shelf.list(below).map_err(|cause| file_error(&shelf.place(below), cause))? {
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        match kind {
            Some(true) => {
                if let Some(odd) = walk(shelf, &path, files)? {
                    return Ok(Some(odd));
                }
            }
            Some(false) if path == MANIFEST => {}
            Some(false) => drop(files.insert(path)),
            None => return Ok(Some(path)),
        }
    }
    Ok(None)
}

fn hash_of(shelf: &Shelf, path: &str) -> Result<Option<Hash>, VerifyError> {
    let failed = |cause| file_error(&shelf.place(path), cause);
    let Some(mut file) = shelf.open(path).map_err(failed)? else { return Ok(None) };
    let (mut hash, mut piece) = (Sha256::new(), vec![0; 64 << 10]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(Some(hash.finalize().into())),
            Ok(read) => hash.update(piece.get(..read).unwrap_or_default()),
            Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
            Err(cause) => return Err(failed(cause)),
        }
    }
}
