//! A site that the real program serves, asked over HTTP as gateways, screens and a monitoring system ask it.

use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// Name and password of the person of these tests.
const PERSON: (&str, &str) = ("amina", "un-mot-de-passe-assez-long");

/// A site in a folder, made with one intake source and one duty officer.
pub struct Served {
    /// Files of the test beside the site.
    pub tmp: tempfile::TempDir,
    /// Where the site's folder is seen from outside, also where it lies on a disk of its own.
    pub seen: PathBuf,
    process: Child,
    /// What the site tells the service manager.
    pub manager: UnixDatagram,
    base: String,
    metrics: SocketAddr,
    key: String,
    cookie: String,
    web: Runtime,
    http: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub struct Got {
    pub status: u16,
    pub text: String,
}

impl Got {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|cause| panic!("{cause}: {self:?}"))
    }
}

/// Made, told and served in one shell, so that all of it can stand on a disk that only this process sees.
const SCRIPT: &str = r#"set -e
[ -z "$SIZE" ] || mount -t tmpfs -o size="$SIZE" tmpfs "$DISK"
"$VIGIE" init "$DISK/site" --name essai >&2
"$VIGIE" --site "$DISK/site" --json source add sms --name SMS --kind sms --connector intake --purpose "Entendre ce qui se dit" --basis "Mandat" --owner "Salle de permanence" --retention-days 90 > "$OUT/source"
printf '%s' "$PASSWORD" | "$VIGIE" --site "$DISK/site" user add amina --display Amina --role "$ROLE" --compartments operations --password-stdin >&2
printf '%s\n' "$SETTINGS" > "$DISK/site/vigie.toml"
"$VIGIE" --site "$DISK/site" serve --listen 127.0.0.1:0 --metrics "$METRICS" --ready-file "$OUT/ready" >&2 &
echo $! > "$OUT/pid"
wait $! || true
[ -z "$SIZE" ] || cp -r "$DISK/site" "$DISK/site.key" "$OUT/"
"#;

