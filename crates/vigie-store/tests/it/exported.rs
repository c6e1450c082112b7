//! Exports: another site takes them in with the same hashes, what was changed on the way is refused for the right
//! reason, and a program that knows nothing of Vigie agrees.

use crate::backup::{backed_up, restored};
use crate::{Ground, copied, lived_in, received};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use vigie_evidence::age::Identity;
use vigie_evidence::exported::{CHECKPOINT, ENTRIES, MANIFEST, manifest_line};
use vigie_evidence::note::SiteSigner;
use vigie_evidence::sha256;
use vigie_evidence::tree::Tree;
use vigie_store::{KeySource, Store, StoreError, import_export, import_sealed};
use vigie_verify::{Demands, Report, SiteVerifier, VerifyError, verify, verify_sealed};

/// A site with more than one tile of entries, exported.
fn exported(open: bool) -> (Ground, PathBuf) {
    let ground = Ground::new();
    let store = lived_in(&ground);
    let more = (1_000..1_300).map(|n| received(n, "radio-birao", &format!("la piste {n} est coupée")));
    store.commit(more.collect()).expect("signals");
    let dir = ground.dir.with_file_name("export");
    store.export(&dir, open, |_| {}).expect("exports");
    (ground, dir)
}

fn check(dir: &Path) -> Report {
    verify(dir, &Demands::default()).expect("can be checked")
}

fn listing(dir: &Path) -> String {
    fs::read_to_string(dir.join(MANIFEST)).expect("a manifest")
}

#[test]
fn an_export_taken_in_and_exported_again_is_the_same_byte_for_byte() {
    for open in [false, true] {
        let (ground, dir) = exported(open);
        let report = check(&dir);
        assert!(report.ok, "{:?}", report.reason);
        assert!(report.entries > 300 && report.blobs == 1 && report.tiles_missing == 0);
        let (copy, key) = (ground.dir.with_file_name("copy"), ground.dir.with_file_name("copy.key"));
        let taken = import_export(&dir, &copy, &KeySource::File(key.clone()), |_| {}).expect("takes in");
        assert_eq!((taken.entries, &taken.root), (report.entries, &report.root));
        assert_eq!(taken.readable, if open { taken.payloads } else { 0 });
        let verified = check(&copy);
        assert_eq!((verified.ok, verified.root, verified.payloads), (true, report.root, report.payloads));
        let store = Store::open(&copy, &KeySource::File(key), ground.clock.clone()).expect("opens");
        if open {
            let (home, away) = (ground.open().expect("opens"), &store);
            for seq in 0..report.entries {
                assert_eq!(home.entry(seq).expect("reads"), away.entry(seq).expect("reads"), "entry {seq}");
            }
        }
        let refused = store.commit(vec![received(9_999, "radio-birao", "une ligne de plus")]);
        assert!(matches!(refused, Err(StoreError::Copy)), "{refused:?}");
        let again = ground.dir.with_file_name("again");
        store.export(&again, open, |_| {}).expect("exports");
        assert_eq!(listing(&again), listing(&dir));
    }
}

#[test]
fn an_export_in_the_open_reads_without_vigie_and_a_sealed_one_does_not() {
    let (_ground, sealed) = exported(false);
    let (_other, open) = exported(true);
    let holds = |dir: &Path| {
        fs::read_to_string(dir.join("payloads/000.jsonl")).expect("contents").contains("le convoi")
    };
    assert!(!holds(&sealed) && holds(&open));
    assert!(!fs::read_to_string(sealed.join(ENTRIES)).expect("entries").contains("convoi"));
}

