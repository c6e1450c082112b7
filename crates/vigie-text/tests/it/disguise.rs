//! One invented rumour in five languages, disguised in the ways seen on platforms, stays one narrative; true stories
//! that share its words stay apart. The texts are invented; no speaker of Sango, Hausa, Arabic or Fulfulde has checked them.

use crate::{Board, grouped, item};
use vigie_model::Trick;
use vigie_text::{Reader, Settings};

const RUMOURS: [&str; 5] = [
    "Alerte à Zarambo : la mission a livré cette nuit des caisses de fusils aux bandits du fleuve, faites tourner avant qu'on efface.",
    "Zarambo : a-turugu ti mission amû angombe na azo ti sioni na bi so, tene ni na azo kue kozo si ala lungula ni.",
    "Labari daga Zarambo: dakarun tawagar sun bai wa 'yan fashin kogi bindigogi a daren jiya, ku yaɗa kafin a goge shi.",
    "عاجل من زارامبو: البعثة سلّمت الليلة صناديق بنادق لقطّاع الطرق قرب النهر، أنشروا الخبر قبل أن يُحذف.",
    "Habaru Zarambo: sooje'en misiyoŋ kokkii fetelaaji wuyɓe maayo jemma hande, saaktinee habaru ngu hade mo'on momtude ɗum.",
];

/// A small sequence of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

type Disguise = fn(&str, &mut Dice) -> String;

/// Applies `change` to the letters of some words of four letters or more.
fn in_words(text: &str, dice: &mut Dice, change: fn(&[char], &mut Dice) -> String) -> String {
    let word = |piece: &str, dice: &mut Dice| {
        let letters: Vec<char> = piece.chars().collect();
        let plain = letters.len() >= 4 && letters.iter().all(|c| c.is_alphabetic());
        if plain && dice.roll(3) > 0 { change(&letters, dice) } else { piece.to_owned() }
    };
    text.split(' ').map(|piece| word(piece, dice)).collect::<Vec<_>>().join(" ")
}

fn insert(letters: &[char], what: &str, dice: &mut Dice) -> String {
    let at = 1 + dice.roll(letters.len() - 1);
    letters[..at].iter().collect::<String>() + what + &letters[at..].iter().collect::<String>()
}

fn between(letters: &[char], what: &str) -> String {
    letters.iter().map(char::to_string).collect::<Vec<_>>().join(what)
}

fn look_alike(c: char) -> char {
    const PAIRS: [(char, char); 14] = [
        ('a', 'а'),
        ('e', 'е'),
        ('o', 'о'),
        ('c', 'с'),
        ('p', 'р'),
        ('x', 'х'),
        ('y', 'у'),
        ('i', 'і'),
        ('s', 'ѕ'),
        ('j', 'ј'),
        ('A', 'А'),
        ('M', 'М'),
        ('O', 'Ο'),
        ('v', 'ν'),
    ];
    PAIRS.iter().find(|(latin, _)| *latin == c).map_or(c, |(_, twin)| *twin)
}

const DISGUISES: [(&str, Disguise); 13] = [
    ("as it was", |t, _| t.to_owned()),
    ("hyphens within words", |t, d| in_words(t, d, |w, d| insert(w, "-", d))),
    ("letter by letter", |t, d| in_words(t, d, |w, _| between(w, "-"))),
    ("letter by letter with dots", |t, d| in_words(t, d, |w, _| between(w, "."))),
    ("letter by letter with spaces", |t, d| {
        // One word at a time: two such words in a row would run together, for a reader too.
        let words: Vec<&str> = t.split(' ').collect();
        let at = d.roll(words.len());
        let spread = |(n, w): (usize, &&str)| {
            let letters: Vec<char> = w.chars().collect();
            let plain = n == at && letters.len() >= 4 && letters.iter().all(|c| c.is_alphabetic());
            if plain { format!(" {} ", between(&letters, " ")) } else { (*w).to_owned() }
        };
        words.iter().enumerate().map(spread).collect::<Vec<_>>().join(" ")
    }),
    ("look-alikes", |t, d| t.chars().map(|c| if d.roll(3) == 0 { look_alike(c) } else { c }).collect()),
    ("every letter that has a look-alike", |t, _| t.chars().map(look_alike).collect()),
    ("zero width", |t, d| {
        in_words(t, d, |w, d| {
            let what = ["\u{200b}", "\u{200d}", "\u{2060}", "\u{feff}"][d.roll(4)];
            insert(w, what, d)
        })
    }),
    ("stretched", |t, d| {
        in_words(t, d, |w, d| {
            let at = d.roll(w.len());
            let more = w[at].to_string().repeat(3 + d.roll(5));
            w[..at].iter().collect::<String>() + &more + &w[at..].iter().collect::<String>()
        })
    }),
    ("emoji", |t, d| {
        let emoji = ["🔥", "😡😡", "‼️", "🇺🇳", "👨‍👩‍👧"];
        let add = |w: &str, d: &mut Dice| {
            if d.roll(4) == 0 { format!("{w}{}", emoji[d.roll(5)]) } else { w.to_owned() }
        };
        let words: Vec<String> = t.split(' ').map(|w| add(w, d)).collect();
        format!("🚨🚨 {} 🙏", words.join(" "))
    }),
    ("capitals", |t, _| t.to_uppercase()),
    ("no punctuation", |t, _| t.replace([':', ',', '.', '،', '،'], "")),
    ("mentions and a link", |t, d| {
        format!("RT @veilleur_{}: {t} https://exemple.example/{}", d.roll(99), d.roll(99))
    }),
];

