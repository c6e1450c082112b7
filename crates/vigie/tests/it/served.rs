//! A site that is really served, and asked as a browser or a gateway asks.

use crate::{feed, vigie};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PASSWORD: &str = "quatre lampes au port de Birao";
const WAIT: Duration = Duration::from_secs(40);

/// The running server. Dropping it ends it.
pub struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Site {
    root: tempfile::TempDir,
}

/// An answer: its status, its head, its body.
pub struct Answer(pub u16, pub String, pub String);

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.2).unwrap_or_else(|cause| panic!("{cause}: {} {}", self.0, self.2))
    }
}

impl Site {
    pub fn new() -> Self {
        let site = Self { root: tempfile::tempdir().expect("a folder") };
        let dir = site.path("site");
        assert_eq!(vigie(&["init", &dir, "--mission", "MINUT", "--name", "birao"]).code, 0);
        let people = [
            ("awa", "analyst"),
            ("dia", "data-protection-officer"),
            ("eve", "evidence-officer"),
            ("adm", "administrator"),
        ];
        for (name, role) in people {
            let add =
                ["-C", &dir, "user", "add", name, "--role", role, "--level", "decide", "--password-stdin"];
            assert_eq!(feed(&add, PASSWORD).code, 0, "{name}");
        }
        site
    }

    pub fn path(&self, name: &str) -> String {
        self.root.path().join(name).display().to_string()
    }

    /// Registers a source and gives its key.
    pub fn source(&self, id: &str) -> String {
        self.source_with(id, &[])
    }

    /// The same with more of what `vigie source add` takes.
    pub fn source_with(&self, id: &str, more: &[&str]) -> String {
        let dir = self.path("site");
        let add = [
            "-C",
            &dir,
            "--json",
            "source",
            "add",
            id,
            "--name",
            id,
            "--kind",
            "post",
            "--connector",
            "intake",
            "--purpose",
            "protection of civilians",
            "--basis",
            "mandate",
            "--owner",
            "JMAC",
            "--retention-days",
            "365",
            "--languages",
            "fr",
            "--licence",
            "—",
        ];
        vigie(&[&add, more].concat()).json()["key"].as_str().expect("a key").to_owned()
    }

    pub fn serve(&self) -> Served {
        self.serve_folder("site")
    }

    /// The same for a folder beside it.
    pub fn serve_folder(&self, name: &str) -> Served {
        let (dir, ready) = (self.path(name), self.path("ready"));
        let _ = std::fs::remove_file(&ready);
        let log = std::fs::File::create(self.path("log")).expect("a file");
        let child = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .args(["-C", &dir, "serve", "--listen", "127.0.0.1:0", "--ready-file", &ready])
            .env("VIGIE_LANG", "en")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("it runs");
        let mut served = Served { child, address: String::new() };
        served.address = until("the server to answer", || {
            let text = std::fs::read_to_string(&ready).ok()?;
            Some(text.strip_suffix('\n')?.strip_prefix("http://")?.to_owned())
        });
        served
    }
}

pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let since = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(since.elapsed() < WAIT, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

impl Served {
    /// One request in the oldest form, which ends with the connection.
    pub fn ask(&self, method: &str, path: &str, head: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).expect("answers");
        stream.set_read_timeout(Some(WAIT)).expect("waits");
        let text = format!(
            "{method} {path} HTTP/1.0\r\nHost: {0}\r\nOrigin: http://{0}\r\nContent-Type: application/json\r\n\
             Content-Length: {1}\r\n{head}\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(text.as_bytes()).expect("takes");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("answers");
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer(status, head.to_owned(), body.to_owned())
    }

    pub fn sign_in(&self, name: &str) -> String {
        let body = json!({ "name": name, "password": PASSWORD }).to_string();
        let answer = self.ask("POST", "/api/v1/signin", "", &body);
        let line = answer.1.lines().find(|line| line.to_lowercase().starts_with("set-cookie: "));
        let line = line.unwrap_or_else(|| panic!("{} {}", answer.0, answer.2));
        format!("Cookie: {}\r\n", line[12..].split(';').next().expect("a pair"))
    }

    pub fn get(&self, path: &str, who: &str) -> Answer {
        self.ask("GET", path, who, "")
    }

    pub fn post(&self, path: &str, who: &str, body: &Value) -> Answer {
        let answer = self.ask("POST", path, who, &body.to_string());
        assert!(answer.0 < 300, "{path}: {} {}", answer.0, answer.2);
        answer
    }

    /// Posts one message into a source and gives the signal.
    pub fn told(&self, source: &str, key: &str, n: u32, text: &str) -> String {
        let at = jiff::Timestamp::now() - jiff::SignedDuration::from_secs(i64::from(300 - n % 20));
        let body = json!({ "id": n.to_string(), "text": text, "author": format!("compte-{n}"), "lang": "fr",
            "seen_at": at.to_string() });
        let head = format!("Authorization: Bearer {key}\r\n");
        let answer = self.ask("POST", &format!("/intake/{source}"), &head, &body.to_string());
        assert_eq!(answer.0, 202, "{}", answer.2);
        answer.json()["id"].as_str().expect("an id").to_owned()
    }

    /// The story that a signal stands in, once it was read.
    pub fn story(&self, signal: &str, who: &str) -> String {
        until("a signal to be read", || {
            let answer = self.get(&format!("/api/v1/signals/{signal}"), who);
            Some(answer.json()["narrative"].as_str()?.to_owned())
        })
    }
}
