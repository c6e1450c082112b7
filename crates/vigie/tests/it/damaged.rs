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
    let guarded = [
        "-C",
        &site.path("site"),
        "--json",
        "source",
        "add",
        "protection",
        "--name",
        "protection",
        "--kind",
        "post",
        "--connector",
        "intake",
        "--purpose",
        "protection of civilians",
        "--basis",
        "mandate",
        "--owner",
        "JMAC",
        "--retention-days",
        "365",
        "--languages",
        "fr",
        "--licence",
        "—",
        "--compartments",
        "protection",
    ];
    let guarded = vigie(&guarded).json()["key"].as_str().expect("a key").to_owned();
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
