//! How many text messages a text costs, as the network counts them.
//!
//! A text within the GSM 7-bit alphabet (3GPP TS 23.038 §6.2.1) takes 160 characters alone or 153 a part; any other
//! letter makes it UCS-2: 70 alone or 67 a part. Characters of the extension table count twice.

use serde::Serialize;

/// How a text is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Coding {
    /// GSM 7-bit default alphabet.
    #[serde(rename = "gsm-7")]
    Gsm7,
    /// UCS-2: a letter outside the alphabet is in the text.
    #[serde(rename = "ucs-2")]
    Ucs2,
}

/// What a text costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SmsCount {
    /// How it is coded.
    pub coding: Coding,
    /// Units used (septets or 16-bit units).
    pub units: usize,
    /// Parts sent.
    pub parts: usize,
    /// Units left in the last part.
    pub left: usize,
    /// The letters that make it UCS-2, each once, at most ten.
    pub beyond: Vec<char>,
}

/// The basic character set of TS 23.038, without the escape.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// The extension table: two septets each.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// Counts `text`.
pub fn count(text: &str) -> SmsCount {
    let mut beyond: Vec<char> = Vec::new();
    let mut septets = 0;
    for letter in text.chars() {
        if BASIC.contains(letter) {
            septets += 1;
        } else if EXTENSION.contains(letter) {
            septets += 2;
        } else if beyond.len() < 10 && !beyond.contains(&letter) {
            beyond.push(letter);
        }
    }
    if beyond.is_empty() {
        parts(Coding::Gsm7, septets, 160, 153, beyond)
    } else {
        parts(Coding::Ucs2, text.encode_utf16().count(), 70, 67, beyond)
    }
}

fn parts(coding: Coding, units: usize, alone: usize, each: usize, beyond: Vec<char>) -> SmsCount {
    let parts = if units <= alone { 1 } else { units.div_ceil(each) };
    let room = if parts == 1 { alone } else { parts * each };
    SmsCount { coding, units, parts, left: room - units, beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_mostly_fits_the_alphabet_and_a_circumflex_does_not() {
        let plain = count("Le convoi de mardi portait du carburant pour l'hôpital.");
        assert_eq!((plain.coding, plain.beyond.as_slice()), (Coding::Ucs2, ['ô'].as_slice()));
        let plain = count("Le convoi de mardi portait du carburant. Rien d'autre.");
        assert_eq!((plain.coding, plain.parts), (Coding::Gsm7, 1));
    }

    #[test]
    fn the_limits_are_those_of_the_standard() {
        for (units, parts) in [(160, 1), (161, 2), (306, 2), (307, 3)] {
            assert_eq!(count(&"a".repeat(units)).parts, parts, "{units}");
        }
        for (units, parts) in [(70, 1), (71, 2), (134, 2), (135, 3)] {
            assert_eq!(count(&"ɓ".repeat(units)).parts, parts, "{units}");
        }
        assert_eq!(count(&"€".repeat(80)).parts, 1);
        assert_eq!(count(&"€".repeat(81)).parts, 2);
        assert_eq!(count("").left, 160);
    }
}
