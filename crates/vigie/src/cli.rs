//! What can be typed.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// The lookout of a peace operation: reads its information space and keeps a record that a court can check.
#[derive(Debug, Parser)]
#[command(
    name = "vigie",
    version,
    propagate_version = true,
    after_help = "Exit codes: 0 done · 1 told you why (some input refused) · 2 wrong usage · 3 verification failed · 70 our fault\n\n\
                  First steps:\n  vigie init SITE --mission MINUT --name birao --zone Africa/Bangui\n  vigie --site SITE serve"
)]
pub struct Cli {
    /// Folder of the site.
    #[arg(long, short = 'C', global = true, env = "VIGIE_SITE", value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// File that holds the site key [default: DIR.key].
    #[arg(long, global = true, env = "VIGIE_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Ask for the passphrase that the site was made with, or read it from VIGIE_PASSPHRASE.
    #[arg(long, global = true)]
    pub passphrase: bool,
    /// Answer as JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of the answers: en or fr.
    #[arg(long, global = true, env = "VIGIE_LANG", value_name = "LANG")]
    pub lang: Option<String>,
    /// Configuration file [default: DIR/vigie.toml].
    #[arg(long, global = true, env = "VIGIE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// No progress.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// More logs; twice for all.
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new site.
    Init(Init),
    /// Serve the site to browsers and gateways.
    Serve(Serve),
    /// Read a file of signals: CSV, TSV, JSON lines, a workbook (XLSX), an archive of such tables, STIX or MISP.
    Import(Import),
    /// The purpose register: where signals come from, and why.
    Source(Source),
    /// The people who use the site.
    User(User),
    /// The functions that answer and act, and who verifies which language.
    Function(Function),
    /// Places, the mission's sites, and the wordings by which threats are noticed.
    Gazetteer(Gazetteer),
    /// Models that the mission adds; without them their answers read "not assessed".
    Model(Model),
    /// Write the whole site to a folder of plain files that others can check and take in.
    Export(Export),
    /// Make a copy of a site from its export.
    ImportExport(ImportExport),
    /// Check every entry and every signed state, offline.
    Verify(Verify),
    /// Make the views again from the journal and prove them equal.
    Rebuild,
    /// Erase content for good: one person asks, a second one agrees.
    Erase(Erase),
    /// Keep a signal or a narrative beyond its retention, as a future exhibit.
    Keep(Keep),
    /// Back the site up into a folder, also while it is served.
    Backup(Backup),
    /// Make the key that backups are sealed to; keep it away from the site.
    Keygen(Keygen),
    /// Make a site of a backup, in a new generation of its journal.
    Restore(Restore),
    /// Make the site unreadable at once: keys first, then everything. There is no way back.
    Wipe(Wipe),
    /// Put back from a backup what is damaged in the site; nobody may have it open.
    Mend(Mend),
    /// Open a new generation where the folder was put back from an older copy.
    Generation(Generation),
    /// Look for what is wrong and name the command that mends it.
    Doctor,
    /// Track the plots of a scenario file; needs no site.
    Track(Track),
    /// Read the records of a sensor's file and name its faults; needs no site.
    Decode(Decode),
    /// Name the language of each line of a file; needs no site.
    Language(Language),
    /// Find accounts that share the same things within a short time; needs no site.
    Coordinate(Coordinate),
    /// Find posts that say nearly the same; needs no site.
    Similar(Similar),
    /// Print what a shell needs to complete commands; needs no site.
    Completions(Completions),
    /// Print the manual page (roff); needs no site.
    Man,
    /// Claims that are known already, and lists of published checks of them.
    Claims {
        #[command(subcommand)]
        command: ClaimsCommand,
    },
}

#[derive(Debug, Args)]
pub struct Decode {
    #[command(subcommand)]
    pub family: Family,
}

