//! The way out as the site walks it: escalation, e-mail to a real server on this machine.

use super::*;
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use vigie_model::{
    Asked, Component, MessageDrafted, MessageId, MessageText, Origin, ResponseId, ResponseOpened, Sentence,
    TaskId, TaskOpened, UserId,
};
use vigie_store::{Clock as _, InitOptions, KeySource, SimClock};

const START: &str = "2026-11-22T05:00:00Z";

struct Ground {
    root: tempfile::TempDir,
    dir: PathBuf,
    key: KeySource,
    clock: Arc<SimClock>,
    store: Store,
}

impl Ground {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let (dir, key) = (root.path().join("site"), KeySource::File(root.path().join("site.key")));
        let clock = Arc::new(SimClock::new(START.parse().expect("a time")));
        let init = InitOptions {
            site: "birao".to_owned(),
            mission: "MISOUV".to_owned(),
            zone: "Africa/Bangui".to_owned(),
            demo: false,
        };
        let store = Store::init(&dir, &key, &init, clock.clone()).expect("a new site");
        Self { root, dir, key, clock, store }
    }

    fn later(&self, seconds: i64) {
        self.clock.set(self.clock.now() + SignedDuration::from_secs(seconds));
    }

    fn say(&self, actor: Actor, event: Event) {
        self.store.commit(vec![Draft::new(actor, event)]).expect("recorded");
    }

    /// Goes down and comes up again.
    fn restarted(self) -> Self {
        let Self { root, dir, key, clock, store } = self;
        drop(store);
        let store = Store::open(&dir, &key, clock.clone()).expect("opened again");
        Self { root, dir, key, clock, store }
    }

    fn waits_for(&self, task: TaskId) -> String {
        let duty = self.store.read(|views| views.duty(Object::Task(task))).expect("views").expect("a task");
        duty.waits_for.to_string()
    }
}

fn function(name: &str) -> vigie_model::FunctionId {
    name.parse().expect("a function")
}

#[test]
fn f18_an_unanswered_duty_goes_to_the_next_also_after_a_restart_in_between() {
    let ground = Ground::new();
    let task = TaskId::new(1_795_000_000_000, [1; 10]);
    let now = ground.store.now();
    let asked = Asked {
        to: function("sector-east"),
        call_tree: vec![function("joc"), function("chief")],
        answer_within_min: 10,
        due: now + SignedDuration::from_hours(4),
    };
    let what = "Prévenir la base".to_owned();
    let opened = TaskOpened { id: task, what, component: Component::Military, asked, about: None };
    ground.say(Actor::Console, Event::TaskOpened(opened));
    escalate_late(&ground.store).expect("looked");
    assert_eq!(ground.waits_for(task), "sector-east", "not before its time");
    let ground = ground.restarted();
    ground.later(11 * 60);
    escalate_late(&ground.store).expect("looked");
    escalate_late(&ground.store).expect("looked");
    assert_eq!(ground.waits_for(task), "joc", "one step, however often it is looked at");
    let ground = ground.restarted();
    escalate_late(&ground.store).expect("looked");
    assert_eq!(ground.waits_for(task), "joc", "nothing twice after a restart");
    ground.later(11 * 60);
    escalate_late(&ground.store).expect("looked");
    assert_eq!(ground.waits_for(task), "chief");
}

struct MailServer {
    child: Child,
    port: u16,
    said: Receiver<Value>,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl MailServer {
    /// A real mail server without TLS; `None` where this machine has none.
    fn start() -> Option<Self> {
        let python = "/usr/bin/python3";
        let has = Command::new(python).args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
        if !has.is_ok_and(|status| status.success()) {
            println!("skipped: no mail server here (apt-get install python3-aiosmtpd)");
            return None;
        }
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../vigie-gateways/tests/it/smtp_server.py");
        let mut command = Command::new(python);
        let mut child =
            command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python runs");
        let out = child.stdout.take().expect("a pipe");
        let (sender, said) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let _ = sender.send(serde_json::from_str::<Value>(&line).expect("a line of JSON"));
            }
        });
        let first = said.recv_timeout(Duration::from_secs(20)).expect("the server starts");
        let port = u16::try_from(first["port"].as_u64().expect("a port")).expect("a port");
        Some(Self { child, port, said })
    }

    /// What it took since it was last asked.
    fn messages(&self) -> Vec<Value> {
        let soon = || self.said.recv_timeout(Duration::from_millis(500)).ok();
        std::iter::from_fn(soon).filter(|said| said.get("data").is_some()).collect()
    }
}

fn author() -> UserId {
    UserId::new(1_795_000_000_000, [7; 10])
}

