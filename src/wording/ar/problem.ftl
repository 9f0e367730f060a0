# ما في المصدر من خلل، جملة لكل نوع، ومعها العلاج. و`place` الملف أو الملف والسطر.
problem-line = السطر { $line }
problem-file = الملف
problem-unknown-format = { $place }: لا تُقرأ الملفات المنتهية بـ`{ $found }`؛ تُقرأ .txt (نص مقالة) و.md و.markdown (Markdown) و.html و.htm و.xhtml (صفحات الويب) و.docx و.docm و.epub و.pdf و.jsonl و.ndjson (أسطر JSON)، وأرشيف .zip منها.
problem-no-id = { $place }: ليس في الاسم `{ $found }` حرف ولا رقم يصلح معرّفًا؛ اذكر معرّفًا بعد --id.
problem-empty = { $place }: فارغ، لا نص فيه.
problem-too-large = { $place }: حجمه { $found } بايت، وهو أكبر مما يجوز لمصدر؛ قسّمه.
problem-too-many-lines = { $place }: عدد أسطره غير الفارغة { $found }، وهو أكثر مما يجوز لمصدر؛ قسّمه.
problem-nul-byte = { $place }: فيه بايت صفري، فليس نصًا أو هو نص بترميز UTF-16؛ احفظه بترميز UTF-8.
problem-not-utf8 = { $place }: ليست البايتات { $found } من UTF-8؛ احفظ الملف بترميز UTF-8.
problem-line-too-long = { $place }: طول السطر { $found } بايت، وهو أطول مما يجوز لفقرة؛ كل فقرة في سطر.
problem-no-paragraph = { $place }: لا فقرة فيه؛ في النص المجرد كل فقرة في سطر.
problem-not-a-record = { $place }: ليس `{ $found }` كائن JSON؛ كل سطر كائن فيه id وtitle وtext.
problem-wrong-type = { $place }: الحقل `{ $found }` من غير نوعه؛ الحقول id وtitle وtext نصوص.
problem-no-text = { $place }: لا نص في هذا السجل.
problem-duplicate-key = { $place }: المعرّف `{ $found }` ورد في سجل سابق؛ لكل سجل معرّفه.
problem-bad-attribution = { $place }: هذا ليس بيان نسبة ({ $found })؛ فيه title وlanguage (إحدى ar وen وother)، ومعهما author وpublisher وlicence وaddress إن عُرفت.
problem-marker-without-footnote = { $place }: ليس في المصدر حاشية للعلامة [{ $found }]؛ وستقول الأجوبة ذلك.
problem-footnote-without-marker = { $place }: لا علامة تحيل إلى الحاشية `{ $found }`؛ ويُبحث فيها مع ذلك.
problem-empty-footnote = { $place }: حاشية لا نص لها (في النص المجرد: لا شيء بعد `^`)، وتُعدّ مع ذلك.
problem-footnote-among-paragraphs = { $place }: بعد الحاشية `{ $found }` فقرات؛ إن كانت فقرة فلا تبدأها بالعلامة `^`.
problem-heading-without-paragraph = { $place }: يشبه `{ $found }` عنوانًا ولا فقرة تحته، فيُقرأ فقرةً؛ وفي النص المجرد تدل نقطة في آخره على ذلك.
problem-control-character = { $place }: فيه حرف التحكم { $found }؛ يُحفظ ولا يُعرض في الطرفية.
problem-encrypted = { $place }: مقفل بكلمة سر؛ احفظه بلا كلمة سر.
problem-disguised = { $place }: بايتاته غير ما يدل عليه اسمه، فهي { $found }؛ صحّح امتداده أو أعطِ النص نفسه.
problem-broken = { $place }: تالف ({ $found })؛ افتحه في البرنامج الذي صنعه واحفظه من جديد.
problem-too-many-pages = { $place }: صفحاته { $found }، أكثر مما يجوز لمصدر؛ قسّمه.
problem-too-many-files = { $place }: فيه { $found } ملفًا، أكثر مما يجوز لأرشيف؛ قسّمه.
problem-unpacked-too-large = { $place }: هو بعد فك ضغطه أكبر مما يجوز لمصدر؛ قسّمه.
problem-nested-archive = { $place }: في الأرشيف أرشيف (`{ $found }`)؛ فك ذلك أولًا.
problem-unsafe-path = { $place }: فيه ملف موضعه خارجه (`{ $found }`)؛ اضغطه من جديد.
problem-too-slow = { $place }: استغرقت قراءته أكثر من { $found } ثانية فتُركت؛ قسّمه أو احفظه بصورة أبسط.
problem-too-much-memory = { $place }: احتاجت قراءته إلى ذاكرة أكثر مما يجوز؛ قسّمه أو احفظه بصورة أبسط.
problem-not-read = { $place }: تعذرت قراءته الآن لا لعيب فيه ({ $found })؛ أعد المحاولة، وإن تكرر فأخبر من يشغّل سند.
problem-nested-too-deep = { $place }: أجزاؤه متداخلة أعمق مما في أي وثيقة؛ احفظه بصورة أبسط.
problem-entity-declared = { $place }: يعرّف كيانات XML خاصة به قد تتضخم بلا نهاية؛ احفظه ببرنامج عادي.
problem-only-pictures = { $place }: صفحاته صور بلا نص (ممسوحة ضوئيًا)؛ لا يُتعرف هنا على النصوص في الصور، فأعطِ ملفًا فيه نصه.
problem-nothing-to-read = { $place }: ليس فيه ملف يمكن أن يُقرأ مصدرًا.
problem-mixed-encodings = { $place }: بعضه بترميز وبعضه بآخر (البايتات { $found })؛ احفظ الملف كله بترميز UTF-8.
problem-page-without-text = { $place }: هذه الصفحات بلا نص ولا يُعثر على ما فيها: { $found }.
problem-overlong-paragraph = { $place }: الفقرة `{ $found }` أطول من أن تُقتبس كاملة؛ تُقسم عند نهايات الجمل.
problem-encoding-guessed = { $place }: لا يذكر ترميزه؛ قُرئ على أنه { $found }. انظر هل الحروف صحيحة.
problem-left-out = { $place }: `{ $found }` فيه ليس مصدرًا فتُرك.
problem-more =
    { $found_form ->
        [zero] { $place }: ولا خلل غير هذا.
        [one] { $place }: وخلل آخر.
        [two] { $place }: وخللان آخران.
        [few] { $place }: و{ $found } مواضع خلل أخرى.
        [many] { $place }: و{ $found } موضع خلل آخر.
       *[other] { $place }: و{ $found } موضع خلل آخر.
    }

# لماذا لم تستطع المكتبة ما طُلب منها.
library-no-source = ليس في المكتبة { $library } مصدر باسم `{ $id }`.
library-full-sources = بهذا تتجاوز المكتبة { $library } حد المصادر ({ $most })؛ احذف مصدرًا أو اطلب رفع الحد.
library-full-megabytes = بهذا تتجاوز المكتبة { $library } حد الحجم ({ $most } ميغابايت، والنسخ السابقة محسوبة)؛ اطلب رفع الحد أو احذف مصدرًا وانتظر حتى يُمحى.
library-full-passages = بهذا تتجاوز المكتبة { $library } حد الفقرات والحواشي ({ $most })؛ احذف مصدرًا أو اطلب رفع الحد.
library-full-drafts = في المكتبة { $library } مسودات تنتظر أكثر من الحد ({ $most }) أو كبيرة الحجم؛ انشر بعضها أو احذفه.
library-read-only = لا يجوز تغيير المكتبة { $library }.
library-catalogue-failed = تعذرت قراءة الفهرست أو الكتابة فيه: { $cause }
library-index-failed = تعطل الفهرس: { $cause }. يبنيه من جديد الأمر `sanad reindex`، ولا يضيع شيء.
