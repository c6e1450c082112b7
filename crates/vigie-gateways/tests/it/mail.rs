//! E-mail against a real mail server on this machine (Debian's `python3-aiosmtpd`).

use base64::Engine as _;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use vigie_gateways::mail::{Mail, Mailer, Sender, is_address};
use vigie_gateways::outcome::NotSent;
use vigie_model::{SourceEntry, Timestamp};

/// A running mail server; it stops with its test.
struct Server {
    child: Child,
    port: u16,
    said: Receiver<Value>,
    _files: tempfile::TempDir,
    authority: Vec<u8>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The Python that has the mail server; the system's own first.
fn python() -> Option<&'static str> {
    let knows = |python: &&str| {
        let mut asked = Command::new(python);
        asked.args(["-c", "import aiosmtpd"]).stdout(Stdio::null()).stderr(Stdio::null());
        asked.status().is_ok_and(|status| status.success())
    };
    let found = ["/usr/bin/python3", "python3"].into_iter().find(knows);
    if found.is_none() {
        println!("skipped: no mail server here (apt-get install python3-aiosmtpd)");
    }
    found
}

fn lines(out: ChildStdout) -> Receiver<Value> {
    let (sender, said) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            let _ = sender.send(serde_json::from_str(&line).expect("a line of JSON"));
        }
    });
    said
}

