//! Plain `sanad` without a token: a chat at the terminal; in a pipe, one question a line.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::process::ExitCode;

use tokio::sync::mpsc;

use super::layout::{Layout, Line};
use super::{answer, ask, terminal};
use crate::answer::Outcome;
use crate::config::Config;
use crate::library::{self, Follows, LOCAL, Libraries, Library};
use crate::wording::say;

/// Answers questions from stdin until it ends, an empty line is typed or Ctrl-C is pressed.
pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let is_chat = std::io::stdin().is_terminal();
    tokio::select! {
        done = chat(config, is_chat) => done?,
        _ = tokio::signal::ctrl_c() => {}
    }
    if is_chat {
        writeln!(std::io::stderr())?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn chat(config: &Config, is_chat: bool) -> anyhow::Result<()> {
    let libraries = Libraries::open(config).await?;
    let library = libraries.library_or_new(LOCAL).await?;
    let layout = Layout::of_stdout(config.chat.bidi);
    let language = terminal::language();
    if is_chat {
        let sources = library.sources().await?;
        let titles: Vec<&str> = sources
            .iter()
            .map(|source| source.attribution.title.as_str())
            .collect();
        let arguments = [
            ("count", sources.len().into()),
            ("titles", titles.join(", ").into()),
        ];
        let welcome = [
            say(language, "chat-sources", &arguments),
            say(language, "chat-welcome", &[]),
        ];
        terminal::print(&layout.render(&welcome.map(Line::plain)))?;
    }
    eprintln!("{}", say(language, "chat-connect", &[]));
    let mut questions = lines_of_stdin();
    let mut talk = Talk::new(library.clone());
    loop {
        if is_chat {
            terminal::print(&format!("\n{} ", say(language, "chat-prompt", &[])))?;
        }
        let Some(question) = questions.recv().await else {
            return Ok(());
        };
        let question = question?;
        if question.trim().is_empty() {
            if is_chat {
                return Ok(());
            }
            continue;
        }
        let outcome = if is_chat {
            talk.asks(question.trim()).await?
        } else {
            // Lines of a pipe are asked each by itself, in whatever order they come.
            library.ask(question.trim(), ask::TOP).await?
        };
        let mut lines = answer::lines(&outcome, config.answer.max_question, false, layout);
        lines.push(Line::default());
        terminal::print(&layout.render(&lines))?;
    }
}

/// A talk with a library, in which a question may lean on the answer before it.
struct Talk {
    library: Library,
    /// The last answer.
    answered: Option<Follows>,
}

impl Talk {
    fn new(library: Library) -> Self {
        Self {
            library,
            answered: None,
        }
    }

    async fn asks(&mut self, question: &str) -> Result<Outcome, library::Error> {
        let outcome = self
            .library
            .ask_following(question, ask::TOP, self.answered)
            .await?;
        // What is not found is no answer; the one before it still stands on the screen.
        self.answered = Follows::answer(&outcome).or(self.answered);
        Ok(outcome)
    }
}

/// The lines of stdin, read in a thread of its own, since a read cannot be broken off. Bytes that are no UTF-8 are shown
/// as such and found nowhere.
fn lines_of_stdin() -> mpsc::Receiver<std::io::Result<String>> {
    let (sender, receiver) = mpsc::channel(1);
    std::thread::spawn(move || {
        let mut stdin = std::io::stdin().lock();
        loop {
            let mut line = Vec::new();
            let read = stdin
                .read_until(b'\n', &mut line)
                .map(|_| String::from_utf8_lossy(&line).into_owned());
            let is_end = read.as_ref().is_ok_and(String::is_empty);
            let is_failure = read.is_err();
            if is_end || sender.blocking_send(read).is_err() || is_failure {
                return;
            }
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    #[tokio::test]
    async fn a_question_may_lean_on_the_answer_before_it() {
        let folder = tempfile::tempdir().unwrap();
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
        let libraries = Libraries::open(&config).await.unwrap();
        let mut talk = Talk::new(libraries.library_or_new(LOCAL).await.unwrap());
        let lean = "متى كان ذلك؟";
        let first = talk.asks(lean).await.unwrap();
        assert!(first.answer().is_none() && first.follows.is_none());
        let plan = "Who visited North Korea in April 2009 and signed a plan?";
        let plan = talk.asks(plan).await.unwrap();
        let none = talk.asks("How do I bake sourdough bread?").await.unwrap();
        assert!(none.answer().is_none());
        let then = talk.asks(lean).await.unwrap();
        let place = |outcome: &Outcome| outcome.answer().map(|answer| answer.cited.passage.place);
        assert_eq!(place(&then), place(&plan));
        assert!(then.follows.is_some());
    }
}
