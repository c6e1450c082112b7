//! `vigie similar`: pairs of posts that say nearly the same; no site is needed.

use super::table::{Refused, Rows, posts};
use crate::cli::Similar;
use crate::say::{Failure, Say};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use vigie_text::recall::{Change, not_assessed};
use vigie_text::{Folding, Post, Threshold, Window, language, normalise, similar};

/// Runs the command.
pub fn run(args: &Similar, say: &Say) -> Result<u8, Failure> {
    let bad = |_| Failure::told("similar-likeness").with("given", args.min_jaccard).exit(2);
    let least = Threshold::new(args.min_jaccard).map_err(bad)?;
    let mut refused = Refused::default();
    let mut seen = HashSet::new();
    let (mut ids, mut texts, mut at, mut rows) = (Vec::new(), Vec::new(), Vec::new(), 0_u64);
    let has_texts = |posts: &vigie_wire::posts::Posts<_>| {
        if posts.has_texts() { Ok(()) } else { Err(Failure::told("similar-no-texts")) }
    };
    posts(&args.posts, &mut refused, has_texts, |post| {
        rows += 1;
        // The same message imported twice is one.
        if seen.insert(post.message.clone()) {
            ids.push(post.message);
            texts.push(post.text);
            at.push(Timestamp::from_millisecond(post.at_ms).unwrap_or_default());
        }
    })?;
    drop(seen);
    let list: Vec<Post<'_>> = texts.iter().zip(&at).map(|(text, at)| Post { text, at: *at }).collect();
    let window = args.window.map_or(Window::Any, |ms| Window::Within(SignedDuration::from_millis(ms)));
    let folding = if args.fold { Folding::Full } else { Folding::Plain };
    let mut out = Rows::create(&args.out, say.json())?;
    let (mut pairs, mut failed) = (0_u64, None);
    similar(&list, least, window, folding, |pair| {
        pairs += 1;
        let row = PairRow {
            message_a: &ids[pair.a],
            message_b: &ids[pair.b],
            jaccard: pair.jaccard,
            dt_s: pair.dt_s,
        };
        if failed.is_none() {
            failed = out.row(&row, || ()).err();
        }
    });
    if let Some(failure) = failed {
        return Err(failure);
    }
    if pairs == 0 {
        out.header(&["message_a", "message_b", "jaccard", "dt_s"])?;
    }
    out.finish()?;
    let code = refused.tell(say);
    let unsure = unsure(&texts);
    let answer = serde_json::json!({
        "posts": ids.len(), "pairs": pairs, "refused": refused.count, "not_assessed": unsure,
    });
    say.answer(&answer, || {
        let args = [
            ("pairs", pairs.into()),
            ("posts", (ids.len() as u64).into()),
            ("refused", refused.count.into()),
        ];
        let mut lines = vec![say.text("similar-done", &args)];
        if !unsure.is_empty() {
            let langs = unsure.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            lines.push(say.text("similar-not-assessed", &[("langs", langs.into())]));
        }
        lines
    })?;
    Ok(code)
}

/// Texts whose language is looked at: evenly spread, so that half a million take no longer than these.
const LANGUAGES_OF: usize = 2_000;

/// The languages met in which changed copies are missed more often than in English, or nobody knows how often, with the
/// changes.
fn unsure(texts: &[String]) -> BTreeMap<String, Vec<&'static str>> {
    let mut found: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for text in texts.iter().step_by(texts.len() / LANGUAGES_OF + 1) {
        let tag = language(&normalise(text), None).tag;
        let changes = not_assessed(&tag).into_iter().map(Change::word).collect::<Vec<_>>();
        if !changes.is_empty() {
            found.insert(tag, changes);
        }
    }
    found
}

#[derive(Serialize)]
struct PairRow<'a> {
    message_a: &'a str,
    message_b: &'a str,
    jaccard: f64,
    dt_s: f64,
}
