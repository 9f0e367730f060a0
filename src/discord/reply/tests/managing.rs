//! What moderators see of their sources: within Discord's limits, whatever the source is.

use proptest::prelude::*;

use super::limits::any_text;
use super::*;
use crate::catalogue::{Limits, SourceRecord, VersionRecord};
use crate::discord::managing::{Goal, Step};
use crate::discord::reply::source::{
    Came, Entry, Looked, Many, Notice, State, asks_withdrawal, diff, history, limits, many, notice,
    report, unreadable, withdrawn,
};
use crate::library::{Changed, Diff, Quota, Reworded};
use crate::source::{Format, Problem, ProblemKind};

fn step(voice: Language) -> Step {
    Step {
        voice,
        home: Home::Server(u64::MAX),
        goal: Goal::Open,
    }
}

fn record(about: &str, version: u32) -> SourceRecord {
    let said = || Some(about.to_owned());
    SourceRecord {
        id: "ق".repeat(48).parse().unwrap(),
        version_key: i64::MAX - i64::from(version),
        version,
        attribution: Attribution {
            author: said(),
            editor: said(),
            edition: said(),
            publisher: said(),
            place: said(),
            year: said(),
            licence: said(),
            address: said(),
            accessed: said(),
            ..Attribution::titled(about, Language::Arabic)
        },
        format: Format::Article,
        file_name: about.to_owned(),
        content_hash: version.to_string(),
        n_paragraphs: 11,
        n_footnotes: 3,
        added_by: if version.is_multiple_of(2) {
            "terminal"
        } else {
            "discord:7"
        }
        .to_owned(),
        added_at: 0,
        limits: Limits {
            channels: (u64::MAX - 60..u64::MAX).collect(),
            roles: (u64::MAX - 60..u64::MAX).collect(),
        },
    }
}

fn passage_of(text: &str) -> Passage {
    Passage {
        text: text.to_owned(),
        markers: Vec::new(),
        citation_needed: Vec::new(),
        section: vec![text.to_owned(); 3],
        ..cited().passage
    }
}

/// Every word of a text.
fn words(text: &str) -> Vec<crate::language::Span> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split(char::is_whitespace) {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        // Blanks may have several bytes.
        at += word.len()
            + text[at + word.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
    }
    words
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_limit_holds_for_any_source(about in any_text(3), text in any_text(9), n in 0_usize..120) {
        let (old, new) = (record(&about, 1), record(&about, 2));
        let looked = Looked {
            n_sections: 3,
            is_fetched: true,
            ..Looked::of_version(&new, &[passage_of(&text)])
        };
        let kinds = ProblemKind::ALL.into_iter().cycle().take(n);
        let problems: Vec<Problem> = kinds.map(|kind| Problem::at(kind, 7, Some(&about))).collect();
        let notices = [about.chars().filter(char::is_ascii_alphanumeric).take(100).collect::<String>()];
        let boxed = || Box::new(new.clone());
        let states = [
            State::Draft { key: i64::MAX, replaces: Some(boxed()), is_another: true },
            State::Published(boxed()),
            State::Unchanged(boxed()),
            State::Fresh(boxed()),
            State::Described(boxed(), true),
            State::Restored(boxed()),
            State::There(boxed()),
        ];
        let versions: Vec<VersionRecord> = (1..=12).rev().map(|number| VersionRecord {
            record: record(&about, number),
            current: number == 9,
            withdrawn: n % 2 == 0,
        }).collect();
        let reworded = Reworded {
            before: passage_of(&text),
            after: passage_of(&text),
            removed: words(&text),
            added: words(&text).into_iter().step_by(7).collect(),
        };
        let changed = Diff {
            before: old.clone(),
            after: new.clone(),
            changes: (0..n).map(|n| match n % 3 {
                0 => Changed::Added(passage_of(&text)),
                1 => Changed::Removed(passage_of(&text)),
                _ => Changed::Reworded(Box::new(reworded.clone())),
            }).collect(),
            n_same: 5,
        };
        let entries: Vec<Entry> = (0..n).map(|n| Entry {
            file: about.clone(),
            came: match n % 5 {
                0 => Came::Published(i64::try_from(n).unwrap(), 2, about.clone()),
                1 => Came::Draft(i64::try_from(n).unwrap(), n, about.clone()),
                2 => Came::Unreadable(problems.clone()),
                3 => Came::Refused(Notice::Full(Quota::Sources, 3)),
                _ => Came::Failed("abc234".to_owned()),
            },
        }).collect();
        for voice in [Language::Arabic, Language::English] {
            let step = step(voice);
            for sheet in [Sheet::Embed, Sheet::Plain] {
                for state in &states {
                    holds_the_limits(&report(sheet, step, &looked, state, &problems, &notices));
                }
                for page in [0, 1, 99] {
                    holds_the_limits(&history(sheet, step, &versions, page).unwrap());
                    holds_the_limits(&diff(sheet, step, &changed, page));
                }
                holds_the_limits(&limits(sheet, step, &new, &notices));
                holds_the_limits(&unreadable(sheet, voice, &about, &problems));
                holds_the_limits(&asks_withdrawal(sheet, step, &new, Some(1)));
                holds_the_limits(&withdrawn(sheet, step, &new, None, &notices));
                let list = Many { heading: &about, entries: &entries, left_out: &problems, notices: &notices };
                for message in many(sheet, step, &list) {
                    holds_the_limits(&message);
                }
            }
            holds_the_limits(&notice(Language::Other, &Notice::NoSource(about.clone())));
        }
    }
}

