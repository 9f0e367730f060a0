//! `sanad eval`: asks every question of question files over sources of their own, and measures the answers.

mod metrics;
mod questions;

use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use comfy_table::{Table, presets};
use serde_json::json;

use super::source::add::File;
use super::{Said, json, terminal};
use crate::answer::{Outcome, Ranked};
use crate::config::{self, Config};
use crate::language::fold::comparable;
use crate::library::{Details, Libraries, Library};
use crate::source::{Metadata, SourceId};
use crate::wording::say;
use metrics::{Asked, Group, Report};
use questions::{Passages, Question};

/// How deep the ranking is looked at by what is measured.
const DEPTH: usize = 10;

/// The arguments of `sanad eval`.
#[derive(Debug, Args)]
pub struct Eval {
    /// The sources, read as added sources are
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    source: Vec<PathBuf>,
    /// The question files, JSON Lines
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    questions: Vec<PathBuf>,
    /// How many passages of each ranking the details show, 1 to 50
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=50))]
    top: u8,
    /// Write one JSON line a question to this file
    #[arg(long, value_name = "FILE")]
    details: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Eval {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let scratch = Scratch::new()?;
        let report = tokio::select! {
            report = self.evaluate(config, &scratch) => report?,
            _ = tokio::signal::ctrl_c() => return Ok(ExitCode::FAILURE),
        };
        if self.json {
            terminal::print_json(&report)?;
        } else {
            terminal::print(&format!(
                "{}\nbuild_ms {}\n",
                table(&report).trim_fmt(),
                report.build_ms
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn evaluate(&self, config: &Config, scratch: &Scratch) -> anyhow::Result<Report> {
        // What is evaluated is what ships: this installation's threshold is left out.
        let config = Config {
            data: config::Data {
                dir: scratch.0.join("data"),
            },
            index: config::Index {
                dir: scratch.0.join("index"),
                ..config.index.clone()
            },
            answer: config::Answer::default(),
            ..config.clone()
        };
        let files = self
            .source
            .iter()
            .map(|path| File::read(path))
            .collect::<Result<Vec<File>, Said>>()?;
        let library = Libraries::open(&config)
            .await?
            .empty_library("eval")
            .await?;
        let started = Instant::now();
        add(&library, &files).await?;
        let build = started.elapsed();

        let questions = self.read_questions(&library).await?;
        let mut details = self.details.as_ref().map(|file| writer(file)).transpose()?;
        let top = usize::from(self.top);
        let bar = terminal::progress(
            questions.len() as u64,
            say(terminal::language(), "progress-asking", &[]),
        );
        let mut asked = Vec::with_capacity(questions.len());
        for question in &questions {
            let started = Instant::now();
            let outcome = library.ask(&question.text, top.max(DEPTH)).await?;
            asked.push(judge(question, &outcome, started.elapsed()));
            if let Some(details) = &mut details {
                serde_json::to_writer(&mut *details, &detail(question, &outcome, top))?;
                details.write_all(b"\n")?;
            }
            bar.inc(1);
            // Lets Ctrl-C in between two questions.
            tokio::task::yield_now().await;
        }
        if let Some(details) = &mut details {
            details.flush()?;
        }
        bar.finish_and_clear();
        Ok(Report::new(&asked, build))
    }

    async fn read_questions(&self, library: &Library) -> anyhow::Result<Vec<Question>> {
        let mut passages = Passages::default();
        for source in library.sources().await? {
            passages.add(&source.id, library.passages(source.version_key).await?);
        }
        let language = terminal::language();
        let mut all = Vec::new();
        let mut wrong = Vec::new();
        for file in &self.questions {
            let text = std::fs::read_to_string(file).map_err(|error| {
                let arguments = [
                    ("file", file.display().to_string().into()),
                    ("cause", error.to_string().into()),
                ];
                Said(say(language, "cli-file-unreadable", &arguments))
            })?;
            match questions::read(language, file, &text, &passages) {
                Ok(questions) => all.extend(questions),
                Err(sentences) => wrong.extend(sentences),
            }
        }
        if wrong.is_empty() {
            Ok(all)
        } else {
            Err(Said(wrong.join("\n")).into())
        }
    }
}

/// Adds the files as sources; of two with one name the second gets a number.
async fn add(library: &Library, files: &[File]) -> anyhow::Result<()> {
    let bar = terminal::progress(files.len() as u64, String::new());
    let mut taken: HashSet<SourceId> = HashSet::new();
    for file in files {
        bar.set_message(say(
            terminal::language(),
            "progress-adding",
            &[("file", file.name.clone().into())],
        ));
        let first = SourceId::from_file_name(&file.name).ok();
        let id = first.map(|first| free(first, &taken));
        taken.extend(id.clone());
        let details = Details {
            id,
            metadata: file
                .attribution
                .clone()
                .map(Metadata::from)
                .unwrap_or_default(),
            ..Details::default()
        };
        library
            .add(&file.name, &file.bytes, &details, "eval")
            .await?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// The id, or one with the first free number behind it.
fn free(id: SourceId, taken: &HashSet<SourceId>) -> SourceId {
    if !taken.contains(&id) {
        return id;
    }
    let short: String = id.as_str().chars().take(40).collect();
    (2..=u32::MAX)
        .filter_map(|n| format!("{short}-{n}").parse::<SourceId>().ok())
        .find(|id| !taken.contains(id))
        .expect("numbers do not end")
}

/// What came of a question, judged.
fn judge(question: &Question, outcome: &Outcome, latency: Duration) -> Asked {
    let first = outcome.ranking.first();
    let answers: Vec<String> = question
        .answers
        .iter()
        .map(|answer| comparable(answer))
        .collect();
    let holds = |text: &str| {
        let text = comparable(text);
        answers.iter().any(|answer| text.contains(answer))
    };
    let in_first =
        |holds: &dyn Fn(&Ranked) -> bool| (!answers.is_empty()).then(|| first.is_some_and(holds));
    Asked {
        language: question
            .language
            .clone()
            .unwrap_or_else(|| outcome.language.code().to_owned()),
        kind: question.kind.clone(),
        file: question.file.clone(),
        is_answerable: question.right.is_some(),
        rank: question
            .right
            .as_ref()
            .and_then(|right| {
                outcome
                    .ranking
                    .iter()
                    .position(|ranked| right.is(&ranked.cited))
            })
            .map(|position| position + 1),
        answer_in_first: in_first(&|ranked| holds(&ranked.cited.passage.text)),
        answer_in_sentence: in_first(&|ranked| holds(sentence(ranked))),
        sentence_share: first
            .map(|ranked| fraction(ranked.sentence.len(), ranked.cited.passage.text.len())),
        citations_right: question.cites.as_ref().map(|cites| {
            let cited = first.into_iter().flat_map(|ranked| &ranked.cited.citations);
            let cited: HashSet<&str> = cited.map(|citation| citation.marker.as_str()).collect();
            cited == cites.iter().map(String::as_str).collect()
        }),
        is_answered: outcome.answer().is_some(),
        confidence: first.map_or(0.0, |ranked| f64::from(ranked.confidence)),
        latency,
    }
}

fn sentence(ranked: &Ranked) -> &str {
    ranked
        .cited
        .passage
        .text
        .get(ranked.sentence.clone())
        .expect("a span lies on character boundaries")
}

fn fraction(part: usize, whole: usize) -> f64 {
    let bytes = |n: usize| f64::from(u32::try_from(n).expect("a passage is short"));
    if whole == 0 {
        0.0
    } else {
        bytes(part) / bytes(whole)
    }
}

fn detail(question: &Question, outcome: &Outcome, top: usize) -> serde_json::Value {
    let ranking = outcome.ranking.iter().take(top);
    json!({
        "id": question.id,
        "ranking": ranking
            .map(|ranked| json!({"id": ranked.cited.id().to_string(), "confidence": json::confidence(ranked)}))
            .collect::<Vec<_>>(),
        "outcome": if outcome.answer().is_some() { "answer" } else { "none" },
        "reason": outcome.reason.map(crate::answer::Reason::code),
        "sentence": outcome.ranking.first().map(sentence),
    })
}

fn writer(file: &Path) -> anyhow::Result<std::io::BufWriter<std::fs::File>> {
    let file_or_error = std::fs::File::create(file);
    Ok(std::io::BufWriter::new(file_or_error.map_err(|error| {
        let arguments = [
            ("file", file.display().to_string().into()),
            ("cause", error.to_string().into()),
        ];
        Said(say(terminal::language(), "cli-file-unwritable", &arguments))
    })?))
}

/// The report for people: a row a group, named by the fields of the contract.
fn table(report: &Report) -> Table {
    let head = [
        "",
        "questions",
        "answerable",
        "recall_at_1",
        "recall_at_5",
        "mrr_at_10",
        "answer_at_1",
        "sentence_hit",
        "sentence_share",
        "citations_right",
        "false_answer",
        "false_none",
        "auroc",
        "p50_us",
        "p99_us",
    ];
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(head);
    table.add_row(row("all", &report.all));
    for (name, group) in report
        .by_language
        .iter()
        .chain(&report.by_kind)
        .chain(&report.by_file)
    {
        table.add_row(row(name, group));
    }
    table
}

fn row(name: &str, group: &Group) -> Vec<String> {
    let rates = [
        group.recall_at_1,
        group.recall_at_5,
        group.mrr_at_10,
        group.answer_at_1,
        group.sentence_hit,
        group.sentence_share,
        group.citations_right,
        group.false_answer_rate,
        group.false_none_rate,
        group.auroc,
    ];
    let counts = [
        name.to_owned(),
        group.questions.to_string(),
        group.answerable.to_string(),
    ];
    let rates = rates.map(|rate| rate.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.3}")));
    let times = [group.latency_us.p50, group.latency_us.p99]
        .map(|time| time.map_or_else(|| "–".to_owned(), |us| us.to_string()));
    counts.into_iter().chain(rates).chain(times).collect()
}

/// A folder for the library of an evaluation, gone with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> std::io::Result<Self> {
        loop {
            let folder =
                std::env::temp_dir().join(format!("sanad-eval-{:016x}", fastrand::u64(..)));
            match std::fs::create_dir(&folder) {
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                made => return made.map(|()| Self(folder)),
            }
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(folder = %self.0.display(), %error, "the scratch library was not removed");
        }
    }
}
