//! A site made from a scenario and served by the real binary, for the demo and the tests.

use crate::player::Credentials;
use crate::scenario::Scenario;
use crate::tools::{Told, built};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A site in a folder that goes away with it, unless kept.
pub struct DemoSite {
    folder: PathBuf,
    bin: PathBuf,
    /// What the player signs in with.
    pub credentials: Credentials,
    /// One-click tokens by user.
    pub enter: BTreeMap<String, String>,
}

/// A running server.
pub struct Served {
    child: Child,
    /// Address, without a slash at the end.
    pub base: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How long a debug build may take to answer.
const READY: Duration = Duration::from_mins(1);

impl DemoSite {
    /// Makes a fresh demo store in `folder` with the scenario's sources and people.
    pub fn make(folder: &Path, scenario: &Scenario, profile: &str) -> Result<Self, Told> {
        Self::make_as(folder, scenario, profile, true)
    }

    /// The same as a site in earnest: no guide, no one-click link, the clock of the host.
    pub fn make_in_earnest(folder: &Path, scenario: &Scenario, profile: &str) -> Result<Self, Told> {
        Self::make_as(folder, scenario, profile, false)
    }

    fn make_as(folder: &Path, scenario: &Scenario, profile: &str, demo: bool) -> Result<Self, Told> {
        let _ = std::fs::remove_dir_all(folder);
        std::fs::create_dir_all(folder).map_err(|cause| format!("{}: {cause}", folder.display()))?;
        let bin = built(profile).join("vigie");
        let mut site = Self {
            folder: folder.to_owned(),
            bin,
            credentials: Credentials::default(),
            enter: BTreeMap::new(),
        };
        let start = scenario.earliest().to_string();
        let zone = scenario.head.start.time_zone().iana_name().unwrap_or("UTC").to_owned();
        let dir = site.dir();
        let mut init = vec!["init", &dir, "--mission", "MISOUV", "--name", "secteur-est", "--zone", &zone];
        if demo {
            init.extend(["--demo", "--start", &start]);
        }
        site.vigie(&init, None)?;
        for source in &scenario.sources {
            let entry = source.entry();
            let days = entry.retention_days.to_string();
            let languages = entry.languages.join(",");
            let mut add = vec![
                "source",
                "add",
                entry.id.as_str(),
                "--name",
                &entry.name,
                "--kind",
                entry.kind.word(),
                "--connector",
                entry.connector.word(),
                "--purpose",
                &entry.purpose,
                "--basis",
                &entry.basis,
                "--owner",
                &entry.owner,
                "--retention-days",
                &days,
                "--languages",
                &languages,
                "--licence",
                entry.licence.as_deref().unwrap_or("—"),
            ];
            if let Some(url) = &entry.url {
                add.extend(["--url", url]);
            }
            let private = entry.allow_private.join(",");
            if !private.is_empty() {
                add.extend(["--allow-private", &private]);
            }
            let answer = site.vigie(&add, None)?;
            let key = answer["key"].as_str().ok_or("no intake key in the answer")?.to_owned();
            site.credentials.keys.insert(entry.id, key);
        }
        site.vigie(
            &[
                "source",
                "add",
                "saisie-manuelle",
                "--name",
                "Saisie à la main",
                "--kind",
                "liaison",
                "--connector",
                "hand",
                "--purpose",
                "Garder trace de ce que le personnel entend et voit",
                "--basis",
                "Signalements faits par le personnel de la mission",
                "--owner",
                "Salle de permanence, secteur Est",
                "--retention-days",
                "365",
            ],
            None,
        )?;
        for person in &scenario.users {
            let password = format!("démonstration-{}", hex::encode(crate::tools::random()?));
            let words = person.compartments.iter().map(|one| one.word()).collect::<Vec<_>>().join(",");
            let answer = site.vigie(
                &[
                    "user",
                    "add",
                    &person.name,
                    "--display",
                    &person.display,
                    "--role",
                    person.role.word(),
                    "--affiliation",
                    person.affiliation.word(),
                    "--level",
                    person.level.word(),
                    "--speaks",
                    &person.lang,
                    "--compartments",
                    &words,
                    "--password-stdin",
                ],
                Some(&password),
            )?;
            if let Some(token) = answer["enter"].as_str() {
                site.enter.insert(person.name.clone(), token.to_owned());
            }
            site.credentials.passwords.insert(person.name.clone(), password);
        }
        for function in &scenario.functions {
            let holders = function.holders.join(",");
            let (en, fr) = (function.name_en.as_str(), function.name_fr.as_str());
            let component = function.component.word();
            let add =
                ["function", "add", &function.id, "--name-en", en, "--name-fr", fr, "--component", component];
            let liaison = function.liaison.then_some("--liaison");
            let add: Vec<&str> = add.into_iter().chain(["--holders", &holders]).chain(liaison).collect();
            site.vigie(&add, None)?;
        }
        if scenario.head.places {
            site.load_places()?;
        }
        for verifier in &scenario.verifiers {
            site.vigie(&["function", "verifier", &verifier.user, &verifier.lang], None)?;
        }
        Ok(site)
    }

