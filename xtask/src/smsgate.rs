//! A text-message gateway on this machine that behaves like real ones: slow, now and then down, sometimes twice.
//!
//! It takes `POST /send {"id", "to", "text"}`, answers `{"id"}`, delivers to telephones that exist in its memory only, and
//! posts receipts to the site's intake. A message whose `id` it knows is accepted and not sent again. `GET /sent` lists
//! what its telephones got; `POST /from {"from", "text"}` is a telephone that writes to the mission.

use crate::tools::Told;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How the gateway behaves.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:9460")]
    pub listen: SocketAddr,
    /// The site's intake for this gateway, such as `http://127.0.0.1:8460/intake/sms`.
    #[arg(long)]
    pub intake: String,
    /// The intake's key.
    #[arg(long)]
    pub key: String,
    /// Milliseconds between accepting a message and its receipt.
    #[arg(long, default_value_t = 200)]
    pub delay_ms: u64,
    /// Every n-th send is answered 503; 0 never.
    #[arg(long, default_value_t = 0)]
    pub fail_every: u32,
    /// Every n-th receipt and incoming message is posted twice; 0 never.
    #[arg(long, default_value_t = 0)]
    pub twice_every: u32,
    /// Accept everything and deliver nothing.
    #[arg(long)]
    pub deliver_nothing: bool,
}

/// One message that a telephone got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Got {
    /// The id that the site gave it.
    pub id: String,
    /// The telephone.
    pub to: String,
    /// The text.
    pub text: String,
}

#[derive(Default)]
struct Memory {
    asked: u32,
    posted: u32,
    written: u32,
    known: BTreeSet<String>,
    got: Vec<Got>,
}

/// A running gateway.
#[derive(Clone)]
pub struct Gate {
    args: Arc<Args>,
    memory: Arc<Mutex<Memory>>,
    http: reqwest::Client,
}

impl Gate {
    /// A gateway that has not begun to listen.
    pub fn new(args: Args) -> Self {
        Self { args: Arc::new(args), memory: Arc::default(), http: reqwest::Client::new() }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the telephones got so far.
    pub fn got(&self) -> Vec<Got> {
        self.memory().got.clone()
    }

    /// Serves until the runtime ends.
    pub async fn serve(self, listener: tokio::net::TcpListener) -> Result<(), Told> {
        let router = axum::Router::new()
            .route("/send", post(send))
            .route("/from", post(from))
            .route("/sent", get(|State(gate): State<Self>| async move { Json(gate.got()) }))
            .with_state(self);
        axum::serve(listener, router).await.map_err(|cause| cause.to_string())
    }

    /// A telephone writes to the mission.
    pub async fn write(&self, from: &str, text: &str) -> Result<(), Told> {
        let n = {
            let mut memory = self.memory();
            memory.written += 1;
            memory.written
        };
        self.post(&json!({ "id": format!("in-{n}"), "author": from, "text": text })).await
    }

    async fn post(&self, body: &Value) -> Result<(), Told> {
        let n = {
            let mut memory = self.memory();
            memory.posted += 1;
            memory.posted
        };
        let times = if self.args.twice_every > 0 && n % self.args.twice_every == 0 { 2 } else { 1 };
        for _ in 0..times {
            let sent = self.http.post(&self.args.intake).bearer_auth(&self.args.key).json(body).send().await;
            let status = sent.map_err(|cause| cause.to_string())?.status();
            if !status.is_success() {
                return Err(format!("the intake answers {status}"));
            }
        }
        Ok(())
    }

    async fn deliver(self, message: Got) {
        tokio::time::sleep(Duration::from_millis(self.args.delay_ms)).await;
        let receipt = json!({ "receipt": message.id, "status": "delivered" });
        self.memory().got.push(message);
        if let Err(cause) = self.post(&receipt).await {
            eprintln!("receipt not taken: {cause}");
        }
    }
}

async fn send(State(gate): State<Gate>, Json(message): Json<Got>) -> (StatusCode, Json<Value>) {
    let (fails, new) = {
        let mut memory = gate.memory();
        memory.asked += 1;
        let fails = gate.args.fail_every > 0 && memory.asked % gate.args.fail_every == 0;
        (fails, !fails && memory.known.insert(message.id.clone()))
    };
    if fails {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "error": "try again" })));
    }
    let id = message.id.clone();
    if new && !gate.args.deliver_nothing {
        tokio::spawn(gate.deliver(message));
    }
    (StatusCode::ACCEPTED, Json(json!({ "id": id })))
}

#[derive(Deserialize)]
struct Written {
    from: String,
    text: String,
}

async fn from(State(gate): State<Gate>, Json(written): Json<Written>) -> (StatusCode, String) {
    match gate.write(&written.from, &written.text).await {
        Ok(()) => (StatusCode::ACCEPTED, String::new()),
        Err(cause) => (StatusCode::BAD_GATEWAY, cause),
    }
}

/// Runs it until interrupted.
pub fn run(args: Args) -> Result<(), Told> {
    let runtime = tokio::runtime::Runtime::new().map_err(|cause| cause.to_string())?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.listen).await.map_err(|cause| cause.to_string())?;
        eprintln!("text-message gateway on http://{}", args.listen);
        Gate::new(args).serve(listener).await
    })
}
