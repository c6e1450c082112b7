//! Reads a journal in order and says which entry is the first that does not hold.
//!
//! Two trees grow side by side as long as they differ: one from the stored bytes, one from the stored tree
//! hashes. Where a signed state fits neither, the change lies between it and the signed state before; where
//! it fits the second, exactly the entries whose bytes give another hash were changed; where it fits the
//! first, the entries are as signed and a stored tree hash was changed.
//!
//! No key is needed. A changed byte of a sealed payload or file is noticed by the SHA-256 of its ciphertext in
//! the leaf. What is not there must have been erased: a later entry says so and names it. A hole that no entry names is
//! a fault.
//!
//! A restored site opens a new *generation*: from an entry on, states are signed under another origin and key. That
//! entry names the last signed state before it, and the first state after it carries a line of the key before as well,
//! so that only who held that key could hand over.
//!
//! It cannot tell a journal from a shorter one that was signed in its time: for that, hold a later signed
//! state against it (see [`Demands::notes`]). And a journal that somebody wrote anew with a key of their own
//! holds in itself: give the key you know.

mod finding;
mod holes;

pub use finding::{Fault, Finding};

use crate::leaf::{self, Content, Leaf, Sealed};
use crate::note::{Checkpoint, SiteVerifier};
use crate::tree::{CompleteTile, SourceError, TILE_WIDTH, TileSource, Tree, hashes};
use crate::{Hash, sha256};
use holes::Holes;
use jiff::Timestamp;
use std::cmp::Ordering;
use vigie_model::{JournalOpened, Kind};

/// What an audit asks for beyond the journal's own claims.
#[derive(Debug, Clone, Default)]
pub struct Demands {
    /// The key that must have signed, of any generation; without it, the key that entry 0 names is believed.
    pub verifier: Option<SiteVerifier>,
    /// Signed states from elsewhere (a witness, a printout, a backup), each as its note: the journal must
    /// contain them.
    pub notes: Vec<String>,
    /// Whether an erased payload or file counts as a fault too.
    pub complete: bool,
    /// Whether sealed contents and files that are not as recorded are listed apart ([`Report::contents`]), so that the
    /// rest is checked to its end: what a journal says of its entries holds without them.
    pub contents_apart: bool,
}

/// Entries whose sealed content or file is not as recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// How many findings.
    pub count: u64,
    /// The first of them as they were found, at most [`Contents::FIRST`].
    pub first: Vec<Finding>,
}

impl Contents {
    /// How many are named.
    pub const FIRST: usize = 20;

    fn push(&mut self, finding: Finding) {
        self.count += 1;
        if self.first.len() < Self::FIRST {
            self.first.push(finding);
        }
    }
}

/// What an audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Entries read.
    pub entries: u64,
    /// Root hash over them.
    pub root: Hash,
    /// The key with which signed states were checked; its name is the origin of the journal.
    pub verifier: Option<SiteVerifier>,
    /// When the last entry was recorded.
    pub last_at: Option<Timestamp>,
    /// Signed states that hold.
    pub checkpoints: u64,
    /// Size of the last of them.
    pub signed: u64,
    /// Stored tiles that hold, complete and open.
    pub tiles: u64,
    /// Tiles that are not stored (they can be derived again).
    pub tiles_missing: u64,
    /// Sealed payloads that are as recorded.
    pub payloads: u64,
    /// Sealed payloads that are not there. Where everything holds, entries say that they were erased.
    pub payloads_erased: u64,
    /// Sealed files that are as recorded.
    pub blobs: u64,
    /// Sealed files that are not there. Where everything holds, entries say that they were erased.
    pub blobs_erased: u64,
    /// Entries of kinds that this version does not know; they are checked like all others.
    pub unknown_kinds: u64,
    /// The first entry that does not hold.
    pub first_bad: Option<Finding>,
    /// What is not as recorded of sealed contents, where that was asked for apart; empty otherwise.
    pub contents: Contents,
}

