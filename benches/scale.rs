//! A large library while it is changed: how long until a new source, a new version and a withdrawal are searchable, and
//! what questions asked meanwhile take beside those of a quiet library.
//!
//! ```text
//! cargo bench --bench scale -- --passages passages.jsonl --questions arabic.jsonl --sources 500 --size 400
//! ```
//!
//! The library is made of the passages again and again, their sentences shuffled and now and then a word exchanged for
//! one that never was, so that the vocabulary grows as it does in real text (Heaps' law).

#![allow(
    clippy::unwrap_used,
    reason = "a measurement that panics is one that failed"
)]
#![expect(clippy::print_stdout, reason = "what was measured goes there")]

#[path = "measure/times.rs"]
mod times;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;
use sanad::config::{self, Config};
use sanad::language::sentence;
use sanad::library::{Details, Libraries, Library};
use serde_json::{Value, json};
use times::{Times, milliseconds};

/// How many paragraphs the sources have that come and go.
const SMALL: usize = 50;
/// The pause between two questions, so that one person asks and not a hundred.
const PAUSE: Duration = Duration::from_millis(5);

/// A large library while it is changed.
#[derive(Parser)]
struct Arguments {
    /// The passages, JSON Lines
    #[arg(long, num_args = 1.., value_name = "FILE")]
    passages: Vec<PathBuf>,
    /// The questions, JSON Lines
    #[arg(long, num_args = 1.., value_name = "FILE")]
    questions: Vec<PathBuf>,
    /// How many sources the library has
    #[arg(long, value_name = "N", default_value_t = 500)]
    sources: usize,
    /// How many passages each has
    #[arg(long, value_name = "N", default_value_t = 400)]
    size: usize,
    /// How many changes of each kind are made
    #[arg(long, value_name = "N", default_value_t = 20)]
    changes: usize,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    if arguments.passages.is_empty() || arguments.questions.is_empty() {
        println!("nothing to measure: name --passages and --questions");
        return;
    }
    let texts: Vec<String> = lines(&arguments.passages, "text");
    let questions: Arc<[String]> = lines(&arguments.questions, "question").into();
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut maker = Maker {
        random: fastrand::Rng::with_seed(1),
        texts,
        n: 0,
    };
    let library = runtime.block_on(async {
        let libraries = Libraries::open(&config(folder.path())).await.unwrap();
        libraries.empty_library("scale").await.unwrap()
    });
    let start = Instant::now();
    let mut adding = Times::default();
    for nth in 0..arguments.sources {
        let text = maker.source(arguments.size);
        let start = Instant::now();
        runtime.block_on(add(&library, &format!("large-{nth}"), &text));
        adding.add(start.elapsed());
    }
    println!(
        "{} sources, {} passages, made in {}; a source {adding}",
        arguments.sources,
        arguments.sources * arguments.size,
        milliseconds(start.elapsed()),
    );

    // Twice: the first time warms up what is kept at hand.
    let mut quiet = Times::default();
    for _ in 0..2 {
        quiet = Times::default();
        for question in questions.iter() {
            quiet.add(runtime.block_on(ask(&library, question)));
            std::thread::sleep(PAUSE);
        }
    }
    println!("questions, quiet       {quiet}");

    for (name, is_new) in [("a new source", true), ("a new version", false)] {
        let during = Asking::begin(&runtime, &library, &questions);
        let mut times = Times::default();
        for nth in 0..arguments.changes {
            let id = format!("small-{}", if is_new { nth } else { 0 });
            let word = format!("zqx{}{nth}", if is_new { "new" } else { "old" });
            let text = format!(
                "{}\n{}",
                json!({"id": "w", "text": format!("The {word} stands here alone.")}),
                maker.source(SMALL - 1)
            );
            let start = Instant::now();
            runtime.block_on(add(&library, &id, &text));
            let found = runtime.block_on(library.ask(&format!("Where does the {word} stand?"), 1));
            times.add(start.elapsed());
            let found = found.unwrap();
            let first = found
                .ranking
                .first()
                .map(|ranked| ranked.cited.source.to_string());
            assert_eq!(first.as_deref(), Some(id.as_str()), "it is searchable");
        }
        println!("{name}: searchable in {times}");
        report(&during.end(&runtime), &quiet);
    }

