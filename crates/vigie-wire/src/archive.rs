//! Opens a ZIP archive that somebody sent, without being blown up by it.
//!
//! Every member is unpacked under a count of its bytes, whatever its header claims; the archive as a whole has a largest
//! size, a largest number of members and a largest ratio. A member whose name leads out of the folder, stands twice, is
//! a link, another archive or a name that some systems keep for devices is refused alone and named; the others are
//! kept. Archives within archives are not opened. Source: APPNOTE 6.3.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use vigie_model::{At, Fault};
use zip::ZipArchive;

/// What an archive may hold at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArchiveLimits {
    /// Bytes of the archive itself.
    pub packed_bytes_max: usize,
    /// Bytes of all members together, unpacked.
    pub bytes_max: u64,
    /// Unpacked bytes for each packed one, counted from ten megabytes on.
    pub ratio_max: u64,
    /// Members.
    pub members_max: usize,
}

impl ArchiveLimits {
    /// A workbook or a folder of tables: 64 MiB packed, 256 MiB unpacked, 200 to one, 2,000 members.
    pub const TABLES: Self =
        Self { packed_bytes_max: 64 << 20, bytes_max: 256 << 20, ratio_max: 200, members_max: 2_000 };
}

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its path in the archive, parts joined by `/`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Below this many bytes a ratio says nothing.
const RATIO_FROM_BYTES: u64 = 10 << 20;

/// The members of the archive in `bytes`, and what was refused of it. A fault instead: the whole is refused.
pub fn open(bytes: &[u8], limits: &ArchiveLimits) -> Result<(Vec<Member>, Vec<Fault>), Fault> {
    let claimed = claimed_members(bytes).ok_or_else(|| whole("archive-unreadable"))?;
    if bytes.len() > limits.packed_bytes_max {
        return Err(whole("archive-too-long").with("max", limits.packed_bytes_max >> 20));
    }
    if claimed > limits.members_max {
        return Err(whole("archive-too-many").with("max", limits.members_max));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| whole("archive-unreadable"))?;
    let mut reading =
        Reading { limits: *limits, packed: bytes.len() as u64, unpacked: 0, names: BTreeSet::new() };
    let (mut members, mut faults) = (Vec::new(), Vec::new());
    if archive.len() < claimed {
        faults.push(whole("archive-name-twice").with("name", "–"));
    }
    for nth in 0..archive.len() {
        match reading.member(&mut archive, nth)? {
            Ok(Some(member)) => members.push(member),
            Ok(None) => {}
            Err(fault) => faults.push(fault),
        }
    }
    Ok((members, faults))
}

/// Whether these are the first bytes of a ZIP archive.
pub fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Members that the end of the archive speaks of; the larger form for more than 65,534 is refused by being none.
fn claimed_members(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(from..)?;
    let at = tail.windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([*count.first()?, *count.get(1)?])))
}

fn whole(code: &str) -> Fault {
    Fault::new(At::Whole, code)
}

struct Reading {
    limits: ArchiveLimits,
    packed: u64,
    unpacked: u64,
    names: BTreeSet<String>,
}

/// A member, nothing (a folder), or why it alone is refused; the outer fault ends the archive.
type Taken = Result<Result<Option<Member>, Fault>, Fault>;

