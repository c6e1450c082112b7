//! The catalogues themselves.

use crate::{Arg, Args, Lang, arg::GROUPED_FROM};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;

/// One file of `locales/`, in every language.
#[derive(Debug, Clone, Copy)]
pub struct Catalogue {
    /// File name without its ending.
    pub name: &'static str,
    /// Source in English.
    pub en: &'static str,
    /// Source in French.
    pub fr: &'static str,
}

impl Catalogue {
    /// The source in `lang`.
    pub const fn source(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Fr => self.fr,
        }
    }
}

macro_rules! catalogues {
    ($($name:literal),+ $(,)?) => {
        /// Every catalogue; a test fails when this list and the folder differ.
        pub const CATALOGUES: &[Catalogue] = &[$(Catalogue {
            name: $name,
            en: include_str!(concat!("../../../locales/en/", $name, ".ftl")),
            fr: include_str!(concat!("../../../locales/fr/", $name, ".ftl")),
        }),+];
    };
}

catalogues!(
    "asterix", "cli", "common", "cot", "decode", "desk", "effect", "exchange", "help", "keep", "klv",
    "likeness", "loop", "mavlink", "meaning", "move", "places", "sapient", "server", "text", "track", "ui",
    "ui-after", "ui-desk", "ui-found", "ui-keep", "ui-loop", "ui-more", "ui-plan", "ui-share", "ui-watch",
    "verify", "wire", "write",
);

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::En));
static FRENCH: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::Fr));

fn of(lang: Lang) -> &'static Bundle {
    match lang {
        Lang::En => &ENGLISH,
        Lang::Fr => &FRENCH,
    }
}

/// A message that does not parse or stands twice is left out here and named by the tests of this crate: a
/// running site does not stop over a sentence.
fn bundle(lang: Lang) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::En => |value, _| grouped(value, ','),
        Lang::Fr => |value, _| grouped(value, '\u{202f}'),
    }));
    let _ = bundle.add_builtins();
    for catalogue in CATALOGUES {
        let resource = match FluentResource::try_new(catalogue.source(lang).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let _ = bundle.add_resource(resource);
    }
    bundle
}

fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let whole = number.value.fract() == 0.0 && number.value.abs() >= GROUPED_FROM as f64;
    whole.then(|| in_threes(number.value as i64, separator))
}

fn in_threes(n: i64, separator: char) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::from(if n < 0 { "-" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// Whether every language has a message `id`. Crates that keep a table of ids test it with this.
pub fn known(id: &str) -> bool {
    Lang::ALL.into_iter().all(|lang| of(lang).has_message(id))
}

/// The message `id` in `lang`. An unknown id gives the id itself, so that a fault is still findable.
pub fn text(lang: Lang, id: &str, args: &Args<'_>) -> String {
    render(lang, id, None, args).unwrap_or_else(|| id.to_owned())
}

/// The name of a language by its BCP 47 tag: "Sango" for `sg` and `sg-CF`; the tag where no name is known.
pub fn language(lang: Lang, tag: &str) -> String {
    let primary = tag.split('-').next().unwrap_or_default();
    let named = [tag, primary].into_iter().map(|part| format!("language-{}", part.to_ascii_lowercase()));
    named.into_iter().find_map(|id| render(lang, &id, None, &[])).unwrap_or_else(|| tag.to_owned())
}

/// The attribute `name` of the message `id`, where it has one.
pub(crate) fn attribute(lang: Lang, id: &str, name: &str, args: &Args<'_>) -> Option<String> {
    render(lang, id, Some(name), args)
}

fn render(lang: Lang, id: &str, attribute: Option<&str>, args: &Args<'_>) -> Option<String> {
    let bundle = of(lang);
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    let filled = fill(args);
    // A missing argument shows as `{$name}`; the tests hold callers and catalogues together.
    let mut faults = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&filled), &mut faults).into_owned())
}

fn fill<'a>(args: &'a [(&'a str, Arg<'a>)]) -> FluentArgs<'a> {
    args.iter().map(|(name, value)| (*name, value.value())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_writes_them() {
        assert_eq!(in_threes(111_000, ','), "111,000");
        assert_eq!(in_threes(1_234_567, '\u{202f}'), "1\u{202f}234\u{202f}567");
        assert_eq!(in_threes(-20_000, ','), "-20,000");
        let rows = |lang, n: u64| text(lang, "unit-signals", &[("count", n.into())]);
        assert_eq!(rows(Lang::En, 2026), "2026 signals");
        assert_eq!(rows(Lang::En, 111_000), "111,000 signals");
        assert_eq!(rows(Lang::Fr, 111_000), "111\u{202f}000 signaux");
    }

    #[test]
    fn one_copy_is_not_one_copies() {
        let count = |lang, n: &'static str| text(lang, "unit-signals", &[("count", n.into())]);
        assert_eq!(count(Lang::En, "1"), "1 signal");
        assert_eq!(count(Lang::Fr, "0"), "0 signal");
        assert_eq!(count(Lang::Fr, "2"), "2 signaux");
    }

    #[test]
    fn a_language_without_a_name_keeps_its_tag() {
        assert_eq!(language(Lang::Fr, "ha"), "Haoussa");
        assert_eq!(language(Lang::En, "sg-CF"), "Sango");
        assert_eq!(language(Lang::En, "xyz"), "xyz");
    }

    #[test]
    fn an_unknown_message_says_its_id() {
        assert_eq!(text(Lang::Fr, "no-such-message", &[]), "no-such-message");
        assert!(!known("no-such-message"));
    }
}
