//! Files that come with signals: kept as they are, shown only where a browser cannot be fooled by them.

use super::said::{Asked, At, bytes};
use crate::gate::{Asker, Known, note_denial};
use crate::protected;
use crate::refusal::Refusal;
use crate::state::App;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use vigie_model::{AttachmentId, CopyTaken, Event};
use vigie_store::{AttachmentRow, Draft, Outcome, Views};

const NAME_CHARS_MAX: usize = 200;
/// RFC 5987 `attr-char`, near enough: what may stand in a file name without being escaped.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// A file that is on disk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachmentKept {
    /// Identifier.
    id: Uuid,
    /// Media type found in the bytes.
    media_type: String,
    /// Length.
    bytes: u64,
    /// SHA-256 of the file, hexadecimal.
    sha256: String,
}

impl From<AttachmentRow> for AttachmentKept {
    fn from(row: AttachmentRow) -> Self {
        Self { id: row.id.uuid(), media_type: row.media_type, bytes: row.bytes, sha256: row.sha256 }
    }
}

/// Keeps a file, to be named by a signal afterwards.
#[utoipa::path(post, path = "/api/v1/attachments", tag = "monitoring",
    params(("x-name" = String, Header, description = "File name, percent-encoded"),
           ("x-client-id" = Uuid, Header, description = "Made by the screen: the same one again is the same file")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = AttachmentKept), (status = 200, description = "It was there already", body = AttachmentKept)))]
pub(crate) async fn keep(
    State(app): State<App>,
    Known(asker): Known,
    request: Request,
) -> Result<Response, Refusal> {
    let name = file_name(request.headers())?;
    let id = request.headers().get("x-client-id").and_then(|v| v.to_str().ok());
    let id: AttachmentId = id.and_then(|id| id.parse().ok()).ok_or_else(|| Refusal::field("x-client-id"))?;
    let file = bytes(request, &app).await?;
    if file.is_empty() {
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "server-file-empty"));
    }
    let (status, kept) = app
        .blocking(move |app| {
            let known = || app.look(|views| Ok(views.attachment_row(id)?));
            if let Some(row) = known()? {
                return same_file(row, &file);
            }
            let (kept, outcome) =
                app.store.keep_attachment(asker.actor(), id, &name, found_in(&file), &file)?;
            if let Outcome::Repeated { .. } = outcome {
                return same_file(known()?.ok_or_else(|| Refusal::ours("store", "file without row"))?, &file);
            }
            let kept = AttachmentKept {
                id: kept.id.uuid(),
                media_type: kept.media_type,
                bytes: kept.bytes,
                sha256: kept.sha256,
            };
            Ok((StatusCode::CREATED, kept))
        })
        .await?;
    Ok((status, Json(kept)).into_response())
}

/// The same id again: the same file, or a refusal that tells nothing of the one that is there.
fn same_file(row: AttachmentRow, file: &[u8]) -> Result<(StatusCode, AttachmentKept), Refusal> {
    if row.sha256 == hex::encode(Sha256::digest(file)) {
        return Ok((StatusCode::OK, row.into()));
    }
    Err(Refusal::new(StatusCode::CONFLICT, "server-id-taken"))
}

fn file_name(headers: &HeaderMap) -> Result<String, Refusal> {
    let encoded =
        headers.get("x-name").and_then(|v| v.to_str().ok()).ok_or_else(|| Refusal::field("x-name"))?;
    let name = percent_decode_str(encoded).decode_utf8().map_err(|_| Refusal::field("x-name"))?;
    // The name is text, never a path; control characters would only harm those who read it.
    let name: String = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
    if name.trim().is_empty() { Err(Refusal::field("x-name")) } else { Ok(name) }
}

