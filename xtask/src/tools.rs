//! Running other programs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a chore ended early, in a sentence.
pub type Told = String;

/// Root of the project.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// A program started at the root of the project.
pub fn program(name: &str, args: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(args).current_dir(root());
    command
}

/// Runs a program to its end; its failure is told with the command line that repeats it.
pub fn run(command: &mut Command) -> Result<(), Told> {
    let line = line(command);
    eprintln!("— {line}");
    let status = command.status().map_err(|cause| format!("{line}: {cause}"))?;
    if status.success() { Ok(()) } else { Err(format!("{line}: {status}")) }
}

/// Runs a program and gives what it wrote to standard output.
pub fn output(command: &mut Command) -> Result<String, Told> {
    let line = line(command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|cause| format!("{line}: {cause}"))?;
    if !output.status.success() {
        return Err(format!("{line}: {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|cause| format!("{line}: {cause}"))
}

fn line(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|arg| arg.to_string_lossy().into_owned()));
    words.join(" ")
}

/// Whether a program of this name answers.
pub fn has(name: &str) -> bool {
    Command::new(name)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

/// Whether this user may install packages.
pub fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// The cargo that runs us, without what it told us of ourselves: libraries that look at such settings (`ring` does)
/// would be built again, and all above them, each time cargo is called from here and not by hand.
pub fn cargo(args: &[&str]) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = program(&cargo, args);
    let ours = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(ours)) {
        command.env_remove(name);
    }
    command
}

/// Folder of built programs.
pub fn built(profile: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join(if profile == "release" { "release" } else { "debug" })
}

/// Twelve random bytes.
pub fn random() -> Result<[u8; 12], Told> {
    let mut bytes = [0; 12];
    let mut source = std::fs::File::open("/dev/urandom").map_err(|cause| cause.to_string())?;
    std::io::Read::read_exact(&mut source, &mut bytes).map_err(|cause| cause.to_string())?;
    Ok(bytes)
}
