//! Questions that follow an answer.

use super::{scene, seen};
use crate::discord_double::Reply;

/// It is answered by the ninth paragraph.
const PLAN: &str = "Who visited North Korea in April 2009 and signed a plan?";
const WHEN: &str = "متى كان ذلك؟";

/// Whether a reply says that it was read as following a passage.
fn follows(reply: &Reply) -> bool {
    let text = seen(reply);
    assert!(
        !reply.messages.is_empty() && !text.contains("Send Messages"),
        "{text}"
    );
    text.contains("as a follow-up to: Paragraph 9") || text.contains("متابعةً لهذا الموضع: الفقرة 9")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_to_an_answer_takes_its_subject_from_it() {
    let mut scene = scene().await;
    let (ana, badr) = (scene.ana.clone(), scene.badr.clone());
    let answer = ana.mention(&scene.general, PLAN).await;
    // Everything is forgotten but what stands in the message and in the catalogue.
    scene.restarts().await;
    scene.double.clear_transcript();
    let when = badr.reply_to(answer.message(), WHEN).await;
    let signed = ana.reply_to(when.message(), "and who signed it?").await;
    insta::assert_snapshot!(scene.double.transcript(), @r"
    Badr in #general replies to «│ # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول من القرن الحالي»: متى كان ذلك؟
    Sanad in #general, replying to Badr:
      │ # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول من القرن الحالي
      │ باختصار، من المصدر:
      │ > أبريل من عام 2009
      │
      │ فهمتُ سؤالك متابعةً لهذا الموضع: الفقرة 9
      │
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
    Ana in #general replies to «│ # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول من القرن الحالي»: and who signed it?
    Sanad in #general, replying to Ana:
      │ # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول من القرن الحالي
      │ I took your question as a follow-up to: Paragraph 9
      │
      │ > **في أبريل من عام 2009 زار وزير الخارجية الروسيسيرغي لافروف كوريا الشمالية ووقّع خطة مع مون جاي تشول، الرئيس بالنيابة للجنة الكورية للعلاقات الثقافية مع الدول الأجنبية لعامي 2009-2010 للتبادل الثقافي والعلمي.**
      │
      │ Your question is in English, the source in Arabic; these words matched:
      │ signed ↔ ووقّع
      │
      │ Paragraph 9
      │ Author: مساهمو ويكيبيديا
      │ Publisher: ويكيبيديا العربية
      │ Licence: CC BY-SA 4.0
      │
      │ This is very likely the answer.
      [Previous (off)] [Next] [In context] [Copy citation]
      [Words] [Delete]
    ");

    // However long the chain becomes.
    let with = badr.reply_to(signed.message(), "ومع من وقّعها؟").await;
    assert!(follows(&with), "{with}");
    let year = ana
        .reply_to(with.message(), "in which year was that?")
        .await;
    assert!(follows(&year), "{year}");

    // What stands on its own is answered as it is anywhere.
    let question = "How many Russians see North Korea as a friendly nation?";
    let alone = ana.mention(&scene.general, question).await;
    let reply = ana.reply_to(answer.message(), question).await;
    assert_eq!(seen(&reply), seen(&alone));
    assert!(!follows(&reply));
    // Nobody knows what is meant without an answer to reply to.
    let nowhere = ana.mention(&scene.general, WHEN).await;
    assert!(!follows(&nowhere), "{nowhere}");
    // What is shown now is followed, not what was shown first.
    let direct = ana.dm(PLAN).await;
    let reply = ana.reply_to(direct.message(), WHEN).await;
    assert!(follows(&reply), "{reply}");
    ana.press(&direct, "Next").await;
    let shown = direct.now();
    let reply = ana.reply_to(shown.message(), WHEN).await;
    assert!(
        !follows(&reply) && reply.to_string().contains("متابعةً لهذا الموضع"),
        "{reply}"
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_thread_the_last_answer_is_followed_until_a_restart() {
    let mut scene = scene().await;
    let (ana, badr) = (scene.ana.clone(), scene.badr.clone());
    let thread = scene.general.thread("زيارات");
    let other = scene.general.thread("another");
    let (ana, badr) = (ana.at(&thread), badr.at(&thread));

    // What one person alone has seen is followed by nobody.
    ana.slash("ask", &[("question", PLAN), ("private", "true")])
        .await;
    assert!(!follows(&badr.mention(&thread, WHEN).await));

    ana.slash("ask", &[("question", PLAN)]).await;
    let when = badr.mention(&thread, WHEN).await;
    assert!(
        follows(&when) && when.to_string().contains("2009"),
        "{when}"
    );
    let signed = ana
        .slash("ask", &[("question", "and who signed it?")])
        .await;
    assert!(follows(&signed), "{signed}");
    // What is not found does not change what was answered last.
    ana.slash("ask", &[("question", "How do I bake sourdough bread?")])
        .await;
    assert!(follows(&ana.slash("ask", &[("question", WHEN)]).await));
    // Elsewhere nothing is followed.
    assert!(!follows(&badr.mention(&other, WHEN).await));
    assert!(!follows(&badr.mention(&scene.general, WHEN).await));
    let before = badr.mention(&scene.general, PLAN).await;
    assert!(!follows(&badr.mention(&scene.general, WHEN).await));
    assert!(follows(&badr.reply_to(before.message(), WHEN).await));

    // What was deleted is seen by nobody any more, and followed by nobody.
    ana.press(&signed, "Delete").await;
    assert!(!follows(&badr.mention(&thread, WHEN).await));

    ana.slash("ask", &[("question", PLAN)]).await;
    assert!(follows(&badr.mention(&thread, WHEN).await));
    scene.restarts().await;
    assert!(!follows(&badr.mention(&thread, WHEN).await));
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_is_followed_no_more() {
    let scene = scene().await;
    let ana = &scene.ana;
    let answer = ana.mention(&scene.general, PLAN).await;
    assert!(follows(&ana.reply_to(answer.message(), WHEN).await));
    scene.fills_the_library().await;
    let reply = ana.reply_to(answer.message(), WHEN).await;
    assert!(!reply.to_string().contains("متابعةً"), "{reply}");
    // Nor is a passage of another server, whose answer somebody may reply to by a forged reference only.
    let lamp = ana
        .mention(&scene.general, "When was the lighthouse built?")
        .await;
    let who = ana.reply_to(lamp.message(), "By whom was it?").await;
    assert!(
        who.to_string().contains("as a follow-up to: Paragraph 2"),
        "{who}"
    );
    scene.ends().await;
}
