//! The commands that need no site, as a person calls them: what they say, where, and with which exit code.

mod backup;
mod counts;
mod damaged;
mod decode;
mod forgets;
mod full;
mod memory;
mod partners;
mod running;
mod served;
mod shell;
mod track;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the command in English.
fn vigie(args: &[&str]) -> Told {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    Told::from(command.env("VIGIE_LANG", "en").args(args).output().expect("it runs"))
}

/// The same with a line on its standard input.
fn feed(args: &[&str], line: &str) -> Told {
    use std::io::Write;
    use std::process::Stdio;
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    command.env("VIGIE_LANG", "en").args(args);
    let streams = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = streams.spawn().expect("it runs");
    writeln!(child.stdin.take().expect("an input"), "{line}").expect("it reads");
    Told::from(child.wait_with_output().expect("it ends"))
}

/// What a run told.
#[derive(Debug)]
struct Told {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Told {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("text");
        let code = output.status.code().expect("an exit code");
        Self { code, out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Told {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|cause| panic!("{cause}: {self:?}"))
    }

    /// Offset, length and code of each fault on standard error, told with `--json`.
    fn faults(&self) -> Vec<(u64, u64, String)> {
        let fault = |line: &str| {
            let of: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let number = |name: &str| of[name].as_u64().expect("a number");
            (number("offset"), number("length"), of["code"].as_str().expect("a code").to_owned())
        };
        self.err.lines().map(fault).collect()
    }
}

/// A file of the corpus that the readers are held to.
fn corpus(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vigie-wire/fuzz/corpus");
    folder.join(name).display().to_string()
}

/// A file of this test.
fn file(folder: &tempfile::TempDir, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path: PathBuf = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    path.display().to_string()
}
