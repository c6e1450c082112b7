//! Reads what signals name: sites of the mission, people who must be protected. Follows the reading engine by cursor.
//!
//! A signal that names a site raises a warning to security with the words that matched; one that threatens or exposes
//! somebody is covered for everybody outside the compartment, and security is told without the name. One warning a story,
//! site and kind: copies add nothing. Signals of protected sources are not looked at here; their readers see them whole.

use jiff::SignedDuration;
use vigie_model::{
    Actor, Asked, Compartments, Entry, Event, FunctionId, Kind, NarrativeId, Reading, Signal, SignalMasked,
    Timestamp, WarningId, WarningKind, WarningRaised,
};
use vigie_store::{Draft, Store, StoreError, Views};
use vigie_text::persons::{self, PersonReading, Protected, ProtectedName};
use vigie_text::places::{Around, Gazetteer};
use vigie_text::threat::{self, Lexicons, Names, SiteReading, Sites};

/// Name of the cursor and of the actor.
const WATCHING: &str = "watching";
/// Version of these rules and of those of the text engine that they use.
const VERSION: &str = "1";
/// Entries looked at in one step.
const STEP: u32 = 512;
/// Minutes within which security acknowledges.
const ANSWER_MIN: u32 = 10;
/// Hours within which a warning is dealt with.
const DUE_H: i64 = 2;
/// Functions that security is told through, the first that exists; the others follow on the call tree.
const SECURITY: [&str; 5] = ["securite", "security", "permanence", "duty-room", "joc"];
/// What is followed: an erasure may take a contact out of the vault.
const FOLLOWED: [Kind; 2] = [Kind::SignalRead, Kind::ContentErased];
/// What stands in place of words that are covered.
const BAR: &str = "▮▮▮";

/// The reference data made ready, and how far the journal was read.
pub struct Watching {
    version: Option<u64>,
    gazetteer: Gazetteer,
    sites: Sites,
    lexicons: Lexicons,
    /// Names and numbers of people whom the vault knows: wherever they stand, they are covered.
    protected: Protected,
    names: Vec<ProtectedName>,
    numbers: Vec<String>,
    /// The entry up to which contacts are known.
    contacts: u64,
    next: u64,
}

impl Watching {
    /// Takes the cursor up.
    pub fn resume(store: &Store) -> Result<Self, StoreError> {
        let gazetteer = Gazetteer::new(Vec::new(), &[]);
        let sites = Sites::new(Vec::new(), &gazetteer);
        let next = store.cursor(WATCHING)?;
        let (lexicons, protected) = (Lexicons::new(&[]), Protected::default());
        Ok(Self {
            version: None,
            gazetteer,
            sites,
            lexicons,
            protected,
            names: Vec::new(),
            numbers: Vec::new(),
            contacts: 0,
            next,
        })
    }

    /// Reference data that changed is made ready again.
    fn refresh(&mut self, store: &Store) -> Result<(), StoreError> {
        self.know(store)?;
        let version = store.read(Views::reference_version)?;
        if self.version == Some(version) {
            return Ok(());
        }
        self.gazetteer = Gazetteer::new(store.read(Views::gazetteer)?, &[]);
        self.sites = Sites::new(store.read(Views::sites)?, &self.gazetteer);
        self.lexicons = Lexicons::new(&store.read(Views::lexicons)?);
        self.version = Some(version);
        Ok(())
    }

    /// A contact that is new to the vault is covered from its first moment on.
    fn know(&mut self, store: &Store) -> Result<(), StoreError> {
        let contacts = store.read(|views| views.contacts_since(self.contacts))?;
        let Some(last) = contacts.iter().map(|contact| contact.seq).max() else { return Ok(()) };
        for contact in contacts {
            match store.reach(&contact) {
                Ok(reach) => {
                    self.names.extend(reach.name.map(|name| ProtectedName { name, variants: Vec::new() }));
                    self.numbers.push(reach.address);
                }
                Err(gone) if gone.is_content_gone() => {}
                Err(error) => return Err(error),
            }
        }
        self.protected = Protected::new(&self.names, &self.numbers);
        self.contacts = last + 1;
        Ok(())
    }

