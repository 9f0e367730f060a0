//! Settings and the log, as moderators see them.

use proptest::prelude::*;
use serde_json::json;

use super::limits::any_text;
use super::*;
use crate::catalogue::{Entry, Lines};
use crate::config::Config;
use crate::discord::audit::Page;
use crate::library::setting::{
    AUDIT_CHANNEL, COOLDOWN, LANGUAGE, MAX_SOURCES, MENTION_CHANNELS, MODERATOR_ROLES, SETTINGS,
    THRESHOLD,
};

const SERVER: Home = Home::Server(42);

fn defaults() -> Defaults {
    Defaults::of(&Config::default())
}

fn stored(settings: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    settings.iter().map(owned).collect()
}

#[test]
fn all_settings_are_shown_with_value_default_and_meaning() {
    let set = stored(&[
        (THRESHOLD, "0.6"),
        (LANGUAGE, "ar"),
        (MENTION_CHANNELS, "5,6"),
        (MODERATOR_ROLES, "7"),
        (COOLDOWN, "0"),
        // The host came to allow fewer since.
        (MAX_SOURCES, "5000"),
    ]);
    let shown = |language| seen(&settings(Sheet::Embed, language, &set, &defaults()));
    insta::assert_snapshot!(shown(Language::English), @r"
    # The settings of this server
    **Threshold**: 0.6 (default: 0.46)
    How sure I have to be of an answer, from 0 to 1. A higher one gives fewer answers, and fewer wrong ones.

    **Language**: Arabic (default: that of each question)
    The language of my own words in this server, except with those who chose for themselves.

    **Channels for mentions**: <#5>, <#6> (default: all channels)
    Where I answer mentions and replies; a thread counts as its channel. Commands work everywhere.

    **Moderator roles**: <@&7> (default: no role)
    Who may manage sources and settings, beside those with the permission “Manage Server”.

    **Audit channel**: no channel (default)
    Where every change of sources and settings is reported.

    **Cooldown**: no waiting (default: 3 seconds)
    How long a person waits for their next question once they have asked several in one go.

    **Most sources**: 1000 sources (default: 1000 sources)
    How many sources this server may hold.

    **Most megabytes**: 1000 megabytes (default)
    How much room the sources of this server may take up, former versions included.

    **Withdrawn sources kept**: 30 days (default)
    For how long a withdrawn source can be restored before it is deleted for good.

    **Questions kept**: 90 days (default)
    For how long the texts of questions are kept, always without who asked.

    Each has a command of its own, such as `/settings threshold`; with `default` it goes back to its default.
    ");
    insta::assert_snapshot!(shown(Language::Arabic), @r"
    # إعدادات هذا الخادم
    **حد الثقة**: 0.6 (الأصل: 0.46)
    مقدار الثقة الذي أعطي عنده الجواب، من 0 إلى 1. كلما ارتفع قلّت الأجوبة وقلّ الخطأ فيها.

    **اللغة**: العربية (الأصل: لغة كل سؤال)
    لغة كلامي في هذا الخادم، إلا مع من اختار لنفسه.

    **قنوات الإشارة**: <#5>، <#6> (الأصل: كل القنوات)
    القنوات التي أجيب فيها من يشير إليّ أو يرد عليّ، والسلسلة (thread) تتبع قناتها. أما الأوامر فتعمل في كل مكان.

    **أدوار المشرفين**: <@&7> (الأصل: لا أدوار)
    من يدير المصادر والإعدادات، فضلًا عمن له الإذن «Manage Server».

    **قناة السجل**: لا قناة (وهو الأصل)
    القناة التي أُخبر فيها بكل تغيير في المصادر والإعدادات.

    **مهلة الأسئلة**: بلا انتظار (الأصل: 3 ثوانٍ)
    المدة التي ينتظرها من سأل عدة أسئلة متتابعة قبل سؤاله التالي.

    **أقصى عدد للمصادر**: 1000 مصدر (الأصل: 1000 مصدر)
    كم مصدرًا يتسع له هذا الخادم.

    **أقصى حجم للمصادر**: 1000 ميغابايت (وهو الأصل)
    كم تشغل مصادر هذا الخادم من مساحة، ومعها نسخها السابقة.

    **حفظ المصادر المسحوبة**: 30 يومًا (وهو الأصل)
    المدة التي يمكن فيها استرجاع مصدر مسحوب قبل أن يُحذف نهائيًا.

    **حفظ الأسئلة**: 90 يومًا (وهو الأصل)
    مدة حفظ نصوص الأسئلة، وهي تُحفظ دائمًا بلا اسم السائل.

    لكل إعداد أمره، مثل `/settings threshold`، ويعود إلى أصله بالخيار `default`.
    ");
}

#[test]
fn where_nothing_is_set_the_defaults_are_shown_and_both_languages_fit() {
    let shown = settings(Sheet::Plain, Language::Other, &[], &defaults());
    insta::assert_snapshot!(seen(&shown), @r"
    **إعدادات هذا الخادم · The settings of this server**
    **حد الثقة**: 0.46 (وهو الأصل)
    **Threshold**: 0.46 (default)

    **اللغة**: لغة كل سؤال (وهو الأصل)
    **Language**: that of each question (default)

    **قنوات الإشارة**: كل القنوات (وهو الأصل)
    **Channels for mentions**: all channels (default)

    **أدوار المشرفين**: لا أدوار (وهو الأصل)
    **Moderator roles**: no role (default)

    **قناة السجل**: لا قناة (وهو الأصل)
    **Audit channel**: no channel (default)

    **مهلة الأسئلة**: 3 ثوانٍ (وهو الأصل)
    **Cooldown**: 3 seconds (default)

    **أقصى عدد للمصادر**: 1000 مصدر (وهو الأصل)
    **Most sources**: 1000 sources (default)

    **أقصى حجم للمصادر**: 1000 ميغابايت (وهو الأصل)
    **Most megabytes**: 1000 megabytes (default)

    **حفظ المصادر المسحوبة**: 30 يومًا (وهو الأصل)
    **Withdrawn sources kept**: 30 days (default)

    **حفظ الأسئلة**: 90 يومًا (وهو الأصل)
    **Questions kept**: 90 days (default)

    لكل إعداد أمره، مثل `/settings threshold`، ويعود إلى أصله بالخيار `default`.
    Each has a command of its own, such as `/settings threshold`; with `default` it goes back to its default.
    ");
    let many: Vec<String> = (0..300).map(|n| (u64::MAX - n).to_string()).collect();
    let many = many.join(",");
    let full: Vec<(String, String)> = SETTINGS
        .iter()
        .map(|(name, _)| ((*name).to_owned(), many.clone()))
        .collect();
    for sheet in [Sheet::Embed, Sheet::Plain] {
        for language in [Language::Other, Language::Arabic, Language::English] {
            for set in [&full[..], &[]] {
                holds_the_limits(&settings(sheet, language, set, &defaults()));
            }
            for (name, value) in &full {
                let (name, value) = (name.as_str(), Some(value.as_str()));
                let lines = changed(language, name, value, None, &defaults());
                holds_the_limits(&Reply::in_markdown(&lines));
                holds_the_limits(&setting(language, name, value, &defaults()));
            }
        }
    }
}

#[test]
fn a_change_of_a_setting_is_told_from_what_to_what() {
    let told = |name, before, after| {
        let lines = changed(Language::Other, name, before, after, &defaults());
        lines.join("\n")
    };
    let all = [
        told(THRESHOLD, None, Some("0.6")),
        told(THRESHOLD, Some("0.6"), Some("0.6")),
        told(LANGUAGE, Some("en"), None),
        told(MENTION_CHANNELS, None, Some("5,6")),
        told(MODERATOR_ROLES, Some("7"), None),
        told(AUDIT_CHANNEL, None, Some("5")),
        told(COOLDOWN, None, Some("2")),
        too_much(Language::Other, MAX_SOURCES, 1_000).join("\n"),
    ];
    insta::assert_snapshot!(all.join("\n\n"), @r"
    **حد الثقة**: القيمة من الآن 0.6، وكانت 0.46.
    **Threshold**: from now on 0.6, before 0.46.

    **حد الثقة**: القيمة من قبل 0.6، فلم يتغير شيء.
    **Threshold**: it was 0.6 already.

    **اللغة**: القيمة من الآن لغة كل سؤال، وكانت الإنجليزية.
    **Language**: from now on that of each question, before English.

    **قنوات الإشارة**: القيمة من الآن <#5>، <#6>، وكانت كل القنوات.
    **Channels for mentions**: from now on <#5>, <#6>, before all channels.

    **أدوار المشرفين**: القيمة من الآن لا أدوار، وكانت <@&7>.
    **Moderator roles**: from now on no role, before <@&7>.

    **قناة السجل**: القيمة من الآن <#5>، وكانت لا قناة.
    **Audit channel**: from now on <#5>, before no channel.

    **مهلة الأسئلة**: القيمة من الآن ثانيتان، وكانت 3 ثوانٍ.
    **Cooldown**: from now on 2 seconds, before 3 seconds.

    **أقصى عدد للمصادر**: أقصى ما يسمح به من يشغّلني هنا 1000 مصدر. لم يتغير شيء.
    **Most sources**: whoever runs me allows 1000 sources at most here. Nothing was changed.
    ");
    insta::assert_snapshot!(seen(&setting(Language::Other, COOLDOWN, None, &defaults())), @r"
    **مهلة الأسئلة**: 3 ثوانٍ (وهو الأصل)
    المدة التي ينتظرها من سأل عدة أسئلة متتابعة قبل سؤاله التالي.
    **Cooldown**: 3 seconds (default)
    How long a person waits for their next question once they have asked several in one go.
    ");
}

fn line(id: i64, by: &str, what: &str, was: serde_json::Value, became: serde_json::Value) -> Entry {
    let some = |value: serde_json::Value| Some(value).filter(|value| !value.is_null());
    Entry {
        id,
        at: 1_750_000_000_000 + id * 60_000,
        by: by.to_owned(),
        what: what.to_owned(),
        was: some(was),
        became: some(became),
    }
}

/// One change of each kind, the latest first.
fn each_kind() -> Vec<Entry> {
    let state = |version: u32, withdrawn: bool| json!({"source": "coast", "version": version, "version_key": 9, "withdrawn": withdrawn});
    let limits = |channels: &[u64], roles: &[u64]| json!({"source": "coast", "limits": {"channels": channels, "roles": roles}});
    let set = |name: &str, value: &str| json!({"name": name, "value": value});
    let none = serde_json::Value::Null;
    let ana = "discord:4";
    let mut lines = vec![
        line(1, "sanad", "make", none.clone(), none.clone()),
        line(2, "terminal", "add", none.clone(), state(1, false)),
        line(3, ana, "add", state(1, false), state(2, false)),
        line(4, ana, "withdraw", state(2, false), state(2, true)),
        line(5, ana, "restore", state(2, true), state(2, false)),
        line(6, ana, "restore", state(2, false), state(1, false)),
        line(7, ana, "add", state(1, true), state(3, false)),
        line(8, ana, "limit", limits(&[], &[]), limits(&[5, 6], &[])),
        line(9, ana, "limit", limits(&[5, 6], &[]), limits(&[5], &[7])),
        line(
            10,
            ana,
            "limit",
            limits(&[], &[1, 2, 3, 4, 5]),
            limits(&[], &[]),
        ),
        line(11, ana, "set", set(THRESHOLD, "0.5"), set(THRESHOLD, "0.6")),
        line(12, ana, "set", none.clone(), set(MODERATOR_ROLES, "7,8")),
        line(13, ana, "set", set(LANGUAGE, "ar"), none.clone()),
        line(14, ana, "set", none.clone(), set("colour", "*red*")),
        line(15, "sanad", "purge", state(3, true), none.clone()),
        line(16, "*someone*", "bless", none.clone(), none.clone()),
        line(17, ana, "add", json!(5), json!(["source"])),
    ];
    lines.reverse();
    lines
}

fn page(lines: Lines) -> Page {
    Page {
        home: SERVER,
        lines,
        source: None,
    }
}

#[test]
fn each_change_is_told_in_words() {
    let leaf = Leaf {
        entries: each_kind(),
        has_newer: false,
        has_older: true,
    };
    let shown = |language| {
        let page = page(Lines::Latest);
        seen(&audit(Sheet::Embed, language, &page, leaf.clone()))
    };
    insta::assert_snapshot!(shown(Language::English), @r"
    # What was changed here
    <t:1750001020:f> · <@4>
    Changed something: add

    <t:1750000960:f> · \*someone\*
    Changed something: bless

    <t:1750000900:f> · Sanad
    Deleted **coast** for good, some time after it was withdrawn

    <t:1750000840:f> · <@4>
    Setting “colour”: from its default to \*red\*

    <t:1750000780:f> · <@4>
    Setting “Language”: from Arabic to its default

    <t:1750000720:f> · <@4>
    Setting “Moderator roles”: from its default to <@&7>, <@&8>

    <t:1750000660:f> · <@4>
    Setting “Threshold”: from 0.5 to 0.6

    <t:1750000600:f> · <@4>
    Changed who sees **coast**: before people with <@&1>, <@&2>, <@&3> and 2 more, now everybody

    <t:1750000540:f> · <@4>
    Changed who sees **coast**: before everybody in <#5>, <#6>, now people with <@&7> in <#5>

    <t:1750000480:f> · <@4>
    Changed who sees **coast**: before everybody, now everybody in <#5>, <#6>

    <t:1750000420:f> · <@4>
    Added **coast** again after it was withdrawn: from version 1 to version 3

    <t:1750000360:f> · <@4>
    Restored another version of **coast**: from version 2 to version 1

    <t:1750000300:f> · <@4>
    Brought **coast** back, version 2

    <t:1750000240:f> · <@4>
    Withdrew **coast**, version 2

    <t:1750000180:f> · <@4>
    Gave **coast** a new version: from version 1 to version 2

    <t:1750000120:f> · the terminal
    Added **coast**, version 1

    <t:1750000060:f> · Sanad
    Made this library, with the starter sources
    [Newer (off)] [Older]
    ");
    insta::assert_snapshot!(shown(Language::Arabic), @r"
    # ما تغيّر هنا
    <t:1750001020:f> · <@4>
    تغيير: add

    <t:1750000960:f> · \*someone\*
    تغيير: bless

    <t:1750000900:f> · سند
    حذف المصدر **coast** نهائيًا بعد مدة من سحبه

    <t:1750000840:f> · <@4>
    ضبط «colour»: من القيمة الأصلية إلى \*red\*

    <t:1750000780:f> · <@4>
    ضبط «اللغة»: من العربية إلى القيمة الأصلية

    <t:1750000720:f> · <@4>
    ضبط «أدوار المشرفين»: من القيمة الأصلية إلى <@&7>، <@&8>

    <t:1750000660:f> · <@4>
    ضبط «حد الثقة»: من 0.5 إلى 0.6

    <t:1750000600:f> · <@4>
    تحديد من يرى المصدر **coast**: كان أصحاب <@&1>، <@&2>، <@&3> واثنتان غيرها، وصار الجميع

    <t:1750000540:f> · <@4>
    تحديد من يرى المصدر **coast**: كان من في القنوات <#5>، <#6>، وصار أصحاب <@&7> في <#5>

    <t:1750000480:f> · <@4>
    تحديد من يرى المصدر **coast**: كان الجميع، وصار من في القنوات <#5>، <#6>

    <t:1750000420:f> · <@4>
    إضافة المصدر **coast** من جديد بعد سحبه: من النسخة 1 إلى النسخة 3

    <t:1750000360:f> · <@4>
    استرجاع نسخة أخرى من المصدر **coast**: من النسخة 2 إلى النسخة 1

    <t:1750000300:f> · <@4>
    استرجاع المصدر **coast** بعد سحبه، النسخة 2

    <t:1750000240:f> · <@4>
    سحب المصدر **coast**، النسخة 2

    <t:1750000180:f> · <@4>
    نسخة جديدة من المصدر **coast**: من النسخة 1 إلى النسخة 2

    <t:1750000120:f> · الطرفية
    إضافة المصدر **coast**، النسخة 1

    <t:1750000060:f> · سند
    إنشاء هذه المكتبة ومعها المصادر الأولى
    [الأحدث (off)] [الأقدم]
    ");
}

#[test]
fn a_page_that_does_not_fit_goes_on_where_it_was_cut() {
    let ids: Vec<u64> = (0..9).map(|n| u64::MAX - n).collect();
    let limits = json!({"source": "س".repeat(48), "limits": {"channels": ids, "roles": ids}});
    let lines = |ids: std::ops::Range<i64>| {
        let line = |id| line(id, "discord:4", "limit", limits.clone(), limits.clone());
        ids.rev().map(line).collect::<Vec<_>>()
    };
    for sheet in [Sheet::Embed, Sheet::Plain] {
        for (at, has_newer, has_older) in [
            (Lines::Latest, false, false),
            (Lines::Before(11), true, false),
            (Lines::After(0), false, true),
        ] {
            let entries = lines(1..11);
            let leaf = Leaf {
                entries,
                has_newer,
                has_older,
            };
            let reply = audit(sheet, Language::Other, &page(at), leaf);
            holds_the_limits(&reply);
            let times = seen(&reply).matches(":f>").count();
            assert!((1..10).contains(&times), "{times}");
            // What was cut off comes next, on whichever side.
            let message = serde_json::to_value(&reply).unwrap();
            let buttons = message["components"][0]["components"].as_array().unwrap();
            let next = |nth: usize| {
                let button = &buttons[nth];
                let page = Page::parse(button["custom_id"].as_str().unwrap()).unwrap();
                (page.lines, button["disabled"] == false)
            };
            let n_shown = i64::try_from(times).unwrap();
            let (newer, older) = if let Lines::After(_) = at {
                ((n_shown, true), (1, true))
            } else {
                ((10, has_newer), (11 - n_shown, true))
            };
            assert_eq!(next(0), (Lines::After(newer.0), newer.1));
            assert_eq!(next(1), (Lines::Before(older.0), older.1));
        }
    }
}

#[test]
fn an_empty_log_and_a_short_one() {
    let shown = |source: Option<&str>, entries| {
        let page = Page {
            source: source.map(|id| id.parse().unwrap()),
            ..page(Lines::Latest)
        };
        let leaf = Leaf {
            entries,
            has_newer: false,
            has_older: false,
        };
        seen(&audit(Sheet::Plain, Language::Other, &page, leaf))
    };
    insta::assert_snapshot!(shown(None, Vec::new()), @r"
    لم يتغير هنا شيء بعد.
    Nothing was changed here yet.
    ");
    insta::assert_snapshot!(shown(Some("ساحل-1"), Vec::new()), @r"
    لم يتغير هنا شيء قط في مصدر اسمه **ساحل-1**.
    Nothing was ever changed here in a source **ساحل-1**.
    ");
    insta::assert_snapshot!(shown(Some("coast"), each_kind().split_off(15)), @r"
    **ما تغيّر هنا في المصدر coast · What was changed here in coast**
    <t:1750000120:f> · الطرفية · the terminal
    إضافة المصدر **coast**، النسخة 1
    Added **coast**, version 1

    <t:1750000060:f> · سند · Sanad
    إنشاء هذه المكتبة ومعها المصادر الأولى
    Made this library, with the starter sources
    ");
}

#[test]
fn reports_are_read_from_top_to_bottom_and_say_what_did_not_fit() {
    let shown = report(Language::Other, &each_kind()[10..13]);
    insta::assert_snapshot!(seen(&shown), @r"
    <t:1750000300:f> · <@4>
    استرجاع المصدر **coast** بعد سحبه، النسخة 2
    Brought **coast** back, version 2

    <t:1750000360:f> · <@4>
    استرجاع نسخة أخرى من المصدر **coast**: من النسخة 2 إلى النسخة 1
    Restored another version of **coast**: from version 2 to version 1

    <t:1750000420:f> · <@4>
    إضافة المصدر **coast** من جديد بعد سحبه: من النسخة 1 إلى النسخة 3
    Added **coast** again after it was withdrawn: from version 1 to version 3
    ");
    let many = vec![each_kind().remove(9); 50];
    for language in [Language::Other, Language::Arabic, Language::English] {
        let reply = report(language, &many);
        holds_the_limits(&reply);
        let n_shown = seen(&reply).matches(":f>").count();
        assert!((3..50).contains(&n_shown), "{n_shown}");
        assert!(seen(&reply).contains(&(50 - n_shown).to_string()));
    }
    let lines = [true, false].map(|is_shut| unreported(Language::Other, 5, is_shut).join("\n"));
    insta::assert_snapshot!(lines.join("\n\n"), @r"
    ثبت التغيير، لكني لم أستطع الإخبار به في <#5>: لم تعد القناة موجودة، أو لا يُسمح لي بالكتابة فيها. تُسمّى قناة غيرها بالأمر /settings audit-channel.
    The change holds, but I could not report it in <#5>: that channel is gone, or I may not write there. /settings audit-channel names another one.

    ثبت التغيير. لم أستطع الإخبار به الآن في <#5>، وسأخبر به مع التغيير التالي.
    The change holds. I could not report it in <#5> just now; it will be reported with the next change.
    ");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_limit_holds_whatever_the_log_says(
        texts in proptest::collection::vec(any_text(2), 3),
        what in prop_oneof![Just("add"), Just("set"), Just("limit"), Just("bless"), Just("purge")],
        at in any::<i64>(),
    ) {
        let state = json!({"source": texts[1], "version": 3, "withdrawn": true, "limits": {"channels": [1], "roles": texts[0]},
                           "name": texts[0], "value": texts[1]});
        let entry = Entry { at, ..line(1, &texts[2], what, state.clone(), state) };
        for language in [Language::Other, Language::Arabic, Language::English] {
            let leaf = Leaf { entries: vec![entry.clone(); 10], has_newer: true, has_older: true };
            for sheet in [Sheet::Embed, Sheet::Plain] {
                let page = page(Lines::Before(5));
                holds_the_limits(&audit(sheet, language, &page, leaf.clone()));
            }
            holds_the_limits(&report(language, &leaf.entries));
        }
    }
}
