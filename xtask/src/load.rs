//! A steady stream of signals, and screens that wait for them.

use crate::bench::Live;
use crate::site::DemoSite;
use crate::tools::{Told, root};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use vigie_model::{NarrativeId, SignalId};

/// How long signals were on their way.
#[derive(Debug, Clone, Copy)]
pub struct Delays {
    /// Pairs of signal and screen that never met.
    pub lost: usize,
    /// Half of the pairs met within.
    pub p50: Duration,
    /// 99 of 100 met within.
    pub p99: Duration,
}

impl std::fmt::Display for Delays {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (p50, p99) = (self.p50.as_millis(), self.p99.as_millis());
        write!(f, "half within {p50} ms, 99 % within {p99} ms, {} lost", self.lost)
    }
}

/// What the screens saw.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Signals posted and acknowledged.
    pub posted: usize,
    /// Until the screens' streams had brought them.
    pub streams: Delays,
    /// Until the page in a browser had painted them, where there was one.
    pub painted: Option<Delays>,
    /// Messages a second to one screen, at most.
    pub messages_per_s: f64,
    /// Bytes of one item, at most.
    pub item_bytes: usize,
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} signals posted; posted to on screen: {}; at most {:.1} messages/s a screen, {} bytes an item",
            self.posted, self.streams, self.messages_per_s, self.item_bytes
        )?;
        match &self.painted {
            Some(painted) => write!(f, "; posted to painted in Chromium: {painted}"),
            None => Ok(()),
        }
    }
}

/// First sight of each narrative on one screen.
#[derive(Default)]
struct Screen {
    first: HashMap<String, Instant>,
    messages: usize,
    item_bytes: usize,
}

type Shared<T> = Arc<Mutex<T>>;

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long after the last post the screens may still be waiting.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a page may take to paint what the streams have brought already.
const SETTLED: Duration = Duration::from_secs(2);

/// Runs the load on the site served at `base`; `reader` looks at the screens.
pub async fn run(site: &DemoSite, reader: &str, base: &str, args: &Live) -> Result<Seen, Told> {
    let token = site.enter.get(reader).ok_or("the site has no one-click link")?;
    let cookie = enter(base, token).await?;
    let browser = if args.browser { Some(Browser::open(base, token)?) } else { None };
    let streams = args.screens.saturating_sub(u64::from(args.browser));
    let screens: Vec<Shared<Screen>> = (0..streams).map(|_| Shared::default()).collect();
    let mut watching = tokio::task::JoinSet::new();
    for screen in &screens {
        watching.spawn(watch(base.to_owned(), cookie.clone(), screen.clone()));
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let since = Instant::now();
    let posted = post_all(site, base, args).await?;
    let took = since.elapsed();
    let deadline = Instant::now() + PATIENCE;
    while lost(&posted, &screens) > 0 && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    tokio::time::sleep(SETTLED).await;
    watching.abort_all();
    let mut seen = judge(&posted, &screens, took);
    if let Some(browser) = browser {
        let page = Screen { first: browser.painted()?, ..Screen::default() };
        seen.painted = Some(delays(&posted, &[Arc::new(Mutex::new(page))]));
    }
    Ok(seen)
}

async fn enter(base: &str, token: &str) -> Result<String, Told> {
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|cause| cause.to_string())?;
    let answer = http.get(format!("{base}/enter/{token}")).send().await.map_err(|cause| cause.to_string())?;
    let cookie = answer.headers().get("set-cookie").and_then(|value| value.to_str().ok());
    let cookie = cookie.and_then(|text| text.split(';').next());
    cookie.map(ToOwned::to_owned).ok_or_else(|| format!("no session: {}", answer.status()))
}

/// Reads the live stream as a screen does.
async fn watch(base: String, cookie: String, screen: Shared<Screen>) -> Result<(), Told> {
    let told = |cause: reqwest::Error| cause.to_string();
    let http = reqwest::Client::new();
    let mut answer =
        http.get(format!("{base}/api/v1/live")).header("cookie", cookie).send().await.map_err(told)?;
    let mut waiting = String::new();
    while let Some(piece) = answer.chunk().await.map_err(told)? {
        waiting.push_str(&String::from_utf8_lossy(&piece));
        while let Some(end) = waiting.find("\n\n") {
            let message: String = waiting.drain(..end + 2).collect();
            note(&message, &screen);
        }
    }
    Ok(())
}

fn note(message: &str, screen: &Shared<Screen>) {
    let now = Instant::now();
    let line = |name: &str| message.lines().find_map(|line| line.strip_prefix(name)).map(str::trim_start);
    if line("event:") != Some("rows") {
        return;
    }
    let Some(body) = line("data:").and_then(|data| serde_json::from_str::<Value>(data).ok()) else { return };
    let mut screen = lock(screen);
    screen.messages += 1;
    for row in body["rows"].as_array().into_iter().flatten() {
        screen.item_bytes = screen.item_bytes.max(row.to_string().len());
        if let Some(id) = row["id"].as_str() {
            screen.first.entry(id.to_owned()).or_insert(now);
        }
    }
}

