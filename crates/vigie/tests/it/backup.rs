//! A drill as the handbook tells it: a backup, and a restore in three commands.

use crate::served::{Site, until};
use crate::vigie;
use serde_json::json;
use std::process::Command;

#[test]
fn a_site_is_restored_in_three_commands_and_says_what_a_generation_is() {
    let ground = Site::new();
    let path = |name: &str| ground.path(name);
    let (site, key, bak, new) = (path("site"), path("backup.key"), path("usb"), path("new"));
    let made = vigie(&["--json", "keygen", &key]).json();
    let recipient = made["recipient"].as_str().expect("a recipient").to_owned();
    assert_eq!(vigie(&["-C", &site, "backup", &bak]).code, 1, "nobody named");
    assert_eq!(vigie(&["-C", &site, "backup", &path("site/bak"), "--recipient", &recipient]).code, 1);
    let served = ground.serve();
    let backup = vigie(&["-C", &site, "backup", &bak, "--recipient", &recipient]);
    assert!(backup.code == 0 && backup.out.contains("entries"), "while it is served: {backup:?}");
    drop(served);

    // One: the backup. Two: the check. Three: the site.
    let restore = ["-C", &new, "restore", &bak, "--identity", &key, "--reason", "the laptop was stolen"];
    let told = vigie(&restore);
    assert!(told.code == 0 && told.out.contains("goes on in generation 1, from entry"), "{told:?}");
    assert!(told.out.contains("another key sign") && told.out.contains("is sent by itself"), "{told:?}");
    assert_eq!(vigie(&["-C", &new, "verify"]).code, 0);
    let served = ground.serve_folder("new");
    let admin = served.sign_in("adm");
    let journal = served.get("/api/v1/journal", &admin).json();
    let opened = &journal["generations"][1];
    assert_eq!(
        (&opened["number"], &opened["reason"]),
        (&json!(1), &json!("the laptop was stolen")),
        "{journal}"
    );
    assert!(journal["origin"].as_str().is_some_and(|origin| origin.ends_with("/1")), "{journal}");
    drop(served);
    let doctor = vigie(&["-C", &new, "--json", "doctor"]).json();
    assert_eq!(doctor[0]["state"], json!("good"), "{doctor}");
    assert_eq!(vigie(&restore).code, 1, "never over a site that is there");
}