    let during = Asking::begin(&runtime, &library, &questions);
    let (mut withdrawing, mut restoring) = (Times::default(), Times::default());
    for nth in 0..arguments.changes {
        let id = format!("large-{nth}").parse().unwrap();
        let start = Instant::now();
        runtime.block_on(library.remove(&id, "scale")).unwrap();
        withdrawing.add(start.elapsed());
        let start = Instant::now();
        runtime
            .block_on(library.restore(&id, None, "scale"))
            .unwrap();
        restoring.add(start.elapsed());
    }
    println!("withdrawing {} passages: {withdrawing}", arguments.size);
    println!("restoring them:          {restoring}");
    report(&during.end(&runtime), &quiet);
}

fn report(during: &Times, quiet: &Times) {
    println!(
        "  questions meanwhile  {during}, p99 × {:.2} of the quiet p99",
        during.over(quiet, 99)
    );
}

/// Questions that are asked while something else happens.
struct Asking {
    is_over: Arc<AtomicBool>,
    times: tokio::task::JoinHandle<Times>,
}

impl Asking {
    fn begin(
        runtime: &tokio::runtime::Runtime,
        library: &Library,
        questions: &Arc<[String]>,
    ) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let (library, questions, over) =
            (library.clone(), Arc::clone(questions), Arc::clone(&is_over));
        let times = runtime.spawn(async move {
            let mut times = Times::default();
            for question in questions.iter().cycle() {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                times.add(ask(&library, question).await);
                tokio::time::sleep(PAUSE).await;
            }
            times
        });
        Self { is_over, times }
    }

    fn end(self, runtime: &tokio::runtime::Runtime) -> Times {
        self.is_over.store(true, Ordering::Relaxed);
        runtime.block_on(self.times).unwrap()
    }
}

async fn ask(library: &Library, question: &str) -> Duration {
    let start = Instant::now();
    library.ask(question, 5).await.unwrap();
    start.elapsed()
}

async fn add(library: &Library, id: &str, text: &str) {
    let details = Details {
        id: Some(id.parse().unwrap()),
        ..Details::default()
    };
    library
        .add("source.jsonl", text.as_bytes(), &details, "scale")
        .await
        .unwrap();
}

/// Makes sources of passages.
struct Maker {
    random: fastrand::Rng,
    texts: Vec<String>,
    n: usize,
}

impl Maker {
    /// A source of so many passages, as JSON Lines.
    fn source(&mut self, size: usize) -> String {
        let lines: Vec<String> = (0..size)
            .map(|nth| json!({"id": nth.to_string(), "text": self.passage()}).to_string())
            .collect();
        lines.join("\n")
    }

    fn passage(&mut self) -> String {
        let text = &self.texts[self.n % self.texts.len()];
        self.n += 1;
        let mut sentences: Vec<&str> = sentence::sentences(text)
            .into_iter()
            .filter_map(|span| text.get(span))
            .collect();
        self.random.shuffle(&mut sentences);
        let mut words: Vec<String> = Vec::new();
        for word in sentences.join(" ").split(' ') {
            words.push(if self.random.u8(..) < 8 {
                let letters: Vec<char> = "ابتجحدرسصطعفقكلمنهوي".chars().collect();
                let length = self.random.usize(4..8);
                (0..length)
                    .map(|_| letters[self.random.usize(..letters.len())])
                    .collect()
            } else {
                word.to_owned()
            });
        }
        words.join(" ")
    }
}

fn lines(files: &[PathBuf], field: &str) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        found.extend(
            text.lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| {
                    let line: Value = serde_json::from_str(line).unwrap();
                    line[field].as_str().unwrap_or_default().to_owned()
                }),
        );
    }
    found
}

fn config(folder: &Path) -> Config {
    Config {
        data: config::Data {
            dir: folder.join("data"),
        },
        index: config::Index {
            dir: folder.join("index"),
            ..config::Index::default()
        },
        ..Config::default()
    }
}
