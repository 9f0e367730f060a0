//! `sanad why`: how a question was understood, what it met, and what each signal gave.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::layout::{Layout, Line};
use super::{answer, json, terminal};
use crate::answer::Ranked;
use crate::answer::explanation::{Alternative, Explanation, Kind, Weighed, Word};
use crate::answer::weights::Part;
use crate::config::Config;
use crate::language::Language;
use crate::library::{LOCAL, Libraries};
use crate::wording::{self, citation, explanation as said, say};

/// How many passages are explained where nothing else is said.
const TOP: u8 = 3;

/// The arguments of `sanad why`.
#[derive(Debug, Args)]
pub struct Why {
    /// The library to ask
    #[arg(long, default_value = LOCAL)]
    library: String,
    /// Explain as many passages of the ranking, 1 to 50
    #[arg(long, value_name = "N", default_value_t = TOP, value_parser = clap::value_parser!(u8).range(1..=50))]
    top: u8,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// The question; several words are joined
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,
}

impl Why {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let libraries = Libraries::open(config).await?;
        let library = super::library(&libraries, &self.library).await?;
        let explanation = library
            .explain(&self.question.join(" "), usize::from(self.top))
            .await?;
        if self.json {
            terminal::print_json(&object(&explanation))?;
        } else {
            let lines = lines(&explanation, config.answer.max_question);
            terminal::print(&Layout::of_stdout(config.chat.bidi).render(&lines))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A line of our own words: it reads in their direction, whatever it begins with.
fn own(language: Language, text: impl Into<String>) -> Line {
    Line {
        is_rtl: Some(language == Language::Arabic),
        ..Line::plain(text)
    }
}

/// A line that belongs under the one before it.
fn under(language: Language, text: &str) -> Line {
    own(language, format!("  {text}"))
}

/// The lines of an explanation. `limit` is the length that a question may have.
fn lines(explanation: &Explanation, limit: usize) -> Vec<Line> {
    let outcome = &explanation.outcome;
    let language = super::asker(outcome.language);
    let mut lines = Vec::new();
    if !explanation.words.is_empty() {
        lines.push(own(language, said::wanted(language, explanation.wanted)));
        for kind in [Kind::Stop, Kind::Repeated] {
            let left_out = said::left_out(language, &explanation.words, kind);
            lines.extend(left_out.map(|left_out| own(language, left_out)));
        }
        let corrections = wording::outcome::corrections(language, outcome);
        lines.extend(
            corrections
                .into_iter()
                .map(|corrected| own(language, corrected)),
        );
    }
    for word in asked(&explanation.words) {
        lines.extend([Line::default(), own(language, said::word(language, word))]);
        for alternative in &word.alternatives {
            lines.push(under(language, &said::alternative(language, alternative)));
        }
        for (terms, weight) in &word.phrases {
            lines.push(under(language, &said::phrase(language, terms, *weight)));
        }
        let absent = said::absent(language, word);
        lines.extend(absent.map(|absent| under(language, &absent)));
    }
    for (ranked, weighed) in outcome.ranking.iter().zip(&explanation.passages) {
        lines.push(Line::default());
        passage(language, &explanation.words, ranked, weighed, &mut lines);
    }
    if !lines.is_empty() {
        lines.push(Line::default());
        lines.push(own(language, said::known(language, explanation)));
        lines.push(own(language, said::decision(language, explanation)));
    }
    if let Some(reason) = outcome.reason {
        let reason = wording::outcome::reason(language, reason, limit);
        lines.push(own(language, reason));
    }
    lines
}

fn passage(
    language: Language,
    words: &[Word],
    ranked: &Ranked,
    weighed: &Weighed,
    lines: &mut Vec<Line>,
) {
    let cited = &ranked.cited;
    lines.extend([
        answer::head(cited),
        answer::quote(cited, ranked.sentence.clone(), None),
        own(language, citation::locator(language, &cited.passage)),
    ]);
    lines.extend(
        citation::licence(language, &cited.attribution).map(|licence| own(language, licence)),
    );
    let met = met(words, ranked, weighed);
    if met.is_empty() {
        lines.push(own(language, say(language, "why-met-none", &[])));
    } else {
        lines.push(own(language, say(language, "why-met", &[])));
    }
    for (asked, found) in met {
        lines.push(under(language, &said::met(language, asked, &found)));
    }
    lines.push(own(language, said::score(language, weighed)));
    lines.extend(parts(language, &weighed.signals));
    lines.push(own(language, said::confidence(language, weighed)));
    lines.extend(parts(language, &weighed.features));
    let held = said::held_below(language, weighed, ranked.confidence);
    lines.extend(held.map(|held| own(language, held)));
}

/// The words that are searched for.
fn asked(words: &[Word]) -> impl Iterator<Item = &Word> {
    words
        .iter()
        .filter(|word| !matches!(word.kind, Kind::Stop | Kind::Repeated))
}

/// What each word of the question met in a passage, in the order of the question.
fn met<'a>(
    words: &'a [Word],
    ranked: &'a Ranked,
    weighed: &Weighed,
) -> Vec<(&'a str, Vec<(&'a str, f32)>)> {
    let mut all = Vec::new();
    for (nth, word) in words.iter().enumerate() {
        let mut found: Vec<(&str, f32)> = Vec::new();
        for met in weighed.met.iter().filter(|met| met.asked == nth) {
            let text = ranked.cited.passage.text.get(met.found.clone());
            let one = (text.unwrap_or_default(), met.likeness);
            if !found.contains(&one) {
                found.push(one);
            }
        }
        if !found.is_empty() {
            all.push((word.text.as_str(), found));
        }
    }
    all
}

