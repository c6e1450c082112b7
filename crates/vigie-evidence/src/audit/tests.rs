use super::*;
use crate::leaf::LeafDraft;
use crate::note::SiteSigner;
use std::collections::BTreeMap;
use vigie_model::Actor;

type Tiles = BTreeMap<(u8, u64), Vec<u8>>;

fn signer() -> SiteSigner {
    SiteSigner::from_seed("vigie.local/misouv/nord/0", [1; 32]).expect("a valid origin")
}

fn opening_body() -> Vec<u8> {
    let body = serde_json::json!({
        "format": 1, "site": "nord", "mission": "MISOUV", "origin": signer().origin(),
        "verifier_key": signer().verifier_key(), "generation": 0, "demo": true, "zone": "UTC",
    });
    body.to_string().into_bytes()
}

fn leaf(seq: u64) -> Vec<u8> {
    if seq == 0 {
        of_body(seq, Kind::JournalOpened, &opening_body())
    } else {
        of_body(seq, Kind::LinkChanged, br#"{"up":true}"#)
    }
}

fn of_body(seq: u64, kind: Kind, body: &[u8]) -> Vec<u8> {
    let draft = LeafDraft {
        seq,
        site: "nord",
        at: Timestamp::UNIX_EPOCH,
        kind,
        actor: &Actor::Console,
        object: "link",
        purpose: None,
        caused_by: None,
        content: Content::Body(body),
    };
    leaf::encode(&draft).expect("encodes")
}

/// A journal of these leaves, with its tiles and one signed state at its end.
#[derive(Clone)]
struct Journal {
    leaves: Vec<Vec<u8>>,
    tiles: Tiles,
    size: u64,
    note: String,
}

fn journal(leaves: Vec<Vec<u8>>) -> Journal {
    let (mut tree, mut tiles) = (Tree::new(), Tiles::new());
    for leaf in &leaves {
        tiles.extend(tree.push(leaf::hash(leaf)).into_iter().map(|t| ((t.level, t.index), t.hashes)));
    }
    let (index, open) = tree.open_tile();
    tiles.insert((0, index), open);
    Journal { leaves, tiles, size: tree.size(), note: signer().sign_checkpoint(tree.size(), &tree.root()) }
}

fn audit(journal: Journal) -> Report {
    let mut auditor = Auditor::new(Demands::default(), journal.tiles);
    for (leaf, seq) in journal.leaves.iter().zip(0..) {
        auditor.feed(seq, leaf, None).expect("tiles are read");
    }
    auditor.signed_state(journal.size, &journal.note);
    auditor.finish().expect("tiles are read")
}

/// An entry whose content is sealed apart, as the bytes of `sealed`.
fn sealing(seq: u64, sealed: &[u8]) -> Vec<u8> {
    let draft = LeafDraft {
        seq,
        site: "nord",
        at: Timestamp::UNIX_EPOCH,
        kind: Kind::NoteWritten,
        actor: &Actor::Console,
        object: "note",
        purpose: None,
        caused_by: None,
        content: Content::Sealed(Sealed { commit: [1; 32], cipher: sha256(sealed), blob: None }),
    };
    leaf::encode(&draft).expect("encodes")
}

#[test]
fn contents_that_are_listed_apart_end_nothing_and_hide_nothing() {
    let leaves = std::iter::once(leaf(0)).chain((1..8).map(|seq| sealing(seq, &[7])));
    let whole = journal(leaves.collect());
    let look = |journal: &Journal, contents_apart: bool| {
        let demands = Demands { contents_apart, ..Demands::default() };
        let mut auditor = Auditor::new(demands, journal.tiles.clone());
        for (leaf, seq) in journal.leaves.iter().zip(0..) {
            let payload = match seq {
                2 => Some([8].as_slice()),
                0 | 4 | 5 => None,
                _ => Some([7].as_slice()),
            };
            auditor.feed(seq, leaf, payload).expect("tiles are read");
        }
        auditor.signed_state(journal.size, &journal.note);
        auditor.finish().expect("tiles are read")
    };
    let report = look(&whole, true);
    let listed = [at(2, Fault::PayloadChanged), at(4, Fault::PayloadLost), at(5, Fault::PayloadLost)];
    assert_eq!((report.first_bad, report.contents.count, report.contents.first), (None, 3, listed.to_vec()));
    assert_eq!(report.checkpoints, 1);
    let mut changed = whole.clone();
    changed.leaves[6] =
        String::from_utf8(sealing(6, &[7])).expect("text").replace("nord", "nort").into_bytes();
    assert_eq!(look(&changed, true).first_bad, Some(at(6, Fault::Changed)), "an entry is another matter");
    let report = look(&whole, false);
    assert_eq!(
        (report.first_bad, report.contents),
        (Some(at(2, Fault::PayloadChanged)), Contents::default())
    );
}

fn at(seq: u64, fault: Fault) -> Finding {
    Finding { seq, fault }
}

#[test]
fn tiles_above_the_leaves_are_held_against_the_entries_too() {
    let long = journal((0..132_000).map(leaf).collect());
    let changed = |index: u64, with: fn(&mut Vec<u8>)| {
        let mut changed = long.clone();
        with(changed.tiles.get_mut(&(1, index)).expect("a tile of level 1"));
        audit(changed).first_bad
    };
    let named = |seq, index| Some(at(seq, Fault::TileChanged { level: 1, index }));
    assert_eq!(changed(0, |tile| tile[32 * 5 + 3] ^= 1), named(5 * 256, 0));
    assert_eq!(changed(1, |tile| tile[32 * 7] ^= 1), named((256 + 7) * 256, 1));
    assert_eq!(changed(1, |tile| tile.extend([0; 32])), named((256 + 255) * 256, 1));
    assert_eq!(changed(1, |tile| tile.truncate(32 * 9)), named((256 + 9) * 256, 1));
    // An entry changed far from the end: the tile of level 1 differs as a consequence and is not blamed.
    let mut entry = long.clone();
    let text = String::from_utf8(entry.leaves[700].clone()).expect("text");
    entry.leaves[700] = text.replace("true", "null").into_bytes();
    assert_eq!(audit(entry).first_bad, Some(at(700, Fault::Changed)));
    let mut without = long.clone();
    without.tiles.remove(&(1, 0));
    let report = audit(without);
    assert_eq!((report.first_bad, report.tiles_missing), (None, 1));
    let report = audit(long);
    assert_eq!((report.first_bad, report.entries, report.tiles), (None, 132_000, 515 + 1 + 2));
}

#[test]
fn a_hash_of_a_tile_stands_for_all_entries_below_it() {
    assert_eq!((first_below(0, 3, 4), first_below(1, 3, 4), first_below(2, 0, 4)), (772, 772 << 8, 4 << 16));
    assert_eq!((first_below(2, 1, 0), first_below(1, 0, 900)), (256 << 16, 255 << 8));
}

#[test]
fn hashes_beyond_the_last_entry_speak_of_entries_that_are_gone() {
    let beyond = |entries: u64, index: u64, hashes: usize| {
        let mut cut = journal((0..entries).map(leaf).collect());
        cut.tiles.insert((0, index), {
            let mut tile = cut.tiles.get(&(0, index)).cloned().unwrap_or_default();
            tile.resize(hashes * 32, 7);
            tile
        });
        audit(cut).first_bad
    };
    let cut = |seq, entries| Some(at(seq, Fault::CutOff { entries }));
    assert_eq!(beyond(5, 0, 5), None);
    assert_eq!(beyond(5, 0, 8), cut(5, 8));
    assert_eq!(beyond(600, 2, 92), cut(600, 604));
    assert_eq!(beyond(256, 1, 0), None);
    assert_eq!(beyond(256, 1, 3), cut(256, 259));
    assert_eq!(beyond(512, 2, 1), cut(512, 513));
}

#[test]
fn a_changed_hash_is_named_by_its_own_tile() {
    let mut changed = journal((0..600).map(leaf).collect());
    changed.tiles.get_mut(&(0, 1)).expect("a tile")[32 * 44] ^= 1;
    assert_eq!(audit(changed).first_bad, Some(at(300, Fault::TileChanged { level: 0, index: 1 })));
}

#[test]
fn where_neither_bytes_nor_hashes_are_as_signed_the_signed_states_bound_the_change() {
    let mut changed = journal((0..5).map(leaf).collect());
    changed.leaves[3] = String::from_utf8(leaf(3)).expect("text").replace("true", "null").into_bytes();
    changed.tiles.get_mut(&(0, 0)).expect("a tile")[32 * 3] ^= 1;
    assert_eq!(audit(changed).first_bad, Some(at(0, Fault::ChangedWithin { last: 4 })));
}

#[test]
fn a_key_and_a_state_from_elsewhere_are_held_against_what_is_there() {
    let with = |whole: &Journal, demands: Demands| {
        let mut auditor = Auditor::new(demands, whole.tiles.clone());
        for (leaf, seq) in whole.leaves.iter().zip(0..) {
            auditor.feed(seq, leaf, None).expect("tiles are read");
        }
        auditor.signed_state(whole.size, &whole.note);
        auditor.finish().expect("tiles are read").first_bad
    };
    let whole = journal((0..3).map(leaf).collect());
    let of_key = |signer: &SiteSigner| Demands { verifier: Some(signer.verifier()), ..Demands::default() };
    assert_eq!(with(&whole, of_key(&signer())), None);
    assert_eq!(with(&whole, of_key(&of_generation(7))), Some(at(0, Fault::OtherKey)));
    let nothing = journal(Vec::new());
    assert_eq!(with(&nothing, of_key(&signer())), Some(at(0, Fault::Missing)));
    let mut unopened = whole.leaves.clone();
    unopened[0] = String::from_utf8(leaf(1)).expect("text").replace("\"seq\":1", "\"seq\":0").into_bytes();
    assert_eq!(with(&journal(unopened), of_key(&signer())), Some(at(0, Fault::NotOpened)));
    // Every journal continues the empty one.
    let empty = signer().sign_checkpoint(0, &Tree::new().root());
    let demands = Demands { notes: vec![empty], ..Demands::default() };
    assert_eq!(with(&whole, demands), None);
    let mut misplaced = Auditor::new(Demands::default(), Tiles::new());
    misplaced.feed(0, &whole.leaves[0], None).expect("no tiles");
    misplaced.feed(0, &whole.leaves[0], None).expect("no tiles");
    assert!(misplaced.is_done(), "nothing that follows can say more");
    assert_eq!(misplaced.finish().expect("no tiles").first_bad, Some(at(1, Fault::BadNumber)));
}

#[test]
fn a_record_that_was_signed_but_is_none_is_named_all_the_same() {
    let mut leaves: Vec<_> = (0..5).map(leaf).collect();
    leaves[3] = b"{}".to_vec();
    let report = audit(journal(leaves));
    assert!(matches!(report.first_bad, Some(Finding { seq: 3, fault: Fault::Unreadable(_) })));
    let mut leaves: Vec<_> = (0..5).map(leaf).collect();
    leaves[2] = leaf(4);
    assert_eq!(audit(journal(leaves)).first_bad, Some(at(2, Fault::OutOfPlace { says: 4 })));
    let with = |from: &str, to: &str| {
        let mut leaves: Vec<_> = (0..5).map(leaf).collect();
        leaves[4] = String::from_utf8(leaf(4)).expect("text").replace(from, to).into_bytes();
        audit(journal(leaves))
    };
    assert_eq!(with("\"nord\"", "\"sud\"").first_bad, Some(at(4, Fault::OtherSite)));
    let later = with("link.changed", "drone.sighted");
    assert_eq!((later.first_bad, later.unknown_kinds), (None, 1));
}

#[test]
fn a_journal_that_does_not_open_as_one_is_refused_at_once() {
    let mut leaves: Vec<_> = (0..3).map(leaf).collect();
    leaves[0] = String::from_utf8(leaf(1)).expect("text").replace("\"seq\":1", "\"seq\":0").into_bytes();
    assert_eq!(audit(journal(leaves)).first_bad, Some(at(0, Fault::NotOpened)));
    assert_eq!(audit(journal(Vec::new())).first_bad, Some(at(0, Fault::Missing)));
}

#[test]
fn the_state_before_the_first_entry_may_be_signed_too() {
    let empty = signer().sign_checkpoint(0, &Tree::new().root());
    let whole = journal((0..3).map(leaf).collect());
    let mut auditor = Auditor::new(Demands::default(), whole.tiles);
    for (leaf, seq) in whole.leaves.iter().zip(0..) {
        auditor.feed(seq, leaf, None).expect("tiles are read");
    }
    auditor.signed_state(0, &empty);
    auditor.signed_state(3, &whole.note);
    let report = auditor.finish().expect("tiles are read");
    assert_eq!((report.first_bad, report.checkpoints), (None, 2));
}

/// Entry 0 with `from` in its body replaced.
fn opened_with(from: &str, to: &str) -> Option<Finding> {
    let mut leaves: Vec<_> = (0..3).map(leaf).collect();
    leaves[0] = String::from_utf8(leaf(0)).expect("text").replace(from, to).into_bytes();
    audit(journal(leaves)).first_bad
}

#[test]
fn a_journal_opens_with_its_own_name_and_its_own_site() {
    assert_eq!(opened_with("", ""), None);
    let not_opened = Some(at(0, Fault::NotOpened));
    let origin = format!("\"origin\":\"{}\"", signer().origin());
    assert_eq!(opened_with(&origin, "\"origin\":\"vigie.local/misouv/sud/0\""), not_opened);
    // The body names another site than the entry it stands in.
    let body = String::from_utf8(opening_body()).expect("text").replace("\"nord\"", "\"sud\"");
    let mut leaves: Vec<_> = (0..3).map(leaf).collect();
    leaves[0] = of_body(0, Kind::JournalOpened, body.as_bytes());
    assert_eq!(audit(journal(leaves)).first_bad, not_opened);
}

#[test]
fn what_a_caller_saw_beside_the_entries_is_named_by_entry() {
    let whole = journal((0..5).map(leaf).collect());
    let after = |tell: fn(&mut Auditor<Tiles>)| {
        let mut auditor = Auditor::new(Demands::default(), whole.tiles.clone());
        for (leaf, seq) in whole.leaves.iter().zip(0..) {
            auditor.feed(seq, leaf, None).expect("tiles are read");
        }
        auditor.signed_state(whole.size, &whole.note);
        tell(&mut auditor);
        auditor.finish().expect("tiles are read").first_bad
    };
    assert_eq!(after(|_| {}), None);
    assert_eq!(after(|auditor| auditor.other_content(2)), Some(at(2, Fault::PayloadChanged)));
    assert_eq!(after(|auditor| auditor.stray_payload(3)), Some(at(3, Fault::PayloadUnexpected)));
    assert_eq!(after(|auditor| auditor.stray_tile(0, 2, 7)), Some(at(5, Fault::CutOff { entries: 519 })));
    let above = Some(at(5, Fault::TileChanged { level: 1, index: 2 }));
    assert_eq!(after(|auditor| auditor.stray_tile(1, 2, 7)), above);
    assert_eq!(after(Auditor::bad_number), Some(at(5, Fault::BadNumber)));
    assert_eq!(after(Auditor::damaged), Some(at(5, Fault::Damaged)));
}

#[test]
fn tiles_that_are_not_stored_are_counted() {
    let mut bare = journal((0..600).map(leaf).collect());
    bare.tiles.clear();
    let report = audit(bare);
    assert_eq!((report.first_bad, report.tiles, report.tiles_missing), (None, 0, 3));
}

/// The key and the name of a generation.
fn of_generation(number: u8) -> SiteSigner {
    SiteSigner::from_seed(format!("vigie.local/misouv/nord/{number}"), [number + 1; 32]).expect("valid")
}

/// A journal that is handed over from generation to generation, as it is written.
struct Handed {
    leaves: Vec<Vec<u8>>,
    tree: Tree,
    states: Vec<(u64, String)>,
}

impl Handed {
    fn new() -> Self {
        let mut handed = Self { leaves: Vec::new(), tree: Tree::new(), states: Vec::new() };
        (0..3).for_each(|seq| handed.push(leaf(seq)));
        handed.sign(0, None);
        handed
    }

    fn push(&mut self, leaf: Vec<u8>) {
        self.tree.push(leaf::hash(&leaf));
        self.leaves.push(leaf);
    }

    fn sign(&mut self, generation: u8, before: Option<u8>) -> String {
        let note = of_generation(generation).sign_checkpoint(self.tree.size(), &self.tree.root());
        let note = before.map(|before| of_generation(before).countersign(&note)).unwrap_or(note);
        self.states.push((self.tree.size(), note.clone()));
        note
    }

    /// Opens generation `number` after the state `checkpoint`, with `change` done to what it says.
    fn open(&mut self, number: u8, checkpoint: &str, change: impl Fn(&mut serde_json::Value)) {
        let signer = of_generation(number);
        let mut body = serde_json::json!({
            "format": 1, "site": "nord", "mission": "MISOUV", "origin": signer.origin(),
            "verifier_key": signer.verifier_key(), "generation": number, "demo": true, "zone": "UTC",
            "successor_of": {"checkpoint": checkpoint, "reason": "the disk was lost"},
        });
        change(&mut body);
        self.push(of_body(self.tree.size(), Kind::JournalOpened, body.to_string().as_bytes()));
    }

    fn more(&mut self) {
        self.push(leaf(self.tree.size()));
    }

    fn audited(&self, notes: &[String]) -> Option<Finding> {
        let demands = Demands { notes: notes.to_vec(), ..Demands::default() };
        let mut auditor = Auditor::new(demands, Tiles::new());
        for (leaf, seq) in self.leaves.iter().zip(0..) {
            auditor.feed(seq, leaf, None).expect("no tiles");
            for (size, note) in self.states.iter().filter(|(size, _)| *size == seq + 1) {
                auditor.signed_state(*size, note);
            }
        }
        auditor.finish().expect("no tiles").first_bad
    }
}

/// Two generations, the second opened with `change` and signed as `signed` says.
fn second(change: impl Fn(&mut serde_json::Value), before: Option<u8>) -> Option<Finding> {
    let mut handed = Handed::new();
    let last = handed.states[0].1.clone();
    handed.open(1, &last, change);
    handed.sign(1, before);
    handed.more();
    handed.sign(1, None);
    handed.audited(&[])
}

#[test]
fn a_generation_continues_the_one_before_and_is_handed_over_to() {
    assert_eq!(second(|_| {}, Some(0)), None);
    let refused = Some(at(3, Fault::NotSucceeded));
    assert_eq!(second(|_| {}, None), refused, "the key before did not sign");
    assert_eq!(second(|_| {}, Some(1)), refused, "its own key signed twice");
    for number in [0, 2] {
        assert_eq!(second(|body| body["generation"] = number.into(), Some(0)), refused, "number {number}");
    }
    assert_eq!(second(|body| body["site"] = "sud".into(), Some(0)), refused, "another site");
    let other = of_generation(2).origin().to_owned();
    assert_eq!(second(|body| body["origin"] = other.clone().into(), Some(0)), refused, "not its key's name");
    assert_eq!(second(|body| body["successor_of"] = serde_json::Value::Null, Some(0)), refused);
    let elsewhere = of_generation(0).sign_checkpoint(3, &[7; 32]);
    let named = |body: &mut serde_json::Value| body["successor_of"]["checkpoint"] = elsewhere.clone().into();
    assert_eq!(second(named, Some(0)), refused, "a state of another history");
}

#[test]
fn a_generation_begins_with_the_entry_after_the_last_signed_state() {
    let mut handed = Handed::new();
    let last = handed.states[0].1.clone();
    handed.more();
    handed.open(1, &last, |_| {});
    handed.sign(1, Some(0));
    assert_eq!(handed.audited(&[]), Some(at(4, Fault::NotSucceeded)));
}

#[test]
fn a_third_generation_is_held_against_the_second() {
    let third = |number: u8| {
        let mut handed = Handed::new();
        let last = handed.states[0].1.clone();
        handed.open(1, &last, |_| {});
        let last = handed.sign(1, Some(0));
        handed.open(2, &last, |body| body["generation"] = number.into());
        handed.sign(2, Some(1));
        handed.audited(&[])
    };
    assert_eq!(third(2), None);
    assert_eq!(third(1), Some(at(4, Fault::NotSucceeded)));
}

#[test]
fn what_was_signed_beyond_a_hand_over_is_cut_off_by_it() {
    let mut lost = Handed::new();
    let beyond: Vec<String> = (0..3)
        .map(|_| {
            lost.more();
            lost.sign(0, None)
        })
        .collect();
    let mut handed = Handed::new();
    let last = handed.states[0].1.clone();
    handed.open(1, &last, |_| {});
    handed.sign(1, Some(0));
    handed.more();
    handed.sign(1, None);
    assert_eq!(handed.audited(std::slice::from_ref(&last)), None, "the last state that was restored");
    let cut = |entries| Some(at(3, Fault::CutOff { entries }));
    assert_eq!(handed.audited(&beyond[1..2]), cut(5));
    assert_eq!(handed.audited(&beyond[1..]), cut(6));
    // A state for as many entries as there are with the hand-over tells of another entry in its place.
    let other = Some(at(3, Fault::OtherHistory { size: 4 }));
    assert_eq!(handed.audited(&[last, beyond[0].clone()]), other);
}
