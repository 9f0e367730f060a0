# ما يُقال للمشرفين وهم يرتبون مصادرهم.

# حال المصدر.
manage-draft = لم يُنشر بعد: انظر فيه، ثم انشره أو احذف المسودة. تبقى المسودة يومًا واحدًا.
manage-draft-replaces = إن نُشر صار النسخة { $version } من «{ $title }».
manage-draft-another = هذا المعرّف لمصدر موجود هو «{ $title }»، فإن نُشر هذا صار النسخة { $version } منه. وإن كان مصدرًا آخر فاحذف المسودة وأضفه بمعرّف آخر.
manage-published = نُشر، ويُبحث فيه من الآن.
manage-published-version = نُشرت النسخة { $version }، ويُبحث فيها من الآن. أما الأجوبة السابقة فتبقى محيلة إلى النسخة التي اقتُبست منها.
manage-unchanged = لم يتغير شيء: هذه هي النسخة { $version } الموجودة من قبل.
manage-described = حُفظ التعديل نسخةً رقمها { $version }، والنص كما هو.
manage-described-alike = لم يتغير شيء: هذه هي بيانات الإحالة من قبل.
manage-restored-now = صارت النسخة { $version } هي الحالية.
manage-there = منشور، النسخة { $version }.
manage-id = المعرّف: { $id }
manage-held = { $sections }، { $paragraphs }، { $footnotes }
manage-no-author = لم يُذكر مؤلف.
manage-doubtful = ما يحتاج إلى نظر
manage-proof = أوله
manage-cited = الإحالة إليه
manage-choose-language = لغة المصدر
count-sections =
    { $count_form ->
        [zero] لا أقسام
        [one] قسم واحد
        [two] قسمان
        [few] { $count } أقسام
        [many] { $count } قسمًا
       *[other] { $count } قسم
    }
manage-problems-more =
    { $count_form ->
        [zero] ولا شيء غير هذا.
        [one] وموضع آخر.
        [two] وموضعان آخران.
        [few] و{ $count } مواضع أخرى.
        [many] و{ $count } موضعًا آخر.
       *[other] و{ $count } موضع آخر.
    }

# الأزرار.
button-publish = نشر
button-discard = حذف المسودة
button-details = تعديل البيانات
button-more-details = بيانات أخرى
button-limits = من يراه
button-history = النسخ
button-withdraw = سحب
button-withdraw-surely = نعم، اسحبه
button-keep = لا، أبقه
button-undo = تراجع
button-restore = استعادة النسخة { $version }
button-compare = مقارنة { $before } و{ $after }
button-refresh = جلبه من جديد
button-everybody = الجميع
button-to-source = المصدر
button-publish-all = نشر المسودات كلها
button-discard-all = حذف المسودات كلها

# ما لم يمكن.
manage-nothing-given = لا شيء ليُضاف: أرفق ملفًا في الخيار «file» أو اكتب رابطًا في الخيار «address».
manage-nothing-in-message = ليس في تلك الرسالة ملف ولا نص.
manage-none-such = ليس هنا مصدر باسم «{ $id }». اختر مما يُقترح عليك وأنت تكتب.
manage-no-versions = هذه النسخة غير موجودة، أو لا نسخة غيرها لتُقارن بها.
manage-no-draft = لم تعد هذه المسودة موجودة: نُشرت أو حُذفت أو مضى عليها يوم. أضف الملف من جديد إن احتجت إليه.
manage-discarded = حُذفت المسودة، ولم يُضف منها شيء إلى المصادر.
manage-all-discarded =
    { $count_form ->
        [zero] لم تُحذف أي مسودة.
        [one] حُذفت مسودة واحدة.
        [two] حُذفت مسودتان.
        [few] حُذفت { $count } مسودات.
        [many] حُذفت { $count } مسودة.
       *[other] حُذفت { $count } مسودة.
    }
