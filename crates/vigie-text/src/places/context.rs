//! Words that say that a place is meant, and words that are no place until they do.
//!
//! Folded letters, doubled ones single, as [`crate::parts`] gives them. Not checked by speakers except for English
//! and French; a mission's own list of ordinary words comes in with its gazetteer.

/// Words after which a place is named: to, in, at, from, near.
const BEFORE_PLACE: &[&str] = &[
    // French
    "a", "au", "aux", "de", "du", "des", "d", "vers", "pres", "depuis", "entre", "jusqua", "sur", "dans",
    "en", "chez", "pour", "autour", "devant", "deriere", "hors", // English
    "in", "at", "to", "from", "near", "towards", "toward", "around", "outside", "betwen", "of", "into",
    "behind", // Arabic
    "في", "من", "الي", "علي", "قرب", "نحو", "عند", "بين", "حول", "داخل", "خارج",
    // Sango, Hausa, Fulfulde, Swahili
    "ti", "na", "kwa", "huko", "mjini", "kijijini", "katika", "karibu", "toka", "hadi", "ha", "sera", "dow",
    "daga", "zuwa", "kusa", "garin", "cikin",
];

/// Words that name a kind of place: "village de …", "market of …".
const KINDS: &[&str] = &[
    "vilage",
    "vile",
    "localite",
    "quartier",
    "comune",
    "base",
    "camp",
    "pont",
    "marche",
    "puits",
    "route",
    "axe",
    "prefecture",
    "secteur",
    "region",
    "province",
    "riviere",
    "bac",
    "ecole",
    "stade",
    "town",
    "city",
    "market",
    "bridge",
    "road",
    "sector",
    "district",
    "river",
    "wel",
    "schol",
    "قريه",
    "مدينه",
    "سوق",
    "قاعده",
    "معسكر",
    "جسر",
    "طريق",
    "حي",
    "منطقه",
    "وادي",
    "بر",
    "ابار",
    "gbata",
    "kodro",
    "gala",
    "lege",
    "wuro",
    "lumo",
    "lawol",
    "gari",
    "kauye",
    "kasuwar",
    "hanyar",
    "gadar",
    "sansanin",
    "kijiji",
    "mji",
    "soko",
    "kambi",
    "daraja",
    "barabara",
];

/// Ordinary words that gazetteers are full of.
const ORDINARY: &[&str] = &[
    "la",
    "le",
    "les",
    "paix",
    "marche",
    "moulin",
    "mision",
    "centre",
    "nord",
    "sud",
    "est",
    "ouest",
    "plateau",
    "base",
    "camp",
    "pont",
    "vile",
    "vilage",
    "port",
    "gare",
    "ecole",
    "eau",
    "bois",
    "mil",
    "riz",
    "lac",
    "mont",
    "cote",
    "rouge",
    "blanc",
    "bleu",
    "vert",
    "noir",
    "espoir",
    "liberte",
    "union",
    "victoire",
    "nouveau",
    "nouvele",
    "grand",
    "petit",
    "petite",
    "grande",
    "bonheur",
    "carefour",
    "mine",
    "mines",
    "ferme",
    "dimanche",
    "mardi",
    "demain",
    "hier",
    "un",
    "une",
    "on",
    "ils",
    "mon",
    "ma",
    "si",
    "dit",
    "peace",
    "market",
    "hope",
    "home",
    "bank",
    "wel",
    "north",
    "south",
    "east",
    "west",
    "new",
    "old",
    "so",
    "me",
    "we",
    "no",
    "may",
    "march",
    "one",
    "bar",
    "do",
    "bara",
    "na",
    "ti",
    "mo",
    "ala",
    "nzoni",
    "kosi",
    "gari",
    "gida",
    "ruwa",
    "سلام",
    "السلام",
    "سوق",
    "نور",
    "النور",
    "امل",
    "الامل",
    "بر",
    "البر",
    "جديد",
    "قاعده",
    "جسر",
    "شمال",
    "جنوب",
    "شرق",
    "غرب",
];

pub fn is_before_place(word: &str) -> bool {
    BEFORE_PLACE.contains(&word)
}

pub fn is_kind(word: &str) -> bool {
    KINDS.contains(&word)
}

pub fn is_ordinary(word: &str) -> bool {
    ORDINARY.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::cut;

    #[test]
    fn the_words_stand_in_folded_letters() {
        let words = BEFORE_PLACE.iter().chain(KINDS).chain(ORDINARY);
        let wrong: Vec<String> = words
            .filter(|word| cut(word).word(0) != **word)
            .map(|word| format!("{word}: {}", cut(word).word(0)))
            .collect();
        assert_eq!(wrong, [""; 0]);
    }
}