#[derive(Debug, Subcommand)]
pub enum Family {
    /// Surveillance data of radars and their kin (EUROCONTROL ASTERIX): raw, pcap, pcapng or `final` frames.
    Asterix(DecodeAsterix),
    /// Metadata of an aircraft's camera (KLV, MISB ST 0601 and kin): packets, or an MPEG transport stream.
    Klv(DecodeFile),
    /// A drone's control link (MAVLink 1 and 2): a recording (tlog), or the bare stream.
    Mavlink(DecodeFile),
    /// Sensor nodes (SAPIENT, BSI Flex 335 v2.0): frames of a TCP link, or JSON; every rule of the standard checked.
    Sapient(DecodeFile),
    /// Events of phones and command systems (Cursor on Target, XML), and how stale they are.
    Cot(DecodeCot),
}

#[derive(Debug, Args)]
pub struct DecodeCot {
    #[command(flatten)]
    pub file: DecodeFile,
    /// Tell age and staleness at this time [default: now].
    #[arg(long, value_name = "TIME")]
    pub now: Option<jiff::Timestamp>,
}

/// What every family of `vigie decode` takes.
#[derive(Debug, Args)]
pub struct DecodeFile {
    /// The file.
    pub file: PathBuf,
    /// Write every record as a line of JSON.
    #[arg(long, conflicts_with = "summary")]
    pub jsonl: bool,
    /// Count the records and name the faults (as without any flag).
    #[arg(long)]
    pub summary: bool,
    /// Encode every record again into this file.
    #[arg(long, value_name = "OUT")]
    pub reencode: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct DecodeAsterix {
    #[command(flatten)]
    pub file: DecodeFile,
    /// Edition of a category, such as 048=1.31, or of one source's, such as 048@25/201=1.31.
    #[arg(long, value_name = "CAT[@SAC/SIC]=EDITION")]
    pub edition: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Gazetteer {
    #[command(subcommand)]
    pub command: GazetteerCommand,
}

#[derive(Debug, Subcommand)]
pub enum GazetteerCommand {
    /// Load places: a table, a GeoNames dump or GeoJSON. The same name again replaces them.
    Add {
        /// The file.
        file: PathBuf,
        /// Short name of the gazetteer.
        #[arg(long, default_value = "mission")]
        name: String,
    },
    /// Load the register of sites (TOML).
    Sites {
        /// The file.
        file: PathBuf,
    },
    /// Load a list of wordings (TOML).
    Lexicon {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct Model {
    #[command(subcommand)]
    pub command: ModelCommand,
}

#[derive(Debug, Subcommand)]
pub enum ModelCommand {
    /// Check a model's file and copy it into the site's folder; a running site takes it up at its next start.
    Add {
        /// Name of the model: e5-small.
        name: String,
        /// The file.
        file: PathBuf,
    },
    /// Every model, and whether it is there.
    List,
}

#[derive(Debug, Args)]
pub struct Function {
    #[command(subcommand)]
    pub command: FunctionCommand,
}

#[derive(Debug, Subcommand)]
pub enum FunctionCommand {
    /// Register a function, or say anew who holds it.
    Add(FunctionAdd),
    /// Name somebody who verifies texts in a language.
    Verifier(VerifierAdd),
    /// Every function.
    List,
}

#[derive(Debug, Args)]
pub struct FunctionAdd {
    /// Short name: lower-case letters, digits, hyphens.
    pub id: String,
    /// Its name in English.
    #[arg(long, value_name = "NAME")]
    pub name_en: String,
    /// Its name in French.
    #[arg(long, value_name = "NAME")]
    pub name_fr: String,
    /// military, police or civilian.
    #[arg(long)]
    pub component: String,
    /// Sign-in names of who holds it.
    #[arg(long, value_delimiter = ',', value_name = "USER,…")]
    pub holders: Vec<String>,
    /// It is a liaison assistant's: asked again, two days after an answer, what is told in their place.
    #[arg(long)]
    pub liaison: bool,
}

#[derive(Debug, Args)]
pub struct VerifierAdd {
    /// Sign-in name.
    pub user: String,
    /// Language, BCP 47.
    pub lang: String,
}

#[derive(Debug, Args)]
pub struct Language {
    /// One text a line, or `-` for standard input. Answers: language, confidence, script and second language, parted
    /// by tabs; `und` where it is not known. With --json one object a line.
    pub file: PathBuf,
    /// Language that the source claims (BCP 47): raises its odds.
    #[arg(long, value_name = "LANG")]
    pub hint: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum ClaimsCommand {
    /// Find the claims that texts may repeat; needs no site.
    Match(ClaimsMatch),
    /// Load a list of published checks: ClaimReview (JSON or JSON-LD), or the stories of a STIX bundle or a MISP event.
    Add(ClaimsAdd),
    /// Withdraw a list: nothing of it is suggested any more.
    Withdraw {
        /// Short name of the list.
        name: String,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Every list, with version, source and licence.
    List,
}

#[derive(Debug, Args)]
pub struct ClaimsAdd {
    /// The file.
    pub file: PathBuf,
    /// Short name of the list; another version of the same name takes its place.
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// Function that answers for the list.
    #[arg(long, value_name = "FUNCTION")]
    pub owner: String,
    /// Where it was taken from: an address, an organisation.
    #[arg(long, value_name = "TEXT")]
    pub origin: String,
    /// Licence under which it may be used.
    #[arg(long, value_name = "TEXT")]
    pub licence: String,
    /// Day of this version, such as 2026-11-22 [default: today].
    #[arg(long, value_name = "DAY")]
    pub date: Option<String>,
    /// Name of this version [default: its day and the first digits of the file's hash].
    #[arg(long, value_name = "TEXT")]
    pub edition: Option<String>,
}

#[derive(Debug, Args)]
pub struct ClaimsMatch {
    /// Table of claims: id, claim, and title, subtitle, lang where there are any.
    #[arg(long, value_name = "CLAIMS")]
    pub claims: PathBuf,
    /// Table of texts: id, text, and lang where it is known.
    #[arg(long, value_name = "QUERIES")]
    pub queries: PathBuf,
    /// How many claims to list for each text.
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub top: usize,
    /// Language of texts that name none (BCP 47); otherwise their frequent words tell, where they can.
    #[arg(id = "text_lang", long = "text-lang", value_name = "LANG")]
    pub lang: Option<String>,
    /// File to write: one claim found a row.
    #[arg(long, value_name = "RUN")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Coordinate {
    /// Table of posts or of shares (CSV or TSV with a header).
    pub posts: PathBuf,
    /// What is shared, separated by commas: repost, reply, link, hashtag, domain, image, text.
    #[arg(long, value_delimiter = ',', required = true, value_name = "KINDS")]
    pub by: Vec<String>,
    /// How far apart two shares may be, such as 60s, 15m, 24h.
    #[arg(long, default_value = "60s", value_parser = crate::commands::table::duration_ms, value_name = "TIME")]
    pub window: i64,
    /// Fewest pairs of messages behind an edge that is written.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub min_weight: u32,
    /// File to write: one pair of accounts a row.
    #[arg(long, value_name = "EDGES")]
    pub out: PathBuf,
    /// File to write: every pair of messages behind the edges.
    #[arg(long, value_name = "FILE")]
    pub messages: Option<PathBuf>,
    /// File to write: groups of accounts that meet again and again, more than chance explains.
    #[arg(long, value_name = "FILE")]
    pub groups: Option<PathBuf>,
    /// Pairs of messages above which one object counts as shared by a crowd and makes no edges.
    #[arg(long, default_value_t = vigie_text::coordination::Sharing::OBJECT_PAIRS_MAX, value_name = "N")]
    pub object_pairs_max: usize,
}

#[derive(Debug, Args)]
pub struct Similar {
    /// Table of posts (CSV or TSV with a header).
    pub posts: PathBuf,
    /// Least share of runs of three words that both have, above 0 and at most 1.
    #[arg(long, default_value_t = 0.8, value_name = "SHARE")]
    pub min_jaccard: f64,
    /// How far apart two posts may be, such as 1h; any time where it is left out.
    #[arg(long, value_parser = crate::commands::table::duration_ms, value_name = "TIME")]
    pub window: Option<i64>,
    /// Look through disguises too: look-alike letters, split words, accents, emoji.
    #[arg(long)]
    pub fold: bool,
    /// File to write: one pair of posts a row.
    #[arg(long, value_name = "PAIRS")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Track {
    /// Scenario: a data sheet on line 1, then one scan a line.
    pub scenario: PathBuf,
    /// File to write: one picture a scan.
    #[arg(long, value_name = "TRACKS")]
    pub out: PathBuf,
    /// Data sheet (TOML) to use in place of line 1.
    #[arg(long, value_name = "FILE")]
    pub sensor: Option<PathBuf>,
    /// Ignore line 1 and learn the sensor from its plots.
    #[arg(long)]
    pub estimate: bool,
    /// Motion models: cv (straight) or imm (straight and turning).
    #[arg(long, value_enum, default_value_t = Motion::Cv)]
    pub motion: Motion,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Motion {
    /// Nearly-constant velocity.
    Cv,
    /// Nearly-constant velocity and turns.
    Imm,
}

#[derive(Debug, Args)]
pub struct Init {
    /// Folder to make.
    pub dir: PathBuf,
    /// Name of the mission.
    #[arg(long, default_value = "Mission")]
    pub mission: String,
    /// Short name of this site.
    #[arg(long, default_value = "site")]
    pub name: String,
    /// IANA zone of the mission's own clock.
    #[arg(long, default_value = "UTC")]
    pub zone: String,
    /// A demo store: marked on every page for ever, with no live gateway.
    #[arg(long)]
    pub demo: bool,
    /// First moment of the simulated clock of a demo store.
    #[arg(long, requires = "demo", value_name = "TIME")]
    pub start: Option<String>,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// Address to listen on. Any address but loopback needs --tls or --behind-proxy.
    #[arg(long, env = "VIGIE_LISTEN", value_name = "ADDR:PORT")]
    pub listen: Option<SocketAddr>,
    /// Speak TLS with the site's own certificate (made at the first start, fingerprint printed).
    #[arg(long)]
    pub tls: bool,
    /// A proxy in front speaks TLS.
    #[arg(long, conflicts_with = "tls")]
    pub behind_proxy: bool,
    /// Host names under which the site may be addressed.
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// `sim` runs a demo store on a clock that an exercise sets.
    #[arg(long, value_enum, default_value_t = ClockKind::System)]
    pub clock: ClockKind,
    /// Also serve what is public (feed, claim reviews, and the form where a source is registered for it) on this address; it
    /// knows nobody.
    #[arg(long, value_name = "ADDR:PORT")]
    pub public: Option<SocketAddr>,
    /// Address under which the public knows it, such as https://info.example.
    #[arg(long, value_name = "URL", requires = "public")]
    pub public_url: Option<String>,
    /// Also serve counts for a monitoring system (Prometheus) on this address; loopback only.
    #[arg(long, value_name = "ADDR:PORT")]
    pub metrics: Option<SocketAddr>,
    /// Serve the screens from this folder instead of the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub ui: Option<PathBuf>,
    /// Write the address listened on to this file once ready.
    #[arg(long, value_name = "FILE")]
    pub ready_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClockKind {
    /// The clock of the host.
    System,
    /// A simulated clock.
    Sim,
}

#[derive(Debug, Args)]
pub struct Import {
    /// The file, or `-` for standard input.
    pub file: PathBuf,
    /// Source that the signals belong to.
    #[arg(long, value_name = "ID")]
    pub source: String,
    /// Mapping file: which column is what.
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// Read and report; keep nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// When the mission was given this file (with zone).
    #[arg(long, value_name = "TIME")]
    pub reported_at: Option<String>,
    /// What the file is [default: found out from its content].
    #[arg(id = "file_form", long = "as", value_enum, value_name = "FORM")]
    pub form: Option<ImportForm>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportForm {
    /// A table, a workbook or an archive of tables.
    Table,
    /// A STIX 2.1 bundle: its messages enter.
    Stix,
    /// One or more events of MISP: their microblogs enter.
    Misp,
}

#[derive(Debug, Args)]
pub struct Source {
    #[command(subcommand)]
    pub command: SourceCommand,
}

#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    /// Register a source, or change its entry.
    Add(Box<SourceAdd>),
    /// List the sources and how they do.
    List,
    /// Fetch a feed once and say what came; keep nothing.
    Test {
        /// The source.
        id: String,
    },
    /// Issue a new intake key; the old one stops working. It is shown once.
    Key {
        /// The source.
        id: String,
    },
}

#[derive(Debug, Args)]
pub struct SourceAdd {
    /// Short name: lower-case letters, digits and hyphens.
    pub id: String,
    /// Name shown to people.
    #[arg(long)]
    pub name: Option<String>,
    /// What its signals are: post, sms, call, liaison, radio, document.
    #[arg(long, default_value = "post")]
    pub kind: String,
    /// How they arrive: file, feed, intake, hand, sms, mail, form.
    #[arg(long, default_value = "file")]
    pub connector: String,
    /// Address of a feed.
    #[arg(long)]
    pub url: Option<String>,
    /// Why the mission reads it.
    #[arg(long)]
    pub purpose: String,
    /// What entitles the mission to read it.
    #[arg(long)]
    pub basis: String,
    /// The function that answers for it (a post, not a person).
    #[arg(long)]
    pub owner: String,
    /// Days after which its signals expire.
    #[arg(long)]
    pub retention_days: u32,
    /// Licence or terms of use.
    #[arg(long)]
    pub licence: Option<String>,
    /// Languages it is known to use (BCP 47), separated by commas.
    #[arg(long, value_delimiter = ',')]
    pub languages: Vec<String>,
    /// Who may see its signals, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "operations")]
    pub compartments: Vec<String>,
    /// Seconds between two polls of a feed.
    #[arg(long)]
    pub poll_s: Option<u32>,
    /// Private address (host:port) that this source may be fetched from.
    #[arg(long, value_name = "HOST:PORT")]
    pub allow_private: Vec<String>,
    /// IANA zone of times that carry none.
    #[arg(long)]
    pub zone: Option<String>,
}

#[derive(Debug, Args)]
pub struct User {
    #[command(subcommand)]
    pub command: UserCommand,
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Make an account and print a one-time link to choose its password.
    Add(UserAdd),
    /// List the accounts and their grants.
    List,
}

#[derive(Debug, Args)]
pub struct UserAdd {
    /// Sign-in name.
    pub name: String,
    /// Name shown to colleagues.
    #[arg(long)]
    pub display: Option<String>,
    /// Preferred language.
    #[arg(id = "speaks", long, default_value = "fr", value_name = "LANG")]
    pub speaks: String,
    /// Role, such as duty-officer, analyst, administrator, visitor.
    #[arg(long)]
    pub role: String,
    /// Affiliation: military, police, civilian, country-team, host-state, contributor, partner.
    #[arg(long, default_value = "civilian")]
    pub affiliation: String,
    /// Compartments, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "operations")]
    pub compartments: Vec<String>,
    /// How far: see, write, decide.
    #[arg(long, default_value = "write")]
    pub level: String,
    /// Read the password from standard input instead of making a link.
    #[arg(long)]
    pub password_stdin: bool,
}

#[derive(Debug, Args)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct Export {
    /// Folder to make.
    pub dir: PathBuf,
    /// Add the keys and every content in the clear: whoever holds the folder reads all of it.
    #[arg(long)]
    pub open: bool,
    /// Seal every file to this recipient; nothing is written in the clear.
    #[arg(long, value_name = "AGE1…")]
    pub to: Option<String>,
}

#[derive(Debug, Args)]
pub struct ImportExport {
    /// Folder of the export; the folder of the site must not be there yet.
    pub dir: PathBuf,
    /// Verifier key to trust instead of the one in the first entry.
    #[arg(long, value_name = "KEY")]
    pub vkey: Option<String>,
    /// File with the age key that opens an export sealed to a recipient.
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Erase {
    #[command(subcommand)]
    pub command: EraseCommand,
}

#[derive(Debug, Subcommand)]
pub enum EraseCommand {
    /// Ask that content be erased.
    Ask(EraseAsk),
    /// Agree with what somebody else asked: it is erased.
    Agree(EraseDecide),
    /// Every request, and what was erased.
    List,
    /// Erase what has outlived the retention of its source, now.
    Expired,
}

#[derive(Debug, Args)]
pub struct EraseAsk {
    /// What: signal:ID, note:ID, contact:ID or attachment:ID. May be repeated.
    #[arg(required = true, value_name = "OBJECT")]
    pub objects: Vec<String>,
    /// Sign-in name of who asks; the password is asked for, or read from VIGIE_PASSWORD.
    #[arg(long, value_name = "USER")]
    pub by: String,
    /// Why.
    #[arg(long)]
    pub reason: String,
    /// What entitles to it, such as a request of the person concerned.
    #[arg(long)]
    pub basis: String,
}

#[derive(Debug, Args)]
pub struct EraseDecide {
    /// The request.
    pub id: String,
    /// Sign-in name of who agrees; the password is asked for, or read from VIGIE_PASSWORD.
    #[arg(long, value_name = "USER")]
    pub by: String,
}

#[derive(Debug, Args)]
pub struct Keep {
    #[command(subcommand)]
    pub command: KeepCommand,
}

#[derive(Debug, Subcommand)]
pub enum KeepCommand {
    /// Keep something: until then it neither expires nor can be erased.
    Place(KeepPlace),
    /// What is kept, and what was.
    List,
    /// Keep it no longer.
    Lift(KeepLift),
}

#[derive(Debug, Args)]
pub struct KeepPlace {
    /// What: signal:ID or narrative:ID.
    pub object: String,
    /// Sign-in name of who keeps it; the password is asked for, or read from VIGIE_PASSWORD.
    #[arg(long, value_name = "USER")]
    pub by: String,
    /// Why, such as the case it will be shown in.
    #[arg(long)]
    pub reason: String,
    /// The function that answers for it.
    #[arg(long, value_name = "FUNCTION")]
    pub owner: String,
    /// Until when: a day (2027-11-22, in the mission's zone, that day included) or a time with its zone.
    #[arg(long, value_name = "TIME")]
    pub until: String,
}

#[derive(Debug, Args)]
pub struct KeepLift {
    /// The keep.
    pub id: String,
    /// Sign-in name of who lifts it; the password is asked for, or read from VIGIE_PASSWORD.
    #[arg(long, value_name = "USER")]
    pub by: String,
    /// Why.
    #[arg(long)]
    pub reason: String,
}

#[derive(Debug, Args)]
pub struct Backup {
    /// Folder to write store.bak and keys.bak.age into; those of before are replaced [default: a new one where the site backs itself up].
    pub dir: Option<PathBuf>,
    /// Whom the keys are sealed to (age1…) [default: that of the configuration].
    #[arg(long, value_name = "AGE1…")]
    pub recipient: Option<String>,
}

#[derive(Debug, Args)]
pub struct Keygen {
    /// File to write, which must not exist yet.
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// Folder that holds store.bak and keys.bak.age.
    pub dir: PathBuf,
    /// File with the secret key that the backup was sealed to (AGE-SECRET-KEY-1…).
    #[arg(long, value_name = "FILE")]
    pub identity: PathBuf,
    /// Why the site is restored: it stands in the journal.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Signed state of the lost site that somebody kept; tells what is lost. May be repeated.
    #[arg(long, value_name = "NOTE")]
    pub witness: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Wipe {
    /// Short name of the site, typed out: it says that this is meant.
    #[arg(long, value_name = "NAME")]
    pub confirm: String,
}

#[derive(Debug, Args)]
pub struct Mend {
    /// Folder that holds store.bak.
    pub dir: PathBuf,
}

#[derive(Debug, Args)]
pub struct Generation {
    /// Why: it stands in the journal.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, Args)]
pub struct Verify {
    /// Folder, copy or export to check [default: the site].
    pub dir: Option<PathBuf>,
    /// Verifier key to trust instead of the one in the first entry.
    #[arg(long, value_name = "KEY")]
    pub vkey: Option<String>,
    /// Erased content is a failure too.
    #[arg(long)]
    pub complete: bool,
    /// File with the age key that opens an export sealed to a recipient.
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
}
