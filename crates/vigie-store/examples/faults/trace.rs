//! What a program did to a folder, call by call, as `strace` wrote it down.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One thing that reached the file system, in order.
#[derive(Debug, Clone)]
pub enum Op {
    Make(PathBuf),
    MakeDir(PathBuf),
    Write(PathBuf, u64, Vec<u8>),
    Cut(PathBuf, u64),
    Sync(PathBuf),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    RemoveDir(PathBuf),
    /// The program told somebody that something is done.
    Told(String),
}

/// The calls that are followed.
pub const CALLS: &str = "openat,pwrite64,write,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,\
                         mkdir,mkdirat,rmdir,lseek,close";

/// Reads the log of `strace -f -y -xx`; what lies outside `root` is passed over.
pub fn read(log: &str, root: &Path) -> Vec<Op> {
    let mut reader =
        Reader { root: root.to_owned(), open: BTreeMap::new(), lengths: BTreeMap::new(), ops: Vec::new() };
    let mut pending: BTreeMap<String, String> = BTreeMap::new();
    for line in log.lines() {
        let Some((process, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if let Some(begun) = rest.strip_suffix(" <unfinished ...>") {
            pending.insert(process.to_owned(), begun.to_owned());
        } else if let Some(resumed) = rest.strip_prefix("<... ") {
            let end = resumed.split_once("resumed>").map_or("", |(_, end)| end);
            if let Some(begun) = pending.remove(process) {
                reader.call(&format!("{begun}{end}"));
            }
        } else {
            reader.call(rest);
        }
    }
    reader.ops
}

struct Reader {
    root: PathBuf,
    /// Path and position of each open descriptor.
    open: BTreeMap<u32, (PathBuf, u64)>,
    lengths: BTreeMap<PathBuf, u64>,
    ops: Vec<Op>,
}

impl Reader {
    fn call(&mut self, line: &str) {
        let (Some((name, rest)), Some(told)) =
            (line.split_once('('), line.rsplit_once(" = ").map(|(_, told)| told))
        else {
            return;
        };
        let args = rest.rsplit_once(" = ").map_or(rest, |(args, _)| args).trim_end();
        let args: Vec<&str> = split(args.strip_suffix(')').unwrap_or(args));
        let result: i64 = told.split([' ', '<']).next().and_then(|number| number.parse().ok()).unwrap_or(-1);
        if result < 0 {
            return;
        }
        self.done(name, &args, result);
    }

    fn done(&mut self, name: &str, args: &[&str], result: i64) {
        match (name, args) {
            ("openat", [_, path, flags, ..]) => self.opened(&text(path), flags, result as u32),
            ("close", [fd]) => drop(number(fd).and_then(|fd| self.open.remove(&fd))),
            ("lseek", [fd, ..]) => {
                if let Some((_, at)) = number(fd).and_then(|fd| self.open.get_mut(&fd)) {
                    *at = result as u64;
                }
            }
            ("write", [fd, data, ..]) if number(fd) == Some(1) => {
                let said = String::from_utf8_lossy(&bytes(data)).into_owned();
                self.ops.extend(said.lines().map(|line| Op::Told(line.to_owned())));
            }
            ("write", [fd, data, ..]) => {
                let Some(fd) = number(fd) else { return };
                let Some((path, at)) = self.open.get(&fd).cloned() else { return };
                self.write(path, at, &bytes(data)[..result as usize]);
                if let Some((_, place)) = self.open.get_mut(&fd) {
                    *place += result as u64;
                }
            }
            ("pwrite64", [fd, data, _, at]) => {
                let path = number(fd).and_then(|fd| self.open.get(&fd).cloned());
                if let (Some((path, _)), Ok(at)) = (path, at.trim().parse()) {
                    self.write(path, at, &bytes(data)[..result as usize]);
                }
            }
            ("ftruncate", [fd, length]) => {
                let path = number(fd).and_then(|fd| self.open.get(&fd).cloned());
                if let (Some((path, _)), Ok(length)) = (path, length.trim().parse::<u64>()) {
                    self.lengths.insert(path.clone(), length);
                    self.push(Op::Cut(path, length));
                }
            }
            ("fsync" | "fdatasync", [fd]) => {
                if let Some((path, _)) = number(fd).and_then(|fd| self.open.get(&fd).cloned()) {
                    self.push(Op::Sync(path));
                }
            }
            ("rename", [from, to]) | ("renameat" | "renameat2", [_, from, _, to, ..]) => {
                self.push(Op::Rename(text(from), text(to)));
            }
            ("unlink", [path]) => self.push(Op::Remove(text(path))),
            ("unlinkat", [dir, path, flags]) => {
                let path = if text(path).is_absolute() { text(path) } else { behind(dir).join(text(path)) };
                let dir = flags.contains("AT_REMOVEDIR");
                self.push(if dir { Op::RemoveDir(path) } else { Op::Remove(path) });
            }
            ("rmdir", [path]) => self.push(Op::RemoveDir(text(path))),
            ("mkdir", [path, ..]) | ("mkdirat", [_, path, ..]) => self.push(Op::MakeDir(text(path))),
            _ => {}
        }
    }

    fn opened(&mut self, path: &Path, flags: &str, fd: u32) {
        if !path.starts_with(&self.root) {
            self.open.remove(&fd);
            return;
        }
        if flags.contains("O_CREAT") && !self.lengths.contains_key(path) {
            self.push(Op::Make(path.to_owned()));
            self.lengths.insert(path.to_owned(), 0);
        }
        if flags.contains("O_TRUNC") {
            self.push(Op::Cut(path.to_owned(), 0));
            self.lengths.insert(path.to_owned(), 0);
        }
        let end = self.lengths.get(path).copied().unwrap_or(0);
        let at = if flags.contains("O_APPEND") { end } else { 0 };
        self.open.insert(fd, (path.to_owned(), at));
    }

    fn write(&mut self, path: PathBuf, at: u64, data: &[u8]) {
        let length = self.lengths.entry(path.clone()).or_insert(0);
        *length = (*length).max(at + data.len() as u64);
        self.push(Op::Write(path, at, data.to_vec()));
    }

    /// The shared memory of a database is no part of what a disk keeps.
    fn push(&mut self, op: Op) {
        let path = match &op {
            Op::Make(path)
            | Op::MakeDir(path)
            | Op::Write(path, ..)
            | Op::Cut(path, _)
            | Op::Sync(path)
            | Op::Rename(path, _)
            | Op::Remove(path)
            | Op::RemoveDir(path) => path,
            Op::Told(_) => return self.ops.push(op),
        };
        if path.starts_with(&self.root) && !path.to_string_lossy().ends_with("-shm") {
            if let Op::Remove(path) = &op {
                self.lengths.remove(path);
            }
            if let Op::Rename(from, to) = &op {
                let length = self.lengths.remove(from).unwrap_or(0);
                self.lengths.insert(to.clone(), length);
            }
            self.ops.push(op);
        }
    }
}

/// Arguments, parted at commas outside of brackets and quotes.
fn split(args: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in args.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                parts.push(args[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(args[start..].trim());
    parts
}

fn number(fd: &str) -> Option<u32> {
    fd.split('<').next()?.trim().parse().ok()
}

/// `"\x2f\x74"` as bytes.
fn bytes(quoted: &str) -> Vec<u8> {
    let inner = quoted.trim().trim_start_matches('"').trim_end_matches("...").trim_end_matches('"');
    hex::decode(inner.replace("\\x", "")).unwrap_or_default()
}

fn text(quoted: &str) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes(quoted)).into_owned())
}

/// The path that stands behind a descriptor: `5</tmp/x>`.
fn behind(fd: &str) -> PathBuf {
    let inner = fd.split_once('<').map_or("", |(_, path)| path).trim_end_matches('>');
    text(inner)
}
