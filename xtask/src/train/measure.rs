//! Measures the language model on sources that it did not learn from.

use crate::tools::Told;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use vigie_text::language_model::LanguageModel;
use vigie_text::{language_by, normalise};

/// What to measure on.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the test data (AfriSenti, HateCheck, CheckThat!).
    #[arg(long)]
    data: PathBuf,
    /// Folder of further texts: `TAG.txt` or `TAG_source.txt`, one text a line.
    #[arg(long)]
    more: Option<PathBuf>,
    /// The part to report, or the part to choose settings by.
    #[arg(long, value_enum, default_value_t = Split::Test)]
    part: Split,
    /// The model's file.
    #[arg(long, default_value = "crates/vigie-text/models/language.bin")]
    model: PathBuf,
}

/// Prints the table of the model card.
pub fn run(args: &Args) -> Result<(), Told> {
    let told = |cause: &dyn std::fmt::Display| format!("{}: {cause}", args.model.display());
    let file = std::fs::read(&args.model).map_err(|cause| told(&cause))?;
    let model = LanguageModel::read(&file).map_err(|cause| told(&cause))?;
    println!("{}", table(&model, &sets(&args.data, args.more.as_deref(), args.part)?));
    Ok(())
}

/// Texts of one source in one language; `und` where the model does not know the language.
pub struct Set {
    pub name: String,
    pub tag: String,
    pub texts: Vec<String>,
}

/// Which part of the sources: one to choose settings by, one to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Split {
    /// To choose settings by.
    Dev,
    /// To report.
    Test,
}

impl Split {
    fn file(self) -> &'static str {
        if self == Self::Dev { "dev.tsv" } else { "test.tsv" }
    }
    /// Every second text, where the source has no parts of its own.
    fn half(self, texts: Vec<String>) -> Vec<String> {
        texts.into_iter().skip(usize::from(self == Self::Test)).step_by(2).collect()
    }
}

const AFRISENTI: [(&str, &str); 14] = [
    ("amh", "am"),
    ("arq", "ar"),
    ("ary", "ar"),
    ("hau", "ha"),
    ("ibo", "ig"),
    ("kin", "rw"),
    ("orm", "om"),
    ("pcm", "pcm"),
    ("por", "pt"),
    ("swa", "sw"),
    ("tir", "ti"),
    ("tso", "und"),
    ("twi", "und"),
    ("yor", "yo"),
];
const MHC: [(&str, &str); 5] =
    [("arabic", "ar"), ("french", "fr"), ("mandarin", "zh"), ("portuguese", "pt"), ("spanish", "es")];

/// The sets under the test data, and `more`: files `TAG.txt` of one text a line.
pub fn sets(data: &Path, more: Option<&Path>, split: Split) -> Result<Vec<Set>, Told> {
    let languages = data.join("languages");
    let mut sets = Vec::new();
    for (folder, tag) in AFRISENTI {
        let file = languages.join("afrisenti").join(folder).join(split.file());
        let texts = column(&file, b'\t', "tweet")?;
        if folder == "ary" {
            // Half of the Moroccan texts are in Latin letters, which no language of the model is.
            let (arabic, latin) = texts.into_iter().partition(|text| mostly_arabic(text));
            sets.push(set("AfriSenti ary, Arabic letters".to_owned(), tag, arabic));
            sets.push(set("AfriSenti ary, Latin letters".to_owned(), "und", latin));
        } else {
            sets.push(set(format!("AfriSenti {folder}"), tag, texts));
        }
    }
    for (name, tag) in MHC {
        let file = languages.join("mhc").join(format!("hatecheck_cases_final_{name}.csv"));
        sets.push(set(
            format!("Multilingual HateCheck {name}"),
            tag,
            split.half(column(&file, b',', "test_case")?),
        ));
    }
    let english = languages.join("hatecheck/test_suite_cases.csv");
    sets.push(set("HateCheck".to_owned(), "en", split.half(column(&english, b',', "test_case")?)));
    let queries = data.join("claims/checkthat2020/dev/tweets.queries.tsv");
    if queries.exists() {
        sets.push(set("CheckThat! 2020 dev".to_owned(), "en", column(&queries, b'\t', "tweet_content")?));
    }
    for code in ["din", "lg", "nus"] {
        let file = languages.join(format!("tico19/all.en-{code}.tmx.zip"));
        sets.push(set(format!("TICO-19 {code}"), "und", split.half(super::corpus::memory(&file)?.1)));
    }
    if let Some(more) = more {
        sets.extend(extra(more)?);
    }
    Ok(sets)
}

fn mostly_arabic(text: &str) -> bool {
    let words = text.split_whitespace().filter(|w| !w.starts_with(['@', '#']) && !w.contains("://"));
    let (mut arabic, mut latin) = (0, 0);
    for c in words.flat_map(str::chars) {
        arabic += usize::from(matches!(c, '\u{600}'..='\u{6ff}'));
        latin += usize::from(c.is_ascii_alphabetic());
    }
    arabic > latin
}

fn set(name: String, tag: &str, texts: Vec<String>) -> Set {
    Set { name, tag: tag.to_owned(), texts }
}

