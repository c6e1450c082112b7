//! A disk that is really full (F02): a small file system that the site stands on, filled to its last byte.

use crate::running::{Served, patient};
use crate::vigie;
use serde_json::json;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

/// Takes all that is left of the disk.
fn fill(disk: &Path) -> u64 {
    let mut filler = File::create(disk.join("filler")).expect("a file");
    let (mut bytes, mut block) = (0, vec![7_u8; 1 << 16]);
    while !block.is_empty() {
        match filler.write(&block) {
            Ok(0) | Err(_) => block.truncate(block.len() / 2),
            Ok(n) => bytes += n as u64,
        }
    }
    bytes
}

#[test]
fn f02_on_a_full_disk_reading_goes_on_nothing_acknowledged_is_lost_and_intake_comes_back_by_itself() {
    let Some(mut site) = Served::start("32m", "reserve_mib = 4", "duty-officer") else {
        eprintln!("skipped: this machine lets nobody mount a small file system");
        return;
    };
    let reserve = site.seen.join("site/RESERVE");
    let text = |n: usize| format!("Le puits numéro {n} du quartier est fermé depuis ce matin.");
    let mut kept = Vec::new();
    let mut post = |site: &Served, n: usize| {
        let got = site.message(&format!("m-{n}"), &text(n));
        if got.status == 202 {
            kept.push((n, got.json()["seq"].as_u64().expect("an entry")));
        }
        got
    };
    for n in 0..20 {
        assert_eq!(post(&site, n).status, 202);
    }
    assert_eq!(site.get("/api/v1/me").json()["link"]["room"], "plenty");
    assert_eq!(std::fs::metadata(&reserve).expect("a reserve").len(), 4 << 20);
    assert_eq!(site.count("vigie_disk_full").to_bits(), 0.0_f64.to_bits());

    let filled = fill(&site.seen);
    assert!(filled > 1 << 20, "{filled}");
    let refused =
        (20..4_000).map(|n| post(&site, n)).find(|got| got.status != 202).expect("refused in the end");
    assert_eq!((refused.status, refused.json()["code"].as_str()), (507, Some("VG-SERVER-022")));
    assert!(!reserve.exists(), "the reserve is given back");
    let again = site.message("m-full", "Encore un message.");
    assert_eq!(again.status, 507, "and it stays refused: {}", again.text);

    // People go on: they come in, read and write, on what the reserve gave back.
    assert_eq!((site.get("/healthz").status, site.get("/readyz").status), (200, 200));
    site.sign_in();
    assert_eq!(site.get("/api/v1/me").json()["link"]["room"], "full");
    assert_eq!(site.get("/api/v1/monitoring").status, 200);
    let note = json!({ "client_id": "01a2b3c4-0000-7000-8000-000000000001", "text": "Le disque est plein, le logisticien est prévenu." });
    let noted = site.post("/api/v1/notes", &note);
    assert!((200..300).contains(&noted.status), "{noted:?}");
    assert_eq!(site.count("vigie_disk_full").to_bits(), 1.0_f64.to_bits());
    assert!(site.count("vigie_disk_free_bytes") < 8_388_608.0);

    std::fs::remove_file(site.seen.join("filler")).expect("room");
    patient(Duration::from_secs(20), || (post(&site, 5_000).status == 202).then_some(()));
    patient(Duration::from_secs(20), || reserve.exists().then_some(()));
    assert_eq!(site.get("/api/v1/me").json()["link"]["room"], "plenty");
    // The engines took up their work: what came meanwhile is read and can be found.
    let shown = || {
        let page = site.get("/api/v1/monitoring?state=all&limit=200").json();
        let counts = page["items"].as_array().expect("a list").iter().filter_map(|row| row["count"].as_u64());
        counts.sum::<u64>()
    };
    patient(Duration::from_mins(1), || (shown() == kept.len() as u64).then_some(()));
    patient(Duration::from_mins(1), || (site.count("vigie_index_lag_signals") < 1.0).then_some(()));

    for (n, seq) in &kept {
        let got = site.message(&format!("m-{n}"), &text(*n));
        assert_eq!((got.status, got.json()["seq"].as_u64()), (202, Some(*seq)), "message {n}");
    }
    let after = site.stop();
    let path = |name: &str| after.path().join(name).display().to_string();
    let told = vigie(&["--site", &path("site"), "--key-file", &path("site.key"), "verify"]);
    assert_eq!(told.code, 0, "{told:?}");
    let told = vigie(&["--site", &path("site"), "--key-file", &path("site.key"), "--json", "rebuild"]);
    assert_eq!((told.code, &told.json()["equal"]), (0, &json!(true)), "{told:?}");
}
