//! Sets up what the tests need and runs them all.

use crate::player::Options;
use crate::scenario::Scenario;
use crate::site::{DemoSite, Served};
use crate::tools::{self, Told, built, cargo, has, is_root, program, root};
use crate::{demo, play, replay};
use std::path::Path;
use std::process::{Command, Stdio};

/// What to leave out while working on one part.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Only the Rust tests.
    #[arg(long)]
    rust: bool,
    /// Only the tests of the screens: unit and end to end.
    #[arg(long)]
    ui: bool,
}

/// Runs every test, or the part that was asked for.
pub fn run(args: &Args) -> Result<(), Told> {
    set_up()?;
    build_ui()?;
    if !args.ui {
        rust()?;
    }
    if !args.rust {
        npm(&["run", "types:check"])?;
        npm(&["run", "check"])?;
        npm(&["test"])?;
        npm(&["run", "budget"])?;
        tools::run(&mut cargo(&["build", "--workspace", "--all-targets", "--locked"]))?;
        end_to_end()?;
    }
    Ok(())
}

fn rust() -> Result<(), Told> {
    if has("cargo-nextest") {
        tools::run(&mut cargo(&["nextest", "run", "--workspace", "--locked", "--no-fail-fast"]))
    } else {
        tools::run(&mut cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]))
    }
}

/// The tests of one crate's binary whose names hold `name`, from the build that all tests share.
pub fn some(package: &str, binary: &str, name: &str) -> Command {
    if has("cargo-nextest") {
        let named = if name.is_empty() { "all()".to_owned() } else { format!("test({name})") };
        let filter = format!("package({package}) & binary({binary}) & {named}");
        return cargo(&["nextest", "run", "--workspace", "--locked", "--no-capture", "-E", &filter]);
    }
    cargo(&["test", "--locked", "--package", package, "--test", binary, "--", name, "--nocapture"])
}

/// Installs what is missing where that is possible, and otherwise says what is.
fn set_up() -> Result<(), Told> {
    if !has("node") || !has("npm") {
        return Err(
            "Node 20 or later and npm are needed for the screens; install them and try again".to_owned()
        );
    }
    let mut missing = Vec::new();
    if !has(CHROMIUM) {
        missing.push(CHROMIUM);
    }
    if !has_mail_server() {
        missing.push(MAIL_SERVER);
    }
    if !has_independent() {
        missing.extend(INDEPENDENT);
    }
    missing.extend(BESIDE.into_iter().filter(|program| !has(program)));
    if missing.is_empty() {
        return Ok(());
    }
    if !is_root() || !has("apt-get") {
        if missing.contains(&CHROMIUM) {
            return Err("chromium is needed for the end-to-end tests: apt-get install chromium".to_owned());
        }
        eprintln!("some tests will be skipped: apt-get install {}", missing.join(" "));
        return Ok(());
    }
    tools::run(&mut program("apt-get", &["update", "-qq"]))?;
    let install = ["install", "-y", "-qq", "--no-install-recommends"];
    tools::run(program("apt-get", &install).args(missing).env("DEBIAN_FRONTEND", "noninteractive"))
}

const CHROMIUM: &str = "chromium";
/// Somebody else's programs that ours are held against: one for sealed backups, one that follows calls.
const BESIDE: [&str; 2] = ["age", "strace"];
/// The mail server that the tests of e-mail talk to, a module of the system's own Python.
const MAIL_SERVER: &str = "python3-aiosmtpd";

/// Go and its team's code for transparency logs: what others check an export with.
const INDEPENDENT: [&str; 2] = ["golang-go", "golang-golang-x-mod-dev"];

