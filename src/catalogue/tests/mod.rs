//! The catalogue on a real database in a folder of its own.

mod damage;
mod origin;

use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::language::Language;
use crate::source::{Format, Passage};

/// A source of one line.
fn version(id: &str, text: &str) -> NewVersion {
    let reading = crate::source::read(Format::Article, text.as_bytes());
    let attribution = Attribution {
        licence: Some("CC0".to_owned()),
        ..Attribution::titled(&format!("Title of {id}"), Language::English)
    };
    let passages = reading.source.unwrap().passages;
    NewVersion::new(
        id.parse().unwrap(),
        attribution,
        Format::Article,
        "file.txt",
        text.as_bytes(),
        &passages,
    )
}

fn id(text: &str) -> SourceId {
    text.parse().unwrap()
}

const FIRST: &str = "Noah built the ark of gopher wood, and it floated.";
const SECOND: &str = "Noah built the ark of cedar wood, and it floated on.";

/// A catalogue with an empty library `l`.
async fn fresh() -> (TempDir, Catalogue) {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = Catalogue::open(folder.path()).await.unwrap();
    catalogue.make_library("l", &[], "test").await.unwrap();
    (folder, catalogue)
}

async fn add(catalogue: &Catalogue, library: &str, new: &NewVersion) -> SourceRecord {
    let mut change = catalogue.change_library(library, "test").await.unwrap();
    let record = change.add(new).await.unwrap();
    change.commit().await.unwrap();
    record
}

async fn generation(catalogue: &Catalogue, library: &str) -> i64 {
    catalogue.generation(library).await.unwrap().unwrap().0
}

/// Runs a statement on the database as another program would.
async fn tamper(folder: &Path, statement: &'static str) {
    let file = folder.join(FILE);
    let url = format!("sqlite:{}", file.display());
    let pool = sqlx::AnyPool::connect(&url).await.unwrap();
    sqlx::query(statement).execute(&pool).await.unwrap();
    pool.close().await;
}

impl Catalogue {
    /// Alters the stored bytes of a version.
    pub(crate) async fn harm(&self, record: &SourceRecord) {
        let harm = sqlx::query("UPDATE content SET bytes = 'KLUv/QBYGQAAYWJj' WHERE hash = $1");
        harm.bind(&record.content_hash)
            .execute(&self.light)
            .await
            .unwrap();
    }

    /// Closes all connections, which brings the log home.
    pub(crate) async fn close(&self) {
        self.durable.close().await;
        self.light.close().await;
    }
}

async fn read<T>(catalogue: &Catalogue, query: &'static str) -> Vec<T>
where
    T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    let rows = sqlx::query_scalar(query).fetch_all(&catalogue.light);
    rows.await.unwrap()
}

#[tokio::test]
async fn versions_are_numbered_and_their_keys_are_never_given_twice() {
    let (folder, catalogue) = fresh().await;
    catalogue.make_library("m", &[], "test").await.unwrap();
    let first = add(&catalogue, "l", &version("a", FIRST)).await;
    let other = add(&catalogue, "m", &version("a", FIRST)).await;
    let second = add(&catalogue, "l", &version("a", SECOND)).await;
    assert_eq!((first.version, other.version, second.version), (1, 1, 2));
    let catalogue_again = Catalogue::open(folder.path()).await.unwrap();
    let third = add(&catalogue_again, "l", &version("a", FIRST)).await;
    let keys = [first, other, second, third].map(|record| record.version_key);
    assert_eq!(keys, [1, 2, 3, 4]);
    // Another library's key opens nothing.
    assert!(catalogue.version("l", 2).await.unwrap().is_none());
    assert_eq!(
        catalogue
            .version("l", 1)
            .await
            .unwrap()
            .unwrap()
            .record
            .content_hash,
        content_hash(FIRST.as_bytes())
    );
    // The same bytes are stored once.
    assert_eq!(
        read::<i64>(&catalogue, "SELECT COUNT(*) FROM content").await,
        [2]
    );
}

#[tokio::test]
async fn a_record_comes_back_as_it_was_written() {
    let (_folder, catalogue) = fresh().await;
    let written = add(
        &catalogue,
        "l",
        &version("كتاب-١", "سطر أول فيه كلام.[1]\nوسطر ثانٍ.\n^حاشية"),
    )
    .await;
    assert_eq!((written.n_paragraphs, written.n_footnotes), (2, 1));
    let library = catalogue.library("l").await.unwrap().unwrap();
    assert_eq!(library.sources, std::slice::from_ref(&written));
    let bytes = catalogue.bytes(&written).await.unwrap();
    assert_eq!(bytes, "سطر أول فيه كلام.[1]\nوسطر ثانٍ.\n^حاشية".as_bytes());
    let passages = catalogue.passages(&written).await.unwrap();
    assert_eq!(passages.len(), 3);
    assert_eq!(passages[0].text, "سطر أول فيه كلام.[1]");
}

