//! A web server on a free port of this machine.

use axum::Router;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use vigie_gateways::fetch::Fetcher;
use vigie_gateways::guard::{Allowed, Looking, Lookup};
use vigie_model::{Limits, SourceEntry};

/// A running server; it stops with its test.
pub struct Server {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Serves `pages`.
    pub async fn start(pages: Router) -> Self {
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = connections.clone();
        let pages = pages.layer(axum::middleware::from_fn(move |request, next: axum::middleware::Next| {
            counted.fetch_add(1, Ordering::SeqCst);
            next.run(request)
        }));
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        tokio::spawn(async move { axum::serve(listener, pages).await });
        Self { address, connections }
    }

    /// How many requests have come.
    pub fn requests(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What an administrator writes to allow this server.
    pub fn allowed(&self) -> Allowed {
        Allowed::read(&[self.address.to_string()]).expect("host and port")
    }

    /// A register entry for a feed at `path`.
    pub fn entry(&self, path: &str) -> SourceEntry {
        let entry = serde_json::json!({
            "id": "radio-test", "name": "Radio Test", "kind": "post", "connector": "feed", "url": self.url(path),
            "purpose": "test", "basis": "test", "owner": "test desk", "retention_days": 30,
            "allow_private": [self.address.to_string()],
        });
        serde_json::from_value(entry).expect("a complete entry")
    }
}

/// Every name is this machine.
pub struct ToLoopback;

impl Lookup for ToLoopback {
    fn lookup(&self, _: &str) -> Looking {
        Box::pin(async { Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]) })
    }
}

/// A fetcher for which every name is this machine.
pub fn loopback_fetcher() -> Fetcher {
    Fetcher::with_lookup(Arc::new(ToLoopback))
}

/// Bounds of 64 KiB and 2 s.
pub const SMALL: Limits = Limits { bytes_max: 64 << 10, time_ms_max: 2_000, ..Limits::FEED };