#[test]
fn what_is_not_whole_is_refused_and_nothing_is_kept() {
    let (ground, dir) = exported(true);
    let (copy, key) = (ground.dir.with_file_name("copy"), ground.dir.with_file_name("copy.key"));
    let refused = |why: &str| {
        let taken = import_export(&dir, &copy, &KeySource::File(key.clone()), |_| {});
        assert!(taken.is_err(), "{why}");
        assert!(!copy.exists() && !key.exists(), "{why}: something is left");
        assert!(!copy.with_extension("partial").exists());
    };
    let entries = fs::read(dir.join(ENTRIES)).expect("entries");
    fs::write(dir.join(ENTRIES), &entries[..entries.len() / 2]).expect("writes");
    refused("cut in the middle of a line");
    let half = entries.iter().take(entries.len() / 2).rposition(|byte| *byte == b'\n').expect("a line");
    fs::write(dir.join(ENTRIES), &entries[..=half]).expect("writes");
    refused("cut at the end of a line");
    fs::write(dir.join(ENTRIES), &entries).expect("writes");
    let contents = fs::read_to_string(dir.join("payloads/000.jsonl")).expect("contents");
    fs::write(dir.join("payloads/000.jsonl"), contents.replacen("\"sealed\":\"A", "\"sealed\":\"B", 1))
        .expect("writes");
    refused("a content is another");
    fs::write(dir.join("payloads/000.jsonl"), contents).expect("writes");
    fs::create_dir(&copy).expect("a folder");
    fs::write(copy.join("mine"), b"mine").expect("a file");
    let taken = import_export(&dir, &copy, &KeySource::File(key.clone()), |_| {});
    assert!(matches!(taken, Err(StoreError::NotEmpty(_))));
    assert_eq!(fs::read(copy.join("mine")).expect("still there"), b"mine");
}

/// A hand that changes an export.
type Hand = fn(&Path);

/// What was done, whether its manifest was made to fit, the verifier's word for it, and the other program's.
struct Tampering {
    name: &'static str,
    hand: Hand,
    manifest_fits: bool,
    vigie: &'static str,
    independent: &'static str,
}

fn lines(dir: &Path) -> Vec<String> {
    fs::read_to_string(dir.join(ENTRIES)).expect("entries").lines().map(ToOwned::to_owned).collect()
}

fn put_lines(dir: &Path, lines: &[String]) {
    fs::write(dir.join(ENTRIES), lines.join("\n") + "\n").expect("writes");
}

fn change(path: &Path, with: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).expect("reads");
    with(&mut bytes);
    fs::write(path, bytes).expect("writes");
}

/// A forger's own key under the site's name.
fn forger() -> SiteSigner {
    SiteSigner::from_seed("vigie.local/minut/birao/0", [7; 32]).expect("a signer")
}

fn root(lines: &[String]) -> [u8; 32] {
    let mut tree = Tree::new();
    for line in lines {
        tree.push(vigie_evidence::leaf::hash(line.as_bytes()));
    }
    tree.root()
}