/// Reads a journal in order; see the module's words.
///
/// Feed entry after entry; after entry `n - 1`, the signed state stored for `n` entries, if there is one.
pub struct Auditor<T> {
    complete: bool,
    contents_apart: bool,
    notes: Vec<String>,
    tiles: T,
    /// The key that was given, until a generation names it.
    given: Option<SiteVerifier>,
    verifier: Option<SiteVerifier>,
    generation: u32,
    /// The key that has to countersign the next signed state.
    hands_over: Option<SiteVerifier>,
    /// The last signed state that held.
    last_state: Option<Checkpoint>,
    site: String,
    tree: Tree,
    /// Stored leaf hashes of the tile that is being read.
    stored: Vec<Hash>,
    /// The tree of the stored hashes, from the entry on at which it differs.
    shadow: Option<(u64, Tree)>,
    /// A tile above the leaves that differs, until a signed state says who is right.
    tile_suspect: Option<Finding>,
    /// Signed states from elsewhere, by descending size.
    expected: Vec<Checkpoint>,
    holes: Holes,
    report: Report,
    done: bool,
}

impl<T: TileSource> Auditor<T> {
    /// Starts an audit. `tiles` gives the stored tiles, the open one of level 0 included where it is stored.
    pub fn new(demands: Demands, tiles: T) -> Self {
        let tree = Tree::new();
        let report = Report {
            entries: 0,
            root: tree.root(),
            verifier: None,
            last_at: None,
            checkpoints: 0,
            signed: 0,
            tiles: 0,
            tiles_missing: 0,
            payloads: 0,
            payloads_erased: 0,
            blobs: 0,
            blobs_erased: 0,
            unknown_kinds: 0,
            first_bad: None,
            contents: Contents::default(),
        };
        Self {
            complete: demands.complete,
            contents_apart: demands.contents_apart,
            notes: demands.notes,
            tiles,
            given: demands.verifier,
            verifier: None,
            generation: 0,
            hands_over: None,
            last_state: None,
            site: String::new(),
            tree,
            stored: Vec::new(),
            shadow: None,
            tile_suspect: None,
            expected: Vec::new(),
            holes: Holes::default(),
            report,
            done: false,
        }
    }

    /// Whether reading on would change nothing.
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// Entries read so far, which is the number of the next.
    pub const fn size(&self) -> u64 {
        self.tree.size()
    }

    /// Takes the next entry with its sealed payload, and gives the SHA-256 that the file belonging to it must
    /// have, where it has one.
    pub fn feed(
        &mut self,
        seq: u64,
        leaf: &[u8],
        payload: Option<&[u8]>,
    ) -> Result<Option<Hash>, SourceError> {
        let next = self.tree.size();
        if self.done {
            return Ok(None);
        }
        let fault = match seq.cmp(&next) {
            Ordering::Equal => None,
            Ordering::Greater => Some(Fault::Missing),
            Ordering::Less => Some(Fault::BadNumber),
        };
        if let Some(fault) = fault {
            self.stop(next, fault);
            return Ok(None);
        }
        self.grow(leaf::hash(leaf))?;
        match leaf::decode(leaf) {
            Ok(leaf) => Ok(self.read(seq, &leaf, payload)),
            Err(why) => {
                self.found(seq, Fault::Unreadable(why));
                self.opened(seq, None);
                Ok(None)
            }
        }
    }

    fn read(&mut self, seq: u64, leaf: &Leaf<'_>, payload: Option<&[u8]>) -> Option<Hash> {
        if leaf.seq != seq {
            self.found(seq, Fault::OutOfPlace { says: leaf.seq });
        }
        self.opened(seq, Some(leaf));
        if leaf.site != self.site {
            self.found(seq, Fault::OtherSite);
        }
        self.report.unknown_kinds += u64::from(leaf.known_kind().is_none());
        self.report.last_at = Some(leaf.at);
        match &leaf.content {
            Content::Body(_) => {
                if payload.is_some() {
                    self.found(seq, Fault::PayloadUnexpected);
                }
                self.holes.tombstone(leaf);
                None
            }
            Content::Sealed(sealed) => {
                self.payload(seq, sealed, payload);
                sealed.blob
            }
        }
    }

    /// Takes the site and the key from entry 0, and the key of a new generation from the entry that opens it.
    fn opened(&mut self, seq: u64, leaf: Option<&Leaf<'_>>) {
        if seq > 0 {
            if let Some(leaf) = leaf.filter(|leaf| leaf.known_kind() == Some(Kind::JournalOpened)) {
                self.succeeded(seq, leaf);
            }
            return;
        }
        self.site = leaf.map(|leaf| leaf.site.clone().into_owned()).unwrap_or_default();
        let named = leaf.and_then(opening).and_then(|opening| {
            let key = SiteVerifier::parse(&opening.verifier_key).ok()?;
            (key.origin() == opening.origin && opening.site == self.site).then_some(key)
        });
        match named {
            Some(named) => self.trust(named),
            None => self.stop(0, Fault::NotOpened),
        }
        self.open_notes();
    }