manage-bad-id = لا يصلح «{ $id }» معرّفًا: المعرّف حروف وأرقام وشرطات فقط، ولا يزيد على 48 حرفًا.
manage-busy = في انتظار القراءة ملفات عدة من هذا الخادم. حاول مرة أخرى بعد الفراغ منها.
manage-leaving = يجري إيقافي الآن. أضف الملف من جديد بعد دقيقة؛ لم يتغير شيء.
manage-full-sources = بلغ هذا الخادم حد المصادر ({ $most }). اسحب مصدرًا أو اطلب ممن يشغّلني رفع الحد.
manage-full-megabytes = بلغت مصادر هذا الخادم حد الحجم ({ $most } ميغابايت، والنسخ السابقة محسوبة). اسحب بعضها وانتظر حتى تُمحى، أو اطلب ممن يشغّلني رفع الحد.
manage-full-passages = بلغت مصادر هذا الخادم حد الفقرات والحواشي ({ $most }). اسحب مصدرًا أو اطلب ممن يشغّلني رفع الحد.
manage-full-drafts = تنتظر هنا مسودات كثيرة أو كبيرة الحجم. انشر بعضها أو احذفه أولًا.
manage-file-elsewhere = ليس الملف حيث يحفظ Discord المرفقات، فلا أجلبه.
manage-file-too-large = الملف كبير: حد المصدر { $most } ميغابايت. قسّمه.
manage-file-gone = لم يعد الملف موجودًا. أرفقه من جديد.
manage-file-unreachable = تعذر جلب الملف من Discord. حاول مرة أخرى.
manage-no-address = لم يأت هذا المصدر من رابط ليُجلب منه من جديد.
manage-kept = يبقى المصدر كما هو.
manage-bad-details = لا تُحفظ هذه البيانات: كل بيان في سطر واحد.
manage-fresh = لم يتغير شيء: ما في الرابط هو ما هنا.
manage-unreadable = تعذرت قراءة هذا الملف، ولم يُحفظ منه شيء.
manage-press-unknown = لم تعد هذه الأزرار تفضي إلى شيء. استعمل `/source show`.

# إلى أين وصلت القراءة.
manage-waiting = يُقرأ الآن ملف آخر من هذا الخادم، ودور ملفك بعده.
manage-fetching = أجلب الملف { $file } …
manage-reading = أقرأ الملف { $file }، { $count } ك.ب …
manage-indexing =
    { $count_form ->
        [zero] قُرئ الملف { $file }، وأفهرسه الآن …
        [one] قُرئ الملف { $file } وفيه فقرة واحدة، وأفهرسه الآن …
        [two] قُرئ الملف { $file } وفيه فقرتان، وأفهرسه الآن …
        [few] قُرئ الملف { $file } وفيه { $count } فقرات، وأفهرسه الآن …
        [many] قُرئ الملف { $file } وفيه { $count } فقرة، وأفهرسه الآن …
       *[other] قُرئ الملف { $file } وفيه { $count } فقرة، وأفهرسه الآن …
    }

# السحب.
manage-withdraw-sure = أتسحب هذا المصدر؟ لن يرد في جواب بعد ذلك، ولن تعرضه الأزرار التي تحت الأجوبة السابقة.
manage-withdrawn-now = سُحب المصدر، فلا يرد في أي جواب.
manage-restorable-until = تمكن استعادته إلى:
manage-not-restorable = لا تمكن استعادته: هذا الخادم لا يحتفظ بما سُحب.
manage-is-withdrawn = هذا المصدر مسحوب. استعادة أي نسخة منه تعيده.

# النسخ.
manage-history = نسخ «{ $title }»
manage-version = النسخة { $version }
manage-version-current = النسخة { $version }، وهي الحالية
manage-version-first = أُضيف المصدر
manage-version-text = استُبدل النص
manage-version-details = عُدّلت بيانات الإحالة
manage-version-held = { $paragraphs }، { $footnotes }
manage-version-file = الملف: { $file }
manage-version-by = صنعها: { $who }
manage-by-terminal = من يشغّلني
manage-by-sanad = سند

# ما تغيّر بين نسختين.
compare-heading = «{ $title }»: النسختان { $before } و{ $after }
compare-details = وتغيرت بيانات الإحالة أيضًا.
compare-same-text = النص هو هو.
compare-reworded =
    { $count_form ->
        [zero] لم تتغير صياغة شيء.
        [one] تغيرت صياغة موضع واحد.
        [two] تغيرت صياغة موضعين.
        [few] تغيرت صياغة { $count } مواضع.
        [many] تغيرت صياغة { $count } موضعًا.
       *[other] تغيرت صياغة { $count } موضع.
    }
compare-added =
    { $count_form ->
        [zero] لا جديد.
        [one] موضع واحد جديد.
        [two] موضعان جديدان.
        [few] { $count } مواضع جديدة.
        [many] { $count } موضعًا جديدًا.
       *[other] { $count } موضع جديد.
    }
