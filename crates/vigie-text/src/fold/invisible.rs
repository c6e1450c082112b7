//! Characters that are not seen: always removed, reported only where they cannot have an honest use.

use unicode_script::Script;

/// What an invisible character may honestly be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invisible {
    /// Emoji variants, soft hyphens, isolates around a mention: no sign of anything.
    Harmless,
    /// Joiners: spelling in Arabic, Persian and Indic scripts, nothing between two Latin letters.
    Joiner,
    /// Direction marks: honest beside Arabic and Hebrew letters.
    Direction,
    /// Zero-width spaces: line breaks in scripts without spaces, nothing within a word elsewhere.
    Space,
    /// Direction overrides: make a text read otherwise than it is written.
    Override,
}

/// Which kind of invisible character `c` is.
pub fn kind(c: char) -> Option<Invisible> {
    match c {
        '\u{200c}' | '\u{200d}' => Some(Invisible::Joiner),
        '\u{200e}' | '\u{200f}' | '\u{61c}' => Some(Invisible::Direction),
        '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}' | '\u{34f}' => Some(Invisible::Space),
        '\u{202d}' | '\u{202e}' => Some(Invisible::Override),
        '\u{ad}'
        | '\u{202a}'..='\u{202c}'
        | '\u{2065}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{180b}'..='\u{180f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}'
        | '\u{2800}'
        | '\u{e0000}'..='\u{e0fff}' => Some(Invisible::Harmless),
        _ => None,
    }
}

impl Invisible {
    /// Whether finding it between letters of these two scripts is a manipulation.
    pub fn hides(self, before: Script, after: Script) -> bool {
        let plain = |s| matches!(s, Script::Latin | Script::Cyrillic | Script::Greek);
        let spaceless = |s| {
            matches!(
                s,
                Script::Thai
                    | Script::Lao
                    | Script::Khmer
                    | Script::Myanmar
                    | Script::Tibetan
                    | Script::Han
                    | Script::Hiragana
                    | Script::Katakana
            )
        };
        match self {
            Self::Harmless => false,
            Self::Override => true,
            Self::Joiner | Self::Direction => plain(before) && plain(after),
            Self::Space => !spaceless(before) && !spaceless(after),
        }
    }
}
