use proptest::prelude::*;
use std::io::Read;
use vigie_model::{At, Fault, Limits, dtg};
use vigie_wire::table::{Format, Row, Table};
use vigie_wire::{Mapping, SignalDraft};

fn open<'a>(bytes: &'a [u8], map: &str) -> Result<Table<&'a [u8]>, Fault> {
    let map = Mapping::parse(map).expect("a sound mapping");
    Table::open(bytes, &map, &Limits::IMPORT)
}

/// One line a row: `line text` or `line !code`.
fn shown(rows: impl Iterator<Item = Result<Row, Fault>>) -> Vec<String> {
    let show = |row| match row {
        Ok(Row { line, draft }) => format!("{line} {}", draft.text),
        Err(Fault { at: At::Row(line), code, .. }) => format!("{line} !{code}"),
        Err(Fault { code, .. }) => format!("!{code}"),
    };
    rows.map(show).collect()
}

fn read(bytes: &[u8]) -> Vec<String> {
    shown(open(bytes, "").expect("opens"))
}

fn refused(bytes: &[u8], map: &str) -> String {
    open(bytes, map).err().expect("must be refused").code
}

fn drafts(bytes: &[u8], map: &str) -> Vec<SignalDraft> {
    open(bytes, map).expect("opens").map(|row| row.expect("a good row").draft).collect()
}

