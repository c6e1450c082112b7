//! The server itself: the layers around the routes, and the socket they are served on.

use crate::deadline::{Deadlined, UNREAD_MAX};
use crate::options::ServerOptions;
use crate::refusal::Refusal;
use crate::state::App;
use crate::tls::{TlsError, TlsMode};
use crate::{api, assets, gate, guard, live, refusal};
use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum_server::Handle;
use axum_server::accept::{Accept, DefaultAcceptor, NoDelayAcceptor};
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use hyper_util::rt::TokioTimer;
use std::any::Any;
use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;
use tokio::net::TcpStream;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use vigie_store::Store;

/// How long requests that are being answered may take after the server was told to stop.
pub(crate) const GRACE: Duration = Duration::from_secs(10);
/// How long a caller may take to send its headers.
const HEADERS: Duration = Duration::from_secs(10);
/// Time between two writes of what the intake refused.
const FLUSH: Duration = Duration::from_secs(1);

/// Why the server did not start or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// TLS, or the rule that asks for it.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// Which address.
        address: SocketAddr,
        /// Why.
        cause: std::io::Error,
    },
    /// The socket failed while serving.
    #[error("the server stopped: {0}")]
    Stopped(std::io::Error),
}

/// A site's front desk.
pub struct Server {
    store: Store,
    options: ServerOptions,
}

impl Server {
    /// A server over `store`; it starts with [`Self::serve`] or [`Self::router`].
    pub const fn new(store: Store, options: ServerOptions) -> Self {
        Self { store, options }
    }

    /// The routes with every layer, for a test or another listener. Starts the live stream's task, so it must be
    /// called within a Tokio runtime.
    pub fn router(self) -> Router {
        self.start().1
    }

    fn start(self) -> (App, Router) {
        let app = App::new(self.store, self.options);
        let hub = std::sync::Arc::clone(&app.hub);
        app.store.on_commit(Box::new(move |size| hub.committed(size)));
        tokio::spawn(live::broadcast(app.clone()));
        tokio::spawn(flush(app.clone()));
        (app.clone(), router(app))
    }

    /// Listens on `listen` until `shutdown` comes, then lets answers finish and ends live streams.
    pub async fn serve(
        self,
        listen: SocketAddr,
        tls: TlsMode,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        tls.check(listen)?;
        let cannot = |cause| ServeError::Listen { address: listen, cause };
        let listener = TcpListener::bind(listen).map_err(cannot)?;
        self.serve_on(listener, tls, shutdown).await
    }

    /// The same on a socket that is already bound: the caller knows the port before the first request.
    pub async fn serve_on(
        mut self,
        listener: TcpListener,
        tls: TlsMode,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        let address = listener.local_addr().map_err(ServeError::Stopped)?;
        tls.check(address)?;
        listener.set_nonblocking(true).map_err(ServeError::Stopped)?;
        self.options.secure = tls.is_secure();
        self.options.behind_proxy = tls == TlsMode::BehindProxy;
        let (app, router) = self.start();
        let handle = Handle::new();
        tokio::spawn(stop_when(shutdown, app.clone(), handle.clone()));
        tracing::info!(address = %address, secure = tls.is_secure(), "listening");
        let served = match &tls {
            TlsMode::Own(files) => {
                let config = RustlsConfig::from_config(files.config()?);
                let acceptor = RustlsAcceptor::new(config).acceptor(NoDelayAcceptor::new());
                listen_with(listener, acceptor, handle, router).await
            }
            TlsMode::Loopback | TlsMode::BehindProxy => {
                listen_with(listener, NoDelayAcceptor::new(), handle, router).await
            }
        };
        app.closing.send_replace(true);
        flush_once(&app).await;
        served.map_err(ServeError::Stopped)
    }
}

async fn stop_when(shutdown: impl Future<Output = ()>, app: App, handle: Handle<SocketAddr>) {
    shutdown.await;
    // Live streams end first: a connection that never ends would use up the whole grace.
    app.closing.send_replace(true);
    handle.graceful_shutdown(Some(GRACE));
}

pub(crate) async fn listen_with<A>(
    listener: TcpListener,
    acceptor: A,
    handle: Handle<SocketAddr>,
    router: Router,
) -> std::io::Result<()>
where
    A: Accept<TcpStream, axum::middleware::AddExtension<Router, axum::extract::ConnectInfo<SocketAddr>>>
        + Clone
        + Send
        + Sync
        + 'static,
    A::Stream: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send,
    A::Service: axum_server::service::SendService<axum::http::Request<hyper::body::Incoming>> + Send,
    A::Future: Send + 'static,
{
    let mut server = axum_server::from_tcp(listener)?
        .handle(handle)
        .map(|_: DefaultAcceptor| Deadlined::new(acceptor, UNREAD_MAX));
    server.http_builder().http1().timer(TokioTimer::new()).header_read_timeout(HEADERS);
    server.serve(router.into_make_service_with_connect_info::<SocketAddr>()).await
}

async fn flush_once(app: &App) {
    let flushed = app.blocking(|app| {
        app.intake.flush(&app.store);
        Ok(())
    });
    if flushed.await.is_err() {
        tracing::warn!("meters not written");
    }
}

/// Writes what the intake refused, once a second, until the server closes.
async fn flush(app: App) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(FLUSH) => {}
            () = app.closed() => return,
        }
        flush_once(&app).await;
    }
}

fn router(app: App) -> Router {
    let panics = app.clone();
    let compressible = DefaultPredicate::new()
        .and(NotForContentType::const_new("audio/"))
        .and(NotForContentType::const_new("application/octet-stream"));
    api::router()
        .route_layer(from_fn_with_state(app.clone(), guard::bodies))
        .route_layer(from_fn_with_state(app.clone(), gate::gate))
        .fallback(assets::page)
        // From here on: the later, the further out.
        .layer(from_fn(guard::in_time))
        .layer(CatchPanicLayer::custom(move |panic: Box<dyn Any + Send>| after_panic(&panics, &*panic)))
        .layer(from_fn_with_state(app.clone(), guard::origin))
        .layer(from_fn(refusal::speak))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(6)).compress_when(compressible))
        .layer(from_fn(guard::headers))
        .layer(from_fn(guard::log))
        .with_state(app)
}

/// One request failed by a fault of ours; it is counted and the others go on.
fn after_panic(app: &App, panic: &(dyn Any + Send)) -> Response {
    app.count_panic();
    let said = panic.downcast_ref::<&str>().map(ToString::to_string);
    let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    tracing::error!(cause = ?said, "request panicked");
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "server-our-fault").into_response()
}
