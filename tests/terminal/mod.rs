//! The program at the terminal, as a person or a script runs it.

mod fetch;
mod folders;
mod lexicon;
mod pack;
mod pdf;
mod settings;
mod versions;
mod why;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// An installation of its own in a fresh folder.
struct Sanad {
    folder: TempDir,
}

/// What came of a run.
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Sanad {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self, name: &str, text: &str) -> &Self {
        std::fs::write(self.folder.path().join(name), text).unwrap();
        self
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[], "")
    }

    fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)], stdin: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sanad"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its stdin may be gone before it is written.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    #[track_caller]
    fn done(self) -> String {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self.stdout
    }

    #[track_caller]
    fn json(self) -> Value {
        let stdout = self.done();
        assert_eq!(stdout.lines().count(), 1, "one object: {stdout}");
        serde_json::from_str(&stdout).unwrap()
    }

    /// It failed with this code, wrote no result, and said this.
    #[track_caller]
    fn failed(self, code: i32, said: &str) {
        assert_eq!(self.code, code, "{}", self.stderr);
        assert_eq!(self.stdout, "");
        assert!(self.stderr.contains(said), "{}", self.stderr);
    }
}

const QUESTION: &str = "متى أقيمت العلاقات الدبلوماسية بين كوريا الشمالية والاتحاد السوفييتي؟";