/// The products of a sum, without those that give nothing.
fn parts(language: Language, parts: &[Part]) -> impl Iterator<Item = Line> {
    let telling = parts.iter().filter(|part| part.contribution() != 0.0);
    telling.map(move |part| under(language, &said::part(language, part)))
}

/// The object that `sanad why --json` prints.
fn object(explanation: &Explanation) -> Value {
    let outcome = &explanation.outcome;
    let is_answer = outcome.answer().is_some();
    let places = outcome.ranking.iter().zip(&explanation.passages);
    json!({
        "question": outcome.question,
        "language": outcome.language.code(),
        "wanted": explanation.wanted.code(),
        "outcome": if is_answer { "answer" } else { "none" },
        "reason": outcome.reason.map(crate::answer::Reason::code),
        "threshold": json::number(explanation.threshold),
        "known_share": json::number(explanation.known_share),
        "lacks_name": explanation.lacks_name,
        "corrections": outcome.corrections.iter()
            .map(|word| json!({"asked": word.asked, "read_as": word.read_as})).collect::<Vec<_>>(),
        "words": explanation.words.iter().map(word_object).collect::<Vec<_>>(),
        "passages": places
            .map(|(ranked, weighed)| passage_object(&explanation.words, ranked, weighed)).collect::<Vec<_>>(),
    })
}

fn word_object(word: &Word) -> Value {
    json!({
        "text": word.text,
        "start": word.span.start,
        "end": word.span.end,
        "read_as": word.kind.code(),
        "weight": json::number(word.weight),
        "rarity": json::number(word.rarity),
        "importance": json::number(word.importance),
        "alternatives": word.alternatives.iter().map(alternative_object).collect::<Vec<_>>(),
        "phrases": word.phrases.iter()
            .map(|(terms, weight)| json!({"terms": terms, "weight": json::number(*weight)})).collect::<Vec<_>>(),
        "absent": word.absent.iter().map(alternative_object).collect::<Vec<_>>(),
    })
}

fn alternative_object(alternative: &Alternative) -> Value {
    json!({
        "term": alternative.term,
        "whole_word": alternative.is_whole,
        "weight": json::number(alternative.weight),
        "passages": alternative.n_passages,
        "origin": alternative.origin.code(),
        "entry": alternative.entry.as_ref()
            .map(|entry| json!({"lemma": entry.lemma, "class": entry.class.code()})),
    })
}

fn passage_object(words: &[Word], ranked: &Ranked, weighed: &Weighed) -> Value {
    let met = weighed.met.iter().map(|met| {
        let mut object = json::span(&ranked.cited, &met.found);
        object["asked"] = words.get(met.asked).map(|word| word.text.as_str()).into();
        object["word"] = met.asked.into();
        object["term"] = met.term.clone().into();
        object["likeness"] = json::number(met.likeness).into();
        object
    });
    json!({
        "passage": json::passage(&ranked.cited),
        "sentence": json::span(&ranked.cited, &ranked.sentence),
        "met": met.collect::<Vec<_>>(),
        "first_look": json::number(weighed.first_look),
        "score": json::number(weighed.score),
        "signals": parts_object(&weighed.signals),
        "confidence": json::confidence(ranked),
        "confidence_alone": json::number(weighed.confidence),
        "features": parts_object(&weighed.features),
        "constant": json::number(weighed.constant),
    })
}

fn parts_object(parts: &[Part]) -> Vec<Value> {
    let object = |part: &Part| {
        json!({
            "name": part.name, "value": json::number(part.value), "weight": json::number(part.weight),
            "contribution": json::number(part.contribution()),
        })
    };
    parts.iter().map(object).collect()
}
