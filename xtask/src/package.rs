//! Makes the Debian package: both programs stripped, the service, manual pages, completions, the list of parts.
//!
//! It is tried at once: unpacked into an empty folder, its programs must run there, and where `lintian` is installed
//! its errors end the chore.

use crate::tools::{self, Told, built, cargo, has, output, program, root};
use crate::{sbom, test};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How to make it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Build profile: `release`, or `debug` for a quick try.
    #[arg(long, default_value = "release")]
    pub profile: String,
}

/// Makes `target/package/vigie_VERSION_ARCH.deb`.
pub fn run(args: &Args) -> Result<(), Told> {
    for tool in ["dpkg-deb", "dpkg", "gzip", "strip"] {
        if !has(tool) {
            return Err(format!("{tool} is needed to make a Debian package"));
        }
    }
    test::build_ui()?;
    build(&args.profile)?;
    let out = built(&args.profile).parent().map_or_else(root, Path::to_owned).join("package");
    let tree = out.join("tree");
    let _ = fs::remove_dir_all(&tree);
    fill(&tree, &args.profile)?;
    let version = env!("CARGO_PKG_VERSION");
    let arch = output(&mut program("dpkg", &["--print-architecture"]))?.trim().to_owned();
    control(&tree, version, &arch)?;
    let deb = out.join(format!("vigie_{version}_{arch}.deb"));
    tools::run(program("dpkg-deb", &["--build", "--root-owner-group"]).arg(&tree).arg(&deb))?;
    try_out(&deb, &out.join("tried"))?;
    lint(&deb)?;
    println!("{}", deb.display());
    Ok(())
}

fn build(profile: &str) -> Result<(), Told> {
    let mut build = cargo(&["build", "--locked", "--package", "vigie", "--package", "vigie-verify"]);
    if profile == "release" {
        build.arg("--release");
    } else {
        // The build that all tests share.
        build = cargo(&["build", "--workspace", "--all-targets", "--locked"]);
    }
    tools::run(&mut build)
}

fn told(cause: std::io::Error) -> Told {
    cause.to_string()
}

/// Writes a file of the package with these permissions.
fn put(tree: &Path, path: &str, bytes: &[u8], mode: u32) -> Result<PathBuf, Told> {
    use std::os::unix::fs::PermissionsExt;
    let whole = tree.join(path);
    let parent = whole.parent().ok_or("a path without a folder")?;
    let mut folder = tree.to_owned();
    for part in parent.strip_prefix(tree).map_err(|cause| cause.to_string())? {
        folder.push(part);
        fs::create_dir_all(&folder).map_err(told)?;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).map_err(told)?;
    }
    fs::write(&whole, bytes).map_err(told)?;
    fs::set_permissions(&whole, fs::Permissions::from_mode(mode)).map_err(told)?;
    Ok(whole)
}

fn packed(tree: &Path, path: &str, bytes: &[u8]) -> Result<(), Told> {
    let whole = put(tree, path, bytes, 0o644)?;
    // Without name and time, so that the same content gives the same package.
    tools::run(program("gzip", &["-9", "-n", "-f"]).arg(whole))
}