/// The folder is named once; the site does it by itself, and an administrator at any time.
#[test]
fn a_site_backs_itself_up_where_it_was_told_to_and_keeps_the_last_ones() {
    let ground = Site::new();
    let (site, key, usb) = (ground.path("site"), ground.path("backup.key"), ground.path("usb"));
    let recipient = vigie(&["--json", "keygen", &key]).json()["recipient"].as_str().expect("one").to_owned();
    assert!(vigie(&["-C", &site, "backup", "--recipient", &recipient]).err.contains("VG-KEEP-012"));
    let settings =
        format!("[backup]\nrecipient = \"{recipient}\"\nto = \"{usb}\"\nevery_hours = 24\nkeep = 2\n");
    std::fs::write(ground.path("site/vigie.toml"), settings).expect("written");
    let backups = || -> Vec<String> {
        let Ok(dirs) = std::fs::read_dir(&usb) else { return Vec::new() };
        let mut names: Vec<_> =
            dirs.map(|dir| dir.expect("a folder").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let served = ground.serve();
    let admin = served.sign_in("adm");
    let own = || served.get("/api/v1/keeping", &admin).json()["own_backups"].clone();

    // The disk is not mounted: nothing is made in its place, and the administrator sees why.
    let failed = until("a failed backup", || own()["failed"].as_str().map(ToOwned::to_owned));
    assert!(failed.contains("VG-KEEP-013"), "{failed}");
    assert!(!std::path::Path::new(&usb).exists());

    // It is there: an administrator asks, an officer may not.
    std::fs::create_dir(&usb).expect("mounted");
    let officer = served.sign_in("awa");
    assert_eq!(served.ask("POST", "/api/v1/backups", &officer, "{}").0, 403);
    assert_eq!(served.get("/api/v1/keeping", &officer).0, 403);
    let ask = || {
        let before = backups();
        assert_eq!(served.post("/api/v1/backups", &admin, &json!({})).0, 202);
        until("a backup", || (own()["running"].is_null() && backups() != before).then_some(()));
        // Names are of the second.
        std::thread::sleep(std::time::Duration::from_millis(1_100));
    };
    ask();
    let first = backups();
    assert_eq!((first.len(), own()["failed"].is_null()), (1, true));
    // What somebody else put there stays, whatever it is called.
    std::fs::create_dir(format!("{usb}/vigie-nord-holiday")).expect("made");
    ask();
    ask();
    let last = backups();
    assert_eq!(last.len(), 3, "two backups and a folder of somebody else's: {last:?}");
    assert!(!last.contains(&first[0]) && last.contains(&"vigie-nord-holiday".to_owned()), "{last:?}");
    let told = served.get("/api/v1/keeping", &admin).json();
    assert_eq!(told["backups"].as_array().map(Vec::len), Some(3), "{told}");
    let by_command = vigie(&["-C", &site, "backup"]);
    assert!(by_command.code == 0 && by_command.out.contains(&usb), "{by_command:?}");
    // How the site stands is seen by whoever looks after it, in words, while it is served.
    let doctor = served.get("/api/v1/doctor", &admin).json();
    let checks: Vec<_> =
        doctor["items"].as_array().expect("a list").iter().map(|one| &one["check"]).collect();
    for check in ["open", "accounts", "index", "backup", "backup-folder", "key", "encryption", "disk"] {
        assert!(checks.contains(&&json!(check)), "{check}: {doctor}");
    }
    assert_eq!(served.get("/api/v1/doctor", &officer).0, 403);
    drop(served);
    let newest = backups().into_iter().rfind(|name| !name.ends_with("holiday")).expect("one");
    let (new, from) = (ground.path("new"), format!("{usb}/{newest}"));
    let told = vigie(&["-C", &new, "restore", &from, "--identity", &key, "--reason", "a drill"]);
    assert_eq!(told.code, 0, "{told:?}");
}

/// Somebody else's program: `age` of the system, where it is installed.
#[test]
fn the_program_age_opens_the_keys_of_a_backup() {
    if Command::new("age").arg("--version").output().is_err() {
        eprintln!("skipped: no age on this machine");
        return;
    }
    let root = tempfile::tempdir().expect("a folder");
    let path = |name: &str| root.path().join(name).display().to_string();
    let made = Command::new("age-keygen").args(["-o", &path("key")]).output().expect("runs");
    let said = String::from_utf8_lossy(&made.stderr).into_owned();
    let recipient = said.trim().rsplit(' ').next().expect("a recipient").to_owned();
    assert_eq!(vigie(&["init", &path("site")]).code, 0);
    assert_eq!(vigie(&["-C", &path("site"), "backup", &path("usb"), "--recipient", &recipient]).code, 0);
    let opened = Command::new("age").args(["-d", "-i", &path("key"), &path("usb/keys.bak.age")]).output();
    let opened = opened.expect("runs");
    let text = String::from_utf8(opened.stdout).expect("text");
    assert!(text.starts_with("{\"is\":\"head\""), "{}", String::from_utf8_lossy(&opened.stderr));
    // And what `age` itself sealed again is restored.
    std::fs::write(path("plain"), &text).expect("written");
    let again = ["-r", &recipient, "-o", &path("usb/keys.bak.age"), &path("plain")];
    assert!(Command::new("age").args(again).status().expect("runs").success());
    let args =
        ["-C", &path("new"), "restore", &path("usb"), "--identity", &path("key"), "--reason", "a drill"];
    let told = vigie(&args);
    assert_eq!(told.code, 0, "{told:?}");
}

/// Both write and both open, whatever the length, on both sides of every chunk, with one recipient and with three.
#[test]
fn the_program_age_and_ours_open_what_the_other_wrote() {
    use vigie_evidence::age::{Chance, Identity, Unsealing, sealed};
    if Command::new("age").arg("--version").output().is_err() {
        eprintln!("skipped: no age on this machine");
        return;
    }
    let root = tempfile::tempdir().expect("a folder");
    let path = |name: &str| root.path().join(name).display().to_string();
    let holder = Identity::from_random([5; 32]);
    std::fs::write(path("key"), holder.to_text().as_str()).expect("written");
    let others = [[6; 32], [7; 32]].map(|bytes| Identity::from_random(bytes).recipient().to_string());
    for (n, length) in [0, 1, 15, 65_535, 65_536, 65_537, 131_072, 131_073, 300_000].into_iter().enumerate() {
        let plain: Vec<u8> = (0..length).map(|n: u32| (n * 7 % 251) as u8).collect();
        let seed = n as u8 + 1;
        let chance = Chance { file_key: [seed; 16], ephemeral: [seed + 20; 32], nonce: [seed + 40; 16] };
        std::fs::write(path("ours"), sealed(&holder.recipient(), &chance, &plain)).expect("written");
        let opened =
            Command::new("age").args(["-d", "-i", &path("key"), &path("ours")]).output().expect("runs");
        assert!(opened.stdout == plain, "{length}: {}", String::from_utf8_lossy(&opened.stderr));
        std::fs::write(path("plain"), &plain).expect("written");
        for beside in [0, 1, 2] {
            let ours = holder.recipient().to_string();
            let mut to: Vec<&str> = others[..beside].iter().map(String::as_str).collect();
            to.push(&ours);
            let mut age = Command::new("age");
            age.args(to.iter().flat_map(|one| ["-r", one])).args(["-o", &path("theirs"), &path("plain")]);
            assert!(age.status().expect("runs").success());
            let mut read = Vec::new();
            let file = std::fs::File::open(path("theirs")).expect("opens");
            std::io::Read::read_to_end(&mut Unsealing::new(file, holder.clone()), &mut read).expect("opens");
            assert!(read == plain, "{length} with {beside} beside");
        }
    }
}

#[test]
fn a_copy_is_no_site_to_work_in_and_everything_that_it_says_can_be_done_can_be() {
    let root = tempfile::tempdir().expect("a folder");
    let path = |name: &str| root.path().join(name).display().to_string();
    let (site, export, copy, key) = (path("site"), path("export"), path("copy"), path("holder.key"));
    assert_eq!(vigie(&["init", &site, "--mission", "MINUT", "--name", "birao"]).code, 0);
    let add = [
        "-C",
        &site,
        "source",
        "add",
        "terrain",
        "--name",
        "Terrain",
        "--kind",
        "post",
        "--connector",
        "intake",
        "--purpose",
        "protection",
        "--basis",
        "mandate",
        "--owner",
        "JMAC",
        "--retention-days",
        "365",
        "--licence",
        "—",
        "--languages",
        "fr",
    ];
    assert_eq!(vigie(&add).code, 0);
    std::fs::write(path("table.csv"), "id,text\n1,le pont de Birao est coupé\n").expect("written");
    assert_eq!(vigie(&["-C", &site, "import", &path("table.csv"), "--source", "terrain"]).code, 0);
    let recipient = vigie(&["--json", "keygen", &key]).json()["recipient"].as_str().expect("one").to_owned();
    assert_eq!(vigie(&["-C", &site, "export", &path("bad"), "--to", "age1nobody"]).code, 1);
    let made = vigie(&["-C", &site, "export", &export, "--open", "--to", &recipient]);
    assert!(made.code == 0 && made.out.contains("--identity") && made.out.contains(&recipient), "{made:?}");
    let refused = vigie(&["verify", &export]);
    assert!(refused.code == 1 && refused.err.contains("VG-CLI-030"), "{refused:?}");
    assert_eq!(vigie(&["verify", &export, "--identity", &key]).code, 0);
    assert_eq!(vigie(&["-C", &copy, "import-export", &export]).code, 1, "not without the key");
    assert_eq!(vigie(&["-C", &copy, "import-export", &export, "--identity", &key]).code, 0);
    let serve = vigie(&["-C", &copy, "serve", "--listen", "127.0.0.1:0"]);
    assert!(serve.code == 1 && serve.err.contains("VG-STORE-020"), "{serve:?}");
    for named in ["vigie verify", "vigie rebuild", "vigie doctor", "vigie export --open"] {
        assert!(serve.err.contains(named), "{named}: {}", serve.err);
    }
    for can in [["verify"].as_slice(), &["rebuild"], &["doctor"], &["export", &path("again"), "--open"]] {
        let told = vigie(&[["-C", &copy].as_slice(), can].concat());
        assert_eq!(told.code, 0, "{can:?}: {told:?}");
    }
    assert_eq!(vigie(&["verify", &path("again")]).code, 0);
    let contents = std::fs::read_to_string(path("again/payloads/000.jsonl")).expect("contents");
    assert!(contents.contains("le pont de Birao est coupé"), "it is read with any tool");
    let entry = ["-C", &copy, "import", &path("table.csv"), "--source", "terrain"];
    let told = vigie(&entry);
    assert!(told.code == 1 && told.err.contains("VG-STORE-020"), "{told:?}");
}

#[test]
fn a_folder_put_back_from_an_older_copy_is_refused_until_a_generation_is_opened() {
    let root = tempfile::tempdir().expect("a folder");
    let path = |name: &str| root.path().join(name).display().to_string();
    let (site, old, export) = (path("site"), path("old"), path("export"));
    assert_eq!(vigie(&["init", &site, "--mission", "MINUT", "--name", "birao"]).code, 0);
    for (from, to) in [(&site, &old), (&path("site.key"), &path("old.key"))] {
        assert!(Command::new("cp").args(["-r", from, to]).status().expect("runs").success());
    }
    // What another site keeps of this journal: the last signed state, of more entries than the older copy has.
    assert_eq!(vigie(&["-C", &site, "export", &export]).code, 0);
    std::fs::create_dir(path("old/witness")).expect("a folder");
    std::fs::copy(path("export/checkpoint"), path("old/witness/hq.note")).expect("copied");
    let refused = vigie(&["-C", &old, "serve", "--listen", "127.0.0.1:0"]);
    assert!(refused.code == 1 && refused.err.contains("VG-KEEP-051"), "{refused:?}");
    assert!(refused.err.contains("vigie generation"), "{refused:?}");
    assert_eq!(vigie(&["-C", &old, "export", &path("nothing")]).code, 1, "no other command writes either");
    let opened = vigie(&["-C", &old, "generation", "--reason", "the folder was put back from March"]);
    assert!(opened.code == 0 && opened.out.contains("goes on in generation 1"), "{opened:?}");
    assert_eq!(vigie(&["-C", &old, "verify"]).code, 0);
    assert_eq!(vigie(&["-C", &old, "export", &path("again")]).code, 0);
    assert_eq!(vigie(&["verify", &path("again")]).code, 0);
}