#[tokio::test]
async fn each_change_raises_the_generation_and_one_that_is_dropped_leaves_nothing() {
    let (_folder, catalogue) = fresh().await;
    catalogue.make_library("m", &[], "test").await.unwrap();
    let (before, change) = catalogue.generation("l").await.unwrap().unwrap();
    let mut dropped = catalogue.change_library("l", "test").await.unwrap();
    assert_eq!(dropped.generation(), before + 1);
    dropped.add(&version("a", FIRST)).await.unwrap();
    drop(dropped);
    assert_eq!(
        catalogue.generation("l").await.unwrap(),
        Some((before, change))
    );
    assert_eq!(catalogue.library("l").await.unwrap().unwrap().sources, []);

    add(&catalogue, "l", &version("a", FIRST)).await;
    assert_eq!(generation(&catalogue, "l").await, before + 1);
    assert_eq!(generation(&catalogue, "m").await, before);
    assert_eq!(catalogue.change().await.unwrap(), change + 1);
    assert!(matches!(
        catalogue.change_library("none", "test").await,
        Err(Error::NoLibrary { .. })
    ));
    assert_eq!(catalogue.library("none").await.unwrap(), None);
}

#[tokio::test]
async fn sources_are_withdrawn_and_restored_at_any_version() {
    let (_folder, catalogue) = fresh().await;
    add(&catalogue, "l", &version("a", FIRST)).await;
    add(&catalogue, "l", &version("a", SECOND)).await;
    let mut change = catalogue.change_library("l", "mod").await.unwrap();
    assert!(change.withdraw(&id("a")).await.unwrap());
    assert!(
        !change.withdraw(&id("a")).await.unwrap(),
        "it is withdrawn already"
    );
    assert!(!change.withdraw(&id("b")).await.unwrap());
    change.commit().await.unwrap();
    assert_eq!(catalogue.library("l").await.unwrap().unwrap().sources, []);

    let states = |versions: Vec<VersionRecord>| {
        versions
            .into_iter()
            .map(|version| (version.record.version, version.current, version.withdrawn))
            .collect::<Vec<_>>()
    };
    let history = catalogue.versions("l", &id("a")).await.unwrap();
    assert_eq!(states(history), [(2, true, true), (1, false, true)]);

    let mut change = catalogue.change_library("l", "mod").await.unwrap();
    assert!(change.restore(&id("a"), Some(3)).await.unwrap().is_none());
    assert!(change.restore(&id("b"), None).await.unwrap().is_none());
    let restored = change.restore(&id("a"), Some(1)).await.unwrap().unwrap();
    assert_eq!(restored.version, 1);
    change.commit().await.unwrap();
    let history = catalogue.versions("l", &id("a")).await.unwrap();
    assert_eq!(states(history), [(2, false, false), (1, true, false)]);
    let mut change = catalogue.change_library("l", "mod").await.unwrap();
    let newest = change.restore(&id("a"), None).await.unwrap().unwrap();
    assert_eq!(newest.version, 2);
}

