//! Whole conversations, read as people see them.

use std::time::Duration;

use serde_json::json;

use super::{Bot, Home};
use crate::discord_double::{Channel, Double, Guild, Person, Reply, Trouble, permission};

const NONE: [&str; 0] = [];
/// It is answered by the first paragraph of the article.
const WHEN: &str = "متى أقيمت العلاقات الدبلوماسية بين كوريا الشمالية والاتحاد السوفييتي؟";

/// A small source of a server's own, with footnotes and a claim that nobody backs.
const COAST: &str = "The coast of Miram
The town of Miram lies where the river Sel meets the northern sea.[1] Its harbour freezes every winter.
History
The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2] Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
The fishermen of Miram founded a school of navigation beside the harbour. It taught two hundred pupils.
^R. Dahl, Rivers of the North, p. 12.
^A. Holm, Memoirs, vol. 2, p. 340. See https://example.org/holm/lighthouse for the drawings.
";

/// A server with two people in it, and the bot.
struct Scene {
    double: Double,
    guild: Guild,
    general: Channel,
    ana: Person,
    badr: Person,
    home: Home,
    bot: Bot,
}

/// The scene once the bot is there, with these keys set otherwise.
async fn scene_with(keys: &[(&str, &str)]) -> Scene {
    let double = Double::start().await;
    // A debug build on a busy machine is slow, and how fast the bot is is not what is read here.
    double.gives_the_bot(Duration::from_secs(20));
    double.has_patience(Duration::from_secs(30));
    let guild = double.guild("مكتبة");
    let mut home = Home::new(&double).with("discord.defer_after_ms", "2500");
    for (key, value) in keys {
        home = home.with(key, value);
    }
    let bot = home.start();
    bot.logs(1, "connected name=Sanad").await;
    Scene {
        general: guild.channel("general"),
        ana: guild.member("Ana"),
        badr: guild.member("Badr"),
        double,
        guild,
        home,
        bot,
    }
}

async fn scene() -> Scene {
    scene_with(&[]).await
}

impl Scene {
    /// The bot leaves; nothing that it did was a violation, and nothing that was asked stands in its log.
    #[track_caller]
    fn ends(self) -> impl Future<Output = ()> {
        let place = std::panic::Location::caller();
        async move {
            let ended = self.bot.leaves().await;
            assert_eq!(self.double.violations(), NONE, "{place}: {}", ended.log);
            let mut own = ended.complaints();
            // How serenity's own socket comes to be closed is no matter of a conversation.
            own.retain(|line| line.contains("sanad::"));
            assert_eq!(own, NONE, "{place}");
            for secret in [Double::TOKEN, "interaction-", "السوفييتي", "Pyongyang"] {
                assert!(!ended.log.contains(secret), "{place}: {}", ended.log);
            }
        }
    }

    /// The bot leaves and is started anew.
    async fn restarts(&mut self) {
        let new = self.home.start();
        std::mem::replace(&mut self.bot, new).leaves().await;
        self.bot.logs(1, "connected name=Sanad").await;
    }

    /// Leaves the server with the small source alone.
    async fn fills_the_library(&self) {
        // A server's library is made when it is first asked.
        self.ana.slash("ask", &[("question", "?")]).await;
        self.file("coast.txt", COAST);
        self.source(&["add", "coast.txt"]).await;
        self.source(&["remove", "russia-north-korea"]).await;
    }

    /// Does something with the server's sources at the terminal, while the bot runs.
    async fn source(&self, arguments: &[&str]) {
        let library = self.guild.id().to_string();
        let arguments: Vec<&str> = ["source"]
            .iter()
            .chain(arguments)
            .copied()
            .chain(["--library", &library])
            .collect();
        let mut command = self.home.command(&arguments);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap());
        let output = output.await.unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
    }

    /// Puts a file beside the bot, to be added as a source.
    fn file(&self, name: &str, text: &str) {
        std::fs::write(self.home.path().join(name), text).unwrap();
    }
}

