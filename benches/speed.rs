//! A question through the whole of Sanad beside a bare Tantivy query over the same passages, in one run: what the answer
//! costs on top of the search, as the number of passages grows. Tantivy is named here on purpose; the walls hold for
//! `src`.
//!
//! ```text
//! cargo bench --bench speed -- --passages passages.jsonl --questions arabic.jsonl english.jsonl --repeat-to 10000
//! ```
//!
//! Passages are JSON Lines with `id`, `title` and `text`, questions with `question`, as `sanad eval` reads them. The bare
//! query knows stems and nothing else: it is what is left when everything that makes a good answer is left out. An
//! English question has hardly a term in Arabic passages, and a query without hits costs nothing; so its time is told
//! beside the bare query of the first file of questions too.

#![allow(
    clippy::unwrap_used,
    reason = "a measurement that panics is one that failed"
)]
#![expect(clippy::print_stdout, reason = "what was measured goes there")]

#[path = "measure/times.rs"]
mod times;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Parser;
use sanad::config::{self, Config};
use sanad::language::{Language, detect, sentence};
use sanad::library::{Details, Libraries, Library};
use serde_json::{Value, json};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value as _,
};
use tantivy::tokenizer::{
    Language as Stems, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
    TokenStream as _,
};
use tantivy::{Index, IndexReader, TantivyDocument, Term, doc};
use times::Times;

/// How many passages are ranked, and how many hits the bare query fetches.
const TOP: usize = 10;

