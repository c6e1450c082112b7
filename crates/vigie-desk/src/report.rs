//! Digest and shift report: what the morning meeting and the next watch must know, each line with its entries.
//!
//! A line is a message of the catalogues with what fills it, so a report is written in the reader's language at the
//! edge. No line stands without the numbers of the entries that it rests on.

use jiff::Timestamp;
use vigie_model::{Harm, Reason, Truth, dtg};

/// Stories named in a digest.
pub const STORIES_MAX: usize = 10;

/// One line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub said: Reason,
    /// Entries of the journal that it rests on.
    pub cites: Vec<u64>,
}

/// Lines under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Heading, as a message id of the catalogues.
    pub title: &'static str,
    /// Its lines; none means that there is nothing, and the report says so.
    pub lines: Vec<Line>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Heading, as a message id of the catalogues.
    pub title: &'static str,
    /// From when.
    pub from: Timestamp,
    /// To when.
    pub to: Timestamp,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// A story as the digest needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Speakable code.
    pub code: String,
    /// The start of its text; `None` where it is restricted.
    pub head: Option<String>,
    /// Signals in the period.
    pub count: u64,
    /// Signals in a period of the same length before.
    pub before: u64,
    /// Whether it is so.
    pub truth: Truth,
    /// What it may do.
    pub harm: Harm,
    /// Whole hours since it was first known, up to its answer or to the end of the period.
    pub hours: i64,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// The function it waits for, by name.
    pub waits_for: Option<String>,
    /// Entries: the first and the last signal of the period, judgements.
    pub cites: Vec<u64>,
}

/// A source that has fallen silent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Its name.
    pub source: String,
    /// Its last signal.
    pub last_at: Option<Timestamp>,
    /// Entries: its registration, its last signal.
    pub cites: Vec<u64>,
}

/// Something that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Speakable code.
    pub code: String,
    /// In a few words.
    pub what: String,
    /// The function it waits for, by name.
    pub function: String,
    /// When it must be done.
    pub due: Timestamp,
    /// Entries behind it.
    pub cites: Vec<u64>,
}

/// What the shift report is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shift {
    /// Everything open.
    pub open: Vec<Waiting>,
    /// Lines of the duty log: when, the line, whether it is struck, its entry.
    pub notes: Vec<(Timestamp, String, bool, u64)>,
    /// What went out.
    pub issued: Vec<Line>,
    /// What happened.
    pub incidents: Vec<Line>,
}

/// The digest of a period.
pub fn digest(from: Timestamp, to: Timestamp, mut stories: Vec<Story>, gaps: &[Gap]) -> Report {
    stories.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.code.cmp(&other.code)));
    stories.truncate(STORIES_MAX);
    let of = |title, keep: &dyn Fn(&Story) -> bool, line: fn(&Story) -> Reason| {
        let lines = stories.iter().filter(|story| keep(story));
        let lines = lines.map(|story| Line { said: line(story), cites: story.cites.clone() });
        Section { title, lines: lines.collect() }
    };
    let mut sections = vec![
        of("report-section-top", &|_| true, top),
        of("report-section-harm", &|story| matters(story.harm), harm),
        of("report-section-answered", &|story| story.answered_at.is_some(), answered),
        of("report-section-unanswered", &|story| story.answered_at.is_none(), unanswered),
    ];
    let lines = gaps.iter().map(|gap| Line { said: silent(gap), cites: gap.cites.clone() }).collect();
    sections.push(Section { title: "report-section-gaps", lines });
    Report { title: "report-digest", from, to, sections }
}

const fn matters(harm: Harm) -> bool {
    matches!(harm, Harm::Some | Harm::Serious | Harm::Grave)
}

fn top(story: &Story) -> Reason {
    let Some(head) = &story.head else {
        return Reason::new("report-story-restricted").with("code", &story.code).with("count", story.count);
    };
    Reason::new("report-story")
        .with("code", &story.code)
        .with("head", head)
        .with("count", story.count)
        .with("before", story.before)
        .with("trend", trend(story.count, story.before))
}

const fn trend(count: u64, before: u64) -> &'static str {
    if before == 0 {
        "new"
    } else if count > before {
        "more"
    } else if count < before {
        "fewer"
    } else {
        "same"
    }
}

/// Harm and truth are words of the model here; the edge puts them into the reader's language.
fn harm(story: &Story) -> Reason {
    Reason::new("report-harm")
        .with("code", &story.code)
        .with("harm", format!("harm-{}", story.harm))
        .with("truth", format!("truth-{}", story.truth))
}