fn fill(tree: &Path, profile: &str) -> Result<(), Told> {
    fs::create_dir_all(tree).map_err(told)?;
    for name in ["vigie", "vigie-verify"] {
        let bytes = fs::read(built(profile).join(name)).map_err(told)?;
        let placed = put(tree, &format!("usr/bin/{name}"), &bytes, 0o755)?;
        tools::run(program("strip", &["--strip-all", "--remove-section=.comment"]).arg(placed))?;
    }
    let ours = |name: &str| fs::read(root().join("packaging").join(name)).map_err(told);
    put(tree, "lib/systemd/system/vigie.service", &ours("vigie.service")?, 0o644)?;
    put(tree, "usr/lib/sysusers.d/vigie.conf", &ours("vigie.sysusers")?, 0o644)?;
    packed(tree, "usr/share/man/man1/vigie-verify.1", &ours("vigie-verify.1")?)?;
    let vigie = built(profile).join("vigie");
    let say = |lang: &str, words: &[&str]| output(Command::new(&vigie).args(["--lang", lang]).args(words));
    packed(tree, "usr/share/man/man1/vigie.1", say("en", &["man"])?.as_bytes())?;
    packed(tree, "usr/share/man/fr/man1/vigie.1", say("fr", &["man"])?.as_bytes())?;
    let completions = [
        ("bash", "usr/share/bash-completion/completions/vigie"),
        ("zsh", "usr/share/zsh/vendor-completions/_vigie"),
        ("fish", "usr/share/fish/vendor_completions.d/vigie.fish"),
    ];
    for (shell, path) in completions {
        put(tree, path, say("en", &["completions", shell])?.as_bytes(), 0o644)?;
    }
    let version = env!("CARGO_PKG_VERSION");
    put(tree, "usr/share/doc/vigie/sbom.cdx.json", sbom::write()?.as_bytes(), 0o644)?;
    put(tree, "usr/share/doc/vigie/copyright", copyright().as_bytes(), 0o644)?;
    let change = format!(
        "vigie ({version}) unstable; urgency=medium\n\n  * See https://vigie.local for what changed.\n\n -- {MAINTAINER}  Sun, 22 Nov 2026 12:00:00 +0000\n"
    );
    packed(tree, "usr/share/doc/vigie/changelog", change.as_bytes())
}

const MAINTAINER: &str = "The Vigie developers <vigie@vigie.local>";

fn copyright() -> String {
    "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: vigie\n\nFiles: *\n\
     Copyright: 2026 The Vigie developers\nLicense: Apache-2.0\n\nLicense: Apache-2.0\n On Debian systems, the full text of \
     the Apache License 2.0 is in\n /usr/share/common-licenses/Apache-2.0. The libraries in the programs and their\n \
     licences are listed in sbom.cdx.json beside this file.\n"
        .to_owned()
}

fn control(tree: &Path, version: &str, arch: &str) -> Result<(), Told> {
    let mut sums = String::new();
    let mut bytes = 0;
    for path in files(tree)? {
        bytes += fs::metadata(tree.join(&path)).map_err(told)?.len();
        let sum = output(program("md5sum", &[]).arg(&path).current_dir(tree))?;
        sums += &sum;
    }
    let installed = bytes.div_ceil(1024);
    let text = format!(
        "Package: vigie\nVersion: {version}\nArchitecture: {arch}\nMaintainer: {MAINTAINER}\nInstalled-Size: {installed}\n\
         Depends: libc6 (>= 2.36), systemd\nSection: misc\nPriority: optional\nHomepage: https://vigie.local\n\
         Description: digital operations platform of a peace operation\n Vigie watches a mission's information space, warns \
         those who must know,\n carries the answer to its end and keeps a record that a court can check.\n One program with \
         an embedded store; it works without a network.\n"
    );
    put(tree, "DEBIAN/control", text.as_bytes(), 0o644)?;
    put(tree, "DEBIAN/md5sums", sums.as_bytes(), 0o644)?;
    for script in ["postinst", "prerm"] {
        let text = fs::read(root().join("packaging").join(script)).map_err(told)?;
        put(tree, &format!("DEBIAN/{script}"), &text, 0o755)?;
    }
    Ok(())
}

/// Files of the package, by path from its root, in order.
fn files(tree: &Path) -> Result<Vec<String>, Told> {
    let listed = output(program("find", &["usr", "lib", "-type", "f"]).current_dir(tree))?;
    let mut files: Vec<String> = listed.lines().map(ToOwned::to_owned).collect();
    files.sort();
    Ok(files)
}

