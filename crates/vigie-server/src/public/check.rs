//! The public check: whether a text is, word for word, one that the mission published.
//!
//! A forwarded "statement of the mission" with one word changed is not ours, however near it is (F63); the page then
//! shows the nearest that is. Only the space between words and lines is forgiven, for messengers break lines anew.
//! What is asked is neither kept nor logged.

use super::form::Caller;
use super::{HEAD_STYLE, Public, escaped, sent};
use axum::extract::{Form, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, Response};
use serde::Deserialize;
use std::fmt::Write as _;
use std::time::Instant;
use vigie_text::claims::{Claims, Tuning};
use vigie_wire::publish::Item;
use vigie_words::{Lang, text};

/// Characters of a text that is looked at.
const TEXT_CHARS_MAX: usize = 10_000;
/// Bytes of a body: such a text in any script, as a browser encodes it.
pub(super) const BODY_MAX: usize = 128 << 10;
/// Share of a published text's own words from which it is shown as the nearest.
const NEAR_LEAST: f32 = 0.3;

/// What somebody wants to have checked.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    text: String,
}

/// What the check found.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict<'a> {
    /// Word for word this one.
    Ours(&'a Item),
    /// None has these words; the nearest, where there is one.
    NotOurs(Option<&'a Item>),
}

/// Looks for the text among what was published.
pub(super) fn check<'a>(items: &'a [Item], asked: &str) -> Verdict<'a> {
    let words = plain(asked);
    let exact = items.iter().find(|item| !words.is_empty() && plain(&item.text) == words);
    exact.map_or_else(|| Verdict::NotOurs(nearest(items, asked)), Verdict::Ours)
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn nearest<'a>(items: &'a [Item], asked: &str) -> Option<&'a Item> {
    let mut claims = Claims::new(Tuning::default());
    for item in items {
        claims.add(&[&item.text], Some(&item.lang));
    }
    claims.build();
    let best = claims.ask(asked, None, 1);
    let near = best.first().filter(|one| one.share >= NEAR_LEAST)?;
    items.get(near.claim as usize)
}

pub(super) async fn form(State(public): State<Public>) -> Response {
    sent("text/html; charset=utf-8", Html(html(&public.channel().title, None)))
}

pub(super) async fn answer(
    State(public): State<Public>,
    Caller(address): Caller,
    Form(asked): Form<Asked>,
) -> Result<Response, StatusCode> {
    public.reading.enter(address, Instant::now()).map_err(|_| StatusCode::TOO_MANY_REQUESTS)?;
    if asked.text.chars().count() > TEXT_CHARS_MAX {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let items = public.items().await?;
    let verdict = check(&items, &asked.text);
    let page = html(&public.channel().title, Some((&asked.text, &verdict)));
    let mut response = sent("text/html; charset=utf-8", Html(page));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// In both languages: who asks has signed in nowhere and chosen none.
fn html(title: &str, found: Option<(&str, &Verdict<'_>)>) -> String {
    let mut out = format!(
        "<!doctype html><html lang=fr><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>{0}</title>{HEAD_STYLE}<h1>{0}</h1>",
        escaped(title)
    );
    for lang in [Lang::Fr, Lang::En] {
        let say = |key: &str| escaped(&text(lang, key, &[]));
        let tag = lang.tag();
        let _ = write!(out, "<section lang={tag}>");
        if let Some((_, verdict)) = found {
            let key = match verdict {
                Verdict::Ours(_) => "public-check-ours",
                Verdict::NotOurs(Some(_)) => "public-check-changed",
                Verdict::NotOurs(None) => "public-check-unknown",
            };
            let _ = write!(out, "<p><strong>{}</strong></p>", say(key));
        }
        let _ = write!(out, "<p>{}</p></section>", say("public-check-help"));
    }
    if let Some((_, Verdict::Ours(item) | Verdict::NotOurs(Some(item)))) = found {
        super::article(&mut out, item);
    }
    let _ = write!(
        out,
        "<form method=post action=\"check\"><label>{}<br><textarea name=text rows=8 required>{}</textarea></label>\
         <p><button>{}</button></p></form>",
        escaped(&format!(
            "{} / {}",
            text(Lang::Fr, "public-check-label", &[]),
            text(Lang::En, "public-check-label", &[])
        )),
        escaped(found.map_or("", |(asked, _)| asked)),
        escaped(&format!(
            "{} / {}",
            text(Lang::Fr, "public-check-do", &[]),
            text(Lang::En, "public-check-do", &[])
        )),
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::Timestamp;

    fn item(lang: &str, text: &str) -> Item {
        Item {
            code: "S-26-0001".to_owned(),
            lang: lang.to_owned(),
            title: "Le puits".to_owned(),
            text: text.to_owned(),
            issued_at: Timestamp::UNIX_EPOCH,
            review: None,
        }
    }

    const OURS: &str = "L’eau du puits de Tilwani a été analysée le 20 novembre : elle est potable.\nLa mission ne l’a pas empoisonnée.";

    #[test]
    fn f63_our_own_words_with_one_word_changed_are_not_ours() {
        let items = [item("fr", OURS), item("en", "The well is clean. The mission did not poison it.")];
        assert_eq!(check(&items, OURS), Verdict::Ours(&items[0]));
        assert_eq!(
            check(&items, &OURS.replace('\n', "  \r\n ")),
            Verdict::Ours(&items[0]),
            "lines break anew"
        );
        for changed in [
            OURS.replace("est potable", "n’est pas potable"),
            OURS.replace("ne l’a pas", "l’a"),
            OURS.replace("20", "21"),
        ] {
            assert_eq!(check(&items, &changed), Verdict::NotOurs(Some(&items[0])), "{changed}");
        }
        // A look-alike letter is another word.
        assert_eq!(check(&items, &OURS.replace('a', "а")), Verdict::NotOurs(Some(&items[0])));
        assert_eq!(check(&items, "Match de football dimanche"), Verdict::NotOurs(None));
        assert_eq!(check(&items, "  "), Verdict::NotOurs(None));
    }

    #[test]
    fn f63_the_page_says_so_in_both_languages_and_takes_no_markup() {
        let items = [item("fr", OURS)];
        let changed = format!("{} <script>x</script>", OURS.replace("potable", "polluée"));
        let page = html("M", Some((&changed, &check(&items, &changed))));
        for key in ["public-check-changed"] {
            for lang in [Lang::Fr, Lang::En] {
                assert!(page.contains(&escaped(&text(lang, key, &[]))), "{page}");
            }
        }
        assert!(page.contains("elle est potable") && !page.contains("<script>"));
    }
}
