//! Measures the suggestions of classes on HateCheck and Multilingual HateCheck, function by function.
//!
//! Half of the templates are the confirmed examples, the other half is judged: what a mission reaches once it has
//! confirmed many texts of the kind. Nothing of it is kept.

use super::measure::table_of;
use crate::tools::Told;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vigie_model::{Language, LanguageBasis};
use vigie_text::classes::{Assessment, Classes, Example, SUGGEST};

/// What to measure on.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the test data.
    #[arg(long)]
    data: PathBuf,
    /// Confirmed examples of each language, at most.
    #[arg(long, default_value_t = 2_000)]
    examples: usize,
}

const SETS: [(&str, &str); 6] = [
    ("en", "hatecheck/test_suite_cases.csv"),
    ("fr", "mhc/hatecheck_cases_final_french.csv"),
    ("ar", "mhc/hatecheck_cases_final_arabic.csv"),
    ("es", "mhc/hatecheck_cases_final_spanish.csv"),
    ("zh", "mhc/hatecheck_cases_final_mandarin.csv"),
    ("pt", "mhc/hatecheck_cases_final_portuguese.csv"),
];
const CLASS: &str = "hate";

struct Case {
    function: String,
    text: String,
    hateful: bool,
    template: u64,
}

/// Prints one line a language, and the alarms by function.
pub fn run(args: &Args) -> Result<(), Told> {
    println!(
        "| language | examples | judged | found of hateful | alarms of others | alarms: counter-speech that quotes | \
         the same, quotation not looked for | of the alarms, marked as an answer | alarms: counter-speech that refers | wrong, reckoned from the examples | \
         wrong, judged |\n|---|---|---|---|---|---|---|---|---|---|---|"
    );
    let mut functions: BTreeMap<String, BTreeMap<&str, (usize, usize)>> = BTreeMap::new();
    for (lang, file) in SETS {
        let cases = cases(&args.data.join("languages").join(file))?;
        language(lang, &cases, args.examples, &mut functions);
    }
    println!(
        "\n| function | {} |\n|---|{}",
        SETS.map(|(lang, _)| lang).join(" | "),
        "---|".repeat(SETS.len())
    );
    for (function, by_lang) in functions {
        let cell = |(lang, _): (&str, &str)| {
            by_lang
                .get(lang)
                .map_or_else(|| "–".to_owned(), |(n, all)| format!("{:.2}", *n as f64 / *all as f64))
        };
        println!("| {function} | {} |", SETS.map(cell).join(" | "));
    }
    Ok(())
}

fn cases(file: &Path) -> Result<Vec<Case>, Told> {
    let columns = ["functionality", "test_case", "label_gold", "templ_id"];
    let rows = table_of(file, b',', &columns)?;
    let case = |row: Vec<String>| {
        let [function, text, label, template] = <[String; 4]>::try_from(row).ok()?;
        Some(Case { function, text, hateful: label == "hateful", template: template.parse().ok()? })
    };
    Ok(rows.into_iter().filter_map(case).collect())
}

fn language(
    lang: &'static str,
    cases: &[Case],
    most: usize,
    functions: &mut BTreeMap<String, BTreeMap<&str, (usize, usize)>>,
) {
    // Even templates are known; each is a group of its own, so that its variants never judge one another.
    let (known, judged): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|c| c.template.is_multiple_of(2));
    let mut classes = Classes::default();
    let every = known.len().div_ceil(most.max(1)).max(1);
    for (n, case) in known.iter().step_by(every).enumerate() {
        classes.examples.add(Example {
            id: n.to_string(),
            text: case.text.clone(),
            lang: lang.to_owned(),
            class: case.hateful.then(|| CLASS.to_owned()),
            source: "bench".to_owned(),
            group: case.template.to_string(),
        });
    }
    classes.learn();
    let spoken = Language {
        tag: lang.to_owned(),
        script: String::new(),
        basis: LanguageBasis::Hint,
        confidence: None,
        second: None,
    };
    let mut sums: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut add = |what, hit: bool| {
        let sum: &mut (usize, usize) = sums.entry(what).or_default();
        *sum = (sum.0 + usize::from(hit), sum.1 + 1);
    };
    for case in &judged {
        let Assessment::Assessed(found) = classes.suggest(&case.text, &spoken) else { continue };
        let suggested = !found.is_empty();
        add(if case.hateful { "hateful" } else { "others" }, suggested);
        add("wrong", suggested != case.hateful);
        let folded = vigie_text::normalise(&case.text).folded;
        let near = classes.examples.near(&folded, lang);
        let raw = classes.examples.value(&folded, lang, CLASS, &near) >= SUGGEST;
        match case.function.as_str() {
            "counter_quote_nh" => {
                add("quote", suggested);
                add("quote raw", raw);
                if let Some(first) = found.first() {
                    add("marked", first.quotes || first.denounces);
                }
            }
            "counter_ref_nh" => add("ref", suggested),
            _ => {}
        }
        let sum = functions.entry(case.function.clone()).or_default().entry(lang).or_default();
        *sum = (sum.0 + usize::from(suggested), sum.1 + 1);
    }
    let share = |what| sums.get(what).map_or(f64::NAN, |(n, all)| *n as f64 / (*all).max(1) as f64);
    println!(
        "| {lang} | {} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
        known.len().div_ceil(every),
        judged.len(),
        share("hateful"),
        share("others"),
        share("quote"),
        share("quote raw"),
        share("marked"),
        share("ref"),
        classes.rates().get(lang, CLASS).map_or(f64::NAN, |rate| rate.wrong()),
        share("wrong")
    );
}
