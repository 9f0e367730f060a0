//! `sanad export` and `import`, `sanad backup` and `restore`.

use std::io::{BufRead as _, BufReader, Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{QUESTION, Sanad};

const ARK: &str = "Noah built the ark of gopher wood. It floated for forty days.\n";
const WHALE: &str = "Jonah was swallowed by a great fish near Nineveh. He prayed for three days.\n";
const WOOD: &str = "What wood was the ark built of?";

impl Sanad {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The names of the files in a folder that end so.
    fn names(&self, folder: &str, ending: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(folder)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(ending)).collect();
        names.sort();
        names
    }

    fn answers(&self, question: &str) -> Value {
        let answer = self.run(&["ask", "--json", question]).json();
        answer["answer"]["passage"]["id"].clone()
    }

    /// The program with a chat under way, which holds the catalogue open until its stdin is closed.
    fn chatting(&self) -> Child {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sanad"))
            .current_dir(self.folder.path())
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let question = format!("{QUESTION}\n");
        let stdin = child.stdin.as_mut().unwrap();
        stdin.write_all(question.as_bytes()).unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        child.stdout = Some(stdout.into_inner());
        child
    }
}

/// Lets a chat come to its end.
fn leave(mut child: Child) {
    drop(child.stdin.take());
    let mut rest = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut rest).unwrap();
    assert!(child.wait().unwrap().success());
}

fn told(sanad: &Sanad, folder: &Path) -> String {
    let name = folder.display().to_string();
    sanad
        .run(&["source", "history", "ark"])
        .done()
        .replace(&name, "")
}

