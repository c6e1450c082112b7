//! A reply to somebody who wrote never repeats the rumour, a name or a place.
//!
//! Whoever sees the telephone of a person who asked must not learn from our answer what they asked. So the words of a reply
//! are held against what was said (three words of weight in a row that stand in both), against names that stand in
//! both, and against the places that the mission knows. A denial repeats a rumour as well as its teller does, so small words, "not" among
//! them, do not count, and neither do endings. What is found is told by its class; the words themselves stand in no
//! refusal.

use crate::Refusal;
use crate::refusal::WHOLE;
use std::collections::{BTreeMap, BTreeSet};
use vigie_model::Fault;

/// Words in a row that must not stand in both.
const ROW: usize = 3;
/// Letters by which a word is known: its ending says nothing of the matter.
const STEM_CHARS: usize = 4;
/// Letters of a word of weight, where the script marks no words of weight otherwise.
const WEIGHT_CHARS: usize = 4;
/// Letters of a name at least.
const NAME_CHARS: usize = 3;
/// Words of a place's name that are looked at.
const PLACE_WORDS_MAX: usize = 6;

/// What a reply repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echo {
    /// The rumour's own words.
    Rumour,
    /// A name.
    Name,
    /// A place.
    Place,
}

impl Echo {
    /// Message id of the refusal.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rumour => "reply-repeats-rumour",
            Self::Name => "reply-names-somebody",
            Self::Place => "reply-names-place",
        }
    }

    /// The refusal for a text in `lang`. It names the class, never the words.
    pub fn refusal(self, lang: &str) -> Refusal {
        Refusal::of(Fault::new(WHOLE, self.code()).with("lang", lang))
    }
}

/// What was said about a story and what the mission knows: what replies are held against.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    rows: BTreeSet<Vec<String>>,
    names: BTreeSet<String>,
    /// Places by their first word.
    places: BTreeMap<String, Vec<Vec<String>>>,
}

impl Heard {
    /// Takes up a text of the rumour: what an asker wrote, or a signal of the story.
    pub fn say(&mut self, text: &str) {
        let words = words(text);
        self.rows.extend(rows(&words));
        self.names.extend(names(&words));
    }

    /// Takes up a place by one of its names, whether its parts are written apart, with hyphens or in one.
    pub fn place(&mut self, name: &str) {
        let apart: Vec<String> = words(&name.replace('-', " ")).into_iter().map(|word| word.folded).collect();
        let joined = vec![apart.concat()];
        for name in [apart, joined] {
            if let Some(first) = name.first().filter(|_| name.len() <= PLACE_WORDS_MAX) {
                self.places.entry(first.clone()).or_default().push(name);
            }
        }
    }

    /// A name that may be said: the mission's own.
    pub fn own(&mut self, name: &str) {
        for word in words(name) {
            self.names.remove(&word.folded);
        }
    }

    /// What a reply repeats of it.
    pub fn repeated_by(&self, reply: &str) -> Option<Echo> {
        let words = words(reply);
        if rows(&words).iter().any(|row| self.rows.contains(row)) {
            return Some(Echo::Rumour);
        }
        if (0..words.len()).any(|at| self.is_place(&words[at..])) {
            return Some(Echo::Place);
        }
        names(&words).any(|name| self.names.contains(&name)).then_some(Echo::Name)
    }

    /// Whether words begin with the name of a place. Where a script has capitals, a name has one.
    fn is_place(&self, words: &[Word]) -> bool {
        let Some(first) = words.first() else { return false };
        let capital = first.case != Case::Small;
        let same = |name: &Vec<String>| {
            words.len() >= name.len() && name.iter().zip(words).all(|(part, word)| *part == word.folded)
        };
        capital && self.places.get(&first.folded).is_some_and(|names| names.iter().any(same))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// Begins with a small letter.
    Small,
    /// Begins with a capital.
    Capital,
    /// All capitals, two or more: an abbreviation.
    Capitals,
    /// The script has none.
    None,
}

#[derive(Debug, Clone)]
struct Word {
    folded: String,
    case: Case,
    /// First of its sentence, where a capital says nothing.
    first: bool,
}

fn words(text: &str) -> Vec<Word> {
    let mut all = Vec::new();
    let mut first = true;
    let mut current = String::new();
    let mut chars = text.chars().chain([' ']).peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() || is_mark(c) {
            current.push(c);
            continue;
        }
        // A word split by hyphens or dots to hide it is one word: "ca-mions", "M.I.S.O.U.V".
        let inside = matches!(c, '-' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}');
        if inside && !current.is_empty() && chars.peek().is_some_and(|next| next.is_alphanumeric()) {
            continue;
        }
        if !current.is_empty() {
            all.push(word(&std::mem::take(&mut current), first));
            first = false;
        }
        first |= matches!(c, '.' | '!' | '?' | ':' | '\n' | '\u{61f}' | '«' | '"' | '“');
    }
    all
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

fn word(text: &str, first: bool) -> Word {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let case = match letters.next() {
        Some(c) if c.is_lowercase() => Case::Small,
        Some(c) if c.is_uppercase() => {
            let mut rest = letters.peekable();
            let more = rest.peek().is_some();
            if more && rest.all(char::is_uppercase) { Case::Capitals } else { Case::Capital }
        }
        _ => Case::None,
    };
    Word { folded: fold(text), case, first }
}

/// Small letters without accents and marks: what two spellings of a word have in common.
fn fold(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).flat_map(bare).collect()
}

