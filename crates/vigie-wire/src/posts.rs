//! Reads a table of posts for the tools that compare them: who posted what, when, sharing which things.
//!
//! Two forms, by their columns. *Shares*: `object_id, account_id, content_id, timestamp_share`, one thing a row. *Posts*:
//! `message_id, user_id, username, repost_id, reply_id, message, timestamp, urls`, with `hashtags, domain, image` where
//! there are any, or `url_id, hashtag_id, domain_id, phash_id, account_id, post_id`. An empty cell is no thing at all.

use crate::sheet::Sheet;
use std::collections::HashMap;
use std::io::Read;
use vigie_model::{At, Fault, Limits, TimeFault, parse_zoned};

/// One post, or one share of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Line in the file, from 1.
    pub line: u64,
    /// Its id.
    pub message: String,
    /// Who posted it.
    pub account: String,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// Its text; empty where the table has none.
    pub text: String,
    /// What it shares, as named by [`Things`].
    pub things: Vec<(Thing, String)>,
}

/// What a column of a table of posts shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// The one thing of a table of shares.
    Object,
    /// The message passed on.
    Repost,
    /// The message answered.
    Reply,
    /// Addresses.
    Link,
    /// Hashtags.
    Hashtag,
    /// Host of an address.
    Domain,
    /// Perceptual hash of an image.
    Image,
}

/// Columns of each thing; whether one cell may hold several, parted by spaces.
const THINGS: [(Thing, &[&str], bool); 7] = [
    (Thing::Object, &["object_id"], false),
    (Thing::Repost, &["repost_id"], false),
    (Thing::Reply, &["reply_id"], false),
    (Thing::Link, &["urls", "url", "url_id"], true),
    (Thing::Hashtag, &["hashtags", "hashtag", "hashtag_id"], true),
    (Thing::Domain, &["domain", "domains", "domain_id"], true),
    (Thing::Image, &["image", "images", "phash_id"], true),
];

/// A table of posts being read: an iterator over its rows, good and bad.
pub struct Posts<R> {
    sheet: Sheet<R>,
    message: Option<usize>,
    account: usize,
    at: usize,
    text: Option<usize>,
    things: Vec<(Thing, usize, bool)>,
    seen: HashMap<String, (String, i64)>,
    times: u64,
    modern: Vec<u64>,
    rows: u64,
    ended: bool,
}

impl<R: Read> Posts<R> {
    /// Finds the columns. A fault here means that no row can be read.
    pub fn open(input: R, limits: &Limits) -> Result<Self, Fault> {
        let sheet = Sheet::open(input, limits)?;
        let account = sheet.needed(&["account_id", "user_id", "author"])?;
        let at = sheet.needed(&["timestamp_share", "timestamp", "seen_at"])?;
        let message = sheet.column(&["content_id", "message_id", "post_id", "id"]);
        let text = sheet.column(&["message", "text"]);
        let things =
            THINGS.iter().filter_map(|(thing, names, many)| Some((*thing, sheet.column(names)?, *many)));
        let things = things.collect();
        let modern = vec![0; sheet.names().len()];
        let seen = HashMap::new();
        Ok(Self { sheet, message, account, at, text, things, seen, times: 0, modern, rows: 0, ended: false })
    }

    /// Whether the table has a column for this.
    pub fn has(&self, thing: Thing) -> bool {
        self.things.iter().any(|(found, ..)| *found == thing)
    }

    /// Whether the table has texts.
    pub fn has_texts(&self) -> bool {
        self.text.is_some()
    }

    fn post(&mut self, line: u64) -> Result<Post, Fault> {
        self.rows += 1;
        for (n, count) in self.modern.iter_mut().enumerate() {
            *count += u64::from(modern(&self.sheet.cell(Some(n))));
        }
        let row = At::Row(line);
        let account = self.sheet.cell(Some(self.account)).into_owned();
        if account.is_empty() {
            return Err(Fault::new(row, "posts-no-account"));
        }
        let at_ms = at_ms(&self.sheet.cell(Some(self.at)), row)?;
        self.times += 1;
        let message = match self.message {
            Some(column) => self.sheet.cell(Some(column)).into_owned(),
            None => format!("row-{line}"),
        };
        if message.is_empty() {
            return Err(Fault::new(row, "posts-no-message"));
        }
        let first = self.seen.entry(message.clone()).or_insert_with(|| (account.clone(), at_ms));
        if (first.0.as_str(), first.1) != (account.as_str(), at_ms) {
            return Err(Fault::new(row, "posts-message-differs").with("message", &message));
        }
        let mut things = Vec::new();
        for (thing, column, many) in &self.things {
            let cell = self.sheet.cell(Some(*column));
            if *many {
                things.extend(cell.split_whitespace().map(|one| (*thing, one.to_owned())));
            } else if !cell.is_empty() {
                things.push((*thing, cell.into_owned()));
            }
        }
        let text = self.sheet.cell(self.text).into_owned();
        Ok(Post { line, message, account, at_ms, text, things })
    }

