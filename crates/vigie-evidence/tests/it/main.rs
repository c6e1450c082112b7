//! Agreement with what others wrote: known answers for proofs, a log made by another program, and vectors for
//! the ciphers and signatures.
//!
//! The data is not part of the project. `VIGIE_DATA` names its folder; without it each test says
//! "skipped: no data". Run with `--nocapture` to see the counts.

#![expect(clippy::disallowed_methods, reason = "tests read files; the crate does not")]

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use serde_json::Value;
use signed_note::Verifier;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use vigie_evidence::leaf;
use vigie_evidence::note::{Checkpoint, SiteVerifier};
use vigie_evidence::proof::{ProofError, consistency, inclusion, verify_consistency, verify_inclusion};
use vigie_evidence::seal::{self, PayloadKey};
use vigie_evidence::tree::{Tree, entry_bundle, hashes, tile_path};

/// The folder `name` of the data, or `None` after saying that there is none.
fn data(name: &str) -> Option<PathBuf> {
    let folder =
        std::env::var_os("VIGIE_DATA").map(|root| Path::new(&root).join(name)).filter(|path| path.exists());
    if folder.is_none() {
        println!("skipped: no data");
    }
    folder
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")
}

fn json_below(folder: &Path) -> Vec<Value> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(json_below(&path));
        } else {
            found.push(json(&path));
        }
    }
    found
}

fn base64(value: &Value) -> Vec<u8> {
    BASE64.decode(value.as_str().unwrap_or_default()).expect("base64")
}

fn proof(vector: &Value) -> Vec<Vec<u8>> {
    vector["proof"].as_array().map(|hashes| hashes.iter().map(base64).collect()).unwrap_or_default()
}

/// How the known answers of one folder came out.
#[derive(Default)]
struct Tally {
    agree: usize,
    odd_lengths: usize,
}

impl Tally {
    /// A vector whose hashes are not 32 bytes long is refused whatever it expects; all others must agree.
    fn count(&mut self, vector: &Value, said: Result<(), ProofError>) {
        let wanted = vector["wantErr"] == Value::Bool(false);
        match said {
            Err(ProofError::HashLength(_)) if wanted => self.odd_lengths += 1,
            said => {
                assert_eq!(said.is_ok(), wanted, "{}: {said:?}", vector["desc"]);
                self.agree += 1;
            }
        }
    }
}

fn number(vector: &Value, name: &str) -> u64 {
    vector[name].as_u64().expect("a number")
}

#[test]
fn the_known_answers_for_inclusion_come_out() {
    let Some(folder) = data("tlog/merkle-vectors/testdata/inclusion") else { return };
    let (vectors, mut tally) = (json_below(&folder), Tally::default());
    for vector in &vectors {
        let (index, size) = (number(vector, "leafIdx"), number(vector, "treeSize"));
        let (hash, root) = (base64(&vector["leafHash"]), base64(&vector["root"]));
        tally.count(vector, verify_inclusion(&hash, index, size, &proof(vector), &root));
    }
    println!(
        "inclusion: {} of {} agree, {} with odd lengths refused",
        tally.agree,
        vectors.len(),
        tally.odd_lengths
    );
    assert_eq!((vectors.len(), tally.agree, tally.odd_lengths), (98, 98, 0));
}

#[test]
fn the_known_answers_for_consistency_come_out() {
    let Some(folder) = data("tlog/merkle-vectors/testdata/consistency") else { return };
    let (vectors, mut tally) = (json_below(&folder), Tally::default());
    for vector in &vectors {
        let (old, new) = (number(vector, "size1"), number(vector, "size2"));
        let (old_root, new_root) = (base64(&vector["root1"]), base64(&vector["root2"]));
        tally.count(vector, verify_consistency(old, &old_root, new, &new_root, &proof(vector)));
    }
    println!(
        "consistency: {} of {} agree, {} with odd lengths refused",
        tally.agree,
        vectors.len(),
        tally.odd_lengths
    );
    assert_eq!((vectors.len(), tally.agree, tally.odd_lengths), (98, 97, 1));
}

/// The public key under which that log was published.
const LOG_KEY: &str = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