fn extra(folder: &Path) -> Result<Vec<Set>, Told> {
    let told = |path: &Path, cause: std::io::Error| format!("{}: {cause}", path.display());
    let entries = std::fs::read_dir(folder).map_err(|cause| told(folder, cause))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    files.sort();
    let mut sets = Vec::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|end| end == "txt")) {
        let text = std::fs::read_to_string(file).map_err(|cause| told(file, cause))?;
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let tag = stem.split('_').next().unwrap_or_default().to_owned();
        sets.push(Set { name: format!("{stem}.txt"), tag, texts: text.lines().map(str::to_owned).collect() });
    }
    Ok(sets)
}

fn column(file: &Path, delimiter: u8, name: &str) -> Result<Vec<String>, Told> {
    Ok(table_of(file, delimiter, &[name])?.into_iter().flatten().collect())
}

/// The named columns of a table; short rows are left out.
pub fn table_of(file: &Path, delimiter: u8, names: &[&str]) -> Result<Vec<Vec<String>>, Told> {
    let told = |cause: csv::Error| format!("{}: {cause}", file.display());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(delimiter == b',')
        .flexible(true)
        .from_path(file)
        .map_err(told)?;
    let headers = reader.headers().map_err(told)?.clone();
    let place = |name: &&str| {
        let at = headers.iter().position(|header| header == *name);
        at.ok_or_else(|| format!("{}: no column {name}", file.display()))
    };
    let places = names.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.ok()?;
        places.iter().map(|at| row.get(*at).map(str::to_owned)).collect()
    };
    Ok(reader.records().filter_map(row).collect())
}

/// The first six words, of Chinese the first twelve characters; mentions, links and hashtags do not count.
pub fn six_words(text: &str, tag: &str) -> Option<String> {
    let plain = text.trim_matches('\'').replace("\\n", " ");
    let words = plain
        .split_whitespace()
        .filter(|w| !w.starts_with(['@', '#']) && !w.contains("://") && w.chars().any(char::is_alphabetic));
    if tag == "zh" {
        let letters: String =
            words.collect::<String>().chars().filter(|c| c.is_alphabetic()).take(12).collect();
        return (letters.chars().count() == 12).then_some(letters);
    }
    let six: Vec<&str> = words.take(6).collect();
    (six.len() >= 5).then(|| six.join(" "))
}

/// How a set was read.
#[derive(Debug, Default, Clone)]
pub struct Score {
    pub texts: usize,
    pub right: usize,
    pub unknown: usize,
    pub wrong: BTreeMap<String, usize>,
    /// By tenth of confidence: texts and right ones.
    pub bins: [(usize, usize); 10],
}

/// Reads the texts of a set; `whole` in full, else six words.
pub fn score(model: &LanguageModel, set: &Set, whole: bool) -> Score {
    let mut score = Score::default();
    for text in &set.texts {
        let Some(six) = six_words(text, &set.tag) else { continue };
        let text = if whole { text.as_str() } else { &six };
        let found = language_by(Some(model), &normalise(text), None);
        score.texts += 1;
        score.right += usize::from(found.tag == set.tag);
        score.unknown += usize::from(found.tag == "und");
        if found.tag != set.tag {
            *score.wrong.entry(found.tag.clone()).or_default() += 1;
        }
        if let Some(confidence) = found.confidence {
            let bin = &mut score.bins[((confidence * 10.0) as usize).min(9)];
            bin.0 += 1;
            bin.1 += usize::from(found.tag == set.tag);
        }
    }
    score
}

/// The table of the model card.
pub fn table(model: &LanguageModel, sets: &[Set]) -> String {
    let mut out = String::from(
        "| source | language | texts | six words | whole text | six words `und` | most often taken for |\n|---|---|---|---|---|---|---|\n",
    );
    let mut und = [(0_usize, 0_usize); 2];
    let mut bins = [(0_usize, 0_usize); 10];
    for set in sets {
        let (six, whole) = (score(model, set, false), score(model, set, true));
        for (sum, of) in und.iter_mut().zip([&six, &whole]) {
            sum.0 += of.unknown;
            sum.1 += if set.tag == "und" { of.unknown } else { 0 };
        }
        for (sum, of) in bins.iter_mut().zip(six.bins) {
            *sum = (sum.0 + of.0, sum.1 + of.1);
        }
        let share = |n: usize| n as f64 / six.texts.max(1) as f64;
        let mut wrong: Vec<_> = six.wrong.iter().filter(|(tag, _)| *tag != "und").collect();
        wrong.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        let wrong: Vec<String> = wrong.iter().take(3).map(|(tag, n)| format!("{tag} {n}")).collect();
        let _ = writeln!(
            out,
            "| {} | {} | {} | {:.3} | {:.3} | {:.3} | {} |",
            set.name,
            set.tag,
            six.texts,
            share(six.right),
            share(whole.right),
            share(six.unknown),
            wrong.join(", ")
        );
    }
    for ((unknown, rightly), what) in und.iter().zip(["six words", "whole text"]) {
        let _ = write!(out, "\n`und`, {what}: said {unknown} times, rightly {rightly}\n");
    }
    out += "\n| confidence | texts | right |\n|---|---|---|\n";
    for (n, (texts, right)) in bins.iter().enumerate().filter(|(_, (texts, _))| *texts > 0) {
        let _ = writeln!(out, "| 0.{n} | {texts} | {:.3} |", *right as f64 / *texts as f64);
    }
    out
}
