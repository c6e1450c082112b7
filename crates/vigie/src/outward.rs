//! Brings to people what was issued: plans the recipients of each release, sends, and records every attempt.
//!
//! What goes out was recorded before: a release has its person or its standing approval when it comes here. Numbers are
//! resolved for the moment of sending and held nowhere. A demo store sends nothing anywhere but to this machine itself.

mod late;

use jiff::SignedDuration;
use late::escalate_late;
use std::sync::Arc;
use std::time::Duration;
use vigie_desk::messages::Message;
use vigie_desk::record::{Approval, Counts, Release, Response};
use vigie_desk::seal;
use vigie_desk::sending::{self, Next};
use vigie_gateways::fetch::Fetcher;
use vigie_gateways::mail::{Mail, Mailer, Sender};
use vigie_gateways::outcome::NotSent;
use vigie_gateways::sms::{self, Sms};
use vigie_model::{
    Actor, Channel, Compartments, Connector, ContactId, Delivery, Entry, Event, Form, Kind, Recipients,
    ReleaseId, ReleaseMade, ReleaseTried, Reply, SourceEntry, Standing, Statement, Timestamp,
};
use vigie_store::{ContactRow, DeliveryRow, Draft, Reach, Store, StoreError, Views};

/// Names of the cursors.
const PLANNING: &str = "outward";
const RECEIPTS: &str = "receipts";
/// Version of these rules, as entries name it.
const VERSION: &str = "1";
/// Entries looked at in one step.
const STEP: u32 = 512;
/// Recipients served in one round.
const ROUND: usize = 64;
/// Latest releases looked at after a restore.
const RELEASES_MAX: u32 = 10_000;
/// How often the work is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// One receipt a telephone within this.
const RECEIPT_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// A receipt that did not go within this is not sent any more.
const RECEIPT_LIFE: SignedDuration = SignedDuration::from_hours(6);

/// The folder beside the site's own in which files wait for whoever carries them.
pub const OUTBOX: &str = "outbox";

/// What acts outward goes on behind everything that a restored site holds.
pub const PAST: [(&str, &str); 2] = [(PLANNING, VERSION), (RECEIPTS, VERSION)];

/// After a restore nothing of before goes out by itself: the lost site may have sent it after the backup was made, and
/// nobody gets an alert twice. People see what stopped, and issue it again where it is still needed.
pub fn not_again(views: &Views) -> Result<Vec<Draft>, StoreError> {
    const REASON: Option<&str> = Some("release-restored");
    let mut stopped = Vec::new();
    for channel in Channel::ALL {
        let open = views.to_send(*channel, usize::MAX, |_, _| true)?;
        let tried =
            |row: DeliveryRow| one(row.release, Some(row.contact), row.attempt, Delivery::GivenUp, REASON);
        stopped.extend(open.into_iter().map(|(row, _)| tried(row)));
    }
    let asked = vigie_store::DeskQuery { limit: RELEASES_MAX, ..Default::default() };
    for release in views.records::<Release>(&asked, ALL)?.items {
        let id = release.said.id;
        if release.counts == Counts::default() && !release.recalled && views.deliveries(id)?.is_empty() {
            stopped.push(one(id, None, 1, Delivery::GivenUp, REASON));
        }
    }
    Ok(stopped.into_iter().map(|tried| Draft::new(actor(PLANNING), Event::ReleaseTried(tried))).collect())
}

/// What messages are handed over by.
#[derive(Clone)]
struct Carriers {
    fetcher: Fetcher,
    mailer: Mailer,
    /// How the site signs on to its mail server; nothing where it has none.
    sender: Option<Arc<Sender>>,
}

/// Serves releases until dropped. `sender` is how the site signs on to its mail server.
pub async fn watch(store: Store, sender: Option<Sender>) {
    let carriers =
        Carriers { fetcher: Fetcher::new(), mailer: Mailer::default(), sender: sender.map(Arc::new) };
    // A mail server that takes its time holds up no text message.
    tokio::join!(
        planning(&store),
        sending(&store, &carriers, Channel::Sms),
        sending(&store, &carriers, Channel::Email)
    );
}

