//! Documents as real programs write them.

use super::*;

#[test]
fn an_arabic_document_by_libreoffice() {
    let source = sound(include_bytes!(
        "../../../../tests/sources/libreoffice.ar.docx"
    ));
    assert_eq!(
        source.metadata.title.as_deref(),
        Some("العلاقات الروسية الكورية الشمالية")
    );
    assert_eq!(source.metadata.author.as_deref(), Some("كتّاب ويكيبيديا"));
    insta::assert_snapshot!(tree(&source), @r##"
    p1 page 1 #intro [1]→n1 [i]→n4: العلاقات الروسية الكورية الشمالية (بالروسية: Российско-северокорейские отношения) هي علاقات ثنائية. أقيمت أولى العلاقات الدبلوماسية في 12 أكتوبر من عام 1948.[1] تنافست الصين والاتحاد السوفييتي.[i]
    p2 التاريخ › الفترة السوفييتية page 1 #soviet [*]→n2 [2]→n3: قدم الاتحاد السوفييتي دعمًا كبيرًا خلال الحرب الباردة[*]، وسُلّمت طائرات ميغ 29 (MiG-29) في عام 1989.[2]
    p3 التاريخ › الفترة السوفييتية page 1 #soviet: • لا خِلافَ في الأُولى؛
    p4 التاريخ › الفترة السوفييتية page 1 #soviet: • «يمكن التعامل معه».
    p5 التاريخ › الفترة السوفييتية page 1 #soviet: 1. أولًا
    p6 التاريخ › الفترة السوفييتية page 1 #soviet: 2. ثانيًا
    p7 الاقتصاد page 1: روسيا | 34%
    p8 الاقتصاد page 1: الصين | 60%
    p9 الاقتصاد page 2: وفي 21 ديسمبر 2023، قال رئيس الأركان إن روسيا دشنت تعاوناً دفاعياً "شاملاً".
    p10 الاقتصاد page 2: نص في إطار لا يتكرر.
    n1 page 1 [1] by p1: Kyung-Ae Park & Scott Snyder, "North Korea in Transition" (2013), p. 275.
    n2 page 1 [*] by p2: وُضعت هذه العلامة باليد.
    n3 page 1 [2] by p2: انظر المرجع السابق. وفيه فقرة ثانية.
    n4 page 1 [i] by p1: Chi Young Pak (ولترز كلوير: 2000)، ص 43.
    "##);
}

#[test]
fn an_arabic_document_by_pandoc() {
    let source = sound(include_bytes!("../../../../tests/sources/pandoc.ar.docx"));
    let expected = Metadata {
        title: Some("العلاقات الروسية الكورية الشمالية".to_owned()),
        author: Some("كتّاب ويكيبيديا".to_owned()),
        year: Some("2023".to_owned()),
        licence: Some("CC BY-SA 4.0".to_owned()),
        ..Metadata::default()
    };
    assert_eq!(source.metadata, expected);
    insta::assert_snapshot!(tree(&source), @r##"
    p1 [1]→n1 [2]→n2: العلاقات الروسية الكورية الشمالية (بالروسية: Российско-северокорейские отношения) هي علاقات ثنائية. أقيمت أولى العلاقات الدبلوماسية في 12 أكتوبر من عام 1948.[1] تنافست الصين والاتحاد السوفييتي على اكتساب نفوذ في كوريا الشمالية.[2]
    p2 التاريخ › الفترة السوفييتية #الفترة-السوفييتية [3]→n3: قدم الاتحاد السوفييتي دعمًا كبيرًا إلى كوريا الشمالية خلال الحرب الباردة، وسُلّمت الدفعة الأخيرة من طائرات ميغ 29 (MiG-29) في عام 1989.[3]
    p3 التاريخ › الفترة السوفييتية #الفترة-السوفييتية: • لا خِلافَ في الأُولى؛
    p4 التاريخ › الفترة السوفييتية #الفترة-السوفييتية [4]→n4: • «يمكن التعامل معه»[4].
    p5 التاريخ › الفترة السوفييتية #الفترة-السوفييتية: 1. أولًا
    p6 التاريخ › الفترة السوفييتية #الفترة-السوفييتية: 2. ثانيًا
    p7 التاريخ › العقد الأول من القرن الحالي #العقد-الأول-من-القرن-الحالي: الدولة | النسبة
    p8 التاريخ › العقد الأول من القرن الحالي #العقد-الأول-من-القرن-الحالي: روسيا | 34%
    p9 التاريخ › العقد الأول من القرن الحالي #العقد-الأول-من-القرن-الحالي: الصين | 60%
    p10 التاريخ › العقد الأول من القرن الحالي #العقد-الأول-من-القرن-الحالي: كان لترقية فلاديمير بوتين تأثيرًا حاسمًا على بيونغ يانغ.
    p11 الاقتصاد #الاقتصاد: وفي 21 ديسمبر 2023، قال رئيس الأركان إن روسيا دشنت تعاوناً دفاعياً “شاملاً” مع كوريا الشمالية.
    n1 [1] by p1: Kyung-Ae Park & Scott Snyder, “North Korea in Transition” (2013), p. 275.
    n2 [2] by p1: Chi Young Pak, Korea and the United Nations (ولترز كلوير: 2000)، ص 43.
    n3 [3] by p2: انظر المرجع السابق. وفيه فقرة ثانية.
    n4 [4] by p4: هذا قَوْلُ كيم جونغ إل.
    "##);
}

#[test]
fn an_english_document_by_pandoc() {
    let source = sound(include_bytes!("../../../../tests/sources/pandoc.en.docx"));
    assert_eq!(source.metadata.title.as_deref(), Some("The Keeper’s Notes"));
    insta::assert_snapshot!(tree(&source), @r##"
    p1 The lamp #the-lamp [1]→n1: The lamp was lit at dusk on 3 May 1911.[1] It burned paraffin — two pints an hour.
    p2 The fog signal #the-fog-signal [2]→n2: Nobody liked the signal.[2] It sounded every 90 seconds.
    n1 [1] by p1: Station log, vol. 2, p. 14.
    n2 [2] by p2: Letter of the keeper’s wife.
    "##);
}