#[test]
fn a_library_is_taken_to_another_installation() {
    let (here, there) = (Sanad::new(), Sanad::new());
    here.file("ark.txt", ARK)
        .run(&["source", "add", "ark.txt"])
        .done();
    here.file("ark.txt", &ARK.replace("gopher", "cedar"));
    here.run(&["source", "add", "ark.txt", "--author", "A. Holm"])
        .done();
    here.run(&["settings", "threshold", "0.4"]).done();
    let written = here.run(&["export", "--json"]).json();
    let pack = &written["packs"][0];
    assert_eq!(pack["sources"], json!(["ark", "russia-north-korea"]));
    let file = here.path(pack["file"].as_str().unwrap());
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("sanad-local-20"), "{name}");
    let file = file.to_str().unwrap();

    let imported = there.run(&["import", file]).done();
    let day = imported
        .split("exported on ")
        .nth(1)
        .unwrap()
        .get(..10)
        .unwrap();
    insta::assert_snapshot!(imported.replace(day, "DAY"), @"
    Source pack of the library local, exported on DAY:
    ark: “ark”, new, 2 versions
    1 source is as in the pack already.
    threshold: 0.4 (it was not set)
    ");
    assert_eq!(
        told(&there, there.folder.path()),
        told(&here, here.folder.path())
    );
    assert_eq!(
        there.run(&["settings"]).done(),
        "threshold: 0.4 (set for this library)\n"
    );
    assert_eq!(there.answers(WOOD), "ark:p1");
    let again = there
        .run_with(&["import", file], &[("LANG", "ar_EG.UTF-8")], "")
        .done();
    insta::assert_snapshot!(again.replace(day, "DAY"), @"
    حزمة مصادر المكتبة local، صُدّرت في DAY:
    لا تغيير: كل ما في الحزمة موجود في المكتبة.
    ");
    let again = there.run(&["import", "--json", file]).json();
    assert_eq!(again["packs"][0]["changed"], false);
    there.run(&["check"]).done();
    // The originals are ordinary files.
    let mut zip = ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let mut original = String::new();
    zip.by_name("sources/ark/1/ark.txt")
        .unwrap()
        .read_to_string(&mut original)
        .unwrap();
    assert_eq!(original, ARK);
}

#[test]
fn parts_go_into_a_folder_and_are_imported_at_once() {
    let (here, there) = (Sanad::new(), Sanad::new());
    let mut random = fastrand::Rng::with_seed(1);
    for nth in 0..3 {
        let words: Vec<String> = (0..90_000)
            .map(|_| (0..7).map(|_| random.alphabetic()).collect())
            .collect();
        let lines: Vec<String> = words.chunks(900).map(|words| words.join(" ")).collect();
        let name = format!("book{nth}.txt");
        here.file(&name, &lines.join("\n"));
        here.run(&["source", "add", &name]).done();
    }
    let written = here
        .run(&["export", "--to", "packs", "--part-megabytes", "1", "--json"])
        .json();
    let names = here.names("packs", ".zip");
    assert_eq!(names.len(), written["packs"].as_array().unwrap().len());
    assert!(names.len() > 1 && names[0].contains("-1-of-"), "{names:?}");
    let files: Vec<String> = names
        .iter()
        .map(|name| here.path("packs").join(name).display().to_string())
        .collect();
    let mut arguments = vec!["import", "--json", "--library", "42", "--new"];
    arguments.extend(files.iter().map(String::as_str));
    let imported = there.run(&arguments).json();
    assert_eq!(imported["packs"].as_array().unwrap().len(), names.len());
    let listed = there
        .run(&["source", "list", "--library", "42", "--json"])
        .json();
    let ids: Vec<&str> = listed["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["book0", "book1", "book2", "russia-north-korea"]);
    // One source of one of them; and parts under a name of one's own.
    there
        .run(&[
            "import",
            "--source",
            "book1",
            "--library",
            "43",
            "--new",
            &files[0],
            &files[1],
            files.last().unwrap(),
        ])
        .done();
    let listed = there
        .run(&["source", "list", "--library", "43", "--json"])
        .json();
    assert_eq!(listed["sources"].as_array().unwrap().len(), 1);
    here.run(&["export", "--to", "mine.zip", "--part-megabytes", "1"])
        .done();
    assert!(here.path("mine-1-of-3.zip").exists() || here.path("mine-1-of-2.zip").exists());
    here.run(&["export", "--to", "one.zip", "--source", "book0"])
        .done();
    here.run(&["export", "--to", "one.zip", "--source", "book0"])
        .failed(
            1,
            "one.zip is there already; choose another place with --to.",
        );
}

#[test]
fn what_cannot_be_exported_or_imported_is_told() {
    let sanad = Sanad::new();
    sanad
        .run(&["export", "--library", "42"])
        .failed(1, "There is no library `42`.");
    sanad
        .run(&["export", "--source", "no"])
        .failed(1, "There is no source `no`");
    sanad
        .run(&["export", "--source", "../x"])
        .failed(2, "cannot be the id of a source");
    sanad.run(&["import"]).failed(2, "FILE");
    sanad
        .run(&["import", "no.zip"])
        .failed(1, "no.zip cannot be read");
    sanad.run(&["import", "."]).failed(1, ". is a folder");
    sanad
        .file("text.zip", "no zip at all")
        .run(&["import", "text.zip"])
        .failed(1, "text.zip: The pack is damaged or not complete");
    sanad.run(&["export", "--to", "all.zip"]).done();
    sanad
        .run(&["import", "all.zip", "--library", "42"])
        .failed(1, "There is no library `42`.");
    sanad
        .run(&["import", "all.zip", "--source", "no"])
        .failed(1, "There is no source `no` in the pack.");
    sanad
        .run(&["import", "all.zip", "--library", "starter"])
        .failed(1, "The library starter may not be changed.");
    // A part that was cut off while it was downloaded. The good one beside it is not imported either.
    let bytes = std::fs::read(sanad.path("all.zip")).unwrap();
    std::fs::write(sanad.path("cut.zip"), &bytes[..bytes.len() - 100]).unwrap();
    sanad
        .run(&["import", "all.zip", "cut.zip", "--library", "42", "--new"])
        .failed(1, "cut.zip: The pack is damaged or not complete");
    sanad
        .run(&["source", "list", "--library", "42"])
        .failed(1, "There is no library `42`.");
    sanad
        .run_with(&["import", "cut.zip"], &[("LANG", "ar")], "")
        .failed(1, "الحزمة تالفة أو ناقصة");
}

#[test]
fn an_installation_is_backed_up_while_others_write_and_restored_elsewhere() {
    let sanad = Sanad::new();
    sanad
        .file("ark.txt", ARK)
        .file("words.tsv", "gopher\tسرو\n");
    sanad.run(&["source", "add", "ark.txt"]).done();
    sanad.run(&["lexicon", "import", "words.tsv"]).done();
    let chat = sanad.chatting();
    // Somebody changes the library all the while.
    let is_over = AtomicBool::new(false);
    let backups: Vec<String> = std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            let mut n = 0;
            while !is_over.load(Ordering::Relaxed) {
                sanad.file(
                    "flow.txt",
                    &format!("{WHALE}This is the text of number {n}.\n"),
                );
                sanad.run(&["source", "add", "flow.txt"]).done();
                n += 1;
            }
            n
        });
        let backups = (0..4).map(|nth| {
            let name = format!("backup{nth}.zip");
            sanad.run(&["backup", &name]).done();
            name
        });
        let backups = backups.collect();
        is_over.store(true, Ordering::Relaxed);
        assert!(writing.join().unwrap() > 0);
        backups
    });
    leave(chat);
    for name in backups {
        let fresh = Sanad::new();
        let file = sanad.path(&name);
        let restored = fresh
            .run(&["restore", "--json", file.to_str().unwrap()])
            .json();
        assert_eq!(
            (&restored["lexicons"], &restored["kept"]),
            (&json!(1), &json!([]))
        );
        assert_eq!(fresh.answers(WOOD), "ark:p1");
        assert_eq!(fresh.answers(QUESTION), "russia-north-korea:p1");
        assert!(fresh.run(&["lexicon", "list"]).done().contains("words"));
        assert_eq!(
            fresh.run(&["check"]).done().lines().next(),
            Some("Everything is sound.")
        );
        // Nothing unfinished is left behind.
        assert_eq!(fresh.names("data", ".part"), [""; 0]);
    }
    assert_eq!(sanad.names(".", ".part"), [""; 0]);
}

