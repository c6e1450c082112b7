//! Makes the ASTERIX tables of `vigie-wire` from the specifications written item by item.
//!
//! Input: the folder of `zoranbosnjak/asterix-specs` (`catNNN/cat-E.ast`, `catNNN/ref-E.ast`), which stays outside
//! the project. Output: `crates/vigie-wire/src/asterix/tables.txt`, one definition a line, equal definitions of all
//! categories and editions written once. Definitions, descriptions and remarks in prose are left out.

use crate::tools::{Told, root};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Where the tables stand.
const TABLES: &str = "crates/vigie-wire/src/asterix/tables.txt";

/// Prose of the specifications.
const PROSE: [&str; 4] = ["definition", "description", "remark", "preamble"];

/// Reads every specification under `specs` and writes the tables.
pub fn run(specs: &Path) -> Result<(), Told> {
    let mut files = Vec::new();
    find(specs, &mut files)?;
    files.sort();
    let mut tables = Tables::default();
    for file in &files {
        let text = std::fs::read_to_string(file).map_err(|cause| format!("{}: {cause}", file.display()))?;
        tables.add(&text).map_err(|cause| format!("{}: {cause}", file.display()))?;
    }
    let text = tables.text();
    let out = root().join(TABLES);
    std::fs::write(&out, &text).map_err(|cause| format!("{}: {cause}", out.display()))?;
    println!(
        "{}: {} specifications, {} contents, {} shapes, {} KB",
        TABLES,
        files.len(),
        tables.contents.lines.len(),
        tables.shapes.lines.len(),
        text.len() >> 10
    );
    Ok(())
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Told> {
    for entry in std::fs::read_dir(folder).map_err(|cause| format!("{}: {cause}", folder.display()))? {
        let path = entry.map_err(|cause| cause.to_string())?.path();
        if path.is_dir() {
            find(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "ast") {
            found.push(path);
        }
    }
    Ok(())
}

/// One line of a specification with the lines indented under it.
#[derive(Debug, Default)]
struct Line {
    text: String,
    under: Vec<Line>,
}

impl Line {
    /// Everything but prose, by indentation.
    fn tree(text: &str) -> Self {
        let lines: Vec<(usize, &str)> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| (line.len() - line.trim_start().len(), line.trim()))
            .collect();
        let mut rest = lines.as_slice();
        Self { text: String::new(), under: Self::level(&mut rest, 0) }
    }

    fn level(rest: &mut &[(usize, &str)], indent: usize) -> Vec<Self> {
        let mut found = Vec::new();
        while let Some(&(depth, text)) = rest.first() {
            if depth < indent {
                break;
            }
            *rest = &rest[1..];
            let deeper = rest.first().map_or(0, |line| line.0);
            let under = if deeper > depth { Self::level(rest, depth + 1) } else { Vec::new() };
            if !PROSE.contains(&text) {
                found.push(Self { text: text.to_owned(), under });
            }
        }
        found
    }

    fn word(&self) -> &str {
        self.text.split_whitespace().next().unwrap_or_default()
    }

    fn after_word(&self) -> &str {
        self.text.split_once(' ').map_or("", |(_, rest)| rest.trim())
    }

    fn child(&self, word: &str) -> Option<&Self> {
        self.under.iter().find(|line| line.word() == word)
    }

    fn only(&self) -> Result<&Self, Told> {
        match self.under.as_slice() {
            [one] => Ok(one),
            _ => Err(format!("`{}` holds {} things, not one", self.text, self.under.len())),
        }
    }
}

/// Lines written once, known by their number.
#[derive(Debug, Default)]
struct Once {
    lines: Vec<String>,
    known: HashMap<String, usize>,
}

impl Once {
    fn number(&mut self, line: String) -> usize {
        if let Some(number) = self.known.get(&line) {
            return *number;
        }
        self.lines.push(line.clone());
        self.known.insert(line, self.lines.len() - 1);
        self.lines.len() - 1
    }
}

#[derive(Debug, Default)]
struct Tables {
    contents: Once,
    shapes: Once,
    editions: String,
}

impl Tables {
    fn text(&self) -> String {
        let mut out = String::from("vigie-asterix-tables\t1\n");
        for (mark, lines) in [("C", &self.contents.lines), ("S", &self.shapes.lines)] {
            for line in lines {
                let _ = writeln!(out, "{mark}\t{line}");
            }
        }
        out + &self.editions
    }

    fn add(&mut self, text: &str) -> Result<(), Told> {
        let tree = Line::tree(text);
        let head = tree.under.first().ok_or("empty")?;
        let edition = tree.child("edition").ok_or("no edition")?.after_word();
        let date = tree.child("date").ok_or("no date")?.after_word();
        let (category, title) = named(head.after_word())?;
        if head.word() == "ref" {
            let shape = tree.under.iter().find(|line| line.word() == "compound").ok_or("no compound")?;
            let shape = self.shape(shape)?;
            let _ = writeln!(self.editions, "R\t{category}\t{edition}\t{date}\t{shape}\t{title}");
            return Ok(());
        }
        let _ = writeln!(self.editions, "E\t{category}\t{edition}\t{date}\t{title}");
        for item in &tree.child("items").ok_or("no items")?.under {
            let part = self.part(item)?;
            let _ = writeln!(self.editions, "I\t{part}");
        }
        self.profiles(&tree)
    }

    fn profiles(&mut self, tree: &Line) -> Result<(), Told> {
        let slots =
            |line: &Line| line.under.iter().map(|slot| slot.text.clone()).collect::<Vec<_>>().join("\t");
        if let Some(only) = tree.child("uap") {
            let _ = writeln!(self.editions, "U\t\t{}", slots(only));
            return Ok(());
        }
        let several = tree.child("uaps").ok_or("no profile")?;
        for profile in &several.child("variations").ok_or("no variations")?.under {
            let _ = writeln!(self.editions, "U\t{}\t{}", profile.text, slots(profile));
        }
        if let Some(case) = several.child("case") {
            let _ = writeln!(self.editions, "K\t{}\t{}", case.after_word(), slots(case).replace(": ", "="));
        }
        Ok(())
    }

    /// `NAME=shape=title`
    fn part(&mut self, line: &Line) -> Result<String, Told> {
        let (name, title) = named(&line.text)?;
        let shape = self.shape(line.only()?).map_err(|cause| format!("{name}: {cause}"))?;
        Ok(format!("{name}={shape}={title}"))
    }

    fn parts(&mut self, line: &Line) -> Result<String, Told> {
        let mut out = String::new();
        for part in &line.under {
            let text = match part.word() {
                "-" => "-".to_owned(),
                "spare" => format!("~{}", part.after_word()),
                _ => self.part(part)?,
            };
            let _ = write!(out, "\t{text}");
        }
        Ok(out)
    }

    fn shape(&mut self, line: &Line) -> Result<usize, Told> {
        let rest = line.after_word();
        let text = match line.word() {
            "element" => {
                let bits = rest.parse().map_err(|_| format!("`{}` has no length", line.text))?;
                let content = self.content(line.only()?, bits)?;
                format!("e\t{rest}\t{content}")
            }
            "group" => format!("g{}", self.parts(line)?),
            "extended" => format!("x{}", self.parts(line)?),
            "compound" => format!("c\t{}{}", if rest.is_empty() { "fx" } else { rest }, self.parts(line)?),
            "repetitive" => format!("r\t{rest}\t{}", self.shape(line.only()?)?),
            "explicit" => format!("b\t{rest}"),
            "case" => self.shape_by_case(line)?,
            other => return Err(format!("`{other}` is no shape")),
        };
        Ok(self.shapes.number(text))
    }

    /// `k path,path value,value=shape … *=shape`
    fn shape_by_case(&mut self, line: &Line) -> Result<String, Told> {
        let mut out = format!("k\t{}", bare(line.after_word()));
        for case in &line.under {
            let shape = self.shape(case.only()?)?;
            let _ = write!(out, "\t{}={shape}", label(&case.text));
        }
        Ok(out)
    }

    fn content(&mut self, line: &Line, bits: u32) -> Result<usize, Told> {
        let text = match line.word() {
            "raw" => "raw".to_owned(),
            "table" => {
                let row =
                    |row: &Line| row.text.split_once(':').map(|(n, text)| format!("\t{}={}", n, text.trim()));
                let rows: Option<Vec<String>> = line.under.iter().map(row).collect();
                format!("t{}", rows.ok_or("a table row without a number")?.concat())
            }
            "string" => line.after_word().to_owned(),
            "bds" => format!("bds\t{}", line.after_word()),
            "unsigned" | "signed" => number(&line.text, bits)?,
            "case" => {
                let mut out = format!("k\t{}", bare(line.after_word()));
                for case in &line.under {
                    let content = self.content(case.only()?, bits)?;
                    let _ = write!(out, "\t{}={content}", label(&case.text));
                }
                out
            }
            other => return Err(format!("`{other}` is no content")),
        };
        Ok(self.contents.number(text))
    }
}

/// `NAME "Title"`
fn named(text: &str) -> Result<(&str, &str), Told> {
    let (name, title) = text.split_once(' ').ok_or_else(|| format!("`{text}` has no title"))?;
    Ok((name, title.trim().trim_matches('"').trim()))
}

/// `(000, 120/CC/TID)` as `000,120/CC/TID`
fn bare(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '(' | ')' | ' ')).collect()
}