/// A reply as people see it, for a snapshot: without blanks at the ends of lines, which an inline snapshot would lose.
fn seen(reply: &Reply) -> String {
    let text = reply.to_string();
    text.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_in_its_language_however_it_is_asked() {
    let scene = scene().await;
    let (ana, badr, general) = (&scene.ana, &scene.badr, &scene.general);

    let arabic = ana.slash("ask", &[("question", WHEN)]).await;
    insta::assert_snapshot!(seen(&arabic), @r#"
    │ # العلاقات الروسية الكورية الشمالية
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
    │ > قدم الاتحاد السوفييتي دعمًا كبيرًا إلى كوريا الشمالية خلال الحرب الباردة. كانت كوريا الشمالية في السابق تحت حكم الإدارة المدنية السوفييتيةواللجنة الشعبية لكوريا الشمالية منذ عام 1945 حتى عام 1948. شارك فيلق الطيران الحربي السوفييتي رقم 64 في الحرب الكورية حيث زود كوريا الشمالية والصين بالطيارين الذين كانتا بحاجة ماسة إليهم.[5] غير أن الحكومة السوفييتية بدأت في ظل ميخائيل غورباتشوف بخفض المساعدات إلى الشمال بعد عام 1985 مفضلة المصالحة مع كوريا الجنوبية. تواصل تقديم المعدات العسكرية إلى أن سُلّمت الدفعة الأخيرة من طائرات ميغ 29 في عام 1989. **زار كم إل سونغ الاتحاد السوفييتي خمس مرات كانت آخرها عام 1986 خلال أوائل عهد غورباتشوف.** والتقى أيضًا بمسؤولين سوفييت في الخارج، من بينهم الزعيم السوفييتي ليونيد بريجينيف خلال جنازة الرئيس اليوغسلافيجوزيف بروز تيتو في مايو من عام 1980.
    │
    │ [5] The source does not give this footnote.
    │
    │ Your question is in English, the source in Arabic; these words met:
    │ Kim Il Sung ↔ إل سونغ
    │ visit ↔ زار
    │ Soviet Union ↔ الاتحاد السوفييتي
    │
    │ Paragraph 3
    │ Author: مساهمو ويكيبيديا
    │ Publisher: ويكيبيديا العربية
    │ Licence: CC BY-SA 4.0
    │
    │ This may be the answer.
    [Previous (off)] [Next] [In context] [Footnotes] [Copy citation]
    ");

    scene.double.clear_transcript();
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
    insta::assert_snapshot!(scene.double.transcript(), @r#"
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
    Badr in #general replies to «│ # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول من القرن الحالي»: Who led the first committee meeting in 1996?
    Sanad in #general, replying to Badr:
      │ # العلاقات الروسية الكورية الشمالية › التاريخ › الفترة السوفييتية
      │ > **عُقد اللقاء الأول للجنة الحكومتين للتجارة والاقتصاد والتعاون التقني العلمي بين روسيا وكوريا الديمقراطية في ربيع عام 1996 بقيادة نائب رئيس الوزراء فيتالي إغناتنكو.** كان هذا لقاءًا على أعلى مستوى (على مستوى نائب رئيس الوزراء) بين موسكو وبيونغ يانغ منذ انهيار الاتحاد السوفييتي. خلال الزيارة، وافق البلدان على إعادة التعاون التجاري الاقتصادي الثنائي إلى مستوى العام 1991. واتفق الطرفان أيضًا إعادة اللجنة الحكومية الثنائية وعلى إنشاء هيئات على مستوى العمل بين كوريا الشمالية ومقاطعة أقصى الشرق الروسية للتعاون الثنائي في التقانة العلمية والصناعات الخفيفة والحراجة والنقل. حمل إغناتنكو رسالة شخصية من يلتسن إلى كيم جونغ إيل. أعرب يلتسن في الرسالة عن آماله بتخفيف التوتر في شبه الجزيرة الكورية وأن تواصل كوريا الشمالية احترامها لاتفاق الهدنة. من جانبه لم يرسل كيم جونغ إيل ولا حتى رسالة رد، ورفض لقاء الوفد الروسي، إذ كان يتوقع فوز زيوغانوف، زعيم الحزب الشيوعي، في الانتخابات الرئاسية القادمة في يونيو-يوليو من عام 1996.[6]
      │
      │ [6] The source does not give this footnote.
      │
      │ Your question is in English, the source in Arabic; these words met:
      │ first ↔ الأول
      │ committee ↔ اللجنة
      │ 1996 ↔ 1996
      │
      │ Paragraph 4
      │ Author: مساهمو ويكيبيديا
      │ Publisher: ويكيبيديا العربية
      │ Licence: CC BY-SA 4.0
      │
      │ This may be the answer.
      [Previous (off)] [Next] [In context] [Footnotes] [Copy citation]
    Badr in a direct message: How many Russians see North Korea as a friendly nation?
    Sanad in a direct message, replying to Badr:
      │ # The words of your question stand in the sources, but nowhere together.
      │ The nearest that I found:
      │
      │ **1\. العلاقات الروسية الكورية الشمالية**
      │ > Chi Young Pak, Korea and the United Nations (ولترز كلوير: 2000), p. 43.
      │ Footnote [2]
      │ Licence: CC BY-SA 4.0
      │
      │ **2\. العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول من القرن الحالي**
      │ > وفي 21 ديسمبر 2023، قال رئيس الأركان العامة الروسي فاليري جيراسيموف، إن روسيا دشنت تعاوناً دفاعياً "شاملاً" مع كوريا الشمالية.[8]
      │ Paragraph 12
      │ Licence: CC BY-SA 4.0
      │
      │ **3\. العلاقات الروسية الكورية الشمالية**
      │ > وبحسب استطلاع خدمة بي بي سي العالمية لعام 2014، ينظر 19% من الروس إلى نفوذ كوريا الشمالية بصورة إيجابية، في حين أعرب 37% عن نظرة سلبية.[4]
      │ Paragraph 2
      │ Licence: CC BY-SA 4.0
      [Open 1] [Open 2] [Open 3]
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
    "#);
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_is_typed_questions_are_offered_that_have_an_answer() {
    let scene = scene().await;
    let nobody_asked = "asked by nobody";
    scene.ana.slash("ask", &[("question", nobody_asked)]).await;
    let empty = scene.ana.autocomplete("ask", "question", "").await;
    insta::assert_snapshot!(seen(&empty), @r"
    التاريخ
    الفترة السوفييتية
    العقد الأول من القرن الحالي
    ما هي العلاقات الروسية الكورية الشمالية؟
    ");
    let typed = scene.ana.autocomplete("ask", "question", "العقد").await;
    insta::assert_snapshot!(seen(&typed), @r"
    العقد الأول من القرن الحالي
    التاريخ
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
async fn buttons_work_for_everyone_and_after_a_restart() {
    let mut scene = scene().await;
    scene.fills_the_library().await;
    let (ana, badr) = (scene.ana.clone(), scene.badr.clone());
    let answer = ana
        .slash("ask", &[("question", "When was the lighthouse built?")])
        .await;

    // Everything is forgotten but what stands in the message and in the catalogue.
    scene.restarts().await;
    scene.double.clear_transcript();
    let next = ana.press(&answer, "Next").await;
    assert_eq!(
        next.callback,
        Some(7),
        "the asker's press changes the message"
    );
    ana.press(&answer, "Previous").await;
    ana.press(&answer, "In context").await;
    ana.press(&answer, "Back to the passage").await;
    ana.press(&answer, "Footnotes").await;
    ana.press(&answer, "Back to the passage").await;
    let copied = ana.press(&answer, "Copy citation").await;
    assert!(copied.is_ephemeral());
    insta::assert_snapshot!(scene.double.transcript(), @r"
    Ana in #general presses [Next]
    Sanad edits in #general, answering Ana:
      │ # coast
      │ Passage 2 of the 2 found, the likeliest first.
      │
      │ > A. Holm, Memoirs, vol. 2, p. 340. **See https://example.org/holm/lighthouse for the drawings.**
      │
      │ One paragraph cites this footnote: 2
      │ Paragraph 2
      │ > The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2] Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
      │
      │ Footnote [2]
      [Previous] [Next (off)] [In context] [Copy citation]
    Ana in #general presses [Previous]
    Sanad edits in #general, answering Ana:
      │ # coast › History
      │ > **The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2]** Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
      │
      │ [2] A. Holm, Memoirs, vol. 2, p. 340. See https://example.org/holm/lighthouse for the drawings.
      │ [3] The source does not give this footnote.
      │ Note: the source itself marks a claim in this passage as unbacked.
      │
      │ Paragraph 2
      │
      │ This is very likely the answer.
      [Previous (off)] [Next] [In context] [Footnotes] [Copy citation]
    Ana in #general presses [In context]
    Sanad edits in #general, answering Ana:
      │ # coast › History
      │ The coast of Miram
      │ Paragraph 1
      │ > The town of Miram lies where the river Sel meets the northern sea.[1] Its harbour freezes every winter.
      │
      │ Paragraph 2
      │ > **The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2]** Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
      │
      │ Paragraph 3
      │ > The fishermen of Miram founded a school of navigation beside the harbour. It taught two hundred pupils.
      [Back to the passage] [Footnotes] [Copy citation]
    Ana in #general presses [Back to the passage]
    Sanad edits in #general, answering Ana:
      │ # coast › History
      │ > **The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2]** Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
      │
      │ [2] A. Holm, Memoirs, vol. 2, p. 340. See https://example.org/holm/lighthouse for the drawings.
      │ [3] The source does not give this footnote.
      │ Note: the source itself marks a claim in this passage as unbacked.
      │
      │ Paragraph 2
      │
      │ This is very likely the answer.
      [Previous (off)] [Next] [In context] [Footnotes] [Copy citation]
    Ana in #general presses [Footnotes]
    Sanad edits in #general, answering Ana:
      │ # coast › History
      │ [2] A. Holm, Memoirs, vol. 2, p. 340. See https://example.org/holm/lighthouse for the drawings.
      │ [3] The source does not give this footnote.
      │
      │ Paragraph 2
      [Back to the passage] [Copy citation]
    Ana in #general presses [Back to the passage]
    Sanad edits in #general, answering Ana:
      │ # coast › History
      │ > **The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2]** Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
      │
      │ [2] A. Holm, Memoirs, vol. 2, p. 340. See https://example.org/holm/lighthouse for the drawings.
      │ [3] The source does not give this footnote.
      │ Note: the source itself marks a claim in this passage as unbacked.
      │
      │ Paragraph 2
      │
      │ This is very likely the answer.
      [Previous (off)] [Next] [In context] [Footnotes] [Copy citation]
    Ana in #general presses [Copy citation]
    Sanad in #general, seen by Ana only:
      “coast”, section “History”, Paragraph 2
    ");

    // Somebody else gets the same by themselves; the answer stays as it is, and their own copy then changes for them.
    scene.restarts().await;
    scene.double.clear_transcript();
    let before = answer.now().to_string();
    let own = badr.press(&answer, "Next").await;
    assert!(own.is_ephemeral());
    badr.press(&own, "In context").await;
    assert_eq!(answer.now().to_string(), before);
    insta::assert_snapshot!(scene.double.transcript(), @r"
    Badr in #general presses [Next]
    Sanad in #general, seen by Badr only:
      │ # coast
      │ Passage 2 of the 2 found, the likeliest first.
      │
      │ > A. Holm, Memoirs, vol. 2, p. 340. **See https://example.org/holm/lighthouse for the drawings.**
      │
      │ One paragraph cites this footnote: 2
      │ Paragraph 2
      │ > The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2] Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
      │
      │ Footnote [2]
      [Previous] [Next (off)] [In context] [Copy citation]
    Badr in #general presses [In context]
    Sanad edits in #general, seen by Badr only:
      │ # coast
      │ History
      │ Paragraph 2
      │ > The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2] Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
      │
      │ Footnote [2]
      │ > A. Holm, Memoirs, vol. 2, p. 340. **See https://example.org/holm/lighthouse for the drawings.**
      [Back to the passage] [Copy citation]
    ");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_mentioned_in_may_press_too() {
    let scene = scene().await;
    scene.fills_the_library().await;
    let (ana, badr) = (&scene.ana, &scene.badr);
    let answer = ana
        .mention(&scene.general, "When was the lighthouse built?")
        .await;
    let next = ana.press(&answer, "Next").await;
    assert_eq!(next.callback, Some(7));
    let own = badr.press(&answer, "Previous").await;
    assert!(own.is_ephemeral());
    let direct = badr.dm(WHEN).await;
    assert_eq!(badr.press(&direct, "في سياقه").await.callback, Some(7));
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_press_leads_nowhere() {
    let scene = scene().await;
    scene.fills_the_library().await;
    let answer = scene
        .ana
        .slash("ask", &[("question", "When was the lighthouse built?")])
        .await;
    let elsewhere = scene.double.guild("another");
    let theirs = elsewhere
        .member("Eve")
        .slash("ask", &[("question", WHEN)])
        .await;
    let id = |reply: &Reply, label: &str| {
        let button = reply.message().component(label).unwrap();
        button["custom_id"].as_str().unwrap().to_owned()
    };
    let own = id(&answer, "In context");
    let foreign = id(&theirs, "في سياقه");
    let forged = [
        "",
        "1",
        "sources:1",
        &"1".repeat(100),
        &own.replacen("1C", "2C", 1),
        &own.replacen("1C", "1F999", 1),
        &format!("{own}P9B0"),
        "1CEY2tDI0V1P1B0",
        &foreign,
        "'; DROP TABLE source; --",
        "سند",
    ]
    .map(str::to_owned);
    let refused = |reply: &Reply| {
        assert!(reply.is_ephemeral(), "{reply}");
        assert_eq!(
            seen(reply),
            "(only you see this)\nلا أعرف هذا الزر. اسألني من جديد واستعمل أزرار ذلك الجواب.\n\
             I do not know this button. Ask me anew and use the buttons of that answer."
        );
    };
    for forged in forged {
        refused(&scene.badr.press_forged(&answer, &forged).await);
    }
    // Not even a sound id, where the message is somebody else's or is none that carries it.
    let message = scene.ana.says(&scene.general, "look");
    refused(&scene.badr.press_forged(&message, &own).await);
    refused(
        &scene
            .ana
            .press_forged(answer.message(), &own.replacen("I0", "I1", 1))
            .await,
    );
    assert!(
        answer.now().to_string().contains("1889"),
        "the answer stands as it was"
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_is_not_shown_any_more() {
    let scene = scene().await;
    scene.fills_the_library().await;
    let (ana, badr) = (&scene.ana, &scene.badr);
    let question = [("question", "When was the lighthouse built?")];
    let answer = ana.slash("ask", &question).await;
    scene.file("coast.txt", &COAST.replace("1889", "1890"));
    scene.source(&["add", "coast.txt"]).await;
    // An answer of before leads to what it quoted, and says that it is a former version.
    let former = badr.press(&answer, "In context").await;
    assert!(
        former.to_string().contains("1889")
            && former
                .to_string()
                .contains("From a former version of the source, number 1"),
        "{former}"
    );
    let current = ana.slash("ask", &question).await;
    assert!(
        current.to_string().contains("1890") && !current.to_string().contains("former"),
        "{current}"
    );
    scene.source(&["remove", "coast"]).await;
    scene.double.clear_transcript();
    ana.press(&answer, "In context").await;
    badr.press(&current, "Copy citation").await;
    ana.slash("ask", &question).await;
    insta::assert_snapshot!(scene.double.transcript(), @r"
    Ana in #general presses [In context]
    Sanad in #general, seen by Ana only:
      That passage has been withdrawn from the sources here.
    Badr in #general presses [Copy citation]
    Sanad in #general, seen by Badr only:
      That passage has been withdrawn from the sources here.
    Ana in #general uses /ask question: When was the lighthouse built?
    Sanad in #general, answering Ana:
      None of the words of your question stands in the sources.
    ");
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
    │ # None of the words of your question stands in the sources.
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
    ");
    let absent = scene
        .badr
        .mention(&scene.general, "ما رأي أرسطو في المنارة؟")
        .await;
    insta::assert_snapshot!(seen(&absent), @r"
    │ # لم أجد في المصادر أي كلمة من كلمات سؤالك.
    │ أقرب ما وجدته:
    │
    │ **1\. coast**
    │ > See https://example.org/holm/lighthouse for the drawings.
    │ الحاشية [2]
    [افتح 1]
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
async fn without_the_permission_to_embed_an_answer_is_plain_text_in_parts() {
    let scene = scene().await;
    scene.fills_the_library().await;
    let day = |n: usize| match n {
        23 => "On day 23 the brig Halcyon found an island of black glass.[1]".to_owned(),
        n => format!(
            "On day {n} the brig Halcyon sailed {} miles.",
            40 + n * 7 % 60
        ),
    };
    let log: Vec<String> = (1..=60).map(day).collect();
    scene.file(
        "log.txt",
        &format!("The log\n{}\n^The first mate's hand.\n", log.join(" ")),
    );
    scene.source(&["add", "log.txt"]).await;
    scene.general.denies_bot(permission::EMBED_LINKS);
    let question = "What did the brig Halcyon find on day 23?";
    let answer = scene.ana.mention(&scene.general, question).await;
    assert!(answer.message().embeds.is_empty());
    insta::assert_snapshot!(seen(&answer), @r"
    **log › The log**
    > On day 4 the brig Halcyon sailed 68 miles. On day 5 the brig Halcyon sailed 75 miles. On day 6 the brig Halcyon sailed 82 miles. On day 7 the brig Halcyon sailed 89 miles. On day 8 the brig Halcyon sailed 96 miles. On day 9 the brig Halcyon sailed 43 miles. On day 10 the brig Halcyon sailed 50 miles. On day 11 the brig Halcyon sailed 57 miles. On day 12 the brig Halcyon sailed 64 miles. On day 13 the brig Halcyon sailed 71 miles. On day 14 the brig Halcyon sailed 78 miles. On day 15 the brig Halcyon sailed 85 miles. On day 16 the brig Halcyon sailed 92 miles. On day 17 the brig Halcyon sailed 99 miles. On day 18 the brig Halcyon sailed 46 miles. On day 19 the brig Halcyon sailed 53 miles. On day 20 the brig Halcyon sailed 60 miles. On day 21 the brig Halcyon sailed 67 miles. On day 22 the brig Halcyon sailed 74 miles. **On day 23 the brig Halcyon found an island of black glass.[1]** On day 24 the brig Halcyon sailed 88 miles. On day 25 the brig Halcyon sailed 95 miles. On day 26 the brig Halcyon sailed 42 miles. On day 27 the brig Halcyon sailed 49 miles. On day 28 the brig Halcyon sailed 56 miles. On day 29 the brig Halcyon sailed 63 miles. On day 30 the brig Halcyon sailed 70 miles. On day 31 the brig Halcyon sailed 77 miles. On day 32 the brig Halcyon sailed 84 miles. On day 33 the brig Halcyon sailed 91 miles. On day 34 the brig Halcyon sailed 98 miles. On day 35 the brig Halcyon sailed 45 miles. On day 36 the brig Halcyon sailed 52 miles. On day 37 the brig Halcyon sailed 59 miles. On day 38 the brig Halcyon sailed 66 miles. On day 39 the brig Halcyon sailed 73 miles. On day 40 the brig Halcyon sailed 80 miles. On day 41 the brig Halcyon sailed 87 miles. On day 42 the brig Halcyon sailed 94 miles.
    Shown: sentences 4 to 42 of 60.

    [1] The first mate's hand.

    Paragraph 1

    This is very likely the answer.
    [In context] [Footnotes] [Copy citation]
    [What stands before] [Read on]
    ");

    // Discord grants embeds in answers to interactions; where it should not, they are plain too.
    scene.general.strips_embeds_from_interaction_replies();
    let on = scene.ana.press(&answer, "Read on").await;
    insta::assert_snapshot!(seen(&on), @r"
    **log › The log**
    > On day 43 the brig Halcyon sailed 41 miles. On day 44 the brig Halcyon sailed 48 miles. On day 45 the brig Halcyon sailed 55 miles. On day 46 the brig Halcyon sailed 62 miles. On day 47 the brig Halcyon sailed 69 miles. On day 48 the brig Halcyon sailed 76 miles. On day 49 the brig Halcyon sailed 83 miles. On day 50 the brig Halcyon sailed 90 miles. On day 51 the brig Halcyon sailed 97 miles. On day 52 the brig Halcyon sailed 44 miles. On day 53 the brig Halcyon sailed 51 miles. On day 54 the brig Halcyon sailed 58 miles. On day 55 the brig Halcyon sailed 65 miles. On day 56 the brig Halcyon sailed 72 miles. On day 57 the brig Halcyon sailed 79 miles. On day 58 the brig Halcyon sailed 86 miles. On day 59 the brig Halcyon sailed 93 miles. On day 60 the brig Halcyon sailed 40 miles.
    Shown: sentences 43 to 60 of 60.

    Paragraph 1

    This is very likely the answer.
    [In context] [Footnotes] [Copy citation]
    [What stands before]
    ");
    let slash = scene.ana.slash("ask", &[("question", question)]).await;
    assert!(slash.message().embeds.is_empty());
    assert!(
        slash.message().content.contains("**On day 23 the brig"),
        "{slash}"
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_permissions_are_named() {
    let scene = scene().await;
    let hall = scene.guild.channel("hall");
    hall.denies_bot(permission::SEND_MESSAGES);
    let ana = &scene.ana;
    ana.says(
        &hall,
        &format!("<@{}> When was the treaty signed?", Double::BOT),
    );
    let direct = ana.dm_with("Send Messages").await;
    insta::assert_snapshot!(direct, @"I may not answer in #hall: there I lack the permission “Send Messages”.");

    let square = scene.guild.channel("square");
    square.denies_bot(permission::READ_MESSAGE_HISTORY);
    ana.says(&square, &format!("<@{}> {WHEN}", Double::BOT));
    let answer = square.message_with("Read Message History").await;
    assert!(answer.to_string().contains("12 أكتوبر من عام 1948"));
    // It was tried as a reply first; that is the one refusal that had to come.
    let refused = scene.double.take_violations();
    assert!(
        refused.len() == 1 && refused[0].contains("160002"),
        "{refused:?}"
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_fast_waits() {
    let keys = [
        ("discord.cooldown_ms", "3600000"),
        ("discord.cooldown_burst", "2"),
    ];
    let scene = scene_with(&keys).await;
    let (ana, badr, general) = (&scene.ana, &scene.badr, &scene.general);
    ana.slash("ask", &[("question", WHEN)]).await;
    ana.mention(general, "متى؟").await;
    let told = ana.mention(general, "ولماذا؟").await;
    insta::assert_snapshot!(seen(&told), @"أسئلتك أسرع من أجوبتي. لك أن تسأل بعد 3600 ثانية.");
    // A message is told once; an interaction has to be answered, to the asker alone.
    let again = ana.says(general, &format!("<@{}> ومن؟", Double::BOT));
    assert!(
        scene.double.stays_quiet(Duration::from_millis(500)).await,
        "{again}"
    );
    let told = ana.slash("ask", &[("question", "Who signed it?")]).await;
    assert!(told.is_ephemeral());
    insta::assert_snapshot!(seen(&told), @r"
    (only you see this)
    You ask faster than I answer. You can ask again in 3599 seconds.
    ");
    let other = badr.slash("ask", &[("question", WHEN)]).await;
    assert!(
        other.to_string().contains("1948"),
        "each person by themselves"
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_called_whatever_question_and_source_say() {
    let scene = scene().await;
    let badr = scene.badr.tag();
    scene.file(
        "calls.jsonl",
        &json!({"id": "1", "title": "@everyone", "text": format!("The @everyone drum calls {badr} and @here to the **great** assembly of drummers.")}).to_string(),
    );
    scene.ana.slash("ask", &[("question", "?")]).await;
    scene.source(&["add", "calls.jsonl"]).await;
    scene.general.denies_bot(permission::EMBED_LINKS);
    let question =
        format!("@everyone @here {badr} What does the @everyone drum call the drummers to?");
    let mention = scene.ana.mention(&scene.general, &question).await;
    assert_eq!(mention.message().pings, NONE);
    let text = &mention.message().content;
    assert!(text.contains(r"The \@everyone drum calls \<\@"), "{text}");
    assert!(
        text.contains(r"\@here to the \*\*great\*\* assembly"),
        "{text}"
    );
    let slash = scene.ana.slash("ask", &[("question", &question)]).await;
    assert_eq!(slash.message().pings, NONE);
    assert_eq!(slash.message().title(), r"calls › \@everyone");
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
async fn a_failure_gives_a_sentence_and_an_id_that_the_log_knows() {
    let scene = scene().await;
    scene.ana.slash("ask", &[("question", WHEN)]).await;
    // The one answer of Discord that cannot be mended by sending it again.
    scene
        .double
        .next(1, "POST /interactions/*/*/callback", Trouble::Status(400));
    let reply = scene
        .ana
        .slash("ask", &[("question", "When was the treaty signed?")])
        .await;
    assert!(reply.is_ephemeral());
    let said = seen(&reply);
    let id = said
        .rsplit(' ')
        .next()
        .unwrap()
        .trim_end_matches('.')
        .to_owned();
    insta::assert_snapshot!(said.replace(&id, "ID"), @r"
    (only you see this)
    Something went wrong, and it is not your question's fault. The moderators can find it in the log as ID.
    ");
    let ended = scene.bot.leaves().await;
    let line = ended
        .complaints()
        .into_iter()
        .find(|line| line.contains(&id));
    assert!(
        line.is_some_and(|line| line.contains("ERROR")),
        "{}",
        ended.log
    );
    assert!(!ended.log.contains("treaty"), "{}", ended.log);
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_are_kept_without_their_author_and_only_where_somebody_may_read_them() {
    let scene = scene().await;
    scene
        .ana
        .slash("ask", &[("question", "kept-in-the-server")])
        .await;
    scene.ana.dm("not-kept-in-private").await;
    scene.double.settles(Duration::from_millis(200)).await;
    let person = scene.ana.id().to_string();
    let kept = |home: &Home, text: &str| {
        let files = std::fs::read_dir(home.path().join("data")).unwrap();
        let files = files.map(|file| std::fs::read(file.unwrap().path()).unwrap_or_default());
        let mut files = files.collect::<Vec<_>>().into_iter();
        files.any(|bytes| {
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        })
    };
    assert!(kept(&scene.home, "kept-in-the-server"));
    assert!(!kept(&scene.home, "not-kept-in-private"));
    assert!(
        !kept(&scene.home, &person),
        "nobody's id is in the catalogue"
    );
    scene.ends().await;

    let scene = scene_with(&[("retention.questions", "0")]).await;
    scene
        .ana
        .slash("ask", &[("question", "kept-in-the-server")])
        .await;
    scene.double.settles(Duration::from_millis(200)).await;
    assert!(!kept(&scene.home, "kept-in-the-server"));
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
    أعمل منذ ‹time›
    I am here.
    Version VERSION
    Running since ‹time›
    ");
    scene.ends().await;
}