#[test]
fn ask_answers_from_the_article_by_the_contract() {
    let answer = Sanad::new().run(&["ask", "--json", QUESTION]).json();
    assert_eq!(answer["question"], QUESTION);
    assert_eq!(answer["language"], "ar");
    assert_eq!(answer["outcome"], "answer");
    assert_eq!(answer["reason"], Value::Null);
    let passage = &answer["answer"]["passage"];
    assert_eq!(passage["id"], "russia-north-korea:p1");
    assert_eq!(passage["source_title"], "العلاقات الروسية الكورية الشمالية");
    assert_eq!(passage["section"], json!([]));
    let text = passage["text"].as_str().unwrap();
    for range in answer["answer"]["highlights"].as_array().unwrap() {
        let (start, end) = (range[0].as_u64().unwrap(), range[1].as_u64().unwrap());
        assert!(
            text.get(usize::try_from(start).unwrap()..usize::try_from(end).unwrap())
                .is_some()
        );
    }
    assert!(
        answer["answer"]["sentence"]["text"]
            .as_str()
            .unwrap()
            .contains("12 أكتوبر من عام 1948")
    );
    let markers: Vec<&str> = answer["answer"]["citations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["marker"].as_str().unwrap())
        .collect();
    assert_eq!(markers, ["1", "2"]);
    assert_eq!(answer["alternatives"].as_array().unwrap().len(), 4);
}

#[test]
fn question_words_are_joined_and_top_shows_more() {
    let sanad = Sanad::new();
    let mut arguments = vec!["ask", "--top", "8", "--json"];
    arguments.extend(QUESTION.split(' '));
    let answer = sanad.run(&arguments).json();
    assert_eq!(answer["question"], QUESTION);
    assert_eq!(answer["alternatives"].as_array().unwrap().len(), 7);
}

#[test]
fn an_empty_question_is_an_outcome_and_no_failure() {
    let none = Sanad::new().run(&["ask", "--json", ""]).json();
    assert_eq!(none["outcome"], "none");
    assert_eq!(none["reason"], "empty");
    assert_eq!(none["answer"], Value::Null);
}

#[test]
fn an_answer_for_people_has_quote_and_citation() {
    let text = Sanad::new().run(&["ask", QUESTION]).done();
    assert!(
        text.contains("> ") && text.contains("12 أكتوبر من عام 1948"),
        "{text}"
    );
    assert!(text.contains("[1] Kyung-Ae Park"), "{text}");
    assert!(text.contains("الرخصة: CC BY-SA 4.0"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn an_unknown_library_is_an_error_and_is_not_made() {
    let sanad = Sanad::new();
    sanad
        .run(&["ask", "--library", "42", "x"])
        .failed(1, "There is no library `42`.");
    sanad
        .run(&["ask", "--library", "42", "x"])
        .failed(1, "There is no library `42`.");
    sanad
        .run(&["ask", "--library", "starter", "--json", "x"])
        .json();
}

#[test]
fn wrong_use_is_two() {
    let sanad = Sanad::new();
    sanad.run(&["ask"]).failed(2, "QUESTION");
    sanad.run(&["ask", "--top", "51", "x"]).failed(2, "50");
    sanad.run(&["nonsense"]).failed(2, "nonsense");
}

#[test]
fn a_wrong_configuration_is_refused_before_anything_is_made() {
    let sanad = Sanad::new();
    sanad
        .run_with(&["ask", "x"], &[("SANAD_DATA_DIR", "d")], "")
        .failed(1, "did you mean `SANAD_DATA__DIR`?");
    sanad
        .run(&["ask", "--config", "none.toml", "x"])
        .failed(1, "none.toml cannot be read");
    sanad
        .file("config.toml", "[data]\ndri = \"d\"\n")
        .run(&["ask", "x"])
        .failed(1, "config.toml:2: there is no key");
    assert!(!sanad.folder.path().join("data").exists());
}

#[test]
fn failures_are_said_in_the_language_of_the_terminal() {
    let ran = Sanad::new().run_with(
        &["ask", "--library", "42", "x"],
        &[("LANG", "ar_EG.UTF-8")],
        "",
    );
    ran.failed(1, "لا توجد مكتبة باسم `42`.");
}

#[test]
fn a_pipe_gets_one_answer_a_line() {
    let stdin = format!("{QUESTION}\n\nHow do I bake sourdough bread?\n");
    let ran = Sanad::new().run_with(&[], &[("DISCORD_TOKEN", "")], &stdin);
    assert!(ran.stderr.contains("DISCORD_TOKEN"), "{}", ran.stderr);
    let text = ran.done();
    assert!(text.contains("[1] Kyung-Ae Park"), "{text}");
    let after = text.split("Kyung-Ae Park").last().unwrap();
    assert!(!after.contains("very likely the answer"), "{after}");
}

#[test]
fn sources_are_added_listed_removed_and_restored() {
    let sanad = Sanad::new();
    sanad.file(
        "prophets.jsonl",
        "{\"id\":\"a\",\"title\":\"Noah\",\"text\":\"Noah built the ark of gopher wood.\"}\n",
    );
    sanad.file(
        "prophets.toml",
        "title = \"Prophets\"\nlanguage = \"en\"\nlicence = \"CC0\"\n",
    );
    let added = sanad
        .run(&[
            "source",
            "add",
            "prophets.jsonl",
            "--publisher",
            "Ours",
            "--json",
        ])
        .json();
    assert_eq!(added["added"][0]["source"]["id"], "prophets");
    assert_eq!(added["added"][0]["source"]["attribution"]["licence"], "CC0");
    assert_eq!(
        added["added"][0]["source"]["attribution"]["publisher"],
        "Ours"
    );

    let ids = |sanad: &Sanad| -> Vec<String> {
        let list = sanad.run(&["source", "list", "--json"]).json();
        list["sources"]
            .as_array()
            .unwrap()
            .iter()
            .map(|source| source["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&sanad), ["prophets", "russia-north-korea"]);
    let answer = sanad
        .run(&["ask", "--json", "What wood was the ark built of?"])
        .json();
    assert_eq!(answer["answer"]["passage"]["id"], "prophets:p1");
    assert_eq!(answer["answer"]["passage"]["key"], "a");
    assert_eq!(answer["answer"]["passage"]["section"], json!(["Noah"]));

    sanad.run(&["source", "remove", "prophets"]).done();
    assert_eq!(ids(&sanad), ["russia-north-korea"]);
    let none = sanad
        .run(&["ask", "--json", "What wood was the ark built of?"])
        .json();
    assert_eq!(none["outcome"], "none");
    sanad
        .run(&["source", "remove", "prophets"])
        .failed(1, "There is no source `prophets`");
    sanad.run(&["source", "restore", "prophets"]).done();
    assert_eq!(ids(&sanad), ["prophets", "russia-north-korea"]);
    let history = sanad.run(&["source", "history", "prophets"]).done();
    assert!(history.contains("prophets.jsonl"), "{history}");
    let shown = sanad.run(&["source", "show", "prophets"]).done();
    assert!(
        shown.starts_with("Prophets\n") && shown.contains("Licence: CC0"),
        "{shown}"
    );
}

#[test]
fn what_is_no_source_is_refused_with_its_place() {
    let sanad = Sanad::new();
    sanad
        .file("empty.txt", "")
        .file("picture.png", "")
        .file("bad.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\nnot json\n");
    sanad
        .run(&["source", "add", "empty.txt"])
        .failed(1, "empty.txt");
    sanad
        .run(&["source", "add", "picture.png"])
        .failed(1, "files ending in `png` cannot be read");
    sanad
        .run(&["source", "add", "missing.txt"])
        .failed(1, "missing.txt cannot be read");
    sanad
        .run(&["eval", "--source", ".", "--questions", "bad.jsonl"])
        .failed(1, "is a folder");
    sanad
        .run(&["source", "add", "bad.jsonl"])
        .failed(1, "bad.jsonl:2");
}

#[test]
fn check_and_reindex() {
    let sanad = Sanad::new();
    sanad.run(&["ask", "x"]).done();
    let check = sanad.run(&["check", "--json"]).json();
    assert_eq!(check["sound"], true);
    std::fs::remove_dir_all(sanad.folder.path().join("index")).unwrap();
    sanad.run(&["reindex"]).done();
    assert_eq!(
        sanad.run(&["ask", "--json", QUESTION]).json()["outcome"],
        "answer"
    );
}

#[test]
fn eval_measures_and_leaves_nothing_behind() {
    let sanad = Sanad::new();
    sanad.file("a.jsonl", "{\"id\":\"a1\",\"title\":\"\",\"text\":\"Noah built the ark of gopher wood.[1] It floated.\"}\n");
    sanad.file(
        "b.jsonl",
        "{\"id\":\"b1\",\"title\":\"\",\"text\":\"كان بوتين في موسكو عام 2001.\"}\n",
    );
    let questions = [
        json!({"id": "1", "question": "Who built the ark?", "passage": "a1", "answers": ["NOAH"], "cites": ["1"], "kind": "who"}),
        json!({"id": "2", "question": "أين كان بوتين عام ٢٠٠١؟", "passage": "b:b1", "answer_contains": "موسكو", "lang": "ar"}),
        json!({"id": "3", "question": "How do I bake sourdough bread?", "answerable": false}),
    ];
    sanad.file(
        "q.jsonl",
        &questions.map(|question| question.to_string()).join("\n"),
    );
    let scratch = sanad.folder.path().join("tmp");
    std::fs::create_dir(&scratch).unwrap();
    let arguments = [
        "eval",
        "--source",
        "a.jsonl",
        "b.jsonl",
        "--questions",
        "q.jsonl",
        "--details",
        "details.jsonl",
        "--json",
    ];
    let report = sanad
        .run_with(&arguments, &[("TMPDIR", scratch.to_str().unwrap())], "")
        .json();
    assert_eq!(report["all"]["questions"], 3);
    assert_eq!(report["all"]["answerable"], 2);
    assert_eq!(report["all"]["recall_at_1"], 1.0);
    assert_eq!(report["all"]["answer_at_1"], 1.0);
    assert_eq!(report["all"]["citations_right"], 1.0);
    assert_eq!(report["by_language"]["ar"]["questions"], 1);
    assert_eq!(report["by_kind"]["who"]["questions"], 1);
    assert_eq!(report["by_file"]["q.jsonl"]["questions"], 3);
    assert!(report["all"]["latency_us"]["p99"].is_u64() && report["build_ms"].is_u64());
    let details = std::fs::read_to_string(sanad.folder.path().join("details.jsonl")).unwrap();
    let details: Vec<Value> = details
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(details.len(), 3);
    assert_eq!(details[0]["ranking"][0]["id"], "a:p1");
    assert_eq!(
        std::fs::read_dir(&scratch).unwrap().count(),
        0,
        "the scratch library is gone"
    );
    assert!(!Path::new(&sanad.folder.path().join("data")).exists());
}

#[test]
fn eval_names_file_and_line_of_a_wrong_question() {
    let sanad = Sanad::new();
    sanad.file(
        "a.jsonl",
        "{\"id\":\"a1\",\"title\":\"\",\"text\":\"Noah built the ark.\"}\n",
    );
    sanad.file(
        "q.jsonl",
        "\n{\"id\":\"1\",\"question\":\"x\",\"passage\":\"a9\"}\n",
    );
    let arguments = [
        "eval",
        "--source",
        "a.jsonl",
        "--questions",
        "q.jsonl",
        "--json",
    ];
    sanad
        .run(&arguments)
        .failed(1, "q.jsonl:2: no passage has `a9`.");
}

#[test]
fn a_question_can_be_read_as_following_a_passage() {
    let sanad = Sanad::new();
    let question = "متى كان ذلك؟";
    let alone = sanad.run(&["ask", "--json", question]).json();
    assert_eq!(
        (&alone["outcome"], &alone["follows"]),
        (&json!("none"), &Value::Null)
    );
    let passage = "russia-north-korea:p9";
    let following = sanad
        .run(&["ask", "--json", "--follows", passage, question])
        .json();
    assert_eq!(following["follows"], passage);
    assert_eq!(following["answer"]["passage"]["id"], passage);
    assert_eq!(following["answer"]["short"]["text"], "أبريل من عام 2009");
    let text = sanad.run(&["ask", "--follows", passage, question]).stdout;
    assert!(
        text.starts_with(
            "باختصار، من المصدر:\n> أبريل من عام 2009\n\nفهمتُ سؤالك متابعةً لهذا الموضع: الفقرة 9\n"
        ),
        "{text}"
    );
    // A question that stands on its own is answered as it is without.
    let ask = |more: &[&str]| {
        let arguments: Vec<&str> = ["ask", "--json", QUESTION]
            .iter()
            .chain(more)
            .copied()
            .collect();
        sanad.run(&arguments).json()
    };
    assert_eq!(ask(&["--follows", passage]), ask(&[]));
    sanad
        .run(&["ask", "--follows", "russia-north-korea:p99", question])
        .failed(1, "russia-north-korea:p99");
    sanad
        .run(&["ask", "--follows", "p", question])
        .failed(2, "--follows");
}

#[test]
fn arabic_in_latin_letters_is_answered_from_an_arabic_source() {
    let sanad = Sanad::new();
    for (question, id, short) in [
        (
            "metta o2imat el 3ala2at el diplomasiya bayn korya el shamaliya w el itti7ad el sovieti?",
            "p1",
            json!("12 أكتوبر من عام 1948"),
        ),
        (
            "kam marra zar kim il sung el itti7ad el sofyeti?",
            "p3",
            json!("خمس"),
        ),
        (
            "meen zar korya el shamaliya fi abril 2009?",
            "p9",
            Value::Null,
        ),
    ] {
        let found = sanad.run(&["ask", "--json", question]).json();
        assert_eq!(found["outcome"], "answer", "{question}: {found}");
        let answer = &found["answer"];
        let id = format!("russia-north-korea:{id}");
        assert_eq!(answer["passage"]["id"], id, "{question}");
        assert_eq!(answer["short"]["text"], short, "{question}");
        let matched = answer["matched"].as_array().unwrap();
        let met = |asked: &str, found: &str| {
            let mut met = matched.iter();
            met.any(|met| met["asked"] == asked && met["found"] == found)
        };
        assert!(
            met("korya", "كوريا") || met("itti7ad", "الاتحاد"),
            "{matched:?}"
        );
        assert_eq!(found["corrections"], json!([]), "{question}");
    }
}

#[test]
fn an_absent_name_is_the_reason_in_either_language() {
    let sanad = Sanad::new();
    for question in [
        "ما رأي أرسطو في المنارة؟",
        "What did Zbigniew say about North Korea?",
    ] {
        let none = sanad.run(&["ask", "--json", question]).json();
        assert_eq!(none["reason"], "name_absent", "{question}");
    }
}