fn has_independent() -> bool {
    let go = Command::new("go").arg("version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    go.is_ok_and(|status| status.success())
        && Path::new("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog").is_dir()
}

fn has_mail_server() -> bool {
    let mut asked = Command::new("/usr/bin/python3");
    asked.args(["-c", "import aiosmtpd"]).stdout(Stdio::null()).stderr(Stdio::null());
    asked.status().is_ok_and(|status| status.success())
}

/// npm in the folder of the screens.
fn npm(args: &[&str]) -> Result<(), Told> {
    tools::run(Command::new("npm").args(args).current_dir(root().join("ui")))
}

/// Builds the screens where their sources are newer than the last build.
pub fn build_ui() -> Result<(), Told> {
    let ui = root().join("ui");
    if !has("npm") {
        return Err("npm is needed to build the screens; install Node 20 or later".to_owned());
    }
    if newest(&ui.join("package-lock.json")) > newest(&ui.join("node_modules/.package-lock.json")) {
        npm(&["ci", "--no-audit", "--no-fund"])?;
    }
    let sources = ["src", "public", "scripts", "index.html", "package.json", "vite.config.ts"]
        .iter()
        .map(|part| newest(&ui.join(part)))
        .chain([newest(&root().join("locales"))])
        .max();
    if sources > Some(newest(&ui.join("dist/index.html"))) {
        npm(&["run", "build"])?;
    }
    Ok(())
}

/// Latest change of a file or of anything below a folder; `None` where there is nothing.
fn newest(path: &Path) -> Option<std::time::SystemTime> {
    let meta = std::fs::metadata(path).ok()?;
    if !meta.is_dir() {
        return meta.modified().ok();
    }
    std::fs::read_dir(path).ok()?.flatten().filter_map(|entry| newest(&entry.path())).max()
}

/// The shipped binary in a real browser, on two sites: one where the guided first minute is played while the browser
/// follows it, and one where the whole day has been played and held to its expectations.
pub fn end_to_end() -> Result<(), Told> {
    let scenario = Scenario::open(&demo::scenario_path()).map_err(|cause| cause.to_string())?;
    twice(|| first_minute(&scenario))?;
    twice(|| whole_day(&scenario))?;
    twice(story)?;
    twice(|| bytes(&scenario))
}

/// The second scenario walked in a browser by its people, with a text-message gateway:
/// `cargo xtask story`.
pub fn story() -> Result<(), Told> {
    let mut scenario = Scenario::open(&replay::find("s02-")?).map_err(|cause| cause.to_string())?;
    let listener = replay::free_gateway(&mut scenario)?.ok_or("the scenario has no gateway")?;
    let gateway = format!("http://{}", listener.local_addr().map_err(|cause| cause.to_string())?);
    liaison_assistant(&mut scenario)?;
    let site = DemoSite::make(&built("debug").join("e2e-story"), &scenario, "debug")?;
    site.vigie(&PUBLIC_FORM, None)?;
    let public = free_address()?;
    let served = site.serve_also("127.0.0.1:0", "sim", &["--public", &public])?;
    let _gate = replay::gateway(&scenario, &site, &served.base, listener)?;
    let links: serde_json::Map<String, serde_json::Value> =
        site.enter.iter().map(|(name, token)| (name.clone(), format!("/enter/{token}").into())).collect();
    let key = site.credentials.keys.iter().find(|(source, _)| source.as_str() == "palabre");
    tools::run(
        node(&["e2e/story.test.mjs"])
            .env("BASE_URL", &served.base)
            .env("LINKS", serde_json::Value::Object(links).to_string())
            .env("INTAKE_KEY", key.map(|(_, key)| key.as_str()).ok_or("the source has no key")?)
            .env("START", scenario.earliest().to_string())
            .env("GATE", &gateway)
            .env("PUBLIC", format!("http://{public}")),
    )
}

/// Gives the first liaison function to somebody who can sign in.
fn liaison_assistant(scenario: &mut Scenario) -> Result<(), Told> {
    let like = scenario.users.iter().find(|person| person.role == vigie_model::Role::Analyst);
    let mut agent = like.ok_or("the scenario has no analyst")?.clone();
    "agent".clone_into(&mut agent.name);
    "Issa Dano".clone_into(&mut agent.display);
    agent.role = vigie_model::Role::LiaisonAssistant;
    let function = scenario.functions.iter_mut().find(|function| function.liaison);
    function.ok_or("the scenario has no liaison function")?.holders.push(agent.name.clone());
    scenario.users.push(agent);
    Ok(())
}

/// How an administrator opens the form of the public pages.
const PUBLIC_FORM: [&str; 14] = [
    "source",
    "add",
    "formulaire",
    "--kind",
    "post",
    "--connector",
    "form",
    "--purpose",
    "Receive questions and answer them",
    "--basis",
    "Messages sent to the mission",
    "--owner",
    "Public information",
    "--retention-days=365",
];

/// An address of this machine at which nobody listens now.
fn free_address() -> Result<String, Told> {
    let bound = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    bound.map(|address| address.to_string()).map_err(|cause| cause.to_string())
}

/// A browser on a machine with other work may miss its patience; what fails twice, on a fresh site, has failed.
fn twice(work: impl Fn() -> Result<(), Told>) -> Result<(), Told> {
    work().or_else(|cause| {
        eprintln!("{cause}\nonce more, on a fresh site");
        work()
    })
}

/// What a first visit costs, on a site in earnest: a demo's pages carry its guide besides.
fn bytes(scenario: &Scenario) -> Result<(), Told> {
    let folder = built("debug").join("e2e-bytes");
    let site = DemoSite::make_in_earnest(&folder, scenario, "debug")?;
    let lines: Vec<String> = scenario
        .events
        .iter()
        .filter(|event| event.story.is_none())
        .map(|event| {
            serde_json::json!({ "text": event.text, "author": event.author, "lang": event.lang }).to_string()
        })
        .collect();
    let file = folder.join("signals.jsonl");
    std::fs::write(&file, lines.join("\n")).map_err(|cause| cause.to_string())?;
    let source = scenario.sources.first().ok_or("the scenario has no source")?;
    site.import(&file.display().to_string(), source.id.as_str(), None)?;
    let served = site.serve("127.0.0.1:0", "system")?;
    let name = demo::control(scenario)?;
    let password = site.credentials.passwords.get(name).ok_or("the duty officer has no password")?;
    tools::run(
        node(&["e2e/bytes.test.mjs"])
            .env("BASE_URL", &served.base)
            .env("LOGIN", name)
            .env("PASSWORD", password),
    )
}

fn first_minute(scenario: &Scenario) -> Result<(), Told> {
    let site = DemoSite::make(&built("debug").join("e2e-guide"), scenario, "debug")?;
    let served = site.serve("127.0.0.1:0", "sim")?;
    let (base, credentials, played) = (served.base.clone(), site.credentials.clone(), scenario.clone());
    // It plays until the server goes away under it: what it then says is of no interest.
    std::thread::spawn(move || demo::play(&base, credentials, &played, Options::default()));
    browse(&site, &served, scenario, &["e2e/guide.test.mjs"])
}

fn whole_day(scenario: &Scenario) -> Result<(), Told> {
    let site = DemoSite::make(&built("debug").join("e2e"), scenario, "debug")?;
    let served = site.serve("127.0.0.1:0", "sim")?;
    let fast = Options { speed: Some(SPEED_MAX), until: None, hurry: false };
    play::report(&demo::play(&served.base, site.credentials.clone(), scenario, fast)?)?;
    let files = ["e2e/axe.test.mjs", "e2e/offline.test.mjs", "e2e/pages.test.mjs", "e2e/triage.test.mjs"];
    browse(&site, &served, scenario, &files)
}

/// The fastest pace that a site plays at, in simulated seconds a second.
const SPEED_MAX: f64 = 1_440.0;

/// Node's test runner in the folder of the screens.
fn node(files: &[&str]) -> Command {
    let mut command = Command::new("node");
    command.args(["--test", "--test-concurrency=1", "--test-timeout=180000"]).args(files);
    command.current_dir(root().join("ui"));
    command
}

fn browse(site: &DemoSite, served: &Served, scenario: &Scenario, files: &[&str]) -> Result<(), Told> {
    let link = |role: vigie_model::Role| {
        let person = scenario.users.iter().find(|person| person.role == role);
        let token = person.and_then(|person| site.enter.get(&person.name));
        token
            .map(|token| format!("/enter/{token}"))
            .ok_or_else(|| format!("nobody is {role} in the scenario"))
    };
    tools::run(
        node(files)
            .env("BASE_URL", &served.base)
            .env("DUTY_LINK", link(vigie_model::Role::DutyOfficer)?)
            .env("VISITOR_LINK", link(vigie_model::Role::Visitor)?),
    )
}

/// Writes `openapi.json` and the types of the screens anew.
pub fn bless() -> Result<(), Told> {
    tools::run(some("vigie-server", "it", "the_committed_description").env("BLESS", "1"))?;
    npm(&["run", "types"])
}
