//! Cuts a text into the terms under which a claim is found again: word stems, and runs of four characters.
//!
//! Words are folded as for likeness, then freed of endings by light rules: Arabic as Larkey, Ballesteros and Connell
//! ("light10", 2002), the other languages by the few endings that carry most of the variation. A language without rules
//! keeps its words whole; runs of four characters see through endings and prefixes in any language. Where a script
//! writes no spaces, two neighbouring characters stand for a word.

use crate::hash;
use crate::normalise;
use crate::shingle::quarters;

/// The terms of one text, with repeats.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Stems of words.
    pub words: Vec<u64>,
    /// Runs of four characters.
    pub grams: Vec<u64>,
    /// Words counted before the frequent ones were left out.
    pub length: usize,
}

/// Longest text that is read, in bytes.
const BYTES_MAX: usize = 64 << 10;

const ENGLISH: &str = " a about after all also am an and any are as at be been before being but by can did do does for from get had has have he her here him his how i if im in into is it its just like me more my no not now of on one or our out over so some such than that the their them then there these they this those to up us was we were what when where which while who why will with would you your ";
const FRENCH: &str = " au aux avec ce ces dans de des du elle en et eux il je la le les leur lui ma mais me meme mes moi mon ne nos notre nous on ou par pas pour qu que qui sa se ses son sur ta te tes toi ton tu un une vos votre vous est sont a ";
const SPANISH: &str =
    " de la que el en y a los del se las por un para con no una su al lo como mas pero sus le ya o ";
const PORTUGUESE: &str =
    " de a o que e do da em um para com nao uma os no se na por mais as dos como mas ao ele das seu sua ou ";
const ARABIC: &str = " في من على الى عن مع هذا هذه ان لا ما او كل قد لم كان التي الذي و ثم ";

/// The language of which `text` shows most frequent words, where at least two are seen and no other language shows as
/// many. It serves where neither the table nor a language model names one; it knows four languages and Arabic script.
pub fn spoken(text: &str) -> Option<&'static str> {
    let folded = normalise(&open(text)).folded;
    let lists = [("en", ENGLISH), ("fr", FRENCH), ("es", SPANISH), ("pt", PORTUGUESE), ("ar", ARABIC)];
    let mut counts = lists.map(|(lang, list)| {
        let frequent = |word: &&str| list.split(' ').any(|other| other == *word);
        (folded.split(' ').filter(frequent).count(), lang)
    });
    counts.sort_unstable_by(|x, y| y.cmp(x));
    let [(most, lang), (second, _), ..] = counts;
    (most >= 2 && most > second).then_some(lang)
}

/// The terms of `text`; `lang` is its language (BCP 47), where known.
pub fn terms(text: &str, lang: Option<&str>) -> Terms {
    let end = text.len().min(BYTES_MAX);
    let end = (0..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let folded = normalise(&open(&text[..end])).alike;
    let lang = lang.map_or("", |tag| tag.split('-').next().unwrap_or_default());
    let mut out = Terms::default();
    for word in folded.split_whitespace() {
        cut(word, lang, &mut out);
    }
    out.grams = grams(&folded);
    out
}

/// Takes links out and hashtags and mentions apart: `#RoadToBirao` says four words, and a name after `@` is a name.
fn open(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for piece in text.split_whitespace() {
        let link =
            piece.find("://").or_else(|| piece.find("pic.twitter.com")).or_else(|| piece.find("t.co/"));
        let kept = match link {
            Some(at) => piece[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric()),
            None => piece,
        };
        let mut before = ' ';
        for c in kept.chars() {
            match c {
                '@' | '#' | '_' => out.push(' '),
                c if c.is_uppercase() && before.is_lowercase() => out.extend([' ', c]),
                c => out.push(c),
            }
            before = c;
        }
        out.push(' ');
    }
    out
}

fn cut(word: &str, lang: &str, out: &mut Terms) {
    if word.chars().any(|c| quarters(c).is_some()) {
        let chars: Vec<char> = word.chars().collect();
        out.length += chars.len().div_ceil(2);
        let pairs = chars.windows(2.min(chars.len()));
        out.words.extend(pairs.map(|pair| hash::bytes(pair.iter().collect::<String>().as_bytes())));
        return;
    }
    out.length += 1;
    let arabic = word.chars().next().is_some_and(|c| ('\u{600}'..='\u{6ff}').contains(&c));
    let frequent = match lang {
        _ if arabic => ARABIC,
        "fr" => FRENCH,
        "es" => SPANISH,
        "pt" => PORTUGUESE,
        "en" | "" | "und" => ENGLISH,
        _ => "",
    };
    if frequent.split(' ').any(|other| other == word) {
        return;
    }
    let stem = match lang {
        _ if arabic => arabic_stem(word),
        "fr" => without(
            word,
            &[
                "issements",
                "issement",
                "ements",
                "ement",
                "ations",
                "ation",
                "euses",
                "euse",
                "eaux",
                "aux",
                "ees",
                "ee",
                "es",
                "er",
                "ent",
                "e",
                "s",
                "x",
            ],
            4,
        ),
        "es" => without(
            word,
            &["aciones", "acion", "mente", "idades", "idad", "es", "os", "as", "a", "o", "e", "s"],
            4,
        ),
        "pt" => without(
            word,
            &["acoes", "acao", "mente", "idades", "idade", "oes", "es", "os", "as", "a", "o", "e", "s"],
            4,
        ),
        "en" | "" | "und" => without(word, &["ing", "ed", "es", "s"], 3),
        _ => word,
    };
    out.words.push(hash::bytes(stem.as_bytes()));
}

/// The word without the first of these endings that leaves at least `least` letters.
fn without<'a>(word: &'a str, endings: &[&str], least: usize) -> &'a str {
    let cut = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= least);
    endings.iter().find_map(|ending| cut(ending)).unwrap_or(word)
}

