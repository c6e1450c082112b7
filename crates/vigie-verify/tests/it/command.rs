//! The command: what it says, its exit codes, and that it leaves the folder as it was.

use crate::site::{Folder, Writer, erase, folder, open, signer};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::SystemTime;

fn run(arguments: &[&str], dir: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie-verify"));
    command.env("VIGIE_LANG", "en").args(arguments).arg(dir).output().expect("runs")
}

fn said(output: &Output) -> (i32, String) {
    let text = [output.stdout.as_slice(), &output.stderr].concat();
    (output.status.code().expect("an exit code"), String::from_utf8(text).expect("text"))
}

/// Name, bytes and time of change of every file below `dir`.
fn picture(dir: &Path) -> Vec<(String, Vec<u8>, SystemTime)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).expect("reads") {
        let path = entry.expect("reads").path();
        if path.is_dir() {
            files.extend(picture(&path));
        } else {
            let changed = fs::metadata(&path).and_then(|about| about.modified()).expect("reads");
            files.push((path.display().to_string(), fs::read(&path).expect("reads"), changed));
        }
    }
    files.sort();
    files
}

fn tamper(site: &Folder, sql: &str) {
    open(site.dir.path()).execute_batch(sql).expect("runs");
}

#[test]
fn a_sound_folder_is_called_sound_and_left_as_it_was() {
    let site = folder();
    let before = picture(site.dir.path());
    let (code, text) = said(&run(&[], site.dir.path()));
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("all 8 entries of vigie.local/misouv/nord/0 hold\n"), "{text}");
    assert!(text.contains("sealed files: 1 as recorded, 0 erased\n"), "{text}");
    let (code, text) = said(&run(&["--json", "--vkey", &signer(1).verifier_key()], site.dir.path()));
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((code, json["ok"].as_bool(), json["entries"].as_u64()), (0, Some(true), Some(8)));
    assert_eq!((json["key_given"].as_bool(), json["first_bad"].as_u64()), (Some(true), None));
    assert_eq!(picture(site.dir.path()), before);
}

#[test]
fn a_changed_byte_ends_in_exit_code_three_and_the_entry() {
    let site = folder();
    tamper(&site, "UPDATE entry SET leaf = replace(CAST(leaf AS TEXT), 'true', 'null') WHERE seq = 6");
    let (code, text) = said(&run(&[], site.dir.path()));
    assert_eq!(
        (code, text.as_str()),
        (3, "entry 6: the stored bytes do not give the tree hash that was signed\n")
    );
    let (code, text) = said(&run(&["--json"], site.dir.path()));
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        (code, json["first_bad"].as_u64(), json["code"].as_str()),
        (3, Some(6), Some("verify-changed"))
    );
}

#[test]
fn a_changed_or_lost_file_is_noticed_and_an_erased_one_counted() {
    let site = folder();
    let mut bytes = fs::read(&site.blob).expect("reads");
    bytes[70_000] ^= 1;
    fs::write(&site.blob, bytes).expect("writes");
    let (code, text) = said(&run(&[], site.dir.path()));
    assert_eq!((code, text.as_str()), (3, "entry 3: its sealed file is not the one that was recorded\n"));
    fs::remove_file(&site.blob).expect("removes");
    let lost = "entry 3: its sealed file is missing, and no entry says that it was erased\n";
    assert_eq!(said(&run(&[], site.dir.path())), (3, lost.to_owned()));
    erase(&open(site.dir.path()), &[(3, 3)]);
    let (code, text) = said(&run(&[], site.dir.path()));
    assert!(code == 0 && text.contains("sealed files: 0 as recorded, 1 erased\n"), "{text}");
    let (code, text) = said(&run(&["--complete"], site.dir.path()));
    assert_eq!((code, text.as_str()), (3, "entry 3: its sealed content is erased or missing\n"));
}