    fn trust(&mut self, named: SiteVerifier) {
        self.given.take_if(|given| *given == named);
        self.verifier = Some(named);
    }

    /// A new generation: it continues exactly what stands here, and its key is handed over to.
    fn succeeded(&mut self, seq: u64, leaf: &Leaf<'_>) {
        let next = opening(leaf).and_then(|opening| {
            let key = SiteVerifier::parse(&opening.verifier_key).ok()?;
            let before = opening.successor_of?.checkpoint;
            let follows = opening.generation == self.generation + 1
                && opening.site == self.site
                && key.origin() == opening.origin
                && self.verifier.as_ref()?.open(&before).ok() == self.last_state
                && self.last_state.as_ref()?.size == seq;
            follows.then_some(key)
        });
        let Some(key) = next else {
            self.found(seq, Fault::NotSucceeded);
            return;
        };
        // What was signed beyond this point is not in the restored journal; the largest comes first.
        if let Some(state) = self.expected.first() {
            self.found(seq, Fault::CutOff { entries: state.size });
        }
        self.generation += 1;
        self.hands_over = self.verifier.take();
        self.trust(key);
        self.open_notes();
    }

    /// Opens those of the signed states from elsewhere that are of this generation.
    fn open_notes(&mut self) {
        let Some(verifier) = self.verifier.clone() else { return };
        self.notes.retain(|note| match verifier.open(note) {
            Ok(state) => {
                self.expected.push(state);
                false
            }
            Err(_) => true,
        });
        self.expected.sort_by_key(|state| std::cmp::Reverse(state.size));
        self.meet_expected();
    }

    fn payload(&mut self, seq: u64, sealed: &Sealed, stored: Option<&[u8]>) {
        match stored {
            Some(bytes) if sha256(bytes) == sealed.cipher => self.report.payloads += 1,
            Some(_) => self.found(seq, Fault::PayloadChanged),
            None => {
                self.report.payloads_erased += 1;
                self.holes.payload(seq);
                if self.complete {
                    self.found(seq, Fault::PayloadMissing);
                }
            }
        }
    }

    /// Says what the file of entry `seq` was found to hash to; `None` where there is no file.
    pub fn blob(&mut self, seq: u64, recorded: &Hash, found: Option<Hash>) {
        match found {
            Some(hash) if hash == *recorded => self.report.blobs += 1,
            Some(_) => self.found(seq, Fault::BlobChanged),
            None => {
                self.report.blobs_erased += 1;
                self.holes.file(seq);
                if self.complete {
                    self.found(seq, Fault::BlobMissing);
                }
            }
        }
    }

    /// Says that a payload is stored under a number that no entry has.
    pub fn stray_payload(&mut self, seq: u64) {
        self.found(seq, Fault::PayloadUnexpected);
    }

    /// Says that what stands in the clear beside a sealed content is not what the entry commits to.
    pub fn other_content(&mut self, seq: u64) {
        self.found(seq, Fault::PayloadChanged);
    }

    /// Says that a tile with this many hashes is stored where no entry could have filled it.
    pub fn stray_tile(&mut self, level: u8, index: u64, hashes: u64) {
        let fault = match level {
            0 => Fault::CutOff { entries: index.saturating_mul(TILE_WIDTH as u64).saturating_add(hashes) },
            _ => Fault::TileChanged { level, index },
        };
        self.found(self.tree.size(), fault);
    }

    /// Says that a row stands under a number that no entry can have.
    pub fn bad_number(&mut self) {
        self.stop(self.tree.size(), Fault::BadNumber);
    }

    /// Says that the database cannot be read any further.
    pub fn damaged(&mut self) {
        self.stop(self.tree.size(), Fault::Damaged);
    }