#[tokio::test]
async fn who_changed_what_is_written_down() {
    let (_folder, catalogue) = fresh().await;
    add(&catalogue, "l", &version("a", FIRST)).await;
    let mut change = catalogue.change_library("l", "7").await.unwrap();
    change.set("language", Some("ar")).await.unwrap();
    change.withdraw(&id("a")).await.unwrap();
    change.commit().await.unwrap();
    let lines: Vec<String> = read(
        &catalogue,
        "SELECT changed_by || ' ' || what || ' ' || COALESCE(was, '-') || ' ' || COALESCE(became, '-') \
         FROM audit WHERE library = 'l' ORDER BY id",
    )
    .await;
    insta::assert_snapshot!(lines.join("\n"), @r#"
    test make - -
    test add - {"source":"a","version":1,"version_key":1,"withdrawn":false}
    7 set - {"name":"language","value":"ar"}
    7 withdraw {"source":"a","version":1,"version_key":1,"withdrawn":false} {"source":"a","version":1,"version_key":1,"withdrawn":true}
    "#);
}

#[tokio::test]
async fn settings_are_a_librarys_own() {
    let (_folder, catalogue) = fresh().await;
    catalogue.make_library("m", &[], "test").await.unwrap();
    let mut change = catalogue.change_library("l", "test").await.unwrap();
    change.set("language", Some("en")).await.unwrap();
    change.set("language", Some("ar")).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(
        catalogue.setting("l", "language").await.unwrap().as_deref(),
        Some("ar")
    );
    assert_eq!(catalogue.setting("m", "language").await.unwrap(), None);
    assert_eq!(
        catalogue.settings("l").await.unwrap(),
        [("language".to_owned(), "ar".to_owned())]
    );
    assert_eq!(catalogue.settings("m").await.unwrap(), []);
    let mut change = catalogue.change_library("l", "test").await.unwrap();
    change.set("language", None).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(catalogue.setting("l", "language").await.unwrap(), None);
}

#[tokio::test]
async fn what_an_earlier_reader_read_is_read_again_from_the_bytes() {
    let (folder, catalogue) = fresh().await;
    let record = add(&catalogue, "l", &version("a", FIRST)).await;
    let texts = |passages: Vec<Passage>| passages.into_iter().map(|p| p.text).collect::<Vec<_>>();
    for statement in [
        "UPDATE parsed SET reader = reader - 1, passages = 'of another time'",
        "UPDATE parsed SET passages = 'damaged'",
        "DELETE FROM parsed",
    ] {
        tamper(folder.path(), statement).await;
        assert_eq!(texts(catalogue.passages(&record).await.unwrap()), [FIRST]);
        let readers: Vec<i64> = read(&catalogue, "SELECT reader FROM parsed").await;
        assert_eq!(
            readers,
            [i64::from(crate::source::VERSION)],
            "it is stored again"
        );
    }
    tamper(folder.path(), "DELETE FROM parsed").await;
    tamper(
        folder.path(),
        "UPDATE content SET bytes = 'KLUv/QBYGQAAYWJj'",
    )
    .await;
    assert!(matches!(
        catalogue.passages(&record).await,
        Err(Error::Content { .. })
    ));
}

#[tokio::test]
async fn the_change_number_is_seen_by_every_process_and_asked_for_only_after_a_write() {
    let (folder, one) = fresh().await;
    let other = Catalogue::open(folder.path()).await.unwrap();
    let before = other.change().await.unwrap();
    assert_eq!(one.change().await.unwrap(), before);
    // Nothing was written: what was seen is taken for granted. A false number shows that the database was not asked.
    if let Some((_, change)) = &mut *other.seen() {
        *change = -1;
    }
    if cfg!(unix) {
        assert_eq!(other.change().await.unwrap(), -1);
    }
    add(&one, "l", &version("a", FIRST)).await;
    assert_eq!(other.change().await.unwrap(), before + 1);
    // A write that changes no library leaves the number, and the next to ask need not ask.
    other
        .keep_question("l", "متى؟", "ar", "answer", 0)
        .await
        .unwrap();
    let stamp = other.watch.stamp();
    assert_eq!(other.seen().clone(), stamp.map(|stamp| (stamp, before + 1)));
    one.remember("key", "value").await.unwrap();
    assert_ne!(other.seen().clone().map(|seen| seen.0), other.watch.stamp());
    assert_eq!(other.change().await.unwrap(), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_seen_whoever_makes_it_and_however_often() {
    let (folder, one) = fresh().await;
    let other = Catalogue::open(folder.path()).await.unwrap();
    for nth in 0..50 {
        let (from, to) = if nth % 2 == 0 {
            (&one, &other)
        } else {
            (&other, &one)
        };
        let mut change = from.change_library("l", "test").await.unwrap();
        change.set("n", Some("x")).await.unwrap();
        change.commit().await.unwrap();
        let truth: Vec<i64> = read(from, "SELECT last FROM counter WHERE name = 'change'").await;
        assert_eq!([to.change().await.unwrap()], truth[..]);
        assert_eq!([from.change().await.unwrap()], truth[..]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_may_start_and_change_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let work = |nth: usize| {
        let folder = folder.path().to_owned();
        tokio::spawn(async move {
            let catalogue = Catalogue::open(&folder).await.unwrap();
            catalogue
                .make_library("l", &[version("s", FIRST)], "test")
                .await
                .unwrap();
            add(&catalogue, "l", &version(&format!("book-{nth}"), FIRST)).await
        })
    };
    let all: Vec<_> = (0..6).map(work).collect();
    let mut keys = Vec::new();
    for one in all {
        keys.push(one.await.unwrap().version_key);
    }
    keys.sort_unstable();
    assert_eq!(keys, [2, 3, 4, 5, 6, 7]);
    let catalogue = Catalogue::open(folder.path()).await.unwrap();
    let library = catalogue.library("l").await.unwrap().unwrap();
    assert_eq!((library.generation, library.sources.len()), (7, 7));
}

#[tokio::test]
async fn the_installation_remembers() {
    let (folder, catalogue) = fresh().await;
    assert_eq!(catalogue.remembered("commands").await.unwrap(), None);
    catalogue.remember("commands", "a").await.unwrap();
    catalogue.remember("commands", "ب").await.unwrap();
    let again = Catalogue::open(folder.path()).await.unwrap();
    assert_eq!(
        again.remembered("commands").await.unwrap().as_deref(),
        Some("ب")
    );
    again.remember("other", "c").await.unwrap();
    again.forget("commands").await.unwrap();
    again.forget("commands").await.unwrap();
    assert_eq!(catalogue.remembered("commands").await.unwrap(), None);
    assert!(catalogue.remembered("other").await.unwrap().is_some());
}

#[tokio::test]
async fn identifies_are_counted_over_restarts_and_forgotten_after_two_days() {
    let (folder, catalogue) = fresh().await;
    let hour = 60 * 60 * 1000;
    for at in [hour, 2 * hour, 2 * hour, 30 * hour] {
        catalogue.record_identify(at).await.unwrap();
    }
    let again = Catalogue::open(folder.path()).await.unwrap();
    let since = again.identifies_since(2 * hour).await.unwrap();
    assert_eq!(since, [2 * hour, 2 * hour, 30 * hour]);
    again.record_identify(51 * hour).await.unwrap();
    assert_eq!(
        again.identifies_since(0).await.unwrap(),
        [30 * hour, 51 * hour]
    );
}

#[tokio::test]
async fn questions_are_kept_by_the_day_and_forgotten() {
    let (_folder, catalogue) = fresh().await;
    let day = 24 * 60 * 60 * 1000;
    for at in [day - 1, day, 2 * day + 5, 2 * day + 9] {
        catalogue
            .keep_question("l", "متى؟", "ar", "unsure", at)
            .await
            .unwrap();
    }
    let days = "SELECT asked_day FROM question ORDER BY asked_day";
    assert_eq!(read::<i64>(&catalogue, days).await, [0, 1, 2, 2]);
    catalogue
        .forget_questions_before(None, 2 * day + 7)
        .await
        .unwrap();
    assert_eq!(read::<i64>(&catalogue, days).await, [2, 2]);
    let whole: Vec<String> = read(
        &catalogue,
        "SELECT library || ' ' || question || ' ' || language || ' ' || outcome FROM question LIMIT 1",
    )
    .await;
    assert_eq!(whole, ["l متى؟ ar unsure"]);
    assert!(
        catalogue
            .keep_question("none", "x", "en", "answer", 0)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn no_column_could_hold_who_asked() {
    let (_folder, catalogue) = fresh().await;
    let columns: Vec<String> = read(
        &catalogue,
        "SELECT name FROM pragma_table_info('question') ORDER BY name",
    )
    .await;
    assert_eq!(
        columns,
        ["asked_day", "language", "library", "outcome", "question"]
    );
}

#[tokio::test]
async fn a_folder_of_any_name_will_do() {
    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join("بيانات ?mode=ro#% 50%20&");
    let catalogue = Catalogue::open(&odd).await.unwrap();
    catalogue.make_library("l", &[], "test").await.unwrap();
    assert!(odd.join(FILE).exists());
}

#[tokio::test]
async fn a_dropped_draft_leaves_no_bytes_unless_something_else_has_the_same() {
    let (_folder, catalogue) = fresh().await;
    catalogue.make_library("1", &[], "test").await.unwrap();
    let draft = |text: &str| Draft {
        file_name: "a.txt".to_owned(),
        bytes: text.as_bytes().to_vec(),
        details: "{}".to_owned(),
        made_by: "test".to_owned(),
    };
    let count = "SELECT COUNT(*) FROM content";
    let one = catalogue.keep_draft("1", &draft("One.")).await.unwrap();
    let same = catalogue.keep_draft("1", &draft("One.")).await.unwrap();
    assert_eq!(catalogue.waiting("1").await.unwrap(), (2, 8));
    assert_eq!(catalogue.waiting("2").await.unwrap(), (0, 0));
    assert_eq!(catalogue.drafts("1", one, same).await.unwrap(), [one, same]);
    assert!(!catalogue.drop_draft("2", one).await.unwrap());
    assert!(catalogue.drop_draft("1", one).await.unwrap());
    assert_eq!(read::<i64>(&catalogue, count).await, [1]);
    assert!(catalogue.draft("1", same).await.unwrap().is_some());
    assert!(catalogue.drop_draft("1", same).await.unwrap());
    assert_eq!(read::<i64>(&catalogue, count).await, [0]);
    assert!(!catalogue.drop_draft("1", same).await.unwrap());

    // A version has them too.
    add(&catalogue, "1", &version("a", "Two.")).await;
    let two = catalogue.keep_draft("1", &draft("Two.")).await.unwrap();
    assert!(catalogue.drop_draft("1", two).await.unwrap());
    assert_eq!(read::<i64>(&catalogue, count).await, [1]);
}
