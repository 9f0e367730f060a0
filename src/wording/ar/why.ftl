# كيف جاءت النتيجة: `sanad why`.
why-wanted = المطلوب { $kind }.
wanted-date = تاريخ
wanted-number = عدد
wanted-share = نسبة
wanted-person = شخص
wanted-place = مكان
wanted-cause = سبب
wanted-definition = تعريف شيء
wanted-anything = أي شيء

# كل كلمة.
why-stop = كلمات لا يُبحث عنها: { $words }
why-repeated = كلمات مكررة تُعدّ مرة واحدة: { $words }
why-word = «{ $word }» شأنها { $importance }: وزنها { $weight } × ندرتها { $rarity }
why-remark = ؛ { $remark }
why-name = اسم علم
why-phrase = قُرئت مصطلحًا واحدًا
why-unknown = ليس في المكتبة شيء مما تحتمله
why-alternative = { $origin }: { $term } · الوزن { $weight } · { $passages }
why-together = مجتمعةً: { $terms } · الوزن { $weight }
why-absent = ليست في أي موضع: { $terms }
why-entry = المعجم، «{ $lemma }» ({ $class })
why-entry-imported = المعجم المستورد { $name }، «{ $lemma }» ({ $class })
origin-stem = جذعها
origin-digits = أرقامها
origin-reading = بلا حرف متصل
origin-forms = قائمة الصيغ
origin-base = قائمة الصيغ، فعلها
origin-form-of-translation = { $entry } مع قائمة الصيغ
origin-family = من أصل واحد في { $entry }
origin-synonym = مرادف في { $entry }
origin-sound = اسم بالصوت
origin-sound-stem = اسم بالصوت، جذعه
origin-likeness = شبيهة في الرسم
origin-repair = بعد تصحيح الإملاء
count-passages =
    { $count_form ->
        [zero] لا موضع
        [one] موضع واحد
        [two] موضعان
        [few] { $count } مواضع
        [many] { $count } موضعًا
       *[other] { $count } موضع
    }

# كل موضع.
why-met = الكلمات المتقابلة:
why-met-none = ليس فيه شيء من كلمات السؤال.
why-score = الدرجة { $score } (النظرة الأولى { $first })، وهي مجموع:
why-confidence = الثقة { $confidence }، وهي الدالة اللوجستية للعدد { $sum }: الثابت { $constant } ومعه
why-held-below = أُنزلت إلى { $confidence }: لا موضع أوثق مما فوقه.
why-part = { $name }: { $value } × { $weight } = { $contribution }
why-answer = بلغت ثقته { $confidence } الحدَّ { $threshold }: الموضع الأول هو الجواب.
why-none = أعلى ثقة { $confidence } دون الحد { $threshold }: لا جواب.
why-known = في المكتبة كلمات لما قدره { $share } من شأن كلمات السؤال.
why-lacks-name = ولا يرد فيها اسم سُئل عنه.
signal-first-look = النظرة الأولى قياسًا إلى أفضل موضع
signal-coverage = السؤال في الموضع
signal-sentence = السؤال في أفضل جملة
signal-window = السؤال في جملتين
signal-together = اجتماع الكلمات المتجاورة
signal-heading = السؤال في العنوان والأقسام
signal-kind = نوع الجواب في أفضل جملة
signal-definition = ابتداء الموضع بالمراد تعريفه
signal-density = تقارب الكلمات المتقابلة
signal-footnote = حاشية
signal-opening = السؤال في الكلمات الأولى
signal-exact = السؤال بحروفه
signal-rarest = أندر كلمة
signal-exact-sentence = السؤال بحروفه في أفضل جملة
signal-saturation = النظرة الأولى قياسًا إلى أقصى ما يمكن
signal-lead = السبق على الموضع التالي
signal-words = عدد كلمات السؤال
signal-foreign = المصدر بلغة أخرى
signal-name-absent = غياب الاسم