    /// Once all is read: a time column without times beside another full of them, or one full of small numbers
    /// beside another full of times of our days, are two columns that were swapped.
    fn swapped(&self) -> Option<Fault> {
        let most = |n: u64| self.rows > 0 && n * 10 >= self.rows * 9;
        let own = self.modern.get(self.at).copied().unwrap_or(0);
        let other = self.modern.iter().enumerate().find(|(n, count)| *n != self.at && most(**count));
        let wrong = own == 0 && self.rows >= 3;
        let (n, _) = other.filter(|_| wrong)?;
        let name = |n: usize| self.sheet.names().get(n).cloned().unwrap_or_default();
        Some(
            Fault::new(At::Whole, "posts-columns-swapped")
                .with("column", name(self.at))
                .with("other", name(n)),
        )
    }
}

impl<R: Read> Iterator for Posts<R> {
    type Item = Result<Post, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.sheet.advance() {
            None => {
                self.ended = true;
                self.swapped().map(Err)
            }
            Some((line, Ok(()))) => Some(self.post(line)),
            Some((_, Err(fault))) => {
                self.ended = fault.at == At::Whole;
                Some(Err(fault))
            }
        }
    }
}

/// Seconds since 1970, with or without a fraction, or a zoned ISO 8601 time.
fn at_ms(cell: &str, row: At) -> Result<i64, Fault> {
    let seconds = || {
        let digits =
            cell.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-' || b == b'+' || b == b'e');
        let value = cell.parse::<f64>().ok().filter(|s| digits && s.abs() < 1e11)?;
        Some((value * 1e3).round() as i64)
    };
    match parse_zoned(cell, None) {
        _ if cell.is_empty() => Err(Fault::new(row, "posts-no-time")),
        Ok(at) => Ok(at.as_millisecond()),
        Err(fault) => seconds().ok_or_else(|| match fault {
            TimeFault::NoZone => Fault::new(row, "posts-time-without-zone").with("value", cell),
            TimeFault::NotATime => Fault::new(row, "posts-not-a-time").with("value", cell),
        }),
    }
}

/// Whether a cell is a time between 1995 and 2100.
fn modern(cell: &str) -> bool {
    let seconds = cell.len() <= 20 && cell.parse::<f64>().is_ok_and(|s| (8e8..4.1e9).contains(&s));
    seconds || (cell.len() >= 16 && cell.as_bytes().get(4) == Some(&b'-') && parse_zoned(cell, None).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &str) -> Vec<Result<Post, Fault>> {
        match Posts::open(table.as_bytes(), &Limits::IMPORT) {
            Ok(posts) => posts.collect(),
            Err(fault) => vec![Err(fault)],
        }
    }

    fn codes(table: &str) -> Vec<String> {
        read(table).into_iter().filter_map(|row| row.err().map(|f| f.code)).collect()
    }

    #[test]
    fn an_empty_cell_is_no_thing() {
        let rows = read(
            "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls\n1,a,,,,text,60,\n2,b,,r,,text,61,u1 u2\n",
        );
        let things: Vec<usize> = rows.iter().map(|row| row.as_ref().expect("a post").things.len()).collect();
        assert_eq!(things, [0, 3]);
    }

    #[test]
    fn times_are_seconds_with_or_without_a_fraction_or_zoned() {
        let rows = read(
            "object_id,account_id,content_id,timestamp_share\no,a,1,1623881091.0\no,b,2,1623881091\no,c,3,2021-06-16T22:04:51Z\no,d,4,2021-06-17T00:04:51+02:00\n",
        );
        let times: Vec<i64> = rows.iter().map(|row| row.as_ref().expect("a share").at_ms).collect();
        assert_eq!(times, [1_623_881_091_000; 4]);
    }

    #[test]
    fn a_row_that_cannot_be_read_is_named_and_hides_none() {
        let rows = read(
            "object_id,account_id,content_id,timestamp_share\no,a,1,soon\no,,2,60\no,b,3,2021-06-16T22:04:51\no,c,4,60\no,d,4,60\n",
        );
        let told: Vec<(At, &str)> =
            rows.iter().filter_map(|r| r.as_ref().err().map(|f| (f.at, f.code.as_str()))).collect();
        assert_eq!(
            told,
            [
                (At::Row(2), "posts-not-a-time"),
                (At::Row(3), "posts-no-account"),
                (At::Row(4), "posts-time-without-zone"),
                (At::Row(6), "posts-message-differs"),
            ]
        );
    }

    #[test]
    fn swapped_columns_are_told_from_small_times() {
        let swapped = "object_id,account_id,content_id,timestamp_share\no,1623881091,1,7\no,1623881092,2,8\no,1623881093,3,9\n";
        assert_eq!(codes(swapped), ["posts-columns-swapped"]);
        let names = "object_id,account_id,content_id,timestamp_share\no,1623881091,1,a\no,1623881092,2,b\no,1623881093,3,c\n";
        assert_eq!(codes(names).last().map(String::as_str), Some("posts-columns-swapped"));
        let small = "object_id,account_id,content_id,timestamp_share\no,17,1,0\no,18,2,10\no,19,3,20\n";
        assert!(codes(small).is_empty());
        assert_eq!(codes("object_id,content_id\no,1\n"), ["table-missing-column"]);
    }
}
