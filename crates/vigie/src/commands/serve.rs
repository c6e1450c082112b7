//! `vigie serve`: the site for browsers and gateways.

use crate::backups::Backups;
use crate::cli::{ClockKind, Serve};
use crate::commands::doctor;
use crate::config::Config;
use crate::drops;
use crate::engines::Engines;
use crate::exercise;
use crate::feeds;
use crate::meaning::Meanings;
use crate::notify;
use crate::outward;
use crate::say::{DONE, Failure, Say};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use vigie_server::public::PublicOptions;
use vigie_server::{
    CertificateFiles, Doctor, FIRST_ADMIN_MINUTES, JournalCheck, Server, ServerOptions, TlsMode, Ui,
    WelcomeError, first_admin_token,
};
use vigie_store::{Clock, SimClock, Store, SystemClock};
use vigie_verify::Demands;

/// Where a site listens unless told otherwise.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8460);

/// Runs the command.
pub fn run(args: &Serve, config: &Config, say: &Say) -> Result<u8, Failure> {
    let sim = sim_clock(args, config)?;
    let clock: Arc<dyn Clock> = match &sim {
        Some(sim) => sim.clone(),
        None => Arc::new(SystemClock),
    };
    let store = config.open(clock)?;
    if store.is_copy() {
        return Err(Failure::told("store-copy"));
    }
    store.keep_reserve(config.reserve_bytes);
    let engines = Engines::start(&store)?;
    let meanings = Meanings::start(&store)?;
    let backups = Backups::start(&store, config)?;
    let listen = args.listen.or(config.listen).unwrap_or(LISTEN);
    let mut hosts = args.host.clone();
    hosts.extend(config.hosts.iter().cloned());
    let tls = tls(args, config, &store, &hosts, listen)?;
    tls.check(listen).map_err(|_| Failure::told("serve-needs-tls").with("address", listen))?;
    let listener = bound(listen)?;
    let address = listener.local_addr().map_err(Failure::ours)?;
    let scheme = if matches!(tls, TlsMode::Own(_)) { "https" } else { "http" };
    let url = format!("{scheme}://{address}");
    announce(&store, &tls, &url, say)?;
    let sender = config.sender()?;
    let options = ServerOptions {
        neighbours: meanings.as_ref().map(Meanings::finder),
        checks: meanings.as_ref().map(Meanings::checks),
        backups: backups.as_ref().map(Backups::desk),
        doctor: Some(doctor_of(&store, config)),
        ..options(args, &store, sim, hosts)
    };
    let public = args.public.map(bound).transpose()?;
    let metrics = args.metrics.map(counted).transpose()?;
    let drops = drops::watch(store.clone(), config.drops()?, Say::new(Some(say.lang().tag()), false, true))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::ours)?;
    runtime.block_on(async {
        let feeds = tokio::spawn(feeds::watch(store.clone()));
        let outward = tokio::spawn(outward::watch(store.clone(), sender));
        if let Some(listener) = public {
            let behind_proxy = args.behind_proxy || config.behind_proxy;
            tokio::spawn(show_public(store.clone(), listener, args.public_url.clone(), behind_proxy));
        }
        if let Some(listener) = metrics {
            tokio::spawn(vigie_server::metrics::serve(store.clone(), listener, stop_signal()));
        }
        if let Some(file) = &args.ready_file {
            ready(file, &url)?;
        }
        notify::tell("READY=1");
        if let Some(every) = notify::watchdog() {
            let alive = store.clone();
            tokio::spawn(notify::live(every, move || alive.read(|views| views.size()).is_ok()));
        }
        let server = Server::new(store.clone(), options);
        let served = server.serve_on(listener, tls, stop_signal()).await;
        notify::tell("STOPPING=1");
        feeds.abort();
        outward.abort();
        served.map_err(Failure::ours)
    })?;
    drop(drops);
    drop(backups);
    drop(meanings);
    drop(engines);
    Ok(DONE)
}

fn bound(address: SocketAddr) -> Result<TcpListener, Failure> {
    let refused = |cause| Failure::told("serve-cannot-listen").with("address", address).with("cause", cause);
    TcpListener::bind(address).map_err(refused)
}

/// Counts tell nobody's words, but how much a mission hears is its own affair.
fn counted(address: SocketAddr) -> Result<TcpListener, Failure> {
    if !address.ip().is_loopback() {
        return Err(Failure::told("serve-metrics-loopback").with("address", address));
    }
    bound(address)
}

