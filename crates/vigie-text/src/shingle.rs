//! Cuts a folded text into words and runs of three words.
//!
//! Where a script writes no spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese, Tibetan) each character stands
//! for a word: a run is then three characters. Two ideographs, or four letters of an alphabet without spaces,
//! count as one word when it is asked whether a text is long enough to be compared.

use crate::hash;
use unicode_script::{Script, UnicodeScript};

/// Texts under four words ("Amen", "Merci beaucoup") are everywhere and never link.
pub const WORDS_LEAST: usize = 4;

/// How a character that stands for a word counts, in quarters of a word; `None` where words have spaces.
pub fn quarters(c: char) -> Option<usize> {
    if c < '\u{e00}' {
        return None;
    }
    match c.script() {
        Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo | Script::Yi => Some(2),
        Script::Thai | Script::Lao | Script::Khmer | Script::Myanmar | Script::Tibetan => Some(1),
        _ => None,
    }
}

/// The runs of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runs {
    /// Hashes of the distinct runs, ascending; empty where the text is too short to be compared.
    pub set: Vec<u64>,
}

/// The runs of the words of `text`, which are parted by whitespace; at most `runs_max` are taken.
pub fn runs(text: &str, runs_max: usize) -> Runs {
    let (words, quarters) = words(text, runs_max.saturating_add(2));
    if quarters < WORDS_LEAST * 4 {
        return Runs::default();
    }
    let mut set: Vec<u64> =
        words.windows(3).map(|w| hash::mix(hash::mix(w[0], w[1]), w[2])).take(runs_max).collect();
    set.sort_unstable();
    set.dedup();
    Runs { set }
}

/// Word hashes, and how many words they count for, in quarters.
fn words(text: &str, words_max: usize) -> (Vec<u64>, usize) {
    let mut out = Vec::new();
    let mut count = 0;
    for piece in text.split_whitespace() {
        if out.len() >= words_max {
            break;
        }
        let mut start = 0;
        for (at, c) in piece.char_indices().filter(|(_, c)| *c >= '\u{e00}') {
            let Some(worth) = quarters(c) else { continue };
            if start < at {
                out.push(hash::bytes(&piece.as_bytes()[start..at]));
                count += 4;
            }
            start = at + c.len_utf8();
            out.push(hash::bytes(&piece.as_bytes()[at..start]));
            count += worth;
        }
        if start < piece.len() {
            out.push(hash::bytes(&piece.as_bytes()[start..]));
            count += 4;
        }
    }
    out.truncate(words_max);
    (out, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        runs(text, 4_096).set.len()
    }

    #[test]
    fn five_words_have_three_runs_and_three_words_none() {
        assert_eq!(count("the bridge is open again"), 3);
        assert_eq!(count("the bridge is"), 0);
        assert_eq!(count("the bridge is the bridge is the"), 3, "a run counts once");
    }

    #[test]
    fn a_script_without_spaces_runs_over_characters() {
        assert_eq!(count("早上好啊"), 0, "four characters are two words");
        assert_eq!(count("桥今天早上又开放了"), 7);
        assert_eq!(count("สวัสดีครับ"), 0);
        assert_eq!(count("สะพานเปิดอีกครั้งเมื่อเช้านี้"), 27);
    }

    #[test]
    fn a_long_text_is_cut_at_the_limit() {
        let words: Vec<String> = (0..1_000).map(|n| format!("w{n}")).collect();
        assert_eq!(runs(&words.join(" "), 100).set.len(), 100);
    }
}
