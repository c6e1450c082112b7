//! `vigie backup`, `vigie keygen`, `vigie restore`, `vigie generation`: a site's second life.

use crate::cli::{Backup, Generation, Keygen, Mend, Restore};
use crate::config::{Config, beside, is_within};
use crate::outward;
use crate::say::{DONE, Failure, Say, TOLD, UNVERIFIED};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vigie_evidence::age::{Identity, Recipient};
use vigie_evidence::note::SiteVerifier;
use vigie_store::{Along, Clock, KeySource, SimClock, Store, Succession, SystemClock};
use vigie_verify::{Contents, Demands};
use vigie_words::Arg;

fn io(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    let path = path.to_owned();
    move |cause| Failure::told("store-io").with("path", path.display()).with("cause", cause)
}

/// Makes the key to which backups are sealed.
pub fn keygen(args: &Keygen, say: &Say) -> Result<u8, Failure> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(Failure::ours)?;
    let identity = Identity::from_random(random);
    let recipient = identity.recipient().to_string();
    let text = format!("# public key: {recipient}\n{}\n", identity.to_text().as_str());
    vigie_store::write_private(&args.file, text.as_bytes())?;
    let file = args.file.display().to_string();
    say.answer(&json!({"file": file, "recipient": recipient}), || {
        vec![
            say.text("backup-key-made", &[("file", file.as_str().into())]),
            say.text("backup-key-recipient", &[("recipient", recipient.as_str().into())]),
        ]
    })?;
    Ok(DONE)
}

/// Backs the site up, also while it is served.
pub fn backup(args: &Backup, config: &Config, say: &Say) -> Result<u8, Failure> {
    let recipient = args.recipient.as_deref().or_else(|| config.backup_recipient());
    let recipient = recipient.ok_or_else(|| Failure::told("backup-no-recipient"))?;
    let recipient = Recipient::parse(recipient)
        .map_err(|_| Failure::told("backup-bad-recipient").with("recipient", recipient))?;
    let bar = say.bar(None, false);
    let make = |dir: &Path| {
        let key = config.key_of(&config.site)?;
        let done =
            vigie_store::back_up(&config.site, &key, dir, &recipient, SystemClock.now(), &|done, all| {
                bar.set_length(all);
                bar.set_position(done);
            });
        done.map_err(Failure::from)
    };
    let (dir, made) = match &args.dir {
        Some(dir) if is_within(dir, &config.site) => return Err(Failure::told("backup-inside")),
        Some(dir) => (dir.clone(), make(dir)?),
        None => {
            let plan = config.backup_plan()?.ok_or_else(|| Failure::told("backup-no-place"))?;
            let name = Store::peek(&config.site)?.0.site;
            plan.carry_out(&name, SystemClock.now(), make)?
        }
    };
    bar.finish_and_clear();
    say.answer(&made, || {
        let counts = [
            ("dir", dir.display().to_string().into()),
            ("entries", made.made.entries.into()),
            ("files", made.made.files.into()),
            ("mib", made.made.bytes.div_ceil(1 << 20).into()),
        ];
        let mut lines = vec![say.text("backup-made", &counts), say.text("backup-made-keys", &[])];
        if !made.damaged.is_empty() {
            lines.push(say.text("backup-made-damaged", &damage_args(&made.damaged)));
        }
        lines
    })?;
    Ok(if made.damaged.is_empty() { DONE } else { TOLD })
}

/// How many entries are damaged, and which are the first.
fn damage_args(seqs: &[u64]) -> [(&'static str, Arg<'static>); 2] {
    let first: Vec<String> = seqs.iter().take(Contents::FIRST).map(u64::to_string).collect();
    [("count", (seqs.len() as u64).into()), ("entries", first.join(", ").into())]
}