    fn grow(&mut self, hash: Hash) -> Result<(), SourceError> {
        let seq = self.tree.size();
        let within = (seq % TILE_WIDTH as u64) as usize;
        if within == 0 {
            self.load(seq / TILE_WIDTH as u64)?;
        }
        let stored = self.stored.get(within).copied().unwrap_or(hash);
        if self.shadow.is_none() && stored != hash {
            self.shadow = Some((seq, self.tree.clone()));
        }
        if let Some((_, shadow)) = &mut self.shadow {
            shadow.push(stored);
        }
        for tile in self.tree.push(hash) {
            self.compare(&tile)?;
        }
        self.meet_expected();
        Ok(())
    }

    fn load(&mut self, index: u64) -> Result<(), SourceError> {
        self.stored.clear();
        let Some(bytes) = self.tiles.tile(0, index)? else {
            self.report.tiles_missing += 1;
            return Ok(());
        };
        let whole = hashes(&bytes).filter(|hashes| hashes.len() <= TILE_WIDTH);
        match whole {
            Some(hashes) => {
                self.stored = hashes;
                self.report.tiles += 1;
            }
            None => self.found(self.tree.size(), Fault::TileChanged { level: 0, index }),
        }
        Ok(())
    }

    /// Compares a tile above the leaves with the stored one.
    fn compare(&mut self, tile: &CompleteTile) -> Result<(), SourceError> {
        if tile.level == 0 || self.shadow.is_some() || self.tile_suspect.is_some() {
            return Ok(());
        }
        let Some(stored) = self.tiles.tile(tile.level, tile.index)? else {
            self.report.tiles_missing += 1;
            return Ok(());
        };
        if stored == tile.hashes {
            self.report.tiles += 1;
            return Ok(());
        }
        let same = stored.chunks(32).zip(tile.hashes.chunks(32)).take_while(|(a, b)| a == b).count() as u64;
        let fault = Fault::TileChanged { level: tile.level, index: tile.index };
        self.tile_suspect = Some(Finding { seq: first_below(tile.level, tile.index, same), fault });
        Ok(())
    }

    fn meet_expected(&mut self) {
        while let Some(state) = self.expected.pop_if(|state| state.size <= self.tree.size()) {
            // Every journal continues the empty one.
            if state.size > 0 && state.root != self.tree.root() {
                self.found(state.size - 1, Fault::OtherHistory { size: state.size });
            }
        }
    }

    /// Takes the signed state that is stored for `size` entries.
    pub fn signed_state(&mut self, size: u64, note: &str) {
        let Some(verifier) = self.verifier.as_ref().filter(|_| !self.done) else { return };
        let beyond = size > self.tree.size();
        let seq = size.saturating_sub(1).min(self.tree.size());
        match verifier.open(note) {
            Err(why) => self.found(seq, Fault::Note { size, why }),
            Ok(state) if state.size != size => self.found(seq, Fault::NoteMoved { size, says: state.size }),
            // Before the first entry there is nothing that could have been changed.
            Ok(_) if size == 0 => self.report.checkpoints += 1,
            Ok(_) if beyond => self.stop(self.tree.size(), Fault::CutOff { entries: size }),
            Ok(state) => {
                self.handed_over(&state, note);
                self.judge(&state);
            }
        }
    }

    /// The first signed state of a new generation carries a line of the key before.
    fn handed_over(&mut self, state: &Checkpoint, note: &str) {
        let Some(before) = self.hands_over.take() else { return };
        if before.vouched(note).as_ref() != Ok(state) {
            self.found(state.size - 1, Fault::NotSucceeded);
        }
    }

    fn judge(&mut self, state: &Checkpoint) {
        let shadow = self.shadow.take();
        let tile = self.tile_suspect.take();
        if state.root == self.tree.root() {
            self.report.checkpoints += 1;
            self.report.signed = state.size;
            self.last_state = Some(state.clone());
            if let Some((seq, _)) = shadow {
                self.found(seq, Fault::TileChanged { level: 0, index: seq / TILE_WIDTH as u64 });
            }
            if let Some(finding) = tile {
                self.found(finding.seq, finding.fault);
            }
            // Everything before is settled: nothing that follows can be earlier than what was found.
            self.done = self.report.first_bad.is_some();
            return;
        }
        let (first, last) = (self.report.signed, state.size - 1);
        match shadow {
            Some((seq, tree)) if tree.root() == state.root => self.stop(seq, Fault::Changed),
            _ if first == last => self.stop(first, Fault::Changed),
            _ => self.stop(first, Fault::ChangedWithin { last }),
        }
    }

