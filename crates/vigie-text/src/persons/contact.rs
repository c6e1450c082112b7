//! Finds telephone numbers and e-mail addresses, however they are parted.

use crate::parts::{Cut, Gap};
use std::ops::Range;

/// Fewest and most digits of a telephone number.
const DIGITS_LEAST: usize = 7;
const DIGITS_MAX: usize = 16;
/// A group of digits within a number is at most this far from the next, in bytes.
const BETWEEN_BYTES_MAX: usize = 4;
/// Words after which a long number is an amount.
const MONEY: &[&str] =
    &["fcfa", "cfa", "franc", "francs", "xaf", "xof", "dolars", "dolar", "usd", "eur", "euros", "euro"];

/// Runs of digits that may be one number, as ranges of parts with the digits themselves.
pub fn numbers(cut: &Cut<'_>) -> Vec<(Range<usize>, String)> {
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    for (n, part) in cut.parts.iter().enumerate().filter(|(_, part)| part.digits) {
        let digits: String = cut.folded(part).chars().filter_map(digit).collect();
        match out.last_mut() {
            Some((open, all)) if open.end == n && goes_on(cut, n) => {
                open.end = n + 1;
                all.push_str(&digits);
            }
            _ => out.push((n..n + 1, digits)),
        }
    }
    out
}

fn digit(c: char) -> Option<char> {
    c.is_numeric().then(|| c.to_digit(10).and_then(|value| char::from_digit(value, 10)).unwrap_or('0'))
}

/// Whether the group of digits at part `n` belongs to the one before: only spaces, brackets, dots and dashes between.
fn goes_on(cut: &Cut<'_>, n: usize) -> bool {
    let (Some(before), Some(part)) = (n.checked_sub(1).and_then(|b| cut.parts.get(b)), cut.parts.get(n))
    else {
        return false;
    };
    let between = cut.text.get(before.span.end..part.span.start).unwrap_or_default();
    let parting = |c: char| {
        c.is_whitespace()
            || matches!(c, '(' | ')' | '.' | '-' | '/' | '_' | '·' | '*' | '\u{2010}'..='\u{2015}')
    };
    between.len() <= BETWEEN_BYTES_MAX && !between.contains('\n') && between.chars().all(parting)
}

/// Telephone numbers, as ranges of parts.
pub fn phones(cut: &Cut<'_>) -> Vec<Range<usize>> {
    let long = |digits: &str| (DIGITS_LEAST..=DIGITS_MAX).contains(&digits.len());
    let found = numbers(cut).into_iter().filter(|(parts, digits)| {
        // Longer than any number: two numbers in a row, or one with something around it. Better masked.
        digits.len() > DIGITS_MAX || (long(digits) && !is_money(cut, parts) && !is_date(cut, parts))
    });
    found.map(|(parts, _)| parts).collect()
}

fn is_money(cut: &Cut<'_>, parts: &Range<usize>) -> bool {
    matches!(cut.gap(parts.end), Gap::Space | Gap::Joint) && MONEY.contains(&cut.word(parts.end))
}

/// 2026-11-24 and 24/11/2026, with or without a time: not 20-26-11-24.
fn is_date(cut: &Cut<'_>, parts: &Range<usize>) -> bool {
    let groups: Vec<&str> = parts.clone().map(|n| cut.word(n)).collect();
    let number = |text: &&str| text.parse::<u32>().unwrap_or(u32::MAX);
    let (day, month) = (|n| (1..=31).contains(&n), |n| (1..=12).contains(&n));
    let year = |text: &&str| text.len() == 4 && (1900..2100).contains(&number(text));
    let spaced = parts.clone().skip(1).take(2).any(|n| cut.gap(n) != Gap::Joint);
    match groups.as_slice() {
        [y, m, d, ..] if year(y) => !spaced && month(number(m)) && day(number(d)) && groups.len() <= 5,
        [d, m, y, ..] if year(y) => !spaced && month(number(m)) && day(number(d)) && groups.len() <= 5,
        _ => false,
    }
}

/// E-mail addresses, in bytes: `name@host.top`, also with `[at]` or `(at)`.
pub fn emails(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for sign in ["@", "＠", "[at]", "(at)", "{at}", " at ", " AT ", "[AT]", "(AT)", " arobase "] {
        for (at, found) in text.match_indices(sign) {
            out.extend(around(text, at..at + found.len()));
        }
    }
    out
}

fn around(text: &str, sign: Range<usize>) -> Option<Range<usize>> {
    let local = |c: char| {
        c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%') || !c.is_ascii() && !c.is_whitespace()
    };
    let host =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_') || !c.is_ascii() && !c.is_whitespace();
    let before = text.get(..sign.start)?;
    let after = text.get(sign.end..)?;
    let (head, tail) = (before.trim_end_matches(' '), after.trim_start_matches(' '));
    let start = head.trim_end_matches(local).len();
    let domain =
        tail.get(..tail.find(|c: char| !host(c)).unwrap_or(tail.len()))?.trim_end_matches(['.', '-']);
    let (name, top) = domain.rsplit_once('.')?;
    if start == head.len() || name.is_empty() || top.chars().count() < 2 {
        return None;
    }
    let end = text.len() - tail.len() + domain.len();
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::cut;

    #[track_caller]
    fn check(text: &str, found: &[&str]) {
        let cut = cut(text);
        let mut all: Vec<&str> = phones(&cut).iter().map(|parts| cut.original(parts)).collect();
        all.extend(emails(text).into_iter().filter_map(|span| text.get(span)));
        assert_eq!(all, found, "{text}");
    }

    #[test]
    fn numbers_and_addresses_are_found_and_dates_and_prices_are_not() {
        check("Appelez le 77 00 11 22 ou +999 (0) 70-00-11-22.", &["77 00 11 22", "999 (0) 70-00-11-22"]);
        check("٠٧٧٠٠١١٢٢ هاتف", &["٠٧٧٠٠١١٢٢"]);
        check("tel7700112x", &["7700112"]);
        check("Le 24/11/2026 à 14 h, 2026-11-24 09:00, 14 000 F", &[]);
        check("25 000 000 FCFA", &[]);
        check(
            "awa.k@exemple.example ; awa [at] exemple.example",
            &["awa.k@exemple.example", "awa [at] exemple.example"],
        );
        check("rendez-vous @midi, look at this.", &[]);
    }
}
