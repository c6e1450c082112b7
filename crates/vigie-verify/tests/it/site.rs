//! Writes small sites of invented content, the way a store does.

use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use vigie_evidence::leaf::{self, Content, LeafDraft, Sealed};
use vigie_evidence::note::SiteSigner;
use vigie_evidence::seal::{self, PayloadKey, file::FileSealer};
use vigie_evidence::tree::Tree;
use vigie_model::{Actor, ContentErased, ErasedWhy, JournalOpened, Kind};

pub const ORIGIN: &str = "vigie.local/misouv/nord/0";

pub const TABLES: &str = "
    CREATE TABLE meta(name TEXT PRIMARY KEY, value);
    INSERT INTO meta VALUES ('app', 'vigie'), ('format', 1);
    CREATE TABLE entry(seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL);
    CREATE TABLE payload(seq INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
    CREATE TABLE tile(level INTEGER, idx INTEGER, hashes BLOB, PRIMARY KEY(level, idx));
    CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, note TEXT);
";

pub fn signer(seed: u8) -> SiteSigner {
    SiteSigner::from_seed(ORIGIN, [seed; 32]).expect("a valid origin")
}

/// One entry before it is written.
pub struct Draft {
    pub leaf: Vec<u8>,
    pub payload: Option<Vec<u8>>,
}