/// A letter without its accent, for the letters of the languages that missions write in Latin script.
fn bare(c: char) -> impl Iterator<Item = char> {
    let (one, two) = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => ('a', None),
        'æ' => ('a', Some('e')),
        'ç' | 'ć' | 'č' => ('c', None),
        'è'..='ë' | 'ē' | 'ę' | 'ě' | 'ɛ' => ('e', None),
        'ì'..='ï' | 'ī' | 'ĩ' => ('i', None),
        'ñ' | 'ń' | 'ň' => ('n', None),
        'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'ɔ' => ('o', None),
        'œ' => ('o', Some('e')),
        'ù'..='ü' | 'ū' | 'ũ' | 'ů' => ('u', None),
        'ý' | 'ÿ' => ('y', None),
        // Forms of alif, ya and ta marbuta that writers use for one another.
        'أ' | 'إ' | 'آ' | 'ٱ' => ('ا', None),
        'ى' => ('ي', None),
        'ة' => ('ه', None),
        c => (c, None),
    };
    std::iter::once(one).chain(two)
}

/// Words of weight, three in a row; where there are but two, those two.
fn rows(words: &[Word]) -> Vec<Vec<String>> {
    let weighty = |word: &&Word| {
        let chars = word.folded.chars().count();
        chars >= WEIGHT_CHARS || word.case == Case::None && chars >= 2
    };
    let stem = |word: &Word| word.folded.chars().take(STEM_CHARS).collect::<String>();
    let stems: Vec<String> = words.iter().filter(weighty).map(stem).collect();
    match stems.len() {
        0 | 1 => Vec::new(),
        2 => vec![stems],
        _ => stems.windows(ROW).map(<[String]>::to_vec).collect(),
    }
}

/// Words that a capital marks as a name. Abbreviations are no names of people, nor is the first word of a sentence.
fn names(words: &[Word]) -> impl Iterator<Item = String> + '_ {
    let is_name =
        |word: &&Word| word.case == Case::Capital && !word.first && word.folded.chars().count() >= NAME_CHARS;
    words.iter().filter(is_name).map(|word| word.folded.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUMOUR: &str = "Bonjour. On dit que les camions blancs de la base de Tilwani livrent des armes aux creuseurs \
                          chaque nuit, Awa Dembo les a vus. C'est vrai ?";

    fn heard() -> Heard {
        let mut heard = Heard::default();
        heard.say(RUMOUR);
        heard.place("Tilwani");
        heard.place("Mont-aux-Singes");
        heard.place("السوق الكبير");
        heard
    }

    #[test]
    fn a_checked_answer_in_words_of_its_own_goes() {
        let fine = [
            "Vérifié : nos camions ont transporté de l'eau et des vivres, et aucun n'a roulé de nuit.",
            "Message reçu, merci. Nous vérifions et nous vous répondrons.",
            "Akutukutu ti e a yö ngû na kobe.",
            "تم التحقق: نقلت شاحناتنا الماء والغذاء فقط.",
        ];
        for text in fine {
            assert_eq!(heard().repeated_by(text), None, "{text}");
        }
    }

    #[test]
    fn the_rumour_is_not_repeated_not_even_to_deny_it() {
        let told = [
            "Les camions blancs de la base n'ont rien livré.",
            "Faux : ils ne livrent PAS d'armes aux creuseurs.",
            "Non, ils n'ont pas livré des ar-mes aux creu-seurs.",
        ];
        for text in told {
            assert_eq!(heard().repeated_by(text), Some(Echo::Rumour), "{text}");
        }
    }

    #[test]
    fn a_short_question_is_a_rumour_too() {
        let mut heard = Heard::default();
        heard.say("Puits empoisonné ?");
        assert_eq!(
            heard.repeated_by("Aucun puits n'a été empoisonné."),
            None,
            "of three words one is its own"
        );
        assert_eq!(heard.repeated_by("Le puits n'est pas empoisonné."), Some(Echo::Rumour));
    }

    #[test]
    fn neither_a_name_nor_a_place_stands_in_a_reply() {
        assert_eq!(heard().repeated_by("Merci de votre message, Mme Dembo."), Some(Echo::Name));
        assert_eq!(heard().repeated_by("Nous étions à Tilwani hier."), Some(Echo::Place));
        assert_eq!(heard().repeated_by("Rien au mont aux singes."), None, "no name without its capital");
        assert_eq!(
            heard().repeated_by("Rien au Mont-aux-Singes."),
            Some(Echo::Place),
            "in one word or three"
        );
        assert_eq!(heard().repeated_by("كنا في السوق الكبير أمس"), Some(Echo::Place));
    }

    #[test]
    fn the_missions_own_name_may_be_said() {
        let mut heard = heard();
        heard.say("Les gens de Vigilance disent cela");
        assert_eq!(heard.repeated_by("Ici la mission Vigilance."), Some(Echo::Name));
        heard.own("Vigilance");
        assert_eq!(heard.repeated_by("Ici la mission Vigilance."), None);
    }

    #[test]
    fn a_refusal_names_the_class_and_never_the_words() {
        for echo in [Echo::Rumour, Echo::Name, Echo::Place] {
            let refusal = echo.refusal("fr");
            let said = format!("{:?}", refusal.fault());
            assert!(!said.contains("Tilwani") && !said.contains("Dembo"), "{said}");
            assert_eq!(refusal.code(), echo.code());
        }
    }
}
