//! Killed at any moment (SIGKILL), the program loses nothing that it acknowledged: catalogue and index are whole
//! afterwards, and the index is the one that a rebuild would make.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::Value;
use tempfile::TempDir;

/// How many kills there are unless `SANAD_KILLS` says otherwise; a third of them has to hit an operation under way.
const KILLS: usize = 36;

/// How often `SANAD_KILLS` wants it.
fn kills() -> usize {
    std::env::var("SANAD_KILLS").map_or(KILLS, |kills| kills.parse().unwrap())
}

/// What an operation does to a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    /// Adds it, or a new version of it with the text of that edition.
    Add(usize),
    Withdraw,
    Restore,
}

/// The sources of a library with what they hold: the title of the current version.
type Held = BTreeMap<String, String>;

/// A library at the terminal that is killed while it works.
struct Victim {
    folder: TempDir,
    /// What was acknowledged.
    held: Held,
}

impl Victim {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for nth in 0..6 {
            for edition in 0..2 {
                let name = format!("book{nth}.e{edition}.txt");
                std::fs::write(folder.path().join(name), book(nth, edition)).unwrap();
            }
        }
        let article = "العلاقات الروسية الكورية الشمالية";
        Self {
            folder,
            held: Held::from([("russia-north-korea".to_owned(), article.to_owned())]),
        }
    }

    fn start(&self, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_sanad"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Runs to the end; what it printed.
    #[track_caller]
    fn run(&self, arguments: &[&str]) -> String {
        let output = self.start(arguments).wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    fn listed(&self) -> Held {
        let list: Value = serde_json::from_str(&self.run(&["source", "list", "--json"])).unwrap();
        let sources = list["sources"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        sources
            .map(|source| (text(&source["id"]), text(&source["attribution"]["title"])))
            .collect()
    }

    /// Begins an operation on a book.
    fn begin(&self, nth: usize, operation: Operation) -> Child {
        let id = format!("book{nth}");
        match operation {
            Operation::Add(edition) => {
                let (file, title) = (format!("{id}.e{edition}.txt"), title(nth, edition));
                self.start(&["source", "add", &file, "--title", &title])
            }
            Operation::Withdraw => self.start(&["source", "remove", &id]),
            Operation::Restore => self.start(&["source", "restore", &id]),
        }
    }

    /// The rankings of questions about everything, with their confidences.
    fn rankings(&self) -> Vec<Value> {
        let questions = [
            "متى أقيمت العلاقات الدبلوماسية؟",
            "What does book 3 say of paragraph 7?",
            "كم سفينة في المدينة 2؟",
        ];
        let ask = |question: &str| {
            let outcome: Value =
                serde_json::from_str(&self.run(&["ask", "--json", "--top", "10", question]))
                    .unwrap();
            let mut passages = vec![outcome["answer"].clone()];
            passages.extend(outcome["alternatives"].as_array().unwrap().iter().cloned());
            passages
        };
        questions.into_iter().flat_map(ask).collect()
    }
}

fn title(nth: usize, edition: usize) -> String {
    format!("Book {nth}, edition {edition}")
}

/// A source of a hundred paragraphs, so that reading and indexing it takes a while.
fn book(nth: usize, edition: usize) -> String {
    let paragraph = |n: usize| {
        format!(
            "Paragraph {n} of book {nth} in edition {edition} tells of {n} ships in city {nth}. تحكي الفقرة {n} عن {n} سفينة في المدينة {nth}.\n"
        )
    };
    (1..=100).map(paragraph).collect()
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the seed is for whoever reads why it failed"
)]
fn nothing_acknowledged_is_lost() {
    let seed = seed();
    println!("seed {seed} (set SANAD_KILL_SEED to draw others)");
    let mut random = fastrand::Rng::with_seed(seed);
    let mut victim = Victim::new();

    // How long an operation takes undisturbed: the delays are drawn over that.
    let start = Instant::now();
    for operation in [
        Operation::Add(0),
        Operation::Withdraw,
        Operation::Restore,
        Operation::Withdraw,
    ] {
        let done = victim.begin(5, operation).wait_with_output().unwrap();
        assert!(done.status.success(), "{operation:?}");
    }
    let length = start.elapsed() / 4;

    // The newest title that each withdrawn book had: that is what restoring brings back.
    let mut newest: BTreeMap<usize, String> = BTreeMap::new();
    let (mut under_way, kills) = (0, kills());
    for kill in 0..kills {
        let nth = random.usize(0..5);
        let id = format!("book{nth}");
        let operation = match (
            victim.held.contains_key(&id),
            newest.get(&nth),
            random.bool(),
        ) {
            (true, _, true) => Operation::Withdraw,
            (false, Some(_), true) => Operation::Restore,
            _ => Operation::Add(random.usize(0..2)),
        };
        let before = victim.held.clone();
        let mut after = before.clone();
        match operation {
            Operation::Add(edition) => drop(after.insert(id, title(nth, edition))),
            Operation::Withdraw => drop(after.remove(&id)),
            Operation::Restore => drop(after.insert(id, newest[&nth].clone())),
        }
        let mut child = victim.begin(nth, operation);
        std::thread::sleep(length.mul_f64(random.f64()));
        // What has ended by itself was acknowledged; what has not is killed and may be either.
        let acknowledged = child
            .try_wait()
            .unwrap()
            .is_some_and(|status| status.success());
        child.kill().unwrap();
        child.wait().unwrap();
        under_way += usize::from(!acknowledged);

        let found = victim.listed();
        if acknowledged {
            assert_eq!(found, after, "kill {kill}, {operation:?}");
        } else {
            assert!(
                found == before || found == after,
                "kill {kill}, {operation:?}: {found:?}"
            );
        }
        if let (Operation::Add(edition), true) = (operation, found == after) {
            newest.insert(nth, title(nth, edition));
        }
        victim.held = found;
        if kill % 6 == 5 {
            // The first question after a kill mends the index; then nothing is amiss.
            victim.run(&["ask", "ships"]);
            victim.run(&["check"]);
        }
    }
    println!("{under_way} of {kills} kills hit an operation under way (about {length:?} long)");
    assert!(
        under_way >= kills / 3,
        "only {under_way} kills hit an operation under way"
    );

    let grown = victim.rankings();
    victim.run(&["reindex"]);
    assert_eq!(
        victim.rankings(),
        grown,
        "the index that grew ranks as the rebuilt one"
    );
    victim.run(&["check"]);
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the seed is for whoever reads why it failed"
)]
fn a_first_start_may_be_killed_too() {
    let seed = seed();
    println!("seed {seed} (set SANAD_KILL_SEED to draw others)");
    let mut random = fastrand::Rng::with_seed(seed);
    let start = Instant::now();
    Victim::new().run(&["ask", "ships"]);
    let length = start.elapsed();
    for _ in 0..KILLS / 4 {
        let victim = Victim::new();
        let mut child = victim.start(&["ask", "ships"]);
        std::thread::sleep(length.mul_f64(random.f64()));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(victim.listed(), victim.held);
        victim.run(&["ask", "ships"]);
        victim.run(&["check"]);
    }
}

fn seed() -> u64 {
    std::env::var("SANAD_KILL_SEED").map_or(20_261_124, |seed| seed.parse().unwrap())
}
