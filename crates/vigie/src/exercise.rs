//! For demonstrations: changes one byte of a copy and lets the separate verifier find it.

use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::process::Command;
use vigie_server::{Tampered, VerifierRun};
use vigie_verify::Demands;

/// A folder that goes away with its owner.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self, String> {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|cause| cause.to_string())?;
        let dir = std::env::temp_dir().join(format!("vigie-copy-{}", hex::encode(bytes)));
        std::fs::create_dir(&dir).map_err(|cause| format!("{}: {cause}", dir.display()))?;
        Ok(Self(dir))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Copies the record of the site in `dir`, turns one bit of one entry in the copy's file, and verifies the copy.
pub fn tamper(dir: &Path) -> Result<Tampered, String> {
    let scratch = Scratch::new()?;
    let copy = scratch.0.join("store.db");
    let leaf = copy_record(dir, &copy)?;
    let (entry, stored) = leaf;
    let mut bytes = std::fs::read(&copy).map_err(|cause| cause.to_string())?;
    let at = bytes
        .windows(stored.len())
        .position(|window| window == stored)
        .ok_or("the entry does not lie in one piece in the copy")?;
    // Within the time stamp: a reader would see nothing odd about another digit there.
    let offset = stored.windows(6).position(|w| w == b"\"at\":\"").map_or(10, |place| place + 6 + 18);
    bytes[at + offset] ^= 1;
    std::fs::write(&copy, bytes).map_err(|cause| cause.to_string())?;
    Ok(Tampered { entry, offset: offset as u64, verifier: verify(&scratch.0)? })
}

/// Copies `store.db` as one consistent file and picks a signal's entry in the middle of it.
fn copy_record(dir: &Path, copy: &Path) -> Result<(u64, Vec<u8>), String> {
    let told = |cause: rusqlite::Error| cause.to_string();
    let conn = Connection::open(dir.join("store.db")).map_err(told)?;
    conn.busy_timeout(std::time::Duration::from_secs(10)).map_err(told)?;
    conn.execute("VACUUM INTO ?", [copy.display().to_string()]).map_err(told)?;
    let copied = Connection::open(copy).map_err(told)?;
    copied
        .query_row(
            "SELECT seq, leaf FROM entry WHERE instr(leaf, CAST('\"signal.received\"' AS BLOB)) > 0
             ORDER BY abs(seq - (SELECT max(seq) FROM entry) / 2) LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .map_err(told)
}

/// The small verifier that ships beside this binary; without it, the same check in this process.
fn verify(dir: &Path) -> Result<VerifierRun, String> {
    let beside =
        std::env::current_exe().ok().and_then(|exe| exe.parent().map(|dir| dir.join("vigie-verify")));
    if let Some(program) = beside.filter(|path| path.is_file()) {
        let output = Command::new(program).arg(dir).output().map_err(|cause| cause.to_string())?;
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).replace(&dir.display().to_string(), "copy");
        return Ok(VerifierRun { exit: output.status.code().unwrap_or(70), said: said.trim().to_owned() });
    }
    let report = vigie_verify::verify(dir, &Demands::default()).map_err(|cause| cause.to_string())?;
    Ok(VerifierRun { exit: i32::from(report.exit_code()), said: report.to_string() })
}
