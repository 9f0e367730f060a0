//! `ask` on the article beside a bare Tantivy query over the same paragraphs, in one run: what the answer costs on top
//! of the search. Tantivy is named here on purpose; the walls hold for `src`.

use sanad::config::{self, Config};
use sanad::library::{LOCAL, Libraries, Library};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TEXT, Value as _};
use tantivy::{Index, IndexReader, TantivyDocument, Term, doc};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const ARTICLE: &str = include_str!("../data/sources/russia-north-korea.ar.txt");

const ARABIC: &str = "متى أقيمت العلاقات الدبلوماسية بين كوريا الشمالية والاتحاد السوفييتي؟";
const ENGLISH: &str =
    "When were diplomatic relations between North Korea and the Soviet Union established?";

fn main() {
    divan::main();
}

/// The library that answers, in a folder that lives as long as it does.
struct Ready {
    runtime: Runtime,
    library: Library,
    _folder: TempDir,
}

fn ready() -> Ready {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let config = Config {
        data: config::Data {
            dir: folder.path().join("data"),
        },
        index: config::Index {
            dir: folder.path().join("index"),
            ..config::Index::default()
        },
        ..Config::default()
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    let library = runtime.block_on(async {
        let libraries = Libraries::open(&config).await.expect("the library opens");
        libraries
            .library_or_new(LOCAL)
            .await
            .expect("the library is made")
    });
    Ready {
        runtime,
        library,
        _folder: folder,
    }
}

#[divan::bench(args = [ARABIC, ENGLISH])]
fn ask(bencher: divan::Bencher<'_, '_>, question: &str) {
    let ready = ready();
    bencher.bench_local(|| {
        ready
            .runtime
            .block_on(ready.library.ask(question, 5))
            .expect("it answers")
    });
}

#[divan::bench]
fn bare_tantivy(bencher: divan::Bencher<'_, '_>) {
    let reader = bare();
    bencher.bench_local(|| search(&reader, ARABIC));
}

fn bare() -> IndexReader {
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TEXT | STORED);
    let index = Index::create_in_ram(schema.build());
    let mut writer = index
        .writer_with_num_threads(1, 15_000_000)
        .expect("a writer can be had");
    for line in ARTICLE.lines() {
        writer
            .add_document(doc!(text => line))
            .expect("a document can be added");
    }
    writer.commit().expect("the index can be written");
    index.reader().expect("the index can be read")
}

/// The best five lines for the words of a question, with their text.
fn search(reader: &IndexReader, question: &str) -> Vec<String> {
    let searcher = reader.searcher();
    let text = searcher
        .schema()
        .get_field("text")
        .expect("the schema has it");
    let term = |word: &str| -> (Occur, Box<dyn Query>) {
        (
            Occur::Should,
            Box::new(TermQuery::new(
                Term::from_field_text(text, word),
                IndexRecordOption::WithFreqs,
            )),
        )
    };
    let query = BooleanQuery::new(question.split_whitespace().map(term).collect());
    let hits = searcher
        .search(&query, &TopDocs::with_limit(5).order_by_score())
        .expect("it searches");
    let line = |address| {
        let document: TantivyDocument = searcher.doc(address).expect("a hit has a document");
        document
            .get_first(text)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    hits.into_iter().map(|(_, address)| line(address)).collect()
}