    /// The invented gazetteer, sites and lists of wordings beside the scenarios.
    fn load_places(&self) -> Result<(), Told> {
        let folder = crate::tools::root().join("scenarios");
        let path = |name: &str| folder.join(name).display().to_string();
        self.vigie(&["gazetteer", "add", &path("gazetteer-ndolaka.csv")], None)?;
        self.vigie(&["gazetteer", "sites", &path("sites-ndolaka.toml")], None)?;
        for lang in ["ar", "en", "ff", "fr", "ha", "sg"] {
            self.vigie(&["gazetteer", "lexicon", &path(&format!("lexicons/{lang}.toml"))], None)?;
        }
        Ok(())
    }

    /// Folder of the site.
    pub fn dir(&self) -> String {
        self.folder.join("site").display().to_string()
    }

    /// Runs one command of the binary and reads its JSON answer.
    pub fn vigie(&self, args: &[&str], input: Option<&str>) -> Result<Value, Told> {
        let (answer, done) = self.answer(args, input)?;
        if done { Ok(answer) } else { Err(format!("vigie {}: {answer}", args.join(" "))) }
    }

    /// Imports a table; refused rows are part of the answer.
    pub fn import(&self, file: &str, source: &str, map: Option<&str>) -> Result<Value, Told> {
        let mut args = vec!["import", file, "--source", source];
        args.extend(map.into_iter().flat_map(|map| ["--map", map]));
        self.answer(&args, None).map(|(answer, _)| answer)
    }

    /// The JSON answer of a command, and whether it said that all was done.
    fn answer(&self, args: &[&str], input: Option<&str>) -> Result<(Value, bool), Told> {
        let mut command = Command::new(&self.bin);
        command.args(["--json", "--quiet", "--site", &self.dir()]).args(args);
        command.env("VIGIE_LANG", "en").stdout(Stdio::piped()).stderr(Stdio::inherit());
        command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
        let told = |cause: &dyn std::fmt::Display| format!("vigie {}: {cause}", args.join(" "));
        let mut child = command.spawn().map_err(|cause| told(&cause))?;
        if let (Some(text), Some(mut stdin)) = (input, child.stdin.take()) {
            writeln!(stdin, "{text}").map_err(|cause| told(&cause))?;
        }
        let output = child.wait_with_output().map_err(|cause| told(&cause))?;
        let answer = serde_json::from_slice(&output.stdout).map_err(|_| told(&output.status))?;
        Ok((answer, output.status.success()))
    }

    /// Serves it on `listen` with the given clock, and waits until it answers.
    pub fn serve(&self, listen: &str, clock: &str) -> Result<Served, Told> {
        self.serve_also(listen, clock, &[])
    }

    /// The same with more options of `vigie serve`.
    pub fn serve_also(&self, listen: &str, clock: &str, more: &[&str]) -> Result<Served, Told> {
        let ready = self.folder.join("ready");
        let _ = std::fs::remove_file(&ready);
        let log = std::fs::File::create(self.folder.join("server.log")).map_err(|cause| cause.to_string())?;
        let ready_text = ready.display().to_string();
        let child = Command::new(&self.bin)
            .args([
                "--site",
                &self.dir(),
                "serve",
                "--listen",
                listen,
                "--clock",
                clock,
                "--ready-file",
                &ready_text,
            ])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|cause| format!("vigie serve: {cause}"))?;
        let mut served = Served { child, base: String::new() };
        let since = Instant::now();
        while since.elapsed() < READY {
            if let Ok(Some(status)) = served.child.try_wait() {
                let log = std::fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
                return Err(format!("vigie serve ended: {status}\n{log}"));
            }
            if let Ok(base) = std::fs::read_to_string(&ready)
                && base.ends_with('\n')
            {
                base.trim().clone_into(&mut served.base);
                return Ok(served);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err("vigie serve did not answer within a minute".to_owned())
    }
}

impl Served {
    /// `kill -9`, and waits until it is gone.
    pub fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
    /// Waits until the server ends.
    pub fn wait(&mut self) -> Result<(), Told> {
        self.child.wait().map(|_| ()).map_err(|cause| cause.to_string())
    }
}