#[test]
fn columns_are_found_by_name_whatever_their_order() {
    let rows = drafts(
        "lang,TEXT,id,seen_at,author,url,place,channel\nfr,Le puits est à sec,7,2026-11-22T15:30:00Z,Radio Test,https://radio.example/7,Birao,matin\n".as_bytes(),
        "",
    );
    insta::assert_json_snapshot!(rows[0], @r#"
    {
      "external_id": "7",
      "text": "Le puits est à sec",
      "author": "Radio Test",
      "url": "https://radio.example/7",
      "lang": "fr",
      "channel": "matin",
      "place": {
        "name": "Birao",
        "precision": "unknown"
      },
      "seen_at": "2026-11-22T15:30:00Z"
    }
    "#);
}

#[test]
fn delimiters_marks_and_line_ends_are_recognised() {
    for text in [
        "id;text\n1;a, b\n2;\"c\nd\"\n",
        "\u{FEFF}id,text\r\n1,\"a, b\"\r\n2,\"c\nd\"\r\n",
        "text,id\n\"a, b\",1\n\n\"c\nd\",2",
    ] {
        let texts: Vec<_> = drafts(text.as_bytes(), "").into_iter().map(|draft| draft.text).collect();
        assert_eq!(texts, ["a, b", "c\nd"], "{text:?}");
    }
    assert_eq!(read(b"id,text\r1,a\r2,b"), ["2 a", "3 b"], "old Mac line ends");
    assert_eq!(
        read(b"text\nHello, world\n\"so\" she said\n"),
        ["2 Hello, world", "3 so she said"],
        "one column"
    );
    assert_eq!(read(b"id|text\n1|a\n"), ["2 a"]);
    let map = "[file]\ndelimiter = \"~\"\n";
    assert_eq!(drafts(b"id~text\n1~a\n", map)[0].text, "a", "an unusual delimiter needs a mapping");
}

#[test]
fn tab_separated_quotes_are_literal() {
    let file = b"ID\ttweet\tlabel\n1\t\"open quote\tneutral\n2\tsay \"\"no\"\"\tnegative\n3\tcut\n";
    let map = "[columns]\ntext = \"tweet\"\nid = \"ID\"\n[default]\nlang = \"om\"\n";
    let mut table = open(file, map).expect("opens");
    assert_eq!(table.format(), Format::Tsv);
    assert_eq!(shown(table.by_ref()), ["2 \"open quote", "3 say \"\"no\"\"", "4 !row-too-short"]);
    assert_eq!(table.unused().collect::<Vec<_>>(), ["label"]);
}

#[test]
fn a_file_without_header_is_read_by_position() {
    let map = "[file]\nheader = false\n[columns]\nid = 1\ntext = 3\n";
    let rows = drafts(b"a,x,first\nb,y,second\n", map);
    assert_eq!((rows[1].external_id.as_deref(), rows[1].text.as_str()), (Some("b"), "second"));
    assert_eq!(refused(b"a,b\n", "[file]\nheader = false\n"), "table-no-text-column");
}

#[test]
fn files_that_cannot_be_read_say_why() {
    assert_eq!(refused(b"", ""), "table-empty");
    assert_eq!(refused(b"\n \n", ""), "table-empty");
    assert_eq!(refused(b"PK\x03\x04rest", ""), "archive-unreadable");
    assert_eq!(refused(b"\xD0\xCF\x11\xE0rest", ""), "table-workbook");
    assert_eq!(refused(b"%PDF-1.7", ""), "table-not-text");
    assert_eq!(refused(b"tweet\tlabel\nx\ty\n", ""), "table-no-text-column");
    assert_eq!(refused(b"text,b\n", "[columns]\ntext = \"tweet\"\n"), "table-missing-column");
    assert_eq!(refused(b"text,Text,TEXT\n", "[columns]\ntext = \"tExt\"\n"), "table-column-twice");
    assert_eq!(refused(b"[{\"text\":\"a\"}]", ""), "table-json-array");
    assert_eq!(refused(b"text\na\n", "[file]\nsheet = \"Feuil1\"\n"), "table-no-sheets");
}

#[test]
fn f44_bad_rows_are_named_and_the_others_enter() {
    let file = "id,text,seen_at\n1,good,2026-11-22T15:30:00Z\n2,no zone,2026-11-22 15:30\n3,never,soon\n4,,\n\
                5,unknown time,\n6,a,b,c\n7,\"open\n8,still good,\n9,\"broken\nrow\" oops,\n10,last,1795361459\n";
    assert_eq!(
        read(file.as_bytes()),
        [
            "2 good",
            "3 !row-time-without-zone",
            "4 !row-not-a-time",
            "5 !row-without-text",
            "6 unknown time",
            "7 !row-too-wide",
            "8 !row-quote-open",
            "9 still good",
            "10 !row-quote-open",
            "11 !row-without-text",
            "12 last",
        ]
    );
    let rows = drafts(b"text,seen_at\na,2026-11-22 16:30\n", "[time]\nzone = \"Africa/Bangui\"\n");
    assert_eq!(rows[0].seen_at.map(dtg), Some("221530ZNOV26".to_owned()));
}

/// A long table, made as it is read; one row holds a time without a zone.
struct Long {
    rows: u64,
    bad: u64,
    row: u64,
    line: Vec<u8>,
    at: usize,
}

impl Read for Long {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.line.len() {
            if self.row == self.rows {
                return Ok(0);
            }
            self.row += 1;
            let zone = if self.row == self.bad { "" } else { "Z" };
            self.line = format!("{},texte {},2026-11-22T15:30:00{zone}\n", self.row, self.row).into_bytes();
            self.at = 0;
        }
        let taken = into.len().min(self.line.len() - self.at);
        into[..taken].copy_from_slice(&self.line[self.at..self.at + taken]);
        self.at += taken;
        Ok(taken)
    }
}

#[test]
fn f44_one_bad_row_of_a_long_table_is_named_and_the_others_enter() {
    // A million rows, twice, and into a site: `cargo xtask import --rows 1000000`.
    let rows = Long { rows: 50_000, bad: 25_871, row: 0, line: b"id,text,seen_at\n".to_vec(), at: 0 };
    let table = Table::open(rows, &Mapping::default(), &Limits::IMPORT).expect("opens");
    let (mut good, mut faults) = (0, Vec::new());
    for row in table {
        match row {
            Ok(_) => good += 1,
            Err(fault) => faults.push(fault),
        }
    }
    assert_eq!(good, 49_999);
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].at, faults[0].code.as_str()), (At::Row(25_872), "row-time-without-zone"));
}

