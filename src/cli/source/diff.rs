//! `sanad source diff`: what changed between two versions of a source.

use clap::Args;
use serde_json::{Value, json};

use super::super::{Said, terminal};
use super::{Which, id};
use crate::config::Config;
use crate::language::{Language, Span};
use crate::library::{Changed, Diff as Compared};
use crate::source::{Passage, SourceId};
use crate::wording::say;

/// The arguments of `sanad source diff`.
#[derive(Debug, Args)]
pub struct Diff {
    #[command(flatten)]
    which: Which,
    /// The source
    #[arg(value_parser = id)]
    id: SourceId,
    /// The earlier version; else the one before the later
    before: Option<u32>,
    /// The later version; else the current one
    after: Option<u32>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Diff {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        let library = self.which.open(config).await?;
        if library.history(&self.id).await?.is_empty() {
            return Err(self.which.missing(&self.id));
        }
        let language = terminal::language();
        let id = ("id", self.id.to_string().into());
        let Some(diff) = library.diff(&self.id, self.before, self.after).await? else {
            return Err(Said(say(language, "source-no-versions-to-compare", &[id])).into());
        };
        if self.json {
            return terminal::print_json(&object(&diff));
        }
        let mut lines = vec![say(
            language,
            "diff-head",
            &[
                id,
                ("before", diff.before.version.into()),
                ("after", diff.after.version.into()),
                ("changed", diff.changes.len().into()),
                ("same", diff.n_same.into()),
            ],
        )];
        for change in &diff.changes {
            lines.extend(told(language, change));
        }
        terminal::print(&format!("{}\n", lines.join("\n")))
    }
}

fn told(language: Language, change: &Changed) -> Vec<String> {
    let head = |id: &str, passage: &Passage| {
        let place = [("place", passage.place.to_string().into())];
        say(language, id, &place)
    };
    match change {
        Changed::Added(passage) => {
            vec![head("diff-added", passage), format!("+ {}", passage.text)]
        }
        Changed::Removed(passage) => {
            vec![head("diff-removed", passage), format!("- {}", passage.text)]
        }
        Changed::Reworded(one) => vec![
            head("diff-reworded", &one.after),
            format!("- {}", marked(&one.before.text, &one.removed, ("[-", "-]"))),
            format!("+ {}", marked(&one.after.text, &one.added, ("{+", "+}"))),
        ],
    }
}

/// A text with marks around some of its ranges, as `git diff --word-diff` sets them.
fn marked(text: &str, spans: &[Span], marks: (&str, &str)) -> String {
    let mut shown = String::with_capacity(text.len() + spans.len() * 4);
    let mut end = 0;
    for span in spans {
        shown.push_str(text.get(end..span.start).unwrap_or_default());
        shown.push_str(marks.0);
        shown.push_str(text.get(span.clone()).unwrap_or_default());
        shown.push_str(marks.1);
        end = span.end;
    }
    shown.push_str(text.get(end..).unwrap_or_default());
    shown
}

fn object(diff: &Compared) -> Value {
    let passage = |passage: &Passage| json!({"place": passage.place.to_string(), "section": passage.section, "text": passage.text});
    let spans = |spans: &[Span]| -> Vec<[usize; 2]> {
        spans.iter().map(|span| [span.start, span.end]).collect()
    };
    let changes: Vec<Value> = diff
        .changes
        .iter()
        .map(|change| match change {
            Changed::Added(new) => json!({"change": "added", "after": passage(new)}),
            Changed::Removed(old) => json!({"change": "removed", "before": passage(old)}),
            Changed::Reworded(one) => json!({
                "change": "reworded",
                "before": passage(&one.before), "removed": spans(&one.removed),
                "after": passage(&one.after), "added": spans(&one.added),
            }),
        })
        .collect();
    json!({
        "id": diff.before.id, "before": diff.before.version, "after": diff.after.version,
        "same": diff.n_same, "changes": changes,
    })
}