impl Server {
    /// Starts it with a certificate for `host`; `None` where this machine has no such server.
    fn start(host: &str, args: &[&str]) -> Option<Self> {
        let python = python()?;
        let files = tempfile::tempdir().expect("a folder");
        let mut params = CertificateParams::new(Vec::<String>::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let authority = params.self_signed(&key).expect("signed").pem().into_bytes();
        let issuer = Issuer::new(params, key);
        let own = KeyPair::generate().expect("a key");
        let leaf = CertificateParams::new([host.to_owned()]).expect("a name").signed_by(&own, &issuer);
        let path = |name: &str| files.path().join(name).display().to_string();
        std::fs::write(path("cert.pem"), leaf.expect("signed").pem()).expect("written");
        std::fs::write(path("key.pem"), own.serialize_pem()).expect("written");
        let mut command = Command::new(python);
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/smtp_server.py"));
        if !args.contains(&"--clear") {
            command.args(["--cert", &path("cert.pem"), "--key", &path("key.pem")]);
        }
        command.args(args.iter().filter(|arg| **arg != "--clear"));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python runs");
        let said = lines(child.stdout.take().expect("a pipe"));
        let first = said.recv_timeout(Duration::from_secs(20)).expect("the server starts");
        let port = u16::try_from(first["port"].as_u64().expect("a port")).expect("a port");
        Some(Self { child, port, said, _files: files, authority })
    }

    fn entry(&self, scheme: &str) -> SourceEntry {
        let address = format!("127.0.0.1:{}", self.port);
        let entry = serde_json::json!({
            "id": "mail", "name": "Mail", "kind": "post", "connector": "mail", "url": format!("{scheme}://{address}"),
            "purpose": "test", "basis": "test", "owner": "test desk", "retention_days": 30, "allow_private": [address],
        });
        serde_json::from_value(entry).expect("a complete entry")
    }

    fn sender(&self) -> Sender {
        let authority = Some(self.authority.clone());
        Sender {
            from: "desk@misouv.example".to_owned(),
            name: Some("MISOUV".to_owned()),
            authority,
            ..Sender::default()
        }
    }

    fn next(&self) -> Value {
        self.said.recv_timeout(Duration::from_secs(10)).expect("the server says something")
    }

    fn silent(&self) -> bool {
        self.said.try_recv().is_err()
    }
}

fn mail<'m>(to: &'m str, text: &'m str) -> Mail<'m> {
    let at = |text: &str| text.parse::<Timestamp>().expect("a time");
    let (at, expires_at) = (at("2026-11-22T06:00:00Z"), at("2026-11-24T06:00:00Z"));
    Mail { id: "release-contact", to, subject: "MISOUV · S-26-0001", text, at, expires_at }
}

/// The lines of the head, unfolded, and the body as its reader sees it.
fn read(message: &Value) -> (Vec<String>, String) {
    let decode = |text: &str| {
        base64::engine::general_purpose::STANDARD.decode(text.replace(['\r', '\n'], "")).expect("base64")
    };
    let raw = String::from_utf8(decode(message["data"].as_str().expect("data"))).expect("ASCII on the line");
    assert!(raw.is_ascii(), "nothing but ASCII needs to be carried");
    let (head, body) = raw.split_once("\r\n\r\n").expect("a head and a body");
    let head = head.replace("\r\n ", " ").split("\r\n").map(str::to_owned).collect();
    (head, String::from_utf8(decode(body)).expect("UTF-8"))
}

fn has(head: &[String], name: &str) -> String {
    let starts = format!("{name}: ");
    let found: Vec<_> = head.iter().filter_map(|line| line.strip_prefix(&starts)).collect();
    assert_eq!(found.len(), 1, "{name} once in {head:?}");
    found[0].to_owned()
}

fn code(outcome: Result<(), NotSent>) -> String {
    match outcome {
        Ok(()) => "sent".to_owned(),
        Err(NotSent::Later(fault)) => format!("later: {}", fault.code),
        Err(NotSent::Never(fault)) => format!("never: {}", fault.code),
        Err(NotSent::Unknown) => "unknown".to_owned(),
    }
}

const ARABIC: &str = "تم التحقق: نقلت شاحناتنا الماء والغذاء.\nVérifié à l'est.\n.\nEnd";

#[tokio::test]
async fn a_message_in_arabic_arrives_whole_over_tls_with_its_name_and_its_end() {
    let Some(server) = Server::start("127.0.0.1", &[]) else { return };
    let mailer = Mailer::default();
    let sent =
        mailer.send(&server.entry("smtp"), &server.sender(), &mail("prefet@est.example", ARABIC)).await;
    assert_eq!(code(sent), "sent");
    let message = server.next();
    assert_eq!(message["to"], serde_json::json!(["prefet@est.example"]));
    assert_eq!(message["tls"], true);
    let (head, body) = read(&message);
    assert_eq!(body.replace("\r\n", "\n"), ARABIC, "a line of one dot is text too");
    assert_eq!(has(&head, "Message-ID"), "<release-contact@misouv.example>");
    assert_eq!(has(&head, "Auto-Submitted"), "auto-generated");
    assert!(has(&head, "Expires").contains("24 Nov 2026 06:00:00"), "{head:?}");
    assert!(has(&head, "Content-Type").starts_with("text/plain; charset=utf-8"), "{head:?}");
    assert!(has(&head, "Date").contains("22 Nov 2026"), "{head:?}");
}

#[tokio::test]
async fn tls_at_once_works_too_and_an_attempt_has_the_name_of_the_one_before() {
    let Some(server) = Server::start("127.0.0.1", &["--at-once"]) else { return };
    let (mailer, entry, sender) = (Mailer::default(), server.entry("smtps"), server.sender());
    let mut names = Vec::new();
    for _ in 0..2 {
        assert_eq!(code(mailer.send(&entry, &sender, &mail("a@est.example", "Vérifié.")).await), "sent");
        names.push(has(&read(&server.next()).0, "Message-ID"));
    }
    assert_eq!(names[0], names[1], "whoever gets it twice after all can tell");
}

#[tokio::test]
async fn not_now_is_tried_again_and_no_is_no() {
    let Some(server) = Server::start("127.0.0.1", &[]) else { return };
    let (mailer, entry, sender) = (Mailer::default(), server.entry("smtp"), server.sender());
    let send = async |to: &'static str| code(mailer.send(&entry, &sender, &mail(to, "Vérifié.")).await);
    assert_eq!(send("later@est.example").await, "later: mail-later");
    assert!(server.silent(), "nothing was taken");
    assert_eq!(send("later@est.example").await, "sent");
    assert_eq!(server.next()["to"][0], "later@est.example");
    assert_eq!(send("never@est.example").await, "never: mail-refused");
    assert!(server.silent());
    assert_eq!(
        send("full@est.example").await,
        "never: mail-refused",
        "refused after it had all of it: an answer"
    );
}

#[tokio::test]
async fn a_cut_in_the_middle_may_be_tried_again_and_silence_after_the_end_may_not() {
    let Some(server) = Server::start("127.0.0.1", &[]) else { return };
    let (mailer, entry, sender) = (Mailer::default(), server.entry("smtp"), server.sender());
    // More than the buffers between the two ends hold: the end of the message cannot have got through.
    let long = "Vérifié : nos camions ont transporté de l'eau. ".repeat(400_000);
    assert_eq!(
        code(mailer.send(&entry, &sender, &mail("cut@est.example", &long)).await),
        "later: mail-no-connection"
    );
    assert_eq!(server.next()["cut"], "cut@est.example");
    assert_eq!(code(mailer.send(&entry, &sender, &mail("silent@est.example", "Vérifié.")).await), "unknown");
    assert_eq!(server.next()["cut"], "silent@est.example");
}

#[tokio::test]
async fn nothing_is_said_in_clear_unless_that_is_allowed() {
    let Some(server) = Server::start("127.0.0.1", &["--clear"]) else { return };
    let (mailer, entry, sender) = (Mailer::default(), server.entry("smtp"), server.sender());
    let to = mail("a@est.example", "Vérifié.");
    assert_eq!(code(mailer.send(&entry, &sender, &to).await), "later: mail-no-tls");
    let account = Some(("desk".to_owned(), "secret".to_owned()));
    let with_password = Sender { clear: true, account, ..sender.clone() };
    assert_eq!(
        code(mailer.send(&entry, &with_password, &to).await),
        "later: mail-no-tls",
        "a password never"
    );
    assert!(server.silent());
    assert_eq!(code(mailer.send(&entry, &Sender { clear: true, ..sender }, &to).await), "sent");
    assert_eq!(server.next()["tls"], false);
}

#[tokio::test]
async fn f20_tls_refused_or_a_certificate_for_somebody_else_stops_it() {
    let Some(refusing) = Server::start("127.0.0.1", &["--refuse-tls"]) else { return };
    let mailer = Mailer::default();
    let to = mail("a@est.example", "Vérifié.");
    let clear = Sender { clear: true, ..refusing.sender() };
    assert_eq!(
        code(mailer.send(&refusing.entry("smtp"), &clear, &to).await),
        "later: mail-no-tls",
        "no way down"
    );
    let Some(other) = Server::start("mail.other.example", &[]) else { return };
    assert_eq!(
        code(mailer.send(&other.entry("smtp"), &other.sender(), &to).await),
        "later: mail-certificate"
    );
    let stranger = Sender { authority: None, ..other.sender() };
    assert_eq!(code(mailer.send(&other.entry("smtp"), &stranger, &to).await), "later: mail-certificate");
    assert!(refusing.silent() && other.silent());
}

#[tokio::test]
async fn f41_neither_recipient_nor_subject_nor_text_can_forge_a_header() {
    let Some(server) = Server::start("127.0.0.1", &[]) else { return };
    let (mailer, entry, sender) = (Mailer::default(), server.entry("smtp"), server.sender());
    for to in [
        "a@est.example\r\nBcc: b@est.example",
        "a@est.example\nRCPT TO:<b@est.example>",
        "a@b, c@d",
        "<a@b.example>",
        "a b@c.example",
        "a",
    ] {
        assert!(!is_address(to), "{to:?}");
        assert_eq!(
            code(mailer.send(&entry, &sender, &mail(to, "x")).await),
            "never: mail-not-an-address",
            "{to:?}"
        );
    }
    for subject in ["x\r\nBcc: b@est.example", "x\nTo: b", "x\u{2028}To: b", ""] {
        let forged = Mail { subject, ..mail("a@est.example", "x") };
        assert_eq!(
            code(mailer.send(&entry, &sender, &forged).await),
            "never: mail-not-an-address",
            "{subject:?}"
        );
    }
    let named = Sender { name: Some("x\r\nBcc: b@est.example".to_owned()), ..sender.clone() };
    assert_eq!(
        code(mailer.send(&entry, &named, &mail("a@est.example", "x")).await),
        "never: mail-not-an-address"
    );
    assert!(server.silent(), "nothing of it was said to anybody");
    let text =
        "Subject: x\r\n\r\n<script>alert(1)</script>\r\n.\r\nMAIL FROM:<x@y.example>\r\n=cmd|' /C calc'!A0";
    assert_eq!(code(mailer.send(&entry, &sender, &mail("a@est.example", text)).await), "sent");
    let (head, body) = read(&server.next());
    assert_eq!(body.replace("\r\n", "\n"), text.replace("\r\n", "\n"), "shown as it was typed");
    assert!(has(&head, "Content-Type").starts_with("text/plain"), "no markup is interpreted");
    assert_eq!(head.iter().filter(|line| line.starts_with("Subject: ")).count(), 1);
    assert!(server.silent(), "one message, not two");
}

#[tokio::test]
async fn f34_a_private_mail_server_must_be_named() {
    let Some(server) = Server::start("127.0.0.1", &[]) else { return };
    let unnamed = SourceEntry { allow_private: Vec::new(), ..server.entry("smtp") };
    let sent = Mailer::default().send(&unnamed, &server.sender(), &mail("a@est.example", "x")).await;
    assert_eq!(code(sent), "never: fetch-private");
}