/// A message that stands, and its hash; how it came to be cleared is another test's matter.
fn drafted(ground: &Ground) -> (MessageId, String) {
    let (id, response) = (MessageId::new(1, [2; 10]), ResponseId::new(1, [3; 10]));
    let due = ground.store.now() + SignedDuration::from_hours(4);
    let origin = Origin::Event { what: "visite".to_owned() };
    let opened = ResponseOpened {
        id: response,
        title: "Carburant".to_owned(),
        origin,
        owner: author(),
        due,
        chain: vec![],
    };
    ground.say(Actor::Human(author()), Event::ResponseOpened(opened));
    let sentence = Sentence { text: "Vérifié : de l'eau.".to_owned(), facts: Vec::new() };
    let texts = vec![MessageText { lang: "fr".to_owned(), form: Form::Post, sentences: vec![sentence] }];
    let hash = vigie_desk::seal::texts(&texts);
    let drafted = MessageDrafted { id, response, revision: 1, texts };
    ground.say(Actor::Human(author()), Event::MessageDrafted(drafted));
    (id, hash)
}

fn released(
    ground: &Ground,
    n: u8,
    (message, hash): &(MessageId, String),
    contacts: &[ContactId],
) -> ReleaseId {
    let id = ReleaseId::new(1, [n; 10]);
    let made = ReleaseMade {
        id,
        message: Some(*message),
        hash: hash.clone(),
        texts: vec![("fr".to_owned(), Form::Post)],
        channel: Channel::Email,
        recipients: Recipients::Contacts { contacts: contacts.to_vec() },
        purpose: "information".to_owned(),
        expires_at: ground.store.now() + SignedDuration::from_hours(24),
        approval: None,
    };
    ground.say(Actor::Human(author()), Event::ReleaseMade(made));
    follow(&ground.store, PLANNING, 0, Kind::ReleaseMade, plan).expect("planned");
    id
}

fn states(ground: &Ground, release: ReleaseId) -> Vec<(Delivery, u32, Option<String>)> {
    let rows = ground.store.read(|views| views.deliveries(release)).expect("views");
    rows.into_iter().map(|row| (row.state, row.attempt, row.reason)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_by_mail_arrives_once_is_tried_again_and_shows_why() {
    let Some(server) = MailServer::start() else { return };
    let ground = Ground::new();
    let address = format!("127.0.0.1:{}", server.port);
    let entry = serde_json::json!({
        "id": "courriel", "name": "Mail", "kind": "post", "connector": "mail", "url": format!("smtp://{address}"),
        "purpose": "answer partners", "basis": "mandate", "owner": "public information", "retention_days": 30,
        "allow_private": [address],
    });
    ground.say(Actor::Console, Event::SourceRegistered(serde_json::from_value(entry).expect("an entry")));
    let contact = |to: &str, channel| {
        ground.store.contact_for(Actor::Console, channel, to, None, None).expect("sealed").id
    };
    let prefect = contact("prefet@est.example", Channel::Email);
    let later = contact("later@est.example", Channel::Email);
    let never = contact("never@est.example", Channel::Email);
    let silent = contact("silent@est.example", Channel::Email);
    let telephone = contact("+00070000001", Channel::Sms);
    let message = drafted(&ground);
    let sender = Sender { from: "desk@misouv.example".to_owned(), clear: true, ..Sender::default() };
    let carriers =
        Carriers { fetcher: Fetcher::new(), mailer: Mailer::default(), sender: Some(Arc::new(sender)) };
    let round = async || send_due(&ground.store, &carriers, Channel::Email).await.expect("a round");

    let first = released(&ground, 1, &message, &[prefect, later, never, silent, telephone]);
    round().await;
    round().await;
    let code = |code: &str| Some(code.to_owned());
    let mut got = states(&ground, first);
    got.sort_by_key(|(state, _, reason)| (state.word(), reason.clone()));
    assert_eq!(
        got,
        [
            (Delivery::Failed, 1, code("mail-later")),
            (Delivery::GivenUp, 1, code("mail-refused")),
            (Delivery::GivenUp, 1, code("release-end-unknown")),
            (Delivery::Sent, 1, None),
            (Delivery::Withheld, 0, code("release-withheld-other-channel")),
        ]
    );
    assert_eq!(server.messages().len(), 1);
    ground.later(61);
    round().await;
    assert_eq!(server.messages()[0]["to"][0], "later@est.example");
    assert!(states(&ground, first).contains(&(Delivery::Sent, 2, None)), "tried again, and that shows");

    // The same words once more, by another issue: nobody who had them, or may have, gets them again.
    let second = released(&ground, 4, &message, &[prefect, later]);
    round().await;
    ground.later(4_000);
    round().await;
    assert!(
        states(&ground, second).iter().all(|one| one.0 == Delivery::Withheld),
        "{:?}",
        states(&ground, second)
    );
    assert_eq!(server.messages().len(), 0, "never twice");
    let ended = states(&ground, first).iter().all(|one| one.0 != Delivery::Trying);
    assert!(ended, "every attempt has its end");
}
