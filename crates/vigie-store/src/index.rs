//! Full-text search over the signals, kept outside the transaction.
//!
//! The index remembers in its commit which entry it has reached; after a crash it goes on from there. It is a
//! projection: deleting the folder costs time, never content. Protected signals never enter it.

use crate::analyse;
use crate::error::StoreError;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

/// Name of our analyzer inside the index; a new one means a new index.
const ANALYZER: &str = "vigie-2";
/// Memory that one indexing thread may use before it writes a segment.
const ARENA_BYTES: usize = 20_000_000;

/// The open index.
pub struct Search {
    index: Index,
    reader: IndexReader,
    /// None after a write that failed: a writer that met a fault takes nothing any more.
    writer: Mutex<Option<IndexWriter>>,
    seq: Field,
    text: Field,
    reached: AtomicU64,
    /// The latest registration of a source whose effect on older signals the index has followed.
    followed: AtomicU64,
}

fn writer_of(index: &Index) -> Result<IndexWriter, StoreError> {
    index.writer_with_num_threads(1, ARENA_BYTES).map_err(index_error)
}

fn index_error(cause: impl std::fmt::Display) -> StoreError {
    StoreError::Index(cause.to_string())
}

impl Search {
    /// Opens the index in `dir`, or starts an empty one where there is none or where it cannot be read.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        match Self::open_in(dir) {
            Ok(search) => Ok(search),
            Err(_) => {
                // A derived thing that cannot be read is made again rather than mended.
                let _ = std::fs::remove_dir_all(dir);
                Self::open_in(dir)
            }
        }
    }

    fn open_in(dir: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(dir).map_err(|cause| StoreError::Io { path: dir.to_owned(), cause })?;
        let mut schema = Schema::builder();
        let seq = schema.add_u64_field("seq", INDEXED | STORED | FAST);
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(ANALYZER)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic);
        let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let folder = tantivy::directory::MmapDirectory::open(dir).map_err(index_error)?;
        let index = Index::open_or_create(folder, schema.build()).map_err(index_error)?;
        index.tokenizers().register(ANALYZER, analyse::analyzer());
        let payload = index.load_metas().map_err(index_error)?.payload.unwrap_or_default();
        let mut told = payload.split(' ').map(|number| number.parse().unwrap_or(0));
        let (reached, followed) = (told.next().unwrap_or(0), told.next().unwrap_or(0));
        let writer = writer_of(&index)?;
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(index_error)?;
        let (reached, followed) = (AtomicU64::new(reached), AtomicU64::new(followed));
        Ok(Self { index, reader, writer: Mutex::new(Some(writer)), seq, text, reached, followed })
    }

    /// The first entry that is not yet in the index.
    pub fn reached(&self) -> u64 {
        self.reached.load(Ordering::Acquire)
    }

    /// Takes in `(seq, text)` of signals and commits, with `next` as the first entry not yet in.
    pub fn add(&self, signals: &[(u64, String)], next: u64) -> Result<(), StoreError> {
        self.writing(|writer| self.take_in(writer, signals, next))
    }

    fn take_in(
        &self,
        writer: &mut IndexWriter,
        signals: &[(u64, String)],
        next: u64,
    ) -> Result<(), StoreError> {
        for (seq, text) in signals {
            let mut doc = TantivyDocument::default();
            doc.add_u64(self.seq, *seq);
            doc.add_text(self.text, text);
            // A disguised text is found by what it says as well as by what it shows.
            let normal = vigie_text::normalise(text);
            if !normal.tricks.is_empty() {
                doc.add_text(self.text, &normal.folded);
            }
            writer.add_document(doc).map_err(index_error)?;
        }
        self.commit(writer, next, self.followed())
    }

    /// The latest registration of a source whose effect on older signals is in the index.
    pub fn followed(&self) -> u64 {
        self.followed.load(Ordering::Acquire)
    }

    /// Takes out the signals of these entries, to the last byte, and remembers that it has followed up to `followed`.
    pub fn remove(&self, signals: &[u64], followed: u64) -> Result<(), StoreError> {
        self.writing(|writer| self.take_out(writer, signals, followed))
    }

    fn take_out(&self, writer: &mut IndexWriter, signals: &[u64], followed: u64) -> Result<(), StoreError> {
        for seq in signals {
            writer.delete_term(Term::from_field_u64(self.seq, *seq));
        }
        self.commit(writer, self.reached(), followed)?;
        // A deleted signal is only marked so until its segment is written anew.
        let metas = self.index.searchable_segment_metas().map_err(index_error)?;
        let holed: Vec<_> =
            metas.iter().filter(|meta| meta.has_deletes()).map(tantivy::SegmentMeta::id).collect();
        if !holed.is_empty() {
            writer.merge(&holed).wait().map_err(index_error)?;
            self.reader.reload().map_err(index_error)?;
            writer.garbage_collect_files().wait().map_err(index_error)?;
        }
        Ok(())
    }

    /// Lets `work` write; after a fault the next one gets a writer that goes on from the last commit.
    fn writing(
        &self,
        work: impl FnOnce(&mut IndexWriter) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let panicked = |_| StoreError::Index("an earlier write panicked".to_owned());
        let mut held = self.writer.lock().map_err(panicked)?;
        let mut writer = match held.take() {
            Some(writer) => writer,
            None => writer_of(&self.index)?,
        };
        work(&mut writer)?;
        *held = Some(writer);
        Ok(())
    }

    fn commit(&self, writer: &mut IndexWriter, next: u64, followed: u64) -> Result<(), StoreError> {
        let mut commit = writer.prepare_commit().map_err(index_error)?;
        commit.set_payload(&format!("{next} {followed}"));
        commit.commit().map_err(index_error)?;
        self.reader.reload().map_err(index_error)?;
        self.reached.store(next, Ordering::Release);
        self.followed.store(followed, Ordering::Release);
        Ok(())
    }

    /// Takes signals out, and in again where they still have a text: what was covered or restricted leaves the
    /// index to the last byte.
    pub fn again(&self, signals: &[(u64, Option<String>)]) -> Result<(), StoreError> {
        let next = self.reached();
        let seqs: Vec<u64> = signals.iter().map(|(seq, _)| *seq).collect();
        self.remove(&seqs, self.followed())?;
        let texts = signals.iter().filter(|(seq, _)| *seq < next);
        let texts: Vec<(u64, String)> = texts.filter_map(|(seq, text)| Some((*seq, text.clone()?))).collect();
        self.add(&texts, next)
    }

    /// Entries of at most `limit` signals that hold every word of `question`, newest first.
    pub fn find(&self, question: &str, limit: usize) -> Result<Vec<u64>, StoreError> {
        let mut analyzer =
            self.index.tokenizers().get(ANALYZER).ok_or_else(|| index_error("analyzer missing"))?;
        let mut stream = analyzer.token_stream(question);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        stream.process(&mut |token| {
            let term = Term::from_field_text(self.text, &token.text);
            clauses.push((Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
        });
        if clauses.is_empty() {
            return Ok(Vec::new());
        }
        let query = BooleanQuery::new(clauses);
        let searcher = self.reader.searcher();
        let top = TopDocs::with_limit(limit.max(1)).order_by_fast_field::<u64>("seq", tantivy::Order::Desc);
        let hits = searcher.search(&query, &top).map_err(index_error)?;
        hits.into_iter()
            .map(|(_, address)| {
                let doc: TantivyDocument = searcher.doc(address).map_err(index_error)?;
                doc.get_first(self.seq).and_then(|v| v.as_u64()).ok_or_else(|| index_error("seq missing"))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, question: &str) -> bool {
        let dir = tempfile::tempdir().expect("a folder");
        let search = Search::open(dir.path()).expect("opens");
        search.add(&[(7, text.to_owned())], 8).expect("adds");
        search.find(question, 10).expect("finds") == vec![7]
    }

    #[test]
    fn a_reader_finds_what_they_mean_in_every_script() {
        assert!(found("قُتل رجل قرب السوق", "قتل"));
        assert!(found("السلام عليكم", "سلام"));
        assert!(found("联合国维和部队在这里", "维和"));
        assert!(found("они попали в засаду", "засаде"));
        assert!(found("trois hommes tués", "tues"));
        assert!(!found("trois hommes tués", "femmes"));
    }

    #[test]
    fn what_was_covered_is_found_no_more() {
        let dir = tempfile::tempdir().expect("a folder");
        let search = Search::open(dir.path()).expect("opens");
        search.add(&[(1, "elle habite ici".to_owned()), (2, "le puits".to_owned())], 3).expect("adds");
        search.again(&[(1, Some("elle habite".to_owned())), (2, None)]).expect("adds again");
        assert_eq!(search.find("ici", 10).expect("finds"), Vec::<u64>::new());
        assert_eq!(search.find("habite", 10).expect("finds"), vec![1]);
        assert_eq!((search.find("puits", 10).expect("finds"), search.reached()), (Vec::new(), 3));
    }

    #[test]
    fn f60_a_disguised_text_is_found_in_both_forms() {
        assert!(found("la m-i-s-s-i-o-n arme", "mission"));
        assert!(found("la mіssiоn arme", "mission"));
        assert!(found("la mіssiоn arme", "mіssiоn"));
        assert!(found("la mis\u{200b}sion arme", "mission arme"));
        assert!(found("البـــعثة ا-ل-ب-ع-ث-ة", "بعثة"));
        assert!(!found("la mі-ssiоn arme", "commission"));
    }

    #[test]
    fn an_index_goes_on_from_where_it_was() {
        let dir = tempfile::tempdir().expect("a folder");
        Search::open(dir.path()).expect("opens").add(&[(1, "un".to_owned())], 2).expect("adds");
        let again = Search::open(dir.path()).expect("opens again");
        assert_eq!(again.reached(), 2);
        assert_eq!(again.find("un", 10).expect("finds"), vec![1]);
    }
}
