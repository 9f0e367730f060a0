# حزم المصادر: لماذا لم تُصنع أو لم تُستعد.
pack-the-pack = الحزمة
pack-not-a-pack = هذا ليس حزمة مصادر: ليس فيه sanad-pack.json. تُصنع الحزم بالأمر /export أو `sanad export`.
pack-broken = الحزمة تالفة أو ناقصة ({ $found })؛ نزّلها أو صدّرها من جديد.
pack-newer = صنعت الحزمةَ نسخةٌ أحدث من سند (الصيغة { $found }، وهذه تقرأ حتى { $most }). حدّث سند.
pack-manifest = الملف sanad-pack.json في الحزمة ليس كما يكتبه سند ({ $found })؛ صدّرها من جديد.
pack-unknown-format = `{ $id }` في الحزمة صيغته `{ $format }`، ولا تقرؤها هذه النسخة من سند. حدّث سند، أو سمِّ المصادر التي تستعاد من دونه.
pack-lacks = ينقص الحزمة الملف `{ $path }`؛ صدّرها من جديد.
pack-altered = الملف `{ $path }` في الحزمة غير الذي وُضع فيها. نزّل الحزمة أو صدّرها من جديد، أو سمِّ المصادر التي تستعاد من دونه.
pack-unreadable = النسخة { $version } من `{ $id }` لا يمكن أن تُقرأ مصدرًا؛ سمِّ المصادر التي تستعاد من دونه.
pack-no-source = ليس في الحزمة مصدر باسم `{ $id }`.
pack-too-large =
    { $count_form ->
        [zero] لا مصدر أكبر مما يجوز لجزء ({ $most }): { $sources }.
        [one] مصدر واحد أكبر مما يجوز لجزء ({ $most }): { $sources }. سمِّ ما سواه لتصديره، ويُصدَّر هذا في الطرفية بأجزاء أكبر: sanad export --source ID
        [two] مصدران أكبر مما يجوز لجزء ({ $most }): { $sources }. سمِّ ما سواهما لتصديره، ويُصدَّران في الطرفية بأجزاء أكبر: sanad export --source ID
        [few] { $count } مصادر أكبر مما يجوز لجزء ({ $most }): { $sources }. سمِّ ما سواها لتصديره، وتُصدَّر هذه في الطرفية بأجزاء أكبر: sanad export --source ID
        [many] { $count } مصدرًا أكبر مما يجوز لجزء ({ $most }): { $sources }. سمِّ ما سواها لتصديره، وتُصدَّر هذه في الطرفية بأجزاء أكبر: sanad export --source ID
       *[other] { $count } مصدر أكبر مما يجوز لجزء ({ $most }): { $sources }. سمِّ ما سواها لتصديره، وتُصدَّر هذه في الطرفية بأجزاء أكبر: sanad export --source ID
    }
pack-size-kilobytes = { $size } كيلوبايت
pack-size-megabytes = { $size } ميغابايت

# نتيجة التصدير.
pack-written = { $file }: { $sources }، { $size }
pack-file-exists = { $file } موجود من قبل؛ اختر موضعًا آخر بالخيار --to.
progress-exporting = تصدير { $library }
pack-count-sources =
    { $count_form ->
        [zero] لا مصادر
        [one] مصدر واحد
        [two] مصدران
        [few] { $count } مصادر
        [many] { $count } مصدرًا
       *[other] { $count } مصدر
    }
pack-count-versions =
    { $count_form ->
        [zero] لا نسخ
        [one] نسخة واحدة
        [two] نسختان
        [few] { $count } نسخ
        [many] { $count } نسخة
       *[other] { $count } نسخة
    }

# نتيجة الاستعادة.
pack-of =
    { $parts ->
        [1] حزمة مصادر المكتبة { $library }، صُدّرت في { $day }:
       *[other] حزمة مصادر المكتبة { $library }، صُدّرت في { $day }، الجزء { $part } من { $parts }:
    }
pack-source-new = مصدر جديد { $id }: «{ $title }»، { $versions }
pack-source-added = المصدر { $id }: «{ $title }»، أُضيفت إليه { $versions }: { $numbers }
pack-source-same = المصدر { $id }: «{ $title }»، بلا نسخة جديدة
pack-number = { $number } (وهي { $packed } في الحزمة)
pack-note-current = النسخة الحالية { $current }، وكانت { $was }
pack-note-withdrawn = مسحوب كما في الحزمة، ويمكن أن يعاد
pack-note-back = لم يعد مسحوبًا
pack-note-limits = مقصور على القنوات والأدوار التي تسميها الحزمة
pack-note-nobody = لا يراه إلا المشرفون: تقصره الحزمة على قنوات أو أدوار في خادم آخر. حدّد من يراه.
pack-unchanged =
    { $count_form ->
        [zero] لا مصدر باقٍ على حاله.
        [one] مصدر واحد هو كما في الحزمة من قبل.
        [two] مصدران هما كما في الحزمة من قبل.
        [few] { $count } مصادر هي كما في الحزمة من قبل.
        [many] { $count } مصدرًا هي كما في الحزمة من قبل.
       *[other] { $count } مصدر هي كما في الحزمة من قبل.
    }
pack-nothing = لا تغيير: كل ما في الحزمة موجود في المكتبة.
pack-setting-new = الإعداد { $name }: { $value } (ولم يكن له قيمة)
pack-setting = الإعداد { $name }: { $value } (وكان { $was })
pack-left-out = إعدادات تُركت لأنها تسمي قنوات أو أدوارًا في خادم آخر أو ليس لك أن تضبطها: { $names }
pack-unknown = تُرك لأن هذه النسخة من سند لا تعرفه: { $names }

