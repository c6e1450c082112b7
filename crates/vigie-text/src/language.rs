//! Names the language of a text, or says `und`.
//!
//! First cut: the script where it admits one language in practice, else what the source claims, else nothing. The
//! statement says what it rests on; nothing is guessed. A model has its place between the two.

use crate::Normal;
use unicode_script::Script;
use vigie_model::{Language, LanguageBasis};

/// Letters of a script that must be there before it speaks for a language.
const LETTERS_LEAST: usize = 3;

/// The language of a folded text; `hint` is what the source claims (BCP 47).
pub fn language(text: &Normal, hint: Option<&str>) -> Language {
    let script = dominant(&text.scripts);
    let (tag, basis) = match (only_language(&text.scripts), hint.and_then(tag)) {
        (Some(tag), _) => (tag.to_owned(), LanguageBasis::Script),
        (None, Some(tag)) if script != Script::Common => (tag, LanguageBasis::Hint),
        _ => ("und".to_owned(), LanguageBasis::None),
    };
    // Japanese mixes three scripts; ISO 15924 has a name for the mixture.
    let script = if tag == "ja" && basis == LanguageBasis::Script { "Jpan" } else { script.short_name() };
    Language { tag, script: script.to_owned(), basis, confidence: None }
}

fn dominant(scripts: &[(Script, usize)]) -> Script {
    scripts.first().map_or(Script::Common, |(script, _)| *script)
}

/// The one language written in these scripts today. Arabic, Latin, Cyrillic, Ethiopic, Devanagari, Bengali, Hebrew,
/// Burmese and Tibetan letters each serve several; Han alone may be Chinese or Japanese.
fn only_language(scripts: &[(Script, usize)]) -> Option<&'static str> {
    let total: usize = scripts.iter().map(|(_, letters)| letters).sum();
    let of = |wanted: Script| scripts.iter().find(|(s, _)| *s == wanted).map_or(0, |(_, letters)| *letters);
    let kana = of(Script::Hiragana) + of(Script::Katakana);
    if kana >= LETTERS_LEAST && (kana + of(Script::Han)) * 5 >= total * 4 && kana * 10 >= total {
        return Some("ja");
    }
    let (script, letters) = scripts.first().copied()?;
    if letters < LETTERS_LEAST || letters * 5 < total * 4 {
        return None;
    }
    Some(match script {
        Script::Greek => "el",
        Script::Armenian => "hy",
        Script::Georgian => "ka",
        Script::Hangul => "ko",
        Script::Thai => "th",
        Script::Lao => "lo",
        Script::Khmer => "km",
        Script::Sinhala => "si",
        Script::Tamil => "ta",
        Script::Telugu => "te",
        Script::Kannada => "kn",
        Script::Malayalam => "ml",
        Script::Gujarati => "gu",
        Script::Oriya => "or",
        Script::Thaana => "dv",
        Script::Nko => "nqo",
        Script::Adlam => "ff",
        Script::Vai => "vai",
        _ => return None,
    })
}

/// A claimed tag in its usual case, where it has the form of one: `FR` and `fr_CF` are, `french!` is not.
fn tag(hint: &str) -> Option<String> {
    let mut parts = hint.trim().split(['-', '_']);
    let first = parts.next()?.to_ascii_lowercase();
    let primary = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    if !primary || first == "und" || hint.len() > 35 {
        return None;
    }
    let mut out = first;
    for part in parts {
        if !(1..=8).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        out.push('-');
        match part.len() {
            2 => out.push_str(&part.to_ascii_uppercase()),
            4 => {
                out.push_str(&part[..1].to_ascii_uppercase());
                out.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => out.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise;

    #[track_caller]
    fn check(text: &str, hint: Option<&str>, expected: &str) {
        let found = language(&normalise(text), hint);
        assert_eq!(format!("{} {} {}", found.tag, found.script, found.basis.word()), expected, "{text}");
    }

    #[test]
    fn a_script_speaks_only_where_one_language_uses_it() {
        check("Η γέφυρα άνοιξε ξανά", None, "el Grek script");
        check("다리가 다시 열렸습니다", None, "ko Hang script");
        check("橋は今朝また開きました", None, "ja Jpan script");
        check("الجسر مفتوح من جديد", None, "und Arab none");
        check("ድልድዩ እንደገና ተከፍቷል", None, "und Ethi none");
        check("Le pont est rouvert", None, "und Latn none");
        check("桥又开放了", None, "und Hani none");
    }

    #[test]
    fn a_hint_is_taken_as_a_hint() {
        check("Le pont est rouvert", Some("FR"), "fr Latn hint");
        check("Le pont est rouvert", Some("fr_cf"), "fr-CF Latn hint");
        check("Le pont est rouvert", Some("french, maybe"), "und Latn none");
        check("Le pont est rouvert", Some("und"), "und Latn none");
        check("다리가 다시 열렸습니다", Some("fr"), "ko Hang script");
        check("12:30 !!! 🔥", Some("fr"), "und Zyyy none");
    }

    #[test]
    fn look_alikes_do_not_change_the_script() {
        check("La mіssіоn аrme lеs grоupеs", Some("fr"), "fr Latn hint");
    }
}
