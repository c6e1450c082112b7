//! A site of which a few bytes rotted is served all the same: what comes in is read, covered and told in stories.

use crate::served::{Site, until};
use crate::vigie;
use rusqlite::Connection;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vigie_model::{Actor, Channel};
use vigie_store::{KeySource, Store, SystemClock};

/// Flips a bit in a blob of one row.
fn rot(file: &Path, table: &str, column: &str, seq: u64) {
    let db = Connection::open(file).expect("opens");
    let sql = format!("SELECT {column} FROM {table} WHERE seq = ?");
    let mut bytes: Vec<u8> = db.query_row(&sql, [seq], |row| row.get(0)).expect("bytes");
    *bytes.last_mut().expect("bytes") ^= 4;
    db.execute(&format!("UPDATE {table} SET {column} = ? WHERE seq = ?"), (&bytes, seq)).expect("writes");
}

#[test]
fn f04_a_site_with_damaged_contents_and_keys_is_served_and_reads_covers_and_tells() {
    let site = Site::new();
    let (dir, key) = (PathBuf::from(site.path("site")), site.source("radio-birao"));
    let guarded = site.source_with("protection", &["--compartments", "protection"]);
    let served = site.serve();
    let awa = served.sign_in("awa");
    let first = served.told("radio-birao", &key, 1, "le convoi de vivres passe au marché de Birao ce matin");
    let story = served.story(&first, &awa);
    served.told("protection", &guarded, 2, "une famille menacée a demandé de l'aide à la paroisse");
    let read = |count: u64| {
        let journal = Connection::open(dir.join("store.db")).expect("opens");
        let sql = "SELECT count(*) FROM v_signal WHERE narrative IS NOT NULL";
        let done: u64 = journal.query_row(sql, [], |row| row.get(0)).expect("a count");
        (done >= count).then_some(())
    };
    until("both to be read", || read(2));
    drop(served);

    let contacts = {
        let key = KeySource::File(PathBuf::from(site.path("site.key")));
        let store = Store::open(&dir, &key, Arc::new(SystemClock)).expect("opens");
        let sealed = |number: &str, name: &str| {
            let named = store.contact_for(Actor::Console, Channel::Sms, number, Some(name), None);
            named.expect("sealed").seq
        };
        [sealed("+00070000001", "Yakoma Ndélé"), sealed("+00070000002", "Zénaïde Kpatindé")]
    };
    let db = Connection::open(dir.join("store.db")).expect("opens");
    let of = |source: &str| -> u64 {
        db.query_row("SELECT seq FROM v_signal WHERE source = ?", [source], |row| row.get(0))
            .expect("received")
    };
    let (open, closed) = (of("radio-birao"), of("protection"));
    db.execute("UPDATE meta SET value = 'of before' WHERE name = 'views'", []).expect("writes");
    drop(db);
    rot(&dir.join("store.db"), "payload", "sealed", open);
    rot(&dir.join("store.db"), "payload", "sealed", closed);
    rot(&dir.join("keys.db"), "wrapped", "blob", contacts[0]);

    // The next version: it opens, derives its views anew, and the engines take up where they were.
    let served = site.serve();
    let awa = served.sign_in("awa");
    let lost = served.get(&format!("/api/v1/signals/{first}"), &awa);
    assert_eq!((lost.0, &lost.json()["text"]), (200, &json!("")), "{}", lost.2);
    assert_eq!(lost.json()["narrative"], json!(story), "it keeps its place in its story");
    assert_eq!(served.get(&format!("/api/v1/narratives/{story}"), &awa).0, 200);
    let next =
        served.told("radio-birao", &key, 3, "Zénaïde Kpatindé habite derrière la pharmacie du quartier neuf");
    served.story(&next, &awa);
    until("her name to be covered", || {
        let told = served.get(&format!("/api/v1/signals/{next}"), &awa).json()["text"].to_string();
        (!told.contains("Kpatindé")).then_some(())
    });
    let log = std::fs::read_to_string(site.path("log")).expect("a log");
    for said in ["engine stopped", "engine begins again", "was not planned", "retention wait"] {
        assert!(!log.contains(said), "{said}: {log}");
    }
    assert!(log.contains("a damaged content was passed over"), "and it is said: {log}");
}

