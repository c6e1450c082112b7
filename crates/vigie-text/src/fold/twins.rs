//! Look-alikes: letters of one script that pass for letters of another (UTS #39).
//!
//! Applied only to a word that mixes scripts, or to a word made of nothing but look-alikes in a text of the other
//! script: Russian stays Russian. UTS #39 maps a character to one prototype for all uses; the table here comes
//! first, since a reader sees a Latin letter in more of them (`к`, `м`, `т`, `н`, `в` as small capitals).

use unicode_script::{Script, UnicodeScript};
use unicode_security::skeleton;

/// The Latin letter that `c` passes for.
pub fn latin(c: char) -> Option<char> {
    let twin = match c {
        'а' | 'А' | 'α' | 'Α' => 'a',
        'в' | 'В' | 'ь' | 'Ь' | 'Β' => 'b',
        'с' | 'С' | 'ϲ' | 'Ϲ' => 'c',
        'ԁ' | 'Ԁ' => 'd',
        'е' | 'Е' | 'ε' | 'Ε' | 'ϵ' | 'є' | 'Є' | 'э' | 'Э' | 'ԑ' | 'Ԑ' => 'e',
        'ԍ' | 'Ԍ' => 'g',
        'н' | 'Н' | 'һ' | 'Һ' | 'Η' => 'h',
        'і' | 'І' | 'ι' | 'Ι' | 'ӏ' | 'Ӏ' => 'i',
        'ј' | 'Ј' | 'ϳ' | 'Ϳ' => 'j',
        'к' | 'К' | 'κ' | 'Κ' => 'k',
        'м' | 'М' | 'Μ' => 'm',
        'п' | 'П' | 'и' | 'И' | 'η' | 'Ν' => 'n',
        'о' | 'О' | 'ο' | 'Ο' | 'σ' | 'ө' | 'Ө' => 'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'ԛ' | 'Ԛ' => 'q',
        'г' | 'Г' | 'я' | 'Я' => 'r',
        'ѕ' | 'Ѕ' => 's',
        'т' | 'Т' | 'τ' | 'Τ' => 't',
        'υ' => 'u',
        'ѵ' | 'Ѵ' | 'ν' => 'v',
        'ԝ' | 'Ԝ' | 'ш' | 'Ш' | 'ω' => 'w',
        'х' | 'Х' | 'χ' | 'Χ' => 'x',
        'у' | 'У' | 'ү' | 'Ү' | 'γ' | 'Υ' => 'y',
        'Ζ' => 'z',
        _ => return if passes(c.script()) { by_prototype(c) } else { None },
    };
    Some(twin)
}

/// Whether letters of this script are drawn enough like Latin ones to pass for them within a word. UTS #39 also
/// lists pairs that nobody takes for one another in a sentence, such as Arabic heh beside `o`.
fn passes(script: Script) -> bool {
    matches!(
        script,
        Script::Cyrillic
            | Script::Greek
            | Script::Coptic
            | Script::Armenian
            | Script::Cherokee
            | Script::Lisu
    )
}

/// Letters typed in place of `ɛ` and `ɣ` for want of a keyboard: spelling in Twi or Ewe, no disguise.
pub fn stands_in(c: char) -> bool {
    matches!(c, 'ε' | 'Ε' | 'ϵ' | 'ԑ' | 'Ԑ' | 'γ')
}

/// The ASCII letter that UTS #39 names as prototype, where there is one.
pub fn by_prototype(c: char) -> Option<char> {
    let mut buffer = [0; 4];
    let mut prototype = skeleton(c.encode_utf8(&mut buffer));
    let twin = prototype.next().filter(char::is_ascii_alphabetic)?;
    prototype.next().is_none().then(|| twin.to_ascii_lowercase())
}

/// Whether `c` cannot be told from a Latin letter at all: a whole word of these is suspect in a Latin text.
pub fn is_exact(c: char) -> bool {
    matches!(
        c,
        'а' | 'с'
            | 'е'
            | 'о'
            | 'р'
            | 'х'
            | 'у'
            | 'і'
            | 'ѕ'
            | 'ј'
            | 'һ'
            | 'ԁ'
            | 'ԛ'
            | 'ԝ'
            | 'А'
            | 'В'
            | 'С'
            | 'Е'
            | 'Н'
            | 'К'
            | 'М'
            | 'О'
            | 'Р'
            | 'Т'
            | 'Х'
            | 'У'
            | 'І'
            | 'Ѕ'
            | 'Ј'
            | 'ο'
            | 'Α'
            | 'Β'
            | 'Ε'
            | 'Ζ'
            | 'Η'
            | 'Ι'
            | 'Κ'
            | 'Μ'
            | 'Ν'
            | 'Ο'
            | 'Ρ'
            | 'Τ'
            | 'Υ'
            | 'Χ'
    )
}

/// The Cyrillic letter that a Latin one passes for.
pub fn cyrillic(c: char) -> Option<char> {
    Some(match c {
        'a' | 'A' => 'а',
        'B' => 'в',
        'c' | 'C' => 'с',
        'e' | 'E' => 'е',
        'H' => 'н',
        'i' | 'I' => 'і',
        'j' | 'J' => 'ј',
        'k' | 'K' => 'к',
        'm' | 'M' => 'м',
        'o' | 'O' => 'о',
        'p' | 'P' => 'р',
        's' | 'S' => 'ѕ',
        'T' => 'т',
        'x' | 'X' => 'х',
        'y' | 'Y' => 'у',
        _ => return None,
    })
}