/// The media type that the first bytes show.
fn found_in(file: &[u8]) -> &'static str {
    let riff = |form: &[u8]| file.starts_with(b"RIFF") && file.get(8..12) == Some(form);
    let brand = if file.get(4..8) == Some(b"ftyp") { file.get(8..12).unwrap_or_default() } else { b"" };
    match file {
        _ if file.starts_with(b"\x89PNG\r\n\x1a\n") => "image/png",
        _ if file.starts_with(b"\xff\xd8\xff") => "image/jpeg",
        _ if file.starts_with(b"GIF87a") || file.starts_with(b"GIF89a") => "image/gif",
        _ if riff(b"WEBP") => "image/webp",
        _ if riff(b"WAVE") => "audio/wav",
        _ if file.starts_with(b"OggS") => "audio/ogg",
        _ if file.starts_with(b"fLaC") => "audio/flac",
        _ if file.starts_with(b"ID3") || file.starts_with(b"\xff\xfb") || file.starts_with(b"\xff\xf3") => {
            "audio/mpeg"
        }
        _ if file.starts_with(b"#!AMR") => "audio/amr",
        _ if file.starts_with(b"\x1a\x45\xdf\xa3") => "audio/webm",
        _ if brand == b"M4A " => "audio/mp4",
        _ if brand.starts_with(b"3gp") => "audio/3gpp",
        _ if !brand.is_empty() => "video/mp4",
        _ if file.starts_with(b"%PDF-") => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// Types that a page may show in place: raster images and sound, never a document that could hold script.
fn is_shown(media_type: &str) -> bool {
    matches!(media_type, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
        || (media_type.starts_with("audio/") && media_type != "audio/amr")
}

/// Which form of a file.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FileQuery {
    /// `original` (default), or `pass-on`: a picture without what a camera wrote into it (place, time, device).
    form: Option<String>,
}

/// The bytes of a file.
#[utoipa::path(get, path = "/api/v1/attachments/{id}", tag = "monitoring",
    params(("id" = Uuid, Path, description = "The file"), FileQuery),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
pub(crate) async fn one(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<AttachmentId>,
    Asked(asked): Asked<FileQuery>,
) -> Result<Response, Refusal> {
    let pass_on = match asked.form.as_deref() {
        None | Some("" | "original") => false,
        Some("pass-on") => true,
        Some(_) => return Err(Refusal::field("form")),
    };
    let reader = asker.clone();
    let found = app.blocking(move |app| opened(app, &reader, id)).await?;
    match found {
        Opened::Here(row, bytes) if pass_on => {
            let copy = app.blocking(move |app| copy_to_pass_on(app, &asker, row, &bytes)).await?;
            answer(&copy.0, copy.1)
        }
        Opened::Here(row, bytes) => answer(&row, bytes),
        Opened::Hidden => {
            note_denial(&app, &asker, Some(format!("attachment:{id}")));
            Err(Refusal::nothing())
        }
        Opened::Nothing => Err(Refusal::nothing()),
    }
}

/// A copy that says nothing of where it was taken; that it was made is an entry. The original stays sealed as it came.
fn copy_to_pass_on(
    app: &App,
    asker: &Asker,
    mut row: AttachmentRow,
    bytes: &[u8],
) -> Result<(AttachmentRow, Vec<u8>), Refusal> {
    let copy = vigie_wire::strip::strip(bytes)
        .map_err(|_| Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "server-no-clean-copy"))?;
    let object = format!("attachment:{}", row.id);
    let taken = CopyTaken { object, format: "pass-on".to_owned(), rows: 1 };
    app.store.commit(vec![Draft::new(asker.actor(), Event::CopyTaken(taken))])?;
    // A name may tell as much as the picture does.
    let ending = row.media_type.strip_prefix("image/").unwrap_or("bin").to_owned();
    row.name = format!("copy.{ending}");
    row.bytes = copy.len() as u64;
    Ok((row, copy))
}

enum Opened {
    Here(AttachmentRow, Vec<u8>),
    Hidden,
    Nothing,
}

fn opened(app: &App, asker: &Asker, id: AttachmentId) -> Result<Opened, Refusal> {
    let Some((row, on)) = app.look(|views| known(views, id))? else { return Ok(Opened::Nothing) };
    let open = match on {
        Some(on) => on.visible_to(asker.see()),
        // Not yet on any signal: whoever brought it may look at it.
        None => app.store.entry(row.seq)?.actor == asker.actor(),
    };
    if !open {
        return Ok(Opened::Hidden);
    }
    if on.is_some_and(vigie_model::Compartments::any_protected) {
        protected::record(app, asker, vec![format!("attachment:{id}")])?;
    }
    let (row, bytes) = app.store.attachment(id)?.ok_or_else(Refusal::nothing)?;
    Ok(Opened::Here(row, bytes))
}

type KnownFile = Option<(AttachmentRow, Option<vigie_model::Compartments>)>;

fn known(views: &Views, id: AttachmentId) -> Result<KnownFile, Refusal> {
    let Some(row) = views.attachment_row(id)? else { return Ok(None) };
    Ok(Some((row, views.attachment_compartments(id)?)))
}

fn answer(row: &AttachmentRow, bytes: Vec<u8>) -> Result<Response, Refusal> {
    // Looked at again: what is shown rests on these bytes, not on what was written down about them.
    let media_type = found_in(&bytes);
    let shown = is_shown(media_type);
    let kind = HeaderValue::from_static(if shown { media_type } else { "application/octet-stream" });
    let how = if shown { "inline" } else { "attachment" };
    let name = utf8_percent_encode(&row.name, PLAIN);
    let disposition = HeaderValue::from_str(&format!("{how}; filename*=UTF-8''{name}"));
    let disposition = disposition.map_err(|e| Refusal::ours("file name", e))?;
    let policy = HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    Ok((headers, bytes).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_what_the_bytes_say() {
        assert_eq!(found_in(b"\x89PNG\r\n\x1a\n...."), "image/png");
        assert_eq!(found_in(b"RIFF....WEBPVP8 "), "image/webp");
        assert_eq!(found_in(b"....ftypM4A ...."), "audio/mp4");
        assert_eq!(found_in(b"<html><script>"), "application/octet-stream");
        assert_eq!(found_in(b""), "application/octet-stream");
    }

    #[test]
    fn only_pictures_and_sound_are_shown_in_place() {
        assert!(is_shown("image/jpeg") && is_shown("audio/ogg"));
        assert!(!is_shown("application/pdf") && !is_shown("image/svg+xml") && !is_shown("text/html"));
    }

    #[test]
    fn a_file_name_is_text() {
        let named = |name: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-name", HeaderValue::from_str(name).expect("header"));
            file_name(&headers).ok()
        };
        assert_eq!(named("march%C3%A9.png").as_deref(), Some("marché.png"));
        assert_eq!(named("a%0D%0Ab.png").as_deref(), Some("ab.png"));
        assert_eq!(named("%00"), None);
        assert_eq!(named("%ff"), None);
    }
}
