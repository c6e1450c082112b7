//! The pages of the public form: plain, small, nothing fetched, nothing that runs.
//!
//! They say what can be seen by whom, and never what anybody wrote: neither a text nor a name nor a place stands on a page
//! that comes back.

use super::escaped;
use super::form::TEXT_CHARS_MAX;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::sync::LazyLock;
use vigie_words::Lang;

const STYLE: &str = "body{font:1.1rem/1.5 sans-serif;max-width:36rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}\
h1{font-size:1.35rem}h2{font-size:1.1rem;margin-top:2rem;border-top:1px solid #767676;padding-top:1rem}\
textarea,input[type=text]{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #595959}\
button{font:inherit;padding:.6rem 1.2rem;margin-top:.6rem;background:#1a1a1a;color:#fff;border:0}\
label{display:block;margin-top:.6rem}.text,.code{white-space:pre-line;overflow-wrap:anywhere;border:1px solid #767676;padding:.7rem}\
.code{font:1.3rem/1.4 monospace}nav{text-align:end}";

/// No script, no frame, no request but the form's own; the one style is named by its hash.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// What every page says.
pub(super) struct Page {
    /// The mission.
    pub title: String,
    /// Language of the page.
    pub lang: Lang,
    /// Whether the public comes over TLS.
    pub secure: bool,
}

/// What somebody sees.
pub(super) enum Seen {
    /// The form.
    Blank {
        /// Drawn for this page.
        once: String,
    },
    /// Texts are not taken at present; answers are given.
    Paused,
    /// It is here.
    Taken {
        /// With which to come back; shown this once.
        reference: Option<String>,
        /// The words of the standing approval.
        receipt: Option<String>,
    },
    /// What was answered, by language and text; nothing yet where it is empty.
    Answers(Vec<(String, String)>),
    /// A reference with a slip.
    Slip,
    /// No text.
    Empty,
    /// Too much text.
    TooLong,
    /// Too much at once.
    Slowed,
    /// Not sent by this form.
    Refused,
}

impl Page {
    fn say(&self, id: &str) -> String {
        escaped(&vigie_words::text(self.lang, id, &[]))
    }

    fn p(&self, id: &str) -> String {
        format!("<p>{}</p>", self.say(id))
    }

    fn html(&self, seen: &Seen) -> String {
        let (lang, title) = (self.lang.tag(), escaped(&self.title));
        let mut out = format!(
            "<!doctype html><html lang=\"{lang}\"><meta charset=utf-8>\
             <meta name=viewport content=\"width=device-width,initial-scale=1\"><meta name=robots content=noindex>\
             <title>{title}</title><style>{STYLE}</style><nav>{}</nav><main><h1>{title}</h1>",
            self.others()
        );
        match seen {
            Seen::Blank { once } => self.blank(&mut out, once),
            Seen::Paused => {
                let _ = write!(out, "<p role=status>{}</p>", self.say("write-paused"));
                out.push_str(&self.p("write-danger"));
                self.come_back(&mut out);
            }
            Seen::Taken { reference, receipt } => {
                self.taken(&mut out, reference.as_deref(), receipt.as_deref());
            }
            Seen::Answers(answers) => self.answers(&mut out, answers),
            Seen::Slip => self.told(&mut out, "write-slip"),
            Seen::Empty => self.told(&mut out, "write-empty"),
            Seen::TooLong => self.told(&mut out, "write-too-long"),
            Seen::Slowed => self.told(&mut out, "write-slowed"),
            Seen::Refused => self.told(&mut out, "write-refused"),
        }
        out.push_str("</main></html>");
        out
    }

    fn others(&self) -> String {
        let others = Lang::ALL.into_iter().filter(|one| *one != self.lang);
        let link = |one: Lang| {
            let tag = one.tag();
            let name = escaped(&vigie_words::text(one, "write-in-this-language", &[]));
            format!("<a lang=\"{tag}\" href=\"/write/{tag}\">{name}</a>")
        };
        others.map(link).collect::<Vec<_>>().join(" ")
    }

    fn told(&self, out: &mut String, id: &str) {
        let _ = write!(out, "<p role=alert>{}</p>", self.say(id));
        self.back(out);
    }

    fn back(&self, out: &mut String) {
        let _ = write!(out, "<p><a href=\"/write/{}\">{}</a></p>", self.lang.tag(), self.say("write-again"));
    }

