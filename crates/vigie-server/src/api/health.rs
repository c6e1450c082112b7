//! Whether the process lives and whether it can serve.

use crate::refusal::Refusal;
use crate::state::App;
use axum::extract::State;
use axum::http::StatusCode;

/// The process lives.
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, description = "Alive", body = String)))]
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// The views answer.
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 200, description = "Ready", body = String)))]
pub(crate) async fn readyz(State(app): State<App>) -> Result<&'static str, Refusal> {
    if *app.closing.borrow() {
        return Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "server-closing"));
    }
    app.read(|views, _| Ok(views.size()?)).await.map(|_| "ready\n")
}