const TAMPERINGS: &[Tampering] = &[
    Tampering {
        name: "a bit of an entry is flipped",
        hand: |dir| {
            let mut lines = lines(dir);
            lines[40] = lines[40].replacen(":00.000Z", ":10.000Z", 1);
            put_lines(dir, &lines);
        },
        manifest_fits: true,
        vigie: "verify-changed",
        independent: "changed",
    },
    Tampering {
        name: "two entries change places",
        hand: |dir| {
            let mut lines = lines(dir);
            lines.swap(40, 41);
            put_lines(dir, &lines);
        },
        manifest_fits: true,
        vigie: "verify-changed",
        independent: "out-of-place",
    },
    Tampering {
        name: "an entry in the middle is dropped",
        hand: |dir| {
            let mut lines = lines(dir);
            lines.remove(40);
            put_lines(dir, &lines);
        },
        manifest_fits: true,
        vigie: "verify-out-of-place",
        independent: "cut-off",
    },
    Tampering {
        name: "the last entries are cut off",
        hand: |dir| {
            let mut lines = lines(dir);
            lines.truncate(300);
            put_lines(dir, &lines);
        },
        manifest_fits: true,
        vigie: "verify-cut-off",
        independent: "cut-off",
    },
    Tampering {
        name: "an entry is slipped in at the end",
        hand: |dir| {
            let mut lines = lines(dir);
            let seq = lines.len();
            let last = lines.last().expect("a line").replacen(
                &format!("\"seq\":{}", seq - 1),
                &format!("\"seq\":{seq}"),
                1,
            );
            lines.push(last);
            put_lines(dir, &lines);
        },
        manifest_fits: true,
        vigie: "verify-unsigned",
        independent: "unsigned",
    },
    Tampering {
        name: "a bit of a sealed content is flipped",
        hand: |dir| {
            change(&dir.join("payloads/001.jsonl"), |bytes| {
                let at = bytes.len() / 2;
                let at =
                    at + bytes[at..].windows(10).position(|w| w == b"\"sealed\":\"").expect("a content") + 40;
                bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            });
        },
        manifest_fits: true,
        vigie: "verify-payload-changed",
        independent: "content",
    },
    Tampering {
        name: "the text beside a sealed content says something else",
        hand: |dir| {
            let path = dir.join("payloads/001.jsonl");
            let text = fs::read_to_string(&path).expect("contents");
            fs::write(&path, text.replacen("est coupée", "est ouverte", 1)).expect("writes");
        },
        manifest_fits: true,
        vigie: "verify-payload-changed",
        independent: "content",
    },
    Tampering {
        name: "a content is put under another entry",
        hand: |dir| {
            let path = dir.join("payloads/001.jsonl");
            let text = fs::read_to_string(&path).expect("contents");
            fs::write(&path, text.replacen("{\"seq\":2", "{\"seq\":9002", 1)).expect("writes");
        },
        manifest_fits: true,
        vigie: "verify-payload-unexpected",
        independent: "content",
    },
    Tampering {
        name: "a content is taken out",
        hand: |dir| {
            let path = dir.join("payloads/001.jsonl");
            let text = fs::read_to_string(&path).expect("contents");
            let rest: String = text.split_inclusive('\n').skip(1).collect();
            fs::write(&path, rest).expect("writes");
        },
        manifest_fits: true,
        vigie: "verify-payload-lost",
        independent: "lost",
    },
    Tampering {
        name: "a sealed file is taken out",
        hand: |dir| fs::remove_dir_all(dir.join("payloads/files")).expect("removes"),
        manifest_fits: true,
        vigie: "verify-blob-lost",
        independent: "lost",
    },
    Tampering {
        name: "a byte of a sealed file is changed",
        hand: |dir| {
            let below =
                fs::read_dir(dir.join("payloads/files")).expect("files").next().expect("one").expect("one");
            let file = fs::read_dir(below.path()).expect("files").next().expect("one").expect("one");
            change(&file.path(), |bytes| bytes[30] ^= 1);
        },
        manifest_fits: true,
        vigie: "verify-blob-changed",
        independent: "file",
    },
    Tampering {
        name: "a hash of the tree is changed",
        hand: |dir| change(&dir.join("tile/0/000"), |bytes| bytes[700] ^= 1),
        manifest_fits: true,
        vigie: "verify-tile-changed",
        independent: "tile",
    },
    Tampering {
        name: "a bundle of entries tells another story",
        hand: |dir| change(&dir.join("tile/entries/000"), |bytes| bytes[700] ^= 1),
        manifest_fits: true,
        vigie: "exported-not-derived",
        independent: "bundle",
    },
    Tampering {
        name: "the signature is damaged",
        hand: |dir| {
            let path = dir.join(CHECKPOINT);
            let text = fs::read_to_string(&path).expect("a note");
            let at = text.trim_end().len() - 20;
            let other = if &text[at..=at] == "A" { "B" } else { "A" };
            fs::write(&path, format!("{}{other}{}", &text[..at], &text[at + 1..])).expect("writes");
        },
        manifest_fits: true,
        vigie: "verify-note",
        independent: "note",
    },
    Tampering {
        name: "another hand signs a changed history",
        hand: |dir| {
            let mut lines = lines(dir);
            lines[40] = lines[40].replacen("2026-11-22", "2026-11-21", 1);
            put_lines(dir, &lines);
            let note = forger().sign_checkpoint(lines.len() as u64, &root(&lines));
            fs::write(dir.join(CHECKPOINT), note).expect("writes");
        },
        manifest_fits: true,
        // Its signature is nobody's: what is left is a history that nobody signed.
        vigie: "verify-unsigned",
        independent: "note",
    },
    Tampering {
        name: "the signed state is that of another journal",
        hand: |dir| {
            let lines = lines(dir);
            let other = SiteSigner::from_seed("vigie.local/minut/bria/0", [7; 32]).expect("a signer");
            fs::write(dir.join(CHECKPOINT), other.sign_checkpoint(lines.len() as u64, &root(&lines)))
                .expect("writes");
        },
        manifest_fits: true,
        vigie: "verify-note",
        independent: "note",
    },
    Tampering {
        name: "a file that nobody listed lies among the others",
        hand: |dir| fs::write(dir.join("payloads/notes.txt"), b"read me first").expect("writes"),
        manifest_fits: false,
        vigie: "exported-unlisted",
        independent: "manifest",
    },
    Tampering {
        name: "the manifest lists another hash",
        hand: |dir| {
            change(&dir.join(MANIFEST), |bytes| bytes[3] = if bytes[3] == b'0' { b'1' } else { b'0' });
        },
        manifest_fits: false,
        vigie: "exported-changed",
        independent: "manifest",
    },
    Tampering {
        name: "the manifest leads out of the folder",
        hand: |dir| {
            change(&dir.join(MANIFEST), |bytes| {
                bytes.extend(manifest_line(&[0; 32], "../site.key").into_bytes());
            });
        },
        manifest_fits: false,
        vigie: "exported-manifest",
        independent: "manifest",
    },
];

