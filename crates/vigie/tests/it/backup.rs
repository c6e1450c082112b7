//! A drill as the handbook tells it: a backup, and a restore in three commands.

use crate::vigie;
use serde_json::json;
use std::process::Command;

#[test]
fn a_site_is_restored_in_three_commands_and_says_what_a_generation_is() {
    let root = tempfile::tempdir().expect("a folder");
    let path = |name: &str| root.path().join(name).display().to_string();
    let (site, key, bak, new) = (path("site"), path("backup.key"), path("usb"), path("new"));
    assert_eq!(vigie(&["init", &site, "--mission", "MINUT", "--name", "birao"]).code, 0);
    let made = vigie(&["--json", "keygen", &key]).json();
    let recipient = made["recipient"].as_str().expect("a recipient").to_owned();
    assert_eq!(vigie(&["-C", &site, "backup", &bak]).code, 1, "nobody named");
    assert_eq!(vigie(&["-C", &site, "backup", &path("site/bak"), "--recipient", &recipient]).code, 1);
    let backup = vigie(&["-C", &site, "backup", &bak, "--recipient", &recipient]);
    assert!(backup.code == 0 && backup.out.contains("entries"), "{backup:?}");

    let restore = ["-C", &new, "restore", &bak, "--identity", &key, "--reason", "the laptop was stolen"];
    let told = vigie(&restore);
    assert!(told.code == 0 && told.out.contains("goes on in generation 1, from entry 1 on"), "{told:?}");
    assert_eq!(vigie(&["-C", &new, "verify"]).code, 0);
    let doctor = vigie(&["-C", &new, "--json", "doctor"]).json();
    assert_eq!(doctor[0]["state"], json!("good"), "{doctor}");
    assert_eq!(vigie(&restore).code, 1, "never over a site that is there");
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