impl Reading {
    fn member(&mut self, archive: &mut ZipArchive<Cursor<&[u8]>>, nth: usize) -> Taken {
        let Ok(file) = archive.by_index(nth) else {
            return Ok(Err(whole("archive-member-unreadable").with("name", nth + 1)));
        };
        let raw = String::from_utf8_lossy(file.name_raw()).into_owned();
        let refused = |code: &str| whole(code).with("name", &raw);
        if !is_plain(&raw) {
            return Ok(Err(refused("archive-name-refused")));
        }
        if file.is_dir() || raw.ends_with('/') {
            return Ok(Ok(None));
        }
        if file.is_symlink() {
            return Ok(Err(refused("archive-link-refused")));
        }
        // Two names that differ in capitals alone are one file on many systems.
        if !self.names.insert(raw.to_lowercase()) {
            return Ok(Err(refused("archive-name-twice")));
        }
        let left = self.limits.bytes_max - self.unpacked;
        let mut bytes = Vec::new();
        let read = file.take(left + 1).read_to_end(&mut bytes);
        self.unpacked += bytes.len() as u64;
        let ratio = self.unpacked / self.packed.max(1);
        if bytes.len() as u64 > left {
            return Err(refused("archive-bomb").with("max", self.limits.bytes_max >> 20));
        }
        if self.unpacked > RATIO_FROM_BYTES && ratio > self.limits.ratio_max {
            return Err(refused("archive-ratio").with("max", self.limits.ratio_max));
        }
        if read.is_err() {
            return Ok(Err(refused("archive-member-unreadable")));
        }
        if is_archive(&bytes) || bytes.starts_with(b"\x1f\x8b") {
            return Ok(Err(refused("archive-within")));
        }
        Ok(Ok(Some(Member { name: raw, bytes })))
    }
}

/// Names that some systems keep for devices, whatever follows a dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "clock$", "conin$"];

