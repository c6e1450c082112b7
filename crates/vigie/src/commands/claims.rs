//! `vigie claims match`: which known claims a text may repeat; no site is needed.

use super::table::{Refused, Rows, open};
use crate::cli::ClaimsMatch;
use crate::say::{Failure, Say};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;
use vigie_model::{At, Fault, Limits};
use vigie_text::claims::{Calibration, Claims, Tier, Tuning, fuse, spoken};
use vigie_text::recall::Lane;
use vigie_wire::sheet::Sheet;

/// Runs the command.
pub fn run(args: &ClaimsMatch, say: &Say) -> Result<u8, Failure> {
    let mut refused = Refused::default();
    let mut claims = Claims::new(Tuning::default());
    let mut ids = Vec::new();
    rows(&args.claims, &mut refused, &["claim", "vclaim"], &["title", "subtitle"], |row| {
        let parts: Vec<&str> =
            std::iter::once(row.text.as_str()).chain(row.more.iter().map(String::as_str)).collect();
        claims.add(&parts, row.lang.as_deref());
        ids.push(row.id);
    })?;
    claims.build();
    let mut out = Rows::create(&args.out, say.json())?;
    let (mut asked, mut sure, mut failed) = (0_u64, 0_u64, None);
    let mut unsure: BTreeSet<String> = BTreeSet::new();
    rows(&args.queries, &mut refused, &["text", "tweet_content", "query"], &[], |row| {
        asked += 1;
        let lang = row.lang.as_deref().or(args.lang.as_deref()).or_else(|| spoken(&row.text));
        let found = claims.ask(&row.text, lang, args.top);
        let words = row.text.split_whitespace().count();
        if !is_assessed(lang) {
            unsure.insert(lang.unwrap_or("und").to_owned());
        }
        // One lane for now: the fused order is its own. A lane of meaning joins by rank.
        let lane: Vec<u32> = found.iter().map(|one| one.claim).collect();
        for (rank, joint) in fuse(&[&lane]).iter().enumerate() {
            let Some(at) = found.iter().position(|one| one.claim == joint.claim) else { continue };
            let tier = Tier::of(&found, at, words, lang);
            sure += u64::from(tier == Tier::Confirm);
            let line = RunRow {
                query_id: &row.id,
                rank: rank + 1,
                claim_id: &ids[joint.claim as usize],
                score: found[at].score,
                tier: tier.name(),
                lane: "words",
            };
            if failed.is_none() {
                failed = out.row(&line, || ()).err();
            }
        }
    })?;
    if let Some(failure) = failed {
        return Err(failure);
    }
    if asked == 0 || claims.is_empty() {
        out.header(&["query_id", "rank", "claim_id", "score", "tier", "lane"])?;
    }
    out.finish()?;
    let code = refused.tell(say);
    let answer = serde_json::json!({
        "claims": claims.len(), "queries": asked, "confirm": sure, "refused": refused.count,
        "not_assessed": unsure,
    });
    say.answer(&answer, || {
        let numbers = [
            ("queries", asked.into()),
            ("claims", (claims.len() as u64).into()),
            ("sure", sure.into()),
            ("refused", refused.count.into()),
        ];
        let mut lines = vec![say.text("claims-done", &numbers), say.text("claims-no-verdict", &[])];
        if !unsure.is_empty() {
            let langs = unsure.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            lines.push(say.text("claims-not-assessed", &[("langs", langs.into())]));
        }
        lines
    })?;
    Ok(code)
}

/// Whether it is known how often a match errs in this language, and that changed texts are found as in English.
fn is_assessed(lang: Option<&str>) -> bool {
    lang.is_some_and(|lang| Calibration::of(lang).is_some() && Lane::Claims.not_assessed(lang).is_empty())
}

struct Row {
    id: String,
    text: String,
    more: Vec<String>,
    lang: Option<String>,
}

/// Hands every good row to `take`. A first column without a name is the id.
fn rows(
    path: &Path,
    refused: &mut Refused,
    text: &[&str],
    more: &[&str],
    mut take: impl FnMut(Row),
) -> Result<(), Failure> {
    let mut sheet = Sheet::open(open(path)?, &Limits::IMPORT)?;
    let id = sheet.column(&["id", "query_id", "claim_id", ""]).or(Some(0));
    let text = sheet.needed(text)?;
    let lang = sheet.column(&["lang"]);
    let more: Vec<usize> = more.iter().filter_map(|name| sheet.column(&[name])).collect();
    while let Some((line, row)) = sheet.advance() {
        match row {
            Err(fault) if fault.at == At::Whole => return Err(fault.into()),
            Err(fault) => refused.add(fault),
            Ok(()) => {
                let row = Row {
                    id: sheet.cell(id).into_owned(),
                    text: sheet.cell(Some(text)).into_owned(),
                    more: more.iter().map(|column| sheet.cell(Some(*column)).into_owned()).collect(),
                    lang: Some(sheet.cell(lang).into_owned()).filter(|lang| !lang.is_empty()),
                };
                if row.id.is_empty() || row.text.is_empty() {
                    refused.add(Fault::new(At::Row(line), "claims-row-empty"));
                } else {
                    take(row);
                }
            }
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct RunRow<'a> {
    query_id: &'a str,
    rank: usize,
    claim_id: &'a str,
    score: f32,
    tier: &'a str,
    lane: &'a str,
}
