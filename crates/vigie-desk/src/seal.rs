//! The hash of an exact text: what a second person approves, verifies or clears.
//!
//! Every field is preceded by its length, so that no two different texts give the same bytes. A changed comma is
//! another hash, and what was approved before no longer counts.

use sha2::{Digest, Sha256};
use vigie_model::{MessageText, Statement};

struct Exact(Sha256);

impl Exact {
    fn of(kind: &str) -> Self {
        Self(Sha256::new()).field(kind)
    }
    fn field(mut self, text: &str) -> Self {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
        self
    }
    fn done(self) -> String {
        hex::encode(self.0.finalize())
    }
}

/// Hash of statements in their order.
pub fn statements(all: &[Statement]) -> String {
    let exact = Exact::of("statements");
    all.iter().fold(exact, |exact, one| exact.field(&one.lang).field(&one.text)).done()
}

/// Hash of one text: its language, its form, each sentence and the facts it rests on.
pub fn text(one: &MessageText) -> String {
    let exact = Exact::of("text").field(&one.lang).field(one.form.word());
    let sentences = one.sentences.iter().fold(exact, |exact, sentence| {
        let exact = exact.field(&sentence.text).field(&sentence.facts.len().to_string());
        sentence.facts.iter().fold(exact, |exact, fact| exact.field(&fact.to_string()))
    });
    sentences.done()
}

/// Hash of several texts, in the order of language and form.
pub fn texts<'a>(all: impl IntoIterator<Item = &'a MessageText>) -> String {
    let mut hashes: Vec<String> =
        all.into_iter().map(|one| format!("{} {} {}", one.lang, one.form, text(one))).collect();
    hashes.sort_unstable();
    hashes.iter().fold(Exact::of("texts"), |exact, hash| exact.field(hash)).done()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(lang: &str, text: &str) -> Statement {
        Statement { lang: lang.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_moved_letter_is_another_text() {
        let one = statements(&[statement("fr", "ab"), statement("en", "c")]);
        assert_ne!(one, statements(&[statement("fr", "a"), statement("en", "bc")]));
        assert_ne!(one, statements(&[statement("en", "c"), statement("fr", "ab")]));
        assert_eq!(one, statements(&[statement("fr", "ab"), statement("en", "c")]));
    }
}
