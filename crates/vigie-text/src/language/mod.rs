//! Names the language of a text, or says `und`.
//!
//! In this order: the script where it admits one language in practice; the model where it knows the writing and is
//! sure enough; what the source claims; else nothing. What the source claims also raises the odds of that language
//! with the model. The statement says what it rests on, and a text in a language that the model does not know is
//! meant to come out as `und`: measured in `docs/models/language.md`, which is the model's card.

mod grams;
mod model;

pub use grams::{Marked, Writing, all as features, row};
pub use model::{Column, LATIN_COLUMNS, LanguageModel, ModelError, OTHER_COLUMNS, Opinion, Table};

use crate::Normal;
use std::sync::LazyLock;
use unicode_script::Script;
use vigie_model::{Language, LanguageBasis};

/// Letters of a script that must be there before it speaks for a language.
const LETTERS_LEAST: usize = 3;

/// Probability from which the model is believed: what lies below is `und`, or what the source claims.
const SURE: f64 = 0.60;
/// The same where the source claims a language that the model does not know.
const SURE_AGAINST_HINT: f64 = 0.95;
/// Probability of "another language" from which a text is `und`. Below it the named languages are weighed among
/// themselves: slang and misspelling look foreign to a model that learned from laws and health advice.
const OTHER_SURE: f64 = 0.80;
/// How much likelier a language is taken to be where the source claims it.
const HINT_ODDS: f64 = 8.0;
/// Features below which a text says nothing: about one word of three letters.
const FEATURES_LEAST: usize = 10;
/// A second writing must have so many letters, and one letter in five.
const SECOND_LETTERS_LEAST: usize = 8;
/// Probability from which the language of a second writing is named.
const SECOND_SURE: f64 = 0.80;

static MODEL: LazyLock<Option<LanguageModel>> =
    LazyLock::new(|| LanguageModel::read(include_bytes!("../../models/language.bin")).ok());

/// Version of the language model that is built in: the date of its training and its seed.
pub const MODEL_VERSION: &str = "1";

/// The language of a folded text; `hint` is what the source claims (BCP 47).
pub fn language(text: &Normal, hint: Option<&str>) -> Language {
    language_by(MODEL.as_ref(), text, hint)
}

/// The same with a model of the caller's.
pub fn language_by(model: Option<&LanguageModel>, text: &Normal, hint: Option<&str>) -> Language {
    let script = dominant(&text.scripts);
    let found = match only_language(&text.scripts) {
        Some(tag) => {
            Found { tag: tag.to_owned(), basis: LanguageBasis::Script, confidence: None, second: None }
        }
        None => by_model(model, text, script, hint.and_then(tag)),
    };
    // Japanese mixes three scripts; ISO 15924 has a name for the mixture.
    let japanese = found.tag == "ja" && found.basis == LanguageBasis::Script;
    let script = if japanese { "Jpan" } else { script.short_name() };
    let Found { tag, basis, confidence, second } = found;
    Language { tag, script: script.to_owned(), basis, confidence, second }
}

struct Found {
    tag: String,
    basis: LanguageBasis,
    confidence: Option<f64>,
    second: Option<String>,
}

impl Found {
    fn unknown() -> Self {
        Self { tag: "und".to_owned(), basis: LanguageBasis::None, confidence: None, second: None }
    }
    fn claimed(hint: Option<String>) -> Self {
        match hint {
            Some(tag) => Self { tag, basis: LanguageBasis::Hint, ..Self::unknown() },
            None => Self::unknown(),
        }
    }
}

fn by_model(model: Option<&LanguageModel>, text: &Normal, script: Script, hint: Option<String>) -> Found {
    if script == Script::Common {
        return Found::unknown();
    }
    let (Some(model), Some(writing)) = (model, Writing::of(script)) else {
        return Found::claimed(hint);
    };
    let primary = hint.as_deref().and_then(|tag| tag.split('-').next());
    let known = primary.is_some_and(|tag| model.languages().any(|(w, of)| w == writing && of == tag));
    let favour = primary.filter(|_| known).map(|tag| (tag, HINT_ODDS));
    let opinion = model.opinion(&text.folded, &text.marked, writing, favour);
    let sure = if primary.is_some() && !known { SURE_AGAINST_HINT } else { SURE };
    let Some(best) = opinion.named().filter(|_| opinion.features >= FEATURES_LEAST) else {
        return Found::claimed(hint);
    };
    let other = opinion.other();
    let probability = best.probability / (1.0 - other).max(f64::EPSILON);
    if other >= OTHER_SURE || probability < sure {
        // A model that is sure of another language refutes a claim that it could have confirmed.
        let refuted = other >= OTHER_SURE && known;
        return Found::claimed(hint.filter(|_| !refuted));
    }
    let second = opinion.second.map(str::to_owned).or_else(|| second_writing(model, text, writing));
    let tag =
        hint.filter(|tag| tag.split('-').next() == Some(best.tag)).unwrap_or_else(|| best.tag.to_owned());
    // Four digits: more would only make two builds differ.
    let probability = probability * (1.0 - other);
    let confidence = Some((probability * 1e4).round() / 1e4);
    Found { tag, basis: LanguageBasis::Model, confidence, second }
}