    /// Nobody is covered by a name that the vault no longer holds.
    fn forget_erased(&mut self, store: &Store) -> Result<(), StoreError> {
        (self.names, self.numbers, self.contacts) = (Vec::new(), Vec::new(), 0);
        self.protected = Protected::default();
        self.know(store)
    }

    /// Reads what is new; `false` where there was nothing.
    pub fn step(&mut self, store: &Store) -> Result<bool, StoreError> {
        self.refresh(store)?;
        let known = store.last_tombstone()?;
        let batch = store.entries_from(self.next, STEP, &FOLLOWED)?;
        if batch.next == self.next {
            return Ok(false);
        }
        if batch.entries.iter().any(|(entry, _)| matches!(entry.event, Event::ContentErased(_))) {
            self.forget_erased(store)?;
        }
        for (entry, _) in &batch.entries {
            let drafts = self.read(store, entry)?;
            if !drafts.is_empty()
                && !store.commit_engine_knowing(known, WATCHING, VERSION, entry.seq + 1, drafts)?
            {
                // Something was erased meanwhile: this entry and those after it are looked at again.
                self.next = entry.seq;
                return Ok(true);
            }
        }
        self.next = batch.next;
        Ok(true)
    }

    fn read(&self, store: &Store, entry: &Entry) -> Result<Vec<Draft>, StoreError> {
        let (Event::SignalRead(reading), Some(seq)) = (&entry.event, entry.caused_by) else {
            return Ok(Vec::new());
        };
        if !store.read(|views| views.is_open(seq))? {
            return Ok(Vec::new());
        }
        let signal = match store.entry(seq) {
            Ok(Entry { event: Event::SignalReceived(signal), .. }) => signal,
            Ok(_) => return Ok(Vec::new()),
            Err(gone) if gone.is_content_gone() => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let lang = Some(reading.language.tag.as_str()).filter(|tag| *tag != "und");
        let person =
            persons::read(&signal.text, lang, &self.lexicons, &self.protected, Some(&self.gazetteer));
        let around = Around { source: self.heard_at(&signal), ..Around::default() };
        let sites = threat::read(&signal.text, lang, &self.gazetteer, &self.sites, &self.lexicons, &around);
        let narrative = store.read(|views| views.current(reading.narrative))?;
        let mut drafts: Vec<Event> = Vec::new();
        drafts.extend(mask(&signal, &person).map(Event::SignalMasked));
        let now = store.now();
        let Some(asked) = store.read(|views| asked(views, now))? else { return Ok(drafted(drafts, seq)) };
        if person.threatened || person.exposed {
            let warned = store.read(|views| views.is_warned(narrative, WarningKind::PersonThreatened, ""))?;
            if !warned {
                let raised = raise(store, &signal, reading, asked.clone())?;
                let words = person.masked.clone();
                let raised = WarningRaised { kind: WarningKind::PersonThreatened, words, ..raised };
                drafts.push(Event::WarningRaised(WarningRaised { score: person.score.clone(), ..raised }));
            }
        }
        for site in sites.iter().filter(|site| site.names != Names::Unsaid || site.standing.is_threat()) {
            drafts.extend(self.about_site(store, &signal, reading, narrative, &person, site, &asked)?);
        }
        Ok(drafted(drafts, seq))
    }

    /// Where the signal was heard, if that place is in the gazetteer.
    fn heard_at(&self, signal: &Signal) -> Option<usize> {
        let name = &signal.place.as_ref()?.name;
        let mentions = self.gazetteer.find(name, &Around::default());
        mentions.first().and_then(vigie_text::places::Mention::place)
    }

    #[expect(clippy::too_many_arguments, reason = "one site of one signal, with all that was read beside it")]
    fn about_site(
        &self,
        store: &Store,
        signal: &Signal,
        reading: &Reading,
        narrative: NarrativeId,
        person: &PersonReading,
        site: &SiteReading,
        asked: &Asked,
    ) -> Result<Option<Event>, StoreError> {
        let kind =
            if site.standing.is_threat() { WarningKind::SiteThreatened } else { WarningKind::SiteNamed };
        let Some(of) = self.sites.sites().get(site.site) else { return Ok(None) };
        let id = of.id.clone();
        if store.read(|views| views.is_warned(narrative, kind, &id))? {
            return Ok(None);
        }
        let raised = raise(store, signal, reading, asked.clone())?;
        let words = words(site, person);
        // The reasons of the score quote the text: they stay where the text is whole.
        let score = Some(site.score.clone()).filter(|_| person.masks.is_empty());
        Ok(Some(Event::WarningRaised(WarningRaised { kind, site: Some(id), words, score, ..raised })))
    }
}

fn raise(
    store: &Store,
    signal: &Signal,
    reading: &Reading,
    asked: Asked,
) -> Result<WarningRaised, StoreError> {
    Ok(WarningRaised {
        id: WarningId::new(store.now().as_millisecond(), store.new_id_bytes()?),
        kind: WarningKind::SiteNamed,
        signal: Some(signal.id),
        narrative: Some(reading.narrative),
        site: None,
        words: String::new(),
        asked,
        score: None,
    })
}

fn drafted(events: Vec<Event>, seq: u64) -> Vec<Draft> {
    let actor = Actor::Model { name: WATCHING.to_owned(), version: VERSION.to_owned() };
    events.into_iter().map(|event| Draft::new(actor.clone(), event).caused_by(seq)).collect()
}

/// What everybody outside the compartments reads, where somebody is threatened, exposed or on the protected list. A
/// number in an everyday message stays readable: a help line is no exposure.
fn mask(signal: &Signal, person: &PersonReading) -> Option<SignalMasked> {
    let endangered = person.threatened || person.exposed || person.listed;
    if person.masks.is_empty() || !endangered {
        return None;
    }
    let to = Compartments::of(&person.compartments());
    let to = if to.bits() == 0 { Compartments::of(&[vigie_model::Compartment::Protection]) } else { to };
    let reasons: &[&str] = match (person.threatened, person.exposed) {
        (true, true) => &["mask-threatened", "mask-exposed"],
        (true, false) => &["mask-threatened"],
        (false, true) => &["mask-exposed"],
        (false, false) => &["mask-identifying"],
    };
    let reasons = reasons.iter().map(|reason| (*reason).to_owned()).collect();
    Some(SignalMasked { signal: signal.id, masked: person.masked.clone(), to, reasons })
}

/// The words that matched; those that touch something covered are covered.
fn words(site: &SiteReading, person: &PersonReading) -> String {
    let covered = |span: &std::ops::Range<usize>| {
        person.masks.iter().any(|mask| mask.span.start < span.end && span.start < mask.span.end)
    };
    let mut words: Vec<&str> = Vec::new();
    for matched in site.named_by.iter().chain(&site.said_by) {
        let word = if covered(&matched.span) { BAR } else { matched.words.as_str() };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" · ")
}

/// Security, by the functions that the mission has registered; nobody where it has none.
fn asked(views: &Views, now: Timestamp) -> Result<Option<Asked>, StoreError> {
    let mut known: Vec<FunctionId> = Vec::new();
    for function in SECURITY.iter().filter_map(|id| id.parse::<FunctionId>().ok()) {
        if views.has_function(&function)? {
            known.push(function);
        }
    }
    if known.is_empty() {
        return Ok(None);
    }
    let to = known.remove(0);
    let due = now.saturating_add(SignedDuration::from_hours(DUE_H)).unwrap_or(Timestamp::MAX);
    Ok(Some(Asked { to, call_tree: known, answer_within_min: ANSWER_MIN, due }))
}
