//! Puts bars of one length over spans of a text: neither a name nor its length can be read off.

use std::ops::Range;

/// What stands in place of anything masked.
pub const BAR: &str = "▮▮▮";

/// `text` with every span behind a bar. Spans that touch, or have nothing but signs between them, share one bar, so
/// that the number of words does not show either. Spans that do not stand on characters are widened.
pub fn cover(text: &str, spans: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in merged(text, spans) {
        out.push_str(text.get(at..span.start).unwrap_or_default());
        out.push_str(BAR);
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The spans in order, those side by side made one.
pub fn merged(text: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> =
        spans.iter().map(|span| whole(text, span)).filter(|s| !s.is_empty()).collect();
    all.sort_by_key(|span| (span.start, span.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(all.len());
    for span in all {
        match out.last_mut() {
            Some(open) if is_between_signs(text, open.end, span.start) => open.end = open.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

fn is_between_signs(text: &str, from: usize, to: usize) -> bool {
    to <= from || text.get(from..to).is_some_and(|between| !between.chars().any(char::is_alphanumeric))
}

fn whole(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_length_nor_number_of_words_shows() {
        assert_eq!(cover("Awa Kolimbé, là", &[0..3, 4..12]), "▮▮▮, là");
        assert_eq!(cover("Bo est là", &[0..1, 1..2]), "▮▮▮ est là");
        assert_eq!(cover("é", &[1..2, 0..1, 9..12]), "▮▮▮");
        assert_eq!(cover("rien", &[]), "rien");
    }
}
