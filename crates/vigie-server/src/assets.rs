//! The pages: files built from `ui/`, inside the binary or in a folder.
//!
//! Every path that names no file gets the shell, so that a narrative's address can be opened as it stands. Names
//! that carry their own hash never change and are kept by the browser for a year; the shell is asked for each time.

use crate::options::Ui;
use crate::refusal::Refusal;
use crate::state::App;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;
use std::borrow::Cow;
use std::path::{Component, Path};

#[derive(Embed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Built;

const SHELL: &str = "index.html";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Vigie</title>\
    <h1>Vigie</h1><p>The server runs. Its screens are not built into this binary.</p>\
    <p>Build them and the binary again: <code>cargo xtask demo</code>, \
    or <code>npm ci &amp;&amp; npm run build</code> in <code>ui/</code> and then <code>cargo build</code>.</p>\
    <p lang=\"fr\">Le serveur fonctionne. Ses écrans ne sont pas compris dans cet exécutable&nbsp;: \
    lancez <code>cargo xtask demo</code>.</p></html>";

struct File {
    bytes: Cow<'static, [u8]>,
    media_type: String,
}

/// Answers any path outside the API.
pub(crate) async fn page(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    if ["/api/", "/intake/", "/enter/"].iter().any(|start| uri.path().starts_with(start)) {
        return Refusal::nothing().into_response();
    }
    let path = uri.path().trim_start_matches('/');
    let asked = if path.is_empty() { SHELL } else { path };
    // A name with an ending is a file; anything else is an address within the shell.
    let is_file = Path::new(asked).extension().is_some();
    let compressed =
        accepts_brotli(&headers).then(|| find(&app.options.ui, &format!("{asked}.br"))).flatten();
    let plain_type = || mime_guess_of(asked);
    if let Some(file) = compressed {
        return answer(asked, File { media_type: plain_type(), ..file }, true, &headers);
    }
    if let Some(file) = find(&app.options.ui, asked) {
        return answer(asked, file, false, &headers);
    }
    if is_file && asked != SHELL {
        return StatusCode::NOT_FOUND.into_response();
    }
    shell(&app.options.ui, &headers)
}

fn shell(ui: &Ui, headers: &HeaderMap) -> Response {
    if accepts_brotli(headers)
        && let Some(file) = find(ui, "index.html.br")
    {
        return answer(SHELL, File { media_type: mime_guess_of(SHELL), ..file }, true, headers);
    }
    match find(ui, SHELL) {
        Some(file) => answer(SHELL, file, false, headers),
        None => not_built(),
    }
}

fn not_built() -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], NOT_BUILT)
        .into_response()
}

fn find(ui: &Ui, path: &str) -> Option<File> {
    match ui {
        Ui::Embedded => {
            let file = Built::get(path)?;
            Some(File { media_type: file.metadata.mimetype().to_owned(), bytes: file.data })
        }
        Ui::Folder(folder) => {
            let relative = Path::new(path);
            // Nothing but plain names: no `..`, no absolute path.
            let plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
            let bytes = plain.then(|| std::fs::read(folder.join(relative)).ok()).flatten()?;
            Some(File { media_type: mime_guess_of(path), bytes: bytes.into() })
        }
    }
}

/// The few types that a build of the screens holds.
fn mime_guess_of(path: &str) -> String {
    let ending = Path::new(path).extension().and_then(|e| e.to_str()).unwrap_or_default();
    match ending {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" | "ftl" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
    .to_owned()
}

fn answer(path: &str, file: File, brotli: bool, headers: &HeaderMap) -> Response {
    let tag = etag(&file.bytes);
    let unchanged =
        headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(file.bytes.into_owned()))
    };
    let kept = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    if let Ok(kind) = HeaderValue::from_str(&file.media_type) {
        out.insert(header::CONTENT_TYPE, kind);
    }
    if brotli {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

fn etag(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let hash = hex::encode(&Sha256::digest(bytes)[..8]);
    format!("\"{hash}\"")
}

/// Whether a name carries its own hash, as a build writes it: `assets/index-B1x9_kQa.js`.
fn is_hashed(path: &str) -> bool {
    let stem = path.strip_prefix("assets/").and_then(|name| name.split('.').next());
    stem.and_then(|stem| stem.rsplit_once('-')).is_some_and(|(_, hash)| hash.len() >= 8)
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    accepts.split(',').any(|coding| {
        let mut parts = coding.split(';');
        let named = parts.next().is_some_and(|name| name.trim().eq_ignore_ascii_case("br"));
        let refused = parts.any(|p| matches!(p.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_their_hash_are_kept_for_a_year() {
        assert!(is_hashed("assets/index-B1x9_kQa.js"));
        assert!(!is_hashed("index.html"));
        assert!(!is_hashed("assets/logo.svg"));
    }

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        let takes = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            accepts_brotli(&headers)
        };
        assert!(takes("gzip, br;q=0.9"));
        assert!(!takes("gzip, br;q=0"));
        assert!(!takes("brotli"));
    }

    #[test]
    fn a_path_cannot_leave_the_folder() {
        let dir = tempfile::tempdir().expect("folder");
        let ui = dir.path().join("ui");
        std::fs::create_dir(&ui).expect("made");
        std::fs::write(ui.join("index.html"), "shell").expect("written");
        std::fs::write(dir.path().join("secret.txt"), "secret").expect("written");
        let ui = Ui::Folder(ui);
        assert!(find(&ui, "index.html").is_some());
        for path in ["../secret.txt", "/etc/passwd", "a/../../secret.txt"] {
            assert!(find(&ui, path).is_none(), "{path}");
        }
    }
}