fn label(text: &str) -> String {
    let label = bare(text.trim_end_matches(':'));
    if label == "default" { "*".to_owned() } else { label }
}

/// A fraction of whole numbers.
#[derive(Debug, Clone, Copy)]
struct Fraction(i128, i128);

impl Fraction {
    /// `1/2^8`, `-8192`, `32767/4`, `0.01`
    fn parse(text: &str) -> Result<Self, Told> {
        let (top, bottom) = text.split_once('/').unwrap_or((text, "1"));
        let (top, bottom) = (Self::power(top)?, Self::power(bottom)?);
        Ok(Self(top.0 * bottom.1, top.1 * bottom.0).lowest())
    }

    fn power(text: &str) -> Result<Self, Told> {
        let wrong = |_| format!("`{text}` is no number");
        if let Some((base, exponent)) = text.split_once('^') {
            let base: i128 = base.parse().map_err(wrong)?;
            return Ok(Self(base.pow(exponent.parse().map_err(wrong)?), 1));
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{decimals}");
        Ok(Self(digits.parse().map_err(wrong)?, 10_i128.pow(decimals.len() as u32)))
    }

    fn lowest(self) -> Self {
        let (mut a, mut b) = (self.0.abs(), self.1.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Self(self.0 / a.max(1), self.1 / a.max(1))
    }
}

/// `n u|s top/bottom unit low high`: one step of the raw number, and the raw bounds where the text gives some.
/// Bounds that no raw number meets are a slip of the pen (015/627 asks for azimuths of 360° and more): left out.
fn number(text: &str, bits: u32) -> Result<String, Told> {
    let (before, unit, after) = match text.split('"').collect::<Vec<_>>().as_slice() {
        [before, unit, after] => (*before, *unit, *after),
        _ => (text, "", ""),
    };
    let mut words = before.split_whitespace();
    let sign = if words.next() == Some("signed") { "s" } else { "u" };
    let quantity = words.next() == Some("quantity");
    let step = if quantity { Fraction::parse(words.next().ok_or("no step")?)? } else { Fraction(1, 1) };
    let mut bounds = words.chain(after.split_whitespace());
    let (mut low, mut high) = (None, None);
    while let (Some(relation), Some(bound)) = (bounds.next(), bounds.next()) {
        let bound = Fraction::parse(bound)?;
        let (top, bottom) = (bound.0 * step.1, bound.1 * step.0);
        let (floor, ceiling) = (top.div_euclid(bottom), -(-top).div_euclid(bottom));
        match relation {
            ">=" => low = Some(ceiling),
            ">" => low = Some(floor + 1),
            "<=" => high = Some(floor),
            "<" => high = Some(ceiling - 1),
            other => return Err(format!("`{other}` is no bound")),
        }
    }
    let (least, most) =
        if sign == "s" { (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) } else { (0, (1 << bits) - 1) };
    let allowed: (i128, i128) = (low.unwrap_or(least).max(least), high.unwrap_or(most).min(most));
    if allowed.0 > allowed.1 {
        println!("bounds left out, no number meets them: {text}");
        (low, high) = (None, None);
    }
    // Bounds that every number meets say nothing.
    (low, high) = (low.filter(|low| *low > least), high.filter(|high| *high < most));
    let shown = |bound: Option<i128>| bound.map_or_else(String::new, |n| n.to_string());
    let kind = if quantity { "q" } else { "n" };
    Ok(format!("{kind}\t{sign}\t{}/{}\t{unit}\t{}\t{}", step.0, step.1, shown(low), shown(high)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = "asterix 250 \"Made up\"\nedition 1.0\ndate 2026-01-01\npreamble\n    Words.\n\nitems\n\n    \
        010 \"Source\"\n        definition\n            Words: 1.\n        group\n            SAC \"\"\n                \
        element 8\n                    raw\n            spare 2\n            H \"Height\"\n                element 6\n                    \
        signed quantity 1/4 \"m\" > -8 <= 15/2\n\nuap\n    010\n    -\n    rfs\n";

    #[test]
    fn prose_goes_and_facts_stay() {
        let mut tables = Tables::default();
        tables.add(SPEC).unwrap();
        assert_eq!(
            tables.text(),
            "vigie-asterix-tables\t1\nC\traw\nC\tq\ts\t1/4\tm\t-31\t30\nS\te\t8\t0\nS\te\t6\t1\n\
             S\tg\tSAC=0=\t~2\tH=1=Height\nE\t250\t1.0\t2026-01-01\tMade up\nI\t010=2=Source\nU\t\t010\t-\trfs\n"
        );
    }

    #[test]
    fn a_specification_that_is_not_understood_is_refused() {
        assert!(Tables::default().add(&SPEC.replace("group", "heap")).is_err());
        assert!(Tables::default().add(&SPEC.replace("1/4", "quarter")).is_err());
    }
}
