//! How a name may sound in the other script: Arabic and Latin spellings of one name made comparable.
//!
//! Arabic writes no short vowels and Latin spellings of one Arabic name differ; so letters fold to a few classes and
//! two keys are made: consonants with long vowels, and consonants alone. Coarse on purpose: it serves to keep a
//! protected name hidden, never to say that two persons are one. Not a transliteration standard.

use unicode_script::{Script, UnicodeScript};

/// The keys of one word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sound {
    /// Consonants and vowels.
    pub full: String,
    /// Consonants.
    pub bones: String,
}

/// Whether the word is written in Arabic letters.
pub fn is_arabic(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.script() == Script::Arabic)
}

/// The keys of a folded word.
pub fn sound(word: &str) -> Sound {
    let mut full = String::new();
    if is_arabic(word) {
        word.chars().for_each(|c| push(&mut full, arabic(c)));
        // The ta marbuta and the heh at the end are heard as a.
        if word.ends_with('ه') && !full.ends_with('a') {
            full.push('a');
        }
    } else {
        latin(word, &mut full);
    }
    let bones = full.chars().filter(|c| !matches!(c, 'a' | 'i' | 'u')).collect();
    Sound { full, bones }
}

fn push(out: &mut String, c: Option<char>) {
    if let Some(c) = c.filter(|c| !out.ends_with(*c)) {
        out.push(c);
    }
}

fn arabic(c: char) -> Option<char> {
    Some(match c {
        'ا' | 'ى' => 'a',
        'و' | 'ؤ' => 'u',
        'ي' | 'ئ' => 'i',
        'ب' | 'پ' => 'b',
        'ت' | 'ط' => 't',
        'ث' | 'س' | 'ص' => 's',
        'ج' | 'چ' => 'j',
        'د' | 'ض' => 'd',
        'ذ' | 'ز' | 'ظ' => 'z',
        'ر' => 'r',
        'ش' => 'c',
        'غ' | 'گ' => 'g',
        'ف' | 'ڤ' => 'f',
        'خ' | 'ق' | 'ك' => 'k',
        'ل' => 'l',
        'م' => 'm',
        'ن' => 'n',
        _ => return None,
    })
}

fn latin(word: &str, out: &mut String) {
    let letters: Vec<char> = word.chars().collect();
    let mut n = 0;
    while let Some(c) = letters.get(n) {
        let next = letters.get(n + 1).copied();
        let (sound, taken) = match (c, next) {
            ('c' | 's', Some('h')) => (Some('c'), 2),
            ('k' | 'q', Some('h')) => (Some('k'), 2),
            ('g', Some('h')) => (Some('g'), 2),
            ('t', Some('h')) => (Some('t'), 2),
            ('d', Some('h')) => (Some('z'), 2),
            ('p', Some('h')) => (Some('f'), 2),
            ('d', Some('j')) => (Some('j'), 2),
            ('o', Some('u')) => (Some('u'), 2),
            ('c', Some('e' | 'i' | 'y')) | ('x', _) => (Some('s'), 1),
            ('g', Some('e' | 'i' | 'y')) | ('j', _) => (Some('j'), 1),
            ('c' | 'k' | 'q', _) => (Some('k'), 1),
            ('p' | 'b', _) => (Some('b'), 1),
            ('f' | 'v', _) => (Some('f'), 1),
            ('o' | 'u' | 'w', _) => (Some('u'), 1),
            ('e' | 'i' | 'y', _) => (Some('i'), 1),
            ('a' | 'd' | 'g' | 'l' | 'm' | 'n' | 'r' | 's' | 't' | 'z', _) => (Some(*c), 1),
            _ => (None, 1),
        };
        push(out, sound);
        n += taken;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::cut;

    fn keys(word: &str) -> Sound {
        let cut = cut(word);
        sound(cut.word(0))
    }

    #[test]
    fn the_consonants_of_a_name_are_the_same_in_both_scripts() {
        for (latin, arabic) in
            [("Kolimbé", "كوليمبي"), ("Zamoré", "زاموريه"), ("Aïchatou", "عائشاتو"), ("Farida", "فريدة")]
        {
            assert_eq!(keys(latin).bones, keys(arabic).bones, "{latin}");
        }
        assert_eq!(keys("أمينة").full, "amina");
        assert_eq!(keys("Amina").full, "amina");
    }
}