/// Posts at a steady pace; gives when each narrative's first signal was sent.
async fn post_all(site: &DemoSite, base: &str, args: &Live) -> Result<HashMap<String, Instant>, Told> {
    let (source, key) = site.credentials.keys.iter().next().ok_or("the site has no source")?;
    let url = format!("{base}/intake/{source}");
    let http =
        reqwest::Client::builder().pool_max_idle_per_host(32).build().map_err(|cause| cause.to_string())?;
    let posted: Shared<HashMap<String, Instant>> = Shared::default();
    let mut sending = tokio::task::JoinSet::new();
    let mut tick = tokio::time::interval(Duration::from_secs_f64(1.0 / args.per_second.max(1) as f64));
    for n in 0..args.seconds * args.per_second {
        tick.tick().await;
        let (http, url, key, posted) = (http.clone(), url.clone(), key.clone(), posted.clone());
        sending.spawn(async move {
            let word = |salt: u64| ((n + 1) * (salt * 2 + 7_919) % 999_983).to_string();
            let text =
                format!("mot{} route{} puits{} marché{} pont{}", word(1), word(2), word(3), word(4), word(5));
            let sent = Instant::now();
            let message = json!({ "id": format!("load-{n}"), "text": text, "lang": "fr" });
            let answer = http
                .post(url)
                .bearer_auth(key)
                .json(&message)
                .send()
                .await
                .map_err(|cause| cause.to_string())?;
            let status = answer.status();
            let body: Value = answer.json().await.map_err(|cause| format!("{status}: {cause}"))?;
            let id = body["id"].as_str().and_then(|id| id.parse::<SignalId>().ok());
            let id = id.ok_or_else(|| format!("{status}: {body}"))?;
            lock(&posted).insert(NarrativeId::founded_by(id).to_string(), sent);
            Ok::<(), Told>(())
        });
    }
    while let Some(sent) = sending.join_next().await {
        sent.map_err(|cause| cause.to_string())??;
    }
    let all = lock(&posted).clone();
    Ok(all)
}

fn lost(posted: &HashMap<String, Instant>, screens: &[Shared<Screen>]) -> usize {
    screens
        .iter()
        .map(|screen| {
            let screen = lock(screen);
            posted.keys().filter(|id| !screen.first.contains_key(*id)).count()
        })
        .sum()
}

fn judge(posted: &HashMap<String, Instant>, screens: &[Shared<Screen>], took: Duration) -> Seen {
    let most = |count: fn(&Screen) -> usize| screens.iter().map(|one| count(&lock(one))).max().unwrap_or(0);
    Seen {
        posted: posted.len(),
        streams: delays(posted, screens),
        painted: None,
        messages_per_s: most(|screen| screen.messages) as f64 / took.as_secs_f64().max(0.001),
        item_bytes: most(|screen| screen.item_bytes),
    }
}

fn delays(posted: &HashMap<String, Instant>, screens: &[Shared<Screen>]) -> Delays {
    let mut delays: Vec<Duration> = Vec::new();
    for screen in screens {
        let screen = lock(screen);
        delays.extend(
            posted.iter().filter_map(|(id, sent)| {
                screen.first.get(id).map(|seen| seen.saturating_duration_since(*sent))
            }),
        );
    }
    delays.sort_unstable();
    let at = |share: f64| {
        let nth = ((delays.len() as f64 * share) as usize).min(delays.len().saturating_sub(1));
        delays.get(nth).copied().unwrap_or_default()
    };
    Delays { lost: lost(posted, screens), p50: at(0.5), p99: at(0.99) }
}

/// A page of Monitoring in Chromium that notes when it painted what.
struct Browser {
    child: Child,
    said: BufReader<ChildStdout>,
    /// The same moment on both clocks: the page tells the time of day.
    anchor: (Instant, SystemTime),
}

impl Browser {
    fn open(base: &str, token: &str) -> Result<Self, Told> {
        let mut child = Command::new("node")
            .arg("e2e/painted.mjs")
            .current_dir(root().join("ui"))
            .env("BASE_URL", base)
            .env("LINK", format!("/enter/{token}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|cause| format!("node e2e/painted.mjs: {cause}"))?;
        let said = child.stdout.take().ok_or("the browser has no output")?;
        let anchor = (Instant::now(), SystemTime::now());
        let mut browser = Self { child, said: BufReader::new(said), anchor };
        if browser.line()?.trim() == "ready" { Ok(browser) } else { Err("no page in the browser".to_owned()) }
    }

    fn line(&mut self) -> Result<String, Told> {
        let mut line = String::new();
        self.said.read_line(&mut line).map_err(|cause| cause.to_string())?;
        Ok(line)
    }

    /// Closes the page and gives when it first painted each narrative.
    fn painted(mut self) -> Result<HashMap<String, Instant>, Told> {
        drop(self.child.stdin.take());
        let told: HashMap<String, f64> =
            serde_json::from_str(&self.line()?).map_err(|cause| cause.to_string())?;
        let _ = self.child.wait();
        let (instant, day) = self.anchor;
        let at = |ms: f64| {
            let since = SystemTime::UNIX_EPOCH + Duration::from_secs_f64(ms / 1_000.0);
            instant + since.duration_since(day).unwrap_or_default()
        };
        Ok(told.into_iter().map(|(id, ms)| (id, at(ms))).collect())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
