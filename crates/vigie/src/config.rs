//! Settings: `vigie.toml` < environment < flags.

use crate::backups::Plan;
use crate::cli::Cli;
use crate::drops::Drop;
use crate::say::Failure;
use figment::Figment;
use figment::providers::{Env, Format, Toml};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use vigie_evidence::age::Recipient;
use vigie_gateways::mail::{Sender, is_address};
use vigie_store::{Clock, KeySource, SimClock, Store, SystemClock};
use vigie_wire::Mapping;

/// What the file and the environment may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    listen: Option<SocketAddr>,
    key_file: Option<PathBuf>,
    tls: bool,
    behind_proxy: bool,
    hosts: Vec<String>,
    mail: Option<MailSettings>,
    drop: Vec<DropSettings>,
    backup: Option<BackupSettings>,
    reserve_mib: Option<u64>,
}

/// `[[drop]]`: a folder whose files go into a source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct DropSettings {
    source: String,
    folder: PathBuf,
    map: Option<PathBuf>,
    /// Files that were wholly taken are kept for as long as the source keeps its signals.
    #[serde(default)]
    keep_files: bool,
}

/// `[backup]`: to whom the keys of a backup are sealed unless a command says otherwise; with `to`, the site backs itself
/// up.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct BackupSettings {
    recipient: String,
    to: Option<PathBuf>,
    #[serde(default = "a_day")]
    every_hours: u32,
    #[serde(default = "three")]
    keep: u32,
}

const fn a_day() -> u32 {
    24
}

const fn three() -> u32 {
    3
}

/// `[mail]`: how the site signs on to the mail server that its register names. The password stands in a file of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct MailSettings {
    from: String,
    name: Option<String>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    authority: Option<PathBuf>,
    #[serde(default)]
    clear: bool,
}

/// Held in reserve unless told otherwise.
const RESERVE_MIB: u64 = 64;

/// Everything a command needs to find its site.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the site.
    pub site: PathBuf,
    /// Where to listen.
    pub listen: Option<SocketAddr>,
    /// Speak TLS.
    pub tls: bool,
    /// A proxy speaks TLS.
    pub behind_proxy: bool,
    /// Host names.
    pub hosts: Vec<String>,
    /// Bytes of the disk that are held for people to act when it is full.
    pub reserve_bytes: u64,
    key_file: Option<PathBuf>,
    passphrase: bool,
    mail: Option<MailSettings>,
    drop: Vec<DropSettings>,
    backup: Option<BackupSettings>,
}

impl Config {
    /// Reads the file and the environment, and lets flags win.
    pub fn read(cli: &Cli) -> Result<Self, Failure> {
        let site = cli.site.clone().unwrap_or_else(|| PathBuf::from("vigie-site"));
        let file = cli.config.clone().unwrap_or_else(|| site.join("vigie.toml"));
        let settings: Settings = Figment::new()
            .merge(Toml::file(&file))
            .merge(Env::prefixed("VIGIE_").only(&[
                "listen",
                "key_file",
                "tls",
                "behind_proxy",
                "hosts",
                "reserve_mib",
            ]))
            .extract()
            .map_err(|cause| {
                Failure::told("config-unreadable").with("file", file.display()).with("cause", cause)
            })?;
        Ok(Self {
            site,
            listen: settings.listen,
            tls: settings.tls,
            behind_proxy: settings.behind_proxy,
            hosts: settings.hosts,
            key_file: cli.key_file.clone().or(settings.key_file),
            passphrase: cli.passphrase,
            mail: settings.mail,
            drop: settings.drop,
            reserve_bytes: settings.reserve_mib.unwrap_or(RESERVE_MIB) << 20,
            backup: settings.backup,
        })
    }

    /// To whom the keys of a backup are sealed.
    pub fn backup_recipient(&self) -> Option<&str> {
        self.backup.as_ref().map(|backup| backup.recipient.as_str())
    }