/// Unpacks the package into an empty folder and runs what is in it.
fn try_out(deb: &Path, into: &Path) -> Result<(), Told> {
    let _ = fs::remove_dir_all(into);
    tools::run(program("dpkg-deb", &["--extract"]).arg(deb).arg(into))?;
    let bin = into.join("usr/bin");
    let site = into.join("site");
    let vigie = || Command::new(bin.join("vigie"));
    tools::run(vigie().args(["init", "--name", "tried"]).arg(&site).stdout(std::process::Stdio::null()))?;
    tools::run(vigie().arg("--site").arg(&site).arg("export").arg(into.join("export")))?;
    tools::run(Command::new(bin.join("vigie-verify")).arg(into.join("export")))?;
    parts_hold(into)?;
    if has("systemd-analyze") {
        // It looks for the program and its manual where they will be installed; everything else it says is about the unit.
        let unit = into.join("lib/systemd/system/vigie.service");
        let said = Command::new("systemd-analyze").arg("verify").arg(&unit).output().map_err(told)?;
        let said = String::from_utf8_lossy(&said.stderr).into_owned();
        let wrong: Vec<&str> = said
            .lines()
            .filter(|line| {
                line.contains("vigie.service")
                    && !line.contains("/usr/bin/vigie")
                    && !line.contains("man vigie")
            })
            .collect();
        if !wrong.is_empty() {
            return Err(wrong.join("\n"));
        }
    }
    Ok(())
}

/// The programs carry no symbols, the completions and manual pages are read as a shell and a formatter read them, and the
/// list of parts is held against its schema where Python's `cyclonedx` is there.
fn parts_hold(into: &Path) -> Result<(), Told> {
    for name in ["vigie", "vigie-verify"] {
        let symbols = Command::new("nm").arg(into.join("usr/bin").join(name)).output().map_err(told)?;
        if !symbols.stdout.is_empty() {
            return Err(format!("{name} is not stripped"));
        }
    }
    let bash = into.join("usr/share/bash-completion/completions/vigie");
    tools::run(program("bash", &["-n"]).arg(bash))?;
    if has("groff") {
        for page in ["man1/vigie.1", "fr/man1/vigie.1", "man1/vigie-verify.1"] {
            let page = into.join("usr/share/man").join(format!("{page}.gz"));
            let line = "zcat \"$0\" | groff -ww -z -K utf8 -man -T utf8 2>&1";
            let said = output(program("sh", &["-c", line]).arg(&page))?;
            if !said.trim().is_empty() {
                return Err(format!("{}: {said}", page.display()));
            }
        }
    }
    let parts = into.join("usr/share/doc/vigie/sbom.cdx.json");
    let known = program("python3", &["-c", "import cyclonedx.validation.json, jsonschema"]).output();
    if known.is_ok_and(|told| told.status.success()) {
        tools::run(program("python3", &["-c", VALIDATED]).arg(parts))
    } else {
        eprintln!(
            "the list of parts was not held against its schema: pip install 'cyclonedx-python-lib[json-validation]'"
        );
        Ok(())
    }
}

/// Holds a file against the schema of CycloneDX 1.5, strictly.
const VALIDATED: &str = "
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
wrong = JsonStrictValidator(SchemaVersion.V1_5).validate_str(open(sys.argv[1]).read())
sys.exit(str(wrong) if wrong else 0)
";

fn lint(deb: &Path) -> Result<(), Told> {
    if !has("lintian") {
        eprintln!("lintian is not installed: the package was not held against Debian's policy");
        return Ok(());
    }
    let mut lintian = program("lintian", &["--fail-on", "error", "--suppress-tags", SUPPRESSED]);
    tools::run(lintian.arg(deb))
}

/// A program linked statically but for the C library, from a workspace and not from a Debian source package, by people who
/// have no mail host of their own yet.
const SUPPRESSED: &str = "no-changelog,initial-upload-closes-no-bugs,embedded-library,statically-linked-binary,\
                          unstripped-static-library,bogus-mail-host,bogus-mail-host-in-debian-changelog";