/// What the public reads, until the site stops.
async fn show_public(store: Store, listener: TcpListener, url: Option<String>, behind_proxy: bool) {
    let address = listener.local_addr().map(|address| format!("http://{address}"));
    let base = url.or(address.ok()).unwrap_or_default();
    tracing::info!(%base, "public pages");
    let options = PublicOptions { base, behind_proxy };
    if let Err(error) = vigie_server::public::serve(store, listener, options, stop_signal()).await {
        tracing::error!(%error, "the public pages stopped");
    }
}

/// A simulated clock belongs to demo stores; it goes on from the last entry.
fn sim_clock(args: &Serve, config: &Config) -> Result<Option<Arc<SimClock>>, Failure> {
    if args.clock == ClockKind::System {
        return Ok(None);
    }
    let (opened, last_at) = Store::peek(&config.site)?;
    if !opened.demo {
        return Err(Failure::told("serve-sim-needs-demo"));
    }
    Ok(Some(Arc::new(SimClock::new(last_at))))
}

fn tls(
    args: &Serve,
    config: &Config,
    store: &Store,
    hosts: &[String],
    listen: SocketAddr,
) -> Result<TlsMode, Failure> {
    if args.behind_proxy || config.behind_proxy {
        return Ok(TlsMode::BehindProxy);
    }
    if !args.tls && !config.tls {
        return Ok(TlsMode::Loopback);
    }
    let files = CertificateFiles::in_site(store.dir());
    if !files.certificate.exists() {
        let mut names = hosts.to_vec();
        if !listen.ip().is_unspecified() {
            names.push(listen.ip().to_string());
        }
        files.make(&store.site().site, &names, SystemClock.now()).map_err(Failure::ours)?;
    }
    Ok(TlsMode::Own(files))
}

/// Says where the site is, and how the first administrator comes in. The code goes to standard output only.
fn announce(store: &Store, tls: &TlsMode, url: &str, say: &Say) -> Result<(), Failure> {
    let mut lines = vec![
        say.text("serve-ready", &[("site", store.site().site.as_str().into()), ("address", url.into())]),
    ];
    if let TlsMode::Own(files) = tls {
        let fingerprint = files.fingerprint().map_err(Failure::ours)?;
        lines.push(say.text("serve-fingerprint", &[("fingerprint", fingerprint.as_str().into())]));
    }
    let code = match first_admin_token(store) {
        Ok(code) => Some(code),
        Err(WelcomeError::AlreadyStaffed) => None,
        Err(cause) => return Err(Failure::ours(cause)),
    };
    if let Some(code) = &code {
        let minutes = FIRST_ADMIN_MINUTES;
        let args = [("address", url.into()), ("code", code.as_str().into()), ("minutes", minutes.into())];
        lines.push(say.text("serve-first-admin", &args));
    }
    say.answer(&serde_json::json!({"address": url, "first_admin_code": code}), || lines)
}

fn options(
    args: &Serve,
    store: &Store,
    sim_clock: Option<Arc<SimClock>>,
    hosts: Vec<String>,
) -> ServerOptions {
    let dir = store.dir().to_owned();
    let copied = dir.clone();
    let demo = store.site().demo;
    ServerOptions {
        ui: args.ui.clone().map_or(Ui::Embedded, Ui::Folder),
        hosts,
        sim_clock,
        verifier: Some(Arc::new(move || verify(&dir))),
        tamperer: demo.then(|| -> vigie_server::Tamperer { Arc::new(move || exercise::tamper(&copied)) }),
        feed_tester: (!demo).then(|| -> vigie_server::FeedTester { Arc::new(feeds::try_for_screen) }),
        ..ServerOptions::default()
    }
}

fn doctor_of(store: &Store, config: &Config) -> Doctor {
    let (store, config) = (store.clone(), config.clone());
    Arc::new(move |lang| {
        let say = Say::new(Some(lang.tag()), false, true);
        doctor::of_served(&store, &config, &say).map_err(|failure| failure.sentence(&say))
    })
}

fn verify(dir: &Path) -> Result<JournalCheck, String> {
    let report = vigie_verify::verify(dir, &Demands::default()).map_err(|cause| cause.to_string())?;
    Ok(JournalCheck {
        ok: report.ok,
        entries: report.entries,
        first_bad: report.first_bad,
        reason: report.reason,
    })
}

/// Written whole or not at all: whoever waits for it reads an address, never half of one.
fn ready(file: &Path, url: &str) -> Result<(), Failure> {
    let half = file.with_extension("half");
    let io = |cause| Failure::told("store-io").with("path", file.display()).with("cause", cause);
    std::fs::write(&half, format!("{url}\n")).map_err(io)?;
    std::fs::rename(&half, file).map_err(io)
}

/// Ends with Ctrl-C, or when the service manager says so.
async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _ = interrupt.await;
}