#[test]
fn a_restore_waits_for_nobody_and_keeps_what_was_there() {
    let sanad = Sanad::new();
    sanad
        .file("ark.txt", ARK)
        .file("whale.txt", WHALE)
        .file("words.tsv", "gopher\tسرو\n");
    sanad.run(&["source", "add", "ark.txt"]).done();
    let made = sanad.run(&["backup", "all.zip"]).done();
    assert!(
        made.starts_with("all.zip: ") && made.ends_with(", no imported lexicon\n"),
        "{made}"
    );
    sanad.run(&["source", "add", "whale.txt"]).done();
    sanad.run(&["source", "remove", "ark"]).done();
    sanad.run(&["lexicon", "import", "words.tsv"]).done();
    // Whoever has the catalogue open keeps it.
    let chat = sanad.chatting();
    sanad
        .run(&["restore", "all.zip"])
        .failed(1, "is in use: stop the bot");
    sanad
        .run_with(&["restore", "all.zip"], &[("LANG", "ar")], "")
        .failed(1, "أوقف البوت");
    assert_eq!(sanad.answers(WOOD), Value::Null);
    leave(chat);
    let restored = sanad.run(&["restore", "all.zip"]).done();
    let lines: Vec<&str> = restored.lines().collect();
    assert_eq!(lines.len(), 3, "{restored}");
    assert!(
        lines[0].contains(": 2 libraries, 3 versions, no imported lexicon."),
        "{restored}"
    );
    assert_eq!(sanad.answers(WOOD), "ark:p1");
    assert!(!sanad.run(&["source", "list"]).done().contains("whale"));
    assert_eq!(sanad.run(&["lexicon", "list"]).done().lines().count(), 1);
    sanad.run(&["check"]).done();
    // What was there can be had back by its name.
    let kept: Vec<&str> = lines[1..]
        .iter()
        .map(|line| line.rsplit_once(": ").unwrap().1)
        .collect();
    assert!(
        kept[0].contains("catalogue-20") && kept[1].contains("imported-20"),
        "{kept:?}"
    );
    std::fs::rename(sanad.path(kept[0]), sanad.path("data/catalogue.db")).unwrap();
    assert!(sanad.run(&["source", "list"]).done().contains("whale"));
    // Twice within a second, and each time everything is kept.
    sanad.run(&["restore", "all.zip"]).done();
    sanad.run(&["restore", "all.zip"]).done();
    assert_eq!(sanad.names("data", ".db").len(), 3);
}