#[test]
fn json_lines_follow_the_same_rules() {
    let file = "{\"tweet\":\"a\",\"when\":\"22/11/2026 16:30\"}\n{\"tweet\":\"b\",\"tweet\":\"c\"}\n{\"tweet\":\"d\\ud800\"}\n{\"tweet\":\n{\"tweet\":\"e\",\"when\":null}\n";
    let map = "[columns]\ntext = \"tweet\"\nseen_at = \"when\"\n[time]\nformat = \"%d/%m/%Y %H:%M\"\nzone = \"Africa/Bangui\"\n";
    let table = open(file.as_bytes(), map).expect("opens");
    assert_eq!(table.format(), Format::Jsonl);
    assert_eq!(shown(table), ["1 a", "2 !json-key-twice", "3 d\u{FFFD}", "4 !json-unfinished", "5 e"]);
}

#[test]
fn f37_wrong_charsets_keep_the_bytes_as_received() {
    let rows = drafts(b"text,author\nd\xe9menti \x97 faux,Zo\xc3\xa9\n", "");
    assert_eq!((rows[0].text.as_str(), rows[0].author.as_deref()), ("démenti — faux", Some("Zoé")));
    assert_eq!(rows[0].raw_base64.as_deref(), Some("ZOltZW50aSCXIGZhdXgsWm/DqQ=="));
    let rows = drafts(b"text,author\na\0b,\n", "");
    assert_eq!((rows[0].text.as_str(), &rows[0].raw_base64), ("a\0b", &None));
    let utf16: Vec<u8> = "\u{FEFF}id\ttext\r\n1\tأخبار\r\n2\t"
        .encode_utf16()
        .chain([0xD800])
        .flat_map(u16::to_le_bytes)
        .collect();
    let rows = drafts(&utf16, "");
    assert_eq!((rows[0].text.as_str(), &rows[0].raw_base64), ("أخبار", &None));
    assert_eq!((rows[1].text.as_str(), rows[1].raw_base64.as_deref()), ("\u{FFFD}", Some("MgAJAADY")));
}

#[test]
fn f37_a_text_of_one_megabyte_without_a_space_is_kept() {
    let file = format!("text\n{}\n", "x".repeat(1_000_000));
    assert_eq!(drafts(file.as_bytes(), "")[0].text.len(), 1_000_000);
}

/// `count` times `byte`, made as it is read.
fn endless(byte: u8, count: u64) -> impl Read {
    std::io::repeat(byte).take(count)
}

#[test]
fn f31_a_field_of_200_megabytes_costs_one_row_and_no_memory() {
    for opening in ["", "\""] {
        let head = format!("id,text\n1,good\n2,{opening}");
        let file = head.as_bytes().chain(endless(b'x', 200 << 20)).chain(&b"\n3,also good\n"[..]);
        let table = Table::open(file, &Mapping::default(), &Limits::IMPORT).expect("opens");
        assert_eq!(shown(table), ["2 good", "3 !row-too-long", "4 also good"]);
    }
}

#[test]
fn f31_a_quote_that_never_closes_costs_one_row_however_long_the_file() {
    let row = "2,fine\n".repeat(400_000);
    let file = format!("id,text\n1,\"open\n{row}");
    let table = Table::open(file.as_bytes(), &Mapping::default(), &Limits::IMPORT).expect("opens");
    let (good, bad): (Vec<_>, Vec<_>) = table.partition(Result::is_ok);
    assert_eq!((good.len(), bad.len()), (400_000, 1));
}

#[test]
fn f31_rows_fields_and_files_have_largest_sizes() {
    let limits = Limits { bytes_max: 60, field_bytes_max: 10, items_max: 3, ..Limits::IMPORT };
    let read = |file: &str| shown(Table::open(file.as_bytes(), &Mapping::default(), &limits).expect("opens"));
    assert_eq!(read("text\nelevenchars\nten chars!\n"), ["2 !row-field-too-long", "3 ten chars!"]);
    assert_eq!(read("text\na\nb\nc\nd\n"), ["2 a", "3 b", "4 c", "!table-too-many-rows"]);
    let small = Limits { bytes_max: 200_000, ..Limits::IMPORT };
    let file = format!("text\n{}", "word\n".repeat(60_000));
    let rows = shown(Table::open(file.as_bytes(), &Mapping::default(), &small).expect("opens"));
    assert_eq!(rows.last().map(String::as_str), Some("!table-too-long"));
    assert!(rows.len() > 20_000, "what was read before stays: {}", rows.len());
}