impl Served {
    /// Serves a new site; with `size` on a disk of its own of that size, and `None` where this machine lets nobody mount one.
    pub fn start(size: &str, settings: &str, role: &str) -> Option<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let tmp = tempfile::tempdir().expect("a folder");
        let disk = tmp.path().join("disk");
        std::fs::create_dir(&disk).expect("a folder");
        if !size.is_empty() && !may_mount(&disk) {
            return None;
        }
        let metrics = free_port();
        let manager = UnixDatagram::bind(tmp.path().join("notify")).expect("a socket");
        manager.set_read_timeout(Some(Duration::from_secs(20))).expect("a patience");
        let mut command = Command::new(if size.is_empty() { "sh" } else { "unshare" });
        if !size.is_empty() {
            command.args(["-rm", "sh"]);
        }
        let process = command
            .args(["-c", SCRIPT])
            .env("VIGIE", env!("CARGO_BIN_EXE_vigie"))
            .env("VIGIE_LANG", "en")
            .env("DISK", &disk)
            .env("OUT", tmp.path())
            .env("SIZE", size)
            .env("SETTINGS", settings)
            .env("ROLE", role)
            .env("PASSWORD", PERSON.1)
            .env("METRICS", metrics.to_string())
            .env("NOTIFY_SOCKET", tmp.path().join("notify"))
            .env("WATCHDOG_USEC", "1000000")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("a shell");
        let seen = if size.is_empty() {
            disk.clone()
        } else {
            let root = PathBuf::from(format!("/proc/{}/root", process.id()));
            root.join(disk.strip_prefix("/").expect("an absolute path"))
        };
        let base = patient(Duration::from_mins(1), || {
            std::fs::read_to_string(tmp.path().join("ready")).ok().map(|base| base.trim().to_owned())
        });
        let told = std::fs::read_to_string(tmp.path().join("source")).expect("told");
        let told: Value = serde_json::from_str(&told).expect("JSON");
        let key = told["key"].as_str().expect("a key").to_owned();
        let http = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().expect("a client");
        let web = Runtime::new().expect("a runtime");
        Some(Self { tmp, seen, process, manager, base, metrics, key, cookie: String::new(), web, http })
    }

    fn sent(&self, request: reqwest::RequestBuilder) -> (Got, String) {
        self.web.block_on(async {
            let answer = request.header("Accept-Language", "en").send().await.expect("an answer");
            let cookie = answer.headers().get("set-cookie").and_then(|line| line.to_str().ok());
            let cookie = cookie.and_then(|line| line.split(';').next()).unwrap_or_default().to_owned();
            let status = answer.status().as_u16();
            (Got { status, text: answer.text().await.expect("a text") }, cookie)
        })
    }

    /// Sends a message in, as a gateway does.
    pub fn message(&self, id: &str, text: &str) -> Got {
        let body = json!({ "id": id, "text": text });
        self.sent(self.http.post(format!("{}/intake/sms", self.base)).bearer_auth(&self.key).json(&body)).0
    }

    /// The answer of a page of the site, as the person of these tests sees it.
    pub fn get(&self, path: &str) -> Got {
        self.sent(self.http.get(format!("{}{path}", self.base)).header("Cookie", &self.cookie)).0
    }

    /// The same with something said.
    pub fn post(&self, path: &str, body: &Value) -> Got {
        let request = self.http.post(format!("{}{path}", self.base));
        self.sent(request.header("Cookie", &self.cookie).header("Origin", &self.base).json(body)).0
    }

    /// Where the site listens, and what shows who asks.
    pub fn door(&self) -> (String, String) {
        (self.base.trim_start_matches("http://").to_owned(), self.cookie.clone())
    }

    /// Signs the person of these tests in.
    pub fn sign_in(&mut self) {
        let body = json!({ "name": PERSON.0, "password": PERSON.1 });
        let request = self.http.post(format!("{}/api/v1/signin", self.base)).header("Origin", &self.base);
        let (got, cookie) = self.sent(request.json(&body));
        assert_eq!(got.status, 204, "{}", got.text);
        self.cookie = cookie;
    }

    /// What a monitoring system reads.
    pub fn counts(&self) -> String {
        let got = self.sent(self.http.get(format!("http://{}/metrics", self.metrics))).0;
        assert_eq!(got.status, 200);
        got.text
    }

    /// One count by its whole name.
    pub fn count(&self, name: &str) -> f64 {
        let page = self.counts();
        let line = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("{name} is not in\n{page}")).parse().expect("a number")
    }

    /// The next thing that the service manager hears.
    pub fn told(&self) -> String {
        let mut heard = [0; 256];
        let length = self.manager.recv(&mut heard).expect("something is told");
        String::from_utf8_lossy(&heard[..length]).into_owned()
    }

    /// The site's process.
    pub fn pid(&self) -> String {
        let pid = std::fs::read_to_string(self.tmp.path().join("pid")).expect("a process");
        pid.trim().to_owned()
    }

    /// Asks the site to stop as a service manager does.
    pub fn terminate(&self) {
        let done = Command::new("kill").args(["-TERM", &self.pid()]).status().expect("kill");
        assert!(done.success());
    }

    /// Stops the site; it ends by itself.
    pub fn stop(mut self) -> tempfile::TempDir {
        self.terminate();
        let ended = self.process.wait().expect("an end");
        assert!(ended.success(), "{ended}");
        std::mem::replace(&mut self.tmp, tempfile::tempdir().expect("a folder"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Ok(pid) = std::fs::read_to_string(self.tmp.path().join("pid")) {
            let _ = Command::new("kill").args(["-KILL", pid.trim()]).stderr(Stdio::null()).status();
        }
        let _ = self.process.wait();
    }
}

/// A port that nobody listens on.
fn free_port() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|port| port.local_addr()).expect("a free port")
}

fn may_mount(on: &Path) -> bool {
    let mut mount = Command::new("unshare");
    mount.args(["-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(on).stderr(Stdio::null());
    mount.status().is_ok_and(|status| status.success())
}

/// Asks until there is an answer.
pub fn patient<T>(patience: Duration, mut ask: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(began.elapsed() < patience, "nothing after {patience:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}