    /// Where the site backs itself up, if it does.
    pub fn backup_plan(&self) -> Result<Option<Plan>, Failure> {
        let Some(backup) = &self.backup else { return Ok(None) };
        let Some(to) = backup.to.clone() else { return Ok(None) };
        let recipient = Recipient::parse(&backup.recipient)
            .map_err(|_| Failure::told("backup-bad-recipient").with("recipient", &backup.recipient))?;
        if is_within(&to, &self.site) {
            return Err(Failure::told("backup-inside"));
        }
        Ok(Some(Plan { to, recipient, every_hours: backup.every_hours.max(1), keep: backup.keep.max(1) }))
    }

    /// The drop folders; paths are taken from the folder that the process runs in.
    pub fn drops(&self) -> Result<Vec<Drop>, Failure> {
        let read = |drop: &DropSettings| {
            let source = drop
                .source
                .parse()
                .map_err(|_| Failure::told("source-bad-name").with("name", &drop.source))?;
            let map = match &drop.map {
                Some(path) => {
                    let unread = |cause| {
                        Failure::told("file-unreadable").with("path", path.display()).with("cause", cause)
                    };
                    Mapping::parse(&std::fs::read_to_string(path).map_err(unread)?)?
                }
                None => Mapping::default(),
            };
            Ok(Drop { source, folder: drop.folder.clone(), map, keep_files: drop.keep_files })
        };
        self.drop.iter().map(read).collect()
    }

    /// How the site signs on to its mail server; nothing where it is not told.
    pub fn sender(&self) -> Result<Option<Sender>, Failure> {
        let Some(mail) = &self.mail else { return Ok(None) };
        if !is_address(&mail.from) {
            return Err(Failure::told("config-mail-from").with("address", &mail.from));
        }
        let read = |file: &PathBuf| {
            std::fs::read(file)
                .map_err(|cause| Failure::told("store-io").with("path", file.display()).with("cause", cause))
        };
        let password = mail.password_file.as_ref().map(read).transpose()?.unwrap_or_default();
        let password = String::from_utf8_lossy(&password).trim_end_matches(['\r', '\n']).to_owned();
        Ok(Some(Sender {
            from: mail.from.clone(),
            name: mail.name.clone(),
            account: mail.user.clone().map(|user| (user, password)),
            authority: mail.authority.as_ref().map(read).transpose()?,
            clear: mail.clear,
        }))
    }

    /// Where the site key of `dir` comes from.
    pub fn key_of(&self, dir: &std::path::Path) -> Result<KeySource, Failure> {
        if self.passphrase {
            return Ok(KeySource::Passphrase(passphrase()?));
        }
        Ok(KeySource::File(self.key_file.clone().unwrap_or_else(|| beside(dir))))
    }

    /// The same without asking anybody for a passphrase: for what needs no key.
    pub fn key_source_without_asking(&self) -> KeySource {
        if self.passphrase {
            return KeySource::Passphrase(String::new());
        }
        KeySource::File(self.key_file.clone().unwrap_or_else(|| beside(&self.site)))
    }

    /// Opens the site on the host's clock; a demo store goes on from its own last moment, which an exercise sets.
    pub fn open_at_console(&self) -> Result<Store, Failure> {
        let (site, last_at) = Store::peek(&self.site)?;
        if site.demo {
            return self.open(Arc::new(SimClock::new(last_at)));
        }
        self.open(Arc::new(SystemClock))
    }

    /// Opens the site on `clock`.
    pub fn open(&self, clock: Arc<dyn Clock>) -> Result<Store, Failure> {
        Ok(Store::open(&self.site, &self.key_of(&self.site)?, clock)?)
    }
}

/// Whether `dir` is the site's folder or below it.
pub fn is_within(dir: &std::path::Path, site: &std::path::Path) -> bool {
    let whole = |path: &std::path::Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole(dir).starts_with(whole(site))
}

/// The key file of a folder stands beside it, never inside: who takes the folder has not taken the key.
pub fn beside(dir: &std::path::Path) -> PathBuf {
    let mut name = dir.as_os_str().to_owned();
    name.push(".key");
    PathBuf::from(name)
}

fn passphrase() -> Result<String, Failure> {
    if let Ok(given) = std::env::var("VIGIE_PASSPHRASE") {
        return Ok(given);
    }
    rpassword::prompt_password("Passphrase: ")
        .map_err(|cause| Failure::told("passphrase-unread").with("cause", cause))
}
