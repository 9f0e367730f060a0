//! A moderator's first hour, in the order in which it happens, in both languages.

use super::{ARABIC, COAST, ENGLISH, NONE, adds, ended, finds, moderator, scene, seen};
use crate::discord_double::permission;

#[tokio::test(flavor = "multi_thread")]
async fn a_first_hour() {
    let mut scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    let badr = scene.badr.clone();
    const QUESTION: &str = "When was the lighthouse of Miram built?";
    assert!(!finds(&badr, QUESTION, "1889").await);

    // Doubtful: a marker without its footnote. It waits, and is found nowhere.
    let report = adds(&scene, &mona, "coast.txt", COAST.as_bytes(), &[]).await;
    assert!(report.is_ephemeral());
    insta::assert_snapshot!(seen(&report), @r"
    (only you see this)
    │ # coast
    │ Not published yet: look at it, then publish or discard it. It waits for a day.
    │
    │ Id: coast
    │ 2 sections, 3 paragraphs, 2 footnotes
    │ Language: English
    │ No author is named.
    │
    │ **Doubtful**
    │ • Line 4: the marker [3] has no footnote in the source; answers will say so.
    │
    │ **How it begins**
    │ > The town of Miram lies where the river Sel meets the northern sea.[1] Its harbour freezes every winter.
    │ The coast of Miram
    │ Paragraph 1
    │
    │ **How it will be cited**
    │ “coast”
    [Publish] [Edit details] [More details] [Discard]
    [▾ The language of the source: Language: Arabic | *Language: English | Language: other]
    ");
    assert!(!finds(&badr, QUESTION, "1889").await, "it is a draft");

    // What is wrong with it is mended before it is published, after a restart.
    scene.restarts().await;
    let form = mona.press(&report, "Edit details").await;
    insta::assert_snapshot!(form.to_string(), @r"
    «What citations name»
    Title: ____
    Author: ____
    Publisher: ____
    Year, as the source writes it: ____
    Licence: ____
    ");
    mona.submit(
        &form,
        &[("Title", "The coast of Miram"), ("Author", "J. Arden")],
    )
    .await;
    insta::assert_snapshot!(seen(&report.now()), @r"
    (only you see this)
    │ # The coast of Miram
    │ Not published yet: look at it, then publish or discard it. It waits for a day.
    │
    │ Id: coast
    │ 2 sections, 3 paragraphs, 2 footnotes
    │ Language: English
    │ Author: J. Arden
    │
    │ **Doubtful**
    │ • Line 4: the marker [3] has no footnote in the source; answers will say so.
    │
    │ **How it begins**
    │ > The town of Miram lies where the river Sel meets the northern sea.[1] Its harbour freezes every winter.
    │ The coast of Miram
    │ Paragraph 1
    │
    │ **How it will be cited**
    │ J. Arden, “The coast of Miram”
    [Publish] [Edit details] [More details] [Discard]
    [▾ The language of the source: Language: Arabic | *Language: English | Language: other]
    ");
    mona.press(&report, "Publish").await;
    insta::assert_snapshot!(seen(&report.now()), @r"
    (only you see this)
    │ # The coast of Miram
    │ Published: it is found from now on.
    │
    │ Id: coast
    │ 2 sections, 3 paragraphs, 2 footnotes
    │ Language: English
    │ Author: J. Arden
    │
    │ **How it begins**
    │ > The town of Miram lies where the river Sel meets the northern sea.[1] Its harbour freezes every winter.
    │ The coast of Miram
    │ Paragraph 1
    │
    │ **How it will be cited**
    │ J. Arden, “The coast of Miram”
    [Edit details] [More details] [Who sees it] [Versions] [Withdraw]
    ");
    assert!(finds(&badr, QUESTION, "1889").await);

    // The same again changes nothing.
    let again = adds(&scene, &mona, "coast.txt", COAST.as_bytes(), &[]).await;
    insta::assert_snapshot!(seen(&again), @r"
    (only you see this)
    │ # The coast of Miram
    │ Nothing changed: this is version 1, which is there already.
    │
    │ Id: coast
    │ 2 sections, 3 paragraphs, 2 footnotes
    │ Language: English
    │ Author: J. Arden
    │
    │ **How it begins**
    │ > The town of Miram lies where the river Sel meets the northern sea.[1] Its harbour freezes every winter.
    │ The coast of Miram
    │ Paragraph 1
    │
    │ **How it will be cited**
    │ J. Arden, “The coast of Miram”
    [Edit details] [More details] [Who sees it] [Versions] [Withdraw]
    ");

    // A new text: a new version. The author need not be typed again.
    let new = COAST
        .replace("1889", "1890")
        .replace(" A storm broke the tower in 1934.[3]", "")
        .replace(
            "It taught two hundred pupils.",
            "It taught three hundred pupils.\nThe harbour was dredged in 1950 by the town.",
        );
    let report = adds(&scene, &mona, "coast.txt", new.as_bytes(), &[]).await;
    insta::assert_snapshot!(seen(&report), @r"
    (only you see this)
    │ # The coast of Miram
    │ Published as version 2: it is found from now on. Answers given before go on citing the version that they quoted.
    │
    │ Id: coast
    │ 2 sections, 4 paragraphs, 2 footnotes
    │ Language: English
    │ Author: J. Arden
    │
    │ **How it begins**
    │ > The town of Miram lies where the river Sel meets the northern sea.[1] Its harbour freezes every winter.
    │ The coast of Miram
    │ Paragraph 1
    │
    │ **How it will be cited**
    │ J. Arden, “The coast of Miram”
    [Edit details] [More details] [Who sees it] [Versions] [Withdraw]
    ");
    assert!(finds(&badr, QUESTION, "1890").await);

    // What changed between them.
    let history = mona.press(&report, "Versions").await;
    assert_eq!(history.callback, Some(7));
    insta::assert_snapshot!(seen(&report.now()), @r"
    (only you see this)
    │ # Versions of “The coast of Miram”
    │ **Version 2, the current one**
    │ The text was replaced
    │ 4 paragraphs, 2 footnotes
    │ File: coast.txt
    │ By: @Mona
    │ ‹time›
    │
    │ **Version 1**
    │ Added
    │ 3 paragraphs, 2 footnotes
    │ File: coast.txt
    │ By: @Mona
    │ ‹time›
    [Restore version 1]
    [Compare 1 and 2]
    ");
    mona.press(&report, "Compare 1 and 2").await;
    insta::assert_snapshot!(seen(&report.now()), @r"
    (only you see this)
    │ # “The coast of Miram”: versions 1 and 2
    │ 2 passages are worded otherwise.
    │ One passage is new.
    │ 3 passages are the same.
    │
    │ **Worded otherwise: Paragraph 2**
    │ Before:
    │ > The lighthouse of Miram was built in ~~1889~~ by the engineer Ada Holm.[2] Its lamp burned whale oil until 1921.[citation needed] ~~A storm broke the tower in 1934.[3]~~
    │ Now:
    │ > The lighthouse of Miram was built in **1890** by the engineer Ada Holm.[2] Its lamp burned whale oil until 1921.[citation needed]
    │
    │ **Worded otherwise: Paragraph 3**
    │ Before:
    │ > The fishermen of Miram founded a school of navigation beside the harbour. It taught ~~two~~ hundred pupils.
    │ Now:
    │ > The fishermen of Miram founded a school of navigation beside the harbour. It taught **three** hundred pupils.
    │
    │ **New: Paragraph 4**
    │ > The harbour was dredged in 1950 by the town.
    [Restore version 1] [Versions]
    ");

    // Withdrawn, not before it was asked; and back.
    let asked = mona.slash("source remove", &[("id", "coast")]).await;
    insta::assert_snapshot!(seen(&asked), @r"
    (only you see this)
    │ # The coast of Miram
    │ Withdraw this source? It will be in no answer any more, and buttons under earlier answers will not show it.
    │
    │ Id: coast
    │ 4 paragraphs, 2 footnotes, version 2
    │
    │ It can be restored until:
    │ ‹time›
    [Withdraw it] [Keep it]
    ");
    assert!(finds(&badr, QUESTION, "1890").await);
    mona.press(&asked, "Withdraw it").await;
    insta::assert_snapshot!(seen(&asked.now()), @r"
    (only you see this)
    │ # The coast of Miram
    │ Withdrawn: it is in no answer any more.
    │
    │ It can be restored until:
    │ ‹time›
    [Undo]
    ");
    assert!(!finds(&badr, QUESTION, "1890").await);
    let offered = mona.autocomplete("source restore", "id", "mir").await;
    assert_eq!(offered.to_string(), "The coast of Miram (coast)");
    assert!(
        mona.autocomplete("source show", "id", "mir")
            .await
            .choices
            .is_empty()
    );
    let restored = mona.slash("source restore", &[("id", "coast")]).await;
    insta::assert_snapshot!(seen(&restored), @r"
    (only you see this)
    │ # The coast of Miram
    │ Version 2 is the current one now.
    │
    │ Id: coast
    │ 2 sections, 4 paragraphs, 2 footnotes
    │ Language: English
    │ Author: J. Arden
    │
    │ **How it begins**
    │ > The town of Miram lies where the river Sel meets the northern sea.[1] Its harbour freezes every winter.
    │ The coast of Miram
    │ Paragraph 1
    │
    │ **How it will be cited**
    │ J. Arden, “The coast of Miram”
    [Edit details] [More details] [Who sees it] [Versions] [Withdraw]
    ");
    assert!(finds(&badr, QUESTION, "1890").await);

    // The former version again.
    mona.slash("source restore", &[("id", "coast"), ("version", "1")])
        .await;
    assert!(finds(&badr, QUESTION, "1889").await);

    // Only for some.
    let limits = mona.slash("source limit", &[("id", "coast")]).await;
    insta::assert_snapshot!(seen(&limits), @r"
    (only you see this)
    │ # The coast of Miram
    │ Everybody here sees it, in every channel.
    │
    │ Whoever may not see it finds nothing of it: no answer, no suggestion, no count. What you choose holds at once.
    [▾ The channels in which it answers: ]
    [▾ The roles that see it: ]
    [The source]
    ");
    let study = scene.guild.channel("study");
    mona.choose(
        &limits,
        "The channels in which it answers",
        &[&study.id().to_string()],
    )
    .await;
    insta::assert_snapshot!(seen(&limits.now()), @r"
    (only you see this)
    │ # The coast of Miram
    │ It answers only in these channels and their threads:
    │ #study
    │
    │ Whoever may not see it finds nothing of it: no answer, no suggestion, no count. What you choose holds at once.
    [▾ The channels in which it answers: ]
    [▾ The roles that see it: ]
    [Everybody] [The source]
    ");
    assert!(!finds(&badr, QUESTION, "1889").await);
    assert!(finds(&badr.at(&study), QUESTION, "1889").await);
    let role = scene.guild.role("readers", 0);
    mona.choose(&limits, "The roles that see it", &[&role.id().to_string()])
        .await;
    assert!(!finds(&badr.at(&study), QUESTION, "1889").await);
    assert!(
        finds(
            &scene.guild.member("Rima").with_role(&role).at(&study),
            QUESTION,
            "1889"
        )
        .await
    );
    mona.press(&limits, "Everybody").await;
    assert!(finds(&badr, QUESTION, "1889").await);

    // The list for everybody hints moderators at this.
    let list = mona.slash("sources", &[]).await.to_string();
    assert!(list.contains("/source"), "{list}");
    let list = badr.slash("sources", &[]).await.to_string();
    assert!(!list.contains("`/source`"), "{list}");

    // A right that is gone is gone with the next press.
    let mona = mona.permitted(permission::MANAGE_MESSAGES);
    let refused = mona.press(&limits, "The source").await;
    assert!(
        refused.to_string().contains("manage this server"),
        "{refused}"
    );
    assert_eq!(scene.double.violations(), NONE);
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_in_arabic() {
    let scene = scene().await;
    let mona = moderator(&scene, ARABIC).await;
    let text = "سفينة نوح\nبُنيت السفينة من خشب الجفر.[1] وكان طولها ثلاثمائة ذراع.[2]\n^سفر التكوين، الإصحاح 6.\n";
    let report = adds(
        &scene,
        &mona,
        "ark.txt",
        text.as_bytes(),
        &[("title", "سفينة نوح")],
    )
    .await;
    insta::assert_snapshot!(seen(&report), @r"
    (only you see this)
    │ # سفينة نوح
    │ لم يُنشر بعد: انظر فيه، ثم انشره أو احذف المسودة. تبقى المسودة يومًا واحدًا.
    │
    │ المعرّف: ark
    │ قسم واحد، فقرة واحدة، حاشية واحدة
    │ اللغة: العربية
    │ لم يُذكر مؤلف.
    │
    │ **ما يحتاج إلى نظر**
    │ • السطر 2: ليس في المصدر حاشية للعلامة [2]؛ وستقول الأجوبة ذلك.
    │
    │ **أوله**
    │ > بُنيت السفينة من خشب الجفر.[1] وكان طولها ثلاثمائة ذراع.[2]
    │ سفينة نوح
    │ الفقرة 1
    │
    │ **الإحالة إليه**
    │ «سفينة نوح»
    [نشر] [تعديل البيانات] [بيانات أخرى] [حذف المسودة]
    [▾ لغة المصدر: *اللغة: العربية | اللغة: الإنجليزية | اللغة: أخرى]
    ");
    let form = mona.press(&report, "بيانات أخرى").await;
    insta::assert_snapshot!(form.to_string(), @r"
    «تتمة بيانات الإحالة»
    المحقق: ____
    الطبعة: ____
    مكان النشر: ____
    الرابط: ____
    قُرئ هناك في (2026-11-25): ____
    ");
    mona.submit(&form, &[("المحقق", "أحمد الراوي"), ("الطبعة", "2")])
        .await;
    mona.press(&report, "نشر").await;
    insta::assert_snapshot!(seen(&report.now()), @r"
    (only you see this)
    │ # سفينة نوح
    │ نُشر، ويُبحث فيه من الآن.
    │
    │ المعرّف: ark
    │ قسم واحد، فقرة واحدة، حاشية واحدة
    │ اللغة: العربية
    │ المحقق: أحمد الراوي
    │ الطبعة: 2
    │ لم يُذكر مؤلف.
    │
    │ **أوله**
    │ > بُنيت السفينة من خشب الجفر.[1] وكان طولها ثلاثمائة ذراع.[2]
    │ سفينة نوح
    │ الفقرة 1
    │
    │ **الإحالة إليه**
    │ «سفينة نوح»، تحقيق أحمد الراوي، ط. 2
    [تعديل البيانات] [بيانات أخرى] [من يراه] [النسخ] [سحب]
    ");
    let new = text.replace("ثلاثمائة ذراع.[2]", "أربعمائة ذراع.");
    let second = adds(&scene, &mona, "ark.txt", new.as_bytes(), &[]).await;
    insta::assert_snapshot!(seen(&second), @r"
    (only you see this)
    │ # سفينة نوح
    │ نُشرت النسخة 2، ويُبحث فيها من الآن. أما الأجوبة السابقة فتبقى محيلة إلى النسخة التي اقتُبست منها.
    │
    │ المعرّف: ark
    │ قسم واحد، فقرة واحدة، حاشية واحدة
    │ اللغة: العربية
    │ المحقق: أحمد الراوي
    │ الطبعة: 2
    │ لم يُذكر مؤلف.
    │
    │ **أوله**
    │ > بُنيت السفينة من خشب الجفر.[1] وكان طولها أربعمائة ذراع.
    │ سفينة نوح
    │ الفقرة 1
    │
    │ **الإحالة إليه**
    │ «سفينة نوح»، تحقيق أحمد الراوي، ط. 2
    [تعديل البيانات] [بيانات أخرى] [من يراه] [النسخ] [سحب]
    ");
    mona.press(&second, "النسخ").await;
    insta::assert_snapshot!(seen(&second.now()), @r"
    (only you see this)
    │ # نسخ «سفينة نوح»
    │ **النسخة 2، وهي الحالية**
    │ استُبدل النص
    │ فقرة واحدة، حاشية واحدة
    │ الملف: ark.txt
    │ صنعها: @Mona
    │ ‹time›
    │
    │ **النسخة 1**
    │ أُضيف المصدر
    │ فقرة واحدة، حاشية واحدة
    │ الملف: ark.txt
    │ صنعها: @Mona
    │ ‹time›
    [استعادة النسخة 1]
    [مقارنة 1 و2]
    ");
    mona.press(&second, "مقارنة 1 و2").await;
    insta::assert_snapshot!(seen(&second.now()), @r"
    (only you see this)
    │ # «سفينة نوح»: النسختان 1 و2
    │ تغيرت صياغة موضع واحد.
    │ بقي موضع واحد كما هو.
    │
    │ **تغيرت الصياغة: الفقرة 1**
    │ كان:
    │ > بُنيت السفينة من خشب الجفر.[1] وكان طولها ~~ثلاثمائة ذراع.[2]~~
    │ صار:
    │ > بُنيت السفينة من خشب الجفر.[1] وكان طولها **أربعمائة ذراع.**
    [استعادة النسخة 1] [النسخ]
    ");
    let limits = mona.slash("source limit", &[("id", "ark")]).await;
    mona.choose(
        &limits,
        "القنوات التي يُجاب منه فيها",
        &[&scene.general.id().to_string()],
    )
    .await;
    insta::assert_snapshot!(seen(&limits.now()), @r"
    (only you see this)
    │ # سفينة نوح
    │ لا يُجاب منه إلا في هذه القنوات وسلاسلها:
    │ #general
    │
    │ من لا يجوز له أن يراه لا يجد منه شيئًا: لا جوابًا ولا اقتراحًا ولا عددًا. وما تختاره يسري فورًا.
    [▾ القنوات التي يُجاب منه فيها: ]
    [▾ الرتب التي تراه: ]
    [الجميع] [المصدر]
    ");
    let asked = mona.slash("source remove", &[("id", "ark")]).await;
    insta::assert_snapshot!(seen(&asked), @r"
    (only you see this)
    │ # سفينة نوح
    │ أتسحب هذا المصدر؟ لن يرد في جواب بعد ذلك، ولن تعرضه الأزرار التي تحت الأجوبة السابقة.
    │
    │ المعرّف: ark
    │ فقرة واحدة، حاشية واحدة، النسخة 2
    │
    │ تمكن استعادته إلى:
    │ ‹time›
    [نعم، اسحبه] [لا، أبقه]
    ");
    mona.press(&asked, "نعم، اسحبه").await;
    insta::assert_snapshot!(seen(&asked.now()), @r"
    (only you see this)
    │ # سفينة نوح
    │ سُحب المصدر، فلا يرد في أي جواب.
    │
    │ تمكن استعادته إلى:
    │ ‹time›
    [تراجع]
    ");
    mona.press(&asked, "تراجع").await;
    insta::assert_snapshot!(seen(&asked.now()), @r"
    (only you see this)
    │ # سفينة نوح
    │ صارت النسخة 2 هي الحالية.
    │
    │ المعرّف: ark
    │ قسم واحد، فقرة واحدة، حاشية واحدة
    │ اللغة: العربية
    │ المحقق: أحمد الراوي
    │ الطبعة: 2
    │
    │ **أوله**
    │ > بُنيت السفينة من خشب الجفر.[1] وكان طولها أربعمائة ذراع.
    │ سفينة نوح
    │ الفقرة 1
    │
    │ **الإحالة إليه**
    │ «سفينة نوح»، تحقيق أحمد الراوي، ط. 2
    [تعديل البيانات] [بيانات أخرى] [من يراه] [النسخ] [سحب]
    ");
    let failed = adds(&scene, &mona, "empty.txt", b"  \n", &[]).await;
    insta::assert_snapshot!(seen(&failed), @r"
    (only you see this)
    │ # empty.txt
    │ تعذرت قراءة هذا الملف، ولم يُحفظ منه شيء.
    │
    │ • الملف: فارغ، لا نص فيه.
    ");
    let paste = mona.slash("source paste", &[]).await;
    insta::assert_snapshot!(paste.to_string(), @r"
    «إضافة نص»
    العنوان: ____
    النص: ____
    المعرّف: ____
    المؤلف: ____
    الرخصة: ____
    ");
    let done = mona
        .submit(
            &paste,
            &[
                ("العنوان", "قول"),
                ("النص", "العلم في الصغر كالنقش على الحجر."),
            ],
        )
        .await;
    insta::assert_snapshot!(seen(&ended(done).await), @r"
    (only you see this)
    │ # قول
    │ نُشر، ويُبحث فيه من الآن.
    │
    │ المعرّف: قول
    │ لا أقسام، فقرة واحدة، لا حواشي
    │ اللغة: العربية
    │ لم يُذكر مؤلف.
    │
    │ **أوله**
    │ > العلم في الصغر كالنقش على الحجر.
    │ الفقرة 1
    │
    │ **الإحالة إليه**
    │ «قول»
    [تعديل البيانات] [بيانات أخرى] [من يراه] [النسخ] [سحب]
    ");
    scene.ends().await;
}