#[test]
fn a_damaged_catalogue_is_kept_and_replaced() {
    let sanad = Sanad::new();
    sanad
        .file("ark.txt", ARK)
        .run(&["source", "add", "ark.txt"])
        .done();
    sanad.run(&["backup", "all.zip"]).done();
    std::fs::write(sanad.path("data/catalogue.db"), "rubbish".repeat(1_000)).unwrap();
    std::fs::write(sanad.path("data/catalogue.db-wal"), "rubbish").unwrap();
    sanad.run(&["ask", WOOD]).failed(1, "damaged");
    // Of a damaged one no backup is made, and none replaced.
    let sound = std::fs::read(sanad.path("all.zip")).unwrap();
    let failed = sanad.run(&["backup", "--force", "all.zip"]);
    assert_eq!(
        (failed.code, failed.stdout.as_str()),
        (1, ""),
        "{}",
        failed.stderr
    );
    assert_eq!(std::fs::read(sanad.path("all.zip")).unwrap(), sound);
    sanad.run(&["restore", "all.zip"]).done();
    assert_eq!(sanad.answers(WOOD), "ark:p1");
    sanad.run(&["check"]).done();
    let kept = sanad.names("data", ".db");
    assert_eq!(
        std::fs::read_to_string(sanad.path("data").join(&kept[0])).unwrap(),
        "rubbish".repeat(1_000)
    );
}

