//! `vigie model`: models that a mission adds. Without one, what it would say is "not assessed".

use crate::cli::{Model as Args, ModelCommand};
use crate::config::Config;
use crate::say::{DONE, Failure, Say};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use vigie_store::Store;
use vigie_text::meaning::{self, Limits, Meaning};

/// Folder of models within the site's.
const FOLDER: &str = "models";

/// Runs the command.
pub fn run(args: &Args, config: &Config, say: &Say) -> Result<u8, Failure> {
    // Only that there is a site: a running one may be given a model, which it takes up at its next start.
    Store::peek(&config.site)?;
    match &args.command {
        ModelCommand::Add { name, file } => add(&config.site, name, file, say),
        ModelCommand::List => list(&config.site, say),
    }
}

/// Where the model of meaning of a site lies.
pub fn place(site: &Path) -> PathBuf {
    site.join(FOLDER).join(meaning::FILE_NAME)
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> Failure + '_ {
    move |cause| Failure::told("store-io").with("path", path.display()).with("cause", cause)
}

fn add(site: &Path, name: &str, file: &Path, say: &Say) -> Result<u8, Failure> {
    if name != meaning::MODEL_NAME {
        return Err(Failure::told("model-unknown").with("name", name).with("known", meaning::MODEL_NAME));
    }
    let bytes = read(file)?;
    let sha256 = checked(&bytes).map_err(|found| Failure::told("model-other-file").with("sha256", found))?;
    let read = Meaning::read(bytes.clone(), &Limits::default());
    read.map_err(|fault| Failure::told("model-unreadable").with("cause", fault))?;
    keep(&place(site), &bytes)?;
    say.answer(&json!({ "model": name, "sha256": sha256, "bytes": bytes.len() }), || {
        vec![say.text("model-added", &[("name", name.into())])]
    })?;
    Ok(DONE)
}

/// The file's bytes; one that is larger than any model is not read.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let length = std::fs::metadata(file).map_err(io(file))?.len();
    let limit = Limits::default().file_bytes_max as u64;
    if length > limit {
        return Err(Failure::told("model-other-file").with("sha256", format!("{length} > {limit}")));
    }
    std::fs::read(file).map_err(io(file))
}

/// The hash of the bytes, where it is that of the model; else what it is.
pub fn checked(bytes: &[u8]) -> Result<String, String> {
    let found = hex::encode(Sha256::digest(bytes));
    if found == meaning::FILE_SHA256 { Ok(found) } else { Err(found) }
}

/// Written beside and then moved into place: a site never reads half a model.
fn keep(place: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = place.parent().unwrap_or(place);
    std::fs::create_dir_all(folder).map_err(io(folder))?;
    let half = place.with_extension("half");
    std::fs::write(&half, bytes).map_err(io(&half))?;
    std::fs::rename(&half, place).map_err(io(place))
}

fn list(site: &Path, say: &Say) -> Result<u8, Failure> {
    let place = place(site);
    let sound = match std::fs::read(&place) {
        Ok(bytes) => Some(checked(&bytes).is_ok()),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => None,
        Err(cause) => return Err(io(&place)(cause)),
    };
    let message = match sound {
        None => "model-missing",
        Some(true) => "model-there",
        Some(false) => "model-changed",
    };
    let row = json!([{
        "model": meaning::MODEL_NAME, "version": meaning::VERSION, "there": sound.is_some(), "sound": sound,
    }]);
    say.answer(&row, || vec![say.text(message, &[("name", meaning::MODEL_NAME.into())])])?;
    Ok(DONE)
}
