# من يشرف ومن لا يشرف.
rights-refused = هذا لمن له إدارة الخادم، أو له دور من الأدوار المسماة في /settings.
rights-managers = اختيار المشرفين لمن له إدارة الخادم: يلزمك لهذا الإذن «Manage Server».
rights-nowhere = هذا يعمل في الخوادم التي أنا فيها، وليس هنا خادم تُدار مصادره.

# إعدادات الخادم.
setting-threshold-name = حد الثقة
setting-threshold-meaning = مقدار الثقة الذي أعطي عنده الجواب، من 0 إلى 1. كلما ارتفع قلّت الأجوبة وقلّ الخطأ فيها.
setting-language-name = اللغة
setting-language-meaning = لغة كلامي في هذا الخادم، إلا مع من اختار لنفسه.
setting-language-automatic = لغة كل سؤال
setting-mention-channels-name = قنوات الإشارة
setting-mention-channels-meaning = القنوات التي أجيب فيها من يشير إليّ أو يرد عليّ، والسلسلة (thread) تتبع قناتها. أما الأوامر فتعمل في كل مكان.
setting-mention-channels-none = كل القنوات
setting-moderator-roles-name = أدوار المشرفين
setting-moderator-roles-meaning = من يدير المصادر والإعدادات، فضلًا عمن له الإذن «Manage Server».
setting-moderator-roles-none = لا أدوار
setting-audit-channel-name = قناة السجل
setting-audit-channel-meaning = القناة التي أُخبر فيها بكل تغيير في المصادر والإعدادات.
setting-audit-channel-none = لا قناة
setting-cooldown-name = مهلة الأسئلة
setting-cooldown-meaning = المدة التي ينتظرها من سأل عدة أسئلة متتابعة قبل سؤاله التالي.
setting-cooldown-none = بلا انتظار
setting-max-sources-name = أقصى عدد للمصادر
setting-max-sources-meaning = كم مصدرًا يتسع له هذا الخادم.
setting-max-megabytes-name = أقصى حجم للمصادر
setting-max-megabytes-meaning = كم تشغل مصادر هذا الخادم من مساحة، ومعها نسخها السابقة.
setting-keep-withdrawn-name = حفظ المصادر المسحوبة
setting-keep-withdrawn-meaning = المدة التي يمكن فيها استرجاع مصدر مسحوب قبل أن يُحذف نهائيًا.
setting-keep-questions-name = حفظ الأسئلة
setting-keep-questions-meaning = مدة حفظ نصوص الأسئلة، وهي تُحفظ دائمًا بلا اسم السائل.
setting-seconds =
    { $count_form ->
        [zero] بلا انتظار
        [one] ثانية واحدة
        [two] ثانيتان
        [few] { $count } ثوانٍ
        [many] { $count } ثانية
       *[other] { $count } ثانية
    }
setting-days =
    { $count_form ->
        [zero] لا تُحفظ
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
setting-sources =
    { $count_form ->
        [zero] لا مصادر
        [one] مصدر واحد
        [two] مصدران
        [few] { $count } مصادر
        [many] { $count } مصدرًا
       *[other] { $count } مصدر
    }
setting-megabytes =
    { $count_form ->
        [zero] لا شيء
        [one] ميغابايت واحد
        [two] 2 ميغابايت
        [few] { $count } ميغابايت
        [many] { $count } ميغابايت
       *[other] { $count } ميغابايت
    }
setting-more =
    { $count_form ->
        [zero] { $list }
        [one] { $list } وواحدة غيرها
        [two] { $list } واثنتان غيرها
        [few] { $list } و{ $count } غيرها
        [many] { $list } و{ $count } غيرها
       *[other] { $list } و{ $count } غيرها
    }

# عرضها وتغييرها.
settings-heading = إعدادات هذا الخادم
settings-own = { $name }: { $value } (الأصل: { $default })
settings-default = { $name }: { $value } (وهو الأصل)
settings-how = لكل إعداد أمره، مثل `/settings threshold`، ويعود إلى أصله بالخيار `default`.
settings-changed = { $name }: القيمة من الآن { $after }، وكانت { $before }.
settings-unchanged = { $name }: القيمة من قبل { $after }، فلم يتغير شيء.
settings-either = لم يتغير شيء: اختر قيمة أو `default` لا كليهما، ومن الإضافة والإزالة واحدة في كل مرة.
settings-most = { $name }: أقصى ما يسمح به من يشغّلني هنا { $value }. لم يتغير شيء.

# السجل.
audit-heading = ما تغيّر هنا
audit-heading-of = ما تغيّر هنا في المصدر { $source }
audit-none = لم يتغير هنا شيء بعد.
audit-none-of = لم يتغير هنا شيء قط في مصدر اسمه { $source }.
audit-no-id = ليس هذا معرّف مصدر: في المعرّف حروف وأرقام وشرطات فقط. اختر من الاقتراحات.
audit-terminal = الطرفية
audit-sanad = سند
audit-made = إنشاء هذه المكتبة ومعها المصادر الأولى
audit-added = إضافة المصدر { $source }، النسخة { $version }
audit-replaced = نسخة جديدة من المصدر { $source }: من النسخة { $before } إلى النسخة { $version }
audit-added-again = إضافة المصدر { $source } من جديد بعد سحبه: من النسخة { $before } إلى النسخة { $version }
audit-withdrew = سحب المصدر { $source }، النسخة { $version }
audit-brought-back = استرجاع المصدر { $source } بعد سحبه، النسخة { $version }
audit-went-back = استرجاع نسخة أخرى من المصدر { $source }: من النسخة { $before } إلى النسخة { $version }
audit-limited = تحديد من يرى المصدر { $source }: كان { $before }، وصار { $after }
audit-everybody = الجميع
audit-channels = من في القنوات { $channels }
audit-roles = أصحاب { $roles }
audit-channels-roles = أصحاب { $roles } في { $channels }
audit-set = ضبط «{ $name }»: من { $before } إلى { $after }
audit-default = القيمة الأصلية
audit-purged = حذف المصدر { $source } نهائيًا بعد مدة من سحبه
audit-imported = { $source }: استعادة من حزمة مصادر؛ النسخة الحالية { $version }
audit-other = تغيير: { $what }
audit-unreported = ثبت التغيير، لكني لم أستطع الإخبار به في { $channel }: لم تعد القناة موجودة، أو لا يُسمح لي بالكتابة فيها. تُسمّى قناة غيرها بالأمر /settings audit-channel.
audit-unreported-now = ثبت التغيير. لم أستطع الإخبار به الآن في { $channel }، وسأخبر به مع التغيير التالي.
audit-further =
    { $count_form ->
        [zero] وكلها في /audit.
        [one] وتغيير آخر؛ وكلها في /audit.
        [two] وتغييران آخران؛ وكلها في /audit.
        [few] و{ $count } تغييرات أخرى؛ وكلها في /audit.
        [many] و{ $count } تغييرًا آخر؛ وكلها في /audit.
       *[other] و{ $count } تغيير آخر؛ وكلها في /audit.
    }
button-older = الأقدم
button-newer = الأحدث