async fn sending(store: &Store, carriers: &Carriers, channel: Channel) {
    loop {
        if let Err(error) = send_due(store, carriers, channel).await {
            tracing::error!(%error, %channel, "sending stopped for now");
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn planning(store: &Store) {
    let mut places = Places::default();
    loop {
        match blocking(store, move |store| Ok(plan_all(store, places))).await {
            Ok(reached) => places = reached,
            Err(error) => tracing::error!(%error, "what goes out was not planned"),
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// One look at all that is planned. What stops one of the three stops neither of the others.
fn plan_all(store: &Store, places: Places) -> Places {
    if let Err(error) = escalate_late(store) {
        tracing::error!(%error, "what is late was not passed on");
    }
    let reached = |name, place, kind, work: Work| {
        follow(store, name, place, kind, work).unwrap_or_else(|error| {
            tracing::error!(%error, name, "what goes out was not planned");
            place
        })
    };
    Places {
        receipts: reached(RECEIPTS, places.receipts, Kind::SignalReceived, acknowledge),
        planning: reached(PLANNING, places.planning, Kind::ReleaseMade, plan),
    }
}

/// How far the journal was read. Kept beside the cursors, which move only with an entry of our own.
#[derive(Debug, Clone, Copy, Default)]
struct Places {
    receipts: u64,
    planning: u64,
}

/// What an entry leads to.
type Work = fn(&Store, &Entry) -> Result<Vec<Draft>, StoreError>;

/// Reads on to the end of the journal: each entry of `kind` may yield drafts, recorded together with the cursor.
fn follow(
    store: &Store,
    engine: &'static str,
    place: u64,
    kind: Kind,
    work: Work,
) -> Result<u64, StoreError> {
    let mut from = place.max(store.cursor(engine)?);
    loop {
        let batch = store.entries_from(from, STEP, &[kind])?;
        if batch.next == from {
            return Ok(from);
        }
        from = batch.next;
        for (entry, _) in batch.entries {
            let drafts = work(store, &entry)?;
            if !drafts.is_empty() {
                // One by one: what the first led to counts when the second is looked at.
                let drafts = drafts.into_iter().map(|draft| draft.caused_by(entry.seq)).collect();
                store.commit_engine(engine, VERSION, entry.seq + 1, drafts)?;
            }
        }
    }
}

async fn blocking<T: Send + 'static>(
    store: &Store,
    work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let store = store.clone();
    let done = tokio::task::spawn_blocking(move || work(&store)).await;
    done.unwrap_or_else(|cause| Err(StoreError::Stopped(cause.to_string())))
}

fn actor(name: &str) -> Actor {
    Actor::Model { name: name.to_owned(), version: VERSION.to_owned() }
}

/// Everything: this part of the program acts for nobody and shows nothing.
const ALL: Compartments = Compartments::from_bits(u32::MAX);

/// Whoever wrote to the rumour line hears that it arrived, under a standing approval and nothing else.
fn acknowledge(store: &Store, entry: &Entry) -> Result<Vec<Draft>, StoreError> {
    let Event::SignalReceived(signal) = &entry.event else { return Ok(Vec::new()) };
    let now = store.now();
    let fresh = now.duration_since(entry.recorded_at) < RECEIPT_LIFE;
    let (Some(contact), true) = (signal.source_ref, fresh) else { return Ok(Vec::new()) };
    // The public form says in which language its page was; what was written in is for the reading engine to say.
    let lang = signal.lang.as_deref().or(signal.channel.as_deref());
    let Some(make) = store.read(|views| receipt(views, contact, lang, now))? else {
        return Ok(Vec::new());
    };
    let id = ReleaseId::new(now.as_millisecond(), store.new_id_bytes()?);
    Ok(vec![Draft::new(actor(RECEIPTS), Event::ReleaseMade(make(id)))])
}

type Make = Box<dyn FnOnce(ReleaseId) -> ReleaseMade>;

fn receipt(
    views: &Views,
    contact: ContactId,
    lang: Option<&str>,
    now: Timestamp,
) -> Result<Option<Make>, StoreError> {
    let asked = vigie_store::DeskQuery { limit: 200, ..Default::default() };
    let approvals = views.records::<Approval>(&asked, ALL)?.items;
    let live = approvals.into_iter().find(|one| one.said.standing == Standing::Receipt && one.is_live(now));
    let (Some(approval), Some(known)) = (live, views.contact(contact)?) else { return Ok(None) };
    if known.reply != Reply::Answer || views.had_receipt(contact, now - RECEIPT_PAUSE)? {
        return Ok(None);
    }
    let Some(text) = approval.text(lang.unwrap_or_default()).cloned() else { return Ok(None) };
    let approval = approval.said.id;
    let channel = if known.channel == Channel::Form { Channel::Form } else { Channel::Sms };
    Ok(Some(Box::new(move |id| ReleaseMade {
        id,
        message: None,
        hash: seal::statements(std::slice::from_ref(&text)),
        texts: vec![(text.lang, Form::Sms)],
        channel,
        recipients: Recipients::Contacts { contacts: vec![contact] },
        purpose: "receipt".to_owned(),
        expires_at: now + RECEIPT_LIFE,
        approval: Some(approval),
    })))
}

/// Each new release gets its recipients: queued, or withheld with the reason.
fn plan(store: &Store, entry: &Entry) -> Result<Vec<Draft>, StoreError> {
    let Event::ReleaseMade(made) = &entry.event else { return Ok(Vec::new()) };
    let tried = match made.channel {
        Channel::Sms | Channel::Email | Channel::Form => {
            let mission = store.site().mission.clone();
            store.read(|views| recipients(views, made, &mission))?
        }
        Channel::File => vec![write_file(store, made)?],
        // The public listener reads it from the views; paper and voice are people's.
        Channel::Feed | Channel::Print | Channel::Radio | Channel::Voice => {
            vec![one(made.id, None, 1, Delivery::Sent, None)]
        }
    };
    Ok(tried.into_iter().map(|tried| Draft::new(actor(PLANNING), Event::ReleaseTried(tried))).collect())
}

fn one(
    release: ReleaseId,
    contact: Option<ContactId>,
    attempt: u32,
    delivery: Delivery,
    reason: Option<&str>,
) -> ReleaseTried {
    ReleaseTried { release, contact, attempt, delivery, reason: reason.map(str::to_owned) }
}

fn recipients(views: &Views, made: &ReleaseMade, mission: &str) -> Result<Vec<ReleaseTried>, StoreError> {
    let (contacts, answers_them) = match &made.recipients {
        Recipients::Contacts { contacts } => (contacts.clone(), made.message.is_none()),
        Recipients::Askers => (askers(views, made)?, true),
        Recipients::Audience { .. } => (Vec::new(), false),
    };
    if contacts.is_empty() {
        return Ok(vec![one(made.id, None, 1, Delivery::GivenUp, Some("release-nobody"))]);
    }
    let mut tried = Vec::with_capacity(contacts.len());
    for contact in contacts {
        let Some(known) = views.contact(contact)? else { continue };
        let had = made.message.is_some() && views.had(contact, &made.hash, made.id)?;
        let laid = known.channel == Channel::Form && lays_ready(made);
        let withheld = if laid || known.channel == made.channel && known.channel != Channel::Form {
            sending::withheld(known.reply, had, answers_them)
        } else {
            Some("release-withheld-other-channel")
        };
        let withheld = match withheld {
            None if made.message.is_none() && echoes(views, contact, made, mission)? => {
                Some("release-withheld-echo")
            }
            withheld => withheld,
        };
        // What is laid ready waits for its reader: nothing is left to do, and nobody notes when it is read.
        let (attempt, delivery) = match withheld {
            Some(_) => (0, Delivery::Withheld),
            None if laid => (1, Delivery::Sent),
            None => (0, Delivery::Queued),
        };
        tried.push(one(made.id, Some(contact), attempt, delivery, withheld));
    }
    Ok(tried)
}

/// Whether a release is laid ready on the public pages for those who wrote there: they have no number to send it to, and
/// what goes to *those who asked* goes to them too. It has to have the form that was held against what they asked.
fn lays_ready(made: &ReleaseMade) -> bool {
    let asked = made.channel == Channel::Sms && made.recipients == Recipients::Askers;
    (made.channel == Channel::Form || asked) && made.texts.iter().any(|(_, form)| *form == Form::Sms)
}

/// Whether a text that goes out by itself says again what its reader wrote: its author could not know.
fn echoes(views: &Views, contact: ContactId, made: &ReleaseMade, mission: &str) -> Result<bool, StoreError> {
    let heard = views.heard(None, &[contact], mission)?;
    let texts = approved(views, made)?;
    Ok(texts.iter().any(|text| heard.repeated_by(&text.text).is_some()))
}

/// The texts of the standing approval under which something goes out.
fn approved(views: &Views, made: &ReleaseMade) -> Result<Vec<Statement>, StoreError> {
    let approval = made.approval.map(|id| views.record::<Approval>(id.uuid(), ALL)).transpose()?.flatten();
    let texts = approval.map(|approval| approval.said.texts).unwrap_or_default();
    let goes = |lang: &str| made.texts.iter().any(|(of, _)| of == lang);
    Ok(texts.into_iter().filter(|text| goes(&text.lang)).collect())
}

/// Those who wrote about the story that the message answers.
fn askers(views: &Views, made: &ReleaseMade) -> Result<Vec<ContactId>, StoreError> {
    let Some(message) = made.message else { return Ok(Vec::new()) };
    let Some(message) = views.record::<Message>(message.uuid(), ALL)? else { return Ok(Vec::new()) };
    let response = views.record::<Response>(message.response.uuid(), ALL)?;
    match response.and_then(|response| response.narrative()) {
        Some(narrative) => views.askers(narrative),
        None => Ok(Vec::new()),
    }
}

/// Files for whoever carries them: one text file a language and form, below `outbox/` in the site's folder.
fn write_file(store: &Store, made: &ReleaseMade) -> Result<ReleaseTried, StoreError> {
    let texts = store.read(|views| match views.record::<Release>(made.id.uuid(), ALL)? {
        Some(release) => texts_of(views, &release),
        None => Ok(Vec::new()),
    })?;
    let folder = store.dir().join(OUTBOX);
    let written = std::fs::create_dir_all(&folder).and_then(|()| {
        texts.iter().try_for_each(|(lang, form, text)| {
            let name = format!("{}-{lang}-{form}.txt", made.id);
            let half = folder.join(format!("{name}.half"));
            std::fs::write(&half, text)?;
            std::fs::rename(half, folder.join(name))
        })
    });
    Ok(match written {
        Ok(()) => one(made.id, None, 1, Delivery::Sent, None),
        Err(_) => one(made.id, None, 1, Delivery::GivenUp, Some("release-file-not-written")),
    })
}

/// The texts that go, as they go.
fn texts_of(views: &Views, release: &Release) -> Result<Vec<(String, Form, String)>, StoreError> {
    if release.said.message.is_some() {
        let texts = release.texts.iter();
        return Ok(texts.map(|text| (text.lang.clone(), text.form, text.text())).collect());
    }
    let chosen = approved(views, &release.said)?.into_iter();
    Ok(chosen.map(|text| (text.lang, Form::Sms, text.text)).collect())
}

/// One round: whoever is due on this channel is tried.
async fn send_due(store: &Store, carriers: &Carriers, channel: Channel) -> Result<(), StoreError> {
    let now = store.now();
    let is_due =
        move |row: &DeliveryRow, release: &Release| !matches!(step(row, release, now), Next::Wait(_));
    let due = blocking(store, move |store| store.read(|views| views.to_send(channel, ROUND, is_due))).await?;
    if due.is_empty() {
        return Ok(());
    }
    let connector = if channel == Channel::Email { Connector::Mail } else { Connector::Sms };
    let gateway = blocking(store, move |store| gateway(store, connector)).await?;
    for (row, release) in due {
        match step(&row, &release, store.now()) {
            Next::Try(attempt) => {
                attempt_one(store, carriers, gateway.as_ref(), &row, &release, attempt).await?;
            }
            Next::GiveUp(reason) => record(store, &row, row.attempt, Delivery::GivenUp, Some(reason)).await?,
            Next::Wait(_) | Next::Nothing => {}
        }
    }
    Ok(())
}

/// What is to be done about one recipient. A gateway for text messages knows a message again by its id and sends it once;
/// a mail server promises nothing of the kind.
fn step(row: &DeliveryRow, release: &Release, now: Timestamp) -> Next {
    let held = sending::held_until(release).filter(|until| row.state == Delivery::Queued && now < *until);
    if let Some(until) = held {
        return Next::Wait(until);
    }
    let recognised = release.said.channel != Channel::Email;
    sending::next(row.state, row.attempt, row.at, release.said.expires_at, recognised, now)
}

/// The first gateway of the register that is not paused.
fn gateway(store: &Store, connector: Connector) -> Result<Option<SourceEntry>, StoreError> {
    let rows = store.read(|views| views.sources(store.now()))?;
    let demo = store.site().demo;
    let usable = |row: &vigie_store::SourceRow| {
        let here =
            row.entry.url.as_deref().is_some_and(|url| {
                url.starts_with("http://127.0.0.1:") || url.starts_with("smtp://127.0.0.1:")
            });
        row.entry.connector == connector && !row.paused && row.entry.check().is_ok() && (!demo || here)
    };
    Ok(rows.into_iter().find(usable).map(|row| row.entry))
}

async fn attempt_one(
    store: &Store,
    carriers: &Carriers,
    gateway: Option<&SourceEntry>,
    row: &DeliveryRow,
    release: &Release,
    attempt: u32,
) -> Result<(), StoreError> {
    let mails = release.said.channel == Channel::Email;
    let Some(gateway) = gateway.filter(|_| !mails || carriers.sender.is_some()) else {
        return record(store, row, attempt, Delivery::Failed, Some("release-no-gateway")).await;
    };
    if !begin(store, row, attempt).await? {
        return Ok(());
    }
    let (contact, going) = (row.contact, release.clone());
    let found = blocking(store, move |store| {
        let known = store.read(|views| views.contact(contact))?;
        let lang = store.read(|views| views.lang_of(contact))?;
        let texts = store.read(|views| texts_of(views, &going))?;
        let reach = match known.map(|known: ContactRow| store.reach(&known)).transpose() {
            // One contact that cannot be read holds up none of the others.
            Err(gone) if gone.is_content_gone() => None,
            reach => reach?,
        };
        let text = if mails { whole(texts, lang.as_deref()) } else { best(texts, lang.as_deref()) };
        Ok(reach.zip(text))
    });
    let Some((reach, text)) = found.await? else {
        return record(store, row, attempt, Delivery::GivenUp, Some("release-contact-gone")).await;
    };
    let handed = match &carriers.sender {
        Some(sender) if mails => mail(store, carriers, gateway, sender, row, release, &reach, &text).await,
        _ => {
            let id = format!("{}-{}", row.release, row.contact);
            let sms = Sms { id, to: &reach.address, text: &text };
            sms::send(&carriers.fetcher, gateway, None, &sms).await
        }
    };
    match handed {
        Ok(()) => record(store, row, attempt, Delivery::Sent, None).await,
        Err(NotSent::Later(fault)) => record(store, row, attempt, Delivery::Failed, Some(&fault.code)).await,
        Err(NotSent::Never(fault)) => record(store, row, attempt, Delivery::GivenUp, Some(&fault.code)).await,
        Err(NotSent::Unknown) => {
            record(store, row, attempt, Delivery::GivenUp, Some("release-end-unknown")).await
        }
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "one message: who carries it, under which release, to whom, what"
)]
async fn mail(
    store: &Store,
    carriers: &Carriers,
    server: &SourceEntry,
    sender: &Sender,
    row: &DeliveryRow,
    release: &Release,
    reach: &Reach,
    text: &str,
) -> Result<(), NotSent> {
    // The release's own code and nothing of the matter: a line that is read over a shoulder gives nothing away.
    let subject = format!("{} · {}", store.site().mission, release.code);
    let name = sender.name.clone().unwrap_or_else(|| store.site().mission.clone());
    let sender = Sender { name: Some(name), ..sender.clone() };
    let mail = Mail {
        id: &format!("{}.{}", row.release, row.contact),
        to: &reach.address,
        subject: &subject,
        text,
        at: store.now(),
        expires_at: release.said.expires_at,
    };
    carriers.mailer.send(server, &sender, &mail).await
}

/// What a mail says: in the reader's language where that is known, else every language, one after the other. Of several
/// forms in a language the one that is made for reading.
fn whole(texts: Vec<(String, Form, String)>, lang: Option<&str>) -> Option<String> {
    let rank = |form: Form| match form {
        Form::Post => 0,
        Form::Qa => 1,
        Form::Lines => 2,
        Form::Sms => 3,
        Form::RadioScript => 4,
    };
    let mut langs: Vec<&str> = Vec::new();
    for (of, ..) in &texts {
        if !langs.contains(&of.as_str()) {
            langs.push(of);
        }
    }
    if let Some(known) = lang.filter(|lang| langs.contains(lang)) {
        langs = vec![known];
    }
    let of = |lang: &str| {
        let forms = texts.iter().filter(|(of, ..)| of == lang);
        forms.min_by_key(|(_, form, _)| rank(*form)).map(|(.., text)| text.as_str())
    };
    let parts: Vec<&str> = langs.into_iter().filter_map(of).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n—\n\n"))
}

/// The text in the reader's language, else the first.
fn best(texts: Vec<(String, Form, String)>, lang: Option<&str>) -> Option<String> {
    let sms = |form: Form| form == Form::Sms;
    let fits = texts.iter().position(|(of, form, _)| Some(of.as_str()) == lang && sms(*form));
    let place = fits.or_else(|| texts.iter().position(|(_, form, _)| sms(*form)))?;
    texts.into_iter().nth(place).map(|(_, _, text)| text)
}

/// Records that an attempt begins; `false` where the recipient stands elsewhere by now, because somebody took it back.
async fn begin(store: &Store, row: &DeliveryRow, attempt: u32) -> Result<bool, StoreError> {
    let tried = one(row.release, Some(row.contact), attempt, Delivery::Trying, None);
    let (release, contact, state, before) = (row.release, row.contact, row.state, row.attempt);
    let begun = blocking(store, move |store| {
        store.decide(move |views| {
            let rows = views.deliveries(release).unwrap_or_default();
            let same = |now: &DeliveryRow| (now.contact, now.state, now.attempt) == (contact, state, before);
            let still = rows.iter().any(same);
            Ok(still.then(|| Draft::new(actor(PLANNING), Event::ReleaseTried(tried))).into_iter().collect())
        })
    });
    Ok(!begun.await?.is_empty())
}

async fn record(
    store: &Store,
    row: &DeliveryRow,
    attempt: u32,
    delivery: Delivery,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let tried = one(row.release, Some(row.contact), attempt, delivery, reason);
    blocking(store, move |store| {
        store.commit(vec![Draft::new(actor(PLANNING), Event::ReleaseTried(tried))]).map(drop)
    })
    .await
}

#[cfg(test)]
mod tests;
