//! How well changed texts are found again, language by language: `perturbed DIR` reads `DIR/<language>/*.tsv`.

use crate::Told;
use crate::planted::Draw;
use std::collections::{BTreeMap, BTreeSet};
use vigie_text::claims::{Claims, Tuning};
use vigie_text::{Folding, Threshold, families};

/// Texts taken of each language.
const TEXTS: usize = 1_500;
/// Fewest words of a text.
const WORDS_LEAST: usize = 8;

type Change = fn(&str, &mut Draw) -> String;
const CHANGES: [(&str, Change); 6] = [
    ("spelling", spelling),
    ("affixes", affixes),
    ("emoji", emoji),
    ("code-switch", code_switch),
    ("hyphens", hyphens),
    ("look-alikes", look_alikes),
];

pub fn run(args: &[String]) -> Result<(), Told> {
    let folder = args.first().ok_or("a folder")?;
    let mut of_language: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            for file in std::fs::read_dir(&path)? {
                read(&file?.path(), of_language.entry(name.clone()).or_default())?;
            }
        } else if path.extension().is_some_and(|ending| ending == "tsv" || ending == "txt") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            read(&path, of_language.entry(name).or_default())?;
        }
    }
    println!("| language | texts | lane | {} |", CHANGES.map(|(name, _)| name).join(" | "));
    println!("|---|---|---|{}", "---|".repeat(CHANGES.len()));
    for (language, texts) in of_language {
        let texts: Vec<String> = texts.into_iter().take(TEXTS).collect();
        if texts.len() < 50 {
            continue;
        }
        let copies = CHANGES.map(|(_, change)| format!("{:.3}", found_as_copy(&texts, change)));
        let claims = CHANGES.map(|(_, change)| format!("{:.3}", found_as_claim(&texts, change)));
        println!("| {language} | {} | copy | {} |", texts.len(), copies.join(" | "));
        println!("| | | claim | {} |", claims.join(" | "));
    }
    Ok(())
}

fn read(path: &std::path::Path, into: &mut BTreeSet<String>) -> Result<(), Told> {
    for line in std::fs::read_to_string(path)?.lines().skip(1) {
        let text = line.split('\t').max_by_key(|cell| cell.len()).unwrap_or("");
        if text.split_whitespace().count() >= WORDS_LEAST {
            into.insert(text.to_owned());
        }
    }
    Ok(())
}

/// Share of changed texts that stand in the family of their original.
fn found_as_copy(texts: &[String], change: Change) -> f64 {
    let mut draw = Draw(17);
    let changed: Vec<String> = texts.iter().map(|text| change(text, &mut draw)).collect();
    let both = texts.iter().zip(&changed).flat_map(|(text, changed)| [text.as_str(), changed.as_str()]);
    let found = families(both, Threshold::JOIN, Folding::Full);
    let pairs: Vec<_> = found.chunks_exact(2).filter(|pair| pair[0].is_some()).collect();
    pairs.iter().filter(|pair| pair[0] == pair[1]).count() as f64 / pairs.len().max(1) as f64
}

/// Share of changed texts whose best claim is their original.
fn found_as_claim(texts: &[String], change: Change) -> f64 {
    let mut claims = Claims::new(Tuning::default());
    for text in texts {
        claims.add(&[text], Some("und"));
    }
    claims.build();
    let mut draw = Draw(17);
    let right = texts.iter().enumerate().filter(|(n, text)| {
        let found = claims.ask(&change(text, &mut draw), Some("und"), 1);
        found.first().is_some_and(|best| best.claim as usize == *n)
    });
    right.count() as f64 / texts.len() as f64
}

/// One word in ten loses, doubles or swaps a letter.
fn spelling(text: &str, draw: &mut Draw) -> String {
    each_word(text, draw, 10, |word, draw| {
        let mut letters: Vec<char> = word.chars().collect();
        let at = draw.below(letters.len().saturating_sub(1));
        match draw.below(3) {
            0 if letters.len() > 3 => drop(letters.remove(at)),
            1 if letters.len() > 3 => letters.swap(at, at + 1),
            _ => letters.insert(at, letters[at]),
        }
        letters.into_iter().collect()
    })
}

/// One word in ten gains an ending or a beginning.
fn affixes(text: &str, draw: &mut Draw) -> String {
    each_word(text, draw, 10, |word, draw| match draw.below(2) {
        0 => format!("{word}{}", ["ni", "s", "wa", "en"][draw.below(4)]),
        _ => format!("{}{word}", ["ku", "re", "al", "na"][draw.below(4)]),
    })
}

fn emoji(text: &str, draw: &mut Draw) -> String {
    each_word(text, draw, 5, |word, draw| format!("{word} {}", ["😂", "🔥", "🙏🏾", "❗"][draw.below(4)]))
}

/// One word in twelve is said in another language.
fn code_switch(text: &str, draw: &mut Draw) -> String {
    each_word(text, draw, 12, |_, draw| ["really", "vraiment", "sana", "walahi"][draw.below(4)].to_owned())
}

fn hyphens(text: &str, draw: &mut Draw) -> String {
    each_word(text, draw, 5, |word, _| {
        let letters: Vec<String> = word.chars().map(String::from).collect();
        if letters.len() > 4 {
            letters.chunks(2).map(|two| two.concat()).collect::<Vec<_>>().join("-")
        } else {
            word.to_owned()
        }
    })
}

fn look_alikes(text: &str, draw: &mut Draw) -> String {
    each_word(text, draw, 3, |word, _| {
        let twin = |c| match c {
            'a' => 'а',
            'e' => 'е',
            'o' => 'о',
            'i' => 'і',
            'c' => 'с',
            'p' => 'р',
            other => other,
        };
        word.chars().map(twin).collect()
    })
}

/// Changes about one word in `every`, and one at least.
fn each_word(
    text: &str,
    draw: &mut Draw,
    every: usize,
    change: impl Fn(&str, &mut Draw) -> String,
) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let sure = draw.below(words.len());
    let changed = words.iter().enumerate().map(|(n, word)| {
        if n == sure || draw.below(every) == 0 { change(word, draw) } else { (*word).to_owned() }
    });
    changed.collect::<Vec<_>>().join(" ")
}