fn disguised(rumour: &str, dice: &mut Dice) -> Vec<(&'static str, String)> {
    DISGUISES
        .iter()
        .flat_map(|(name, change)| (0..4).map(|_| (*name, change(rumour, dice))).collect::<Vec<_>>())
        .collect()
}

#[test]
fn a_disguised_rumour_stays_one_narrative_in_each_language() {
    for rumour in RUMOURS {
        let tellings = disguised(rumour, &mut Dice(7));
        let texts: Vec<String> = tellings.iter().map(|(_, text)| text.clone()).collect();
        let (largest, narratives) = grouped(&mut Reader::new(Settings::default()), &texts);
        let share = largest as f64 / texts.len() as f64;
        assert!(share >= 0.95, "{share:.2} of {} tellings, {narratives} narratives: {rumour}", texts.len());
    }
}

#[test]
fn five_languages_are_five_narratives() {
    let texts: Vec<String> = RUMOURS.map(str::to_owned).to_vec();
    assert_eq!(grouped(&mut Reader::new(Settings::default()), &texts), (1, 5));
}

/// Two disguises, one on top of the other, in every language. Measured: 840 of 845; what is missed is mostly one Latin
/// letter alone between hyphens, given in another script.
#[test]
fn f60_disguises_one_on_top_of_the_other_are_still_recognised() {
    let mut dice = Dice(11);
    let (mut found, mut all) = (0, 0);
    for rumour in RUMOURS {
        for (_, first) in DISGUISES {
            for (_, second) in DISGUISES {
                let text = second(&first(rumour, &mut dice), &mut dice);
                let mut reader = Reader::new(Settings::default());
                reader.read(&item(0, 1, rumour));
                found += usize::from(!reader.read(&item(1, 1, &text)).founds);
                all += 1;
            }
        }
    }
    assert!(found * 100 >= all * 98, "{found} of {all}");
}

#[test]
fn true_stories_that_share_words_stay_apart() {
    let stories = [
        RUMOURS[0],
        "La mission a livré cette nuit des caisses de médicaments au dispensaire de Zarambo, près du fleuve.",
        "Zarambo : des bandits du fleuve ont volé cette nuit des caisses de riz de la mission.",
        "La mission dément avoir livré des fusils aux bandits : les caisses vues à Zarambo contenaient du riz.",
        "Le convoi de la mission a renversé un étal au marché de Zarambo et n'a toujours pas payé.",
        "Des caisses de fusils des bandits du fleuve ont été remises à la mission par les habitants de Zarambo.",
    ];
    let texts: Vec<String> = stories.map(str::to_owned).to_vec();
    assert_eq!(grouped(&mut Reader::new(Settings::default()), &texts), (1, stories.len()));
}

#[test]
fn a_link_says_what_was_changed() {
    let original = "La mission a livré cette nuit des caisses de fusils aux bandits du fleuve";
    let of = |text: &str| {
        let mut reader = Reader::new(Settings::default());
        reader.read(&item(0, 1, original));
        let reading = reader.read(&item(1, 1, text));
        let mut board = Board::default();
        board.apply(&reading);
        reading.links.first().expect("linked").tricks.clone()
    };
    assert_eq!(of(original), []);
    assert_eq!(
        of("La mis-sion a livré cette nuit des caisses de fu-sils aux bandits du fleuve"),
        [Trick::SplitWords]
    );
    assert_eq!(
        of("La mіssion a livré cette nuit des cаisses de fusils aux bandits du fleuve"),
        [Trick::LookAlikes]
    );
    assert_eq!(
        of("La mission a livré cette nuit des caisses de fusils aux bandits du fleuve 🔥"),
        [Trick::Dressing]
    );
    assert_eq!(
        of("La mis\u{200b}sion a livréééé cette nuit des caisses de fusils aux bandits du fleuve hier"),
        [Trick::Invisible, Trick::Stretched]
    );
}
