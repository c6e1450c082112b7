//! The way out as the site walks it: escalation, e-mail to a real server on this machine.

use super::*;
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use vigie_model::{
    Asked, Component, MessageDrafted, MessageId, MessageText, Object, Origin, ResponseId, ResponseOpened,
    Sentence, TaskId, TaskOpened, UserId,
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

#[test]
fn a_response_that_is_not_out_in_time_becomes_a_task_once_also_after_a_restart() {
    let ground = Ground::new();
    let registered = vigie_model::Function {
        id: function("spokesperson"),
        name_en: "Spokesperson".to_owned(),
        name_fr: "Porte-parole".to_owned(),
        component: Component::Civilian,
        holders: Vec::new(),
        liaison: false,
    };
    ground.say(Actor::Console, Event::FunctionRegistered(registered));
    let response = ResponseId::new(1, [3; 10]);
    let opened = ResponseOpened {
        id: response,
        title: "Carburant".to_owned(),
        origin: Origin::Event { what: "visite".to_owned() },
        owner: author(),
        due: ground.store.now() + SignedDuration::from_hours(4),
        chain: vec![function("spokesperson")],
    };
    ground.say(Actor::Human(author()), Event::ResponseOpened(opened));
    let tasks = |ground: &Ground| {
        let all = vigie_store::DeskQuery { limit: 9, ..Default::default() };
        ground.store.read(|views| views.records::<vigie_desk::record::Task>(&all, ALL)).expect("views").items
    };
    escalate_late(&ground.store).expect("looked");
    assert_eq!(tasks(&ground), [], "not before its time");
    ground.later(4 * 3_600 + 1);
    let ground = ground.restarted();
    escalate_late(&ground.store).expect("looked");
    escalate_late(&ground.store).expect("looked");
    let given = tasks(&ground);
    assert_eq!(given.len(), 1, "once");
    assert_eq!(
        (given[0].about, given[0].duty.waits_for.as_str()),
        (Some(Object::Response(response)), "spokesperson")
    );
    assert!(
        given[0].what.contains("Porte-parole") && !given[0].what.contains("Carburant"),
        "{}",
        given[0].what
    );
    let ground = ground.restarted();
    escalate_late(&ground.store).expect("looked");
    assert_eq!(tasks(&ground).len(), 1, "nothing twice after a restart");
    assert!(ground.store.rebuild(|_| {}).expect("rebuilt").equal());
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

fn released(ground: &Ground, n: u8, message: &(MessageId, String), contacts: &[ContactId]) -> ReleaseId {
    let id = released_unplanned(ground, n, message, contacts);
    follow(&ground.store, PLANNING, 0, Kind::ReleaseMade, plan).expect("planned");
    id
}

fn released_unplanned(
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

#[test]
fn f08_after_a_restore_nothing_of_before_goes_out_by_itself() {
    let ground = Ground::new();
    let contact = ground.store.contact_for(Actor::Console, Channel::Email, "a@est.example", None, None);
    let contact = contact.expect("sealed").id;
    let message = drafted(&ground);
    let queued = released(&ground, 1, &message, &[contact]);
    // Issued, and the site was lost before it was planned who gets it.
    let made = ReleaseMade {
        id: ReleaseId::new(1, [2; 10]),
        message: Some(message.0),
        hash: message.1.clone(),
        texts: vec![("fr".to_owned(), Form::Post)],
        channel: Channel::Email,
        recipients: Recipients::Contacts { contacts: vec![contact] },
        purpose: "information".to_owned(),
        expires_at: ground.store.now() + SignedDuration::from_hours(24),
        approval: None,
    };
    ground.say(Actor::Human(author()), Event::ReleaseMade(made));
    let Ground { root, dir, key, clock, store } = ground;
    drop(store);
    let along = vigie_store::Along { reason: "disk lost", rule: &not_again, past: &PAST };
    let (store, _) = Store::succeed(&dir, &key, clock.clone(), &along).expect("a new generation");
    let ground = Ground { root, dir, key, clock, store };
    let stopped = Some("release-restored".to_owned());
    assert_eq!(states(&ground, queued), [(Delivery::GivenUp, 0, stopped)]);
    let planned = follow(&ground.store, PLANNING, 0, Kind::ReleaseMade, plan).expect("looked");
    assert!(planned > 0 && states(&ground, ReleaseId::new(1, [2; 10])).is_empty(), "never planned again");
    let due = ground.store.read(|views| views.to_send(Channel::Email, 10, |_, _| true)).expect("asks");
    assert!(due.is_empty(), "nothing is on its way");
}

/// Flips a bit of the sealed content and of the key of an entry, as an old block of a disk does.
fn damage(ground: &Ground, seq: u64) {
    for (file, table, column) in [("store.db", "payload", "sealed"), ("keys.db", "wrapped", "blob")] {
        let db = rusqlite::Connection::open(ground.dir.join(file)).expect("opens");
        let sql = format!("SELECT {column} FROM {table} WHERE seq = ?");
        let mut bytes: Vec<u8> = db.query_row(&sql, [seq], |row| row.get(0)).expect("sealed");
        *bytes.last_mut().expect("bytes") ^= 4;
        let sql = format!("UPDATE {table} SET {column} = ? WHERE seq = ?");
        db.execute(&sql, (&bytes, seq)).expect("writes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f04_a_damaged_message_and_a_damaged_contact_hold_up_nothing_that_goes_out() {
    let ground = Ground::new();
    let entry = serde_json::json!({
        "id": "courriel", "name": "Mail", "kind": "post", "connector": "mail", "url": "smtp://127.0.0.1:9",
        "purpose": "answer partners", "basis": "mandate", "owner": "public information", "retention_days": 30,
        "allow_private": ["127.0.0.1:9"],
    });
    ground.say(Actor::Console, Event::SourceRegistered(serde_json::from_value(entry).expect("an entry")));
    wrote(&ground, 1, "Le pont est-il fermé ?", "fr");
    let received = ground.store.journal_state().expect("state").entries - 1;
    let contact = |to: &str| ground.store.contact_for(Actor::Console, Channel::Email, to, None, None);
    let (lost, whole) =
        (contact("a@est.example").expect("sealed"), contact("b@est.example").expect("sealed"));
    let message = drafted(&ground);
    damage(&ground, received);
    damage(&ground, lost.seq);
    let ground = ground.restarted();
    let release = released_unplanned(&ground, 1, &message, &[lost.id, whole.id]);
    let reached = plan_all(&ground.store, Places::default());
    let end = ground.store.journal_state().expect("state").entries;
    assert!(reached.receipts > received && reached.planning <= end, "{reached:?}");
    assert_eq!(states(&ground, release).len(), 2, "the release is planned");
    let sender = Sender { from: "desk@misouv.example".to_owned(), clear: true, ..Sender::default() };
    let carriers =
        Carriers { fetcher: Fetcher::new(), mailer: Mailer::default(), sender: Some(Arc::new(sender)) };
    send_due(&ground.store, &carriers, Channel::Email).await.expect("a round");
    let mut got = states(&ground, release);
    got.sort_by_key(|(state, ..)| state.word());
    assert_eq!(got[1], (Delivery::GivenUp, 1, Some("release-contact-gone".to_owned())), "{got:?}");
    assert_eq!((got[0].0, got[0].1), (Delivery::Failed, 1), "the other was tried: {got:?}");
}

/// A text through the public form, as its page records it.
fn wrote(ground: &Ground, n: u8, text: &str, lang: &str) -> ContactId {
    let actor = Actor::Source("formulaire".parse().expect("a source"));
    let contact = ground.store.contact_for(actor.clone(), Channel::Form, &format!("hash-{n}"), None, None);
    let contact = contact.expect("sealed").id;
    let signal = vigie_model::Signal {
        id: vigie_model::SignalId::new(ground.store.now().as_millisecond(), [n; 10]),
        source: "formulaire".parse().expect("a source"),
        kind: vigie_model::SignalKind::Sms,
        key: vigie_model::IdempotencyKey(format!("form:{n}")),
        text: text.to_owned(),
        author: None,
        source_ref: Some(contact),
        url: None,
        lang: None,
        channel: Some(lang.to_owned()),
        place: None,
        seen_at: None,
        reported_at: None,
        sheet: None,
        attachments: Vec::new(),
        raw_base64: None,
    };
    ground.say(actor, Event::SignalReceived(signal));
    contact
}

fn brought(ground: &Ground, contact: ContactId) -> Vec<(Channel, Delivery)> {
    let read = |views: &Views| {
        let all = views.brought_to(contact)?.into_iter().map(|id| {
            let release = views.record::<Release>(id.uuid(), ALL)?.expect("a release");
            let rows = views.deliveries(id)?.into_iter().filter(|row| row.contact == contact);
            Ok(rows.map(|row| (release.said.channel, row.state)).collect::<Vec<_>>())
        });
        all.collect::<Result<Vec<_>, StoreError>>()
    };
    ground.store.read(read).expect("views").concat()
}

#[test]
fn whoever_wrote_by_the_form_has_a_receipt_under_the_standing_approval_and_the_answer_to_all_who_asked() {
    let ground = Ground::new();
    let entry = serde_json::json!({
        "id": "formulaire", "name": "Formulaire", "kind": "sms", "connector": "form",
        "purpose": "answer people", "basis": "mandate", "owner": "public information", "retention_days": 30,
    });
    ground.say(Actor::Console, Event::SourceRegistered(serde_json::from_value(entry).expect("an entry")));
    let look = |ground: &Ground| {
        follow(&ground.store, RECEIPTS, 0, Kind::SignalReceived, acknowledge).expect("followed");
        follow(&ground.store, PLANNING, 0, Kind::ReleaseMade, plan).expect("planned");
    };
    let early = wrote(&ground, 1, "Le pont est-il fermé ?", "fr");
    look(&ground);
    assert_eq!(brought(&ground, early), [], "nothing goes out without an approval");
    let statement = |lang: &str, text: &str| Statement { lang: lang.to_owned(), text: text.to_owned() };
    let approval = vigie_model::ApprovalGiven {
        id: vigie_model::ApprovalId::new(1, [7; 10]),
        standing: Standing::Receipt,
        texts: vec![
            statement("fr", "Message reçu, merci."),
            statement("en", "The bridge is closed, thank you."),
        ],
        until: ground.store.now() + SignedDuration::from_hours(24),
    };
    ground.say(Actor::Human(author()), Event::ApprovalGiven(approval));
    let asker = wrote(&ground, 2, "Est-ce vrai pour le convoi ?", "fr");
    let echoed = wrote(&ground, 3, "It is said the bridge is closed, thank you", "en");
    let telephone = ground.store.contact_for(Actor::Console, Channel::Sms, "+00070000009", None, None);
    let telephone = telephone.expect("sealed").id;
    look(&ground);
    look(&ground);
    assert_eq!(brought(&ground, asker), [(Channel::Form, Delivery::Sent)], "once, laid ready");
    assert_eq!(brought(&ground, echoed), [], "a receipt never says again what was written");
    assert_eq!(ground.store.read(Views::unanswered_for).expect("views"), Vec::<String>::new());

    let message = drafted(&ground);
    let made = |n: u8, channel| ReleaseMade {
        id: ReleaseId::new(1_795_000_000_000, [n; 10]),
        message: Some(message.0),
        hash: format!("{n:064}"),
        texts: vec![("fr".to_owned(), Form::Sms)],
        channel,
        recipients: Recipients::Contacts { contacts: vec![asker, telephone] },
        purpose: "answer".to_owned(),
        expires_at: ground.store.now() + SignedDuration::from_hours(24),
        approval: None,
    };
    ground.say(Actor::Human(author()), Event::ReleaseMade(made(11, Channel::Form)));
    look(&ground);
    assert_eq!(brought(&ground, asker).len(), 2, "the answer stands beside the receipt");
    assert_eq!(brought(&ground, telephone), [], "a telephone has no page");
    let laid = |made: &ReleaseMade| lays_ready(made);
    assert!(
        laid(&ReleaseMade { recipients: Recipients::Askers, ..made(12, Channel::Sms) }),
        "one issue for all"
    );
    assert!(!laid(&made(13, Channel::Sms)) && !laid(&made(14, Channel::Email)));
}