/// Whether a name stays below the folder it is unpacked into, on every system.
fn is_plain(name: &str) -> bool {
    let part = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
        let port = (stem.starts_with("com") || stem.starts_with("lpt")) && stem.len() == 4;
        let device =
            DEVICES.contains(&stem.as_str()) || (port && stem.ends_with(|c: char| c.is_ascii_digit()));
        !part.is_empty() && part != "." && part != ".." && !device && !part.ends_with([' ', '.'])
    };
    let odd = |c: char| {
        c.is_control() || matches!(c, '\\' | ':' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    !name.is_empty() && !name.chars().any(odd) && name.trim_end_matches('/').split('/').all(part)
}

/// An archive of parts that are stored as they are, without a time or a name of a program: the same parts give the
/// same bytes.
pub(crate) fn stored(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let at = out.len();
        let about = about(name, bytes);
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&about);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(bytes);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&about);
        // No comment, first disk, no attributes.
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&u32_of(at).to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (at, bytes) = (u32_of(out.len()), u32_of(directory.len()));
    let count = u16::try_from(parts.len()).unwrap_or(u16::MAX).to_le_bytes();
    out.append(&mut directory);
    out.extend_from_slice(b"PK\x05\x06\x00\x00\x00\x00");
    out.extend_from_slice(&count);
    out.extend_from_slice(&count);
    out.extend_from_slice(&bytes.to_le_bytes());
    out.extend_from_slice(&at.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

/// What both headers of a part say: version 2.0, names in UTF-8, stored, 1 January 1980, checksum, lengths.
fn about(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x14, 0, 0, 0x08, 0, 0, 0, 0, 0x21, 0];
    let length = u32_of(bytes.len()).to_le_bytes();
    out.extend_from_slice(&crc32(bytes).to_le_bytes());
    out.extend_from_slice(&length);
    out.extend_from_slice(&length);
    out.extend_from_slice(&u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

fn u32_of(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// CRC-32 as ZIP has it (ISO 3309, reflected 0xEDB88320), a byte at a time.
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut n = 0;
        while n < 256 {
            let (mut value, mut bit) = (n as u32, 0);
            while bit < 8 {
                value = if value & 1 == 1 { 0xEDB8_8320 ^ (value >> 1) } else { value >> 1 };
                bit += 1;
            }
            table[n] = value;
            n += 1;
        }
        table
    };
    let step = |sum: u32, byte: &u8| {
        let at = (sum ^ u32::from(*byte)) & 0xff;
        TABLE.get(at as usize).copied().unwrap_or(0) ^ (sum >> 8)
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            out.start_file(*name, options).expect("begins");
            out.write_all(bytes).expect("writes");
        }
        out.finish().expect("ends").into_inner()
    }

    fn names(opened: &(Vec<Member>, Vec<Fault>)) -> Vec<&str> {
        opened.0.iter().map(|member| member.name.as_str()).collect()
    }

    #[test]
    fn f32_an_archive_that_unpacks_to_too_much_is_stopped_at_the_cap() {
        let limits = ArchiveLimits { bytes_max: 20 << 20, ..ArchiveLimits::TABLES };
        let bomb = packed(&[("posts.csv", &vec![b'0'; 21 << 20])]);
        assert!(bomb.len() < 64 << 10);
        let refused = open(&bomb, &limits).expect_err("a bomb");
        assert_eq!((refused.code.as_str(), refused.args["name"].as_str()), ("archive-bomb", "posts.csv"));
        let ratio = packed(&[("posts.csv", &vec![b'0'; 12 << 20])]);
        assert_eq!(open(&ratio, &limits).expect_err("a ratio").code, "archive-ratio");
        // Many small ones add up.
        let many: Vec<(String, Vec<u8>)> =
            (0..30).map(|n| (format!("{n}.csv"), vec![b'0'; 1 << 20])).collect();
        let many: Vec<(&str, &[u8])> =
            many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        assert!(open(&packed(&many), &limits).is_err());
    }

    #[test]
    fn f32_a_million_empty_files_and_an_archive_in_an_archive_are_named() {
        let limits = ArchiveLimits { members_max: 100, ..ArchiveLimits::TABLES };
        let many: Vec<String> = (0..101).map(|n| format!("{n}.csv")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
        assert_eq!(open(&packed(&many), &limits).expect_err("too many").code, "archive-too-many");
        let inner = packed(&[("a.csv", b"text\r\nhi\r\n")]);
        let opened = open(&packed(&[("inner.zip", &inner), ("b.csv", b"text")]), &limits).expect("opens");
        assert_eq!(names(&opened), ["b.csv"]);
        assert_eq!(opened.1[0].code, "archive-within");
    }

    #[test]
    fn f33_a_name_that_leads_elsewhere_is_refused_alone() {
        let bad = [
            "../evil.csv",
            "/etc/passwd",
            "a/../../b.csv",
            "C:\\x.csv",
            "a\\b.csv",
            "CON",
            "nul.csv",
            "com1.csv",
            "a\u{202e}vsc.exe",
            "dir/./x",
            "x. ",
        ];
        for name in bad {
            let opened =
                open(&stored(&[(name, b"1"), ("good.csv", b"2")]), &ArchiveLimits::TABLES).expect("opens");
            assert_eq!(names(&opened), ["good.csv"], "{name}");
            assert_eq!(opened.1[0].code, "archive-name-refused", "{name}");
        }
        let twice = stored(&[("a.csv", b"1"), ("A.csv", b"2"), ("a.csv", b"3")]);
        let opened = open(&twice, &ArchiveLimits::TABLES).expect("opens");
        assert_eq!(opened.0.len(), 1);
        assert!(opened.1.iter().all(|fault| fault.code == "archive-name-twice") && !opened.1.is_empty());
        let mut links = ZipWriter::new(Cursor::new(Vec::new()));
        links.add_symlink("link.csv", "/etc/passwd", SimpleFileOptions::default()).expect("a link");
        let opened =
            open(&links.finish().expect("ends").into_inner(), &ArchiveLimits::TABLES).expect("opens");
        assert_eq!((opened.0.len(), opened.1[0].code.as_str()), (0, "archive-link-refused"));
    }

    #[test]
    fn what_is_no_archive_or_is_cut_off_is_refused_and_none_panics() {
        let whole = packed(&[("a.csv", b"text\r\nhi\r\n"), ("b.csv", b"more")]);
        for end in 0..whole.len() {
            let _ = open(&whole[..end], &ArchiveLimits::TABLES);
            let mut changed = whole.clone();
            changed[end] ^= 0x41;
            let _ = open(&changed, &ArchiveLimits::TABLES);
        }
        assert_eq!(open(b"PK\x03\x04", &ArchiveLimits::TABLES).expect_err("cut").code, "archive-unreadable");
    }

    #[test]
    fn a_stored_archive_reads_back() {
        let opened =
            open(&stored(&[("a/b.xml", b"<a/>"), ("c", b"")]), &ArchiveLimits::TABLES).expect("opens");
        assert_eq!((names(&opened), opened.1.len()), (vec!["a/b.xml", "c"], 0));
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }
}
