//! Puts together what a partner is given of a narrative, and what of it stays here.
//!
//! Only what was published or broadcast leaves: what people told the mission stays, and so does every signal of a protected
//! compartment or of somebody in the vault. Names and numbers are covered in the texts as everywhere; under pseudonyms,
//! accounts, addresses and `@names` in the texts are covered too, since an address mostly names the account.

use crate::refusal::Refusal;
use crate::state::App;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use vigie_desk::facts::{Fact, FactState};
use vigie_desk::sharing::Wish;
use vigie_model::{
    Compartments, Event, NarrativeId, ShareAccounts, ShareForm, Signal, SignalKind, SuggestedKind, Timestamp,
    Tlp,
};
use vigie_store::{NarrativeRow, SignalRow, Views};
use vigie_text::persons::{self, BAR, Protected, ProtectedName};
use vigie_text::places::Gazetteer;
use vigie_text::threat::Lexicons;
use vigie_wire::exchange::{self, Post, Sender, Story, Technique};

/// Messages in one document.
const MESSAGES_MAX: usize = 5_000;
const PAGE: u32 = 200;
/// Characters of the line that names a story.
const NAME_CHARS_MAX: usize = 80;
/// Fewest characters of an account's name that is covered where it stands in a text.
const ACCOUNT_CHARS_LEAST: usize = 4;

/// A document that is ready to leave.
pub(crate) struct Ready {
    /// The bytes.
    pub document: String,
    /// Messages in it.
    pub messages: u64,
    /// Signals that stay.
    pub left_out: u64,
}

/// Puts the document together. Blocking.
pub(crate) fn put_together(
    app: &App,
    see: Compartments,
    row: &NarrativeRow,
    wish: &Wish,
    tlp: Tlp,
) -> Result<Ready, Refusal> {
    let (rows, left_out) = published(app, row.id, see)?;
    let mut heard = Vec::with_capacity(rows.len());
    let mut left_out = left_out;
    for row in rows {
        match told(app, &row)? {
            Some(signal) => heard.push((row, signal)),
            None => left_out += 1,
        }
    }
    if heard.is_empty() {
        return Err(Refusal::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, "share-nothing"));
    }
    let cover = Cover::gather(app, wish.accounts, &heard)?;
    let posts = heard
        .iter()
        .map(|(row, signal)| post(app, wish, &cover, row, signal))
        .collect::<Result<Vec<_>, _>>()?;
    let lang = Some(row.lang.as_str());
    let words = |text: &str| cover.over(text, lang);
    let head = posts.first().map(|post| post.text.clone()).unwrap_or_default();
    let story = Story {
        id: row.id.uuid(),
        name: head.chars().take(NAME_CHARS_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect(),
        summary: usual(&posts).unwrap_or(head),
        disproof: against(app, row.id, see)?.map(|text| words(&text)),
        techniques: row.labels.iter().filter_map(|label| Technique::new(label)).collect(),
        made_at: app.now(),
        teller: None,
        tlp: Some(tlp),
        terms: Some(format!("{}: {}", wish.recipient, wish.purpose)),
        posts,
    };
    let document = written(app, wish.form, &story);
    Ok(Ready { document, messages: story.posts.len() as u64, left_out })
}

fn written(app: &App, form: ShareForm, story: &Story) -> String {
    let site = app.store.site();
    let name = format!("{} {}", site.mission, site.site);
    // The same for all that this site ever gives, also after it was restored from a backup.
    let sender = Sender { id: lasting(&name), name };
    match form {
        ShareForm::Stix => exchange::stix(&sender, story),
        ShareForm::Misp => exchange::misp(&sender, story),
    }
    .to_string()
}

fn lasting(name: &str) -> Uuid {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(name.as_bytes());
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(half).into_uuid()
}