#[test]
fn what_cannot_be_checked_is_refused_with_the_reason() {
    let empty = tempfile::tempdir().expect("a folder");
    let (code, text) = said(&run(&[], empty.path()));
    assert!(code == 1 && text.contains("not the folder of a Vigie site"), "{text}");
    let (code, text) = said(&run(&[], &empty.path().join("nowhere")));
    assert!(code == 1 && text.contains("is not a folder"), "{text}");
    fs::write(empty.path().join("store.db"), "no database at all, only words ".repeat(300)).expect("writes");
    let (code, text) = said(&run(&[], empty.path()));
    assert!(code == 1 && text.contains("not made by Vigie"), "{text}");
    let site = folder();
    tamper(&site, "UPDATE meta SET value = 3 WHERE name = 'format'");
    let (code, text) = said(&run(&[], site.dir.path()));
    assert!(code == 1 && text.contains("format 3"), "{text}");
    tamper(&site, "UPDATE meta SET value = 'another' WHERE name = 'app'");
    let (code, text) = said(&run(&[], site.dir.path()));
    assert!(code == 1 && text.contains("not made by Vigie"), "{text}");
    tamper(&site, "DROP TABLE meta");
    assert_eq!(said(&run(&[], site.dir.path())).0, 1);
    assert_eq!(said(&run(&["--vkey", "nonsense"], site.dir.path())).0, 2);
    assert_eq!(said(&run(&["--checkpoint", "/nowhere/note"], site.dir.path())).0, 1);
}

#[test]
fn a_signed_state_from_elsewhere_is_held_against_the_journal() {
    let site = folder();
    let kept = tempfile::NamedTempFile::new().expect("a file");
    let note: String = open(site.dir.path())
        .query_row("SELECT note FROM checkpoint WHERE size = 3", [], |row| row.get(0))
        .expect("reads");
    fs::write(kept.path(), note).expect("writes");
    let kept_path = kept.path().to_str().expect("text");
    assert_eq!(said(&run(&["--checkpoint", kept_path], site.dir.path())).0, 0);
    fs::write(kept.path(), signer(1).sign_checkpoint(9, &[1; 32])).expect("writes");
    let (code, text) = said(&run(&["--checkpoint", kept_path], site.dir.path()));
    assert_eq!(
        (code, text.as_str()),
        (3, "entry 8: the journal ends before it, but held at least 9 entries\n")
    );
}

#[test]
fn a_copy_taken_while_the_site_was_running_is_checked_whole_and_left_as_it_was() {
    let site = folder();
    let running = open(site.dir.path());
    running.pragma_update(None, "wal_autocheckpoint", 0).expect("sets");
    let mut writer = Writer::resume(&running, 1);
    writer.batch(5);
    let copy = tempfile::tempdir().expect("a folder");
    for name in ["store.db", "store.db-wal"] {
        fs::copy(site.dir.path().join(name), copy.path().join(name)).expect("copies");
    }
    let file = copy.path().join(site.blob.strip_prefix(site.dir.path()).expect("below"));
    fs::create_dir_all(file.parent().expect("a parent")).expect("creates");
    fs::copy(&site.blob, file).expect("copies");
    let before = picture(copy.path());
    let (code, text) = said(&run(&[], copy.path()));
    assert!(code == 0 && text.starts_with("all 13 entries"), "{text}");
    assert_eq!(picture(copy.path()), before);
}

#[test]
fn what_is_erased_while_a_running_site_is_read_is_no_fault() {
    let site = folder();
    let reading = open(site.dir.path());
    // The file goes after the picture of the database was taken; the tombstone is recorded before it goes.
    fs::remove_file(&site.blob).expect("removes");
    let mut looks = 0;
    let mut once = |_, _| {
        looks += 1;
        if looks == 1 {
            erase(&open(site.dir.path()), &[(3, 3)]);
        }
    };
    let blobs = site.dir.path().join("blobs");
    let report = vigie_verify::verify_open(&reading, &blobs, &vigie_verify::Demands::default(), &mut once);
    let report = report.expect("can be checked");
    assert!(report.ok && report.blobs_erased == 1, "{report}");
    assert_eq!(looks, 2, "it was read again");
}