#[test]
fn several_files_are_told_a_line_each_and_what_waits_can_be_published_at_once() {
    let entry = |file: &str, came| Entry {
        file: file.to_owned(),
        came,
    };
    let entries = [
        entry("a.txt", Came::Published(1, 1, "One".to_owned())),
        entry("b.txt", Came::Published(2, 3, "Two".to_owned())),
        entry("c.txt", Came::Unchanged(3, "Three".to_owned())),
        entry("d.txt", Came::Draft(4, 1, "Four".to_owned())),
        entry("e.txt", Came::Draft(6, 12, "Five".to_owned())),
        entry(
            "f.txt",
            Came::Unreadable(vec![Problem::of_file(ProblemKind::Empty, None)]),
        ),
        entry("g.txt", Came::Failed("abc234".to_owned())),
    ];
    let left_out = [Problem::of_file(ProblemKind::LeftOut, Some("junk.bin"))];
    let list = Many {
        heading: "books.zip",
        entries: &entries,
        left_out: &left_out,
        notices: &[],
    };
    let english = many(Sheet::Embed, step(Language::English), &list);
    insta::assert_snapshot!(seen(&english[0]), @r"
    # books.zip
    2 are published.
    2 wait for your word, for a day.
    One was there already.
    2 were not taken.
    • The file: \`junk.bin\` in it is no source and was left out.

    • Published: a.txt
    • Published as version 3: b.txt
    • There already: c.txt
    • Look at it first: d.txt (one thing is doubtful)
    • Look at it first: e.txt (12 things are doubtful)
    • Not taken: f.txt. The file: it is empty.
    • Something went wrong with g.txt. Whoever runs me finds it in the log under: abc234
    [Publish all drafts] [Discard all drafts]
    []
    ");
    let arabic = many(Sheet::Embed, step(Language::Arabic), &list);
    insta::assert_snapshot!(seen(&arabic[0]), @r"
    # books.zip
    نُشر ملفان.
    مسودتان تنتظران قرارك، وتبقيان يومًا.
    ملف واحد موجود من قبل.
    لم يُؤخذ ملفان.
    • الملف: \`junk.bin\` فيه ليس مصدرًا فتُرك.

    • نُشر: a.txt
    • نُشرت النسخة 3: b.txt
    • موجود من قبل: c.txt
    • يحتاج إلى نظر في موضع واحد: d.txt
    • يحتاج إلى نظر في 12 موضعًا: e.txt
    • لم يُؤخذ: f.txt. الملف: فارغ، لا نص فيه.
    • حدث خلل في الملف g.txt. يجده من يشغّلني في السجل تحت: abc234
    [نشر المسودات كلها] [حذف المسودات كلها]
    []
    ");
}

#[test]
fn what_has_many_faults_tells_ten_of_them_the_fatal_first() {
    let mut problems: Vec<Problem> = (1..30)
        .map(|line| Problem::at(ProblemKind::MarkerWithoutFootnote, line, Some("4")))
        .collect();
    problems.push(Problem::of_file(ProblemKind::More, Some("70")));
    problems.push(Problem::at(ProblemKind::NotUtf8, 40, Some("C3 28")));
    let reply = unreadable(Sheet::Embed, Language::English, "a.txt", &problems);
    insta::assert_snapshot!(seen(&reply), @r"
    # a.txt
    I could not read this file, and nothing of it was kept.

    • Line 40: the bytes C3 28 are not UTF-8; save the file as UTF-8.
    • Line 1: the marker [4] has no footnote in the source; answers will say so.
    • Line 2: the marker [4] has no footnote in the source; answers will say so.
    • Line 3: the marker [4] has no footnote in the source; answers will say so.
    • Line 4: the marker [4] has no footnote in the source; answers will say so.
    • Line 5: the marker [4] has no footnote in the source; answers will say so.
    • Line 6: the marker [4] has no footnote in the source; answers will say so.
    • Line 7: the marker [4] has no footnote in the source; answers will say so.
    • Line 8: the marker [4] has no footnote in the source; answers will say so.
    • Line 9: the marker [4] has no footnote in the source; answers will say so.
    And 90 more.
    ");
    let reply = unreadable(Sheet::Embed, Language::Arabic, "a.txt", &problems);
    insta::assert_snapshot!(seen(&reply), @r"
    # a.txt
    تعذرت قراءة هذا الملف، ولم يُحفظ منه شيء.

    • السطر 40: ليست البايتات C3 28 من UTF-8؛ احفظ الملف بترميز UTF-8.
    • السطر 1: ليس في المصدر حاشية للعلامة [4]؛ وستقول الأجوبة ذلك.
    • السطر 2: ليس في المصدر حاشية للعلامة [4]؛ وستقول الأجوبة ذلك.
    • السطر 3: ليس في المصدر حاشية للعلامة [4]؛ وستقول الأجوبة ذلك.
    • السطر 4: ليس في المصدر حاشية للعلامة [4]؛ وستقول الأجوبة ذلك.
    • السطر 5: ليس في المصدر حاشية للعلامة [4]؛ وستقول الأجوبة ذلك.
    • السطر 6: ليس في المصدر حاشية للعلامة [4]؛ وستقول الأجوبة ذلك.
    • السطر 7: ليس في المصدر حاشية للعلامة [4]؛ وستقول الأجوبة ذلك.
    • السطر 8: ليس في المصدر حاشية للعلامة [4]؛ وستقول الأجوبة ذلك.
    • السطر 9: ليس في المصدر حاشية للعلامة [4]؛ وستقول الأجوبة ذلك.
    و90 موضعًا آخر.
    ");
}
