# ما تقوله الأوامر في الطرفية.
cli-unknown-library = لا توجد مكتبة باسم `{ $library }`.
cli-unknown-passage = لا يوجد موضع `{ $id }`.
cli-unknown-source-id = لا يصلح `{ $id }` معرّفًا لمصدر: حروف وأرقام وشرطات، 48 على الأكثر.
cli-file-unreadable = تعذرت قراءة { $file }: { $cause }
cli-file-unwritable = تعذرت الكتابة في { $file }: { $cause }
cli-folder = { $file } مجلد؛ اذكر الملفات التي فيه.
cli-one-id =
    { $count_form ->
        [zero] الخيار --id يسمي مصدرًا واحدًا، ولم يُعطَ أي ملف.
        [one] الخيار --id يسمي مصدرًا واحدًا، وقد أُعطي ملف واحد.
        [two] الخيار --id يسمي مصدرًا واحدًا، وقد أُعطي ملفان.
        [few] الخيار --id يسمي مصدرًا واحدًا، وقد أُعطيت { $count } ملفات.
        [many] الخيار --id يسمي مصدرًا واحدًا، وقد أُعطي { $count } ملفًا.
       *[other] الخيار --id يسمي مصدرًا واحدًا، وقد أُعطي { $count } ملف.
    }
cli-no-discord = بُني هذا البرنامج بلا Discord؛ ابنه مع الميزة `discord`.
cli-no-token = لا رمز: ضع رمز تطبيقك على Discord في DISCORD_TOKEN.
cli-failed = تعذر ذلك: { $cause }

# الأجوبة.
answer-in-full = النص كاملًا:
answer-further = مواضع أخرى:

# المحادثة.
chat-welcome = اسأل بالعربية أو الإنجليزية؛ للخروج سطر فارغ أو Ctrl-D.
chat-sources =
    { $count_form ->
        [zero] لا مصدر أجيب منه؛ أضف مصدرًا بالأمر: sanad source add FILE
        [one] أجيب من مصدر واحد: { $titles }
        [two] أجيب من مصدرين: { $titles }
        [few] أجيب من { $count } مصادر: { $titles }
        [many] أجيب من { $count } مصدرًا: { $titles }
       *[other] أجيب من { $count } مصدر: { $titles }
    }
chat-connect = للاتصال بـ Discord: DISCORD_TOKEN=… sanad (يبيّن ملف README من أين يؤخذ الرمز).
chat-prompt = ؟

# المصادر.
source-added =
    { $version ->
        [1] أُضيف { $id }: «{ $title }»، { $paragraphs }، { $footnotes }.
       *[other] أُضيفت النسخة { $version } من { $id }: «{ $title }»، { $paragraphs }، { $footnotes }.
    }
source-unchanged = لا تغيير: { $id } موجود من قبل بحروفه.
source-removed = أُزيل { $id }. وهو محفوظ، يعيده الأمر: sanad source restore { $id }
source-restored = أُعيد { $id }، النسخة { $version }.
source-no-version = ليست للمصدر { $id } نسخة تُعاد.
source-no-versions-to-compare = ليس للمصدر { $id } نسختان كهاتين للمقارنة.
source-edited = تغير ما يُذكر من { $id } عند الاستشهاد؛ وهو الآن النسخة { $version }.
source-edited-alike = لا تغيير: الاستشهاد بالمصدر { $id } يذكر ذلك بعينه.
source-limited =
    { $channels ->
        [0] لا يرى { $id } الآن إلا من له أحد الأدوار المذكورة (عددها { $roles }).
       *[other] { $roles ->
            [0] لا يُرى { $id } الآن إلا في القنوات المذكورة (عددها { $channels }).
           *[other] لا يُرى { $id } الآن إلا في القنوات المذكورة (عددها { $channels }) ولمن له أحد الأدوار المذكورة (عددها { $roles }).
        }
    }
source-unlimited = الجميع يرى { $id }.
diff-head = { $id }، النسخة { $before } ← { $after }: تغير { $changed }، وبقي كما هو { $same }
diff-added = { $place } جديدة:
diff-removed = { $place } زالت:
diff-reworded = { $place } تغير نصها:
source-none = لا مصادر. أضف مصدرًا بالأمر: sanad source add FILE
source-warnings =
    { $count_form ->
        [zero] لا ملاحظات:
        [one] ملاحظة واحدة:
        [two] ملاحظتان:
        [few] { $count } ملاحظات:
        [many] { $count } ملاحظة:
       *[other] { $count } ملاحظة:
    }
count-paragraphs =
    { $count_form ->
        [zero] لا فقرات
        [one] فقرة واحدة
        [two] فقرتان
        [few] { $count } فقرات
        [many] { $count } فقرة
       *[other] { $count } فقرة
    }
count-footnotes =
    { $count_form ->
        [zero] لا حواشي
        [one] حاشية واحدة
        [two] حاشيتان
        [few] { $count } حواشٍ
        [many] { $count } حاشية
       *[other] { $count } حاشية
    }
column-id = المعرّف
column-title = العنوان
column-language = اللغة
column-version = النسخة
column-paragraphs = الفقرات
column-footnotes = الحواشي
column-licence = الرخصة
column-file = الملف
column-by = أضافه
column-at = في
column-number = الرقم
column-change = التغيير
column-of = ماذا
column-before = قبل
column-after = بعد
column-state = الحال
state-current = حالية
state-former = سابقة
state-withdrawn = مسحوبة

# العمل الطويل.
progress-adding = قراءة { $file }
progress-indexing = فهرسة { $library }
progress-asking = طرح الأسئلة
reindexed = أُعيد بناء فهرس { $library }.

# الفحص.
check-sound = كل شيء سليم.
check-catalogue = في الفهرست ضرر: { $found }
check-index-stale = فهرس { $library } ليس لهذه المصادر؛ يصلحه الأمر: sanad reindex --library { $library }
check-index-damaged = في فهرس { $library } ضرر ({ $found })؛ يصلحه الأمر: sanad reindex --library { $library }
check-source-damaged = في { $library } ليست حروف { $source } هي التي أُضيفت؛ أضف المصدر من جديد.
check-token-none = لا رمز؛ لم يُفحص البوت.
check-token-accepted = يقبل Discord الرمز؛ والبوت هو { $name }.
check-token-refused = البوت: { $cause }

# التقييم.
eval-nothing-found = { $place }: ليس في أي موضع { $wanted }.
eval-several-found = { $place }: في أكثر من موضع { $wanted }؛ والمطلوب موضع واحد.
eval-not-a-question = { $place }: هذا ليس سؤالًا: { $cause }
eval-no-passage = { $place }: السؤال الذي له جواب يلزمه `passage` أو `passage_contains`.