#[test]
fn f08_a_backup_of_a_damaged_site_says_so_and_is_restored_with_what_is_whole() {
    let site = Site::new();
    let (dir, key) = (site.path("site"), site.source("radio-birao"));
    let (identity, usb) = (site.path("backup.key"), site.path("usb"));
    let recipient =
        vigie(&["--json", "keygen", &identity]).json()["recipient"].as_str().expect("one").to_owned();
    let served = site.serve();
    let awa = served.sign_in("awa");
    let said = ["le convoi de vivres passe au marché", "on entend des tirs au nord du pont"];
    let signals =
        [served.told("radio-birao", &key, 1, said[0]), served.told("radio-birao", &key, 2, said[1])];
    for signal in &signals {
        served.story(signal, &awa);
    }
    drop(served);
    let backup = ["-C", &dir, "backup", &usb, "--recipient", &recipient];
    assert_eq!(vigie(&backup).code, 0);
    let db = Connection::open(format!("{dir}/store.db")).expect("opens");
    let sql = "SELECT min(seq) FROM v_signal";
    let lost: u64 = db.query_row(sql, [], |row| row.get(0)).expect("received");
    drop(db);
    rot(Path::new(&format!("{dir}/store.db")), "payload", "sealed", lost);
    let told = vigie(&backup);
    assert_eq!(told.code, 1, "{told:?}");
    assert!(told.out.contains("damaged here") && told.out.contains(&lost.to_string()), "{told:?}");
    assert!(Path::new(&format!("{usb}/before/store.bak")).is_file());

    // By itself it says so to the administrator.
    let own = site.path("own");
    std::fs::create_dir(&own).expect("mounted");
    let settings = format!("[backup]\nrecipient = \"{recipient}\"\nto = \"{own}\"\n");
    std::fs::write(format!("{dir}/vigie.toml"), settings).expect("written");
    let served = site.serve();
    let admin = served.sign_in("adm");
    served.post("/api/v1/backups", &admin, &json!({}));
    let failed = until("the warning", || {
        let own = served.get("/api/v1/keeping", &admin).json()["own_backups"].clone();
        own["failed"].as_str().map(ToOwned::to_owned)
    });
    assert!(failed.contains("VG-KEEP-060"), "{failed}");
    drop(served);

    // The machine is lost: what is whole lives again, and what is not is listed.
    let new = site.path("new");
    let restore = ["-C", &new, "restore", &usb, "--identity", &identity, "--reason", "a drill"];
    let told = vigie(&restore);
    assert_eq!(told.code, 0, "{told:?}");
    assert!(
        told.out.contains("vigie mend") && told.out.contains(&format!("First entries: {lost}")),
        "{told:?}"
    );
    let mended = vigie(&["-C", &new, "mend", &format!("{usb}/before")]);
    assert_eq!(mended.code, 0, "{mended:?}");
    assert_eq!(vigie(&["-C", &new, "verify"]).code, 0);
    let served = site.serve_folder("new");
    let awa = served.sign_in("awa");
    for (signal, said) in signals.iter().zip(said) {
        assert_eq!(served.get(&format!("/api/v1/signals/{signal}"), &awa).json()["text"], json!(said));
    }
    drop(served);

    // A changed entry is another matter: nothing is put in place.
    let bak = Connection::open(format!("{usb}/store.bak")).expect("opens");
    let leaf = "replace(CAST(leaf AS TEXT), 'source:radio-birao', 'source:radio-birbo')";
    let sql = format!("UPDATE entry SET leaf = CAST({leaf} AS BLOB) WHERE seq = ?");
    assert_eq!(bak.execute(&sql, [lost]).expect("writes"), 1);
    drop(bak);
    let other = site.path("other");
    let told = vigie(&["-C", &other, "restore", &usb, "--identity", &identity, "--reason", "a drill"]);
    assert!(told.code == 3 && told.err.contains("VG-KEEP-009"), "{told:?}");
    assert!(!Path::new(&other).exists());
}