/// Makes the manifest fit what lies there now, as a forger would.
fn fit_manifest(dir: &Path) {
    fn listed(dir: &Path, below: &Path, out: &mut Vec<String>) {
        for entry in fs::read_dir(below).expect("reads") {
            let path = entry.expect("reads").path();
            if path.is_dir() {
                listed(dir, &path, out);
            } else if path != dir.join(MANIFEST) {
                let name = path.strip_prefix(dir).expect("below").display().to_string();
                out.push(manifest_line(&sha256(&fs::read(&path).expect("reads")), &name));
            }
        }
    }
    let mut out = Vec::new();
    listed(dir, dir, &mut out);
    let out = out.concat();
    fs::write(dir.join(MANIFEST), out).expect("writes");
}

#[test]
fn f52_nineteen_tamperings_are_each_refused_for_the_right_reason() {
    let (_ground, sound) = exported(true);
    assert_refused(&sound, TAMPERINGS);
}

/// Both programs accept the sound export, and name each tampering for what it is.
fn assert_refused(sound: &Path, tamperings: &[Tampering]) {
    let independent = Independent::build(sound.parent().expect("a folder"));
    if let Some(program) = &independent {
        let (code, said) = program.check(sound, None);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains(&format!("ok: {} entries", check(sound).entries)), "{said}");
    }
    for (n, tampering) in tamperings.iter().enumerate() {
        let dir = sound.with_file_name(format!("tampered-{n}"));
        copied(sound, &dir);
        (tampering.hand)(&dir);
        if tampering.manifest_fits {
            fit_manifest(&dir);
        }
        let report = check(&dir);
        assert_eq!(report.code, Some(tampering.vigie), "{}: {:?}", tampering.name, report.reason);
        if let Some(program) = &independent {
            let (code, said) = program.check(&dir, None);
            assert_eq!(code, 3, "{}: {said}", tampering.name);
            assert!(said.starts_with(tampering.independent), "{}: {said}", tampering.name);
        }
    }
}

/// A site that was restored twice, with signals of each generation, exported; with the key file of the last folder.
fn of_three_generations() -> (Ground, PathBuf, Store) {
    let ground = Ground::new();
    drop(lived_in(&ground));
    let first = backed_up(&ground, "backup");
    let (store, ..) = restored(&ground, &first, "second");
    let more = (1_000..1_300).map(|n| received(n, "radio-birao", &format!("la piste {n} est coupée")));
    store.commit(more.collect()).expect("signals");
    drop(store);
    let along = vigie_store::Along { reason: "an older copy", rule: &|_| Ok(Vec::new()), past: &[] };
    let (dir, key) =
        (ground.dir.with_file_name("second"), KeySource::File(ground.dir.with_file_name("second.key")));
    let (store, _) = Store::succeed(&dir, &key, ground.clock.clone(), &along).expect("a third generation");
    for n in 2_000..2_003 {
        store.commit(vec![received(n, "radio-birao", &format!("le bac {n} est à quai"))]).expect("signals");
    }
    let export = ground.dir.with_file_name("export");
    store.export(&export, true, |_| {}).expect("exports");
    (ground, export, store)
}

