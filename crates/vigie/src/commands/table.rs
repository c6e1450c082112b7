//! What the tools over tables have in common: reading posts, writing rows, saying what was refused.

use crate::say::{DONE, Failure, Say, TOLD};
use serde::Serialize;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use vigie_model::{At, Fault, Limits};
use vigie_wire::posts::{Post, Posts};

/// Faults shown one by one; the rest is counted.
const FAULTS_SHOWN: usize = 20;

/// Faults of an input.
#[derive(Debug, Default)]
pub struct Refused {
    pub count: u64,
    first: Vec<Fault>,
}

impl Refused {
    pub fn add(&mut self, fault: Fault) {
        self.count += 1;
        if self.first.len() < FAULTS_SHOWN {
            self.first.push(fault);
        }
    }

    /// Names the first of them, counts the rest, and gives the exit code.
    pub fn tell(&self, say: &Say) -> u8 {
        for fault in &self.first {
            say.fault(fault);
        }
        let more = self.count - self.first.len() as u64;
        if more > 0 {
            say.aside("tool-more-refused", &[("count", more.into())]);
        }
        if self.count == 0 { DONE } else { TOLD }
    }
}

pub fn open(path: &Path) -> Result<BufReader<File>, Failure> {
    let file = File::open(path).map_err(|cause| unreadable(path, &cause))?;
    Ok(BufReader::with_capacity(1 << 20, file))
}

pub fn unreadable(path: &Path, cause: &dyn std::fmt::Display) -> Failure {
    Failure::told("file-unreadable").with("path", path.display()).with("cause", cause)
}

/// Hands every good post to `take`; a fault of the whole table ends the command.
pub fn posts(
    path: &Path,
    refused: &mut Refused,
    check: impl FnOnce(&Posts<BufReader<File>>) -> Result<(), Failure>,
    mut take: impl FnMut(Post),
) -> Result<(), Failure> {
    let mut posts = Posts::open(open(path)?, &Limits::IMPORT)?;
    check(&posts)?;
    for post in &mut posts {
        match post {
            Ok(post) => take(post),
            Err(fault) if fault.at == At::Whole => return Err(fault.into()),
            Err(fault) => refused.add(fault),
        }
    }
    Ok(())
}

/// Numbers for names, given in the order of the names once all are known.
#[derive(Default)]
pub struct Names {
    number: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    pub fn of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.number.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.number.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }

    /// The names in order, and for each number given so far its place there.
    pub fn in_order(self) -> (Vec<String>, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.names.len() as u32).collect();
        order.sort_unstable_by(|x, y| self.names[*x as usize].cmp(&self.names[*y as usize]));
        let mut place = vec![0; order.len()];
        for (at, old) in order.iter().enumerate() {
            place[*old as usize] = at as u32;
        }
        let mut names = self.names;
        names.sort_unstable();
        (names, place)
    }
}

/// A file of rows: CSV with a header, or JSON lines.
pub struct Rows {
    path: std::path::PathBuf,
    out: Out,
}

enum Out {
    Cells(Box<csv::Writer<File>>),
    Lines(BufWriter<File>),
}

impl Rows {
    /// Cells are parted by commas, or by tabs where the file's name ends in `.tsv`.
    pub fn create(path: &Path, json: bool) -> Result<Self, Failure> {
        let file = File::create(path).map_err(|cause| unreadable(path, &cause))?;
        let tabs = path.extension().is_some_and(|ending| ending == "tsv");
        let out = if json {
            Out::Lines(BufWriter::with_capacity(1 << 20, file))
        } else {
            let mut writer = csv::WriterBuilder::new();
            writer.delimiter(if tabs { b'\t' } else { b',' }).buffer_capacity(1 << 20);
            Out::Cells(Box::new(writer.from_writer(file)))
        };
        Ok(Self { path: path.to_owned(), out })
    }

    /// Writes one row; `more` stands beside it in JSON lines only.
    pub fn row<T: Serialize, M: Serialize>(
        &mut self,
        row: &T,
        more: impl FnOnce() -> M,
    ) -> Result<(), Failure> {
        #[derive(Serialize)]
        struct Both<'a, T, M> {
            #[serde(flatten)]
            row: &'a T,
            #[serde(flatten)]
            more: M,
        }
        let failed = |cause: &dyn std::fmt::Display| unreadable(&self.path, cause);
        match &mut self.out {
            Out::Cells(out) => out.serialize(row).map_err(|cause| failed(&cause)),
            Out::Lines(out) => {
                serde_json::to_writer(&mut *out, &Both { row, more: more() })
                    .map_err(|cause| failed(&cause))?;
                out.write_all(b"\n").map_err(|cause| failed(&cause))
            }
        }
    }

    /// An empty table still has its header.
    pub fn header(&mut self, names: &[&str]) -> Result<(), Failure> {
        match &mut self.out {
            Out::Cells(out) => out.write_record(names).map_err(|cause| unreadable(&self.path, &cause)),
            Out::Lines(_) => Ok(()),
        }
    }

    pub fn finish(self) -> Result<(), Failure> {
        let done = match self.out {
            Out::Cells(mut out) => out.flush(),
            Out::Lines(mut out) => out.flush(),
        };
        done.map_err(|cause| unreadable(&self.path, &cause))
    }
}

/// A length of time as typed: `60s`, `15m`, `24h`, `7d`, or seconds. In milliseconds.
pub fn duration_ms(text: &str) -> Result<i64, String> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let unit_ms = match unit {
        "ms" => 1.0,
        "" | "s" => 1e3,
        "m" | "min" => 6e4,
        "h" => 3.6e6,
        "d" => 8.64e7,
        _ => return Err("write it as 60s, 15m, 24h or 7d".to_owned()),
    };
    match number.trim().parse::<f64>() {
        Ok(n) if n.is_finite() && (0.0..=3.2e10).contains(&(n * unit_ms)) => Ok((n * unit_ms).round() as i64),
        _ => Err("write it as 60s, 15m, 24h or 7d".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_typed_in_the_usual_units() {
        assert_eq!(duration_ms("60s"), Ok(60_000));
        assert_eq!(duration_ms("10"), Ok(10_000));
        assert_eq!(duration_ms("1.5h"), Ok(5_400_000));
        assert_eq!(duration_ms("7d"), Ok(604_800_000));
        for wrong in ["", "s", "-5s", "1y", "5 parsecs", "nan"] {
            assert!(duration_ms(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_are_numbered_in_their_order() {
        let mut names = Names::default();
        assert_eq!([names.of("c"), names.of("a"), names.of("c"), names.of("b")], [0, 1, 0, 2]);
        let (names, place) = names.in_order();
        assert_eq!(names, ["a", "b", "c"]);
        assert_eq!(place, [2, 0, 1]);
    }
}
