//! Turns text into words to search by, alike for a stored signal and for a question.
//!
//! Words are folded so that a reader finds what they mean: case, accents and vowel signs go, alef forms become
//! one, the Arabic article is dropped, Russian endings are cut, Chinese and Japanese are taken in pairs of
//! characters. SQLite's own full text misses these (`قُتل` for `قتل`, `维和` inside a sentence).

use tantivy::tokenizer::{Language, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest word kept, in characters; the rest of a longer run without spaces is searched by its start.
const WORD_MAX: usize = 64;

/// Words of `text`, folded, in order.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut wide: Option<char> = None;
    for c in text.nfkd().filter(|c| !is_combining_mark(*c) && *c != 'ـ').flat_map(fold) {
        if is_wide(c) {
            close(&mut word, &mut words);
            if let Some(before) = wide {
                words.push([before, c].iter().collect());
            }
            wide = Some(c);
        } else {
            wide = None;
            if c.is_alphanumeric() {
                word.push(c);
            } else {
                close(&mut word, &mut words);
            }
        }
    }
    close(&mut word, &mut words);
    words
}

fn fold(c: char) -> impl Iterator<Item = char> {
    let c = match c {
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        'ɓ' => 'b',
        'ɗ' => 'd',
        'ƙ' => 'k',
        'ƴ' => 'y',
        other => other,
    };
    c.to_lowercase()
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn close(word: &mut String, words: &mut Vec<String>) {
    if word.is_empty() {
        return;
    }
    let mut taken = std::mem::take(word);
    if let Some((end, _)) = taken.char_indices().nth(WORD_MAX) {
        taken.truncate(end);
    }
    words.push(without_article(taken));
}

/// Drops the Arabic article where a word of two letters or more is left.
fn without_article(word: String) -> String {
    match word.strip_prefix("ال") {
        Some(rest) if rest.chars().count() >= 2 => rest.to_owned(),
        _ => word,
    }
}

/// The words as a tantivy tokenizer, Russian stemming included (it leaves other scripts alone).
pub fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(Words).filter(Stemmer::new(Language::Russian)).build()
}

#[derive(Clone)]
struct Words;

struct Stream {
    words: std::vec::IntoIter<String>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        Stream { words: words(text).into_iter(), token: Token::default() }
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text = word;
        true
    }
    fn token(&self) -> &Token {
        &self.token
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