fn answered(story: &Story) -> Reason {
    let at = story.answered_at.map(dtg).unwrap_or_default();
    Reason::new("report-answered").with("code", &story.code).with("at", at).with("hours", story.hours)
}

fn unanswered(story: &Story) -> Reason {
    Reason::new("report-unanswered")
        .with("code", &story.code)
        .with("hours", story.hours)
        .with("function", story.waits_for.as_deref().unwrap_or("none"))
}

fn silent(gap: &Gap) -> Reason {
    let at = gap.last_at.map_or_else(|| "never".to_owned(), dtg);
    Reason::new("report-gap").with("source", &gap.source).with("at", at)
}

/// The report that goes with a hand-over.
pub fn shift(from: Timestamp, to: Timestamp, facts: Shift) -> Report {
    let waiting = |title, late: bool| {
        let lines = facts.open.iter().filter(|one| (one.due < to) == late);
        let lines = lines.map(|one| Line { said: duty(one), cites: one.cites.clone() });
        Section { title, lines: lines.collect() }
    };
    let notes = facts.notes.iter().map(|(at, text, struck, seq)| {
        let said = Reason::new("report-note").with("at", dtg(*at)).with("text", text);
        Line { said: said.with("struck", if *struck { "yes" } else { "no" }), cites: vec![*seq] }
    });
    let sections = vec![
        waiting("report-section-overdue", true),
        waiting("report-section-open", false),
        Section { title: "report-section-notes", lines: notes.collect() },
        Section { title: "report-section-issued", lines: facts.issued.clone() },
        Section { title: "report-section-incidents", lines: facts.incidents.clone() },
    ];
    Report { title: "report-shift", from, to, sections }
}

fn duty(one: &Waiting) -> Reason {
    Reason::new("report-duty")
        .with("code", &one.code)
        .with("what", &one.what)
        .with("function", &one.function)
        .with("due", dtg(one.due))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + 3_600 * hour).expect("in range")
    }
    fn story(code: &str, count: u64, before: u64) -> Story {
        Story {
            code: code.to_owned(),
            head: Some("Le convoi".to_owned()),
            count,
            before,
            truth: Truth::False,
            harm: Harm::NotAssessed,
            hours: 27,
            answered_at: None,
            waits_for: None,
            cites: vec![4, 9],
        }
    }

    #[test]
    fn the_busiest_story_stands_first_and_every_line_names_its_entries() {
        let mut grave = story("N-26-0002", 3, 3);
        grave.harm = Harm::Grave;
        grave.answered_at = Some(at(9));
        let gaps = [Gap { source: "Radio Birao".to_owned(), last_at: None, cites: vec![2] }];
        let report = digest(at(0), at(24), vec![grave, story("N-26-0001", 12, 0)], &gaps);
        let codes = |n: usize| -> Vec<&str> {
            report.sections[n].lines.iter().map(|line| line.said.args["code"].as_str()).collect()
        };
        assert_eq!(codes(0), ["N-26-0001", "N-26-0002"]);
        assert_eq!((codes(1), codes(2), codes(3)), (vec!["N-26-0002"], vec!["N-26-0002"], vec!["N-26-0001"]));
        assert_eq!(report.sections[0].lines[0].said.args["trend"], "new");
        assert_eq!(report.sections[4].lines[0].said.args["at"], "never");
        assert!(report.sections.iter().flat_map(|s| &s.lines).all(|line| !line.cites.is_empty()));
    }

    #[test]
    fn a_restricted_story_says_how_much_and_not_what() {
        let mut closed = story("N-26-0003", 2, 0);
        closed.head = None;
        let report = digest(at(0), at(24), vec![closed], &[]);
        assert_eq!(report.sections[0].lines[0].said.code, "report-story-restricted");
    }

    #[test]
    fn what_is_late_stands_apart_from_what_is_open() {
        let waiting = |code: &str, due| Waiting {
            code: code.to_owned(),
            what: "patrouille".to_owned(),
            function: "Secteur Est".to_owned(),
            due: at(due),
            cites: vec![7],
        };
        let facts =
            Shift { open: vec![waiting("T-26-0001", 3), waiting("T-26-0002", 30)], ..Shift::default() };
        let report = shift(at(0), at(24), facts);
        assert_eq!(report.sections[0].lines[0].said.args["code"], "T-26-0001");
        assert_eq!(report.sections[1].lines.len(), 1);
    }
}