/// The language of words in another writing than the first.
fn second_writing(model: &LanguageModel, text: &Normal, first: Writing) -> Option<String> {
    let total: usize = text.scripts.iter().map(|(_, letters)| letters).sum();
    let (writing, _) = text.scripts.iter().find_map(|(script, letters)| {
        let writing = Writing::of(*script).filter(|writing| *writing != first)?;
        (*letters >= SECOND_LETTERS_LEAST && letters * 5 >= total).then_some((writing, letters))
    })?;
    let opinion = model.opinion(&text.folded, &text.marked, writing, None);
    let best = opinion.named()?;
    (best.probability >= SECOND_SURE).then(|| best.tag.to_owned())
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
        check("पुल फिर से खुला है", None, "und Deva none");
        check("पुल फिर से खुला है", Some("hi"), "hi Deva hint");
    }

    #[test]
    fn the_model_names_the_languages_of_the_missions() {
        check("Le pont est rouvert depuis ce matin", None, "fr Latn model");
        check("The bridge has been open again since this morning", None, "en Latn model");
        check("الجسر مفتوح من جديد منذ هذا الصباح", None, "ar Arab model");
        check("Мост снова открыт с сегодняшнего утра", None, "ru Cyrl model");
        check("桥今天早上又开放了，大家可以过去", None, "zh Hani model");
        check("Daraja limefunguliwa tena tangu asubuhi ya leo", None, "sw Latn model");
        check("An sake bude gadar tun da safiyar yau", None, "ha Latn model");
        check("Ikiraro cyongeye gufungurwa kuva muri iki gitondo", None, "rw Latn model");
    }

    #[test]
    fn f64_a_language_that_the_model_does_not_know_is_und() {
        check("Die Brücke ist seit heute Morgen wieder geöffnet", None, "und Latn none");
        check("Most jest znowu otwarty od dzisiejszego ranka", None, "und Latn none");
        check("پل از امروز صبح دوباره باز شده است", None, "und Arab none");
        check("Міст знову відкрито від сьогоднішнього ранку", None, "und Cyrl none");
        check("Die Brücke ist seit heute Morgen wieder geöffnet", Some("de"), "de Latn hint");
    }

    #[test]
    fn a_hint_is_a_prior_and_not_the_truth() {
        check("Le pont est rouvert", Some("FR"), "fr Latn model");
        check("Le pont est rouvert", Some("fr_cf"), "fr-CF Latn model");
        check("The bridge has been open again since this morning", Some("fr"), "en Latn model");
        check("Die Brücke ist seit heute Morgen wieder geöffnet", Some("fr"), "und Latn none");
        check("ok", Some("fr"), "fr Latn hint");
        check("ok", Some("french, maybe"), "und Latn none");
        check("ok", Some("und"), "und Latn none");
        check("다리가 다시 열렸습니다", Some("fr"), "ko Hang script");
        check("12:30 !!! 🔥", Some("fr"), "und Zyyy none");
    }

    #[test]
    fn f60_disguises_do_not_change_the_language() {
        check("La mіssіоn аrme lеs grоupеs dans la ville", None, "fr Latn model");
        check("la m-i-s-s-i-o-n a.r.m.e les gr\u{200b}oupes dans la viiiille 🔥🔥", None, "fr Latn model");
    }

    #[test]
    fn code_switching_is_reported() {
        let of = |text: &str| {
            let found = language(&normalise(text), None);
            (found.tag, found.second)
        };
        let mixed = of("we must not let them take this town from our people, \
                        les soldats sont arrivés ce matin avec leurs camions près du marché");
        assert!(
            matches!((mixed.0.as_str(), mixed.1.as_deref()), ("fr", Some("en")) | ("en", Some("fr"))),
            "{mixed:?}"
        );
        let scripts = of("الجسر مفتوح من جديد منذ هذا الصباح le pont est ouvert depuis ce matin");
        assert_eq!(scripts, ("ar".to_owned(), Some("fr".to_owned())));
        assert_eq!(of("les soldats sont arrivés ce matin avec leurs camions près du marché").1, None);
    }

    #[test]
    fn the_built_in_model_is_whole_and_knows_its_languages() {
        let model = MODEL.as_ref().expect("the committed file is a model");
        let mut tags: Vec<&str> = model.languages().map(|(_, tag)| tag).collect();
        tags.sort_unstable();
        let expected = "am ar bm en es ff fr ha ht ig ln om pcm pt ru rw sg so sw ti yo zh";
        assert_eq!(tags.join(" "), expected);
        assert!(include_bytes!("../../models/language.bin").len() <= 2_000_000);
    }

    #[test]
    fn a_damaged_model_is_refused_and_never_panics() {
        let file = include_bytes!("../../models/language.bin");
        assert_eq!(LanguageModel::read(b"GIF89a"), Err(ModelError::Magic));
        for cut in [3, 4, 9, 12, 40, 1_000, file.len() - 1] {
            assert!(LanguageModel::read(&file[..cut]).is_err(), "{cut}");
        }
        for at in (4..400).step_by(31) {
            let mut bad = file.to_vec();
            bad[at] ^= 0xFF;
            if let Ok(model) = LanguageModel::read(&bad) {
                language_by(Some(&model), &normalise("Le pont est rouvert"), None);
            }
        }
    }
}