/// What was published of a story, and how much of it was not.
fn published(app: &App, id: NarrativeId, see: Compartments) -> Result<(Vec<SignalRow>, u64), Refusal> {
    let (mut kept, mut all, mut after): (Vec<SignalRow>, u64, Option<String>) = (Vec::new(), 0, None);
    loop {
        let page = app.look(|views| Ok(views.signals(id, see, false, after.as_deref(), PAGE)?))?;
        all += page.items.len() as u64;
        let leaves = |row: &SignalRow| {
            matches!(row.kind, SignalKind::Post | SignalKind::Radio)
                && !row.compartments.any_protected()
                && row.text.is_some()
        };
        let room = MESSAGES_MAX - kept.len();
        kept.extend(page.items.into_iter().filter(leaves).take(room));
        after = page.next;
        if after.is_none() {
            let stays = all - kept.len() as u64;
            return Ok((kept, stays));
        }
    }
}

/// The signal as it was received; nothing where it was erased, is damaged or came from somebody in the vault.
fn told(app: &App, row: &SignalRow) -> Result<Option<Signal>, Refusal> {
    match app.store.entry(row.seq) {
        Ok(entry) => Ok(match entry.event {
            Event::SignalReceived(signal) if signal.source_ref.is_none() => Some(signal),
            _ => None,
        }),
        Err(gone) if gone.is_content_gone() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn post(app: &App, wish: &Wish, cover: &Cover, row: &SignalRow, signal: &Signal) -> Result<Post, Refusal> {
    let lang = row.language.as_ref().map(|language| language.tag.clone()).filter(|tag| tag != "und");
    let plain = wish.accounts == ShareAccounts::Plain;
    let account = match (&signal.author, &row.author_alias) {
        (Some(author), _) if plain => Some(author.clone()),
        (Some(_), Some(alias)) => Some(app.store.account_for(&wish.recipient, &row.source, alias)?),
        _ => None,
    };
    Ok(Post {
        id: app.store.message_for(&wish.recipient, &row.id.to_string())?,
        text: cover.over(row.text.as_deref().unwrap_or_default(), lang.as_deref()),
        lang,
        said_at: row.seen_at,
        account,
        url: row.url.clone().filter(|_| plain),
    })
}

/// The wording that most messages carry.
fn usual(posts: &[Post]) -> Option<String> {
    let mut counts: BTreeMap<String, (usize, &Post)> = BTreeMap::new();
    for post in posts {
        counts.entry(vigie_text::normalise(&post.text).alike).or_insert((0, post)).0 += 1;
    }
    // The first said wins among equals: a map by wording has lost their order.
    let most = counts.values().map(|(count, _)| *count).max()?;
    let usual = counts.into_values().filter(|(count, _)| *count == most).map(|(_, post)| post);
    usual.min_by_key(|post| (post.said_at.is_none(), post.said_at)).map(|post| post.text.clone())
}

/// The statements of live facts that a person said answer this story.
fn against(app: &App, id: NarrativeId, see: Compartments) -> Result<Option<String>, Refusal> {
    let now = app.now();
    let texts = app.look(|views| {
        let agreed =
            views.suggested(id)?.into_iter().filter(|row| row.agrees && row.kind == SuggestedKind::Fact);
        let mut texts = BTreeSet::new();
        for row in agreed {
            texts.extend(live(views, &row.of, see, now)?);
        }
        Ok(texts)
    })?;
    let texts: Vec<String> = texts.into_iter().collect();
    Ok(Some(texts.join("\n")).filter(|text| !text.is_empty()))
}

fn live(views: &Views, id: &str, see: Compartments, now: Timestamp) -> Result<Vec<String>, Refusal> {
    let Ok(id) = Uuid::parse_str(id) else { return Ok(Vec::new()) };
    let fact = views.record::<Fact>(id, see)?.filter(|fact| fact.state(now) == FactState::Live);
    let statements = fact.into_iter().flat_map(|fact| fact.said.statements);
    Ok(statements.map(|statement| statement.text).collect())
}

/// What is covered in every text that leaves.
struct Cover {
    lexicons: Lexicons,
    gazetteer: Gazetteer,
    protected: Protected,
    /// Names of accounts, in small letters; none where they may be read.
    accounts: Option<BTreeSet<String>>,
}

impl Cover {
    fn gather(app: &App, accounts: ShareAccounts, heard: &[(SignalRow, Signal)]) -> Result<Self, Refusal> {
        let (lexicons, places, contacts) =
            app.look(|views| Ok((views.lexicons()?, views.gazetteer()?, views.contacts()?)))?;
        let (mut names, mut numbers) = (Vec::new(), Vec::new());
        for contact in contacts {
            match app.store.reach(&contact) {
                Ok(reach) => {
                    names.extend(reach.name.map(|name| ProtectedName { name, variants: Vec::new() }));
                    numbers.push(reach.address);
                }
                Err(gone) if gone.is_content_gone() => {}
                Err(error) => return Err(error.into()),
            }
        }
        let authors = || {
            let authors = heard.iter().filter_map(|(_, signal)| signal.author.as_deref());
            let long = |name: &&str| name.chars().count() >= ACCOUNT_CHARS_LEAST;
            authors
                .map(|name| name.trim_start_matches('@'))
                .filter(long)
                .map(str::to_ascii_lowercase)
                .collect()
        };
        Ok(Self {
            lexicons: Lexicons::new(&lexicons),
            gazetteer: Gazetteer::new(places, &[]),
            protected: Protected::new(&names, &numbers),
            accounts: (accounts == ShareAccounts::Pseudonymous).then(authors),
        })
    }

    fn over(&self, text: &str, lang: Option<&str>) -> String {
        let masked = persons::read(text, lang, &self.lexicons, &self.protected, Some(&self.gazetteer)).masked;
        match &self.accounts {
            Some(accounts) => without_addresses(&without_names(&masked, accounts)),
            None => masked,
        }
    }
}

/// The text with every name of an account behind a bar, where it stands as a word of its own.
fn without_names(text: &str, names: &BTreeSet<String>) -> String {
    let mut out = text.to_owned();
    for name in names {
        let mut at = 0;
        while let Some(start) = out.to_ascii_lowercase().get(at..).and_then(|rest| rest.find(name.as_str())) {
            let (start, end) = (at + start, at + start + name.len());
            let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let before = out.get(..start).and_then(|text| text.chars().next_back());
            let after = out.get(end..).and_then(|text| text.chars().next());
            if inside(before) || inside(after) {
                at = end;
            } else {
                out.replace_range(start..end, BAR);
                at = start + BAR.len();
            }
        }
    }
    out
}

/// The text with every address and every `@name` behind a bar.
fn without_addresses(text: &str) -> String {
    text.split_inclusive(char::is_whitespace).map(without_address).collect()
}

fn without_address(word: &str) -> String {
    let bare = word.trim_end_matches(char::is_whitespace);
    let inner = bare.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
    let host = inner.split_once('/').is_some_and(|(host, _)| host.contains('.'));
    let names = bare.contains("://") || inner.starts_with("www.") || host || has_handle(bare);
    if names { format!("{BAR}{}", &word[bare.len()..]) } else { word.to_owned() }
}

/// `@name`, also within brackets; a lone `@` is a word.
fn has_handle(word: &str) -> bool {
    let mut letters = word.chars().skip_while(|c| *c != '@' && *c != '＠').skip(1);
    letters.next().is_some_and(|c| c.is_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_names_of_accounts_are_covered_and_words_are_not() {
        let names = ["page-du-marche".to_owned()].into();
        let cover = |text: &str| without_addresses(&without_names(text, &names));
        assert_eq!(cover("Vu par Page-du-Marche, ce soir"), "Vu par ▮▮▮, ce soir");
        assert_eq!(cover("suivez @awa_k ou (t.me/awa) vite"), "suivez ▮▮▮ ou ▮▮▮ vite");
        assert_eq!(cover("https://a.example/awa\nfin"), "▮▮▮\nfin");
        assert_eq!(cover("la page-du-marchessa et 24/11, 3 @ 5"), "la page-du-marchessa et 24/11, 3 @ 5");
    }
}
