//! Reports and medians, in the reader's language.

use serde::Serialize;
use utoipa::ToSchema;
use vigie_desk::report;
use vigie_model::{Reason, Timestamp, dtg};
use vigie_wire::cells;
use vigie_wire::docx::{self, Block};
use vigie_wire::xlsx::{self, Cell};
use vigie_words::Lang;

/// A report whose every line cites entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Report {
    /// Its heading.
    pub title: String,
    /// From when.
    pub from: Timestamp,
    /// To when.
    pub to: Timestamp,
    /// The period in words.
    pub period: String,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// Lines under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Section {
    /// Message id of its heading.
    pub code: String,
    /// Its heading.
    pub title: String,
    /// Its lines; empty where there is nothing.
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// Entries of the journal that it rests on.
    pub cites: Vec<u64>,
}

impl Report {
    pub(crate) fn of(report: report::Report, lang: Lang) -> Self {
        let text = |id: &str| vigie_words::text(lang, id, &[]);
        let section = |section: report::Section| Section {
            code: section.title.to_owned(),
            title: text(section.title),
            lines: section.lines.into_iter().map(|line| of_line(line, lang)).collect(),
        };
        let period = Reason::new("report-period").with("from", dtg(report.from)).with("to", dtg(report.to));
        Self {
            title: text(report.title),
            from: report.from,
            to: report.to,
            period: vigie_words::reason(lang, &period),
            sections: report.sections.into_iter().map(section).collect(),
        }
    }

    /// The report as a word processor opens it.
    pub(crate) fn docx(&self, lang: Lang) -> Vec<u8> {
        let nothing = vigie_words::text(lang, "report-nothing", &[]);
        let cites: Vec<Vec<String>> =
            self.sections.iter().map(|s| s.lines.iter().map(|line| cited(line, lang)).collect()).collect();
        let mut blocks = vec![Block::Title(&self.title), Block::Text(&self.period)];
        for (section, cites) in self.sections.iter().zip(&cites) {
            blocks.push(Block::Heading(&section.title));
            if section.lines.is_empty() {
                blocks.push(Block::Text(&nothing));
            }
            for (line, cites) in section.lines.iter().zip(cites) {
                blocks.push(Block::Text(&line.text));
                blocks.push(Block::Note(cites));
            }
        }
        docx::write(lang.tag(), &blocks)
    }

    /// The report as a spreadsheet opens it: a line a row, with its section and its entries. Where cells had to be made
    /// neutral, its last row says so.
    pub(crate) fn csv(&self, lang: Lang) -> Vec<u8> {
        let entries = |line: &Line| line.cites.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let row =
            |section: &Section, line: &Line| vec![section.title.clone(), line.text.clone(), entries(line)];
        let lines =
            self.sections.iter().flat_map(|section| section.lines.iter().map(move |line| row(section, line)));
        let mut rows = vec![vec![self.title.clone(), self.period.clone(), String::new()]];
        rows.extend(lines);
        let delimiter = if lang == Lang::Fr { b';' } else { b',' };
        let (bytes, changed) = cells::table_by(delimiter, rows.clone());
        if changed == 0 {
            return bytes;
        }
        let said = vigie_words::text(lang, "report-cells", &[("count", (changed as u64).into())]);
        rows.push(vec![String::new(), said, String::new()]);
        cells::table_by(delimiter, rows).0
    }
}

impl Report {
    /// The report as a workbook: a line a row, with its section and its entries.
    pub(crate) fn xlsx(&self) -> Vec<u8> {
        let entries = |line: &Line| line.cites.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let row = |section: &Section, line: &Line| {
            [section.title.clone(), line.text.clone(), entries(line)].map(Cell::Text).to_vec()
        };
        let rows =
            self.sections.iter().flat_map(|section| section.lines.iter().map(move |line| row(section, line)));
        xlsx::write(&self.title, &[self.title.clone(), self.period.clone(), String::new()], rows)
    }
}

fn cited(line: &Line, lang: Lang) -> String {
    let entries: Vec<String> = line.cites.iter().map(ToString::to_string).collect();
    vigie_words::reason(lang, &Reason::new("report-cites").with("entries", entries.join(", ")))
}

/// Arguments that name words of the model are put into the reader's language first.
fn of_line(line: report::Line, lang: Lang) -> Line {
    let mut said = line.said;
    for (name, value) in &mut said.args {
        if matches!(name.as_str(), "harm" | "truth" | "channel") {
            *value = vigie_words::text(lang, value, &[]);
        }
    }
    Line { text: vigie_words::reason(lang, &said), cites: line.cites }
}

/// How long answers took, month by month.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ClockReport {
    /// The newest month last.
    pub months: Vec<MonthView>,
    /// Which functions the steps waited for, the newest month first, the longest wait first.
    pub functions: Vec<FunctionMonth>,
    /// A documented case, as a line to compare with: one case, not a norm.
    pub reference: ReferenceView,
}

/// Medians of the stories answered in one month, in hours from when they were first known.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MonthView {
    /// `2026-11`.
    pub month: String,
    /// Stories answered in it.
    pub stories: usize,
    /// To T1.
    pub found_h: Option<f64>,
    /// To T2.
    pub verified_h: Option<f64>,
    /// To T3.
    pub cleared_h: Option<f64>,
    /// To T4.
    pub answered_h: Option<f64>,
    /// To T5.
    pub measured_h: Option<f64>,
}

/// How long one function took for one step in one month.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FunctionMonth {
    /// `2026-11`.
    pub month: String,
    /// The function's short name; `verifier-LANG` and `issuer` for those whom a text waits for by what they do.
    pub function: String,
    /// Its name in the reader's language.
    pub name: String,
    /// `verify`: a question, until its reply (T1 to T2); `clear`: a text, from its last verification until the function
    /// cleared it (T2 to T3); `language`: a text, from when it was written until somebody answered for its language;
    /// `issue`: a cleared text, until it went out (T3 to T4).
    pub step: String,
    /// How often it did so.
    pub count: usize,
    /// Median of the hours that it took. What still waits is not in it.
    pub median_h: f64,
}

/// The documented case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReferenceView {
    /// Days until the mission's reply.
    pub reply_days: u32,
    /// Days until a published rebuttal.
    pub rebuttal_days: u32,
    /// Which case, in words.
    pub sentence: String,
}