#[test]
fn what_is_no_backup_changes_nothing() {
    let sanad = Sanad::new();
    sanad
        .run(&["backup", "none.zip"])
        .failed(1, "nothing to back up");
    assert!(!sanad.path("data").exists() && !sanad.path("none.zip").exists());
    sanad
        .file("ark.txt", ARK)
        .run(&["source", "add", "ark.txt"])
        .done();
    sanad.run(&["backup", "all.zip"]).done();
    sanad
        .run(&["backup", "all.zip"])
        .failed(1, "all.zip is there already; --force replaces it.");
    sanad.run(&["backup", "--force", "all.zip"]).done();
    for own in [
        "data/catalogue.db",
        "data/catalogue.db-wal",
        "./data/../data/catalogue.db",
    ] {
        sanad
            .run(&["backup", "--force", own])
            .failed(1, "choose another place");
    }
    sanad
        .run(&["backup", "no/folder/all.zip"])
        .failed(1, "cannot be read or written");
    let good = std::fs::read(sanad.path("all.zip")).unwrap();
    let with = |alter: &dyn Fn(&str, Vec<u8>) -> Option<(String, Vec<u8>)>| {
        let mut zip = ZipArchive::new(Cursor::new(&good)).unwrap();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for nth in 0..zip.len() {
            let mut file = zip.by_index(nth).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let name = file.name().unwrap().into_owned();
            if let Some((name, bytes)) = alter(&name, bytes) {
                writer
                    .start_file(name, SimpleFileOptions::default())
                    .unwrap();
                writer.write_all(&bytes).unwrap();
            }
        }
        writer.finish().unwrap().into_inner()
    };
    let said = |from: &'static str, to: &'static str| {
        with(&|name, bytes| {
            let bytes = match name {
                "sanad-backup.json" => String::from_utf8(bytes)
                    .unwrap()
                    .replace(from, to)
                    .into_bytes(),
                _ => bytes,
            };
            Some((name.to_owned(), bytes))
        })
    };
    let catalogue = |bytes: Vec<u8>| {
        // With sizes and hashes that are right, so that what is in it decides.
        let hash = sanad::catalogue::content_hash(&bytes);
        with(&|name, old| {
            Some(match name {
                "sanad-backup.json" => {
                    let mut manifest: Value = serde_json::from_slice(&old).unwrap();
                    manifest["files"][0]["sha256"] = json!(hash);
                    manifest["files"][0]["n_bytes"] = json!(bytes.len());
                    (name.to_owned(), serde_json::to_vec(&manifest).unwrap())
                }
                _ => (name.to_owned(), bytes.clone()),
            })
        })
    };
    let newer = {
        let copy = sanad.path("newer.db");
        let mut zip = ZipArchive::new(Cursor::new(&good)).unwrap();
        let mut bytes = Vec::new();
        zip.by_name("catalogue.db")
            .unwrap()
            .read_to_end(&mut bytes)
            .unwrap();
        std::fs::write(&copy, bytes).unwrap();
        edit(
            &copy,
            "INSERT INTO _sqlx_migrations VALUES (9999, 'later', CURRENT_TIMESTAMP, 1, x'00', 1)",
        );
        std::fs::read(copy).unwrap()
    };
    let foreign = {
        let other = sanad.path("foreign.db");
        edit(&other, "CREATE TABLE recipes (name TEXT)");
        std::fs::read(other).unwrap()
    };
    let before = sanad.run(&["source", "history", "ark", "--json"]).json();
    let cases: [(&str, Vec<u8>, &str); 11] = [
        ("text", b"no zip".to_vec(), "is no backup, or it is damaged"),
        (
            "cut off",
            good[..good.len() / 2].to_vec(),
            "is no backup, or it is damaged",
        ),
        (
            "a byte is another",
            {
                let mut bad = good.clone();
                let at = bad.len() / 3;
                bad[at] ^= 1;
                bad
            },
            "is no backup, or it is damaged",
        ),
        (
            "no manifest",
            with(&|name, bytes| (name == "catalogue.db").then(|| (name.to_owned(), bytes))),
            "is no backup, or it is damaged",
        ),
        (
            "no catalogue",
            with(&|name, bytes| (name != "catalogue.db").then(|| (name.to_owned(), bytes))),
            "is no backup, or it is damaged",
        ),
        (
            "another name",
            said("catalogue.db", "../../x"),
            "names `../../x`",
        ),
        (
            "another size",
            said("\"n_bytes\": ", "\"n_bytes\": 1"),
            "it is not what was packed",
        ),
        (
            "a later format",
            said("\"format\": 1", "\"format\": 2"),
            "made by a newer version of Sanad",
        ),
        (
            "rubbish in it",
            catalogue("rubbish".repeat(999).into_bytes()),
            "cannot be used",
        ),
        ("a later schema", catalogue(newer), "newer version of Sanad"),
        (
            "another program's database",
            catalogue(foreign),
            "cannot be used",
        ),
    ];
    for (what, bytes, expected) in cases {
        std::fs::write(sanad.path("bad.zip"), bytes).unwrap();
        let ran = sanad.run(&["restore", "bad.zip"]);
        assert!(
            ran.code == 1 && ran.stderr.contains(expected),
            "{what}: {}",
            ran.stderr
        );
        assert!(
            ran.stdout.is_empty() && ran.stderr.contains("Nothing was changed"),
            "{what}: {}",
            ran.stderr
        );
        assert_eq!(
            sanad.run(&["source", "history", "ark", "--json"]).json(),
            before,
            "{what}"
        );
        assert_eq!(sanad.names("data", ".db"), ["catalogue.db"], "{what}");
        assert_eq!(sanad.names("data", ".part"), [""; 0], "{what}");
    }
    sanad
        .run(&["restore", "no.zip"])
        .failed(1, "no.zip cannot be read or written");
}

/// Runs a statement on a database, which is made where it is missing, as another program would.
fn edit(file: &Path, statement: &'static str) {
    use sqlx::{Connection as _, Executor as _};
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        sqlx::any::install_default_drivers();
        let url = format!("sqlite:{}?mode=rwc", file.display());
        let mut connection = sqlx::AnyConnection::connect(&url).await.unwrap();
        connection.execute(statement).await.unwrap();
        connection.close().await.unwrap();
    });
}