compare-removed =
    { $count_form ->
        [zero] لم يُحذف شيء.
        [one] حُذف موضع واحد.
        [two] حُذف موضعان.
        [few] حُذفت { $count } مواضع.
        [many] حُذف { $count } موضعًا.
       *[other] حُذف { $count } موضع.
    }
compare-same =
    { $count_form ->
        [zero] لم يبق شيء كما هو.
        [one] بقي موضع واحد كما هو.
        [two] بقي موضعان كما هما.
        [few] بقيت { $count } مواضع كما هي.
        [many] بقي { $count } موضعًا كما هو.
       *[other] بقي { $count } موضع كما هو.
    }
compare-is-new = جديد: { $place }
compare-is-gone = محذوف: { $place }
compare-is-reworded = تغيرت الصياغة: { $place }
compare-before = كان:
compare-after = صار:
compare-shortened = (المعروض بعضه.)

# من يرى المصدر.
manage-limited-channels = لا يُجاب منه إلا في هذه القنوات وسلاسلها:
manage-limited-roles = لا يراه إلا أصحاب هذه الرتب:
manage-unlimited-now = يراه الجميع هنا، في كل القنوات.
manage-limits-meaning = من لا يجوز له أن يراه لا يجد منه شيئًا: لا جوابًا ولا اقتراحًا ولا عددًا. وما تختاره يسري فورًا.
manage-choose-channels = القنوات التي يُجاب منه فيها
manage-choose-roles = الرتب التي تراه

# ملفات عدة معًا.
manage-many = ملفات عدة
manage-many-published =
    { $count_form ->
        [zero] لم يُنشر شيء.
        [one] نُشر ملف واحد.
        [two] نُشر ملفان.
        [few] نُشرت { $count } ملفات.
        [many] نُشر { $count } ملفًا.
       *[other] نُشر { $count } ملف.
    }
manage-many-drafts =
    { $count_form ->
        [zero] لا مسودات.
        [one] مسودة واحدة تنتظر قرارك، وتبقى يومًا.
        [two] مسودتان تنتظران قرارك، وتبقيان يومًا.
        [few] { $count } مسودات تنتظر قرارك، وتبقى يومًا.
        [many] { $count } مسودة تنتظر قرارك، وتبقى يومًا.
       *[other] { $count } مسودة تنتظر قرارك، وتبقى يومًا.
    }
manage-many-alike =
    { $count_form ->
        [zero] لم يكن شيء منها موجودًا.
        [one] ملف واحد موجود من قبل.
        [two] ملفان موجودان من قبل.
        [few] { $count } ملفات موجودة من قبل.
        [many] { $count } ملفًا موجود من قبل.
       *[other] { $count } ملف موجود من قبل.
    }
manage-many-failed =
    { $count_form ->
        [zero] أُخذت كلها.
        [one] لم يُؤخذ ملف واحد.
        [two] لم يُؤخذ ملفان.
        [few] لم تُؤخذ { $count } ملفات.
        [many] لم يُؤخذ { $count } ملفًا.
       *[other] لم يُؤخذ { $count } ملف.
    }
manage-one-published = نُشر: { $file }
manage-one-version = نُشرت النسخة { $version }: { $file }
manage-one-alike = موجود من قبل: { $file }
manage-one-draft =
    { $count_form ->
        [zero] يحتاج إلى نظر: { $file }
        [one] يحتاج إلى نظر في موضع واحد: { $file }
        [two] يحتاج إلى نظر في موضعين: { $file }
        [few] يحتاج إلى نظر في { $count } مواضع: { $file }
        [many] يحتاج إلى نظر في { $count } موضعًا: { $file }
       *[other] يحتاج إلى نظر في { $count } موضع: { $file }
    }
manage-one-unreadable = لم يُؤخذ: { $file }. { $why }
manage-one-failed = حدث خلل في الملف { $file }. يجده من يشغّلني في السجل تحت: { $id }
manage-choose-one = اعرض واحدًا منها

# الاستمارات.
form-details = بيانات الإحالة
form-more-details = تتمة بيانات الإحالة
form-title = العنوان
form-author = المؤلف
form-publisher = الناشر
form-year = السنة كما يكتبها المصدر
form-licence = الرخصة
form-editor = المحقق
form-edition = الطبعة
form-place = مكان النشر
form-address = الرابط
form-accessed = قُرئ هناك في (2026-11-25)
form-paste = إضافة نص
form-text = النص
form-text-hint = 4000 حرف على الأكثر، كل فقرة في سطر
form-id = المعرّف
form-id-hint = حروف وأرقام وشرطات، وإلا فمن العنوان