fn arabic_stem(word: &str) -> &str {
    let starts = ["وال", "بال", "كال", "فال", "لل", "ال"];
    let left = |start: &str| word.strip_prefix(start).filter(|rest| rest.chars().count() >= 2);
    let word = starts.iter().find_map(|start| left(start)).unwrap_or(word);
    let word = word.strip_prefix('و').filter(|rest| rest.chars().count() >= 3).unwrap_or(word);
    without(word, &["ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي"], 2)
}

/// Runs of four characters of the folded text, words parted by one space each.
fn grams(folded: &str) -> Vec<u64> {
    let mut chars: Vec<char> = vec![' '];
    for word in folded.split_whitespace() {
        chars.extend(word.chars());
        chars.push(' ');
    }
    chars.windows(4).map(|run| run.iter().fold(7, |sum, c| hash::mix(sum, u64::from(*c)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(a: &str, b: &str, lang: &str) -> usize {
        let (a, b) = (terms(a, Some(lang)).words, terms(b, Some(lang)).words);
        a.iter().filter(|word| b.contains(word)).count()
    }

    #[test]
    fn endings_and_articles_do_not_part_words() {
        assert_eq!(shared("soldiers attacked towns", "soldier attacking town", "en"), 3);
        assert_eq!(shared("les soldats attaquent", "le soldat attaque", "fr"), 2);
        assert_eq!(shared("والجنود في المدينة", "جنود مدينة", "ar"), 2);
        assert_eq!(shared("los puentes cerrados", "puente cerrado", "es"), 2);
    }

    #[test]
    fn hashtags_are_words_links_are_not_and_chinese_is_cut_in_twos() {
        assert_eq!(shared("#RoadToBirao closed https://x.example/birao", "road birao", "en"), 2);
        assert_eq!(terms("https://x.example/a pic.twitter.com/abc", Some("en")).words.len(), 0);
        assert_eq!(terms("桥今天开放", Some("zh")).words.len(), 4);
        assert!(shared("大桥今天开放", "桥今天关闭", "zh") >= 2);
    }

    #[test]
    fn a_language_is_named_by_its_frequent_words_or_not_at_all() {
        assert_eq!(spoken("They say that the bridge was closed by the army"), Some("en"));
        assert_eq!(spoken("On dit que le pont a été fermé par les soldats"), Some("fr"));
        assert_eq!(spoken("dicen que el puente fue cerrado por los soldados"), Some("es"));
        assert_eq!(spoken("Birao Zarambo Minut"), None);
        assert_eq!(spoken(""), None);
    }

    #[test]
    fn no_text_gives_no_terms_and_a_long_one_is_cut() {
        assert_eq!(terms("", None), Terms::default());
        let long = "é".repeat(100_000);
        assert!(terms(&long, None).grams.len() <= BYTES_MAX);
    }
}