# في Discord.
pack-exporting =
    { $count_form ->
        [zero] لا حزمة تُرسل.
        [one] حزمة المصادر في الرسالة التالية. احفظها، فإن Discord يحذف الملفات التي لا يراها غيرك.
        [two] حزمتا المصادر في الرسالتين التاليتين. احفظهما، فإن Discord يحذف الملفات التي لا يراها غيرك. ويمكن أن تستعاد كل منهما وحدها.
        [few] حزم المصادر في { $count } رسائل تالية. احفظها، فإن Discord يحذف الملفات التي لا يراها غيرك. ويمكن أن تستعاد كل منها وحدها.
        [many] حزم المصادر في { $count } رسالة تالية. احفظها، فإن Discord يحذف الملفات التي لا يراها غيرك. ويمكن أن تستعاد كل منها وحدها.
       *[other] حزم المصادر في { $count } رسالة تالية. احفظها، فإن Discord يحذف الملفات التي لا يراها غيرك. ويمكن أن تستعاد كل منها وحدها.
    }
pack-part =
    { $parts ->
        [1] { $sources }:
       *[other] الجزء { $part } من { $parts }، { $sources }:
    }
pack-too-many-parts =
    { $count_form ->
        [zero] لا ملف يُرسل. صدّر مصدرًا مصدرًا، أو اسأل من يشغّلني: sanad export --library { $library }
        [one] يكون ذلك ملفًا واحدًا لا يمكن إرساله هنا. صدّر مصدرًا مصدرًا، أو اسأل من يشغّلني: sanad export --library { $library }
        [two] يكون ذلك ملفين لا يمكن إرسالهما هنا. صدّر مصدرًا مصدرًا، أو اسأل من يشغّلني: sanad export --library { $library }
        [few] يكون ذلك { $count } ملفات، وهي كثيرة على الإرسال هنا. صدّر مصدرًا مصدرًا، أو اسأل من يشغّلني: sanad export --library { $library }
        [many] يكون ذلك { $count } ملفًا، وهي كثيرة على الإرسال هنا. صدّر مصدرًا مصدرًا، أو اسأل من يشغّلني: sanad export --library { $library }
       *[other] يكون ذلك { $count } ملف، وهي كثيرة على الإرسال هنا. صدّر مصدرًا مصدرًا، أو اسأل من يشغّلني: sanad export --library { $library }
    }
pack-took-too-long = طال إرسال الملفات فلم يصل بعضها. صدّر مصدرًا مصدرًا، أو حاول في وقت آخر.
pack-preview = لم يتغير شيء بعد. واستيراد هذا الملف يفعل ما يلي:
pack-preview-kept = ينتظر الملف يومًا.
pack-more-lines =
    { $count_form ->
        [zero] … ولا شيء غير ذلك.
        [one] … وسطر آخر.
        [two] … وسطران آخران.
        [few] … و{ $count } أسطر أخرى.
        [many] … و{ $count } سطرًا آخر.
       *[other] … و{ $count } سطر آخر.
    }
pack-imported = تم الاستيراد
pack-gone = لم تعد حزمة المصادر هذه موجودة: استُوردت أو تُركت أو مضى عليها يوم. أرفقها من جديد إن احتجت إليها.
pack-discarded = تُركت الحزمة، ولم يُستورد منها شيء.
pack-seen-by-nobody = لا يراه إلا المشرفون: جاء مقصورًا على قنوات أو أدوار في خادم آخر.
button-import = استيراد
button-discard-pack = ترك الحزمة

# النسخ الاحتياطية للتثبيت كله.
backup-exists = { $file } موجود من قبل؛ يستبدله الخيار --force.
backup-in-data = { $file } من الملفات التي تُنسخ؛ اختر موضعًا آخر.
backup-no-catalogue = لا فهرست ({ $file })، فلا شيء يُنسخ.
backup-damaged = في الفهرست ضرر ({ $found }). لم تُكتب نسخة احتياطية كي لا تحل محل سليمة؛ انسخ مجلد البيانات وانظر `sanad check`.
backup-unusable = تعذرت القراءة أو الكتابة في { $path }: { $cause }
backup-not-a-backup = { $file } ليس نسخة احتياطية أو هو تالف: { $found }. لم يتغير شيء.
backup-newer = صنعت النسخةَ الاحتياطية نسخةٌ أحدث من سند (الصيغة { $found }، وهذه تقرأ حتى { $most }). حدّث سند. لم يتغير شيء.
backup-unsound = لا يصلح الفهرست الذي في النسخة الاحتياطية: { $cause }. لم يتغير شيء.
backup-in-use = الفهرست في { $folder } مستعمل: أوقف البوت وكل `sanad` آخر يعمل عليه، ثم استعد النسخة.
backup-made = { $file }: { $size }، { $lexicons }
backup-restored = أُعيد ما نُسخ في { $day }: { $libraries }، { $versions }، { $lexicons }.
backup-kept = ما كان من قبل محفوظ: { $path }
backup-count-libraries =
    { $count_form ->
        [zero] لا مكتبات
        [one] مكتبة واحدة
        [two] مكتبتان
        [few] { $count } مكتبات
        [many] { $count } مكتبة
       *[other] { $count } مكتبة
    }
backup-count-lexicons =
    { $count_form ->
        [zero] لا معاجم مستوردة
        [one] معجم مستورد واحد
        [two] معجمان مستوردان
        [few] { $count } معاجم مستوردة
        [many] { $count } معجمًا مستوردًا
       *[other] { $count } معجم مستورد
    }