/// Makes a site of a backup: unpacked beside its place, verified, opened in a new generation, then put in its place.
pub fn restore(args: &Restore, config: &Config, say: &Say) -> Result<u8, Failure> {
    let text = std::fs::read_to_string(&args.identity).map_err(io(&args.identity))?;
    let identity = Identity::parse(&text).map_err(|_| Failure::told("backup-bad-identity"))?;
    let key = config.key_of(&config.site)?;
    if config.site.exists() && std::fs::read_dir(&config.site).is_ok_and(|mut all| all.next().is_some()) {
        return Err(Failure::told("store-not-empty").with("dir", config.site.display()));
    }
    let ready = vigie_store::beside(&config.site)?;
    let done = make_ready(args, &ready, identity, &key, say);
    let Ok((unpacked, succession, lost, contents)) = done else {
        let _ = std::fs::remove_dir_all(&ready);
        return done.map(|_| DONE);
    };
    vigie_store::settle(&ready, &config.site)?;
    let dir = config.site.display().to_string();
    let answer = json!({
        "site": dir, "entries": unpacked.entries, "files": unpacked.files, "generation": succession.generation,
        "continues_at": succession.seq, "verifier_key": succession.verifier_key, "seen_and_lost": lost,
        "damaged": contents.count, "damaged_first": first_of(&contents), "keys_damaged": unpacked.keys_damaged,
    });
    say.answer(&answer, || {
        let counts = [
            ("dir", dir.as_str().into()),
            ("entries", unpacked.entries.into()),
            ("files", unpacked.files.into()),
        ];
        let mut lines = vec![say.text("restore-done", &counts)];
        lines.extend(explained(&succession, say));
        if lost > 0 {
            lines.push(say.text("restore-lost", &[("count", lost.into())]));
        }
        lines.extend(damage_told(&contents, &unpacked.keys_damaged, say));
        if matches!(&key, KeySource::File(file) if *file == beside(&config.site)) {
            lines.push(
                say.text("init-key-file", &[("file", beside(&config.site).display().to_string().into())]),
            );
        }
        lines.push(say.text("restore-next", &[("dir", dir.as_str().into())]));
        lines
    })?;
    Ok(DONE)
}

type Ready = (vigie_store::Unpacked, Succession, u64, Contents);

/// The first entries whose content is damaged, once each.
fn first_of(contents: &Contents) -> Vec<u64> {
    let first: BTreeSet<u64> = contents.first.iter().map(|finding| finding.seq).collect();
    first.into_iter().collect()
}

/// What is damaged, and what can be done.
fn damage_told(contents: &Contents, keys: &[u64], say: &Say) -> Vec<String> {
    let mut lines = Vec::new();
    if contents.count > 0 {
        let [_, entries] = damage_args(&first_of(contents));
        lines.push(say.text("restore-damaged", &[("count", contents.count.into()), entries]));
    }
    if !keys.is_empty() {
        lines.push(say.text("restore-damaged-keys", &damage_args(keys)));
    }
    lines
}

