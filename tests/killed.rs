//! Killed at any moment (SIGKILL), the program loses nothing that it acknowledged: catalogue and index are whole
//! afterwards, and the index is the one that a rebuild would make.

use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::Value;
use tempfile::TempDir;

/// How many kills there are, and how many of them have to hit an operation under way.
const KILLS: usize = 36;
const UNDER_WAY: usize = KILLS / 3;

/// A library at the terminal that is killed while it works.
struct Victim {
    folder: TempDir,
    /// What was acknowledged.
    sources: BTreeSet<String>,
}

impl Victim {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for nth in 0..6 {
            std::fs::write(folder.path().join(format!("book{nth}.txt")), book(nth)).unwrap();
        }
        Self {
            folder,
            sources: BTreeSet::from(["russia-north-korea".to_owned()]),
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

    fn listed(&self) -> BTreeSet<String> {
        let list: Value = serde_json::from_str(&self.run(&["source", "list", "--json"])).unwrap();
        let sources = list["sources"].as_array().unwrap().iter();
        sources
            .map(|source| source["id"].as_str().unwrap().to_owned())
            .collect()
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

/// A source of a hundred paragraphs, so that reading and indexing it takes a while.
fn book(nth: usize) -> String {
    let paragraph = |n: usize| {
        format!(
            "Paragraph {n} of book {nth} tells of {n} ships in city {nth}. تحكي الفقرة {n} عن {n} سفينة في المدينة {nth}.\n"
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
    let file = |nth: usize| format!("book{nth}.txt");

    // How long an operation takes undisturbed: the delays are drawn over that.
    let start = Instant::now();
    victim.run(&["source", "add", "book5.txt"]);
    victim.run(&["source", "remove", "book5"]);
    let length = start.elapsed() / 2;

    let mut under_way = 0;
    for kill in 0..KILLS {
        let nth = random.usize(0..5);
        let id = format!("book{nth}");
        let adds = !victim.sources.contains(&id);
        let name = file(nth);
        let mut child = if adds {
            victim.start(&["source", "add", &name])
        } else {
            victim.start(&["source", "remove", &id])
        };
        std::thread::sleep(length.mul_f64(random.f64()));
        // What has ended by itself was acknowledged; what has not is killed and may be either.
        let acknowledged = child
            .try_wait()
            .unwrap()
            .is_some_and(|status| status.success());
        child.kill().unwrap();
        child.wait().unwrap();
        under_way += usize::from(!acknowledged);

        let before = victim.sources.clone();
        let mut after = before.clone();
        if adds {
            after.insert(id)
        } else {
            after.remove(&id)
        };
        let found = victim.listed();
        if acknowledged {
            assert_eq!(found, after, "kill {kill}");
        } else {
            assert!(found == before || found == after, "kill {kill}: {found:?}");
        }
        victim.sources = found;
        if kill % 6 == 5 {
            // The first question after a kill mends the index; then nothing is amiss.
            victim.run(&["ask", "ships"]);
            victim.run(&["check"]);
        }
    }
    println!("{under_way} of {KILLS} kills hit an operation under way (about {length:?} long)");
    assert!(
        under_way >= UNDER_WAY,
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
        assert_eq!(victim.listed(), victim.sources);
        victim.run(&["ask", "ships"]);
        victim.run(&["check"]);
    }
}

fn seed() -> u64 {
    std::env::var("SANAD_KILL_SEED").map_or(20_261_124, |seed| seed.parse().unwrap())
}