    fn blank(&self, out: &mut String, once: &str) {
        let tag = self.lang.tag();
        // Before anybody writes: what the network sees.
        let network = if self.secure { "write-network-secure" } else { "write-network-open" };
        for id in ["write-intro", "write-no-names", network, "write-danger"] {
            out.push_str(&self.p(id));
        }
        let _ = write!(
            out,
            "<form method=post action=\"/write/{tag}\" accept-charset=utf-8 autocomplete=off>\
             <input type=hidden name=once value=\"{}\"><label for=text>{}</label>\
             <textarea id=text name=text rows=7 maxlength={TEXT_CHARS_MAX} dir=auto spellcheck=false required></textarea>\
             <label><input type=checkbox name=quiet value=1> {}</label><button>{}</button></form>",
            escaped(once),
            self.say("write-text"),
            self.say("write-quiet"),
            self.say("write-send"),
        );
        self.come_back(out);
        let _ = write!(out, "<h2>{}</h2>", self.say("write-who-sees"));
        for id in ["write-kept", "write-trace"] {
            out.push_str(&self.p(id));
        }
    }

    fn come_back(&self, out: &mut String) {
        let _ = write!(
            out,
            "<h2>{}</h2><form method=post action=\"/write/{}/answer\" accept-charset=utf-8 autocomplete=off>\
             <label for=reference>{}</label><input id=reference type=text name=reference maxlength=40 \
             autocapitalize=characters spellcheck=false required><button>{}</button></form>",
            self.say("write-answer-heading"),
            self.lang.tag(),
            self.say("write-reference"),
            self.say("write-see-answer"),
        );
    }

    fn taken(&self, out: &mut String, reference: Option<&str>, receipt: Option<&str>) {
        let _ = write!(out, "<p role=status>{}</p>", self.say("write-taken"));
        if let Some(receipt) = receipt {
            let _ = write!(out, "<p class=text dir=auto>{}</p>", escaped(receipt));
        }
        match reference {
            Some(reference) => {
                let _ = write!(
                    out,
                    "<p>{}</p><p class=code>{}</p>",
                    self.say("write-your-reference"),
                    escaped(reference)
                );
                out.push_str(&self.p("write-keep-reference"));
            }
            None => out.push_str(&self.p("write-no-answer-wanted")),
        }
        out.push_str(&self.p("write-trace"));
        self.back(out);
    }

    fn answers(&self, out: &mut String, answers: &[(String, String)]) {
        let _ = write!(out, "<h2>{}</h2>", self.say("write-answer-heading"));
        if answers.is_empty() {
            out.push_str(&self.p("write-no-answer-yet"));
        }
        for (lang, text) in answers {
            let _ = write!(out, "<p class=text lang=\"{}\" dir=auto>{}</p>", escaped(lang), escaped(text));
        }
        out.push_str(&self.p("write-trace"));
        self.back(out);
    }
}

/// A page as it goes to the browser: kept nowhere on the way.
pub(super) fn sent(status: StatusCode, page: &Page, seen: &Seen) -> Response {
    let mut response = (status, page.html(seen)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
    let fixed = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Too much at once: when to come back.
pub(super) fn slowed(page: &Page, seconds: u32) -> Response {
    let mut response = sent(StatusCode::TOO_MANY_REQUESTS, page, &Seen::Slowed);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_fits_a_slow_link_and_runs_nothing() {
        for lang in Lang::ALL {
            let page = Page { title: "MISOUV <b>".to_owned(), lang, secure: false };
            let long = "é".repeat(1_600);
            let shown = [
                Seen::Blank { once: "\"><script>".to_owned() },
                Seen::Taken { reference: Some("AAAA-BBBB".to_owned()), receipt: Some("<img>".to_owned()) },
                Seen::Answers(vec![("fr\"><script>".to_owned(), long)]),
                Seen::Answers(Vec::new()),
                Seen::Paused,
                Seen::Slip,
                Seen::Empty,
                Seen::TooLong,
                Seen::Slowed,
                Seen::Refused,
            ];
            for seen in &shown {
                let html = page.html(seen);
                assert!(html.len() <= 20_000, "{}", html.len());
                let small = html.to_lowercase();
                for runs in ["<script", "<img", "<b>", "javascript:", " onerror", "http:", "https:", "src="] {
                    assert!(!small.contains(runs), "{runs}: {html}");
                }
                assert!(!html.contains("write-"), "a sentence is missing: {html}");
            }
        }
    }
}
