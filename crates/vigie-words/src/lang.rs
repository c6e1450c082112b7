//! The languages that people read the screens in.

use unic_langid::LanguageIdentifier;

/// A language with a complete catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English, also where nothing else fits.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// Every language with a catalogue.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language of a BCP 47 tag or of a POSIX locale (`fr-CD`, `fr_FR.UTF-8`); `None` without a catalogue.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let bare = tag.trim().split(['.', '@']).next()?;
        let id: LanguageIdentifier = bare.parse().ok()?;
        Self::ALL.into_iter().find(|lang| lang.tag() == id.language.as_str())
    }

    /// The best language for an `Accept-Language` header (RFC 9110 §12.5.4): the highest weight wins, the
    /// first named among equals.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best: Option<(Self, f32)> = None;
        for (lang, weight) in header.split(',').filter_map(weighed) {
            if weight > 0.0 && best.is_none_or(|(_, so_far)| weight > so_far) {
                best = Some((lang, weight));
            }
        }
        best.map_or_else(Self::default, |(lang, _)| lang)
    }

    pub(crate) fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }
}

fn weighed(range: &str) -> Option<(Lang, f32)> {
    let mut parts = range.split(';');
    let lang = Lang::from_tag(parts.next()?)?;
    let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
    Some((lang, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_it_prefers_most() {
        let picked = |header| Lang::from_accept_language(header);
        assert_eq!(picked("fr-CF,fr;q=0.9,en;q=0.5"), Lang::Fr);
        assert_eq!(picked("sg, en;q=0.4, fr;q=0.8"), Lang::Fr);
        assert_eq!(picked("en, fr"), Lang::En);
        assert_eq!(picked("fr;q=0, en;q=0.1"), Lang::En);
        for odd in ["", "*", "ar", "fr;q=much", ";;,,", "\u{202e}"] {
            assert!(Lang::ALL.contains(&picked(odd)), "{odd}");
        }
    }

    #[test]
    fn a_host_locale_names_a_language_too() {
        assert_eq!(Lang::from_tag("fr_FR.UTF-8"), Some(Lang::Fr));
        assert_eq!(Lang::from_tag("en"), Some(Lang::En));
        assert_eq!(Lang::from_tag("C.UTF-8"), None);
        assert_eq!(Lang::from_tag("ha"), None);
    }
}