/// The files of signed states, those of hand-overs by their numbers.
fn states(dir: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(dir.join("checkpoints")).expect("states").map(|file| file.expect("one").path());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort_by_key(|path| path.file_name().and_then(|n| n.to_string_lossy().parse::<u64>().ok()));
    files
}

/// Changes every line of the first state of the second generation that is signed by the first.
fn change_hand_over(dir: &Path, with: impl Fn(&str) -> Option<String>) {
    let path = &states(dir)[1];
    let text = fs::read_to_string(path).expect("a note");
    let (body, signatures) = text.split_once("\n\n").expect("a note");
    let kept = signatures.lines().filter_map(|line| {
        if line.contains("vigie.local/minut/birao/0 ") { with(line) } else { Some(line.to_owned()) }
    });
    let kept: Vec<String> = kept.collect();
    fs::write(path, format!("{body}\n\n{}\n", kept.join("\n"))).expect("writes");
}

const HANDOVERS: &[Tampering] = &[
    Tampering {
        name: "the states of the hand-overs are left out",
        hand: |dir| fs::remove_dir_all(dir.join("checkpoints")).expect("removes"),
        manifest_fits: true,
        vigie: "verify-not-succeeded",
        independent: "not-succeeded",
    },
    Tampering {
        name: "the last state before a hand-over is left out",
        hand: |dir| fs::remove_file(&states(dir)[0]).expect("removes"),
        manifest_fits: true,
        vigie: "verify-not-succeeded",
        independent: "not-succeeded",
    },
    Tampering {
        name: "the first state after a hand-over is left out",
        hand: |dir| fs::remove_file(&states(dir)[1]).expect("removes"),
        manifest_fits: true,
        vigie: "verify-not-succeeded",
        independent: "not-succeeded",
    },
    Tampering {
        name: "the key before did not sign the hand-over",
        hand: |dir| change_hand_over(dir, |_| None),
        manifest_fits: true,
        vigie: "verify-not-succeeded",
        independent: "not-succeeded",
    },
    Tampering {
        name: "another hand signed the hand-over under the name before",
        hand: |dir| {
            let text = fs::read_to_string(&states(dir)[1]).expect("a note");
            let theirs = forger().countersign(&text);
            let line = theirs.lines().last().expect("a line").to_owned();
            change_hand_over(dir, |_| Some(line.clone()));
        },
        manifest_fits: true,
        vigie: "verify-not-succeeded",
        independent: "not-succeeded",
    },
    Tampering {
        name: "a hand-over is put under another number",
        hand: |dir| {
            let from = states(dir)[1].clone();
            fs::rename(&from, from.with_file_name("90")).expect("renames");
        },
        manifest_fits: true,
        vigie: "verify-note-moved",
        independent: "not-succeeded",
    },
    Tampering {
        name: "the generations before were written anew by whoever has the last key",
        hand: |dir| {
            let mut lines = lines(dir);
            lines[10] = lines[10].replacen("2026-11-22", "2026-11-21", 1);
            put_lines(dir, &lines);
        },
        manifest_fits: true,
        vigie: "verify-changed",
        independent: "changed",
    },
    Tampering {
        name: "a note lies among the signed states",
        hand: |dir| fs::write(dir.join("checkpoints/007"), b"read me first").expect("writes"),
        manifest_fits: true,
        vigie: "exported-unlisted",
        independent: "manifest",
    },
];