#[test]
fn a_log_made_by_another_program_is_read_and_continues_itself() {
    let Some(folder) = data("tlog/tessera-testdata-log") else { return };
    let note = |size| fs::read_to_string(folder.join(format!("checkpoint.{size}"))).expect("a note");
    let states: Vec<_> =
        (0..=15).map(|size| Checkpoint::open(&note(size), LOG_KEY).expect("opens")).collect();
    assert!(states.iter().zip(0..).all(|(state, size)| state.size == size));

    let none = BTreeMap::new();
    let mut tree = Tree::new();
    for state in &states[1..] {
        let stored = fs::read(folder.join(tile_path(Some(0), 0, state.size as usize))).expect("a tile");
        tree = Tree::resume(state.size, &none, &hashes(&stored).expect("whole hashes")).expect("resumes");
        assert_eq!(tree.root(), state.root, "root at {}", state.size);
        assert_eq!(tree.partial_tiles(), [(0, 0, stored)]);
    }
    let mut pairs = 0;
    for new in &states {
        for old in states.iter().take_while(|old| old.size < new.size) {
            let proof = consistency(&tree, &none, old.size, new.size).expect("made");
            verify_consistency(old.size, &old.root, new.size, &new.root, &proof).expect("continues");
            pairs += 1;
        }
    }
    let bundle = fs::read(folder.join(tile_path(None, 0, 15))).expect("a bundle");
    let entries = unpack(&bundle);
    for (entry, index) in entries.iter().zip(0..) {
        let proof = inclusion(&tree, &none, index, 15).expect("made");
        verify_inclusion(&leaf::hash(entry), index, 15, &proof, &states[15].root).expect("stands in it");
    }
    assert_eq!(entry_bundle(entries.iter().copied()).expect("packs"), bundle);
    println!("log: {} signed states, {pairs} pairs, {} entries", states.len(), entries.len());
    assert_eq!((states.len(), pairs, entries.len()), (16, 120, 15));
}

fn unpack(mut bundle: &[u8]) -> Vec<&[u8]> {
    let mut entries = Vec::new();
    while let Some((length, rest)) = bundle.split_first_chunk() {
        let (entry, rest) = rest.split_at(usize::from(u16::from_be_bytes(*length)));
        entries.push(entry);
        bundle = rest;
    }
    entries
}

fn hex(test: &Value, name: &str) -> Vec<u8> {
    hex::decode(test[name].as_str().expect("text")).expect("hexadecimal")
}

/// Every test of a file of vectors with the group it stands in.
fn vectors(file: &Value) -> impl Iterator<Item = (&Value, &Value)> {
    let groups = file["testGroups"].as_array().expect("groups").iter();
    groups.flat_map(|group| group["tests"].as_array().expect("tests").iter().map(move |test| (group, test)))
}

#[test]
fn signatures_that_others_forged_are_refused_and_true_ones_accepted() {
    let Some(file) = data("crypto/ed25519_test.json") else { return };
    let (file, mut count) = (json(&file), 0);
    for (group, test) in vectors(&file) {
        let typed = [vec![1], hex(&group["publicKey"], "pk")].concat();
        let id = signed_note::key_id("log", &typed);
        let key = SiteVerifier::parse(&format!("log+{id:08x}+{}", BASE64.encode(&typed)));
        let accepted = key.is_ok_and(|key| key.verify(&hex(test, "msg"), &hex(test, "sig")));
        assert_eq!(accepted, test["result"] == "valid", "{} {}", test["tcId"], test["comment"]);
        count += 1;
    }
    println!("signatures: {count} agree");
    assert_eq!(Some(count), file["numberOfTests"].as_u64());
}

#[test]
fn seals_that_others_broke_do_not_open_and_true_ones_do() {
    let Some(file) = data("crypto/xchacha20_poly1305_test.json") else { return };
    let (file, mut count) = (json(&file), 0);
    for (_, test) in vectors(&file) {
        let [key, nonce, aad, text, cipher, tag] =
            ["key", "iv", "aad", "msg", "ct", "tag"].map(|name| hex(test, name));
        let key = PayloadKey { key: key.try_into().expect("32 bytes"), salt: [0; 32] };
        let sealed = [vec![1], nonce.clone(), cipher, tag].concat();
        let valid = test["result"] == "valid";
        let opened = seal::open(&key, &aad, &sealed);
        assert_eq!(opened.is_ok(), valid, "{} {}", test["tcId"], test["comment"]);
        if valid {
            assert_eq!(opened.expect("opens"), text);
            let nonce = nonce.try_into().expect("24 bytes");
            assert_eq!(seal::seal(&key, &aad, &text, nonce).expect("seals"), sealed, "{}", test["tcId"]);
        }
        count += 1;
    }
    println!("seals: {count} agree");
    assert_eq!(Some(count), file["numberOfTests"].as_u64());
}
