//! Questions, and what they are answered with.

use std::time::Duration;

use super::{WHEN, scene, scene_with, seen};
use crate::discord_double::Reply;

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_in_its_language() {
    let scene = scene().await;
    let ana = &scene.ana;

    let arabic = ana.slash("ask", &[("question", WHEN)]).await;
    insta::assert_snapshot!(seen(&arabic), @r#"
    │ # العلاقات الروسية الكورية الشمالية
    │ باختصار، من المصدر:
    │ > 12 أكتوبر من عام 1948
    │
    │ > العلاقات الروسية الكورية الشمالية (هانغل: 로씨야련방-조선민주주의인민공화국 관계) (بالروسية: Российско-северокорейские отношения) هي علاقات ثنائية بين روسياوكوريا الشمالية. **أقيمت أولى العلاقات الدبلوماسية بين كوريا الشمالية (جمهورية كوريا الشعبية الديمقراطية) والاتحاد السوفييتي (اتحاد الجمهوريات الاشتراكية السوفييتية، الدولة السالفة لروسيا الاتحادية) في 12 أكتوبر من عام 1948 بُعيد إعلان قيام جمهورية كوريا الشعبية الديمقراطية.** خلال الحرب الكورية، تلقى الجيش الشعبي الكوري الدعم من قبل القوات العسكرية السوفييتية. أقيمت كوريا الشمالية كجزءٍ من المعسكر الشيوعي وتلقّت دعمًا روسيًا كبيرًا.[1] تنافست الصين والاتحاد السوفييتي على اكتساب نفوذ في كوريا الشمالية خلال النزاع الصيني-السوفييتي في الستينيات من القرن العشرين، مع محاولة كوريا الشمالية الحفاظ على علاقات ودية بكلا البلدين.[2]
    │
    │ [1] Kyung-Ae Park & Scott Snyder, "North Korea in Transition: Evolution or Revolution?" in North Korea in Transition: Politics, Economy, and Society (eds. Kyung-Ae Park & Scott Snyder: Rowman & Littlefield: 2013), p. 275.
    │ [2] Chi Young Pak, Korea and the United Nations (ولترز كلوير: 2000), p. 43.
    │
    │ الفقرة 1
    │ المؤلف: مساهمو ويكيبيديا
    │ الناشر: ويكيبيديا العربية
    │ الرخصة: CC BY-SA 4.0
    │
    │ أرجّح كثيرًا أن هذا هو الجواب.
    [السابق (off)] [التالي] [في سياقه] [الحواشي] [نسخ الإحالة]
    [حذف]
    "#);
    let english = ana
        .slash(
            "ask",
            &[(
                "question",
                "When did Kim Il Sung last visit the Soviet Union?",
            )],
        )
        .await;
    insta::assert_snapshot!(seen(&english), @r"
    │ # العلاقات الروسية الكورية الشمالية › التاريخ › الفترة السوفييتية
    │ In short, from the source:
    │ > 1986
    │
    │ > قدم الاتحاد السوفييتي دعمًا كبيرًا إلى كوريا الشمالية خلال الحرب الباردة. كانت كوريا الشمالية في السابق تحت حكم الإدارة المدنية السوفييتيةواللجنة الشعبية لكوريا الشمالية منذ عام 1945 حتى عام 1948. شارك فيلق الطيران الحربي السوفييتي رقم 64 في الحرب الكورية حيث زود كوريا الشمالية والصين بالطيارين الذين كانتا بحاجة ماسة إليهم.[5] غير أن الحكومة السوفييتية بدأت في ظل ميخائيل غورباتشوف بخفض المساعدات إلى الشمال بعد عام 1985 مفضلة المصالحة مع كوريا الجنوبية. تواصل تقديم المعدات العسكرية إلى أن سُلّمت الدفعة الأخيرة من طائرات ميغ 29 في عام 1989. **زار كم إل سونغ الاتحاد السوفييتي خمس مرات كانت آخرها عام 1986 خلال أوائل عهد غورباتشوف.** والتقى أيضًا بمسؤولين سوفييت في الخارج، من بينهم الزعيم السوفييتي ليونيد بريجينيف خلال جنازة الرئيس اليوغسلافيجوزيف بروز تيتو في مايو من عام 1980.
    │
    │ [5] The source does not give this footnote.
    │
    │ Your question is in English, the source in Arabic; these words matched:
    │ Kim Il Sung ↔ سونغ
    │ last ↔ آخرها
    │ visit ↔ زار
    │ Soviet Union ↔ الاتحاد السوفييتي
    │
    │ Paragraph 3
    │ Author: مساهمو ويكيبيديا
    │ Publisher: ويكيبيديا العربية
    │ Licence: CC BY-SA 4.0
    │
    │ This is very likely the answer.
    [Previous (off)] [Next] [In context] [Footnotes] [Copy citation]
    [Words] [Delete]
    ");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_however_it_is_asked() {
    let scene = scene().await;
    let (ana, badr, general) = (&scene.ana, &scene.badr, &scene.general);
    let mention = ana
        .mention(general, "من زار كوريا الشمالية في أبريل 2009؟")
        .await;
    let follow = badr
        .reply_to(
            mention.message(),
            "Who led the first committee meeting in 1996?",
        )
        .await;
    assert!(follow.message().pings.is_empty());
    let direct = badr
        .dm("How many Russians see North Korea as a friendly nation?")
        .await;
    assert_eq!(direct.messages.len(), 1);
    let question = ana.says(general, "ما قرار مجلس الأمن الذي دعمته روسيا عام 2006؟");
    let menu = badr.message_menu("Ask Sanad", &question).await;
    assert!(!menu.is_ephemeral());
    insta::assert_snapshot!(scene.double.transcript(), @r"
    Ana in #general: @Sanad من زار كوريا الشمالية في أبريل 2009؟
    Sanad in #general, replying to Ana:
      │ # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول من القرن الحالي
      │ > **في أبريل من عام 2009 زار وزير الخارجية الروسيسيرغي لافروف كوريا الشمالية ووقّع خطة مع مون جاي تشول، الرئيس بالنيابة للجنة الكورية للعلاقات الثقافية مع الدول الأجنبية لعامي 2009-2010 للتبادل الثقافي والعلمي.**
      │
      │ الفقرة 9
      │ المؤلف: مساهمو ويكيبيديا
      │ الناشر: ويكيبيديا العربية
      │ الرخصة: CC BY-SA 4.0
      │
      │ أرجّح كثيرًا أن هذا هو الجواب.
      [السابق (off)] [التالي] [في سياقه] [نسخ الإحالة]
      [حذف]
    Badr in #general replies to «│ # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول من القرن الحالي»: Who led the first committee meeting in 1996?
    Sanad in #general, replying to Badr:
      │ # العلاقات الروسية الكورية الشمالية › التاريخ › الفترة السوفييتية
      │ > **عُقد اللقاء الأول للجنة الحكومتين للتجارة والاقتصاد والتعاون التقني العلمي بين روسيا وكوريا الديمقراطية في ربيع عام 1996 بقيادة نائب رئيس الوزراء فيتالي إغناتنكو.** كان هذا لقاءًا على أعلى مستوى (على مستوى نائب رئيس الوزراء) بين موسكو وبيونغ يانغ منذ انهيار الاتحاد السوفييتي. خلال الزيارة، وافق البلدان على إعادة التعاون التجاري الاقتصادي الثنائي إلى مستوى العام 1991. واتفق الطرفان أيضًا إعادة اللجنة الحكومية الثنائية وعلى إنشاء هيئات على مستوى العمل بين كوريا الشمالية ومقاطعة أقصى الشرق الروسية للتعاون الثنائي في التقانة العلمية والصناعات الخفيفة والحراجة والنقل. حمل إغناتنكو رسالة شخصية من يلتسن إلى كيم جونغ إيل. أعرب يلتسن في الرسالة عن آماله بتخفيف التوتر في شبه الجزيرة الكورية وأن تواصل كوريا الشمالية احترامها لاتفاق الهدنة. من جانبه لم يرسل كيم جونغ إيل ولا حتى رسالة رد، ورفض لقاء الوفد الروسي، إذ كان يتوقع فوز زيوغانوف، زعيم الحزب الشيوعي، في الانتخابات الرئاسية القادمة في يونيو-يوليو من عام 1996.[6]
      │
      │ [6] The source does not give this footnote.
      │
      │ Your question is in English, the source in Arabic; these words matched:
      │ led ↔ بقيادة
      │ first ↔ الأول
      │ committee ↔ اللجنة
      │ meeting ↔ اللقاء
      │ 1996 ↔ 1996
      │
      │ Paragraph 4
      │ Author: مساهمو ويكيبيديا
      │ Publisher: ويكيبيديا العربية
      │ Licence: CC BY-SA 4.0
      │
      │ This is very likely the answer.
      [Previous (off)] [Next] [In context] [Footnotes] [Copy citation]
      [Words] [Delete]
    Badr in a direct message: How many Russians see North Korea as a friendly nation?
    Sanad in a direct message, replying to Badr:
      │ # العلاقات الروسية الكورية الشمالية
      │ In short, from the source:
      │ > 34% من الروس
      │
      │ > **تتراجع بشكل تدريجي التصورات الإيجابية عن كوريا الشمالية في روسيا، إذ ينظر فقط 34% من الروس إلى كوريا الشمالية على أنها أمة صديقة،** ويعتقد 60% من الروس أن الأسلحة النووية لكوريا الشمالية تشكل تهديدًا لدول أخرى، ويؤيد 8% فقط تقديم الدعم لكوريا الشمالية في أي صراع محتمل.[بحاجة لمصدر] وبحسب استطلاع خدمة بي بي سي العالمية لعام 2014، ينظر 19% من الروس إلى نفوذ كوريا الشمالية بصورة إيجابية، في حين أعرب 37% عن نظرة سلبية.[4]
      │
      │ [4] The source does not give this footnote.
      │ Note: the source itself marks a claim in this passage as unsourced.
      │
      │ Your question is in English, the source in Arabic; these words matched:
      │ Russians ↔ روسيا
      │ see ↔ نظرة
      │ North Korea ↔ كوريا الشمالية
      │ friendly ↔ صديقة
      │ nation ↔ أمة
      │
      │ Paragraph 2
      │ Author: مساهمو ويكيبيديا
      │ Publisher: ويكيبيديا العربية
      │ Licence: CC BY-SA 4.0
      │
      │ This is very likely the answer.
      [Previous (off)] [Next] [In context] [Footnotes] [Copy citation]
      [Words] [Delete]
    Ana in #general: ما قرار مجلس الأمن الذي دعمته روسيا عام 2006؟
    Badr in #general uses «Ask Sanad» on «ما قرار مجلس الأمن الذي دعمته روسيا عام 2006؟»
    Sanad in #general, answering Badr:
      │ # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول من القرن الحالي
      │ > **دعمت روسيا في عام 2006 قرار مجلس الأمن التابع للأمم المتحدة رقم 1695 في شهر يوليو، مُدينةً التجارب الصاروخية التي قامت بها كوريا الشمالية في عام 2006.**
      │
      │ الفقرة 8
      │ المؤلف: مساهمو ويكيبيديا
      │ الناشر: ويكيبيديا العربية
      │ الرخصة: CC BY-SA 4.0
      │
      │ أرجّح كثيرًا أن هذا هو الجواب.
      │
      │ السؤال من هذه الرسالة: https://discord.com/channels/‹id›/‹id›/‹id›
      [السابق (off)] [التالي] [في سياقه] [نسخ الإحالة]
      [حذف]
    ");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_is_typed_questions_are_offered_that_have_an_answer() {
    let scene = scene().await;
    let nobody_asked = "asked by nobody";
    scene.ana.slash("ask", &[("question", nobody_asked)]).await;
    let empty = scene.ana.autocomplete("ask", "question", "").await;
    insta::assert_snapshot!(seen(&empty), @r"
    الفترة السوفييتية
    العقد الأول من القرن الحالي
    ما هي العلاقات الروسية الكورية الشمالية؟
    ");
    let typed = scene.ana.autocomplete("ask", "question", "العقد").await;
    insta::assert_snapshot!(seen(&typed), @r"
    العقد الأول من القرن الحالي
    الفترة السوفييتية
    ");
    let private = scene
        .ana
        .autocomplete("ask", "question", nobody_asked)
        .await;
    assert_eq!(
        private.choices,
        [],
        "what somebody asked is nobody's suggestion"
    );
    // What is offered is answered.
    let (_, offered) = &typed.choices[0];
    let answer = scene
        .ana
        .slash("ask", &[("question", offered.as_str().unwrap())])
        .await;
    assert!(answer.to_string().contains("الجواب."), "{answer}");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_found_is_said_with_the_nearest_passages() {
    let scene = scene().await;
    scene.fills_the_library().await;
    let none = scene
        .ana
        .slash("ask", &[("question", "Why was the harbour painted red?")])
        .await;
    insta::assert_snapshot!(seen(&none), @r"
    │ # Hardly any word of your question appears in the sources.
    │ The nearest that I found:
    │
    │ **1\. coast › History**
    │ > The fishermen of Miram founded a school of navigation beside the harbour.
    │ Paragraph 3
    │
    │ **2\. coast › The coast of Miram**
    │ > Its harbour freezes every winter.
    │ Paragraph 1
    [Open 1] [Open 2]
    [Delete]
    ");
    let opened = scene.ana.press(&none, "Open 2").await;
    insta::assert_snapshot!(seen(&opened), @r"
    │ # coast › The coast of Miram
    │ Number 2 of the 2 nearest passages; I did not find an answer that I would rely on.
    │
    │ > The town of Miram lies where the river Sel meets the northern sea.[1] **Its harbour freezes every winter.**
    │
    │ [1] R. Dahl, Rivers of the North, p. 12.
    │
    │ Paragraph 1
    [Previous] [Next (off)] [In context] [Footnotes] [Copy citation]
    [Delete]
    ");
    let absent = scene
        .badr
        .mention(&scene.general, "ما رأي أرسطو في المنارة؟")
        .await;
    // Which reason is given is the answer's matter; that there is one, and in Arabic, is that of the message.
    let absent = seen(&absent);
    let (reason, nearest) = absent.split_once('\n').unwrap();
    assert!(
        reason.starts_with("│ # ") && reason.contains("المصادر"),
        "{reason}"
    );
    insta::assert_snapshot!(nearest, @r"
    │ أقرب ما وجدته:
    │
    │ **1\. coast**
    │ > See https://example.org/holm/lighthouse for the drawings.
    │ الحاشية [2]
    │
    │ **2\. coast › History**
    │ > The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2]
    │ الفقرة 2
    [فتح 1] [فتح 2]
    [حذف]
    ");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_question_gets_a_fitting_sentence() {
    let scene = scene().await;
    let (ana, general) = (&scene.ana, &scene.general);
    ana.mention(general, "").await;
    ana.mention(general, "🙂🙂 <:book:123456789012345678>")
        .await;
    ana.mention(general, "Когда были установлены отношения?")
        .await;
    ana.slash("ask", &[("question", "언제 수교했나?")]).await;
    let long = ana.mention(general, &"متى ".repeat(2_500)).await;
    assert!(long.message().content.len() < 200);
    let picture = scene.double.file("map.png", "image/png", vec![0; 8]);
    let message = ana.says_with(general, "", &[&picture]);
    ana.message_menu("Ask Sanad", &message).await;
    let transcript = scene.double.transcript().replace(&"متى ".repeat(2_499), "");
    insta::assert_snapshot!(transcript, @r"
    Ana in #general: @Sanad
    Sanad in #general, replying to Ana:
      لم أجد في سؤالك كلمة أبحث عنها. اكتب سؤالًا بالعربية أو الإنجليزية.
      There is no word in your question to look for. Ask in Arabic or English.
    Ana in #general: @Sanad 🙂🙂 <:book:‹id›>
    Sanad in #general, replying to Ana:
      لم أجد في سؤالك كلمة أبحث عنها. اكتب سؤالًا بالعربية أو الإنجليزية.
      There is no word in your question to look for. Ask in Arabic or English.
    Ana in #general: @Sanad Когда были установлены отношения?
    Sanad in #general, replying to Ana:
      لا أفهم إلا العربية والإنجليزية.
      I understand Arabic and English only.
    Ana in #general uses /ask question: 언제 수교했나?
    Sanad in #general, answering Ana:
      لا أفهم إلا العربية والإنجليزية.
      I understand Arabic and English only.
    Ana in #general: @Sanad متى
    Sanad in #general, replying to Ana:
      سؤالك أطول مما ينبغي؛ الحد 500 حرف.
    Ana in #general:  (map.png)
    Ana in #general uses «Ask Sanad» on «(map.png, 8 bytes)»
    Sanad in #general, seen by Ana only:
      ليس في تلك الرسالة نص أبحث عنه.
      There is no text in that message that I could look for.
    ");

    // Nobody asked anything here.
    ana.says(general, "Sanad, when?");
    ana.says(general, "@everyone متى؟");
    ana.replies_without_ping(long.message(), "متى؟");
    assert!(scene.double.stays_quiet(Duration::from_millis(500)).await);
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_takes_its_time_is_announced() {
    let scene = scene_with(&[("discord.defer_after_ms", "0")]).await;
    let (ana, badr, general) = (&scene.ana, &scene.badr, &scene.general);
    let slow = ana.slash("ask", &[("question", WHEN)]).await;
    assert_eq!((slow.callback, slow.messages.len()), (Some(5), 1));
    assert!(slow.to_string().contains("1948") && !slow.is_ephemeral());
    let private = ana
        .slash("ask", &[("question", WHEN), ("private", "true")])
        .await;
    assert_eq!(private.callback, Some(5));
    assert!(private.to_string().contains("1948") && private.is_ephemeral());
    let pressed = ana.press(&slow, "في سياقه").await;
    assert_eq!(pressed.callback, Some(6));
    assert!(slow.now().to_string().contains("[العودة إلى النص]"));
    let other = badr.press(&slow, "نسخ الإحالة").await;
    assert_eq!(other.callback, Some(5));
    assert!(other.is_ephemeral());
    let mention = ana.mention(general, WHEN).await;
    assert_eq!(mention.messages.len(), 1);
    assert!(general.n_typing() >= 1);
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_answer_is_seen_by_the_asker_alone() {
    let scene = scene().await;
    let reply = scene
        .ana
        .slash("ask", &[("question", WHEN), ("private", "true")])
        .await;
    assert!(reply.is_ephemeral() && reply.to_string().contains("1948"));
    let next = scene.ana.press(&reply, "التالي").await;
    assert_eq!(next.callback, Some(7));
    assert_eq!(scene.general.messages().len(), 0);
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_s_sources_answer_there_and_nowhere_else() {
    let scene = scene().await;
    scene.fills_the_library().await;
    let question = [("question", "When was the lighthouse built?")];
    let answers = |reply: &Reply| reply.to_string().contains("1889");
    let ana = &scene.ana;
    assert!(answers(&ana.slash("ask", &question).await));
    assert!(!answers(&ana.in_dm().slash("ask", &question).await));
    assert!(!answers(&ana.in_group().slash("ask", &question).await));
    assert!(!answers(&ana.dm(question[0].1).await));
    let foreign = scene.double.foreign_guild("elsewhere");
    let visitor = foreign.member("Ana");
    assert!(!answers(&visitor.slash("ask", &question).await));
    // Everywhere else the starter sources answer, and their buttons work there.
    let starter = visitor.slash("ask", &[("question", WHEN)]).await;
    assert!(starter.to_string().contains("1948"));
    assert_eq!(visitor.press(&starter, "التالي").await.callback, Some(7));
    let other = scene.double.guild("another");
    assert!(!answers(&other.member("Eve").slash("ask", &question).await));
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn arabic_in_latin_letters_is_answered_in_arabic() {
    let scene = scene().await;
    let general = &scene.general;
    let when = scene
        .ana
        .mention(general, "metta zar kim il sung el etti7ad el soviety?")
        .await;
    let said = seen(&when);
    let said = said.lines().filter(|line| line.contains(['↔', '؛', '[']));
    let said: Vec<&str> = said.filter(|line| !line.contains("**")).collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    │ [5] لا يورد المصدر نص هذه الحاشية.
    │ سؤالك عربي مكتوب بحروف لاتينية؛ وهذه الكلمات المتقابلة:
    │ zar ↔ زار
    │ sung ↔ سونغ
    │ etti7ad ↔ الاتحاد
    │ soviety ↔ السوفييتي
    [السابق (off)] [التالي] [في سياقه] [الحواشي] [نسخ الإحالة]
    [حذف]
    ");
    let none = scene.ana.mention(general, "kayf 7al el 6a2s?").await;
    assert!(seen(&none).contains("المصادر"), "{none}");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ping_says_that_the_bot_is_here() {
    let scene = scene().await;
    let reply = scene.ana.slash("ping", &[]).await;
    let version = env!("CARGO_PKG_VERSION");
    insta::assert_snapshot!(seen(&reply).replace(version, "VERSION"), @r"
    أنا هنا.
    الإصدار VERSION
    بدأتُ العمل: ‹time›
    I am here.
    Version VERSION
    Started ‹time›
    ");
    scene.ends().await;
}