/// How long questions take beside a bare search.
#[derive(Parser)]
struct Arguments {
    /// The passages, JSON Lines
    #[arg(long, num_args = 1.., value_name = "FILE")]
    passages: Vec<PathBuf>,
    /// The questions, JSON Lines
    #[arg(long, num_args = 1.., value_name = "FILE")]
    questions: Vec<PathBuf>,
    /// Repeat the passages, their sentences shuffled, until there are so many
    #[arg(long, value_name = "N", default_value_t = 0)]
    repeat_to: usize,
    /// How often every question is asked; the first time does not count
    #[arg(long, value_name = "N", default_value_t = 3)]
    rounds: usize,
    /// What the shuffling begins from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

/// A passage as a file gives it.
struct Passage {
    id: String,
    title: String,
    text: String,
}

fn main() {
    let arguments = Arguments::parse();
    if arguments.passages.is_empty() || arguments.questions.is_empty() {
        println!("nothing to measure: name --passages and --questions");
        return;
    }
    let mut passages: Vec<Passage> = arguments
        .passages
        .iter()
        .flat_map(|file| lines(file))
        .map(|line| Passage {
            id: text(&line, "id"),
            title: text(&line, "title"),
            text: text(&line, "text"),
        })
        .collect();
    repeat(&mut passages, arguments.repeat_to, arguments.seed);

    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let started = Instant::now();
    let library = runtime.block_on(library(folder.path(), &passages));
    println!(
        "{} passages, indexed in {}",
        passages.len(),
        times::milliseconds(started.elapsed())
    );
    let bare = Bare::new(&passages);

    let mut first: Option<Times> = None;
    for file in &arguments.questions {
        let questions: Vec<String> = lines(file).map(|line| text(&line, "question")).collect();
        let (mut asked, mut searched) = (Times::default(), Times::default());
        for round in 0..=arguments.rounds {
            for question in &questions {
                let start = Instant::now();
                black_box(runtime.block_on(library.ask(question, TOP)).unwrap());
                let ask = start.elapsed();
                let start = Instant::now();
                black_box(bare.search(question));
                let search = start.elapsed();
                // The first time warms up what is kept at hand.
                if round > 0 {
                    asked.add(ask);
                    searched.add(search);
                }
            }
        }
        println!("{}, {} questions", file.display(), questions.len());
        println!("  ask           {asked}");
        println!("  bare Tantivy  {searched}");
        print!("  p50 × {:.2} of it", asked.over(&searched, 50));
        match &first {
            Some(first) => println!(", × {:.2} of that of the first file", asked.over(first, 50)),
            None => println!(),
        }
        first.get_or_insert(searched);
    }
}

fn lines(file: &Path) -> impl Iterator<Item = Value> + use<> {
    let text =
        std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let lines: Vec<Value> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    lines.into_iter()
}

fn text(line: &Value, field: &str) -> String {
    line[field].as_str().unwrap_or_default().to_owned()
}

/// Repeats passages until there are so many. The sentences of a copy stand in another order, so that none is equal to
/// its original.
fn repeat(passages: &mut Vec<Passage>, to: usize, seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let n = passages.len();
    while n > 0 && passages.len() < to {
        let copy = passages.len() / n;
        let original = &passages[passages.len() % n];
        let mut sentences: Vec<&str> = sentence::sentences(&original.text)
            .into_iter()
            .filter_map(|span| original.text.get(span))
            .collect();
        random.shuffle(&mut sentences);
        let copy = Passage {
            id: format!("{}-{copy}", original.id),
            title: original.title.clone(),
            text: sentences.join(" "),
        };
        passages.push(copy);
    }
}

/// A library that holds the passages as one source.
async fn library(folder: &Path, passages: &[Passage]) -> Library {
    let config = Config {
        data: config::Data {
            dir: folder.join("data"),
        },
        index: config::Index {
            dir: folder.join("index"),
            ..config::Index::default()
        },
        ..Config::default()
    };
    let library = Libraries::open(&config)
        .await
        .unwrap()
        .empty_library("speed")
        .await
        .unwrap();
    let lines: Vec<String> = passages
        .iter()
        .map(|passage| {
            json!({"id": passage.id, "title": passage.title, "text": passage.text}).to_string()
        })
        .collect();
    library
        .add(
            "passages.jsonl",
            lines.join("\n").as_bytes(),
            &Details::default(),
            "speed",
        )
        .await
        .unwrap();
    library
}

/// The passages in a plain index: a field of stems for each language, the text stored.
struct Bare {
    reader: IndexReader,
    text: Field,
    arabic: (Field, TextAnalyzer),
    english: (Field, TextAnalyzer),
}

impl Bare {
    fn new(passages: &[Passage]) -> Self {
        let analyzer = |stems| {
            TextAnalyzer::builder(SimpleTokenizer::default())
                .filter(RemoveLongFilter::limit(40))
                .filter(LowerCaser)
                .filter(Stemmer::new(stems))
                .build()
        };
        let stemmed = |tokenizer| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(IndexRecordOption::WithFreqs);
            TextOptions::default().set_indexing_options(indexing)
        };
        let mut schema = Schema::builder();
        let id = schema.add_text_field("id", STRING | STORED);
        let text = schema.add_text_field("text", STORED);
        let arabic = schema.add_text_field("arabic", stemmed("ar_stem"));
        let english = schema.add_text_field("english", stemmed("en_stem"));
        let index = Index::create_in_ram(schema.build());
        index
            .tokenizers()
            .register("ar_stem", analyzer(Stems::Arabic));
        index
            .tokenizers()
            .register("en_stem", analyzer(Stems::English));
        let mut writer = index.writer_with_num_threads(1, 50_000_000).unwrap();
        for passage in passages {
            let stems = match detect::language(&passage.text) {
                Language::Arabic => arabic,
                Language::English | Language::Other => english,
            };
            writer
                .add_document(doc!(
                    id => passage.id.as_str(),
                    text => passage.text.as_str(),
                    stems => passage.text.as_str(),
                ))
                .unwrap();
        }
        writer.commit().unwrap();
        writer.wait_merging_threads().unwrap();
        Self {
            reader: index.reader().unwrap(),
            text,
            arabic: (arabic, analyzer(Stems::Arabic)),
            english: (english, analyzer(Stems::English)),
        }
    }

    /// The passages that hold most of a question's words, with their texts.
    fn search(&self, question: &str) -> Vec<String> {
        let mut terms: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for (field, analyzer) in [&self.arabic, &self.english] {
            let mut analyzer = analyzer.clone();
            let mut tokens = analyzer.token_stream(question);
            while let Some(token) = tokens.next() {
                let term = Term::from_field_text(*field, &token.text);
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                terms.push((Occur::Should, Box::new(query)));
            }
        }
        let searcher = self.reader.searcher();
        let hits = searcher
            .search(
                &BooleanQuery::new(terms),
                &TopDocs::with_limit(TOP).order_by_score(),
            )
            .unwrap();
        let text = |address| {
            let document: TantivyDocument = searcher.doc(address).unwrap();
            let text = document.get_first(self.text);
            text.and_then(|text| text.as_str()).unwrap().to_owned()
        };
        hits.into_iter().map(|(_, address)| text(address)).collect()
    }
}
