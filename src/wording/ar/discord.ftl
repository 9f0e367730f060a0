# ما يقوله البوت في Discord.

# الأزرار.
button-previous = السابق
button-next = التالي
button-context = في سياقه
button-footnotes = الحواشي
button-citation = نسخ الإحالة
button-back = العودة إلى النص
button-earlier = ما قبله
button-later = تتمته
button-delete = احذف
button-open = افتح { $number }
button-footnotes-earlier = الحواشي السابقة
button-footnotes-later = الحواشي التالية

# أي موضع، وأي جزء منه.
passage-place =
    { $count_form ->
        [zero] الموضع { $place }.
        [one] هذا هو الموضع الوحيد الذي وجدته.
        [two] الموضع { $place } من موضعين وجدتهما، أرجحهما أولًا.
        [few] الموضع { $place } من { $count } مواضع وجدتها، أرجحها أولًا.
        [many] الموضع { $place } من { $count } موضعًا وجدتها، أرجحها أولًا.
       *[other] الموضع { $place } من { $count } موضع وجدتها، أرجحها أولًا.
    }
nearest-place =
    { $count_form ->
        [zero] الموضع { $place }.
        [one] هذا أقرب ما وجدته، ولم أجد جوابًا أطمئن إليه.
        [two] الموضع { $place } من أقرب موضعين، ولم أجد جوابًا أطمئن إليه.
        [few] الموضع { $place } من أقرب { $count } مواضع، ولم أجد جوابًا أطمئن إليه.
        [many] الموضع { $place } من أقرب { $count } موضعًا، ولم أجد جوابًا أطمئن إليه.
       *[other] الموضع { $place } من أقرب { $count } موضع، ولم أجد جوابًا أطمئن إليه.
    }
part-sentence = المعروض: الجملة { $sentence }، وعدد الجمل { $count }.
part-sentences = المعروض: من الجملة { $first } إلى الجملة { $last }، وعدد الجمل { $count }.
part-cut = عُرض بعض جملة لا تسعها رسالة واحدة.

# حواشٍ لا يتسع لها المكان.
footnote-elsewhere = [{ $marker }] حاشية طويلة تُقرأ تحت «الحواشي».
footnotes-elsewhere = { $markers } تُقرأ تحت «الحواشي».
footnotes-more =
    { $count_form ->
        [zero] لا غيرها تحت «الحواشي».
        [one] وحاشية أخرى تحت «الحواشي».
        [two] وحاشيتان أخريان تحت «الحواشي».
        [few] و{ $count } حواشٍ أخرى تحت «الحواشي».
        [many] و{ $count } حاشية أخرى تحت «الحواشي».
       *[other] و{ $count } حاشية أخرى تحت «الحواشي».
    }
footnotes-page = الحواشي، الصفحة { $page } من { $count }

# ضغطات لا تفضي إلى شيء.
press-unknown = لا أعرف هذا الزر. اسألني من جديد واستعمل أزرار ذلك الجواب.
press-not-yours = لا يحذف هذا الجواب إلا من سأل.
press-withdrawn = سُحب هذا النص من المصادر هنا.

# أسئلة لا تُسأل.
asking-no-text = ليس في تلك الرسالة نص أبحث عنه.
asking-later =
    { $seconds_form ->
        [zero] أسئلتك أسرع من أجوبتي. لك أن تسأل الآن.
        [one] أسئلتك أسرع من أجوبتي. لك أن تسأل بعد ثانية.
        [two] أسئلتك أسرع من أجوبتي. لك أن تسأل بعد ثانيتين.
        [few] أسئلتك أسرع من أجوبتي. لك أن تسأل بعد { $seconds } ثوانٍ.
        [many] أسئلتك أسرع من أجوبتي. لك أن تسأل بعد { $seconds } ثانية.
       *[other] أسئلتك أسرع من أجوبتي. لك أن تسأل بعد { $seconds } ثانية.
    }
asking-failed = حدث خلل، وليس السبب في سؤالك. يجده من يشغّلني في السجل تحت: { $id }

# أذونات ناقصة.
permission-send = ليس لي أن أجيب في { $channel }: ينقصني فيها الإذن «Send Messages».
permission-history = لم أستطع الرد على رسالتك نفسها: ينقصني هنا الإذن «Read Message History».

# رسالة كتبها غيرك.
asked-message = السؤال من هذه الرسالة: { $link }

# الأوامر.
ping-here = أنا هنا.
ping-version = الإصدار { $version }
ping-since = أعمل منذ { $since }