#[test]
fn a_journal_of_several_generations_is_exported_with_its_hand_overs_and_goes_home_with_them() {
    let (ground, dir, store) = of_three_generations();
    assert_eq!(states(&dir).len(), 4, "at and after each of two hand-overs");
    let report = check(&dir);
    assert!(report.ok, "{:?}", report.reason);
    for generation in store.journal_state().expect("state").generations {
        let verifier = Some(SiteVerifier::parse(&generation.verifier_key).expect("a key"));
        let checked = verify(&dir, &Demands { verifier, ..Demands::default() }).expect("checks");
        assert!(checked.ok, "whoever knows one of the keys: {:?}", checked.reason);
    }
    assert_refused(&dir, HANDOVERS);
    let (copy, key) = (ground.dir.with_file_name("copy"), ground.dir.with_file_name("copy.key"));
    for (n, tampering) in HANDOVERS.iter().enumerate() {
        let taken = import_export(
            &dir.with_file_name(format!("tampered-{n}")),
            &copy,
            &KeySource::File(key.clone()),
            |_| {},
        );
        assert!(matches!(taken, Err(StoreError::Damaged { .. })), "{}: {taken:?}", tampering.name);
        assert!(!copy.exists() && !key.exists(), "{}", tampering.name);
    }
    let taken = import_export(&dir, &copy, &KeySource::File(key.clone()), |_| {}).expect("takes in");
    assert_eq!((taken.entries, &taken.root), (report.entries, &report.root));
    assert!(check(&copy).ok);
    let away = Store::open(&copy, &KeySource::File(key), ground.clock.clone()).expect("opens");
    assert_eq!(away.journal_state().expect("state").generations.len(), 3);
    for seq in 0..report.entries {
        assert_eq!(store.entry(seq).expect("reads"), away.entry(seq).expect("reads"), "entry {seq}");
    }
    let again = ground.dir.with_file_name("again");
    away.export(&again, true, |_| {}).expect("exports");
    assert_eq!(listing(&again), listing(&dir));
}

/// Every file below a folder.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("reads") {
        let path = entry.expect("reads").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn an_export_sealed_to_a_recipient_is_read_by_its_holder_alone_and_is_the_same_in_the_clear() {
    let (ground, plain, store) = of_three_generations();
    let (holder, stranger) = (Identity::from_random([3; 32]), Identity::from_random([4; 32]));
    let dir = ground.dir.with_file_name("sealed");
    let report = store.export_to(&dir, true, Some(&holder.recipient()), |_| {}).expect("exports");
    assert_eq!(report.sealed_to, Some(holder.recipient().to_string()));
    // Nothing of it stands in the clear: neither a word nor an entry nor a hash.
    let all = files(&dir);
    assert!(
        all.len() > 10 && all.iter().all(|path| path.extension().is_some_and(|end| end == "age")),
        "{all:?}"
    );
    for path in &all {
        let bytes = fs::read(path).expect("reads");
        for needle in ["convoi", "signal.received", "est coupée", "vigie.local", "entries.jsonl"] {
            let seen = bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
            assert!(!seen, "{needle} in {}", path.display());
        }
    }
    let checked =
        |dir: &Path, who: Option<&Identity>| verify_sealed(dir, &Demands::default(), who, &mut |_, _| {});
    assert!(matches!(checked(&dir, None), Err(VerifyError::Sealed(_))));
    assert!(matches!(checked(&dir, Some(&stranger)), Err(VerifyError::OtherIdentity(_))));
    let held = checked(&dir, Some(&holder)).expect("checks");
    assert!(held.ok, "{:?}", held.reason);
    assert_eq!((held.entries, &held.root), (report.entries, &report.root));
    assert!(held.entries > check(&plain).entries, "that it was exported is an entry");
    // Taken in, it has the same hashes; without the identity nothing is made.
    let (copy, key) =
        (ground.dir.with_file_name("copy"), KeySource::File(ground.dir.with_file_name("copy.key")));
    assert!(import_export(&dir, &copy, &key, |_| {}).is_err() && !copy.exists());
    let taken = import_sealed(&dir, Some(&holder), &copy, &key, |_| {}).expect("takes in");
    assert_eq!((taken.entries, &taken.root, taken.readable), (held.entries, &held.root, taken.payloads));
    assert!(check(&copy).ok);
    // What is changed in a sealed file is named, and so are files that change places.
    let tampered = dir.with_file_name("tampered");
    for path in ["entries.jsonl.age", "payloads/000.jsonl.age", "tile/0/000.age", "manifest-sha256.txt.age"] {
        copied(&dir, &tampered);
        change(&tampered.join(path), |bytes| {
            let at = bytes.len() - 20;
            bytes[at] ^= 1;
        });
        let report = checked(&tampered, Some(&holder)).expect("checks");
        assert_eq!((report.code, report.file.as_deref()), (Some("exported-not-opened"), Some(path)));
        assert_eq!(report.exit_code(), 3);
        fs::remove_dir_all(&tampered).expect("removes");
    }
    copied(&dir, &tampered);
    fs::rename(tampered.join("tile/0/000.age"), tampered.join("away")).expect("renames");
    fs::rename(tampered.join("tile/entries/000.age"), tampered.join("tile/0/000.age")).expect("renames");
    fs::rename(tampered.join("away"), tampered.join("tile/entries/000.age")).expect("renames");
    assert_eq!(checked(&tampered, Some(&holder)).expect("checks").code, Some("verify-tile-changed"));
    fs::write(tampered.join("notes.txt"), b"read me first").expect("writes");
    assert!(!checked(&tampered, Some(&holder)).expect("checks").ok);
    opened_by_age(&dir, &holder);
}

