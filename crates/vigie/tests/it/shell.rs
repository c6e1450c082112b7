//! Completions as a real shell takes them, and the manual page as a real formatter reads it.

use crate::{Told, file, vigie};
use std::process::Command;

fn has(program: &str) -> bool {
    Command::new("which").arg(program).output().is_ok_and(|found| found.status.success())
}

/// What bash offers after these words.
fn offered(words: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let script = file(&folder, "vigie.bash", vigie(&["completions", "bash"]).out);
    let ask = format!(
        "source '{script}' && complete -p vigie >&2 && COMP_WORDS=({}) && COMP_CWORD={} && \
         _vigie vigie \"${{COMP_WORDS[$COMP_CWORD]}}\" \"${{COMP_WORDS[$((COMP_CWORD-1))]}}\" && printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        words.len() - 1
    );
    let told = Command::new("bash").args(["--norc", "-u", "-c", &ask]).output().expect("bash");
    let told = Told::from(told);
    assert_eq!(told.code, 0, "{told:?}");
    told.out.lines().map(ToOwned::to_owned).collect()
}

#[test]
fn bash_completes_commands_and_their_options() {
    if !has("bash") {
        eprintln!("skipped: no bash");
        return;
    }
    assert_eq!(offered(&["vigie", "serv"]), ["serve"]);
    assert!(offered(&["vigie", "serve", "--met"]).contains(&"--metrics".to_owned()));
    assert!(offered(&["vigie", "source", "a"]).contains(&"add".to_owned()));
    let commands = offered(&["vigie", "\"\""]);
    let listed = vigie(&["--help"]).out;
    for command in ["init", "serve", "import", "backup", "restore", "verify", "doctor", "completions"] {
        assert!(commands.iter().any(|one| one == command), "{command} is not offered: {commands:?}");
        assert!(listed.contains(command), "{command} is not listed");
    }
}

#[test]
fn the_manual_page_is_read_without_a_warning_in_both_languages() {
    if !has("groff") {
        eprintln!("skipped: no groff");
        return;
    }
    for (lang, words) in [("en", ["serve", "--metrics"]), ("fr", ["serve", "--metrics"])] {
        let told = vigie(&["--lang", lang, "man"]);
        assert_eq!(told.code, 0);
        let folder = tempfile::tempdir().expect("a folder");
        let page = file(&folder, "vigie.1", &told.out);
        let read =
            Command::new("groff").args(["-ww", "-z", "-K", "utf8", "-man", "-T", "utf8", &page]).output();
        let read = Told::from(read.expect("groff"));
        assert_eq!((read.code, read.err.as_str()), (0, ""), "{lang}");
        let shown =
            Command::new("groff").args(["-K", "utf8", "-man", "-T", "utf8", "-P-cbou", &page]).output();
        let shown = Told::from(shown.expect("groff")).out.replace(['\u{2010}', '\u{2212}'], "-");
        for word in words {
            assert!(shown.contains(word), "{word} is not in the manual ({lang})");
        }
        // A name that a reader may look for by `man vigie`.
        assert!(told.out.contains(".TH vigie 1"), "{}", &told.out[..200.min(told.out.len())]);
    }
}