#[test]
fn a_running_site_is_checked_beside_its_writer() {
    let site = folder();
    let lock = fs::File::create(site.dir.path().join("LOCK")).expect("creates");
    lock.lock().expect("locks");
    let running = open(site.dir.path());
    let mut writer = Writer::resume(&running, 1);
    writer.batch(5);
    let (code, text) = said(&run(&[], site.dir.path()));
    assert!(code == 0 && text.starts_with("all 13 entries"), "{text}");
    writer.batch(1);
    let (code, text) = said(&run(&[], site.dir.path()));
    assert!(code == 0 && text.starts_with("all 14 entries"), "{text}");
}

#[test]
fn a_database_with_a_broken_page_is_a_record_that_does_not_hold() {
    let site = folder();
    let connection = open(site.dir.path());
    Writer::resume(&connection, 1).batch(600);
    let root: i64 = connection
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'entry'", [], |row| row.get(0))
        .expect("reads");
    drop(connection);
    let path = site.dir.path().join("store.db");
    let mut bytes = fs::read(&path).expect("reads");
    let page = (root as usize - 1) * 4096;
    bytes[page..page + 64].fill(0xff);
    fs::write(&path, bytes).expect("writes");
    let (code, text) = said(&run(&[], site.dir.path()));
    assert!(code == 3 && text.contains("the database file is damaged"), "{code} {text}");
}

/// Checks a journal written in `commits` of these sizes and gives the seconds it took.
fn seconds_to_check(commits: impl Iterator<Item = u64>) -> f64 {
    let dir = tempfile::tempdir().expect("a folder");
    let connection = open(dir.path());
    // Nobody will miss this journal if the power fails.
    connection.pragma_update(None, "synchronous", "off").expect("sets");
    connection.execute_batch(crate::site::TABLES).expect("creates");
    let mut writer = Writer::new(&connection, 1);
    commits.for_each(|count| writer.batch(count));
    let entries = writer.tree.size();
    drop(connection);
    let start = std::time::Instant::now();
    let (code, text) = said(&run(&[], dir.path()));
    let seconds = start.elapsed().as_secs_f64();
    assert!(code == 0 && text.starts_with(&format!("all {entries} entries")), "{text}");
    println!("{entries} entries checked in {seconds:.1} s");
    seconds
}

/// `cargo test --release -p vigie-verify -- --ignored --nocapture million`
#[test]
#[ignore = "writes half a gigabyte: the figure of docs/benchmarks.md"]
fn a_million_entries_are_checked_in_ten_seconds() {
    let seconds = seconds_to_check(std::iter::repeat_n(256, 3_906).chain([64]));
    assert!(seconds <= 10.0, "{seconds:.1} s");
}

/// `cargo test --release -p vigie-verify -- --ignored --nocapture each_signed`
#[test]
#[ignore = "a measure of signatures: the figure of docs/benchmarks.md"]
fn a_hundred_thousand_entries_each_signed_are_checked_in_ten_seconds() {
    let seconds = seconds_to_check(std::iter::repeat_n(1, 100_000));
    assert!(seconds <= 10.0, "{seconds:.1} s");
}

#[test]
fn it_speaks_french() {
    let site = folder();
    let (code, text) = said(&run(&["--lang", "fr"], site.dir.path()));
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("les 8 écritures de vigie.local/misouv/nord/0 sont intactes\n"), "{text}");
    assert!(text.contains("fichiers scellés\u{a0}: 1 tels qu’enregistrés, 0 effacés"), "{text}");
    assert!(!text.contains("{ $"), "{text}");
    tamper(&site, "UPDATE entry SET leaf = replace(CAST(leaf AS TEXT), 'true', 'null') WHERE seq = 6");
    let (code, text) = said(&run(&["--lang", "fr"], site.dir.path()));
    assert_eq!(code, 3, "{text}");
    assert!(text.starts_with("Écriture"), "{text}");
}