/// Somebody else's program opens every file, and what comes of it is an export in the clear.
fn opened_by_age(dir: &Path, holder: &Identity) {
    if Command::new("age").arg("--version").output().is_err() {
        println!("skipped: no age (apt-get install age)");
        return;
    }
    let (key, out) = (dir.with_file_name("holder"), dir.with_file_name("opened"));
    fs::write(&key, holder.to_text().as_str()).expect("writes");
    for path in files(dir) {
        let to = out.join(path.strip_prefix(dir).expect("below").with_extension(""));
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        let age = Command::new("age").arg("-d").arg("-i").arg(&key).arg("-o").arg(&to).arg(&path).output();
        let age = age.expect("runs");
        assert!(age.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&age.stderr));
    }
    assert!(check(&out).ok);
    if let Some(program) = Independent::build(dir.parent().expect("a folder")) {
        let (code, said) = program.check(&out, None);
        assert_eq!(code, 0, "{said}");
    }
}

#[test]
fn a_journal_written_anew_under_another_key_is_refused_by_who_knows_the_key() {
    let (ground, dir) = exported(false);
    let known = ground.open().expect("opens").site().verifier_key.clone();
    let other = Ground::new();
    let forged = lived_in(&other);
    let forgery = other.dir.with_file_name("export");
    forged.export(&forgery, false, |_| {}).expect("exports");
    assert!(check(&forgery).ok, "by itself it holds");
    let demands =
        Demands { verifier: Some(SiteVerifier::parse(&known).expect("a key")), ..Demands::default() };
    assert!(verify(&dir, &demands).expect("checks").ok);
    assert_eq!(verify(&forgery, &demands).expect("checks").code, Some("verify-other-key"));
    if let Some(program) = Independent::build(dir.parent().expect("a folder")) {
        assert_eq!(program.check(&dir, Some(&known)).0, 0);
        assert_eq!(program.check(&forgery, Some(&known)), (3, "other-key\n".to_owned()));
    }
}

/// A program on the Go team's own code for such logs, built from what the system has installed.
struct Independent(PathBuf);

impl Independent {
    /// Where the system has neither Go nor that code, the tests say so and go on without.
    fn build(beside: &Path) -> Option<Self> {
        let library = Path::new("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog");
        let has_go = Command::new("go").arg("version").output().is_ok_and(|said| said.status.success());
        if !has_go || !library.is_dir() {
            println!("skipped: no go (apt-get install golang-go golang-golang-x-mod-dev)");
            return None;
        }
        let program = beside.join("independent");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../xtask/independent/main.go");
        let mut build = Command::new("go");
        build.arg("build").arg("-o").arg(&program).arg(source);
        build.env("GO111MODULE", "off").env("GOPATH", "/usr/share/gocode").env("GOFLAGS", "");
        build.env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go"));
        let built = build.output().expect("go runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        Some(Self(program))
    }

    fn check(&self, dir: &Path, key: Option<&str>) -> (i32, String) {
        let said = Command::new(&self.0).arg(dir).args(key).output().expect("runs");
        (said.status.code().expect("a code"), String::from_utf8_lossy(&said.stdout).into_owned())
    }
}