/// Entry `seq`: the opening, then in turn a note of the duty log (sealed), a link change (open), a file (sealed,
/// with `blob`).
pub fn draft(seq: u64, blob: Option<[u8; 32]>, vkey: &str) -> Draft {
    let key = PayloadKey { key: [seq as u8; 32], salt: [3; 32] };
    let text = format!("{{\"text\":\"People are gathering at crossing {seq}.\"}}");
    let payload = seal::seal(&key, &seal::place(ORIGIN, seq), text.as_bytes(), [5; 24]).expect("seals");
    let commit = seal::commit(&key.salt, text.as_bytes());
    let opening = serde_json::to_vec(&JournalOpened {
        format: 1,
        site: "nord".to_owned(),
        mission: "MISOUV".to_owned(),
        origin: ORIGIN.to_owned(),
        verifier_key: vkey.to_owned(),
        generation: 0,
        demo: true,
        zone: "Etc/GMT-1".to_owned(),
        successor_of: None,
    })
    .expect("serialises");
    let sealed = Content::Sealed(Sealed { commit, cipher: leaf::cipher(&payload), blob });
    let (kind, content) = match seq {
        0 => (Kind::JournalOpened, Content::Body(opening.as_slice())),
        _ if blob.is_some() => (Kind::AttachmentKept, sealed),
        _ if seq.is_multiple_of(2) => (Kind::LinkChanged, Content::Body(br#"{"up":true}"#)),
        _ => (Kind::NoteWritten, sealed),
    };
    let payload = matches!(content, Content::Sealed(_)).then_some(payload);
    Draft { leaf: entry(seq, kind, content), payload }
}

fn entry(seq: u64, kind: Kind, content: Content<'_>) -> Vec<u8> {
    let at = jiff::Timestamp::from_millisecond(1_795_000_000_000 + seq as i64 * 1_000).expect("in range");
    let object = format!("note:{seq}");
    let caused_by = seq.checked_sub(1);
    let (site, actor) = ("nord", &Actor::Console);
    let written =
        LeafDraft { seq, site, at, kind, actor, object: &object, purpose: None, caused_by, content };
    leaf::encode(&written).expect("encodes")
}

/// Writes entries in batches of these sizes, each with its signed state, as a store does in one transaction.
pub struct Writer<'c> {
    pub connection: &'c Connection,
    pub signer: SiteSigner,
    pub tree: Tree,
}

impl<'c> Writer<'c> {
    pub fn new(connection: &'c Connection, seed: u8) -> Self {
        Self { connection, signer: signer(seed), tree: Tree::new() }
    }

    /// Goes on where the journal ends.
    pub fn resume(connection: &'c Connection, seed: u8) -> Self {
        let mut tree = Tree::new();
        let mut rows = connection.prepare("SELECT leaf FROM entry ORDER BY seq").expect("prepares");
        let leaves = rows.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("reads");
        for leaf in leaves {
            tree.push(leaf::hash(&leaf.expect("a leaf")));
        }
        Self { connection, signer: signer(seed), tree }
    }

    pub fn batch(&mut self, count: u64) {
        let vkey = self.signer.verifier_key();
        let drafts = (0..count).map(|n| draft(self.tree.size() + n, None, &vkey)).collect();
        self.commit(drafts);
    }

    pub fn commit(&mut self, drafts: Vec<Draft>) {
        let work = self.connection.unchecked_transaction().expect("begins");
        let mut entry = work.prepare_cached("INSERT INTO entry VALUES (?1, ?2)").expect("prepares");
        let mut payload = work.prepare_cached("INSERT INTO payload VALUES (?1, ?2)").expect("prepares");
        let mut tile =
            work.prepare_cached("INSERT OR REPLACE INTO tile VALUES (?1, ?2, ?3)").expect("prepares");
        for draft in drafts {
            let seq = self.tree.size() as i64;
            entry.execute(params![seq, draft.leaf]).expect("inserts");
            if let Some(sealed) = &draft.payload {
                payload.execute(params![seq, sealed]).expect("inserts");
            }
            for complete in self.tree.push(leaf::hash(&draft.leaf)) {
                let index = complete.index as i64;
                tile.execute(params![complete.level, index, complete.hashes]).expect("inserts");
            }
        }
        let (index, hashes) = self.tree.open_tile();
        if !hashes.is_empty() {
            tile.execute(params![0, index as i64, hashes]).expect("inserts");
        }
        let note = self.signer.sign_checkpoint(self.tree.size(), &self.tree.root());
        let size = self.tree.size() as i64;
        work.execute("INSERT INTO checkpoint VALUES (?1, ?2)", params![size, note]).expect("inserts");
        drop((entry, payload, tile));
        work.commit().expect("commits");
    }
}

/// A journal in memory.
pub fn journal(batches: &[u64]) -> Connection {
    let connection = Connection::open_in_memory().expect("opens");
    connection.execute_batch(TABLES).expect("creates");
    let mut writer = Writer::new(&connection, 1);
    for count in batches {
        writer.batch(*count);
    }
    connection
}

/// Erases the contents of these entries the way a store does, in one transaction with the entry that says so.
pub fn erase(connection: &Connection, spans: &[(u64, u64)]) {
    let body = ContentErased {
        why: ErasedWhy::Retention,
        erasure: None,
        before: None,
        spans: spans.to_vec(),
        signals: Vec::new(),
        stories: Vec::new(),
        objects: 1,
        kept: 0,
    };
    for (first, last) in spans {
        let gone = (*first as i64, *last as i64);
        connection.execute("DELETE FROM payload WHERE seq BETWEEN ?1 AND ?2", gone).expect("deletes");
    }
    let mut writer = Writer::resume(connection, 1);
    let body = serde_json::to_vec(&body).expect("serialises");
    let leaf = entry(writer.tree.size(), Kind::ContentErased, Content::Body(&body));
    writer.commit(vec![Draft { leaf, payload: None }]);
}

/// A folder on disk with a file among its entries, closed as a site closes it.
pub struct Folder {
    pub dir: TempDir,
    pub blob: PathBuf,
}

pub fn folder() -> Folder {
    let dir = tempfile::tempdir().expect("a folder");
    let connection = open(dir.path());
    connection.execute_batch(TABLES).expect("creates");
    let mut writer = Writer::new(&connection, 1);
    writer.batch(3);
    let mut cipher = Vec::new();
    let key = PayloadKey { key: [9; 32], salt: [9; 32] };
    let mut sealer = FileSealer::new(&key, b"here", [9; 19]);
    sealer.update(&vec![7; 100_000], &mut cipher).expect("seals");
    let sealed = sealer.finish(&mut cipher).expect("ends");
    let name = hex::encode(sealed.cipher);
    let blob = dir.path().join("blobs").join(&name[..2]).join(&name);
    std::fs::create_dir_all(blob.parent().expect("a parent")).expect("creates");
    std::fs::write(&blob, cipher).expect("writes");
    let vkey = writer.signer.verifier_key();
    writer.commit(vec![draft(3, Some(sealed.cipher), &vkey)]);
    writer.batch(4);
    drop(connection);
    Folder { dir, blob }
}

pub fn open(dir: &Path) -> Connection {
    let connection = Connection::open(dir.join("store.db")).expect("opens");
    connection.pragma_update(None, "journal_mode", "wal").expect("switches");
    connection
}