    /// Ends the audit after the last entry and the last signed state.
    pub fn finish(mut self) -> Result<Report, SourceError> {
        // Of an entry 0 that opens nothing, that was said already.
        if self.given.is_some() && self.tree.size() > 0 {
            self.stop(0, Fault::OtherKey);
        }
        if !self.done {
            self.end()?;
        }
        self.report.entries = self.tree.size();
        self.report.root = self.tree.root();
        self.report.verifier = self.verifier;
        Ok(self.report)
    }

    fn end(&mut self) -> Result<(), SourceError> {
        let size = self.tree.size();
        let foreign = self.verifier.as_ref().zip(self.notes.first());
        if let Some(Err(why)) = foreign.map(|(verifier, note)| verifier.open(note)) {
            self.found(0, Fault::ForeignNote(why));
        }
        if let Some(largest) = self.expected.first() {
            self.found(size, Fault::CutOff { entries: largest.size });
        }
        if let Some(entries) = self.hashes_beyond()? {
            self.found(size, Fault::CutOff { entries });
        }
        if let Some((seq, _)) = self.shadow.take() {
            self.found(seq, Fault::Changed);
        }
        if let Some(finding) = self.tile_suspect.take() {
            self.found(finding.seq, finding.fault);
        }
        // A last signed state that does not hold says it better than "nobody signed".
        let last_note_bad = matches!(
            &self.report.first_bad,
            Some(Finding { fault: Fault::Note { size: at, .. } | Fault::NoteMoved { size: at, .. }, .. }) if *at >= size
        );
        // Where a hand-over does not hold, nobody whom the reader knows could have signed what follows.
        let not_succeeded =
            matches!(&self.report.first_bad, Some(Finding { fault: Fault::NotSucceeded, .. }));
        if size == 0 {
            self.found(0, Fault::Missing);
        } else if self.report.signed < size && !last_note_bad && !not_succeeded {
            self.found(self.report.signed, Fault::Unsigned);
        }
        // Of an entry that nobody signed, that is to be said first.
        let (payloads, files) = std::mem::take(&mut self.holes).unexplained();
        for (runs, fault) in [(payloads, Fault::PayloadLost), (files, Fault::BlobLost)] {
            for (first, last) in runs {
                // The earliest is the finding; every one counts where they are listed.
                let last = if self.contents_apart { last } else { first };
                (first..=last).for_each(|seq| self.found(seq, fault.clone()));
            }
        }
        Ok(())
    }

    /// How many entries there were, where stored hashes speak of more than are there.
    fn hashes_beyond(&self) -> Result<Option<u64>, SourceError> {
        let size = self.tree.size();
        let (index, within) = (size / TILE_WIDTH as u64, (size % TILE_WIDTH as u64) as usize);
        let hashes = self.tiles.tile(0, index)?.map_or(0, |bytes| bytes.len() / 32);
        Ok((hashes > within).then(|| index * TILE_WIDTH as u64 + hashes as u64))
    }

    /// Keeps the earliest finding; of two about one entry, the one that says that its bytes were changed.
    fn found(&mut self, seq: u64, fault: Fault) {
        if self.contents_apart && fault.is_of_content() {
            self.report.contents.push(Finding { seq, fault });
            return;
        }
        let better = match &self.report.first_bad {
            None => true,
            Some(first) => seq < first.seq || (seq == first.seq && fault == Fault::Changed),
        };
        if better {
            self.report.first_bad = Some(Finding { seq, fault });
        }
    }

    fn stop(&mut self, seq: u64, fault: Fault) {
        self.found(seq, fault);
        self.done = true;
    }
}

/// The first entry below the hash after the `same` first ones of a tile.
fn first_below(level: u8, index: u64, same: u64) -> u64 {
    let width = TILE_WIDTH as u64;
    (index * width + same.min(width - 1)) << (8 * u32::from(level))
}

/// What an entry says that opens a journal or a generation of it.
pub fn opening(leaf: &Leaf<'_>) -> Option<JournalOpened> {
    let Content::Body(body) = leaf.content else { return None };
    let opens = leaf.known_kind() == Some(Kind::JournalOpened);
    opens.then(|| serde_json::from_slice(body).ok()).flatten()
}

#[cfg(test)]
mod tests;