fn make_ready(
    args: &Restore,
    ready: &Path,
    identity: Identity,
    key: &KeySource,
    say: &Say,
) -> Result<Ready, Failure> {
    let bar = say.bar(None, false);
    let unpacked = vigie_store::unpack(&args.dir, ready, identity, key, &|done, all| {
        bar.set_length(all);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    verified(ready, say)?;
    let lost = witnessed(&args.witness, ready)?;
    let succession = succeed(ready, key, &args.reason)?;
    let contents = verified(ready, say)?;
    Ok((unpacked, succession, lost, contents))
}

/// Checks entries, tree, signatures and hand-overs; the contents that are damaged. They keep nobody from going on with
/// all the others.
fn verified(dir: &Path, say: &Say) -> Result<Contents, Failure> {
    let demands = Demands { contents_apart: true, ..Demands::default() };
    let report = vigie_verify::verify(dir, &demands).map_err(Failure::ours)?;
    match report.finding {
        None => Ok(report.contents),
        Some(finding) => {
            let said = super::verify::bad(&finding, say);
            Err(Failure::told("restore-unverified").with("finding", said).exit(UNVERIFIED))
        }
    }
}

/// Puts signed states that others keep into `witness/`; how many entries they have seen that the backup does not hold.
fn witnessed(files: &[PathBuf], dir: &Path) -> Result<u64, Failure> {
    if files.is_empty() {
        return Ok(0);
    }
    let demands = Demands { contents_apart: true, ..Demands::default() };
    let report = vigie_verify::verify(dir, &demands).map_err(Failure::ours)?;
    let key = report.verifier_key.as_deref().and_then(|key| SiteVerifier::parse(key).ok());
    let into = dir.join("witness");
    std::fs::create_dir_all(&into).map_err(io(&into))?;
    let mut lost = 0;
    for (number, file) in files.iter().enumerate() {
        let note = std::fs::read_to_string(file).map_err(io(file))?;
        let state = key.as_ref().and_then(|key| key.open(&note).ok());
        let state =
            state.ok_or_else(|| Failure::told("restore-foreign-witness").with("file", file.display()))?;
        lost = lost.max(state.size.saturating_sub(report.entries));
        let kept = into.join(format!("restored-{number}.note"));
        std::fs::write(&kept, note).map_err(io(&kept))?;
    }
    Ok(lost)
}

fn clock_of(dir: &Path) -> Result<Arc<dyn Clock>, Failure> {
    let (site, last_at) = Store::peek(dir)?;
    Ok(if site.demo { Arc::new(SimClock::new(last_at)) } else { Arc::new(SystemClock) })
}

fn succeed(dir: &Path, key: &KeySource, reason: &str) -> Result<Succession, Failure> {
    if reason.trim().is_empty() {
        return Err(Failure::told("generation-no-reason"));
    }
    let along = Along { reason, rule: &outward::not_again, past: &outward::PAST };
    let (store, succession) = Store::succeed(dir, key, clock_of(dir)?, &along)?;
    drop(store);
    Ok(succession)
}

/// Puts back from a backup what is damaged in the site.
pub fn mend(args: &Mend, config: &Config, say: &Say) -> Result<u8, Failure> {
    let mended = vigie_store::mend(&config.site, &args.dir)?;
    say.answer(&mended, || {
        let counts = [
            ("contents", (mended.contents.len() as u64).into()),
            ("files", (mended.files.len() as u64).into()),
        ];
        let mut lines = vec![say.text("mend-done", &counts)];
        if !mended.left.is_empty() {
            lines.push(say.text("mend-left", &[("count", (mended.left.len() as u64).into())]));
        }
        lines
    })?;
    Ok(if mended.left.is_empty() { DONE } else { TOLD })
}

/// What a new generation is, in words.
fn explained(succession: &Succession, say: &Say) -> Vec<String> {
    let numbers = [
        ("generation", u64::from(succession.generation).into()),
        ("before", u64::from(succession.generation - 1).into()),
        ("entry", succession.seq.into()),
    ];
    vec![
        say.text("generation-opened", &numbers),
        say.text("generation-outward", &[]),
        say.text("init-verifier-key", &[("key", succession.verifier_key.as_str().into())]),
    ]
}

/// Opens a new generation on a folder that was put back from an older copy.
pub fn generation(args: &Generation, config: &Config, say: &Say) -> Result<u8, Failure> {
    let contents = verified(&config.site, say)?;
    let key = config.key_of(&config.site)?;
    let succession = succeed(&config.site, &key, &args.reason)?;
    let answer = json!({
        "generation": succession.generation, "continues_at": succession.seq,
        "verifier_key": succession.verifier_key, "damaged": contents.count, "damaged_first": first_of(&contents),
    });
    say.answer(&answer, || {
        let mut lines = explained(&succession, say);
        lines.extend(damage_told(&contents, &[], say));
        lines
    })?;
    Ok(DONE)
}