#[test]
fn a_reader_that_fails_midway_keeps_what_came_before() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
    }
    let start = format!("text\n{}", "word\n".repeat(20_000));
    let table =
        Table::open(start.as_bytes().chain(Broken), &Mapping::default(), &Limits::IMPORT).expect("opens");
    let rows = shown(table);
    assert_eq!(rows.last().map(String::as_str), Some("!table-unreadable"));
    assert!(rows.len() > 1000);
}

fn cell() -> impl Strategy<Value = String> {
    "[a-z ,;\"\t\n\r'é漢\u{0}]{0,12}"
}

proptest! {
    /// What a sound writer wrote is read back, cell by cell.
    #[test]
    fn sound_tables_are_read_as_written(rows in proptest::collection::vec((cell(), cell()), 1..20), semicolon: bool) {
        let delimiter = if semicolon { b';' } else { b',' };
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["author", "text"]).expect("writes");
        for (author, text) in &rows {
            writer.write_record([author, &format!("t{text}")]).expect("writes");
        }
        let file = writer.into_inner().expect("flushes");
        let read = drafts(&file, "");
        prop_assert_eq!(read.len(), rows.len());
        for (draft, (author, text)) in read.iter().zip(&rows) {
            prop_assert_eq!(&draft.text, &format!("t{text}"));
            prop_assert_eq!(draft.author.as_deref().unwrap_or_default(), author.trim());
        }
    }

    /// One bad record never hides its neighbours.
    #[test]
    fn good_rows_beside_bad_rows_always_enter(bad in proptest::collection::vec(bad_row(), 1..12), json: bool) {
        let mut file = if json { String::new() } else { "id,text,seen_at\n".to_owned() };
        for (n, (csv, line)) in bad.iter().enumerate() {
            let good = if json { format!("{{\"text\":\"good {n}\"}}") } else { format!("{n},good {n},") };
            file = [&file, if json { line } else { csv }, "\n", &good, "\n"].concat();
        }
        let rows: Vec<_> = open(file.as_bytes(), "").expect("opens").collect();
        let good: Vec<_> = rows.iter().flatten().map(|row| row.draft.text.as_str()).collect();
        let expected: Vec<_> = (0..bad.len()).map(|n| format!("good {n}")).collect();
        prop_assert_eq!(good, expected);
        prop_assert_eq!(rows.iter().filter(|row| row.is_err()).count(), bad.len());
    }

    #[test]
    fn no_bytes_make_it_panic(start in 0_usize..6, bytes: Vec<u8>) {
        let starts: [&[u8]; 6] = [b"", b"id,text\n", b"ID\ttext\n", b"{\"text\":", b"\xFF\xFE", b"text\r"];
        let mut file = starts[start].to_vec();
        file.extend(bytes);
        if let Ok(table) = Table::open(&file[..], &Mapping::default(), &Limits::IMPORT) {
            prop_assert!(table.count() <= file.len());
        }
    }
}

/// A refused row, as CSV and as a JSON line.
fn bad_row() -> impl Strategy<Value = (String, String)> {
    let rows = [
        ("1,\"open,", "{\"text\":\"open"),
        ("1,,", "{\"id\":1}"),
        ("1,x,soon", "{\"text\":\"x\",\"seen_at\":\"soon\"}"),
        ("1,x,,,,y", "{\"text\":\"x\",\"text\":\"y\"}"),
        ("1,x,2026-11-22 10:00", "{\"text\":\"x\",\"seen_at\":1e400}"),
        ("only-an-id", "{\"text\":[1]}"),
    ];
    (0..rows.len()).prop_map(move |n| (rows[n].0.to_owned(), rows[n].1.to_owned()))
}

#[test]
fn a_table_that_takes_too_long_ends_there_and_keeps_what_was_read() {
    let limits = Limits { time_ms_max: 2, ..Limits::IMPORT };
    let mut asked = 0;
    let elapsed_ms = move || {
        asked += 1;
        asked
    };
    let table = Table::open(&b"text\na\nb\nc\nd\n"[..], &Mapping::default(), &limits).expect("opens");
    assert_eq!(shown(table.timed(elapsed_ms)), ["2 a", "3 b", "!table-too-slow"]);
}
